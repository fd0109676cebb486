//! Files that other files refer to: found relative to the file with the reference, kept inside one folder, read once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::{Document, FileId, Sources, load, pointer};
use crate::diagnostic::Diagnostic;

/// Most files that one description may consist of.
const MAX_FILES: usize = 10_000;

/// Whoever can give the file behind the first part of a reference (`pets.yaml` in `pets.yaml#/Pet`).
pub trait ReferencedFiles {
    /// The document that the reference names, seen from the file in which it stands.
    ///
    /// # Errors
    /// A finding without position when the reference is at fault; one with a position when the other file is.
    fn open(&mut self, from: FileId, reference: &str) -> Result<Document, Box<Diagnostic>>;

    /// The name of a file that was opened.
    fn name(&self, file: FileId) -> &str;
}

/// Which files may be read.
#[derive(Debug, Clone, Default)]
pub struct LibrarySettings {
    /// The folder that references must not leave. Default: the folder of the main file.
    pub root: Option<PathBuf>,
    /// Files that stand for URLs. A key that ends with `/` stands for everything below it, its value is a folder.
    pub urls: BTreeMap<String, PathBuf>,
}

/// The files of one description.
#[derive(Debug)]
pub struct Library<'a> {
    sources: &'a mut Sources,
    settings: LibrarySettings,
    root: PathBuf,
    read: FxHashMap<PathBuf, Result<Document, Box<Diagnostic>>>,
    paths: FxHashMap<FileId, PathBuf>,
}

impl<'a> Library<'a> {
    /// Reads the main file of a description.
    ///
    /// # Errors
    /// As [`load`].
    pub fn open(
        path: &Path,
        settings: LibrarySettings,
        sources: &'a mut Sources,
    ) -> Result<(Self, Document), Box<Diagnostic>> {
        let document = load(path, sources)?;
        let folder = folder_of(path);
        let root = settings.root.clone().unwrap_or_else(|| folder.to_owned());
        let mut library = Library {
            sources,
            settings,
            root: root.canonicalize().unwrap_or(root),
            read: FxHashMap::default(),
            paths: FxHashMap::default(),
        };
        library.paths.insert(document.file, path.to_owned());
        if let Ok(real) = path.canonicalize() {
            library.read.insert(real, Ok(document.clone()));
        }
        Ok((library, document))
    }

    /// The path of a reference: mapped if it is a URL, else relative to the file in which it stands.
    fn path(&self, from: FileId, reference: &str) -> Result<PathBuf, Box<Diagnostic>> {
        if is_url(reference) {
            return self.mapped(reference);
        }
        let decoded = pointer::percent_decode(reference);
        if Path::new(&*decoded).is_absolute() || decoded.contains('\\') {
            return Err(Box::new(
                Diagnostic::error(
                    "reference-outside",
                    format!("`{reference}` is no relative path, so it is not read"),
                )
                .help("write a path relative to this file, with `/`"),
            ));
        }
        let folder = self.paths.get(&from).map_or(Path::new(""), |path| folder_of(path));
        Ok(tidy(&folder.join(&*decoded)))
    }

    fn mapped(&self, url: &str) -> Result<PathBuf, Box<Diagnostic>> {
        if let Some(path) = self.settings.urls.get(url) {
            return Ok(path.clone());
        }
        let below = self
            .settings
            .urls
            .iter()
            .filter(|(key, _)| key.ends_with('/'))
            .filter_map(|(key, folder)| Some((folder, url.strip_prefix(key.as_str())?)))
            .min_by_key(|(_, rest)| rest.len());
        if let Some((folder, rest)) = below {
            return Ok(tidy(&folder.join(&*pointer::percent_decode(rest))));
        }
        Err(Box::new(
            Diagnostic::error(
                "remote-reference",
                format!("`{url}` is a URL; nothing is fetched from the network"),
            )
            .help(
                "save the file and map the URL to it: under `references` in spgen.yaml, or with `--reference URL=FILE`",
            ),
        ))
    }

    /// The real path, which must lie inside the folder, or be one that a URL was mapped to.
    fn checked(&self, path: &Path, reference: &str) -> Result<PathBuf, Box<Diagnostic>> {
        let real = path.canonicalize().map_err(|error| {
            Box::new(
                Diagnostic::error("missing-reference", format!("cannot read `{reference}`: {error}"))
                    .help("add the file or correct the reference"),
            )
        })?;
        if real.starts_with(&self.root) || is_url(reference) {
            return Ok(real);
        }
        Err(Box::new(
            Diagnostic::error(
                "reference-outside",
                format!("`{reference}` leaves the folder of the description, so it is not read"),
            )
            .note_that(format!("the folder is `{}`", load::shown_name(&self.root)))
            .help("move the file into it, or name a folder that holds both"),
        ))
    }
}

