//! The page of a view: a query with a name.

use super::page::{Definition, FieldRow, Imports, ParameterRow, ViewPage};
use super::prose;
use super::resource::Place;
use super::settings::Style;
use crate::provider::{Resource, names};
use crate::source::Text;
use crate::sql::{Assignment, Statement, Term, result_columns};

/// The page of a view.
pub(super) fn page(place: Place<'_>, resource: &Resource, folder: String) -> ViewPage {
    let fields: Vec<FieldRow> = resource
        .views
        .first()
        .and_then(|view| result_columns(&view.ddl))
        .unwrap_or_default()
        .into_iter()
        .map(|column| FieldRow {
            name: column.name,
            data_type: "text".into(),
            description: String::new(),
            children: Vec::new(),
        })
        .collect();
    let parameters = parameters(resource);
    ViewPage {
        folder,
        header: place.header(resource),
        imports: Imports {
            tabs: true,
            schema_table: place.settings.style == Style::SchemaTable && !fields.is_empty(),
        },
        summary: summary(&fields),
        article: prose::article(&resource.key),
        written: place.written(resource),
        overview: place.overview(resource, "View"),
        sql: example(place, resource, &fields, &parameters),
        fields,
        parameters,
        definitions: definitions(resource),
    }
}

/// The columns say what a view is about, in its own order.
fn summary(fields: &[FieldRow]) -> String {
    const NAMED: usize = 4;
    let named: Vec<&str> = fields.iter().take(NAMED).map(|field| field.name.as_str()).collect();
    let left = fields.len() - named.len();
    let columns = match (named.as_slice(), left) {
        ([], _) => return "View (select)".to_owned(),
        (named, 0) => prose::enumeration(named, "and"),
        (named, left) => format!("{} and {left} more", named.join(", ")),
    };
    format!("View of {columns} (select)")
}

/// The queries behind a resource, a tab per dialect.
pub(super) fn definitions(resource: &Resource) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::with_capacity(resource.views.len());
    for (index, view) in resource.views.iter().enumerate() {
        let dialect = view.dialect.as_deref().unwrap_or("sqlite3");
        let known = |value: &str| definitions.iter().any(|definition| definition.value == value);
        let value = if known(dialect) {
            format!("{dialect}-{}", index + 1)
        } else {
            dialect.to_owned()
        };
        definitions.push(Definition {
            label: capitalized(&value),
            value,
            sql: view.ddl.to_string(),
        });
    }
    definitions
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn parameters(resource: &Resource) -> Vec<ParameterRow> {
    let mut names: Vec<&Text> = Vec::new();
    for view in &resource.views {
        for name in &view.required_parameters {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
        .into_iter()
        .map(|name| ParameterRow {
            name: name.clone(),
            anchor: format!("parameter-{name}"),
            data_type: "string".into(),
            description: String::new(),
        })
        .collect()
}

fn example(place: Place<'_>, resource: &Resource, fields: &[FieldRow], parameters: &[ParameterRow]) -> Option<String> {
    let columns: Vec<Text> = fields
        .iter()
        .map(|field| field.name.clone())
        .filter(|name| names::is_selectable(name))
        .collect();
    if columns.is_empty() {
        return None;
    }
    let conditions = parameters.iter().map(|parameter| Assignment {
        name: parameter.name.clone(),
        term: Term::Placeholder(parameter.name.clone()),
        required: true,
    });
    let statement = Statement::Select {
        columns,
        target: place.target(resource),
        conditions: conditions.collect(),
    };
    statement.to_sql().ok()
}
