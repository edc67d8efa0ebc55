//! The tree of a page's front matter, checked against the common keys and the fields of its kind.
//!
//! One pass over the keys as written; what is unknown, doubled in meaning or missing is said at its line.

mod cascade;
mod changes;
mod days;
mod missing;
mod range;
pub(in crate::document) mod words;

use super::{COMMON, HeadingTitle, foreign, stray};
use crate::config::Words;
use crate::config::yaml::{Key, Node, NodeValue, in_curly_quotes};
use crate::diag::{Diagnostic, Parsed, closest, code};
use crate::document::cascade::Cascade;
use crate::document::entry::is_prose;
use crate::document::{ParseOptions, Summary};
use crate::markdown::marks;
use crate::schema::scalar::{self, Fault};
use crate::schema::{FieldValue, Kind, ReadContext, fault_at, read_node};
use crate::source::{OutputPath, PathError, SourcePath, Span, is_index};
use jiff::civil::Date;

/// What front matter says.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// The part of the summary that front matter decides; the rest is at its default.
    pub summary: Summary,
    /// Level of the headings that are entries, 2 to 6.
    pub entry_level: u8,
    /// What a translation was made from: no part of it are the values of words of the settings.
    pub written: Written,
    /// What holds where an entry says nothing of its own.
    pub cascade: Cascade,
}

/// Texts as the page has them, with words of the settings by their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
}

/// Reads the tree of a page's front matter. `head` is where messages about what is missing point. The kind of
/// a page that names none is `options.default_kind`, for an `index.md` too: the caller chooses it.
pub fn read(
    path: &SourcePath,
    lang: &str,
    node: Option<&Node>,
    head: Span,
    options: &ParseOptions<'_>,
    heading: Option<&HeadingTitle>,
) -> Parsed<FrontMatter> {
    let mut reader = Reader {
        path,
        lang,
        all: Cascade::default(),
        diagnostics: Vec::new(),
        summary: Summary { glossary: true, search: true, print: true, ..Summary::default() },
        entry_level: 2,
        written: Written::default(),
        options,
    };
    let entries: &[(Key, Node)] = match node.map(|n| (&n.value, n.span)) {
        Some((NodeValue::Map(entries), _)) => entries,
        None | Some((NodeValue::Null | NodeValue::Broken, _)) => &[],
        Some((NodeValue::Scalar { text, plain: true }, span)) if tight_colon(text).is_some() => {
            let (key, value) = tight_colon(text).unwrap_or_default();
            reader.push(stray::tight_colon(path, span, key, value));
            &[]
        }
        Some((_, span)) => {
            let node = node.map_or("something else", Node::describe);
            let message = format!("the front matter is {node} where `key: value` lines are expected");
            reader.push(
                Diagnostic::error(code::WRONG_TYPE, path, span, message)
                    .help("write a line `title: ` with the page's title after it"),
            );
            &[]
        }
    };
    let kind = reader.kind(entries);
    let context = ReadContext { path, lang };
    // Where the whole is wrong, its title is not missing.
    let broken = node.is_some_and(|n| !matches!(n.value, NodeValue::Map(_) | NodeValue::Null));
    for (key, value) in entries {
        reader.summary.spans.insert(key.text.as_str().into(), value_span(key, value));
        if !reader.common(key, value) {
            match kind.and_then(|k| k.field(&key.text)) {
                Some(field) => {
                    let found = read_node(field, value, context).collect(&mut reader.diagnostics);
                    if let Some(found) = found {
                        if is_prose(&field.ty) {
                            let texts = found.items().iter().filter_map(FieldValue::as_text);
                            let shown =
                                |text: &str| marks::shown(path, &key.text, text, value_span(key, value));
                            reader.diagnostics.extend(texts.filter_map(shown));
                        }
                        reader.items(key, value, &found);
                        let words = Words::new(options.values, lang);
                        let span = value_span(key, value);
                        let found = words::filled(found, words, path, span, &mut reader.diagnostics);
                        reader.summary.fields.insert(field.name.as_str().into(), found);
                    }
                }
                // What could not be read was told.
                None if value.is_broken() => {}
                None => reader.unknown(key, value, kind, lang),
            }
        }
    }
    reader.title(entries, head, broken, heading);
    // What is written counts more than the name of the file.
    if !reader.summary.spans.contains_key("order") {
        reader.summary.order = options.prefixes.order(path);
    }
    reader.dates();
    reader.take_cascade(head);
    if let Some(kind) = kind {
        reader.required(kind, entries, head, lang);
    }
    Parsed {
        value: FrontMatter {
            summary: reader.summary,
            entry_level: reader.entry_level,
            written: reader.written,
            cascade: reader.all,
        },
        diagnostics: reader.diagnostics,
    }
}

