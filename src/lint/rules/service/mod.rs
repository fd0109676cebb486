//! Rules over service documents as the runtime reads them: what stops the document, and what it does not see.

register! { "service":
    missing_info,
    missing_resources,
    type_list,
    numeric_exclusive_bound,
    boolean_schema,
    items_list,
    required_flag,
    nullable_text,
    negative_count,
    wrong_kind,
    properties_beside_composition,
    repeated_alternative,
    leftover_composition,
    cookie_parameter,
    path_item_parameter,
    allow_empty_value,
    large_service,
    misplaced_setting,
}
