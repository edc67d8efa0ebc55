//! What is known of a word wherever it stands, remembered from page to page.
//!
//! A site has few different words: finding one here costs a tenth of counting its syllables, counting its letters and looking for
//! phrases that begin with it. Each thread has a memory of its own, so that nothing is shared. Used by [`super::words`] only.

use crate::check::language::{self, Speech, TokenKind};
use crate::check::lexicon::Lexicon;
use std::cell::RefCell;

/// What is known of a word in small letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// Syllables, at most 255.
    pub syllables: u8,
    /// Letters, at most 255.
    pub letters: u8,
    /// Whether a phrase of the lexicon may begin with it, or a term's name in it.
    pub begins: bool,
}

/// Half of how many words a thread remembers: more than the guide of a district has.
const PAIRS: usize = 1 << 13;

/// Words of up to 16 bytes, filled up with zeros, each in one of the two places that its hash gives: with one place, two words
/// of a page that share it would be looked up again and again.
struct Memo {
    /// The lexicon and the speech for which the words were looked up.
    of: (u64, Speech),
    words: Box<[[u128; 2]]>,
    known: Box<[[Known; 2]]>,
}

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::new(Memo {
        of: (0, Speech::Other),
        words: vec![[0; 2]; PAIRS].into_boxed_slice(),
        known: vec![[Known::default(); 2]; PAIRS].into_boxed_slice(),
    });
}

/// Looks words of one block up.
pub struct Look<'m, 'l> {
    memo: &'m mut Memo,
    lexicon: &'l Lexicon,
    speech: Speech,
}

impl Look<'_, '_> {
    /// What is known of the word from `start` to `end` in `lower`, a text in small letters with [`PADDING`] behind it.
    pub fn word(&mut self, lower: &str, start: usize, end: usize) -> Known {
        let Some(key) = key(lower.as_bytes(), start, end) else {
            return self.look(lower.get(start..end).unwrap_or(""));
        };
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let pair = (mixed >> 51) as usize % PAIRS;
        if let Some(&[first, second]) = self.memo.words.get(pair)
            && (first == key || second == key)
        {
            let known = self.memo.known.get(pair).copied().unwrap_or_default();
            return known[usize::from(first != key)];
        }
        let found = self.look(lower.get(start..end).unwrap_or(""));
        // The older of the two makes room.
        if let (Some(words), Some(known)) = (self.memo.words.get_mut(pair), self.memo.known.get_mut(pair)) {
            *words = [key, words[0]];
            *known = [found, known[0]];
        }
        found
    }

    /// The same of a number or an acronym, which stands in `text` as it was typed.
    pub fn other(&mut self, text: &str, lower: &str, start: usize, end: usize, kind: TokenKind) -> Known {
        let begins = self.begins(lower.get(start..end).unwrap_or(""));
        if kind == TokenKind::Number {
            return Known { begins, ..Known::default() };
        }
        let syllables = self.speech.syllables(text.get(start..end).unwrap_or(""), kind).min(255) as u8;
        Known { syllables, letters: (end - start).min(255) as u8, begins }
    }

    /// Whether a phrase of the lexicon may begin with `word`, which is in small letters, or a term's name in it.
    pub fn begins(&self, word: &str) -> bool {
        self.lexicon.begins(word)
    }

    fn look(&self, word: &str) -> Known {
        Known {
            syllables: self.speech.syllables(word, TokenKind::Word).min(255) as u8,
            letters: language::letters(word).min(255) as u8,
            begins: self.begins(word),
        }
    }
}

/// What stands behind a text whose words are looked up, so that 16 bytes can be read at the place of each.
pub const PADDING: &str = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// The bytes of a key that a word of each length has.
const KEPT: [u128; 17] = {
    let mut kept = [0; 17];
    let mut length = 1;
    while length <= 16 {
        kept[length] = u128::MAX >> (8 * (16 - length));
        length += 1;
    }
    kept
};

/// A word of 1 to 16 bytes as a number: its bytes, filled up with zeros. A copy of a length that is not known beforehand
/// would cost more than the look-up itself.
fn key(text: &[u8], start: usize, end: usize) -> Option<u128> {
    let kept = KEPT.get(end - start).filter(|kept| **kept > 0)?;
    Some(u128::from_le_bytes(*text.get(start..)?.first_chunk()?) & kept)
}

/// Calls `work` with the memory of this thread, emptied if it was filled for another lexicon or language.
pub fn with<T>(lexicon: &Lexicon, speech: Speech, work: impl FnOnce(&mut Look<'_, '_>) -> T) -> T {
    MEMO.with_borrow_mut(|memo| {
        let of = (lexicon.number(), speech);
        if memo.of != of {
            memo.of = of;
            memo.words.fill([0; 2]);
        }
        work(&mut Look { memo, lexicon, speech })
    })
}

#[cfg(test)]
mod tests {
    use super::{PADDING, key};

    #[test]
    fn a_key_is_the_bytes_of_the_word() {
        let text = format!(" abcdefghijklmnopq{PADDING}");
        for n in 1..=16 {
            let mut bytes = [0; 16];
            bytes[..n].copy_from_slice(&text.as_bytes()[1..=n]);
            assert_eq!(key(text.as_bytes(), 1, n + 1), Some(u128::from_le_bytes(bytes)), "{n}");
        }
        assert_eq!(key(text.as_bytes(), 17, 18), Some(u128::from(b'q')));
        assert_eq!((key(text.as_bytes(), 1, 18), key(text.as_bytes(), 1, 1)), (None, None));
    }
}
