//! The statement that shows how a method is used.

use super::methods::ListedMethod;
use super::page::{ExampleTab, Manifest, ManifestProperty};
use super::settings::ExampleValues;
use super::{example_values, fields, prose};
use crate::mapping::SqlVerb;
use crate::provider::{Input, InputPlace, names};
use crate::source::Text;
use crate::sql::{Assignment, Statement, Target, Term};

/// What the examples of a resource have in common.
#[derive(Debug, Clone)]
pub(super) struct Examples {
    /// The table.
    pub(super) target: Target,
    /// What stands in the place of a value.
    pub(super) values: ExampleValues,
    /// Whether what may be left out is, where there is no value for it.
    pub(super) only_filled: bool,
    /// Names that stand for objects or arrays somewhere in the resource.
    pub(super) structured: Vec<Text>,
}

impl Examples {
    /// The example of a method, under the verb by which it is reached.
    pub(super) fn tab(&self, listed: &ListedMethod<'_>) -> ExampleTab {
        let mut tab = self.plain_tab(listed);
        if self.values == ExampleValues::Both {
            tab.filled = self.filled(listed, &tab);
        }
        tab
    }

    /// The statement of a tab with values, where there is one for more than the address of the server.
    fn filled(&self, listed: &ListedMethod<'_>, plain: &ExampleTab) -> Option<String> {
        let examples = Examples {
            target: self.target.clone(),
            values: ExampleValues::Plausible,
            only_filled: true,
            structured: self.structured.clone(),
        };
        let named = named(listed).into_iter();
        let mut with_values = named.filter(|input| example_values::plausible(input).is_some());
        let tab = examples.plain_tab(listed);
        let is_worth_it = with_values.any(|input| input.place != InputPlace::Server) && tab.note == plain.note;
        tab.sql.filter(|sql| is_worth_it && plain.sql.as_ref() != Some(sql))
    }

    /// Whether a statement names an input.
    fn keeps(&self, input: &Input) -> bool {
        input.required || !self.only_filled || example_values::plausible(input).is_some()
    }

    fn plain_tab(&self, listed: &ListedMethod<'_>) -> ExampleTab {
        let description = listed.marked_description();
        let by_verb = match listed.verb {
            SqlVerb::Select => self.select(listed),
            SqlVerb::Insert => self.insert(listed),
            SqlVerb::Update => self.update(listed),
            SqlVerb::Replace => self.replace(listed),
            SqlVerb::Delete => self.delete(listed),
            SqlVerb::Exec => Some(self.exec(listed)),
        };
        let (statement, note) = match (by_verb, listed.verb) {
            (Some(statement), SqlVerb::Select) => (Some(statement), unnamed_columns(listed)),
            (Some(statement), _) => (Some(statement), None),
            (None, SqlVerb::Select) => (
                None,
                Some("The response of this method has no columns, so there is nothing to select.".to_owned()),
            ),
            (None, verb) => (
                Some(self.exec(listed)),
                Some(format!(
                    "There is nothing that {} could name here, so the method is called directly.",
                    verb.as_str().to_uppercase()
                )),
            ),
        };
        let (sql, note) = match statement.map(|statement| statement.to_sql()) {
            Some(Ok(sql)) => (Some(sql), note),
            Some(Err(refusal)) => (None, Some(format!("This method has no form in SQL: {refusal}."))),
            None => (None, note),
        };
        ExampleTab {
            method: listed.method.name.clone(),
            description,
            note,
            sql,
            filled: None,
        }
    }

    fn select(&self, listed: &ListedMethod<'_>) -> Option<Statement> {
        let mut columns: Vec<Text> = fields::sorted_names(&listed.columns);
        if columns.is_empty() {
            return None;
        }
        // Without any that can be named, the statement says `*`.
        columns.retain(|name| names::is_selectable(name));
        let mut conditions = self.required(listed);
        conditions.extend(self.optional(listed));
        Some(Statement::Select {
            columns,
            target: self.target.clone(),
            conditions,
        })
    }

    /// A SELECT with its required conditions alone, and their names.
    pub(super) fn shortest_select(&self, listed: &ListedMethod<'_>) -> Option<(String, Vec<Text>)> {
        let Statement::Select { columns, target, .. } = self.select(listed)? else {
            return None;
        };
        let conditions = self.required(listed);
        let names = conditions.iter().map(|condition| condition.name.clone()).collect();
        let statement = Statement::Select {
            columns,
            target,
            conditions,
        };
        Some((statement.to_sql().ok()?, names))
    }

