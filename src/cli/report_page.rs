//! `guidepost report`: one HTML file on the state of the site, for people who would rather look than read messages; or the
//! same as JSON.

use super::args::{Format, ReportArgs};
use super::build::NoText;
use super::work::Work;
use super::{Outcome, check, report};
use crate::check::report as page;

/// The name of the file, in the site's folder.
const FILE: &str = "report.html";

/// Runs the command.
pub fn run(args: &ReportArgs) -> Outcome {
    let opened = Work::open(&args.site, false, false, false, false).and_then(|mut work| {
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
    let diagnostics = check::look(&mut work, args.external);
    let files = work.session.files.clone();
    if crate::engine::stopping(&diagnostics).next().is_some() {
        report::problems(&diagnostics, files.as_ref(), Format::Human);
        return Outcome::CouldNotRun;
    }
    if args.format == Format::Json {
        let Some(engine) = work.engine() else { return Outcome::CouldNotRun };
        let extent = report::extent(engine);
        let made = engine.look(|site| page::gather(site, &diagnostics, files.as_ref(), extent, Vec::new()));
        let Some(made) = made else { return Outcome::CouldNotRun };
        report::tell(page::data(&made));
        return Outcome::Clean;
    }
    let disk = files.disk.as_ref();
    let path = match &args.file {
        Some(file) => std::path::absolute(file).unwrap_or_else(|_| file.clone()),
        None => files.mounts().root().join(FILE),
    };
    let mut old = Vec::new();
    let known = disk.stat_target(&path).and_then(|stat| disk.read(&path, stat.size, &mut old)).is_ok();
    let before = String::from_utf8_lossy(&old);
    if known && !old.is_empty() && !page::is_report(&before) {
        report::say(format_args!(
            "{} is no report, so it is left as it is. Name another file with --file.",
            path.display()
        ));
        return Outcome::CouldNotRun;
    }
    let Some(engine) = work.engine() else { return Outcome::CouldNotRun };
    let extent = report::extent(engine);
    let before = page::past(&before);
    let made =
        engine.look(|site| page::html(&page::gather(site, &diagnostics, files.as_ref(), extent, before)));
    let Some(made) = made else { return Outcome::CouldNotRun };
    if let Some(folder) = path.parent()
        && disk.stat_target(folder).is_err()
        && let Err(error) = disk.create_folders(folder)
    {
        report::say(format_args!("{} could not be made: {error}.", folder.display()));
        return Outcome::CouldNotRun;
    }
    if let Err(error) = disk.write_atomic(&path, made.as_bytes()) {
        report::say(format_args!("{} could not be written: {error}.", path.display()));
        return Outcome::CouldNotRun;
    }
    report::say(format_args!("{}: {}.", path.display(), report::tally(&diagnostics)));
    Outcome::Clean
}
