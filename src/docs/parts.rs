//! Sites that are too large to be built at once: which services stand together in a part, and the first page of each part.
//!
//! A part is published below a path of its own (`part-1`), built by itself and searched by itself. Services are kept
//! whole and stand in alphabetical order.

use std::ops::Range;

use super::index;
use super::page::{Header, IndexEntry, LandingPage, PartLink, PartPage, ServicePages};
use super::resource::topics;
use crate::source::Text;

/// What the first pages of all parts say alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common<'a> {
    /// The provider's name.
    pub(super) provider: &'a Text,
    /// The provider's name for people.
    pub(super) title: &'a Text,
    /// The picture of all pages.
    pub(super) image: &'a Text,
}

/// The parts of a site in which no more than `limit` pages are built at once, unless a service alone has more. None when
/// all of it fits, and when there is nothing to divide.
pub(super) fn parts(common: Common<'_>, services: &[ServicePages], limit: usize) -> Vec<PartPage> {
    let mut services: Vec<&ServicePages> = services.iter().collect();
    services.sort_by_cached_key(|service| index::alphabetical(&service.index.name));
    let sizes: Vec<usize> = services.iter().map(|service| service.page_count()).collect();
    // The first page is one more.
    if sizes.iter().sum::<usize>() < limit {
        return Vec::new();
    }
    let groups = groups(&sizes, limit);
    if groups.len() < 2 {
        return Vec::new();
    }
    let links: Vec<PartLink> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| PartLink {
            folder: format!("part-{}", index + 1),
            services: span(&services[group.clone()]),
        })
        .collect();
    groups
        .into_iter()
        .enumerate()
        .map(|(index, group)| page(common, &services[group], index, &links))
        .collect()
}

/// Lets the first page of a site in parts speak of them.
pub(super) fn announce(parts: &[PartPage], landing: &mut LandingPage) {
    if parts.is_empty() {
        return;
    }
    landing.parts = Some(format!(
        "These pages are published in {} parts. The search box finds what is in the part that you are reading; open a \
         service to search its part.",
        parts.len()
    ));
    for entry in landing.columns.iter_mut().flatten() {
        let part = parts.iter().find(|part| part.folders.contains(&entry.folder));
        entry.part = part.map(|part| part.folder.clone());
    }
}

/// Neighbours that take no more than `limit` pages together, the first page of the part included.
fn groups(sizes: &[usize], limit: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut taken = 0;
    for (place, size) in sizes.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if taken + size <= limit => group.end = place + 1,
            _ => {
                groups.push(place..place + 1);
                taken = 1;
            }
        }
        taken += size;
    }
    groups
}

fn page(common: Common<'_>, services: &[&ServicePages], index: usize, links: &[PartLink]) -> PartPage {
    let number = index + 1;
    let entries: Vec<IndexEntry> = services
        .iter()
        .map(|service| index::service_entry(&service.index))
        .collect();
    let resource_count = services.iter().map(|service| service.pages.len()).sum();
    PartPage {
        folder: links[index].folder.clone(),
        header: Header {
            title: ecow::eco_format!("{}, part {number} of {}", common.title, links.len()),
            keywords: std::iter::once(common.provider.clone()).chain(topics()).collect(),
            description: format!(
                "Services of {}, part {number} of {}: {}",
                common.title,
                links.len(),
                links[index].services
            ),
            image: common.image.clone(),
        },
        provider: common.provider.clone(),
        title: common.title.clone(),
        number,
        count: links.len(),
        services: links[index].services.clone(),
        service_count: services.len(),
        resource_count,
        folders: services
            .iter()
            .map(|service| index::last_part(&service.index.folder).to_owned())
            .collect(),
        columns: index::columns(&entries),
        others: links
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, link)| link.clone())
            .collect(),
    }
}

/// `first to last`
fn span(services: &[&ServicePages]) -> String {
    match services {
        [] => String::new(),
        [only] => only.index.name.to_string(),
        [first, .., last] => format!("{} to {}", first.index.name, last.index.name),
    }
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn neighbours_share_a_part_while_they_fit() {
        let told = |sizes: &[usize]| {
            let groups = groups(sizes, 8);
            groups
                .into_iter()
                .map(|group| (group.start, group.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&[3, 4, 2, 9, 1]), [(0, 2), (2, 3), (3, 4), (4, 5)]);
        assert_eq!(told(&[3, 4]), [(0, 2)]);
        assert_eq!(told(&[20, 20]), [(0, 1), (1, 2)]);
        assert_eq!(told(&[]), []);
    }
}
