//! Single values out of texts: numbers, days, lengths of time, addresses; each fault with its remedy.
//!
//! Nothing here guesses a type: what a text means is decided by the field that asks. `read` calls these for
//! fields, `config` for settings, so both say the same of the same mistake.

pub use super::moment::is_midnight;
use super::moment::{is_time, iso};
use super::{Length, Unit};
use crate::diag::{Code, code};
use jiff::civil::Date;

/// Why a text is not the value that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// What is wrong, to be put after "`name` ".
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The text as it must be written, when there is no doubt.
    pub mended: Option<String>,
}

impl Fault {
    /// A value of the wrong type.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault { code: code::WRONG_TYPE, message: message.into(), help: help.into(), mended: None }
    }

    /// With the text as it must be written.
    pub fn mended(mut self, text: impl Into<String>) -> Self {
        self.mended = Some(text.into());
        self
    }
}

/// True or false, in the words that people write for it: yes and no, on and off. A letter or digit alone is not safe to read.
pub fn boolean(text: &str) -> Result<bool, Fault> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "sí" | "si" | "نعم" => Ok(true),
        "false" | "no" | "off" | "لا" => Ok(false),
        short => {
            let meant = match short {
                "y" | "1" => Some("true"),
                "n" | "0" => Some("false"),
                _ => None,
            };
            let fault = Fault::new(
                format!("must be true or false, not `{text}`"),
                format!("write {}", meant.unwrap_or("true or false")),
            );
            Err(match meant {
                Some(word) => fault.mended(word),
                None => fault,
            })
        }
    }
}

/// A whole number in digits.
pub fn integer(text: &str) -> Result<i64, Fault> {
    text.parse::<i64>().map_err(|_| {
        Fault::new(
            format!("must be a whole number, not `{text}`"),
            "write digits only, such as 3, without quotes",
        )
    })
}

/// A number in digits, with a point before decimals.
pub fn number(text: &str) -> Result<f64, Fault> {
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse::<f64>().ok().filter(|n| digits && n.is_finite()).ok_or_else(|| {
        Fault::new(
            format!("must be a number, not `{text}`"),
            "write digits, such as 3 or 2.5, without quotes",
        )
    })
}

/// A day as `YYYY-MM-DD`; a time of day and zone after it must be right, and are dropped.
pub fn date(text: &str) -> Result<Date, Fault> {
    const FORM: &str = "write the day as YYYY-MM-DD, such as 2026-11-22";
    if let Some((day, time)) = iso(text) {
        let part = |range: std::ops::Range<usize>| day[range].parse::<i16>().unwrap_or(0);
        let (year, month, number) = (part(0..4), part(5..7), part(8..10));
        let found = Date::new(year, month as i8, number as i8)
            .map_err(|_| Fault::new(format!("names a day that does not exist: `{day}`"), FORM))?;
        if time.is_empty() || is_time(time) {
            return Ok(found);
        }
        if time.starts_with(['T', 't', ' ']) {
            let help =
                format!("write {day} alone; a time is written as 16:00, an offset behind it as -05:00");
            return Err(Fault::new(format!("has a time that does not exist: `{text}`"), help));
        }
    }
    Err(match meant_date(text) {
        Some(Meant::Day(day)) => {
            Fault::new(format!("is not a day that is safe to read: `{text}`"), format!("write {day}"))
                .mended(day.to_string())
        }
        Some(Meant::Either(a, b)) if a != b => Fault::new(
            format!("could be two different days: `{text}`"),
            format!("write {a} or {b}, the year first"),
        ),
        Some(Meant::Either(day, _)) => {
            Fault::new(format!("is not a day that is safe to read: `{text}`"), format!("write {day}"))
        }
        None => Fault::new(format!("is not a day: `{text}`"), FORM),
    })
}

/// A day as [`date`] reads it. A day with a time and an offset is a moment: of it, the day that it is then in `zone`; as it is
/// written, when no zone is known.
pub fn day_in(text: &str, zone: Option<&str>) -> Result<Date, Fault> {
    let written = date(text)?;
    let zone = zone.and_then(|zone| jiff::tz::TimeZone::get(zone).ok());
    let moment = zone.and_then(|zone| Some(text.parse::<jiff::Timestamp>().ok()?.to_zoned(zone)));
    Ok(moment.map_or(written, |moment| moment.date()))
}

/// What a wrongly written day probably means.
enum Meant {
    Day(Date),
    /// Month first, or day first.
    Either(Date, Date),
}

