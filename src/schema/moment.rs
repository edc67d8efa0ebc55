//! A time of day and an offset behind a day: whether there are such, and whether it is the beginning of the day.

/// The day that a text begins with, and what stands behind it.
pub(super) fn iso(text: &str) -> Option<(&str, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let fits = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    day.bytes().enumerate().all(fits).then_some((day, rest))
}

/// Whether `rest` is `T10:00`, ` 10:00:00.5Z`, `T10:00:00+02:00`, with a zone in brackets or not.
pub(super) fn is_time(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else { return false };
    let (rest, zone) = match rest.split_once('[') {
        Some((rest, zone)) => (rest, zone.strip_suffix(']')),
        None => (rest, Some("UTC")),
    };
    if zone.is_none_or(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
        return false;
    }
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')).count();
    let (time, offset) = rest.split_at(digits);
    let is_clock =
        time.len() >= 5 && time.as_bytes().get(2) == Some(&b':') && time.parse::<jiff::civil::Time>().is_ok();
    is_clock && is_offset(offset.trim_start())
}

/// Whether it is nothing, `Z`, `+02`, `+02:00` or `+0200`, as far as there are such offsets.
fn is_offset(text: &str) -> bool {
    if matches!(text, "" | "Z" | "z") {
        return true;
    }
    let Some(rest) = text.strip_prefix(['+', '-']) else { return false };
    let digits = rest.replacen(':', "", 1);
    let form = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| digits.get(range).map_or(0, |d| d.parse::<u8>().unwrap_or(99));
    form && (rest.len() == digits.len() || rest.as_bytes().get(2) == Some(&b':'))
        && part(0..2) <= 14
        && part(2..4) < 60
}

/// Whether a day as [`day_in`] reads it is written without a time, or with that of its beginning in `zone`.
pub fn is_midnight(text: &str, zone: Option<&str>) -> bool {
    let Some((_, time)) = iso(text) else { return true };
    let zone = zone.and_then(|zone| jiff::tz::TimeZone::get(zone).ok());
    match zone.zip(text.parse::<jiff::Timestamp>().ok()) {
        Some((zone, moment)) => moment.to_zoned(zone).time() == jiff::civil::Time::midnight(),
        None => !time.bytes().any(|b| matches!(b, b'1'..=b'9')),
    }
}
