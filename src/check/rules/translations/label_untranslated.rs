//! `label-untranslated`: a label that a language lacks.

use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::config::{MenuItem, Places};
use crate::diag::code;
use crate::schema::Localized;
use crate::source::{SourcePath, Span};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LABEL_UNTRANSLATED,
    group: Group::Translations,
    title: "A label that is not translated",
    explanation: "Labels of kinds, fields and choices, the titles of the menu, and the site's own title, contact and license \
        stand on pages of every language. Give each all languages: `label: {en: Skill, es: Habilidad}`. One text without a \
        language is meant for all of them. A file without a single label in a language is reported once, \
        and so is one that lacks all labels of kinds, or all others.",
    bad: "label: {en: Skill}\n",
    good: "label: {en: Skill, es: Habilidad}\n",
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

/// A text for readers.
struct Label<'a> {
    /// What it is, for the message.
    name: String,
    /// The keys that lead to it: in `site.yaml`, or in the `kinds` of any settings file.
    keys: Vec<String>,
    text: &'a Localized,
}

/// A label's place, and the languages that it lacks.
struct Missing<'a> {
    label: &'a Label<'a>,
    span: Span,
    /// Whether the key is there at all; if not, the place is that of the label beside it.
    written: bool,
    languages: Vec<&'a str>,
}

/// Maximum number of labels that are listed one by one when a file lacks them all.
const MAX_LISTED: usize = 5;

/// Labels of a file that are told as one when a language has none of them. Those of kinds may have a file of their own for
/// each language, so `site.yaml` can lack all but them.
#[derive(Clone, Copy)]
enum Part {
    All,
    Outside,
    Kinds,
}

impl Part {
    fn holds(self, label: &Label<'_>) -> bool {
        let of_a_kind = label.keys.first().is_some_and(|key| key == "kinds");
        match self {
            Part::All => true,
            Part::Outside => !of_a_kind,
            Part::Kinds => of_a_kind,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Part::All => "in this file",
            Part::Outside => "outside of `kinds:` in this file",
            Part::Kinds => "of kinds in this file",
        }
    }
}

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let config = site.config();
    if config.languages.len() < 2 {
        return;
    }
    let labels = labels(site);
    let lacks = |text: &Localized, code: &str| text.exact(code).is_none_or(|t| t.trim().is_empty());
    let missing = |label: &Label<'_>| config.languages.iter().any(|l| lacks(label.text, &l.code));
    if !labels.iter().any(missing) {
        return;
    }
    let files = Places::new(site.settings());
    let mut by_file: BTreeMap<Option<&SourcePath>, Vec<Missing<'_>>> = BTreeMap::new();
    for label in &labels {
        let languages =
            config.languages.iter().filter(|l| lacks(label.text, &l.code)).map(|l| &*l.code).collect();
        let own = files.find(&label.keys);
        // A plural that nobody wrote was made from the label.
        let beside = label.keys.split_last().map(|(_, above)| [above, &["label".to_owned()]].concat());
        let found = own.or_else(|| files.find(&beside?));
        let (file, span) = found.unzip();
        let missing = Missing { label, span: span.unwrap_or_default(), written: own.is_some(), languages };
        by_file.entry(file).or_default().push(missing);
    }
    for (file, mut found) in by_file {
        found.sort_by_key(|m| m.span.start);
        let at = |span: Span, message: String, out: &Findings<'_>| match file {
            Some(path) => out.in_file(path, span, message),
            None => out.site(message),
        };
        for language in &config.languages {
            let code = &*language.code;
            for part in [Part::All, Part::Outside, Part::Kinds] {
                let of_part = |m: &Missing<'_>| part.holds(m.label);
                let number = found.iter().filter(|m| of_part(m)).count();
                let all = found.iter().filter(|m| of_part(m)).all(|m| m.languages.contains(&code));
                let first = found.iter().find(|m| of_part(m)).filter(|_| all && number > MAX_LISTED);
                let Some(first) = first else { continue };
                let of = part.name();
                let message =
                    format!("none of the {number} labels {of} is translated into {}", language.name);
                let help = format!("Add `{code}: …` to each of them; this is the first.");
                out.push(at(first.span, message, out).help(help));
                for missing in found.iter_mut().filter(|m| of_part(m)) {
                    missing.languages.retain(|lacked| *lacked != code);
                }
            }
        }
        for missing in found.iter().filter(|m| !m.languages.is_empty()) {
            let name =
                |code: &&str| config.language(code).map_or_else(|| (*code).to_owned(), |l| l.name.clone());
            let names: Vec<String> = missing.languages.iter().map(name).collect();
            let message = format!("{} is not translated into {}", missing.label.name, names.join(", "));
            let keys: Vec<String> = missing.languages.iter().map(|code| format!("{code}: …")).collect();
            let keys = keys.join(", ");
            let help = match missing.label.keys.last().filter(|_| !missing.written) {
                Some(key) => format!("Add a line `{key}: {{{keys}}}` beside it."),
                None => format!("Add `{keys}` to it."),
            };
            out.push(at(missing.span, message, out).help(help));
        }
    }
}

