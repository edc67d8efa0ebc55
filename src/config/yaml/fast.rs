//! The plain front matter of nearly every page, read without the general parser: about ten times as fast.
//!
//! Only lines `key: text`, `key: "text"`, `key: [a, b]`, and `key:` with `- text` lines under it are taken. Whatever
//! else there is, even a comment or a doubtful character, gives none, and the general parser decides. A property
//! test holds the two to the same trees.

use super::{Key, Node, NodeValue, Part};

/// Maximum number of keys of a text that is read here; others go to the general parser, which finds duplicates by hash.
const MAX_KEYS: usize = 40;

/// The tree of `part`, when all of it is plain.
pub(super) fn read(part: Part<'_>) -> Option<Node> {
    let mut entries: Vec<(Key, Node)> = Vec::with_capacity(12);
    let mut lines = Lines { text: part.text, at: 0 };
    let mut next = lines.next()?;
    while let Some((start, line)) = next {
        if line.is_empty() {
            next = lines.next()?;
            continue;
        }
        let colon = key_length(line)?;
        let key = Key { text: line[..colon].to_owned(), span: part.span(start, start + colon) };
        if entries.len() >= MAX_KEYS || entries.iter().any(|(k, _)| k.text == key.text) {
            return None;
        }
        let rest = &line[colon + 1..];
        let value = rest.trim_start_matches(' ');
        let at = start + colon + 1 + (rest.len() - value.len());
        let node = if value.is_empty() {
            let mut items = Vec::new();
            let mut indent = 0;
            let mut first = 0;
            next = lines.next()?;
            while let Some((from, line)) = next {
                let spaces = line.len() - line.trim_start_matches(' ').len();
                if spaces == 0 {
                    break;
                }
                let text = line[spaces..].strip_prefix("- ")?;
                if items.is_empty() {
                    (indent, first) = (spaces, from + spaces);
                } else if spaces != indent {
                    return None;
                }
                let trimmed = text.trim_start_matches(' ');
                items.push(scalar(part, trimmed, from + spaces + 2 + (text.len() - trimmed.len()))?);
                next = lines.next()?;
            }
            match items.last() {
                Some(last) => {
                    let end = last.span.end as usize - part.offset;
                    Node { span: part.span(first, end), value: NodeValue::List(items) }
                }
                None => Node { span: part.span(start + colon, start + colon), value: NodeValue::Null },
            }
        } else {
            let node = if value.starts_with('[') { flow(part, value, at)? } else { scalar(part, value, at)? };
            next = lines.next()?;
            node
        };
        entries.push((key, node));
    }
    let span = crate::source::Span { start: entries.first()?.0.span.start, end: entries.last()?.1.span.end };
    Some(Node { span, value: NodeValue::Map(entries) })
}

/// The lines of a text; none at the first that holds something doubtful.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// The next line without its end and the spaces before that, with where it begins; `Some(None)` at the end.
    #[allow(clippy::should_implement_trait, reason = "an iterator cannot tell the end from a refusal")]
    fn next(&mut self) -> Option<Option<(usize, &'a str)>> {
        let start = self.at;
        let rest = self.text.get(start..)?;
        if rest.is_empty() {
            return Some(None);
        }
        let (line, step) = match rest.find('\n') {
            Some(end) => (&rest[..end], end + 1),
            None => (rest, rest.len()),
        };
        self.at = start + step;
        let line = if step > line.len() { line.strip_suffix('\r').unwrap_or(line) } else { line };
        if line.bytes().any(|b| b < 32 || b == 127) || line.contains('\u{feff}') {
            return None;
        }
        Some(Some((start, line.trim_end_matches(' '))))
    }
}

/// Where the colon after a simple key at the start of a line stands, if a value or nothing follows it.
fn key_length(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_' || **b == b'-').count();
    let good = bytes.first()?.is_ascii_alphabetic()
        && bytes.get(length) == Some(&b':')
        && matches!(bytes.get(length + 1), None | Some(b' '));
    good.then_some(length)
}

