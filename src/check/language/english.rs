//! Syllables of English words: spelling rules, then a list of words that do not follow them.
//!
//! Measured against CMUdict (not bundled): see `tests/integration/check/syllables.rs` for the figures and how to
//! repeat them. Called by [`super::syllables`] for each word of an English page, so it must stay cheap:
//! bytes in, no allocation.

use super::exceptions::EXCEPTIONS;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Maximum length of a word that the rules of spelling are asked about, in bytes. What is longer is a picture that was pasted as text, an
/// address or a key: its runs of vowels are counted, in linear time.
const MAX_WORD: usize = 32;

/// Number of syllables of one English word, which holds no hyphen; at least 1 for anything with a letter.
///
/// A word in capitals of up to six letters without a vowel is spelt out by its letters
/// elsewhere ([`super::syllables`]); here every word is read as a word.
pub fn syllables(word: &str) -> usize {
    // The page lens gives small letters: most words need no copy.
    if word.len() <= MAX_WORD && word.bytes().all(|b| b.is_ascii_lowercase()) {
        return syllables_ascii(word.as_bytes());
    }
    let mut buffer = [0u8; MAX_WORD];
    let Some(word) = lower_ascii(word, &mut buffer) else { return vowel_runs(word) };
    // "child's" has the syllables of "child"; "James's" and "class's" one more, as after any hissing sound.
    if let Some(stem) = word.strip_suffix(b"'s") {
        return syllables_ascii(stem) + usize::from(hisses(stem));
    }
    syllables_ascii(word.strip_suffix(b"'").unwrap_or(word))
}

fn syllables_ascii(word: &[u8]) -> usize {
    if word.is_empty() {
        return 1;
    }
    if let Some(known) = exception(word) {
        return known;
    }
    // Regular endings of a word that is an exception: "moves", "areas", "idea's".
    if let Some(stem) = word.strip_suffix(b"s")
        && let Some(known) = exception(stem)
        && !stem.ends_with(b"s")
    {
        return known + usize::from(hisses(stem));
    }
    by_rule(word)
}

fn exception(word: &[u8]) -> Option<usize> {
    static BY_WORD: LazyLock<FxHashMap<&[u8], u8>> =
        LazyLock::new(|| EXCEPTIONS.iter().map(|(word, n)| (word.as_bytes(), *n)).collect());
    BY_WORD.get(word).map(|n| usize::from(*n))
}

