//! HTML in markdown: shown as text, or sanitised.
//!
//! Sanitised means ammonia's lists, with `class` allowed and files of other hosts refused. A block that closes all
//! it opens goes through ammonia as a whole. Otherwise (`<details>`, markdown, `</details>`; inline tags) each tag
//! goes through alone, and we keep the balance: a tag is closed at the latest where the markdown element or container
//! ends in which it was opened, a closing tag that matches none there is dropped. So slots and our own tags stay whole.

use crate::diag::code;
use crate::markdown::writer::{Mode, Writer};
use crate::markdown::{RawHtml, escape};
use ammonia::Builder;
use pulldown_cmark::{Event, TagEnd};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// Open tags of raw HTML, and the block being read.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Raw {
    open: Vec<(String, u32)>,
    block: String,
    range: Range<usize>,
    reported: bool,
}

impl Raw {
    /// Whether a raw link is open.
    pub fn in_link(&self) -> bool {
        self.open.iter().any(|(name, _)| name == "a")
    }

    /// Whether any tag is open.
    #[inline]
    pub fn any(&self) -> bool {
        !self.open.is_empty()
    }
}

static AMMONIA: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_generic_attributes(["class"])
        .link_rel(None)
        .url_schemes(["http", "https", "mailto", "tel"].into());
    builder.attribute_filter(|_, attribute, value| {
        let other_host = value.contains(':') || value.trim_start().starts_with(['/', '\\']);
        if matches!(attribute, "src" | "srcset" | "background") && other_host {
            None
        } else {
            Some(value.into())
        }
    });
    builder
});

/// The most raw tags that may be open at once.
const DEEPEST: usize = 50;

/// Tags that may stand in a paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var", "wbr",
];
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "wbr"];
/// Tags whose content is a program, not text.
const PROGRAM: &[&str] = &["script", "style", "iframe", "noscript", "template", "textarea", "title", "xmp"];

impl Writer<'_> {
    pub(in crate::markdown) fn html_block(&mut self, range: &Range<usize>) {
        if self.masked && self.fence_at(range) {
            return;
        }
        self.mode = Mode::Html;
        self.raw.block.clear();
        self.raw.range = range.clone();
    }

    /// Takes the events of an HTML block.
    pub(in crate::markdown) fn html_event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Html(text) | Event::Text(text) if self.mode == Mode::Html => {
                let text = self.unmasked(text, &range);
                self.raw.block.push_str(text);
            }
            Event::End(TagEnd::HtmlBlock) => {
                self.depth -= 1;
                if std::mem::replace(&mut self.mode, Mode::Body) == Mode::Html {
                    self.html_block_end();
                }
            }
            _ => {}
        }
    }

    fn html_block_end(&mut self) {
        let block = std::mem::take(&mut self.raw.block);
        let range = std::mem::take(&mut self.raw.range);
        if self.options.raw_html == RawHtml::Verbatim {
            self.out.fresh_line();
            self.out.push(&block);
            return;
        }
        let html = self.without_comments(&block, &range);
        if html.trim().is_empty() {
            return;
        }
        self.block(&range);
        self.out.fresh_line();
        if self.options.raw_html == RawHtml::Escape {
            self.report_raw(&range);
            self.out.push("<p>");
            escape::text(html.trim(), &mut self.out.html);
            self.out.push("</p>\n");
        } else if is_balanced(&html) {
            self.out.push(AMMONIA.clean(&html).to_string().trim());
            self.out.fresh_line();
        } else {
            self.tags(&html, |_| true);
        }
        self.raw.block = block;
    }

    pub(in crate::markdown) fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        match self.options.raw_html {
            RawHtml::Verbatim => self.out.push(html),
            _ if html.starts_with("<!--") => {
                let inside = html.trim_start_matches("<!--").trim_end_matches("-->");
                self.inline_comment(inside, range);
            }
            RawHtml::Escape => {
                self.report_raw(range);
                self.capture(html);
                escape::text(html, &mut self.out.html);
            }
            RawHtml::Sanitise => self.tags(html, |name| INLINE.contains(&name)),
        }
    }

    fn report_raw(&mut self, range: &Range<usize>) {
        if !std::mem::replace(&mut self.raw.reported, true) {
            self.warning(
                code::RAW_HTML,
                range,
                "HTML is shown as text here, since this site does not use HTML in its pages",
                "Write it in markdown, or a plain `<` as `&lt;`; an administrator can set `raw_html: true` in site.yaml.",
            );
        }
    }

    /// `html` without its comments, each of which is read.
    fn without_comments<'h>(&mut self, html: &'h str, range: &Range<usize>) -> Cow<'h, str> {
        let Some(first) = html.find("<!--") else { return Cow::Borrowed(html) };
        let mut kept = String::from(&html[..first]);
        let mut rest = &html[first..];
        while let Some(at) = rest.find("<!--") {
            kept.push_str(&rest[..at]);
            let inside = &rest[at + 4..];
            let end = inside.find("-->").unwrap_or(inside.len());
            self.comment(&inside[..end], range);
            rest = inside.get(end + 3..).unwrap_or("");
        }
        kept.push_str(rest);
        Cow::Owned(kept)
    }

    /// Writes `html` tag by tag.
    fn tags(&mut self, html: &str, allowed: impl Fn(&str) -> bool) {
        let level = self.depth + self.containers.depth() + 1;
        let mut rest = html;
        while let Some(piece) = next_piece(&mut rest) {
            match piece {
                Piece::Text(text) => self.out.push(&AMMONIA.clean(text).to_string()),
                Piece::Close(name) => {
                    let here = self.raw.open.iter().rposition(|(n, l)| *n == name && *l == level);
                    while here.is_some_and(|h| self.raw.open.len() > h) {
                        self.close_one_raw();
                    }
                }
                Piece::Open(name, _) if PROGRAM.contains(&&*name) => {
                    let close = format!("</{name}");
                    let is_close = |at: &usize| {
                        rest.as_bytes()[*at..]
                            .get(..close.len())
                            .is_some_and(|t| t.eq_ignore_ascii_case(close.as_bytes()))
                    };
                    let end = memchr::memchr_iter(b'<', rest.as_bytes()).find(is_close);
                    rest = &rest[end.unwrap_or(rest.len())..];
                }
                Piece::Open(name, _) if !allowed(&name) => {}
                // Links do not nest.
                Piece::Open(name, _) if name == "a" && (self.links.is_open() || self.raw.in_link()) => {}
                Piece::Open(name, tag) if VOID.contains(&&*name) => {
                    self.out.push(&AMMONIA.clean(tag).to_string());
                }
                Piece::Open(name, tag) => {
                    let clean = AMMONIA.clean(&format!("{tag}</{name}>")).to_string();
                    // Anything but this one element empty means that the tag is not allowed here.
                    let close = format!("</{name}>");
                    if let Some(open) = clean.strip_suffix(&close)
                        && open.starts_with(&format!("<{name}"))
                        && open.ends_with('>')
                        && self.raw.open.len() < DEEPEST
                    {
                        self.out.push(open);
                        self.raw.open.push((name, level));
                    }
                }
            }
        }
    }

    /// Closes the raw tags that were opened at `level` or deeper.
    pub(in crate::markdown) fn close_raw(&mut self, level: u32) {
        while self.raw.open.last().is_some_and(|(_, l)| *l >= level) {
            self.close_one_raw();
        }
    }

    fn close_one_raw(&mut self) {
        if let Some((name, _)) = self.raw.open.pop() {
            self.out.push("</");
            self.out.push(&name);
            self.out.push(">");
        }
    }
}

