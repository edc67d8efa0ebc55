//! Text cut into the words that are looked up, the same for pages and for what a reader types.
//!
//! A word is a run of letters and digits in small letters. Hyphens part words, and the whole is a word too (`bot-3` is `bot`, `3` and
//! `bot3`); so does an apostrophe behind one or two letters (`l'école` is `l`, `école` and `lécole`). A point or comma between
//! digits does not part; any other apostrophe is left out, with the `s` behind it. Scripts without spaces give each pair of
//! letters that stand side by side. A number and the word behind it are a word too (`60 days` is `60`, `days` and `60days`).

use super::fold::{exact, is_part, is_spaceless};
use super::intern::Key;

/// The longest word, in letters; what is behind it is cut off.
const LONGEST: usize = 40;

/// A word that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// In small letters, accents on.
    pub text: &'a str,
    /// Made of several that stand in their own right before it.
    pub joined: bool,
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '`' | '´')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '\u{ad}')
}

/// Gives each word of `text` to `each`, in order.
pub fn words(text: &str, mut each: impl FnMut(Word<'_>)) {
    let text = exact(text);
    let mut whole = String::new();
    let mut at = 0;
    // The number before, and where it ends.
    let mut number: Option<(usize, usize)> = None;
    let bytes = text.as_bytes();
    loop {
        // Most words are plain letters between plain signs.
        let is = |byte: &u8, class: u8| CLASSES[*byte as usize] == class;
        while bytes.get(at).is_some_and(|byte| is(byte, SIGN)) {
            at += 1;
        }
        let begin = at;
        while bytes.get(at).is_some_and(|byte| is(byte, PART)) {
            at += 1;
        }
        if at > begin && at - begin <= LONGEST && stands_alone(&bytes[at..]) {
            let word = &text[begin..at];
            each(Word { text: word, joined: false });
            if number.is_some() {
                counted(&text, word, begin, number.take(), &mut each);
            }
            if bytes[begin].is_ascii_digit() && word.bytes().all(|b| b.is_ascii_digit()) {
                number = Some((begin, at));
            }
            continue;
        }
        at = begin;
        let Some(c) = text[at..].chars().next() else { break };
        if !is_part(c) {
            at += c.len_utf8();
            continue;
        }
        if is_spaceless(c) {
            at = pairs(&text, at, &mut each);
            continue;
        }
        // One word and those that hyphens tie to it.
        whole.clear();
        let mut parts = 0;
        let begin = at;
        loop {
            let start = at;
            at = part_end(&text, start);
            let part = &text[start..at];
            parts += one(part, &mut whole, &mut each);
            let mut rest = text[at..].chars();
            let tied = rest.next().filter(|c| is_hyphen(*c));
            match (tied, rest.next()) {
                (Some(hyphen), Some(next)) if is_part(next) && !is_spaceless(next) => at += hyphen.len_utf8(),
                _ => break,
            }
        }
        if parts > 1 && whole.chars().count() <= LONGEST {
            each(Word { text: &whole, joined: true });
        }
        counted(&text, &whole, begin, number.take(), &mut each);
        if text[begin..at].bytes().all(|b| b.is_ascii_digit()) {
            number = Some((begin, at));
        }
    }
}

/// Takes the words of a text that is cut for the index.
pub trait Take {
    /// Takes a plain word of at most [`Key::WHOLE`] letters, as nearly all are.
    fn plain(&mut self, key: Key);
    /// Takes any other.
    fn word(&mut self, word: Word<'_>);
}

/// The same as [`words`]: most words come as keys, read once, and nothing is copied.
#[inline(always)]
pub fn keys(text: &str, take: &mut impl Take) {
    match text.is_ascii() {
        true => ascii_keys(text, take),
        false => words(text, |word| take.word(word)),
    }
}

/// The same of a text that is known to be in ASCII; of any other, words may be lost.
#[inline(always)]
pub fn ascii_keys(text: &str, take: &mut impl Take) {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let begin = at;
        let first = take_eight(bytes, &mut at);
        let second = if at == begin + 8 { take_eight(bytes, &mut at) } else { 0 };
        let alone = match bytes.get(at) {
            None | Some(b' ') => true,
            Some(next) => CLASSES[*next as usize] == SIGN && stands_alone(bytes.get(at..).unwrap_or(&[])),
        };
        if alone && !(first as u8).is_ascii_digit() {
            if at > begin {
                take.plain(Key { first, second, length: (at - begin) as u32 });
            } else if at == bytes.len() {
                break;
            }
            // Behind a word stands a sign, nearly always one alone.
            at += 1;
            if at >= bytes.len() {
                break;
            }
            continue;
        }
        if at == begin {
            at += 1;
            continue;
        }
        // What hyphens and the like tie together; and behind a number what is counted, which is a word with it.
        loop {
            let more = bytes.get(at..).unwrap_or(&[]);
            at += more.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(more.len());
            let counts = at > begin && bytes.get(at - 1).is_some_and(u8::is_ascii_digit);
            if !counts || at == bytes.len() {
                break;
            }
            at += 1;
        }
        words(text.get(begin..at).unwrap_or(""), |word| take.word(word));
    }
}

/// Takes up to eight letters and digits of an ASCII text, made small, the first the least.
#[inline(always)]
fn take_eight(bytes: &[u8], at: &mut usize) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let rest = bytes.get(*at..).unwrap_or(&[]);
    let typed = match rest.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    };
    // All eight at once. No byte is above 127, so sums do not run over, and their highest bits tell what is not below a letter.
    let from = |value: u64, byte: u8| value + ONES * u64::from(128 - byte);
    let small = typed | (ONES * 0x20);
    let letters = from(small, b'a') & !from(small, b'z' + 1);
    let digits = from(typed, b'0') & !from(typed, b'9' + 1);
    let ends = !(letters | digits) & (ONES << 7);
    let count = ends.trailing_zeros() / 8;
    *at += count as usize;
    if count == 8 { small } else { small & ((1 << (count * 8)) - 1) }
}

