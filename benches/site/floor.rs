//! The floor: what a static site cannot do without, and nothing else.
//!
//! It walks the folder, reads each file, reads the front matter with serde_yaml, turns markdown into HTML with
//! pulldown-cmark, puts it into one tera template with navigation, and writes it, on two threads. Pages, section pages
//! and pages of tags. It resolves no link, checks nothing, knows no languages, no glossary, no cache, and an output that
//! is broken off stays broken. Its page shows what the theme beside it (`theme/`) shows.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tera::{Context, Tera, Value};

const TEMPLATE: &str = include_str!("floor.html");

#[derive(Deserialize, Default)]
struct FrontMatter {
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    reviewed: Option<String>,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Serialize)]
struct Heading {
    id: String,
    title: String,
    level: usize,
}

struct Page {
    /// The folder, "" for the root, else with a slash at its end.
    folder: String,
    name: String,
    front: FrontMatter,
    html: String,
    outline: Vec<Heading>,
}

impl Page {
    fn is_section(&self) -> bool {
        self.name == "index"
    }

    fn url(&self) -> String {
        format!("/{}{}.html", self.folder, self.name)
    }
}

#[derive(Serialize, Clone)]
struct Link {
    title: String,
    url: String,
    description: String,
    open: bool,
    items: Vec<Link>,
}

fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// Markdown to HTML; headings get an id and are listed, links to `.md` lead to `.html`.
fn markdown(text: &str) -> (String, Vec<Heading>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut events: Vec<Event<'_>> = Parser::new_ext(text, options).collect();
    let mut outline = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut ids: Vec<(usize, String)> = Vec::new();
    for (i, event) in events.iter_mut().enumerate() {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some((i, String::new())),
            Event::Text(t) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(t);
                }
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some((at, title)) = open.take() {
                    let id = slug(&title);
                    ids.push((at, id.clone()));
                    outline.push(Heading { id, title, level: *level as usize });
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(page) = dest_url.strip_suffix(".md") {
                    *dest_url = CowStr::from(format!("{page}.html"));
                }
            }
            _ => {}
        }
    }
    for (at, name) in ids {
        if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(at) {
            *id = Some(CowStr::from(name));
        }
    }
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    (html, outline)
}

fn read(root: &Path, path: &Path) -> Page {
    let text = fs::read_to_string(path).expect("a page");
    let rest = text.strip_prefix("---\n").expect("front matter");
    let (front, body) = rest.split_once("\n---\n").expect("front matter");
    let (html, outline) = markdown(body);
    let below = path.strip_prefix(root).expect("below the content").to_string_lossy().into_owned();
    let (folder, name) = below.rfind('/').map_or(("", below.as_str()), |i| below.split_at(i + 1));
    Page {
        folder: folder.to_owned(),
        name: name.trim_end_matches(".md").to_owned(),
        front: serde_yaml::from_str(front).expect("front matter"),
        html,
        outline,
    }
}

fn link(page: &Page) -> Link {
    Link {
        title: page.front.title.clone(),
        url: page.url(),
        description: page.front.description.clone(),
        open: false,
        items: Vec::new(),
    }
}

/// The sections below `folder`, those above `here` opened.
fn navigation(sections: &BTreeMap<String, Vec<&Page>>, folder: &str, here: &str) -> Vec<Link> {
    let below = sections.get(folder).into_iter().flatten();
    below
        .map(|page| {
            let open = here.starts_with(&page.folder);
            let items = if open { navigation(sections, &page.folder, here) } else { Vec::new() };
            Link { open, items, ..link(page) }
        })
        .collect()
}

/// What all pages of a folder share.
struct Shared {
    menu: Value,
    crumbs: Vec<Value>,
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("an output");
}

/// Builds the site.
pub fn run(content: &Path, out: &Path, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| build(content, out));
}

