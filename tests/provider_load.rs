//! Published provider trees are read without loss, and odd ones with a finding.

mod common;

use std::fs;

use spgen::provider::{self, Columns, InputPlace, LoadError, Provider};

use common::data;

/// Writes a tree to a temporary folder `NAME/VERSION` and loads it.
fn load_tree(name: &str, files: &[(&str, &str)]) -> (Provider, Vec<String>) {
    let root = tempfile::tempdir().expect("a temporary folder");
    let folder = root.path().join(name).join("v1.0.0");
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    let loaded = provider::load(&folder).expect("the tree has a provider document");
    let ids = loaded.findings.iter().map(|finding| finding.id.to_string()).collect();
    (loaded.provider, ids)
}

fn provider_yaml(service_reference: &str) -> String {
    format!("name: acme\nversion: v1.0.0\nproviderServices:\n  shop:\n    service:\n      $ref: {service_reference}\n")
}

/// A service document with one operation, `response` and `method` filled in.
fn service(parameters: &str, response: &str, method: &str) -> String {
    format!(
        r"
openapi: 3.0.3
info: {{title: Shop, version: '1'}}
servers:
  - url: https://{{region}}.example.com
    variables: {{region: {{default: eu, description: The region}}}}
paths:
  /w/{{id}}:
    parameters:
      - {{name: shared, in: query, schema: {{type: integer}}}}
    post:
      parameters: {parameters}
      requestBody:
        content:
          multipart/form-data: {{schema: {{type: object, properties: {{file: {{type: string}}}}}}}}
          application/json:
            schema:
              type: object
              required: [id, size, made]
              properties:
                id: {{type: string}}
                size: {{type: integer, default: 3}}
                made: {{type: string, readOnly: true}}
                kind: {{enum: [a, b]}}
      responses:
        '200':
          description: ok
          content:
            application/json: {{schema: {response}}}
components:
  schemas:
    Row:
      type: object
      properties:
        name: {{type: string, description: The name}}
        order_: {{type: integer, xml: {{name: order}}}}
    Link: {{type: object, properties: {{href: {{type: string}}}}}}
  x-stackQL-resources:
    widgets:
      id: acme.shop.widgets
      name: widgets
      title: Widgets
      methods:
        run:
          operation: {{$ref: '#/paths/~1w~1{{id}}/post'}}
          {method}
      sqlVerbs: {{select: [], insert: [], update: [], replace: [], delete: []}}
"
    )
}

const PARAMETERS: &str = "[{name: id, in: path, required: true, schema: {type: string}}, {name: id, in: query, schema: {type: string}}, {name: c, in: cookie}, {name: filter, in: query, content: {application/json: {schema: {type: object}}}}]";

fn columns_for(response: &str, method: &str) -> Columns {
    let (provider, findings) = load_tree(
        "acme",
        &[
            ("provider.yaml", &provider_yaml("acme/v1.0.0/services/shop.yaml")),
            ("services/shop.yaml", &service(PARAMETERS, response, method)),
        ],
    );
    assert!(findings.is_empty(), "{findings:?}");
    let service = &provider.services[0];
    provider::columns(service, &service.resources[0].methods["run"])
}

#[track_caller]
fn check_columns(response: &str, method: &str, expected: &[&str]) {
    let columns = columns_for(response, method);
    let names: Vec<&str> = columns.list().iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, expected, "{response} with {method}: {columns:?}");
}

const EXACT: &str = "response: {mediaType: application/json, openAPIDocKey: '200'";

#[test]
fn columns_follow_the_object_key() {
    let row = "{$ref: '#/components/schemas/Row'}";
    let list =
        format!("{{type: object, properties: {{items: {{type: array, items: {row}}}, next: {{type: string}}}}}}");
    let columns = ["name", "order_"];
    check_columns(&list, "", &columns);
    for key in ["items", "$.items", "'$.items[*]'"] {
        check_columns(&list, &format!("{EXACT}, objectKey: {key}}}"), &columns);
    }
    check_columns(&list, &format!("{EXACT}, objectKey: $}}"), &["items", "next"]);
    check_columns(&list, &format!("{EXACT}, objectKey: $.absent}}"), &[]);
    let deep = format!(
        "{{type: object, properties: {{data: {{type: object, properties: {{list: {{type: array, items: {row}}}}}}}}}}}"
    );
    check_columns(&deep, &format!("{EXACT}, objectKey: '$.data.list[*]'}}"), &columns);
    let map = format!("{{type: object, properties: {{items: {{type: object, additionalProperties: {row}}}}}}}");
    check_columns(&map, &format!("{EXACT}, objectKey: '$.items[*]'}}"), &columns);
    check_columns(&format!("{{type: array, items: {row}}}"), "", &columns);
    check_columns(row, "", &columns);
}

