//! Tables: a row of names, then a row for each thing, as a spreadsheet saves them.
//!
//! What stands between two cells is found out: a comma, a semicolon (where numbers have a comma), a tab or a bar. All cells
//! are texts as typed. What would be lost or shown wrongly is told at its place.

use super::File;
use csv::{ReaderBuilder, StringRecord};
use std::io::Read;
use std::ops::Range;
use tera::Value;
use tera::value::{Key, Map};

/// What may stand between two cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Number of rows by which the separator is recognized.
const DETECTION_ROWS: usize = 50;

/// Stands behind the table: a quote that is never closed swallows it.
const END: &str = "\n\u{1}";

/// The rows below the header as a list, each with its cells by the names of the columns, in their order; none when that cannot
/// be understood.
pub(super) fn read(file: &mut File<'_>, delimiter: Option<u8>) -> Option<Value> {
    let rows = read_rows(file, delimiter)?;
    Some(Value::from(rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>()))
}

/// The same, each row with its place.
pub(super) fn read_rows(file: &mut File<'_>, delimiter: Option<u8>) -> Option<Vec<(Range<usize>, Value)>> {
    let (begin, said) = first_line(file.text);
    let text = &file.text[begin..];
    let delimiter = said.or(delimiter).unwrap_or_else(|| found_out(text));
    let mut rows = records(text, delimiter);
    if rows.pop().is_none_or(|(_, row)| row.len() != 1 || row.get(0) != Some(&END[1..])) {
        let at = begin + open_quote(text);
        file.error(
            at..at + 1,
            "The data file cannot be read: this quote is never closed.",
            "Put a quote at the end of the cell too; a quote inside a cell in quotes is written twice.",
        );
        return None;
    }
    let mut rows = rows.into_iter().filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    let Some((at, header)) = rows.next() else { return Some(Vec::new()) };
    let columns = Columns::new(file, begin + at, &header, delimiter)?;
    let mut list = Vec::new();
    let mut wrong = 0;
    for (at, row) in rows {
        // A spreadsheet ends rows with empty cells as it likes.
        let cells = row.iter().collect::<Vec<_>>();
        let typed = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if typed > columns.count || cells.len() < columns.needed {
            wrong += 1;
            if wrong <= MAX_REPORTED_ROWS {
                columns.ragged(file, begin + at, cells.len(), delimiter);
            }
            continue;
        }
        if let Some((number, cell)) =
            cells.iter().enumerate().find(|(i, cell)| !cell.is_empty() && columns.is_nameless(*i))
        {
            let message = format!("The cell \"{cell}\" stands in column {}, which has no name.", number + 1);
            file.error(
                begin + at..begin + at,
                message,
                "Name the column in the first row, or empty its cells.",
            );
            return None;
        }
        let named = columns.names.iter().zip(&cells).filter_map(|(name, cell)| {
            let name = name.as_ref()?;
            Some((Key::from(name.clone()), Value::from(*cell)))
        });
        let line = text[at..].find(['\r', '\n']).map_or(text.len(), |end| at + end);
        list.push((begin + at..begin + line, Value::from(named.collect::<Map>())));
    }
    (wrong == 0).then_some(list)
}

/// Maximum number of rows that are reported for having more or fewer cells than the header.
const MAX_REPORTED_ROWS: usize = 10;

/// The columns by the cells of the first row.
struct Columns {
    /// Their names; none for a column without one, or with that of another.
    names: Vec<Option<String>>,
    /// How many there are.
    count: usize,
    /// How many cells each row must have: those that follow have no name.
    needed: usize,
    nameless: Vec<usize>,
}

