//! The arguments of what brings a website to others: `publish`, `zip`, and the manuals of packages.

use super::{Format, SiteArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How much is said, and what counts as a failure.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Tone {
    /// End with exit code 1 when there are warnings, too.
    #[arg(long)]
    pub strict: bool,
    /// Say nothing unless there is a problem.
    #[arg(long)]
    pub quiet: bool,
    /// Print notes too: what could be better and harms nobody.
    #[arg(long)]
    pub notes: bool,
}

/// Arguments of `publish`.
#[derive(Debug, Clone, Args)]
pub struct PublishArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Where to: a folder; user@host:/folder for rsync; git:REPOSITORY#BRANCH. With --program, whatever it understands.
    #[arg(value_name = "TARGET")]
    pub target: String,
    /// A program that puts files there. It is called with a step (assets, pages or delete), the folder of the site and the
    /// target, and reads the paths of the files from its input, one a line.
    #[arg(long, value_name = "PROGRAM")]
    pub program: Option<PathBuf>,
    /// Publish although `check --publish` has things to do, and write over files at the target that Guidepost did not make.
    #[arg(long)]
    pub anyway: bool,
    /// Say what would be published, and change nothing at the target. The site itself is built.
    #[arg(long)]
    pub dry_run: bool,
    /// For people, or one JSON object: new, changed and gone pages, and how many other files.
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Arguments of `zip`.
#[derive(Debug, Clone, Args)]
pub struct ZipArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The file that is written; without it one named after the guide's folder, in that folder.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 8.5 by 11 inches.
    Letter,
    /// 210 by 297 millimeters.
    A4,
}

impl Paper {
    /// Its name in a stylesheet.
    pub fn size(self) -> &'static str {
        match self {
            Paper::Letter => "letter",
            Paper::A4 => "A4",
        }
    }
}

/// Arguments of `print`.
#[derive(Debug, Clone, Args)]
pub struct PrintArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Pages (parents/goals.md), parts of the guide (parents), or "all": the whole guide, one file a language.
    #[arg(value_name = "PAGE", required = true)]
    pub what: Vec<String>,
    /// The size of the paper.
    #[arg(long, value_enum, default_value = "letter")]
    pub paper: Paper,
    /// Only in this language, such as es.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// The folder that the files are written to, instead of pdf/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// The browser that prints; without it one that is installed is looked for.
    #[arg(long, value_name = "PROGRAM")]
    pub browser: Option<PathBuf>,
}

/// Arguments of `manuals`.
#[derive(Debug, Clone, Args)]
pub struct ManualsArgs {
    /// The folder that they are written to.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}
