//! Rules over mapping files.

register! { "mapping":
    missing_column,
    unknown_sql_verb,
    undecided_row,
    repeated_row,
    repeated_method,
    skip_without_reason,
    malformed_object_key,
    unplain_mapped_name,
    stale_row,
}
