//! Changes to the languages of `site.yaml`: what is to be replaced, so that every other byte stays.
//!
//! Called by `guidepost language`. What would be written is read again before it is given back: where the tree would not be
//! the one that is meant, the change is refused, and the file stays as it is.

use super::language;
use super::table::Report;
use super::yaml::{self, Key, Node, NodeValue, quoted};
use crate::diag::Fix;
use crate::schema::inherited;
use crate::source::{Source, SourcePath, Span};

/// What is to be done to the text of `site.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// Replacements in the order of their places; they do not overlap.
    pub fixes: Vec<Fix>,
    /// The places of texts that the edit could not reach, or leaves for a person.
    pub left: Vec<Span>,
}

impl Edit {
    /// The text after the edit.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 256);
        let mut done = 0;
        for fix in &self.fixes {
            let range = fix.span.range();
            out.push_str(text.get(done..range.start).unwrap_or(""));
            out.push_str(&fix.replacement);
            done = range.end.max(done);
        }
        out.push_str(text.get(done..).unwrap_or(""));
        out
    }

    fn put(&mut self, range: std::ops::Range<usize>, replacement: impl Into<String>) {
        let fix = Fix { span: Span::new(range.start, range.end), replacement: replacement.into() };
        if fix.span.range().is_empty() && fix.replacement.is_empty() {
            return;
        }
        self.fixes.push(fix);
    }

    fn sorted(mut self) -> Edit {
        self.fixes.sort();
        self.fixes.dedup();
        self.left.sort_by_key(|span| span.start);
        self
    }
}

/// Why `site.yaml` cannot be changed.
const BY_HAND: &str =
    "The list of languages in site.yaml is written in a way that this command does not change.";

/// `site.yaml` as it is read.
struct Settings<'a> {
    path: &'a SourcePath,
    text: &'a str,
    tree: Node,
    /// The tags of its languages, the main one first.
    tags: Vec<String>,
}

fn open(source: &Source) -> Result<Settings<'_>, String> {
    let text = source.utf8().map_err(|_| "site.yaml is not UTF-8 text.".to_owned())?;
    let tree = yaml::parse(&source.path, text, 0).value.filter(|node| node.as_map().is_some());
    let tree = tree.ok_or("site.yaml cannot be read.")?;
    let tags = tags(&source.path, &tree);
    Ok(Settings { path: &source.path, text, tree, tags })
}

fn tags(path: &SourcePath, tree: &Node) -> Vec<String> {
    let mut report = Report::new(path);
    let listed = tree.get("languages").filter(|node| node.value != NodeValue::Null);
    let listed = listed.map(|node| language::list(node, &mut report)).unwrap_or_default();
    match listed.is_empty() {
        true => vec!["en".to_owned()],
        false => listed.into_iter().map(|language| language.code).collect(),
    }
}

/// The languages that `site.yaml` lists, without saying what is wrong with them.
pub fn listed(source: Option<&Source>) -> Vec<String> {
    let read = source.and_then(|source| open(source).ok());
    read.map_or_else(|| vec!["en".to_owned()], |settings| settings.tags)
}

/// Where the labels of the site's kinds in a language that is added stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// In a file of their own, `kinds/<tag>.yaml`: nothing is offered below `kinds:`.
    Apart,
    /// Nowhere yet.
    Nowhere,
}

