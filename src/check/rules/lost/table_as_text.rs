//! `table-as-text`: a table in a form that is shown as text.

use super::lines;
use super::table_cells::cells;
use super::typed;
use crate::check::page::{Block, BlockKind, Page};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::TABLE_AS_TEXT,
    group: Group::Lost,
    title: "A table that is shown as text",
    explanation: "A table has a header, under it a line of dashes with as many cells, and rows right under that. Without the \
        dashes, with too few or too many of them, with empty lines between the rows, drawn with `+---+`, or pasted from a \
        spreadsheet, it is only lines of text. `check --fix` makes a table where nothing can go wrong.",
    bad: "| Day | Group |\n| Monday | Hands |\n| Friday | Music |\n",
    good: "| Day | Group |\n|---|---|\n| Monday | Hands |\n| Friday | Music |\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// A line of a block: where its text begins in the file, and the text.
type Row<'a> = (usize, &'a str);

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    simple(page, out);
    wide(page, out);
    let flat = page.flat.as_bytes();
    if memchr::memchr2(b'|', b'\t', flat).is_none() && memchr::memmem::find(flat, b"+-").is_none() {
        return;
    }
    // Where the last row that stands alone ends: one message for rows that follow each other.
    let mut alone = 0;
    for block in &page.blocks {
        let text = page.block_text(block);
        if !text.contains(['|', '\t']) && !text.starts_with('+') {
            continue;
        }
        let rows: Vec<Row<'_>> = lines::bare(page, block.span).filter(|(_, l)| !l.is_empty()).collect();
        match block.kind {
            BlockKind::Paragraph | BlockKind::Item => {
                if grid(page, block, &rows, out)
                    || ruled(page, &rows, out)
                    || unruled(page, block, &rows, out)
                    || tabs(page, block, &rows, out)
                {
                    continue;
                }
                if let [(start, row)] = rows.as_slice()
                    && is_row(row)
                {
                    let near =
                        alone > 0 && page.input.text.get(alone..*start).is_some_and(|t| t.trim().is_empty());
                    alone = start + row.len();
                    if !near {
                        let finding = out.at(
                            Span::new(*start, alone),
                            "this row of a table stands alone, so it is shown as text",
                        );
                        out.push(finding.help(
                            "Write a header, under it a line such as `|---|---|`, and the rows right under that, without empty lines between them.",
                        ));
                    }
                }
            }
            BlockKind::Heading => as_heading(&rows, out),
            BlockKind::Cell | BlockKind::Field => {}
        }
    }
}

/// Whether the line begins and ends with a bar, and has one between them.
fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.ends_with('|') && cells(line).len() >= 2
}

/// Whether the line is one of dashes: `|---|:-:|`; with the dashes that a word processor makes of them, too.
fn is_ruler(line: &str) -> bool {
    line.contains('|')
        && line.contains(DASHES)
        && line.chars().all(|c| matches!(c, '|' | ':' | ' ' | '\t' | '\u{a0}' | '+') || DASHES.contains(&c))
}

const DASHES: &[char] = &['-', '–', '—', '―', '−', '‐', '‑'];

/// A line of dashes for so many columns, with the places of the text that `old` asks for.
fn ruler(old: Option<&str>, columns: usize) -> String {
    let old: Vec<&str> = old
        .map(|o| cells(o).into_iter().filter_map(|c| o.get(c)).map(str::trim).collect())
        .unwrap_or_default();
    let mut out = String::from("|");
    for n in 0..columns {
        let cell = old.get(n).copied().unwrap_or("");
        out.push_str(if cell.starts_with(':') { ":--" } else { "---" });
        out.push_str(if cell.len() > 1 && cell.ends_with(':') { ":|" } else { "|" });
    }
    out
}

/// Whether the lines of the block are nothing but lines: no list, quote or container is before them.
fn at_margin(page: &Page<'_>, block: &Block, rows: &[Row<'_>]) -> bool {
    let plain =
        |start: usize| page.input.text.get(..start).is_none_or(|t| t.is_empty() || t.ends_with(['\n', '\r']));
    block.top && rows.iter().all(|(start, _)| plain(*start))
}

