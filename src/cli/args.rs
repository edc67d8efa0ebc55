//! The arguments of all commands, with help that teaches.

mod making;
mod publishing;

pub use making::{NewArgs, NewCommand, NewThemeArgs};
pub use publishing::{ManualsArgs, Paper, PrintArgs, PublishArgs, Tone, ZipArgs};

use super::today::{self, When};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use std::path::PathBuf;

/// A static site generator for parent guides.
///
/// A folder of markdown pages becomes a website that every family can use: on an old phone, with a screen reader,
/// in their own language, on paper, without a network.
#[derive(Debug, Parser)]
#[command(name = "guidepost", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Turn the pages in content/ into a website in public/.
    ///
    /// Only files that differ are written. If a page has an error, nothing is written and the last good site stays.
    Build(BuildArgs),
    /// Show the guide in a browser and follow every change.
    ///
    /// Pages are made in memory when the browser asks; public/ is not touched. Problems appear in the browser too.
    Serve(ServeArgs),
    /// Build, and bring what changed to the place where families look: first what pages need, then pages, then what is gone.
    ///
    /// It refuses as long as `guidepost check --publish` has something that must be done first.
    Publish(PublishArgs),
    /// Build, and put the website into one file: for a web administrator, a stick, or families without a network.
    ///
    /// The same website gives the same file, byte for byte.
    Zip(ZipArgs),
    /// Build, and make PDF files of pages, of parts or of the whole guide, with a Chromium that is installed.
    ///
    /// Headings become bookmarks. Links within the guide work where the guide has an address (base_url).
    Print(PrintArgs),
    /// Write man pages and completions of this command line, for whoever makes packages.
    #[command(hide = true)]
    Manuals(ManualsArgs),
    /// Keep public/ up to date while you edit.
    Watch(WatchArgs),
    /// Find what is wrong or could be better, with its line and what to write instead.
    Check(CheckArgs),
    /// Write one page with all that is broken, hard to read, untranslated or overdue, for people who would rather look.
    Report(ReportArgs),
    /// List which pages are translated, and which translations no longer fit their original.
    ///
    /// After a translation was brought up to date, --mark notes in it which text of the original it says.
    Translations(TranslationsArgs),
    /// List all pages with their titles, kinds, days, headings, links and entries, for other programs.
    List(ListArgs),
    /// Add a language to the guide, take one out, or tell how far each is.
    Language(LanguageArgs),
    /// Search the guide as families do, and print what they get.
    ///
    /// With --missing it asks all lines of a file, and tells which of them find nothing.
    Search(SearchArgs),
    /// Write JSON Schemas, with which an editor program completes and checks site.yaml and front matter as you type.
    Schema(SchemaArgs),
    /// Make a page with the front matter of its kind, each field with its help and an example; or a theme to start from.
    New(NewArgs),
    /// Make a new guide: settings and pages, ready to be changed.
    ///
    /// Nothing that exists is written over. The theme stays in the program: `guidepost theme`.
    Init(InitArgs),
    /// Take files of the built-in theme into the site, and see what became of them in the program since.
    Theme(ThemeArgs),
}

/// Where the site is and how it is made: the same for all commands.
#[derive(Debug, Clone, Args)]
pub struct SiteArgs {
    /// The site's folder: the one with content/ and site.yaml in it.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The folder that is written, instead of public/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The site's address, such as https://example.org/guide. Needed only for sitemap, feed and QR codes.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Publish drafts, and pages whose time has not come or is over, too.
    #[arg(long)]
    pub drafts: bool,
    /// Build as if it were this day (YYYY-MM-DD), instead of today. A day with a time and an offset is a moment, such as
    /// 2027-01-15T08:00-05:00: then the day counts that it is at this moment where the site is.
    #[arg(long, value_name = "DATE", value_parser = today::when)]
    pub date: Option<When>,
    /// What the clock of the computer shows when the program starts, for tests.
    #[arg(long, value_name = "MOMENT", value_parser = today::moment, hide = true)]
    pub now: Option<Timestamp>,
    /// How many threads to use; the result is the same with any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: the place, the line, and what to write instead.
    Human,
    /// One JSON object a line: code, severity, message, path, line, column, end_line, end_column, help.
    Json,
}

