//! The string being written, and the placeholders in it.
//!
//! Each stretch that ends up elsewhere (page, entry, footnote) is an `Output` of its own.

use crate::document::{OwnedPlaceholder, Placeholders};

/// HTML under construction.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// The HTML so far.
    pub html: String,
    /// The placeholders so far, in order.
    pub placeholders: Placeholders,
}

impl Output {
    /// Room for the HTML of a source of `len` bytes.
    pub fn sized(len: usize) -> Self {
        Output {
            html: String::with_capacity(len + len / 4 + 64),
            placeholders: Placeholders::with_capacity(len / 96 + 4),
        }
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

    /// Makes a placeholder here.
    pub fn placeholder(&mut self, placeholder: OwnedPlaceholder) {
        self.placeholders.push(self.html.len(), placeholder);
    }

    /// Inserts `markup` at `at`, moving the placeholders from number `from` on, which stand behind it.
    pub fn insert(&mut self, at: usize, markup: &str, from: usize) {
        self.html.insert_str(at, markup);
        self.placeholders.shift(from, markup.len());
    }

    /// Forgets all behind a place.
    pub fn cut(&mut self, html: usize, placeholders: usize) {
        self.html.truncate(html);
        self.placeholders.truncate(placeholders);
    }
}
