//! Tera's errors as diagnostics with a file and a span.
//!
//! Syntax and rendering errors carry spans; references to things that do not exist come as one text with a
//! `--> file:line:column` line for each, which is read here.

use super::{TemplateFile, Templates, closure, instead, meant, parts, span_at};
use crate::diag::{Diagnostic, closest, code};
use crate::source::Span;
use std::collections::BTreeMap;
use tera::ErrorKind;

/// One fault that tera found in a template.
pub struct Fault {
    /// Full name of the template.
    pub file: String,
    message: String,
    span: Option<Span>,
    help: Option<String>,
}

impl Fault {
    /// The fault as a diagnostic; none when the file is unknown.
    pub fn diagnostic(&self, files: &BTreeMap<String, TemplateFile>) -> Option<Diagnostic> {
        let file = match self.span {
            Some(_) => files.get(&self.file)?,
            None => parts::as_written(files, &self.file)?,
        };
        let found = Diagnostic::error(
            code::TEMPLATE_SYNTAX,
            &file.path,
            file.place(self.span.unwrap_or_default()),
            sentence(&self.message),
        );
        let help = "Mend the template; until then every page that uses it shows an error page.";
        Some(found.help(self.help.as_deref().unwrap_or(help)))
    }
}

/// What stands between the message of a function's error and what to do: tera hands on one text.
const HELP: &str = "\u{1f}";

/// The error of a function or filter, with what to write instead.
pub fn refused(message: impl Into<String>, help: impl Into<String>) -> tera::Error {
    tera::Error::message(format!("{}{HELP}{}", message.into(), help.into()))
}

fn sentence(message: &str) -> String {
    let message = message.trim().replace('`', "\"");
    if message.ends_with(['.', '!', '?']) { message } else { format!("{message}.") }
}

/// The faults behind an error of adding templates.
pub fn faults(error: &tera::Error, files: &BTreeMap<String, TemplateFile>) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let word = files.get(report.filename()).and_then(|f| f.text.get(range.clone())).unwrap_or("");
            let (message, help) = match report.message() {
                "Unknown tag" => match instead::of_tag(word) {
                    Some(help) => (format!("there is no tag \"{word}\""), Some(help)),
                    None if word.starts_with("end") || word.starts_with("el") => (
                        format!(
                            "\"{word}\" has no beginning here: a part above it, such as {{% if %}}, is not closed"
                        ),
                        None,
                    ),
                    None => (format!("there is no tag \"{word}\""), Some(instead::TAG_HELP.to_owned())),
                },
                message => (message.to_string(), instead::of_form(message)),
            };
            let span = Some(Span::from(range));
            vec![Fault { file: report.filename().to_string(), message, span, help }]
        }
        ErrorKind::MissingParent { current, parent } => vec![Fault {
            file: current.clone(),
            message: format!("The template extends \"{parent}\", which does not exist"),
            span: files
                .get(current)
                .and_then(|f| f.text.find(parent.as_str()).map(|i| Span::new(i, i + parent.len()))),
            help: near_template(parent, files),
        }],
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let file = files.get(tpl);
            let own =
                file.map(|f| closure::named(&f.text, "extends").collect::<Vec<_>>()).unwrap_or_default();
            // The first thing that everybody tries: to change the theme's base.html in a base.html that extends it.
            if let [written] = own.as_slice()
                && inheritance_chain.iter().all(|name| name == tpl)
            {
                let of_theme = |file: &&TemplateFile| {
                    let theme = file.name.split('/').next().unwrap_or("");
                    file.name != *tpl && file.path.as_str() == format!("themes/{theme}/templates/{written}")
                };
                let originals = files.values().filter(of_theme);
                let originals: Vec<String> =
                    originals.map(|file| format!("{{% extends \"{}\" %}}", file.name)).collect();
                let help = match originals.is_empty() {
                    false => format!(
                        "To change the theme's file, extend it by its full name: {}.",
                        originals.join(" or ")
                    ),
                    true => "Name another template, or take the line out.".to_owned(),
                };
                let at = file.and_then(|f| f.text.find(written)).map(|at| Span::new(at, at + written.len()));
                return vec![Fault {
                    file: tpl.clone(),
                    message: format!("\"{written}\" is this file itself"),
                    span: at,
                    help: Some(help),
                }];
            }
            vec![Fault {
                file: tpl.clone(),
                message: format!(
                    "Templates extend each other in a circle: {}",
                    inheritance_chain.join(" > ")
                ),
                span: None,
                help: None,
            }]
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            // Files that are put together of parts have names that nobody wrote.
            let written = include_chain.iter().filter(|name| !name.starts_with(super::MADE));
            let chain: Vec<&str> = written.map(String::as_str).collect();
            vec![Fault {
                file: chain.first().map_or_else(|| tpl.clone(), |name| (*name).to_owned()),
                message: format!("Templates include each other in a circle: {}", chain.join(" > ")),
                span: None,
                help: None,
            }]
        }
        ErrorKind::Msg(text) => from_text(text, files),
        _ => Vec::new(),
    }
}

