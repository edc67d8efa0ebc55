//! Fills the placeholders of a body: links, images, terms, components, entries.
//!
//! One pass over the HTML, copying what lies between the placeholders. Components nest, so the body of a component is
//! filled by a recursive call whose depth the parser has limited.

use super::context;
use super::entry;
use super::fact::FactKind;
use super::footnotes::{Footnotes, List};
use super::headings::Written;
use super::link::{self, Link, resolve};
use super::reader::Reader;
use super::terms::{self, LinkedTerms};
use super::trail::Step;
use super::unlink;
use super::world::AssetEntry;
use crate::diag::{Diagnostic, Severity, code};
use crate::document::{Body, Document, ImagePlaceholder, LinkPlaceholder, PlaceholderKind};
use crate::site::{EntryAt, LangIndex, Node, NodeIndex};
use crate::source::{Format, Span, html};
use tera::Value;

/// How wide pictures in a text are shown, and those in a field: browsers that know their place on the page take that (`auto`).
const IN_TEXT: &str = "auto, (min-width: 48em) 46rem, 100vw";
const IN_FIELD: &str = "auto, 20rem";

/// Fills one document's body for one output.
pub struct Fill<'r> {
    pub(super) reader: &'r Reader,
    pub(super) document: &'r Document,
    /// The page, for the entries in it.
    node: &'r Node,
    index: NodeIndex,
    /// Language whose glossary the text is read with: that of the document.
    text_lang: LangIndex,
    glossary: Option<&'r crate::site::Tree>,
    seen: LinkedTerms,
    /// The body of the page, once it is known.
    page: Option<&'r Body>,
    footnotes: Footnotes<'r>,
    /// `page` as the templates see it that were called so far, by what they read.
    values: Vec<(u64, Value)>,
    /// The headings that components wrote so far.
    pub(super) headings: Vec<Written>,
}

impl<'r> Fill<'r> {
    /// Prepares to fill bodies of the document of `node`.
    pub fn new(reader: &'r Reader, index: NodeIndex, node: &'r Node) -> Self {
        let document: &'r Document = &node.document;
        let languages = &reader.unrecorded().config.languages;
        let text_lang = languages.iter().position(|l| *l.code == *document.lang).unwrap_or(0) as LangIndex;
        let glossary = if document.summary.glossary { reader.glossary(text_lang) } else { None };
        Fill {
            reader,
            document,
            node,
            index,
            text_lang,
            glossary,
            seen: LinkedTerms::default(),
            page: None,
            footnotes: Footnotes::default(),
            values: Vec::new(),
            headings: Vec::new(),
        }
    }

    /// The page's own body, with its footnotes at the end.
    pub fn page(self, body: &'r Body) -> String {
        self.page_and_headings(body).0
    }

    /// The same, with the headings that components wrote.
    pub fn page_and_headings(mut self, body: &'r Body) -> (String, Vec<Written>) {
        self.page = Some(body);
        self.footnotes = Footnotes::own(body);
        let mut out = String::with_capacity(body.html.len() + body.html.len() / 4);
        self.run(body, 0, 0, &mut out);
        self.notes().write(&mut out);
        self.reader.record_words(self.seen.words.all());
        (unlink::words(out), self.headings)
    }

    /// The body of one entry of the page, for showing the entry by itself, and the footnotes that it mentions, numbered
    /// from `first` on. `around` is the language of the text there.
    pub fn entry(
        mut self,
        number: u32,
        page: &'r Body,
        body: &Body,
        first: u32,
        around: &str,
    ) -> (String, List) {
        let lang = &*self.document.lang;
        let attributes = match lang == around {
            true => String::new(),
            false => format!(" lang=\"{lang}\" dir=\"{}\"", context::dir_of(self.reader, lang)),
        };
        self.page = Some(page);
        self.footnotes = Footnotes::mentioned(page, first, attributes);
        let mut out = String::with_capacity(body.html.len() + body.html.len() / 4);
        self.entry_body(number, body, &mut out);
        self.seen.own = Some(self.own_term(number));
        let notes = self.notes();
        self.reader.record_words(self.seen.words.all());
        (unlink::words(out), notes)
    }

