//! Which paths may be written: names come from descriptions that others wrote, so none is trusted.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::MANIFEST_FOLDER;

/// Why a path is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// Absolute, or with a part that leads elsewhere.
    #[error("`{0}` leaves the output folder, or is no plain relative path")]
    Outside(String),
    /// Control characters or a backslash.
    #[error("`{0}` has a character that file names must not have")]
    Character(String),
    /// The folder of the manifests.
    #[error("`{0}` lies in the folder that spgen keeps its own records in")]
    Reserved(String),
    /// Two paths that are one file where case does not count.
    #[error("`{0}` and `{1}` differ only by case: they would be one file on many disks")]
    Case(String, String),
    /// A file whose path is a folder of another file.
    #[error("`{0}` would be a file and a folder at once (`{1}`)")]
    FileAndFolder(String, String),
}

/// Everything that is wrong with the paths of a tree.
#[must_use]
pub fn check_paths<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<PathProblem> {
    let mut problems = Vec::new();
    let mut by_folded: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        problems.extend(check_path(path).err());
        if let Some(other) = by_folded.insert(path.to_lowercase(), path) {
            problems.push(PathProblem::Case(other.to_owned(), path.to_owned()));
        }
    }
    let mut reported = BTreeSet::new();
    for (folded, path) in &by_folded {
        for (at, _) in folded.match_indices('/') {
            if let Some(file) = by_folded.get(&folded[..at])
                && reported.insert(*file)
            {
                problems.push(PathProblem::FileAndFolder((*file).to_owned(), (*path).to_owned()));
            }
        }
    }
    problems
}

/// One path: relative, with `/`, each part a plain name.
pub(super) fn check_path(path: &str) -> Result<(), PathProblem> {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    let leads_elsewhere = |part: &str| matches!(part, "" | "." | "..");
    if path
        .chars()
        .any(|character| character == '\\' || character.is_control())
    {
        return Err(PathProblem::Character(path.escape_debug().to_string()));
    }
    if has_drive || path.split('/').any(leads_elsewhere) {
        return Err(PathProblem::Outside(path.to_owned()));
    }
    if path
        .split('/')
        .next()
        .is_some_and(|first| first.eq_ignore_ascii_case(MANIFEST_FOLDER))
    {
        return Err(PathProblem::Reserved(path.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PathProblem, check_path, check_paths};

    #[test]
    fn only_plain_relative_paths_pass() {
        for path in [
            "a",
            "docs/a b/ü.md",
            "x/.hidden",
            "a..b/c...",
            "services/a:b.yaml",
            "日本.md",
        ] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
        for path in [
            "",
            "/etc/x",
            "../x",
            "a/../../x",
            "a//b",
            "a/",
            ".",
            "./a",
            "C:/x",
            "C:x",
            "a\\b",
            "a\0b",
            "a\nb",
        ] {
            assert!(check_path(path).is_err(), "{path:?}");
        }
        assert!(matches!(check_path(".spgen/a.json"), Err(PathProblem::Reserved(_))));
        assert!(matches!(check_path(".SPGEN/a.json"), Err(PathProblem::Reserved(_))));
    }

    #[test]
    fn names_that_are_one_file_on_some_disks_are_refused() {
        let problems = check_paths(["a/Ä.md", "a/b.md", "a/ä.md"].into_iter());
        assert_eq!(problems, [PathProblem::Case("a/Ä.md".into(), "a/ä.md".into())]);
        let problems = check_paths(["A", "a/b", "a/c"].into_iter());
        assert_eq!(problems, [PathProblem::FileAndFolder("A".into(), "a/b".into())]);
    }
}
