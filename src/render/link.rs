//! From a link as written to an address as seen from the output, or to a problem at the link's place.
//!
//! A relative link is resolved from the *source* file, as every editor and code host does. A link within one
//! language stays in the language of the view, so a page that fell back leads on to translated pages.

use super::fact::{Fact, Tag};
use super::reader::Reader;
use crate::diag::{Diagnostic, closest, code};
use crate::document::Document;
use crate::site::{LangIndex, Node};
use crate::source::{SourcePath, Span, url_escape};
use std::borrow::Cow;

/// Where a link leads.
pub enum Link<'r> {
    /// To a page, perhaps to an anchor of it.
    Page {
        /// The address with the anchor.
        href: String,
        /// The page.
        node: &'r Node,
    },
    /// To a file.
    File {
        /// The address.
        href: String,
        /// Type and size for people: `PDF, 120 KB`.
        about: String,
    },
    /// Nowhere; the problem was reported.
    Broken,
}

/// The folder of pages.
pub const CONTENT: &str = "content/";

/// The output address that the relative address `path` leads to from the output `base`; `path` has no anchor.
pub fn address_of(base: &str, path: &str) -> String {
    let folder = base.rfind('/').map_or("", |i| &base[..=i]);
    let decoded = percent_decode(path);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut target = parts.join("/");
    if decoded.ends_with('/') && !target.is_empty() {
        target.push('/');
    }
    target
}

/// Decodes `%XX`; bytes that do not make UTF-8 leave the text as it was.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |b: u8| (b as char).to_digit(16);
        match (bytes[i], bytes.get(i + 1).copied().and_then(hex), bytes.get(i + 2).copied().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
            }
            (byte, ..) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

/// The language and logical path of a page file below `content/`.
pub fn split_language<'p>(reader: &Reader, path: &'p str) -> Option<(LangIndex, &'p str)> {
    let rest = path.strip_prefix(CONTENT)?;
    let languages = &reader.fixed().config.languages;
    for (i, language) in languages.iter().enumerate().skip(1) {
        if let Some(logical) = rest.strip_prefix(language.code.as_str()).and_then(|r| r.strip_prefix('/')) {
            return Some((i as LangIndex, logical));
        }
    }
    Some((0, rest))
}

/// Size for people, in units of 1,000 as file managers show it.
pub fn size_text(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, (bytes % 1_000_000) / 100_000),
    }
}

/// Resolves `target`, written at `span` in `document`, for this output.
pub fn resolve<'r>(reader: &'r Reader, document: &Document, target: &str, span: Span) -> Link<'r> {
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decode(anchor))),
        None => (target, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    let path = if path.contains('%') { Cow::Owned(percent_decode(path)) } else { Cow::Borrowed(path) };
    let own_lang = split_language(reader, document.path.as_str()).map_or(0, |(l, _)| l);
    if path.is_empty() {
        let Some((_, node)) = reader.node(Tag::Address, reader.lang, &document.logical) else {
            return Link::Broken;
        };
        return with_anchor(reader, document, reader.lang, node, anchor.as_deref(), target, span);
    }
    let resolved = match path.strip_prefix('/') {
        Some(from_root) => SourcePath::new(&format!("{CONTENT}{from_root}")),
        None => document.path.join_from_folder(&path),
    };
    let resolved = match resolved {
        Ok(path) if path.as_str().starts_with(CONTENT) || path.as_str() == CONTENT.trim_end_matches('/') => {
            path
        }
        _ => {
            reader.report(
                Diagnostic::error(
                    code::OUTSIDE_SITE,
                    &document.path,
                    span,
                    format!("The link \"{target}\" leads out of the content folder."),
                )
                .help("Put the file into the content folder, and link to it from there."),
            );
            return Link::Broken;
        }
    };
    let name = resolved.as_str();
    let page_path = if name.ends_with(".md") {
        Some(Cow::Borrowed(name))
    } else if path.ends_with('/') || !resolved.file_name().contains('.') {
        Some(Cow::Owned(format!("{name}/index.md")))
    } else {
        None
    };
    if let Some(page_path) = page_path
        && let Some((lang, logical)) = split_language(reader, &page_path)
    {
        // Within one language the view's language leads; a link that names another language means it.
        let written = lang;
        let lang = if lang == own_lang { reader.lang } else { lang };
        return match reader.node(Tag::Address, lang, logical) {
            Some((_, node)) => with_anchor(reader, document, lang, node, anchor.as_deref(), target, span),
            None => {
                // Said of the language it was written in, so that a view of another one does not say it again.
                reader.record(Fact::new(Tag::Address, written, logical));
                missing_page(reader, document, written, logical, target, span);
                Link::Broken
            }
        };
    }
    match content_asset(reader, name) {
        Some(asset) => {
            let mut href = reader.url(&asset.address);
            if let Some(anchor) = anchor {
                href.push('#');
                url_escape(&anchor, &mut href);
            }
            let about = format!("{}, {}", resolved.extension().to_uppercase(), size_text(asset.size));
            Link::File { href, about }
        }
        None => {
            let mut found = Diagnostic::error(
                code::BROKEN_LINK,
                &document.path,
                span,
                format!("The file \"{target}\" does not exist."),
            );
            found = if let Some(stem) = name.strip_suffix(".html") {
                let page = stem.rsplit('/').next().unwrap_or(stem);
                found.help(format!(
                    "Link to the page's own file: {page}.md. Guidepost turns it into the right address."
                ))
            } else {
                found.help("Put the file beside the page, or correct its name; upper and lower case matter.")
            };
            reader.report(found);
            Link::Broken
        }
    }
}

