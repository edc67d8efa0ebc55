//! How words are made alike: small letters, accents off; and how a word sounds.
//!
//! The reader in the browser does the same in JavaScript from the same tables ([`TABLES`] is put into it), and a test holds the
//! two together. A word is kept as it was written, in small letters, so that ñ finds n but ñ first.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Letters that have no accent to take off, each with what stands for it; pairs are divided by spaces.
pub const FOLDS: &str = "đd ðd ħh ıi ĸk łl ŋn øo ŧt þth ßss æae œoe ĳij ƒf ɓb ɗd ɖd əe ɛe ɣg ɩi ɲn ɔo ʋv ƴy ىي ةه ٱا یي کك ەه ہه ۀه گك";

/// Marks on letters that are taken off: pairs of first and last, in hexadecimal digits.
pub const MARKS: &str = "300-36f 483-487 591-5bd 5bf-5bf 5c1-5c2 5c4-5c5 5c7-5c7 610-61a 640-640 64b-65f 670-670 6d6-6dc 6df-6e4 6e7-6e8 6ea-6ed";

/// What stands between words beside what is plain: pairs of first and last.
pub const SIGNS: &str = "80-a9 ab-b1 b4-b4 b6-b8 bb-bf d7-d7 f7-f7 2b9-2bc 37e-37e 387-387 55a-55f 589-58a 5be-5be 5c0-5c0 5c3-5c3 5c6-5c6 5f3-5f4 600-60f 61b-61f 66a-66d 6d4-6d4 6dd-6de 964-965 e3f-e3f e4f-e4f e5a-e5b 104a-104f 1361-1368 17d4-17db 2000-2070 207a-207e 208a-208e 20a0-20cf 2190-245f 24eb-2bff 2e00-2e7f 3000-3004 3008-3020 3030-3030 303d-303d 30a0-30a0 30fb-30fb e000-f8ff fd3e-fd3f fe10-fe6f ff01-ff0f ff1a-ff20 ff3b-ff40 ff5b-ff65 ffe0-ffff";

/// Letters of scripts that put no space between words: pairs of first and last.
pub const SPACELESS: &str = "e00-eff 1000-109f 1780-17ff 1950-19df 1a20-1aaf 3005-3007 3021-3029 3040-312f 31a0-31bf 31f0-31ff 3400-4dbf 4e00-9fff a000-a4cf a9e0-a9ff aa60-aadf f900-faff ff66-ff9f";

/// Whether `c` lies in one of the ranges of a table.
fn within(table: &'static [(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let at = table.partition_point(|(first, _)| *first <= c);
    at.checked_sub(1).and_then(|at| table.get(at)).is_some_and(|(_, last)| c <= *last)
}

macro_rules! table {
    ($name:ident, $text:expr) => {
        fn $name() -> &'static [(u32, u32)] {
            static TABLE: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
            TABLE.get_or_init(|| {
                let number = |text: &str| u32::from_str_radix(text, 16).ok();
                let pair = |pair: &str| pair.split_once('-').and_then(|(a, b)| number(a).zip(number(b)));
                $text.split(' ').filter_map(pair).collect()
            })
        }
    };
}

table!(marks, MARKS);
table!(signs, SIGNS);
table!(spaceless, SPACELESS);

/// What stands for each letter of [`FOLDS`].
fn folds() -> &'static FxHashMap<char, &'static str> {
    static TABLE: OnceLock<FxHashMap<char, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let pair =
            |pair: &'static str| Some((pair.chars().next()?, &pair[pair.chars().next()?.len_utf8()..]));
        FOLDS.split(' ').filter_map(pair).collect()
    })
}

/// Whether `c` is a part of a word.
pub fn is_part(c: char) -> bool {
    match u32::from(c) {
        ..0x80 => c.is_ascii_alphanumeric(),
        0x80..=0xffff => !within(signs(), c),
        // Pictures.
        other => !(0x1f000..=0x1fbff).contains(&other),
    }
}

/// Whether `c` is of a script without spaces.
pub fn is_spaceless(c: char) -> bool {
    u32::from(c) >= 0xe00 && within(spaceless(), c)
}

/// Small letters in one form: what an exact word is.
pub fn exact(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(text.to_ascii_lowercase()),
            false => Cow::Borrowed(text),
        };
    }
    Cow::Owned(text.nfkc().collect::<String>().to_lowercase())
}

