//! The documentation of rules: taken from the doc comments of their files.

use std::fmt::Write as _;

use super::rule::Registered;
use super::rules;
use crate::diagnostic::Severity;
use crate::output::FileTree;

/// What a rule says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePage {
    /// The first paragraph under `## What it finds`.
    pub summary: String,
    /// Everything, as Markdown.
    pub body: String,
}

/// The page of a rule, from its doc comment.
#[must_use]
pub fn page(registered: &Registered) -> RulePage {
    // The comment is the block right above the rule; other items of the file have comments of their own.
    let above = registered.text.split("static RULE").next().unwrap_or_default();
    let lines: Vec<&str> = above.lines().collect();
    let end = lines
        .iter()
        .rposition(|line| line.starts_with("///"))
        .map_or(0, |last| last + 1);
    let start = lines[..end]
        .iter()
        .rposition(|line| !line.starts_with("///"))
        .map_or(0, |before| before + 1);
    let mut body = String::new();
    for line in lines[start..end].iter().filter_map(|line| line.strip_prefix("///")) {
        if line.starts_with(" ## ") && !body.is_empty() {
            body.push('\n');
        }
        body.push_str(line.strip_prefix(' ').unwrap_or(line));
        body.push('\n');
        if line.starts_with(" ## ") {
            body.push('\n');
        }
    }
    let summary = body
        .lines()
        .skip_while(|line| line.starts_with("## ") || line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    RulePage { summary, body }
}

/// What `--explain` prints for a rule.
#[must_use]
pub fn text(registered: &Registered) -> String {
    let rule = registered.rule;
    format!(
        "# {}\n\n{} · {}\n\n{}",
        rule.id,
        registered.kind,
        severity(rule.severity),
        page(registered).body
    )
}

/// The pages of all rules, with an index: `index.md` and one `<id>.md` each.
#[must_use]
pub fn pages() -> FileTree {
    let mut tree = FileTree::default();
    let mut index = String::from(
        "# Rules\n\nWhat `spgen lint` finds, by the kind of thing that it looks at. \
         `spgen lint --explain RULE` prints a page on the terminal.\n",
    );
    let mut kind = "";
    for registered in rules::all() {
        if registered.kind != kind {
            kind = registered.kind;
            // Writing into a `String` cannot fail.
            let _ = write!(index, "\n## {kind}\n\n| rule | severity | finds |\n|---|---|---|\n");
        }
        let id = registered.rule.id;
        let _ = writeln!(
            index,
            "| [{id}]({id}.md) | {} | {} |",
            severity(registered.rule.severity),
            page(registered).summary.replace('|', "\\|")
        );
        tree.insert(format!("{id}.md"), text(registered));
    }
    tree.insert("index.md", index);
    tree
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
