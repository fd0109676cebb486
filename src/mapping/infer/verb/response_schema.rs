//! The response: what has no columns cannot be selected.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::reply::Reply;
use crate::mapping::infer::survey::{Facts, Survey};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    if facts.operation.verb != HttpVerb::Get {
        return None;
    }
    match facts.reply {
        Reply::Empty => opinion(SqlVerb::Exec, 0.93, "the response has no content"),
        Reply::NotJson => opinion(SqlVerb::Exec, 0.95, "the response is not JSON"),
        Reply::Scalar => opinion(SqlVerb::Exec, 0.9, "the response is a single value without columns"),
        _ => None,
    }
}
