//! Making every object what the table of the specification says it is.

use super::draft::Log;
use super::layout::{Field, Kind, field};
use super::merge::is_annotation;
use super::place::Place;
use super::{objects, schemas};
use crate::source::{Entry, List, Map, Node, Value};

/// What becomes of a value.
pub(super) enum Outcome {
    /// It is as it should be.
    Same,
    /// It becomes this.
    New(Node),
    /// Nothing can be made of it.
    Drop,
}

impl Outcome {
    /// The new value, if there is one.
    pub(super) fn into_change(self) -> Option<Node> {
        match self {
            Outcome::New(node) => Some(node),
            Outcome::Same | Outcome::Drop => None,
        }
    }
}

/// Makes an object and everything in it conform. Each correction is recorded where it is made.
pub(super) fn conform(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    if node.as_map().is_none() {
        return not_a_map(kind, node, place, log);
    }
    if kind.section().is_some()
        && let Some(reference) = node.get("$ref")
    {
        if reference.as_str().is_some() {
            return plain_reference(kind, node, place, log);
        }
        log.removed(&place.key("$ref"), reference);
    }
    // First what other dialects write in their own keys, then key by key, then what must be there in the end.
    let translated = match kind {
        Kind::Schema => schemas::translated(node, place, log),
        _ => objects::translated(kind, node, place, log),
    };
    let current = translated.as_ref().unwrap_or(node);
    let fields = conform_fields(kind, current, place, log);
    let changed = fields.or(translated);
    match objects::completed(kind, changed.as_ref().unwrap_or(node), place, log) {
        Outcome::Same => changed.map_or(Outcome::Same, Outcome::New),
        outcome => outcome,
    }
}

fn not_a_map(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let new = match kind {
        Kind::Schema | Kind::Document => Node::map(Map::new()),
        Kind::Example => Node::map(Map::from_iter([("value", node.clone())])),
        Kind::SecurityRequirement if node.as_str().is_some() => Node::map(Map::from_iter([(
            node.as_text().cloned().unwrap_or_default(),
            Node::list([]),
        )])),
        Kind::Tag if node.as_str().is_some() => Node::map(Map::from_iter([("name", node.clone())])),
        _ => return Outcome::Drop,
    };
    log.replaced(place, node, &new);
    Outcome::New(new.at(node.span))
}

/// A reference with nothing beside it but annotations of a schema.
fn plain_reference(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let may_stay = |entry: &Entry| {
        entry.key == "$ref" || (kind == Kind::Schema && is_annotation(&entry.key) && entry.key != "discriminator")
    };
    let Some(map) = node.as_map() else { return Outcome::Same };
    let mut plain: Option<Map> = None;
    for entry in map {
        let place = place.key(&entry.key);
        let corrected = if !may_stay(entry) {
            log.removed(&place, &entry.value);
            Outcome::Drop
        } else if entry.key == "$ref" || entry.key.starts_with("x-") {
            Outcome::Same
        } else {
            field(kind, &entry.key).map_or(Outcome::Same, |field| value(field, &entry.value, &place, log))
        };
        match corrected {
            Outcome::Same => {}
            Outcome::New(new) => drop(plain.get_or_insert_with(|| map.clone()).insert(entry.key.clone(), new)),
            Outcome::Drop => drop(plain.get_or_insert_with(|| map.clone()).remove(&entry.key)),
        }
    }
    plain.map_or(Outcome::Same, |plain| Outcome::New(Node::map(plain).at(node.span)))
}

fn conform_fields(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let map = node.as_map()?;
    let mut changes: Vec<(usize, Option<Node>)> = Vec::new();
    for (index, entry) in map.iter().enumerate() {
        let place = place.key(&entry.key);
        let known = field(kind, &entry.key);
        if known.is_none() && (entry.key.starts_with("x-") || kind == Kind::SecurityRequirement) {
            continue;
        }
        let Some(known) = known else {
            log.removed(&place, &entry.value);
            changes.push((index, None));
            continue;
        };
        match value(known, &entry.value, &place, log) {
            Outcome::Same => {}
            Outcome::New(new) => changes.push((index, Some(new))),
            Outcome::Drop => {
                log.removed(&place, &entry.value);
                changes.push((index, None));
            }
        }
    }
    if changes.is_empty() {
        return None;
    }
    let mut changes = changes.into_iter().peekable();
    let mut entries = ecow::EcoVec::with_capacity(map.len());
    for (index, entry) in map.iter().enumerate() {
        match changes.next_if(|(at, _)| *at == index) {
            None => entries.push(entry.clone()),
            Some((_, Some(new))) => entries.push(Entry {
                value: new,
                ..entry.clone()
            }),
            Some((_, None)) => {}
        }
    }
    Some(Node::map(Map::from_unique(entries)).at(node.span))
}

