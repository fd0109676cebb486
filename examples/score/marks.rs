//! Comparing a mapping with the truth, and printing the comparison.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Duration;

use spgen::mapping::{Row, Table};

use super::published::truth::{Decision, Key, Truth};

/// Rows at least this confident are called sure.
const SURE: f32 = 0.8;

/// Percentages of one provider.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    pub operations: f64,
    pub resource: f64,
    pub grouping: f64,
    pub method: f64,
    pub verb: f64,
    pub object_key: f64,
    pub all_four: f64,
    /// Share of the rows that are called sure, and how often their verb and (on selects) object key are right.
    pub sure: f64,
    pub sure_verb: f64,
    pub sure_key: f64,
    /// Operations that the truth selects from, and those of them that are called sure.
    selects: f64,
    sure_selects: f64,
}

const NAMES: [&str; 10] = [
    "ops",
    "resource",
    "grp F1",
    "method",
    "verb",
    "objsel",
    "all4",
    "sure",
    "sure:verb",
    "sure:key",
];

impl Marks {
    fn columns(&self) -> [f64; 10] {
        let Marks {
            operations,
            resource,
            grouping,
            method,
            verb,
            object_key,
            all_four,
            sure,
            sure_verb,
            sure_key,
            ..
        } = *self;
        [
            operations, resource, grouping, method, verb, object_key, all_four, sure, sure_verb, sure_key,
        ]
    }

    fn from_columns(values: [f64; 10]) -> Self {
        let [
            operations,
            resource,
            grouping,
            method,
            verb,
            object_key,
            all_four,
            sure,
            sure_verb,
            sure_key,
        ] = values;
        Marks {
            operations,
            resource,
            grouping,
            method,
            verb,
            object_key,
            all_four,
            sure,
            sure_verb,
            sure_key,
            ..Marks::default()
        }
    }

    /// The mean of each figure over those that have it.
    pub fn mean(marks: &[Marks]) -> Marks {
        let mut means = [0.0; 10];
        for (at, mean) in means.iter_mut().enumerate() {
            let values: Vec<f64> = marks
                .iter()
                .map(|marks| marks.columns()[at])
                .filter(|value| !value.is_nan())
                .collect();
            *mean = values.iter().sum::<f64>() / count(values.len());
        }
        let mean = |count_of: fn(&Marks) -> f64| marks.iter().map(count_of).sum::<f64>() / count(marks.len());
        Marks {
            selects: mean(|marks| marks.selects),
            sure_selects: mean(|marks| marks.sure_selects),
            ..Marks::from_columns(means)
        }
    }

    /// Each figure over the operations of all providers together; F1 is weighed by operations.
    pub fn total(marks: &[Marks]) -> Marks {
        let operations: f64 = marks.iter().map(|marks| marks.operations).sum();
        let mut totals = [0.0; 10];
        for (at, total) in totals.iter_mut().enumerate() {
            let weighed = |weight: fn(&Marks) -> f64| {
                let known = marks.iter().filter(|marks| !marks.columns()[at].is_nan());
                let (sum, all) = known.fold((0.0, 0.0), |(sum, all), marks| {
                    (sum + marks.columns()[at] * weight(marks), all + weight(marks))
                });
                sum / all
            };
            *total = match NAMES[at] {
                "ops" => operations,
                "objsel" => weighed(|marks| marks.selects),
                "sure:verb" => weighed(|marks| marks.sure * marks.operations),
                "sure:key" => weighed(|marks| marks.sure_selects),
                _ => weighed(|marks| marks.operations),
            };
        }
        Marks::from_columns(totals)
    }

