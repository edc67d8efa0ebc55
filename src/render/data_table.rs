//! `:::table data="schools.csv"`: a table on a page, made of a data file.
//!
//! Columns come in the order of the file; `columns` chooses some, `sort` names the one by which rows are sorted, `caption` is
//! the heading. Addresses and mailboxes in cells are links. The file is read through the reader, so its edit makes the page
//! again. A theme that has a component `table` of its own replaces this.

use super::data;
use super::reader::Reader;
use crate::diag::{Diagnostic, closest, code};
use crate::document::{ComponentPlaceholder, Document};
use crate::markdown::cell_links;
use crate::site::{collator, compare};
use crate::source::html;
use tera::Value;

/// What may be written behind `:::table`.
const ARGS: [&str; 4] = ["data", "columns", "sort", "caption"];

/// A table that cannot be made: what is wrong and what to do.
type Fault = (String, String);

/// Writes the table; gives what is wrong with it.
pub(super) fn write(
    reader: &Reader,
    document: &Document,
    placeholder: &ComponentPlaceholder,
    out: &mut String,
) -> Result<(), Box<Diagnostic>> {
    made(reader, document, placeholder, out).map_err(|(message, help)| {
        Box::new(Diagnostic::error(code::BAD_TABLE, &document.path, placeholder.span, message).help(help))
    })
}

