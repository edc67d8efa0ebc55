//! Lists of numbers, many and short, kept in large pieces.
//!
//! A graph of a large site holds millions of numbers in lists of a few dozen. A box for each list would cost more than
//! the numbers, and one vector for all of them twice its size whenever it grows. [`ListArena`] keeps lists that are replaced as a
//! whole, [`LinkedLists`] lists that grow by one. Both are written to the cache as they lie in memory and read back
//! without a look at single lists. Used by `graph`.

use super::codec::CowSlice;

/// Number of numbers in one piece.
const PIECE_NUMBERS: usize = 1 << 15;

/// Maximum number of unused numbers, whatever the size: few in tests, so that they reach it.
const MAX_WASTE: usize = if cfg!(debug_assertions) { 1 << 10 } else { 1 << 18 };

/// Where a list lies in its [`ListArena`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListId {
    piece: u32,
    start: u32,
    len: u32,
}

impl ListId {
    /// How many numbers there are.
    pub fn len(self) -> usize {
        self.len as usize
    }
}

/// Lists of numbers that are replaced as a whole.
#[derive(Debug, Default)]
pub struct ListArena {
    /// What a cache gave: piece 0.
    kept: Option<CowSlice<u32>>,
    /// Pieces 1 and up.
    pieces: Vec<Vec<u32>>,
    live: usize,
    dropped: usize,
}

impl ListArena {
    /// A pool of one long list, with the stretches of those that follow each other in it. Lengths that reach beyond its
    /// end give empty lists.
    pub fn of(numbers: CowSlice<u32>, lengths: impl Iterator<Item = u32>) -> (ListArena, Vec<ListId>) {
        let mut start = 0u32;
        let total = numbers.as_slice().len();
        let stretches = lengths.map(|len| {
            let stretch = ListId { piece: 0, start, len };
            start = start.saturating_add(len);
            if start as usize <= total { stretch } else { ListId::default() }
        });
        let stretches = stretches.collect();
        (ListArena { kept: Some(numbers), live: total, ..ListArena::default() }, stretches)
    }

    /// Keeps a list.
    pub fn add(&mut self, list: &[u32]) -> ListId {
        if list.is_empty() {
            return ListId::default();
        }
        let fits = self.pieces.last().is_some_and(|piece| piece.capacity() - piece.len() >= list.len());
        if !fits {
            self.pieces.push(Vec::with_capacity(PIECE_NUMBERS.max(list.len())));
        }
        let piece = self.pieces.len();
        let Some(last) = self.pieces.last_mut() else { return ListId::default() };
        let start = last.len() as u32;
        last.extend_from_slice(list);
        self.live += list.len();
        ListId { piece: piece as u32, start, len: list.len() as u32 }
    }

    /// The list at `at`.
    pub fn get(&self, at: ListId) -> &[u32] {
        let piece = match (at.piece as usize).checked_sub(1) {
            Some(piece) => self.pieces.get(piece).map(Vec::as_slice),
            None => self.kept.as_ref().map(CowSlice::as_slice),
        };
        let piece = piece.unwrap_or_default();
        piece.get(at.start as usize..at.start as usize + at.len()).unwrap_or_default()
    }

    /// Notes that nobody wants the list at `at` any more.
    pub fn forget(&mut self, at: ListId) {
        self.live -= at.len().min(self.live);
        self.dropped += at.len();
    }

    /// Whether it is time to copy what is wanted into a new pool.
    pub fn is_wasteful(&self) -> bool {
        self.dropped > self.live.max(MAX_WASTE)
    }
}

/// Lists that grow by one number at a time, each known by its head: the number of its newest link, 0 for an empty list.
#[derive(Debug, Default)]
pub struct LinkedLists {
    /// The first links, as a cache gave them.
    kept: Option<CowSlice<[u32; 2]>>,
    /// How many those are.
    before: usize,
    /// The others: number and link before it, one after the other.
    pieces: Vec<Vec<[u32; 2]>>,
    len: usize,
}

impl LinkedLists {
    /// Puts `number` in front of the list with that head; gives the new head.
    pub fn push(&mut self, head: u32, number: u32) -> u32 {
        if (self.len - self.before).is_multiple_of(PIECE_NUMBERS) {
            self.pieces.push(Vec::with_capacity(PIECE_NUMBERS));
        }
        if let Some(last) = self.pieces.last_mut() {
            last.push([number, head]);
            self.len += 1;
        }
        self.len as u32
    }

