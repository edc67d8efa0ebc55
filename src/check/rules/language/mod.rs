//! Rules of plain language.

pub mod acronym_two_ways;
pub mod acronym_unexplained;
pub mod brand_name;
pub mod claim_word;
pub mod harder_than_others;
pub mod long_paragraph;
pub mod long_sentence;
pub mod many_terms;
pub mod reading_level;
pub mod section_level;

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
