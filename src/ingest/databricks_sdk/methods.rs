//! The body of a method: a closed grammar of statements, read to what the method sends and gives back.
//!
//! The intent is read, not the data flow: `if query is not None: query["query"] = query` sends the parameter `query`,
//! although the generated line has by then shadowed it.

use std::ops::Range;

use super::facts::{Answer, Body, Method, Parameter, Part, Request, Sent, Type, Unknown};
use super::pyast::{Call, Expression, Function, Kind, Operator, Piece, Statement};
use super::{annotations, docs, paging};
use crate::source::{FileId, Span, Text};

/// Reads a method that sends a request.
pub(super) fn read(function: &Function, statement: &Statement, file: FileId) -> Result<Method, Unknown> {
    let mut method = Method {
        name: function.name.clone(),
        span: span(file, &statement.span),
        text: docs::MethodText::default(),
        parameters: parameters(function, &statement.span)?,
        request: Request::default(),
        answer: Answer::Nothing,
        paging: None,
    };
    let mut reading = Reading {
        method: &mut method,
        body: Vec::new(),
        whole_body: None,
        sent: false,
        decoded: None,
    };
    for (index, statement) in function.body.iter().enumerate() {
        match statement.docstring() {
            Some(text) if index == 0 => reading.method.text = docs::method(text),
            _ => reading.statement(statement)?,
        }
    }
    if !reading.sent {
        return Err(Unknown::new("method that sends no request", &statement.span));
    }
    Ok(method)
}

/// A position in a file of the SDK.
pub(super) fn span(file: FileId, range: &Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(range.start),
        end: offset(range.end),
    }
}

fn parameters(function: &Function, whole: &Range<usize>) -> Result<Vec<Parameter>, Unknown> {
    if function.open_ended {
        return Err(Unknown::new("method with open-ended parameters", whole));
    }
    let read = |parameter: &super::pyast::Parameter| {
        let annotation = parameter.annotation.as_ref()?;
        let (kind, optional) = annotations::read(annotation)?;
        Some(Parameter {
            name: parameter.name.clone(),
            kind,
            required: !parameter.has_default && !optional,
        })
    };
    let own = function.parameters.iter().filter(|parameter| parameter.name != "self");
    own.map(|parameter| read(parameter).ok_or_else(|| Unknown::new("type of a parameter", whole)))
        .collect()
}

/// A method while its body is being read.
pub(super) struct Reading<'a> {
    pub(super) method: &'a mut Method,
    body: Vec<Sent>,
    whole_body: Option<Text>,
    sent: bool,
    /// `operation = Operation.from_dict(res)` or `parsed = X.from_dict(json).attribute`, until it is returned.
    decoded: Option<(Text, Answer)>,
}

