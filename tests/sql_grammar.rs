//! What `sql` prints parses in the runtime's own grammar, whatever the names and texts are.

#![expect(clippy::print_stdout, reason = "figures, and why a check did not run")]

mod common;

use common::grammar;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use spgen::sql::{Assignment, NamePlace, Statement, Target, Term, quoted};

#[test]
fn the_keyword_tables_are_those_of_the_grammar() {
    let Some(table) = grammar::words() else {
        return;
    };
    assert_eq!(table["refused"], serde_json::json!([]), "quotes help every word");
    let every_word: Vec<&str> = words(&table, "field").collect();
    for (class, place) in [
        ("provider", NamePlace::Provider),
        ("name", NamePlace::Table),
        ("field", NamePlace::Field),
        ("exec_parameter", NamePlace::ExecParameter),
    ] {
        let needed: Vec<&str> = words(&table, class).collect();
        let written: Vec<&str> = every_word
            .iter()
            .copied()
            .filter(|word| quoted(word, place).starts_with('"'))
            .collect();
        assert_eq!(
            written, needed,
            "words quoted as {class}, and words that the grammar refuses bare"
        );
    }
}

fn words<'a>(table: &'a serde_json::Value, class: &str) -> impl Iterator<Item = &'a str> {
    table[class]
        .as_array()
        .expect("each class is a list")
        .iter()
        .map(|word| word.as_str().expect("of words"))
}

/// Any text, with those that trouble grammars more often than chance would have them.
fn any_text() -> impl Strategy<Value = String> {
    let tokens = [
        "'", "\"", "`", "\\", ";", "--", "/*", "*/", "#", "//", "\n", "\r", "\0", "@", "@@json=", "{{", "}}", "{", "}",
        ",", "(", ")", " AND ", "WHERE", ":", "::", "?", "v1", ".5", "select", "order", "limit", "é", "漢", "😀",
        "\u{202e}", "\u{feff}", " ", "$", "%", "x", "b",
    ];
    prop_oneof![
        any::<String>(),
        "[a-zA-Z_][a-zA-Z0-9_.$-]{0,12}",
        prop::collection::vec(prop::sample::select(tokens.to_vec()), 0..6).prop_map(|tokens| tokens.concat()),
    ]
}

fn any_term() -> impl Strategy<Value = Term> {
    prop_oneof![
        any_text().prop_map(|name| Term::Placeholder(name.into())),
        any_text().prop_map(|text| Term::Text(text.into())),
        any_text().prop_map(|text| Term::Bare(text.into())),
        prop::sample::select(vec!["1", "-1", "2.50", "-0.1", "true", "false", "null", "json('[1]')"])
            .prop_map(|text| Term::Bare(text.into())),
    ]
}

fn any_assignments() -> impl Strategy<Value = Vec<Assignment>> {
    let assignment = (any_text(), any_term(), any::<bool>()).prop_map(|(name, term, required)| Assignment {
        name: name.into(),
        term,
        required,
    });
    prop::collection::vec(assignment, 0..4)
}

fn any_statement() -> impl Strategy<Value = Statement> {
    let target = (any_text(), any_text(), any_text()).prop_map(|(provider, service, resource)| Target {
        provider: provider.into(),
        service: service.into(),
        resource: resource.into(),
    });
    let columns = prop::collection::vec(any_text().prop_map(Into::into), 0..4);
    let parts = (
        target,
        any_assignments(),
        any_assignments(),
        columns,
        any_text(),
        any::<bool>(),
    );
    (0..6, parts).prop_map(
        |(form, (target, assignments, conditions, columns, text, has_json))| match form {
            0 => Statement::Select {
                columns,
                target,
                conditions,
            },
            1 => Statement::Insert {
                target,
                assignments,
                returning: columns,
            },
            2 => Statement::Update {
                target,
                assignments,
                conditions,
                returning: columns,
            },
            3 => Statement::Replace {
                target,
                assignments,
                conditions,
                returning: columns,
            },
            4 => Statement::Delete { target, conditions },
            _ => Statement::Exec {
                target,
                method: text.clone().into(),
                parameters: assignments,
                json: has_json.then(|| text.into()),
            },
        },
    )
}

#[test]
fn every_printed_statement_parses() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = any_statement();
    let mut printed = Vec::new();
    let mut refused = 0;
    while printed.len() < 5_000 {
        let statement = strategy
            .new_tree(&mut runner)
            .expect("statements can be made")
            .current();
        match statement.to_sql() {
            Ok(sql) => printed.push(sql),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 0, "some cannot be said at all");
    if let Some(count) = grammar::assert_all_parse(&printed) {
        println!("{count} statements parse, {refused} were refused before");
    }
}

#[test]
fn the_judge_refuses_what_is_wrong() {
    let statements = [
        "SELECT a FROM p.s.t;",
        "SELECT FROM WHERE",
        "EXEC p.s.t.m @a='1' --required,\n@b='2';",
    ];
    let Some(failures) = grammar::failures(&statements.map(str::to_owned)) else {
        return;
    };
    let indexes: Vec<usize> = failures.iter().map(|(index, _)| *index).collect();
    assert_eq!(indexes, [1, 2], "{failures:?}");
}

#[test]
fn examples_are_found_in_pages() {
    let page = "# Title\n\n```sql\nSELECT 1\n;\n```\n\n<TabItem>\n\n````sql title=\"x\"\nA ``` B\n````\n```yaml\nsql: no\n```\n";
    assert_eq!(grammar::sql_examples_of(page), ["SELECT 1\n;", "A ``` B"]);
}
