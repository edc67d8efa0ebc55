//! How hard a text is to read: words, sentences, syllables and the formulas made of them.
//!
//! A text is graded twice: with its words as they are, and with each glossary term and test name counted as
//! one word of two syllables, since a term that a page must use and explains is no fault of its prose.
//! Called by the page lens of `check`; nothing here knows of pages.

pub mod english;
mod exceptions;
pub mod formula;
pub mod spanish;

pub use crate::text::{Token, TokenKind, tokens};
pub use formula::Counts;

/// How a language is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Flesch-Kincaid grade: lower is easier.
    Grade,
    /// INFLESZ (Szigriszt-Pazos): higher is easier.
    Inflesz,
    /// A national form of Flesch Reading Ease: higher is easier.
    Ease,
    /// No formula is valid: LIX, only compared with the site's own pages; lower is easier.
    Relative,
    /// Written without spaces between words, or with one between syllables: only lengths.
    Lengths,
}

/// The part of a language tag that says how to read: `es` of `es-MX`.
pub fn base(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

/// How `lang` is measured.
pub fn measure_of(lang: &str) -> Measure {
    match base(lang) {
        "en" => Measure::Grade,
        "es" => Measure::Inflesz,
        "pt" | "fr" | "de" | "it" | "nl" | "ru" => Measure::Ease,
        "zh" | "ja" | "th" | "km" | "lo" | "my" | "vi" | "hmn" | "mww" | "hnj" | "ko" => Measure::Lengths,
        _ => Measure::Relative,
    }
}

/// The number for `lang` by which a text of these counts is judged, in the sense of [`measure_of`].
pub fn score(lang: &str, counts: &Counts) -> f64 {
    match (measure_of(lang), base(lang)) {
        (Measure::Grade, _) => formula::flesch_kincaid_grade(counts),
        (Measure::Inflesz, _) => formula::szigriszt_pazos(counts),
        (Measure::Ease, "pt") => formula::flesch_portuguese(counts),
        (Measure::Ease, "fr") => formula::kandel_moles(counts),
        (Measure::Ease, "de") => formula::amstad(counts),
        (Measure::Ease, "it") => formula::vacca(counts),
        (Measure::Ease, "nl") => formula::douma(counts),
        (Measure::Ease, _) => formula::flesch_russian(counts),
        (Measure::Relative, _) => formula::lix(counts),
        (Measure::Lengths, _) => counts.sentence_length(),
    }
}

/// How the syllables of a language are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// By English spelling and a list of exceptions.
    English,
    /// By the Spanish orthographic rule.
    Spanish,
    /// By runs of vowels.
    Other,
}

impl Speech {
    /// How the syllables of `lang` are counted.
    pub fn of(lang: &str) -> Speech {
        match base(lang) {
            "en" => Speech::English,
            "es" => Speech::Spanish,
            _ => Speech::Other,
        }
    }

    /// Syllables of one token; the parts of a hyphened word are summed, capitals count by letters.
    pub fn syllables(self, word: &str, kind: TokenKind) -> usize {
        const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];
        let hyphened =
            || if word.is_ascii() { word.as_bytes().contains(&b'-') } else { word.contains(HYPHENS) };
        match kind {
            TokenKind::Number => 0,
            TokenKind::Acronym => spelt_out(word),
            TokenKind::Word if hyphened() => word
                .split(HYPHENS)
                .filter(|part| part.chars().any(char::is_alphabetic))
                .map(|part| self.plain(part))
                .sum::<usize>()
                .max(1),
            TokenKind::Word => self.plain(word),
        }
    }

    fn plain(self, word: &str) -> usize {
        match self {
            Speech::Spanish => spanish::syllables(word),
            Speech::English => english::syllables(word),
            Speech::Other => english::vowel_runs(word),
        }
    }
}

/// Syllables of one token in `lang`: see [`Speech::syllables`].
pub fn syllables(lang: &str, word: &str, kind: TokenKind) -> usize {
    Speech::of(lang).syllables(word, kind)
}

/// Letters of an acronym, each a syllable, W three; a plural s and digits none.
fn spelt_out(word: &str) -> usize {
    word.chars().filter(|c| c.is_uppercase()).map(|c| if c == 'W' { 3 } else { 1 }).sum::<usize>().max(1)
}

/// Letters of a word.
pub fn letters(word: &str) -> usize {
    if word.is_ascii() {
        word.bytes().filter(u8::is_ascii_alphabetic).count()
    } else {
        word.chars().filter(|c| matches!(c, 'a'..='z' | 'á'..='ü') || c.is_alphabetic()).count()
    }
}

/// Counts a plain text of one paragraph, without a glossary.
pub fn measure(lang: &str, text: &str) -> Counts {
    let mut counts = Counts::default();
    tokens(text, |t| {
        counts.sentences += u32::from(t.starts_sentence);
        if t.kind != TokenKind::Number {
            let word = &text[t.start..t.end];
            counts.word(syllables(lang, word, t.kind) as u32, letters(word) as u32);
        }
    });
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_vectors_of_the_fact_base() {
        let rows = [
            ("en", "The cat sat on the mat.", (1, 6, 6, 0)),
            ("en", "Cool dogs wear da sunglasses.", (1, 5, 7, 1)),
            (
                "en",
                "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
                (1, 13, 24, 4),
            ),
            ("es", "Hoy es un lindo día.", (1, 5, 7, 0)),
            ("es", "El terapeuta ayuda a su hijo en el aula.", (1, 9, 16, 2)),
            (
                "es",
                "La terapia ocupacional es un servicio de la escuela. Ayuda a los niños a escribir, a usar tijeras y a vestirse.",
                (2, 21, 41, 8),
            ),
        ];
        for (lang, text, (sentences, words, syllables, polysyllables)) in rows {
            let c = measure(lang, text);
            assert_eq!((c.sentences, c.words, c.syllables), (sentences, words, syllables), "{text}");
            if lang == "en" {
                assert_eq!(c.polysyllables, polysyllables, "{text}");
            }
        }
        assert!((formula::lix(&measure("en", rows[2].1)) - 51.46).abs() < 0.005);
    }

    #[test]
    fn the_syllable_vectors_of_the_fact_base() {
        let vectors = "every 3, sentences 3, creative 3, interpersonal 5, monopoly 4, relived 2, enriched 2, cupboards 2, \
            through 1, couple 2, marriage 2, songwriter 3, push-in 2, multi-step 3";
        for vector in vectors.split(", ") {
            let (word, expected) = vector.trim().split_once(' ').unwrap();
            assert_eq!(syllables("en", word, TokenKind::Word), expected.parse::<usize>().unwrap(), "{word}");
        }
    }
}
