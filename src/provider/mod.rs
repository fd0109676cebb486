//! A provider as the runtime sees it: services with resources, their methods and SQL verbs.
//!
//! The same [`Provider`] is made from a mapping (`build`) and read from a published tree (`load`); documentation,
//! checks and tests work on it and cannot tell the difference. [`inputs`] and [`columns`] say what a method takes and
//! returns, by the runtime's own rules.

pub mod build;
pub mod capability;
mod columns;
pub mod credentials;
pub mod diff;
mod from_documents;
mod inputs;
mod load;
mod model;
pub mod names;
mod paging;
mod read_resource;
mod read_view;
mod returning;
mod route;
mod sent_body;
mod shape;

pub use build::{Built, Fate, Settings, build};
pub use columns::{ANONYMOUS_COLUMN, Column, Columns, columns, response_type};
pub use from_documents::{Part, from_documents, from_service_document, service_files};
pub use inputs::{BodyNaming, Input, InputPlace, Inputs, inputs, request_content};
pub use load::{LoadError, Loaded, PROVIDER_DOCUMENT, load, provider_names, version_folder};
pub use model::{Method, OperationRef, Provider, Request, Resource, ResponseSpec, Service, SqlVerbs, View};
pub use paging::{Paging, UNASKED, paging, setting};
pub use returning::{ExecRisk, exec_hazard, exec_risk, returning};
pub use route::{Route, has_body_schema, needed, route};
pub use sent_body::{SentBody, default_body};
