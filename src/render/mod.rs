//! Makes outputs: one job in, bytes and problems out, every read recorded.
//!
//! `world` is the snapshot, `reader` the only door to it, `fact` what can be read. `body` fills the placeholders of a page
//! (`link`, `terms`, `footnotes` help), `sheet` places it where it stands with others, `tags` reads finished HTML. `context`,
//! `card`, `entry`, `fields` and `functions` are what templates see, each a `record`; `fragment` is what pages share (`menu`), and the
//! files named after outputs (`page`, `print`, `lists`, `feeds`, `stylesheet`) make them; `notes` numbers links for paper,
//! `folder_memo` is what a thread need not make again. Called by the engine.

mod a_to_z;
mod body;
mod card;
mod changes;
mod component;
mod component_args;
pub mod context;
pub mod data;
mod data_table;
mod drawing;
mod entry;
pub mod fact;
mod feeds;
mod fields;
mod folder_memo;
mod footnotes;
pub mod fragment;
pub mod functions;
mod headings;
pub mod known;
mod lean;
mod link;
mod lists;
mod log;
mod menu;
pub mod missing;
mod notes;
pub mod notice;
mod over;
mod page;
mod page_notices;
mod picture;
mod plain;
mod print;
pub mod reader;
mod record;
mod refer;
mod sheet;
pub mod stylesheet;
mod svg;
mod tags;
mod terms;
mod text_file;
pub mod trail;
mod unlink;
mod values;
pub mod world;

pub use data_table::text as table_text;
pub use fact::{Fact, FactKind};
pub use fragment::FragmentKey;
pub use link::{address_of, is_left_out};
pub use plain::Plain;
pub use reader::{Log, Reader};
pub use world::{SearchFiles, World, Zip};

use crate::diag::{Diagnostic, Severity, code};
use crate::plan::Job;
use crate::source::OutputPath;
use std::sync::Arc;
use tera::{Context, TeraResult};

/// A made output.
#[derive(Debug)]
pub struct Rendered {
    /// The bytes; none for files that are copied.
    pub bytes: Option<Vec<u8>>,
    /// What was read and met.
    pub log: Log,
}

/// Makes one output. Pure in what the reader hands out.
pub fn render(world: &Arc<World>, worker: usize, path: &OutputPath, job: &Job) -> Rendered {
    let (lang, page) = match job {
        Job::Page { lang, logical } => (*lang, Some(logical.clone())),
        Job::Print { lang, section } => (*lang, Some(section.clone().unwrap_or_else(|| "index.md".into()))),
        Job::Redirect { lang, .. }
        | Job::Over { lang, .. }
        | Job::Tag { lang, .. }
        | Job::Tags { lang }
        | Job::AToZ { lang }
        | Job::SiteMap { lang }
        | Job::Search { lang }
        | Job::Finder { lang, .. }
        | Job::Feed { lang }
        | Job::File { lang, .. } => (*lang, None),
        _ => (0, None),
    };
    let here = match (world.config.urls, job) {
        (crate::config::UrlStyle::Folder, Job::Page { .. }) => {
            path.as_str().strip_suffix("index.html").unwrap_or(path.as_str()).to_string()
        }
        _ => path.to_string(),
    };
    let reader = Arc::new(Reader::new(world, worker, lang, &here, page));
    // A photo is the same whatever the settings say, and dear to make.
    if !matches!(job, Job::Photo { .. }) {
        reader.record(Fact::whole(FactKind::Config, 0));
    }
    let bytes = match job {
        Job::Page { logical, .. } => Some(page::page(&reader, logical)),
        Job::Print { section, .. } => Some(print::print(&reader, section.as_deref())),
        Job::NotFound => Some(page::not_found(&reader).into_bytes()),
        Job::Redirect { to, .. } => Some(page::redirect(&reader, to)),
        Job::Over { page, .. } => Some(over::over(&reader, page)),
        Job::Tag { slug, .. } => Some(lists::tag(&reader, slug)),
        Job::Tags { .. } => Some(lists::tags(&reader)),
        Job::AToZ { .. } => Some(a_to_z::a_to_z(&reader)),
        Job::SiteMap { .. } => Some(lists::site_map(&reader)),
        Job::Search { .. } => Some(lists::search(&reader)),
        Job::SearchFile { .. } => world.search.get(path).map(|bytes| bytes.to_vec()),
        Job::Finder { kind, chosen, .. } => Some(lists::finder(&reader, kind, chosen)),
        Job::HostFile { text } => {
            Some(crate::hosts::finished(text, page::policy(&reader).as_deref()).into_bytes())
        }
        // The engine makes it of all others.
        Job::Zip => None,
        Job::Sitemap => Some(feeds::sitemap(&reader).into_bytes()),
        Job::Feed { .. } => Some(feeds::feed(&reader).into_bytes()),
        Job::File { template, .. } => Some(text_file::make(&reader, template)),
        Job::Robots => Some(feeds::robots(&reader).into_bytes()),
        Job::Stylesheet { name } => {
            if let Some(found) = reader.asset_text(name).and_then(picture::of_file) {
                reader.report(found);
            }
            let text = stylesheet::output(&reader, name);
            Some(if text_file::is_picture(name) {
                text_file::picture(&reader, name, &text)
            } else {
                text.into_bytes()
            })
        }
        Job::Copy { from } => {
            if let Some(found) = reader.asset_text(from.as_str()).and_then(picture::of_file) {
                reader.report(found);
            }
            None
        }
        // Made by whoever has the bytes; what is wrong with the file is said where it is copied.
        Job::Photo { from, .. } => {
            reader.asset_text(from.as_str());
            None
        }
    };
    let is_page = path.extension() == "html";
    let bytes = if is_page { bytes.map(lean::lean) } else { bytes };
    Rendered { bytes, log: reader.finish() }
}

