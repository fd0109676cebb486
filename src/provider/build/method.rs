//! One method: drafted from an operation and its row, finished once its verb is settled.

use super::super::{Method, OperationRef, Request, ResponseSpec};
use super::body::{self, Body};
use super::call::{Call, Paths};
use super::edits::response as response_edits;
use super::response::{self, Plan, Rows};
use super::settings::{MethodSettings, Settings};
use super::{headers, pagination, pushdown, servers};
use crate::diagnostic::Diagnostic;
use crate::mapping::{Row, SqlVerb};
use crate::openapi::{self, HttpVerb, Operation};
use crate::source::{Map, Node, Text, Value, pointer};

/// A method on its way.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) name: Text,
    /// The path key in the source document.
    pub(super) source_path: Text,
    pub(super) http_verb: HttpVerb,
    pub(super) operation_id: Text,
    /// What the mapping says; routing may demote it to EXEC.
    pub(super) sql_verb: SqlVerb,
    pub(super) body: Body,
    pub(super) response: Plan,
    pub(super) call: Call,
    /// The response keys with a body in the source document.
    pub(super) documented_statuses: Vec<Text>,
    /// Names of the server variables.
    pub(super) server_variables: Vec<Text>,
    /// What the author set for it.
    pub(super) settings: MethodSettings,
}

impl Draft {
    /// The names that must be present for the runtime to choose the method, in order, without repetition.
    pub(super) fn signature(&self) -> Vec<Text> {
        let parameters = self
            .call
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
            .map(|parameter| &parameter.name);
        let mut names: Vec<Text> = parameters.chain(self.body.required()).cloned().collect();
        if matches!(self.sql_verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace) {
            names.extend(self.server_variables.iter().cloned());
        }
        names.sort();
        names.dedup();
        names
    }

    /// The required parameters and body fields with the types that they are declared with.
    pub(super) fn required_types(&self, spec: &openapi::Spec) -> Vec<(Text, Text)> {
        let is_exec = self.sql_verb == SqlVerb::Exec;
        // The runtime compares the keyword `type`, not what a reader would conclude from the others.
        let declared = |schema: Option<openapi::Schema<'_>>| -> Text {
            let keyword = schema.and_then(|schema| schema.node().get_str("type"));
            match keyword {
                Some(name @ ("string" | "object" | "array")) => name.into(),
                _ if is_exec => schema
                    .and_then(|schema| schema.data_type())
                    .filter(|name| matches!(*name, "object" | "array"))
                    .unwrap_or("string")
                    .into(),
                other => other.unwrap_or_default().into(),
            }
        };
        let parameters = self.call.parameters.iter().filter(|parameter| parameter.required);
        let mut types: Vec<(Text, Text)> = parameters
            .map(|parameter| {
                let schema = parameter.schema.as_ref().map(|schema| spec.schema(schema));
                (parameter.name.clone(), declared(schema))
            })
            .collect();
        if let Body::Fields(fields) = &self.body {
            let schema = spec.schema(&fields.schema);
            let required = fields.fields.iter().filter(|field| field.required);
            types.extend(required.map(|field| (field.name.clone(), declared(schema.property(&field.name)))));
        }
        types
    }

    /// The names of the required parameters and of the server variables.
    pub(super) fn required_parameters(&self) -> Vec<Text> {
        let parameters = self.call.parameters.iter().filter(|parameter| parameter.required);
        let names = parameters.map(|parameter| &parameter.name);
        names.chain(&self.server_variables).cloned().collect()
    }

    /// Whether a WHERE clause could name anything at all.
    pub(super) fn has_where(&self) -> bool {
        !self.call.parameters.is_empty() || !self.server_variables.is_empty()
    }
}

