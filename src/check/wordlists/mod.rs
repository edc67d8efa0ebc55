//! The built-in word lists, one file a language; `checks: words:` in `site.yaml` adds to them.
//!
//! Read by the lexicon. A language without a file of its own has empty lists: its pages are checked for
//! everything that does not hang on wording.

mod en;
mod es;

/// The lists of one language.
pub struct WordLists {
    /// Words that promise too much.
    pub claims: &'static [&'static str],
    /// Harmless uses of such words.
    pub claims_ok: &'static [&'static str],
    /// Claims that are promises only beside what is promised: "always" is an everyday word, "always helps" is none.
    pub weak_claims: &'static [&'static str],
    /// What is promised, beside a weak claim.
    pub outcomes: &'static [&'static str],
    /// Words of the law, which does guarantee.
    pub lawful: &'static [&'static str],
    /// Uses of hazard words that hurt nobody.
    pub harmless: &'static [&'static str],
    /// Words before a claim that turn it round: `no`, `not`.
    pub negations: &'static [&'static str],
    /// Things that can hurt a child.
    pub hazards: &'static [&'static str],
    /// Words that a safety note holds.
    pub safety: &'static [&'static str],
    /// Link texts that say nothing, in lower case.
    pub vague_links: &'static [&'static str],
    /// Beginnings of an alternative text that say nothing: `image of`.
    pub alt_starts: &'static [&'static str],
    /// Things on a screen.
    screen: &'static [&'static str],
    /// Parts of the text itself: "the table below" is fine for a listener, "the table on the left" is not.
    parts: &'static [&'static str],
    /// Sides.
    positions: &'static [&'static str],
    /// Above and below, of things on a screen.
    heights: &'static [&'static str],
    /// Shapes, before a thing on a screen.
    shapes: &'static [&'static str],
    /// Colors.
    colors: &'static [&'static str],
    /// What comes before `in red`.
    colored: &'static [&'static str],
    /// "in" before a color.
    in_word: &'static str,
    /// Whether an adjective follows its noun.
    adjective_last: bool,
    /// Words for the birth of a student and for a number that names one, in lower case, with their sign.
    pub student_keys: &'static [&'static str],
    /// Brand, then generic words of which one must stand in the same sentence.
    brands: &'static [(&'static str, &'static [&'static str])],
}

const NONE: WordLists = WordLists {
    claims: &[],
    claims_ok: &[],
    weak_claims: &[],
    outcomes: &[],
    lawful: &[],
    harmless: &[],
    negations: &[],
    hazards: &[],
    safety: &[],
    vague_links: en::LISTS.vague_links,
    alt_starts: en::LISTS.alt_starts,
    screen: &[],
    parts: &[],
    positions: &[],
    heights: &[],
    shapes: &[],
    colors: &[],
    colored: &[],
    in_word: "",
    adjective_last: false,
    student_keys: en::LISTS.student_keys,
    brands: &[],
};

/// The lists of a base language.
pub fn of(base: &str) -> &'static WordLists {
    match base {
        "en" => &en::LISTS,
        "es" => &es::LISTS,
        _ => &NONE,
    }
}

/// A trade name and the everyday words for the thing.
#[derive(Debug, Clone)]
pub struct Brand {
    /// The trade name.
    pub name: String,
    /// Everyday words, in lower case; none when the site only named the brand.
    pub generic: Vec<String>,
}

/// The brands of a language and those that `site.yaml` adds, written `Name: everyday word, another`.
pub fn brands<'a>(base: &str, added: impl Iterator<Item = &'a str>) -> Vec<Brand> {
    let lists = of(base);
    let built_in = lists.brands.iter().map(|(name, generic)| Brand {
        name: (*name).to_owned(),
        generic: generic.iter().map(|g| (*g).to_owned()).collect(),
    });
    let added = added.map(|line| {
        let (name, generic) = line.split_once(':').unwrap_or((line, ""));
        let generic = generic.split(',').map(|g| g.trim().to_lowercase()).filter(|g| !g.is_empty()).collect();
        Brand { name: name.trim().to_owned(), generic }
    });
    built_in.chain(added).collect()
}

impl WordLists {
    /// Phrases that name a color to point at something on the screen.
    pub fn color_phrases(&self) -> Vec<String> {
        let mut phrases = Vec::new();
        for color in self.colors {
            for word in self.colored {
                phrases.push(format!("{word} {} {color}", self.in_word));
            }
            for thing in self.screen.iter().chain(self.parts) {
                phrases.push(self.pair(thing, color));
            }
        }
        phrases
    }

    /// Phrases that name a place or a shape to point at something on the screen.
    pub fn sensory_phrases(&self) -> Vec<String> {
        let mut phrases = Vec::new();
        for thing in self.parts {
            phrases.extend(self.positions.iter().map(|at| format!("{thing} {at}")));
        }
        for thing in self.screen {
            phrases.extend(self.positions.iter().chain(self.heights).map(|at| format!("{thing} {at}")));
            phrases.extend(self.shapes.iter().map(|shape| self.pair(thing, shape)));
        }
        phrases
    }

    fn pair(&self, thing: &str, adjective: &str) -> String {
        if self.adjective_last { format!("{thing} {adjective}") } else { format!("{adjective} {thing}") }
    }
}
