//! CSV with a header row (RFC 4180: quotes, doubled quotes, commas and line ends inside quotes).

use std::collections::BTreeMap;

/// The rows below the header, each by column name. A row with another number of cells is an error, with the byte
/// offset of the row and a message.
pub fn read(text: &str) -> Result<Vec<BTreeMap<String, String>>, (usize, String)> {
    let mut rows = records(text)?.into_iter();
    let Some((_, header)) = rows.next() else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    for (at, row) in rows {
        if row.len() != header.len() {
            return Err((at, format!("this row has {} cells, the header has {}", row.len(), header.len())));
        }
        out.push(header.iter().cloned().zip(row).collect());
    }
    Ok(out)
}

type Record = (usize, Vec<String>);

fn records(text: &str) -> Result<Vec<Record>, (usize, String)> {
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let mut cells = Vec::new();
        loop {
            let mut cell = String::new();
            if bytes.get(i) == Some(&b'"') {
                let open = i;
                i += 1;
                loop {
                    let Some(end) = text[i..].find('"') else {
                        return Err((open, "a quote is never closed".into()));
                    };
                    cell.push_str(&text[i..i + end]);
                    i += end + 1;
                    if bytes.get(i) == Some(&b'"') {
                        cell.push('"');
                        i += 1;
                    } else {
                        break;
                    }
                }
            }
            let end = text[i..].find([',', '\n', '\r']).map_or(text.len(), |e| i + e);
            cell.push_str(&text[i..end]);
            i = end;
            cells.push(cell);
            match bytes.get(i) {
                Some(b',') => i += 1,
                _ => break,
            }
        }
        if bytes.get(i) == Some(&b'\r') {
            i += 1;
        }
        if bytes.get(i) == Some(&b'\n') {
            i += 1;
        }
        if cells.len() > 1 || cells.iter().any(|c| !c.is_empty()) {
            records.push((start, cells));
        }
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn quotes_and_ragged_rows() {
        let rows = read("name,note\r\nA,\"x, \"\"y\"\"\nz\"\nB,\n").unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["note"], "x, \"y\"\nz");
        assert_eq!(read("a,b\n1\n").unwrap_err().0, 4);
        assert_eq!(read("a\n\"x").unwrap_err().0, 2);
    }
}
