//! The glossary of a language: which words lead to which term.
//!
//! A term is triggered by its title, its other names and their plurals. Words are compared by a light stem, so
//! that "evaluations" finds "evaluation" and "evaluaciones" finds "evaluación"; a trigger written in
//! capitals (IEP, OT, AT) must be met in capitals. `render::terms` walks text with this table.

use super::{NodeIndex, Tree};
use crate::diag::{Diagnostic, code};
use crate::document::ByName;
use crate::schema::{FieldValue, Kinds};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// One phrase that leads to a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Stems of its words, in order; as written when `exact`.
    pub words: Vec<String>,
    /// Written in capitals: the text must be too.
    pub exact: bool,
    /// The term's page and number of the entry.
    pub term: (NodeIndex, u32),
}

/// The triggers of a language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Glossary {
    /// Triggers by hash of the stem of their first word, longest first.
    pub by_first: FxHashMap<u32, Vec<Trigger>>,
    /// What each first word leads to, as a fingerprint: equal values mean that no page with that word can differ.
    pub states: FxHashMap<u32, u64>,
}

impl Glossary {
    /// Whether there is nothing to link.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}

/// How a language makes plurals, as far as words are compared by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plurals {
    /// therapy, therapies; class, classes; grasp, grasps.
    English,
    /// meta, metas; plan, planes; and evaluación, evaluaciones, which lose an accent.
    Spanish,
    /// Words are compared as they are.
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
    pub fn ending(self, word: &[u8]) -> (usize, bool) {
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

/// Appends the stem of `word` to `out`: lower case, without a plural ending, and without the accents that a
/// plural moves (Spanish: evaluación, evaluaciones). Not linguistics: just enough that both numbers meet.
pub fn stem_into(word: &str, plurals: Plurals, out: &mut String) {
    let start = out.len();
    if word.is_ascii() {
        out.push_str(word);
        out[start..].make_ascii_lowercase();
    } else {
        let plain = |c: char| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            other => other,
        };
        let lower = word.chars().flat_map(char::to_lowercase);
        out.extend(lower.map(|c| if plurals == Plurals::Spanish { plain(c) } else { c }));
    }
    let (cut, y) = plurals.ending(&out.as_bytes()[start..]);
    out.truncate(out.len() - cut);
    if y {
        out.push('y');
    }
}

/// The hash by which first words are looked up and recorded: 32 bits of XXH3 of the stem. A collision costs a
/// comparison or a needless render, never a wrong link.
pub fn word_hash(stem: &[u8]) -> u32 {
    xxhash_rust::xxh3::xxh3_64(stem) as u32
}

/// Splits a phrase into its words: runs of letters and digits.
fn words(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Whether a word is written in capitals throughout: IEP, OT, DCD (digits allowed, two characters at least).
fn capitals(phrase: &str) -> bool {
    let mut letters = 0;
    for c in phrase.chars().filter(|c| c.is_alphabetic()) {
        if c.is_lowercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

/// The names of a term beside its title: those that readers see, and forms that only lead to it.
pub fn other_names(fields: &ByName<FieldValue>) -> impl Iterator<Item = &str> {
    let named = ["also_called", "also_links"].into_iter().filter_map(|name| fields.get(name));
    named.flat_map(FieldValue::items).filter_map(FieldValue::as_text)
}

/// Fills the glossary of a tree whose entries are there; reports words that lead to two terms.
pub fn collect(tree: &mut Tree, kinds: &Kinds, diagnostics: &mut Vec<Diagnostic>) {
    let Some(kind) = kinds.glossary() else { return };
    let Some(list) = tree.entries.get(&kind.name) else { return };
    let mut glossary = Glossary::default();
    let mut seen: FxHashMap<String, (NodeIndex, u32)> = FxHashMap::default();
    let plurals = Plurals::of(&tree.code);
    for &at in list {
        let Some((node, entry)) = tree.entry(at) else { continue };
        if matches!(entry.fields.get("match"), Some(FieldValue::Text(t)) if t == "off") {
            continue;
        }
        let path = &node.document.path;
        let bracketed = entry.title.split_once(" (").map(|(main, _)| main);
        let phrases =
            [Some(entry.title.as_str()), bracketed].into_iter().flatten().chain(other_names(&entry.fields));
        for phrase in phrases {
            let exact = capitals(phrase);
            let stems: Vec<String> = words(phrase)
                .map(|w| {
                    let mut stem = String::new();
                    if exact {
                        stem.push_str(w);
                    } else {
                        stem_into(w, plurals, &mut stem);
                    }
                    stem
                })
                .collect();
            let Some(first) = stems.first() else { continue };
            let key = stems.join(" ");
            match seen.get(&key) {
                Some(other) if *other == at => continue,
                Some(other) => {
                    if let Some((other_node, other_entry)) = tree.entry(*other) {
                        diagnostics.push(
                            Diagnostic::warning(
                                code::DUPLICATE_TERM,
                                path,
                                entry.span,
                                format!("\"{phrase}\" already leads to the term \"{}\"", other_entry.title),
                            )
                            .label(&other_node.document.path, other_entry.span, "the other term")
                            .help("Keep the word on one of the two terms, and remove it from the other."),
                        );
                    }
                    continue;
                }
                None => {
                    seen.insert(key, at);
                }
            }
            // The lookup key is always the stem, so that text is stemmed once a word.
            let mut lookup = String::new();
            stem_into(first, plurals, &mut lookup);
            glossary.by_first.entry(word_hash(lookup.as_bytes())).or_default().push(Trigger {
                words: stems,
                exact,
                term: at,
            });
        }
    }
    for (first, triggers) in &mut glossary.by_first {
        triggers.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        let mut hasher = crate::source::Hasher::new();
        for trigger in triggers.iter() {
            let Some((node, entry)) = tree.entry(trigger.term) else { continue };
            hasher.number(u64::from(trigger.exact)).text(&node.logical).text(&entry.id);
            for word in &trigger.words {
                hasher.text(word);
            }
        }
        glossary.states.insert(*first, hasher.finish().low());
    }
    tree.glossary = glossary;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str, lang: &str) -> String {
        let mut out = String::new();
        stem_into(word, Plurals::of(lang), &mut out);
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
    fn capitals_are_told_apart() {
        assert!(capitals("IEP"));
        assert!(capitals("OTR/L"));
        assert!(!capitals("SpEd"));
        assert!(!capitals("A"));
    }
}
