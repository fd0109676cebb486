//! The package as a whole: which file plays which part, and everything that was read from them.

use rayon::prelude::*;

use super::clients::{self, Offered};
use super::facts::{Api, Definition, Module, Unknown};
use super::methods::span;
use super::names::{self, Names};
use super::pyast::{Expression, Kind, Statement, SyntaxError};
use super::{Strictness, annotations, apis, classes, guard, pyast};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Sources, Text};

/// A package that has been read.
#[derive(Debug)]
pub struct Sdk {
    /// The version of the package, from `version.py`.
    pub version: Text,
    pub(super) modules: Vec<Module>,
    pub(super) offered: Offered,
    /// The forms of resource names, module by module.
    pub(super) names: Vec<Names>,
    /// Methods outside the grammar that a lenient reading left out: module, class and method.
    pub(super) dropped: Vec<(Text, Text, Text)>,
}

/// The part that a file plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role<'a> {
    Version,
    Clients,
    Mixin,
    Service(&'a str),
}

/// The part of a file, by its path from the import root.
pub(super) fn role(path: &str) -> Option<Role<'_>> {
    let inner = path.strip_prefix("databricks/sdk/")?;
    match inner {
        "version.py" => return Some(Role::Version),
        "__init__.py" => return Some(Role::Clients),
        _ => {}
    }
    let (folder, file) = inner.split_once('/')?;
    let name = file
        .strip_suffix(".py")
        .filter(|name| !name.contains('/') && !name.starts_with('_'))?;
    match folder {
        "service" => Some(Role::Service(name)),
        "mixins" => Some(Role::Mixin),
        _ => None,
    }
}

/// What one file gave.
enum Part {
    Version(Option<Text>),
    Clients(Vec<Statement>),
    Mixin(Vec<Statement>),
    Service(Module, Vec<(Text, Text, Unknown)>),
}

impl Sdk {
    /// Reads the package. With [`Strictness::Strict`] anything that is not understood empties the result.
    #[must_use]
    pub fn read(files: &Sources, strictness: Strictness) -> (Sdk, Vec<Diagnostic>) {
        let parts = read_parts(files);
        let mut version = None;
        let (mut init, mut mixins, mut modules, mut dropped) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut diagnostics = Vec::new();
        for (file, part) in parts {
            match part {
                Ok(Part::Version(read)) => version = read,
                Ok(Part::Clients(statements)) => init = statements,
                Ok(Part::Mixin(statements)) => mixins.push(statements),
                Ok(Part::Service(module, unknown)) => {
                    for (class, method, error) in unknown {
                        diagnostics.push(diagnose(&error, &class, &method, file, strictness));
                        dropped.push((module.name.clone(), class, method));
                    }
                    modules.push(module);
                }
                Err(error) => diagnostics.push(
                    Diagnostic::error("sdk-syntax", format!("not readable as Python: {}", error.message))
                        .at(span(file, &error.span)),
                ),
            }
        }
        modules.sort_by(|a, b| a.name.cmp(&b.name));
        if modules.is_empty() && diagnostics.is_empty() {
            diagnostics.push(
                Diagnostic::error("sdk-not-found", "no service modules of `databricks-sdk` found")
                    .help("give the wheel, the source distribution, or the folder that holds `databricks/sdk`"),
            );
        }
        let failed = !diagnostics.is_empty() && strictness == Strictness::Strict;
        if failed || diagnostics.iter().any(|found| found.id == "sdk-syntax") {
            modules.clear();
        }
        let offered = clients::read(&init, &mixins, &modules);
        let names = modules.par_iter().map(names::read).collect();
        let sdk = Sdk {
            version: version.unwrap_or_else(|| "0.0.0".into()),
            modules,
            offered,
            names,
            dropped,
        };
        (sdk, diagnostics)
    }

    /// A type of a module, by the class name that an annotation uses there.
    pub(super) fn definition(&self, module: &str, class: &str) -> Option<&Definition> {
        self.modules
            .iter()
            .find(|known| known.name == module)?
            .definitions
            .get(class)
    }

    /// The forms of resource names in a module.
    pub(super) fn names_of(&self, module: &Module) -> Option<&Names> {
        let index = self.modules.iter().position(|known| known.name == module.name)?;
        self.names.get(index)
    }
}

