//! Addresses as people write them: what each names, its parts, the one percent codec, and the one form of Unicode in
//! which names are compared.
//!
//! Pure text: whether there is such a page or file is asked of `site::resolve`.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode, percent_decode_str, utf8_percent_encode,
};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What an address names.
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

/// How an address begins, as a browser reads it: blanks, control characters and characters without a width do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// With a path, a query or an anchor.
    None,
    /// With the name of a host: `//host`, also with backslashes.
    Host,
    /// With a name and a colon.
    Named {
        /// The name, in lower case.
        name: String,
        /// Whether the address begins with just these characters.
        plain: bool,
    },
}

/// How the address begins.
pub fn scheme(address: &str) -> Scheme {
    let mut name = String::new();
    let mut chars = address.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !invisible(*c));
    for c in chars.by_ref() {
        match c {
            ':' => {
                let plain = address.as_bytes().get(..name.len()).is_some_and(|b| b == name.as_bytes());
                name.make_ascii_lowercase();
                return Scheme::Named { name, plain };
            }
            '/' | '\\' if name.is_empty() => {
                return match chars.next() {
                    Some('/' | '\\') => Scheme::Host,
                    _ => Scheme::None,
                };
            }
            '/' | '?' | '#' | '\\' => return Scheme::None,
            // Longer than any scheme: a file name with a colon far behind.
            _ if name.len() > 40 => return Scheme::None,
            c => name.push(c),
        }
    }
    Scheme::None
}

/// Characters without a width that could hide in a scheme.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Reads an address.
pub fn of(target: &str) -> Address<'_> {
    let remote = |skip: usize, insecure: bool| {
        let rest = target.get(skip..).unwrap_or("");
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        Address::Remote { host: &rest[..end], insecure, path: &rest[end..] }
    };
    if target.starts_with("//") {
        return remote(2, false);
    }
    // The name of a scheme is a word of ASCII; one letter is a drive of Windows.
    let end = target.bytes().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')));
    let name = end.filter(|end| *end > 1 && target[*end..].starts_with(':')).map_or("", |end| &target[..end]);
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let slashes = target.get(name.len() + 1..).is_some_and(|rest| rest.starts_with("//"));
    match name {
        "" => Address::Local(parts(target).path),
        _ if slashes && is("https") => remote(8, false),
        _ if slashes && is("http") => remote(7, true),
        _ if is("mailto") || is("tel") || is("sms") => Address::Contact,
        _ => Address::Other,
    }
}

/// Whether an address names a scheme or another host.
pub fn is_absolute(address: &str) -> bool {
    !matches!(of(address), Address::Local(_))
}

/// The parts of an address within the site, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The path; empty for an anchor alone.
    pub path: &'a str,
    /// What stands after `#`.
    pub anchor: Option<&'a str>,
}

/// The parts of an address within the site. A query is left out: no page here reads one.
pub fn parts(target: &str) -> Parts<'_> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    Parts { path: path.split('?').next().unwrap_or(path), anchor }
}

/// The extension of the file that an address names, in lower case; "" when it has none.
pub fn extension(target: &str) -> String {
    let path = match of(target) {
        Address::Local(path) => path,
        Address::Remote { path, .. } => parts(path).path,
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
    parts(target).path.rsplit('/').next().unwrap_or("")
}

/// What stands in the path of an address as it is (RFC 3986: unreserved, sub-delims, `@`, `/`), `'` and `&` left out so
/// that the result needs no HTML escaping.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// Appends `text` to `out` percent-encoded as the path of an address.
pub fn url_escape(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, PATH));
}

/// What browsers code in a path that they ask for (URL Standard, path percent-encode set), and the sign of codes itself.
const ASKED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%');

/// `text` percent-encoded as browsers ask for it when somebody types it: `&` and `'` stay. For hosts that compare letters.
pub fn asked(text: &str) -> String {
    utf8_percent_encode(text, ASKED).to_string()
}

/// `text` percent-encoded as one part of an address, of its path or of its query: only letters, digits and `-_.~` stay.
pub fn part_escape(text: &str) -> String {
    const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(text, PART).to_string()
}

/// What stands in a whole address as it is: a path, a query, an anchor, and codes that are written already.
const WHOLE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'+')
    .remove(b'!')
    .remove(b'*')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b'%')
    .remove(b'#')
    .remove(b'@')
    .remove(b'?')
    .remove(b'=')
    .remove(b';')
    .remove(b':')
    .remove(b'/')
    .remove(b'$')
    .remove(b'~')
    .remove(b'&')
    .remove(b'\'');

/// The parts of a whole `address` with what none can hold percent-encoded.
pub fn encoded(address: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(address, WHOLE)
}

/// `text` with `%XX` decoded; none when a `%` begins no code, or the bytes do not make UTF-8.
pub fn decode_strictly(text: &str) -> Option<Cow<'_, str>> {
    let code = |after: &str| after.as_bytes().get(..2).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit));
    text.split('%').skip(1).all(code).then(|| percent_decode_str(text).decode_utf8().ok()).flatten()
}

