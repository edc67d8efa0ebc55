//! `guidepost zip`: the website as one file, the same bytes for the same website: names in order, no moments, no owners.

use super::args::ZipArgs;
use super::build::built;
use super::{Outcome, report};
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Files from this size on need the longer form of an entry.
const LARGE: usize = u32::MAX as usize;

/// Runs the command.
pub fn run(args: &ZipArgs) -> Outcome {
    let (work, _) = match built(&args.site, "No file was written: the guide has errors.") {
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
    let out = work.session.out.path();
    if file.starts_with(out) {
        report::say(format_args!("{} lies in the website itself. Name another place.", file.display()));
        return Outcome::CouldNotRun;
    }
    let paths: Vec<&str> = work.session.manifest.paths().map(|path| path.as_str()).collect();
    match pack(&file, &name, out, &paths) {
        Ok(size) => {
            let files = report::count(paths.len(), "file", "files");
            report::say(format_args!("{}: {files}, {} KB.", file.display(), size.div_ceil(1024)));
            Outcome::Clean
        }
        Err(error) => {
            report::say(format_args!("{} could not be written: {error}.", file.display()));
            Outcome::CouldNotRun
        }
    }
}

/// Writes the file beside its place, and then moves it there. Gives its size.
fn pack(file: &Path, name: &str, out: &Path, paths: &[&str]) -> io::Result<u64> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".guidepost-tmp-").tempfile_in(folder)?;
    let mut archive = ZipWriter::new(BufWriter::new(File::create(beside.path())?));
    // What hosts read is of no use on a stick.
    for path in paths.iter().filter(|path| !path.starts_with(".guidepost-")) {
        let bytes = std::fs::read(out.join(path))?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(bytes.len() >= LARGE);
        archive.start_file(format!("{name}/{path}"), options)?;
        archive.write_all(&bytes)?;
    }
    archive.finish()?.flush()?;
    let size = std::fs::metadata(beside.path())?.len();
    beside.persist(file).map_err(|refused| refused.error)?;
    Ok(size)
}
