//! Names of files: which are junk that editors and systems leave, which are text, which cannot be published.
//!
//! The scanner and the watcher both ask here: what is junk never becomes a page and never causes a rebuild.

use super::disk::TEMPORARY;
use std::borrow::Cow;

/// Hidden names that are meant to be published all the same.
const PUBLISHED: &[&str] = &[".well-known", ".nojekyll", ".htaccess"];

/// Endings of swap, backup, partial and lock files.
const JUNK_ENDINGS: &[&str] = &[
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".tmp",
    ".temp",
    ".bak",
    ".orig",
    ".crdownload",
    ".part",
    ".partial",
    ".download",
    ".kate-swp",
    "___jb_tmp___",
    "___jb_old___",
    ".lnk",
];

/// Whole names of files that systems leave.
const JUNK_NAMES: &[&str] = &["4913", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"];

/// Whether the file name is hidden or junk. A folder is skipped only when it is [`hidden`].
pub fn junk(name: &str) -> bool {
    if hidden(name) {
        return true;
    }
    let upper = name.bytes().any(|b| b.is_ascii_uppercase());
    let lower = if upper { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
    JUNK_NAMES.contains(&&*lower)
        || JUNK_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || (name.starts_with('#') && name.ends_with('#') && name.len() > 1)
        || name.starts_with("~$")
        || text_edit(&lower)
}

/// Whether the name of a file or folder is hidden, or a folder that an archive program made.
pub fn hidden(name: &str) -> bool {
    (name.starts_with('.') && !PUBLISHED.contains(&name)) || name == "__MACOSX" || name.starts_with(TEMPORARY)
}

/// `page.md.sb-8f3a2b1c-Xy12Zz`: how a macOS program saves beside a file.
fn text_edit(lower: &str) -> bool {
    let Some(at) = lower.rfind(".sb-") else { return false };
    let rest = &lower[at + 4..];
    rest.len() == 15
        && rest.as_bytes()[8] == b'-'
        && rest.bytes().enumerate().all(|(i, b)| i == 8 || b.is_ascii_alphanumeric())
}

/// How the bytes of a file are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// As text that a later stage understands.
    Text,
    /// As bytes that are copied.
    Bytes,
    /// Not at all: a page larger than any page.
    TooLarge,
}

/// Maximum size of a text that is read as such, in bytes; larger ones are copied.
const MAX_TEXT_BYTES: u64 = 4 << 20;
/// Maximum size of a page, in bytes.
const MAX_PAGE_BYTES: u64 = 64 << 20;

/// Decides by extension (lower case) and size.
pub fn taken(extension: &str, size: u64) -> Taken {
    match extension {
        "md" if size > MAX_PAGE_BYTES => Taken::TooLarge,
        "md" => Taken::Text,
        "yaml" | "yml" | "json" | "csv" | "html" | "xml" | "css" | "js" | "svg" | "txt" | "lock" | "ics"
        | "webmanifest" | "geojson"
            if size <= MAX_TEXT_BYTES =>
        {
            Taken::Text
        }
        _ => Taken::Bytes,
    }
}

/// Why `name` cannot exist on a Windows computer or share, if it cannot.
pub fn windows_trouble(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let device = match stem.as_bytes() {
        [_, _, _] => ["con", "prn", "aux", "nul"].iter().any(|device| stem.eq_ignore_ascii_case(device)),
        [start @ .., b'1'..=b'9'] => {
            ["com", "lpt"].iter().any(|device| start.eq_ignore_ascii_case(device.as_bytes()))
        }
        _ => false,
    };
    if device {
        Some("Windows keeps this name for a device")
    } else if name.ends_with('.') || name.ends_with(' ') {
        Some("Windows does not keep a dot or space at the end of a name")
    } else if name.bytes().any(|b| matches!(b, b'<' | b'>' | b':' | b'"' | b'|' | b'?' | b'*')) {
        Some("Windows does not allow < > : \" | ? * in a name")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_is_junk() {
        for name in [
            ".x.md.swp",
            "x.md.swp",
            "x.swx",
            "x.md~",
            "#x.md#",
            ".#x.md",
            "4913",
            "x.tmp",
            "x.md.tmp",
            "x.crdownload",
            "~$letter.docx",
            ".DS_Store",
            "x.md.kate-swp",
            ".x.md.kate-swp",
            "x.md___jb_tmp___",
            "Thumbs.db",
            "page.md.sb-8f3a2b1c-Xy12Zz",
            ".git",
            ".env",
            ".guidepost-tmp-1-x",
        ] {
            assert!(junk(name), "{name}");
        }
    }

    #[test]
    fn what_people_write_is_not() {
        for name in [
            "CNAME",
            "_headers",
            "_redirects",
            "x.md",
            "4913.md",
            "#1.md",
            "tmp",
            "index.html",
            ".nojekyll",
            "a~b.md",
        ] {
            assert!(!junk(name), "{name}");
        }
        assert!(!hidden("4913"));
        assert!(!hidden(".well-known"));
    }

    #[test]
    fn windows() {
        for name in ["con.md", "AUX", "com1.txt", "a.", "a ", "a:b", "what?.md"] {
            assert!(windows_trouble(name).is_some(), "{name}");
        }
        for name in ["console.md", "com.md", "com10.md", "año.md", "a'b.md"] {
            assert!(windows_trouble(name).is_none(), "{name}");
        }
    }
}