    /// The numbers of the list with that head, the newest first.
    pub fn iter(&self, head: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = head;
        std::iter::from_fn(move || {
            let at = (next as usize).checked_sub(1)?;
            let [number, before] = self.link(at)?;
            // Each link leads to an older one, so a damaged list ends too.
            next = if (before as usize) <= at { before } else { 0 };
            Some(number)
        })
    }

    fn link(&self, at: usize) -> Option<[u32; 2]> {
        match at.checked_sub(self.before) {
            Some(at) => self.pieces.get(at / PIECE_NUMBERS)?.get(at % PIECE_NUMBERS).copied(),
            None => self.kept.as_ref()?.as_slice().get(at).copied(),
        }
    }

    /// How many links there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// All links as they lie.
    pub fn links(&self) -> impl Iterator<Item = &[[u32; 2]]> + Clone {
        self.kept.iter().map(CowSlice::as_slice).chain(self.pieces.iter().map(Vec::as_slice))
    }

    /// Takes links as [`LinkedLists::links`] gave them.
    pub fn of(links: CowSlice<[u32; 2]>) -> LinkedLists {
        let len = links.as_slice().len();
        LinkedLists { kept: Some(links), before: len, pieces: Vec::new(), len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_what_was_put_in() {
        let mut pool = ListArena::default();
        let lists: Vec<Vec<u32>> = (0..3_000u32).map(|i| (0..i % 97).map(|n| n * i).collect()).collect();
        let long: Vec<u32> = (0..PIECE_NUMBERS as u32 * 2).collect();
        let at: Vec<ListId> = lists.iter().map(|list| pool.add(list)).collect();
        let at_long = pool.add(&long);
        for (list, at) in lists.iter().zip(&at) {
            assert_eq!(pool.get(*at), list);
        }
        assert_eq!(pool.get(at_long), long);
        let flat: Vec<u32> = lists.iter().flatten().copied().collect();
        let (mut pool, at) = ListArena::of(CowSlice::Owned(flat), lists.iter().map(|list| list.len() as u32));
        let more = pool.add(&long);
        for (list, at) in lists.iter().zip(&at) {
            assert_eq!(pool.get(*at), list);
        }
        assert_eq!(pool.get(more), long);
    }

    #[test]
    fn lengths_that_lie_give_nothing() {
        let (pool, at) = ListArena::of(CowSlice::Owned(vec![1, 2, 3]), [2, 2, u32::MAX, 1].into_iter());
        let lists: Vec<&[u32]> = at.iter().map(|at| pool.get(*at)).collect();
        assert_eq!(lists, [&[1, 2][..], &[], &[], &[]]);
    }

    #[test]
    fn chains_grow_beside_each_other() {
        let mut chains = LinkedLists::default();
        let mut heads = [0u32; 7];
        for i in 0..100_000u32 {
            let head = &mut heads[i as usize % 7];
            *head = chains.push(*head, i);
        }
        let links: Vec<[u32; 2]> = chains.links().flatten().copied().collect();
        let mut again = LinkedLists::of(CowSlice::Owned(links));
        for (i, head) in heads.iter().enumerate() {
            let list: Vec<u32> = chains.iter(*head).collect();
            assert_eq!(list.len(), chains.len() / 7 + usize::from(i < chains.len() % 7));
            assert!(list.iter().all(|n| *n as usize % 7 == i));
            assert!(list.is_sorted_by(|a, b| a > b));
            assert_eq!(again.iter(*head).collect::<Vec<u32>>(), list);
        }
        // Links that come later stand behind those that a cache gave.
        for i in 0..100_000u32 {
            let head = &mut heads[i as usize % 7];
            *head = again.push(*head, i);
        }
        for (i, head) in heads.iter().enumerate() {
            let list: Vec<u32> = again.iter(*head).collect();
            assert!(list.iter().all(|n| *n as usize % 7 == i));
            assert_eq!(list.len(), 2 * (100_000 / 7 + usize::from(i < 100_000 % 7)));
        }
        assert_eq!(again.links().map(<[_]>::len).sum::<usize>(), again.len());
        assert_eq!(chains.iter(0).count(), 0);
        assert_eq!(chains.iter(u32::MAX).count(), 0);
    }
}
