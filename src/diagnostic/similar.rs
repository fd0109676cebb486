//! Names that were perhaps meant. The only file that names `strsim`.

/// The candidate most like a misspelt name; `None` when none is like it. Of equally similar ones the first in
/// alphabetical order.
#[must_use]
pub fn similar<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn only_names_that_are_alike_are_offered() {
        let names = ["webhooks", "models", "runs"];
        assert_eq!(similar("webhoks", names), Some("webhooks"));
        assert_eq!(similar("permissions", names), None);
        assert_eq!(similar("x", []), None);
    }
}
