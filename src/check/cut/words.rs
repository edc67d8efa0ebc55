//! The words and sentences of one block, each word looked up once.
//!
//! All running text passes here, so what is known of a word is read from the bytes at its place, and what is known of a
//! sentence is kept until it ends.

use super::memo::{Look, PADDING};
use super::of_owner;
use crate::check::language::{Counts, Token, TokenKind, tokens};
use crate::check::page::{Sentence, Word};

/// Where the words and sentences go.
pub struct Out<'o> {
    pub words: &'o mut Vec<Word>,
    pub sentences: &'o mut Vec<Sentence>,
    /// The words that are numbers or acronyms.
    pub signs: &'o mut Vec<u32>,
    /// Words with which a phrase may begin.
    pub begin: &'o mut Vec<u32>,
}

/// Cuts the block of that number, whose text begins at `from` in the running text; gives its counts, with the words as they are.
/// `lower` is made its text in lower case, byte for byte as long, with [`PADDING`] behind it.
pub fn cut(
    text: &str,
    from: u32,
    block: u32,
    lower: &mut String,
    look: &mut Look<'_, '_>,
    out: Out<'_>,
) -> Counts {
    lower_same_length(text, lower);
    lower.push_str(PADDING);
    let lower = lower.as_str();
    let Out { words, sentences, signs, begin } = out;
    let mut counts = Counts::default();
    let (mut first, mut at) = (words.len() as u32, words.len() as u32);
    let (mut length, mut syllables) = (0, 0);
    tokens(text, |Token { start, end, kind, starts_sentence }| {
        if starts_sentence && at > first {
            sentences.push(Sentence { words: first..at, block, length, syllables });
            (first, length, syllables) = (at, 0, 0);
        }
        let known = match kind {
            TokenKind::Word => look.word(lower, start, end),
            _ => {
                signs.push(at);
                look.other(text, lower, start, end, kind)
            }
        };
        if known.begins
            || lower.as_bytes().get(end - 1) == Some(&b's')
                && of_owner(&lower[start..end]).is_some_and(|stem| look.begins(stem))
        {
            begin.push(at);
        }
        words.push(Word {
            start: from + start as u32,
            end: from + end as u32,
            syllables: known.syllables,
            letters: known.letters,
            kind,
            explained: false,
        });
        at += 1;
        if kind != TokenKind::Number {
            length += 1;
            syllables += u32::from(known.syllables);
            counts.word(u32::from(known.syllables), u32::from(known.letters));
        }
    });
    if at > first {
        sentences.push(Sentence { words: first..at, block, length, syllables });
    }
    counts
}

/// Lower case without moving an offset: a letter whose small form is longer or shorter stays.
fn lower_same_length(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(small), None) if small.len_utf8() == c.len_utf8() => out.push(small),
            _ => out.push(c),
        }
    }
}
