//! The parser's events, with the words of the settings where running text and addresses of links name them.
//!
//! [`Words`] finds the names in the text as it is written; here is decided which stand in running text: not in code and raw
//! HTML. A value that is a mailbox or a web address is a link, as it would be if it were typed. The mark of direction that a
//! number may need is an event of its own, so that it stands in running text alone: see [`is_mark`].

use super::events::SpannedEvent;
use crate::config::values::{LEFT_TO_RIGHT, Named, Words, address};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// Whether the text event `text` at `range` is a mark of direction that stands in no file: it belongs into HTML, and not into
/// names, titles, descriptions of pictures, or what rules and search read.
#[inline]
pub(crate) fn is_mark(text: &str, range: &Range<usize>) -> bool {
    range.start == range.end && text == LEFT_TO_RIGHT
}

/// `events`, read from `source`, with the values of the names in it.
pub(super) fn valued<'s, I>(source: &'s str, words: Words<'s>, events: I) -> Valued<'s, I>
where
    I: Iterator<Item = SpannedEvent<'s>>,
{
    let all = words.named(source).collect::<Vec<_>>();
    // A heading's last braces may be text even where no word is named.
    let any = memchr::memchr(b'{', source.as_bytes()).is_some();
    let mut places = all.into_iter().filter(|named| named.word.is_ok()).collect::<Vec<_>>().into_iter();
    Valued {
        any,
        source,
        told: None,
        titled: false,
        words,
        events,
        next: places.next(),
        places,
        input: VecDeque::new(),
        output: VecDeque::new(),
        closed: 0,
        code: false,
    }
}

/// See [`valued`].
pub(super) struct Valued<'s, I> {
    /// Whether there is anything in braces at all.
    any: bool,
    source: &'s str,
    words: Words<'s>,
    events: I,
    next: Option<Named<'s>>,
    places: std::vec::IntoIter<Named<'s>>,
    /// Events to be looked at before those of the parser.
    input: VecDeque<SpannedEvent<'s>>,
    /// Events that are ready.
    output: VecDeque<SpannedEvent<'s>>,
    /// Number of open elements in which there are no links.
    closed: u32,
    code: bool,
    /// How far the open heading has been told, if it has neither an id nor classes. What then follows in braces the parser
    /// took for attributes, and it is text.
    told: Option<usize>,
    /// Whether the open heading has any text.
    titled: bool,
}

impl<'s, I: Iterator<Item = SpannedEvent<'s>>> Iterator for Valued<'s, I> {
    type Item = SpannedEvent<'s>;

    #[inline]
    fn next(&mut self) -> Option<SpannedEvent<'s>> {
        if !self.any {
            return self.events.next();
        }
        loop {
            if let Some(ready) = self.output.pop_front() {
                return Some(ready);
            }
            let (event, range) = self.take()?;
            self.titled |= matches!(event, Event::Text(_) | Event::Code(_));
            if let Some(told) =
                self.told.as_mut().filter(|_| !matches!(event, Event::End(TagEnd::Heading(_))))
            {
                *told = range.end.max(*told);
            }
            match event {
                Event::Text(text)
                    if self.told.is_some() && self.is_escaped(range.end) && text.ends_with('\\') =>
                {
                    let end = range.end - 1;
                    return Some((Event::Text(text[..text.len() - 1].to_owned().into()), range.start..end));
                }
                Event::Text(text) if !self.code && text.len() == range.len() => match self.named_in(&range) {
                    Some(named) => self.put(&named, &text, range),
                    None => return Some((Event::Text(text), range)),
                },
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    self.closed += 1;
                    let dest_url = self.linked(dest_url);
                    return Some((Event::Start(Tag::Link { link_type, dest_url, title, id }), range));
                }
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    self.titled = false;
                    self.told = (id.is_none() && classes.is_empty()).then_some(range.start);
                    return Some((Event::Start(Tag::Heading { level, id, classes, attrs }), range));
                }
                Event::End(TagEnd::Heading(level)) if self.told.is_some() => {
                    if let Some((place, shown)) = self.tail(&range) {
                        if self.titled && !self.is_escaped(place.start) {
                            self.output.push_back((Event::Text(" ".into()), place.start..place.start));
                        }
                        self.mark(shown, place.start);
                        self.output.push_back((Event::Text(shown.into()), place));
                    }
                    self.output.push_back((Event::End(TagEnd::Heading(level)), range));
                }
                event => {
                    match &event {
                        Event::Start(Tag::CodeBlock(_)) => self.code = true,
                        Event::End(TagEnd::CodeBlock) => self.code = false,
                        Event::Start(Tag::Image { .. }) => self.closed += 1,
                        Event::End(TagEnd::Link | TagEnd::Image) => {
                            self.closed = self.closed.saturating_sub(1)
                        }
                        _ => {}
                    }
                    return Some((event, range));
                }
            }
        }
    }
}

