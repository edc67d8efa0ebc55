//! Addresses in a template's markup that lead to files of the site, with their places.
//!
//! Called by the engine once the plan says which files there are. Only what is written out is looked at: what a template
//! puts together, it gets from functions that say themselves when there is nothing.

use super::remote::{blanked, without_template_quotes};
use crate::source::address::{self, Address};
use crate::source::html;
use std::ops::Range;

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &["href", "src", "poster", "xlink:href"];

/// The addresses in `text` that count from the page or, behind `{{ root }}`, from the site's folder; without what follows
/// a `?` or `#`.
pub fn in_markup(text: &str) -> Vec<(Range<usize>, String)> {
    let text = without_template_quotes(&blanked(text, "{#", "#}"));
    let mut found = Vec::new();
    for tag in html::opened(&text).filter(|tag| !tag.is("base")) {
        for attribute in tag.attributes() {
            if !ADDRESSES.iter().any(|known| attribute.is(known)) {
                continue;
            }
            let value = attribute.written;
            let written = match value.trim_start().strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
                Some((root, rest)) if root.trim().trim_matches('-').trim() == "root" => rest.trim_end(),
                Some(_) => continue,
                None => value.trim(),
            };
            let path = written.split(['?', '#']).next().unwrap_or("");
            let here = matches!(address::of(written), Address::Local(_)) && !written.starts_with("//");
            if here && !path.is_empty() && !written.contains(['{', '}']) {
                // `written` ends where the value does, but for blanks.
                let at = attribute.at.start + value.trim_end().len() - written.len();
                found.push((at..at + written.len(), path.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::in_markup;

    #[test]
    fn what_is_written_out_is_found() {
        let text = "{# <a href=\"no\"> #}<link href=\"nope.css\"><a href=\"#main\">é</a><a href='{{ root }}a/b.html#c'>\
            <img src={{ asset(path=\"x\") }}><img src=\"{{ root }}assets/{{ name }}\"><a href=\"mailto:a@b.c\">\
            <script src=\"/app.js?v=1\"></script><a href=\"https://x.org/\"><a href=\"//x.org/a\"><base href=\"no\">\
            <svg><use xlink:href=\"i.svg#a\"/></svg><a href=\"{{ page.url }}\"><a href=\"data:,\"><a href=\"\">";
        let found: Vec<String> =
            in_markup(text).into_iter().map(|(range, path)| format!("{} {path}", &text[range])).collect();
        assert_eq!(
            found,
            ["nope.css nope.css", "a/b.html#c a/b.html", "/app.js?v=1 /app.js", "i.svg#a i.svg"]
        );
    }
}
