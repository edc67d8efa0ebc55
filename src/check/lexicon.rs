//! The words and phrases that rules look for, compiled once for each language into one table.
//!
//! The page lens looks each word of a page up once; all lists (test names, claim words, brands, hazards, wording) come out
//! of that one look-up. The terms of the glossary are found by [`crate::site::Search`], as when they are linked. Built by
//! [`super::Checker`] whenever `site.yaml` or the glossary changes.

use super::language::{self, TokenKind, tokens};
use super::wordlists::{self, Brand};
use crate::config::Checks;
use crate::site::{self, Added, EntryAt, Plurals, Search};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::atomic::{AtomicU64, Ordering};

/// A list of phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Names and other names of glossary terms.
    Term,
    /// Names that the site explains elsewhere, such as tests.
    Name,
    /// Words that promise too much.
    Claim,
    /// Harmless uses of such words.
    ClaimOk,
    /// Trade names.
    Brand,
    /// Things that can hurt a child.
    Hazard,
    /// Words of a safety note.
    Safety,
    /// Wording that only works for those who see the page's shape.
    Sensory,
    /// Wording that only works for those who see its colors.
    Color,
    /// What stands before a birth date or student number.
    StudentKey,
}

/// One term of the glossary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    /// The title first, then all other names.
    pub names: Vec<String>,
    /// It explains its names but is never linked, so that it is met nowhere.
    pub off: bool,
}

/// What a page may use without being hard for it: the glossary and the names of tests, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    /// The terms.
    pub terms: Vec<Term>,
    /// Names that the site explains, such as those of assessments.
    pub names: Vec<String>,
}

/// One phrase.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Its list.
    pub list: List,
    /// What it belongs to: the number of the term, the brand or the word in its list.
    pub item: u32,
    /// As written in the list.
    pub shown: Box<str>,
    /// The words after the first, in lower case.
    rest: Box<[Box<str>]>,
    /// Only in capitals: `AT` is no `at`.
    capitals: bool,
    /// Words and syllables of what an acronym stands for.
    pub expansion: Option<(u32, u32)>,
}

/// All phrases of one language, by their first word.
pub struct Lexicon {
    number: u64,
    lang: Box<str>,
    by_word: FxHashMap<Box<str>, Box<[u32]>>,
    /// The names of terms; each leads to its term's number and that of its phrase.
    terms: site::Glossary,
    phrases: Vec<Phrase>,
    brands: Vec<Brand>,
    titles: Vec<Box<str>>,
    acronyms: FxHashSet<Box<str>>,
}

impl Lexicon {
    /// Compiles the built-in lists of `lang`, those of `site.yaml`, and the glossary.
    pub fn new(lang: &str, checks: &Checks, glossary: &Glossary) -> Lexicon {
        let base = language::base(lang);
        let mut builder = Builder {
            lang: base,
            phrases: Vec::new(),
            by_word: FxHashMap::default(),
            terms: site::Builder::new(Plurals::of(lang)),
        };
        let built_in = wordlists::of(base);
        let added = |name: &str| checks.words.get(name).into_iter().flatten().map(String::as_str);
        for (list, words, key) in [
            (List::Claim, built_in.claims, "claims"),
            (List::ClaimOk, built_in.claims_ok, "claims_ok"),
            (List::Hazard, built_in.hazards, "hazards"),
            (List::Safety, built_in.safety, "safety"),
            (List::StudentKey, built_in.student_keys, "student_keys"),
            (List::Color, &[][..], "color_wording"),
            (List::Sensory, &[][..], "sensory_wording"),
        ] {
            for (item, word) in words.iter().copied().chain(added(key)).enumerate() {
                builder.add(list, item, word, list == List::Hazard);
            }
        }
        for (item, phrase) in built_in.color_phrases().iter().enumerate() {
            builder.add(List::Color, item, phrase, false);
        }
        for (item, phrase) in built_in.sensory_phrases().iter().enumerate() {
            builder.add(List::Sensory, item, phrase, false);
        }
        let brands = wordlists::brands(base, added("brands"));
        for (item, brand) in brands.iter().enumerate() {
            builder.add(List::Brand, item, &brand.name, true);
        }
        for (item, name) in glossary.names.iter().enumerate() {
            builder.add(List::Name, item, name, false);
        }
        builder.terms(&glossary.terms);
        let titles =
            glossary.terms.iter().map(|t| t.names.first().map_or("", String::as_str).into()).collect();
        builder.finish(lang, brands, titles, acronyms(glossary))
    }

