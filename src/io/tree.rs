//! Walks the source folders: which files there are, without opening one.
//!
//! Called by [`scan`](super::scan) for the whole site or for the paths that the watcher named. Links that leave
//! the site, link loops, pipes and names that cannot be paths come out as problems; hidden and junk names, the
//! output and the cache are passed over. Level by level, so a deep tree needs no deep stack.

use super::disk::{Disk, Kind, Stat};
use super::mounts::{Mounts, below};
use super::names;
use crate::diag::{Code, Diagnostic, Severity, code};
use crate::source::{SourcePath, Span};
use rayon::prelude::*;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folders of a site that are read.
pub(super) const FOLDERS: &[&str] =
    &["assets", "content", "data", "kinds", "templates", "themes", "translations"];
/// The file of the settings.
pub(super) const SETTINGS: &str = "site.yaml";
/// The files of the site root that are read.
pub(super) const FILES: &[&str] = &[SETTINGS, "urls.lock"];

/// Maximum number of links that follow each other on the way to a file.
const MAX_LINKS: usize = 8;

/// A folder on the way.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    /// Its source path; "" for the site root.
    at: String,
    /// Where it really is.
    real: PathBuf,
    /// The real folders of the links that led here.
    jumps: Arc<[PathBuf]>,
    /// A folder outside the site that the site's owner linked in as a whole.
    home: Option<Arc<Path>>,
}

/// A file, and what it looks like.
#[derive(Debug)]
pub(super) struct Found {
    pub path: SourcePath,
    pub stat: Stat,
}

/// What there is.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub files: Vec<Found>,
    /// By source path as text.
    pub problems: Vec<(String, Diagnostic)>,
    /// Files and folders that could not be looked at: what was known of them stays.
    pub kept: Vec<String>,
}

enum Visit {
    File(Found, Option<Diagnostic>),
    Folder(Folder),
    Skip,
    Missing,
    Problem(String, Diagnostic),
    /// A problem, and what was known there stays.
    Kept(String, Diagnostic),
}

/// What to walk.
pub(super) struct Tree<'a> {
    pub disk: &'a dyn Disk,
    pub mounts: &'a Mounts,
    /// Canonical folders that are never read: the output and the cache.
    pub exclude: &'a [PathBuf],
}

fn problem(code: Code, severity: Severity, at: &str, message: String, help: &str) -> Diagnostic {
    let diagnostic = match SourcePath::new(at) {
        Ok(path) => Diagnostic::new(code, severity, &path, Span::default(), message),
        Err(_) => Diagnostic::site(code, severity, message),
    };
    diagnostic.help(help)
}

/// An error about a file that could not be read or looked at.
pub(super) fn unreadable(at: &str, error: &io::Error) -> Diagnostic {
    let message = format!("{at} cannot be read: {error}");
    let help = "check that the file is not locked by another program and that you may read it";
    problem(code::UNREADABLE_FILE, Severity::Error, at, message, help)
}

