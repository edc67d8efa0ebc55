//! The one matcher of glossary words: where in a text which term's name stands.
//!
//! A name is a row of words with the signs between them. In the text the same words must stand with the same signs, for
//! whole words, the longest name first; a word may be in either number, a name in capitals (IEP, M.D.) must be met in
//! capitals. `render::terms` links with it what a page shows, `check::lexicon` finds with it what the rules count.
//! A text is read once, word by word: the stem of a word is looked up, and only where a name may begin are the
//! following words compared. So who records the words that were looked up knows which new name concerns the text.

use super::EntryAt;
use super::words::{self, Form, Plurals};
use crate::source::Hasher;
use crate::text::letters::{continues, is_letter, is_spaceless};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A term: its page and the number of the entry there.
pub type Term = EntryAt;

/// Stands between the parts of a name.
const PART: char = '\u{1f}';

/// One name that leads to a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Trigger {
    /// The signs before it, then its words with the signs between them, then the signs behind it, each part ended by
    /// [`PART`]. Words are stems, or as written when `exact`.
    parts: String,
    /// How many words.
    words: u32,
    /// Written in capitals: the text must be too.
    exact: bool,
    term: Term,
}

/// The names of all terms of a language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Glossary {
    plurals: Plurals,
    /// Names by hash of the stem of their first word, longest first.
    by_first: FxHashMap<u32, Vec<Trigger>>,
    /// What each first word leads to, as a fingerprint: equal values mean that no page with that word can differ.
    states: FxHashMap<u32, u64>,
}

impl Glossary {
    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// What each first word leads to, as a fingerprint, by the word's hash.
    pub fn states(&self) -> &FxHashMap<u32, u64> {
        &self.states
    }

    /// Whether a name may begin in `text`, which is a word or little more.
    pub fn begins_in(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let (mut at, mut stem) = (0, String::new());
        while let Some(start) = words::next_start(text, at, Form::Plain) {
            let (end, hash) = words::word_at(text, start, self.plurals, &mut stem);
            if self.by_first.contains_key(&hash) {
                return true;
            }
            at = end;
        }
        false
    }
}

/// What became of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It leads to the term now.
    New,
    /// It did so before, or has no word.
    Nothing,
    /// It leads to another term.
    Taken(Term),
}

/// Makes a [`Glossary`].
#[derive(Debug, Default)]
pub struct Builder {
    made: Glossary,
    seen: FxHashMap<String, Term>,
}

impl Builder {
    /// Of a language with such plurals.
    pub fn new(plurals: Plurals) -> Builder {
        Builder { made: Glossary { plurals, ..Glossary::default() }, ..Builder::default() }
    }

    /// Adds a name of a term. The first term that has a name keeps it.
    pub fn add(&mut self, name: &str, term: Term) -> Added {
        let Some((first, trigger)) = compile(name, term, self.made.plurals) else { return Added::Nothing };
        match self.seen.get(&trigger.parts) {
            Some(other) if *other == term => return Added::Nothing,
            Some(other) => return Added::Taken(*other),
            None => {}
        }
        self.seen.insert(trigger.parts.clone(), term);
        self.made.by_first.entry(first).or_default().push(trigger);
        Added::New
    }

    /// The glossary; `identify` tells a term apart from all others of any time.
    pub fn finish(mut self, identify: impl Fn(Term, &mut Hasher)) -> Glossary {
        for (first, triggers) in &mut self.made.by_first {
            let longest = |t: &Trigger| (std::cmp::Reverse((t.words, t.parts.len())), t.parts.clone());
            triggers.sort_by_cached_key(longest);
            let mut hasher = Hasher::new();
            for trigger in triggers.iter() {
                hasher.number(u64::from(trigger.exact)).text(&trigger.parts);
                identify(trigger.term, &mut hasher);
            }
            self.made.states.insert(*first, hasher.finish().low());
        }
        self.made
    }
}

/// What two names have in common when they are one for the matcher; none for a name without a word.
pub fn name_key(name: &str, plurals: Plurals) -> Option<String> {
    compile(name, EntryAt::new(0, 0, 0), plurals).map(|(_, trigger)| trigger.parts)
}

/// Whether a name is written in capitals throughout: IEP, ETR, M.D., CCC/SLP (two letters at least).
pub fn in_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.chars().filter(|c| c.is_uppercase()).take(2).count() == 2
}

