//! SQL statements as data, printed by one function: quoting, reserved words, commas and comments are decided once.

pub mod explain;
mod keywords;
pub mod parse;
mod print;
mod quote;
mod result_columns;
mod statement;

pub use print::Refusal;
pub use quote::{NamePlace, is_bare_literal, placeholder, quoted, text_literal};
pub use result_columns::{ResultColumn, result_columns};
pub use statement::{Assignment, Condition, Statement, Target, Term};
