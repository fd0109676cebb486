//! A path template as a chain of collections and parameters.

use crate::mapping::words;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Fixed text, as words.
    Fixed(Vec<String>),
    /// A placeholder, or the wildcard `-` that stands for one.
    Parameter,
}

/// What a path says once versions, prefixes, queries and custom verbs are taken off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PathShape {
    /// The steps in order.
    pub(super) segments: Vec<Segment>,
    /// The custom verb at the end (`/jobs/{id}:cancel`), as words.
    pub(super) custom_verb: Option<Vec<String>>,
    /// The first segment when a version follows it: `/shop/v2/widgets` is the API `shop`.
    pub(super) api: Option<Vec<String>>,
    /// The first version in the path, as a word: `v2`, also for `2`.
    pub(super) version: Option<String>,
}

impl PathShape {
    /// Reads a path template.
    pub(super) fn of(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut shape = PathShape::default();
        let texts: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        for (at, segment) in texts.iter().enumerate() {
            let before_version = texts.get(at + 1).is_some_and(|next| is_version(next));
            if before_version && *segment == "api" {
                continue;
            }
            shape.push(segment);
            if before_version && shape.segments.len() == 1 && at == 0 {
                shape.api = shape.last_fixed().map(<[String]>::to_vec);
            }
        }
        shape.drop_namespace(path);
        shape.version = texts.into_iter().find(|text| is_version(text)).map(version_word);
        shape
    }

    fn push(&mut self, segment: &str) {
        // `{id}:cancel`, `items:batchGet`; a colon inside braces belongs to the placeholder.
        let after_brace = segment.rfind('}').map_or(0, |brace| brace + 1);
        let (segment, custom_verb) = match segment[after_brace..].split_once(':') {
            Some((before, verb)) if !verb.is_empty() && after_brace + before.len() > 0 => {
                (&segment[..after_brace + before.len()], Some(words::split(verb)))
            }
            _ => (segment, None),
        };
        if custom_verb.as_ref().is_some_and(|verb| !verb.is_empty()) {
            self.custom_verb = custom_verb;
        }
        match segment.find('{') {
            Some(0) => self.segments.push(Segment::Parameter),
            // `users('{id}')`: a collection and its key in one segment.
            Some(brace) => {
                self.push_fixed(&segment[..brace]);
                self.segments.push(Segment::Parameter);
            }
            // Some write `/widgets/:id`.
            None if segment == "-" || segment.starts_with(':') => self.segments.push(Segment::Parameter),
            None => self.push_fixed(segment),
        }
    }

    fn push_fixed(&mut self, text: &str) {
        if is_version(text) || (self.segments.is_empty() && matches!(text, "api" | "apis" | "rest")) {
            return;
        }
        // `/widgets.json` is the list of `/widgets/{id}.json`.
        let text = [".json", ".xml"]
            .iter()
            .find_map(|ending| text.strip_suffix(ending))
            .unwrap_or(text);
        let words = words::split(text);
        if !words.is_empty() {
            self.segments.push(Segment::Fixed(words));
        }
    }

    /// Some families of APIs name the collection only after `/providers/{Namespace.Name}/`: what stands before is scope.
    fn drop_namespace(&mut self, path: &str) {
        let mut texts = path.split('/').filter(|segment| !segment.is_empty()).peekable();
        let mut namespaced = None;
        while let Some(text) = texts.next() {
            if text == "providers"
                && texts
                    .peek()
                    .is_some_and(|next| next.contains('.') && !next.contains('{'))
            {
                namespaced = texts.peek().map(|next| words::split(next));
            }
        }
        if let Some(namespace) = namespaced
            && let Some(at) = self
                .segments
                .iter()
                .rposition(|segment| *segment == Segment::Fixed(namespace.clone()))
            && at + 1 < self.segments.len()
        {
            self.segments.drain(..=at);
        }
    }

    /// Whether the path ends in a placeholder.
    pub(super) fn ends_in_parameter(&self) -> bool {
        self.segments.last() == Some(&Segment::Parameter)
    }

    /// Whether a fixed segment at the end follows a placeholder: `/widgets/{id}/owner`.
    pub(super) fn is_below_item(&self) -> bool {
        matches!(self.segments.as_slice(), [.., Segment::Parameter, Segment::Fixed(_)])
    }

