//! Large schemas that stand in many places become components: a description whose references were all written out, or
//! whose rows were changed for the runtime at each operation, would grow with the number of operations otherwise.
//!
//! 1. Every place that may hold a reference is looked at once; equal content is found by hash and confirmed by comparison.
//! 2. What stands in two places, or is what a component holds already, becomes a reference.
//!
//! Two properties of one object never become the same reference, because RETURNING overlooks the second of them (runtime
//! contract 4.3), and parameters keep their schemas.

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher as _;

use crate::openapi::{Kind, Position};
use crate::source::{Entry, Map, Node, Text, Value, pointer};

/// Fewest nodes of a schema that becomes a component; a small one reads better where it stands.
const MIN_NODES: usize = 64;

/// The document with large repeated schemas as components.
pub(super) fn repeated_schemas(root: Node) -> Node {
    let Some(paths) = root.get("paths") else { return root };
    let components = root
        .get("components")
        .and_then(|components| components.get("schemas"))
        .and_then(Node::as_map);
    let mut sharer = Sharer::default();
    for entry in components.into_iter().flatten() {
        sharer.taken.insert(entry.key.clone());
        let (hash, nodes) = sharer.measure(&entry.value);
        if nodes >= MIN_NODES {
            let group = sharer.groups.entry(hash).or_insert_with(|| Group::of(&entry.value));
            group.name.get_or_insert_with(|| entry.key.clone());
        }
    }
    sharer.count(paths, Position::Map(Kind::PathItem), true);
    for entry in components.into_iter().flatten() {
        sharer.count_children(&entry.value, Position::Object(Kind::Schema));
    }
    if !sharer.groups.values().any(Group::is_shared) {
        return root;
    }
    let new_paths = sharer.rewrite(paths, Position::Map(Kind::PathItem), "schema", true);
    let mut schemas = Map::new();
    for entry in components.into_iter().flatten() {
        let value = sharer.rewrite_children(&entry.value, Position::Object(Kind::Schema), &entry.key);
        schemas.push_unique(Entry {
            value: value.unwrap_or_else(|| entry.value.clone()),
            ..entry.clone()
        });
    }
    for (name, node) in std::mem::take(&mut sharer.made) {
        schemas.insert(name, node);
    }
    let mut document = root.as_map().cloned().unwrap_or_default();
    if let Some(paths) = new_paths {
        document.insert("paths", paths);
    }
    let mut all = document
        .get("components")
        .and_then(Node::as_map)
        .cloned()
        .unwrap_or_default();
    all.insert("schemas", Node::map(schemas));
    document.insert("components", Node::map(all));
    Node::map(document).at(root.span)
}

/// A content that stands in some places.
struct Group<'n> {
    node: &'n Node,
    uses: usize,
    name: Option<Text>,
    is_component: bool,
}

impl<'n> Group<'n> {
    fn of(node: &'n Node) -> Self {
        Group {
            node,
            uses: 0,
            name: None,
            is_component: true,
        }
    }

    fn is_shared(&self) -> bool {
        self.uses >= if self.is_component { 1 } else { 2 }
    }
}

#[derive(Default)]
struct Sharer<'n> {
    /// Hash and size of maps and lists, by their place in memory: parts that documents share are measured once.
    measured: FxHashMap<(usize, usize), (u64, usize)>,
    groups: FxHashMap<u64, Group<'n>>,
    taken: FxHashSet<Text>,
    made: Vec<(Text, Node)>,
}

impl<'n> Sharer<'n> {
    fn measure(&mut self, node: &Node) -> (u64, usize) {
        let mut hasher = FxHasher::default();
        let place = match &node.value {
            Value::Map(map) => (map.iter().as_slice().as_ptr() as usize, map.len()),
            Value::List(list) => (list.as_ptr() as usize, list.len()),
            scalar => {
                hash_scalar(scalar, &mut hasher);
                return (hasher.finish(), 1);
            }
        };
        if let Some(known) = self.measured.get(&place)
            && place.1 > 0
        {
            return *known;
        }
        let mut nodes = 1;
        match &node.value {
            Value::Map(map) => {
                hasher.write_u8(1);
                for entry in map {
                    let (hash, inner) = self.measure(&entry.value);
                    hasher.write(entry.key.as_bytes());
                    hasher.write_u64(hash);
                    nodes += inner;
                }
            }
            Value::List(list) => {
                hasher.write_u8(2);
                for item in list {
                    let (hash, inner) = self.measure(item);
                    hasher.write_u64(hash);
                    nodes += inner;
                }
            }
            _ => {}
        }
        let measured = (hasher.finish(), nodes);
        self.measured.insert(place, measured);
        measured
    }

