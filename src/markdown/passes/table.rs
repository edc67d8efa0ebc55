//! Tables: a wrapper that can scroll, header cells with their scope, alignment by class.
//!
//! A phone stacks the cells of a row of prose. Where the cells are short, as numbers are, the row is the point: such a table
//! keeps its rows. Which of the two it is, is known when its last cell is written.

use crate::markdown::writer::Writer;
use pulldown_cmark::Alignment;

/// The table being written; tables do not nest.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Table {
    alignments: Vec<Alignment>,
    /// Texts of the header cells, escaped: a phone shows each cell with the name of its column.
    labels: Vec<String>,
    column: usize,
    in_head: bool,
    in_body: bool,
    /// Where the open cell's tag starts and its text begins, and how many placeholders there were before it.
    cell: (usize, usize, usize),
    /// Where a class is written that says what a phone does, and how many placeholders there were before it: in tables of three
    /// columns or more.
    class: Option<(usize, usize)>,
    /// Whether a cell right of the first column is too long to be read across.
    prose: bool,
    /// The level of raw HTML in the open cell; 0 outside cells.
    pub cell_level: u32,
}

/// Maximum length of a cell beside which others are read across, in letters.
const MAX_SHORT_CELL: usize = 14;

impl Table {
    /// Whether the open cell of the body names its row: the first of several.
    fn names_row(&self) -> bool {
        self.column == 1 && self.alignments.len() > 1
    }
}

impl Writer<'_> {
    pub(in crate::markdown) fn table(&mut self, alignments: Vec<Alignment>) {
        // From three columns on a row of prose does not fit a phone: the theme stacks its cells.
        let stack = alignments.len() >= 3;
        self.table = Table { alignments, ..Table::default() };
        self.out.push("<div class=\"table");
        self.table.class = stack.then(|| (self.out.html.len(), self.out.placeholders.len()));
        self.out.push("\"><table>\n");
    }

    pub(in crate::markdown) fn table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.push("<thead><tr>");
    }

    pub(in crate::markdown) fn table_row(&mut self) {
        if !std::mem::replace(&mut self.table.in_body, true) {
            self.table.in_head = false;
            self.out.push("<tbody>\n");
        }
        self.table.column = 0;
        self.out.push("<tr>");
    }

    pub(in crate::markdown) fn table_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.table.column += 1;
        let start = self.out.html.len();
        self.out.push(if self.table.in_head {
            "<th scope=\"col\""
        } else if self.table.names_row() {
            "<th scope=\"row\""
        } else {
            "<td"
        });
        self.out.push(class);
        let column = self.table.column - 1;
        if let Some(label) = self.table.labels.get(column).filter(|l| !self.table.in_head && !l.is_empty()) {
            self.out.html.push_str(" data-label=\"");
            self.out.html.push_str(label);
            self.out.html.push('"');
        }
        self.out.push(">");
        self.table.cell = (start, self.out.html.len(), self.out.placeholders.len());
        self.table.cell_level = self.level();
    }

    pub(in crate::markdown) fn table_cell_end(&mut self) {
        self.words += 1;
        self.table.cell_level = 0;
        if self.table.in_head && self.table.alignments.len() >= 3 {
            let label = plain(self.out.html.get(self.table.cell.1..).unwrap_or(""));
            self.table.labels.push(label);
        }
        let text = self.out.html.get(self.table.cell.1..).unwrap_or("");
        let names = self.table.in_head || self.table.names_row();
        if !names && plain(text).trim().chars().count() > MAX_SHORT_CELL {
            self.table.prose = true;
        }
        if !names {
            self.out.push("</td>");
        } else if text.is_empty() && self.out.placeholders.len() == self.table.cell.2 {
            // A cell without a text names no column and no row.
            self.out.html.truncate(self.table.cell.0);
            self.out.push("<td></td>");
        } else {
            self.out.push("</th>");
        }
    }

    pub(in crate::markdown) fn table_end(&mut self) {
        self.words -= 1;
        if let Some((at, placeholders)) = self.table.class {
            self.out.insert(at, if self.table.prose { " stack" } else { " dense" }, placeholders);
        }
        self.out.push(if self.table.in_body { "</tbody></table></div>\n" } else { "</table></div>\n" });
    }
}

/// The text of escaped HTML without its tags, fit for an attribute.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '"' if !in_tag => text.push_str("&quot;"),
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}
