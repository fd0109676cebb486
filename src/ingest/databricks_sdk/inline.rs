//! reStructuredText inside a line as Markdown: links, literals and roles.

/// Where addresses without a host lead to.
const SITE: &str = "https://docs.databricks.com";

/// One paragraph as Markdown. `references` are the link targets that the docstring defines at its end.
pub(super) fn markdown(text: &str, references: &[(String, String)]) -> String {
    let text = literals(&links(text));
    let text = site_links(&roles(&text));
    references
        .iter()
        .fold(text, |text, (name, address)| with_reference(&text, name, address))
}

/// `` `words <address>`__ `` as `[words](address)`.
fn links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(end) = rest.find(">`_") {
        let (before, after) = rest.split_at(end);
        let after = after[">`_".len()..].trim_start_matches('_');
        let parts = before.rfind('<').and_then(|open| {
            let tick = before[..open].rfind('`')?;
            Some((&before[..tick], before[tick + 1..open].trim(), &before[open + 1..]))
        });
        if let Some((lead, words, address)) = parts {
            out.extend([lead, "[", words, "](", address, ")"]);
        } else {
            out.extend([before, ">`"]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// ` ``code`` ` with single backticks, unless the code holds one.
fn literals(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("``") {
        out.push_str(before);
        match after.split_once("``") {
            Some((code, tail)) if !code.is_empty() && !code.contains('`') && !tail.starts_with('`') => {
                out.push('`');
                out.push_str(code);
                out.push('`');
                rest = tail;
            }
            _ => {
                out.push_str("``");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `` :class:`Job` `` as `` `Job` ``, `:method:jobs/list` as `` `jobs/list` ``.
fn roles(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((start, name)) = next_role(rest) {
        let (before, role) = rest.split_at(start);
        let after = &role[name + 2..];
        // `[words](:method:jobs/list)`: only the site of the vendor knows where that leads.
        if before.ends_with("](")
            && let (Some(open), Some(close)) = (before.rfind('['), after.find(')'))
        {
            out.push_str(&before[..open]);
            out.push_str(&before[open + 1..before.len() - 2]);
            rest = &after[close + 1..];
            continue;
        }
        out.push_str(before);
        if after.starts_with('`') {
            rest = after;
        } else {
            let end = after.find(|letter: char| !(letter.is_alphanumeric() || "_/.-".contains(letter)));
            let token = after[..end.unwrap_or(after.len())].trim_end_matches(['.', '-']);
            out.extend(["`", token, "`"]);
            rest = &after[token.len()..];
        }
    }
    out.push_str(rest);
    out
}

/// Where the next role begins, and how long its name is. What follows must be a name, so that `:param` in prose or
/// `urn:class:x` are left alone.
fn next_role(text: &str) -> Option<(usize, usize)> {
    const ROLES: [&str; 6] = ["class", "method", "service", "func", "meth", "ref"];
    let mut from = 0;
    while let Some(colon) = text[from..].find(':').map(|at| at + from) {
        let inside_a_word = text[..colon].ends_with(char::is_alphanumeric);
        let rest = &text[colon + 1..];
        for name in ROLES {
            let follows = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix(':'));
            if !inside_a_word && follows.is_some_and(|rest| rest.starts_with(|c: char| c == '`' || c.is_alphanumeric()))
            {
                return Some((colon, name.len()));
            }
        }
        from = colon + 1;
    }
    None
}

/// `](/path)` with the host that the vendor's pages are on.
fn site_links(text: &str) -> String {
    text.replace("](/", &format!("]({SITE}/"))
}

/// `[name]` as `[name](address)` where it is no link yet.
fn with_reference(text: &str, name: &str, address: &str) -> String {
    let mark = format!("[{name}]");
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&mark) {
        out.push_str(before);
        out.push_str(&mark);
        if !after.starts_with('(') {
            out.extend(["(", address, ")"]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[track_caller]
    fn check(from: &str, to: &str) {
        assert_eq!(markdown(from, &[]), to);
    }

    #[test]
    fn literals_get_single_backticks() {
        check("set ``a.b`` or ``c``", "set `a.b` or `c`");
        check("odd ``a", "odd ``a");
        check("holds ``a`b``", "holds ``a`b``");
    }

    #[test]
    fn links_become_markdown() {
        check(
            "the `guide <https://a.test/b>`__ says",
            "the [guide](https://a.test/b) says",
        );
        check("see [x](/api/y)", "see [x](https://docs.databricks.com/api/y)");
    }

    #[test]
    fn roles_become_code() {
        check("a :class:`Job` and :method:jobs/list.", "a `Job` and `jobs/list`.");
        check("**[Apps](:service:apps)** are", "**Apps** are");
        check("urn:class:x and a:b", "urn:class:x and a:b");
    }
}
