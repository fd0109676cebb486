//! Indexes: the page of a service, and the links of the landing page.

use super::page::{Header, IndexEntry, Page, ServicePage};
use super::prose;
use super::resource::{Place, topics};
use crate::diagnostic::counted;

/// In how many columns links stand.
const COLUMNS: usize = 2;

/// The index of a service.
pub(super) fn service(place: Place<'_>, folder: String, pages: &[Page]) -> ServicePage {
    let service = place.service;
    let mut entries: Vec<IndexEntry> = Vec::with_capacity(pages.len());
    entries.extend(pages.iter().map(|page| {
        let (folder, overview) = match page {
            Page::Resource(page) => (&page.folder, &page.overview),
            Page::View(page) => (&page.folder, &page.overview),
        };
        IndexEntry {
            name: overview.name.clone(),
            folder: last_part(folder).to_owned(),
            part: None,
            summary: page.summary(),
        }
    }));
    entries.sort_by_cached_key(|entry| alphabetical(&entry.name));
    let mut description = prose::one_line(&service.description);
    if letters(&description) == letters(&service.name) {
        // The name once more says nothing.
        description.clear();
    }
    ServicePage {
        is_described: !description.is_empty(),
        folder,
        header: Header {
            title: service.name.clone(),
            keywords: [&service.name, place.provider]
                .into_iter()
                .cloned()
                .chain(topics())
                .collect(),
            description: format!(
                "Query, deploy and manage resources of {}.{} using SQL",
                place.provider, service.name
            ),
            image: place.image.clone(),
        },
        provider: place.provider.clone(),
        name: service.name.clone(),
        description: if description.is_empty() {
            format!("Resources of the {} service.", service.name)
        } else {
            description
        },
        written: place.settings.texts.services.get(service.name.as_str()).cloned(),
        resource_count: pages.len(),
        resource_word: if pages.len() == 1 { "resource" } else { "resources" },
        columns: columns(&entries),
    }
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|next| next.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The link to the index of a service: what it is about, as far as its document says so, and how much there is of it.
pub(super) fn service_entry(index: &ServicePage) -> IndexEntry {
    let count = counted(index.resource_count, "resource");
    IndexEntry {
        name: index.name.clone(),
        folder: last_part(&index.folder).to_owned(),
        part: None,
        summary: if index.is_described {
            format!("{} ({count})", prose::index_line(&index.description))
        } else {
            count
        },
    }
}

/// The key that puts names in the order in which people look for them.
pub(super) fn alphabetical(name: &str) -> (String, String) {
    (name.to_lowercase(), name.to_owned())
}

/// Entries in columns of the same height, read downwards.
pub(super) fn columns(entries: &[IndexEntry]) -> Vec<Vec<IndexEntry>> {
    let height = entries.len().div_ceil(COLUMNS).max(1);
    entries.chunks(height).map(<[IndexEntry]>::to_vec).collect()
}

/// The last part of a folder path.
pub(super) fn last_part(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}
