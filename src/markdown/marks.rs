//! Marks of markdown where none is read: in titles and other texts that are plain.
//!
//! Asked by the reader of front matter and for the settings of components, where the marks are shown; and for a title that is
//! typed as a heading and the fields of an entry, of which only the words are kept.

use super::Flavor;
use super::events::prepare;
use crate::config::Words;
use crate::diag::{Diagnostic, code};
use crate::source::{SourcePath, Span, plain};
use pulldown_cmark::{Event, LinkType, Tag};
use std::ops::Range;

/// What a mark makes of the words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Link,
    Picture,
    Note,
    /// Bold, italic, struck out, code: the words stay what they are.
    Look,
}

/// The marks in a text of one line, each with its place.
fn marks(text: &str) -> Vec<(Mark, Range<usize>)> {
    // Most texts hold none of these signs.
    if !text.contains(['[', '*', '_', '`', '~', '<']) {
        return Vec::new();
    }
    let inside_word = |range: &Range<usize>| {
        let (before, behind) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
        before.ends_with(char::is_alphanumeric) || behind.starts_with(char::is_alphanumeric)
    };
    let begins =
        |range: &Range<usize>, sign: &str| text.get(range.clone()).is_some_and(|t| t.starts_with(sign));
    let prepared = prepare(text, Flavor::Guide, Words::default());
    let mut end = 0;
    let found = prepared.events().filter_map(|(event, range)| {
        let mark = match event {
            // A bare address is words, too.
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. })
                if !begins(&range, "<") =>
            {
                return None;
            }
            Event::Start(Tag::Link { .. }) => Mark::Link,
            Event::Start(Tag::Image { .. }) => Mark::Picture,
            Event::Code(_) => Mark::Look,
            // `5*3*2` is a sum, and `~` alone a wave.
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough)
                if !inside_word(&range) && !begins(&range, "~ ") =>
            {
                Mark::Look
            }
            _ => return None,
        };
        // What stands inside a link is told with it.
        let inner = range.start < end;
        end = end.max(range.end);
        (!inner).then_some((mark, range))
    });
    let mut found: Vec<_> = found.collect();
    found.extend(notes(text).map(|range| (Mark::Note, range)));
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// The marks of footnotes; the notes themselves stand elsewhere.
fn notes(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("[^").filter_map(|(start, _)| {
        let name = text[start + 2..].split([']', ' ', '[']).next().filter(|name| !name.is_empty())?;
        let end = start + 2 + name.len();
        (text[end..].starts_with(']') && !text[..start].ends_with(['\\', '`'])).then_some(start..end + 1)
    })
}

/// The first mark in the text of the setting or key `key`, which is shown as it is typed.
pub(crate) fn shown(path: &SourcePath, key: &str, text: &str, span: Span) -> Option<Diagnostic> {
    let (mark, range) = marks(text).into_iter().next()?;
    let typed = plain(text.get(range).unwrap_or(text));
    let help = match mark {
        Mark::Link => "Write the words alone here, and the link into the text of the page.",
        Mark::Picture => "Take it away here, and put the picture into the text of the page.",
        Mark::Note => "Take it away here, and put the footnote into the text of the page.",
        Mark::Look => "Take the marks away: the theme decides how this text looks.",
    };
    let message = format!("`{key}` is plain text: readers see \"{typed}\" with its marks");
    Some(Diagnostic::warning(code::PLAIN_TEXT, path, span, message).help(help))
}

/// What is not shown of a text of which only the words are kept: a title that is typed as a heading, a field of an entry. `name` is
/// what it is, such as "`Hours`"; `at` is the place of `text` in the file, letter by letter.
pub(crate) fn left_out(path: &SourcePath, name: &str, text: &str, at: usize) -> Vec<Diagnostic> {
    let found = marks(text).into_iter().filter_map(|(mark, range)| {
        let (message, the) = match mark {
            Mark::Link => (format!("this link is not shown: {name} is plain text"), "the link"),
            Mark::Picture => (format!("this picture is not shown: {name} is plain text"), "the picture"),
            Mark::Note => (format!("this mark of a footnote leads nowhere: {name} is plain text"), "it"),
            Mark::Look => return None,
        };
        let span = Span::new(at + range.start, at + range.end);
        let help = format!("Write {the} into the text below.");
        Some(Diagnostic::warning(code::PLAIN_TEXT, path, span, message).help(help))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_where_markdown_has_them() {
        let found =
            |text: &str| marks(text).into_iter().map(|(m, r)| (m, text[r].to_owned())).collect::<Vec<_>>();
        for (text, mark, typed) in [
            ("A [way](b.md) home", Mark::Link, "[way](b.md)"),
            ("A [**way**](b.md) home", Mark::Link, "[**way**](b.md)"),
            ("See <https://example.org>", Mark::Link, "<https://example.org>"),
            ("The ![bus](b.png)", Mark::Picture, "![bus](b.png)"),
            ("The **late** bus", Mark::Look, "**late**"),
            ("The `late` bus", Mark::Look, "`late`"),
            ("The ~~late~~ bus", Mark::Look, "~~late~~"),
            ("_Late_ bus", Mark::Look, "_Late_"),
            ("A way[^1] home", Mark::Note, "[^1]"),
        ] {
            assert_eq!(found(text), [(mark, typed.to_owned())], "{text}");
        }
        for text in [
            "Bus [and] train",
            "5*3*2 = 30",
            "5 * 3 * 2",
            "snake_case_name",
            "Fees*",
            "~5 to ~6 years",
            "About <b> and 3 < 4",
            "https://example.org and who@example.org",
            "\\*star\\*",
            "It's `late",
            "\\[^1] and [^a note]",
            "{contact.phone}",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
