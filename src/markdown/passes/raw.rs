//! HTML in markdown: shown as text, or a part of the page.
//!
//! The parser hands it over in pieces: a block up to an empty line, a single tag within a line. All pieces of a page are
//! read as one: each tag is taken by itself ([`super::tag`]), and [`super::nesting`] keeps the balance from piece to piece,
//! with the markdown between them. So placeholders and our own tags stay whole, and a table may hold markdown.
//! What is allowed is said in `markdown::elements`; what is left out or does not fit is told at its place.

use super::nesting::Nesting;
use crate::diag::code;
use crate::markdown::RawHtml;
use crate::markdown::elements::WITH_CONTENT;
use crate::markdown::writer::{Mode, Writer};
use crate::source::html::{self, Piece};
use pulldown_cmark::{Event, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// The piece being read, and what is open from those before it.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Raw {
    pub nesting: Nesting,
    block: String,
    range: Range<usize>,
    /// Where the lines of the block begin in it, and where in the file's body.
    lines: Vec<(usize, usize)>,
    reported: bool,
    /// Left out with all in it until it is closed, a piece or more away.
    silent: Option<String>,
    /// Number of messages about HTML, and the place of the last one that was not told.
    told: u32,
    untold: Option<Range<usize>>,
}

/// Maximum number of messages about the HTML of one page.
const MAX_MESSAGES: u32 = 100;

/// Where a piece of HTML stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Stands {
    /// By itself.
    AsBlock,
    /// In a line of text.
    InLine,
}

impl Raw {
    /// Whether a raw link is open.
    pub fn in_link(&self) -> bool {
        self.nesting.in_link()
    }

    /// Whether any tag is open.
    #[inline]
    pub fn any(&self) -> bool {
        self.nesting.any() || self.silent.is_some()
    }

    /// Forgets that something is being left out: what it stands in ends.
    pub fn silence_ends(&mut self) {
        self.silent = None;
    }
}

