//! What an address in a link or image is, as written: a page or file here, another host, a mailbox.

/// The parts of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// A path here, without its anchor; empty for an anchor alone.
    Local(&'a str),
    /// Another host, by name, in the scheme `http` or `https` (or none: `//host`).
    Remote {
        /// The host, as written.
        host: &'a str,
        /// Whether the address says `http:`.
        insecure: bool,
        /// The path behind the host.
        path: &'a str,
    },
    /// A mailbox or a telephone number.
    Contact,
    /// Any other scheme.
    Other,
}

/// Reads an address.
pub fn of(target: &str) -> Address<'_> {
    let lower_starts = |p: &str| target.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p));
    let remote = |skip: usize, insecure: bool| {
        let rest = target.get(skip..).unwrap_or("");
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        Address::Remote { host: &rest[..end], insecure, path: &rest[end..] }
    };
    if lower_starts("https://") {
        return remote(8, false);
    }
    if lower_starts("http://") {
        return remote(7, true);
    }
    if target.starts_with("//") {
        return remote(2, false);
    }
    if lower_starts("mailto:") || lower_starts("tel:") || lower_starts("sms:") {
        return Address::Contact;
    }
    let scheme_end = target.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    if scheme_end.is_some_and(|i| i > 1 && target[i..].starts_with(':')) {
        return Address::Other;
    }
    Address::Local(target.split(['#', '?']).next().unwrap_or(""))
}

/// The extension of the file that an address names, in lower case; "" when it has none.
pub fn extension(target: &str) -> String {
    let path = match of(target) {
        Address::Local(path) => path,
        Address::Remote { path, .. } => path.split(['#', '?']).next().unwrap_or(""),
        _ => "",
    };
    let name = path.rsplit('/').next().unwrap_or("");
    match name.rfind('.') {
        Some(i) if i > 0 => name[i + 1..].to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// The last part of the path that an address names.
pub fn file_name(target: &str) -> &str {
    let path = target.split(['#', '?']).next().unwrap_or("");
    path.rsplit('/').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(of("../a/b.md#x"), Address::Local("../a/b.md"));
        assert_eq!(of("#x"), Address::Local(""));
        assert_eq!(of("HTTP://a.org/p?q"), Address::Remote { host: "a.org", insecure: true, path: "/p?q" });
        assert_eq!(of("//cdn.x"), Address::Remote { host: "cdn.x", insecure: false, path: "" });
        assert_eq!(of("mailto:a@b.org"), Address::Contact);
        assert_eq!(of("data:x"), Address::Other);
        assert_eq!(extension("https://a.org/form.PDF?x=1"), "pdf");
        assert_eq!(extension("https://a.org"), "");
        assert_eq!(file_name("img/a.png#z"), "a.png");
    }
}