/// Makes a value what its key holds. Changes below are recorded; that the value itself is dropped is for the caller to
/// record.
fn value(field: Field, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let scalar = match field {
        Field::One(kind) => return conform(kind, node, place, log),
        Field::MapOf(kind) => return map_of(kind, node, place, log),
        Field::ListOf(kind) => return list_of(kind, node, place, log),
        Field::SchemaOrFlag => match (&node.value, as_flag(node)) {
            (Value::Map(_), _) => return conform(Kind::Schema, node, place, log),
            (_, flag) => flag.map(Node::bool),
        },
        Field::Any => return Outcome::Same,
        Field::Text => as_text(node),
        Field::TypeName => node.as_str().is_some().then(|| node.clone()),
        Field::Flag => as_flag(node).map(Node::bool),
        Field::Number => as_number(node),
        Field::PositiveNumber => as_number(node).filter(|number| number_value(number).is_some_and(|value| value > 0.0)),
        Field::Count => as_count(node),
        Field::Texts => as_texts(node),
        Field::Values => match &node.value {
            Value::List(list) if list.is_empty() => None,
            Value::List(_) => Some(node.clone()),
            Value::Map(_) | Value::Null => None,
            _ => Some(Node::list([node.clone()])),
        },
        Field::MapOfText => as_map_of_text(node),
    };
    match scalar {
        None => Outcome::Drop,
        Some(new) if new == *node => Outcome::Same,
        Some(new) => {
            let new = new.at(node.span);
            log.replaced(place, node, &new);
            Outcome::New(new)
        }
    }
}

fn map_of(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let Some(map) = node.as_map() else { return Outcome::Drop };
    let mut entries: Option<Vec<Option<Entry>>> = None;
    for (index, entry) in map.iter().enumerate() {
        let place = place.key(&entry.key);
        let new = match conform(kind, &entry.value, &place, log) {
            Outcome::Same => continue,
            Outcome::New(new) => Some(Entry {
                value: new,
                ..entry.clone()
            }),
            Outcome::Drop => {
                log.removed(&place, &entry.value);
                None
            }
        };
        entries.get_or_insert_with(|| map.iter().cloned().map(Some).collect())[index] = new;
    }
    entries.map_or(Outcome::Same, |entries| {
        Outcome::New(Node::map(Map::from_unique(entries.into_iter().flatten().collect())).at(node.span))
    })
}

fn list_of(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let Some(list) = node.as_list() else {
        // One object where a list of them belongs.
        let is_one = node.as_map().is_some_and(|map| !map.is_empty());
        if !is_one {
            return Outcome::Drop;
        }
        let wrapped = Node::list([node.clone()]).at(node.span);
        log.replaced(place, node, &wrapped);
        return match list_of(kind, &wrapped, place, log) {
            Outcome::Same => Outcome::New(wrapped),
            outcome => outcome,
        };
    };
    // A composition of nothing means nothing.
    if list.is_empty() && kind == Kind::Schema {
        return Outcome::Drop;
    }
    let mut items: Option<Vec<Option<Node>>> = None;
    for (index, item) in list.iter().enumerate() {
        let place = place.index(index);
        let new = match conform(kind, item, &place, log) {
            Outcome::Same => continue,
            Outcome::New(new) => Some(new),
            Outcome::Drop => {
                log.removed(&place, item);
                None
            }
        };
        items.get_or_insert_with(|| list.iter().cloned().map(Some).collect())[index] = new;
    }
    items.map_or(Outcome::Same, |items| {
        Outcome::New(Node::new(Value::List(items.into_iter().flatten().collect())).at(node.span))
    })
}

fn as_text(node: &Node) -> Option<Node> {
    match &node.value {
        Value::String(_) => Some(node.clone()),
        Value::Bool(_) | Value::Number(_) => node.scalar_text().map(Node::string),
        // A text written as a list of lines.
        Value::List(list) => {
            let lines: Vec<_> = list.iter().map(|line| line.as_str()).collect::<Option<_>>()?;
            (!lines.is_empty()).then(|| Node::string(lines.join("\n")))
        }
        Value::Map(_) | Value::Null => None,
    }
}

/// The truth that a value stands for.
pub(super) fn as_flag(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) | Value::Number(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn number_value(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

/// A number, also one that is written in quotes. Numbers beyond 64 bits are dropped: readers refuse them.
pub(super) fn as_number(node: &Node) -> Option<Node> {
    match &node.value {
        Value::Number(_) => number_value(node).map(|_| node.clone()),
        Value::String(text) => {
            let text = text.trim();
            let number: f64 = text.parse().ok()?;
            let is_plain = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
            (number.is_finite() && is_plain).then(|| Node::new(Value::Number(text.trim_start_matches('+').into())))
        }
        _ => None,
    }
}

fn as_count(node: &Node) -> Option<Node> {
    let number = as_number(node)?;
    let value = number_value(&number)?;
    if number.as_i64().is_some_and(|count| count >= 0) {
        return Some(number);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    ((0.0..9e15).contains(&value) && value.fract() == 0.0).then(|| Node::integer(value as i64))
}

/// A list of texts, each once.
fn as_texts(node: &Node) -> Option<Node> {
    let list = match &node.value {
        Value::List(list) => list.clone(),
        Value::String(_) => List::from([node.clone()].as_slice()),
        _ => return None,
    };
    let mut texts = List::new();
    for item in list.iter().filter(|item| !item.is_null()) {
        if let Some(text) = item.scalar_text() {
            let text = Node::string(text).at(item.span);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    Some(Node::new(Value::List(texts)))
}

fn as_map_of_text(node: &Node) -> Option<Node> {
    let map = node.as_map()?;
    let texts = map.iter().filter_map(|entry| {
        let text = entry.value.scalar_text().filter(|_| !entry.value.is_null());
        Some(Entry {
            value: Node::string(text?).at(entry.value.span),
            ..entry.clone()
        })
    });
    Some(Node::map(Map::from_unique(texts.collect())))
}
