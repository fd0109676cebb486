//! The provider as data.

use indexmap::IndexMap;

use crate::mapping::SqlVerb;
use crate::openapi::{HttpVerb, Operation, Spec};
use crate::source::{Node, Text};

/// A provider: `provider.yaml` and its service documents.
#[derive(Debug, Clone)]
pub struct Provider {
    /// The name in SQL and of its directory.
    pub name: Text,
    /// The version directory, e.g. `v00.00.00000`.
    pub version: Text,
    /// Title for people, where the provider document has one.
    pub title: Text,
    /// Description for people, where the provider document has one.
    pub description: Text,
    /// `config` of `provider.yaml` (auth and more); null when absent.
    pub config: Node,
    /// The services, in the order of `providerServices`.
    pub services: Vec<Service>,
}

/// A service: an OpenAPI document and the resources that it declares.
#[derive(Debug, Clone)]
pub struct Service {
    /// The key under `providerServices`: its name in SQL.
    pub name: Text,
    /// Title for people.
    pub title: Text,
    /// Description for people.
    pub description: Text,
    /// The document's file name below the version directory, e.g. `services/ml.yaml`.
    pub file: Text,
    /// The OpenAPI document. Loaded ones still hold `x-stackQL-resources`; built ones do not.
    pub spec: Spec,
    /// The resources, in document order.
    pub resources: Vec<Resource>,
    /// `x-stackQL-config` of the document; null when absent.
    pub config: Node,
}

/// A resource: what SQL calls a table.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The key under `x-stackQL-resources`: its name in SQL.
    pub key: Text,
    /// `id`, as written.
    pub id: Text,
    /// `name`, as written; may differ from the key in faulty documents.
    pub name: Text,
    /// `title`, as written.
    pub title: Text,
    /// `description`, as written.
    pub description: Text,
    /// Methods by name, in document order.
    pub methods: IndexMap<Text, Method>,
    /// Which method answers which verb, most specific first.
    pub verbs: SqlVerbs,
    /// `config.views`, as data.
    pub views: Vec<View>,
    /// `config` of the resource; null when absent.
    pub config: Node,
}

impl Resource {
    /// The methods that answer a verb, in the order in which the runtime tries them. Where the verb's key is absent the
    /// runtime goes by method names; exec has those that no verb claims, in document order.
    #[must_use]
    pub fn methods_for(&self, verb: SqlVerb) -> Vec<&Method> {
        if verb == SqlVerb::Exec {
            let claimed = |method: &&Method| SqlVerb::ALL[..5].iter().any(|verb| self.answers(*verb, &method.name));
            return self.methods.values().filter(|method| !claimed(method)).collect();
        }
        let names: Vec<&str> = if self.verbs.is_declared(verb) {
            self.verbs.listed(verb).iter().map(Text::as_str).collect()
        } else {
            default_names(verb).to_vec()
        };
        names.into_iter().filter_map(|name| self.methods.get(name)).collect()
    }

    fn answers(&self, verb: SqlVerb, method: &str) -> bool {
        if self.verbs.is_declared(verb) {
            self.verbs.listed(verb).iter().any(|name| name == method)
        } else {
            default_names(verb).contains(&method)
        }
    }
}

/// The method names that take a verb whose key is absent under `sqlVerbs`, in the runtime's order.
fn default_names(verb: SqlVerb) -> &'static [&'static str] {
    match verb {
        SqlVerb::Select => &["select", "list", "aggregatedList", "get"],
        SqlVerb::Insert => &["insert", "create"],
        SqlVerb::Delete => &["delete"],
        SqlVerb::Update | SqlVerb::Replace | SqlVerb::Exec => &[],
    }
}

