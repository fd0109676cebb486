//! Types as schemas, and the classes that a document reaches as its components.

use std::collections::VecDeque;

use indexmap::IndexMap;

use super::build::{Object, text};
use crate::ingest::databricks_sdk::Sdk;
use crate::ingest::databricks_sdk::facts::{Definition, Enum, Field, Module, Record, Type};
use crate::source::{Map, Node, Text};

/// A class: module and name, and how much of it has to be there.
type ClassKey = (Text, Text, Extent);

/// How much of an object has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Extent {
    Whole,
    /// Only what the request names in its mask, so no field is required.
    Partial,
}

/// The classes reached so far, with the names that they have in the document.
pub(super) struct Schemas<'a> {
    sdk: &'a Sdk,
    home: &'a Module,
    names: IndexMap<ClassKey, Text>,
    waiting: VecDeque<ClassKey>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(sdk: &'a Sdk, home: &'a Module) -> Self {
        Schemas {
            sdk,
            home,
            names: IndexMap::new(),
            waiting: VecDeque::new(),
        }
    }

    /// The definition of a class, as the home module names it.
    pub(super) fn record(&self, kind: &Type) -> Option<&'a Record> {
        let Type::Class { module, name } = kind else {
            return None;
        };
        match self.sdk.definition(module.as_ref().unwrap_or(&self.home.name), name)? {
            Definition::Record(record) => Some(record),
            Definition::Enum(_) | Definition::Alias(_) => None,
        }
    }

    /// The schema of a type as the home module writes it.
    pub(super) fn schema(&mut self, kind: &Type) -> Node {
        let home = self.home.name.clone();
        self.of(kind, &home).node()
    }

    /// The schema of a type with a description.
    pub(super) fn described(&mut self, kind: &Type, about: Option<&Text>) -> Node {
        let home = self.home.name.clone();
        self.described_in(kind, about, &home)
    }

    /// The schema of an object of which a request sends the fields that it changes: the class, with nothing required.
    pub(super) fn partial(&mut self, kind: &Type) -> Node {
        match (kind, self.record(kind)) {
            (Type::Class { module, name }, Some(record)) if record.fields.iter().any(|field| field.required) => {
                let module = module.clone().unwrap_or_else(|| self.home.name.clone());
                let name = self.name_of(&module, name, Extent::Partial);
                reference(&name).node()
            }
            _ => self.schema(kind),
        }
    }

    fn described_in(&mut self, kind: &Type, about: Option<&Text>, module: &Text) -> Node {
        let schema = self.of(kind, module);
        match about {
            // Beside a reference a description does not count.
            Some(_) if matches!(kind, Type::Class { .. }) && !self.is_alias(kind, module) => Object::new()
                .with_text("description", about)
                .with("allOf", Node::list([schema.node()]))
                .node(),
            about => schema.with_text("description", about).node(),
        }
    }

    fn is_alias(&self, kind: &Type, module: &Text) -> bool {
        let Type::Class { module: named, name } = kind else {
            return false;
        };
        !matches!(
            self.sdk.definition(named.as_ref().unwrap_or(module), name),
            Some(Definition::Record(_) | Definition::Enum(_))
        )
    }

    fn of(&mut self, kind: &Type, module: &Text) -> Object {
        let plain = |name: &str| Object::new().with("type", text(name));
        match kind {
            Type::String => plain("string"),
            Type::Integer => plain("integer"),
            Type::Integer64 => plain("integer").with("format", text("int64")),
            Type::Number => plain("number"),
            Type::Boolean => plain("boolean"),
            Type::Any => Object::new(),
            Type::Object => plain("object"),
            Type::Binary => plain("string").with("format", text("binary")),
            Type::Timestamp => plain("string").with("format", text("date-time")),
            // The JSON forms of protocol buffers, by the names that Google's own descriptions use.
            Type::Duration => plain("string").with("format", text("google-duration")),
            Type::FieldMask => plain("string").with("format", text("google-fieldmask")),
            Type::List(item) => plain("array").with("items", self.of(item, module).node()),
            Type::Map(value) => plain("object").with("additionalProperties", self.of(value, module).node()),
            Type::Iterator(item) | Type::Wait(item) => self.of(item, module),
            Type::Class { module: named, name } => self.class(named.as_ref().unwrap_or(module), name),
        }
    }

    fn class(&mut self, module: &Text, name: &Text) -> Object {
        match self.sdk.definition(module, name) {
            Some(Definition::Alias(kind)) => self.of(kind, module),
            Some(Definition::Record(_) | Definition::Enum(_)) => {
                let name = self.name_of(module, name, Extent::Whole);
                reference(&name)
            }
            // A class that the SDK names and does not define.
            None => Object::new().with("type", text("object")),
        }
    }

    /// Classes of other modules keep their names where those are free.
    fn name_of(&mut self, module: &Text, class: &Text, extent: Extent) -> Text {
        let key = (module.clone(), class.clone(), extent);
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = match extent {
            Extent::Whole if *module == self.home.name || !self.is_taken(class) => class.clone(),
            Extent::Whole => {
                let (first, rest) = module.split_at(module.chars().next().map_or(0, char::len_utf8));
                ecow::eco_format!("{}{rest}{class}", first.to_uppercase())
            }
            Extent::Partial => {
                let patch = ecow::eco_format!("{class}Patch");
                if self.is_taken(&patch) {
                    ecow::eco_format!("{patch}Body")
                } else {
                    patch
                }
            }
        };
        self.names.insert(key.clone(), name.clone());
        self.waiting.push_back(key);
        name
    }

    fn is_taken(&self, name: &Text) -> bool {
        self.home.definitions.contains_key(name) || self.names.values().any(|taken| taken == name)
    }

    /// The components: what was asked for and all that it refers to, by name; and how many there are.
    pub(super) fn finish(mut self) -> (Map, usize) {
        let mut out: Vec<(Text, Node)> = Vec::new();
        while let Some((module, class, extent)) = self.waiting.pop_front() {
            let node = match self.sdk.definition(&module, &class) {
                Some(Definition::Record(record)) => self.object(record, &module, extent),
                Some(Definition::Enum(values)) => enumeration(values),
                Some(Definition::Alias(_)) | None => continue,
            };
            out.push((self.name_of(&module, &class, extent), node));
        }
        out.sort_by(|(a, _), (b, _)| a.cmp(b));
        let count = out.len();
        (out.into_iter().collect(), count)
    }

    fn object(&mut self, record: &Record, module: &Text, extent: Extent) -> Node {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for Field {
            wire,
            kind,
            required: needed,
            text: about,
            ..
        } in &record.fields
        {
            properties.insert(wire.clone(), self.described_in(kind, about.as_ref(), module));
            if *needed && extent == Extent::Whole {
                required.push(text(wire.clone()));
            }
        }
        Object::new()
            .with("type", text("object"))
            .with_text("description", record.text.as_ref())
            .with_list("required", required)
            .with("properties", Node::map(properties))
            .node()
    }
}

fn reference(name: &str) -> Object {
    Object::new().with("$ref", text(ecow::eco_format!("#/components/schemas/{name}")))
}

fn enumeration(read: &Enum) -> Node {
    let values = read.values.iter().map(|value| text(value.clone())).collect();
    Object::new()
        .with("type", text("string"))
        .with_text("description", read.text.as_ref())
        .with_list("enum", values)
        .node()
}
