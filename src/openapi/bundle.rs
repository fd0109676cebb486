//! Brings what other files hold into one document.
//!
//! 1. References to other files become references to components, which are imported under stable names: the name that
//!    the target has in its file, else the file's; a name that is taken gets the file's name in front, or a number.
//! 2. Where no component can stand (path items, operations, whole maps) the target is written in place.
//! 3. What was imported is treated likewise until nothing points out of the document.

use rustc_hash::{FxHashMap, FxHashSet};

use super::position::{Kind, Position, for_each_reference};
use crate::diagnostic::Diagnostic;
use crate::source::{Document, Entry, FileId, List, Map, Node, ReferencedFiles, Text, Value, pointer};

/// Longest chain of references that is followed to a target.
const MAX_CHAIN: usize = 64;

/// Most nodes that targets written in place may add: each use is a copy.
const MAX_INLINED: usize = 5_000_000;

/// The document with everything that it refers to in other files, and what could not be brought in. A document without
/// such references comes back as it is.
#[must_use]
pub fn bundle(document: &Document, files: &mut impl ReferencedFiles) -> (Node, Vec<Diagnostic>) {
    let mut is_complete = true;
    for_each_reference(&document.root, Position::ROOT, &mut |reference| {
        is_complete &= reference.text.starts_with('#');
    });
    if is_complete {
        return (document.root.clone(), Vec::new());
    }
    let mut bundler = Bundler {
        main: document.file,
        is_2_0: document.root.get("swagger").is_some(),
        roots: [(document.file, document.root.clone())].into_iter().collect(),
        files,
        names: FxHashMap::default(),
        taken: FxHashSet::default(),
        queue: Vec::new(),
        imported: Vec::new(),
        in_place: Vec::new(),
        inlined: 0,
        findings: Vec::new(),
    };
    bundler.claim_names();
    let mut root = bundler
        .rewrite(&document.root, Position::ROOT, &Here::root(document.file))
        .unwrap_or_else(|| document.root.clone());
    while !bundler.queue.is_empty() {
        for import in std::mem::take(&mut bundler.queue) {
            let position = Position::Object(import.kind);
            let node = bundler.rewrite(&import.target.node, position, &import.target.here());
            let node = node.unwrap_or(import.target.node);
            bundler.imported.push((import.kind, import.name, node));
        }
    }
    let is_2_0 = bundler.is_2_0;
    for (kind, name, node) in bundler.imported {
        if let Some(path) = section_path(kind, is_2_0) {
            add_component(&mut root, path, name, node);
        }
    }
    (root, bundler.findings)
}

/// A component that is to be imported.
struct Import {
    kind: Kind,
    name: Text,
    target: Target,
}

/// What a reference leads to.
#[derive(Clone)]
struct Target {
    file: FileId,
    pointer: String,
    node: Node,
}

impl Target {
    fn here(&self) -> Here<'_> {
        Here {
            file: self.file,
            base: &self.pointer,
            step: None,
            role: Role::Inner,
        }
    }
}

/// The place that is being rewritten: builds its pointer only when something is to be said.
#[derive(Clone, Copy)]
struct Here<'a> {
    file: FileId,
    base: &'a str,
    step: Option<(&'a Here<'a>, &'a str, usize)>,
    role: Role,
}

/// What a place is in the document that is being made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A section of the components.
    Section,
    /// A component.
    Component,
    /// Anything else.
    Inner,
}

impl<'a> Here<'a> {
    fn root(file: FileId) -> Self {
        Here {
            file,
            base: "",
            step: None,
            role: Role::Inner,
        }
    }

    fn key(&'a self, key: &'a str, role: Role) -> Here<'a> {
        Here {
            step: Some((self, key, 0)),
            role,
            ..*self
        }
    }

    fn index(&'a self, index: usize) -> Here<'a> {
        Here {
            step: Some((self, "", index)),
            role: Role::Inner,
            ..*self
        }
    }

    fn pointer(&self) -> String {
        let Some((parent, key, index)) = self.step else {
            return self.base.to_owned();
        };
        let mut pointer = parent.pointer();
        pointer.push('/');
        if key.is_empty() {
            pointer.push_str(&index.to_string());
        } else {
            pointer.push_str(&pointer::escape(key));
        }
        pointer
    }
}

struct Bundler<'a, F> {
    main: FileId,
    is_2_0: bool,
    roots: FxHashMap<FileId, Node>,
    files: &'a mut F,
    /// The component that stands for a place of another file.
    names: FxHashMap<(Kind, FileId, String), Text>,
    taken: FxHashSet<(Kind, Text)>,
    queue: Vec<Import>,
    imported: Vec<(Kind, Text, Node)>,
    /// The places that are being written in place: one in itself would have no end.
    in_place: Vec<(FileId, String)>,
    inlined: usize,
    findings: Vec<Diagnostic>,
}

