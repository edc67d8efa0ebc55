//! The letters of the A to Z by the rules of a language: which one a title stands under.
//!
//! The collation of the language decides what is a letter of its own: Ñ in Spanish, Å behind Z in Danish, CH behind H in
//! Czech; É stands under E, ß under S. Korean stands under the first consonant, Japanese kana under the row, Chinese
//! characters under the letter of their sound where the collation sorts by it. Used by the page from A to Z.

use super::tree::{collator, compare};
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// What stands before all letters: titles that begin with a digit or have no letter.
const NONE: &str = "#";

/// Sorts after all that may follow a letter.
const END: char = '\u{ffff}';

/// The first character of each letter of the sounds of Chinese, in their order.
const PINYIN: [(char, &str); 23] = [
    ('阿', "A"),
    ('八', "B"),
    ('嚓', "C"),
    ('咑', "D"),
    ('妸', "E"),
    ('发', "F"),
    ('旮', "G"),
    ('哈', "H"),
    ('丌', "J"),
    ('咔', "K"),
    ('垃', "L"),
    ('妈', "M"),
    ('拏', "N"),
    ('噢', "O"),
    ('妑', "P"),
    ('七', "Q"),
    ('呥', "R"),
    ('仨', "S"),
    ('他', "T"),
    ('屲', "W"),
    ('夕', "X"),
    ('丫', "Y"),
    ('帀', "Z"),
];

/// The consonants with which Korean syllables begin, double ones with the single.
const CONSONANTS: [&str; 19] = [
    "ㄱ", "ㄱ", "ㄴ", "ㄷ", "ㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅂ", "ㅅ", "ㅅ", "ㅇ", "ㅈ", "ㅈ", "ㅊ", "ㅋ", "ㅌ",
    "ㅍ", "ㅎ",
];

/// The first hiragana of each row, and the row's name.
const ROWS: [(char, &str); 10] = [
    ('ぁ', "あ"),
    ('か', "か"),
    ('さ', "さ"),
    ('た', "た"),
    ('な', "な"),
    ('は', "は"),
    ('ま', "ま"),
    ('ゃ', "や"),
    ('ら', "ら"),
    ('ゎ', "わ"),
];

/// The letters of a language.
pub struct Letters {
    /// Sees base letters only.
    base: Option<CollatorBorrowed<'static>>,
    /// Whether Chinese characters are sorted by their sounds.
    by_sound: bool,
    known: FxHashMap<String, String>,
}

impl Letters {
    /// The letters of the language with that tag.
    pub fn of(lang: &str) -> Letters {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        let locale = icu_locale_core::Locale::try_from_str(lang).unwrap_or(icu_locale_core::Locale::UNKNOWN);
        let base = Collator::try_new(locale.into(), options).ok();
        // The characters for "one" and "two" are sorted by sound, er before yi, or by strokes.
        let by_sound = base.as_ref().is_some_and(|c| c.compare("二", "一").is_lt());
        Letters { base, by_sound, known: FxHashMap::default() }
    }

    /// The letter under which a title stands; `#` where it begins with none.
    pub fn of_title(&mut self, title: &str) -> String {
        let rest = super::sorted_as(title);
        // In Thai and Lao some vowels are written before the consonant by which a word is sorted.
        let before = |c: char| matches!(c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}');
        let rest = rest.trim_start_matches(before);
        let head: String = rest.nfkc().take(3).flat_map(char::to_lowercase).collect();
        let Some(first) = head.chars().next().filter(|c| c.is_alphabetic()) else { return NONE.to_owned() };
        if let Some(known) = self.known.get(&head) {
            return known.clone();
        }
        let letter = self.find(&head, first);
        self.known.insert(head, letter.clone());
        letter
    }

    /// Groups items by the letters of their titles: each letter once, in order; the items of each keep theirs.
    pub fn group<T>(mut self, lang: &str, items: Vec<(String, T)>) -> Vec<(String, Vec<T>)> {
        let mut letters: Vec<(String, Vec<T>)> = Vec::new();
        for (title, item) in items {
            let letter = self.of_title(&title);
            match letters.iter_mut().rev().find(|(known, _)| self.is_same(known, &letter)) {
                Some((_, list)) => list.push(item),
                None => letters.push((letter, vec![item])),
            }
        }
        let collator = collator(lang);
        letters.sort_by(|(a, _), (b, _)| {
            (a != NONE).cmp(&(b != NONE)).then_with(|| compare(collator.as_ref(), a, b))
        });
        letters
    }

    fn is_same(&self, a: &str, b: &str) -> bool {
        a == b || (a != NONE && b != NONE && self.compare(a, b).is_eq())
    }

    /// How the base letters of two texts compare; two texts are not the same where nothing is known of the language.
    fn compare(&self, a: &str, b: &str) -> Ordering {
        self.base.as_ref().map_or_else(|| a.cmp(b), |base| base.compare(a, b))
    }

    /// The letter of a title that begins with `head`, in small letters, of which `first` is the first.
    fn find(&self, head: &str, first: char) -> String {
        if let Some(letter) = self.of_script(first) {
            return letter.to_owned();
        }
        // A row of letters that the language sorts as one letter does not stand among the words with its first one.
        let letters: Vec<char> = head.chars().take_while(|c| c.is_alphabetic()).collect();
        let mut row = String::from(first);
        for next in letters.iter().skip(1) {
            let longer = format!("{row}{next}");
            if !self.compare(&longer, &format!("{row}{END}")).is_gt() {
                break;
            }
            row = longer;
        }
        if row.chars().count() > 1 {
            return row.to_uppercase();
        }
        let own = String::from(first);
        // É has the base letter E; Æ is sorted among the words with A, if it is no letter of its own.
        let plain = own.nfkd().next().filter(|plain| *plain != first && plain.is_alphabetic());
        let among = |c: char| {
            let base = String::from(c);
            self.compare(&own, &base).is_ge() && self.compare(&own, &format!("{c}{END}")).is_lt()
        };
        let latin = || ('a'..='z').find(|c| among(*c));
        let base = plain.filter(|c| among(*c)).or_else(|| (first as u32 > 127).then(latin).flatten());
        let base = base.unwrap_or(first);
        // One letter, also of what is two in capitals.
        base.to_uppercase().next().map_or(own, String::from)
    }

