//! Whether what is set for services, resources and methods meets anything.

use super::settings::{LevelSettings, PaginationSetting, PushdownSetting, Settings};
use super::{headers, pagination, pushdown};
use crate::diagnostic::{Diagnostic, similar};
use crate::provider::{Method, Service};
use crate::source::{Node, Text, pointer};

/// Reports names under `services` that there are not, and blocks of a method that do not fit it.
pub(super) fn check(services: &[Service], settings: &Settings, findings: &mut Vec<Diagnostic>) {
    level(&settings.level, "", findings);
    for (name, own) in &settings.services {
        let place = format!("/services/{}", pointer::escape(name));
        level(&own.level, &place, findings);
        let Some(service) = services.iter().find(|service| service.name == *name) else {
            let known = services.iter().map(|service| service.name.as_str());
            findings.push(unknown("service", name, known, place).at(own.span));
            continue;
        };
        for (name, own) in &own.resources {
            let place = format!("{place}/resources/{}", pointer::escape(name));
            level(&own.level, &place, findings);
            let Some(resource) = service.resources.iter().find(|resource| resource.key == *name) else {
                let known = service.resources.iter().map(|resource| resource.key.as_str());
                findings.push(unknown("resource", name, known, place).at(own.span));
                continue;
            };
            for (name, own) in &own.methods {
                let place = format!("{place}/methods/{}", pointer::escape(name));
                level(&own.level, &place, findings);
                match resource.methods.get(name) {
                    Some(method) => fits(service, method, &own.level, &place, findings),
                    None => {
                        let known = resource.methods.keys().map(Text::as_str);
                        findings.push(unknown("method", name, known, place).at(own.span));
                    }
                }
            }
        }
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>, place: String) -> Diagnostic {
    let finding = Diagnostic::error("setting-without-target", format!("there is no {what} `{name}`")).pointer(place);
    match similar(name, known) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help("the mapping says what services, resources and methods are called"),
    }
}

/// Blocks that the runtime cannot follow, and headers that it sets itself.
fn level(level: &LevelSettings, place: &str, findings: &mut Vec<Diagnostic>) {
    if let Some(PaginationSetting::Fixed(block)) = &level.pagination
        && let Some(fault) = pagination::fault_of_pagination(block)
    {
        findings.push(
            Diagnostic::error("unsafe-pagination", fault)
                .at(block.span)
                .pointer(format!("{place}/pagination")),
        );
    }
    for name in level.headers.keys().filter(|name| headers::is_own(name)) {
        findings.push(
            Diagnostic::error("header-of-the-runtime", format!("the runtime sets the header `{name}` itself"))
                .pointer(format!("{place}/headers/{}", pointer::escape(name)))
                .help("`Accept` follows `response.mediaType`, `Content-Type` follows `request.mediaType`, `Authorization` follows `auth`"),
        );
    }
}

fn fits(service: &Service, method: &Method, level: &LevelSettings, place: &str, findings: &mut Vec<Diagnostic>) {
    let Some(operation) = method.operation.find(&service.spec) else {
        return;
    };
    let mut unfit = |key: &str, block: &Node, reason: &str| {
        findings.push(
            Diagnostic::error(
                format!("unfit-{key}"),
                format!("`{key}` does not fit `{}`: {reason}", method.name),
            )
            .at(block.span)
            .pointer(format!("{place}/{key}")),
        );
    };
    if let Some(PaginationSetting::Fixed(block)) = &level.pagination
        && method.config.get("pagination").is_none()
    {
        unfit(
            "pagination",
            block,
            "the operation does not take the request token, its answer does not declare the next one, or it answers no SELECT",
        );
    }
    if let Some(PushdownSetting::Fixed(block)) = &level.pushdown
        && !pushdown::applies(block, operation)
    {
        unfit(
            "pushdown",
            block,
            "the operation takes none of the parameters that it names",
        );
    }
}
