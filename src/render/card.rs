//! What lists show of a page: title, description, address, tags.
//!
//! A list of cards stands on every page of a guide, and the pages of a folder show many of the same ones. So each thread keeps the
//! cards that it made last, as seen from one folder of one snapshot of the site.

use super::context::{dir_of, fields, map, text};
use super::fact::Tag;
use super::reader::Reader;
use crate::document::Summary;
use crate::site::{LangIndex, NodeIndex, slug};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use tera::Value;

/// What was made for the pages of one folder.
#[derive(Default)]
struct Kept {
    world: u64,
    lang: LangIndex,
    folder: String,
    cards: FxHashMap<(LangIndex, NodeIndex), Value>,
    tags: FxHashMap<String, Value>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

impl Kept {
    /// Forgets what was made for another folder, language or snapshot: addresses count from the folder.
    fn turn_to(&mut self, reader: &Reader) {
        let folder = reader.here.rfind('/').map_or("", |i| reader.here.get(..=i).unwrap_or(""));
        let world = reader.fixed().number;
        if self.world != world || self.lang != reader.lang || self.folder != folder {
            self.cards.clear();
            self.tags.clear();
            (self.world, self.lang) = (world, reader.lang);
            folder.clone_into(&mut self.folder);
        }
    }
}

/// What lists show of a page.
pub fn card(reader: &Reader, lang: LangIndex, index: NodeIndex) -> Option<Value> {
    let node = reader.at(Tag::Card, lang, index)?;
    let summary = &node.document.summary;
    let kind = reader.fixed().config.kinds.get(&summary.kind);
    // Showing fields may read more of the site, which must be recorded for each page that shows them.
    let plain = kind.is_none_or(|k| k.fields.is_empty());
    let kept = || {
        KEPT.with_borrow_mut(|kept| {
            kept.turn_to(reader);
            kept.cards.get(&(lang, index)).cloned()
        })
    };
    if plain && let Some(card) = kept() {
        return Some(card);
    }
    let code = reader.lang_code();
    let [raw, labels, texts, _] = fields(reader, lang, kind, &summary.fields, None, code);
    let card = map! {
        "title": summary.title.as_str(),
        "nav_title": node.nav_title(),
        "description": text(summary.description.as_deref()),
        "url": reader.url(&node.address),
        "kind": summary.kind.as_str(),
        "kind_label": kind.map_or("", |k| k.label.get(code)),
        "is_section": node.is_section(),
        "order": summary.order,
        "tags": tag_links(reader, summary),
        "fields": raw,
        "labels": labels,
        "text": texts,
        "entry_count": summary.entries.len(),
        "path": &*node.address,
        "source": &*node.logical,
        "lang": &*node.document.lang,
        "dir": dir_of(reader, &node.document.lang),
    };
    if plain {
        KEPT.with_borrow_mut(|kept| kept.cards.insert((lang, index), card.clone()));
    }
    Some(card)
}

/// The tags of a page with the addresses of their pages.
pub fn tag_links(reader: &Reader, summary: &Summary) -> Value {
    if !reader.fixed().config.outputs.tags {
        return Value::from(Vec::<Value>::new());
    }
    let prefix = reader.fixed().lang_prefix(reader.lang);
    let links = KEPT.with_borrow_mut(|kept| {
        kept.turn_to(reader);
        let mut link = |name: &String| {
            if let Some(link) = kept.tags.get(name) {
                return link.clone();
            }
            let address = crate::plan::tag_address(&prefix, &slug(name));
            let link = map! {"name": name.as_str(), "url": reader.url(&address)};
            kept.tags.insert(name.clone(), link.clone());
            link
        };
        summary.tags.iter().map(&mut link).collect::<Vec<_>>()
    });
    Value::from(links)
}
