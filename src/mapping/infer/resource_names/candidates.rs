//! The names that a unit could have, best first.

use super::trimming::{ends_in, same, trimmed};
use super::{Name, TagUse, joined, plural_if};
use crate::mapping::infer::units::Unit;
use crate::mapping::verbs::{self, Meaning};
use crate::mapping::{number, words};

/// Candidates for a unit in its service.
///
/// `is_said` tells whether the ids of the service say its name before each thing.
pub(super) fn of(unit: &Unit, service: &[String], is_said: bool, tags: &TagUse) -> Vec<Name> {
    if let Some(group) = &unit.group {
        let words = match &group.part {
            Some(part) if group.is_scope => vec![part.clone()],
            Some(part) => vec![group.name.clone(), part.clone()],
            None => vec![group.name.clone()],
        };
        let mut names = vec![Name::of_thing(
            &words,
            format!("the operation ids group it under `{}`", group.name),
        )];
        without_quotes(&mut names, service);
        return names;
    }
    let mut names = Vec::new();
    if let Some(tag) = tags.name_of(unit) {
        names.push(by_tag(tag, &tags.words(tag), unit, service));
    }
    names.extend(by_noun(unit, service, is_said));
    names.extend(by_path(unit, service));
    if names.is_empty() {
        let tag = unit.tag.as_deref().map(words::split).filter(|tag| !tag.is_empty());
        let words = tag.unwrap_or_else(|| service.to_vec());
        names.push(Name::of_thing(&words, "neither path nor id names a thing".to_owned()));
    }
    names.retain(|name| !name.text.is_empty());
    without_quotes(&mut names, service);
    names
}

/// A name that starts with a digit needs quotes: one that does not is taken instead, else the service goes before it.
fn without_quotes(names: &mut Vec<Name>, service: &[String]) {
    let starts_with_digit = |name: &Name| words::starts_with_digit(&name.text);
    if !names.iter().all(starts_with_digit) {
        names.retain(|name| !starts_with_digit(name));
        return;
    }
    for name in names {
        name.text = format!("{}_{}", joined(service), name.text);
    }
}

/// The tag, where each tag stands for one collection.
fn by_tag(tag: &str, words: &[String], unit: &Unit, service: &[String]) -> Name {
    let words = plural_if(trimmed(words, service, &unit.api), unit.is_collection);
    Name::of_thing(&words, format!("the tag `{tag}` stands for it alone"))
}

/// What the operation ids call it, when that agrees with the path or when nearly all ids agree.
fn by_noun(unit: &Unit, service: &[String], is_said: bool) -> Option<Name> {
    let found = unit.noun.as_ref()?;
    if unit.noun_leads && found.leads {
        let why = format!("the operation ids start with `{}`", found.written.join(" "));
        let said = if is_said {
            trimmed(&found.written, service, &unit.api)
        } else {
            &found.written
        };
        return Some(Name::of_thing(said, why));
    }
    let noun = trimmed(&found.words, service, &unit.api);
    let called = noun.join(" ");
    // One thing that the ids call by a plural (`getShopSettings`) keeps it.
    let plural = unit.is_collection || number::are_plural(&found.written);
    let name = |why: String| Some(Name::of_thing(&plural_if(noun, plural), why));
    if unit.fixed.is_empty() && same(noun, service) {
        return Some(Name::of_thing(
            service,
            format!("the service is about `{called}` alone"),
        ));
    }
    let Some(last) = unit.fixed.last().filter(|_| !unit.noun_leads) else {
        return name(format!("the operation ids call it `{called}`"));
    };
    if same(noun, last) {
        let plural = unit.is_collection && unit.listed_in_plural;
        let words = plural_if(last, plural);
        return Some(Name::of_thing(
            &words,
            format!("path and operation ids call it `{called}`"),
        ));
    }
    // `/configmaps` of `listConfigMaps`, and of `listNamespacedConfigMaps`.
    if let Some(at) = (0..noun.len()).find(|&at| is_glued(last, &noun[at..])) {
        let words = plural_if(&noun[at..], plural);
        return Some(Name::of_thing(
            &words,
            format!("the operation ids tell the words of `{}` apart", last.join(" ")),
        ));
    }
    if ends_in(noun, last) {
        // The ids may say where it lies, `shop widget` below `/shops`. What they add beyond the path is left out, but where
        // it ties together what lies at several paths.
        let ties = found.is_shared && unit.fixed.len() > 1;
        if !ties && !noun.iter().all(|word| is_in_path(word, unit)) {
            return None;
        }
        return name(format!(
            "the operation ids call it `{called}`, the path `{}`",
            last.join(" ")
        ));
    }
    let agreed = found.agreeing * 10 >= found.all * 8;
    if !agreed || ends_in(last, noun) || noun.iter().all(|word| is_no_thing(word)) {
        return None;
    }
    name(if unit.members.len() > 1 {
        format!("the operation ids agree on `{called}`")
    } else {
        format!("its only operation calls it `{called}`")
    })
}

fn asks(word: &str) -> bool {
    verbs::is_bare(word) || verbs::meaning(word) == Some(Meaning::Search)
}

fn is_in_path(word: &str, unit: &Unit) -> bool {
    let mut words = unit.fixed.iter().flatten();
    words.any(|of_path| number::singular(of_path) == number::singular(word))
}

/// Whether a segment is the noun written in one: `/tagdefs` of `listTagDefs`.
fn is_glued(segment: &[String], noun: &[String]) -> bool {
    noun.len() > segment.len() && number::singular(&segment.concat()) == number::singular(&noun.concat())
}

/// Words that are left of an id when nothing in it names a thing: `purgeAll`, `widgetGetList`.
fn is_no_thing(word: &str) -> bool {
    word == "all"
        || matches!(
            verbs::meaning(word),
            Some(Meaning::Read | Meaning::Create | Meaning::Update | Meaning::Replace | Meaning::Delete)
        )
}

/// `/widgets/{id}/getEvents` has events.
fn without_read(segment: &[String]) -> &[String] {
    match segment {
        [first, rest @ ..] if !rest.is_empty() && matches!(first.as_str(), "get" | "list" | "fetch" | "retrieve") => {
            rest
        }
        _ => segment,
    }
}

/// The last segment; then the last two, three …: each is there for the case that the one before is taken.
fn by_path(unit: &Unit, service: &[String]) -> Vec<Name> {
    let fixed = &unit.fixed;
    let mut names = Vec::new();
    for from in (0..fixed.len()).rev() {
        let mut words: Vec<String> = Vec::new();
        for (at, segment) in fixed.iter().enumerate().skip(from) {
            words.extend(if at + 1 < fixed.len() {
                words::singularized(segment)
            } else {
                without_read(segment).to_vec()
            });
        }
        // `list`, `search` alone name no thing.
        if from > 0 && matches!(words.as_slice(), [only] if asks(only)) {
            continue;
        }
        let why = format!("the path names it `{}`", words.join(" "));
        names.push(Name::of_place(trimmed(&words, service, &unit.api), why));
    }
    names
}
