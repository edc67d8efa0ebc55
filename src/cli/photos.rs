//! Photos of a preview at the widths that pages name. `serve` shows a photo whole at once, makes it narrower on a thread of its
//! own, and tells the browsers then. Nothing here needs the engine, so no page waits for a photo.
//!
//! What is kept is told by the fingerprint of the whole photo and the width, so a photo that is replaced is made anew.

use crate::check::file;
use crate::engine::{Loader, Photo};
use crate::serve::{Live, News};
use crate::source::{Fingerprint, Format, OutputPath};
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Maximum of the photos that are kept, in bytes; beyond it the oldest go, and are made again when a browser asks.
const MAX_KEPT_BYTES: usize = 64 << 20;

/// What a photo at a width is known by.
type Key = (Fingerprint, u32);

/// A photo that a browser waits for.
struct Wanted {
    path: OutputPath,
    photo: Photo,
    files: Arc<dyn Loader>,
}

impl Wanted {
    fn key(&self) -> Key {
        (self.photo.fingerprint, self.photo.width)
    }
}

#[derive(Default)]
struct State {
    /// Photos that are made, the oldest first.
    made: VecDeque<(Key, Arc<[u8]>)>,
    wanted: VecDeque<Wanted>,
    /// The one that is made now.
    current: Option<Key>,
}

/// The photos that were asked for. Clones are of the same.
#[derive(Clone, Default)]
pub(super) struct Photos(Arc<(Mutex<State>, Condvar)>);

impl Photos {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The photo for the address `path`, where it is made; else whole, and it is made soon. None where its file is gone.
    pub(super) fn get(&self, path: &OutputPath, photo: Photo, files: Arc<dyn Loader>) -> Option<Arc<[u8]>> {
        let wanted = Wanted { path: path.clone(), photo, files };
        let key = wanted.key();
        let mut state = self.state();
        if let Some((_, bytes)) = state.made.iter().find(|(made, _)| *made == key) {
            return Some(bytes.clone());
        }
        let whole = (wanted.files.clone(), wanted.photo.clone());
        if state.current != Some(key) && !state.wanted.iter().any(|one| one.key() == key) {
            state.wanted.push_back(wanted);
            self.0.1.notify_one();
        }
        drop(state);
        published(&*whole.0, &whole.1).map(|(bytes, _)| bytes.into())
    }

    /// Makes what is asked for, as long as the program runs, and tells the browsers of it.
    pub(super) fn start(&self, live: Live) -> std::io::Result<()> {
        let photos = self.clone();
        let work = move || {
            loop {
                photos.make_next(&live);
            }
        };
        std::thread::Builder::new().name("guidepost-photos".to_owned()).spawn(work).map(drop)
    }

    fn make_next(&self, live: &Live) {
        let mut state = self.state();
        let wanted = loop {
            if let Some(wanted) = state.wanted.pop_front() {
                break wanted;
            }
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        };
        let key = wanted.key();
        state.current = Some(key);
        drop(state);
        // A fault in a photo harms no other: it stays whole.
        let make = || made(&*wanted.files, &wanted.photo);
        let bytes = panic::catch_unwind(AssertUnwindSafe(make)).unwrap_or_default();
        let mut state = self.state();
        state.current = None;
        // The file is another one now: its page names another address.
        let Some(bytes) = bytes else { return };
        state.made.push_back((key, bytes.into()));
        let mut size: usize = state.made.iter().map(|(_, bytes)| bytes.len()).sum();
        while size > MAX_KEPT_BYTES && state.made.len() > 1 {
            size -= state.made.pop_front().map_or(0, |(_, bytes)| bytes.len());
        }
        drop(state);
        live.tell(News::Pictures { paths: vec![wanted.path] });
    }
}

/// The bytes of a whole photo as they are published, and whether they are of the photo that is meant.
fn published(files: &dyn Loader, photo: &Photo) -> Option<(Vec<u8>, bool)> {
    let _turn = file::turn_in_memory(photo.size);
    let bytes = files.load(&photo.from)?;
    let published = Format::of(&bytes).and_then(|format| file::published(format, &bytes).ok())?;
    Some((published, Fingerprint::of(&bytes) == photo.fingerprint))
}

/// The photo at its width; none where its file is gone or another one.
fn made(files: &dyn Loader, photo: &Photo) -> Option<Vec<u8>> {
    let (whole, same) = published(files, photo)?;
    same.then(|| file::at_width(whole, photo.width))
}
