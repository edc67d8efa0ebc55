//! Words with numbers, in the order in which they came; their letters lie side by side.
//!
//! Both halves of the index meet the same few thousand words again and again, so nothing is as often done as to look one up: a word
//! of up to 16 bytes, as nearly all are, is compared as two numbers, and longer ones by their letters.

/// Words that are known by a number.
#[derive(Default)]
pub struct Intern {
    /// Places by hash, a power of two of them: 0 is free, else a number and 1.
    slots: Vec<u32>,
    /// The first and last bytes of each word, and its length.
    keys: Vec<Key>,
    text: Vec<u8>,
    ends: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    first: u64,
    second: u64,
    length: u32,
}

impl Key {
    #[inline]
    fn of(word: &[u8]) -> Key {
        // With the length, bytes that are read twice tell no less apart.
        let (first, second) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            (Some(first), Some(last)) if word.len() <= 16 => {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            }
            (Some(first), _) => (u64::from_le_bytes(*first), xxhash_rust::xxh3::xxh3_64(word)),
            _ => match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
                (Some(first), Some(last)) => {
                    let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
                    (u64::from(first) | u64::from(last) << 32, 0)
                }
                _ => (word.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
            },
        };
        Key { first, second, length: word.len() as u32 }
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
            (_, Some(number)) => number,
            (slot, None) => self.add(slot, key, word),
        }
    }

    #[cold]
    fn add(&mut self, mut slot: usize, key: Key, word: &[u8]) -> u32 {
        if self.keys.len() * 2 >= self.slots.len() {
            self.grow();
            slot = self.look(key, word).0;
        }
        let number = self.keys.len() as u32;
        self.keys.push(key);
        self.text.extend_from_slice(word);
        self.ends.push(self.text.len() as u32);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = number + 1;
        }
        number
    }

    /// The number of a word, if it is known.
    pub fn find(&self, word: &[u8]) -> Option<u32> {
        self.look(Key::of(word), word).1
    }

    /// Where a word stands or would, and its number.
    #[inline]
    fn look(&self, key: Key, word: &[u8]) -> (usize, Option<u32>) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key.hash() >> 32) as usize & mask;
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1)) {
            if self.keys.get(number as usize) == Some(&key)
                && (key.length <= 16 || self.slice(number as usize) == word)
            {
                return (at, Some(number));
            }
            at = (at + 1) & mask;
        }
        (at, None)
    }

    fn grow(&mut self) {
        let mask = (self.slots.len() * 2).max(1024) - 1;
        let mut slots = vec![0; mask + 1];
        for (number, key) in (1u32..).zip(&self.keys) {
            let mut at = (key.hash() >> 32) as usize & mask;
            while slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = number;
            }
        }
        self.slots = slots;
    }

    fn slice(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or(&[])
    }

    /// The letters of the word of a number.
    pub fn bytes(&self, number: u32) -> &[u8] {
        self.slice(number as usize)
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        std::str::from_utf8(self.slice(number as usize)).unwrap_or("")
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.keys.len()
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
        // Zeros are letters, too.
        assert_ne!(words.number(b"a"), words.number(b"a\0"));
    }
}
