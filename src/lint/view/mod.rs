//! The things that rules look at, with positions.

mod config;
mod document;
mod mapping;
mod method;
mod page;
mod page_set;
mod reply;
mod request;
mod service;
mod tree;

pub(super) use config::{ConfigFile, IgnoreFile};
pub(super) use document::Document;
pub(super) use mapping::{MappingFile, MappingRow, mapping};
pub(super) use method::Method;
pub(super) use page::{Page, PageFile, SegmentKind, page};
pub(super) use page_set::{PageSet, Target, links, sets};
pub(super) use reply::Rows;

pub(super) use service::{Resource, Service, service};
pub(super) use tree::{Tree, tree};
