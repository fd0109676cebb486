//! Operation ids as group, verb and nouns, in the style that the provider's ids have.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::path_shape::PathShape;
use super::undone_words::UndoneWords;
use crate::mapping::verbs::{self, Meaning};
use crate::mapping::{number, words};
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
        let mut groups: FxHashSet<String> = FxHashSet::default();
        for operation in operations.filter(|operation| operation.id_is_declared) {
            let id = own_part(operation);
            all += 1;
            dotted += usize::from(has_dots(id) && !id.contains(' '));
            slashed += usize::from(id.contains('/'));
            let group = id.split_once('_').filter(|(group, method)| {
                group.starts_with(|first: char| first.is_ascii_uppercase())
                    && !group.contains('-')
                    && !method.is_empty()
            });
            grouped += usize::from(group.is_some());
            groups.extend(group.map(|(group, _)| group.to_lowercase()));
        }
        // `List_all_widgets`, `CREATE_Widget` start with what is done; a group is a thing.
        let acts = groups.iter().filter(|group| verbs::is_bare(group)).count();
        let most = |count: usize| count * 10 >= all * 8 && all > 0;
        match () {
            () if most(dotted) => IdStyle::Dotted,
            () if most(slashed) => IdStyle::Slashed,
            () if most(grouped) && acts * 2 < groups.len() => IdStyle::Grouped,
            () => IdStyle::Phrase,
        }
    }
}

/// Whether dots part names; those of `1.0` do not.
fn has_dots(id: &str) -> bool {
    let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    id.match_indices('.')
        .any(|(at, _)| !(digit(id[..at].chars().next_back()) && digit(id[at + 1..].chars().next())))
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
    /// Whether the path has ids as its things (`/playback-ids`).
    has_ids: bool,
    /// What the verb makes, where that is the thing.
    made: Option<String>,
    /// Whether the path has the HTTP verb as its thing (`/posts`).
    has_http_verb: bool,
}

impl Identifier {
    /// What the id is about: the words after the verb up to a preposition; where nothing follows the verb, those before
    /// it (`widgets_get`). Empty when the id only repeats the path.
    pub(super) fn noun(&self) -> Noun {
        if self.is_mechanical {
            return Noun::default();
        }
        if let Some(made) = &self.made {
            return Noun {
                words: vec![made.clone()],
                leads: false,
            };
        }
        let (before, after) = match self.verb_at {
            Some(at) => (
                &self.words[..at],
                &self.words[(at + self.verb_length).min(self.words.len())..],
            ),
            None => (&self.words[..0], self.words.as_slice()),
        };
        let after = without_quantifiers(before_preposition(without_second_verb(after)));
        let after = without_http_verb(without_number(after), self.http);
        let after = if self.has_ids { after } else { without_ids(after) };
        let mut after = without_versions(after);
        // `widgetMergePost`
        let is_http_verb = |word: &String| self.http.is_some_and(|http| word == http.as_str());
        if !self.has_http_verb && matches!(after.as_slice(), [only] if is_http_verb(only)) {
            after.clear();
        }
        let leads = after.is_empty() && !before.is_empty();
        Noun {
            words: if leads {
                without_versions(self.behind_http_verb(before))
            } else {
                without_numbers_glued(after)
            },
            leads,
        }
    }

