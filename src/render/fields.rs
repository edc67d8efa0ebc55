//! The fields of a kind as templates see them: as data, by their labels, for people, as HTML, and as a list of facts.
//!
//! A fact is a field that has a value and that readers see. A theme that shows all facts but those that a template places by
//! itself loses none, whatever fields a site adds.

use super::body::Fill;
use super::context::map;
use super::reader::Reader;
use super::record::Record;
use super::refer::{self, referred};
use super::sheet;
use super::values::Voice;
use crate::diag::{Diagnostic, code};
use crate::document::{ByName, PlaceholderKind};
use crate::markdown;
use crate::schema::{Display, Field, FieldType, FieldValue, Kind};
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
        FieldValue::Duration(length) => Value::from(length.days()),
        FieldValue::Range(from, to) => map! {"from": *from, "to": *to},
        FieldValue::List(items) => Value::from(items.iter().map(field_value).collect::<Vec<_>>()),
    }
}

/// Where the fields that are shown were written.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub index: NodeIndex,
    pub node: &'a Node,
    pub spans: &'a ByName<Span>,
    /// Where the entry's heading stands; for a page its beginning.
    pub span: Span,
    /// The id on this output of the entry whose fields they are; "" for those of the page.
    pub id: &'a str,
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
    body.placeholders.keep(|kind| {
        matches!(
            kind,
            PlaceholderKind::Link(_)
                | PlaceholderKind::LinkText(_)
                | PlaceholderKind::Image(_)
                | PlaceholderKind::Note(_)
        )
    });
    let html = Fill::new(reader, written.index, written.node).page(&body);
    // Its headings and footnotes know nothing of those of the page.
    let ids = sheet::ids(&html, |id| [written.id, &field.name, id].join(sheet::JOIN));
    let html = if ids.is_empty() { html } else { sheet::place(&html, &ids, 0, |_| None) };
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>")).filter(|h| !h.contains("<p>"));
    inner.unwrap_or(html).to_owned()
}

/// The fields of one page or entry, in the language of the text around them.
struct Fields<'a> {
    reader: &'a Reader,
    lang: LangIndex,
    written: Option<Written<'a>>,
    voice: Voice<'a>,
    /// What pictures are of.
    title: &'a str,
}

impl Fields<'_> {
    /// A field's value as safe HTML, several with commas between them.
    fn html(&self, field: &Field, value: &FieldValue) -> String {
        let items: Vec<String> = value.items().iter().map(|item| self.item(field, item)).collect();
        items.join(", ")
    }

    /// As [`Fields::html`], but as a list where the values are more than a few words each.
    fn listed(&self, field: &Field, value: &FieldValue) -> String {
        let items = value.items();
        let long =
            |item: &FieldValue| item.as_text().is_some_and(|t| t.len() > 40 || t.contains([',', '،', '、']));
        let is_list = items.len() > 1
            && match field.ty.item() {
                FieldType::Markdown | FieldType::Url | FieldType::Image => true,
                FieldType::Text => items.iter().any(long),
                _ => false,
            };
        if !is_list {
            return self.html(field, value);
        }
        let items: String = items.iter().map(|item| format!("<li>{}</li>", self.item(field, item))).collect();
        format!("<ul>{items}</ul>")
    }

    /// One value: references, addresses and pictures as such, markdown as HTML, the rest escaped.
    fn item(&self, field: &Field, value: &FieldValue) -> String {
        let mut out = String::new();
        match (field.ty.item(), value.as_text(), self.written) {
            (FieldType::Markdown, Some(text), Some(written)) => {
                return markdown(self.reader, written, field, text);
            }
            (FieldType::Reference(kind), Some(name), Some(written)) => {
                match referred(self.reader, self.lang, kind, name) {
                    Ok(place) => place.link(self.reader, &written.node.document.lang, &mut out),
                    Err(_) => html::attribute(name, &mut out),
                }
            }
            (FieldType::Image, Some(src), Some(written)) => {
                let span = written.spans.get(&*field.name).copied().unwrap_or_default();
                let alt = [field.label.get(self.voice.code()), self.title].join(": ");
                Fill::new(self.reader, written.index, written.node).field_image(src, &alt, span, &mut out);
            }
            (FieldType::Url, Some(address), _) => link(address, shown_address(address), &mut out),
            (FieldType::Email, Some(address), _) => link(&format!("mailto:{address}"), address, &mut out),
            _ => html::attribute(&self.voice.says(Some(field), value), &mut out),
        }
        out
    }

    /// A field with its label, in all forms; `place` puts its HTML where it is to stand.
    fn fact(&self, field: &Field, value: &FieldValue, place: &mut dyn FnMut(String) -> String) -> Value {
        let html = place(self.listed(field, value));
        let (from, to) = filled(field, value).unzip();
        map! {
            "name": field.name.as_str(), "type": type_name(field.ty.item()), "label": field.label.get(self.voice.code()),
            "display": field.display.word(), "steps": field.steps, "from": from, "to": to,
            "value": field_value(value), "text": self.voice.says(Some(field), value),
            "html": Value::safe_string(&html),
        }
    }
}