impl<F: ReferencedFiles> Bundler<'_, F> {
    /// Notes the names of the main document's components, and which of them stand for a place of another file.
    fn claim_names(&mut self) {
        for kind in COMPONENT_KINDS {
            let Some(path) = section_path(kind, self.is_2_0) else {
                continue;
            };
            let Ok(section) = self.target(self.main, &format!("#{path}")) else {
                continue;
            };
            let entries = section.node.as_map().cloned().unwrap_or_default();
            for entry in &entries {
                self.taken.insert((kind, entry.key.clone()));
                if section.file != self.main {
                    let pointer = format!("{}/{}", section.pointer, pointer::escape(&entry.key));
                    self.names.insert((kind, section.file, pointer), entry.key.clone());
                }
            }
            for entry in &entries {
                if let Some(reference) = sole_reference(&entry.value)
                    && self.points_out(reference, section.file)
                    && let Ok(target) = self.target(section.file, reference)
                    && target.file != self.main
                {
                    let place = (kind, target.file, target.pointer);
                    self.names.entry(place).or_insert_with(|| entry.key.clone());
                }
            }
        }
    }

    /// The node without references to other files; `None` when it has none.
    fn rewrite(&mut self, node: &Node, position: Position, here: &Here<'_>) -> Option<Node> {
        if position == Position::Literal {
            return None;
        }
        match &node.value {
            Value::List(list) => self.rewrite_list(node, list, position, here),
            Value::Map(map) => match node.get("$ref").and_then(Node::as_text) {
                Some(reference) if self.points_out(reference, here.file) => {
                    self.rewrite_reference(node, map, &reference.clone(), position, here)
                }
                _ if position == Position::Object(Kind::Discriminator) => self.rewrite_mapping(node, here),
                _ => self.rewrite_map(node, map, position, here),
            },
            _ => None,
        }
    }

    fn rewrite_list(&mut self, node: &Node, list: &List, position: Position, here: &Here<'_>) -> Option<Node> {
        let mut changed: Option<List> = None;
        for (index, item) in list.iter().enumerate() {
            if let Some(new) = self.rewrite(item, position.item(), &here.index(index)) {
                changed.get_or_insert_with(|| list.clone()).make_mut()[index] = new;
            }
        }
        changed.map(|list| Node::new(Value::List(list)).at(node.span))
    }

    fn rewrite_map(&mut self, node: &Node, map: &Map, position: Position, here: &Here<'_>) -> Option<Node> {
        let mut changed: Option<Map> = None;
        for (index, entry) in map.iter().enumerate() {
            let place = here.key(&entry.key, self.role(position, here.role, &entry.key));
            if let Some(new) = self.rewrite(&entry.value, position.key(&entry.key), &place)
                && let Some(changed) = changed.get_or_insert_with(|| map.clone()).iter_mut().nth(index)
            {
                changed.value = new;
            }
        }
        changed.map(|map| Node::map(map).at(node.span))
    }

    fn role(&self, parent: Position, parent_role: Role, key: &str) -> Role {
        match parent {
            Position::Object(Kind::Components) => Role::Section,
            Position::Object(Kind::Document)
                if self.is_2_0 && matches!(key, "definitions" | "parameters" | "responses") =>
            {
                Role::Section
            }
            Position::Map(_) if parent_role == Role::Section => Role::Component,
            _ => Role::Inner,
        }
    }

    /// A reference of another file is to be rewritten even if it stays inside that file.
    fn points_out(&self, reference: &str, file: FileId) -> bool {
        file != self.main || !reference.starts_with('#')
    }

    fn rewrite_reference(
        &mut self,
        node: &Node,
        map: &Map,
        reference: &Text,
        position: Position,
        here: &Here<'_>,
    ) -> Option<Node> {
        let target = match self.target(here.file, reference) {
            Ok(target) => target,
            Err(finding) => {
                self.report(*finding, node, here);
                return None;
            }
        };
        if target.file == self.main {
            return Some(with_reference(node, map, format!("#{}", encoded(&target.pointer))));
        }
        if let Position::Object(kind) = position
            && let Some(section) = section_path(kind, self.is_2_0)
        {
            let name = self.name(kind, &target);
            let is_its_own = here.role == Role::Component && here.step.is_some_and(|(_, key, _)| key == name);
            if !is_its_own {
                let text = format!("#{section}/{}", pointer::escape(&name));
                return Some(with_reference(node, map, text));
            }
        }
        self.write_in_place(node, map, &target, position, here)
    }

    /// The name of the component that a place of another file becomes; it is imported if that is new.
    fn name(&mut self, kind: Kind, target: &Target) -> Text {
        let place = (kind, target.file, target.pointer.clone());
        if let Some(name) = self.names.get(&place) {
            return name.clone();
        }
        let wanted = wanted_name(&target.pointer);
        let stem = self.stem(target.file);
        let first = wanted.clone().unwrap_or_else(|| stem.clone());
        let qualified = wanted.map(|name| ecow::eco_format!("{stem}_{name}"));
        let numbered = (2..).map(|number| ecow::eco_format!("{first}_{number}"));
        let name = std::iter::once(first.clone())
            .chain(qualified)
            .chain(numbered)
            .find(|name| !self.taken.contains(&(kind, name.clone())))
            .unwrap_or(first);
        self.taken.insert((kind, name.clone()));
        self.names.insert(place, name.clone());
        self.queue.push(Import {
            kind,
            name: name.clone(),
            target: target.clone(),
        });
        name
    }

    /// A name made from the file's: its last part without the ending.
    fn stem(&mut self, file: FileId) -> Text {
        let name = self.files.name(file);
        let base = name.rsplit('/').next().unwrap_or_default();
        let stem = base.split('.').next().unwrap_or_default();
        clean_name(if stem.is_empty() { "component" } else { stem })
    }

    fn write_in_place(
        &mut self,
        node: &Node,
        map: &Map,
        target: &Target,
        position: Position,
        here: &Here<'_>,
    ) -> Option<Node> {
        let place = (target.file, target.pointer.clone());
        let mut too_much = None;
        if self.in_place.contains(&place) {
            too_much = Some(Diagnostic::error(
                "reference-loop",
                format!(
                    "`{}` contains itself here, and cannot stand as a component",
                    shown(node)
                ),
            ));
        }
        self.inlined = self.inlined.saturating_add(size(&target.node));
        if self.inlined > MAX_INLINED {
            too_much = Some(Diagnostic::error(
                "reference-too-large",
                format!("references that must be written in place stand for more than {MAX_INLINED} nodes"),
            ));
        }
        if let Some(finding) = too_much {
            self.report(finding.help("move what repeats into a component"), node, here);
            return None;
        }
        self.in_place.push(place);
        let place = Here {
            role: here.role,
            ..target.here()
        };
        let mut written = self
            .rewrite(&target.node, position, &place)
            .unwrap_or_else(|| target.node.clone());
        self.in_place.pop();
        if let Some(out) = written.as_map_mut() {
            for entry in map.iter().filter(|entry| entry.key != "$ref") {
                out.insert(entry.key.clone(), entry.value.clone());
            }
        }
        Some(written)
    }

    /// The values of `discriminator.mapping` are references without `$ref`, or names of schemas.
    fn rewrite_mapping(&mut self, node: &Node, here: &Here<'_>) -> Option<Node> {
        let mapping = node.get("mapping")?.as_map()?;
        let mut changed: Option<Map> = None;
        for entry in mapping {
            let Some(reference) = entry.value.as_text() else {
                continue;
            };
            let is_name = !reference.contains(['#', '/', '.']);
            if is_name || !self.points_out(reference, here.file) {
                continue;
            }
            let Ok(target) = self.target(here.file, reference) else {
                continue;
            };
            let section = section_path(Kind::Schema, self.is_2_0)?;
            let text = if target.file == self.main {
                format!("#{}", encoded(&target.pointer))
            } else {
                format!("#{section}/{}", pointer::escape(&self.name(Kind::Schema, &target)))
            };
            changed
                .get_or_insert_with(|| mapping.clone())
                .insert(entry.key.clone(), Node::string(text).at(entry.value.span));
        }
        let mut node = node.clone();
        node.as_map_mut()?.insert("mapping", Node::map(changed?));
        Some(node)
    }

    /// Follows a reference, and further ones if it leads to nothing but a reference.
    fn target(&mut self, from: FileId, reference: &str) -> Result<Target, Box<Diagnostic>> {
        let mut target = self.step(from, reference, 0)?;
        for _ in 0..MAX_CHAIN {
            let Some(next) = sole_reference(&target.node).cloned() else {
                return Ok(target);
            };
            if target.file == self.main && next.starts_with('#') {
                // Inside the main document references stay as they are.
                return Ok(target);
            }
            target = self.step(target.file, &next, 0)?;
        }
        Err(endless(reference))
    }

    fn step(&mut self, from: FileId, reference: &str, depth: usize) -> Result<Target, Box<Diagnostic>> {
        if depth > MAX_CHAIN {
            return Err(endless(reference));
        }
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if name.is_empty() {
            from
        } else {
            let document = self.files.open(from, name)?;
            self.roots.entry(document.file).or_insert(document.root);
            document.file
        };
        let wanted = pointer::percent_decode(fragment);
        let mut node = self.roots.get(&file).cloned().ok_or_else(|| missing(reference))?;
        if !wanted.is_empty() && !wanted.starts_with('/') {
            return Err(missing(reference));
        }
        let mut rest = wanted.split('/').skip(1);
        let mut walked = String::new();
        while let Some(token) = rest.next() {
            let next = pointer::step(&node, &pointer::unescape(token)).cloned();
            if let Some(next) = next {
                node = next;
                walked.push('/');
                walked.push_str(token);
            } else if let Some(reference) = sole_reference(&node).cloned() {
                // The pointer goes on behind a reference.
                let through = self.step(file, &reference, depth + 1)?;
                let mut further = format!("{}/{token}", through.pointer);
                for token in rest {
                    further.push('/');
                    further.push_str(token);
                }
                return self.within(through.file, &further, depth + 1);
            } else {
                return Err(missing(reference));
            }
        }
        Ok(Target {
            file,
            pointer: walked,
            node,
        })
    }

    fn within(&mut self, file: FileId, pointer: &str, depth: usize) -> Result<Target, Box<Diagnostic>> {
        self.step(file, &format!("#{}", encoded(pointer)), depth)
    }

    /// Says what is wrong with a reference; a fault of another file is said once.
    fn report(&mut self, mut finding: Diagnostic, node: &Node, here: &Here<'_>) {
        if !finding.span.is_known() {
            finding.span = node.get("$ref").map_or(node.span, |reference| reference.span);
            finding.pointer = here.pointer();
        }
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

const COMPONENT_KINDS: [Kind; 9] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
];

