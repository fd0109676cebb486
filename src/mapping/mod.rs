//! Which operation becomes which method of which resource, answering which SQL verb, with the rows where in the response.
//!
//! What is written in a mapping file is a [`Row`]; rows are kept in a [`Table`]. Inference makes rows for the
//! operations that no person has decided.

mod row;
mod table;

pub use row::{Reviewed, Row, SKIP, SqlVerb};
pub use table::Table;
