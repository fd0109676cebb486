//! Names that OpenAPI allows for components.

use crate::source::Text;

/// Whether a name may be that of a component: letters, digits, `.`, `-` and `_`.
pub(super) fn is_component_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// A text as a component name: runs of other signs become one `_`.
pub(super) fn component_name(text: &str) -> Text {
    let mut name = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || ".-_".contains(character) {
            name.push(character);
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_matches('_');
    if name.is_empty() {
        "component".into()
    } else {
        name.into()
    }
}
