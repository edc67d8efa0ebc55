//! The one way to change attributes in finished HTML, tag by tag.
//!
//! A body is markdown, raw HTML, and what templates and components made of both; ids and addresses come from all of
//! them. So what must differ from output to output (see `sheet`, `notes`) is changed here: text, comments, scripts
//! and the values of other attributes are never touched.

use crate::source::html::{self, Tag, tags};

/// `html` with other values for those attributes for which `value` gives one, escaped here, and its headings `down` levels
/// lower, as far as there are levels. `value` is asked of start tags only, and gets the attribute's name in lower case and
/// its value with its references resolved.
pub fn change(html: &str, down: u8, mut value: impl FnMut(&Tag<'_>, &str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut done = 0;
    for tag in tags(html) {
        if down > 0
            && let Some(level) = tag.heading()
        {
            out.push_str(&html[done..tag.name_range.end - 1]);
            out.push(char::from(b'0' + (level + down).min(6)));
            done = tag.name_range.end;
        }
        if tag.closes {
            continue;
        }
        for attribute in tag.attributes().filter(|a| !a.written.is_empty()) {
            let Some(new) = value(&tag, &attribute.name(), &attribute.value()) else { continue };
            out.push_str(&html[done..attribute.at.start]);
            if !attribute.quoted {
                out.push('"');
            }
            // It may stand in quotes of either kind.
            html::quoted(&new, &mut out);
            if !attribute.quoted {
                out.push('"');
            }
            done = attribute.at.end;
        }
    }
    out.push_str(&html[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_is_changed() {
        let html = "<h1 ID=a>id=\"a\" <h2 data-id=\"a\" id='a'>&lt;h2 id=\"a\"&gt;</h2></h1><hr id=\"a\"><h6 title=\"&amp;a\">";
        let new = change(html, 1, |_, name, value| (name == "id").then(|| format!("{value}'\"&")));
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
