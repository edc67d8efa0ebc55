//! A page as the rules see it: its text, cut into words and sentences that are looked up in the word lists.
//!
//! The text is the one model of [`crate::text`]; [`super::cut`] cuts it, and the rules only read. Offsets named `flat` count
//! in [`PageText::flat`]; [`Page::span`] turns them into places in the file.

use super::language::{Counts, TokenKind};
use super::lexicon::{Lexicon, List};
use crate::document::{Document, Summary};
use crate::schema::Kinds;
use crate::source::{SourcePath, Span};
use crate::text::PageText;
pub use crate::text::{Block, BlockKind, CODE, Section, TableAt};
use std::ops::{Deref, Range};

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
    /// Their syllables; a word that is [`Word::explained`] has one.
    pub syllables: u32,
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

/// Counts of one section.
#[derive(Debug, Clone, Default)]
pub struct SectionCounts {
    /// With the words as they are.
    pub plain: Counts,
    /// With each glossary term and name as one word of two syllables.
    pub eased: Counts,
}

/// Everything that stands in one source: its text, which `Page` derefs to, and what the rules' word lists find in it.
pub struct Page<'a> {
    /// What it was made from.
    pub input: PageInput<'a>,
    /// The word lists of its language.
    pub lexicon: &'a Lexicon,
    /// What the page says.
    pub(super) text: PageText,
    /// Words and numbers, in order.
    pub words: Vec<Word>,
    /// The places in `words` of those that are no plain words: numbers and acronyms.
    pub signs: Vec<u32>,
    /// Sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Counts of each of the text's sections.
    pub counted: Vec<SectionCounts>,
    /// Phrases of word lists, in order.
    pub hits: Vec<Hit>,
}

impl Deref for Page<'_> {
    type Target = PageText;

    fn deref(&self) -> &PageText {
        &self.text
    }
}

impl<'a> Page<'a> {
    /// Cuts `text` into words and sentences and looks them up.
    pub fn new(input: PageInput<'a>, text: PageText, lexicon: &'a Lexicon) -> Page<'a> {
        let mut page = Page {
            input,
            lexicon,
            words: Vec::with_capacity(text.flat.len() / 5),
            signs: Vec::new(),
            sentences: Vec::with_capacity(text.blocks.len() * 2),
            counted: vec![SectionCounts::default(); text.sections.len()],
            hits: Vec::new(),
            text,
        };
        super::cut::page(&mut page);
        page
    }

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

    /// The place in the file of a stretch of the running text.
    pub fn span(&self, flat: Range<u32>) -> Span {
        self.text.span_in(self.input.text, flat)
    }

    /// The text of a word.
    pub fn word_text(&self, word: &Word) -> &str {
        self.flat_text(&(word.start..word.end))
    }

    /// The tokens of that kind, with their places in [`Page::words`]: not for plain words, of which a page is made.
    pub fn of_kind(&self, kind: TokenKind) -> impl Iterator<Item = (usize, &Word)> {
        let at = |i: &u32| self.words.get(*i as usize).map(|word| (*i as usize, word));
        self.signs.iter().filter_map(at).filter(move |(_, word)| word.kind == kind)
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
        let cut = text.char_indices().nth(160).map(|(at, _)| at);
        let mut line = text.get(..cut.unwrap_or(text.len())).unwrap_or("").replace(char::is_whitespace, " ");
        if cut.is_some() {
            line.push('…');
        }
        line
    }

    /// Counts of the whole page: with the words as they are, and with terms and names as easy words.
    pub fn counts(&self) -> (Counts, Counts) {
        let (mut plain, mut eased) = (Counts::default(), Counts::default());
        for section in &self.counted {
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
