//! Operation ids as group, verb and nouns, in the style that the provider's ids have.

use crate::mapping::verbs::{self, Meaning};
use crate::mapping::words;
use crate::openapi::{HttpVerb, Operation};

/// How the ids of a provider are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub enum IdStyle {
    /// `listWidgets`, `list-widgets`, `list_widgets`: a phrase.
    #[default]
    Phrase,
    /// `shop.widgets.list`: a path of names with the method at the end.
    Dotted,
    /// `Widgets_listByShop`: a group and a method.
    Grouped,
    /// `shop/list-widgets`: a tag and a phrase.
    Slashed,
}

impl IdStyle {
    /// The style that nearly all declared ids share.
    pub(super) fn of<'a>(operations: impl Iterator<Item = &'a Operation>) -> Self {
        let (mut all, mut dotted, mut grouped, mut slashed) = (0_usize, 0_usize, 0_usize, 0_usize);
        for operation in operations.filter(|operation| operation.id_is_declared) {
            let id = operation.id.as_str();
            all += 1;
            dotted += usize::from(id.contains('.') && !id.contains(' '));
            slashed += usize::from(id.contains('/'));
            grouped += usize::from(id.split_once('_').is_some_and(|(group, method)| {
                group.starts_with(|first: char| first.is_ascii_uppercase())
                    && !group.contains('-')
                    && !method.is_empty()
            }));
        }
        let most = |count: usize| count * 10 >= all * 8 && all > 0;
        match () {
            () if most(dotted) => IdStyle::Dotted,
            () if most(slashed) => IdStyle::Slashed,
            () if most(grouped) => IdStyle::Grouped,
            () => IdStyle::Phrase,
        }
    }
}

/// An operation id, understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Identifier {
    /// The names before the method: `shop`, `widgets` of `shop.widgets.list`; empty for phrases.
    pub(super) groups: Vec<String>,
    /// The method part as written.
    pub(super) method: String,
    /// The words of the method part, noise taken off.
    pub(super) words: Vec<String>,
    /// Where the verb stands in `words`.
    pub(super) verb_at: Option<usize>,
    /// What the verb means.
    pub(super) meaning: Option<Meaning>,
    /// Whether the id only repeats HTTP verb and path, so that it says nothing of its own.
    pub(super) is_mechanical: bool,
}

impl Identifier {
    /// The words beside the verb.
    pub(super) fn nouns(&self) -> Vec<String> {
        let skip = self.verb_at.map_or(0..0, |at| at..at + 1);
        self.words
            .iter()
            .enumerate()
            .filter(|(at, _)| !skip.contains(at))
            .map(|(_, word)| word.clone())
            .collect()
    }

    /// The verb.
    pub(super) fn verb(&self) -> Option<&str> {
        self.verb_at.map(|at| self.words[at].as_str())
    }
}

/// Reads the id of an operation in the provider's style. `prefixes` are names that ids may start with without saying
/// more: the service, the tags.
pub(super) fn read(operation: &Operation, style: IdStyle, prefixes: &[Vec<String>]) -> Identifier {
    let id = operation.id.as_str();
    if !operation.id_is_declared {
        return Identifier {
            method: id.to_owned(),
            is_mechanical: true,
            ..Identifier::default()
        };
    }
    let (groups, method) = match style {
        IdStyle::Dotted => match id.rsplit_once('.') {
            Some((groups, method)) => (groups.split('.').map(str::to_owned).collect(), method),
            None => (Vec::new(), id),
        },
        IdStyle::Grouped => match id.split_once('_') {
            Some((group, method)) => (vec![group.to_owned()], method),
            None => (Vec::new(), id),
        },
        IdStyle::Slashed => match id.rsplit_once('/') {
            Some((groups, method)) => (groups.split('/').map(str::to_owned).collect(), method),
            None => (Vec::new(), id),
        },
        IdStyle::Phrase => (Vec::new(), id),
    };
    let all = words::split(method);
    let is_mechanical = repeats_the_path(&all, operation);
    let words = without_noise(all, prefixes);
    let (verb_at, meaning) = find_verb(&words, operation.verb, is_mechanical);
    Identifier {
        groups,
        method: method.to_owned(),
        words,
        verb_at,
        meaning,
        is_mechanical,
    }
}

/// Takes off a leading service or tag name and words that only tell of the transport.
fn without_noise(mut words: Vec<String>, prefixes: &[Vec<String>]) -> Vec<String> {
    let mut longest = 0;
    for prefix in prefixes {
        if !prefix.is_empty() && words.len() > prefix.len() && same_words(&words[..prefix.len()], prefix) {
            // A prefix that leaves no verb would take the verb with it (`list` in a tag `lists`).
            let follows = verbs::meaning(&words[prefix.len()]).is_some() || is_stage(&words[prefix.len()]);
            if follows {
                longest = longest.max(prefix.len());
            }
        }
    }
    words.drain(..longest);
    while words.len() > 1 && is_stage(&words[0]) {
        words.remove(0);
    }
    words
}

fn is_stage(word: &str) -> bool {
    matches!(word, "begin" | "beta" | "alpha" | "v1" | "v2" | "v3")
}

fn same_words(left: &[String], right: &[String]) -> bool {
    left.iter()
        .zip(right)
        .all(|(left, right)| left == right || words::singular(left) == words::singular(right))
}

fn repeats_the_path(words: &[String], operation: &Operation) -> bool {
    let path: Vec<String> = operation
        .path
        .split(['/', '{', '}', '?'])
        .flat_map(words::split)
        .filter(|word| word != "by")
        .collect();
    let rest: Vec<&String> = words.iter().filter(|word| *word != "by" && *word != "with").collect();
    let Some((first, rest)) = rest.split_first() else {
        return false;
    };
    *first == operation.verb.as_str()
        && !rest.is_empty()
        && rest.len() >= path.len()
        && rest.iter().zip(&path).all(|(left, right)| **left == *right)
}

/// The verb: the first word if that is one, else the last, else the first that is one.
fn find_verb(words: &[String], http: HttpVerb, is_mechanical: bool) -> (Option<usize>, Option<Meaning>) {
    if words.is_empty() || is_mechanical {
        return (None, None);
    }
    // `post-boot-instance`, `put-…`: the HTTP verb in front says nothing when another verb follows.
    if words[0] == http.as_str() && !matches!(http, HttpVerb::Get) {
        if let Some(second) = words.get(1).and_then(|word| verbs::meaning(word))
            && words.len() > 1
        {
            return (Some(1), Some(second));
        }
        return (Some(0), None);
    }
    if let Some(meaning) = verbs::phrase_meaning(words) {
        return (Some(0), Some(meaning));
    }
    let last = words.len() - 1;
    if let Some(meaning) = verbs::meaning(&words[last]) {
        return (Some(last), Some(meaning));
    }
    for at in 1..last {
        if let Some(meaning) = verbs::phrase_meaning(&words[at..]) {
            return (Some(at), Some(meaning));
        }
    }
    (None, None)
}
