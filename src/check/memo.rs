//! What is known of a word wherever it stands, remembered from page to page.
//!
//! A site has few different words: finding one here costs a tenth of counting its syllables, counting its letters and looking for
//! phrases that begin with it. Each thread has a memory of its own, so that nothing is shared. Used by [`super::cut`] only.

use super::language::{self, Speech, TokenKind};
use super::lexicon::Lexicon;
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

/// How many words a thread remembers: more than the guide of a district has.
const REMEMBERED: usize = 1 << 14;

/// Words of up to 16 bytes, filled up with zeros, each in the one place that its hash gives.
struct Memo {
    /// The lexicon and the speech for which the words were looked up.
    of: (u64, Speech),
    words: Box<[u128]>,
    known: Box<[Known]>,
}

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::new(Memo {
        of: (0, Speech::Other),
        words: vec![0; REMEMBERED].into_boxed_slice(),
        known: vec![Known::default(); REMEMBERED].into_boxed_slice(),
    });
}

/// Looks words of one block up.
pub struct Look<'m, 'l> {
    memo: &'m mut Memo,
    lexicon: &'l Lexicon,
    speech: Speech,
}

impl Look<'_, '_> {
    /// What is known of `word`, which is in small letters.
    pub fn word(&mut self, word: &str) -> Known {
        let Some(key) = key(word.as_bytes()) else { return self.look(word) };
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = (mixed >> 50) as usize % REMEMBERED;
        if self.memo.words.get(place) == Some(&key) {
            return self.memo.known.get(place).copied().unwrap_or_default();
        }
        let found = self.look(word);
        if let (Some(slot), Some(known)) = (self.memo.words.get_mut(place), self.memo.known.get_mut(place)) {
            (*slot, *known) = (key, found);
        }
        found
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

/// A word of 1 to 16 bytes as a number: its bytes, filled up with zeros. Made of two overlapping reads, since a copy of a
/// length that is not known beforehand costs more than the look-up itself.
fn key(word: &[u8]) -> Option<u128> {
    let n = word.len();
    let low_bits = |last: u64, unused: usize| last.checked_shr(8 * unused as u32).unwrap_or(0);
    match n {
        8..=16 => {
            let first = u64::from_le_bytes(*word.first_chunk()?);
            let last = u64::from_le_bytes(*word.last_chunk()?);
            Some(u128::from(first) | u128::from(low_bits(last, 16 - n)) << 64)
        }
        4..=7 => {
            let first = u32::from_le_bytes(*word.first_chunk()?);
            let last = u32::from_le_bytes(*word.last_chunk()?);
            Some(u128::from(first) | u128::from(low_bits(u64::from(last), 8 - n)) << 32)
        }
        1..=3 => Some(word.iter().rev().fold(0, |key, byte| key << 8 | u128::from(*byte))),
        _ => None,
    }
}

/// Calls `work` with the memory of this thread, emptied if it was filled for another lexicon or language.
pub fn with<T>(lexicon: &Lexicon, speech: Speech, work: impl FnOnce(&mut Look<'_, '_>) -> T) -> T {
    MEMO.with_borrow_mut(|memo| {
        let of = (lexicon.number(), speech);
        if memo.of != of {
            memo.of = of;
            memo.words.fill(0);
        }
        work(&mut Look { memo, lexicon, speech })
    })
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_key_is_the_bytes_of_the_word() {
        let letters = "abcdefghijklmnop";
        for n in 0..=letters.len() {
            let word = &letters.as_bytes()[..n];
            let mut bytes = [0; 16];
            bytes[..n].copy_from_slice(word);
            assert_eq!(key(word), (n > 0).then(|| u128::from_le_bytes(bytes)), "{n}");
        }
        assert_eq!(key(b"abcdefghijklmnopq"), None);
    }
}
