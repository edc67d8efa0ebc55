//! From an address as written to one as seen from the output, or to a problem at its place.
//!
//! What an address leads to is decided by `site::resolve`, for which the reader answers here: so each look-up is recorded.

use super::fact::{Fact, FactKind};
use super::headings;
use super::plain::Plain;
use super::reader::Reader;
use super::unlink;
use super::world::AssetEntry;
use crate::config::Language;
use crate::diag::{Code, Diagnostic, Severity, closest, code};
use crate::document::Document;
use crate::plan::Job;
use crate::site::{
    self, Advice, Anchor, Asked, EntryAt, LangIndex, LeftOut, Lookup, Node, NodeIndex, Nothing, Origin,
    Target,
};
use crate::source::{SourcePath, Span, address, nfc, url_escape};
use std::sync::Arc;

/// Where a link leads.
pub enum Link<'r> {
    /// To a page, perhaps to an anchor of it.
    Page {
        /// The address with the anchor.
        href: String,
        /// The page.
        node: &'r Node,
    },
    /// To a file.
    File {
        /// The address.
        href: String,
        /// Type and size for people: `PDF, 120 KB`.
        about: String,
    },
    /// To a page or feed that Guidepost makes.
    Made {
        /// The address with the anchor.
        href: String,
        /// What makes it.
        job: &'r Job,
    },
    /// Out of the site: the address stays as it is.
    External,
    /// To what is not published now, which was told: the words stand without a link.
    LeftOut,
    /// Nowhere; the problem was reported.
    Broken,
}

/// The output address that the relative address `path` leads to from the output `base`; `path` has no anchor.
pub fn address_of(base: &str, path: &str) -> String {
    let folder = base.rfind('/').map_or("", |i| &base[..=i]);
    let decoded = address::decode(path);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut target = parts.join("/");
    if decoded.ends_with('/') && !target.is_empty() {
        target.push('/');
    }
    target
}

/// Size for people, in units of 1,000 as file managers show it.
pub fn size_text(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, (bytes % 1_000_000) / 100_000),
    }
}

impl Lookup for Reader {
    fn languages(&self) -> &[Language] {
        &self.unrecorded().config.languages
    }

    fn prefixes(&self) -> crate::source::Prefixes {
        self.unrecorded().config.prefixes
    }

    fn page(&self, lang: LangIndex, logical: &str) -> Option<NodeIndex> {
        self.node(FactKind::Address, lang, logical).map(|(index, _)| index)
    }

    fn left_out(&self, lang: LangIndex, logical: &str) -> Option<Arc<LeftOut>> {
        Reader::left_out(self, lang, logical)
    }

    fn anchor(&self, lang: LangIndex, page: NodeIndex, anchor: &str) -> Option<String> {
        let node = self.at(FactKind::Address, lang, page)?;
        let own = Reader::anchor(self, lang, page, node, anchor).map(str::to_owned);
        own.or_else(|| headings::id(self, lang, node, anchor))
    }

    fn file(&self, path: &str) -> bool {
        self.asset(path).is_some()
    }

    fn made(&self, address: &str) -> bool {
        Reader::made(self, address).is_some()
    }

    fn would_be_made(&self, address: &str) -> bool {
        Reader::would_be_made(self, address)
    }
}

/// Whether that is no fault of who wrote the address: what it leads to is not published now.
pub fn is_left_out(why: &Nothing) -> bool {
    matches!(why, Nothing::LeftOut(_) | Nothing::Unmade(_))
}

/// Where addresses in `document` are written, for this output.
fn origin<'d>(reader: &Reader, document: &'d Document) -> Origin<'d> {
    Origin { path: document.path.as_str(), view: reader.lang }
}

/// What to say of an address that leads nowhere. It depends on all names, whatever is looked up.
fn advice(reader: &Reader, from: Origin<'_>, written: &str, why: &Nothing, asked: Asked) -> Advice {
    let (names, moved) = reader.names();
    site::advise(&Plain(reader.unrecorded()), names, moved, from, written, why, asked)
}

/// Says that the address `written` at `span` in `document` leads nowhere.
fn report(reader: &Reader, document: &Document, written: &str, span: Span, why: &Nothing, asked: Asked) {
    let advice = advice(reader, origin(reader, document), written, why, asked);
    let left_out = is_left_out(why);
    let (code, severity) = match asked {
        Asked::Picture => (code::MISSING_IMAGE, Severity::Error),
        _ if left_out => (code::LINK_TO_LEFT_OUT, Severity::Warning),
        _ if advice.outside => (code::OUTSIDE_SITE, Severity::Error),
        _ => (code::BROKEN_LINK, Severity::Error),
    };
    let found = Diagnostic::new(code, severity, &document.path, span, advice.message);
    reader.report(found.help(advice.help));
}

