//! What people called the units that stand near: same tag, same schema, same last segment, same beginning of the ids.
//!
//! A name is carried over as it is (what answers the same schema is the same thing), or with its prefix alone: when
//! `widgets` under the tag `Shop` were called `store_widgets`, its `parts` are likely `store_parts`.

use rustc_hash::FxHashMap;

use super::Proposal;
use crate::mapping::infer::resource_names::Name;
use crate::mapping::infer::units::{Unit, most_frequent};
use crate::mapping::words;

/// Ways in which two units can stand near each other, with the names of the schemes that follow.
const TIES: [Tie; 6] = [
    Tie {
        scheme: "what others of the tag are called",
        prefixed: [
            "prefix of the tag and last segment",
            "prefix of the tag and what the ids say",
        ],
        of: |unit| Some(format!("{}/{}", unit.service, unit.tag.as_deref()?)),
    },
    Tie {
        scheme: "what others with the schema are called",
        prefixed: ["", ""],
        of: |unit| Some(format!("{}/{}", unit.service, unit.schema.as_deref()?)),
    },
    Tie {
        scheme: "what others with the last segment are called",
        prefixed: ["", ""],
        of: |unit| Some(unit.fixed.last()?.join("_")),
    },
    Tie {
        scheme: "what others are called of which the ids say the same",
        prefixed: ["", ""],
        of: |unit| Some(unit.noun.as_ref()?.words.join("_")),
    },
    Tie {
        scheme: "what others are called whose ids start so",
        prefixed: [
            "prefix of the start of the ids and last segment",
            "prefix of the start of the ids and what the ids say",
        ],
        of: |unit| Some(format!("{}/{}", unit.service, unit.lead.as_ref()?.join("_"))),
    },
    Tie {
        scheme: "",
        prefixed: [
            "prefix of its neighbours and last segment",
            "prefix of its neighbours and what the ids say",
        ],
        of: |unit| {
            let (_, above) = unit.fixed.split_last()?;
            Some(format!("{}/{}", unit.service, above.concat().join("_")))
        },
    },
];

struct Tie {
    /// The scheme of carrying the name over; empty where that makes no sense.
    scheme: &'static str,
    /// The schemes of carrying the prefix over, by what follows it.
    prefixed: [&'static str; 2],
    /// What two units must have in common.
    of: fn(&Unit) -> Option<String>,
}

/// The units that people have named, by what ties them to others.
pub(super) struct Peers<'a> {
    units: &'a [Unit],
    named: &'a [Option<Name>],
    by_tie: Vec<FxHashMap<String, Vec<usize>>>,
}

impl<'a> Peers<'a> {
    pub(super) fn of(units: &'a [Unit], named: &'a [Option<Name>]) -> Self {
        let by_tie = TIES
            .iter()
            .map(|tie| {
                let mut groups: FxHashMap<String, Vec<usize>> = FxHashMap::default();
                for at in (0..units.len()).filter(|&at| named[at].is_some()) {
                    if let Some(key) = (tie.of)(&units[at]) {
                        groups.entry(key).or_default().push(at);
                    }
                }
                groups
            })
            .collect();
        Peers { units, named, by_tie }
    }

    /// What the names of the others suggest for a unit.
    pub(super) fn proposals(&self, at: usize) -> Vec<Proposal> {
        let unit = &self.units[at];
        let mut proposals = Vec::new();
        for (tie, groups) in TIES.iter().zip(&self.by_tie) {
            let others: Vec<usize> = (tie.of)(unit)
                .and_then(|key| groups.get(&key))
                .into_iter()
                .flatten()
                .copied()
                .filter(|&other| other != at)
                .collect();
            let names = || {
                others
                    .iter()
                    .filter_map(|&other| Some((other, self.named[other].as_ref()?.text.as_str())))
            };
            if !tie.scheme.is_empty()
                && let Some(text) = most_frequent(names().map(|(_, name)| name.to_owned()))
            {
                proposals.push(Proposal {
                    scheme: tie.scheme,
                    text,
                });
            }
            for (scheme, base) in tie.prefixed.into_iter().zip(BASES) {
                let prefixes = names().filter_map(|(other, name)| {
                    let ends = base(&self.units[other])?;
                    let rest = name.strip_suffix(ends.as_str())?;
                    (rest.is_empty() || rest.ends_with('_')).then(|| rest.to_owned())
                });
                if !scheme.is_empty()
                    && let (Some(prefix), Some(end)) = (most_frequent(prefixes), base(unit))
                {
                    let text = format!("{prefix}{end}");
                    proposals.push(Proposal { scheme, text });
                }
            }
        }
        proposals
    }
}

/// What follows a prefix: the last segment, what the ids say.
const BASES: [fn(&Unit) -> Option<String>; 2] = [
    |unit| Some(unit.fixed.last()?.join("_")),
    |unit| Some(words::pluralized(&unit.noun.as_ref()?.words).join("_")),
];