impl Tree<'_> {
    /// Everything there is.
    pub fn all(&self) -> Walk {
        let mut walk = Walk::default();
        let mut level = Vec::new();
        for name in FILES.iter().chain(FOLDERS) {
            self.visit_named(&self.root(), name, &mut walk, &mut level);
        }
        level.extend(self.mounted_under(""));
        self.descend(level, &mut walk);
        walk
    }

    /// Everything at or under one source path.
    pub fn under(&self, path: &SourcePath) -> Walk {
        let mut walk = Walk::default();
        let mut level = Vec::new();
        self.locate(path, &mut walk, &mut level);
        level.extend(self.mounted_under(path.as_str()));
        self.descend(level, &mut walk);
        walk
    }

    fn root(&self) -> Folder {
        Folder { at: String::new(), real: self.mounts.root().to_path_buf(), jumps: [].into(), home: None }
    }

    /// The mounted folders that appear strictly below `at`.
    fn mounted_under(&self, at: &str) -> Vec<Folder> {
        let inside = |path: &str| at.is_empty() || below(path, at).is_some_and(|rest| !rest.is_empty());
        let mounts = self.mounts.mounts().iter().filter(|m| inside(m.at.as_str()));
        mounts.map(|m| self.mounted(m.at.as_str(), &m.folder)).collect()
    }

    fn mounted(&self, at: &str, folder: &Path) -> Folder {
        Folder { at: at.to_owned(), real: folder.to_path_buf(), jumps: [].into(), home: None }
    }

    /// Finds `path` part by part, so that every link on the way is judged.
    fn locate(&self, path: &SourcePath, walk: &mut Walk, level: &mut Vec<Folder>) {
        let mount = self.mounts.mounts().iter().find(|m| below(path.as_str(), m.at.as_str()).is_some());
        let (mut folder, rest) = match mount {
            Some(m) => {
                let rest = below(path.as_str(), m.at.as_str()).unwrap_or_default();
                (self.mounted(m.at.as_str(), &m.folder), rest)
            }
            None => (self.root(), path.as_str()),
        };
        let mut parts = rest.split('/').filter(|p| !p.is_empty()).peekable();
        if mount.is_none() {
            let top = parts.peek().copied().unwrap_or_default();
            if !FOLDERS.contains(&top) && !FILES.contains(&top) {
                return;
            }
        }
        while let Some(part) = parts.next() {
            let mut next = Vec::new();
            let mut found = Walk::default();
            self.visit_named(&folder, part, &mut found, &mut next);
            match next.pop() {
                Some(inner) => folder = inner,
                // A file on the way to a longer path: that path does not exist.
                None if parts.peek().is_some() && !found.files.is_empty() => return,
                None => {
                    walk.files.extend(found.files);
                    walk.problems.extend(found.problems);
                    walk.kept.extend(found.kept);
                    return;
                }
            }
        }
        level.push(folder);
    }

    fn visit_named(&self, folder: &Folder, name: &str, walk: &mut Walk, level: &mut Vec<Folder>) {
        let stat = self.disk.stat(&folder.real.join(name));
        let visit = self.visit(folder, OsStr::new(name), stat);
        // A file where a folder of the site belongs, or the other way round, is neither.
        let misplaced = folder.at.is_empty()
            && match &visit {
                Visit::File(..) => !FILES.contains(&name),
                Visit::Folder(_) => !FOLDERS.contains(&name),
                _ => false,
            };
        if !misplaced {
            take(visit, walk, level);
        }
    }

    fn descend(&self, mut level: Vec<Folder>, walk: &mut Walk) {
        while !level.is_empty() {
            let mut next = Vec::new();
            if let [folder] = level.as_slice() {
                self.list(folder, walk, &mut next);
            } else {
                let parts: Vec<(Walk, Vec<Folder>)> = level
                    .par_iter()
                    .map(|folder| {
                        let mut part = (Walk::default(), Vec::new());
                        self.list(folder, &mut part.0, &mut part.1);
                        part
                    })
                    .collect();
                for (part, folders) in parts {
                    walk.files.extend(part.files);
                    walk.problems.extend(part.problems);
                    walk.kept.extend(part.kept);
                    next.extend(folders);
                }
            }
            level = next;
        }
        walk.files.sort_by(|a, b| a.path.cmp(&b.path));
        walk.files.dedup_by(|a, b| a.path == b.path);
    }

    fn list(&self, folder: &Folder, walk: &mut Walk, next: &mut Vec<Folder>) {
        match self.disk.list(&folder.real) {
            Ok(entries) => {
                walk.files.reserve(entries.len());
                for entry in entries {
                    take(self.visit(folder, &entry.name, entry.stat), walk, next);
                }
            }
            // Gone since its name was read: as if it had never been there.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => {
                walk.problems.push((folder.at.clone(), unreadable(&folder.at, &e)));
                walk.kept.push(folder.at.clone());
            }
        }
    }

    fn visit(&self, folder: &Folder, name: &OsStr, stat: io::Result<Stat>) -> Visit {
        let Some(text) = name.to_str() else {
            let shown = name.to_string_lossy();
            if names::junk(&shown) {
                return Visit::Skip;
            }
            return bad_name(&join(&folder.at, &shown), "it is not written in UTF-8");
        };
        let stat = match stat {
            Ok(stat) => stat,
            Err(_) if names::junk(text) => return Visit::Skip,
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Visit::Missing;
            }
            Err(e) => {
                let at = join(&folder.at, text);
                let diagnostic = unreadable(&at, &e);
                return Visit::Kept(at, diagnostic);
            }
        };
        let skip = if stat.kind == Kind::Folder { names::hidden(text) } else { names::junk(text) };
        if skip {
            return Visit::Skip;
        }
        let at = join(&folder.at, text);
        let path = match SourcePath::new(&at) {
            Ok(path) => path,
            Err(e) => return bad_name(&at, &e.to_string()),
        };
        match stat.kind {
            Kind::File => file(path, stat),
            Kind::Folder => {
                let real = folder.real.join(text);
                if self.exclude.contains(&real) || self.mounts.mounts().iter().any(|m| m.at == path) {
                    return Visit::Skip;
                }
                Visit::Folder(Folder { at, real, jumps: folder.jumps.clone(), home: folder.home.clone() })
            }
            Kind::Link => self.follow(folder, at, path),
            Kind::Other => special(at),
        }
    }

    fn follow(&self, folder: &Folder, at: String, path: SourcePath) -> Visit {
        if self.mounts.mounts().iter().any(|m| m.at == path) {
            return Visit::Skip;
        }
        let link = folder.real.join(path.file_name());
        let target = self.disk.canonical(&link).and_then(|real| Ok((self.disk.stat_target(&real)?, real)));
        let (stat, real) = match target {
            Ok(target) => target,
            Err(e) => {
                let message = format!("{at} is a link that leads nowhere: {e}");
                let help = "remove the link, or put back the file it leads to";
                let diagnostic = problem(code::UNREADABLE_FILE, Severity::Error, &at, message, help);
                return Visit::Problem(at, diagnostic);
            }
        };
        // The places the site is made of: whoever put a link there runs the site.
        let owned = (at == "content" || folder.at == "themes") && stat.kind == Kind::Folder;
        let inside =
            self.mounts.holds(&real) || folder.home.as_ref().is_some_and(|home| real.starts_with(home));
        let hidden = real
            .strip_prefix(self.mounts.root())
            .is_ok_and(|rest| rest.components().any(|c| c.as_os_str().to_str().is_some_and(names::hidden)));
        let excluded = self.exclude.iter().any(|e| real.starts_with(e));
        if (!inside && !owned) || hidden || excluded {
            let shown = real.display();
            let message = format!("{at} is a link that leads out of the site's own files, to {shown}");
            let help = "put a copy of the file into the site instead of the link";
            let diagnostic = problem(code::OUTSIDE_SITE, Severity::Error, &at, message, help);
            return Visit::Problem(at, diagnostic);
        }
        match stat.kind {
            Kind::File => file(path, stat),
            Kind::Folder => {
                let round =
                    folder.real.starts_with(&real) || folder.jumps.iter().any(|j| j.starts_with(&real));
                if round || folder.jumps.len() >= MAX_LINKS {
                    let message = format!("{at} is a link that leads back to a folder it lies in");
                    let help = "remove the link";
                    let diagnostic = problem(code::LINK_LOOP, Severity::Error, &at, message, help);
                    return Visit::Problem(at, diagnostic);
                }
                let jumps = folder.jumps.iter().cloned().chain([folder.real.clone()]).collect();
                let home = if inside { folder.home.clone() } else { Some(real.as_path().into()) };
                Visit::Folder(Folder { at, real, jumps, home })
            }
            Kind::Link | Kind::Other => special(at),
        }
    }
}