    /// The hash of a schema that is large enough.
    fn candidate(&mut self, node: &Node, position: Position) -> Option<u64> {
        if position != Position::Object(Kind::Schema) || node.as_map().is_none() || node.get("$ref").is_some() {
            return None;
        }
        let (hash, nodes) = self.measure(node);
        (nodes >= MIN_NODES).then_some(hash)
    }

    /// Counts the places of each content. Below a content that was met before nothing is counted: it will be a reference.
    fn count(&mut self, node: &'n Node, position: Position, may_refer: bool) {
        if may_refer && let Some(hash) = self.candidate(node, position) {
            let group = self.groups.entry(hash).or_insert_with(|| Group {
                is_component: false,
                ..Group::of(node)
            });
            if group.node == node {
                group.uses += 1;
                if group.uses > 1 || group.is_component {
                    return;
                }
            }
        }
        self.count_children(node, position);
    }

    fn count_children(&mut self, node: &'n Node, position: Position) {
        if is_kept(position) {
            return;
        }
        match &node.value {
            Value::Map(map) => {
                let repeated = self.repeated_siblings(map, position);
                for (index, entry) in map.iter().enumerate() {
                    self.count(&entry.value, position.key(&entry.key), !repeated.contains(&index));
                }
            }
            Value::List(list) => {
                for item in list {
                    self.count(item, position.item(), true);
                }
            }
            _ => {}
        }
    }

    /// The properties of an object that hold the same as another of them, which may be a reference already.
    fn repeated_siblings(&mut self, map: &Map, position: Position) -> FxHashSet<usize> {
        let mut repeated = FxHashSet::default();
        if position != Position::Map(Kind::Schema) {
            return repeated;
        }
        let mut first: FxHashMap<u64, usize> = FxHashMap::default();
        for (index, entry) in map.iter().enumerate() {
            let Some(hash) = self.candidate(&entry.value, Position::Object(Kind::Schema)) else {
                continue;
            };
            if let Some(other) = first.insert(hash, index) {
                repeated.extend([other, index]);
            }
            let name = self.groups.get(&hash).and_then(|group| group.name.as_ref());
            let is_referred_to = |name: &Text| {
                let reference = reference_to(name);
                map.iter().any(|other| other.value.get_str("$ref") == Some(&reference))
            };
            if name.is_some_and(is_referred_to) {
                repeated.insert(index);
            }
        }
        repeated
    }

    /// The node with references in the place of shared contents; `None` when nothing changes.
    fn rewrite(&mut self, node: &Node, position: Position, hint: &str, may_refer: bool) -> Option<Node> {
        if may_refer
            && let Some(hash) = self.candidate(node, position)
            && let Some(group) = self.groups.get(&hash)
            && group.is_shared()
            && group.node == node
        {
            let name = match &group.name {
                Some(name) => name.clone(),
                None => {
                    let name = self.name(node, hint);
                    if let Some(group) = self.groups.get_mut(&hash) {
                        group.name = Some(name.clone());
                    }
                    let place = self.made.len();
                    self.made.push((name.clone(), Node::default()));
                    let made = self.rewrite_children(node, position, &name);
                    self.made[place].1 = made.unwrap_or_else(|| node.clone());
                    name
                }
            };
            let map: Map = [("$ref", Node::string(reference_to(&name)))].into_iter().collect();
            return Some(Node::map(map).at(node.span));
        }
        self.rewrite_children(node, position, hint)
    }

    fn rewrite_children(&mut self, node: &Node, position: Position, hint: &str) -> Option<Node> {
        if is_kept(position) {
            return None;
        }
        match &node.value {
            Value::Map(map) => {
                let repeated = self.repeated_siblings(map, position);
                let own_hint = node.get_str("operationId");
                let mut changed: Option<Map> = None;
                for (index, entry) in map.iter().enumerate() {
                    let hint = match position {
                        Position::Map(Kind::Schema) => entry.key.as_str(),
                        _ => own_hint.unwrap_or(hint),
                    };
                    let new = self.rewrite(&entry.value, position.key(&entry.key), hint, !repeated.contains(&index));
                    if let Some(new) = new
                        && let Some(place) = changed.get_or_insert_with(|| map.clone()).iter_mut().nth(index)
                    {
                        place.value = new;
                    }
                }
                changed.map(|map| Node::map(map).at(node.span))
            }
            Value::List(list) => {
                let mut changed = None;
                for (index, item) in list.iter().enumerate() {
                    if let Some(new) = self.rewrite(item, position.item(), hint, true) {
                        changed.get_or_insert_with(|| list.clone()).make_mut()[index] = new;
                    }
                }
                changed.map(|list| Node::new(Value::List(list)).at(node.span))
            }
            _ => None,
        }
    }