/// A table whose line of dashes does not fit.
fn ruled(page: &Page<'_>, rows: &[Row<'_>], out: &mut Findings<'_>) -> bool {
    let Some(at) = rows.iter().position(|(_, l)| is_ruler(l)) else { return false };
    let (start, line) = rows[at];
    let span = Span::new(start, start + line.len());
    let Some((_, header)) = at.checked_sub(1).and_then(|h| rows.get(h)) else {
        let finding =
            out.at(span, "this table has no header above its line of dashes, so it is shown as text");
        out.push(finding.help("Write a row with the names of the columns above it."));
        return true;
    };
    let (columns, dashes) = (cells(header).len(), cells(line).len());
    let most = rows[at + 1..].iter().map(|(_, l)| cells(l).len()).max().unwrap_or(0);
    let message = if columns != dashes {
        let noun = if dashes == 1 { "cell" } else { "cells" };
        format!(
            "the line of dashes has {dashes} {noun}, the header above it {columns}: the whole table is shown as text"
        )
    } else if line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')) {
        let finding =
            out.at(span, "this table is shown as text, since its header belongs to the line above it");
        out.push(finding.help("Leave an empty line above the header, and begin the table at the margin."));
        return true;
    } else {
        "this line is not one of plain dashes: the whole table is shown as text".to_owned()
    };
    let good = ruler(Some(line), columns);
    let finding = out.at(span, message).help(format!("Write `{good}`."));
    // A header that is too short would hide cells that can be read now.
    let safe = columns > 0 && most <= columns && !typed::escaped(header, header.len());
    let known = page.input.text.get(span.range()) == Some(line);
    out.push(if safe && known { finding.fix(span, good) } else { finding });
    true
}

/// Rows without a line of dashes.
fn unruled(page: &Page<'_>, block: &Block, rows: &[Row<'_>], out: &mut Findings<'_>) -> bool {
    let first = rows.iter().position(|(_, l)| is_row(l));
    let Some(from) = first else { return bare_rows(page, block, rows, out) };
    let table: Vec<Row<'_>> = rows[from..].iter().copied().take_while(|(_, l)| is_row(l)).collect();
    let [(start, header), .., (last, end)] = table.as_slice() else { return false };
    let columns = cells(header).len();
    let span = Span::new(*start, last + end.len());
    let good = ruler(None, columns);
    let finding = out
        .at(span, "these rows are shown as text: a table needs a line of dashes under its header")
        .help(format!("Write `{good}` under the first row."));
    let even = table.iter().all(|(_, l)| cells(l).len() <= columns);
    if even && at_margin(page, block, &table) {
        let behind = Span::at(start + header.len());
        let end = typed::line_end(page.input.text);
        out.push(finding.fix(behind, format!("{end}{good}")));
    } else {
        out.push(finding);
    }
    true
}

/// Rows without bars around them: `a | b`, three times with as many bars.
fn bare_rows(page: &Page<'_>, block: &Block, rows: &[Row<'_>], out: &mut Findings<'_>) -> bool {
    let [(start, header), _, .., (last, end)] = rows else { return false };
    let columns = cells(header).len();
    if columns < 2 || rows.iter().any(|(_, l)| cells(l).len() != columns || l.contains('`')) {
        return false;
    }
    let good = ruler(None, columns);
    let finding = out
        .at(
            Span::new(*start, last + end.len()),
            "these rows are shown as text: a table needs a line of dashes under its header",
        )
        .help(format!("Write `{good}` under the first row."));
    let behind = Span::at(start + header.len());
    let plain = at_margin(page, block, rows) && lines::list_mark(header).is_none();
    out.push(if plain {
        finding.fix(behind, format!("{}{good}", typed::line_end(page.input.text)))
    } else {
        finding
    });
    true
}

/// `----  -----` below names: a table that pandoc draws with blanks. Here the line of dashes is a rule across the page.
fn simple(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.input.text;
    let body = text.get(page.body as usize..).unwrap_or("");
    // Two groups of dashes with blanks between them.
    let mut dashes = memchr::memmem::find_iter(body.as_bytes(), b" --");
    if !dashes.any(|at| body.as_bytes()[..at].iter().rev().find(|b| **b != b' ') == Some(&b'-')) {
        return;
    }
    let all = lines::of(page);
    let mut told = 0;
    for (n, line) in all.iter().enumerate() {
        let mut groups = line.text.split_whitespace();
        let drawn = groups.clone().count() > 1 && groups.all(|g| g.len() > 1 && g.bytes().all(|b| b == b'-'));
        let above = n.checked_sub(1).and_then(|above| all.get(above));
        let named = above.filter(|above| matches!(above.what, lines::What::Text(_)));
        let (Some(named), true) = (named, drawn && !line.is_code() && n >= told) else { continue };
        told = n + 1 + all[n + 1..].iter().take_while(|l| l.what != lines::What::Blank).count();
        let finding = out.at(
            Span::new(line.start, line.start + line.text.trim_end().len()),
            "a table drawn with blanks and lines of dashes is shown as text and a rule across the page",
        );
        let cells = named.text.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
        out.push(finding.help(format!(
            "Write `| {} |`, under it `{}`, and each further row as `| c | d |`.",
            typed::short(&cells.join(" | ")),
            ruler(None, cells.len().max(1))
        )));
    }
}

