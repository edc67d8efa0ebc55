//! The integration tests, in one program: linked once, and what waits for a file or a server leaves the processors to
//! what computes. `cargo test --test integration check::fixtures` runs a part; `tests/README.md` says what is where.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so and stops")]

mod check;
mod check_cli;
mod cli_commands;
mod commonmark;
mod determinism;
mod faults;
mod guide;
mod hostile;
mod incremental;
mod io_scan;
mod io_write;
mod mistakes;
#[cfg(unix)]
mod packaging;
#[cfg(unix)]
mod publish;
mod search;
mod serve_browser;
mod serve_files;
mod serve_http;
mod sites;
mod support;
mod tidy;
mod watch_files;
