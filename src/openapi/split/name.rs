//! Names of services that the runtime's grammar accepts.

use rustc_hash::FxHashSet;

use crate::openapi::RESERVED_NAMES;
use crate::source::Text;

/// Words that start or divide a statement: taken bare, and best kept out of names all the same.
const CLAUSE_WORDS: [&str; 6] = ["select", "insert", "update", "delete", "from", "where"];

/// File names that say nothing about what the file describes.
const GENERIC_FILE_NAMES: [&str; 10] = [
    "api", "apis", "index", "open_api", "openapi", "openapi3", "schema", "spec", "swagger", "main",
];

/// Whether a name must not stand unquoted after the provider's name.
#[must_use]
pub fn is_reserved_name(name: &str) -> bool {
    RESERVED_NAMES.contains(&name) || CLAUSE_WORDS.contains(&name)
}

/// A text as a service name: snake case, no leading digit, no reserved word. `Pet Store` becomes `pet_store`, `2fa`
/// becomes `s_2fa`, `list` becomes `list_api`. A text without any usable character gives `None`.
#[must_use]
pub fn service_name(text: &str) -> Option<Text> {
    let mut name = snake_case(text);
    if name.is_empty() {
        return None;
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert_str(0, "s_");
    }
    if is_reserved_name(&name) {
        name.push_str("_api");
    }
    Some(name.into())
}

/// Lower-case words joined by `_`: signs and changes of case separate words, other alphabets are left out.
fn snake_case(text: &str) -> String {
    let mut out = String::new();
    let characters: Vec<char> = text.chars().filter(|character| *character != '\'').collect();
    for (index, &character) in characters.iter().enumerate() {
        if character == '&' {
            push_separator(&mut out);
            out.push_str("and_");
        } else if character.is_ascii_alphanumeric() {
            let previous = index.checked_sub(1).map(|before| characters[before]);
            let next_is_lower = characters.get(index + 1).is_some_and(char::is_ascii_lowercase);
            let starts_word = character.is_ascii_uppercase()
                && previous.is_some_and(|previous| {
                    previous.is_ascii_lowercase()
                        || previous.is_ascii_digit()
                        || (previous.is_ascii_uppercase() && next_is_lower)
                });
            if starts_word {
                push_separator(&mut out);
            }
            out.push(character.to_ascii_lowercase());
        } else {
            push_separator(&mut out);
        }
    }
    out.trim_matches('_').to_owned()
}

fn push_separator(out: &mut String) {
    if !out.is_empty() && !out.ends_with('_') {
        out.push('_');
    }
}

/// A label for people: `pet_store` and `pet-store` become `Pet Store`; a label with capitals or blanks stays.
pub(super) fn title(label: &str) -> Text {
    let label = label.trim();
    if label.contains(char::is_uppercase) || label.contains(' ') {
        return label.into();
    }
    let words = label.split(['_', '-', '.', '/']).filter(|word| !word.is_empty());
    let capitalised = words.map(|word| {
        let mut characters = word.chars();
        characters
            .next()
            .map(|first| first.to_uppercase().chain(characters).collect::<String>())
            .unwrap_or_default()
    });
    capitalised.collect::<Vec<_>>().join(" ").into()
}

/// The name, made unique among the names taken; the file's name goes before it, then a number behind it.
pub(super) fn unique(name: &str, file: &str, taken: &mut FxHashSet<Text>) -> Text {
    let mut candidate = Text::from(name);
    if taken.contains(&candidate)
        && let Some(stem) = service_name(stem(file))
        && stem != name
    {
        candidate = ecow::eco_format!("{stem}_{name}");
    }
    let wanted = candidate.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = ecow::eco_format!("{wanted}_{number}");
        number += 1;
    }
    candidate
}

/// The name of a service's document: a spec that is one service keeps its own.
pub(super) fn file_name(service: &str, file: &str, is_whole: bool) -> Text {
    let stem = stem(file);
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    let keeps = is_whole
        && !stem.is_empty()
        && !stem.starts_with('.')
        && stem.chars().all(is_plain)
        && service_name(stem).as_deref() == Some(service);
    ecow::eco_format!("{}.yaml", if keeps { stem } else { service })
}

/// The name of a service that is a whole spec: that of the file, unless it says nothing.
pub(super) fn of_file(file: &str, fallback: Option<&str>, title: Option<&str>) -> Text {
    let from_file = service_name(stem(file));
    let is_telling = |name: &Text| !GENERIC_FILE_NAMES.contains(&name.as_str());
    from_file
        .clone()
        .filter(is_telling)
        .or_else(|| service_name(fallback?))
        .or_else(|| service_name(title?))
        .or(from_file)
        .unwrap_or_else(|| "api".into())
}

/// The last part of a path without its extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    ["yaml", "yml", "json"]
        .iter()
        .find_map(|extension| name.strip_suffix(extension)?.strip_suffix('.'))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::{file_name, of_file, service_name, title, unique};

    #[test]
    fn texts_become_names_that_the_grammar_accepts() {
        let cases = [
            ("Pet Store", Some("pet_store")),
            ("petStore", Some("pet_store")),
            ("APIKeys & Tokens", Some("api_keys_and_tokens")),
            ("2fa", Some("s_2fa")),
            ("list", Some("list_api")),
            ("customer's data", Some("customers_data")),
            ("日本", None),
            ("--", None),
        ];
        for (text, name) in cases {
            assert_eq!(service_name(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn names_stay_unique_across_files() {
        let mut taken = FxHashSet::default();
        assert_eq!(unique("users", "a.yaml", &mut taken), "users");
        assert_eq!(unique("users", "b.yaml", &mut taken), "b_users");
        assert_eq!(unique("users", "b.yaml", &mut taken), "b_users_2");
    }

    #[test]
    fn files_that_say_nothing_give_no_name() {
        assert_eq!(of_file("specs/ml.yaml", Some("acme"), None), "ml");
        assert_eq!(of_file("openapi.json", Some("acme"), None), "acme");
        assert_eq!(of_file("openapi.json", None, Some("Acme API")), "acme_api");
    }

    #[test]
    fn a_whole_spec_keeps_its_file_name() {
        assert_eq!(file_name("my_ml", "specs/my-ml.json", true), "my-ml.yaml");
        assert_eq!(file_name("users", "specs/my-ml.json", false), "users.yaml");
    }

    #[test]
    fn labels_are_written_for_people() {
        assert_eq!(title("pet_store"), "Pet Store");
        assert_eq!(title("GitHub apps"), "GitHub apps");
    }
}
