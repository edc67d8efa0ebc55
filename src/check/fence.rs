//! `:::` lines, made visible to the markdown parser without moving an offset.
//!
//! Each such line at the margin becomes `<?>` and blanks: to CommonMark an HTML block of one line, which ends
//! a paragraph or list and begins nothing else.

use std::borrow::Cow;

/// The text as the parser shall see it; of the same length.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut masked: Option<String> = None;
    let mut done = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), b":::") {
        if at < done || at > 0 && !matches!(text.as_bytes()[at - 1], b'\n' | b'\r') {
            continue;
        }
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |n| at + n);
        let out = masked.get_or_insert_with(|| String::with_capacity(text.len()));
        out.push_str(&text[done..at]);
        out.push_str("<?>");
        out.extend(std::iter::repeat_n(' ', end - at - 3));
        done = end;
    }
    match masked {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(&text[done..]);
            Cow::Owned(out)
        }
    }
}
