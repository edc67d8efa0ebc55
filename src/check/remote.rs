//! What a stylesheet, a template or a script would load from another host, with its place.
//!
//! Called by the rule `remote-in-theme`. Not a browser: it knows where each language writes what is loaded at once
//! (`url()`, `@import`, `src`, `fetch("…")`), and passes over links, which load nothing until someone presses them.

use crate::source::address::{self, Address};
use crate::source::html::{self, Piece};
use std::ops::Range;

/// One thing that would be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Where its address stands.
    pub range: Range<usize>,
    /// What loads it, as it is written: `url()`, `<script>`.
    pub by: String,
    /// The host.
    pub host: String,
}

/// Attributes whose address is loaded with the page.
const LOADS: &[&str] = &["src", "srcset", "imagesrcset", "data", "poster", "background"];

/// What `rel` says of a link element that a browser follows by itself.
const FOLLOWED: &[&str] = &[
    "stylesheet",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "prerender",
    "icon",
    "apple-touch-icon",
    "mask-icon",
    "manifest",
];

/// What stands before a text that a script loads.
const CALLS: &[&str] = &[
    "fetch(",
    "import(",
    "importScripts(",
    "Worker(",
    "WebSocket(",
    "EventSource(",
    "Audio(",
    "sendBeacon(",
    ".src=",
    ".src =",
    ".srcset=",
    ".srcset =",
    "\"src\",",
    "'src',",
    "\"GET\",",
    "'GET',",
    "\"POST\",",
    "'POST',",
    " from",
    "}from",
    "import",
];

/// In a stylesheet.
pub fn in_style(text: &str) -> Vec<Remote> {
    let text = blanked(text, "/*", "*/");
    // Letters of ASCII only change their case, so that no place moves.
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (opening, by) in [("url(", "url()"), ("src(", "src()"), ("@import", "@import")] {
        for (at, _) in lower.match_indices(opening) {
            let start = skip(&text, at + opening.len(), &[' ', '\t', '\n', '\r', '"', '\'']);
            let rest = text.get(start..).unwrap_or("");
            let end = rest.find(['"', '\'', ')', ';', ' ', '\n']).unwrap_or(rest.len());
            let rule = lower.get(..at).unwrap_or("");
            let rule = rule.rsplit([';', '{', '}']).next().unwrap_or("");
            if !rule.contains("@namespace") {
                push(&mut found, &text, start..start + end, by);
            }
        }
    }
    for (at, _) in lower.match_indices("image-set(") {
        let rest = text.get(at..).unwrap_or("");
        let end = rest.find([';', '}']).unwrap_or(rest.len());
        let mut start = at;
        for part in rest.get(..end).unwrap_or("").split(['"', '\'']) {
            push(&mut found, &text, start..start + part.len(), "image-set()");
            start += part.len() + 1;
        }
    }
    sorted(found)
}

/// In a page's frame or a template: attributes, and the styles and scripts between tags.
pub fn in_markup(text: &str) -> Vec<Remote> {
    let text = without_template_quotes(&blanked(text, "{#", "#}"));
    let mut found = Vec::new();
    let mut style = false;
    for piece in html::pieces(&text) {
        let tag = match piece {
            Piece::Open(tag) => tag,
            Piece::Raw(range) => {
                let inside = &text[range.clone()];
                let within = if style { in_style(inside) } else { in_script(inside) };
                found.extend(within.into_iter().map(|remote| shifted(remote, range.start)));
                continue;
            }
            _ => continue,
        };
        style = tag.is("style");
        let by = format!("<{}>", tag.name());
        let followed = tag.is("link") && {
            let rel = tag.value("rel").unwrap_or_default().to_ascii_lowercase();
            rel.split_whitespace().any(|word| FOLLOWED.contains(&word))
        };
        let drawn = tag.is("image") || tag.is("use") || tag.is("feimage") || tag.is("base") || followed;
        for attribute in tag.attributes() {
            let (name, value, at) = (attribute.name(), attribute.written, attribute.at.start);
            if LOADS.contains(&&*name) || drawn && matches!(&*name, "href" | "xlink:href") {
                let mut start = at;
                for part in value.split([',', ' ', '\n', '\t']) {
                    push(&mut found, &text, start..start + part.len(), &by);
                    start += part.len() + 1;
                }
            } else if name == "style" {
                found.extend(in_style(value).into_iter().map(|remote| shifted(remote, at)));
            }
        }
    }
    sorted(found)
}

/// In a script.
pub fn in_script(text: &str) -> Vec<Remote> {
    let text = blanked(text, "/*", "*/");
    let mut found = Vec::new();
    for (at, quote) in text.match_indices(['"', '\'', '`']) {
        let (before, rest) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
        let scheme =
            ["https:", "http:", "wss:", "ws:", ""].into_iter().find(|scheme| rest.starts_with(scheme));
        let scheme = scheme.unwrap_or("");
        if !rest.get(scheme.len()..).is_some_and(|r| r.starts_with("//")) {
            continue;
        }
        let skipped = if scheme.starts_with('w') { scheme.len() } else { 0 };
        let line = before.rsplit('\n').next().unwrap_or("").trim_start();
        let loads = || CALLS.iter().any(|call| before.trim_end().ends_with(call));
        if !line.starts_with("//") && loads() {
            let start = at + 1 + skipped;
            let end = text
                .get(start..)
                .and_then(|r| r.find([' ', '\n', '$']).into_iter().chain(r.find(quote)).min());
            push(&mut found, &text, start..end.map_or(text.len(), |end| start + end), "a script");
        }
    }
    found
}

