//! Footnotes while a body is filled: which are mentioned, under which numbers, and how the notes are written.
//!
//! A page has its own at its end, numbered from 1. Where entries of other pages are shown, each has those that it mentions,
//! with numbers that go on from entry to entry, so that no number stands twice on a sheet.

use super::sheet;
use crate::document::Body;
use crate::markdown::mention_id;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// The footnotes of one page, as far as they are shown here.
#[derive(Default)]
pub struct Footnotes<'b> {
    notes: &'b [Body],
    /// Of each note, its number here and how often it was mentioned; 0 while it is not shown.
    known: Vec<(u32, u32)>,
    /// The notes that are shown, in the order of their numbers.
    shown: Vec<u32>,
    first: u32,
    /// Attributes of each note: the language, where it is not that of the text around.
    attributes: String,
}

impl<'b> Footnotes<'b> {
    /// Those of the page itself: all of them, as they are numbered there.
    pub fn own(page: &'b Body) -> Self {
        let count = u32::try_from(page.notes.len()).unwrap_or(u32::MAX);
        let known = (1..=count).map(|number| (number, 0)).collect();
        Footnotes {
            notes: &page.notes,
            known,
            shown: (0..count).collect(),
            first: 1,
            attributes: String::new(),
        }
    }

    /// Those of `page` that will be mentioned, numbered from `first` on, each with these attributes.
    pub fn mentioned(page: &'b Body, first: u32, attributes: String) -> Self {
        Footnotes { notes: &page.notes, known: Vec::new(), shown: Vec::new(), first, attributes }
    }

    /// Writes a mention of a note.
    pub fn mention(&mut self, note: u32, out: &mut String) {
        if self.known.is_empty() {
            self.known.resize(self.notes.len(), (0, 0));
        }
        let Some((number, times)) = self.known.get_mut(note as usize) else { return };
        if *number == 0 {
            *number = self.first + u32::try_from(self.shown.len()).unwrap_or(u32::MAX);
            self.shown.push(note);
        }
        *times += 1;
        let id = mention_id(*number, *times);
        let _ = write!(
            out,
            "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    /// The body of the note at that place of those that are shown.
    pub fn at(&self, place: usize) -> Option<&'b Body> {
        self.notes.get(*self.shown.get(place)? as usize)
    }

    /// Writes the notes; `texts` are the filled bodies of those that are shown, in their order.
    pub fn list(&self, texts: Vec<String>) -> List {
        let mut items = String::new();
        for (text, note) in texts.into_iter().zip(&self.shown) {
            let (number, times) = self.known.get(*note as usize).copied().unwrap_or_default();
            let _ = writeln!(items, "<li id=\"fn:{number}\"{}>", self.attributes);
            // The way back stands at the end of the last paragraph.
            match text.strip_suffix("</p>\n") {
                Some(open) => items.push_str(open),
                None => {
                    items.push_str(&text);
                    items.push_str("<p>");
                }
            }
            for mention in 1..=times {
                let id = mention_id(number, mention);
                let _ = write!(
                    items,
                    " <a href=\"#{id}\" role=\"doc-backlink\" aria-labelledby=\"{id}\">\u{21a9}\u{fe0e}</a>"
                );
            }
            items.push_str("</p>\n</li>\n");
        }
        List { first: self.first, count: u32::try_from(self.shown.len()).unwrap_or(u32::MAX), items }
    }
}

/// Written footnotes.
#[derive(Debug, Default)]
pub struct List {
    first: u32,
    /// How many there are.
    pub count: u32,
    /// Their list items.
    items: String,
}

impl List {
    /// Appends the section that holds them, if there are any.
    pub fn write(&self, out: &mut String) {
        if self.count == 0 {
            return;
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\">\n");
        match self.first {
            1 => out.push_str("<ol>\n"),
            first => {
                let _ = writeln!(out, "<ol start=\"{first}\">");
            }
        }
        out.push_str(&self.items);
        out.push_str("</ol>\n</section>\n");
    }

    /// Puts those of another list behind.
    pub fn append(&mut self, other: List) {
        if self.count == 0 {
            *self = other;
        } else {
            self.count += other.count;
            self.items.push_str(&other.items);
        }
    }

    /// The ids in it, each with the one that `new` gives it.
    pub fn ids(&self, new: impl FnMut(&str) -> String) -> FxHashMap<String, String> {
        sheet::ids(&self.items, new)
    }

    /// The list with its items changed.
    pub fn map(self, change: impl FnOnce(&str) -> String) -> List {
        if self.count == 0 {
            return self;
        }
        List { items: change(&self.items), ..self }
    }
}
