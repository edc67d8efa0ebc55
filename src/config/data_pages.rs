//! `data_pages` in `site.yaml`: pages that are made of data, one for each row of a file in `data/`.
//!
//! ```yaml
//! data_pages:
//!   - data: schools.csv
//!     path: schools/{id}.md
//!     front_matter: {title: "{name}", description: "Who to call at {name}."}
//!     body: "{about}"
//! ```

use super::keys;
use super::table::{Report, Table, text};
use super::yaml::{Node, NodeValue};
use crate::diag::code;
use crate::source::{SourcePath, Span};
use serde::{Deserialize, Serialize};

/// The pages of one data file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataPages {
    /// The file, below `data/`.
    pub data: String,
    /// Where it is named.
    pub span: Span,
    /// Where the page of a row stands, below `content/`.
    pub path: Pattern,
    /// What stands on top of each page.
    pub front_matter: Vec<(String, Value)>,
    /// The text of each page.
    pub body: Option<Pattern>,
}

/// What a key of front matter holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// One text.
    One(Pattern),
    /// A list of them.
    Many(Vec<Pattern>),
}

impl Value {
    /// The patterns in it.
    pub fn patterns(&self) -> &[Pattern] {
        match self {
            Value::One(pattern) => std::slice::from_ref(pattern),
            Value::Many(patterns) => patterns,
        }
    }
}

/// A text with names of columns in braces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// As it is written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// What stands there in each row.
    Text(&'a str),
    /// The name between two braces.
    Name(&'a str),
}

impl Pattern {
    /// Its parts, in order.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            let Some((name, after)) = behind.split_once('}') else { break };
            parts.extend([Part::Text(before), Part::Name(name.trim())]);
            rest = after;
        }
        parts.push(Part::Text(rest));
        parts
    }

    /// The names in it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts().into_iter().filter_map(|part| match part {
            Part::Name(name) => Some(name),
            Part::Text(_) => None,
        })
    }
}

/// Reads the list.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<DataPages> {
    let one = std::slice::from_ref(node);
    let items = if let NodeValue::List(items) = &node.value { items.as_slice() } else { one };
    items.iter().filter_map(|item| pages(item, report)).collect()
}

fn pages(node: &Node, report: &mut Report<'_>) -> Option<DataPages> {
    let table = Table::new("an entry of `data_pages`", keys::DATA_PAGES, node, report);
    let pattern = |name: &'static str, report: &mut Report<'_>| {
        let node = table.get(name)?;
        Some(Pattern { text: text(name, node, report)?, span: node.span })
    };
    let (data, path, body) = (pattern("data", report), pattern("path", report), pattern("body", report));
    let front_matter = table.get("front_matter").map(|node| (node.span, front_matter(node, report)));
    let is_map = node.as_map().is_some();
    table.finish(report);
    let mut lacks = |key: &str, example: &str| {
        if is_map {
            let message = format!("an entry of `data_pages` needs `{key}`");
            report.error(code::MISSING_FIELD, node.span, message, format!("add a line such as {example}"));
        }
    };
    if data.is_none() && !has(node, "data") {
        lacks("data", "data: schools.csv");
    }
    if path.is_none() && !has(node, "path") {
        lacks("path", "path: schools/{id}.md");
    }
    let title = front_matter.as_ref().is_some_and(|(_, keys)| keys.iter().any(|(key, _)| key == "title"));
    if !title {
        lacks("title", "front_matter: {title: \"{name}\"}");
    }
    let (data, path, (_, front_matter)) = (data?, path?, front_matter?);
    if !title {
        return None;
    }
    let name = data.text.strip_prefix("data/").unwrap_or(&data.text).to_owned();
    if let Err(error) = SourcePath::new(&name) {
        let message = format!("`{name}` cannot be a data file: {error}");
        report.error(
            code::BAD_CONFIG,
            data.span,
            message,
            "write the name of a file in data/, such as schools.csv",
        );
        return None;
    }
    if path.names().next().is_none() {
        let message = format!("`path` is the same for every row: `{}`", path.text);
        let help = "name a column in which each row has something else, such as schools/{id}.md";
        report.error(code::BAD_CONFIG, path.span, message, help);
        return None;
    }
    Some(DataPages { data: name, span: data.span, path, front_matter, body })
}

fn has(node: &Node, key: &str) -> bool {
    node.get(key).is_some()
}

fn front_matter(node: &Node, report: &mut Report<'_>) -> Vec<(String, Value)> {
    let NodeValue::Map(entries) = &node.value else {
        let message = format!("`front_matter` must hold lines of `key: text`, not {}", node.describe());
        report.error(code::WRONG_TYPE, node.span, message, "write it as {title: \"{name}\"}");
        return Vec::new();
    };
    let mut out = Vec::new();
    for (key, node) in entries {
        let value = match &node.value {
            NodeValue::List(items) => {
                let pattern = |item: &Node, report: &mut Report<'_>| {
                    Some(Pattern { text: text(&key.text, item, report)?, span: item.span })
                };
                Value::Many(items.iter().filter_map(|item| pattern(item, report)).collect())
            }
            // `title: {name}` is a group in YAML: what is meant needs quotes.
            NodeValue::Map(_) => {
                let message = format!("`{}` must be a text, not {}", key.text, node.describe());
                let help = "put a text with braces in quotes, such as title: \"{name}\"";
                report.error(code::WRONG_TYPE, node.span, message, help);
                continue;
            }
            _ => match text(&key.text, node, report) {
                Some(text) => Value::One(Pattern { text, span: node.span }),
                None => continue,
            },
        };
        out.push((key.text.clone(), value));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_taken_apart() {
        let pattern = |text: &str| Pattern { text: text.to_owned(), span: Span::default() };
        use Part::{Name, Text};
        assert_eq!(pattern("a/{ id }.md").parts(), [Text("a/"), Name("id"), Text(".md")]);
        assert_eq!(pattern("{a}{b}").parts(), [Text(""), Name("a"), Text(""), Name("b"), Text("")]);
        assert_eq!(pattern("{open").parts(), [Text("{open")]);
        assert_eq!(pattern("").parts(), [Text("")]);
    }
}
