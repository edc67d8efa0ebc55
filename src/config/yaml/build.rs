//! The parser's events turned into a tree.
//!
//! Besides building it reports what YAML takes in silence: duplicate keys, texts cut off at ` #`, tags,
//! anchors, aliases, merge keys, more than one document. A syntax error ends it: see `recover`.

use super::line::Line;
use super::{Key, MAX_DEPTH, Node, NodeValue, Part, quoted};
use crate::diag::{Diagnostic, Parsed, code};
use crate::source::Span;
use granit_parser::{Event, Parser, ScalarStyle};
use rustc_hash::FxHashMap;

/// What ended the parser.
#[derive(Debug)]
pub(super) enum Failure {
    /// Its own error.
    Syntax(granit_parser::ScanError),
    /// Nesting past the limit, at that byte of the piece.
    Deep(usize),
}

/// Maximum number of keys of a map in which duplicates are found by comparing all; in larger ones by hash.
const MAX_LINEAR_KEYS: usize = 24;

/// A list or mapping that is not closed yet.
enum Frame {
    List { start: usize, end: usize, items: Vec<Node> },
    Map(MapFrame),
}

struct MapFrame {
    start: usize,
    end: usize,
    entries: Vec<(Key, Node)>,
    seen: FxHashMap<String, Span>,
    key: Option<Key>,
    /// The key was refused: its value is dropped.
    drop_value: bool,
}

/// Builds the tree of one piece.
pub(super) fn build(part: Part<'_>) -> Result<Parsed<Option<Node>>, Failure> {
    let mut options = granit_parser::Options::default();
    options.set_emit_comments(false);
    options.disallow_directives = true;
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder { part, stack: Vec::new(), root: None, diagnostics: Vec::new() };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(part.text, options) {
        let (event, span) = next.map_err(Failure::Syntax)?;
        let range = span.byte_range().unwrap_or(0..0);
        let (start, end) = (range.start, range.end.max(range.start));
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    builder.diagnostics.push(second_document(part, start, end));
                    break;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                builder.refuse_anchor(anchor, start, end);
                if tag.is_some() {
                    builder.refuse_tag(&span, end);
                }
                builder.scalar(text.into_owned(), style, start, end);
            }
            Event::SequenceStart(_, anchor, tag) => {
                builder.refuse_anchor(anchor, start, end);
                if tag.is_some() {
                    builder.refuse_tag(&span, end);
                }
                builder.open(Frame::List { start, end, items: Vec::new() }, start)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                builder.refuse_anchor(anchor, start, end);
                if tag.is_some() {
                    builder.refuse_tag(&span, end);
                }
                let map = MapFrame {
                    start,
                    end,
                    entries: Vec::new(),
                    seen: FxHashMap::default(),
                    key: None,
                    drop_value: false,
                };
                builder.open(Frame::Map(map), start)?;
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close(end),
            Event::Alias(_) | Event::UnresolvedAlias(_) => builder.alias(start, end),
            _ => {}
        }
    }
    Ok(Parsed { value: builder.root, diagnostics: builder.diagnostics })
}

/// More than one document in one file.
pub(super) fn second_document(part: Part<'_>, start: usize, end: usize) -> Diagnostic {
    part.error(start, end, "a second YAML document begins here, and only the first is read")
        .help("delete this `---` line, or move what follows into a file of its own")
}

