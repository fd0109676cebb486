//! Judges of provider documents that are not ours: `openapiv3`, and the JSON Schemas of the runtime's library.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;
use spgen::output::FileTree;
use spgen::source::{self, to_json};

/// Every provider and service document of a tree is valid. The schemas take part where the data folder is at hand.
/// Returns how many documents were judged by schemas.
#[track_caller]
pub(crate) fn assert_valid(tree: &FileTree) -> usize {
    let schemas = schemas();
    let mut judged = 0;
    for (path, content) in tree.iter() {
        if Path::new(path).extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let is_provider = Path::new(path).file_name().is_some_and(|name| name == "provider.yaml");
        let is_service = Path::new(path)
            .parent()
            .is_some_and(|folder| folder.ends_with("services"));
        if !is_provider && !is_service {
            continue;
        }
        let text = std::str::from_utf8(content).unwrap_or_else(|error| panic!("{path}: {error}"));
        let document = source::read(source::FileId::NONE, text).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        let json = to_json(&document.root);
        if is_service {
            serde_json::from_str::<openapiv3::OpenAPI>(&json).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        if let Some(schemas) = schemas {
            let judge = if is_provider {
                &schemas.provider
            } else {
                &schemas.service
            };
            let value: Value = serde_json::from_str(&json).expect("what was written as JSON");
            let faults: Vec<String> = judge
                .iter_errors(&value)
                .map(|error| format!("{} at {}", error, error.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{path}: {faults:#?}");
            judged += 1;
        }
    }
    judged
}

struct Schemas {
    provider: jsonschema::Validator,
    service: jsonschema::Validator,
}

/// The files of the folder by name: their references to each other are relative.
struct Files(BTreeMap<String, Value>);

impl jsonschema::Retrieve for Files {
    fn retrieve(&self, uri: &jsonschema::Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.as_str().rsplit('/').next().unwrap_or_default();
        let schema = self.0.get(name);
        schema.cloned().ok_or_else(|| format!("no schema `{name}`").into())
    }
}

fn schemas() -> Option<&'static Schemas> {
    static SCHEMAS: OnceLock<Option<Schemas>> = OnceLock::new();
    SCHEMAS
        .get_or_init(|| {
            let folder = super::data::folder()?.join("schemas");
            let read = |name: &str| -> Value {
                let path = folder.join(name);
                let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            };
            let names = [
                "provider.schema.json",
                "service-resources.schema.json",
                "resources-core.schema.json",
                "stackql-config.schema.json",
                "openapi-3.0.schema.json",
            ];
            let files: BTreeMap<String, Value> = names.iter().map(|name| ((*name).to_owned(), read(name))).collect();
            let judge = |name: &str| {
                let options = jsonschema::options().with_retriever(Files(files.clone()));
                let validator = options.build(&files[name]);
                validator.unwrap_or_else(|error| panic!("{name}: {error}"))
            };
            Some(Schemas {
                provider: judge(names[0]),
                service: judge(names[1]),
            })
        })
        .as_ref()
}
