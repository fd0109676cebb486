//! The part of a page that a Markdown parser has to look at.
//!
//! Most of a page is rows of tables, field trees and code. Each of these has a form that is right by itself, wherever it
//! stands in the rest of the page:
//!
//! - A row is a line of tags that pair, with texts between them that hold nothing which begins, ends or hides a tag
//!   (`<`, braces other than `{}`, backslashes, backticks, emphasis, brackets of links). Many rows in a row are
//!   as right as one.
//! - A line of text that begins with a letter and is otherwise like what stands in a row is as right as one letter.
//! - A field tree is JSON in an attribute, `{[…]}`, or the name of an import.
//! - What stands in a fenced block up to its closing fence is code, and what stands in the front matter is YAML.
//!
//! [`skeleton`] leaves these out or lets one stand for all, so that most pages of a provider have one of a few skeletons.
//! It does so only where every other line has a form in which neither tags nor expressions stay open at its end, but for
//! the blocks that the templates write; a page with any other line has no skeleton. So what it leaves out cannot lie
//! inside an expression, an import or a tag, and a page compiles if its skeleton does.

/// The page without what is right by its form; `None` when the page has a line that could reach over others.
pub(super) fn skeleton(page: &str) -> Option<String> {
    let all: Vec<&str> = page.split('\n').collect();
    let mut kept = Kept(String::with_capacity(page.len() / 8));
    let mut at = 0;
    if all.first() == Some(&"---") {
        at = 2 + all[1..].iter().position(|line| *line == "---")?;
        kept.push("---");
        kept.push("---");
    }
    while let Some(line) = all.get(at) {
        if let Some(end) = fence_end(&all, at)? {
            kept.push(line);
            kept.push(all[end]);
            at = end;
        } else if is_row(line) {
            let rows = all[at..].iter().take_while(|line| is_row(line));
            let (texts, tags): (Vec<&str>, Vec<&str>) = rows.partition(|row| has_text(row));
            at += texts.len() + tags.len() - 1;
            // A row that is nothing but tags is a block of its own, one with text begins a paragraph.
            if !tags.is_empty() {
                kept.push("<tr></tr>");
            }
            if !texts.is_empty() {
                kept.push("<tr><td>a</td></tr>");
            }
        } else if let Some(tree) = line
            .strip_prefix("<SchemaTable fields={")
            .and_then(|rest| rest.strip_suffix("} />"))
        {
            if is_name(tree) {
                kept.push(line);
            } else {
                serde_json::from_str::<serde::de::IgnoredAny>(tree).ok()?;
                kept.push("<SchemaTable fields={[]} />");
            }
        } else if *line == "<Tabs" {
            let end = at + all[at..].iter().position(|line| *line == ">")?;
            kept.push(line);
            let mut last = "";
            for line in &all[at + 1..end] {
                let form = part_of_tabs(line)?;
                if form != LABEL || last != LABEL {
                    kept.push(form);
                }
                last = form;
            }
            kept.push(">");
            at = end;
        } else if is_import(line) {
            // What follows without an empty line between belongs to the same code.
            let next = all.get(at + 1).copied().unwrap_or_default();
            if !next.is_empty() && !is_import(next) {
                return None;
            }
            kept.push(line);
        } else if let Some(form) = tag_line(line) {
            kept.push(form);
        } else if is_prose(line) {
            kept.push(if is_plain(line) { "a" } else { line });
        } else {
            return None;
        }
        at += 1;
    }
    Some(kept.0)
}

struct Kept(String);

impl Kept {
    fn push(&mut self, line: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(line);
    }
}

/// Where the fence that opens at a line closes. `None` when that cannot be told by looking for the same marks alone.
#[expect(clippy::option_option, reason = "no fence here, and no telling")]
fn fence_end(all: &[&str], at: usize) -> Option<Option<usize>> {
    let line = all[at];
    let marks = line.len() - line.trim_start_matches('`').len();
    if marks < 3 {
        return Some(None);
    }
    if !line[marks..].bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let is_closing = |line: &&str| {
        let rest = line.trim_start_matches([' ', '\t', '\r']);
        let after = rest.trim_start_matches('`');
        rest.len() - after.len() >= marks && after.trim().is_empty()
    };
    let end = at + 1 + all[at + 1..].iter().position(is_closing)?;
    (all[end] == &line[..marks]).then_some(Some(end))
}

