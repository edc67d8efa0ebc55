//! Tags and attributes in a template or a page's frame: names, values as they are written, and places.
//!
//! Forgiving and linear, like a browser's tokeniser; comments and closing tags are passed over. The HTML in pages is read by
//! `markdown::html`; a template is not HTML yet.

use std::ops::Range;

/// One opening tag.
#[derive(Debug, Clone)]
pub struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Its place in the piece.
    pub range: Range<usize>,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether it is called so, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute; "" when it stands without one.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }

    /// Attributes in order.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            if rest.is_empty() {
                return None;
            }
            if end == 0 {
                rest = rest.get(1..).unwrap_or("");
                return Some(("", ""));
            }
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
                rest = after;
                return Some((name, ""));
            };
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = &value[1..];
                    let end = inside.find(quote).unwrap_or(inside.len());
                    (&inside[..end], inside.get(end + 1..).unwrap_or(""))
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }
}

/// The opening tags of `source`, in order.
pub fn tags(source: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + source.get(at..)?.find('<')?;
            let rest = &source[start + 1..];
            if rest.starts_with("!--") {
                at = start + 1 + rest.find("-->")? + 3;
                continue;
            }
            let name_end =
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
            if name_end == 0 {
                at = start + 1;
                continue;
            }
            let end = tag_end(rest, name_end);
            at = (start + 1 + end + 1).min(source.len());
            let range = start..at;
            return Some(Tag { name: &rest[..name_end], range, attributes: &rest[name_end..end] });
        }
    })
}

/// Where the tag's `>` stands: outside quotes.
fn tag_end(rest: &str, from: usize) -> usize {
    let mut quote = None;
    for (i, b) in rest.bytes().enumerate().skip(from) {
        match (quote, b) {
            (None, b'>') => return i,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_attributes() {
        let source =
            "a < b <!-- <x> --> <iframe title='a > b' src=//x.y allowfullscreen/> </p><P lang=\"es\">";
        let found: Vec<_> = tags(source).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].attribute("TITLE"), Some("a > b"));
        assert_eq!(found[0].attribute("src"), Some("//x.y"));
        assert_eq!(found[0].attribute("allowfullscreen"), Some(""));
        assert!(found[1].is("p"));
        assert_eq!(found[1].attribute("lang"), Some("es"));
    }
}