/// A name as it is looked for, and the hash of its first word.
fn compile(name: &str, term: Term, plurals: Plurals) -> Option<(u32, Trigger)> {
    let exact = in_capitals(name);
    let mut first = None;
    let (mut parts, mut stem, mut at, mut count, mut last) = (String::new(), String::new(), 0, 0, 0);
    let mut dotted = false;
    while let Some(start) = words::next_start(name, at, Form::Plain) {
        let (end, hash) = words::word_at(name, start, plurals, &mut stem);
        if first.is_none() {
            first = Some(hash);
            let mut lead = Vec::new();
            let mut from = start;
            while let Some((c, begin)) = words::before(name, from, Form::Plain)
                && let Some(sign) = words::sign(c).filter(|c| tells(*c) || *c == '.')
            {
                lead.push(sign);
                from = begin;
            }
            parts.extend(lead.iter().rev());
        } else {
            let gap = parts.len();
            signs_into(&name[at..start], Form::Plain, &mut parts);
            dotted |= parts[gap..].contains('.');
        }
        parts.push(PART);
        match exact {
            true => words::composed_into(&name[start..end], &mut parts),
            false => words::stem_into(&name[start..end], plurals, &mut parts),
        }
        parts.push(PART);
        (last, count, at) = (end - start, count + 1, end);
    }
    let mut tail = at;
    while let Some((c, next)) = words::after(name, tail, Form::Plain)
        && let Some(sign) = words::sign(c)
    {
        // The point of "Dr." belongs to it; that of a sentence does not.
        if !(tells(sign) || sign == '.' && (dotted || count == 1 && last <= 4)) {
            break;
        }
        parts.push(sign);
        tail = next;
    }
    parts.push(PART);
    first.map(|first| (first, Trigger { parts, words: count, exact, term }))
}

/// Whether a sign right before or behind a name is a part of it: the plus of "A+", the number sign of "#1 goal". Quotes,
/// brackets, dashes and the signs that end sentences are not.
fn tells(sign: char) -> bool {
    !sign.is_whitespace()
        && !"'\"()[]{}<>‹›「」『』【】《》〈〉-–—―.,;:!?¿¡…。，、；：！？*_~|".contains(sign)
}

/// Maximum length of a gap inside a name, in bytes.
const MAX_GAP: usize = 64;

/// Appends the signs between two words as they are compared: " " for any blanks, or for a hyphen.
fn signs_into(gap: &str, form: Form, out: &mut String) {
    let (start, mut at) = (out.len(), 0);
    while let Some((c, next)) = words::after(gap, at, form) {
        at = next;
        match words::sign(c) {
            None => {}
            Some(' ') if out.len() > start && out.ends_with([' ', '&', '/', '+']) => {}
            Some('…') => out.push_str("..."),
            Some(sign) => {
                if matches!(sign, '&' | '/' | '+') && out.len() > start && out.ends_with(' ') {
                    out.pop();
                }
                out.push(sign);
            }
        }
    }
    if &out[start..] == "-" {
        out.replace_range(start.., " ");
    }
}

/// A name that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// The term.
    pub term: Term,
}

/// A look through one text, from its begin to its end.
#[derive(Debug)]
pub struct Search<'s> {
    glossary: &'s Glossary,
    text: &'s str,
    form: Form,
    /// So far it has been read.
    at: usize,
    /// The end of the last name.
    floor: usize,
    /// Room for the word at hand.
    word: String,
    /// Room for the signs at hand.
    signs: String,
}

