//! Dataclasses, enums and aliases of a module.

use indexmap::IndexMap;

use super::facts::{Definition, Enum, Field, Record, Type, Unknown};
use super::pyast::{Class, Expression, Function, Kind, Operator, Statement};
use super::{annotations, docs};
use crate::source::Text;

/// What a class that is no API defines; `None` for the classes that only wait for long-running operations.
pub(super) fn read(class: &Class) -> Result<Option<Definition>, Unknown> {
    if class.bases.iter().any(|base| base.is_name("Enum")) {
        return enumeration(class).map(|read| Some(Definition::Enum(read)));
    }
    if class.decorators.iter().any(|decorator| decorator.is_name("dataclass")) {
        return record(class).map(|read| Some(Definition::Record(read)));
    }
    Ok(None)
}

fn enumeration(class: &Class) -> Result<Enum, Unknown> {
    let mut read = Enum {
        text: None,
        values: Vec::new(),
    };
    for (index, statement) in class.body.iter().enumerate() {
        match &statement.kind {
            Kind::Expression(Expression::Text(text)) if index == 0 => read.text = docs::text(text),
            Kind::Assign {
                target: Expression::Name(_),
                value: Expression::Text(value),
            } => {
                read.values.push(value.clone());
            }
            _ => return Err(Unknown::new("statement of an enum", &statement.span)),
        }
    }
    Ok(read)
}

/// A field as the class body declares it.
struct Declared {
    kind: Type,
    required: bool,
    text: Option<Text>,
}

fn record(class: &Class) -> Result<Record, Unknown> {
    let mut text = None;
    let mut declared: IndexMap<Text, Declared> = IndexMap::new();
    let mut wires: IndexMap<Text, Text> = IndexMap::new();
    let mut read_back: IndexMap<Text, (Text, bool)> = IndexMap::new();
    for statement in &class.body {
        match &statement.kind {
            // A string belongs to the field before it; before any field it is the text of the class.
            Kind::Expression(Expression::Text(words)) => match declared.last_mut() {
                Some((_, field)) => field.text = docs::text(words),
                None => text = docs::text(words),
            },
            Kind::Annotated {
                name,
                annotation,
                value,
            } => {
                let (kind, optional) =
                    annotations::read(annotation).ok_or_else(|| Unknown::new("type of a field", &statement.span))?;
                let required = value.is_none() && !optional;
                declared.insert(
                    name.clone(),
                    Declared {
                        kind,
                        required,
                        text: None,
                    },
                );
            }
            Kind::Function(function) => match function.name.as_str() {
                "as_dict" => wires = as_dict(function)?,
                "from_dict" => read_back = from_dict(function, statement)?,
                "as_shallow_dict" => {}
                _ => return Err(Unknown::new("method of a dataclass", &statement.span)),
            },
            _ => return Err(Unknown::new("statement of a dataclass", &statement.span)),
        }
    }
    let fields = declared.into_iter().map(|(attribute, field)| {
        let back = read_back.get(&attribute);
        // A field that is only read has its key in `from_dict` alone; one that is in neither goes by its own name.
        let wire = wires
            .get(&attribute)
            .or(back.map(|(wire, _)| wire))
            .unwrap_or(&attribute)
            .clone();
        let kind = if back.is_some_and(|(_, wide)| *wide) {
            widened(field.kind)
        } else {
            field.kind
        };
        Field {
            wire,
            attribute,
            kind,
            required: field.required,
            text: field.text,
        }
    });
    Ok(Record {
        text,
        fields: fields.collect(),
    })
}

fn widened(kind: Type) -> Type {
    match kind {
        Type::Integer => Type::Integer64,
        Type::List(item) => Type::List(Box::new(widened(*item))),
        other => other,
    }
}

/// Attribute to wire key: `if self.a…: body["wire"] = …`.
fn as_dict(function: &Function) -> Result<IndexMap<Text, Text>, Unknown> {
    let mut out = IndexMap::new();
    for statement in &function.body {
        match &statement.kind {
            Kind::Expression(Expression::Text(_))
            | Kind::Assign {
                target: Expression::Name(_),
                value: Expression::Dict(_),
            } => {}
            Kind::Return(Some(value)) if value.is_name("body") => {}
            Kind::If { test, body } => {
                let entry = attribute_tested(test).zip(key_set(body));
                let (attribute, key) = entry.ok_or_else(|| Unknown::new("statement of `as_dict`", &statement.span))?;
                out.insert(attribute.clone(), key.clone());
            }
            _ => return Err(Unknown::new("statement of `as_dict`", &statement.span)),
        }
    }
    Ok(out)
}

/// The `a` of `self.a` or `self.a is not None`.
fn attribute_tested(test: &Expression) -> Option<&Text> {
    match test {
        Expression::Attribute(of, name) if of.is_name("self") => Some(name),
        Expression::Compare {
            left,
            operator: Operator::IsNot,
            right,
        } if **right == Expression::None => attribute_tested(left),
        _ => None,
    }
}

fn key_set(body: &[Statement]) -> Option<&Text> {
    match body {
        [
            Statement {
                kind:
                    Kind::Assign {
                        target: Expression::Index(of, key),
                        ..
                    },
                ..
            },
        ] if of.is_name("body") => key.text(),
        _ => None,
    }
}

/// Attribute to wire key and whether the reader takes 64-bit integers from text.
fn from_dict(function: &Function, whole: &Statement) -> Result<IndexMap<Text, (Text, bool)>, Unknown> {
    let call = function.body.iter().find_map(|statement| match &statement.kind {
        Kind::Return(Some(value)) => value
            .call()
            .filter(|call| call.function.is_name("cls") && call.arguments.is_empty()),
        _ => None,
    });
    let call = call.ok_or_else(|| Unknown::new("statement of `from_dict`", &whole.span))?;
    call.keywords
        .iter()
        .map(|(attribute, value)| {
            let (key, wide) = key_read(value).ok_or_else(|| Unknown::new("value in `from_dict`", &whole.span))?;
            Ok((attribute.clone(), (key.clone(), wide)))
        })
        .collect()
}

/// The key of `d.get("key", None)`, `_from_dict(d, "key", …)`, `int(d.get("key", None))`.
fn key_read(value: &Expression) -> Option<(&Text, bool)> {
    let call = value.call()?;
    if call.function.is_path(&["d", "get"]) {
        return Some((call.arguments.first()?.text()?, false));
    }
    let reader = call.function.name()?;
    if reader == "int" {
        return key_read(call.arguments.first()?);
    }
    let (from, key) = (call.arguments.first()?, call.arguments.get(1)?);
    let wide = reader == "_int64" || reader == "_repeated_int64";
    (reader.starts_with('_') && from.is_name("d")).then_some((key.text()?, wide))
}
