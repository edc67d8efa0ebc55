//! Templates and texts that nothing asks for: told, since after a new version of a theme an override may do nothing without a
//! word, and a name may be misspelt.

use super::Engine;
use crate::config::Config;
use crate::diag::{Diagnostic, Near, Severity, closest, code};
use crate::render::missing;
use crate::schema::inherited;
use crate::source::{Source, Span};
use crate::template::{MADE, Strings, Templates};
use std::collections::BTreeSet;

/// The templates that nothing uses, those of the site and those of its themes. `settings` are the files that name kinds, also those
/// that the site took away.
pub(super) fn templates(templates: &Templates, config: &Config, settings: &[Source]) -> Vec<Diagnostic> {
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
    // What a theme has for a kind counts, whether or not this site has that kind.
    let is_of_kind = |bare: &str| {
        let entry = bare.strip_prefix("entries/").and_then(|name| name.strip_suffix(".html"));
        let named = entry.map_or_else(|| bare.to_owned(), |kind| format!("{kind}:"));
        settings.iter().any(|file| memchr::memmem::find(&file.text, named.as_bytes()).is_some())
    };
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (name, file) in templates.files() {
        let bare = templates.bare(name);
        // A stylesheet is asked for by its name.
        let is_root = roots.contains(bare)
            || bare.ends_with(".css")
            || templates.defines_components(name)
            || !own(file.path.as_str()) && is_of_kind(bare);
        if is_root {
            used.extend(templates.used_by(name));
        }
    }
    // A file of a theme whose place another one takes is not asked for here, and is by other sites.
    let names: BTreeSet<&str> = used.iter().map(|name| templates.bare(name)).collect();
    let is_unused = |name: &str, path: &str| {
        let is_used = if own(path) { used.contains(name) } else { names.contains(templates.bare(name)) };
        let stem = path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or_default();
        !name.starts_with(MADE) && !is_used && !matches!(stem, "README" | "LICENSE")
    };
    let (mut unused, mut others) = (Vec::new(), Vec::new());
    for (name, file) in templates.files() {
        match is_unused(name, file.path.as_str()) {
            true => unused.push((templates.bare(name), file)),
            false => others.push(templates.bare(name)),
        }
        // What a theme has may be meant, whether or not the theme asks for it.
        if is_unused(name, file.path.as_str()) && !own(file.path.as_str()) {
            others.push(templates.bare(name));
        }
    }
    others.extend(missing::required().map(|name| -> &str { name }));
    let near = Near::new(if unused.is_empty() { [].iter() } else { others.iter() }.copied());
    let told = unused.into_iter().map(|(name, file)| {
        let mut near = near.all(name).into_iter().filter_map(|(_, number)| others.get(number));
        let meant = near.find(|other| **other != name);
        let help = match (meant, name.ends_with(".html")) {
            (Some(near), _) => {
                format!("Did you mean {}{near}?", file.path.as_str().strip_suffix(name).unwrap_or("templates/"))
            }
            (None, true) if !own(file.path.as_str()) => {
                "Include it in another template, name it as the template of a kind, or delete it.".to_owned()
            }
            (None, true) => "Give it the name of the theme's file whose place it is to take, include it in another template, or delete it."
                .to_owned(),
            (None, false) if !own(file.path.as_str()) => {
                format!("To make a file of it, write files: [{name}] in theme.yaml.")
            }
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
            let lang = source.path.file_name().split('.').next().unwrap_or_default();
            // A file of a language that may be added is none: it lies ready.
            let languages = || self.config.languages.iter().map(|language| language.code.as_str());
            let first = |tag: &str| tag.split('-').next().map(str::to_owned);
            let of_same = languages().find(|code| first(code) == first(lang));
            if let Some(listed) = of_same.filter(|_| languages().flat_map(inherited).all(|tag| tag != lang)) {
                let message = format!(
                    "Nothing uses {}: the site has the language \"{listed}\", and not \"{lang}\".",
                    source.path
                );
                let found = Diagnostic::new(
                    code::UNUSED_OVERRIDE,
                    Severity::Note,
                    &source.path,
                    Span::default(),
                    message,
                );
                told.push(found.help(format!(
                    "Rename it to translations/{listed}.yaml, or write {lang} into languages in site.yaml."
                )));
                continue;
            }
            let strings = Strings::load(std::iter::once(source), &mut told_elsewhere);
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
