//! Reading a configuration: every mistake in one run, each with its position and, for misspelt keys, a suggestion.

use jsonschema::error::ValidationErrorKind;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{Config, ViewFile, refused};
use crate::diagnostic::{Diagnostic, similar};
use crate::source::{Document, Node, pointer, to_json};

/// Reads a configuration.
///
/// # Errors
/// All that is wrong with it.
pub fn parse(document: &Document) -> Result<Config, Vec<Diagnostic>> {
    let refused = refused_in_config(&document.root);
    match typed::<Config>(document) {
        Err(mistakes) => Err(mistakes.into_iter().chain(refused).collect()),
        Ok(_) if !refused.is_empty() => Err(refused),
        Ok(config) => Ok(config),
    }
}

/// Reads a view.
///
/// # Errors
/// All that is wrong with it.
pub fn parse_view(document: &Document) -> Result<ViewFile, Vec<Diagnostic>> {
    typed(document)
}

fn typed<T: JsonSchema + DeserializeOwned>(document: &Document) -> Result<T, Vec<Diagnostic>> {
    let instance: serde_json::Value = serde_json::from_str(&to_json(&document.root))
        .map_err(|error| vec![unreadable(&document.root, &error.to_string())])?;
    let schema = super::schema_of::<T>();
    let validator =
        jsonschema::validator_for(&schema).map_err(|error| vec![unreadable(&document.root, &error.to_string())])?;
    let mistakes: Vec<Diagnostic> = validator
        .iter_errors(&instance)
        .flat_map(|error| mistakes_of(&document.root, &schema, &error))
        .collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    serde_json::from_value(instance).map_err(|error| vec![unreadable(&document.root, &error.to_string())])
}

/// Keys of the provider's `config` that have no effect there.
fn refused_in_config(root: &Node) -> Vec<Diagnostic> {
    let entries = root.get("config").and_then(Node::as_map).into_iter().flatten();
    entries
        .filter_map(|entry| {
            let why = refused::why_in_config(&entry.key)?;
            Some(refusal(&entry.key, why, "/config").at(entry.key_span))
        })
        .collect()
}

fn refusal(key: &str, why: &str, place: &str) -> Diagnostic {
    Diagnostic::error("config", format!("`{key}` cannot be set here"))
        .pointer(format!("{place}/{}", pointer::escape(key)))
        .help(why)
}

fn unreadable(root: &Node, reason: &str) -> Diagnostic {
    Diagnostic::error("config", format!("the configuration cannot be used: {reason}")).at(root.span)
}

fn mistakes_of(root: &Node, schema: &serde_json::Value, error: &jsonschema::ValidationError<'_>) -> Vec<Diagnostic> {
    let place = error.instance_path().to_string();
    // Of several forms the one that the author meant is the one whose kind of value fits.
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } = error.kind() {
        let meant = context
            .iter()
            .find(|errors| !errors.iter().any(|error| is_other_kind(error, &place)));
        if let Some(errors) = meant {
            return errors
                .iter()
                .flat_map(|error| mistakes_of(root, schema, error))
                .collect();
        }
    }
    let node = pointer::follow(root, &place).unwrap_or(root);
    if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
        let schema_place = error.schema_path().to_string();
        let known = known_keys(schema, schema_place.trim_end_matches("/additionalProperties"));
        return unexpected
            .iter()
            .map(|key| unknown_key(node, &place, key, &known))
            .collect();
    }
    vec![
        Diagnostic::error("config", error.to_string())
            .at(node.span)
            .pointer(place)
            .help("`spgen schema config` prints the format"),
    ]
}

/// Whether a form was not meant at all, because the value is of another kind.
fn is_other_kind(error: &jsonschema::ValidationError<'_>, place: &str) -> bool {
    if error.instance_path().to_string() != place {
        return false;
    }
    match error.kind() {
        ValidationErrorKind::Type { .. } => true,
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => context
            .iter()
            .all(|errors| errors.iter().any(|error| is_other_kind(error, place))),
        _ => false,
    }
}

fn known_keys(schema: &serde_json::Value, place: &str) -> Vec<String> {
    let properties = schema.pointer(place).and_then(|object| object.get("properties"));
    // Behind a `$ref` the path goes on from the definition, which the validator spells as part of the path.
    let by_reference = || {
        let name = place.rsplit("/$ref").next()?;
        schema.pointer(name)?.get("properties")
    };
    let keys = properties.or_else(by_reference).and_then(|object| object.as_object());
    keys.into_iter().flat_map(|object| object.keys().cloned()).collect()
}

fn unknown_key(holder: &Node, place: &str, key: &str, known: &[String]) -> Diagnostic {
    let span = holder
        .as_map()
        .and_then(|map| map.entry(key))
        .map_or(holder.span, |entry| entry.key_span);
    if let Some(why) = refused::why(key) {
        return refusal(key, why, place).at(span);
    }
    let closest = similar(key, known.iter().map(String::as_str));
    let finding = Diagnostic::error("config", format!("there is no setting `{key}`"))
        .at(span)
        .pointer(format!("{place}/{}", pointer::escape(key)));
    match closest {
        Some(candidate) => finding.help(format!("did you mean `{candidate}`?")),
        None if known.is_empty() => finding.help("`spgen schema config` prints the format"),
        None => finding.help(format!("the settings here are {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::source::{FileId, read};

    fn mistakes(text: &str) -> Vec<String> {
        let document = read(FileId(0), text).expect("readable");
        let findings = parse(&document).expect_err("has mistakes");
        findings
            .iter()
            .map(|finding| {
                format!(
                    "{}: {} ({})",
                    finding.pointer,
                    finding.message,
                    finding.help.as_deref().unwrap_or("")
                )
            })
            .collect()
    }

    #[test]
    fn a_small_configuration_is_read() {
        let document = read(FileId(0), "name: acme\nsources: [openapi.yaml]\n").expect("readable");
        let config = parse(&document).expect("right");
        assert_eq!(config.name, "acme");
    }

    #[test]
    fn a_misspelt_key_gets_a_suggestion() {
        let found = mistakes("name: acme\nsources: []\nauht: {}\ndocs: {styl: html}\n");
        assert_eq!(
            found,
            [
                "/docs/styl: there is no setting `styl` (did you mean `style`?)",
                "/auht: there is no setting `auht` (did you mean `auth`?)",
            ]
        );
    }

    #[test]
    fn all_mistakes_come_at_once() {
        assert_eq!(mistakes("name: 7\nsources: x\n").len(), 2);
    }
}
