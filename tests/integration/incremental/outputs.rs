//! `build` makes the output folder what the sources say, whoever wrote there in the meantime.
//!
//! Random scripts with the real program, its cache and its writer: edits mixed with runs that write the same folder otherwise
//! (without a cache, for another address, on another day, with drafts, `serve --write` and `watch`), with folders that are put
//! back as they were, lists, manifests and outputs that are deleted or edited. After each step a build must leave what a build
//! of the same sources in a new folder makes, and must have nothing to do when it is run again.
//!
//! A twentieth of `GUIDEPOST_SCRIPTS` is run: each step is two runs of the program. `GUIDEPOST_SEED` is heeded.

use super::edits::Rng;
use crate::support::{Run, Site, Tree, copy};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many steps a script has.
const STEPS: usize = 6;

const PAGES: [&str; 6] = ["a.md", "b.md", "sub/c.md", "sub/index.md", "es/a.md", "Case.md"];
const DAYS: [&str; 3] = ["2026-11-20", "2026-11-22", "2026-11-24"];

struct Script {
    site: Site,
    rng: Rng,
    day: usize,
    checks: bool,
    said: Vec<String>,
    /// Copies of the output folder as it once was.
    older: Vec<PathBuf>,
    /// Whether what tells of the outputs was changed in this step. Where all of it is gone, nobody could know.
    blinded: bool,
}

fn replace(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    if from.exists() {
        copy(from, to);
    }
}

impl Script {
    fn new(seed: u64) -> Script {
        let site = Site::bilingual();
        site.page("a.md", "title: A\ntags: [x]", "Text.").page("sub/index.md", "title: Sub", "List.");
        site.file("assets/own.css", "a{background:url(pic.svg)}").file("assets/pic.svg", "<svg/>");
        let rng = Rng::new(seed);
        Script {
            site,
            rng,
            day: 1,
            checks: seed.is_multiple_of(3),
            said: Vec::new(),
            older: Vec::new(),
            blinded: false,
        }
    }

    fn public(&self) -> PathBuf {
        self.site.root().join("public")
    }

    /// The program, with these arguments behind `build`.
    fn build(&self, site: &Site, args: &[&str]) -> Run {
        let mut command = site.command();
        command.arg("build").args(args);
        if !args.contains(&"--date") {
            command.args(["--date", DAYS[self.day]]);
        }
        if !self.checks {
            command.arg("--no-checks");
        }
        Run::of(&mut command)
    }

