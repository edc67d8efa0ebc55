//! Rules on the languages of the site.
//!
//! A language counts as complete once most of its pages (or terms) are there; then each gap is a warning at its
//! place. Until then one note says how far it is: a language that has just begun is no list of faults.

pub mod label_untranslated;
pub mod term_untranslated;
pub mod text_untranslated;
pub mod translation_missing;
pub mod translation_orphan;
pub mod translation_outdated;

group!(
    translation_missing,
    translation_outdated,
    translation_orphan,
    term_untranslated,
    label_untranslated,
    text_untranslated,
);

use crate::check::rule::Limit;

/// The share of pages or terms from which on a language counts as complete.
const SHARE: Limit = Limit {
    name: "translation_share",
    default: 0.8,
    about: "share of translated pages from which on each missing one is reported",
};