/// The template that makes a page for readers, by the name that is asked for, with the language; and whether the page has a text of its
/// own to show. None for jobs that make none.
pub fn template_of<'w>(world: &'w World, job: &Job) -> Option<(crate::site::LangIndex, &'w str, bool)> {
    let has = |name: &str| world.templates.resolve(name).is_some();
    Some(match job {
        Job::Page { lang, logical } => {
            let (_, node) = world.site.trees.get(*lang as usize)?.find(logical)?;
            let summary = &node.document.summary;
            let own = world.config.kinds.get(&summary.kind).and_then(|kind| kind.template.as_deref());
            (*lang, page::template_of(node, own, has), summary.word_count > 0)
        }
        Job::Print { lang, .. } => (*lang, "print.html", true),
        Job::Tag { lang, .. } => (*lang, "tag.html", false),
        Job::Tags { lang } => (*lang, "tags.html", false),
        Job::AToZ { lang } => (*lang, "a-z.html", false),
        Job::SiteMap { lang } => (*lang, "site-map.html", false),
        Job::Search { lang } if has("search.html") => (*lang, "search.html", false),
        Job::Finder { lang, .. } => (*lang, "finder.html", false),
        Job::NotFound => (0, "404.html", false),
        _ => return None,
    })
}

/// Makes a whole page from a template; a page that says so where it cannot be made. `body` is how long the largest
/// part of it is.
fn render_page(reader: &Arc<Reader>, name: &str, context: &Context, body: usize) -> Vec<u8> {
    // The frame around the body is much the same on each page, so room for the last one's spares copies of a page as it grows.
    // Few different sizes, so that the next page can have the memory of this one.
    let frame = folder_memo::folder_memo(reader, |memo| memo.frame);
    match render_bytes(reader, name, context, (body + frame).next_power_of_two()) {
        Some(bytes) => {
            folder_memo::folder_memo(reader, |memo| memo.frame = bytes.len().saturating_sub(body) + 64);
            bytes
        }
        None => error_page(reader, name).into_bytes(),
    }
}

/// Renders a template with the reader in the slot of its worker. Problems are reported; then the result is none.
pub(crate) fn render_template(reader: &Arc<Reader>, name: &str, context: &Context) -> Option<String> {
    // Templates write text only.
    String::from_utf8(render_bytes(reader, name, context, 1024)?).ok()
}

