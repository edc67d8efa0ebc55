//! A page file cut into front matter and body; and whether it is text at all.
//!
//! The front matter is what stands between a first line `---` and the next line `---`. Encodings other than
//! UTF-8, characters that nobody can see, TOML and JSON are told apart here, with what to do about each.

use crate::diag::{Diagnostic, Parsed, code};
use crate::source::{Source, SourcePath, Span, unseen};
use std::ops::Range;

/// Maximum size of front matter, in bytes.
pub const MAX_BYTES: usize = 16 * 1024;

/// Maximum number of control characters that are reported in one file.
const MAX_REPORTS: usize = 5;

/// A page file in parts. Offsets count from the start of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Split<'a> {
    /// The whole text (up to the first byte that is not UTF-8).
    pub text: &'a str,
    /// The YAML between the fences.
    pub yaml: Option<Range<usize>>,
    /// All that comes after.
    pub body: Range<usize>,
    /// Where messages about the front matter as a whole point: the opening fence, else the start.
    pub head: Span,
}

impl<'a> Split<'a> {
    /// The YAML text; "" for none.
    pub fn yaml_text(&self) -> &'a str {
        self.yaml.clone().and_then(|r| self.text.get(r)).unwrap_or("")
    }

    /// The body text.
    pub fn body_text(&self) -> &'a str {
        self.text.get(self.body.clone()).unwrap_or("")
    }
}

/// Cuts a page file into front matter and body.
pub fn split(source: &Source) -> Parsed<Split<'_>> {
    let path = &source.path;
    let mut diagnostics = Vec::new();
    let text = decode(source, &mut diagnostics);
    invisible(path, text, &mut diagnostics);
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let start = first_line(text, bom);
    let nothing = |at: usize| Split { text, yaml: None, body: at..text.len(), head: Span::at(bom) };
    let value = match &text[start..] {
        rest if is_fence(line(rest)) => fenced(path, text, start, &mut diagnostics),
        rest if line(rest).trim_end() == "+++" => {
            let head = Span::new(start, start + 3);
            let end = rest[3..].find("\n+++").map_or(text.len(), |i| {
                let close = start + 3 + i + 1;
                close + line(&text[close..]).len()
            });
            diagnostics.push(
                Diagnostic::error(
                    code::FRONT_MATTER_FENCE,
                    path,
                    head,
                    "front matter between `+++` is TOML, and only YAML is read",
                )
                .help("use `---` instead of `+++`, and `key: value` instead of `key = value`"),
            );
            Split { head, ..nothing(end) }
        }
        rest if is_json(rest) => {
            let head = Span::new(start, start + 1);
            diagnostics.push(
                Diagnostic::error(
                    code::FRONT_MATTER_FENCE,
                    path,
                    head,
                    "front matter between `{` and `}` is JSON, and only YAML is read",
                )
                .help("write a line `---`, then a line `key: value` for each key, then a line `---`"),
            );
            Split { head, ..nothing(start + json_end(rest)) }
        }
        _ => nothing(bom),
    };
    Parsed { value, diagnostics }
}

/// The front matter after the opening fence at `start`.
fn fenced<'a>(
    path: &SourcePath,
    text: &'a str,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Split<'a> {
    let head = Span::new(start, start + 3);
    let from = next_line(text, start);
    let mut at = from;
    let mut body = None;
    while at < text.len() {
        let line = line(&text[at..]);
        if is_fence(line) {
            body = Some(next_line(text, at));
            break;
        }
        at = next_line(text, at);
    }
    let (yaml, body) = match body {
        Some(body) => (from..at, body..text.len()),
        None => {
            let (yaml, almost) = unclosed(text, from);
            let mut d = Diagnostic::error(
                code::FRONT_MATTER_FENCE,
                path,
                head,
                "the front matter that begins here is not closed",
            )
            .help("write a line `---` after the last key");
            if let Some(range) = almost {
                d = d.label(path, Span::from(range), "is this line meant to close it?");
            }
            diagnostics.push(d);
            (yaml.clone(), yaml.end..text.len())
        }
    };
    if yaml.len() > MAX_BYTES {
        let message = format!("the front matter is longer than {} KiB", MAX_BYTES / 1024);
        diagnostics.push(
            Diagnostic::error(code::FRONT_MATTER_FENCE, path, head, message)
                .help("move long text into the body, under the line `---` that closes the front matter"),
        );
        return Split { text, yaml: None, body, head };
    }
    Split { text, yaml: Some(yaml), body, head }
}

/// Of front matter that is never closed: the lines that look like it, and a line that nearly closes it.
fn unclosed(text: &str, from: usize) -> (Range<usize>, Option<Range<usize>>) {
    let mut at = from;
    while at < text.len() {
        let line = line(&text[at..]);
        let dashes = line.trim();
        if !dashes.is_empty()
            && dashes.chars().all(|c| "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}=".contains(c))
            || dashes == "..."
        {
            // What follows belongs to the body.
            return (from..at, Some(at..at + line.len()));
        }
        let key = line
            .split_once(':')
            .is_some_and(|(k, _)| !k.is_empty() && !k.trim().contains(char::is_whitespace));
        if !(key || line.starts_with([' ', '\t', '-']) || line.starts_with("# ")) {
            break;
        }
        at = next_line(text, at);
    }
    (from..at, None)
}

