//! Which split suits a spec, for `spgen init` and for specs without configuration.

use super::assign::{Assigner, path_segment};
use super::{SplitBy, SplitRules};
use crate::diagnostic::counted;
use crate::openapi::Spec;
use crate::source::Text;

/// Up to this many operations a spec is one service.
const SMALL: usize = 24;

/// More services than this are too many to find anything in.
const MAX_SERVICES: usize = 120;

/// More operations than this make a service slow to load.
const LARGE: usize = 300;

/// A proposed split with its consequences.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The rules.
    pub rules: SplitRules,
    /// Each service with its number of operations.
    pub services: Vec<(Text, usize)>,
    /// The sizes in words: `14 services, 2 over 300 operations, 5 with one operation`.
    pub sizes: String,
}

/// Proposes a split: several specs stay one service each; one spec is split by tag if its tags divide it sensibly, else by
/// the first telling path segment; a small one or one that nothing divides becomes one service.
#[must_use]
pub fn propose_split(specs: &[(String, Spec)], fallback_name: Option<&str>) -> Proposal {
    let rules = |by| rules(by, fallback_name);
    let chosen = match specs {
        [(file, spec)] if spec.operations.len() > SMALL => {
            let telling = first_telling_segment(spec);
            [SplitBy::Tag, SplitBy::PathSegment(telling)]
                .into_iter()
                .map(&rules)
                .find(|rules| divides_sensibly(file, spec, rules))
                .unwrap_or_else(|| rules(SplitBy::File))
        }
        _ => rules(SplitBy::File),
    };
    proposed_sizes(specs, chosen)
}

/// The split by the first path segment that tells the operations of the largest spec apart.
#[must_use]
pub fn telling_segment(specs: &[(String, Spec)]) -> SplitBy {
    let largest = specs.iter().max_by_key(|(_, spec)| spec.operations.len());
    SplitBy::PathSegment(largest.map_or(0, |(_, spec)| first_telling_segment(spec)))
}

/// What each way to split comes to, for the author to choose from.
#[must_use]
pub fn alternative_splits(specs: &[(String, Spec)], fallback_name: Option<&str>) -> Vec<Proposal> {
    [SplitBy::File, SplitBy::Tag, telling_segment(specs)]
        .into_iter()
        .map(|by| proposed_sizes(specs, rules(by, fallback_name)))
        .collect()
}

fn rules(by: SplitBy, fallback_name: Option<&str>) -> SplitRules {
    SplitRules {
        by,
        fallback_name: fallback_name.map(str::to_owned),
        ..SplitRules::default()
    }
}

/// What some rules come to.
#[must_use]
pub fn proposed_sizes(specs: &[(String, Spec)], rules: SplitRules) -> Proposal {
    let services = sizes(specs, &rules);
    Proposal {
        sizes: in_words(&services),
        services,
        rules,
    }
}

fn sizes(specs: &[(String, Spec)], rules: &SplitRules) -> Vec<(Text, usize)> {
    let groups = specs
        .iter()
        .flat_map(|(file, spec)| Assigner::new(file, rules).groups(spec));
    groups.map(|(name, group)| (name, group.operations.len())).collect()
}

fn divides_sensibly(file: &str, spec: &Spec, rules: &SplitRules) -> bool {
    let operations = spec.operations.len();
    if rules.by == SplitBy::Tag {
        let tagged = spec
            .operations
            .iter()
            .filter(|operation| !operation.tags.is_empty())
            .count();
        if tagged * 10 < operations * 9 {
            return false;
        }
    }
    let groups = Assigner::new(file, rules).groups(spec);
    let largest = groups.iter().map(|(_, group)| group.operations.len()).max();
    // Tags are somebody's decision; a segment that is the same nearly everywhere is the name of the API, with odd ones
    // beside it.
    if rules.by != SplitBy::Tag && largest.is_some_and(|largest| largest * 20 > operations * 19) {
        return false;
    }
    // With nearly as many services as operations, a service says no more than a resource.
    (2..=MAX_SERVICES).contains(&groups.len()) && groups.len() * 2 <= operations
}

/// The first path segment that is not the same everywhere and no version.
fn first_telling_segment(spec: &Spec) -> usize {
    let differs = |at: usize| {
        let mut segments = spec
            .operations
            .iter()
            .map(|operation| path_segment(&operation.path, at));
        let first = segments.next().flatten();
        segments.any(|segment| segment != first)
    };
    let is_version = |at: usize| {
        spec.operations.iter().all(|operation| {
            path_segment(&operation.path, at).is_none_or(|segment| {
                segment
                    .strip_prefix(['v', 'V'])
                    .is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()))
            })
        })
    };
    (0..6).find(|at| differs(*at) && !is_version(*at)).unwrap_or(0)
}

fn in_words(services: &[(Text, usize)]) -> String {
    let mut words = vec![counted(services.len(), "service")];
    let large = services.iter().filter(|(_, operations)| *operations > LARGE).count();
    let single = services.iter().filter(|(_, operations)| *operations == 1).count();
    if large > 0 {
        words.push(format!("{large} over {LARGE} operations"));
    }
    if single > 0 {
        words.push(format!("{single} with one operation"));
    }
    words.join(", ")
}
