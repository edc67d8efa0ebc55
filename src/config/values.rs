//! Words of the settings that pages may name in braces: `{contact.phone}`, `{district}`, and the site's own `values`.
//!
//! Only names that there are, and those that are nearly one, are looked at: all other braces are text. [`Words`] answers for
//! the language of one page; the parser of markdown and the reader of front matter ask it, so that rules, search and glossary
//! see what families see.

use super::Config;
use super::called::called;
use super::keys::CONTACT;
use super::table::{Report, localized};
use super::yaml::{Node, NodeValue};
use crate::diag::{Diagnostic, closest, code};
use crate::schema::Localized;
use crate::source::{SourcePath, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// Maximum length of a name that is looked at, in bytes.
const MAX_NAME_BYTES: usize = 64;
/// Minimum length of a name that is compared with others, in bytes: a shorter one is near to any other.
const MIN_SIMILAR_BYTES: usize = 4;

/// The left-to-right mark (Unicode U+200E): it is not seen, and what follows it keeps its order.
pub const LEFT_TO_RIGHT: &str = "\u{200e}";

/// All names with their texts; one without a text is known and not set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    texts: BTreeMap<String, Localized>,
    /// Codes of the site's languages that are written from right to left.
    rtl: Vec<String>,
}

impl Values {
    /// The names of the settings of a site, and its own.
    pub(super) fn of(config: &Config, own: BTreeMap<String, Localized>) -> Values {
        let contact = &config.contact;
        let plain = |text: &Option<String>| text.clone().map(Localized::plain).unwrap_or_default();
        let localized = |text: &Option<Localized>| text.clone().unwrap_or_default();
        let of_contact = [
            ("name", localized(&contact.name)),
            ("role", localized(&contact.role)),
            ("phone", plain(&contact.phone)),
            ("email", plain(&contact.email)),
            ("hours", localized(&contact.hours)),
            ("office", localized(&contact.office)),
            ("address", plain(&contact.address)),
            ("url", plain(&contact.url)),
            ("note", localized(&contact.note)),
        ];
        debug_assert!(CONTACT.iter().all(|key| of_contact.iter().any(|(name, _)| *name == key.name)));
        let mut all: BTreeMap<String, Localized> =
            of_contact.into_iter().map(|(name, text)| (format!("contact.{name}"), text)).collect();
        all.insert("title".to_owned(), config.title.clone());
        all.insert("district".to_owned(), config.district.clone());
        all.extend(own);
        let rtl = config.languages.iter().filter(|l| l.rtl).map(|l| l.code.clone()).collect();
        Values { texts: all, rtl }
    }

    /// Whether there is a word of that name, set or not.
    pub fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// The words that are the site's own: neither those of `contact` nor the title and the district.
    pub fn own(&self) -> impl Iterator<Item = (&str, &Localized)> {
        let is_own = |name: &str| !name.contains('.') && !matches!(name, "title" | "district");
        self.texts.iter().map(|(name, text)| (name.as_str(), text)).filter(move |(name, _)| is_own(name))
    }
}

/// Reads `values`.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> BTreeMap<String, Localized> {
    let mut own = BTreeMap::new();
    let NodeValue::Map(entries) = &node.value else {
        let message = format!("`values` must hold lines of `name: text`, not {}", node.describe());
        report.error(code::WRONG_TYPE, node.span, message, "write each name on a line of its own, indented");
        return own;
    };
    for (key, value) in entries {
        let name = key.text.as_str();
        let is_name = name.len() < MAX_NAME_BYTES
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_name {
            let help = "write small letters, digits and _, with a letter first, such as school_year";
            report.error(code::BAD_CONFIG, key.span, format!("`{name}` cannot be the name of a value"), help);
        } else if matches!(name, "title" | "district") {
            let help = "give it another name";
            let message = format!("`{name}` is a setting already, which pages name as {{{name}}}");
            report.error(code::BAD_CONFIG, key.span, message, help);
        } else {
            own.insert(name.to_owned(), localized(name, value, report).unwrap_or_default());
        }
    }
    own
}

/// Tells of words that are named in the settings which are words themselves: `title`, `district`, `contact` and `values`.
pub(super) fn tell_nested(values: &Values, node: &Node, report: &mut Report<'_>) {
    match &node.value {
        NodeValue::Map(entries) => entries.iter().for_each(|(_, node)| tell_nested(values, node, report)),
        NodeValue::Scalar { text, .. } => {
            let named = Words::new(values, "").named(text).next();
            let Some(name) = named.and_then(|named| text.get(named.range)) else { return };
            let message = format!("{name} is not replaced here: this text is a word of the settings itself");
            let help = "Write the text out here.";
            let d = Diagnostic::warning(code::UNKNOWN_VALUE, report.path, node.span, message);
            report.diagnostics.push(d.help(help));
        }
        _ => {}
    }
}

