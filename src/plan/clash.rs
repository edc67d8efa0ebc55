//! Outputs that cannot be written beside each other: two of one name, or a file where another one needs a folder.
//!
//! Names count as one when some disk or host takes them for one: upper and lower case, forms of Unicode. Each clash is an
//! error with both sources and the way out that fits them; nothing is written while there is one.

use super::Job;
use crate::diag::{Diagnostic, Severity, code};
use crate::source::{OutputPath, SourcePath, Span, folded};
use std::collections::{BTreeMap, BTreeSet};

/// Who wants an output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// A page or another file of the site.
    File(SourcePath),
    /// An old address in a page's front matter, at its place there.
    Alias(SourcePath, Span),
    /// Guidepost itself: what it makes is called so, and this is the way to do without it.
    Made(&'static str, &'static str),
}

/// Why one of two outputs cannot be there.
#[derive(Debug, Clone, Copy)]
enum Why<'a> {
    /// Both are this file.
    SameName(&'a str),
    /// One is this file, and the other lies in a folder of its name.
    Folder { file: &'a str, inner: &'a str },
}

/// The way to do without an output.
macro_rules! off {
    ($key:literal) => {
        concat!("write ", $key, ": false below outputs: in site.yaml")
    };
}

impl Claim {
    pub fn of(source: SourcePath) -> Claim {
        Claim::File(source)
    }

    pub fn alias(source: SourcePath, span: Span) -> Claim {
        Claim::Alias(source, span)
    }

    /// The claim of what Guidepost makes by itself.
    pub fn made(job: &Job) -> Claim {
        match job {
            Job::Tag { .. } | Job::Tags { .. } => Claim::Made("the tag pages", off!("tags")),
            Job::AToZ { .. } => Claim::Made("the page from A to Z", off!("a_z")),
            Job::SiteMap { .. } => Claim::Made("the page that lists all pages", off!("site_map")),
            Job::Finder { .. } => Claim::Made("the finder pages", off!("finder")),
            Job::Print { .. } => Claim::Made("the print pages", off!("print")),
            Job::Sitemap => Claim::Made("the list of addresses for search engines", off!("sitemap")),
            Job::Feed { .. } => Claim::Made("the feed", off!("feed")),
            Job::Robots => Claim::Made("the file that Guidepost makes for search engines", off!("robots")),
            Job::NotFound => Claim::Made(
                "the page for addresses that do not exist",
                "change the words of that page in the folder translations",
            ),
            Job::Page { .. }
            | Job::Redirect { .. }
            | Job::Over { .. }
            | Job::Stylesheet { .. }
            | Job::Copy { .. } => Claim::Made("a file that Guidepost makes", ""),
        }
    }

    /// How much somebody can do about it, least first: an alias has a line, a file has a name.
    fn rank(&self) -> u8 {
        match self {
            Claim::Alias(..) => 0,
            Claim::File(_) => 1,
            Claim::Made(..) => 2,
        }
    }

    fn source(&self) -> Option<(&SourcePath, Span)> {
        match self {
            Claim::File(source) => Some((source, Span::default())),
            Claim::Alias(source, span) => Some((source, *span)),
            Claim::Made(..) => None,
        }
    }

    fn name(&self) -> String {
        match self {
            Claim::File(source) => format!("\"{source}\""),
            Claim::Alias(source, _) => format!("an alias of \"{source}\""),
            Claim::Made(what, _) => (*what).to_owned(),
        }
    }

    /// What to do to this one so that the other may stay.
    fn way_out(&self) -> Option<String> {
        match self {
            Claim::File(source) => Some(format!("rename {source}")),
            Claim::Alias(source, _) => Some(format!("take the alias out of {source}")),
            Claim::Made(_, way) => (!way.is_empty()).then(|| (*way).to_owned()),
        }
    }

    /// That the address cannot be the name of an output.
    pub fn refused(&self, address: &str) -> Option<Diagnostic> {
        let (source, span) = self.source()?;
        let message = format!("\"{address}\" cannot be the name of an output file.");
        let help = "Give the file a shorter name without special characters.";
        Some(Diagnostic::error(code::FILE_NAME, source, span, message).help(help))
    }
}

/// Whether the name is one that Guidepost keeps for what it needs in an output folder itself.
pub(super) fn is_own(path: &OutputPath) -> bool {
    folded(path.as_str()).starts_with(".guidepost-")
}

