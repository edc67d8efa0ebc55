//! The page at an address that was published and is over: what it was is gone, the way on is there.
//!
//! A theme without `over.html`, or without its texts, gives a plain page all the same: the day on which a page expires must
//! not stop a build.

use super::context::{self, map};
use super::fact::FactKind;
use super::page::{base_context, made_alternates, made_page};
use super::reader::Reader;
use crate::site::Node;
use crate::source::html;
use std::sync::Arc;
use tera::Value;

/// What is said in a theme that has no words for it.
const TITLE: &str = "This page is no longer offered";
const TEXT: &str = "The page that was here has been taken down.";

/// The section page nearest above a page that is published, the home page aside.
fn section<'r>(reader: &'r Reader, page: &str) -> Option<&'r Node> {
    let own = page.strip_suffix("index.md").map_or(page, |folder| folder.trim_end_matches('/'));
    let mut folder = own;
    while let Some(end) = folder.rfind('/') {
        folder = folder.get(..end)?;
        if let Some((_, node)) = reader.node(FactKind::Title, reader.lang, &format!("{folder}/index.md")) {
            return Some(node);
        }
    }
    None
}

/// The answer for the address of `page`.
pub fn over(reader: &Arc<Reader>, page: &str) -> Vec<u8> {
    let title = reader.text(reader.lang, "over_title", None).unwrap_or(TITLE).to_owned();
    let section = section(reader, page);
    if reader.template("over.html").is_none() {
        return plain(reader, &title, section).into_bytes();
    }
    let mut ctx = base_context(reader);
    ctx.insert_value("title", Value::from(title.as_str()));
    ctx.insert_value("page", made_page(reader, &title));
    let link = |node: &Node| {
        map! {"title": node.nav_title(), "url": reader.url(&node.address), "lang": &*node.document.lang,
        "dir": context::dir_of(reader, &node.document.lang)}
    };
    ctx.insert_value("section", section.map_or_else(Value::none, link));
    ctx.insert_value("alternates", made_alternates(reader, |_| false));
    super::render_page(reader, "over.html", &ctx, 0)
}

/// The same without a template.
fn plain(reader: &Reader, title: &str, section: Option<&Node>) -> String {
    let world = reader.unrecorded();
    let mut out =
        format!("<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">", reader.lang_code());
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.push_str("<meta name=\"robots\" content=\"noindex\"><title>");
    html::attribute(title, &mut out);
    out.push_str("</title></head><body><main><h1>");
    html::attribute(title, &mut out);
    out.push_str("</h1><p>");
    html::attribute(reader.text(reader.lang, "over_text", None).unwrap_or(TEXT), &mut out);
    out.push_str("</p>");
    let home = reader.home(reader.lang);
    for node in section.into_iter().chain(home) {
        out.push_str("<p><a href=\"");
        html::attribute(&reader.url(&node.address), &mut out);
        out.push_str("\">");
        html::attribute(node.nav_title(), &mut out);
        out.push_str("</a></p>");
    }
    let contact = &world.config.contact;
    let name = contact.name.as_ref().map(|name| name.get(reader.lang_code()));
    for line in [name, contact.phone.as_deref(), contact.email.as_deref()].into_iter().flatten() {
        out.push_str("<p>");
        html::attribute(line, &mut out);
        out.push_str("</p>");
    }
    out.push_str("</main></body></html>\n");
    out
}