/// The words for the pages of one language.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    values: Option<&'a Values>,
    lang: &'a str,
}

/// A name in braces, as a page has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// Its place, with the braces.
    pub range: Range<usize>,
    /// What it stands for, or what is wrong.
    pub word: Result<&'a str, Fault>,
}

/// What is wrong with a name in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is a setting that has no value.
    Unset(String),
    /// It is nearly this name.
    Near(String, String),
}

impl Fault {
    /// The problem, at its place.
    pub fn told(&self, path: &SourcePath, span: Span) -> Diagnostic {
        match self {
            Fault::Unset(name) => {
                let key = name.replace('.', ": ");
                let message = format!("{{{name}}} is not set in site.yaml, so there is nothing to show");
                let help = format!(
                    "Write {key}: and its text into site.yaml. If the braces are meant, write \\{{{name}}}."
                );
                Diagnostic::error(code::UNKNOWN_VALUE, path, span, message).help(help)
            }
            Fault::Near(name, near) => {
                let message = format!("{{{name}}} is no word of the settings, so the page shows it as it is");
                let help = format!("Did you mean {{{near}}}? If the braces are meant, write \\{{{name}}}.");
                Diagnostic::warning(code::UNKNOWN_VALUE, path, span, message).help(help)
            }
        }
    }
}

impl<'a> Words<'a> {
    /// The words of a site for pages in `lang`.
    pub fn new(values: &'a Values, lang: &'a str) -> Words<'a> {
        Words { values: Some(values), lang }
    }

    /// All names in braces in `text` that there are or nearly are, in order.
    pub fn named(self, text: &str) -> impl Iterator<Item = Named<'a>> {
        let values = self.values.filter(|_| text.contains('{'));
        let opens = values.into_iter().flat_map(move |values| {
            memchr::memchr_iter(b'{', text.as_bytes())
                .filter_map(move |open| Some((values, braces(text, open)?)))
        });
        opens.filter_map(move |(values, (range, inner))| {
            let word = self.word(values, inner)?;
            Some(Named { range, word })
        })
    }

    /// Whether a mark must stand before the value `word` in running text. Where words run from right to left, the groups of a
    /// number such as 207-555-0142 or 2026-27 would change their places (Unicode Bidirectional Algorithm, rules W2 and W4).
    pub fn needs_mark(self, word: &str) -> bool {
        let first = word.find(char::is_alphabetic).map_or(word, |end| &word[..end]);
        let is_rtl = self.values.is_some_and(|values| values.rtl.iter().any(|code| code == self.lang));
        is_rtl && first.contains(|c: char| c.is_ascii_digit())
    }

    fn word(self, values: &'a Values, inner: &str) -> Option<Result<&'a str, Fault>> {
        if let Some(text) = values.texts.get(inner) {
            let text = text.get(self.lang);
            return Some(if text.is_empty() { Err(Fault::Unset(inner.to_owned())) } else { Ok(text) });
        }
        let name = inner.trim();
        if name.len() < MIN_SIMILAR_BYTES {
            return None;
        }
        let plain = name.to_ascii_lowercase().replace(['-', ' '], "_");
        let part = values.texts.keys().find(|known| known.rsplit('.').next() == Some(plain.as_str()));
        // Of several words only a name that is written with spaces: the rest is a place to fill in on paper.
        let known = || values.texts.keys().map(String::as_str);
        let near = match name.contains(' ') {
            true => known().find(|known| known.replace('.', "_") == plain),
            false => closest(&plain, known()),
        };
        // Whatever else follows, a word of the contact is meant.
        let contact = || plain.starts_with("contact.").then_some("contact.phone");
        let near = part.map(String::as_str).or(near).or_else(contact)?;
        Some(Err(Fault::Near(inner.to_owned(), near.to_owned())))
    }

    /// A text of front matter or a field with its words in place; what is wrong is told at `span`.
    pub fn fill(self, text: String, path: &SourcePath, span: Span, told: &mut Vec<Diagnostic>) -> String {
        if !text.contains('{') {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for named in self.named(&text) {
            match named.word {
                Ok(word) => {
                    out.push_str(&text[done..named.range.start]);
                    out.push_str(word);
                    done = named.range.end;
                }
                Err(fault) => told.push(fault.told(path, span)),
            }
        }
        out.push_str(&text[done..]);
        if self.values.is_none() {
            return out;
        }
        for component in called(&text) {
            let written = &text[component.range];
            let message = format!("{written} is a component, which cannot stand here");
            let help =
                format!("Write it into the text of the page. If the braces are meant, write \\{written}.");
            told.push(Diagnostic::error(code::INLINE_COMPONENT, path, span, message).help(help));
        }
        out.replace("\\{", "{")
    }
}

/// The braces that open at `open`, and what stands between them, if it may be a name. Those of other tools are none:
/// `{{ name }}`, `${name}`, `\{name}`.
fn braces(text: &str, open: usize) -> Option<(Range<usize>, &str)> {
    let before = &text[..open];
    let escapes = before.bytes().rev().take_while(|b| *b == b'\\').count();
    if escapes % 2 == 1 || before.ends_with(['{', '$', '%', '#', '@']) {
        return None;
    }
    let rest = &text[open + 1..];
    let end = rest.bytes().take(MAX_NAME_BYTES).position(|b| b == b'}')?;
    let inner = &rest[..end];
    let name = inner.trim_matches(' ');
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' '));
    (is_name && !rest[end + 1..].starts_with('}')).then_some((open..open + end + 2, inner))
}

