//! Makes a [`PageText`] from the events of the markdown parser.
//!
//! Is told of each event once, by [`crate::markdown`] while it writes the body or by [`Builder::read`], and gathers
//! blocks of running text, headings, links, images, tables, raw HTML and containers. Which headings are entries is
//! known when the page's summary is: [`Builder::finish`] takes it.

use super::raw::RawLinks;
use super::{
    Block, BlockKind, CODE, CodeAt, CodeBlockAt, ComponentAt, HeadingAt, HtmlAt, ImageAt, LinkAt, PageText,
    Section, TableAt,
};
use crate::config::Words;
use crate::document::EntrySummary;
use crate::markdown::inline::{self, Mark};
use crate::markdown::valued::is_mark;
use crate::markdown::{Flavor, RawHtml, events, is_field_list};
use crate::source::Span;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// What a text event belongs to, besides its block.
#[derive(Default)]
struct Open {
    /// Kind, start in flat and start in the file of the open block.
    block: Option<(BlockKind, u32, u32)>,
    /// Text outside bold in the open block.
    plain_text: bool,
    strong: u32,
    items: u32,
    quotes: u32,
    footnote: bool,
    /// The link being read.
    link: Option<LinkAt>,
    raw_links: RawLinks,
    image: Option<ImageAt>,
    /// Images inside it, which are words of its alternative text.
    inner_images: u32,
    table: Option<TableAt>,
    in_head: bool,
    cell: Range<u32>,
    code: bool,
    html: Option<(u32, u32)>,
    components: Vec<u32>,
    /// Nothing but the heading has been met since it: a list here holds fields, if the heading is an entry's.
    entry_fresh: bool,
    /// Depth of lists of the field list at hand.
    field_list: u32,
    heading_image: bool,
}

/// Whether there is nothing but white space: the first letter answers.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.chars().all(char::is_whitespace)
}

/// Gathers the text of one page.
pub struct Builder<'a> {
    page: PageText,
    open: Open,
    /// The body as it is in the file.
    source: &'a str,
    raw_html: RawHtml,
}

