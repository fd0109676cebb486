//! Which key of which object holds what: the grammar of OpenAPI 3.0 as one table.
//!
//! Every walk goes by this table, so a *property* called `properties`, `type` or `$ref` is never taken for a keyword.

/// The objects of the specification that a walk can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::openapi) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Tag,
    ExternalDocs,
    Server,
    ServerVariable,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Link,
    Callback,
    Components,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,
}

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::openapi) enum Field {
    One(Kind),
    MapOf(Kind),
    ListOf(Kind),
    SchemaOrFlag,
    Text,
    Flag,
    Number,
    PositiveNumber,
    Count,
    TypeName,
    Texts,
    MapOfText,
    Values,
    Any,
}

/// The sections of `components`, with the kind of their members.
pub(in crate::openapi) const SECTIONS: [(&str, Kind); 9] = [
    ("schemas", Kind::Schema),
    ("responses", Kind::Response),
    ("parameters", Kind::Parameter),
    ("examples", Kind::Example),
    ("requestBodies", Kind::RequestBody),
    ("headers", Kind::Header),
    ("securitySchemes", Kind::SecurityScheme),
    ("links", Kind::Link),
    ("callbacks", Kind::Callback),
];

impl Kind {
    /// What a section of `components` holds.
    pub(in crate::openapi) fn of_section(section: &str) -> Option<Kind> {
        SECTIONS
            .iter()
            .find(|(name, _)| *name == section)
            .map(|(_, kind)| *kind)
    }

    /// The name of the component of this kind that a reference leads to; `None` when it leads elsewhere, or further into
    /// the component.
    pub(in crate::openapi) fn component_name(self, reference: &str) -> Option<&str> {
        let rest = reference.strip_prefix("#/components/")?;
        let name = rest.strip_prefix(self.section()?)?.strip_prefix('/')?;
        (!name.contains('/')).then_some(name)
    }

    /// The section of `components` that holds objects of this kind; only those can be references.
    pub(in crate::openapi) fn section(self) -> Option<&'static str> {
        SECTIONS
            .iter()
            .find(|(_, kind)| *kind == self)
            .map(|(section, _)| *section)
    }
}

