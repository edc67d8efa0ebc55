//! Rules on what is typed and does not come out: text that vanishes, and marks that are shown as text.
//!
//! They read what families see (`Page::flat`, in which no code stands) and, where that does not tell, the lines of
//! the file (`lines`). `typed` holds what several of them ask of a stretch of text.

mod addresses;
mod brackets;
mod held_back;
mod line_signs;
mod lines;
mod rare_signs;
mod signs;
mod typed;

pub mod comment_unclosed;
pub mod container_as_text;
pub mod field_as_text;
pub mod foreign_markup;
pub mod front_matter_as_text;
pub mod invisible_character;
pub mod link_as_text;
pub mod list_falls_apart;
pub mod mark_unbalanced;
pub mod mark_without_space;
pub mod merge_mark;
pub mod page_empty;
pub mod reviewed_in_future;
pub mod table_as_text;
pub mod table_cells;
pub mod text_as_code;
pub mod text_as_heading;
pub mod unfinished_text;

group!(
    front_matter_as_text,
    link_as_text,
    comment_unclosed,
    table_cells,
    table_as_text,
    mark_without_space,
    invisible_character,
    list_falls_apart,
    text_as_code,
    text_as_heading,
    field_as_text,
    mark_unbalanced,
    container_as_text,
    foreign_markup,
    merge_mark,
    unfinished_text,
    page_empty,
    reviewed_in_future,
);