/// The bytes behind percent codes: what an address `data:` holds need be no text.
pub fn decode_bytes(written: &[u8]) -> Vec<u8> {
    percent_decode(written).collect()
}

/// `text` with `%XX` decoded; bytes that do not make UTF-8 leave the text as it was.
pub fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// What people have to encode in the address of a link that they write, and no more: `año%20nuevo.md` can be read.
const WRITTEN: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\');

/// The address to write in the file `from` for a link to the file `to`, both from the same root.
pub fn written_path(from: &str, to: &str) -> String {
    let folder = from.rfind('/').map_or("", |i| &from[..=i]);
    let common = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let border = folder[..common].rfind('/').map_or(0, |i| i + 1);
    let ups = folder[border..].bytes().filter(|b| *b == b'/').count();
    let mut path = "../".repeat(ups);
    let encode = |byte: u8| byte < 0x80 && is_written(byte);
    for c in to[border..].chars() {
        match u8::try_from(c).ok().filter(|b| encode(*b)) {
            Some(byte) => path.push_str(percent_encoding::percent_encode_byte(byte)),
            None => path.push(c),
        }
    }
    if path.is_empty() {
        path.push_str("./");
    }
    path
}

/// Whether the byte has to be encoded in an address that people write.
fn is_written(byte: u8) -> bool {
    percent_encoding::percent_encode(&[byte], WRITTEN).next().is_some_and(|s| s.len() == 3)
}

/// `text` in the form NFC, in which all names are compared: a Mac may name a file in another form than a link is typed in,
/// and nobody can see the difference.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The form under which two names are one on disks that fold case or normalise Unicode.
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(of("../a/b.md#x"), Address::Local("../a/b.md"));
        assert_eq!(of("a/b:c"), Address::Local("a/b:c"));
        assert_eq!(of("?a:b"), Address::Local(""));
        assert_eq!(of("#x"), Address::Local(""));
        assert_eq!(of("HTTP://a.org/p?q"), Address::Remote { host: "a.org", insecure: true, path: "/p?q" });
        assert_eq!(of("//cdn.x"), Address::Remote { host: "cdn.x", insecure: false, path: "" });
        assert_eq!(of("mailto:a@b.org"), Address::Contact);
        assert_eq!(of("SMS:+15550100"), Address::Contact);
        assert_eq!(of("data:x"), Address::Other);
        assert_eq!(of("c:/x"), Address::Local("c:/x"));
        assert_eq!(of("año:x"), Address::Local("año:x"));
        assert_eq!(extension("https://a.org/form.PDF?x=1"), "pdf");
        assert_eq!(extension("https://a.org"), "");
        assert_eq!(file_name("img/a.png#z"), "a.png");
    }

    #[test]
    fn beginnings_are_read_as_browsers_do() {
        let named = |name: &str, plain| Scheme::Named { name: name.into(), plain };
        assert_eq!(scheme("HTTPS://x"), named("https", true));
        assert_eq!(scheme("ht\ttps://x"), named("https", false));
        assert_eq!(scheme(" javascript:x"), named("javascript", false));
        assert_eq!(scheme("c:\\x"), named("c", true));
        assert_eq!(scheme("/\t/evil.org"), Scheme::Host);
        assert_eq!(scheme("\\\\server\\x"), Scheme::Host);
        for path in ["a.md", "../a:b", "#a:b", "?a:b", "", "javascript%3Aalert(1)"] {
            assert_eq!(scheme(path), Scheme::None, "{path}");
        }
    }

    #[test]
    fn percent_codes() {
        assert_eq!(decode("a%20b%C3%B1"), "a bñ");
        for left in ["100%", "%ff", "%zz", "%2"] {
            assert_eq!(decode(left), left);
        }
        assert_eq!(decode_strictly("a%20b").as_deref(), Some("a b"));
        for none in ["100%", "%ff", "%zz", "%2"] {
            assert_eq!(decode_strictly(none), None);
        }
        let encoded = |text: &str| {
            let mut out = String::new();
            url_escape(text, &mut out);
            out
        };
        assert_eq!(encoded("a b&c'd:e"), "a%20b%26c%27d%3Ae");
        assert_eq!(encoded("-._~/!$()*+,;=@"), "-._~/!$()*+,;=@");
        assert_eq!(encoded("日本"), "%E6%97%A5%E6%9C%AC");
    }

    #[test]
    fn what_people_write_can_be_read() {
        assert_eq!(written_path("a/b.md", "a/año nuevo.md"), "año%20nuevo.md");
        assert_eq!(written_path("es/b.md", "a#b (1).md"), "../a%23b%20%281%29.md");
        assert_eq!(written_path("ab/c.md", "a/c.md"), "../a/c.md");
        assert_eq!(written_path("a/b.md", "a/"), "./");
    }

    #[test]
    fn one_form_of_unicode() {
        assert_eq!(nfc("nin\u{303}o"), "niño");
        assert!(matches!(nfc("niño"), Cow::Borrowed(_)));
        assert_eq!(folded("NIN\u{303}O.md"), "niño.md");
        assert_eq!(folded("A-b.MD"), "a-b.md");
    }
}
