//! The search of the built site: its index, and the reader that asks it in the browser and here.
//!
//! [`digest`] makes of each page what the index needs, where it is parsed; [`Index`] joins the digests of a language; [`files`] writes
//! the root and the shards. `reader.js` finds in them, and [`query`] does the same in Rust for `guidepost search`; a test
//! holds the two together. `cut`, `fold` and `stops` say what a word is, the same in both.

mod classes;
mod code;
mod compact;
mod cut;
mod digest;
mod files;
mod fold;
mod gather;
mod index;
mod intern;
mod postings;
mod query;
mod rank;
mod shard;
mod stem;
mod stops;
mod words;

pub use digest::{digest, names, tables};
pub use index::{Index, Language, PageIn};
pub use query::{Answer, Found, Search};
pub use shard::{File, files, text};
pub use words::Words;

/// The reader as the site gets it: made small, and the tables of letters put in.
pub fn reader() -> String {
    let tables = [
        ("@FOLDS@", fold::FOLDS),
        ("@MARKS@", fold::MARKS),
        ("@SIGNS@", fold::SIGNS),
        ("@SPACELESS@", fold::SPACELESS),
    ];
    let small = compact::compact(include_str!("reader.js"));
    tables.iter().fold(small, |out, (name, table)| out.replace(name, table))
}