/// What stands for each label of tabs.
const LABEL: &str = "        { label: \"a\", value: \"a\" },";

/// What stands for a line that the templates write between `<Tabs` and `>`.
fn part_of_tabs(line: &str) -> Option<&'static str> {
    for (start, form) in [
        ("    defaultValue=\"", "    defaultValue=\"a\""),
        ("    queryString=\"", "    queryString=\"a\""),
    ] {
        if let Some(rest) = line.strip_prefix(start) {
            return rest.strip_suffix('"').filter(|value| is_attribute(value)).map(|_| form);
        }
    }
    match line {
        "    values={[" => return Some("    values={["),
        "    ]}" => return Some("    ]}"),
        _ => {}
    }
    let label = line.strip_prefix("        { label: ")?.strip_suffix(" },")?;
    let (label, value) = label.split_once(", value: ")?;
    let are_texts = [label, value].iter().all(|text| {
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inner.is_some_and(|inner| !inner.contains(['"', '\\']))
    });
    are_texts.then_some(LABEL)
}

/// What stands for a line that is one tag of the templates.
fn tag_line(line: &str) -> Option<&str> {
    const TAGS: [&str; 9] = [
        "<table>",
        "</table>",
        "<thead>",
        "</thead>",
        "<tbody>",
        "</tbody>",
        "</TabItem>",
        "</Tabs>",
        "</div>",
    ];
    if TAGS.contains(&line) {
        return Some(line);
    }
    [
        ("<TabItem value=\"", "<TabItem value=\"a\">"),
        ("<div className=\"", "<div className=\"a\">"),
    ]
    .into_iter()
    .find_map(|(start, form)| {
        let value = line.strip_prefix(start)?.strip_suffix("\">")?;
        is_attribute(value).then_some(form)
    })
}

/// `import Name from '…';`
fn is_import(line: &str) -> bool {
    let parts = line
        .strip_prefix("import ")
        .and_then(|rest| rest.strip_suffix("';"))
        .and_then(|rest| rest.split_once(" from '"));
    parts.is_some_and(|(name, file)| is_name(name) && !file.contains(['\'', '\\']))
}

/// The name of a variable.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A line of text in which nothing stays open that reaches over lines.
fn is_prose(line: &str) -> bool {
    let starts = line.trim_start();
    !starts.starts_with("import")
        && !starts.starts_with("export")
        && !line.contains("```")
        && !line.contains("~~~")
        && {
            let mut rest = line;
            while let Some(place) = rest.find(['<', '{', '}']) {
                let after = &rest[place..];
                let known = ["{}", "<code>", "</code>", "<strong>", "</strong>", "<br />"]
                    .iter()
                    .find_map(|known| after.strip_prefix(known));
                match known {
                    Some(after) => rest = after,
                    None => return false,
                }
            }
            true
        }
}

/// A line of prose that is part of a paragraph wherever it stands, and holds nothing but text and tags that pair.
fn is_plain(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_alphabetic()) && inline(line).is_empty()
}

/// Whether a row has text between its tags.
fn has_text(row: &str) -> bool {
    let mut is_tag = false;
    let mut is_quoted = false;
    row.chars().any(|character| {
        match character {
            '"' if is_tag => is_quoted = !is_quoted,
            '<' if !is_quoted => is_tag = true,
            '>' if !is_quoted => is_tag = false,
            _ => return !is_tag,
        }
        false
    })
}

/// A row of a table: `<tr>` with cells.
fn is_row(line: &str) -> bool {
    row(line) == Some("")
}

fn row(line: &str) -> Option<&str> {
    let mut rest = line.strip_prefix("<tr")?;
    if let Some(id) = rest.strip_prefix(" id=\"") {
        rest = after_attribute(id)?;
    }
    rest = rest.strip_prefix('>')?;
    while let Some(inner) = rest.strip_prefix("<td>") {
        rest = inline(inner).strip_prefix("</td>")?;
    }
    while let Some(inner) = rest.strip_prefix("<th>") {
        rest = inline(inner).strip_prefix("</th>")?;
    }
    rest.strip_prefix("</tr>")
}

/// Behind texts and tags that pair.
fn inline(mut rest: &str) -> &str {
    loop {
        rest = text(rest);
        let Some(after) = element(rest) else { return rest };
        rest = after;
    }
}

