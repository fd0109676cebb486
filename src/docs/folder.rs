//! Names of folders for names of services and resources.

use std::collections::BTreeSet;

/// Gives each name a folder that every file system and Docusaurus accept, no two the same.
#[derive(Debug, Default)]
pub(super) struct Folders {
    taken: BTreeSet<String>,
}

impl Folders {
    /// The folder for a name. File systems may ignore case, and Docusaurus leaves out what starts with `_`.
    pub(super) fn folder(&mut self, name: &str) -> String {
        let safe = |next: char| {
            if next.is_ascii_alphanumeric() || matches!(next, '_' | '-' | '.') {
                next
            } else {
                '-'
            }
        };
        let mut plain: String = name.chars().map(safe).collect();
        if plain.is_empty() || plain.starts_with(['_', '.']) {
            plain.insert(0, 'x');
        }
        // Beside the pages of a folder stands a file with its name and one of these ends.
        if let Some(stem) = [".md", ".json", ".html"].iter().find_map(|end| plain.strip_suffix(end)) {
            plain.replace_range(stem.len()..=stem.len(), "-");
        }
        let mut folder = plain.clone();
        let mut number = 2;
        while !self.taken.insert(folder.to_ascii_lowercase()) {
            folder = format!("{plain}-{number}");
            number += 1;
        }
        folder
    }
}

#[cfg(test)]
mod tests {
    use super::Folders;

    #[test]
    fn folders_are_safe_and_unique() {
        let mut folders = Folders::default();
        for (name, folder) in [
            ("models", "models"),
            ("Models", "Models-2"),
            ("_private", "x_private"),
            ("../etc", "x..-etc"),
            ("a/b", "a-b"),
            ("a b", "a-b-2"),
            ("", "x"),
            ("report.json", "report-json"),
        ] {
            assert_eq!(folders.folder(name), folder);
        }
    }
}
