//! Plain scalars: what YAML 1.2 makes of them, and where a YAML 1.1 reader would differ.

use super::Value;

/// The value of a plain (unquoted) scalar in the YAML 1.2 core schema. Integers with a leading zero, `yes`, dates and
/// `1_000` stay text.
#[must_use]
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.into()),
        _ => Value::String(text.into()),
    }
}

/// Whether a YAML 1.1 reader (PyYAML, and the runtime for some) takes this plain text for something other than the
/// text that a YAML 1.2 reader sees.
#[must_use]
pub(super) fn differs_in_yaml_1_1(text: &str) -> bool {
    matches!(
        text,
        "y" | "Y" | "yes" | "Yes" | "YES" | "n" | "N" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF"
    ) || is_octal_looking(text)
        || is_underscored_number(text)
        || is_date(text)
}

/// A decimal integer or float as JSON writes them, or with a sign or a bare dot as YAML allows.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_digit = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let exponent_is_number = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    has_digit && !leading_zero && digits(whole) && fraction.is_none_or(digits) && exponent_is_number
}

fn is_octal_looking(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.bytes().all(|byte| byte.is_ascii_digit())
        || unsigned
            .strip_prefix("0x")
            .is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        || unsigned
            .strip_prefix("0o")
            .is_some_and(|octal| !octal.is_empty() && octal.bytes().all(|byte| matches!(byte, b'0'..=b'7')))
}

fn is_underscored_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.contains('_')
        && unsigned.starts_with(|first: char| first.is_ascii_digit())
        && unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// `2024-01-02`, alone or as the start of a timestamp.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let date = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(index, byte)| {
            if matches!(index, 4 | 7) {
                *byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    // A time has hours, minutes and seconds; without the latter the whole is text everywhere.
    let is_time = |rest: &[u8]| {
        rest.split(|byte| *byte == b':').count() >= 3
            && rest
                .iter()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-' | b'Z' | b' '))
    };
    date && (bytes.len() == 10 || (matches!(bytes[10], b'T' | b't' | b' ') && is_time(&bytes[11..])))
}

#[cfg(test)]
mod tests {
    use super::{differs_in_yaml_1_1, plain};
    use crate::source::Value;

    #[test]
    fn numbers_keep_their_text() {
        for text in ["0", "-1", "1.50", "1e3", "18446744073709551616", ".5", "1."] {
            assert_eq!(plain(text), Value::Number(text.into()), "{text}");
        }
    }

    #[test]
    fn texts_that_only_look_like_something_else_stay_texts() {
        for text in [
            "014",
            "1_000",
            "2024-01-01",
            "yes",
            "on",
            "1.2.3",
            "-",
            ".",
            "e3",
            "0x1F",
        ] {
            assert_eq!(plain(text), Value::String(text.into()), "{text}");
        }
    }

    #[test]
    fn yaml_1_1_differences_are_known() {
        for text in [
            "yes",
            "Off",
            "014",
            "1_000",
            "2024-01-01",
            "2024-01-01T10:00:00.5Z",
            "0x1F",
        ] {
            assert!(differs_in_yaml_1_1(text), "{text}");
        }
        for text in [
            "name",
            "14",
            "10.0.0.1",
            "v1",
            "2024-01-01T10:00:00 INFO started",
            "1990-01-12 12:00.12",
        ] {
            assert!(!differs_in_yaml_1_1(text), "{text}");
        }
    }
}
