//! Changes to the document where the runtime would trip over an operation.
//!
//! * [`parameters`]: what the runtime cannot send is left out, EXEC takes text for everything;
//! * [`request`]: whole bodies get a field, compositions become plain properties;
//! * [`response`]: columns get names that can be selected, each schema reference stands alone.

mod parameters;
mod request;
pub(super) mod response;

use rustc_hash::FxHashMap;

use super::call::Paths;
use super::method::Draft;
use crate::mapping::SqlVerb;
use crate::openapi::{self, HttpVerb, Schema};
use crate::source::{Entry, Map, Node, Text, Value};

/// Vendor key that keeps the JSON type of an input that EXEC takes as text.
pub(crate) const WIRE_TYPE: &str = "x-wire-type";

/// What the required inputs of a resource's methods have in common.
#[derive(Debug, Default)]
pub(super) struct ResourceNames {
    /// The parameters and server variables: the runtime adds them to the rows as columns.
    parameters: Vec<Text>,
    /// The body fields.
    fields: Vec<Text>,
    /// Those whose type differs between methods. The runtime refuses such a resource, so they are text everywhere.
    disputed: Vec<Text>,
}

impl ResourceNames {
    /// The names of a resource.
    pub(super) fn of(spec: &openapi::Spec, methods: &[Draft]) -> Self {
        let distinct = |mut names: Vec<Text>| {
            names.sort();
            names.dedup();
            names
        };
        let parameters = distinct(methods.iter().flat_map(Draft::required_parameters).collect());
        let fields = distinct(
            methods
                .iter()
                .flat_map(|draft| draft.body.required())
                .cloned()
                .collect(),
        );
        let types: Vec<(Text, Text)> = methods.iter().flat_map(|draft| draft.required_types(spec)).collect();
        let is_disputed = |name: &Text| {
            let mut of_name = types
                .iter()
                .filter(|(known, _)| known == name)
                .map(|(_, data_type)| data_type);
            let first = of_name.next();
            of_name.any(|other| Some(other) != first)
        };
        let all = distinct(parameters.iter().chain(&fields).cloned().collect());
        let disputed = all.into_iter().filter(|name| is_disputed(name)).collect();
        ResourceNames {
            parameters,
            fields,
            disputed,
        }
    }

    /// The names that become columns beside those of the rows, for one method: its own first, because they surely do.
    fn beside(&self, draft: &Draft) -> Vec<Text> {
        let own = draft.required_parameters().into_iter();
        let own = own.chain(draft.body.required().into_iter().cloned());
        own.chain(self.parameters.iter().chain(&self.fields).cloned()).collect()
    }
}

/// The changes of one service document.
#[derive(Debug, Default)]
pub(super) struct Edits {
    operations: FxHashMap<(Text, HttpVerb), OperationEdit>,
    components: Vec<(Text, Node)>,
}

#[derive(Debug, Default)]
struct OperationEdit {
    parameters: Option<Node>,
    /// Media type and schema of the only body that is left.
    body: Option<(Text, Node)>,
    /// The body is left out.
    drops_body: bool,
    response: Option<ResponseEdit>,
    servers: Option<Node>,
}

/// A response whose schema changes.
#[derive(Debug)]
struct ResponseEdit {
    status: Text,
    /// The media type as the document spells it.
    old_name: Text,
    new_name: Text,
    schema: Node,
}

impl Edits {
    /// Notes what a method of a resource needs.
    pub(super) fn add(&mut self, service: &openapi::Service, draft: &Draft, names: &ResourceNames) {
        let Some(operation) = service.spec.operation(&draft.source_path, draft.http_verb) else {
            return;
        };
        let has_body = draft.body.media_type().is_some();
        let edit = OperationEdit {
            parameters: parameters::list(&service.spec, draft, &names.disputed),
            body: request::edit(&service.spec, &draft.body, &|name| {
                draft.sql_verb == SqlVerb::Exec || names.disputed.contains(name)
            })
            // Of several media types the one that the author chose is left.
            .or_else(|| {
                let is_chosen = draft.settings.request.as_ref()?.get("mediaType").is_some();
                is_chosen.then(|| draft.body.as_written()).flatten()
            }),
            drops_body: !has_body && operation.request_body.is_some(),
            response: self.response(service, draft, &names.beside(draft)),
            servers: draft.settings.servers.clone(),
        };
        self.components.extend(draft.response.component(&draft.operation_id));
        self.operations
            .insert((draft.source_path.clone(), draft.http_verb), edit);
    }

    fn response(&mut self, service: &openapi::Service, draft: &Draft, inputs: &[Text]) -> Option<ResponseEdit> {
        let plan = &draft.response;
        if plan.given.is_some() {
            return None;
        }
        let settings = &draft.settings.level.columns;
        let status = plan.doc_key.clone()?;
        let old_name = plan.media_type.clone()?;
        let written = plan.schema.as_ref()?;
        let schema = service.spec.schema(written);
        let edited = match draft.sql_verb {
            SqlVerb::Select if plan.reshape.is_none() => response::selectable(
                &schema,
                plan.object_key.as_deref().unwrap_or_default(),
                inputs,
                settings,
            ),
            SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace => response::returnable(
                &schema,
                plan.object_key.as_deref().unwrap_or_default(),
                inputs,
                settings,
            ),
            SqlVerb::Exec => {
                if response::needs_exec_component(plan, &schema) {
                    self.components.push((
                        response::exec_component(&draft.operation_id),
                        response::exec_schema(&schema),
                    ));
                }
                None
            }
            _ => None,
        };
        let new_name = response::sent_name(&old_name);
        if edited.is_none() && new_name == old_name {
            return None;
        }
        Some(ResponseEdit {
            status,
            old_name,
            new_name,
            schema: edited.unwrap_or_else(|| written.clone()),
        })
    }

