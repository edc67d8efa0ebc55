//! Links the first use of each glossary term in running text.
//!
//! Text comes escaped, as it stands in the body's HTML. It is read once, word by word: a word's stem is looked up in
//! the glossary, and only where a phrase may begin are the following words compared. Every word looked up is
//! recorded, so that a term added later finds the pages it concerns.

use crate::site::{Glossary, NodeIndex, Plurals, Trigger, stem_into, word_hash};
use rustc_hash::FxHashSet;

/// A word of the text: its bytes, and the byte after the separator that follows.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
}

/// For each byte of a word in plain letters and digits its lower case, [`BEYOND`] for a byte of any other letter, 0 for
/// what ends a word.
const LOWER: [u8; 256] = {
    let mut table = [BEYOND; 256];
    let mut byte = 0;
    while byte < 0x80 {
        table[byte] =
            if (byte as u8).is_ascii_alphanumeric() { (byte as u8).to_ascii_lowercase() } else { 0 };
        byte += 1;
    }
    table
};

/// Stands for a byte outside ASCII.
const BEYOND: u8 = 0xff;

/// Plain words of up to so many letters are looked up without being copied into a string.
const SHORT: usize = 32;

/// The word that begins with the plain letter at `start`, and the hash of its stem.
///
/// Nearly every word of a site passes here, so it is read once, its lower case written to the side as it is.
fn word_at(text: &str, start: usize, plurals: Plurals, stem: &mut String) -> (Word, u32) {
    let mut lower = [0; SHORT];
    let mut length = 0;
    for byte in &text.as_bytes()[start..] {
        match LOWER[*byte as usize] {
            0 => break,
            BEYOND => {
                length = SHORT + 1;
                break;
            }
            plain => {
                if let Some(place) = lower.get_mut(length) {
                    *place = plain;
                }
                length += 1;
            }
        }
    }
    if let Some(word) = lower.get_mut(..length) {
        let (cut, y) = plurals.ending(word);
        let mut keep = length - cut;
        if y {
            word[keep] = b'y';
            keep += 1;
        }
        return (Word { start, end: start + length }, word_hash(&word[..keep]));
    }
    let end = start + word_length(&text[start..]);
    stem.clear();
    stem_into(&text[start..end], plurals, stem);
    (Word { start, end }, word_hash(stem.as_bytes()))
}

/// Where the next word at or after `from` begins: letters and digits; character references (`&amp;`) are separators.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    loop {
        let byte = *bytes.get(i)?;
        i += match (LOWER[byte as usize], byte) {
            (0, b'&') => text[i..].find(';').map_or(1, |end| end + 1),
            (0, _) => 1,
            (BEYOND, _) => match beyond_ascii(text, i) {
                (true, _) => return Some(i),
                (false, length) => length,
            },
            _ => return Some(i),
        };
    }
}

/// The length of the word with which `text` begins.
fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// The next word at or after `from`.
fn next_word(text: &str, from: usize) -> Option<Word> {
    let start = next_start(text, from)?;
    Some(Word { start, end: start + word_length(&text[start..]) })
}

/// Whether the character at `at`, outside ASCII, is a letter or digit; and its length.
fn beyond_ascii(text: &str, at: usize) -> (bool, usize) {
    text[at..].chars().next().map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
}

/// Whether what stands between two words joins them into one phrase: one space, hyphen, slash or no-break space.
fn joins(between: &str) -> bool {
    matches!(between, " " | "-" | "/" | "\n" | "\u{a0}" | "\u{2011}" | "\u{2010}" | ", " | "/ ")
}

/// Whether `trigger` stands in `text` at `first`; the end of the phrase if so.
fn matches(text: &str, first: Word, trigger: &Trigger, plurals: Plurals, stem: &mut String) -> Option<usize> {
    let mut word = first;
    for (i, wanted) in trigger.words.iter().enumerate() {
        if i > 0 {
            let next = next_word(text, word.end)?;
            if !joins(&text[word.end..next.start]) {
                return None;
            }
            word = next;
        }
        let found = &text[word.start..word.end];
        let last = i + 1 == trigger.words.len();
        let equal = if trigger.exact {
            found == wanted || (last && found.strip_suffix('s') == Some(wanted))
        } else {
            stem.clear();
            stem_into(found, plurals, stem);
            stem == wanted
        };
        if !equal {
            return None;
        }
    }
    // "OT's" is the term; "OT-based" is another word.
    let after = &text[word.end..];
    if after.starts_with('-') && after[1..].starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(word.end)
}

/// The words that were looked up, by hash.
///
/// Most words of a page were met before. A table that holds the last word of each place in it tells most of those, so
/// that few are written down twice; who keeps the record drops the rest.
#[derive(Debug, Default)]
pub struct Met {
    last: Option<Box<[u32; Met::PLACES]>>,
    words: Vec<u32>,
}

impl Met {
    const PLACES: usize = 1024;

