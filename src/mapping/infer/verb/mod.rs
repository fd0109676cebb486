//! Which SQL verb an operation answers.
//!
//! Each heuristic looks at one kind of evidence and may give an opinion; the surest opinion wins, of equally sure ones
//! the first in the list. The others count as dissent, which the confidence of the row takes into account.

mod action_path;
mod deleted_part;
mod http_verb;
mod operation_verb;
mod post_search;
mod replaced_part;
mod request_schema;
mod response_schema;
mod siblings;

use std::borrow::Cow;

use super::survey::{Facts, Survey};
use crate::mapping::SqlVerb;
pub(super) use http_verb::usual;

/// What a heuristic thinks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Opinion {
    /// The verb.
    pub(crate) verb: SqlVerb,
    /// How sure, 0 to 1.
    pub(crate) confidence: f32,
    /// Why, as the end of a sentence that starts with the verb.
    pub(crate) why: Cow<'static, str>,
}

fn opinion(verb: SqlVerb, confidence: f32, why: impl Into<Cow<'static, str>>) -> Option<Opinion> {
    Some(Opinion {
        verb,
        confidence,
        why: why.into(),
    })
}

/// One kind of evidence.
pub(crate) struct Heuristic {
    /// The name of its file.
    pub(crate) id: &'static str,
    judge: fn(&Facts<'_>, &Survey<'_>) -> Option<Opinion>,
}

/// All heuristics.
pub(crate) const HEURISTICS: &[Heuristic] = &[
    Heuristic {
        id: "response_schema",
        judge: response_schema::judge,
    },
    Heuristic {
        id: "request_schema",
        judge: request_schema::judge,
    },
    Heuristic {
        id: "action_path",
        judge: action_path::judge,
    },
    Heuristic {
        id: "deleted_part",
        judge: deleted_part::judge,
    },
    Heuristic {
        id: "replaced_part",
        judge: replaced_part::judge,
    },
    Heuristic {
        id: "operation_verb",
        judge: operation_verb::judge,
    },
    Heuristic {
        id: "post_search",
        judge: post_search::judge,
    },
    Heuristic {
        id: "siblings",
        judge: siblings::judge,
    },
    Heuristic {
        id: "http_verb",
        judge: http_verb::judge,
    },
];

/// A decision with its origin.
pub(super) struct Decision {
    pub(super) opinion: Opinion,
    /// The surest opinion for another verb.
    pub(super) dissent: Option<Opinion>,
}

/// Asks all heuristics.
pub(super) fn decide(facts: &Facts<'_>, survey: &Survey<'_>) -> Decision {
    let mut opinions: Vec<(&'static str, Opinion)> = HEURISTICS
        .iter()
        .filter_map(|heuristic| Some((heuristic.id, (heuristic.judge)(facts, survey)?)))
        .collect();
    // Stable, so that of equally sure opinions the first stays first.
    opinions.sort_by(|left, right| right.1.confidence.total_cmp(&left.1.confidence));
    let mut opinions = opinions.into_iter();
    let (_, opinion) = opinions.next().unwrap_or((
        "http_verb",
        Opinion {
            verb: SqlVerb::Exec,
            confidence: 0.3,
            why: "nothing else is known".into(),
        },
    ));
    let dissent = opinions
        .map(|(_, other)| other)
        .find(|other| other.verb != opinion.verb);
    Decision { opinion, dissent }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::HEURISTICS;

    /// Each file beside this one is in the list under its own name, once, and says first what it looks at.
    #[test]
    fn each_heuristic_is_a_file_of_its_name() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mapping/infer/verb");
        let mut files = BTreeSet::new();
        for entry in std::fs::read_dir(folder).expect("the folder of this file") {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            if name != "mod" {
                let text = std::fs::read_to_string(&path).expect("text");
                assert!(text.starts_with("//! "), "{name} does not say what it looks at");
                files.insert(name);
            }
        }
        let listed: BTreeSet<String> = HEURISTICS.iter().map(|heuristic| heuristic.id.to_owned()).collect();
        assert_eq!(listed.len(), HEURISTICS.len(), "an id twice");
        assert_eq!(listed, files);
    }
}
