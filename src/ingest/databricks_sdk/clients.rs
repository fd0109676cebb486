//! Which client offers which API class, and under what name: the level of an API is nowhere else in the source.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Level;
use super::facts::Module;
use super::pyast::{Class, Expression, Function, Kind, Statement};
use crate::source::Text;

/// An API class: the same name occurs in two modules.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ApiKey {
    pub(super) module: Text,
    pub(super) class: Text,
}

/// Level and attribute (`settings.default_namespace`) of each API class that a client offers.
pub(super) type Offered = IndexMap<(ApiKey, Level), Text>;

/// Names of a file and what they were imported as, or defined to be.
#[derive(Debug, Default)]
struct Names {
    /// `pkg_iam` → `iam`
    modules: BTreeMap<Text, Text>,
    /// `JobsAPI` → (`jobs`, `JobsAPI`)
    classes: BTreeMap<Text, ApiKey>,
}

/// Reads the two clients. `mixins` are the files whose classes stand in for API classes.
pub(super) fn read(init: &[Statement], mixins: &[Vec<Statement>], modules: &[Module]) -> Offered {
    let mut names = Names::default();
    for file in mixins {
        let mut own = Names::default();
        own.take_imports(file);
        for class in classes(file) {
            if let Some(api) = class.bases.first().and_then(|base| own.api(base)) {
                names.classes.insert(class.name.clone(), api);
            }
        }
    }
    names.take_imports(init);
    // A function of the package that only makes a client stands for its class.
    for function in functions(init) {
        if let Some(api) = function.body.iter().find_map(|statement| names.returned(statement)) {
            names.classes.insert(function.name.clone(), api);
        }
    }
    let mut offered = Offered::default();
    for class in classes(init) {
        let level = match class.name.as_str() {
            "WorkspaceClient" => Level::Workspace,
            "AccountClient" => Level::Account,
            _ => continue,
        };
        for (attribute, api) in names.offered(class) {
            offer(&mut offered, modules, level, api, &attribute);
        }
    }
    offered
}

/// Adds a class and the ones below it.
fn offer(offered: &mut Offered, modules: &[Module], level: Level, key: ApiKey, attribute: &Text) {
    let below = modules
        .iter()
        .find(|module| module.name == key.module)
        .and_then(|module| module.apis.iter().find(|api| api.class == key.class))
        .map(|api| api.below.clone())
        .unwrap_or_default();
    let module = key.module.clone();
    // A class that is there already ends the descent: classes can name each other.
    if offered.insert((key, level), attribute.clone()).is_some() {
        return;
    }
    for (name, class) in below {
        let path = ecow::eco_format!("{attribute}.{name}");
        offer(
            offered,
            modules,
            level,
            ApiKey {
                module: module.clone(),
                class,
            },
            &path,
        );
    }
}

impl Names {
    fn take_imports(&mut self, file: &[Statement]) {
        for statement in file {
            let Kind::ImportFrom { dots, module, names } = &statement.kind else {
                continue;
            };
            let from = match dots {
                0 => module.strip_prefix("databricks.sdk."),
                _ => Some(module.as_str()),
            };
            let Some(from) = from else { continue };
            for (name, local) in names {
                if from == "service" {
                    self.modules.insert(local.clone(), name.clone());
                } else if let Some(module) = from.strip_prefix("service.")
                    && name.ends_with("API")
                {
                    let api = ApiKey {
                        module: module.into(),
                        class: name.clone(),
                    };
                    self.classes.insert(local.clone(), api);
                }
            }
        }
    }

    /// The API class that `YAPI`, `YExt` or `pkg_x.YAPI` means.
    fn api(&self, class: &Expression) -> Option<ApiKey> {
        match class {
            Expression::Name(name) => self.classes.get(name).cloned(),
            Expression::Attribute(module, class) => {
                let module = self.modules.get(module.name()?)?.clone();
                Some(ApiKey {
                    module,
                    class: class.clone(),
                })
            }
            _ => None,
        }
    }

    fn returned(&self, statement: &Statement) -> Option<ApiKey> {
        match &statement.kind {
            Kind::Return(Some(value)) => self.api(&value.call()?.function),
            _ => None,
        }
    }

    /// Attribute and class of what the constructor makes.
    fn offered(&self, class: &Class) -> Vec<(Text, ApiKey)> {
        let mut made: BTreeMap<&Text, ApiKey> = BTreeMap::new();
        let mut out = Vec::new();
        let constructor = class.body.iter().find_map(|statement| match &statement.kind {
            Kind::Function(function) if function.name == "__init__" => Some(function),
            _ => None,
        });
        for statement in constructor.iter().flat_map(|function| &function.body) {
            let Kind::Assign { target, value } = &statement.kind else {
                continue;
            };
            let api = match value {
                Expression::Call(call) => self.api(&call.function),
                Expression::Name(local) => made.get(local).cloned(),
                _ => None,
            };
            match (target, api) {
                (Expression::Name(local), Some(api)) => drop(made.insert(local, api)),
                (Expression::Attribute(of, attribute), Some(api)) if of.is_name("self") => {
                    out.push((attribute.trim_start_matches('_').into(), api));
                }
                _ => {}
            }
        }
        out
    }
}

fn classes(file: &[Statement]) -> impl Iterator<Item = &Class> {
    file.iter().filter_map(|statement| match &statement.kind {
        Kind::Class(class) => Some(class.as_ref()),
        _ => None,
    })
}

fn functions(file: &[Statement]) -> impl Iterator<Item = &Function> {
    file.iter().filter_map(|statement| match &statement.kind {
        Kind::Function(function) => Some(function.as_ref()),
        _ => None,
    })
}
