//! Diagnostics as GitHub Actions annotations: `::error file=…,line=…,title=…::message`.
//!
//! The format is that of GitHub's workflow commands: in values `%`, line ends, `:` and `,` are percent-encoded.

use super::place::{Places, positions};
use super::{Diagnostic, Severity, SourceText};
use std::fmt::Write;

/// All diagnostics, one command a line.
pub fn render(diagnostics: &[Diagnostic], text: &dyn SourceText) -> String {
    let mut out = String::new();
    let mut places = Places::new(text);
    for d in diagnostics {
        let command = match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut line = format!("::{command} ");
        if let Some(path) = &d.path {
            let _ = write!(line, "file={},", property(&text.in_repository(path)));
        }
        if let Some((start, end)) = places.of(d).map(|place| positions(&place, d.span)) {
            let _ = write!(line, "line={},endLine={},", start.line, end.line);
            // GitHub takes columns only within one line, and counts the last one in.
            if start.line == end.line {
                let _ =
                    write!(line, "col={},endColumn={},", start.column, end.column.max(start.column + 1) - 1);
            }
        }
        let _ = write!(line, "title={}::{}", property(d.code.name()), data(&d.message));
        if let Some(help) = &d.help {
            let _ = write!(line, "%0A{}", data(help));
        }
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::place::testing::{diagnostics, files};
    use super::*;

    #[test]
    fn commands_are_escaped() {
        let out = render(&diagnostics(), &files());
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[0], "::warning title=missing-home::there is no start page");
        assert_eq!(
            lines[2],
            "::error file=content/a b.md,line=2,endLine=2,col=1,endColumn=6,title=unknown-key::no key `título`, 100%25 sure%0Adid you mean `title`?"
        );
        assert!(lines[5].starts_with("::error file=gone.md,title=unreadable-file::gone"));
        assert!(lines[5].ends_with("%0Anext"));
    }
}
