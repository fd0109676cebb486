//! Changes between two versions of a provider: each case is a folder with an old and a new tree.

use std::path::Path;

use spgen::provider::diff::{Changes, diff, to_json, to_markdown, to_text};
use spgen::provider::{Provider, load};

fn provider(folder: &Path) -> Provider {
    load(folder).expect("a provider").provider
}

fn changes(case: &Path) -> Changes {
    diff(&provider(&case.join("old")), &provider(&case.join("new")))
}

#[test]
fn changes_are_told_in_sql_terms() {
    insta::glob!("diff/*/old/provider.yaml", |path| {
        let case = path.ancestors().nth(2).expect("a case");
        insta::with_settings!({
            snapshot_path => case,
            snapshot_suffix => "",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("changes", to_text(&changes(case)));
        });
    });
}

#[test]
fn a_provider_does_not_differ_from_itself() {
    let none = changes(Path::new("tests/diff/nothing"));
    assert!(none.changes.is_empty(), "{none:?}");
}

#[test]
fn what_is_added_one_way_is_gone_the_other_way() {
    let folder = Path::new("tests/diff/columns");
    let back = diff(&provider(&folder.join("new")), &provider(&folder.join("old")));
    let forth = changes(folder);
    assert_eq!(back.changes.len(), forth.changes.len());
    assert_eq!(
        forth
            .changes
            .iter()
            .filter(|change| change.message.ends_with("is new"))
            .count(),
        back.changes
            .iter()
            .filter(|change| change.message.ends_with("is gone"))
            .count(),
    );
}

#[test]
fn markdown_separates_what_breaks() {
    insta::assert_snapshot!(to_markdown(&changes(Path::new(
        "tests/diff/services-resources-and-auth"
    ))));
}

#[test]
fn json_has_place_kind_and_verb() {
    let shown: serde_json::Value =
        serde_json::from_str(&to_json(&changes(Path::new("tests/diff/delete-becomes-exec")))).expect("JSON");
    assert_eq!(shown["breaking"], 1);
    assert_eq!(
        shown["changes"][0],
        serde_json::json!({
            "breaking": true,
            "kind": "verb-lost",
            "service": "shop",
            "resource": "widgets",
            "method": "delete",
            "verb": "delete",
            "message": "DELETE by `id` is no longer answered; the operation is reached by EXEC of `remove`",
        })
    );
}