/// Reads `11/22/2026`, `2026/11/22`, `2026-1-5`, `November 22, 2026`, `22 de noviembre de 2026`.
fn meant_date(text: &str) -> Option<Meant> {
    if text.len() > 60 {
        return None;
    }
    let mut numbers: Vec<(i16, usize)> = Vec::new();
    let mut month = None;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        match digits.parse::<i16>() {
            Ok(n) => numbers.push((n, digits.len())),
            Err(_) => month = month.or(month_named(word)),
        }
    }
    let day = |y: i16, m: i16, d: i16| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok();
    match (month, numbers.as_slice()) {
        (Some(m), [(d, ..), (y, 4)] | [(y, 4), (d, ..)]) => day(*y, m, *d).map(Meant::Day),
        (None, [(y, 4), (m, _), (d, _)]) => day(*y, *m, *d).map(Meant::Day),
        (None, [(a, _), (b, _), (y, 4)]) => match (day(*y, *a, *b), day(*y, *b, *a)) {
            (Some(x), Some(z)) => Some(Meant::Either(x, z)),
            (x, z) => x.or(z).map(Meant::Day),
        },
        _ => None,
    }
}

fn month_named(word: &str) -> Option<i16> {
    const MONTHS: [[&str; 3]; 12] = [
        ["january", "enero", "يناير"],
        ["february", "febrero", "فبراير"],
        ["march", "marzo", "مارس"],
        ["april", "abril", "أبريل"],
        ["may", "mayo", "مايو"],
        ["june", "junio", "يونيو"],
        ["july", "julio", "يوليو"],
        ["august", "agosto", "أغسطس"],
        ["september", "septiembre", "سبتمبر"],
        ["october", "octubre", "أكتوبر"],
        ["november", "noviembre", "نوفمبر"],
        ["december", "diciembre", "ديسمبر"],
    ];
    let word = word.to_lowercase();
    let found = MONTHS.iter().position(|names| {
        names.iter().any(|name| *name == word || (word.chars().count() >= 3 && name.starts_with(&word)))
    })?;
    i16::try_from(found + 1).ok()
}

/// A length of time in days.
pub fn duration(text: &str) -> Result<i64, Fault> {
    length(text).map(Length::days)
}

/// A length of time: a number and a unit.
pub fn length(text: &str) -> Result<Length, Fault> {
    let fault = || {
        Fault::new(
            format!("is not a length of time: `{text}`"),
            "write a number and days, weeks, months or years, such as 2 years",
        )
    };
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count: i64 = text[..digits].parse().map_err(|_| fault())?;
    let length = Length { count, unit: Unit::named(&text[digits..]).ok_or_else(fault)? };
    length.checked_days().map(|_| length).ok_or_else(|| {
        Fault::new(
            format!("must be between one day and a hundred years, not `{text}`"),
            "write a length such as 2 years",
        )
    })
}

/// The words between the two numbers of a range.
const TO: [&str; 8] = ["-", "–", "—", "to", "a", "à", "até", "إلى"];

/// From one number to another: `3-6`, `3 to 6`, `3+`; one number alone is from it to itself.
pub fn range(text: &str) -> Result<(f64, Option<f64>), Fault> {
    let fault = || {
        Fault::new(
            format!("is not from one number to another: `{text}`"),
            "write two numbers such as 3-6, or one and a plus sign such as 3+",
        )
    };
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let text = text.trim();
    let end = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    let from = number(&text[..end]).map_err(|_| fault())?;
    let rest = text[end..].trim();
    let start = rest.find(is_digit).unwrap_or(rest.len());
    let between = rest[..start].trim().to_lowercase();
    match (between.as_str(), &rest[start..]) {
        ("", "") => Ok((from, Some(from))),
        ("+", "") => Ok((from, None)),
        (between, to) if TO.contains(&between) => {
            let to = number(to).map_err(|_| fault())?;
            if to < from {
                let turned = format!("{to}-{from}");
                let why = format!("ends before it begins: `{text}`");
                return Err(Fault::new(why, format!("write {turned}")).mended(turned));
            }
            Ok((from, Some(to)))
        }
        _ => Err(fault()),
    }
}

