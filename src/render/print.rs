//! Print pages: the whole guide or one section on one page, for paper.

use super::body::Fill;
use super::context::{self, map};
use super::fact::FactKind;
use super::notes::Notes;
use super::page::{alternates, base_context, made_page, seated, words};
use super::page_notices;
use super::reader::Reader;
use super::sheet::{self, Sheet};
use crate::site::NodeIndex;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tera::Value;

/// The whole guide, or the section whose page is `section`.
pub fn print(reader: &Arc<Reader>, section: Option<&str>) -> Vec<u8> {
    let logical = section.unwrap_or("index.md");
    let Some((start, node)) = reader.node(FactKind::Document, reader.lang, logical) else {
        return Vec::new();
    };
    let title = node.document.summary.title.clone();
    let sheet = parts_of(reader, start);
    // What leads to another page leads to its place here, if it is here: on paper and in a PDF there is no other.
    let places: FxHashMap<String, &str> = sheet
        .iter()
        .filter_map(|(index, id)| {
            let node = reader.at(FactKind::Address, reader.lang, *index)?;
            Some((reader.url(&node.address), id.as_str()))
        })
        .collect();
    let mut notes = Notes::default();
    let mut size = 0;
    let parts: Vec<Value> = seated(reader, || {
        sheet
            .iter()
            .filter_map(|(index, id)| {
                let node = reader.at(FactKind::Document, reader.lang, *index)?;
                let summary = &node.document.summary;
                let body = reader.body(node);
                let fill = Fill::new(reader, *index, node);
                let html = body.as_deref().map_or_else(String::new, |b| fill.page(b));
                let facts = reader.as_part(|| {
                    super::fields::facts_of_part(reader, *index, node, &mut |html| {
                        notes.number(reader, part(&html, id, &places))
                    })
                });
                let html = notes.number(reader, part(&html, id, &places));
                size += html.len();
                let depth = node.logical.matches('/').count() + usize::from(!node.is_section());
                Some(map! {
                    "title": summary.title.as_str(), "description": summary.description.as_deref(),
                    "url": reader.url(&node.address), "id": id.as_str(), "level": depth.clamp(1, 3),
                    "facts": facts, "body": Value::safe_string(&html), "lang": &*node.document.lang,
                    "dir": context::dir_of(reader, &node.document.lang),
                    "canonical": reader.unrecorded().canonical(&node.address),
                })
            })
            .collect()
    });
    let nodes = sheet.iter().filter_map(|(index, _)| reader.at(FactKind::Document, reader.lang, *index));
    let notices = page_notices::of_made(reader, nodes.map(|node| &*node.document.lang));
    let mut ctx = base_context(reader);
    ctx.insert_value("notices", notices);
    ctx.insert_value("title", Value::from(title.as_str()));
    ctx.insert_value("parts", Value::from(parts));
    ctx.insert_value("links", notes.list());
    ctx.insert_value("page", made_page(reader, &title));
    ctx.insert_value("section_url", Value::from(reader.url(&node.address)));
    ctx.insert_value("whole", Value::from(section.is_none()));
    ctx.insert_value("words", words(reader, |shown| places.contains_key(&reader.url(&shown.address))));
    // The switcher leads to the print page of the other language: a section there has members too, or it has none.
    let same = |lang, other: &crate::site::Node| {
        let members =
            reader.node(FactKind::Around, lang, &other.logical).is_some_and(|(_, n)| !n.members.is_empty());
        if members || section.is_none() {
            crate::plan::print_address(&reader.unrecorded().lang_prefix(lang), &other.logical).into()
        } else {
            other.address.clone()
        }
    };
    ctx.insert_value("alternates", alternates(reader, node, same));
    super::render_page(reader, "print.html", &ctx, size)
}

/// The pages of a section in reading order, each with the id of its place; without those that are not for print.
fn parts_of(reader: &Reader, start: NodeIndex) -> Vec<(NodeIndex, String)> {
    let mut list = Vec::new();
    let mut ids = Sheet::default();
    let mut stack = vec![start];
    while let Some(index) = stack.pop() {
        let Some(node) = reader.at(FactKind::Around, reader.lang, index) else { continue };
        stack.extend(node.members.iter().rev());
        // Whether a page is for print is said in its document.
        let Some(node) = reader.at(FactKind::Document, reader.lang, index) else { continue };
        if node.document.summary.print {
            // Pages of different paths may have the same: `a/b.md` and `a-b.md`.
            let id = format!("p-{}", crate::site::slug(node.logical.trim_end_matches(".md")));
            list.push((index, ids.free(&id)));
        }
    }
    list
}

/// The body of one page as a part of the sheet: its ids with a prefix of their own, its headings one level down, since the
/// page's own title is a heading of the whole. A link to one of `places` leads there.
fn part(html: &str, prefix: &str, places: &FxHashMap<String, &str>) -> String {
    let ids = sheet::ids(html, |id| [prefix, sheet::JOIN, id].concat());
    sheet::place(html, &ids, 1, |href| {
        let (path, anchor) = href.split_once('#').map_or((href, ""), |(p, a)| (p, a));
        let place = places.get(path)?;
        let mut address = sheet::to(place);
        if !anchor.is_empty() {
            address.extend([sheet::JOIN, anchor]);
        }
        Some(address)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_keeps_its_ids_apart_and_its_links_on_the_sheet() {
        let places = FxHashMap::from_iter([("q.html".to_string(), "p-q")]);
        assert_eq!(
            part("<h2 id=\"a\">x</h2><a href=\"#a\">y</a><a href=\"z.html#a\">z</a><h6>", "p", &places),
            "<h3 id=\"p--a\">x</h3><a href=\"#p--a\">y</a><a href=\"z.html#a\">z</a><h6>"
        );
        assert_eq!(
            part("<a href=\"q.html#a\">y</a><a href=\"q.html\">z</a>", "p", &places),
            "<a href=\"#p-q--a\">y</a><a href=\"#p-q\">z</a>"
        );
    }
}
