//! Cuts each block of a page into words and sentences, looks every word up, and counts.
//!
//! One look-up a word finds the phrases of all lists ([`super::lexicon`]) and tells where a term's name may begin; counts
//! are kept twice, as [`super::language`] says. Called once for each page.

mod memo;
mod words;

use super::language::{Counts, Speech, TokenKind};
use super::lexicon::List;
use super::page::{Block, Hit, Page, Word};

/// Cuts all blocks of the page.
pub fn page(page: &mut Page<'_>) {
    let mut cutter = Cutter::default();
    for number in 0..page.text.blocks.len() {
        cutter.block(page, number);
    }
}

/// Buffers that are kept from block to block.
#[derive(Default)]
struct Cutter {
    /// The block in lower case, byte for byte as long as the block, with room behind it.
    lower: String,
    /// Words of the block with which a phrase may begin.
    begin: Vec<u32>,
}

impl Cutter {
    /// Cuts the block of that number.
    fn block(&mut self, page: &mut Page<'_>, index: usize) {
        let Some(mut block) = page.text.blocks.get(index).cloned() else { return };
        let number = index as u32;
        let first_word = page.words.len() as u32;
        let first_sentence = page.sentences.len() as u32;
        let speech = Speech::of(page.lang());
        let text = page.text.flat_text(&block.flat);
        self.begin.clear();
        let (words, sentences) = (&mut page.words, &mut page.sentences);
        let out = words::Out { words, sentences, signs: &mut page.signs, begin: &mut self.begin };
        let counts = memo::with(page.lexicon, speech, |look| {
            words::cut(text, block.flat.start, number, &mut self.lower, look, out)
        });
        block.words = first_word..page.words.len() as u32;
        block.sentences = first_sentence..page.sentences.len() as u32;
        let explained = self.look_up(page, &block, number);
        if block.prose {
            count(page, &block, &counts, explained);
        }
        if let Some(place) = page.text.blocks.get_mut(index) {
            *place = block;
        }
    }

    /// Finds the phrases of all lists in the block; gives whether a term or name is among them.
    fn look_up(&self, page: &mut Page<'_>, block: &Block, number: u32) -> bool {
        if self.begin.is_empty() {
            return false;
        }
        let from = block.flat.start;
        let lexicon = page.lexicon;
        let has_terms = lexicon.has_terms();
        let lower =
            |w: &Word| self.lower.get((w.start - from) as usize..(w.end - from) as usize).unwrap_or("");
        let mut sentence = block.sentences.start;
        let text = page.text.flat.get(from as usize..block.flat.end as usize).unwrap_or("");
        let mut terms = lexicon.search(text);
        // Terms and names do not overlap: the longest that starts first wins.
        let mut term_end = 0;
        for &i in &self.begin {
            while page.sentences.get(sentence as usize).is_some_and(|s| s.words.end <= i) {
                sentence += 1;
            }
            let word = page.words[i as usize];
            let text = lower(&word);
            let mut numbers = lexicon.starting_with(text);
            if numbers.is_empty()
                && let Some(stem) = of_owner(text)
            {
                numbers = lexicon.starting_with(stem);
            }
            let end = page.sentences.get(sentence as usize).map_or(block.words.end, |s| s.words.end);
            let mut name: Option<Hit> = None;
            for &n in numbers {
                let Some(phrase) = lexicon.phrase(n) else { continue };
                let list = phrase.list;
                if list == List::Name && (i < term_end || name.is_some()) {
                    continue;
                }
                let next = |k: usize| {
                    let at = i + k as u32;
                    if at < end { page.words.get(at as usize).map(&lower) } else { None }
                };
                if !phrase.matches(word.kind, next) {
                    continue;
                }
                let hit =
                    Hit { list, phrase: n, first: i, count: phrase.len() as u32, sentence, block: number };
                if list == List::Name {
                    name = Some(hit);
                } else {
                    page.hits.push(hit);
                }
            }
            if has_terms {
                terms.skip_to((word.start - from) as usize);
            }
            while has_terms && let Some(found) = terms.next((word.end - from) as usize, None, |_| {}) {
                let until = from + found.range.end as u32;
                let rest = page.words.get(i as usize..block.words.end as usize).unwrap_or(&[]);
                let count = rest.iter().take_while(|w| w.start < until).count() as u32;
                if name.is_some_and(|name| name.count > count) {
                    break;
                }
                (name, term_end) = (None, i + count);
                let phrase = found.term.number;
                page.hits.push(Hit { list: List::Term, phrase, first: i, count, sentence, block: number });
            }
            if let Some(name) = name {
                term_end = i + name.count;
                let last = page.words.get(term_end as usize - 1);
                terms.skip_to(last.map_or(0, |w| (w.end - from) as usize));
                page.hits.push(name);
            }
            let mut holds = sentence;
            for at in i..term_end {
                while page.sentences.get(holds as usize).is_some_and(|s| s.words.end <= at) {
                    holds += 1;
                }
                let (words, sentences) = (&mut page.words, &mut page.sentences);
                if let Some(word) = words.get_mut(at as usize)
                    && !std::mem::replace(&mut word.explained, true)
                    && let Some(sentence) = sentences.get_mut(holds as usize)
                {
                    sentence.syllables = sentence.syllables + 1 - u32::from(word.syllables);
                }
            }
        }
        term_end > 0
    }
}

