//! Which method a statement reaches: the runtime's rule (runtime contract 3.1).

use super::{InputPlace, Method, Resource, Service, inputs};
use crate::mapping::SqlVerb;
use crate::source::Text;

/// The method of a resource that the runtime chooses for a verb when these names are given: the first one in the list
/// whose required names are all there. INSERT, UPDATE and REPLACE need the server variables too. Where the verb has no
/// list at all, the runtime goes by method names.
#[must_use]
pub fn route<'a>(service: &Service, resource: &'a Resource, verb: SqlVerb, given: &[&str]) -> Option<&'a Method> {
    let needs_server = matches!(verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace);
    candidates(resource, verb).into_iter().find(|method| {
        let inputs = inputs(service, method);
        inputs
            .required()
            .filter(|input| needs_server || input.place != InputPlace::Server)
            .all(|input| given.contains(&input.name.as_str()))
    })
}

fn candidates(resource: &Resource, verb: SqlVerb) -> Vec<&Method> {
    let verbs = &resource.verbs;
    let list = match verb {
        SqlVerb::Select => &verbs.select,
        SqlVerb::Insert => &verbs.insert,
        SqlVerb::Update => &verbs.update,
        SqlVerb::Replace => &verbs.replace,
        SqlVerb::Delete => &verbs.delete,
        SqlVerb::Exec => &None,
    };
    let named = |names: &[Text]| names.iter().filter_map(|name| resource.methods.get(name)).collect();
    match (list, verb) {
        (Some(names), _) => named(names),
        (None, SqlVerb::Select) => named(&["select".into(), "list".into(), "get".into()]),
        (None, SqlVerb::Insert) => named(&["insert".into(), "create".into()]),
        (None, SqlVerb::Delete) => named(&["delete".into()]),
        (None, _) => Vec::new(),
    }
}
