//! The split of a page into entries: a heading at the page's entry level begins one, the bullet list right
//! under it holds its fields, the rest up to the next heading of that level or above is its body.
//!
//! What the fields mean is not known here: lines are handed on as written, for `document::entry` to check.

use crate::document::{Body, OwnedPlaceholder};
use crate::markdown::output::Output;
use crate::markdown::writer::{Mode, Writer};
use crate::markdown::{EntryText, FieldLine};
use crate::source::Span;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Entries so far, and the open one.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Entries {
    level: Option<u8>,
    pub texts: Vec<EntryText>,
    pub bodies: Vec<Body>,
    group: Option<String>,
    /// The page's own output while an entry is written.
    page: Option<Output>,
    /// Where in the HTML a field list would stand: right behind the heading.
    right_under: Option<(usize, Heading)>,
    lines: Lines,
    /// See `Markdown::misplaced`.
    pub misplaced: Vec<(Span, Vec<String>)>,
}

/// The heading above a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// Of an entry.
    Entry,
    /// Of another level, on a page with entries.
    Other,
}

/// The field list being read.
#[derive(Debug, Default)]
struct Lines {
    /// Open elements inside the list.
    depth: u32,
    item: Option<Range<usize>>,
    text: String,
    /// Where comments stand in the item: they are for editors, and no part of its value.
    comments: Vec<Range<usize>>,
}

impl Entries {
    pub fn new(level: Option<u8>) -> Self {
        Entries { level, ..Entries::default() }
    }
}

impl Writer<'_> {
    /// A heading begins. Ends what it ends, and says whether it begins an entry.
    pub(in crate::markdown) fn before_heading(&mut self, level: u8, _range: &Range<usize>) -> bool {
        let Some(entry_level) = self.entries.level else { return false };
        if level > entry_level || self.depth > 0 {
            return false;
        }
        self.end_entry();
        level == entry_level
    }

    /// The heading of an entry has been read.
    pub(in crate::markdown) fn begin_entry(&mut self, title: &str, id: Box<str>, level: u8, span: Span) {
        let number = u32::try_from(self.entries.texts.len()).unwrap_or(u32::MAX);
        self.close_all_containers();
        self.close_raw(0);
        self.out.fresh_line();
        self.out.placeholder(OwnedPlaceholder::Entry(number));
        self.entries.texts.push(EntryText {
            title: title.to_owned(),
            id,
            group: self.entries.group.clone(),
            level,
            span,
            ..EntryText::default()
        });
        let mut out = Output::default();
        out.placeholder(OwnedPlaceholder::Section);
        self.entries.page = Some(std::mem::replace(&mut self.out, out));
        self.entries.right_under = Some((0, Heading::Entry));
    }

    /// A heading that begins no entry has been written.
    pub(in crate::markdown) fn after_heading(&mut self, level: u8, title: &str) {
        let Some(entry_level) = self.entries.level else { return };
        if self.depth == 0 {
            if level < entry_level {
                self.entries.group = Some(title.to_owned());
            }
            self.entries.right_under = Some((self.out.html.len(), Heading::Other));
        }
    }

    /// Ends the open entry, if there is one.
    pub(in crate::markdown) fn end_entry(&mut self) {
        if self.entries.page.is_none() {
            return;
        }
        self.close_all_containers();
        self.close_raw(0);
        let Some(page) = self.entries.page.take() else { return };
        let out = std::mem::replace(&mut self.out, page);
        self.entries.bodies.push(Body {
            html: out.html.into_boxed_str(),
            placeholders: out.placeholders.shrink(),
            ..Body::default()
        });
        self.entries.right_under = None;
    }

    /// The first paragraph of an entry is its excerpt.
    #[inline]
    pub(in crate::markdown) fn begin_paragraph(&mut self) {
        if self.entries.page.is_some()
            && !self.capture
            && self.waiting.is_empty()
            && self.entries.texts.last().is_some_and(|e| e.excerpt.is_empty())
        {
            self.captured.clear();
            self.capture = true;
        }
    }

    #[inline]
    pub(in crate::markdown) fn end_paragraph(&mut self) {
        if self.capture {
            self.capture = false;
            if let Some(entry) = self.entries.texts.last_mut() {
                entry.excerpt = self.captured.trim().to_owned();
            }
        }
    }

    /// A bullet list begins: takes it over when it is a field list.
    pub(in crate::markdown) fn field_list(&mut self, range: &Range<usize>) -> bool {
        let Some((at, heading)) = self.entries.right_under.take() else { return false };
        if self.depth > 0 || at != self.out.html.len() || self.containers.depth() > 0 {
            return false;
        }
        let list = &self.source[range.clone()];
        if !is_field_list(list) {
            return false;
        }
        if heading == Heading::Other {
            let labels = list.lines().filter_map(|l| Some(l[label_of(l)?.0].to_owned())).collect();
            self.entries.misplaced.push((self.span(range), labels));
            return false;
        }
        self.mode = Mode::Fields;
        self.entries.lines = Lines::default();
        true
    }

    /// Takes the events of a field list.
    pub(in crate::markdown) fn fields_event(&mut self, event: &Event<'_>, range: Range<usize>) {
        let lines = &mut self.entries.lines;
        match event {
            Event::Start(tag) => {
                if lines.depth == 0 && matches!(tag, Tag::Item) {
                    lines.item = Some(range);
                    lines.text.clear();
                    lines.comments.clear();
                } else if lines.depth > 0 && !lines.text.is_empty() && !lines.text.ends_with(' ') {
                    let inline = matches!(
                        tag,
                        Tag::Emphasis
                            | Tag::Strong
                            | Tag::Strikethrough
                            | Tag::Link { .. }
                            | Tag::Image { .. }
                    );
                    if !inline {
                        lines.text.push(' ');
                    }
                }
                lines.depth += 1;
            }
            Event::End(TagEnd::List(_)) if lines.depth == 0 => {
                self.mode = Mode::Body;
                self.depth -= 1;
                self.block_end(self.depth);
            }
            Event::End(_) => {
                lines.depth -= 1;
                if lines.depth == 0
                    && let Some(item) = lines.item.take()
                {
                    let text = std::mem::take(&mut lines.text);
                    self.words += text.split_whitespace().count();
                    let line = self.field_line(item, &text);
                    if let Some(entry) = self.entries.texts.last_mut() {
                        entry.lines.push(line);
                    }
                }
            }
            Event::InlineHtml(text) if text.starts_with("<!--") => lines.comments.push(range),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                lines.text.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => lines.text.push('\n'),
            _ => {}
        }
    }

    /// One item of a field list, taken apart.
    fn field_line(&self, range: Range<usize>, text: &str) -> FieldLine {
        let item = self.source[range.clone()].trim_end();
        let whole = range.start..range.start + item.len();
        let Some((label, value_at)) = label_of(item) else {
            let label_span = self.span(&whole);
            return FieldLine {
                label_span,
                span: label_span,
                raw: item.into(),
                text: text.into(),
                ..FieldLine::default()
            };
        };
        let label_span = self.span(&(whole.start + label.start..whole.start + label.end));
        let label = item[label].to_owned();
        let mut value = &item[value_at..];
        let mut plain = text.split_once([':', '：']).map_or("", |(_, v)| v);
        let mut runs_on = None;
        // A line at the margin was taken in for want of an empty line before it.
        if let Some(next) = value.find('\n').filter(|n| !value[n + 1..].starts_with([' ', '\t', '\n', '\r']))
        {
            let at = whole.start + value_at + next + 1;
            let end = self.source[at..whole.end].find('\n').map_or(whole.end, |n| at + n);
            runs_on = Some(self.span(&(at..end)));
            value = &value[..next];
            plain = plain.split_once('\n').map_or(plain, |(first, _)| first);
        }
        let start = whole.start + value_at + (value.len() - value.trim_start().len());
        let value = value.trim();
        let span = self.span(&(start..start + value.len()));
        let join = |t: &str| {
            t.split(['\n', '\r']).map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let raw = join(&self.value_beside_comments(value, start));
        FieldLine { label: Some(label), label_span, raw, text: join(plain), span, runs_on }
    }

    /// The value that stands at `start`, without the comments in it.
    fn value_beside_comments<'v>(&self, value: &'v str, start: usize) -> Cow<'v, str> {
        let mut out = Cow::Borrowed(value);
        for comment in self.entries.lines.comments.iter().rev() {
            let inside = comment.start.checked_sub(start).zip(comment.end.checked_sub(start));
            if let Some((from, to)) = inside.filter(|(from, to)| out.get(*from..*to).is_some()) {
                out.to_mut().replace_range(from..to, "");
            }
        }
        out
    }
}

