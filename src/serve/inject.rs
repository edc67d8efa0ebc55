//! Puts the live-reload script into a page on its way out; what `build` writes has none.

use crate::source::{OutputPath, url_escape};

/// What the script is told about the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    /// `../` as often as it takes to the root.
    pub up: &'a str,
    /// Which run of the server made the page.
    pub epoch: &'a str,
    /// How many changes the page has seen.
    pub version: u64,
    /// Which page it is; none for a page that every change may mend.
    pub page: Option<&'a OutputPath>,
}

/// The page with the script before its last `</body>`, or at its end.
pub(super) fn inject(html: &[u8], tag: Tag) -> Vec<u8> {
    let mut page = String::new();
    if let Some(path) = tag.page {
        url_escape(path.as_str(), &mut page);
    }
    let Tag { up, epoch, version, .. } = tag;
    // Nothing in it needs escaping: dots and slashes, digits, and an escaped path.
    let script = format!(
        "<script src=\"{up}__guidepost/live.js\" data-epoch=\"{epoch}\" data-version=\"{version}\" data-page=\"{page}\" defer></script>"
    );
    let at = html.windows(7).rposition(|w| w.eq_ignore_ascii_case(b"</body>")).unwrap_or(html.len());
    let mut out = Vec::with_capacity(html.len() + script.len());
    out.extend_from_slice(&html[..at]);
    out.extend_from_slice(script.as_bytes());
    out.extend_from_slice(&html[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_end_of_the_body_or_at_the_end() {
        let path = OutputPath::new("a/\"><b>.html").unwrap();
        let tag = Tag { up: "../", epoch: "e", version: 3, page: Some(&path) };
        let page = |html: &str| String::from_utf8(inject(html.as_bytes(), tag)).unwrap();
        let script = "<script src=\"../__guidepost/live.js\" data-epoch=\"e\" data-version=\"3\" data-page=\"a/%22%3E%3Cb%3E.html\" defer></script>";
        assert_eq!(page("<body>x</BODY></html>"), format!("<body>x{script}</BODY></html>"));
        assert_eq!(page("plain"), format!("plain{script}"));
        assert_eq!(page(""), script);
        assert_eq!(page("<p></body></p></body>"), format!("<p></body></p>{script}</body>"));
    }
}