/// The address that a link to the value leads to: of a telephone number, a mailbox, a web address.
pub fn address(value: &str) -> Option<String> {
    let value = value.trim();
    let is_web = value.starts_with("https://") || value.starts_with("http://");
    if is_web && !value.contains(char::is_whitespace) {
        return Some(value.to_owned());
    }
    if crate::schema::scalar::email(value).is_ok() {
        return Some(format!("mailto:{value}"));
    }
    // "(555) 555-0100, extension 12": the first number counts.
    let number = value.split([',', ';', 'e', 'x', 'E', 'X']).next().unwrap_or(value);
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || " +-().\u{a0}\u{2011}\u{2013}".contains(c));
    (is_number && digits.len() >= 3).then(|| format!("tel:{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        let own = [("school_year".to_owned(), Localized::plain("2026-27"))].into();
        let contact = super::super::Contact { phone: Some("555-0100".into()), ..Default::default() };
        let district = Localized([("en".into(), "Oak".into()), ("es".into(), "Roble".into())].into());
        Values::of(&Config { contact, district, ..Config::default() }, own)
    }

    #[test]
    fn only_names_of_the_settings_are_words() {
        let values = values();
        let found = |text: &str| {
            let named = Words::new(&values, "es").named(text);
            named.map(|n| (text[n.range].to_owned(), n.word.map(str::to_owned))).collect::<Vec<_>>()
        };
        let ok = |name: &str, text: &str| vec![(name.to_owned(), Ok(text.to_owned()))];
        assert_eq!(found("Call {contact.phone}."), ok("{contact.phone}", "555-0100"));
        assert_eq!(found("{district}"), ok("{district}", "Roble"));
        assert_eq!(found("\\\\{school_year}"), ok("{school_year}", "2026-27"));
        for text in [
            "{x}",
            "{n}",
            "{}",
            "{",
            "{contact.phone",
            "\\{district}",
            "{{district}}",
            "{{ district }}",
            "${district}",
            "{% district %}",
            "{#district}",
            "{#id .class}",
            "{\"district\": 1}",
            "{1}",
            "{a b}",
            "{school year 2}",
            "{name of the school}",
            "{phone number}",
            "{日本}",
            "{name|date}",
            "{some_long_other_name}",
            "#{district}",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
        for (text, near) in [
            ("{contact.phne}", "contact.phone"),
            ("{ district }", "district"),
            ("{District}", "district"),
            ("{phone}", "contact.phone"),
            ("{school-year}", "school_year"),
            ("{scool_year}", "school_year"),
            ("{school year}", "school_year"),
            ("{ School Year }", "school_year"),
            ("{contact phone}", "contact.phone"),
        ] {
            let fault = Fault::Near(text[1..text.len() - 1].to_owned(), near.to_owned());
            assert_eq!(found(text), [(text.to_owned(), Err(fault))], "{text}");
        }
        assert_eq!(
            found("{contact.email}"),
            [("{contact.email}".to_owned(), Err(Fault::Unset("contact.email".into())))]
        );
    }

    #[test]
    fn values_that_are_addresses() {
        for (value, wanted) in [
            ("555-0100", Some("tel:5550100")),
            ("+1 (555) 555-0100", Some("tel:+15555550100")),
            ("555-0100 ext. 12", Some("tel:5550100")),
            ("ot@example.org", Some("mailto:ot@example.org")),
            ("https://example.org/a", Some("https://example.org/a")),
            ("Room 100", None),
            ("2026/27", None),
            ("Oak", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(address(value).as_deref(), wanted, "{value}");
        }
    }
}