fn element(rest: &str) -> Option<&str> {
    for (open, close) in [("<code>", "</code>"), ("<b>", "</b>"), ("<strong>", "</strong>")] {
        if let Some(inner) = rest.strip_prefix(open) {
            return text(inner).strip_prefix(close);
        }
    }
    if let Some(code) = rest.strip_prefix("<CopyableCode code=\"") {
        return after_attribute(code)?.strip_prefix(" />");
    }
    let link = after_attribute(rest.strip_prefix("<a href=\"")?)?;
    inline(link.strip_prefix('>')?).strip_prefix("</a>")
}

/// Behind a text that neither begins, ends nor hides anything. An underscore between letters is one of these.
fn text(rest: &str) -> &str {
    let mut last = ' ';
    let mut characters = rest.char_indices();
    while let Some((place, character)) = characters.next() {
        let holds = match character {
            '<' | '}' | '`' | '*' | '[' | ']' | '\\' | '~' | '|' | '\r' => false,
            '{' => rest[place..].starts_with("{}"),
            '_' => last.is_alphanumeric() && rest[place + 1..].starts_with(char::is_alphanumeric),
            _ => true,
        };
        if !holds {
            return &rest[place..];
        }
        if character == '{' {
            characters.next();
        }
        last = character;
    }
    ""
}

/// Behind the value of an attribute and its quote.
fn after_attribute(rest: &str) -> Option<&str> {
    let (value, after) = rest.split_once('"')?;
    is_attribute(value).then_some(after)
}

fn is_attribute(value: &str) -> bool {
    !value.contains(['"', '<', '{', '}', '`', '\\', '\r'])
}

#[cfg(test)]
mod tests {
    use super::{is_row, skeleton};

    #[test]
    fn rows_are_tags_that_pair() {
        for row in [
            "<tr><td>a</td></tr>",
            "<tr id=\"parameter-x\"><td><CopyableCode code=\"a_b\" /></td><td><code>string</code></td><td>a_b &lt;c{}&#58;</td></tr>",
            "<tr><th>Name</th><th></th></tr>",
            "<tr><td><a href=\"#x\"><code>x</code></a>, <a href=\"#y\"><CopyableCode code=\"y\" /></a></td></tr>",
        ] {
            assert!(is_row(row), "{row}");
        }
        for row in [
            "<tr><td>a</tr>",
            "<tr><td>a</td></tr> b",
            "<tr><td>{a}</td></tr>",
            "<tr><td>*a</td><td>b*</td></tr>",
            "<tr><td>`a</td><td>b`</td></tr>",
            "<tr><td>a\\</td></tr>",
            "<tr><td>a _b</td></tr>",
            "<tr><td><b>a</td></b></tr>",
            "<tr><td>a<br></td></tr>",
        ] {
            assert!(!is_row(row), "{row}");
        }
    }

    #[test]
    fn what_is_right_by_its_form_is_left_out() {
        let page = "---\ntitle: x\n---\n\nSome <code>x</code>.\n\n- `b`\n<table>\n<tr><td>b</td></tr>\n<tr><td></td></tr>\n\
                    <tr><td>\u{e9}</td></tr>\n</table>\n<TabItem value=\"list\">\n\n```sql\n{ <\n```\n\n</TabItem>";
        let left = "---\n---\n\na\n\n- `b`\n<table>\n<tr></tr>\n<tr><td>a</td></tr>\n</table>\n<TabItem value=\"a\">\n\n\
                    ```sql\n```\n\n</TabItem>";
        assert_eq!(skeleton(page).expect("a page of known forms"), left);
    }

    #[test]
    fn tabs_are_one_form() {
        let tabs = |labels: &str| format!("<Tabs\n    defaultValue=\"x\"\n    values={{[\n{labels}    ]}}\n>");
        let two = tabs("        { label: \"x\", value: \"x\" },\n        { label: \"y\", value: \"y\" },\n");
        let one = "<Tabs\n    defaultValue=\"a\"\n    values={[\n        { label: \"a\", value: \"a\" },\n    ]}\n>";
        assert_eq!(skeleton(&two).as_deref(), Some(one));
    }

    #[test]
    fn a_page_with_a_line_that_may_reach_over_others_is_left_whole() {
        for line in ["{", "<div", "export const a =", "~~~", "   ```sql", "<!--", "a {b}"] {
            assert_eq!(skeleton(&format!("a\n\n{line}\n\n```sql\n}}\n```\n")), None, "{line}");
        }
        assert_eq!(skeleton("```sql\n  ```\n```"), None);
    }
}
