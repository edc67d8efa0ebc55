//! Text made safe for its place: between tags, inside a quoted attribute, as an address.
//!
//! Every byte of an editor's that reaches the HTML goes through one of these, the CommonMark examples' verbatim HTML
//! excepted. NUL and other control characters become U+FFFD.

use crate::source::address;

/// Appends `text` as text between tags.
pub fn text(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    if has_controls(bytes) {
        return escape(text, out, &TEXT);
    }
    let mut done = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'&', bytes) {
        out.push_str(&text[done..at]);
        out.push_str(entity(bytes[at]));
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Appends `text` as the value of a double-quoted attribute.
pub fn attribute(text: &str, out: &mut String) {
    escape(text, out, &ATTRIBUTE);
}

/// Appends `text` as the value of an attribute in quotes of either kind.
pub fn quoted(text: &str, out: &mut String) {
    escape(text, out, &QUOTED);
}

const TEXT: [bool; 256] = table(b"<>&");
const ATTRIBUTE: [bool; 256] = table(b"<>&\"");
const QUOTED: [bool; 256] = table(b"<>&\"'");

/// The bytes of `special` and all control characters but tab and the line ends.
const fn table(special: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 0x20 {
        table[i] = !matches!(i as u8, b'\t' | b'\n' | b'\r');
        i += 1;
    }
    table[0x7f] = true;
    let mut i = 0;
    while i < special.len() {
        table[special[i] as usize] = true;
        i += 1;
    }
    table
}

fn escape(text: &str, out: &mut String, special: &[bool; 256]) {
    let mut done = 0;
    for (i, byte) in text.bytes().enumerate() {
        if special[byte as usize] {
            out.push_str(&text[done..i]);
            out.push_str(entity(byte));
            done = i + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// What stands for a special byte.
fn entity(byte: u8) -> &'static str {
    match byte {
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'&' => "&amp;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        _ => "\u{FFFD}",
    }
}

/// Whether there is a byte below the space, or 0x7f. Eight bytes at a time, since all running text passes here: with no
/// borrow from the byte below, the highest bit of a byte is set by the subtraction only if it was below the space, by
/// the addition only if it was 0x7f, unless it was set before; and a borrow comes from such a byte only.
fn has_controls(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let odd = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        (eight.wrapping_sub(ONES * 0x20) | eight.wrapping_add(ONES)) & !eight & (ONES * 0x80)
    };
    let Some(last) = bytes.last_chunk::<8>() else { return bytes.iter().any(|b| *b < 0x20 || *b == 0x7f) };
    let (chunks, _) = bytes.as_chunks::<8>();
    chunks.iter().fold(odd(last), |found, eight| found | odd(eight)) != 0
}

/// Appends `address` as the value of an `href` or `src`, percent-encoding what an address cannot hold.
pub fn href(address: &str, out: &mut String) {
    for part in address::encoded(address) {
        let mut rest = part;
        while let Some(at) = rest.find(['&', '\'']) {
            out.push_str(&rest[..at]);
            out.push_str(if rest[at..].starts_with('&') { "&amp;" } else { "&#x27;" });
            rest = &rest[at + 1..];
        }
        out.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(f: fn(&str, &mut String), input: &str) -> String {
        let mut out = String::new();
        f(input, &mut out);
        out
    }

    #[test]
    fn controls_are_found_wherever_they_stand() {
        for length in 1..20 {
            for byte in 0..=0xffu8 {
                for at in 0..length {
                    let mut bytes = vec![b'x'; length];
                    bytes[at] = byte;
                    assert_eq!(
                        has_controls(&bytes),
                        byte < 0x20 || byte == 0x7f,
                        "{byte} at {at} of {length}"
                    );
                }
            }
        }
        assert!(!has_controls("año ¿Qué? 日本語 \u{10ffff}".as_bytes()));
    }

    #[test]
    fn each_place_has_its_escapes() {
        assert_eq!(with(text, "a<b>&\"c\"\0"), "a&lt;b&gt;&amp;\"c\"\u{FFFD}");
        assert_eq!(with(text, "a <long> text & no\tcontrols"), "a &lt;long&gt; text &amp; no\tcontrols");
        assert_eq!(with(attribute, "\"><script>"), "&quot;&gt;&lt;script&gt;");
        assert_eq!(with(quoted, "it's \"<"), "it&#39;s &quot;&lt;");
        assert_eq!(with(href, "a b\"<ä>'&?x=1#y"), "a%20b%22%3C%C3%A4%3E&#x27;&amp;?x=1#y");
        assert_eq!(with(href, "日本"), "%E6%97%A5%E6%9C%AC");
    }
}
