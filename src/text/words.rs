//! Running text cut into words and sentences, in one pass and without allocation.
//!
//! A word may hold hyphens and apostrophes; numbers, addresses and e-mail addresses are not words; the
//! points of `Dr.`, `e.g.` and `U.S.` end no sentence. Called once for each block by the rules, and wherever a text is
//! measured.

use super::letters;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word.
    Word,
    /// A word in capitals (`IEP`, `IEPs`, `WISC-5`), said letter by letter unless the glossary spells it out.
    Acronym,
    /// A number, a date, `2+`, `3rd`: not counted.
    Number,
}

/// One token: its place in the text that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is the first token of its sentence.
    pub starts_sentence: bool,
}

/// Points that end a sentence, in the scripts that the program knows.
fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।')
}

/// Abbreviations after which a sentence goes on, lower case, without the last point.
const ABBREVIATIONS: &[&str] = &[
    "a.m", "adm", "apt", "av", "avda", "ave", "blvd", "cap", "cf", "dept", "dr", "dra", "e.g", "ed", "ee",
    "ext", "fig", "gov", "i.e", "inc", "ing", "jr", "lic", "ltd", "mr", "mrs", "ms", "mt", "mx", "no", "núm",
    "p", "p.ej", "p.m", "ph", "pp", "prof", "profa", "pág", "rev", "sr", "sra", "srta", "st", "sta", "sto",
    "tel", "u.s", "ud", "uds", "uu", "v", "vol", "vs",
];

/// Abbreviations that may also end a sentence: it goes on only when a small letter follows.
fn never_ends(word: &str, next: Option<char>) -> bool {
    // None has so many letters.
    if word.len() > 8 && word.is_ascii() {
        return false;
    }
    let mut buffer = [0u8; 8];
    let mut n = 0;
    for c in word.chars() {
        let c = c.to_lowercase().next().unwrap_or(c);
        if n + c.len_utf8() > buffer.len() {
            return false;
        }
        n += c.encode_utf8(&mut buffer[n..]).len();
    }
    let Ok(lower) = std::str::from_utf8(&buffer[..n]) else { return false };
    // "No." is an abbreviation only before a number.
    if lower == "no" {
        return next.is_some_and(|c| c.is_ascii_digit());
    }
    // An initial: "J. Smith"; but "you and I."
    let mut chars = word.chars();
    let initial = matches!((chars.next(), chars.next()), (Some(c), None) if c.is_uppercase() && c != 'I');
    initial || ABBREVIATIONS.binary_search(&lower).is_ok()
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // The accented letters of European languages need no table.
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ') || letters::is_letter(c) || letters::continues(c)
}

/// Cuts `text` (one block of running text) and gives each token to `each`.
pub fn tokens(text: &str, mut each: impl FnMut(Token)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut previous: Option<(usize, usize)> = None;
    while let Some(byte) = bytes.get(at).copied() {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        let (end, kind, first) = match plain_word_end(bytes, start) {
            Some(end) => (end, Some(TokenKind::Word), char::from(byte)),
            None => {
                let first = char_at(text, start);
                if !is_word_char(first) {
                    at += first.len_utf8();
                    continue;
                }
                let (end, kind) = any_token_end(text, start);
                (end, kind, first)
            }
        };
        at = end;
        let Some(kind) = kind else { continue };
        // Behind one space, as nearly always, goes on the same sentence.
        let starts_sentence = match previous {
            None => true,
            Some((_, before)) if start - before < 2 => false,
            Some((from, before)) => sentence_break(&text[from..before], &text[before..start], first),
        };
        each(Token { start, end, kind, starts_sentence });
        previous = Some((start, end));
    }
}

fn char_at(text: &str, at: usize) -> char {
    let byte = text.as_bytes()[at];
    if byte < 0x80 { byte as char } else { text[at..].chars().next().unwrap_or(' ') }
}

