//! One field of a kind: its type, whether it must be there, and what its choices are.

use super::{FieldValue, Localized, same};
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
    /// From one number to another: `3-6`, `3 to 6`, `3+`.
    Range,
    /// An absolute `http`, `https` or `mailto` address.
    Url,
    /// An e-mail address.
    Email,
    /// One of the field's `choices`.
    Choice,
    /// A page or entry of the named kind (of any kind when the name is empty), by its id, title or alias.
    Reference(String),
    /// An image file, relative to the page.
    Image,
    /// Several values of one type.
    List(Box<FieldType>),
}

/// Number of steps of a meter that states none.
pub const DEFAULT_STEPS: u8 = 5;

/// How the theme shows a field that no template places by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Display {
    /// A row of the list of facts.
    #[default]
    Row,
    /// A badge.
    Badge,
    /// Steps, of which as many are filled as the number says.
    Meter,
    /// A row of a table.
    Table,
}

impl Display {
    /// All that may be written, with what it means; none is not shown.
    pub const WORDS: [(&str, Option<Display>); 5] = [
        ("row", Some(Display::Row)),
        ("badge", Some(Display::Badge)),
        ("meter", Some(Display::Meter)),
        ("table", Some(Display::Table)),
        ("hidden", None),
    ];

    /// As it is written.
    pub fn word(self) -> &'static str {
        Display::WORDS.iter().find(|(_, display)| *display == Some(self)).map_or("", |(word, _)| word)
    }
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
    /// The choices of a `choice` field or list of choice; of a `range`, the numbers that its finder asks for.
    pub choices: Vec<Choice>,
    /// What an editor should write here.
    pub help: Localized,
    /// An example.
    pub example: String,
    /// What the finder asks, where that is not the label: "How old is your child?".
    pub question: Localized,
    /// Whether readers see it where no template places it.
    pub show: bool,
    /// How.
    pub display: Display,
    /// The last step of a meter.
    pub steps: u8,
}

impl Default for Field {
    fn default() -> Self {
        Field {
            name: String::new(),
            label: Localized::default(),
            ty: FieldType::Text,
            required: false,
            default: None,
            choices: Vec::new(),
            help: Localized::default(),
            example: String::new(),
            question: Localized::default(),
            show: true,
            display: Display::Row,
            steps: DEFAULT_STEPS,
        }
    }
}

impl Field {
    /// Whether a finder can sort by it.
    pub fn sorts(&self) -> bool {
        matches!(self.ty.item(), FieldType::Choice | FieldType::Range | FieldType::Boolean)
    }

    /// The choice that an editor names by `text` in `lang`: its value or its label in any language.
    pub fn choice(&self, text: &str, lang: &str) -> Option<&Choice> {
        let text = text.trim();
        self.choices
            .iter()
            .find(|c| c.label.exact(lang).is_some_and(|label| same(label, text)))
            .or_else(|| self.choices.iter().find(|c| same(&c.value, text)))
            .or_else(|| self.choices.iter().find(|c| c.label.any_is(text)))
    }
}

impl FieldType {
    /// The type of one value: that of the items of a list.
    pub fn item(&self) -> &FieldType {
        match self {
            FieldType::List(item) => item,
            ty => ty,
        }
    }
}

impl std::fmt::Display for FieldType {
    /// As it is written in `kinds.yaml`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FieldType::Text => f.write_str("text"),
            FieldType::Markdown => f.write_str("markdown"),
            FieldType::Integer => f.write_str("integer"),
            FieldType::Number => f.write_str("number"),
            FieldType::Boolean => f.write_str("boolean"),
            FieldType::Date => f.write_str("date"),
            FieldType::Duration => f.write_str("duration"),
            FieldType::Range => f.write_str("range"),
            FieldType::Url => f.write_str("url"),
            FieldType::Email => f.write_str("email"),
            FieldType::Choice => f.write_str("choice"),
            FieldType::Reference(kind) if kind.is_empty() => f.write_str("reference"),
            FieldType::Reference(kind) => write!(f, "reference to {kind}"),
            FieldType::Image => f.write_str("image"),
            FieldType::List(item) => write!(f, "list of {item}"),
        }
    }
}
