//! Writes the report as one HTML file that needs nothing else.
//!
//! Style and script stand in the page; a policy of their hashes keeps everything else out. Without script the tables
//! are all there, sorted by what is worst.

use super::{MARK, Part, Past, Reading, Report, Row};
use crate::diag::Severity;
use crate::source::html;
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// The hashes of the two; a test computes them again.
pub(super) const STYLE_HASH: &str = "sha256-qRCZ9/OJzIh1SuPyMjYyZWev0Ehn5lOtfHvGonoaBcE=";
pub(super) const SCRIPT_HASH: &str = "sha256-bVsBE0HQVy6Oc4hmFIEnLDgIA5RzKORwmeT/JeWRzAw=";

/// Maximum number of rows of a table; more would not be read, and `check` lists all.
const MAX_ROWS: usize = 1000;

/// The page.
pub fn html(report: &Report) -> String {
    let mut out = String::with_capacity(64 * 1024);
    head(&mut out, report);
    tiles(&mut out, report);
    for part in Part::ALL {
        let rows: Vec<&Row> = report.rows.iter().filter(|r| r.part == part).collect();
        problems(&mut out, part, &rows);
        if part == Part::HardToRead {
            readings(&mut out, report);
        }
    }
    manual_checks(&mut out, report);
    trend(&mut out, report);
    let past =
        serde_json::to_string(&report.past).unwrap_or_else(|_| "[]".to_owned()).replace('<', "\\u003c");
    let _ = write!(out, "</main>\n{MARK}{past}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn head(out: &mut String, report: &Report) {
    let title = escape(&report.title);
    let date = report.date.map(|d| format!(", {d}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"
    );
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>Report on {title}{date}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>Report on {title}</h1>\n\
         <p class=\"soft\">{}{date}. Made by Guidepost for the people who keep this site; it is not a page of the \
         site.</p>\n</header>\n<main>\n",
        escape(&report.extent),
    );
}

fn tiles(out: &mut String, report: &Report) {
    out.push_str("<ul class=\"tiles\">\n");
    let before = report.past.len().checked_sub(2).and_then(|i| report.past.get(i));
    for part in Part::ALL {
        let now = report.rows.iter().filter(|r| r.part == part).count();
        let _ = writeln!(
            out,
            "<li><a href=\"#{}\">{}</a><b>{now}</b>{}</li>",
            part.id(),
            part.title(),
            change(now, before, part)
        );
    }
    out.push_str("</ul>\n");
    let errors = report.rows.iter().filter(|r| r.severity == Severity::Error).count();
    let things = report.manual_checks.len();
    let passed = report.rows.iter().all(|r| r.severity == Severity::Note);
    let state = match (passed, errors) {
        (true, _) => "Automatic checks passed".to_owned(),
        (_, 0) => "The site can be published as it is".to_owned(),
        (_, 1) => "1 problem keeps the site from being published".to_owned(),
        (_, n) => format!("{n} problems keep the site from being published"),
    };
    let _ = writeln!(
        out,
        "<p>{state}; <a href=\"#by-person\">{things} things a person must look at</a>. Programs find about a third of \
         what matters.</p>"
    );
}

fn change(now: usize, before: Option<&Past>, part: Part) -> String {
    let Some((before, date)) = before.and_then(|p| Some((p.counts.get(part.id())?, p.date?))) else {
        return String::new();
    };
    let (class, words) = match now.cmp(before) {
        std::cmp::Ordering::Less => ("fewer", format!("{} fewer than on {date}", before - now)),
        std::cmp::Ordering::Greater => ("more", format!("{} more than on {date}", now - before)),
        std::cmp::Ordering::Equal => ("soft", format!("as on {date}")),
    };
    format!("<span class=\"{class}\">{words}</span>")
}

/// The tables of problems are lists of cards on a phone. A table that is not laid out as one keeps its meaning for screen
/// readers only if its roles are written.
fn cards(out: &mut String, caption: &str, label: &str, columns: &[&str]) {
    table(out, caption, label, columns);
    let from = out.rfind("<table").unwrap_or(0);
    let marked = out[from..]
        .replace("<table ", "<table class=\"cards\" role=\"table\" ")
        .replace("<thead><tr>", "<thead role=\"rowgroup\"><tr role=\"row\">")
        .replace("<th ", "<th role=\"columnheader\" ")
        .replace("<tbody>", "<tbody role=\"rowgroup\">");
    out.replace_range(from.., &marked);
}

fn table(out: &mut String, caption: &str, label: &str, columns: &[&str]) {
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n<table data-sort>\n\
         <caption>{caption}</caption>\n<thead><tr>"
    );
    for column in columns {
        let _ = write!(out, "<th scope=\"col\">{column}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

fn end_table(out: &mut String, left_out: usize) {
    out.push_str("</tbody>\n</table>\n</div>\n");
    if left_out > 0 {
        let _ = writeln!(out, "<p>And {left_out} more: <code>guidepost check</code> lists all.</p>");
    }
}

fn problems(out: &mut String, part: Part, rows: &[&Row]) {
    let _ = write!(
        out,
        "<h2 id=\"{}\">{}</h2>\n<p class=\"soft\">{}</p>\n",
        part.id(),
        part.title(),
        part.about()
    );
    if rows.is_empty() {
        out.push_str("<p>Nothing was found.</p>\n");
        return;
    }
    let caption = if rows.len() == 1 { "1 problem".to_owned() } else { format!("{} problems", rows.len()) };
    cards(
        out,
        &caption,
        part.title(),
        &["How bad", "Page", "Line", "Sentence", "What is wrong, and what to do"],
    );
    for row in rows.iter().take(MAX_ROWS) {
        let (rank, class) = level(row.severity);
        let path = row.path.as_ref().map_or("the whole site", |p| p.as_str());
        let line = if row.line > 0 { row.line.to_string() } else { String::new() };
        let lang =
            row.lang.as_ref().map(|l| format!(" lang=\"{}\" dir=\"auto\"", escape(l))).unwrap_or_default();
        let quote = if row.sentence.is_empty() {
            String::new()
        } else {
            format!("<q{lang}>{}</q>", escape(&row.sentence))
        };
        let _ = writeln!(
            out,
            "<tr role=\"row\"><td role=\"cell\" class=\"{class}\" data-by=\"{rank}\">{class}</td><td role=\"cell\" class=\"file\">{}</td>\
             <td role=\"cell\" class=\"number\" data-by=\"{}\">{line}</td><td role=\"cell\" class=\"text\">{quote}</td>\
             <td role=\"cell\" class=\"text\"><p>{}</p><p class=\"soft\">{} <code>{}</code></p></td></tr>",
            breakable(path),
            row.line,
            code_marks(&escape(&row.message)),
            code_marks(&escape(&row.help)),
            row.code,
        );
    }
    end_table(out, rows.len().saturating_sub(MAX_ROWS));
}

fn level(severity: Severity) -> (u8, &'static str) {
    match severity {
        Severity::Error => (0, "error"),
        Severity::Warning => (1, "warning"),
        Severity::Note => (2, "note"),
    }
}

/// What is hard to read, and all pages for who opens them: those that are fine would bury the others.
fn readings(out: &mut String, report: &Report) {
    if report.readings.is_empty() {
        return;
    }
    let hard: Vec<&Reading> = report.readings.iter().filter(|reading| reading.verdict.is_some()).collect();
    if !hard.is_empty() {
        reading_table(out, "Pages that are hard to read, the hardest of each language first.", &hard);
    }
    let all: Vec<&Reading> = report.readings.iter().collect();
    let _ = writeln!(out, "<details><summary>Reading level of all {} pages</summary>", all.len());
    let caption = "All pages, the hardest of each language first. Words of the glossary count as easy words.";
    reading_table(out, caption, &all);
    out.push_str("</details>\n");
}

fn reading_table(out: &mut String, caption: &str, readings: &[&Reading]) {
    let heads = ["Page", "File", "Language", "Words", "Level", "Verdict"];
    table(out, caption, caption.trim_end_matches('.'), &heads);
    for reading in readings.iter().take(MAX_ROWS) {
        let lang = escape(&reading.lang);
        let (rank, class, words) = match reading.verdict {
            Some(Severity::Error) => (0, "error", "too hard"),
            Some(_) => (1, "warning", "hard"),
            None => (2, "note", "fine"),
        };
        let _ = writeln!(
            out,
            "<tr><td class=\"title\" lang=\"{lang}\" dir=\"auto\">{}</td><td class=\"file\">{}</td><td>{lang}</td>\
             <td class=\"number\" data-by=\"{}\">{}</td><td data-by=\"{:.2}\">{}</td>\
             <td class=\"{class}\" data-by=\"{rank}\">{words}</td></tr>",
            escape(&reading.title),
            breakable(reading.path.as_str()),
            reading.words,
            reading.words,
            reading.hardness,
            escape(&reading.level),
        );
    }
    end_table(out, readings.len().saturating_sub(MAX_ROWS));
}

fn manual_checks(out: &mut String, report: &Report) {
    let things = report.manual_checks.len();
    let _ = write!(out, "<h2 id=\"by-person\">{things} things a person must look at</h2>\n<ol>\n");
    for thing in &report.manual_checks {
        let _ = writeln!(out, "<li>{}</li>", code_marks(&escape(thing)));
    }
    out.push_str("</ol>\n");
}

/// Text between two backquotes is code.
fn code_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, piece) in text.split('`').enumerate() {
        match i % 2 {
            0 => out.push_str(piece),
            _ => {
                let _ = write!(out, "<code>{piece}</code>");
            }
        }
    }
    out
}

fn trend(out: &mut String, report: &Report) {
    out.push_str("<h2 id=\"trend\">Trend</h2>\n");
    if report.past.len() < 2 {
        out.push_str("<p>This is the first report. The next one will say what has changed since.</p>\n");
        return;
    }
    let mut columns = vec!["Day", "All"];
    columns.extend(Part::ALL.iter().map(|p| p.title()));
    columns.push("Pages");
    table(out, "Problems on the day of each report, the newest first", "Trend", &columns);
    for past in report.past.iter().rev() {
        let all: usize = past.counts.values().sum();
        let date = past.date.map(|d| d.to_string()).unwrap_or_default();
        let _ = write!(out, "<tr><td>{date}</td><td class=\"number\" data-by=\"{all}\">{all}</td>");
        for part in Part::ALL {
            let n = past.counts.get(part.id()).copied().unwrap_or_default();
            let _ = write!(out, "<td class=\"number\" data-by=\"{n}\">{n}</td>");
        }
        let _ = writeln!(out, "<td class=\"number\" data-by=\"{}\">{}</td></tr>", past.pages, past.pages);
    }
    end_table(out, 0);
}

/// A path that may go on in the next line after each folder.
fn breakable(path: &str) -> String {
    escape(path).replace('/', "/<wbr>")
}

fn escape(text: &str) -> String {
    // A file must not turn the report around or ring its bell.
    let turns = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let plain = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let shown: String = text.chars().filter(|c| !turns(c)).map(plain).collect();
    let mut out = String::with_capacity(shown.len() + 8);
    html::attribute(&shown, &mut out);
    out
}