fn build(content: &Path, out: &Path) {
    let files: Vec<PathBuf> = walkdir::WalkDir::new(content)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|f| f.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let mut pages: Vec<Page> = files.par_iter().map(|file| read(content, file)).collect();
    pages.sort_by(|a, b| (&a.folder, a.front.order, &a.name).cmp(&(&b.folder, b.front.order, &b.name)));
    // Section pages by the folder they lie in, pages by the folder they lie in.
    let mut sections: BTreeMap<String, Vec<&Page>> = BTreeMap::new();
    let mut members: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    let mut tags: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    let mut by_folder: BTreeMap<&str, &Page> = BTreeMap::new();
    for page in &pages {
        if page.is_section() {
            by_folder.insert(&page.folder, page);
            let above = page.folder.trim_end_matches('/').rfind('/').map_or("", |i| &page.folder[..=i]);
            if !page.folder.is_empty() {
                sections.entry(above.to_owned()).or_default().push(page);
            }
        } else {
            members.entry(&page.folder).or_default().push(page);
        }
        for tag in &page.front.tags {
            tags.entry(tag).or_default().push(page);
        }
    }
    for list in sections.values_mut() {
        list.sort_by_key(|p| p.front.order);
    }
    let shared: BTreeMap<&str, Shared> = by_folder
        .keys()
        .map(|folder| {
            let menu = Value::from_serializable(&navigation(&sections, "", folder));
            let above = folder.match_indices('/').map(|(i, _)| &folder[..=i]);
            let crumbs = std::iter::once("").chain(above).filter_map(|f| by_folder.get(f));
            let crumbs = crumbs.map(|p| Value::from_serializable(&link(p))).collect();
            (*folder, Shared { menu, crumbs })
        })
        .collect();
    let mut tera = Tera::default();
    tera.add_raw_template("floor.html", TEMPLATE).expect("the template");
    for folder in by_folder.keys() {
        fs::create_dir_all(out.join(folder)).expect("a folder");
    }
    fs::create_dir_all(out.join("tags")).expect("a folder");

    let context = |title: &str, description: &str, shared: &Shared| {
        let mut context = Context::new();
        context.insert_value("title", Value::from(title));
        context.insert_value("description", Value::from(description));
        context.insert_value("menu", shared.menu.clone());
        context.insert_value("crumbs", Value::from(shared.crumbs.clone()));
        context
    };
    let make = |page: &Page, before: Option<&Page>, after: Option<&Page>, list: &[&Page]| {
        let mut context = context(&page.front.title, &page.front.description, &shared[page.folder.as_str()]);
        context.insert_value("body", Value::safe_string(&page.html));
        context.insert("outline", &page.outline);
        context.insert("reviewed", &page.front.reviewed);
        let tags: Vec<(String, String)> =
            page.front.tags.iter().map(|t| (t.clone(), format!("/tags/{}.html", slug(t)))).collect();
        context.insert("tags", &tags);
        context.insert("prev", &before.map(link));
        context.insert("next", &after.map(link));
        context.insert("list", &list.iter().map(|p| link(p)).collect::<Vec<_>>());
        let html = tera.render("floor.html", &context).expect("a page");
        write(&out.join(&page.folder).join(format!("{}.html", page.name)), &html);
    };
    members.par_iter().for_each(|(_, list)| {
        for (i, page) in list.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|i| list.get(i)).copied();
            make(page, before, list.get(i + 1).copied(), &[]);
        }
    });
    by_folder.par_iter().for_each(|(folder, page)| {
        let below = sections.get(*folder).into_iter().flatten();
        let list: Vec<&Page> = below.chain(members.get(folder).into_iter().flatten()).copied().collect();
        make(page, None, None, &list);
    });
    tags.par_iter().for_each(|(tag, list)| {
        let mut context = context(tag, "", &shared[""]);
        context.insert("list", &list.iter().map(|p| link(p)).collect::<Vec<_>>());
        let html = tera.render("floor.html", &context).expect("a page of a tag");
        write(&out.join("tags").join(format!("{}.html", slug(tag))), &html);
    });
}
