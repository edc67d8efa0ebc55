//! The report of `guidepost report`: one page for people who would rather look than read messages.
//!
//! [`gather`] sorts what was found into parts, each problem with its page, line and sentence; [`html`] writes them. The
//! page needs nothing else: no other file, no other host; scripts only sort. It carries the numbers of the reports
//! before it ([`past`] reads them from the last one), so that a trend needs no file of its own.

mod html;

pub use html::html;

use super::grade;
use super::language::{Counts, base, score};
use super::rule::Group;
use super::rules::rules;
use super::view::SiteView;
use crate::diag::{Code, Diagnostic, Severity, SourceText};
use crate::source::{LineIndex, SourcePath, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// A part of the report, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Links that lead nowhere, fields that are wrong: what keeps a page from being right.
    Broken,
    /// Plain language.
    HardToRead,
    /// What keeps people with disabilities out.
    HardToUse,
    /// Missing and outdated translations.
    Untranslated,
    /// Reviews that are due.
    Overdue,
    /// What must not be public.
    Private,
    /// Titles, sources, safety, terms.
    Content,
}

impl Part {
    /// All parts in order.
    pub const ALL: [Part; 7] = [
        Part::Broken,
        Part::HardToRead,
        Part::HardToUse,
        Part::Untranslated,
        Part::Overdue,
        Part::Private,
        Part::Content,
    ];

    /// Its id in the page and in the trend.
    pub fn id(self) -> &'static str {
        match self {
            Part::Broken => "broken",
            Part::HardToRead => "hard-to-read",
            Part::HardToUse => "hard-to-use",
            Part::Untranslated => "untranslated",
            Part::Overdue => "overdue",
            Part::Private => "private",
            Part::Content => "content",
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Part::Broken => "Broken",
            Part::HardToRead => "Hard to read",
            Part::HardToUse => "Hard to use for some",
            Part::Untranslated => "Untranslated",
            Part::Overdue => "Overdue",
            Part::Private => "Not for the public",
            Part::Content => "Content",
        }
    }

    /// What it is about, in one sentence.
    pub fn about(self) -> &'static str {
        match self {
            Part::Broken => "Links that lead nowhere, and whatever else keeps a page from being right.",
            Part::HardToRead => "Long sentences, hard words, and letters that nobody explains.",
            Part::HardToUse => "What keeps people out who do not see, hear or point as others do.",
            Part::Untranslated => {
                "Pages and words that a language lacks, or that are older than their original."
            }
            Part::Overdue => "Pages that somebody should have read again.",
            Part::Private => "Names, numbers and places that should not be on a public page.",
            Part::Content => "Titles, descriptions, sources, safety notes and terms.",
        }
    }

    /// The part to which a problem belongs.
    pub fn of(code: Code) -> Part {
        if code == crate::diag::code::NEEDS_BASE_URL {
            return Part::Content;
        }
        match rules().iter().find(|rule| rule.code == code).map(|rule| rule.group) {
            None | Some(Group::Links | Group::Lost) => Part::Broken,
            Some(Group::Language) => Part::HardToRead,
            Some(Group::Accessibility) => Part::HardToUse,
            Some(Group::Translations) => Part::Untranslated,
            Some(Group::Review) => Part::Overdue,
            Some(Group::Privacy) => Part::Private,
            Some(Group::Content) => Part::Content,
        }
    }
}

/// One problem as a row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it is shown.
    pub part: Part,
    /// How bad it is.
    pub severity: Severity,
    /// Its name.
    pub code: Code,
    /// The file; none for the site as a whole.
    pub path: Option<SourcePath>,
    /// The line, from 1.
    pub line: usize,
    /// The sentence or line that it is about.
    pub sentence: String,
    /// The language of that sentence.
    pub lang: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// How hard one page is.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The title.
    pub title: String,
    /// The file.
    pub path: SourcePath,
    /// The code of its language.
    pub lang: String,
    /// Words of prose.
    pub words: u32,
    /// The number by which it is judged, such that more is harder within a language.
    pub hardness: f64,
    /// The level in words.
    pub level: String,
    /// The hardest thing that was reported of its level.
    pub verdict: Option<Severity>,
}

/// The numbers of one report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The day.
    pub date: Option<Date>,
    /// Pages.
    pub pages: usize,
    /// Problems by the id of their part.
    pub counts: BTreeMap<String, usize>,
}

/// All that the page shows.
#[derive(Debug, Clone)]
pub struct Report {
    /// The site's title.
    pub title: String,
    /// The day.
    pub date: Option<Date>,
    /// Pages and languages, in words.
    pub extent: String,
    /// The problems, sorted by part, then the worst first.
    pub rows: Vec<Row>,
    /// How hard the pages are, the hardest of each language first.
    pub readings: Vec<Reading>,
    /// What a person must look at.
    pub manual_checks: Vec<String>,
    /// Earlier reports, the oldest first, with this one at the end.
    pub past: Vec<Past>,
}

