//! Schemas that contain themselves.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::openapi::Spec;
use crate::openapi::normalize::composition::SCHEMAS;
use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::layout::Kind;
use crate::openapi::normalize::merge::is_annotation;
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::walk;
use crate::source::{Entry, Map, Node, Span, Text};

pass! {
    /// Cuts schemas that contain themselves after two levels: what would go on becomes a JSON column of the same name.
    ///
    /// A row is finite. Components in a circle are shown as copies, `Folder` and `Folder_level_2`, and the references of
    /// the last one are cut. So nothing depends on where a circle is entered, a list keeps the columns of its rows, and a
    /// service does not drag in everything that is connected somehow. The number of levels can be set; 0 leaves circles
    /// alone.
    "cut-circular-schemas", apply
}

fn apply(draft: &mut Draft) {
    let depth = draft.circular_depth;
    if depth == 0 {
        return;
    }
    let view = draft.view();
    let Some(components) = view.root.get("components") else {
        return;
    };
    let Some(schemas) = components.get("schemas") else {
        return;
    };
    let Some(members) = schemas.as_map() else { return };
    let circles = circles(members);
    if circles.is_empty() {
        return;
    }
    let mut names = Names::new(members);
    let log = &mut draft.log;
    let mut entries = ecow::EcoVec::with_capacity(members.len());
    let mut copies: Vec<Entry> = Vec::new();
    // What the last level of copies refers to, for the next one.
    let mut wanted: Vec<&str> = Vec::new();
    for entry in members {
        let Some(circle) = circles.get(entry.key.as_str()) else {
            entries.push(entry.clone());
            continue;
        };
        let value = level(&view, &circles, *circle, entry, 1, depth, &mut names, log, &mut wanted);
        entries.push(Entry { value, ..entry.clone() });
    }
    for number in 2..=depth {
        let mut seen = FxHashSet::default();
        let mut next = Vec::new();
        for name in std::mem::take(&mut wanted) {
            if !seen.insert(name) {
                continue;
            }
            let (Some(entry), Some(circle)) = (members.entry(name), circles.get(name)) else {
                continue;
            };
            let value = level(
                &view, &circles, *circle, entry, number, depth, &mut names, log, &mut next,
            );
            copies.push(Entry {
                key: names.of(name, number),
                key_span: Span::NONE,
                value,
            });
        }
        wanted = next;
    }
    entries.extend(copies);
    let schemas = Node::map(Map::from_unique(entries)).at(schemas.span);
    let components = with(components, "schemas", schemas);
    draft.set("components", components);
}

/// A component of a circle as it is at a level: references within the circle go one level down, or end.
#[expect(clippy::too_many_arguments, reason = "the state of one loop")]
fn level<'n>(
    view: &'n Spec,
    circles: &FxHashMap<&'n str, usize>,
    circle: usize,
    entry: &'n Entry,
    number: usize,
    depth: usize,
    names: &mut Names,
    log: &mut crate::openapi::normalize::draft::Log,
    wanted: &mut Vec<&'n str>,
) -> Node {
    let start = Place::start("/components/schemas");
    let own_name = names.of(&entry.key, number);
    let place = start.key(&own_name);
    let changed = walk::rewrite(Kind::Schema, &entry.value, &place, &mut |kind, node, place| {
        if kind != Kind::Schema {
            return None;
        }
        let reference = node.get("$ref")?;
        let name = reference.as_str()?.strip_prefix(SCHEMAS)?;
        let (name, target) = circles.get_key_value(name)?;
        if *target != circle {
            return None;
        }
        if number < depth {
            wanted.push(name);
            let next = ecow::eco_format!("{SCHEMAS}{}", names.of(name, number + 1));
            return Some(with(node, "$ref", Node::string(next).at(reference.span)));
        }
        let column = column(view, node);
        log.replaced(place, node, &column);
        Some(column)
    });
    changed.unwrap_or_else(|| entry.value.clone())
}

/// A JSON column in place of a reference.
fn column(view: &Spec, reference: &Node) -> Node {
    let mut column = Map::new();
    let target = view.resolve(reference);
    let is_list = target.is_some_and(|target| target.get_str("type") == Some("array"));
    column.insert("type", Node::string(if is_list { "array" } else { "object" }));
    if is_list {
        column.insert("items", Node::map(Map::from_iter([("type", Node::string("object"))])));
    }
    for source in [Some(reference), target].into_iter().flatten() {
        for entry in source.as_map().into_iter().flatten() {
            let is_own = source.get("$ref").is_some() && is_annotation(&entry.key);
            if (is_own || entry.key == "description") && !column.contains_key(&entry.key) {
                column.insert(entry.key.clone(), entry.value.clone());
            }
        }
    }
    Node::map(column).at(reference.span)
}

/// Names of copies, none of which is that of a component.
struct Names {
    taken: FxHashSet<Text>,
    made: FxHashMap<(Text, usize), Text>,
}

impl Names {
    fn new(members: &Map) -> Self {
        Names {
            taken: members.keys().cloned().collect(),
            made: FxHashMap::default(),
        }
    }

    fn of(&mut self, name: &str, level: usize) -> Text {
        if level == 1 {
            return name.into();
        }
        if let Some(made) = self.made.get(&(name.into(), level)) {
            return made.clone();
        }
        let mut copy = ecow::eco_format!("{name}_level_{level}");
        while !self.taken.insert(copy.clone()) {
            copy.push('_');
        }
        self.made.insert((name.into(), level), copy.clone());
        copy
    }
}

/// The components that lie on circles, each with the number of its circle (Tarjan's strongly connected components, with
/// an explicit stack: chains of references can be long).
fn circles(members: &Map) -> FxHashMap<&str, usize> {
    let places: FxHashMap<&str, usize> = members
        .keys()
        .enumerate()
        .map(|(place, name)| (name.as_str(), place))
        .collect();
    let edges: Vec<Vec<usize>> = members.iter().map(|entry| references(&entry.value, &places)).collect();
    let count = edges.len();
    let mut order = vec![usize::MAX; count];
    let mut low = vec![0; count];
    let mut on_stack = vec![false; count];
    let (mut stack, mut visited, mut found) = (Vec::new(), 0, 0);
    let mut circles = FxHashMap::default();
    for root in 0..count {
        let mut work = vec![(root, 0)];
        while let Some((node, next)) = work.last_mut() {
            let node = *node;
            if *next == 0 {
                if order[node] != usize::MAX {
                    work.pop();
                    continue;
                }
                order[node] = visited;
                low[node] = visited;
                visited += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&target) = edges[node].get(*next) {
                *next += 1;
                if order[target] == usize::MAX {
                    work.push((target, 0));
                } else if on_stack[target] {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            work.pop();
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == order[node] {
                let from = stack.iter().rposition(|member| *member == node).unwrap_or(0);
                let circle = stack.split_off(from);
                for member in &circle {
                    on_stack[*member] = false;
                }
                if circle.len() > 1 || edges[node].contains(&node) {
                    for member in circle {
                        if let Some(entry) = members.entry_at(member) {
                            circles.insert(entry.key.as_str(), found);
                        }
                    }
                    found += 1;
                }
            }
        }
    }
    circles
}

fn references(schema: &Node, places: &FxHashMap<&str, usize>) -> Vec<usize> {
    let mut found = Vec::new();
    walk::visit(Kind::Schema, schema, &Place::start(""), &mut |kind, node, _| {
        if kind == Kind::Schema
            && let Some(place) = node
                .get_str("$ref")
                .and_then(|text| places.get(text.strip_prefix(SCHEMAS)?))
        {
            found.push(*place);
        }
        true
    });
    found
}
