//! Headings that components write: in the outline of their page, and as places to which links lead.
//!
//! A page is parsed without knowing any component, so its summary cannot name them. Its own outline takes them from the text that
//! was filled for it. Who links to one has the text filled once more, as a fragment: only where a link leads to an anchor that the
//! page itself does not have, so others pay nothing. The fragment holds the ids alone, so the linking page follows an edit
//! only when these change.

use super::body::Fill;
use super::fact::{Fact, FactKind};
use super::fragment::{Fragment, FragmentKey, ask};
use super::page::seated;
use super::reader::Reader;
use super::trail::Trail;
use super::world::World;
use crate::diag::closest;
use crate::document::{Body, Heading, PlaceholderKind};
use crate::site::{LangIndex, Node};
use crate::source::html::{Piece, pieces, resolved};
use crate::source::nfc;
use std::sync::Arc;

/// A heading that a component wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its plain text.
    pub title: String,
}

/// The headings in `html` that have an id, in order.
pub(super) fn in_html(html: &str) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    if !html.contains("<h") && !html.contains("<H") {
        return found;
    }
    let mut open: Option<Written> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => {
                let Some(level) = tag.heading() else { continue };
                let id = tag.value("id").filter(|id| !id.is_empty() && !id.contains(char::is_whitespace));
                open = id.map(|id| Written { level, id: id.into_owned(), title: String::new() });
            }
            Piece::Close(tag) if tag.heading().is_some() => {
                found.extend(open.take().map(|heading| Written {
                    title: heading.title.split_whitespace().collect::<Vec<_>>().join(" "),
                    ..heading
                }));
            }
            Piece::Text(range) => {
                if let Some(heading) = &mut open {
                    heading.title.push_str(&resolved(html.get(range).unwrap_or("")));
                }
            }
            _ => {}
        }
    }
    found
}

/// The outline of a page: its own headings, and at their places in `html`, its filled text, those of components.
pub(super) fn outline<'h>(own: &'h Body, written: &'h [Written], html: &str) -> Vec<Heading<'h>> {
    let mut outline: Vec<Heading<'h>> = own.headings().collect();
    if written.is_empty() {
        return outline;
    }
    let mut at = 0;
    for heading in in_html(html) {
        if let Some(passed) = outline.iter().skip(at).position(|own| own.id == heading.id) {
            at += passed + 1;
        } else if let Some(new) = written.iter().find(|new| new.id == heading.id)
            && !outline.iter().any(|own| own.id == new.id)
        {
            outline.insert(at, Heading { level: new.level, id: &new.id, title: &new.title });
            at += 1;
        }
    }
    outline
}

/// The id of a heading that a component writes on the page of `node`, which is the anchor `wanted`, as it stands there.
pub(super) fn id(reader: &Reader, lang: LangIndex, node: &Node, wanted: &str) -> Option<String> {
    // While headings are looked for, no link is asked where it leads: two pages may link to each other.
    if reader.trail().fragments().any(|key| matches!(key, FragmentKey::Headings { .. })) {
        return Some(wanted.to_owned());
    }
    let wanted = nfc(wanted);
    of_components(reader, lang, node)?.text.lines().find(|id| *nfc(id) == *wanted).map(str::to_owned)
}

/// The id of such a heading that is nearest to a wrong anchor.
pub(super) fn near(reader: &Reader, lang: LangIndex, node: &Node, wrong: &str) -> Option<String> {
    let headings = of_components(reader, lang, node)?;
    closest(wrong, headings.text.lines()).map(str::to_owned)
}

fn of_components(reader: &Reader, lang: LangIndex, node: &Node) -> Option<Arc<Fragment>> {
    reader.record(Fact::new(FactKind::Headings, lang, &node.logical));
    ask(reader, &FragmentKey::Headings { lang, page: node.logical.clone() }).ok()
}

/// Whether a text holds components of the theme.
fn has_components(body: &Body) -> bool {
    let opens = |body: &Body| {
        body.placeholders.iter().any(|placeholder| matches!(placeholder.kind, PlaceholderKind::Open(_)))
    };
    opens(body) || body.entries.iter().any(opens)
}

/// Makes the fragment of a page: the ids of the headings that components write on it, one a line.
pub(super) fn make(
    world: &Arc<World>,
    worker: usize,
    lang: LangIndex,
    page: &Arc<str>,
    trail: Trail,
) -> Fragment {
    let home = world.site.trees.get(lang as usize).and_then(|tree| tree.find(page));
    let here = home.map_or("", |(_, node)| &*node.address);
    let reader = Arc::new(Reader::new(world, worker, lang, here, Some(page.clone())).after(trail));
    reader.record(Fact::whole(FactKind::Config, 0));
    let found = reader.node(FactKind::Document, lang, page);
    let body = found.and_then(|(_, node)| reader.body(node)).filter(|body| has_components(body));
    let text = found.zip(body).map_or_else(String::new, |((index, node), body)| {
        let (_, headings) = seated(&reader, || Fill::new(&reader, index, node).page_and_headings(&body));
        headings.into_iter().map(|heading| heading.id + "\n").collect()
    });
    let mut made = Fragment::of(&reader, Some(text));
    // What is wrong on the page is told where it is shown.
    made.log.diagnostics.clear();
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_with_an_id_are_found() {
        let html = "<h2 id=\"a\">A &amp; <b>B</b>\n c</h2><h3>no id</h3><p id=\"x\">x</p><H4 id='é'>É</H4><h2 id=\"a b\">no</h2><h2 id=\"open\">";
        let found: Vec<_> = in_html(html).into_iter().map(|h| (h.level, h.id, h.title)).collect();
        assert_eq!(found, [(2, "a".into(), "A & B c".into()), (4, "é".into(), "É".into())]);
    }
}
