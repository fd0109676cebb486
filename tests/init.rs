//! `spgen init`, and what can be done with the configuration that it writes: building, patching, pinning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn spgen(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spgen"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

/// Runs the program in a folder; gives stdout and stderr.
#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let output = spgen(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{stdout}\n{stderr}");
    (stdout, stderr)
}

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/init").join(name)
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The case `tagged` in a folder of its own: a description of two files, and one that stands for a URL.
fn tagged() -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let spec = case("tagged/openapi.yaml");
    let reference = format!("https://example.com/owner.yaml={}", case("tagged/owner.yaml").display());
    let spec = spec.to_str().expect("text");
    let arguments = [
        "init",
        spec,
        "--provider",
        "acme",
        "--out",
        "acme",
        "--reference",
        &reference,
        "--split",
        "tag",
    ];
    let (stdout, _) = check(folder.path(), &arguments, 0);
    assert!(
        stdout.contains("acme: 3 operations\n2 services, 1 with one operation\n"),
        "{stdout}"
    );
    folder
}

#[track_caller]
fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "init", prepend_module_to_snapshot => false, omit_expression => true
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn what_it_writes_can_be_built() {
    let folder = tagged();
    assert_snapshot("tagged", &read(folder.path(), "acme/spgen.yaml"));
    let mapping = read(folder.path(), "acme/mapping.csv");
    check(folder.path(), &["build", "acme"], 0);
    check(folder.path(), &["build", "acme", "--check"], 0);
    assert_eq!(
        read(folder.path(), "acme/mapping.csv"),
        mapping,
        "the build finds the same mapping"
    );
    assert!(read(folder.path(), "acme/src/acme/v00.00.00000/services/pet_store.yaml").contains("x-stackQL-resources"));
    assert!(read(folder.path(), "acme/docs/index.md").contains("list_api"));
    // The configuration may be named from within its folder, too.
    check(&folder.path().join("acme"), &["build", "spgen.yaml", "--check"], 0);
}

#[test]
fn a_configuration_that_is_there_stays() {
    let folder = tagged();
    let before = read(folder.path(), "acme/spgen.yaml");
    let spec = case("bare/openapi.json");
    let spec = spec.to_str().expect("text");
    let (_, stderr) = check(folder.path(), &["init", spec, "--provider", "acme", "--out", "acme"], 2);
    assert!(stderr.contains("--force"), "{stderr}");
    assert_eq!(read(folder.path(), "acme/spgen.yaml"), before);
    check(
        folder.path(),
        &["init", spec, "--provider", "Acme", "--out", "other"],
        2,
    );
    check(
        folder.path(),
        &["init", "nothing.yaml", "--provider", "acme", "--out", "other"],
        3,
    );
}

#[test]
fn a_description_without_host_or_credentials_gets_examples_of_both() {
    let folder = tempfile::tempdir().expect("folder");
    let spec = case("bare/openapi.json");
    let out = "provider/spec/acme";
    check(
        folder.path(),
        &["init", spec.to_str().expect("text"), "--provider", "acme", "--out", out],
        0,
    );
    assert_snapshot("bare", &read(folder.path(), "provider/spec/acme/spgen.yaml"));
    check(folder.path(), &["build", out], 0);
    read(folder.path(), "provider/src/acme/v00.00.00000/provider.yaml");
    read(folder.path(), "docs/acme/index.md");
}

#[test]
fn several_descriptions_can_stay_where_they_are() {
    let folder = tempfile::tempdir().expect("folder");
    for name in ["shop.yaml", "users.yaml"] {
        fs::copy(case("several").join(name), folder.path().join(name)).expect("copied");
    }
    let arguments = [
        "init",
        "shop.yaml",
        "users.yaml",
        "--provider",
        "acme",
        "--out",
        "acme",
        "--no-copy",
        "--format",
        "json",
    ];
    let (stdout, _) = check(folder.path(), &arguments, 0);
    let proposal: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(
        (&proposal["split"], &proposal["sizes"]),
        (&"file".into(), &"2 services, 2 with one operation".into())
    );
    assert_snapshot("several", &read(folder.path(), "acme/spgen.yaml"));
    assert!(!folder.path().join("acme/openapi").exists());
    check(folder.path(), &["build", "acme"], 0);
}

