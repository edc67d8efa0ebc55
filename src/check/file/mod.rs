//! What files that are not pages carry without anyone seeing it: places in photos, names in documents.
//!
//! Pure functions over bytes; the engine calls [`super::Checker::asset`] for files that pages use.

mod author;
mod photo;

pub use author::author;
pub use photo::{
    LARGEST, Location, Place, Whence, at_width, film_tells_place, look, look_at_text, place, published,
    turn_in_memory,
};

use crate::source::{Picture, SourcePath};

/// One file that is not a page.
#[derive(Clone, Copy)]
pub struct AssetInput<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// What it is, when it is a picture made of pixels.
    pub picture: Option<Picture>,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Whether a rule looks into a file of this kind, when it is not a text: other files need not be read, however large.
pub fn is_looked_into(extension: &str, picture: Option<Picture>, size: u64) -> bool {
    let documents = matches!(extension, "pdf" | "docx" | "xlsx" | "pptx");
    size <= LARGEST && (picture.is_some() || documents || is_film(extension))
}

/// Whether a file of this ending is a film that is made of boxes.
pub fn is_film(extension: &str) -> bool {
    matches!(extension, "mp4" | "m4v" | "mov" | "qt" | "3gp" | "3g2")
}

#[cfg(test)]
mod tests;
