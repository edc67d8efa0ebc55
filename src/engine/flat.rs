//! Numbers and bytes as the cache keeps them: a length, then the values as they lie in memory.
//!
//! For the large parts of the cache, of which a warm build needs little: they are read back without a look at single values.
//! The file around them has a checksum and is of this very program, so what is read here is what was written; still, nothing
//! here trusts a length.

use bytemuck::{NoUninit, Pod};
use std::io::{self, Write};

/// So many bytes are collected before they are written.
const PART: usize = 1 << 15;

/// Writes a byte string.
pub fn put_bytes(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)
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
    out.write_all(&(values.len() as u64).to_le_bytes())?;
    let mut part: Vec<u8> = Vec::with_capacity(PART * 2);
    for value in values {
        part = postcard::to_extend(&value, part).map_err(io::Error::other)?;
        if part.len() >= PART {
            out.write_all(&part)?;
            part.clear();
        }
    }
    out.write_all(&part)
}

/// Takes values that [`put_list`] wrote; `take` is handed each.
pub fn get_list<'a, T: serde::Deserialize<'a>>(bytes: &mut &'a [u8], mut take: impl FnMut(T)) -> Option<()> {
    let (count, mut rest) = bytes.split_first_chunk::<8>()?;
    for _ in 0..u64::from_le_bytes(*count) {
        let (value, after) = postcard::take_from_bytes(rest).ok()?;
        take(value);
        rest = after;
    }
    *bytes = rest;
    Some(())
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
    out.write_all(&(total as u64).to_le_bytes())?;
    let mut part: Vec<u8> = Vec::with_capacity(PART * 2);
    for row in rows {
        part.extend_from_slice(bytemuck::cast_slice(row));
        if part.len() >= PART {
            out.write_all(&part)?;
            part.clear();
        }
    }
    out.write_all(&part)
}

/// Takes a byte string from the front of `bytes`.
pub fn get_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (taken, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *bytes = rest;
    Some(taken)
}

/// Takes a value that [`put_value`] wrote.
pub fn get_value<'a, T: serde::Deserialize<'a>>(bytes: &mut &'a [u8]) -> Option<T> {
    postcard::from_bytes(get_bytes(bytes)?).ok()
}

/// Takes a row that [`put_row`] or [`put_rows`] wrote.
pub fn get_row<T: Pod>(bytes: &mut &[u8]) -> Option<Vec<T>> {
    let row = get_bytes(bytes)?;
    row.len().is_multiple_of(size_of::<T>()).then(|| bytemuck::pod_collect_to_vec(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_got() {
        let words: Vec<String> = (0..20_000).map(|i| format!("word {i}")).collect();
        let mut out = Vec::new();
        put_bytes(&mut out, b"abc").unwrap();
        let row: Vec<u32> = (0..70_000).collect();
        put_row(&mut out, &row).unwrap();
        put_rows(&mut out, row.chunks(999)).unwrap();
        put_list(&mut out, words.iter()).unwrap();
        put_value(&mut out, &("end", 7u8)).unwrap();
        let mut bytes = out.as_slice();
        assert_eq!(get_bytes(&mut bytes), Some(&b"abc"[..]));
        assert_eq!(get_row(&mut bytes).as_ref(), Some(&row));
        assert_eq!(get_row(&mut bytes).as_ref(), Some(&row));
        let mut got: Vec<String> = Vec::new();
        get_list(&mut bytes, |word| got.push(word)).unwrap();
        assert_eq!(got, words);
        assert_eq!(get_value(&mut bytes), Some(("end", 7u8)));
        assert!(bytes.is_empty());
        for cut in [0, 7, 9, 12, 1_000, 280_000, out.len() - 20] {
            let mut bytes = &out[..cut];
            let all = |bytes: &mut &[u8]| {
                get_bytes(bytes)?;
                get_row::<u32>(bytes)?;
                get_row::<u32>(bytes)?;
                get_list(bytes, |_: String| {})?;
                get_value::<(&str, u8)>(bytes).map(|_| ())
            };
            assert_eq!(all(&mut bytes), None, "cut at {cut}");
        }
    }
}