/// What is wanted so far, by the form under which some disks know it: none may lose a page there.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    by_name: BTreeMap<String, (OutputPath, Claim)>,
    /// A page that falls back clashes in every language; that is one mistake.
    told: BTreeSet<(Claim, Claim)>,
}

impl Wanted {
    /// Gives whether the output is free; the first who wants it has it.
    pub fn take(&mut self, path: &OutputPath, claim: Claim, problems: &mut Vec<Diagnostic>) -> bool {
        let name = folded(path.as_str());
        if let Some((_, first)) = self.by_name.get(&name) {
            if self.told.insert((claim.clone(), first.clone())) {
                problems.push(clash(&claim, first, Why::SameName(path.as_str())));
            }
            return false;
        }
        self.by_name.insert(name, (path.clone(), claim));
        true
    }

    /// Finds the files that stand where others need a folder.
    pub fn folders(&mut self, problems: &mut Vec<Diagnostic>) {
        let mut seen = BTreeSet::new();
        let mut found: Vec<(&(OutputPath, Claim), &str)> = Vec::new();
        for name in self.by_name.keys() {
            let folder = name.rfind('/').map_or("", |end| &name[..end]);
            for end in folder.match_indices('/').map(|(i, _)| i).chain([folder.len()]).rev() {
                // What is above a folder that was seen was seen too.
                if !seen.insert(&folder[..end]) {
                    break;
                }
                found.extend(self.by_name.get(&folder[..end]).map(|file| (file, &folder[..end])));
            }
        }
        for ((file, claim), folder) in found {
            let inside = format!("{folder}/");
            let from = self.by_name.range(inside.clone()..);
            let inner = from.take_while(|(name, _)| name.starts_with(&inside)).map(|(_, inner)| inner);
            // Of all that lies in the folder, what somebody wrote says most.
            let Some((path, other)) = inner.min_by_key(|(_, claim)| claim.rank()) else { continue };
            let why = Why::Folder { file: file.as_str(), inner: path.as_str() };
            if self.told.insert((other.clone(), claim.clone())) {
                problems.push(clash(other, claim, why));
            }
        }
    }
}

fn clash(claim: &Claim, other: &Claim, why: Why<'_>) -> Diagnostic {
    // It is told where somebody can change something: at a line, if there is one.
    let (at, second) = if claim.rank() <= other.rank() { (claim, other) } else { (other, claim) };
    let message = match (why, at == second) {
        (Why::SameName(path), false) => {
            format!("{} and {} would both be written to {path}.", sentence(at), second.name())
        }
        (Why::SameName(path), true) => match at {
            Claim::Made(what, _) => format!("Two of {what} would both be written to {path}."),
            _ => format!("{} would be written to {path} twice.", sentence(at)),
        },
        (Why::Folder { file, inner }, _) => {
            let (first, inside) = (other.name(), claim.name());
            format!(
                "{} would be the file {file}, but {inside} would be written to {inner}, so {file} must be a folder.",
                capital(&first)
            )
        }
    };
    let mut ways: Vec<String> = match why {
        Why::SameName(_) => [at, second].into_iter().filter_map(Claim::way_out).collect(),
        Why::Folder { file, .. } => {
            // What lies in the folder is there for many reasons; the folder has a name of its own, or is an alias's.
            let inner = match claim {
                Claim::File(source) => {
                    let folder = format!("content/{file}");
                    source
                        .as_str()
                        .starts_with(&format!("{folder}/"))
                        .then(|| format!("rename the folder {folder}"))
                }
                _ => claim.way_out(),
            };
            match claim {
                Claim::Alias(..) => inner.into_iter().chain(other.way_out()).collect(),
                _ => other.way_out().into_iter().chain(inner).collect(),
            }
        }
    };
    ways.dedup();
    let mut help = capital(&ways.join(", or "));
    help.push_str(match why {
        Why::SameName(_) => "; upper and lower case count as the same name.",
        Why::Folder { .. } => ".",
    });
    let Some((path, span)) = at.source() else {
        return Diagnostic::site(code::ADDRESS_COLLISION, Severity::Error, message).help(help);
    };
    let diagnostic = Diagnostic::error(code::ADDRESS_COLLISION, path, span, message).help(help);
    match second.source() {
        Some((path, span)) => diagnostic.label(path, span, "the other source"),
        None => diagnostic,
    }
}

fn sentence(claim: &Claim) -> String {
    capital(&claim.name())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