    /// The single word of a segment at the end that follows a fixed one: `search` of `/widgets/search`.
    pub(super) fn word_behind_collection(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [.., Segment::Fixed(_), Segment::Fixed(last)] => match last.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            _ => None,
        }
    }

    /// The fixed segments in order.
    pub(super) fn fixed(&self) -> impl DoubleEndedIterator<Item = &[String]> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Fixed(words) => Some(words.as_slice()),
            Segment::Parameter => None,
        })
    }

    /// The words of the last segment, when that is fixed text.
    pub(super) fn last_fixed(&self) -> Option<&[String]> {
        match self.segments.last() {
            Some(Segment::Fixed(words)) => Some(words),
            _ => None,
        }
    }

    /// The steps without placeholders at the end: the collection that the path lies in.
    pub(super) fn collection(&self) -> &[Segment] {
        let end = self
            .segments
            .iter()
            .rposition(|segment| *segment != Segment::Parameter)
            .map_or(0, |at| at + 1);
        &self.segments[..end]
    }
}

/// The collection that a collection lies in; empty at the root.
pub(super) fn parent(steps: &[Segment]) -> &[Segment] {
    let shorter = &steps[..steps.len().saturating_sub(1)];
    let end = shorter
        .iter()
        .rposition(|step| *step != Segment::Parameter)
        .map_or(0, |at| at + 1);
    &shorter[..end]
}

/// The text of a chain of steps: `orgs/{}/secrets`.
pub(super) fn skeleton(segments: &[Segment]) -> String {
    let mut text = String::new();
    for segment in segments {
        if !text.is_empty() {
            text.push('/');
        }
        match segment {
            Segment::Fixed(words) => text.push_str(&words.join("_")),
            Segment::Parameter => text.push_str("{}"),
        }
    }
    text
}

/// `v1`, `2.0`, `v2beta1`, `2024-01-01`.
fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let mut rest = digits.trim_start_matches(|character: char| {
        character.is_ascii_digit() || character == '.' || character == '-' || character == '_'
    });
    let number = &digits[..digits.len() - rest.len()];
    if !number.contains(|character: char| character.is_ascii_digit()) {
        return false;
    }
    for stage in ["alpha", "beta", "preview", "rc"] {
        rest = rest.strip_prefix(stage).unwrap_or(rest);
    }
    rest.chars().all(|character| character.is_ascii_digit())
}

/// `v2_1` of `2.1`.
fn version_word(segment: &str) -> String {
    let plain = segment.to_lowercase().replace(['.', '-'], "_");
    if plain.starts_with('v') {
        plain
    } else {
        format!("v{plain}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let check = |path: &str, expected: &str| {
            let shape = PathShape::of(path);
            let verb = shape
                .custom_verb
                .map(|words| format!(":{}", words.join("_")))
                .unwrap_or_default();
            assert_eq!(format!("{}{verb}", skeleton(&shape.segments)), expected, "{path}");
        };
        check(
            "/api/2.0/accounts/{account_id}/scim/v2/Groups",
            "accounts/{}/scim/groups",
        );
        check("/v1/projects/{p}/jobs/{job}:cancel", "projects/{}/jobs/{}:cancel");
        check(
            "/clusters/{id}/topics/-/configs:alter",
            "clusters/{}/topics/{}/configs:alter",
        );
        check(
            "/subscriptions/{s}/providers/Acme.Things/widgets/{w}?api-version=1",
            "widgets/{}",
        );
        check("/v1beta1/{name}", "{}");
        check("/users('{id}')/x", "users/{}/x");
        check("/users/:id/x", "users/{}/x");
        check("/", "");
        // A dash stands for any item; it is no version.
        check("/api/-/widgets", "{}/widgets");
        check("/shops/-/widgets/_", "shops/{}/widgets");
        assert_eq!(PathShape::of("/shops/-/widgets").api, None);
        assert_eq!(PathShape::of("/shops/v1/widgets").api, Some(vec!["shops".to_owned()]));
        assert_eq!(PathShape::of("/api/2.1/widgets").version.as_deref(), Some("v2_1"));
        assert_eq!(
            PathShape::of("/shops/V1beta1/widgets").version.as_deref(),
            Some("v1beta1")
        );
    }
}