impl ReferencedFiles for Library<'_> {
    fn open(&mut self, from: FileId, reference: &str) -> Result<Document, Box<Diagnostic>> {
        let path = self.path(from, reference)?;
        let real = self.checked(&path, reference)?;
        if let Some(known) = self.read.get(&real) {
            return known.clone();
        }
        if self.read.len() >= MAX_FILES {
            return Err(Box::new(
                Diagnostic::error(
                    "too-many-files",
                    format!("the description has more than {MAX_FILES} files"),
                )
                .help("bundle it beforehand"),
            ));
        }
        let document = load::load(&path, self.sources);
        if let Ok(document) = &document {
            self.paths.insert(document.file, path);
        }
        self.read.insert(real, document.clone());
        document
    }

    fn name(&self, file: FileId) -> &str {
        self.sources.get(file).map_or("", |file| &file.name)
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn is_url(reference: &str) -> bool {
    reference.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// Takes `a/../` and `./` out of a path, for people's eyes.
fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut tidied = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidied.components().next_back(), Some(Component::Normal(_))) => {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Library, LibrarySettings, ReferencedFiles, tidy};
    use crate::source::Sources;

    /// Opens `reference` from `spec/main.yaml` in a folder with some files.
    fn open(reference: &str, settings: impl FnOnce(&Path) -> LibrarySettings) -> Result<String, String> {
        let folder = tempfile::tempdir().expect("folder");
        for (path, text) in [
            ("spec/main.yaml", "main: 1"),
            ("spec/sub/a b.yaml", "sub: 1"),
            ("spec/broken.yaml", "a: [1"),
            ("outside.yaml", "outside: 1"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("folder")).expect("created");
            fs::write(path, text).expect("written");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("outside.yaml"), folder.path().join("spec/link.yaml"))
            .expect("linked");
        let mut sources = Sources::default();
        let main = folder.path().join("spec/main.yaml");
        let (mut library, document) = Library::open(&main, settings(folder.path()), &mut sources).expect("readable");
        match library.open(document.file, reference) {
            Ok(found) => Ok(found
                .root
                .as_map()
                .expect("map")
                .keys()
                .next()
                .expect("key")
                .to_string()),
            Err(finding) => Err(finding.id.to_string()),
        }
    }

    fn plain(reference: &str) -> Result<String, String> {
        open(reference, |_| LibrarySettings::default())
    }

    #[test]
    fn files_are_found_beside_the_main_file() {
        assert_eq!(plain("sub/a%20b.yaml"), Ok("sub".into()));
        assert_eq!(plain("./sub/../main.yaml"), Ok("main".into()));
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        assert_eq!(plain("no.yaml"), Err("missing-reference".into()));
        assert_eq!(plain("broken.yaml"), Err("syntax".into()));
        assert_eq!(plain("https://example.com/a.yaml"), Err("remote-reference".into()));
        assert_eq!(plain("file:///etc/passwd"), Err("remote-reference".into()));
    }

    #[test]
    fn references_do_not_leave_the_folder() {
        assert_eq!(plain("../outside.yaml"), Err("reference-outside".into()));
        assert_eq!(plain("sub/../../outside.yaml"), Err("reference-outside".into()));
        assert_eq!(plain("%2e%2e/outside.yaml"), Err("reference-outside".into()));
        assert_eq!(plain("/etc/hostname"), Err("reference-outside".into()));
        #[cfg(unix)]
        assert_eq!(plain("link.yaml"), Err("reference-outside".into()));
    }

    #[test]
    fn a_wider_folder_can_be_allowed() {
        let wider = |folder: &Path| LibrarySettings {
            root: Some(folder.to_owned()),
            ..LibrarySettings::default()
        };
        assert_eq!(open("../outside.yaml", wider), Ok("outside".into()));
    }

    #[test]
    fn urls_can_be_mapped() {
        let mapped = |folder: &Path| LibrarySettings {
            urls: [
                ("https://example.com/a.yaml".to_owned(), folder.join("outside.yaml")),
                ("https://example.com/more/".to_owned(), folder.join("spec/sub")),
            ]
            .into(),
            ..LibrarySettings::default()
        };
        assert_eq!(open("https://example.com/a.yaml", mapped), Ok("outside".into()));
        assert_eq!(open("https://example.com/more/a%20b.yaml", mapped), Ok("sub".into()));
        assert_eq!(
            open("https://example.com/b.yaml", mapped),
            Err("remote-reference".into())
        );
    }

    #[test]
    fn paths_are_tidied() {
        assert_eq!(tidy(Path::new("a/./b/../c/../../d")), Path::new("d"));
        assert_eq!(tidy(Path::new("../a")), Path::new("../a"));
    }
}
