//! The tags of finished HTML, read as a browser reads them, and the one way to change attributes in it.
//!
//! A body is markdown, raw HTML, and what templates and components made of both; ids and addresses come from all of
//! them. So what must differ from output to output (see `sheet`, `notes`) is changed here, tag by tag: text, comments, scripts
//! and the values of other attributes are never touched.

use std::borrow::Cow;
use std::ops::Range;

/// A tag in HTML.
#[derive(Debug, Clone)]
pub struct Tag<'h> {
    html: &'h str,
    /// Where its name stands.
    name: Range<usize>,
    /// The byte behind it.
    pub end: usize,
    /// Whether it closes an element.
    pub closes: bool,
}

/// An attribute of a tag.
#[derive(Debug, Clone)]
pub struct Attribute<'h> {
    /// Its name as written.
    pub name: &'h str,
    /// Its value as written, references and all.
    pub value: &'h str,
    /// Where the value stands in the HTML.
    at: Range<usize>,
    /// Whether it stands in quotes; a value without can take no blank.
    quoted: bool,
}

impl<'h> Tag<'h> {
    /// Whether it is a tag of that name, which is given in lower case.
    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// The byte at which it begins.
    pub fn start(&self) -> usize {
        self.name.start - if self.closes { 2 } else { 1 }
    }

    /// Its name as written.
    pub fn name(&self) -> &'h str {
        self.html.get(self.name.clone()).unwrap_or("")
    }

    /// The level of a heading, opened or closed.
    pub fn heading(&self) -> Option<u8> {
        match self.name().as_bytes() {
            [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }

    /// Its attributes.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'h>> {
        Attributes { html: self.html, at: self.name.end, end: self.end.saturating_sub(1) }
    }

    /// The value of an attribute, references resolved.
    pub fn value(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attributes().find(|a| a.name.eq_ignore_ascii_case(name)).map(|a| plain(a.value))
    }
}

/// All tags of `html`, in order.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', html.as_bytes().get(at..)?)?;
            let rest = &html.as_bytes()[start + 1..];
            match rest.first()? {
                b'!' if rest.starts_with(b"!--") => {
                    at = memchr::memmem::find(&rest[1..], b"-->").map_or(html.len(), |i| start + 5 + i);
                }
                b'!' | b'?' => at = memchr::memchr(b'>', rest).map_or(html.len(), |i| start + 2 + i),
                b'/' if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => {
                    let tag = tag_at(html, start + 2, true)?;
                    at = tag.end;
                    return Some(tag);
                }
                byte if byte.is_ascii_alphabetic() => {
                    let tag = tag_at(html, start + 1, false)?;
                    at = behind_text(html, &tag);
                    return Some(tag);
                }
                _ => at = start + 1,
            }
        }
    })
}

/// The tag whose name begins at `start`; none when it never ends.
fn tag_at(html: &str, start: usize, closes: bool) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let name = start..start + bytes[start..].iter().position(ends)?;
    let mut at = name.end;
    let mut attributes = Attributes { html, at, end: html.len() };
    while attributes.next().is_some() {
        at = attributes.at;
    }
    // What is left is no attribute: blanks and strokes up to the end.
    let end = at + memchr::memchr(b'>', &bytes[at..])? + 1;
    Some(Tag { html, name, end, closes })
}

/// Where to read on behind a tag: what some elements hold is text, whatever it looks like.
fn behind_text(html: &str, tag: &Tag<'_>) -> usize {
    const TEXT: [&str; 4] = ["script", "style", "textarea", "title"];
    let Some(name) = TEXT.into_iter().find(|name| tag.is(name)) else { return tag.end };
    let mut at = tag.end;
    while let Some(i) = html.get(at..).and_then(|rest| memchr::memmem::find(rest.as_bytes(), b"</")) {
        let found = at + i;
        let end = found + 2 + name.len();
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        if html.get(found + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && html.as_bytes().get(end).is_some_and(ends)
        {
            return found;
        }
        at = found + 2;
    }
    tag.end
}

struct Attributes<'h> {
    html: &'h str,
    at: usize,
    end: usize,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        let bytes = &self.html.as_bytes()[..self.end];
        let skip = |at: usize, wanted: &dyn Fn(u8) -> bool| {
            bytes.get(at..).map_or(at, |rest| at + rest.iter().take_while(|b| wanted(**b)).count())
        };
        let blank = |b: u8| b.is_ascii_whitespace();
        let start = skip(self.at, &|b| blank(b) || b == b'/');
        let stop = skip(start, &|b| !blank(b) && !matches!(b, b'/' | b'>' | b'='));
        if start == stop {
            return None;
        }
        let name = &self.html[start..stop];
        let sign = skip(stop, &blank);
        if bytes.get(sign) != Some(&b'=') {
            self.at = stop;
            return Some(Attribute { name, value: "", at: stop..stop, quoted: false });
        }
        let from = skip(sign + 1, &blank);
        let quote = bytes.get(from).copied().filter(|b| matches!(b, b'"' | b'\''));
        let at = match quote {
            Some(quote) => from + 1..skip(from + 1, &|b| b != quote),
            None => from..skip(from, &|b| !blank(b) && b != b'>'),
        };
        self.at = at.end + usize::from(quote.is_some() && at.end < self.end);
        Some(Attribute { name, value: &self.html[at.clone()], at, quoted: quote.is_some() })
    }
}