    /// Notes a word.
    #[inline]
    fn note(&mut self, hash: u32) {
        let last = self.last.get_or_insert_with(|| Box::new([0; Met::PLACES]));
        let last = &mut last[hash as usize % Met::PLACES];
        if *last != hash || hash == 0 {
            *last = hash;
            self.words.push(hash);
        }
    }

    /// All words noted, some of them more than once.
    pub fn all(&self) -> &[u32] {
        &self.words
    }
}

/// Where terms were linked since the section began, and what may not be linked.
#[derive(Debug, Default)]
pub struct Seen {
    /// Terms linked in this section.
    pub linked: FxHashSet<(NodeIndex, u32)>,
    /// The entry whose own text this is.
    pub own: Option<(NodeIndex, u32)>,
    /// All words met.
    pub words: Met,
}

/// Copies `text` to `out`, wrapping the first use of each term: `open` writes the start tag of a term's link.
pub fn link(
    text: &str,
    glossary: &Glossary,
    plurals: Plurals,
    seen: &mut Seen,
    out: &mut String,
    open: &mut dyn FnMut((NodeIndex, u32), &mut String) -> bool,
) {
    let mut stem = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let (word, hash) = word_at(text, start, plurals, &mut stem);
        at = word.end;
        seen.words.note(hash);
        let Some(triggers) = glossary.by_first.get(&hash) else { continue };
        // Part of a hyphenated compound: not this word.
        if text[..word.start].ends_with('-') && word.start > 1 {
            continue;
        }
        for trigger in triggers {
            if seen.own == Some(trigger.term) {
                continue;
            }
            let Some(end) = matches(text, word, trigger, plurals, &mut stem) else { continue };
            // The longest phrase decides, also when its term was linked before: no shorter term inside it.
            if seen.linked.insert(trigger.term) {
                out.push_str(&text[copied..word.start]);
                if open(trigger.term, out) {
                    out.push_str(&text[word.start..end]);
                    out.push_str("</a>");
                } else {
                    out.push_str(&text[word.start..end]);
                }
                copied = end;
            }
            at = end;
            break;
        }
    }
    out.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashMap;

    fn glossary(lang: &str, phrases: &[(&str, u32)]) -> Glossary {
        let mut by_first: FxHashMap<u32, Vec<Trigger>> = FxHashMap::default();
        for (phrase, number) in phrases {
            let exact = phrase.len() > 1 && !phrase.chars().any(char::is_lowercase);
            let words: Vec<String> = phrase
                .split(|c: char| !c.is_alphanumeric())
                .map(|w| {
                    let mut s = String::new();
                    if exact {
                        s.push_str(w)
                    } else {
                        stem_into(w, Plurals::of(lang), &mut s)
                    }
                    s
                })
                .collect();
            let mut first = String::new();
            stem_into(&words[0], Plurals::of(lang), &mut first);
            by_first.entry(word_hash(first.as_bytes())).or_default().push(Trigger {
                words,
                exact,
                term: (0, *number),
            });
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|t| std::cmp::Reverse(t.words.len()));
        }
        Glossary { by_first, states: FxHashMap::default() }
    }

    fn run(lang: &str, phrases: &[(&str, u32)], text: &str) -> String {
        let glossary = glossary(lang, phrases);
        let mut out = String::new();
        let mut open = |term: (NodeIndex, u32), out: &mut String| {
            out.push_str(&format!("<a {}>", term.1));
            true
        };
        link(text, &glossary, Plurals::of(lang), &mut Seen::default(), &mut out, &mut open);
        out
    }

    #[test]
    fn first_use_longest_match_whole_words() {
        let phrases = [("therapy", 1), ("occupational therapy", 2), ("OT", 2), ("AT", 3)];
        assert_eq!(
            run("en", &phrases, "Occupational  therapy helps."),
            "Occupational  <a 1>therapy</a> helps."
        );
        assert_eq!(
            run("en", &phrases, "Occupational therapy, or OT, is therapy at school."),
            "<a 2>Occupational therapy</a>, or OT, is <a 1>therapy</a> at school."
        );
        assert_eq!(run("en", &phrases, "Ask your OTs. Not OTHER."), "Ask your <a 2>OTs</a>. Not OTHER.");
        assert_eq!(run("en", &phrases, "AT &amp; at"), "<a 3>AT</a> &amp; at");
    }

    #[test]
    fn plurals_hyphens_and_entities() {
        assert_eq!(run("en", &[("goal", 1)], "Goals &gt; goal-setting"), "<a 1>Goals</a> &gt; goal-setting");
        assert_eq!(
            run("en", &[("eye-hand coordination", 1)], "Eye hand coordination"),
            "<a 1>Eye hand coordination</a>"
        );
        assert_eq!(run("en", &[("gt", 1)], "a &gt; b"), "a &gt; b");
        assert_eq!(run("es", &[("evaluación", 1)], "Las evaluaciones"), "Las <a 1>evaluaciones</a>");
        assert_eq!(run("ar", &[("الفريق", 1)], "قال الفريق نعم"), "قال <a 1>الفريق</a> نعم");
    }
}