impl Writer<'_> {
    pub(in crate::markdown) fn html_block(&mut self, range: &Range<usize>) {
        if self.masked && self.fence_at(range) {
            return;
        }
        self.mode = Mode::Html;
        self.raw.block.clear();
        self.raw.lines.clear();
        self.raw.range = range.clone();
    }

    /// Takes the events of an HTML block.
    pub(in crate::markdown) fn html_event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Html(text) | Event::Text(text) if self.mode == Mode::Html => {
                if self.masked && self.fence_in_html(&range) {
                    return;
                }
                let text = self.unmasked(text, &range);
                self.raw.lines.push((self.raw.block.len(), range.start));
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

    /// A line of a block is a fence: to the parser the block goes on up to an empty line, to writers it ends here.
    fn fence_in_html(&mut self, range: &Range<usize>) -> bool {
        if self.depth != 1 || holds_lines(&self.raw.block) {
            return false;
        }
        let Some(fence) = self.next_fence(range) else { return false };
        let line = fence.start..fence.end;
        if !self.source[line.clone()].trim_matches([':', ' ']).is_empty() {
            self.html_unfit_at(
                &line,
                "this container stands right behind HTML: what is in it is not read as markdown",
                "Leave an empty line before it.",
            );
        }
        let rest = range.end..self.raw.range.end.max(range.end);
        self.raw.range.end = range.start;
        self.depth -= 1;
        self.html_block_end();
        self.fence(fence);
        self.depth += 1;
        self.raw.block.clear();
        self.raw.lines.clear();
        self.raw.range = rest;
        true
    }

    fn html_block_end(&mut self) {
        let block = std::mem::take(&mut self.raw.block);
        let range = std::mem::take(&mut self.raw.range);
        match self.options.raw_html {
            RawHtml::Verbatim => {
                self.out.fresh_line();
                self.out.push(&block);
            }
            RawHtml::Escape => self.block_as_text(&block, &range),
            RawHtml::Sanitise => self.block_as_html(&block, &range),
        }
        self.raw.block = block;
    }

    fn block_as_text(&mut self, block: &str, range: &Range<usize>) {
        let html = self.without_comments(block, range);
        if html.trim().is_empty() {
            return;
        }
        self.block(range);
        self.out.fresh_line();
        // `<!-- a remark --> **text**`: what follows belongs to the comment's block, and is not read as markdown.
        let comment = block.trim_start().starts_with("<!--") && !html.contains('<');
        match comment && html.contains(['*', '_', '[', '`', '#', '|']) {
            true => self.warning(
                code::RAW_HTML,
                range,
                "what stands on the line of a comment is shown as it is typed, marks and all",
                "Begin the text on a line of its own below the comment.",
            ),
            false if comment => {}
            false => self.report_raw(range),
        }
        self.out.push("<p>");
        html::text(html.trim(), &mut self.out.html);
        self.out.push("</p>\n");
    }

    fn block_as_html(&mut self, block: &str, range: &Range<usize>) {
        let mut shows = false;
        for piece in html::pieces(block) {
            match piece {
                Piece::Comment(inside) => self.comment(&block[inside], range),
                Piece::Text(text) => shows |= !block[text].trim().is_empty(),
                _ => shows = true,
            }
        }
        if !shows {
            return;
        }
        self.block(range);
        self.out.fresh_line();
        self.write_pieces(block, Stands::AsBlock);
        self.out.fresh_line();
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
                html::text(html, &mut self.out.html);
            }
            RawHtml::Sanitise => {
                self.raw.lines.clear();
                self.raw.lines.push((0, range.start));
                self.write_pieces(html, Stands::InLine);
            }
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

    /// Writes the pieces of `source`.
    fn write_pieces(&mut self, source: &str, stands: Stands) {
        for piece in html::pieces(source) {
            if let Some(name) = &self.raw.silent {
                if matches!(&piece, Piece::Close(tag) if tag.is(name)) {
                    self.raw.silent = None;
                }
                continue;
            }
            match piece {
                Piece::Comment(_) => {}
                Piece::Text(range) => {
                    let text = html::resolved(&source[range.clone()]);
                    self.stray_text(&text, &range);
                    if stands == Stands::AsBlock && !self.raw.nesting.in_code() {
                        self.check_markdown(source, &range);
                    }
                    let after_line = stands == Stands::AsBlock && self.out.html.ends_with('\n');
                    let text = if after_line { text.trim_start_matches('\n') } else { &text };
                    html::text(text, &mut self.out.html);
                }
                // Behind a tag such as `<script/>`: with its end, it is left out with all in it.
                Piece::Raw(range) => html::text(&source[range], &mut self.out.html),
                Piece::Declaration(range) => self.html_dropped(
                    &range,
                    "this part of the HTML is left out",
                    "Remove it: it does nothing on a page.",
                ),
                Piece::Unfinished(range) => {
                    html::text(source.get(range.clone()).unwrap_or("").trim_end(), &mut self.out.html);
                    self.html_unfit(
                        &range,
                        "this HTML tag has no end and is shown as text",
                        "Write the `>` that ends it, and check the quotes in it; a plain `<` is written `&lt;`.",
                    );
                }
                Piece::Close(tag) => self.close_tag(&tag.name(), &tag.range()),
                Piece::Open(tag) => {
                    let name = tag.name();
                    if WITH_CONTENT.contains(&&*name) && !tag.closes_itself {
                        self.raw.silent = Some(name.into_owned());
                    }
                    self.open_tag(&tag, stands);
                }
            }
        }
    }

    /// Text of a block of HTML that looks like markdown, which nobody reads there.
    fn check_markdown(&mut self, source: &str, range: &Range<usize>) {
        let mut start = range.start;
        for line in source.get(range.clone()).unwrap_or("").split_inclusive('\n') {
            let text = line.trim();
            if looks_like_markdown(text) {
                let begins = start + (line.len() - line.trim_start().len());
                return self.html_unfit(
                    &(begins..begins + text.len()),
                    "this is not read as markdown, since it stands right behind a line of HTML",
                    "Leave an empty line before it, and one before the next tag.",
                );
            }
            start += line.len();
        }
    }

    /// A place in the piece at hand as a place in the body.
    pub(in crate::markdown) fn html_place(&self, range: &Range<usize>) -> Range<usize> {
        let lines = &self.raw.lines;
        let place = |at: usize| {
            let line = lines.partition_point(|(begins, _)| *begins <= at).saturating_sub(1);
            lines.get(line).map_or(0, |(begins, source)| source + (at - begins))
        };
        let start = place(range.start);
        // The end is one past the last byte, which may stand on the line before.
        let end =
            range.end.checked_sub(1).filter(|last| *last >= range.start).map_or(start, |l| place(l) + 1);
        let border =
            |at: usize| (0..=at.min(self.source.len())).rev().find(|i| self.source.is_char_boundary(*i));
        let start = border(start).unwrap_or(0);
        start..border(end).unwrap_or(start).max(start)
    }

    /// Something of the piece at hand is left out.
    pub(in crate::markdown) fn html_dropped(&mut self, range: &Range<usize>, message: &str, help: &str) {
        let range = self.html_place(range);
        if self.may_tell(&range) {
            self.warning(code::HTML_DROPPED, &range, message, help);
        }
    }

    /// A tag of the piece at hand does not fit where it stands.
    pub(in crate::markdown) fn html_unfit(&mut self, range: &Range<usize>, message: &str, help: &str) {
        let range = self.html_place(range);
        self.html_unfit_at(&range, message, help);
    }

    /// The same of a tag of an earlier piece.
    pub(in crate::markdown) fn html_unfit_at(&mut self, range: &Range<usize>, message: &str, help: &str) {
        if self.may_tell(range) {
            self.warning(code::HTML_STRUCTURE, range, message, help);
        }
    }

    fn may_tell(&mut self, range: &Range<usize>) -> bool {
        self.raw.told += 1;
        let may = self.raw.told <= MAX_MESSAGES;
        if !may {
            self.raw.untold = Some(range.clone());
        }
        may
    }

    /// The page ends: says how much was not said.
    pub(in crate::markdown) fn finish_raw(&mut self) {
        self.close_raw(0);
        if let Some(range) = self.raw.untold.take() {
            let more = self.raw.told - MAX_MESSAGES;
            self.warning(
                code::HTML_STRUCTURE,
                &range,
                format!("there are {more} more problems with the HTML of this page; this is the last"),
                "Mend the first ones: others often follow from them.",
            );
        }
    }
}

/// Whether a block of HTML begins with what keeps all lines in it, whatever they are: code, a program, a comment.
fn holds_lines(block: &str) -> bool {
    let begins = |name: &str| block.get(1..=name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name));
    block.starts_with("<!")
        || block.starts_with("<?")
        || ["pre", "script", "style", "textarea"].into_iter().any(begins)
}

/// Whether a line of text holds markup of markdown that is hardly anything else.
fn looks_like_markdown(line: &str) -> bool {
    let twice = |mark: &str| {
        let inside = line.split_once(mark).map_or("", |(_, rest)| rest);
        inside.find(mark).is_some_and(|end| end > 0 && !inside.starts_with(' '))
    };
    let begins =
        ["- ", "* ", "# ", "## ", "### ", "#### ", "> ", "1. "].iter().any(|mark| line.starts_with(mark));
    begins || twice("**") || twice("__") || twice("`") || line.contains("](") && line.contains('[')
}