/// What a byte is.
const SIGN: u8 = 0;
const PART: u8 = 1;
/// It is not in ASCII.
const OTHER: u8 = 2;

const CLASSES: [u8; 256] = {
    let mut classes = [SIGN; 256];
    let mut at = 0;
    while at < 256 {
        classes[at] = match at as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => PART,
            128.. => OTHER,
            _ => SIGN,
        };
        at += 1;
    }
    classes
};

/// Whether the word before these bytes ends there, and nothing ties it to what follows.
#[inline]
fn stands_alone(rest: &[u8]) -> bool {
    match *rest {
        [b' ', ..] | [] => true,
        [b'.' | b',', ref rest @ ..] => !rest.first().is_some_and(u8::is_ascii_digit),
        [b'\'' | b'`' | b'-', ref rest @ ..] => {
            rest.first().is_none_or(|after| CLASSES[*after as usize] == SIGN)
        }
        [next, ..] => next < 128,
    }
}

/// 60 days: gives what is counted, with how many of it. Behind the numbers of laws stand short words.
fn counted(
    text: &str,
    word: &str,
    begin: usize,
    number: Option<(usize, usize)>,
    each: &mut impl FnMut(Word<'_>),
) {
    if let Some((start, end)) = number
        && &text[end..begin] == " "
        && (4..LONGEST).contains(&word.chars().count())
        && !word.starts_with(|c: char| c.is_ascii_digit())
    {
        each(Word { text: &format!("{}{word}", &text[start..end]), joined: true });
    }
}

/// Where the run of letters, apostrophes and points in numbers that starts at `start` ends.
fn part_end(text: &str, start: usize) -> usize {
    let mut at = start;
    let mut before = ' ';
    let mut rest = text[start..].chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let inside = is_part(next) && !is_spaceless(next);
        let goes_on = is_part(c) && !is_spaceless(c)
            || is_apostrophe(c) && inside
            || matches!(c, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit();
        if !goes_on {
            break;
        }
        at += c.len_utf8();
        before = c;
    }
    at
}

/// Gives the words of a part without hyphens, adds them to `whole`, and says how many they were.
fn one(part: &str, whole: &mut String, each: &mut impl FnMut(Word<'_>)) -> usize {
    let mut give = |text: &str| {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        each(Word { text: &text[..end], joined: false });
        whole.push_str(text);
    };
    if part.bytes().all(|b| b.is_ascii_alphanumeric()) {
        give(part);
        return 1;
    }
    if part.contains(is_apostrophe) {
        let mut pieces: Vec<&str> = part.split(is_apostrophe).filter(|p| !p.is_empty()).collect();
        if pieces.len() > 1 && pieces.last() == Some(&"s") {
            pieces.pop();
        }
        // The French and Italian way: l'école. The English one leaves letters out: I'm, we're.
        let mut count = 0;
        let left_out = matches!(pieces.last(), Some(&("d" | "ll" | "m" | "re" | "t" | "ve")));
        while !left_out && pieces.len() > 1 && pieces.first().is_some_and(|p| p.chars().count() <= 2) {
            give(pieces.remove(0));
            count += 1;
        }
        give(&pieces.concat());
        return count + 1;
    }
    give(part);
    // 300.320 is found by 300 too.
    if let Some((first, _)) = part.split_once(['.', ',']) {
        each(Word { text: first, joined: true });
    }
    1
}

/// The pairs of letters of a run without spaces; a letter alone is a word.
fn pairs(text: &str, start: usize, each: &mut impl FnMut(Word<'_>)) -> usize {
    let run = &text[start..];
    let end =
        run.char_indices().find(|(_, c)| !is_part(*c) || !is_spaceless(*c)).map_or(run.len(), |(at, _)| at);
    let run = &run[..end];
    let mut places = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let (mut first, mut second) = (places.next().unwrap_or(0), places.next().unwrap_or(run.len()));
    match places.next() {
        None => each(Word { text: run, joined: false }),
        Some(mut third) => loop {
            each(Word { text: &run[first..third], joined: false });
            (first, second) = (second, third);
            match places.next() {
                Some(next) => third = next,
                None => break,
            }
        },
    }
    let _ = second;
    start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut out = Vec::new();
        words(text, |w| out.push(format!("{}{}", w.text, if w.joined { "+" } else { "" })));
        out.join(" ")
    }

    /// What [`keys`] gives, as [`words`] does.
    fn cut_by_keys(text: &str) -> String {
        #[derive(Default)]
        struct Taken(super::super::intern::Intern, Vec<String>);
        impl Take for Taken {
            fn plain(&mut self, key: Key) {
                let number = self.0.number_of(key);
                self.1.push(self.0.word(number).to_owned());
            }
            fn word(&mut self, word: Word<'_>) {
                self.1.push(format!("{}{}", word.text, if word.joined { "+" } else { "" }));
            }
        }
        let mut taken = Taken::default();
        keys(text, &mut taken);
        taken.1.join(" ")
    }

    #[test]
    fn both_ways_to_cut_give_the_same() {
        let pieces = [
            "a",
            "Be",
            "7",
            "60",
            "days",
            "sixteen161616161",
            "seventeen17171717",
            "incomprehensibilities",
            " ",
            " ",
            " ",
            "  ",
            "\n",
            ".",
            ",",
            "-",
            "'",
            "’",
            "é",
            "(",
            "s",
            "300.320",
            "ll",
            "`",
            "§",
            "書",
        ];
        let mut seed = 7u64;
        for _ in 0..40_000 {
            let mut text = String::new();
            for _ in 0..1 + seed % 9 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            assert_eq!(cut_by_keys(&text), cut(&text), "{text:?}");
        }
    }

    #[test]
    fn words_of_every_sort() {
        for (text, found) in [
            ("Push-in, or pull-out?", "push in pushin+ or pull out pullout+"),
            ("BOT-3", "bot 3 bot3+"),
            ("34 CFR § 300.320(a)", "34 cfr 300.320 300+ a"),
            ("my child’s records; can't", "my child records cant"),
            ("l'école d'été", "l école lécole+ d été dété+"),
            ("O’Brien", "o brien obrien+"),
            ("I'm sure we're late, he'll see", "im sure were late hell see"),
            ("it's the IEP's", "it the iep"),
            ("¿A quién llamo?", "a quién llamo"),
            ("OTR/L & 1,000", "otr l 1,000 1+"),
            ("学校の先生", "学校 校の の先 先生"),
            ("書 OT療法x", "書 ot 療法 x"),
            ("60 days, 504  plan", "60 days 60days+ 504 plan"),
            ("in 2 to 7-day steps", "in 2 to 7 day 7day+ steps"),
            ("", ""),
            ("…—", ""),
            ("ไทย", "ไท ทย"),
        ] {
            assert_eq!(cut(text), found, "{text}");
        }
        let long = "a".repeat(500);
        assert_eq!(cut(&long).len(), LONGEST);
    }
}