impl Columns {
    /// Reads the names; none when they cannot be told apart.
    fn new(file: &mut File<'_>, at: usize, header: &StringRecord, delimiter: u8) -> Option<Columns> {
        let places = cells(file.text, at, delimiter);
        let place = |i: usize| places.get(i).cloned().unwrap_or(at..at);
        let mut names: Vec<Option<String>> = Vec::new();
        let (mut nameless, mut twice) = (Vec::new(), false);
        for (i, typed) in header.iter().enumerate() {
            let name = typed.trim();
            if name.is_empty() {
                nameless.push(i);
                names.push(None);
                continue;
            }
            if name.len() != typed.len() {
                file.warning(
                    place(i),
                    format!("The name of this column has blanks around it; it is read as \"{name}\"."),
                    "Take the blanks away: write nothing between a comma and the next cell.",
                );
            }
            if names.iter().flatten().any(|other| other == name) {
                twice = true;
                file.error(
                    place(i),
                    format!("Two columns are named \"{name}\", so one of them would be lost."),
                    "Give each column a name of its own.",
                );
            }
            names.push(Some(name.to_owned()));
        }
        let needed = names.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        (!twice).then_some(Columns { count: names.len(), needed, names, nameless })
    }

    fn is_nameless(&self, column: usize) -> bool {
        self.nameless.contains(&column)
    }

    fn ragged(&self, file: &mut File<'_>, at: usize, has: usize, delimiter: u8) {
        let name = match delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "bar",
            _ => "comma",
        };
        let noun = if has == 1 { "cell" } else { "cells" };
        file.error(
            at..at,
            format!("The data file cannot be read: this row has {has} {noun}, the header has {}.", self.needed),
            &format!("Give each row as many cells as the first row, and put quotes around a cell that holds a {name}."),
        );
    }
}

/// The records of `text` and of [`END`] behind it, with their places.
fn records(text: &str, delimiter: u8) -> Vec<(usize, StringRecord)> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    let whole = text.as_bytes().chain(END.as_bytes());
    let mut rows = Vec::new();
    // Both parts are UTF-8 and nothing else can be wrong with a flexible table.
    for row in builder.from_reader(whole).into_records().flatten() {
        let at = row.position().map_or(0, |p| p.byte() as usize).min(text.len());
        let blank = text[at..].bytes().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        rows.push((at + blank, row));
    }
    rows
}

/// `sep=;`, by which a spreadsheet may say what stands between cells: where the table begins, and that.
fn first_line(text: &str) -> (usize, Option<u8>) {
    let line = text.split(['\r', '\n']).next().unwrap_or("");
    let said = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="));
    match said.map(str::as_bytes) {
        Some([delimiter]) if delimiter.is_ascii() && *delimiter != b'"' => {
            let rest = &text[line.len()..];
            let end = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
            (line.len() + end, Some(*delimiter))
        }
        _ => (0, None),
    }
}

/// What stands between two cells of `text`: that by which most rows have as many cells as the first.
fn found_out(text: &str) -> u8 {
    // Enough for the rows that are looked at; where it is cut does not matter.
    let end = text.match_indices('\n').nth(DETECTION_ROWS * 4).map_or(text.len(), |(at, _)| at);
    let alike = |delimiter: u8| {
        let rows = records(&text[..end], delimiter);
        let mut rows = rows.iter().map(|(_, row)| row).filter(|row| row.iter().any(|cell| !cell.is_empty()));
        let cells = rows.next().map_or(0, StringRecord::len);
        let alike = rows.by_ref().take(DETECTION_ROWS).filter(|row| row.len() == cells).count();
        (cells > 1).then_some((alike, cells))
    };
    // Of equals the first of the list wins.
    let found = DELIMITERS.iter().rev().filter_map(|d| alike(*d).map(|score| (score, *d)));
    found.max_by_key(|(score, _)| *score).map_or(b',', |(_, delimiter)| delimiter)
}

/// The places of the cells of the row at `at`.
fn cells(text: &str, at: usize, delimiter: u8) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let (mut begin, mut quoted) = (at, false);
    for (i, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => {
                places.push(begin..i);
                return places;
            }
            byte if byte == delimiter && !quoted => {
                places.push(begin..i);
                begin = i + 1;
            }
            _ => {}
        }
    }
    places.push(begin..text.len());
    places
}

/// Where the quote stands that is never closed.
fn open_quote(text: &str) -> usize {
    let mut quotes = text.bytes().enumerate().filter(|(_, byte)| *byte == b'"').map(|(at, _)| at);
    let mut open = quotes.next().unwrap_or(0);
    // Every second one opens a cell or goes on in it.
    while let (Some(_), Some(next)) = (quotes.next(), quotes.next()) {
        open = next;
    }
    open
}
