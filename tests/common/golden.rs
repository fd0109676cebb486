//! Generated files beside expected ones, compared in both directions.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use spgen::output::FileTree;

/// Nothing missing, nothing stale. `UPDATE_GOLDEN=1 cargo test` rewrites the folder; the reviewer reads the difference.
#[track_caller]
pub(crate) fn assert_tree(expected: &Path, actual: &FileTree) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return rewrite(expected, actual);
    }
    let on_disk = read(expected);
    for (path, content) in actual.iter() {
        let old = on_disk.get(path).map_or("", String::as_str);
        let new = String::from_utf8_lossy(content);
        assert!(
            old == new,
            "{} differs (UPDATE_GOLDEN=1 rewrites it)\n{}",
            expected.join(path).display(),
            first_difference(old, &new)
        );
    }
    let stale: Vec<_> = on_disk.keys().filter(|path| actual.get(path).is_none()).collect();
    assert!(stale.is_empty(), "no longer generated, delete: {stale:?}");
}

fn first_difference(old: &str, new: &str) -> String {
    let differs = old.lines().zip(new.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| old.lines().count().min(new.lines().count()));
    let shown = |text: &str| text.lines().nth(line).unwrap_or("(end of file)").to_owned();
    format!("line {}:\n- {}\n+ {}", line + 1, shown(old), shown(new))
}

fn rewrite(folder: &Path, tree: &FileTree) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old expectation can go");
    }
    for (path, content) in tree.iter() {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(file, content).expect("files can be written");
    }
}

/// The files below a folder, but for the manifests.
pub(crate) fn files_below(root: &Path) -> FileTree {
    let mut tree = FileTree::new();
    for (path, text) in read(root) {
        if !path.starts_with(".spgen/") {
            tree.insert(path, text);
        }
    }
    tree
}

fn read(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let relative = path.strip_prefix(root).expect("below the root");
                let name = relative.to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("expected files are text"));
            }
        }
    }
    found
}
