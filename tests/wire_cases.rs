//! `explain` against requests and errors that the real runtime gave for the same statements.

#![expect(clippy::print_stdout, reason = "figures, and why a check did not run")]

mod common;

use std::collections::BTreeMap;

use common::data;
use serde_json::Value;
use spgen::provider;
use spgen::sql::explain::{Explanation, FailureKind, HttpRequest, explain};

/// The cases that do not agree, each with the reason. Any other difference fails, and so does an entry that agrees.
const DIFFERENCES: [(&str, &str); 9] = [
    (
        "confluent: partner.entitlements.get_partner_v2_entitlement (select)",
        "a query parameter with a point in its name is unknown to the runtime beside a path parameter; others are not",
    ),
    (
        "databricks_workspace: catalog.external_locations.create (insert)",
        "RETURNING crashes by the random order of a map: two properties share a reference; a note says so",
    ),
    (
        "databricks_workspace: postgres.vw_projects.view (select)",
        "the recording runtime was built without the SQL function of the view",
    ),
    (
        "databricks_workspace: sql.alerts.create (insert)",
        "RETURNING crashes by the random order of a map: two properties share a reference; a note says so",
    ),
    (
        "digitalocean: network.partner_attachment_service_keys.partner_attachments_get_service_key (select)",
        "the mock's answer lies one level above the columns: what the API sends is not in the document",
    ),
    (
        "github: activity.star_history.list (select)",
        "a GraphQL query, which the mock of the recording could not answer",
    ),
    (
        "github: discussions.discussion_categories.list (select)",
        "a GraphQL query, which the mock of the recording could not answer",
    ),
    (
        "github: pulls.review_threads.list (select)",
        "a GraphQL query, which the mock of the recording could not answer",
    ),
    (
        "github: users.contribution_calendar.list (select)",
        "a GraphQL query, which the mock of the recording could not answer",
    ),
];

#[test]
fn explanations_agree_with_the_wire() {
    let Some(folder) = data::folder() else {
        return;
    };
    let mut total = 0;
    let mut differing: BTreeMap<String, String> = BTreeMap::new();
    let mut by_provider: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for tree in data::providers().expect("the data folder has providers") {
        let loaded = provider::load(&tree).expect("the provider can be read");
        let name = loaded.provider.name.to_string();
        let Ok(cases) = std::fs::read_to_string(folder.join("wire-cases").join(format!("{name}.jsonl"))) else {
            continue;
        };
        let counts = by_provider.entry(name.clone()).or_default();
        for line in cases.lines() {
            let case: Value = serde_json::from_str(line).expect("each line is a case");
            let sql = case["sql"].as_str().expect("a case has a statement");
            let explanation = explain(&loaded.provider, sql);
            total += 1;
            counts.0 += 1;
            if let Err(difference) = compare(&case, &explanation) {
                counts.1 += 1;
                let id = case["id"].as_str().unwrap_or_default();
                differing.insert(format!("{name}: {id}"), difference);
            }
        }
    }
    println!("{} of {total} cases agree; {by_provider:?}", total - differing.len());
    assert!(total > 1_000, "only {total} cases were found");
    let known: BTreeMap<&str, &str> = DIFFERENCES.into_iter().collect();
    let unexpected: Vec<_> = differing
        .iter()
        .filter(|(id, _)| !known.contains_key(id.as_str()))
        .collect();
    assert!(unexpected.is_empty(), "these cases differ: {unexpected:#?}");
    let stale: Vec<_> = known.keys().filter(|id| !differing.contains_key(**id)).collect();
    assert!(
        stale.is_empty(),
        "these cases agree and need no entry any more: {stale:#?}"
    );
}

fn compare(case: &Value, explanation: &Explanation) -> Result<(), String> {
    let accepted = case["accepted"].as_bool() == Some(true);
    let error = case["error"].as_str().unwrap_or_default();
    let failure = explanation.failure.as_ref();
    if accepted != failure.is_none() {
        return Err(format!("accepted {accepted} ({}), said {failure:?}", shortened(error)));
    }
    if let Some(failure) = failure
        && !kinds_of(error).contains(&failure.kind)
    {
        return Err(format!("said {failure:?}, but the runtime {}", shortened(error)));
    }
    let wire: Vec<&str> = case["requests"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let is_sent = failure.is_none_or(|failure| failure.after_request);
    let said: Vec<&HttpRequest> = explanation
        .calls
        .iter()
        .filter_map(|call| call.request.as_ref())
        .filter(|_| is_sent)
        .collect();
    let has_pages = explanation.calls.iter().any(|call| call.pages.is_some());
    // The mock answers two pages where there are pages at all; the second one is not explained.
    let pages = if has_pages && !said.is_empty() {
        (wire.len() / said.len()).max(1)
    } else {
        1
    };
    let first_pages: Vec<&str> = wire.into_iter().step_by(pages).collect();
    if first_pages.len() != said.len() {
        return Err(format!(
            "requests {first_pages:?}, said {:?}",
            said.iter().map(|request| &request.target).collect::<Vec<_>>()
        ));
    }
    for (wire, said) in first_pages.iter().zip(said) {
        same_request(wire, said)?;
    }
    Ok(())
}

fn same_request(wire: &str, said: &HttpRequest) -> Result<(), String> {
    let mut parts = wire.splitn(3, ' ');
    let method = parts.next().unwrap_or_default();
    let target = parts.next().unwrap_or_default().trim_end_matches('?');
    let body = parts
        .next()
        .map(|text| serde_json::from_str::<Value>(text).unwrap_or_else(|_| text.into()));
    if method != said.method || target != said.target {
        return Err(format!(
            "request {method} {target}, said {} {}",
            said.method, said.target
        ));
    }
    if body != said.body {
        return Err(format!("body {body:?}, said {:?}", said.body));
    }
    Ok(())
}

/// The kinds that a message of the runtime stands for.
fn kinds_of(error: &str) -> Vec<FailureKind> {
    let table: [(&str, &[FailureKind]); 17] = [
        ("error in your stackql syntax", &[FailureKind::Syntax]),
        ("cannot find matching operation", &[FailureKind::NoMethod]),
        ("required param not supplied", &[FailureKind::NoMethod]),
        ("could not locate symbol", &[FailureKind::UnknownName]),
        ("does NOT match SQL type", &[FailureKind::ValueType]),
        ("schema unsuitable", &[FailureKind::Unselectable]),
        ("no schema found for method", &[FailureKind::Unselectable]),
        ("no request body for operation", &[FailureKind::NoBody]),
        ("http response status code", &[FailureKind::Refused]),
        ("no response body for operation", &[FailureKind::Unselectable]),
        ("crash", &[FailureKind::Crash]),
        ("FindRoute", &[FailureKind::Routing]),
        ("where parameters not found", &[FailureKind::MissingWhere]),
        ("aborting DDL run", &[FailureKind::Table]),
        ("sql packet preparation error", &[FailureKind::LocalQuery]),
        ("only nulls came back", &[FailureKind::OnlyNulls]),
        ("missing", &[FailureKind::Refused]),
    ];
    table
        .iter()
        .find(|(text, _)| error.contains(text))
        .map(|(_, kinds)| kinds.to_vec())
        .unwrap_or_default()
}

fn shortened(error: &str) -> String {
    error.chars().take(160).collect()
}