/// An absolute `http`, `https` or `mailto` address.
pub fn url(text: &str) -> Result<&str, Fault> {
    let unsafe_char = |c: char| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c);
    let scheme = text.split_once(':').map(|(s, _)| s.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") => {
            let rest = text.split_once("://").map_or("", |(_, rest)| rest);
            let host = rest.split(['/', '?', '#']).next().unwrap_or("");
            if host.is_empty() || host.starts_with([':', '.']) || text.contains(unsafe_char) {
                return Err(Fault::new(
                    format!("is not a complete address: `{text}`"),
                    "write it as https://example.org/page",
                ));
            }
            Ok(text)
        }
        Some("mailto") => {
            let to = text[7..].split('?').next().unwrap_or("");
            if text.contains(unsafe_char) {
                return Err(Fault::new(
                    format!("is not an address: `{text}`"),
                    "write it as mailto:office@example.org",
                ));
            }
            email(to).map(|_| text)
        }
        _ => {
            let mut fault = Fault::new(
                format!("must be a web address, not `{text}`"),
                "write an address that begins with https:// or mailto:",
            );
            let script = scheme.is_some_and(|s| {
                let s: String = s.chars().filter(char::is_ascii_alphanumeric).collect();
                ["javascript", "data", "vbscript", "file", "blob"].contains(&s.as_str())
            });
            if script {
                fault.code = code::UNSAFE_LINK;
            } else if text.starts_with("www.") {
                fault = fault.mended(format!("https://{text}"));
            }
            Err(fault)
        }
    }
}

