//! A line that was meant to hold a page back, where nobody reads it: `draft: true` at the top of the text.
//!
//! Without front matter, right below it, or in a second block of it. Deeper in the text it is text.

use crate::schema::scalar;
use crate::source::Span;

/// Maximum number of lines at the top of the text that are looked at.
const MAX_LINES: usize = 40;

/// Such lines at the top of `text`, with their places in it.
pub fn lines(text: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut headings = 0;
    for whole in text.split_inclusive(['\n', '\r']).take(MAX_LINES) {
        let line = whole.trim().trim_start_matches('\u{feff}');
        let start = at + whole.find(line).unwrap_or(0);
        at += whole.len();
        let is_rule = line.len() > 2 && line.bytes().all(|b| b == b'-');
        let is_title = line.starts_with("# ") || !line.is_empty() && line.bytes().all(|b| b == b'=');
        if line.is_empty() || is_rule {
            continue;
        }
        if is_title && headings == 0 {
            headings += 1;
            continue;
        }
        let Some((key, value)) = key_line(line) else { break };
        if holds_back(&key, value) {
            found.push((Span::new(start, start + line.len()), line));
        }
    }
    found
}

/// A line that looks like one of front matter: a word, a colon, a value.
fn key_line(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let apart = value.is_empty() || value.starts_with([' ', '\t']) || !value.starts_with(['/', ':']);
    (is_word && apart).then(|| (key.to_lowercase(), value.trim()))
}

/// Whether the line says when, or where, the page is public.
fn holds_back(key: &str, value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', '“', '”']).trim();
    match key {
        "draft" | "hidden" => {
            value.is_empty() || scalar::boolean(value).map_or_else(|fault| fault.mended.is_some(), |_| true)
        }
        "publish" | "expires" => match scalar::date(value) {
            Ok(_) => true,
            Err(fault) => fault.mended.is_some() || value.starts_with(|c: char| c.is_ascii_digit()),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_at_the_top_of_the_text() {
        let told = |body: &str| {
            let found = lines(body).into_iter();
            found.map(|(span, _)| body[span.range()].to_owned()).collect::<Vec<_>>()
        };
        for (body, line) in [
            ("# Bus\n\ndraft: true\n\nText.", "draft: true"),
            ("draft: true\nText.", "draft: true"),
            ("\n---\ntitle: B\ndraft: true\n---\nText.", "draft: true"),
            ("\r\nDraft: yes\r\n", "Draft: yes"),
            ("Bus\n===\n", ""),
            ("title: Bus\npublish: 2027-01-15\n\nText.", "publish: 2027-01-15"),
            ("expires: 1/15/2027", "expires: 1/15/2027"),
            ("hidden: true", "hidden: true"),
            ("draft:", "draft:"),
            ("draft: false", "draft: false"),
        ] {
            let expected: Vec<_> = (!line.is_empty()).then(|| line.to_owned()).into_iter().collect();
            assert_eq!(told(body), expected, "{body:?}");
        }
        for body in [
            "Text.\n\ndraft: true",
            "Draft: we will add times soon.",
            "Expires: when you move.",
            "```\ndraft: true\n```",
            "Hidden: what you do not see.",
            "## Draft\n\nText",
        ] {
            assert_eq!(told(body), [""; 0], "{body:?}");
        }
    }
}
