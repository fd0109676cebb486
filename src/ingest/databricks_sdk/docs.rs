//! Docstrings of methods: the text of the method and of each parameter, and never one for the other.
//!
//! A field begins only at column 0 of the cleaned docstring. The lines that belong to it are the indented ones that
//! follow; it may have none. That is where the text of a parameter without text must end up empty, instead of taking the
//! next `:param …` line for its own.

use indexmap::IndexMap;

use super::prose;
use crate::source::Text;

/// The texts of one method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct MethodText {
    /// What the method does.
    pub(super) text: Option<Text>,
    /// Texts of parameters that have one, by Python name.
    pub(super) parameters: IndexMap<Text, Text>,
}

/// Reads the docstring of a method.
pub(super) fn method(docstring: &str) -> MethodText {
    let cleaned = clean(docstring);
    let mut out = MethodText::default();
    let mut about = Vec::new();
    let mut field: Option<(Field, Vec<&str>)> = None;
    for line in cleaned.lines() {
        if let Some(name) = field_start(line) {
            close(&mut out, field.replace((name, Vec::new())));
        } else if let Some((_, lines)) = field.as_mut()
            && (line.is_empty() || line.starts_with(' '))
        {
            lines.push(line);
        } else {
            close(&mut out, field.take());
            about.push(line);
        }
    }
    close(&mut out, field);
    out.text = prose::plain(&about);
    out
}

/// The text of a class or field.
pub(super) fn text(docstring: &str) -> Option<Text> {
    let cleaned = clean(docstring);
    prose::plain(&cleaned.lines().collect::<Vec<_>>())
}

fn close(out: &mut MethodText, field: Option<(Field, Vec<&str>)>) {
    let Some((Field::Parameter(name), lines)) = field else {
        return;
    };
    let margin = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| indent(line))
        .min()
        .unwrap_or_default();
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(margin..).unwrap_or_default())
        .collect();
    if let Some(text) = prose::plain(&lines) {
        out.parameters.insert(name, text);
    }
}

/// What begins at column 0.
enum Field {
    Parameter(Text),
    /// `:returns:` and the like, whose text nobody needs.
    Other,
}

fn field_start(line: &str) -> Option<Field> {
    let rest = line.strip_prefix(':')?;
    let (field, _) = rest.split_once(':')?;
    let mut words = field.split_whitespace();
    match (words.next()?, words.next(), words.next()) {
        ("param", Some(name), None) => Some(Field::Parameter(name.into())),
        ("returns" | "return" | "raises" | "rtype", ..) => Some(Field::Other),
        _ => None,
    }
}

/// Removes the indentation that the docstring has for being in the source, as `inspect.cleandoc` does.
fn clean(docstring: &str) -> String {
    let expanded = docstring.replace('\t', "        ");
    let mut lines: Vec<&str> = expanded
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .collect();
    let margin = lines
        .iter()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(line))
        .min();
    if let Some((first, others)) = lines.split_first_mut() {
        *first = first.trim_start_matches(' ');
        for line in others {
            *line = line.get(margin.unwrap_or_default()..).unwrap_or_default();
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
