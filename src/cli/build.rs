//! `guidepost build`: scan, apply, render, write.

use super::args::{BuildArgs, CheckFormat, Format, SiteArgs};
use super::changes::{self, Changes};
use super::report;
use super::work::Work;
use super::{Outcome, publish_check};
use crate::diag::{Diagnostic, Severity, code};
use crate::engine::Counts;
use crate::io::write::WriteReport;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Time after which a build on a terminal shows a bar.
const PROGRESS_AFTER: Duration = Duration::from_millis(500);

/// Runs the command, from its first read to its last write on the same few threads.
pub fn run(args: &BuildArgs) -> Outcome {
    match crate::engine::pool(super::session::threads(args.site.jobs)) {
        Ok(pool) => pool.install(|| build(args)),
        // The engine asks for threads too, and says what is wrong.
        Err(_) => build(args),
    }
}

fn build(args: &BuildArgs) -> Outcome {
    let start = Instant::now();
    let could_not = |problem: Box<crate::diag::Diagnostic>| {
        report::in_format(&[*problem], &NoText, args.format);
        Outcome::CouldNotRun
    };
    let check = !args.no_checks;
    let mut work = match Work::open(&args.site, false, false, true, !args.no_cache) {
        Ok(work) => work,
        Err(problem) => return could_not(problem),
    };
    work.looks_ahead = true;
    if args.dry_run {
        return dry_run(work, args);
    }
    let said = match work.scan(check) {
        Ok(said) => said,
        Err(problem) => return could_not(problem),
    };
    let (mut counts, mut written) = (Counts::default(), WriteReport::default());
    let (diagnostics, extent, left_out, to_do) = match said {
        Some(said) => {
            let (extent, left_out, to_do) = (said.extent.clone(), said.left_out.clone(), said.to_do.clone());
            (said.diagnostics(check), extent, left_out, to_do)
        }
        None => {
            if let Some(engine) = work.engine() {
                engine.drop_bodies_after_render(true);
            }
            let bar = Bar::new(start);
            let (diagnostics, report) = work.make_and_write(check, &|total| bar.step(total));
            bar.done();
            written = report;
            if !args.no_cache {
                work.save(check, &diagnostics);
            } else {
                work.save_manifest();
            }
            let Some(engine) = work.engine() else { return Outcome::CouldNotRun };
            counts = engine.take_counts();
            let to_do = publish_check::line(engine, &diagnostics);
            (diagnostics, report::extent(engine), report::left_out(engine), to_do)
        }
    };
    let total = start.elapsed();
    let failed = report::has_errors(&diagnostics);
    let told = told(&diagnostics, args, to_do.is_some() && !failed && check);
    report::in_format(&told, work.session.files.as_ref(), args.format);
    let since = Changes::since_published(&work.session);
    if args.stats {
        let mut milliseconds: serde_json::Map<String, serde_json::Value> =
            work.stage_timer.close().into_iter().map(|(stage, ms)| (stage.to_owned(), ms.into())).collect();
        milliseconds.insert("total".to_owned(), (total.as_micros() as f64 / 1000.0).into());
        let stats = serde_json::json!({
            "parsed": counts.parsed, "assembled": counts.assembled, "rendered": counts.rendered,
            "fragments": counts.fragments, "written": written.written.len(), "unchanged": written.unchanged,
            "removed": written.removed.len(), "read": work.read, "checked": work.checked,
            "milliseconds": milliseconds, "since_published": since.as_ref().map(Changes::json),
        });
        let _ = writeln!(std::io::stdout(), "{stats}");
    }
    if args.format == CheckFormat::Human && (failed || !args.tone.quiet) {
        let mut say = anstream::stderr();
        if let Some(left_out) = left_out {
            let _ = writeln!(say, "{left_out}");
        }
        let hidden = diagnostics.iter().filter(|d| d.severity == Severity::Note).count();
        let tally = match (args.tone.notes, hidden) {
            (false, 1..) => {
                let notes = report::count(hidden, "note", "notes");
                format!("{} ({notes}: --notes shows them)", report::tally(&told))
            }
            _ => report::tally(&told),
        };
        let time = report::duration(total);
        let _ = if failed {
            writeln!(say, "Not built: {extent}, {tally}, {time}. The last good site was left as it is.")
        } else {
            let files = report::count(written.written.len(), "file", "files");
            let index = work.session.out.path().join("index.html");
            writeln!(say, "Built {extent}: {files} written, {tally}, {time}. Open {}", index.display())
        };
        if let Some(to_do) = to_do.filter(|_| !failed && check) {
            let _ = writeln!(say, "{to_do}");
        }
        if let Some(since) = since.filter(|since| !failed && !since.is_empty()) {
            let _ = writeln!(say, "Since you published last: {}.", since.line());
        }
    }
    // The program ends here: to take a large site's memory apart piece by piece would be a twentieth of the build. The
    // system frees it at once, and with it the lock.
    std::mem::forget(work);
    report::strictly(report::outcome(&diagnostics), &diagnostics, args.tone.strict)
}

