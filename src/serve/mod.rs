//! The dev server: pages from memory, live reload, problems in the browser.
//!
//! `guidepost serve` implements [`Host`] over the engine, starts a [`Server`] with it, and after each change calls
//! [`Live::tell`] once the host has what is new. The server answers local names only, GET and HEAD only, and
//! nothing but what the host gives; it never looks for files by itself.

mod address;
mod guard;
mod host;
mod inject;
mod live;
mod range;
mod respond;
mod server;
mod site;

pub use host::{Host, Problem, Reply};
pub use live::{Live, News};
pub use server::{ServeOptions, Server, Stopper, on_signals};
