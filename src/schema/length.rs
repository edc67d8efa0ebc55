//! A length of time as people write it: a number and a unit.

use serde::{Deserialize, Serialize};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// The unit that a word names, in the languages of the guide.
    pub fn named(word: &str) -> Option<Unit> {
        Some(match word.trim().to_lowercase().as_str() {
            "d" | "day" | "days" | "día" | "días" | "dia" | "dias" | "يوم" | "يومًا" | "أيام" => {
                Unit::Day
            }
            "w" | "week" | "weeks" | "semana" | "semanas" | "أسبوع" | "أسابيع" => Unit::Week,
            "m" | "month" | "months" | "mes" | "meses" | "شهر" | "أشهر" => Unit::Month,
            "y" | "year" | "years" | "año" | "años" | "سنة" | "سنوات" => Unit::Year,
            _ => return None,
        })
    }

    /// Its key among the words of a theme: `days`.
    pub fn key(self) -> &'static str {
        match self {
            Unit::Day => "days",
            Unit::Week => "weeks",
            Unit::Month => "months",
            Unit::Year => "years",
        }
    }
}

/// A number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// How many.
    pub count: i64,
    /// Of what.
    pub unit: Unit,
}

impl Length {
    /// In days, if it is between one day and a hundred years: a year counts 365, twelve months a year, a week 7.
    pub fn checked_days(self) -> Option<i64> {
        let days = match self.unit {
            Unit::Day => Some(self.count),
            Unit::Week => self.count.checked_mul(7),
            Unit::Month => self.count.checked_mul(365).and_then(|n| n.checked_add(6)).map(|n| n / 12),
            Unit::Year => self.count.checked_mul(365),
        };
        days.filter(|d| (1..=36_500).contains(d))
    }

    /// In days.
    pub fn days(self) -> i64 {
        self.checked_days().unwrap_or(0)
    }
}

impl std::fmt::Display for Length {
    /// As it is written in English: `2 years`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = self.unit.key();
        let unit = if self.count == 1 { unit.trim_end_matches('s') } else { unit };
        write!(f, "{} {unit}", self.count)
    }
}
