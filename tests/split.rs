//! Splitting specs into services.

use indexmap::IndexMap;
use spgen::openapi::split::{SplitBy, SplitException, propose_split};
use spgen::openapi::{Service, Spec, SplitRules, read, split};
use spgen::source::{self, FileId, List, Node};

const SHOP: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1', description: Sells things}
servers: [{url: https://shop.example}]
security: [{key: []}]
tags:
  - {name: Order Items, description: ' What was ordered '}
  - {name: list}
  - {name: unused}
paths:
  /v1/orders:
    get: {operationId: listOrders, tags: [Order Items], responses: {'200': {$ref: '#/components/responses/Orders'}}}
    post: {operationId: order, tags: [list], security: [{login: []}], responses: {'204': {description: Done}}}
  /v1/lists/{id}:
    get: {operationId: getList, tags: [list], responses: {'200': {description: A list, content: {application/json: {schema: {$ref: '#/components/schemas/List'}}}}}}
  /v1/health:
    get: {operationId: health, responses: {'200': {description: Fine}}}
components:
  schemas:
    # In an order that is not alphabetical, to be kept.
    Order: {type: object, properties: {list: {$ref: '#/components/schemas/List'}, $ref: {type: string}}}
    List: {type: object, properties: {next: {$ref: '#/components/schemas/List'}}}
    Unused: {type: object, properties: {order: {$ref: '#/components/schemas/Order'}}}
  responses:
    Orders: {description: Orders, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
  securitySchemes:
    key: {type: apiKey, name: key, in: header}
    login: {type: http, scheme: basic}
    other: {type: http, scheme: bearer}
";

fn spec(text: &str) -> Spec {
    read(source::read(FileId(0), text).expect("readable").root).0
}

fn shop(rules: &SplitRules) -> Vec<Service> {
    split(vec![("shop.yaml".to_owned(), spec(SHOP))], rules)
}

fn by(by: SplitBy) -> SplitRules {
    SplitRules {
        by,
        ..SplitRules::default()
    }
}

/// Each service with the ids of its operations.
fn shown(services: &[Service]) -> Vec<String> {
    let ids = |service: &Service| {
        service
            .spec
            .operations
            .iter()
            .map(|operation| operation.id.to_string())
            .collect::<Vec<_>>()
    };
    services
        .iter()
        .map(|service| format!("{} ({}): {}", service.name, service.file_name, ids(service).join(" ")))
        .collect()
}

fn keys(node: &Node, section: &str) -> Vec<String> {
    let section = node.get("components").and_then(|components| components.get(section));
    section
        .and_then(Node::as_map)
        .map(|members| members.keys().map(ToString::to_string).collect())
        .unwrap_or_default()
}

#[test]
fn tags_make_services_with_names_that_the_grammar_accepts() {
    let services = shop(&by(SplitBy::Tag));
    assert_eq!(
        shown(&services),
        [
            "order_items (order_items.yaml): listOrders",
            // `list` is a reserved word.
            "list_api (list_api.yaml): order getList",
            // Without a tag the path decides.
            "v1 (v1.yaml): health",
        ]
    );
    assert_eq!(
        (&*services[0].title, &*services[0].description),
        ("Order Items", "What was ordered")
    );
    assert_eq!((&*services[1].title, &*services[1].description), ("List", "List"));
}

#[test]
fn a_service_holds_just_what_it_reaches_in_the_order_of_the_spec() {
    let services = shop(&by(SplitBy::Tag));
    let first = &services[0].spec.root;
    assert_eq!(keys(first, "schemas"), ["Order", "List"]);
    assert_eq!(keys(first, "responses"), ["Orders"]);
    assert_eq!(keys(first, "securitySchemes"), ["key"]);
    assert_eq!(first.get("tags").and_then(Node::as_list).map(List::len), Some(1));
    let paths = first.get("paths").and_then(Node::as_map).expect("paths");
    assert_eq!(paths.len(), 1);
    assert!(paths.get("/v1/orders").is_some_and(|item| item.get("post").is_none()));
    let second = &services[1].spec.root;
    assert_eq!(keys(second, "schemas"), ["List"]);
    // The document's own security and that of the operation.
    assert_eq!(keys(second, "securitySchemes"), ["key", "login"]);
    assert_eq!(keys(&services[2].spec.root, "schemas"), [""; 0]);
}

#[test]
fn paths_files_and_exceptions_decide_too() {
    assert_eq!(
        shown(&shop(&by(SplitBy::PathSegment(1)))),
        [
            "orders (orders.yaml): listOrders order",
            "lists (lists.yaml): getList",
            "health (health.yaml): health"
        ]
    );
    assert_eq!(
        shown(&shop(&by(SplitBy::File))),
        ["shop (shop.yaml): listOrders order getList health"]
    );
    let rules = SplitRules {
        keep: IndexMap::new(),
        by: SplitBy::File,
        exceptions: vec![
            SplitException {
                path: Some("/v1/lists/*".to_owned()),
                service: "My Lists".to_owned(),
                ..SplitException::default()
            },
            SplitException {
                operation: Some("health".to_owned()),
                file: Some("other*".to_owned()),
                service: "never".to_owned(),
                ..SplitException::default()
            },
        ],
        names: [("shop".to_owned(), "store".to_owned())].into_iter().collect(),
        fallback_name: None,
    };
    assert_eq!(
        shown(&shop(&rules)),
        [
            "store (store.yaml): listOrders order health",
            "my_lists (my_lists.yaml): getList"
        ]
    );
}

#[test]
fn several_specs_never_share_a_service() {
    let specs = vec![("a.yaml".to_owned(), spec(SHOP)), ("b.yaml".to_owned(), spec(SHOP))];
    let names: Vec<String> = split(specs, &by(SplitBy::Tag))
        .iter()
        .map(|service| service.name.to_string())
        .collect();
    assert_eq!(
        names,
        ["order_items", "list_api", "v1", "b_order_items", "b_list_api", "b_v1"]
    );
}

/// A spec with so many operations under each of the given tags.
fn tagged(tags: &[(&str, usize)]) -> Spec {
    let mut text = String::from("openapi: 3.0.3\npaths:\n");
    for (tag, operations) in tags {
        for number in 0..*operations {
            let tag_list = if tag.is_empty() {
                String::new()
            } else {
                format!("tags: [{tag}], ")
            };
            text.push_str(&format!(
                "  /v1/{tag}s/a{number}: {{get: {{{tag_list}responses: {{}}}}}}\n"
            ));
        }
    }
    spec(&text)
}

#[test]
fn the_proposed_split_follows_size_and_tags() {
    let proposed = |spec: Spec| propose_split(&[("openapi.json".to_owned(), spec)], Some("acme"));
    let small = proposed(tagged(&[("a", 3), ("b", 4)]));
    assert_eq!((small.rules.by, small.sizes.as_str()), (SplitBy::File, "1 service"));
    assert_eq!(small.services, [("acme".into(), 7)]);
    let large = proposed(tagged(&[("a", 310), ("b", 4), ("c", 1)]));
    assert_eq!(large.rules.by, SplitBy::Tag);
    assert_eq!(large.sizes, "3 services, 1 over 300 operations, 1 with one operation");
    // Nor does a path segment that all but one have.
    let paths = |odd: usize| {
        let path = |number| match number {
            number if number < odd => format!("  /odd/v1/thing{number}: {{get: {{responses: {{}}}}}}\n"),
            number => format!("  /shop/v1/thing{number}: {{get: {{responses: {{}}}}}}\n"),
        };
        spec(&format!("paths:\n{}", (0..40).map(path).collect::<String>()))
    };
    assert_eq!(proposed(paths(1)).rules.by, SplitBy::File);
    assert_eq!(proposed(paths(5)).rules.by, SplitBy::PathSegment(0));
    // A tag for each operation divides nothing.
    let names: Vec<String> = (0..40).map(|number| format!("t{number}")).collect();
    let single: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    assert_eq!(proposed(tagged(&single)).rules.by, SplitBy::File);
}
