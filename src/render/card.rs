//! What lists show of a page: title, description, address, tags.

use super::context::{dir_of, fields, map, text};
use super::fact::Tag;
use super::kept::kept;
use super::reader::Reader;
use crate::document::Summary;
use crate::site::{LangIndex, NodeIndex, slug};
use tera::Value;

/// What lists show of a page.
pub fn card(reader: &Reader, lang: LangIndex, index: NodeIndex) -> Option<Value> {
    let node = reader.at(Tag::Card, lang, index)?;
    let summary = &node.document.summary;
    let kind = reader.fixed().config.kinds.get(&summary.kind);
    // Showing fields may read more of the site, which must be recorded for each page that shows them.
    let plain = kind.is_none_or(|k| k.fields.is_empty());
    if plain && let Some(card) = kept(reader, |kept| kept.cards.get(&(lang, index)).cloned()) {
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
        kept(reader, |kept| kept.cards.insert((lang, index), card.clone()));
    }
    Some(card)
}

/// The tags of a page with the addresses of their pages.
pub fn tag_links(reader: &Reader, summary: &Summary) -> Value {
    if !reader.fixed().config.outputs.tags {
        return Value::from(Vec::<Value>::new());
    }
    let prefix = reader.fixed().lang_prefix(reader.lang);
    // What only hidden pages carry has no page of its own.
    let made = |name: &&String| !summary.hidden || reader.tag(reader.lang, &slug(name)).is_some();
    let tags: Vec<&String> = summary.tags.iter().filter(made).collect();
    let links = kept(reader, |kept| {
        let mut link = |name: &String| {
            if let Some(link) = kept.tags.get(name) {
                return link.clone();
            }
            let slug = slug(name);
            let address = crate::plan::tag_address(&prefix, &slug);
            // Nor has a name without a letter.
            let link = match slug.is_empty() {
                true => Value::none(),
                false => map! {"name": name.as_str(), "url": reader.url(&address)},
            };
            kept.tags.insert(name.clone(), link.clone());
            link
        };
        tags.into_iter().map(&mut link).filter(|link| !link.is_none()).collect::<Vec<_>>()
    });
    Value::from(links)
}
