//! Text cut into the words that the glossary is matched by, and what a word is compared by.
//!
//! A word is a run of letters, digits and the marks on them; in scripts that put no space between words (Chinese,
//! Japanese, Thai, Lao, Khmer, Burmese) each letter with its marks is a word. Words are compared by a light stem, so
//! that "evaluations" finds "evaluation" and "evaluaciones" finds "evaluación", in whatever form Unicode writes
//! them. Used by [`super::matcher`] only, but for the rules, which cut no word where this does not.

use crate::text::letters::{continues, is_letter, is_spaceless, is_unseen};
use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is read.
    Plain,
    /// As HTML, with character references for `&`, `<`, `>` and `"`.
    Escaped,
}

/// How a language makes plurals, as far as words are compared by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Plurals {
    /// story, stories; class, classes; grasp, grasps.
    English,
    /// meta, metas; plan, planes; and evaluación, evaluaciones, which lose an accent.
    Spanish,
    /// Words are compared as they are.
    #[default]
    Other,
}

impl Plurals {
    /// Those of the language with this code, perhaps with a region: `en`, `en-US`.
    pub fn of(code: &str) -> Plurals {
        match code.split('-').next() {
            Some("en") => Plurals::English,
            Some("es") => Plurals::Spanish,
            _ => Plurals::Other,
        }
    }

    /// How many bytes at the end of a word in lower case are its plural ending, and whether a `y` comes in their
    /// place. The endings are ASCII, so bytes tell them.
    fn ending(self, word: &[u8]) -> (usize, bool) {
        let length = word.len();
        match self {
            _ if word.last() != Some(&b's') => (0, false),
            Plurals::English => match word {
                [.., b'i', b'e', b's'] if length > 4 => (3, true),
                [.., b's', b's', b'e', b's'] | [.., b's' | b'c', b'h', b'e', b's'] => (2, false),
                [.., b'x', b'e', b's'] => (2, false),
                [.., b's' | b'u' | b'i', b's'] => (0, false),
                _ => (usize::from(length > 2), false),
            },
            Plurals::Spanish => match word {
                [.., b'a' | b'e' | b'i' | b'o' | b'u' | b't' | b'c', b'e', b's'] if length > 4 => (1, false),
                [.., b'e', b's'] if length > 4 => (2, false),
                _ => (usize::from(length > 3), false),
            },
            Plurals::Other => (0, false),
        }
    }
}

/// The hash by which first words are looked up and recorded: 32 bits of XXH3 of the stem. A collision costs a
/// comparison or a needless render, never a wrong link.
fn word_hash(stem: &[u8]) -> u32 {
    xxhash_rust::xxh3::xxh3_64(stem) as u32
}

/// The letters that are seen of a word.
fn seen(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| !is_unseen(*c))
}

/// Whether the letters that are seen are written as one character each, where there is one.
fn is_composed(word: &str) -> bool {
    // Nothing below U+0300 is or becomes a part of another letter.
    word.chars().all(|c| c < '\u{300}') || is_nfc_quick(seen(word)) == IsNormalized::Yes
}

/// Appends `word` to `out` as it is compared when capitals count: composed, and without what is unseen.
pub(super) fn composed_into(word: &str, out: &mut String) {
    match word {
        _ if word.is_ascii() => out.push_str(word),
        _ if is_composed(word) => out.extend(seen(word)),
        _ => out.extend(seen(word).nfc()),
    }
}

/// Appends the stem of `word` to `out`: lower case, without a plural ending, and without the accents that a
/// plural moves (Spanish: evaluación, evaluaciones). Not linguistics: just enough that both numbers meet.
pub(super) fn stem_into(word: &str, plurals: Plurals, out: &mut String) {
    let start = out.len();
    let plain = |c: char| match c {
        'á' if plurals == Plurals::Spanish => 'a',
        'é' if plurals == Plurals::Spanish => 'e',
        'í' if plurals == Plurals::Spanish => 'i',
        'ó' if plurals == Plurals::Spanish => 'o',
        'ú' if plurals == Plurals::Spanish => 'u',
        'ς' => 'σ',
        other => other,
    };
    match word {
        _ if word.is_ascii() => {
            out.push_str(word);
            out[start..].make_ascii_lowercase();
        }
        _ if is_composed(word) => out.extend(seen(word).flat_map(char::to_lowercase).map(plain)),
        _ => out.extend(seen(word).nfc().flat_map(char::to_lowercase).map(plain)),
    }
    let (cut, y) = plurals.ending(&out.as_bytes()[start..]);
    out.truncate(out.len() - cut);
    if y {
        out.push('y');
    }
}