/// Adds a language, marked as unreviewed, and beside each text in several languages a line `# tag: text` to be translated.
///
/// A label of a kind on one line, `{en: …, es: …}`, has no room for such a line. It is not among what is left: labels that a
/// language lacks are counted with those of the theme, and each may be written into `kinds/<tag>.yaml`.
///
/// # Errors
/// When the file is written so that this cannot be done; the text says what to write by hand.
pub fn add(source: &Source, tag: &str, labels: Labels) -> Result<Edit, String> {
    let settings = open(source)?;
    let mut edit = Edit::default();
    list_one_more(&settings, tag, &mut edit).ok_or_else(|| {
        format!(
            "{BY_HAND} Write two lines below its last language: \"- code: {tag}\" and \"  unreviewed: true\"."
        )
    })?;
    let kinds = settings.tree.get("kinds").map(|kinds| kinds.span.range());
    groups(&settings.tree, &settings.tags, &mut |entries, node| {
        let of_a_kind = kinds.as_ref().is_some_and(|kinds| kinds.contains(&(node.span.start as usize)));
        if of_a_kind && (labels == Labels::Apart || is_flow(settings.text, node)) {
            return;
        }
        offer(&settings, tag, entries, node, &mut edit);
    });
    let edit = edit.sorted();
    let mut wanted = settings.tags.clone();
    wanted.push(tag.to_owned());
    let after = edit.apply(settings.text);
    let tree = yaml::parse(settings.path, &after, 0).value.ok_or(BY_HAND)?;
    let rest = |node: &Node| without_key(node, "languages");
    match tags(settings.path, &tree) == wanted && same(&rest(&tree), &rest(&settings.tree)) {
        true => Ok(edit),
        false => Err(format!("{BY_HAND} Add `{tag}` to it by hand.")),
    }
}

fn list_one_more(settings: &Settings<'_>, tag: &str, edit: &mut Edit) -> Option<()> {
    let text = settings.text;
    let end = line_end(text);
    let group = format!("{{code: {tag}, unreviewed: true}}");
    let entry = settings.tree.as_map()?.iter().find(|(key, _)| key.text == "languages");
    let Some((key, node)) = entry else {
        if text.get(settings.tree.span.range())?.starts_with('{') {
            return None;
        }
        let gap = if text.ends_with('\n') { "" } else { end };
        let lines =
            format!("{gap}{end}languages:{end}  - en{end}  - code: {tag}{end}    unreviewed: true{end}");
        edit.put(text.len()..text.len(), lines);
        return Some(());
    };
    match &node.value {
        NodeValue::Null => {
            let colon = text.get(key.span.end as usize..)?.find(':')? + key.span.end as usize + 1;
            let lines = format!("{end}  - en{end}  - code: {tag}{end}    unreviewed: true");
            edit.put(colon..colon, lines);
        }
        NodeValue::Scalar { text: only, .. } => {
            edit.put(node.span.range(), format!("[{only}, {group}]"));
        }
        NodeValue::List(items) => {
            let last = items.last()?;
            if text.get(node.span.range())?.starts_with('[') {
                let at = last.span.end as usize;
                edit.put(at..at, format!(", {group}"));
            } else {
                let indent = dash(text, last)?;
                let at = after_line(text, last.span.end as usize, last.span.start as usize);
                let gap = if text.get(..at)?.ends_with(['\n', '\r']) { "" } else { end };
                edit.put(at..at, format!("{gap}{indent}- code: {tag}{end}{indent}  unreviewed: true{end}"));
            }
        }
        NodeValue::Map(_) | NodeValue::Broken => return None,
    }
    Some(())
}

/// The line `# vi: text` below the last language of a group of texts.
fn offer(settings: &Settings<'_>, tag: &str, entries: &[(Key, Node)], node: &Node, edit: &mut Edit) {
    let text = settings.text;
    if inherited(tag).any(|tag| entries.iter().any(|(key, _)| key.text == tag)) {
        return;
    }
    let main = settings.tags.first().and_then(|main| entries.iter().find(|(key, _)| key.text == *main));
    let (Some((_, main)), Some((key, last))) = (main, entries.last()) else { return };
    let written = main.as_text().filter(|text| !text.contains('\n'));
    let indent = text.get(line_start(text, key.span.start as usize)..key.span.start as usize);
    let (Some(written), Some(indent)) = (written, indent.filter(|_| !is_flow(text, node))) else {
        edit.left.push(main.span);
        return;
    };
    if !indent.chars().all(|c| c == ' ') {
        edit.left.push(main.span);
        return;
    }
    let raw = text.get(main.span.range()).filter(|raw| !raw.contains('\n'));
    let at = after_line(text, last.span.end as usize, key.span.end as usize);
    let end = line_end(text);
    let gap = if text.get(..at).is_some_and(|before| before.ends_with(['\n', '\r'])) { "" } else { end };
    let raw = raw.map_or_else(|| quoted(written), str::to_owned);
    edit.put(at..at, format!("{gap}{indent}# {tag}: {raw}{end}"));
}

