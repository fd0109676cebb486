//! The operations of one service at one level: paths decided, twins joined, collisions reported.

use indexmap::IndexMap;

use super::Level;
use super::clients::ApiKey;
use super::facts::{Answer, Api, Method, Module, Part, Type};
use super::names::{Found, Segment};
use super::report::{Excluded, Reason};
use super::sdk::Sdk;
use super::wrappers::{self, Wrapper};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Text};

/// What was decided for one module at one level.
#[derive(Debug)]
pub(super) struct Service<'a> {
    pub(super) module: &'a Module,
    pub(super) operations: Vec<Operation<'a>>,
    pub(super) excluded: Vec<Excluded>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A method that becomes an operation.
#[derive(Debug)]
pub(super) struct Operation<'a> {
    pub(super) api: &'a Api,
    /// The attribute of the client that holds the API: `settings.default_namespace`.
    pub(super) attribute: Text,
    pub(super) method: &'a Method,
    pub(super) path: String,
    pub(super) path_parameters: Vec<PathParameter<'a>>,
    /// Other methods that send the same request: `GroupsAPI.list`.
    pub(super) same_request: Vec<Text>,
}

/// A variable of a path.
#[derive(Debug)]
pub(super) struct PathParameter<'a> {
    pub(super) name: Text,
    pub(super) multi_segment: bool,
    pub(super) origin: Origin<'a>,
}

/// What a variable of a path comes from.
#[derive(Debug)]
pub(super) enum Origin<'a> {
    /// The account id that the client is configured with.
    Account,
    /// A parameter of the method.
    Parameter {
        parameter: &'a Text,
        kind: &'a Type,
        unresolved: bool,
    },
    /// A part of a parameter that is a resource name; the last one carries the text of the parameter.
    Part {
        parameter: &'a Text,
        form: String,
        last: bool,
        found: Found,
    },
}

impl Operation<'_> {
    /// For a list: the class of a page, the key of the elements and their type.
    pub(super) fn pages(&self, module: &Module) -> Option<(Wrapper, &Text, &Type)> {
        match &self.method.answer {
            Answer::Pages { key, item } => Some((wrappers::find(module, self.api, self.method, key, item), key, item)),
            _ => None,
        }
    }
}

/// `ClustersAPI` to `clusters_api`, `IpAccessLists` to `ip_access_lists`, `AlertsV2` to `alerts_v2`.
pub(super) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_word = index > 0 && (letters[index - 1].is_lowercase() || letters[index - 1].is_ascii_digit());
        let before_word = index > 0
            && letters[index - 1].is_uppercase()
            && letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_word || before_word) {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// Decides what a module offers at a level.
pub(super) fn decide<'a>(sdk: &'a Sdk, module: &'a Module, level: Level) -> Service<'a> {
    let mut service = Service {
        module,
        operations: Vec::new(),
        excluded: Vec::new(),
        diagnostics: Vec::new(),
    };
    for api in &module.apis {
        let key = ApiKey {
            module: module.name.clone(),
            class: api.class.clone(),
        };
        let Some(attribute) = sdk.offered.get(&(key, level)) else {
            continue;
        };
        for method in &api.methods {
            let operation = operation(sdk, module, api, method, attribute, level);
            service.operations.push(operation);
        }
    }
    join_twins(&mut service);
    service
}

/// Why the methods of a class are in no client, for classes that no level takes.
pub(super) fn in_no_client(sdk: &Sdk, module: &Module, api: &Api) -> bool {
    let key = ApiKey {
        module: module.name.clone(),
        class: api.class.clone(),
    };
    Level::ALL
        .iter()
        .all(|level| !sdk.offered.contains_key(&(key.clone(), *level)))
}

fn operation<'a>(
    sdk: &Sdk,
    module: &'a Module,
    api: &'a Api,
    method: &'a Method,
    attribute: &Text,
    level: Level,
) -> Operation<'a> {
    let names = sdk.names_of(module);
    let mut path = String::new();
    let mut parameters: Vec<PathParameter<'a>> = Vec::new();
    for part in &method.request.path {
        match part {
            Part::Literal(text) => path.push_str(text),
            Part::Account => {
                path.push_str("{account_id}");
                parameters.push(PathParameter {
                    name: "account_id".into(),
                    multi_segment: false,
                    origin: Origin::Account,
                });
            }
            Part::Parameter { name, multi_segment } => {
                let form = names.and_then(|names| names.form(api, method, name, level));
                match form {
                    Some((found, form)) if fits(form, &parameters) => {
                        let before = path.len();
                        let expanded = expand(form, &mut path);
                        let written = path[before..].to_owned();
                        parameters.extend(expanded.into_iter().map(|(variable, last)| PathParameter {
                            name: variable,
                            multi_segment: false,
                            origin: Origin::Part {
                                parameter: name,
                                form: written.clone(),
                                last,
                                found,
                            },
                        }));
                    }
                    _ => {
                        let unresolved = names.is_some_and(|names| names.is_unresolved(api, method, name));
                        path.extend(["{", name.as_str(), "}"]);
                        parameters.push(PathParameter {
                            name: name.clone(),
                            // Its value holds slashes: nothing else can be said about it.
                            multi_segment: *multi_segment || unresolved,
                            origin: Origin::Parameter {
                                parameter: name,
                                kind: kind_of(method, name),
                                unresolved,
                            },
                        });
                    }
                }
            }
        }
    }
    Operation {
        api,
        attribute: attribute.clone(),
        method,
        path,
        path_parameters: parameters,
        same_request: Vec::new(),
    }
}