    fn insert(&self, listed: &ListedMethod<'_>) -> Option<Statement> {
        let mut assignments: Vec<Assignment> = said(listed, listed.body())
            .filter(|input| self.keeps(input))
            .map(|input| Assignment {
                name: input.name.clone(),
                term: self.typed_term(input),
                required: input.required,
            })
            .collect();
        for input in said(listed, outside_of_body(listed)).filter(|input| self.keeps(input)) {
            if assignments.iter().all(|known| known.name != input.name) {
                assignments.push(self.assign(input, false));
            }
        }
        (!assignments.is_empty()).then(|| Statement::Insert {
            target: self.target.clone(),
            assignments,
            returning: listed.returning.clone(),
        })
    }

    fn update(&self, listed: &ListedMethod<'_>) -> Option<Statement> {
        let assignments = self.changes(listed);
        (!assignments.is_empty()).then(|| Statement::Update {
            target: self.target.clone(),
            assignments,
            conditions: self.required(listed),
            returning: listed.returning.clone(),
        })
    }

    fn replace(&self, listed: &ListedMethod<'_>) -> Option<Statement> {
        let assignments = self.changes(listed);
        (!assignments.is_empty()).then(|| Statement::Replace {
            target: self.target.clone(),
            assignments,
            conditions: self.required(listed),
            returning: listed.returning.clone(),
        })
    }

    fn delete(&self, listed: &ListedMethod<'_>) -> Option<Statement> {
        let mut conditions = self.required(listed);
        conditions.extend(self.optional(listed));
        (!conditions.is_empty()).then(|| Statement::Delete {
            target: self.target.clone(),
            conditions,
        })
    }

    fn exec(&self, listed: &ListedMethod<'_>) -> Statement {
        let mut parameters = self.required(listed);
        let optional = listed.optional().into_iter();
        parameters.extend(
            optional
                .filter(|input| input.place != InputPlace::Body && self.keeps(input))
                .map(|input| self.assign(input, false)),
        );
        let mut body = listed.body();
        body.retain(|input| self.keeps(input));
        let has_optional = body.iter().any(|input| !input.required);
        // The runtime asks for every required field behind `@@json`, and refuses those that are parameters, too.
        let is_whole = !listed.inputs.hides_required;
        let json = (has_optional && is_whole && takes_json(listed, &body) && !self.is_ambiguous(&body))
            .then(|| self.body_json(&body));
        if json.is_none() {
            let fields = body.iter().filter(|input| !input.required);
            parameters.extend(fields.map(|input| self.assign(input, false)));
        }
        Statement::Exec {
            target: self.target.clone(),
            method: listed.method.name.clone(),
            parameters,
            json,
        }
    }

    /// Whether a placeholder of a text is an object elsewhere on the page: filled in by name, it would break the quotes
    /// inside the JSON. As a parameter it can be anything.
    fn is_ambiguous(&self, body: &[&Input]) -> bool {
        body.iter().any(|input| self.structured.contains(&input.name))
    }

    /// The body as JSON text. Values that are no text stand without quotes.
    fn body_json(&self, body: &[&Input]) -> Text {
        let lines: Vec<String> = body
            .iter()
            .map(|input| {
                let key = serde_json::Value::from(input.wire_name.as_str());
                let value = match self.typed_term(input) {
                    Term::Placeholder(name) if input.data_type == "string" => format!("\"{{{{ {name} }}}}\""),
                    Term::Placeholder(name) => format!("{{{{ {name} }}}}"),
                    Term::Text(text) if matches!(input.data_type.as_str(), "array" | "object") => text.into(),
                    Term::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
                    Term::Bare(text) => text.into(),
                };
                format!("{key}: {value}")
            })
            .collect();
        format!("{{\n{}\n}}", lines.join(",\n")).into()
    }

    fn required(&self, listed: &ListedMethod<'_>) -> Vec<Assignment> {
        let inputs = listed.required().into_iter();
        inputs.map(|input| self.assign(input, true)).collect()
    }

    fn optional(&self, listed: &ListedMethod<'_>) -> Vec<Assignment> {
        said(listed, listed.optional())
            .filter(|input| self.keeps(input))
            .map(|input| self.assign(input, false))
            .collect()
    }

    /// What is set; all of it where nothing has a value, because a statement sets something.
    fn changes(&self, listed: &ListedMethod<'_>) -> Vec<Assignment> {
        let all: Vec<&Input> = said(listed, listed.body()).collect();
        let kept: Vec<&Input> = all.iter().copied().filter(|input| self.keeps(input)).collect();
        let named = if kept.is_empty() { all } else { kept };
        named.into_iter().map(|input| self.assign(input, false)).collect()
    }

