//! The title of a page that has none in its front matter: its first heading, if it is a `#` heading, which is then no part
//! of the text.
//!
//! Called by `parse` and `page_text`, so that the page, the rules and the search read the same text. Notes from other
//! tools and files from GitHub are written this way, the latter often with a logo or a link above the heading.

use crate::config::Words;
use crate::diag::{Diagnostic, Parsed, code};
use crate::markdown::events::prepare;
use crate::markdown::{self, Flavor, RawHtml, marks};
use crate::source::{SourcePath, Span};
use pulldown_cmark::{Event, HeadingLevel, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// A heading that is a title.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadingTitle {
    /// Its text, without markup.
    pub title: String,
    /// The same with words of the settings by their names.
    pub written: String,
    /// Its place in the file, without the signs around it.
    pub span: Span,
    /// What is no part of the text of the page: the heading, and the empty lines above a heading that the body begins with.
    pub cut: Range<usize>,
    /// What is wrong with words of the settings in it, and what of it is not shown.
    pub told: Vec<Diagnostic>,
}

/// The title of a page with this `body`: `# Title`, or `Title` over a line of `=`, if no other heading stands above it.
/// `offset` is where the body stands in the file.
pub fn title(path: &SourcePath, body: &str, offset: usize, words: Words<'_>) -> Option<HeadingTitle> {
    leading(path, body, offset, words).or_else(|| below_text(path, body, offset, words))
}

/// The body without the heading that is the title; other lines keep their places.
pub fn without<'a>(text: &'a str, body: &Range<usize>, heading: &HeadingTitle) -> Cow<'a, str> {
    let text = text.get(body.clone()).unwrap_or("");
    let (from, to) = (heading.cut.start - body.start, heading.cut.end - body.start);
    let (Some(above), Some(cut), Some(below)) = (text.get(..from), text.get(from..to), text.get(to..)) else {
        return Cow::Borrowed(text);
    };
    // Of the same length in bytes, so that every place stays.
    let blank = cut.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' });
    Cow::Owned(above.chars().chain(blank).chain(below.chars()).collect())
}