/// Where the word that starts at `start` ends, if it is one as nearly all are: small letters of English, the first perhaps a
/// capital, before a space or the end, with at most one sign between.
#[inline]
fn plain_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let from = start + usize::from(bytes.get(start)?.is_ascii_uppercase());
    let end = small_letters_end(bytes, from);
    if end == from {
        return None;
    }
    let border = |byte: Option<&u8>| matches!(byte, None | Some(b' ' | b'\n'));
    match bytes.get(end..)? {
        [] | [b' ' | b'\n', ..] => Some(end),
        [sign, rest @ ..] => (sign.is_ascii_punctuation() && border(rest.first())).then_some(end),
    }
}

/// Where the small letters of English that begin at `from` end. Eight at a time, since all running text passes here: to the low
/// seven bits of each byte is added what makes the highest bit of a letter `a`, and of what stands behind `z`.
#[inline]
fn small_letters_end(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES * 0x80;
    let mut at = from;
    while let Some(eight) = bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        let eight = u64::from_le_bytes(eight);
        let low = eight & !HIGH;
        let small = (low + ONES * (0x80 - b'a' as u64)) & !(low + ONES * (0x7f - b'z' as u64)) & !eight;
        let others = !small & HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_lowercase) {
        at += 1;
    }
    at
}

/// Where the token that starts at `start` ends, and what it is; none for an address. For any token.
fn any_token_end(text: &str, start: usize) -> (usize, Option<TokenKind>) {
    let bytes = text.as_bytes();
    let mut at = start;
    let (mut letters, mut capitals, mut digits, mut hyphen_letters) = (0usize, 0usize, 0usize, 0usize);
    let mut first_is_digit = false;
    let mut single = true; // the part since the last point has one letter
    let mut part = 0usize;
    let mut last_small = 0usize;
    while at < bytes.len() {
        // Most of a word is small letters: they change nothing but its length.
        let run = small_letters_end(bytes, at) - at;
        if run > 0 {
            hyphen_letters = if part == 0 { run } else { hyphen_letters + run };
            (part, letters, at) = (part + run, letters + run, at + run);
            last_small = at;
            single = part <= 1;
            continue;
        }
        let c = char_at(text, at);
        if is_word_char(c) {
            part += 1;
            if c.is_ascii_digit() || !c.is_ascii() && c.is_numeric() {
                first_is_digit |= at == start;
                digits += 1;
            } else {
                letters += 1;
                hyphen_letters = if part == 1 { 1 } else { hyphen_letters + 1 };
                if c.is_uppercase() {
                    capitals += 1;
                } else {
                    last_small = at + c.len_utf8();
                }
            }
            single = part <= 1;
            at += c.len_utf8();
            continue;
        }
        let after = at + c.len_utf8();
        let next = (after < bytes.len()).then(|| char_at(text, after)).filter(|n| is_word_char(*n));
        let joins = match (c, next) {
            (_, None) => false,
            ('-' | '\'' | '\u{2019}' | '\u{2011}' | '\u{2010}', Some(_)) => true,
            // U.S, e.g: single letters with points between; 300.22, 1,000, 3:45: numbers.
            ('.', Some(n)) if n.is_alphabetic() => {
                let after_next = after + n.len_utf8();
                single && letters > 0 && digits == 0 && !text[after_next..].starts_with(is_word_char)
            }
            ('.' | ',' | ':' | '/', Some(n)) => digits > 0 && n.is_ascii_digit(),
            // An address: everything up to the next space.
            ('@', Some(_)) => return (space_from(text, at), None),
            _ => false,
        };
        if !joins {
            let rest = &text[at..];
            if rest.starts_with("://")
                || (c == '.' && next.is_some() && text[start..at].eq_ignore_ascii_case("www"))
            {
                return (space_from(text, at), None);
            }
            break;
        }
        part = 0;
        at = after;
    }
    let number = digits > 0 && (letters == 0 || first_is_digit && hyphen_letters < 3);
    let acronym = !number && capitals >= 2 && {
        let small = letters - capitals;
        small == 0 || small == 1 && last_small == at && text[..at].ends_with('s')
    };
    let kind = match (number, acronym) {
        (true, _) => TokenKind::Number,
        (_, true) => TokenKind::Acronym,
        _ => TokenKind::Word,
    };
    (at, Some(kind))
}

