//! `guidepost language status`: of each language how many pages are translated, and whether its texts are there and checked.
//!
//! For people in a few lines, or one JSON object for each language. Which pages these are, `guidepost translations` lists.

use super::super::args::{Format, LanguageStatusArgs};
use super::super::opened::ReadOnlySite;
use super::super::report::count;
use super::{Stop, labels, lacks, open};
use crate::config::Language;
use crate::site::{Progress, translations};
use crate::source::SourcePath;
use serde::Serialize;

/// How far a language is.
#[derive(Debug, Serialize)]
struct Status<'a> {
    code: &'a str,
    name: &'a str,
    /// Whether readers are told that nobody has checked its pages.
    unreviewed: bool,
    pages: Pages,
    theme_texts: ThemeTexts,
    site_texts: Site,
}

/// Its pages.
#[derive(Debug, Serialize)]
struct Pages {
    total: usize,
    translated: usize,
    behind: usize,
    unstamped: usize,
    draft: usize,
    missing: usize,
    only_here: usize,
}

/// Its words of the theme.
#[derive(Debug, Serialize)]
struct ThemeTexts {
    total: usize,
    missing: usize,
    reviewed: bool,
}

/// Its texts in `site.yaml`, and labels of kinds.
#[derive(Debug, Serialize)]
struct Site {
    missing: usize,
    labels_missing: usize,
}

pub(super) fn run(args: &LanguageStatusArgs) -> Result<String, Stop> {
    let opened = open(&args.root)?;
    let config = opened.engine.config();
    let progress = opened.engine.world().map(|world| translations(&world.site)).unwrap_or_default();
    let all: Vec<Status<'_>> = progress
        .iter()
        .filter_map(|progress| Some(status(&opened, config.language(&progress.code)?, progress)))
        .collect();
    match args.format {
        Format::Json => {
            let lines: Result<Vec<String>, _> = all.iter().map(serde_json::to_string).collect();
            lines.map(|lines| lines.join("\n")).map_err(|error| Stop::Because(error.to_string()))
        }
        Format::Human if all.is_empty() => {
            Ok("The site has one language. Add another: guidepost language add es".to_owned())
        }
        Format::Human => {
            let told: Vec<String> = all.iter().map(told).collect();
            Ok(format!("{}\n\nWhich pages these are: guidepost translations", told.join("\n")))
        }
    }
}

fn status<'a>(opened: &ReadOnlySite, language: &'a Language, progress: &Progress) -> Status<'a> {
    let config = opened.engine.config();
    let draft = |path: &&SourcePath| {
        opened.engine.documents().any(|document| document.path == **path && document.summary.draft)
    };
    let count_ready = |paths: &[SourcePath]| paths.iter().filter(|path| !draft(path)).count();
    let there = progress.current.iter().chain(&progress.outdated).chain(&progress.unstamped);
    let pages = Pages {
        total: progress.total(),
        translated: count_ready(&progress.current),
        behind: count_ready(&progress.outdated),
        unstamped: count_ready(&progress.unstamped),
        draft: there.filter(draft).count(),
        missing: progress.missing.len(),
        only_here: progress.orphans.len(),
    };
    let strings = opened.engine.world().map(|world| &world.strings);
    let keys = strings.map(|strings| strings.keys(config.default_language())).unwrap_or_default();
    let missing =
        keys.iter().filter(|key| strings.is_some_and(|strings| !strings.has(&language.code, key))).count();
    Status {
        code: &language.code,
        name: &language.name,
        unreviewed: language.unreviewed,
        pages,
        theme_texts: ThemeTexts {
            total: keys.len(),
            missing,
            reviewed: missing < keys.len()
                && !strings.is_some_and(|strings| strings.is_unreviewed(&language.code)),
        },
        site_texts: Site {
            missing: config.texts().into_iter().filter(|text| lacks(text, &language.code)).count(),
            labels_missing: labels(opened, &language.code),
        },
    }
}

fn told(status: &Status<'_>) -> String {
    let pages = &status.pages;
    let mut parts =
        vec![format!("{} of {} translated", pages.translated, count(pages.total, "page", "pages"))];
    for (number, what) in [
        (pages.behind, "behind"),
        (pages.unstamped, "unstamped"),
        (pages.draft, "in draft"),
        (pages.missing, "missing"),
        (pages.only_here, "only in this language"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    let texts = &status.theme_texts;
    let there = match texts.missing {
        0 => "all there".to_owned(),
        missing => format!("{missing} of {} missing", texts.total),
    };
    let checked = match (texts.reviewed, texts.missing == texts.total) {
        (_, true) => "",
        (true, _) => ", checked",
        (false, _) => ", not checked by a person yet",
    };
    let mut out = format!(
        "{} ({}){}\n  Pages: {}.\n  Words of the theme: {there}{checked}.",
        status.name,
        status.code,
        if status.unreviewed { ", marked as unreviewed" } else { "" },
        parts.join(", "),
    );
    let site = &status.site_texts;
    if site.missing + site.labels_missing > 0 {
        out.push_str(&format!(
            "\n  To translate in the settings: {} of site.yaml, {}.",
            count(site.missing, "text", "texts"),
            count(site.labels_missing, "label of a kind", "labels of kinds")
        ));
    }
    out
}
