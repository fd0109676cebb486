//! All examples through the runtime, in parallel, or as far as it goes without one.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::binary::{Binary, Place, Printed};
use super::describe;
use super::example::{Example, Kind};
use super::expected::Expected;
use super::fill::fill;
use super::mock::{Answers, Exchange, Mock};
use super::registry::VersionFiles;
use super::statement::{self, Said};
use super::verdict::{self, Failure, FailureClass, Meant};
use crate::mapping::SqlVerb;
use crate::output::ApplyError;
use crate::provider::{Inputs, Method, Provider, Service, inputs, route};

/// How many statements one run of the program gets at most.
const LARGEST_BATCH: usize = 60;

/// How the examples are run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The runtime; without it statements are only read, routed and answered by the mock.
    pub binary: Option<Binary>,
    /// Why there is no runtime, for the report.
    pub missing_because: String,
    /// How many statements run at a time.
    pub jobs: usize,
    /// After how long a statement is given up.
    pub timeout: Duration,
}

/// What became of an example.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The example.
    pub example: Example,
    /// The statement with values.
    pub sql: String,
    /// What went wrong; empty when all is well.
    pub failures: Vec<Failure>,
    /// Why it was not run in the runtime.
    pub skipped: Option<String>,
    /// Whether it was at least read, routed and answered by the mock.
    pub checked: bool,
    /// The requests that arrived: verb, path with query, body.
    pub requests: Vec<String>,
    /// What the program printed on its error stream.
    pub stderr: String,
    /// How long it took.
    pub duration: Duration,
}

/// The outcomes, in the order of the examples.
#[derive(Debug, Clone)]
pub struct Report {
    /// The provider's name.
    pub provider: String,
    /// The version of the runtime; none when there was none.
    pub runtime: Option<String>,
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// How long all of it took.
    pub duration: Duration,
}

/// Told after each example.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// How many are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// How many of them failed.
    pub failed: usize,
}

/// Why nothing could be run.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// The mock does not start, or the runtime cannot be started.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The copies of the provider cannot be written.
    #[error("the provider cannot be copied: {0}")]
    Copy(#[from] ApplyError),
}

impl Report {
    /// How many examples ran and did what they should.
    #[must_use]
    pub fn passed(&self) -> usize {
        let outcomes = self.outcomes.iter();
        outcomes
            .filter(|outcome| outcome.failures.is_empty() && outcome.skipped.is_none())
            .count()
    }

    /// How many failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.outcomes
            .iter()
            .filter(|outcome| !outcome.failures.is_empty())
            .count()
    }

    /// How many were not run, and did not fail before.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.outcomes.len() - self.passed() - self.failed()
    }

    /// How many of those that were not run were read, routed and answered by the mock.
    #[must_use]
    pub fn checked(&self) -> usize {
        let outcomes = self.outcomes.iter();
        outcomes
            .filter(|outcome| outcome.skipped.is_some() && outcome.checked)
            .count()
    }
}

/// Runs the examples of a provider.
///
/// # Errors
/// The mock, the copies of the provider or the runtime cannot be set up.
pub fn run(
    provider: Provider,
    files: &VersionFiles,
    examples: Vec<Example>,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, SuiteError> {
    let started = Instant::now();
    let name = provider.name.to_string();
    let provider = Arc::new(provider);
    let answers = Arc::new(Answers::new(Arc::clone(&provider)));
    let suite = Suite {
        provider: &provider,
        answers: &answers,
        options,
        total: examples.len(),
        done: AtomicUsize::new(0),
        failed: AtomicUsize::new(0),
        progress,
    };
    let outcomes = match &options.binary {
        Some(binary) => suite.with_runtime(binary, files, examples)?,
        None => examples
            .into_iter()
            .map(|example| suite.without_runtime(example))
            .collect(),
    };
    Ok(Report {
        provider: name,
        runtime: options.binary.as_ref().map(|binary| binary.version.clone()),
        outcomes,
        duration: started.elapsed(),
    })
}

struct Suite<'a> {
    provider: &'a Arc<Provider>,
    answers: &'a Arc<Answers>,
    options: &'a Options,
    total: usize,
    done: AtomicUsize,
    failed: AtomicUsize,
    progress: &'a (dyn Fn(Progress) + Sync),
}

/// An example with what it is meant to do.
struct Ready<'a> {
    sql: String,
    method: Option<MethodOf<'a>>,
}

#[derive(Clone)]
struct MethodOf<'a> {
    service: &'a Service,
    method: &'a Method,
    inputs: Inputs,
}

