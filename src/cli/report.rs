//! What the commands say at the end: the problems, and one line in plain words.

use super::Outcome;
use super::args::{CheckFormat, Format};
use crate::diag::human::{Colors, Extent, render};
use crate::diag::{Diagnostic, Severity, SourceText};
use crate::engine::Engine;
use crate::site::LeftOutReason;
use crate::source::SourcePath;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// Maximum number of problems of one kind that are printed for people, errors aside: whoever has more wants to know how
/// many.
const MAX_OF_ONE_KIND: usize = 20;
/// Maximum number of problems that are all printed again after each change; of more, only new ones are.
const MAX_AT_A_GLANCE: usize = 40;

/// Prints problems: for people to the error output, as JSON to the standard output.
pub fn problems(diagnostics: &[Diagnostic], text: &dyn SourceText, format: Format) {
    match format {
        Format::Human => for_people(diagnostics, text, Extent::Whole),
        Format::Json => {
            let shown = crate::diag::json::render(diagnostics, text);
            let _ = std::io::stdout().write_all(shown.as_bytes());
        }
    }
}

fn for_people(diagnostics: &[Diagnostic], text: &dyn SourceText, extent: Extent) {
    // Where the output is no terminal or NO_COLOR is set, color is not made rather than taken out again.
    if anstream::AutoStream::choice(&std::io::stderr()) == anstream::ColorChoice::Never {
        let _ = std::io::stderr().write_all(render(diagnostics, text, Colors::Plain, extent).as_bytes());
    } else {
        let _ = anstream::stderr().write_all(render(diagnostics, text, Colors::Ansi, extent).as_bytes());
    }
}

/// Prints errors, and of each other kind of problem the first few; then how many more there are. As JSON: all.
pub fn first_problems(diagnostics: &[Diagnostic], text: &dyn SourceText, format: Format) {
    if format != Format::Human {
        return problems(diagnostics, text, format);
    }
    let (shown, more) = shortened(diagnostics);
    for_people(&shown, text, Extent::Short);
    for line in more {
        say(line);
    }
}

/// All errors, the first few problems of each other kind, and a line for each kind of which there are more.
fn shortened(diagnostics: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<String>) {
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let count = of_kind.entry(diagnostic.code.name()).or_default();
        *count += usize::from(diagnostic.severity != Severity::Error);
        if diagnostic.severity == Severity::Error || *count <= MAX_OF_ONE_KIND {
            shown.push(diagnostic.clone());
        }
    }
    let more = of_kind.into_iter().filter(|(_, count)| *count > MAX_OF_ONE_KIND).map(|(code, count)| {
        let left = count - MAX_OF_ONE_KIND;
        format!("{code}: {left} more of {count} are not shown here. `guidepost check --all` shows them all.")
    });
    (shown, more.collect())
}

/// Prints the problems after a change: all when they are few, else those that were not among `before`.
pub fn problems_since(before: &[Diagnostic], now: &[Diagnostic], text: &dyn SourceText) {
    if now.len() <= MAX_AT_A_GLANCE {
        return problems(now, text, Format::Human);
    }
    let (new, known) = news(before, now);
    first_problems(&new, text, Format::Human);
    if known > 0 {
        say(format_args!("{} as before.", count(known, "problem", "problems")));
    }
}

