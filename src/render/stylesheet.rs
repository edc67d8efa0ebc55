//! Stylesheets and scripts: what they name gets the address that it has in the site.
//!
//! A file that names others is made like a page, and its own name is made from its bytes: so it changes with what it names,
//! all the way down, and with nothing else. Files that name each other in a circle have one mark together, made from all
//! that they are apart from the names within the circle.

use super::fact::{Fact, FactKind};
use super::fragment;
use super::link::address_of;
use super::reader::Reader;
use super::world::{AssetEntry, World};
use crate::config::made_files::MadeFile;
use crate::diag::{Diagnostic, Severity, code};
use crate::site::CONTENT;
use crate::source::refs::{self, By, Reference};
use crate::source::{Hasher, SourcePath, Span};
use crate::template::TemplateFile;
use std::sync::Arc;
use tera::Context;

/// The folder of the output that assets lie in.
const ASSETS: &str = "assets/";

/// The folder of templates that are parts of others, and make nothing by themselves.
const PARTS: &str = "partials/";

/// Whether a template makes the stylesheet or file of that name.
pub fn has_template(world: &World, name: &str) -> bool {
    template(world, name).is_some()
}

/// The template that makes the stylesheet or file of that name, by its full name.
fn template<'w>(world: &'w World, name: &str) -> Option<&'w str> {
    if let Some(file) = hashed(world, name) {
        return world.templates.resolve(&file.template);
    }
    if name.ends_with(".css") && !name.starts_with(PARTS) { world.templates.resolve(name) } else { None }
}

/// The template that makes the stylesheet or file of that name.
pub fn template_file<'w>(world: &'w World, name: &str) -> Option<&'w TemplateFile> {
    world.templates.file(template(world, name)?)
}

/// The text file of that name which a template makes and whose name changes with its bytes.
pub(super) fn hashed<'w>(world: &'w World, name: &str) -> Option<&'w MadeFile> {
    world.config.made_files.iter().find(|file| file.hashed && file.path == name)
}

/// Whether the file of that name is made here, not copied.
pub fn is_made(world: &World, name: &str) -> bool {
    has_template(world, name) || world.assets.get(name).is_some_and(AssetEntry::is_made)
}

/// The files that are made here, each with its source.
pub fn all(world: &World) -> Vec<(String, SourcePath)> {
    let templates = world.templates.files().keys().filter_map(|full| {
        let name = world.templates.bare(full);
        (template(world, name) == Some(full.as_str())).then(|| name.to_owned())
    });
    let files = world.config.made_files.iter().filter(|file| file.hashed).map(|file| file.path.clone());
    let mut names: Vec<String> =
        templates.chain(files).chain(world.assets.naming().map(str::to_owned)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(|name| source(world, &name).map(|path| (name, path))).collect()
}

fn source(world: &World, name: &str) -> Option<SourcePath> {
    if let Some(full) = template(world, name) {
        return world.templates.file(full).map(|file| file.path.clone());
    }
    world.assets.get(name).map(|asset| asset.source.clone())
}

/// The text of the file and the mark of its name, when that is another than its bytes give; none when it cannot be made.
pub fn make(reader: &Arc<Reader>, name: &str) -> Option<(String, Option<u64>)> {
    let world = reader.unrecorded().clone();
    if let Some(full) = template(&world, name) {
        let of_page = || super::page::base_context(reader);
        let context = hashed(&world, name).map_or_else(Context::new, |_| of_page());
        let text = super::render_template(reader, full, &context)?;
        super::text_file::check(reader, full, text.as_bytes());
        let ending = name.rsplit('.').next().unwrap_or_default();
        let found = refs::of(ending, &text).unwrap_or_default();
        let weaver = Weaver { reader, name, circle: &[], mark: None };
        return Some((weaver.weave(&text, &found), None));
    }
    let (text, found) = written(reader, name)?;
    let Some(circle) = world.assets.circle(name) else {
        let weaver = Weaver { reader, name, circle: &[], mark: None };
        return Some((weaver.weave(&text, &found), None));
    };
    let mut hasher = Hasher::new();
    for member in circle {
        if let Some((text, found)) = written(reader, member) {
            let weaver = Weaver { reader, name: member, circle, mark: None };
            hasher.text(member).text(&weaver.weave(&text, &found));
        }
    }
    let mark = hasher.finish().low();
    let weaver = Weaver { reader, name, circle, mark: Some(mark) };
    Some((weaver.weave(&text, &found), Some(own_mark(mark, name))))
}

/// The mark in the name of one file of a circle.
fn own_mark(circle: u64, name: &str) -> u64 {
    Hasher::new().number(circle).text(name).finish().low()
}

/// A file as it was written, with what it names.
fn written(reader: &Reader, name: &str) -> Option<(String, Arc<[Reference]>)> {
    let asset = reader.asset_text(name)?;
    let text = String::from_utf8_lossy(asset.text.as_deref()?);
    if !asset.lean {
        return Some((text.into_owned(), asset.refs.clone()));
    }
    let text = refs::lean(&text);
    let found = refs::of("js", &text).unwrap_or_default();
    Some((text, found.into()))
}

/// Puts addresses into one file.
struct Weaver<'a> {
    reader: &'a Reader,
    name: &'a str,
    /// The files that this one stands in a circle with.
    circle: &'a [String],
    /// The mark of the circle; without one its names stay as they are.
    mark: Option<u64>,
}

