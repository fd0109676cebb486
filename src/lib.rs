//! `spgen` makes StackQL providers and their documentation from OpenAPI descriptions.
//!
//! Each stage is a plain function from one value to the next; see `ARCHITECTURE.md` for the map.
//! Modules are declared in the order of the pipeline and may only use modules declared before them.

#![forbid(unsafe_code)]
#![deny(rustdoc::broken_intra_doc_links)]

pub mod source;

pub mod diagnostic;

pub mod output;

pub mod ingest;

pub mod openapi;

pub mod mapping;

pub mod provider;

pub mod sql;

pub mod docs;

pub mod render;

pub mod lint;

pub mod runtime;

pub mod cli;