/// The text of the file; what is not UTF-8 is reported and cut off.
fn decode<'a>(source: &'a Source, diagnostics: &mut Vec<Diagnostic>) -> &'a str {
    let bytes: &[u8] = &source.text;
    let path = &source.path;
    const SAVE: &str = "save the file as UTF-8 (in Word: Save As, Plain Text, Unicode UTF-8)";
    if let Some(what) = foreign(bytes) {
        let message = format!("this file is {what}, not UTF-8 text");
        diagnostics.push(Diagnostic::error(code::NOT_UTF8, path, Span::at(0), message).help(SAVE));
        return "";
    }
    match source.utf8() {
        Ok(text) => text,
        Err(at) => {
            let byte = bytes.get(at).copied().unwrap_or(0);
            let tail =
                bytes.len() - at < 4 && byte >= 0xC2 && bytes[at + 1..].iter().all(|b| b & 0xC0 == 0x80);
            let message = if tail {
                "the file ends in the middle of a character".to_owned()
            } else if byte >= 0xA0 {
                format!("this byte is not UTF-8; in Windows encoding it is `{}`", byte as char)
            } else {
                "this byte is not UTF-8".to_owned()
            };
            diagnostics
                .push(Diagnostic::error(code::NOT_UTF8, path, Span::new(at, at + 1), message).help(SAVE));
            bytes.get(..at).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
        }
    }
}

/// What a file that is no UTF-8 text is, if it shows.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Some("in UTF-16");
    }
    let head = &bytes[..bytes.len().min(256)];
    let zeros = head.iter().filter(|b| **b == 0).count();
    if zeros == 0 {
        return None;
    }
    let odd = head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    if zeros * 3 >= head.len() && (odd == zeros || odd == 0) {
        return Some("in UTF-16");
    }
    let other = head.iter().filter(|b| **b < 9 || (14..32).contains(*b)).count();
    (other * 10 > head.len() || std::str::from_utf8(bytes).is_err())
        .then_some("a picture, a document or a program")
}

/// Reports characters that readers cannot see: controls, and overrides of the writing direction.
fn invisible(path: &SourcePath, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let at_end = bytes.last().is_some_and(|b| suspect(*b, b' '));
    if !at_end && pairs.fold(0, |found, (a, b)| found | u8::from(suspect(*a, *b))) == 0 {
        return;
    }
    let bad =
        |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{202d}' | '\u{202e}');
    // A vertical tab divides two words: without it they would be one.
    let mended = |c: char| if c.is_whitespace() { " " } else { "" };
    let last = text.char_indices().rfind(|(_, c)| bad(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    for (n, (at, c)) in text.char_indices().filter(|(_, c)| bad(*c)).take(MAX_REPORTS).enumerate() {
        let span = Span::new(at, at + c.len_utf8());
        let what = match c {
            '\0' => "a NUL character".to_owned(),
            '\u{202d}' | '\u{202e}' => {
                format!("a character that turns the writing direction around (U+{:04X})", c as u32)
            }
            c => unseen(c).map_or_else(|| format!("a control character (U+{:04X})", c as u32), str::to_owned),
        };
        // The last that is told mends all behind it too, so that one run is enough.
        let (fixed, mended) = if n + 1 == MAX_REPORTS && last > at {
            let rest = text.get(at..last).unwrap_or("");
            let pieces = rest.split_inclusive(bad).map(|piece| match piece.char_indices().next_back() {
                Some((end, c)) if bad(c) => [&piece[..end], mended(c)].concat(),
                _ => piece.to_owned(),
            });
            (Span::new(at, last), pieces.collect())
        } else {
            (span, mended(c).to_owned())
        };
        diagnostics.push(
            Diagnostic::error(
                code::CONTROL_CHARACTER,
                path,
                span,
                format!("here stands {what}, which nobody can see"),
            )
            .help("delete it; type the text around it again if you cannot find it")
            .fix(fixed, mended),
        );
    }
}

/// Whether two bytes in a row may be a control character or an override: without a branch, so that one quick pass
/// over the bytes clears nearly every file, and only the others are looked at character by character.
fn suspect(a: u8, b: u8) -> bool {
    let control = (a < 32) & (a != b'\n') & (a != b'\r') & (a != b'\t') | (a == 127);
    let second_block = (a == 0xC2) & (b < 0xA0);
    let turned = (a == 0x80) & ((b == 0xAD) | (b == 0xAE));
    control | second_block | turned
}

/// The first line that is not blank, from `at` on; `at` itself when all are.
fn first_line(text: &str, mut at: usize) -> usize {
    let from = at;
    while at < text.len() {
        if !line(&text[at..]).trim().is_empty() {
            return at;
        }
        at = next_line(text, at);
    }
    from
}

/// The text of the first line, without its end.
fn line(text: &str) -> &str {
    memchr::memchr2(b'\n', b'\r', text.as_bytes()).map_or(text, |end| &text[..end])
}

/// Where the line after the one at `at` begins.
fn next_line(text: &str, at: usize) -> usize {
    let end = at + line(&text[at..]).len();
    match &text.as_bytes()[end..] {
        [b'\r', b'\n', ..] => end + 2,
        [_, ..] => end + 1,
        [] => end,
    }
}

fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim().is_empty())
}

/// Whether a text, or the beginning of one, is a page as an editor writes it: front matter with a title on top.
pub fn begins_page(text: &str) -> bool {
    let mut at = first_line(text, if text.starts_with('\u{feff}') { 3 } else { 0 });
    if !is_fence(line(&text[at..])) {
        return false;
    }
    at = next_line(text, at);
    while at < text.len() && !is_fence(line(&text[at..])) {
        if line(&text[at..]).starts_with("title:") {
            return true;
        }
        at = next_line(text, at);
    }
    false
}

/// Whether the file begins with a JSON object.
fn is_json(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// The length of the JSON object at the start.
fn json_end(text: &str) -> usize {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    match stream.next() {
        Some(Ok(_)) => stream.byte_offset(),
        _ => text.find("\n\n").unwrap_or(text.len()),
    }
}