    /// Starts a command that goes on until it is ended, and ends it hard when it has written, or said that it will not.
    fn run_until(&self, args: &[&str], done: &str) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guidepost"))
            .args(args)
            .args(["--date", DAYS[self.day]])
            .current_dir(self.site.root())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap()).lines();
        // Where there is nothing to show it ends by itself.
        said.map_while(Result::ok).any(|line| line.contains(done));
        let _ = child.kill();
        child.wait().unwrap();
    }

    fn page(&mut self) -> &'static str {
        PAGES[self.rng.below(PAGES.len())]
    }

    /// Edits the sources.
    fn edit(&mut self) {
        let page = self.page();
        let n = self.rng.below(100);
        let said = match self.rng.below(9) {
            0 | 1 => {
                self.site.page(
                    page,
                    &format!("title: P{n}\ntags: [t{}]", n % 3),
                    &format!("Text {n}. See [a](/a.md)."),
                );
                format!("write {page}")
            }
            2 => {
                self.site.page(page, "title: Dated\npublish: 2026-11-22\nexpires: 2026-11-24", "Today.");
                format!("{page} has days")
            }
            3 => {
                self.site.page(page, "title: Draft\ndraft: true", "Secret.");
                format!("{page} is a draft")
            }
            4 => {
                let _ = fs::remove_file(self.site.root().join("content").join(page));
                format!("remove {page}")
            }
            5 => {
                let keep = ["mark.svg", "plain.css", "own.css", "plain.css, own.css, pic.svg"][n % 4];
                self.site.file("themes/plain/theme.yaml", format!("title: Plain\nkeep_names: [{keep}]\n"));
                format!("keep {keep}")
            }
            6 => {
                self.site.file("assets/pic.svg", format!("<svg id=\"i{n}\"/>"));
                "change the picture".to_owned()
            }
            7 => {
                let languages = ["[en, es]", "[en]", "[en, es, fr]"][n % 3];
                let settings = format!("title: T{n}\ntheme: plain\nlanguages: {languages}\n");
                self.site.file("site.yaml", settings);
                format!("languages {languages}")
            }
            _ => {
                self.day = n % DAYS.len();
                format!("on {}", DAYS[self.day])
            }
        };
        self.said.push(said);
    }

    /// Has another run write the output folder, or somebody change what lies in it.
    fn disturb(&mut self) {
        let runs: [&[&str]; 7] = [
            &["--no-cache"],
            &["--no-cache", "--base-url", "https://staging.example.org"],
            &["--base-url", "https://staging.example.org"],
            &["--no-cache", "--drafts"],
            &["--drafts"],
            &["--no-cache", "--date", "2027-01-01"],
            &["--out", "elsewhere"],
        ];
        let said = match self.rng.below(11) {
            0 | 1 => {
                let args = runs[self.rng.below(runs.len())];
                self.build(&self.site, args);
                format!("build {}", args.join(" "))
            }
            2 => {
                // A text that is there for one run without a cache, and gone again.
                let path = self.site.root().join("content/a.md");
                let old = fs::read(&path).ok();
                self.site.page("a.md", "title: For a moment\ntags: [moment]", "Must not stay.");
                self.build(&self.site, &["--no-cache"]);
                match old {
                    Some(old) => fs::write(&path, old).unwrap(),
                    None => fs::remove_file(&path).unwrap(),
                }
                "a text for a moment".to_owned()
            }
            3 if !self.blinded => {
                let to = self.site.beside().join(format!("older-{}", self.older.len()));
                replace(&self.public(), &to);
                self.older.push(to);
                "keep a copy of the folder".to_owned()
            }
            4 | 5 if !self.blinded && !self.older.is_empty() => {
                self.blinded = true;
                let older = self.older[self.rng.below(self.older.len())].clone();
                replace(&older, &self.public());
                format!("put back {}", older.file_name().unwrap().to_string_lossy())
            }
            6 if !self.blinded => {
                self.blinded = true;
                let _ = fs::remove_file(self.public().join(crate::support::LIST));
                "delete the list".to_owned()
            }
            7 if !self.blinded => {
                self.blinded = true;
                let _ = fs::remove_dir_all(self.site.root().join(".cache"));
                "delete the cache".to_owned()
            }
            8 => {
                self.run_until(&["serve", "--write", "--port", "4780"], " made, ");
                "serve --write".to_owned()
            }
            9 => {
                self.run_until(&["watch"], "Watching for changes");
                "watch".to_owned()
            }
            _ => self.touch(),
        };
        self.said.push(said);
    }

    /// Edits, deletes or empties outputs by hand.
    fn touch(&mut self) -> String {
        let files: Vec<PathBuf> = walkdir::WalkDir::new(self.public())
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|file| file.file_type().is_file() && file.file_name() != crate::support::LIST)
            .map(walkdir::DirEntry::into_path)
            .collect();
        if files.is_empty() {
            return "nothing to touch".to_owned();
        }
        let file = &files[self.rng.below(files.len())];
        let name = file.strip_prefix(self.site.root()).unwrap().display().to_string();
        match self.rng.below(3) {
            0 => {
                fs::remove_file(file).unwrap();
                format!("delete {name}")
            }
            1 => {
                // As long as it was.
                let bytes = fs::read(file).unwrap();
                fs::write(file, vec![b'x'; bytes.len()]).unwrap();
                format!("overwrite {name}")
            }
            _ => {
                let _ = fs::remove_dir_all(self.public().join("sub"));
                "delete public/sub".to_owned()
            }
        }
    }

    /// The first difference between the output and what a build from nothing makes.
    fn look(&self) -> Option<String> {
        let run = self.build(&self.site, &[]);
        let fresh = Site::copy_of(&self.site.root());
        for folder in ["public", ".cache", "elsewhere"] {
            let _ = fs::remove_dir_all(fresh.root().join(folder));
        }
        let clean = self.build(&fresh, &[]);
        let (found, wanted): (Tree, Tree) = (self.site.public(), fresh.public());
        if run.code != clean.code {
            return Some(format!("ends with {:?}, fresh with {:?}:\n{}", run.code, clean.code, run.stderr));
        }
        if run.code != Some(0) {
            // The last good site stays; what it was is another test's.
            return None;
        }
        // What somebody edited is left when it is no longer part of the site; the build says so.
        let left = |name: &str| !wanted.contains_key(name) && run.stderr.contains(name);
        let extra = found.keys().find(|name| !wanted.contains_key(*name) && !left(name));
        if let Some(extra) = extra {
            return Some(format!("{extra} should be gone"));
        }
        let other = wanted.iter().find(|(name, bytes)| found.get(*name) != Some(bytes));
        if let Some((name, _)) = other {
            return Some(format!("{name} is not what the sources say"));
        }
        let again = self.build(&self.site, &["--stats"]);
        if found.len() == wanted.len() && again.count("written") + again.count("removed") > 0 {
            return Some(format!("a second build had something to do: {}", again.stdout));
        }
        None
    }
}

fn run(seed: u64) {
    let mut script = Script::new(seed);
    script.build(&script.site, &[]);
    for step in 0..STEPS {
        script.blinded = false;
        for _ in 0..1 + script.rng.below(2) {
            if script.rng.chance(3) { script.edit() } else { script.disturb() }
        }
        if let Some(difference) = script.look() {
            panic!("seed {seed}, step {step}: {difference}\nscript:\n  {}", script.said.join("\n  "));
        }
    }
}

#[test]
fn a_build_makes_what_the_sources_say_whatever_wrote_there() {
    if let Ok(seed) = std::env::var("GUIDEPOST_SEED") {
        return run(seed.parse().expect("GUIDEPOST_SEED is a number"));
    }
    let scripts: u64 =
        std::env::var("GUIDEPOST_SCRIPTS").ok().and_then(|n| n.parse().ok()).unwrap_or(super::SCRIPTS);
    let next = std::sync::atomic::AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(8) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if seed >= scripts.div_ceil(20) {
                        break;
                    }
                    run(seed);
                }
            });
        }
    });
}
