//! `guidepost build`: scan, apply, render, write.

use super::Outcome;
use super::args::{BuildArgs, Format};
use super::report;
use super::session::Session;
use crate::engine::{Output, Which};
use crate::io::{manifest, scan, write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A bar is shown on a terminal when a build takes longer than this.
const PATIENCE: Duration = Duration::from_millis(500);

/// Runs the command.
pub fn run(args: &BuildArgs) -> Outcome {
    let start = Instant::now();
    let mut session = match Session::open(&args.site, false, true) {
        Ok(session) => session,
        Err(problem) => {
            report::problems(&[*problem], &NoText, args.format);
            return Outcome::CouldNotRun;
        }
    };
    let mut engine = match session.engine() {
        Ok(engine) => engine,
        Err(problem) => {
            report::problems(&[*problem], &NoText, args.format);
            return Outcome::CouldNotRun;
        }
    };
    let files = session.files.clone();
    let disk = files.disk.as_ref();
    let found = scan::scan(disk, &files.mounts, &session.scan_options, &mut session.table);
    let scanned = start.elapsed();
    engine.set_scan_problems(found.diagnostics);
    engine.apply(found.changes);
    let applied = start.elapsed();

    let outputs: Mutex<Vec<Output>> = Mutex::new(Vec::new());
    let bar = Bar::new(engine.dirty().count(), start);
    engine.render(Which::All, &|output| {
        bar.step();
        outputs.lock().unwrap_or_else(PoisonError::into_inner).push(output);
    });
    bar.done();
    let rendered = start.elapsed();
    let mut outputs = outputs.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut diagnostics = engine.diagnostics();
    let mut written = write::WriteReport::default();
    if !report::has_errors(&diagnostics) {
        outputs.extend(session.manifest.stale(|path| engine.plan().jobs.contains_key(path)));
        written =
            write::write(disk, &files.mounts, &session.cache, &session.out, &outputs, &mut session.manifest);
        diagnostics.extend(std::mem::take(&mut written.diagnostics));
        crate::diag::sort(&mut diagnostics);
        if let Err(error) = session.manifest.save(disk, &session.cache, &session.out) {
            anstream::eprintln!(
                "The list of outputs could not be saved ({error}); the next build compares every file."
            );
        }
    }
    let _ = manifest::LIST;
    let counts = engine.take_counts();
    report::problems(&diagnostics, files.as_ref(), args.format);
    let failed = report::has_errors(&diagnostics);
    let total = start.elapsed();
    if args.stats {
        let ms = |from: Duration, to: Duration| (to - from).as_micros() as f64 / 1000.0;
        let stats = serde_json::json!({
            "parsed": counts.parsed, "assembled": counts.assembled, "rendered": counts.rendered,
            "fragments": counts.fragments, "written": written.written.len(), "unchanged": written.unchanged,
            "removed": written.removed.len(), "read": found.read,
            "milliseconds": {
                "scan": ms(Duration::ZERO, scanned), "parse_assemble_plan": ms(scanned, applied),
                "render": ms(applied, rendered), "write": ms(rendered, total), "total": ms(Duration::ZERO, total),
            },
        });
        anstream::println!("{stats}");
    }
    if args.format == Format::Human {
        if let Some(left_out) = report::left_out(&engine) {
            anstream::eprintln!("{left_out}");
        }
        let what = report::extent(&engine);
        let tally = report::tally(&diagnostics);
        let time = report::duration(total);
        if failed {
            anstream::eprintln!("Not built: {what}, {tally}, {time}. The last good site was left as it is.");
        } else {
            anstream::eprintln!(
                "Built {what}: {} written, {tally}, {time}. Open {}",
                report::count(written.written.len(), "file", "files"),
                session.out.path().join("index.html").display(),
            );
        }
    }
    if failed { Outcome::Errors } else { Outcome::Clean }
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
    fn new(total: usize, start: Instant) -> Self {
        let bar = indicatif::ProgressBar::with_draw_target(
            Some(total as u64),
            indicatif::ProgressDrawTarget::hidden(),
        );
        Bar { bar, start, made: AtomicUsize::new(0) }
    }

    fn step(&self) {
        let made = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        if made.is_multiple_of(64) && self.start.elapsed() > PATIENCE {
            if self.bar.is_hidden() {
                // Draws nothing where the error output is no terminal.
                self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
            self.bar.set_position(made as u64);
        }
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}
