//! The template engine (the only file that names it): built-in templates, templates of the user, and the filters.
//!
//! Everything that a `.md` template prints is escaped for MDX unless a filter says otherwise; a value that the page model
//! does not have is an error, not an empty place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::{escape, prose};

/// A block that all forms of a page have.
const MANIFEST: (&str, &str) = ("manifest.md", include_str!("../../templates/manifest.md"));

/// The built-in templates by name.
const BUILT_IN: [(&str, &str); 7] = [
    MANIFEST,
    ("parts.md", include_str!("../../templates/parts.md")),
    ("resource.md", include_str!("../../templates/resource.md")),
    ("view.md", include_str!("../../templates/view.md")),
    ("service.md", include_str!("../../templates/service.md")),
    ("provider.md", include_str!("../../templates/provider.md")),
    ("part.md", include_str!("../../templates/part.md")),
];

/// The templates of pages as plain Markdown.
const PLAIN: [(&str, &str); 7] = [
    MANIFEST,
    ("parts.md", include_str!("../../templates/plain/parts.md")),
    ("resource.md", include_str!("../../templates/plain/resource.md")),
    ("view.md", include_str!("../../templates/plain/view.md")),
    ("service.md", include_str!("../../templates/plain/service.md")),
    ("provider.md", include_str!("../../templates/plain/provider.md")),
    ("part.md", include_str!("../../templates/plain/part.md")),
];

/// What is wrong with a template, or with what it wants to show.
#[derive(Debug, thiserror::Error)]
#[error("template `{template}`: {message}")]
pub struct TemplateError {
    /// The template.
    pub template: String,
    /// What is wrong, with the place in the template.
    pub message: String,
}

/// All templates of a run.
#[derive(Debug)]
pub struct Templates {
    engine: Tera,
}

impl Templates {
    /// The built-in templates.
    ///
    /// # Errors
    /// None in practice: a test loads them.
    pub fn built_in() -> Result<Self, TemplateError> {
        Templates::with(&BTreeMap::new())
    }

    /// The built-in templates with some replaced, or added, by name.
    ///
    /// # Errors
    /// A template with a mistake.
    pub fn with(user: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        let mut engine = engine(|text, out| escape::mdx(text, out));
        engine.register_filter("attribute", |text: &str, _: Kwargs, _: &State| {
            Value::safe_string(&escape::attribute(text))
        });
        engine.register_filter("js", |text: &str, _: Kwargs, _: &State| {
            Value::safe_string(&serde_json::Value::from(text).to_string())
        });
        engine.register_filter("fields_json", |fields: Value, _: Kwargs, _: &State| {
            Value::safe_string(&fields_json(&fields))
        });
        engine.register_filter("prose", |text: &str, _: Kwargs, _: &State| {
            Value::safe_string(&prose::mdx(text))
        });
        engine.register_filter("cell", |text: &str, _: Kwargs, _: &State| {
            text.replace('|', "\\|").replace(['\n', '\r'], " ")
        });
        let built_in = BUILT_IN.iter().filter(|(name, _)| !user.contains_key(*name));
        let all = built_in.map(|(name, text)| (Cow::from(*name), *text)).chain(
            user.iter()
                .map(|(name, text)| (Cow::from(name.as_str()), text.as_str())),
        );
        engine
            .add_raw_templates(all.map(|(name, text)| (name.into_owned(), text.to_owned())))
            .map_err(|error| wrong("templates", &error))?;
        Ok(Templates { engine })
    }

    /// The templates of pages as plain Markdown: no components, no code, the same page model.
    ///
    /// # Errors
    /// None in practice: a test loads them.
    pub fn plain() -> Result<Self, TemplateError> {
        let mut engine = engine(|text, out| escape::markdown(text, out));
        engine.register_filter("prose", |text: &str, _: Kwargs, _: &State| {
            Value::safe_string(&prose::markdown(text))
        });
        engine.register_filter("code", |text: &str, _: Kwargs, _: &State| {
            Value::safe_string(&escape::code_span(text))
        });
        engine.register_filter("code_cell", |text: &str, _: Kwargs, _: &State| {
            Value::safe_string(&escape::code_cell(text))
        });
        engine.register_filter("field_table", |rows: Value, _: Kwargs, _: &State| {
            Value::safe_string(&plain_table(&rows))
        });
        engine.register_filter("last_part", |folder: &str, _: Kwargs, _: &State| {
            folder.rsplit('/').next().unwrap_or(folder).to_owned()
        });
        engine.register_filter("twin", |file: &str, _: Kwargs, _: &State| twin(file));
        engine
            .add_raw_templates(PLAIN)
            .map_err(|error| wrong("templates", &error))?;
        Ok(Templates { engine })
    }

