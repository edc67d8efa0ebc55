//! `guidepost check --publish`: what stands between this folder and the public; and the one line of it that `build` says.

use super::args::CheckFormat;
use super::report::{self, count};
use super::work::Work;
use super::{Outcome, Starter, published};
use crate::check::publish::{self, Grounds, LeftOutPage, Section, Thing, Weight, starter};
use crate::diag::{Diagnostic, SourceText};
use crate::engine::Engine;
use crate::plan::Job;
use crate::site::LeftOutReason;
use crate::source::address::{self, Address};
use crate::source::{LineIndex, Position, SourcePath, html};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Maximum number of things of one part that are printed for people who did not ask for all.
const MAX_OF_ONE_PART: usize = 20;

/// The numbers of the boxes of the starters; read when somebody first asks.
pub fn starter_boxes() -> &'static BTreeSet<u64> {
    static BOXES: OnceLock<BTreeSet<u64>> = OnceLock::new();
    BOXES.get_or_init(|| {
        let files = Starter::ALL.into_iter().flat_map(|starter| super::bundle().starter(starter));
        let pages = files.filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md"));
        let mut boxes = BTreeSet::new();
        for (_, bytes) in pages {
            boxes.extend(starter::boxes_of(&String::from_utf8_lossy(bytes)));
        }
        boxes
    })
}

/// The line that `build` says; none when nothing is to be done.
pub fn line(engine: &Engine, found: &[Diagnostic]) -> Option<String> {
    let to_do = engine.look(|site| publish::to_do(site, found)).unwrap_or_default();
    let things = count(to_do, "thing", "things");
    (to_do > 0)
        .then(|| format!("Before you publish: {things} to do; `guidepost check --publish` lists them."))
}

/// Prints the list. Gives how the command ends: with errors as long as something must be done.
pub fn run(work: &mut Work, found: &[Diagnostic], format: CheckFormat, all: bool) -> Outcome {
    let files = work.session.files.clone();
    let things = things(work, found);
    match format {
        CheckFormat::Json => as_json(&things, files.as_ref()),
        _ => for_people(&things, files.as_ref(), all),
    }
    if things.iter().any(|thing| thing.must) { Outcome::Errors } else { Outcome::Clean }
}

/// What stands between the folder and the public.
pub fn things(work: &mut Work, found: &[Diagnostic]) -> Vec<Thing> {
    let files = work.session.files.clone();
    let out = work.session.out.path().to_path_buf();
    let written: Vec<String> = work.session.manifest.paths().map(ToString::to_string).collect();
    let Some(engine) = work.engine() else { return Vec::new() };
    let published: BTreeSet<&SourcePath> = engine
        .plan()
        .jobs
        .values()
        .filter_map(|job| if let Job::Copy { from } = job { Some(from) } else { None })
        .collect();
    // A photo that is also published narrower makes nobody wait.
    let narrow: BTreeSet<&SourcePath> = engine
        .plan()
        .jobs
        .values()
        .filter_map(|job| if let Job::Photo { from, .. } = job { Some(from) } else { None })
        .collect();
    let size = |path: &str| files.disk.stat(&out.join(path)).map(|stat| stat.size);
    let lasting = engine.lasting_addresses();
    let grounds = Grounds {
        found,
        left_out: left_out(engine),
        unlinked: engine.unlinked_files(),
        files: engine
            .assets_in("")
            .filter(|asset| published.contains(&asset.path) && !narrow.contains(&asset.path))
            .map(|asset| Weight { path: &asset.path, size: asset.size, picture: asset.picture })
            .collect(),
        pages: pages(engine)
            .filter_map(|(path, address)| {
                let file = crate::plan::output_path(address);
                let alone = size(&file).ok()?;
                let mut page = Vec::new();
                files.disk.read(&out.join(&file), alone, &mut page).ok()?;
                let loaded = loaded(&page, &file);
                let others: u64 = loaded.iter().filter_map(|path| size(path).ok()).sum();
                Some((path.clone(), alone, alone + others))
            })
            .collect(),
        going: written
            .into_iter()
            .filter(|path| is_lasting(path) && !lasting.contains(path))
            .filter(|path| !engine.plan().jobs.keys().any(|p| p.as_str() == path))
            .collect(),
        silent: published::silent(engine, files.as_ref()),
        has_lock: engine.look(|site| site.published().is_some()).unwrap_or_default(),
    };
    engine.look(|site| publish::things(site, &grounds)).unwrap_or_default()
}

/// The files that a browser loads to show the page `from`, each once. Of pictures to choose from only the usual one counts.
fn loaded(page: &[u8], from: &str) -> BTreeSet<String> {
    let page = String::from_utf8_lossy(page);
    let mut found = BTreeSet::new();
    for tag in html::opened(&page) {
        let is_style = tag.is("link") && tag.value("rel").is_some_and(|rel| rel.contains("stylesheet"));
        let loads = ["img", "script", "video", "audio", "iframe", "embed"].iter().any(|name| tag.is(name));
        let names: &[&str] = if is_style { &["href"] } else { &["src", "poster"] };
        for name in names.iter().filter(|_| is_style || loads) {
            let Some(address) = tag.value(name) else { continue };
            let path = address.split(['?', '#']).next().unwrap_or_default();
            if let Address::Local(_) = address::of(&address) {
                found.insert(crate::render::address_of(from, path));
            }
        }
    }
    found
}

