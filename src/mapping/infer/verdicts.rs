//! SQL verb and object key of each operation, with what reviewed rows teach about them.

use rustc_hash::FxHashMap;

use super::learn::{self, Example, Proposal, Ranker};
use super::survey::{Facts, Survey};
use super::{Conventions, confidence, item_envelope, object_key, row_shape, verb};
use crate::mapping::review::{Alternative, OBJECT_KEY, SQL_VERB};
use crate::mapping::{Row, SqlVerb};
use crate::openapi::HttpVerb;
use crate::source::Text;

/// Verb and key with their reasons.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) verb: SqlVerb,
    pub(super) object_key: String,
    /// The columns of a select, sorted.
    pub(super) columns: Vec<Text>,
    /// How sure both are.
    pub(super) confidence: f32,
    pub(super) reasons: Vec<String>,
    /// Which of the reasons is the weakest.
    pub(super) doubt: String,
    /// What else verb and key could be.
    pub(super) alternatives: Vec<Alternative>,
}

/// One verdict an operation. The verdict of a reviewed row is what inference would have said.
pub(super) fn of(survey: &Survey<'_>, decided: &[Option<&Row>], conventions: &Conventions) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = survey
        .facts
        .iter()
        .map(|facts| verb_of(facts, survey, conventions))
        .collect();
    learn_verbs(survey, decided, &mut verdicts);
    let reads = survey.facts.iter().zip(&verdicts);
    let reads: Vec<&Facts<'_>> = reads
        .filter(|(_, verdict)| verdict.verb == SqlVerb::Select)
        .map(|(facts, _)| facts)
        .collect();
    let habits = object_key::Habits::of(&reads, survey.id_style, conventions.item_envelopes);
    let found: Vec<object_key::Found> = survey
        .facts
        .iter()
        .zip(item_envelope::of(survey, &reads))
        .map(|(facts, opened)| {
            let found = object_key::of(facts, habits);
            match opened {
                Some(opened) if found.key.is_empty() => opened,
                _ => found,
            }
        })
        .collect();
    let keys = learned_keys(survey, decided, &verdicts, &found);
    let key_record = key_record(survey, decided, &found);
    for (((verdict, facts), key), found) in verdicts.iter_mut().zip(&survey.facts).zip(keys).zip(found) {
        if verdict.verb == SqlVerb::Select {
            verdict.take_key(found, key);
            verdict
                .alternatives
                .extend(object_key::others(facts, &verdict.object_key));
            verdict.confidence = verdict.confidence.min(key_limit(&key_record, &verdict.object_key));
            verdict.columns = row_shape::columns(facts.operation, facts.spec, &verdict.object_key);
        }
    }
    verdicts
}

fn verb_of(facts: &Facts<'_>, survey: &Survey<'_>, conventions: &Conventions) -> Verdict {
    let decision = verb::decide(facts, survey);
    let mut sql_verb = decision.opinion.verb;
    let confidence = confidence::of_verb(facts, survey, &decision);
    let mut why = decision.opinion.why.into_owned();
    let set = match (facts.operation.verb, sql_verb) {
        (HttpVerb::Put, SqlVerb::Replace) => conventions.put,
        (HttpVerb::Patch, SqlVerb::Update) => conventions.patch,
        _ => None,
    };
    if let Some(set) = set {
        sql_verb = set;
        "the configuration says so".clone_into(&mut why);
    }
    let reason = format!("{sql_verb}: {why}");
    let dissent = decision
        .dissent
        .map(|other| Alternative::new(SQL_VERB, other.verb.as_str(), other.why.as_ref()));
    Verdict {
        verb: sql_verb,
        object_key: String::new(),
        columns: Vec::new(),
        confidence,
        doubt: reason.clone(),
        reasons: vec![reason],
        alternatives: dissent.into_iter().collect(),
    }
}

fn learn_verbs(survey: &Survey<'_>, decided: &[Option<&Row>], verdicts: &mut [Verdict]) {
    let examples: Vec<Example> = reviewed(survey, decided)
        .filter_map(|(at, row)| {
            let (proposals, situations) = learn::verbs::proposals(&survey.facts[at], verdicts[at].verb);
            Some(Example {
                proposals,
                situations,
                answer: row.sql_verb()?.as_str().to_owned(),
                row: row.operation_id.to_string(),
            })
        })
        .collect();
    confirm(survey, decided, verdicts);
    let changes = verdicts
        .iter()
        .filter(|verdict| matches!(verdict.verb, SqlVerb::Update | SqlVerb::Replace))
        .count();
    let Some(ranker) = learn::verbs::learn(&examples, changes) else {
        return;
    };
    for (facts, verdict) in survey.facts.iter().zip(verdicts) {
        let (proposals, situations) = learn::verbs::proposals(facts, verdict.verb);
        let Some(choice) = ranker.choose(&proposals, &situations) else {
            continue;
        };
        let verb = choice.text.parse().unwrap_or(verdict.verb);
        if verb != verdict.verb && (verb != SqlVerb::Select || facts.reply.has_rows()) {
            let before = Alternative::new(SQL_VERB, verdict.verb.as_str(), "as without reviewed rows");
            verdict.alternatives.insert(0, before);
            verdict.verb = verb;
            // Few rows show it: worth a look all the same.
            verdict.confidence = choice.chance.min(0.79);
            verdict.reasons = vec![format!(
                "{verb}: as in row `{}`",
                ranker.shown_by(choice.scheme).unwrap_or_default()
            )];
            verdict.doubt.clone_from(&verdict.reasons[0]);
        }
    }
}

