//! Files that templates make: `files` of a theme, `outputs: files:` of a site. They are texts, and pictures made of drawings.

use super::page::base_context;
use super::reader::Reader;
use crate::diag::{Diagnostic, closest, code};
use crate::source::Span;
use std::sync::Arc;
use tera::Value;

/// The bytes of the file that the template makes; none of them when it cannot be made, which is reported.
pub fn make(reader: &Arc<Reader>, template: &str) -> Vec<u8> {
    let Some(full) = reader.template(template).map(str::to_owned) else {
        missing(reader, template);
        return Vec::new();
    };
    let mut ctx = base_context(reader);
    ctx.insert_value("path", Value::from(&*reader.here));
    let made = super::render_bytes(reader, template, &ctx, 1024).unwrap_or_default();
    check(reader, &full, &made);
    if is_picture(&reader.here) {
        return picture(reader, &reader.here, &String::from_utf8_lossy(&made));
    }
    if reader.here.to_lowercase().ends_with(".ics") { calendar(&made) } else { made }
}

/// Whether the file is a picture, which is made of a drawing.
pub(super) fn is_picture(path: &str) -> bool {
    path.to_lowercase().ends_with(".png")
}

/// The picture that a drawing becomes, or nothing: why it cannot be made is reported where the file is asked for.
pub(super) fn picture(reader: &Reader, path: &str, drawing: &str) -> Vec<u8> {
    let made = super::drawing::png(drawing);
    made.unwrap_or_else(|why| {
        let world = reader.unrecorded();
        // Without a text nothing was made of the template, and that was told.
        if let Some(asked) = world.config.made_files.iter().find(|file| path.ends_with(&file.path))
            && !drawing.is_empty()
        {
            let message =
                format!("templates/{} cannot become the picture {}: {why}.", asked.template, asked.path);
            let help =
                "The template is to make one <svg> with width and height, as drawing programs save it.";
            reader.report(
                Diagnostic::error(code::TEMPLATE_RENDER, &asked.file, asked.span, message).help(help),
            );
        }
        Vec::new()
    })
}

/// Maximum length of a line of a calendar, in bytes (RFC 5545, 3.1).
const MAX_CALENDAR_LINE: usize = 75;

/// A calendar with the ends of lines that its readers ask for, long lines folded, and without empty ones.
fn calendar(made: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(made);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > MAX_CALENDAR_LINE {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// Says what is wrong in what was made.
pub(super) fn check(reader: &Reader, full: &str, made: &[u8]) {
    if is_json(&reader.here) && !made.is_empty() {
        check_json(reader, full, made);
    }
}

fn is_json(path: &str) -> bool {
    [".json", ".webmanifest", ".geojson"].iter().any(|end| path.to_lowercase().ends_with(end))
}

/// Says so where what was made is no JSON: whoever reads it stops there.
fn check_json(reader: &Reader, full: &str, made: &[u8]) {
    let Err(error) = serde_json::from_slice::<serde_json::Value>(made) else { return };
    let Some(file) = reader.unrecorded().templates.file(full) else { return };
    let line = made.split(|b| *b == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let line: String = String::from_utf8_lossy(line).trim().chars().take(60).collect();
    let message = format!("\"{}\" is no JSON from its line {} on: {line}", reader.here, error.line());
    reader.report(
        Diagnostic::error(code::TEMPLATE_RENDER, &file.path, Span::at(file.offset), message)
            .help("Write each value with the filter json, such as {{ page.title | json }}, and no comma behind the last one."),
    );
}

/// That there is no such template, where it is asked for.
fn missing(reader: &Reader, template: &str) {
    let world = reader.unrecorded();
    let asked = world.config.made_files.iter().find(|file| file.template == template);
    let Some(asked) = asked else { return };
    let names = world.templates.files().keys().map(|full| world.templates.bare(full));
    let help = match closest(template, names) {
        Some(near) => format!("Did you mean {near}?"),
        None => format!("Add templates/{template} to the site or to its theme, or take the line out."),
    };
    let message = format!("There is no template \"{template}\", which is to make {}.", asked.path);
    reader.report(Diagnostic::error(code::MISSING_TEMPLATE, &asked.file, asked.span, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_have_their_lines() {
        let long = "SUMMARY:".to_owned() + &"é".repeat(60);
        let made = calendar(format!("BEGIN:VCALENDAR\n\n{long}  \nEND:VCALENDAR\n").as_bytes());
        let made = String::from_utf8(made).unwrap();
        let lines: Vec<&str> = made.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= MAX_CALENDAR_LINE && !line.contains('\n')), "{made:?}");
        assert_eq!(made.replace("\r\n ", ""), format!("BEGIN:VCALENDAR\r\n{long}\r\nEND:VCALENDAR\r\n"));
    }
}
