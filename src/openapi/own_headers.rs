//! Headers that are no inputs of an operation.

/// Headers that the client writes itself, lower case. The first three are ignored as parameters by OpenAPI: media types
/// and credentials are said elsewhere. The others belong to the transport, which sends its own whatever is asked for.
pub const OWN_HEADERS: [&str; 7] = [
    "accept",
    "content-type",
    "authorization",
    "content-length",
    "host",
    "connection",
    "transfer-encoding",
];
