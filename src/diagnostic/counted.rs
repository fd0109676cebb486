//! Numbers of things in words.

/// `1 row`, `2 rows`: the noun is one whose plural ends in `s`.
#[must_use]
pub fn counted(number: usize, noun: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{end}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_thing_is_no_plural() {
        assert_eq!(
            [0, 1, 2].map(|number| counted(number, "row")),
            ["0 rows", "1 row", "2 rows"]
        );
    }
}
