//! The one place where markdown is parsed: a page's text in, pulldown-cmark's events with their places out.
//!
//! Whoever reads a page (the writer of bodies, the builder of the text that rules and search see) takes its events from
//! here, so that all see the same blocks, with `:::` lines masked, under the same limits. `tests/integration/tidy.rs` holds that no
//! second parser is started anywhere in the program.

use super::Flavor;
use super::autolink::autolinks;
use super::fences::{self, Fence};
use super::inline::{self, Call, inlined};
use super::limits;
use super::linked::linked;
use super::valued::valued;
use crate::config::Words;
use pulldown_cmark::{Event, Options, Parser};
use std::borrow::Cow;
use std::ops::Range;

/// An event of the parser, with the bytes of the source that it stands for.
pub(super) type SpannedEvent<'s> = (Event<'s>, Range<usize>);

/// A text that is ready to be parsed.
pub(crate) struct Prepared<'a> {
    /// The text as it is in the file.
    source: &'a str,
    masked: Cow<'a, str>,
    /// The `:::` lines that were masked.
    pub(super) fences: Vec<Fence>,
    /// The components in lines, which were masked.
    calls: Vec<Call>,
    /// The tables have too many empty places; they are read as text.
    pub tables_left_out: bool,
    syntax: Options,
    flavor: Flavor,
    words: Words<'a>,
}

/// Makes the body `text` ready for the parser.
pub(crate) fn prepare<'a>(text: &'a str, flavor: Flavor, words: Words<'a>) -> Prepared<'a> {
    if flavor == Flavor::CommonMark {
        return Prepared {
            source: text,
            masked: Cow::Borrowed(text),
            fences: Vec::new(),
            calls: Vec::new(),
            tables_left_out: false,
            syntax: Options::empty(),
            flavor,
            words,
        };
    }
    let (mut masked, fences) = fences::mask(text);
    let calls = inline::calls(&masked);
    if !calls.is_empty() {
        masked = Cow::Owned(inline::mask(&masked, &calls, None));
    }
    let tables_left_out = limits::too_many_cells(text);
    let mut syntax = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    syntax.set(Options::ENABLE_TABLES, !tables_left_out);
    Prepared { source: text, masked, fences, calls, tables_left_out, syntax, flavor, words }
}

impl Prepared<'_> {
    /// Whether the place `at` of `text`, which was made ready, stands between the two `:::` lines of a box.
    pub(crate) fn is_in_box(&self, text: &str, at: usize) -> bool {
        let closes = |fence: &Fence| {
            text.get(fence.start..fence.end)
                .is_some_and(|line| line.trim_end().trim_start_matches(':').is_empty())
        };
        let above = self.fences.iter().take_while(|fence| fence.start < at);
        above.fold(0usize, |open, fence| if closes(fence) { open.saturating_sub(1) } else { open + 1 }) > 0
    }

    /// The events, each with its place in the text; bare addresses in running text are links, words of the settings have
    /// their values, components in lines are marks ([`inline::mark`]).
    pub(crate) fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let addresses = match self.flavor {
            Flavor::Guide if self.calls.is_empty() => autolinks(&self.masked),
            // A call ends an address.
            Flavor::Guide => autolinks(&inline::mask(&self.masked, &self.calls, Some(' '))),
            Flavor::CommonMark => Vec::new(),
        };
        let parser = Parser::new_ext(&self.masked, self.syntax).into_offset_iter();
        let events = valued(&self.masked, self.words, linked(&self.masked, addresses, parser));
        inlined(self.source, self.calls.clone(), events)
    }
}