/// Drafts a method.
///
/// # Errors
/// The reason why the runtime cannot call the operation.
pub(super) fn draft(
    service: &openapi::Service,
    paths: &Paths,
    operation: &Operation,
    row: &Row,
    settings: &Settings,
) -> Result<Draft, String> {
    let Some(sql_verb) = row.sql_verb() else {
        return Err(format!(
            "the mapping gives it the SQL verb `{}`, which there is not",
            row.sql_verb
        ));
    };
    if matches!(operation.verb, HttpVerb::Trace) {
        return Err("the runtime cannot send TRACE".into());
    }
    let settings = settings.of_method(&service.name, &row.resource, &row.method);
    let body = body::plan(&service.spec, operation, settings.request_text("mediaType"))?;
    let mut call = paths.call(operation, &body);
    headers::apply(&service.spec, &mut call, &settings.level.headers);
    let mut response = response::plan(&service.spec, operation, sql_verb, &row.object_key);
    if let Some(given) = &settings.response {
        response.take_settings(&service.spec, given);
    }
    let own_servers = settings.servers.as_ref().map(servers::read);
    let servers = own_servers.as_deref().unwrap_or(&operation.servers);
    Ok(Draft {
        name: row.method.clone(),
        source_path: operation.path.clone(),
        http_verb: operation.verb,
        operation_id: operation.id.clone(),
        sql_verb,
        call,
        body,
        response,
        documented_statuses: operation
            .responses
            .iter()
            .filter(|response| !response.content.is_empty())
            .map(|response| response.status.clone())
            .collect(),
        server_variables: servers
            .first()
            .map(|server| server.variables.iter().map(|variable| variable.name.clone()).collect())
            .unwrap_or_default(),
        settings,
    })
}

/// The method as it will be written.
pub(super) fn finish(service: &openapi::Service, draft: Draft, findings: &mut Vec<Diagnostic>) -> Method {
    let request = draft.body.sent_media_type().map(|media_type| {
        let mut node = Map::new();
        node.insert("mediaType", Node::string(media_type.clone()));
        // Without it the text `null` is sent when a statement gives no field. (A SELECT would send it instead of the
        // fields that are given.)
        if draft.body.is_empty_object_by_default() && draft.sql_verb != SqlVerb::Select {
            node.insert("default", Node::string("{}"));
        }
        let is_nested = draft
            .settings
            .request_text("translate")
            .is_some_and(|translate| translate.starts_with("naive_"));
        if let Some(transform) = body::transform(&draft.body).filter(|_| !is_nested) {
            node.insert("transform", transform);
        }
        let given = draft.settings.request.as_ref();
        for key in ["base", "default", "transform"] {
            if let Some(value) = given.and_then(|given| given.get(key)) {
                node.insert(key, value.clone());
            }
        }
        Request {
            media_type: Some(media_type),
            node: Some(Node::map(node)),
        }
    });
    let response = response_spec(service, &draft);
    let config = method_config(service, &draft, findings);
    let operation = OperationRef {
        path: draft.call.path.clone(),
        verb: draft.http_verb,
    };
    let mut node = Map::new();
    node.insert(
        "operation",
        reference(&format!(
            "#/paths/{}/{}",
            // The runtime wants `/` as `~1` but `~` as it is.
            draft.call.path.replace("/", "~1"),
            draft.http_verb
        )),
    );
    if let Some(request) = request.as_ref().and_then(|request| request.node.clone()) {
        node.insert("request", request);
    }
    if let Some(response) = response_node(&response) {
        node.insert("response", response);
    }
    if !config.is_null() {
        node.insert("config", config.clone());
    }
    Method {
        name: draft.name,
        operation,
        request,
        response,
        config,
        node: Node::map(node),
    }
}

fn response_spec(service: &openapi::Service, draft: &Draft) -> ResponseSpec {
    let plan = &draft.response;
    let mut response = ResponseSpec {
        media_type: plan.media_type.as_ref().map(response_edits::sent_name),
        doc_key: plan.doc_key.clone(),
        object_key: plan.object_key.clone(),
        ..ResponseSpec::default()
    };
    if let Some(given) = &plan.given {
        response.override_media_type = given.get_str("overrideMediaType").map(Text::from);
        response.schema_override = given.get("schema_override").cloned();
        response.transform = given.get("transform").cloned();
        return response;
    }
    let component = |name: &str| Some(reference(&format!("#/components/schemas/{}", pointer::escape(name))));
    if let Some(reshape) = &plan.reshape {
        response.override_media_type = Some("application/json".into());
        response.schema_override = component(&Plan::component_name(&draft.operation_id));
        response.transform = Some(reshape.transform());
        return response;
    }
    // The runtime reads an answer as JSON by its real content type, and not every JSON type is known to it.
    if response
        .media_type
        .as_deref()
        .is_some_and(|name| name.starts_with("text/json"))
    {
        response.override_media_type = Some("application/json".into());
    }
    if draft.sql_verb == SqlVerb::Exec {
        response.object_key = None;
    }
    match (&plan.rows, plan.schema.as_ref().map(|node| service.spec.schema(node))) {
        (Rows::Columns(_), Some(schema)) if draft.sql_verb == SqlVerb::Exec => {
            if response_edits::needs_exec_component(plan, &schema) {
                response.override_media_type = Some("application/json".into());
                response.schema_override = component(&response_edits::exec_component(&draft.operation_id));
            } else if !response_edits::exec_runs(&schema) {
                without_schema(&mut response, draft);
            }
        }
        // A schema in which no column can be found stops or crashes the statement before anything is sent.
        (Rows::None(_) | Rows::Scalars, _) if draft.sql_verb != SqlVerb::Select => without_schema(&mut response, draft),
        _ => {}
    }
    response
}

