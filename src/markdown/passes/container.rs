//! Alerts (`> [!NOTE]`) and containers (`:::name key="value"` to `:::`): an `Open` and a `Close` for a theme
//! component, with markdown between them.
//!
//! A bare fence closes the innermost container whose opening fence is as long, else the innermost of all.
//! Whatever is wrong with fences, the placeholders stay balanced.

use super::comment::Claim;
use crate::diag::code;
use crate::document::{ComponentPlaceholder, Form, OwnedPlaceholder};
use crate::markdown::fences::Fence;
use crate::markdown::marks;
use crate::markdown::writer::{Mode, Writer};
use crate::source::Span;
use pulldown_cmark::BlockQuoteKind;
use std::ops::Range;

/// Maximum number of containers that are open at once.
pub(super) const MAX_OPEN_CONTAINERS: usize = 20;

/// The open containers and how far the fences were read.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Containers {
    open: Vec<Container>,
    next_fence: usize,
    /// The components in a line that are open: whether an `Open` was written for each.
    pub in_line: Vec<bool>,
}

#[derive(Debug)]
struct Container {
    /// Number of colons.
    colons: usize,
    fence: Range<usize>,
    /// Whether an `Open` was written: not for a fence that could not be understood.
    shown: bool,
    /// Whether terms are off inside.
    terms_off: bool,
    claim: Claim,
}

impl Containers {
    /// Number of open containers, those in a line among them.
    pub fn depth(&self) -> u32 {
        u32::try_from(self.open.len() + self.in_line.len()).unwrap_or(u32::MAX)
    }
}

impl Writer<'_> {
    pub(in crate::markdown) fn alert(&mut self, kind: BlockQuoteKind, range: &Range<usize>) {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let span = self.span(range);
        let placeholder =
            ComponentPlaceholder { name: name.into(), args: Args::new(), span, form: Form::Block };
        self.out.placeholder(OwnedPlaceholder::Open(placeholder));
    }

    pub(in crate::markdown) fn alert_end(&mut self) {
        self.out.placeholder(OwnedPlaceholder::Close);
    }

    /// The fence that stands just here.
    pub(in crate::markdown) fn next_fence(&mut self, range: &Range<usize>) -> Option<Fence> {
        let fences = &self.fences[self.containers.next_fence..];
        let passed = fences.iter().take_while(|f| f.start < range.start).count();
        self.containers.next_fence += passed;
        let fence =
            *self.fences.get(self.containers.next_fence).filter(|fence| fence.start == range.start)?;
        self.containers.next_fence += 1;
        Some(fence)
    }

    /// A block of HTML begins: perhaps it is a fence in disguise.
    pub(in crate::markdown) fn fence_at(&mut self, range: &Range<usize>) -> bool {
        let Some(fence) = self.next_fence(range) else { return false };
        self.mode = Mode::Fence;
        if self.depth == 0 {
            self.fence(fence);
        } else {
            self.misplaced_fence(&(fence.start..fence.end));
        }
        true
    }

    pub(in crate::markdown) fn fence(&mut self, fence: Fence) {
        let range = fence.start..fence.end;
        let line = &self.source[range.clone()];
        let colons = line.bytes().take_while(|b| *b == b':').count();
        let rest = line[colons..].trim();
        self.out.fresh_line();
        if rest.is_empty() {
            self.closing_fence(colons, &range);
            return;
        }
        let component = component(rest);
        let span = self.span(&range);
        let mut shown = component.is_ok() && self.containers.open.len() < MAX_OPEN_CONTAINERS;
        let mut terms_off = std::mem::take(&mut self.terms.next_off);
        let claim = self.claim_open(&range);
        match component {
            Ok((name, args)) if shown => {
                // A card is one link as a whole; a figure's text describes its picture.
                terms_off |= matches!(name, "figure" | "cards");
                self.plain_args(&args, span);
                let (name, args) = (name.into(), self.worded(args, span));
                self.out.placeholder(OwnedPlaceholder::Open(ComponentPlaceholder {
                    name,
                    args,
                    span,
                    form: Form::Block,
                }));
            }
            Ok(_) => self.too_deep(&range),
            Err(why) => {
                shown = false;
                self.error(
                    code::CONTAINER_FENCE,
                    &range,
                    format!("this container cannot be understood: {why}"),
                    "Write `:::name`, with settings after it as `key=\"value\"`; close it with a line of `:::`.",
                );
            }
        }
        self.terms.blocked += u32::from(terms_off);
        self.containers.open.push(Container { colons, fence: range, shown, terms_off, claim });
    }

    /// Tells of markdown in what a component shows as plain text.
    fn plain_args(&mut self, args: &Args, span: Span) {
        let path = self.options.path;
        let texts = args.iter().filter(|(name, _)| matches!(&**name, "title" | "caption" | "label"));
        let told = texts.filter_map(|(name, value)| marks::shown(path, name, value, span));
        self.diagnostics.extend(told);
    }

    /// The settings of a component with the words of the site's settings in place.
    pub(super) fn worded(&mut self, mut args: Args, span: Span) -> Args {
        let (words, path) = (self.options.words, self.options.path);
        for (_, value) in args.iter_mut().filter(|(_, value)| value.contains('{')) {
            *value = words.fill(value.to_string(), path, span, &mut self.diagnostics).into();
        }
        args
    }

    fn closing_fence(&mut self, colons: usize, range: &Range<usize>) {
        let Some(innermost) = self.containers.open.len().checked_sub(1) else {
            self.error(
                code::CONTAINER_FENCE,
                range,
                "this `:::` closes a container, but none is open",
                "Take the line away, or write `:::name` where the container begins.",
            );
            return;
        };
        let near = innermost.saturating_sub(MAX_OPEN_CONTAINERS);
        let matching = self.containers.open[near..].iter().rposition(|c| c.colons == colons);
        let matching = matching.map_or(innermost, |n| near + n);
        while self.containers.open.len() > matching + 1 {
            self.close_container(range.start, Closed::Early);
        }
        self.close_container(range.end, Closed::ByFence);
    }

    /// Closes the innermost container.
    fn close_container(&mut self, at: usize, how: Closed) {
        let Some(container) = self.containers.open.pop() else { return };
        if self.raw.any() {
            self.close_raw(self.depth + self.containers.depth() + 2);
        }
        if matches!(how, Closed::Early) {
            let colons = ":".repeat(container.colons);
            self.error(
                code::CONTAINER_FENCE,
                &container.fence,
                "this container is not closed",
                &format!("Write a line of `{colons}` where it ends."),
            );
        }
        self.terms.blocked -= u32::from(container.terms_off);
        self.claim_close(&container.claim, at);
        if container.shown {
            self.out.placeholder(OwnedPlaceholder::Close);
        }
    }

    /// Closes all containers, at the end of an entry or page.
    pub(in crate::markdown) fn close_all_containers(&mut self) {
        while !self.containers.open.is_empty() {
            self.out.fresh_line();
            self.close_container(self.source.len(), Closed::Early);
        }
    }

    /// `:::` in running text: at the beginning of a line it was meant as a fence.
    pub(in crate::markdown) fn check_fence_text(&mut self, range: &Range<usize>) {
        // A fence has little before it: no need to look back over a line of a megabyte.
        let bytes = self.source.as_bytes();
        let near = &bytes[range.start.saturating_sub(60)..range.start];
        let colons = near.iter().rev().take_while(|b| **b == b':').count();
        let start = range.start - colons;
        let near = &near[..near.len() - colons];
        let line = match near.iter().rposition(|b| matches!(b, b'\n' | b'\r')) {
            Some(end) => &near[end + 1..],
            None if near.len() + colons == range.start => near,
            None => return,
        };
        let margin =
            |b: &u8| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9');
        if bytes[start..].starts_with(b":::") && line.iter().all(margin) {
            self.misplaced_fence(&(start..range.end));
        }
    }

    fn misplaced_fence(&mut self, range: &Range<usize>) {
        self.error(
            code::CONTAINER_FENCE,
            range,
            "a container begins and ends at the left margin, not inside a list or quote",
            "Move the `:::` to the beginning of the line.",
        );
    }
}

