//! `published.lock` in the site's folder: written when the guide is published or on demand, compared before it is published again.

use super::report;
use super::work::Work;
use crate::check::published_lock::{self, PublishedPage};
use crate::diag::SourceText;
use crate::document::Document;
use crate::engine::Engine;
use crate::source::{SourcePath, Span};
use std::collections::BTreeMap;

/// The pages that are published, each once.
fn pages(engine: &Engine) -> BTreeMap<&SourcePath, &Document> {
    let trees = engine.world().into_iter().flat_map(|world| &world.site.trees).flat_map(|tree| &tree.nodes);
    trees.map(|node| (&node.document.path, &*node.document)).collect()
}

/// Notes what the pages say now. Gives whether that went well.
pub fn keep(work: &mut Work) -> bool {
    let Some(engine) = work.engine() else { return false };
    let pages = pages(engine);
    let (count, text) = (pages.len(), published_lock::write(pages.into_values()));
    let files = work.session.files.clone();
    let path = files.mounts().root().join(published_lock::FILE);
    let known = SourcePath::new(published_lock::FILE).ok().and_then(|path| files.text(&path));
    if known.as_deref() != Some(text.as_bytes())
        && let Err(error) = files.disk.write_atomic(&path, text.as_bytes())
    {
        report::say(format_args!("{} could not be written: {error}.", path.display()));
        return false;
    }
    report::say(format_args!(
        "{}: what {} say.",
        published_lock::FILE,
        report::count(count, "page", "pages")
    ));
    true
}

/// The pages that say something else than when they were published last, without an entry in `changes`; each with the place of
/// its title or of its changes.
pub fn silent(engine: &Engine, files: &dyn SourceText) -> Vec<(SourcePath, Span)> {
    let Some(text) = SourcePath::new(published_lock::FILE).ok().and_then(|path| files.text(&path)) else {
        return Vec::new();
    };
    let before = published_lock::read(&String::from_utf8_lossy(&text));
    let changed = pages(engine).into_iter().filter(|(path, page)| {
        before.get(path.as_str()).is_some_and(|before| before.is_silent(&PublishedPage::of(page)))
    });
    let place = |page: &Document| {
        let spans = &page.summary.spans;
        ["changes", "title"].iter().find_map(|key| spans.get(*key).copied()).unwrap_or_default()
    };
    changed.map(|(path, page)| (path.clone(), place(page))).collect()
}