/// What stands before the ending of an owner: `child` of `child's`.
fn of_owner(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('s')?;
    stem.strip_suffix('\'').or_else(|| stem.strip_suffix('\u{2019}'))
}

/// Adds the block to the counts of its section.
///
/// `counts` are those of the block with its words as they are. Where it holds a term or name (`explained`), the words are
/// counted again one by one.
fn count(page: &mut Page<'_>, block: &Block, counts: &Counts, explained: bool) {
    let Some(section) = page.counted.get_mut(block.section as usize) else { return };
    let sentences = page.sentences[block.sentences.start as usize..block.sentences.end as usize]
        .iter()
        .filter(|s| s.length > 0)
        .count() as u32;
    section.plain.sentences += sentences;
    section.eased.sentences += sentences;
    if !explained {
        section.plain.add(counts);
        section.eased.add(counts);
        return;
    }
    let first = page.hits.partition_point(|h| h.first < block.words.start);
    let mut hits = page.hits[first..].iter().filter(|h| matches!(h.list, List::Term | List::Name)).peekable();
    let mut i = block.words.start;
    while i < block.words.end {
        // In a script without spaces, several terms may stand in one run of letters.
        while hits.next_if(|h| h.first < i).is_some() {}
        let Some(hit) = hits.next_if(|h| h.first == i) else {
            let word = &page.words[i as usize];
            if word.kind != TokenKind::Number {
                let (syllables, letters) = (u32::from(word.syllables), u32::from(word.letters));
                section.plain.word(syllables, letters);
                section.eased.word(syllables, letters);
            }
            i += 1;
            continue;
        };
        section.eased.word(2, 5);
        match page.lexicon.phrase(hit.phrase).and_then(|p| p.expansion) {
            // An acronym is read as what it stands for.
            Some((words, syllables)) => {
                for n in 0..words {
                    let share = syllables / words + u32::from(n < syllables % words);
                    section.plain.word(share, share * 3);
                }
            }
            None => {
                for word in &page.words[i as usize..(i + hit.count) as usize] {
                    if word.kind != TokenKind::Number {
                        section.plain.word(u32::from(word.syllables), u32::from(word.letters));
                    }
                }
            }
        }
        i += hit.count.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::lexicon::{Glossary, Lexicon, Term};
    use crate::check::page::PageInput;
    use crate::config::{Checks, Language};
    use crate::document::{ParseOptions, parse};
    use crate::schema::Kinds;
    use crate::source::{Source, SourcePath};

    /// Calls `look` with a page of that body, whose glossary has these names.
    fn cut(body: &str, names: &[&str], look: impl FnOnce(&Page<'_>)) {
        let kinds = Kinds::default();
        let languages = [Language { code: "en".into(), ..Language::default() }];
        let options = ParseOptions {
            kinds: &kinds,
            languages: &languages,
            default_kind: "page",
            cascade: None,
            raw_html: false,
            text: true,
            links: false,
            zone: None,
            prefixes: crate::source::Prefixes::Order,
            values: &crate::config::Values::default(),
        };
        let text = format!("---\ntitle: A\n---\n{body}");
        let source = Source::new(SourcePath::new("content/a.md").unwrap(), text.clone().into_bytes());
        let document = parse(&source, &options).value;
        let terms = names.iter().map(|name| Term { names: vec![(*name).into()], off: false }).collect();
        let lexicon = Lexicon::new("en", &Checks::default(), &Glossary { terms, names: Vec::new() });
        let page_text = document.text.as_deref().cloned().unwrap();
        let input = PageInput { text: &text, document: &document, kinds: &kinds, raw_html: false };
        look(&Page::new(input, page_text, &lexicon));
    }

    #[test]
    fn what_is_kept_of_sentences_is_what_their_words_say() {
        for (body, names) in [
            (
                "One word. The sensory diet of 3 families, 4 IEPs and a diet.\n\n## Sensory diet\n\n- An item",
                &["sensory diet"][..],
            ),
            (
                "Ask for St. Mary School. Then wait at St. Mary School, room 4.",
                &["St. Mary School", "school"],
            ),
            ("He said no. Wait for it. No. Wait for all of it.", &["no. wait"]),
            ("| a | OT |\n|---|---|\n| 5 | it |\n\n日本語を学ぶ。日本の学校。", &["日本", "日本語", "学校"]),
            ("", &["a"]),
        ] {
            cut(body, names, |page| {
                let mut at = 0;
                for sentence in &page.sentences {
                    assert_eq!(sentence.words.start, at, "{body}");
                    at = sentence.words.end;
                    let words = &page.words[sentence.words.start as usize..sentence.words.end as usize];
                    let syllables = |w: &Word| if w.explained { 1 } else { u32::from(w.syllables) };
                    assert_eq!(sentence.syllables, words.iter().map(syllables).sum::<u32>(), "{body}");
                    let length = words.iter().filter(|w| w.kind != TokenKind::Number).count();
                    assert_eq!(sentence.length as usize, length, "{body}");
                }
                assert_eq!(page.words.len() as u32, at, "{body}");
                let signs = (0..at).filter(|i| page.words[*i as usize].kind != TokenKind::Word);
                assert_eq!(page.signs, signs.collect::<Vec<_>>(), "{body}");
                let terms = page.hits.iter().filter(|hit| hit.list == List::Term).count();
                assert!(names == ["a"] || terms > 0, "{body}");
            });
        }
    }
}
