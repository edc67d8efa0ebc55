//! Guidepost: a static site generator for parent guides.
//!
//! For other programs there is [`build`]. All else is the inside of the program: it is public for its own tests and benches, and may
//! change with any version.
//!
//! The pipeline, in the order in which data flows:
//!
//! 1. [`io`] scans the site folder and gives the engine the files that changed.
//! 2. [`document`] parses each changed page ([`markdown`] does its body) into a `Document`, and from the same reading
//!    gives its [`text`], which the rules see.
//! 3. [`site`] assembles the summaries of all documents into the graph of the site.
//! 4. [`plan`] lists every output before any is made.
//! 5. [`render`] makes outputs, reading the site only through a `Reader` that records each read.
//! 6. [`engine`] keeps what was read, so that an edit redoes only what it changed.
//! 7. [`io`] writes what differs.
//!
//! Imports point down this list only: `cli`/`serve`/`io`, `engine`, `render`/`check`/`search`, `plan`/`template`/`hosts`, `site`,
//! `document`/`markdown`/`text`, `schema`/`config`, `source`/`diag`. Nothing below `engine` touches disk, net, clock or terminal.

#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diag;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod hosts;
#[doc(hidden)]
pub mod io;
#[doc(hidden)]
pub mod markdown;
#[doc(hidden)]
pub mod plan;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod search;
#[doc(hidden)]
pub mod serve;
#[doc(hidden)]
pub mod site;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod template;
#[doc(hidden)]
pub mod text;

pub use cli::library::{Built, Problem, Site, build};
pub use diag::Severity;
