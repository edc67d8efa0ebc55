//! Headings: ids, the outline, and where a new section or entry begins.
//!
//! An explicit `{#id}` is kept as it is; other ids are slugs of the text, a repeat getting `-2`, `-3`.
//! Explicit ids are reserved before the walk, so that an earlier heading of the same words cannot take one.
//! A `#` heading is written as `h2` (the title is the page's `h1`) and keeps level 1 in the outline.

use crate::diag::{Diagnostic, code};
use crate::document::{OwnedPlaceholder, StringTable};
use crate::markdown::writer::Writer;
use crate::markdown::{Flavor, slug};
use crate::source::Span;
use crate::source::html;
use pulldown_cmark::CowStr;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Ids that stand in the frame of a page: the link that skips the menu leads to one. No heading is given it.
pub const FRAME_IDS: [&str; 1] = ["main"];

/// All headings so far, and the open one.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Headings {
    pub anchors: StringTable,
    /// Level, id and title.
    pub outline: Vec<(u8, Box<str>, Box<str>)>,
    ids: FxHashMap<Box<str>, Taken>,
    open: Option<Open>,
}

#[derive(Debug, Default)]
struct Taken {
    /// The number that the next repeat tries.
    next: u32,
    /// Where an explicit id was given; none for ids made from text and for those only reserved.
    explicit: Option<Span>,
    /// Whether a heading bears it.
    used: bool,
}

#[derive(Debug)]
struct Open {
    level: u8,
    id: Option<Box<str>>,
    classes: String,
    starts_entry: bool,
    /// The id of raw HTML in the heading of an entry, whose markup is not kept.
    inner_id: Option<Box<str>>,
    html: usize,
    placeholders: usize,
}

impl Headings {
    pub fn new(source: &str, flavor: Flavor) -> Self {
        let mut headings = Headings::default();
        if flavor == Flavor::Guide {
            let taken = |id: &str| (id.into(), Taken { next: 2, ..Taken::default() });
            headings.ids.extend(FRAME_IDS.into_iter().map(taken));
            for at in memchr::memmem::find_iter(source.as_bytes(), b"{#") {
                let rest = &source[at + 2..];
                let end =
                    rest.bytes().take(400).position(|b| matches!(b, b'}' | b' ' | b'\t' | b'\n' | b'\r'));
                if let Some(id) = end.map(|e| &rest[..e]).filter(|id| !id.is_empty()) {
                    headings.ids.entry(id.into()).or_insert(Taken { next: 2, ..Taken::default() });
                }
            }
        }
        headings
    }

    /// A free id made of `text`.
    fn make(&mut self, text: &str) -> Box<str> {
        let mut base = slug(text);
        if base.is_empty() {
            base.push_str("section");
        }
        let Some(taken) = self.ids.get_mut(base.as_str()) else {
            let id: Box<str> = base.into();
            self.ids.insert(id.clone(), Taken { next: 2, explicit: None, used: true });
            return id;
        };
        let mut next = taken.next;
        let id = loop {
            let candidate = format!("{base}-{next}");
            next += 1;
            if !self.ids.contains_key(candidate.as_str()) {
                break candidate.into_boxed_str();
            }
        };
        if let Some(taken) = self.ids.get_mut(base.as_str()) {
            taken.next = next;
        }
        self.ids.insert(id.clone(), Taken { next: 2, explicit: None, used: true });
        id
    }
}

