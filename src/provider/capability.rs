//! What the runtime does with each key that a provider document can hold, and at which level: found by trying each on the
//! wire. Settings are checked against this table, emitted documents are in the tests, and `docs/runtime.md` is printed
//! from it.

use std::fmt::Write as _;

/// The version of the runtime's document library that the table was found with.
pub const TESTED_WITH: &str = "any-sdk 0.5";

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `config` of `provider.yaml`.
    Provider,
    /// `x-stackQL-config` of a service document.
    Service,
    /// `config` of a resource.
    Resource,
    /// `config` of a method.
    Method,
    /// `request` of a method.
    Request,
    /// `response` of a method.
    Response,
}

impl Level {
    /// All levels, from the widest to the nearest.
    pub const ALL: [Level; 6] = [
        Level::Provider,
        Level::Service,
        Level::Resource,
        Level::Method,
        Level::Request,
        Level::Response,
    ];

    fn title(self) -> &'static str {
        match self {
            Level::Provider => "provider",
            Level::Service => "service",
            Level::Resource => "resource",
            Level::Method => "method",
            Level::Request => "`request`",
            Level::Response => "`response`",
        }
    }
}

/// A key with what it does.
#[derive(Debug, Clone, Copy)]
pub struct Capability {
    /// The key.
    pub key: &'static str,
    /// The levels at which it does what it says.
    pub holds: &'static [Level],
    /// The levels at which it is accepted and does nothing, or harm.
    pub fails: &'static [Level],
    /// What to know, and what to do instead.
    pub note: &'static str,
}

use Level::{Method, Provider, Request, Resource, Response, Service};

/// The table.
pub const CAPABILITIES: &[Capability] = &[
    Capability {
        key: "auth",
        holds: &[Provider],
        fails: &[Service, Resource, Method],
        note: "one block for the whole provider",
    },
    Capability {
        key: "pagination",
        holds: &[Service, Resource, Method],
        fails: &[Provider],
        note: "tokens, next URLs and `Link` headers; page numbers need the page and the number of pages in the answer; other headers, relative URLs and counted offsets are not followed",
    },
    Capability {
        key: "queryParamPushdown",
        holds: &[Service, Resource, Method],
        fails: &[Provider],
        note: "`top`, `skip`, `select`, and `OData`; a limit is sent before rows are filtered and sorted, so it is never inferred unasked",
    },
    Capability {
        key: "retry",
        holds: &[Service, Resource, Method],
        fails: &[Provider],
        note: "GET and HEAD unless `retryable_methods` says more",
    },
    Capability {
        key: "requestBodyTranslate",
        holds: &[Method],
        fails: &[Provider, Service, Resource],
        note: "`naive` names body fields as they are; at any other level the body is sent as `null`",
    },
    Capability {
        key: "requestTranslate",
        holds: &[Method],
        fails: &[Provider],
        note: "only drops marked query parameters; not written",
    },
    Capability {
        key: "views",
        holds: &[Resource],
        fails: &[Provider],
        note: "a query per dialect, the others as `fallback`",
    },
    Capability {
        key: "variations",
        holds: &[],
        fails: &[Provider, Service, Resource, Method],
        note: "DESCRIBE keeps to the own properties; compositions are merged into plain properties instead",
    },
    Capability {
        key: "snake_case_aliases",
        holds: &[],
        fails: &[Provider],
        note: "`SELECT *` prints names for values and RETURNING ends the process; `columns: {casing: snake}` renames by `xml.name`",
    },
    Capability {
        key: "minStackQLVersion",
        holds: &[],
        fails: &[],
        note: "accepted at every level, enforced at none, so no document relies on it; what is written works in the version tested",
    },
    Capability {
        key: "mediaType",
        holds: &[Request, Response],
        fails: &[],
        note: "exactly as the description spells it",
    },
    Capability {
        key: "base",
        holds: &[Request],
        fails: &[],
        note: "merged under the given fields",
    },
    Capability {
        key: "default",
        holds: &[Request],
        fails: &[],
        note: "sent when no field is given, instead of `null`",
    },
    Capability {
        key: "transform",
        holds: &[Request, Response],
        fails: &[],
        note: "Go templates; `toJson` and `kindOf` need version 0.2.0 or later of a type",
    },
    Capability {
        key: "nativeCasing",
        holds: &[],
        fails: &[Request],
        note: "optional names match in snake case, required ones do not",
    },
    Capability {
        key: "openAPIDocKey",
        holds: &[Response],
        fails: &[],
        note: "with `mediaType`, exactly this entry or no schema",
    },
    Capability {
        key: "objectKey",
        holds: &[Response],
        fails: &[],
        note: "`$.items[*]` gives no rows where the list is left out; `$.items` fails",
    },
    Capability {
        key: "overrideMediaType",
        holds: &[Response],
        fails: &[],
        note: "what the transformed answer is",
    },
    Capability {
        key: "schema_override",
        holds: &[Response],
        fails: &[],
        note: "by reference only; an inline schema is ignored",
    },
    Capability {
        key: "projection_map",
        holds: &[],
        fails: &[Response],
        note: "makes the resource unusable; `columns: {only: …}` leaves columns out",
    },
];

/// The entry of a key.
#[must_use]
pub fn capability(key: &str) -> Option<&'static Capability> {
    CAPABILITIES.iter().find(|capability| capability.key == key)
}

/// Whether a key does what it says at a level. Keys without an entry are not known to the runtime.
#[must_use]
pub fn holds(key: &str, level: Level) -> bool {
    capability(key).is_some_and(|capability| capability.holds.contains(&level))
}

/// The table as a page.
#[must_use]
pub fn page() -> String {
    let mut page = String::from("# What the runtime does with the keys of a provider document\n\n");
    let _ = writeln!(
        page,
        "Found by trying each key at each level on the wire, with {TESTED_WITH}. Documents that spgen writes hold only keys \
         at levels where they work, so none of them needs a later version; settings that ask for others are refused.\n"
    );
    page.push_str("| key | works at | accepted, without effect or with harm, at | note |\n|---|---|---|---|\n");
    for capability in CAPABILITIES {
        let names = |levels: &[Level]| levels.iter().map(|level| level.title()).collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            capability.key,
            names(capability.holds),
            names(capability.fails),
            capability.note
        );
    }
    page
}
