//! `guidepost check`: everything `build` looks at and all rules, without writing the site.

use super::Outcome;
use super::args::{CheckArgs, CheckFormat, Format};
use super::build::NoText;
use super::report;
use super::work::Work;
use crate::check::fix;
use crate::diag::{Diagnostic, Fix, Severity};
use crate::engine::Which;
use crate::source::SourcePath;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Instant;

/// What automatic checks cannot see. Deque and others find that tools see about a third of what matters.
const BY_PERSON: &[&str] = &[
    "Read each new page aloud once: is it kind, clear and true?",
    "Look at every picture with its description: does the description say what the picture says?",
    "Go through one page with the Tab key alone, and once with a screen reader.",
    "Let somebody who speaks the language read each translation.",
    "Print one page and one activity list: is everything on the paper?",
];

/// Runs the command.
pub fn run(args: &CheckArgs) -> Outcome {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let start = Instant::now();
    let opened = Work::open(&args.site, false, false, false).and_then(|mut work| {
        work.open_engine()?;
        Ok(work)
    });
    let mut work = match opened {
        Ok(work) => work,
        Err(problem) => {
            report::problems(&[*problem], &NoText, Format::Human);
            return Outcome::CouldNotRun;
        }
    };
    let mut diagnostics = look(&mut work);
    if args.fix || args.dry_run {
        let changed = mend(&work, &diagnostics, args.dry_run);
        if changed > 0 && !args.dry_run {
            work.sweep();
            diagnostics = look(&mut work);
        }
    }
    let files = work.session.files.clone();
    let text = files.as_ref();
    match args.format {
        CheckFormat::Human => report::problems(&diagnostics, text, Format::Human),
        CheckFormat::Json => report::problems(&diagnostics, text, Format::Json),
        CheckFormat::Sarif => out(&crate::diag::sarif::render(&diagnostics, text)),
        CheckFormat::Github => out(&crate::diag::github::render(&diagnostics, text)),
    }
    let failed = report::has_errors(&diagnostics);
    if args.format == CheckFormat::Human {
        let extent = work.engine().map_or_else(String::new, |e| report::extent(e));
        let mut say = anstream::stderr();
        let tally = report::tally(&diagnostics);
        let time = report::duration(start.elapsed());
        let clean = diagnostics.iter().all(|d| d.severity == Severity::Note);
        let _ = if clean {
            writeln!(
                say,
                "Automatic checks passed for {extent}, {time}; {} things a person must look at:",
                BY_PERSON.len()
            )
        } else {
            writeln!(
                say,
                "Checked {extent}: {tally}, {time}. {} things a person must look at:",
                BY_PERSON.len()
            )
        };
        for thing in BY_PERSON {
            let _ = writeln!(say, "  - {thing}");
        }
    }
    if failed { Outcome::Errors } else { Outcome::Clean }
}

fn out(text: &str) {
    // A closed output: nobody reads on.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn look(work: &mut Work) -> Vec<Diagnostic> {
    let Some(engine) = work.engine() else { return Vec::new() };
    engine.render(Which::All, &|_| {});
    engine.check();
    engine.diagnostics()
}

fn explain(code: &str) -> Outcome {
    match crate::check::explain(code) {
        Some(text) => {
            out(&text);
            Outcome::Clean
        }
        None => {
            let known = crate::diag::code::ALL.iter().map(|(name, _)| *name);
            let near = crate::diag::closest(code, known);
            let hint = near.map_or(String::new(), |n| format!(" Did you mean {n}?"));
            let _ = writeln!(anstream::stderr(), "There is no check called \"{code}\".{hint}");
            Outcome::CouldNotRun
        }
    }
}

/// Applies the safe mends, or shows what they would change. Gives how many files are touched.
fn mend(work: &Work, diagnostics: &[Diagnostic], dry_run: bool) -> usize {
    let mut by_file: BTreeMap<&SourcePath, Vec<Fix>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(path), Some(fix)) = (&diagnostic.path, &diagnostic.fix) {
            by_file.entry(path).or_default().push(fix.clone());
        }
    }
    let files = &work.session.files;
    let mut touched = 0;
    for (path, fixes) in by_file {
        use crate::diag::SourceText;
        let Some(bytes) = files.text(path) else { continue };
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let Ok(new) = fix::apply(text, &fixes) else { continue };
        if new == text {
            continue;
        }
        touched += 1;
        if dry_run {
            out(&fix::diff(path.as_str(), text, &new));
        } else if let Err(error) = files.disk.write_atomic(&files.mounts().resolve(path), new.as_bytes()) {
            let _ = writeln!(anstream::stderr(), "{path} could not be mended: {error}.");
        } else {
            let _ = writeln!(
                anstream::stderr(),
                "Mended {path}: {}.",
                report::count(fixes.len(), "place", "places")
            );
        }
    }
    touched
}
