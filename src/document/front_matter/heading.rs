//! The title of a page that has none in its front matter: its first `#` heading, which is then no part of the text.
//!
//! Called by `parse` and `page_text`, so that the page, the rules and the search begin at the same place. Notes from other
//! tools and files from GitHub are written this way.

use crate::config::Words;
use crate::diag::{Diagnostic, Parsed, code};
use crate::markdown::{self, Flavor, RawHtml};
use crate::source::{SourcePath, Span};

/// A heading that is a title.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadingTitle {
    /// Its text, without markup.
    pub title: String,
    /// The same with words of the settings by their names.
    pub written: String,
    /// Its place in the file, without the signs around it.
    pub span: Span,
    /// Where the text of the page begins.
    pub end: usize,
    /// What is wrong with words of the settings in it.
    pub told: Vec<Diagnostic>,
}

/// The title that `body` begins with: `# Title`, or `Title` over a line of `=`. `offset` is where the body stands in the file.
pub fn title(path: &SourcePath, body: &str, offset: usize, words: Words<'_>) -> Option<HeadingTitle> {
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
        end: offset + start + end,
        told: told.into_iter().filter(|d| d.code == code::UNKNOWN_VALUE).collect(),
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
        Some((found.title, &body[found.span.range()], &body[found.end..]))
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
    fn all_else_is_text() {
        for body in [
            "",
            "Text\n# Later",
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