/// Arguments of `build`.
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// How problems are printed.
    #[arg(long, value_enum, default_value = "human")]
    pub format: CheckFormat,
    /// Print what was done as one JSON object: pages parsed, outputs made and written, milliseconds by stage.
    #[arg(long)]
    pub stats: bool,
    /// Look only for what keeps a page from being right (broken links, wrong fields), not for what could be better.
    #[arg(long)]
    pub no_checks: bool,
    /// Start from nothing: use no cache and save none.
    #[arg(long)]
    pub no_cache: bool,
    /// Write nothing; name the pages that would be new, changed and gone in the folder that is written.
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub tone: Tone,
}

/// Arguments of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The port; if another program uses it, the next free one is taken.
    #[arg(long, value_name = "N", default_value_t = 4400)]
    pub port: u16,
    /// The name or address to serve on. Anything but this computer's own can be seen by others.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the guide in your browser.
    #[arg(long)]
    pub open: bool,
    /// Keep public/ up to date too.
    #[arg(long)]
    pub write: bool,
}

/// Arguments of `watch`.
#[derive(Debug, Clone, Args)]
pub struct WatchArgs {
    #[command(flatten)]
    pub site: SiteArgs,
}

/// How `check` prints problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub annotations.
    Github,
}

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// How problems are printed.
    #[arg(long, value_enum, default_value = "human")]
    pub format: CheckFormat,
    /// Print all problems for people, not only the first twenty of each kind that is no error. The other formats always have all.
    #[arg(long)]
    pub all: bool,
    /// Ask other sites whether the pages that yours link to are still there. Without it nothing is asked.
    #[arg(long)]
    pub external: bool,
    /// Keep all addresses of the site in urls.lock: what was published once must stay or lead on.
    #[arg(long, conflicts_with = "drafts")]
    pub lock_addresses: bool,
    /// Keep in published.lock what the pages say now, as `publish` does: for whoever brings the website to its place otherwise.
    #[arg(long, conflicts_with = "drafts")]
    pub lock_texts: bool,
    /// List what stands between this folder and the public: what must be done first, and what is good to know.
    #[arg(long, conflicts_with_all = ["drafts", "fix", "dry_run"])]
    pub publish: bool,
    /// Explain one check, such as broken-link, with examples.
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
    /// End with exit code 1 when there are warnings, too.
    #[arg(long)]
    pub strict: bool,
    /// Mend what can be mended safely.
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `report`.
#[derive(Debug, Clone, Args)]
pub struct ReportArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The file that is written, instead of report.html in the site's folder.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub file: Option<PathBuf>,
    /// A page for people, or one JSON object on the standard output, for other programs; then no file is written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Print all problems for people, not only the first twenty of each kind that is no error. The other formats always have all.
    #[arg(long)]
    pub all: bool,
    /// Ask other sites whether the pages that yours link to are still there.
    #[arg(long)]
    pub external: bool,
}

/// An address as `base_url` in `site.yaml` takes it.
fn base_url(text: &str) -> Result<String, String> {
    crate::config::base_url::read(text).map_err(|fault| format!("{}; {}", fault.message, fault.help))
}

/// Where the site is, for commands that build nothing.
#[derive(Debug, Clone, Args)]
pub struct RootArgs {
    /// The site's folder: the one with content/ and site.yaml in it.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

/// Arguments of `translations`.
#[derive(Debug, Clone, Args)]
pub struct TranslationsArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// Only this language, such as es.
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// For people, or one JSON object a language.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human", conflicts_with_all = ["mark", "mark_all"])]
    pub format: Format,
    /// Mark these pages as up to date with their originals, such as es/meetings/goals.md.
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "mark_all")]
    pub mark: Vec<String>,
    /// Mark all outdated and unstamped translations as up to date.
    #[arg(long)]
    pub mark_all: bool,
}

/// Arguments of `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// Only this language, such as es.
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// For people, or one JSON object a page.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Arguments of `language`.
#[derive(Debug, Clone, Args)]
pub struct LanguageArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: LanguageCommand,
}

