//! SQL statements as data, printed by one function: quoting, reserved words, commas and comments are decided once.

mod statement;

pub use statement::{Assignment, Condition, Statement, Target, Term};
