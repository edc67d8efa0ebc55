//! What templates see: pages, cards, entries and links as tera values.
//!
//! Each function here reads through the `Reader`, so a value that a template gets is recorded as it is made.
//! The keys are the template contract, documented for theme authors; every change here is a change there.

use super::card::tag_links;
use super::fields::{self, Written};
use super::reader::Reader;
use super::record::Record;
use crate::config::Config;
use crate::document::Heading;
use crate::schema::Localized;
use crate::site::{Node, NodeIndex, Translation};
use crate::source::Span;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::BTreeMap;
use tera::Value;

/// Makes a map value from literal keys.
macro_rules! map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::render::context::map_of([$(($key, tera::Value::from($value))),*])
    };
}
pub(crate) use map;

pub use super::entry::entry;

/// The pairs of a map that is being made, in the order written.
struct Pairs<'a>(&'a [(&'static str, Value)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("map", self.0.len())?;
        for (key, value) in self.0 {
            fields.serialize_field(key, value)?;
        }
        fields.end()
    }
}

/// A map value of distinct keys in the order written. Tera makes its own map out of any that it is given, and hashes
/// each key for it; only what it takes for a struct does not have to be another map before. These maps are a good part
/// of what a page costs.
pub(crate) fn map_of<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    map_from(&pairs)
}

