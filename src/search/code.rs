//! Numbers and texts as bytes, for what is kept of a page, and as characters, for what a browser reads.

/// Digits of numbers in shards: none has to be escaped in a script, and each is one byte.
pub const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

#[inline]
fn digit(value: u32) -> u8 {
    DIGITS[value as usize & 63]
}

/// Writes a number, five bits a digit, the least first; a digit of 32 or more says that another follows.
#[inline]
pub fn put_digits(out: &mut Vec<u8>, mut number: u32) {
    while number > 31 {
        out.push(digit(number & 31 | 32));
        number >>= 5;
    }
    out.push(digit(number));
}

/// Writes a byte at `at`, which moves behind it.
#[inline]
fn write(out: &mut [u8], at: &mut usize, byte: u8) {
    if let Some(place) = out.get_mut(*at) {
        *place = byte;
        *at += 1;
    }
}

/// Writes what [`put_digits`] does into `out` at `at`, which moves behind it. What has no room there is left out.
#[inline]
pub fn write_digits(out: &mut [u8], at: &mut usize, mut number: u32) {
    while number > 31 {
        write(out, at, digit(number & 31 | 32));
        number >>= 5;
    }
    write(out, at, digit(number));
}

/// How many digits [`put_digits`] writes.
#[inline]
pub fn count_digits(number: u32) -> usize {
    (number | 1).ilog2() as usize / 5 + 1
}

/// Reads what [`put_digits`] wrote at `at`, and moves `at` behind it. Signs that are no digit count as 0.
#[inline]
pub fn take_digits(text: &[u8], at: &mut usize) -> u32 {
    // Most have one digit or two.
    let mut next = || {
        let digit = text.get(*at).map_or(0, |sign| value(*sign));
        *at += 1;
        digit
    };
    let first = next();
    if first < 32 {
        return first;
    }
    let second = next();
    let mut number = first & 31 | (second & 31) << 5;
    let (mut shift, mut digit) = (10, second);
    while digit > 31 {
        digit = next();
        number |= (digit & 31).checked_shl(shift).unwrap_or(0);
        shift += 5;
    }
    number
}

/// The values of the digits by their signs.
const VALUES: [u8; 256] = {
    let mut values = [0; 256];
    let mut at = 0;
    while at < DIGITS.len() {
        values[DIGITS[at] as usize] = at as u8;
        at += 1;
    }
    values
};

/// The value of a digit.
#[inline]
pub fn value(sign: u8) -> u32 {
    u32::from(VALUES[sign as usize])
}

