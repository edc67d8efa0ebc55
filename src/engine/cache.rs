//! What a later run starts from.
