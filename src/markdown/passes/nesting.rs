//! The balance of raw HTML: which tags are open, what a tag ends, and what closes where its surroundings end.
//!
//! One stack for the page. Each tag belongs to a level: the markdown element and container it was opened in. It is closed
//! there, or where they end. Within a level the rules are those of the HTML standard: `<li>` ends the `<li>` before it, a
//! block ends a paragraph, `</table>` all in the table.

use super::raw::Stands;
use crate::markdown::elements::{Element, Shape, element};
use crate::markdown::writer::{MAX_NESTING, Writer};
use crate::source::html;
use pulldown_cmark::{CodeBlockKind, Tag, TagEnd};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The open tags.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Nesting {
    open: Vec<Open>,
    /// Number of links among them.
    links: u32,
    /// Number of tables among them.
    tables: u32,
    /// How many of each were told and left out, so that their ends are not told too.
    ghosts: FxHashMap<&'static str, u32>,
    /// Number of open markdown elements in which no block may stand.
    in_line: u32,
}

#[derive(Debug)]
struct Open {
    element: Element,
    level: u32,
    /// The tag's place in the body.
    range: Range<usize>,
}

impl Nesting {
    /// Whether any tag is open.
    pub fn any(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether code is open, which may look like anything.
    pub fn in_code(&self) -> bool {
        self.open.iter().any(|open| matches!(open.element.name, "code" | "kbd" | "pre" | "samp" | "var"))
    }

    /// Whether a link is open.
    pub fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Markdown begins in which there is perhaps no place for blocks.
    #[inline]
    pub fn begins(&mut self, tag: &Tag<'_>) {
        self.in_line += u32::from(is_line(tag.to_end()));
    }

    /// It ends.
    #[inline]
    pub fn ends(&mut self, tag: TagEnd) {
        self.in_line -= u32::from(is_line(tag));
    }

    /// Whether a table is open, but no cell of it, in what was opened at `floor` or deeper: a table there ends that one.
    fn in_bare_frame(&self, floor: u32) -> bool {
        let open = self.open.iter().rev().take_while(|open| open.level >= floor);
        let mut names = open.map(|open| open.element.name);
        names.find(|name| frame(name) || matches!(*name, "td" | "th" | "caption")).is_some_and(frame)
    }

    fn innermost(&self, level: u32) -> Option<&Open> {
        self.open.last().filter(|open| open.level == level)
    }

    /// The place in the stack of the innermost of `wanted` at `level`, unless one of `border` stands before it.
    fn find(
        &self,
        level: u32,
        wanted: impl Fn(&str) -> bool,
        border: impl Fn(&Element) -> bool,
    ) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.level != level {
                return None;
            }
            if wanted(open.element.name) {
                return Some(at);
            }
            if border(&open.element) {
                return None;
            }
        }
        None
    }
}

/// Whether no block may stand in it.
fn is_line(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::DefinitionListTitle
    )
}

/// Whether nothing beyond an element is ended from within it.
type Border = fn(&Element) -> bool;

/// What a tag written without its end is ended by, and how far that reaches.
fn ended_by(element: &Element) -> Option<(&'static [&'static str], Border)> {
    fn list(e: &Element) -> bool {
        e.shape == Shape::Part
            || e.shape == Shape::Block && !matches!(e.name, "address" | "div" | "p" | "li" | "dt" | "dd")
    }
    fn row(e: &Element) -> bool {
        matches!(e.name, "table" | "tr")
    }
    fn table(e: &Element) -> bool {
        e.name == "table"
    }
    fn ruby(e: &Element) -> bool {
        e.name == "ruby"
    }
    Some(match element.name {
        "li" => (&["li"], list),
        "dt" | "dd" => (&["dt", "dd"], list),
        "td" | "th" => (&["td", "th"], row),
        "tr" => (&["tr", "caption", "colgroup"], table),
        "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => {
            (&["tbody", "thead", "tfoot", "caption", "colgroup"], table)
        }
        "rt" | "rp" => (&["rt", "rp"], ruby),
        _ => return None,
    })
}

/// Beyond these nothing is closed from within.
fn cell(element: &Element) -> bool {
    matches!(element.name, "table" | "td" | "th" | "caption")
}

/// A part of a table that holds no text itself.
fn frame(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "colgroup")
}

