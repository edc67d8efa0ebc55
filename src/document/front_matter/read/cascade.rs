//! `cascade`: what a section's page says for itself and all below it.

use super::{Quotes, Reader, value_span, words};
use crate::config::Words;
use crate::config::yaml::{Key, Node};
use crate::diag::{Diagnostic, closest, code};
use crate::document::cascade::Cascade;
use crate::schema::{Field, FieldType, Kind, ReadContext, read_node, scalar};
use crate::source::{Span, is_index};

/// The keys that cascade, besides the fields of kinds.
const KEYS: [&str; 3] = ["owner", "review_every", "reviewed"];

impl Reader<'_> {
    /// Reads the key.
    pub(super) fn cascade(&mut self, key: &Key, node: &Node) {
        if !is_index(self.path.file_name()) {
            let help = "move it to the folder's index.md, or write its keys for this page alone".to_owned();
            let message = "`cascade` counts only in `index.md`".to_owned();
            return self.error(code::UNKNOWN_KEY, key.span, message, help);
        }
        let Some(entries) = node.as_map() else {
            if !node.is_broken() && node.as_text().is_none_or(|text| !text.trim().is_empty()) {
                let message = format!("`cascade` must be a group of keys, not {}", node.describe());
                let help = "write each key on a line of its own below it, indented by two spaces".to_owned();
                self.error(code::WRONG_TYPE, value_span(key, node), message, help);
            }
            return;
        };
        let mut cascade = Cascade::default();
        for (key, node) in entries {
            match key.text.as_str() {
                "owner" => {
                    cascade.owner = self.text(key, node);
                    // Each page below has it in its own language; here it is told what is wrong.
                    self.shown(key, node);
                }
                "reviewed" => cascade.reviewed = self.day(key, node),
                "review_every" => {
                    cascade.review_every = self.value(key, node, scalar::duration, Quotes::Allowed);
                }
                _ => self.cascading_field(key, node, &mut cascade),
            }
        }
        self.summary.cascade = (!cascade.is_empty()).then(|| Box::new(cascade));
    }

    /// A field, for each kind that has it.
    fn cascading_field(&mut self, key: &Key, node: &Node, cascade: &mut Cascade) {
        let kinds = &self.options.kinds.0;
        let having: Vec<(&Kind, &Field)> =
            kinds.values().filter_map(|kind| Some((kind, kind.field(&key.text)?))).collect();
        if having.is_empty() {
            let fields = kinds.values().flat_map(|kind| &kind.fields).map(|field| field.name.as_str());
            let near = closest(&key.text, KEYS.into_iter().chain(fields));
            let message = format!("no kind has a field `{}` that could cascade", key.text);
            let found = Diagnostic::error(code::UNKNOWN_KEY, self.path, key.span, message);
            self.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")).fix(key.span, near),
                None => found.help(format!("write {}, or a field of a kind", KEYS.join(", "))),
            });
            return;
        }
        let context = ReadContext { path: self.path, lang: self.lang };
        let taken = cascade.fields.len();
        let mut refused = Vec::new();
        for (kind, field) in having {
            let mut found = Vec::new();
            if matches!(field.ty.item(), FieldType::Markdown | FieldType::Image) {
                let message = format!("`{}` of kind `{}` cannot cascade", field.name, kind.name);
                let help =
                    "its links and pictures are found from the page that holds it; write it in each page";
                found.push(Diagnostic::error(code::WRONG_TYPE, self.path, key.span, message).help(help));
            } else if let Some(value) = read_node(field, node, context).collect(&mut found) {
                let told =
                    if cascade.fields.len() == taken { &mut self.diagnostics } else { &mut Vec::new() };
                let words = Words::new(self.options.values, self.lang);
                words::filled(value.clone(), words, self.path, value_span(key, node), told);
                cascade.fields.push((kind.name.as_str().into(), field.name.as_str().into(), value));
            }
            if !found.is_empty() {
                cascade.refused.push((kind.name.as_str().into(), field.name.as_str().into()));
            }
            if refused.is_empty() {
                refused = found;
            }
        }
        // Fields of one name may be of many types: it is meant for the kinds that can take it. Whoever has need of it and cannot
        // take it is told.
        if cascade.fields.len() == taken {
            cascade.refused.retain(|(_, name)| **name != *key.text);
            self.diagnostics.append(&mut refused);
        }
    }

    /// Takes what the page does not say from its own cascade and from those above it. A key without a value takes nothing.
    pub(super) fn take_cascade(&mut self, head: Span) {
        let mut all = self.summary.cascade.as_deref().cloned().unwrap_or_default();
        if let Some(above) = self.options.cascade {
            all.below(above);
        }
        let all = self.worded_cascade(all);
        let said = |key: &str| self.summary.spans.contains_key(key);
        let (owner, every, reviewed) = (said("owner"), said("review_every"), said("reviewed"));
        let summary = &mut self.summary;
        if !owner {
            summary.owner.clone_from(&all.owner);
        }
        if !every {
            summary.review_every = all.review_every;
        }
        if !reviewed {
            summary.reviewed = all.reviewed;
        }
        for (kind, name, value) in &all.fields {
            if **kind == *summary.kind && !summary.spans.contains_key(name) {
                summary.fields.insert(name.clone(), value.clone());
            }
        }
        let missed = all
            .refused
            .iter()
            .find(|(kind, name)| **kind == *summary.kind && !summary.spans.contains_key(name));
        if let Some((kind, name)) = missed {
            let message =
                format!("what the section's page says of `{name}` does not fit a page of kind `{kind}`");
            let help = format!("write a line `{name}:` in this page; without a value it takes nothing");
            self.diagnostics.push(Diagnostic::error(code::WRONG_TYPE, self.path, head, message).help(help));
        }
        self.all = all;
    }
}
