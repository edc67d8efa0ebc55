//! The json printer.