/// Takes a language out: its item in `languages`, its texts, and the lines `# tag: …` that [`add`] wrote.
///
/// # Errors
/// When it is not listed, or the file is written so that this cannot be done.
pub fn remove(source: &Source, tag: &str) -> Result<Edit, String> {
    let settings = open(source)?;
    let left: Vec<String> = settings.tags.iter().filter(|listed| *listed != tag).cloned().collect();
    // What another language inherits stays: `es` of a guide in es-MX.
    let needed = |tag: &str| left.iter().any(|listed| inherited(listed).any(|known| known == tag));
    let gone: Vec<&str> = inherited(tag).filter(|tag| !needed(tag)).collect();
    let mut edit = Edit::default();
    unlist(&settings, tag, &mut edit).ok_or(BY_HAND)?;
    groups(&settings.tree, &settings.tags, &mut |entries, node| {
        let going = |key: &Key| gone.contains(&key.text.as_str());
        if entries.iter().all(|(key, _)| going(key)) {
            edit.left.push(node.span);
            return;
        }
        for (index, (key, _)) in entries.iter().enumerate() {
            if going(key) {
                match entry_range(settings.text, node, entries, index) {
                    Some(range) => edit.put(range, ""),
                    None => edit.left.push(key.span),
                }
            }
        }
        offered(settings.text, tag, entries, node, &mut edit);
    });
    let edit = joined(edit.sorted());
    let after = edit.apply(settings.text);
    let tree = yaml::parse(settings.path, &after, 0).value.ok_or(BY_HAND)?;
    let lost = |node: &Node| without_key(&stripped(node, &settings.tags, &gone, &edit.left), "languages");
    let same_rest = same(&lost(&settings.tree), &without_key(&tree, "languages"));
    match tags(settings.path, &tree) == left && same_rest {
        true => Ok(edit),
        false => Err(format!("{BY_HAND} Delete `{tag}` and its texts by hand.")),
    }
}

/// Of two flow entries that go one behind the other the ranges may touch or overlap.
fn joined(edit: Edit) -> Edit {
    let mut fixes: Vec<Fix> = Vec::new();
    for fix in edit.fixes {
        match fixes.last_mut() {
            Some(last) if fix.span.start < last.span.end => last.span.end = last.span.end.max(fix.span.end),
            _ => fixes.push(fix),
        }
    }
    Edit { fixes, ..edit }
}

fn unlist(settings: &Settings<'_>, tag: &str, edit: &mut Edit) -> Option<()> {
    let text = settings.text;
    let node = settings.tree.get("languages")?;
    let NodeValue::List(items) = &node.value else { return None };
    let of = |item: &Node| item.as_text().or_else(|| item.get("code")?.as_text()).map(str::trim) == Some(tag);
    let index = items.iter().position(of)?;
    let item = items.get(index)?;
    let range = if text.get(node.span.range())?.starts_with('[') {
        match (items.get(index + 1), index.checked_sub(1).and_then(|before| items.get(before))) {
            (Some(next), _) => item.span.start as usize..next.span.start as usize,
            (None, Some(before)) => before.span.end as usize..item.span.end as usize,
            (None, None) => return None,
        }
    } else {
        dash(text, item)?;
        line_start(text, item.span.start as usize)
            ..after_line(text, item.span.end as usize, item.span.start as usize)
    };
    edit.put(range, "");
    Some(())
}

/// The lines `# tag: …` directly below the last language of a group.
fn offered(text: &str, tag: &str, entries: &[(Key, Node)], node: &Node, edit: &mut Edit) {
    let Some((key, last)) = entries.last().filter(|_| !is_flow(text, node)) else { return };
    let mut at = after_line(text, last.span.end as usize, key.span.end as usize);
    while let Some(line) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        let Some(comment) = line.trim_start_matches(' ').strip_prefix('#').filter(|_| line.starts_with(' '))
        else {
            return;
        };
        if comment.trim_start().strip_prefix(tag).is_some_and(|rest| rest.starts_with(':')) {
            edit.put(at..at + line.len(), "");
        }
        at += line.len();
    }
}