/// `｜a｜b｜`: the bars of a Chinese or Japanese keyboard.
fn wide(page: &Page<'_>, out: &mut Findings<'_>) {
    const BAR: char = '｜';
    if memchr::memmem::find(page.flat.as_bytes(), BAR.encode_utf8(&mut [0; 4]).as_bytes()).is_none() {
        return;
    }
    for block in page.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let text = page.block_text(block);
        let rows = text.lines().filter(|line| line.starts_with(BAR) && line.matches(BAR).count() > 2).count();
        if rows < 2 || rows < text.lines().count() {
            continue;
        }
        let finding = out
            .at(
                page.span(block.flat.clone()),
                "these rows are shown as text: the bars between their cells are wide ones",
            )
            .help("Write them with plain bars, `| a | b |`, under the first row `|---|---|`.");
        out.push(match typed::literal(page, block.flat.clone()) {
            Some(place) => {
                let mut rows: Vec<String> = text.lines().map(|line| line.replace(BAR, "|")).collect();
                if !rows.get(1).is_some_and(|row| is_ruler(row)) {
                    let columns = rows.first().map_or(0, |row| cells(row).len());
                    rows.insert(1.min(rows.len()), ruler(None, columns));
                }
                finding.fix(place, rows.join("\n"))
            }
            None => finding,
        });
    }
}

/// A table drawn with `+---+`, as pandoc writes it.
fn grid(page: &Page<'_>, block: &Block, rows: &[Row<'_>], out: &mut Findings<'_>) -> bool {
    let border = |l: &str| {
        l.len() > 2
            && l.starts_with('+')
            && l.ends_with('+')
            && l.chars().all(|c| matches!(c, '+' | '-' | '=' | ':' | ' '))
            && l.contains(['-', '='])
    };
    if !rows.first().is_some_and(|(_, l)| border(l)) || rows.len() < 3 {
        return false;
    }
    let (Some((start, top)), Some((last, end))) = (rows.first(), rows.last()) else { return false };
    let span = Span::new(*start, last + end.len());
    let finding = out
        .at(Span::new(*start, start + top.len()), "a table drawn with `+---+` is shown as text")
        .help("Write `| a | b |`, under it `|---|---|`, and each further row as `| c | d |`.");
    // One line of text between two borders: then nothing has to be put together.
    let texts: Vec<&Row<'_>> = rows.iter().filter(|(_, l)| !border(l)).collect();
    let alternate =
        rows.iter().enumerate().all(|(i, (_, l))| border(l) == (i % 2 == 0)) && rows.len() % 2 == 1;
    let columns = texts.first().map_or(0, |(_, l)| cells(l).len());
    let even = columns > 0 && texts.iter().all(|(_, l)| is_row(l) && cells(l).len() == columns);
    if !(alternate && even && at_margin(page, block, rows)) {
        out.push(finding);
        return true;
    }
    let end = typed::line_end(page.input.text);
    let mut table = Vec::with_capacity(texts.len() + 1);
    for (i, (_, line)) in texts.into_iter().enumerate() {
        table.push((*line).to_owned());
        if i == 0 {
            table.push(ruler(None, columns));
        }
    }
    out.push(finding.fix(span, table.join(end)));
    true
}

/// Rows pasted from a spreadsheet: cells with tabs between them.
fn tabs(page: &Page<'_>, block: &Block, rows: &[Row<'_>], out: &mut Findings<'_>) -> bool {
    let count = |l: &str| l.matches('\t').count();
    let [(start, header), .., (last, end)] = rows else { return false };
    let columns = count(header) + 1;
    if columns < 2
        || rows.iter().any(|(_, l)| count(l) == 0)
        || header.starts_with(['•', 'o', '·']) && columns == 2
    {
        return false;
    }
    let span = Span::new(*start, last + end.len());
    let finding = out
        .at(span, "these lines look like rows pasted from a spreadsheet: the tabs between their cells are not shown")
        .help("Write them as a table: `| a | b |`, under it `|---|---|`, and each further row as `| c | d |`.");
    let even = rows.iter().all(|(_, l)| count(l) < columns);
    if !even || !at_margin(page, block, rows) || block.kind != BlockKind::Paragraph {
        out.push(finding);
        return true;
    }
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(|c| bars_escaped(c.trim())).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut table: Vec<String> = rows.iter().map(|(_, l)| row(l)).collect();
    table.insert(1, ruler(None, columns));
    out.push(finding.fix(span, table.join(typed::line_end(page.input.text))));
    true
}

/// A cell with a backslash before each bar that has none.
fn bars_escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for (at, c) in cell.char_indices() {
        if c == '|' && !typed::escaped(cell, at) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `Name | Age` with `---` under it is a heading.
fn as_heading(rows: &[Row<'_>], out: &mut Findings<'_>) {
    let [(start, header), (under, dashes)] = rows else { return };
    let columns = cells(header).len();
    if columns < 2
        || header.starts_with('#')
        || header.contains('`')
        || !dashes.bytes().all(|b| b == b'-')
        || dashes.is_empty()
    {
        return;
    }
    let good = ruler(None, columns);
    let finding = out
        .at(
            Span::new(*start, start + header.len()),
            "this row of a table has become a heading: the line under it has dashes for one cell only",
        )
        .help(format!("Write `{good}` under it."));
    out.push(finding.fix(Span::new(*under, under + dashes.len()), good));
}
