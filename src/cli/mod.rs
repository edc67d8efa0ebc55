//! The command line: one file a command, each thin; `session` is what they share.
//!
//! Exit codes: 0 fine (warnings included), 1 the site has errors, 2 the program could not run, or there is nothing to build.

mod args;
mod build;
mod changes;
mod check;
mod external;
mod init;
mod language;
pub mod library;
mod list;
mod manuals;
mod memory;
mod neighbours;
mod new;
mod new_theme;
mod opened;
mod photos;
mod print;
mod publish;
mod publish_check;
mod published;
mod report;
mod report_page;
mod schema;
mod search;
mod serve;
mod session;
mod stage_timer;
mod theme;
mod today;
mod translations;
mod watch;
mod work;
mod zip;

pub use args::Starter;

use args::{Cli, Command};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::OnceLock;

/// How a command ended.
pub(crate) enum Outcome {
    /// Fine.
    Clean,
    /// The site has errors.
    Errors,
    /// The program could not run; the reason was printed.
    CouldNotRun,
}

/// Files that come with the program: path from the folder that they belong into, and bytes.
pub type Files = Vec<(String, &'static [u8])>;

/// What comes with the program.
#[derive(Clone, Copy)]
pub struct Bundle {
    /// The theme; paths from the theme's own folder.
    pub theme: fn() -> Files,
    /// The theme that `new theme` copies; paths from the theme's own folder.
    pub plain: fn() -> Files,
    /// The theme that `new theme --extends` copies, which is laid over that of the program; paths from its own folder.
    pub extending: fn() -> Files,
    /// The guides to begin with; paths from the site's folder.
    pub starter: fn(Starter) -> Files,
}

impl Bundle {
    fn theme(&self) -> Files {
        (self.theme)()
    }

    fn plain(&self) -> Files {
        (self.plain)()
    }

    fn extending(&self) -> Files {
        (self.extending)()
    }

    fn starter(&self, starter: Starter) -> Files {
        (self.starter)(starter)
    }
}

static BUNDLE: OnceLock<Bundle> = OnceLock::new();

/// What came with the program that runs: nothing, where none was named.
fn bundle() -> Bundle {
    let none = Bundle { theme: Vec::new, plain: Vec::new, extending: Vec::new, starter: |_| Vec::new() };
    BUNDLE.get().copied().unwrap_or(none)
}

/// Reads the arguments and runs the command.
pub fn main(bundle: Bundle) -> ExitCode {
    ExitCode::from(run(std::env::args_os(), bundle))
}

/// Runs the command that these arguments say, the program's name first. Gives the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, bundle: Bundle) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed output is nothing to complain about here.
            let _ = error.print();
            return code;
        }
    };
    let _ = BUNDLE.set(bundle);
    let outcome = match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Zip(args) => zip::run(&args),
        Command::Print(args) => print::run(&args),
        Command::Manuals(args) => manuals::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Report(args) => report_page::run(&args),
        Command::Translations(args) => translations::run(&args),
        Command::List(args) => list::run(&args),
        Command::Language(args) => language::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::New(args) => new::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Theme(args) => theme::run(&args.command),
    };
    match outcome {
        Outcome::Clean => 0,
        Outcome::Errors => 1,
        Outcome::CouldNotRun => 2,
    }
}
