//! OpenAPI 3.0 documents: a typed view over the tree, and (in the passes) whatever it takes to get there.
//!
//! The tree stays the carrier, so nothing that the view does not know is lost. The view resolves references inside
//! the document, merges path-item parameters into operations and gives every operation an id.

mod bundle;
mod change;
mod check;
mod fingerprint;
pub mod normalize;
mod operation;
mod overlay;
mod own_headers;
mod path_item;
mod position;
mod read;
mod reserved_names;
mod schema;
mod server_url;
mod spec;
pub mod split;
mod upgrade;

pub use bundle::bundle;
pub use change::Change;
pub use check::check;
pub use fingerprint::{Drift, Fingerprint, fingerprints};
pub use normalize::{NormalizeOptions, normalize};
pub use operation::{
    Header, HttpVerb, MediaType, Operation, Parameter, ParameterLocation, RequestBody, Response, SOURCE_PATH, Server,
    ServerVariable,
};
pub use overlay::{Overlay, apply_overlay, read_overlay};
pub use own_headers::OWN_HEADERS;
pub use position::{Kind, Position, Reference, for_each_reference};
pub use read::read;
pub use reserved_names::RESERVED_NAMES;
pub use schema::Schema;
pub use server_url::{UrlVariable, url_variables};
pub use spec::{Service, Spec};
pub use split::{SplitRules, split};
pub use upgrade::{CONVERSIONS, Conversion, upgrade, upgrade_without};
