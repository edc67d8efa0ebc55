//! What files that are not pages carry without anyone seeing it: places in photos, names in documents.
//!
//! Pure functions over bytes; the engine calls [`super::Checker::asset`] for files that pages use.

mod author;
mod photo;

pub use author::author;
pub use photo::{Location, location, tells_place, without_metadata};

use crate::source::SourcePath;

/// One file that is not a page.
#[derive(Clone, Copy)]
pub struct AssetInput<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// Its bytes.
    pub bytes: &'a [u8],
}

#[cfg(test)]
mod tests;
