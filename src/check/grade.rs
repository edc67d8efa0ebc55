//! The verdict on how hard a text is, and the sentences that make it so.
//!
//! One scale a language, as [`super::language::measure_of`] says; used by the rules on reading level and by
//! the report.

use super::language::{Counts, Measure, measure_of, score};
use super::page::{Page, Section, Sentence};
use super::rule::{Findings, Limit};

/// The limits of all scales.
pub const LIMITS: &[Limit] = &[
    Limit { name: "grade_warning", default: 6.5, about: "school grade above which English is reported" },
    Limit { name: "grade_very_hard", default: 8.0, about: "school grade above which English is very hard" },
    Limit { name: "inflesz_warning", default: 65.0, about: "INFLESZ below which Spanish is reported" },
    Limit { name: "inflesz_very_hard", default: 55.0, about: "INFLESZ below which Spanish is very hard" },
    Limit {
        name: "ease_warning",
        default: 60.0,
        about: "reading ease below which other languages are reported",
    },
    Limit {
        name: "ease_very_hard",
        default: 45.0,
        about: "reading ease below which other languages are very hard",
    },
    Limit { name: "reading_words", default: 60.0, about: "words below which no reading level is taken" },
];

/// How hard a text is for its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Harder than families should have to read.
    Hard,
    /// Harder than many can read.
    VeryHard,
}

/// How hard a text is for its readers; none when it is easy enough, or cannot be judged.
pub fn verdict(lang: &str, counts: &Counts, out: &Findings<'_>) -> Option<Verdict> {
    if f64::from(counts.words) < out.limit("reading_words") || counts.sentences == 0 {
        return None;
    }
    let number = score(lang, counts);
    let (hard, very_hard) = match measure_of(lang) {
        Measure::Grade => (number > out.limit("grade_warning"), number > out.limit("grade_very_hard")),
        Measure::Inflesz => (number < out.limit("inflesz_warning"), number < out.limit("inflesz_very_hard")),
        Measure::Ease => (number < out.limit("ease_warning"), number < out.limit("ease_very_hard")),
        Measure::Relative | Measure::Lengths => return None,
    };
    match (hard, very_hard) {
        (_, true) => Some(Verdict::VeryHard),
        (true, _) => Some(Verdict::Hard),
        _ => None,
    }
}

/// The number in words: `grade 7.4`, `INFLESZ 58.1`.
pub fn in_words(lang: &str, counts: &Counts) -> String {
    let number = score(lang, counts);
    match measure_of(lang) {
        Measure::Grade => format!("grade {number:.1}"),
        Measure::Inflesz => format!("{number:.1} on the INFLESZ scale"),
        Measure::Ease => format!("{number:.1} for reading ease"),
        Measure::Relative => format!("LIX {number:.0}"),
        Measure::Lengths => format!("{number:.0} words a sentence"),
    }
}

/// What to aim for, in words.
pub fn goal(lang: &str, out: &Findings<'_>) -> String {
    match measure_of(lang) {
        Measure::Grade => format!("grade {:.0} or below", out.limit("grade_warning").floor()),
        Measure::Inflesz => format!("{:.0} or above", out.limit("inflesz_warning")),
        _ => format!("{:.0} or above", out.limit("ease_warning")),
    }
}

/// The hardest sentences of a section, or of the page, the worst first; a few words do not make one.
pub fn hardest<'p>(page: &'p Page<'_>, section: Option<&Section>, how_many: usize) -> Vec<&'p Sentence> {
    let mut worst: Vec<(f64, &Sentence)> = Vec::with_capacity(how_many + 1);
    let blocks = match section {
        Some(section) => section.blocks.start..section.blocks.end,
        None => 0..page.blocks.len() as u32,
    };
    let first = page.sentences.partition_point(|s| s.block < blocks.start);
    for sentence in page.sentences.iter().skip(first).take_while(|s| s.block < blocks.end) {
        let prose = page.blocks.get(sentence.block as usize).is_some_and(|b| b.prose);
        if !prose || sentence.length < 6 {
            continue;
        }
        // A glossary term is no fault of the sentence.
        let syllables = sentence.syllables;
        let length = f64::from(sentence.length);
        let rated = 0.39 * length + 11.8 * f64::from(syllables) / length;
        // Of two that are as hard, the first of the page stays first.
        let at = worst.partition_point(|(other, _)| other.total_cmp(&rated).is_ge());
        if at < how_many {
            worst.truncate(how_many - 1);
            worst.insert(at, (rated, sentence));
        }
    }
    worst.into_iter().map(|(_, s)| s).collect()
}
