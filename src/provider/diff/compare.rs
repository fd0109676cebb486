//! Comparing two versions.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Change, Changes, Kind, Place};
use crate::diagnostic::counted;
use crate::mapping::SqlVerb;
use crate::provider::build::variables_of;
use crate::provider::{Input, InputPlace, Method, Provider, Resource, Service, columns, inputs};
use crate::source::{Node, Text};

/// Everything that changes for users of the provider.
#[must_use]
pub fn diff(old: &Provider, new: &Provider) -> Changes {
    let mut changes = Vec::new();
    auth(old, new, &mut changes);
    let services = old.services.par_iter().flat_map_iter(|service| {
        let mut changes = Vec::new();
        match new.services.iter().find(|other| other.name == service.name) {
            Some(other) => of_service(service, other, new, &mut changes),
            None => removed_service(service, new, &mut changes),
        }
        changes
    });
    changes.extend(services.collect::<Vec<_>>());
    for service in &new.services {
        if !old.services.iter().any(|other| other.name == service.name) {
            changes.push(Change {
                breaking: false,
                kind: Kind::ServiceAdded,
                place: place(service, None, None),
                verb: None,
                message: format!(
                    "the service is new, with {}",
                    counted(service.resources.len(), "resource")
                ),
            });
        }
    }
    // Stable: within a resource the order is that of the comparison.
    changes.sort_by(|one, other| {
        (&one.place.service, &one.place.resource).cmp(&(&other.place.service, &other.place.resource))
    });
    Changes {
        old: format!("{} {}", old.name, old.version),
        new: format!("{} {}", new.name, new.version),
        changes,
    }
}

fn place(service: &Service, resource: Option<&Resource>, method: Option<&Method>) -> Place {
    Place {
        service: service.name.clone(),
        resource: resource.map(|resource| resource.key.clone()).unwrap_or_default(),
        method: method.map(|method| method.name.clone()).unwrap_or_default(),
    }
}

fn auth(old: &Provider, new: &Provider, changes: &mut Vec<Change>) {
    let describe = |provider: &Provider| {
        let Some(auth) = provider.config.get("auth") else {
            return "none".to_owned();
        };
        let kind = auth.get("type").and_then(Node::as_str).unwrap_or("unnamed");
        let variables = variables_of(auth);
        if variables.is_empty() {
            format!("`{kind}`")
        } else {
            format!("`{kind}` with `{}`", variables.join("`, `"))
        }
    };
    let (before, after) = (describe(old), describe(new));
    if before != after {
        changes.push(Change {
            breaking: true,
            kind: Kind::AuthChanged,
            place: Place::default(),
            verb: None,
            message: format!("authentication was {before}, and is {after}"),
        });
    }
}

fn removed_service(service: &Service, new: &Provider, changes: &mut Vec<Change>) {
    changes.push(Change {
        breaking: true,
        kind: Kind::ServiceRemoved,
        place: place(service, None, None),
        verb: None,
        message: format!(
            "the service is gone, with {}",
            counted(service.resources.len(), "resource")
        ),
    });
    for resource in &service.resources {
        if let Some(home) = other_home(resource, service, new) {
            changes.push(moved(service, resource, home));
        }
    }
}

/// The service of the new version that has a resource of this name, which the old service has no more.
fn other_home<'a>(resource: &Resource, service: &Service, new: &'a Provider) -> Option<&'a Service> {
    let others = new.services.iter().filter(|other| other.name != service.name);
    let mut homes = others.filter(|other| other.resources.iter().any(|candidate| candidate.key == resource.key));
    homes.next()
}

fn moved(service: &Service, resource: &Resource, home: &Service) -> Change {
    Change {
        breaking: true,
        kind: Kind::ResourceMoved,
        place: place(service, Some(resource), None),
        verb: None,
        message: format!("the resource is now `{}.{}`", home.name, resource.key),
    }
}

fn of_service(old: &Service, new: &Service, provider: &Provider, changes: &mut Vec<Change>) {
    for resource in &old.resources {
        match new.resources.iter().find(|other| other.key == resource.key) {
            Some(other) => Pair {
                old_service: old,
                new_service: new,
                old: resource,
                new: other,
            }
            .compare(changes),
            None => changes.push(match other_home(resource, old, provider) {
                Some(home) => moved(old, resource, home),
                None => Change {
                    breaking: true,
                    kind: Kind::ResourceRemoved,
                    place: place(old, Some(resource), None),
                    verb: None,
                    message: "the resource is gone".to_owned(),
                },
            }),
        }
    }
    for resource in &new.resources {
        if !old.resources.iter().any(|other| other.key == resource.key) {
            changes.push(Change {
                breaking: false,
                kind: Kind::ResourceAdded,
                place: place(new, Some(resource), None),
                verb: None,
                message: "the resource is new".to_owned(),
            });
        }
    }
}

