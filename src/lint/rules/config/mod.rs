//! Rules over `spgen.yaml`. Its form (unknown keys, wrong types) is checked where it is read.

register! { "config":
    missing_source,
    secret_in_config,
}