#[test]
fn a_changed_source_is_told_operation_by_operation_until_it_is_accepted() {
    let folder = tagged();
    let spec = "acme/openapi/openapi.yaml";
    let text = read(folder.path(), spec);
    // Another way to write the same is no change.
    fs::write(
        folder.path().join(spec),
        format!(
            "# comment\n{}",
            text.replace("{title: Acme Shop, version: '1'}", "{version: '1', title: Acme Shop}")
        ),
    )
    .expect("written");
    check(folder.path(), &["build", "acme"], 0);

    let changed = text.replace("/owners:", "/people:");
    fs::write(folder.path().join(spec), changed).expect("written");
    let schema = "acme/openapi/schemas/pet.yaml";
    fs::write(
        folder.path().join(schema),
        "{type: object, properties: {id: {type: integer}}}",
    )
    .expect("written");
    let (_, stderr) = check(folder.path(), &["build", "acme"], 1);
    let finding = stderr.split("= note: its SHA-256").next().unwrap_or_default();
    assert!(
        finding.contains("error[source-changed]") && finding.contains("acme/spgen.yaml:"),
        "{stderr}"
    );
    for said in [
        "1 operation added, 1 removed, 2 changed",
        "added: get /people",
        "removed: get /owners",
        "changed: get /pets (responses)",
        "changed: get /pets/{id} (responses)",
        "--update-pin",
    ] {
        assert!(stderr.contains(said), "{said}\n{stderr}");
    }
    let before = read(folder.path(), "acme/spgen.yaml");
    check(folder.path(), &["build", "acme", "--update-pin"], 0);
    check(folder.path(), &["build", "acme"], 0);
    let after = read(folder.path(), "acme/spgen.yaml");
    let differing = before.lines().zip(after.lines()).filter(|(one, other)| one != other);
    assert_eq!(
        (differing.count(), before.lines().count()),
        (1, after.lines().count()),
        "{after}"
    );
    assert!(read(folder.path(), "acme/pin.csv").contains("/people"));
}

/// A source has the hash of its own description, in whatever order the sources are named.
#[test]
fn each_source_is_pinned_with_its_own_hash() {
    let folder = tempfile::tempdir().expect("folder");
    let description = |title: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: {title}, version: '1'}}\npaths:\n  /{title}:\n    get: {{responses: {{}}}}\n"
        )
    };
    for title in ["shop", "yard"] {
        fs::write(folder.path().join(format!("{title}.yaml")), description(title)).expect("written");
    }
    let pins = |sources: &str| -> Vec<String> {
        let config = format!("name: acme\noutput: {{provider: src, docs: docs}}\nsources:\n{sources}");
        fs::write(folder.path().join("spgen.yaml"), config).expect("written");
        check(folder.path(), &["build", "spgen.yaml", "--update-pin"], 0);
        let text = read(folder.path(), "spgen.yaml");
        let hashes = text.lines().filter_map(|line| line.trim().strip_prefix("sha256: "));
        hashes.map(str::to_owned).collect()
    };
    let forwards = pins("  - path: shop.yaml\n  - path: yard.yaml\n");
    let mut backwards = pins("  - path: yard.yaml\n  - path: shop.yaml\n");
    backwards.reverse();
    assert_eq!(forwards.len(), 2);
    assert_eq!(forwards, backwards);
    let rows = read(folder.path(), "pin.csv");
    assert!(rows.lines().any(|row| row.starts_with("shop.yaml,/shop,")), "{rows}");
}

#[test]
fn an_overlay_beside_the_configuration_is_applied_and_must_fit() {
    let folder = tagged();
    let overlay = folder.path().join("acme/overlay.yaml");
    let patch = "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n- target: $.paths['/owners'].get\n  x-expect: {operationId: listOwners}\n  update: {operationId: listPeople}\n";
    fs::write(&overlay, patch).expect("written");
    check(folder.path(), &["build", "acme"], 0);
    assert!(read(folder.path(), "acme/mapping.csv").contains("listPeople"));
    assert!(read(folder.path(), "acme/report.json").contains("\"pass\": \"overlay\""));
    fs::write(
        &overlay,
        patch.replace("x-expect: {operationId: listOwners}", "x-expect: {operationId: owners}"),
    )
    .expect("written");
    let (_, stderr) = check(folder.path(), &["build", "acme"], 1);
    assert!(
        stderr.contains("remove or mend this patch") && stderr.contains("acme/overlay.yaml:5"),
        "{stderr}"
    );
    fs::write(&overlay, "overlay: 1.0.0\naction: []\n").expect("written");
    let (_, stderr) = check(folder.path(), &["build", "acme"], 3);
    assert!(stderr.contains("did you mean `actions`?"), "{stderr}");
}

#[test]
fn a_remote_reference_is_refused_with_the_way_out() {
    let folder = tempfile::tempdir().expect("folder");
    let spec = case("tagged/openapi.yaml");
    let spec = spec.to_str().expect("text");
    let (_, stderr) = check(folder.path(), &["build", spec, "--provider", "acme", "--out", "out"], 1);
    for said in [
        "error[remote-reference]",
        "https://example.com/owner.yaml",
        "--reference URL=FILE",
        "tests/init/tagged/openapi.yaml:",
    ] {
        assert!(stderr.contains(said), "{said}\n{stderr}");
    }
    let reference = format!("https://example.com/owner.yaml={}", case("tagged/owner.yaml").display());
    check(
        folder.path(),
        &[
            "build",
            spec,
            "--provider",
            "acme",
            "--out",
            "out",
            "--reference",
            &reference,
        ],
        0,
    );
    check(
        folder.path(),
        &[
            "build",
            spec,
            "--provider",
            "acme",
            "--out",
            "out",
            "--reference",
            "owner.yaml",
        ],
        2,
    );
}
