//! Numbers and bytes as the cache keeps them: a length, then the values as they lie in memory.
//!
//! For the large parts of the cache, of which a warm build needs little: a [`CowSlice`] stays where it was read and is used there,
//! and so does a list's raw bytes ([`Decoder::share`]). The file around them has a checksum and is of this very program, so
//! what is read here is what was written; still, nothing here trusts a length.
//!
//! Everything begins at a multiple of [`ALIGN`] bytes, so that numbers can be used in place.

use crate::document::Damage;
use bytemuck::{NoUninit, Pod};
use bytes::Bytes;
use std::io::{self, Write};
use std::marker::PhantomData;

/// Number of bytes that are collected before they are written.
const BUFFER_BYTES: usize = 1 << 15;

/// Alignment of rows, in bytes: no number that is kept needs more.
const ALIGN: usize = 16;

/// Writes a length or a count, padded.
fn put_length(out: &mut dyn Write, length: usize) -> io::Result<()> {
    let mut bytes = [0; ALIGN];
    bytes[..8].copy_from_slice(&(length as u64).to_le_bytes());
    out.write_all(&bytes)
}

/// Writes what is missing after `length` bytes.
fn put_padding(out: &mut dyn Write, length: usize) -> io::Result<()> {
    out.write_all(&[0; ALIGN][..length.next_multiple_of(ALIGN) - length])
}

/// Writes a byte string.
pub fn put_bytes(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    put_length(out, bytes.len())?;
    out.write_all(bytes)?;
    put_padding(out, bytes.len())
}

/// Writes a value in the form of `postcard`.
pub fn put_value<T: serde::Serialize + ?Sized>(out: &mut dyn Write, value: &T) -> io::Result<()> {
    put_bytes(out, &postcard::to_stdvec(value).map_err(io::Error::other)?)
}

/// Writes values one by one in the form of `postcard`, so that all of them need not be in memory in that form.
pub fn put_list<T: serde::Serialize>(
    out: &mut dyn Write,
    values: impl ExactSizeIterator<Item = T>,
) -> io::Result<()> {
    put_length(out, values.len())?;
    let mut part: Vec<u8> = Vec::with_capacity(BUFFER_BYTES * 2);
    let mut length = 0;
    for value in values {
        let before = part.len();
        part = postcard::to_extend(&value, part).map_err(io::Error::other)?;
        length += part.len() - before;
        if part.len() >= BUFFER_BYTES {
            out.write_all(&part)?;
            part.clear();
        }
    }
    out.write_all(&part)?;
    put_padding(out, length)
}

/// Writes a row of numbers as they lie in memory.
pub fn put_row<T: NoUninit>(out: &mut dyn Write, row: &[T]) -> io::Result<()> {
    put_bytes(out, bytemuck::cast_slice(row))
}

/// Writes as one row what lies in several.
pub fn put_rows<'r, T: NoUninit>(
    out: &mut dyn Write,
    rows: impl Iterator<Item = &'r [T]> + Clone,
) -> io::Result<()> {
    let total: usize = rows.clone().map(size_of_val).sum();
    put_length(out, total)?;
    let mut part: Vec<u8> = Vec::with_capacity(BUFFER_BYTES * 2);
    for row in rows {
        part.extend_from_slice(bytemuck::cast_slice(row));
        if part.len() >= BUFFER_BYTES {
            out.write_all(&part)?;
            part.clear();
        }
    }
    out.write_all(&part)?;
    put_padding(out, total)
}

/// What was written, and how far it has been read.
pub struct Decoder<'s> {
    whole: &'s Bytes,
    rest: &'s [u8],
    damage: Damage,
}

impl<'s> Decoder<'s> {
    /// Nothing read yet.
    pub fn new(whole: &'s Bytes) -> Self {
        Decoder { whole, rest: whole, damage: Damage::default() }
    }

    /// Nothing read yet; `damage` is told when what is looked at later turns out to be nothing that was saved.
    pub fn told(whole: &'s Bytes, damage: &Damage) -> Self {
        Decoder { damage: damage.clone(), ..Decoder::new(whole) }
    }

    /// Who is told of what cannot be read.
    pub fn damage(&self) -> &Damage {
        &self.damage
    }

    /// Whether all has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// A stretch of the section that can be kept without being copied. It keeps the whole section in memory.
    pub fn share(&self, part: &'s [u8]) -> Bytes {
        self.whole.slice_ref(part)
    }

    fn length(&mut self) -> Option<usize> {
        let (length, rest) = self.rest.split_first_chunk::<ALIGN>()?;
        self.rest = rest;
        usize::try_from(u64::from_le_bytes(*length.first_chunk()?)).ok()
    }

