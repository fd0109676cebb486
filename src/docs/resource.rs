//! The page of a resource.

use super::examples::{self, Examples};
use super::methods::{self, ListedMethod};
use super::page::{ExampleSection, Header, Imports, Lead, MethodRow, Overview, ResourcePage};
use super::settings::{Guidance, SiteSettings, Style};
use super::{field_tabs, guidance, parameters, prose, view};
use crate::mapping::SqlVerb;
use crate::provider::{Resource, Service};
use crate::source::Text;
use crate::sql::Target;

/// Where a page belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The provider's name.
    pub(super) provider: &'a Text,
    /// The service.
    pub(super) service: &'a Service,
    /// What the owner decided.
    pub(super) settings: &'a SiteSettings,
    /// The picture of all pages.
    pub(super) image: &'a Text,
}

impl Place<'_> {
    /// The table of a resource.
    pub(super) fn target(&self, resource: &Resource) -> Target {
        Target {
            provider: self.provider.clone(),
            service: self.service.name.clone(),
            resource: resource.key.clone(),
        }
    }

    /// The top of a resource's page.
    pub(super) fn header(&self, resource: &Resource) -> Header {
        let (provider, service, name) = (self.provider, &self.service.name, &resource.key);
        Header {
            title: name.clone(),
            keywords: [name, service, provider].into_iter().cloned().chain(topics()).collect(),
            description: format!("Query, deploy and manage {name} resources of {provider}.{service} using SQL"),
            image: self.image.clone(),
        }
    }

    /// Name, kind and id.
    pub(super) fn overview(&self, resource: &Resource, kind: &'static str) -> Overview {
        Overview {
            name: resource.key.clone(),
            kind,
            id: format!("{}.{}.{}", self.provider, self.service.name, resource.key),
        }
    }

    /// What a person wrote about a resource.
    pub(super) fn written(&self, resource: &Resource) -> Option<String> {
        let key = format!("{}.{}", self.service.name, resource.key);
        self.settings.texts.resources.get(&key).cloned()
    }
}

/// The keywords of every page.
pub(super) fn topics() -> impl Iterator<Item = Text> {
    ["infrastructure-as-code", "configuration-as-data", "cloud inventory"]
        .into_iter()
        .map(Text::from)
}

/// The page of a resource with methods (or with nothing at all).
pub(super) fn page(place: Place<'_>, resource: &Resource, folder: String) -> ResourcePage {
    let listed = methods::list(place.service, resource);
    let parameters = parameters::rows(&listed);
    let selects: Vec<_> = under(&listed, SqlVerb::Select).collect();
    let fields = field_tabs::tabs(place.service, &selects, place.settings);
    let examples = Examples {
        target: place.target(resource),
        values: place.settings.values,
        only_filled: false,
        structured: examples::structured(&listed),
    };
    let sections = sections(&examples, &listed);
    let lifecycle: Vec<_> = under(&listed, SqlVerb::Exec)
        .map(|method| examples.tab(method))
        .collect();
    let definitions = view::definitions(resource);
    let mut statements = sections
        .iter()
        .flat_map(|section| &section.tabs)
        .chain(&lifecycle)
        .filter_map(|tab| tab.sql.as_ref());
    let has_placeholders = statements.any(|sql| sql.contains("{{ "));
    ResourcePage {
        folder,
        header: place.header(resource),
        imports: Imports {
            tabs: !(fields.is_empty() && sections.is_empty() && lifecycle.is_empty() && definitions.is_empty()),
            schema_table: fields
                .iter()
                .any(|tab| tab.missing.is_none() && (place.settings.style == Style::SchemaTable || tab.file.is_some())),
        },
        summary: summary(&listed),
        lead: Lead {
            actions: actions(&listed),
            article: prose::article(&resource.key),
        },
        written: place.written(resource),
        overview: place.overview(resource, "Resource"),
        methods: listed.iter().map(|method| method_row(method, &parameters)).collect(),
        fields,
        parameters,
        examples: sections,
        lifecycle,
        definitions,
        guidance: match place.settings.guidance {
            Guidance::Off => Vec::new(),
            Guidance::On => guidance::sentences(place.service, resource, &listed),
        },
        placeholders: (place.settings.guidance == Guidance::On && has_placeholders)
            .then_some("In the examples `{{ name }}` stands for a value of your own."),
        related: Vec::new(),
    }
}

