//! What is committed below `provider/src` and `docs` is what `spgen build` makes.

use std::process::Command;

#[test]
fn committed_output_is_fresh() {
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .args(["build", "--check"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("spgen runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(0),
        "run `cargo run --release -- build`:\n{said}"
    );
    assert!(
        said.contains("databricks_workspace: 36 operations (36 mapped"),
        "{said}"
    );
}

#[test]
fn a_usage_error_exits_with_2_and_an_unreadable_file_with_3() {
    let code = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spgen"));
        command.args(arguments).output().expect("spgen runs").status.code()
    };
    assert_eq!(code(&["build", "--provider", "acme"]), Some(2));
    assert_eq!(
        code(&["build", "no-such-file.yaml", "--provider", "acme", "--out", "unused"]),
        Some(3)
    );
}
