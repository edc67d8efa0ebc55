//! What the commands say at the end: the problems, and one line in plain words.

use super::args::Format;
use crate::diag::{Diagnostic, Severity, SourceText};
use crate::engine::Engine;
use crate::site::LeftOutReason;
use std::fmt::Write as _;
use std::io::Write as _;

/// Prints problems: for people to the error output, as JSON to the standard output.
pub fn problems(diagnostics: &[Diagnostic], text: &dyn SourceText, format: Format) {
    match format {
        Format::Human => {
            let shown = crate::diag::human::render(diagnostics, text, crate::diag::human::Colors::Ansi);
            // anstream strips the color where the output is no terminal or NO_COLOR is set.
            let _ = anstream::stderr().write_all(shown.as_bytes());
        }
        Format::Json => {
            let shown = crate::diag::json::render(diagnostics, text);
            let _ = std::io::stdout().write_all(shown.as_bytes());
        }
    }
}

/// Prints a line on the standard output. A closed one is nothing to complain about.
pub fn tell(line: impl std::fmt::Display) {
    let _ = writeln!(anstream::stdout(), "{line}");
}

/// Prints a line on the error output. A closed one is nothing to complain about.
pub fn say(line: impl std::fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// `1 page`, `2 pages`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What was left out, in plain words; none when nothing was.
pub fn left_out(engine: &Engine) -> Option<String> {
    let (mut drafts, mut scheduled, mut expired) = (0, 0, 0);
    for page in engine.left_out() {
        match page.reason {
            LeftOutReason::Draft => drafts += 1,
            LeftOutReason::Scheduled(_) => scheduled += 1,
            LeftOutReason::Expired(_) => expired += 1,
        }
    }
    let parts: Vec<String> = [
        (drafts, "draft", "drafts"),
        (scheduled, "not yet due", "not yet due"),
        (expired, "expired", "expired"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| count(n, one, many))
    .collect();
    (!parts.is_empty()).then(|| format!("Left out: {}.", parts.join(", ")))
}

/// `no problems`, `2 errors, 1 warning`.
pub fn tally(diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error", "errors"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning", "warnings"));
    }
    if parts.is_empty() { "no problems".into() } else { parts.join(", ") }
}

/// Whether any problem is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// The published pages and the languages of a site: `42 pages in 3 languages`.
pub fn extent(engine: &Engine) -> String {
    let pages = engine.documents().count().saturating_sub(engine.left_out().len());
    let mut out = count(pages, "page", "pages");
    let languages = engine.config().languages.len();
    if languages > 1 {
        let _ = write!(out, " in {languages} languages");
    }
    out
}

/// A length of time for people.
pub fn duration(time: std::time::Duration) -> String {
    let ms = time.as_millis();
    if ms < 1000 { format!("{ms} ms") } else { format!("{:.1} s", time.as_secs_f64()) }
}