fn hisses(stem: &[u8]) -> bool {
    matches!(stem, [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] | [.., b'c' | b'g' | b's' | b'z', b'e'])
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The rules: runs of vowels, less silent letters, plus vowels that meet without joining.
fn by_rule(w: &[u8]) -> usize {
    // "every-thing" is said "evry": two, then the rest.
    if let Some(rest) = w.strip_prefix(b"every")
        && rest.len() > 1
    {
        return 2 + by_rule(rest);
    }
    if vowels(w) == 0 {
        // No vowel at all: letters are said one by one, and "w" has three syllables.
        return w
            .iter()
            .map(|b| if *b == b'w' { 3 } else { usize::from(b.is_ascii_alphabetic()) })
            .sum::<usize>()
            .max(1);
    }
    let mut count = 0usize;
    let mut inside = false;
    for i in 0..w.len() {
        let next_is_vowel = w.get(i + 1).is_some_and(|b| is_vowel(*b));
        if !is_vowel(w[i])
            || i == 0 && w[0] == b'y' && next_is_vowel
            || w[i] == b'u' && i > 0 && w[i - 1] == b'q'
        {
            inside = false;
            continue;
        }
        if !inside || splits(w, i) {
            count += 1;
        }
        inside = true;
    }
    (count + consonant_syllables(w)).saturating_sub(silent_letters(w)).max(1)
}

/// Whether the vowel at `i` starts a syllable of its own although a vowel stands before it.
fn splits(w: &[u8], i: usize) -> bool {
    let before = if i >= 2 { w[i - 2] } else { 0 };
    let rest = &w[i + 1..];
    let next = |s: &str| rest.starts_with(s.as_bytes());
    let starts_late = vowels(&w[..i - 1]) > 0;
    match (w[i - 1], w[i]) {
        // me-di-a, li-ar; but spe-cial, Rus-sian, civ-il-ian, mar-riage.
        (b'i', b'a') => {
            let soft = matches!(before, b'c' | b't' | b's' | b'g') && i >= 3;
            let lian = before == b'l' && i >= 4 && next("n");
            !(soft && (next("l") || next("n")) && rest != b"lity" || lian || next("ge"))
        }
        // ra-di-o, pe-ri-od; but na-tion, pre-cious, be-hav-ior, mil-lion.
        (b'i', b'o') => {
            let soft = matches!(before, b't' | b's' | b'c' | b'g' | b'x' | b'h') && i >= 3;
            let lion = matches!(before, b'l' | b'n') && i >= 4 && next("n");
            let ior = matches!(before, b'v' | b'n') && next("r");
            !(soft && (next("n") || next("us")) || lion || ior)
        }
        (b'i', b'u') => true,
        // di-et, sci-ence, cli-ent, hap-pi-er, ear-li-est, so-ci-ety; but piece, friend, carried.
        (b'i', b'e') => {
            let degree = (rest == b"r" || rest == b"st" || rest == b"rs") && starts_late && before != b't';
            let ence =
                next("nc") && (matches!(before, b'r' | b'd' | b'n' | b'l') || i == 3 && before == b'c');
            let client = next("nt") && !matches!(before, b't' | b'c');
            degree
                || ence
                || client
                || next("nti") && i == 3
                || next("ty")
                || next("t") && !next("te") && !next("th") && rest.len() <= 4
        }
        (b'u', b'a') => !matches!(before, b'q' | b'g' | b's') || matches!(before, b's' | b'g') && next("l"),
        (b'u', b'e') => !matches!(before, b'q' | b'g') && (next("n") || next("l") || next("t") && i >= 3),
        (b'u', b'i') => next("ng") || next("ty") || next("ti") && before != b'r',
        (b'u', b'o') => !matches!(before, b'q' | b'b'),
        // cre-ate, re-act, re-al-ity, i-de-a; but eat-ing, great-er.
        (b'e', b'a') => {
            let create = before == b'r' && i >= 3 && w[i - 3] == b'c' && next("t");
            create
                || next("ct")
                || next("lit")
                || next("liz")
                || next("lis")
                || (rest.is_empty() || rest == b"s") && starts_late
        }
        (b'e', b'o') => !next("p") && !next("us") && !next("n") || before == b'n' && next("us"),
        (b'e' | b'o', b'i') => rest == b"ng" || rest == b"ngs",
        (b'e', b'u') => next("m") || next("s") && i > 3,
        (b'o', b'e') => next("m") || next("t"),
        (b'o', b'o') => i == 2 && before == b'c' && (next("rd") || next("per")),
        (b'a', b'o') => true,
        (b'a', b'i') => rest == b"c" || next("sm") || next("st"),
        // play-er, be-yond, car-ry-ing; but eye, played.
        (b'y', e) => i > 1 && !(e == b'e' && (rest.is_empty() || rest == b"d" || rest == b"s")),
        _ => false,
    }
}

fn vowels(w: &[u8]) -> usize {
    w.iter().filter(|b| is_vowel(**b)).count()
}

/// Vowels that are written but not said.
fn silent_letters(w: &[u8]) -> usize {
    let n = w.len();
    let consonant_at = |i: usize| w.get(i).is_some_and(|b| !is_vowel(*b));
    // "-ble", "-tre": the e is silent, the syllable is not.
    let keeps = |i: usize| {
        consonant_at(i)
            && consonant_at(i.wrapping_sub(1))
            && w[i] != w[i - 1]
            && (w[i] == b'l' && w[i - 1] != b'r'
                || w[i] == b'r' && matches!(w[i - 1], b'c' | b't' | b'b' | b'g'))
    };
    let mut silent = 0;
    match w {
        [.., before, b'e'] if n > 2 && !is_vowel(*before) => {
            silent += usize::from(!keeps(n - 2) && vowels(&w[..n - 1]) > 0);
        }
        [.., before, b'e', b's'] if n > 3 && !is_vowel(*before) => {
            let hiss = matches!(before, b's' | b'x' | b'z' | b'c' | b'g')
                || matches!(w, [.., b'c' | b's', b'h', _, _]);
            silent += usize::from(!keeps(n - 3) && !hiss && vowels(&w[..n - 2]) > 0);
        }
        [.., before, b'e', b'd'] if n > 3 && !is_vowel(*before) => {
            let said = matches!(before, b't' | b'd');
            silent += usize::from(!said && !keeps(n - 3) && vowels(&w[..n - 2]) > 0);
        }
        [.., b'q' | b'g', b'u', b'e'] | [.., b'q' | b'g', b'u', b'e', b's'] if n > 4 => silent += 1,
        [.., b'i', b'c', b'a', b'l', b'l', b'y'] => silent += 1,
        _ => {}
    }
    silent + usize::from(has_silent_middle_e(w))
}

/// Whether an e ends a word inside the word: lone-ly, safe-ty, some-thing, base-ball.
fn has_silent_middle_e(w: &[u8]) -> bool {
    // An e behind a consonant, with a vowel before that and one of the tails behind it.
    let Some(last) = w.len().checked_sub(3) else { return false };
    (2..=last).any(|e| {
        w[e] == b'e'
            && !is_vowel(w[e - 1])
            && (is_vowel(w[e - 2]) || w[e - 1] != b'l' && vowels(&w[..e - 1]) > 0)
            && is_tail(&w[e + 1..])
    })
}

/// Words and endings that leave the e before them silent.
fn is_tail(tail: &[u8]) -> bool {
    match tail.len() {
        2 => matches!(tail, b"ly" | b"ty"),
        3 => matches!(tail, b"day" | b"ful" | b"man" | b"men" | b"one" | b"way"),
        4 => matches!(
            tail,
            b"ball"
                | b"body"
                | b"book"
                | b"fore"
                | b"hold"
                | b"land"
                | b"less"
                | b"like"
                | b"line"
                | b"long"
                | b"made"
                | b"mark"
                | b"ment"
                | b"ness"
                | b"over"
                | b"room"
                | b"shoe"
                | b"some"
                | b"time"
                | b"walk"
                | b"what"
                | b"wise"
                | b"work"
                | b"yard"
        ),
        5 => matches!(
            tail,
            b"books"
                | b"fully"
                | b"giver"
                | b"guard"
                | b"holds"
                | b"house"
                | b"lines"
                | b"ments"
                | b"paper"
                | b"sight"
                | b"stone"
                | b"style"
                | b"thing"
                | b"times"
                | b"where"
                | b"works"
        ),
        6 => {
            matches!(tail, b"givers" | b"guards" | b"lessly" | b"mental" | b"stones" | b"styles" | b"things")
        }
        _ => false,
    }
}

/// Syllables without a vowel of their own: rhyth-m, real-is-m, did-n't, ti-re.
fn consonant_syllables(w: &[u8]) -> usize {
    let ends = |s: &[u8]| w.ends_with(s);
    let extra = match w.last() {
        Some(b'm') => ends(b"sm") || ends(b"thm"),
        Some(b's') => ends(b"sms") || ends(b"thms") || ends(b"ires"),
        Some(b't') => matches!(w, [.., b'd' | b's' | b't' | b'v', b'n', b'\'', b't']) || ends(b"irement"),
        Some(b'e') => ends(b"d've") || ends(b"ire"),
        Some(b'd') => ends(b"t'd") || ends(b"ired"),
        Some(b'l') => ends(b"it'll") || ends(b"that'll"),
        _ => false,
    };
    usize::from(extra) + usize::from(w.starts_with(b"mc") && w.len() > 3 && !is_vowel(w[2]))
}

/// Copies `word` in lower case ASCII into `buffer`; none when it is too long or holds other letters
/// (a curly apostrophe counts as a straight one, an accented vowel as the plain one).
fn lower_ascii<'b>(word: &str, buffer: &'b mut [u8; MAX_WORD]) -> Option<&'b [u8]> {
    if word.len() <= buffer.len() && word.is_ascii() {
        for (slot, byte) in buffer.iter_mut().zip(word.bytes()) {
            *slot = byte.to_ascii_lowercase();
        }
        let letters = word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'\'');
        return letters.then_some(&buffer[..word.len()]);
    }
    let mut n = 0;
    for c in word.chars() {
        let byte = match c {
            '\u{2019}' | '\'' => b'\'',
            'é' | 'è' | 'ê' | 'É' => b'e',
            'ï' => b'i',
            'ñ' => b'n',
            c if c.is_ascii_alphabetic() => c.to_ascii_lowercase() as u8,
            _ => return None,
        };
        *buffer.get_mut(n)? = byte;
        n += 1;
    }
    Some(&buffer[..n])
}

/// A last resort for words with letters outside ASCII: runs of vowels.
pub fn vowel_runs(word: &str) -> usize {
    let mut runs = 0;
    let mut inside = false;
    for c in word.chars().flat_map(char::to_lowercase) {
        let vowel = "aeiouyáéíóúüàèìòùâêîôûäëïöåæøœãõ".contains(c);
        runs += usize::from(vowel && !inside);
        inside = vowel;
    }
    runs.max(1)
}