/// The problems that were not among `before`, and how many were. A problem that only moved with its text was.
fn news(before: &[Diagnostic], now: &[Diagnostic]) -> (Vec<Diagnostic>, usize) {
    let key = |d: &Diagnostic| (d.path.clone(), d.code.name(), d.message.clone());
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for diagnostic in before {
        *known.entry(key(diagnostic)).or_default() += 1;
    }
    let is_new = |d: &&Diagnostic| match known.get_mut(&key(d)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    let new: Vec<Diagnostic> = now.iter().filter(is_new).cloned().collect();
    let same = now.len() - new.len();
    (new, same)
}

/// Prints problems in any format: for people the errors and the first of each other kind, else all.
pub fn in_format(diagnostics: &[Diagnostic], text: &dyn SourceText, format: CheckFormat) {
    let shown = match format {
        CheckFormat::Human => return first_problems(diagnostics, text, Format::Human),
        CheckFormat::Json => return problems(diagnostics, text, Format::Json),
        CheckFormat::Sarif => crate::diag::sarif::render(diagnostics, text),
        CheckFormat::Github => crate::diag::github::render(diagnostics, text),
    };
    // A closed output: nobody reads on.
    let _ = std::io::stdout().write_all(shown.as_bytes());
}

/// How a command ends where warnings may be taken for errors.
pub fn strictly(outcome: Outcome, diagnostics: &[Diagnostic], strict: bool) -> Outcome {
    let warned = strict && diagnostics.iter().any(|d| d.severity == Severity::Warning);
    if matches!(outcome, Outcome::Clean) && warned { Outcome::Errors } else { outcome }
}

/// How a command ends that found these problems.
pub fn outcome(diagnostics: &[Diagnostic]) -> Outcome {
    if crate::engine::stopping(diagnostics).next().is_some() {
        Outcome::CouldNotRun
    } else if has_errors(diagnostics) {
        Outcome::Errors
    } else {
        Outcome::Clean
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

/// Maximum number of causes of pages that are left out that are named.
const MAX_CAUSES: usize = 6;

/// Maximum number of pages that are named whose names begin with `_`.
const MAX_NAMED: usize = 4;

/// What was left out, by what says so, in plain words; none when nothing was.
pub fn left_out(engine: &Engine) -> Option<String> {
    let left = engine.left_out();
    if left.is_empty() {
        return None;
    }
    let titles: BTreeMap<&SourcePath, &str> =
        engine.documents().map(|page| (&page.path, page.summary.title.as_str())).collect();
    let underscored = left.iter().filter(|page| page.reason == LeftOutReason::Underscore);
    let underscored: Vec<&str> = underscored
        .map(|page| page.path.as_str().strip_prefix("content/").unwrap_or(page.path.as_str()))
        .collect();
    let mut causes: BTreeMap<(Option<&SourcePath>, LeftOutReason), usize> = BTreeMap::new();
    for page in left {
        let named = page.reason != LeftOutReason::Underscore;
        *causes.entry((named.then_some(&page.cause), page.reason)).or_default() += 1;
    }
    let more: usize = causes.values().skip(MAX_CAUSES).sum();
    let say = |(cause, reason): &(Option<&SourcePath>, LeftOutReason), pages: usize| {
        let why = match reason {
            LeftOutReason::Draft => "draft".to_owned(),
            LeftOutReason::Scheduled(day) => format!("comes on {day}"),
            LeftOutReason::Expired(day) => format!("shown until {day}"),
            LeftOutReason::Underscore => "name begins with _".to_owned(),
            LeftOutReason::Faulty => "has a mistake".to_owned(),
            LeftOutReason::Unread => "its first day cannot be read".to_owned(),
        };
        let title = cause.map(|path| titles.get(path).copied().unwrap_or(path.as_str()));
        match (title, pages) {
            (Some(title), 1) => format!("{title} ({why})"),
            (Some(title), n) => format!("{title} ({n} pages, {why})"),
            (None, n) => {
                let named = underscored.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
                let more = match underscored.len().saturating_sub(MAX_NAMED) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("{} ({why}): {named}{more}", count(n, "page", "pages"))
            }
        }
    };
    let mut parts: Vec<String> = causes.iter().take(MAX_CAUSES).map(|(cause, n)| say(cause, *n)).collect();
    if more > 0 {
        parts.push(format!("{more} more"));
    }
    Some(format!("Left out: {}.", parts.join("; ")))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code;
    use crate::source::Span;

    fn problem(error: bool, page: usize, at: usize) -> Diagnostic {
        let path = SourcePath::new(&format!("content/p{page}.md")).unwrap();
        if error {
            Diagnostic::error(code::BROKEN_LINK, &path, Span::at(at), "nothing there")
        } else {
            Diagnostic::new(code::READING_LEVEL, Severity::Warning, &path, Span::at(at), "hard")
        }
    }

    #[test]
    fn every_error_is_shown_and_of_many_warnings_the_first() {
        let all: Vec<Diagnostic> = (0..90).map(|i| problem(i % 2 == 0, i, 0)).collect();
        let (shown, more) = shortened(&all);
        let errors = shown.iter().filter(|d| d.severity == Severity::Error).count();
        assert_eq!((errors, shown.len() - errors), (45, MAX_OF_ONE_KIND));
        assert_eq!(
            more,
            ["reading-level: 25 more of 45 are not shown here. `guidepost check --all` shows them all."]
        );
        let few = &all[..2 * MAX_OF_ONE_KIND];
        assert_eq!(shortened(few), (few.to_vec(), Vec::new()));
    }

    #[test]
    fn what_moved_is_not_new_and_what_came_twice_is() {
        let before = [problem(false, 1, 5), problem(false, 2, 5)];
        let now = [problem(false, 1, 9), problem(false, 1, 30), problem(true, 2, 0), problem(false, 2, 5)];
        assert_eq!(news(&before, &now), (vec![now[1].clone(), now[2].clone()], 2));
    }
}
