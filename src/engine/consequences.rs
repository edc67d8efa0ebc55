//! One cause is told once: what follows from another problem is left out, and what a template does wrong on many pages is
//! one problem that names one of them.
//!
//! Called when the problems of all stages are put together. Nothing is thrown away: with the cause mended, what is left
//! out comes back.

use super::Engine;
use super::graph::{Consumer, ConsumerRecord};
use super::inputs::{Class, classify};
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::render::{Fact, FactKind, trail};
use crate::source::{SourcePath, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Settings that are not there or are no text, a theme that is not there, a site without a page: nothing else is known of
/// the site then, and all else that is found only follows from it. The first of them that there are.
pub fn stopping(problems: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    let is_settings = |path: &SourcePath| classify(path) == Class::Settings;
    let rank = move |d: &Diagnostic| match d.code {
        _ if d.severity != Severity::Error => None,
        code::NO_SETTINGS => Some(0),
        code::NOT_UTF8 | code::UNREADABLE_FILE => d.path.as_ref().is_some_and(is_settings).then_some(1),
        code::MISSING_THEME => Some(2),
        code::NO_CONTENT => Some(3),
        _ => None,
    };
    let first = problems.iter().filter_map(rank).min();
    problems.iter().filter(move |d| first.is_some() && rank(d) == first)
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

/// The name of a data file, of the site or of a theme.
fn of_data(path: &str) -> Option<&str> {
    let inner =
        path.strip_prefix("themes/").and_then(|rest| rest.split_once('/')).map_or(path, |(_, inner)| inner);
    inner.strip_prefix("data/")
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
        // Settings of which only a part could be read: the rest of the site was made of defaults.
        let is_broken = |d: &Diagnostic| in_site(&d) && matches!(d.code, code::YAML_SYNTAX | code::NESTING);
        if self.config.unread || all.iter().any(is_broken) {
            return all.iter().filter(in_site).cloned().collect();
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
        languages(together(all.into_iter().filter(|d| !follows(d)).collect()))
    }

    /// The problems met while outputs and fragments were made.
    pub(super) fn met(&self) -> Vec<Diagnostic> {
        // Data that could not be read are empty to a template, which may then fail for that alone.
        let broken = self.problems.data.iter().filter(|d| d.severity == Severity::Error);
        let broken: BTreeSet<Fact> = broken
            .filter_map(|d| of_data(d.path.as_ref()?.as_str()))
            .map(|name| Fact::new(FactKind::Data, 0, name))
            .collect();
        // A template may take for granted that a logo that is named is there.
        let no_logo = self.settings.wants_logo && self.config.brand_logo.is_none();
        let of_logo = |d: &Diagnostic| no_logo && d.code == code::TEMPLATE_RENDER && self.asks_for_logo(d);
        let records = self.graph.with_problems().filter(|r| self.is_shown(r));
        let problems = records.flat_map(|record| {
            let of_data = broken.iter().any(|fact| self.graph.reads(record, fact));
            let follows = |d: &Diagnostic| of_data && d.code == code::TEMPLATE_RENDER || of_logo(d);
            let own: Vec<_> = record.diagnostics.iter().filter(|d| !follows(d)).collect();
            own.into_iter().map(|problem| (problem, output(record)))
        });
        met_in(problems)
    }
}

/// Problems met while outputs and fragments were made, each with the output that was: what a template does wrong in many of them
/// is one problem.
pub(super) fn met_in<'a>(
    problems: impl Iterator<Item = (&'a Diagnostic, Option<&'a str>)>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut faults: BTreeMap<Fault<'_>, (&Diagnostic, BTreeSet<&str>)> = BTreeMap::new();
    for (problem, output) in problems {
        // Links to what is left out are told by what is left out, wherever they stand.
        if !is_of_template(problem) || problem.code == code::LINK_TO_LEFT_OUT {
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
        outputs.extend(output);
    }
    found.extend(faults.into_values().map(|(problem, outputs)| with_outputs(problem, &outputs)));
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

impl Engine {
    /// Whether the template asks for the logo in the line of the problem.
    fn asks_for_logo(&self, problem: &Diagnostic) -> bool {
        let Some(source) = problem.path.as_ref().and_then(|path| self.inputs.text(path.as_str())) else {
            return false;
        };
        let Ok(text) = source.utf8() else { return false };
        let at = (problem.span.start as usize).min(text.len());
        let from = text.as_bytes()[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let to = text.as_bytes()[at..].iter().position(|b| *b == b'\n').map_or(text.len(), |i| at + i);
        text.get(from..to).is_some_and(|line| line.contains("brand.logo"))
    }
}

/// A language that the site does not have is told once: at its folder, with the lines of its texts; what is wrong in the folder,
/// and what leads there, only follows from it.
fn languages(all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (unlisted, mut rest): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|d| d.code == code::UNKNOWN_LANGUAGE);
    if unlisted.is_empty() {
        return rest;
    }
    let (mut told, texts): (Vec<_>, Vec<_>) = unlisted.into_iter().partition(|d| folder_of(d).is_some());
    for text in texts {
        let tag = tag_of(&text).map(str::to_owned);
        let same = |d: &&mut Diagnostic| match folder_of(d) {
            Some(folder) => tag.is_some() && crate::config::language::meant(folder) == tag,
            None => tag.is_some() && tag_of(d) == tag.as_deref(),
        };
        match (told.iter_mut().find(same), &text.path) {
            (Some(first), Some(path)) => {
                let place = crate::diag::Label {
                    path: path.clone(),
                    span: text.span,
                    message: format!("a text in `{}`", tag.unwrap_or_default()),
                };
                first.labels.push(place);
            }
            _ => told.push(text),
        }
    }
    for folder in told.iter().filter(|d| d.severity == Severity::Error).filter_map(folder_of) {
        let inside = format!("content/{folder}/");
        let leads = [format!("\"{folder}/"), format!("/{folder}/"), format!("`{folder}/")];
        rest.retain(|d| {
            let in_it = d.path.as_ref().is_some_and(|path| path.as_str().starts_with(&inside));
            let to_it = TO_FOLDERS.contains(&d.code) && leads.iter().any(|lead| d.message.contains(lead));
            !in_it && !to_it
        });
    }
    told.extend(rest);
    told
}

/// What is wrong of what leads into a folder whose pages are set apart.
const TO_FOLDERS: &[Code] = &[
    code::BROKEN_LINK,
    code::BROKEN_REFERENCE,
    code::MENU_TARGET,
    code::MISSING_IMAGE,
    code::REMOVED_ADDRESS,
];

/// The folder of a language that the problem is about.
fn folder_of(problem: &Diagnostic) -> Option<&str> {
    let inside = problem.path.as_ref()?.as_str().strip_prefix("content/")?;
    inside.split_once('/').map(|(folder, _)| folder)
}

/// The tag of the language of a text of the settings that the problem is about.
fn tag_of(problem: &Diagnostic) -> Option<&str> {
    let (_, rest) = problem.message.split_once(" has a text in `")?;
    rest.split_once('`').map(|(tag, _)| tag)
}

/// What stands between a template's fault and the pages that were being made.
pub(super) const MET: &str = " Met while making ";

/// A template's fault with the pages that were being made.
fn with_outputs(problem: &Diagnostic, outputs: &BTreeSet<&str>) -> Diagnostic {
    let mut told = problem.clone();
    if let Some(first) = outputs.first() {
        let more = match outputs.len() - 1 {
            0 => String::new(),
            1 => " and one more page".to_owned(),
            n => format!(" and {n} more pages"),
        };
        told.message.push_str(&format!("{MET}{first}{more}."));
    }
    told
}

/// The key that a message on one is about: what it quotes last.
fn quoted(message: &str) -> &str {
    message.rsplit('`').nth(1).unwrap_or("")
}

/// Whether the problem is one of a key on top of pages that the site ignores.
pub(super) fn is_ignored(d: &Diagnostic, ignored: &[String]) -> bool {
    let page = d.path.as_ref().is_some_and(|path| path.as_str().starts_with("content/"));
    let of_key = d.code == code::FOREIGN_KEY || d.code == code::UNKNOWN_KEY && page;
    of_key && ignored.iter().any(|key| key == quoted(&d.message))
}

/// Leaves out what is said of keys that the site ignores, and says of each key of another program once on how many pages
/// it stands.
fn foreign_keys(mut all: Vec<Diagnostic>, ignored: &[String]) -> Vec<Diagnostic> {
    all.retain(|d| !is_ignored(d, ignored));
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

/// Maximum number of other places that are named of links to one page that is left out.
const MAX_PLACES: usize = 3;

/// One page that is left out is one cause, however many links lead to it: the first in the order of files is told, with some
/// of the other places.
fn together(all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (links, mut rest): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|d| d.code == code::LINK_TO_LEFT_OUT && d.severity != Severity::Error);
    let mut causes: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for link in links {
        causes.entry(link.message.clone()).or_default().push(link);
    }
    for mut same in causes.into_values() {
        same.sort_by(|a, b| (a.path.is_none(), a).cmp(&(b.path.is_none(), b)));
        same.dedup_by(|a, b| (&a.path, a.span) == (&b.path, b.span));
        let mut same = same.into_iter();
        let Some(mut first) = same.next() else { continue };
        let others: Vec<Diagnostic> = same.collect();
        if !others.is_empty() {
            first.message.push_str(&format!(" {} places name it.", others.len() + 1));
        }
        for other in others.into_iter().take(MAX_PLACES) {
            if let Some(path) = &other.path {
                first = first.label(path, other.span, "here too");
            }
        }
        rest.push(first);
    }
    rest
}

/// The address of what was made.
fn output(record: &ConsumerRecord) -> Option<&str> {
    match &record.key {
        Some(Consumer::Output(path)) => Some(path.as_str()),
        _ => None,
    }
}
