//! Statements as people write them, as far as routing needs to know.

use crate::source::Text;
use crate::sql::Target;

/// A statement that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// `SELECT … FROM …`
    Select(SelectQuery),
    /// `INSERT INTO …`
    Insert(InsertQuery),
    /// `UPDATE …` or `REPLACE …`
    Update(UpdateQuery),
    /// `DELETE FROM …`
    Delete(DeleteQuery),
    /// `EXEC …`
    Exec(ExecQuery),
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Quoted text, decoded.
    Text(String),
    /// A whole number.
    Integer(String),
    /// A number with a point.
    Decimal(String),
    /// `true` or `false`
    Bool(bool),
    /// `null`
    Null,
    /// A function of texts, such as `json('…')`.
    Call {
        /// Its name, lower case.
        function: String,
        /// Its first text.
        argument: String,
    },
    /// An expression that is no literal, as written.
    Expression(String),
}

impl Literal {
    /// The text that goes into a path or query.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Literal::Text(text) | Literal::Integer(text) | Literal::Decimal(text) => Some(text),
            Literal::Bool(true) => Some("true"),
            Literal::Bool(false) => Some("false"),
            Literal::Call { argument, .. } => Some(argument),
            Literal::Null | Literal::Expression(_) => None,
        }
    }
}

/// `name = value` and its relatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicate {
    /// The alias before the name.
    pub table: Option<Text>,
    /// The name.
    pub name: Text,
    /// `=`, `!=`, `LIKE`, `IN`, …
    pub operator: Text,
    /// The values; several for `IN`.
    pub values: Vec<Literal>,
}

/// One output column.
#[derive(Debug, Clone, PartialEq)]
pub enum OutputColumn {
    /// `*`, or `t.*`.
    All,
    /// A column, perhaps of a table by alias.
    Column {
        /// The alias before the name.
        table: Option<Text>,
        /// The name.
        name: Text,
        /// `AS alias`
        alias: Option<Text>,
    },
    /// An expression, as written.
    Expression(String),
}

/// A table with its alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRef {
    /// The table.
    pub target: Target,
    /// Its alias.
    pub alias: Option<Text>,
}

/// A SELECT.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SelectQuery {
    /// The output.
    pub columns: Vec<OutputColumn>,
    /// The tables of providers that it reads, in order. Functions and subqueries are left out.
    pub tables: Vec<TableRef>,
    /// The terms of WHERE and ON that are joined by AND and compare a name with values.
    pub predicates: Vec<Predicate>,
    /// Terms of any other form, as written. They are applied to the rows.
    pub other_terms: Vec<String>,
    /// `LIMIT`
    pub limit: Option<Text>,
    /// `OFFSET`
    pub offset: Option<Text>,
}

/// An INSERT.
#[derive(Debug, Clone, PartialEq)]
pub struct InsertQuery {
    /// The table.
    pub target: Target,
    /// The column list.
    pub columns: Vec<Text>,
    /// The values by row.
    pub rows: Vec<Vec<Literal>>,
    /// Whether they are given by `VALUES`.
    pub is_values: bool,
    /// `RETURNING`
    pub returning: Vec<OutputColumn>,
}

/// An UPDATE or REPLACE.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateQuery {
    /// Whether it is REPLACE.
    pub is_replace: bool,
    /// The table.
    pub target: Target,
    /// `SET`
    pub assignments: Vec<(Text, Literal)>,
    /// `WHERE`
    pub predicates: Vec<Predicate>,
    /// `RETURNING`
    pub returning: Vec<OutputColumn>,
}

/// A DELETE.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteQuery {
    /// The table.
    pub target: Target,
    /// `WHERE`; `None` when absent.
    pub predicates: Option<Vec<Predicate>>,
    /// `RETURNING`
    pub returning: Vec<OutputColumn>,
}

/// An EXEC.
#[derive(Debug, Clone, PartialEq)]
pub struct ExecQuery {
    /// The table.
    pub target: Target,
    /// The method.
    pub method: Text,
    /// `@name='value'`
    pub parameters: Vec<(Text, Literal)>,
    /// `@@json='…'`
    pub payload: Option<String>,
    /// Whether the hint asks for the response.
    pub shows_results: bool,
}
