//! Tera's errors as diagnostics with a file and a span.
//!
//! Syntax and rendering errors carry spans; references to things that do not exist come as one text with a
//! `--> file:line:column` line for each, which is read here.

use super::{TemplateFile, Templates, span_at};
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use std::collections::BTreeMap;
use tera::ErrorKind;

/// One fault that tera found in a template.
pub struct Fault {
    /// Full name of the template.
    pub file: String,
    message: String,
    span: Option<Span>,
}

impl Fault {
    /// The fault as a diagnostic; none when the file is unknown.
    pub fn diagnostic(&self, files: &BTreeMap<String, TemplateFile>) -> Option<Diagnostic> {
        let file = files.get(&self.file)?;
        let found = Diagnostic::error(
            code::TEMPLATE_SYNTAX,
            &file.path,
            self.span.unwrap_or_default(),
            sentence(&self.message),
        );
        Some(found.help("Mend the template; until then every page that uses it shows an error page."))
    }
}

fn sentence(message: &str) -> String {
    let message = message.trim().replace('`', "\"");
    if message.ends_with(['.', '!', '?']) { message } else { format!("{message}.") }
}

/// The faults behind an error of adding templates.
pub fn faults(error: &tera::Error, files: &BTreeMap<String, TemplateFile>) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let word = files.get(report.filename()).and_then(|f| f.text.get(range.clone())).unwrap_or("");
            let message = match report.message() {
                "Unknown tag" if word.starts_with("end") || word.starts_with("el") => {
                    format!(
                        "\"{word}\" has no beginning here: a part above it, such as {{% if %}}, is not closed"
                    )
                }
                message => message.to_string(),
            };
            vec![Fault { file: report.filename().to_string(), message, span: Some(Span::from(range)) }]
        }
        ErrorKind::MissingParent { current, parent } => vec![Fault {
            file: current.clone(),
            message: format!("The template extends \"{parent}\", which does not exist"),
            span: files
                .get(current)
                .and_then(|f| f.text.find(parent.as_str()).map(|i| Span::new(i, i + parent.len()))),
        }],
        ErrorKind::CircularExtend { tpl, inheritance_chain } => vec![Fault {
            file: tpl.clone(),
            message: format!("Templates extend each other in a circle: {}", inheritance_chain.join(" > ")),
            span: None,
        }],
        ErrorKind::CircularInclude { tpl, include_chain } => vec![Fault {
            file: tpl.clone(),
            message: format!("Templates include each other in a circle: {}", include_chain.join(" > ")),
            span: None,
        }],
        ErrorKind::Msg(text) => from_text(text, files),
        _ => Vec::new(),
    }
}

/// The fault for which tera cannot read a file at all, whatever the others are.
pub fn syntax(file: &TemplateFile, files: &BTreeMap<String, TemplateFile>) -> Vec<Fault> {
    match tera::Tera::new().add_raw_template(&file.name, &file.text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => faults(&error, files),
        _ => Vec::new(),
    }
}

/// Reads reports of the form `error: text` / ` --> file:line:column`, and messages that name two files.
fn from_text(text: &str, files: &BTreeMap<String, TemplateFile>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().and_then(|p| p.trim().parse().ok()).unwrap_or(1);
            let row = parts.next().and_then(|p| p.trim().parse().ok()).unwrap_or(1);
            let file = parts.next().unwrap_or("").to_string();
            let span = files.get(&file).map(|f| span_at(&f.text, row, column));
            faults.push(Fault { file, message: message.to_string(), span });
        }
    }
    if faults.is_empty() {
        // "Component `x` is defined in both `a` and `b`": the second one is named.
        let named: Vec<&str> =
            text.split('`').skip(1).step_by(2).filter(|n| files.contains_key(*n)).collect();
        if let Some(last) = named.last() {
            faults.push(Fault { file: last.to_string(), message: text.to_string(), span: None });
        }
    }
    faults
}

/// A rendering error as a diagnostic: at the template's place when tera knows it, else at the start of `template`.
pub fn diagnose(error: &tera::Error, template: &str, templates: &Templates) -> Option<Diagnostic> {
    let (name, span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.filename().to_string(),
            Span::from(report.span().range.clone()),
            report.message().to_string(),
        ),
        _ => (template.to_string(), Span::default(), error.to_string()),
    };
    let full = templates.resolve(&name)?;
    let file = templates.file(full)?;
    let (code, help) = match &message {
        m if m.starts_with("asset(") || m.starts_with("svg(") => (
            code::MISSING_ASSET,
            "Put the file into assets/ of the site or its theme, or correct its name; upper and lower case matter.",
        ),
        m if m.starts_with("t(") => {
            (code::MISSING_TEXT, "Add the text to translations/en.yaml of the site or its theme.")
        }
        m if m.starts_with("link(") => {
            (code::TEMPLATE_RENDER, "Write the page's path below content/, such as delivery/index.md.")
        }
        m if m.contains("argument") => {
            (code::TEMPLATE_RENDER, "The manual lists each function with the arguments it takes.")
        }
        _ => (
            code::TEMPLATE_RENDER,
            "Values that may be missing are written with a fallback: {{ page.owner or \"\" }}.",
        ),
    };
    Some(Diagnostic::error(code, &file.path, span, sentence(&message)).help(help))
}
