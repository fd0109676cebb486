//! A copy of a provider for the runtime, in which every server is the mock. All other bytes are those of the original.

use crate::openapi::{UrlVariable, url_variables};
use std::path::{Path, PathBuf};

use crate::output::{self, ApplyError, FileTree, Mode};
use crate::source::{self, FileId, Node};

/// The files of a provider's version folder.
#[derive(Debug, Clone)]
pub struct VersionFiles {
    /// Provider name: the directory.
    pub provider: String,
    /// Version: the directory below it.
    pub version: String,
    /// Path below the version directory and text of each file that `provider.yaml` names, itself included.
    pub files: Vec<(String, String)>,
}

/// A variable of the original host that takes no dot, colon or slash there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HostVariable(pub(super) String);

impl VersionFiles {
    /// Writes the copy of one worker below `folder` and returns the registry root.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn write(
        &self,
        folder: &Path,
        worker: usize,
        port: u16,
        services: &[(String, String)],
    ) -> Result<PathBuf, ApplyError> {
        let root = folder.join("registry");
        let mut tree = FileTree::new();
        for (path, text) in &self.files {
            let service = services.iter().find(|(_, file)| file == path);
            let text = match service {
                Some((name, _)) => with_servers(text, |url| mock_url(port, worker, name, url)),
                None => text.clone(),
            };
            tree.insert(format!("src/{}/{}/{path}", self.provider, self.version), text);
        }
        output::apply(&tree, &root, "spgen test", Mode::Write)?;
        Ok(root)
    }
}

/// `http://127.0.0.1:PORT/WORKER/SERVICE/~NAME={NAME}/~~`: what the original URL varies stands in front, what it says
/// is left out.
fn mock_url(port: u16, worker: usize, service: &str, url: &str) -> String {
    let mut mock = format!("http://127.0.0.1:{port}/{worker}/{service}");
    for UrlVariable { name, .. } in url_variables(url) {
        mock.push_str(&format!("/~{name}={{{name}}}"));
    }
    mock.push_str("/~~");
    mock
}

/// Variables that stand in the host of a URL without a pattern.
pub(super) fn host_variables(url: &str) -> Vec<HostVariable> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host_end = host_end(rest);
    url_variables(&rest[..host_end])
        .into_iter()
        .filter(|variable| !variable.has_pattern)
        .map(|variable| HostVariable(variable.name.to_owned()))
        .collect()
}

fn host_end(rest: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in rest.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The text with each URL under `servers` replaced: of the document, of path items and of operations.
fn with_servers(text: &str, replace: impl Fn(&str) -> String) -> String {
    let Ok(document) = source::read(FileId(0), text) else {
        // The runtime shall say what is wrong with it.
        return text.to_owned();
    };
    let mut urls: Vec<&Node> = server_urls(&document.root);
    for path in document.root.get("paths").and_then(Node::as_map).into_iter().flatten() {
        urls.extend(server_urls(&path.value));
        for operation in path.value.as_map().into_iter().flatten() {
            urls.extend(server_urls(&operation.value));
        }
    }
    urls.sort_by_key(|url| url.span.start);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for url in urls {
        let (start, end) = (url.span.start as usize, url.span.end as usize);
        let Some(written) = url.as_str() else { continue };
        if start < copied || end > text.len() {
            continue;
        }
        out.push_str(&text[copied..start]);
        out.push_str(&serde_json::Value::from(replace(written)).to_string());
        copied = end;
    }
    out.push_str(&text[copied..]);
    out
}

fn server_urls(holder: &Node) -> Vec<&Node> {
    let servers = holder.get("servers").and_then(Node::as_list).into_iter().flatten();
    servers.filter_map(|server| server.get("url")).collect()
}

#[cfg(test)]
mod tests {
    use super::{HostVariable, host_variables, mock_url, with_servers};

    #[test]
    fn servers_are_replaced_and_nothing_else() {
        let text = "servers:\n  - url: 'https://{a}.x/v1' # here\n    variables: {a: {default: b}}\npaths:\n  /p:\n    servers: [{url: https://y}]\n    get: {description: 'url: z'}\n";
        let replaced = with_servers(text, |url| format!("<{url}>"));
        assert_eq!(
            replaced,
            text.replace("'https://{a}.x/v1'", "\"<https://{a}.x/v1>\"")
                .replace("https://y", "\"<https://y>\"")
        );
    }

    #[test]
    fn variables_move_into_the_path() {
        assert_eq!(
            mock_url(1, 0, "s", "https://{a}.x/{b:^(?:[^/]+)$}/v1"),
            "http://127.0.0.1:1/0/s/~a={a}/~b={b}/~~"
        );
        assert_eq!(
            host_variables("https://{a}.{b:^[^/]+$}/{c}"),
            [HostVariable("a".into())]
        );
    }
}
