//! Paths from the site root, as sources and as outputs, and the relative addresses between outputs.
//!
//! Both kinds use `/`, never start with one, and hold no `.` or `..` part: a path that would leave
//! the site cannot be made.

use super::address::url_escape;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::sync::Arc;

/// Why a text is not a path inside the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// It is empty.
    Empty,
    /// It begins with `/`, `\` or a drive letter.
    Absolute,
    /// A `..` part would leave the folder.
    Escapes,
    /// It holds a NUL, a backslash or a control character.
    BadCharacter,
    /// A part is longer than 255 bytes or the whole longer than 4,096.
    TooLong,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PathError::Empty => "the path is empty",
            PathError::Absolute => "the path must be relative to the site folder",
            PathError::Escapes => "the path would leave the site folder",
            PathError::BadCharacter => "the path holds a backslash, NUL or control character",
            PathError::TooLong => "the path is too long",
        })
    }
}

/// Joins `path` onto `base` (the folder of a path, "" for the root), resolving `.` and `..`.
///
/// # Errors
/// When the whole is no path inside the site.
pub fn join(base: &str, path: &str) -> Result<String, PathError> {
    if path.len() + base.len() > 4096 {
        return Err(PathError::TooLong);
    }
    // Nearly every path is plain ASCII; only others are looked at character by character.
    let odd = |b: u8| !(0x20..0x7f).contains(&b) | (b == b'\\');
    if path.bytes().fold(false, |found, b| found | odd(b))
        && path.chars().any(|c| c == '\\' || c.is_control())
    {
        return Err(PathError::BadCharacter);
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Err(PathError::Absolute);
    }
    let mut whole = String::with_capacity(base.len() + 1 + path.len());
    whole.push_str(base);
    let mut rest = path;
    loop {
        let end = rest.bytes().position(|b| b == b'/');
        match &rest[..end.unwrap_or(rest.len())] {
            "" | "." => {}
            ".." if whole.is_empty() => return Err(PathError::Escapes),
            ".." => whole.truncate(whole.bytes().rposition(|b| b == b'/').unwrap_or(0)),
            part if part.len() > 255 => return Err(PathError::TooLong),
            part => {
                if !whole.is_empty() {
                    whole.push('/');
                }
                whole.push_str(part);
            }
        }
        match end {
            Some(end) => rest = &rest[end + 1..],
            None => break,
        }
    }
    if whole.is_empty() { Err(PathError::Empty) } else { Ok(whole) }
}

/// Whether `path` is surely one that [`join`] gives back as it is: nearly every path, at a fraction of the cost.
fn is_normal(path: &str) -> bool {
    let part = |part: &[u8]| part.len() <= 255 && !matches!(part, b"" | b"." | b"..");
    path.len() <= 4096
        && path.as_bytes().get(1) != Some(&b':')
        && path.bytes().all(|b| b.is_ascii() && !b.is_ascii_control() && b != b'\\')
        && path.as_bytes().split(|b| *b == b'/').all(part)
}