/// A resource in both versions.
struct Pair<'a> {
    old_service: &'a Service,
    new_service: &'a Service,
    old: &'a Resource,
    new: &'a Resource,
}

/// A method with what it takes.
struct Signed<'a> {
    method: &'a Method,
    inputs: BTreeMap<Text, Input>,
    /// The names without which the runtime does not choose it.
    required: BTreeSet<Text>,
}

impl<'a> Signed<'a> {
    fn new(service: &Service, method: &'a Method, verb: SqlVerb) -> Self {
        let all = inputs(service, method).all;
        // A default of a server variable only helps the verbs without a body.
        let needs_servers = matches!(verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace);
        let required = all
            .iter()
            .filter(|input| match input.place {
                InputPlace::Server => needs_servers,
                _ => input.required,
            })
            .map(|input| input.name.clone())
            .collect();
        Signed {
            method,
            inputs: all.into_iter().map(|input| (input.name.clone(), input)).collect(),
            required,
        }
    }

    fn signature(&self) -> String {
        let names: Vec<&str> = self.required.iter().map(Text::as_str).collect();
        if names.is_empty() {
            "without parameters".to_owned()
        } else {
            format!("by `{}`", names.join("`, `"))
        }
    }
}

/// The verbs that choose a method by its parameters.
const CHOSEN: [SqlVerb; 5] = [
    SqlVerb::Select,
    SqlVerb::Insert,
    SqlVerb::Update,
    SqlVerb::Replace,
    SqlVerb::Delete,
];

