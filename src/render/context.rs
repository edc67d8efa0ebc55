//! What templates see: pages, cards, entries and links as tera values.
//!
//! Each function here reads through the `Reader`, so a value that a template gets is recorded as it is made.
//! The keys are the template contract, documented for theme authors; every change here is a change there.

use super::body::{Fill, escape};
use super::card::tag_links;
use super::reader::Reader;
use crate::config::Config;
use crate::document::{Body, ByName, EntrySummary, Heading, SlotKind};
use crate::markdown;
use crate::schema::{Field, FieldType, FieldValue, Kind, Localized};
use crate::site::{LangIndex, Node, NodeIndex, Translation};
use crate::source::Span;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::BTreeMap;
use tera::value::Key;
use tera::{Map, Value};

/// Makes a map value from literal keys.
macro_rules! map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::render::context::map_of([$(($key, tera::Value::from($value))),*])
    };
}
pub(crate) use map;

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
    // Nothing that can fail is serialised: tera takes its own values as they are.
    Value::try_from_serializable(&Pairs(&pairs)).unwrap_or_else(|_| Value::none())
}

/// The value of a map without anything in it: made once, then shared.
fn empty_map() -> Value {
    static EMPTY: std::sync::OnceLock<Value> = std::sync::OnceLock::new();
    EMPTY.get_or_init(|| Value::from(Map::default())).clone()
}

pub(super) fn text(value: Option<&str>) -> Value {
    value.map_or_else(Value::none, Value::from)
}

/// A field's value as data.
pub fn field_value(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(t) => Value::from(t.as_str()),
        FieldValue::Integer(n) => Value::from(*n),
        FieldValue::Number(n) => Value::from(*n),
        FieldValue::Boolean(b) => Value::from(*b),
        FieldValue::Date(d) => Value::from(d.to_string()),
        FieldValue::List(items) => Value::from(items.iter().map(field_value).collect::<Vec<_>>()),
    }
}

/// One value of a field as readers of `lang` see it: a choice by its label.
fn display(field: Option<&Field>, value: &FieldValue, lang: &str, reader: &Reader) -> String {
    match value {
        FieldValue::List(items) => {
            items.iter().map(|v| display(field, v, lang, reader)).collect::<Vec<_>>().join(", ")
        }
        FieldValue::Text(t) => {
            let choice = field.and_then(|f| f.choices.iter().find(|c| c.value == *t));
            choice.map_or_else(|| t.clone(), |c| c.label.get(lang).to_string())
        }
        FieldValue::Date(day) => super::functions::date_text(reader, &day.to_string()),
        other => other.display(),
    }
}

/// The kind that a reference field refers to.
fn reference(ty: &FieldType) -> Option<&str> {
    match ty {
        FieldType::Reference(kind) => Some(kind),
        FieldType::List(item) => reference(item),
        _ => None,
    }
}

/// Where the fields that are shown were written.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    index: NodeIndex,
    node: &'a Node,
    spans: &'a ByName<Span>,
}

/// Whether a field holds markdown.
fn is_markdown(ty: &FieldType) -> bool {
    match ty {
        FieldType::Markdown => true,
        FieldType::List(item) => is_markdown(item),
        _ => false,
    }
}

/// The markdown of a field as HTML, without the paragraph around it. Links and images are those of its page; glossary
/// words and components are not looked for: a component may show the very fields that are being made.
fn markdown(reader: &Reader, written: Written<'_>, text: &str, span: Span) -> String {
    let options = markdown::Options {
        path: &written.node.document.path,
        offset: span.start as usize,
        raw_html: markdown::RawHtml::Escape,
        flavor: markdown::Flavor::Guide,
        entry_level: None,
    };
    let parsed = markdown::parse(text, &options);
    for found in parsed.diagnostics {
        reader.report(found);
    }
    let mut body = parsed.value.body;
    body.slots.keep(|kind| matches!(kind, SlotKind::Link(_) | SlotKind::LinkText(_) | SlotKind::Image(_)));
    let html = Fill::new(reader, written.index, written.node).page(&body);
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>")).filter(|h| !h.contains("<p>"));
    inner.unwrap_or(html).to_owned()
}

