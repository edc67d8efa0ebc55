//! `site.yaml` to [`Config`].
//!
//! The keys, all optional but `title`: `title`, `description`, `district`, `contact` (name, role, phone, email,
//! hours, office, address, url, note), `languages`, `theme` (a name, or name, folder and settings), `brand` (color, logo),
//! `menu` (items of title, to, items), `menus` (by name), `data_pages`, `kinds`, `checks` (levels, limits, words), `urls` (file or folder), `base_url`,
//! `hosts` (names), `number_prefixes`, `time_zone`, `files` (patterns), `outputs` (sitemap, feed, robots, tags, a_z, site_map, print, finder, search, zip), `raw_html`, `reviewer` (name, date), `notice` (text, from, until), `values`, `tags`, `license`.
//! Texts for readers are one text, or one for each language. The bundled `site.yaml` shows and explains each.

use super::files;
use super::settings::Declared;
use super::table::{Report, Table, text, texts, unknown};
use super::theme::{folder_name, tree};
use super::yaml::Node;
use super::{
    Checks, Config, Contact, Language, UrlStyle, Values, base_url, brand, data_pages, hosts, keys, kinds,
    language, made_files, menu, notice, outputs, settings, tags, values, zone,
};
use crate::diag::{Code, Diagnostic, Parsed, Severity, closest, code};
use crate::schema::scalar;
use crate::schema::{Kinds, Localized};
use crate::source::{Prefixes, Source, SourcePath, Span};
use std::collections::BTreeMap;

/// The theme of a site that names none: the one that comes with the program.
pub const THEME: &str = "parent-guide";

/// Reads `site.yaml`. `theme_kinds` are the kinds of the theme layers; the site's own are merged into them.
/// Without a file the defaults hold: title "Parent guide", language `en`, theme `parent-guide`.
pub fn load(source: Option<&Source>, theme_kinds: &Kinds) -> Parsed<Config> {
    load_on(source, theme_kinds, brand::Grounds::default(), &Declared::default())
}

/// Like [`load`], for a theme with these grounds and settings.
pub fn load_on(
    source: Option<&Source>,
    theme_kinds: &Kinds,
    grounds: brand::Grounds,
    declared: &Declared,
) -> Parsed<Config> {
    let mut config = Config {
        grounds,
        title: Localized::plain("Parent guide"),
        languages: vec![language::language("en")],
        theme: THEME.to_owned(),
        theme_declares: declared.clone(),
        kinds: theme_kinds.clone(),
        ..Config::default()
    };
    let Some(source) = source else {
        if let Ok(path) = SourcePath::new("site.yaml") {
            let none = &mut Report::new(&path);
            config.theme_settings = settings::set(declared, None, Span::default(), "en", none);
        }
        return Parsed::clean(config);
    };
    let mut report = Report::new(&source.path);
    let tree = tree(source, &mut report);
    config.unread = tree.as_ref().is_none_or(|node| node.as_map().is_none());
    let theme = tree.as_ref().and_then(|tree| tree.get("theme")).cloned();
    match tree {
        Some(node) => read(&mut config, &node, &mut report),
        None if report.diagnostics.is_empty() => {
            report.error(
                code::MISSING_FIELD,
                Span::at(0),
                "site.yaml is empty",
                "write at least a title, such as: title: Parent guide",
            );
        }
        None => {}
    }
    let (set, at) = (theme.as_ref().and_then(|theme| theme.get("settings")), theme.as_ref().map(|t| t.span));
    let lang = config.default_language().to_owned();
    config.theme_settings = settings::set(declared, set, at.unwrap_or_default(), &lang, &mut report);
    Parsed { value: config, diagnostics: report.diagnostics }
}

/// Only the name of the theme in `site.yaml`, needed before the theme's kinds can be read.
pub fn theme_name(source: Option<&Source>) -> String {
    let named = source.and_then(|source| {
        let mut report = Report::new(&source.path);
        let node = tree(source, &mut report)?;
        theme_node(node.get("theme")?).and_then(|node| folder_name("theme", node, &mut report))
    });
    named.unwrap_or_else(|| THEME.to_owned())
}

