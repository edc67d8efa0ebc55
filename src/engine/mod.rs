//! The one state that outlives a call.

mod output;

pub use output::Output;
