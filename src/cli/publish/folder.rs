//! A folder as a target: a share of the server, a disk, a stick. Each file is written beside its place and then moved into it.

use super::{Outputs, Step, Target, failed, holds, list, named};
use crate::source::{Fingerprint, OutputPath};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder.
pub(super) struct Folder {
    at: PathBuf,
}

impl Folder {
    pub fn new(at: PathBuf) -> Self {
        Folder { at }
    }

    fn one(&self, from: &Path, path: &Path) -> io::Result<()> {
        let place = self.at.join(path);
        let folder = place.parent().unwrap_or(&self.at);
        fs::create_dir_all(folder)?;
        // A name that the next publication would take for its own, and that no host shows.
        let beside = folder.join(".guidepost-tmp-publish");
        fs::copy(from.join(path), &beside)?;
        fs::rename(&beside, &place)
    }
}

impl Target for Folder {
    fn published(&mut self) -> io::Result<Outputs> {
        match fs::read(self.at.join(list())) {
            // A file that somebody took away there is put back.
            Ok(text) => Ok(named(&text)
                .into_iter()
                .filter(|(path, _)| self.at.join(path.as_str()).is_file())
                .collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Outputs::new()),
            Err(error) => Err(error),
        }
    }

    fn foreign(&self, from: &Path, files: &[OutputPath]) -> Vec<OutputPath> {
        let differs = |path: &&OutputPath| {
            let there = self.at.join(path.as_str());
            let ours = fs::read(from.join(path.as_str())).map(|bytes| Fingerprint::of(&bytes));
            there.exists() && !ours.is_ok_and(|print| holds(&there, print))
        };
        files.iter().filter(differs).cloned().collect()
    }

    fn put(&mut self, _: Step, from: &Path, files: &[OutputPath]) -> io::Result<()> {
        for path in files {
            self.one(from, Path::new(path.as_str()))
                .map_err(|error| failed(format!("\"{path}\": {error}")))?;
        }
        Ok(())
    }

    fn delete(&mut self, _: &Path, files: &[OutputPath]) -> io::Result<()> {
        for path in files {
            match fs::remove_file(self.at.join(path.as_str())) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(failed(format!("\"{path}\": {error}")));
                }
                _ => {}
            }
            // A folder that still holds something refuses.
            let mut folder = path.folder();
            while !folder.is_empty() && fs::remove_dir(self.at.join(folder)).is_ok() {
                folder = folder.rfind('/').and_then(|at| folder.get(..at)).unwrap_or("");
            }
        }
        Ok(())
    }

    fn finish(&mut self, from: &Path) -> io::Result<()> {
        self.one(from, &list())
    }
}
