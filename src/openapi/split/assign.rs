//! Which service an operation belongs to.

use indexmap::IndexMap;

use super::name::{self, service_name};
use super::{SplitBy, SplitException, SplitRules};
use crate::openapi::{Operation, Spec};
use crate::source::Text;

/// The operations of one service.
pub(super) struct Group<'s> {
    /// What the group is called in the spec: a tag, a path segment.
    pub(super) label: Text,
    /// The tag that made the group.
    pub(super) tag: Option<&'s str>,
    pub(super) operations: Vec<&'s Operation>,
}

/// Assigns the operations of one file.
pub(super) struct Assigner<'r> {
    file: &'r str,
    rules: &'r SplitRules,
}

impl<'r> Assigner<'r> {
    pub(super) fn new(file: &'r str, rules: &'r SplitRules) -> Self {
        Assigner { file, rules }
    }

    /// The groups by service name, in the order of their first operations.
    pub(super) fn groups<'s>(&self, spec: &'s Spec) -> IndexMap<Text, Group<'s>> {
        let mut groups: IndexMap<Text, Group<'s>> = IndexMap::new();
        for operation in &spec.operations {
            let (label, tag) = self.label(spec, operation);
            let name = service_name(&label).unwrap_or_else(|| self.whole(spec));
            let name = match self.rules.names.get(name.as_str()) {
                Some(other) => service_name(other).unwrap_or(name),
                None => name,
            };
            let group = groups.entry(name).or_insert_with(|| Group {
                label,
                tag,
                operations: Vec::new(),
            });
            group.operations.push(operation);
        }
        groups
    }

    fn whole(&self, spec: &Spec) -> Text {
        name::of_file(self.file, self.rules.fallback_name.as_deref(), spec.title())
    }

    fn label<'s>(&self, spec: &Spec, operation: &'s Operation) -> (Text, Option<&'s str>) {
        if let Some(exception) = self.rules.exceptions.iter().find(|rule| self.fits(rule, operation)) {
            return (exception.service.as_str().into(), None);
        }
        match self.rules.by {
            SplitBy::File => (self.whole(spec), None),
            SplitBy::Tag => match operation.tags.iter().find(|tag| service_name(tag).is_some()) {
                Some(tag) => (tag.clone(), Some(tag)),
                None => (
                    path_segment(&operation.path, 0).map_or_else(|| self.whole(spec), Text::from),
                    None,
                ),
            },
            SplitBy::PathSegment(at) => (
                path_segment(&operation.path, at).map_or_else(|| self.whole(spec), Text::from),
                None,
            ),
        }
    }

    fn fits(&self, rule: &SplitException, operation: &Operation) -> bool {
        let fits = |pattern: &Option<String>, text: &str| pattern.as_ref().is_none_or(|pattern| matches(pattern, text));
        fits(&rule.operation, &operation.id)
            && fits(&rule.path, operation.source_path())
            && fits(&rule.file, self.file)
            && rule
                .tag
                .as_ref()
                .is_none_or(|pattern| operation.tags.iter().any(|tag| matches(pattern, tag)))
    }
}

/// The segment at a place, placeholders not counted; of shorter paths the last one.
pub(super) fn path_segment(path: &str, at: usize) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut segments = path.split('/').filter(|segment| {
        !segment.contains('{') && segment.contains(|character: char| character.is_ascii_alphanumeric())
    });
    let mut last = None;
    for _ in 0..=at {
        last = segments.next().or(last);
    }
    last
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(previous) = last.replace(part) {
            match rest.find(previous) {
                Some(at) => rest = &rest[at + previous.len()..],
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::{matches, path_segment};

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("/repos/*", "/repos/a/b"));
        assert!(matches("*/keys/*", "/users/keys/1"));
        assert!(matches("*", ""));
        assert!(!matches("/repos/*", "/orgs/a"));
        assert!(!matches("a*b*c", "a-c"));
        assert!(!matches("get", "gets"));
    }

    #[test]
    fn placeholders_are_no_segments() {
        assert_eq!(path_segment("/v1/{org}/users/{id}", 1), Some("users"));
        assert_eq!(path_segment("/v1", 3), Some("v1"));
        assert_eq!(path_segment("/{a}", 0), None);
    }
}
