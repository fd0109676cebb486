//! Which unit gets which of its candidate names, so that what shares a resource can share it: no two methods of a verb
//! with the same required parameters, and one kind of row.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Name;
use crate::mapping::infer::row_shape;
use crate::mapping::infer::survey::Survey;
use crate::mapping::infer::units::Unit;
use crate::mapping::infer::verdicts::Verdict;
use crate::mapping::review::{Alternative, RESOURCE};
use crate::mapping::{Row, SqlVerb, words};
use crate::source::Text;

/// What stands under a name already.
#[derive(Default)]
struct Occupied<'a> {
    signatures: FxHashSet<(SqlVerb, &'a [Text])>,
    /// Columns of the first select.
    columns: Option<&'a [Text]>,
}

/// Names for all units. `fixed` are names that people gave; `candidates` are the others' wishes, best first.
pub(super) fn settle<'a>(
    survey: &'a Survey<'_>,
    units: &[Unit],
    verdicts: &'a [Verdict],
    decided: &[Option<&Row>],
    fixed: &[Option<Name>],
    candidates: Vec<Vec<Name>>,
) -> Vec<Name> {
    let mut occupied: FxHashMap<(usize, Text), Occupied<'a>> = FxHashMap::default();
    let mut spelled: FxHashMap<(usize, String), Text> = FxHashMap::default();
    for (at, row) in decided.iter().enumerate() {
        if let Some((row, verb)) = row.and_then(|row| Some((row, row.sql_verb()?))) {
            spelled
                .entry((survey.facts[at].service, in_singular(&row.resource)))
                .or_insert_with(|| row.resource.clone());
            let place = occupied
                .entry((survey.facts[at].service, row.resource.clone()))
                .or_default();
            place.take(survey, verdicts, at, verb);
        }
    }
    // People's names first; then short paths, so that adding a deeper one never renames them.
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|&at| (fixed[at].is_none(), units[at].fixed.len(), at));
    let mut names = vec![Name::default(); units.len()];
    let mut candidates = candidates;
    for at in order {
        let unit = &units[at];
        let open: Vec<usize> = unit
            .members
            .iter()
            .copied()
            .filter(|&member| decided[member].is_none())
            .collect();
        let wishes = std::mem::take(&mut candidates[at]);
        let mut name = match &fixed[at] {
            Some(name) => name.clone(),
            None => {
                let has_room = |name: &Name, text: &Text| {
                    occupied
                        .get(&(unit.service, text.clone()))
                        .is_none_or(|place| name.may_be_shared && place.has_room(survey, verdicts, &open))
                };
                let fits = |name: &&Name| has_room(name, &Text::from(&name.text));
                let chosen = wishes.iter().find(fits).or_else(|| wishes.first()).cloned();
                let mut chosen = chosen.unwrap_or_else(Name::of_last_resort);
                // What is only called goes to the collection that differs in number alone: the download of a `document` to
                // `documents`.
                if open.iter().all(|&at| verdicts[at].verb == SqlVerb::Exec)
                    && let Some(text) = spelled.get(&(unit.service, in_singular(&chosen.text)))
                    && has_room(&chosen, text)
                {
                    chosen.text = text.to_string();
                }
                chosen
            }
        };
        let others = wishes.iter().filter(|wish| wish.text != name.text);
        name.rivals = others
            .map(|wish| Alternative::new(RESOURCE, wish.text.as_str(), wish.why.as_str()))
            .collect();
        let text = Text::from(&name.text);
        spelled
            .entry((unit.service, in_singular(&name.text)))
            .or_insert_with(|| text.clone());
        let place = occupied.entry((unit.service, text)).or_default();
        for member in open {
            place.take(survey, verdicts, member, verdicts[member].verb);
        }
        names[at] = name;
    }
    names
}

/// What `widget` and `widgets` have in common.
fn in_singular(name: &str) -> String {
    words::singularized(&words::split(name)).join("_")
}

impl<'a> Occupied<'a> {
    fn take(&mut self, survey: &'a Survey<'_>, verdicts: &'a [Verdict], at: usize, verb: SqlVerb) {
        if verb == SqlVerb::Exec {
            return;
        }
        self.signatures.insert((verb, &survey.facts[at].required));
        if verb == SqlVerb::Select && self.columns.is_none() && !verdicts[at].columns.is_empty() {
            self.columns = Some(&verdicts[at].columns);
        }
    }

    fn has_room(&self, survey: &Survey<'_>, verdicts: &[Verdict], members: &[usize]) -> bool {
        members.iter().all(|&at| {
            let verb = verdicts[at].verb;
            let same_rows = verb != SqlVerb::Select
                || self
                    .columns
                    .is_none_or(|columns| row_shape::are_alike(columns, &verdicts[at].columns));
            verb == SqlVerb::Exec
                || (same_rows && !self.signatures.contains(&(verb, survey.facts[at].required.as_slice())))
        })
    }
}
