//! Values of fields, out of front matter ([`read_node`]) and out of the lines of an entry ([`read_text`]).
//!
//! Both give the value, or none with the problems; "nothing written" is none without a problem: whoever asks
//! knows whether the field is required. Messages name choices in the page's language.

use super::scalar::{self, Fault};
use super::{Field, FieldType, FieldValue};
use crate::config::yaml::{Node, NodeValue, quoted};
use crate::diag::{Diagnostic, Parsed, closest, code};
use crate::source::{SourcePath, Span};

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// The language of the page.
    pub lang: &'a str,
}

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    /// In YAML, without quotes.
    Plain,
    /// In YAML, in quotes or as a block.
    Quoted,
    /// On the line of an entry.
    Line,
}

/// Reads the value of `field` from YAML.
pub fn read_node(field: &Field, node: &Node, context: ReadContext<'_>) -> Parsed<Option<FieldValue>> {
    let reader = Reader { field, context, name: &field.name };
    let mut out = Parsed::clean(None);
    out.value = reader.node(&field.ty, node, &mut out.diagnostics);
    out
}

/// Reads the value of `field` from the text behind a label in an entry; `span` is where the text stands.
pub fn read_text(
    field: &Field,
    text: &str,
    span: Span,
    context: ReadContext<'_>,
) -> Parsed<Option<FieldValue>> {
    let label = field.label.get(context.lang);
    let name = if label.is_empty() { &field.name } else { label };
    let reader = Reader { field, context, name };
    let mut out = Parsed::clean(None);
    out.value = match &field.ty {
        FieldType::List(item) => reader.split(item, text, span, Written::Line, &mut out.diagnostics),
        ty => reader.scalar(ty, text.trim(), Written::Line, span, &mut out.diagnostics),
    };
    out
}

struct Reader<'a> {
    field: &'a Field,
    context: ReadContext<'a>,
    /// What messages call the field.
    name: &'a str,
}