fn take(visit: Visit, walk: &mut Walk, level: &mut Vec<Folder>) {
    match visit {
        Visit::File(found, warning) => {
            if let Some(warning) = warning {
                // A key of its own, so that it stands beside a problem with the file's bytes.
                walk.problems.push((format!("{}//name", found.path), warning));
            }
            walk.files.push(found);
        }
        Visit::Folder(folder) => level.push(folder),
        Visit::Problem(at, diagnostic) => walk.problems.push((at, diagnostic)),
        Visit::Kept(at, diagnostic) => {
            walk.problems.push((at.clone(), diagnostic));
            walk.kept.push(at);
        }
        Visit::Skip | Visit::Missing => {}
    }
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { [at, "/", name].concat() }
}

fn file(path: SourcePath, stat: Stat) -> Visit {
    let warning = names::windows_trouble(path.file_name()).map(|why| {
        let message = format!("the name of {path} does not work on every computer: {why}");
        problem(code::FILE_NAME, Severity::Warning, path.as_str(), message, "give the file another name")
    });
    Visit::File(Found { path, stat }, warning)
}

fn bad_name(at: &str, why: &str) -> Visit {
    // Escaped: a name with a line break must not break the message.
    let shown: String = at
        .chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<char>>() } else { vec![c] })
        .collect();
    let message = format!("the name `{shown}` cannot be used: {why}");
    let help = "rename it, using letters, digits, - and _";
    let diagnostic = Diagnostic::site(code::FILE_NAME, Severity::Error, message).help(help);
    Visit::Problem(at.to_owned(), diagnostic)
}

fn special(at: String) -> Visit {
    let message = format!("{at} is a pipe, socket or device, not a file; it is left out");
    let diagnostic =
        problem(code::SPECIAL_FILE, Severity::Warning, &at, message, "remove it from the site folder");
    Visit::Problem(at, diagnostic)
}
