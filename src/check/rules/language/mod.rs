//! Rules of plain language.

group!(
    reading_level,
    section_level,
    harder_than_others,
    long_sentence,
    long_paragraph,
    acronym_unexplained,
    acronym_two_ways,
    claim_word,
    brand_name,
    many_terms,
);