macro_rules! path_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub struct $name(Arc<str>);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // From the text where it lies: a site has many paths, and by way of a `String` each would be copied twice.
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a path")
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name(text.into()))
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        impl $name {
            /// Checks and normalises `path`.
            pub fn new(path: &str) -> Result<Self, PathError> {
                if is_normal(path) {
                    return Ok($name(path.into()));
                }
                join("", path).map(|p| $name(p.into()))
            }

            /// A path that was checked and normalised before, such as one of an earlier run.
            pub fn known(path: Arc<str>) -> Self {
                debug_assert_eq!(join("", &path).as_deref(), Ok(&*path));
                $name(path)
            }

            /// Resolves `path` against the folder this path lies in.
            pub fn join_from_folder(&self, path: &str) -> Result<Self, PathError> {
                join(self.folder(), path).map(|p| $name(p.into()))
            }

            /// The path as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The folder part, without a trailing `/`; "" at the root.
            pub fn folder(&self) -> &str {
                self.0.rfind('/').map_or("", |i| &self.0[..i])
            }

            /// The last part.
            pub fn file_name(&self) -> &str {
                self.0.rfind('/').map_or(&self.0, |i| &self.0[i + 1..])
            }

            /// The extension of the last part in lower case, "" when there is none.
            pub fn extension(&self) -> String {
                let name = self.file_name();
                match name.rfind('.') {
                    Some(i) if i > 0 => name[i + 1..].to_ascii_lowercase(),
                    _ => String::new(),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

path_type!(
    /// A file that is read, from the site root: `content/meetings/index.md`.
    SourcePath
);
path_type!(
    /// A file that is written, from the output root: `meetings/index.html`.
    OutputPath
);

/// The relative address of output `to` as seen from output `from`, percent-encoded for an `href`.
///
/// Both are addresses from the output root. A folder address ends in `/` (`urls: folder`). The same page
/// gives its own file name, never an empty text, so that it also works under `<base>`-less `file://`.
pub fn relative_url(from: &str, to: &str) -> String {
    let from_folder: &str = from.rfind('/').map_or("", |i| &from[..=i]);
    // The common prefix, cut back to a folder border.
    let common = from_folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let border = from_folder[..common].rfind('/').map_or(0, |i| i + 1);
    let ups = from_folder[border..].bytes().filter(|b| *b == b'/').count();
    let mut url = String::with_capacity(ups * 3 + to.len() - border);
    for _ in 0..ups {
        url.push_str("../");
    }
    url_escape(&to[border..], &mut url);
    if url.is_empty() {
        url.push_str("./");
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_site() {
        assert_eq!(SourcePath::new("../x"), Err(PathError::Escapes));
        assert_eq!(SourcePath::new("a/../../x"), Err(PathError::Escapes));
        assert_eq!(SourcePath::new("/etc/passwd"), Err(PathError::Absolute));
        assert_eq!(SourcePath::new("C:/x"), Err(PathError::Absolute));
        assert_eq!(SourcePath::new("a\\b"), Err(PathError::BadCharacter));
        assert_eq!(SourcePath::new("a\0b"), Err(PathError::BadCharacter));
        assert_eq!(SourcePath::new("a/./b//c").unwrap().as_str(), "a/b/c");
    }

    #[test]
    fn what_is_taken_as_it_is_is_what_would_come_out() {
        let parts = [
            "", ".", "..", "a", "a:b", ":", "C:", "b.md", "...", "a\\b", "a\u{1f}", "a\u{7f}", "año",
            "\u{85}", " ",
        ];
        let long = ["x".repeat(255), "x".repeat(256), "x/".repeat(2048) + "x", "x/".repeat(2047) + "xx"];
        let long = long.iter().map(String::as_str);
        let two = parts.iter().flat_map(|a| parts.iter().map(move |b| [a, "/", b].concat()));
        let three = parts.iter().flat_map(|a| parts.iter().map(move |b| [a, "/x/", b].concat()));
        for path in parts.iter().copied().chain(long).map(str::to_owned).chain(two).chain(three) {
            assert_eq!(SourcePath::new(&path), join("", &path).map(|p| SourcePath(p.into())), "{path:?}");
        }
    }

    #[test]
    fn relative_addresses() {
        assert_eq!(relative_url("index.html", "a/b.html"), "a/b.html");
        assert_eq!(relative_url("a/b.html", "index.html"), "../index.html");
        assert_eq!(relative_url("a/b.html", "a/c.html"), "c.html");
        assert_eq!(relative_url("ab/c.html", "a/c.html"), "../a/c.html");
        assert_eq!(relative_url("es/a/x.html", "a/x.html"), "../../a/x.html");
        assert_eq!(relative_url("a/b.html", "a/b.html"), "b.html");
        assert_eq!(relative_url("a/b.html", "a/año nuevo.html"), "a%C3%B1o%20nuevo.html");
        assert_eq!(relative_url("a/b/", "a/"), "../");
        assert_eq!(relative_url("a/", "a/"), "./");
    }
}
