//! `guidepost list`: the pages of the guide with what other programs want to know of them: titles, addresses, kinds, days,
//! headings, links, entries.
//!
//! Drafts and pages that are not published now are listed as well, and say so. Nothing is built.

use super::Outcome;
use super::args::{Format, ListArgs};
use super::opened::{self, ReadOnlySite};
use super::report::{self, count};
use crate::render::{Plain, World};
use crate::site::{LangIndex, Node, Origin, Target, Translation, resolve};
use crate::source::Source;
use serde_json::{Value, json};

/// Runs the command.
pub fn run(args: &ListArgs) -> Outcome {
    let opened = match opened::open(&args.root, opened::Needs::Pages) {
        Ok(opened) => opened,
        Err(outcome) => return outcome,
    };
    let Some(world) = opened.engine.world() else { return Outcome::CouldNotRun };
    let languages = &world.config.languages;
    if let Some(lang) = &args.lang
        && !languages.iter().any(|l| l.code == *lang)
    {
        let known: Vec<&str> = languages.iter().map(|l| l.code.as_str()).collect();
        report::say(format_args!("{lang} is no language of this site. Its languages: {}.", known.join(", ")));
        return Outcome::CouldNotRun;
    }
    let mut pages = 0;
    for (lang, tree) in (0..).zip(&world.site.trees) {
        if args.lang.as_ref().is_some_and(|wanted| *wanted != *tree.code) {
            continue;
        }
        // A page that stands in for a missing translation is told where it is at home.
        let own = tree.nodes.iter().filter(|node| node.translation != Translation::Fallback);
        let mut own: Vec<&Node> = own.filter(|node| !node.document.made).collect();
        own.sort_by(|a, b| a.document.path.cmp(&b.document.path));
        for node in own {
            pages += 1;
            match args.format {
                Format::Json => report::tell(page(&opened, world, lang, node)),
                Format::Human => {
                    report::tell(format_args!("{}  {}", node.document.path, node.document.summary.title));
                }
            }
        }
    }
    if matches!(args.format, Format::Human) {
        report::say(format_args!("{}.", count(pages, "page", "pages")));
    }
    Outcome::Clean
}

/// A page as data.
fn page(opened: &ReadOnlySite, world: &World, lang: LangIndex, node: &Node) -> Value {
    let document = &node.document;
    let summary = &document.summary;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let body = world.bodies.body(document);
    let headings = body.iter().flat_map(|body| body.headings());
    let outline: Vec<Value> =
        headings.map(|h| json!({"id": h.id, "title": h.title, "level": h.level})).collect();
    let fields =
        summary.fields.iter().map(|(name, value)| (name.to_string(), crate::schema::json::data(value)));
    let entries = summary.entries.iter().map(|entry| {
        let fields = entry.fields.iter();
        let fields = fields.map(|(name, value)| (name.to_string(), crate::schema::json::data(value)));
        json!({"id": entry.id, "kind": entry.kind, "title": entry.title, "excerpt": entry.excerpt,
            "fields": fields.collect::<serde_json::Map<_, _>>()})
    });
    json!({
        "path": document.path.as_str(),
        "lang": &*document.lang,
        "address": &*node.address,
        "title": summary.title,
        "description": summary.description,
        "kind": summary.kind,
        "tags": summary.tags,
        "owner": summary.owner,
        "updated": day(summary.updated),
        "reviewed": day(summary.reviewed),
        "changes": summary.changes.iter().map(|noted| json!({"date": noted.date.to_string(), "text": noted.text})).collect::<Vec<_>>(),
        "publish": day(summary.publish),
        "expires": day(summary.expires),
        "draft": summary.draft,
        "hidden": !node.listed,
        "translation": crate::render::context::translation_name(node.translation),
        "words": summary.word_count,
        "fields": fields.collect::<serde_json::Map<_, _>>(),
        "outline": outline,
        "entries": entries.collect::<Vec<_>>(),
        "links": links(opened, world, lang, node),
    })
}

/// The links of a page: as written, with the line, and what they lead to inside the site.
fn links(opened: &ReadOnlySite, world: &World, lang: LangIndex, node: &Node) -> Vec<Value> {
    let document = &node.document;
    let Some(bytes) = opened.engine.page_bytes(&document.path) else { return Vec::new() };
    let source = Source::new(document.path.clone(), bytes);
    let config = opened.engine.config();
    let text = crate::document::page_text(&source, document, config.raw_html, &config.values);
    let places = crate::source::LineIndex::new(source.text.clone());
    let leads = |target: &str| {
        let from = Origin { path: document.path.as_str(), view: lang };
        match resolve(&Plain(world), from, target) {
            Target::Page { lang, page, .. } => {
                let node = world.site.trees.get(lang as usize).and_then(|tree| tree.node(page));
                node.map(|node| json!({"page": node.document.path.as_str()}))
            }
            Target::Made { address, .. } => Some(json!({"made": address})),
            Target::File { path, .. } => Some(json!({"file": path})),
            Target::External => Some(json!({"external": true})),
            Target::Nothing(_) => None,
        }
    };
    let one = |link: &crate::text::LinkAt| json!({"to": &*link.target, "line": places.position(link.span.start as usize).line, "leads": leads(&link.target)});
    text.links.iter().map(one).collect()
}
