//! `spgen docs` as a program: what each option changes in the pages, and its exit codes.

use std::path::Path;
use std::process::Command;

const PROVIDER: &str = "tests/cases-docs/webhooks-with-guidance/provider/acme/v1.0.0";

struct Run {
    out: tempfile::TempDir,
    stderr: String,
}

/// Runs `spgen docs` into a folder of its own.
#[track_caller]
fn docs(provider: &str, options: &[&str], code: i32) -> Run {
    let out = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .args(["docs", provider, "--out"])
        .arg(out.path())
        .args(options)
        .output()
        .expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    Run { out, stderr }
}

impl Run {
    #[track_caller]
    fn read(&self, path: &str) -> String {
        let file = self.out.path().join(path);
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.out.path().join(path).exists()
    }
}

const PAGE: &str = "services/shop/webhooks/index.md";

#[test]
fn pages_alone_are_plain_tables_with_placeholders() {
    let run = docs(PROVIDER, &[], 0);
    let page = run.read(PAGE);
    assert!(
        page.contains("<th>Datatype</th>") && !page.contains("SchemaTable"),
        "{page}"
    );
    assert!(page.contains("'{{ ") && !page.contains("With values:"), "{page}");
    assert!(
        !page.contains("## Related resources") && !page.contains("Deprecated by the API"),
        "{page}"
    );
    assert!(!run.has("package.json") && !run.has("docs"));
}

#[test]
fn each_option_changes_what_it_says() {
    let page = docs(PROVIDER, &["--style", "schema-table"], 0).read(PAGE);
    assert!(page.contains("<SchemaTable fields={["), "{page}");
    let page = docs(PROVIDER, &["--guidance"], 0).read(PAGE);
    assert!(page.contains("Deprecated by the API"), "{page}");
    let page = docs(PROVIDER, &["--values", "both"], 0).read(PAGE);
    assert!(page.contains("'{{ ") && page.contains("With values:"), "{page}");
    let plausible = docs(PROVIDER, &["--values", "plausible"], 0).read(PAGE);
    assert!(!plausible.contains("With values:") && plausible != page, "{plausible}");
}

#[test]
fn a_site_is_a_project_with_its_address_and_twins() {
    let run = docs(PROVIDER, &["--site", "--url", "https://docs.example.com"], 0);
    for path in [
        "package.json",
        "package-lock.json",
        "docusaurus.config.js",
        "sidebars.js",
        "static/llms.txt",
    ] {
        assert!(run.has(path), "{path}");
    }
    let site: serde_json::Value = serde_json::from_str(&run.read("site.json")).expect("JSON");
    assert_eq!(site["url"], "https://docs.example.com");
    assert!(
        run.read("static/llms.txt")
            .contains("](https://docs.example.com/services/shop/webhooks.md)")
    );
    assert!(run.read("static/services/shop/webhooks.md").starts_with("# webhooks\n"));
    let twin: serde_json::Value = serde_json::from_str(&run.read("static/services/shop/webhooks.json")).expect("JSON");
    assert_eq!(twin["page"], "resource");
    let page = run.read(&format!("docs/{PAGE}"));
    assert!(
        page.contains("Deprecated by the API"),
        "a site says what there is to say: {page}"
    );
    let dependencies: serde_json::Value = serde_json::from_str(&run.read("package.json")).expect("JSON");
    for (name, version) in dependencies["dependencies"].as_object().expect("dependencies") {
        let version = version.as_str().expect("a text");
        assert!(
            version.starts_with(|first: char| first.is_ascii_digit()),
            "{name} is not pinned: {version}"
        );
    }
}

