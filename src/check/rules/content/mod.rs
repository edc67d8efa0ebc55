//! Rules on what this kind of guide must hold: sources, safety, terms, titles.

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
