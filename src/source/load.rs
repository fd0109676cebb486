//! Files from the disk as documents: bytes, encoding, syntax. One of the few places that read files.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Document, FileId, ReadError, Sources, Span, read};
use crate::diagnostic::Diagnostic;

/// Largest file that is read: positions are 32 bits wide, and nobody publishes a description of this size.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a file as YAML or JSON and adds it to the table, under the path as given.
///
/// # Errors
/// One finding: the file cannot be read, is too large, is not UTF-8, has control characters or broken syntax.
pub fn load(path: &Path, sources: &mut Sources) -> Result<Document, Box<Diagnostic>> {
    let text = text_of(path)?;
    add(path, text, sources).and_then(|(file, text)| parse(file, &text))
}

/// Reads many files, in parallel; the results come in the order of the paths.
///
/// # Errors
/// Each result by itself, as [`load`].
pub fn load_all(paths: &[PathBuf], sources: &mut Sources) -> Vec<Result<Document, Box<Diagnostic>>> {
    let texts: Vec<_> = paths.par_iter().map(|path| text_of(path)).collect();
    let added: Vec<_> = paths
        .iter()
        .zip(texts)
        .map(|(path, text)| add(path, text?, sources))
        .collect();
    added
        .into_par_iter()
        .map(|added| added.and_then(|(file, text)| parse(file, &text)))
        .collect()
}

type Added = (FileId, std::sync::Arc<str>);

fn add(path: &Path, text: Text, sources: &mut Sources) -> Result<Added, Box<Diagnostic>> {
    let file = sources.add(shown_name(path), text.text);
    match text.fault {
        Some(fault) => Err(Box::new(fault.diagnostic(file))),
        None => Ok((
            file,
            sources.get(file).map(|file| file.text.clone()).unwrap_or_default(),
        )),
    }
}

fn parse(file: FileId, text: &str) -> Result<Document, Box<Diagnostic>> {
    read(file, text).map_err(|error| Box::new(error.into()))
}

/// The path as people gave it, with `/`.
pub(super) fn shown_name(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").map(str::to_owned).unwrap_or(name)
}

/// The text of a file and what is wrong with it; a faulty text is only good for excerpts.
#[derive(Debug)]
struct Text {
    text: String,
    fault: Option<Fault>,
}

#[derive(Debug, PartialEq)]
struct Fault {
    id: &'static str,
    message: String,
    help: &'static str,
    start: usize,
    end: usize,
}

impl Fault {
    fn diagnostic(self, file: FileId) -> Diagnostic {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Diagnostic::error(self.id, self.message)
            .at(Span {
                file,
                start: offset(self.start),
                end: offset(self.end),
            })
            .help(self.help)
    }
}

fn text_of(path: &Path) -> Result<Text, Box<Diagnostic>> {
    let name = shown_name(path);
    let unreadable = |error: &std::io::Error| {
        let help = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path",
            std::io::ErrorKind::PermissionDenied => "check who may read it",
            _ => "give the path of a YAML or JSON file",
        };
        Box::new(Diagnostic::error("unreadable-file", format!("cannot read `{name}`: {error}")).help(help))
    };
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    if metadata.is_dir() {
        return Err(Box::new(
            Diagnostic::error("unreadable-file", format!("`{name}` is a folder"))
                .help("give the path of a YAML or JSON file"),
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(MAX_BYTES)).unwrap_or(0));
    // A pipe has no length beforehand, so the limit is kept while reading.
    file.by_ref()
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Box::new(
            Diagnostic::error("too-large", format!("`{name}` is larger than {MAX_BYTES} bytes"))
                .help("split the description into several files"),
        ));
    }
    Ok(decode(bytes))
}

/// The text of a file's bytes: without a byte order mark, UTF-8, and free of control characters.
fn decode(mut bytes: Vec<u8>) -> Text {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Text {
            text: String::new(),
            fault: Some(Fault {
                id: "invalid-utf-8",
                message: "the file is UTF-16, not UTF-8".into(),
                help: "save it as UTF-8",
                start: 0,
                end: 0,
            }),
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let fault = control_character(text.as_bytes()).map(|at| Fault {
                id: "control-character",
                message: format!(
                    "the control character U+{:04X} must not stand in YAML or JSON",
                    text.as_bytes()[at]
                ),
                help: "remove it, or write it as an escape in double quotes",
                start: at,
                end: at + 1,
            });
            Text { text, fault }
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let shown = text[valid..].chars().next().map_or(0, char::len_utf8);
            Text {
                fault: Some(Fault {
                    id: "invalid-utf-8",
                    message: format!("byte {valid} (0x{:02X}) is not valid UTF-8", error.as_bytes()[valid]),
                    help: "save the file as UTF-8",
                    start: valid,
                    end: valid + shown,
                }),
                text,
            }
        }
    }
}

/// The first control character other than tab and line ends.
fn control_character(bytes: &[u8]) -> Option<usize> {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    // By blocks, so that the search in clean text has no branch for each byte.
    let mut start = 0;
    for block in bytes.chunks(256) {
        if block.iter().fold(false, |found, byte| found | is_control(*byte)) {
            return block.iter().position(|byte| is_control(*byte)).map(|at| start + at);
        }
        start += block.len();
    }
    None
}

impl From<ReadError> for Diagnostic {
    /// The error as a finding with the id `syntax`.
    fn from(error: ReadError) -> Self {
        let mut finding = Diagnostic::error("syntax", error.message)
            .at(error.span)
            .pointer(error.pointer);
        finding.help = error.help;
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::{control_character, decode};

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let text = decode(b"\xEF\xBB\xBFa: 1".to_vec());
        assert_eq!((text.text.as_str(), text.fault), ("a: 1", None));
    }

    #[test]
    fn broken_encoding_is_found_where_it_is() {
        let fault = decode(b"a: \xC3\xA4\nb: \xFF!".to_vec()).fault.unwrap();
        assert_eq!((fault.id, fault.start, fault.end), ("invalid-utf-8", 9, 12));
        let fault = decode(b"a: \xE2\x82".to_vec()).fault.unwrap();
        assert_eq!((fault.id, fault.start), ("invalid-utf-8", 3));
        let fault = decode(b"\xFF\xFEa\0".to_vec()).fault.unwrap();
        assert_eq!(fault.message, "the file is UTF-16, not UTF-8");
    }

    #[test]
    fn control_characters_are_found_where_they_are() {
        for length in [0, 1, 255, 256, 300, 511, 512, 1000] {
            let mut bytes = vec![b'x'; length];
            bytes.extend(b"\t\r\n");
            assert_eq!(control_character(&bytes), None);
            bytes.push(0);
            assert_eq!(control_character(&bytes), Some(length + 3));
        }
    }
}
