//! Bodies and texts of pages, as many as a budget allows; the rest are read again when they are needed.
//!
//! A body is several times the size of a page's summary and is needed only to make the page; the text is needed once, by
//! the rules. So they are what is given up. What is kept is keyed by the fingerprint of its source: an old body can never
//! be shown, and rules never see bytes other than those that the document was made from. Nor is a newer body shown under an
//! older summary, which may say that the page is no draft yet: a file that was saved meanwhile makes the engine unsound.

use crate::config::Config;
use crate::document::{Body, Document, ParseOptions, page_text, parse};
use crate::render::world::Bodies;
use crate::source::{Fingerprint, Source, SourcePath};
use crate::text::PageText;
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Gives the bytes of a source again.
pub trait Loader: Send + Sync {
    /// The bytes of the file as it is now; none when it is gone.
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>>;
}

/// The kept bodies.
pub struct BodyStore {
    kept: RwLock<BodyCache>,
    texts: [TextShard; TEXT_SHARDS],
    text_bytes: AtomicUsize,
    budget: usize,
    loader: Arc<dyn Loader>,
    config: RwLock<Arc<Config>>,
    /// A body was asked for whose file has other bytes than the document was made from.
    overtaken: AtomicBool,
}

/// A page's file and what it says.
pub struct ReadPage {
    /// The bytes of the file.
    pub bytes: Arc<[u8]>,
    /// Its text.
    pub text: Arc<PageText>,
}

impl ReadPage {
    fn size(&self) -> usize {
        self.bytes.len() + self.text.size()
    }
}

#[derive(Default)]
struct BodyCache {
    bodies: FxHashMap<SourcePath, (Fingerprint, Arc<Body>)>,
    bytes: usize,
}

/// TextShard of some of the pages. Each page is put and taken once, by whichever thread is at it, so the threads share no lock.
type TextShard = Mutex<FxHashMap<SourcePath, (Fingerprint, ReadPage)>>;

/// Number of parts that the texts are kept in.
const TEXT_SHARDS: usize = 32;

/// About how much memory a body takes.
fn size(body: &Body) -> usize {
    let own = body.html.len() + body.placeholders.size() + body.outline.size();
    own + body.entries.iter().chain(&body.notes).map(size).sum::<usize>() + size_of::<Body>()
}

impl BodyStore {
    /// An empty store that keeps at most `budget` bytes.
    pub fn new(budget: usize, loader: Arc<dyn Loader>) -> Self {
        BodyStore {
            kept: RwLock::default(),
            texts: std::array::from_fn(|_| TextShard::default()),
            text_bytes: AtomicUsize::new(0),
            budget,
            loader,
            config: RwLock::new(Arc::new(Config::default())),
            overtaken: AtomicBool::new(false),
        }
    }

    /// Whether a file was saved or deleted after it was parsed and before its body was read again: what was made since then
    /// may lack that body.
    pub fn is_overtaken(&self) -> bool {
        self.overtaken.load(Ordering::Acquire)
    }

    /// The settings under which dropped bodies are parsed again. What was kept under other settings is dropped.
    pub fn configure(&self, config: Arc<Config>) {
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
    }

    /// Keeps a body if the budget allows; the body of the same page before it goes in any case.
    pub fn put(&self, path: &SourcePath, fingerprint: Fingerprint, body: Arc<Body>) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.forget(path);
        let bytes = size(&body);
        if kept.bytes + bytes <= self.budget {
            kept.bytes += bytes;
            kept.bodies.insert(path.clone(), (fingerprint, body));
        }
    }

    /// Keeps what a page says until the rules take it, if half of the budget allows; that of the same page before it goes in
    /// any case.
    pub fn put_text(&self, path: &SourcePath, fingerprint: Fingerprint, read: ReadPage) {
        let bytes = read.size();
        self.forget_text(path);
        // Two threads may both find room for the last one: a budget is no border.
        if self.text_bytes.load(Ordering::Relaxed) + bytes <= self.budget / 2 {
            self.text_bytes.fetch_add(bytes, Ordering::Relaxed);
            self.part(path).insert(path.clone(), (fingerprint, read));
        }
    }

    fn part(&self, path: &SourcePath) -> MutexGuard<'_, FxHashMap<SourcePath, (Fingerprint, ReadPage)>> {
        let number = crate::site::path_hash(path.as_str()) as usize % TEXT_SHARDS;
        let part = self.texts.get(number).unwrap_or(&self.texts[0]);
        part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget_text(&self, path: &SourcePath) -> Option<(Fingerprint, ReadPage)> {
        let old = self.part(path).remove(path)?;
        self.text_bytes.fetch_sub(old.1.size(), Ordering::Relaxed);
        Some(old)
    }

    /// What the page says, which is not kept any longer; read again if it was not kept. None when the file is gone or has other
    /// bytes than those that the document was made from: a change is on its way that brings them.
    pub fn take_text(&self, document: &Document) -> Option<ReadPage> {
        let taken = self.forget_text(&document.path);
        if let Some((fingerprint, read)) = taken
            && fingerprint == document.fingerprint
        {
            return Some(read);
        }
        let source = Source::new(document.path.clone(), self.loader.load(&document.path)?);
        if source.fingerprint != document.fingerprint {
            return None;
        }
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner).clone();
        let text = Arc::new(page_text(&source, document, config.raw_html, &config.values));
        Some(ReadPage { bytes: source.text, text })
    }

    /// Drops the body and the text of a page.
    pub fn forget(&self, path: &SourcePath) {
        self.spend(path);
        self.forget_text(path);
    }

    /// Drops the body of a page that was made.
    pub fn spend(&self, path: &SourcePath) {
        self.kept.write().unwrap_or_else(PoisonError::into_inner).forget(path);
    }

    /// Drops all bodies and texts.
    pub fn clear(&self) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = BodyCache::default();
        for part in &self.texts {
            part.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        self.text_bytes.store(0, Ordering::Relaxed);
    }
}

