//! Mapping: what is inferred for small APIs, what reviewed rows change, and what the file keeps.

use spgen::mapping::{Conventions, Reviewed, Row, SKIP, Table, infer, ledger, summary};
use spgen::openapi::{self, Service};
use spgen::source::{self, Sources};

/// A service `shop` with these paths, in the flow style of YAML.
fn shop(paths: &str) -> Vec<Service> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'https://shop.example'}}]\npaths:\n{paths}\n\
         components:\n  schemas:\n    Widget: {{type: object, properties: {{id: {{type: string}}, size: {{type: integer}}}}}}\n    \
         Event: {{type: object, properties: {{at: {{type: string}}, what: {{type: string}}}}}}\n"
    );
    let file = Sources::default().add("shop.yaml", text.as_str());
    let document = source::read(file, &text).expect("the fixture is YAML");
    let (spec, _) = openapi::read(document.root);
    vec![Service {
        name: "shop".into(),
        file_name: "shop.yaml".into(),
        title: "Shop".into(),
        description: "".into(),
        spec,
    }]
}

const ONE: &str =
    "'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}}}}";
const MANY: &str = "'200': {description: ok, content: {application/json: {schema: {type: object, properties: {next_page: {type: string}, widgets: {type: array, items: {$ref: '#/components/schemas/Widget'}}}}}}}";
const EVENTS: &str = "'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Event'}}}}}";
const NOTHING: &str = "'204': {description: done}";
const BODY: &str = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}}}}, ";

fn operation(verb: &str, id: &str, answer: &str) -> String {
    let body = if matches!(verb, "post" | "put" | "patch") {
        BODY
    } else {
        ""
    };
    format!("    {verb}: {{operationId: {id}, {body}responses: {{{answer}}}}}\n")
}

fn path(template: &str, operations: &[String]) -> String {
    let parameters: Vec<String> = template
        .split('/')
        .filter_map(|segment| segment.split('{').nth(1)?.split('}').next())
        .map(|name| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}"))
        .collect();
    format!(
        "  '{template}':\n    parameters: [{}]\n{}",
        parameters.join(", "),
        operations.concat()
    )
}