/// A stretch of HTML.
enum Piece<'h> {
    Text(&'h str),
    /// Name in lower case, and the tag as written.
    Open(String, &'h str),
    Close(String),
}

fn next_piece<'h>(rest: &mut &'h str) -> Option<Piece<'h>> {
    let html = *rest;
    if html.is_empty() {
        return None;
    }
    let bytes = html.as_bytes();
    let is_tag = |i: usize| {
        bytes[i] == b'<'
            && matches!(bytes.get(i + 1), Some(b) if b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
    };
    if !is_tag(0) {
        let end = (1..bytes.len()).find(|i| is_tag(*i)).unwrap_or(bytes.len());
        *rest = &html[end..];
        return Some(Piece::Text(&html[..end]));
    }
    let mut quote = None;
    let end = bytes.iter().position(|b| match (quote, *b) {
        (None, b'"' | b'\'') => {
            quote = Some(*b);
            false
        }
        (Some(q), b) if b == q => {
            quote = None;
            false
        }
        (None, b'>') => true,
        _ => false,
    });
    let end = end.map_or(bytes.len(), |e| e + 1);
    let tag = &html[..end];
    *rest = &html[end..];
    let closing = bytes[1] == b'/';
    let name = tag.trim_start_matches(['<', '/']);
    let name_end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name[..name_end].to_ascii_lowercase();
    if closing { Some(Piece::Close(name)) } else { Some(Piece::Open(name, tag)) }
}

/// Whether every tag in `html` is closed in it, in order, and none stands deeper than [`DEEPEST`].
fn is_balanced(html: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(piece) = next_piece(&mut rest) {
        match piece {
            Piece::Open(name, tag) if !VOID.contains(&&*name) && !name.is_empty() && !tag.ends_with("/>") => {
                open.push(name);
                if open.len() > DEEPEST {
                    return false;
                }
            }
            Piece::Close(name) if open.pop().as_ref() != Some(&name) => return false,
            _ => {}
        }
    }
    open.is_empty()
}
