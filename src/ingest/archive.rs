//! Wheels, source distributions and unpacked folders as a table of text files: the only file that opens archives.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::source::Sources;

/// The largest file of a package that is read, and the most text in all: an archive can claim any size.
const MAX_FILE: u64 = 32 << 20;
const MAX_TOTAL: u64 = 512 << 20;

/// Why a package could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file or folder could not be opened or read.
    #[error("cannot read `{path}`")]
    Io {
        /// What was being read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The wheel is no readable zip archive.
    #[error("`{path}` is not a readable wheel")]
    Zip {
        /// The wheel.
        path: PathBuf,
        /// What is wrong with it.
        source: zip::result::ZipError,
    },
    /// The name says nothing about the kind of package.
    #[error("`{path}` is neither a wheel (`.whl`), a source distribution (`.tar.gz`) nor a folder")]
    UnknownKind {
        /// The file.
        path: PathBuf,
    },
    /// A member is larger than a source file can sensibly be.
    #[error("`{member}` in `{path}` is too large ({bytes} bytes)")]
    TooLarge {
        /// The package.
        path: PathBuf,
        /// Its member.
        member: String,
        /// How large it claims to be.
        bytes: u64,
    },
    /// A member is not UTF-8.
    #[error("`{member}` in `{path}` is not UTF-8 text")]
    NotText {
        /// The package.
        path: PathBuf,
        /// Its member.
        member: String,
    },
}

/// Reads the members of a package that `wanted` accepts, in the order of their names.
///
/// Names have `/` as separator and start at the root of the import path: the top folder that a source distribution
/// wraps around everything is removed, so the three kinds give the same names.
///
/// # Errors
/// The package cannot be opened, is broken, or holds something that is no source text.
pub fn read(path: &Path, wanted: impl Fn(&str) -> bool) -> Result<Sources, ArchiveError> {
    let mut members = Members {
        package: path,
        wanted,
        total: 0,
        found: Vec::new(),
    };
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if path.is_dir() {
        members.folder(path, "")?;
    } else if has_ending(&name, ".whl") || has_ending(&name, ".zip") {
        members.zip()?;
    } else if has_ending(&name, ".tar.gz") || has_ending(&name, ".tgz") {
        members.tar()?;
    } else {
        // Opening first: a path that does not exist deserves that message rather than one about its ending.
        File::open(path).map_err(|source| ArchiveError::Io {
            path: path.to_owned(),
            source,
        })?;
        return Err(ArchiveError::UnknownKind { path: path.to_owned() });
    }
    members.found.sort();
    members.found.dedup_by(|later, first| later.0 == first.0);
    let mut sources = Sources::default();
    for (name, text) in members.found {
        sources.add(name, text);
    }
    Ok(sources)
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.ends_with(ending)
}

/// What has been taken out of a package so far.
struct Members<'a, W> {
    package: &'a Path,
    wanted: W,
    total: u64,
    found: Vec<(String, String)>,
}

impl<W: Fn(&str) -> bool> Members<'_, W> {
    fn zip(&mut self) -> Result<(), ArchiveError> {
        let broken = |source| ArchiveError::Zip {
            path: self.package.to_owned(),
            source,
        };
        let file = File::open(self.package).map_err(|source| self.io(source))?;
        let mut archive = zip::ZipArchive::new(file).map_err(broken)?;
        for index in 0..archive.len() {
            let broken = |source| ArchiveError::Zip {
                path: self.package.to_owned(),
                source,
            };
            let mut member = archive.by_index(index).map_err(broken)?;
            let name = member.name().map_err(|source| self.io(source.into()))?.into_owned();
            if member.is_file() && (self.wanted)(&name) {
                let size = member.size();
                self.take(name, size, &mut member)?;
            }
        }
        Ok(())
    }

    fn tar(&mut self) -> Result<(), ArchiveError> {
        let file = File::open(self.package).map_err(|source| self.io(source))?;
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
        for entry in archive.entries().map_err(|source| self.io(source))? {
            let mut entry = entry.map_err(|source| self.io(source))?;
            let path = entry.path().map_err(|source| self.io(source))?;
            let Some(name) = path
                .to_str()
                .and_then(|name| name.split_once('/'))
                .map(|(_, inner)| inner.to_owned())
            else {
                continue;
            };
            if entry.header().entry_type().is_file() && (self.wanted)(&name) {
                let size = entry.size();
                self.take(name, size, &mut entry)?;
            }
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<(), ArchiveError> {
        let io = |source| ArchiveError::Io {
            path: folder.to_owned(),
            source,
        };
        for entry in fs::read_dir(folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let Ok(own) = entry.file_name().into_string() else {
                continue;
            };
            let name = format!("{prefix}{own}");
            let kind = entry.file_type().map_err(io)?;
            if kind.is_dir() {
                self.folder(&entry.path(), &format!("{name}/"))?;
            } else if kind.is_file() && (self.wanted)(&name) {
                let io = |source| ArchiveError::Io {
                    path: entry.path(),
                    source,
                };
                let mut file = File::open(entry.path()).map_err(io)?;
                let size = entry.metadata().map_err(io)?.len();
                self.take(name, size, &mut file)?;
            }
        }
        Ok(())
    }

    /// Reads one member. The size that an archive states is not trusted: reading stops at the limit as well.
    fn take(&mut self, member: String, size: u64, from: &mut impl Read) -> Result<(), ArchiveError> {
        let too_large = |bytes, member: &str| ArchiveError::TooLarge {
            path: self.package.to_owned(),
            member: member.to_owned(),
            bytes,
        };
        if size > MAX_FILE {
            return Err(too_large(size, &member));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        from.take(MAX_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| self.io(source))?;
        let read = bytes.len() as u64;
        if read > MAX_FILE || self.total + read > MAX_TOTAL {
            return Err(too_large(read, &member));
        }
        self.total += read;
        match String::from_utf8(bytes) {
            Ok(text) => {
                self.found.push((member, text));
                Ok(())
            }
            Err(_) => Err(ArchiveError::NotText {
                path: self.package.to_owned(),
                member,
            }),
        }
    }

    fn io(&self, source: io::Error) -> ArchiveError {
        ArchiveError::Io {
            path: self.package.to_owned(),
            source,
        }
    }
}