/// What a key of an object holds; `None` when the specification does not know the key.
pub(in crate::openapi) fn field(kind: Kind, key: &str) -> Option<Field> {
    use Field::{
        Any, Count, Flag, ListOf, MapOf, MapOfText, Number, One, PositiveNumber, Text, Texts, TypeName, Values,
    };
    let field = match kind {
        Kind::Document => match key {
            "openapi" => Text,
            "info" => One(Kind::Info),
            "servers" => ListOf(Kind::Server),
            "paths" => One(Kind::Paths),
            "components" => One(Kind::Components),
            "security" => ListOf(Kind::SecurityRequirement),
            "tags" => ListOf(Kind::Tag),
            "externalDocs" => One(Kind::ExternalDocs),
            _ => return None,
        },
        Kind::Info => match key {
            "title" | "description" | "termsOfService" | "version" => Text,
            "contact" => One(Kind::Contact),
            "license" => One(Kind::License),
            _ => return None,
        },
        Kind::Contact => return ["name", "url", "email"].contains(&key).then_some(Text),
        Kind::License => return ["name", "url"].contains(&key).then_some(Text),
        Kind::ExternalDocs => return ["url", "description"].contains(&key).then_some(Text),
        Kind::Tag => match key {
            "name" | "description" => Text,
            "externalDocs" => One(Kind::ExternalDocs),
            _ => return None,
        },
        Kind::Server => match key {
            "url" | "description" => Text,
            "variables" => MapOf(Kind::ServerVariable),
            _ => return None,
        },
        Kind::ServerVariable => match key {
            "default" | "description" => Text,
            "enum" => Texts,
            _ => return None,
        },
        // As reading does: a path without its slash is a path, and gets one later.
        Kind::Paths => return (!key.starts_with("x-")).then_some(One(Kind::PathItem)),
        Kind::PathItem => match key {
            "$ref" | "summary" | "description" => Text,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => One(Kind::Operation),
            "servers" => ListOf(Kind::Server),
            "parameters" => ListOf(Kind::Parameter),
            _ => return None,
        },
        Kind::Operation => match key {
            "tags" => Texts,
            "summary" | "description" | "operationId" => Text,
            "externalDocs" => One(Kind::ExternalDocs),
            "parameters" => ListOf(Kind::Parameter),
            "requestBody" => One(Kind::RequestBody),
            "responses" => One(Kind::Responses),
            "callbacks" => MapOf(Kind::Callback),
            "deprecated" => Flag,
            "security" => ListOf(Kind::SecurityRequirement),
            "servers" => ListOf(Kind::Server),
            _ => return None,
        },
        Kind::Parameter => match key {
            "name" | "in" => Text,
            _ => return header_field(key),
        },
        Kind::Header => return header_field(key),
        Kind::RequestBody => match key {
            "description" => Text,
            "content" => MapOf(Kind::MediaType),
            "required" => Flag,
            _ => return None,
        },
        Kind::MediaType => match key {
            "schema" => One(Kind::Schema),
            "example" => Any,
            "examples" => MapOf(Kind::Example),
            "encoding" => MapOf(Kind::Encoding),
            _ => return None,
        },
        Kind::Encoding => match key {
            "contentType" | "style" => Text,
            "headers" => MapOf(Kind::Header),
            "explode" | "allowReserved" => Flag,
            _ => return None,
        },
        Kind::Responses => return is_status(key).then_some(One(Kind::Response)),
        Kind::Response => match key {
            "description" => Text,
            "headers" => MapOf(Kind::Header),
            "content" => MapOf(Kind::MediaType),
            "links" => MapOf(Kind::Link),
            _ => return None,
        },
        Kind::Example => match key {
            "summary" | "description" | "externalValue" => Text,
            "value" => Any,
            _ => return None,
        },
        Kind::Link => match key {
            "operationId" | "operationRef" | "description" => Text,
            "parameters" | "requestBody" => Any,
            "server" => One(Kind::Server),
            _ => return None,
        },
        Kind::Callback => return (!key.starts_with("x-") && key != "$ref").then_some(One(Kind::PathItem)),
        Kind::Components => {
            return SECTIONS
                .iter()
                .find(|(section, _)| *section == key)
                .map(|(_, kind)| MapOf(*kind));
        }
        Kind::Schema => match key {
            "type" => TypeName,
            "properties" => MapOf(Kind::Schema),
            "items" | "not" => One(Kind::Schema),
            "allOf" | "oneOf" | "anyOf" => ListOf(Kind::Schema),
            "additionalProperties" => Field::SchemaOrFlag,
            "title" | "description" | "format" | "pattern" => Text,
            "required" => Texts,
            "enum" => Values,
            "default" | "example" => Any,
            "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" | "exclusiveMinimum"
            | "exclusiveMaximum" => Flag,
            "minimum" | "maximum" => Number,
            "multipleOf" => PositiveNumber,
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => Count,
            "discriminator" => One(Kind::Discriminator),
            "externalDocs" => One(Kind::ExternalDocs),
            "xml" => One(Kind::Xml),
            _ => return None,
        },
        Kind::Discriminator => match key {
            "propertyName" => Text,
            "mapping" => MapOfText,
            _ => return None,
        },
        Kind::Xml => match key {
            "name" | "namespace" | "prefix" => Text,
            "attribute" | "wrapped" => Flag,
            _ => return None,
        },
        Kind::SecurityScheme => match key {
            "type" | "description" | "name" | "in" | "scheme" | "bearerFormat" | "openIdConnectUrl" => Text,
            "flows" => One(Kind::OAuthFlows),
            _ => return None,
        },
        Kind::OAuthFlows => {
            return ["implicit", "password", "clientCredentials", "authorizationCode"]
                .contains(&key)
                .then_some(One(Kind::OAuthFlow));
        }
        Kind::OAuthFlow => match key {
            "authorizationUrl" | "tokenUrl" | "refreshUrl" => Text,
            "scopes" => MapOfText,
            _ => return None,
        },
        Kind::SecurityRequirement => Texts,
    };
    Some(field)
}

fn header_field(key: &str) -> Option<Field> {
    Some(match key {
        "description" | "style" => Field::Text,
        "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" => Field::Flag,
        "schema" => Field::One(Kind::Schema),
        "content" => Field::MapOf(Kind::MediaType),
        "example" => Field::Any,
        "examples" => Field::MapOf(Kind::Example),
        _ => return None,
    })
}

/// Whether a key of `responses` is one: `default`, `200`, `2XX`.
fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    key == "default"
        || (bytes.len() == 3
            && (b'1'..=b'5').contains(&bytes[0])
            && (&bytes[1..] == b"XX" || bytes[1..].iter().all(u8::is_ascii_digit)))
}
