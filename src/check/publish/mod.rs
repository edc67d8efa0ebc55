//! What stands between a folder and the public, as one list: what must be done, and what is good to know.
//!
//! Most of it other parts have found; here it is put in an order in which a person can work through it. Called by
//! `guidepost check --publish`, and by `build` for one line.

pub mod starter;

use super::view::SiteView;
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::source::{Picture, SourcePath, Span};
use jiff::civil::Date;
use serde::Serialize;

/// The parts of the list, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// What keeps a page from being right.
    Errors,
    /// What is still as the starter guide had it.
    Placeholders,
    /// Addresses that were published and would be dead.
    Addresses,
    /// Who looked at the pages, and when.
    Review,
    /// Pages whose text changed without a word to readers.
    Changes,
    /// Languages and translations.
    Languages,
    /// Pages that are not published, and until when.
    LeftOut,
    /// Files that nothing leads to.
    Unlinked,
    /// What is heavy for a phone.
    Weight,
}

impl Section {
    /// All, in their order.
    pub const ALL: [Section; 9] = [
        Section::Errors,
        Section::Placeholders,
        Section::Addresses,
        Section::Review,
        Section::Changes,
        Section::Languages,
        Section::LeftOut,
        Section::Unlinked,
        Section::Weight,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Section::Errors => "What is wrong",
            Section::Placeholders => "Still to be filled in",
            Section::Addresses => "Addresses that would be dead",
            Section::Review => "Not reviewed",
            Section::Changes => "Changed since it was published",
            Section::Languages => "Languages",
            Section::LeftOut => "Left out of the website",
            Section::Unlinked => "Files that nothing leads to",
            Section::Weight => "Heavy for a phone",
        }
    }
}

/// One thing of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Where it belongs.
    pub section: Section,
    /// Whether it must be done before the site goes out; the others are good to know.
    pub must: bool,
    /// The file, if it is about one.
    pub path: Option<SourcePath>,
    /// The place in it.
    pub span: Span,
    /// What there is.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A page that is not published.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOutPage {
    /// The file that says so: its own, or that of its section or original.
    pub path: SourcePath,
    /// The place that says so.
    pub span: Span,
    /// Why: "this page is a draft".
    pub why: String,
    /// What to do.
    pub help: String,
}

/// A file that is published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// Its size in bytes.
    pub size: u64,
    /// What it is as a picture.
    pub picture: Option<Picture>,
}

/// What the list is made of, besides the site.
#[derive(Debug, Clone, Default)]
pub struct Grounds<'a> {
    /// All that was found by `check`.
    pub found: &'a [Diagnostic],
    /// Pages that are not published.
    pub left_out: Vec<LeftOutPage>,
    /// Files in the content folder that nothing leads to.
    pub unlinked: Vec<SourcePath>,
    /// Published files.
    pub files: Vec<Weight<'a>>,
    /// Pages and their weight in bytes, as they were written last: alone, and with all that a browser loads to show them.
    pub pages: Vec<(SourcePath, u64, u64)>,
    /// Addresses of pages and documents that lie in the output, and that the next build would remove.
    pub going: Vec<String>,
    /// Pages that say something else than when they were published, with no new entry in `changes`; and the place to write one.
    pub silent: Vec<(SourcePath, Span)>,
    /// Whether there is a list of published addresses.
    pub has_lock: bool,
}

/// Minimum size of a picture that makes a reader with a slow phone wait, in bytes.
const MIN_HEAVY_PICTURE: u64 = 1_000_000;
/// The same of a file that a reader chose to open, in bytes.
const MIN_HEAVY_FILE: u64 = 5_000_000;
/// The same of a page without its pictures, in bytes.
const MIN_HEAVY_PAGE: u64 = 400_000;
/// The same of a page with its pictures, style and scripts, in bytes.
const MIN_HEAVY_WHOLE: u64 = 2_000_000;
/// Bytes a second of a slow phone network: what Lighthouse calls "slow 4G".
const SLOW_BYTES_PER_SECOND: u64 = 200_000;

