//! A method with all that its operation adds to it.

use rustc_hash::FxHashMap;

use super::Document;
use super::reply::{Reply, Rows, follow_key, reply, rows};
use super::request::{Body, Parameters, body, parameters};
use crate::mapping::SqlVerb;
use crate::openapi::{HttpVerb, Operation, Schema};
use crate::provider::{self, InputPlace, Inputs, inputs};
use crate::source::{Entry, Node, Span, Text, pointer};

/// A method.
#[derive(Debug)]
pub(in crate::lint) struct Method<'a> {
    /// Its document.
    pub(in crate::lint) document: &'a Document,
    /// Its name for EXEC.
    pub(in crate::lint) name: &'a Text,
    /// Where that stands.
    pub(in crate::lint) key_span: Span,
    /// The method as written.
    pub(in crate::lint) node: &'a Node,
    /// The pointer to it.
    pub(in crate::lint) pointer: String,
    /// The verb that lists it first; exec when none does.
    pub(in crate::lint) verb: SqlVerb,
    /// What the runtime makes of it; `None` when the document cannot be understood that far.
    pub(in crate::lint) provider: Option<&'a provider::Method>,
    /// Its operation; `None` when the reference leads nowhere.
    pub(in crate::lint) operation: Option<&'a Operation>,
    /// The names that the operation and its server take.
    pub(in crate::lint) parameters: Parameters<'a>,
    /// All that a statement can give, as SQL calls it.
    pub(in crate::lint) inputs: Inputs,
    /// The body that it sends.
    pub(in crate::lint) body: Option<Body<'a>>,
    /// The response that it reads.
    pub(in crate::lint) reply: Reply<'a>,
    /// The rows in it.
    pub(in crate::lint) rows: Rows<'a>,
}

pub(super) fn method<'a>(
    document: &'a Document,
    operations: &FxHashMap<(&str, HttpVerb), &'a Operation>,
    resource_pointer: &str,
    entry: &'a Entry,
    verb: SqlVerb,
) -> Method<'a> {
    let node = &entry.value;
    let operation = node
        .get("operation")
        .and_then(|operation| operation.get_str("$ref"))
        .and_then(|reference| find(reference, operations));
    let reply = reply(document, node, operation);
    let rows = rows(&reply);
    let resource = pointer::unescape(resource_pointer.rsplit('/').next().unwrap_or_default());
    let resources = &document.service.resources;
    let resource = resources.iter().find(|candidate| candidate.key == *resource);
    let provider = resource.and_then(|resource| resource.methods.get(&entry.key));
    Method {
        document,
        name: &entry.key,
        key_span: entry.key_span,
        node,
        pointer: format!("{resource_pointer}/methods/{}", pointer::escape(&entry.key)),
        verb,
        provider,
        inputs: provider
            .map(|method| inputs(&document.service, method))
            .unwrap_or_default(),
        operation,
        parameters: parameters(operation),
        body: operation.and_then(|operation| body(document, node, operation)),
        reply,
        rows,
    }
}

impl Method<'_> {
    /// The names that must be present for the runtime to choose the method under a verb; sorted.
    pub(in crate::lint) fn signature_for(&self, verb: SqlVerb) -> Vec<&str> {
        // A default of a server variable helps the other verbs only.
        let needs_servers = matches!(verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace);
        let is_needed = |input: &&provider::Input| match input.place {
            InputPlace::Server => needs_servers,
            _ => input.required,
        };
        let needed = self.inputs.all.iter().filter(is_needed);
        let mut names: Vec<&str> = needed.map(|input| input.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The inputs (required or optional ones) for which EXEC takes no value: it passes text only. Empty for other verbs.
    pub(in crate::lint) fn refused_by_exec(&self, required: bool) -> Vec<&str> {
        if self.verb != SqlVerb::Exec || self.is_foreign() {
            return Vec::new();
        }
        let takes_text = |input: &provider::Input| matches!(input.data_type.as_str(), "string" | "object" | "array");
        let inputs = self.inputs.all.iter().filter(|input| input.place != InputPlace::Server);
        inputs
            .filter(|input| input.required == required && !input.read_only && !takes_text(input))
            .map(|input| input.name.as_str())
            .collect()
    }

    /// The place of the value under a path of keys, else of the method's name.
    pub(in crate::lint) fn span_of(&self, keys: &[&str]) -> Span {
        let found = keys.iter().try_fold(self.node, |node, key| node.get(key));
        found.map_or(self.key_span, |node| node.span)
    }

    /// The text under a path of keys.
    pub(in crate::lint) fn text_of(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().try_fold(self.node, |node, key| node.get(key))?.as_str()
    }

    /// Whether it speaks something other than plain HTTP, of which these rules know nothing.
    pub(in crate::lint) fn is_foreign(&self) -> bool {
        self.node.get("x-stackql-protocol").is_some() || self.node.get("x-stackQL-graphQL").is_some()
    }

    /// The schema of one row.
    pub(in crate::lint) fn row_schema(&self) -> Option<Schema<'_>> {
        let (schema, _) = follow_key(&self.reply)?;
        match schema.items() {
            Some(items) if schema.is_array() => Some(items),
            _ => Some(schema),
        }
    }

    /// Whether the object key names a list that the API may leave out.
    pub(in crate::lint) fn key_leads_to_optional_list(&self) -> bool {
        follow_key(&self.reply).is_some_and(|(schema, is_optional)| schema.is_array() && is_optional)
    }

    /// The value of a setting that counts for this method: its own, its resource's, or the document's.
    pub(in crate::lint) fn setting(&self, key: &str) -> Option<&Node> {
        let own = self.node.get("config").and_then(|config| config.get(key));
        let of_resource = || {
            let resource = self.pointer.rsplit_once("/methods/")?.0;
            let resource = pointer::follow(&self.document.service.spec.root, resource)?;
            resource.get("config")?.get(key)
        };
        let of_document = || self.document.service.spec.root.get("x-stackQL-config")?.get(key);
        own.or_else(of_resource).or_else(of_document)
    }
}

/// The operation of a reference: `~1` stands for `/`, and nothing else is decoded.
fn find<'a>(reference: &str, operations: &FxHashMap<(&str, HttpVerb), &'a Operation>) -> Option<&'a Operation> {
    let (path, verb) = reference.strip_prefix("#/paths/")?.rsplit_once('/')?;
    let path = path.replace("~1", "/");
    operations.get(&(path.as_str(), verb.parse().ok()?)).copied()
}