impl Suite<'_> {
    fn with_runtime(
        &self,
        binary: &Binary,
        files: &VersionFiles,
        examples: Vec<Example>,
    ) -> Result<Vec<Outcome>, SuiteError> {
        let workers = self.options.jobs.clamp(1, examples.len().max(1));
        let mock = Mock::start(Arc::clone(self.answers), workers)?;
        let folder = tempfile::tempdir()?;
        let services: Vec<(String, String)> = self
            .provider
            .services
            .iter()
            .map(|service| (service.name.to_string(), service.file.to_string()))
            .collect();
        let places: Vec<Place> = (0..workers)
            .map(|worker| self.place(folder.path(), worker, mock.port(), files, &services))
            .collect::<Result<_, SuiteError>>()?;
        let next = AtomicUsize::new(0);
        let batches = batches(&examples);
        let outcomes: Mutex<Vec<(usize, Outcome)>> = Mutex::new(Vec::with_capacity(examples.len()));
        let broken: Mutex<Option<std::io::Error>> = Mutex::new(None);
        std::thread::scope(|scope| {
            for (worker, place) in places.iter().enumerate() {
                let (next, outcomes, broken, mock) = (&next, &outcomes, &broken, &mock);
                let (examples, batches) = (&examples, &batches);
                scope.spawn(move || {
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let listed = examples.get(batch.clone()).unwrap_or_default();
                        match self.run_some(binary, place, mock, worker, listed) {
                            Ok(some) => {
                                let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                                outcomes.extend(batch.clone().zip(some));
                            }
                            Err(error) => {
                                *broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                                return;
                            }
                        }
                    }
                });
            }
        });
        if let Some(error) = broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error.into());
        }
        let mut outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
        outcomes.sort_by_key(|(index, _)| *index);
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }

    fn place(
        &self,
        folder: &Path,
        worker: usize,
        port: u16,
        files: &VersionFiles,
        services: &[(String, String)],
    ) -> Result<Place, SuiteError> {
        let folder = folder.join(format!("worker-{worker}"));
        let registry = files.write(&folder, worker, port, services)?;
        Ok(Place {
            folder,
            registry,
            provider: self.provider.name.to_string(),
        })
    }

    /// Runs examples that stand together. Several are asked for in one run of the program, which then reads the
    /// documents of the service once; when it does not answer each with a list of its own, the halves are tried.
    fn run_some(
        &self,
        binary: &Binary,
        place: &Place,
        mock: &Mock,
        worker: usize,
        examples: &[Example],
    ) -> std::io::Result<Vec<Outcome>> {
        if let [example] = examples {
            let outcome = self.run_one(binary, place, mock, worker, example)?;
            self.tell(&outcome);
            return Ok(vec![outcome]);
        }
        let statements: Vec<&str> = examples.iter().map(|example| example.sql.as_str()).collect();
        let printed = binary.run(place, &statements.join("\n"), self.options.timeout)?;
        if let Some(answers) = printed.one_list_each(examples.len()) {
            let outcomes = examples.iter().zip(answers).map(|(example, printed)| {
                let ready = self.ready(example);
                let failures = self.failures(example, &ready, &printed, &[]);
                let outcome = Outcome {
                    example: example.clone(),
                    sql: ready.sql,
                    failures,
                    skipped: None,
                    checked: true,
                    requests: Vec::new(),
                    stderr: String::new(),
                    duration: printed.duration,
                };
                self.tell(&outcome);
                outcome
            });
            return Ok(outcomes.collect());
        }
        let (first, second) = examples.split_at(examples.len() / 2);
        let mut outcomes = self.run_some(binary, place, mock, worker, first)?;
        outcomes.extend(self.run_some(binary, place, mock, worker, second)?);
        Ok(outcomes)
    }

    fn run_one(
        &self,
        binary: &Binary,
        place: &Place,
        mock: &Mock,
        worker: usize,
        example: &Example,
    ) -> std::io::Result<Outcome> {
        let ready = self.ready(example);
        mock.take(worker);
        let printed = binary.run(place, &ready.sql, self.options.timeout)?;
        let exchanges = mock.take(worker);
        let failures = self.failures(example, &ready, &printed, &exchanges);
        Ok(Outcome {
            example: example.clone(),
            sql: ready.sql,
            failures,
            skipped: None,
            checked: true,
            requests: exchanges.iter().map(shown).collect(),
            stderr: printed.stderr,
            duration: printed.duration,
        })
    }

    fn ready(&self, example: &Example) -> Ready<'_> {
        let service = self
            .provider
            .services
            .iter()
            .find(|service| service.name == example.service);
        let resource = service.and_then(|service| {
            let mut resources = service.resources.iter();
            resources.find(|resource| resource.key == example.resource)
        });
        let method = match (
            service,
            resource.and_then(|resource| resource.methods.get(&example.method)),
        ) {
            (Some(service), Some(method)) => Some(MethodOf {
                service,
                method,
                inputs: inputs(service, method),
            }),
            _ => None,
        };
        let sql = match (&method, service) {
            (Some(of), _) => fill(&example.sql, &of.service.spec, &of.inputs),
            (None, Some(service)) => fill(&example.sql, &service.spec, &Inputs::default()),
            (None, None) => example.sql.clone(),
        };
        Ready { sql, method }
    }

    fn failures(
        &self,
        example: &Example,
        ready: &Ready<'_>,
        printed: &Printed,
        exchanges: &[Exchange],
    ) -> Vec<Failure> {
        let Kind::Method(verb) = example.kind else {
            return match verdict::program_failure(printed) {
                Some(failure) => vec![failure],
                None if example.kind == Kind::View && exchanges.is_empty() => {
                    vec![Failure::new(FailureClass::NoRequest, "no request was sent")]
                }
                None if example.kind == Kind::View => verdict::refusals(exchanges),
                None => describe::judge(self.provider, example, &printed.stdout),
            };
        };
        let Some(of) = &ready.method else {
            return vec![Failure::new(
                FailureClass::NoMethod,
                "the page names a method that there is not",
            )];
        };
        match read(ready) {
            Err(failure) => vec![failure],
            Ok(said) => {
                let Some(operation) = of.method.operation.find(&of.service.spec) else {
                    return vec![Failure::new(
                        FailureClass::NoMethod,
                        "the method's operation does not exist",
                    )];
                };
                let expected = Expected::of(operation, of.method, &of.inputs, &said);
                let meant = Meant {
                    verb,
                    operation: (operation.path.clone(), operation.verb),
                    service: &of.service.name,
                    said: &said,
                    expected: &expected,
                };
                verdict::judge(&meant, printed, exchanges)
            }
        }
    }

    /// Reads and routes the statement and asks the mock; what only the runtime can tell is skipped.
    fn without_runtime(&self, example: Example) -> Outcome {
        let ready = self.ready(&example);
        let (checked, failures) = match (&ready.method, example.kind) {
            (Some(of), Kind::Method(verb)) => (true, self.offline(&example, of, &ready, verb)),
            _ => (false, Vec::new()),
        };
        let outcome = Outcome {
            sql: ready.sql,
            skipped: failures.is_empty().then(|| self.options.missing_because.clone()),
            checked,
            failures,
            example,
            requests: Vec::new(),
            stderr: String::new(),
            duration: Duration::ZERO,
        };
        self.tell(&outcome);
        outcome
    }

    fn offline(&self, example: &Example, of: &MethodOf<'_>, ready: &Ready<'_>, verb: SqlVerb) -> Vec<Failure> {
        let said = match read(ready) {
            Ok(said) => said,
            Err(failure) => return vec![failure],
        };
        let mut resources = of.service.resources.iter();
        if let Some(resource) = resources.find(|resource| resource.key == example.resource)
            && verb != SqlVerb::Exec
        {
            let names: Vec<&str> = said.given.iter().map(|(name, _)| name.as_str()).collect();
            let reached = route(of.service, resource, verb, &names)
                .chosen
                .map(|(method, _)| method.name.clone());
            if reached.as_ref() != Some(&of.method.name) {
                let message = format!("the statement reaches {reached:?}, not `{}`", of.method.name);
                return vec![Failure::new(FailureClass::NoMethod, message)];
            }
        }
        let Some(operation) = of.method.operation.find(&of.service.spec) else {
            return vec![Failure::new(
                FailureClass::NoMethod,
                "the method's operation does not exist",
            )];
        };
        let expected = Expected::of(operation, of.method, &of.inputs, &said);
        let (arrived, target) = expected.request(operation);
        let has_body = !arrived.body.is_empty();
        let (exchange, _) = self
            .answers
            .answer(arrived, &of.service.name, target.clone(), Vec::new(), &target);
        exchange
            .problems
            .into_iter()
            // A form or text is not written here, so it is not missed.
            .filter(|problem| has_body || !problem.contains("body"))
            .map(|problem| Failure::new(FailureClass::Refused, problem))
            .collect()
    }

    fn tell(&self, outcome: &Outcome) {
        let failed = usize::from(!outcome.failures.is_empty());
        let failed = self.failed.fetch_add(failed, Ordering::Relaxed) + failed;
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.progress)(Progress {
            done,
            total: self.total,
            failed,
        });
    }
}

/// Which examples are run together: up to a number of statements of one service that ask for no request. Statements
/// that do are run alone, so that each has its own requests and rows.
fn batches(examples: &[Example]) -> Vec<Range<usize>> {
    let mut batches: Vec<Range<usize>> = Vec::new();
    for (index, example) in examples.iter().enumerate() {
        let joins = index > 0
            && example.kind.is_listing()
            && examples[index - 1].kind.is_listing()
            && examples[index - 1].service == example.service;
        match batches.last_mut().filter(|batch| joins && batch.len() < LARGEST_BATCH) {
            Some(batch) => batch.end = index + 1,
            None => batches.push(index..index + 1),
        }
    }
    batches
}

fn read(ready: &Ready<'_>) -> Result<Said, Failure> {
    statement::read(&ready.sql).map_err(|error| Failure::new(FailureClass::Syntax, error))
}

fn shown(exchange: &Exchange) -> String {
    let body = String::from_utf8_lossy(&exchange.arrived.body);
    let request = format!("{} {}", exchange.arrived.verb, exchange.target);
    if body.is_empty() {
        request
    } else {
        format!("{request} {body}")
    }
}
