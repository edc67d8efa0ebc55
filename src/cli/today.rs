//! Which day it is: the local day where the site is.
//!
//! In this order: the day or the moment that `--date` names; the zone that `site.yaml` names; the zone of the computer, of
//! which `TZ` has the first word. Zones are built in, so that all computers agree. Whoever wants to know the day asks a
//! [`Calendar`], and that alone asks a [`Clock`].

use crate::diag::{Diagnostic, Severity, code};
use crate::schema::scalar;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What tells the time.
pub trait Clock: Send + Sync {
    /// The moment that is now.
    fn now(&self) -> Timestamp;
    /// The zone that the clock's owner lives in; what it is called, when it is not known.
    fn zone(&self) -> Result<TimeZone, String>;
}

/// The clock of the computer.
pub struct Computer {
    /// What it is taken to have shown, and when that was.
    set: Option<(Timestamp, Instant)>,
}

impl Computer {
    /// The computer's clock; with `set`, as if it showed that moment now.
    pub fn new(set: Option<Timestamp>) -> Self {
        Computer { set: set.map(|set| (set, Instant::now())) }
    }
}

impl Clock for Computer {
    fn now(&self) -> Timestamp {
        match self.set {
            Some((set, since)) => set.checked_add(since.elapsed()).unwrap_or(set),
            None => Timestamp::now(),
        }
    }

    fn zone(&self) -> Result<TimeZone, String> {
        let named = std::env::var_os("TZ").map(|name| name.to_string_lossy().into_owned());
        match TimeZone::try_system() {
            Ok(zone) => Ok(zone),
            // A computer that knows no zone lives in that of its clock.
            Err(_) => named.map_or(Ok(TimeZone::UTC), Err),
        }
    }
}

/// What `--date` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(Date),
    /// A moment; which day it is then depends on the zone.
    Moment(Timestamp),
}

/// Reads what is written behind `--date`: a day, or a day with a time and an offset.
///
/// # Errors
/// What is wrong, in plain words.
pub fn when(text: &str) -> Result<When, String> {
    let text = text.trim();
    let day = scalar::date(text).map_err(|fault| format!("{}; {}", fault.message, fault.help))?;
    if text.len() == day.to_string().len() {
        return Ok(When::Day(day));
    }
    moment(text).map(When::Moment)
}

/// Reads a moment.
///
/// # Errors
/// What is wrong, in plain words.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse::<Timestamp>().map_err(|_| {
        let day = text.get(..10).unwrap_or(text);
        format!("is neither a day nor a moment; write the day alone, {day}, or a time with its offset, such as {day}T08:00-05:00")
    })
}

/// Tells the day.
#[derive(Clone)]
pub struct Calendar {
    clock: Arc<dyn Clock>,
    asked: Option<When>,
    /// The zone that the site names.
    named: Option<String>,
    zone: TimeZone,
}

impl Calendar {
    /// The calendar of a site. `asked` is what `--date` names, `named` the zone in `site.yaml`.
    ///
    /// # Errors
    /// When no zone is known and the day depends on it.
    pub fn new(
        clock: Arc<dyn Clock>,
        asked: Option<When>,
        named: Option<String>,
    ) -> Result<Calendar, Box<Diagnostic>> {
        let mut calendar = Calendar { clock, asked, named, zone: TimeZone::UTC };
        calendar.zone = calendar.find_zone()?;
        Ok(calendar)
    }

    fn find_zone(&self) -> Result<TimeZone, Box<Diagnostic>> {
        if matches!(self.asked, Some(When::Day(_))) {
            return Ok(TimeZone::UTC);
        }
        if let Some(zone) = self.named.as_deref().and_then(|name| TimeZone::get(name).ok()) {
            return Ok(zone);
        }
        self.clock.zone().map_err(|name| {
            let message = format!("TZ is `{name}` on this computer, and that is no time zone");
            let help = match crate::config::zone::read(&name) {
                Err(fault) => fault.help,
                Ok(_) => "write a name such as America/New_York".to_owned(),
            };
            let help = format!("{help}; or write time_zone: and the zone into site.yaml");
            Box::new(Diagnostic::site(code::TIME_ZONE, Severity::Error, message).help(help))
        })
    }

