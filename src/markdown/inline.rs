//! The parser's events, with components where running text calls them: `{:badge}`, `[Free]{:badge}`.
//!
//! What stands in such braces is no markdown: before parsing it is overwritten, byte for byte, with control characters, which
//! are letters to CommonMark. So no quote in it turns typographic, no address in it becomes a link, and no offset moves. The
//! brackets before it are text to the parser; their two ends become the two ends of the component if the same elements are open
//! at both. Where a call stands in code, raw HTML or an address, it is what was typed.
//!
//! To whoever reads the events a call is inline HTML that does not begin with `<`: [`mark`] says which.

use super::events::SpannedEvent;
use crate::config::called::{Called, called};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// Stands for the first byte of a call.
const FIRST: char = '\u{1}';
/// Stands for each byte behind it.
const NEXT: char = '\u{2}';
/// Maximum length of a text in brackets, in bytes.
const MAX_BRACKET_BYTES: usize = 4000;

/// A component in a line, as an event has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark<'e> {
    /// One without a text: the call as typed.
    Alone(&'e str),
    /// One whose text follows, up to its `Close`: the call as typed.
    Open(&'e str),
    /// The text of the innermost one ends.
    Close,
    /// A text in brackets before the call, as typed, whose beginning is not in the same element as its end.
    Torn(&'e str),
}

/// What inline HTML says of a component; none for HTML.
pub(crate) fn mark(html: &str) -> Option<Mark<'_>> {
    match html.as_bytes().first()? {
        b'{' => Some(Mark::Alone(html)),
        b'[' => Some(Mark::Open(&html[1..])),
        b']' if html.len() == 1 => Some(Mark::Close),
        b']' => Some(Mark::Torn(&html[1..])),
        _ => None,
    }
}

/// The name and the settings of a call, between its braces; without the closing one where it is not closed.
pub(crate) fn inner(call: &str) -> &str {
    let call = call.strip_prefix("{:").unwrap_or(call);
    let call = call.strip_suffix('}').unwrap_or(call).trim_end();
    call.strip_suffix('/').unwrap_or(call)
}

/// A call in a text.
#[derive(Debug, Clone)]
pub(super) struct Call {
    range: Range<usize>,
    /// Where the bracket of the text before it opens, until it was looked at.
    opens: Option<usize>,
}

/// The calls in `text`.
pub(super) fn calls(text: &str) -> Vec<Call> {
    called(text).map(|Called { range, .. }| Call { opens: bracket(text, range.start), range }).collect()
}

/// `text` with each byte of the calls overwritten: by control characters, or by `blank` where one is given.
pub(super) fn mask(text: &str, calls: &[Call], blank: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for call in calls {
        out.push_str(&text[done..call.range.start]);
        out.push(blank.unwrap_or(FIRST));
        out.extend(std::iter::repeat_n(blank.unwrap_or(NEXT), call.range.len() - 1));
        done = call.range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Whether a text in brackets ends just before `at`.
fn ends_bracket(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let backslashes = before.iter().rev().skip(1).take_while(|b| **b == b'\\').count();
    before.last() == Some(&b']') && backslashes % 2 == 0
}

/// Where the bracket opens that closes just before `at`, in the same paragraph.
fn bracket(text: &str, at: usize) -> Option<usize> {
    if !ends_bracket(text, at) {
        return None;
    }
    let bytes = text.as_bytes();
    let is_escaped = |at: usize| bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
    let mut depth = 0_usize;
    for place in (at.saturating_sub(MAX_BRACKET_BYTES)..at).rev() {
        match bytes[place] {
            b']' if !is_escaped(place) => depth += 1,
            b'[' if !is_escaped(place) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(place);
                }
            }
            b'\n' if text[..place].trim_end_matches([' ', '\t', '\r']).ends_with('\n') => return None,
            _ => {}
        }
    }
    None
}

/// `events`, read from the masked form of `source`, with the `calls` in it as marks.
pub(super) fn inlined<'s, I>(source: &'s str, calls: Vec<Call>, events: I) -> Inlined<'s, I>
where
    I: Iterator<Item = SpannedEvent<'s>>,
{
    Inlined { source, calls, events, input: VecDeque::new(), in_code: false, text_end: None }
}

/// See [`inlined`].
pub(super) struct Inlined<'s, I> {
    source: &'s str,
    calls: Vec<Call>,
    events: I,
    /// Events to be looked at before those of the parser.
    input: VecDeque<SpannedEvent<'s>>,
    in_code: bool,
    /// Where the running text ended that was given last, if nothing else came since.
    text_end: Option<usize>,
}

