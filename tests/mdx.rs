//! Whatever stands in a description, a page compiles and shows exactly that text.

use proptest::prelude::*;
use spgen::docs::{
    ExampleSection, ExampleTab, FieldRow, FieldTab, Header, Imports, Lead, Manifest, ManifestProperty, MethodRow,
    Overview, Page, ParameterLink, ParameterRow, ResourcePage, Style,
};
use spgen::render::{Templates, mdx, prose};

/// A page with the text in every place that text of a spec can reach.
fn page_about(text: &str) -> ResourcePage {
    let row = |text: &str| FieldRow {
        name: "field".into(),
        data_type: text.into(),
        description: text.to_owned(),
        children: vec![],
    };
    let tab = ExampleTab {
        method: "list".into(),
        description: text.to_owned(),
        note: Some(text.to_owned()),
        sql: Some(format!("SELECT '{text}'")),
        filled: Some(format!("SELECT '{text}'")),
    };
    ResourcePage {
        folder: "services/s/r".to_owned(),
        header: Header {
            title: text.into(),
            keywords: vec![text.into()],
            description: text.to_owned(),
            image: "/img/x.png".into(),
        },
        imports: Imports {
            tabs: true,
            schema_table: true,
        },
        summary: text.to_owned(),
        lead: Lead {
            actions: "Lists".to_owned(),
            article: "a",
        },
        written: None,
        overview: Overview {
            name: text.into(),
            kind: "Resource",
            id: text.to_owned(),
        },
        fields: vec![FieldTab {
            method: text.into(),
            rows: vec![row(text)],
            missing: None,
            note: Some(text.to_owned()),
            file: None,
            same_as: None,
        }],
        methods: vec![MethodRow {
            name: text.into(),
            verb: "select",
            link: "?select=x#select-examples".to_owned(),
            required: vec![ParameterLink {
                name: text.into(),
                anchor: "parameter-x".to_owned(),
            }],
            optional: vec![],
            description: text.to_owned(),
            is_deprecated: false,
        }],
        parameters: vec![ParameterRow {
            name: text.into(),
            anchor: text.to_owned(),
            data_type: "string".into(),
            description: text.to_owned(),
        }],
        examples: vec![ExampleSection {
            verb: "SELECT".to_owned(),
            key: "select",
            tabs: vec![tab.clone()],
            manifest: Some(Manifest {
                properties: vec![ManifestProperty {
                    name: text.into(),
                    data_type: text.into(),
                    value: text.to_owned(),
                    description: text.to_owned(),
                    values: vec![text.into()],
                }],
            }),
        }],
        lifecycle: vec![tab],
        definitions: vec![],
        placeholders: Some("In the examples `{{ name }}` stands for a value of your own."),
        guidance: vec![text.to_owned()],
        related: vec![],
    }
}

/// How often the text is shown as prose: guidance, the field's type and description, the method's
/// parameter and description, the parameter's description, the note of the fields, and description and note of two tabs.
const SHOWN: usize = 11;

fn render(text: &str, style: Style) -> String {
    let site = site_of(Page::Resource(Box::new(page_about(text))), style);
    let tree = spgen::render::site(&site, &Templates::built_in().expect("good templates")).expect("it renders");
    let page = tree.get("services/s/r/index.md").expect("the page");
    String::from_utf8(page.to_vec()).expect("UTF-8")
}

fn site_of(page: Page, style: Style) -> spgen::docs::Site {
    let provider = spgen::provider::Provider {
        name: "p".into(),
        version: "v1".into(),
        title: "".into(),
        description: "".into(),
        config: spgen::source::Node::new(spgen::source::Value::Null),
        services: vec![],
    };
    let mut site = spgen::docs::build(
        &provider,
        &spgen::docs::SiteSettings {
            style,
            ..Default::default()
        },
    );
    let header = site.landing.header.clone();
    site.services.push(spgen::docs::ServicePages {
        index: spgen::docs::ServicePage {
            folder: "services/s".to_owned(),
            header,
            provider: "p".into(),
            name: "s".into(),
            description: String::new(),
            is_described: false,
            written: None,
            resource_count: 1,
            resource_word: "resource",
            columns: vec![],
        },
        pages: vec![page],
    });
    site
}

/// White space as HTML shows it; control characters, which no page holds, as replaced.
fn visible(text: &str) -> String {
    text.replace(
        |character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t'),
        "\u{fffd}",
    )
    .split_whitespace()
    .collect::<Vec<_>>()
    .join(" ")
}

fn assert_shown(text: &str) {
    let page = render(text, Style::Html);
    let shown = mdx::shown_text("page", &page).unwrap_or_else(|error| panic!("{error}\n{page}"));
    let wanted = visible(text);
    let unmarked = visible(&prose::shown(text));
    let found = shown
        .iter()
        .filter(|piece| [&wanted, &unmarked].contains(&&visible(piece)))
        .count();
    assert!(
        found >= SHOWN,
        "shown {found} times of {SHOWN}: {text:?}\n{page}\n{shown:?}"
    );
    let page = render(text, Style::SchemaTable);
    mdx::check("page", &page).unwrap_or_else(|error| panic!("{error}\n{page}"));
}

