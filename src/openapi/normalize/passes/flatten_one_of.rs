//! `oneOf`, `anyOf`, `not` and discriminators.

use crate::openapi::Spec;
use crate::openapi::normalize::composition::{self, Engine, Rule, SCHEMAS};
use crate::openapi::normalize::draft::{Draft, with, without};
use crate::openapi::normalize::merge::{self, Authority, Properties, is_annotation, is_annotation_only, same};
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::wrap::wrapped;
use crate::source::{Entry, List, Map, Node, Text, Value};

pass! {
    /// Flattens `oneOf` and `anyOf` into one row type: all properties of all alternatives, those that not every
    /// alternative has nullable, and only what every alternative requires required.
    ///
    /// A table has one set of columns, so that is what a row can be. Alternatives that are not alike (a text or a list)
    /// become text, which takes JSON too; objects win over scalars beside them, for only they have columns. The
    /// alternatives are recorded under `x-spgen-one-of`. A discriminator becomes the list of values of its property.
    /// `not` has no counterpart in a row and is dropped.
    "flatten-one-of", apply
}

/// The extension that names the alternatives of a flattened schema.
const RECORD: &str = "x-spgen-one-of";

/// Deepest nesting of properties that alternatives describe differently and that are flattened; below, they become JSON
/// columns.
const MAX_DIFFERENT: usize = 2;

fn apply(draft: &mut Draft) {
    composition::apply(draft, FlattenOneOf);
}

#[derive(Clone, Copy)]
struct FlattenOneOf;

impl Rule for FlattenOneOf {
    fn needs<'n>(self, view: &Spec, schema: &'n Node, is_component: bool) -> Vec<&'n str> {
        ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|keyword| {
                let members = members(schema, keyword);
                // Alternatives that stay references need nothing.
                match members.as_slice() {
                    [one] if !is_component && wrapped(view, schema, keyword, one).is_some() => None,
                    several if !is_component && rows_behind(several, |name| is_row_component(view, name)).is_some() => {
                        None
                    }
                    _ => Some(members),
                }
            })
            .flatten()
            .filter_map(|part| part.get_str("$ref")?.strip_prefix(SCHEMAS))
            .collect()
    }

    fn compose(self, engine: &mut Engine<'_, Self>, schema: &Node, place: &Place<'_>) -> Option<Node> {
        let mut current = schema.clone();
        for keyword in ["oneOf", "anyOf"] {
            let Some(written) = schema.get(keyword) else { continue };
            current = flattened(engine, &current, keyword, place);
            engine.log.replaced(&place.key(keyword), written, &current);
        }
        if let Some(not) = schema.get("not") {
            engine.log.removed(&place.key("not"), not);
            current = without(&current, &["not"])?;
        }
        if let Some(discriminator) = schema.get("discriminator") {
            current = with_discriminator(&current, schema, discriminator);
            let name = discriminator.get_str("propertyName").unwrap_or_default();
            let values = current.get("properties").and_then(|all| all.get(name)?.get("enum"));
            let none = Node::new(Value::Null);
            engine
                .log
                .replaced(&place.key("discriminator"), discriminator, values.unwrap_or(&none));
        }
        let changed = match (&current.value, &schema.value) {
            (Value::Map(new), Value::Map(old)) => !new.shares_with(old),
            _ => true,
        };
        changed.then_some(current)
    }

    fn make(self, engine: &mut Engine<'_, Self>, members: &[Node], depth: usize) -> Option<Node> {
        united(engine, members, depth).map(|united| recorded(united, members))
    }
}

/// The components that are the rows among the alternatives, when no row is written in place: then the alternatives can
/// be referred to, and need not be repeated at each place that offers them.
fn rows_behind(members: &[impl std::borrow::Borrow<Node>], is_row: impl Fn(&str) -> bool) -> Option<Vec<Text>> {
    let mut rows: Vec<Text> = Vec::new();
    for member in members {
        let member = member.borrow();
        match member.get_str("$ref").map(|reference| reference.strip_prefix(SCHEMAS)) {
            Some(Some(name)) => {
                if is_row(name) && !rows.iter().any(|row| row == name) {
                    rows.push(name.into());
                }
            }
            Some(None) => return None,
            None => {
                let is_composed = ["oneOf", "anyOf", "allOf"]
                    .iter()
                    .any(|keyword| member.get(keyword).is_some());
                if shape(member) == Shape::Row || is_composed {
                    return None;
                }
            }
        }
    }
    (!rows.is_empty()).then_some(rows)
}

