//! The one builder of the integration tests: makes a site in a folder of its own, runs the real program on it, and
//! gives back what it said, what it wrote and how much work it did.
//!
//! `Site::plain` has the tiny theme of `theme/` beside this file; `Site::guide` is a copy of the bundled guide. `html`
//! reads the tags of a page. Every test file takes what it needs, so not all of it is used in each.

pub mod html;
pub mod tutorial;
pub mod walk;

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The day on which all tests build, unless they say otherwise.
pub const TODAY: &str = "2026-11-22";

/// What every variable that could change a build is set to.
const QUIET: [&str; 6] = ["LC_ALL", "LANG", "TZ", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"];

/// The output of a folder: each file's path from it, and its bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The file in the output that lists what Guidepost wrote.
pub const LIST: &str = guidepost::io::manifest::LIST;

/// A site in a temporary folder.
pub struct Site {
    folder: TempDir,
    name: String,
}

impl Site {
    /// A folder with nothing in it.
    pub fn empty() -> Site {
        let folder =
            tempfile::Builder::new().prefix("guidepost-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let site = Site { folder, name: "site".into() };
        fs::create_dir(site.root()).unwrap();
        site
    }

    /// A site in English with the plain theme and a start page.
    pub fn plain() -> Site {
        let site = Site::empty();
        copy(&repository().join("tests/integration/support/theme"), &site.root().join("themes/plain"));
        site.file("site.yaml", "title: Test\ntheme: plain\n");
        site.page("index.md", "title: Start", "The start.");
        site
    }

    /// As [`Site::plain`], in English and Spanish.
    pub fn bilingual() -> Site {
        let site = Site::plain();
        site.file("site.yaml", "title: {en: Test, es: Prueba}\ntheme: plain\nlanguages: [en, es]\n");
        site
    }

    /// A copy of the bundled guide.
    pub fn guide() -> Site {
        let site = Site::empty();
        for part in ["site.yaml", "content", "themes", "data", "templates", "assets", "translations", "kinds"]
        {
            let from = repository().join(part);
            if from.exists() {
                copy(&from, &site.root().join(part));
            }
        }
        site
    }

    /// A copy of the site folder `from`.
    pub fn copy_of(from: &Path) -> Site {
        let site = Site::empty();
        copy(from, &site.root());
        site
    }

    /// The site's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }

    /// The folder that the site's folder lies in: free for other outputs and copies.
    pub fn beside(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file; the folders above it are made.
    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Site {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Writes a page below `content/`.
    pub fn page(&self, path: &str, front_matter: &str, body: &str) -> &Site {
        self.file(&format!("content/{path}"), format!("---\n{front_matter}\n---\n\n{body}\n"))
    }

    /// Writes a template of the site.
    pub fn template(&self, path: &str, text: &str) -> &Site {
        self.file(&format!("templates/{path}"), text)
    }

    /// Removes a file or folder.
    pub fn remove(&self, path: &str) -> &Site {
        let path = self.root().join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        self
    }

    /// The program, with this site as the folder it is run in.
    pub fn command(&self) -> Command {
        let mut command = program();
        command.current_dir(self.root());
        command
    }

    /// Builds.
    pub fn build(&self) -> Run {
        self.build_with(&[])
    }

    /// Builds with further arguments. `--date` is [`TODAY`] unless it is among them. What could be better in the text is
    /// not looked for: a test's pages are short.
    pub fn build_with(&self, args: &[&str]) -> Run {
        self.build_checked(&[&["--no-checks"], args].concat())
    }

    /// Builds as people do: with all checks of the text.
    pub fn build_checked(&self, args: &[&str]) -> Run {
        let mut command = self.command();
        command.arg("build").args(args);
        if !args.contains(&"--date") {
            command.args(["--date", TODAY]);
        }
        Run::of(&mut command)
    }

    /// Builds and gives what was reported.
    pub fn problems(&self) -> Vec<Problem> {
        self.build_with(&["--format", "json"]).problems()
    }

    /// The text of a file of the output.
    pub fn out(&self, path: &str) -> String {
        let path = self.root().join("public").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Whether the output has the file.
    pub fn has(&self, path: &str) -> bool {
        self.root().join("public").join(path).exists()
    }

    /// All files of the output but the list of them.
    pub fn public(&self) -> Tree {
        tree(&self.root().join("public"))
    }
}

/// What a run of the program gave.
#[derive(Debug, Clone)]
pub struct Run {
    /// The exit code; none when it was killed by a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Error output.
    pub stderr: String,
}

/// One line of `--format json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its code.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// The file, or "".
    pub path: String,
    /// Line, or 0.
    pub line: u64,
    /// Column, or 0.
    pub column: u64,
    /// What to do, or "".
    pub help: String,
}

impl Problem {
    /// `error[code] path:line:column`.
    pub fn place(&self) -> String {
        format!("{}[{}] {}:{}:{}", self.severity, self.code, self.path, self.line, self.column)
    }
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let run = Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.stderr.contains("panicked at"), "the program panicked:\n{}", run.stderr);
        run
    }

    /// Fails unless the run ended well, without an error or a warning.
    #[track_caller]
    pub fn clean(self) -> Run {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        assert!(!self.stderr.contains("warning["), "{}", self.stderr);
        self
    }

    /// Fails unless the site had errors.
    #[track_caller]
    pub fn failed(self) -> Run {
        assert_eq!(self.code, Some(1), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Fails unless the program refused to run.
    #[track_caller]
    pub fn refused(self) -> Run {
        assert_eq!(self.code, Some(2), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// The objects on standard output, one a line.
    pub fn json(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
            .collect()
    }

    /// What was reported with `--format json`.
    pub fn problems(&self) -> Vec<Problem> {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let number = |v: &Value| v.as_u64().unwrap_or_default();
        let all = self.json().into_iter().filter(|v| v.get("code").is_some());
        all.map(|v| Problem {
            code: text(&v["code"]),
            severity: text(&v["severity"]),
            message: text(&v["message"]),
            path: text(&v["path"]),
            line: number(&v["line"]),
            column: number(&v["column"]),
            help: text(&v["help"]),
        })
        .collect()
    }

    /// A count of `--stats`.
    #[track_caller]
    pub fn count(&self, name: &str) -> u64 {
        let stats = self.json().into_iter().find(|v| v.get("parsed").is_some()).expect("run it with --stats");
        stats[name].as_u64().unwrap_or_else(|| panic!("there is no count {name} in {stats}"))
    }
}

/// Nanoseconds that a processor spent on this thread, where the system tells them: no other load counts.
fn thread_cpu_time() -> Option<u64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}

/// Whether eight times as much of something, `small` pieces at first, costs this thread at most 24 times as much, in one of three tries: what
/// is measured once can be disturbed. A search within a search costs 64 times as much.
pub fn is_linear(small: usize, mut work: impl FnMut(usize)) -> bool {
    let mut cost = |count: usize| {
        let before = thread_cpu_time();
        work(count);
        Some(thread_cpu_time()? - before?)
    };
    let mut ratio = || Some(cost(8 * small)? as f64 / cost(small)? as f64);
    (0..3).any(|_| ratio().is_none_or(|ratio| ratio <= 24.0))
}

/// The program, without anything of this machine that could change what it does.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
    for name in QUIET {
        command.env_remove(name);
    }
    command
}

/// The folder of this repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with their bytes, but for the list of outputs; empty when there is no such folder.
pub fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    if !folder.exists() {
        return tree;
    }
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && name != LIST {
            tree.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    tree
}

/// Fails where two outputs differ, and names the first files that do.
#[track_caller]
pub fn assert_same(a: &Tree, b: &Tree) {
    let only =
        |a: &Tree, b: &Tree| a.keys().filter(|name| !b.contains_key(*name)).cloned().collect::<Vec<_>>();
    assert_eq!((only(a, b), only(b, a)), (vec![], vec![]), "files that only one of them has");
    let differ: Vec<&String> =
        a.iter().filter(|(name, bytes)| b.get(*name) != Some(bytes)).map(|(n, _)| n).collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}

/// Copies a file or a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
