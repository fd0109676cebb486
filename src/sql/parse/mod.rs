//! Reading SQL: the statement forms that reach a provider. Tolerant where routing does not care (expressions, grouping,
//! ordering), strict where the runtime's grammar is what trips people (commas of EXEC, words that need quotes).

mod parser;
mod query;
mod select;
mod token;

pub use query::{
    DeleteQuery, ExecQuery, InsertQuery, Literal, OutputColumn, Predicate, Query, SelectQuery, TableRef, UpdateQuery,
};
pub use token::SyntaxError;

/// Reads one statement.
///
/// # Errors
/// The first place that the runtime's grammar would refuse, as far as this reader knows it.
pub fn parse(sql: &str) -> Result<Query, SyntaxError> {
    parser::Parser::new(sql)?.statement()
}