    /// `tfa` of `post-tfa-enable`.
    fn behind_http_verb<'w>(&self, words: &'w [String]) -> &'w [String] {
        match words {
            [first, rest @ ..] if !rest.is_empty() && self.http.is_some_and(|http| first == http.as_str()) => rest,
            _ => words,
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

/// Reads the id of an operation, whose path has the shape `path`, in the provider's style. `prefixes` are names that ids may start with without saying
/// more: the service, the tags.
/// `undone` are words that are verbs because ids take them back.
pub(super) fn read(
    operation: &Operation,
    path: &PathShape,
    style: IdStyle,
    prefixes: &[Vec<String>],
    undone: &UndoneWords,
) -> Identifier {
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
    let mut words = words::split(&without_article(method));
    without_glued_id(&mut words, path);
    let verb_was_before = id.len() < operation.id.len();
    let is_mechanical = repeats_the_path(&words, operation, path, verb_was_before);
    let start = prefix_length(&words, prefixes);
    let found =
        find_verb(&words[start..], path, operation.verb, is_mechanical).map(|(at, meaning)| (at + start, meaning));
    let found = match found {
        None | Some((_, None)) if !is_mechanical && words.get(start).is_some_and(|word| undone.has(word)) => {
            Some((start, Some(Meaning::Act)))
        }
        _ => found,
    };
    // Where paths name nothing, the thing is what the verb makes: `tagWidget`, `untagWidget`, `listTagsOfWidget`.
    let made = found
        .filter(|_| path.fixed().next().is_none())
        .and_then(|(at, _)| undone.thing(&words[at]))
        .map(str::to_owned);
    let (verb_at, meaning) = (found.map(|(at, _)| at), found.and_then(|(_, meaning)| meaning));
    let is_bulk = verb_at.is_some_and(|at| is_bulk(&words[at]) || at > 0 && is_bulk(&words[at - 1]));
    let verb_length = match verb_at.map(|at| &words[at..]) {
        // `create-or-update`, `enable-or-disable`
        Some([first, or, second, ..])
            if or == "or" && [first, second].iter().all(|word| verbs::meaning(word).is_some()) =>
        {
            3
        }
        Some([verb, particle, _, ..]) if verbs::is_particle(verb, particle) => 2,
        _ => 1,
    };
    // To set up is not to set.
    let meaning = if verb_length == 2 { Some(Meaning::Act) } else { meaning };
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
        has_ids: path
            .fixed()
            .any(|words| words.iter().any(|word| matches!(word.as_str(), "id" | "ids"))),
        made,
        has_http_verb: path.fixed().any(|words| {
            words
                .iter()
                .any(|word| number::singular(word) == operation.verb.as_str())
        }),
    }
}

/// `updateAWidget` is `update-Widget`: the letter alone would stick to the word behind it.
fn without_article(method: &str) -> Cow<'_, str> {
    let Some((verb, rest)) = method.match_indices('A').find_map(|(at, _)| {
        let (before, rest) = (&method[..at], &method[at + 1..]);
        let mut next = rest.chars();
        let starts_a_word = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
        (starts_a_word && verbs::meaning(&before.to_lowercase()).is_some()).then_some((before, rest))
    }) else {
        return Cow::Borrowed(method);
    };
    // DNS has `A` records; an article stands before one thing.
    if number::are_plural(&words::split(rest)) {
        return Cow::Borrowed(method);
    }
    Cow::Owned(format!("{verb}-{rest}"))
}

/// The id without the HTTP verb that some put before it (`GET_ListWidgets`) and without path and HTTP verb that some
/// frameworks put behind it (`list_widgets_shop_widgets_get`): both name nothing more.
pub(super) fn own_part(operation: &Operation) -> &str {
    let verb = operation.verb.as_str();
    let id = without_path(operation);
    match id.split_once('_') {
        Some((first, rest)) if !rest.is_empty() && first.eq_ignore_ascii_case(verb) && first != verb => rest,
        _ => id,
    }
}

/// `list_widgets_api_shop__shop_id__widgets__get` of `GET /api/shop/{shop_id}/widgets/`.
fn without_path(operation: &Operation) -> &str {
    let id = operation.id.as_str();
    let behind = |path: &str| {
        let path: String = path
            .chars()
            .map(|character| if character.is_alphanumeric() { character } else { '_' })
            .collect();
        let own = id.strip_suffix(&format!("{path}_{}", operation.verb.as_str()))?;
        (!own.is_empty() && path.len() > 1).then_some(own)
    };
    behind(operation.source_path())
        .or_else(|| behind(&operation.path))
        .unwrap_or(id)
}

/// Whether a word says that many are meant at once.
pub(super) fn is_bulk(word: &str) -> bool {
    matches!(word, "batch" | "bulk")
}

