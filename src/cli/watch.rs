//! `guidepost watch`: `build` in a loop. `public/` is always the last state without errors.

use super::Outcome;
use super::args::{Format, WatchArgs};
use super::build::NoText;
use super::report;
use super::work::Work;
use crate::io::watch::{Batch, WatchOptions, Watcher};
use crate::serve::on_signals;
use std::io::Write as _;
use std::time::Instant;

fn say(text: &str) {
    // The terminal may be gone; the work goes on.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Runs the command.
pub fn run(args: &WatchArgs) -> Outcome {
    let opened = Work::open(&args.site, false, false, true, true).and_then(|mut work| {
        let options =
            WatchOptions { exclude: work.session.scan_options.exclude.clone(), ..WatchOptions::default() };
        let watcher = Watcher::start(work.session.files.mounts().as_ref().clone(), options);
        work.open_engine()?;
        Ok((work, watcher))
    });
    let (mut work, mut watcher) = match opened {
        Ok(opened) => opened,
        Err(problem) => {
            report::problems(&[*problem], &NoText, Format::Human);
            return Outcome::CouldNotRun;
        }
    };
    let stop = watcher.stopper();
    if let Err(error) = on_signals(move || stop.stop()) {
        say(&format!("Ctrl-C will end this at once, without goodbye ({error})."));
    }
    let mut told = None;
    build(&mut work, &mut told);
    if crate::engine::stopping(told.as_deref().unwrap_or_default()).next().is_some() {
        // There is nothing yet that could be kept up to date.
        return Outcome::CouldNotRun;
    }
    say("Watching for changes. Press Ctrl-C to end.");
    loop {
        let changed = match watcher.next(Some(Instant::now() + work.rest())) {
            Batch::Stop => break,
            Batch::Notice(text) => {
                say(&text);
                false
            }
            Batch::Hint(paths) => work.scan_paths(&paths),
            Batch::Sweep => work.sweep(),
            Batch::Time => work.turn_day(),
        };
        if changed {
            watcher.set_mounts(work.session.files.mounts().as_ref().clone());
            build(&mut work, &mut told);
        }
    }
    if let Some(engine) = work.engine() {
        let diagnostics = engine.diagnostics();
        work.save(true, &diagnostics);
    }
    say("Ended.");
    Outcome::Clean
}

fn build(work: &mut Work, told: &mut Option<Vec<crate::diag::Diagnostic>>) {
    let start = Instant::now();
    let (diagnostics, written) = work.make_and_write(true, &|_| {});
    let files = work.session.files.clone();
    if told.as_ref() != Some(&diagnostics) {
        report::problems_since(told.as_deref().unwrap_or_default(), &diagnostics, files.as_ref());
    }
    let time = report::duration(start.elapsed());
    let tally = report::tally(&diagnostics);
    if report::has_errors(&diagnostics) {
        say(&format!("Not written: {tally}, {time}. The last good site was left as it is."));
    } else {
        work.save_manifest();
        say(&format!("{} written, {tally}, {time}.", report::count(written.written.len(), "file", "files")));
    }
    *told = Some(diagnostics);
}