/// An e-mail address.
pub fn email(text: &str) -> Result<&str, Fault> {
    let good = text.split_once('@').is_some_and(|(local, domain)| {
        let plain = |s: &str| {
            !s.is_empty()
                && !s.contains(|c: char| {
                    c.is_whitespace() || c.is_control() || "<>()[],;:\"\\@&?#%/".contains(c)
                })
        };
        plain(local)
            && plain(domain)
            && domain.contains('.')
            && !domain.starts_with(['.', '-'])
            && !domain.ends_with('.')
            && !domain.contains("..")
            && text.len() <= 254
    });
    if good {
        Ok(text)
    } else {
        Err(Fault::new(
            format!("is not an e-mail address: `{text}`"),
            "write one address, such as office@example.org",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for good in [
            "2026-11-22",
            "2026-11-22T10:00:00Z",
            "2026-11-22 10:00:00 +02:00",
            "2026-11-22T10:00-05:00[America/New_York]",
        ] {
            assert_eq!(date(good).unwrap().to_string(), "2026-11-22", "{good}");
        }
        for (bad, help) in [
            ("11/22/2026", "write 2026-11-22"),
            ("22/11/2026", "write 2026-11-22"),
            ("November 22, 2026", "write 2026-11-22"),
            ("Nov 22nd 2026", "write 2026-11-22"),
            ("22 de noviembre de 2026", "write 2026-11-22"),
            ("2026-1-5", "write 2026-01-05"),
            ("2026/01/05", "write 2026-01-05"),
            ("3/4/2026", "write 2026-03-04 or 2026-04-03, the year first"),
            ("soon", "write the day as YYYY-MM-DD, such as 2026-11-22"),
            ("2026-02-30", "write the day as YYYY-MM-DD, such as 2026-11-22"),
            ("2026-11-22x", "write 2026-11-22"),
            (
                "2026-11-22 EST",
                "write 2026-11-22 alone; a time is written as 16:00, an offset behind it as -05:00",
            ),
            ("", "write the day as YYYY-MM-DD, such as 2026-11-22"),
        ] {
            assert_eq!(date(bad).unwrap_err().help, help, "{bad}");
        }
    }

    #[test]
    fn times_that_do_not_exist() {
        for time in [
            "T25:00-05:00",
            "T08:00+99:00",
            " 08:00 EST",
            "T8",
            "T8:00",
            "T08:60",
            "T08:00+5:00",
            "T08:00-15:00",
            "T08:00[Mars/Base]",
            " noon",
            "T08:00+0",
            "T",
            " ",
        ] {
            let fault = date(&format!("2026-11-22{time}")).unwrap_err();
            assert!(fault.message.starts_with("has a time that does not exist"), "{time}: {fault:?}");
            assert!(fault.help.starts_with("write 2026-11-22 alone"), "{time}: {fault:?}");
        }
        for (text, zone, midnight) in [
            ("2026-11-22", None, true),
            ("2026-11-22T00:00", None, true),
            ("2026-11-22 16:00", None, false),
            ("2026-11-22T00:00-05:00", Some("America/New_York"), true),
            ("2026-11-22T05:00Z", Some("America/New_York"), true),
            ("2026-11-22T00:00Z", Some("America/New_York"), false),
            ("2026-11-22T00:00Z", None, true),
            ("2026-11-22T00:30", Some("America/New_York"), false),
        ] {
            assert_eq!(is_midnight(text, zone), midnight, "{text} {zone:?}");
        }
    }

    #[test]
    fn a_moment_is_a_day_where_the_site_is() {
        for (text, zone, day) in [
            ("2026-01-15T08:00-05:00", Some("America/New_York"), "2026-01-15"),
            ("2026-01-15T02:00:00Z", Some("America/New_York"), "2026-01-14"),
            ("2026-01-15T23:30-05:00", Some("Pacific/Kiritimati"), "2026-01-16"),
            ("2026-11-01T04:30Z", Some("America/New_York"), "2026-11-01"),
            ("2026-11-01T03:30Z", Some("America/New_York"), "2026-10-31"),
            // Without an offset, or where no zone is known: as it is written.
            ("2026-01-15T02:00", Some("America/New_York"), "2026-01-15"),
            ("2026-01-15", Some("Pacific/Kiritimati"), "2026-01-15"),
            ("2026-01-15T02:00:00Z", None, "2026-01-15"),
        ] {
            assert_eq!(day_in(text, zone).unwrap().to_string(), day, "{text} {zone:?}");
        }
        assert!(day_in("1/2/2026", Some("UTC")).is_err());
    }

    #[test]
    fn lengths_of_time() {
        for (text, days) in [
            ("2 years", 730),
            ("1 year", 365),
            ("6 months", 183),
            ("12 months", 365),
            ("30 days", 30),
            ("2 weeks", 14),
            ("2 años", 730),
            ("6 meses", 183),
            ("1 día", 1),
        ] {
            assert_eq!(duration(text), Ok(days), "{text}");
        }
        for bad in [
            "2",
            "years",
            "0 days",
            "-1 day",
            "99999999999999999999 years",
            "9223372036854775807 years",
            "200 years",
        ] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn from_one_number_to_another() {
        for (text, from, to) in [
            ("3-6", 3.0, Some(6.0)),
            ("3 – 6", 3.0, Some(6.0)),
            ("3 to 6", 3.0, Some(6.0)),
            ("3 A 6", 3.0, Some(6.0)),
            ("3 إلى 6", 3.0, Some(6.0)),
            ("2.5-4", 2.5, Some(4.0)),
            ("4", 4.0, Some(4.0)),
            ("18+", 18.0, None),
            ("18 +", 18.0, None),
        ] {
            assert_eq!(range(text), Ok((from, to)), "{text}");
        }
        assert_eq!(range("6-3").unwrap_err().mended.as_deref(), Some("3-6"));
        for bad in ["", "-3", "3-", "three", "3-6-9", "3 years", "1,5-2", "3-6 years", "+3"] {
            assert!(range(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn truth() {
        for text in ["true", "yes", "Yes", "on", "sí", "Sí", "نعم"] {
            assert_eq!(
                (boolean(text), boolean("NO"), boolean("Off")),
                (Ok(true), Ok(false), Ok(false)),
                "{text}"
            );
        }
        for (text, mended) in
            [("y", Some("true")), ("N", Some("false")), ("1", Some("true")), ("ja", None), ("", None)]
        {
            assert_eq!(boolean(text).unwrap_err().mended.as_deref(), mended, "{text}");
        }
        assert_eq!(boolean("maybe").unwrap_err().help, "write true or false");
    }

    #[test]
    fn addresses() {
        for good in ["https://example.org/a?b#c", "http://x.y:80/", "HTTPS://example.org", "mailto:a@b.org"] {
            assert!(url(good).is_ok(), "{good}");
        }
        for bad in [
            "example.org",
            "//example.org",
            "https://",
            "https:example.org",
            "ftp://x.y",
            "https://a b",
            "mailto:x",
            "/a",
            "",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
        for evil in ["javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:x", "data:text/html,x"] {
            assert_eq!(url(evil).unwrap_err().code.name(), "unsafe-link", "{evil}");
        }
        assert!(email("a.b@c-d.org").is_ok());
        for bad in ["a", "@b.c", "a@b", "a@b..c", "a b@c.d", "a@b.c>", "a@b@c.d"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(integer("-3"), Ok(-3));
        assert!(integer("3.0").is_err() && integer("0x10").is_err() && integer("").is_err());
        assert_eq!(number("2.5"), Ok(2.5));
        assert!(number("inf").is_err() && number("NaN").is_err() && number("1,5").is_err());
    }
}