/// The fault for which tera cannot read a file at all, whatever the others are.
pub fn syntax(file: &TemplateFile, files: &BTreeMap<String, TemplateFile>) -> Vec<Fault> {
    match tera::Tera::new().add_raw_template(&file.name, &file.text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => faults(&error, files),
        _ => Vec::new(),
    }
}

/// Reads reports of the form `error: text` / ` --> file:line:column`, and messages that name two files.
fn from_text(text: &str, files: &BTreeMap<String, TemplateFile>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let Some((file, row, column)) = self::place(place) else { continue };
            let span = files.get(file).map(|f| span_at(&f.text, row, column));
            let (message, help) = instead::of_name(message).unwrap_or_else(|| (message.to_owned(), None));
            let help = help.or_else(|| {
                let named = message.strip_prefix("there is no template \"")?.strip_suffix('"')?;
                near_template(named, files)
            });
            faults.push(Fault { file: file.to_string(), message, span, help });
        }
    }
    if faults.is_empty() {
        // "Component `x` is defined in both `a` and `b`": the second one is named.
        let named: Vec<&str> =
            text.split('`').skip(1).step_by(2).filter(|n| files.contains_key(*n)).collect();
        if let Some(last) = named.last() {
            let (file, message) = (last.to_string(), text.to_string());
            faults.push(Fault { file, message, span: None, help: None });
        }
    }
    faults
}

/// A template that is meant where one is named that is not there. Those of themes may be asked for without the theme's name.
fn near_template(named: &str, files: &BTreeMap<String, TemplateFile>) -> Option<String> {
    let whole = files.keys().map(String::as_str);
    let bare =
        files.values().filter_map(|file| file.path.as_str().split_once("templates/").map(|(_, bare)| bare));
    let near = closest(named, whole.chain(bare).filter(|name| !name.starts_with(super::MADE)))?;
    Some(format!("Did you mean \"{near}\"?"))
}

/// A rendering error as a diagnostic: at the template's place when tera knows it, else at the start of `template`.
pub fn diagnose(error: &tera::Error, template: &str, templates: &Templates) -> Option<Diagnostic> {
    match placed(error, templates) {
        Some(found) => Some(found),
        None => {
            let file = templates.file(templates.resolve(template)?)?;
            let (code, message, help) = explained(&error.to_string());
            Some(Diagnostic::error(code, &file.path, Span::default(), message).help(help))
        }
    }
}

/// A rendering error at its place in a template; none when tera tells none, as for a wrong argument from outside.
pub fn placed(error: &tera::Error, templates: &Templates) -> Option<Diagnostic> {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return None;
    };
    let file = templates.file(templates.resolve(report.filename())?)?;
    let span = file.place(Span::from(report.span().range.clone()));
    let (code, mut message, mut help) = explained(report.message());
    if report.message().contains("not defined") || report.message().contains("`undefined`") {
        let named = value_at(&file.text, report.span().range.start);
        if !message.contains("not defined") && named.contains('.') {
            message = format!("\"{named}\" is not defined: {message}");
        }
        if let Some(meant) = meant::of_value(named) {
            help = format!("{meant} {help}");
        }
    }
    let mut found = Diagnostic::error(code, &file.path, span, message).help(help);
    // Through which components tera came here is told only in the text of the error. The last few say enough.
    let text = error.to_string();
    let notes = text.lines().filter_map(|line| line.strip_prefix("note: called from "));
    for place in notes.map(place).take(3) {
        let calling = place.and_then(|(name, row, column)| {
            let file = templates.file(templates.resolve(name)?)?;
            Some((&file.path, file.place(span_at(&file.text, row, column))))
        });
        if let Some((path, span)) = calling {
            found = found.label(path, span, "used here");
        }
    }
    Some(found)
}

