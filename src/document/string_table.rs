//! Many short texts kept as one: a box for each would cost more than the text.
//!
//! The anchors of a page are of this kind: every page has some, and a large site keeps those of all its pages.

use serde::{Deserialize, Serialize};

/// A list of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StringTable {
    /// All of them, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl StringTable {
    /// Adds one. What would reach beyond 4 GB is cut off.
    pub fn push(&mut self, text: &str) {
        if u32::try_from(self.text.len() + text.len()).is_ok() {
            self.text.push_str(text);
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The text of that number.
    pub fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Gives back the room that is not needed.
    pub fn shrink(mut self) -> StringTable {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_was_put_in() {
        let mut texts = StringTable::default();
        assert!(texts.is_empty());
        let all = ["", "año", "line\nbreak", "", "z"];
        all.iter().for_each(|text| texts.push(text));
        let texts = texts.shrink();
        assert_eq!(texts.iter().collect::<Vec<_>>(), all);
        assert_eq!((texts.len(), texts.get(5)), (5, None));
        let bytes = postcard::to_stdvec(&texts).unwrap();
        assert_eq!(postcard::from_bytes::<StringTable>(&bytes).unwrap(), texts);
    }
}
