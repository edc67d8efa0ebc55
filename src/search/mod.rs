//! The search of the built site: its index, and the reader that asks it in the browser and here.
//!
//! [`digest`] makes of each page what the index needs, where it is parsed; [`Index`] joins the digests of a language; [`files`] writes
//! the root and the shards. `reader.js` finds in them, and [`query`] does the same in Rust for `guidepost search`; a test
//! holds the two together. `cut`, `fold` and `stops` say what a word is, the same in both.

mod code;
mod cut;
mod digest;
mod fold;
mod index;
mod shard;
mod stem;
mod stops;

pub use digest::digest;
pub use index::{Index, Language, PageIn};
pub use shard::{File, files};

/// The reader as the site gets it: comments and indents left out, and the tables of letters put in.
pub fn reader() -> String {
    let mut out = String::new();
    for line in include_str!("reader.js").lines() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    let tables = [
        ("@FOLDS@", fold::FOLDS),
        ("@MARKS@", fold::MARKS),
        ("@SIGNS@", fold::SIGNS),
        ("@SPACELESS@", fold::SPACELESS),
    ];
    tables.iter().fold(out, |out, (name, table)| out.replace(name, table))
}