impl Weaver<'_> {
    fn weave(&self, text: &str, found: &[Reference]) -> String {
        let mut out = String::with_capacity(text.len() + found.len() * 10);
        let mut done = 0;
        for reference in found {
            let Some((path, rest)) = reference.local() else { continue };
            let Some(address) = self.address(reference, path, text) else { continue };
            out.push_str(text.get(done..reference.range.start).unwrap_or(""));
            // Brackets would end an address without quotes.
            let url = self.reader.url(&address).replace('(', "%28").replace(')', "%29");
            if reference.by == By::Module && !url.starts_with('.') {
                out.push_str("./");
            }
            out.extend([&url, rest]);
            done = reference.range.end;
        }
        out.push_str(text.get(done..).unwrap_or(""));
        out
    }

    /// The address of what is named, if it is another than the one that is written.
    fn address(&self, reference: &Reference, path: &str, text: &str) -> Option<String> {
        let base = if path.starts_with('/') { String::new() } else { format!("{ASSETS}{}", self.name) };
        let full = address_of(&base, path);
        let world = self.reader.unrecorded();
        let Some(name) = full.strip_prefix(ASSETS) else {
            let known = self.reader.asset(&format!("{CONTENT}{full}")).is_some();
            // What lies elsewhere on the host may be another website's.
            if !known && !path.starts_with('/') {
                self.dead(reference, &full, text);
            }
            return None;
        };
        let address = if self.circle.iter().any(|member| member == name) {
            fragment::marked(world, name, Some(own_mark(self.mark?, name)))
        } else {
            match fragment::made_address(self.reader, name) {
                Err(why) => {
                    let message = format!("{}: {why}.", reference.address);
                    self.report(
                        reference,
                        text,
                        Severity::Error,
                        code::TEMPLATE_RENDER,
                        message,
                        "Take one of these out.",
                    );
                    return None;
                }
                Ok(Some(address)) => address,
                Ok(None) => match self.reader.asset(name) {
                    Some(found) => found.address.to_string(),
                    None => {
                        if !self.reader.has_given(&full) {
                            self.dead(reference, &full, text);
                        }
                        return None;
                    }
                },
            }
        };
        (address != full).then_some(address)
    }

    /// Says that nothing lies at the address.
    fn dead(&self, reference: &Reference, full: &str, text: &str) {
        let (severity, by) = match reference.by {
            By::Import => (Severity::Error, "@import"),
            By::Module => (Severity::Error, "import"),
            By::Url => (Severity::Warning, "url()"),
            By::SourceMap => (Severity::Note, "sourceMappingURL"),
        };
        let message = format!("{by} names \"{}\", but there is no {full}.", reference.address);
        let help = "Put the file there, or correct the address: it counts from the folder of this file; upper and lower case matter.";
        self.report(reference, text, severity, code::MISSING_ASSET, message, help);
    }

    fn report(
        &self,
        reference: &Reference,
        text: &str,
        severity: Severity,
        code: crate::diag::Code,
        message: String,
        help: &str,
    ) {
        // In a circle each file is looked at for each member: its faults are told with its own name.
        if !self.circle.is_empty() && self.mark.is_none() {
            return;
        }
        let world = self.reader.unrecorded();
        let Some(path) = source(world, self.name) else { return };
        let span = if has_template(world, self.name) {
            // Where it stands in what was made says nothing; most addresses stand in the template as they are.
            let written = text.get(reference.range.clone()).unwrap_or("");
            let file = template(world, self.name).and_then(|full| world.templates.file(full));
            let at = file.and_then(|file| file.text.find(written));
            at.map_or(Span::default(), |at| Span::new(at, at + written.len()))
        } else {
            Span::new(reference.range.start, reference.range.end)
        };
        self.reader.report(Diagnostic::new(code, severity, &path, span, message).help(help));
    }
}

/// The bytes of a stylesheet or script that is made.
pub fn output(reader: &Reader, name: &str) -> String {
    reader.record(Fact::part(FactKind::Stylesheet, 0, name, fragment::TEXT));
    fragment::made(reader.unrecorded(), reader.worker, name).text.clone()
}