/// The first heading of the page, where text stands above it. Not one that stands in a list, a quotation or a box.
fn below_text(path: &SourcePath, body: &str, offset: usize, words: Words<'_>) -> Option<HeadingTitle> {
    let bytes = body.as_bytes();
    let may_have = memchr::memchr_iter(b'\n', bytes).any(|at| {
        let line = bytes[at + 1..].trim_ascii_start();
        matches!(line.first(), Some(b'#' | b'='))
    });
    if !may_have {
        return None;
    }
    let prepared = prepare(body, Flavor::Guide, Words::default());
    let mut depth = 0usize;
    for (event, range) in prepared.events() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if depth == 0 => {
                let found = body.get(range.clone()).filter(|_| !prepared.is_in_box(body, range.start))?;
                let heading = leading(path, found, offset + range.start, words)?;
                return Some(HeadingTitle { cut: offset + range.start..heading.cut.end, ..heading });
            }
            Event::Start(Tag::Heading { .. }) => return None,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The heading that `body` begins with.
fn leading(path: &SourcePath, body: &str, offset: usize, words: Words<'_>) -> Option<HeadingTitle> {
    let start = body.len() - body.trim_start_matches(['\n', '\r', ' ', '\t', '\u{feff}']).len();
    // More than three spaces, or a tab, make it code.
    let blank = body[..start].rsplit(['\n', '\r']).next().unwrap_or("").trim_start_matches('\u{feff}');
    if blank.len() > 3 || blank.contains('\t') {
        return None;
    }
    let rest = &body[start..];
    let line = first_line(rest);
    let next = &rest[line.len()..];
    let next = next.strip_prefix('\r').unwrap_or(next);
    let next = next.strip_prefix('\n').unwrap_or(next);
    let under = first_line(next);
    let is_under = !under.trim().is_empty() && under.trim().bytes().all(|b| b == b'=');
    let (text, end) = match line.strip_prefix('#') {
        _ if line.trim().is_empty() => return None,
        Some(text) if text.starts_with([' ', '\t']) => (text, line.len()),
        Some(_) => return None,
        None if is_under => (line, rest.len() - next.len() + under.len()),
        None => return None,
    };
    let text = text.trim();
    let at = rest.find(text).unwrap_or(0);
    let from = offset + start + at;
    let read = |words| {
        let options = markdown::Options {
            path,
            // The two signs in front of it are not in the file.
            offset: from.saturating_sub(2),
            raw_html: RawHtml::Escape,
            flavor: Flavor::Guide,
            words,
            entry_level: None,
        };
        let Parsed { value, diagnostics } = markdown::parse(&format!("# {text}\n"), &options);
        let title = value.body.headings().next().map(|heading| heading.title.trim().to_owned());
        (title.filter(|title| !title.is_empty()), diagnostics)
    };
    let written = read(Words::default()).0?;
    let (title, told) = if text.contains('{') { read(words) } else { (None, Vec::new()) };
    Some(HeadingTitle {
        title: title.unwrap_or_else(|| written.clone()),
        written,
        span: Span::new(from, from + text.len()),
        cut: offset..offset + start + end,
        told: told
            .into_iter()
            .filter(|d| d.code == code::UNKNOWN_VALUE)
            .chain(marks::left_out(path, "the title of the page", text, from))
            .collect(),
    })
}

fn first_line(text: &str) -> &str {
    memchr::memchr2(b'\n', b'\r', text.as_bytes()).map_or(text, |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<(String, &str, &str)> {
        let path = SourcePath::new("content/a.md").unwrap();
        let found = title(&path, body, 0, Words::default())?;
        Some((found.title, &body[found.span.range()], &body[found.cut.end..]))
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let some = |title: &str, at, rest| Some((title.to_owned(), at, rest));
        assert_eq!(of("# Bus times\n\nText\n"), some("Bus times", "Bus times", "\n\nText\n"));
        assert_eq!(of("\n\n#  *Bus* `times` ##\r\nText"), some("Bus times", "*Bus* `times` ##", "\r\nText"));
        assert_eq!(of("Bus times\n=====\nText"), some("Bus times", "Bus times", "\nText"));
        assert_eq!(
            of("# A [link](x.md) & more {#id}"),
            some("A link & more", "A [link](x.md) & more {#id}", "")
        );
        assert_eq!(of("# Niño"), some("Niño", "Niño", ""));
        assert_eq!(of("   # Three spaces\n"), some("Three spaces", "Three spaces", "\n"));
    }

    #[test]
    fn a_heading_below_text_is_the_title_and_leaves_the_text() {
        let path = SourcePath::new("content/a.md").unwrap();
        for (body, rest) in [
            ("[Home](b.md)\n\n# Bus times\n\nText\n", "[Home](b.md)\n\n           \n\nText\n"),
            ("![Logo](a.png)\n# Bus times\nText\n", "![Logo](a.png)\n           \nText\n"),
            ("<!-- a -->\r\n\r\n# Bus times\r\nText", "<!-- a -->\r\n\r\n           \r\nText"),
            (":::note\nA\n:::\n\nBus times\n===\nText", ":::note\nA\n:::\n\n         \n   \nText"),
            ("```\n# a\n```\n# Bus times", "```\n# a\n```\n           "),
        ] {
            let found = title(&path, body, 0, Words::default()).unwrap_or_else(|| panic!("{body:?}"));
            assert_eq!((&*found.title, &body[found.span.range()]), ("Bus times", "Bus times"), "{body:?}");
            assert_eq!(without(body, &(0..body.len()), &found), rest, "{body:?}");
        }
    }

    #[test]
    fn all_else_is_text() {
        for body in [
            "",
            "Text\n\n## Part\n\n# Later",
            "> # Quoted\n\nText",
            "- # In a list\n",
            ":::note\n# In a box\n:::\n",
            "```\n# Code\n```\n",
            "<!--\n# Comment\n-->\n",
            "## Part",
            "#No space",
            "#",
            "# \n",
            "    # Code",
            "\t# Code",
            "Text\n----\n",
            "> # Quoted",
        ] {
            assert_eq!(of(body), None, "{body:?}");
        }
    }
}