impl Reading<'_> {
    fn statement(&mut self, statement: &Statement) -> Result<(), Unknown> {
        let read = match &statement.kind {
            Kind::Assign {
                target: Expression::Name(name),
                value,
            } => self.assign(name, value),
            Kind::Assign {
                target: Expression::Index(of, key),
                value,
            } => self.constant(of, key, value),
            Kind::If { test, body } => self.condition(test, body),
            Kind::Expression(value) => self.send(value),
            Kind::Return(Some(value)) => self.answer(value),
            Kind::While {
                test: Expression::True,
                body,
            } => paging::read(self, body),
            _ => None,
        };
        read.ok_or_else(|| Unknown::new("statement of a method", &statement.span))
    }

    fn assign(&mut self, name: &Text, value: &Expression) -> Option<()> {
        match (name.as_str(), value) {
            ("query" | "body", Expression::Dict(entries)) => entries.is_empty().then_some(()),
            ("body", value) => {
                self.whole_body = Some(self.parameter(value.receiver_of("as_dict")?)?);
                Some(())
            }
            ("headers", Expression::Dict(entries)) => {
                for (key, value) in entries {
                    match key.text()?.as_str() {
                        "Accept" => self.method.request.accept = Some(value.text()?.clone()),
                        "Content-Type" => self.method.request.content_type = Some(value.text()?.clone()),
                        _ => return None,
                    }
                }
                Some(())
            }
            ("cfg", value) => value.is_path(&["self", "_api", "_cfg"]).then_some(()),
            ("response_headers", Expression::List(names)) => {
                self.method.request.answer_headers =
                    names.iter().map(|name| name.text().cloned()).collect::<Option<_>>()?;
                Some(())
            }
            // Ids that SCIM lists have shown already: the service repeats them between pages.
            ("seen", Expression::Call(call)) => {
                (call.function.is_name("set") && call.arguments.is_empty()).then_some(())
            }
            ("res" | "json" | "op_response", value) => self.send(value),
            ("operation" | "parsed", value) => {
                self.decoded = Some((name.clone(), decoded(value)?));
                Some(())
            }
            _ => None,
        }
    }

    /// `query["startIndex"] = 1`
    fn constant(&mut self, of: &Expression, key: &Expression, value: &Expression) -> Option<()> {
        let Expression::Integer(value) = value else { return None };
        if !of.is_name("query") {
            return None;
        }
        self.method.request.constants.push((key.text()?.clone(), *value));
        Some(())
    }

    fn condition(&mut self, test: &Expression, body: &[Statement]) -> Option<()> {
        let [
            Statement {
                kind: Kind::Assign { target, value },
                ..
            },
        ] = body
        else {
            return None;
        };
        match (test, target) {
            // if cfg.workspace_id: headers["X-Databricks-Workspace-Id"] = cfg.workspace_id
            (_, Expression::Index(of, _)) if of.is_name("headers") && is_workspace_header(test) => {
                value.is_path(&["cfg", "workspace_id"]).then_some(())
            }
            // if "count" not in query: query["count"] = 10000
            (
                Expression::Compare {
                    left,
                    operator: Operator::NotIn,
                    right,
                },
                Expression::Index(of, key),
            ) => {
                let same = right.is_name("query") && left == key;
                same.then(|| self.constant(of, key, value))?
            }
            // if x is not None: body["wire"] = …
            (
                Expression::Compare {
                    left,
                    operator: Operator::IsNot,
                    right,
                },
                Expression::Index(of, key),
            ) => {
                let parameter = self.parameter(left)?;
                if **right != Expression::None {
                    return None;
                }
                let sent = sent(key.text()?, &parameter, value)?;
                match of.name()?.as_str() {
                    "query" => self.method.request.query.push(sent),
                    "body" => self.body.push(sent),
                    _ => return None,
                }
                Some(())
            }
            // if x is None or x == "": x = str(uuid.uuid4())
            (Expression::Or(tests), Expression::Name(name)) => {
                let [
                    Expression::Compare {
                        left,
                        operator: Operator::Is,
                        ..
                    },
                    Expression::Compare { .. },
                ] = tests.as_slice()
                else {
                    return None;
                };
                (left.is_name(name) && is_fresh_uuid(value)).then(|| self.make_optional(name))
            }
            _ => None,
        }
    }

    fn make_optional(&mut self, name: &Text) {
        for parameter in &mut self.method.parameters {
            parameter.required &= parameter.name != *name;
        }
    }

    fn parameter(&self, value: &Expression) -> Option<Text> {
        let name = value.name()?;
        self.method
            .parameters
            .iter()
            .any(|parameter| parameter.name == *name)
            .then(|| name.clone())
    }

    /// `self._api.do("GET", "/path", query=query, …)`
    pub(super) fn send(&mut self, value: &Expression) -> Option<()> {
        let call = value
            .call()
            .filter(|call| call.function.is_path(&["self", "_api", "do"]))?;
        let [verb, path] = call.arguments.as_slice() else {
            return None;
        };
        self.method.request.verb = verb.text()?.clone();
        self.method.request.path = self.path(path)?;
        let (mut query_sent, mut body) = (false, Body::None);
        for (name, value) in &call.keywords {
            match (name.as_str(), value) {
                ("query", value) if value.is_name("query") => query_sent = true,
                ("headers", value) if value.is_name("headers") => {}
                ("response_headers", value) if value.is_name("response_headers") => {}
                ("raw", Expression::True) => self.method.request.raw_answer = true,
                ("body", value) if value.is_name("body") => {
                    body = self
                        .whole_body
                        .take()
                        .map_or_else(|| Body::Fields(std::mem::take(&mut self.body)), Body::Whole);
                }
                ("body", value) => body = Body::Whole(self.parameter(value)?),
                ("data", value) => body = Body::Bytes(self.parameter(value)?),
                _ => return None,
            }
        }
        // What was gathered must be sent: a request that forgets it is not understood.
        let forgotten = !self.body.is_empty()
            || self.whole_body.is_some()
            || (!query_sent && !self.method.request.query.is_empty());
        if forgotten || self.sent {
            return None;
        }
        self.method.request.body = body;
        self.sent = true;
        Some(())
    }

    fn path(&self, path: &Expression) -> Option<Vec<Part>> {
        let pieces = match path {
            Expression::Text(text) => return Some(vec![Part::Literal(text.clone())]),
            Expression::Format(pieces) => pieces,
            _ => return None,
        };
        let part = |piece: &Piece| match piece {
            Piece::Literal(text) => Some(Part::Literal(text.clone())),
            Piece::Value(value) if value.is_path(&["self", "_api", "account_id"]) => Some(Part::Account),
            Piece::Value(Expression::Attribute(of, name)) if name == "value" => Some(Part::Parameter {
                name: self.parameter(of)?,
                multi_segment: false,
            }),
            Piece::Value(Expression::Call(call)) => {
                let escaped = call.function.is_name("_escape_multi_segment_path_parameter");
                let name = self.parameter(call.arguments.first()?)?;
                escaped.then_some(Part::Parameter {
                    name,
                    multi_segment: true,
                })
            }
            Piece::Value(value) => Some(Part::Parameter {
                name: self.parameter(value)?,
                multi_segment: false,
            }),
        };
        pieces.iter().map(part).collect()
    }

    fn answer(&mut self, value: &Expression) -> Option<()> {
        self.method.answer = match value {
            Expression::Name(name) if name == "res" => Answer::Untyped,
            // return parsed if parsed is not None else []
            Expression::Choice { then, .. } => self.decoded.take().filter(|(name, _)| then.is_name(name))?.1,
            Expression::Each { value, variable, of } if of.is_name("res") => Answer::Array(from_dict(value, variable)?),
            Expression::Call(call) => self.called(call)?,
            _ => return None,
        };
        Some(())
    }

    fn called(&mut self, call: &Call) -> Option<Answer> {
        if call.function.is_name("Wait") {
            // What is waited for is another method's answer; this request answers what `response` says, or nothing.
            let response = call.keywords.iter().find(|(name, _)| name == "response");
            return match response {
                Some((_, value)) => Some(Answer::Class(from_dict(value, "op_response")?)),
                None => Some(Answer::Nothing),
            };
        }
        // return CreateJobOperation(self, operation)
        if let [first, second] = call.arguments.as_slice()
            && first.is_name("self")
        {
            return self
                .decoded
                .take()
                .filter(|(name, _)| second.is_name(name))
                .map(|(_, answer)| answer);
        }
        Some(Answer::Class(class_decoded(call, "res")?))
    }
}

