//! Text files that templates make: `files` of a theme, `outputs: files:` of a site.

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
    if is_json(&reader.here) && !made.is_empty() {
        check_json(reader, &full, &made);
    }
    made
}

fn is_json(path: &str) -> bool {
    [".json", ".webmanifest", ".geojson"].iter().any(|end| path.to_lowercase().ends_with(end))
}

/// Says so where what was made is no JSON: whoever reads it stops there.
fn check_json(reader: &Reader, full: &str, made: &[u8]) {
    let Err(error) = serde_json::from_slice::<serde_json::Value>(made) else { return };
    let Some(file) = reader.fixed().templates.file(full) else { return };
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
    let world = reader.fixed();
    let asked = world.config.made_files.iter().find(|file| file.template == template);
    let Some(asked) = asked else { return };
    let names = world.templates.files().keys().map(|full| world.templates.bare(full));
    let help = match closest(template, names) {
        Some(near) => format!("Did you mean {near}?"),
        None => format!("Add templates/{template} to the site or to its theme, or take the line out."),
    };
    let message = format!("There is no template \"{template}\", which is to make {}.", reader.here);
    reader.report(Diagnostic::error(code::MISSING_TEMPLATE, &asked.file, asked.span, message).help(help));
}