/// As [`map_of`], of as many keys as there are.
pub(super) fn map_from(pairs: &[(&'static str, Value)]) -> Value {
    // Nothing that can fail is serialised: tera takes its own values as they are.
    Value::try_from_serializable(&Pairs(pairs)).unwrap_or_else(|_| Value::none())
}

pub(super) fn text(value: Option<&str>) -> Value {
    value.map_or_else(Value::none, Value::from)
}

/// The outline as nested values.
pub fn outline(headings: &[Heading<'_>]) -> Value {
    fn level(headings: &[Heading<'_>], at: &mut usize, depth: u8) -> Vec<Value> {
        let mut out = Vec::new();
        while let Some(heading) = headings.get(*at) {
            if heading.level < depth {
                break;
            }
            *at += 1;
            let children = match headings.get(*at) {
                Some(next) if next.level > heading.level => level(headings, at, heading.level + 1),
                _ => Vec::new(),
            };
            out.push(map! {
                "id": heading.id,
                "title": heading.title,
                "level": u64::from(heading.level),
                "children": children,
            });
        }
        out
    }
    let mut at = 0;
    Value::from(level(headings, &mut at, 0))
}

/// `page` as templates see it; `headings` are those of its outline for who has them. The caller has recorded the document.
pub fn page(reader: &Reader, index: NodeIndex, node: &Node, headings: Option<Vec<Heading<'_>>>) -> Value {
    let world = reader.unrecorded();
    let summary = &node.document.summary;
    let kind = world.config.kinds.get(&summary.kind);
    let code = reader.lang_code();
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(Value::none, |d| Value::from(d.to_string()));
    let mut page = Record::new(reader);
    page.put("title", || summary.title.as_str());
    page.put("nav_title", || node.nav_title());
    page.put("description", || text(summary.description.as_deref()));
    page.put("kind", || summary.kind.as_str());
    page.put("kind_label", || kind.map_or("", |k| k.label.get(code)));
    page.put("lang", || &*node.document.lang);
    page.put("dir", || dir_of(reader, &node.document.lang));
    page.put("path", || &*node.address);
    page.put("url", || reader.url(&node.address));
    page.put("source", || &*node.logical);
    page.put("file", || node.document.path.as_str());
    page.put("canonical", || world.canonical(&node.address));
    page.put("is_home", || &*node.logical == "index.md");
    page.put("is_section", || node.is_section());
    page.put("tags", || tag_links(reader, node));
    page.put("updated", || day(super::changes::last(reader, node)));
    page.put("reviewed", || day(summary.reviewed));
    page.put("review_due", || reader.review_due(reader.lang, node));
    page.put("owner", || text(summary.owner.as_deref()));
    page.put("publish", || day(summary.publish));
    page.put("changes", || super::changes::of_page(reader, node));
    page.put("hidden", || !node.listed);
    page.put("draft", || summary.draft);
    page.put("search", || summary.search);
    page.put("entries_kind", || text(summary.entries_kind.as_deref()));
    page.put("entry_count", || summary.entries.len());
    page.put("outline", || match headings {
        Some(headings) => outline(&headings),
        None => reader.body(node).as_deref().map_or_else(
            || Value::from(Vec::<Value>::new()),
            |body| outline(&body.headings().collect::<Vec<_>>()),
        ),
    });
    let written = Written { index, node, spans: &summary.spans, span: Span::default(), id: "" };
    let values = (&*summary.title, &summary.fields);
    fields::put(&mut page, reader, reader.lang, kind, values, Some(written), &node.document.lang);
    page.put("translation", || map! {"status": translation_name(node.translation)});
    page.put("word_count", || u64::from(summary.word_count));
    page.done()
}

/// The name of a translation's state in templates.
pub fn translation_name(translation: Translation) -> &'static str {
    match translation {
        Translation::Original | Translation::Only => "none",
        Translation::Current | Translation::Unstamped => "current",
        Translation::Outdated => "outdated",
        Translation::Fallback => "fallback",
    }
}

/// `site` as templates see it.
pub fn site(config: &Config, base_url: Option<&str>) -> BTreeMap<String, Value> {
    // One value a language, since titles are localised.
    config
        .languages
        .iter()
        .map(|language| {
            let code = language.code.as_str();
            let localized = |t: &Localized| text(Some(t.get(code)).filter(|t| !t.is_empty()));
            let optional = |t: &Option<Localized>| t.as_ref().map_or_else(Value::none, localized);
            let contact = &config.contact;
            let languages: Vec<Value> = config
                .languages
                .iter()
                .map(|l| map! {"code": l.code.as_str(), "name": l.name.as_str(), "dir": dir(l.rtl), "unreviewed": l.unreviewed})
                .collect();
            let value = map! {
                "title": localized(&config.title),
                "description": localized(&config.description),
                "district": localized(&config.district),
                "contact": map! {
                    "name": optional(&contact.name),
                    "role": optional(&contact.role),
                    "phone": text(contact.phone.as_deref()),
                    "email": text(contact.email.as_deref()),
                    "hours": optional(&contact.hours),
                    "office": optional(&contact.office),
                    "address": text(contact.address.as_deref()),
                    "url": text(contact.url.as_deref()),
                    "note": optional(&contact.note),
                },
                "languages": languages,
                "default_language": config.default_language(),
                "base_url": text(base_url),
                "brand": map! {
                    "color": text(config.brand_color.as_ref().map(|(c, _)| c.as_str())),
                    "logo": text(config.brand_logo.as_ref().map(|(logo, _)| logo.as_str())),
                },
                "settings": Value::from_serializable(&config.theme_settings.value(code)),
                "reviewer": config.reviewer.as_ref().map_or_else(Value::none, |name| map! {
                    "name": name.as_str(),
                    "date": config.reviewed.map_or_else(Value::none, |d| Value::from(d.to_string())),
                }),
                "license": localized(&config.license),
            };
            (language.code.clone(), value)
        })
        .collect()
}

/// `rtl` or `ltr`.
pub fn dir(rtl: bool) -> &'static str {
    if rtl { "rtl" } else { "ltr" }
}

/// The direction of the script in which a language is written.
pub fn dir_of(reader: &Reader, code: &str) -> &'static str {
    dir(reader.unrecorded().config.language(code).is_some_and(|l| l.rtl))
}

/// The link to a page by its short title, with the language that the title is written in: where a translation is
/// missing, that is not the language of the page around it.
pub fn page_link(reader: &Reader, node: &Node) -> Value {
    map! {
        "title": node.nav_title(), "url": reader.url(&node.address),
        "lang": &*node.document.lang, "dir": dir_of(reader, &node.document.lang),
    }
}