/// For each byte of a word in plain letters and digits its lower case, [`NON_ASCII`] for a byte of any other letter, 0 for
/// what ends a word.
const LOWER: [u8; 256] = {
    let mut table = [NON_ASCII; 256];
    let mut byte = 0;
    while byte < 0x80 {
        table[byte] =
            if (byte as u8).is_ascii_alphanumeric() { (byte as u8).to_ascii_lowercase() } else { 0 };
        byte += 1;
    }
    table
};

/// Stands for a byte outside ASCII.
const NON_ASCII: u8 = 0xff;

/// Maximum length of a plain word that is looked up without being copied into a string, in letters.
const MAX_COPY_FREE: usize = 32;

/// Where the word that begins at `start` ends, and the hash of its stem. `stem` is room to work in.
///
/// Nearly every word of a site passes here, so it is read once, its lower case written to the side as it is.
pub(super) fn word_at(text: &str, start: usize, plurals: Plurals, stem: &mut String) -> (usize, u32) {
    let mut lower = [0; MAX_COPY_FREE];
    let mut length = 0;
    let bytes = &text.as_bytes()[start..];
    for byte in bytes {
        match LOWER[*byte as usize] {
            0 => break,
            // Curly quotes, dashes and no-break spaces end a word like any sign.
            NON_ASCII
                if matches!(bytes.get(length..), Some([0xe2, 0x80, 0x90..=0xff, ..] | [0xc2, 0xa0, ..])) =>
            {
                break;
            }
            NON_ASCII => {
                length = MAX_COPY_FREE + 1;
                break;
            }
            plain => {
                if let Some(place) = lower.get_mut(length) {
                    *place = plain;
                }
                length += 1;
            }
        }
    }
    if let Some(word) = lower.get_mut(..length) {
        let (cut, y) = plurals.ending(word);
        let mut keep = length - cut;
        if y {
            word[keep] = b'y';
            keep += 1;
        }
        return (start + length, word_hash(&word[..keep]));
    }
    let end = word_end(text, start);
    stem.clear();
    stem_into(&text[start..end], plurals, stem);
    (end, word_hash(stem.as_bytes()))
}

/// Where the word that begins at `start` ends.
pub(super) fn word_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices();
    let Some((_, first)) = chars.next() else { return start };
    let spaceless = is_spaceless(first);
    // In Khmer and Burmese a letter may stand below the one before.
    let mut below = false;
    let end = chars.find(|(_, c)| {
        let goes_on = match spaceless {
            true => below && is_letter(*c) || continues(*c),
            false => !is_spaceless(*c) && (is_letter(*c) || continues(*c) && *c != '\u{200b}'),
        };
        below = matches!(c, '\u{17d2}' | '\u{1039}');
        !goes_on
    });
    end.map_or(text.len(), |(i, _)| start + i)
}

/// Where the next word at or after `from` begins; character references (`&amp;`) hold none.
#[inline]
pub(super) fn next_start(text: &str, from: usize, form: Form) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    loop {
        let byte = *bytes.get(i)?;
        i += match LOWER[byte as usize] {
            0 if byte == b'&' && form == Form::Escaped => reference(text, i).1,
            0 => 1,
            NON_ASCII => match text[i..].chars().next() {
                Some(c) if is_letter(c) => return Some(i),
                other => other.map_or(1, char::len_utf8),
            },
            _ => return Some(i),
        };
    }
}

/// The character for which the reference at `at` stands, and its length; `&` itself when it is none.
fn reference(text: &str, at: usize) -> (char, usize) {
    for (name, c) in REFERENCES {
        if text[at..].starts_with(name) {
            return (*c, name.len());
        }
    }
    ('&', 1)
}

