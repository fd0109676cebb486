//! Applying trees to folders: what is written, removed, refused, and what a broken run leaves behind.

#![expect(clippy::print_stderr, reason = "a test that cannot run here says why")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use spgen::output::{ApplyError, FileTree, Mode, apply};

fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::new();
    for (path, content) in files {
        tree.insert(*path, *content);
    }
    tree
}

fn write(root: &Path, files: &[(&str, &str)]) -> spgen::output::Report {
    apply(&tree(files), root, "acme", Mode::Write).expect("written")
}

fn read(root: &Path, path: &str) -> Option<String> {
    fs::read_to_string(root.join(path)).ok()
}

/// Every file below a folder except the manifests, with `/`.
fn listing(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)
            .expect("folder")
            .map(|entry| entry.expect("entry").path())
        {
            if entry.is_dir() && !entry.is_symlink() {
                open.push(entry);
            } else {
                let relative = entry.strip_prefix(root).expect("below the root");
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.retain(|path| !path.starts_with(".spgen/"));
    found.sort();
    found
}

#[test]
fn a_second_run_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("a.md", "A"), ("b/c.md", "C")];
    let first = write(folder.path(), &files);
    assert_eq!(first.created, ["a.md", "b/c.md"]);
    let before = fs::metadata(folder.path().join("a.md")).unwrap().modified().unwrap();
    let second = write(folder.path(), &files);
    assert!(second.is_clean());
    assert_eq!(second.unchanged, 2);
    assert_eq!(
        fs::metadata(folder.path().join("a.md")).unwrap().modified().unwrap(),
        before
    );
}

#[test]
fn what_is_no_longer_made_is_removed_and_foreign_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.md", "A"), ("b/c/d.md", "D"), ("e/f.md", "F")]);
    fs::write(folder.path().join("b/mine.md"), "mine").unwrap();
    let report = write(folder.path(), &[("a.md", "A2")]);
    assert_eq!(report.removed, ["b/c/d.md", "e/f.md"]);
    assert_eq!(report.changed, ["a.md"]);
    assert_eq!(listing(folder.path()), ["a.md", "b/mine.md"]);
    assert!(!folder.path().join("e").exists(), "emptied folders go too");
}

#[test]
fn owners_do_not_remove_each_other_s_files() {
    let folder = tempfile::tempdir().unwrap();
    apply(&tree(&[("one.md", "1")]), folder.path(), "one", Mode::Write).unwrap();
    apply(&tree(&[("two.md", "2")]), folder.path(), "two", Mode::Write).unwrap();
    apply(&tree(&[]), folder.path(), "one", Mode::Write).unwrap();
    assert_eq!(listing(folder.path()), ["two.md"]);
}

#[test]
fn a_file_that_people_edit_too_is_never_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut both = tree(&[("page.md", "P")]);
    both.insert_shared("mapping.csv", "rows");
    apply(&both, folder.path(), "acme", Mode::Write).unwrap();
    write(folder.path(), &[]);
    assert_eq!(listing(folder.path()), ["mapping.csv"]);
}

#[test]
fn check_lists_the_differences_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("same", "1"), ("differs", "1"), ("stale", "1")]);
    let wanted = tree(&[("same", "1"), ("differs", "2"), ("missing", "1")]);
    let report = apply(&wanted, folder.path(), "acme", Mode::Check).unwrap();
    assert_eq!(
        report.differences(),
        [("differs", "differs"), ("missing", "missing"), ("stale", "stale")]
    );
    assert_eq!(listing(folder.path()), ["differs", "same", "stale"]);
    assert_eq!(read(folder.path(), "differs").as_deref(), Some("1"));
}

#[test]
fn checking_a_folder_that_is_not_there_creates_none() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("not/there");
    let report = apply(&tree(&[("a/b", "1")]), &root, "acme", Mode::Check).unwrap();
    assert_eq!(report.created, ["a/b"]);
    assert!(!folder.path().join("not").exists());
}

#[test]
fn paths_out_of_the_folder_stop_everything() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    for path in ["../x", "/tmp/spgen-x", "a/../../x"] {
        let result = apply(&tree(&[("good", "1"), (path, "bad")]), &root, "acme", Mode::Write);
        assert!(matches!(result, Err(ApplyError::Paths(_))), "{path}");
    }
    assert!(!root.exists());
    let result = apply(&tree(&[]), &root, "../evil", Mode::Write);
    assert!(matches!(result, Err(ApplyError::Paths(_))));
}

#[test]
fn a_manifest_from_elsewhere_cannot_remove_files_outside() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    fs::create_dir_all(root.join(".spgen")).unwrap();
    fs::write(folder.path().join("outside"), "mine").unwrap();
    fs::write(
        root.join(".spgen/acme.json"),
        r#"{"complete": true, "files": ["../outside", "a/../../outside"]}"#,
    )
    .unwrap();
    let report = write(&root, &[("a", "1")]);
    assert!(report.removed.is_empty());
    assert!(folder.path().join("outside").exists());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    let outside = folder.path().join("outside");
    fs::create_dir_all(&root).unwrap();
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("victim"), "mine").unwrap();
    std::os::unix::fs::symlink(&outside, root.join("linked")).unwrap();
    std::os::unix::fs::symlink(outside.join("victim"), root.join("file")).unwrap();

    let error = apply(&tree(&[("linked/victim", "bad")]), &root, "acme", Mode::Write).unwrap_err();
    assert!(error.to_string().contains("symbolic link"), "{error}");
    write(&root, &[("file", "ours")]);
    assert_eq!(read(&outside, "victim").as_deref(), Some("mine"));
    assert_eq!(read(&root, "file").as_deref(), Some("ours"));

    // A manifest entry behind a link is not removed either.
    fs::write(
        root.join(".spgen/acme.json"),
        r#"{"complete": true, "files": ["linked/victim"]}"#,
    )
    .unwrap();
    write(&root, &[]);
    assert!(outside.join("victim").exists());
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a", "1")]);
    write(folder.path(), &[("a/b", "2")]);
    assert_eq!(listing(folder.path()), ["a/b"]);
    let error = apply(&tree(&[("a", "3")]), folder.path(), "acme", Mode::Write).unwrap_err();
    assert!(error.to_string().contains("a folder stands where a file"), "{error}");
    assert_eq!(
        read(folder.path(), "a/b").as_deref(),
        Some("2"),
        "the old tree is left alone"
    );
}

