//! Type annotations: the few forms that generated code uses.

use super::facts::Type;
use super::pyast::Expression;

/// The type that an annotation names, and whether it is `Optional`. `None` for a form that generated code does not use.
pub(super) fn read(annotation: &Expression) -> Option<(Type, bool)> {
    match annotation {
        Expression::Index(of, inner) if of.is_name("Optional") => Some((kind(inner)?, true)),
        other => Some((kind(other)?, false)),
    }
}

fn kind(annotation: &Expression) -> Option<Type> {
    match annotation {
        Expression::Name(name) => Some(named(name)),
        Expression::Attribute(module, name) => Some(Type::Class {
            module: Some(module.name()?.clone()),
            name: name.clone(),
        }),
        Expression::Index(of, inner) => match (of.name()?.as_str(), inner.as_ref()) {
            ("List", inner) => Some(Type::List(Box::new(kind(inner)?))),
            ("Iterator", inner) => Some(Type::Iterator(Box::new(kind(inner)?))),
            ("Wait", inner) => Some(Type::Wait(Box::new(kind(inner)?))),
            // JSON objects have text keys, whatever the annotation says.
            ("Dict", Expression::Tuple(pair)) if pair.len() == 2 => Some(Type::Map(Box::new(kind(&pair[1])?))),
            _ => None,
        },
        _ => None,
    }
}

fn named(name: &str) -> Type {
    match name {
        "str" => Type::String,
        "int" => Type::Integer,
        "float" => Type::Number,
        "bool" => Type::Boolean,
        // The generator writes the builtin function `any` where it means `Any`.
        "Any" | "any" => Type::Any,
        "dict" => Type::Object,
        "BinaryIO" => Type::Binary,
        "Timestamp" => Type::Timestamp,
        "Duration" => Type::Duration,
        "FieldMask" => Type::FieldMask,
        class => Type::Class {
            module: None,
            name: class.into(),
        },
    }
}
