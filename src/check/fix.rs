//! Safe mends: applying the [`Fix`]es of diagnostics to a text, and showing what they would change.
//!
//! A fix replaces exactly its own bytes; everything else stays as it is, byte for byte, whatever it is. Fixes that
//! overlap are left for the next run. Called by `check --fix`, which reads and writes the files.

use crate::diag::{Diagnostic, Fix};
use std::fmt;

/// Why a set of fixes cannot be applied to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixError {
    /// A fix reaches past the end of the text, or cuts a character: it was made for another text.
    Place(Fix),
}

impl fmt::Display for FixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FixError::Place(fix) = self;
        write!(f, "the file has changed since it was checked: nothing is mended at byte {}", fix.span.start)
    }
}

/// Applies `fixes` to `text`. Equal fixes count once; of two that overlap, the first in the text wins.
pub fn apply(text: &str, fixes: &[Fix]) -> Result<String, FixError> {
    let mut sorted: Vec<&Fix> = fixes.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    let mut last_empty_at = None;
    for fix in sorted {
        let range = fix.span.range();
        if !(text.is_char_boundary(range.start)
            && text.is_char_boundary(range.end)
            && range.start <= range.end)
        {
            return Err(FixError::Place(fix.clone()));
        }
        // Two insertions at one place would depend on their order.
        if range.start < done || last_empty_at == Some(range.start) {
            continue;
        }
        out.push_str(&text[done..range.start]);
        out.push_str(&fix.replacement);
        done = range.end;
        last_empty_at = range.is_empty().then_some(range.start);
    }
    out.push_str(&text[done..]);
    Ok(out)
}

/// The fixes of the diagnostics of one file.
pub fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Fix> {
    diagnostics.into_iter().filter_map(|d| d.fix.clone()).collect()
}

/// What changes from `old` to `new`, as a unified diff of the file `path`; empty when nothing does.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(2)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn fix(start: usize, end: usize, replacement: &str) -> Fix {
        Fix { span: Span::new(start, end), replacement: replacement.into() }
    }

    #[test]
    fn replaces_its_own_bytes_only() {
        let text = "\u{feff}• one\r\n• two\r\n\0end";
        let fixes = [fix(12, 15, "-"), fix(3, 6, "-"), fix(3, 6, "-")];
        assert_eq!(&text[12..15], "\u{2022}");
        assert_eq!(apply(text, &fixes).unwrap(), "\u{feff}- one\r\n- two\r\n\0end");
    }

    #[test]
    fn overlaps_wait_and_strangers_are_refused() {
        assert_eq!(apply("abcdef", &[fix(0, 3, "x"), fix(2, 4, "y")]).unwrap(), "xdef");
        assert!(apply("añb", &[fix(2, 3, "")]).is_err());
        assert!(apply("ab", &[fix(1, 9, "")]).is_err());
    }

    #[test]
    fn shows_a_unified_diff() {
        assert_eq!(diff("p.md", "a\nb\n", "a\nc\n"), "--- a/p.md\n+++ b/p.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        assert_eq!(diff("p.md", "a", "a"), "");
    }
}
