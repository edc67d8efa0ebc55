//! Addresses in a template's markup that lead to files of the site, with their places.
//!
//! Called by the engine once the plan says which files there are. Only what is written out is looked at: what a template
//! puts together, it gets from functions that say themselves when there is nothing.

use super::remote::{blanked, without_template_quotes};
use crate::source::address::{self, Address};
use crate::source::html::{self, Piece};
use crate::source::refs;
use std::ops::Range;

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &["href", "src", "poster", "xlink:href", "data", "background"];
/// Attributes that hold several pictures to choose from.
const CHOICES: &[&str] = &["srcset", "imagesrcset"];

/// The addresses in `text` that count from the page or, behind `{{ root }}`, from the site's folder; without what follows
/// a `?` or `#`. Styles are read as in a stylesheet.
pub fn in_markup(text: &str) -> Vec<(Range<usize>, String)> {
    let text = without_template_quotes(&blanked(text, "{#", "#}"));
    let mut found = Vec::new();
    let mut style = false;
    for piece in html::pieces(&text) {
        let tag = match piece {
            Piece::Open(tag) => tag,
            Piece::Raw(range) if style => {
                in_style(&text[range.clone()], range, &mut found);
                continue;
            }
            _ => continue,
        };
        style = tag.is("style");
        if tag.is("base") {
            continue;
        }
        for attribute in tag.attributes() {
            let (written, at) = (attribute.written, attribute.at.start);
            let is = |names: &[&str]| names.iter().any(|name| attribute.is(name));
            if is(ADDRESSES) {
                note(written, at, &mut found);
            } else if is(CHOICES) {
                for (address, _) in html::candidates(written) {
                    let inside = address.as_ptr() as usize - written.as_ptr() as usize;
                    note(address, at + inside, &mut found);
                }
            } else if attribute.is("style") {
                in_style(&attribute.value(), attribute.at.clone(), &mut found);
            }
        }
    }
    found
}

/// Notes an address, which stands at `at`, if it is one of a file here.
fn note(value: &str, at: usize, found: &mut Vec<(Range<usize>, String)>) {
    let written = match value.trim_start().strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
        Some((root, rest)) if root.trim().trim_matches('-').trim() == "root" => rest.trim_end(),
        Some(_) => return,
        None => value.trim(),
    };
    let path = written.split(['?', '#']).next().unwrap_or("");
    let here = matches!(address::of(written), Address::Local(_)) && !written.starts_with("//");
    if here && !path.is_empty() && !written.contains(['{', '}']) {
        // `written` ends where the value does, but for blanks.
        let at = at + value.trim_end().len() - written.len();
        found.push((at..at + written.len(), path.to_owned()));
    }
}

/// Notes what a style names; `place` is where it stands.
fn in_style(style: &str, place: Range<usize>, found: &mut Vec<(Range<usize>, String)>) {
    for reference in refs::of("css", style).unwrap_or_default() {
        let Some((path, _)) = reference.local().filter(|(path, _)| !path.contains(['{', '}'])) else {
            continue;
        };
        // In an attribute with references the places are others than in the file.
        let range = match style.len() == place.len() {
            true => reference.range.start + place.start..reference.range.end + place.start,
            false => place.clone(),
        };
        found.push((range, path.to_owned()));
    }
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

    #[test]
    fn what_a_file_loads_in_other_ways_is_found() {
        let text = "<img srcset='a.png 1x, b.png?x 2x,c.png'><source srcset=\"{{ x }} 1x, https://x.org/a 2x\">\
            <object data=d.svg></object><embed src=e.pdf><iframe src=\"f.html\"></iframe><link imagesrcset='g.png 1x'>\
            <p style=\"background:url(h.png)\"><p style='background:url(&quot;i.png&quot;)'><table background=j.png>\
            <style>@import 'k.css'; a{background:url( \"l.png#x\" )} /* url(no.png) */ b{fill:url(#no)}</style>\
            <video poster=m.jpg><track src=n.vtt></video><script>'url(no.png)'</script>";
        let found: Vec<String> = in_markup(text).into_iter().map(|(_, path)| path).collect();
        assert_eq!(found.concat(), "a.pngb.pngc.pngd.svge.pdff.htmlg.pngh.pngi.pngj.pngk.cssl.pngm.jpgn.vtt");
        for (range, path) in in_markup(text).iter().filter(|(_, path)| path != "i.png") {
            assert!(text[range.clone()].starts_with(path), "{path}: {}", &text[range.clone()]);
        }
    }
}
