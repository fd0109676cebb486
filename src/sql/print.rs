//! Statements as text: one clause a line, every comma and comment in a place where it cannot break anything.

use super::quote::{NamePlace, is_bare_literal, placeholder, quoted, text_literal};
use super::statement::{Assignment, Condition, Statement, Target, Term};
use crate::source::Text;

/// Why a statement has no text: what it says cannot be said in SQL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A name is empty; the grammar has no way to write that.
    #[error("a name is empty")]
    EmptyName,
    /// A name holds `{{`, which the runtime takes for a template before it reads the statement.
    #[error("the name `{0}` holds `{{{{`, which the runtime expands as a template")]
    TemplateInName(Text),
    /// INSERT needs a column.
    #[error("there is no column to insert")]
    NothingToInsert,
    /// UPDATE and REPLACE need something to set.
    #[error("there is nothing to set")]
    NothingToSet,
    /// The runtime refuses DELETE without WHERE.
    #[error("there is no condition, and the runtime refuses such a DELETE")]
    NoCondition,
    /// A bare term is neither number nor constant nor function of a text.
    #[error("`{0}` is no literal")]
    NotALiteral(Text),
    /// EXEC takes texts and whole numbers only.
    #[error("EXEC cannot pass `{0}` without quotes")]
    NotForExec(Text),
}

impl Statement {
    /// The statement as text that parses in the runtime's grammar, with `;` at the end and no newline behind it.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn to_sql(&self) -> Result<String, Refusal> {
        let lines = match self {
            Statement::Select {
                columns,
                target,
                conditions,
            } => select(columns, target, conditions)?,
            Statement::Insert {
                target,
                assignments,
                returning,
            } => insert(target, assignments, returning)?,
            Statement::Update {
                target,
                assignments,
                conditions,
                returning,
            } => set("UPDATE", target, assignments, conditions, returning)?,
            Statement::Replace {
                target,
                assignments,
                conditions,
                returning,
            } => set("REPLACE", target, assignments, conditions, returning)?,
            Statement::Delete { target, conditions } => delete(target, conditions)?,
            Statement::Exec {
                target,
                method,
                parameters,
                json,
            } => exec(target, method, parameters, json.as_deref())?,
        };
        Ok(lines.join("\n"))
    }
}

fn select(columns: &[Text], target: &Target, conditions: &[Condition]) -> Result<Vec<String>, Refusal> {
    let mut lines = vec!["SELECT".to_owned()];
    if columns.is_empty() {
        lines.push("*".to_owned());
    }
    lines.extend(listed(columns)?);
    lines.push(format!("FROM {}", table(target)?));
    lines.extend(conditions_after("WHERE ", conditions, " -- required")?);
    Ok(ended(lines))
}

fn insert(target: &Target, assignments: &[Assignment], returning: &[Text]) -> Result<Vec<String>, Refusal> {
    if assignments.is_empty() {
        return Err(Refusal::NothingToInsert);
    }
    let names: Vec<Text> = assignments.iter().map(|assignment| assignment.name.clone()).collect();
    let mut lines = vec![format!("INSERT INTO {} (", table(target)?)];
    lines.extend(listed(&names)?);
    lines.extend([")".to_owned(), "SELECT".to_owned()]);
    for (index, assignment) in assignments.iter().enumerate() {
        let mark = if assignment.required { " /* required */" } else { "" };
        let comma = comma_between(index, assignments.len());
        lines.push(format!("{}{mark}{comma}", term(&assignment.term)?));
    }
    lines.extend(returning_clause(returning)?);
    Ok(ended(lines))
}

fn set(
    keyword: &str,
    target: &Target,
    assignments: &[Assignment],
    conditions: &[Condition],
    returning: &[Text],
) -> Result<Vec<String>, Refusal> {
    if assignments.is_empty() {
        return Err(Refusal::NothingToSet);
    }
    let mut lines = vec![format!("{keyword} {}", table(target)?), "SET".to_owned()];
    for (index, assignment) in assignments.iter().enumerate() {
        let comma = comma_between(index, assignments.len());
        lines.push(format!("{}{comma}", equation(assignment)?));
    }
    if !conditions.is_empty() {
        lines.push("WHERE".to_owned());
    }
    lines.extend(conditions_after("", conditions, " --required")?);
    if returning.is_empty() {
        return Ok(ended(lines));
    }
    lines.extend(returning_clause(returning)?);
    // Nothing but a name stands before it, so this form can end on the same line.
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    Ok(lines)
}

