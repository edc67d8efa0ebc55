//! Every key of `site.yaml`, `theme.yaml` and `kinds.yaml`: its name, what it takes, and what it does.
//!
//! The readers beside this file take only keys that stand here (`table` refuses all others), and `json_schema` makes
//! the editors' schemas from the same list, so the two cannot differ.

/// A key of a settings file.
#[derive(Debug)]
pub struct KeyInfo {
    /// The key.
    pub name: &'static str,
    /// What is written behind it.
    pub shape: Shape,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// An example of what is written; empty for groups.
    pub example: &'static str,
}

/// What may be written behind a key.
#[derive(Debug)]
pub enum Shape {
    /// One text.
    Text,
    /// One text, or one for each language.
    Localized,
    /// `true` or `false`.
    Boolean,
    /// A day.
    Date,
    /// The name of a time zone.
    Zone,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A color, as `#1f6f8b`.
    Color,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts, or one.
    Texts,
    /// These keys.
    Group(&'static [KeyInfo]),
    /// A list of the shape, or one of it.
    List(&'static Shape),
    /// One or the other.
    Either(&'static Shape, &'static Shape),
    /// Names of the editor's own, each with the shape; the text says what a name may look like.
    Names(&'static Shape, &'static str),
    /// The entries of the menu, which may hold entries.
    Menu,
    /// A code of a problem, each with a level.
    Levels,
    /// The name of a limit, each with a number.
    Limits,
    /// The type of a field.
    FieldType,
    /// The type of a theme's setting.
    SettingType,
    /// Nothing, or `null`: takes away what an earlier file said.
    Null,
    /// Whatever the theme makes of it.
    Free,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $list:ident { $($name:literal $shape:expr, $about:literal, $example:literal;)* })*) => {
        $($(#[$doc])* pub static $list: &[KeyInfo] = &[
            $(KeyInfo { name: $name, shape: $shape, about: $about, example: $example }),*
        ];)*
    };
}

use Shape::{
    Boolean, Color, Date, Either, Email, FieldType, Free, Group, Levels, Limits, List, Localized, Menu,
    Names, Null, SettingType, Text,
};
use Shape::{Texts, Url, Word, Zone};

/// What the name of a kind looks like.
const KIND_NAME: &str = "^[a-z][a-z0-9-]{0,59}$";
/// What the name of a field looks like.
const FIELD_NAME: &str = "^[a-z][a-z0-9_]{0,59}$";