/// Words that end what an id is about; after `is` it only says what is asked (`checkIfNumberIsBlocked`).
const PREPOSITIONS: &[&str] = &[
    "for", "by", "of", "in", "to", "from", "with", "on", "under", "using", "via", "as", "is", "are", "has",
];

/// Those of them behind which, right after the verb, no thing comes: `list-in-organization`. `on call` is a thing.
const PREPOSITIONS_AFTER_VERBS: &[&str] = &["by", "for", "from", "in", "of", "to", "under", "using", "via", "with"];

fn before_preposition(words: &[String]) -> &[String] {
    if words
        .first()
        .is_some_and(|first| PREPOSITIONS_AFTER_VERBS.contains(&first.as_str()))
    {
        return &[];
    }
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

/// `getAllWidgets`, `getAWidget`, `get-several-widgets`, `checkIfWidget…` are about widgets.
fn without_quantifiers(words: &[String]) -> &[String] {
    let is_quantifier = |word: &str| {
        matches!(
            word,
            "all" | "a" | "an" | "the" | "if" | "whether" | "several" | "multiple" | "single" | "specific"
        )
    };
    match words {
        [first, rest @ ..] if is_quantifier(first) && !rest.is_empty() => without_quantifiers(rest),
        _ => words,
    }
}

/// `getListOfWidgets`, `get-list-widgets`: the second verb says the same once more.
fn without_second_verb(words: &[String]) -> &[String] {
    match words {
        [list, of, rest @ ..] if list == "list" && of == "of" && !rest.is_empty() => rest,
        [list, rest @ ..] if list == "list" && number::are_plural(rest) => rest,
        _ => words,
    }
}

/// `get_widgets_id` reads one of the widgets; what its key is called names nothing.
fn without_ids(words: &[String]) -> &[String] {
    match words {
        [before @ .., last] if !before.is_empty() && matches!(last.as_str(), "id" | "ids") => without_ids(before),
        _ => words,
    }
}

/// `events2` of `listEvents2`: a number behind a plural keeps ids apart.
fn without_numbers_glued(mut words: Vec<String>) -> Vec<String> {
    if let Some(last) = words.last_mut() {
        let stem = last.trim_end_matches(|character: char| character.is_ascii_digit());
        if stem.len() < last.len() && number::is_plural(stem) {
            last.truncate(stem.len());
        }
    }
    words
}

/// `DeleteABCID` of `/abcs/{id}`: a key that capitals glue to the thing.
fn without_glued_id(words: &mut [String], path: &PathShape) {
    if let Some(last) = words.last_mut()
        && let Some(stem) = last.strip_suffix("id")
        && path
            .fixed()
            .any(|step| matches!(step, [only] if number::singular(only) == stem))
    {
        last.truncate(last.len() - 2);
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
        .all(|(left, right)| left == right || number::singular(left) == number::singular(right))
}

/// Whether the words are those of the path with an HTTP verb before them: every fixed segment in order, and for each
/// placeholder its name, `id`, or nothing. Versions do not count.
fn repeats_the_path(words: &[String], operation: &Operation, path: &PathShape, verb_was_before: bool) -> bool {
    let words: Vec<&String> = words
        .iter()
        .filter(|word| *word != "by" && *word != "with" && !words::is_version(word))
        .collect();
    let verb = operation.verb.as_str();
    let has_verb = words.first().is_some_and(|first| *first == verb);
    let mut said = if has_verb { &words[1..] } else { &words[..] };
    // `/{bucket}#policy`: what tells the operation from others is in the id alone.
    let names_nothing = path.fixed().next().is_none();
    if !(has_verb || verb_was_before) || said.is_empty() || names_nothing {
        return false;
    }
    let (mut placeholders, mut said_of_them) = (0_usize, 0_usize);
    for segment in operation.path.split(['/', '?', '#']) {
        for (at, part) in segment.split(['{', '}']).enumerate() {
            let mut part = words::split(part);
            part.retain(|word| !words::is_version(word) && word != "by" && word != "with");
            let is_placeholder = at % 2 == 1;
            let common = said
                .iter()
                .zip(&part)
                .take_while(|(left, right)| **left == *right)
                .count();
            let matched = if is_placeholder {
                placeholders += usize::from(!part.is_empty());
                let id = usize::from(said.first().is_some_and(|word| *word == "id"));
                let matched = if common == part.len() { common } else { id };
                said_of_them += usize::from(matched > 0);
                matched
            } else if common == part.len() {
                common
            } else if part
                .iter()
                .all(|word| matches!(word.as_str(), "api" | "rest" | "json" | "xml"))
            {
                0
            } else {
                return false;
            };
            said = &said[matched..];
        }
    }
    said.is_empty() && (placeholders == 0 || said_of_them > 0)
}

/// The verb and its place: the first word if that is one, else the last if that is nothing else, else the first that is
/// one. `batch` before a verb only says how many.
fn find_verb(
    words: &[String],
    path: &PathShape,
    http: HttpVerb,
    is_mechanical: bool,
) -> Option<(usize, Option<Meaning>)> {
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
        let verb_at = |at: usize| Some((at, Some(verbs::meaning(words.get(at).filter(|word| !is_bulk(word))?)?)));
        let is_act = |found: &(usize, Option<Meaning>)| matches!(found.1, Some(Meaning::Act | Meaning::Undo));
        // `post-tfa-enable` of `/tfa-enable`; the report of `delete-usage-report` is none.
        let ends_path = path.last_fixed().and_then(<[String]>::last) == words.last();
        return verb_at(1)
            .or_else(|| verb_at(words.len() - 1).filter(is_act).filter(|_| ends_path))
            // `deletePart` and `patchPart` say what they do; `post` and `put` may do anything.
            .or(Some((
                0,
                verbs::meaning(&words[0]).filter(|_| matches!(http, HttpVerb::Delete | HttpVerb::Patch)),
            )));
    }
    // An id that only repeats a path of calls ends in the verb: `widgetEventList` of `POST /widget/event/list`.
    if http == HttpVerb::Post
        && path.fixed().count() > 1
        && path.fixed().flatten().eq(words)
        && let Some([only]) = path.last_fixed()
        && let Some(meaning) = verbs::meaning(only)
    {
        return Some((words.len() - 1, Some(meaning)));
    }
    // `widgetPollCreate`: of two words that may be verbs, the one that can be nothing else. Before a first word that is a
    // verb it goes only where the path ends in it: `transferPlanCreate` of `/transfer/plan/create`.
    let last = words.len() - 1;
    let first = verbs::phrase_meaning(words);
    let path_ends_in_last = path.last_fixed().is_some_and(|end| end == &words[last..]);
    // `pollCreate` of `/widgets/{id}/polls`: a word that the path has as a collection is no verb.
    let is_collection = |word: &String| {
        path.fixed()
            .any(|step| matches!(step, [only] if number::is_plural(only) && number::singular(only) == *word))
    };
    if let Some(meaning) = first.filter(|_| {
        last == 0 || !(path_ends_in_last || is_collection(&words[0])) || !verbs::is_never_a_noun(&words[last])
    }) {
        return Some((0, Some(meaning)));
    }
    // `widgetsCreateOrUpdate`
    if let Some(at) = last
        .checked_sub(2)
        .filter(|&at| verbs::phrase_meaning(&words[at..]) == Some(Meaning::CreateOrUpdate))
    {
        return Some((at, Some(Meaning::CreateOrUpdate)));
    }
    if verbs::is_never_a_noun(&words[last]) {
        return verbs::meaning(&words[last]).map(|meaning| (last, Some(meaning)));
    }
    for at in (1..last).filter(|&at| !is_bulk(&words[at]) && !is_collection(&words[at])) {
        if let Some(meaning) = verbs::phrase_meaning(&words[at..]) {
            return Some((at, Some(meaning)));
        }
    }
    verbs::meaning(&words[last]).map(|meaning| (last, Some(meaning)))
}