    /// The page that a template makes of a model, no larger in memory than its text.
    ///
    /// # Errors
    /// A model that cannot be serialised, or a template that asks for what it does not have.
    pub(super) fn render(
        &self,
        template: &str,
        model: &impl Serialize,
        extra: &[(&'static str, &str)],
    ) -> Result<String, TemplateError> {
        let mut context = Context::from_serialize(model).map_err(|error| wrong(template, &error))?;
        for (key, value) in extra {
            context.insert(*key, value);
        }
        let mut page = self
            .engine
            .render(template, &context)
            .map_err(|error| wrong(template, &error))?;
        page.truncate(page.trim_end().len());
        page.push('\n');
        page.shrink_to_fit();
        Ok(page)
    }
}

/// An engine that escapes so, with the filters of all pages.
fn engine(escape: fn(&str, &mut dyn io::Write) -> io::Result<()>) -> Tera {
    let mut engine = Tera::new();
    engine.autoescape_on([".md"]);
    engine.set_escape_fn(escape);
    engine.register_filter("fence", fence);
    engine.register_filter("yaml", |text: &str, _: Kwargs, _: &State| {
        Value::safe_string(&escape::yaml_scalar(text))
    });
    engine
}

/// Rows with `name`, `type` and `description` as a Markdown table; nested ones follow their parent under the names that
/// lead to them, joined by dots.
fn plain_table(rows: &Value) -> String {
    let mut table = "| Name | Datatype | Description |\n|---|---|---|".to_owned();
    add_rows(rows, "", &mut table);
    table
}

fn add_rows(rows: &Value, parent: &str, table: &mut String) {
    for row in rows.as_array().into_iter().flatten() {
        let text = |key: &str| {
            let value = row.get_from_path(key).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let name = format!("{parent}{}", text("name"));
        table.push_str("\n| ");
        table.push_str(&escape::code_cell(&name));
        table.push_str(" | ");
        table.push_str(&escape::code_cell(&text("type")));
        table.push_str(" | ");
        table.push_str(&prose::markdown(&text("description")));
        table.push_str(" |");
        if let Some(children) = row.get_from_path("children") {
            add_rows(children, &format!("{name}."), table);
        }
    }
}

/// The plain form of a page that another page links to: it lies beside the folder of its page, but for the first page.
fn twin(file: &str) -> String {
    let file = file.strip_prefix("../").unwrap_or(file);
    let start = if file.starts_with("../") { "" } else { "./" };
    match file.strip_suffix("/index.md") {
        Some(folder) if !folder.ends_with("..") => format!("{start}{folder}.md"),
        _ => format!("{start}{file}"),
    }
}

/// Fields for the `SchemaTable` component: JSON whose texts hold entities, so that they are right whether the component
/// shows them as HTML or as text.
pub(super) fn fields_json(fields: &(impl Serialize + ?Sized)) -> String {
    let json = serde_json::to_string(fields).expect("rows of texts can be written");
    escape::entities_in_json(&json)
}

#[expect(clippy::needless_pass_by_value, reason = "filters are called with owned arguments")]
fn fence(code: &str, arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let language: &str = arguments.must_get("language")?;
    Ok(Value::safe_string(&escape::fence(code, language)))
}

fn wrong(template: &str, error: &tera::Error) -> TemplateError {
    TemplateError {
        template: template.to_owned(),
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Templates;

    #[derive(serde::Serialize)]
    struct Model {
        name: &'static str,
    }

    fn user(name: &str, text: &str) -> BTreeMap<String, String> {
        BTreeMap::from([(name.to_owned(), text.to_owned())])
    }

    #[test]
    fn built_in_templates_load() {
        Templates::built_in().expect("built-in templates have no mistakes");
        Templates::plain().expect("plain templates have no mistakes");
    }

    #[test]
    fn a_template_of_the_user_wins_by_name() {
        let templates = Templates::with(&user("resource.md", "# {{ name }}")).expect("a good template");
        let page = templates
            .render("resource.md", &Model { name: "a{b" }, &[])
            .expect("it renders");
        assert_eq!(page, "# a&#123;b\n");
    }

    #[test]
    fn an_unknown_field_is_an_error_with_its_place() {
        let templates = Templates::with(&user("resource.md", "# {{ title }}")).expect("a good template");
        let error = templates
            .render("resource.md", &Model { name: "a" }, &[])
            .expect_err("no such field");
        assert!(error.to_string().contains("title"), "{error}");
    }

    #[test]
    fn a_broken_template_is_an_error() {
        let error = Templates::with(&user("resource.md", "{% if %}")).expect_err("a mistake");
        assert!(error.to_string().contains("resource.md"), "{error}");
    }
}