/// Only the zone in `site.yaml`, needed before it is known which day it is. What is wrong with it, [`load`] reports.
pub fn time_zone(source: Option<&Source>) -> Option<String> {
    let source = source?;
    let mut report = Report::new(&source.path);
    let tree = tree(source, &mut report)?;
    let written = text("time_zone", tree.get("time_zone")?, &mut report)?;
    zone::read(&written).ok()
}

/// The theme of `site.yaml` and where it lies, needed before any file of the theme can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemePlace {
    /// Its name, the same as [`theme_name`] gives.
    pub name: String,
    /// Where the name stands, if it does and can be read.
    pub span: Option<Span>,
    /// A path from the folder of `site.yaml`, when the theme lies outside `themes/`; with where it stands.
    pub folder: Option<(String, Span)>,
}

/// Only the theme's name and folder in `site.yaml`. What is wrong with them, [`load`] reports.
pub fn theme_place(source: Option<&Source>) -> ThemePlace {
    let (span, folder) = source
        .and_then(|source| {
            let mut report = Report::new(&source.path);
            let tree = tree(source, &mut report)?;
            let node = tree.get("theme")?;
            let folder = node.get("folder").and_then(|folder| outside_folder(folder, &mut report));
            let named = theme_node(node).filter(|node| folder_name("theme", node, &mut report).is_some());
            Some((named.map(|node| node.span), folder))
        })
        .unwrap_or_default();
    ThemePlace { name: theme_name(source), span, folder }
}

/// The folder of a theme that lies outside the site: relative, so that the site can move with it.
fn outside_folder(node: &Node, report: &mut Report<'_>) -> Option<(String, Span)> {
    let folder = text("folder", node, report)?;
    let refused = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    if folder.starts_with('/') || folder.contains(refused) || folder.len() > 1024 {
        let help = "write the path from the folder of site.yaml, with `/`, such as ../themes/parent-guide";
        report.error(code::BAD_CONFIG, node.span, format!("`{folder}` cannot be the theme's folder"), help);
        return None;
    }
    Some((folder, node.span))
}

/// Where the theme's name stands: at `theme`, or at its `name`.
fn theme_node(node: &Node) -> Option<&Node> {
    if node.as_map().is_some() { node.get("name") } else { Some(node) }
}