impl Reader<'_> {
    fn node(&self, ty: &FieldType, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<FieldValue> {
        match (&node.value, ty) {
            (NodeValue::Null | NodeValue::Broken, _) => None,
            (NodeValue::List(items), FieldType::List(item)) => {
                let values: Vec<FieldValue> =
                    items.iter().filter_map(|n| self.node(item, n, diagnostics)).collect();
                (!values.is_empty()).then_some(FieldValue::List(values))
            }
            (NodeValue::Scalar { text, plain }, FieldType::List(item)) => {
                let written = if *plain { Written::Plain } else { Written::Quoted };
                if *plain {
                    self.split(item, text, node.span, written, diagnostics)
                } else {
                    self.scalar(item, text, written, node.span, diagnostics)
                        .map(|v| FieldValue::List(vec![v]))
                }
            }
            (NodeValue::Scalar { text, plain }, ty) => {
                let written = if *plain { Written::Plain } else { Written::Quoted };
                self.scalar(ty, text, written, node.span, diagnostics)
            }
            (NodeValue::List(_) | NodeValue::Map(_), _) => {
                let message = format!("`{}` must be {}, not {}", self.name, noun(ty), node.describe());
                let d = Diagnostic::error(code::WRONG_TYPE, self.context.path, node.span, message);
                diagnostics.push(d.help(self.example(ty)));
                None
            }
        }
    }

    /// Several values on one line: between `;` if there is any, else between `,`.
    fn split(
        &self,
        item: &FieldType,
        text: &str,
        span: Span,
        written: Written,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<FieldValue> {
        let mark = if text.contains(';') { ';' } else { ',' };
        let exact = (span.end - span.start) as usize == text.len();
        let mut at = 0;
        let mut values = Vec::new();
        for part in text.split(mark) {
            let trimmed = part.trim();
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            if trimmed.is_empty() {
                continue;
            }
            let here = if exact {
                Span::new(start, start + trimmed.len()).shifted(span.start as usize)
            } else {
                span
            };
            values.extend(self.scalar(item, trimmed, written, here, diagnostics));
        }
        (!values.is_empty()).then_some(FieldValue::List(values))
    }

    fn scalar(
        &self,
        ty: &FieldType,
        text: &str,
        written: Written,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<FieldValue> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match self.value(ty, text, written) {
            Ok(value) => Some(value),
            Err(fault) => {
                diagnostics.push(fault_at(self.context.path, span, self.name, fault));
                None
            }
        }
    }

    fn value(&self, ty: &FieldType, text: &str, written: Written) -> Result<FieldValue, Fault> {
        let unquoted = |what: &str| {
            let fault = Fault::new(
                format!("must be {what}, and `{}` in quotes is a text", text),
                "delete the quotes",
            );
            Err(fault.mended(text))
        };
        match ty {
            FieldType::Text | FieldType::Markdown | FieldType::Reference(_) => {
                Ok(FieldValue::Text(text.to_owned()))
            }
            FieldType::Integer => match scalar::integer(text)? {
                _ if written == Written::Quoted => unquoted("a whole number"),
                n => Ok(FieldValue::Integer(n)),
            },
            FieldType::Number => match scalar::number(text)? {
                _ if written == Written::Quoted => unquoted("a number"),
                n => Ok(FieldValue::Number(n)),
            },
            FieldType::Boolean => match scalar::boolean(text)? {
                _ if written == Written::Quoted => unquoted("true or false"),
                b => Ok(FieldValue::Boolean(b)),
            },
            FieldType::Date => scalar::date(text).map(FieldValue::Date),
            FieldType::Duration => scalar::length(text).map(FieldValue::Duration),
            FieldType::Range => scalar::range(text).map(|(from, to)| FieldValue::Range(from, to)),
            FieldType::Url => scalar::url(text).map(|t| FieldValue::Text(t.to_owned())),
            FieldType::Email => scalar::email(text).map(|t| FieldValue::Text(t.to_owned())),
            FieldType::Image => self.image(text),
            FieldType::Choice => match self.field.choice(text, self.context.lang) {
                Some(choice) => Ok(FieldValue::Text(choice.value.clone())),
                // That it has no choices was told where it is described.
                None if self.field.choices.is_empty() => Ok(FieldValue::Text(text.to_owned())),
                None => Err(self.wrong_choice(text)),
            },
            FieldType::List(item) => self.value(item, text, written).map(|v| FieldValue::List(vec![v])),
        }
    }

    fn image(&self, text: &str) -> Result<FieldValue, Fault> {
        let help = "write the image's file name as seen from the page, such as photo.jpg";
        if text.contains(':') || text.starts_with("//") {
            return Err(Fault::new(format!("must be a file of the site, not an address: `{text}`"), help));
        }
        match self.context.path.join_from_folder(text) {
            Ok(_) => Ok(FieldValue::Text(text.to_owned())),
            Err(error) => Err(Fault {
                code: code::OUTSIDE_SITE,
                ..Fault::new(format!("cannot be used: {error}: `{text}`"), help)
            }),
        }
    }

    fn wrong_choice(&self, text: &str) -> Fault {
        let lang = self.context.lang;
        let label = |c: &'_ super::Choice| match c.label.exact(lang) {
            Some(label) => label.to_owned(),
            None => c.value.clone(),
        };
        let labels: Vec<String> = self.field.choices.iter().map(label).collect();
        let near = closest(text, labels.iter().map(String::as_str));
        let list = labels.join(", ");
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Choices: {list}"),
            None => format!("choices: {list}"),
        };
        let fault = Fault { code: code::WRONG_CHOICE, ..Fault::new(format!("cannot be `{text}`"), help) };
        match near {
            Some(near) => fault.mended(near),
            None => fault,
        }
    }

    fn example(&self, ty: &FieldType) -> String {
        let name = &self.field.name;
        match ty {
            FieldType::List(_) => format!("write {name}: [one, two]"),
            _ if !self.field.example.is_empty() => format!("write {name}: {}", self.field.example),
            FieldType::Date => format!("write {name}: 2026-11-22"),
            FieldType::Boolean => format!("write {name}: true or {name}: false"),
            FieldType::Integer | FieldType::Number => format!("write {name}: 1"),
            FieldType::Range => format!("write {name}: 3-6"),
            _ => format!(
                "write {name}: and one text on the same line; put quotes around a text that begins with `[` or `{{`"
            ),
        }
    }
}

/// A fault as a diagnostic; a mend becomes a fix.
pub fn fault_at(path: &SourcePath, span: Span, name: &str, fault: Fault) -> Diagnostic {
    let d = Diagnostic::error(fault.code, path, span, format!("`{name}` {}", fault.message)).help(fault.help);
    match fault.mended {
        Some(text) if span.end > span.start => {
            let safe = text.chars().all(|c| c.is_alphanumeric() || " -_.+".contains(c));
            let text = if safe { text } else { quoted(&text) };
            d.fix(span, text)
        }
        _ => d,
    }
}

/// What a value of the type is called in a message.
pub fn noun(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Text | FieldType::Markdown => "one text",
        FieldType::Integer => "a whole number",
        FieldType::Number => "a number",
        FieldType::Boolean => "true or false",
        FieldType::Date => "a day",
        FieldType::Duration => "a length of time",
        FieldType::Range => "a number, or from one number to another",
        FieldType::Url => "a web address",
        FieldType::Email => "an e-mail address",
        FieldType::Choice => "one of its choices",
        FieldType::Reference(_) => "the id of an entry or page",
        FieldType::Image => "an image file",
        FieldType::List(_) => "a list",
    }
}
