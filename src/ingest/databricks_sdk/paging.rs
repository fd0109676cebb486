//! The loop over the pages of a list: what is yielded, and how the next page is asked for.

use super::facts::{Answer, Paging, Place, Type};
use super::methods::{Reading, from_dict};
use super::pyast::{Expression, Kind, Operator, Statement};
use crate::source::Text;

/// Reads the body of `while True:`.
pub(super) fn read(reading: &mut Reading<'_>, body: &[Statement]) -> Option<()> {
    let [request, elements, end, next] = body else {
        return None;
    };
    match &request.kind {
        Kind::Assign { target, value } if target.is_name("json") => reading.send(value)?,
        _ => return None,
    }
    let (key, item) = yielded(elements)?;
    let last = ends_without(end)?;
    let paging = next_page(next)?;
    // The key whose absence ends the loop is the one that the next request needs.
    let expected = match &paging {
        Paging::Token { response, .. } | Paging::NextBody { response } => response,
        Paging::Offset { .. } | Paging::Page { .. } => &key,
    };
    if last != *expected {
        return None;
    }
    reading.method.answer = Answer::Pages { key, item };
    reading.method.paging = Some(paging);
    Some(())
}

/// `if "key" in json: for v in json["key"]: yield X.from_dict(v)`
fn yielded(statement: &Statement) -> Option<(Text, Type)> {
    let Kind::If {
        test: Expression::Compare {
            left,
            operator: Operator::In,
            right,
        },
        body,
    } = &statement.kind
    else {
        return None;
    };
    let key = left.text().filter(|_| right.is_name("json"))?;
    let [
        Statement {
            kind: Kind::For { variable, of, body },
            ..
        },
    ] = body.as_slice()
    else {
        return None;
    };
    if json_key(of)? != key {
        return None;
    }
    let item = match body.as_slice() {
        [
            Statement {
                kind: Kind::Expression(Expression::Yield(value)),
                ..
            },
        ] => value,
        // i = v["id"]; if i in seen: continue; seen.add(i); yield …
        [
            Statement {
                kind: Kind::Assign { target: id, .. },
                ..
            },
            Statement {
                kind:
                    Kind::If {
                        test:
                            Expression::Compare {
                                left,
                                operator: Operator::In,
                                right,
                            },
                        ..
                    },
                ..
            },
            Statement {
                kind: Kind::Expression(Expression::Call(add)),
                ..
            },
            Statement {
                kind: Kind::Expression(Expression::Yield(value)),
                ..
            },
        ] if **left == *id && right.is_name("seen") && add.function.is_path(&["seen", "add"]) => value,
        _ => return None,
    };
    Some((key.clone(), from_dict(item, variable)?))
}

/// The key of `if "key" not in json or not json["key"]: return`.
fn ends_without(statement: &Statement) -> Option<Text> {
    let Kind::If {
        test: Expression::Or(tests),
        body,
    } = &statement.kind
    else {
        return None;
    };
    let [
        Expression::Compare {
            left,
            operator: Operator::NotIn,
            ..
        },
        Expression::Not(empty),
    ] = tests.as_slice()
    else {
        return None;
    };
    let [
        Statement {
            kind: Kind::Return(None),
            ..
        },
    ] = body.as_slice()
    else {
        return None;
    };
    let key = left.text()?;
    (json_key(empty)? == key).then(|| key.clone())
}

fn next_page(statement: &Statement) -> Option<Paging> {
    match &statement.kind {
        // query["page_token"] = json["next_page_token"]
        Kind::Assign {
            target: Expression::Index(of, key),
            value,
        } => {
            let place = match of.name()?.as_str() {
                "query" => Place::Query,
                "body" => Place::Body,
                _ => return None,
            };
            Some(Paging::Token {
                place,
                request: key.text()?.clone(),
                response: json_key(value)?.clone(),
            })
        }
        // body = json["next_page"]
        Kind::Assign { target, value } if target.is_name("body") => Some(Paging::NextBody {
            response: json_key(value)?.clone(),
        }),
        // query["startIndex"] += len(json["Resources"])
        Kind::Add {
            target: Expression::Index(of, key),
            value,
        } if of.is_name("query") => {
            let request = key.text()?.clone();
            match value {
                Expression::Integer(1) => Some(Paging::Page { request }),
                Expression::Call(call) if call.function.is_name("len") => Some(Paging::Offset { request }),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The key of `json["key"]`.
fn json_key(value: &Expression) -> Option<&Text> {
    match value {
        Expression::Index(of, key) if of.is_name("json") => key.text(),
        _ => None,
    }
}