#[test]
fn hostile_texts_are_shown_as_they_are() {
    for text in [
        "a {b} <c> {{ d }} &amp; &#123;",
        "<br>",
        "<br/>",
        "</td>",
        "<script>alert(1)</script>",
        "<!-- x -->",
        "<https://example.com>",
        "https://example.com/a_b_c?x=1#y",
        "http://{host}:{port}/",
        "https://a.example:port/x",
        "www.example.com",
        "me@example.com",
        "javascript:alert(1)",
        "[a](javascript:x)",
        "![x](y)",
        "[^1]",
        "[a]: b",
        "import x from 'y'",
        "export const a = 1",
        "# title",
        "- a",
        "+ a",
        "* a",
        "1. a",
        "2) b",
        "> a",
        "---",
        "***",
        "===",
        "~~~",
        "```\ncode\n```",
        ":::note",
        ":::",
        ":tada:",
        "arn:aws:s3:::bucket",
        ":id:",
        "::leaf[x]",
        ":text[x]{y}",
        "| a | b |\n|---|---|",
        "a\n\nb",
        "a  \nb",
        "a\\\nb",
        "\\*",
        "`x`",
        "``",
        "${x}",
        "`${x}`",
        "'",
        "\"",
        "\"\"\"",
        "\u{202e}abc\u{202c}",
        "\u{feff}x",
        "a\tb",
        "a\r\nb",
        "\u{0}",
        "é 日本語 😀",
        "_a_ __b__ *c* ~d~",
        "a_b_c",
        "~~x~~",
        "x: y",
        "- x: y",
        "?",
        "yes",
        "null",
        "<b",
        "a<b",
        "&",
        "&lt;",
        "{/*",
        "*/}",
        "{'",
        "}",
        "{",
        "$$x$$",
        "\\",
        "!",
        "![",
        "]:",
        "Note: a; b -- c",
    ] {
        assert_shown(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// The quick check and the whole parser agree on any page, right or wrong: lines that the templates write, mixed
    /// with lines that break pages.
    #[test]
    fn the_quick_check_agrees_with_the_parser(lines in proptest::collection::vec(prop_oneof![
        Just(String::new()),
        Just("```sql".to_owned()), Just("```".to_owned()), Just("````".to_owned()), Just("  ```".to_owned()),
        Just("~~~".to_owned()), Just("{".to_owned()), Just("}".to_owned()), Just("{}".to_owned()),
        Just("<table>".to_owned()), Just("</table>".to_owned()), Just("<div className=\"row\">".to_owned()),
        Just("</div>".to_owned()), Just("<SchemaTable fields={[{\"a\":\"}\"}]} />".to_owned()), Just("<SchemaTable fields={fields_a} />".to_owned()),
        Just("<Tabs".to_owned()), Just("    values={[".to_owned()), Just("    ]}".to_owned()), Just(">".to_owned()),
        Just("import A from 'a';".to_owned()), Just("export const a =".to_owned()), Just("- a <code>b</code>".to_owned()),
        "<tr><td>[a_ <>{}`*~\\\\\\[\\]()!|:&]{0,8}</td><td><code>x</code></td></tr>",
        "<tr><td><a href=\"#x\"><CopyableCode code=\"[a<{}`]{0,3}\" /></a></td></tr>",
        "[a <>{}`*_\\[\\]-]{0,6}",
    ], 1..14)) {
        let page = lines.join("\n");
        let quick = mdx::check("p", &page).is_ok();
        prop_assert_eq!(quick, mdx::check_whole("p", &page).is_ok(), "{}", page);
    }

    #[test]
    fn any_text_is_shown_as_it_is(text in "[^ \\t\\r\\n\\x00-\\x1f\\x7f]\\PC{0,40}") {
        if !visible(&text).is_empty() {
            assert_shown(&text);
        }
    }

    #[test]
    fn any_pile_of_markup_is_shown_as_it_is(text in "[-a1 .:/<>{}\\[\\]()*_`~#!|&;\"'\\\\\\n=+@$^w]{1,30}") {
        if !visible(&text).is_empty() {
            assert_shown(&text);
        }
    }
}

/// The committed set of hostile pages: `.ci/site-mdx.mjs` holds the compiler that Docusaurus uses to the same verdicts.
#[test]
fn pages_of_the_set_get_their_verdict() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mdx-pages.json");
    let set = std::fs::read_to_string(file).expect("the set");
    let set: Vec<serde_json::Value> = serde_json::from_str(&set).expect("JSON");
    assert!(set.len() > 100, "the set has become small: {}", set.len());
    let mut wrong = Vec::new();
    for entry in &set {
        let text = |key: &str| entry[key].as_str().unwrap_or_default();
        let accepted = text("verdict") == "accepted";
        assert_eq!(
            text("verdict") == "stricter",
            !text("why").is_empty(),
            "{}",
            text("name")
        );
        for verdict in [mdx::check("page", text("page")), mdx::check_whole("page", text("page"))] {
            if verdict.is_ok() != accepted {
                wrong.push(format!("{}: {verdict:?}", text("name")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