/// The first and the last step of a meter that are filled; none where there is no meter.
fn filled(field: &Field, value: &FieldValue) -> Option<(i64, i64)> {
    if field.display != Display::Meter {
        return None;
    }
    let steps = i64::from(field.steps);
    match value {
        FieldValue::Integer(n) => Some((1, *n)),
        FieldValue::Number(n) => Some((1, n.round() as i64)),
        FieldValue::Range(from, to) => Some((from.round() as i64, to.map_or(steps, |to| to.round() as i64))),
        _ => None,
    }
}

/// The type of a field's values in one word.
fn type_name(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Text => "text",
        FieldType::Markdown => "markdown",
        FieldType::Integer | FieldType::Number => "number",
        FieldType::Boolean => "boolean",
        FieldType::Date => "date",
        FieldType::Duration => "duration",
        FieldType::Range => "range",
        FieldType::Url => "url",
        FieldType::Email => "email",
        FieldType::Choice => "choice",
        FieldType::Reference(_) => "reference",
        FieldType::Image => "image",
        FieldType::List(_) => "list",
    }
}

/// An address as people read it aloud: without what every address begins with.
fn shown_address(address: &str) -> &str {
    let bare = ["https://", "http://", "mailto:"].iter().find_map(|scheme| {
        let start = address.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &address[scheme.len()..])
    });
    let bare = bare.unwrap_or(address);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.strip_suffix('/').unwrap_or(bare)
}

/// A link whose words are an address: in any text it is read from left to right.
fn link(address: &str, words: &str, out: &mut String) {
    out.push_str("<a href=\"");
    html::attribute(address, out);
    out.push_str("\"><bdi dir=\"ltr\">");
    html::attribute(words, out);
    out.push_str("</bdi></a>");
}

/// Puts `fields`, `labels`, `text`, `html` and `facts` of a set of fields, in the order of the kind, as far as they are
/// read. `title` is that of the page or entry.
pub(super) fn put(
    record: &mut Record,
    reader: &Reader,
    lang: LangIndex,
    kind: Option<&Kind>,
    (title, values): (&str, &ByName<FieldValue>),
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
    let fields = Fields { reader, lang, written, voice: Voice::new(reader, code), title };
    record.put("fields", || each(&|_, value| field_value(value)));
    record.put("labels", || map(&|field| Value::from(field.label.get(code))));
    record.put("text", || each(&|field, value| Value::from(fields.voice.says(Some(field), value))));
    record.put("html", || {
        each(&|field, value| match written {
            Some(_) => Value::safe_string(&fields.html(field, value)),
            None => Value::none(),
        })
    });
    record.put("facts", || {
        // A card shows what the kind says; it has no place from which links count.
        let shown = |field: &&Field| match (written, kind) {
            (None, Some(kind)) => kind.summary.contains(&field.name),
            _ => field.show,
        };
        let fact = |field: &Field| Some(fields.fact(field, values.get(&*field.name)?, &mut |html| html));
        Value::from(all.iter().filter(shown).filter_map(fact).collect::<Vec<_>>())
    });
}