/// Parses all files. The pool is our own: its threads have the stack that the bounds of [`guard`] ask for.
fn read_parts(files: &Sources) -> Vec<(FileId, Result<Part, SyntaxError>)> {
    let mut wanted: Vec<(FileId, Role<'_>, &SourceFile)> = Vec::new();
    for (file, index) in files.iter().zip(0..) {
        wanted.extend(role(&file.name).map(|role| (FileId(index), role, file)));
    }
    // The longest first, so that no thread is left with a long one at the end.
    wanted.sort_by_key(|(id, _, file)| (std::cmp::Reverse(file.text.len()), *id));
    let work = || {
        wanted
            .par_iter()
            .map(|(id, role, file)| (*id, read_part(*id, *role, &file.text)))
            .collect()
    };
    match rayon::ThreadPoolBuilder::new().stack_size(guard::STACK).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

fn read_part(file: FileId, role: Role<'_>, text: &str) -> Result<Part, SyntaxError> {
    guard::check(text)?;
    let statements = pyast::parse(text)?;
    Ok(match role {
        Role::Version => Part::Version(version(&statements)),
        Role::Clients => Part::Clients(statements),
        Role::Mixin => Part::Mixin(statements),
        Role::Service(name) => {
            let (module, unknown) = module(name, file, &statements);
            Part::Service(module, unknown)
        }
    })
}

fn version(statements: &[Statement]) -> Option<Text> {
    statements.iter().find_map(|statement| match &statement.kind {
        Kind::Assign { target, value } if target.is_name("__version__") => value.text().cloned(),
        _ => None,
    })
}

/// The facts of a service module, and what in it is outside the grammar: class, method, why.
fn module(name: &str, file: FileId, statements: &[Statement]) -> (Module, Vec<(Text, Text, Unknown)>) {
    let mut module = Module {
        name: name.into(),
        definitions: indexmap::IndexMap::new(),
        apis: Vec::new(),
    };
    let mut unknown = Vec::new();
    for statement in statements {
        match &statement.kind {
            Kind::Import | Kind::ImportFrom { .. } | Kind::Expression(Expression::Text(_)) => {}
            Kind::Assign { target, .. } if target.is_name("_LOG") => {}
            Kind::Assign {
                target: Expression::Name(name),
                value,
            } => match annotations::read(value) {
                Some((kind, false)) => drop(module.definitions.insert(name.clone(), Definition::Alias(kind))),
                _ => unknown.push((
                    "".into(),
                    "".into(),
                    Unknown::new("statement of a module", &statement.span),
                )),
            },
            Kind::Class(class) if apis::is_api(class) => {
                let (api, errors): (Api, _) = apis::read(class, file);
                unknown.extend(
                    errors
                        .into_iter()
                        .map(|(method, error)| (class.name.clone(), method, error)),
                );
                module.apis.push(api);
            }
            Kind::Class(class) => match classes::read(class) {
                Ok(Some(definition)) => drop(module.definitions.insert(class.name.clone(), definition)),
                Ok(None) => {}
                Err(error) => unknown.push((class.name.clone(), "".into(), error)),
            },
            _ => unknown.push((
                "".into(),
                "".into(),
                Unknown::new("statement of a module", &statement.span),
            )),
        }
    }
    (module, unknown)
}

fn diagnose(error: &Unknown, class: &str, method: &str, file: FileId, strictness: Strictness) -> Diagnostic {
    let place = match (class, method) {
        ("", _) => String::new(),
        (class, "") => format!(" in `{class}`"),
        (class, method) => format!(" in `{class}.{method}`"),
    };
    let message = format!("unknown {}{place}", error.what);
    let at = span(file, &error.span);
    match strictness {
        Strictness::Strict => Diagnostic::error("sdk-unknown-statement", message)
            .at(at)
            .note_that("generated code has a closed grammar; what is outside it cannot be read without running it")
            .help("leave the method out with `--lenient`, or teach the reader the new form"),
        Strictness::Lenient => Diagnostic::warning("sdk-unknown-statement", format!("{message}: left out")).at(at),
    }
}
