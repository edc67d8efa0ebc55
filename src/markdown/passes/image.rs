//! Images: a placeholder for the whole element, with the alternative text as plain text.
//!
//! The theme decides on size, lazy loading and caption when the page is rendered.

use super::link::{Address, classify};
use crate::diag::code;
use crate::document::{ImagePlaceholder, OwnedPlaceholder};
use crate::markdown::inline;
use crate::markdown::valued::is_mark;
use crate::markdown::writer::{Mode, Writer};
use crate::source::html;
use pulldown_cmark::Event;
use std::ops::Range;

/// The image whose alternative text is being read.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Picture {
    src: String,
    title: String,
    alt: String,
    /// Open elements inside it.
    depth: u32,
    range: Range<usize>,
}

impl Writer<'_> {
    pub(in crate::markdown) fn image(&mut self, src: &str, title: &str, range: &Range<usize>) {
        self.only_words_of("this picture", range);
        self.mode = Mode::Image;
        self.picture = Picture {
            src: src.into(),
            title: title.into(),
            alt: String::new(),
            depth: 0,
            range: range.clone(),
        };
    }

    /// Takes all events up to the image's end.
    pub(in crate::markdown) fn image_event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if let Event::InlineHtml(html) = event
            && let Some(mark) = inline::mark(html)
        {
            return self.component_in_picture(mark, range);
        }
        let guide = self.guide();
        let alt = &mut self.picture.alt;
        match event {
            Event::Start(_) => self.picture.depth += 1,
            Event::End(_) if self.picture.depth > 0 => self.picture.depth -= 1,
            Event::End(_) => self.image_end(),
            Event::Text(text) if is_mark(text, range) => {}
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::InlineHtml(text) if !guide => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }

    fn image_end(&mut self) {
        self.mode = Mode::Body;
        self.depth -= 1;
        let picture = std::mem::take(&mut self.picture);
        if !self.guide() {
            self.out.push("<img src=\"");
            html::href(&picture.src, &mut self.out.html);
            self.out.push("\" alt=\"");
            html::attribute(&picture.alt, &mut self.out.html);
            if !picture.title.is_empty() {
                self.out.push("\" title=\"");
                html::attribute(&picture.title, &mut self.out.html);
            }
            self.out.push("\">");
            return;
        }
        if let Address::Unsafe(what) = classify(&picture.src) {
            self.error(
                code::UNSAFE_LINK,
                &picture.range,
                format!("this image has an address of the form {what}, which is not allowed"),
                "Put the image file next to the page and name it here; only its description is shown now.",
            );
            html::text(&picture.alt, &mut self.out.html);
            return;
        }
        let title = (!picture.title.is_empty()).then(|| picture.title.into_boxed_str());
        let span = self.span(&picture.range);
        let placeholder =
            ImagePlaceholder { src: picture.src.into(), alt: picture.alt.trim().into(), title, span };
        self.out.placeholder(OwnedPlaceholder::Image(placeholder));
    }
}