/// Whether a component has columns, as far as can be seen before it is finished.
fn is_row_component(view: &Spec, name: &str) -> bool {
    let target = view
        .component("schemas", name)
        .and_then(|written| view.resolve(written));
    target.is_some_and(|target| {
        shape(target) == Shape::Row || ["oneOf", "anyOf"].iter().any(|keyword| target.get(keyword).is_some())
    })
}

/// A reference for alternatives whose rows are components: to the one, or to a component that stands for all.
fn referred(engine: &mut Engine<'_, FlattenOneOf>, members: &[Node], depth: usize) -> Option<Node> {
    let rows = rows_behind(members, |name| {
        engine.members_of(name).is_some() || is_row_component(engine.view, name)
    })?;
    let mut all: Vec<Text> = Vec::new();
    for row in &rows {
        for name in engine.members_of(row).unwrap_or(std::slice::from_ref(row)) {
            if !all.contains(name) {
                all.push(name.clone());
            }
        }
    }
    let target = match all.as_slice() {
        [one] => one.clone(),
        _ if depth < MAX_DIFFERENT => engine.shared(all, depth)?,
        _ => return None,
    };
    let reference = Node::string(ecow::eco_format!("{SCHEMAS}{target}"));
    let reference = Node::map(Map::from_iter([("$ref", reference)]));
    // The component that stands for several tells of them itself.
    Some(if rows.len() == members.len() {
        reference
    } else {
        recorded(reference, members)
    })
}

/// The alternatives that say anything about the shape of a value: neither `null` nor a mere condition on properties that
/// are described elsewhere.
fn members<'n>(schema: &'n Node, keyword: &str) -> Vec<&'n Node> {
    let all = schema.get(keyword).and_then(Node::as_list).into_iter().flatten();
    all.filter(|member| !is_annotation_only(member) && !is_condition(member))
        .collect()
}

fn is_condition(member: &Node) -> bool {
    member.as_map().is_some_and(|map| {
        let condition = |entry: &Entry| {
            ["required", "not", "minProperties", "maxProperties"].contains(&entry.key.as_str())
                || is_annotation(&entry.key)
        };
        let says_object = |entry: &Entry| entry.key == "type" && entry.value.as_str() == Some("object");
        map.contains_key("required") && map.iter().all(|entry| condition(entry) || says_object(entry))
    })
}

/// The schema with one keyword flattened into it.
fn flattened(engine: &mut Engine<'_, FlattenOneOf>, schema: &Node, keyword: &str, place: &Place<'_>) -> Node {
    let written = schema.get(keyword).and_then(Node::as_list);
    let is_null =
        |member: &&Node| member.get("nullable").and_then(Node::as_bool) == Some(true) && is_annotation_only(member);
    let is_nullable = written.into_iter().flatten().any(|member| is_null(&member));
    let members: Vec<Node> = members(schema, keyword).into_iter().cloned().collect();
    let own = without(schema, &[keyword]).unwrap_or_else(|| schema.clone());
    let own = if is_nullable {
        with(&own, "nullable", Node::bool(true))
    } else {
        own
    };
    let united = match members.as_slice() {
        [] => return own,
        [one] => {
            if !composition::is_component(place)
                && let Some(reference) = wrapped(engine.view, &with(&own, keyword, Node::list([])), keyword, one)
            {
                return reference;
            }
            engine.part(one)
        }
        several => {
            let is_annotated_only = own.as_map().is_some_and(|map| {
                let mut entries = map.iter();
                entries.all(|entry| {
                    is_annotation(&entry.key) || entry.key == "type" && entry.value.as_str() == Some("object")
                })
            });
            if is_annotated_only
                && !composition::is_component(place)
                && own.get("discriminator").is_none()
                && let Some(mut reference) = referred(engine, several, 0)
            {
                for entry in own
                    .as_map()
                    .into_iter()
                    .flatten()
                    .filter(|entry| is_annotation(&entry.key))
                {
                    reference = with(&reference, &entry.key, entry.value.clone());
                }
                return reference.at(schema.span);
            }
            united(engine, several, 0).map(|united| recorded(united, several))
        }
    };
    let Some(united) = united else { return own };
    let mut result = own.as_map().cloned().unwrap_or_default();
    if let Some(part) = united.as_map() {
        merge::add(&mut result, part, Authority::Component, &mut |old, new, _| {
            either(engine, old, new, 0)
        });
    }
    Node::map(result).at(schema.span)
}

