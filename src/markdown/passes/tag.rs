//! One opening tag of raw HTML: what is allowed of it is written, its addresses as placeholders, the rest is told.
//!
//! Every value is written anew and escaped, so whatever stood in it, the tag stays one tag.

use super::link::{Address, classify};
use super::raw::Stands;
use crate::diag::code;
use crate::document::{LinkPlaceholder, OwnedPlaceholder};
use crate::markdown::elements::{Element, Meaning, Shape, WITH_CONTENT, element};
use crate::markdown::writer::Writer;
use crate::source::html::{self, Attribute, Tag};
use std::ops::Range;

impl Writer<'_> {
    /// An opening tag.
    pub(in crate::markdown) fn open_tag(&mut self, tag: &Tag<'_>, stands: Stands) {
        let Some(element) = element(&tag.name()) else { return self.tell_element(tag, stands) };
        if !self.fits(&element, tag, stands) {
            return;
        }
        self.out.push("<");
        self.out.push(element.name);
        let mut dropped = Vec::new();
        for attribute in tag.distinct() {
            if !self.attribute(&element, tag, &attribute) {
                dropped.push(attribute);
            }
        }
        self.out.push(">");
        self.tell_attributes(&element, &dropped);
        if !element.ends() {
            if element.shape == Shape::Rule {
                self.out.push("\n");
            }
        } else if tag.closes_itself {
            // As it was meant: a browser would take it for an opening tag.
            self.out.push("</");
            self.out.push(element.name);
            self.out.push(">");
        } else {
            self.opened(element, tag);
        }
    }

    /// Writes an attribute, unless it is one that is not allowed.
    fn attribute(&mut self, element: &Element, tag: &Tag<'_>, attribute: &Attribute<'_>) -> bool {
        let name = attribute.name();
        let Some(meaning) = element.attribute(&name) else { return false };
        let value = attribute.value();
        let value = value.trim();
        match meaning {
            Meaning::Flag => {
                self.out.push(" ");
                self.out.push(&name);
            }
            Meaning::Text => self.plain_attribute(&name, value),
            Meaning::Id => {
                // `name` is how ids were once written, often beside the id.
                match tag.value("id").filter(|_| name == "name") {
                    Some(id) if id.trim() == value => {}
                    Some(_) => return false,
                    None => self.raw_id(tag, value),
                }
            }
            Meaning::Pictures => self.pictures(attribute),
            Meaning::Link | Meaning::Picture | Meaning::File => {
                self.address(element, &name, value, meaning, &attribute.range);
            }
        }
        true
    }

    fn plain_attribute(&mut self, name: &str, value: &str) {
        self.out.push(" ");
        self.out.push(name);
        self.out.push("=\"");
        html::attribute(value, &mut self.out.html);
        self.out.push("\"");
    }

    /// An id: links may lead to it.
    fn raw_id(&mut self, tag: &Tag<'_>, id: &str) {
        if id.is_empty() || id.contains(char::is_whitespace) {
            self.html_dropped(
                &tag.range(),
                &format!("the id \"{id}\" is left out: no link could lead to it"),
                "Write an id of small letters, digits and `-`.",
            );
            return;
        }
        let place = self.html_place(&tag.range());
        let span = self.span(&place);
        // The heading of an entry is written by a template, with one id.
        if self.id_for_entry(id) {
            return;
        }
        if self.take_id(id, span) {
            self.plain_attribute("id", id);
        } else {
            self.warning(
                code::HTML_ID,
                &place,
                format!("the id `{id}` is taken by something else on this page"),
                "Give it another id, or none.",
            );
        }
    }

    /// An address: one that leads elsewhere is written, one of this site is a placeholder.
    fn address(&mut self, element: &Element, name: &str, value: &str, meaning: Meaning, at: &Range<usize>) {
        let Some(placeholder) = self.address_placeholder(element, value, meaning, at) else { return };
        self.out.push(" ");
        self.out.push(name);
        self.out.push("=\"");
        match placeholder {
            Some(placeholder) => self.out.placeholder(placeholder),
            None => html::href(value, &mut self.out.html),
        }
        self.out.push("\"");
    }

    /// What is to stand for an address: a placeholder, or itself; none if it is not allowed, which is told.
    fn address_placeholder(
        &mut self,
        element: &Element,
        value: &str,
        meaning: Meaning,
        at: &Range<usize>,
    ) -> Option<Option<OwnedPlaceholder>> {
        let place = self.html_place(at);
        let loads = meaning != Meaning::Link;
        match classify(value) {
            Address::Relative => {
                let placeholder = LinkPlaceholder { target: value.into(), span: self.span(&place) };
                Some(Some(match meaning {
                    Meaning::Picture | Meaning::Pictures => OwnedPlaceholder::Source(placeholder),
                    _ if element.name == "a" => OwnedPlaceholder::Link(placeholder),
                    _ => OwnedPlaceholder::Address(placeholder),
                }))
            }
            Address::Absolute if !loads => Some(None),
            Address::Incomplete if !loads => {
                self.incomplete(value, &place);
                None
            }
            Address::Unsafe(what) if !loads || what != "//" => {
                let this = if loads { "file" } else { "link" };
                self.unsafe_address(this, &what, &place);
                None
            }
            _ => {
                let what = if meaning == Meaning::File { "file" } else { "image" };
                self.error(
                    code::MISSING_IMAGE,
                    &place,
                    format!("The {what} \"{value}\" lies on another site."),
                    "Save it into the content folder and name it here: a guide loads nothing from other sites.",
                );
                None
            }
        }
    }

    /// Pictures to choose from: `a.png 1x, b.png 2x`.
    fn pictures(&mut self, attribute: &Attribute<'_>) {
        let mut written = false;
        let Some(img) = element("img") else { return };
        for (address, what_for) in html::candidates(&attribute.value()) {
            let Some(Some(placeholder)) =
                self.address_placeholder(&img, address, Meaning::Pictures, &attribute.range)
            else {
                continue;
            };
            self.out.push(if std::mem::replace(&mut written, true) { ", " } else { " srcset=\"" });
            self.out.placeholder(placeholder);
            if !what_for.is_empty() {
                self.out.push(" ");
                html::attribute(what_for, &mut self.out.html);
            }
        }
        if written {
            self.out.push("\"");
        }
    }

    /// Says that an element is not allowed.
    fn tell_element(&mut self, tag: &Tag<'_>, stands: Stands) {
        let name = tag.name();
        let help = match &*name {
            "iframe" | "embed" | "object" | "frame" => {
                "Link to it instead: a guide loads nothing from other sites, and no page in a page."
            }
            "font" | "style" | "link" => "Remove it: the theme sets the look.",
            "svg" => "Save the drawing as a file beside the page, and show it as an image.",
            _ => "Remove it, or write it in markdown; a plain `<` is written `&lt;`.",
        };
        let message = if stands == Stands::AsBlock && WITH_CONTENT.contains(&&*name) {
            format!("`<{name}>` is left out, with all in it")
        } else {
            format!("the tag `<{name}>` is left out")
        };
        self.html_dropped(&tag.range(), &message, help);
    }

    /// Says which attributes are not allowed.
    fn tell_attributes(&mut self, element: &Element, dropped: &[Attribute<'_>]) {
        let (Some(first), Some(last)) = (dropped.first(), dropped.last()) else { return };
        let names: Vec<String> = dropped.iter().take(5).map(|a| format!("`{}`", a.name())).collect();
        let more = if dropped.len() > names.len() { " and more" } else { "" };
        let are = if dropped.len() > 1 { "are" } else { "is" };
        let message = format!("{}{more} of `<{}>` {are} left out", names.join(", "), element.name);
        let help = match &*first.name() {
            name if name.starts_with("on") => "Remove it: no page runs a program.",
            "style" | "bgcolor" | "color" | "face" => "Remove it: the theme sets the look.",
            "markdown" => "Remove it: markdown is read between tags where an empty line stands before it.",
            "target" => "Remove it: readers choose where a page opens.",
            _ => "Remove it: a guide has no use for it.",
        };
        self.html_dropped(&(first.range.start..last.range.end), &message, help);
    }
}
