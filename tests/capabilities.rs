//! Emitted documents use only what the runtime honours at that place, and the page about it is fresh.

use std::path::{Path, PathBuf};

use spgen::provider::capability::{Level, capability, holds, page};
use spgen::provider::load;
use spgen::source::Node;

#[test]
fn the_page_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/runtime.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, page()).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/runtime.md differs (UPDATE_GOLDEN=1 rewrites it)"
    );
}

#[test]
fn emitted_documents_hold_only_keys_that_work_where_they_stand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trees = Vec::new();
    find_trees(&root.join("tests/settings"), &mut trees);
    find_trees(&root.join("provider/src"), &mut trees);
    assert!(trees.len() > 20, "only {} trees", trees.len());
    for tree in trees {
        let provider = load(&tree).expect("a provider").provider;
        let check = |node: Option<&Node>, level: Level| {
            for entry in node.and_then(Node::as_map).into_iter().flatten() {
                // A version is for people: it has no effect, and does no harm.
                let is_plain =
                    capability(&entry.key).is_some_and(|known| known.holds.is_empty() && known.fails.is_empty());
                assert!(
                    is_plain || holds(&entry.key, level),
                    "{}: `{}` does not work at this level: {level:?}",
                    tree.display(),
                    entry.key
                );
            }
        };
        check(Some(&provider.config), Level::Provider);
        for service in &provider.services {
            check(Some(&service.config), Level::Service);
            for resource in &service.resources {
                check(Some(&resource.config), Level::Resource);
                for method in resource.methods.values() {
                    check(Some(&method.config), Level::Method);
                    check(method.node.get("request"), Level::Request);
                    check(method.node.get("response"), Level::Response);
                }
            }
        }
    }
}

fn find_trees(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("provider.yaml").is_file() {
        found.push(folder.to_owned());
        return;
    }
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            find_trees(&entry.path(), found);
        }
    }
}
