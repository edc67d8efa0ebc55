//! `guidepost init`: a guide to begin with in a folder: settings and pages. The theme stays in the program.
//!
//! Nothing that exists is written over: whatever stands in the way is found before the first file is made.

use super::Outcome;
use super::args::{InitArgs, Starter};
use super::report::{self, count};
use crate::io::{Disk, RealDisk};
use crate::schema::Kinds;
use crate::source::{Source, SourcePath};
use clap::ValueEnum;
use std::path::Path;

/// What git is to leave out.
const IGNORE: (&str, &[u8]) = (".gitignore", b"/public/\n/.cache/\n/pdf/\n/report.html\n/*.zip\n");

/// Runs the command.
pub fn run(args: &InitArgs) -> Outcome {
    let disk = RealDisk;
    if args.list {
        list();
        return Outcome::Clean;
    }
    let mut files = super::bundle().starter(if args.bare { Starter::Blank } else { args.starter });
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

/// Tells which starters there are.
fn list() {
    for starter in Starter::ALL {
        let Some(value) = starter.to_possible_value() else { continue };
        let about = value.get_help().map(ToString::to_string).unwrap_or_default();
        let files = super::bundle().starter(starter);
        let title = files.iter().find(|(path, _)| path == "site.yaml").map(|(_, bytes)| title_of(bytes));
        let pages = files.iter().filter(|(path, _)| path.ends_with(".md")).count();
        let (title, pages) = (title.unwrap_or_default(), count(pages, "page", "pages"));
        report::tell(format_args!("{}: {title} ({pages}). {about}", value.get_name()));
    }
}

/// The title that settings give, in their main language.
fn title_of(settings: &[u8]) -> String {
    let Ok(path) = SourcePath::new("site.yaml") else { return String::new() };
    let config =
        crate::config::site::load(Some(&Source::new(path, settings.to_vec())), &Kinds::default()).value;
    config.title.get(config.default_language()).to_owned()
}

/// Writes the files below `folder`, all of them new.
fn write(disk: &dyn Disk, folder: &Path, files: &[(String, &'static [u8])]) -> Result<(), String> {
    let shown = folder.display();
    if ["site.yaml", "content", "themes/parent-guide"]
        .iter()
        .any(|name| disk.stat(&folder.join(name)).is_ok())
    {
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