fn delete(target: &Target, conditions: &[Condition]) -> Result<Vec<String>, Refusal> {
    if conditions.is_empty() {
        return Err(Refusal::NoCondition);
    }
    let mut lines = vec![format!("DELETE FROM {}", table(target)?)];
    lines.extend(conditions_after("WHERE ", conditions, " --required")?);
    Ok(ended(lines))
}

fn exec(target: &Target, method: &Text, parameters: &[Assignment], json: Option<&str>) -> Result<Vec<String>, Refusal> {
    let method = checked(method, NamePlace::Table)?;
    let mut lines = vec![format!("EXEC {}.{method}", table(target)?)];
    for (index, parameter) in parameters.iter().enumerate() {
        let name = checked(&parameter.name, NamePlace::ExecParameter)?;
        let value = exec_term(&parameter.term)?;
        // The comma stands before the comment, which would swallow it; the body takes none before it.
        let comma = comma_between(index, parameters.len());
        let mark = if parameter.required { " --required" } else { "" };
        lines.push(format!("@{name}={value}{comma}{mark}"));
    }
    lines.extend(json.map(|json| format!("@@json={}", text_literal(json))));
    Ok(ended(lines))
}

/// A `;` on a line of its own: a line comment would swallow one behind it.
fn ended(mut lines: Vec<String>) -> Vec<String> {
    lines.push(";".to_owned());
    lines
}

/// `p.s.r`
fn table(target: &Target) -> Result<String, Refusal> {
    Ok(format!(
        "{}.{}.{}",
        checked(&target.provider, NamePlace::Provider)?,
        checked(&target.service, NamePlace::Table)?,
        checked(&target.resource, NamePlace::Table)?
    ))
}

fn checked(name: &Text, place: NamePlace) -> Result<std::borrow::Cow<'_, str>, Refusal> {
    if name.is_empty() {
        return Err(Refusal::EmptyName);
    }
    if name.contains("{{") {
        return Err(Refusal::TemplateInName(name.clone()));
    }
    Ok(quoted(name, place))
}

fn term(term: &Term) -> Result<String, Refusal> {
    match term {
        Term::Placeholder(name) => Ok(placeholder(name)),
        Term::Text(text) => Ok(text_literal(text)),
        Term::Bare(text) if is_bare_literal(text) => Ok(text.to_string()),
        Term::Bare(text) => Err(Refusal::NotALiteral(text.clone())),
    }
}

/// The grammar of EXEC knows fewer values than that of the other statements.
fn exec_term(value: &Term) -> Result<String, Refusal> {
    match value {
        Term::Bare(text) if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(Refusal::NotForExec(text.clone()))
        }
        _ => term(value),
    }
}

fn equation(assignment: &Assignment) -> Result<String, Refusal> {
    let name = checked(&assignment.name, NamePlace::Field)?;
    Ok(format!("{name} = {}", term(&assignment.term)?))
}

fn conditions_after(first: &str, conditions: &[Condition], mark: &str) -> Result<Vec<String>, Refusal> {
    let mut lines = Vec::with_capacity(conditions.len());
    for (index, condition) in conditions.iter().enumerate() {
        let start = if index == 0 { first } else { "AND " };
        let mark = if condition.required { mark } else { "" };
        lines.push(format!("{start}{}{mark}", equation(condition)?));
    }
    Ok(lines)
}

fn returning_clause(columns: &[Text]) -> Result<Vec<String>, Refusal> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines = vec!["RETURNING".to_owned()];
    lines.extend(listed(columns)?);
    Ok(lines)
}

/// Names one a line, commas between them.
fn listed(names: &[Text]) -> Result<Vec<String>, Refusal> {
    let mut lines = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let comma = comma_between(index, names.len());
        lines.push(format!("{}{comma}", checked(name, NamePlace::Field)?));
    }
    Ok(lines)
}

fn comma_between(index: usize, count: usize) -> &'static str {
    if index + 1 < count { "," } else { "" }
}

#[cfg(test)]
mod tests {
    use super::Refusal;
    use crate::sql::{Assignment, Statement, Target, Term};

    fn target() -> Target {
        Target {
            provider: "databricks_workspace".into(),
            service: "ml".into(),
            resource: "model_registry_webhooks".into(),
        }
    }

    fn given(names: &[(&str, bool)]) -> Vec<Assignment> {
        names
            .iter()
            .map(|(name, required)| Assignment {
                name: (*name).into(),
                term: Term::Placeholder((*name).into()),
                required: *required,
            })
            .collect()
    }

