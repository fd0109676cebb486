//! Rules over files as such: YAML that cannot be read, or that different readers read differently.

register! { "files":
    broken_file,
    unknown_file,
    duplicate_key,
    yaml_1_1_scalar,
    unquoted_key,
    unquoted_text,
}
