//! What the parser must not be given: text that is short to write and huge to read.
//!
//! pulldown-cmark fills up table rows to the width of their header, up to 262,144 cells *a table*: a page of a
//! megabyte could ask for gigabytes. So the cells to be filled up are counted first, where there are columns enough.

/// Maximum number of cells that a page's tables may leave out.
const MAX_CELLS_LEFT_OUT: usize = 50_000;

/// Whether the tables of `text` leave out more cells than is sane.
pub(super) fn too_many_cells(text: &str) -> bool {
    let count = |byte: u8, text: &[u8]| memchr::memchr_iter(byte, text).count();
    let pipes = |line: &[u8]| count(b'|', line);
    let all = pipes(text.as_bytes());
    let lines = count(b'\n', text.as_bytes()) + count(b'\r', text.as_bytes()) + 1;
    // No line can leave out more cells than one for each pipe there is.
    if all < 64 || (all + 1).saturating_mul(lines) <= MAX_CELLS_LEFT_OUT {
        return false;
    }
    let mut columns = 0;
    let mut left_out = 0;
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = &rest[..end];
        let skip = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = rest.get(end + skip..).unwrap_or(&[]);
        let here = pipes(line);
        if line.iter().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'>' | b'*' | b'+'))
            && here > 0
        {
            columns = columns.max(here + 1);
        }
        if line.trim_ascii().is_empty() {
            columns = 0;
        }
        left_out += columns.saturating_sub(here);
        if left_out > MAX_CELLS_LEFT_OUT {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cells_that_are_not_written() {
        let row = |n: usize, cell: &str| format!("|{}\n", format!("{cell}|").repeat(n));
        let honest = format!("{}{}{}", row(8, "a"), row(8, "-"), row(8, "b").repeat(5_000));
        assert!(!too_many_cells(&honest));
        let hostile = format!("{}{}{}", row(500, "a"), row(500, "-"), "|\n".repeat(500));
        assert!(too_many_cells(&hostile));
        assert!(too_many_cells(&format!("x\n\n{hostile}").replace('\n', "\r\n")));
    }
}