    /// The footnotes that are shown.
    fn notes(&mut self) -> List {
        self.seen.linked.clear();
        let mut texts = Vec::new();
        // A note may mention others.
        while let Some(note) = self.footnotes.at(texts.len()) {
            let mut text = String::new();
            self.run(note, 0, 0, &mut text);
            texts.push(unlink::words(text));
        }
        self.footnotes.list(texts)
    }

    fn entry_body(&mut self, number: u32, body: &Body, out: &mut String) {
        let (reader, page) = (self.reader, self.node.logical.clone());
        let id = self.document.summary.entries.get(number as usize).map_or("", |e| &*e.id).into();
        let _going = reader.go(Step::Entry { lang: reader.lang, page, id });
        self.seen.linked.clear();
        self.seen.own = Some(self.own_term(number));
        self.run(body, 0, 0, out);
        self.seen.own = None;
    }

    /// The identity of an entry in the glossary of the text's language.
    fn own_term(&self, number: u32) -> EntryAt {
        let index = if self.text_lang == self.reader.lang {
            Some(self.index)
        } else {
            self.glossary.and_then(|t| t.find(&self.node.logical)).map(|(i, _)| i)
        };
        EntryAt::new(self.text_lang, index.unwrap_or(NodeIndex::MAX), number)
    }

    /// Copies from byte `from` and placeholder number `next` on, until the end or the `Close` of this level; gives where it stopped.
    fn run(&mut self, body: &Body, mut next: usize, mut from: usize, out: &mut String) -> (usize, usize) {
        while let Some(placeholder) = body.placeholders.get(next) {
            let at = placeholder.at;
            out.push_str(body.html.get(from..at).unwrap_or(""));
            from = at;
            next += 1;
            match placeholder.kind {
                PlaceholderKind::Text { len } => {
                    let end = at + len;
                    if self.glossary.is_some() {
                        self.text(body.html.get(at..end).unwrap_or(""), out);
                        from = end;
                    }
                }
                PlaceholderKind::Section => self.seen.linked.clear(),
                PlaceholderKind::Link(link) => from += self.link(link, out),
                PlaceholderKind::LinkText(link) => self.link_text(link, out),
                PlaceholderKind::Address(link) => from += self.address(link, out),
                PlaceholderKind::Source(link) => self.source(link, out),
                PlaceholderKind::Image(image) => self.image(image, IN_TEXT, out),
                PlaceholderKind::Note(number) => self.footnotes.mention(number, out),
                PlaceholderKind::Close => return (next, from),
                PlaceholderKind::Open(component) => {
                    let mut inner = String::new();
                    (next, from) = self.run(body, next, from, &mut inner);
                    self.component(component, &inner, out);
                }
                PlaceholderKind::Entry(number) => {
                    if let Some(entry) = body.entries.get(number as usize) {
                        let mut inner = String::new();
                        self.entry_body(number, entry, &mut inner);
                        self.show_entry(number, inner, out);
                    }
                }
            }
        }
        out.push_str(body.html.get(from..).unwrap_or(""));
        (next, body.html.len())
    }

    fn text(&mut self, text: &str, out: &mut String) {
        let Some(tree) = self.glossary else { return };
        let (reader, around) = (self.reader, &*self.document.lang);
        let mut open = |term: EntryAt, out: &mut String| {
            // The term as the view's language has it: a translation that lacks it has no place to lead to.
            let Some((node, entry)) = reader.entry(reader.in_view(term)) else { return false };
            let same = reader.is_here(&node.address);
            out.push_str("<a class=\"term\" href=\"");
            if !same {
                out.push_str(&reader.url(&node.address));
            }
            out.push('#');
            crate::source::url_escape(&entry.id, out);
            out.push_str("\" data-term=\"");
            html::attribute(&entry.id, out);
            out.push('"');
            if *node.document.lang != *around {
                out.push_str(&format!(" hreflang=\"{}\"", node.document.lang));
            }
            out.push('>');
            reader.used_term(term);
            true
        };
        terms::link(text, &tree.glossary, &mut self.seen, out, &mut open);
    }

