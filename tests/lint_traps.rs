//! Every trap of the runtime has a rule: what the runtime fails on or gets wrong in silence, with the rules that find it.
//! The traps are those that were found by trying; what spgen's own output avoids by construction is linted in documents of
//! others all the same.

const TRAPS: &[(&str, &[&str])] = &[
    (
        "a defect that makes a whole service unusable",
        &[
            "type-list",
            "numeric-exclusive-bound",
            "boolean-schema",
            "required-flag",
            "nullable-text",
            "negative-count",
            "items-list",
            "dead-operation",
            "dead-verb-entry",
            "missing-reference",
            "wrong-kind",
        ],
    ),
    (
        "keys and values that YAML 1.1 reads otherwise",
        &["unquoted-key", "unquoted-text", "yaml-1-1-scalar", "duplicate-key"],
    ),
    (
        "the first method whose required parameters are present wins",
        &["shadowed-method", "ambiguous-signature"],
    ),
    (
        "select methods of one resource with different columns",
        &["divergent-selects"],
    ),
    ("parameters of a path item are sent unfilled", &["path-item-parameter"]),
    ("cookie parameters", &["cookie-parameter"]),
    (
        "object keys that fail on empty answers, lead nowhere or mean something else",
        &["fragile-object-key", "dead-object-key", "items-trap", "unwrapped-list"],
    ),
    (
        "bodies sent as null",
        &["missing-body-translation", "misplaced-setting", "unwritable-body"],
    ),
    (
        "compositions of which only a part is seen",
        &[
            "leftover-composition",
            "properties-beside-composition",
            "repeated-alternative",
            "endless-composition",
        ],
    ),
    ("EXEC takes text only", &["untyped-exec", "untyped-exec-option"]),
    ("numbers and booleans arrive as text", &["untyped-update"]),
    ("EXEC ends the process", &["exec-crash"]),
    ("RETURNING ends the process", &["shared-reference"]),
    (
        "columns and names that cannot be selected or need quotes",
        &[
            "unselectable-column",
            "unplain-name",
            "reserved-name",
            "quoted-parameter",
            "reserved-provider-name",
            "unquotable-service-name",
        ],
    ),
    ("columns that differ only in case", &["case-duplicate-column"]),
    (
        "nothing to select",
        &[
            "no-columns",
            "scalar-rows",
            "unreadable-media-type",
            "no-success-response",
            "dead-response-entry",
        ],
    ),
    (
        "verb keys that are absent go by method names",
        &["missing-verb-key", "hidden-verb"],
    ),
    ("a version directory that is none", &["invalid-version-directory"]),
    (
        "names that must be equal",
        &[
            "provider-name-differs",
            "service-name-differs",
            "resource-name-differs",
            "service-reference-root",
        ],
    ),
    (
        "documents that are not there",
        &[
            "dead-service",
            "orphan-service",
            "missing-info",
            "missing-resources",
            "missing-server",
        ],
    ),
    (
        "authentication that is not sent",
        &[
            "missing-auth",
            "misplaced-auth",
            "inert-auth-key",
            "unknown-auth-type",
            "auth-without-variable",
        ],
    ),
    ("a request block without a body", &["request-without-body"]),
    ("forms and parts are not sent", &["unsupported-body"]),
    ("values that go to one place of several", &["parameter-clash"]),
    ("required parameters that vanish", &["allow-empty-value"]),
    ("required headers", &["required-header"]),
    (
        "read-only fields that are required",
        &["read-only-required", "required-without-property"],
    ),
    (
        "optional body fields of a POST that answers SELECT",
        &["post-select-without-parameter"],
    ),
    (
        "DELETE needs WHERE, INSERT needs columns, UPDATE needs fields",
        &[
            "delete-without-parameters",
            "insert-without-columns",
            "update-without-fields",
        ],
    ),
    (
        "servers and their variables",
        &[
            "method-servers",
            "dotted-host-variable",
            "server-variable-without-default",
            "undeclared-server-variable",
        ],
    ),
    (
        "paths that are not routed",
        &[
            "path-with-fragment",
            "undeclared-path-parameter",
            "colliding-paths",
            "escaped-tilde",
        ],
    ),
    (
        "pages that do not end, or come unasked",
        &["unsafe-pagination", "dead-pagination", "implicit-pagination"],
    ),
    (
        "keys without effect",
        &["inert-key", "breaking-key", "useless-override", "unknown-transform"],
    ),
    ("views", &["malformed-view"]),
    (
        "documents that are slow to read",
        &["large-service", "unused-component"],
    ),
    (
        "examples that do not run as they stand",
        &[
            "comma-in-comment",
            "semicolon-in-comment",
            "second-where",
            "nothing-to-set",
            "unquoted-word",
        ],
    ),
];

#[test]
fn every_trap_has_a_rule() {
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_spgen"))
        .args(["lint", "--rules"])
        .output()
        .expect("the program runs");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let known: Vec<&str> = listed.split_whitespace().collect();
    for (trap, rules) in TRAPS {
        assert!(!rules.is_empty(), "nothing finds: {trap}");
        for rule in *rules {
            assert!(known.contains(rule), "there is no rule `{rule}` for: {trap}");
        }
    }
}