/// The `sqlVerbs` of a resource: method names per verb, in order. `None`: the key is absent in the document, and the
/// runtime goes by method names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SqlVerbs {
    /// `select`
    pub select: Option<Vec<Text>>,
    /// `insert`
    pub insert: Option<Vec<Text>>,
    /// `update`
    pub update: Option<Vec<Text>>,
    /// `replace`
    pub replace: Option<Vec<Text>>,
    /// `delete`
    pub delete: Option<Vec<Text>>,
}

impl SqlVerbs {
    /// The names listed under a verb. Nothing is ever listed under exec.
    #[must_use]
    pub fn listed(&self, verb: SqlVerb) -> &[Text] {
        let names = match verb {
            SqlVerb::Select => &self.select,
            SqlVerb::Insert => &self.insert,
            SqlVerb::Update => &self.update,
            SqlVerb::Replace => &self.replace,
            SqlVerb::Delete => &self.delete,
            SqlVerb::Exec => &None,
        };
        names.as_deref().unwrap_or_default()
    }

    /// Whether the key of a verb is present.
    #[must_use]
    pub fn is_declared(&self, verb: SqlVerb) -> bool {
        match verb {
            SqlVerb::Select => self.select.is_some(),
            SqlVerb::Insert => self.insert.is_some(),
            SqlVerb::Update => self.update.is_some(),
            SqlVerb::Replace => self.replace.is_some(),
            SqlVerb::Delete => self.delete.is_some(),
            SqlVerb::Exec => false,
        }
    }

    /// The list of a verb, to fill it; `None` for exec, which has none.
    pub fn list_mut(&mut self, verb: SqlVerb) -> Option<&mut Option<Vec<Text>>> {
        match verb {
            SqlVerb::Select => Some(&mut self.select),
            SqlVerb::Insert => Some(&mut self.insert),
            SqlVerb::Update => Some(&mut self.update),
            SqlVerb::Replace => Some(&mut self.replace),
            SqlVerb::Delete => Some(&mut self.delete),
            SqlVerb::Exec => None,
        }
    }
}

/// A method of a resource: an operation and how the runtime treats it.
#[derive(Debug, Clone)]
pub struct Method {
    /// The key under `methods`: its name for EXEC.
    pub name: Text,
    /// The operation that it calls.
    pub operation: OperationRef,
    /// `request`; `None` when absent.
    pub request: Option<Request>,
    /// `response`; all fields empty when absent.
    pub response: ResponseSpec,
    /// `config` of the method; null when absent.
    pub config: Node,
    /// The method as written (loaded) or as it will be written (built); keys that this type does not know live here.
    pub node: Node,
}

/// Which operation of the service's document a method calls.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OperationRef {
    /// The path key.
    pub path: Text,
    /// The verb key.
    pub verb: HttpVerb,
}

impl OperationRef {
    /// The operation in a document; `None` when the reference dangles.
    #[must_use]
    pub fn find<'a>(&self, spec: &'a Spec) -> Option<&'a Operation> {
        spec.operation(&self.path, self.verb)
    }
}

/// `request` of a method.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// `mediaType`
    pub media_type: Option<Text>,
    /// The rest as written: `base`, `transform`, `required`, `nativeCasing` …
    pub node: Option<Node>,
}

/// `response` of a method.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResponseSpec {
    /// `mediaType`
    pub media_type: Option<Text>,
    /// `openAPIDocKey`
    pub doc_key: Option<Text>,
    /// `objectKey`
    pub object_key: Option<Text>,
    /// `overrideMediaType`
    pub override_media_type: Option<Text>,
    /// `schema_override`
    pub schema_override: Option<Node>,
    /// `transform`
    pub transform: Option<Node>,
}

/// A view: a resource that is a query.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// `predicate`, e.g. `sqlDialect == "sqlite3"`.
    pub predicate: Option<Text>,
    /// The dialect that the predicate names.
    pub dialect: Option<Text>,
    /// The query.
    pub ddl: Text,
    /// Parameters that the predicate makes compulsory.
    pub required_parameters: Vec<Text>,
}