impl Pair<'_> {
    fn compare(&self, changes: &mut Vec<Change>) {
        for verb in CHOSEN {
            self.compare_verb(verb, changes);
        }
        self.compare_exec(changes);
        self.compare_views(changes);
    }

    fn change(&self, breaking: bool, kind: Kind, method: &Method, verb: SqlVerb, message: String) -> Change {
        Change {
            breaking,
            kind,
            place: place(self.old_service, Some(self.old), Some(method)),
            verb: Some(verb),
            message,
        }
    }

    fn signed<'b>(service: &'b Service, resource: &'b Resource, verb: SqlVerb) -> Vec<Signed<'b>> {
        let listed = resource.verbs.listed(verb).iter();
        let methods = listed.filter_map(|name| resource.methods.get(name));
        let mut reachable: Vec<Signed<'b>> = Vec::new();
        for method in methods {
            let signed = Signed::new(service, method, verb);
            // What an earlier method catches was never reached.
            if !reachable
                .iter()
                .any(|earlier| earlier.required.is_subset(&signed.required))
            {
                reachable.push(signed);
            }
        }
        reachable
    }

    fn compare_verb(&self, verb: SqlVerb, changes: &mut Vec<Change>) {
        let old = Self::signed(self.old_service, self.old, verb);
        let new = Self::signed(self.new_service, self.new, verb);
        let mut reached = BTreeSet::new();
        for before in &old {
            // The method that the runtime chooses for a statement that gives what the old method needed.
            let chosen = new.iter().find(|after| after.required.is_subset(&before.required));
            let same_operation = || {
                new.iter()
                    .find(|after| after.method.operation == before.method.operation)
            };
            if let Some(after) = chosen.or_else(same_operation) {
                reached.insert(after.method.name.clone());
                self.compare_methods(before, after, verb, changes);
            } else {
                let word = verb.as_str().to_uppercase();
                let instead = self
                    .new
                    .methods
                    .values()
                    .find(|method| method.operation == before.method.operation);
                let instead = instead.map_or_else(String::new, |method| {
                    format!("; the operation is reached by EXEC of `{}`", method.name)
                });
                changes.push(self.change(
                    true,
                    Kind::VerbLost,
                    before.method,
                    verb,
                    format!("{word} {} is no longer answered{instead}", before.signature()),
                ));
            }
        }
        for after in new.iter().filter(|after| !reached.contains(&after.method.name)) {
            changes.push(self.change(
                false,
                Kind::VerbGained,
                after.method,
                verb,
                format!("{} {} is answered", verb.as_str().to_uppercase(), after.signature()),
            ));
        }
    }

    fn compare_methods(&self, old: &Signed<'_>, new: &Signed<'_>, verb: SqlVerb, changes: &mut Vec<Change>) {
        let word = verb.as_str().to_uppercase();
        if is_other_operation(old.method, new.method) {
            changes.push(self.change(
                true,
                Kind::OperationChanged,
                old.method,
                verb,
                format!(
                    "{word} {} called `{} {}`, and calls `{} {}`",
                    old.signature(),
                    old.method.operation.verb,
                    old.method.operation.path,
                    new.method.operation.verb,
                    new.method.operation.path
                ),
            ));
        }
        for name in new.required.difference(&old.required) {
            changes.push(self.change(
                true,
                Kind::ParameterNowRequired,
                old.method,
                verb,
                format!("{word} needs `{name}`"),
            ));
        }
        for name in old
            .required
            .difference(&new.required)
            .filter(|name| new.inputs.contains_key(*name))
        {
            changes.push(self.change(
                false,
                Kind::ParameterNowOptional,
                old.method,
                verb,
                format!("{word} needs `{name}` no more"),
            ));
        }
        for (name, input) in &old.inputs {
            // Read-only fields could be given, and meant nothing.
            if !new.inputs.contains_key(name) && !input.read_only {
                changes.push(self.change(
                    true,
                    Kind::ParameterRemoved,
                    old.method,
                    verb,
                    format!("{word} no longer knows `{name}`"),
                ));
            }
        }
        for (name, input) in &new.inputs {
            if !old.inputs.contains_key(name) && !new.required.contains(name) && !input.read_only {
                changes.push(self.change(
                    false,
                    Kind::ParameterAdded,
                    old.method,
                    verb,
                    format!("{word} knows `{name}`"),
                ));
            }
        }
        if verb == SqlVerb::Select {
            self.compare_columns(old.method, new.method, changes);
        }
    }

    fn compare_columns(&self, old: &Method, new: &Method, changes: &mut Vec<Change>) {
        let before = columns(self.old_service, old);
        let after = columns(self.new_service, new);
        for column in before.list() {
            match after.list().iter().find(|other| other.name == column.name) {
                None => changes.push(self.change(
                    true,
                    Kind::ColumnRemoved,
                    old,
                    SqlVerb::Select,
                    format!("the column `{}` is gone", column.name),
                )),
                Some(other) if other.data_type != column.data_type && !column.data_type.is_empty() => {
                    changes.push(self.change(
                        true,
                        Kind::ColumnRetyped,
                        old,
                        SqlVerb::Select,
                        format!(
                            "the column `{}` was of type `{}`, and is of type `{}`",
                            column.name, column.data_type, other.data_type
                        ),
                    ));
                }
                Some(_) => {}
            }
        }
        for column in after.list() {
            if !before.list().iter().any(|other| other.name == column.name) {
                changes.push(self.change(
                    false,
                    Kind::ColumnAdded,
                    old,
                    SqlVerb::Select,
                    format!("the column `{}` is new", column.name),
                ));
            }
        }
    }

    /// EXEC finds methods by name, whatever verb they answer; those without a verb have no other way.
    fn compare_exec(&self, changes: &mut Vec<Change>) {
        for method in self.old.methods.values().filter(|method| is_exec(self.old, method)) {
            let before = Signed::new(self.old_service, method, SqlVerb::Exec);
            if let Some(same_name) = self.new.methods.get(&method.name) {
                let after = Signed::new(self.new_service, same_name, SqlVerb::Exec);
                self.compare_methods(&before, &after, SqlVerb::Exec, changes);
                continue;
            }
            let renamed = self
                .new
                .methods
                .values()
                .find(|other| !is_other_operation(method, other));
            changes.push(match renamed {
                Some(other) => {
                    let verb = CHOSEN
                        .into_iter()
                        .find(|verb| self.new.verbs.listed(*verb).contains(&other.name));
                    let way = match verb {
                        Some(verb) => verb.as_str().to_uppercase(),
                        None => "EXEC".to_owned(),
                    };
                    self.change(
                        true,
                        Kind::MethodRenamed,
                        method,
                        SqlVerb::Exec,
                        format!("the method is now `{}`, reached by {way}", other.name),
                    )
                }
                None => self.change(
                    true,
                    Kind::MethodRemoved,
                    method,
                    SqlVerb::Exec,
                    "the method is gone".to_owned(),
                ),
            });
        }
        for method in self.new.methods.values().filter(|method| is_exec(self.new, method)) {
            let is_known = self
                .old
                .methods
                .values()
                .any(|other| other.name == method.name || !is_other_operation(other, method));
            if !is_known {
                changes.push(self.change(
                    false,
                    Kind::MethodAdded,
                    method,
                    SqlVerb::Exec,
                    "EXEC knows this method".to_owned(),
                ));
            }
        }
    }

    fn compare_views(&self, changes: &mut Vec<Change>) {
        if !self.old.views.is_empty() && self.new.views.is_empty() && self.new.methods.is_empty() {
            changes.push(Change {
                breaking: true,
                kind: Kind::ResourceRemoved,
                place: place(self.old_service, Some(self.old), None),
                verb: Some(SqlVerb::Select),
                message: "the view is gone".to_owned(),
            });
        }
    }
}

/// Names of placeholders are not on the wire.
fn is_other_operation(old: &Method, new: &Method) -> bool {
    let shape = |path: &str| {
        let parts = path
            .split('{')
            .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        parts.collect::<Vec<_>>().join("{}")
    };
    old.operation.verb != new.operation.verb || shape(&old.operation.path) != shape(&new.operation.path)
}

fn is_exec(resource: &Resource, method: &Method) -> bool {
    !CHOSEN
        .into_iter()
        .any(|verb| resource.verbs.listed(verb).contains(&method.name))
}
