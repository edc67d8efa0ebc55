//! What machines read: `sitemap.xml`, the Atom feed, `robots.txt`. They need the site's absolute address.
//!
//! Which pages they list, and what they say of each, is decided in [`in_sitemap`] and [`in_feed`], of which the facts that they read are
//! fingerprints: so an edit that changes nothing of it makes neither again.

use super::reader::Reader;
use crate::document::{ChangeNote, Summary};
use crate::site::{Node, Translation, Tree};
use crate::source::{Fingerprint, Hasher, html};
use jiff::civil::Date;
use std::fmt::Write;

/// Maximum number of pages in a feed: the most recent ones.
const MAX_FEED_PAGES: usize = 30;

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Control characters are not allowed in XML 1.0, not even as references.
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    html::quoted(&clean, &mut out);
    out
}

/// Whether sitemap and feed know the page: its own language has it, and it is to be found.
fn is_listed(node: &Node) -> bool {
    node.translation != Translation::Fallback && node.document.summary.search
}

/// The last day on which a page changed, was looked over or came out.
fn last_day(summary: &Summary) -> Option<Date> {
    summary.updated.max(summary.reviewed).max(summary.publish)
}

/// The pages of a language that the sitemap lists, in reading order, each with its day.
pub(super) fn in_sitemap(tree: &Tree) -> impl Iterator<Item = (&Node, Option<Date>)> {
    let listed = tree.order.iter().filter_map(|index| tree.node(*index)).filter(|node| is_listed(node));
    listed.map(|node| (node, last_day(&node.document.summary)))
}

/// Fingerprint of what the sitemap says of a language's pages.
pub(super) fn sitemap_fingerprint(tree: &Tree) -> u64 {
    let mut hasher = Hasher::new();
    for (node, day) in in_sitemap(tree) {
        hasher.text(&node.logical).text(&node.address).number(number(day));
    }
    hasher.finish().low()
}

/// What the feed of a language lists, the latest first: each with its day, its page, and the change that it tells.
pub(super) fn in_feed(tree: &Tree) -> Vec<(Date, &Node, Option<&ChangeNote>)> {
    let mut dated = Vec::new();
    for node in tree.order.iter().filter_map(|index| tree.node(*index)).filter(|node| is_listed(node)) {
        let summary = &node.document.summary;
        // Whoever says what changed is listed with that; of the others it is known that somebody looked.
        if let Some(day) = last_day(summary).filter(|_| summary.changes.is_empty()) {
            dated.push((day, node, None));
        }
        dated.extend(summary.changes.iter().map(|noted| (noted.date, node, Some(noted))));
    }
    dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.logical.cmp(&b.1.logical)));
    dated.truncate(MAX_FEED_PAGES);
    dated
}

/// Fingerprint of what the feed of a language says.
pub(super) fn feed_fingerprint(tree: &Tree) -> u64 {
    let mut hasher = Hasher::new();
    for (day, node, noted) in in_feed(tree) {
        let summary = &node.document.summary;
        let text = noted.map(|noted| &noted.text).or(summary.description.as_ref());
        hasher.number(number(Some(day))).text(&node.address).text(&summary.title);
        hasher.number(u64::from(noted.is_some())).text(text.map_or("\0", String::as_str));
    }
    hasher.finish().low()
}

/// A number that no other day has; 0 stands for none.
fn number(day: Option<Date>) -> u64 {
    day.map_or(0, |day| (day.year() as u64) << 16 | (day.month() as u64) << 8 | day.day() as u64)
}

/// Sitemap 0.9 with the other languages of each page.
pub fn sitemap(reader: &Reader) -> String {
    let world = reader.unrecorded().clone();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for lang in 0..world.config.languages.len() as u8 {
        for (node, day) in reader.in_sitemap(lang) {
            let Some(url) = world.canonical(&node.address) else { continue };
            let _ = write!(out, "<url><loc>{}</loc>", xml(&url));
            if let Some(day) = day {
                let _ = write!(out, "<lastmod>{day}</lastmod>");
            }
            if world.config.languages.len() > 1 {
                for (other, found) in reader.alternates(&node.logical) {
                    let Some(found) = found.filter(|n| n.translation != Translation::Fallback) else {
                        continue;
                    };
                    if let Some(href) = world.canonical(&found.address) {
                        let code = world.lang_code(other);
                        let _ = write!(
                            out,
                            "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                            xml(code),
                            xml(&href)
                        );
                    }
                }
            }
            out.push_str("</url>\n");
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// Atom 1.0: pages with a date, the latest first. The dates are the editors' own, so a feed with entries never depends on
/// when it was built.
pub fn feed(reader: &Reader) -> String {
    let world = reader.unrecorded().clone();
    let prefix = world.lang_prefix(reader.lang);
    let code = reader.lang_code().to_string();
    let dated = reader.in_feed();
    let own = world.canonical(&format!("{prefix}feed.xml")).unwrap_or_default();
    let home = world.canonical(&format!("{prefix}index.html")).unwrap_or_default();
    // A feed must say a day: an empty one is as it is today.
    let updated = dated.first().map_or_else(|| reader.today(), |(day, ..)| *day);
    let title = xml(world.config.title.get(&code));
    let author = match world.config.district.get(&code) {
        "" => title.clone(),
        district => xml(district),
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{}</id>\n<title>{title}</title>\n<updated>{updated}T00:00:00Z</updated>\n\
         <author><name>{author}</name></author>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n",
        xml(&code),
        xml(&own),
        xml(&own),
        xml(&home),
    );
    for (day, node, noted) in dated {
        let url = world.canonical(&node.address).unwrap_or_default();
        let summary = &node.document.summary;
        // Two changes of a page are two things to read, also of one day.
        let id = match noted {
            Some(noted) => format!("{url}#{day}-{}", Fingerprint::of(noted.text.as_bytes()).short()),
            None => url.clone(),
        };
        let _ = write!(
            out,
            "<entry><id>{}</id><title>{}</title><updated>{day}T00:00:00Z</updated><link href=\"{}\"/>",
            xml(&id),
            xml(&summary.title),
            xml(&url),
        );
        if let Some(text) = noted.map(|noted| &noted.text).or(summary.description.as_ref()) {
            let _ = write!(out, "<summary>{}</summary>", xml(text));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

/// Everything may be read; the sitemap is named when there is one.
pub fn robots(reader: &Reader) -> String {
    let world = reader.unrecorded();
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let (true, Some(url)) = (world.config.outputs.sitemap, world.canonical("sitemap.xml")) {
        let _ = writeln!(out, "Sitemap: {url}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn xml_is_escaped_and_has_no_control_characters() {
        assert_eq!(xml("a<b>&\"'\u{1}"), "a&lt;b&gt;&amp;&quot;&#39;");
    }
}
