//! Words with numbers, in the order in which they came; their letters lie side by side in one text.
//!
//! Both halves of the index meet the same few thousand words again and again: to look one up costs no memory of its own.

use hashbrown::HashTable;
use std::hash::Hasher;

/// Words that are known by a number.
#[derive(Default)]
pub struct Intern {
    /// A part of the hash, and the number.
    table: HashTable<(u32, u32)>,
    text: String,
    ends: Vec<u32>,
}

fn hash(word: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

impl Intern {
    /// The number of a word, new or known.
    pub fn number(&mut self, word: &str) -> u32 {
        let hash = hash(word);
        if let Some(number) = self.find_hashed(hash, word) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.table.insert_unique(hash, (hash as u32, number), |(_, number)| {
            let end = *number as usize;
            self::hash(slice(&self.text, &self.ends, end))
        });
        number
    }

    /// The number of a word, if it is known.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.find_hashed(hash(word), word)
    }

    fn find_hashed(&self, hash: u64, word: &str) -> Option<u32> {
        let is = |(part, number): &(u32, u32)| *part == hash as u32 && self.word(*number) == word;
        self.table.find(hash, is).map(|(_, number)| *number)
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        slice(&self.text, &self.ends, number as usize)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

fn slice<'t>(text: &'t str, ends: &[u32], at: usize) -> &'t str {
    let start = at.checked_sub(1).and_then(|at| ends.get(at)).copied().unwrap_or(0);
    text.get(start as usize..ends.get(at).copied().unwrap_or(0) as usize).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers() {
        let mut words = Intern::default();
        let all: Vec<String> = (0..3000).map(|n| format!("año{n}")).collect();
        for round in 0..2 {
            for (number, word) in all.iter().enumerate() {
                assert_eq!(words.number(word), number as u32, "round {round}");
            }
        }
        assert_eq!((words.find("año2999"), words.find("año"), words.len()), (Some(2999), None, 3000));
        assert_eq!((words.word(7), words.word(0), words.word(9999)), ("año7", "año0", ""));
    }
}
