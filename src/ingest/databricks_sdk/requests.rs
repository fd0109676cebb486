//! What each method sends, as it was read: the view that a test compares with the running package.

use super::facts::{Body, Helper, Method, Part};
use super::sdk::Sdk;
use crate::source::Text;

/// The request of one method, before any decision about levels and paths.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentRequest {
    /// `catalog.CatalogsAPI.list`
    pub method: Text,
    /// `GET`
    pub verb: Text,
    /// The path with the parameters of the method as variables.
    pub path: Text,
    /// Query keys, sorted.
    pub query: Vec<Text>,
    /// Keys of the body, sorted, when the method puts it together.
    pub body: Option<Vec<Text>>,
    /// The parameter that is the whole body.
    pub whole: Option<Text>,
    /// The parameter that is sent as bytes.
    pub data: Option<Text>,
    /// Whether the answer is bytes.
    pub raw: bool,
}

impl Sdk {
    /// The requests of all methods of all classes, whether they become operations or not, sorted by method.
    #[must_use]
    pub fn requests(&self) -> Vec<SentRequest> {
        let mut out = Vec::new();
        for module in &self.modules {
            for api in &module.apis {
                out.extend(api.methods.iter().map(|method| sent(&module.name, &api.class, method)));
            }
        }
        out.sort();
        out
    }

    /// The functions of API classes that send no request of their own, sorted: `catalog.OnlineTablesAPI.create_and_wait`.
    #[must_use]
    pub fn helpers(&self) -> Vec<(Text, Helper)> {
        let mut out = Vec::new();
        for module in &self.modules {
            for api in &module.apis {
                let name = |function: &Text| ecow::eco_format!("{}.{}.{function}", module.name, api.class);
                out.extend(api.helpers.iter().map(|(function, helper)| (name(function), *helper)));
            }
        }
        out.sort();
        out
    }
}

fn sent(module: &str, class: &str, method: &Method) -> SentRequest {
    let request = &method.request;
    let (mut body, mut whole, mut data) = (None, None, None);
    match &request.body {
        Body::None => {}
        Body::Fields(fields) => body = Some(sorted(fields.iter().map(|sent| &sent.wire))),
        Body::Whole(parameter) => whole = Some(parameter.clone()),
        Body::Bytes(parameter) => data = Some(parameter.clone()),
    }
    let constants = request.constants.iter().map(|(key, _)| key);
    SentRequest {
        method: ecow::eco_format!("{module}.{class}.{}", method.name),
        verb: request.verb.clone(),
        path: path(&request.path),
        query: sorted(request.query.iter().map(|sent| &sent.wire).chain(constants)),
        body,
        whole,
        data,
        raw: request.raw_answer,
    }
}

/// The path as the method writes it.
pub(super) fn path(parts: &[Part]) -> Text {
    let mut out = Text::new();
    for part in parts {
        match part {
            Part::Literal(text) => out.push_str(text),
            Part::Account => out.push_str("{account_id}"),
            Part::Parameter { name, .. } => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
    }
    out
}

fn sorted<'a>(keys: impl Iterator<Item = &'a Text>) -> Vec<Text> {
    let mut keys: Vec<Text> = keys.cloned().collect();
    keys.sort();
    keys.dedup();
    keys
}
