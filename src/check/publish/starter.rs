//! What is still as a starter guide had it: names, telephone numbers and addresses that belong to nobody, boxes whose text
//! nobody touched, and places that a comment `<!-- fill in -->` marks, in any guide.
//!
//! A box is known by a number made of its words, so it is found wherever its page went. The numbers of the guide that comes
//! with the program are handed in ([`SiteView::starter_boxes`]).

use crate::check::view::SiteView;
use crate::config::yaml::{self, Node, NodeValue};
use crate::source::{SourcePath, Span};
use crate::text::PageText;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::hash::Hasher;
use xxhash_rust::xxh3::Xxh3;

/// The boxes in which a district says how it is there.
const BOX: &str = "district";

/// What a line begins with that opens or closes a box.
const FENCE: &str = ":::";

/// Values that are nobody's, in settings and in the text of pages.
const VALUES: [&str; 2] = ["Your School District", "Put here"];

/// What telephone numbers begin with that are kept free for stories.
const FREE_NUMBER: &str = "555";

/// Values of settings that are nobody's; in a text the same words may be meant.
const OF_SETTINGS: [&str; 6] = [
    "Su distrito escolar",
    "منطقتكم التعليمية",
    "100 School Street",
    "Your Town",
    "District Office, Room 100",
    "Ana Example",
];

/// A place of a page that may have to be filled in.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize)]
pub enum Open {
    /// A box, by the number of its words.
    Box(u64),
    /// A comment `<!-- fill in -->`.
    Marked,
    /// A value that is nobody's.
    Value(String),
}

/// A place that is still as a starter had it.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// The file.
    pub path: SourcePath,
    /// The place in it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// The boxes of a page, each with its opening line and the number of its words. `source` is the whole file.
fn boxes(text: &PageText, source: &str) -> impl Iterator<Item = (Span, u64)> {
    let all = text.components.iter().filter(|component| &*component.name == BOX);
    all.map(|component| {
        (component.span, number(source.get(component.span.end as usize..).unwrap_or_default()))
    })
}

/// The numbers of the boxes in a file of the starter guide, which is written so that its lines tell them: reading each of its pages
/// as one that is built would cost every build more than its own pages do.
pub fn boxes_of(source: &str) -> impl Iterator<Item = u64> {
    let opening = |at: &usize| {
        let line = source[at + FENCE.len()..].lines().next().unwrap_or_default();
        (*at == 0 || source[..*at].ends_with('\n')) && line.split_whitespace().next() == Some(BOX)
    };
    let behind = |at| source[at..].split_once('\n').map_or("", |(_, rest)| rest);
    source.match_indices(FENCE).map(|(at, _)| at).filter(opening).map(move |at| number(behind(at)))
}

/// The number of the words up to the line that closes a box.
fn number(rest: &str) -> u64 {
    let mut hasher = Xxh3::new();
    for word in rest.lines().take_while(|line| line.trim_end() != FENCE).flat_map(str::split_whitespace) {
        hasher.write(word.as_bytes());
        hasher.write_u8(b' ');
    }
    hasher.finish()
}

/// The places of a page that may have to be filled in. `source` is the whole file.
pub fn open_places(text: &PageText, source: &str) -> Vec<(Span, Open)> {
    let mut found: Vec<(Span, Open)> =
        boxes(text, source).map(|(span, number)| (span, Open::Box(number))).collect();
    for span in &text.comments {
        let comment = source.get(span.range()).unwrap_or_default();
        let words = comment.trim_start_matches("<!--").trim_end().trim_end_matches("-->").trim();
        if words.eq_ignore_ascii_case("fill in") {
            found.push((*span, Open::Marked));
        }
    }
    let whole = text.flat.as_bytes();
    let may = VALUES
        .iter()
        .chain(&[FREE_NUMBER, "example."])
        .any(|it| memmem::find(whole, it.as_bytes()).is_some());
    for block in text.blocks.iter().filter(|_| may) {
        let words = text.flat_text(&block.flat);
        if let Some(value) = nobodys(words) {
            let at = block.flat.start + (value.as_ptr() as usize - words.as_ptr() as usize) as u32;
            found.push((text.span_in(source, at..at + value.len() as u32), Open::Value(value.to_owned())));
        }
    }
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// The part of a text that is nobody's: a value of a starter, a number of 555-0100 to 555-0199, an address at example.org.
fn nobodys(text: &str) -> Option<&str> {
    one_of(&VALUES, text).or_else(|| telephone(text)).or_else(|| example(text))
}

fn one_of<'a>(values: &[&str], text: &'a str) -> Option<&'a str> {
    values.iter().find_map(|value| text.find(value).map(|at| &text[at..at + value.len()]))
}

