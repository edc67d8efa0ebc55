//! What a thread keeps of the outputs that it made last, so that the next one need not make it again.
//!
//! The pages of a folder show much that is alike: cards, links, breadcrumbs, words of the glossary. A value is kept for
//! one snapshot of the site, and if it holds addresses, for one language and folder of it, from which they count.
//! Only values are kept: whoever takes one has recorded what it is made of, as if it had made it.

use super::reader::{Log, Reader};
use crate::document::{Body, Document};
use crate::plan::Choice;
use crate::site::{EntryAt, LangIndex, NodeIndex, collator};
use crate::source::{Fingerprint, SourcePath};
use icu_collator::CollatorBorrowed;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;
use tera::Value;

/// A value with what it read beside the fact by which it is asked for, if anything.
#[derive(Clone)]
pub(super) struct Shared {
    pub value: Value,
    pub log: Option<Arc<Log>>,
}

/// A word of the glossary as pages of a folder show it.
pub(super) struct Word {
    /// The address of its meaning.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What orders titles byte by byte as readers of the language sort.
    pub key: Vec<u8>,
    /// What templates see.
    pub value: Value,
}

/// All that is kept.
#[derive(Default)]
pub(super) struct FolderMemo {
    world: u64,
    lang: LangIndex,
    folder: String,
    /// Cards of pages, each with the keys that some templates read.
    pub cards: FxHashMap<(LangIndex, NodeIndex, u64), Shared>,
    /// Entries that are shown elsewhere than on their pages, likewise.
    pub entries: FxHashMap<(EntryAt, u64), Shared>,
    /// Links to tags, by name.
    pub tags: FxHashMap<String, Value>,
    /// Links to pages.
    pub links: FxHashMap<NodeIndex, Value>,
    /// Breadcrumbs down to a page.
    pub crumbs: FxHashMap<NodeIndex, Value>,
    /// Words of the glossary.
    pub words: FxHashMap<EntryAt, Arc<Word>>,
    /// Pictures as they stand in a page; these and the texts hold no addresses.
    pub pictures: FxHashMap<Fingerprint, Value>,
    /// UI strings without plural forms and placeholders, by hash of their key.
    pub texts: FxHashMap<(LangIndex, u64), Value>,
    /// Addresses of files that templates of whole pages name, by that name.
    pub assets: FxHashMap<String, Shared>,
    /// Of which state of the fragments these are: the name of a file that is made changes with it.
    fragments: u64,
    /// The colors of the brand.
    pub brand: Option<Value>,
    /// The choices of a finder, by hash of the name of its kind.
    pub choices: FxHashMap<(LangIndex, u64), Arc<Vec<Choice>>>,
    /// The page whose body was asked for last, with it.
    body: Option<(SourcePath, Fingerprint, Arc<Body>)>,
    /// How many bytes stood around the body of the last page.
    pub frame: usize,
    collator: Option<CollatorBorrowed<'static>>,
}

thread_local! {
    static FOLDER_MEMO: RefCell<FolderMemo> = RefCell::default();
}

/// What is kept for the folder of the reader's output.
pub(super) fn folder_memo<T>(reader: &Reader, with: impl FnOnce(&mut FolderMemo) -> T) -> T {
    FOLDER_MEMO.with_borrow_mut(|memo| {
        memo.turn_to(reader);
        with(memo)
    })
}

/// The body of a document, which `take` gives: that of the page that was asked for last is here already. Where bodies are not kept, each
/// take reads the page again, and a list asks for the page of each of its entries.
pub(super) fn body(
    reader: &Reader,
    document: &Document,
    take: impl FnOnce() -> Option<Arc<Body>>,
) -> Option<Arc<Body>> {
    let is_it = |(path, print, _): &&(SourcePath, Fingerprint, Arc<Body>)| {
        *path == document.path && *print == document.fingerprint
    };
    if let Some((.., body)) = folder_memo(reader, |memo| memo.body.as_ref().filter(is_it).cloned()) {
        return Some(body);
    }
    let body = take()?;
    folder_memo(reader, |memo| memo.body = Some((document.path.clone(), document.fingerprint, body.clone())));
    Some(body)
}

impl FolderMemo {
    /// Forgets what was made for another snapshot, language or folder.
    fn turn_to(&mut self, reader: &Reader) {
        let world = reader.unrecorded().number;
        let folder = reader.folder();
        if self.world != world {
            *self =
                FolderMemo { world, lang: reader.lang, folder: folder.to_string(), ..FolderMemo::default() };
            self.collator = collator(reader.lang_code());
        } else if self.lang != reader.lang || self.folder != folder {
            self.cards.clear();
            self.entries.clear();
            self.tags.clear();
            self.links.clear();
            self.crumbs.clear();
            self.words.clear();
            if self.lang != reader.lang {
                self.lang = reader.lang;
                self.collator = collator(reader.lang_code());
            }
            self.assets.clear();
            folder.clone_into(&mut self.folder);
        }
        let fragments = reader.unrecorded().fragments.replaced();
        if self.fragments != fragments {
            self.assets.clear();
            self.fragments = fragments;
        }
    }

    /// What orders `title` among others byte by byte as readers of the language sort; empty where the language is unknown.
    pub fn sort_key(&self, title: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(title.len() * 3);
        if let Some(collator) = &self.collator {
            // A vector takes all that is written to it.
            let _ = collator.write_sort_key_to(crate::site::sorted_as(title), &mut key);
        }
        key
    }
}
