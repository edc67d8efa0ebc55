//! Entries: the lines of their field lists checked against their kind.
//!
//! The markdown passes cut a page into entries and lines; here a label becomes a field, a value its type, and
//! every fault is told at its line. Called by `parse`, once an entry.

use super::cascade::Cascade;
use super::front_matter::filled;
use super::{Body, EntrySummary, PlaceholderKind};
use crate::config::Words;
use crate::diag::{Diagnostic, closest, code};
use crate::markdown::{EntryText, FieldLine, marks};
use crate::schema::{Field, FieldType, Kind, ReadContext, read_text};
use crate::source::{Fingerprint, Hasher, SourcePath, Span};

/// What the entries of one page have in common.
pub(super) struct Context<'a> {
    /// The page.
    pub path: &'a SourcePath,
    /// The kind of its entries.
    pub kind: &'a Kind,
    /// The page's language.
    pub lang: &'a str,
    /// Words of the settings that it may name.
    pub words: Words<'a>,
    /// The page's footnotes.
    pub notes: &'a [Body],
    /// What holds where an entry says nothing of its own.
    pub cascade: &'a Cascade,
}

/// Checks one entry.
pub(super) fn read(
    cx: &Context<'_>,
    text: EntryText,
    body: &Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> EntrySummary {
    let mut entry = EntrySummary {
        kind: cx.kind.name.clone(),
        title: text.title,
        id: text.id,
        group: text.group,
        level: text.level,
        span: text.span,
        body_fingerprint: fingerprint(body, cx.notes),
        excerpt: text.excerpt,
        ..EntrySummary::default()
    };
    if entry.title.is_empty() {
        let d = Diagnostic::error(code::MISSING_FIELD, cx.path, entry.span, "this entry has no name");
        diagnostics.push(d.help("Write its name behind the `#` signs of the heading."));
    }
    let mut unknown = false;
    for line in &text.lines {
        if let Some(span) = line.runs_on {
            let message = "this line was taken for a part of the field above";
            let d = Diagnostic::error(code::ENTRY_LABEL, cx.path, span, message);
            diagnostics.push(d.help("Leave an empty line between the fields and the text."));
        }
        match field_of(cx, line) {
            Ok(field) => read_line(cx, &mut entry, field, line, diagnostics),
            Err(d) => {
                unknown = true;
                diagnostics.push(*d);
            }
        }
    }
    fill_in(cx, &mut entry, unknown, diagnostics);
    if cx.kind.body_required && is_empty(body) {
        let message = format!("the entry “{}” has no text", entry.title);
        let d = Diagnostic::error(code::MISSING_FIELD, cx.path, entry.span, message);
        diagnostics.push(d.help("Write at least one sentence under its fields, after an empty line."));
    }
    entry
}

/// The field that a line is about.
fn field_of<'a>(cx: &Context<'a>, line: &FieldLine) -> Result<&'a Field, Box<Diagnostic>> {
    let Some(label) = &line.label else {
        let message = format!(
            "this line of the list under the heading is not of the form `Label: value`: {}",
            shorten(&line.raw)
        );
        let help = format!(
            "The list right under an entry's heading holds its fields: {}. Put any other list after a sentence.",
            labels(cx)
        );
        let d = Diagnostic::error(code::ENTRY_LABEL, cx.path, line.label_span, message).help(help);
        return Err(Box::new(d));
    };
    cx.kind.field_by_label(label, cx.lang).ok_or_else(|| {
        let mut message = format!("`{}` is not a label of this kind of entry", shorten(label));
        let here = cx.kind.fields.iter().filter_map(|f| f.label.exact(cx.lang));
        let anywhere = cx.kind.fields.iter().flat_map(|f| f.label.0.values().map(String::as_str));
        let close = closest(label, here).or_else(|| closest(label, anywhere));
        if let Some(close) = close {
            message.push_str(&format!("; did you mean `{close}`?"));
        }
        let d = Diagnostic::error(code::ENTRY_LABEL, cx.path, line.label_span, message)
            .help(format!("The labels are: {}.", labels(cx)));
        Box::new(match close {
            Some(close) => d.fix(line.label_span, close),
            None => d,
        })
    })
}

fn read_line(
    cx: &Context<'_>,
    entry: &mut EntrySummary,
    field: &Field,
    line: &FieldLine,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(first) = entry.spans.get(&*field.name) {
        let label = field.label.get(cx.lang);
        let d = Diagnostic::error(
            code::DUPLICATE_KEY,
            cx.path,
            line.label_span,
            format!("`{label}` stands twice in this entry"),
        )
        .help("Keep one of the two lines; the first is used.")
        .label(cx.path, *first, "first written here");
        diagnostics.push(d);
        return;
    }
    entry.spans.insert(field.name.as_str().into(), line.span);
    let raw = cx.words.fill(line.raw.clone(), cx.path, line.span, diagnostics);
    let value = if is_prose(&field.ty) { &line.text } else { &raw };
    if is_prose(&field.ty) {
        let name = format!("`{}`", field.label.get(cx.lang));
        let told = marks::left_out(cx.path, &name, &line.raw, line.span.start as usize);
        // The lines of a long value were joined: then its beginning is the place.
        let whole = line.raw.len() == line.span.range().len();
        diagnostics
            .extend(told.into_iter().map(|d| if whole { d } else { Diagnostic { span: line.span, ..d } }));
    }
    if value.is_empty() {
        let label = field.label.get(cx.lang);
        let d =
            Diagnostic::error(code::MISSING_FIELD, cx.path, line.label_span, format!("`{label}` is empty"));
        diagnostics.push(d.help("Write something behind the colon, or take the line away."));
        return;
    }
    let context = ReadContext { path: cx.path, lang: cx.lang };
    if let Some(value) = read_text(field, value, line.span, context).collect(diagnostics) {
        entry.fields.insert(field.name.as_str().into(), value);
    }
}