/// The list, in the order of its parts.
pub fn things(site: &dyn SiteView, grounds: &Grounds<'_>) -> Vec<Thing> {
    let mut list = Vec::new();
    for found in grounds.found {
        if let Some((section, must)) = place(found) {
            let help = found.help.clone().unwrap_or_default();
            let (path, message) = (found.path.clone(), found.message.clone());
            list.push(Thing { section, must, path, span: found.span, message, help });
        }
    }
    for left in starter::left(site) {
        let help = left.help.to_owned();
        let section = Section::Placeholders;
        list.push(Thing {
            section,
            must: true,
            path: Some(left.path),
            span: left.span,
            message: left.message,
            help,
        });
    }
    review(site, &mut list);
    languages(site, grounds.found, &mut list);
    let mut advice = |section, path: Option<&SourcePath>, span, message: String, help: &str| {
        let (path, help) = (path.cloned(), help.to_owned());
        list.push(Thing { section, must: false, path, span, message, help });
    };
    for address in &grounds.going {
        let message = format!("`{address}` lies in the output folder, and the next build takes it away");
        let help = "If it was public, add it to the `aliases` of the page that took its place.";
        advice(Section::Addresses, None, Span::default(), message, help);
    }
    if !grounds.has_lock {
        let message = "no list keeps the addresses that are public".to_owned();
        let help = "`guidepost check --lock-addresses` writes urls.lock: from then on an address that would be dead is an error.";
        advice(Section::Addresses, None, Span::default(), message, help);
    }
    let over = |day: Date| site.config().notices.iter().filter(move |notice| notice.is_over(day));
    for notice in site.today().into_iter().flat_map(over) {
        let settings = SourcePath::new("site.yaml").ok();
        let day = notice.until.unwrap_or_default();
        let message = format!("the notice was shown until {day}, and no page shows it any more");
        let help = "Delete it in site.yaml, or write a later day after `until:`.";
        advice(Section::LeftOut, settings.as_ref(), notice.span, message, help);
    }
    for (path, span) in &grounds.silent {
        let message = "the text is another than the one that was published, and `changes` says nothing of it"
            .to_owned();
        let help = "If readers should know, add `- date:` and `text:` to `changes:` on top; for a comma nobody needs one.";
        advice(Section::Changes, Some(path), *span, message, help);
    }
    for page in &grounds.left_out {
        advice(Section::LeftOut, Some(&page.path), page.span, page.why.clone(), &page.help);
    }
    for path in &grounds.unlinked {
        let message = "nothing that is published leads to this file".to_owned();
        let help =
            "Link to it from a page, name it below `files:` in site.yaml, or take it out of the folder.";
        advice(Section::Unlinked, Some(path), Span::default(), message, help);
    }
    for file in &grounds.files {
        let Some(help) = too_heavy(file) else { continue };
        advice(Section::Weight, Some(file.path), Span::default(), weight(file.size), help);
    }
    for (path, alone, whole) in &grounds.pages {
        if *alone > MIN_HEAVY_PAGE {
            let message = format!("without its pictures, this page has {}", weight(*alone));
            advice(Section::Weight, Some(path), Span::default(), message, "Divide it into several pages.");
        } else if *whole > MIN_HEAVY_WHOLE {
            let message = format!("with all that it shows, this page has {}", weight(*whole));
            let help = "Save its pictures smaller, or divide it into several pages.";
            advice(Section::Weight, Some(path), Span::default(), message, help);
        }
    }
    list.sort_by(|a, b| {
        // The settings first: they stand on every page.
        let is_page = |thing: &Thing| thing.path.as_ref().is_some_and(|path| path.as_str() != "site.yaml");
        let key = |thing: &Thing| {
            (thing.section, !thing.must, is_page(thing), thing.path.clone(), thing.span.start)
        };
        key(a).cmp(&key(b))
    });
    list
}

/// How many things must be done, of those that do not keep a build from being written: what `build` tells.
pub fn to_do(site: &dyn SiteView, found: &[Diagnostic]) -> usize {
    let told = found.iter().filter(|d| place(d).is_some_and(|(_, must)| must)).count();
    // The rule looks at all pages, and says whether there is anything; so does this only if there is.
    let any = found.iter().any(|d| d.code == code::PLACEHOLDER);
    told + if any { starter::left(site).len() } else { 0 }
}

/// Where a problem belongs, and whether it must be mended first; none for what `check` tells alone.
fn place(found: &Diagnostic) -> Option<(Section, bool)> {
    const OF_REVIEW: [Code; 3] = [code::REVIEW_OVERDUE, code::REVIEW_OWNER, code::REVIEWED_IN_FUTURE];
    const OF_LANGUAGES: [Code; 2] = [code::TRANSLATION_OUTDATED, code::TRANSLATION_ORPHAN];
    let is = |codes: &[Code]| codes.contains(&found.code);
    if found.code == code::REMOVED_ADDRESS {
        Some((Section::Addresses, true))
    } else if found.severity == Severity::Error {
        Some((Section::Errors, true))
    } else if found.code == code::UNFINISHED_TEXT {
        Some((Section::Placeholders, true))
    } else if is(&OF_REVIEW) {
        Some((Section::Review, false))
    } else if is(&OF_LANGUAGES) {
        Some((Section::Languages, false))
    } else if found.code == code::PAGE_TOO_LARGE {
        Some((Section::Weight, false))
    } else {
        None
    }
}