    /// Marks over the operations that the truth uses and `left_out` does not hold.
    pub fn of(truth: &Truth, table: &Table, left_out: &Table) -> Marks {
        let left_out: HashSet<Key> = left_out.rows.iter().map(key_of).collect();
        let rows: HashMap<Key, &Row> = table.rows.iter().map(|row| (key_of(row), row)).collect();
        let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut mark = |name: &'static str, right: bool| {
            let entry = tally.entry(name).or_default();
            entry.0 += usize::from(right);
            entry.1 += 1;
        };
        let asked: Vec<(&Key, &Vec<Decision>)> = truth
            .operations
            .iter()
            .filter(|(key, _)| !left_out.contains(*key))
            .collect();
        for (key, decisions) in &asked {
            let row = rows.get(*key).copied();
            let judged = Judged::of(decisions, row);
            let selects = decisions.iter().any(|decision| decision.sql_verb == "select");
            mark("resource", judged.resource);
            mark("method", judged.method);
            mark("verb", judged.verb);
            mark("all4", judged.all_four);
            if selects {
                mark("objsel", judged.object_key);
            }
            let sure = row.is_some_and(|row| row.confidence.unwrap_or_default() >= SURE);
            mark("sure", sure);
            if sure {
                mark("sure:verb", judged.verb);
                if selects {
                    mark("sure:key", judged.object_key);
                }
            }
        }
        let percent = |name: &str| {
            tally
                .get(name)
                .map_or(f64::NAN, |(right, all)| 100.0 * count(*right) / count(*all))
        };
        let asked_for = |name: &str| tally.get(name).map_or(0.0, |(_, all)| count(*all));
        Marks {
            operations: count(asked.len()),
            resource: percent("resource"),
            grouping: grouping(&asked, &rows),
            method: percent("method"),
            verb: percent("verb"),
            object_key: percent("objsel"),
            all_four: percent("all4"),
            sure: percent("sure"),
            sure_verb: percent("sure:verb"),
            sure_key: percent("sure:key"),
            selects: asked_for("objsel"),
            sure_selects: asked_for("sure:key"),
        }
    }
}

struct Judged {
    resource: bool,
    method: bool,
    verb: bool,
    object_key: bool,
    all_four: bool,
}

impl Judged {
    fn of(decisions: &[Decision], row: Option<&Row>) -> Self {
        let Some(row) = row else {
            return Judged {
                resource: false,
                method: false,
                verb: false,
                object_key: false,
                all_four: false,
            };
        };
        let any = |right: &dyn Fn(&Decision) -> bool| decisions.iter().any(right);
        let wrapped = any(&|decision| decision.wrapped);
        Judged {
            resource: any(&|decision| row.resource == decision.resource),
            method: any(&|decision| row.method == decision.method),
            verb: any(&|decision| row.sql_verb == decision.sql_verb),
            object_key: any(&|decision| row.object_key == decision.object_key) || wrapped && row.object_key.is_empty(),
            all_four: any(&|decision| {
                row.resource == decision.resource
                    && row.method == decision.method
                    && row.sql_verb == decision.sql_verb
                    && (row.object_key == decision.object_key || decision.wrapped && row.object_key.is_empty())
            }),
        }
    }
}

fn key_of(row: &Row) -> Key {
    (row.filename.to_string(), row.path.to_string(), row.verb.to_string())
}

/// F1 over pairs of operations of one file that share a resource.
fn grouping(asked: &[(&Key, &Vec<Decision>)], rows: &HashMap<Key, &Row>) -> f64 {
    let mut wanted: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut made: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for (at, (key, decisions)) in asked.iter().enumerate() {
        for decision in *decisions {
            wanted.entry((&key.0, &decision.resource)).or_default().insert(at);
        }
        if let Some(row) = rows.get(*key).filter(|row| !row.resource.is_empty()) {
            made.entry((&key.0, &row.resource)).or_default().insert(at);
        }
    }
    let (wanted, made) = (pairs(&wanted), pairs(&made));
    let hits = count(wanted.intersection(&made).count());
    if hits == 0.0 {
        return if wanted.is_empty() && made.is_empty() {
            f64::NAN
        } else {
            0.0
        };
    }
    let (precision, recall) = (hits / count(made.len()), hits / count(wanted.len()));
    200.0 * precision * recall / (precision + recall)
}