#[test]
fn columns_follow_the_response_that_counts() {
    let row = "{$ref: '#/components/schemas/Row'}";
    check_columns(
        row,
        "response: {mediaType: application/json, openAPIDocKey: '201'}",
        &[],
    );
    check_columns(row, "response: {mediaType: text/plain, openAPIDocKey: '200'}", &[]);
    let overridden = "response: {overrideMediaType: application/json, objectKey: $.rows, schema_override: {$ref: '#/components/schemas/Link'}}";
    check_columns(row, overridden, &[]);
    let overridden =
        "response: {overrideMediaType: application/json, schema_override: {$ref: '#/components/schemas/Link'}}";
    check_columns(row, overridden, &["href"]);
}

#[test]
fn columns_follow_composition_as_the_runtime_merges_it() {
    let row = "{$ref: '#/components/schemas/Row'}";
    let link = "{$ref: '#/components/schemas/Link'}";
    check_columns(&format!("{{allOf: [{row}, {link}]}}"), "", &["name", "order_", "href"]);
    check_columns(
        &format!("{{properties: {{own: {{type: string}}}}, allOf: [{row}]}}"),
        "",
        &["own"],
    );
    check_columns(
        &format!("{{oneOf: [{row}, {row}]}}"),
        "",
        &["name", "order_", "Row_name", "Row_order_"],
    );
    check_columns("{type: array, items: {type: string}}", "", &["column_anon"]);
    check_columns("{type: [object, 'null'], properties: {a: {type: string}}}", "", &["a"]);
    for nothing in [
        "{type: string}",
        "{type: object}",
        "{}",
        "{type: object, additionalProperties: {type: string}}",
    ] {
        check_columns(nothing, "", &[]);
    }
}

#[test]
fn a_column_knows_its_name_on_the_wire() {
    let columns = columns_for("{$ref: '#/components/schemas/Row'}", "");
    assert_eq!(columns.list()[1].wire_name, "order");
    assert_eq!(columns.list()[0].description.as_deref(), Some("The name"));
}

fn inputs_for(method: &str) -> Vec<String> {
    let (provider, _) = load_tree(
        "acme",
        &[
            ("provider.yaml", &provider_yaml("acme/v1.0.0/services/shop.yaml")),
            ("services/shop.yaml", &service(PARAMETERS, "{type: string}", method)),
        ],
    );
    let service = &provider.services[0];
    let inputs = provider::inputs(service, &service.resources[0].methods["run"]);
    inputs
        .all
        .iter()
        .map(|input| {
            let mark = if input.required { "!" } else { "" };
            let place = match input.place {
                InputPlace::Path => "path",
                InputPlace::Query => "query",
                InputPlace::Header => "header",
                InputPlace::Server => "server",
                InputPlace::Body => "body",
            };
            format!("{place} {}{mark} {}", input.name, input.data_type)
        })
        .collect()
}

#[test]
fn inputs_are_parameters_then_server_variables_then_body_fields() {
    assert_eq!(
        inputs_for("config: {requestBodyTranslate: {algorithm: naive}}"),
        [
            "path id! string",
            "query filter object",
            "query shared integer",
            "server region! string",
            "body size! integer",
            "body made! string",
            "body kind string"
        ]
    );
}

#[test]
fn body_fields_are_prefixed_without_naive_translation() {
    let inputs = inputs_for("");
    assert_eq!(
        inputs[4..],
        [
            "body data__id! string",
            "body data__size! integer",
            "body data__made! string",
            "body data__kind string"
        ]
    );
}

