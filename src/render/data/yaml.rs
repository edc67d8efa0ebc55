//! YAML, read by the reader of settings: its places and its words for faults are those of every other file.

use super::{File, scalar};
use crate::config::yaml::{self, Node, NodeValue};
use crate::diag::{Diagnostic, Severity, code};
use std::ops::Range;
use tera::Value;
use tera::value::{Key, Map};

/// The value; none when nothing could be understood.
pub(super) fn read(file: &mut File<'_>) -> Option<Value> {
    let parsed = yaml::parse_data(file.path, file.text, file.offset);
    let broken = parsed.diagnostics.iter().any(|d| d.severity == Severity::Error);
    let as_data = |d: Diagnostic| match d.severity {
        Severity::Error => Diagnostic { code: code::BAD_DATA, ..d },
        _ => d,
    };
    file.diagnostics.extend(parsed.diagnostics.into_iter().map(as_data));
    match parsed.value {
        Some(node) => Some(value(&node)),
        None => (!broken).then(Value::none),
    }
}

/// The items of a list, or the entries of a map of groups, each with its place; an entry has its name as `key`. None for
/// anything else.
pub(super) fn read_rows(file: &mut File<'_>) -> Option<Vec<(Range<usize>, Value)>> {
    let node = yaml::parse_data(file.path, file.text, 0).value?;
    match &node.value {
        NodeValue::List(items) => Some(items.iter().map(|item| (item.span.range(), value(item))).collect()),
        NodeValue::Map(entries) => {
            let row = |(key, node): &(yaml::Key, Node)| {
                Some((key.span.range(), super::with_key(&key.text, value(node))?))
            };
            entries.iter().map(row).collect()
        }
        _ => None,
    }
}

/// Nodes are nested no deeper than the reader allows.
fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null | NodeValue::Broken => Value::none(),
        NodeValue::Scalar { text, plain: false } => Value::from(text.as_str()),
        // As YAML 1.2 has them, so that a template that asks for `False` is told no.
        NodeValue::Scalar { text, plain: true } => match text.as_str() {
            "true" | "True" | "TRUE" => Value::from(true),
            "false" | "False" | "FALSE" => Value::from(false),
            "null" | "Null" | "NULL" => Value::none(),
            typed => scalar(typed),
        },
        NodeValue::List(items) => Value::from(items.iter().map(value).collect::<Vec<_>>()),
        NodeValue::Map(entries) => {
            let entries = entries.iter().map(|(key, node)| (Key::from(key.text.clone()), value(node)));
            Value::from(entries.collect::<Map>())
        }
    }
}
