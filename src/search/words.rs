//! The words that an engine met, each with one number for all pages, languages and threads.
//!
//! Digests hold numbers in place of letters: they are a third as large, and pages are joined without looking up a word again.
//! A number stays with its word as long as the table is kept, which lies in the cache beside the digests.

use super::intern::Intern;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// The table of an engine; clones are the same table.
#[derive(Clone, Default)]
pub struct Words(Arc<RwLock<Intern>>);

impl Words {
    /// The number of a word, new or known.
    pub(super) fn number(&self, word: &[u8]) -> u32 {
        if let Some(number) = self.read().find(word) {
            return number;
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).number(word)
    }

    /// The table, for as long as it is looked into; no word is added meanwhile.
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Intern> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether both are one table.
    pub(super) fn is(&self, other: &Words) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.read().len()
    }

    /// The words whose numbers begin with `first`, in the order of these.
    pub fn since(&self, first: usize) -> Vec<String> {
        let words = self.read();
        (first..words.len()).map(|number| words.word(number as u32).to_owned()).collect()
    }

    /// Gives the next numbers to words that [`Words::since`] gave. None when one of them is known: then these are not what
    /// stood behind the words that are here.
    pub fn put<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<()> {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for word in words {
            let next = known.len();
            if known.number(word.as_bytes()) as usize != next {
                return None;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_with_their_numbers() {
        let words = Words::default();
        let all = ["one", "two", "año"];
        assert_eq!(all.map(|word| words.number(word.as_bytes())), [0, 1, 2]);
        assert_eq!((words.number(b"two"), words.count()), (1, 3));
        let again = Words::default();
        again.put(words.since(0).iter().map(String::as_str)).unwrap();
        assert_eq!((again.number("año".as_bytes()), again.number(b"three")), (2, 3));
        assert_eq!(again.since(2), ["año", "three"]);
        assert!(again.put(["four", "two"]).is_none(), "it has a number");
        assert!(words.is(&words.clone()) && !words.is(&again));
    }
}
