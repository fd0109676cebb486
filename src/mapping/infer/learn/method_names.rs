//! Method names: the whole id, its last part, its verb, the verb of SQL …

use super::{Example, Proposal, Ranker};
use crate::mapping::infer::operation_words::IdStyle;
use crate::mapping::infer::survey::{Facts, Place};
use crate::mapping::{SqlVerb, number, words};
use crate::openapi::HttpVerb;

/// What a method could be called.
pub(in crate::mapping::infer) fn proposals(
    facts: &Facts<'_>,
    verb: SqlVerb,
    resource: &str,
    style: IdStyle,
    default: &str,
) -> (Vec<Proposal>, Vec<String>) {
    let id = &facts.id;
    let whole = facts.operation.id.as_str();
    let mut proposals = vec![Proposal {
        scheme: "inferred",
        text: default.to_owned(),
    }];
    let mut propose = |scheme: &'static str, text: String| {
        if !text.is_empty() {
            proposals.push(Proposal { scheme, text });
        }
    };
    let method = if style == IdStyle::Grouped {
        id.method.strip_prefix("begin_").unwrap_or(&id.method)
    } else {
        &id.method
    };
    propose("last part of the id", words::snake(method));
    propose("whole id", words::snake(whole));
    propose("id as written", whole.to_owned());
    propose("last part as written", method.to_owned());
    propose("words of the id", words::split(method).join("_"));
    propose("usual name of the verb", usual(facts, verb).to_owned());
    if let Some(at) = id.verb_at {
        let after = &id.words[at..];
        propose("verb of the id", id.words[at].clone());
        propose("id from its verb", after.join("_"));
        propose("id without the resource", without_resource(after, resource));
        propose(
            "usual name and what the id adds",
            with_addition(usual(facts, verb), &after[1..], resource),
        );
    }
    if let Some(action) = facts
        .path
        .custom_verb
        .as_deref()
        .or_else(|| facts.path.last_fixed().filter(|_| facts.place == Place::Action))
    {
        propose("action of the path", action.join("_"));
    }
    propose("HTTP verb", facts.operation.verb.as_str().to_owned());
    let kind = format!("{verb} {}", if facts.place == Place::Action { "action" } else { "" });
    let meaning = format!("{kind} {} {:?}", facts.operation.verb, id.meaning);
    (proposals, vec![kind, meaning])
}

/// `list`, `get`, `create`, `update`, `replace`, `delete`.
fn usual(facts: &Facts<'_>, verb: SqlVerb) -> &'static str {
    match verb {
        SqlVerb::Select if super::super::object_key::answers_list(facts) => "list",
        SqlVerb::Select => "get",
        SqlVerb::Insert => "create",
        SqlVerb::Update => "update",
        SqlVerb::Replace if facts.operation.verb == HttpVerb::Put => "replace",
        SqlVerb::Replace => "update",
        SqlVerb::Delete => "delete",
        SqlVerb::Exec => "",
    }
}

/// `reset_widget_password` on `widgets` is `reset_password`.
fn without_resource(phrase: &[String], resource: &str) -> String {
    let of_resource: Vec<String> = words::split(resource)
        .iter()
        .map(|word| number::singular(word))
        .collect();
    let kept: Vec<&str> = phrase
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || !of_resource.contains(&number::singular(word)))
        .map(|(_, word)| word.as_str())
        .collect();
    kept.join("_")
}

/// `list` and `by_shop` of `list_widgets_by_shop`.
fn with_addition(usual: &str, rest: &[String], resource: &str) -> String {
    let Some(at) = rest
        .iter()
        .position(|word| matches!(word.as_str(), "by" | "for" | "in" | "of" | "from"))
    else {
        return String::new();
    };
    if usual.is_empty() {
        return String::new();
    }
    let addition = rest[at + 1..].join("_");
    if addition.is_empty() || number::singular(&addition) == number::singular(resource) {
        String::new()
    } else {
        format!("{usual}_by_{addition}")
    }
}

/// The lesson, if there is one.
pub(in crate::mapping::infer) fn learn(examples: &[Example]) -> Option<Ranker> {
    Ranker::learn(examples)
}
