//! Exceptions: findings that people decided to live with, each with a reason; an exception that excepts nothing is a
//! finding itself.

use std::path::PathBuf;

use super::out::Out;
use super::rules;
use super::settings::Active;
use super::view::IgnoreFile;
use crate::diagnostic::Diagnostic;
use crate::source::{Node, Sources, Span};

/// An entry of `.spgen-lint-ignore.yaml`.
#[derive(Debug)]
struct Exception {
    rule: String,
    /// Pattern for `FILE` or `FILE#POINTER`; `None` for any place.
    place: Option<String>,
    folder: PathBuf,
    span: Span,
    used: bool,
}

/// Takes excepted findings away, and adds what is wrong with the exceptions.
pub(super) fn apply(
    findings: Vec<Diagnostic>,
    files: &[IgnoreFile],
    sources: &Sources,
    active: &[Active],
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut exceptions: Vec<Exception> = files
        .iter()
        .flat_map(|file| read(file, active, &mut problems))
        .collect();
    let mut kept: Vec<Diagnostic> = findings
        .into_iter()
        .filter(|finding| {
            let mut is_excepted = false;
            for exception in &mut exceptions {
                if exception.covers(finding, sources) {
                    exception.used = true;
                    is_excepted = true;
                }
            }
            !is_excepted
        })
        .collect();
    for exception in exceptions.iter().filter(|exception| !exception.used) {
        // A rule that did not run can have found nothing.
        if active.iter().any(|active| active.registered.rule.id == exception.rule) {
            say(active, "unused-exception", &mut problems, |out| {
                out.add(
                    exception.span,
                    "",
                    format!("this exception from `{}` excepts nothing", exception.rule),
                )
                .help("remove it");
            });
        }
    }
    kept.extend(problems);
    kept
}

fn read(file: &IgnoreFile, active: &[Active], problems: &mut Vec<Diagnostic>) -> Vec<Exception> {
    let Some(entries) = file.root.as_list() else {
        if !file.root.is_null() {
            say(active, "malformed-exception", problems, |out| {
                out.add(
                    file.root.span,
                    "",
                    format!("expected a list of exceptions, found {}", file.root.kind()),
                );
            });
        }
        return Vec::new();
    };
    let entries = entries.iter().filter_map(|entry| {
        let known = entry.get_str("rule").filter(|rule| rules::find(rule).is_some());
        let Some(rule) = known else {
            let message = match entry.get_str("rule") {
                Some(name) => super::settings::UnknownRule::of(name).to_string(),
                None => "an exception needs `rule`".to_owned(),
            };
            say(active, "malformed-exception", problems, |out| {
                out.add(entry.span, "", message);
            });
            return None;
        };
        if entry.get_str("reason").is_none_or(|reason| reason.trim().is_empty()) {
            say(active, "exception-without-reason", problems, |out| {
                out.add(entry.span, "", format!("the exception from `{rule}` gives no reason"))
                    .help("add `reason: …`: the next reader wants to know whether it still holds");
            });
        }
        Some(Exception {
            rule: rule.to_owned(),
            place: entry.get_str("place").map(str::to_owned),
            folder: file.folder.clone(),
            span: entry.get("rule").map_or(entry.span, |node: &Node| node.span),
            used: false,
        })
    });
    entries.collect()
}

fn say(active: &[Active], id: &str, found: &mut Vec<Diagnostic>, add: impl FnOnce(&mut Out<'_>)) {
    if let Some(active) = active.iter().find(|active| active.registered.rule.id == id) {
        add(&mut Out::new(active.registered.rule.id, active.severity, found));
    }
}

impl Exception {
    fn covers(&self, finding: &Diagnostic, sources: &Sources) -> bool {
        if finding.id != self.rule {
            return false;
        }
        let Some(place) = &self.place else {
            return true;
        };
        let Some(file) = sources.get(finding.span.file) else {
            return false;
        };
        let folder = self.folder.display().to_string().replace('\\', "/");
        let name = file.name.strip_prefix(folder.as_str()).unwrap_or(&file.name);
        let name = name.trim_start_matches('/');
        match place.split_once('#') {
            Some((files, pointers)) => matches(files, name) && matches(pointers, &finding.pointer),
            None => matches(place, name),
        }
    }
}

/// Whether a text fits a pattern: `*` stands for anything without `/`, `**` for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    // Where to go on after a mismatch: the pattern behind a star, and one more byte for it.
    let mut retry: Vec<(usize, usize, bool)> = Vec::new();
    let (mut at, mut seen) = (0, 0);
    loop {
        if pattern[at..].starts_with(b"**") {
            retry.push((at + 2, seen, true));
            at += 2;
        } else if pattern.get(at) == Some(&b'*') {
            retry.push((at + 1, seen, false));
            at += 1;
        } else if at == pattern.len() && seen == text.len() {
            return true;
        } else if at < pattern.len() && pattern.get(at) == text.get(seen) {
            at += 1;
            seen += 1;
        } else {
            loop {
                let Some((behind, from, crosses)) = retry.pop() else {
                    return false;
                };
                match text.get(from) {
                    Some(byte) if crosses || *byte != b'/' => {
                        retry.push((behind, from + 1, crosses));
                        (at, seen) = (behind, from + 1);
                        break;
                    }
                    _ => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_names_and_double_stars_for_paths() {
        for (pattern, text) in [
            ("services/*.yaml", "services/repos.yaml"),
            ("**", "a/b/c"),
            ("**/get", "/paths/~1a/get"),
            ("a*b*c", "a-b-b-c"),
            ("", ""),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("*.yaml", "services/repos.yaml"), ("a", "ab"), ("a*", "b"), ("", "a")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
