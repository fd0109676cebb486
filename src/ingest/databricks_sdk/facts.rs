//! What the source says, before any decision: modules with their data classes, enums and API classes.

use std::ops::Range;

use indexmap::IndexMap;

use super::docs::MethodText;
use crate::source::{Span, Text};

/// One file of `databricks/sdk/service`.
#[derive(Debug, Clone)]
pub(super) struct Module {
    /// `catalog` for `service/catalog.py`.
    pub(super) name: Text,
    /// Everything that can be the type of a field or answer, by class name, in source order.
    pub(super) definitions: IndexMap<Text, Definition>,
    pub(super) apis: Vec<Api>,
}

/// A class or alias that is a type.
#[derive(Debug, Clone)]
pub(super) enum Definition {
    Record(Record),
    Enum(Enum),
    /// `JsonObject = Dict[str, Any]`
    Alias(Type),
}

/// A dataclass.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) text: Option<Text>,
    pub(super) fields: Vec<Field>,
}

/// A field of a dataclass as it is on the wire.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The key in `as_dict`: not always the name of the attribute.
    pub(super) wire: Text,
    /// The attribute, as the list methods name it (`X.from_dict(json).attribute`).
    pub(super) attribute: Text,
    pub(super) kind: Type,
    pub(super) required: bool,
    pub(super) text: Option<Text>,
}

/// An enum: the values, which are not always the names of the members.
#[derive(Debug, Clone)]
pub(super) struct Enum {
    pub(super) text: Option<Text>,
    pub(super) values: Vec<Text>,
}

/// A type annotation, without its `Optional`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Integer,
    /// An integer that the reader takes from text as well (`_int64`).
    Integer64,
    Number,
    Boolean,
    Any,
    Object,
    Binary,
    Timestamp,
    Duration,
    FieldMask,
    List(Box<Type>),
    Map(Box<Type>),
    /// A class of this module, or of the module named.
    Class {
        module: Option<Text>,
        name: Text,
    },
    /// What an answer is wrapped in: pages, waiting.
    Iterator(Box<Type>),
    Wait(Box<Type>),
}

/// A class whose methods send requests.
#[derive(Debug, Clone)]
pub(super) struct Api {
    /// `ClustersAPI`
    pub(super) class: Text,
    pub(super) text: Option<Text>,
    /// Attribute and class of the APIs below this one.
    pub(super) below: Vec<(Text, Text)>,
    pub(super) methods: Vec<Method>,
    /// Methods that send no request of their own, with the reason.
    pub(super) helpers: Vec<(Text, Helper)>,
}

/// Why a function of an API class is no operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Helper {
    /// Calls another method and waits for the result.
    CallsAndWaits,
    /// Polls another method until a state is reached.
    Waits,
    /// Gives access to the APIs below.
    Accessor,
    /// Sends to an address that only an answer of the service tells.
    DataPlane,
    /// Named with an underscore: not part of the interface.
    Private,
}

/// A method that sends one request (or one per page).
#[derive(Debug, Clone)]
pub(super) struct Method {
    pub(super) name: Text,
    pub(super) span: Span,
    pub(super) text: MethodText,
    pub(super) parameters: Vec<Parameter>,
    pub(super) request: Request,
    pub(super) answer: Answer,
    pub(super) paging: Option<Paging>,
}

/// A parameter of a method.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) name: Text,
    pub(super) kind: Type,
    pub(super) required: bool,
}

/// What a method sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    pub(super) verb: Text,
    pub(super) path: Vec<Part>,
    pub(super) query: Vec<Sent>,
    /// Query keys that the client sets itself before the first page, with the value.
    pub(super) constants: Vec<(Text, i64)>,
    pub(super) body: Body,
    pub(super) accept: Option<Text>,
    pub(super) content_type: Option<Text>,
    /// The answer is bytes, not JSON.
    pub(super) raw_answer: bool,
    /// Headers of the answer that are handed on as fields.
    pub(super) answer_headers: Vec<Text>,
}

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Literal(Text),
    /// The account that the client is configured for.
    Account,
    Parameter {
        name: Text,
        multi_segment: bool,
    },
}

/// A value that is sent under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) wire: Text,
    pub(super) parameter: Text,
    /// The value is an object: in a query it is sent as one parameter a leaf.
    pub(super) object: bool,
}

/// The body of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Body {
    #[default]
    None,
    /// An object of these fields; it may have none.
    Fields(Vec<Sent>),
    /// One parameter is the whole object.
    Whole(Text),
    /// One parameter is sent as it is (`data=`).
    Bytes(Text),
}

/// What a method gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Nothing,
    /// The object as it came, of no class.
    Untyped,
    Class(Type),
    /// A bare array.
    Array(Type),
    /// A field of a wrapper class.
    Unwrapped {
        wrapper: Type,
        attribute: Text,
    },
    /// The elements under this key of each page.
    Pages {
        key: Text,
        item: Type,
    },
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Paging {
    /// A value of the answer is sent back under a key.
    Token {
        place: Place,
        request: Text,
        response: Text,
    },
    /// The number of elements seen so far.
    Offset { request: Text },
    /// The number of the page.
    Page { request: Text },
    /// The answer holds the whole next body.
    NextBody { response: Text },
}

/// Where a key of a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    Body,
}

/// A statement that is not in the grammar of generated code.
#[derive(Debug, Clone)]
pub(super) struct Unknown {
    pub(super) what: &'static str,
    pub(super) span: Range<usize>,
}

impl Unknown {
    pub(super) fn new(what: &'static str, span: &Range<usize>) -> Self {
        Unknown {
            what,
            span: span.clone(),
        }
    }
}
