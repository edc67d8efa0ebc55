//! Components that a line of text calls, in the braces in which words of the settings stand: `{:badge}`,
//! `{:call number="{contact.phone}"}`, and behind a text in brackets, `[Free]{:badge}`.
//!
//! Here they are found; `markdown::inline` decides which stand in running text, and [`super::Words`] tells of those in
//! front matter, where none can stand.

use std::ops::Range;

/// A component that is called in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Its place, with the braces; without a closing brace, up to the end of its name.
    pub range: Range<usize>,
    /// Whether its braces are closed on the line.
    pub closed: bool,
}

/// All components that `text` calls, in order. With a backslash before its brace none is meant, and what other programs
/// write in braces behind a colon (`{: .class}`, `{:toc}`, `{:width="3"}`) is none.
pub fn called(text: &str) -> impl Iterator<Item = Called> {
    let mut done = 0;
    memchr::memmem::find_iter(text.as_bytes(), b"{:").filter_map(move |at| {
        let found = one(text, at).filter(|_| at >= done)?;
        done = found.range.end;
        Some(found)
    })
}

fn one(text: &str, at: usize) -> Option<Called> {
    let before = text.as_bytes().get(..at)?;
    let escapes = before.iter().rev().take_while(|b| **b == b'\\').count();
    if escapes % 2 == 1 || matches!(before.last(), Some(b'{' | b'$' | b'%' | b'#' | b'@')) {
        return None;
    }
    let inner = text.get(at + 2..)?;
    let name = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let behind = inner.as_bytes().get(name);
    let is_name = inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = behind.is_none_or(|b| matches!(b, b' ' | b'\t' | b'}' | b'/' | b'\n' | b'\r'));
    if !is_name || !ends || inner.get(..name) == Some("toc") {
        return None;
    }
    let line =
        memchr::memchr2(b'\n', b'\r', inner.as_bytes()).and_then(|end| inner.get(..end)).unwrap_or(inner);
    let end = closing(line).or_else(|| line.find('}'));
    let range = at..at + 2 + end.map_or(name, |end| end + 1);
    Some(Called { range, closed: end.is_some() })
}

/// Where the brace closes: not in a value in quotes.
fn closing(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        let last = at.checked_sub(1).and_then(|at| bytes.get(at));
        match quote {
            Some(open) if *byte == open && last != Some(&b'\\') => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') && last == Some(&b'=') => quote = Some(*byte),
            None if *byte == b'}' => return Some(at),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_are_found() {
        let found = |text: &str| called(text).map(|c| text[c.range].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("a {:badge} b [x]{:hint text=\"a } b\" to='{c}'}. \\\\{:c}"),
            ["{:badge}", "{:hint text=\"a } b\" to='{c}'}", "{:c}"]
        );
        // A quote that is not closed ends at the first brace, a brace that is not closed at the name.
        assert_eq!(found("{:a b=\"c} d\n}"), ["{:a b=\"c}"]);
        assert_eq!(found("{:a b=\"\\\"}\"} d"), ["{:a b=\"\\\"}\"}"]);
        let open = called("x {:badge kind\n}").next().unwrap();
        assert_eq!((open.range, open.closed), (2..9, false));
        for text in [
            "\\{:badge}",
            "{{:badge}}",
            "{: .class}",
            "{:.class}",
            "{:toc}",
            "{:width=\"3\"}",
            "{::nomarkdown}",
            "{:/}",
            "{:-)",
            "{: badge}",
            "{:é}",
            "${:a}",
            "{:",
            "{contact.phone}",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
