//! The github printer.