impl Writer<'_> {
    /// The level of what is opened just here.
    pub(in crate::markdown) fn level(&self) -> u32 {
        self.depth + self.containers.depth() + 1
    }

    /// Whether the element may stand here; ends what it ends. What may not is told.
    pub(in crate::markdown) fn fits(
        &mut self,
        element: &Element,
        tag: &html::Tag<'_>,
        stands: Stands,
    ) -> bool {
        let block = !matches!(element.shape, Shape::Inline | Shape::Void);
        let nesting = &self.raw.nesting;
        let name = element.name;
        let fault = if block && stands == Stands::InLine && nesting.in_line > 0 {
            Some((
                format!("`<{name}>` cannot stand within a line of text and is left out"),
                "Begin a new line with it, after an empty line.",
            ))
        } else if name == "a" && (self.links.is_open() || nesting.in_link()) {
            Some((
                "a link cannot stand in another link".into(),
                "Close the first with `</a>` before this one.",
            ))
        } else if name == "table" && nesting.in_bare_frame(self.table.cell_level) {
            Some(("this `<table>` stands in a table, but in no cell of it, and is left out".into(), IN_FRAME))
        } else if matches!(element.shape, Shape::Part | Shape::Column) && nesting.tables == 0 {
            Some((
                format!("`<{name}>` stands outside a table and is left out"),
                "Write `<table>` before it and `</table>` after it.",
            ))
        } else {
            None
        };
        let deep = nesting.open.len() >= MAX_NESTING as usize;
        if fault.is_some() || deep {
            if element.ends() {
                *self.raw.nesting.ghosts.entry(name).or_default() += 1;
            }
            match fault {
                Some((message, help)) => self.html_unfit(&tag.range(), &message, help),
                None => {
                    let place = self.html_place(&tag.range());
                    self.too_deep(&place);
                }
            }
            return false;
        }
        let level = self.level();
        if let Some((ended, border)) = ended_by(element)
            && let Some(at) = self.raw.nesting.find(level, |n| ended.contains(&n), border)
        {
            self.close_down_to(at);
        }
        if matches!(element.shape, Shape::Block | Shape::Rule) {
            self.end_raw_paragraph(level);
        }
        true
    }

    /// Takes up a tag that was just written.
    pub(in crate::markdown) fn opened(&mut self, element: Element, tag: &html::Tag<'_>) {
        let (level, range) = (self.level(), self.html_place(&tag.range()));
        self.raw.nesting.links += u32::from(element.name == "a");
        self.raw.nesting.tables += u32::from(element.name == "table");
        self.terms.blocked += u32::from(element.no_terms());
        self.raw.nesting.open.push(Open { element, level, range });
    }

    /// A closing tag.
    pub(in crate::markdown) fn close_tag(&mut self, name: &str, range: &Range<usize>) {
        // What is not allowed was told where it was opened.
        let Some(element) = element(name) else { return };
        if name == "br" {
            return self.out.push("<br>");
        }
        if !element.ends() {
            return;
        }
        let part = element.shape == Shape::Part || name == "table";
        let border = |e: &Element| if part { e.name == "table" } else { cell(e) };
        let level = self.level();
        if let Some(at) = self.raw.nesting.find(level, |n| n == name, border) {
            return self.close_down_to(at);
        }
        if let Some(ghosts) = self.raw.nesting.ghosts.get_mut(element.name).filter(|ghosts| **ghosts > 0) {
            *ghosts -= 1;
            return;
        }
        if name == "p" {
            return self.html_unfit(
                range,
                "this `</p>` closes nothing: a `<p>` ends where a paragraph of markdown, a list or another block begins",
                "Write `<div>` and `</div>` around blocks; a paragraph of markdown needs neither.",
            );
        }
        let elsewhere = self.raw.nesting.open.iter().any(|open| open.element.name == name);
        if elsewhere {
            self.html_unfit(
                range,
                &format!("this `</{name}>` closes nothing: its `<{name}>` stands outside what it stands in"),
                "Put both on lines of their own, indented alike: not one in a paragraph, list, quote, container or cell and the other not.",
            );
        } else {
            self.html_unfit(
                range,
                &format!("this `</{name}>` closes nothing"),
                &format!("Remove it, or write `<{name}>` where it begins."),
            );
        }
    }

    /// A block of markdown begins: a raw paragraph ends, and a table has no place for it.
    #[inline]
    pub(in crate::markdown) fn interrupt_raw(&mut self, block: Option<&Tag<'_>>, range: &Range<usize>) {
        if self.raw.nesting.any() {
            self.raw_interrupted(matches!(block, Some(Tag::Table(_))), range);
            if let Some(Tag::CodeBlock(CodeBlockKind::Indented)) = block {
                self.check_indented(range);
            }
        }
    }

    /// Indented code among raw HTML: perhaps it was to be HTML too.
    fn check_indented(&mut self, range: &Range<usize>) {
        let code = &self.source[range.clone()];
        let lead = code.len() - code.trim_start().len();
        let first = code[lead..].lines().next().unwrap_or("").trim_end();
        let name = first.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if first.starts_with('<') && element(&name.to_ascii_lowercase()).is_some() {
            let start = range.start + lead;
            self.html_unfit_at(
                &(start..start + first.len()),
                "this HTML is shown as code, since its line is indented by four spaces or more after an empty line",
                "Begin the line at the margin, or take the empty line before it away.",
            );
        }
    }

    /// A table ends a raw one that it stands in without a cell, as in every browser: what follows is told to be in no table.
    fn raw_interrupted(&mut self, is_table: bool, range: &Range<usize>) {
        let level = self.level();
        self.end_raw_paragraph(level);
        if let Some(open) = self.raw.nesting.innermost(level)
            && frame(open.element.name)
        {
            let message = in_frame(open.element.name);
            let start = range.start;
            let line =
                self.source[start..range.end.max(start)].find(['\n', '\r']).map_or(range.end, |n| start + n);
            self.html_unfit_at(&(start..line), &message, IN_FRAME);
            if is_table && let Some(at) = self.raw.nesting.find(level, |n| n == "table", cell) {
                self.close_down_to(at);
                // Its own end is not told to close nothing.
                *self.raw.nesting.ghosts.entry("table").or_default() += 1;
            }
        }
    }

    /// Text of a piece of HTML: a table has no place for it but in cells.
    pub(in crate::markdown) fn stray_text(&mut self, text: &str, range: &Range<usize>) {
        let level = self.level();
        if let Some(open) = self.raw.nesting.innermost(level)
            && frame(open.element.name)
            && !text.trim().is_empty()
        {
            let message = in_frame(open.element.name);
            let lead = text.len() - text.trim_start().len();
            let end = range.start + text.trim_end().len();
            self.html_unfit(&(range.start + lead..end.min(range.end)), &message, IN_FRAME);
        }
    }

    fn end_raw_paragraph(&mut self, level: u32) {
        if let Some(at) = self.raw.nesting.find(level, |n| n == "p", cell) {
            self.close_down_to(at);
        }
    }

    /// Closes the open tag of that number, and those in it.
    fn close_down_to(&mut self, at: usize) {
        while self.raw.nesting.open.len() > at + 1 {
            self.close_unclosed();
        }
        self.close_innermost();
    }

    /// Closes the raw tags that were opened at `level` or deeper.
    pub(in crate::markdown) fn close_raw(&mut self, level: u32) {
        self.raw.silence_ends();
        while self.raw.nesting.open.last().is_some_and(|open| open.level >= level) {
            self.close_unclosed();
        }
    }

    /// Closes the innermost tag, whose end is not written.
    fn close_unclosed(&mut self) {
        if let Some(open) = self.raw.nesting.open.last()
            && !open.element.end_is_optional()
        {
            let (name, range) = (open.element.name, open.range.clone());
            self.html_unfit_at(
                &range,
                &format!("this `<{name}>` is not closed; Guidepost ends it where its surroundings end"),
                &format!("Write `</{name}>` where it ends: in the same paragraph, list item, cell, container or entry."),
            );
        }
        self.close_innermost();
    }

    fn close_innermost(&mut self) {
        let Some(open) = self.raw.nesting.open.pop() else { return };
        let name = open.element.name;
        self.raw.nesting.links -= u32::from(name == "a");
        self.raw.nesting.tables -= u32::from(name == "table");
        self.terms.blocked -= u32::from(open.element.no_terms());
        self.out.push("</");
        self.out.push(name);
        self.out.push(">");
    }
}

fn in_frame(name: &str) -> String {
    format!("this stands in `<{name}>`, but in no cell: browsers show it outside the table")
}

const IN_FRAME: &str = "Write `<tr><td>` before it and `</td></tr>` after it, with an empty line between.";
