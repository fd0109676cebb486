//! The names that a unit could have, best first.

use super::trimming::{ends_in, same, trimmed};
use super::{Name, TagUse, joined, plural_if};
use crate::mapping::infer::units::Unit;
use crate::mapping::words;

/// Candidates for a unit in its service.
pub(super) fn of(unit: &Unit, service: &[String], tags: &TagUse) -> Vec<Name> {
    if let Some(group) = &unit.group {
        let text = match &group.part {
            Some(part) if group.is_scope => part.clone(),
            Some(part) => format!("{}_{part}", group.name),
            None => group.name.clone(),
        };
        return vec![Name { text, why: format!("the operation ids group it under `{}`", group.name), confidence: 0.9 }];
    }
    let mut names = Vec::new();
    if let Some(tag) = tags.name_of(unit) {
        names.push(by_tag(tag, unit, service));
    }
    names.extend(by_noun(unit, service));
    names.extend(by_path(unit, service));
    if names.is_empty() {
        let tag = unit.tag.as_deref().map(words::split).filter(|tag| !tag.is_empty());
        let words = tag.unwrap_or_else(|| service.to_vec());
        names.push(Name { text: joined(&words), why: "neither path nor id names a thing".to_owned(), confidence: 0.3 });
    }
    names.retain(|name| !name.text.is_empty());
    names
}

/// The tag, where each tag stands for one collection.
fn by_tag(tag: &str, unit: &Unit, service: &[String]) -> Name {
    let plain = tag.split('(').next().unwrap_or(tag);
    let words = words::split(plain);
    let text = joined(&plural_if(trimmed(&words, service, None), unit.is_collection));
    Name { text, why: format!("the tag `{tag}` stands for it alone"), confidence: 0.85 }
}

/// What the operation ids call it, when that agrees with the path or when nearly all ids agree.
fn by_noun(unit: &Unit, service: &[String]) -> Option<Name> {
    let found = unit.noun.as_ref()?;
    if unit.noun_leads && found.leads {
        return Some(Name { text: joined(&found.written), why: format!("the operation ids start with `{}`", found.written.join(" ")), confidence: 0.75 });
    }
    let noun = trimmed(&found.words, service, None);
    let Some(last) = unit.fixed.last() else {
        return Some(Name { text: joined(&plural_if(noun, unit.is_collection)), why: format!("the operation ids call it `{}`", noun.join(" ")), confidence: 0.6 });
    };
    if unit.noun_leads {
        return Some(Name { text: joined(&plural_if(noun, unit.is_collection)), why: format!("the operation ids call it `{}`", noun.join(" ")), confidence: 0.7 });
    }
    if same(noun, last) {
        let plural = unit.is_collection && unit.listed_in_plural;
        return Some(Name { text: joined(&plural_if(last, plural)), why: format!("path and operation ids call it `{}`", noun.join(" ")), confidence: 0.85 });
    }
    if ends_in(noun, last) {
        return Some(Name { text: joined(&plural_if(noun, unit.is_collection)), why: format!("the operation ids call it `{}`, the path `{}`", noun.join(" "), last.join(" ")), confidence: 0.75 });
    }
    let agreed = found.agreeing >= 4 && found.agreeing * 10 >= found.all * 8;
    (agreed && !ends_in(last, noun)).then(|| Name { text: joined(&plural_if(noun, unit.is_collection)), why: format!("the operation ids agree on `{}`", noun.join(" ")), confidence: 0.6 })
}

/// The last segment; then the last two, three …: each is there for the case that the one before is taken.
fn by_path(unit: &Unit, service: &[String]) -> Vec<Name> {
    let fixed = &unit.fixed;
    let mut names = Vec::new();
    for from in (0..fixed.len()).rev() {
        let mut name: Vec<String> = Vec::new();
        for (at, words) in fixed[from..].iter().enumerate() {
            if from + at + 1 < fixed.len() { name.extend(words::singularized(words)) } else { name.extend(words.iter().cloned()) }
        }
        let text = joined(trimmed(&name, service, None));
        names.push(Name { why: format!("the path names it `{}`", name.join(" ")), text, confidence: if from + 1 == fixed.len() { 0.7 } else { 0.6 } });
    }
    names
}
