//! What the engine hands to whoever writes or serves it.

use crate::source::{Fingerprint, OutputPath, SourcePath};
use std::sync::Arc;

/// One thing to do to the output.
#[derive(Debug, Clone)]
pub enum Output {
    /// These bytes belong at this path.
    Write {
        /// Where.
        path: OutputPath,
        /// The bytes.
        bytes: Arc<Vec<u8>>,
        /// Their fingerprint.
        fingerprint: Fingerprint,
    },
    /// The bytes of this source file belong at this path.
    Copy {
        /// Where.
        path: OutputPath,
        /// From which source.
        from: SourcePath,
        /// Fingerprint of the source's bytes.
        fingerprint: Fingerprint,
    },
    /// No job makes this path any more.
    Remove {
        /// Where.
        path: OutputPath,
    },
}
