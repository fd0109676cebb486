//! The class of a page: the loop over a list says only which key holds the elements.

use super::facts::{Api, Definition, Method, Module, Paging, Record, Type};
use crate::source::Text;

/// The class of a page, as far as the module tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrapper {
    /// The only class that fits, or the best of several that have the same fields.
    Class(Text),
    /// The best of several that differ.
    OneOf(Text, usize),
    /// No class fits; the page is described by its keys alone.
    None,
}

/// Finds the class in a module that has the elements under `key` and what the next request needs.
pub(super) fn find(module: &Module, api: &Api, method: &Method, key: &str, item: &Type) -> Wrapper {
    let next = match &method.paging {
        Some(Paging::Token { response, .. } | Paging::NextBody { response }) => Some(response),
        _ => None,
    };
    let fits = |record: &Record| {
        let has_elements = record
            .fields
            .iter()
            .any(|field| field.wire == key && is_list_of(&field.kind, item));
        has_elements && next.is_none_or(|next| record.fields.iter().any(|field| field.wire == *next))
    };
    let mut fitting: Vec<(&Text, &Record)> = module
        .definitions
        .iter()
        .filter_map(|(name, definition)| match definition {
            Definition::Record(record) if fits(record) => Some((name, record)),
            _ => None,
        })
        .collect();
    let wanted = words_of(api, method);
    fitting.sort_by_key(|(name, record)| {
        (
            std::cmp::Reverse(likeness(name, &wanted)),
            record.fields.len(),
            name.len(),
            (*name).clone(),
        )
    });
    match fitting.as_slice() {
        [] => Wrapper::None,
        [(name, first), others @ ..] if others.iter().all(|(_, other)| same_fields(first, other)) => {
            Wrapper::Class((*name).clone())
        }
        [(name, _), ..] => Wrapper::OneOf((*name).clone(), fitting.len()),
    }
}

fn is_list_of(kind: &Type, item: &Type) -> bool {
    matches!(kind, Type::List(inner) if **inner == *item)
}

fn same_fields(one: &Record, other: &Record) -> bool {
    one.fields.len() == other.fields.len()
        && one
            .fields
            .iter()
            .zip(&other.fields)
            .all(|(a, b)| a.wire == b.wire && a.kind == b.kind)
}

/// The words that the name of the right class is made of: those of the method, of its class, and the usual ends.
fn words_of(api: &Api, method: &Method) -> Vec<String> {
    let class = api.class.strip_suffix("API").unwrap_or(&api.class);
    let mut words: Vec<String> = method.name.split('_').map(str::to_owned).collect();
    words.extend(super::operations::snake(class).split('_').map(str::to_owned));
    words.push("response".to_owned());
    words
}

/// Words in common, less the words that are in neither the method nor its class.
fn likeness(name: &str, wanted: &[String]) -> isize {
    let same = |a: &str, b: &str| a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    let score = |word: &str| {
        if wanted.iter().any(|known| same(known, word)) {
            2
        } else {
            -1
        }
    };
    super::operations::snake(name).split('_').map(score).sum()
}
