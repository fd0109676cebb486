//! References that lead nowhere.

use crate::diagnostic::Diagnostic;
use crate::openapi::Spec;
use crate::openapi::normalize::draft::Draft;
use crate::openapi::normalize::layout::{Field, Kind, field};
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::walk;
use crate::source::{List, Map, Node, Value};

pass! {
    /// Puts something harmless where a reference leads nowhere: a schema becomes a JSON column, a response one without
    /// content; parameters, bodies, headers and the like are left out.
    ///
    /// One dangling reference disables the whole service in the runtime. Each is reported as an error.
    "mend-references", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    let are_settled = draft.has_settled_references;
    draft.rewrite(|kind, node, place, log| {
        let dangling = |kind: Kind, node: &Node| {
            walk::is_reference(kind, node)
                && (view.resolve(node).is_none() || are_settled && !is_settled(&view, kind, node))
        };
        if kind == Kind::Schema && dangling(kind, node) {
            report(log, node, place);
            let mended = Node::map(Map::from_iter([("type", Node::string("object"))])).at(node.span);
            log.replaced(place, node, &mended);
            return Some(mended);
        }
        if kind == Kind::Response && dangling(kind, node) {
            report(log, node, place);
            let mended = Node::map(Map::from_iter([("description", Node::string(""))])).at(node.span);
            log.replaced(place, node, &mended);
            return Some(mended);
        }
        // Anything else is taken out of the map or list that holds it.
        let mut holder: Option<Node> = None;
        for entry in node.as_map()? {
            let place = place.key(&entry.key);
            let leaves = |kind| !matches!(kind, Kind::Schema | Kind::Response);
            let mended = match field(kind, &entry.key) {
                Some(Field::One(child)) if leaves(child) && dangling(child, &entry.value) => {
                    report(log, &entry.value, &place);
                    log.removed(&place, &entry.value);
                    holder
                        .get_or_insert_with(|| node.clone())
                        .as_map_mut()?
                        .remove(&entry.key);
                    continue;
                }
                Some(Field::MapOf(child)) if leaves(child) => {
                    let members = entry.value.as_map().into_iter().flatten();
                    let lost: Vec<_> = members.filter(|member| dangling(child, &member.value)).collect();
                    if lost.is_empty() {
                        continue;
                    }
                    for member in &lost {
                        report(log, &member.value, &place.key(&member.key));
                        log.removed(&place.key(&member.key), &member.value);
                    }
                    let mut kept = entry.value.clone();
                    kept.as_map_mut()?
                        .retain(|member| !lost.iter().any(|lost| lost.key == member.key));
                    kept
                }
                Some(Field::ListOf(child)) if leaves(child) => {
                    let items = entry.value.as_list()?;
                    let kept: List = items.iter().filter(|item| !dangling(child, item)).cloned().collect();
                    if kept.len() == items.len() {
                        continue;
                    }
                    for (index, item) in items.iter().enumerate().filter(|(_, item)| dangling(child, item)) {
                        report(log, item, &place.index(index));
                        log.removed(&place.index(index), item);
                    }
                    Node::new(Value::List(kept)).at(entry.value.span)
                }
                _ => continue,
            };
            holder
                .get_or_insert_with(|| node.clone())
                .as_map_mut()?
                .insert(entry.key.clone(), mended);
        }
        holder
    });
}

/// Whether a reference that leads somewhere does so in the form in which `local-references` leaves all of them, step by
/// step. One in another form led nowhere then, or stood where no reference may stand; what it leads to now is moved and
/// left out by other passes. It must lead somewhere, so there is an end.
fn is_settled(view: &Spec, kind: Kind, node: &Node) -> bool {
    let mut node = node;
    while walk::is_reference(kind, node) {
        let component = node
            .get_str("$ref")
            .filter(|reference| kind.component_name(reference).is_some())
            .and_then(|reference| view.target(reference));
        match component {
            Some(component) => node = component,
            None => return false,
        }
    }
    true
}

fn report(log: &mut crate::openapi::normalize::draft::Log, node: &Node, place: &Place<'_>) {
    let target = node.get_str("$ref").unwrap_or_default();
    log.findings.push(
        Diagnostic::error(log.pass, format!("`{target}` leads nowhere"))
            .at(node.get("$ref").map_or(node.span, |reference| reference.span))
            .pointer(place.pointer())
            .help("add the target or correct the reference"),
    );
}
