//! Walks everything that a build made: no address that leads nowhere, no id twice, nothing left unfilled, no markup
//! shown raw.
//!
//! The tree is all that lies in the output folder. Addresses of other hosts are not followed.

use super::{Tree, html};
use std::collections::{BTreeMap, BTreeSet};

/// Signs of markup that was not understood, or of a template or place that was not filled.
const RAW: &[&str] = &["](", "{{", "}}", "{%", "%}", ":::", "\u{FFFC}", "<!--", "&amp;lt;", "[^"];

/// A message, as an excuse for what a page shows raw.
#[derive(Debug, Clone)]
pub struct Told {
    /// The file that it speaks of, from the site's folder.
    pub path: String,
    /// What it says, its help included.
    pub said: String,
    /// The lines of the file that it stands at.
    pub lines: String,
}

impl Told {
    /// Whether it speaks of `shown`, which begins with the mark `raw` and stands on the output `name`.
    fn excuses(&self, name: &str, raw: &str, shown: &str) -> bool {
        let straight = |text: &str| text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
        let speaks = self.said.contains(raw) || self.said.contains(shown.trim());
        speaks && is_of(name, &self.path) && straight(&self.lines).contains(&straight(shown))
    }
}

/// Whether the output `name` shows the page in the file `path`: as its own page in any language and address style, or as a part of
/// a print page.
fn is_of(name: &str, path: &str) -> bool {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let stem = inside.strip_suffix(".md").unwrap_or(inside);
    let folder = |path: &str| match path.rsplit_once('/') {
        Some((folder, "index" | "README")) => folder.to_owned(),
        None if matches!(path, "index" | "README") => String::new(),
        _ => path.to_owned(),
    };
    let stem = folder(stem);
    let output = name.strip_suffix(".html").unwrap_or(name);
    if let Some(part) = output.strip_suffix("print") {
        // `es/print.html` holds what is not translated, too.
        let part = part.trim_end_matches('/');
        return part.is_empty() || part.len() == 2 || stem.starts_with(part);
    }
    let output = folder(output);
    let (language, rest) = output.split_once('/').unwrap_or((&output, ""));
    output == stem || language.len() == 2 && rest == stem
}

/// The faults of a site in `tree` that stands at the path `root` of its host (`/`, `/guide/`), each with its file.
/// `told` is what was said of it: a page shows raw what a message on that very place names.
pub fn faults(tree: &Tree, root: &str, told: &[Told]) -> Vec<String> {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut found = Vec::new();
    let pages: Vec<(&str, String)> = tree
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    for (name, page) in &pages {
        let all: Vec<String> =
            html::tags(page).iter().filter_map(|t| t.get("id")).map(str::to_owned).collect();
        let own: BTreeSet<String> = all.iter().cloned().collect();
        if own.len() != all.len() {
            let twice: Vec<_> = own.iter().filter(|id| all.iter().filter(|a| a == id).count() > 1).collect();
            found.push(format!("{name}: ids that stand there twice: {twice:?}"));
        }
        if own.contains("") {
            found.push(format!("{name}: an empty id"));
        }
        ids.insert(name, own);
    }
    for (name, page) in &pages {
        for tag in html::tags(page) {
            for (attribute, value) in addresses(&tag) {
                if let Some(why) = dead(tree, &ids, root, name, &value) {
                    found.push(format!("{name}: <{} {attribute}=\"{value}\">: {why}", tag.name));
                }
            }
        }
        let text = html::visible(&without_code(page));
        for raw in RAW {
            for (at, _) in text.match_indices(raw) {
                // Up to the end of the word: what stands behind it may be in another block.
                let rest = &text[at + raw.len()..];
                let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(12).collect();
                let shown = format!("{raw}{word}");
                if !told.iter().any(|told| told.excuses(name, raw, &shown)) {
                    let around: String = text[at..].chars().take(24).collect();
                    found.push(format!("{name}: shows {around:?}"));
                }
            }
        }
    }
    found
}

/// The addresses of a tag, with the attribute that each stands in.
fn addresses(tag: &html::Tag) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in &tag.attributes {
        match name.as_str() {
            "href" | "src" | "poster" | "action" | "cite" | "longdesc" => {
                out.push((name.clone(), value.clone()));
            }
            "srcset" => out.extend(
                value
                    .split(',')
                    .filter_map(|part| part.split_whitespace().next())
                    .map(|address| (name.clone(), address.to_owned())),
            ),
            // `0; url=…` of a page that leads on.
            "content" if tag.get("http-equiv") == Some("refresh") => {
                out.extend(value.split_once("url=").map(|(_, to)| (name.clone(), to.to_owned())));
            }
            _ => {}
        }
    }
    out
}

/// Why an address of the page `from` leads nowhere; none when it leads somewhere, or to another host.
fn dead(
    tree: &Tree,
    ids: &BTreeMap<&str, BTreeSet<String>>,
    root: &str,
    from: &str,
    address: &str,
) -> Option<String> {
    let scheme = address.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    if scheme || address.starts_with("//") {
        return None;
    }
    let (path, anchor) = address.split_once('#').map_or((address, None), |(p, a)| (p, Some(a)));
    let path = percent_decoded(path.split('?').next().unwrap_or(path));
    let target = if path.is_empty() {
        from.to_owned()
    } else {
        let mut parts: Vec<&str> = match path.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
        };
        let rest = match path.strip_prefix('/') {
            Some(rest) => {
                path.strip_prefix(root).or_else(|| (path == root.trim_end_matches('/')).then_some(rest))
            }
            None => Some(path.as_str()),
        };
        for part in rest.map(|rest| rest.split('/'))? {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_none() => return Some("it leads out of the site".into()),
                ".." => {}
                part => parts.push(part),
            }
        }
        parts.join("/")
    };
    let index = if target.is_empty() { "index.html".to_owned() } else { format!("{target}/index.html") };
    let file = if tree.contains_key(&target) {
        target
    } else if tree.contains_key(&index) && (path.ends_with('/') || path.ends_with('.') || path.is_empty()) {
        index
    } else {
        return Some("there is no such file".into());
    };
    let anchor = percent_decoded(anchor?);
    let known = ids.get(file.as_str());
    let there = anchor.is_empty() || anchor == "top" || known.is_none_or(|ids| ids.contains(&anchor));
    (!there).then(|| format!("{file} has no place of that name"))
}

/// Resolves `%XX`.
fn percent_decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.as_bytes().iter().copied();
    while let Some(byte) = bytes.next() {
        let rest: Vec<u8> = bytes.clone().take(2).collect();
        let code = (byte == b'%').then(|| std::str::from_utf8(&rest).ok()).flatten().filter(|h| h.len() == 2);
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                bytes.next();
                bytes.next();
            }
            None => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A page without what stands in code, where markup is shown on purpose.
fn without_code(page: &str) -> String {
    let mut out = page.to_owned();
    for (open, close) in
        [("<pre", "</pre>"), ("<code", "</code>"), ("<!--", "-->"), ("<textarea", "</textarea>")]
    {
        while let Some(start) = out.find(open) {
            let end = out[start..].find(close).map_or(out.len(), |end| start + end + close.len());
            out.replace_range(start..end, " ");
        }
    }
    out
}
