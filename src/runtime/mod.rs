//! Whether a provider works: its examples are run through the real runtime against a mock of the API, and what arrives
//! is compared with what the page says.
//!
//! 1. [`example`]: what is run, and which method it is meant to reach;
//! 2. [`fill`]: values for the placeholders, from the schemas ([`sample`]);
//! 3. [`registry`]: a copy of the provider whose servers are the mock;
//! 4. [`mock`]: answers each operation from its own schema and writes down what arrived ([`api`], [`server`]);
//! 5. [`binary`]: runs one statement in the runtime;
//! 6. [`expected`] and [`verdict`]: what should have arrived, and what went wrong;
//! 7. [`suite`]: all of it in parallel; [`report`]: the outcome as text, JSON or `JUnit`.
//!
//! Without the runtime the first part still runs: statements are read, routed and answered by the mock.

mod api;
mod binary;
mod describe;
mod example;
mod expected;
mod fill;
mod mock;
mod registry;
pub mod report;
mod sample;
mod server;
mod statement;
mod suite;
mod verdict;

pub use binary::{Binary, BinaryError};
pub use example::{Example, Kind, examples, walk};
pub use registry::VersionFiles;
pub use suite::{Options, Outcome, Progress, Report, SuiteError, run};
pub use verdict::{Failure, FailureClass};
