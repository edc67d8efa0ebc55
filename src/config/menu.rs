//! `menu` and `menus` in `site.yaml`: what menus show instead of the folders.
//!
//! ```yaml
//! menu:
//!   - to: meetings/index.md
//!   - {title: {en: Our office, es: Nuestra oficina}, to: https://www.example.org/}
//! menus:
//!   footer: [about/index.md, about/contact.md]
//! ```

use super::table::{Report, Table, text};
use super::yaml::{Node, NodeValue};
use super::{MenuItem, keys};
use crate::diag::code;
use crate::schema::scalar;
use crate::source::{SourcePath, address};
use std::collections::BTreeMap;

/// Reads the entries of the menu.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<MenuItem> {
    items(node, report, 0)
}

/// Reads the menus that have names.
pub(super) fn named(node: &Node, report: &mut Report<'_>) -> BTreeMap<String, Vec<MenuItem>> {
    let NodeValue::Map(entries) = &node.value else {
        let message = format!("`menus` must hold names with their entries, not {}", node.describe());
        let help = "write the name of each menu on a line of its own, such as footer: [about/index.md]";
        report.error(code::WRONG_TYPE, node.span, message, help);
        return BTreeMap::new();
    };
    entries.iter().map(|(key, node)| (key.text.clone(), items(node, report, 0))).collect()
}

/// Maximum depth of a menu, in levels.
const MAX_MENU_DEPTH: usize = 4;

fn items(node: &Node, report: &mut Report<'_>, depth: usize) -> Vec<MenuItem> {
    let NodeValue::List(list) = &node.value else {
        let message = format!("a menu must be a list, not {}", node.describe());
        report.error(
            code::WRONG_TYPE,
            node.span,
            message,
            "write a line such as - to: meetings/index.md for each entry",
        );
        return Vec::new();
    };
    if depth >= MAX_MENU_DEPTH {
        report.error(
            code::BAD_CONFIG,
            node.span,
            "the menu is more than four levels deep",
            "move these entries up",
        );
        return Vec::new();
    }
    let mut out = Vec::new();
    for item in list {
        let mut found = MenuItem { span: item.span, ..MenuItem::default() };
        // A target that was already reported is not reported as missing.
        let mut refused = false;
        match &item.value {
            NodeValue::Scalar { .. } => {
                found.to = target(item, report);
                refused = found.to.is_none();
            }
            NodeValue::Map(_) => {
                let table = Table::new("an entry of the menu", keys::MENU, item, report);
                found.title = table.localized("title", report);
                if let Some(node) = table.get("to") {
                    found.to = target(node, report);
                    found.span = node.span;
                    refused = found.to.is_none();
                }
                if let Some(node) = table.get("items") {
                    found.items = items(node, report, depth + 1);
                }
                table.finish(report);
            }
            NodeValue::Broken => continue,
            _ => {
                let message = format!("an entry of the menu cannot be {}", item.describe());
                report.error(code::WRONG_TYPE, item.span, message, "write a page's path, or to: and title:");
                continue;
            }
        }
        let outside = found.to.as_ref().is_some_and(|to| to.contains(':'));
        let nameless = found.title.is_none() && (outside || (found.to.is_none() && !refused));
        if nameless {
            let help = "add a line title: with the text that readers see";
            report.error(code::BAD_CONFIG, item.span, "an entry of the menu needs a title or a page", help);
        }
        if !nameless && found.to.is_none() && !refused && found.items.is_empty() {
            let help = "add a line to: with a page's path, such as meetings/index.md, or items: below it";
            report.error(code::MENU_TARGET, item.span, "this entry of the menu leads nowhere", help);
        }
        if nameless || (found.to.is_none() && found.items.is_empty()) {
            continue;
        }
        out.push(found);
    }
    out
}

/// What a menu entry leads to: a path in the content folder (with an anchor, perhaps), or an address.
fn target(node: &Node, report: &mut Report<'_>) -> Option<String> {
    let to = text("to", node, report)?;
    if to.contains(':') {
        return match scalar::url(&to) {
            Ok(url) => Some(url.to_owned()),
            Err(fault) => {
                report.fault("to", node.span, fault);
                None
            }
        };
    }
    let path = address::decode(address::parts(&to).path);
    // What leads nowhere is told when the pages are known, with what is meant.
    match SourcePath::new(&path.replace('\\', "/")) {
        Ok(_) => Some(to),
        Err(error) => {
            let help = "write the path from the content folder, such as meetings/index.md";
            report.error(
                code::MENU_TARGET,
                node.span,
                format!("the menu cannot lead to `{to}`: {error}"),
                help,
            );
            None
        }
    }
}