/// The whole value around a place in a template: `page.titel` of each of its two words.
fn value_at(text: &str, at: usize) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.trim_end_matches(is_part).len();
    let end = at + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    text.get(start..end).unwrap_or("")
}

/// File, line and column of `file:line:column`.
fn place(text: &str) -> Option<(&str, usize, usize)> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let row = parts.next()?.trim().parse().ok()?;
    Some((parts.next()?, row, column))
}

/// What tera says in words for people: code, sentence, help. What differs from page to page stands in the help.
fn explained(message: &str) -> (crate::diag::Code, String, String) {
    if let Some((message, help)) = message.split_once(HELP) {
        return (code::TEMPLATE_RENDER, sentence(message), help.to_owned());
    }
    let (message, known) = match message.split_once(" Available ") {
        Some((message, known)) => (message, known.split_once(": ").map(|(_, names)| names)),
        None => (message, None),
    };
    const FALLBACK: &str =
        "A value that may be missing is written with a fallback: {{ page.owner or \"\" }}.";
    let (code, help) = if message.contains("asked for while it is made") {
        (code::TEMPLATE_RENDER, "Take one of these calls out.".to_owned())
    } else if message.starts_with("asset(") || message.starts_with("svg(") {
        let help = "Put the file into assets/ of the site or its theme, or correct its name; upper and lower case matter.";
        (code::MISSING_ASSET, help.to_owned())
    } else if message.contains("weekday_") || message.contains("date_weekday") {
        let help = "Add weekday_1 (Monday) to weekday_7, and date_weekday such as \"{weekday}, {date}\", to translations/en.yaml of the site or its theme, and so in each language.";
        (code::MISSING_TEXT, help.to_owned())
    } else if message.starts_with("t(") {
        (code::MISSING_TEXT, "Add the text to translations/en.yaml of the site or its theme.".to_owned())
    } else if message.starts_with("link(") {
        (code::TEMPLATE_RENDER, "Write the page's path below content/, such as meetings/index.md.".to_owned())
    } else if let Some(known) = known {
        (code::TEMPLATE_RENDER, format!("Known here: {known}. {FALLBACK}"))
    } else if message.contains("undefined") || message.contains("not defined") || message.contains("`none`") {
        (code::TEMPLATE_RENDER, FALLBACK.to_owned())
    } else if message.contains("MB were written") {
        (
            code::TEMPLATE_RENDER,
            "Look for a {% for %} in another one, or a range() that is too long.".to_owned(),
        )
    } else if message.contains("too deep in each other") {
        (code::TEMPLATE_RENDER, "Show titles and links there, not whole texts.".to_owned())
    } else if message.contains("recursion depth") {
        (code::TEMPLATE_RENDER, "A component shows itself without an end: give it a condition.".to_owned())
    } else {
        (code::TEMPLATE_RENDER, "The manual lists each function and filter with what it takes.".to_owned())
    };
    (code, sentence(&without_types(message)), help)
}

/// The message with the types of the program's language named as people name them.
fn without_types(message: &str) -> String {
    const TYPES: &[(&str, &str)] = &[
        ("`&str`", "a text"),
        ("`String`", "a text"),
        ("`string`", "a text"),
        ("`i64`", "a number"),
        ("`u64`", "a number"),
        ("`f64`", "a number"),
        ("`f32`", "a number"),
        ("`i128`", "a number"),
        ("`u128`", "a number"),
        ("`usize`", "a whole number"),
        ("`Number`", "a number"),
        ("`integer`", "a number"),
        ("`float`", "a number"),
        ("`bool`", "true or false"),
        ("`&[Value]`", "a list"),
        ("`Vec<Value>`", "a list"),
        ("`array`", "a list"),
        ("`Map`", "a map of names and values"),
        ("`map`", "a map of names and values"),
        ("`map/struct`", "a map of names and values"),
        ("`none`", "nothing"),
    ];
    TYPES.iter().fold(message.to_owned(), |text, (ty, word)| text.replace(ty, word))
}