    /// With the value in quotes: conditions, `SET` and EXEC take text for everything.
    fn assign(&self, input: &Input, required: bool) -> Assignment {
        let term = match self.typed_term(input) {
            Term::Bare(text) => Term::Text(text),
            other => other,
        };
        Assignment {
            name: input.name.clone(),
            term,
            required,
        }
    }

    /// With numbers and booleans bare, which keeps their type in INSERT and in JSON.
    fn typed_term(&self, input: &Input) -> Term {
        let plausible = match self.values {
            ExampleValues::Placeholders | ExampleValues::Both => None,
            ExampleValues::Plausible => example_values::plausible(input),
        };
        plausible.unwrap_or_else(|| Term::Placeholder(input.name.clone()))
    }
}

/// The inputs that the example of a method names.
fn named<'l>(listed: &'l ListedMethod<'_>) -> Vec<&'l Input> {
    let (required, optional, body) = (listed.required(), listed.optional(), listed.body());
    let named = match listed.verb {
        SqlVerb::Select | SqlVerb::Delete => [required, optional].concat(),
        SqlVerb::Insert => [body, outside_of_body(listed)].concat(),
        SqlVerb::Update | SqlVerb::Replace => [required, body].concat(),
        SqlVerb::Exec => return [required, optional, body].concat(),
    };
    said(listed, named).collect()
}

/// What INSERT takes besides the fields of the body.
fn outside_of_body<'l>(listed: &'l ListedMethod<'_>) -> Vec<&'l Input> {
    let is_outside = |input: &&Input| match input.place {
        InputPlace::Path | InputPlace::Query | InputPlace::Server => true,
        InputPlace::Header => input.required,
        InputPlace::Body => false,
    };
    listed.inputs.all.iter().filter(is_outside).collect()
}

/// The inputs that the example of a method may name without reaching another method.
fn said<'l>(listed: &'l ListedMethod<'_>, inputs: Vec<&'l Input>) -> impl Iterator<Item = &'l Input> {
    inputs
        .into_iter()
        .filter(|input| input.required || !listed.unsaid.contains(&input.name))
}

/// Whether the runtime takes this body behind `@@json`: it looks into the values there and refuses numbers, maps and
/// free-form objects, which it takes as parameters. Bodies that are no JSON can be given as parameters only.
fn takes_json(listed: &ListedMethod<'_>, body: &[&Input]) -> bool {
    let request = listed.method.request.as_ref();
    let media_type = request.and_then(|request| request.media_type.as_deref());
    media_type.is_none_or(|name| name.contains("json"))
        && body
            .iter()
            .all(|input| matches!(input.data_type.as_str(), "string" | "boolean"))
}

/// The names of inputs and columns of a resource that are objects or arrays.
pub(super) fn structured(listed: &[ListedMethod<'_>]) -> Vec<Text> {
    let is_structured = |data_type: &str| matches!(data_type, "object" | "array");
    let mut names: Vec<Text> = Vec::new();
    for method in listed {
        let inputs = method.inputs.all.iter().filter(|input| is_structured(&input.data_type));
        let columns = method
            .columns
            .list()
            .iter()
            .filter(|column| is_structured(&column.data_type));
        names.extend(inputs.map(|input| input.name.clone()));
        names.extend(columns.map(|column| column.name.clone()));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// A word on columns that the runtime cannot name.
fn unnamed_columns(listed: &ListedMethod<'_>) -> Option<String> {
    let mut unnamed = fields::sorted_names(&listed.columns);
    unnamed.retain(|name| !names::is_selectable(name));
    let shown = prose::joined(&unnamed.join(", "));
    (!unnamed.is_empty()).then(|| format!("Returned by SELECT *, but cannot be selected by name: {shown}."))
}

/// The properties that the INSERT methods of a resource take, for stackql-deploy.
pub(super) fn manifest(inserts: &[&ListedMethod<'_>]) -> Option<Manifest> {
    let mut properties: Vec<ManifestProperty> = Vec::new();
    for listed in inserts {
        for input in listed.body().into_iter().chain(outside_of_body(listed)) {
            if properties.iter().all(|known| known.name != input.name) {
                properties.push(ManifestProperty {
                    name: input.name.clone(),
                    data_type: input.data_type.clone(),
                    value: format!("{{{{ {} }}}}", input.name),
                    description: prose::one_line(input.description.as_deref().unwrap_or_default()),
                    values: input.values.clone(),
                });
            }
        }
    }
    (!properties.is_empty()).then_some(Manifest { properties })
}