fn made(
    reader: &Reader,
    document: &Document,
    placeholder: &ComponentPlaceholder,
    out: &mut String,
) -> Result<(), Fault> {
    let arg =
        |name: &str| placeholder.args.iter().find(|(key, _)| **key == *name).map(|(_, value)| value.trim());
    for (key, _) in &placeholder.args {
        if !ARGS.contains(&&**key) {
            let near = closest(key, ARGS).map(|near| format!("Did you mean {near}=? "));
            let help = format!("{}A table takes data, columns, sort and caption.", near.unwrap_or_default());
            return Err((format!("A table has no setting \"{key}\"."), help));
        }
    }
    let Some(path) = arg("data").filter(|path| !path.is_empty()) else {
        let help = "Write :::table data=\"schools.csv\", with the name of a file in the folder data.";
        return Err(("This table does not say which file it shows.".into(), help.into()));
    };
    let rows = rows(reader, path)?;
    let all = columns(rows);
    let chosen = match arg("columns") {
        Some(list) => names(list).map(|name| find(&all, name, path)).collect::<Result<Vec<_>, _>>()?,
        None => all.iter().map(String::as_str).collect(),
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    if let Some(by) = arg("sort") {
        let (by, back) = by.strip_prefix('-').map_or((by, false), |by| (by, true));
        let by = find(&all, by, path)?;
        let collator = collator(&document.lang);
        let text = |row: usize| rows.get(row).map_or_else(String::new, |row| cell(row, by));
        // Those without a value come last.
        order.sort_by(|a, b| {
            let (a, b) = (text(*a), text(*b));
            let ordering = compare(collator.as_ref(), &a, &b);
            a.is_empty().cmp(&b.is_empty()).then(if back { ordering.reverse() } else { ordering })
        });
    }
    // From three columns on a row does not fit a phone: the theme stacks its cells.
    let stack = chosen.len() >= 3;
    out.push_str(if stack {
        "<div class=\"table stack\"><table>\n"
    } else {
        "<div class=\"table\"><table>\n"
    });
    if let Some(caption) = arg("caption").filter(|caption| !caption.is_empty()) {
        out.push_str("<caption>");
        html::text(caption, out);
        out.push_str("</caption>\n");
    }
    out.push_str("<thead><tr>");
    for name in &chosen {
        out.push_str("<th scope=\"col\">");
        html::text(name, out);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in order.into_iter().filter_map(|row| rows.get(row)) {
        out.push_str("<tr>");
        for name in &chosen {
            out.push_str("<td");
            if stack {
                out.push_str(" data-label=\"");
                html::attribute(name, out);
                out.push('"');
            }
            out.push('>');
            write_cell(&cell(row, name), out);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    Ok(())
}

/// The rows of the file.
fn rows<'r>(reader: &'r Reader, path: &str) -> Result<&'r [Value], Fault> {
    let Some(value) = reader.data(path) else {
        let message = format!("There is no table \"{path}\" in the folder data.");
        if let Some(why) = data::refusal(path) {
            return Err((message, sentence(&why)));
        }
        // Which one is meant depends on which there are.
        let names = reader.data(data::NAMES).and_then(Value::as_array).unwrap_or_default();
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        let help = match (closest(path, names.iter().copied()), names.as_slice()) {
            (Some(near), _) => format!("Did you mean {near}?"),
            (None, []) => format!("Save it as data/{path}, beside site.yaml."),
            (None, names) => format!("Files there: {}.", names.join(", ")),
        };
        return Err((message, help));
    };
    let rows = value.as_array().filter(|rows| rows.iter().all(|row| row.as_map().is_some()));
    rows.ok_or_else(|| {
        let help = "A table is a CSV file, or a list in YAML or JSON of which each item has the same keys.";
        (format!("\"{path}\" is no list of rows, so no table can be made of it."), help.into())
    })
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// The names of all columns, in the order in which they first come.
fn columns(rows: &[Value]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for row in rows.iter().filter_map(Value::as_map) {
        // Nearly always the same as in the row before.
        for key in row.keys().map(ToString::to_string) {
            if !all.contains(&key) {
                all.push(key);
            }
        }
    }
    all
}

fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// What a table shows of the value of its file, for the search: all cells of the `list` of columns, or of every one.
pub fn text(value: &Value, list: &str) -> String {
    let rows = value.as_array().unwrap_or_default();
    let all = columns(rows);
    let chosen: Vec<&str> = match list.is_empty() {
        true => all.iter().map(String::as_str).collect(),
        false => names(list).filter_map(|name| find(&all, name, "").ok()).collect(),
    };
    let mut out = chosen.join("\n");
    for row in rows {
        for name in &chosen {
            out.push('\n');
            out.push_str(&cell(row, name));
        }
    }
    out
}

/// The column of that name, in any case of letters.
fn find<'c>(all: &'c [String], name: &str, path: &str) -> Result<&'c str, Fault> {
    let wanted = name.to_lowercase();
    let found =
        all.iter().find(|own| *own == name).or_else(|| all.iter().find(|own| own.to_lowercase() == wanted));
    found.map(String::as_str).ok_or_else(|| {
        let near = closest(name, all.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |near| format!("Did you mean \"{near}\"? "));
        let help = format!("{near}Columns: {}.", all.join(", "));
        (format!("\"{path}\" has no column \"{name}\"."), help)
    })
}

/// What stands in a cell, as it was typed.
fn cell(row: &Value, name: &str) -> String {
    let found = row.as_map().and_then(|row| row.iter().find(|(key, _)| key.to_string() == name));
    found.map_or_else(String::new, |(_, value)| words(value))
}

fn words(value: &Value) -> String {
    match value.as_array() {
        Some(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        None if value.is_none() => String::new(),
        None => value.to_string(),
    }
}

/// Writes a cell: addresses are links, lines stay lines.
fn write_cell(text: &str, out: &mut String) {
    for (number, line) in text.trim().lines().enumerate() {
        if number > 0 {
            out.push_str("<br>");
        }
        let mut done = 0;
        for (range, address) in cell_links(line) {
            html::text(line.get(done..range.start).unwrap_or_default(), out);
            out.push_str("<a href=\"");
            html::href(&address, out);
            out.push_str("\">");
            html::text(line.get(range.clone()).unwrap_or_default(), out);
            out.push_str("</a>");
            done = range.end;
        }
        html::text(line.get(done..).unwrap_or_default(), out);
    }
}