impl BodyCache {
    fn forget(&mut self, path: &SourcePath) {
        if let Some((_, old)) = self.bodies.remove(path) {
            self.bytes = self.bytes.saturating_sub(size(&old));
        }
    }
}

impl Bodies for BodyStore {
    fn body(&self, document: &Document) -> Option<Arc<Body>> {
        // Of a page that is no file.
        if document.made {
            return document.body.clone();
        }
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((fingerprint, body)) = kept.bodies.get(&document.path)
            && *fingerprint == document.fingerprint
        {
            return Some(body.clone());
        }
        drop(kept);
        let source = self.loader.load(&document.path).map(|bytes| Source::new(document.path.clone(), bytes));
        let Some(source) = source.filter(|source| source.fingerprint == document.fingerprint) else {
            self.overtaken.store(true, Ordering::Release);
            return None;
        };
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner).clone();
        let options = ParseOptions {
            zone: config.time_zone.as_deref(),
            prefixes: config.prefixes,
            values: &config.values,
            kinds: &config.kinds,
            languages: &config.languages,
            default_kind: &document.summary.kind,
            cascade: None,
            raw_html: config.raw_html,
            text: false,
            links: false,
        };
        let parsed = parse(&source, &options).value;
        let body = parsed.body?;
        // Whoever asked for it is seldom alone: a page stands on print pages too.
        self.put(&document.path, document.fingerprint, body.clone());
        Some(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Files;

    impl Loader for Files {
        fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
            Some(text(path).into_bytes().into())
        }
    }

    fn text(path: &SourcePath) -> String {
        format!("---\ntitle: {path}\n---\n{}\n", "Many words of a page. ".repeat(200))
    }

    fn document(path: &SourcePath) -> Document {
        let config = Config::default();
        let options = ParseOptions {
            zone: config.time_zone.as_deref(),
            prefixes: config.prefixes,
            values: &config.values,
            kinds: &config.kinds,
            languages: &config.languages,
            default_kind: "page",
            cascade: None,
            raw_html: false,
            text: false,
            links: false,
        };
        parse(&Source::new(path.clone(), text(path).into_bytes()), &options).value
    }

    #[test]
    fn memory_is_bounded_and_what_was_dropped_comes_again() {
        let budget = 100_000;
        let store = BodyStore::new(budget, Arc::new(Files));
        let mut documents = Vec::new();
        for i in 0..300 {
            let path = SourcePath::new(&format!("content/p{i}.md")).unwrap();
            let mut document = document(&path);
            let body = document.body.take().unwrap();
            store.put(&path, document.fingerprint, body.clone());
            documents.push((document, body));
            let kept = store.kept.read().unwrap();
            assert!(kept.bytes <= budget, "{} bytes after {i} pages", kept.bytes);
            assert_eq!(kept.bytes, kept.bodies.values().map(|(_, body)| size(body)).sum::<usize>());
        }
        let kept = store.kept.read().unwrap().bodies.len();
        assert!((5..300).contains(&kept), "{kept} bodies kept");
        for (document, body) in &documents {
            assert_eq!(store.body(document).as_ref(), Some(body), "{}", document.path);
        }
        assert!(store.kept.read().unwrap().bytes <= budget);
        for (document, _) in &documents {
            store.forget(&document.path);
        }
        assert_eq!(store.kept.read().unwrap().bytes, 0);
    }
}
