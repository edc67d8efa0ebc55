//! Data files as templates see them: YAML, JSON, and tables as a spreadsheet saves them.
//!
//! What was typed stays as it was typed: a number whose usual form differs (`+15550100`, `1.10`, `007`) is a text, keys and
//! columns keep their order. [`read`] is called once for each file that changed; one file below `data/` for each form.

mod csv;
mod json;
mod yaml;

use crate::diag::{Diagnostic, code};
use crate::source::{Hasher, Source, SourcePath, Span};
use tera::Value;

/// A data file as templates see it.
#[derive(Debug, Clone)]
pub struct Data {
    /// Its value.
    pub value: Value,
    /// Its fingerprint.
    pub fingerprint: u64,
}

/// How a data file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    Json,
    /// With this between two cells; none when that is to be found out.
    Table(Option<u8>),
}

fn format(extension: &str) -> Option<Format> {
    Some(match extension {
        "yaml" | "yml" => Format::Yaml,
        "json" => Format::Json,
        "csv" => Format::Table(None),
        "tsv" | "tab" => Format::Table(Some(b'\t')),
        _ => return None,
    })
}

/// Whether a file of that ending is data.
pub fn is_data(path: &SourcePath) -> bool {
    format(&path.extension()).is_some()
}

/// Why no file of that name can be data, and what to do; none when one can.
pub fn refusal(name: &str) -> Option<String> {
    if let Some(inner) = name.strip_prefix("data/").or_else(|| name.strip_prefix('/')) {
        return Some(format!("its path counts from the folder data; write data(path=\"{inner}\")"));
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let what = match ending.as_str() {
        ending if format(ending).is_some() => return None,
        "xlsx" | "xls" | "xlsm" | "ods" | "numbers" => {
            "a spreadsheet cannot be read; save it there as \"CSV UTF-8\", into the folder data, and name that file"
        }
        "docx" | "doc" | "odt" | "pdf" => "a document cannot be read; save its table as a CSV file",
        "txt" => "a text file cannot be read; if it is a table, let its name end in .csv or .tsv",
        _ => "data files end in .yaml, .json, .csv or .tsv",
    };
    Some(what.to_owned())
}

/// The name under which the world has the list of all data files: what is suggested depends on it.
pub const NAMES: &str = "";

/// The list of the names of all data files.
pub fn names(all: &[String]) -> Data {
    let mut hasher = Hasher::new();
    for name in all {
        hasher.text(name);
    }
    let value = Value::from(all.iter().map(|name| Value::from(name.as_str())).collect::<Vec<_>>());
    Data { value, fingerprint: hasher.finish().low().max(1) }
}

/// Reads a data file; none when nothing in it can be understood.
pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Data> {
    let mut file = File { path: &source.path, text: "", offset: 0, diagnostics };
    let format = format(&source.path.extension())?;
    match source.utf8() {
        Ok(text) => {
            file.text = text.strip_prefix('\u{feff}').unwrap_or(text);
            file.offset = text.len() - file.text.len();
        }
        Err(at) => {
            file.not_utf8(&source.text, at, format);
            return None;
        }
    }
    if let Some(at) = file.text.find('\0') {
        let why = "The data file cannot be read: it is in UTF-16, or no text.";
        file.error(at..at, why, encoding_help(format));
        return None;
    }
    let value = match format {
        Format::Yaml => yaml::read(&mut file),
        Format::Json => json::read(&mut file),
        Format::Table(delimiter) => csv::read(&mut file, delimiter),
    };
    Some(Data { value: value?, fingerprint: source.fingerprint.low().max(1) })
}

/// A row of a data file: its place, and what stands in it by the names of its columns.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it stands.
    pub span: Span,
    /// Its cells.
    pub cells: Value,
}

/// The rows of a data file: those of a table, the items of a list, the entries of a group of groups (with their names as
/// `key`). None when it is none of these, or cannot be read, which [`read`] tells.
pub fn rows(source: &Source) -> Option<Vec<Row>> {
    let mut told = Vec::new();
    let mut file = File { path: &source.path, text: "", offset: 0, diagnostics: &mut told };
    let text = source.utf8().ok()?;
    file.text = text.strip_prefix('\u{feff}').unwrap_or(text);
    file.offset = text.len() - file.text.len();
    let rows = match format(&source.path.extension())? {
        Format::Yaml => yaml::read_rows(&mut file),
        Format::Json => json::read_rows(&mut file),
        Format::Table(delimiter) => csv::read_rows(&mut file, delimiter),
    }?;
    let is_group = |(_, cells): &(_, Value)| cells.as_map().is_some();
    rows.iter()
        .all(is_group)
        .then(|| rows.into_iter().map(|(place, cells)| Row { span: file.span(place), cells }).collect())
}

/// A group with its own name in it as `key`, unless it has one; none for anything else.
fn with_key(name: &str, group: Value) -> Option<Value> {
    let mut map = tera::value::Map::default();
    map.insert("key".into(), Value::from(name));
    map.extend(group.as_map()?.iter().map(|(key, value)| (key.clone(), value.clone())));
    Some(Value::from(map))
}

/// A file that is being read.
struct File<'f> {
    path: &'f SourcePath,
    /// Without a byte order mark.
    text: &'f str,
    /// Where that begins in the file.
    offset: usize,
    diagnostics: &'f mut Vec<Diagnostic>,
}

impl File<'_> {
    /// The place in the file of bytes of the text.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.offset)
    }

    fn error(&mut self, range: std::ops::Range<usize>, message: impl Into<String>, help: &str) {
        let span = self.span(range);
        self.diagnostics.push(Diagnostic::error(code::BAD_DATA, self.path, span, message).help(help));
    }

    fn warning(&mut self, range: std::ops::Range<usize>, message: impl Into<String>, help: &str) {
        let span = self.span(range);
        self.diagnostics.push(Diagnostic::warning(code::BAD_DATA, self.path, span, message).help(help));
    }

    /// Says in which encoding a file most likely is.
    fn not_utf8(&mut self, bytes: &[u8], at: usize, format: Format) {
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0);
        let why = match wide {
            true => "it is in UTF-16, or no text",
            false => {
                "it is not UTF-8 text from here on, but most likely Windows-1252, as older programs save it"
            }
        };
        let at = if wide { 0 } else { at };
        self.error(at..at, format!("The data file cannot be read: {why}."), encoding_help(format));
    }
}

fn encoding_help(format: Format) -> &'static str {
    match format {
        Format::Table(_) => {
            "In the spreadsheet choose \"Save as\" and \"CSV UTF-8\", or UTF-8 where it asks for the character set."
        }
        _ => "Save the file as UTF-8, as plain text.",
    }
}

/// A plain scalar as it was typed: a number when that is shown in the same way.
fn scalar(text: &str) -> Value {
    let number = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.')) && !text.is_empty();
    let same = |value: Value| (value.to_string() == text).then_some(value);
    let whole = || text.parse::<i64>().ok().map(Value::from).and_then(same);
    let broken = || text.parse::<f64>().ok().filter(|_| text.contains('.')).map(Value::from).and_then(same);
    match number {
        true => whole().or_else(broken).unwrap_or_else(|| Value::from(text)),
        false => Value::from(text),
    }
}

#[cfg(test)]
mod tests;
