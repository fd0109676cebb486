//! What a rule is: an id, a severity and a function over one kind of thing.

use super::out::Out;
use super::view::{ConfigFile, Document, MappingFile, Method, Page, Resource, Service, Tree};
use super::walk::Place;
use crate::diagnostic::Severity;

/// A rule. Its documentation is the doc comment above it.
#[derive(Debug)]
pub struct Rule {
    /// The name of its file in kebab case: the fault that it finds.
    pub id: &'static str,
    /// Error: the runtime fails. Warning: the outcome is wrong or poor. Note: worth knowing.
    pub severity: Severity,
    /// What it looks at.
    pub(super) check: Check,
}

/// Which documents a rule over OpenAPI looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// Descriptions of vendors and service documents alike.
    Any,
    /// Descriptions that a provider is made from.
    Spec,
    /// Documents that the runtime reads.
    Service,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// Every object of an OpenAPI document (schemas, parameters, responses …), with its position.
    Object(On, fn(&Place<'_>, &mut Out<'_>)),
    /// A whole OpenAPI document.
    Document(On, fn(&Document, &mut Out<'_>)),
    /// A service document with its resources.
    Service(fn(&Service<'_>, &mut Out<'_>)),
    /// A resource of a service document.
    Resource(fn(&Resource<'_>, &mut Out<'_>)),
    /// A method of a resource.
    Method(fn(&Method<'_>, &mut Out<'_>)),
    /// A provider tree: `provider.yaml` and what lies around it.
    Tree(fn(&Tree, &mut Out<'_>)),
    /// A mapping file.
    Mapping(fn(&MappingFile, &mut Out<'_>)),
    /// A documentation page.
    Page(fn(&Page<'_>, &mut Out<'_>)),
    /// A `spgen.yaml`.
    Config(fn(&ConfigFile, &mut Out<'_>)),
    /// Nothing: the reader of files or the machinery of this module finds it.
    Elsewhere,
}

/// A rule with its place in the registry.
#[derive(Debug)]
pub struct Registered {
    /// The folder of its kind.
    pub kind: &'static str,
    /// Its file, without `.rs`.
    pub file: &'static str,
    /// The text of its file, which holds its documentation.
    pub text: &'static str,
    /// The rule.
    pub rule: &'static Rule,
}
