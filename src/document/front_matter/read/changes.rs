//! `changes`: what changed in a page and when, for readers.

use super::{Reader, value_span};
use crate::config::Words;
use crate::config::yaml::{Key, Node, NodeValue};
use crate::diag::{Diagnostic, closest, code};
use crate::document::ChangeNote;
use crate::markdown::marks;

/// The keys of one change.
const KEYS: [&str; 2] = ["date", "text"];

/// How a change is written.
const HELP: &str = "write - date: 2026-11-22 and below it text: with one sentence, both indented alike";

impl Reader<'_> {
    /// Reads the key: the newest comes first, however they are written.
    pub(super) fn changes(&mut self, key: &Key, node: &Node) {
        let items = match &node.value {
            NodeValue::List(items) => items,
            NodeValue::Null | NodeValue::Broken => return,
            _ => {
                let message = format!("`changes` must be a list, not {}", node.describe());
                return self.error(code::WRONG_TYPE, value_span(key, node), message, HELP.to_owned());
            }
        };
        for item in items {
            self.change(key, item);
        }
        self.summary.changes.sort_by_key(|noted| std::cmp::Reverse(noted.date));
    }

    fn change(&mut self, key: &Key, item: &Node) {
        let Some(entries) = item.as_map() else {
            if !item.is_broken() {
                let message = format!("a change must have a date and a text, not be {}", item.describe());
                self.error(code::WRONG_TYPE, value_span(key, item), message, HELP.to_owned());
            }
            return;
        };
        let (mut date, mut text) = (None, None);
        for (key, node) in entries {
            match key.text.as_str() {
                "date" => date = Some(self.day(key, node)),
                "text" => {
                    let words = Words::new(self.options.values, self.lang);
                    let span = value_span(key, node);
                    let written = self.text(key, node);
                    let marks =
                        written.as_deref().and_then(|text| marks::shown(self.path, "text", text, span));
                    self.diagnostics.extend(marks);
                    let filled = written.map(|text| words.fill(text, self.path, span, &mut self.diagnostics));
                    text = Some(filled);
                }
                _ => {
                    let message = format!("a change has no key `{}`", key.text);
                    let found = Diagnostic::error(code::UNKNOWN_KEY, self.path, key.span, message);
                    self.push(match closest(&key.text, KEYS) {
                        Some(near) => found.help(format!("did you mean `{near}`?")).fix(key.span, near),
                        None => found.help("keys of a change: date, text"),
                    });
                }
            }
        }
        for (name, is_there) in [("date", date.is_some()), ("text", matches!(text, Some(Some(_))))] {
            if !is_there {
                let span = entries.first().map_or(item.span, |(key, _)| key.span);
                let message = format!("this change has no `{name}`");
                self.error(code::MISSING_FIELD, span, message, HELP.to_owned());
            }
        }
        if let (Some(Some(date)), Some(Some(text))) = (date, text) {
            self.summary.changes.push(ChangeNote { date, text });
        }
    }
}