/// Writes a number in bytes of seven bits.
#[inline]
pub fn put_number(out: &mut Vec<u8>, mut number: u32) {
    if (128..1 << 14).contains(&number) {
        return out.extend_from_slice(&[number as u8 | 128, (number >> 7) as u8]);
    }
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
#[inline]
pub fn put_held(out: &mut Vec<u8>, step: u32, bits: u32, more: bool) {
    if step < 8 && bits < 4 {
        return out.push((step << 4 | bits << 2) as u8 | u8::from(more));
    }
    put_number(out, step << 4 | (bits & 3) << 2 | u32::from(bits > 3) << 1 | u32::from(more));
    if bits > 3 {
        out.push((bits >> 2) as u8);
    }
}

/// What [`put_held`] writes into one byte, as the digits of a shard ([`put_place`]), and how many they are.
const PLACES: [([u8; 3], usize); 128] = {
    let mut all = [([0; 3], 0); 128];
    let mut byte = 0;
    while byte < 128 {
        let mut number = (byte >> 4) << 8 | (byte >> 2 & 3) << 1 | byte & 1;
        let mut count = 0;
        while number > 31 {
            all[byte].0[count] = DIGITS[number & 31 | 32];
            number >>= 5;
            count += 1;
        }
        all[byte].0[count] = DIGITS[number];
        all[byte].1 = count + 1;
        byte += 1;
    }
    all
};

/// Writes a place that holds a word as shards have it: `step << 8 | bits << 1 | more`.
#[inline]
pub fn put_place(out: &mut Vec<u8>, step: u32, bits: u32, more: bool) {
    put_digits(out, step << 8 | bits << 1 | u32::from(more));
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
        // Most have one byte or two.
        match *self.0 {
            [first, ref rest @ ..] if first < 128 => {
                self.0 = rest;
                u32::from(first)
            }
            [first, second, ref rest @ ..] if second < 128 => {
                self.0 = rest;
                u32::from(first & 127) | u32::from(second) << 7
            }
            _ => self.long_number(),
        }
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
        self.text_of(length)
    }

    /// A text of so many bytes.
    pub fn text_of(&mut self, length: usize) -> &'a str {
        std::str::from_utf8(self.slice(length)).unwrap_or("")
    }

    /// Writes the places of a word, which [`put_held`] wrote, as shards have them into `out` from `at` on, which moves behind them;
    /// gives how many places they are. What has no room there is left out.
    #[inline(always)]
    pub fn copy_places(&mut self, out: &mut [u8], at: &mut usize) -> u32 {
        let mut count = 0;
        loop {
            count += 1;
            // Nearly all are one byte.
            let more = match *self.0 {
                [byte, ref rest @ ..] if byte & 130 == 0 => {
                    let ([first, second, third], length) = PLACES[byte as usize & 127];
                    write(out, at, first);
                    if length > 1 {
                        write(out, at, second);
                    }
                    if length > 2 {
                        write(out, at, third);
                    }
                    self.0 = rest;
                    byte & 1 == 1
                }
                _ => {
                    let (step, bits, more) = self.held();
                    write_digits(out, at, step << 8 | bits << 1 | u32::from(more));
                    more
                }
            };
            if !more {
                return count;
            }
        }
    }

    /// Passes over the places of a word; gives how many bytes [`Bytes::copy_places`] would write.
    #[inline(always)]
    pub fn skip_places(&mut self) -> usize {
        let mut size = 0;
        loop {
            let more = match *self.0 {
                [byte, ref rest @ ..] if byte & 130 == 0 => {
                    size += PLACES[byte as usize & 127].1;
                    self.0 = rest;
                    byte & 1 == 1
                }
                _ => {
                    let (step, bits, more) = self.held();
                    size += count_digits(step << 8 | bits << 1 | u32::from(more));
                    more
                }
            };
            if !more {
                return size;
            }
        }
    }

    /// What [`put_held`] wrote.
    #[inline]
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
        let mut text = Vec::new();
        let mut bytes = Vec::new();
        let numbers = [0, 1, 31, 32, 1023, 1024, 70_000, u32::MAX];
        for n in numbers {
            let before = text.len();
            put_digits(&mut text, n);
            assert_eq!(text.len() - before, count_digits(n), "{n}");
            put_number(&mut bytes, n);
        }
        put_text(&mut bytes, "año");
        let held = [(0, 1, false), (7, 3, true), (8, 127, true), (70_000, 4, false)];
        held.iter().for_each(|(step, bits, more)| put_held(&mut bytes, *step, *bits, *more));
        let (mut at, mut read) = (0, Bytes(&bytes));
        for n in numbers {
            assert_eq!((take_digits(&text, &mut at), read.number()), (n, n));
        }
        assert_eq!(read.text(), "año");
        assert_eq!(held.map(|_| read.held()), held);
        assert_eq!((read.text(), read.number(), read.held()), ("", 0, (0, 0, false)));
        for step in [0, 1, 7, 8, 300] {
            for bits in 0..128 {
                let (mut packed, mut copied, mut plain) = (Vec::new(), vec![0; 40], Vec::new());
                for (step, more) in [(step, true), (step + 1, false)] {
                    put_held(&mut packed, step, bits, more);
                    put_place(&mut plain, step, bits, more);
                }
                let mut at = 3;
                assert_eq!(Bytes(&packed).copy_places(&mut copied, &mut at), 2);
                assert_eq!(copied.get(3..at), Some(&*plain), "{step} {bits}");
                let (mut none, mut at) = ([], 0);
                assert_eq!((Bytes(&packed).copy_places(&mut none, &mut at), at), (2, 0), "no room");
                let mut passed = Bytes(&packed);
                assert_eq!((passed.skip_places(), passed.0.len()), (plain.len(), 0), "{step} {bits}");
            }
        }
        for (i, digit) in DIGITS.iter().enumerate() {
            assert_eq!(value(*digit), i as u32);
        }
    }
}
