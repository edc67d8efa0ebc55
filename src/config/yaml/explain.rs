//! The parser's errors in an editor's words: what is wrong, where, and what to write instead.
//!
//! The parser says where it stopped; what a person did wrong often stands a line above. So the lines around
//! are looked at first for the usual faults, most frequent first, and the parser's own word comes last.

use super::line::{KeyLine, Line, colon};
use super::recover::{tight_colon, too_deep};
use super::{Part, quoted, stray};
use crate::diag::Diagnostic;
use crate::source::Span;
use granit_parser::{ErrorKind, ScanError};

/// The text that was meant, and where it stands.
type Meant = Option<(Span, String)>;

/// Turns `error` into a diagnostic; with the text meant when only quotes are missing.
pub(super) fn explain(part: Part<'_>, error: &ScanError) -> (Diagnostic, Meant) {
    let at = floor(part.text, error.marker().byte_offset().unwrap_or(0));
    let here = Line::around(part.text, at);
    let above = here.previous(part.text);
    let hidden = stray::unseen_space(part, here).or_else(|| stray::unseen_space(part, above?));
    if let Some(d) = hidden.or_else(|| tab(part, error.kind(), here, above)) {
        return (d, None);
    }
    if let Some(d) = hash_item(part, here).or_else(|| hash_item(part, above?)) {
        return (d, None);
    }
    use ErrorKind as E;
    match error.kind() {
        E::RecursionLimitExceeded => return (too_deep(part, at), None),
        E::DirectiveDisallowed => {
            if let Some(found) = quote_value(part, here, "begins with `%`") {
                return found;
            }
            let d = part.error(
                at,
                here.end,
                "a line that begins with `%` is a YAML directive, and none are used here",
            );
            return (d.help("delete the line, or put quotes around the text"), None);
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => {
            return (unclosed_quote(part, at), None);
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            return trailing_quote(part, here, at);
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => {
            let at = bad_escape(part.text, at).unwrap_or(at);
            let d = part.error(at, at + 1, "a backslash in double quotes has a meaning of its own");
            return (d.help("write two backslashes (`\\\\`), or use single quotes around the text"), None);
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator
        | E::MismatchedFlowCollectionEnd { .. }
        | E::InvalidFlowScalarIndent => return bracket(part, at),
        E::MultipleDocumentsUnsupported | E::ExpectedDocumentStart if at == 0 => {}
        _ => {}
    }
    if let Some(found) = special_start(part, here).or_else(|| colon_in_text(part, here)) {
        return found;
    }
    if let Some(d) = not_key_value(part, here) {
        return (d, None);
    }
    if let Some(above) = above {
        if let Some(d) = indented(part, here, above) {
            return (d, None);
        }
        if let Some(found) = special_start(part, above).or_else(|| colon_in_text(part, above)) {
            return found;
        }
        if let Some(d) = not_key_value(part, above) {
            return (d, None);
        }
    }
    if matches!(
        error.kind(),
        E::InvalidIndentation
            | E::ExpectedBlockMappingKey
            | E::ExpectedBlockSequenceEntry
            | E::MappingKeyNotAllowed
    ) {
        let d = part.error(
            here.start + here.indent(),
            here.end,
            "this line does not line up with the lines above it",
        );
        return (d.help("begin lines that belong together in the same column, with spaces"), None);
    }
    let end = if at < here.end { here.end } else { at };
    let d = part.error(at, end, format!("this cannot be understood as YAML ({})", error.kind()));
    (d.help("write `key: value`; put quotes around a text with special characters in it"), None)
}

/// `[a, #b]`: an item of a list in brackets that begins with `#`, and so is a comment to the end of the line.
fn hash_item(part: Part<'_>, line: Line<'_>) -> Option<Diagnostic> {
    let open = line.text.find('[')?;
    let mut quote = None;
    let mut begins = false;
    for (at, c) in line.text.char_indices().skip_while(|(at, _)| *at < open) {
        match (quote, c) {
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if begins => (quote, begins) = (Some(c), false),
            (None, '[' | ',') => begins = true,
            (None, '#') if begins => {
                let rest = line.text.get(at..)?;
                let item = rest.split([',', ']']).next().unwrap_or(rest).trim_end();
                let (start, end) = (line.start + at, line.start + at + item.len());
                let message = format!(
                    "`{item}` begins with `#`: from there on the line is a comment, which nobody sees"
                );
                return Some(
                    part.error(start, end, message).help(format!("write it in quotes: {}", quoted(item))),
                );
            }
            (None, c) if c.is_whitespace() => {}
            _ => begins = false,
        }
    }
    None
}

/// A tab where spaces belong.
fn tab(part: Part<'_>, kind: &ErrorKind, here: Line<'_>, above: Option<Line<'_>>) -> Option<Diagnostic> {
    use ErrorKind as E;
    let (start, end) =
        here.tabs().filter(|_| !here.is_idle()).or_else(|| above.and_then(Line::tabs)).or_else(|| {
            let named = matches!(
                kind,
                E::TabNotAllowed
                    | E::TabInBlockIndentation
                    | E::TabInIndentation
                    | E::TabInPlainScalar
                    | E::TabAtBlockScalarStart
            );
            let at = here.text.find('\t').filter(|_| named)? + here.start;
            Some((at, at + 1))
        })?;
    Some(tab_error(part, start, end))
}

/// A tab before the first key, which the parser forgives but other programs do not.
pub(super) fn leading_tab(part: Part<'_>) -> Option<Diagnostic> {
    let (start, end) = Line::all(part.text).find(|l| !l.is_idle())?.tabs()?;
    Some(tab_error(part, start, end))
}

fn tab_error(part: Part<'_>, start: usize, end: usize) -> Diagnostic {
    let spaces = part.text.get(start..end).unwrap_or("").replace('\t', "  ");
    part.error(start, end, "this line is indented with a tab, and only spaces are understood here")
        .help("replace the tab by two spaces")
        .fix(part.span(start, end), spaces)
}

/// `title: Fees: what you pay`.
fn colon_in_text(part: Part<'_>, line: Line<'_>) -> Option<(Diagnostic, Meant)> {
    let at = line.key()?;
    if at.value.starts_with(['"', '\'', '[', '{', '|', '>', '#', '&', '*', '!']) || at.opens() {
        return None;
    }
    colon(at.value)?;
    if let Some(found) = stray::curly_quotes(part, &at) {
        return Some(found);
    }
    let message =
        format!("the text after `{}:` holds a colon and a space, which would begin another key", at.key);
    Some(put_quotes(part, &at, message))
}

/// `title: [Draft] Fees`, `title: @home`, `title: - x`, `title: > 5`, `title: !x! y`, ``title: `x` ``.
fn special_start(part: Part<'_>, line: Line<'_>) -> Option<(Diagnostic, Meant)> {
    let at = line.key()?;
    let first = at.value.chars().next()?;
    let trailing = |close: char| at.value.find(close).is_some_and(|i| !at.value[i + 1..].trim().is_empty());
    let special = match first {
        '@' | '`' | '%' | '!' | '&' | '*' | '|' | '>' | ',' | '?' | '-' | ']' | '}' | ':' => true,
        '[' => trailing(']'),
        '{' => trailing('}'),
        _ => false,
    };
    let what = match first {
        '[' => "begins with `[`, which makes it a list".to_owned(),
        '{' => "begins with `{`, which makes it a group of keys".to_owned(),
        c => format!("begins with `{c}`, which has a meaning of its own in YAML"),
    };
    special.then(|| quote_value(part, line, &what))?
}

/// "The text after `key:` …: put quotes around it."
fn quote_value(part: Part<'_>, line: Line<'_>, what: &str) -> Option<(Diagnostic, Meant)> {
    let at = line.key().filter(|at| !at.value.is_empty())?;
    Some(put_quotes(part, &at, format!("the text after `{}:` {what}", at.key)))
}

fn put_quotes(part: Part<'_>, at: &KeyLine<'_>, message: String) -> (Diagnostic, Meant) {
    let span = part.span(at.value_start, at.value_end);
    let d = part
        .error(at.value_start, at.value_end, message)
        .help(format!("put quotes around the text: {}: {}", at.key, quoted(at.value)))
        .fix(span, quoted(at.value));
    (d, Some((span, at.value.to_owned())))
}

/// A line without `: ` where one is expected.
fn not_key_value(part: Part<'_>, line: Line<'_>) -> Option<Diagnostic> {
    let text = line.text.trim();
    let start = line.start + line.text.len() - line.text.trim_start().len();
    let end = start + text.len();
    if text.is_empty()
        || line.key().is_some()
        || text.starts_with(['-', '#', '"', '\'', '[', ']', '{', '}', '|', '>'])
    {
        return None;
    }
    if let Some(colon) = tight_colon(text) {
        let mended = format!("{}: {}", &text[..colon], &text[colon + 1..]);
        return Some(
            part.error(start, end, format!("there is no space after the colon of `{}:`", &text[..colon]))
                .help(format!("write `{mended}`"))
                .fix(part.span(start + colon, start + colon + 1), ": "),
        );
    }
    Some(
        part.error(start, end, "this line is not `key: value`")
            .help("write a key, a colon, a space and the value; indent a text that goes on from the line above by two spaces"),
    )
}

/// A key that is indented under a line that already has a value.
fn indented(part: Part<'_>, here: Line<'_>, above: Line<'_>) -> Option<Diagnostic> {
    let (key, upper) = (here.key()?, above.key()?);
    if here.indent() <= above.indent() {
        return None;
    }
    if upper.opens() {
        return None;
    }
    Some(
        part.error(
            here.start,
            key.key_end,
            format!(
                "`{}` is indented as if it belonged to `{}`, which already has a value",
                key.key, upper.key
            ),
        )
        .help(format!("begin `{}:` in the same column as `{}:`", key.key, upper.key)),
    )
}

/// A quote that is never closed.
fn unclosed_quote(part: Part<'_>, at: usize) -> Diagnostic {
    // The parser stops at the end; the quote that opens is the first value that begins with one.
    let opening = Line::all(part.text)
        .filter_map(|l| {
            let start = l.key().map_or_else(
                || l.start + l.text.len() - l.text.trim_start_matches([' ', '-']).len(),
                |k| k.value_start,
            );
            let value = part.text.get(start..l.end)?.trim_end();
            let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'')?;
            let inner = &value[1..];
            let closed = inner.ends_with(quote)
                && !(quote == '"' && inner.ends_with("\\\"") && !inner.ends_with("\\\\\""));
            (!closed || inner.is_empty()).then_some((start, start + value.len(), quote))
        })
        .find(|(start, ..)| *start <= at);
    match opening {
        Some((start, end, quote)) => part
            .error(start, end, format!("this text begins with {quote} but no {quote} ends it"))
            .help(format!("add {quote} at the end of the text")),
        None => part
            .error(at, at + 1, "a quoted text is not closed")
            .help("add the closing quote at the end of the text"),
    }
}

/// `title: "A" and "B"`, `title: 'It's here'`.
fn trailing_quote(part: Part<'_>, here: Line<'_>, at: usize) -> (Diagnostic, Meant) {
    let Some(key) = here.key().filter(|k| !k.value.is_empty()) else {
        let d = part.error(at, here.end.max(at), "text goes on after the closing quote");
        return (d.help("put quotes of the other kind around the whole text"), None);
    };
    let span = part.span(key.value_start, key.value_end);
    // `'It's here'`: the quotes were meant to enclose all of it.
    let quote = key.value.chars().next().unwrap_or('"');
    let inner = key.value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote));
    let text = match inner {
        Some(inner) if quote == '\'' => inner,
        _ => key.value,
    };
    let d = part
        .error(
            key.value_start,
            key.value_end,
            format!("the text after `{}:` goes on after its closing quote", key.key),
        )
        .help(format!("put quotes of the other kind around the whole text: {}: {}", key.key, quoted(text)));
    (d, Some((span, text.to_owned())))
}

