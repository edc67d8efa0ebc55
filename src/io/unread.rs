//! Files and folders that are called as if Guidepost read them, and that it does not: a misspelt folder, the folders and settings
//! of another program, a translation in a form that is none. Whoever made them waits for what they say.
//!
//! Asked by each scan. Beside `site.yaml` the names are listed; in themes, and in the folders that are read, they are those that the
//! scan found. What is certainly a mistake is a warning; what may be there for another program is a note.

use super::disk::Kind;
use super::names::{self, Taken};
use super::stats::StatTable;
use super::tree::{FILES, FOLDERS, Tree};
use crate::config::language;
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::engine::is_well_known;
use crate::source::{SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Where the notes stand among the problems; no file has such a name.
const KEY: &str = "content//unread/";
/// Maximum number of names that are told in one scan.
const MAX_TOLD: usize = 20;

/// Folders of other programs: their names, the folder that stands for them here, what is said of it, and how sure it is in a theme.
const ELSEWHERE: &[(&[&str], &str, &str, Severity)] = &[
    (
        &["layouts", "_layouts", "layout", "_includes", "includes", "overrides", "views", "partials"],
        "templates",
        "templates lie in templates/, parts of them in templates/partials/",
        Severity::Warning,
    ),
    (
        &["components", "shortcodes", "macros"],
        "templates/components",
        "components lie in templates/components/",
        Severity::Warning,
    ),
    (
        &["static", "css", "js", "img", "images", "fonts", "icons", "stylesheets", "javascripts"],
        "assets",
        "styles, scripts, fonts and pictures of the theme lie in assets/, pictures of pages in content/",
        Severity::Note,
    ),
    (
        &["i18n", "_i18n", "locale", "locales", "lang", "langs", "l10n"],
        "translations",
        "texts of templates lie in translations/, a file for each language",
        Severity::Warning,
    ),
    (&["_data"], "data", "data files lie in data/", Severity::Warning),
    (
        &["archetypes"],
        "kinds",
        "site.yaml says below kinds: what a kind of page has, and guidepost new makes a page of it",
        Severity::Note,
    ),
];

/// Settings of other programs.
const SETTINGS_ELSEWHERE: &[(&str, &str)] = &[
    ("_config.yml", "Jekyll"),
    ("_quarto.yml", "Quarto"),
    ("antora.yml", "Antora"),
    ("astro.config.mjs", "Astro"),
    ("book.toml", "mdBook"),
    ("config.toml", "Zola or Hugo"),
    ("config.yaml", "Hugo"),
    ("config.yml", "Hugo"),
    ("docusaurus.config.js", "Docusaurus"),
    ("docusaurus.config.ts", "Docusaurus"),
    ("eleventy.config.js", "Eleventy"),
    ("hugo.toml", "Hugo"),
    ("hugo.yaml", "Hugo"),
    ("hugo.yml", "Hugo"),
    ("mkdocs.yml", "MkDocs"),
    ("zola.toml", "Zola"),
];

/// What hosts read at the top of a repository, not of a site.
const READ_HERE: &[&str] = &["netlify.toml", "staticwebapp.config.json", "vercel.json", "web.config"];

/// Endings that templates have elsewhere.
const TEMPLATE_ENDINGS: &[&str] = &[
    "ejs", "erb", "gohtml", "hbs", "htm", "j2", "jinja", "jinja2", "liquid", "mustache", "njk", "tera",
    "tmpl", "twig", "xhtml",
];

/// Endings of data and of texts that are not read.
const DATA_ENDINGS: &[&str] = &["json5", "jsonc", "ndjson", "toml", "tsv", "xml"];
const SHEET_ENDINGS: &[&str] = &["numbers", "ods", "xls", "xlsx"];
const TEXT_ENDINGS: &[&str] =
    &["arb", "csv", "ftl", "js", "json", "mo", "php", "po", "pot", "properties", "toml", "xlf", "xliff"];

/// What is told of one name that is not read.
struct Unread {
    severity: Severity,
    message: String,
    help: String,
}

fn told(severity: Severity, message: String, help: String) -> Option<Unread> {
    Some(Unread { severity, message, help })
}

/// Notes what is not read.
pub(super) fn note(tree: &Tree<'_>, table: &mut StatTable) {
    table.problems.retain(|at, _| !at.starts_with(KEY));
    let mut found = beside(tree, table);
    found.extend(inside(table));
    for (name, told) in found.into_iter().take(MAX_TOLD) {
        let Ok(path) = SourcePath::new(&name) else { continue };
        let diagnostic =
            Diagnostic::new(code::UNREAD_FILE, told.severity, &path, Span::default(), told.message);
        table.problems.insert(format!("{KEY}{name}"), diagnostic.help(told.help));
    }
}

/// Beside `site.yaml`.
fn beside(tree: &Tree<'_>, table: &StatTable) -> Vec<(String, Unread)> {
    let root = tree.mounts.root();
    let entries = tree.disk.list(root).unwrap_or_default();
    let mut found = Vec::new();
    for entry in &entries {
        let (Some(name), Ok(stat)) = (entry.name.to_str(), &entry.stat) else { continue };
        match stat.kind {
            _ if names::junk(name) => {}
            Kind::File if !FILES.contains(&name) => {
                found.extend(settings(name).map(|told| (name.to_owned(), told)));
            }
            Kind::Folder if !FOLDERS.contains(&name) => {
                let real = tree.disk.canonical(&root.join(name));
                if real.is_ok_and(|real| tree.exclude.contains(&real)) {
                    continue;
                }
                let inner = tree.disk.list(&root.join(name)).unwrap_or_default();
                let inner =
                    inner.iter().filter_map(|entry| entry.name.to_str()).filter(|name| !names::junk(name));
                let inner: BTreeSet<&str> = inner.collect();
                // An empty folder says nothing.
                let Some(first) = inner.first() else { continue };
                found.extend(folder("", name, &inner, table).map(|told| (format!("{name}/{first}"), told)));
            }
            _ => {}
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found
}

/// A file beside `site.yaml`.
fn settings(name: &str) -> Option<Unread> {
    let lower = name.to_lowercase();
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    let is_form = matches!(ending, "yaml" | "yml" | "json" | "toml");
    let not_read = |why: &str| format!("{name} is not read: {why}");
    let elsewhere = SETTINGS_ELSEWHERE.iter().find(|(known, _)| *known == lower);
    if let Some((_, program)) = elsewhere {
        let help = "take over into site.yaml what you need; when no other program reads it, delete it";
        return told(Severity::Note, not_read(&format!("it holds settings of {program}")), help.to_owned());
    }
    match stem {
        "kinds" | "kind" if is_form => told(
            Severity::Warning,
            not_read("the kinds of a site stand in site.yaml, those of a theme in the theme's folder"),
            "write its lines into site.yaml, below a line `kinds:` and two spaces further in".to_owned(),
        ),
        "theme" if is_form => told(
            Severity::Warning,
            not_read("what a theme says of itself lies in the theme's folder"),
            "write into site.yaml, below `theme:`, which theme the site has and its settings; a theme of your own lies in themes/NAME/theme.yaml"
                .to_owned(),
        ),
        "site" if is_form => told(
            Severity::Warning,
            not_read("the settings are those in site.yaml"),
            "take over into site.yaml what is right, and delete this file".to_owned(),
        ),
        "menu" | "menus" | "nav" | "languages" | "notices" if is_form => told(
            Severity::Warning,
            not_read("all settings stand in site.yaml"),
            format!("write its lines into site.yaml, below `{}:`", if stem == "nav" { "menu" } else { stem }),
        ),
        _ if ending == "lock" && closest(&lower, ["urls.lock"]).is_some() => told(
            Severity::Warning,
            not_read("the addresses that a site keeps stand in urls.lock"),
            format!("rename {name} to urls.lock"),
        ),
        _ if is_well_known(name) && !READ_HERE.contains(&name) => told(
            Severity::Note,
            format!("{name} lies beside site.yaml, so it is not published"),
            format!("to publish it at the top of the site, move it to content/{name}"),
        ),
        _ => None,
    }
}

/// A folder that is not read, in the theme's folder `before` or beside `site.yaml`, with the names of what lies in it.
fn folder(before: &str, name: &str, inner: &BTreeSet<&str>, table: &StatTable) -> Option<Unread> {
    let lower = name.to_lowercase();
    let not_read = format!("the folder {before}{name} is not read");
    if let Some((_, here, says, severity)) =
        ELSEWHERE.iter().find(|(names, ..)| names.contains(&lower.as_str()))
    {
        // Beside the settings another program may have its own.
        let severity = if before.is_empty() { Severity::Note } else { *severity };
        let help =
            format!("move what is needed into {before}{here}/; leave the folder if another program reads it");
        return told(severity, format!("{not_read}: {says}"), help);
    }
    if !before.is_empty() && name == "content" {
        let help = "move the pages into content/ beside site.yaml; the folder of a theme holds none";
        return told(Severity::Warning, not_read, help.to_owned());
    }
    let meant = closest(&lower, FOLDERS.iter().copied())?;
    // That there is no folder `content` is told with what is there instead.
    let is_told = meant == "content" && table.under(meant).next().is_none();
    if is_told || !inner.iter().any(|file| is_of(meant, file)) {
        return None;
    }
    let full = format!("{before}{meant}");
    let help = match table.under(&full).next() {
        Some(_) => format!("move what is in it into {full}/"),
        None => format!("rename {before}{name} to {full}"),
    };
    told(Severity::Warning, format!("{not_read}: the one that is read is called {meant}"), help)
}

/// Whether a file or folder in a folder is one that the folder `meant` would hold.
fn is_of(meant: &str, name: &str) -> bool {
    let lower = name.to_lowercase();
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    match meant {
        "templates" => {
            matches!(ending, "html" | "css" | "json" | "xml" | "ics")
                || matches!(stem, "components" | "entries" | "partials")
        }
        "translations" | "kinds" => matches!(ending, "yaml" | "yml") && language::is_known(stem),
        "assets" => {
            matches!(ending, "css" | "js" | "svg" | "png" | "jpg" | "webp" | "woff2" | "ico")
                || stem == "icons"
        }
        "data" => matches!(ending, "yaml" | "yml" | "json" | "csv"),
        "content" => ending == "md",
        _ => ending.is_empty(),
    }
}

/// In themes and in the folders that are read.
fn inside(table: &StatTable) -> Vec<(String, Unread)> {
    let mut found = Vec::new();
    // What lies in the folders of themes that are not read, by the folder's path.
    let mut folders: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (path, _) in FOLDERS.iter().filter(|top| **top != "content").flat_map(|top| table.under(top)) {
        let text = path.as_str();
        let (before, inner) = match text.strip_prefix("themes/").map(|rest| rest.split_once('/')) {
            Some(Some((_, inner))) => text.split_at(text.len() - inner.len()),
            Some(None) => {
                found.extend(in_no_theme(text).map(|told| (text.to_owned(), told)));
                continue;
            }
            None => ("", text),
        };
        let told = match inner.split_once('/') {
            None => of_theme(before, inner),
            Some(("templates", file)) => template(path, file),
            Some((sort @ ("translations" | "kinds"), file)) => by_language(before, sort, file),
            Some(("data", _)) => data(path),
            Some(("assets", _)) => None,
            Some((name, rest)) => {
                let first = rest.split('/').next().unwrap_or(rest);
                folders.entry((before, name)).or_default().insert(first);
                None
            }
        };
        found.extend(told.map(|told| (text.to_owned(), told)));
    }
    for ((before, name), inner) in folders {
        let first = inner.first().copied().unwrap_or_default();
        found.extend(
            folder(before, name, &inner, table).map(|told| (format!("{before}{name}/{first}"), told)),
        );
    }
    found
}

/// A file in `themes/` that lies in no theme.
fn in_no_theme(text: &str) -> Option<Unread> {
    let name = text.rsplit('/').next().unwrap_or(text);
    matches!(name.rsplit_once('.'), Some(("theme" | "kinds", "yaml" | "yml")))
        .then(|| {
            told(
                Severity::Warning,
                format!("{text} is not read: each theme has a folder of its own"),
                format!("move it, with all that belongs to the theme, to themes/NAME/{name}"),
            )
        })
        .flatten()
}

/// A file at the top of a theme's folder.
fn of_theme(before: &str, name: &str) -> Option<Unread> {
    if matches!(name, "theme.yaml" | "kinds.yaml") {
        return None;
    }
    let lower = name.to_lowercase();
    let (stem, ending) = lower.rsplit_once('.')?;
    let meant = match (stem, ending) {
        (_, "yaml" | "yml") => match closest(stem, ["theme", "kinds"]) {
            Some(meant) => meant,
            None if matches!(stem, "site" | "config" | "settings") => "theme",
            None => return None,
        },
        ("theme" | "config" | "kinds", "toml" | "json") => {
            if stem == "kinds" {
                "kinds"
            } else {
                "theme"
            }
        }
        _ => return None,
    };
    let help = match ending {
        "yaml" | "yml" if stem == meant || closest(stem, [meant]).is_some() => {
            format!("rename {before}{name} to {before}{meant}.yaml")
        }
        _ => format!("write what it says as YAML into {before}{meant}.yaml"),
    };
    let what =
        if meant == "kinds" { "the kinds of a theme stand" } else { "what a theme says of itself stands" };
    told(Severity::Warning, format!("{before}{name} is not read: {what} in {meant}.yaml"), help)
}

/// A file in `templates/` that cannot be one.
fn template(path: &SourcePath, file: &str) -> Option<Unread> {
    let ending = path.extension();
    if names::taken(&ending, 0) == Taken::Text {
        return None;
    }
    let text = path.as_str();
    let bare = text.strip_suffix(&format!(".{ending}")).unwrap_or(text);
    if TEMPLATE_ENDINGS.contains(&&*ending) {
        let as_text =
            matches!(bare.rsplit_once('.'), Some((_, inner)) if names::taken(inner, 0) == Taken::Text);
        let meant = if as_text { bare.to_owned() } else { format!("{bare}.html") };
        let message = format!("{text} is no template: the names of templates end in .html");
        return told(Severity::Warning, message, format!("rename it to {meant}"));
    }
    let is_picture =
        matches!(&*ending, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "ico" | "woff" | "woff2");
    is_picture
        .then(|| {
            told(
                Severity::Warning,
                format!("{text} is not published: templates/ holds templates only"),
                format!(
                    "move it to {}assets/{file}",
                    text.strip_suffix(&format!("templates/{file}")).unwrap_or("")
                ),
            )
        })
        .flatten()
}

/// A file in `translations/` or `kinds/`, which hold one file for each language.
fn by_language(before: &str, sort: &str, file: &str) -> Option<Unread> {
    let full = format!("{before}{sort}");
    let not_read = match sort {
        "kinds" => format!(
            "{full}/{file} is not read: kinds/ holds the words of kinds, a file for each further language"
        ),
        _ => format!("{full}/{file} is not read: each language has one file in {sort}/"),
    };
    let (first, rest) = file.split_once('/').unwrap_or((file, ""));
    let (stem, ending) = file.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let is_yaml = matches!(&*ending, "yaml" | "yml");
    if !is_yaml && !TEXT_ENDINGS.contains(&&*ending) {
        return None;
    }
    let code = if rest.is_empty() { stem } else { first };
    let help = match (language::tag(code), rest.is_empty()) {
        (Ok(_), true) if &*ending == "yaml" || (is_yaml && sort == "translations") => return None,
        (Ok(_), true) if is_yaml => format!("rename it to {full}/{code}.yaml"),
        (Ok(_), _) => format!("write its lines as YAML into {full}/{code}.yaml"),
        (Err(_), _) if sort == "kinds" => format!(
            "say what a kind is in {}; a file of words is named after its language, such as {full}/vi.yaml",
            if before.is_empty() {
                "site.yaml, below `kinds:`".to_owned()
            } else {
                format!("{before}kinds.yaml")
            }
        ),
        (Err(_), _) => match language::suggested(code) {
            Some(tag) => format!("write its lines into {full}/{tag}.yaml"),
            None => format!("name the file after the tag of its language, such as {full}/en.yaml"),
        },
    };
    told(Severity::Warning, not_read, help)
}

/// A file in `data/` of a form that is not read.
fn data(path: &SourcePath) -> Option<Unread> {
    let ending = path.extension();
    let help = match &*ending {
        ending if SHEET_ENDINGS.contains(&ending) => {
            "save the table as CSV (in most programs: File, Save as), and name that file"
        }
        ending if DATA_ENDINGS.contains(&ending) => "write the data as .yaml, .json or .csv",
        _ => return None,
    };
    told(
        Severity::Note,
        format!("{path} is no data file that is read: they end in .yaml, .yml, .json or .csv"),
        help.to_owned(),
    )
}
