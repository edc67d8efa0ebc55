//! The command line: one file a command, each thin; `session` is what they share.
//!
//! Exit codes: 0 fine (warnings included), 1 the site has errors, 2 the program could not run, or there is nothing to build.

mod account;
mod args;
mod build;
mod check;
mod external;
mod init;
mod language;
mod memory;
mod new;
mod opened;
mod publish_check;
mod report;
mod report_page;
mod schema;
mod search;
mod serve;
mod session;
mod today;
mod translations;
mod watch;
mod work;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended.
pub(crate) enum Outcome {
    /// Fine.
    Clean,
    /// The site has errors.
    Errors,
    /// The program could not run; the reason was printed.
    CouldNotRun,
}

/// Gives the files of the guide that comes with the program: path from the site's folder, and bytes.
pub type Bundle = fn() -> Vec<(String, &'static [u8])>;

/// Reads the arguments and runs the command.
pub fn main(bundle: Bundle) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed output is nothing to complain about here.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    publish_check::set_bundle(bundle);
    let outcome = match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Report(args) => report_page::run(&args),
        Command::Translations(args) => translations::run(&args),
        Command::Language(args) => language::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::New(args) => new::run(&args),
        Command::Init(args) => init::run(&args, bundle),
    };
    match outcome {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Errors => ExitCode::from(1),
        Outcome::CouldNotRun => ExitCode::from(2),
    }
}
