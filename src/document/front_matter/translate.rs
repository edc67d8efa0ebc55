//! A page to translate: the original's text with the stamp of its state, as a draft.
//!
//! Called by `guidepost new`. What only the original may say is left out: who checked it and when, its old addresses, its days
//! of publication. A translation waits for its original anyway.

use super::{split, stamp};
use crate::config::edit::entry_range;
use crate::config::yaml::{self, quoted};
use crate::source::Source;

/// Keys of the original that its translation does not take over.
const ITS_OWN: &[&str] =
    &["aliases", "changes", "draft", "expires", "publish", "reviewed", "translated_from", "updated"];

/// The bytes of a translation that is to be made of `original`, with `title` in place of its own and a `comment` above
/// `draft: true`; or why that cannot be done.
///
/// # Errors
/// When the original's front matter cannot be read. The text tells an editor what to do.
pub fn to_translate(
    original: &Source,
    mark: &str,
    title: Option<&str>,
    comment: &str,
) -> Result<Vec<u8>, String> {
    let stamped = Source::new(original.path.clone(), stamp(original, mark)?);
    let parts = split(&stamped).value;
    let unread = || "its front matter cannot be read".to_owned();
    let range = parts.yaml.clone().ok_or_else(unread)?;
    let text = parts.text;
    let node = yaml::parse(&stamped.path, parts.yaml_text(), range.start).value.ok_or_else(unread)?;
    let entries = node.as_map().ok_or_else(unread)?;
    let end =
        if text.get(..range.start).is_some_and(|first| first.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let mut changes = vec![(range.end..range.end, format!("# {comment}{end}draft: true{end}"))];
    for (index, (key, _)) in entries.iter().enumerate() {
        // The stamp was written a moment ago.
        if ITS_OWN.contains(&key.text.as_str()) && key.text != "translated_from" {
            let place = entry_range(text, &node, entries, index).ok_or_else(unread)?;
            changes.push((place.start..place.end.min(range.end), String::new()));
        }
    }
    if let Some(title) = title {
        match entries.iter().find(|(key, _)| key.text == "title") {
            Some((_, value)) => changes.push((value.span.range(), quoted(title))),
            None => changes.push((range.start..range.start, format!("title: {}{end}", quoted(title)))),
        }
    }
    changes.sort_by_key(|(place, _)| (place.start, place.end));
    let (mut out, mut done) = (String::with_capacity(text.len() + 200), 0);
    for (place, written) in changes {
        out.push_str(text.get(done..place.start).unwrap_or(""));
        out.push_str(&written);
        done = place.end.max(done);
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Ok(out.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    fn run(text: &str, title: Option<&str>) -> Result<String, String> {
        let source = Source::new(SourcePath::new("content/a.md").unwrap(), text.as_bytes().to_vec());
        to_translate(&source, "0123456789abcdef", title, "Translate.").map(|b| String::from_utf8(b).unwrap())
    }

    #[test]
    fn the_text_stays_and_what_is_the_originals_own_goes() {
        let tail = "translated_from: \"0123456789abcdef\"\n# Translate.\ndraft: true\n---\n";
        for (before, title, after) in [
            (
                "---\ntitle: A # b\nreviewed: 2026-10-01\naliases:\n  - old.html\n  - older.html\ntags: [x]\npublish: 2026-01-01\n---\n## Text {#t}\n",
                None,
                format!("---\ntitle: A # b\ntags: [x]\n{tail}## Text {{#t}}\n"),
            ),
            ("---\ntitle: A\n---\nText", Some("Á: b"), format!("---\ntitle: \"Á: b\"\n{tail}Text")),
            (
                "---\ndraft: true\ntitle: A\nexpires: 2027-01-01\n---\n",
                None,
                format!("---\ntitle: A\n{tail}"),
            ),
            ("# Heading\n\nText\n", None, format!("---\n{tail}# Heading\n\nText\n")),
        ] {
            assert_eq!(run(before, title), Ok(after), "{before}");
        }
        let windows = run("---\r\ntitle: A\r\nreviewed: 2026-10-01\r\n---\r\nText\r\n", None).unwrap();
        assert!(!windows.replace("\r\n", "").contains('\n') && !windows.contains("reviewed"), "{windows:?}");
        assert!(run("---\ntitle: A\nText\n", None).is_err());
    }
}
