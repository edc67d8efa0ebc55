//! The colors of a district: readable shades computed from one color.