fn space_from(text: &str, at: usize) -> usize {
    text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i)
}

/// Whether a sentence ends between the word before and the token that begins with `next`.
fn sentence_break(word: &str, gap: &str, next: char) -> bool {
    if gap.len() < 2 || gap.is_ascii() && !gap.bytes().any(|b| matches!(b, b'.' | b'!' | b'?')) {
        return false;
    }
    let Some(mark) = gap.find(ends_sentence) else { return false };
    let from_mark = &gap[mark..];
    let wide = from_mark.chars().next().is_some_and(|c| matches!(c, '。' | '！' | '？'));
    if !wide && !from_mark.contains(char::is_whitespace) {
        return false;
    }
    // A small letter goes on with the sentence: "(e.g. this)", "What? asked the child."
    if next.is_lowercase() && !gap.contains(['¿', '¡']) {
        return false;
    }
    !(gap.starts_with('.') && never_ends(word, Some(next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let mut sentences: Vec<String> = Vec::new();
        tokens(text, |t| {
            if t.starts_sentence {
                sentences.push(String::new());
            }
            let last = sentences.last_mut().unwrap();
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(&text[t.start..t.end]);
        });
        sentences
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        assert_eq!(cut("Dr. Lee came. Ask Dr. Lee.").len(), 2);
        assert_eq!(cut("Use tools, e.g. Tongs and Dr. Lee.").len(), 1);
        assert_eq!(cut("The U.S. Department of Education. It helps.").len(), 2);
        assert_eq!(cut("At 3 p.m. The bell rings").len(), 1);
        assert_eq!(cut("Read J. Smith. Then rest.").len(), 2);
        assert_eq!(cut("\"Stop!\" She left. Why? We ask.").len(), 4);
        assert_eq!(cut("See No. 4. No. We do not.").len(), 3);
        assert_eq!(cut("La Sra. López viene. ¿Puede usted ir? ¡Sí!").len(), 3);
    }

    #[test]
    fn words_and_numbers() {
        assert_eq!(cut("push-in and child's 4-year-old"), ["push-in and child's 4-year-old"]);
        let mut kinds = Vec::new();
        tokens("The 34 CFR 300.22, IEPs 3rd 4-year-old BOT-3 a@b.org https://x.org/y end", |t| {
            kinds.push(t.kind)
        });
        use TokenKind::*;
        assert_eq!(kinds, [Word, Number, Acronym, Number, Acronym, Number, Word, Acronym, Word]);
    }

    #[test]
    fn the_short_way_through_plain_words_gives_what_the_long_one_gives() {
        let pieces = [
            "a",
            "I",
            "word",
            "Word",
            "OT",
            "s",
            "'s",
            "\u{2019}s",
            "-",
            " ",
            "\n",
            ".",
            ", ",
            ": ",
            "://",
            "@",
            "www.",
            "3",
            "é",
            "!",
            "(",
            ")",
            "\u{a0}",
            "x.org",
            "\t",
        ];
        let mut seed = 1u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..1 + seed % 6 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            for start in (0..text.len()).filter(|i| text.is_char_boundary(*i)) {
                if let Some(end) = plain_word_end(text.as_bytes(), start) {
                    assert_eq!(
                        (end, Some(TokenKind::Word)),
                        any_token_end(&text, start),
                        "{text:?} at {start}"
                    );
                }
            }
        }
    }

    #[test]
    fn small_letters_end_where_they_end() {
        for length in 1..20 {
            for byte in 0..=0xffu8 {
                for at in 0..length {
                    let mut bytes = vec![b'a'; length];
                    bytes[length - 1] = b'z';
                    bytes[at] = byte;
                    let end = bytes.iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(length);
                    assert_eq!(small_letters_end(&bytes, 0), end, "{byte} at {at} of {length}");
                }
            }
        }
        assert_eq!(small_letters_end(b"ab", 5), 5);
    }

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.windows(2).all(|w| w[0] < w[1]));
    }
}
