//! From the address in a request to the path of an output: decoded once, and nothing leaves the site.
//!
//! Spellings that no browser sends and no static host agrees on (dots, encoded slashes, empty parts) are refused
//! rather than tidied.

use crate::source::address::decode_strictly;
use crate::source::{OutputPath, nfc};
use std::fmt::Write as _;

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The output; for a folder its `index.html`.
    pub path: OutputPath,
    /// Whether it is written as a folder, with a slash at the end.
    pub folder: bool,
    /// `../` as often as it takes from the address to the root of the site.
    pub up: String,
}

/// Reads the path of a request; none when it is not one that a page of ours could have.
pub(super) fn read(raw: &str) -> Option<Address> {
    let parts: Vec<&str> = raw.strip_prefix('/')?.split('/').collect();
    let (last, above) = parts.split_last()?;
    let mut path = String::with_capacity(raw.len() + 10);
    for part in above {
        path.push_str(&part_of(part)?);
        path.push('/');
    }
    let folder = last.is_empty();
    path.push_str(&if folder { "index.html".to_owned() } else { part_of(last)? });
    Some(Address { path: OutputPath::new(&path).ok()?, folder, up: "../".repeat(above.len()) })
}

/// One part, decoded.
fn part_of(raw: &str) -> Option<String> {
    let part = decode_strictly(raw)?;
    let plain = !part.is_empty() && part != "." && part != ".." && !part.contains(['/', '\\']);
    (plain && !part.chars().any(char::is_control)).then(|| nfc(&part).into_owned())
}

/// Where the folder of an address without a slash at the end is: relative, so that it stays on this host and
/// under the prefix of a proxy.
pub(super) fn folder_of(path: &OutputPath, query: Option<&str>) -> String {
    let mut url = String::from("./");
    crate::source::url_escape(path.file_name(), &mut url);
    url.push('/');
    if let Some(query) = query {
        let _ = write!(url, "?{query}");
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(raw: &str) -> Option<String> {
        read(raw).map(|address| address.path.to_string())
    }

    #[test]
    fn addresses() {
        for (raw, expected) in [
            ("/", "index.html"),
            ("/a/b.html", "a/b.html"),
            ("/a/", "a/index.html"),
            ("/a", "a"),
            ("/a%C3%B1o%20nuevo.html", "año nuevo.html"),
            ("/100%25.html", "100%.html"),
            ("/..;/x", "..;/x"),
            ("/%252e%252e/x", "%2e%2e/x"),
            ("/.well-known/x", ".well-known/x"),
        ] {
            assert_eq!(path(raw).as_deref(), Some(expected), "{raw}");
        }
        assert_eq!(read("/a/b/c.html").unwrap().up, "../../");
    }

    #[test]
    fn no_spelling_leaves_the_site() {
        let long = format!("/{}", "a/".repeat(5000));
        for raw in [
            "",
            "*",
            "a",
            "//",
            "//evil.example/x",
            "/a//b",
            "/..",
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/%2E./x",
            "/.%2e/x",
            "/a%2f..%2fx",
            "/..%2fx",
            "/..%5cx",
            "/..\\x",
            "/a\\b",
            "/%5c",
            "/%00",
            "/a%00.html",
            "/%c0%ae%c0%ae/x",
            "/%c0%af",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%ff",
            "/%0d%0aSet-Cookie:x",
            "/.",
            "/./a",
            "/C:/x",
            "/c:%5cx",
            "/%7f",
            long.as_str(),
        ] {
            assert_eq!(path(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_folder_is_redirected_on_this_host_only() {
        let to = |path: &str, query| folder_of(&OutputPath::new(path).unwrap(), query);
        assert_eq!(to("a/evil.example", None), "./evil.example/");
        assert_eq!(to("a/b c", Some("x=1")), "./b%20c/?x=1");
        assert_eq!(to("x/javascript:alert(1)", None), "./javascript%3Aalert(1)/");
    }
}
