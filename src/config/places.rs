//! Where a setting stands in the settings files: looked up only when a message has to name the place.

use super::yaml::{self, Node, NodeValue};
use crate::source::{Source, SourcePath, Span};

/// The trees of `site.yaml` and of the `kinds.yaml` of all layers, the nearest first.
#[derive(Debug, Default)]
pub struct Places(Vec<(SourcePath, Node)>);

impl Places {
    /// Reads the files; those that cannot be read have no places.
    pub fn new(files: impl IntoIterator<Item = Source>) -> Places {
        let read = |source: Source| {
            let node = yaml::parse(&source.path, source.utf8().ok()?, 0).value?;
            Some((source.path, node))
        };
        Places(files.into_iter().filter_map(read).collect())
    }

    /// The nearest file that has these keys, counted from the top of `site.yaml`, and the place of their value. An item of a
    /// list is named by its text, or by a place in it after `@`.
    pub fn find(&self, keys: &[String]) -> Option<(&SourcePath, Span)> {
        self.0.iter().find_map(|(path, node)| {
            // A theme's file begins where `kinds` of site.yaml does.
            let keys =
                if path.as_str() == "site.yaml" { keys } else { keys.strip_prefix(&["kinds".to_owned()])? };
            let found =
                keys.iter().try_fold(node, |node, key| match (&node.value, key.strip_prefix('@')) {
                    (NodeValue::List(items), Some(at)) => {
                        let at: u32 = at.parse().ok()?;
                        items.iter().find(|item| item.span.start <= at && at <= item.span.end)
                    }
                    (NodeValue::List(items), None) => items.iter().find(|item| item.as_text() == Some(key)),
                    _ => node.get(key),
                })?;
            Some((path, found.span))
        })
    }
}
