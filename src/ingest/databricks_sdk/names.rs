//! Resource names: `/postgres/{name}` with `name` documented as `projects/{project_id}/branches/{branch_id}`.
//!
//! Many methods share such a path, and the runtime cannot put a slash into a path parameter, so the parameter is replaced
//! by its form. The form is looked for in this order, and where it was found is kept for the report:
//! the text of the parameter; the text of the class that is sent or answered, or of its `name`; the same resource in
//! another method; the collection below `parent`; the only form that the path is ever documented with.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Level;
use super::facts::{Answer, Api, Body, Definition, Method, Module, Part, Type};
use crate::source::Text;

/// The form of a resource name.
pub(super) type Form = Vec<Segment>;

/// A segment of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Literal(Text),
    Variable(Text),
}

/// Where a form was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    OwnText,
    Class,
    Sibling,
    Collection,
    Neighbours,
}

/// A path parameter: class, method and parameter.
type Key = (Text, Text, Text);

/// The resource names of a module.
#[derive(Debug, Default)]
pub(super) struct Names {
    forms: BTreeMap<Key, (Found, Vec<Form>)>,
    /// Parameters that stand where other methods have a documented name, and have none themselves.
    unresolved: Vec<Key>,
}

impl Names {
    /// The form of a path parameter at a level.
    pub(super) fn form(&self, api: &Api, method: &Method, parameter: &Text, level: Level) -> Option<(Found, &Form)> {
        let (found, forms) = self.forms.get(&key(api, method, parameter))?;
        // Two forms are one for each level; only that of the account begins with it.
        let fits = |form: &&Form| is_of_account(form) == (level == Level::Account);
        forms.iter().find(fits).or(forms.first()).map(|form| (*found, form))
    }

    /// Whether a path parameter is a resource name whose form is nowhere documented.
    pub(super) fn is_unresolved(&self, api: &Api, method: &Method, parameter: &Text) -> bool {
        self.unresolved.contains(&key(api, method, parameter))
    }
}

fn key(api: &Api, method: &Method, parameter: &Text) -> Key {
    (api.class.clone(), method.name.clone(), parameter.clone())
}

fn is_of_account(form: &Form) -> bool {
    matches!(form.first(), Some(Segment::Literal(first)) if first == "accounts")
}

/// A path parameter that may be a resource name.
struct Candidate<'a> {
    api: &'a Api,
    method: &'a Method,
    parameter: &'a Text,
    /// The path before and after it.
    before: &'a [Part],
    after: &'a [Part],
}

impl Candidate<'_> {
    fn key(&self) -> Key {
        key(self.api, self.method, self.parameter)
    }

    /// `branch` of `get_branch`.
    fn noun(&self) -> &str {
        self.method.name.split_once('_').map_or("", |(_, noun)| noun)
    }

    /// The collection that follows, segment by segment: `branches` of `{parent}/branches`, and `preview`, `copies` of
    /// `{parent}/preview/copies`.
    fn collection(&self) -> Option<Vec<Segment>> {
        let Part::Literal(text) = self.after.first()? else {
            return None;
        };
        let words = text.strip_prefix('/')?.split(':').next()?;
        Some(words.split('/').map(|word| Segment::Literal(word.into())).collect())
    }
}

/// Finds the forms of a module.
pub(super) fn read(module: &Module) -> Names {
    let candidates = candidates(module);
    let mut names = Names::default();
    for (found, look) in PASSES {
        let known = names.forms.clone();
        for candidate in &candidates {
            let Entry::Vacant(entry) = names.forms.entry(candidate.key()) else {
                continue;
            };
            let forms = look(candidate, module, &candidates, &known);
            if !forms.is_empty() {
                entry.insert((found, forms));
            }
        }
    }
    unify(&mut names, module);
    names.unresolved = candidates
        .iter()
        .filter(|own| !names.forms.contains_key(&own.key()))
        .filter(|own| {
            let shares = |other: &&Candidate<'_>| other.before == own.before && names.forms.contains_key(&other.key());
            candidates.iter().any(|other| shares(&other))
        })
        .map(Candidate::key)
        .collect();
    names
}

type Known = BTreeMap<Key, (Found, Vec<Form>)>;
type Pass = fn(&Candidate<'_>, &Module, &[Candidate<'_>], &Known) -> Vec<Form>;

const PASSES: [(Found, Pass); 5] = [
    (Found::OwnText, in_its_text),
    (Found::Class, in_the_class),
    (Found::Sibling, in_a_sibling),
    (Found::Collection, in_the_collection),
    (Found::Neighbours, in_the_neighbours),
];

fn candidates(module: &Module) -> Vec<Candidate<'_>> {
    let mut out = Vec::new();
    for api in &module.apis {
        for method in &api.methods {
            for (index, part) in method.request.path.iter().enumerate() {
                if let Part::Parameter {
                    name,
                    multi_segment: false,
                } = part
                {
                    let (before, after) = (&method.request.path[..index], &method.request.path[index + 1..]);
                    out.push(Candidate {
                        api,
                        method,
                        parameter: name,
                        before,
                        after,
                    });
                }
            }
        }
    }
    out
}

