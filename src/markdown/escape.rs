//! Text made safe for its place: between tags, inside a quoted attribute, as an address.
//!
//! Every byte of an editor's that reaches the HTML goes through one of these, ammonia's output and the
//! CommonMark examples' verbatim HTML excepted. NUL and other control characters become U+FFFD.

/// Appends `text` as text between tags.
pub(super) fn text(text: &str, out: &mut String) {
    escape(text, out, &TEXT);
}

/// Appends `text` as the value of a double-quoted attribute.
pub(super) fn attribute(text: &str, out: &mut String) {
    escape(text, out, &ATTRIBUTE);
}

const TEXT: [bool; 256] = table(b"<>&");
const ATTRIBUTE: [bool; 256] = table(b"<>&\"");

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

#[inline]
fn escape(text: &str, out: &mut String, special: &[bool; 256]) {
    let mut done = 0;
    for (i, byte) in text.bytes().enumerate() {
        if special[byte as usize] {
            out.push_str(&text[done..i]);
            out.push_str(match byte {
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'&' => "&amp;",
                b'"' => "&quot;",
                _ => "\u{FFFD}",
            });
            done = i + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// Appends `address` as the value of an `href` or `src`, percent-encoding what an address cannot hold.
pub(super) fn href(address: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut done = 0;
    for (i, byte) in address.bytes().enumerate() {
        let safe = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'-' | b'_'
                    | b'.'
                    | b'+'
                    | b'!'
                    | b'*'
                    | b'('
                    | b')'
                    | b','
                    | b'%'
                    | b'#'
                    | b'@'
                    | b'?'
                    | b'='
                    | b';'
                    | b':'
                    | b'/'
                    | b'$'
                    | b'~'
            );
        if safe {
            continue;
        }
        // Between two bytes that need encoding stand only ASCII ones, so both ends are character borders.
        if done < i {
            out.push_str(&address[done..i]);
        }
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ => {
                out.push('%');
                out.push(HEX[(byte >> 4) as usize] as char);
                out.push(HEX[(byte & 15) as usize] as char);
            }
        }
        done = i + 1;
    }
    if done < address.len() {
        out.push_str(&address[done..]);
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
    fn each_place_has_its_escapes() {
        assert_eq!(with(text, "a<b>&\"c\"\0"), "a&lt;b&gt;&amp;\"c\"\u{FFFD}");
        assert_eq!(with(attribute, "\"><script>"), "&quot;&gt;&lt;script&gt;");
        assert_eq!(with(href, "a b\"<ä>'&?x=1#y"), "a%20b%22%3C%C3%A4%3E&#x27;&amp;?x=1#y");
        assert_eq!(with(href, "日本"), "%E6%97%A5%E6%9C%AC");
    }
}
