//! Components of a theme by their full name, so that one that takes the place of another may hold it: `<parent_guide.note>` is the
//! `note` of the theme `parent-guide`, whichever file of a nearer layer has one of that name.
//!
//! The engine of templates knows one component of a name. So each that is called by its full name is defined once more under it, in a
//! file of its own: the text of the theme's file, blank but for that component, so that places in it stay what they are.

use super::TemplateFile;
use super::closure;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The name of a theme as components have it: of letters, digits and `_`.
fn alias(theme: &str) -> String {
    theme.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// Adds the components that a template calls by their full names.
pub fn add(files: &mut BTreeMap<String, TemplateFile>, themes: &[String]) {
    let mut added = Vec::new();
    for theme in themes {
        let alias = alias(theme);
        let calls = format!("<{alias}.");
        if !files.values().any(|file| file.text.contains(&calls)) {
            continue;
        }
        let known: BTreeSet<&str> =
            files.values().flat_map(|file| closure::definitions(&file.text)).collect();
        let of_theme = files.iter().filter(|(name, _)| name.starts_with(&format!("{theme}/")));
        for (name, file) in of_theme {
            for component in closure::definitions(&file.text) {
                let full = format!("{alias}.{component}");
                let is_called = files.values().any(|file| calls_it(&file.text, &full));
                if known.contains(full.as_str()) || !is_called {
                    continue;
                }
                let Some(text) = alone(&file.text, component, &alias) else { continue };
                let name = format!("{name} ({component})");
                added.push(TemplateFile { name, text: text.into(), ..file.clone() });
            }
        }
    }
    files.extend(added.into_iter().map(|file| (file.name.clone(), file)));
}

fn calls_it(text: &str, full: &str) -> bool {
    let ends = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
    text.match_indices(full).any(|(at, _)| {
        text[..at].trim_end().ends_with('<') && text[at + full.len()..].chars().next().is_none_or(ends)
    })
}

/// The text of a file with nothing but one component, whose name has that of the theme before it.
fn alone(text: &str, component: &str, alias: &str) -> Option<String> {
    let (whole, name) = definition(text, component)?;
    // A blank for each byte, less those by which the name gets longer: what follows the name stands where it stood.
    let blanks = whole.start.saturating_sub(alias.len() + 1);
    let end = text[..whole.end].rfind("endcomponent")?;
    let mut out = " ".repeat(blanks);
    out.push_str(&text[whole.start..name.start]);
    out.push_str(alias);
    out.push('.');
    out.push_str(&text[name.start..end]);
    out.push_str(&format!("endcomponent {alias}.{component} %}}"));
    Some(out)
}

/// Where the definition of a component stands, and where its name does.
fn definition(text: &str, component: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (at, name) = text.match_indices("component ").find_map(|(at, word)| {
        let start =
            at + word.len() + (text[at + word.len()..].len() - text[at + word.len()..].trim_start().len());
        let rest = text[start..].strip_prefix(component)?;
        let ends = rest.chars().next().is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '.'));
        let open = text[..at].trim_end_matches(['-', ' ', '\n', '\t', '\r']);
        (ends && open.ends_with("{%")).then(|| (open.len() - 2, start..start + component.len()))
    })?;
    let end = at + text[at..].find("endcomponent")?;
    let end = end + text[end..].find("%}")? + 2;
    Some((at..end, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_is_taken_out_and_stays_in_its_place() {
        let text = "{# é: a file #}\n{% component other(a) %}x{% endcomponent other %}\n\n{%- component note(title) -%}\n{{ titel }}\n{%- endcomponent note %}\nrest";
        let made = alone(text, "note", "parent_guide").unwrap();
        assert_eq!(made.find("titel"), text.find("titel"));
        assert!(made.trim_start().starts_with("{%- component parent_guide.note(title) -%}"), "{made}");
        assert!(made.ends_with("{%- endcomponent parent_guide.note %}"), "{made}");
        assert!(alone(text, "nothing", "x").is_none() && alone(text, "not", "x").is_none());
    }

    #[test]
    fn calls_are_seen() {
        assert!(calls_it("{{ <a.note /> }}", "a.note") && calls_it("{% < a.note> %}", "a.note"));
        assert!(!calls_it("{{ <a.notes /> }}", "a.note") && !calls_it("a.note", "a.note"));
    }
}
