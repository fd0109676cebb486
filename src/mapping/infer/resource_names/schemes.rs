//! All the ways of naming a unit that people are known to use. Which of them a provider follows is learned.

use super::joined;
use super::trimming::{ends_in, same, trimmed};
use crate::mapping::infer::learn::Proposal;
use crate::mapping::infer::units::Unit;
use crate::mapping::{number, words};

/// What each scheme calls the unit. `parent` is the name of the unit that it lies in.
pub(in crate::mapping::infer) fn of(unit: &Unit, service: &[String], parent: Option<&str>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let mut propose = |scheme: &'static str, words: &[String]| {
        if !words.is_empty() {
            proposals.push(Proposal {
                scheme,
                text: joined(words),
            });
        }
    };
    let fixed = &unit.fixed;
    if let Some(last) = fixed.last() {
        propose("the last segment", last);
        propose("the last segment in the plural", &words::pluralized(last));
        propose("the last segment in the singular", &words::singularized(last));
        let all: Vec<String> = fixed.concat();
        propose("all segments", &all);
        propose("all segments without the service", trimmed(&all, service, &unit.api));
        let chained = chain(fixed);
        propose("all segments, parents in the singular", &chained);
        propose(
            "all segments without the service, parents in the singular",
            trimmed(&chained, service, &unit.api),
        );
        for (scheme, plain, length) in [
            ("parent and last segment", "parent as written and last segment", 2),
            (
                "two parents and last segment",
                "two parents as written and last segment",
                3,
            ),
        ] {
            if fixed.len() >= length {
                let tail = &fixed[fixed.len() - length..];
                propose(scheme, &chain(tail));
                propose(plain, &tail.concat());
            }
        }
        propose(
            "service and last segment",
            &[&words::singularized(service), last.as_slice()].concat(),
        );
        propose(
            "service as written and last segment",
            &[service, last.as_slice()].concat(),
        );
        if let Some(parent) = parent {
            let parent = words::split(parent);
            propose(
                "the parent's name and the last segment",
                &[&words::singularized(&parent), last.as_slice()].concat(),
            );
            propose("the parent's name", &parent);
        }
    }
    if let Some(noun) = &unit.noun {
        let short = trimmed(&noun.words, service, &unit.api);
        propose("what the ids say, in the plural", &words::pluralized(&noun.words));
        propose("what the ids say", &noun.words);
        propose(
            "what the ids say without the service, in the plural",
            &words::pluralized(short),
        );
        propose("what the ids say without the service", short);
        propose("what the ids say, as written", &noun.written);
        propose(
            "service and what the ids say",
            &words::pluralized(&[&words::singularized(service), noun.words.as_slice()].concat()),
        );
        propose(
            "service as written and what the ids say",
            &words::pluralized(&[service, noun.words.as_slice()].concat()),
        );
    }
    if let Some(lead) = &unit.lead {
        propose("what the ids start with", lead);
        propose("what the ids start with, in the plural", &words::pluralized(lead));
        propose(
            "what the ids start with, without the service",
            trimmed(lead, service, &unit.api),
        );
        if let Some(noun) = unit.noun.as_ref().filter(|noun| !noun.leads) {
            let both = [&words::singularized(lead), noun.words.as_slice()].concat();
            propose("start and object of the ids", &words::pluralized(&both));
            propose(
                "start and object of the ids, without the service",
                &words::pluralized(trimmed(&both, service, &unit.api)),
            );
        }
        if let Some(last) = fixed.last() {
            propose(
                "start of the ids and last segment",
                &[&words::singularized(lead), last.as_slice()].concat(),
            );
        }
    }
    if let Some(tag) = &unit.tag {
        let tag = words::split(tag.split('(').next().unwrap_or(tag));
        propose("the tag", &tag);
        propose("the tag in the plural", &words::pluralized(&tag));
        propose("the tag without the service", trimmed(&tag, service, &unit.api));
        propose(
            "the tag without the service, in the plural",
            &words::pluralized(trimmed(&tag, service, &unit.api)),
        );
        if let Some(last) = fixed.last() {
            propose(
                "tag and last segment",
                &[&words::singularized(&tag), last.as_slice()].concat(),
            );
        }
    }
    if let Some(schema) = &unit.schema {
        let schema = words::split(schema);
        propose("the schema in the plural", &words::pluralized(&schema));
        propose("the schema", &schema);
        propose(
            "the schema without the service, in the plural",
            &words::pluralized(trimmed(&schema, service, &unit.api)),
        );
    }
    if let Some(group) = &unit.group {
        let name = words::split(&group.name);
        propose("the group", std::slice::from_ref(&group.name));
        propose("the group in the plural", &words::pluralized(&name));
        if let Some(part) = &group.part {
            propose("group and part", &[group.name.clone(), part.clone()]);
            propose(
                "group in the singular and part",
                &[number::singular(&group.name), part.clone()],
            );
            propose("the part", std::slice::from_ref(part));
        }
    }
    propose("the service", service);
    proposals
}

/// How path and ids relate: schemes that are right in one relation are wrong in another.
pub(in crate::mapping::infer) fn kind(unit: &Unit, service: &[String]) -> &'static str {
    let Some(last) = unit.fixed.last() else {
        return "no path";
    };
    let Some(noun) = &unit.noun else { return "no noun" };
    let noun = trimmed(&noun.words, service, &unit.api);
    match () {
        () if same(noun, last) => "path and ids agree",
        () if ends_in(noun, last) => "ids say more",
        () if ends_in(last, noun) => "path says more",
        () => "path and ids differ",
    }
}

/// All but the last in the singular.
fn chain(fixed: &[Vec<String>]) -> Vec<String> {
    let mut name = Vec::new();
    for (at, words) in fixed.iter().enumerate() {
        name.extend(if at + 1 < fixed.len() {
            words::singularized(words)
        } else {
            words.clone()
        });
    }
    name
}