    #[track_caller]
    fn check(statement: &Statement, expected: &str) {
        assert_eq!(statement.to_sql().as_deref(), Ok(expected.trim()));
    }

    #[test]
    fn select_marks_required_conditions() {
        check(
            &Statement::Select {
                columns: vec!["id".into(), "default".into(), "order".into()],
                target: target(),
                conditions: given(&[("deployment_name", true), ("limit", false)]),
            },
            "
SELECT
id,
default,
\"order\"
FROM databricks_workspace.ml.model_registry_webhooks
WHERE deployment_name = '{{ deployment_name }}' -- required
AND \"limit\" = '{{ limit }}'
;",
        );
        check(
            &Statement::Select {
                columns: Vec::new(),
                target: target(),
                conditions: Vec::new(),
            },
            "
SELECT
*
FROM databricks_workspace.ml.model_registry_webhooks
;",
        );
    }

    #[test]
    fn insert_has_its_commas_behind_the_comments() {
        check(
            &Statement::Insert {
                target: target(),
                assignments: given(&[("events", true), ("description", false)]),
                returning: vec!["webhook".into()],
            },
            "
INSERT INTO databricks_workspace.ml.model_registry_webhooks (
events,
description
)
SELECT
'{{ events }}' /* required */,
'{{ description }}'
RETURNING
webhook
;",
        );
    }

    #[test]
    fn update_and_replace_differ_in_one_word() {
        let text = "
UPDATE databricks_workspace.ml.model_registry_webhooks
SET
id = '{{ id }}',
status = '{{ status }}'
WHERE
deployment_name = '{{ deployment_name }}' --required
AND id = '{{ id }}' --required
RETURNING
webhook;";
        let assignments = given(&[("id", false), ("status", false)]);
        let conditions = given(&[("deployment_name", true), ("id", true)]);
        let returning = vec!["webhook".into()];
        check(
            &Statement::Update {
                target: target(),
                assignments: assignments.clone(),
                conditions: conditions.clone(),
                returning: returning.clone(),
            },
            text,
        );
        check(
            &Statement::Replace {
                target: target(),
                assignments,
                conditions,
                returning,
            },
            &text.replace("UPDATE", "REPLACE"),
        );
    }

    #[test]
    fn delete_has_a_condition() {
        check(
            &Statement::Delete {
                target: target(),
                conditions: given(&[("id", true)]),
            },
            "
DELETE FROM databricks_workspace.ml.model_registry_webhooks
WHERE id = '{{ id }}' --required
;",
        );
    }

    #[test]
    fn exec_has_its_commas_before_the_comments_and_none_before_the_body() {
        check(
            &Statement::Exec {
                target: target(),
                method: "list".into(),
                parameters: given(&[("id", true), ("x-y", false), ("deployment_name", true)]),
                json: Some("{\"note\": \"it's\"}".into()),
            },
            "
EXEC databricks_workspace.ml.model_registry_webhooks.\"list\"
@id='{{ id }}', --required
@\"x-y\"='{{ x-y }}',
@deployment_name='{{ deployment_name }}' --required
@@json='{\"note\": \"it''s\"}'
;",
        );
    }

    #[test]
    fn what_cannot_be_said_is_refused() {
        let refused = |statement: Statement| statement.to_sql().expect_err("it cannot be said");
        let insert = |assignments| Statement::Insert {
            target: target(),
            assignments,
            returning: Vec::new(),
        };
        assert_eq!(refused(insert(Vec::new())), Refusal::NothingToInsert);
        assert_eq!(refused(insert(given(&[("", false)]))), Refusal::EmptyName);
        assert_eq!(
            refused(insert(given(&[("{{x", false)]))),
            Refusal::TemplateInName("{{x".into())
        );
        let bare = Assignment {
            name: "a".into(),
            term: Term::Bare("1; --".into()),
            required: false,
        };
        assert_eq!(refused(insert(vec![bare])), Refusal::NotALiteral("1; --".into()));
        let update = Statement::Update {
            target: target(),
            assignments: Vec::new(),
            conditions: Vec::new(),
            returning: Vec::new(),
        };
        assert_eq!(refused(update), Refusal::NothingToSet);
        let delete = Statement::Delete {
            target: target(),
            conditions: Vec::new(),
        };
        assert_eq!(refused(delete), Refusal::NoCondition);
    }
}
