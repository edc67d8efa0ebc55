//! Bodies of pages, as many as a budget allows; the rest are parsed again when they are needed.
//!
//! A body is several times the size of a page's summary and is needed only to make the page, so it is the one thing
//! that is given up. What is kept is keyed by the fingerprint of its source: an old body can never be shown.

use crate::config::Config;
use crate::document::{Body, Document, ParseOptions, parse};
use crate::render::world::Bodies;
use crate::source::{Fingerprint, Source, SourcePath};
use rustc_hash::FxHashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Gives the bytes of a source again.
pub trait Loader: Send + Sync {
    /// The bytes of the file as it is now; none when it is gone.
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>>;
}

/// The kept bodies.
pub struct BodyStore {
    kept: RwLock<Kept>,
    budget: usize,
    loader: Arc<dyn Loader>,
    config: RwLock<Arc<Config>>,
}

#[derive(Default)]
struct Kept {
    bodies: FxHashMap<SourcePath, (Fingerprint, Arc<Body>)>,
    bytes: usize,
}

/// About how much memory a body takes.
fn size(body: &Body) -> usize {
    let own =
        body.html.len() + body.slots.len() * size_of::<crate::document::Slot>() + body.outline.len() * 64;
    own + body.entries.iter().map(size).sum::<usize>() + size_of::<Body>()
}

impl BodyStore {
    /// An empty store that keeps at most `budget` bytes.
    pub fn new(budget: usize, loader: Arc<dyn Loader>) -> Self {
        BodyStore {
            kept: RwLock::default(),
            budget,
            loader,
            config: RwLock::new(Arc::new(Config::default())),
        }
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

    /// Drops the body of a page.
    pub fn forget(&self, path: &SourcePath) {
        self.kept.write().unwrap_or_else(PoisonError::into_inner).forget(path);
    }

    /// Drops all bodies.
    pub fn clear(&self) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }
}

impl Kept {
    fn forget(&mut self, path: &SourcePath) {
        if let Some((_, old)) = self.bodies.remove(path) {
            self.bytes = self.bytes.saturating_sub(size(&old));
        }
    }
}

impl Bodies for BodyStore {
    fn body(&self, document: &Document) -> Option<Arc<Body>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((fingerprint, body)) = kept.bodies.get(&document.path)
            && *fingerprint == document.fingerprint
        {
            return Some(body.clone());
        }
        drop(kept);
        let bytes = self.loader.load(&document.path)?;
        let source = Source::new(document.path.clone(), bytes);
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner).clone();
        let options = ParseOptions {
            kinds: &config.kinds,
            languages: &config.languages,
            default_kind: &document.summary.kind,
            raw_html: config.raw_html,
        };
        parse(&source, &options).value.body
    }
}
