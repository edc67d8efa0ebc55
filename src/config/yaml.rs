//! YAML text to a tree with spans, with every problem located and said in plain words.
//!
//! [`parse`] tries `fast`, for plain front matter, then the whole text in general (`build`). When that fails, `recover` parses it again key by key, so
//! that one bad line costs one value and all bad lines are reported at once; `explain` turns the parser's
//! errors into advice. Aliases, anchors, tags and merge keys are refused, never followed: no text can grow.
//! Called by `site`, `theme` and `document::front_matter`.

mod build;
mod explain;
mod fast;
mod line;
mod recover;
mod stray;
#[cfg(test)]
mod tests;

pub use stray::in_curly_quotes;

use crate::diag::{Diagnostic, Parsed, code};
use crate::source::{SourcePath, Span};

/// Maximum size of a file of YAML, in bytes; front matter has its own, lower limit.
pub const MAX_BYTES: usize = 512 * 1024;

/// Maximum nesting of lists and mappings, in levels.
pub const MAX_DEPTH: usize = 64;

/// Maximum number of problems that are reported of one text.
const MAX_PROBLEMS: usize = 50;

/// A node of a YAML tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands in the file.
    pub span: Span,
    /// What it is.
    pub value: NodeValue,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeValue {
    /// Nothing: `key:` or `~`.
    Null,
    /// Something that could not be understood and was already reported: readers take it as "not given",
    /// but must not report it as missing.
    Broken,
    /// A scalar as written, quotes and escapes resolved.
    Scalar {
        /// The text.
        text: String,
        /// Written without quotes: may stand for a number, a date or true/false.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written, keys with their spans.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// Whether `null` is written out, which takes away what an earlier file said. Nothing behind a key is no such wish.
    pub fn takes_away(&self) -> bool {
        matches!(&self.value, NodeValue::Scalar { text, plain: true } if text.eq_ignore_ascii_case("null"))
    }

    /// The entries of a mapping.
    pub fn as_map(&self) -> Option<&[(Key, Node)]> {
        match &self.value {
            NodeValue::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The value of that key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|(k, _)| k.text == key).map(|(_, v)| v)
    }

    /// Whether it was already reported as not understood.
    pub fn is_broken(&self) -> bool {
        self.value == NodeValue::Broken
    }

    /// What it is, in words for a message: "a list".
    pub fn describe(&self) -> &'static str {
        match &self.value {
            NodeValue::Null => "nothing",
            NodeValue::Broken => "something that cannot be read",
            NodeValue::Scalar { .. } => "a text",
            NodeValue::List(_) => "a list",
            NodeValue::Map(_) => "a group of keys",
        }
    }
}

/// Reads `text`, which stands in `path` from byte `offset` on (spans count from the start of the file).
/// The value is none when there is nothing in it or nothing could be understood.
pub fn parse(path: &SourcePath, text: &str, offset: usize) -> Parsed<Option<Node>> {
    let (text, offset) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, offset + 3),
        None => (text, offset),
    };
    if text.len() > MAX_BYTES {
        let message = format!("this YAML is longer than {} KiB", MAX_BYTES / 1024);
        let d = Diagnostic::error(code::YAML_SYNTAX, path, Span::at(offset), message)
            .help("move long text into a page or a data file");
        return Parsed { value: None, diagnostics: vec![d] };
    }
    read(Part { path, text, offset })
}

/// Reads a data file or a file of texts as [`parse`] reads settings, but of any length.
pub fn parse_data(path: &SourcePath, text: &str, offset: usize) -> Parsed<Option<Node>> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    read(Part { path, text: &text[mark..], offset: offset + mark })
}

fn read(part: Part<'_>) -> Parsed<Option<Node>> {
    let (path, offset) = (part.path, part.offset);
    if let Some(node) = fast::read(part) {
        return Parsed::clean(Some(node));
    }
    let mut parsed = match build::build(part) {
        Ok(mut parsed) => {
            parsed.diagnostics.extend(explain::leading_tab(part));
            parsed
        }
        Err(error) => recover::recover(part, &error, 0),
    };
    if parsed.diagnostics.len() > MAX_PROBLEMS {
        parsed.diagnostics.truncate(MAX_PROBLEMS);
        let last = parsed.diagnostics.last().map_or(offset, |d| d.span.start as usize);
        let message = "there are more problems from here on, which are not listed";
        parsed.diagnostics.push(
            Diagnostic::error(code::YAML_SYNTAX, path, Span::at(last), message)
                .help("mend those above first"),
        );
    }
    parsed
}

/// A piece of a file's YAML, and where in the file it begins.
#[derive(Debug, Clone, Copy)]
struct Part<'a> {
    path: &'a SourcePath,
    text: &'a str,
    offset: usize,
}

impl<'a> Part<'a> {
    /// The piece `range` of this piece.
    fn slice(self, range: std::ops::Range<usize>) -> Part<'a> {
        Part { text: self.text.get(range.clone()).unwrap_or(""), offset: self.offset + range.start, ..self }
    }

    /// The place in the file of bytes `start..end` of this piece.
    fn span(self, start: usize, end: usize) -> Span {
        Span::new(start, end).shifted(self.offset)
    }

    /// A syntax error at bytes `start..end` of this piece.
    fn error(self, start: usize, end: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code::YAML_SYNTAX, self.path, self.span(start, end), message)
    }
}

/// `text` as it must be written so that YAML takes it as it is.
pub fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) && !text.chars().any(char::is_control) {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') && !text.chars().any(char::is_control) {
        return format!("'{text}'");
    }
    let mut out = String::with_capacity(text.len() + 8);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
