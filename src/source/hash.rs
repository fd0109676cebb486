//! SHA-256 as 64 hexadecimal digits.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Bytes of a file that are read at once.
const BLOCK: usize = 1 << 16;

/// The hash of a text that is written in parts.
#[must_use]
pub fn hash_of(write: impl FnOnce(&mut dyn FnMut(&str))) -> String {
    let mut hasher = Sha256::new();
    write(&mut |text| hasher.update(text.as_bytes()));
    digits(hasher)
}

/// The hash of bytes.
#[must_use]
pub fn hash_of_bytes(bytes: &[u8]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(bytes);
    digits(hasher)
}

/// The hash of a file's content, which is never in memory as a whole.
///
/// # Errors
/// The file cannot be read.
pub fn hash_of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(digits(hasher)),
            length => hasher.update(&block[..length]),
        }
    }
}

fn digits(hasher: Sha256) -> String {
    let mut digits = String::with_capacity(64);
    for byte in hasher.finalize() {
        for half in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(u32::from(half), 16));
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::{hash_of, hash_of_bytes, hash_of_file};

    #[test]
    fn the_ways_to_the_hash_agree() {
        let text = "0123456789".repeat(20_000);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &text).unwrap();
        let whole = hash_of_bytes(text.as_bytes());
        assert_eq!(hash_of_file(file.path()).unwrap(), whole);
        assert_eq!(hash_of(|feed| text.lines().for_each(feed)), whole);
        // The example of one block in FIPS 180-4.
        assert_eq!(
            hash_of_bytes(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
