//! Words with numbers, in the order in which they came; their letters lie side by side.
//!
//! Both halves of the index meet the same few thousand words again and again, so nothing is as often done as to look one up: a word
//! of up to 16 bytes, as nearly all are, is compared as two numbers, and longer ones by their letters.

/// Words that are known by a number.
#[derive(Default)]
pub struct Intern {
    /// By hash, a power of two of them.
    slots: Vec<Slot>,
    text: Vec<u8>,
    ends: Vec<u32>,
}

/// A word with its number and 1; 0 when the slot is free.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: Key,
    number: u32,
}

/// A word as numbers: its first and next eight bytes, the first of each the least, and its length. Of a longer one the second
/// number is a hash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Key {
    pub first: u64,
    pub second: u64,
    pub length: u32,
}

impl Key {
    /// The longest word whose letters stand in its key.
    pub const WHOLE: usize = 16;

    #[inline]
    fn of(word: &[u8]) -> Key {
        let length = word.len() as u32;
        let mut bytes = [0; 8];
        if let Some((first, rest)) = word.split_first_chunk::<8>() {
            let first = u64::from_le_bytes(*first);
            if rest.len() > 8 {
                return Key { first, second: xxhash_rust::xxh3::xxh3_64(word), length };
            }
            rest.iter().zip(&mut bytes).for_each(|(from, to)| *to = *from);
            return Key { first, second: u64::from_le_bytes(bytes), length };
        }
        word.iter().zip(&mut bytes).for_each(|(from, to)| *to = *from);
        Key { first: u64::from_le_bytes(bytes), second: 0, length }
    }

    /// The letters of a word that is not longer than [`Key::WHOLE`].
    fn letters(self) -> [u8; Key::WHOLE] {
        let mut letters = [0; Key::WHOLE];
        let bytes = self.first.to_le_bytes().into_iter().chain(self.second.to_le_bytes());
        letters.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        letters
    }

    #[inline]
    fn hash(self) -> u64 {
        const BY: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (self.first ^ u64::from(self.length)).wrapping_mul(BY).rotate_left(29) ^ self.second;
        mixed.wrapping_mul(BY)
    }
}

impl Intern {
    /// The number of a word, new or known.
    #[inline]
    pub fn number(&mut self, word: &[u8]) -> u32 {
        let key = Key::of(word);
        match self.look(key, word) {
            Ok(number) => number,
            Err(_) => self.add(key, word),
        }
    }

    /// The number of a word of at most [`Key::WHOLE`] letters, new or known.
    #[inline(always)]
    pub fn number_of(&mut self, key: Key) -> u32 {
        match self.look(key, &[]) {
            Ok(number) => number,
            Err(_) => self.add(key, key.letters().get(..key.length as usize).unwrap_or(&[])),
        }
    }

    /// The number of a word, if it is known.
    pub fn find(&self, word: &[u8]) -> Option<u32> {
        self.look(Key::of(word), word).ok()
    }

    #[cold]
    fn add(&mut self, key: Key, word: &[u8]) -> u32 {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        self.text.extend_from_slice(word);
        self.ends.push(self.text.len() as u32);
        let number = self.ends.len() as u32;
        if let Err(at) = self.look(key, word)
            && let Some(slot) = self.slots.get_mut(at)
        {
            *slot = Slot { key, number };
        }
        number - 1
    }

    /// The number of a word, or where it would stand.
    #[inline(always)]
    fn look(&self, key: Key, word: &[u8]) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key.hash() >> 32) as usize & mask;
        while let Some(slot) = self.slots.get(at) {
            let Some(number) = slot.number.checked_sub(1) else { break };
            if slot.key == key && (key.length as usize <= Key::WHOLE || self.slice(number as usize) == word) {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    fn grow(&mut self) {
        let count = (self.slots.len() * 2).max(1024);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); count]);
        for slot in old.into_iter().filter(|slot| slot.number > 0) {
            let mut at = (slot.key.hash() >> 32) as usize & (count - 1);
            while self.slots.get(at).is_some_and(|other| other.number > 0) {
                at = (at + 1) & (count - 1);
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }

    fn slice(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or(&[])
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        std::str::from_utf8(self.slice(number as usize)).unwrap_or("")
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers() {
        let mut words = Intern::default();
        assert_eq!(words.find(b"x"), None);
        let long = |n: usize| "ñ".repeat(n % 23);
        let all: Vec<String> = (0..6000).map(|n| format!("{}{n}", long(n))).collect();
        for round in 0..2 {
            for (number, word) in all.iter().enumerate() {
                assert_eq!(words.number(word.as_bytes()), number as u32, "round {round}");
            }
        }
        assert!(all.iter().zip(0u32..).all(|(word, number)| words.word(number) == word));
        assert_eq!((words.find("ñ".as_bytes()), words.len(), words.word(9999)), (None, 6000, ""));
        for word in ["", "a", "eight888", "nine99999", "sixteen161616161"] {
            let number = words.number(word.as_bytes());
            assert_eq!((words.number_of(Key::of(word.as_bytes())), words.word(number)), (number, word));
        }
        let new = words.number_of(Key::of(b"fifteen15151515"));
        assert_eq!((words.word(new), words.find(b"fifteen15151515")), ("fifteen15151515", Some(new)));
        // Zeros are letters, too.
        assert_ne!(words.number(b"a"), words.number(b"a\0"));
    }
}
