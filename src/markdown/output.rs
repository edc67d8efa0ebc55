//! The string being written, and the holes in it.
//!
//! Each stretch that ends up elsewhere (page, entry, footnote) is an `Output` of its own.

use crate::document::{Hole, Slots};

/// HTML under construction.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// The HTML so far.
    pub html: String,
    /// The holes so far, in order.
    pub slots: Slots,
}

impl Output {
    /// Room for the HTML of a source of `len` bytes.
    pub fn sized(len: usize) -> Self {
        Output { html: String::with_capacity(len + len / 4 + 64), slots: Slots::with_capacity(len / 96 + 4) }
    }

    /// Appends markup.
    #[inline]
    pub fn push(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Begins a new line unless one has just begun.
    #[inline]
    pub fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Makes a hole here.
    pub fn slot(&mut self, hole: Hole) {
        self.slots.push(self.html.len(), hole);
    }

    /// Inserts `markup` at `at`, moving the holes from number `from` on, which stand behind it.
    pub fn insert(&mut self, at: usize, markup: &str, from: usize) {
        self.html.insert_str(at, markup);
        self.slots.shift(from, markup.len());
    }

    /// Forgets all behind a place.
    pub fn cut(&mut self, html: usize, slots: usize) {
        self.html.truncate(html);
        self.slots.truncate(slots);
    }
}
