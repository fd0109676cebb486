//! Sources that are no OpenAPI: each becomes plain OpenAPI 3.0 documents, one a service, and takes the common road from there.

pub mod archive;
pub mod databricks_sdk;