    /// A free component name: the schema's title, else what it was found under.
    fn name(&mut self, node: &Node, hint: &str) -> Text {
        let title = node
            .get_str("title")
            .filter(|title| (2..=60).contains(&title.trim().len()));
        let wanted: Text = title
            .unwrap_or(hint)
            .trim()
            .chars()
            .map(|character| match character {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => character,
                _ => '_',
            })
            .collect();
        let numbered = (2..).map(|number| ecow::eco_format!("{wanted}_{number}"));
        let name = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|name| !self.taken.contains(name))
            .unwrap_or(wanted);
        self.taken.insert(name.clone());
        name
    }
}

fn reference_to(name: &str) -> String {
    format!("#/components/schemas/{}", pointer::escape(name))
}

/// Whether nothing below a place is looked at.
fn is_kept(position: Position) -> bool {
    matches!(
        position,
        Position::Literal | Position::List(Kind::Parameter) | Position::Map(Kind::Header)
    )
}

fn hash_scalar(scalar: &Value, hasher: &mut FxHasher) {
    match scalar {
        Value::Null => hasher.write_u8(3),
        Value::Bool(value) => hasher.write_u8(4 + u8::from(*value)),
        Value::Number(text) => {
            hasher.write_u8(6);
            hasher.write(text.as_bytes());
        }
        Value::String(text) => {
            hasher.write_u8(7);
            hasher.write(text.as_bytes());
        }
        Value::List(_) | Value::Map(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::repeated_schemas;
    use crate::source::{FileId, Node, pointer, read};

    /// Two paths whose answers hold `first` and `second` as columns, all of the same large schema.
    fn document(components: &str) -> Node {
        let columns: Vec<String> = (0..40).map(|number| format!("c{number}: {{type: string}}")).collect();
        let row = format!("{{title: A row, type: object, properties: {{{}}}}}", columns.join(", "));
        let get = |schema: &str| {
            format!(
                "{{get: {{operationId: get, responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}"
            )
        };
        let list = format!("{{type: array, items: {row}}}");
        let twice = format!("{{type: object, properties: {{first: {row}, second: {row}}}}}");
        let text = format!(
            "openapi: 3.0.3\npaths:\n  /a: {}\n  /b: {}\n  /c: {}\n{}",
            get(&row),
            get(&list),
            get(&twice),
            components.replace("ROW", &row)
        );
        read(FileId(0), &text).expect("readable").root
    }

    fn schema<'a>(root: &'a Node, path: &str) -> &'a Node {
        let place = format!("/paths/~1{path}/get/responses/200/content/application~1json/schema");
        pointer::follow(root, &place).expect("a schema")
    }

    #[test]
    fn what_stands_twice_becomes_a_component() {
        let root = repeated_schemas(document(""));
        assert_eq!(schema(&root, "a").get_str("$ref"), Some("#/components/schemas/A_row"));
        let items = schema(&root, "b").get("items").expect("items");
        assert_eq!(items.get_str("$ref"), Some("#/components/schemas/A_row"));
        let component = pointer::follow(&root, "/components/schemas/A_row").expect("made");
        assert!(component.get("properties").is_some());
    }

    #[test]
    fn what_a_component_holds_is_not_made_again() {
        let root = repeated_schemas(document("components: {schemas: {Row: ROW}}\n"));
        assert_eq!(schema(&root, "a").get_str("$ref"), Some("#/components/schemas/Row"));
        let schemas = pointer::follow(&root, "/components/schemas")
            .and_then(Node::as_map)
            .expect("a map");
        assert_eq!(schemas.len(), 1);
    }

    #[test]
    fn two_columns_never_share_a_reference() {
        let root = repeated_schemas(document(""));
        let columns = schema(&root, "c").get("properties").expect("properties");
        for name in ["first", "second"] {
            let column = columns.get(name).expect("a column");
            assert!(column.get("$ref").is_none() && column.get("properties").is_some());
        }
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let root = repeated_schemas(document(""));
        assert_eq!(repeated_schemas(root.clone()), root);
    }
}
