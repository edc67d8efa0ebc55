//! A page as the rules see it: everything that stands in one source, gathered in one walk.
//!
//! [`super::walk`] fills a [`Page`]; the rules only read it. Offsets named `flat` count in [`Page::flat`], the
//! running text without markup; [`Page::span`] turns them into places in the file.

use super::language::{Counts, TokenKind};
use super::lexicon::{Lexicon, List};
use crate::document::{Document, Summary};
use crate::schema::Kinds;
use crate::source::{SourcePath, Span};
use std::borrow::Cow;
use std::ops::Range;

/// One page to be checked.
#[derive(Clone, Copy)]
pub struct PageInput<'a> {
    /// The whole file, front matter included.
    pub text: &'a str,
    /// What the parser made of it.
    pub document: &'a Document,
    /// The kinds of the site.
    pub kinds: &'a Kinds,
    /// Whether HTML in pages is kept. Without it, it is shown as text and does nothing.
    pub raw_html: bool,
}

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
    /// Its text in [`Page::flat`]; a line break in the source is a `\n`.
    pub flat: Range<u32>,
    /// Its words in [`Page::words`].
    pub words: Range<u32>,
    /// Its sentences in [`Page::sentences`].
    pub sentences: Range<u32>,
    /// Its section in [`Page::sections`].
    pub section: u32,
    /// Whether it counts as prose: neither heading, cell nor a field without a sentence.
    pub prose: bool,
    /// All its text is bold.
    pub all_strong: bool,
    /// The container it stands in, if any: its place in [`Page::components`].
    pub component: Option<u32>,
    /// It stands directly in the page or a container: not in a list, quote, table or footnote.
    pub top: bool,
}

/// A word.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte in [`Page::flat`].
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Syllables; none for a number.
    pub syllables: u8,
    /// Letters.
    pub letters: u8,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it belongs to a glossary term or a name that the site explains.
    pub explained: bool,
}

/// A sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its tokens in [`Page::words`], numbers too.
    pub words: Range<u32>,
    /// Its block.
    pub block: u32,
    /// How many of the tokens are words.
    pub length: u32,
}

/// A heading and what follows it, up to the next heading; the first section has no heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its heading in [`Page::headings`].
    pub heading: Option<u32>,
    /// Its blocks.
    pub blocks: Range<u32>,
    /// Counts with the words as they are.
    pub plain: Counts,
    /// Counts with each glossary term and name as one word of two syllables.
    pub eased: Counts,
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
    /// Its text in [`Page::flat`].
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
    /// Its text in [`Page::flat`].
    pub flat: Range<u32>,
    /// Written as a bare address between `<` and `>` .
    pub bare: bool,
    /// The alternative text of an image inside it.
    pub image_alt: Option<Box<str>>,
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

/// A place at which a phrase of a word list stands.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// The list.
    pub list: List,
    /// The phrase's place in its list (see [`Lexicon::phrase`]).
    pub phrase: u32,
    /// First word in [`Page::words`].
    pub first: u32,
    /// Number of words.
    pub count: u32,
    /// The sentence.
    pub sentence: u32,
    /// The block.
    pub block: u32,
}

/// Everything that stands in one source.
pub struct Page<'a> {
    /// What it was made from.
    pub input: PageInput<'a>,
    /// The word lists of its language.
    pub lexicon: &'a Lexicon,
    /// Where the body starts in the file.
    pub body: u32,
    /// The running text of all blocks.
    pub flat: String,
    /// Pieces of `flat` and where each starts in the file, in order.
    pub(super) map: Vec<(u32, u32)>,
    /// Blocks, in order.
    pub blocks: Vec<Block>,
    /// Words and numbers, in order.
    pub words: Vec<Word>,
    /// Sentences, in order.
    pub sentences: Vec<Sentence>,
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
    /// Raw HTML, in order.
    pub html: Vec<HtmlAt>,
    /// Containers, in order.
    pub components: Vec<ComponentAt>,
    /// Phrases of word lists, in order.
    pub hits: Vec<Hit>,
    /// The text of each piece of code, by its place in `flat`, where [`CODE`] stands for it.
    pub(super) code: Vec<(u32, Box<str>)>,
}

/// What stands in the running text for code: neither letter nor space.
pub const CODE: char = '\u{FFFC}';

