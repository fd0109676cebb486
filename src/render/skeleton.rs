//! The part of a page that a Markdown parser has to look at.
//!
//! Most of a page is rows of tables, field trees and code. Each of these has a form that is right by itself, wherever it
//! stands in the rest of the page:
//!
//! - A row is a line of tags that pair, with texts between them that hold nothing which begins, ends or hides a tag
//!   (`<`, braces other than `{}`, backslashes, backticks, emphasis, brackets of links). Many rows in a row are
//!   as right as one.
//! - A field tree is JSON in an attribute, `{[…]}`, or the name of an import.
//! - What stands in a fenced block up to its closing fence is code.
//!
//! [`skeleton`] leaves these out. It does so only where every other line has a form in which neither tags nor expressions
//! stay open at its end, but for the blocks that the templates write; a page with any other line is left whole. So what it
//! leaves out cannot lie inside an expression, an import or a tag, and the rest compiles if and only if the page does.

/// What is left of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Skeleton {
    /// The lines.
    pub(super) text: String,
    /// For each line its number in the page, from 1.
    pub(super) lines: Vec<usize>,
}

/// The page without what is right by its form; `None` when the page has a line that could reach over others.
pub(super) fn skeleton(page: &str) -> Option<Skeleton> {
    let all: Vec<&str> = page.split('\n').collect();
    let mut kept = Skeleton {
        text: String::with_capacity(page.len() / 4),
        lines: Vec::new(),
    };
    let mut at = 0;
    if all.first() == Some(&"---") {
        at = 1 + all[1..].iter().position(|line| *line == "---")?;
        (0..=at).for_each(|line| kept.push(all[line], line));
        at += 1;
    }
    while let Some(line) = all.get(at) {
        if let Some(end) = fence_end(&all, at)? {
            kept.push(line, at);
            kept.push(all[end], end);
            at = end;
        } else if is_row(line) {
            kept.push(line, at);
            let more = all[at + 1..].iter().take_while(|line| is_row(line)).count();
            at += more;
        } else if let Some(tree) = line
            .strip_prefix("<SchemaTable fields={")
            .and_then(|rest| rest.strip_suffix("} />"))
        {
            if is_name(tree) {
                kept.push(line, at);
            } else {
                serde_json::from_str::<serde::de::IgnoredAny>(tree).ok()?;
                kept.push("<SchemaTable fields={[]} />", at);
            }
        } else if *line == "<Tabs" {
            let end = at + all[at..].iter().position(|line| *line == ">")?;
            if !all[at + 1..end].iter().all(|line| is_part_of_tabs(line)) {
                return None;
            }
            (at..=end).for_each(|line| kept.push(all[line], line));
            at = end;
        } else if is_import(line) {
            // What follows without an empty line between belongs to the same code.
            let next = all.get(at + 1).copied().unwrap_or_default();
            if !next.is_empty() && !is_import(next) {
                return None;
            }
            kept.push(line, at);
        } else if is_tag_line(line) || is_prose(line) {
            kept.push(line, at);
        } else {
            return None;
        }
        at += 1;
    }
    Some(kept)
}

impl Skeleton {
    fn push(&mut self, line: &str, at: usize) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.lines.push(at + 1);
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

/// The lines that the templates write between `<Tabs` and `>`.
fn is_part_of_tabs(line: &str) -> bool {
    let attribute = ["    defaultValue=\"", "    queryString=\""]
        .iter()
        .find_map(|start| line.strip_prefix(start));
    if let Some(rest) = attribute {
        return rest.strip_suffix('"').is_some_and(is_attribute);
    }
    if matches!(line, "    values={[" | "    ]}") {
        return true;
    }
    let label = line
        .strip_prefix("        { label: ")
        .and_then(|rest| rest.strip_suffix(" },"));
    label
        .and_then(|label| label.split_once(", value: "))
        .is_some_and(|(label, value)| {
            [label, value].iter().all(|text| {
                let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                inner.is_some_and(|inner| !inner.contains(['"', '\\']))
            })
        })
}

/// A line that is one tag of the templates.
fn is_tag_line(line: &str) -> bool {
    matches!(
        line,
        "<table>" | "</table>" | "<thead>" | "</thead>" | "<tbody>" | "</tbody>" | "</TabItem>" | "</Tabs>" | "</div>"
    ) || ["<TabItem value=\"", "<div className=\""].iter().any(|start| {
        let value = line.strip_prefix(start).and_then(|rest| rest.strip_suffix("\">"));
        value.is_some_and(is_attribute)
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
        let page = "---\ntitle: x\n---\n\n<table>\n<tr><td>a</td></tr>\n<tr><td>b</td></tr>\n</table>\n\n```sql\n{ <\n```\n\nc";
        let left = skeleton(page).expect("a page of known forms");
        assert_eq!(
            left.text,
            "---\ntitle: x\n---\n\n<table>\n<tr><td>a</td></tr>\n</table>\n\n```sql\n```\n\nc"
        );
        assert_eq!(left.lines, [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 14]);
    }

    #[test]
    fn a_page_with_a_line_that_may_reach_over_others_is_left_whole() {
        for line in ["{", "<div", "export const a =", "~~~", "   ```sql", "<!--", "a {b}"] {
            assert_eq!(skeleton(&format!("a\n\n{line}\n\n```sql\n}}\n```\n")), None, "{line}");
        }
        assert_eq!(skeleton("```sql\n  ```\n```"), None);
    }
}