/// Fills in defaults and reports what is missing. With an unknown label in the entry a missing field is most likely
/// the one that was misspelt, so it is not reported a second time.
fn fill_in(cx: &Context<'_>, entry: &mut EntrySummary, unknown: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut missing = Vec::new();
    for field in &cx.kind.fields {
        if entry.fields.contains_key(&*field.name) {
            continue;
        }
        let given = cx.cascade.field(&cx.kind.name, &field.name);
        if cx.cascade.refuses(&cx.kind.name, &field.name) && !entry.spans.contains_key(&*field.name) {
            let label = field.label.get(cx.lang);
            let message = format!(
                "what the section's page says of `{}` does not fit `{label}` of this entry",
                field.name
            );
            let d = Diagnostic::error(code::WRONG_TYPE, cx.path, entry.span, message);
            diagnostics
                .push(d.help(format!("Write a line `- {label}: …` in the list right under the heading.")));
        }
        let given = given.filter(|_| !entry.spans.contains_key(&*field.name));
        if let Some(default) = given.or(field.default.as_ref()) {
            // What is wrong with its words is told where the section or the settings say it.
            let value = filled(default.clone(), cx.words, cx.path, entry.span, &mut Vec::new());
            entry.fields.insert(field.name.as_str().into(), value);
        } else if field.required && !entry.spans.contains_key(&*field.name) {
            missing.push(field);
        }
    }
    if unknown && missing.len() == 1 {
        return;
    }
    for field in missing {
        let label = field.label.get(cx.lang);
        let message = format!("the entry “{}” has no `{label}`", entry.title);
        let mut help = format!("Write a line `- {label}: …` in the list right under the heading.");
        let say = field.help.get(cx.lang);
        if !say.is_empty() {
            help.push(' ');
            help.push_str(say);
        }
        diagnostics.push(Diagnostic::error(code::MISSING_FIELD, cx.path, entry.span, message).help(help));
    }
}

/// Reports lists of fields that stand under a heading which begins no entry.
pub(super) fn check_misplaced(
    cx: &Context<'_>,
    level: u8,
    lists: &[(Span, Vec<String>)],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (span, labels) in lists {
        let known = labels.iter().filter(|l| cx.kind.field_by_label(l, cx.lang).is_some()).count();
        if known * 2 > labels.len() {
            let marks = "#".repeat(usize::from(level));
            let message = "these are the fields of an entry, but the heading above does not begin one";
            let d = Diagnostic::error(code::ENTRY_PLACE, cx.path, *span, message);
            diagnostics.push(d.help(format!(
                "Entries of this page begin with `{marks}`: change the heading, or `entry_level` in the front matter."
            )));
        }
    }
}

/// Whether a value is text for readers, in which marks and escapes are resolved.
pub(super) fn is_prose(ty: &FieldType) -> bool {
    match ty {
        FieldType::Text => true,
        FieldType::List(of) => is_prose(of),
        _ => false,
    }
}

/// The labels of the kind, for a message.
fn labels(cx: &Context<'_>) -> String {
    cx.kind.fields.iter().map(|f| f.label.get(cx.lang)).collect::<Vec<_>>().join(", ")
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn is_empty(body: &Body) -> bool {
    body.html.trim().is_empty()
        && body.placeholders.iter().all(|s| matches!(s.kind, PlaceholderKind::Section))
}

/// Identifies what a body shows, with the footnotes that it mentions. Spans do not count: a line added above an entry
/// does not change it.
fn fingerprint(body: &Body, notes: &[Body]) -> Fingerprint {
    let mut hasher = Hasher::new();
    let mut mentioned = Vec::new();
    add(&mut hasher, body, &mut mentioned);
    let mut next = 0;
    while let Some(number) = mentioned.get(next).copied() {
        next += 1;
        if let Some(note) = notes.get(number as usize) {
            add(&mut hasher, note, &mut mentioned);
        }
    }
    hasher.finish()
}

/// Adds what one body shows, and to `mentioned` its footnotes that are not there.
fn add(hasher: &mut Hasher, body: &Body, mentioned: &mut Vec<u32>) {
    hasher.text(&body.html);
    for placeholder in body.placeholders.iter() {
        hasher.number(placeholder.at as u64);
        match placeholder.kind {
            PlaceholderKind::Text { len } => hasher.number(1).number(len as u64),
            PlaceholderKind::Section => hasher.number(2),
            PlaceholderKind::Link(link) => hasher.number(3).text(&link.target),
            PlaceholderKind::LinkText(link) => hasher.number(4).text(&link.target),
            PlaceholderKind::Image(image) => {
                hasher.number(5).text(&image.src).text(&image.alt).text(image.title.as_deref().unwrap_or(""))
            }
            PlaceholderKind::Open(component) => {
                hasher.number(6).text(&component.name).number(component.args.len() as u64);
                component.args.iter().fold(&mut *hasher, |h, (k, v)| h.text(k).text(v))
            }
            PlaceholderKind::Close => hasher.number(7),
            PlaceholderKind::Entry(n) => hasher.number(8).number(u64::from(n)),
            PlaceholderKind::Address(link) => hasher.number(9).text(&link.target),
            PlaceholderKind::Source(link) => hasher.number(10).text(&link.target),
            PlaceholderKind::Note(n) => {
                let place = mentioned.iter().position(|m| *m == n).unwrap_or_else(|| {
                    mentioned.push(n);
                    mentioned.len() - 1
                });
                hasher.number(11).number(place as u64)
            }
        };
    }
}
