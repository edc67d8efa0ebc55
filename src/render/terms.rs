//! Links the first use of each glossary term in running text.
//!
//! Text comes escaped, as it stands in the body's HTML. It is read once, word by word: a word's stem is looked up in
//! the glossary, and only where a phrase may begin are the following words compared. Every word looked up is
//! recorded, so that a term added later finds the pages it concerns.

use crate::site::{Glossary, NodeIndex, Trigger, stem_into, word_hash};
use rustc_hash::FxHashSet;

/// A word of the text: its bytes, and the byte after the separator that follows.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
}

/// The next word at or after `from`: letters and digits; character references (`&amp;`) are separators.
fn next_word(text: &str, from: usize) -> Option<Word> {
    let bytes = text.as_bytes();
    let mut i = from;
    let start = loop {
        let byte = *bytes.get(i)?;
        if byte.is_ascii_alphanumeric() {
            break i;
        }
        i += match byte {
            b'&' => text[i..].find(';').map_or(1, |end| end + 1),
            0..0x80 => 1,
            _ => match beyond_ascii(text, i) {
                (true, _) => break i,
                (false, length) => length,
            },
        };
    };
    while let Some(byte) = bytes.get(i) {
        i += match byte {
            _ if byte.is_ascii_alphanumeric() => 1,
            0..0x80 => break,
            _ => match beyond_ascii(text, i) {
                (true, length) => length,
                (false, _) => break,
            },
        };
    }
    Some(Word { start, end: i })
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
fn matches(text: &str, first: Word, trigger: &Trigger, lang: &str, stem: &mut String) -> Option<usize> {
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
            stem_into(found, lang, stem);
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

/// Where terms were linked since the section began, and what may not be linked.
#[derive(Debug, Default)]
pub struct Seen {
    /// Terms linked in this section.
    pub linked: FxHashSet<(NodeIndex, u32)>,
    /// The entry whose own text this is.
    pub own: Option<(NodeIndex, u32)>,
    /// Hashes of all words met.
    pub words: FxHashSet<u32>,
}

/// Copies `text` to `out`, wrapping the first use of each term: `open` writes the start tag of a term's link.
pub fn link(
    text: &str,
    glossary: &Glossary,
    lang: &str,
    seen: &mut Seen,
    out: &mut String,
    open: &mut dyn FnMut((NodeIndex, u32), &mut String) -> bool,
) {
    let mut stem = String::with_capacity(32);
    let mut copied = 0;
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        stem.clear();
        stem_into(&text[word.start..word.end], lang, &mut stem);
        let hash = word_hash(&stem);
        seen.words.insert(hash);
        let Some(triggers) = glossary.by_first.get(&hash) else { continue };
        // Part of a hyphenated compound: not this word.
        if text[..word.start].ends_with('-') && word.start > 1 {
            continue;
        }
        for trigger in triggers {
            if seen.own == Some(trigger.term) {
                continue;
            }
            let Some(end) = matches(text, word, trigger, lang, &mut stem) else { continue };
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
                        stem_into(w, lang, &mut s)
                    }
                    s
                })
                .collect();
            let mut first = String::new();
            stem_into(&words[0], lang, &mut first);
            by_first.entry(word_hash(&first)).or_default().push(Trigger { words, exact, term: (0, *number) });
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
        link(text, &glossary, lang, &mut Seen::default(), &mut out, &mut open);
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
