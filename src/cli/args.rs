//! The arguments of all commands, with help that teaches.

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
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
    /// List which pages are translated, and which translations no longer fit their original.
    ///
    /// After a translation was brought up to date, --mark notes in it which text of the original it says.
    Translations(TranslationsArgs),
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
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Publish drafts, and pages whose time has not come or is over, too.
    #[arg(long)]
    pub drafts: bool,
    /// Build as if it were this day (YYYY-MM-DD), instead of today.
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
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
    pub format: Format,
    /// Print what was done as one JSON object: pages parsed, outputs made and written, milliseconds by stage.
    #[arg(long)]
    pub stats: bool,
    /// Start from nothing: use no cache and save none.
    #[arg(long)]
    pub no_cache: bool,
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
    /// Mark these pages as up to date with their originals, such as es/delivery/integrated.md.
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "mark_all")]
    pub mark: Vec<String>,
    /// Mark all outdated and unstamped translations as up to date.
    #[arg(long)]
    pub mark_all: bool,
}