impl Writer<'_> {
    pub(in crate::markdown) fn heading(
        &mut self,
        level: u8,
        id: Option<&str>,
        classes: &[CowStr<'_>],
        range: &Range<usize>,
    ) {
        let starts_entry = self.before_heading(level, range);
        if self.guide() && !starts_entry {
            self.out.placeholder(OwnedPlaceholder::Section);
        }
        self.headings.open = Some(Open {
            level,
            id: id.filter(|id| !id.is_empty()).map(Into::into),
            classes: classes.join(" "),
            starts_entry,
            inner_id: None,
            html: self.out.html.len(),
            placeholders: self.out.placeholders.len(),
        });
        self.terms.blocked += 1;
        self.captured.clear();
        self.capture = true;
    }

    pub(in crate::markdown) fn heading_end(&mut self, range: &Range<usize>) {
        let Some(open) = self.headings.open.take() else { return };
        self.terms.blocked -= 1;
        self.capture = false;
        if !self.guide() {
            self.out.insert(open.html, &format!("<h{}>", open.level), open.placeholders);
            self.out.push(&format!("</h{}>\n", open.level));
            return;
        }
        let title = std::mem::take(&mut self.captured);
        let title = title.trim();
        let span = self.span(range);
        let id = match open.id.or(open.inner_id) {
            Some(id) => {
                self.explicit_id(&id, span);
                id
            }
            None => self.headings.make(title),
        };
        self.headings.anchors.push(&id);
        self.headings.outline.push((open.level, id.clone(), title.into()));
        if open.starts_entry {
            self.out.cut(open.html, open.placeholders);
            self.begin_entry(title, id, open.level, span);
            return;
        }
        let written = open.level.max(2);
        let mut tag = String::with_capacity(id.len() + 16);
        tag.push_str(
            ["<h2 id=\"", "<h3 id=\"", "<h4 id=\"", "<h5 id=\"", "<h6 id=\""][usize::from(written - 2)],
        );
        html::attribute(&id, &mut tag);
        if !open.classes.is_empty() {
            tag.push_str("\" class=\"");
            html::attribute(&open.classes, &mut tag);
        }
        tag.push_str("\">");
        self.out.insert(open.html, &tag, open.placeholders);
        self.out.push(["</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][usize::from(written - 2)]);
        self.after_heading(open.level, title);
    }

    /// Tells of a link or picture in the heading of an entry: that is a name, of which only the words are kept.
    pub(in crate::markdown) fn only_words_of(&mut self, thing: &str, range: &Range<usize>) {
        if self.headings.open.as_ref().is_some_and(|open| open.starts_entry) {
            let message = format!(
                "{thing} stands in the heading of an entry, and is not shown: the heading is the entry's name"
            );
            self.warning(code::ENTRY_HEADING, range, message, "Write it into the text below the heading.");
        }
    }

    /// An id in raw HTML: in the heading of an entry it becomes that of the entry.
    pub(in crate::markdown) fn id_for_entry(&mut self, id: &str) -> bool {
        let Some(open) = self.headings.open.as_mut().filter(|open| open.starts_entry) else { return false };
        open.inner_id.get_or_insert_with(|| id.into());
        true
    }

    /// Takes an id that raw HTML gives; false when the page has it already.
    pub(in crate::markdown) fn take_id(&mut self, id: &str, span: Span) -> bool {
        let taken = self.headings.ids.entry(id.into()).or_insert(Taken { next: 2, ..Taken::default() });
        if std::mem::replace(&mut taken.used, true) {
            return false;
        }
        taken.explicit = Some(span);
        self.headings.anchors.push(id);
        true
    }

    /// Takes an id that was written; a second heading with it is an error, and keeps it.
    fn explicit_id(&mut self, id: &str, span: Span) {
        let taken = self.headings.ids.entry(id.into()).or_insert(Taken { next: 2, ..Taken::default() });
        let first = taken.explicit;
        let used = std::mem::replace(&mut taken.used, true);
        taken.explicit.get_or_insert(span);
        if used {
            let mut d = Diagnostic::error(
                code::DUPLICATE_ANCHOR,
                self.options.path,
                span,
                format!("the id `{id}` stands twice on this page"),
            )
            .help("Give this heading another id: links can only lead to the first.");
            if let Some(first) = first {
                d = d.label(self.options.path, first, "first used here");
            }
            self.diagnostics.push(d);
        }
    }
}
