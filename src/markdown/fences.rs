//! `:::` lines, made visible to the markdown parser.
//!
//! pulldown-cmark knows no containers. A line that begins with `:::` at the margin is overwritten, byte for
//! byte, with a processing instruction (`<?>` and blanks): to CommonMark that is an HTML block of one line, which
//! ends a paragraph or list and begins nothing else. So the parser itself decides which fences count (in a
//! code block it comes back as text, and the source is read instead), and no offset moves.

use std::borrow::Cow;

/// One line that may be a fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    /// Where the line starts.
    pub start: usize,
    /// Where it ends, without the line end.
    pub end: usize,
}

/// The text as the parser shall see it, and the lines that were overwritten.
pub(super) fn mask(text: &str) -> (Cow<'_, str>, Vec<Fence>) {
    let mut fences = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b":::") {
        if at > 0 && !matches!(bytes[at - 1], b'\n' | b'\r') {
            continue;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        fences.push(Fence { start: at, end });
    }
    if fences.is_empty() {
        return (Cow::Borrowed(text), fences);
    }
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for fence in &fences {
        masked.push_str(&text[done..fence.start]);
        masked.push_str("<?>");
        masked.extend(std::iter::repeat_n(' ', fence.end - fence.start - 3));
        done = fence.end;
    }
    masked.push_str(&text[done..]);
    (Cow::Owned(masked), fences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_lines_at_the_margin_only() {
        let (text, fences) = mask("a ::: b\n:::naïve x\r\n  :::\n:::");
        assert_eq!(text, "a ::: b\n<?>        \r\n  :::\n<?>");
        assert_eq!(text.len(), "a ::: b\n:::naïve x\r\n  :::\n:::".len());
        assert_eq!(fences.len(), 2);
    }
}