    /// Takes the zone that the site names now.
    ///
    /// # Errors
    /// When no zone is known and the day depends on it; the old one stays.
    pub fn set_zone(&mut self, named: Option<String>) -> Result<(), Box<Diagnostic>> {
        let old = std::mem::replace(&mut self.named, named);
        match self.find_zone() {
            Ok(zone) => self.zone = zone,
            Err(problem) => {
                self.named = old;
                return Err(problem);
            }
        }
        Ok(())
    }

    /// The day that it is.
    pub fn today(&self) -> Date {
        match self.asked {
            Some(When::Day(day)) => day,
            Some(When::Moment(moment)) => moment.to_zoned(self.zone.clone()).date(),
            None => self.clock.now().to_zoned(self.zone.clone()).date(),
        }
    }

    /// How long the day still lasts; none when it never ends.
    pub fn left(&self) -> Option<Duration> {
        if self.asked.is_some() {
            return None;
        }
        let now = self.clock.now().to_zoned(self.zone.clone());
        // Where clocks change at midnight, the day begins when it can.
        let next = now.date().tomorrow().ok()?.to_zoned(self.zone.clone()).ok()?;
        Duration::try_from(now.duration_until(&next)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock that shows one moment, in one zone.
    struct Fixed(Timestamp, Result<&'static str, &'static str>);

    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            self.0
        }

        fn zone(&self) -> Result<TimeZone, String> {
            self.1.map_err(str::to_owned).and_then(|name| TimeZone::get(name).map_err(|e| e.to_string()))
        }
    }

    fn calendar(now: &str, local: &'static str, date: Option<&str>, named: Option<&str>) -> Calendar {
        let clock = Arc::new(Fixed(now.parse().unwrap(), Ok(local)));
        let asked = date.map(|date| when(date).unwrap());
        Calendar::new(clock, asked, named.map(str::to_owned)).unwrap()
    }

    /// Zone, the moment at which a day begins there, that day, and how many hours it has.
    const MIDNIGHTS: [(&str, &str, &str, f64); 21] = [
        ("Pacific/Kiritimati", "2026-01-14T10:00:00Z", "2026-01-15", 24.0),
        ("Pacific/Pago_Pago", "2026-01-15T11:00:00Z", "2026-01-15", 24.0),
        ("America/Los_Angeles", "2026-01-15T08:00:00Z", "2026-01-15", 24.0),
        ("America/New_York", "2026-01-15T05:00:00Z", "2026-01-15", 24.0),
        ("America/St_Johns", "2026-01-15T03:30:00Z", "2026-01-15", 24.0),
        ("Asia/Kathmandu", "2026-01-14T18:15:00Z", "2026-01-15", 24.0),
        ("Australia/Lord_Howe", "2026-01-14T13:00:00Z", "2026-01-15", 24.0),
        ("Europe/London", "2026-01-15T00:00:00Z", "2026-01-15", 24.0),
        ("Pacific/Honolulu", "2026-01-15T10:00:00Z", "2026-01-15", 24.0),
        // Days on which clocks change.
        ("America/Los_Angeles", "2026-03-08T08:00:00Z", "2026-03-08", 23.0),
        ("America/Los_Angeles", "2026-11-01T07:00:00Z", "2026-11-01", 25.0),
        ("America/New_York", "2026-03-08T05:00:00Z", "2026-03-08", 23.0),
        ("America/New_York", "2026-11-01T04:00:00Z", "2026-11-01", 25.0),
        ("America/St_Johns", "2026-03-08T03:30:00Z", "2026-03-08", 23.0),
        ("Europe/London", "2026-03-29T00:00:00Z", "2026-03-29", 23.0),
        ("Europe/London", "2026-10-24T23:00:00Z", "2026-10-25", 25.0),
        ("Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-03T13:30:00Z", "2026-10-04", 23.5),
        // Where they change at midnight, so that the day begins at one o'clock, or the last hour comes twice.
        ("Africa/Cairo", "2026-04-23T22:00:00Z", "2026-04-24", 23.0),
        ("America/Havana", "2024-03-10T05:00:00Z", "2024-03-10", 23.0),
        ("America/Havana", "2024-11-03T04:00:00Z", "2024-11-03", 25.0),
    ];

