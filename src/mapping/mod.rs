//! Which operation becomes which method of which resource, answering which SQL verb, with the rows where in the response.
//!
//! What is written in a mapping file is a [`Row`]; rows are kept in a [`Table`]. Inference makes rows for the
//! operations that no person has decided.

mod csv_file;
pub mod infer;
pub mod ledger;
pub mod number;
mod review;
mod row;
mod table;
pub mod verbs;
pub mod words;

pub use csv_file::{COLUMNS, CsvError};
pub use infer::{Conventions, Outcome, infer};
pub use ledger::{DROPPED_OPERATION, Entry, State, drops};
pub use review::{Alternative, Doubt, SURE, Summary, summary};
pub use row::{Reviewed, Row, SKIP, SqlVerb};
pub use table::Table;