/// Maximum number of reports that are remembered.
const MAX_REMEMBERED: usize = 24;

/// Sorts what was found. `before` is what earlier reports counted.
pub fn gather(
    site: &dyn SiteView,
    found: &[Diagnostic],
    text: &dyn SourceText,
    extent: String,
    mut before: Vec<Past>,
) -> Report {
    let config = site.config();
    let pages = site.pages();
    let langs: BTreeMap<&SourcePath, &str> =
        pages.iter().map(|p| (&p.document.path, &*p.document.lang)).collect();
    let mut rows: Vec<Row> = Vec::with_capacity(found.len());
    for run in found.chunk_by(|a, b| a.path == b.path) {
        let path = run.first().and_then(|d| d.path.as_ref());
        let bytes = path.and_then(|path| text.text(path));
        let lines = bytes.as_deref().map(LineIndex::new);
        let source = bytes.as_deref().and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("");
        for diagnostic in run {
            let span = shown_place(diagnostic);
            rows.push(Row {
                part: Part::of(diagnostic.code),
                severity: diagnostic.severity,
                code: diagnostic.code,
                path: path.cloned(),
                line: lines.as_ref().map_or(0, |l| l.position(span.start as usize).line),
                sentence: if path.is_some_and(|p| p.extension() == "md") {
                    sentence(source, span)
                } else {
                    // Settings, lists and stylesheets have lines, not sentences.
                    line(source, span)
                },
                lang: path.and_then(|p| langs.get(p)).map(|l| (*l).to_owned()),
                message: diagnostic.message.clone(),
                help: diagnostic.help.clone().unwrap_or_default(),
            });
        }
    }
    rows.sort_by(|a, b| (a.part, a.severity, &a.path, a.line).cmp(&(b.part, b.severity, &b.path, b.line)));
    let mut verdicts: BTreeMap<&SourcePath, Severity> = BTreeMap::new();
    for verdict in found.iter().filter(|d| d.code == crate::diag::code::READING_LEVEL) {
        if let Some(path) = &verdict.path {
            let worst = verdicts.entry(path).or_insert(verdict.severity);
            *worst = verdict.severity.min(*worst);
        }
    }
    let readings = pages.iter().filter(|p| p.facts.eased().words > 0 && p.facts.eased().sentences > 0);
    let mut readings: Vec<Reading> = readings
        .map(|p| {
            let lang = &*p.document.lang;
            Reading {
                title: p.document.summary.title.clone(),
                path: p.document.path.clone(),
                lang: lang.to_owned(),
                words: p.facts.plain().words,
                hardness: hardness(lang, p.facts.eased()),
                level: grade::in_words(lang, p.facts.eased()),
                verdict: verdicts.get(&p.document.path).copied(),
            }
        })
        .collect();
    let order = |lang: &str| config.languages.iter().position(|l| l.code == lang);
    readings.sort_by(|a, b| {
        order(&a.lang)
            .cmp(&order(&b.lang))
            .then_with(|| b.hardness.total_cmp(&a.hardness))
            .then_with(|| a.path.cmp(&b.path))
    });
    let mut counts: BTreeMap<String, usize> = Part::ALL.iter().map(|p| (p.id().to_owned(), 0)).collect();
    for row in &rows {
        *counts.entry(row.part.id().to_owned()).or_default() += 1;
    }
    let date = site.today();
    // Two reports on one day are one step of the trend: the later.
    before.retain(|p| p.date.is_some() && p.date != date);
    before.push(Past { date, pages: pages.len(), counts });
    let past = before.split_off(before.len().saturating_sub(MAX_REMEMBERED));
    let title = config.title.get(config.default_language()).to_owned();
    Report { title, date, extent, rows, readings, manual_checks: super::manual_checks(site, found), past }
}

/// A level as a number that grows with hardness.
fn hardness(lang: &str, counts: &Counts) -> f64 {
    use super::language::Measure;
    let number = score(base(lang), counts);
    match super::language::measure_of(lang) {
        Measure::Inflesz | Measure::Ease => -number,
        Measure::Grade | Measure::Relative | Measure::Lengths => number,
    }
}

/// The place to quote: a verdict on a page or section quotes its hardest sentence.
fn shown_place(diagnostic: &Diagnostic) -> Span {
    let quotes = ["reading-level", "section-level"].contains(&diagnostic.code.name());
    let own = diagnostic.labels.iter().find(|l| quotes && Some(&l.path) == diagnostic.path.as_ref());
    own.map_or(diagnostic.span, |label| label.span)
}

/// Maximum number of characters of a sentence that are shown.
const MAX_SENTENCE: usize = 280;

/// Number of bytes that are looked through on each side of a place: more than are shown, and no more however long the text.
const SEARCH_BYTES: usize = 16 * MAX_SENTENCE;

