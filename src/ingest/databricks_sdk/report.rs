//! What an import did: each method of the SDK is accounted for.

use std::collections::BTreeMap;

use super::Level;
use super::facts::Helper;
use super::names::Found;
use super::operations::{self, Origin, Service};
use super::sdk::Sdk;
use super::wrappers::Wrapper;
use crate::source::Text;

/// The figures of one import.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ImportReport {
    /// The version of the SDK.
    pub sdk_version: Text,
    /// The level of the documents.
    pub level: Level,
    /// Methods of the whole SDK that send a request.
    pub methods: usize,
    /// Methods that became operations of this level.
    pub operations: usize,
    /// Methods that are of the other level.
    pub other_level: usize,
    /// Methods that became no operation at this level, with the reason. `operations`, `other_level` and these add up to
    /// `methods`.
    pub excluded: Vec<Excluded>,
    /// Functions that send no request of their own, by kind.
    pub helpers: BTreeMap<Helper, usize>,
    /// Methods outside the grammar (only a lenient import has any): module, class and method.
    pub unknown: Vec<(Text, Text, Text)>,
    /// Operations by service.
    pub services: BTreeMap<Text, usize>,
    /// Schemas by service: only those that an operation reaches.
    pub schemas: BTreeMap<Text, usize>,
    /// Resource names in paths.
    pub resource_names: NameCounts,
    /// Lists whose page fits several classes that differ: service, class, method and the class taken.
    pub uncertain_wrappers: Vec<(Text, Text, Text, Text)>,
}

/// How resource names in paths were resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct NameCounts {
    /// From the text of the parameter.
    pub in_its_text: usize,
    /// From the class that is sent or answered.
    pub in_the_class: usize,
    /// From another method on the same resource.
    pub in_a_sibling: usize,
    /// From the collection that the resource is created in.
    pub in_the_collection: usize,
    /// From the only form that is documented for the path.
    pub in_the_neighbours: usize,
    /// Not at all: service, class, method and parameter.
    pub unresolved: Vec<(Text, Text, Text, Text)>,
}

/// A method that became no operation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Excluded {
    /// The module.
    pub service: Text,
    /// The class.
    pub class: Text,
    /// The method.
    pub method: Text,
    /// Why.
    pub reason: Reason,
    /// The method whose operation stands for this one.
    pub kept: Option<Text>,
}

/// Why a method became no operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The second version of the class sends the same request.
    SameRequest,
    /// Another method has the same verb and path.
    Collision,
    /// Neither client offers the class.
    InNoClient,
}

impl ImportReport {
    pub(super) fn new(sdk: &Sdk, level: Level) -> Self {
        let mut report = ImportReport {
            sdk_version: sdk.version.clone(),
            level,
            methods: 0,
            operations: 0,
            other_level: 0,
            excluded: Vec::new(),
            helpers: BTreeMap::new(),
            unknown: sdk.dropped.clone(),
            services: BTreeMap::new(),
            schemas: BTreeMap::new(),
            resource_names: NameCounts::default(),
            uncertain_wrappers: Vec::new(),
        };
        for module in &sdk.modules {
            for api in &module.apis {
                report.methods += api.methods.len();
                for (_, helper) in &api.helpers {
                    *report.helpers.entry(*helper).or_default() += 1;
                }
                if operations::in_no_client(sdk, module, api) {
                    report.excluded.extend(api.methods.iter().map(|method| Excluded {
                        service: module.name.clone(),
                        class: api.class.clone(),
                        method: method.name.clone(),
                        reason: Reason::InNoClient,
                        kept: None,
                    }));
                }
            }
        }
        report.other_level = report.methods - report.excluded.len();
        report
    }

    pub(super) fn add(&mut self, service: &Service<'_>) {
        let (kept, left) = (service.operations.len(), service.excluded.len());
        self.operations += kept;
        self.other_level -= kept + left;
        self.excluded.extend(service.excluded.iter().cloned());
        if kept > 0 {
            self.services.insert(service.module.name.clone(), kept);
        }
        for operation in &service.operations {
            self.add_names(service, operation);
            if let Some((Wrapper::OneOf(taken, _), _, _)) = operation.pages(service.module) {
                let (class, method) = (operation.api.class.clone(), operation.method.name.clone());
                self.uncertain_wrappers
                    .push((service.module.name.clone(), class, method, taken));
            }
        }
    }

    fn add_names(&mut self, service: &Service<'_>, operation: &operations::Operation<'_>) {
        let counts = &mut self.resource_names;
        for parameter in &operation.path_parameters {
            match &parameter.origin {
                Origin::Part { last: true, found, .. } => match found {
                    Found::OwnText => counts.in_its_text += 1,
                    Found::Class => counts.in_the_class += 1,
                    Found::Sibling => counts.in_a_sibling += 1,
                    Found::Collection => counts.in_the_collection += 1,
                    Found::Neighbours => counts.in_the_neighbours += 1,
                },
                Origin::Parameter {
                    parameter,
                    unresolved: true,
                    ..
                } => counts.unresolved.push((
                    service.module.name.clone(),
                    operation.api.class.clone(),
                    operation.method.name.clone(),
                    (*parameter).clone(),
                )),
                _ => {}
            }
        }
    }

    pub(super) fn add_document(&mut self, service: &Text, schemas: usize) {
        self.schemas.insert(service.clone(), schemas);
    }
}
