//! A provider as the runtime sees it: services with resources, their methods and SQL verbs.
//!
//! The same [`Provider`] is made from a mapping (`build`) and read from a published tree (`load`); documentation,
//! checks and tests work on it and cannot tell the difference. [`inputs`] and [`columns`] say what a method takes and
//! returns, by the runtime's own rules.

pub mod build;
mod columns;
mod inputs;
mod model;
pub mod names;

pub use build::{Built, Fate, PaginationSetting, Settings, build};
pub use columns::{Column, Columns};
pub use inputs::{Input, InputPlace, Inputs};
pub use model::{Method, OperationRef, Provider, Request, Resource, ResponseSpec, Service, SqlVerbs, View};