    fn padding(&mut self, length: usize) -> Option<()> {
        let padding = length.checked_next_multiple_of(ALIGN)? - length;
        self.rest = self.rest.get(padding..)?;
        Some(())
    }

    /// Takes a byte string.
    pub fn bytes(&mut self) -> Option<&'s [u8]> {
        let length = self.length()?;
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        self.padding(length)?;
        Some(taken)
    }

    /// Takes a value that [`put_value`] wrote.
    pub fn value<T: serde::Deserialize<'s>>(&mut self) -> Option<T> {
        postcard::from_bytes(self.bytes()?).ok()
    }

    /// How many values the list has that comes next; never more than it can have.
    pub fn ahead(&self) -> usize {
        let Decoder { whole, rest, .. } = self;
        let ahead = Decoder { rest, ..Decoder::new(whole) }.length();
        ahead.unwrap_or(0).min(self.rest.len())
    }

    /// Takes values that [`put_list`] wrote; `take` is handed each.
    pub fn list<T: serde::Deserialize<'s>>(&mut self, mut take: impl FnMut(&Self, T)) -> Option<()> {
        let count = self.length()?;
        let begin = self.rest.len();
        for _ in 0..count {
            let (value, after) = postcard::take_from_bytes(self.rest).ok()?;
            self.rest = after;
            take(self, value);
        }
        self.padding(begin - self.rest.len())
    }

    /// Takes a row that [`put_row`] or [`put_rows`] wrote.
    pub fn row<T: Pod>(&mut self) -> Option<CowSlice<T>> {
        let bytes = self.bytes()?;
        match bytemuck::try_cast_slice::<u8, T>(bytes) {
            Ok(_) => Some(CowSlice::Shared(self.share(bytes), PhantomData)),
            // Read to a place where such numbers cannot stand.
            Err(_) => bytes
                .len()
                .is_multiple_of(size_of::<T>())
                .then(|| CowSlice::Owned(bytemuck::pod_collect_to_vec(bytes))),
        }
    }
}

/// Numbers that lie where they were read, or in a vector.
#[derive(Debug)]
pub enum CowSlice<T> {
    /// In the bytes of a cache.
    Shared(Bytes, PhantomData<T>),
    /// Here.
    Owned(Vec<T>),
}

impl<T: Pod> CowSlice<T> {
    /// The numbers.
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        match self {
            CowSlice::Shared(bytes, _) => bytemuck::try_cast_slice(bytes).unwrap_or_default(),
            CowSlice::Owned(row) => row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_got() {
        let words: Vec<String> = (0..20_000).map(|i| format!("word {i}")).collect();
        let mut out = Vec::new();
        put_bytes(&mut out, b"abc").unwrap();
        let row: Vec<u32> = (0..70_001).collect();
        put_row(&mut out, &row).unwrap();
        put_list(&mut out, words.iter()).unwrap();
        put_rows(&mut out, row.chunks(999)).unwrap();
        put_value(&mut out, &("end", 7u8)).unwrap();
        let whole = Bytes::from(out.clone());
        let mut section = Decoder::new(&whole);
        assert_eq!(section.bytes(), Some(&b"abc"[..]));
        let got = section.row::<u32>().unwrap();
        assert_eq!(got.as_slice(), row);
        assert!(matches!(got, CowSlice::Shared(..)));
        let mut got: Vec<String> = Vec::new();
        assert_eq!(section.ahead(), words.len());
        section.list(|_, word| got.push(word)).unwrap();
        assert_eq!(got, words);
        let got = section.row::<u32>().unwrap();
        assert_eq!(got.as_slice(), row);
        assert!(matches!(got, CowSlice::Shared(..)));
        assert_eq!(section.value(), Some(("end", 7u8)));
        assert!(section.is_empty());
        for cut in [0, 7, 15, 17, 30, 1_000, 280_000, out.len() - 20] {
            let whole = Bytes::copy_from_slice(&out[..cut]);
            let mut section = Decoder::new(&whole);
            let mut all = || {
                section.bytes()?;
                section.row::<u32>()?;
                section.list(|_, _: String| {})?;
                section.row::<u32>()?;
                section.value::<(&str, u8)>().map(|_| ())
            };
            assert_eq!(all(), None, "cut at {cut}");
        }
    }

    #[test]
    fn a_row_is_right_wherever_it_was_read_to() {
        let mut out = Vec::new();
        put_row(&mut out, &[1u64, 2, 3]).unwrap();
        for shift in 0..9 {
            let moved = Bytes::from([&vec![0; shift][..], &out].concat()).slice(shift..);
            assert_eq!(Decoder::new(&moved).row::<u64>().unwrap().as_slice(), [1, 2, 3]);
        }
        let whole = Bytes::from(out);
        assert!(Decoder::new(&whole).row::<[u8; 7]>().is_none(), "24 bytes are no row of seven");
    }
}
