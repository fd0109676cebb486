//! What the request transform of a method makes of its body, as far as it is one of those that [`super::build`] writes.

use super::Method;
use crate::source::{Node, Text};

/// How a body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentBody {
    /// JSON, as the statement gives it.
    Json,
    /// JSON; text in these fields that looks like a number or boolean becomes one.
    Coerced(Vec<Text>),
    /// The only field is the whole body.
    Whole,
    /// `a=1&b=2`
    Form,
    /// Parts with a boundary.
    Multipart,
    /// A transform of another make.
    Unknown,
}

impl SentBody {
    /// How a method writes its body.
    #[must_use]
    pub fn of(method: &Method) -> Self {
        let transform = method.request.as_ref().and_then(|request| request.node.as_ref());
        let transform = transform.and_then(|request| request.get("transform"));
        match transform.and_then(|transform| transform.get_str("body")) {
            None => SentBody::Json,
            Some(template) if template.starts_with("{{- range $v := . -}}") => SentBody::Whole,
            Some(template) if template.contains("urlquery $k") => SentBody::Form,
            Some(template) if template.contains("form-data; name={{ toJson $k }}") => SentBody::Multipart,
            Some(template) if template.contains("{{ toJson $k }}:") => SentBody::Coerced(compared_names(template)),
            Some(_) => SentBody::Unknown,
        }
    }
}

/// The names in the conditions `(eq $k "name")`.
fn compared_names(template: &str) -> Vec<Text> {
    let conditions = template.split("(eq $k ").skip(1);
    conditions
        .filter_map(|rest| {
            let mut literals = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            literals.next()?.ok().map(Text::from)
        })
        .collect()
}

/// The body that is sent when a statement gives no field (`request.default`); `None` when the method names none.
#[must_use]
pub fn default_body(method: &Method) -> Option<serde_json::Value> {
    let request = method.request.as_ref()?.node.as_ref()?;
    request
        .get("default")
        .and_then(Node::as_str)
        .and_then(|text| serde_json::from_str(text).ok())
}