    /// Fills the address of a link; gives how many bytes of the HTML behind it are not to be copied.
    fn link(&mut self, link: &LinkPlaceholder, out: &mut String) -> usize {
        match resolve(self.reader, self.document, &link.target, link.span) {
            Link::Page { href, node } => {
                out.push_str(&href);
                if *node.document.lang != *self.document.lang {
                    out.push_str("\" hreflang=\"");
                    out.push_str(&node.document.lang);
                }
            }
            Link::File { href, about } => {
                out.push_str(&href);
                out.push_str("\" data-file=\"");
                html::attribute(&about, out);
            }
            Link::Made { href, .. } => out.push_str(&href),
            Link::External => html::attribute(&link.target, out),
            Link::LeftOut => out.push_str(unlink::MARK),
            Link::Broken => return without_address(out),
        }
        0
    }

    fn link_text(&mut self, link: &LinkPlaceholder, out: &mut String) {
        match resolve(self.reader, self.document, &link.target, link.span) {
            Link::Page { node, .. } => {
                let logical = node.logical.clone();
                if let Some((_, node)) = self.reader.node(FactKind::Title, self.reader.lang, &logical) {
                    html::attribute(&node.document.summary.title, out);
                }
            }
            Link::Made { job, .. } => {
                let title = link::made_title(self.reader, job);
                html::attribute(title.as_deref().unwrap_or(&link.target), out);
            }
            // It has no words, and the page's title is not published.
            Link::LeftOut => {
                let message = "This link has no words of its own, and the title of its page is not published: readers see nothing here.";
                let help = "Write between the square brackets what is to stand here until then.";
                let found = Diagnostic::warning(code::LINK_EMPTY, &self.document.path, link.span, message);
                self.reader.report(found.help(help));
            }
            _ => html::attribute(&link.target, out),
        }
    }

    /// An address in raw HTML.
    fn address(&mut self, link: &LinkPlaceholder, out: &mut String) -> usize {
        match resolve(self.reader, self.document, &link.target, link.span) {
            Link::Page { href, .. } | Link::File { href, .. } | Link::Made { href, .. } => {
                out.push_str(&href)
            }
            Link::External => html::attribute(&link.target, out),
            Link::LeftOut if is_link(out) => out.push_str(unlink::MARK),
            Link::LeftOut | Link::Broken => return without_address(out),
        }
        0
    }

    /// The address of a picture in raw HTML.
    fn source(&mut self, link: &LinkPlaceholder, out: &mut String) {
        match self.picture(&link.target, link.span) {
            Some(asset) => out.push_str(&self.reader.url(&asset.address)),
            None => html::attribute(&link.target, out),
        }
    }

