//! Character references: `&amp;`, `&eacute;`, `&#39;`.

use html5gum::{State, Token, Tokenizer};
use std::borrow::Cow;

/// Text between tags as a browser shows it: references resolved, line ends as `\n`.
pub fn resolved(written: &str) -> Cow<'_, str> {
    simple(written).unwrap_or_else(|| {
        let mut reader = Tokenizer::new(written);
        reader.set_state(State::RcData);
        let text = |token| match token {
            Ok(Token::String(text)) => String::from_utf8_lossy(&text.value).into_owned(),
            _ => String::new(),
        };
        Cow::Owned(reader.map(text).collect())
    })
}

/// The same of the value of an attribute, where `&copy=1` holds no reference.
pub fn value(written: &str) -> Cow<'_, str> {
    simple(written).unwrap_or_else(|| {
        // A value without quotes may hold one; no reference does.
        // Errors of the reader come before the tag that they are about.
        let part = |part: &str| {
            let values = |token| match token {
                Ok(Token::StartTag(tag)) => Some(tag.attributes.into_values()),
                _ => None,
            };
            let tag = Tokenizer::new(format!("<a a=\"{part}\">").as_str()).find_map(values);
            tag.map_or_else(
                || part.to_owned(),
                |values| values.map(|value| String::from_utf8_lossy(&value.value).into_owned()).collect(),
            )
        };
        Cow::Owned(written.split('"').map(part).collect::<Vec<String>>().join("\""))
    })
}

/// The text, if all references in it are of those that everybody writes; none needs the table of all names.
fn simple(written: &str) -> Option<Cow<'_, str>> {
    const SIMPLE: [(&str, char); 6] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#39;", '\''), ("#x27;", '\'')];
    let bytes = written.as_bytes();
    if memchr::memchr2(b'&', b'\r', bytes).is_none() {
        return Some(Cow::Borrowed(written));
    }
    let mut out = String::with_capacity(written.len());
    let mut done = 0;
    for at in memchr::memchr2_iter(b'&', b'\r', bytes) {
        if at < done {
            continue;
        }
        out.push_str(&written[done..at]);
        let rest = &written[at + 1..];
        done = at + 1;
        match bytes[at] {
            b'\r' => {
                out.push('\n');
                done += usize::from(rest.starts_with('\n'));
            }
            _ => match SIMPLE.iter().find(|(name, _)| rest.starts_with(name)) {
                Some((name, sign)) => {
                    out.push(*sign);
                    done += name.len();
                }
                None if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') => return None,
                None => out.push('&'),
            },
        }
    }
    out.push_str(&written[done..]);
    Some(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_for_what_browsers_show() {
        for (written, text) in [
            ("a", "a"),
            ("a &amp;&lt;&gt;&quot;&#39;&#x27; & b &", "a &<>\"'' & b &"),
            ("&amp;lt;", "&lt;"),
            ("&eacute;&#x41;&NotEqualTilde;", "éA≂\u{338}"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("&nix; <b>", "&nix; <b>"),
        ] {
            assert_eq!(resolved(written), text);
        }
        assert_eq!(resolved("?a&copy=1"), "?a©=1");
        assert_eq!(value("?a&copy=1&amp;b"), "?a&copy=1&b");
        assert_eq!(value("?a&copy"), "?a©");
        assert_eq!(value("&copy</a"), "©</a");
        assert_eq!(value("x\"&eacute;\"'&gt;"), "x\"é\"'>");
    }
}