/// Only `name` and `parent` are resource names by convention; any other parameter must say so itself.
fn is_conventional(candidate: &Candidate<'_>) -> bool {
    candidate.parameter == "name" || candidate.parameter == "parent"
}

fn in_its_text(own: &Candidate<'_>, _: &Module, _: &[Candidate<'_>], _: &Known) -> Vec<Form> {
    own.method
        .text
        .parameters
        .get(own.parameter)
        .map(|text| forms_in(text))
        .unwrap_or_default()
}

/// `name` identifies what is sent or answered. An answer that is an operation has a name of its own.
fn in_the_class(own: &Candidate<'_>, module: &Module, _: &[Candidate<'_>], _: &Known) -> Vec<Form> {
    if own.parameter != "name" {
        return Vec::new();
    }
    let sent = match &own.method.request.body {
        Body::Whole(parameter) => own
            .method
            .parameters
            .iter()
            .find(|known| known.name == *parameter)
            .map(|known| &known.kind),
        _ => None,
    };
    let answered = match &own.method.answer {
        Answer::Class(kind) => Some(kind),
        _ => None,
    };
    for kind in [sent, answered].into_iter().flatten() {
        let Type::Class { module: None, name } = kind else {
            continue;
        };
        let Some(Definition::Record(record)) = module.definitions.get(name).filter(|_| name != "Operation") else {
            continue;
        };
        let of_name = record
            .fields
            .iter()
            .find(|field| field.wire == "name")
            .and_then(|field| field.text.as_ref());
        for text in [of_name, record.text.as_ref()].into_iter().flatten() {
            let forms = forms_in(text);
            if !forms.is_empty() {
                return forms;
            }
        }
    }
    Vec::new()
}

fn in_a_sibling(own: &Candidate<'_>, _: &Module, all: &[Candidate<'_>], known: &Known) -> Vec<Form> {
    let same = |other: &&Candidate<'_>| {
        other.before == own.before
            && other.parameter == own.parameter
            && other.noun() == own.noun()
            && !own.noun().is_empty()
    };
    all.iter()
        .filter(same)
        .find_map(|other| known.get(&other.key()))
        .map(|(_, forms)| forms.clone())
        .unwrap_or_default()
}

/// What `create_branch` puts below `{parent}/branches` is named `{parent}/branches/{branch_id}`, and the other way round.
fn in_the_collection(own: &Candidate<'_>, _: &Module, all: &[Candidate<'_>], known: &Known) -> Vec<Form> {
    let beside = all
        .iter()
        .filter(|other| other.before == own.before && other.api.class == own.api.class);
    match own.parameter.as_str() {
        "name" => {
            let created = |other: &&Candidate<'_>| {
                other.parameter == "parent" && other.method.name == format!("create_{}", own.noun())
            };
            let mut beside = beside;
            let Some(parent) = beside.find(created) else {
                return Vec::new();
            };
            let (Some(mut below), Some((_, forms))) = (parent.collection(), known.get(&parent.key())) else {
                return Vec::new();
            };
            below.push(Segment::Variable(ecow::eco_format!("{}_id", own.noun())));
            forms.iter().map(|form| [form.as_slice(), &below].concat()).collect()
        }
        "parent" => {
            let Some(collection) = own.collection() else {
                return Vec::new();
            };
            let named = beside.filter(|other| other.parameter == "name").find_map(|other| {
                let (_, forms) = known.get(&other.key())?;
                let form = forms.first()?;
                let (before, last) = form.split_at_checked(form.len().checked_sub(collection.len() + 1)?)?;
                (last.starts_with(&collection) && !before.is_empty()).then(|| before.to_vec())
            });
            named.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Where a path begins with one name only, wherever it is documented, the undocumented ones are that name.
fn in_the_neighbours(own: &Candidate<'_>, _: &Module, all: &[Candidate<'_>], known: &Known) -> Vec<Form> {
    if !is_conventional(own) {
        return Vec::new();
    }
    let beside = all
        .iter()
        .filter(|other| other.before == own.before && other.parameter == own.parameter);
    let mut forms: Vec<&Vec<Form>> = beside
        .filter_map(|other| known.get(&other.key()).map(|(_, forms)| forms))
        .collect();
    forms.dedup();
    match forms.as_slice() {
        [only] => (*only).clone(),
        _ => Vec::new(),
    }
}

/// The forms that a text holds: `a/{b}` anywhere, and a name without variables after `Format:`.
fn forms_in(text: &str) -> Vec<Form> {
    let mut out: Vec<Form> = Vec::new();
    let words = text.split(|letter: char| letter.is_whitespace() || "\"'`(),;".contains(letter));
    let mut after_format = false;
    for word in words.filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches(['.', ':']);
        if let Some(form) = form(bare, after_format)
            && !out.contains(&form)
        {
            out.push(form);
        }
        after_format = word.eq_ignore_ascii_case("format:");
    }
    // A text that shows two names for the two levels has one of each; any further one is an example of something else.
    let account = out.iter().find(|form| is_of_account(form)).cloned();
    let workspace = out.iter().find(|form| !is_of_account(form)).cloned();
    match (account, workspace) {
        (Some(account), Some(workspace)) if out.len() > 1 => vec![account, workspace],
        _ => out.into_iter().take(1).collect(),
    }
}