impl<'s> Search<'s> {
    /// Looks for the names of `glossary` in `text`.
    pub fn new(glossary: &'s Glossary, text: &'s str, form: Form) -> Search<'s> {
        Search { glossary, text, form, at: 0, floor: 0, word: String::new(), signs: String::new() }
    }

    /// Goes on at `from`, unless it has come further. A word that `from` parts is passed over.
    pub fn skip_to(&mut self, from: usize) {
        if from <= self.at {
            return;
        }
        self.at = from;
        let (before, here) = self.text.split_at(from);
        let (Some(before), Some(here)) = (before.chars().next_back(), here.chars().next()) else { return };
        let inside = |c: char| is_letter(c) && !is_spaceless(c) || continues(c);
        if continues(here) || inside(before) && inside(here) {
            self.at = words::word_end(self.text, from);
        }
    }

    /// The next name that begins before `until`, the longest one there; names of the term `own` do not count. Each word that was
    /// looked up goes to `note`, as its hash.
    pub fn next(&mut self, until: usize, own: Option<Term>, mut note: impl FnMut(u32)) -> Option<Found> {
        while let Some(start) = words::next_start(self.text, self.at, self.form).filter(|s| *s < until) {
            let (end, hash) = words::word_at(self.text, start, self.glossary.plurals, &mut self.word);
            self.at = end;
            note(hash);
            let Some(triggers) = self.glossary.by_first.get(&hash) else { continue };
            if self.in_compound(start) {
                continue;
            }
            for trigger in triggers.iter().filter(|t| own != Some(t.term)) {
                if let Some(range) = self.stands(trigger, start..end).filter(|r| r.start >= self.floor) {
                    (self.at, self.floor) = (range.end, range.end);
                    return Some(Found { range, term: trigger.term });
                }
            }
        }
        None
    }

    /// Whether the word at `start` is a later part of a compound: the "test" of "post-test".
    fn in_compound(&self, start: usize) -> bool {
        let Some((c, begin)) = words::before(self.text, start, self.form) else { return false };
        is_hyphen(c) && words::before(self.text, begin, self.form).is_some_and(|(c, _)| is_letter(c))
    }

    /// Whether `trigger` stands where the word `first` is; where it does.
    fn stands(&mut self, trigger: &Trigger, first: Range<usize>) -> Option<Range<usize>> {
        let mut parts = trigger.parts.split(PART);
        let lead = parts.next()?;
        let mut word = first.clone();
        let mut dotted = false;
        for i in 0..trigger.words {
            if i > 0 {
                let wanted = parts.next()?;
                let start = words::next_start(self.text, word.end, self.form)?;
                if !self.joined(&word, start, wanted) {
                    return None;
                }
                dotted |= wanted.contains('.');
                word = start..words::word_end(self.text, start);
            }
            if !self.same(word.clone(), parts.next()?, trigger, i + 1 == trigger.words) {
                return None;
            }
        }
        let start = self.lead(first.start, lead)?;
        let end = self.tail(word.end, parts.next()?, trigger.exact, dotted)?;
        Some(start..end)
    }

    /// Whether what stands between `word` and the next one at `next` is `wanted`.
    fn joined(&mut self, word: &Range<usize>, next: usize, wanted: &str) -> bool {
        let gap = &self.text[word.end..next];
        if gap == wanted {
            return true;
        }
        if gap.len() > MAX_GAP {
            return false;
        }
        self.signs.clear();
        signs_into(gap, self.form, &mut self.signs);
        if self.signs == wanted {
            return true;
        }
        // A line may end anywhere in a script without spaces.
        let spaceless = |at: usize| self.text[at..].chars().next().is_some_and(is_spaceless);
        wanted.is_empty()
            && self.signs == " "
            && gap.contains('\n')
            && spaceless(word.start)
            && spaceless(next)
    }

    /// Whether a word of the text is `wanted`, the last word of a name in capitals perhaps in its plural.
    fn same(&mut self, found: Range<usize>, wanted: &str, trigger: &Trigger, last: bool) -> bool {
        let found = &self.text[found];
        self.word.clear();
        if !trigger.exact {
            words::stem_into(found, self.glossary.plurals, &mut self.word);
            return self.word == wanted;
        }
        words::composed_into(found, &mut self.word);
        self.word == wanted || last && self.word.strip_suffix('s') == Some(wanted)
    }

    /// Where a name begins whose first word is at `start`, if the signs `lead` stand right before that.
    fn lead(&self, start: usize, lead: &str) -> Option<usize> {
        let mut at = start;
        for wanted in lead.chars().rev() {
            let (c, begin) = words::before(self.text, at, self.form)?;
            if words::sign(c) != Some(wanted) {
                return None;
            }
            at = begin;
        }
        let before = words::before(self.text, at, self.form).map(|(c, _)| c);
        let other = |c: char| is_letter(c) || lead.starts_with(c);
        if !lead.is_empty() && before.is_some_and(other) { None } else { Some(at) }
    }

    /// Where a name ends whose last word ends at `end`, if it does there.
    fn tail(&self, end: usize, tail: &str, exact: bool, dotted: bool) -> Option<usize> {
        let next = |at: usize| words::after(self.text, at, self.form);
        let letter = |at: usize| next(at).is_some_and(|(c, _)| is_letter(c) && !is_spaceless(c));
        let mut at = end;
        for wanted in tail.chars() {
            match next(at).filter(|(c, _)| words::sign(*c) == Some(wanted)) {
                Some((_, after)) => at = after,
                // "M.D" is "M.D." too.
                None if wanted == '.' && dotted => break,
                None => return None,
            }
        }
        if at == end {
            return if self.goes_on(at) { None } else { Some(at) };
        }
        if exact && self.text[at..].starts_with('s') && !letter(at + 1) {
            return Some(at + 1);
        }
        let again = |(c, _)| c != '.' && tail.ends_with(c);
        if letter(at) || next(at).is_some_and(again) { None } else { Some(at) }
    }

    /// Whether the word that ends at `at` is a part of another one: "IEP-based", "C++"; "IEP's" is the term.
    fn goes_on(&self, at: usize) -> bool {
        let next = |at: usize| words::after(self.text, at, self.form);
        let Some((c, mut after)) = next(at) else { return false };
        if is_hyphen(c) {
            return next(after).is_some_and(|(c, _)| is_letter(c));
        }
        if !matches!(c, '+' | '#') {
            return false;
        }
        while let Some((_, end)) = next(after).filter(|(other, _)| *other == c) {
            after = end;
        }
        next(after).is_none_or(|(c, _)| !is_letter(c))
    }
}

/// Whether `c` joins the parts of a compound.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
#[path = "matcher/tests.rs"]
mod tests;
