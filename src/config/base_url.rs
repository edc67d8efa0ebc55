//! The address under which the public finds the site.

use crate::diag::code;
use crate::schema::scalar::{self, Fault};

/// Endings of pages. An address that ends so is that of a page, not of the folder that the site lies in.
const PAGES: [&str; 9] = ["html", "htm", "xhtml", "php", "asp", "aspx", "jsp", "cfm", "md"];

/// An absolute `http` or `https` address of a folder, without a query, and without a `/` at its end.
///
/// # Errors
/// What is wrong with it, and what to write.
pub fn read(text: &str) -> Result<String, Fault> {
    let bad = |message: &str| {
        let help = "write the address under which the site will be found, such as https://example.org/guide";
        Fault { code: code::BAD_CONFIG, ..Fault::new(format!("{message}: `{text}`"), help) }
    };
    let url = scalar::url(text).map_err(|_| bad("must be an absolute http or https address"))?;
    if url.get(..4).is_none_or(|s| !s.eq_ignore_ascii_case("http")) {
        return Err(bad("must be an absolute http or https address"));
    }
    if url.contains(['?', '#', '@']) {
        return Err(bad("must be a plain address, without `?`, `#` or `@`"));
    }
    let url = url.trim_end_matches('/');
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if !is_host(host) {
        return Err(bad(&format!("has no name of a server that can be right, `{host}`")));
    }
    let mut parts = path.split('/');
    if !path.is_empty() && parts.clone().any(|part| matches!(part, "" | "." | "..")) {
        return Err(bad("must be an address without `//`, `.` or `..` in its path"));
    }
    let ending = parts.next_back().and_then(|last| last.rsplit_once('.'));
    if ending.is_some_and(|(_, ending)| PAGES.contains(&ending.to_ascii_lowercase().as_str())) {
        let folder = url.rfind('/').map_or(url, |end| &url[..end]);
        let fault = bad("must be the address of the folder that the site lies in, not of a page");
        return Err(Fault { help: format!("write {folder}"), ..fault.mended(folder) });
    }
    Ok(url.to_owned())
}

/// Whether the name, with its port perhaps, can be that of a server.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let digits = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    if port.is_some_and(|port| !digits(port) || port.parse::<u16>().is_err()) {
        return false;
    }
    if let Some(address) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        let colons = address.contains("::") || address.matches(':').count() == 7;
        return colons && address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c));
    }
    let good = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c);
    let is_label = |label: &str| {
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(good)
    };
    name.split('.').all(is_label)
}

/// Vowel signs and accents, which names in many scripts have.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_on_a_server() {
        for (good, read_as) in [
            ("https://example.org", "https://example.org"),
            ("https://example.org/", "https://example.org"),
            ("HTTPS://Example.org/ot-guide//", "HTTPS://Example.org/ot-guide"),
            ("http://localhost:4400/x", "http://localhost:4400/x"),
            ("http://127.0.0.1:80", "http://127.0.0.1:80"),
            ("http://[::1]:80/a", "http://[::1]:80/a"),
            ("https://escuela-niñez.example/guía", "https://escuela-niñez.example/guía"),
            ("https://example.org/v1.2/guide.d", "https://example.org/v1.2/guide.d"),
            ("https://my_school.example.org", "https://my_school.example.org"),
        ] {
            assert_eq!(read(good).as_deref(), Ok(read_as), "{good}");
        }
    }

    #[test]
    fn pages_and_what_no_server_can_be_called() {
        for (page, folder) in [
            ("https://x.org/index.html", "https://x.org"),
            ("https://x.org/index.html/", "https://x.org"),
            ("https://x.org/guide/INDEX.HTM", "https://x.org/guide"),
            ("https://x.org/a/default.aspx", "https://x.org/a"),
            ("https://x.org/home.php", "https://x.org"),
        ] {
            let fault = read(page).unwrap_err();
            assert_eq!(
                (fault.help.as_str(), fault.mended.as_deref()),
                (&*format!("write {folder}"), Some(folder))
            );
        }
        for bad in [
            "https://x..org",
            "https://x.org./guide",
            "https://-x.org",
            "https://x-.org",
            "https://x,org",
            "https://x.org:",
            "https://x.org:port",
            "https://x.org:99999",
            "https://[::g]",
            "https://x.org/a//b",
            "https://x.org/../a",
            "https://x.org/./a",
            "https://x.org?a",
            "https://a@x.org",
            "ftp://x.org",
            "mailto:a@b.org",
            "//x.org",
            "x.org",
            "",
        ] {
            let fault = read(bad).unwrap_err();
            assert!(fault.code == code::BAD_CONFIG && fault.mended.is_none(), "{bad}: {fault:?}");
        }
    }
}