/// Calls `found` for each mapping whose keys are languages of the site.
fn groups(node: &Node, tags: &[String], found: &mut impl FnMut(&[(Key, Node)], &Node)) {
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|item| groups(item, tags, found)),
        NodeValue::Map(entries) if is_group(entries, tags) => found(entries, node),
        NodeValue::Map(entries) => entries.iter().for_each(|(_, value)| groups(value, tags, found)),
        _ => {}
    }
}

fn is_group(entries: &[(Key, Node)], tags: &[String]) -> bool {
    let listed = |key: &str| tags.iter().any(|tag| inherited(tag).any(|known| known == key));
    let text = |node: &Node| !matches!(node.value, NodeValue::Map(_));
    !entries.is_empty() && entries.iter().all(|(key, value)| listed(&key.text) && text(value))
}

/// The bytes of one entry of the mapping `node`, with its line or its comma; none when they cannot go by themselves.
pub fn entry_range(
    text: &str,
    node: &Node,
    entries: &[(Key, Node)],
    index: usize,
) -> Option<std::ops::Range<usize>> {
    let (key, value) = entries.get(index)?;
    let (start, end) = (key.span.start as usize, value.span.end.max(key.span.end) as usize);
    if is_flow(text, node) {
        return match (entries.get(index + 1), index.checked_sub(1).and_then(|before| entries.get(before))) {
            (Some((next, _)), _) => Some(start..next.span.start as usize),
            (None, Some((_, before))) => Some(before.span.end as usize..end),
            (None, None) => None,
        };
    }
    let from = line_start(text, start);
    let alone = text.get(from..start)?.chars().all(|c| c == ' ');
    alone.then(|| from..after_line(text, end, key.span.end as usize))
}

fn is_flow(text: &str, node: &Node) -> bool {
    text.get(node.span.range()).is_some_and(|text| text.starts_with('{'))
}

/// What stands before the dash of a list's item.
fn dash<'t>(text: &'t str, item: &Node) -> Option<&'t str> {
    let start = item.span.start as usize;
    let before = text.get(line_start(text, start)..start)?.trim_end();
    before.strip_suffix('-').filter(|indent| indent.chars().all(|c| c == ' '))
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// The start of the line behind the one on which a value ends that ends at `end` and begins behind `from`.
fn after_line(text: &str, end: usize, from: usize) -> usize {
    let value = text.get(from..end).unwrap_or("").trim_end();
    let end = from + value.len();
    text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| end + newline + 1)
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Whether two trees say the same, wherever it stands.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (NodeValue::List(a), NodeValue::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (NodeValue::Map(a), NodeValue::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((ka, a), (kb, b))| ka.text == kb.text && same(a, b))
        }
        (a, b) => a == b,
    }
}

fn without_key(node: &Node, name: &str) -> Node {
    let mut node = node.clone();
    if let NodeValue::Map(entries) = &mut node.value {
        entries.retain(|(key, _)| key.text != name);
    }
    node
}

/// The tree without the texts that go; those at the places `left` stay.
fn stripped(node: &Node, tags: &[String], gone: &[&str], left: &[Span]) -> Node {
    let inner = |node: &Node| stripped(node, tags, gone, left);
    let value = match &node.value {
        NodeValue::List(items) => NodeValue::List(items.iter().map(inner).collect()),
        NodeValue::Map(entries) if is_group(entries, tags) && !left.contains(&node.span) => {
            let stays = |key: &Key| !gone.contains(&key.text.as_str()) || left.contains(&key.span);
            NodeValue::Map(entries.iter().filter(|(key, _)| stays(key)).cloned().collect())
        }
        NodeValue::Map(entries) => {
            NodeValue::Map(entries.iter().map(|(key, value)| (key.clone(), inner(value))).collect())
        }
        other => other.clone(),
    };
    Node { span: node.span, value }
}

#[cfg(test)]
mod tests;
