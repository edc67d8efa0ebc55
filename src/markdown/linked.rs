//! The parser's events, with links where running text holds bare addresses.
//!
//! [`autolinks`] finds them in the text as it is written; here is decided which stand in running text: not in links, code,
//! pictures and raw `<a>`. The parser has cut the text at every sign that could be markup, and may have taken some of an
//! address for emphasis or typography: its events from the start to the end of an address become one link, its text as typed.

use super::autolink::{Autolink, Kind, autolinks};
use super::events::SpannedEvent;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// `events`, read from `source`, with its bare `addresses` as links.
pub(super) fn linked<'s, I>(source: &'s str, addresses: Vec<Autolink>, events: I) -> Linked<'s, I>
where
    I: Iterator<Item = SpannedEvent<'s>>,
{
    let mut links = addresses.into_iter();
    Linked {
        source,
        events,
        next: links.next(),
        links,
        input: VecDeque::new(),
        output: VecDeque::new(),
        closed: 0,
        raw_links: 0,
    }
}

/// See [`linked`].
pub(super) struct Linked<'s, I> {
    source: &'s str,
    events: I,
    /// The next address that was not met yet.
    next: Option<Autolink>,
    links: std::vec::IntoIter<Autolink>,
    /// Events to be looked at before those of the parser.
    input: VecDeque<SpannedEvent<'s>>,
    /// Events that are ready.
    output: VecDeque<SpannedEvent<'s>>,
    /// Number of open elements in which there are no links.
    closed: u32,
    /// Number of open raw `<a>`.
    raw_links: u32,
}

impl<'s, I: Iterator<Item = SpannedEvent<'s>>> Iterator for Linked<'s, I> {
    type Item = SpannedEvent<'s>;

    #[inline]
    fn next(&mut self) -> Option<SpannedEvent<'s>> {
        if self.next.is_none() && self.input.is_empty() && self.output.is_empty() {
            return self.events.next();
        }
        loop {
            if let Some(ready) = self.output.pop_front() {
                return Some(ready);
            }
            let (event, range) = self.take()?;
            match event {
                Event::Text(text) => {
                    if let Some(link) = self.link_in(&text, &range) {
                        self.link(link, text, range);
                    } else {
                        return Some((Event::Text(text), range));
                    }
                }
                event => {
                    self.note(&event);
                    return Some((event, range));
                }
            }
        }
    }
}