#[test]
fn forms_have_no_fields() {
    assert_eq!(
        inputs_for("request: {mediaType: application/x-www-form-urlencoded}").len(),
        4
    );
}

#[test]
fn faults_are_findings_and_lose_no_resource() {
    let service = "
openapi: 3.0.3
paths: {/a~b: {get: {responses: {'200': {description: ok}}}}}
components:
  x-stackQL-resources:
    one: {name: other, methods: {get: {operation: {$ref: '#/paths/~1a~b/get'}}}, sqlVerbs: {select: [{$ref: '#/components/x-stackQL-resources/one/methods/gone'}]}}
    two: {name: two}
    three: {name: three, methods: {get: {operation: {$ref: '#/paths/~1none/get'}}, bare: {}}}
    four: 7
    tagged: !<tag:example.org,2002:thing> {name: tagged, methods: {}}
";
    let (provider, findings) = load_tree(
        "acme",
        &[
            (
                "provider.yaml",
                "name: acme\nproviderServices:\n  a: {service: {$ref: acme/v1.0.0/services/org.yaml}}\n  b: {service: {$ref: acme/v1.0.0/services/none.yaml}}\n  c: {}\n  d: {service: {$ref: acme/v1.0.0/services/empty.yaml}}\n  e: {service: {$ref: acme/v1.0.0/services/broken.yaml}}\n",
            ),
            ("services/Org.yaml", service),
            ("services/empty.yaml", "openapi: 3.0.3\npaths: {}\n"),
            ("services/broken.yaml", "a: [\n"),
        ],
    );
    let keys: Vec<&str> = provider.services[0]
        .resources
        .iter()
        .map(|resource| resource.key.as_str())
        .collect();
    assert_eq!(keys, ["one", "two", "three", "four", "tagged"]);
    assert!(
        provider.services[0].resources[0].methods["get"]
            .operation
            .find(&provider.services[0].spec)
            .is_some()
    );
    for id in [
        "resource-name",
        "missing-method",
        "resource-without-methods",
        "missing-operation",
        "service-document-case",
        "missing-service-document",
        "service-without-resources",
        "broken-document",
    ] {
        assert!(
            findings.iter().any(|found| found == id),
            "{id} is not among {findings:?}"
        );
    }
}

#[test]
fn a_folder_without_provider_document_is_an_error() {
    let root = tempfile::tempdir().expect("a temporary folder");
    assert!(matches!(provider::load(root.path()), Err(LoadError::NoProvider { .. })));
}

#[test]
fn every_published_provider_loads_without_loss() {
    let Some(folders) = data::providers() else {
        return;
    };
    assert_eq!(folders.len(), 20);
    for folder in folders {
        let loaded = provider::load(&folder).expect("the provider can be read");
        let document = fs::read_to_string(folder.join("provider.yaml")).expect("it was just read");
        let services = document
            .lines()
            .filter(|line| line.trim_start().starts_with("$ref:"))
            .count();
        // One published tree names a document that was never published.
        let missing = loaded
            .findings
            .iter()
            .filter(|finding| finding.id == "missing-service-document")
            .count();
        assert_eq!(
            loaded.provider.services.len() + missing,
            services,
            "{}",
            folder.display()
        );
        assert!(missing == 0 || loaded.provider.name == "k8s", "{}", folder.display());
        for service in &loaded.provider.services {
            let declared = spgen::source::pointer::follow(&service.spec.root, "/components/x-stackQL-resources")
                .and_then(|node| node.as_map())
                .map_or(0, spgen::source::Map::len);
            assert_eq!(service.resources.len(), declared, "{}", service.file);
            for resource in &service.resources {
                for method in resource.methods.values() {
                    assert!(
                        method.operation.find(&service.spec).is_some(),
                        "{}.{}: {:?}",
                        resource.id,
                        method.name,
                        method.operation
                    );
                    let _ = provider::returning(service, method);
                    let _ = provider::exec_hazard(service, method);
                    assert!(
                        !provider::inputs(service, method)
                            .all
                            .iter()
                            .any(|input| input.name.is_empty())
                    );
                }
            }
        }
    }
}
