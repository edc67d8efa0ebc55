//! One cause is told once: what follows from another problem is left out, and what a template does wrong on many pages is
//! one problem that names one of them.
//!
//! Called when the problems of all stages are put together. Nothing is thrown away: with the cause mended, what is left
//! out comes back.

use super::Engine;
use super::graph::{Reading, Record};
use super::inputs::{Class, classify};
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::render::{Fact, Tag, trail};
use crate::source::{SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Settings that are no text, and a theme that is not there: nothing else is known of the site then, and all else that is
/// found only follows from it. The first of them that there are.
pub fn stopping(problems: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    let is_settings = |path: &SourcePath| classify(path) == Class::Settings;
    let unreadable = move |d: &Diagnostic| {
        matches!(d.code, code::NOT_UTF8 | code::UNREADABLE_FILE)
            && d.severity == Severity::Error
            && d.path.as_ref().is_some_and(is_settings)
    };
    let first = problems.iter().any(unreadable);
    problems.iter().filter(move |d| if first { unreadable(d) } else { d.code == code::MISSING_THEME })
}

/// What follows from kinds that could not be read, on pages.
const OF_KINDS: &[Code] = &[
    code::UNKNOWN_KIND,
    code::BAD_KIND,
    code::UNKNOWN_KEY,
    code::FOREIGN_KEY,
    code::ENTRY_LABEL,
    code::BROKEN_REFERENCE,
];

/// What follows from a theme that may extend another one, of which it cannot be read which.
const OF_THEMES: &[Code] = &[
    code::MISSING_TEMPLATE,
    code::UNKNOWN_COMPONENT,
    code::TEMPLATE_SYNTAX,
    code::TEMPLATE_RENDER,
    code::MISSING_ASSET,
    code::MISSING_TEXT,
];

/// What follows from UI strings that could not be read.
const OF_TEXTS: &[Code] = &[code::MISSING_TEXT, code::TEXT_UNTRANSLATED];

/// Whether the problem was met while an output was made, by a template.
fn is_of_template(problem: &Diagnostic) -> bool {
    match &problem.path {
        Some(path) => classify(path) == Class::Template,
        None => problem.code == code::MISSING_TEMPLATE,
    }
}

/// Whether the message tells on which way a template came to its place: there are many to one fault.
fn is_of_way(problem: &Diagnostic) -> bool {
    problem.message.contains(trail::IN_ITSELF) || problem.message.contains(trail::TOO_DEEP)
}

/// One fault of a template: its place and what is said of it.
type Fault<'a> = (Option<&'a SourcePath>, Span, Code, &'a str);

impl Engine {
    /// Leaves out of all problems those that only follow from others.
    pub(super) fn causes(&self, all: Vec<Diagnostic>) -> Vec<Diagnostic> {
        // Nobody named the theme that is missing: its name could not be read.
        let unnamed = |d: &Diagnostic| d.code == code::MISSING_THEME && d.path.is_none();
        let in_site = |d: &&Diagnostic| {
            d.severity == Severity::Error && d.path.as_ref().is_some_and(|path| path.as_str() == "site.yaml")
        };
        if all.iter().any(unnamed) && all.iter().any(|d| in_site(&d)) {
            return all.iter().filter(in_site).cloned().collect();
        }
        if stopping(&all).next().is_some() {
            return stopping(&all).cloned().collect();
        }
        let all = foreign_keys(all, &self.config.ignore_keys);
        let is_unreadable = |d: &Diagnostic, name: &str| {
            d.severity == Severity::Error
                && d.code == code::YAML_SYNTAX
                && d.path.as_ref().is_some_and(|path| path.file_name() == name)
        };
        let broken = |name: &str| self.problems.settings.iter().any(|d| is_unreadable(d, name));
        let (no_kinds, no_theme) = (broken("kinds.yaml"), broken("theme.yaml"));
        let no_texts = self.problems.strings.iter().any(|d| d.severity == Severity::Error);
        let follows = |d: &Diagnostic| {
            let page = d.path.as_ref().is_some_and(|path| path.as_str().starts_with("content/"));
            (no_kinds || no_theme) && page && OF_KINDS.contains(&d.code)
                || no_theme && OF_THEMES.contains(&d.code)
                || no_texts && OF_TEXTS.contains(&d.code)
        };
        all.into_iter().filter(|d| !follows(d)).collect()
    }

    /// The problems met while outputs and fragments were made.
    pub(super) fn met(&self) -> Vec<Diagnostic> {
        // Data that could not be read are empty to a template, which may then fail for that alone.
        let broken = self.problems.data.iter().filter(|d| d.severity == Severity::Error);
        let broken: BTreeSet<Fact> = broken
            .filter_map(|d| d.path.as_ref()?.as_str().strip_prefix("data/"))
            .map(|name| Fact::new(Tag::Data, 0, name))
            .collect();
        let mut found = Vec::new();
        let mut faults: BTreeMap<Fault<'_>, (&Diagnostic, BTreeSet<&str>)> = BTreeMap::new();
        for record in self.graph.with_problems().filter(|r| self.is_shown(r)) {
            let of_data = broken.iter().any(|fact| self.graph.reads(record, fact));
            for problem in &record.diagnostics {
                if of_data && problem.code == code::TEMPLATE_RENDER {
                    continue;
                }
                if !is_of_template(problem) {
                    found.push(problem.clone());
                    continue;
                }
                let message = if is_of_way(problem) { "" } else { problem.message.as_str() };
                let fault = (problem.path.as_ref(), problem.span, problem.code, message);
                let (first, outputs) = faults.entry(fault).or_insert((problem, BTreeSet::new()));
                let told = |d: &Diagnostic| (d.labels.clone(), d.message.clone(), d.help.clone());
                if told(problem) < told(first) {
                    *first = problem;
                }
                outputs.extend(output(record));
            }
        }
        found.extend(faults.into_values().map(|(problem, outputs)| self.at_its_cause(problem, &outputs)));
        // What is wrong with a picture is told where a page shows it, and at the file only if no page does.
        let of_picture = |d: &Diagnostic| matches!(d.code, code::PHOTO_FORMAT | code::BROKEN_IMAGE);
        let shown: BTreeSet<SourcePath> = found
            .iter()
            .filter(|d| of_picture(d))
            .flat_map(|d| d.labels.iter().map(|l| l.path.clone()))
            .collect();
        found.retain(|d| !of_picture(d) || d.path.as_ref().is_none_or(|path| !shown.contains(path)));
        found
    }

    /// A template's fault with the pages that were being made; a logo that is missing, where the site names it.
    fn at_its_cause(&self, problem: &Diagnostic, outputs: &BTreeSet<&str>) -> Diagnostic {
        let mut told = problem.clone();
        if let Some(first) = outputs.first() {
            let more = match outputs.len() - 1 {
                0 => String::new(),
                1 => " and one more page".to_owned(),
                n => format!(" and {n} more pages"),
            };
            told.message.push_str(&format!(" Met while making {first}{more}."));
        }
        let logo = self.config.brand_logo.as_deref().filter(|_| problem.code == code::MISSING_ASSET);
        if let Some(logo) =
            logo.filter(|logo| problem.message.starts_with(&format!("asset(path=\"{logo}\")")))
            && let Some(site) = self.inputs.text("site.yaml")
            && let Some(at) = site.utf8().ok().and_then(|text| {
                let key = text.find("logo:")?;
                text[key..].find(logo).map(|at| key + at)
            })
        {
            let span = Span::new(at, at + logo.len());
            told = Diagnostic::error(code::MISSING_ASSET, &site.path, span, format!("The logo \"{logo}\" does not exist."))
                .help(format!("Put the picture into the site's assets folder, as assets/{logo}, or correct its name; upper and lower case matter."));
            if let Some(path) = &problem.path {
                told = told.label(path, problem.span, "shown here");
            }
        }
        told
    }
}

/// The key that a message on one is about: what it quotes last.
fn quoted(message: &str) -> &str {
    message.rsplit('`').nth(1).unwrap_or("")
}

/// Leaves out what is said of keys that the site ignores, and says of each key of another program once on how many pages
/// it stands.
fn foreign_keys(mut all: Vec<Diagnostic>, ignored: &[String]) -> Vec<Diagnostic> {
    let of_key = |d: &Diagnostic| {
        let page = d.path.as_ref().is_some_and(|path| path.as_str().starts_with("content/"));
        d.code == code::FOREIGN_KEY || d.code == code::UNKNOWN_KEY && page
    };
    all.retain(|d| !of_key(d) || !ignored.iter().any(|key| key == quoted(&d.message)));
    let mut by_key: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, found) in all.iter().enumerate().filter(|(_, d)| d.code == code::FOREIGN_KEY) {
        let (first, count) = by_key.entry(found.message.clone()).or_insert((at, 0));
        *count += 1;
        if (&found.path, found.span) < (&all[*first].path, all[*first].span) {
            *first = at;
        }
    }
    let firsts: BTreeMap<usize, usize> = by_key.into_values().collect();
    let mut at = 0;
    all.retain_mut(|found| {
        let number = at;
        at += 1;
        if found.code != code::FOREIGN_KEY {
            return true;
        }
        let Some(count) = firsts.get(&number) else { return false };
        match count {
            1 => {}
            2 => found.message.push_str(", which stands on one more page"),
            n => found.message.push_str(&format!(", which stands on {} more pages", n - 1)),
        }
        true
    });
    all
}

/// The address of what was made.
fn output(record: &Record) -> Option<&str> {
    match &record.key {
        Some(Reading::Output(path)) => Some(path.as_str()),
        _ => None,
    }
}
