//! Faults of YAML that nobody can see, or that another program made: characters that look like spaces, curly quotes
//! in place of straight ones, the marks of version control. Asked by `explain` and `recover` before the usual faults.

use super::line::{KeyLine, Line};
use super::{Key, Node, NodeValue, Part, quoted};
use crate::diag::Diagnostic;
use crate::source::{Span, is_merge_mark, plain, unseen};

/// A character that looks like a space, or like nothing, before a key, behind its colon or behind `-`.
pub(super) fn unseen_space(part: Part<'_>, line: Line<'_>) -> Option<Diagnostic> {
    if line.text.is_ascii() {
        return None;
    }
    let inner = line.text.trim_start_matches(|c: char| c == ' ' || c == '\t' || unseen(c).is_some());
    let lead = &line.text[..line.text.len() - inner.len()];
    let (start, stretch, place) = if lead.contains(|c| unseen(c).is_some()) {
        (0, lead, "before the first letter of this line".to_owned())
    } else {
        let at = inner.find([':', '-']).filter(|at| inner[at + 1..].starts_with(|c| unseen(c).is_some()))?;
        let key = inner[..at].trim();
        let sign = inner[at..].get(..1)?;
        if sign == "-" && !key.is_empty() {
            return None;
        }
        let behind = &inner[at + 1..];
        let rest = behind.trim_start_matches(|c: char| c == ' ' || unseen(c).is_some());
        (lead.len() + at + 1, &behind[..behind.len() - rest.len()], format!("behind `{key}{sign}`"))
    };
    let what = stretch.chars().find_map(unseen)?;
    let mended = if start == 0 { plain(stretch) } else { " ".to_owned() };
    let (from, to) = (line.start + start, line.start + start + stretch.len());
    let help = if start == 0 { "put plain spaces there, or none" } else { "put a plain space there" };
    Some(
        part.error(from, to, format!("{what} stands {place}, where YAML needs a plain space"))
            .help(help)
            .fix(part.span(from, to), mended),
    )
}

/// `title:·A` with a no-break space behind the colon, which is one word to YAML: the key and the value that are meant.
pub(super) fn unseen_colon(part: Part<'_>) -> Option<(Diagnostic, Key, Node)> {
    let line = Line::all(part.text).find(|l| !l.is_idle())?;
    let found = unseen_space(part, line)?;
    let colon = line.text.find(':')?;
    let key = line.text[..colon].trim();
    let lead = line.text.len() - line.text.trim_start().len();
    let rest = line.text[colon + 1..].trim_start_matches(|c: char| c == ' ' || unseen(c).is_some());
    let value = NodeValue::Scalar { text: rest.trim().to_owned(), plain: true };
    let key_span = part.span(line.start + lead, line.start + lead + key.len());
    let key = Key { text: key.to_owned(), span: key_span };
    let node = Node { span: part.span(line.end - rest.len(), line.end), value };
    let named = key.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (named && !key.text.is_empty()).then_some((found, key, node))
}

/// What stands between curly quotes, when the whole text does.
pub fn in_curly_quotes(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['“', '”', '„', '‟', '‘', '’', '‚', '«'])?;
    let inner = inner.strip_suffix(['“', '”', '‟', '‘', '’', '»'])?;
    Some(inner.trim())
}

/// A text in curly quotes that YAML does not read, since they hold nothing together.
pub(super) fn curly_quotes(part: Part<'_>, at: &KeyLine<'_>) -> Option<(Diagnostic, Option<(Span, String)>)> {
    let inner = in_curly_quotes(at.value)?;
    let span = part.span(at.value_start, at.value_end);
    let d = part
        .error(
            at.value_start,
            at.value_end,
            format!(
                "the quotes around the text after `{}:` are curly ones, which YAML does not know",
                at.key
            ),
        )
        .help(format!("write straight quotes: {}: {}", at.key, quoted(inner)))
        .fix(span, quoted(inner));
    Some((d, Some((span, inner.to_owned()))))
}

/// The marks of two versions that were not put together.
pub(super) fn merge_marks(part: Part<'_>) -> Option<Diagnostic> {
    if !part.text.contains("<<<<<<<") && !part.text.contains(">>>>>>>") {
        return None;
    }
    let mark = |l: &Line<'_>| is_merge_mark(l.text, '<') || is_merge_mark(l.text, '>');
    let first = Line::all(part.text).find(mark)?;
    let d = part.error(
        first.start,
        first.end,
        "two versions of these lines stand here, with the marks of version control",
    );
    Some(d.help(
        "keep the right lines; delete the others, and the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
    ))
}