/// `html` with other values for those attributes for which `value` gives one, escaped here, and its headings `down` levels
/// lower, as far as there are levels. `value` is asked of start tags only, and gets the attribute's value with its
/// references resolved.
pub fn change(html: &str, down: u8, mut value: impl FnMut(&Tag<'_>, &str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut done = 0;
    for tag in tags(html) {
        if down > 0
            && let Some(level) = tag.heading()
        {
            out.push_str(&html[done..tag.name.end - 1]);
            out.push(char::from(b'0' + (level + down).min(6)));
            done = tag.name.end;
        }
        if tag.closes {
            continue;
        }
        for attribute in tag.attributes().filter(|a| !a.value.is_empty()) {
            let Some(new) = value(&tag, attribute.name, &plain(attribute.value)) else { continue };
            out.push_str(&html[done..attribute.at.start]);
            if !attribute.quoted {
                out.push('"');
            }
            // It may stand in quotes of either kind.
            for part in new.split_inclusive('\'') {
                super::body::escape(part.strip_suffix('\'').unwrap_or(part), &mut out);
                if part.ends_with('\'') {
                    out.push_str("&#39;");
                }
            }
            if !attribute.quoted {
                out.push('"');
            }
            done = attribute.at.end;
        }
    }
    out.push_str(&html[done..]);
    out
}

/// Text as it stands in HTML, with the references that Guidepost writes resolved.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    let mut plain = text.to_string();
    for (reference, sign) in signs {
        plain = plain.replace(reference, sign);
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        tags(html)
            .map(|tag| {
                let attributes: Vec<String> =
                    tag.attributes().map(|a| format!(" {}={}", a.name, a.value)).collect();
                format!("{}{}{}", if tag.closes { "/" } else { "" }, tag.name(), attributes.concat())
            })
            .collect()
    }

    #[test]
    fn tags_are_those_that_a_browser_sees() {
        assert_eq!(
            shown("a < b <p id=x class = 'a>b' hidden><br/><IMG alt=\"<a id='y'>\"/></p >"),
            ["p id=x class=a>b hidden=", "br", "IMG alt=<a id='y'>", "/p"]
        );
        assert_eq!(shown("<!-- <a id=x> --><!doctype html><?x <b>?><i>"), ["i"]);
        assert_eq!(
            shown("<script>'<a id=\"x\">'</script><style><b></style><textarea><b></textareax></textarea><u>"),
            ["script", "/script", "style", "/style", "textarea", "/textarea", "u"]
        );
        for open in ["<a id=\"x", "<a", "<", "</", "<!--", "<a b='c>d", "<a =", "x<a/"] {
            assert_eq!(shown(open), Vec::<String>::new(), "{open}");
        }
        assert_eq!(shown("<script>never closed <b>"), ["script", "b"]);
        assert_eq!(shown("<p title=\"ñ\" ñ=1>ñ<é><h2>"), ["p title=ñ ñ=1", "h2"]);
    }

    #[test]
    fn only_what_is_asked_for_is_changed() {
        let html = "<h1 ID=a>id=\"a\" <h2 data-id=\"a\" id='a'>&lt;h2 id=\"a\"&gt;</h2></h1><hr id=\"a\"><h6 title=\"&amp;a\">";
        let new =
            change(html, 1, |_, name, value| name.eq_ignore_ascii_case("id").then(|| format!("{value}'\"&")));
        assert_eq!(
            new,
            "<h2 ID=\"a&#39;&quot;&amp;\">id=\"a\" <h3 data-id=\"a\" id='a&#39;&quot;&amp;'>&lt;h2 id=\"a\"&gt;</h3></h2>\
             <hr id=\"a&#39;&quot;&amp;\"><h6 title=\"&amp;a\">"
        );
        assert_eq!(change(html, 0, |_, _, _| None), html);
        let mut seen = Vec::new();
        change("<a href=\"?a&amp;b=&lt;&#39;\">", 0, |tag, name, value| {
            seen.push(format!("{} {name} {value}", tag.name()));
            None
        });
        assert_eq!(seen, ["a href ?a&b=<'"]);
    }
}