/// A bracket that is not closed, or closed by the wrong one.
fn bracket(part: Part<'_>, at: usize) -> (Diagnostic, Meant) {
    // The first key whose value begins with a bracket that its own line does not close.
    let found = Line::all(part.text)
        .filter(|l| l.start <= at)
        .filter_map(|l| l.key())
        .find(|k| k.value.starts_with(['[', '{']) && (!k.value.ends_with([']', '}']) || unbalanced(k.value)));
    let Some(key) = found else {
        let here = Line::around(part.text, at);
        let d = part.error(at, here.end.max(at), "a list or group in brackets is not closed");
        return (d.help("write `[one, two]`, with a comma between values and `]` at the end"), None);
    };
    let close = if key.value.starts_with('[') { ']' } else { '}' };
    if key.value.find(close).is_some_and(|i| i + 1 < key.value.len()) {
        return put_quotes(
            part,
            &key,
            format!("the text after `{}:` begins with a bracket and goes on after it", key.key),
        );
    }
    let d = part
        .error(key.value_start, key.value_end, format!("the bracket after `{}:` is not closed", key.key))
        .help(format!("add `{close}` at the end, or put quotes around it if it is a text"));
    (d, None)
}

/// Whether the brackets of a one-line value do not pair.
fn unbalanced(value: &str) -> bool {
    let mut open = Vec::new();
    for c in value.chars() {
        match c {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(c) => return true,
            _ => {}
        }
    }
    !open.is_empty()
}

/// The first backslash from `from` on that YAML has no meaning for; else the first of all.
fn bad_escape(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut slashes = rest.match_indices('\\').map(|(i, _)| i);
    let first = slashes.next()?;
    let unknown =
        |i: &usize| !rest[i + 1..].starts_with(|c: char| "0abt\tnvfre \"/\\N_LPxuU\n\r".contains(c));
    Some(from + std::iter::once(first).chain(slashes).find(unknown).unwrap_or(first))
}

/// The nearest character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
