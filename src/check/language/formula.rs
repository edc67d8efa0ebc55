//! The readability formulas, each in its published form, over the counts of a text.
//!
//! Only arithmetic: what a word, a sentence and a syllable is, `super::words` and the syllable files say.
//! Called by [`super::grade`], by the rules of plain language and by the report.

/// What was counted in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Sentences; a list item is one.
    pub sentences: u32,
    /// Words; numbers and addresses are none.
    pub words: u32,
    /// Syllables of those words.
    pub syllables: u32,
    /// Words of three and more syllables.
    pub polysyllables: u32,
    /// Words of more than six letters.
    pub long_words: u32,
    /// Letters of those words.
    pub letters: u32,
}

impl Counts {
    /// Adds one word.
    pub fn word(&mut self, syllables: u32, letters: u32) {
        self.words += 1;
        self.syllables += syllables;
        self.polysyllables += u32::from(syllables >= 3);
        self.long_words += u32::from(letters > 6);
        self.letters += letters;
    }

    /// Adds the counts of another text.
    pub fn add(&mut self, other: &Counts) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
        self.polysyllables += other.polysyllables;
        self.long_words += other.long_words;
        self.letters += other.letters;
    }

    /// Words in a sentence, on average.
    pub fn sentence_length(&self) -> f64 {
        ratio(self.words, self.sentences)
    }

    /// Syllables in a word, on average.
    pub fn word_length(&self) -> f64 {
        ratio(self.syllables, self.words)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// Flesch Reading Ease: 206.835 - 1.015 W/S - 84.6 Y/W. English; 60 to 70 is plain, 90 and more very easy.
///
/// Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology, 32(3), 221-233.
pub fn flesch_reading_ease(c: &Counts) -> f64 {
    206.835 - 1.015 * c.sentence_length() - 84.6 * c.word_length()
}

/// Flesch-Kincaid grade level: 0.39 W/S + 11.8 Y/W - 15.59. English; the U.S. school grade.
///
/// Kincaid, J. P., Fishburne, R. P., Rogers, R. L., & Chissom, B. S. (1975). Derivation of new readability
/// formulas for Navy enlisted personnel. Research Branch Report 8-75. Never in its rounded form.
pub fn flesch_kincaid_grade(c: &Counts) -> f64 {
    0.39 * c.sentence_length() + 11.8 * c.word_length() - 15.59
}

/// SMOG: 1.0430 sqrt(30 P/S) + 3.1291. English; grade for full understanding, standard error 1.52.
///
/// McLaughlin, G. H. (1969). SMOG grading: a new readability formula. Journal of Reading, 12(8), 639-646.
/// It was made for 30 sentences and more: see [`smog_is_fair`].
pub fn smog(c: &Counts) -> f64 {
    1.0430 * (30.0 * ratio(c.polysyllables, c.sentences)).sqrt() + 3.1291
}

/// Whether a text is long enough for [`smog`]; below it, say "not enough text".
pub fn smog_is_fair(c: &Counts) -> bool {
    c.sentences >= 30
}

/// SMOG by hand: the root of the perfect square nearest to the polysyllables in 30 sentences, plus 3.
pub fn smog_by_hand(polysyllables_in_30_sentences: u32) -> u32 {
    let exact = f64::from(polysyllables_in_30_sentences).sqrt();
    let (low, high) = (exact.floor(), exact.ceil());
    let n = f64::from(polysyllables_in_30_sentences);
    let root = if n - low * low <= high * high - n { low } else { high };
    root as u32 + 3
}

/// LIX: W/S + 100 L/W. Any language in letters with spaces; its bands do not carry over between languages.
///
/// Björnsson, C. H. (1968). Läsbarhet. Stockholm: Liber. For languages without a formula of their own compare
/// only with the site's own pages.
pub fn lix(c: &Counts) -> f64 {
    c.sentence_length() + 100.0 * ratio(c.long_words, c.words)
}

/// Fernández Huerta: 206.84 - 60 Y/W - 1.02 W/S. Spanish; 60 to 70 is a normal adult text, 80 and more easy.
///
/// Fernández Huerta, J. (1959). Medidas sencillas de lecturabilidad. Consigna, 214, 29-32; in the corrected form
/// (Law, G. 2011, LINGUIST List 22.2332): words a sentence, not sentences in 100 words.
pub fn fernandez_huerta(c: &Counts) -> f64 {
    206.84 - 60.0 * c.word_length() - 1.02 * c.sentence_length()
}

/// Szigriszt-Pazos perspicuity: 206.835 - 62.3 Y/W - W/S. Spanish; the number of the INFLESZ scale.
///
/// Szigriszt Pazos, F. (1993). Sistemas predictivos de legilibilidad del mensaje escrito. Universidad Complutense.
pub fn szigriszt_pazos(c: &Counts) -> f64 {
    206.835 - 62.3 * c.word_length() - c.sentence_length()
}

/// The band of the INFLESZ scale for a [`szigriszt_pazos`] number; made for texts for patients.
///
/// Barrio-Cantalejo, I. M., et al. (2008). Validación de la Escala INFLESZ para evaluar la legibilidad de los
/// textos dirigidos a pacientes. Anales del Sistema Sanitario de Navarra, 31(2), 135-152.
pub fn inflesz_band(number: f64) -> &'static str {
    match number {
        n if n < 40.0 => "very hard",
        n if n < 55.0 => "somewhat hard",
        n if n < 65.0 => "normal",
        n if n < 80.0 => "fairly easy",
        _ => "very easy",
    }
}

