//! Input that was made to do harm, through the whole of `spgen build`: each ends by itself with a clear error or a safe
//! result, within bounded memory and processor time, and nothing is written outside the output folder.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use spgen::source::{self, FileId, Node};
use tempfile::TempDir;

/// Limits of a build, in the units of `ulimit`: kilobytes of address space, seconds of processor time. They are far above
/// what is needed, and far below what a bomb would take.
const MEMORY: u64 = 6_000_000;
const SECONDS: u64 = 240;

/// How large large is: all of it where the program is fast.
const SCALE: usize = if cfg!(debug_assertions) { 10 } else { 1 };

struct Case {
    folder: TempDir,
}

impl Case {
    fn new(text: impl AsRef<[u8]>) -> Self {
        let case = Case {
            folder: tempfile::tempdir().expect("folder"),
        };
        case.file("in/openapi.yaml", text);
        case
    }

    fn file(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }

    fn run(&self) -> Output {
        let script = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" \"$@\"");
        Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_spgen")])
            .args(["build", "in/openapi.yaml", "--provider", "acme", "--out", "out"])
            // Threads reserve address space, whether they use it or not.
            .env("RAYON_NUM_THREADS", "2")
            .current_dir(self.folder.path())
            .output()
            .expect("a shell runs")
    }

    /// Builds; gives what was said. Nothing may lie beside input and output afterwards.
    #[track_caller]
    fn build(&self, code: i32) -> String {
        let output = self.run();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let start: String = said.chars().take(4000).collect();
        assert_eq!(output.status.code(), Some(code), "{}\n{start}", output.status);
        let entries = fs::read_dir(self.folder.path()).expect("the folder").flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name != "in" && name != "secret.yaml")
            .collect();
        names.sort();
        let expected: &[&str] = if code == 3 { &[] } else { &["out"] };
        assert_eq!(names, expected);
        said
    }

    /// The service documents, which can all be read.
    fn documents(&self) -> Vec<Node> {
        let files = files_below(&self.folder.path().join("out"));
        let documents = files.iter().filter(|file| {
            file.to_string_lossy().contains("/services/") && file.extension().is_some_and(|end| end == "yaml")
        });
        let read = |file: &PathBuf| {
            let text = fs::read_to_string(file).expect("UTF-8");
            let document = source::read(FileId(0), &text);
            document
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
                .root
        };
        documents.map(read).collect()
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

/// A description with one path and these components.
fn description(paths: &str, components: &str) -> String {
    format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "Shop", "version": "1"}}, "servers": [{{"url": "https://shop.example"}}],
"paths": {{{paths}}}, "components": {{{components}}}}}"#
    )
}

/// `GET` of a path with a JSON answer.
fn get(path: &str, schema: &str) -> String {
    format!(
        r#""{path}": {{"get": {{"responses": {{"200": {{"description": "ok", "content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}"#
    )
}

#[test]
fn aliases_do_not_multiply() {
    let mut text =
        String::from("openapi: 3.0.3\ninfo: {title: x, version: '1'}\nx0: &x0 [a, b, c, d, e, f, g, h, i]\n");
    for level in 1..40 {
        let inner = vec![format!("*x{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "x{level}: &x{level} [{inner}]");
    }
    text.push_str("paths: {}\n");
    assert!(Case::new(text).build(3).contains("alias"));
}

#[test]
fn nesting_has_an_end() {
    let depth = 100_000;
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(depth), close.repeat(depth));
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "}").replace("{\"a\":}", "{}"),
        format!("openapi: 3.0.3\nx: {}", deep("[", "]")),
        format!("openapi: 3.0.3\nx: {}", deep("{a: ", "}")),
        format!("openapi: 3.0.3\nx:\n  {}a", "- ".repeat(depth)),
        format!("openapi: 3.0.3\nx:\n  {}a", "? ".repeat(depth)),
        format!("openapi: 3.0.3\nx: {}a", "!!str ".repeat(depth)),
        "[".repeat(depth),
        "{a: ".repeat(depth),
    ] {
        let said = Case::new(text).build(3);
        assert!(
            said.contains("error[syntax]") && said.contains("in/openapi.yaml:"),
            "{said}"
        );
    }
}

