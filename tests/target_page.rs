//! The committed page of the webhooks beside the published one, as a reader sees them: the same sections, rows, order,
//! parameters and examples. Descriptions are in our own words, so of those only presence and the facts at their end
//! (values, defaults) are compared.

mod common;

use std::path::Path;

use common::data;

const PAGE: &str = "docs/databricks_workspace/services/ml/model_registry_webhooks/index.md";

/// Lines that are meant to differ: theirs, ours, why.
const CHANGED: &[(&str, &str, &str)] = &[(
    "@id='{{ id }}' --required,",
    "@id='{{ id }}', --required",
    "the published comma is part of the comment, so the statement does not parse",
)];

/// Rows that are described here and not there, and why.
const DESCRIBED: &[(&str, &str)] = &[
    (
        "creation_timestampinteger",
        "the conversion lost the text of a first field",
    ),
    ("http_url_specobject", "an empty cell tells a reader nothing"),
    ("job_specobject", "an empty cell tells a reader nothing"),
    ("model_namestring", "its text stood at `max_results`"),
];

/// A line of a page: what is compared word by word, and prose behind it.
#[derive(Debug)]
struct Line {
    fact: String,
    prose: Option<String>,
}

#[test]
fn the_webhooks_page_is_the_published_one_mended() {
    let Some(folder) = data::folder() else { return };
    let theirs = std::fs::read_to_string(folder.join("model_registry_webhooks.page.txt")).expect("the published page");
    // Blanks at the end of a line and empty lines are nothing that a reader sees.
    let theirs: Vec<&str> = theirs
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && *line != "Skip to main content")
        .collect();
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).expect("our page");
    assert!(
        !page.contains("<br") && !page.contains(":param"),
        "left-overs of the source"
    );
    let ours = rendered(&page);

    let mut changed = Vec::new();
    let mut described = Vec::new();
    for (line, published) in ours.iter().zip(&theirs) {
        if let Some((_, _, why)) = CHANGED
            .iter()
            .find(|(old, new, _)| old == published && *new == line.fact)
        {
            changed.push(*why);
            continue;
        }
        let Some(rest) = published.strip_prefix(line.fact.as_str()) else {
            panic!("ours:   {}\ntheirs: {published}", line.fact);
        };
        let prose = line.prose.as_deref().unwrap_or_default();
        if rest.is_empty() && !prose.is_empty() {
            described.push(line.fact.as_str());
        } else if line.prose.is_none() {
            assert_eq!(rest, "", "ours: {}", line.fact);
        } else {
            assert!(!prose.is_empty(), "no description: {published}");
            assert_eq!(facts_at_the_end(prose), facts_at_the_end(rest), "{published}");
        }
    }
    assert_eq!(ours.len(), theirs.len(), "lines of the page");
    assert_eq!(changed, CHANGED.iter().map(|(_, _, why)| *why).collect::<Vec<_>>());
    assert_eq!(described, DESCRIBED.iter().map(|(row, _)| *row).collect::<Vec<_>>());
}

/// `(A, B)` or `(default: x)` behind a description.
fn facts_at_the_end(prose: &str) -> Option<&str> {
    let inner = prose.strip_suffix(')')?;
    Some(&inner[inner.rfind('(')? + 1..])
}

/// The page as text: table rows as one line, of tabs the first one.
fn rendered(page: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut source = page.lines();
    let title = source.by_ref().skip(1).take_while(|line| *line != "---");
    let title = title.filter_map(|line| line.strip_prefix("title: ")).last();
    lines.push(fact(title.expect("a page has a title")));
    let (mut in_code, mut in_tabs_tag, mut tab) = (false, false, 0);
    let mut in_examples = false;
    let mut has_descriptions = false;
    for line in source {
        match line {
            "<Tabs" => (in_tabs_tag, tab) = (true, 0),
            ">" if in_tabs_tag => in_tabs_tag = false,
            "</Tabs>" => tab = 0,
            _ if in_tabs_tag => {}
            _ if line.starts_with("<TabItem") => tab += 1,
            _ if tab > 1 || line == "</TabItem>" => {}
            _ if line.starts_with("```") => in_code = !in_code,
            _ if in_code => lines.push(fact(line)),
            _ if line.starts_with("<tr") => {
                let cells: Vec<String> = line.split("</t").map(plain).collect();
                let cells = &cells[..cells.len() - 2];
                if line.contains("<th>") {
                    has_descriptions = cells.last().is_some_and(|cell| cell == "Description");
                    lines.push(fact(&cells.concat()));
                } else if let (true, Some((last, others))) = (has_descriptions, cells.split_last()) {
                    lines.push(Line {
                        fact: others.concat(),
                        prose: Some(last.clone()),
                    });
                } else {
                    lines.push(fact(&cells.concat()));
                }
            }
            _ if line.starts_with("## ") => {
                in_examples = line.ends_with("examples") || line.ends_with("Lifecycle Methods");
                has_descriptions = false;
                lines.push(fact(&plain(&line[3..])));
            }
            _ if line.is_empty() || line.starts_with("import ") => {}
            _ if in_examples => lines.push(Line {
                fact: String::new(),
                prose: Some(plain(line)),
            }),
            _ => lines.push(fact(&plain(line))),
        }
    }
    lines.retain(|line| !line.fact.is_empty() || line.prose.is_some());
    lines
}

fn fact(text: &str) -> Line {
    Line {
        fact: text.trim_end().to_owned(),
        prose: None,
    }
}

/// Text without tags, marks and entities; a code to copy is its text.
fn plain(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some(start) = rest.find(['<', '`', '[', '&']) {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        if rest.starts_with('<') {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            if let Some(code) = rest[..end].strip_prefix("<CopyableCode code=\"") {
                text.push_str(&code[..code.find('"').expect("a closed attribute")]);
            }
            rest = &rest[end..];
        } else if rest.starts_with('[') {
            let (label, target) = rest[1..].split_once("](").expect("a link");
            text.push_str(label);
            rest = &target[target.find(')').expect("a closed link") + 1..];
        } else if rest.starts_with('&') {
            let (entity, behind) = rest[1..].split_once(';').expect("an entity");
            text.push_str(if entity == "#96" { "`" } else { "?" });
            rest = behind;
        } else {
            rest = &rest[1..];
        }
    }
    // The start of a tag that `split` cut off ends a cell: `d>`, `h>`, `r>` of what comes before.
    let text = text + rest;
    text.strip_prefix("d>")
        .or(text.strip_prefix("h>"))
        .or(text.strip_prefix("r>"))
        .unwrap_or(&text)
        .to_owned()
}
