//! The filters that templates have beside Tera's own.
//!
//! Those that write for readers (`date`, `number`) go by the language of the view; the others read nothing of the site.

use super::super::values;
use super::{ReaderSlots, arguments, texts};
use crate::source::{address, html};
use crate::template::refused;
use std::sync::Arc;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Their names.
#[cfg(test)]
pub(super) const NAMES: &[&str] =
    &["date", "folder", "ical", "json", "number", "slugify", "stem", "striptags", "urlencode"];

/// Registers them; `slot` is that of the functions.
pub(super) fn register(tera: &mut Tera, slots: &Arc<ReaderSlots>, slot: usize) {
    filter(tera, "stem", |address: &str| {
        let name = file(address).rsplit('/').next().unwrap_or("");
        if name.contains(".html") || name.contains(".md") {
            return Value::from(name.replace(".html", "").replace(".md", ""));
        }
        Value::from(name)
    });
    filter(tera, "folder", |address| Value::from(file(address).rsplit('/').nth(1).unwrap_or("")));
    filter(tera, "slugify", |text| Value::from(crate::markdown::slug(text)));
    filter(tera, "urlencode", |text| Value::from(address::part_escape(text)));
    filter(tera, "striptags", |text| Value::from(words(text)));
    filter(tera, "ical", |text| Value::safe_string(&ical(text)));
    tera.register_filter("json", |value: Value, k: Kwargs, _: &State| {
        arguments::check_filter("json", &k)?;
        json(&value)
    });
    let own = slots.clone();
    tera.register_filter("number", move |value: Value, k: Kwargs, _: &State| {
        arguments::check_filter("number", &k)?;
        number(&own, slot, &value)
    });
    let own = slots.clone();
    tera.register_filter("date", move |value: Value, k: Kwargs, _: &State| {
        arguments::check_filter("date", &k)?;
        texts::day(&*own.reader(slot)?, &value, &k)
    });
}

/// Registers a filter of texts that takes nothing else.
fn filter(tera: &mut Tera, name: &'static str, make: impl Fn(&str) -> Value + Send + Sync + 'static) {
    tera.register_filter(name, move |text: &str, k: Kwargs, _: &State| -> TeraResult<Value> {
        arguments::check_filter(name, &k)?;
        Ok(make(text))
    });
}

/// An address without its anchor.
fn file(address: &str) -> &str {
    address.split('#').next().unwrap_or("")
}

/// The words of HTML, as plain text.
fn words(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    for piece in html::pieces(markup) {
        if let html::Piece::Text(range) = piece {
            out.push_str(&html::resolved(markup.get(range).unwrap_or("")));
        }
    }
    out
}

/// A text as it stands in a calendar (RFC 5545, 3.3.11).
fn ical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}

/// A value as JSON that may stand in a script element and between the single quotes of an attribute: the signs that would
/// end either are written as codes, which mean the same to whoever reads JSON.
fn json(value: &Value) -> TeraResult<Value> {
    let text = serde_json::to_string(value).map_err(|error| {
        refused(
            format!("json: the value cannot be written as JSON: {error}"),
            "Write a list, a map, a text or a number.",
        )
    })?;
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '\'' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    Ok(Value::safe_string(&out))
}

/// A number as readers of the view's language write it.
fn number(slots: &ReaderSlots, slot: usize, value: &Value) -> TeraResult<Value> {
    if value.is_none() {
        return Ok(Value::none());
    }
    let written = value.to_string();
    if written.parse::<f64>().is_err() {
        return Err(refused(
            format!("number: \"{written}\" is no number"),
            "Write it with figures alone, such as 12000 or 2.5.",
        ));
    }
    Ok(Value::from(values::number(&written, slots.reader(slot)?.lang_code())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_calendars() {
        assert_eq!(ical("Snow, ice; a\\b\r\nno school"), "Snow\\, ice\\; a\\\\b\\nno school");
    }

    #[test]
    fn words_of_html_and_json_for_a_page() {
        assert_eq!(words("<p>A &amp; <b>b</b><!-- c --><script>d()</script></p>"), "A & b");
        let value = Value::from("</script> & 'it' \"is\"");
        assert_eq!(
            json(&value).unwrap().as_str(),
            Some("\"\\u003c/script\\u003e \\u0026 \\u0027it\\u0027 \\\"is\\\"\"")
        );
        assert_eq!(
            json(&Value::from(vec![Value::from(1), Value::none()])).unwrap().as_str(),
            Some("[1,null]")
        );
    }
}