impl<'a> Builder<'a> {
    /// Begins with the body `source`, which starts at `offset` in its file.
    pub fn new(source: &'a str, offset: usize, raw_html: RawHtml) -> Builder<'a> {
        let page = PageText {
            body: offset as u32,
            flat: String::with_capacity(source.len() + 16),
            map: Vec::with_capacity(128),
            blocks: Vec::with_capacity(64),
            sections: vec![Section::default()],
            ..PageText::default()
        };
        Builder { page, open: Open::default(), source, raw_html }
    }

    /// Reads the whole body by itself, without writing it; `entries` are those of the page.
    pub fn read(mut self, words: Words<'_>, entries: &[EntrySummary]) -> PageText {
        for (event, range) in events::prepare(self.source, Flavor::Guide, words).events() {
            self.event(&event, &range);
        }
        self.finish(entries)
    }

    /// Ends the text; `entries` are those of the page, in order.
    pub fn finish(mut self, entries: &[EntrySummary]) -> PageText {
        let end = self.page.body + self.source.len() as u32;
        self.close_block(end);
        let at = self.at();
        self.open.raw_links.end(at, 0, &mut self.page.links);
        self.end_section();
        let mut page = self.page;
        let mut entries = entries.iter().peekable();
        for section in &mut page.sections {
            let Some(heading) = section.heading.and_then(|h| page.headings.get(h as usize)) else { continue };
            while entries.next_if(|e| e.span.start < heading.span.start).is_some() {}
            section.entry = entries.peek().is_some_and(|e| e.span.start < heading.span.end);
        }
        for block in &mut page.blocks {
            let entry = page.sections.get(block.section as usize).is_some_and(|s| s.entry);
            if block.kind == BlockKind::Field && !entry {
                block.kind = BlockKind::Item;
            }
            block.prose = match block.kind {
                BlockKind::Paragraph | BlockKind::Item => true,
                BlockKind::Field => {
                    let text = page.flat.get(block.flat.start as usize..block.flat.end as usize);
                    text.is_some_and(|t| t.trim_end().ends_with(['.', '!', '?']))
                }
                BlockKind::Heading | BlockKind::Cell => false,
            };
        }
        page
    }

    fn at(&self) -> u32 {
        self.page.flat.len() as u32
    }

    /// Takes the next event; `range` is its place in the body.
    pub fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let typed = range;
        let range = self.page.body + range.start as u32..self.page.body + range.end as u32;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) if is_mark(text, typed) => {}
            Event::Text(text) => self.text(self.as_typed(text, typed), range),
            Event::Code(text) => self.code(text, range),
            Event::SoftBreak | Event::HardBreak => self.push("\n", range.start),
            Event::Html(_) => {}
            Event::InlineHtml(source) => match inline::mark(source) {
                Some(mark) => self.in_line(mark, range),
                None => self.inline_html(source, range),
            },
            _ => {}
        }
    }

    /// The text of an event as it was typed: a quote, dash or dots that the parser made typographic as they stand in the
    /// file, where the rules name and replace them.
    fn as_typed<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str
    where
        'a: 't,
    {
        match text {
            "\u{2018}" | "\u{2019}" | "\u{201c}" | "\u{201d}" | "\u{2013}" | "\u{2014}" | "\u{2026}" => {
                self.source.get(range.clone()).unwrap_or(text)
            }
            _ => text,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<u32>) {
        match tag {
            Tag::Paragraph => {
                let kind = if self.open.items > 0 { BlockKind::Item } else { BlockKind::Paragraph };
                self.open_block(kind, range.start);
                self.open.entry_fresh = false;
            }
            Tag::Heading { level, .. } => self.heading(*level as u8, range),
            Tag::List(first) => {
                self.close_block(range.start);
                let list = (range.start - self.page.body) as usize..(range.end - self.page.body) as usize;
                let holds = || self.source.get(list).is_some_and(is_field_list);
                if self.open.entry_fresh && self.open.items == 0 && first.is_none() && holds() {
                    self.open.field_list = 1;
                } else if self.open.field_list > 0 {
                    self.open.field_list += 1;
                }
                self.open.entry_fresh = false;
            }
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.open.items += 1,
            Tag::BlockQuote(_) => {
                self.close_block(range.start);
                self.open.quotes += 1;
            }
            Tag::FootnoteDefinition(_) => self.open.footnote = true,
            Tag::CodeBlock(kind) => {
                self.close_block(range.start);
                self.open.code = true;
                let span = Span::new(range.start as usize, range.end as usize);
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.page.code_blocks.push(CodeBlockAt { span, fenced });
            }
            Tag::HtmlBlock => {
                self.close_block(range.start);
                self.open.html = Some((range.start, range.end));
            }
            Tag::Table(_) => {
                self.close_block(range.start);
                let span = Span::new(range.start as usize, range.end as usize);
                self.open.table = Some(TableAt { span, ..TableAt::default() });
            }
            Tag::TableHead => self.open.in_head = true,
            Tag::TableRow => {
                if let Some(table) = &mut self.open.table {
                    table.rows += 1;
                }
            }
            Tag::TableCell => {
                self.open_block(BlockKind::Cell, range.start);
                self.open.cell = range;
            }
            Tag::Strong => self.open.strong += 1,
            Tag::Strikethrough => self.page.struck.push(Span::new(range.start as usize, range.end as usize)),
            Tag::Link { link_type, dest_url, .. } => {
                self.ensure_block(range.start);
                let link = LinkAt {
                    target: dest_url.as_ref().into(),
                    span: Span::new(range.start as usize, range.end as usize),
                    flat: 0..0,
                    bare: matches!(link_type, LinkType::Autolink | LinkType::Email),
                    image_alt: None,
                    raw: None,
                };
                let at = self.at();
                self.open.raw_links.end(at, range.start, &mut self.page.links);
                self.open.link = Some(LinkAt { flat: at..at, ..link });
            }
            Tag::Image { .. } if self.open.image.is_some() => self.open.inner_images += 1,
            Tag::Image { dest_url, title, .. } => {
                self.ensure_block(range.start);
                self.open.plain_text = true;
                self.open.heading_image = true;
                if let Some(table) = &mut self.open.table {
                    table.has_image = true;
                }
                self.open.image = Some(ImageAt {
                    src: dest_url.as_ref().into(),
                    alt: "".into(),
                    title: title.as_ref().into(),
                    span: Span::new(range.start as usize, range.end as usize),
                    linked: self.open.link.is_some() || self.open.raw_links.is_open(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<u32>) {
        match tag {
            TagEnd::Paragraph | TagEnd::TableCell => {
                self.close_block(range.end);
                if tag == TagEnd::TableCell {
                    self.cell_end();
                }
            }
            TagEnd::Heading(_) => {
                self.close_block(range.end);
                let has_image = std::mem::take(&mut self.open.heading_image);
                if let Some(heading) = self.page.headings.last_mut() {
                    heading.has_image = has_image;
                    heading.flat = self
                        .page
                        .blocks
                        .last()
                        .filter(|b| b.kind == BlockKind::Heading)
                        .map_or(0..0, |b| b.flat.clone());
                }
            }
            TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                self.close_block(range.end);
                self.open.items = self.open.items.saturating_sub(1);
            }
            TagEnd::List(_) => self.open.field_list = self.open.field_list.saturating_sub(1),
            TagEnd::BlockQuote(_) => {
                self.close_block(range.end);
                self.open.quotes = self.open.quotes.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => self.open.footnote = false,
            TagEnd::CodeBlock => {
                self.open.code = false;
                self.open.entry_fresh = false;
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::TableHead => self.open.in_head = false,
            TagEnd::Table => {
                if let Some(table) = self.open.table.take() {
                    self.page.tables.push(table);
                }
                self.open.entry_fresh = false;
            }
            TagEnd::Strong => self.open.strong = self.open.strong.saturating_sub(1),
            TagEnd::Link => {
                if let Some(mut link) = self.open.link.take() {
                    link.flat.end = self.at();
                    self.page.links.push(link);
                }
            }
            TagEnd::Image if self.open.inner_images > 0 => self.open.inner_images -= 1,
            TagEnd::Image => {
                if let Some(image) = self.open.image.take() {
                    match &mut self.open.link {
                        Some(link) => link.image_alt = Some(image.alt.clone()),
                        None => self.open.raw_links.image(&image.alt),
                    }
                    self.page.images.push(image);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<u32>) {
        if self.open.code || self.open.html.is_some() {
            return;
        }
        if let Some(image) = &mut self.open.image {
            image.alt = format!("{}{text}", image.alt).into();
            return;
        }
        if self.open.strong == 0 && !is_blank(text) {
            self.open.plain_text = true;
        }
        self.push(text, range.start);
    }

    fn code(&mut self, text: &str, range: Range<u32>) {
        if let Some(image) = &mut self.open.image {
            image.alt = format!("{}{text}", image.alt).into();
            return;
        }
        self.open.plain_text = true;
        // Code is no prose; what stands for it is neither letter nor space, so that a link of code is not empty.
        let mut place = [0; 4];
        self.push(CODE.encode_utf8(&mut place), range.start);
        let at = self.at() - CODE.len_utf8() as u32;
        let span = Span::new(range.start as usize, range.end as usize);
        self.page.code.push(CodeAt { at, text: text.into(), span });
    }

    fn push(&mut self, text: &str, source: u32) {
        if self.open.image.is_some() {
            return;
        }
        self.ensure_block(source);
        let at = self.at();
        // Runs of text that follow one another in the file need no new piece.
        let follows = self.page.map.last().is_some_and(|(f, s)| at - f == source.wrapping_sub(*s));
        if !follows {
            self.page.map.push((at, source));
        }
        self.page.flat.push_str(text);
    }

    fn ensure_block(&mut self, source: u32) {
        if self.open.block.is_none() {
            let kind = if self.open.items > 0 { BlockKind::Item } else { BlockKind::Paragraph };
            self.open_block(kind, source);
        }
    }

    fn open_block(&mut self, kind: BlockKind, source: u32) {
        self.close_block(source);
        let kind = if kind == BlockKind::Item && self.open.field_list > 0 { BlockKind::Field } else { kind };
        self.open.plain_text = false;
        self.open.block = Some((kind, self.at(), source));
    }

    fn close_block(&mut self, source_end: u32) {
        let Some((kind, start, source)) = self.open.block.take() else { return };
        let flat = start..self.at();
        let text = self.page.flat.get(flat.start as usize..).unwrap_or("");
        let blank = is_blank(text);
        let all_strong = !blank && !self.open.plain_text;
        let top =
            self.open.items == 0 && self.open.quotes == 0 && !self.open.footnote && kind != BlockKind::Cell;
        let block = Block {
            kind,
            span: Span::new(source as usize, source_end as usize),
            flat,
            words: 0..0,
            sentences: 0..0,
            section: self.page.sections.len() as u32 - 1,
            prose: false,
            all_strong,
            component: self.open.components.last().copied(),
            top,
        };
        self.page.blocks.push(block);
        // A border that no word and no span crosses.
        self.page.flat.push('\n');
        let at = self.at();
        self.page.map.push((at, source_end));
    }

    fn heading(&mut self, level: u8, range: Range<u32>) {
        self.close_block(range.start);
        self.end_section();
        let span = Span::new(range.start as usize, range.end as usize);
        self.page.headings.push(HeadingAt { level, span, flat: 0..0, has_image: false });
        self.open.entry_fresh = true;
        self.open.field_list = 0;
        self.open.heading_image = false;
        let first = self.page.blocks.len() as u32;
        self.page.sections.push(Section {
            heading: Some(self.page.headings.len() as u32 - 1),
            blocks: first..first,
            ..Section::default()
        });
        self.open_block(BlockKind::Heading, range.start);
    }

    fn end_section(&mut self) {
        let end = self.page.blocks.len() as u32;
        if let Some(section) = self.page.sections.last_mut() {
            section.blocks.end = end;
        }
    }

    fn cell_end(&mut self) {
        let range = self.open.cell.clone();
        let Some(table) = &mut self.open.table else { return };
        let last = self.page.blocks.last().map(|b| b.flat.start as usize..b.flat.end as usize);
        let text = last.and_then(|place| self.page.flat.get(place)).unwrap_or("");
        let empty = is_blank(text) && !table.has_image;
        if self.open.in_head {
            table.header.push((Span::new(range.start as usize, range.end as usize), empty));
        } else if !empty {
            table.filled += 1;
            table.long_cells += u32::from(text.split_whitespace().count() > 60);
        }
    }

    /// What stands in the file between two of its places.
    fn typed(&self, start: u32, end: u32) -> &'a str {
        let at = |place: u32| place.saturating_sub(self.page.body) as usize;
        self.source.get(at(start)..at(end)).unwrap_or("")
    }

    /// A block of HTML: a container's fence, a comment, or raw HTML.
    fn html_block(&mut self) {
        let Some((start, end)) = self.open.html.take() else { return };
        let source = self.typed(start, end);
        if let Some(fence) = source.strip_prefix(":::") {
            self.fence(fence.trim(), start, end);
        } else {
            let span = Span::new(start as usize, start as usize + source.trim_end().len());
            self.html(source, span);
            if !source.trim_start().starts_with("<!--") {
                self.open.entry_fresh = false;
            }
        }
    }

    fn inline_html(&mut self, source: &str, range: Range<u32>) {
        self.html(source, Span::new(range.start as usize, range.end as usize));
        self.push(" ", range.start);
    }

    /// HTML or a comment, as written.
    fn html(&mut self, source: &str, span: Span) {
        if source.trim_start().starts_with("<!--") {
            self.page.comments.push(span);
            return;
        }
        let html = HtmlAt { source: source.into(), span };
        let at = self.at();
        match self.raw_html {
            RawHtml::Escape => self.page.html_as_text.push(html),
            RawHtml::Sanitise | RawHtml::Verbatim => {
                // In a link of markdown there is no other.
                if self.open.link.is_none() {
                    self.open.raw_links.read(source, span.start, at, &mut self.page.links);
                }
                self.page.html.push(html);
            }
        }
    }

    fn fence(&mut self, fence: &str, start: u32, end: u32) {
        let fence = fence.trim_start_matches(':').trim();
        if fence.is_empty() {
            self.open.components.pop();
            return;
        }
        let line_end = self.typed(start, end).trim_end().len() as u32;
        self.component(fence, start..start + line_end);
        self.open.components.push(self.page.components.len() as u32 - 1);
    }

    /// A component in a line. What one without a text shows is, like code, neither letter nor space.
    fn in_line(&mut self, mark: Mark<'_>, range: Range<u32>) {
        let (Mark::Alone(call) | Mark::Open(call)) = mark else { return };
        self.component(inline::inner(call), range.end - call.len() as u32..range.end);
        if matches!(mark, Mark::Alone(_)) {
            self.open.plain_text = true;
            self.push(CODE.encode_utf8(&mut [0; 4]), range.start);
        }
    }

    fn component(&mut self, call: &str, range: Range<u32>) {
        let section = self.page.sections.len() as u32 - 1;
        self.page.components.push(ComponentAt::new(call, range, section));
    }
}
