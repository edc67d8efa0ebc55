//! What each function of templates takes, and what is wrong with a call that does not fit.
//!
//! Tera hands over whatever arguments are written. So a misspelt one would be left out without a word, and the function
//! would answer another question than the one that was asked.

use crate::diag::closest;
use crate::template::refused;
use tera::value::ValueKind;
use tera::{Kwargs, TeraResult, Value};

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A text.
    Text,
    /// A whole number; a text that is one too, since what pages hand to components are texts.
    Whole,
    /// True or false.
    Truth,
    /// Anything, also nothing.
    Any,
}

/// One argument of a function.
#[derive(Debug)]
pub(super) struct Argument {
    name: &'static str,
    takes: Takes,
    needed: bool,
}

const fn needs(name: &'static str, takes: Takes) -> Argument {
    Argument { name, takes, needed: true }
}

const fn may(name: &'static str, takes: Takes) -> Argument {
    Argument { name, takes, needed: false }
}

use Takes::{Any, Text, Truth, Whole};

/// Each function with its arguments. [`OPEN`] takes others as well.
const FUNCTIONS: &[(&str, &[Argument])] = &[
    ("a_z_url", &[]),
    ("all_pages", &[may("lang", Text)]),
    ("asset", &[needs("path", Text)]),
    ("backlinks", &[may("path", Text)]),
    ("brand", &[]),
    ("changes", &[may("limit", Whole)]),
    ("data", &[needs("path", Text)]),
    ("date", &[needs("value", Any), may("lang", Text), may("weekday", Truth)]),
    ("entries", &[needs("kind", Text), may("page", Text), may("sort", Text)]),
    ("entry", &[needs("ref", Text)]),
    ("feed_url", &[]),
    ("finder_facets", &[needs("kind", Text)]),
    ("finder_url", &[needs("kind", Text)]),
    ("finders", &[may("section", Text)]),
    ("image_size", &[needs("path", Text)]),
    ("link", &[needs("to", Text)]),
    ("menu", &[]),
    ("menu_items", &[needs("name", Text)]),
    ("page", &[needs("path", Text)]),
    ("pages", &[may("section", Text)]),
    ("print_url", &[]),
    ("qr", &[needs("text", Text)]),
    ("related", &[]),
    ("search_root", &[]),
    ("search_url", &[]),
    ("section_print_url", &[]),
    ("site_map_url", &[]),
    ("site_notices", &[]),
    ("svg", &[needs("path", Text)]),
    ("t", &[needs("key", Text), may("n", Whole), may("lang", Text), may("kind", Text)]),
    ("tags", &[]),
    ("tags_url", &[]),
    ("today", &[]),
    ("zip", &[]),
];

/// The function whose further arguments fill the places of a text.
const OPEN: &str = "t";

/// The names of all functions.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|(name, _)| *name)
}

/// The arguments of a function.
pub(super) fn of(function: &str) -> &'static [Argument] {
    FUNCTIONS.iter().find(|(name, _)| *name == function).map_or(&[], |(_, arguments)| arguments)
}

/// Whether the name is that of an argument which the function knows by itself.
pub(super) fn is_own(function: &str, name: &str) -> bool {
    of(function).iter().any(|argument| argument.name == name)
}

