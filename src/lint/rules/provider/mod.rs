//! Rules over `provider.yaml` and the folders around it.

register! { "provider":
    provider_name_differs,
    reserved_provider_name,
    invalid_version_directory,
    missing_auth,
    unknown_auth_type,
    inert_auth_key,
    auth_without_variable,
    misplaced_auth,
    dead_service,
    service_reference_root,
    orphan_service,
    service_name_differs,
    unquotable_service_name,
    malformed_provider,
}