/// Whether an address that was written is one that people keep: a page or a document, not what is made of pages.
fn is_lasting(path: &str) -> bool {
    let made = ["404.html", "a-z.html", "print.html", "site-map.html"];
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = path.rsplit('.').next().unwrap_or_default();
    matches!(extension, "html" | "pdf" | "docx" | "xlsx" | "pptx")
        && !made.contains(&name)
        && !path.split('/').any(|part| part == "tags")
}

/// The published pages, each with its file and the address under which it was written.
fn pages(engine: &Engine) -> impl Iterator<Item = (&SourcePath, &str)> {
    let trees = engine.world().into_iter().flat_map(|world| &world.site.trees).flat_map(|tree| &tree.nodes);
    trees.map(|node| (&node.document.path, &*node.address))
}

/// The pages that are not published, with the places that say so.
fn left_out(engine: &Engine) -> Vec<LeftOutPage> {
    let documents: BTreeMap<&SourcePath, _> = engine.documents().map(|d| (&d.path, d)).collect();
    let page = |page: &crate::site::LeftOut| {
        let (key, (why, help)) = match page.reason {
            LeftOutReason::Draft => ("draft", publish::left_out(true, None, None)),
            LeftOutReason::Scheduled(day) => ("publish", publish::left_out(false, Some(day), None)),
            LeftOutReason::Expired(day) => ("expires", publish::left_out(false, None, Some(day))),
            LeftOutReason::Underscore => ("title", publish::by_name()),
            LeftOutReason::Faulty => ("title", publish::by_mistake()),
            LeftOutReason::Unread => ("publish", publish::by_unread_day()),
        };
        // The file that says so: the page itself, its section's page, or its original.
        let spans = documents.get(&page.cause).map(|document| &document.summary.spans);
        let span = spans.and_then(|spans| spans.get(key).copied()).unwrap_or_default();
        let why = match page.path == page.cause {
            true => format!("this page {why}"),
            false => format!("{} is left out with this page, which {why}", page.path),
        };
        LeftOutPage { path: page.cause.clone(), span, why, help }
    };
    engine.left_out().iter().map(|left| page(left)).collect()
}

/// Lines and columns of places, each file read once.
struct Places<'a> {
    text: &'a dyn SourceText,
    files: BTreeMap<SourcePath, Option<LineIndex<std::sync::Arc<[u8]>>>>,
}

impl Places<'_> {
    fn of(&mut self, thing: &Thing) -> Option<Position> {
        let path = thing.path.as_ref()?;
        if !self.files.contains_key(path) {
            // A picture has no lines.
            let text = self
                .text
                .text(path)
                .filter(|bytes| !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok());
            self.files.insert(path.clone(), text.map(LineIndex::new));
        }
        self.files.get(path)?.as_ref().map(|index| index.position(thing.span.start as usize))
    }
}

fn as_json(things: &[Thing], text: &dyn SourceText) {
    let mut places = Places { text, files: BTreeMap::new() };
    for thing in things {
        let at = places.of(thing);
        let line = serde_json::json!({
            "section": thing.section, "must": thing.must, "message": thing.message,
            "path": thing.path.as_ref().map(ToString::to_string),
            "line": at.map(|at| at.line), "column": at.map(|at| at.column), "help": thing.help,
        });
        report::tell(line);
    }
}

fn for_people(things: &[Thing], text: &dyn SourceText, all: bool) {
    let mut places = Places { text, files: BTreeMap::new() };
    let must = things.iter().filter(|thing| thing.must).count();
    let advice = things.len() - must;
    for section in Section::ALL {
        let of_section: Vec<&Thing> = things.iter().filter(|thing| thing.section == section).collect();
        if of_section.is_empty() {
            continue;
        }
        let to_do = of_section.iter().filter(|thing| thing.must).count();
        let tally = match (to_do, of_section.len() - to_do) {
            (0, know) => format!("{know} to know"),
            (to_do, 0) => format!("{to_do} to do"),
            (to_do, know) => format!("{to_do} to do, {know} to know"),
        };
        report::tell(format_args!("{} ({tally})", section.title()));
        let shown = if all { of_section.len() } else { MAX_OF_ONE_PART.min(of_section.len()) };
        let mut help = "";
        for thing in of_section.iter().take(shown) {
            let place = match (&thing.path, places.of(thing)) {
                (Some(path), Some(at)) => format!("{path}:{}:{}: ", at.line, at.column),
                (Some(path), None) => format!("{path}: "),
                (None, _) => String::new(),
            };
            let sign = if thing.must { "[ ]" } else { " - " };
            report::tell(format_args!("  {sign} {place}{}", thing.message));
            // What is to be done about many alike is said once.
            if !thing.help.is_empty() && thing.help != help {
                report::tell(format_args!("      {}", thing.help));
            }
            help = &thing.help;
        }
        if shown < of_section.len() {
            let left = of_section.len() - shown;
            report::tell(format_args!(
                "      {left} more; `guidepost check --publish --all` shows them all."
            ));
        }
        report::tell("");
    }
    let know = if advice > 0 { format!(" ({advice} to know)") } else { String::new() };
    match must {
        0 => report::tell(format_args!("Nothing must be done before you publish{know}.")),
        n => report::tell(format_args!("Before you publish: {} to do{know}.", count(n, "thing", "things"))),
    }
}
