//! A text that does not parse as a whole, parsed key by key.
//!
//! Lines that begin a key at the text's own indentation cut it into pieces; each is parsed alone. A piece that
//! fails is reported, and gives what can be saved of it: the text an editor meant, the first line's value, the
//! keys nested in it, or a `Broken` node, so that nobody reports its key as missing.

use super::build::{Failure, build, duplicate, second_document};
use super::explain::explain;
use super::line::{KeyLine, Line};
use super::stray::{merge_marks, unseen_colon};
use super::{Key, MAX_DEPTH, MAX_PROBLEMS, Node, NodeValue, Part};
use crate::diag::{Diagnostic, Parsed, code};

/// Maximum number of times that a piece is cut into smaller ones.
const MAX_LEVEL: usize = 4;

/// Parses `part`, which failed as a whole with `failure`.
pub(super) fn recover(part: Part<'_>, failure: &Failure, level: usize) -> Parsed<Option<Node>> {
    if let Some(diagnostic) = merge_marks(part) {
        // One message: what stands between the marks is no fault of its own.
        let value = Node { span: diagnostic.span, value: NodeValue::Broken };
        return Parsed { value: Some(value), diagnostics: vec![diagnostic] };
    }
    let Some(indent) = Line::all(part.text).find(|l| !l.is_idle() && l.text != "---").map(Line::indent)
    else {
        let (diagnostic, _) = explained(part, failure);
        return Parsed { value: None, diagnostics: vec![diagnostic] };
    };
    let pieces = cut(part.text, indent);
    let mut diagnostics = Vec::new();
    let mut entries: Vec<(Key, Node)> = Vec::new();
    let mut seen = rustc_hash::FxHashMap::default();
    for piece in &pieces {
        let sub = part.slice(piece.clone());
        if diagnostics.len() > MAX_PROBLEMS {
            break;
        }
        if sub.text.trim_end() == "---" && Line::all(&part.text[..piece.start]).any(|l| !l.is_idle()) {
            diagnostics.push(second_document(part, piece.start, piece.start + 3));
            break;
        }
        let found = match build(sub) {
            Ok(parsed) => match parsed.collect(&mut diagnostics) {
                None => Vec::new(),
                Some(Node { value: NodeValue::Map(entries), .. }) => entries,
                Some(other) if pieces.len() == 1 => return Parsed { value: Some(other), diagnostics },
                Some(other) => match unseen_colon(sub) {
                    Some((diagnostic, key, node)) => {
                        diagnostics.push(diagnostic);
                        vec![(key, node)]
                    }
                    None => {
                        diagnostics.push(not_a_key(part, &other));
                        broken_key(sub).into_iter().collect()
                    }
                },
            },
            Err(failure) => rescue(sub, &failure, level, &mut diagnostics).into_iter().collect(),
        };
        for (key, node) in found {
            match seen.get(&key.text) {
                Some(&first) => diagnostics.push(duplicate(part, &key, first)),
                None => {
                    seen.insert(key.text.clone(), key.span);
                    entries.push((key, node));
                }
            }
        }
    }
    if diagnostics.is_empty() {
        // Each piece is fine alone: the fault lies between them.
        diagnostics.push(explained(part, failure).0);
    }
    let span = match (entries.first(), entries.last()) {
        (Some((first, _)), Some((last, node))) => {
            crate::source::Span { start: first.span.start, end: node.span.end.max(last.span.end) }
        }
        _ => return Parsed { value: None, diagnostics },
    };
    Parsed { value: Some(Node { span, value: NodeValue::Map(entries) }), diagnostics }
}

/// Byte ranges that each begin with a key at `indent` (the first may begin with anything).
fn cut(text: &str, indent: usize) -> Vec<std::ops::Range<usize>> {
    let mut starts = vec![0];
    for line in Line::all(text) {
        let fence = indent == 0 && (line.text == "---" || line.text == "...");
        if line.start > 0 && (fence || (line.indent() == indent && begins_key(line))) {
            starts.push(line.start);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).filter(|r| !r.is_empty()).collect()
}

/// Whether a line begins a key, even one whose colon lacks its space.
fn begins_key(line: Line<'_>) -> bool {
    let rest = &line.text[line.indent()..];
    if rest.starts_with("- ") || rest == "-" {
        return false;
    }
    line.key().is_some() || tight_colon(rest).is_some()
}

/// The byte of the colon in `title:Fees`.
pub(super) fn tight_colon(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))?;
    let rest = &text[end..];
    (end > 0 && rest.starts_with(':') && rest.len() > 1 && !rest.starts_with("://")).then_some(end)
}

