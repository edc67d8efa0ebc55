//! Kinds and their fields: `kinds.yaml` of a theme and `kinds` in `site.yaml`.
//!
//! ```yaml
//! activity:
//!   label: {en: Activity, es: Actividad}
//!   plural: {en: Activities, es: Actividades}
//!   template: activity.html      # of a page of this kind
//!   body: required
//!   facets: [skill]              # choices by which finder pages are made
//!   finder: activities/find
//!   fields:
//!     skill:
//!       label: {en: Skill, es: Habilidad}
//!       type: list of choice
//!       required: true
//!       choices:
//!         reading: {en: reading, es: lectura}
//! ```
//! A later file adds to an earlier kind of the same name, key by key and as deep as it goes: a label in one more language,
//! one more choice, one more field. What it leaves out stays. `null` takes away a kind, a field, a choice, a template, a
//! finder.

mod fields;

use super::keys;
use super::table::{Report, Table, boolean, text};
use super::yaml::{Key, Node, NodeValue};
use crate::diag::{closest, code};
use crate::schema::{Field, FieldType, Kind, Kinds, Localized};
use crate::source::{SourcePath, Span};
use fields::fields;
pub(super) use fields::setting;

/// Where a kind was named.
pub(super) struct Reference {
    kind: String,
    span: Span,
}

/// What one file says of kinds that is checked when all are known.
#[derive(Default)]
pub(super) struct Named {
    references: Vec<Reference>,
    removed: Vec<Reference>,
}

/// Adds the kinds of one file to `kinds`.
pub(super) fn merge(node: &Node, kinds: &mut Kinds, report: &mut Report<'_>) -> Named {
    let mut named = Named::default();
    let Named { references, removed } = &mut named;
    let Some(entries) = node.as_map() else {
        if !matches!(node.value, NodeValue::Null | NodeValue::Broken) {
            let message = format!("kinds must be a group of names, not {}", node.describe());
            report.error(
                code::BAD_KIND,
                node.span,
                message,
                "write the name of a kind, a colon, and its settings indented below",
            );
        }
        return named;
    };
    for (key, value) in entries {
        if value.takes_away() && kinds.get(&key.text).is_some() {
            if remove(key, kinds, report) {
                removed.push(Reference { kind: key.text.clone(), span: key.span });
            }
            continue;
        }
        // As in site.yaml, where the kinds stand below that key.
        if key.text == "kinds"
            && value.as_map().is_some_and(|inner| inner.iter().all(|(_, n)| n.as_map().is_some()))
        {
            let help = "delete this line, and write the names of the kinds at the start of their lines";
            report.error(code::BAD_KIND, key.span, "no line `kinds:` stands above the kinds here", help);
            let Named { references: inner, removed: gone } = merge(value, kinds, report);
            references.extend(inner);
            removed.extend(gone);
            continue;
        }
        if !is_name(&key.text, '-') {
            let help = "use lower case letters, digits and `-`, such as school-service";
            report.error(
                code::BAD_KIND,
                key.span,
                format!("`{}` cannot be the name of a kind", key.text),
                help,
            );
            continue;
        }
        let mut kind = kinds
            .get(&key.text)
            .cloned()
            .unwrap_or_else(|| Kind { name: key.text.clone(), ..Kind::default() });
        let glossary = kinds.glossary().map(|k| k.name.as_str()).filter(|name| *name != key.text);
        read_kind(&mut kind, key, value, glossary, report, references);
        kinds.0.insert(key.text.clone(), kind);
    }
    named
}