fn read(config: &mut Config, node: &Node, report: &mut Report<'_>) {
    let table = Table::new("site.yaml", keys::SITE, node, report);
    if let Some(node) = table.get("languages") {
        let languages: Vec<Language> = language::list(node, report);
        if !languages.is_empty() {
            report.languages = languages.iter().map(|l| l.code.clone()).collect();
            config.languages = languages;
        }
    }
    let written = table.entry("title").map(|(key, node)| (key.span, node.is_broken()));
    match table.localized("title", report) {
        Some(title) => config.title = title,
        None if written.is_some_and(|(_, broken)| broken) || node.as_map().is_none() => {}
        None => {
            let span = written.map_or(Span::at(node.span.start as usize), |(span, _)| span);
            report.error(
                code::MISSING_FIELD,
                span,
                "the site has no title",
                "add a line such as title: Parent guide",
            );
        }
    }
    config.district = table.localized("district", report).unwrap_or_default();
    if let Some(node) = table.get("contact") {
        config.contact = contact(node, report);
    }
    let own = table.get("values").map(|node| values::read(node, report)).unwrap_or_default();
    config.values = Values::of(config, own);
    for name in ["title", "district", "contact", "values"] {
        if let Some(node) = table.get(name) {
            values::tell_nested(&config.values, node, report);
        }
    }
    config.raw_html = table.boolean("raw_html", report).unwrap_or(false);
    if let Some(node) = table.get("ignore_keys") {
        config.ignore_keys = texts("ignore_keys", node, report);
    }
    config.base_url = table.checked("base_url", report, base_url::read);
    config.time_zone = table.checked("time_zone", report, zone::read);
    if let Some(node) = table.get("notice") {
        config.notices = notice::read(node, config.time_zone.as_deref(), report);
    }
    // A notice is read as pages are. All other texts for readers from here on have their words in place.
    report.words = Some(config.values.clone());
    config.description = table.localized("description", report).unwrap_or_default();
    config.license = table.localized("license", report).unwrap_or_default();
    if let Some(node) = table.get("theme") {
        theme(config, node, report);
    }
    if let Some(node) = table.get("brand") {
        read_brand(config, node, report);
    }
    if let Some(node) = table.get("menu") {
        config.menu = menu::read(node, report);
    }
    if let Some(node) = table.get("menus") {
        config.menus = menu::named(node, report);
    }
    if let Some(node) = table.get("data_pages") {
        config.data_pages = data_pages::read(node, report);
    }
    if let Some(node) = table.get("kinds") {
        let named = kinds::merge(node, &mut config.kinds, report);
        kinds::check(&config.kinds, &named, report);
    }
    if let Some(node) = table.get("checks") {
        config.checks = checks(node, report);
    }
    if let Some(node) = table.get("urls") {
        match text("urls", node, report).as_deref() {
            Some("file") => config.urls = UrlStyle::File,
            Some("folder") => config.urls = UrlStyle::Folder,
            Some(other) => {
                let help = "write file (works everywhere) or folder (needs a web server)";
                report.error(code::BAD_CONFIG, node.span, format!("`urls` cannot be `{other}`"), help);
            }
            None => {}
        }
    }
    match table.boolean("number_prefixes", report) {
        Some(false) => config.prefixes = Prefixes::Name,
        Some(true) => {}
        None => config.prefixes_unsaid = written.map(|(span, _)| span),
    }
    if let Some(node) = table.get("tags") {
        config.tags = tags::read(node, report);
    }
    if let Some(node) = table.get("outputs") {
        config.outputs = outputs::read(node, report);
        if let Some(node) = node.get("files") {
            config.made_files = made_files::read(node, report);
        }
    }
    if let Some(node) = table.get("hosts") {
        config.hosts = hosts::read(node, report);
    }
    if let Some(node) = table.get("files") {
        config.files = files::read(node, report);
    }
    if let Some(node) = table.get("reviewer") {
        let table = Table::new("`reviewer`", keys::REVIEWER, node, report);
        config.reviewer = table.text("name", report);
        if let (Some(name), Some(node)) = (config.reviewer.take(), table.get("name")) {
            config.reviewer = Some(report.worded(name, config.default_language(), node.span));
        }
        config.reviewed = table.checked("date", report, scalar::date);
        table.finish(report);
    }
    table.finish(report);
}

fn contact(node: &Node, report: &mut Report<'_>) -> Contact {
    let table = Table::new("`contact`", keys::CONTACT, node, report);
    let contact = Contact {
        name: table.localized("name", report),
        role: table.localized("role", report),
        phone: table.text("phone", report),
        email: table.checked("email", report, |t| scalar::email(t).map(str::to_owned)),
        hours: table.localized("hours", report),
        office: table.localized("office", report),
        address: table.text("address", report),
        url: table.checked("url", report, |t| scalar::url(t).map(str::to_owned)),
        note: table.localized("note", report),
    };
    table.finish(report);
    contact
}

fn theme(config: &mut Config, node: &Node, report: &mut Report<'_>) {
    if node.as_map().is_some() {
        let table = Table::new("`theme`", keys::THEME, node, report);
        if let Some(name) = table.get("name").and_then(|node| folder_name("name", node, report)) {
            config.theme = name;
        }
        config.theme_folder = table.get("folder").and_then(|node| outside_folder(node, report));
        table.finish(report);
    } else if let Some(name) = folder_name("theme", node, report) {
        config.theme = name;
    }
}