/// What can be saved of a piece that does not parse.
fn rescue(
    part: Part<'_>,
    failure: &Failure,
    level: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Key, Node)> {
    let head = Line::all(part.text).find(|l| !l.is_idle());
    let key_line = head.and_then(|l| if l.text.trim_start().starts_with("- ") { None } else { l.key() });
    let (Some(head), Some(at)) = (head, key_line) else {
        let (diagnostic, _) = explained(part, failure);
        diagnostics.push(diagnostic);
        return broken_key(part);
    };
    let key = Key { text: at.key.to_owned(), span: part.span(at.key_start, at.key_end) };
    if let Failure::Syntax(_) = failure
        && at.opens()
        && level < MAX_LEVEL
        && nested_keys(part.text, head)
    {
        let rest = part.slice(head.next..part.text.len());
        let parsed = match build(rest) {
            Ok(parsed) => parsed,
            Err(inner) => recover(rest, &inner, level + 1),
        };
        if !parsed.diagnostics.is_empty() {
            let node = parsed.collect(diagnostics);
            let node = node.unwrap_or(Node { span: key.span, value: NodeValue::Broken });
            return Some((key, node));
        }
    }
    let (diagnostic, meant) = explained(part, failure);
    diagnostics.push(diagnostic);
    let node = meant
        .map(|(span, text)| Node { span, value: NodeValue::Scalar { text, plain: false } })
        .or_else(|| first_line(part, head, &at))
        .unwrap_or(Node { span: key.span, value: NodeValue::Broken });
    Some((key, node))
}

/// Whether the lines under `head` are keys that are indented more than it.
fn nested_keys(text: &str, head: Line<'_>) -> bool {
    let Some(rest) = text.get(head.next..) else { return false };
    Line::all(rest).find(|l| !l.is_idle()).is_some_and(|l| {
        l.indent() > head.indent() && !l.text.trim_start().starts_with("- ") && l.key().is_some()
    })
}

/// The value of the first line alone, when it has one that parses.
fn first_line(part: Part<'_>, head: Line<'_>, at: &KeyLine<'_>) -> Option<Node> {
    if at.opens() {
        return None;
    }
    let Node { value: NodeValue::Map(mut entries), .. } =
        build(part.slice(head.start..head.end)).ok()?.value?
    else {
        return None;
    };
    let (_, node) = entries.pop()?;
    matches!(node.value, NodeValue::Scalar { .. } | NodeValue::List(_)).then_some(node)
}

/// A failure in words, with the text that was meant when quotes around it are all that is missing.
fn explained(part: Part<'_>, failure: &Failure) -> (Diagnostic, Option<(crate::source::Span, String)>) {
    match failure {
        Failure::Syntax(error) => explain(part, error),
        Failure::Deep(at) => (too_deep(part, *at), None),
    }
}

/// Nesting past the limit.
pub(super) fn too_deep(part: Part<'_>, at: usize) -> Diagnostic {
    let message = format!("lists and groups are nested more than {MAX_DEPTH} deep");
    Diagnostic::error(code::NESTING, part.path, part.span(at, at + 1), message)
        .help("put quotes around a text that begins with `[` or `{`")
}

/// `title My page`: the key that lacks its colon, so that nobody reports it as missing too.
fn broken_key(part: Part<'_>) -> Option<(Key, Node)> {
    let line = Line::all(part.text).find(|l| !l.is_idle())?;
    let (word, rest) = line.text.split_once(' ')?;
    let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let span = part.span(line.start, line.start + word.len());
    let key = Key { text: word.to_owned(), span };
    (plain && !rest.trim().is_empty()).then_some((key, Node { span, value: NodeValue::Broken }))
}

/// Text between keys.
fn not_a_key(part: Part<'_>, node: &Node) -> Diagnostic {
    let message = format!("here stands {} where `key: value` is expected", node.describe());
    Diagnostic::error(code::YAML_SYNTAX, part.path, node.span, message)
        .help("write `key: value`, with a space after the colon")
}