/// Resolves `written`, the address of a link at `span` in `document`, for this output.
pub fn resolve<'r>(reader: &'r Reader, document: &Document, written: &str, span: Span) -> Link<'r> {
    match site::resolve(reader, origin(reader, document), written) {
        Target::Page { lang, page, anchor } => {
            let Some(node) = reader.at(FactKind::Address, lang, page) else { return Link::Broken };
            match &anchor {
                Anchor::Missing(anchor) => {
                    missing_anchor(reader, document, (lang, page, node), (written, anchor), span)
                }
                Anchor::Id(id) if is_behind(reader, document, lang) => {
                    let languages = &reader.unrecorded().config.languages;
                    if site::language_of(languages, origin(reader, document), written) == reader.lang {
                        report_behind(reader, document, span, code::BROKEN_ANCHOR, (written, id), node);
                    }
                }
                _ => {}
            }
            Link::Page { href: page_href(reader, node, &anchor), node }
        }
        Target::Made { address, anchor } => match reader.made(&address) {
            Some(job) => Link::Made { href: with_anchor(reader.url(&address), anchor.as_deref()), job },
            None => Link::Broken,
        },
        Target::File { path, anchor } => match reader.asset(&path) {
            Some(asset) => {
                let href = with_anchor(reader.url(&asset.address), anchor.as_deref());
                let kind = asset.source.extension().to_uppercase();
                Link::File { href, about: format!("{kind}, {}", size_text(asset.size)) }
            }
            None => Link::Broken,
        },
        Target::External => Link::External,
        Target::Nothing(why) => {
            report(reader, document, written, span, &why, Asked::Link);
            if is_left_out(&why) { Link::LeftOut } else { Link::Broken }
        }
    }
}

/// The file that the address of a picture at `span` in `document` names; what names none is reported.
pub fn picture<'r>(
    reader: &'r Reader,
    document: &Document,
    written: &str,
    span: Span,
) -> Option<&'r AssetEntry> {
    let why = match site::resolve_file(reader, origin(reader, document), written) {
        Target::File { path, .. } => return reader.asset(&path),
        Target::Nothing(why) => why,
        _ => {
            let message = format!("The image \"{written}\" lies on another site.");
            reader.report(
                Diagnostic::error(code::MISSING_IMAGE, &document.path, span, message)
                    .help("Save the image into the content folder and name it here: a guide loads nothing from other sites."),
            );
            return None;
        }
    };
    report(reader, document, written, span, &why, Asked::Picture);
    None
}

/// What a template or a field names leads to nothing: what to say of it.
pub struct Lost {
    /// Why.
    pub why: Nothing,
    /// What to say.
    pub advice: Advice,
}

/// Whether something of `lang` stands in for what the translation `document` means: it names what its language lacks.
pub fn is_behind(reader: &Reader, document: &Document, lang: LangIndex) -> bool {
    reader.lang > 0 && lang == 0 && *document.lang == *reader.lang_code()
}

/// Says that the translation `document` names an id at `span`, in the words `written`, that only the original page `home` has.
pub fn report_behind(
    reader: &Reader,
    document: &Document,
    span: Span,
    code: Code,
    (written, id): (&str, &str),
    home: &Node,
) {
    let config = &reader.unrecorded().config;
    let name = |code: &str| config.language(code).map_or_else(|| code.to_owned(), |l| l.name.clone());
    let (own, main) = (name(reader.lang_code()), name(&home.document.lang));
    let message = format!("\"{written}\" is not there in {own} yet; readers are led to the page in {main}.");
    let folder = site::language_folder(&config.languages, reader.lang);
    let help = format!("Add it to content/{folder}{}, with the id {id}.", home.logical);
    reader.report(Diagnostic::warning(code, &document.path, span, message).help(help));
}

/// The attributes that mark a link's own words and what it leads to as another language than the text around.
pub fn marked(reader: &Reader, lang: &str, around: &str) -> String {
    if lang == around {
        return String::new();
    }
    format!(" lang=\"{lang}\" dir=\"{}\" hreflang=\"{lang}\"", super::context::dir_of(reader, lang))
}

/// A page, in which language it was found, and where on it.
pub type Found<'r> = (LangIndex, NodeIndex, &'r Node, Anchor);

/// The page that a template or a field names, from the content folder.
pub fn page_at<'r>(reader: &'r Reader, written: &str) -> Result<Found<'r>, Lost> {
    let why = match site::resolve(reader, Origin::root(reader.lang), written) {
        Target::Page { lang, page, anchor } => match reader.at(FactKind::Address, lang, page) {
            Some(node) => return Ok((lang, page, node, anchor)),
            None => Nothing::Outside,
        },
        Target::Nothing(why) => why,
        // A file, or a page without a source.
        _ => Nothing::Missing { lang: 0, logical: written.to_owned() },
    };
    Err(lost(reader, written, why))
}

