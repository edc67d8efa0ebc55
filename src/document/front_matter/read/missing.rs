//! What front matter does not say: the title, which may stand in the text, and the fields of the kind, which may have a default.

use super::{Reader, blank, quotes_if_needed, words};
use crate::config::Words;
use crate::config::yaml::{Key, Node, NodeValue};
use crate::diag::code;
use crate::document::front_matter::HeadingTitle;
use crate::schema::Kind;
use crate::source::Span;

impl Reader<'_> {
    /// The title of a page that has none in its front matter, which may be a fault.
    pub(super) fn title(
        &mut self,
        entries: &[(Key, Node)],
        head: Span,
        broken: bool,
        heading: Option<&HeadingTitle>,
    ) {
        if !self.summary.title.is_empty() {
            return;
        }
        self.summary.title = self.options.prefixes.title(self.path, self.lang);
        self.written.title.clone_from(&self.summary.title);
        let suggestion = quotes_if_needed(&self.summary.title);
        match entries.iter().find(|(k, _)| k.text == "title") {
            Some((key, node)) if matches!(node.value, NodeValue::Null | NodeValue::Scalar { .. }) => {
                let help = format!("write the page's title after the colon, such as: title: {suggestion}");
                self.error(code::MISSING_FIELD, key.span, "the title is empty".to_owned(), help);
            }
            Some(_) => {}
            None if broken => {}
            None => {
                if let Some(heading) = heading {
                    self.summary.title.clone_from(&heading.title);
                    self.written.title.clone_from(&heading.written);
                    self.diagnostics.extend(heading.told.iter().cloned());
                    self.summary.spans.insert("title".into(), heading.span);
                    return;
                }
                let help = if entries.is_empty() {
                    format!(
                        "begin the file with three lines: `---`, `title: {suggestion}` and `---`, or with the line `# {}`",
                        self.summary.title
                    )
                } else {
                    format!("add a line to the front matter, such as: title: {suggestion}")
                };
                self.error(code::MISSING_FIELD, head, "the page has no title".to_owned(), help);
            }
        }
    }

    /// Defaults and complaints for the kind's fields that were not written.
    pub(super) fn required(&mut self, kind: &Kind, entries: &[(Key, Node)], head: Span, lang: &str) {
        for field in &kind.fields {
            if self.summary.fields.contains_key(&*field.name) {
                continue;
            }
            let written = entries.iter().find(|(k, _)| k.text == field.name);
            let empty = |node: &Node| {
                matches!(&node.value, NodeValue::Null | NodeValue::Scalar { .. }) && blank(node)
            };
            if let Some(default) = &field.default {
                // What is wrong with its words is told in the settings.
                let words = Words::new(self.options.values, self.lang);
                let value = words::filled(default.clone(), words, self.path, head, &mut Vec::new());
                self.summary.fields.insert(field.name.as_str().into(), value);
            } else if field.required && written.is_none_or(|(_, node)| empty(node)) {
                let span = written.map_or(head, |(key, _)| key.span);
                let message = format!("a page of kind `{}` needs `{}`", kind.name, field.name);
                let example = if field.example.is_empty() { "…" } else { &field.example };
                let mut help = format!("add a line such as: {}: {example}", field.name);
                let about = field.help.get(lang);
                if !about.is_empty() {
                    help.push_str(&format!(" ({about})"));
                }
                self.error(code::MISSING_FIELD, span, message, help);
            }
        }
    }
}
