//! `published.lock`: what each page said when the guide was published last, one page a line: its path, the fingerprint of its text
//! (title, description, body) and the day of its newest change (`changes` in front matter).
//!
//! Written by `publish` and by `check --lock-texts`, read by the list of what is to be done before publishing: a text that
//! changed without an entry in `changes` is told.

use crate::document::Document;
use crate::source::SourcePath;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The name of the file, in the site's folder.
pub const FILE: &str = "published.lock";

/// What the file begins with.
const HEAD: &str = "\
# What the pages said when they were published last. guidepost publish writes it, and guidepost check --lock-texts.
# guidepost check --publish tells which pages have changed since without an entry in `changes`.
";

/// What stands for the day of a page without changes.
const NONE: &str = "-";

/// What a page said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPage {
    /// The fingerprint of its text.
    pub text: String,
    /// The day of its newest change.
    pub changed: Option<Date>,
}

impl PublishedPage {
    /// What a page says now.
    pub fn of(document: &Document) -> PublishedPage {
        let summary = &document.summary;
        PublishedPage {
            text: summary.text_fingerprint.short(),
            changed: summary.changes.first().map(|noted| noted.date),
        }
    }

    /// Whether `now` says something else, and tells readers nothing new of it.
    pub fn is_silent(&self, now: &PublishedPage) -> bool {
        self.text != now.text && now.changed <= self.changed
    }
}

/// The pages of the file. A line that is none is left out: the file is written by the program.
pub fn read(text: &str) -> BTreeMap<String, PublishedPage> {
    let line = |line: &str| {
        // A path may have blanks in it; what follows has none.
        let mut parts = line.trim_end().rsplitn(3, ' ');
        let (changed, text, path) = (parts.next()?, parts.next()?, parts.next()?);
        let changed = if changed == NONE { None } else { Some(changed.parse().ok()?) };
        Some((path.to_owned(), PublishedPage { text: text.to_owned(), changed }))
    };
    text.lines().filter(|text| !text.starts_with('#')).filter_map(line).collect()
}

/// The file for these pages.
pub fn write<'d>(pages: impl IntoIterator<Item = &'d Document>) -> String {
    let lines: BTreeMap<&SourcePath, PublishedPage> = pages
        .into_iter()
        .filter(|page| !page.made)
        .map(|page| (&page.path, PublishedPage::of(page)))
        .collect();
    let mut out = HEAD.to_owned();
    for (path, said) in lines {
        let day = said.changed.map_or_else(|| NONE.to_owned(), |day| day.to_string());
        out.push_str(&format!("{path} {} {day}\n", said.text));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, day: Option<&str>) -> PublishedPage {
        PublishedPage { text: text.to_owned(), changed: day.map(|day| day.parse().unwrap()) }
    }

    #[test]
    fn lines_are_read() {
        let text = format!("{HEAD}content/a b.md 0a1b -\ncontent/c.md 2c3d 2026-11-22\r\nnone\n\n");
        let found = read(&text);
        let expected =
            [("content/a b.md", said("0a1b", None)), ("content/c.md", said("2c3d", Some("2026-11-22")))];
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            expected.map(|(path, said)| (path.to_owned(), said))
        );
    }

    #[test]
    fn a_change_without_a_new_entry_is_silent() {
        let then = said("a", Some("2026-11-22"));
        for (now, silent) in [
            (said("a", Some("2026-11-22")), false),
            (said("b", Some("2026-11-22")), true),
            (said("b", None), true),
            (said("b", Some("2026-11-21")), true),
            (said("b", Some("2026-11-23")), false),
        ] {
            assert_eq!(then.is_silent(&now), silent, "{now:?}");
        }
        assert!(
            said("a", None).is_silent(&said("b", None))
                && !said("a", None).is_silent(&said("b", Some("2026-11-22")))
        );
    }
}