/// An exact word without accents.
pub fn fold(exact: &str) -> Cow<'_, str> {
    if exact.is_ascii() {
        return Cow::Borrowed(exact);
    }
    let mut out = String::with_capacity(exact.len());
    for c in exact.nfd().filter(|c| !within(marks(), *c)) {
        match c.is_ascii() {
            true => out.push(c),
            false => match folds().get(&c) {
                Some(plain) => out.push_str(plain),
                None => out.push(c),
            },
        }
    }
    Cow::Owned(out.nfc().collect())
}

/// How a folded word sounds, roughly and in the languages of our readers alike: the key under which words that are spelled by ear are
/// looked up. Vowels count only as the first letter.
pub fn sound(folded: &str) -> String {
    let chars: Vec<char> = folded.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let front = |c: char| matches!(c, 'e' | 'i' | 'y');
    let mut out = String::with_capacity(chars.len());
    let mut last = ' ';
    for (i, c) in chars.iter().copied().enumerate() {
        let before = if i == 0 { ' ' } else { at(i - 1) };
        let (next, after) = (at(i + 1), at(i + 2));
        let code = match c {
            'a' | 'e' | 'i' | 'o' | 'u' => {
                if i == 0 {
                    'A'
                } else {
                    continue;
                }
            }
            'h' => {
                if i == 0 && next != ' ' {
                    // Silent in Spanish, heard in English: the vowel after it stands for both.
                    'A'
                } else {
                    continue;
                }
            }
            'y' => {
                if i == 0 {
                    'Y'
                } else {
                    continue;
                }
            }
            'w' => {
                if i == 0 && next != 'r' {
                    'W'
                } else {
                    continue;
                }
            }
            'b' | 'v' => 'B',
            'c' => match next {
                'k' => continue,
                // School, psychologist.
                'h' if matches!(before, 's' | 'y') => 'K',
                'h' => 'S',
                _ if before == 's' && front(next) => continue,
                _ if front(next) => 'S',
                _ => 'K',
            },
            's' | 'z' => 'S',
            'x' => {
                if last != 'K' {
                    out.push('K');
                }
                'S'
            }
            't' if next == 'i' && after == 'o' => 'S',
            'd' if next == 'g' => continue,
            'g' if next == 'h' => {
                if matches!(after, ' ' | 't') {
                    continue;
                } else {
                    'G'
                }
            }
            'g' if front(next) => 'J',
            'g' | 'k' | 'p' if i == 0 && matches!(next, 'n' | 's') => continue,
            'p' if next == 'h' => 'F',
            'q' | 'k' => 'K',
            c => c.to_ascii_uppercase(),
        };
        if code != last {
            out.push(code);
        }
        last = code;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_and_letters_stay() {
        for (word, plain) in [
            ("Évaluación", "evaluacion"),
            ("NIÑO", "nino"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("søster", "soster"),
            ("ısı", "isi"),
            ("əl", "el"),
            ("đường", "duong"),
            ("ﬁne", "fine"),
            ("ＯＴ", "ot"),
            ("أُسْرَة", "اسره"),
            ("إِلى", "الي"),
            ("हिन्दी", "हिन्दी"),
            ("한국어", "한국어"),
        ] {
            assert_eq!(fold(&exact(word)), plain, "{word}");
        }
    }

    #[test]
    fn scripts_are_cut_as_the_rest_of_the_program_cuts_them() {
        for c in ('\u{80}'..='\u{ffff}').filter(|c| is_part(*c)) {
            assert_eq!(is_spaceless(c), crate::text::letters::is_spaceless(c), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn words_by_ear_sound_alike() {
        for (typed, meant) in [
            ("sisors", "scissors"),
            ("ocupashunal", "occupational"),
            ("acomadations", "accommodations"),
            ("proprioseption", "proprioception"),
            ("pensil", "pencil"),
            ("fonics", "phonics"),
            ("elejibilidad", "elegibilidad"),
            ("acomodasion", "acomodación"),
            ("bisual", "visual"),
            ("skool", "school"),
            ("skedule", "schedule"),
            ("sycologist", "psychologist"),
            ("sykiatrist", "psychiatrist"),
            ("chek", "check"),
            ("tiching", "teaching"),
            ("riting", "writing"),
            ("nee", "knee"),
            ("ora", "hora"),
        ] {
            assert_eq!(sound(typed), sound(&fold(meant)), "{typed}");
        }
        assert_ne!(sound("dyslexia"), sound("dyspraxia"));
    }
}
