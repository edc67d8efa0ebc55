//! The text of a page as everything but its HTML sees it: blocks, headings, links, pictures, with their places in the file.
//!
//! [`Builder`] makes a [`PageText`] from the events of the markdown parser, either while the body is written (one
//! reading of the page) or by itself; [`tokens`] cuts its blocks into words and sentences. Rules read it, and whatever
//! else asks what a page says. Offsets named `flat` count in [`PageText::flat`], the running text without markup.

mod builder;
pub mod letters;
mod raw;
mod words;

pub use builder::Builder;
pub use words::{Token, TokenKind, tokens};

use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// What a block of running text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// The text of a list item, or a definition.
    Item,
    /// A heading.
    Heading,
    /// A table cell.
    Cell,
    /// A `- Label: value` line of an entry.
    Field,
}

/// A block of running text.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place in the file.
    pub span: Span,
    /// Its text in [`PageText::flat`]; a line break in the source is a `\n`.
    pub flat: Range<u32>,
    /// Its words, once the text was cut into words.
    pub words: Range<u32>,
    /// Its sentences, once the text was cut into words.
    pub sentences: Range<u32>,
    /// Its section in [`PageText::sections`].
    pub section: u32,
    /// Whether it counts as prose: neither heading, cell nor a field without a sentence.
    pub prose: bool,
    /// All its text is bold.
    pub all_strong: bool,
    /// The container it stands in, if any: its place in [`PageText::components`].
    pub component: Option<u32>,
    /// It stands directly in the page or a container: not in a list, quote, table or footnote.
    pub top: bool,
}

/// A heading and what follows it, up to the next heading; the first section has no heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its heading in [`PageText::headings`].
    pub heading: Option<u32>,
    /// Its blocks.
    pub blocks: Range<u32>,
    /// Whether it is an entry.
    pub entry: bool,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct HeadingAt {
    /// 1 to 6.
    pub level: u8,
    /// Its place in the file.
    pub span: Span,
    /// Its text in [`PageText::flat`].
    pub flat: Range<u32>,
    /// Holds an image, which may carry its text.
    pub has_image: bool,
}

/// A link.
#[derive(Debug, Clone)]
pub struct LinkAt {
    /// The address as written.
    pub target: Box<str>,
    /// Its place in the file.
    pub span: Span,
    /// Its text in [`PageText::flat`].
    pub flat: Range<u32>,
    /// Written as a bare address between `<` and `>` .
    pub bare: bool,
    /// The alternative text of an image inside it.
    pub image_alt: Option<Box<str>>,
    /// Written as raw HTML; then its text in blocks of HTML, which hold no running text.
    pub raw: Option<Box<str>>,
}

/// An image.
#[derive(Debug, Clone)]
pub struct ImageAt {
    /// The address as written.
    pub src: Box<str>,
    /// Alternative text.
    pub alt: Box<str>,
    /// Title.
    pub title: Box<str>,
    /// Its place in the file.
    pub span: Span,
    /// Inside a link.
    pub linked: bool,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct TableAt {
    /// Its place in the file.
    pub span: Span,
    /// Header cells: place, and whether the cell is empty.
    pub header: Vec<(Span, bool)>,
    /// Rows below the header.
    pub rows: u32,
    /// Cells below the header with any text.
    pub filled: u32,
    /// Cells below the header whose text is longer than a few sentences.
    pub long_cells: u32,
    /// A cell holds an image.
    pub has_image: bool,
}

/// A piece of raw HTML: one block, or one inline tag.
#[derive(Debug, Clone)]
pub struct HtmlAt {
    /// The tags as written.
    pub source: Box<str>,
    /// Its place in the file.
    pub span: Span,
}

/// A block of code.
#[derive(Debug, Clone, Copy)]
pub struct CodeBlockAt {
    /// Its place in the file, fences included.
    pub span: Span,
    /// Whether it stands between fences; otherwise it is indented.
    pub fenced: bool,
}

/// A piece of code in running text.
#[derive(Debug, Clone)]
pub struct CodeAt {
    /// Its place in [`PageText::flat`].
    pub at: u32,
    /// Its text.
    pub text: Box<str>,
    /// Its place in the file, with the marks around it.
    pub span: Span,
}

/// A `:::name` container.
#[derive(Debug, Clone)]
pub struct ComponentAt {
    /// Its name.
    pub name: Box<str>,
    /// The opening line.
    pub span: Span,
    /// What follows the name.
    pub args: Box<str>,
    /// Section in which it opens.
    pub section: u32,
}

impl ComponentAt {
    /// The component whose name and arguments are `call`, at `range` of the file.
    fn new(call: &str, range: Range<u32>, section: u32) -> ComponentAt {
        let (name, args) = call.split_once(char::is_whitespace).unwrap_or((call, ""));
        let span = Span::new(range.start as usize, range.end as usize);
        ComponentAt { name: name.into(), span, args: args.trim().into(), section }
    }
}

/// Everything that a page says, in order.
#[derive(Debug, Clone, Default)]
pub struct PageText {
    /// Where the body starts in the file.
    pub body: u32,
    /// The running text of all blocks, as typed (quotes and dashes are not made typographic), code left out.
    pub flat: String,
    /// Pieces of `flat` and where each starts in the file, in order.
    pub(crate) map: Vec<(u32, u32)>,
    /// Blocks, in order.
    pub blocks: Vec<Block>,
    /// Sections, in order; there is always one.
    pub sections: Vec<Section>,
    /// Headings, in order.
    pub headings: Vec<HeadingAt>,
    /// Links, in order of their end.
    pub links: Vec<LinkAt>,
    /// Images, in order.
    pub images: Vec<ImageAt>,
    /// Tables, in order.
    pub tables: Vec<TableAt>,
    /// Raw HTML that is kept, in order.
    pub html: Vec<HtmlAt>,
    /// HTML that is shown as text, since the site keeps none, in order.
    pub html_as_text: Vec<HtmlAt>,
    /// Comments, in order.
    pub comments: Vec<Span>,
    /// What is struck through, with its marks, in order.
    pub struck: Vec<Span>,
    /// Blocks of code, in order.
    pub code_blocks: Vec<CodeBlockAt>,
    /// Containers, in order.
    pub components: Vec<ComponentAt>,
    /// Code in running text, by its place in `flat`, where [`CODE`] stands for it.
    pub code: Vec<CodeAt>,
}

/// What stands in the running text for code: neither letter nor space.
pub const CODE: char = '\u{FFFC}';

impl PageText {
    /// Gives back the room that was made beforehand: for a text that is kept.
    pub fn fit(&mut self) {
        self.flat.shrink_to_fit();
        self.map.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.sections.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
    }