/// A file below `content/`; a language's missing file falls back to the default language's.
pub fn content_asset<'r>(reader: &'r Reader, path: &str) -> Option<&'r super::world::AssetEntry> {
    if let Some(found) = reader.asset(path) {
        return Some(found);
    }
    let (lang, logical) = split_language(reader, path)?;
    if lang == 0 { None } else { reader.asset(&format!("{CONTENT}{logical}")) }
}

fn with_anchor<'r>(
    reader: &'r Reader,
    document: &Document,
    lang: LangIndex,
    node: &'r Node,
    anchor: Option<&str>,
    target: &str,
    span: Span,
) -> Link<'r> {
    let same = reader.is_here(&node.address);
    let mut href = if same && anchor.is_some() { String::new() } else { reader.url(&node.address) };
    if let Some(anchor) = anchor.filter(|a| !a.is_empty()) {
        if !reader.has_anchor(lang, node, anchor) {
            reader.record(Fact::new(Tag::Document, lang, &node.logical));
            let anchors = node.document.summary.anchors.iter();
            let mut found = Diagnostic::error(
                code::BROKEN_ANCHOR,
                &document.path,
                span,
                format!(
                    "The link \"{target}\" leads to a heading \"{anchor}\" that {} does not have.",
                    node.document.path
                ),
            );
            found = match closest(anchor, anchors) {
                Some(near) => found.help(format!("Did you mean #{near}?")),
                None => found
                    .help("Give the heading an id, such as ## Who helps {#who}, or link to the page alone."),
            };
            reader.report(found);
        }
        href.push('#');
        url_escape(anchor, &mut href);
    } else if same && anchor.is_some() {
        href.push('#');
    }
    Link::Page { href, node }
}

fn missing_page(
    reader: &Reader,
    document: &Document,
    lang: LangIndex,
    logical: &str,
    target: &str,
    span: Span,
) {
    if reader.left_out(lang, logical).is_some() {
        reader.report(
            Diagnostic::warning(
                code::LINK_TO_LEFT_OUT,
                &document.path,
                span,
                format!("The link \"{target}\" leads to a page that is not published."),
            )
            .help("Publish that page (draft, publish and expires in its front matter), or remove the link."),
        );
        return;
    }
    let mut found = Diagnostic::error(
        code::BROKEN_LINK,
        &document.path,
        span,
        format!("The page \"{target}\" does not exist."),
    );
    let order = reader.order(lang);
    let trees = &reader.fixed().site.trees;
    let paths = trees.get(lang as usize).into_iter().flat_map(|t| order.iter().filter_map(|i| t.node(*i)));
    // Without the ending, which makes any two short names alike.
    let stem = |path: &'_ str| path.len() - if path.ends_with(".md") { 3 } else { 0 };
    let stems = paths.clone().map(|n| &n.logical[..stem(&n.logical)]);
    let near = closest(&logical[..stem(logical)], stems).map(|near| format!("{near}.md")).or_else(|| {
        let file = logical.rsplit('/').next().unwrap_or(logical);
        let same = |p: &&str| p.rsplit('/').next() == Some(file) && file != "index.md";
        paths.clone().map(|n| &*n.logical).find(same).map(str::to_string)
    });
    found = match near {
        Some(near) => {
            let prefix =
                if lang == 0 { String::new() } else { format!("{}/", reader.fixed().lang_code(lang)) };
            let from = document.path.as_str().strip_prefix(CONTENT).unwrap_or("");
            let better = crate::source::relative_url(from, &format!("{prefix}{near}"));
            found.help(format!("Did you mean {better}?"))
        }
        None => found.help("Correct the path; it counts from the folder of this page and ends in .md."),
    };
    reader.report(found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_percent() {
        assert_eq!(percent_decode("a%20b%C3%B1"), "a bñ");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%ff"), "%ff");
    }

    #[test]
    fn sizes_for_people() {
        assert_eq!(size_text(999), "999 B");
        assert_eq!(size_text(119_600), "120 KB");
        assert_eq!(size_text(2_340_000), "2.3 MB");
    }
}