const REFERENCES: &[(&str, char)] =
    &[("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&#x27;", '\'')];

/// The character at `at`, and where the next one begins.
pub(super) fn after(text: &str, at: usize, form: Form) -> Option<(char, usize)> {
    let c = text.get(at..)?.chars().next()?;
    if c == '&' && form == Form::Escaped {
        let (c, length) = reference(text, at);
        return Some((c, at + length));
    }
    Some((c, at + c.len_utf8()))
}

/// The character before `at`, and where it begins.
pub(super) fn before(text: &str, at: usize, form: Form) -> Option<(char, usize)> {
    let text = text.get(..at)?;
    let c = text.chars().next_back()?;
    if c == ';' && form == Form::Escaped {
        let known = REFERENCES.iter().find(|(name, _)| text.ends_with(name));
        if let Some((name, c)) = known {
            return Some((*c, at - name.len()));
        }
    }
    Some((c, at - c.len_utf8()))
}

/// A sign as names are compared by it: one apostrophe, one quote, one hyphen, one space for all of their forms. None for
/// what does not count.
pub(super) fn sign(c: char) -> Option<char> {
    Some(match c {
        c if c.is_whitespace() => ' ',
        '\u{2018}'
        | '\u{2019}'
        | '\u{201a}'
        | '\u{201b}'
        | '\u{2032}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}' => '\'',
        '`' | '\u{b4}' | '\u{5f3}' | '\u{ff07}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{5f4}' | '\u{ff02}' => '"',
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{5be}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        // Trade marks, and what turns the direction of writing.
        '\u{a9}' | '\u{ae}' | '\u{2122}' | '\u{2120}' => return None,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            return None;
        }
        c if continues(c) || c.is_control() => return None,
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str, lang: &str) -> String {
        let mut out = String::new();
        stem_into(word, Plurals::of(lang), &mut out);
        out
    }

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(start) = next_start(text, at, Form::Plain) {
            at = word_end(text, start);
            let (end, _) = word_at(text, start, Plurals::Other, &mut String::new());
            assert_eq!(end, at, "both ways of reading find the same word in {text}");
            out.push(&text[start..at]);
        }
        out
    }

    #[test]
    fn both_numbers_meet() {
        for (one, many) in [
            ("evaluation", "evaluations"),
            ("therapy", "therapies"),
            ("grasp", "Grasps"),
            ("class", "classes"),
        ] {
            assert_eq!(stem(one, "en"), stem(many, "en"), "{one}");
        }
        for (one, many) in
            [("evaluación", "evaluaciones"), ("meta", "metas"), ("plan", "planes"), ("ambiente", "ambientes")]
        {
            assert_eq!(stem(one, "es"), stem(many, "es"), "{one}");
        }
        assert_eq!(stem("this", "en"), "this");
    }

    #[test]
    fn both_forms_of_unicode_meet() {
        for (composed, apart) in
            [("niño", "nin\u{303}o"), ("évaluation", "e\u{301}valuation"), ("ガ", "カ\u{3099}")]
        {
            assert_eq!(stem(composed, "fr"), stem(apart, "fr"));
            assert_eq!(words(apart), [apart]);
        }
        assert_eq!(stem("ther\u{ad}apies", "en"), "therapy");
        assert_eq!(stem("evaluacio\u{301}n", "es"), stem("evaluaciones", "es"));
    }

    #[test]
    fn scripts_with_and_without_spaces() {
        assert_eq!(words("Don’t — “fine”\u{a0}motor"), ["Don", "t", "fine", "motor"]);
        assert_eq!(words("参加IEP会议。"), ["参", "加", "IEP", "会", "议"]);
        assert_eq!(words("ที่นี่"), ["ที่", "นี่"]);
        // A letter that stands below another belongs to it.
        assert_eq!(words("ខ្មែរ"), ["ខ្មែ", "រ"]);
        assert_eq!(words("विद्यालय में"), ["विद्यालय", "में"]);
        assert_eq!(words("می\u{200c}خواهم"), ["می\u{200c}خواهم"]);
        assert_eq!(words("학교 생활"), ["학교", "생활"]);
    }
}