/// The pointer of the section that holds components of a kind.
fn section_path(kind: Kind, is_2_0: bool) -> Option<&'static str> {
    if is_2_0 {
        return match kind {
            Kind::Schema => Some("/definitions"),
            Kind::Parameter => Some("/parameters"),
            Kind::Response => Some("/responses"),
            _ => None,
        };
    }
    Some(match kind {
        Kind::Schema => "/components/schemas",
        Kind::Response => "/components/responses",
        Kind::Parameter => "/components/parameters",
        Kind::Example => "/components/examples",
        Kind::RequestBody => "/components/requestBodies",
        Kind::Header => "/components/headers",
        Kind::SecurityScheme => "/components/securitySchemes",
        Kind::Link => "/components/links",
        Kind::Callback => "/components/callbacks",
        _ => return None,
    })
}

fn add_component(root: &mut Node, section: &str, name: Text, node: Node) {
    let mut at = root;
    for token in section.split('/').skip(1) {
        let Some(map) = at.as_map_mut() else {
            return;
        };
        if map.get(token).is_none_or(|section| section.as_map().is_none()) {
            map.insert(token, Node::map(Map::new()));
        }
        let Some(next) = map.get_mut(token) else {
            return;
        };
        at = next;
    }
    if let Some(map) = at.as_map_mut()
        && !map.contains_key(&name)
    {
        map.push_unique(Entry {
            key: name,
            key_span: node.span,
            value: node,
        });
    }
}

