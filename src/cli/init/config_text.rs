//! The text of a first `spgen.yaml`: what was guessed as settings, what else can be set as comments.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::job::SourceDocument;
use super::super::pin::Pinned;
use super::Proposals;
use crate::openapi::split::SplitBy;
use crate::openapi::{Service, SplitRules};
use crate::provider::build::variables_of;
use crate::source::{Map, Node, to_yaml};

/// What the descriptions say about the provider as a whole.
pub(super) struct Guess {
    name: String,
    title: Option<String>,
    /// The `auth` block; `None` when they ask for none that works.
    pub(super) auth: Option<Node>,
    /// The servers, when all descriptions name the same ones and these are whole URLs.
    servers: Option<Node>,
    /// Why there are no servers to set.
    servers_word: &'static str,
}

impl Guess {
    pub(super) fn of(name: &str, auth: Option<Node>, documents: &[SourceDocument], services: &[Service]) -> Self {
        let titles = documents
            .iter()
            .filter_map(|document| document.root.get("info")?.get_str("title"));
        let mut servers: Vec<Node> = Vec::new();
        for service in services {
            let of_service = service.spec.root.get("servers").cloned().unwrap_or_default();
            if !servers.contains(&of_service) {
                servers.push(of_service);
            }
        }
        let is_whole = |server: &Node| {
            server
                .get_str("url")
                .is_some_and(|url| url.contains("://") || url.starts_with('{'))
        };
        let (servers, servers_word) = match servers.as_slice() {
            [only]
                if only
                    .as_list()
                    .is_some_and(|list| !list.is_empty() && list.iter().all(is_whole)) =>
            {
                (Some(only.clone()), "")
            }
            [] | [_] => (
                None,
                "The description names no host. Without this the host is a parameter of every statement.",
            ),
            _ => (
                None,
                "The descriptions name different servers, and keep them. To set one for all:",
            ),
        };
        Guess {
            name: name.to_owned(),
            title: match documents {
                [_] => titles.map(str::trim).find(|title| !title.is_empty()).map(str::to_owned),
                _ => None,
            },
            auth,
            servers,
            servers_word,
        }
    }
}

/// The split in a word, as the configuration has it.
pub(super) fn split_word(rules: &SplitRules) -> &'static str {
    match rules.by {
        SplitBy::File => "file",
        SplitBy::Tag => "tag",
        SplitBy::PathSegment(_) => "path",
    }
}

/// The whole text.
pub(super) fn text(
    guess: &Guess,
    sources: &[String],
    references: &BTreeMap<String, String>,
    pinned: &[Pinned],
    proposals: &Proposals,
    out: &Path,
) -> String {
    let mut text = String::new();
    let mut line = |parts: &str| {
        text.push_str(parts);
        text.push('\n');
    };
    line(&format!(
        "# The provider `{}`. Build it with `spgen build` in this folder.",
        guess.name
    ));
    line("# Everything that can be set here: `spgen schema config`. Lines behind `#` show what else is common.");
    line(&setting("name", Node::string(guess.name.as_str())));
    match &guess.title {
        Some(title) => line(&setting("title", Node::string(title.as_str()))),
        None => line("# title: What people call it"),
    }
    line("# description: One or two sentences for people.");
    line("version: v00.00.00000");
    line("");
    line(
        "# What it is made from. `sha256` is what was looked at: when a file changes, `spgen build` says which operations",
    );
    line("# did (it compares with pin.csv), and `spgen build --update-pin` accepts the change.");
    line("sources:");
    for (path, pin) in sources.iter().zip(pinned) {
        line(&format!("- {}", setting("path", Node::string(path.as_str()))));
        line(&format!("  {}", setting("sha256", Node::string(pin.sha256.as_str()))));
    }
    if !references.is_empty() {
        line("");
        line("# Files that stand for remote documents; nothing is fetched from the network.");
        let files: Map = references
            .iter()
            .map(|(url, file)| (url.as_str(), Node::string(file.as_str())))
            .collect();
        line(&setting("references", Node::map(files)));
    }
    line("");
    line("# Patches of the sources (OpenAPI Overlay 1.0) go to overlay.yaml, which is applied when it exists.");
    line("");
    line(&format!("# {}.", proposals.chosen.sizes));
    for other in &proposals.others {
        line(&format!(
            "# By {} it would be {}.",
            split_word(&other.rules),
            other.sizes
        ));
    }
    line("split:");
    line(&format!("  by: {}", split_word(&proposals.chosen.rules)));
    if let SplitBy::PathSegment(skipped) = proposals.chosen.rules.by {
        line(&format!("  skip_segments: {skipped}"));
    }
    line("  # names: {old_service: new_service}      # equal new names join services");
    line("  # operations: {operationId: service}     # wins over everything else");
    line("  # paths: {/v1/admin: admin}              # by the start of the path");
    line("");
    match &guess.servers {
        Some(servers) => {
            line("# The first one is used. Variables of the URL are parameters of every statement.");
            line(&setting("servers", servers.clone()));
        }
        None => {
            line(&format!("# {}", guess.servers_word));
            line("# servers:");
            line("# - url: https://api.example.com");
        }
    }
    line("");
    match &guess.auth {
        Some(auth) => {
            let variables = variables_of(auth);
            line(&format!(
                "# Guessed from the security schemes. Credentials come from the environment: {}.",
                variables.join(", ")
            ));
            line(&setting("auth", auth.clone()));
        }
        None => {
            line("# The description asks for no credentials, or for some that are not known. One that is common:");
            line("# auth:");
            line("#   type: bearer");
            line(&format!(
                "#   credentialsenvvar: {}_TOKEN",
                guess.name.to_ascii_uppercase()
            ));
        }
    }
    line("");
    line("# Lists are paged where the description shows a safe form; `off` turns that off.");
    line("pagination: inferred");
    line("");
    line("# normalize: {disable: [pass-id]}          # `spgen build --explain-passes` lists the passes");
    line("");
    line("docs:");
    line("  style: html                              # or schema-table");
    line("  # introduction: Markdown at the top of the first page.");
    if !is_in_a_spec_folder(out) {
        line("");
        line("# Where results go, relative to this file. `src` makes this folder a registry root.");
        line("output:");
        line("  provider: src");
        line("  docs: docs");
    }
    text
}

/// Whether the folder is `…/spec/<name>`: then the defaults put results beside `spec`.
fn is_in_a_spec_folder(out: &Path) -> bool {
    let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    out.parent()
        .and_then(Path::file_name)
        .is_some_and(|parent| parent == "spec")
}

/// One setting, without the newline at its end.
fn setting(key: &str, value: Node) -> String {
    let map: Map = [(key, value)].into_iter().collect();
    to_yaml(&Node::map(map)).trim_end().to_owned()
}
