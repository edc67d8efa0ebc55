//! `guidepost zip`: the website as one file, the same bytes for the same website. What goes into it is the engine's to say.

use super::args::ZipArgs;
use super::build::built;
use super::{Outcome, report};
use crate::engine::{Engine, Holds};
use std::io::{self, BufWriter};
use std::path::Path;

/// Runs the command.
pub fn run(args: &ZipArgs) -> Outcome {
    let (mut work, _) = match built(&args.site, "No file was written: the guide has errors.") {
        Ok(built) => built,
        Err(outcome) => return outcome,
    };
    let root = work.session.files.mounts().root().to_path_buf();
    // The folder in the file has the guide's name, so that a stick or a download shows one thing.
    let name =
        root.file_name().map_or_else(|| "guide".to_owned(), |name| name.to_string_lossy().into_owned());
    let file = match &args.file {
        Some(file) => std::path::absolute(file).unwrap_or_else(|_| file.clone()),
        None => root.join(format!("{name}.zip")),
    };
    if file.starts_with(work.session.out.path()) {
        report::say(format_args!("{} lies in the website itself. Name another place.", file.display()));
        return Outcome::CouldNotRun;
    }
    let Some(engine) = work.engine() else { return Outcome::CouldNotRun };
    match pack(engine, &file, &name) {
        Ok((count, size)) => {
            let files = report::count(count, "file", "files");
            report::say(format_args!("{}: {files}, {} KB.", file.display(), size.div_ceil(1024)));
            Outcome::Clean
        }
        Err(error) => {
            report::say(format_args!("{} could not be written: {error}.", file.display()));
            Outcome::CouldNotRun
        }
    }
}

/// Writes the file beside its place, and then moves it there. Gives how many files it holds, and its size.
fn pack(engine: &mut Engine, file: &Path, name: &str) -> io::Result<(usize, u64)> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".guidepost-tmp-").tempfile_in(folder)?;
    let count = engine.pack(BufWriter::new(beside.as_file_mut()), name, Holds::Website)?;
    let size = beside.as_file().metadata()?.len();
    beside.persist(file).map_err(|refused| refused.error)?;
    Ok((count, size))
}