/// A number that is kept free for stories: 555-01 and two digits.
fn telephone(text: &str) -> Option<&str> {
    let digits = |text: &str, n: usize| text.len() >= n && text.bytes().take(n).all(|b| b.is_ascii_digit());
    text.match_indices(FREE_NUMBER).find_map(|(at, _)| {
        let behind = &text[at + 3..];
        let rest = behind.strip_prefix(['-', '.', ' ', '\u{2011}']).unwrap_or(behind);
        let end = text.len() - rest.len() + 4;
        let free = rest.starts_with("01") && digits(rest, 4) && !digits(&rest[4..], 1);
        let alone = !text[..at].ends_with(|c: char| c.is_ascii_digit());
        (free && alone).then(|| &text[at..end])
    })
}

/// A mail or web address at one of the names that are kept free for examples.
fn example(text: &str) -> Option<&str> {
    ["example.org", "example.com", "example.net"].into_iter().find_map(|name| {
        let at = text.find(name)?;
        let before = &text[..at];
        if !before.ends_with(['@', '/', '.']) {
            return None;
        }
        let start = before.rfind(|c: char| c.is_whitespace() || "<>()\"'".contains(c)).map_or(0, |i| i + 1);
        text.get(start..at + name.len())
    })
}

/// All that is still as a starter had it, settings first, then the pages in their order.
pub fn left(site: &dyn SiteView) -> Vec<Left> {
    let mut found = Vec::new();
    for source in site.settings().iter().filter(|source| source.path.as_str() == "site.yaml") {
        let Ok(text) = source.utf8() else { continue };
        if let Some(node) = yaml::parse(&source.path, text, 0).value {
            values(&source.path, &node, "", &mut found);
        }
    }
    for page in site.pages() {
        for (span, open) in page.facts.open_places() {
            let (message, help) = match open {
                Open::Box(number) if site.starter_boxes().contains(number) => (
                    "this box still says what the starter guide said".to_owned(),
                    "Say how it is in your district, or take the box out.",
                ),
                Open::Box(_) => continue,
                Open::Marked => (
                    "this place is marked as still to be filled in".to_owned(),
                    "Write the text, then delete the comment.",
                ),
                Open::Value(value) => (
                    format!("\"{value}\" is nobody's: it stood in for yours"),
                    "Write your own, or take it out.",
                ),
            };
            found.push(Left { path: page.document.path.clone(), span: *span, message, help });
        }
    }
    found
}

/// The values of the settings that are nobody's. `key` is the way to `node`.
fn values(path: &SourcePath, node: &Node, key: &str, found: &mut Vec<Left>) {
    match &node.value {
        NodeValue::Scalar { text, .. } => {
            if let Some(value) = nobodys(text).or_else(|| one_of(&OF_SETTINGS, text)) {
                let message = format!("`{key}` still says \"{value}\", as the starter guide did");
                let help = match key.split('.').next() {
                    Some("district") => "Write the name of your district.",
                    Some("contact") => "Write your own, or delete the line.",
                    _ => "Write your own.",
                };
                found.push(Left { path: path.clone(), span: node.span, message, help });
            }
        }
        NodeValue::List(nodes) => nodes.iter().for_each(|node| values(path, node, key, found)),
        NodeValue::Map(entries) => {
            for (name, node) in entries {
                let key = if key.is_empty() { name.text.clone() } else { format!("{key}.{}", name.text) };
                values(path, node, &key, found);
            }
        }
        NodeValue::Null | NodeValue::Broken => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nobodys_and_what_is_somebodys() {
        for (text, value) in [
            ("555-0100", Some("555-0100")),
            ("Call (415) 555 0199, please", Some("555 0199")),
            ("+1.415.555.0123", Some("555.0123")),
            ("5550142", Some("5550142")),
            ("555-01000", None),
            ("1555-0100", None),
            ("555-0200", None),
            ("555-02", None),
            ("55", None),
            ("ot@example.org", Some("ot@example.org")),
            ("see https://www.example.com/guide", Some("https://www.example.com")),
            ("an example.org is no address", None),
            ("for example, com", None),
            ("Welcome to Your School District!", Some("Your School District")),
            ("your school district decides", None),
            ("Su distrito escolar decide.", None),
            ("Oakland Unified", None),
        ] {
            assert_eq!(nobodys(text), value, "{text}");
        }
    }
}