    /// About how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        let lists = self.map.len() * size_of::<(u32, u32)>()
            + self.blocks.len() * size_of::<Block>()
            + self.sections.len() * size_of::<Section>()
            + self.headings.len() * size_of::<HeadingAt>()
            + self.links.iter().map(|l| size_of::<LinkAt>() + l.target.len()).sum::<usize>()
            + self.images.iter().map(|i| size_of::<ImageAt>() + i.src.len() + i.alt.len()).sum::<usize>()
            + self.tables.iter().map(|t| size_of::<TableAt>() + t.header.len() * 16).sum::<usize>()
            + self.html.iter().map(|h| size_of::<HtmlAt>() + h.source.len()).sum::<usize>()
            + self.html_as_text.iter().map(|h| size_of::<HtmlAt>() + h.source.len()).sum::<usize>()
            + self.code.iter().map(|code| size_of::<CodeAt>() + code.text.len()).sum::<usize>()
            + self.code_blocks.len() * size_of::<CodeBlockAt>()
            + (self.comments.len() + self.struck.len()) * size_of::<Span>();
        self.flat.len() + lists + size_of::<PageText>()
    }

    /// The place in the file, whose text is `source`, of a stretch of [`PageText::flat`].
    pub fn span_in(&self, source: &str, flat: Range<u32>) -> Span {
        let start = self.source_offset(source, flat.start);
        if flat.end <= flat.start {
            return Span::at(start);
        }
        // The end is one past the last character, so that a stretch never swallows the markup behind it.
        let last = self.flat[..(flat.end as usize).min(self.flat.len())]
            .chars()
            .next_back()
            .map_or(1, char::len_utf8);
        let end = self.source_offset(source, flat.end.saturating_sub(last as u32)) + last;
        // What stands for code is shorter or longer than a letter of the file.
        let end = (end..=source.len()).find(|i| source.is_char_boundary(*i)).unwrap_or(source.len());
        Span::new(start, end)
    }

    fn source_offset(&self, text: &str, flat: u32) -> usize {
        let piece = self.map.partition_point(|(f, _)| *f <= flat).saturating_sub(1);
        let Some(&(from, source)) = self.map.get(piece) else { return self.body as usize };
        // A piece whose text is shorter in the file (an entity) must not run into the next one.
        let next = self.map.get(piece + 1).map_or(u32::MAX, |(_, s)| *s);
        let at = source + flat.saturating_sub(from);
        let mut at = if next > source { at.min(next) } else { at } as usize;
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The text of a stretch of [`PageText::flat`].
    pub fn flat_text(&self, flat: &Range<u32>) -> &str {
        self.flat.get(flat.start as usize..flat.end as usize).unwrap_or("")
    }

    /// The text of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        self.flat_text(&block.flat)
    }

    /// The text of a heading.
    pub fn heading_text(&self, heading: &HeadingAt) -> &str {
        self.flat_text(&heading.flat).trim()
    }

    /// The text of a link.
    pub fn link_text<'t>(&'t self, link: &'t LinkAt) -> &'t str {
        let text = self.flat_text(&link.flat).trim();
        if text.is_empty() { link.raw.as_deref().unwrap_or("").trim() } else { text }
    }

    /// The text of a link as readers see it: see [`PageText::shown`].
    pub fn link_shown(&self, link: &LinkAt) -> Cow<'_, str> {
        match &link.raw {
            Some(raw) if self.flat_text(&link.flat).trim().is_empty() => Cow::Owned(raw.trim().to_owned()),
            _ => self.shown(&link.flat),
        }
    }

    /// A stretch of [`PageText::flat`] as readers see it, the text of code too: for comparing and showing headings and links.
    pub fn shown(&self, flat: &Range<u32>) -> Cow<'_, str> {
        let text = self.flat_text(flat);
        if self.code.is_empty() || !text.contains(CODE) {
            return Cow::Borrowed(text.trim());
        }
        let mut out = String::with_capacity(text.len() + 16);
        for (at, c) in text.char_indices() {
            let place = flat.start + at as u32;
            match self.code.binary_search_by_key(&place, |code| code.at).ok().and_then(|i| self.code.get(i)) {
                Some(code) if c == CODE => out.push_str(&code.text),
                _ => out.push(c),
            }
        }
        Cow::Owned(out.trim().to_owned())
    }

    /// Blocks of a section.
    pub fn section_blocks(&self, section: &Section) -> &[Block] {
        self.blocks.get(section.blocks.start as usize..section.blocks.end as usize).unwrap_or(&[])
    }
}
