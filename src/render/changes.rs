//! What changed, for readers: of one page, and of all pages, the newest first.

use super::card::card;
use super::context::{dir_of, map};
use super::fact::FactKind;
use super::reader::Reader;
use crate::document::{ChangeNote, Document};
use crate::site::{LangIndex, Node, Translation};
use jiff::civil::Date;
use tera::Value;

/// The changes of a page, and in which language they are: its own, else those of the page that it was translated from.
pub(super) fn of<'r>(reader: &'r Reader, node: &'r Node) -> (&'r [ChangeNote], &'r str) {
    let own: &Document = &node.document;
    if !own.summary.changes.is_empty()
        || matches!(node.translation, Translation::Original | Translation::Only)
    {
        return (&own.summary.changes, &own.lang);
    }
    match reader.node(FactKind::Card, 0, &node.logical) {
        Some((_, original)) => (&original.document.summary.changes, &original.document.lang),
        None => (&[], &own.lang),
    }
}

/// The day on which the text of a page last changed: that of its newest change, or what it says itself if that is later.
pub(super) fn last(reader: &Reader, node: &Node) -> Option<Date> {
    let noted = of(reader, node).0.first().map(|noted| noted.date);
    node.document.summary.updated.max(noted)
}

/// The changes as templates see them.
pub(super) fn of_page(reader: &Reader, node: &Node) -> Value {
    let (changes, lang) = of(reader, node);
    Value::from(changes.iter().map(|noted| value(reader, noted, lang)).collect::<Vec<_>>())
}

fn value(reader: &Reader, noted: &ChangeNote, lang: &str) -> Value {
    map! {"date": noted.date.to_string(), "text": noted.text.as_str(), "lang": lang, "dir": dir_of(reader, lang)}
}

/// The newest changes of all pages that lists show in the language, each with the card of its page.
pub(super) fn all(reader: &Reader, lang: LangIndex, limit: usize) -> Value {
    let mut found = Vec::new();
    for index in reader.order(lang).to_vec() {
        let Some(node) = reader.at(FactKind::Card, lang, index) else { continue };
        let (changes, code) = of(reader, node);
        found.extend(changes.iter().map(|noted| (noted, code, index)));
    }
    // Of one day in the order of reading.
    found.sort_by_key(|(noted, ..)| std::cmp::Reverse(noted.date));
    let shown = found.into_iter().take(limit).filter_map(|(noted, code, index)| {
        let page = card(reader, lang, index)?;
        Some(map! {"date": noted.date.to_string(), "text": noted.text.as_str(), "lang": code, "dir": dir_of(reader, code), "page": page})
    });
    Value::from(shown.collect::<Vec<_>>())
}
