//! The one walk over a page's markdown that all rules share.
//!
//! Reads pulldown-cmark's events with their offsets once, and fills a [`Page`]: blocks of running text,
//! headings, links, images, tables, raw HTML, containers. `cut` then cuts each block into words as it closes.

use super::cut;
use super::page::*;
use crate::markdown;
use crate::source::Span;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
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
    /// Links being read: address, flat start, bare, alternative text of images inside.
    link: Option<(LinkAt, u32)>,
    image: Option<ImageAt>,
    table: Option<TableAt>,
    in_head: bool,
    cell: Range<u32>,
    code: bool,
    html: Option<(u32, u32)>,
    components: Vec<u32>,
    /// Depth of lists of the field list at hand, if the last heading was an entry's.
    entry_fresh: bool,
    field_list: u32,
    heading_image: bool,
}

/// Reads a page.
pub fn page<'a>(input: PageInput<'a>, lexicon: &'a super::lexicon::Lexicon) -> Page<'a> {
    let body = body_start(input.text);
    let mut page = Page {
        input,
        lexicon,
        body: body as u32,
        flat: String::with_capacity(input.text.len() - body + 16),
        map: Vec::with_capacity(128),
        blocks: Vec::with_capacity(64),
        words: Vec::with_capacity((input.text.len() - body) / 5),
        sentences: Vec::with_capacity(64),
        sections: vec![Section::default()],
        headings: Vec::new(),
        links: Vec::new(),
        images: Vec::new(),
        tables: Vec::new(),
        html: Vec::new(),
        components: Vec::new(),
        hits: Vec::new(),
        code: Vec::new(),
    };
    let mut walk =
        Walk { page: &mut page, open: Open::default(), cutter: cut::Cutter::default(), entries: 0 };
    let masked = markdown::mask(&input.text[body..]);
    for (event, range) in markdown::linked(&masked, Parser::new_ext(&masked, syntax()).into_offset_iter()) {
        walk.event(event, range.start as u32 + body as u32..range.end as u32 + body as u32);
    }
    walk.close_block(input.text.len() as u32);
    walk.end_section();
    page
}

/// Where the body starts: behind the line that closes the front matter.
pub fn body_start(text: &str) -> usize {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next() else { return start };
    if first.trim_end() != "---" {
        return start;
    }
    let mut at = start + first.len();
    for line in lines {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return at;
        }
    }
    start
}

fn syntax() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

struct Walk<'p, 'a> {
    page: &'p mut Page<'a>,
    open: Open,
    cutter: cut::Cutter,
    /// How many entries of the summary have been met.
    entries: usize,
}

impl Walk<'_, '_> {
    fn at(&self) -> u32 {
        self.page.flat.len() as u32
    }