/// The commands below `language`.
#[derive(Debug, Clone, Subcommand)]
pub enum LanguageCommand {
    /// Add a language: site.yaml lists it, marked as unreviewed, with each of its texts ready to be translated.
    Add(LanguageAddArgs),
    /// Take a language out of site.yaml, with its texts there. Its pages are set aside, not deleted.
    Remove(LanguageRemoveArgs),
    /// Tell of each language how many pages are translated, and whether its texts are there and checked.
    Status(LanguageStatusArgs),
}

/// Arguments of `language add`.
#[derive(Debug, Clone, Args)]
pub struct LanguageAddArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// The tag of the language, such as vi or zh-Hans.
    #[arg(value_name = "CODE")]
    pub code: String,
}

/// Arguments of `language remove`.
#[derive(Debug, Clone, Args)]
pub struct LanguageRemoveArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// The tag of the language, as site.yaml has it.
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Delete its pages and texts, instead of setting them aside in a folder beside content/.
    #[arg(long)]
    pub delete: bool,
    /// List what would go, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `language status`.
#[derive(Debug, Clone, Args)]
pub struct LanguageStatusArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// For people, or one JSON object for each language.
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Arguments of `search`.
#[derive(Debug, Clone, Args)]
pub struct SearchArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// What to look for, as a reader types it.
    #[arg(value_name = "WORDS", required_unless_present = "missing")]
    pub words: Vec<String>,
    /// The language of the pages, such as es; without it the guide's own.
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// A file with a question in each line, perhaps with a tab and the address that should be found.
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    pub missing: Option<PathBuf>,
    /// How many answers to print.
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub limit: usize,
    /// Print addresses alone, one a line, and "help" where readers are shown where else to look.
    #[arg(long)]
    pub addresses: bool,
}

/// Arguments of `schema`.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    #[command(flatten)]
    pub root: RootArgs,
    /// The folder they are written to, instead of schemas/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print one schema instead: site, theme, kinds, front-matter, or front-matter- and a kind.
    #[arg(long, value_name = "NAME", conflicts_with = "out")]
    pub print: Option<String>,
}

/// Arguments of `init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The folder, which is made if there is none.
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// What to begin with.
    #[arg(long, value_enum, value_name = "NAME", default_value = "ot")]
    pub starter: Starter,
    /// Only the settings and one page: the same as --starter blank.
    #[arg(long, conflicts_with = "starter")]
    pub bare: bool,
    /// List the starters, and make nothing.
    #[arg(long, conflicts_with_all = ["starter", "bare", "dir"])]
    pub list: bool,
}

/// A guide to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Starter {
    /// A whole guide for families whose child gets one service at school.
    Ot,
    /// A handbook on special education as a whole: the plan, the meeting, rights, and whom to ask.
    SpecialEducation,
    /// One page, the settings, and one example of each kind of page as a draft.
    Blank,
}

impl Starter {
    /// All of them.
    pub const ALL: [Starter; 3] = [Starter::Ot, Starter::SpecialEducation, Starter::Blank];
}

/// Arguments of `theme`.
#[derive(Debug, Clone, Args)]
pub struct ThemeArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ThemeCommand,
}

/// What `theme` does.
#[derive(Debug, Clone, Subcommand)]
pub enum ThemeCommand {
    /// Copy files of the built-in theme into the site, to be changed there.
    ///
    /// The site's file is used from then on, and stays as it is when Guidepost gets newer.
    Eject(EjectArgs),
    /// Tell which files of the theme the site replaces, how they differ, and which of them changed in the program since.
    Status(ThemeStatusArgs),
}

/// Arguments of `theme eject`.
#[derive(Debug, Clone, Args)]
pub struct EjectArgs {
    /// Files of the theme, such as page.html or assets/style.css.
    #[arg(value_name = "FILE", required_unless_present = "all", conflicts_with = "all")]
    pub files: Vec<String>,
    /// The whole theme, into themes/parent-guide.
    #[arg(long)]
    pub all: bool,
    /// Where the site is.
    #[command(flatten)]
    pub root: RootArgs,
}

/// Arguments of `theme status`.
#[derive(Debug, Clone, Args)]
pub struct ThemeStatusArgs {
    /// List the files of the theme that can be ejected, instead.
    #[arg(long)]
    pub files: bool,
    /// Where the site is.
    #[command(flatten)]
    pub root: RootArgs,
}
