//! The operations of a provider as an API sees them: which one a request is for.

use super::server::Arrived;
use crate::openapi::{HttpVerb, Operation};
use crate::provider::{Method, Resource, Service};
use crate::source::pointer;

/// The routes of one service, the more specific ones first.
#[derive(Debug)]
pub(super) struct Api {
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    /// Its place among the operations of the document.
    operation: usize,
    verb: HttpVerb,
    pieces: Vec<Piece>,
    /// What the path key itself holds behind a `?`.
    fixed_query: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Hole,
}

impl Api {
    /// The API of a service.
    pub(super) fn new(service: &Service) -> Self {
        let operations = service.spec.operations.iter().enumerate();
        let mut routes: Vec<Route> = operations
            .map(|(index, operation)| {
                let (path, query) = operation.path.split_once('?').unwrap_or((&operation.path, ""));
                Route {
                    operation: index,
                    verb: operation.verb,
                    pieces: pieces(path),
                    fixed_query: parse_query(query),
                }
            })
            .collect();
        routes.sort_by_key(|route| {
            let holes = route.pieces.iter().filter(|piece| **piece == Piece::Hole).count();
            let letters: usize = route.pieces.iter().map(Piece::len).sum();
            // `{base}...{head}` says more than `{basehead}`, although it has more placeholders.
            (
                std::cmp::Reverse(route.fixed_query.len()),
                std::cmp::Reverse(letters),
                holes,
            )
        });
        Api { routes }
    }

    /// The operation of the service that a request is for.
    pub(super) fn find<'s>(
        &self,
        service: &'s Service,
        verb: &str,
        path: &str,
        query: &[(String, String)],
    ) -> Option<&'s Operation> {
        let path = percent_decode(path);
        let matching = |loose: bool| {
            let mut routes = self.routes.iter();
            routes.find(|route| {
                route.verb.as_str().eq_ignore_ascii_case(verb)
                    && fits(&route.pieces, &path, loose)
                    && route.fixed_query.iter().all(|pair| query.contains(pair))
            })
        };
        // Values may hold slashes, but only where nothing else fits.
        let route = matching(false).or_else(|| matching(true))?;
        service.spec.operations.get(route.operation)
    }
}

/// The first method that calls an operation, with its resource.
pub(super) fn method_of<'s>(service: &'s Service, operation: &Operation) -> Option<(&'s Resource, &'s Method)> {
    service.resources.iter().find_map(|resource| {
        let mut methods = resource.methods.values();
        let method = methods
            .find(|method| method.operation.path == operation.path && method.operation.verb == operation.verb)?;
        Some((resource, method))
    })
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Piece::Text(text) => text.len(),
            Piece::Hole => 0,
        }
    }
}

/// Whether two paths are one address: they differ only in the names of their placeholders, so no request can tell which
/// of them it is for.
pub(super) fn is_one_address(one: &str, other: &str) -> bool {
    one == other || pieces(one) == pieces(other)
}

fn pieces(path: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((_, after)) = behind.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Text(percent_decode(before)));
        }
        pieces.push(Piece::Hole);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(percent_decode(rest)));
    }
    pieces
}

fn fits(pieces: &[Piece], text: &str, loose: bool) -> bool {
    match pieces.split_first() {
        None => text.is_empty() || text == "/",
        Some((Piece::Text(literal), rest)) => text
            .strip_prefix(literal.as_str())
            .is_some_and(|behind| fits(rest, behind, loose)),
        Some((Piece::Hole, rest)) => {
            let ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
            ends.take_while(|end| loose || !text[..*end].ends_with('/'))
                .any(|end| fits(rest, &text[end..], loose))
        }
    }
}

/// Path and query of a request target.
pub(super) fn split_target(target: &str) -> (&str, Vec<(String, String)>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    (path, parse_query(query))
}

/// `a=1&b` as pairs, decoded.
pub(super) fn parse_query(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                percent_decode(&name.replace('+', " ")),
                percent_decode(&value.replace('+', " ")),
            )
        })
        .collect()
}

/// Decodes `%XX`; anything else stays.
pub(super) fn percent_decode(text: &str) -> String {
    String::from_utf8_lossy(&pointer::percent_decoded_bytes(text)).into_owned()
}

/// Whether a request carries a JSON body, and which.
pub(super) fn json_body(arrived: &Arrived) -> Option<Result<serde_json::Value, serde_json::Error>> {
    (!arrived.body.is_empty()).then(|| serde_json::from_slice(&arrived.body))
}

#[cfg(test)]
mod tests {
    use super::{fits, is_one_address, parse_query, pieces};

    #[test]
    fn names_of_placeholders_make_no_address() {
        assert!(is_one_address("/v1/{beaconName}", "/v1/{attachmentName}"));
        assert!(!is_one_address("/v1/{name}", "/v2/{name}"));
        assert!(!is_one_address("/v1/{name}", "/v1/{name}:stop"));
    }

    #[test]
    fn templates_fit_their_paths_only() {
        let check = |template: &str, path: &str, loose: bool| fits(&pieces(template), path, loose);
        assert!(check("/a/{b}/c", "/a/1/c", false));
        assert!(check("/a/{b}.json", "/a/x.y.json", false));
        assert!(check("/a/{b}-{c}", "/a/1-2", false));
        assert!(!check("/a/{b}/c", "/a/1/2/c", false));
        assert!(check("/a/{b}/c", "/a/1/2/c", true));
        assert!(!check("/a/{b}", "/a/", false));
        assert!(check("/a%20b", "/a b", false));
    }

    #[test]
    fn queries_are_decoded() {
        assert_eq!(
            parse_query("a=1+2&b&c%5B%5D=%26"),
            [("a", "1 2"), ("b", ""), ("c[]", "&")].map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