/// A field's value as safe HTML: references as links, markdown as HTML, the rest escaped.
fn html(
    reader: &Reader,
    lang: LangIndex,
    written: Written<'_>,
    field: &Field,
    value: &FieldValue,
    code: &str,
) -> String {
    let mut out = String::new();
    for (i, item) in value.items().iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        if let Some(text) = item.as_text().filter(|_| is_markdown(&field.ty)) {
            let span = written.spans.get(&*field.name).copied().unwrap_or_default();
            out.push_str(&markdown(reader, written, text, span));
            continue;
        }
        let target = reference(&field.ty).zip(item.as_text());
        let found = target.and_then(|(kind, name)| {
            let at = reader.named_entry(lang, kind, name)?;
            reader.entry(lang, at)
        });
        match found {
            Some((node, entry)) => {
                out.push_str("<a href=\"");
                if *node.address != *reader.here {
                    out.push_str(&reader.url(&node.address));
                }
                out.push('#');
                crate::source::url_escape(&entry.id, &mut out);
                out.push_str("\">");
                escape(&entry.title, &mut out);
                out.push_str("</a>");
            }
            None => escape(&display(Some(field), item, code, reader), &mut out),
        }
    }
    out
}

/// `fields`, `labels`, `text` and `html` of a set of fields, in the order of the kind.
pub(super) fn fields(
    reader: &Reader,
    lang: LangIndex,
    kind: Option<&Kind>,
    values: &ByName<FieldValue>,
    written: Option<Written<'_>>,
    code: &str,
) -> [Value; 4] {
    if kind.is_none_or(|k| k.fields.is_empty()) {
        return std::array::from_fn(|_| empty_map());
    }
    let (mut raw, mut labels, mut texts, mut htmls) =
        (Map::default(), Map::default(), Map::default(), Map::default());
    for field in kind.map_or(&[][..], |k| k.fields.as_slice()) {
        let key = || Key::String(field.name.as_str().into());
        labels.insert(key(), Value::from(field.label.get(code)));
        match values.get(&*field.name) {
            Some(value) => {
                raw.insert(key(), field_value(value));
                texts.insert(key(), Value::from(display(Some(field), value, code, reader)));
                htmls.insert(
                    key(),
                    written.map_or_else(Value::none, |written| {
                        Value::safe_string(&html(reader, lang, written, field, value, code))
                    }),
                );
            }
            None => {
                raw.insert(key(), Value::none());
                texts.insert(key(), Value::none());
                htmls.insert(key(), Value::none());
            }
        }
    }
    [Value::from(raw), Value::from(labels), Value::from(texts), Value::from(htmls)]
}

/// An entry as templates see it. `body` is its filled text when the caller has it; otherwise it is made here.
pub fn entry(
    reader: &Reader,
    lang: LangIndex,
    index: NodeIndex,
    node: &Node,
    number: u32,
    body: Option<String>,
) -> Value {
    let Some(summary) = node.document.summary.entries.get(number as usize) else { return Value::none() };
    let kind = reader.fixed().config.kinds.get(&summary.kind);
    let body = body.unwrap_or_else(|| {
        let found = reader.body(node);
        let own = found.as_deref().and_then(|b| b.entries.get(number as usize));
        own.map_or_else(String::new, |b| Fill::new(reader, index, node).entry(number, b))
    });
    let same = *node.address == *reader.here;
    let mut url = if same { String::new() } else { reader.url(&node.address) };
    url.push('#');
    crate::source::url_escape(&summary.id, &mut url);
    report_references(reader, lang, kind, node, summary);
    // The labels and choices are in the language of the text that stands beside them.
    let written = Some(Written { index, node, spans: &summary.spans });
    let [raw, labels, texts, htmls] =
        fields(reader, lang, kind, &summary.fields, written, &node.document.lang);
    map! {
        "kind": summary.kind.as_str(),
        "kind_label": kind.map_or("", |k| k.label.get(&node.document.lang)),
        "title": summary.title.as_str(),
        "id": &*summary.id,
        "url": url,
        "group": text(summary.group.as_deref()),
        "level": u64::from(summary.level),
        "fields": raw,
        "labels": labels,
        "text": texts,
        "html": htmls,
        "excerpt": summary.excerpt.as_str(),
        "body": Value::safe_string(&body),
        "page": map! {
            "title": node.document.summary.title.as_str(),
            "url": reader.url(&node.address),
            "source": &*node.logical,
        },
        "lang": &*node.document.lang,
        "dir": dir_of(reader, &node.document.lang),
    }
}

