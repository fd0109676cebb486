//! The pin of a source: `spgen.yaml` names the SHA-256 of what was accepted, and `pin.csv` beside it the operations that
//! it held, so that a build can say what changed upstream.

use std::path::Path;

use super::config::Config;
use super::job::{self, SourceDocument};
use crate::diagnostic::{Diagnostic, counted};
use crate::openapi::{Drift, Fingerprint, fingerprints};
use crate::source::{FileId, Node, Value, read, sha256, to_yaml};

/// The file with the operations of the pinned sources, beside the configuration.
pub const PIN_FILE: &str = "pin.csv";

/// Operations that a finding lists of each kind.
const LISTED: usize = 20;

/// What a source held: its place in the configuration, its hash, its documents.
#[derive(Debug)]
pub struct Pinned {
    /// The path, as the configuration has it.
    pub path: String,
    /// SHA-256 of the canonical form.
    pub sha256: String,
    /// The operations.
    pub operations: Vec<Fingerprint>,
}

/// One row of `pin.csv`.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct PinRow {
    source: String,
    path: String,
    verb: String,
    operation_id: String,
    parameters: String,
    body: String,
    responses: String,
    all: String,
}

/// The hash of a source: of its document; of several documents (an SDK gives one a service) that of the map from their
/// names to them.
#[must_use]
pub fn hash(documents: &[SourceDocument]) -> String {
    match documents {
        [only] => sha256(&only.root),
        several => {
            let entries = several
                .iter()
                .map(|document| (document.name.as_str(), document.root.clone()));
            sha256(&Node::map(entries.collect()))
        }
    }
}

/// A source with its operations.
#[must_use]
pub fn pinned(path: &str, documents: &[SourceDocument]) -> Pinned {
    Pinned {
        path: path.to_owned(),
        sha256: hash(documents),
        operations: documents
            .iter()
            .flat_map(|document| fingerprints(&document.root))
            .collect(),
    }
}

/// The text of `pin.csv`.
#[must_use]
pub fn to_csv(sources: &[Pinned]) -> String {
    let mut writer = csv::WriterBuilder::new().has_headers(true).from_writer(Vec::new());
    for source in sources {
        for operation in &source.operations {
            // Writing into memory cannot fail.
            let _ = writer.serialize(PinRow {
                source: source.path.clone(),
                path: operation.path.to_string(),
                verb: operation.verb.to_string(),
                operation_id: operation.operation_id.to_string(),
                parameters: operation.parameters.to_string(),
                body: operation.body.to_string(),
                responses: operation.responses.to_string(),
                all: operation.all.to_string(),
            });
        }
    }
    writer
        .into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// What a source held when it was pinned; `None` when the file does not say.
fn earlier(folder: &Path, source: &str) -> Result<Option<Vec<Fingerprint>>, Diagnostic> {
    let file = folder.join(PIN_FILE);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(job::cannot_read(&file, &error)),
    };
    let mut operations = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<PinRow>() {
        let row = row.map_err(|error| {
            Diagnostic::error("pin", format!("`{}` cannot be read: {error}", file.display()))
                .help("`spgen build --update-pin` writes it anew")
        })?;
        if row.source == source {
            operations.push(Fingerprint {
                path: row.path.into(),
                verb: row.verb.into(),
                operation_id: row.operation_id.into(),
                parameters: row.parameters.into(),
                body: row.body.into(),
                responses: row.responses.into(),
                all: row.all.into(),
            });
        }
    }
    Ok((!operations.is_empty()).then_some(operations))
}

/// The finding about a source that is not the pinned one; `None` when it is, or when nothing is pinned.
///
/// `settings` is the node of the source in the configuration, `place` its pointer.
#[must_use]
pub fn check(
    folder: &Path,
    path: &str,
    documents: &[SourceDocument],
    settings: &Node,
    place: &str,
) -> Option<Diagnostic> {
    let wanted = settings.get("sha256")?;
    let actual = hash(documents);
    let is_same = wanted
        .scalar_text()
        .is_some_and(|wanted| wanted.trim().eq_ignore_ascii_case(&actual));
    if is_same {
        return None;
    }
    let id = "source-changed";
    let found = |message: String| {
        Diagnostic::error(id, message)
            .at(wanted.span)
            .pointer(format!("{place}/sha256"))
            .help("look at what changed, then accept it with `spgen build --update-pin`")
    };
    let before = match earlier(folder, path) {
        Ok(Some(before)) => before,
        Ok(None) => {
            let finding = found(format!("`{path}` is not what was pinned"));
            return Some(finding.note_that(format!("its SHA-256 is {actual}")).note_that(format!(
                "`{PIN_FILE}` does not hold its earlier operations, so they cannot be compared"
            )));
        }
        Err(finding) => return Some(finding),
    };
    let now: Vec<Fingerprint> = documents
        .iter()
        .flat_map(|document| fingerprints(&document.root))
        .collect();
    let drift = Drift::between(&before, &now);
    let mut finding = found(format!(
        "`{path}` is not what was pinned: {} added, {} removed, {} changed",
        counted(drift.added.len(), "operation"),
        drift.removed.len(),
        drift.changed.len()
    ))
    .note_that(format!("its SHA-256 is {actual}"));
    for (word, operations) in [
        ("added", &drift.added),
        ("removed", &drift.removed),
        ("changed", &drift.changed),
    ] {
        for operation in operations.iter().take(LISTED) {
            finding = finding.note_that(format!("{word}: {operation}"));
        }
        if operations.len() > LISTED {
            finding = finding.note_that(format!("{word}: {} more", operations.len() - LISTED));
        }
    }
    if drift == Drift::default() {
        finding = finding.note_that("no operation differs: what changed is used by none of them (info, tags, servers)");
    }
    Some(finding)
}

