//! Files that nobody keeps.

use std::path::Path;

/// Writes a file that only a program started by us reads, in a folder made for that.
///
/// # Errors
/// The file cannot be written.
pub fn write_scratch(path: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(path, text)
}
