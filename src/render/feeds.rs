//! What machines read: `sitemap.xml`, the Atom feed, `robots.txt`. They need the site's absolute address.

use super::fact::Tag;
use super::reader::Reader;
use crate::site::Translation;
use crate::source::{Fingerprint, html};
use std::fmt::Write;

/// How many pages a feed lists at most: the most recent ones.
const FEED_LIMIT: usize = 30;

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Control characters are not allowed in XML 1.0, not even as references.
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    html::quoted(&clean, &mut out);
    out
}

/// Sitemap 0.9 with the other languages of each page.
pub fn sitemap(reader: &Reader) -> String {
    let world = reader.fixed().clone();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for lang in 0..world.config.languages.len() as u8 {
        for index in reader.order(lang).to_vec() {
            let Some(node) = reader.at(Tag::Document, lang, index) else { continue };
            if node.translation == Translation::Fallback || !node.document.summary.search {
                continue;
            }
            let Some(url) = world.canonical(&node.address) else { continue };
            let _ = write!(out, "<url><loc>{}</loc>", xml(&url));
            let summary = &node.document.summary;
            if let Some(day) = summary.reviewed.or(summary.publish) {
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
    let world = reader.fixed().clone();
    let prefix = world.lang_prefix(reader.lang);
    let code = reader.lang_code().to_string();
    let mut dated = Vec::new();
    for index in reader.order(reader.lang).to_vec() {
        let Some(node) = reader.at(Tag::Document, reader.lang, index) else { continue };
        let summary = &node.document.summary;
        if node.translation == Translation::Fallback || !summary.search {
            continue;
        }
        // Whoever says what changed is listed with that; of the others it is known that somebody looked.
        if let Some(day) = summary.reviewed.max(summary.publish).filter(|_| summary.changes.is_empty()) {
            dated.push((day, node, None));
        }
        dated.extend(summary.changes.iter().map(|noted| (noted.date, node, Some(noted))));
    }
    dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.logical.cmp(&b.1.logical)));
    dated.truncate(FEED_LIMIT);
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
    let world = reader.fixed();
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
