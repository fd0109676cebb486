//! How an operation is called: its path in the emitted document, and its parameters as the runtime needs them.
//!
//! Names of path placeholders and server variables are not on the wire, so they give way where a name is used twice:
//! the runtime gives a value to one place only (runtime contract 3.2).

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::body::{self, Body};
use crate::mapping::Row;
use crate::openapi::{self, HttpVerb, OWN_HEADERS, Operation, Parameter, ParameterLocation};
use crate::source::{Map, Node, Text};

/// The paths of a document with the names that they get.
#[derive(Debug, Default)]
pub(super) struct Paths {
    by_path: IndexMap<Text, PathPlan>,
}

/// What happens to one path.
#[derive(Debug, Clone)]
struct PathPlan {
    /// The key in the emitted document.
    key: Text,
    /// Placeholders with their new names.
    renames: Vec<(Text, Text)>,
}

/// How one operation is called.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// The path key in the emitted document.
    pub(super) path: Text,
    /// Path, query and header parameters under the names that they get.
    pub(super) parameters: Vec<Parameter>,
    /// Whether the parameters differ from those written at the operation.
    pub(super) is_changed: bool,
}

impl Paths {
    /// Plans the paths of a document.
    pub(super) fn plan(service: &openapi::Service, rows: &FxHashMap<(&str, &str), &Row>) -> Self {
        let mut by_path: IndexMap<Text, PathPlan> = IndexMap::new();
        for operation in &service.spec.operations {
            let plan = by_path.entry(operation.path.clone()).or_insert_with(|| PathPlan {
                key: document_path(&operation.path),
                renames: Vec::new(),
            });
            let row = rows.get(&(service.file_name.as_str(), operation.id.as_str()));
            if row.is_none_or(|row| row.is_skipped()) {
                continue;
            }
            for name in clashes(&service.spec, operation) {
                if !plan.renames.iter().any(|(old, _)| *old == name) {
                    let taken = names_in_path(service, &operation.path);
                    let new = placeholder_name(&operation.path, &name, &taken);
                    plan.renames.push((name, new));
                }
            }
        }
        for plan in by_path.values_mut() {
            for (old, new) in &plan.renames {
                plan.key = plan.key.replace(&format!("{{{old}}}"), &format!("{{{new}}}"));
            }
        }
        let mut taken: FxHashSet<Text> = service
            .spec
            .operations
            .iter()
            .map(|operation| operation.path.clone())
            .collect();
        // A key that another path has already would hide that path's operations.
        by_path.retain(|path, plan| plan.key != *path && taken.insert(plan.key.clone()));
        Paths { by_path }
    }

    /// The key of a path in the emitted document, when it changes.
    pub(super) fn new_key(&self, path: &str) -> Option<&Text> {
        self.by_path.get(path).map(|plan| &plan.key)
    }

    /// How an operation is called.
    pub(super) fn call(&self, operation: &Operation, body: &Body) -> Call {
        let plan = self.by_path.get(&operation.path);
        let renames = plan.map(|plan| plan.renames.as_slice()).unwrap_or_default();
        let path = plan.map_or_else(|| operation.path.clone(), |plan| plan.key.clone());
        let own = operation.node.get("parameters").and_then(Node::as_list);
        let mut is_changed = own.map_or(0, ecow::EcoVec::len) != operation.parameters.len();
        let mut parameters = Vec::with_capacity(operation.parameters.len());
        let fields = body.settable();
        for parameter in &operation.parameters {
            // A value goes to one place only; what the body says about itself counts more.
            let is_shadow = parameter.location == ParameterLocation::Query
                && !parameter.required
                && fields.contains(&&parameter.name);
            match mend(parameter, renames).filter(|_| !is_shadow) {
                Some(mended) => {
                    is_changed |= mended.node != parameter.node;
                    parameters.push(mended);
                }
                None => is_changed = true,
            }
        }
        for name in placeholders(&path) {
            let is_declared =
                |parameter: &Parameter| parameter.location == ParameterLocation::Path && parameter.name == name;
            if !parameters.iter().any(is_declared) {
                parameters.push(path_parameter(&name));
                is_changed = true;
            }
        }
        Call {
            path,
            parameters,
            is_changed,
        }
    }
}

/// The parameter as the runtime takes it; `None` for one that it cannot send.
fn mend(parameter: &Parameter, renames: &[(Text, Text)]) -> Option<Parameter> {
    let is_own_header = parameter.location == ParameterLocation::Header
        && OWN_HEADERS.contains(&parameter.name.to_ascii_lowercase().as_str());
    if parameter.location == ParameterLocation::Cookie || is_own_header {
        return None;
    }
    let mut mended = parameter.clone();
    let node = mended.node.as_map_mut()?;
    // With it a required parameter vanishes.
    if node.contains_key("allowEmptyValue") {
        node.remove("allowEmptyValue");
    }
    if parameter.location == ParameterLocation::Path {
        node.insert("required", Node::bool(true));
        if let Some((_, new)) = renames.iter().find(|(old, _)| *old == parameter.name) {
            node.insert("name", Node::string(new.clone()));
            mended.name = new.clone();
        }
    }
    Some(mended)
}

