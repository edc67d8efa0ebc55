//! Numbers and texts as bytes, for what is kept of a page, and as characters, for what a browser reads.

/// Digits of numbers in shards: none has to be escaped in a script, and each is one byte.
pub const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

fn digit(value: u32) -> char {
    char::from(*DIGITS.get(value as usize & 63).unwrap_or(&b'0'))
}

/// Writes a number, five bits a digit, the least first; a digit of 32 or more says that another follows.
pub fn put_digits(out: &mut String, mut number: u32) {
    while number > 31 {
        out.push(digit(number & 31 | 32));
        number >>= 5;
    }
    out.push(digit(number));
}

/// Reads what [`put_digits`] wrote at `at`, and moves `at` behind it. Signs that are no digit count as 0.
pub fn take_digits(text: &[u8], at: &mut usize) -> u32 {
    let mut number = 0u32;
    let mut shift = 0;
    while let Some(sign) = text.get(*at) {
        *at += 1;
        let digit = value(*sign);
        number |= (digit & 31).checked_shl(shift).unwrap_or(0);
        shift += 5;
        if digit < 32 {
            break;
        }
    }
    number
}

/// The value of a digit.
pub fn value(sign: u8) -> u32 {
    match sign {
        b'0'..=b'9' => u32::from(sign - b'0'),
        b'A'..=b'Z' => u32::from(sign - b'A') + 10,
        b'a'..=b'z' => u32::from(sign - b'a') + 36,
        b'-' => 62,
        b'_' => 63,
        _ => 0,
    }
}

/// Writes a number in bytes of seven bits.
#[inline]
pub fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a text with its length.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, u32::try_from(text.len()).unwrap_or(0));
    out.extend_from_slice(text.as_bytes());
}

/// Writes how a place holds a word: the step to the place, seven bits of how, whether another place follows. Most places hold a word
/// in their text alone and are near, so they take one byte: `step, 2 bits of text, other bits follow, another place follows`.
pub fn put_held(out: &mut Vec<u8>, step: u32, bits: u32, more: bool) {
    put_number(out, step << 4 | (bits & 3) << 2 | u32::from(bits > 3) << 1 | u32::from(more));
    if bits > 3 {
        out.push((bits >> 2) as u8);
    }
}

/// Reads what was written so; behind the end there are zeros and empty texts.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    /// The next number.
    #[inline]
    pub fn number(&mut self) -> u32 {
        // Most are small.
        if let Some((first, rest)) = self.0.split_first()
            && *first < 128
        {
            self.0 = rest;
            return u32::from(*first);
        }
        self.long_number()
    }

    fn long_number(&mut self) -> u32 {
        let mut number = 0u32;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            number |= u32::from(byte & 127).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 128 {
                return number;
            }
        }
    }

    /// The next so many bytes.
    #[inline]
    pub fn slice(&mut self, length: usize) -> &'a [u8] {
        let (slice, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        slice
    }

    /// The next text.
    pub fn text(&mut self) -> &'a str {
        let length = self.number() as usize;
        std::str::from_utf8(self.slice(length)).unwrap_or("")
    }

    /// What [`put_held`] wrote.
    pub fn held(&mut self) -> (u32, u32, bool) {
        let number = self.number();
        let other = if number & 2 == 0 { 0 } else { u32::from(self.byte() & 31) << 2 };
        (number >> 4, number >> 2 & 3 | other, number & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let mut text = String::new();
        let mut bytes = Vec::new();
        let numbers = [0, 1, 31, 32, 1023, 1024, 70_000, u32::MAX];
        for n in numbers {
            put_digits(&mut text, n);
            put_number(&mut bytes, n);
        }
        put_text(&mut bytes, "año");
        let held = [(0, 1, false), (7, 3, true), (8, 127, true), (70_000, 4, false)];
        held.iter().for_each(|(step, bits, more)| put_held(&mut bytes, *step, *bits, *more));
        let (mut at, mut read) = (0, Bytes(&bytes));
        for n in numbers {
            assert_eq!((take_digits(text.as_bytes(), &mut at), read.number()), (n, n));
        }
        assert_eq!(read.text(), "año");
        assert_eq!(held.map(|_| read.held()), held);
        assert_eq!((read.text(), read.number(), read.held()), ("", 0, (0, 0, false)));
        for (i, digit) in DIGITS.iter().enumerate() {
            assert_eq!(value(*digit), i as u32);
        }
    }
}
