//! The methods of a resource with everything that its page needs to know about each.

use super::prose;
use crate::mapping::SqlVerb;
use crate::openapi::Operation;
use crate::provider::{Columns, Input, InputPlace, Inputs, Method, Resource, Service, columns, inputs, returning};
use crate::source::Text;

/// A method under one verb.
#[derive(Debug)]
pub(super) struct ListedMethod<'a> {
    /// How SQL reaches it.
    pub(super) verb: SqlVerb,
    /// The method.
    pub(super) method: &'a Method,
    /// Its operation; `None` when the reference dangles.
    pub(super) operation: Option<&'a Operation>,
    /// What it takes.
    pub(super) inputs: Inputs,
    /// What it returns as rows.
    pub(super) columns: Columns,
    /// What `RETURNING` can name.
    pub(super) returning: Vec<Text>,
    /// Optional names that an example leaves out: with them the statement would reach another method of the verb, one
    /// that requires them and is tried first.
    pub(super) unsaid: Vec<Text>,
}

/// The methods in page order: by verb, within a verb as the runtime tries them, then those reached by EXEC only.
pub(super) fn list<'a>(service: &'a Service, resource: &'a Resource) -> Vec<ListedMethod<'a>> {
    let mut listed = Vec::new();
    let mut reached = Vec::new();
    for verb in SqlVerb::ALL {
        for name in names_under(resource, verb) {
            if let Some(method) = resource.methods.get(&name) {
                reached.push(name);
                let mut method = ListedMethod::new(service, method, verb);
                method.unsaid = unsaid(&method, &listed);
                listed.push(method);
            }
        }
    }
    for method in resource
        .methods
        .values()
        .filter(|method| !reached.contains(&method.name))
    {
        listed.push(ListedMethod::new(service, method, SqlVerb::Exec));
    }
    listed
}

/// One optional name for each method of the same verb that is tried before and would take the statement.
fn unsaid(method: &ListedMethod<'_>, before: &[ListedMethod<'_>]) -> Vec<Text> {
    let counts = |input: &&Input| {
        input.place != InputPlace::Server || matches!(method.verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace)
    };
    let own: Vec<&Text> = method.inputs.required().map(|input| &input.name).collect();
    let mut unsaid: Vec<Text> = Vec::new();
    for other in before.iter().filter(|other| other.verb == method.verb) {
        let wanted: Vec<&Text> = other
            .inputs
            .required()
            .filter(counts)
            .map(|input| &input.name)
            .collect();
        let takes = wanted
            .iter()
            .all(|name| !unsaid.contains(name) && method.inputs.get(name).is_some());
        if takes && let Some(name) = wanted.into_iter().find(|name| !own.contains(name)) {
            unsaid.push(name.clone());
        }
    }
    unsaid
}

/// The methods that a verb tries. Without the verb's key in the document the runtime goes by method names.
fn names_under(resource: &Resource, verb: SqlVerb) -> Vec<Text> {
    let (listed, by_name): (_, &[&str]) = match verb {
        SqlVerb::Select => (&resource.verbs.select, &["select", "list", "get"]),
        SqlVerb::Insert => (&resource.verbs.insert, &["insert", "create"]),
        SqlVerb::Update => (&resource.verbs.update, &[]),
        SqlVerb::Replace => (&resource.verbs.replace, &[]),
        SqlVerb::Delete => (&resource.verbs.delete, &["delete"]),
        SqlVerb::Exec => return Vec::new(),
    };
    let Some(names) = listed else {
        let names = resource.methods.keys();
        return names.filter(|name| by_name.contains(&name.as_str())).cloned().collect();
    };
    let mut unique: Vec<Text> = Vec::with_capacity(names.len());
    for name in names {
        if !unique.contains(name) {
            unique.push(name.clone());
        }
    }
    unique
}

impl<'a> ListedMethod<'a> {
    fn new(service: &'a Service, method: &'a Method, verb: SqlVerb) -> Self {
        let selects = verb == SqlVerb::Select;
        let changes = matches!(verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace);
        ListedMethod {
            verb,
            method,
            operation: method.operation.find(&service.spec),
            inputs: inputs(service, method),
            columns: if selects {
                columns(service, method)
            } else {
                Columns::None(String::new())
            },
            returning: if changes {
                returning(service, method)
            } else {
                Vec::new()
            },
            unsaid: Vec::new(),
        }
    }

    /// Whether the API will give it up.
    pub(super) fn is_deprecated(&self) -> bool {
        self.operation.is_some_and(|operation| operation.deprecated)
    }

    /// What cannot be left out, each name once: the operation's own parameters, server variables, body fields.
    pub(super) fn required(&self) -> Vec<&Input> {
        unique(self.inputs.required())
    }

    /// What may be given: query parameters, and for SELECT the fields of the body.
    pub(super) fn optional(&self) -> Vec<&Input> {
        let offered = self.inputs.all.iter().filter(|input| {
            !input.required
                && match input.place {
                    InputPlace::Query => true,
                    InputPlace::Body => self.verb == SqlVerb::Select && !input.read_only,
                    InputPlace::Path | InputPlace::Server | InputPlace::Header => false,
                }
        });
        let required: Vec<&Text> = self.inputs.required().map(|input| &input.name).collect();
        unique(offered.filter(|input| !required.contains(&&input.name)))
    }

    /// The body fields that a statement can send, required ones first.
    pub(super) fn body(&self) -> Vec<&Input> {
        let sendable = |input: &&Input| input.required || !input.read_only;
        let required = self.inputs.at(InputPlace::Body).filter(|input| input.required);
        let others = self.inputs.at(InputPlace::Body).filter(|input| !input.required);
        unique(required.chain(others).filter(sendable))
    }

    /// The operation's summary, else the first sentences of its description; these too where the summary is only the
    /// start of a sentence.
    pub(super) fn description(&self) -> String {
        let Some(operation) = self.operation else {
            return String::new();
        };
        let summary = operation.summary.as_deref().map(prose::one_line).unwrap_or_default();
        let description = prose::one_line(operation.description.as_deref().unwrap_or_default());
        let is_cut_short = description
            .strip_prefix(summary.as_str())
            .is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric() || next == ' ' || next == ','))
            && !summary.ends_with(['.', '!', '?']);
        if !summary.is_empty() && !is_cut_short {
            return summary;
        }
        prose::first_sentences(&description).to_owned()
    }

    /// The description, with a word on an API that goes away.
    pub(super) fn marked_description(&self) -> String {
        let description = self.description();
        if self.is_deprecated() {
            prose::deprecated(&description)
        } else {
            description
        }
    }
}

/// Each name once, at its first place.
fn unique<'a>(inputs: impl Iterator<Item = &'a Input>) -> Vec<&'a Input> {
    let mut found: Vec<&Input> = Vec::new();
    for input in inputs {
        if found.iter().all(|known| known.name != input.name) {
            found.push(input);
        }
    }
    found
}
