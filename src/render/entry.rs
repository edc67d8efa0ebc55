//! Entries as templates see them, wherever they are shown.
//!
//! On its own page an entry is a part of the page (`body` shows it). Elsewhere it stands on a sheet with others: its text
//! is placed there (`sheet`), so that its ids stay apart from theirs and what it says `#x` of is still found.

use super::body::Fill;
use super::context::{dir_of, map, text};
use super::fact::{Fact, Tag};
use super::fields::{self, Written, reference};
use super::footnotes::List;
use super::kept::{Shared, kept};
use super::link;
use super::notes::Notes;
use super::reader::Reader;
use super::record::Record;
use super::sheet;
use crate::diag::{Diagnostic, code};
use crate::document::{EntrySummary, SlotKind};
use crate::schema::{FieldValue, Kind};
use crate::site::{EntryAt, LangIndex, Node};
use std::sync::Arc;
use tera::Value;

/// An entry as templates see it. `body` is its filled text when it is shown as a part of its page; otherwise it is made here.
pub fn entry(reader: &Reader, at: EntryAt, node: &Node, body: Option<String>) -> Value {
    let Some(summary) = node.document.summary.entries.get(at.number as usize) else { return Value::none() };
    let mut record = Record::new(reader);
    if let Some(body) = body {
        // What is shown on its own page is looked at as a whole, whatever its template shows of it.
        if !record.wants("html") {
            let kind = reader.fixed().config.kinds.get(&summary.kind);
            let written = Written { index: at.page, node, spans: &summary.spans, id: &summary.id };
            fields::report_markdown(reader, kind, &summary.fields, written);
        }
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
    let key = (at, record.print());
    let sharable = !own && *id == *summary.id;
    if sharable && let Some(shared) = kept(reader, |kept| kept.entries.get(&key).cloned()) {
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
        if record.wants("body") {
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
        kept(reader, |kept| kept.entries.insert(key, shared));
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
    if record.wants("body") {
        let mut placed = placed(reader, at, node, &id);
        placed.html = links.number(reader, placed.html);
        placed.notes = placed.notes.map(|items| links.number(reader, items.to_string()));
        match foot {
            Some(foot) => foot.append(placed.notes),
            None => placed.notes.write(&mut placed.html),
        }
        record.put("body", || Value::safe_string(&placed.html));
    }
    record.done()
}

/// All of an entry but its body.
fn put(record: &mut Record, reader: &Reader, at: EntryAt, node: &Node, summary: &EntrySummary, id: &str) {
    let lang = at.lang;
    let kind = reader.fixed().config.kinds.get(&summary.kind);
    report_references(reader, lang, kind, node, summary);
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
    // The labels and choices are in the language of the text that stands beside them.
    let written = Written { index: at.page, node, spans: &summary.spans, id };
    fields::put(record, reader, lang, kind, &summary.fields, Some(written), &node.document.lang);
    record.put("excerpt", || summary.excerpt.as_str());
    record.put("page", || {
        reader.record(Fact::new(Tag::Title, lang, &node.logical));
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
struct Placed {
    html: String,
    notes: List,
    /// Whether it would be another one on another sheet.
    alone: bool,
}

/// Fills the text of an entry for a place other than its page. `id` is its id there.
fn placed(reader: &Reader, EntryAt { page: index, number, .. }: EntryAt, node: &Node, id: &str) -> Placed {
    let Some(page) = reader.body(node) else { return Placed::default() };
    let Some(body) = page.entries.get(number as usize) else { return Placed::default() };
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
    let alone = !ids.is_empty() || body.slots.iter().any(|s| matches!(s.kind, SlotKind::Open(_)));
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
    Placed { html, notes: notes.map(place), alone }
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
            let span = entry.spans.get(&*field.name).copied().unwrap_or(entry.span);
            if let Some(found) = reader.named_entry(lang, target, name) {
                let is_behind = lang > 0 && link::is_behind(reader, &node.document, found.lang);
                if let Some((home, entry)) = reader.entry(found).filter(|_| is_behind) {
                    let written = (name, &*entry.id);
                    link::report_behind(reader, &node.document, span, code::BROKEN_REFERENCE, written, home);
                }
                continue;
            }
            if let Some(state) = reader.left_entry(lang, target, name) {
                let message = format!("{}: links to it are shown as words.", state.says());
                let path = &node.document.path;
                let found = Diagnostic::warning(code::LINK_TO_LEFT_OUT, path, span, message);
                reader.report(found.help(state.help()));
                continue;
            }
            let help = match reader.near_entry(lang, target, name) {
                Some(near) => format!("Did you mean {near}?"),
                None => "Write the id or the exact name of an entry, as it stands in its heading.".into(),
            };
            reader.report(
                Diagnostic::error(
                    code::BROKEN_REFERENCE,
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