#[test]
fn a_name_that_changes_only_its_case_is_renamed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("Page.md", "1")]);
    write(folder.path(), &[("page.md", "2")]);
    assert_eq!(listing(folder.path()), ["page.md"]);
    assert_eq!(read(folder.path(), "page.md").as_deref(), Some("2"));
}

#[cfg(unix)]
#[test]
fn files_get_ordinary_permissions_and_keep_those_they_have() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    write(folder.path(), &[("a", "1")]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("a")), mode(&plain));
    fs::set_permissions(folder.path().join("a"), fs::Permissions::from_mode(0o755)).unwrap();
    write(folder.path(), &[("a", "2")]);
    assert_eq!(mode(&folder.path().join("a")), 0o755);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("locked/a", "1"), ("b", "1")]);
    let locked = folder.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write into read-only folders");
        return;
    }
    let error = apply(
        &tree(&[("locked/a", "2"), ("b", "2")]),
        folder.path(),
        "acme",
        Mode::Write,
    )
    .unwrap_err();
    assert!(error.to_string().contains("locked/a"), "{error}");
    assert_eq!(read(folder.path(), "locked/a").as_deref(), Some("1"));
    assert_eq!(read(folder.path(), "b").as_deref(), Some("2"), "the others are written");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    write(folder.path(), &[("locked/a", "2"), ("b", "2")]);
    assert_eq!(listing(folder.path()), ["b", "locked/a"]);
}

/// A small file system that fills up half-way: each file is the old one or the new one, and what failed is named.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_whole_files() {
    struct Mounted<'a>(&'a Path);
    impl Drop for Mounted<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0).output();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(root)
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this user may not mount a small file system");
        return;
    }
    let _mounted = Mounted(root);
    let trees = ["o", "n"].map(|letter| {
        let mut tree = FileTree::new();
        for number in 0..20 {
            // The new ones are larger: all of them do not fit.
            let length = if letter == "o" { 20_000 } else { 60_000 };
            tree.insert(format!("folder{}/file{number}", number % 3), letter.repeat(length));
        }
        tree
    });
    apply(&trees[0], root, "acme", Mode::Write).unwrap();
    let error = apply(&trees[1], root, "acme", Mode::Write).unwrap_err();
    assert!(matches!(error, ApplyError::Files(_)), "{error}");
    assert!(error.to_string().contains("cannot write"), "{error}");
    let files = listing(root);
    assert_eq!(
        files.len(),
        20,
        "nothing is gone, nothing unfinished lies about: {files:?}"
    );
    let mut letters = std::collections::BTreeSet::new();
    for path in &files {
        let text = read(root, path).unwrap();
        assert!(
            text == "o".repeat(20_000) || text == "n".repeat(60_000),
            "{path} is half-written"
        );
        letters.insert(text[..1].to_owned());
    }
    assert_eq!(letters.len(), 2, "some files are new, others did not fit");

    // With less to write, the next run brings everything into order.
    apply(&trees[0], root, "acme", Mode::Write).unwrap();
    assert!(apply(&trees[0], root, "acme", Mode::Check).unwrap().is_clean());
}

const MANY: usize = 400;

fn many(letter: &str) -> FileTree {
    let mut tree = FileTree::new();
    for number in 0..MANY {
        tree.insert(format!("folder{}/file{number}", number % 7), letter.repeat(20_000));
    }
    tree
}

/// Not a test of its own: the process that [`a_killed_run_leaves_whole_files`] kills.
#[test]
fn child_that_writes_until_killed() {
    let Some(root) = std::env::var_os("SPGEN_TEST_WRITE_UNTIL_KILLED") else {
        return;
    };
    for round in 0.. {
        let letter = if round % 2 == 0 { "n" } else { "o" };
        apply(&many(letter), Path::new(&root), "acme", Mode::Write).expect("written");
    }
}

#[test]
fn a_killed_run_leaves_whole_files() {
    let folder = tempfile::tempdir().unwrap();
    apply(&many("o"), folder.path(), "acme", Mode::Write).unwrap();
    for round in 0..5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_writes_until_killed", "--nocapture"])
            .env("SPGEN_TEST_WRITE_UNTIL_KILLED", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(40 + 23 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        for path in listing(folder.path()).iter().filter(|path| !path.contains(".spgen-")) {
            let text = read(folder.path(), path).unwrap();
            let first = &text[..1];
            assert!(
                text.len() == 20_000 && text == first.repeat(20_000),
                "{path} is half-written"
            );
        }
    }
    apply(&many("x"), folder.path(), "acme", Mode::Write).unwrap();
    assert_eq!(
        listing(folder.path()).len(),
        MANY,
        "left-overs of the killed run are swept"
    );
    assert!(
        apply(&many("x"), folder.path(), "acme", Mode::Check)
            .unwrap()
            .is_clean()
    );
}
