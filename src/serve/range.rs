//! The `Range` header: one range of bytes is honoured, so that films can be wound; everything else gets the whole.

use std::ops::Range;

/// What a request asks for of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that there are not.
    Beyond,
}

/// Reads the header for a body of `size` bytes. Several ranges at once are taken as none: to answer them would
/// multiply the work.
pub(super) fn part(header: Option<&str>, size: u64) -> Part {
    let Some(spec) = header.and_then(|h| h.strip_prefix("bytes=")).map(str::trim) else { return Part::Whole };
    let Some((first, last)) = spec.split_once('-') else { return Part::Whole };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // A number too large for a file is past its end.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (number(first), number(last)) {
        (Some(first), None) if last.is_empty() => within(first, u64::MAX, size),
        (Some(first), Some(last)) if first <= last => within(first, last, size),
        (None, Some(count)) if first.is_empty() => {
            if count == 0 || size == 0 {
                Part::Beyond
            } else {
                Part::Bytes(size.saturating_sub(count)..size)
            }
        }
        _ => Part::Whole,
    }
}

fn within(first: u64, last: u64, size: u64) -> Part {
    if first >= size { Part::Beyond } else { Part::Bytes(first..last.saturating_add(1).min(size)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_or_the_whole() {
        let of = |header| part(Some(header), 100);
        assert_eq!(of("bytes=0-9"), Part::Bytes(0..10));
        assert_eq!(of("bytes=90-"), Part::Bytes(90..100));
        assert_eq!(of("bytes=90-9999999999999999999999"), Part::Bytes(90..100));
        assert_eq!(of("bytes=-5"), Part::Bytes(95..100));
        assert_eq!(of("bytes=-500"), Part::Bytes(0..100));
        for beyond in ["bytes=100-", "bytes=99999999999999999999999-", "bytes=-0"] {
            assert_eq!(of(beyond), Part::Beyond, "{beyond}");
        }
        for whole in [
            "bytes=0-1,3-4",
            "bytes=9-2",
            "bytes=a-b",
            "lines=1-2",
            "bytes=",
            "bytes=-",
            "bytes=--5",
            "bytes=+1-2",
        ] {
            assert_eq!(of(whole), Part::Whole, "{whole}");
        }
        assert_eq!(part(None, 100), Part::Whole);
        assert_eq!(part(Some("bytes=0-"), 0), Part::Beyond);
    }
}