fn lost(reader: &Reader, written: &str, why: Nothing) -> Lost {
    let advice = advice(reader, Origin::root(reader.lang), written, &why, Asked::Path);
    Lost { why, advice }
}

/// The address that a template asks for by a path from the content folder, or what to say when it leads nowhere.
pub fn href_at(reader: &Reader, written: &str) -> Result<String, String> {
    match site::resolve(reader, Origin::root(reader.lang), written) {
        Target::Page { lang, page, anchor } => {
            let node = reader.at(FactKind::Address, lang, page).ok_or("there is no such page")?;
            if let Anchor::Missing(anchor) = &anchor {
                let near = reader.near_anchor(lang, page, node, anchor);
                let near = near.map_or(String::new(), |near| format!("; did you mean #{near}?"));
                return Err(format!("{} has no heading \"{anchor}\"{near}", node.document.path));
            }
            Ok(page_href(reader, node, &anchor))
        }
        Target::Made { address, anchor } => Ok(with_anchor(reader.url(&address), anchor.as_deref())),
        Target::File { path, anchor } => {
            let asset = reader.asset(&path).ok_or("there is no such file")?;
            Ok(with_anchor(reader.url(&asset.address), anchor.as_deref()))
        }
        Target::External => Ok(written.to_owned()),
        Target::Nothing(why) if is_left_out(&why) => {
            let advice = lost(reader, written, why).advice;
            let found = match reader.unrecorded().templates.place_of("to", written) {
                Some((path, span)) => {
                    Diagnostic::warning(code::LINK_TO_LEFT_OUT, &path, span, advice.message).help(advice.help)
                }
                // The path is put together, or comes from data.
                None => Diagnostic::site(code::LINK_TO_LEFT_OUT, Severity::Warning, advice.message)
                    .help(format!("A template asks for link(to=\"{written}\"). {}", advice.help)),
            };
            reader.report(found);
            Ok(unlink::MARK.to_owned())
        }
        Target::Nothing(why) => {
            let path = address::parts(written).path;
            let better = lost(reader, written, why).advice.instead;
            // A file that a template makes may be meant as well.
            let made = reader.unrecorded().config.made_files.iter().map(|file| file.path.as_str());
            let better =
                closest(path, better.as_deref().into_iter().chain(made)).map(str::to_owned).or(better);
            let better = better.map_or(String::new(), |better| format!("; did you mean {better}?"));
            Err(format!("there is no page \"{path}\"{better}"))
        }
    }
}

/// What a menu leads to.
pub enum Place<'r> {
    /// A page.
    Page(&'r Node),
    /// A page or feed that Guidepost makes, or a file, by its name for readers.
    Other(String),
}

/// What the menu names by a path from the content folder, and its address; none when that leads nowhere, which is reported
/// with the plan.
pub fn place_at<'r>(reader: &'r Reader, written: &str) -> Option<(String, Place<'r>)> {
    match site::resolve(reader, Origin::root(reader.lang), written) {
        Target::Page { lang, page, anchor } => {
            let node = reader.at(FactKind::Title, lang, page)?;
            Some((page_href(reader, node, &anchor), Place::Page(node)))
        }
        Target::Made { address, anchor } => {
            let job = reader.made(&address)?;
            let name = made_title(reader, job).unwrap_or_else(|| written.to_owned());
            Some((with_anchor(reader.url(&address), anchor.as_deref()), Place::Other(name)))
        }
        Target::File { path, anchor } => {
            let asset = reader.asset(&path)?;
            let name = asset.source.file_name().to_owned();
            Some((with_anchor(reader.url(&asset.address), anchor.as_deref()), Place::Other(name)))
        }
        Target::External | Target::Nothing(_) => None,
    }
}

/// The address of a link in a text of the settings, escaped; none when it leads nowhere, which is reported with the plan.
pub fn from_root(reader: &Reader, written: &str) -> Option<String> {
    match site::resolve(reader, Origin::root(reader.lang), written) {
        Target::External => {
            let mut href = String::with_capacity(written.len());
            crate::source::html::attribute(written, &mut href);
            Some(href)
        }
        Target::Nothing(why) => is_left_out(&why).then(|| unlink::MARK.to_owned()),
        _ => place_at(reader, written).map(|(href, _)| href),
    }
}

