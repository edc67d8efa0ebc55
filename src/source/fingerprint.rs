//! 128-bit fingerprints of bytes and of values.
//!
//! XXH3 in its 128-bit form: an accidental collision is out of reach, and it costs a tenth of a
//! cryptographic hash. A fingerprint answers "did this change?", never "may I trust this?".

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Identifies a sequence of bytes or a value: equal input gives an equal fingerprint on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fingerprint(pub u128);

/// Sixteen bytes, as they are: a cache holds many.
impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0.to_le_bytes())
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: &[u8] = Deserialize::deserialize(deserializer)?;
        let bytes = bytes.try_into().map_err(|_| D::Error::invalid_length(bytes.len(), &"16 bytes"))?;
        Ok(Fingerprint(u128::from_le_bytes(bytes)))
    }
}

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The first eight hexadecimal digits, for file names such as `style.3f9a1c20.css`.
    pub fn short(self) -> String {
        format!("{:08x}", (self.0 >> 96) as u32)
    }

    /// Appends its 32 hexadecimal digits to `out`.
    pub fn write_hex(self, out: &mut String) {
        for byte in self.0.to_be_bytes() {
            for half in [byte >> 4, byte & 15] {
                out.push(char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 }));
            }
        }
    }

    /// The low 64 bits, for compact tables.
    pub fn low(self) -> u64 {
        self.0 as u64
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({:032x})", self.0)
    }
}

/// Builds the fingerprint of a value out of its parts. Each part is written with its length, so that
/// `("ab", "c")` and `("a", "bc")` differ.
#[derive(Default)]
pub struct Hasher {
    inner: xxhash_rust::xxh3::Xxh3,
}

impl Hasher {
    /// An empty hasher.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text part.
    pub fn text(&mut self, part: &str) -> &mut Self {
        self.bytes(part.as_bytes())
    }

    /// Adds a byte part.
    pub fn bytes(&mut self, part: &[u8]) -> &mut Self {
        self.inner.update(&(part.len() as u64).to_le_bytes());
        self.inner.update(part);
        self
    }

    /// Adds a number.
    pub fn number(&mut self, part: u64) -> &mut Self {
        self.inner.update(&part.to_le_bytes());
        self
    }

    /// Adds another fingerprint.
    pub fn fingerprint(&mut self, part: Fingerprint) -> &mut Self {
        self.inner.update(&part.0.to_le_bytes());
        self
    }

    /// The fingerprint of all parts so far.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.inner.digest128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let one = Hasher::new().text("ab").text("c").finish();
        let two = Hasher::new().text("a").text("bc").finish();
        assert_ne!(one, two);
    }

    #[test]
    fn digits_are_the_same_by_either_way() {
        let print = Fingerprint::of(b"x");
        let mut out = String::new();
        print.write_hex(&mut out);
        assert_eq!(out, print.to_string());
    }

    #[test]
    fn short_is_eight_digits() {
        assert_eq!(Fingerprint::of(b"x").short().len(), 8);
    }
}
