//! The arguments of `new`.

use super::RootArgs;
use clap::{Args, Subcommand};

/// Arguments of `new`.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct NewArgs {
    /// Something other than a page.
    #[command(subcommand)]
    pub command: Option<NewCommand>,
    #[command(flatten)]
    pub root: RootArgs,
    /// Where the page goes, below content/: parents/holidays.md. A / at the end makes the folder's page.
    #[arg(value_name = "PATH", required = true)]
    pub path: Option<String>,
    /// The kind of the page; without it the kind of its folder.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The title; without it a title is made of the file's name.
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// The language, such as es: the page goes into the folder of that language.
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Make a page that lists entries of this kind, such as activity, with one to start from.
    #[arg(long, value_name = "KIND")]
    pub entries: Option<String>,
}

/// What `new` makes besides pages.
#[derive(Debug, Clone, Subcommand)]
pub enum NewCommand {
    /// Make a theme to start from: small, accessible, without script. Each of its files says what it is for.
    ///
    /// Nothing uses it until site.yaml names it: theme: NAME.
    Theme(NewThemeArgs),
}

/// Arguments of `new theme`.
#[derive(Debug, Clone, Args)]
pub struct NewThemeArgs {
    /// The name of the theme: that of its folder in themes/.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Lay it over this theme, and hold only what is another one.
    #[arg(long, value_name = "THEME")]
    pub extends: Option<String>,
    #[command(flatten)]
    pub root: RootArgs,
}
