//! The fields of a kind as templates see them: as data, by their labels, for people, and as HTML.

use super::body::Fill;
use super::reader::Reader;
use super::record::Record;
use super::sheet;
use crate::document::{ByName, SlotKind};
use crate::markdown;
use crate::schema::{Field, FieldType, FieldValue, Kind};
use crate::site::{LangIndex, Node, NodeIndex};
use crate::source::{Span, html};
use tera::value::Key;
use tera::{Map, Value};

/// The value of a map without anything in it: made once, then shared.
fn empty_map() -> Value {
    static EMPTY: std::sync::OnceLock<Value> = std::sync::OnceLock::new();
    EMPTY.get_or_init(|| Value::from(Map::default())).clone()
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
pub(super) fn reference(ty: &FieldType) -> Option<&str> {
    match ty {
        FieldType::Reference(kind) => Some(kind),
        FieldType::List(item) => reference(item),
        _ => None,
    }
}

/// Where the fields that are shown were written.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub index: NodeIndex,
    pub node: &'a Node,
    pub spans: &'a ByName<Span>,
    /// The id on this output of the entry whose fields they are; "" for those of the page.
    pub id: &'a str,
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
fn markdown(reader: &Reader, written: Written<'_>, field: &Field, text: &str) -> String {
    let span = written.spans.get(&*field.name).copied().unwrap_or_default();
    let options = markdown::Options {
        path: &written.node.document.path,
        offset: span.start as usize,
        raw_html: markdown::RawHtml::Escape,
        // Its words of the settings are in place.
        words: crate::config::Words::default(),
        flavor: markdown::Flavor::Guide,
        entry_level: None,
    };
    let parsed = markdown::parse(text, &options);
    for found in parsed.diagnostics {
        reader.report(found);
    }
    let mut body = parsed.value.body;
    body.slots.keep(|kind| {
        matches!(kind, SlotKind::Link(_) | SlotKind::LinkText(_) | SlotKind::Image(_) | SlotKind::Note(_))
    });
    let html = Fill::new(reader, written.index, written.node).page(&body);
    // Its headings and footnotes know nothing of those of the page.
    let ids = sheet::ids(&html, |id| [written.id, &field.name, id].join(sheet::JOIN));
    let html = if ids.is_empty() { html } else { sheet::place(&html, &ids, 0, |_| None) };
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
            out.push_str(&markdown(reader, written, field, text));
            continue;
        }
        let target = reference(&field.ty).zip(item.as_text());
        let found = target.and_then(|(kind, name)| reader.entry(reader.named_entry(lang, kind, name)?));
        match found {
            Some((node, entry)) => {
                out.push_str("<a href=\"");
                if !reader.is_here(&node.address) {
                    out.push_str(&reader.url(&node.address));
                }
                out.push('#');
                crate::source::url_escape(&entry.id, &mut out);
                out.push('"');
                out.push_str(&super::link::marked(reader, &node.document.lang, &written.node.document.lang));
                out.push('>');
                html::attribute(&entry.title, &mut out);
                out.push_str("</a>");
            }
            None => html::attribute(&display(Some(field), item, code, reader), &mut out),
        }
    }
    out
}

/// Puts `fields`, `labels`, `text` and `html` of a set of fields, in the order of the kind, as far as they are read.
pub(super) fn put(
    record: &mut Record,
    reader: &Reader,
    lang: LangIndex,
    kind: Option<&Kind>,
    values: &ByName<FieldValue>,
    written: Option<Written<'_>>,
    code: &str,
) {
    let all = kind.map_or(&[][..], |k| k.fields.as_slice());
    let map = |value: &dyn Fn(&Field) -> Value| {
        if all.is_empty() {
            return empty_map();
        }
        let key = |field: &Field| Key::String(field.name.as_str().into());
        Value::from(all.iter().map(|field| (key(field), value(field))).collect::<Map>())
    };
    let each = |make: &dyn Fn(&Field, &FieldValue) -> Value| {
        map(&|field| values.get(&*field.name).map_or_else(Value::none, |value| make(field, value)))
    };
    record.put("fields", || each(&|_, value| field_value(value)));
    record.put("labels", || map(&|field| Value::from(field.label.get(code))));
    record.put("text", || each(&|field, value| Value::from(display(Some(field), value, code, reader))));
    record.put("html", || {
        each(&|field, value| {
            written.map_or_else(Value::none, |written| {
                Value::safe_string(&html(reader, lang, written, field, value, code))
            })
        })
    });
}

/// Looks for faults in the markdown of fields that no template shows as HTML.
pub(super) fn report_markdown(
    reader: &Reader,
    kind: Option<&Kind>,
    values: &ByName<FieldValue>,
    written: Written<'_>,
) {
    for field in kind.iter().flat_map(|k| &k.fields).filter(|field| is_markdown(&field.ty)) {
        let items = values.get(&*field.name).map_or(&[][..], |value| value.items());
        for text in items.iter().filter_map(|item| item.as_text()) {
            markdown(reader, written, field, text);
        }
    }
}