struct Builder<'a> {
    part: Part<'a>,
    stack: Vec<Frame>,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn open(&mut self, frame: Frame, at: usize) -> Result<(), Failure> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Failure::Deep(at));
        }
        self.stack.push(frame);
        Ok(())
    }

    fn close(&mut self, at: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let flow_end = |end: usize, mark: u8| {
            if at > 0 && self.part.text.as_bytes().get(at - 1) == Some(&mark) { at } else { end }
        };
        let (node, end) = match frame {
            Frame::List { start, end, items } => {
                let end = flow_end(end, b']');
                (Node { span: self.part.span(start, end), value: NodeValue::List(items) }, end)
            }
            Frame::Map(map) => {
                let end = flow_end(map.end, b'}');
                (Node { span: self.part.span(map.start, end), value: NodeValue::Map(map.entries) }, end)
            }
        };
        self.deliver(node, end);
    }

    /// Hands a finished node to whatever holds it.
    fn deliver(&mut self, node: Node, node_end: usize) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Frame::List { end, items, .. }) => {
                *end = node_end.max(*end);
                items.push(node);
            }
            Some(Frame::Map(map)) => {
                map.end = node_end.max(map.end);
                if let Some(key) = map.key.take() {
                    if node.value == NodeValue::Null && lone(self.part, &key) {
                        map.drop_value = true;
                        self.diagnostics.push(
                            Diagnostic::error(
                                code::YAML_SILENT_LOSS,
                                self.part.path,
                                key.span,
                                format!(
                                    "`{}` is taken for a key of its own: the comma before it ends the text",
                                    key.text
                                ),
                            )
                            .help("put quotes around a text with a comma between `{` and `}`"),
                        );
                    }
                    if !std::mem::take(&mut map.drop_value) {
                        insert(self.part, map, key, node, &mut self.diagnostics);
                    }
                } else {
                    let span = node.span;
                    let key = match node.value {
                        NodeValue::Scalar { text, .. } => Key { text, span },
                        _ => {
                            map.drop_value = true;
                            self.diagnostics.push(
                                Diagnostic::error(code::YAML_SYNTAX, self.part.path, span, "a key must be a word")
                                    .help("write `key: value`; put quotes around a value that begins with `[`, `{` or `?`"),
                            );
                            Key { text: String::new(), span }
                        }
                    };
                    if key.text == "<<" {
                        map.drop_value = true;
                        self.diagnostics.push(
                            Diagnostic::error(
                                code::YAML_SYNTAX,
                                self.part.path,
                                span,
                                "merge keys (`<<`) are not used here",
                            )
                            .help("write the keys out"),
                        );
                    }
                    map.key = Some(key);
                }
            }
        }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, start: usize, end: usize) {
        let plain = style == ScalarStyle::Plain;
        let is_key = matches!(self.stack.last(), Some(Frame::Map(m)) if m.key.is_none());
        let span = self.part.span(start, end);
        if plain && !is_key {
            let node = if text.is_empty() || text == "~" {
                match self.lost_comment_value(start) {
                    Some(node) => node,
                    None => Node { span, value: NodeValue::Null },
                }
            } else {
                self.plain(text, start, end)
            };
            return self.deliver(node, end);
        }
        if is_key && text.is_empty() {
            let d = self.part.error(start, end, "a key is missing before the colon");
            self.diagnostics
                .push(d.help("write `key: value`, or put quotes around a text that begins with a colon"));
        }
        let end = if plain || !style_is_block(style) { end } else { trim_end(self.part.text, start, end) };
        self.deliver(
            Node { span: self.part.span(start, end), value: NodeValue::Scalar { text, plain } },
            end,
        );
    }

    /// A plain text, with what a comment behind it may have swallowed.
    fn plain(&mut self, text: String, start: usize, end: usize) -> Node {
        let node = |text: String, plain: bool, end: usize| Node {
            span: self.part.span(start, end),
            value: NodeValue::Scalar { text, plain },
        };
        let Some(rest) = self.part.text.get(end..) else { return node(text, true, end) };
        let gap = rest.bytes().take_while(|b| *b == b' ' || *b == b'\t').count();
        if gap == 0 || rest.as_bytes().get(gap) != Some(&b'#') {
            return node(text, true, end);
        }
        let line = Line::around(self.part.text, end);
        let tight = !matches!(rest.as_bytes().get(gap + 1), None | Some(b' ' | b'\t' | b'#' | b'\r' | b'\n'));
        let number_like = text.bytes().all(|b| b.is_ascii_digit() || b".-:+".contains(&b))
            || text == "true"
            || text == "false";
        if !tight && (gap > 1 || number_like) {
            return node(text, true, end);
        }
        let whole = self.part.text.get(start..line.end).unwrap_or("").trim_end();
        let value_end = start + whole.len();
        let comment = self.part.span(end + gap, value_end);
        let lost = &whole[end + gap - start..];
        let one_line = !text.contains('\n') && whole.starts_with(text.as_str());
        if tight && gap == 1 && !number_like && one_line {
            let d = Diagnostic::error(
                code::YAML_SILENT_LOSS,
                self.part.path,
                self.part.span(start, value_end),
                format!("`{lost}` would be lost: after a space, `#` begins a comment that nobody sees"),
            )
            .help(format!("put quotes around the text: {}", quoted(whole)))
            .fix(self.part.span(start, value_end), quoted(whole));
            let node = node(whole.to_owned(), false, value_end);
            self.diagnostics.push(d);
            return node;
        }
        let d = Diagnostic::warning(
            code::YAML_SILENT_LOSS,
            self.part.path,
            comment,
            format!("`{lost}` is taken as a comment, which nobody sees"),
        )
        .help("put quotes around the whole text if it belongs to it; a comment is marked by two spaces before and one after the `#`");
        let node = node(text, true, end);
        self.diagnostics.push(d);
        node
    }

    /// `color: #1f6f8b`: nothing, followed by what looks like a value but is a comment.
    fn lost_comment_value(&mut self, at: usize) -> Option<Node> {
        if let Some(Frame::List { .. }) = self.stack.last() {
            return self.lost_comment_item(at);
        }
        let Some(Frame::Map(MapFrame { key: Some(key), .. })) = self.stack.last() else { return None };
        let key_end = (key.span.end as usize).checked_sub(self.part.offset)?;
        let line = Line::around(self.part.text, key_end);
        let rest = self.part.text.get(key_end..line.end)?;
        let value = rest.trim_start_matches([':', ' ', '\t']).trim_end();
        if !value.starts_with('#') || value[1..].starts_with([' ', '\t', '#']) || value.len() == 1 {
            return None;
        }
        let start = key_end + (rest.len() - rest.trim_start_matches([':', ' ', '\t']).len());
        if at > start + value.len() && line.next < at {
            return None;
        }
        let span = self.part.span(start, start + value.len());
        self.diagnostics.push(
            Diagnostic::error(
                code::YAML_SILENT_LOSS,
                self.part.path,
                span,
                format!("`{value}` would be lost: after a space, `#` begins a comment that nobody sees"),
            )
            .help(format!("put quotes around it: {}: {}", key.text, quoted(value)))
            .fix(span, quoted(value)),
        );
        Some(Node { span, value: NodeValue::Scalar { text: value.to_owned(), plain: false } })
    }

    /// `- #grade1`: an item that is a comment. The parser says where it stands only as before `at`.
    fn lost_comment_item(&mut self, at: usize) -> Option<Node> {
        let here = Line::around(self.part.text, at);
        let item = |line: Line<'_>| {
            let value = line.text.trim_start().strip_prefix("- ")?.trim();
            let tight =
                value.starts_with('#') && !value[1..].starts_with([' ', '\t', '#']) && value.len() > 1;
            tight.then(|| (line.start + line.text.find(value).unwrap_or(0), value.to_owned()))
        };
        let (start, value) = item(here).or_else(|| item(here.previous(self.part.text)?))?;
        let span = self.part.span(start, start + value.len());
        self.diagnostics.push(
            Diagnostic::error(
                code::YAML_SILENT_LOSS,
                self.part.path,
                span,
                format!("`{value}` would be lost: after a space, `#` begins a comment that nobody sees"),
            )
            .help(format!("put it in quotes: - {}", quoted(&value)))
            .fix(span, quoted(&value)),
        );
        Some(Node { span, value: NodeValue::Scalar { text: value, plain: false } })
    }

    fn alias(&mut self, start: usize, end: usize) {
        let d = self.part.error(
            start,
            end,
            "a text that begins with `*` is an alias in YAML, and aliases are not used here",
        );
        self.diagnostics.push(d.help("put quotes around the text"));
        self.deliver(Node { span: self.part.span(start, end), value: NodeValue::Broken }, end);
    }

    fn refuse_anchor(&mut self, anchor: usize, start: usize, end: usize) {
        if anchor == 0 {
            return;
        }
        // The anchor stands before the node, on this line or an earlier one.
        let before = self.part.text.get(..start).unwrap_or("");
        let (start, end) = match before.rfind('&') {
            Some(at) => {
                let len = before[at..].find(char::is_whitespace).unwrap_or(before.len() - at);
                (at, at + len)
            }
            None => (start, end),
        };
        let d = self.part.error(
            start,
            end,
            "a text that begins with `&` is an anchor in YAML, and anchors are not used here",
        );
        self.diagnostics.push(d.help("put quotes around the text, or delete the anchor"));
    }

    fn refuse_tag(&mut self, span: &granit_parser::Span, node_end: usize) {
        let range = span.tag_span().and_then(|s| s.byte_range()).unwrap_or(node_end..node_end);
        let line = Line::around(self.part.text, range.start);
        let whole = self.part.text.get(range.start..line.end).unwrap_or("").trim_end();
        let tag = self.part.text.get(range.clone()).unwrap_or("!");
        let d = Diagnostic::error(
            code::YAML_SILENT_LOSS,
            self.part.path,
            self.part.span(range.start, range.end),
            format!("`{tag}` would be lost: a word that begins with `!` is a mark for programs"),
        );
        self.diagnostics.push(d.help(format!("put quotes around the text: {}", quoted(whole))));
    }
}

