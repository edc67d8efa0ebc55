//! [`Host`]: what the server asks of whoever has the pages. The engine's side of the dev server implements it.

use crate::diag::Severity;
use crate::source::OutputPath;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// Has the pages. Called from many threads at once, never on one that serves connections, so it may block; a panic
/// in it is answered with status 500 and harms no other request.
pub trait Host: Send + Sync + 'static {
    /// What belongs at `path`. Addresses of folders come as their `index.html`.
    fn get(&self, path: &OutputPath) -> Reply;

    /// All problems of the site as it stands, in the order in which `build` prints them.
    fn problems(&self) -> Vec<Problem>;
}

/// The answer for one address.
#[derive(Debug, Clone)]
pub enum Reply {
    /// These bytes. The live-reload script is added to `.html`.
    Bytes(Arc<[u8]>),
    /// The bytes of this file, which the host vouches for: they are sent in pieces.
    File(PathBuf),
    /// Nothing; with the site's own 404 page, if it has one.
    NotFound(Option<Arc<[u8]>>),
    /// The page cannot be made; this HTML (already escaped) says why.
    Failed(Arc<[u8]>),
}

/// A problem as the browser shows it. All fields are text, never HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The stable name of its kind.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// `content/a.md:3:7`, when it has a place.
    pub place: Option<String>,
    /// What to write or do instead.
    pub help: Option<String>,
    /// What its kind is about, for people who meet it first.
    pub about: String,
    /// The same text as `build` prints, with the source line.
    pub text: String,
}
