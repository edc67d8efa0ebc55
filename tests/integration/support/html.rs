//! The tags of a page: enough of HTML to follow links, find ids and see what a page would load or run.
//!
//! A scanner for the pages that this program writes, not for the web: it knows comments, raw text elements,
//! quoted and unquoted attributes and character references.

use std::collections::BTreeSet;

/// One start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes in order, names in lower case, values decoded.
    pub attributes: Vec<(String, String)>,
    /// For `script`, `style` and `title`: the text up to the end tag.
    pub text: String,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// All start tags of a page, in order.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(inner) = rest.strip_prefix("<!--") {
            rest = inner.find("-->").map_or("", |end| &inner[end + 3..]);
            continue;
        }
        let name: String = rest[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        if name.is_empty() || !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = &rest[1..];
            continue;
        }
        let (attributes, after) = attributes(&rest[1 + name.len()..]);
        rest = after;
        let name = name.to_ascii_lowercase();
        let mut text = String::new();
        if matches!(name.as_str(), "script" | "style" | "title" | "textarea") {
            let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
            text = rest[..end].to_owned();
            rest = &rest[end..];
        }
        tags.push(Tag { name, attributes, text });
    }
    tags
}

/// The attributes up to the end of the tag, and what follows it.
fn attributes(text: &str) -> (Vec<(String, String)>, &str) {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (out, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (out, after);
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end.max(rest.chars().next().map_or(0, char::len_utf8)));
        let Some(value) = after.trim_start().strip_prefix('=') else {
            out.push((name.to_ascii_lowercase(), String::new()));
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &value[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or(""))
            }
            _ => value
                .split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len())),
        };
        out.push((name.to_ascii_lowercase(), decode(value)));
        rest = after;
    }
}

/// Resolves character references.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|e| *e < 12);
        let found = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            "colon" => Some(':'),
            "Tab" => Some('\t'),
            "NewLine" => Some('\n'),
            name => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (found, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text that a reader sees: no tags, scripts or styles, references resolved, white space folded.
pub fn visible(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let lower = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
        let raw = ["script", "style"].into_iter().find(|n| lower.starts_with(&format!("<{n}")));
        if let Some(name) = raw {
            let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
            rest = &rest[end..];
        }
        // The end of a tag, not a `>` in one of its values.
        let mut quote = None;
        let end = rest.find(|c| match (quote, c) {
            (None, '>') => true,
            (None, '"' | '\'') => {
                quote = Some(c);
                false
            }
            (Some(q), c) if q == c => {
                quote = None;
                false
            }
            _ => false,
        });
        let tag = &rest[..end.unwrap_or(rest.len())];
        let inline = [
            "a", "/a", "span", "/span", "strong", "/strong", "em", "/em", "b", "/b", "i", "/i", "abbr",
            "/abbr",
        ];
        let name = tag[1..].split(|c: char| c.is_whitespace()).next().unwrap_or("");
        if !inline.contains(&name) {
            out.push(' ');
        }
        rest = end.map_or("", |end| &rest[end + 1..]);
    }
    out.push_str(rest);
    decode(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every id of a page.
pub fn ids(html: &str) -> BTreeSet<String> {
    tags(html).iter().filter_map(|t| t.get("id")).map(str::to_owned).collect()
}

/// Every way in which a page would run what its text does not deserve: scripts but for the theme's own file and data
/// blocks, handlers, frames, and addresses that run a program.
pub fn dangers(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        let data = tag.name == "script" && tag.get("type") == Some("application/ld+json");
        if data && serde_json::from_str::<serde_json::Value>(&tag.text).is_err() {
            found.push(format!("a data block that is no JSON: {}", tag.text));
        }
        // Names files that are asked for later; a browser runs no text of that type, and there is none.
        let names =
            tag.name == "script" && tag.get("type") == Some("text/plain") && tag.text.trim().is_empty();
        let theirs = tag.name == "script" && tag.get("src").is_some_and(|s| s.contains("assets/"));
        // The theme's search leads to a page of the site.
        let search = tag.name == "form"
            && tag.get("role") == Some("search")
            && tag.get("action").is_some_and(|to| to.ends_with("search.html") && !to.contains(':'));
        // The name of the guide on each sheet of paper: one string of CSS, out of which no title may break.
        let sheet = tag.text.strip_prefix("@media print{@page{@bottom-left{content:\"");
        let sheet = sheet.and_then(|rest| rest.strip_suffix("\"}}}"));
        let sheet = tag.name == "style" && sheet.is_some_and(|name| !name.contains(['"', '\\', '<', '\n']));
        let active =
            ["script", "iframe", "frame", "object", "embed", "base", "form", "style", "animate", "set"];
        if active.contains(&tag.name.as_str()) && !data && !names && !theirs && !search && !sheet {
            found.push(format!("<{}>", tag.name));
        }
        for (name, value) in &tag.attributes {
            if name.starts_with("on") || matches!(name.as_str(), "srcdoc" | "formaction" | "style") {
                found.push(format!("{name}={value} on <{}>", tag.name));
            }
            let address: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
            let address = address.to_ascii_lowercase();
            let runs = [
                "javascript:",
                "vbscript:",
                "data:text",
                "data:application",
                "data:image/svg",
                "livescript:",
            ];
            let takes = matches!(
                name.as_str(),
                "href" | "src" | "action" | "xlink:href" | "content" | "poster" | "srcset" | "cite"
            );
            if takes && runs.iter().any(|r| address.starts_with(r) || address.contains(&format!("url={r}"))) {
                found.push(format!("{name}={value} on <{}>", tag.name));
            }
        }
    }
    found
}

#[test]
fn the_scanner_sees_what_browsers_see() {
    let page = r#"<!-- <b> --><a href="x&amp;y" ID=q>t</a><img src='a"b'onerror=alert(1)><script type="application/ld+json">{"a":"<b>"}</script>"#;
    let found = tags(page);
    assert_eq!(found.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["a", "img", "script"]);
    assert_eq!(found[0].get("href"), Some("x&y"));
    assert_eq!(found[0].get("id"), Some("q"));
    assert_eq!(dangers(page), ["onerror=alert(1) on <img>"]);
    assert_eq!(dangers("<a href=\" java\tscript&colon;alert(1)\">"), ["href= java\tscript:alert(1) on <a>"]);
    assert_eq!(visible("<p title=\"a>b\">One <a>two</a>.</p><p>3 &lt; 4</p>"), "One two. 3 < 4");
}