/// Renders a template into a text that has room for `size` bytes at first.
fn render_bytes(reader: &Arc<Reader>, name: &str, context: &Context, size: usize) -> Option<Vec<u8>> {
    let world = reader.unrecorded().clone();
    let Some(full) = reader.template(name).map(str::to_string) else {
        reader.report(missing::template(reader, name));
        return None;
    };
    if world.templates.broken_part(name).is_some() {
        // The template's own fault was reported when it was loaded.
        return None;
    }
    let tera = reader.tera()?;
    let slot = reader.instance();
    let before = world.slots.replace(slot, Some(reader.clone()));
    let reads = reader.made_for(&full);
    let made = bounded(size, |out| tera.render_to(&full, context, out));
    reader.set_reads(reads);
    world.slots.replace(slot, before);
    match made {
        Ok(text) => Some(unlink::unlinked(text)),
        Err(error) => {
            match crate::template::diagnose(&error, &full, &world.templates) {
                Some(found) => reader.report(found),
                None => {
                    reader.report(Diagnostic::site(code::TEMPLATE_RENDER, Severity::Error, error.to_string()))
                }
            }
            None
        }
    }
}

/// Maximum number of bytes that a template writes beyond twice what it was given to show: one that writes more does so by
/// mistake, perhaps without end.
const MAX_EXTRA_BYTES: usize = 64 << 20;

/// What `write` writes into a text that has room for `size` bytes at first: as much as its parts are long. An error when it is more
/// than [`MAX_EXTRA_BYTES`] allows.
fn bounded(size: usize, write: impl FnOnce(&mut Bounded) -> TeraResult<()>) -> TeraResult<Vec<u8>> {
    let limit = MAX_EXTRA_BYTES.saturating_add(size.saturating_mul(2));
    let mut out = Bounded { text: Vec::with_capacity(size), limit };
    match write(&mut out) {
        Ok(()) => Ok(out.text),
        Err(_) if out.text.len() >= limit => {
            Err(tera::Error::message(format!("More than {} MB were written for one output", limit >> 20)))
        }
        Err(error) => Err(error),
    }
}

/// A text that grows up to a bound.
struct Bounded {
    text: Vec<u8>,
    /// Maximum length, in bytes.
    limit: usize,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.get(..self.limit - self.text.len()).unwrap_or(bytes);
        self.text.extend_from_slice(taken);
        // With nothing taken the writer gives up.
        Ok(taken.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The title of what stands in place of a page that could not be made.
pub const NOT_MADE: &str = "<title>This page could not be made</title>";

/// A page in place of one whose template failed: it names the template and asks to look at the messages.
pub(crate) fn error_page(reader: &Reader, template: &str) -> String {
    let world = reader.unrecorded();
    let name = match world.templates.broken_part(template) {
        Some(file) => file.path.to_string(),
        None => world
            .templates
            .resolve(template)
            .and_then(|n| world.templates.file(n))
            .map_or(template.to_string(), |f| f.path.to_string()),
    };
    let mut shown = String::new();
    crate::source::html::text(&name, &mut shown);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">{NOT_MADE}</head>\
         <body><main><h1>This page could not be made</h1><p>The template <code>{shown}</code> has a fault. \
         The messages of Guidepost say where.</p></main></body></html>\n"
    )
}

/// The color tokens of the site's brand as templates see them: readable shades for light and dark. A color that cannot
/// be read was reported when the settings were; then the theme's own colors hold.
pub(crate) fn brand_tokens(config: &crate::config::Config) -> tera::Value {
    let color = config.brand_color.as_ref().and_then(|(color, _)| crate::config::brand::Color::parse(color));
    let tokens = |color| crate::config::brand::tokens(color, config.grounds);
    color.map_or_else(tera::Value::none, |color| tera::Value::from_serializable(&tokens(color)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_is_long_by_its_parts_may_be_longer() {
        let part = vec![b'a'; 1 << 20];
        let write =
            |out: &mut Bounded| (0..100).try_for_each(|_| out.write_all(&part).map_err(tera::Error::message));
        assert!(bounded(1024, write).unwrap_err().to_string().contains("64 MB"));
        assert_eq!(bounded(40 << 20, write).unwrap().len(), 100 << 20);
    }
}