fn is_workspace_header(test: &Expression) -> bool {
    match test {
        Expression::And(tests) => {
            tests.last().is_some_and(is_workspace_header)
                && tests
                    .iter()
                    .rev()
                    .skip(1)
                    .all(|test| matches!(test, Expression::Compare { left, .. } if left.is_path(&["cfg", "host_type"])))
        }
        test => test.is_path(&["cfg", "workspace_id"]),
    }
}

/// `str(uuid.uuid4())`
fn is_fresh_uuid(value: &Expression) -> bool {
    value.call().is_some_and(|call| {
        call.function.is_name("str")
            && matches!(call.arguments.as_slice(), [Expression::Call(inner)] if inner.function.is_path(&["uuid", "uuid4"]))
    })
}

/// What is put under a key: the parameter itself, or one of the forms that turn it into JSON.
fn sent(wire: &Text, parameter: &Text, value: &Expression) -> Option<Sent> {
    let (of, object) = match value {
        Expression::Attribute(of, name) if name == "value" => (of.as_ref(), false),
        Expression::Each { value, variable, of } => {
            let plain = value.is_name(variable);
            let enumeration = matches!(value.as_ref(), Expression::Attribute(item, name) if name == "value" && item.is_name(variable));
            let object = value.receiver_of("as_dict").is_some_and(|item| item.is_name(variable));
            if !(plain || enumeration || object) {
                return None;
            }
            (of.as_ref(), false)
        }
        value => match (value.receiver_of("as_dict"), value.receiver_of("ToJsonString")) {
            (Some(of), _) => (of, true),
            (_, Some(of)) => (of, false),
            _ => (value, false),
        },
    };
    of.is_name(parameter).then(|| Sent {
        wire: wire.clone(),
        parameter: parameter.clone(),
        object,
    })
}

/// `Operation.from_dict(res)` and `X.from_dict(json).attribute`.
fn decoded(value: &Expression) -> Option<Answer> {
    match value {
        Expression::Attribute(of, attribute) => Some(Answer::Unwrapped {
            wrapper: from_dict(of, "json")?,
            attribute: attribute.clone(),
        }),
        value => Some(Answer::Class(from_dict(value, "res")?)),
    }
}

/// The class of `X.from_dict(variable)`.
pub(super) fn from_dict(value: &Expression, variable: &str) -> Option<Type> {
    class_decoded(value.call()?, variable)
}

fn class_decoded(call: &Call, variable: &str) -> Option<Type> {
    let Expression::Attribute(class, method) = &call.function else {
        return None;
    };
    let [Expression::Name(argument)] = call.arguments.as_slice() else {
        return None;
    };
    if method != "from_dict" || argument != variable {
        return None;
    }
    match annotations::read(class)? {
        (kind @ Type::Class { .. }, false) => Some(kind),
        _ => None,
    }
}
