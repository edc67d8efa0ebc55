//! Diagnostics for programs: one JSON object a line.
//!
//! Keys: `code`, `severity`, `message`, `path`, `line`, `column`, `end_line`, `end_column`, `help`, `labels` (other places,
//! each with a `message`), `fix` (what is replaced, and its `replacement`); null or empty where there is nothing to say.
//! Lines and columns count from 1, columns in characters; the end is one past the last character.

use super::place::{Place, Places, positions};
use super::{Diagnostic, Severity, SourceText};
use crate::source::Span;
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    path: Option<&'a str>,
    #[serde(flatten)]
    at: At,
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    path: &'a str,
    #[serde(flatten)]
    at: At,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    #[serde(flatten)]
    at: At,
    replacement: &'a str,
}

/// A place; nothing where the file cannot be read.
#[derive(Serialize, Default)]
struct At {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl At {
    fn new(place: Option<&Place>, span: Span) -> At {
        let Some((start, end)) = place.map(|place| positions(place, span)) else { return At::default() };
        let (line, column) = (Some(start.line), Some(start.column));
        At { line, column, end_line: Some(end.line), end_column: Some(end.column) }
    }
}

/// All diagnostics, one object a line.
pub fn render(diagnostics: &[Diagnostic], text: &dyn SourceText) -> String {
    let mut out = String::new();
    let mut places = Places::new(text);
    for d in diagnostics {
        let label = |label: &super::Label| At::new(places.file(&label.path).as_deref(), label.span);
        let labels: Vec<At> = d.labels.iter().map(label).collect();
        let labels = d.labels.iter().zip(labels);
        let place = places.of(d);
        let line = Line {
            code: d.code.name(),
            severity: d.severity,
            message: &d.message,
            path: d.path.as_ref().map(|p| p.as_str()),
            at: At::new(place.as_deref(), d.span),
            help: d.help.as_deref(),
            labels: labels
                .map(|(label, at)| Label { path: label.path.as_str(), at, message: &label.message })
                .collect(),
            fix: d
                .fix
                .as_ref()
                .map(|fix| Fix { at: At::new(place.as_deref(), fix.span), replacement: &fix.replacement }),
        };
        // A struct of texts and numbers cannot fail to serialise.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::place::testing::{diagnostics, files};
    use super::*;

    #[test]
    fn one_object_a_line() {
        let out = render(&diagnostics(), &files());
        let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), 6);
        assert_eq!(
            lines[2],
            serde_json::json!({
                "code": "unknown-key", "severity": "error", "message": "no key `título`, 100% sure", "path": "content/a b.md",
                "line": 2, "column": 1, "end_line": 2, "end_column": 7, "help": "did you mean `title`?", "labels": [], "fix": null
            })
        );
        assert_eq!(
            (&lines[0]["path"], &lines[0]["line"]),
            (&serde_json::Value::Null, &serde_json::Value::Null)
        );
        assert_eq!((&lines[5]["path"], &lines[5]["line"]), (&"gone.md".into(), &serde_json::Value::Null));
        assert_eq!(
            (&lines[3]["line"], &lines[3]["column"], &lines[3]["end_column"]),
            (&3.into(), &8.into(), &17.into())
        );
        assert_eq!(
            lines[3]["fix"],
            serde_json::json!({"line": 3, "column": 8, "end_line": 3, "end_column": 17, "replacement": "\"Fees: pay\""})
        );
        assert_eq!(
            lines[4]["labels"],
            serde_json::json!([{
                "path": "content/a b.md", "line": 3, "column": 1, "end_line": 3, "end_column": 6, "message": "it stands here first"
            }])
        );
    }
}