impl<'s, I: Iterator<Item = SpannedEvent<'s>>> Linked<'s, I> {
    fn take(&mut self) -> Option<SpannedEvent<'s>> {
        self.input.pop_front().or_else(|| self.events.next())
    }

    /// Follows where links may not stand.
    fn note(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => self.closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => self.closed -= 1,
            Event::InlineHtml(html) => {
                let begins = |tag: &str| {
                    html.get(..tag.len()).is_some_and(|h| h.eq_ignore_ascii_case(tag))
                        && !html[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
                };
                if begins("<a") && !html.ends_with("/>") {
                    self.raw_links += 1;
                } else if begins("</a") {
                    self.raw_links = self.raw_links.saturating_sub(1);
                }
            }
            // One that is not closed ends with its surroundings.
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                self.raw_links = 0
            }
            _ => {}
        }
    }

    /// The address that begins in a text event, if it may be a link there.
    fn link_in(&mut self, text: &str, range: &Range<usize>) -> Option<Autolink> {
        loop {
            let next = self.next.as_mut()?;
            if next.range.start >= range.end {
                return None;
            }
            // The marks of emphasis could be letters of a mailbox.
            let marks = self.source.get(next.range.start..range.start);
            if next.kind == Kind::Mail
                && next.range.end > range.start
                && marks.is_some_and(|marks| marks.bytes().all(|b| b == b'_'))
            {
                next.range.start = range.start;
            }
            if next.range.start >= range.start {
                break;
            }
            self.next = self.links.next();
        }
        let link = std::mem::replace(&mut self.next, self.links.next())?;
        (self.closed == 0 && self.raw_links == 0 && text.len() == range.len()).then_some(link)
    }

    /// Makes a link of the address `link`, which begins in `text`.
    fn link(&mut self, link: Autolink, text: CowStr<'s>, range: Range<usize>) {
        let before = link.range.start - range.start;
        if before > 0 {
            let head = text[..before].to_owned();
            self.output.push_back((Event::Text(head.into()), range.start..link.range.start));
        }
        let tail = text[before..].to_owned();
        self.input.push_front((Event::Text(tail.into()), link.range.start..range.end));
        let mut parts: Vec<SpannedEvent<'s>> = Vec::new();
        let mut marks = 0;
        let mut end = link.range.end;
        let mut reached = link.range.start;
        while reached < end {
            let Some((event, range)) = self.take() else { break };
            match event {
                Event::Text(text) if range.end <= end => {
                    reached = range.end;
                    parts.push((Event::Text(text), range));
                }
                Event::Text(text) if range.start < end && text.len() == range.len() => {
                    let (inside, outside) = text.split_at(end - range.start);
                    let (inside, outside) =
                        (CowStr::from(inside.to_owned()), CowStr::from(outside.to_owned()));
                    parts.push((Event::Text(inside), range.start..end));
                    self.input.push_front((Event::Text(outside), end..range.end));
                    reached = end;
                }
                Event::Start(tag) if is_mark(tag.to_end()) && self.within(&range, end) => {
                    // `_` at the end was taken for a mark around the address; it is one of a pair within.
                    end = end.max(range.end);
                    marks += 1;
                    parts.push((Event::Start(tag), range));
                }
                Event::End(tag) if marks > 0 && is_mark(tag) => {
                    marks -= 1;
                    reached = range.end;
                    parts.push((Event::End(tag), range));
                }
                // Something else begins or ends here: the address ends before it.
                event => {
                    self.input.push_front((event, range));
                    break;
                }
            }
        }
        if reached < end {
            match self.shortened(&parts, link.range.start..reached) {
                Some(shorter) => end = shorter,
                None => return self.output.extend(parts),
            }
            while let Some((event, range)) = parts.pop_if(|(_, range)| range.end > end) {
                match event {
                    Event::Text(text) if range.start < end && text.len() == range.len() => {
                        let (inside, outside) = text.split_at(end - range.start);
                        let (inside, outside) =
                            (CowStr::from(inside.to_owned()), CowStr::from(outside.to_owned()));
                        self.input.push_front((Event::Text(outside), end..range.end));
                        parts.push((Event::Text(inside), range.start..end));
                    }
                    event => self.input.push_front((event, range)),
                }
            }
        }
        let shown = self.typed(&parts, link.range.start..end);
        let (link_type, dest_url) = match link.kind {
            Kind::Whole => (LinkType::Autolink, shown.clone()),
            Kind::Www => (LinkType::Autolink, format!("https://{shown}")),
            Kind::Mail => (LinkType::Email, shown.clone()),
        };
        let tag = Tag::Link { link_type, dest_url: dest_url.into(), title: "".into(), id: "".into() };
        let range = link.range.start..end;
        self.output.extend([
            (Event::Start(tag), range.clone()),
            (Event::Text(shown.into()), range.clone()),
            (Event::End(TagEnd::Link), range),
        ]);
    }

    /// Where the address in `range`, read as `parts`, ends if nothing after `range` belongs to it; nothing if it is none then.
    ///
    /// It ends where no mark of emphasis is cut in two: behind the `_` of one that lies within it, before any other.
    fn shortened(&self, parts: &[SpannedEvent<'s>], range: Range<usize>) -> Option<usize> {
        let Range { start, end: mut reached } = range;
        loop {
            let found = autolinks(self.source.get(start..reached)?).into_iter().next()?.range;
            if found.start > 0 {
                return None;
            }
            let mut end = start + found.end;
            let cut = |end: usize| {
                let marks = parts.iter().filter(|(event, _)| matches!(event, Event::Start(_)));
                marks.map(|(_, place)| place).find(|place| place.start < end && end < place.end)
            };
            loop {
                match cut(end) {
                    None => return Some(end),
                    Some(mark) if mark.end <= reached && self.within(mark, end) => end = mark.end,
                    Some(mark) => {
                        reached = mark.start;
                        break;
                    }
                }
            }
        }
    }

    /// Whether emphasis lies within an address that ends at `end`, but perhaps for the `_` that closes it.
    fn within(&self, range: &Range<usize>, end: usize) -> bool {
        range.end <= end
            || self.source.get(end..range.end).is_some_and(|more| more.bytes().all(|b| b == b'_'))
    }

    /// An address as it was typed: marks of emphasis and typography are letters of it, escapes and references resolved.
    fn typed(&self, parts: &[SpannedEvent<'s>], range: Range<usize>) -> String {
        let mut typed = String::with_capacity(range.len());
        let mut at = range.start;
        for (event, place) in parts {
            let Event::Text(text) = event else { continue };
            self.between(at..place.start, &mut typed);
            let written = self.source.get(place.clone()).unwrap_or("");
            typed.push_str(if written.starts_with('&') { text } else { written });
            at = place.end;
        }
        self.between(at..range.end, &mut typed);
        typed
    }

    fn between(&self, range: Range<usize>, typed: &mut String) {
        typed.extend(self.source.get(range).unwrap_or("").chars().filter(|c| *c != '\\'));
    }
}

/// Whether it is written by signs that may stand in an address.
fn is_mark(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Options, Parser};

    fn events(text: &str) -> Vec<SpannedEvent<'_>> {
        let syntax = Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let parser = Parser::new_ext(text, syntax | Options::ENABLE_SMART_PUNCTUATION);
        linked(text, autolinks(text), parser.into_offset_iter()).collect()
    }

    /// Which bytes stand in text events.
    fn covered(text: &str, events: impl Iterator<Item = (bool, Range<usize>)>) -> Vec<bool> {
        let mut covered = vec![false; text.len()];
        for (_, range) in events.filter(|(is_text, _)| *is_text) {
            covered[range].fill(true);
        }
        covered
    }

    #[test]
    fn an_address_ends_before_what_is_no_letter_of_it() {
        let links = |text: &str| {
            let of = |(event, range): SpannedEvent<'_>| match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    Some((dest_url.into_string(), text[range].to_owned()))
                }
                _ => None,
            };
            events(text).into_iter().filter_map(of).collect::<Vec<_>>()
        };
        let one = |address: &str, typed: &str| vec![(address.to_owned(), typed.to_owned())];
        assert_eq!(links("https://x.org/a[^1]\n\n[^1]: b"), one("https://x.org/a", "https://x.org/a"));
        let noted = |text: &str| links(&format!("{text}[^1]\n\n[^1]: b"));
        assert_eq!(noted("https://x.org/_a_"), one("https://x.org/_a_", "https://x.org/_a_"));
        assert_eq!(noted("https://x.org/__a__"), one("https://x.org/__a__", "https://x.org/__a__"));
        assert_eq!(noted("https://x.org/_a._"), one("https://x.org/", "https://x.org/"));
        assert_eq!(links("https://x.org/_a[^1]_\n\n[^1]: b"), one("https://x.org/", "https://x.org/"));
        assert_eq!(links("*a https://x.org/b*c"), one("https://x.org/b", "https://x.org/b"));
        assert_eq!(
            links("https://x.org/(a_b*c*)_d."),
            one("https://x.org/(a_b*c*)_d", "https://x.org/(a_b*c*)_d")
        );
        assert_eq!(links("https://x.org/_a_."), one("https://x.org/_a_", "https://x.org/_a_"));
        assert_eq!(links("https://x.org/__a__ _b_"), one("https://x.org/__a__", "https://x.org/__a__"));
        assert_eq!(links("_https://x.org/a_ https://x.org/*b*")[0].1, "https://x.org/a");
        assert_eq!(links("https://x.org/*b*"), one("https://x.org/", "https://x.org/"));
        assert_eq!(links("www.x.org/a\\_b&amp;c"), one("https://www.x.org/a_b&c", "www.x.org/a\\_b&amp;c"));
        assert_eq!(links("<b>https://x.org</b>"), one("https://x.org", "https://x.org"));
        assert_eq!(links("<A\nhref=x>https://x.org</A>"), []);
    }

    proptest! {
        #[test]
        fn no_text_is_lost_and_all_is_closed(parts in prop::collection::vec(prop::sample::select(vec![
            "https://x.org/", "http://", "www.", "x.org", "a@b.org", "*", "_", "**", "~~", "_a_", "*a*", "~a~", "(", ")", "[", "](", "![", "[^1]", "\n\n[^1]: ",
            "&amp;", "&", "\\", "'", "\"", "--", "...", "`", "<a>", "</a>", "<b>", " ", "\n", "|", "|-|\n", "日本", "。", "é", "a", "1", "/", "?",
        ]), 0..30)) {
            let text = parts.concat();
            let syntax = Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
            let plain = Parser::new_ext(&text, syntax | Options::ENABLE_SMART_PUNCTUATION).into_offset_iter();
            let before = covered(&text, plain.map(|(event, range)| (matches!(event, Event::Text(_)), range)));
            let linked = events(&text);
            let after = covered(&text, linked.iter().map(|(event, range)| (matches!(event, Event::Text(_)), range.clone())));
            for (at, (before, after)) in before.iter().zip(&after).enumerate() {
                prop_assert!(*after || !*before, "{:?} at {}", text, at);
            }
            let mut open = Vec::new();
            let mut in_link = 0;
            for (event, _) in &linked {
                match event {
                    Event::Start(tag) => {
                        in_link += usize::from(matches!(tag, Tag::Link { .. }));
                        open.push(tag.to_end());
                    }
                    Event::End(tag) => {
                        in_link -= usize::from(*tag == TagEnd::Link);
                        prop_assert_eq!(open.pop(), Some(*tag), "{:?}", text);
                    }
                    _ => {}
                }
                prop_assert!(in_link <= 1, "{:?}", text);
            }
            prop_assert!(open.is_empty());
        }
    }
}