/// Pages that nobody looked at.
fn review(site: &dyn SiteView, list: &mut Vec<Thing>) {
    let section = Section::Review;
    if site.config().reviewer.is_none() {
        let message = "nobody is named who checked the guide, and its pages tell families so".to_owned();
        let help =
            "Write `reviewer:` with name and date into site.yaml when somebody has read it.".to_owned();
        let path = SourcePath::new("site.yaml").ok();
        list.push(Thing { section, must: false, path, span: Span::default(), message, help });
        return;
    }
    for page in site.pages().iter().filter(|page| page.document.summary.reviewed.is_none()) {
        let span = page.document.summary.spans.get("title").copied().unwrap_or_default();
        let message = "this page does not say when it was reviewed".to_owned();
        let help = "When somebody has read it, write `reviewed:` and the day on top.".to_owned();
        list.push(Thing {
            section,
            must: false,
            path: Some(page.document.path.clone()),
            span,
            message,
            help,
        });
    }
}

/// Languages that nobody checked, and pages that a language lacks.
fn languages(site: &dyn SiteView, found: &[Diagnostic], list: &mut Vec<Thing>) {
    let section = Section::Languages;
    let settings = SourcePath::new("site.yaml").ok();
    for language in site.config().languages.iter().filter(|language| language.unreviewed) {
        let message =
            format!("nobody has checked the pages in {} yet, and they tell families so", language.name);
        let help =
            "Let somebody who speaks it read them, then delete `unreviewed: true` in site.yaml.".to_owned();
        list.push(Thing {
            section,
            must: false,
            path: settings.clone(),
            span: Span::default(),
            message,
            help,
        });
    }
    let missing = found.iter().filter(|d| d.code == code::TRANSLATION_MISSING).count();
    if missing > 0 {
        let message = format!(
            "translations that are missing: {missing}; families see those pages in the main language"
        );
        let help = "`guidepost translations` lists them.".to_owned();
        list.push(Thing { section, must: false, path: None, span: Span::default(), message, help });
    }
}

/// What to do about a file that makes people wait; none when it does not.
fn too_heavy(file: &Weight<'_>) -> Option<&'static str> {
    match file.picture {
        Some(_) if file.size > MIN_HEAVY_PICTURE => {
            Some("Save it 1600 pixels wide, a photo as JPEG: some 300 KB are enough.")
        }
        None if file.size > MIN_HEAVY_FILE => {
            Some("Make it smaller, or say beside the link how large it is.")
        }
        _ => None,
    }
}

fn weight(size: u64) -> String {
    let size_text = match size {
        1_000_000.. => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
        _ => format!("{} KB", size / 1000),
    };
    format!("{size_text}: about {} seconds in a slow phone network", size.div_ceil(SLOW_BYTES_PER_SECOND))
}

/// The same for a page whose name says that it is none.
pub fn by_name() -> (String, String) {
    ("has a name that begins with _".into(), "Give it another name when it is ready.".into())
}

/// The same for a translation whose file has a mistake.
pub fn by_mistake() -> (String, String) {
    ("has a mistake".into(), "Mend what the build tells of it: until then the translation waits.".into())
}

/// The same for a page whose first day cannot be read.
pub fn by_unread_day() -> (String, String) {
    ("has a first day that cannot be read".into(), "Write it as YYYY-MM-DD behind `publish:`.".into())
}

/// Why a page is left out, for [`LeftOutPage`], and what to do.
pub fn left_out(draft: bool, from: Option<Date>, until: Option<Date>) -> (String, String) {
    match (draft, from, until) {
        (true, ..) => ("is a draft".into(), "When it is ready, delete the line `draft: true`.".into()),
        (_, Some(day), _) => {
            (format!("comes on {day}"), "Nothing, if the website is built again on that day.".into())
        }
        (.., Some(day)) => {
            (format!("is over since {day}"), "Delete it, or change `expires` if it is still of use.".into())
        }
        _ => ("is left out".into(), String::new()),
    }
}