fn under<'a, 'b>(listed: &'b [ListedMethod<'a>], verb: SqlVerb) -> impl Iterator<Item = &'b ListedMethod<'a>> {
    listed.iter().filter(move |method| method.verb == verb)
}

/// What the resource is, in the words of the method that asks for least among those of the first verb that say anything,
/// and which verbs reach it: a list says more of a resource than one way of many to a single row.
fn summary(listed: &[ListedMethod<'_>]) -> String {
    let effort = |method: &ListedMethod<'_>| (method.is_deprecated(), method.required().len());
    let told = || {
        listed
            .iter()
            .map(|method| (method, prose::index_line(&method.description())))
            .filter(|(_, text)| !text.is_empty())
    };
    let verb = told().next().map(|(method, _)| method.verb);
    let what = told()
        .filter(|(method, _)| Some(method.verb) == verb)
        .min_by_key(|(method, _)| effort(method))
        .map(|(_, text)| text);
    let mut verbs: Vec<&str> = Vec::new();
    for method in listed {
        if !verbs.contains(&method.verb.as_str()) {
            verbs.push(method.verb.as_str());
        }
    }
    let goes_away = !listed.is_empty() && listed.iter().all(ListedMethod::is_deprecated);
    let what = what.map(|text| if goes_away { prose::deprecated(&text) } else { text });
    match (what, verbs.as_slice()) {
        (Some(what), verbs) => format!("{what} ({})", verbs.join(", ")),
        (None, []) => "no methods".to_owned(),
        (None, verbs) => verbs.join(", "),
    }
}

fn sections(examples: &Examples, listed: &[ListedMethod<'_>]) -> Vec<ExampleSection> {
    let mut sections = Vec::new();
    for verb in SqlVerb::LISTED {
        let methods: Vec<_> = under(listed, verb).collect();
        if methods.is_empty() {
            continue;
        }
        sections.push(ExampleSection {
            verb: verb.as_str().to_uppercase(),
            key: verb.as_str(),
            tabs: methods.iter().map(|method| examples.tab(method)).collect(),
            manifest: match verb {
                SqlVerb::Insert => examples::manifest(&methods),
                _ => None,
            },
        });
    }
    sections
}

fn method_row(listed: &ListedMethod<'_>, rows: &[super::page::ParameterRow]) -> MethodRow {
    let name = &listed.method.name;
    let section = match listed.verb {
        SqlVerb::Exec => "lifecycle-methods".to_owned(),
        verb => format!("{verb}-examples"),
    };
    MethodRow {
        name: name.clone(),
        verb: listed.verb.as_str(),
        link: format!("?{}={}#{section}", listed.verb, query_value(name)),
        required: parameters::links(&listed.required(), rows),
        optional: parameters::links(&listed.optional(), rows),
        description: listed.marked_description(),
        is_deprecated: listed.is_deprecated(),
    }
}

/// A value in a query string.
fn query_value(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            value.push(char::from(byte));
        } else {
            value.push('%');
            value.extend([byte >> 4, byte & 0xf].map(hex_digit));
        }
    }
    value
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}

/// What can be done, in the words of the first sentence. A deletion that has to be called by name is one all the same.
pub(super) fn actions(listed: &[ListedMethod<'_>]) -> String {
    let has = |verb: SqlVerb| under(listed, verb).next().is_some();
    let deletes = has(SqlVerb::Delete) || under(listed, SqlVerb::Exec).any(|method| method.method.name == "delete");
    let words: Vec<&str> = [
        (has(SqlVerb::Insert), "creates"),
        (has(SqlVerb::Update) || has(SqlVerb::Replace), "updates"),
        (deletes, "deletes"),
        (has(SqlVerb::Select), "gets"),
        (has(SqlVerb::Select), "lists"),
    ]
    .into_iter()
    .filter_map(|(holds, word)| holds.then_some(word))
    .collect();
    if words.is_empty() {
        return "Operates on".to_owned();
    }
    let mut actions = prose::enumeration(&words, "or");
    actions[..1].make_ascii_uppercase();
    actions
}
