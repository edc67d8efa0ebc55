//! `guidepost check`: everything `build` looks at and all rules, without writing the site.

use super::Outcome;
use super::args::{CheckArgs, CheckFormat, Format};
use super::build::NoText;
use super::work::Work;
use super::{external, publish_check, published, report};
use crate::check::{fix, lock, manual_checks};
use crate::diag::{Diagnostic, Fix, Severity, SourceText, code};
use crate::engine::{Engine, Which};
use crate::source::SourcePath;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Instant;

/// Maximum number of times that `--fix` looks again.
const MAX_ROUNDS: usize = 4;

/// Runs the command.
pub fn run(args: &CheckArgs) -> Outcome {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    if args.publish && matches!(args.format, CheckFormat::Sarif | CheckFormat::Github) {
        report::say("--publish prints its list for people, or as --format json.");
        return Outcome::CouldNotRun;
    }
    let start = Instant::now();
    // What the last build kept spares work; nothing is kept by a check.
    let opened = Work::open(&args.site, false, false, false, true).and_then(|mut work| {
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
    let mut diagnostics = look(&mut work, args.external);
    if args.fix || args.dry_run {
        // Fixes that overlap wait for the next round, and some faults show only when others are gone.
        for _ in 0..MAX_ROUNDS {
            let changed = apply_fixes(&work, &diagnostics, args.dry_run);
            if changed == 0 || args.dry_run {
                break;
            }
            work.sweep();
            // What other sites answered is kept.
            diagnostics = look(&mut work, false);
        }
    }
    if args.publish {
        if !lock(&mut work, args) {
            return Outcome::CouldNotRun;
        }
        return publish_check::run(&mut work, &diagnostics, args.format, args.all);
    }
    let files = work.session.files.clone();
    let text = files.as_ref();
    match args.format {
        CheckFormat::Human if args.all => report::problems(&diagnostics, text, Format::Human),
        format => report::in_format(&diagnostics, text, format),
    }
    if args.format == CheckFormat::Human
        && let Some(engine) = work.engine()
    {
        last_words(engine, &diagnostics, start.elapsed());
    }
    let outcome = report::strictly(report::outcome(&diagnostics), &diagnostics, args.strict);
    // Of a site that could not be read no address is known.
    if !matches!(outcome, Outcome::CouldNotRun) && !lock(&mut work, args) {
        return Outcome::CouldNotRun;
    }
    outcome
}

/// What was found in one line, and what a program cannot find: never that all is well.
fn last_words(engine: &Engine, diagnostics: &[Diagnostic], time: std::time::Duration) {
    let extent = report::extent(engine);
    let time = report::duration(time);
    let list = engine.look(|site| manual_checks(site, diagnostics)).unwrap_or_default();
    let things = report::count(list.len(), "thing", "things");
    if diagnostics.iter().all(|d| d.severity == Severity::Note) {
        report::say(format_args!(
            "Automatic checks passed for {extent}, {time}; {things} a person must look at:"
        ));
    } else {
        let tally = report::tally(diagnostics);
        report::say(format_args!("Checked {extent}: {tally}, {time}. {things} a person must look at:"));
    }
    for thing in list {
        report::say(format_args!("  - {thing}"));
    }
}

/// Writes the files that keep what was published, as far as they are asked for. Gives whether that went well.
fn lock(work: &mut Work, args: &CheckArgs) -> bool {
    (!args.lock_addresses || lock_addresses(work)) && (!args.lock_texts || published::keep(work))
}

/// Adds the site's addresses to `urls.lock`. Gives whether that went well.
fn lock_addresses(work: &mut Work) -> bool {
    let Some(engine) = work.engine() else { return false };
    let addresses = engine.lasting_addresses();
    let base_url = engine.config().base_url.clone();
    let files = work.session.files.clone();
    let known = SourcePath::new(lock::FILE).ok().and_then(|path| files.text(&path));
    let known = known.as_deref().map(String::from_utf8_lossy);
    let (text, added) = lock::write(known.as_deref(), &addresses, base_url.as_deref());
    if added > 0 {
        let path = files.mounts().root().join(lock::FILE);
        if let Err(error) = files.disk.write_atomic(&path, text.as_bytes()) {
            report::say(format_args!("{} could not be written: {error}.", path.display()));
            return false;
        }
    }
    let new = report::count(added, "new address", "new addresses");
    report::say(format_args!("{}: {new}, {} in the site now.", lock::FILE, addresses.len()));
    true
}

fn out(text: &str) {
    // A closed output: nobody reads on.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Runs all rules, and asks other sites if that is wanted.
pub(super) fn look(work: &mut Work, ask_others: bool) -> Vec<Diagnostic> {
    let (disk, cache) = (work.session.files.disk.clone(), work.session.cache.clone());
    let Some(engine) = work.engine() else { return Vec::new() };
    engine.render(Which::All, &|_| {});
    engine.check();
    if work.recover() {
        return look(work, ask_others);
    }
    let Some(engine) = work.engine() else { return Vec::new() };
    if ask_others {
        let links = engine.external_links();
        report::say(format_args!("Asking for {}.", report::count(links.len(), "other page", "other pages")));
        let today = engine.options().date;
        let asked = external::ask(disk.as_ref(), &cache, &links, today, external::retry_policy(), &|left| {
            if left > 0 && left.is_multiple_of(25) {
                report::say(format_args!("{left} left."));
            }
        });
        if asked.known > 0 {
            report::say(format_args!("{} were asked less than a week ago.", asked.known));
        }
        engine.set_answers(asked.answers);
        engine.check();
    }
    let mut all = engine.diagnostics();
    all.extend(engine.errors_ahead(true, &all));
    if !matches!(engine.config().checks.levels.get(code::THEME_CHANGED.name()), Some(None)) {
        all.extend(super::theme::outdated(work.session.files.mounts().root()));
    }
    crate::diag::sort(&mut all);
    all
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
fn apply_fixes(work: &Work, diagnostics: &[Diagnostic], dry_run: bool) -> usize {
    let mut by_file: BTreeMap<&SourcePath, Vec<Fix>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(path), Some(fix)) = (&diagnostic.path, &diagnostic.fix) {
            by_file.entry(path).or_default().push(fix.clone());
        }
    }
    let files = &work.session.files;
    let mut touched = 0;
    for (path, fixes) in by_file {
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
