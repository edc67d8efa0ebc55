//! The colors of a district: readable shades computed from one color.

/// stub until r1
pub fn tokens_value(_color: Option<&str>) -> tera::Value { tera::Value::none() }