impl<'s, I: Iterator<Item = SpannedEvent<'s>>> Valued<'s, I> {
    fn take(&mut self) -> Option<SpannedEvent<'s>> {
        self.input.pop_front().or_else(|| self.events.next())
    }

    /// What stands in braces at the end of the heading at `range` and was not told: its place, and what it shows.
    fn tail(&mut self, range: &Range<usize>) -> Option<(Range<usize>, &'s str)> {
        let told = self.told.take()?;
        let source = self.source;
        let start = told + source.get(told..range.end)?.find('{')?;
        let typed = source.get(start..range.end)?;
        let typed = &typed[..typed.find('}')? + 1];
        let word = match self.is_escaped(start) {
            true => None,
            false => self.words.named(typed).next().and_then(|named| named.word.ok()),
        };
        Some((start..start + typed.len(), word.unwrap_or(typed)))
    }

    /// Whether a brace opens at `at` behind a backslash that is not one itself.
    fn is_escaped(&self, at: usize) -> bool {
        let (before, after) = self.source.as_bytes().split_at(at.min(self.source.len()));
        after.first() == Some(&b'{') && before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
    }

    /// The name that begins in a text event.
    fn named_in(&mut self, range: &Range<usize>) -> Option<Named<'s>> {
        while self.next.as_ref().is_some_and(|named| named.range.start < range.start) {
            self.next = self.places.next();
        }
        let found = self.next.take_if(|named| named.range.start < range.end)?;
        self.next = self.places.next();
        Some(found)
    }

    /// Puts the value in the place of its name, which begins in `text`. The parser cuts text at each `_`.
    fn put(&mut self, named: &Named<'s>, text: &CowStr<'s>, range: Range<usize>) {
        let (start, end) = (named.range.start, named.range.end);
        let before = start - range.start;
        if before > 0 {
            self.output.push_back((Event::Text(text[..before].to_owned().into()), range.start..start));
        }
        let tail: CowStr<'s> = text[before..].to_owned().into();
        let mut parts: Vec<SpannedEvent<'s>> = vec![(Event::Text(tail), start..range.end)];
        let mut reached = range.end;
        while reached < end {
            match self.take() {
                Some((Event::Text(text), place)) if place.start == reached && text.len() == place.len() => {
                    reached = place.end;
                    parts.push((Event::Text(text), place));
                }
                // A mark of emphasis stands in it: it is text.
                other => {
                    other.into_iter().for_each(|other| self.input.push_front(other));
                    return self.output.extend(parts);
                }
            }
        }
        if reached > end
            && let Some((Event::Text(last), place)) = parts.pop()
        {
            let rest = last[end - place.start..].to_owned();
            self.input.push_front((Event::Text(rest.into()), end..reached));
        }
        let word = named.word.clone().unwrap_or_default();
        let target = address(word).filter(|target| self.closed == 0 && !target.starts_with("tel:"));
        let text = (Event::Text(word.into()), start..end);
        let Some(target) = target else {
            self.mark(word, start);
            return self.output.push_back(text);
        };
        let (link_type, dest_url) = match target.strip_prefix("mailto:") {
            Some(mail) => (LinkType::Email, mail.to_owned()),
            None => (LinkType::Autolink, target),
        };
        let tag = Tag::Link { link_type, dest_url: dest_url.into(), title: "".into(), id: "".into() };
        self.output.push_back((Event::Start(tag), start..end));
        self.mark(word, start);
        self.output.extend([text, (Event::End(TagEnd::Link), start..end)]);
    }

    /// Puts a mark before the value `word`, which stands at `at`, where it needs one.
    fn mark(&mut self, word: &str, at: usize) {
        if self.words.needs_mark(word) {
            self.output.push_back((Event::Text(LEFT_TO_RIGHT.into()), at..at));
        }
    }

    /// The address of a link with its values in place: a number is one to call, a mailbox one to write to.
    fn linked(&self, dest_url: CowStr<'s>) -> CowStr<'s> {
        if !dest_url.contains('{') {
            return dest_url;
        }
        let bare = ["tel:", "mailto:", ""].iter().find_map(|scheme| dest_url.strip_prefix(scheme));
        let bare = bare.unwrap_or(&dest_url);
        if let Some(Named { range, word: Ok(word) }) = self.words.named(bare).next()
            && range == (0..bare.len())
            && let Some(target) = address(word)
        {
            return target.into();
        }
        let mut out = String::with_capacity(dest_url.len());
        let mut done = 0;
        for named in self.words.named(&dest_url) {
            if let Ok(word) = named.word {
                out.push_str(&dest_url[done..named.range.start]);
                out.push_str(word);
                done = named.range.end;
            }
        }
        out.push_str(&dest_url[done..]);
        out.into()
    }
}