fn style_is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

/// Whether a key has no colon: `{en: Short, plain words}` has the key `plain words`.
fn lone(part: Part<'_>, key: &Key) -> bool {
    let end = (key.span.end as usize).saturating_sub(part.offset);
    let rest = part.text.get(end..).unwrap_or("").trim_start();
    !key.text.is_empty() && !rest.starts_with(':') && rest.starts_with([',', '}'])
}

/// The end of `start..end` without trailing blanks and line ends.
fn trim_end(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(end, |t| start + t.trim_end().len())
}

/// Adds an entry, or reports the key as a duplicate and drops it.
fn insert(part: Part<'_>, map: &mut MapFrame, key: Key, node: Node, diagnostics: &mut Vec<Diagnostic>) {
    let first = if map.entries.len() <= MAX_LINEAR_KEYS {
        map.entries.iter().find(|(k, _)| k.text == key.text).map(|(k, _)| k.span)
    } else {
        if map.seen.is_empty() {
            map.seen.extend(map.entries.iter().map(|(k, _)| (k.text.clone(), k.span)));
        }
        map.seen.get(&key.text).copied()
    };
    if let Some(first) = first {
        diagnostics.push(duplicate(part, &key, first));
        return;
    }
    if !map.seen.is_empty() {
        map.seen.insert(key.text.clone(), key.span);
    }
    map.entries.push((key, node));
}

/// A key that stands twice.
pub(super) fn duplicate(part: Part<'_>, key: &Key, first: Span) -> Diagnostic {
    let message = format!("`{}` stands twice; only the first counts", key.text);
    Diagnostic::error(code::DUPLICATE_KEY, part.path, key.span, message)
        .label(part.path, first, "it stands here first")
        .help("delete one of the two lines")
}