    /// The picture that is named, if there is one; what is wrong with it is reported.
    fn picture(&self, src: &str, span: Span) -> Option<&'r AssetEntry> {
        let asset = link::picture(self.reader, self.document, src, span)?;
        let extension = asset.source.extension();
        if let Some(found) = super::picture::on_page(asset, src, &self.document.path, span) {
            let missing = found.severity == Severity::Error;
            self.reader.report(found);
            // Nothing of such a file is published: its words stand for it.
            if missing {
                return None;
            }
        } else if asset.dimensions.is_none() && extension != "svg" {
            let message = format!("The file \"{src}\" is not a picture that browsers can show.");
            let help = if Format::any_is_called(&extension) {
                "Open it in a picture program and save it again as PNG or JPEG."
            } else {
                "Link to it instead: the same without the `!`, with words that say what it is."
            };
            self.reader.report(
                Diagnostic::warning(code::BROKEN_IMAGE, &self.document.path, span, message).help(help),
            );
        }
        Some(asset)
    }

    /// Writes a picture. `sizes` says how wide it is shown, to browsers that do not find it out by themselves.
    fn image(&self, image: &ImagePlaceholder, sizes: &str, out: &mut String) {
        let Some(asset) = self.picture(&image.src, image.span) else {
            html::attribute(&image.alt, out);
            return;
        };
        out.push_str("<img src=\"");
        // Browsers that choose none get the one for the column of a page.
        let narrow = asset.narrow.get(1);
        out.push_str(&self.reader.url(narrow.map_or(&asset.address, |(_, address)| address)));
        if narrow.is_some() {
            out.push_str("\" srcset=\"");
            for (i, (width, address)) in asset.narrow.iter().enumerate() {
                let comma = if i > 0 { ", " } else { "" };
                out.push_str(&format!("{comma}{} {width}w", self.reader.url(address)));
            }
            out.push_str("\" sizes=\"");
            out.push_str(sizes);
        }
        out.push_str("\" alt=\"");
        html::attribute(&image.alt, out);
        out.push('"');
        if let Some((width, height)) = asset.dimensions {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if let Some(title) = &image.title {
            out.push_str(" title=\"");
            html::attribute(title, out);
            out.push('"');
        }
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// Writes the picture that a field names.
    pub(super) fn field_image(&self, src: &str, alt: &str, span: Span, out: &mut String) {
        self.image(&ImagePlaceholder { src: src.into(), alt: alt.into(), title: None, span }, IN_FIELD, out);
    }

    fn show_entry(&mut self, number: u32, inner: String, out: &mut String) {
        let Some(summary) = self.document.summary.entries.get(number as usize) else { return };
        let Some(template) = entry::template(self.reader, &summary.kind) else {
            let at = EntryAt::new(self.reader.lang, self.index, number);
            out.push_str(&entry::plain(self.reader, at, self.node, (&summary.id, summary.level), &inner));
            return;
        };
        let reads = self.reader.made_for(&template);
        let at = EntryAt::new(self.reader.lang, self.index, number);
        let value = entry::entry(self.reader, at, self.node, Some(inner));
        let page = self.page_value();
        let made = entry::through(self.reader, &template, value, page, summary.level);
        self.reader.set_reads(reads);
        out.push_str(&made);
    }

    /// `page` as the template sees it for which values are made; none for one that does not look at it.
    pub(super) fn page_value(&mut self) -> Value {
        let reads = self.reader.reads();
        if reads.as_deref().is_some_and(|reads| !reads.variable("page")) {
            return Value::none();
        }
        let hash = reads.as_deref().map_or(u64::MAX, |reads| reads.keys_hash());
        if let Some((_, value)) = self.values.iter().find(|(known, _)| *known == hash) {
            return value.clone();
        }
        // Where an entry is shown elsewhere, only the entry has been recorded.
        // One that a translation lacks is of the original's page.
        for lang in [self.reader.lang, self.text_lang] {
            self.reader.node(FactKind::Document, lang, &self.node.logical);
        }
        let value = context::page(
            self.reader,
            self.index,
            self.node,
            self.page.map(|body| body.headings().collect()),
        );
        self.values.push((hash, value.clone()));
        value
    }
}

/// Whether the tag at the end of `out` is that of a link.
fn is_link(out: &str) -> bool {
    let tag = out.rfind('<').and_then(|at| out.get(at..)).unwrap_or("");
    tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<a "))
}

/// Takes away the attribute whose value was to be written at the end of `out`, since its address leads nowhere: families get the
/// words without a link. Gives the length of what closes the attribute.
pub(super) fn without_address(out: &mut String) -> usize {
    let Some(start) = out.rfind(' ').filter(|at| out[*at..].ends_with("=\"")) else { return 0 };
    out.truncate(start);
    1
}
