//! The sarif printer.
