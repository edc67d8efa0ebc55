//! What a template uses: the files it extends and includes and the components it calls, all the way down.
//!
//! Found by reading the text, not by asking tera: `extends`, `include` and `<component` name their targets
//! literally. A name that only looks like a component (an HTML element of the same name) makes the answer too
//! large, which costs a needless render; it can never make it too small.

use super::TemplateFile;
use std::collections::{BTreeMap, BTreeSet};

/// For each template the set of files it uses, itself included.
pub fn uses(
    files: &BTreeMap<String, TemplateFile>,
    prefixes: &[String],
) -> BTreeMap<String, BTreeSet<String>> {
    let defined: BTreeMap<&str, Vec<&str>> = {
        let mut map: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for file in files.values() {
            for name in definitions(&file.text) {
                map.entry(name).or_default().push(&file.name);
            }
        }
        map
    };
    let direct: BTreeMap<&str, BTreeSet<String>> =
        files.values().map(|f| (f.name.as_str(), direct(f, files, prefixes, &defined))).collect();
    files
        .keys()
        .map(|name| {
            let mut all = BTreeSet::from([name.clone()]);
            let mut open = vec![name.clone()];
            while let Some(next) = open.pop() {
                for used in direct.get(next.as_str()).into_iter().flatten() {
                    if all.insert(used.clone()) {
                        open.push(used.clone());
                    }
                }
            }
            (name.clone(), all)
        })
        .collect()
}

/// The file in which a component is defined, in the nearest layer.
pub fn component_file(
    files: &BTreeMap<String, TemplateFile>,
    prefixes: &[String],
    component: &str,
) -> Option<String> {
    let mut found: Vec<&TemplateFile> =
        files.values().filter(|f| definitions(&f.text).any(|name| name == component)).collect();
    found.sort_by_key(|f| prefixes.iter().position(|p| f.name.starts_with(p.as_str())).map_or(0, |i| i + 1));
    found.first().map(|f| f.name.clone())
}

fn resolve(name: &str, files: &BTreeMap<String, TemplateFile>, prefixes: &[String]) -> Option<String> {
    if files.contains_key(name) {
        return Some(name.to_string());
    }
    prefixes.iter().map(|p| format!("{p}{name}")).find(|full| files.contains_key(full))
}

/// Names after `{% component `.
fn definitions(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(move |(i, found)| {
        let before = text[..i].trim_end_matches(['-', ' ', '\n', '\t', '\r']);
        if !before.ends_with("{%") {
            return None;
        }
        let rest = text[i + found.len()..].trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

fn direct(
    file: &TemplateFile,
    files: &BTreeMap<String, TemplateFile>,
    prefixes: &[String],
    defined: &BTreeMap<&str, Vec<&str>>,
) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for word in ["extends", "include"] {
        for (i, _) in file.text.match_indices(word) {
            let rest = file.text[i + word.len()..].trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else { continue };
            let Some(end) = rest[1..].find(quote) else { continue };
            let name = &rest[1..1 + end];
            // A name that nothing has yet is kept: the file may come, and then this template changes.
            used.insert(resolve(name, files, prefixes).unwrap_or_else(|| name.to_string()));
        }
    }
    for (i, _) in file.text.match_indices('<') {
        let rest = file.text[i + 1..].trim_start_matches([' ', '\n', '\t', '\r']);
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
        if let Some(homes) = defined.get(&rest[..end]) {
            used.extend(homes.iter().map(|h| h.to_string()));
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, TemplateFile> {
        list.iter()
            .map(|(name, text)| {
                let path = crate::source::SourcePath::new(&format!("templates/{name}")).unwrap();
                (
                    name.to_string(),
                    TemplateFile { name: name.to_string(), path, text: (*text).into(), offset: 0 },
                )
            })
            .collect()
    }

    #[test]
    fn follows_extends_include_and_components() {
        let files = files(&[
            ("t/base.html", "<main>{% include \"foot.html\" %}</main>"),
            ("t/foot.html", "foot"),
            ("t/card.html", "{% component card(item) %}{{ <icon /> }}{% endcomponent card %}"),
            ("t/icon.html", "{%- component icon() -%}i{% endcomponent %}"),
            ("t/page.html", "{% extends \"base.html\" %}{{ <card item={x} /> }}"),
            ("page.html", "{% extends \"t/page.html\" %}"),
        ]);
        let uses = uses(&files, &["t/".to_string()]);
        let all = &uses["page.html"];
        for name in ["page.html", "t/page.html", "t/base.html", "t/foot.html", "t/card.html", "t/icon.html"] {
            assert!(all.contains(name), "{name}");
        }
        assert!(!uses["t/base.html"].contains("t/card.html"));
    }
}
