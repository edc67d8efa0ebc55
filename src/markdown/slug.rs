//! Ids for headings out of their text.
//!
//! Letters of every script stay (a Spanish, Arabic or Chinese heading has a readable address); the rest
//! becomes `-`. Called by the heading pass; also by whoever makes file names of titles.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Maximum length of a slug, in characters: a heading of a megabyte must not give an id of one.
const MAX_SLUG_LENGTH: usize = 80;

/// `text` in lower case and NFC, letters, digits, marks and `_` kept, apostrophes dropped, each run of
/// anything else one `-`. Empty when nothing remains.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_SLUG_LENGTH * 4));
    if text.is_ascii() {
        write_ascii(text, &mut out);
    } else {
        write(text.nfc().flat_map(char::to_lowercase), &mut out);
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// What becomes of each byte of an ASCII text: its lower case, `-`, or 0 for nothing at all.
const ASCII: [u8; 256] = {
    let mut table = [b'-'; 256];
    let mut byte = 0;
    while byte < 0x80 {
        if (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = 0;
    table
};

/// As `write`, for nearly every heading of an English guide.
fn write_ascii(text: &str, out: &mut String) {
    let mut bytes = [0; MAX_SLUG_LENGTH];
    let mut length = 0;
    let mut before = b'-';
    for byte in text.bytes() {
        let here = ASCII[byte as usize];
        if here == 0 || (here == b'-' && before == b'-') {
            continue;
        }
        let Some(place) = bytes.get_mut(length) else { break };
        *place = here;
        length += 1;
        before = here;
    }
    // All of it is ASCII.
    out.push_str(std::str::from_utf8(&bytes[..length]).unwrap_or(""));
}

fn write(chars: impl Iterator<Item = char>, out: &mut String) {
    let mut count = 0;
    for c in chars {
        if count >= MAX_SLUG_LENGTH {
            return;
        }
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)) {
            out.push(c);
        } else if !matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{200b}'..='\u{200f}' | '\u{ad}')
            && !out.is_empty()
            && !out.ends_with('-')
        {
            out.push('-');
        } else {
            continue;
        }
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_letters_of_every_script() {
        assert_eq!(slug("Who is on the team?"), "who-is-on-the-team");
        assert_eq!(slug("¿Qué es un PEI?"), "qué-es-un-pei");
        assert_eq!(slug("العلاج الوظيفي"), "العلاج-الوظيفي");
        assert_eq!(slug("हिन्दी पाठ"), "हिन्दी-पाठ");
        assert_eq!(slug("  職業療法 — OT  "), "職業療法-ot");
        assert_eq!(slug("Don\u{2019}t stop"), "dont-stop");
        assert_eq!(slug("cafe\u{301}"), slug("café"));
        assert_eq!(slug("It's -- a  TEST_1!"), "its-a-test_1");
        assert_eq!(slug("!!!"), "");
        assert_eq!(slug(&"a".repeat(9_999)).len(), MAX_SLUG_LENGTH);
    }
}