/// The schema with the names of its alternatives, when there are several: components by name, others by title or type.
fn recorded(schema: Node, members: &[Node]) -> Node {
    let mut names = List::new();
    for member in members {
        let component = member
            .get_str("$ref")
            .and_then(|reference| reference.strip_prefix(SCHEMAS));
        let name = component
            .or_else(|| member.get_str("title"))
            .or_else(|| member.get_str("type"));
        let name = Node::string(name.unwrap_or("object"));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() < 2 {
        return schema;
    }
    with(&schema, RECORD, Node::new(Value::List(names)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Row,
    FreeObject,
    Array,
    Scalar,
    Unknown,
}

fn shape(schema: &Node) -> Shape {
    if schema
        .get("properties")
        .and_then(Node::as_map)
        .is_some_and(|properties| !properties.is_empty())
    {
        return Shape::Row;
    }
    match schema.get_str("type") {
        Some("object") => Shape::FreeObject,
        Some("array") => Shape::Array,
        Some(_) => Shape::Scalar,
        None if schema.get("items").is_some() => Shape::Array,
        None if schema.get("additionalProperties").is_some() => Shape::FreeObject,
        None if schema.get("enum").is_some() || schema.get("pattern").is_some() || schema.get("format").is_some() => {
            Shape::Scalar
        }
        None => Shape::Unknown,
    }
}

/// The finished schemas that an alternative stands for.
fn parts(engine: &mut Engine<'_, FlattenOneOf>, member: &Node) -> Vec<Node> {
    let name = member
        .get_str("$ref")
        .and_then(|reference| reference.strip_prefix(SCHEMAS));
    let members = name.and_then(|name| engine.members_of(name)).map(<[Text]>::to_vec);
    match members {
        None => engine.part(member).into_iter().collect(),
        Some(names) => names
            .iter()
            .filter_map(|name| {
                let reference = Node::string(ecow::eco_format!("{SCHEMAS}{name}"));
                engine.part(&Node::map(Map::from_iter([("$ref", reference)])))
            })
            .collect(),
    }
}

/// One schema for several alternatives.
fn united(engine: &mut Engine<'_, FlattenOneOf>, members: &[Node], depth: usize) -> Option<Node> {
    let known: Vec<Node> = members.iter().flat_map(|member| parts(engine, member)).collect();
    let of_shape = |wanted: Shape| {
        known
            .iter()
            .filter(move |member| shape(member) == wanted)
            .collect::<Vec<_>>()
    };
    let all = |wanted: Shape| known.iter().all(|member| shape(member) == wanted);
    let rows = of_shape(Shape::Row);
    let mut result = if known.is_empty() {
        return None;
    } else if !rows.is_empty() {
        let is_all = rows.len() == known.len();
        united_rows(engine, &rows, is_all, depth)
    } else if all(Shape::Array) {
        let items: Vec<Node> = known.iter().filter_map(|member| member.get("items").cloned()).collect();
        let mut array = Map::from_iter([("type", Node::string("array"))]);
        let items = match items.as_slice() {
            [] => None,
            [first, rest @ ..] if rest.iter().all(|other| same(first, other)) => Some(first.clone()),
            _ if depth < MAX_DIFFERENT => {
                referred(engine, &items, depth + 1).or_else(|| united(engine, &items, depth + 1))
            }
            _ => Some(opaque(true)),
        };
        if let Some(items) = items {
            array.insert("items", items);
        }
        array
    } else if all(Shape::FreeObject) {
        Map::from_iter([("type", Node::string("object"))])
    } else if all(Shape::Scalar) {
        united_scalars(&known)
    } else {
        Map::from_iter([("type", Node::string("string"))])
    };
    if known
        .iter()
        .any(|member| member.get("nullable").and_then(Node::as_bool) == Some(true))
    {
        result.insert("nullable", Node::bool(true));
    }
    Some(Node::map(result).at(members.first()?.span))
}

fn opaque(is_object: bool) -> Node {
    Node::map(Map::from_iter([(
        "type",
        Node::string(if is_object { "object" } else { "string" }),
    )]))
}

fn united_rows(engine: &mut Engine<'_, FlattenOneOf>, rows: &[&Node], is_all: bool, depth: usize) -> Map {
    let mut properties = Properties::default();
    for row in rows {
        let own = row.get("properties").and_then(Node::as_map);
        if !engine.may_copy(own.map_or(0, Map::len)) {
            break;
        }
        for entry in own.into_iter().flatten() {
            match properties.get_mut(&entry.key) {
                None => properties.push(entry.clone()),
                Some(old) => {
                    if !same(old, &entry.value) {
                        *old = either(engine, old, &entry.value, depth);
                    }
                }
            }
        }
    }
    let mut properties = properties.into_node();
    for entry in properties.as_map_mut().into_iter().flat_map(Map::iter_mut) {
        let is_everywhere = is_all
            && rows
                .iter()
                .all(|row| row.get("properties").is_some_and(|all| all.get(&entry.key).is_some()));
        if !is_everywhere && entry.value.get("$ref").is_none() {
            entry.value = with(&entry.value, "nullable", Node::bool(true));
        }
    }
    let required_by = |row: &Node| row.get("required").and_then(Node::as_list).cloned().unwrap_or_default();
    let mut required = required_by(rows[0]);
    for row in &rows[1..] {
        let others = required_by(row);
        required = required.iter().filter(|name| others.contains(name)).cloned().collect();
    }
    let mut result = Map::from_iter([("type", Node::string("object"))]);
    if is_all && !required.is_empty() {
        result.insert("required", Node::new(Value::List(required)));
    }
    result.insert("properties", properties);
    result
}

fn united_scalars(members: &[Node]) -> Map {
    let types: Vec<&str> = members
        .iter()
        .map(|member| member.get_str("type").unwrap_or("string"))
        .collect();
    let first = types.first().copied().unwrap_or("string");
    let is_numeric = types.iter().all(|name| matches!(*name, "integer" | "number"));
    let name = match () {
        () if types.iter().all(|name| *name == first) => first,
        () if is_numeric => "number",
        () => "string",
    };
    let mut result = Map::from_iter([("type", Node::string(name))]);
    let first_format = members.first().and_then(|member| member.get("format"));
    if name == first
        && let Some(format) = first_format
        && members.iter().all(|member| member.get("format") == Some(format))
    {
        result.insert("format", format.clone());
    }
    let all_list = members.iter().all(|member| member.get("enum").is_some());
    if all_list && name == first {
        let values = members.iter().filter_map(|member| member.get("enum").cloned());
        if let Some(values) = values.reduce(|one, other| merge::united(&one, &other)) {
            result.insert("enum", values);
        }
    }
    result
}

/// One schema for a property or an item that is described differently.
fn either(engine: &mut Engine<'_, FlattenOneOf>, old: &Node, new: &Node, depth: usize) -> Node {
    if old.get("$ref").is_some() && old.get("$ref") == new.get("$ref") {
        return old.clone();
    }
    if is_annotation_only(new) {
        return old.clone();
    }
    if is_annotation_only(old) {
        return new.clone();
    }
    let members = [old.clone(), new.clone()];
    let united = if depth < MAX_DIFFERENT {
        let referred = referred(engine, &members, depth + 1);
        if let Some(mut reference) = referred {
            let text = old.get("description").or_else(|| new.get("description"));
            if let Some(text) = text {
                reference = with(&reference, "description", text.clone());
            }
            return reference;
        }
        // Rows that can be referred to are not copied: what is described differently this deep is a JSON column.
        let is_component = |name: &str| engine.members_of(name).is_some() || is_row_component(engine.view, name);
        match rows_behind(&members, is_component) {
            Some(_) => None,
            None => united(engine, &members, depth + 1),
        }
    } else {
        None
    };
    let mut result = united.unwrap_or_else(|| {
        let is_object = |node: &Node| {
            engine
                .view
                .resolve(node)
                .is_some_and(|target| shape(target) != Shape::Scalar)
        };
        opaque(is_object(old) || is_object(new))
    });
    if old.get("$ref").is_some() || new.get("$ref").is_some() {
        result = recorded(result, &members);
    }
    for source in [old, new] {
        if result.get("description").is_none()
            && let Some(text) = source.get("description")
        {
            result = with(&result, "description", text.clone());
        }
    }
    result
}

/// The schema with the values of its discriminator as those of the property.
fn with_discriminator(current: &Node, schema: &Node, discriminator: &Node) -> Node {
    let plain = without(current, &["discriminator"]).unwrap_or_else(|| current.clone());
    let mapping = discriminator.get("mapping").and_then(Node::as_map);
    let mut values: Vec<Node> = mapping
        .into_iter()
        .flat_map(Map::keys)
        .map(|key| Node::string(key.clone()))
        .collect();
    if values.is_empty() {
        // Without a mapping the names of the components are the values.
        values = ["oneOf", "anyOf"]
            .into_iter()
            .flat_map(|keyword| members(schema, keyword))
            .filter_map(|member| member.get_str("$ref")?.strip_prefix(SCHEMAS))
            .map(Node::string)
            .collect();
    }
    let Some(name) = discriminator.get_str("propertyName") else {
        return plain;
    };
    let property = plain.get("properties").and_then(|all| all.get(name));
    let Some(property) = property.filter(|property| {
        !values.is_empty()
            && property.get("enum").is_none()
            && matches!(property.get_str("type"), None | Some("string"))
            && property.get("$ref").is_none()
    }) else {
        return plain;
    };
    let property = with(property, "enum", Node::list(values));
    let properties = plain.get("properties").map(|all| with(all, name, property));
    match properties {
        Some(properties) => with(&plain, "properties", properties),
        None => plain,
    }
}
