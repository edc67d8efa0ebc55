//! `urls.lock`: the addresses under which pages were once published, one a line.
//!
//! Written by `check --lock-addresses`, read by the rule `removed-address`. Lines are kept as they stand, comments too;
//! new addresses go where the alphabet puts them, so that two people's changes rarely meet.

use super::view::Published;
use crate::source::Span;
use std::collections::BTreeSet;

/// The name of the file, in the site's folder.
pub const FILE: &str = "urls.lock";

/// What a new file begins with.
const HEAD: &str = "\
# Every address under which this site was published: bookmarks, handouts and QR codes lead here for years.
# guidepost check reports an address that leads nowhere now. guidepost check --lock-addresses adds new ones.
";

/// The addresses of the file, each with its place; whoever wrote one may have pasted it with a `/` or `https://` before.
pub fn read(text: &str, base_url: Option<&str>) -> Vec<Published> {
    let mut found = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for line in text.get(at..).unwrap_or("").split_inclusive('\n') {
        let written = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        let inner = base_url.and_then(|base| written.strip_prefix(base)).unwrap_or(written);
        let inner = inner.trim_start_matches('/').split(['#', '?']).next().unwrap_or("");
        let address = if inner.is_empty() || inner.ends_with('/') {
            format!("{inner}index.html")
        } else {
            inner.to_owned()
        };
        found.push(Published { address, span: Span::new(start, start + written.len()) });
    }
    found
}

/// The file with `addresses` in it, and how many of them it lacked.
pub fn write(known: Option<&str>, addresses: &BTreeSet<String>, base_url: Option<&str>) -> (String, usize) {
    let text = known.unwrap_or(HEAD);
    let there: BTreeSet<String> = read(text, base_url).into_iter().map(|p| p.address).collect();
    let missing: Vec<&String> = addresses.iter().filter(|a| !there.contains(*a)).collect();
    if missing.is_empty() && known.is_some() {
        return (text.to_owned(), 0);
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(text.len() + missing.len() * 40);
    let mut rest = missing.iter().peekable();
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        if !written.is_empty() && !written.starts_with('#') {
            while let Some(address) = rest.next_if(|a| a.as_str() < written) {
                out.push_str(address);
                out.push_str(end);
            }
        }
        out.push_str(line);
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    for address in rest {
        out.push_str(address);
        out.push_str(end);
    }
    (out, missing.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(all: &[&str]) -> BTreeSet<String> {
        all.iter().map(|a| (*a).to_owned()).collect()
    }

    #[test]
    fn lines_have_their_places() {
        let text = "# head\r\na.html\r\n\r\n  /b/ \nhttps://x.org/g/c.html#d\n";
        let found = read(text, Some("https://x.org/g"));
        let places: Vec<(&str, &str)> =
            found.iter().map(|p| (p.address.as_str(), &text[p.span.range()])).collect();
        let lines = [("a.html", "a.html"), ("b/index.html", "/b/"), ("c.html", "https://x.org/g/c.html#d")];
        assert_eq!(places, lines);
    }

    #[test]
    fn new_addresses_find_their_place_and_nothing_is_lost() {
        let (first, added) = write(None, &set(&["b.html", "a.html"]), None);
        assert!(first.starts_with("# Every") && first.ends_with("\na.html\nb.html\n"), "{first}");
        assert_eq!(added, 2);
        let old = "# mine\nb.html\n# about d\nd.html";
        let (text, added) = write(Some(old), &set(&["a.html", "b.html", "c.html", "e.html"]), None);
        assert_eq!(text, "# mine\na.html\nb.html\n# about d\nc.html\nd.html\ne.html\n");
        assert_eq!(added, 3);
        assert_eq!(write(Some(&text), &set(&["a.html"]), None), (text.clone(), 0));
    }
}