/// Says what is wrong with a call.
pub(super) fn check(function: &str, arguments: &[Argument], given: &Kwargs) -> TeraResult<()> {
    let mut there = 0;
    for (key, value) in given.iter() {
        let key = key.as_str().unwrap_or_default();
        let Some(argument) = arguments.iter().find(|argument| argument.name == key) else {
            if function == OPEN {
                continue;
            }
            return Err(unknown(function, arguments, key));
        };
        there += usize::from(argument.needed);
        if !argument.takes.fits(value) {
            let (wanted, is) = (argument.takes.name(), called(value));
            let help = match value.is_none() || value.is_undefined() {
                true => format!(
                    "Ask first whether there is a value: {{% if x %}}{{{{ {function}({key}=x) }}}}{{% endif %}}."
                ),
                false => format!("Write {function}({key}={}).", argument.takes.example()),
            };
            return Err(refused(format!("{key} of {function}() must be {wanted}, and is {is}"), help));
        }
    }
    if there < arguments.iter().filter(|argument| argument.needed).count() {
        let is_missing = |argument: &&Argument| {
            argument.needed && !given.iter().any(|(key, _)| key.as_str() == Some(argument.name))
        };
        if let Some(argument) = arguments.iter().find(is_missing) {
            let name = argument.name;
            let help = format!("Write {function}({name}={}).", argument.takes.example());
            return Err(refused(format!("{function}() needs the argument {name}"), help));
        }
    }
    Ok(())
}

/// What the filters of Guidepost take beside the value that stands before them.
const FILTERS: &[(&str, &[&str])] = &[("date", &["lang", "weekday"])];

/// Says what is wrong with what is given to a filter of Guidepost.
pub(super) fn check_filter(filter: &str, given: &Kwargs) -> TeraResult<()> {
    let names = FILTERS.iter().find(|(name, _)| *name == filter).map_or(&[][..], |(_, names)| names);
    let keys = given.iter().map(|(key, _)| key.as_str().unwrap_or_default());
    let Some(key) = keys.into_iter().find(|key| !names.contains(key)) else { return Ok(()) };
    let help = match (closest(key, names.iter().copied()), names) {
        (Some(near), _) => format!("Did you mean {near}?"),
        (None, []) => format!("Write x | {filter}, with nothing in brackets."),
        (None, names) => format!(
            "It takes {}. Each language has its own form of days: date_format in its texts.",
            names.join(", ")
        ),
    };
    Err(refused(format!("the filter {filter} takes no argument \"{key}\""), help))
}

fn unknown(function: &str, arguments: &[Argument], key: &str) -> tera::Error {
    let names: Vec<&str> = arguments.iter().map(|argument| argument.name).collect();
    let help = match (closest(key, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => format!("Did you mean {near}?"),
        (None, []) => format!("Write {function}() without arguments."),
        (None, names) => format!("It takes {}.", names.join(", ")),
    };
    refused(format!("{function}() takes no argument \"{key}\""), help)
}

impl Takes {
    fn fits(self, value: &Value) -> bool {
        match self {
            Text => value.is_string(),
            // What a script fills is given as its own place.
            Whole => whole(value).is_some() || value.as_str() == Some("{n}"),
            Truth => value.is_bool(),
            Any => true,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Text => "a text",
            Whole => "a whole number",
            Truth => "true or false",
            Any => "a value",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Text | Any => "\"…\"",
            Whole => "3",
            Truth => "true",
        }
    }
}

/// A whole number; also one that is written as a text.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value.as_str() {
        Some(text) => text.trim().parse().ok(),
        None => value.as_i64(),
    }
}

/// What a value is, in words.
pub(super) fn called(value: &Value) -> &'static str {
    match value.kind() {
        ValueKind::String => "a text",
        ValueKind::Bool => "true or false",
        ValueKind::Array => "a list",
        ValueKind::Map => "a map of names and values",
        ValueKind::None | ValueKind::Undefined => "nothing",
        _ => "a number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The manual has a line for each function, and each argument stands in it.
    #[test]
    fn each_function_is_in_the_manual_with_its_arguments() {
        let manual = include_str!("../../../docs/content/themes/templates.md");
        for (name, arguments) in FUNCTIONS {
            let call = format!("`{name}(");
            let line = manual.lines().find(|line| line.starts_with('|') && line.contains(&call));
            let line = line.unwrap_or_else(|| panic!("{name} is not in the manual"));
            for argument in *arguments {
                assert!(line.contains(argument.name), "{name}: {}", argument.name);
            }
        }
    }

    #[test]
    fn they_are_sorted_and_each_is_there_once() {
        assert!(FUNCTIONS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