keys! {
    /// The keys of `site.yaml`.
    SITE {
        "title" Localized, "The name of the guide, at the top of every page.", "A guide for parents";
        "description" Localized, "One sentence on the guide, for search engines and shared links.", "Plain answers for families.";
        "district" Localized, "Who publishes the guide.", "Your School District";
        "contact" Group(CONTACT), "Whom families ask; shown at the foot of every page.", "";
        "languages" List(&Either(&Text, &Group(LANGUAGE))), "The languages, the main one first.", "en";
        "theme" Either(&Text, &Group(THEME)), "The look: the name of a folder in themes/.", "parent-guide";
        "brand" Group(BRAND), "Your color and logo.", "";
        "menu" Menu, "The menu. Without it the menu follows the folders and each page's order.", "";
        "menus" Names(&Menu, FIELD_NAME), "Further menus by their names, which templates ask for: menu_items(name=\"footer\").", "";
        "data_pages" List(&Group(DATA_PAGES)), "Pages that are made of data: one for each row of a file in data/.", "";
        "kinds" Names(&Either(&Group(KIND), &Null), KIND_NAME), "Kinds of pages and entries of your own, or more fields for the theme's.", "";
        "checks" Group(CHECKS), "Levels, limits and words of the checks.", "";
        "ignore_keys" Texts, "Keys on top of pages that belong to other programs and are to be left alone.", "layout";
        "urls" Word(&["file", "folder"]), "Addresses: file works everywhere, folder needs a web server.", "file";
        "number_prefixes" Boolean, "Whether two digits before a name (01-start.md) are the place of the page or folder and no part of its address.", "false";
        "base_url" Url, "The address under which the public finds the site; needed for sitemap and feed only.", "https://www.example.org/guide";
        "hosts" List(&Word(super::hosts::NAMES)), "Where the site is published: what these hosts read of redirects and headers is made with it.", "apache";
        "time_zone" Zone, "The time zone whose day decides what is published; without it that of the computer that builds.", "America/New_York";
        "outputs" Group(OUTPUTS), "What is made besides the pages.", "";
        "raw_html" Boolean, "Whether HTML in pages is kept (cleaned) instead of being shown as text.", "false";
        "files" Texts, "Files in content/ that are published though no page links to them.", "forms/*.pdf";
        "reviewer" Group(REVIEWER), "Who checked the guide for the district, and when.", "";
        "values" Names(&Localized, FIELD_NAME), "Words of your own that pages name in braces, such as {school_year}.", "";
        "tags" Names(&Either(&Localized, &Group(TAG)), "."), "The names of tags for readers, in each language, and what each is about.", "";
        "notice" List(&Either(&Localized, &Group(NOTICE))), "What is shown on top of every page, such as a snow day.", "Schools are closed on Monday.";
        "license" Localized, "The license of the text, in the footer.", "Text under CC BY 4.0.";
    }
    /// The keys of `contact`.
    CONTACT {
        "name" Localized, "A person or an office.", "Special Education Office";
        "role" Localized, "What they do, or whom to ask for.", "Ask for your child's case manager";
        "phone" Text, "The telephone number as people write it.", "555-0100";
        "email" Email, "An e-mail address.", "office@example.org";
        "hours" Localized, "When someone answers.", "Monday to Friday, 8:00 to 4:00 on school days";
        "office" Localized, "Where to find them.", "District Office, Room 100";
        "address" Text, "The postal address.", "100 School Street, Your Town";
        "url" Url, "A page of the district.", "https://example.org/special-education";
        "note" Localized, "One more sentence.", "You can ask for an interpreter. It is free.";
    }
    /// The keys of one of the `languages`.
    LANGUAGE {
        "code" Text, "The language's tag.", "es";
        "name" Text, "The language's name in itself; known for most.", "Español";
        "rtl" Boolean, "Whether it is written from right to left; known for most.", "true";
        "unreviewed" Boolean, "true tells readers that nobody has checked the pages in this language yet.", "true";
    }
    /// The keys of `theme`.
    THEME {
        "name" Text, "The theme: the name of a folder in themes/.", "parent-guide";
        "folder" Text, "Where the theme lies, from the folder of site.yaml, when it is not in themes/.", "../themes/parent-guide";
        "settings" Free, "Settings that the theme understands; the theme says which there are.", "";
    }
    /// The keys of `brand`.
    BRAND {
        "color" Color, "Your color, in quotes. All shades are made from it.", "#1f6f8b";
        "logo" Text, "A file in assets/.", "logo.svg";
    }
    /// The keys of an entry of the menu.
    MENU {
        "title" Localized, "The text that readers see; without it the page's title.", "Our office";
        "to" Text, "A page's path below content/, or an address.", "meetings/index.md";
        "items" Menu, "The entries below it.", "";
    }
    /// The keys of one of `data_pages`.
    DATA_PAGES {
        "data" Text, "A file in data/.", "schools.csv";
        "path" Text, "Where the page of a row stands, below content/; {id} is what the row has in the column id.", "schools/{id}.md";
        "front_matter" Names(&Texts, "."), "What stands on top of each page, with the names of columns in braces.", "";
        "body" Text, "The text of each page.", "{about}";
    }
    /// The keys of `checks`.
    CHECKS {
        "levels" Levels, "How bad each problem is: error, warning, note or off.", "";
        "limits" Limits, "Numbers that the checks use.", "";
        "words" Names(&Texts, "."), "Words added to the built-in lists: brands, claims, hazards and so on.", "";
    }
    /// The keys of `outputs`.
    OUTPUTS {
        "sitemap" Boolean, "sitemap.xml, for search engines; needs base_url.", "true";
        "feed" Boolean, "feed.xml, the feed of changed pages; needs base_url.", "true";
        "robots" Boolean, "robots.txt.", "true";
        "tags" Boolean, "A page for each tag.", "true";
        "a_z" Boolean, "The page of all words from A to Z.", "true";
        "site_map" Boolean, "The page that lists all pages.", "true";
        "print" Boolean, "The guide and each section on one page, for printing.", "true";
        "finder" Boolean, "The pages that find entries, such as activities, by the choices of their kind.", "true";
        "search" Boolean, "The search: a field that finds pages, headings and words.", "true";
        "zip" Boolean, "guide.zip, the whole guide as one file that families can take with them.", "true";
        "files" List(&Either(&Text, &Group(MADE_FILE))), "Text files that templates make.", "search.json";
    }
    /// The keys of `reviewer`.
    REVIEWER {
        "name" Text, "Who checked the guide.", "Ana Example, case manager";
        "date" Date, "When.", "2026-11-22";
    }
    /// The keys of one of the `tags`.
    TAG {
        "label" Localized, "What readers see for the tag.", "Getting started";
        "description" Localized, "One sentence on what its pages have in common.", "What to do first.";
    }
    /// The keys of `notice`.
    NOTICE {
        "text" Localized, "What families read.", "Schools are closed on Monday.";
        "from" Date, "The first day on which it is shown.", "2026-12-18";
        "until" Date, "The last day on which it is shown.", "2027-01-04";
    }
    /// The keys of `theme.yaml`.
    THEME_FILE {
        "title" Text, "The theme's name for people.", "Parent guide";
        "description" Localized, "One sentence on the theme.", "Calm pages for families.";
        "author" Text, "Who made the theme.", "Ana Example";
        "license" Text, "The license of the theme.", "MIT";
        "version" Text, "Which version of the theme this is.", "1.2.0";
        "guidepost" Text, "The versions of Guidepost that the theme works with, in quotes.", ">=0.1";
        "grounds" Group(GROUNDS), "The grounds on which the shades of a district's color are to be readable.", "";
        "extends" Text, "A theme beside this one that it builds on.", "base";
        "keep_names" Texts, "Assets whose file name gets no fingerprint: names, or patterns such as fonts/*.woff2.", "favicon.svg";
        "files" List(&Either(&Text, &Group(MADE_FILE))), "Text files that templates make.", "search.json";
        "settings" Names(&Either(&Either(&SettingType, &Group(SETTING)), &Null), FIELD_NAME), "The settings that a site may set, in the order in which they are told.", "";
    }
    /// The keys of a text file that a template makes.
    MADE_FILE {
        "template" Text, "A file in templates/.", "calendar.ics";
        "path" Text, "The path of the file in the site; without it that of the template.", "events/calendar.ics";
        "each" Word(&["language", "site"]), "language: one file in the folder of each language.", "language";
        "hashed" Boolean, "Whether it is an asset whose name changes with its bytes, so that browsers may keep it; asset(path=\"words.json\") gives its address.", "true";
    }
    /// The keys of a setting of a theme.
    SETTING {
        "type" SettingType, "What is written in it.", "choice";
        "label" Localized, "What it is called.", "Accent";
        "help" Localized, "What it does.", "The color of links, in quotes.";
        "example" Text, "An example.", "#006600";
        "required" Boolean, "Whether a site must set it.", "true";
        "choices" Either(&Texts, &Names(&Localized, ".")), "The choices of a setting of type choice, with their labels.", "calm";
        "default" Free, "What it is when a site does not set it.", "";
    }
    /// The keys of `grounds`.
    GROUNDS {
        "light" Color, "The darkest ground of text on light screens, in quotes.", "#f3ede3";
        "dark" Color, "The lightest ground of text on dark screens, in quotes.", "#1b2328";
    }
    /// The keys of a kind.
    KIND {
        "label" Localized, "What readers see for one.", "Activity";
        "plural" Localized, "What readers see for many.", "Activities";
        "template" Either(&Text, &Null), "The template of a page of this kind; without it page.html.", "activity.html";
        "body" Word(&["required", "optional"]), "Whether an entry must have text under its fields.", "required";
        "new_hidden" Boolean, "true: `guidepost new` makes pages of this kind with hidden: true, so that no menu or list names them.", "true";
        "glossary" Boolean, "true: the entries of this kind are the glossary.", "true";
        "fields" Names(&Either(&Either(&FieldType, &Group(FIELD)), &Null), FIELD_NAME), "The fields, in the order in which they are shown.", "";
        "order" Texts, "Fields that come first, in this order; the others follow.", "fee";
        "summary" Texts, "Fields that cards of its pages show.", "fee";
        "facets" Texts, "Fields of type choice, range or boolean by which ready-made choice pages are made.", "skill";
        "finder" Either(&Text, &Null), "The folder in which the choice pages are put.", "activities/find";
    }
    /// The keys of a field.
    FIELD {
        "type" FieldType, "What is written in it.", "list of choice";
        "label" Localized, "What editors write in entries and readers see.", "Skill";
        "required" Boolean, "Whether a page or entry without it is an error.", "true";
        "choices" Either(&Texts, &Names(&Either(&Localized, &Null), ".")), "The choices of a field of type choice, with their labels: a list of all, or names that are added to the theme's. Of a range: the numbers that the finder asks for.", "home";
        "question" Localized, "What the finder asks in the place of the label.", "How old is your child?";
        "display" Word(&["row", "badge", "meter", "table", "hidden"]), "How the theme shows it: a row of the list (row), a badge, steps of a meter, a row of a table, or not at all (hidden).", "badge";
        "steps" Text, "Of a meter: the last step; 5 when nothing is written.", "6";
        "show" Boolean, "false: readers see the field only where a template of its kind places it.", "true";
        "help" Localized, "What an editor should write here.", "Where it can be done.";
        "example" Text, "An example.", "home, class";
        "default" Free, "What it is when nothing is written.", "";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml::{self, Node};
    use crate::source::{Source, SourcePath};

    /// Every key, with where it stands.
    fn walk(keys: &'static [KeyInfo], at: &str, found: &mut dyn FnMut(&str, &'static KeyInfo)) {
        for key in keys {
            let here = format!("{at}{}", key.name);
            found(&here, key);
            shape(&key.shape, &here, found);
        }
    }

    fn shape(of: &'static Shape, at: &str, found: &mut dyn FnMut(&str, &'static KeyInfo)) {
        match of {
            Group(keys) => walk(keys, &format!("{at}."), found),
            List(inner) | Names(inner, _) => shape(inner, at, found),
            Either(a, b) => {
                shape(a, at, found);
                shape(b, at, found);
            }
            _ => {}
        }
    }

    #[test]
    fn every_key_says_what_it_does_and_stands_in_the_bundled_files() {
        let mut scalars = Vec::new();
        walk(SITE, "", &mut |at, key| {
            assert!(key.about.ends_with('.') && key.about.len() > 4, "{at}");
            if key.example.is_empty() {
                let group = matches!(
                    key.shape,
                    Group(_) | List(Group(_)) | Names(..) | Menu | Levels | Limits | Free
                );
                assert!(group, "{at} has no example");
            }
            scalars.push(at.to_owned());
        });
        for name in scalars.iter().filter(|n| !n.contains('.')) {
            let text = include_str!("../../site.yaml");
            assert!(
                text.lines().any(|l| l.trim_start_matches("# ").starts_with(&format!("{name}:"))),
                "{name}"
            );
        }
    }

    #[test]
    fn examples_are_accepted() {
        let mut text = String::new();
        for key in SITE.iter().filter(|k| !k.example.is_empty()) {
            text.push_str(&format!(
                "{}: {}\n",
                key.name,
                yaml::quoted(key.example).replace("\"false\"", "false")
            ));
        }
        for (group, keys) in
            [("contact", CONTACT), ("brand", BRAND), ("reviewer", REVIEWER), ("outputs", OUTPUTS)]
        {
            text.push_str(&format!("{group}:\n"));
            for key in keys {
                text.push_str(&format!(
                    "  {}: {}\n",
                    key.name,
                    yaml::quoted(key.example).replace("\"true\"", "true")
                ));
            }
        }
        let source = Source::new(SourcePath::new("site.yaml").unwrap(), text.clone().into_bytes());
        let parsed = crate::config::site::load(Some(&source), &Default::default());
        assert!(parsed.diagnostics.is_empty(), "{text}\n{:#?}", parsed.diagnostics);
        assert!(yaml::parse(&source.path, &text, 0).value.as_ref().and_then(Node::as_map).is_some());
    }
}
