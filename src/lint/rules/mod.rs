//! All rules, by the kind of thing that they look at.
//!
//! A new rule is a file in the folder of its kind, one line in that folder's `mod.rs`, and two folders of cases under
//! `tests/lint/<id>/`: `bad`, in which it finds something, and `good`, in which it does not.

use super::rule::Registered;

/// Declares the files of a folder as modules, and lists their rules.
macro_rules! register {
    ($kind:literal: $($file:ident,)*) => {
        $(mod $file;)*

        /// The rules of this folder, in order.
        pub(super) const RULES: &[$crate::lint::rule::Registered] = &[
            $($crate::lint::rule::Registered {
                kind: $kind,
                file: stringify!($file),
                text: include_str!(concat!(stringify!($file), ".rs")),
                rule: &$file::RULE,
            },)*
        ];
    };
}

mod config;
mod docs;
mod exceptions;
mod files;
mod mapping;
mod provider;
mod resource;
mod service;
mod spec;

const KINDS: [&[Registered]; 9] = [
    files::RULES,
    spec::RULES,
    service::RULES,
    resource::RULES,
    provider::RULES,
    mapping::RULES,
    docs::RULES,
    config::RULES,
    exceptions::RULES,
];

/// All rules, by kind.
pub fn all() -> impl Iterator<Item = &'static Registered> {
    KINDS.into_iter().flatten()
}

/// The rule of this id.
pub(super) fn find(id: &str) -> Option<&'static Registered> {
    all().find(|registered| registered.rule.id == id)
}

/// The rule whose id is most similar, if any is similar at all.
pub(super) fn similar(id: &str) -> Option<&'static str> {
    crate::diagnostic::similar(id, all().map(|registered| registered.rule.id))
}

#[cfg(test)]
mod tests {
    use super::{find, similar};

    #[test]
    fn a_misspelled_rule_is_recognised() {
        assert_eq!(similar("shadowd-method"), Some("shadowed-method"));
        assert_eq!(similar("nothing-like-it-at-all"), None);
        assert!(find("shadowed-method").is_some());
    }
}