/// A text, plain or in quotes that hold no escapes.
fn scalar(part: Part<'_>, text: &str, at: usize) -> Option<Node> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    let span = part.span(at, at + text.len());
    if first == b'"' || first == b'\'' {
        let inner = text.get(1..text.len() - 1)?;
        if bytes.last() != Some(&first) || inner.bytes().any(|b| b == first || b == b'\\') {
            return None;
        }
        return Some(Node { span, value: NodeValue::Scalar { text: inner.to_owned(), plain: false } });
    }
    if b"-?:,[]{}#&*!|>%@`~".contains(&first) || bytes.last() == Some(&b':') {
        return None;
    }
    let doubtful = |pair: &[u8]| pair == b": " || pair == b" #";
    if bytes.windows(2).any(doubtful) {
        return None;
    }
    Some(Node { span, value: NodeValue::Scalar { text: text.to_owned(), plain: true } })
}

/// `[a, b c]` with plain words only.
fn flow(part: Part<'_>, text: &str, at: usize) -> Option<Node> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::with_capacity(4);
    let mut start = at + 1;
    for word in inner.split(',') {
        let item = word.trim_matches(' ');
        if item.is_empty()
            || item.starts_with(['-', '~'])
            || item.bytes().any(|b| b":#\"'[]{}&*!|>%@`?".contains(&b))
        {
            return None;
        }
        let from = start + (word.len() - word.trim_start_matches(' ').len());
        let value = NodeValue::Scalar { text: item.to_owned(), plain: true };
        items.push(Node { span: part.span(from, from + item.len()), value });
        start += word.len() + 1;
    }
    Some(Node { span: part.span(at, at + text.len()), value: NodeValue::List(items) })
}

#[cfg(test)]
mod tests {
    use super::super::build::build;
    use super::*;
    use crate::source::SourcePath;
    use proptest::prelude::*;

    fn both(text: &str) -> (Option<Node>, Option<(Option<Node>, usize)>) {
        let path = SourcePath::new("a.md").unwrap();
        let part = Part { path: &path, text, offset: 7 };
        (read(part), build(part).ok().map(|p| (p.value, p.diagnostics.len())))
    }

    #[test]
    fn takes_usual_front_matter() {
        let text = "title: Push-in: no\n";
        assert_eq!(both(text).0, None);
        let text = "title: Año, \"x\" (y)\r\nkind: delivery-model\norder: 1\nnone:\n\ntags: [a, b c]\nlist:\n  - One: two\n";
        assert_eq!(both(text).0, None);
        let text = "title: Año, \"x\" (y)\r\nkind: delivery-model\norder: 1\nnone:\n\ntags: [a, b c]\nlist:\n  - One\n  - 'two'\nend: \"q: #\"  \n";
        let (fast, full) = both(text);
        assert_eq!(Some((fast, 0)), full);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn agrees_with_the_general_parser(text in proptest::collection::vec(prop_oneof![
            8 => proptest::sample::select(vec!["title: ", "a:", "b: ", "c-d:", "e_f: ", "tags: [", "\n", "\n", "\n", "\r\n", "  - ", "   - ", "word", "two words", "1.10"]),
            2 => proptest::sample::select(vec![" ", "  ", ", ", "]", "]\n", "\"", "'", "\"q\"", "'s'", ": ", ":", " #", "#", "-", "- ", "~", "\\", "\t", "\r",
                "[", "{", "}", "ñ", "日本", "?", "&", "*", "!", "|", ">", "%", "@", "`", "---", "...", "\u{85}", "\u{2028}", "\u{feff}", "<<"]),
        ], 0..24).prop_map(|v| v.concat())) {
            let (fast, full) = both(&text);
            if fast.is_some() {
                prop_assert_eq!(Some((fast, 0)), full, "{:?}", text);
            }
        }
    }
}
