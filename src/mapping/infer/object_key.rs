//! Where in the response the rows are.
//!
//! A list at the top needs no key. An object is an envelope when, besides paging and status fields, it holds one list
//! (or the one among several that carries an envelope's usual name). An object that holds nothing but one object is an
//! envelope of an item where the provider's lists are enveloped by the same kind of name.

use super::envelope_words::{ROWS, holds_things, is_about, is_list, is_rows, is_wrapper, tells_of_next_page};
use super::operation_words::IdStyle;
use super::reply::{Field, FieldKind, Reply};
use super::survey::{Facts, Place};
use crate::mapping::review::{Alternative, OBJECT_KEY};
use crate::mapping::{verbs::Meaning, words};
use crate::openapi::HttpVerb;

/// The key of a select and how sure that is.
pub(super) struct Found {
    pub(super) key: String,
    pub(super) confidence: f32,
    pub(super) why: String,
}

impl Found {
    pub(super) fn new(key: impl Into<String>, confidence: f32, why: impl Into<String>) -> Self {
        Found {
            key: key.into(),
            confidence,
            why: why.into(),
        }
    }
}

/// Whether the answer is a list, enveloped or not.
pub(super) fn answers_list(facts: &Facts<'_>) -> bool {
    match &facts.reply {
        Reply::List => true,
        Reply::Object(fields) => list_in(fields, facts).is_some(),
        _ => false,
    }
}

/// Whether the answer is a list beyond doubt, also where the path ends in a placeholder.
pub(super) fn answers_page(facts: &Facts<'_>) -> bool {
    let fields = facts.reply.fields();
    // The thing that the path names may come with a page of its parts.
    let is_thing = |field: &Field| matches!(field.kind, FieldKind::Object { .. }) && named_in_path(&field.name, facts);
    let is_page = || fields.iter().any(tells_of_next_page) && !fields.iter().any(is_thing);
    facts.reply == Reply::List || answers_list(facts) && (facts.id.verb() == Some("list") || is_page())
}

/// What the provider does with its answers as a habit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    /// Whether an object that holds one whole item is opened.
    pub(super) item_envelopes: bool,
    /// Whether lists carry the token or link of the next page.
    pages_lists: bool,
    /// Whether every method is described with its paging, as in documents that were generated from such descriptions.
    declares_paging: bool,
}

impl Habits {
    /// Only whether items are opened; lists are lists.
    pub(super) fn opening_items(item_envelopes: bool) -> Self {
        Habits {
            item_envelopes,
            ..Habits::default()
        }
    }