    /// The document with the changes made.
    pub(super) fn apply(self, root: &Node, paths: &Paths) -> Node {
        let mut root = root.clone();
        let Some(document) = root.as_map_mut() else {
            return root;
        };
        if let Some(items) = document.get("paths").and_then(Node::as_map) {
            let mut edited = Map::new();
            for path in items {
                let key = paths.new_key(&path.key).unwrap_or(&path.key).clone();
                let item = self.path_item(path);
                // Two source paths never become one key: a fragment only replaces the `#` of its own path.
                edited.insert(key, item);
            }
            document.insert("paths", Node::map(edited));
        }
        add_components(document, self.components);
        root
    }

    /// A path item with its operations changed. What its operations share is written out at each of them, because the
    /// runtime does not look for parameters here.
    fn path_item(&self, path: &Entry) -> Node {
        let mut item = path.value.clone();
        let Some(map) = item.as_map_mut() else {
            return item;
        };
        map.remove("parameters");
        for verb in HttpVerb::ALL {
            if let Some(edit) = self.operations.get(&(path.key.clone(), verb))
                && let Some(operation) = map.get_mut(verb.as_str()).and_then(Node::as_map_mut)
            {
                edit.apply(operation);
            }
        }
        item
    }
}

impl OperationEdit {
    fn apply(&self, operation: &mut Map) {
        if let Some(parameters) = &self.parameters {
            operation.insert("parameters", parameters.clone());
        }
        if let Some(servers) = &self.servers {
            operation.insert("servers", servers.clone());
        }
        if self.drops_body {
            operation.remove("requestBody");
        }
        if let Some((media_type, schema)) = &self.body {
            let body = operation.get("requestBody").and_then(Node::as_map);
            let mut body = body
                .filter(|body| !body.contains_key("$ref"))
                .cloned()
                .unwrap_or_default();
            body.insert("content", content(media_type, schema));
            operation.insert("requestBody", Node::map(body));
        }
        if let Some(edit) = &self.response {
            let response = operation
                .get_mut("responses")
                .and_then(Node::as_map_mut)
                .and_then(|responses| responses.get_mut(&edit.status));
            if let Some(response) = response {
                edit.apply(response);
            }
        }
    }
}

impl ResponseEdit {
    fn apply(&self, response: &mut Node) {
        let mut map = response.as_map().cloned().unwrap_or_default();
        map.remove("$ref");
        if !map.contains_key("description") {
            map.insert("description", Node::string("Success"));
        }
        let mut entries = Map::new();
        for entry in map.get("content").and_then(Node::as_map).into_iter().flatten() {
            if entry.key != self.old_name {
                entries.insert(entry.key.clone(), entry.value.clone());
            }
        }
        for entry in content(&self.new_name, &self.schema).as_map().into_iter().flatten() {
            entries.insert(entry.key.clone(), entry.value.clone());
        }
        map.insert("content", Node::map(entries));
        response.value = Value::Map(map);
    }
}

/// `{<media type>: {schema: …}}`
fn content(media_type: &Text, schema: &Node) -> Node {
    let entry: Map = [("schema", schema.clone())].into_iter().collect();
    Node::map([(media_type.clone(), Node::map(entry))].into_iter().collect())
}

fn add_components(document: &mut Map, components: Vec<(Text, Node)>) {
    if components.is_empty() {
        return;
    }
    if !document.contains_key("components") {
        document.insert("components", Node::map(Map::new()));
    }
    let Some(all) = document.get_mut("components").and_then(Node::as_map_mut) else {
        return;
    };
    if !all.contains_key("schemas") {
        all.insert("schemas", Node::map(Map::new()));
    }
    if let Some(schemas) = all.get_mut("schemas").and_then(Node::as_map_mut) {
        for (name, schema) in components {
            schemas.insert(name, schema);
        }
    }
}

/// `{type: …}`
fn typed(data_type: &str) -> Node {
    let map: Map = [("type", Node::string(data_type))].into_iter().collect();
    Node::map(map)
}

/// A schema object like the given one, whose properties (its own and those of its compositions) are these.
fn with_properties(schema: &Schema<'_>, properties: Map) -> Map {
    let mut node = schema.node().as_map().cloned().unwrap_or_default();
    for keyword in ["allOf", "oneOf", "anyOf", "discriminator"] {
        node.remove(keyword);
    }
    if !node.contains_key("type") {
        node.insert("type", Node::string("object"));
    }
    node.insert("properties", Node::map(properties));
    node
}

fn is_composed(schema: &Schema<'_>) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.node().get(keyword).is_some())
}