/// Gutiérrez de Polini: 95.2 - 9.7 C/W - 0.35 W/S. Spanish, without syllables: a cross-check; higher is easier.
///
/// Gutiérrez de Polini, L. E. (1972). Investigación sobre lectura en Venezuela. Caracas: Ministerio de Educación.
pub fn gutierrez_de_polini(c: &Counts) -> f64 {
    95.2 - 9.7 * ratio(c.letters, c.words) - 0.35 * c.sentence_length()
}

/// Flesch for Brazilian Portuguese: 248.835 - 1.015 W/S - 84.6 Y/W.
///
/// Martins, T. B. F., et al. (1996). Readability formulas applied to textbooks in Brazilian Portuguese. ICMSC-USP.
pub fn flesch_portuguese(c: &Counts) -> f64 {
    248.835 - 1.015 * c.sentence_length() - 84.6 * c.word_length()
}

/// Flesch for Russian: 206.835 - 1.3 W/S - 60.1 Y/W (Oborneva, I. V. 2006).
pub fn flesch_russian(c: &Counts) -> f64 {
    206.835 - 1.3 * c.sentence_length() - 60.1 * c.word_length()
}

/// Flesch for French in the form of Kandel and Moles (1958): 207 - 1.015 W/S - 73.6 Y/W.
/// Another form (209 - 1.15 W/S - 68 Y/W) is also in use.
pub fn kandel_moles(c: &Counts) -> f64 {
    207.0 - 1.015 * c.sentence_length() - 73.6 * c.word_length()
}

/// Flesch for German: 180 - W/S - 58.5 Y/W (Amstad, T. 1978. Wie verständlich sind unsere Zeitungen?).
pub fn amstad(c: &Counts) -> f64 {
    180.0 - c.sentence_length() - 58.5 * c.word_length()
}

/// Flesch for Italian: 217 - 1.3 W/S - 60 Y/W (Franchina, V., & Vacca, R. 1986).
pub fn vacca(c: &Counts) -> f64 {
    217.0 - 1.3 * c.sentence_length() - 60.0 * c.word_length()
}

/// Flesch for Dutch: 206.835 - 0.93 W/S - 77 Y/W (Douma, W. H. 1960).
pub fn douma(c: &Counts) -> f64 {
    206.835 - 0.93 * c.sentence_length() - 77.0 * c.word_length()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(sentences: u32, words: u32, syllables: u32, polysyllables: u32, long_words: u32) -> Counts {
        Counts { sentences, words, syllables, polysyllables, long_words, letters: 0 }
    }

    fn close(a: f64, b: f64, digits: i32) {
        assert!((a - b).abs() <= 0.5 * 10f64.powi(-digits) + 1e-9, "{a} is not {b}");
    }

    #[test]
    fn the_english_vectors_of_the_fact_base() {
        let rows = [
            (counts(1, 6, 6, 0, 0), 116.145, -1.450, 3.129, 6.00),
            (counts(1, 5, 7, 1, 1), 83.320, 2.880, 8.842, 25.00),
            (counts(1, 13, 24, 4, 5), 37.455, 11.265, 14.555, 51.46),
        ];
        for (c, fre, grade, smog_grade, lix_value) in rows {
            close(flesch_reading_ease(&c), fre, 3);
            close(flesch_kincaid_grade(&c), grade, 3);
            close(smog(&c), smog_grade, 3);
            close(lix(&c), lix_value, 2);
        }
        let dogs = counts(1, 5, 7, 1, 1);
        close(fernandez_huerta(&dogs), 117.74, 2);
        close(szigriszt_pazos(&dogs), 114.615, 2);
        assert_eq!(smog_by_hand(95), 13);
    }

    #[test]
    fn the_spanish_vectors_of_the_fact_base() {
        let rows = [(1, 5, 7, 117.74, 114.62), (1, 9, 16, 90.99, 87.08), (2, 21, 41, 78.99, 74.70)];
        for (s, w, y, huerta, inflesz) in rows {
            let c = counts(s, w, y, 0, 0);
            close(fernandez_huerta(&c), huerta, 2);
            close(szigriszt_pazos(&c), inflesz, 2);
        }
        assert_eq!(inflesz_band(74.7), "fairly easy");
    }

    #[test]
    fn nothing_gives_finite_numbers() {
        let c = Counts::default();
        for value in
            [flesch_reading_ease(&c), smog(&c), lix(&c), gutierrez_de_polini(&c), amstad(&c), vacca(&c)]
        {
            assert!(value.is_finite());
        }
    }
}
