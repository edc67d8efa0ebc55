//! The one entry point: bytes in, document and problems out.
//!
//! Reads in this order: the text itself (UTF-8, controls), front matter, markdown, entries. Whatever fails, a
//! document comes back, so that links to the page still resolve and its other problems are still told.

use super::front_matter::{self, Front};
use super::{Document, Summary, entry};
use crate::config::Language;
use crate::diag::{Diagnostic, Parsed, code};
use crate::markdown::{self, Flavor, RawHtml};
use crate::schema::Kinds;
use crate::source::{Fingerprint, Hasher, Source, SourcePath, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// What parsing needs besides the file itself. Equal options and equal bytes give equal documents.
#[derive(Debug, Clone, Copy)]
pub struct ParseOptions<'a> {
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The site's languages, the default first.
    pub languages: &'a [Language],
    /// Kind of a page that names none: its folder's `member_kind`, else `page`.
    pub default_kind: &'a str,
    /// Whether HTML is passed through (sanitised).
    pub raw_html: bool,
}

/// The largest page that is read: half of what offsets can count, and far more than anyone writes.
const LARGEST: usize = 64 << 20;

/// Parses one page.
pub fn parse(source: &Source, options: &ParseOptions<'_>) -> Parsed<Document> {
    let (lang, logical) = language_of(&source.path, options.languages);
    let mut diagnostics = Vec::new();
    let mut document = Document {
        path: source.path.clone(),
        lang: lang.into(),
        logical: logical.into(),
        fingerprint: source.fingerprint,
        summary: Arc::default(),
        allows: Vec::new(),
        body: None,
    };
    let text = match readable(source, &mut diagnostics) {
        Some(text) => text,
        None => {
            document.summary = Arc::new(stub(&source.path, options.default_kind));
            document.body = Some(Arc::default());
            return Parsed { value: document, diagnostics };
        }
    };
    check_characters(source, text, &mut diagnostics);
    let Front { mut summary, entry_level, body } =
        front_matter::read(&source.path, text, lang, options).collect(&mut diagnostics);
    let kind = summary.entries_kind.as_deref().and_then(|k| options.kinds.get(k));
    let markdown = markdown::parse(
        &text[body..],
        &markdown::Options {
            path: &source.path,
            offset: body,
            raw_html: if options.raw_html { RawHtml::Sanitise } else { RawHtml::Escape },
            flavor: Flavor::Guide,
            entry_level: kind.map(|_| entry_level),
        },
    )
    .collect(&mut diagnostics);
    if let Some(kind) = kind {
        let context = entry::Context { path: &source.path, kind, lang };
        entry::check_misplaced(&context, entry_level, &markdown.misplaced, &mut diagnostics);
        summary.entries = markdown
            .entries
            .into_iter()
            .zip(&markdown.body.entries)
            .map(|(text, body)| entry::read(&context, text, body, &mut diagnostics))
            .collect();
    }
    summary.anchors = markdown.anchors;
    summary.word_count = markdown.words;
    summary.text_fingerprint = text_fingerprint(&summary, &text[body..]);
    document.summary = Arc::new(summary);
    document.allows = markdown.allows;
    document.body = Some(Arc::new(markdown.body));
    Parsed { value: document, diagnostics }
}

/// The language of a page and its path inside the language's tree.
fn language_of<'a>(path: &'a SourcePath, languages: &'a [Language]) -> (&'a str, &'a str) {
    let inside = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    if let Some((first, rest)) = inside.split_once('/')
        && let Some(language) = languages.iter().skip(1).find(|l| l.code == first)
    {
        return (&language.code, rest);
    }
    (languages.first().map_or("en", |l| &l.code), inside)
}

/// The text of the file without a byte-order mark counted in, none when it is no text.
fn readable<'a>(source: &'a Source, diagnostics: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let path = &source.path;
    let bytes = &source.text;
    if bytes.len() > LARGEST {
        let message = format!("this page has {} MB, more than a page may have", bytes.len() >> 20);
        let d = Diagnostic::error(code::UNREADABLE_FILE, path, Span::default(), message);
        diagnostics.push(d.help("Split it into several pages."));
        return None;
    }
    match source.utf8() {
        Ok(text) => Some(text),
        Err(at) => {
            let binary = bytes[..bytes.len().min(8192)].contains(&0);
            let (message, help) = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
                ("this page is in UTF-16", "Save it again with the encoding UTF-8.")
            } else if binary {
                (
                    "this is not a text file",
                    "Take it out of the content folder, or give it the ending of what it is.",
                )
            } else {
                (
                    "this page is not in UTF-8",
                    "Save it again with the encoding UTF-8; the marked byte is the first that does not fit.",
                )
            };
            let d = Diagnostic::error(code::NOT_UTF8, path, Span::new(at, at + 1), message);
            diagnostics.push(d.help(help));
            None
        }
    }
}

/// What stands for a page that could not be read.
fn stub(path: &SourcePath, kind: &str) -> Summary {
    let name = path.file_name();
    let title = name.rfind('.').map_or(name, |dot| &name[..dot]).replace(['-', '_'], " ");
    Summary { kind: kind.into(), title, ..Summary::default() }
}

/// Reports the first character that readers cannot see and that can do harm.
fn check_characters(source: &Source, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let control = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7f;
    // Without a branch, so that it runs over many bytes at a time.
    let (controls, high) = text.bytes().fold((false, false), |(c, h), b| (c | control(b), h | (b >= 0x80)));
    let found = if controls {
        text.char_indices().find(|(_, c)| c.is_ascii() && control(*c as u8))
    } else if high {
        // The overrides that can make a text read backwards: U+202D and U+202E.
        memchr::memmem::find_iter(text.as_bytes(), b"\xE2\x80")
            .find(|at| matches!(text.as_bytes().get(at + 2), Some(0xAD | 0xAE)))
            .and_then(|at| text[at..].chars().next().map(|c| (at, c)))
    } else {
        None
    };
    if let Some((at, c)) = found {
        let span = Span::new(at, at + c.len_utf8());
        let message = format!("here stands a character that nobody can see (U+{:04X})", c as u32);
        let d = Diagnostic::warning(code::CONTROL_CHARACTER, &source.path, span, message);
        diagnostics.push(d.help("Delete it; it often comes along when text is copied from another program."));
    }
}

/// Fingerprint of title, description and body; the kind of line end does not count.
fn text_fingerprint(summary: &Summary, body: &str) -> Fingerprint {
    let body = match memchr::memchr(b'\r', body.as_bytes()) {
        Some(_) => Cow::Owned(body.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(body),
    };
    Hasher::new()
        .text(&summary.title)
        .text(summary.description.as_deref().unwrap_or(""))
        .text(body.trim())
        .finish()
}
