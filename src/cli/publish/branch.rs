//! A branch of a git repository as a target: one commit with all that differs, pushed. The site's own checkout is not touched.

use super::{Outputs, Step, Target, failed, list, named};
use crate::source::OutputPath;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The branch.
pub(super) struct Branch {
    repository: String,
    name: String,
    root: PathBuf,
    /// A repository of its own for the time of a publication; gone with it.
    here: Option<tempfile::TempDir>,
}

impl Branch {
    /// `repository` is an address, a folder, or a name that the repository of the site knows.
    pub fn new(repository: &str, name: &str, root: &Path) -> Self {
        Branch { repository: repository.to_owned(), name: name.to_owned(), root: root.to_owned(), here: None }
    }

    /// Where the repository is: what the site's own repository says of the name, else the name itself.
    fn address(&self) -> String {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(["remote", "get-url", &self.repository]);
        let known = command.stderr(Stdio::null()).output().ok().filter(|said| said.status.success());
        let known = known.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned());
        known.filter(|address| !address.is_empty()).unwrap_or_else(|| self.repository.clone())
    }

    /// A git command in the repository of this publication; `from` is the folder whose files it sees.
    fn git(&self, from: Option<&Path>) -> io::Result<Command> {
        let Some(here) = &self.here else { return Err(failed("nothing was fetched")) };
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(here.path().join("repository"));
        if let Some(from) = from {
            command.arg("--work-tree").arg(from).current_dir(from);
        }
        // Bytes are published as they are.
        command.args(["-c", "core.autocrlf=false", "-c", "core.safecrlf=false"]);
        Ok(command)
    }

    /// Runs a git command that reads `input`; gives what it printed.
    fn run(command: &mut Command, input: &[u8]) -> io::Result<Vec<u8>> {
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            pipes.spawn().map_err(|error| failed(format!("the program git cannot be run: {error}")))?;
        let _ = child.stdin.take().map(|mut pipe| pipe.write_all(input));
        let said = child.wait_with_output()?;
        match said.status.success() {
            true => Ok(said.stdout),
            false => Err(failed(format!("git: {}", String::from_utf8_lossy(&said.stderr).trim()))),
        }
    }

    /// Paths as git reads them from its input.
    fn paths(files: &[OutputPath]) -> Vec<u8> {
        files.iter().flat_map(|path| [path.as_str().as_bytes(), b"\0"].concat()).collect()
    }
}

impl Target for Branch {
    fn published(&mut self) -> io::Result<Outputs> {
        self.here = Some(tempfile::tempdir()?);
        let address = self.address();
        Branch::run(self.git(None)?.args(["init", "--quiet"]), b"")?;
        Branch::run(self.git(None)?.args(["remote", "add", "origin"]).arg(&address), b"")?;
        let found = Branch::run(self.git(None)?.args(["ls-remote", "--heads", "origin", &self.name]), b"")?;
        if found.is_empty() {
            return Ok(Outputs::new());
        }
        let branch = format!("refs/heads/{}", self.name);
        Branch::run(self.git(None)?.args(["fetch", "--quiet", "--depth=1", "origin", &branch]), b"")?;
        Branch::run(self.git(None)?.args(["update-ref", "HEAD", "FETCH_HEAD"]), b"")?;
        Branch::run(self.git(None)?.args(["read-tree", "HEAD"]), b"")?;
        // A branch that never held a site has no list.
        let text = Branch::run(self.git(None)?.args(["show", &format!("HEAD:{}", list().display())]), b"");
        Ok(text.map(|text| named(&text)).unwrap_or_default())
    }

    fn put(&mut self, _: Step, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        let options = ["update-index", "--add", "-z", "--stdin"];
        Branch::run(self.git(Some(from))?.args(options), &Branch::paths(files)).map(|_| ())
    }

    fn delete(&mut self, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        let options = ["update-index", "--force-remove", "-z", "--stdin"];
        Branch::run(self.git(Some(from))?.args(options), &Branch::paths(files)).map(|_| ())
    }

    fn finish(&mut self, from: &Path) -> io::Result<()> {
        Branch::run(self.git(Some(from))?.args(["update-index", "--add", "--"]).arg(list()), b"")?;
        let tree = Branch::run(self.git(None)?.arg("write-tree"), b"")?;
        let tree = String::from_utf8_lossy(&tree).trim().to_owned();
        let head = Branch::run(self.git(None)?.args(["rev-parse", "--verify", "--quiet", "HEAD"]), b"").ok();
        let head = head.map(|head| String::from_utf8_lossy(&head).trim().to_owned());
        if let Some(head) = &head {
            let before = Branch::run(self.git(None)?.args(["rev-parse", &format!("{head}^{{tree}}")]), b"")?;
            if String::from_utf8_lossy(&before).trim() == tree {
                return Ok(());
            }
        }
        let mut commit = self.git(None)?;
        // Who has told git no name publishes all the same.
        let mut known = Command::new("git");
        known
            .arg("-C")
            .arg(&self.root)
            .args(["config", "user.email"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if !known.status().is_ok_and(|ended| ended.success()) {
            commit.args(["-c", "user.name=Guidepost", "-c", "user.email=guidepost@localhost"]);
        }
        commit.args(["commit-tree", &tree, "-m", "Publish the guide"]);
        if let Some(head) = &head {
            commit.args(["-p", head]);
        }
        let made = Branch::run(&mut commit, b"")?;
        let made = String::from_utf8_lossy(&made).trim().to_owned();
        let to = format!("{made}:refs/heads/{}", self.name);
        Branch::run(self.git(None)?.args(["push", "--quiet", "origin", &to]), b"").map(|_| ())
    }
}