/// All texts of the settings that readers see. What was never written at all is not untranslated.
fn labels(site: &dyn SiteView) -> Vec<Label<'_>> {
    let config = site.config();
    let mut labels = Vec::new();
    let mut add = |name: String, keys: &[&str], text| {
        labels.push(Label { name, keys: keys.iter().map(|k| (*k).to_owned()).collect(), text });
    };
    let contact = &config.contact;
    for (keys, text) in [
        (&["title"][..], Some(&config.title)),
        (&["description"], Some(&config.description)),
        (&["district"], Some(&config.district)),
        (&["license"], Some(&config.license)),
        (&["contact", "role"], contact.role.as_ref()),
        (&["contact", "hours"], contact.hours.as_ref()),
        (&["contact", "note"], contact.note.as_ref()),
    ] {
        if let Some(text) = text {
            add(format!("`{}`", keys.join(": ")), keys, text);
        }
    }
    for (name, text) in config.values.own() {
        add(format!("the value `{name}`"), &["values", name], text);
    }
    for tag in &config.tags {
        add(format!("the name of the tag `{}`", tag.tag), &["tags", &tag.tag], &tag.label);
        add(
            format!("what the tag `{}` is about", tag.tag),
            &["tags", &tag.tag, "description"],
            &tag.description,
        );
    }
    for kind in site.kinds().0.values() {
        let name = kind.name.as_str();
        add(format!("the label of `{name}`"), &["kinds", name, "label"], &kind.label);
        // One that is the same was made from the label, or needs the same languages.
        if kind.plural != kind.label {
            add(format!("the plural of `{name}`"), &["kinds", name, "plural"], &kind.plural);
        }
        for field in &kind.fields {
            let inner = field.name.as_str();
            add(
                format!("the label of `{name}.{inner}`"),
                &["kinds", name, "fields", inner, "label"],
                &field.label,
            );
            for choice in &field.choices {
                let keys = ["kinds", name, "fields", inner, "choices", &choice.value];
                add(format!("the choice `{}` of `{name}.{inner}`", choice.value), &keys, &choice.label);
            }
        }
    }
    menu(&config.menu, &["menu".to_owned()], &mut labels);
    // One text without a language is meant for all of them.
    labels.retain(|label| !label.text.is_empty() && !label.text.0.contains_key(""));
    labels
}

fn menu<'a>(items: &'a [MenuItem], above: &[String], labels: &mut Vec<Label<'a>>) {
    for item in items {
        // Entries that could not be read are not in the list, so an entry is found by its place.
        let mut keys = above.to_vec();
        keys.push(format!("@{}", item.span.start));
        if let Some(text) = &item.title {
            let mut keys = keys.clone();
            keys.push("title".to_owned());
            let shown = text.0.values().next().map_or("", String::as_str);
            labels.push(Label { name: format!("the menu's \"{shown}\""), keys, text });
        }
        keys.push("items".to_owned());
        menu(&item.items, &keys, labels);
    }
}
