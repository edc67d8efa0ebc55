//! Links the first use of each glossary term in running text.
//!
//! Text comes escaped, as it stands in the body's HTML; [`crate::site::Search`] tells where the terms' names stand in it.
//! Every word that was looked up is recorded, so that a term added later finds the pages it concerns.

use crate::site::{Form, Glossary, Search, Term};
use rustc_hash::FxHashSet;

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
pub struct LinkedTerms {
    /// Terms linked in this section.
    pub linked: FxHashSet<Term>,
    /// The entry whose own text this is.
    pub own: Option<Term>,
    /// All words met.
    pub words: Met,
}

/// Copies `text` to `out`, wrapping the first use of each term: `open` writes the start tag of a term's link.
pub fn link(
    text: &str,
    glossary: &Glossary,
    seen: &mut LinkedTerms,
    out: &mut String,
    open: &mut dyn FnMut(Term, &mut String) -> bool,
) {
    let mut search = Search::new(glossary, text, Form::Escaped);
    let mut copied = 0;
    while let Some(found) = search.next(text.len(), seen.own, |hash| seen.words.note(hash)) {
        // The longest name decides, also when its term was linked before: no shorter term inside it.
        if !seen.linked.insert(found.term) {
            continue;
        }
        out.push_str(&text[copied..found.range.start]);
        let opened = open(found.term, out);
        out.push_str(&text[found.range.clone()]);
        if opened {
            out.push_str("</a>");
        }
        copied = found.range.end;
    }
    out.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Builder, EntryAt, Plurals};

    fn run(lang: &str, phrases: &[(&str, u32)], text: &str) -> String {
        let mut builder = Builder::new(Plurals::of(lang));
        for (name, number) in phrases {
            builder.add(name, EntryAt::new(0, 0, *number));
        }
        let glossary = builder.finish(|_, _| {});
        let mut out = String::new();
        let mut open = |term: Term, out: &mut String| {
            out.push_str(&format!("<a {}>", term.number));
            true
        };
        link(text, &glossary, &mut LinkedTerms::default(), &mut out, &mut open);
        out
    }

    #[test]
    fn the_first_use_is_linked_and_the_longest_name_decides() {
        let phrases = [("therapy", 1), ("occupational therapy", 2), ("OT", 2), ("AT", 3)];
        assert_eq!(
            run("en", &phrases, "Occupational therapy, or OT, is therapy at school."),
            "<a 2>Occupational therapy</a>, or OT, is <a 1>therapy</a> at school."
        );
        assert_eq!(run("en", &phrases, "Ask your OTs. Not OTHER."), "Ask your <a 2>OTs</a>. Not OTHER.");
        assert_eq!(run("en", &phrases, "AT &amp; at"), "<a 3>AT</a> &amp; at");
    }

    #[test]
    fn what_is_escaped_stays_so() {
        assert_eq!(run("en", &[("goal", 1)], "Goals &gt; goal-setting"), "<a 1>Goals</a> &gt; goal-setting");
        assert_eq!(run("en", &[("gt", 1)], "a &gt; b"), "a &gt; b");
        assert_eq!(run("en", &[("AT&T", 1)], "the AT&amp;T plan"), "the <a 1>AT&amp;T</a> plan");
    }
}
