//! The variables in a server URL.

/// A variable in a server URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrlVariable<'a> {
    /// The name between the braces.
    pub name: &'a str,
    /// Whether a pattern follows the name: `{name:pattern}`.
    pub has_pattern: bool,
}

/// The variables of a URL, `{name}` and `{name:pattern}`, each once, in order. Patterns may hold braces themselves; what
/// is not closed and what has no name is none.
#[must_use]
pub fn url_variables(url: &str) -> Vec<UrlVariable<'_>> {
    let mut found: Vec<UrlVariable<'_>> = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, character) in url.char_indices() {
        match character {
            '{' => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let inner = &url[start..at];
                    let (name, has_pattern) = match inner.split_once(':') {
                        Some((name, _)) => (name, true),
                        None => (inner, false),
                    };
                    if !name.is_empty() && !found.iter().any(|known| known.name == name) {
                        found.push(UrlVariable { name, has_pattern });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::url_variables;

    fn names(url: &str) -> Vec<&str> {
        url_variables(url).iter().map(|variable| variable.name).collect()
    }

    #[test]
    fn server_variables_may_carry_patterns() {
        assert_eq!(names("https://{a}.x/{b:^(?:[^/]{1,3})$}/c}"), ["a", "b"]);
        assert!(names("https://x/{open").is_empty());
    }

    #[test]
    fn a_variable_counts_once() {
        assert_eq!(names("https://{a}.x/{a}/{}"), ["a"]);
    }
}