    #[test]
    fn the_day_begins_at_the_local_midnight() {
        for (zone, begins, day, hours) in MIDNIGHTS {
            let begins: Timestamp = begins.parse().unwrap();
            let day: Date = day.parse().unwrap();
            let at = |second: i64| {
                let moment = begins.checked_add(jiff::SignedDuration::from_secs(second)).unwrap().to_string();
                // As the computer's zone, as the site's, and as a moment that is asked for: the same.
                let local = calendar(&moment, zone, None, None);
                let named = calendar(&moment, "UTC", None, Some(zone));
                let asked = calendar("2000-01-01T00:00:00Z", "Asia/Tokyo", Some(&moment), Some(zone));
                assert_eq!((local.today(), local.left()), (named.today(), named.left()));
                assert_eq!((local.today(), None), (asked.today(), asked.left()));
                (local.today(), local.left().unwrap())
            };
            let length = (hours * 3600.0) as i64;
            assert_eq!(at(-1), (day.yesterday().unwrap(), Duration::from_secs(1)), "{zone} {day}");
            assert_eq!(at(0), (day, Duration::from_secs(length as u64)), "{zone} {day}");
            assert_eq!(at(length - 1), (day, Duration::from_secs(1)), "{zone} {day}");
            assert_eq!(at(length).0, day.tomorrow().unwrap(), "{zone} {day}");
        }
    }

    #[test]
    fn what_is_asked_for_comes_first_then_the_site_then_the_computer() {
        let now = "2026-01-15T11:30:00Z";
        let today = |local, date, named| calendar(now, local, date, named).today().to_string();
        assert_eq!(today("Pacific/Kiritimati", None, None), "2026-01-16");
        assert_eq!(today("Pacific/Kiritimati", None, Some("America/New_York")), "2026-01-15");
        assert_eq!(today("Pacific/Kiritimati", Some("2027-02-03"), Some("America/New_York")), "2027-02-03");
        assert_eq!(today("UTC", Some("2027-02-03T02:00Z"), Some("America/New_York")), "2027-02-02");
        assert_eq!(today("UTC", Some("2027-02-03T23:00-05:00"), Some("America/Los_Angeles")), "2027-02-03");
        assert_eq!(today("UTC", Some("2027-02-03T23:00-05:00"), None), "2027-02-04");
        let mut moves = calendar(now, "UTC", None, None);
        moves.set_zone(Some("Pacific/Kiritimati".into())).unwrap();
        assert_eq!(moves.today().to_string(), "2026-01-16");
        moves.set_zone(None).unwrap();
        assert_eq!(moves.today().to_string(), "2026-01-15");
    }

    #[test]
    fn a_computer_in_a_zone_that_nobody_knows() {
        let clock = || Arc::new(Fixed(Timestamp::UNIX_EPOCH, Err("EDT")));
        let found = Calendar::new(clock(), None, None).err().unwrap();
        assert_eq!(found.code, code::TIME_ZONE);
        let help = found.help.unwrap();
        assert!(help.contains("America/New_York") && help.contains("time_zone:"), "{help}");
        // It matters only when the day depends on it.
        assert!(Calendar::new(clock(), Some(when("2026-01-15").unwrap()), None).is_ok());
        assert!(Calendar::new(clock(), None, Some("Asia/Kathmandu".into())).is_ok());
        assert!(Calendar::new(clock(), Some(when("2026-01-15T10:00Z").unwrap()), None).is_err());
    }

    #[test]
    fn days_and_moments_as_people_write_them() {
        let date = jiff::civil::date(2026, 1, 15);
        assert_eq!(when("2026-01-15"), Ok(When::Day(date)));
        let moment = When::Moment("2026-01-15T13:00:00Z".parse().unwrap());
        for text in [
            "2026-01-15T08:00-05:00",
            "2026-01-15T13:00Z",
            "2026-01-15 08:00:00-05:00",
            "2026-01-15T08:00-05:00[America/New_York]",
        ] {
            assert_eq!(when(text), Ok(moment), "{text}");
        }
        for (text, told) in [
            ("01/15/2026", "write 2026-01-15"),
            ("15/1/2026", "write 2026-01-15"),
            ("01/02/2026", "write 2026-01-02 or 2026-02-01"),
            ("Jan 15, 2026", "write 2026-01-15"),
            ("2026-1-15", "write 2026-01-15"),
            ("2026-02-30", "does not exist"),
            ("tomorrow", "write the day as YYYY-MM-DD"),
            ("2026-01-15T08:00", "2026-01-15T08:00-05:00"),
            ("2026-01-15T25:00Z", "has a time that does not exist"),
            ("", "write the day as YYYY-MM-DD"),
        ] {
            let error = when(text).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