/// What is told of the problems: for people notes only when they ask; and what must be filled in before the guide is
/// published is told by the line on that, when there is one.
fn told(diagnostics: &[Diagnostic], args: &BuildArgs, has_line: bool) -> Vec<Diagnostic> {
    if args.format != CheckFormat::Human || args.tone.notes {
        return diagnostics.to_vec();
    }
    let by_line = |d: &Diagnostic| has_line && d.severity == Severity::Warning && d.code == code::PLACEHOLDER;
    diagnostics.iter().filter(|d| d.severity != Severity::Note && !by_line(d)).cloned().collect()
}

/// Makes all and writes nothing: says what would become of the folder that is written.
fn dry_run(mut work: Work, args: &BuildArgs) -> Outcome {
    if let Err(problem) = work.open_engine() {
        report::in_format(&[*problem], &NoText, args.format);
        return Outcome::CouldNotRun;
    }
    let diagnostics = super::check::look(&mut work, false);
    let failed = report::has_errors(&diagnostics);
    let told = told(&diagnostics, args, false);
    report::in_format(&told, work.session.files.as_ref(), args.format);
    let before = work.session.manifest.outputs().map(|(path, print)| (path.clone(), print)).collect();
    let Some(engine) = work.engine() else { return Outcome::CouldNotRun };
    let now = engine.expected().map(|(path, made)| (path.clone(), made.unwrap_or_default())).collect();
    let changes = Changes::between(&before, &now);
    if args.stats {
        changes::tell(&changes);
    }
    if args.format == CheckFormat::Human {
        if failed {
            report::say(format_args!("Would not be built: {}.", report::tally(&diagnostics)));
        } else {
            report::say(format_args!("Would be written: {}.", changes.line()));
            changes.lines().into_iter().for_each(report::say);
        }
    }
    report::strictly(report::outcome(&diagnostics), &diagnostics, args.tone.strict)
}

/// Builds the site for a command that goes on with what was written; `not_done` says what errors keep it from.
pub(super) fn built(site: &SiteArgs, not_done: &str) -> Result<(Work, Vec<Diagnostic>), Outcome> {
    let opened = Work::open(site, false, false, true, true);
    let mut work = opened.and_then(|mut work| work.open_engine().map(|()| work)).map_err(|problem| {
        report::problems(&[*problem], &NoText, Format::Human);
        Outcome::CouldNotRun
    })?;
    work.looks_ahead = true;
    let (diagnostics, _) = work.make_and_write(true, &|_| {});
    work.save(true, &diagnostics);
    if report::has_errors(&diagnostics) {
        report::first_problems(&diagnostics, work.session.files.as_ref(), Format::Human);
        report::say(not_done);
        return Err(report::outcome(&diagnostics));
    }
    Ok((work, diagnostics))
}

/// Stands in where there is no site to read from.
pub struct NoText;

impl crate::diag::SourceText for NoText {
    fn text(&self, _: &crate::source::SourcePath) -> Option<std::sync::Arc<[u8]>> {
        None
    }
}

/// A progress bar that appears only when the work takes long and somebody watches.
struct Bar {
    bar: indicatif::ProgressBar,
    start: Instant,
    made: AtomicUsize,
}

impl Bar {
    fn new(start: Instant) -> Self {
        let bar = indicatif::ProgressBar::with_draw_target(None, indicatif::ProgressDrawTarget::hidden());
        Bar { bar, start, made: AtomicUsize::new(0) }
    }

    fn step(&self, total: usize) {
        let made = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        if made.is_multiple_of(64) && self.start.elapsed() > PROGRESS_AFTER {
            if self.bar.is_hidden() {
                // Draws nothing where the error output is no terminal.
                self.bar.set_length(total as u64);
                self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
            self.bar.set_position(made as u64);
        }
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}