/// Reports references of an entry that lead nowhere.
fn report_references(
    reader: &Reader,
    lang: LangIndex,
    kind: Option<&Kind>,
    node: &Node,
    entry: &EntrySummary,
) {
    let Some(kind) = kind else { return };
    for field in &kind.fields {
        let (Some(target), Some(value)) = (reference(&field.ty), entry.fields.get(&*field.name)) else {
            continue;
        };
        if target.is_empty() || target == "entry" || target == "page" {
            continue;
        }
        for name in value.items().iter().filter_map(FieldValue::as_text) {
            if reader.named_entry(lang, target, name).is_some() {
                continue;
            }
            let span = entry.spans.get(&*field.name).copied().unwrap_or(entry.span);
            let help = match reader.near_entry(lang, target, name) {
                Some(near) => format!("Did you mean {near}?"),
                None => "Write the id or the exact name of an entry, as it stands in its heading.".into(),
            };
            reader.report(
                crate::diag::Diagnostic::error(
                    crate::diag::code::BROKEN_REFERENCE,
                    &node.document.path,
                    span,
                    format!("\"{name}\" is no {} of this guide.", kind_name(reader, target)),
                )
                .help(help),
            );
        }
    }
}

fn kind_name(reader: &Reader, kind: &str) -> String {
    reader.fixed().config.kinds.get(kind).map_or(kind.to_string(), |k| k.label.get("en").to_lowercase())
}

/// The outline as nested values.
pub fn outline(body: &Body) -> Value {
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
    Value::from(level(&body.headings().collect::<Vec<_>>(), &mut at, 0))
}

/// `page` as its own template sees it. The caller has recorded the document.
pub fn page(reader: &Reader, index: NodeIndex, node: &Node) -> Value {
    let own = reader.page.as_deref() == Some(&*node.logical);
    if own && let Some(value) = reader.page_value.get() {
        return value.clone();
    }
    let value = page_uncached(reader, index, node);
    if own {
        let _ = reader.page_value.set(value.clone());
    }
    value
}

fn page_uncached(reader: &Reader, index: NodeIndex, node: &Node) -> Value {
    let world = reader.fixed();
    let summary = &node.document.summary;
    let kind = world.config.kinds.get(&summary.kind);
    let code = reader.lang_code();
    let headings = reader.body(node);
    let written = Some(Written { index, node, spans: &summary.spans });
    let [raw, labels, texts, htmls] =
        fields(reader, reader.lang, kind, &summary.fields, written, &node.document.lang);
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(Value::none, |d| Value::from(d.to_string()));
    map! {
        "title": summary.title.as_str(),
        "nav_title": node.nav_title(),
        "description": text(summary.description.as_deref()),
        "kind": summary.kind.as_str(),
        "kind_label": kind.map_or("", |k| k.label.get(code)),
        "lang": &*node.document.lang,
        "dir": dir_of(reader, &node.document.lang),
        "path": &*node.address,
        "url": reader.url(&node.address),
        "source": &*node.logical,
        "file": node.document.path.as_str(),
        "canonical": world.canonical(&node.address),
        "is_home": &*node.logical == "index.md",
        "is_section": node.is_section(),
        "tags": tag_links(reader, summary),
        "reviewed": day(summary.reviewed),
        "review_due": reader.review_due(reader.lang, node),
        "owner": text(summary.owner.as_deref()),
        "publish": day(summary.publish),
        "hidden": summary.hidden,
        "draft": summary.draft,
        "search": summary.search,
        "entries_kind": text(summary.entries_kind.as_deref()),
        "entry_count": summary.entries.len(),
        "outline": headings.as_deref().map_or_else(|| Value::from(Vec::<Value>::new()), outline),
        "fields": raw,
        "labels": labels,
        "text": texts,
        "html": htmls,
        "translation": map! {"status": translation_name(node.translation)},
        "word_count": u64::from(summary.word_count),
    }
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
                    "name": text(contact.name.as_deref()),
                    "role": optional(&contact.role),
                    "phone": text(contact.phone.as_deref()),
                    "email": text(contact.email.as_deref()),
                    "hours": optional(&contact.hours),
                    "office": text(contact.office.as_deref()),
                    "address": text(contact.address.as_deref()),
                    "url": text(contact.url.as_deref()),
                    "note": optional(&contact.note),
                },
                "languages": languages,
                "default_language": config.default_language(),
                "base_url": text(base_url),
                "brand": map! {
                    "color": text(config.brand_color.as_ref().map(|(c, _)| c.as_str())),
                    "logo": text(config.brand_logo.as_deref()),
                },
                "settings": Value::from_serializable(&config.theme_settings),
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
    dir(reader.fixed().config.language(code).is_some_and(|l| l.rtl))
}

/// The link to a page by its short title, with the language that the title is written in: where a translation is
/// missing, that is not the language of the page around it.
pub fn page_link(reader: &Reader, node: &Node) -> Value {
    map! {
        "title": node.nav_title(), "url": reader.url(&node.address),
        "lang": &*node.document.lang, "dir": dir_of(reader, &node.document.lang),
    }
}