/// The two sides of `title:Fees`, which is one word in YAML.
fn tight_colon(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let common = COMMON.iter().any(|k| k.name == key);
    (common && !value.is_empty() && !value.contains('\n')).then_some((key, value))
}

/// Where a value stands; an empty one stands at its key.
fn value_span(key: &Key, value: &Node) -> Span {
    if value.span.start < value.span.end { value.span } else { key.span }
}

struct Reader<'a> {
    path: &'a SourcePath,
    lang: &'a str,
    /// What holds where the page says nothing of its own.
    all: Cascade,
    diagnostics: Vec<Diagnostic>,
    summary: Summary,
    entry_level: u8,
    written: Written,
    options: &'a ParseOptions<'a>,
}

impl<'a> Reader<'a> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, code: crate::diag::Code, span: Span, message: String, help: String) {
        self.push(Diagnostic::error(code, self.path, span, message).help(help));
    }

    /// The page's kind: as written, else the default.
    fn kind(&mut self, entries: &[(Key, Node)]) -> Option<&'a Kind> {
        let written = entries.iter().find(|(k, _)| k.text == "kind");
        let named = written.and_then(|(key, node)| self.text(key, node).map(|t| (t, value_span(key, node))));
        let found = match named {
            Some((name, span)) => self.known_kind(&name, span),
            None => None,
        };
        let kind = found.or_else(|| self.options.kinds.get(self.options.default_kind));
        self.summary.kind = kind.map_or_else(|| self.options.default_kind.to_owned(), |k| k.name.clone());
        kind
    }

    fn known_kind(&mut self, name: &str, span: Span) -> Option<&'a Kind> {
        let kinds = self.options.kinds;
        let found = kinds.get(name);
        if found.is_none() {
            let all: Vec<&str> = kinds.names().collect();
            let help = match closest(name, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Kinds: {}", all.join(", ")),
                None => format!("kinds: {}", all.join(", ")),
            };
            self.error(code::UNKNOWN_KIND, span, format!("there is no kind `{name}`"), help);
        }
        found
    }

    /// Reads a common key; false when it is none.
    fn common(&mut self, key: &Key, node: &Node) -> bool {
        match key.text.as_str() {
            "kind" => {}
            "title" => {
                self.written.title = self.text(key, node).unwrap_or_default();
                self.summary.title = self.worded(self.written.title.clone(), value_span(key, node));
            }
            "description" => {
                let written = self.text(key, node);
                self.written.description = written.clone().unwrap_or_default();
                self.summary.description = written.map(|text| self.worded(text, value_span(key, node)));
            }
            "nav_title" => self.summary.nav_title = self.shown(key, node),
            "owner" => self.summary.owner = self.shown(key, node),
            "order" => self.summary.order = self.value(key, node, scalar::integer, Quotes::Refused),
            "hidden" => self.summary.hidden = self.truth(key, node, Truth { none: false, bad: false }),
            "draft" => self.summary.draft = self.draft(key, node),
            "glossary" => self.summary.glossary = self.truth(key, node, Truth { none: true, bad: true }),
            "search" => self.summary.search = self.truth(key, node, Truth { none: true, bad: true }),
            "search_words" => {
                self.summary.search_words = self.shown_list(key, node);
            }
            "boost" => self.boost(key, node),
            "print" => self.summary.print = self.truth(key, node, Truth { none: true, bad: true }),
            "publish" => self.summary.publish = self.local_day(key, node),
            "expires" => self.summary.expires = self.local_day(key, node),
            "updated" => self.summary.updated = self.day(key, node),
            "reviewed" => self.summary.reviewed = self.day(key, node),
            "review_every" => {
                self.summary.review_every = self.value(key, node, scalar::duration, Quotes::Allowed);
            }
            "aliases" => {
                for (text, span) in self.list(key, node) {
                    self.alias(text, span);
                }
            }
            "tags" => {
                for text in self.shown_list(key, node) {
                    if !self.summary.tags.contains(&text) {
                        self.summary.tags.push(text);
                    }
                }
            }
            "entries" => {
                if let Some(name) = self.text(key, node)
                    && self.known_kind(&name, value_span(key, node)).is_some()
                {
                    self.summary.entries_kind = Some(name);
                }
            }
            "entry_level" => self.entry_level(key, node),
            "cascade" => self.cascade(key, node),
            "changes" => self.changes(key, node),
            "member_kind" => self.member_kind(key, node),
            "translated_from" => self.translated_from(key, node),
            _ => return false,
        }
        true
    }

    /// One text, with its white space put in order.
    fn text(&mut self, key: &Key, node: &Node) -> Option<String> {
        match &node.value {
            NodeValue::Null | NodeValue::Broken => None,
            NodeValue::Scalar { text, .. } => {
                self.diagnostics.extend(stray::curly_text(self.path, key, node));
                let tidy = if text.contains(['\n', '\t', '\r']) {
                    text.split_whitespace().collect::<Vec<_>>().join(" ")
                } else {
                    text.trim().to_owned()
                };
                if stray::SHOWN.contains(&key.text.as_str()) {
                    self.diagnostics.extend(marks::shown(self.path, &key.text, &tidy, node.span));
                }
                (!tidy.is_empty()).then_some(tidy)
            }
            _ => {
                let message = format!("`{}` must be one text, not {}", key.text, node.describe());
                let help = format!(
                    "write {}: and the text on one line, in quotes if it begins with `[` or `{{`",
                    key.text
                );
                self.error(code::WRONG_TYPE, value_span(key, node), message, help);
                None
            }
        }
    }

    /// A value that a function of `scalar` reads.
    fn value<T>(
        &mut self,
        key: &Key,
        node: &Node,
        read: impl Fn(&str) -> Result<T, Fault>,
        quotes: Quotes,
    ) -> Option<T> {
        let text = match &node.value {
            NodeValue::Scalar { text, plain } => {
                if !*plain && quotes == Quotes::Refused {
                    let fault = Fault::new(format!("is the text `{text}`, in quotes"), "delete the quotes");
                    let fault = if read(text).is_ok() { fault.mended(text.clone()) } else { fault };
                    self.push(fault_at(self.path, value_span(key, node), &key.text, fault));
                    return None;
                }
                text.trim()
            }
            NodeValue::Null | NodeValue::Broken => return None,
            _ => return self.text(key, node).and(None),
        };
        if text.is_empty() {
            return None;
        }
        match read(text) {
            Ok(value) => Some(value),
            Err(fault) => {
                let bare = in_curly_quotes(text).filter(|bare| read(bare).is_ok());
                let fault = match bare {
                    Some(bare) => {
                        Fault::new(format!("stands in curly quotes: `{text}`"), "delete the quotes")
                            .mended(bare)
                    }
                    None => fault,
                };
                self.push(fault_at(self.path, value_span(key, node), &key.text, fault));
                None
            }
        }
    }

    fn truth(&mut self, key: &Key, node: &Node, otherwise: Truth) -> bool {
        match node.value {
            NodeValue::Null => otherwise.none,
            _ => self.value(key, node, scalar::boolean, Quotes::Refused).unwrap_or(otherwise.bad),
        }
    }

    fn day(&mut self, key: &Key, node: &Node) -> Option<Date> {
        self.value(key, node, scalar::date, Quotes::Allowed)
    }

    /// Several texts: a list, or one line with commas.
    fn list(&mut self, key: &Key, node: &Node) -> Vec<(String, Span)> {
        match &node.value {
            NodeValue::List(items) => {
                let mut all = Vec::with_capacity(items.len());
                for item in items {
                    self.diagnostics.extend(stray::curly_item(self.path, key, item));
                    all.extend(self.text(key, item).map(|t| (t, item.span)));
                }
                all
            }
            NodeValue::Scalar { text, plain: true } => {
                let parts = text.split(',').map(str::trim).filter(|t| !t.is_empty());
                parts.map(|t| (t.to_owned(), node.span)).collect()
            }
            NodeValue::Map(_) => {
                let message = format!("`{}` must be a list, not {}", key.text, node.describe());
                let help = format!("write {}: [one, two]", key.text);
                self.error(code::WRONG_TYPE, value_span(key, node), message, help);
                Vec::new()
            }
            _ => self.text(key, node).map(|t| (t, node.span)).into_iter().collect(),
        }
    }

    /// An old address: a path from the output root of the language.
    fn alias(&mut self, text: String, span: Span) {
        let path = text.strip_prefix('/').unwrap_or(&text);
        let problem = match OutputPath::new(path) {
            Err(error @ (PathError::Escapes | PathError::Absolute)) => {
                Some((code::OUTSIDE_SITE, error.to_string()))
            }
            Err(error) => Some((code::WRONG_TYPE, error.to_string())),
            Ok(_) if path.contains([':', '<', '>', '"', '|', '?', '*', '#']) => {
                Some((code::WRONG_TYPE, "it holds a character that file names cannot have".to_owned()))
            }
            Ok(_) => None,
        };
        match problem {
            None => self.summary.aliases.push((path.to_owned(), span)),
            Some((code, why)) => {
                let help = "write the old address from the site's start, such as old/page.html".to_owned();
                self.error(code, span, format!("the alias `{text}` cannot be used: {why}"), help);
            }
        }
    }

    fn member_kind(&mut self, key: &Key, node: &Node) {
        let Some(name) = self.text(key, node) else { return };
        if !is_index(self.path.file_name()) {
            let help = "move it to the folder's index.md, or write `kind:` for this page alone".to_owned();
            self.error(
                code::UNKNOWN_KEY,
                key.span,
                "`member_kind` counts only in `index.md`".to_owned(),
                help,
            );
        } else if self.known_kind(&name, value_span(key, node)).is_some() {
            self.summary.member_kind = Some(name);
        }
    }

    fn translated_from(&mut self, key: &Key, node: &Node) {
        let Some(text) = self.text(key, node) else { return };
        if text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            self.summary.translated_from = Some(text.to_ascii_lowercase());
        } else {
            let message = format!("`translated_from` must be 16 hexadecimal digits, not `{text}`");
            let help = format!("run `guidepost translations --mark {}` to write it", self.path);
            self.error(code::WRONG_TYPE, value_span(key, node), message, help);
        }
    }

    fn unknown(&mut self, key: &Key, value: &Node, kind: Option<&Kind>, lang: &str) {
        if let Some(d) = stray::unseen_in_key(self.path, key) {
            self.push(d);
            return;
        }
        let fields = kind.map_or(&[][..], |k| k.fields.as_slice());
        let known = COMMON.iter().map(|k| k.name).chain(fields.iter().map(|f| f.name.as_str()));
        let near = kind
            .and_then(|k| k.field_by_label(&key.text, lang))
            .map(|f| f.name.as_str())
            .or_else(|| closest(&key.text, known.clone()));
        let kind_name = kind.map_or("page", |k| k.name.as_str());
        let d = match near {
            Some(near) => Diagnostic::error(
                code::UNKNOWN_KEY,
                self.path,
                key.span,
                format!("a page of kind `{kind_name}` has no key `{}`", key.text),
            )
            .help(format!("did you mean `{near}`?"))
            .fix(key.span, near),
            None => foreign::key(self.path, key, value),
        };
        self.push(d);
    }
}

/// Whether a node has nothing in it.
fn blank(node: &Node) -> bool {
    node.as_text().is_none_or(|t| t.trim().is_empty())
}

/// Whether a value may stand in quotes.
#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    Allowed,
    Refused,
}

/// What a true/false key counts as.
struct Truth {
    /// When nothing is written.
    none: bool,
    /// When what is written cannot be read.
    bad: bool,
}

pub(super) fn quotes_if_needed(text: &str) -> String {
    if text.contains([':', '#', '"', '[', '{']) { crate::config::yaml::quoted(text) } else { text.to_owned() }
}