    /// The title of the term that a phrase of [`List::Term`] names.
    pub fn term_title(&self, phrase: &Phrase) -> &str {
        self.titles.get(phrase.item as usize).map_or("", |t| t)
    }

    /// A number that no other lexicon of this run has.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The language it was made for.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// Whether a phrase begins with `word` (lower case), or a term's name in it.
    pub fn begins(&self, word: &str) -> bool {
        !self.starting_with(word).is_empty() || self.terms.begins_in(word)
    }

    /// Whether there are names of terms to look for.
    pub fn has_terms(&self) -> bool {
        !self.terms.is_empty()
    }

    /// Looks for the names of terms in `text`. What is found leads to the numbers of the term and of the phrase.
    pub fn search<'t>(&'t self, text: &'t str) -> Search<'t> {
        Search::new(&self.terms, text, site::Form::Plain)
    }

    /// Numbers of the phrases that begin with `word` (lower case), the longest first; not those of terms.
    pub fn starting_with(&self, word: &str) -> &[u32] {
        self.by_word.get(word).map_or(&[], |p| p)
    }

    /// The phrase of that number.
    pub fn phrase(&self, number: u32) -> Option<&Phrase> {
        self.phrases.get(number as usize)
    }

    /// The brand that a phrase of [`List::Brand`] names.
    pub fn brand(&self, phrase: &Phrase) -> Option<&Brand> {
        self.brands.get(phrase.item as usize)
    }

    /// Whether `word` in capitals stands in the name of a term or test, with or without the number of an edition.
    pub fn knows_acronym(&self, word: &str) -> bool {
        self.acronyms.contains(word) || self.acronyms.contains(without_edition(word))
    }
}

/// Acronyms in the names of terms and tests: `ABC-3` of "Movement ABC-3", and `ABC`.
fn acronyms(glossary: &Glossary) -> FxHashSet<Box<str>> {
    let mut found = FxHashSet::default();
    for name in glossary.names.iter().chain(glossary.terms.iter().flat_map(|t| &t.names)) {
        tokens(name, |t| {
            if t.kind == TokenKind::Acronym {
                let text = &name[t.start..t.end];
                found.insert(text.into());
                found.insert(without_edition(text).into());
            }
        });
    }
    // "Social Profile 2" is SP2 and SP-2 in reports.
    for name in &glossary.names {
        let mut short = String::new();
        tokens(name, |t| match t.kind {
            TokenKind::Number => short.push_str(&name[t.start..t.end]),
            _ => short.extend(name[t.start..].chars().next().filter(|c| c.is_uppercase())),
        });
        let end = short.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        found.insert(format!("{}-{}", &short[..end], &short[end..]).into());
        found.insert(short.into());
    }
    found
}

fn without_edition(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-')
}

impl Phrase {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.rest.len() + 1
    }

    /// Never: a phrase has a word.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Whether it stands at a place whose first word is of `kind` and whose further words `next` gives.
    pub fn matches<'t>(&self, kind: TokenKind, mut next: impl FnMut(usize) -> Option<&'t str>) -> bool {
        if self.capitals && kind != TokenKind::Acronym {
            return false;
        }
        self.rest.iter().enumerate().all(|(i, word)| next(i + 1).is_some_and(|w| w == &**word))
    }
}

struct Builder<'b> {
    lang: &'b str,
    phrases: Vec<Phrase>,
    by_word: FxHashMap<Box<str>, Vec<u32>>,
    terms: site::Builder,
}