/// `resource.method verb key` of each operation.
fn shown(table: &Table) -> Vec<String> {
    table
        .rows
        .iter()
        .map(|row| {
            format!("{}.{} {} {}", row.resource, row.method, row.sql_verb, row.object_key)
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[track_caller]
fn check(paths: &str, expected: &[&str]) {
    let outcome = infer(&shop(paths), &Table::default(), &Conventions::default());
    assert_eq!(shown(&outcome.table), expected);
}

fn widgets() -> String {
    path(
        "/widgets",
        &[
            operation("get", "listWidgets", MANY),
            operation("post", "createWidget", ONE),
        ],
    ) + &path(
        "/widgets/{id}",
        &[
            operation("get", "getWidget", ONE),
            operation("put", "replaceWidget", ONE),
            operation("patch", "updateWidget", ONE),
            operation("delete", "deleteWidget", NOTHING),
        ],
    )
}

const WIDGETS: [&str; 6] = [
    "widgets.list_widgets select $.widgets",
    "widgets.create_widget insert",
    "widgets.get_widget select",
    "widgets.replace_widget replace",
    "widgets.update_widget update",
    "widgets.delete_widget delete",
];

#[test]
fn collection_and_items() {
    check(&widgets(), &WIDGETS);
}

#[test]
fn actions_belong_to_what_they_act_on() {
    let paths = widgets()
        + &path("/widgets/{id}/polish", &[operation("post", "polishWidget", NOTHING)])
        + &path(
            "/widgets/{id}/lifecycle/retire",
            &[operation("post", "retireWidget", NOTHING)],
        )
        + &path("/widgets/{id}:melt", &[operation("post", "meltWidget", NOTHING)]);
    let mut expected = WIDGETS.to_vec();
    expected.extend([
        "widgets.polish_widget exec",
        "widgets.retire_widget exec",
        "widgets.melt_widget exec",
    ]);
    check(&paths, &expected);
}

#[test]
fn singletons_sub_resources_and_what_is_not_json() {
    let text = "'200': {description: ok, content: {text/plain: {schema: {type: string}}}}";
    let paths = path(
        "/account",
        &[
            operation("get", "getAccount", ONE),
            operation("patch", "updateAccount", ONE),
        ],
    ) + &path("/widgets/{id}/events", &[operation("get", "listWidgetEvents", EVENTS)])
        + &path("/widgets/{id}/manual", &[operation("get", "downloadManual", text)]);
    check(
        &paths,
        &[
            "account.get_account select",
            "account.update_account update",
            "widget_events.list_widget_events select",
            "manual.download_manual exec",
        ],
    );
}

#[test]
fn an_item_is_opened_where_its_list_shows_what_a_row_is() {
    let wrapped = "'200': {description: ok, content: {application/json: {schema: {type: object, properties: {widget: {$ref: '#/components/schemas/Widget'}}}}}}";
    let paths = path("/widgets", &[operation("get", "listWidgets", MANY)])
        + &path("/widgets/{id}", &[operation("get", "getWidget", wrapped)]);
    check(
        &paths,
        &[
            "widgets.list_widgets select $.widgets",
            "widgets.get_widget select $.widget",
        ],
    );
}

#[test]
fn the_same_parameters_twice_leave_one_method_with_the_verb() {
    let paths = path("/widgets/{id}", &[operation("delete", "deleteWidget", NOTHING)])
        + &path("/widgets/{id}:erase", &[operation("delete", "eraseWidget", NOTHING)]);
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    assert_eq!(
        shown(&outcome.table),
        ["widgets.delete_widget delete", "widgets.erase_widget exec"]
    );
    assert!(
        outcome.table.rows[1]
            .reason
            .contains("already answers delete with the same parameters"),
        "{}",
        outcome.table.rows[1].reason
    );
}

#[test]
fn names_need_no_quotes_and_mean_what_they_say() {
    let paths = path("/widgets", &[operation("get", "widgets.list", MANY)])
        + &path("/widgets/{id}/send", &[operation("post", "widgets.get", NOTHING)]);
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let methods: Vec<&str> = outcome.table.rows.iter().map(|row| row.method.as_str()).collect();
    assert_eq!(
        methods,
        ["list_widgets", "get_widgets"],
        "`list` needs quotes; `get` would answer SELECT"
    );
}

/// The sub-resource `parts` does not change what `widgets` is, nor does another tree beside it.
#[test]
fn unrelated_operations_change_nothing() {
    let more = widgets()
        + &path(
            "/orders/{order}/widgets",
            &[operation("get", "listOrderWidgets", EVENTS)],
        )
        + &path("/parts", &[operation("get", "listParts", MANY)]);
    let outcome = infer(&shop(&more), &Table::default(), &Conventions::default());
    assert_eq!(shown(&outcome.table)[..6], WIDGETS);
}

fn reviewed(id: &str, resource: &str, method: &str, verb: &str) -> Row {
    Row {
        filename: "shop.yaml".into(),
        operation_id: id.into(),
        resource: resource.into(),
        method: method.into(),
        sql_verb: verb.into(),
        reviewed: Reviewed::Yes,
        ..Row::default()
    }
}

#[test]
fn a_reviewed_row_stands_and_names_its_collection() {
    let table = Table {
        rows: vec![reviewed("getWidget", "gadgets", "fetch", "exec")],
        ..Table::default()
    };
    let outcome = infer(&shop(&widgets()), &table, &Conventions::default());
    let lines = shown(&outcome.table);
    assert_eq!(lines[2], "gadgets.fetch exec");
    assert!(lines.iter().all(|line| line.starts_with("gadgets.")), "{lines:?}");
    assert!(
        outcome.table.rows[0].reason.contains("as in row `getWidget`"),
        "{}",
        outcome.table.rows[0].reason
    );
}

#[test]
fn reviewed_rows_show_how_methods_are_named() {
    let mut rows = vec![
        reviewed("listWidgets", "widgets", "list", "select"),
        reviewed("createWidget", "widgets", "create", "insert"),
        reviewed("getWidget", "widgets", "get", "select"),
    ];
    rows[0].object_key = "$.widgets".into();
    let paths = widgets()
        + &path(
            "/parts",
            &[
                operation("get", "listParts", MANY),
                operation("post", "createPart", ONE),
            ],
        );
    let outcome = infer(
        &shop(&paths),
        &Table {
            rows,
            ..Table::default()
        },
        &Conventions::default(),
    );
    assert_eq!(
        shown(&outcome.table)[6..],
        ["parts.list select $.widgets", "parts.create insert"]
    );
}

#[test]
fn every_operation_is_in_the_ledger_once() {
    let paths = widgets() + &path("/status", &[operation("options", "optionsStatus", NOTHING)]);
    let table = Table {
        rows: vec![reviewed("deleteWidget", SKIP, "", "")],
        ..Table::default()
    };
    let outcome = infer(&shop(&paths), &table, &Conventions::default());
    let states: Vec<String> = outcome
        .ledger
        .iter()
        .map(|entry| format!("{} {}", entry.operation_id, entry.state.as_str()))
        .collect();
    assert_eq!(
        states,
        [
            "listWidgets mapped",
            "createWidget mapped",
            "getWidget mapped",
            "replaceWidget mapped",
            "updateWidget mapped",
            "deleteWidget skipped",
            "optionsStatus unsupported",
        ]
    );
    assert!(outcome.ledger.iter().all(|entry| !entry.reason.is_empty()));
    let fewer = infer(
        &shop(&path("/widgets", &[operation("get", "listWidgets", MANY)])),
        &Table::default(),
        &Conventions::default(),
    );
    let drops = ledger::drops(&outcome.ledger, &fewer.ledger);
    assert_eq!(drops.len(), 4, "{drops:#?}");
    assert!(ledger::drops(&outcome.ledger, &outcome.ledger).is_empty());
}

const LEGACY: &str = "filename,path,operationId,formatted_op_id,verb,response_object,tags,formatted_tags,stackql_resource_name,stackql_method_name,stackql_verb,stackql_object_key,op_description,owner\n\
shop.yaml,/widgets,listWidgets,list_widgets,get,,,,widgets,list_widgets,select,$.widgets,\"List, all\",ann\n\
shop.yaml,/widgets,createWidget,create_widget,post,,,,,,,,,\n\
shop.yaml,/gone,getGone,get_gone,get,,,,gone,get_gone,select,,,bob\n";

#[test]
fn a_file_of_others_is_read_as_their_decisions_and_kept() {
    let table = Table::from_csv(LEGACY).expect("CSV");
    let states: Vec<Reviewed> = table.rows.iter().map(|row| row.reviewed).collect();
    assert_eq!(states, [Reviewed::Yes, Reviewed::No, Reviewed::Yes]);
    let merged = table.merge(&infer(&shop(&widgets()), &table, &Conventions::default()).table);
    let ids: Vec<&str> = merged.rows.iter().map(|row| row.operation_id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "listWidgets",
            "createWidget",
            "getGone",
            "getWidget",
            "replaceWidget",
            "updateWidget",
            "deleteWidget"
        ]
    );
    assert_eq!(
        merged.rows[1].resource, "widgets",
        "a row without decisions is filled in"
    );
    assert_eq!(merged.rows[2].reviewed, Reviewed::Stale);
    let text = merged.to_csv();
    assert!(
        text.lines()
            .next()
            .is_some_and(|header| header.ends_with(",confidence,reason,reviewed,owner")),
        "{text}"
    );
    let again = Table::from_csv(&text).expect("our own CSV");
    assert_eq!(again.to_csv(), text, "reading and writing is the identity");
    assert_eq!(again.rows[0].extra, ["ann"]);
    assert_eq!(
        again
            .merge(&infer(&shop(&widgets()), &again, &Conventions::default()).table)
            .to_csv(),
        text,
        "nothing changes on a second run"
    );
}

#[test]
fn a_file_without_a_key_is_refused() {
    let error = Table::from_csv("resource,method\nwidgets,list\n").expect_err("no filename");
    assert_eq!(error.to_string(), "column `filename` is missing");
    assert!(Table::from_csv("").expect("nothing").rows.is_empty());
}

#[test]
fn the_summary_lists_what_to_look_at() {
    let paths = widgets()
        + &path(
            "/widgets/{id}/frobnicate",
            &[operation("post", "frobnicateWidget", NOTHING)],
        );
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let summary = summary(&outcome.table, spgen::mapping::SURE);
    assert_eq!(summary.sure + summary.to_look_at, 7);
    let doubt = summary
        .doubts
        .iter()
        .find(|doubt| doubt.operation_id == "frobnicateWidget")
        .expect("an unknown verb is doubtful");
    assert!(
        doubt
            .alternatives
            .iter()
            .any(|alternative| alternative.value == "insert"),
        "{doubt:?}"
    );
    assert!(summary.to_text(20).contains("POST /widgets/{id}/frobnicate"));
}

/// The other lists of a response, the names that were not taken, and verbs for which something speaks.
#[test]
fn doubtful_rows_name_what_else_was_weighed() {
    let lists = "kept: {type: array, items: {$ref: '#/components/schemas/Widget'}}, sold: {type: array, items: {$ref: '#/components/schemas/Widget'}}";
    let paths = path("/stock", &[operation("get", "listShelfWidgets", &answer(lists))])
        + &path("/parts/search", &[operation("post", "searchParts", MANY)]);
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let summary = summary(&outcome.table, spgen::mapping::SURE);
    let others = |operation: &str, column: &str| -> Vec<String> {
        let doubt = summary.doubts.iter().find(|doubt| doubt.operation_id == operation);
        let others = doubt.expect("doubtful").alternatives.iter();
        others
            .filter(|other| other.column == column)
            .map(|other| other.value.to_string())
            .collect()
    };
    assert_eq!(others("listShelfWidgets", "stackql_object_key"), ["$.sold", ""]);
    assert_eq!(others("listShelfWidgets", "stackql_resource_name"), ["stock"]);
    assert_eq!(others("searchParts", "stackql_verb"), ["exec", "insert", "update"]);
    assert_eq!(others("searchParts", "stackql_object_key"), [""]);
    let reasons: usize = summary.by_reason.iter().map(|(_, count)| count).sum();
    assert_eq!(reasons, summary.to_look_at);
    assert!(
        summary
            .by_reason
            .iter()
            .any(|(reason, _)| reason == "object key: `…` is the first of several lists"),
        "{:?}",
        summary.by_reason
    );
}

#[test]
#[expect(clippy::print_stdout, reason = "says why the test does nothing")]
fn published_mapping_files_are_read_as_they_are() {
    let folder = std::env::var_os("SPGEN_DATA")
        .map_or_else(|| "../shared/data".into(), std::path::PathBuf::from)
        .join("mappings");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let table = Table::from_csv(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let decided = table.rows.iter().filter(|row| row.is_reviewed()).count();
        assert!(
            decided * 10 > table.rows.len() * 9,
            "{}: {decided} of {}",
            path.display(),
            table.rows.len()
        );
        let written = table.to_csv();
        assert_eq!(Table::from_csv(&written).expect("our own CSV").to_csv(), written);
    }
}

#[test]
fn what_is_posted_to_actions_is_done() {
    let paths = path(
        "/widgets/{id}/actions",
        &[
            operation("get", "listWidgetActions", EVENTS),
            operation("post", "postWidgetAction", ONE),
        ],
    );
    check(
        &paths,
        &[
            "widget_actions.list_widget_actions select",
            "widget_actions.post_widget_action exec",
        ],
    );
}

/// Where every list has a next page, a response without one is a thing that has a list, unless it has nothing else.
#[test]
fn a_list_without_pages_among_paged_ones_is_a_column() {
    let levels = "'200': {description: ok, content: {application/json: {schema: {type: object, properties: {owner: {type: string}, levels: {type: array, items: {$ref: '#/components/schemas/Event'}}}}}}}";
    let paths = widgets()
        + &path("/widgets/{id}/levels", &[operation("get", "getWidgetLevels", levels)])
        + &path("/parts", &[operation("get", "listParts", MANY)]);
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let lines = shown(&outcome.table);
    assert_eq!(lines[0], WIDGETS[0]);
    assert_eq!(lines[6], "widget_levels.get_widget_levels select");
}

/// Of two reads that need nothing, the list of the things keeps the verb.
#[test]
fn a_custom_read_does_not_take_the_place_of_the_list() {
    let paths = path("/widgets:suggest", &[operation("get", "suggestWidgets", MANY)])
        + &path("/widgets", &[operation("get", "listWidgets", MANY)]);
    check(
        &paths,
        &["widgets.suggest_widgets exec", "widgets.list_widgets select $.widgets"],
    );
}

#[test]
fn a_group_that_repeats_the_namespace_leaves_the_name_to_the_path() {
    let paths = path(
        "/providers/Acme.Shop/operations",
        &[operation("get", "Shop_List", EVENTS)],
    ) + &path(
        "/providers/Acme.Shop/kits",
        &[operation("get", "SaaSKits_List", EVENTS)],
    );
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let names: Vec<&str> = outcome.table.rows.iter().map(|row| row.resource.as_str()).collect();
    assert_eq!(names, ["operations", "saas_kits"]);
}

/// What answers the same schema under the same tag is called the same, and prefixes are carried over.
#[test]
fn reviewed_prefixes_are_carried_over() {
    let paths = path("/shop/widgets", &[operation("get", "listWidgets", MANY)])
        + &path("/shop/parts", &[operation("get", "listParts", EVENTS)])
        + &path("/shop/lids", &[operation("get", "listLids", EVENTS)])
        + &path("/shop/bolts", &[operation("get", "listBolts", ONE)]);
    let table = Table {
        rows: vec![
            reviewed("listWidgets", "store_widgets", "list_widgets", "select"),
            reviewed("listParts", "store_parts", "list_parts", "select"),
        ],
        ..Table::default()
    };
    let outcome = infer(&shop(&paths), &table, &Conventions::default());
    let names: Vec<&str> = outcome.table.rows.iter().map(|row| row.resource.as_str()).collect();
    assert_eq!(names, ["store_widgets", "store_parts", "store_lids", "store_bolts"]);
}

fn resources_by_lesson(paths: &str, rows: Vec<Row>) -> Vec<String> {
    let table = Table {
        rows,
        ..Table::default()
    };
    let outcome = infer(&shop(paths), &table, &Conventions::default());
    outcome.table.rows.iter().map(|row| row.resource.to_string()).collect()
}

/// What people called the same things below another segment is carried over with that segment's word.
#[test]
fn reviewed_names_below_one_segment_show_those_below_another() {
    let list = |at: &str, id: &str| path(at, &[operation("get", id, EVENTS)]);
    let paths = list("/halls/{id}/widgets", "listHallWidgets")
        + &list("/stores/{id}/widgets", "listStoreWidgets")
        + &list("/halls/{id}/parts", "listHallParts")
        + &list("/stores/{id}/parts", "listStoreParts");
    let names = resources_by_lesson(
        &paths,
        vec![
            reviewed("listHallWidgets", "hall_gadgets", "list", "select"),
            reviewed("listStoreWidgets", "store_gadgets", "list", "select"),
            reviewed("listHallParts", "hall_pieces", "list", "select"),
        ],
    );
    assert_eq!(names, ["hall_gadgets", "store_gadgets", "hall_pieces", "store_pieces"]);
}

/// No lesson leads to a name that needs quotes or says a word twice.
#[test]
fn lessons_lead_to_plain_names() {
    let list = |at: &str, id: &str| path(at, &[operation("get", id, EVENTS)]);
    let paths = list("/shop/wid", "listGadgets")
        + &list("/shop/pts", "listPieces")
        + &list("/shop/3d", "listModels")
        + &list("/shop/lids", "listCovers");
    let by_segment = vec![
        reviewed("listGadgets", "wid", "list", "select"),
        reviewed("listPieces", "pts", "list", "select"),
    ];
    assert_eq!(
        resources_by_lesson(&paths, by_segment),
        ["wid", "pts", "models", "lids"]
    );
    let paths =
        list("/shop/widgets", "listWidgets") + &list("/shop/parts", "listParts") + &list("/shop/stores", "listStores");
    let by_prefix = vec![
        reviewed("listWidgets", "store_widgets", "list", "select"),
        reviewed("listParts", "store_parts", "list", "select"),
    ];
    assert_eq!(
        resources_by_lesson(&paths, by_prefix),
        ["store_widgets", "store_parts", "stores"]
    );
}

const INSIDE: &str = "data: {type: object, properties: {count: {type: integer}, widgets: {type: array, items: {$ref: '#/components/schemas/Widget'}}}}";

fn answer(properties: &str) -> String {
    format!(
        "'200': {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{{properties}}}}}}}}}}}"
    )
}

/// The list that the path names is found one level down, beside words about the answer or values; things beside it make
/// the response a thing.
#[test]
fn a_list_in_an_envelope_in_an_envelope() {
    let key_of = |beside: &str| {
        let paths = path(
            "/widgets",
            &[operation("get", "listWidgets", &answer(&format!("{beside}{INSIDE}")))],
        );
        let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
        outcome.table.rows[0].object_key.to_string()
    };
    assert_eq!(key_of(""), "$.data.widgets");
    assert_eq!(key_of("ok: {type: boolean}, "), "$.data.widgets");
    assert_eq!(key_of("took_ms: {type: integer}, "), "$.data.widgets");
    assert_eq!(
        key_of("owner: {type: object, properties: {name: {type: string}}}, "),
        ""
    );
    assert_eq!(
        key_of("result: {type: object, properties: {name: {type: string}}}, "),
        ""
    );
}

/// A question to the collection is a read; one to an item, or one that answers no list, is not.
#[test]
fn what_is_posted_to_search_is_selected() {
    for word in ["search", "query", "list", "filter"] {
        let paths = path(
            &format!("/widgets/{word}"),
            &[operation("post", &format!("{word}Widgets"), MANY)],
        ) + &path(
            &format!("/widgets/{{id}}/{word}"),
            &[operation("post", &format!("{word}InWidget"), EVENTS)],
        ) + &path(&format!("/parts/{word}"), &[operation("post", "searchParts", NOTHING)]);
        let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
        let row = &outcome.table.rows[0];
        assert_eq!(
            (row.resource.as_str(), row.sql_verb.as_str(), row.object_key.as_str()),
            ("widgets", "select", "$.widgets"),
            "{word}"
        );
        assert!(
            row.confidence.expect("inferred") < spgen::mapping::SURE,
            "providers differ in this"
        );
        let verbs: Vec<&str> = outcome.table.rows.iter().map(|row| row.sql_verb.as_str()).collect();
        assert_eq!(verbs[1..], ["exec", "exec"], "{word}");
    }
}

#[test]
fn no_resource_name_starts_with_a_digit() {
    let paths = path("/2fa", &[operation("get", "get", ONE)])
        + &path("/widgets", &[operation("get", "list", MANY)])
        + &path("/gadgets", &[operation("get", "list_2", MANY)]);
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let names: Vec<&str> = outcome.table.rows.iter().map(|row| row.resource.as_str()).collect();
    assert_eq!(names, ["shop_2fa", "widgets", "gadgets"]);
}

/// One thing keeps the plural that the ids have, words that the path glues are told apart, and what is left of an id
/// when nothing in it names a thing gives no name.
#[test]
fn names_read_as_people_would_write_them() {
    let paths = path("/billing", &[operation("get", "getPaymentSettings", ONE)])
        + &path(
            "/tagdefs",
            &[
                operation("get", "getAllTagDefs", EVENTS),
                operation("post", "createTagDef", ONE),
            ],
        )
        + &path("/logs", &[operation("get", "ListLogsGet", EVENTS)])
        + &path("/cache/purge-all", &[operation("delete", "purgeAll", NOTHING)]);
    let outcome = infer(&shop(&paths), &Table::default(), &Conventions::default());
    let names: Vec<&str> = outcome.table.rows.iter().map(|row| row.resource.as_str()).collect();
    assert_eq!(names, ["payment_settings", "tag_defs", "tag_defs", "logs", "cache"]);
}

/// Where the ids say the service before each thing, its name says nothing more inside the service.
#[test]
fn ids_that_all_say_the_service_are_shortened() {
    let things = |third: &str| {
        path("/shop/widgets", &[operation("get", "shop_widgets_list", EVENTS)])
            + &path("/shop/parts", &[operation("get", "shop_parts_list", EVENTS)])
            + &path(
                &format!("/{third}"),
                &[operation("get", &format!("{third}_list"), EVENTS)],
            )
    };
    let names = |paths: &str| -> Vec<String> {
        let outcome = infer(&shop(paths), &Table::default(), &Conventions::default());
        outcome.table.rows.iter().map(|row| row.resource.to_string()).collect()
    };
    assert_eq!(names(&things("shop_offers")), ["widgets", "parts", "offers"]);
    // Two of three are no rule: there a thing is called so.
    assert_eq!(names(&things("offers")), ["shop_widgets", "shop_parts", "offers"]);
}

/// An identifier of the request beside the rows makes no thing of an envelope.
#[test]
fn the_id_of_a_request_is_no_column() {
    let wrapped = |inside: &str| {
        answer(&format!(
            "requestId: {{type: string}}, status: {{type: integer}}, result: {inside}"
        ))
    };
    let paths = path(
        "/widgets",
        &[operation(
            "get",
            "listWidgets",
            &wrapped("{type: array, items: {$ref: '#/components/schemas/Widget'}}"),
        )],
    ) + &path(
        "/widgets/{id}",
        &[operation(
            "get",
            "getWidget",
            &wrapped("{$ref: '#/components/schemas/Widget'}"),
        )],
    );
    check(
        &paths,
        &[
            "widgets.list_widgets select $.result",
            "widgets.get_widget select $.result",
        ],
    );
}

/// Providers that call one change by EXEC call all of them so: a single reviewed row shows it, and one that says
/// otherwise takes that back.
#[test]
fn one_row_tells_how_changes_are_called() {
    let paths = widgets()
        + &path("/parts/{id}", &[operation("put", "replacePart", ONE)])
        + &path("/lids/{id}", &[operation("put", "replaceLid", ONE)]);
    let mut rows = vec![
        reviewed("listWidgets", "widgets", "list_widgets", "select"),
        reviewed("replaceWidget", "widgets", "replace_widget", "exec"),
    ];
    let verb_of = |rows: &[Row]| {
        let table = Table {
            rows: rows.to_vec(),
            ..Table::default()
        };
        let outcome = infer(&shop(&paths), &table, &Conventions::default());
        let row = outcome.table.find("shop.yaml", "replaceLid").expect("a row");
        row.sql_verb.to_string()
    };
    assert_eq!(verb_of(&rows), "exec");
    rows.push(reviewed("replacePart", "parts", "replace_part", "replace"));
    assert_eq!(verb_of(&rows), "replace");
}

/// Where people read all lists without a key, a single reviewed row shows it to the few others; one that says otherwise
/// takes that back, and of many lists a single one tells nothing.
#[test]
fn one_row_tells_how_the_few_answers_of_a_kind_are_read() {
    let list = |name: &str| path(&format!("/{name}"), &[operation("get", &format!("list_{name}"), MANY)]);
    let some = ["widgets", "parts", "lids"].map(list).concat();
    let many: String = (0..20).map(|number| list(&format!("bolts{number}s"))).collect();
    let lids = |paths: &str, rows: &[Row]| {
        let table = Table {
            rows: rows.to_vec(),
            ..Table::default()
        };
        let outcome = infer(&shop(paths), &table, &Conventions::default());
        let row = outcome.table.find("shop.yaml", "list_lids").expect("a row");
        row.object_key.to_string()
    };
    let mut rows = vec![reviewed("list_widgets", "widgets", "list_widgets", "select")];
    assert_eq!(lids(&some, &[]), "$.widgets");
    assert_eq!(lids(&some, &rows), "");
    assert_eq!(lids(&(some.clone() + &many), &rows), "$.widgets");
    let mut with_key = reviewed("list_parts", "parts", "list_parts", "select");
    with_key.object_key = "$.widgets".into();
    rows.push(with_key);
    assert_eq!(lids(&some, &rows), "$.widgets");
}

/// Whose parts some are is said of all parts, where other things are called by their last segment.
#[test]
fn what_ends_in_a_segment_is_named_as_others_that_end_so() {
    let list = |at: &str, id: &str| path(at, &[operation("get", id, EVENTS)]);
    let places = [
        ("halls", "hall", "lids"),
        ("stores/{store}/bins", "bin", "bolts"),
        ("yards/{yard}/rows/{row}/sheds", "shed", "nuts"),
        ("gates/{gate}/doors/{door}/locks/{lock}/plates", "plate", "pins"),
    ];
    let mut paths = String::new();
    let mut rows = Vec::new();
    for (place, one, thing) in places {
        let by_segment = ["caps", thing].into_iter().map(|thing| (thing, thing.to_owned()));
        for (last, name) in by_segment.chain([("parts", format!("{one}_parts"))]) {
            let id = format!("list_{one}_{last}");
            paths += &list(&format!("/{place}/{{id}}/{last}"), &id);
            rows.push(reviewed(&id, &name, "list", "select"));
        }
    }
    paths += &list("/towers/{tower}/floors/{id}/parts", "list_floor_parts");
    paths += &list("/towers/{tower}/floors/{id}/screws", "list_floor_screws");
    let names = resources_by_lesson(&paths, rows);
    assert_eq!(names[12..], ["floor_parts", "screws"]);
}