fn read_brand(config: &mut Config, node: &Node, report: &mut Report<'_>) {
    let table = Table::new("`brand`", keys::BRAND, node, report);
    if let Some(node) = table.get("color")
        && let Some(written) = text("color", node, report)
    {
        match brand::Color::parse(&written) {
            Some(color) => {
                if let Some(message) = hard_to_see(color, config.grounds) {
                    let (path, level) = (report.path, Severity::Note);
                    let d = Diagnostic::new(code::BRAND_CONTRAST, level, path, node.span, message);
                    report.diagnostics.push(d.help("choose a darker color, or leave it to the site"));
                }
                config.brand_color = Some((color.to_string(), node.span));
            }
            None => {
                let help = "write six digits or letters a to f after `#`, in quotes, such as \"#1f6f8b\"";
                report.error(code::BAD_CONFIG, node.span, format!("`{written}` is not a color"), help);
            }
        }
    }
    if let Some(node) = table.get("logo")
        && let Some(logo) = text("logo", node, report)
    {
        match SourcePath::new(&logo) {
            Ok(path) if !logo.contains(':') => {
                config.brand_logo = Some((path.as_str().to_owned(), node.span));
            }
            _ => {
                let help = "write the path of a file in the assets folder, such as logo.svg";
                report.error(code::BAD_CONFIG, node.span, format!("`{logo}` cannot be the logo"), help);
            }
        }
    }
    table.finish(report);
}

/// What is told of a color that cannot be used as it is.
fn hard_to_see(color: brand::Color, grounds: brand::Grounds) -> Option<String> {
    let shortfalls = brand::contrast_shortfalls(color, grounds);
    let figures: Vec<String> = shortfalls
        .iter()
        .map(|l| format!("{:.1}:1 for {}, which need {}:1", l.has, l.what, l.needs))
        .collect();
    let shades: Vec<String> = shortfalls.iter().map(|l| format!("`{}` for {}", l.used, l.what)).collect();
    let (figures, shades) = (figures.join(", and "), shades.join(" and "));
    (!shortfalls.is_empty()).then(|| {
        format!(
            "`{color}` has too little contrast on a light screen: {figures}; the site uses {shades} there"
        )
    })
}

fn checks(node: &Node, report: &mut Report<'_>) -> Checks {
    let table = Table::new("`checks`", keys::CHECKS, node, report);
    let levels = table.get("levels").map(|node| levels(node, report)).unwrap_or_default();
    let mut limits = BTreeMap::new();
    for (key, node) in table.get("limits").and_then(Node::as_map).unwrap_or(&[]) {
        let Some(written) = text(&key.text, node, report) else { continue };
        match scalar::number(&written) {
            Ok(number) => {
                limits.insert(key.text.clone(), number);
            }
            Err(fault) => report.fault(&key.text, node.span, fault),
        }
    }
    let mut words = BTreeMap::new();
    for (key, node) in table.get("words").and_then(Node::as_map).unwrap_or(&[]) {
        words.insert(key.text.clone(), texts(&key.text, node, report));
    }
    table.finish(report);
    Checks { levels, limits, words }
}

fn levels(node: &Node, report: &mut Report<'_>) -> BTreeMap<String, Option<Severity>> {
    let mut levels = BTreeMap::new();
    for (key, node) in node.as_map().unwrap_or(&[]) {
        if Code::named(&key.text).is_none() {
            let names: Vec<&str> = code::ALL.iter().map(|(name, _)| *name).collect();
            match closest(&key.text, names.iter().copied()) {
                Some(_) => unknown("`levels`", key, &names, report),
                None => report.error(
                    code::UNKNOWN_KEY,
                    key.span,
                    format!("there is no problem code `{}`", key.text),
                    "take the code from a message: it stands in brackets, as in error[broken-link]",
                ),
            }
            continue;
        }
        let level = match text(&key.text, node, report).as_deref() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("note") => Some(Severity::Note),
            Some("off") => None,
            Some(other) => {
                let message = format!("the level of `{}` cannot be `{other}`", key.text);
                let d = Diagnostic::error(code::WRONG_CHOICE, report.path, node.span, message);
                report.diagnostics.push(d.help("write error, warning, note or off"));
                continue;
            }
            None => continue,
        };
        levels.insert(key.text.clone(), level);
    }
    levels
}
