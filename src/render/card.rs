//! What lists show of a page: title, description, address, tags.

use super::changes;
use super::context::{dir_of, map, text};
use super::fact::FactKind;
use super::fields;
use super::folder_memo::{Shared, folder_memo};
use super::reader::Reader;
use super::record::Record;
use crate::site::{LangIndex, Node, NodeIndex, Translation};
use crate::source::html::{Piece, pieces, resolved};
use std::sync::Arc;
use tera::Value;

/// What lists show of a page.
pub fn card(reader: &Reader, lang: LangIndex, index: NodeIndex) -> Option<Value> {
    let node = reader.at(FactKind::Card, lang, index)?;
    let mut card = Record::new(reader);
    let key = (lang, index, card.keys_hash());
    if let Some(shared) = folder_memo(reader, |memo| memo.cards.get(&key).cloned()) {
        if let Some(log) = &shared.log {
            reader.repeat(log);
        }
        return Some(shared.value);
    }
    let summary = &node.document.summary;
    let kind = reader.unrecorded().config.kinds.get(&summary.kind);
    let code = reader.lang_code();
    let day =
        |day: Option<jiff::civil::Date>| day.map_or_else(Value::none, |day| Value::from(day.to_string()));
    let has_excerpt = card.names("excerpt");
    let mut make = || {
        card.put("title", || summary.title.as_str());
        card.put("nav_title", || node.nav_title());
        card.put("description", || text(summary.description.as_deref()));
        card.put("url", || reader.url(&node.address));
        card.put("canonical", || reader.unrecorded().canonical(&node.address));
        card.put("kind", || summary.kind.as_str());
        card.put("kind_label", || kind.map_or("", |k| k.label.get(code)));
        card.put("is_section", || node.is_section());
        card.put("order", || summary.order.map_or_else(Value::none, Value::from));
        card.put("tags", || tag_links(reader, node));
        card.put("owner", || text(summary.owner.as_deref()));
        card.put("reviewed", || day(summary.reviewed));
        card.put("publish", || day(summary.publish));
        // By which the feed is sorted.
        card.put("updated", || day(summary.reviewed.max(summary.publish).max(changes::last(reader, node))));
        card.put("changes", || changes::of_page(reader, node));
        fields::put(
            &mut card,
            reader,
            lang,
            kind,
            (&summary.title, &summary.fields),
            None,
            &node.document.lang,
        );
        if has_excerpt {
            card.put("excerpt", || excerpt(reader, lang, index));
        }
        card.put("entry_count", || summary.entries.len());
        card.put("path", || &*node.address);
        card.put("source", || &*node.logical);
        card.put("lang", || &*node.document.lang);
        card.put("dir", || dir_of(reader, &node.document.lang));
        card.done()
    };
    // Showing fields may read more of the site, which must be recorded for each page that shows them.
    // So does asking the original of a translation what changed in it, and looking at a page's text.
    let alone = !has_excerpt
        && kind.is_none_or(|k| k.fields.is_empty())
        && matches!(node.translation, Translation::Original | Translation::Only);
    let (value, log) = match alone {
        true => (make(), None),
        false => {
            let (value, log) = reader.apart(make);
            (value, Some(Arc::new(log)))
        }
    };
    let shared = Shared { value: value.clone(), log };
    folder_memo(reader, |memo| memo.cards.insert(key, shared));
    Some(value)
}

/// The first paragraph of a page as plain text; empty when it has none.
fn excerpt(reader: &Reader, lang: LangIndex, index: NodeIndex) -> String {
    let body = reader.at(FactKind::Document, lang, index).and_then(|node| reader.body(node));
    let html = body.as_deref().map_or("", |body| &body.html);
    let (mut text, mut open) = (String::new(), false);
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => open |= tag.is("p"),
            Piece::Close(tag) if tag.is("p") => {
                // A paragraph of a picture alone has no words.
                if !text.trim().is_empty() {
                    break;
                }
                open = false;
            }
            Piece::Text(range) if open => text.push_str(&resolved(html.get(range).unwrap_or(""))),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tags of a page with the addresses of their pages.
pub fn tag_links<'s>(reader: &'s Reader, node: &'s Node) -> Value {
    if !reader.unrecorded().config.outputs.tags {
        return Value::from(Vec::<Value>::new());
    }
    let prefix = reader.unrecorded().lang_prefix(reader.lang);
    // What only pages carry that stand in no list has no page of its own.
    let made = |name: &'s String| Some((name, reader.tag_slug(reader.lang, name)?));
    let mut tags: Vec<(&String, &str)> = Vec::new();
    for (name, slug) in node.document.summary.tags.iter().filter_map(made) {
        // Two names of one tag are one link.
        if !tags.iter().any(|(_, known)| *known == slug) {
            tags.push((name, slug));
        }
    }
    let links = folder_memo(reader, |memo| {
        let mut link = |(name, slug): (&String, &str)| {
            let make = || map! {"name": tag_name(reader, name), "url": reader.url(&crate::plan::tag_address(&prefix, slug))};
            memo.tags.entry(name.clone()).or_insert_with(make).clone()
        };
        tags.into_iter().map(&mut link).collect::<Vec<_>>()
    });
    Value::from(links)
}

/// The name of a tag for readers of the view: that in the settings, else as the page writes it.
fn tag_name<'r>(reader: &'r Reader, written: &'r str) -> &'r str {
    let known = crate::site::named(&reader.unrecorded().config.tags, written);
    known.map_or(written, |known| known.label.get(reader.lang_code()))
}
