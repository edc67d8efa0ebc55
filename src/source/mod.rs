//! What comes in: paths, bytes, fingerprints and spans.
//!
//! Everything above this layer names files by [`SourcePath`] and places in them by [`Span`];
//! nothing here opens a file. Called by every other layer.

pub mod address;
pub mod content_type;
mod cycles;
mod fingerprint;
pub mod html;
mod naming;
mod path;
mod picture;
pub mod refs;
mod span;
mod stray;

pub use address::{folded, nfc, url_escape};
pub use cycles::groups;
pub use fingerprint::{Fingerprint, Hasher};
pub use naming::{INDEX_NAMES, Prefixes, is_index};
pub use path::{OutputPath, PathError, SourcePath, join, relative_url};
pub use picture::{Fault, Format, Picture, SIGNATURE, drawn};
pub use span::{LineIndex, Position, Span};
pub use stray::{is_merge_mark, plain, unseen};

use std::sync::Arc;

/// One file as it was read: its path from the site root, its bytes, and what identifies them.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path from the site root, with `/` between folders.
    pub path: SourcePath,
    /// The bytes of the file.
    pub text: Arc<[u8]>,
    /// Fingerprint of `text`.
    pub fingerprint: Fingerprint,
}

impl Source {
    /// Makes a source from a path and its bytes; the fingerprint is computed here.
    pub fn new(path: SourcePath, bytes: impl Into<Arc<[u8]>>) -> Self {
        let text: Arc<[u8]> = bytes.into();
        let fingerprint = Fingerprint::of(&text);
        Source { path, text, fingerprint }
    }

    /// The text as UTF-8, or the byte offset of the first byte that is not.
    pub fn utf8(&self) -> Result<&str, usize> {
        std::str::from_utf8(&self.text).map_err(|e| e.valid_up_to())
    }
}

/// One file that is copied, not understood: an image, a PDF, a font. Its bytes stay on disk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Asset {
    /// The path from the site root.
    pub path: SourcePath,
    /// Size in bytes.
    pub size: u64,
    /// Fingerprint of the bytes.
    pub fingerprint: Fingerprint,
    /// Width and height in pixels as the picture is shown, turned as it says; when it is a picture that says so.
    pub dimensions: Option<(u32, u32)>,
    /// What it is as a picture, by its bytes; none when it is none.
    pub picture: Option<Picture>,
}

/// What happened to one file since the engine last heard of it.
#[derive(Debug, Clone)]
pub enum Change {
    /// The text file (markdown, YAML, JSON, CSV, template, CSS, script, SVG) is new or its bytes differ.
    Set(Source),
    /// The other file is new or its bytes differ.
    SetAsset(Asset),
    /// The file is gone.
    Remove(SourcePath),
}