#[test]
fn chains_of_references_have_an_end() {
    let count = 100_000;
    let mut schemas = String::new();
    for number in 0..count {
        let next = format!(r##"{{"$ref": "#/components/schemas/s{}"}}"##, number + 1);
        let schema = match number % 4 {
            0 => next,
            1 => format!(r#"{{"type": "array", "items": {next}}}"#),
            2 => format!(r#"{{"type": "object", "properties": {{"a": {next}}}}}"#),
            _ => format!(r#"{{"allOf": [{next}, {{"type": "object"}}]}}"#),
        };
        let _ = write!(schemas, r#""s{number}": {schema}, "#);
    }
    let _ = write!(schemas, r#""s{count}": {{"type": "string"}}"#);
    let paths = get("/a", r##"{"$ref": "#/components/schemas/s0"}"##);
    let case = Case::new(description(&paths, &format!(r#""schemas": {{{schemas}}}"#)));
    case.build(0);
    assert_eq!(case.documents().len(), 1);
}

#[test]
fn compositions_do_not_multiply() {
    let mut schemas = String::from(r#""s0": {"type": "object", "properties": {"a": {"type": "string"}}}"#);
    for number in 1..200 {
        let next = format!(r##"{{"$ref": "#/components/schemas/s{}"}}"##, number - 1);
        let word = ["allOf", "oneOf", "anyOf"][number % 3];
        let _ = write!(
            schemas,
            r#", "s{number}": {{"{word}": [{next}, {next}, {{"type": "object", "properties": {{"p{number}": {next}}}}}]}}"#
        );
    }
    let paths = get("/a", r##"{"$ref": "#/components/schemas/s199"}"##);
    let case = Case::new(description(&paths, &format!(r#""schemas": {{{schemas}}}"#)));
    case.build(0);
    let size: u64 = files_below(case.folder.path())
        .iter()
        .map(|file| fs::metadata(file).expect("a file").len())
        .sum();
    assert!(size < 20_000_000, "{size} bytes");
}

#[test]
fn a_string_of_100_mb_is_carried() {
    let long = "lorem ipsum ".repeat(100_000_000 / SCALE / 12);
    let schema =
        format!(r#"{{"type": "object", "description": "{long}", "properties": {{"id": {{"type": "string"}}}}}}"#);
    let case = Case::new(description(&get("/a", &schema), ""));
    case.build(0);
}

#[test]
fn marks_without_end_are_not_looked_for_again_and_again() {
    for mark in [
        "<b>",
        "<x-y>",
        "[a](/b ",
        "[a](https://b[",
        "``a",
        "**a ",
        "`a ",
        "<a b=",
        "&#1",
        "> A\n",
        "{",
        "#",
    ] {
        let long = mark.repeat(200_000 / SCALE).replace('\n', "\\n");
        let schema =
            format!(r#"{{"type": "object", "properties": {{"id": {{"type": "string", "description": "{long}"}}}}}}"#);
        Case::new(description(&get("/a", &schema), "")).build(0);
    }
}

#[test]
fn references_may_go_round_across_files() {
    let case = Case::new(description(&get("/a", r#"{"$ref": "one.yaml#/A"}"#), ""));
    case.file(
        "in/one.yaml",
        "A: {type: object, properties: {b: {$ref: 'two.yaml#/B'}, id: {type: string}}}\nX: {$ref: 'two.yaml#/X'}\n",
    );
    case.file(
        "in/two.yaml",
        "B: {type: object, properties: {a: {$ref: 'one.yaml#/A'}}}\nX: {$ref: 'one.yaml#/X'}\n",
    );
    case.build(0);
    let endless = Case::new(description(&get("/a", r#"{"$ref": "one.yaml#/X"}"#), ""));
    endless.file("in/one.yaml", "X: {$ref: 'two.yaml#/X'}\n");
    endless.file("in/two.yaml", "X: {$ref: 'one.yaml#/X'}\n");
    assert!(endless.build(1).contains("error[reference-loop]"));
}

#[test]
fn references_stay_in_the_folder() {
    for (reference, id) in [
        ("../secret.yaml#/A", "reference-outside"),
        ("%2e%2e/secret.yaml#/A", "reference-outside"),
        ("/etc/passwd", "reference-outside"),
        ("link.yaml#/A", "reference-outside"),
        ("file:///etc/passwd", "remote-reference"),
        ("..\\\\secret.yaml", "reference-outside"),
        ("a\\u0000b.yaml", "missing-reference"),
        ("http://127.0.0.1:1/a.yaml", "remote-reference"),
    ] {
        let case = Case::new(description(&get("/a", &format!(r#"{{"$ref": "{reference}"}}"#)), ""));
        case.file("secret.yaml", "A: {type: object, title: secret}");
        std::os::unix::fs::symlink(
            case.folder.path().join("secret.yaml"),
            case.folder.path().join("in/link.yaml"),
        )
        .expect("linked");
        let said = case.build(1);
        assert!(said.contains(&format!("error[{id}]")), "{reference}: {said}");
        for file in files_below(&case.folder.path().join("out")) {
            let text = fs::read_to_string(&file).expect("text");
            assert!(
                !text.contains("title: secret") && !text.contains("root:x"),
                "{}",
                file.display()
            );
        }
    }
}

#[test]
fn names_do_not_lead_out_of_the_folder() {
    let names = [
        "../../../evil",
        "/etc/evil",
        "..",
        ".",
        "a/b/../../c",
        "C:\\\\evil",
        "con",
        "\\u0000evil",
        "evil\\n---\\nx: y",
        "é",
        "",
    ];
    let mut paths = Vec::new();
    for (number, name) in names.iter().enumerate() {
        for (verb, id) in [("get", (*name).to_owned()), ("post", format!("{name}_{number}"))] {
            paths.push((number, verb, id, *name));
        }
    }
    let mut text = Vec::new();
    for (number, path) in names.iter().enumerate() {
        let operations: Vec<String> = paths
            .iter()
            .filter(|(at, ..)| *at == number)
            .map(|(_, verb, id, name)| {
                format!(r#""{verb}": {{"operationId": "{id}", "tags": ["{name}"], "responses": {{"200": {{"description": "{name}", "content": {{"application/json": {{"schema": {{"title": "{name}", "type": "object", "properties": {{"{name}": {{"type": "string"}}, "id": {{"type": "string"}}}}}}}}}}}}}}}}"#)
            })
            .collect();
        text.push(format!(r#""/p{number}/{}": {{{}}}"#, path, operations.join(", ")));
    }
    let description = description(&text.join(", "), "");
    let case = Case::new(&description);
    let output = case.run();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let real = case.folder.path().canonicalize().expect("the folder");
    for file in files_below(&case.folder.path().join("out")) {
        assert!(
            file.canonicalize().expect("a file").starts_with(real.join("out")),
            "{}",
            file.display()
        );
    }
    let code = output.status.code().expect("ended");
    case.build(code);
    case.documents();
}

#[test]
fn a_link_in_the_output_folder_is_not_followed() {
    let case = Case::new(description(
        &get("/a", r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#),
        "",
    ));
    let elsewhere = tempfile::tempdir().expect("folder");
    fs::create_dir(case.folder.path().join("out")).expect("created");
    for name in ["docs", "src", "report.json"] {
        std::os::unix::fs::symlink(elsewhere.path().join(name), case.folder.path().join("out").join(name))
            .expect("linked");
    }
    fs::create_dir(elsewhere.path().join("docs")).expect("created");
    fs::write(elsewhere.path().join("report.json"), "mine").expect("written");
    let output = case.run();
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        fs::read_dir(elsewhere.path().join("docs")).expect("a folder").count(),
        0
    );
    assert_eq!(
        fs::read_to_string(elsewhere.path().join("report.json")).expect("text"),
        "mine"
    );
    assert!(!elsewhere.path().join("src").exists());
}

#[test]
fn control_characters_are_refused_raw_and_harmless_as_escapes() {
    let raw = Case::new(b"openapi: 3.0.3\ninfo: {title: \"a\0b\", version: '1'}\npaths: {}\n");
    assert!(raw.build(3).contains("control-character"));
    let escaped = r"a\u0000b\u001b[31mc\u0007\u2028d\ufeff";
    let schema = format!(
        r#"{{"type": "object", "description": "{escaped}", "properties": {{"{escaped}": {{"type": "string", "description": "{escaped}", "enum": ["{escaped}"], "default": "{escaped}"}}, "id": {{"type": "integer"}}}}}}"#
    );
    let path = get(&format!("/{escaped}/x"), &schema);
    let text = description(&path, "").replace("\"title\": \"Shop\"", &format!("\"title\": \"{escaped}\""));
    let case = Case::new(text);
    let output = case.run();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        !output.stderr.contains(&0x1b),
        "what is said holds no escapes of the input"
    );
    case.documents();
    // The mapping names a path as its source does, or it could not be found again.
    let files = files_below(&case.folder.path().join("out")).into_iter();
    for file in files.filter(|file| !file.ends_with("mapping.csv")) {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let control = text
            .chars()
            .find(|character| character.is_control() && !matches!(character, '\n' | '\t'));
        assert_eq!(control, None, "{}", file.display());
    }
}

#[test]
fn broken_encodings_are_refused() {
    for bytes in [
        &b"openapi: 3.0.3\ninfo: {title: \"\xff\xfe\", version: '1'}\n"[..],
        b"\xc3\x28",
        b"{\"openapi\": \"\xed\xa0\x80\"}",
    ] {
        assert!(Case::new(bytes).build(3).contains("invalid-utf-8"));
    }
    assert!(
        Case::new(r#"{"openapi": "3.0.3", "x": "\ud800"}"#)
            .build(3)
            .contains("error[syntax]")
    );
}

#[test]
fn a_million_keys_are_not_compared_with_each_other() {
    let many = |entry: &dyn Fn(usize) -> String| (0..1_000_000 / SCALE).map(entry).collect::<Vec<_>>().join(",");
    let properties = many(&|number| format!(r#""p{number}":{{"type":"string"}}"#));
    let schema = format!(r#"{{"type": "object", "properties": {{{properties}}}}}"#);
    Case::new(description(&get("/a", &schema), "")).build(0);
}

#[test]
fn a_million_components_are_not_compared_with_each_other() {
    let many = |entry: &dyn Fn(usize) -> String| (0..1_000_000 / SCALE).map(entry).collect::<Vec<_>>().join(",");
    let schemas = many(&|number| format!(r#""s{number}":{{"type":"string"}}"#));
    let paths = get(
        "/a",
        r##"{"type": "object", "properties": {"a": {"$ref": "#/components/schemas/s99999"}}}"##,
    );
    let extension = many(&|number| format!(r#""k{number}":{number}"#));
    let text = description(
        &paths,
        &format!(r#""schemas": {{{schemas}}}, "x-data": {{{extension}}}"#),
    );
    Case::new(text).build(0);
}

#[test]
fn numbers_beyond_all_measure_are_kept_or_dropped_never_bent() {
    let digits = "9".repeat(1000);
    for number in [
        "1e400",
        "-1e400",
        "1e-400",
        &digits,
        "0.1e99999999999999999999",
        "1E+9999",
    ] {
        let schema = format!(
            r#"{{"type": "object", "properties": {{"n": {{"type": "number", "maximum": {number}, "minimum": {number}, "multipleOf": {number}, "default": {number}, "enum": [{number}], "example": {number}}}, "s": {{"type": "string", "maxLength": {number}}}}}}}"#
        );
        let case = Case::new(description(&get("/a", &schema), ""));
        let output = case.run();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{number}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(case.documents().len(), 1);
        let text: String = files_below(&case.folder.path().join("out"))
            .iter()
            .map(|file| fs::read_to_string(file).expect("text"))
            .collect();
        assert!(!text.contains("inf\n") && !text.contains(": NaN"), "{number}");
    }
}

#[test]
fn names_that_collide_after_cleaning_stay_apart() {
    let property = |name: &str| format!(r#""{name}": {{"type": "string"}}"#);
    let properties: Vec<String> = ["name", "Name", "NAME", "na-me", "na_me", "na me", "na.me", "id"]
        .iter()
        .map(|name| property(name))
        .collect();
    let schema = format!(r#"{{"type": "object", "properties": {{{}}}}}"#, properties.join(", "));
    let mut paths = Vec::new();
    for (number, (path, tag, id)) in [
        ("/pets", "Pet Store", "get pets"),
        ("/Pets", "pet-store", "get_pets"),
        ("/PETS", "pet_store", "getPets"),
        ("/pe-ts", "PET STORE", "GETPETS"),
        ("/pe_ts", "Pet_Store", "get-pets"),
        ("/pets/{id}", "petStore", "GetPets"),
        ("/pets/{ID}", "pet.store", "Get.Pets"),
    ]
    .iter()
    .enumerate()
    {
        let parameter = path
            .split(['{', '}'])
            .nth(1)
            .map(|name| {
                format!(r#"{{"name": "{name}", "in": "path", "required": true, "schema": {{"type": "string"}}}}"#)
            })
            .unwrap_or_default();
        paths.push(format!(
            r##""{path}": {{"get": {{"operationId": "{id}", "tags": ["{tag}"], "parameters": [{parameter}], "responses": {{"200": {{"description": "{number}", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Pet{}"}}}}}}}}}}}}}}"##,
            ["", " ", "_", "-", ".", "", ""][number].replace(' ', "%20")
        ));
    }
    let schemas: Vec<String> = ["Pet", "Pet ", "Pet_", "Pet-", "Pet.", "pet"]
        .iter()
        .map(|name| format!(r#""{name}": {schema}"#))
        .collect();
    let text = description(&paths.join(", "), &format!(r#""schemas": {{{}}}"#, schemas.join(", ")));
    let case = Case::new(text);
    let output = case.run();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut names: Vec<String> = files_below(&case.folder.path().join("out"))
        .iter()
        .map(|file| file.to_string_lossy().to_lowercase())
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "files that differ only by case");
    let report = fs::read_to_string(case.folder.path().join("out/report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["counts"]["operations"], 7, "no operation is lost");
}
