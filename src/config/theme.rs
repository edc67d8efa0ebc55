//! `theme.yaml` and `kinds.yaml`.

use crate::diag::Parsed;
use crate::schema::Kinds;
use crate::source::Source;

/// What a theme says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// Its display name.
    pub title: String,
    /// The theme it extends: the name of a folder beside its own.
    pub extends: Option<String>,
    /// Assets that must keep their file name (no fingerprint in it).
    pub keep_names: Vec<String>,
}

/// Reads `theme.yaml`.
pub fn load(_source: &Source) -> Parsed<Theme> {
    Parsed::clean(Theme::default())
}

/// Reads the `kinds.yaml` files of the layers, the base first; later files add to and replace earlier kinds.
pub fn load_kinds(_sources: &[&Source]) -> Parsed<Kinds> {
    Parsed::clean(Kinds::default())
}
