//! Components in a line (`{:badge}`, `[Free]{:badge}`): an `Open` and a `Close` as those of containers have.
//!
//! Where they begin and end is found by `markdown::inline`; here is read what they say, and told where none can stand.

use super::container::{MAX_OPEN_CONTAINERS, component};
use crate::diag::code;
use crate::document::{ComponentPlaceholder, Form, OwnedPlaceholder};
use crate::markdown::inline::{Mark, inner};
use crate::markdown::writer::Writer;
use crate::source::html;
use std::ops::Range;

impl Writer<'_> {
    /// A component in a line begins, ends, or does both.
    pub(in crate::markdown) fn inline_component(&mut self, mark: Mark<'_>, range: &Range<usize>) {
        match mark {
            Mark::Alone(call) => {
                if self.open_in_line(call, range) {
                    self.out.placeholder(OwnedPlaceholder::Close);
                } else {
                    html::text(call, &mut self.out.html);
                }
            }
            Mark::Open(call) => {
                let shown = self.open_in_line(call, range);
                // What stands in the brackets is mostly the name of something, and may be a link as a whole.
                self.terms.blocked += 1;
                self.containers.in_line.push(shown);
            }
            Mark::Close => {
                let Some(shown) = self.containers.in_line.pop() else { return };
                self.terms.blocked -= 1;
                if self.raw.any() {
                    self.close_raw(self.depth + self.containers.depth() + 2);
                }
                if shown {
                    self.out.placeholder(OwnedPlaceholder::Close);
                }
            }
            Mark::Torn(call) => {
                self.error(
                    code::INLINE_COMPONENT,
                    range,
                    format!("the text in brackets before `{call}` does not begin in the same line of text"),
                    "Write `[` where its text begins: both brackets inside of the same `*`, link or paragraph, or both outside.",
                );
                html::text(call, &mut self.out.html);
            }
        }
    }

    /// That a component stands in the words of a picture, where only words can stand.
    pub(in crate::markdown) fn component_in_picture(&mut self, mark: Mark<'_>, range: &Range<usize>) {
        if let Mark::Alone(call) | Mark::Open(call) | Mark::Torn(call) = mark {
            self.error(
                code::INLINE_COMPONENT,
                range,
                format!("`{call}` stands in the words of a picture, and cannot be shown there"),
                "Write it into the text around the picture.",
            );
        }
    }

    /// Makes the placeholder of a component; false when there is none to show.
    fn open_in_line(&mut self, call: &str, range: &Range<usize>) -> bool {
        // Without the text in brackets before it.
        let range = &(range.end - call.len()..range.end);
        self.only_words_of("this component", range);
        if !call.ends_with('}') {
            self.error(
                code::INLINE_COMPONENT,
                range,
                format!("this component is not closed: `{call}`"),
                "Write } at its end, on the same line. If the brace is meant, write `\\{` instead of `{`.",
            );
            return false;
        }
        if self.containers.depth() as usize >= MAX_OPEN_CONTAINERS {
            self.too_deep(range);
            return false;
        }
        let span = self.span(range);
        match component(inner(call)) {
            Ok((name, args)) => {
                let (name, args) = (name.into(), self.worded(args, span));
                self.out.placeholder(OwnedPlaceholder::Open(ComponentPlaceholder {
                    name,
                    args,
                    span,
                    form: Form::InLine,
                }));
                true
            }
            Err(why) => {
                self.error(
                    code::INLINE_COMPONENT,
                    range,
                    format!("this component cannot be understood: {why}"),
                    "Write `{:name}`, with settings after it as `key=\"value\"`. If the brace is meant, write `\\{` instead of `{`.",
                );
                false
            }
        }
    }
}