pub(super) fn kind_of<'a>(method: &'a Method, parameter: &str) -> &'a Type {
    const STRING: &Type = &Type::String;
    method
        .parameters
        .iter()
        .find(|known| known.name == parameter)
        .map_or(STRING, |known| &known.kind)
}

/// A variable may stand in a path once.
fn fits(form: &[Segment], taken: &[PathParameter<'_>]) -> bool {
    let mut names: Vec<Text> = taken.iter().map(|parameter| parameter.name.clone()).collect();
    form.iter().all(|segment| match segment {
        Segment::Literal(_) => true,
        Segment::Variable(variable) => {
            let name = variable_name(variable);
            let fresh = !names.contains(&name);
            names.push(name);
            fresh
        }
    })
}

fn variable_name(variable: &str) -> Text {
    snake(&variable.replace('.', "_")).into()
}

/// Writes a form; returns its variables and which is the last.
fn expand(form: &[Segment], path: &mut String) -> Vec<(Text, bool)> {
    let mut variables: Vec<(Text, bool)> = Vec::new();
    for (index, segment) in form.iter().enumerate() {
        if index > 0 {
            path.push('/');
        }
        match segment {
            Segment::Literal(text) => path.push_str(text),
            Segment::Variable(variable) => {
                let name = variable_name(variable);
                path.extend(["{", name.as_str(), "}"]);
                variables.push((name, false));
            }
        }
    }
    if let Some(last) = variables.last_mut() {
        last.1 = true;
    }
    variables
}

/// One operation a verb and path. SCIM classes exist twice, with the same requests: the second version stays. Any other
/// collision is an error, and the first method keeps the path: nothing is overwritten in silence.
fn join_twins(service: &mut Service<'_>) {
    let mut taken: IndexMap<(Text, String), usize> = IndexMap::new();
    let mut kept: Vec<Operation<'_>> = Vec::new();
    for operation in std::mem::take(&mut service.operations) {
        let key = (operation.method.request.verb.clone(), shape(&operation.path));
        let Some(index) = taken.get(&key).copied() else {
            taken.insert(key, kept.len());
            kept.push(operation);
            continue;
        };
        let first = &mut kept[index];
        let twins = is_second_version(&operation.api.class, &first.api.class)
            || is_second_version(&first.api.class, &operation.api.class);
        if is_second_version(&operation.api.class, &first.api.class) {
            let mut second = operation;
            std::mem::swap(first, &mut second);
            leave_out(
                service.module,
                first,
                &second,
                Reason::SameRequest,
                &mut service.excluded,
            );
        } else if twins {
            leave_out(
                service.module,
                first,
                &operation,
                Reason::SameRequest,
                &mut service.excluded,
            );
        } else {
            service.diagnostics.push(collision(first, &operation));
            leave_out(
                service.module,
                first,
                &operation,
                Reason::Collision,
                &mut service.excluded,
            );
        }
    }
    service.operations = kept;
}

fn leave_out(
    module: &Module,
    kept: &mut Operation<'_>,
    left: &Operation<'_>,
    reason: Reason,
    excluded: &mut Vec<Excluded>,
) {
    if reason == Reason::SameRequest {
        kept.same_request
            .push(ecow::eco_format!("{}.{}", left.api.class, left.method.name));
        kept.same_request.extend(left.same_request.iter().cloned());
    }
    excluded.push(Excluded {
        service: module.name.clone(),
        class: left.api.class.clone(),
        method: left.method.name.clone(),
        reason,
        kept: Some(ecow::eco_format!("{}.{}", kept.api.class, kept.method.name)),
    });
}

/// `GroupsV2API` is the second version of `GroupsAPI`.
fn is_second_version(second: &str, first: &str) -> bool {
    second
        .strip_suffix("V2API")
        .is_some_and(|name| first.strip_suffix("API") == Some(name))
}

/// Two paths that differ in the names of their variables only are the same path.
fn shape(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        out.push(letter);
    }
    out
}

fn collision(first: &Operation<'_>, second: &Operation<'_>) -> Diagnostic {
    let name = |operation: &Operation<'_>| format!("{}.{}", operation.api.class, operation.method.name);
    let (verb, path) = (&second.method.request.verb, &second.path);
    let message = format!(
        "`{}` sends `{verb} {path}`, as `{}` does: left out",
        name(second),
        name(first)
    );
    let place: Span = second.method.span;
    Diagnostic::error("sdk-collision", message)
        .at(place)
        .label(first.method.span, "the method that keeps the path")
        .note_that("a document holds one operation for a verb and path; neither method documents a resource name that tells them apart")
}

#[cfg(test)]
mod tests {
    use super::{is_second_version, shape, snake};

    #[test]
    fn class_names_become_snake_case() {
        for (class, expected) in [
            ("IpAccessLists", "ip_access_lists"),
            ("AlertsV2", "alerts_v2"),
            ("OAuthPublishedApps", "o_auth_published_apps"),
            ("ListHTTPRoutes", "list_http_routes"),
        ] {
            assert_eq!(snake(class), expected);
        }
    }

    #[test]
    fn paths_are_compared_without_their_variable_names() {
        assert_eq!(shape("/a/{b}/c/{d}"), "/a/{}/c/{}");
        assert!(is_second_version("GroupsV2API", "GroupsAPI") && !is_second_version("GroupsAPI", "GroupsV2API"));
    }
}
