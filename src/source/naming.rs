//! What the name of a page says beside its address: its place among its neighbours (`01-start.md`), and that it is the page
//! of its folder (`index.md`, `README.md`).
//!
//! Whoever asks for the place of a page in the site asks here: parsing, the resolver, assembling.

use super::SourcePath;
use super::address::nfc;
use icu_casemap::TitlecaseMapper;
use icu_casemap::options::{TitlecaseOptions, TrailingCase};
use icu_locale_core::{LanguageIdentifier, Locale};
use std::borrow::Cow;

/// What two digits at the beginning of a name are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Prefixes {
    /// The place of the page or folder: no part of addresses and titles.
    #[default]
    Order,
    /// A part of the name.
    Name,
}

/// The number and the rest of a name such as `01-start.md` or `02_forms`. Two digits that may be a part of a date are none.
pub fn numbered(name: &str) -> Option<(i64, &str)> {
    let (digits, rest) = name.split_at_checked(2)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = rest.strip_prefix(['-', '_'])?;
    let more = rest.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(more, 2 | 4) || !rest.starts_with(char::is_alphanumeric) || is_index(rest) {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

/// Whether a file of that name is the page of its folder.
pub fn is_index(name: &str) -> bool {
    matches!(name, "index.md" | "README.md" | "readme.md" | "Readme.md")
}

/// The names that [`is_index`] takes, the usual one first.
pub const INDEX_NAMES: [&str; 4] = ["index.md", "README.md", "readme.md", "Readme.md"];

impl Prefixes {
    /// The name without its number.
    pub fn plain(self, name: &str) -> &str {
        match self {
            Prefixes::Order => numbered(name).map_or(name, |(_, rest)| rest),
            Prefixes::Name => name,
        }
    }

    /// The path of a page inside its language's tree, from the path of its file in the language's folder.
    pub fn logical(self, inside: &str) -> Cow<'_, str> {
        let inside = self.folders(inside);
        let (folder, name) = inside.rfind('/').map_or(("", &*inside), |i| inside.split_at(i + 1));
        let plain = if is_index(name) { "index.md" } else { self.plain(name) };
        if plain.len() == name.len() {
            return inside;
        }
        Cow::Owned(format!("{folder}{plain}"))
    }

    /// A path whose folders bear no numbers; the name of the file stays.
    pub fn folders(self, inside: &str) -> Cow<'_, str> {
        let is_plain = |part: &str| self.plain(part).len() == part.len();
        let Some((folder, name)) = inside.rsplit_once('/') else { return nfc(inside) };
        if folder.split('/').all(is_plain) {
            return nfc(inside);
        }
        let folder: Vec<&str> = folder.split('/').map(|part| self.plain(part)).collect();
        Cow::Owned(nfc(&format!("{}/{name}", folder.join("/"))).into_owned())
    }

    /// The place that the name of a page gives it; that of a folder's page is its folder's.
    pub fn order(self, path: &SourcePath) -> Option<i64> {
        if self == Prefixes::Name {
            return None;
        }
        let name = path.file_name();
        let name = if is_index(name) { path.folder().rsplit('/').next()? } else { name };
        numbered(name).map(|(number, _)| number)
    }

    /// A stand-in for a title that nobody wrote: `who-to-ask.md` gives "Who to ask", `02_forms/index.md` "Forms". Only the
    /// first letter is changed, as the language does it.
    pub fn title(self, path: &SourcePath, lang: &str) -> String {
        let name = path.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let name = match is_index(name) {
            true => path.folder().rsplit('/').next().filter(|f| !f.is_empty()).unwrap_or("index"),
            false => stem,
        };
        let words = nfc(self.plain(name)).replace(['-', '_'], " ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if words.is_empty() { name.to_owned() } else { words };
        let mut options = TitlecaseOptions::default();
        options.trailing_case = Some(TrailingCase::Unchanged);
        let lang = Locale::try_from_str(lang).map_or(LanguageIdentifier::UNKNOWN, |locale| locale.id);
        TitlecaseMapper::new().titlecase_segment_to_string(&words, &lang, options).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_a_place() {
        for (name, found) in [
            ("01-start.md", Some((1, "start.md"))),
            ("02_forms", Some((2, "forms"))),
            ("99-end.md", Some((99, "end.md"))),
            ("02-504-plan.md", Some((2, "504-plan.md"))),
            ("01-año.md", Some((1, "año.md"))),
            ("03-学校", Some((3, "学校"))),
        ] {
            assert_eq!(numbered(name), found, "{name}");
        }
        for name in [
            "504-plan.md",
            "1-start.md",
            "001-start.md",
            "01.md",
            "01-.md",
            "01--a.md",
            "01 a.md",
            "2027-plan.md",
            "12-01-party.md",
            "12-2026.md",
            "12-24-2026-party.md",
            "01-index.md",
            "٠١-a.md",
            "0é-a.md",
            "",
            "0",
        ] {
            assert_eq!(numbered(name), None, "{name}");
        }
    }

    #[test]
    fn paths_in_the_tree() {
        for (inside, logical) in [
            ("a.md", "a.md"),
            ("01-a.md", "a.md"),
            ("02_forms/01-a.md", "forms/a.md"),
            ("02_forms/README.md", "forms/index.md"),
            ("Readme.md", "index.md"),
            ("a/nin\u{303}o.md", "a/niño.md"),
            ("01-a/02-b/c.md", "a/b/c.md"),
        ] {
            assert_eq!(Prefixes::Order.logical(inside), logical, "{inside}");
        }
        assert_eq!(Prefixes::Name.logical("01-a/02-b.md"), "01-a/02-b.md");
        assert_eq!(Prefixes::Name.logical("01-a/README.md"), "01-a/index.md");
        assert_eq!(Prefixes::Order.folders("02_forms/01-form.pdf"), "forms/01-form.pdf");
    }

    #[test]
    fn titles_of_names() {
        let of = |path: &str, lang| Prefixes::Order.title(&SourcePath::new(path).unwrap(), lang);
        for (path, lang, title) in [
            ("content/school-bus/index.md", "en", "School bus"),
            ("content/02_school_bus/README.md", "en", "School bus"),
            ("content/IEP-basics.md", "en", "IEP basics"),
            ("content/iPads.md", "en", "IPads"),
            ("content/504-plan.md", "en", "504 plan"),
            ("content/nin\u{303}os/index.md", "es", "Niños"),
            ("content/iyi-okul.md", "tr", "İyi okul"),
            ("content/ijs.md", "nl", "IJs"),
            ("content/ქართული/index.md", "ka", "ქართული"),
            ("content/学校/index.md", "zh", "学校"),
            ("content/--.md", "en", "--"),
        ] {
            assert_eq!(of(path, lang), title, "{path}");
        }
    }
}
