//! One field of a kind: its type, whether it must be there, and what its choices are.

use super::{FieldValue, Localized};
use serde::{Deserialize, Serialize};

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldType {
    /// One line of plain text.
    Text,
    /// Text with inline markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A length of time such as `2 years`, `6 months`, `30 days`.
    Duration,
    /// An absolute `http`, `https` or `mailto` address.
    Url,
    /// An e-mail address.
    Email,
    /// One of the field's `choices`.
    Choice,
    /// A page or entry of the named kind, by its id, title or alias.
    Reference(String),
    /// An image file, relative to the page.
    Image,
    /// Several values of one type.
    List(Box<FieldType>),
}

/// One choice of a `choice` field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value as data, the same in every language.
    pub value: String,
    /// What editors write and readers see.
    pub label: Localized,
}

/// One field of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The key in front matter and in templates: lower case with `_`.
    pub name: String,
    /// The label in entries and on the page.
    pub label: Localized,
    /// The type.
    pub ty: FieldType,
    /// Whether a page or entry without it is an error.
    pub required: bool,
    /// What it is when it is not written.
    pub default: Option<FieldValue>,
    /// The choices of a `choice` field or list of choice.
    pub choices: Vec<Choice>,
    /// What an editor should write here.
    pub help: Localized,
    /// An example.
    pub example: String,
}

impl Field {
    /// The choice that an editor names by `text` in `lang`: its value or its label in any language.
    pub fn choice(&self, text: &str, lang: &str) -> Option<&Choice> {
        let text = text.trim().to_lowercase();
        let by = |c: &&Choice, l: &str| c.label.exact(l).is_some_and(|label| label.to_lowercase() == text);
        self.choices
            .iter()
            .find(|c| by(c, lang))
            .or_else(|| self.choices.iter().find(|c| c.value.to_lowercase() == text))
            .or_else(|| self.choices.iter().find(|c| c.label.0.values().any(|l| l.to_lowercase() == text)))
    }
}