/// Notes the address in `range` if it is one of another host.
fn push(found: &mut Vec<Remote>, text: &str, range: Range<usize>, by: &str) {
    let Some(written) = text.get(range.clone()) else { return };
    if let Address::Remote { host, .. } = address::of(written)
        && !host.is_empty()
    {
        found.push(Remote { range, by: by.to_owned(), host: host.to_owned() });
    }
}

fn shifted(remote: Remote, by: usize) -> Remote {
    Remote { range: remote.range.start + by..remote.range.end + by, ..remote }
}

/// In the order of the file, each place once.
fn sorted(mut found: Vec<Remote>) -> Vec<Remote> {
    found.sort_by_key(|remote| remote.range.start);
    found.dedup_by_key(|remote| remote.range.start);
    found
}

/// Where the first character that is not one of `passed` stands, from `at` on.
fn skip(text: &str, at: usize, passed: &[char]) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start_matches(passed).len())
}

/// The text with everything from `opening` to `closing` as blanks: all places stay.
pub(super) fn blanked(text: &str, opening: &str, closing: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(opening) {
        let inside = &rest[at..];
        let end = inside.find(closing).map_or(inside.len(), |end| end + closing.len());
        out.push_str(&rest[..at]);
        // Lines stay lines: a comment with `//` before it must not swallow the next one.
        out.extend(inside[..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        rest = &inside[end..];
    }
    out.push_str(rest);
    out
}

/// The text with the quotes and angles between `{{ }}` and `{% %}` as blanks, so that they end no attribute.
pub(super) fn without_template_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let inside = &rest[at..];
        let closing = match inside.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        let end = inside.find(closing).map_or(inside.len(), |end| end + 2);
        out.push_str(&rest[..at]);
        out.extend(inside[..end].chars().map(|c| if matches!(c, '"' | '\'' | '<' | '>') { ' ' } else { c }));
        rest = &inside[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str, found: Vec<Remote>) -> Vec<String> {
        found.into_iter().map(|r| format!("{} {} {}", r.by, r.host, &text[r.range])).collect()
    }

    #[test]
    fn styles() {
        let text = "/* url(https://old.example/x) é */ @import 'https://a.example/x.css';\n@IMPORT url(//b.example/y.css);\n\
            @namespace svg url(http://www.w3.org/2000/svg); a[href^=\"https://\"]{background:url( \"https://c.example/d.png\" )}\n\
            b{background:image-set(\"https://d.example/1.png\" 1x, url(x.png) 2x);content:\"https://e.example\"}\n\
            c{background:url(data:image/svg+xml,xmlns='http://www.w3.org/2000/svg')} d{fill:url(#g)}";
        let expected = [
            "@import a.example https://a.example/x.css",
            "url() b.example //b.example/y.css",
            "url() c.example https://c.example/d.png",
            "image-set() d.example https://d.example/1.png",
        ];
        assert_eq!(hosts(text, in_style(text)), expected);
    }

    #[test]
    fn markup() {
        let text = "{# <img src=\"https://no.example/x\"> #}<!-- <img src=\"https://no.example/x\"> -->\
            <link rel=\"canonical\" href=\"https://no.example/p\"><a href=\"https://no.example/\">é</a>\
            <LINK rel='preconnect' href='https://a.example'>{% if x > \"1\" %}<script src=\"{{ \"https://b.example/s.js\" }}\">\
            fetch('https://c.example/x'); el.href = 'https://no.example'</script>\
            <img alt=\"{{ t(key=\"a>b\") }}\" srcset=\"a.png 1x, https://d.example/b.png 2x\">\
            <p style=\"background:url('//e.example/p.png')\"><svg><image xlink:href=https://f.example/i.png></svg>\
            <style>@import \"https://g.example/x.css\";</style><iframe src=\"https://h.example/\"></iframe>";
        let expected = [
            "<link> a.example https://a.example",
            "<script> b.example https://b.example/s.js",
            "a script c.example https://c.example/x",
            "<img> d.example https://d.example/b.png",
            "url() e.example //e.example/p.png",
            "<image> f.example https://f.example/i.png",
            "@import g.example https://g.example/x.css",
            "<iframe> h.example https://h.example/",
        ];
        assert_eq!(hosts(text, in_markup(text)), expected);
    }

    #[test]
    fn scripts() {
        let text = "import a from \"https://a.example/m.js\";\n// fetch(\"https://no.example\")\nconst link = \"https://no.example\";\n\
            fetch( `https://b.example/${id}`);new WebSocket('wss://c.example/s');img.src = '//d.example/p';x.open('GET', 'https://e.example')";
        let expected = [
            "a script a.example https://a.example/m.js",
            "a script b.example https://b.example/",
            "a script c.example //c.example/s",
            "a script d.example //d.example/p",
            "a script e.example https://e.example",
        ];
        assert_eq!(hosts(text, in_script(text)), expected);
    }

    #[test]
    fn hostile_text_is_read_to_its_end() {
        for text in [
            "url(",
            "@import",
            "{{",
            "{%",
            "{#",
            "<style>",
            "<script>'",
            "/*",
            "image-set('",
            "{",
            "é{é{{é'",
            "<img src=",
        ] {
            let long = text.repeat(200);
            for text in [text, &long] {
                let _ = (in_style(text), in_markup(text), in_script(text));
            }
        }
    }
}