/// How a container came to its end.
#[derive(Clone, Copy)]
enum Closed {
    ByFence,
    Early,
}

pub(super) type Args = Vec<(Box<str>, Box<str>)>;

/// Reads `name key="value"`.
pub(super) fn component(text: &str) -> Result<(&str, Args), String> {
    let text = text.trim_end_matches(':').trim_end();
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if !is_name(name) {
        return Err(format!("`{name}` is not a name of small letters, digits and `-`"));
    }
    let mut args = Args::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok((name, args));
        }
        let Some((key, after)) = rest.split_once('=') else {
            return Err(format!("`{rest}` is not of the form `key=\"value\"`"));
        };
        let key = key.trim_end();
        if !is_name(key) {
            return Err(format!("`{key}` is not a name of small letters, digits, `-` and `_`"));
        }
        if args.iter().any(|(k, _)| **k == *key) {
            return Err(format!("`{key}` stands twice"));
        }
        let value;
        (value, rest) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => quoted(&after[1..], quote)
                .ok_or_else(|| format!("the value of `{key}` has no closing {quote}"))?,
            _ => {
                let (value, rest) = after.split_once(char::is_whitespace).unwrap_or((after, ""));
                (value.to_owned(), rest)
            }
        };
        args.push((key.into(), value.into()));
    }
}

/// What stands before the closing quote, and what follows it. A quote of the same sort inside is written as `\"`.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let (mut value, mut from) = (String::new(), 0);
    loop {
        let at = from + text.get(from..)?.find(quote)?;
        match text.get(from..at)?.strip_suffix('\\') {
            // A backslash before the last quote of the line is one that was typed: nothing would close the value.
            Some(before) if text.get(at + 1..)?.contains(quote) => {
                value.push_str(before);
                value.push(quote);
                from = at + 1;
            }
            _ => {
                value.push_str(text.get(from..at)?);
                return Some((value, text.get(at + 1..)?));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_settings() {
        let (name, args) = component("figure src=\"a b.svg\" wide=yes alt='x \"y\"' :::").unwrap();
        assert_eq!(name, "figure");
        let args: Vec<_> = args.iter().map(|(k, v)| (&**k, &**v)).collect();
        assert_eq!(args, [("src", "a b.svg"), ("wide", "yes"), ("alt", "x \"y\"")]);
        let (_, args) = component(r#"note title="Say \"no\" in 'May'" to='it\'s' folder="a\""#).unwrap();
        let args: Vec<_> = args.iter().map(|(k, v)| (&**k, &**v)).collect();
        assert_eq!(args, [("title", "Say \"no\" in 'May'"), ("to", "it's"), ("folder", "a\\")]);
        for bad in ["Note", "note that", "note a=\"b", "note a=1 a=2", "<script>", "note =x", "é"] {
            assert!(component(bad).is_err(), "{bad}");
        }
    }
}