    fn event(&mut self, event: Event<'_>, range: Range<u32>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.code(&text, range),
            Event::SoftBreak | Event::HardBreak => self.push("\n", range.start),
            Event::Html(_) => {}
            Event::InlineHtml(source) => {
                if !source.starts_with("<!--") && self.page.input.raw_html {
                    let span = Span::new(range.start as usize, range.end as usize);
                    self.page.html.push(HtmlAt { source: source.as_ref().into(), span });
                }
                self.push(" ", range.start);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<u32>) {
        match tag {
            Tag::Paragraph => {
                let kind = if self.open.items > 0 { BlockKind::Item } else { BlockKind::Paragraph };
                self.open_block(kind, range.start);
                self.open.entry_fresh = false;
            }
            Tag::Heading { level, .. } => self.heading(level as u8, range),
            Tag::List(_) => {
                self.close_block(range.start);
                if self.open.entry_fresh && self.open.items == 0 {
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
            Tag::CodeBlock(_) => {
                self.close_block(range.start);
                self.open.code = true;
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
            Tag::Link { link_type, dest_url, .. } => {
                self.ensure_block(range.start);
                let link = LinkAt {
                    target: dest_url.as_ref().into(),
                    span: Span::new(range.start as usize, range.end as usize),
                    flat: 0..0,
                    bare: matches!(link_type, LinkType::Autolink | LinkType::Email),
                    image_alt: None,
                };
                self.open.link = Some((link, self.page.words.len() as u32));
                let at = self.at();
                if let Some((link, _)) = &mut self.open.link {
                    link.flat = at..at;
                }
            }
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
                    linked: self.open.link.is_some(),
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
                if let Some((mut link, _)) = self.open.link.take() {
                    link.flat.end = self.at();
                    self.page.links.push(link);
                }
            }
            TagEnd::Image => {
                if let Some(image) = self.open.image.take() {
                    if let Some((link, _)) = &mut self.open.link {
                        link.image_alt = Some(image.alt.clone());
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
            let mut alt = std::mem::take(&mut image.alt).into_string();
            alt.push_str(text);
            image.alt = alt.into();
            return;
        }
        if self.open.strong == 0 && !text.trim().is_empty() {
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
        self.page.code.push((at, text.into()));
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
        let blank = text.trim().is_empty();
        let all_strong = !blank && !self.open.plain_text;
        let prose = match kind {
            BlockKind::Paragraph | BlockKind::Item => true,
            BlockKind::Field => text.trim_end().ends_with(['.', '!', '?']),
            BlockKind::Heading | BlockKind::Cell => false,
        };
        let top =
            self.open.items == 0 && self.open.quotes == 0 && !self.open.footnote && kind != BlockKind::Cell;
        let block = Block {
            kind,
            span: Span::new(source as usize, source_end as usize),
            flat,
            words: 0..0,
            sentences: 0..0,
            section: self.page.sections.len() as u32 - 1,
            prose,
            all_strong,
            component: self.open.components.last().copied(),
            top,
        };
        self.cutter.block(self.page, block);
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
        let entries = &self.page.input.document.summary.entries;
        while entries.get(self.entries).is_some_and(|e| e.span.start < range.start) {
            self.entries += 1;
        }
        let entry = entries.get(self.entries).is_some_and(|e| e.span.start < range.end);
        self.open.entry_fresh = entry;
        self.open.field_list = 0;
        self.open.heading_image = false;
        let first = self.page.blocks.len() as u32;
        self.page.sections.push(Section {
            heading: Some(self.page.headings.len() as u32 - 1),
            blocks: first..first,
            entry,
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
        let text = self
            .page
            .blocks
            .last()
            .map_or("", |b| self.page.flat.get(b.flat.start as usize..b.flat.end as usize).unwrap_or(""));
        let empty = text.trim().is_empty() && !table.has_image;
        if self.open.in_head {
            table.header.push((Span::new(range.start as usize, range.end as usize), empty));
        } else if !empty {
            table.filled += 1;
            table.long_cells += u32::from(text.split_whitespace().count() > 60);
        }
    }

    /// A block of HTML: a container's fence, a comment, or raw HTML.
    fn html_block(&mut self) {
        let Some((start, end)) = self.open.html.take() else { return };
        let text = self.page.input.text;
        let source = text.get(start as usize..end as usize).unwrap_or("");
        if let Some(fence) = source.strip_prefix(":::") {
            self.fence(fence.trim(), start, end);
        } else if !source.trim_start().starts_with("<!--") {
            let span = Span::new(start as usize, start as usize + source.trim_end().len());
            if self.page.input.raw_html {
                self.page.html.push(HtmlAt { source: source.into(), span });
            }
            self.open.entry_fresh = false;
        }
    }

    fn fence(&mut self, fence: &str, start: u32, end: u32) {
        let fence = fence.trim_start_matches(':').trim();
        if fence.is_empty() {
            self.open.components.pop();
            return;
        }
        let (name, args) = fence.split_once(char::is_whitespace).unwrap_or((fence, ""));
        let line_end = self.page.input.text[start as usize..end as usize].trim_end().len() as u32;
        self.page.components.push(ComponentAt {
            name: name.into(),
            span: Span::new(start as usize, (start + line_end) as usize),
            args: args.trim().into(),
            section: self.page.sections.len() as u32 - 1,
        });
        self.open.components.push(self.page.components.len() as u32 - 1);
    }
}