/// Points the response at a status that the operation does not document, which means "no schema".
fn without_schema(response: &mut ResponseSpec, draft: &Draft) {
    let free = ["204", "205", "208", "226"];
    let key = free
        .into_iter()
        .find(|status| !draft.documented_statuses.iter().any(|known| known == status))
        .unwrap_or("299");
    response.doc_key = Some(key.into());
    response.media_type.get_or_insert_with(|| "application/json".into());
    response.object_key = None;
}

fn response_node(response: &ResponseSpec) -> Option<Node> {
    let mut node = Map::new();
    let texts = [
        ("mediaType", &response.media_type),
        ("overrideMediaType", &response.override_media_type),
        ("openAPIDocKey", &response.doc_key),
        ("objectKey", &response.object_key),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            node.insert(key, Node::string(text.clone()));
        }
    }
    for (key, value) in [
        ("schema_override", &response.schema_override),
        ("transform", &response.transform),
    ] {
        if let Some(value) = value {
            node.insert(key, value.clone());
        }
    }
    (!node.is_empty()).then(|| Node::map(node))
}

fn method_config(service: &openapi::Service, draft: &Draft, findings: &mut Vec<Diagnostic>) -> Node {
    let mut config = Map::new();
    let translate = draft.settings.request_text("translate").unwrap_or("naive");
    if draft.body.media_type().is_some() && translate != "default" {
        let algorithm: Map = [("algorithm", Node::string(translate))].into_iter().collect();
        config.insert("requestBodyTranslate", Node::map(algorithm));
    }
    if draft.sql_verb == SqlVerb::Select
        && let Some(operation) = service.spec.operation(&draft.source_path, draft.http_verb)
    {
        let level = &draft.settings.level;
        let paging = level.pagination.clone().unwrap_or_default();
        match pagination::of(&service.spec, operation, draft.response.schema.as_ref(), &paging) {
            pagination::Outcome::Block(block) => {
                config.insert("pagination", block);
            }
            pagination::Outcome::LeftOut(reason) => findings.push(left_out(service, draft, operation, reason)),
            pagination::Outcome::None => {}
        }
        let is_paged = config.contains_key("pagination");
        if let Some(block) =
            pagination::none_asked_for(&service.spec, draft.response.schema.as_ref()).filter(|_| !is_paged)
        {
            config.insert("pagination", block);
        }
        let columns = draft.response.columns();
        let setting = level.pushdown.clone().unwrap_or_default();
        if let Some(block) = pushdown::of(&service.spec, operation, &columns, is_paged, &setting) {
            config.insert("queryParamPushdown", block);
        }
    }
    if let Some(retry) = &draft.settings.level.retry {
        config.insert("retry", retry.clone());
    }
    if config.is_empty() {
        return Node::new(Value::Null);
    }
    Node::map(config)
}

/// Why a list that seems to have pages is answered with the first one only.
fn left_out(service: &openapi::Service, draft: &Draft, operation: &Operation, reason: String) -> Diagnostic {
    Diagnostic::note(
        "pagination-left-out",
        format!("`{}` answers with its first page only: {reason}", draft.name),
    )
    .at(operation.key_span)
    .pointer(format!(
        "/paths/{}/{}",
        pointer::escape(&draft.source_path),
        draft.http_verb
    ))
    .note_that(format!("in the service `{}`", service.name))
    .help("set `pagination` for the method in spgen.yaml where the API is known to end its pages")
}

impl MethodSettings {
    /// A text of the `request` block.
    fn request_text(&self, key: &str) -> Option<&str> {
        self.request.as_ref()?.get_str(key)
    }
}

/// `{$ref: target}`
pub(super) fn reference(target: &str) -> Node {
    let map: Map = [("$ref", Node::string(target))].into_iter().collect();
    Node::map(map)
}