/// Makes verdicts surer that reviewed rows of the same kind bear out, and the others less sure.
fn confirm(survey: &Survey<'_>, decided: &[Option<&Row>], verdicts: &mut [Verdict]) {
    let mut kinds: FxHashMap<(HttpVerb, SqlVerb), confidence::Confirmed> = FxHashMap::default();
    for (at, row) in reviewed(survey, decided) {
        let kind = (survey.facts[at].operation.verb, verdicts[at].verb);
        kinds
            .entry(kind)
            .or_default()
            .count(row.sql_verb() == Some(verdicts[at].verb));
    }
    for (facts, verdict) in survey.facts.iter().zip(verdicts) {
        if let Some(confirmed) = kinds.get(&(facts.operation.verb, verdict.verb)) {
            verdict.confidence = confirmed.applied_to(verdict.confidence);
        }
    }
}

/// The keys that reviewed rows teach, for each operation; `None` where inference stands.
fn learned_keys(
    survey: &Survey<'_>,
    decided: &[Option<&Row>],
    verdicts: &[Verdict],
    found: &[object_key::Found],
) -> Vec<Option<(String, String)>> {
    let asked: Vec<(Vec<Proposal>, Vec<String>)> = survey
        .facts
        .iter()
        .zip(found)
        .map(|(facts, found)| learn::object_keys::proposals(facts, &found.key))
        .collect();
    let examples: Vec<Example> = reviewed(survey, decided)
        .filter(|(_, row)| row.sql_verb() == Some(SqlVerb::Select))
        .map(|(at, row)| Example {
            proposals: asked[at].0.clone(),
            situations: asked[at].1.clone(),
            answer: row.object_key.to_string(),
            row: row.operation_id.to_string(),
        })
        .collect();
    let mut selects: FxHashMap<&str, usize> = FxHashMap::default();
    for ((_, situations), _) in asked
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| verdict.verb == SqlVerb::Select)
    {
        if let Some(kind) = situations.first() {
            *selects.entry(kind).or_default() += 1;
        }
    }
    let ranker: Option<Ranker> = learn::object_keys::learn(&examples, &selects);
    asked
        .iter()
        .zip(found)
        .map(|((proposals, situations), found)| {
            let ranker = ranker.as_ref()?;
            let choice = ranker.choose(proposals, situations)?;
            (choice.text != found.key).then(|| {
                (
                    choice.text,
                    ranker.shown_by(choice.scheme).unwrap_or_default().to_owned(),
                )
            })
        })
        .collect()
}

/// How inference does on the keys of reviewed selects: without and with a key.
fn key_record(
    survey: &Survey<'_>,
    decided: &[Option<&Row>],
    found: &[object_key::Found],
) -> [confidence::Confirmed; 2] {
    let mut record = [confidence::Confirmed::default(); 2];
    for (at, row) in reviewed(survey, decided).filter(|(_, row)| row.sql_verb() == Some(SqlVerb::Select)) {
        record[usize::from(!found[at].key.is_empty())].count(found[at].key == row.object_key);
    }
    record
}

fn key_limit(record: &[confidence::Confirmed; 2], key: &str) -> f32 {
    record[usize::from(!key.is_empty())].applied_to(0.99)
}

fn reviewed<'r>(survey: &Survey<'_>, decided: &[Option<&'r Row>]) -> impl Iterator<Item = (usize, &'r Row)> {
    (0..survey.facts.len())
        .filter_map(|at| Some((at, decided[at]?)))
        .filter(|(_, row)| !row.is_skipped())
}

impl Verdict {
    fn take_key(&mut self, found: object_key::Found, learned: Option<(String, String)>) {
        let (key, confidence, why) = match learned {
            Some((key, row)) => {
                self.alternatives
                    .push(Alternative::new(OBJECT_KEY, found.key.as_str(), found.why.as_str()));
                (key, 0.79, format!("as in row `{row}`"))
            }
            None => (found.key, found.confidence, found.why),
        };
        let reason = if key.is_empty() {
            format!("no object key: {why}")
        } else {
            format!("object key: {why}")
        };
        if confidence < self.confidence {
            self.doubt.clone_from(&reason);
        }
        self.reasons.push(reason);
        self.confidence = self.confidence.min(confidence);
        self.object_key = key;
    }
}
