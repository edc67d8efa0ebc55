//! What a theme lacks that the program asks it for: templates, and texts for readers. Who needs it is said with it.

use super::reader::Reader;
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::site::LangIndex;
use crate::source::Span;
use crate::template::TemplateFile;

/// That there is no template of that name, and what it is needed for.
pub(super) fn template(reader: &Reader, name: &str) -> Diagnostic {
    let world = reader.unrecorded();
    let message = format!("The theme has no template \"{name}\"{}.", needed(reader, name));
    let add = format!("Add templates/{name} to the site or to its theme");
    let off = |key: &str| format!("{add}, or write {key}: false below outputs: in site.yaml.");
    let help = match name {
        "a-z.html" => off("a_z"),
        "site-map.html" | "search.html" => off(&name.replace(".html", "").replace('-', "_")),
        "tag.html" | "tags.html" => off("tags"),
        "print.html" => off("print"),
        "finder.html" => off("finder"),
        _ => format!("{add}."),
    };
    // Another one that is not looked for by itself may be this one, misspelt.
    let names = world.templates.files().keys().map(|full| world.templates.bare(full));
    // Neither is one that others extend or include: they know it by its name.
    let is_part = |other: &str| {
        let full = world.templates.resolve(other);
        let mut others = world.templates.files().keys().filter(|file| Some(file.as_str()) != full);
        others.any(|file| world.templates.used_by(file).any(|used| Some(used) == full))
    };
    let names = names.filter(|other| !REQUIRED.iter().any(|(known, _)| known == other));
    let near = closest(name, names.filter(|other| !is_part(other)));
    let near = near.map_or_else(String::new, |near| format!(" Or is it templates/{near}?"));
    let found = Diagnostic::site(code::MISSING_TEMPLATE, Severity::Error, message);
    // Where a template asks for it.
    let call = (name == "menu.html").then_some("menu()");
    let asking = call.and_then(|call| {
        let asks = |file: &TemplateFile| {
            Some(file.place(Span::new(file.text.find(call)?, file.text.find(call)? + call.len())))
        };
        world.templates.files().values().find_map(|file| Some((file.path.clone(), asks(file)?)))
    });
    let found = match asking {
        Some((path, span)) => Diagnostic { path: Some(path), span, ..found },
        None => found,
    };
    found.help(help + &near)
}

/// The templates that the program asks for by itself, and for what.
const REQUIRED: &[(&str, &str)] = &[
    ("page.html", "pages without a template of their own"),
    ("home.html", "the start page"),
    ("section.html", "the pages of folders"),
    ("menu.html", "menu()"),
    ("tag.html", "the pages of tags"),
    ("tags.html", "the page of all tags"),
    ("a-z.html", "the A to Z"),
    ("site-map.html", "the site map"),
    ("search.html", "the page of the search"),
    ("finder.html", "the finder"),
    ("print.html", "the print pages"),
    ("redirect.html", "old addresses (aliases)"),
    ("over.html", "addresses that are over"),
    ("404.html", "addresses that do not exist"),
];

/// The names of the templates that the program asks for by itself.
pub fn required() -> impl Iterator<Item = &'static str> {
    REQUIRED.iter().map(|(name, _)| *name)
}

fn needed(reader: &Reader, name: &str) -> String {
    if let Some((_, what)) = REQUIRED.iter().find(|(known, _)| *known == name) {
        return format!(", which is needed for {what}");
    }
    let kinds = &reader.unrecorded().config.kinds;
    let kind = kinds.0.values().find(|kind| kind.template.as_deref() == Some(name));
    kind.map_or_else(String::new, |kind| format!(", which the kind `{}` names as its template", kind.name))
}

/// Says that no language has a text that readers must see.
pub(super) fn text(reader: &Reader, lang: LangIndex, key: &str, needed: &str) {
    let world = reader.unrecorded();
    let code = world.lang_code(lang);
    let message = format!("The theme has no text \"{key}\", which is needed for {needed}.");
    let mut help = format!("Add a line {key}: to translations/{code}.yaml of the site or its theme.");
    if key.starts_with("month_") || key == "date_format" {
        help.push_str(
            " Days in words need month_1 to month_12, and date_format such as \"{month} {day}, {year}\".",
        );
    }
    if key == "notice_unreviewed" {
        help.push_str(&format!(" Where such pages are to have no notice, write {key}: \"\"."));
    }
    reader.report(Diagnostic::site(code::MISSING_TEXT, Severity::Error, message).help(help));
}
