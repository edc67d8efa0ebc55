//! The human printer.