/// Placeholders of the path that share their name with a query parameter, a header or a body field which would then
/// stay unset. An optional body field that repeats the identifier in the path is left alone: it says nothing new.
fn clashes(spec: &openapi::Spec, operation: &Operation) -> Vec<Text> {
    let body = body::plan(spec, operation, None).unwrap_or(Body::None);
    let required = body.required();
    let settable = body.settable();
    placeholders(&operation.path)
        .into_iter()
        .filter(|name| {
            let is_parameter = operation.parameters.iter().any(|parameter| {
                parameter.name == *name
                    && matches!(parameter.location, ParameterLocation::Query | ParameterLocation::Header)
            });
            // An import that knows the field to hold the same value says so.
            let is_repeated = operation.parameters.iter().any(|parameter| {
                parameter.location == ParameterLocation::Path
                    && parameter.name == *name
                    && parameter.node.get("x-in-body").and_then(Node::as_bool) == Some(true)
            });
            let is_field =
                !is_repeated && settable.contains(&name) && (required.contains(&name) || !is_identifier(name));
            is_parameter || is_field
        })
        .collect()
}

fn is_identifier(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(lower.as_str(), "id" | "uuid" | "guid" | "key")
        || lower.ends_with("_id")
        || lower.ends_with("-id")
        || name.ends_with("Id")
        || name.ends_with("ID")
        || lower.ends_with("uuid")
}

/// All parameter and body field names of the operations of a path.
fn names_in_path(service: &openapi::Service, path: &str) -> Vec<Text> {
    let operations = service
        .spec
        .operations
        .iter()
        .filter(|operation| operation.path == path);
    let mut names = Vec::new();
    for operation in operations {
        names.extend(operation.parameters.iter().map(|parameter| parameter.name.clone()));
        let body = body::plan(&service.spec, operation, None).unwrap_or(Body::None);
        names.extend(body.settable().into_iter().cloned());
        names.extend(
            operation
                .servers
                .iter()
                .flat_map(|server| &server.variables)
                .map(|variable| variable.name.clone()),
        );
    }
    names
}

/// A new name for a placeholder: `{name}` behind `/labels/` becomes `label_name`.
fn placeholder_name(path: &str, name: &str, taken: &[Text]) -> Text {
    let before = path.split(&format!("{{{name}}}")).next().unwrap_or_default();
    let segment = before.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_word = !segment.is_empty()
        && segment
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_-".contains(character));
    let singular = match segment.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && stem.len() > 2 => stem,
        _ => segment,
    };
    let prefix = if is_word {
        singular.replace('-', "_")
    } else {
        "path".to_owned()
    };
    [format!("{prefix}_{name}"), format!("path_{name}")]
        .into_iter()
        .map(Text::from)
        .chain((2..).map(|number| ecow::eco_format!("path_{name}_{number}")))
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or_else(|| name.into())
}

/// Names between braces in the part of a path that goes to the server as path.
fn placeholders(path: &str) -> Vec<Text> {
    let mut names = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && !names.iter().any(|known| known == name)
        {
            names.push(name.into());
        }
    }
    names
}

fn path_parameter(name: &str) -> Parameter {
    let schema: Map = [("type", Node::string("string"))].into_iter().collect();
    let schema = Node::map(schema);
    let node: Map = [
        ("name", Node::string(name)),
        ("in", Node::string("path")),
        ("required", Node::bool(true)),
        ("schema", schema.clone()),
    ]
    .into_iter()
    .collect();
    Parameter {
        name: name.into(),
        location: ParameterLocation::Path,
        required: true,
        deprecated: false,
        description: None,
        schema: Some(schema),
        has_content: false,
        node: Node::map(node),
    }
}

/// The path key that the runtime can route: a `#fragment`, which some descriptions use to keep equal paths apart, is
/// written as a query, and characters beyond ASCII are escaped.
fn document_path(path: &Text) -> Text {
    if !path.contains('#') && path.is_ascii() {
        return path.clone();
    }
    let separated = match path.split_once('#') {
        Some((before, fragment)) if before.contains('?') => format!("{before}&{fragment}"),
        Some((before, fragment)) => format!("{before}?{fragment}"),
        None => path.to_string(),
    };
    let mut escaped = Text::new();
    for character in separated.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    escaped
}

/// Whether a verb can carry a body that the runtime sends even though HTTP gives it no meaning.
pub(super) fn needs_body(operation: &Operation) -> bool {
    let is_bare = matches!(operation.verb, HttpVerb::Get | HttpVerb::Head | HttpVerb::Options);
    !is_bare || operation.request_body.as_ref().is_some_and(|body| body.required)
}
