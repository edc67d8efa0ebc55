//! Words of the settings in the fields of a page: called by `read` for each value that was read.

use crate::config::Words;
use crate::diag::Diagnostic;
use crate::schema::FieldValue;
use crate::source::{SourcePath, Span};

/// A field's value with the words of the settings in its texts.
pub(super) fn filled(
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
