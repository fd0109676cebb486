//! Rules over lists of exceptions (`.spgen-lint-ignore.yaml`).

register! { "exceptions":
    malformed_exception,
    exception_without_reason,
    unused_exception,
}
