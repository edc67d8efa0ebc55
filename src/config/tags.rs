//! `tags` in `site.yaml`: the names of tags in each language, and what each is about.
//!
//! Pages go on to write tags as they like: the key, or a name in any language. All of these are one tag.

use super::keys;
use super::table::{Report, Table, localized};
use super::yaml::{Node, NodeValue};
use crate::diag::code;
use crate::schema::Localized;
use serde::{Deserialize, Serialize};

/// One tag for readers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagName {
    /// The tag as pages write it.
    pub tag: String,
    /// What readers see.
    pub label: Localized,
    /// One sentence on what its pages have in common.
    pub description: Localized,
}

/// Reads them, in their order.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<TagName> {
    let NodeValue::Map(entries) = &node.value else {
        let message = format!("`tags` must hold lines of `tag: name`, not {}", node.describe());
        let help = "write each tag on a line of its own, indented, such as start: {en: Getting started}";
        report.error(code::WRONG_TYPE, node.span, message, help);
        return Vec::new();
    };
    entries.iter().map(|(key, value)| one(&key.text, value, report)).collect()
}

fn one(tag: &str, node: &Node, report: &mut Report<'_>) -> TagName {
    let tag = tag.to_owned();
    let is_group = node.as_map().is_some_and(|entries| {
        entries.iter().any(|(key, _)| keys::TAG.iter().any(|known| known.name == key.text))
    });
    if !is_group {
        let label = localized(&tag, node, report).unwrap_or_else(|| Localized::plain(tag.clone()));
        return TagName { tag, label, ..TagName::default() };
    }
    let table = Table::new(format!("tag `{tag}`"), keys::TAG, node, report);
    let label = table.localized("label", report).unwrap_or_else(|| Localized::plain(tag.clone()));
    let description = table.localized("description", report).unwrap_or_default();
    table.finish(report);
    TagName { tag, label, description }
}
