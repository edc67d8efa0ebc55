//! Entries as templates see them, wherever they are shown.
//!
//! On its own page an entry is a part of the page (`body` shows it). Elsewhere it stands on a sheet with others: its text
//! is placed there (`sheet`), so that its ids stay apart from theirs and what it says `#x` of is still found.

use super::body::Fill;
use super::context::{dir_of, map, text};
use super::fact::{Fact, FactKind};
use super::fields::{self, Written};
use super::folder_memo::{Shared, folder_memo};
use super::footnotes::List;
use super::notes::Notes;
use super::reader::Reader;
use super::record::Record;
use super::sheet;
use crate::document::{EntrySummary, PlaceholderKind};
use crate::site::{EntryAt, Node};
use crate::source::html;
use std::sync::Arc;
use tera::{Context, Value};

/// An entry as templates see it. `body` is its filled text when it is shown as a part of its page; otherwise it is made here.
pub fn entry(reader: &Reader, at: EntryAt, node: &Node, body: Option<String>) -> Value {
    let Some(summary) = node.document.summary.entries.get(at.number as usize) else { return Value::none() };
    let mut record = Record::new(reader);
    if let Some(body) = body {
        put(&mut record, reader, at, node, summary, &summary.id);
        record.put("body", || Value::safe_string(&body));
        return record.done();
    }
    let own = at.lang == reader.lang && reader.page.as_deref() == Some(&*node.logical);
    // Nobody asks for the id of an entry that he only names.
    let id = match record.wants("id") || record.wants("body") || record.wants("html") {
        true if !own => reader.on_sheet(|sheet| sheet.entry(at, &summary.id)),
        _ => summary.id.to_string(),
    };
    let key = (at, record.keys_hash());
    let sharable = !own && *id == *summary.id;
    if sharable && let Some(shared) = folder_memo(reader, |memo| memo.entries.get(&key).cloned()) {
        if let Some(log) = &shared.log {
            reader.repeat(log);
        }
        return shared.value;
    }
    let ((value, alone), log) = reader.apart(|| {
        if own {
            put(&mut record, reader, at, node, summary, &id);
        } else {
            reader.as_part(|| put(&mut record, reader, at, node, summary, &id));
        }
        let mut alone = false;
        if record.names("shown") {
            let mut shown = || {
                shown(reader, at, node, (&id, 3), &mut |placed| {
                    alone = placed.alone;
                    let mut html = placed.html;
                    placed.notes.write(&mut html);
                    html
                })
            };
            let html = if own { shown() } else { reader.as_part(&mut shown) };
            record.put("shown", || Value::safe_string(&html));
        } else if record.wants("body") {
            let placed = placed(reader, at, node, &id);
            alone = placed.alone;
            let mut html = placed.html;
            placed.notes.write(&mut html);
            record.put("body", || Value::safe_string(&html));
        }
        (record.done(), alone)
    });
    if sharable && !alone {
        let shared = Shared { value: value.clone(), log: Some(Arc::new(log)) };
        folder_memo(reader, |memo| memo.entries.insert(key, shared));
    }
    value
}

/// An entry that is picked for a sheet. Its links are numbered with those of the sheet; its footnotes go to `foot` when the
/// sheet has a place for them.
pub fn picked(
    reader: &Reader,
    at: EntryAt,
    node: &Node,
    links: &mut Notes,
    foot: Option<&mut List>,
) -> Value {
    let Some(summary) = node.document.summary.entries.get(at.number as usize) else { return Value::none() };
    let mut record = Record::new(reader);
    // One that is picked twice stands there twice.
    let id = reader.on_sheet(|sheet| sheet.free(&summary.id));
    reader.as_part(|| put(&mut record, reader, at, node, summary, &id));
    let mut foot = foot;
    let mut finish = |mut placed: EntryText| {
        placed.html = links.number(reader, placed.html);
        placed.notes = placed.notes.map(|items| links.number(reader, items.to_string()));
        match &mut foot {
            Some(foot) => foot.append(placed.notes),
            None => placed.notes.write(&mut placed.html),
        }
        placed.html
    };
    if record.names("shown") {
        let html = reader.as_part(|| shown(reader, at, node, (&id, 2), &mut finish));
        record.put("shown", || Value::safe_string(&html));
    } else if record.wants("body") {
        let html = finish(placed(reader, at, node, &id));
        record.put("body", || Value::safe_string(&html));
    }
    record.done()
}

/// The template that shows entries of a kind: its own, else that of all kinds.
pub(super) fn template(reader: &Reader, kind: &str) -> Option<String> {
    let own = format!("entries/{kind}.html");
    reader.template(&own).or_else(|| reader.template("entries/entry.html")).map(str::to_string)
}

/// An entry through its template, for which the values were made.
pub(super) fn through(reader: &Reader, template: &str, entry: Value, page: Value, level: u8) -> String {
    let Some(tera) = reader.tera() else { return String::new() };
    let mut ctx = Context::new();
    ctx.insert_value("entry", entry);
    ctx.insert_value("page", page);
    ctx.insert_value("lang", Value::from(reader.lang_code()));
    ctx.insert_value("level", Value::from(u64::from(level.min(6))));
    match super::bounded(1024, |out| tera.render_to(template, &ctx, out)) {
        Ok(html) => String::from_utf8_lossy(&html).into_owned(),
        Err(error) => {
            if let Some(found) = crate::template::diagnose(&error, template, &reader.unrecorded().templates) {
                reader.report(found);
            }
            String::new()
        }
    }
}

