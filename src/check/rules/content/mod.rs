//! Rules on what this kind of guide must hold: sources, safety, terms, titles.

pub mod citation_unlinked;
pub mod description_duplicate;
pub mod description_missing;
pub mod hazard_without_safety;
pub mod page_too_large;
pub mod term_defined_twice;
pub mod term_unused;
pub mod title_duplicate;

group!(
    citation_unlinked,
    hazard_without_safety,
    term_defined_twice,
    term_unused,
    title_duplicate,
    description_missing,
    description_duplicate,
    page_too_large,
);
