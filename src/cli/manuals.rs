//! `guidepost manuals`: man pages and completions, made of the definition of the command line itself, so that they say the same.

use super::args::{Cli, ManualsArgs};
use super::{Outcome, report};
use clap::CommandFactory as _;
use clap_complete::Shell;
use std::io;
use std::path::Path;

/// Runs the command.
pub fn run(args: &ManualsArgs) -> Outcome {
    match write(&args.dir) {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            report::say(format_args!("{} could not be written: {error}.", args.dir.display()));
            Outcome::CouldNotRun
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let (man, completions) = (folder.join("man"), folder.join("completions"));
    std::fs::create_dir_all(&man)?;
    std::fs::create_dir_all(&completions)?;
    clap_mangen::generate_to(Cli::command(), &man)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        clap_complete::generate_to(shell, &mut Cli::command(), "guidepost", &completions)?;
    }
    Ok(())
}