impl Builder<'_> {
    fn add(&mut self, list: List, item: usize, text: &str, plurals: bool) {
        let lower = text.to_lowercase();
        let (words, kinds) = cut(text, &lower);
        let capitals = kinds == [TokenKind::Acronym];
        self.insert(list, item, text, words.clone(), capitals);
        if !plurals || words.is_empty() {
            return;
        }
        for variant in plural_forms(self.lang, &words) {
            self.insert(list, item, text, variant, capitals);
        }
    }

    /// Adds the terms that are linked, under the names by which they are.
    fn terms(&mut self, terms: &[Term]) {
        let linked = || terms.iter().enumerate().filter(|(_, term)| !term.off);
        for (item, term) in linked() {
            let spelt = self.spelt(term);
            for name in &term.names {
                self.term_name(item, site::main_name(name), spelt);
            }
        }
        for (item, term) in linked() {
            let spelt = self.spelt(term);
            for letters in term.names.iter().filter_map(|name| site::letters(name)) {
                self.term_name(item, letters, spelt);
            }
        }
    }

    /// Words and syllables of what the letters of a term stand for.
    fn spelt(&self, term: &Term) -> Option<(u32, u32)> {
        let title = term.names.first().map_or("", String::as_str);
        let spelt = language::measure(self.lang, site::main_name(title));
        (spelt.words > 1).then_some((spelt.words, spelt.syllables))
    }

    fn term_name(&mut self, item: usize, name: &str, spelt: Option<(u32, u32)>) {
        let number = self.phrases.len() as u32;
        if self.terms.add(name, EntryAt::new(0, item as u32, number)) != Added::New {
            return;
        }
        let letters = site::in_capitals(name) && !name.contains(char::is_whitespace);
        self.phrases.push(Phrase {
            list: List::Term,
            item: item as u32,
            shown: name.into(),
            rest: Box::default(),
            capitals: letters,
            expansion: spelt.filter(|_| letters),
        });
    }

    fn insert(&mut self, list: List, item: usize, text: &str, words: Vec<Box<str>>, capitals: bool) {
        let mut words = words.into_iter();
        let Some(first) = words.next() else { return };
        let number = self.phrases.len() as u32;
        let rest = words.collect();
        self.phrases.push(Phrase {
            list,
            item: item as u32,
            shown: text.into(),
            rest,
            capitals,
            expansion: None,
        });
        self.by_word.entry(first).or_default().push(number);
    }

    fn finish(
        self,
        lang: &str,
        brands: Vec<Brand>,
        titles: Vec<Box<str>>,
        acronyms: FxHashSet<Box<str>>,
    ) -> Lexicon {
        let phrases = self.phrases;
        let by_word = self
            .by_word
            .into_iter()
            .map(|(word, mut numbers)| {
                let length = |n: &u32| phrases.get(*n as usize).map_or(0, Phrase::len);
                numbers.sort_by(|a, b| length(b).cmp(&length(a)).then(a.cmp(b)));
                (word, numbers.into_boxed_slice())
            })
            .collect();
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let terms = self.terms.finish(|_, _| {});
        Lexicon { number, lang: lang.into(), by_word, terms, phrases, brands, titles, acronyms }
    }
}

/// The words of `text` in lower case (`lower`, which may differ in length), and what each is.
fn cut(text: &str, lower: &str) -> (Vec<Box<str>>, Vec<TokenKind>) {
    let mut kinds = Vec::new();
    tokens(text, |t| kinds.push(t.kind));
    let mut words = Vec::new();
    tokens(lower, |t| words.push(lower[t.start..t.end].into()));
    (words, kinds)
}

fn plural_forms(lang: &str, words: &[Box<str>]) -> Vec<Vec<Box<str>>> {
    let with_last = |last: String| {
        let mut all = words.to_vec();
        if let Some(slot) = all.last_mut() {
            *slot = last.into();
        }
        all
    };
    let Some(last) = words.last() else { return Vec::new() };
    match lang {
        "en" => {
            let mut forms = vec![with_last(format!("{last}s"))];
            if last.ends_with(['s', 'x', 'z']) || last.ends_with("ch") || last.ends_with("sh") {
                forms = vec![with_last(format!("{last}es"))];
            } else if let Some(stem) = last.strip_suffix('y') {
                forms.push(with_last(format!("{stem}ies")));
            }
            forms
        }
        "es" => vec![words.iter().map(|w| spanish_plural(w).into()).collect()],
        _ => Vec::new(),
    }
}

fn spanish_plural(word: &str) -> String {
    const SMALL: &[&str] =
        &["de", "del", "la", "el", "en", "a", "al", "y", "o", "con", "por", "para", "sin", "un", "una"];
    if SMALL.contains(&word) || word.ends_with('s') {
        return word.to_owned();
    }
    for (end, plural) in [("ión", "iones"), ("ín", "ines"), ("án", "anes"), ("ón", "ones"), ("z", "ces")]
    {
        if let Some(stem) = word.strip_suffix(end) {
            return format!("{stem}{plural}");
        }
    }
    if word.ends_with(['a', 'e', 'i', 'o', 'u', 'á', 'é', 'ó']) {
        format!("{word}s")
    } else {
        format!("{word}es")
    }
}
