//! The request body: what SQL cannot send as columns is for EXEC.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::request::Body;
use crate::mapping::infer::survey::{Facts, Survey};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    if !matches!(facts.operation.verb, HttpVerb::Post | HttpVerb::Put | HttpVerb::Patch) {
        return None;
    }
    match facts.body {
        Body::Multipart => opinion(SqlVerb::Exec, 0.97, "the request body is multipart form data"),
        Body::Opaque => opinion(SqlVerb::Exec, 0.97, "the request body is not JSON"),
        _ => None,
    }
}
