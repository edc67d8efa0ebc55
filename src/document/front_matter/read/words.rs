//! Words of the settings in what readers see of front matter: called by `read` for each such text and each field.

use super::{Reader, value_span};
use crate::config::Words;
use crate::config::yaml::{Key, Node};
use crate::diag::Diagnostic;
use crate::document::cascade::Cascade;
use crate::markdown::marks;
use crate::schema::FieldValue;
use crate::source::{SourcePath, Span};

impl Reader<'_> {
    /// The text with its words in place; what is wrong is told at `span`.
    pub(super) fn worded(&mut self, text: String, span: Span) -> String {
        Words::new(self.options.values, self.lang).fill(text, self.path, span, &mut self.diagnostics)
    }

    /// One text for readers.
    pub(super) fn shown(&mut self, key: &Key, node: &Node) -> Option<String> {
        self.text(key, node).map(|text| self.worded(text, value_span(key, node)))
    }

    /// Several texts for readers.
    pub(super) fn shown_list(&mut self, key: &Key, node: &Node) -> Vec<String> {
        let (path, all) = (self.path, self.list(key, node));
        // Other words for the search are seen by nobody.
        if key.text == "tags" {
            let told = all.iter().filter_map(|(text, span)| marks::shown(path, &key.text, text, *span));
            self.diagnostics.extend(told);
        }
        all.into_iter().map(|(text, span)| self.worded(text, span)).collect()
    }

    /// What cascades to this page, in its own language. The section's page, which says it, is told what is wrong.
    pub(super) fn worded_cascade(&self, cascade: Cascade) -> Cascade {
        let (words, at, told) =
            (Words::new(self.options.values, self.lang), Span::default(), &mut Vec::new());
        let owner = cascade.owner.map(|text| words.fill(text, self.path, at, told));
        let fields = cascade.fields.into_iter();
        let fields =
            fields.map(|(kind, name, value)| (kind, name, filled(value, words, self.path, at, told)));
        Cascade { owner, fields: fields.collect(), ..cascade }
    }
}

/// A field's value with the words of the settings in its texts.
pub(in crate::document) fn filled(
    value: FieldValue,
    words: Words<'_>,
    path: &SourcePath,
    span: Span,
    told: &mut Vec<Diagnostic>,
) -> FieldValue {
    match value {
        FieldValue::Text(text) => FieldValue::Text(words.fill(text, path, span, told)),
        FieldValue::List(list) => {
            FieldValue::List(list.into_iter().map(|value| filled(value, words, path, span, told)).collect())
        }
        other => other,
    }
}
