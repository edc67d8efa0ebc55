//! The disk: the only code that reads and writes files.
//!
//! Everything goes through one small trait, [`Disk`]. In the order in which a build calls it: [`lock`] keeps two
//! builds apart, [`cache_file`] gives back what an earlier run knew, [`scan`] tells what changed since, [`output`]
//! refuses folders that must not be written to, [`write`](mod@write) brings the output up to date and remembers it
//! in a [`manifest`]. [`watch`] says when to scan again. Called by `cli` and `serve` only.

pub mod absent;
mod beside;
pub mod built_in;
pub mod cache_file;
mod clash;
mod commit;
mod dirty_map;
pub mod disk;
pub mod lock;
pub mod manifest;
pub mod memory;
pub mod mounts;
pub mod names;
pub mod output;
mod read;
pub mod real;
pub mod scan;
mod stage;
pub mod stats;
mod tree;
mod unread;
pub mod watch;
pub mod write;

pub use disk::{Disk, Entry, Kind, Stat};
pub use memory::MemoryDisk;
pub use mounts::{Mount, Mounts};
pub use real::RealDisk;
