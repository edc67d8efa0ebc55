//! Comments that mean something: `<!-- term: off -->` and `<!-- check: allow broken-link -->`.
//!
//! An allow holds for the next block, inside a paragraph for its line, before the first block of a page for the
//! whole page. All comments vanish from the output; one that begins like a directive and is none is reported.

use crate::diag::{Code, closest, code};
use crate::document::Allow;
use crate::markdown::writer::Writer;
use crate::source::Span;
use std::ops::Range;

/// What comments asked for.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Comments {
    pub allows: Vec<Allow>,
    /// How many of `allows` know what they cover.
    settled: usize,
    /// A block has been seen.
    begun: bool,
    /// The line of the last allow inside a paragraph.
    line: Range<usize>,
}

/// The allows that cover a container, to be settled when it ends.
#[derive(Debug, Clone, Default)]
pub(in crate::markdown) struct Claim {
    allows: Range<usize>,
}

impl Writer<'_> {
    /// Reads the inside of a comment that stands at `range`, before a block or inside one.
    pub(in crate::markdown) fn comment(&mut self, text: &str, range: &Range<usize>) {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix("term:") {
            if rest.trim().eq_ignore_ascii_case("off") {
                self.terms.next_off = true;
            } else {
                self.bad_comment(range, "`term:` is followed by `off` or nothing else");
            }
        } else if let Some(rest) = text.strip_prefix("check:") {
            let mut words = rest.split([' ', '\t', ',', '\n', '\r']).filter(|w| !w.is_empty());
            if words.next() != Some("allow") {
                self.bad_comment(range, "`check:` is followed by `allow` and the name of what is allowed");
                return;
            }
            let before = self.comments.allows.len();
            for word in words.take_while(|w| !w.starts_with("--")) {
                if Code::named(word).is_none() {
                    let mut message = format!("`{word}` is not the name of a check");
                    if let Some(close) = closest(word, code::ALL.iter().map(|(name, _)| *name)) {
                        message.push_str(&format!("; did you mean `{close}`?"));
                    }
                    self.bad_comment(range, &message);
                    continue;
                }
                let span = self.span(range);
                let covers = if self.comments.begun {
                    Span::at(span.end as usize)
                } else {
                    Span::new(0, self.options.offset + self.source.len())
                };
                self.comments.allows.push(Allow { code: word.into(), span, covers });
            }
            if self.comments.allows.len() == before {
                self.bad_comment(range, "this `allow` names nothing that it allows");
            }
            if !self.comments.begun {
                self.comments.settled = self.comments.allows.len();
            }
        }
    }

    /// The same for a comment inside a paragraph: an allow holds for its line.
    pub(in crate::markdown) fn inline_comment(&mut self, text: &str, range: &Range<usize>) {
        let before = self.comments.allows.len();
        self.comment(text, range);
        if self.comments.allows.len() == before {
            return;
        }
        if !self.comments.line.contains(&range.start) {
            let line = |c: char| c == '\n' || c == '\r';
            let start = self.source[..range.start].rfind(line).map_or(0, |n| n + 1);
            let end = self.source[range.end..].find(line).map_or(self.source.len(), |n| range.end + n);
            self.comments.line = start..end;
        }
        let covers = self.span(&self.comments.line);
        for allow in &mut self.comments.allows[before..] {
            allow.covers = covers;
        }
        self.comments.settled = self.comments.allows.len();
    }

    fn bad_comment(&mut self, range: &Range<usize>, message: &str) {
        self.warning(
            code::COMMENT,
            range,
            message.to_owned(),
            "Write `<!-- term: off -->`, or `<!-- check: allow broken-link -->` with the name of the check.",
        );
    }

    /// A block begins: it is what the comments before it were about.
    #[inline]
    pub(in crate::markdown) fn claim_comments(&mut self, range: &Range<usize>) {
        self.comments.begun = true;
        if self.comments.settled < self.comments.allows.len() {
            let claim = self.claim();
            self.cover(claim.allows, range.end);
        }
    }

    /// The same for a container, whose end is not known yet.
    pub(in crate::markdown) fn claim_open(&mut self, range: &Range<usize>) -> Claim {
        self.comments.begun = true;
        let claim = self.claim();
        self.cover(claim.allows.clone(), range.end);
        claim
    }

    /// A container ends at `at`.
    pub(in crate::markdown) fn claim_close(&mut self, claim: &Claim, at: usize) {
        self.cover(claim.allows.clone(), at);
    }

    /// The page ends: nothing follows to claim the last comments.
    pub(in crate::markdown) fn finish_comments(&mut self) {
        let claim = self.claim();
        self.cover(claim.allows, self.source.len());
    }

    fn claim(&mut self) -> Claim {
        let allows = self.comments.settled..self.comments.allows.len();
        self.comments.settled = allows.end;
        Claim { allows }
    }

    fn cover(&mut self, allows: Range<usize>, end: usize) {
        let end = Span::at(end + self.options.offset).start;
        for allow in &mut self.comments.allows[allows] {
            allow.covers = Span { start: allow.span.start, end: allow.covers.end.max(end) };
        }
    }
}
