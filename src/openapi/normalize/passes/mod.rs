//! The registry of passes.

/// Declares the pass of a file: its doc comment is the user's page.
macro_rules! pass {
    ($(#[doc = $line:literal])+ $id:literal, $apply:ident) => {
        $(#[doc = $line])+
        pub(in crate::openapi::normalize) const PASS: crate::openapi::normalize::Pass = crate::openapi::normalize::Pass {
            id: $id,
            page: concat!($($line, "\n"),+),
            apply: $apply,
        };
    };
}

mod clean_descriptions;
mod complete_document;
mod complete_responses;
mod component_names;
mod correct_types;
mod cut_circular_schemas;
mod drop_callbacks;
mod drop_cookies;
mod drop_examples;
mod drop_extensions;
mod drop_fixed_parameters;
mod drop_reserved_headers;
mod equal_paths;
mod flatten_one_of;
mod header_defaults;
mod infer_types;
mod inline_path_items;
mod json_columns;
mod lift_path_items;
mod local_references;
mod lower_case_verbs;
mod mend_references;
mod merge_all_of;
mod operation_ids;
mod parameter_clashes;
mod path_parameters;
mod plain_nullable;
mod route_paths;
mod trim_required;

use super::Pass;

/// All passes in their order: first what the document is made of, then its operations, then its schemas, last what
/// depends on finished schemas.
pub(super) const ALL: &[Pass] = &[
    complete_document::PASS,
    // What is inlined is to be seen by all that follow.
    inline_path_items::PASS,
    lower_case_verbs::PASS,
    // References are settled while everything that they may point to is still there.
    local_references::PASS,
    component_names::PASS,
    drop_callbacks::PASS,
    drop_examples::PASS,
    drop_extensions::PASS,
    lift_path_items::PASS,
    operation_ids::PASS,
    route_paths::PASS,
    drop_fixed_parameters::PASS,
    correct_types::PASS,
    // Correcting may remove a component.
    mend_references::PASS,
    complete_responses::PASS,
    drop_cookies::PASS,
    drop_reserved_headers::PASS,
    equal_paths::PASS,
    path_parameters::PASS,
    clean_descriptions::PASS,
    plain_nullable::PASS,
    merge_all_of::PASS,
    // The alternatives must not be composed themselves.
    flatten_one_of::PASS,
    json_columns::PASS,
    infer_types::PASS,
    trim_required::PASS,
    header_defaults::PASS,
    cut_circular_schemas::PASS,
    // The fields of a body are known only now.
    parameter_clashes::PASS,
];
