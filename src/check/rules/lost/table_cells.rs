//! `table-cells`: rows of a table with more or fewer cells than its header.

use super::{lines, typed};
use crate::check::page::{Page, TableAt};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::Span;
use std::ops::Range;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TABLE_CELLS,
    group: Group::Lost,
    title: "A row of a table with more or fewer cells than its header",
    explanation: "A table is as wide as its header. What stands in further cells of a row is not shown at all; a missing cell \
        stays empty (a note). Often a `|` belongs to the text: write `\\|`, in code too. A line of text right under a table \
        becomes a row of it: leave an empty line between them.",
    bad: "| Day | Group |\n|---|---|\n| Monday | Hands | room 4 |\n",
    good: "| Day | Group | Where |\n|---|---|---|\n| Monday | Hands | room 4 |\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for table in &page.tables {
        rows(page, table, out);
    }
}

fn rows(page: &Page<'_>, table: &TableAt, out: &mut Findings<'_>) {
    let columns = table.header.len();
    for (start, line) in lines::bare(page, table.span).skip(2).filter(|(_, l)| !l.is_empty()) {
        let cells = cells(line);
        let place = |r: &Range<usize>| Span::new(start + r.start, start + r.end);
        if cells.len() > columns {
            let further: Vec<&Range<usize>> = cells[columns..]
                .iter()
                .filter(|c| line.get((*c).clone()).is_some_and(|t| !t.trim().is_empty()))
                .collect();
            let (Some(first), Some(last)) = (further.first(), further.last()) else { continue };
            let lost = line.get(first.start..last.end).unwrap_or("");
            let lead = lost.len() - lost.trim_start().len();
            let lost = lost.trim();
            let gone = first.start + lead..first.start + lead + lost.len();
            let lost = typed::short(lost);
            let counts = format!("this row has {} cells, its header {columns}", cells.len());
            let finding = out.at(place(&gone), format!("{counts}: \"{lost}\" is not shown"));
            let coded = bars_in_code(line);
            let help = if coded.is_empty() {
                "Give the header and the line of dashes a further cell; write `\\|` for a `|` that belongs to the text."
            } else {
                "Write `\\|` for a `|` that belongs to the text, in code too."
            };
            let finding = finding.help(help);
            // With the bars of its code written so, does the row fit?
            if !coded.is_empty() && cells.len() - coded.len() <= columns {
                let mut mended = String::with_capacity(line.len() + coded.len());
                let mut done = 0;
                for at in coded {
                    mended.push_str(&line[done..at]);
                    mended.push('\\');
                    done = at;
                }
                mended.push_str(&line[done..]);
                out.push(finding.fix(place(&(0..line.len())), mended));
            } else {
                out.push(finding);
            }
        } else if columns > 1 && !line.contains('|') {
            let finding = out
                .at(place(&(0..line.len())), "this line has become a row of the table above it")
                .help("Leave an empty line between the table and the text.");
            // At the margin only: inside lists and quotes an empty line has marks of its own.
            let margin = page.input.text.get(..start).is_none_or(|t| t.ends_with(['\n', '\r']));
            out.push(if margin {
                finding.fix(Span::at(start), typed::line_end(page.input.text))
            } else {
                finding
            });
        } else if cells.len() < columns {
            let message = match cells.len() {
                1 => format!("this row has one cell, its header {columns}: the others stay empty"),
                n => format!("this row has {n} cells, its header {columns}: the last stay empty"),
            };
            let finding = out.at_level(Severity::Note, place(&(0..line.len())), message);
            out.push(finding.help("Is a `|` missing? Write an empty cell as `| |`."));
        }
    }
}

/// The cells of a row, as a table reads them: a `|` divides also inside code, unless a backslash stands before it.
pub fn cells(line: &str) -> Vec<Range<usize>> {
    let whole = line.trim();
    let mut from = line.len() - line.trim_start().len();
    let end = from + whole.len();
    if whole.starts_with('|') {
        from += 1;
    }
    let mut cells = Vec::new();
    let lead = from;
    for (at, _) in line[lead..end].match_indices('|') {
        let at = lead + at;
        if !typed::escaped(line, at) {
            cells.push(from..at);
            from = at + 1;
        }
    }
    // Nothing but blanks behind the last bar is no cell.
    if from < end {
        cells.push(from..end);
    }
    cells
}

/// Bars without a backslash inside code.
fn bars_in_code(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let run = |at: usize| bytes[at..].iter().take_while(|b| **b == b'`').count();
    let mut bars = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
        let open = at + found;
        let length = run(open);
        let mut next = open + length;
        let mut inside = Vec::new();
        let mut closed = None;
        while next < bytes.len() {
            match bytes[next] {
                b'`' if run(next) == length => {
                    closed = Some(next + length);
                    break;
                }
                b'`' => next += run(next),
                b'|' => {
                    if !typed::escaped(line, next) {
                        inside.push(next);
                    }
                    next += 1;
                }
                _ => next += 1,
            }
        }
        let Some(closed) = closed else { break };
        bars.append(&mut inside);
        at = closed;
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cells_as_tables_do() {
        let count = |line: &str| cells(line).len();
        for (line, n) in [
            ("|a|b|", 2),
            ("a|b", 2),
            ("| a | b", 2),
            ("|a|", 1),
            ("|a\\|b|", 1),
            ("|a||", 2),
            ("a", 1),
            ("|", 0),
            ("| |", 1),
        ] {
            assert_eq!(count(line), n, "{line}");
        }
        assert_eq!(bars_in_code("| `a|b` | c | ``d`|``").len(), 2);
    }
}