/// Adds the labels in `node` to the kinds, fields and choices that are there.
pub(super) fn label(node: &Node, kinds: &mut Kinds, report: &mut Report<'_>) {
    let kept = |entries: &[(Key, Node)], is_there: &dyn Fn(&Key, &Node) -> Option<Node>| {
        let kept = entries.iter().filter_map(|(key, value)| Some((key.clone(), is_there(key, value)?)));
        NodeValue::Map(kept.collect())
    };
    let with = |node: &Node, value: NodeValue| Node { span: node.span, value };
    let known = kinds.clone();
    let Some(entries) = node.as_map() else {
        merge(node, kinds, report);
        return;
    };
    let there = kept(entries, &|key, value| {
        let kind = known.get(&key.text).filter(|_| !value.takes_away())?;
        let Some(inside) = value.as_map() else { return Some(value.clone()) };
        let inside = kept(inside, &|key, value| match (key.text.as_str(), value.as_map()) {
            ("label" | "plural", _) => Some(value.clone()),
            ("fields", Some(fields)) => {
                let fields = kept(fields, &|key, value| {
                    let field = kind.field(&key.text).filter(|_| !value.takes_away())?;
                    let Some(inside) = value.as_map() else { return Some(value.clone()) };
                    let inside = kept(inside, &|key, value| match (key.text.as_str(), value.as_map()) {
                        ("label" | "help", _) => Some(value.clone()),
                        ("choices", Some(choices)) => {
                            let is_there = |key: &Key| field.choices.iter().any(|c| c.value == key.text);
                            let choices = kept(choices, &|key, value| {
                                (is_there(key) && !value.takes_away()).then(|| value.clone())
                            });
                            Some(with(value, choices))
                        }
                        _ => None,
                    });
                    Some(with(value, inside))
                });
                Some(with(value, fields))
            }
            _ => None,
        });
        Some(with(value, inside))
    });
    merge(&with(node, there), kinds, report);
}

/// `kind: null` takes a kind away; whether it did.
fn remove(key: &Key, kinds: &mut Kinds, report: &mut Report<'_>) -> bool {
    if key.text == "page" {
        let help = "every page without a kind of its own is of this kind; delete the line";
        report.error(code::BAD_KIND, key.span, "the kind `page` cannot be taken away", help);
        return false;
    }
    kinds.1.insert(key.text.clone());
    kinds.0.remove(&key.text).is_some()
}

/// Checks what can only be seen when all kinds of a file are read.
pub(super) fn check(kinds: &Kinds, named: &Named, report: &mut Report<'_>) {
    for gone in named.removed.iter().filter(|gone| kinds.get(&gone.kind).is_none()) {
        let refers = |f: &&Field| matches!(f.ty.item(), FieldType::Reference(kind) if *kind == gone.kind);
        for kind in kinds.0.values() {
            let Some(field) = kind.fields.iter().find(refers) else { continue };
            let message = format!(
                "the field `{}` of kind `{}` refers to `{}`, which this line takes away",
                field.name, kind.name, gone.kind
            );
            let help =
                format!("take that field away too: {}: {{fields: {{{}: null}}}}", kind.name, field.name);
            report.error(code::BAD_KIND, gone.span, message, help);
        }
    }
    for reference in &named.references {
        if kinds.get(&reference.kind).is_none() {
            let all: Vec<&str> = kinds.names().collect();
            let help = match closest(&reference.kind, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("kinds: {}", all.join(", ")),
            };
            report.error(
                code::BAD_KIND,
                reference.span,
                format!("there is no kind `{}` to refer to", reference.kind),
                help,
            );
        }
    }
}

pub(super) fn is_name(text: &str, joint: char) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 60
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
}

