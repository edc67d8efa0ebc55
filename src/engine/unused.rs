//! Files and texts of a site that are to take the place of the theme's, and that nothing asks for: told, since after a new
//! version of a theme an override may do nothing without a word.

use super::Engine;
use crate::config::Config;
use crate::diag::{Diagnostic, Near, Severity, closest, code};
use crate::render::missing;
use crate::source::{Source, Span};
use crate::template::{MADE, Strings, Templates};
use std::collections::BTreeSet;

/// The site's own templates that nothing uses.
pub(super) fn templates(templates: &Templates, config: &Config) -> Vec<Diagnostic> {
    // Who uses what is not known then.
    if templates.any_broken() {
        return Vec::new();
    }
    let kinds = config.kinds.0.values();
    let of_kinds = kinds
        .flat_map(|kind| kind.template.clone().into_iter().chain([format!("entries/{}.html", kind.name)]));
    let made = config.made_files.iter().map(|file| file.template.clone());
    let required = missing::required().map(str::to_owned).chain(["entries/entry.html".to_owned()]);
    let roots: BTreeSet<String> = of_kinds.chain(made).chain(required).collect();
    let own = |path: &str| path.starts_with("templates/");
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (name, file) in templates.files() {
        // What the theme names counts, whether or not this site needs it. A stylesheet is asked for by its name.
        let is_root = !own(file.path.as_str())
            || roots.contains(name)
            || name.ends_with(".css")
            || templates.defines_components(name);
        if is_root {
            used.extend(templates.used_by(name));
        }
    }
    let is_unused =
        |name: &String, path: &str| own(path) && !name.starts_with(MADE) && !used.contains(name.as_str());
    let (mut unused, mut others) = (Vec::new(), Vec::new());
    for (name, file) in templates.files() {
        match is_unused(name, file.path.as_str()) {
            true => unused.push((name, file)),
            false => others.push(templates.bare(name)),
        }
    }
    others.extend(missing::required().map(|name| -> &str { name }));
    let near = Near::new(if unused.is_empty() { [].iter() } else { others.iter() }.copied());
    let told = unused.into_iter().map(|(name, file)| {
        let meant = near.closest(name).and_then(|number| others.get(number));
        let help = match (meant, name.ends_with(".html")) {
            (Some(near), _) => format!("Did you mean templates/{near}?"),
            (None, true) => "Give it the name of the theme's file whose place it is to take, include it in another template, or delete it."
                .to_owned(),
            (None, false) => format!("To make a file of it, write files: [{name}] below outputs: in site.yaml."),
        };
        let message = format!("Nothing uses {}.", file.path);
        Diagnostic::new(code::UNUSED_OVERRIDE, Severity::Note, &file.path, Span::default(), message).help(help)
    });
    told.collect()
}

impl Engine {
    /// The site's own texts that no template names and that nearly are called as one of the theme's.
    pub(super) fn unused_texts(&self, templates: &Templates) -> Vec<Diagnostic> {
        let own: Vec<Source> = self.inputs.texts_in("translations/").collect();
        if own.is_empty() {
            return Vec::new();
        }
        // A theme names its texts in English. What is wrong with the files is told when all are read.
        let english = self.settings.themes.iter().map(|theme| format!("themes/{theme}/translations/en.yaml"));
        let theirs: Vec<Source> = english.filter_map(|path| self.inputs.text(&path)).collect();
        let mut told_elsewhere = Vec::new();
        let theirs = Strings::load(theirs.iter(), &mut told_elsewhere);
        let known = theirs.keys("en");
        let mut told = Vec::new();
        for source in &own {
            let Ok(text) = source.utf8() else { continue };
            let strings = Strings::load(std::iter::once(source), &mut told_elsewhere);
            let lang = source.path.file_name().split('.').next().unwrap_or_default();
            for key in strings.keys(lang).into_iter().filter(|key| !known.contains(key)) {
                let named = |quote: char| format!("{quote}{key}{quote}");
                let (double, single) = (named('"'), named('\''));
                let is_named = templates
                    .files()
                    .values()
                    .any(|file| file.text.contains(&double) || file.text.contains(&single));
                // Of each kind a text may have one of its own: `finder_link.activity`.
                let of_kind = key.split_once('.').is_some_and(|(bare, _)| known.contains(bare));
                let Some(near) = closest(key, known.iter().copied()).filter(|_| !is_named && !of_kind) else {
                    continue;
                };
                let written = format!("{key}:");
                let mut places = text.match_indices(&written).map(|(at, _)| at);
                let at = places.find(|at| text[..*at].ends_with('\n') || *at == 0);
                let span = at.map_or(Span::default(), |at| Span::new(at, at + key.len()));
                let message = format!("No template asks for the text `{key}`.");
                let found =
                    Diagnostic::new(code::UNUSED_OVERRIDE, Severity::Note, &source.path, span, message);
                told.push(found.help(format!("Did you mean {near}?")));
            }
        }
        told
    }
}
