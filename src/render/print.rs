//! Print pages: the whole guide or one section on one page, for paper.

use super::body::Fill;
use super::context::{self, map};
use super::fact::Tag;
use super::notes::Notes;
use super::page::{alternates, base_context, made_page, seated, words};
use super::reader::Reader;
use crate::site::NodeIndex;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tera::Value;

/// The whole guide, or the section whose page is `section`.
pub fn print(reader: &Arc<Reader>, section: Option<&str>) -> String {
    let logical = section.unwrap_or("index.md");
    let Some((start, node)) = reader.node(Tag::Document, reader.lang, logical) else { return String::new() };
    let title = node.document.summary.title.clone();
    let sheet = sheet(reader, start);
    // What leads to another page leads to its place here, if it is here: on paper and in a PDF there is no other.
    let places: FxHashMap<String, &str> = sheet
        .iter()
        .filter_map(|(index, id)| {
            let node = reader.at(Tag::Address, reader.lang, *index)?;
            Some((reader.url(&node.address), id.as_str()))
        })
        .collect();
    let mut notes = Notes::default();
    let parts: Vec<Value> = seated(reader, || {
        sheet
            .iter()
            .filter_map(|(index, id)| {
                let node = reader.at(Tag::Document, reader.lang, *index)?;
                let summary = &node.document.summary;
                let body = reader.body(node);
                let fill = Fill::new(reader, *index, node);
                let html = demoted(&body.as_deref().map_or_else(String::new, |b| fill.page(b)));
                let html = notes.number(reader, own_ids(&html, id, &places));
                let depth = node.logical.matches('/').count() + usize::from(!node.is_section());
                Some(map! {
                    "title": summary.title.as_str(), "description": summary.description.as_deref(),
                    "url": reader.url(&node.address), "id": id.as_str(), "level": depth.clamp(1, 3),
                    "body": Value::safe_string(&html), "lang": &*node.document.lang,
                    "dir": context::dir_of(reader, &node.document.lang),
                    "canonical": reader.fixed().canonical(&node.address),
                })
            })
            .collect()
    });
    let mut ctx = base_context(reader);
    ctx.insert_value("title", Value::from(title.as_str()));
    ctx.insert_value("parts", Value::from(parts));
    ctx.insert_value("links", notes.list());
    ctx.insert_value("page", made_page(reader, &title));
    ctx.insert_value("section_url", Value::from(reader.url(&node.address)));
    ctx.insert_value("whole", Value::from(section.is_none()));
    ctx.insert_value("words", words(reader, |home| places.contains_key(&reader.url(&home.address))));
    // The switcher leads to the print page of the other language: a section there has members too, or it has none.
    let same = |lang, other: &crate::site::Node| {
        let members =
            reader.node(Tag::Around, lang, &other.logical).is_some_and(|(_, n)| !n.members.is_empty());
        if members || section.is_none() {
            crate::plan::print_address(&reader.fixed().lang_prefix(lang), &other.logical).into()
        } else {
            other.address.clone()
        }
    };
    ctx.insert_value("alternates", alternates(reader, node, same));
    super::render_template(reader, "print.html", &ctx)
        .unwrap_or_else(|| super::error_page(reader, "print.html"))
}

/// The pages of a section in reading order, each with the id of its place; without those that are not for print.
fn sheet(reader: &Reader, start: NodeIndex) -> Vec<(NodeIndex, String)> {
    let mut list = Vec::new();
    let mut stack = vec![start];
    while let Some(index) = stack.pop() {
        let Some(node) = reader.at(Tag::Around, reader.lang, index) else { continue };
        stack.extend(node.members.iter().rev());
        // Whether a page is for print is said in its document.
        let Some(node) = reader.at(Tag::Document, reader.lang, index) else { continue };
        if node.document.summary.print {
            list.push((index, format!("p-{}", crate::site::slug(node.logical.trim_end_matches(".md")))));
        }
    }
    list
}

/// Moves every heading one level down, since the page's own title is a heading of the whole print page.
fn demoted(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut out = html.to_string().into_bytes();
    for i in 0..bytes.len().saturating_sub(3) {
        let digit = match (&bytes[i..i + 2], &bytes[i..i + 3]) {
            (b"<h", _) => i + 2,
            (_, b"</h") => i + 3,
            _ => continue,
        };
        let ends = bytes.get(digit + 1).is_some_and(|b| matches!(b, b' ' | b'>'));
        if let Some(level @ b'1'..=b'5') = bytes.get(digit).copied()
            && ends
        {
            out[digit] = level + 1;
        }
    }
    // Only ASCII digits were replaced by ASCII digits.
    String::from_utf8(out).unwrap_or_else(|_| html.to_string())
}

/// Gives the ids of one page's body a prefix of its own, and its links to them likewise, so that many pages can stand on
/// one without two equal ids. A link to one of `places` leads there.
fn own_ids(html: &str, prefix: &str, places: &FxHashMap<String, &str>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    loop {
        let next = [" id=\"", " href=\"", " aria-labelledby=\"", " aria-describedby=\"", " for=\""]
            .iter()
            .filter_map(|mark| rest.find(mark).map(|i| (i, *mark)))
            .min();
        let Some((i, mark)) = next else { break };
        let after = i + mark.len();
        out.push_str(&rest[..after]);
        let end = rest[after..].find('"').map_or(rest.len(), |e| after + e);
        let value = &rest[after..end];
        if mark == " href=\"" {
            let (path, anchor) = value.split_once('#').map_or((value, None), |(p, a)| (p, Some(a)));
            let place = if path.is_empty() { Some(prefix) } else { places.get(path).copied() };
            match (place, anchor) {
                (Some(place), Some(anchor)) if !anchor.is_empty() => {
                    out.extend(["#", place, "-", anchor]);
                }
                (Some(place), _) => out.extend(["#", place]),
                (None, _) => out.push_str(value),
            }
        } else {
            for (n, name) in value.split(' ').enumerate() {
                if n > 0 {
                    out.push(' ');
                }
                if !name.is_empty() {
                    out.extend([prefix, "-", name]);
                }
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_get_a_prefix() {
        let places = FxHashMap::from_iter([("q.html".to_string(), "p-q")]);
        assert_eq!(
            own_ids("<h2 id=\"a\">x</h2><a href=\"#a\">y</a><a href=\"z.html#a\">z</a>", "p", &places),
            "<h2 id=\"p-a\">x</h2><a href=\"#p-a\">y</a><a href=\"z.html#a\">z</a>"
        );
        assert_eq!(
            own_ids("<a href=\"q.html#a\">y</a><a href=\"q.html\">z</a>", "p", &places),
            "<a href=\"#p-q-a\">y</a><a href=\"#p-q\">z</a>"
        );
    }

    #[test]
    fn headings_go_one_level_down() {
        assert_eq!(
            demoted("<h2 id=\"a\">x</h2><h6>y</h6><hr><header>"),
            "<h3 id=\"a\">x</h3><h6>y</h6><hr><header>"
        );
    }
}
