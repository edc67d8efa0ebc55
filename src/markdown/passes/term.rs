//! Where glossary terms may be linked: runs of text outside headings, links, code, images and captions.
//!
//! Text events that follow each other (entities, quotes, line ends split them) make one run, so that a term of
//! two words is found across a line end. `<!-- term: off -->` blocks the next block.

use crate::markdown::writer::Writer;
use crate::source::html;

/// The open run and what stands in its way.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Terms {
    /// Number of reasons not to link just now.
    pub blocked: u32,
    /// The next block is off.
    pub next_off: bool,
    /// The depth of the block that is off.
    pub off_at: Option<u32>,
    /// Where the open run starts in the HTML.
    run: Option<usize>,
}

impl Writer<'_> {
    /// Writes running text.
    #[inline]
    pub(in crate::markdown) fn write_text(&mut self, text: &str) {
        if self.terms.run.is_none() && self.terms.blocked == 0 {
            self.terms.run = Some(self.out.html.len());
        }
        html::text(text, &mut self.out.html);
    }

    /// Ends the open run: called before anything but text is written.
    #[inline]
    pub(in crate::markdown) fn flush(&mut self) {
        let Some(start) = self.terms.run.take() else { return };
        let html = &self.out.html;
        // A lone space, dot or quote holds no term.
        if html.len() - start > 1 && self.guide() {
            self.out.placeholders.push_text(start, html.len() - start);
        }
    }
}
