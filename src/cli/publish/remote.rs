//! Targets that another program reaches: rsync, and any program of the editor's own, such as one for a cloud store.

use super::{Outputs, Step, Target, failed, list, named};
use crate::source::OutputPath;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The paths of files, one a line.
fn lines(files: &[OutputPath]) -> String {
    files.iter().fold(String::new(), |mut out, path| {
        out.push_str(path.as_str());
        out.push('\n');
        out
    })
}

/// Runs a command that reads `input`; what it prints goes to the terminal.
fn run(command: &mut Command, input: &str) -> io::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = command.stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| failed(format!("the program {name} cannot be run: {error}")))?;
    // Dropped at once, so that the program sees the end. One that reads nothing is nothing to complain about.
    let _ = child.stdin.take().map(|mut pipe| pipe.write_all(input.as_bytes()));
    let ended = child.wait()?;
    match ended.success() {
        true => Ok(()),
        false => Err(failed(format!("{name} ended with an error ({ended})."))),
    }
}

/// A folder that rsync reaches.
pub(super) struct Rsync {
    /// With a `/` at its end.
    to: String,
}

impl Rsync {
    pub fn new(to: &str) -> Self {
        Rsync { to: format!("{}/", to.trim_end_matches('/')) }
    }

    fn command(&self, from: &Path) -> Command {
        let mut command = Command::new("rsync");
        // Times are not told: a file that was built again with the same bytes is the same.
        command.args(["--recursive", "--checksum", "--files-from=-"]).arg(format!("{}/", from.display()));
        command
    }
}

impl Target for Rsync {
    fn published(&mut self) -> io::Result<Outputs> {
        let place = tempfile::tempdir()?;
        let mut command = Command::new("rsync");
        command.arg("--quiet").arg(format!("{}{}", self.to, list().display())).arg(place.path());
        let ended = command.stdin(Stdio::null()).stderr(Stdio::piped()).output();
        let ended = ended.map_err(|error| failed(format!("the program rsync cannot be run: {error}")))?;
        match (ended.status.success(), ended.status.code()) {
            (true, _) => Ok(named(&std::fs::read(place.path().join(list()))?)),
            // Nothing was found there: a first publication.
            (false, Some(23)) => Ok(Outputs::new()),
            _ => Err(failed(String::from_utf8_lossy(&ended.stderr).trim().to_owned())),
        }
    }

    fn put(&mut self, _: Step, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        run(self.command(from).arg(&self.to), &lines(files))
    }

    fn delete(&mut self, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        // What is named and is not here is deleted there, and nothing else.
        run(self.command(from).arg("--delete-missing-args").arg(&self.to), &lines(files))
    }

    fn finish(&mut self, from: &Path) -> io::Result<()> {
        run(self.command(from).arg(&self.to), &format!("{}\n", list().display()))
    }
}

/// A target that a program of the editor's own reaches.
pub(super) struct Program {
    program: PathBuf,
    to: String,
    /// Where is noted what was published: nobody can ask the program.
    record: PathBuf,
}

impl Program {
    pub fn new(program: &Path, to: &str, cache: &Path) -> Self {
        let key = crate::source::Fingerprint::of(to.as_bytes()).short();
        Program {
            program: program.to_owned(),
            to: to.to_owned(),
            record: cache.join(format!("published-{key}.outputs")),
        }
    }

    fn step(&self, step: &str, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        run(Command::new(&self.program).arg(step).arg(from).arg(&self.to), &lines(files))
    }
}

impl Target for Program {
    fn published(&mut self) -> io::Result<Outputs> {
        match std::fs::read(&self.record) {
            Ok(text) => Ok(named(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Outputs::new()),
            Err(error) => Err(error),
        }
    }

    fn put(&mut self, step: Step, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        self.step(if step == Step::Assets { "assets" } else { "pages" }, from, files)
    }

    fn delete(&mut self, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        self.step("delete", from, files)
    }

    fn finish(&mut self, from: &Path) -> io::Result<()> {
        std::fs::copy(from.join(list()), &self.record).map(|_| ())
    }
}