/// The facts as a list of HTML, for a theme that has no template for what holds them; empty when there is none.
pub(super) fn plain(
    reader: &Reader,
    lang: LangIndex,
    kind: Option<&Kind>,
    (title, values): (&str, &ByName<FieldValue>),
    written: Written<'_>,
    code: &str,
) -> String {
    let fields = Fields { reader, lang, written: Some(written), voice: Voice::new(reader, code), title };
    let mut out = String::new();
    for field in kind.iter().flat_map(|kind| &kind.fields).filter(|field| field.show) {
        let Some(value) = values.get(&*field.name) else { continue };
        out.push_str("<dt>");
        html::attribute(field.label.get(code), &mut out);
        out.push_str("</dt><dd>");
        out.push_str(&fields.listed(field, value));
        out.push_str("</dd>\n");
    }
    if out.is_empty() { out } else { format!("<dl>\n{out}</dl>\n") }
}

/// The facts of a page that stands on a sheet with others; `place` puts the HTML of each there.
pub(super) fn facts_of_part(
    reader: &Reader,
    index: NodeIndex,
    node: &Node,
    place: &mut dyn FnMut(String) -> String,
) -> Value {
    let summary = &node.document.summary;
    let kind = reader.unrecorded().config.kinds.get(&summary.kind);
    let written = Written { index, node, spans: &summary.spans, span: Span::default(), id: "" };
    let voice = Voice::new(reader, &node.document.lang);
    let fields = Fields { reader, lang: reader.lang, written: Some(written), voice, title: &summary.title };
    let shown = kind.iter().flat_map(|kind| &kind.fields).filter(|field| field.show);
    let facts = shown.filter_map(|field| Some(fields.fact(field, summary.fields.get(&*field.name)?, place)));
    Value::from(facts.collect::<Vec<_>>())
}

/// Looks for faults in fields, whatever a template shows of them: references that lead nowhere, pictures that are not there,
/// and what is wrong in markdown.
pub(super) fn report(
    reader: &Reader,
    lang: LangIndex,
    kind: Option<&Kind>,
    values: &ByName<FieldValue>,
    written: Written<'_>,
) {
    let lang_code = &*written.node.document.lang;
    let fields =
        Fields { reader, lang, written: Some(written), voice: Voice::new(reader, lang_code), title: "" };
    for field in kind.iter().flat_map(|kind| &kind.fields) {
        let Some(value) = values.get(&*field.name) else { continue };
        let steps = i64::from(field.steps);
        if filled(field, value).is_some_and(|(from, to)| from < 0 || to < from || to > steps) {
            let span = written.spans.get(&*field.name).copied().unwrap_or(written.span);
            let label = field.label.get(lang_code);
            let message = format!(
                "`{label}` is shown in {steps} steps, and {} is none of them",
                fields.voice.says(Some(field), value)
            );
            let help =
                format!("Write a number from 1 to {steps}, or give the field more `steps` in site.yaml.");
            let path = &written.node.document.path;
            reader.report(Diagnostic::warning(code::WRONG_TYPE, path, span, message).help(help));
        }
        match field.ty.item() {
            FieldType::Reference(target) => refer::report(reader, lang, target, field, value, written),
            FieldType::Markdown | FieldType::Image => drop(fields.html(field, value)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_few_words() {
        for (address, words) in [
            ("https://www.example.org/", "example.org"),
            ("HTTP://example.org/a/", "example.org/a"),
            ("mailto:a@example.org", "a@example.org"),
            ("https://example.org/a?b=c#d", "example.org/a?b=c#d"),
        ] {
            assert_eq!(shown_address(address), words);
        }
    }

    #[test]
    fn a_link_holds_no_marks_of_its_own() {
        let mut out = String::new();
        link("https://x.org/?a=1&b=\"", "x<y", &mut out);
        assert!(
            out.starts_with("<a href=\"https://x.org/?a=1&amp;b=&quot;\">") && out.contains("x&lt;y"),
            "{out}"
        );
    }
}
