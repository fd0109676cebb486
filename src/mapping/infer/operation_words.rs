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
            let id = own_part(operation);
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
    /// How many words the verb takes: `create or update` has three.
    pub(super) verb_length: usize,
    /// Whether it acts on many at once: `batchCreate`.
    pub(super) is_bulk: bool,
    /// Whether the id only repeats HTTP verb and path, so that it says nothing of its own.
    pub(super) is_mechanical: bool,
    /// The HTTP verb of the operation.
    pub(super) http: Option<HttpVerb>,
}

impl Identifier {
    /// What the id is about: the words after the verb up to a preposition; where nothing follows the verb, those before
    /// it (`widgets_get`). Empty when the id only repeats the path.
    pub(super) fn noun(&self) -> Noun {
        if self.is_mechanical {
            return Noun::default();
        }
        let (before, after) = match self.verb_at {
            Some(at) => (
                &self.words[..at],
                &self.words[(at + self.verb_length).min(self.words.len())..],
            ),
            None => (&self.words[..0], self.words.as_slice()),
        };
        let after = without_all(without_http_verb(without_number(before_preposition(after)), self.http));
        let after = without_versions(after);
        let leads = after.is_empty() && !before.is_empty();
        Noun {
            words: if leads { without_versions(before) } else { after },
            leads,
        }
    }

    /// The verb.
    pub(super) fn verb(&self) -> Option<&str> {
        self.verb_at.map(|at| self.words[at].as_str())
    }
}

/// What an id is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Noun {
    /// Its words as written.
    pub(super) words: Vec<String>,
    /// Whether it stands before the verb.
    pub(super) leads: bool,
}

/// Reads the id of an operation in the provider's style. `prefixes` are names that ids may start with without saying
/// more: the service, the tags.
pub(super) fn read(operation: &Operation, style: IdStyle, prefixes: &[Vec<String>]) -> Identifier {
    let id = own_part(operation);
    if !operation.id_is_declared {
        return Identifier {
            method: id.to_owned(),
            is_mechanical: true,
            http: Some(operation.verb),
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
    let words = all;
    let start = prefix_length(&words, prefixes);
    let found = find_verb(&words[start..], operation.verb, is_mechanical).map(|(at, meaning)| (at + start, meaning));
    let (verb_at, meaning) = (found.map(|(at, _)| at), found.and_then(|(_, meaning)| meaning));
    let is_bulk = verb_at.is_some_and(|at| is_bulk(&words[at]) || at > 0 && is_bulk(&words[at - 1]));
    let verb_length = match (verb_at, meaning) {
        (Some(at), Some(Meaning::CreateOrUpdate)) if words.get(at + 1).is_some_and(|word| word == "or") => 3,
        _ => 1,
    };
    Identifier {
        groups,
        method: method.to_owned(),
        words,
        verb_at,
        meaning,
        verb_length,
        is_bulk,
        is_mechanical,
        http: Some(operation.verb),
    }
}

/// The id without the HTTP verb that some put before it (`GET_ListWidgets`): it groups nothing.
pub(super) fn own_part(operation: &Operation) -> &str {
    let id = operation.id.as_str();
    let verb = operation.verb.as_str();
    match id.split_once('_') {
        Some((first, rest)) if !rest.is_empty() && first.eq_ignore_ascii_case(verb) && first != verb => rest,
        _ => id,
    }
}

fn is_bulk(word: &str) -> bool {
    matches!(word, "batch" | "bulk")
}

const PREPOSITIONS: &[&str] = &[
    "for", "by", "of", "in", "to", "from", "with", "on", "under", "using", "via",
];

fn before_preposition(words: &[String]) -> &[String] {
    // `sign in`, `opt out` are verbs of two words.
    let splits = |at: &usize| {
        PREPOSITIONS.contains(&words[*at].as_str())
            && !matches!(
                words[*at - 1].as_str(),
                "sign" | "log" | "opt" | "plug" | "built" | "add" | "check"
            )
    };
    let end = (1..words.len()).find(splits).unwrap_or(words.len());
    &words[..end]
}

/// A number at the end (`list_2`) keeps ids apart and names nothing.
fn without_number(words: &[String]) -> &[String] {
    let is_number = |word: &String| word.chars().all(|character| character.is_ascii_digit());
    let end = words
        .iter()
        .rposition(|word| !is_number(word))
        .map_or(0, |last| last + 1);
    &words[..end]
}

/// The HTTP verb at the end (`listLogsGet`) says nothing more. `post` is a thing as well.
fn without_http_verb(words: &[String], http: Option<HttpVerb>) -> &[String] {
    match words {
        [before @ .., last]
            if !before.is_empty() && last != "post" && http.is_some_and(|http| last == http.as_str()) =>
        {
            before
        }
        _ => words,
    }
}

/// `getAllWidgets` is about widgets.
fn without_all(words: &[String]) -> &[String] {
    match words {
        [first, rest @ ..] if first == "all" && !rest.is_empty() => rest,
        _ => words,
    }
}

/// `v2` between the words of an id tells of the API, not of the thing.
fn without_versions(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !words::is_version(word)).cloned().collect()
}

/// How many words at the start only name the service, a tag, or the way of calling: the verb is looked for behind them.
fn prefix_length(words: &[String], prefixes: &[Vec<String>]) -> usize {
    let mut longest = 0;
    for prefix in prefixes {
        if !prefix.is_empty() && words.len() > prefix.len() && same_words(&words[..prefix.len()], prefix) {
            // A prefix that leaves no verb would take the verb with it (`list` in a tag `lists`).
            let next = &words[prefix.len()];
            if verbs::meaning(next).is_some() || is_stage(next) {
                longest = longest.max(prefix.len());
            }
        }
    }
    while longest + 1 < words.len() && is_stage(&words[longest]) {
        longest += 1;
    }
    longest
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

/// The verb and its place: the first word if that is one, else the last, else the first that is one. `batch` before
/// a verb only says how many.
fn find_verb(words: &[String], http: HttpVerb, is_mechanical: bool) -> Option<(usize, Option<Meaning>)> {
    if words.is_empty() || is_mechanical {
        return None;
    }
    if is_bulk(&words[0])
        && let Some(meaning) = words.get(1).and_then(|_| verbs::phrase_meaning(&words[1..]))
    {
        return Some((1, Some(meaning)));
    }
    // `post-boot-instance`, `put-…`: the HTTP verb in front says nothing when another verb follows.
    if words[0] == http.as_str() && !matches!(http, HttpVerb::Get) {
        return match words.get(1).and_then(|word| verbs::meaning(word)) {
            Some(second) => Some((1, Some(second))),
            None => Some((0, None)),
        };
    }
    if let Some(meaning) = verbs::phrase_meaning(words) {
        return Some((0, Some(meaning)));
    }
    for at in 1..words.len().saturating_sub(1) {
        if let Some(meaning) = verbs::phrase_meaning(&words[at..]) {
            return Some((at, Some(meaning)));
        }
    }
    let last = words.len() - 1;
    verbs::meaning(&words[last]).map(|meaning| (last, Some(meaning)))
}
