//! What a section's page says for itself and all pages below it: `cascade` in an `index.md`.

use crate::schema::FieldValue;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Values that hold where a page says nothing of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cascade {
    /// Who answers for the pages.
    pub owner: Option<String>,
    /// Days after which they must be reviewed again.
    pub review_every: Option<i64>,
    /// When they were last reviewed.
    pub reviewed: Option<Date>,
    /// Kind, field and value, for each kind that has the field.
    pub fields: Vec<(Box<str>, Box<str>, FieldValue)>,
    /// Kind and field, for each kind whose field of the name cannot take the value.
    pub refused: Vec<(Box<str>, Box<str>)>,
}

impl Cascade {
    /// The value of a field of a kind.
    pub fn field(&self, kind: &str, name: &str) -> Option<&FieldValue> {
        self.fields.iter().find(|(k, n, _)| **k == *kind && **n == *name).map(|(.., value)| value)
    }

    /// Whether a field of a kind is named whose value the kind cannot take.
    pub fn refuses(&self, kind: &str, name: &str) -> bool {
        self.refused.iter().any(|(k, n)| **k == *kind && **n == *name)
    }

    /// Takes from `outer` what it does not say itself.
    pub fn below(&mut self, outer: &Cascade) {
        self.owner = self.owner.take().or_else(|| outer.owner.clone());
        self.review_every = self.review_every.or(outer.review_every);
        self.reviewed = self.reviewed.or(outer.reviewed);
        for (kind, name, value) in &outer.fields {
            if self.field(kind, name).is_none() && !self.refuses(kind, name) {
                self.fields.push((kind.clone(), name.clone(), value.clone()));
            }
        }
        for (kind, name) in &outer.refused {
            if self.field(kind, name).is_none() && !self.refuses(kind, name) {
                self.refused.push((kind.clone(), name.clone()));
            }
        }
    }

    /// What the main language's page says for a translation: all but that somebody has checked it.
    pub fn for_translation(&self) -> Cascade {
        Cascade { reviewed: None, ..self.clone() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Cascade::default()
    }
}
