//! Which methods answer a verb, and in which order. The runtime takes the first method whose required names are all
//! present, so the most specific one stands first; what could never be chosen, or never work, becomes EXEC.

use super::method::Draft;
use super::response::Rows;
use crate::diagnostic::Diagnostic;
use crate::mapping::SqlVerb;
use crate::openapi;
use crate::source::Text;

/// The methods with their settled verbs, and the verb lists.
pub(super) struct Routed {
    pub(super) methods: Vec<Draft>,
    pub(super) select: Vec<Text>,
    pub(super) insert: Vec<Text>,
    pub(super) update: Vec<Text>,
    pub(super) replace: Vec<Text>,
    pub(super) delete: Vec<Text>,
}

/// Settles the verbs of a resource's methods.
pub(super) fn route(
    service: &openapi::Service,
    resource: &str,
    drafts: Vec<Draft>,
    findings: &mut Vec<Diagnostic>,
) -> Routed {
    let mut methods: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        if methods.iter().any(|other| other.name == draft.name) {
            let name = free_name(&draft.name, &methods);
            findings.push(finding(
                "method-name-taken",
                service,
                resource,
                &draft,
                &format!("another method has this name; it becomes `{name}`"),
            ));
            draft.name = name;
        }
        if let Some(obstacle) = obstacle(&draft) {
            findings.push(finding(
                "demoted-to-exec",
                service,
                resource,
                &draft,
                &format!(
                    "{} cannot reach it, because {obstacle}; it is reached by EXEC",
                    draft.sql_verb
                ),
            ));
            draft.sql_verb = SqlVerb::Exec;
        }
        methods.push(draft);
    }
    demote_shadowed(service, resource, &mut methods, findings);
    let listed = |verb: SqlVerb| {
        let mut ranked: Vec<(usize, &Draft)> = methods
            .iter()
            .filter(|draft| draft.sql_verb == verb)
            .map(|draft| (draft.signature().len(), draft))
            .collect();
        // Stable: of equally specific methods the earlier operation stays first.
        ranked.sort_by_key(|(required, _)| std::cmp::Reverse(*required));
        ranked.into_iter().map(|(_, draft)| draft.name.clone()).collect()
    };
    Routed {
        select: listed(SqlVerb::Select),
        insert: listed(SqlVerb::Insert),
        update: listed(SqlVerb::Update),
        replace: listed(SqlVerb::Replace),
        delete: listed(SqlVerb::Delete),
        methods,
    }
}

/// Why a statement of the draft's verb could not work.
fn obstacle(draft: &Draft) -> Option<String> {
    match draft.sql_verb {
        SqlVerb::Select => match &draft.response.rows {
            Rows::None(reason) => Some(reason.clone()),
            Rows::Columns(_) | Rows::Scalars => None,
        },
        SqlVerb::Insert if draft.body.settable().is_empty() && !draft.has_where() => {
            Some("there is no column to insert into".into())
        }
        SqlVerb::Update | SqlVerb::Replace if draft.body.settable().is_empty() => {
            Some("there is nothing to set".into())
        }
        SqlVerb::Delete if !draft.has_where() => Some("a DELETE needs a WHERE clause".into()),
        _ => None,
    }
}

/// Of several methods with the same required names under a verb only the first can be chosen.
fn demote_shadowed(service: &openapi::Service, resource: &str, methods: &mut [Draft], findings: &mut Vec<Diagnostic>) {
    let mut seen: Vec<(SqlVerb, Vec<Text>, Text)> = Vec::new();
    for draft in methods {
        if draft.sql_verb == SqlVerb::Exec {
            continue;
        }
        let signature = draft.signature();
        let first = seen
            .iter()
            .find(|(verb, names, _)| *verb == draft.sql_verb && *names == signature)
            .map(|(_, _, name)| name.clone());
        match first {
            Some(first) => {
                findings.push(finding(
                    "demoted-to-exec",
                    service,
                    resource,
                    draft,
                    &format!(
                        "it answers {} with the same required parameters as `{first}`, which stands first; it is reached by EXEC",
                        draft.sql_verb
                    ),
                ));
                draft.sql_verb = SqlVerb::Exec;
            }
            None => seen.push((draft.sql_verb, signature, draft.name.clone())),
        }
    }
}

fn free_name(wanted: &Text, taken: &[Draft]) -> Text {
    (2..)
        .map(|number| ecow::eco_format!("{wanted}_{number}"))
        .find(|name| !taken.iter().any(|draft| draft.name == *name))
        .expect("there are more numbers than methods")
}

fn finding(id: &'static str, service: &openapi::Service, resource: &str, draft: &Draft, text: &str) -> Diagnostic {
    let span = service
        .spec
        .operation(&draft.source_path, draft.http_verb)
        .map_or(crate::source::Span::NONE, |operation| operation.key_span);
    Diagnostic::warning(id, format!("`{}.{resource}.{}`: {text}", service.name, draft.name))
        .at(span)
        .pointer(format!(
            "/paths/{}/{}",
            crate::source::pointer::escape(&draft.source_path),
            draft.http_verb
        ))
}
