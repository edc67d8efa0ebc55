//! Check.
pub mod language;
