//! Values of fields as readers of a language write them: numbers, days, lengths of time, yes and no.
//!
//! Words come from the theme (`yes`, `range`, `days`…); numbers are written as the Unicode locale data says.

use super::functions::date_in;
use super::reader::Reader;
use crate::schema::{Field, FieldValue, Length};
use crate::site::LangIndex;
use crate::template::fill;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};

/// The language in which values are written.
#[derive(Clone, Copy)]
pub(super) struct Voice<'r> {
    reader: &'r Reader,
    lang: LangIndex,
    code: &'r str,
}

impl<'r> Voice<'r> {
    /// The voice of a language of the site.
    pub fn new(reader: &'r Reader, code: &'r str) -> Voice<'r> {
        let languages = &reader.unrecorded().config.languages;
        let lang = languages.iter().position(|l| l.code == code).map_or(reader.lang, |i| i as LangIndex);
        Voice { reader, lang, code }
    }

    /// The code of the language.
    pub fn code(&self) -> &'r str {
        self.code
    }

    fn text(&self, key: &str, n: Option<i64>) -> Option<&'r str> {
        self.reader.text(self.lang, key, n)
    }

    /// One value: a choice by its label; several are joined by commas.
    pub fn says(&self, field: Option<&Field>, value: &FieldValue) -> String {
        match value {
            FieldValue::List(items) => {
                items.iter().map(|item| self.says(field, item)).collect::<Vec<_>>().join(", ")
            }
            FieldValue::Text(text) => {
                let choice = field.and_then(|f| f.choices.iter().find(|c| c.value == *text));
                choice.map_or_else(|| text.clone(), |c| c.label.get(self.code).to_owned())
            }
            FieldValue::Integer(n) => number(&n.to_string(), self.code),
            FieldValue::Number(n) => number(&n.to_string(), self.code),
            FieldValue::Boolean(yes) => self.truth(*yes),
            FieldValue::Date(day) => date_in(self.reader, self.lang, &day.to_string()),
            FieldValue::Duration(length) => self.length(*length),
            FieldValue::Range(from, to) => self.range(*from, *to),
        }
    }

    /// Yes or no.
    pub fn truth(&self, yes: bool) -> String {
        let (key, english) = if yes { ("yes", "Yes") } else { ("no", "No") };
        self.text(key, None).unwrap_or(english).to_owned()
    }

    fn length(&self, length: Length) -> String {
        match self.text(length.unit.key(), Some(length.count)) {
            Some(text) => {
                fill(text, &|name| (name == "n").then(|| number(&length.count.to_string(), self.code)))
            }
            None => length.to_string(),
        }
    }

    fn range(&self, from: f64, to: Option<f64>) -> String {
        let written = |n: f64| number(&n.to_string(), self.code);
        let key = match to {
            Some(to) if to == from => return written(from),
            Some(_) => "range",
            None => "range_up",
        };
        match self.text(key, None) {
            Some(text) => fill(text, &|name| match name {
                "from" => Some(written(from)),
                "to" => to.map(written),
                _ => None,
            }),
            None => to.map_or_else(|| written(from) + "+", |to| format!("{}–{}", written(from), written(to))),
        }
    }
}

/// A number as readers of the language write it, in the digits that dates have too. A year keeps its four digits together.
pub(super) fn number(digits: &str, code: &str) -> String {
    let written = || {
        let locale = icu_locale_core::Locale::try_from_str(&format!("{code}-u-nu-latn")).ok()?;
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Min2);
        let decimal = Decimal::try_from_str(digits).ok()?;
        Some(DecimalFormatter::try_new(locale.into(), options).ok()?.format(&decimal).to_string())
    };
    written().unwrap_or_else(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_readers_write_them() {
        for (digits, code, written) in [
            ("2.5", "en", "2.5"),
            ("2.5", "es", "2,5"),
            ("2.5", "es-MX", "2.5"),
            ("2027", "en", "2027"),
            ("12000", "en", "12,000"),
            ("12000", "de", "12.000"),
            ("12000.5", "fr", "12\u{202f}000,5"),
            ("7", "ar", "7"),
            ("-3", "en", "-3"),
            ("7", "not a language", "7"),
        ] {
            assert_eq!(number(digits, code), written, "{digits} {code}");
        }
    }
}