/// An entry on a sheet, through the template of its kind; `finish` makes its text out of what was placed.
fn shown(
    reader: &Reader,
    at: EntryAt,
    node: &Node,
    (id, level): (&str, u8),
    finish: &mut dyn FnMut(EntryText) -> String,
) -> String {
    let Some(summary) = node.document.summary.entries.get(at.number as usize) else { return String::new() };
    let Some(template) = template(reader, &summary.kind) else {
        let body = finish(placed(reader, at, node, id));
        return plain(reader, at, node, (id, level), &body);
    };
    let reads = reader.made_for(&template);
    let mut record = Record::new(reader);
    put(&mut record, reader, at, node, summary, id);
    if record.wants("body") {
        let html = finish(placed(reader, at, node, id));
        record.put("body", || Value::safe_string(&html));
    }
    let html = through(reader, &template, record.done(), Value::none(), level);
    reader.set_reads(reads);
    html
}

/// An entry in the plainest form that keeps all there is, for a theme without a template for entries.
pub(super) fn plain(
    reader: &Reader,
    at: EntryAt,
    node: &Node,
    (id, level): (&str, u8),
    body: &str,
) -> String {
    let Some(summary) = node.document.summary.entries.get(at.number as usize) else { return String::new() };
    let kind = reader.unrecorded().config.kinds.get(&summary.kind);
    let written = Written { index: at.page, node, spans: &summary.spans, span: summary.span, id };
    fields::report(reader, at.lang, kind, &summary.fields, written);
    let mut out = String::from("<section id=\"");
    html::attribute(id, &mut out);
    out.push_str(&format!("\"><h{level}>"));
    html::attribute(&summary.title, &mut out);
    out.push_str(&format!("</h{level}>"));
    out.push_str(body);
    let values = (&*summary.title, &summary.fields);
    out.push_str(&fields::plain(reader, at.lang, kind, values, written, &node.document.lang));
    out.push_str("</section>\n");
    out
}

/// All of an entry but its body.
fn put(record: &mut Record, reader: &Reader, at: EntryAt, node: &Node, summary: &EntrySummary, id: &str) {
    let lang = at.lang;
    let kind = reader.unrecorded().config.kinds.get(&summary.kind);
    // The labels and choices are in the language of the text that stands beside them.
    let written = Written { index: at.page, node, spans: &summary.spans, span: summary.span, id };
    fields::report(reader, lang, kind, &summary.fields, written);
    record.put("kind", || summary.kind.as_str());
    record.put("kind_label", || kind.map_or("", |k| k.label.get(&node.document.lang)));
    record.put("title", || summary.title.as_str());
    record.put("id", || id);
    record.put("url", || {
        let mut url = if reader.is_here(&node.address) { String::new() } else { reader.url(&node.address) };
        url.push('#');
        crate::source::url_escape(&summary.id, &mut url);
        url
    });
    record.put("group", || text(summary.group.as_deref()));
    record.put("level", || u64::from(summary.level));
    let values = (&*summary.title, &summary.fields);
    fields::put(record, reader, lang, kind, values, Some(written), &node.document.lang);
    record.put("excerpt", || summary.excerpt.as_str());
    record.put("page", || {
        reader.record(Fact::new(FactKind::Title, lang, &node.logical));
        map! {
            "title": node.document.summary.title.as_str(),
            "url": reader.url(&node.address),
            "source": &*node.logical,
        }
    });
    record.put("lang", || &*node.document.lang);
    record.put("dir", || dir_of(reader, &node.document.lang));
}

/// The text of an entry, placed on a sheet.
#[derive(Default)]
struct EntryText {
    html: String,
    notes: List,
    /// Whether it would be another one on another sheet.
    alone: bool,
}

/// Fills the text of an entry for a place other than its page. `id` is its id there.
fn placed(reader: &Reader, EntryAt { page: index, number, .. }: EntryAt, node: &Node, id: &str) -> EntryText {
    let Some(page) = reader.body(node) else { return EntryText::default() };
    let Some(body) = page.entries.get(number as usize) else { return EntryText::default() };
    let (first, around) = reader.on_sheet(|sheet| (sheet.notes + 1, sheet.lang.clone()));
    let (html, notes) =
        reader.as_part(|| Fill::new(reader, index, node).entry(number, &page, body, first, &around));
    let plain = node.document.summary.entries.get(number as usize).map_or("", |e| &*e.id);
    let mut ids = reader.on_sheet(|sheet| {
        sheet.notes += notes.count;
        let mut new = |inner: &str| sheet.free(&[id, sheet::JOIN, inner].concat());
        let mut ids = sheet::ids(&html, &mut new);
        for (inner, id) in notes.ids(&mut new) {
            ids.entry(inner).or_insert(id);
        }
        ids
    });
    // A component may do as it likes with where it is shown.
    let alone =
        !ids.is_empty() || body.placeholders.iter().any(|s| matches!(s.kind, PlaceholderKind::Open(_)));
    ids.entry(plain.to_string()).or_insert_with(|| id.to_string());
    let url = reader.url(&node.address);
    let lead = |href: &str| {
        let (path, anchor) = href.split_once('#')?;
        match ids.get(&*crate::source::address::decode(anchor)) {
            // What was written as a link to the entry's own page.
            Some(id) if path == url => Some(sheet::to(id)),
            _ if path.is_empty() && !anchor.is_empty() => Some([&url, "#", anchor].concat()),
            _ => None,
        }
    };
    let place = |html: &str| sheet::place(html, &ids, 0, lead);
    let leads = || html.contains("=\"#") || html.contains(&[&url, "#"].concat());
    let html = if alone || leads() { place(&html) } else { html };
    EntryText { html, notes: notes.map(place), alone }
}
