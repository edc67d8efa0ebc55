//! Guidepost: a static site generator for parent guides.
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

pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod document;
pub mod engine;
pub mod hosts;
pub mod io;
pub mod markdown;
pub mod plan;
pub mod render;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod template;
pub mod text;
