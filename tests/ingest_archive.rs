//! Wheel, source distribution and folder hold the same package, and broken ones are refused with a reason.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use spgen::ingest::archive::{self, ArchiveError};
use spgen::ingest::databricks_sdk::is_needed;
use spgen::source::Sources;

const FILES: [(&str, &str); 4] = [
    ("databricks/sdk/version.py", "__version__ = \"1\"\n"),
    ("databricks/sdk/service/shop.py", "class BooksAPI:\n    pass\n"),
    ("databricks/sdk/service/_internal.py", "not needed\n"),
    ("databricks/sdk/core.py", "not needed either\n"),
];

fn wheel(folder: &Path) -> PathBuf {
    let path = folder.join("package.whl");
    let mut writer = zip::ZipWriter::new(File::create(&path).expect("a file"));
    for (name, text) in FILES {
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a member");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("an archive");
    path
}

fn sdist(folder: &Path) -> PathBuf {
    let path = folder.join("package-1.tar.gz");
    let gzip = flate2::write::GzEncoder::new(File::create(&path).expect("a file"), flate2::Compression::fast());
    let mut builder = tar::Builder::new(gzip);
    for (name, text) in FILES {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder
            .append_data(&mut header, format!("package-1/{name}"), text.as_bytes())
            .expect("a member");
    }
    builder.into_inner().expect("an archive").finish().expect("compressed");
    path
}

fn folder(folder: &Path) -> PathBuf {
    let path = folder.join("unpacked");
    for (name, text) in FILES {
        let file = path.join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    path
}

fn listed(sources: &Sources) -> Vec<(&str, &str)> {
    sources.iter().map(|file| (file.name.as_str(), &*file.text)).collect()
}

#[test]
fn the_three_kinds_of_package_read_the_same() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let expected = [
        ("databricks/sdk/service/shop.py", "class BooksAPI:\n    pass\n"),
        ("databricks/sdk/version.py", "__version__ = \"1\"\n"),
    ];
    for package in [
        wheel(temporary.path()),
        sdist(temporary.path()),
        folder(temporary.path()),
    ] {
        let sources = archive::read(&package, is_needed).expect("a readable package");
        assert_eq!(listed(&sources), expected, "{}", package.display());
    }
}

#[test]
fn what_is_no_package_is_refused_with_a_reason() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str, bytes: &[u8]| {
        let path = temporary.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path
    };
    let refused = |path: &Path| archive::read(path, is_needed).expect_err("no package");
    assert!(matches!(
        refused(&path("broken.whl", b"no zip")),
        ArchiveError::Zip { .. }
    ));
    assert!(matches!(
        refused(&path("broken.tar.gz", b"no gzip")),
        ArchiveError::Io { .. }
    ));
    assert!(matches!(
        refused(&path("spec.yaml", b"openapi: 3.0.3")),
        ArchiveError::UnknownKind { .. }
    ));
    assert!(matches!(
        refused(&temporary.path().join("absent.whl")),
        ArchiveError::Io { .. }
    ));
    assert!(matches!(
        refused(&temporary.path().join("absent")),
        ArchiveError::Io { .. }
    ));

    let inner = temporary.path().join("odd/databricks/sdk");
    fs::create_dir_all(&inner).expect("a folder");
    fs::write(inner.join("version.py"), [0xff, 0xfe]).expect("a file");
    let error = refused(&temporary.path().join("odd"));
    assert!(
        error.to_string().starts_with("`databricks/sdk/version.py` in"),
        "{error}"
    );
}

/// A cut or flipped archive is an error or gives fewer files, never a panic.
#[test]
fn damaged_archives_do_not_panic() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    for package in [wheel(temporary.path()), sdist(temporary.path())] {
        let whole = fs::read(&package).expect("the archive");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            for bytes in [&damaged[..], &whole[..at]] {
                fs::write(&package, bytes).expect("a file");
                if let Ok(sources) = archive::read(&package, is_needed) {
                    assert!(sources.iter().count() <= FILES.len());
                }
            }
        }
    }
}