/// The text of a map that is nothing but a reference.
pub(in crate::openapi) fn sole_reference(node: &Node) -> Option<&Text> {
    let map = node.as_map()?;
    (map.len() == 1).then(|| map.get("$ref")?.as_text())?
}

fn shown(node: &Node) -> &str {
    node.get_str("$ref").unwrap_or_default()
}

fn with_reference(node: &Node, map: &Map, reference: String) -> Node {
    let mut map = map.clone();
    if let Some(old) = map.get_mut("$ref") {
        *old = Node::string(reference).at(old.span);
    }
    Node::map(map).at(node.span)
}

/// The name that a place has in its file: the last token of its pointer, unless that is an index or nothing.
fn wanted_name(pointer: &str) -> Option<Text> {
    let last = pointer::unescape(pointer.rsplit('/').next()?).into_owned();
    let is_name = last.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_keyword = matches!(last.as_str(), "schema" | "items" | "additionalProperties");
    (is_name && !is_keyword).then(|| clean_name(&last))
}

/// Component names consist of letters, digits, `.`, `-` and `_`.
fn clean_name(name: &str) -> Text {
    name.chars()
        .map(|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => character,
            _ => '_',
        })
        .collect()
}

/// A pointer as a fragment: only what would be read as an escape is escaped.
fn encoded(pointer: &str) -> String {
    pointer.replace('%', "%25")
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(list) => list.iter().map(size).sum::<usize>() + 1,
        Value::Map(map) => map.iter().map(|entry| size(&entry.value)).sum::<usize>() + 1,
        _ => 1,
    }
}

fn missing(reference: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error("missing-reference", format!("`{reference}` leads nowhere"))
            .help("add the target or correct the reference"),
    )
}

fn endless(reference: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error("reference-loop", format!("`{reference}` leads back to itself"))
            .help("let one of the references point to something"),
    )
}