/// Whether a bullet list right under the heading of an entry holds its fields: any of its lines has a label.
pub(crate) fn is_field_list(list: &str) -> bool {
    list.lines().any(|line| label_of(line).is_some())
}

/// Whether a line begins a bullet item.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['-', '*', '+']) && line[1..].starts_with([' ', '\t'])
}

/// Where the label of a bullet item stands, and where its value begins.
fn label_of(item: &str) -> Option<(Range<usize>, usize)> {
    if !is_item(item) {
        return None;
    }
    let first = item.lines().next().unwrap_or("");
    let colon = first.find([':', '：'])?;
    let mut after = colon + first[colon..].chars().next().map_or(1, char::len_utf8);
    let marks = first[after..].bytes().take_while(|b| matches!(b, b'*' | b'_')).count();
    let bold = marks > 0 && first[after + marks..].starts_with([' ', '\t']);
    if bold {
        after += marks;
    }
    let wide = first[colon..].starts_with('：');
    if !wide && !first[after..].is_empty() && !first[after..].starts_with([' ', '\t']) {
        return None;
    }
    let head = &first[..colon];
    let start = head.len() - head.trim_start().len() + 1;
    let label = head[start..].trim_matches([' ', '\t', '*', '_']);
    let start = start + head[start..].find(label)?;
    let fits = !label.is_empty()
        && label.chars().count() <= 60
        && !label.contains(['[', ']', '(', '<', '`', '!', '"', '\\', '.', '?']);
    fits.then_some((start..start + label.len(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_labels() {
        let label = |line: &'static str| label_of(line).map(|(r, v)| (&line[r], line[v..].trim()));
        assert_eq!(label("- Where: home, class"), Some(("Where", "home, class")));
        assert_eq!(label("* **Qué observa:** manos"), Some(("Qué observa", "manos")));
        assert_eq!(label("- **Where**: home"), Some(("Where", "home")));
        assert_eq!(label("- Safety:"), Some(("Safety", "")));
        assert_eq!(label("- 材料：纸"), Some(("材料", "纸")));
        assert_eq!(label("- At 3:00 we play"), None);
        assert_eq!(label("- **[Strengthening](a.md):** hands"), None);
        assert_eq!(label("- See https://x.org"), None);
        assert_eq!(label("plain: text"), None);
        assert_eq!(label("- : x"), None);
    }
}