fn read_kind(
    kind: &mut Kind,
    key: &Key,
    node: &Node,
    other_glossary: Option<&str>,
    report: &mut Report<'_>,
    references: &mut Vec<Reference>,
) {
    let table = Table::new(format!("kind `{}`", kind.name), keys::KIND, node, report);
    if let Some(label) = table.localized("label", report) {
        kind.label.merge(label);
    }
    if let Some(plural) = table.localized("plural", report) {
        kind.plural.merge(plural);
    }
    if table.takes_away("template") {
        kind.template = None;
    }
    if table.takes_away("finder") {
        kind.finder = None;
        kind.facets.clear();
    }
    if kind.label.is_empty() {
        kind.label = Localized::plain(words(&kind.name));
    }
    if kind.plural.is_empty() {
        kind.plural = kind.label.clone();
    }
    if let Some(node) = table.get("template")
        && let Some(name) = text("template", node, report)
    {
        match SourcePath::new(&name) {
            Ok(path) if path.as_str() == name => kind.template = Some(name),
            _ => report.error(
                code::BAD_KIND,
                node.span,
                format!("`{name}` cannot be a template"),
                "write a file name in the templates folder, such as activity.html",
            ),
        }
    }
    if let Some(node) = table.get("body") {
        match text("body", node, report).as_deref() {
            Some("required") => kind.body_required = true,
            Some("optional") => kind.body_required = false,
            Some(other) => report.error(
                code::BAD_KIND,
                node.span,
                format!("`body` cannot be `{other}`"),
                "write required or optional",
            ),
            None => {}
        }
    }
    if let Some(hidden) = table.boolean("new_hidden", report) {
        kind.new_hidden = hidden;
    }
    if let Some(node) = table.get("glossary")
        && let Some(glossary) = boolean("glossary", node, report)
    {
        kind.glossary = glossary && other_glossary.is_none();
        if let (true, Some(other)) = (glossary, other_glossary) {
            let message = format!("the entries of kind `{other}` are the glossary already");
            report.error(code::BAD_KIND, node.span, message, "write glossary: true at one kind only");
        }
    }
    if let Some(node) = table.get("fields") {
        fields(kind, node, report, references);
    }
    if let Some(node) = table.get("order") {
        let first = names("order", kind, node, report);
        let place = |field: &Field| first.iter().position(|name| *name == field.name).unwrap_or(usize::MAX);
        kind.fields.sort_by_key(place);
    }
    let fields = &kind.fields;
    kind.summary.retain(|name| fields.iter().any(|f| f.name == *name));
    if let Some(node) = table.get("summary") {
        kind.summary = names("summary", kind, node, report);
    }
    // A field that was taken away, or is no choice any more, sorts nothing.
    let sorts = |name: &String| kind.fields.iter().any(|f| f.name == *name && f.sorts());
    let facets_left: Vec<String> = kind.facets.iter().filter(|name| sorts(name)).cloned().collect();
    kind.facets = facets_left;
    if let Some(node) = table.get("facets") {
        kind.facets = facets(kind, node, report);
    }
    if let Some(node) = table.get("finder")
        && let Some(folder) = text("finder", node, report)
    {
        match SourcePath::new(&folder) {
            Ok(path) => kind.finder = Some(path.as_str().to_owned()),
            Err(error) => report.error(
                code::BAD_KIND,
                node.span,
                format!("`finder`: {error}"),
                "write a folder such as activities/find",
            ),
        }
    }
    table.finish(report);
    if kind.finder.is_some() && kind.facets.is_empty() {
        let message = format!("kind `{}` has a finder but no `facets` to find by", kind.name);
        report.error(
            code::BAD_KIND,
            key.span,
            message,
            "add a line such as facets: [skill], naming fields of type choice, range or boolean, or write finder: null",
        );
    }
}

/// The fields by which a finder sorts.
fn facets(kind: &Kind, node: &Node, report: &mut Report<'_>) -> Vec<String> {
    let sorts = |field: &Field, span: Span, report: &mut Report<'_>| {
        if !field.sorts() {
            let message = format!("the facet `{}` is not a field with choices", field.name);
            let help =
                "give the field `type: choice` and `choices`, or the type range or boolean, or leave it out";
            report.error(code::BAD_KIND, span, message, help);
        }
        field.sorts()
    };
    listed("facets", kind, node, report, &sorts)
}

/// Names of fields of the kind.
fn names(key: &str, kind: &Kind, node: &Node, report: &mut Report<'_>) -> Vec<String> {
    listed(key, kind, node, report, &|_, _, _| true)
}

fn listed(
    key: &str,
    kind: &Kind,
    node: &Node,
    report: &mut Report<'_>,
    takes: &dyn Fn(&Field, Span, &mut Report<'_>) -> bool,
) -> Vec<String> {
    let one = std::slice::from_ref(node);
    let items = match &node.value {
        NodeValue::List(items) => items.as_slice(),
        _ => one,
    };
    let mut out = Vec::new();
    for item in items {
        let Some(name) = text(key, item, report) else { continue };
        match kind.field(&name) {
            Some(_) if out.contains(&name) => {}
            Some(field) if takes(field, item.span, report) => out.push(name),
            Some(_) => {}
            None => {
                let help = match closest(&name, kind.fields.iter().map(|f| f.name.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a field of this kind".to_owned(),
                };
                report.error(
                    code::BAD_KIND,
                    item.span,
                    format!("kind `{}` has no field `{name}`", kind.name),
                    help,
                );
            }
        }
    }
    out
}

/// `good_when` gives "Good when".
fn words(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase()).into_iter();
    first.chain(chars.map(|c| if c == '_' || c == '-' { ' ' } else { c })).collect()
}

#[cfg(test)]
mod tests;
