//! What becomes of the rows: which output columns the local query can name.

use super::{Failure, FailureKind};
use crate::provider::names::is_selectable;
use crate::source::Text;
use crate::sql::parse::OutputColumn;

/// The first output column that fails in the local query, once the rows are there.
pub(super) fn check_output(output: &[OutputColumn], columns: &[Text], extra: &[Text]) -> Result<(), Failure> {
    for column in output {
        let OutputColumn::Column { name, .. } = column else {
            continue;
        };
        let failed = |reason: String| Err(Failure::after(FailureKind::LocalQuery, reason));
        if !is_selectable(name) {
            return failed(format!(
                "the column `{name}` cannot be named in the local query, quoted or not"
            ));
        }
        if !columns.contains(name) && !extra.contains(name) {
            return failed(format!("the rows have no column `{name}`"));
        }
    }
    Ok(())
}

/// Two names of the table that differ only in case: it cannot be made.
pub(super) fn check_table<'a>(names: impl Iterator<Item = &'a Text>) -> Result<(), Failure> {
    let mut seen: Vec<(String, &Text)> = Vec::new();
    for name in names {
        let lower = name.to_lowercase().to_string();
        match seen.iter().find(|(other, _)| *other == lower) {
            Some((_, other)) if *other != name => {
                return Err(Failure::before(
                    FailureKind::Table,
                    format!("`{other}` and `{name}` differ only in case, so the table of the rows cannot be made"),
                ));
            }
            Some(_) => {}
            None => seen.push((lower, name)),
        }
    }
    Ok(())
}