    /// The group of a letter of a script that has no such letters.
    fn of_script(&self, first: char) -> Option<&'static str> {
        match first {
            '\u{ac00}'..='\u{d7a3}' => CONSONANTS.get((first as usize - 0xac00) / (21 * 28)).copied(),
            '\u{3041}'..='\u{30fa}' => {
                let kana = match first {
                    'ゔ' | 'ヴ' => 'う',
                    '\u{30a1}'..='\u{30f6}' => char::from_u32(first as u32 - 0x60).unwrap_or(first),
                    other => other,
                };
                ROWS.iter().rev().find(|(start, _)| *start <= kana).map(|(_, row)| *row)
            }
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'
                if self.by_sound =>
            {
                let own = String::from(first);
                let mut letters = PINYIN.iter().rev();
                let found = letters.find(|(start, _)| self.compare(&own, &String::from(*start)).is_ge());
                Some(found.map_or("A", |(_, letter)| letter))
            }
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Some("漢字"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters with the titles under each, as readers of the language find them.
    fn a_to_z(lang: &str, titles: &[&str]) -> Vec<(String, Vec<String>)> {
        let sorter = collator(lang);
        let mut titles: Vec<(String, String)> =
            titles.iter().map(|t| ((*t).to_owned(), (*t).to_owned())).collect();
        titles.sort_by(|a, b| compare(sorter.as_ref(), &a.0, &b.0));
        Letters::of(lang).group(lang, titles)
    }

    fn letters(lang: &str, titles: &[&str]) -> String {
        let found = a_to_z(lang, titles).into_iter().map(|(letter, _)| letter);
        found.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn letters_are_those_of_the_language() {
        for (lang, titles, expected) in [
            (
                "es",
                &["ñu", "Nube", "Oso", "Álamo", "Agua", "Chico", "Dado", "Llave", "Luz"][..],
                "A C D L N Ñ O",
            ),
            ("en", &["ñu", "Nube", "Oso", "Æon", "Azure", "Bee", "Łódź", "Lion", "Met"], "A B L M N O"),
            ("de", &["ßtraße", "Sol", "Äpfel", "Apfel", "Zahn", "Öl"], "A O S Z"),
            ("da", &["Ærø", "Zoo", "Ål", "Aalborg", "Øl", "Abe"], "A Z Æ Ø Å"),
            ("sv", &["Ål", "Ärt", "Zoo", "Apa", "Öl"], "A Z Å Ä Ö"),
            ("cs", &["Chata", "Cena", "Dům", "Hora", "Ivan", "Čas"], "C Č D H CH I"),
            ("hu", &["Csak", "Cukor", "Dél", "Dzsem", "Zsák", "Zab"], "C CS D DZS Z ZS"),
            ("hr", &["Njuška", "Nos", "Oko", "Ljeto", "Lav"], "L LJ N NJ O"),
            ("vi", &["Ăn", "An", "Đi", "Dao", "Ơn", "On", "Ôm", "Cho"], "A Ă C D Đ O Ô Ơ"),
            ("ar", &["أب", "باب", "آية", "تعلم"], "ا ب ت"),
            ("he", &["אבא", "בית", "שלום"], "א ב ש"),
            ("ru", &["Ёлка", "Еда", "Жук", "Йод", "Игра"], "Е Ж И Й"),
            ("th", &["เกม", "กา", "ไข่", "ขา", "แม่"], "ก ข ม"),
            ("ko", &["가방", "까치", "나무", "학교"], "ㄱ ㄴ ㅎ"),
            ("ja", &["あめ", "カメラ", "がっこう", "ひと", "ペン"], "あ か は"),
            ("zh-Hans", &["阿姨", "参加", "学校", "中国", "二", "IEP"], "A C E I X Z"),
            (
                "en",
                &["¿Qué?", "Ask", "(b) part", "🎉 Party", "“Quote”", "7 days", "★", "½ hour"],
                "# A B P Q",
            ),
            ("xx", &["b", "A", "é"], "A B E"),
        ] {
            assert_eq!(letters(lang, titles), expected, "{lang}");
        }
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let found = a_to_z("en", &["Week 10", "Week 2", "week 1", "10 tips", "2 tips"]);
        let titles: Vec<&str> = found.iter().flat_map(|(_, titles)| titles).map(String::as_str).collect();
        assert_eq!(titles, ["2 tips", "10 tips", "week 1", "Week 2", "Week 10"]);
    }

    #[test]
    fn each_letter_stands_once_and_in_order() {
        let signs = ["", "¿", "¡", "\"", "(", "— ", "🎉 ", "«", "…", "#", "*"];
        let words = ["Que", "Así", "Ñame", "no", "Él", "zeta", "2 de", "Bien"];
        let titles: Vec<String> =
            signs.iter().flat_map(|sign| words.iter().map(move |word| format!("{sign}{word}"))).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        assert_eq!(letters("es", &titles), "# A B E N Ñ Q Z");
    }
}