impl<'a> Page<'a> {
    /// The file.
    pub fn path(&self) -> &'a SourcePath {
        &self.input.document.path
    }

    /// The code of the page's language.
    pub fn lang(&self) -> &'a str {
        &self.input.document.lang
    }

    /// The base language: `es` for `es-MX`.
    pub fn base_lang(&self) -> &'a str {
        super::language::base(self.lang())
    }

    /// Front matter and entries, as the parser understood them.
    pub fn summary(&self) -> &'a Summary {
        &self.input.document.summary
    }

    /// The place in the file of a stretch of [`Page::flat`].
    pub fn span(&self, flat: Range<u32>) -> Span {
        let start = self.source_offset(flat.start);
        if flat.end <= flat.start {
            return Span::at(start);
        }
        // The end is one past the last character, so that a stretch never swallows the markup behind it.
        let last = self.flat[..(flat.end as usize).min(self.flat.len())]
            .chars()
            .next_back()
            .map_or(1, char::len_utf8);
        let end = self.source_offset(flat.end.saturating_sub(last as u32)) + last;
        // What stands for code is shorter or longer than a letter of the file.
        let text = self.input.text;
        let end = (end..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
        Span::new(start, end)
    }

    fn source_offset(&self, flat: u32) -> usize {
        let piece = self.map.partition_point(|(f, _)| *f <= flat).saturating_sub(1);
        let Some(&(from, source)) = self.map.get(piece) else { return self.body as usize };
        // A piece whose text is shorter in the file (an entity) must not run into the next one.
        let next = self.map.get(piece + 1).map_or(u32::MAX, |(_, s)| *s);
        let at = source + flat.saturating_sub(from);
        let mut at = if next > source { at.min(next) } else { at } as usize;
        at = at.min(self.input.text.len());
        while !self.input.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The text of a stretch of [`Page::flat`].
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
    pub fn link_text(&self, link: &LinkAt) -> &str {
        self.flat_text(&link.flat).trim()
    }

    /// A stretch of [`Page::flat`] as readers see it, the text of code too: for comparing and showing headings and links.
    pub fn shown(&self, flat: &Range<u32>) -> Cow<'_, str> {
        let text = self.flat_text(flat);
        if !text.contains(CODE) {
            return Cow::Borrowed(text.trim());
        }
        let mut out = String::with_capacity(text.len() + 16);
        for (at, c) in text.char_indices() {
            let place = flat.start + at as u32;
            match self.code.binary_search_by_key(&place, |(at, _)| *at).ok().and_then(|i| self.code.get(i)) {
                Some((_, code)) if c == CODE => out.push_str(code),
                _ => out.push(c),
            }
        }
        Cow::Owned(out.trim().to_owned())
    }

    /// The text of a word.
    pub fn word_text(&self, word: &Word) -> &str {
        self.flat_text(&(word.start..word.end))
    }

    /// The words `words` as a stretch of [`Page::flat`].
    pub fn words_flat(&self, words: &Range<u32>) -> Range<u32> {
        let all = &self.words[words.start as usize..(words.end as usize).min(self.words.len())];
        match (all.first(), all.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The place of a hit in the file.
    pub fn hit_span(&self, hit: &Hit) -> Span {
        self.span(self.words_flat(&(hit.first..hit.first + hit.count)))
    }

    /// The text of a hit, as written.
    pub fn hit_text(&self, hit: &Hit) -> &str {
        self.flat_text(&self.words_flat(&(hit.first..hit.first + hit.count)))
    }

    /// The hits of one list, in order.
    pub fn hits_of(&self, list: List) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(move |h| h.list == list)
    }

    /// The hits that begin with these words, in order.
    pub fn hits_at(&self, words: Range<u32>) -> &[Hit] {
        let from = self.hits.partition_point(|h| h.first < words.start);
        let to = self.hits.partition_point(|h| h.first < words.end);
        self.hits.get(from..to).unwrap_or(&[])
    }

    /// Whether a link meets a stretch of [`Page::flat`].
    pub fn is_linked(&self, flat: &Range<u32>) -> bool {
        let before = self.links.partition_point(|l| l.flat.start < flat.end);
        // Links do not overlap, so that the last one reaches furthest.
        self.links[..before].last().is_some_and(|l| l.flat.end > flat.start)
    }

    /// A sentence as a stretch of [`Page::flat`], with the mark that ends it.
    pub fn sentence_flat(&self, sentence: &Sentence) -> Range<u32> {
        let words = self.words_flat(&sentence.words);
        let block_end = self.blocks.get(sentence.block as usize).map_or(words.end, |b| b.flat.end);
        let tail = self.flat_text(&(words.end..block_end));
        let marks = tail.find(|c: char| c.is_alphanumeric() || c.is_whitespace()).unwrap_or(tail.len());
        words.start..words.end + marks as u32
    }

    /// Tells of sentences, asked for in their order, whether they give the name of a thing on the screen. Each is looked through
    /// once, however long it is and however often it is asked for.
    pub fn naming(&self) -> impl FnMut(u32) -> bool {
        let mut last = None;
        move |sentence| match last {
            Some((known, names)) if known == sentence => names,
            _ => {
                let names = self.names_something(sentence);
                last = Some((sentence, names));
                names
            }
        }
    }

    /// Whether a sentence gives the name of a thing on the screen: bold, in quotes, as code, or after "that says".
    fn names_something(&self, sentence: u32) -> bool {
        let Some(sentence) = self.sentences.get(sentence as usize) else { return false };
        let flat = self.sentence_flat(sentence);
        let span = self.span(flat.clone());
        let source = self.input.text.get(span.range()).unwrap_or("");
        let text = self.flat_text(&flat);
        source.contains("**")
            || text.contains([CODE, '"', '\u{201c}', '\u{ab}'])
            || text.contains("that says")
    }

    /// A sentence as one line of text, cut at 160 characters.
    pub fn sentence_line(&self, sentence: &Sentence) -> String {
        let text = self.flat_text(&self.sentence_flat(sentence));
        let mut line = String::new();
        for (n, c) in text.chars().enumerate() {
            if n >= 160 {
                line.push('…');
                break;
            }
            line.push(if c.is_whitespace() { ' ' } else { c });
        }
        line
    }

    /// Blocks of a section.
    pub fn section_blocks(&self, section: &Section) -> &[Block] {
        self.blocks.get(section.blocks.start as usize..section.blocks.end as usize).unwrap_or(&[])
    }

    /// Counts of the whole page: with the words as they are, and with terms and names as easy words.
    pub fn counts(&self) -> (Counts, Counts) {
        let (mut plain, mut eased) = (Counts::default(), Counts::default());
        for section in &self.sections {
            plain.add(&section.plain);
            eased.add(&section.eased);
        }
        (plain, eased)
    }

    /// The place of a front matter value, else of the first line of the file.
    pub fn key_span(&self, key: &str) -> Span {
        self.summary().spans.get(key).copied().unwrap_or_else(|| Span::at(0))
    }

    /// Whether the page is a list of entries.
    pub fn has_entries(&self) -> bool {
        self.summary().entries_kind.is_some()
    }
}
