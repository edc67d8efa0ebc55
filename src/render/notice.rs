//! Notices of the site as HTML: their words of the settings, emphasis and links. A link is written from the folder of pages.
//!
//! Called by the function `site_notices` for each page, and with the plan, where it is told what leads nowhere.

use super::body::without_address;
use super::context::{self, map};
use super::link;
use super::reader::Reader;
use super::unlink;
use crate::config::{Config, Notice, Words};
use crate::diag::Parsed;
use crate::document::{Body, PlaceholderKind};
use crate::markdown::{self, Flavor, Markdown, RawHtml};
use crate::source::{SourcePath, html};
use tera::Value;

/// The text of a notice in the language `code`, read as the text of pages is.
pub fn read(config: &Config, notice: &Notice, code: &str, settings: &SourcePath) -> Parsed<Markdown> {
    let options = markdown::Options {
        path: settings,
        offset: 0,
        raw_html: RawHtml::Escape,
        words: Words::new(&config.values, code),
        flavor: Flavor::Guide,
        entry_level: None,
    };
    markdown::parse(notice.text.get(code), &options)
}

/// The notices of the day, for the language of the view.
pub(super) fn list(reader: &Reader) -> Value {
    let config = &reader.unrecorded().config;
    let own = reader.lang_code();
    let list = reader.notices().map(|notice| {
        let text = notice.text.get(own);
        let is_in = |code: &str| notice.text.exact(code) == Some(text);
        let lang = config.languages.iter().map(|l| l.code.as_str()).find(|code| is_in(code));
        let lang = if is_in(own) { own } else { lang.unwrap_or(own) };
        map! {
            "text": text, "html": Value::safe_string(&shown(reader, notice, lang)),
            "lang": lang, "dir": context::dir_of(reader, lang),
        }
    });
    Value::from(list.collect::<Vec<_>>())
}

fn shown(reader: &Reader, notice: &Notice, code: &str) -> String {
    let Ok(settings) = SourcePath::new("site.yaml") else { return String::new() };
    let body = read(&reader.unrecorded().config, notice, code, &settings).value.body;
    let mut out = String::with_capacity(body.html.len() + 64);
    let mut from = 0;
    for placeholder in body.placeholders.iter() {
        out.push_str(body.html.get(from..placeholder.at).unwrap_or(""));
        from = placeholder.at;
        match placeholder.kind {
            PlaceholderKind::Link(to) => match link::from_root(reader, &to.target) {
                Some(href) => out.push_str(&href),
                None => from += without_address(&mut out),
            },
            PlaceholderKind::LinkText(to) => {
                let name = link::place_at(reader, &to.target).map(|(_, place)| match place {
                    link::Place::Page(node) => node.document.summary.title.clone(),
                    link::Place::Other(name) => name,
                });
                html::attribute(name.as_deref().unwrap_or(&to.target), &mut out);
            }
            PlaceholderKind::Image(image) => html::attribute(&image.alt, &mut out),
            _ => {}
        }
    }
    out.push_str(body.html.get(from..).unwrap_or(""));
    unlink::words(out).trim().to_owned()
}

/// The addresses to which the text of a notice leads.
pub fn addresses(body: &Body) -> impl Iterator<Item = &str> {
    body.placeholders.iter().filter_map(|placeholder| match placeholder.kind {
        PlaceholderKind::Link(link) => Some(&*link.target),
        _ => None,
    })
}
