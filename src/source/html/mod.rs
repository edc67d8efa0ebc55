//! HTML taken apart as a browser would, and text made safe for its place in it: the one reader of tags, the one escaper.
//!
//! Read are raw HTML in pages, templates, and finished pages: what is a tag here is one in every browser, by the states of
//! the HTML standard (a test asks html5gum). Nothing is copied: pieces are places in the text.

mod attributes;
mod escape;
mod reading;
mod references;
mod srcset;
#[cfg(test)]
mod tests;

pub use attributes::Attribute;
pub use escape::{attribute, href, quoted, text};
pub use reading::{Piece, Pieces, Tag, lower as lower_name, opened, pieces, tags};
pub use references::{resolved, value as attribute_value};
pub use srcset::candidates;

/// Elements at whose beginning a paragraph ends (HTML standard, "optional tags").
pub const ENDS_PARAGRAPH: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
