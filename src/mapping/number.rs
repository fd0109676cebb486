//! Singular and plural of English words in lower case.
//!
//! The rules are those of the crate `pluralizer`; here is what it cannot know about the words of interfaces.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::source::Text;

/// Words that people use in the singular only, or leave as they are.
const UNCOUNTABLE: &[&str] = &[
    "aws",
    "data",
    "dns",
    "feedback",
    "history",
    "https",
    "iaas",
    "info",
    "iops",
    "kubernetes",
    "metadata",
    "paas",
    "saas",
    "sms",
    "sso",
    "support",
    "tls",
    "usage",
];

/// Adjectives that stand behind what they describe, as in `listReposPublic`.
const ADJECTIVES: &[&str] = &["legacy", "private", "public"];

/// Singular and plural where the rules have others.
const IRREGULAR: &[(&str, &str)] = &[
    ("axis", "axes"),
    ("cache", "caches"),
    ("cookie", "cookies"),
    ("hierarchy", "hierarchies"),
    ("index", "indexes"),
    ("movie", "movies"),
    ("schema", "schemas"),
    ("uri", "uris"),
];

/// Both numbers of a word.
#[derive(Clone)]
struct Forms {
    singular: Text,
    plural: Text,
}

thread_local! {
    /// The forms of the words that were asked for: going through the rules takes microseconds, and the same few thousand
    /// words are asked for again and again.
    static KNOWN: RefCell<FxHashMap<Text, Forms>> = RefCell::default();
}

/// Whether a word looks like a plural; what has none does not.
#[must_use]
pub fn is_plural(word: &str) -> bool {
    let forms = forms(word);
    forms.plural == word && forms.singular != word
}

/// Whether the last of some words is plural.
#[must_use]
pub fn are_plural(words: &[String]) -> bool {
    words.last().is_some_and(|word| is_plural(word))
}

/// The plural of a word; a plural stays one.
#[must_use]
pub fn plural(word: &str) -> String {
    forms(word).plural.into()
}

/// The singular of a word; a singular stays one.
#[must_use]
pub fn singular(word: &str) -> String {
    forms(word).singular.into()
}

fn forms(word: &str) -> Forms {
    KNOWN.with_borrow_mut(|known| {
        if let Some(forms) = known.get(word) {
            return forms.clone();
        }
        let forms = forms_by_rule(word);
        known.insert(word.into(), forms.clone());
        forms
    })
}

fn forms_by_rule(word: &str) -> Forms {
    let has_one = UNCOUNTABLE.contains(&word) || word.ends_with("data") || ADJECTIVES.contains(&word);
    if has_one || is_participle(word) {
        return Forms {
            singular: word.into(),
            plural: word.into(),
        };
    }
    if let Some((one, many)) = IRREGULAR.iter().find(|(one, many)| [*one, *many].contains(&word)) {
        return Forms {
            singular: (*one).into(),
            plural: (*many).into(),
        };
    }
    Forms {
        singular: pluralizer::pluralize(word, 1, false).into(),
        plural: pluralizer::pluralize(word, 2, false).into(),
    }
}

/// `starred`, `blocked`; no `feed`, `bed` or `shed`.
fn is_participle(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && !word.ends_with("bed")
}

#[cfg(test)]
mod tests {
    use super::{is_plural, plural, singular};

    #[test]
    fn a_word_has_two_forms_and_each_leads_to_the_other() {
        let words = "widget widgets, policy policies, key keys, class classes, status statuses, repository repositories, \
                     cluster clusters, database databases, api apis, uri uris, box boxes, index indexes, alias aliases, \
                     match matches, branch branches, patch patches, crash crashes, address addresses, search searches, \
                     approach approaches, axis axes, analysis analyses, cache caches, release releases, person people, \
                     child children, hierarchy hierarchies, cookie cookies, schema schemas, bus buses, feed feeds, \
                     accountstatus accountstatuses";
        for pair in words.split(", ") {
            let (one, many) = pair.split_once(' ').expect("two words");
            assert_eq!((singular(one), plural(one)), (one.to_owned(), many.to_owned()), "{one}");
            assert_eq!(
                (singular(many), plural(many)),
                (one.to_owned(), many.to_owned()),
                "{many}"
            );
            assert!(!is_plural(one) && is_plural(many), "{pair}");
        }
    }

    #[test]
    fn some_words_have_one_form() {
        for word in [
            "metadata",
            "usage",
            "dns",
            "news",
            "series",
            "equipment",
            "starred",
            "public",
            "kubernetes",
            "analytics",
        ] {
            assert_eq!((singular(word), plural(word)), (word.to_owned(), word.to_owned()));
            assert!(!is_plural(word), "{word}");
        }
    }
}
