//! The walk over the events, and the tags that need no pass.
//!
//! `depth` counts open markdown elements; what is nested deeper than [`MAX_NESTING`] is written without its tags and
//! reported once, so neither a browser nor a reader of the HTML meets a tower. Text runs that may carry terms
//! are opened by the first text and closed by `flush` before any markup.

use super::events;
use super::fences::Fence;
use super::inline;
use super::output::Output;
use super::passes::comment::Comments;
use super::passes::container::Containers;
use super::passes::entry::Entries;
use super::passes::footnote::Footnotes;
use super::passes::heading::Headings;
use super::passes::image::Picture;
use super::passes::link::Links;
use super::passes::raw::Raw;
use super::passes::table::Table;
use super::passes::term::Terms;
use super::valued::is_mark;
use super::{Flavor, Markdown, Options};
use crate::config::values::Fault;
use crate::diag::{Code, Diagnostic, Parsed, code};
use crate::document::{Body, Heading, Outline};
use crate::source::Span;
use crate::source::html;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::ops::Range;

/// Maximum depth of nesting that is written, in elements.
pub(super) const MAX_NESTING: u32 = 100;

/// What the events belong to just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The HTML.
    Body,
    /// The alternative text of an image.
    Image,
    /// A block of HTML or a comment.
    Html,
    /// A `:::` line.
    Fence,
    /// The field list of an entry.
    Fields,
}