/// The entry that a field or template names by its page and id: `path.md#id`. What the view's language lacks is taken from
/// the default language.
pub fn entry_at<'r>(reader: &'r Reader, written: &str) -> Result<(EntryAt, &'r Node), Option<Lost>> {
    let address::Parts { path, anchor: Some(anchor) } = address::parts(written) else { return Err(None) };
    let anchor = address::decode(anchor);
    let id = nfc(&anchor);
    let (lang, index, node, _) = page_at(reader, path).map_err(Some)?;
    let original = || reader.node(FactKind::Address, 0, &node.logical).map(|(index, node)| (0, index, node));
    let places = std::iter::once((lang, index, node));
    for (lang, index, node) in places.chain((lang > 0).then(original).flatten()) {
        reader.record(Fact::part(FactKind::Entry, lang, &node.logical, &id));
        let number = node.document.summary.entries.iter().position(|entry| *nfc(&entry.id) == *id);
        if let Some(number) = number {
            return Ok((EntryAt::new(lang, index, number as u32), node));
        }
    }
    let near = reader.near_anchor(lang, index, node, &id).map(|near| format!("{path}#{near}"));
    let help = near.as_ref().map_or_else(String::new, |near| format!("Did you mean {near}?"));
    let advice = Advice { message: String::new(), help, instead: near, outside: false };
    Err(Some(Lost { why: Nothing::Missing { lang, logical: node.logical.to_string() }, advice }))
}

/// A file beside pages by the path that a template names, counted from the file `from`.
pub fn file_at<'r>(reader: &'r Reader, from: &SourcePath, written: &str) -> Option<&'r AssetEntry> {
    match site::resolve_file(reader, Origin { path: from.as_str(), view: reader.lang }, written) {
        Target::File { path, .. } => reader.asset(&path),
        _ => None,
    }
}

/// What to add to the message that a template finds no such file: a question, or nothing.
pub fn file_hint(reader: &Reader, from: &SourcePath, written: &str) -> String {
    let origin = Origin { path: from.as_str(), view: reader.lang };
    let Target::Nothing(why) = site::resolve_file(reader, origin, written) else { return String::new() };
    let advice = advice(reader, origin, written, &why, Asked::Picture);
    advice.instead.map_or_else(String::new, |better| format!("; did you mean {better}?"))
}

/// The address of a page as seen from this output, with its anchor.
pub fn page_href(reader: &Reader, node: &Node, anchor: &Anchor) -> String {
    let here = reader.is_here(&node.address) && *anchor != Anchor::None;
    let path = if here { String::new() } else { reader.url(&node.address) };
    match anchor {
        Anchor::None => path,
        // What is missing on the page is looked for on it.
        Anchor::Top | Anchor::Missing(_) if here => "#".into(),
        Anchor::Top | Anchor::Missing(_) => path,
        Anchor::Id(anchor) => with_anchor(path, Some(anchor)),
    }
}

fn with_anchor(mut href: String, anchor: Option<&str>) -> String {
    if let Some(anchor) = anchor {
        href.push('#');
        url_escape(anchor, &mut href);
    }
    href
}

/// The title of a page that Guidepost makes, for a link without a text.
pub fn made_title(reader: &Reader, job: &Job) -> Option<String> {
    let text = |key: &str, fallback: &str| {
        Some(reader.text(reader.lang, key, None).map_or_else(|| fallback.to_owned(), str::to_owned))
    };
    match job {
        Job::Tag { lang, slug } => reader.tag(*lang, slug).map(|tag| tag.name.clone()),
        Job::Tags { .. } => text("tags_title", "Topics"),
        Job::AToZ { .. } => text("a_z_title", "A to Z"),
        Job::SiteMap { .. } => text("site_map_title", "Site map"),
        Job::Search { .. } => text("search_title", "Search"),
        Job::Finder { kind, chosen, .. } => {
            let world = reader.unrecorded();
            Some(super::lists::finder_title(reader, world.config.kinds.get(kind)?, chosen))
        }
        Job::Print { lang, section } => {
            let (_, node) = reader.node(FactKind::Title, *lang, section.as_deref().unwrap_or("index.md"))?;
            Some(node.document.summary.title.clone())
        }
        _ => None,
    }
}

fn missing_anchor(
    reader: &Reader,
    document: &Document,
    (lang, page, node): (LangIndex, NodeIndex, &Node),
    (written, anchor): (&str, &str),
    span: Span,
) {
    let path = &node.document.path;
    let message =
        format!("The link \"{written}\" leads to a heading \"{anchor}\" that {path} does not have.");
    let near = reader.near_anchor(lang, page, node, anchor).map(str::to_owned);
    let help = match near.or_else(|| headings::near(reader, lang, node, anchor)) {
        Some(near) => format!("Did you mean #{near}?"),
        None => "Give the heading an id, such as ## Who helps {#who}, or link to the page alone.".into(),
    };
    reader.report(Diagnostic::error(code::BROKEN_ANCHOR, &document.path, span, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_for_people() {
        assert_eq!(size_text(999), "999 B");
        assert_eq!(size_text(119_600), "120 KB");
        assert_eq!(size_text(2_340_000), "2.3 MB");
    }
}
