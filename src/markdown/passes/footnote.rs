//! Footnotes: numbered in the order of their first mention. A note is kept once, however often it is mentioned.
//!
//! Where the notes stand and which numbers they bear is for whoever fills the body to say (`render::footnotes`): a page has
//! its own at its end, a sheet of entries those of the entries on it. So a mention is a placeholder, and each note a body.

use crate::diag::code;
use crate::document::{Body, OwnedPlaceholder};
use crate::markdown::output::Output;
use crate::markdown::writer::Writer;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// All footnotes of the page.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Footnotes {
    by_label: FxHashMap<String, usize>,
    notes: Vec<Note>,
    /// The notes that are being written, the innermost last.
    open: Vec<Option<usize>>,
    mentioned: u32,
}

#[derive(Debug, Default)]
struct Note {
    /// Its number, from 1; 0 while it was not mentioned.
    number: u32,
    mentions: u32,
    text: Option<Output>,
    /// The definition, else the first mention.
    range: Range<usize>,
}

impl Footnotes {
    fn note(&mut self, label: &str, range: &Range<usize>) -> usize {
        let key = label.to_lowercase();
        *self.by_label.entry(key).or_insert_with(|| {
            self.notes.push(Note { range: range.clone(), ..Note::default() });
            self.notes.len() - 1
        })
    }
}

impl Writer<'_> {
    pub(in crate::markdown) fn footnote_reference(&mut self, label: &str, range: &Range<usize>) {
        let at = self.footnotes.note(label, range);
        self.only_words_of("this mark of a footnote", range);
        let Some(note) = self.footnotes.notes.get_mut(at) else { return };
        if note.number == 0 {
            self.footnotes.mentioned += 1;
            note.number = self.footnotes.mentioned;
        }
        note.mentions += 1;
        let placeholder = OwnedPlaceholder::Note(note.number - 1);
        self.out.placeholder(placeholder);
    }

    pub(in crate::markdown) fn footnote_definition(&mut self, label: &str, range: &Range<usize>) {
        let at = self.footnotes.note(label, range);
        let known = self.footnotes.notes.get(at).is_some_and(|n| n.text.is_some())
            || self.footnotes.open.contains(&Some(at));
        if known {
            self.warning(
                code::FOOTNOTE,
                range,
                format!("the footnote `[^{label}]` is written twice"),
                "Give one of them another name; only the first is shown.",
            );
        } else if let Some(note) = self.footnotes.notes.get_mut(at) {
            note.range = range.clone();
        }
        self.footnotes.open.push((!known).then_some(at));
        self.waiting.push(std::mem::take(&mut self.out));
    }

    pub(in crate::markdown) fn footnote_definition_end(&mut self) {
        let Some(outer) = self.waiting.pop() else { return };
        let text = std::mem::replace(&mut self.out, outer);
        if let Some(Some(at)) = self.footnotes.open.pop()
            && let Some(note) = self.footnotes.notes.get_mut(at)
        {
            note.text = Some(text);
        }
    }

    /// `[^name]` that stayed text: the note is not written.
    pub(in crate::markdown) fn check_footnote_text(&mut self, range: &Range<usize>) {
        let before = &self.source.as_bytes()[..range.start];
        if !before.ends_with(b"[") || before.ends_with(b"\\[") {
            return;
        }
        let rest = &self.source[range.start..];
        let Some(end) = rest.bytes().take(120).position(|b| matches!(b, b']' | b'[' | b' ' | b'\n' | b'\t'))
        else {
            return;
        };
        if end > 1 && rest.as_bytes()[end] == b']' && !rest[end + 1..].starts_with('(') {
            let label = &rest[1..end];
            let whole = range.start - 1..range.start + end + 1;
            self.error(
                code::FOOTNOTE,
                &whole,
                format!("the footnote `[^{label}]` is used but not written"),
                &format!("Write the note on a line of its own: `[^{label}]: The text.`"),
            );
        }
    }

    /// All notes that are mentioned, in the order of their numbers.
    pub(in crate::markdown) fn take_footnotes(&mut self) -> Box<[Body]> {
        if self.footnotes.notes.is_empty() {
            return Box::default();
        }
        let mut notes = std::mem::take(&mut self.footnotes.notes);
        notes.sort_by_key(|n| n.number);
        let mut bodies = Vec::with_capacity(notes.len());
        for note in notes {
            if note.number == 0 {
                if note.text.is_some() {
                    self.warning(
                        code::FOOTNOTE,
                        &note.range,
                        "this footnote is written but not used",
                        "Mention it in the text, or take it away; it is not shown.",
                    );
                }
                continue;
            }
            let is_empty = note.text.as_ref().is_some_and(|text| text.html.trim().is_empty());
            let text = note.text.unwrap_or_default();
            if is_empty {
                self.warning(
                    code::FOOTNOTE,
                    &note.range,
                    "this footnote is empty: its number leads to nothing",
                    "Write the note behind `[^name]: `, or take it and its marks away.",
                );
            }
            bodies.push(Body {
                html: text.html.into_boxed_str(),
                placeholders: text.placeholders.shrink(),
                ..Body::default()
            });
            for mention in 1..=note.mentions {
                self.headings.anchors.push(&mention_id(note.number, mention));
            }
            self.headings.anchors.push(&format!("fn:{}", note.number));
        }
        bodies.into()
    }
}

/// The id of a mention of a footnote on its own page, both counted from 1.
pub fn mention_id(note: u32, mention: u32) -> String {
    if mention > 1 { format!("fnref:{note}:{mention}") } else { format!("fnref:{note}") }
}
