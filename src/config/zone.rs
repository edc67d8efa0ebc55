//! Time zones by their names in the IANA database, which is built in: every machine knows the same.

use crate::diag::{closest, code};
use crate::schema::scalar::Fault;

/// What people call zones, and the zone of the city that is meant. The short names stand in the database too, without
/// summer time, so the day would change an hour late.
const SPOKEN: &[(&[&str], &str)] = &[
    (&["est", "edt", "et", "eastern"], "America/New_York"),
    (&["cst", "cdt", "ct", "central"], "America/Chicago"),
    (&["mst", "mdt", "mt", "mountain"], "America/Denver, or America/Phoenix in Arizona"),
    (&["pst", "pdt", "pt", "pacific"], "America/Los_Angeles"),
    (&["akst", "akdt", "alaska"], "America/Anchorage"),
    (&["hst", "hawaii"], "Pacific/Honolulu"),
    (&["ast", "adt", "atlantic"], "America/Halifax, or America/Puerto_Rico in Puerto Rico"),
    (&["nst", "ndt", "newfoundland"], "America/St_Johns"),
    (&["bst", "uk"], "Europe/London"),
];

/// The name of a zone, as the database writes it.
///
/// # Errors
/// That there is no such zone, with the one that is meant.
pub fn read(text: &str) -> Result<String, Fault> {
    let fault = |help: String| Fault {
        code: code::TIME_ZONE,
        ..Fault::new(format!("is not the name of a time zone: `{text}`"), help)
    };
    let wanted = text.trim().to_lowercase();
    let spoken = wanted.strip_suffix(" time").unwrap_or(&wanted);
    let spoken = spoken.strip_suffix(" standard").or(spoken.strip_suffix(" daylight")).unwrap_or(spoken);
    if let Some((_, city)) = SPOKEN.iter().find(|(names, _)| names.contains(&spoken)) {
        return Err(fault(format!("write the zone of a city, which knows summer time: {city}")));
    }
    let names = names();
    if let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(text.trim())) {
        return Ok(name.clone());
    }
    if wanted.contains(|c: char| c.is_ascii_digit()) {
        let help = "write the zone of a city, which knows summer time, such as America/New_York";
        return Err(fault(help.to_owned()));
    }
    let plain = |name: &str| name.to_lowercase().replace([' ', '-', '.', '\''], "_").replace("__", "_");
    let city = |name: &str| plain(name.rsplit('/').next().unwrap_or(name));
    let (all, last) = (plain(text.trim()), city(text.trim()));
    let found = names.iter().find(|name| plain(name) == all);
    // Of an abbreviation and a city with its continent, the city is meant.
    let found =
        found.or_else(|| names.iter().filter(|name| name.contains('/')).find(|name| city(name) == last));
    let found = found.map(String::as_str).or_else(|| closest(text.trim(), names.iter().map(String::as_str)));
    let found = found.or_else(|| {
        let cities = names.iter().filter(|name| name.contains('/') && city(name).len() > 3);
        cities.map(String::as_str).find(|name| closest(&last, [city(name).as_str()]).is_some())
    });
    Err(match found {
        Some(name) => fault(format!("did you mean {name}?")).mended(name),
        None => fault("write a continent and a city, such as America/New_York".to_owned()),
    })
}

/// The names of all zones, in order.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.retain(|name| {
        !matches!(name.as_str(), "Etc/Unknown" | "Factory" | "localtime" | "EST" | "MST" | "HST")
    });
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_database() {
        assert!(names().len() > 400, "{}", names().len());
        for (text, name) in [
            ("America/New_York", "America/New_York"),
            ("america/st_johns", "America/St_Johns"),
            ("Pacific/Kiritimati", "Pacific/Kiritimati"),
            ("Asia/Kathmandu", "Asia/Kathmandu"),
            ("Australia/Lord_Howe", "Australia/Lord_Howe"),
            ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            ("US/Eastern", "US/Eastern"),
            (" UTC ", "UTC"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(name), "{text}");
            assert!(jiff::tz::TimeZone::get(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn other_names_are_told_what_is_meant() {
        for (text, meant) in [
            ("EST", "America/New_York"),
            ("Eastern Time", "America/New_York"),
            ("Eastern Standard Time", "America/New_York"),
            ("pacific", "America/Los_Angeles"),
            ("MST", "America/Phoenix"),
            ("HST", "Pacific/Honolulu"),
            ("New York", "America/New_York"),
            ("new-york", "America/New_York"),
            ("America/New York", "America/New_York"),
            ("America/NewYork", "America/New_York"),
            ("US/New_York", "America/New_York"),
            ("St. John's", "America/St_Johns"),
            ("Los Angelos", "America/Los_Angeles"),
            ("Amercia/Chicago", "America/Chicago"),
            ("Kathmandu", "Asia/Kathmandu"),
            ("UTC-5", "America/New_York"),
            ("-05:00", "America/New_York"),
            ("Mars/Olympus_Mons_Base", "such as America/New_York"),
            ("", "such as America/New_York"),
        ] {
            let fault = read(text).unwrap_err();
            assert!(fault.help.contains(meant), "{text}: {}", fault.help);
            assert_eq!(fault.code, code::TIME_ZONE);
        }
    }
}
