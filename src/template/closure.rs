//! What a template uses: the files it extends and includes and the components it calls, all the way down.
//!
//! Found by reading the text, not by asking tera: `extends`, `include` and `<component` name their targets
//! literally. A name that only looks like a component (an HTML element of the same name) makes the answer too
//! large, which costs a needless render; it can never make it too small.

use super::TemplateFile;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum depth of templates in each other, in files: tera has no limit of its own, follows each chain on the stack of its
/// thread, and looks at all chains when it loads the files.
pub const MAX_DEPTH: usize = 24;

/// Files from which a chain of files that include or extend each other is too long.
#[derive(Debug, Default)]
pub struct TooDeep {
    /// All of them.
    pub all: BTreeSet<String>,
    /// Those from which it is just too long, each with the file that it names.
    pub first: Vec<(String, String)>,
}

/// Finds the files that stand too deep in each other. Short circles are left to the template engine, which tells them.
pub fn too_deep(files: &BTreeMap<String, TemplateFile>, prefixes: &[String]) -> TooDeep {
    let names: Vec<&String> = files.keys().collect();
    let numbers: BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    let number =
        |name: &str| resolve(name, files, prefixes).and_then(|full| numbers.get(full.as_str()).copied());
    let leads: Vec<Vec<usize>> = files
        .values()
        .map(|file| {
            ["extends", "include"].iter().flat_map(|w| named(&file.text, w)).filter_map(number).collect()
        })
        .collect();
    let mut depth = vec![0; names.len()];
    let mut found = TooDeep::default();
    for group in crate::source::groups(&leads) {
        let below = group.iter().flat_map(|i| &leads[*i]).max_by_key(|to| depth[**to]).copied();
        let deep = group.len() + below.map_or(0, |to| depth[to]);
        for i in &group {
            depth[*i] = deep;
            if deep > MAX_DEPTH {
                found.all.insert(names[*i].clone());
                if let Some(to) = below.filter(|to| depth[*to] <= MAX_DEPTH || group.contains(to)) {
                    found.first.push((names[*i].clone(), names[to].clone()));
                }
            }
        }
    }
    found
}

/// The names behind a word in a template: `{% include "name" %}`.
pub fn named<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(word).filter_map(move |(i, _)| {
        let before = text[..i].trim_end().trim_end_matches('-');
        let rest = text[i + word.len()..].trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let end = rest[1..].find(quote)?;
        before.ends_with("{%").then(|| &rest[1..1 + end])
    })
}

/// For each template the set of files it uses, itself included. Those of `deep` are not looked into.
pub fn uses(
    files: &BTreeMap<String, TemplateFile>,
    prefixes: &[String],
    deep: &BTreeSet<String>,
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
    let direct: BTreeMap<&str, BTreeSet<String>> = files
        .values()
        .filter(|f| !deep.contains(&f.name))
        .map(|f| (f.name.as_str(), direct(f, files, prefixes, &defined)))
        .collect();
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
    let mut found: Vec<&TemplateFile> = files.values().filter(|f| defines(&f.text, component)).collect();
    found.sort_by_key(|f| prefixes.iter().position(|p| f.name.starts_with(p.as_str())).map_or(0, |i| i + 1));
    found.first().map(|f| f.name.clone())
}

/// Whether a template defines the component.
pub fn defines(text: &str, component: &str) -> bool {
    definitions(text).any(|name| name == component)
}

/// The full name of the file that `name` finds.
pub fn resolve(name: &str, files: &BTreeMap<String, TemplateFile>, prefixes: &[String]) -> Option<String> {
    if files.contains_key(name) {
        return Some(name.to_string());
    }
    prefixes.iter().map(|p| format!("{p}{name}")).find(|full| files.contains_key(full))
}

/// The files that are included and extend another one.
pub fn extended_parts(files: &BTreeMap<String, TemplateFile>, prefixes: &[String]) -> BTreeSet<String> {
    let included = files.values().flat_map(|file| named(&file.text, "include"));
    let included = included.filter_map(|name| resolve(name, files, prefixes));
    let extends =
        |name: &String| files.get(name).is_some_and(|part| named(&part.text, "extends").next().is_some());
    included.filter(extends).collect()
}

/// Names after `{% component `.
pub fn definitions(text: &str) -> impl Iterator<Item = &str> {
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
                    TemplateFile {
                        name: name.to_string(),
                        path,
                        text: (*text).into(),
                        offset: 0,
                        unreadable: false,
                        moves: Vec::new(),
                    },
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
        let uses = uses(&files, &["t/".to_string()], &BTreeSet::new());
        let all = &uses["page.html"];
        for name in ["page.html", "t/page.html", "t/base.html", "t/foot.html", "t/card.html", "t/icon.html"] {
            assert!(all.contains(name), "{name}");
        }
        assert!(!uses["t/base.html"].contains("t/card.html"));
    }

    fn chain(count: usize) -> Vec<(String, String)> {
        let name = |n: usize| format!("f{n:05}.html");
        (0..count).map(|n| (name(n), format!("{{% include \"{}\" %}}", name(n + 1)))).collect()
    }

    fn found(list: &[(String, String)]) -> TooDeep {
        let list: Vec<(&str, &str)> = list.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        too_deep(&files(&list), &[])
    }

    #[test]
    fn a_chain_has_a_limit_and_is_told_once() {
        assert!(found(&chain(MAX_DEPTH)).all.is_empty());
        let over = found(&chain(20_000));
        assert_eq!(over.all.len(), 20_000 - MAX_DEPTH);
        let first = 20_000 - MAX_DEPTH - 1;
        assert_eq!(over.first, [(format!("f{first:05}.html"), format!("f{:05}.html", first + 1))]);
    }

    #[test]
    fn a_short_circle_is_not_deep_and_a_long_one_is() {
        let circle = |count: usize| {
            let mut list = chain(count);
            list.last_mut().unwrap().1 = "{%- extends 'f00000.html' %}".into();
            found(&list).all.len()
        };
        assert_eq!((circle(3), circle(1000)), (0, 1000));
    }
}