#[test]
fn texts_of_people_survive_and_those_without_a_place_are_named() {
    let texts = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        ("intro.md", "What people wrote first."),
        ("services/shop.md", "What people wrote on the shop."),
        ("resources/shop/webhooks.md", "What people wrote on webhooks."),
        ("resources/shop/nothing.md", "What nobody can read."),
    ] {
        let file = texts.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    let folder = texts.path().to_string_lossy().into_owned();
    let run = docs(PROVIDER, &["--texts", &folder], 0);
    assert!(run.read("index.md").contains("What people wrote first."));
    assert!(
        run.read("services/shop/index.md")
            .contains("What people wrote on the shop.")
    );
    assert!(run.read(PAGE).contains("What people wrote on webhooks."));
    assert!(
        run.stderr.contains("homeless-text") && run.stderr.contains("nothing"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_text_that_breaks_its_page_is_a_finding_with_its_line() {
    let texts = tempfile::tempdir().expect("a folder");
    std::fs::write(texts.path().join("intro.md"), "GET /users/{id} and <br> more").expect("a file");
    let folder = texts.path().to_string_lossy().into_owned();
    let run = docs(PROVIDER, &["--texts", &folder], 1);
    assert!(run.stderr.contains("broken-page"), "{}", run.stderr);
    assert!(!run.read("index.md").contains("/users/"));
}

#[test]
fn a_registry_gives_pages_of_each_provider() {
    let registry = tempfile::tempdir().expect("a folder");
    for name in ["one", "two"] {
        copy(
            Path::new(PROVIDER),
            &registry.path().join("src").join(name).join("v1.0.0"),
        );
    }
    let folder = registry.path().to_string_lossy().into_owned();
    let run = docs(&folder, &[], 0);
    assert!(run.has(&format!("one/{PAGE}")) && run.has(&format!("two/{PAGE}")));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// How the project of a site in parts looks is held by `tests/site.rs`.
#[test]
fn a_site_over_the_limit_is_in_parts() {
    let registry = "tests/cases-docs/several-services/provider/acme/v1.0.0";
    let run = docs(registry, &["--site", "--part-pages", "4"], 1);
    assert!(run.has("parts/part-1/docs/services/depot/boxes/index.md") && !run.has("docs/services"));
    let run = docs(registry, &["--site"], 1);
    assert!(run.has("docs/services/depot/boxes/index.md") && !run.has("parts"));
    let run = docs(PROVIDER, &["--site", "--part-pages", "2"], 0);
    assert!(
        run.has("docs/services") && !run.has("parts"),
        "a service is not divided"
    );
    assert!(run.stderr.contains("large-service"), "{}", run.stderr);
    docs(PROVIDER, &["--part-pages", "4"], 2);
    docs(PROVIDER, &["--site", "--part-pages", "0"], 2);
}

#[test]
fn a_configuration_says_how_large_parts_are() {
    let out = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .args(["build", "tests/site-in-parts", "--out"])
        .arg(out.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let site = std::fs::read_to_string(out.path().join("docs/site.json")).expect("a file");
    let site: serde_json::Value = serde_json::from_str(&site).expect("JSON");
    assert_eq!(site["parts"][1]["services"], serde_json::json!(["shop"]));
    assert_eq!(
        site["moved"],
        serde_json::json!([{"from": "/old-boxes", "to": "/services/depot/boxes"}])
    );
    assert_eq!(site["redirects"][1], serde_json::json!({"from": "/welcome", "to": "/"}));
    assert!(
        out.path()
            .join("docs/parts/part-2/docs/services/shop/things/index.md")
            .exists()
    );
}

#[test]
fn wrong_options_give_2_and_missing_providers_3() {
    docs(PROVIDER, &["--style", "pretty"], 2);
    docs(PROVIDER, &["--url", "https://docs.example.com"], 2);
    docs(PROVIDER, &["--values", "none"], 2);
    docs("tests/no-such-provider", &[], 3);
}

#[test]
fn check_names_what_differs_and_writes_nothing() {
    let run = docs(PROVIDER, &["--check"], 1);
    assert!(run.stderr.contains(PAGE), "{}", run.stderr);
    assert!(!run.has("index.md"));
}

/// A whole site is a folder that lint reads: nothing that it wrote is a finding.
#[test]
fn a_site_has_no_findings() {
    let run = docs(PROVIDER, &["--site", "--style", "schema-table", "--values", "both"], 0);
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .arg("lint")
        .arg(run.out.path())
        .output()
        .expect("the program runs");
    let words = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words}");
}
