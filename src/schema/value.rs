//! The value of a field, as data.

use super::length::Length;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The value of a field. Text, choices, references, addresses and images are all `Text` (a choice by its
/// canonical value, a reference as the editor wrote it).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FieldValue {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A length of time, as it was written.
    Duration(Length),
    /// From one number to another, both counted in; without an end for "3 and up".
    Range(f64, Option<f64>),
    /// Several values.
    List(Vec<FieldValue>),
}

impl FieldValue {
    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            FieldValue::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The values of a list, or the value itself as a list of one.
    pub fn items(&self) -> &[FieldValue] {
        match self {
            FieldValue::List(items) => items,
            one => std::slice::from_ref(one),
        }
    }

    /// As plain text for display, lists joined by commas.
    pub fn display(&self) -> String {
        match self {
            FieldValue::Text(t) => t.clone(),
            FieldValue::Integer(n) => n.to_string(),
            FieldValue::Number(n) => n.to_string(),
            FieldValue::Boolean(b) => b.to_string(),
            FieldValue::Date(d) => d.to_string(),
            FieldValue::Duration(length) => length.days().to_string(),
            FieldValue::Range(from, Some(to)) if from == to => from.to_string(),
            FieldValue::Range(from, Some(to)) => format!("{from}–{to}"),
            FieldValue::Range(from, None) => format!("{from}+"),
            FieldValue::List(items) => items.iter().map(Self::display).collect::<Vec<_>>().join(", "),
        }
    }
}