fn pairs(groups: &BTreeMap<(&str, &str), BTreeSet<usize>>) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::new();
    for members in groups.values() {
        for &left in members {
            pairs.extend(members.range(left + 1..).map(|&right| (left, right)));
        }
    }
    pairs
}

#[expect(clippy::cast_precision_loss, reason = "counts of operations")]
fn count(number: usize) -> f64 {
    number as f64
}

/// One line a provider, then the mean of providers and the total over operations (of F1: the mean by operations).
pub fn print(marks: &[(String, Marks, Option<Duration>)]) {
    print!("{:22}", "provider");
    for name in NAMES {
        print!("{name:>10}");
    }
    println!();
    let all: Vec<Marks> = marks.iter().map(|(_, marks, _)| *marks).collect();
    let lines = marks
        .iter()
        .map(|(name, marks, time)| (name.as_str(), *marks, *time))
        .chain([("MEAN", Marks::mean(&all), None), ("TOTAL", Marks::total(&all), None)]);
    for (name, marks, time) in lines {
        print!("{name:22}");
        for (at, value) in marks.columns().into_iter().enumerate() {
            if at == 0 {
                print!("{value:>10.0}");
            } else {
                print!("{value:>10.1}");
            }
        }
        println!(
            "{}",
            time.map(|time| format!("{:>9.1} ms", time.as_secs_f64() * 1000.0))
                .unwrap_or_default()
        );
    }
}

/// What was measured of others.
#[derive(Debug, Clone, Copy)]
pub struct Others {
    pub resource: f64,
    pub grouping: f64,
    pub verb: f64,
    pub object_key: f64,
}

/// The figures of others under the same columns.
pub fn print_others(others: &[(&str, Others)]) {
    for (name, figures) in others {
        print!("{name:22}");
        for column in NAMES {
            let figure = match column {
                "resource" => Some(figures.resource),
                "grp F1" => Some(figures.grouping),
                "verb" => Some(figures.verb),
                "objsel" => Some(figures.object_key),
                _ => None,
            };
            match figure {
                Some(figure) => print!("{figure:>10.1}"),
                None => print!("{:>10}", "-"),
            }
        }
        println!();
    }
}

/// What the truth has and the mapping lacks: `what` is `resource`, `method`, `verb`, `key` or `any`.
pub fn print_misses(truth: &Truth, table: &Table, left_out: &Table, what: &str) {
    let left_out: HashSet<Key> = left_out.rows.iter().map(key_of).collect();
    let rows: HashMap<Key, &Row> = table.rows.iter().map(|row| (key_of(row), row)).collect();
    for (key, decisions) in truth.operations.iter().filter(|(key, _)| !left_out.contains(*key)) {
        let row = rows.get(key).copied();
        let judged = Judged::of(decisions, row);
        let wrong = match what {
            "resource" => !judged.resource,
            "method" => !judged.method,
            "verb" => !judged.verb,
            "key" => !judged.object_key && decisions.iter().any(|decision| decision.sql_verb == "select"),
            _ => !judged.all_four,
        };
        if wrong {
            let want: Vec<String> = decisions
                .iter()
                .map(|decision| {
                    format!(
                        "{}.{} {} {}",
                        decision.resource, decision.method, decision.sql_verb, decision.object_key
                    )
                })
                .collect();
            let got = row.map(|row| {
                let sure = row.confidence.unwrap_or_default();
                format!(
                    "{}.{} {} {}\t{sure:.2} {}",
                    row.resource, row.method, row.sql_verb, row.object_key, row.reason
                )
            });
            println!(
                "{} {} {}\t{}\twant {}\tgot {}",
                key.0,
                key.2,
                key.1,
                decisions[0].operation_id,
                want.join(" | "),
                got.unwrap_or_default()
            );
        }
    }
}
