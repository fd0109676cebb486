//! Names as words: splitting, joining; [`super::number`] knows singular and plural.
//!
//! Nothing here knows what a word means; verbs are in [`super::verbs`].

use super::number;

/// The words of a name in any style, lower case: `ListAWSAccounts` is `list`, `aws`, `accounts`; `dns-records` is `dns`, `records`.
#[must_use]
pub fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (at, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            push(&mut words, &mut word);
            continue;
        }
        let before = at.checked_sub(1).map(|previous| characters[previous]);
        let after = characters.get(at + 1);
        let starts_hump = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    // The last capital of a run begins the next word, unless only a plural `s` follows (`URIs`).
                    || (before.is_uppercase()
                        && after.is_some_and(|after| after.is_lowercase() && *after != 's')
                        || before.is_uppercase()
                            && after == Some(&'s')
                            && characters.get(at + 2).is_some_and(|next| next.is_lowercase()))
            });
        if starts_hump {
            push(&mut words, &mut word);
        }
        word.extend(character.to_lowercase());
    }
    push(&mut words, &mut word);
    join_single_letters(words, name)
}

/// `OAuth` and `IPv4` are one word each: a letter that a hump left alone belongs to what follows.
fn join_single_letters(words: Vec<String>, name: &str) -> Vec<String> {
    if words.iter().all(|word| word.len() != 1) {
        return words;
    }
    let lower = name.to_lowercase();
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    for word in words {
        // Where the word stands in the name tells whether it touches the one before.
        let found = lower[at..].find(&word).map_or(at, |offset| at + offset);
        let touches = found == at && at > 0;
        match joined.last_mut() {
            Some(last) if touches && last.len() == 1 && last.chars().all(char::is_alphabetic) => last.push_str(&word),
            // `SaaS`, `PaaS`
            Some(last) if touches && word == "s" && last.ends_with("aa") => last.push_str(&word),
            _ => joined.push(word.clone()),
        }
        at = (found + word.len()).min(lower.len());
        while !lower.is_char_boundary(at) {
            at += 1;
        }
    }
    joined
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Snake case as mapping files have it: a hump is a capital after a small letter or a digit and nothing else, so
/// `ListAWSAccounts` becomes `list_awsaccounts`. People's files are full of names made this way.
#[must_use]
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut before: Option<char> = None;
    for character in name.chars() {
        if character.is_uppercase() {
            if before.is_some_and(|before| before.is_lowercase() || before.is_numeric()) {
                out.push('_');
            }
            out.extend(character.to_lowercase());
        } else if character.is_alphanumeric() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        before = Some(character);
    }
    while out.ends_with('_') {
        out.pop();
    }
    out
}

/// Whether it starts with a digit, which plain names must not.
#[must_use]
pub fn starts_with_digit(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether a word is the version of an API: `v2`, `v1beta1`.
#[must_use]
pub fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(starts_with_digit)
}

/// The words with the last one in the plural.
#[must_use]
pub fn pluralized(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = number::plural(last);
    }
    words
}

/// The words with the last one in the singular.
#[must_use]
pub fn singularized(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = number::singular(last);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_every_style() {
        let check = |name: &str, words: &str| assert_eq!(split(name).join(" "), words, "{name}");
        check("listIamV2IpFilters", "list iam v2 ip filters");
        check("ListAWSAccounts", "list aws accounts");
        check("getAllWellKnownURIs", "get all well known uris");
        check("actions/get-allowed-actions", "actions get allowed actions");
        check("firebase.projects.list", "firebase projects list");
        check("listOAuth2Clients", "list oauth2 clients");
        check("IPv4 addresses", "ipv4 addresses");
        check("get-a-thing", "get a thing");
        check("SaaSOperationGroup", "saas operation group");
        check("", "");
    }

    #[test]
    fn snake_is_that_of_mapping_files() {
        let check = |name: &str, snaked: &str| assert_eq!(snake(name), snaked);
        check("ListAWSAccounts", "list_awsaccounts");
        check("getBuildsForDeployment", "get_builds_for_deployment");
        check("updateIamV2IpGroup", "update_iam_v2_ip_group");
        check("get-linode-instances", "get_linode_instances");
        check("a.b..c_", "a_b_c");
    }
}
