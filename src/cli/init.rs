//! `guidepost init`: a filled, themed guide in a folder, or with `--bare` the theme and one page.
//!
//! Nothing that exists is written over: whatever stands in the way is found before the first file is made.

use super::args::InitArgs;
use super::report::{self, count};
use super::{Bundle, Outcome};
use crate::io::{Disk, RealDisk};
use std::path::Path;

/// The settings and the page of a bare site.
const BARE: [(&str, &[u8]); 2] =
    [("site.yaml", include_bytes!("bare/site.yaml")), ("content/index.md", include_bytes!("bare/index.md"))];

/// What git is to leave out.
const IGNORE: (&str, &[u8]) = (".gitignore", b"/public/\n/.cache/\n");

/// Runs the command.
pub fn run(args: &InitArgs, bundle: Bundle) -> Outcome {
    let disk = RealDisk;
    let mut files = bundle();
    if args.bare {
        files.retain(|(path, _)| path.starts_with("themes/"));
        files.extend(BARE.map(|(path, bytes)| (path.to_owned(), bytes)));
    }
    if disk.stat(&args.dir.join(IGNORE.0)).is_err() {
        files.push((IGNORE.0.to_owned(), IGNORE.1));
    }
    match write(&disk, &args.dir, &files) {
        Ok(()) => {
            let shown = args.dir.display();
            report::tell(format_args!("Made a guide in {shown}: {}.", count(files.len(), "file", "files")));
            report::tell("See it in your browser:");
            if args.dir != Path::new(".") {
                let name = args.dir.to_string_lossy();
                let quote =
                    if name.contains(|c: char| c.is_whitespace() || "&()'".contains(c)) { "\"" } else { "" };
                report::tell(format_args!("  cd {quote}{name}{quote}"));
            }
            report::tell("  guidepost serve --open");
            report::tell("Then put the name of your district, whom to ask, and your color into site.yaml.");
            Outcome::Clean
        }
        Err(problem) => {
            report::say(problem);
            Outcome::CouldNotRun
        }
    }
}

/// Writes the files below `folder`, all of them new.
fn write(disk: &dyn Disk, folder: &Path, files: &[(String, &'static [u8])]) -> Result<(), String> {
    let shown = folder.display();
    if ["site.yaml", "content"].iter().any(|name| disk.stat(&folder.join(name)).is_ok()) {
        return Err(format!(
            "{shown} holds a site already; nothing was written. guidepost serve shows it; name another folder for a new one."
        ));
    }
    let there: Vec<&str> = files
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| disk.stat(&folder.join(path)).is_ok())
        .collect();
    if let Some(first) = there.first() {
        let more = if there.len() > 1 {
            format!(" and {} more", count(there.len() - 1, "file", "files"))
        } else {
            String::new()
        };
        return Err(format!(
            "{shown} holds {first}{more} already; nothing was written. Name another folder."
        ));
    }
    for (path, bytes) in files {
        let real = folder.join(path);
        let made = match real.parent() {
            Some(parent) => disk.create_folders(parent),
            None => Ok(()),
        };
        made.and_then(|()| disk.write_new(&real, bytes))
            .map_err(|error| format!("{} could not be made: {error}.", real.display()))?;
    }
    Ok(())
}