/// The text near a place, and the place in it.
fn nearby(text: &str, span: Span) -> Option<(&str, Range<usize>)> {
    let range = span.range();
    let (start, end) = (range.start.min(text.len()), range.end.min(text.len()));
    if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return None;
    }
    let border = |at: &usize| text.is_char_boundary(*at);
    let end = (start..=end.min(start + SEARCH_BYTES)).rev().find(border)?;
    let from = (start.saturating_sub(SEARCH_BYTES)..=start).find(border)?;
    let to = (end..=text.len().min(end + SEARCH_BYTES)).rev().find(border)?;
    Some((text.get(from..to)?, start - from..end - from))
}

/// The line that holds the beginning of a place.
fn line(text: &str, span: Span) -> String {
    let Some((text, Range { start, .. })) = nearby(text, span) else { return String::new() };
    let (Some(before), Some(after)) = (text.get(..start), text.get(start..)) else { return String::new() };
    let (before, after) = (before.rsplit('\n').next().unwrap_or(""), after.split('\n').next().unwrap_or(""));
    shortened(&format!("{before}{after}"))
}

/// Text in one line, cut where it gets too long.
fn shortened(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((i, _)) = line.char_indices().nth(MAX_SENTENCE) {
        line.truncate(i);
        line.push('…');
    }
    line
}

/// The sentence around a place, in one line; a field's whole line; "" where there is no text.
pub fn sentence(text: &str, span: Span) -> String {
    let Some((text, Range { start, end })) = nearby(text, span) else { return String::new() };
    // A heading's place ends behind its line.
    let end = text.get(start..end).map_or(end, |marked| start + marked.trim_end().len());
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return String::new() };
    // A blank line, and the line that closes the front matter.
    let borders = ["\n\n", "\n\r\n", "\n---\n", "\n---\r\n"];
    let block = borders.iter().filter_map(|b| before.rfind(b).map(|i| i + b.len())).max().unwrap_or(0);
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    // Items, table rows, headings and front matter are lines of their own.
    let own_line = text.get(line..).is_some_and(|l| {
        let l = l.trim_start();
        l.starts_with(['-', '*', '#', '|', '>', ':'])
            || l.starts_with(|c: char| c.is_ascii_digit())
            || is_field(l)
    });
    let from = if own_line { line } else { block };
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '؟' | '。');
    let head = text.get(from..start).unwrap_or("");
    let cut = head.char_indices().rev().find(|(i, c)| {
        ends(*c)
            && head
                .get(i + c.len_utf8()..)
                .is_some_and(|r| r.is_empty() || r.starts_with(char::is_whitespace))
    });
    let from = cut.map_or(from, |(i, c)| from + i + c.len_utf8());
    let marked = text.get(from..end).unwrap_or("");
    let stop = if marked.trim_end().ends_with(ends) || marked.contains("\n\n") {
        0
    } else {
        let limit = if own_line { after.find('\n') } else { after.find("\n\n") }.unwrap_or(after.len());
        let rest = after.get(..limit).unwrap_or("");
        rest.char_indices()
            .find(|(i, c)| {
                ends(*c)
                    && rest
                        .get(i + c.len_utf8()..)
                        .is_some_and(|r| r.is_empty() || r.starts_with(char::is_whitespace))
            })
            .map_or(limit, |(i, c)| i + c.len_utf8())
    };
    let whole = text.get(from..end + stop).unwrap_or("");
    shortened(whole)
}

/// Whether a line is a key with its value.
fn is_field(line: &str) -> bool {
    let key = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    key > 0 && line.as_bytes().get(key) == Some(&b':')
}

/// The report for other programs.
pub fn data(report: &Report) -> serde_json::Value {
    use serde_json::{Value, json};
    let rows = report.rows.iter().map(|row| {
        json!({
            "part": row.part.id(), "severity": row.severity, "code": row.code.name(),
            "path": row.path.as_ref().map(SourcePath::as_str), "line": row.path.as_ref().map(|_| row.line),
            "sentence": row.sentence, "lang": row.lang, "message": row.message, "help": row.help,
        })
    });
    let readings = report.readings.iter().map(|page| {
        json!({
            "path": page.path.as_str(), "title": page.title, "lang": page.lang, "words": page.words,
            "hardness": page.hardness, "level": page.level, "verdict": page.verdict,
        })
    });
    let now = report.past.last();
    json!({
        "title": report.title,
        "date": report.date.map(|date| date.to_string()),
        "pages": now.map(|now| now.pages),
        "counts": now.map(|now| &now.counts),
        "problems": rows.collect::<Value>(),
        "reading": readings.collect::<Value>(),
        "by_person": report.manual_checks,
    })
}

/// The mark before the numbers in a report.
const MARK: &str = "<script type=\"application/json\" id=\"past\">";

/// Whether a file is a report, which the next one may replace.
pub fn is_report(text: &str) -> bool {
    text.contains(MARK)
}

/// The numbers that an earlier report carries; none when it is no report, or a damaged one.
pub fn past(report: &str) -> Vec<Past> {
    let after = report.split_once(MARK).map(|(_, after)| after);
    let inside = after.and_then(|after| after.split_once("</script>")).map(|(inside, _)| inside);
    inside.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