    /// The habits of a provider, seen in the operations that `reads`; `item_envelopes` is what a person fixed.
    pub(super) fn of(reads: &[&Facts<'_>], id_style: IdStyle, item_envelopes: Option<bool>) -> Self {
        let enveloped = reads
            .iter()
            .filter(|facts| !facts.reply.fields().is_empty() && list_in(facts.reply.fields(), facts).is_some());
        let (mut all, mut paged) = (0_usize, 0_usize);
        for facts in enveloped {
            all += 1;
            paged += usize::from(facts.reply.fields().iter().any(tells_of_next_page));
        }
        Habits {
            item_envelopes: item_envelopes.unwrap_or_else(|| opens_items(reads)),
            pages_lists: paged * 20 >= all * 11 && paged > 0,
            declares_paging: id_style == IdStyle::Dotted,
        }
    }

    /// Whether a response with one list in it is rather a thing that has a list: all lists of the provider have pages, and
    /// this one has none.
    fn takes_for_thing(self, facts: &Facts<'_>, name: &str) -> bool {
        let is_page = facts
            .reply
            .fields()
            .iter()
            .any(|field| tells_of_next_page(field) || is_about(field));
        // `batchGet` answers all that was asked for at once: no pages, and rows all the same.
        if !self.pages_lists || facts.id.is_bulk {
            return false;
        }
        let is_called_list = facts.id.verb_at.is_none() || facts.id.verb() == Some("list");
        // An object of nothing but a list of things is no thing.
        let is_bare = matches!(facts.reply.fields(), [only] if holds_things(only));
        let by_name = !is_page && !is_called_list && !is_bare && !is_rows(name);
        let by_description = self.declares_paging && !facts.reply.fields().iter().any(tells_of_next_page);
        by_name || by_description
    }
}

/// The key for an operation that answers SELECT.
pub(super) fn of(facts: &Facts<'_>, habits: Habits) -> Found {
    // An import whose source iterates over the rows writes down where they are.
    if let Some(key) = facts.operation.node.get_str("x-object-key") {
        return Found::new(key, 0.99, format!("the source reads the rows from `{key}`"));
    }
    match &facts.reply {
        Reply::Object(fields) => {
            if let Some(found) = list_in(fields, facts) {
                if habits.takes_for_thing(facts, found.key.trim_start_matches("$.")) {
                    return Found::new("", 0.75, "lists of this API have pages, and the response has none");
                }
                return found;
            }
            if let Some(found) = item_in(fields, facts, habits.item_envelopes) {
                return found;
            }
            let sure = if may_be_envelope(fields, facts) { 0.75 } else { 0.93 };
            Found::new("", sure, "the response is the row itself")
        }
        Reply::List => Found::new("", 0.98, "the response is a bare list"),
        Reply::Xml => Found::new("", 0.6, "which fields of XML are rows is the business of a transform"),
        Reply::Free | Reply::Map => Found::new("", 0.85, "the response declares no properties"),
        _ => Found::new("", 0.9, "the response has no rows"),
    }
}

/// Other places where rows could be: every list of objects in the response or one level down, and the response itself.
pub(super) fn others(facts: &Facts<'_>, chosen: &str) -> Vec<Alternative> {
    let lists = |fields: &[Field], above: &str| -> Vec<String> {
        let lists = fields.iter().filter(|field| holds_things(field));
        lists.map(|field| format!("{above}.{}", field.name)).collect()
    };
    let fields = facts.reply.fields();
    let mut keys = lists(fields, "$");
    for field in fields {
        if let FieldKind::Object { fields: inside, .. } = &field.kind {
            keys.extend(lists(inside, &format!("$.{}", field.name)));
        }
    }
    let mut others: Vec<Alternative> = keys
        .into_iter()
        .filter(|key| key != chosen)
        .map(|key| Alternative::new(OBJECT_KEY, key, "a list in the response"))
        .collect();
    if !chosen.is_empty() {
        others.push(Alternative::new(OBJECT_KEY, "", "the response is the row itself"));
    }
    others
}

/// How the response tells of pages: by the next one, by other words about the answer, or not at all.
pub(super) fn paging(facts: &Facts<'_>) -> &'static str {
    let fields = facts.reply.fields();
    match () {
        () if fields.iter().any(tells_of_next_page) => "next page",
        () if fields.iter().any(is_about) => "words about it",
        () => "no page",
    }
}

fn list_in(fields: &[Field], facts: &Facts<'_>) -> Option<Found> {
    let is_asked_for = |field: &&Field| {
        is_list(field) && (!is_about(field) || holds_things(field) && named_in_path(&field.name, facts))
    };
    let mut lists: Vec<&Field> = fields.iter().filter(is_asked_for).collect();
    if lists.is_empty() {
        lists = fields
            .iter()
            .filter(|field| is_list(field) && is_rows(&field.name))
            .collect();
    }
    let others: Vec<&Field> = fields
        .iter()
        .filter(|field| !is_list(field) && !is_about(field))
        .collect();
    let looks_single =
        facts.place == Place::Item && facts.operation.verb == HttpVerb::Get && facts.id.verb() != Some("list");
    if let [only] = lists.as_slice() {
        let usual = is_rows(&only.name);
        if others.is_empty() && (!looks_single || usual || fields.len() == 1) {
            let lists = facts.id.verb() == Some("list") || facts.id.is_mechanical;
            let sure = match () {
                () if usual || lists && named_after_path(&only.name, facts) => 0.97,
                () if holds_things(only) && lists => 0.85,
                () => 0.79,
            };
            return Some(Found::new(
                format!("$.{}", only.name),
                sure,
                format!("`{}` is the only list in the response", only.name),
            ));
        }
        let values = others.iter().all(|field| field.kind == FieldKind::Value);
        let is_page = holds_things(only) && values && fields.iter().any(tells_of_next_page);
        if usual && (!looks_single || is_page) {
            return Some(Found::new(
                format!("$.{}", only.name),
                0.9,
                format!("`{}` is the usual name for the rows of an envelope", only.name),
            ));
        }
        if !looks_single && is_page {
            // What has a path of its own may be a thing whose parts come by pages.
            let is_collection = !facts.path.ends_in_parameter() || facts.id.verb() == Some("list");
            return Some(Found::new(
                format!("$.{}", only.name),
                if is_collection { 0.85 } else { 0.79 },
                format!("`{}` is the only list in a response that has a next page", only.name),
            ));
        }
        // A thing that has a list is not called one, and tells nothing of pages.
        let is_called_list = facts.id.verb() == Some("list") && fields.iter().any(is_about);
        if !looks_single && values && is_called_list && named_after_path(&only.name, facts) {
            return Some(Found::new(
                format!("$.{}", only.name),
                0.79,
                format!("`{}` is the list that the path names", only.name),
            ));
        }
    }
    if lists.len() > 1 && !looks_single {
        for usual in ROWS {
            if let Some(field) = lists.iter().find(|field| field.name.eq_ignore_ascii_case(usual)) {
                return Some(Found::new(
                    format!("$.{}", field.name),
                    0.88,
                    format!("of several lists `{}` has the usual name", field.name),
                ));
            }
        }
        // When several are, the thing has parts of these kinds.
        let mut named = lists.iter().filter(|field| named_after_path(&field.name, facts));
        if let (Some(field), None) = (named.next(), named.next()) {
            return Some(Found::new(
                format!("$.{}", field.name),
                0.75,
                format!("of several lists `{}` is named like the path", field.name),
            ));
        }
        if facts.id.meaning == Some(Meaning::Read) && facts.id.verb() == Some("list") && others.is_empty() {
            let field = lists[0];
            return Some(Found::new(
                format!("$.{}", field.name),
                0.5,
                format!("`{}` is the first of several lists", field.name),
            ));
        }
    }
    nested_list(fields, facts)
}

fn named_after_path(name: &str, facts: &Facts<'_>) -> bool {
    named_after_path_words(&words::singularized(&words::split(name)), facts)
}

fn named_after_path_words(name: &[String], facts: &Facts<'_>) -> bool {
    // `/widgets/list` is about widgets.
    let is_verb = |segment: &&[String]| {
        let reads = matches!(facts.id.meaning, Some(Meaning::Read | Meaning::Search));
        reads && matches!(segment, [word] if facts.id.verb() == Some(word.as_str()))
    };
    let last = facts
        .path
        .fixed()
        .rev()
        .find(|segment| !is_verb(segment))
        .map(words::singularized)
        .unwrap_or_default();
    !last.is_empty() && (name == last || name.ends_with(&last) || last.ends_with(name))
}

/// Whether any segment of the path has the name.
fn named_in_path(name: &str, facts: &Facts<'_>) -> bool {
    let name = words::singularized(&words::split(name));
    facts.path.fixed().any(|segment| words::singularized(segment) == name) || named_after_path_words(&name, facts)
}

/// `{"ok": true, "data": {"count": 2, "widgets": [...]}}`: the envelope is one level down.
fn nested_list(fields: &[Field], facts: &Facts<'_>) -> Option<Found> {
    if facts.place == Place::Item {
        return None;
    }
    let mut wrappers = fields.iter().filter_map(|field| match &field.kind {
        FieldKind::Object { fields: inside, .. } if is_wrapper(&field.name) => Some((field, inside)),
        _ => None,
    });
    let (wrapper, inside) = wrappers.next()?;
    // Two of them, or things beside it: the object is no envelope.
    let is_thing = |field: &Field| field.name != wrapper.name && !is_about(field) && field.kind != FieldKind::Value;
    if wrappers.next().is_some() || fields.iter().any(is_thing) {
        return None;
    }
    let lists: Vec<&Field> = inside
        .iter()
        .filter(|field| is_list(field) && !is_about(field))
        .collect();
    let [list] = lists.as_slice() else { return None };
    let is_only = |fields: &[Field], name: &str| fields.iter().all(|field| field.name == name || is_about(field));
    let confidence = match () {
        () if is_only(fields, &wrapper.name) && is_only(inside, &list.name) => 0.8,
        // Values beside the list may be words about the answer that no one knows, or the fields of a thing.
        () if named_after_path(&list.name, facts) => 0.7,
        () => return None,
    };
    Some(Found::new(
        format!("$.{}.{}", wrapper.name, list.name),
        confidence,
        format!("`{}` in `{}` is the only list in the response", list.name, wrapper.name),
    ))
}

/// Whether the provider wraps single items as a habit: half of its reads of one thing, or more, answer an object that
/// holds nothing but one object.
fn opens_items(reads: &[&Facts<'_>]) -> bool {
    let singles = reads
        .iter()
        .filter(|facts| matches!(facts.reply, Reply::Object(_)) && !answers_list(facts));
    let (mut all, mut wrapped) = (0_usize, 0_usize);
    for facts in singles {
        let is_wrapped = item_in(facts.reply.fields(), facts, true).is_some();
        wrapped += usize::from(is_wrapped);
        // What has only one thing beside words about the answer, and is no item, tells nothing of the habit.
        all += usize::from(is_wrapped || facts.reply.fields().iter().filter(|field| !is_about(field)).count() > 1);
    }
    wrapped * 2 >= all && all > 0
}

/// Whether an object taken for the row itself looks like an envelope all the same: it holds nothing but one thing, or one list
/// of things and next to nothing else.
fn may_be_envelope(fields: &[Field], facts: &Facts<'_>) -> bool {
    let rest = fields.iter().filter(|field| !is_about(field) && !holds_things(field));
    let is_object = |field: &Field| matches!(&field.kind, FieldKind::Object { .. });
    let (objects, others): (Vec<&Field>, Vec<&Field>) = rest.partition(|field| is_object(field));
    let lists = fields.iter().filter(|field| holds_things(field)).count();
    match (objects.as_slice(), others.len()) {
        ([only], 0) => !is_series(only),
        ([_], 1) | ([], _) => lists == 1 && fields.len() <= 3 && !facts.path.ends_in_parameter(),
        _ => false,
    }
}

/// A series of rows with a word about them is no item.
fn is_series(field: &Field) -> bool {
    let FieldKind::Object { fields, .. } = &field.kind else {
        return false;
    };
    fields.iter().any(|field| is_list(field) && is_rows(&field.name))
}

/// `{"widget": {…}}`
fn item_in(fields: &[Field], facts: &Facts<'_>, item_envelopes: bool) -> Option<Found> {
    if !item_envelopes {
        return None;
    }
    // A list of texts or numbers beside `data` repeats what was asked for.
    let has_rows = fields
        .iter()
        .any(|field| is_rows(&field.name) && matches!(field.kind, FieldKind::Object { .. }));
    let is_echo = |field: &Field| has_rows && is_list(field) && !holds_things(field);
    let rest: Vec<&Field> = fields
        .iter()
        .filter(|field| !is_about(field) && !is_echo(field))
        .collect();
    let [only] = rest.as_slice() else { return None };
    let FieldKind::Object { fields: inside, .. } = &only.kind else {
        return None;
    };
    // `{"data": {"widget": {…}}}`
    if let ([inner], true) = (inside.as_slice(), is_wrapper(&only.name))
        && matches!(&inner.kind, FieldKind::Object { fields, .. } if !fields.is_empty())
        && named_in_path(&inner.name, facts)
    {
        return Some(Found::new(
            format!("$.{}.{}", only.name, inner.name),
            0.7,
            format!("`{}` in `{}` holds the whole item", inner.name, only.name),
        ));
    }
    (!is_series(only)).then(|| {
        Found::new(
            format!("$.{}", only.name),
            0.8,
            format!("`{}` holds the whole item", only.name),
        )
    })
}
