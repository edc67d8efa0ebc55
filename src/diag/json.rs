//! Diagnostics for programs: one JSON object a line.
//!
//! Keys: `code`, `severity`, `message`, `path`, `line`, `column`, `end_line`, `end_column`, `help`; null where there is
//! nothing to say. Lines and columns count from 1, columns in characters; the end is one past the last character.

use super::place::each;
use super::{Diagnostic, Severity, SourceText};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
}

/// All diagnostics, one object a line.
pub fn render(diagnostics: &[Diagnostic], text: &dyn SourceText) -> String {
    let mut out = String::new();
    each(diagnostics, text, |d, place| {
        let (start, end) = place.map(|p| p.positions(d.span)).unzip();
        let line = Line {
            code: d.code.name(),
            severity: d.severity,
            message: &d.message,
            path: d.path.as_ref().map(|p| p.as_str()),
            line: start.map(|p| p.line),
            column: start.map(|p| p.column),
            end_line: end.map(|p| p.line),
            end_column: end.map(|p| p.column),
            help: d.help.as_deref(),
        };
        // A struct of texts and numbers cannot fail to serialise.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    });
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
                "line": 2, "column": 1, "end_line": 2, "end_column": 7, "help": "did you mean `title`?"
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
    }
}
