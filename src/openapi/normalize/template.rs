//! Path templates.

/// The names of the placeholders, in order, each once.
pub(super) fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('}') else { break };
        let name = &rest[..close];
        if !name.is_empty() && !name.contains('{') && !names.contains(&name) {
            names.push(name);
        }
        rest = &rest[close + 1..];
    }
    names
}

/// The path without the names of its placeholders: equal for paths that mean the same.
pub(super) fn skeleton(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{placeholders, skeleton};

    #[test]
    fn placeholders_are_found() {
        assert_eq!(placeholders("/a/{b}/{c}:{b}{"), ["b", "c"]);
        assert_eq!(skeleton("/a/{b}/c{d}"), "/a/{}/c{}");
    }
}