impl<'s, I: Iterator<Item = SpannedEvent<'s>>> Iterator for Inlined<'s, I> {
    type Item = SpannedEvent<'s>;

    #[inline]
    fn next(&mut self) -> Option<SpannedEvent<'s>> {
        if self.calls.is_empty() {
            return self.events.next();
        }
        let (event, range) = self.take()?;
        let (event, range) = match event {
            Event::Text(text) if !self.in_code && text.len() == range.len() => self.text(text, range),
            event => (self.as_typed(event, &range), range),
        };
        match &event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
        self.text_end = Some(range.end).filter(|_| matches!(event, Event::Text(_)));
        Some((event, range))
    }
}

impl<'s, I: Iterator<Item = SpannedEvent<'s>>> Inlined<'s, I> {
    fn take(&mut self) -> Option<SpannedEvent<'s>> {
        self.input.pop_front().or_else(|| self.events.next())
    }

    /// Puts events before all others.
    fn give_back(&mut self, events: impl DoubleEndedIterator<Item = SpannedEvent<'s>>) {
        events.rev().for_each(|event| self.input.push_front(event));
    }

    /// The first piece of running text: what stands before a call or its bracket, the bracket, or the call.
    fn text(&mut self, text: CowStr<'s>, range: Range<usize>) -> SpannedEvent<'s> {
        let first = self.calls.partition_point(|call| call.range.end <= range.start);
        let starts = |call: &Call| {
            let opens = call.opens.filter(|at| range.contains(at));
            opens.or_else(|| Some(call.range.start).filter(|at| range.contains(at)))
        };
        let found =
            self.calls.iter().enumerate().skip(first).filter_map(|(n, call)| Some((starts(call)?, n)));
        let Some((at, number)) = found.min() else { return (Event::Text(text), range) };
        if at > range.start {
            let (before, rest) = text.split_at(at - range.start);
            let (before, rest) = (before.to_owned(), rest.to_owned());
            self.input.push_front((Event::Text(rest.into()), at..range.end));
            return (Event::Text(before.into()), range.start..at);
        }
        let place = self.calls[number].range.clone();
        if self.calls[number].opens.take() == Some(at) {
            if self.encloses(&text, &range, &place) {
                return (
                    Event::InlineHtml(format!("[{}", &self.source[place.clone()]).into()),
                    at..place.end,
                );
            }
            return self.text(text, range);
        }
        if place.end < range.end {
            let rest = text[place.end - range.start..].to_owned();
            self.input.push_front((Event::Text(rest.into()), place.end..range.end));
        }
        let call = &self.source[place.clone()];
        // The end of a text in brackets was given as text: its beginning stands elsewhere.
        let is_torn = self.text_end == Some(place.start) && ends_bracket(self.source, place.start);
        let html = if is_torn { format!("]{call}") } else { call.to_owned() };
        (Event::InlineHtml(html.into()), place)
    }

    /// Whether the bracket that opens `text` and the call at `place` stand in the same elements. Then what is between them
    /// comes next, and the end of the component behind it; else all is as it was.
    fn encloses(&mut self, text: &CowStr<'s>, range: &Range<usize>, place: &Range<usize>) -> bool {
        let mut seen = VecDeque::from([(Event::Text(text.clone()), range.clone())]);
        let (mut at, mut depth) = (0, 0_i32);
        let encloses = loop {
            let Some((event, here)) = seen.get(at) else {
                match self.take() {
                    Some(next) => seen.push_back(next),
                    None => break false,
                }
                continue;
            };
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) if text.len() == here.len() && here.contains(&place.start) => {
                    break depth == 0;
                }
                _ => {}
            }
            if depth < 0 || here.start > place.start {
                break false;
            }
            at += 1;
        };
        if !encloses {
            // The text itself is with whoever asked.
            seen.pop_front();
            self.give_back(seen.into_iter());
            return false;
        }
        let close = place.start - 1;
        let mut inside = Vec::with_capacity(seen.len() + 1);
        for (event, here) in seen {
            let Event::Text(text) = &event else {
                inside.push((event, here));
                continue;
            };
            if text.len() != here.len() {
                inside.push((event, here));
                continue;
            }
            // Without the two brackets and the call.
            let cuts = [range.start..range.start + 1, close..place.end];
            let mut from = here.start;
            for cut in cuts {
                let (start, end) = (cut.start.clamp(from, here.end), cut.end.clamp(from, here.end));
                if from < start {
                    let piece = text[from - here.start..start - here.start].to_owned();
                    inside.push((Event::Text(piece.into()), from..start));
                }
                if here.contains(&place.start) && cut.end == place.end {
                    inside.push((Event::InlineHtml("]".into()), close..place.end));
                }
                from = end;
            }
            if from < here.end {
                let piece = text[from - here.start..].to_owned();
                inside.push((Event::Text(piece.into()), from..here.end));
            }
        }
        self.give_back(inside.into_iter());
        true
    }

    /// What is no running text, with the calls in it as they were typed.
    fn as_typed(&self, event: Event<'s>, range: &Range<usize>) -> Event<'s> {
        let typed = |text: CowStr<'s>| self.typed(text, range);
        match event {
            Event::Text(text) => Event::Text(typed(text)),
            Event::Code(text) => Event::Code(typed(text)),
            Event::Html(text) => Event::Html(typed(text)),
            Event::InlineHtml(text) => Event::InlineHtml(typed(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (typed(dest_url), typed(title));
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let (dest_url, title) = (typed(dest_url), typed(title));
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(typed(info))))
            }
            event => event,
        }
    }

    fn typed(&self, text: CowStr<'s>, range: &Range<usize>) -> CowStr<'s> {
        if !text.contains(FIRST) {
            return text;
        }
        let within = |call: &&Call| range.start <= call.range.start && call.range.end <= range.end;
        let mut calls = self.calls.iter().filter(within);
        let mut out = String::with_capacity(text.len());
        for part in text.split_inclusive(FIRST) {
            let Some(before) = part.strip_suffix(FIRST) else {
                out.push_str(part.trim_start_matches(NEXT));
                continue;
            };
            out.push_str(before.trim_start_matches(NEXT));
            out.push_str(calls.next().map_or("", |call| &self.source[call.range.clone()]));
        }
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Words;
    use crate::markdown::Flavor;
    use crate::markdown::events::prepare;

    /// The events as one line: marks in angle brackets, elements by their sign.
    fn read(text: &str) -> String {
        let prepared = prepare(text, Flavor::Guide, Words::default());
        let mut out = String::new();
        for (event, range) in prepared.events() {
            assert!(range.end <= text.len());
            match event {
                Event::Text(text) => out.push_str(&text),
                Event::Code(text) => out.push_str(&format!("`{text}`")),
                Event::InlineHtml(html) | Event::Html(html) => out.push_str(&format!("<{html}>")),
                Event::Start(Tag::Link { dest_url, .. }) => out.push_str(&format!("({dest_url}:")),
                Event::End(TagEnd::Link) => out.push(')'),
                Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => out.push('*'),
                Event::Start(Tag::Heading { id, .. }) => {
                    out.push_str(&format!("#{}#", id.as_deref().unwrap_or("")))
                }
                Event::SoftBreak => out.push(' '),
                _ => {}
            }
        }
        assert!(!out.contains([FIRST, NEXT]), "{out:?}");
        out
    }

    #[test]
    fn calls_in_running_text_are_marks() {
        for (text, events) in [
            ("Ask {:phone}.", "Ask <{:phone}>."),
            (
                r#"{:a}{:b c="_x_ \"*y*\" https://x.org |"}"#,
                r#"<{:a}><{:b c="_x_ \"*y*\" https://x.org |"}>"#,
            ),
            ("A [free *one*]{:badge} b", "A <[{:badge}>free *one*<]> b"),
            ("[{:a}]{:b}", "<[{:b}><{:a}><]>"),
            ("[a [b]{:x} c]{:y} d", "<[{:y}>a <[{:x}>b<]> c<]> d"),
            ("[]{:x}", "<[{:x}><]>"),
            ("*[a]{:x}*", "*<[{:x}>a<]>*"),
            ("[see [a]{:x} b](c.md)", "(c.md:see <[{:x}>a<]> b)"),
            ("[[a](b.md)]{:x}", "<[{:x}>(b.md:a)<]>"),
            ("[https://x.org]{:x}", "<[{:x}>(https://x.org:https://x.org)<]>"),
            ("# A {:x} {#b}", "#b#A <{:x}>"),
            ("## [A]{:x}", "##<[{:x}>A<]>"),
            ("[a\nb]{:x}", "<[{:x}>a b<]>"),
        ] {
            assert_eq!(read(text), events, "{text}");
        }
    }

    #[test]
    fn what_is_no_call_is_as_it_was_typed() {
        for (text, events) in [
            ("`{:a} b`", "`{:a} b`"),
            ("    {:a b=\"c\"}", "{:a b=\"c\"}"),
            ("```\n[x]{:a}\n```", "[x]{:a}\n"),
            ("a <b title=\"{:a}\">", "a <<b title=\"{:a}\">>"),
            ("<div>\n{:a}\n</div>", "<<div>\n><{:a}\n><</div>>"),
            ("[x](<{:a b}>)", "({:a b}:x)"),
            ("\\{:a}", "{:a}"),
            ("[a](b.md){:x}", "(b.md:a)<{:x}>"),
            ("[a]{:x}\n\n[a]: b.md", "(b.md:a)<{:x}>"),
            ("a\\]{:x}", "a]<{:x}>"),
            // The brackets stand in other elements.
            ("*[a*]{:x}", "*[a*]<]{:x}>"),
            ("a]{:x}", "a]<]{:x}>"),
            ("[a\n\nb]{:x}", "[ab]<]{:x}>"),
            ("`[`a]{:x}", "`[`a]<]{:x}>"),
        ] {
            assert_eq!(read(text), events, "{text}");
        }
    }
}