/// The text of a configuration with new hashes, one for each source in order; everything else stays as it is.
///
/// # Errors
/// A configuration in a form that cannot be changed in place.
pub fn rewrite(text: &str, root: &Node, hashes: &[String]) -> Result<String, String> {
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    let list = root.get("sources");
    let sources = list.and_then(Node::as_list).into_iter().flatten();
    let is_flow = |node: &Node| {
        let start = text.as_bytes().get(node.span.start as usize);
        matches!(start, Some(b'{' | b'['))
    };
    let list_is_flow = list.is_some_and(is_flow);
    for (source, hash) in sources.zip(hashes) {
        // Quoted where a reader would take the digits for a number.
        let hash = to_yaml(&Node::string(hash.as_str())).trim().to_owned();
        let end_of_line = |from: usize| text[from..].find('\n').map_or(text.len(), |length| from + length);
        let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |line| line + 1);
        let (start, end) = (source.span.start as usize, source.span.end as usize);
        if text.get(start..end).is_none() {
            return Err("the positions of its sources are not known".to_owned());
        }
        match &source.value {
            Value::Map(map) => match (map.get("sha256"), map.entry("path")) {
                (Some(old), _) => edits.push((old.span.start as usize, old.span.end as usize, hash)),
                (None, Some(path)) if list_is_flow || is_flow(source) => {
                    let at = path.value.span.end as usize;
                    edits.push((at, at, format!(", sha256: {hash}")));
                }
                (None, Some(path)) => {
                    let at = end_of_line(path.value.span.end as usize);
                    let indent = " ".repeat(column(path.key_span.start as usize));
                    edits.push((at, at, format!("\n{indent}sha256: {hash}")));
                }
                (None, None) => {}
            },
            _ if list_is_flow => {
                let quoted = to_yaml(&Node::string(source.as_str().unwrap_or_default()));
                edits.push((start, end, format!("{{path: {}, sha256: {hash}}}", quoted.trim())));
            }
            _ => {
                let indent = " ".repeat(column(start));
                edits.push((start, start, "path: ".to_owned()));
                let at = end_of_line(end);
                edits.push((at, at, format!("\n{indent}sha256: {hash}")));
            }
        }
    }
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    let written = read(FileId::NONE, &out).ok().map(|document| document.root);
    let holds = |index: usize, hash: &String| {
        let source = written.as_ref()?.get("sources")?.as_list()?.get(index)?;
        (source.get("sha256")?.scalar_text()? == hash.as_str()).then_some(())
    };
    if hashes
        .iter()
        .enumerate()
        .all(|(index, hash)| holds(index, hash).is_some())
    {
        Ok(out)
    } else {
        Err("its sources are written in a form that cannot be changed in place; write them as a list of `path` and `sha256`".to_owned())
    }
}

/// Where a source stands in the configuration: its path there, its node, its pointer.
#[must_use]
pub fn place_of<'a>(config: &'a Config, root: &'a Node, index: usize) -> (&'a str, Option<&'a Node>, String) {
    let node = root
        .get("sources")
        .and_then(Node::as_list)
        .and_then(|list| list.get(index));
    (config.sources[index].path(), node, format!("/sources/{index}"))
}

#[cfg(test)]
mod tests {
    use super::rewrite;
    use crate::source::{FileId, read};

    fn rewritten(text: &str, hashes: &[&str]) -> String {
        let root = read(FileId(0), text).expect("readable").root;
        let hashes: Vec<String> = hashes.iter().map(|hash| (*hash).to_owned()).collect();
        rewrite(text, &root, &hashes).expect("can be rewritten")
    }

    #[test]
    fn only_the_hash_changes() {
        let text = "# top\nname: acme # the name\nsources:\n  - path: a.yaml # main\n    sha256: 'aa' # pinned\n  - {path: b.yaml, sha256: bb}\nsplit: {by: tag}\n";
        assert_eq!(
            rewritten(text, &["c1", "1e5"]),
            "# top\nname: acme # the name\nsources:\n  - path: a.yaml # main\n    sha256: c1 # pinned\n  - {path: b.yaml, sha256: '1e5'}\nsplit: {by: tag}\n"
        );
    }

    #[test]
    fn a_hash_that_is_new_finds_its_place() {
        let text = "sources:\n- a.yaml # main\n- path: b.yaml\n  format: openapi\n- {path: c.yaml}\nname: x\n";
        assert_eq!(
            rewritten(text, &["aa", "bb", "cc"]),
            "sources:\n- path: a.yaml # main\n  sha256: aa\n- path: b.yaml\n  sha256: bb\n  format: openapi\n- {path: c.yaml, sha256: cc}\nname: x\n"
        );
        assert_eq!(
            rewritten("sources: [a.yaml, {path: b.yaml}]\n", &["aa", "bb"]),
            "sources: [{path: a.yaml, sha256: aa}, {path: b.yaml, sha256: bb}]\n"
        );
        assert_eq!(
            rewritten("sources:\n  - a.yaml", &["aa"]),
            "sources:\n  - path: a.yaml\n    sha256: aa"
        );
    }

    #[test]
    fn what_cannot_be_changed_in_place_is_said() {
        let text = "x: &s {path: a.yaml}\nsources: [*s, *s]\n";
        let root = read(FileId(0), text).expect("readable").root;
        assert!(rewrite(text, &root, &["aa".into(), "bb".into()]).is_err());
    }
}