/// Writes one body.
pub(super) struct Writer<'a> {
    pub options: &'a Options<'a>,
    /// The body as it is in the file.
    pub source: &'a str,
    pub masked: bool,
    pub fences: Vec<Fence>,
    pub out: Output,
    /// Outputs that wait for a footnote to end.
    pub waiting: Vec<Output>,
    pub mode: Mode,
    pub depth: u32,
    in_code: bool,
    /// Plain text of a heading or first paragraph.
    pub capture: bool,
    pub captured: String,
    pub words: usize,
    pub terms: Terms,
    pub headings: Headings,
    pub links: Links,
    pub picture: Picture,
    pub containers: Containers,
    pub entries: Entries,
    pub table: Table,
    pub footnotes: Footnotes,
    pub task_open: Option<u32>,
    pub raw: Raw,
    pub comments: Comments,
    nesting_reported: bool,
    /// Names in braces that are wrong, the next one first.
    misspelt: VecDeque<(Range<usize>, Fault)>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    pub fn new(source: &'a str, options: &'a Options<'a>) -> Self {
        Writer {
            options,
            source,
            masked: false,
            fences: Vec::new(),
            out: Output::sized(source.len()),
            waiting: Vec::new(),
            mode: Mode::Body,
            depth: 0,
            in_code: false,
            capture: false,
            captured: String::new(),
            words: 0,
            terms: Terms::default(),
            headings: Headings::new(source, options.flavor),
            links: Links::default(),
            picture: Picture::default(),
            containers: Containers::default(),
            entries: Entries::new(options.entry_level),
            table: Table::default(),
            footnotes: Footnotes::default(),
            task_open: None,
            raw: Raw::default(),
            comments: Comments::default(),
            nesting_reported: false,
            misspelt: VecDeque::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads the whole body; `seen` is told of each event before it is written.
    pub fn run(mut self, mut seen: impl FnMut(&Event<'_>, &Range<usize>)) -> Parsed<Markdown> {
        let mut prepared = events::prepare(self.source, self.options.flavor, self.options.words);
        self.misspelt = self
            .options
            .words
            .named(self.source)
            .filter_map(|named| Some((named.range, named.word.err()?)))
            .collect();
        self.fences = std::mem::take(&mut prepared.fences);
        self.masked = !self.fences.is_empty();
        if prepared.tables_left_out {
            self.error(
                code::NESTING,
                &(0..0),
                "the tables of this page have too many empty places",
                "Give each row as many cells as its table's first line has; the tables are shown as text now.",
            );
        }
        for (event, range) in prepared.events() {
            seen(&event, &range);
            match self.mode {
                Mode::Body => self.event(event, range),
                Mode::Image => self.image_event(&event, &range),
                Mode::Html | Mode::Fence => self.html_event(&event, range),
                Mode::Fields => self.fields_event(&event, range),
            }
        }
        self.finish()
    }

    fn finish(mut self) -> Parsed<Markdown> {
        self.flush();
        self.end_entry();
        self.close_all_containers();
        self.finish_raw();
        let notes = self.take_footnotes();
        self.finish_comments();
        let html = self.out.html.into_boxed_str();
        let headings = self.headings.outline.iter();
        let headings = headings.map(|(level, id, title)| Heading { level: *level, id, title });
        let body = Body {
            outline: Outline::of(headings, &html),
            html,
            placeholders: self.out.placeholders.shrink(),
            entries: self.entries.bodies,
            notes,
        };
        let value = Markdown {
            body,
            entries: self.entries.texts,
            anchors: self.headings.anchors.shrink(),
            misplaced: self.entries.misplaced,
            allows: self.comments.allows,
            words: u32::try_from(self.words).unwrap_or(u32::MAX),
        };
        Parsed { value, diagnostics: self.diagnostics }
    }

    /// Whether the guide's own passes are on.
    pub fn guide(&self) -> bool {
        self.options.flavor == Flavor::Guide
    }

    /// A place in the body as a place in the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.options.offset)
    }

    pub fn error(&mut self, code: Code, range: &Range<usize>, message: impl Into<String>, help: &str) {
        let d = Diagnostic::error(code, self.options.path, self.span(range), message).help(help);
        self.diagnostics.push(d);
    }

    pub fn warning(&mut self, code: Code, range: &Range<usize>, message: impl Into<String>, help: &str) {
        let d = Diagnostic::warning(code, self.options.path, self.span(range), message).help(help);
        self.diagnostics.push(d);
    }

    /// `text` of an event, read from the source where a `:::` line was overwritten.
    pub fn unmasked<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str
    where
        'a: 't,
    {
        if self.masked && text.len() == range.len() { &self.source[range.clone()] } else { text }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::SoftBreak => {
                self.write_text("\n");
                self.capture(" ");
            }
            Event::Start(tag) => {
                self.flush();
                self.start(tag, range);
            }
            Event::End(tag) => {
                self.flush();
                self.end(tag, &range);
            }
            Event::Code(text) => {
                self.flush();
                self.words += 1;
                self.capture(&text);
                self.out.push("<code>");
                html::text(&text, &mut self.out.html);
                self.out.push("</code>");
            }
            Event::HardBreak => {
                self.flush();
                self.capture(" ");
                self.out.push("<br>\n");
            }
            Event::Rule => {
                self.flush();
                self.block(&range);
                self.interrupt_raw(None, &range);
                self.out.fresh_line();
                self.out.push("<hr>\n");
                self.block_end(self.depth);
            }
            Event::InlineHtml(html) => {
                self.flush();
                match inline::mark(&html) {
                    Some(mark) => self.inline_component(mark, &range),
                    None => self.inline_html(&html, &range),
                }
            }
            Event::FootnoteReference(label) => {
                self.flush();
                self.footnote_reference(&label, &range);
            }
            Event::TaskListMarker(done) => {
                self.flush();
                self.task(done);
            }
            // A block of HTML nested too deep; formulas are not asked for.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if is_mark(text, &range) {
            return self.write_text(text);
        }
        if self.in_code {
            let text = self.unmasked(text, &range);
            html::text(text, &mut self.out.html);
            return;
        }
        if self.guide() {
            match text.as_bytes().first() {
                Some(b'^') => self.check_footnote_text(&range),
                Some(b':') if text.starts_with("::") => self.check_fence_text(&range),
                _ => {}
            }
        }
        if !self.misspelt.is_empty() {
            self.tell_misspelt(&range);
        }
        self.words += spaces(text);
        self.capture(text);
        self.write_text(text);
    }

    /// Tells of the names in braces that begin in running text at `range`.
    fn tell_misspelt(&mut self, range: &Range<usize>) {
        while self.misspelt.front().is_some_and(|(place, _)| place.start < range.end) {
            let Some((place, fault)) = self.misspelt.pop_front() else { return };
            // What was passed stands in code.
            if place.start >= range.start {
                self.diagnostics.push(fault.told(self.options.path, self.span(&place)));
            }
        }
    }

    /// Adds to the plain text that is being collected.
    #[inline]
    pub fn capture(&mut self, text: &str) {
        if self.capture {
            self.captured.push_str(text);
        }
    }

    /// A block begins: what a comment before it said holds for it.
    pub fn block(&mut self, range: &Range<usize>) {
        self.close_task();
        self.claim_comments(range);
        if self.terms.next_off {
            self.terms.next_off = false;
            self.terms.off_at = Some(self.depth);
            self.terms.blocked += 1;
        }
    }

    /// A block has ended; `depth` is that at which it began.
    pub fn block_end(&mut self, depth: u32) {
        if self.terms.off_at == Some(depth) {
            self.terms.off_at = None;
            self.terms.blocked -= 1;
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.depth >= MAX_NESTING {
            self.depth += 1;
            self.too_deep(&range);
            return;
        }
        self.raw.nesting.begins(&tag);
        match tag {
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => self.out.push("<del>"),
            Tag::Superscript => self.out.push("<sup>"),
            Tag::Subscript => self.out.push("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link(link_type, &dest_url, &title, &range);
            }
            Tag::Image { dest_url, title, .. } => self.image(&dest_url, &title, &range),
            Tag::TableRow => self.table_row(),
            Tag::TableCell => self.table_cell(),
            Tag::TableHead => self.table_head(),
            Tag::Item => {
                self.out.fresh_line();
                self.out.push("<li>");
            }
            Tag::HtmlBlock => self.html_block(&range),
            block => {
                self.block(&range);
                self.interrupt_raw(Some(&block), &range);
                self.out.fresh_line();
                self.start_block(block, range);
            }
        }
        self.depth += 1;
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.begin_paragraph();
                self.out.push("<p>");
            }
            Tag::Heading { level, id, classes, .. } => {
                self.heading(level as u8, id.as_deref(), &classes, &range);
            }
            Tag::BlockQuote(None) => self.out.push("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(kind, &range),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                match kind {
                    CodeBlockKind::Fenced(info) if !info.trim().is_empty() => {
                        self.out.push("<pre><code class=\"language-");
                        html::attribute(info.split_whitespace().next().unwrap_or(""), &mut self.out.html);
                        self.out.push("\">");
                    }
                    _ => self.out.push("<pre><code>"),
                }
            }
            Tag::List(None) if self.field_list(&range) => {}
            Tag::List(None) => self.out.push("<ul>\n"),
            Tag::List(Some(1)) => self.out.push("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out.html, "<ol start=\"{first}\">");
            }
            Tag::DefinitionList => self.out.push("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push("<dt>"),
            Tag::DefinitionListDefinition => self.out.push("<dd>"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::FootnoteDefinition(label) => self.footnote_definition(&label, &range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth -= 1;
        let depth = self.depth;
        if depth >= MAX_NESTING {
            self.out.push(" ");
            return;
        }
        self.raw.nesting.ends(tag);
        if self.raw.any() {
            self.close_raw(depth + self.containers.depth() + 2);
        }
        match tag {
            TagEnd::Emphasis => self.out.push("</em>"),
            TagEnd::Strong => self.out.push("</strong>"),
            TagEnd::Strikethrough => self.out.push("</del>"),
            TagEnd::Superscript => self.out.push("</sup>"),
            TagEnd::Subscript => self.out.push("</sub>"),
            TagEnd::Link => self.link_end(),
            TagEnd::TableRow => self.out.push("</tr>\n"),
            TagEnd::TableCell => self.table_cell_end(),
            TagEnd::TableHead => self.out.push("</tr></thead>\n"),
            TagEnd::Item => {
                self.close_task();
                self.words += 1;
                self.out.push("</li>\n");
            }
            TagEnd::Image | TagEnd::HtmlBlock => {}
            block => {
                self.close_task();
                self.words += 1;
                self.end_block(block, range);
                self.block_end(depth);
            }
        }
    }

    fn end_block(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.out.push("</p>\n");
                self.end_paragraph();
            }
            TagEnd::Heading(_) => self.heading_end(range),
            TagEnd::BlockQuote(None) => {
                self.words -= 1;
                self.out.push("</blockquote>\n");
            }
            TagEnd::BlockQuote(Some(_)) => {
                self.words -= 1;
                self.alert_end();
            }
            TagEnd::CodeBlock => {
                self.words -= 1;
                self.in_code = false;
                self.out.push("</code></pre>\n");
            }
            TagEnd::List(ordered) => {
                self.words -= 1;
                self.out.push(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::DefinitionList => {
                self.words -= 1;
                self.out.push("</dl>\n");
            }
            TagEnd::DefinitionListTitle => self.out.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push("</dd>\n"),
            TagEnd::Table => self.table_end(),
            TagEnd::FootnoteDefinition => self.footnote_definition_end(),
            _ => {}
        }
    }

    /// Reports nesting, once a page.
    pub fn too_deep(&mut self, range: &Range<usize>) {
        if !std::mem::replace(&mut self.nesting_reported, true) {
            let start = range.start;
            self.error(
                code::NESTING,
                &(start..start),
                format!("this is nested more than {MAX_NESTING} levels deep"),
                "Take some of the quotes, lists or marks around it away; what lies deeper is shown flat.",
            );
        }
    }
}

/// Blanks in `text`: nearly the number of words begun in it.
fn spaces(text: &str) -> usize {
    memchr::memchr_iter(b' ', text.as_bytes()).count()
}