fn form(word: &str, after_format: bool) -> Option<Form> {
    let segments: Option<Form> = word.split('/').map(segment).collect();
    let segments = segments.filter(|segments| matches!(segments.first(), Some(Segment::Literal(_))))?;
    let has_variable = segments.iter().any(|segment| matches!(segment, Segment::Variable(_)));
    let singleton = after_format && segments.len() == 1 && word.contains('-');
    ((segments.len() > 1 && has_variable) || singleton).then_some(segments)
}

/// `{catalog}.{schema}.{table}` is one segment, known by its last part until [`unify`] names it for its collection.
fn segment(text: &str) -> Option<Segment> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    if !text.contains('{') {
        return is_name(text).then(|| Segment::Literal(text.into()));
    }
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let names: Vec<&str> = inner.split("}.{").collect();
    names
        .iter()
        .all(|name| is_name(name) && !name.contains('-'))
        .then(|| Segment::Variable(names.join(".").into()))
}

/// One spelling for the variable of a collection: `projects/{project}` and `projects/{project_id}` both occur.
fn unify(names: &mut Names, module: &Module) {
    let mut spellings: BTreeMap<Text, Vec<Text>> = BTreeMap::new();
    for (_, forms) in names.forms.values() {
        for form in forms {
            for pair in form.windows(2) {
                if let [Segment::Literal(collection), Segment::Variable(variable)] = pair {
                    spellings.entry(collection.clone()).or_default().push(variable.clone());
                }
            }
        }
    }
    let chosen: BTreeMap<Text, Text> = spellings
        .into_iter()
        .map(|(collection, found)| {
            let spelling = spelling(&collection, &found, module);
            (collection, spelling)
        })
        .collect();
    for (_, forms) in names.forms.values_mut() {
        for form in forms {
            let mut collection: Option<Text> = None;
            for segment in form {
                match segment {
                    Segment::Literal(text) => collection = Some(text.clone()),
                    Segment::Variable(variable) => {
                        if let Some(spelling) = collection.take().and_then(|collection| chosen.get(&collection)) {
                            *variable = spelling.clone();
                        }
                    }
                }
            }
        }
    }
}

fn spelling(collection: &str, found: &[Text], module: &Module) -> Text {
    let plain = found.iter().filter(|name| !name.contains('.'));
    if let Some(id) = plain.clone().find(|name| name.ends_with("_id")) {
        return id.clone();
    }
    if let Some(first) = plain.min() {
        return first.clone();
    }
    // A dotted name. The method that creates such a thing may have a parameter for it; else it is called a name.
    let noun = collection.replace('-', "_");
    let noun = noun.strip_suffix('s').unwrap_or(&noun);
    let id = format!("{noun}_id");
    let methods = module.apis.iter().flat_map(|api| &api.methods);
    let known = methods
        .flat_map(|method| &method.parameters)
        .any(|parameter| parameter.name == id);
    if known {
        id.into()
    } else {
        ecow::eco_format!("{noun}_name")
    }
}

#[cfg(test)]
mod tests {
    use super::{Segment, forms_in};

    fn shown(text: &str) -> Vec<String> {
        let print = |segment: &Segment| match segment {
            Segment::Literal(text) => text.to_string(),
            Segment::Variable(name) => format!("{{{name}}}"),
        };
        forms_in(text)
            .iter()
            .map(|form| form.iter().map(print).collect::<Vec<_>>().join("/"))
            .collect()
    }

    #[test]
    fn a_form_is_found_in_prose() {
        assert_eq!(
            shown("The shelf. Format: shops/{shop_id}/shelves/{shelf_id}."),
            ["shops/{shop_id}/shelves/{shelf_id}"]
        );
        assert_eq!(shown("In the form `shelves/{a}.{b}`, as usual"), ["shelves/{a.b}"]);
        assert_eq!(shown("Format: front-shelf"), ["front-shelf"]);
    }

    #[test]
    fn other_words_are_no_forms() {
        assert!(shown("either/or, https://a.test/{x}, see {y}, a path like /x/{y}").is_empty());
        assert!(shown("The front-shelf of a shop").is_empty());
    }

    #[test]
    fn two_levels_have_two_forms() {
        assert_eq!(
            shown("Account: accounts/{account_id}/groups/{id} Workspace: groups/{id}"),
            ["accounts/{account_id}/groups/{id}", "groups/{id}"]
        );
    }
}
