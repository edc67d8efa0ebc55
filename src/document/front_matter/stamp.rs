//! `translated_from` written into a page: one line is added or its value replaced, every other byte stays.
//!
//! Called by `guidepost translations --mark`. What was written is read again before it is given back, so a page in
//! which the line would not be understood is refused, never damaged.

use super::{heading_title, split};
use crate::config::{Words, yaml};
use crate::source::Source;

/// The key.
const KEY: &str = "translated_from";

/// The bytes of the page `source` with `translated_from: "<stamp>"` in its front matter; or why that cannot be done.
///
/// # Errors
/// When the page has no front matter that can be read. The text tells an editor what to do.
pub fn stamp(source: &Source, stamp: &str) -> Result<Vec<u8>, String> {
    let bytes = &source.text[..];
    let parts = split(source).value;
    let Some(range) = parts.yaml.clone() else {
        return match heading_title(&source.path, parts.body_text(), parts.body.start, Words::default()) {
            // Its heading stays its title.
            Some(_) if parts.text.len() == bytes.len() => {
                let mark = if parts.text.starts_with('\u{feff}') { 3 } else { 0 };
                let lines = format!("---\n{KEY}: \"{stamp}\"\n---\n");
                Ok([&bytes[..mark], lines.as_bytes(), &bytes[mark..]].concat())
            }
            _ => Err(
                "it has no front matter; begin the file with three lines: ---, title: and the page's title, ---"
                    .into(),
            ),
        };
    };
    if parts.body.start <= range.end {
        return Err("its front matter is not closed; write a line --- after the last key".into());
    }
    if parts.text.len() != bytes.len() {
        return Err("it is not UTF-8 text; save it as UTF-8".into());
    }
    let yaml = parts.yaml_text().trim_start();
    if yaml.starts_with(['{', '[']) || yaml.starts_with("- ") {
        return Err("its front matter is not a list of keys; write each key on a line of its own".into());
    }
    let key = written(source).map(|(key, value)| {
        let value = value.start..value.end.min(range.end);
        (key, value)
    });
    let (at, insert) = match key {
        // A value: replaced, so that what stands behind it (a comment) stays.
        Some((_, value)) if value.start < value.end => {
            let text = parts.text.get(value.clone()).unwrap_or("");
            (value.start..value.start + text.trim_end().len(), format!("\"{stamp}\""))
        }
        // A key without a value.
        Some((key, _)) => {
            let colon = parts.text.get(key.end..range.end).and_then(|rest| rest.find(':')).unwrap_or(0);
            let at = key.end + colon + 1;
            (at..at, format!(" \"{stamp}\""))
        }
        None => {
            let first = parts.text.get(..range.start).unwrap_or("");
            let end = if first.ends_with("\r\n") {
                "\r\n"
            } else if first.ends_with('\r') {
                "\r"
            } else {
                "\n"
            };
            (range.end..range.end, format!("{KEY}: \"{stamp}\"{end}"))
        }
    };
    let mut out = Vec::with_capacity(bytes.len() + insert.len());
    out.extend_from_slice(bytes.get(..at.start).unwrap_or(bytes));
    out.extend_from_slice(insert.as_bytes());
    out.extend_from_slice(bytes.get(at.end..).unwrap_or(&[]));
    let again = Source::new(source.path.clone(), out.clone());
    let understood = written(&again).is_some_and(|(_, value)| {
        let text = again.text.get(value).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("");
        text.trim_matches('"') == stamp
    });
    if understood && keys(&again) == keys(source) + usize::from(written(source).is_none()) {
        Ok(out)
    } else {
        Err(format!(
            "its front matter cannot be understood; mend it, or write the line {KEY}: \"{stamp}\" yourself"
        ))
    }
}

type Place = std::ops::Range<usize>;

/// Where the key and its value stand; the value's place is empty when nothing is written there.
fn written(source: &Source) -> Option<(Place, Place)> {
    let parts = split(source).value;
    let range = parts.yaml.clone()?;
    let node = yaml::parse(&source.path, parts.yaml_text(), range.start).value?;
    let (key, value) = node.as_map()?.iter().find(|(key, _)| key.text == KEY)?;
    Some((
        key.span.range(),
        value.as_text().map_or(value.span.end as usize..value.span.end as usize, |_| value.span.range()),
    ))
}

/// How many keys the front matter has.
fn keys(source: &Source) -> usize {
    let parts = split(source).value;
    let start = parts.yaml.clone().map_or(0, |r| r.start);
    let node = yaml::parse(&source.path, parts.yaml_text(), start).value;
    node.as_ref().and_then(yaml::Node::as_map).map_or(0, <[_]>::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    const STAMP: &str = "0123456789abcdef";

    fn run(text: &str) -> Result<String, String> {
        let source = Source::new(SourcePath::new("content/es/a.md").unwrap(), text.as_bytes().to_vec());
        stamp(&source, STAMP).map(|b| String::from_utf8(b).unwrap())
    }

    #[test]
    fn one_line_is_added_or_its_value_replaced() {
        for (before, after) in [
            (
                "---\ntitle: A\n---\nText\n",
                "---\ntitle: A\ntranslated_from: \"0123456789abcdef\"\n---\nText\n",
            ),
            (
                "---\r\ntitle: A\r\n---\r\nText",
                "---\r\ntitle: A\r\ntranslated_from: \"0123456789abcdef\"\r\n---\r\nText",
            ),
            (
                "\u{feff}---\ntranslated_from: ffff00001111ffff   # Ana\ntitle: A # b\n---\n",
                "\u{feff}---\ntranslated_from: \"0123456789abcdef\"   # Ana\ntitle: A # b\n---\n",
            ),
            (
                "---\ntitle: A\ntranslated_from: \"ffff00001111ffff\"\n---\n",
                "---\ntitle: A\ntranslated_from: \"0123456789abcdef\"\n---\n",
            ),
            (
                "---\ntitle: A\ntranslated_from: 'x y'\norder: 3\n---\n",
                "---\ntitle: A\ntranslated_from: \"0123456789abcdef\"\norder: 3\n---\n",
            ),
            (
                "---\ntitle: A\ntranslated_from:\n# c\n---\n",
                "---\ntitle: A\ntranslated_from: \"0123456789abcdef\"\n# c\n---\n",
            ),
            (
                "---\ntitle: A\ntranslated_from: # by Ana\n---\n",
                "---\ntitle: A\ntranslated_from: \"0123456789abcdef\" # by Ana\n---\n",
            ),
            // The word in the body is not the key.
            (
                "---\ntitle: A\n---\ntranslated_from: x\n",
                "---\ntitle: A\ntranslated_from: \"0123456789abcdef\"\n---\ntranslated_from: x\n",
            ),
        ] {
            assert_eq!(run(before).as_deref(), Ok(after), "{before:?}");
            assert_eq!(run(after).as_deref(), Ok(after), "{before:?} twice");
        }
    }

    #[test]
    fn what_cannot_be_stamped_is_refused() {
        for bad in [
            "",
            "Text\n",
            "---\ntitle: A\nText\n",
            "+++\ntitle = 1\n+++\n",
            "---\n{title: A}\n---\n",
            "---\n- a\n---\n",
        ] {
            assert!(run(bad).is_err(), "{bad:?}");
        }
        let source = Source::new(SourcePath::new("a.md").unwrap(), b"---\ntitle: A\xF1o\n---\n".to_vec());
        assert!(stamp(&source, STAMP).is_err());
    }
}
