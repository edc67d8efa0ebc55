//! Outputs that cannot be written beside each other: two of one name, or a file where another one needs a folder.
//!
//! Names count as one when some disk or host takes them for one: upper and lower case, forms of Unicode. Each clash is an
//! error with both sources and the way out that fits them; nothing is written while there is one.

use super::Job;
use crate::diag::{Diagnostic, Severity, code};
use crate::document::Document;
use crate::site::{Site, value_span};
use crate::source::{OutputPath, SourcePath, Span, folded};
use std::collections::{BTreeMap, BTreeSet};

/// Where a setting stands: the keys that lead to it from the top of `site.yaml`.
pub type Settings<'a> = &'a dyn Fn(&[String]) -> Option<(SourcePath, Span)>;

/// Who wants an output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// A page or another file of the site.
    File(SourcePath),
    /// An old address in a page's front matter, at its place there.
    Alias(SourcePath, Span),
    /// Guidepost itself.
    Made(Job),
}

/// What is said of one who wants an output.
struct Side {
    name: String,
    /// Where it is asked for.
    place: Option<(SourcePath, Span)>,
    /// What to do to it so that the other may stay.
    way_out: Option<String>,
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

    /// A page; one that is no file is called by its folder.
    pub fn page(document: &Document) -> Claim {
        let folder = document.made.then(|| SourcePath::new(document.path.folder()).ok()).flatten();
        Claim::File(folder.unwrap_or_else(|| document.path.clone()))
    }

    pub fn alias(source: SourcePath, span: Span) -> Claim {
        Claim::Alias(source, span)
    }

    /// How much somebody can do about it, least first: an alias has a line, a file has a name.
    fn rank(&self) -> u8 {
        match self {
            Claim::Alias(..) => 0,
            Claim::File(_) => 1,
            Claim::Made(..) => 2,
        }
    }

    fn side(&self, site: &Site, settings: Settings<'_>) -> Side {
        match self {
            Claim::File(source) => Side {
                name: format!("\"{source}\""),
                place: Some((source.clone(), Span::default())),
                way_out: Some(format!("rename {source}")),
            },
            Claim::Alias(source, span) => Side {
                name: format!("an alias of \"{source}\""),
                place: Some((source.clone(), *span)),
                way_out: Some(format!("take the alias out of {source}")),
            },
            Claim::Made(job) => made(job, site, settings),
        }
    }

    /// The kind and the choice of a page of a finder.
    fn choice(&self) -> Option<(&str, &[(String, String)])> {
        match self {
            Claim::Made(Job::Finder { kind, chosen, .. }) => Some((kind, chosen)),
            _ => None,
        }
    }

    /// That the address cannot be the name of an output.
    pub fn refused(&self, address: &str) -> Option<Diagnostic> {
        let (source, span) = match self {
            Claim::File(source) => (source, Span::default()),
            Claim::Alias(source, span) => (source, *span),
            Claim::Made(_) => return None,
        };
        let message = format!("\"{address}\" cannot be the name of an output file.");
        let help = match address.to_lowercase().contains(OWN) {
            true => "Choose another name: those that begin with .guidepost- are Guidepost's own.",
            false => "Give the file a shorter name without special characters.",
        };
        Some(Diagnostic::error(code::FILE_NAME, source, span, message).help(help))
    }
}

/// What Guidepost makes by itself: how it is called, which line asks for it, and the way to do without it.
fn made(job: &Job, site: &Site, settings: Settings<'_>) -> Side {
    let side = |name: &str, way: &str| Side {
        name: name.to_owned(),
        place: None,
        way_out: (!way.is_empty()).then(|| way.to_owned()),
    };
    match job {
        Job::Tag { lang, slug } => {
            let tree = site.trees.get(*lang as usize);
            let tag = tree.and_then(|tree| Some((tree, tree.tags.get(slug)?)));
            let page = tag.and_then(|(tree, tag)| tree.node(*tag.pages.first()?));
            let name = tag.map_or(slug.as_str(), |(_, tag)| &tag.name);
            let place = page.map(|n| (n.document.path.clone(), value_span(&n.document.summary, "tags")));
            Side { place, ..side(&format!("the tag pages (\"{name}\")"), off!("tags")) }
        }
        Job::Finder { kind, chosen, .. } => {
            let keys = |keys: &[&str]| settings(&keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>());
            let of_choice =
                |(field, value): &(String, String)| keys(&["kinds", kind, "fields", field, "choices", value]);
            let values: Vec<String> = chosen.iter().map(|(_, value)| format!("\"{value}\"")).collect();
            let name = match values.as_slice() {
                [] => format!("the finder of kind \"{kind}\""),
                values => format!("the choice {} of kind \"{kind}\"", values.join(" with ")),
            };
            let place = chosen.first().and_then(of_choice).or_else(|| keys(&["kinds", kind, "finder"]));
            Side { place, ..side(&name, off!("finder")) }
        }
        Job::Tags { .. } => side("the tag pages", off!("tags")),
        Job::AToZ { .. } => side("the page from A to Z", off!("a_z")),
        Job::SiteMap { .. } => side("the page that lists all pages", off!("site_map")),
        Job::Print { .. } => side("the print pages", off!("print")),
        Job::Sitemap => side("the list of addresses for search engines", off!("sitemap")),
        Job::Feed { .. } => side("the feed", off!("feed")),
        Job::Search { .. } | Job::SearchFile { .. } => side("the search", off!("search")),
        Job::File { template, .. } => side(
            &format!("the file that templates/{template} makes"),
            "take it out of `files` in theme.yaml, or of outputs: files: in site.yaml",
        ),
        Job::Zip => side("the file that holds the whole guide", off!("zip")),
        Job::Robots => side("the file that Guidepost makes for search engines", off!("robots")),
        Job::NotFound => side(
            "the page for addresses that do not exist",
            "change the words of that page in the folder translations (not_found_title, not_found_text)",
        ),
        Job::Page { .. }
        | Job::Redirect { .. }
        | Job::Over { .. }
        | Job::HostFile { .. }
        | Job::Stylesheet { .. }
        | Job::Photo { .. }
        | Job::Copy { .. } => side("a file that Guidepost makes", ""),
    }
}

/// What is the same in clashes that are one mistake: two kinds with one finder clash at each of its pages, two choices
/// with each choice beside them, a file at each language's page.
fn mistake(a: &Claim, b: &Claim) -> (String, String) {
    let (Some((kind, of_a)), Some((other, of_b))) = (a.choice(), b.choice()) else {
        let name = |claim: &Claim| match claim {
            Claim::Made(job) => format!("{:?}", std::mem::discriminant(job)),
            claim => format!("{claim:?}"),
        };
        return (name(a), name(b));
    };
    if kind != other {
        return (kind.to_owned(), other.to_owned());
    }
    let only = |of: &[(String, String)], others: &[(String, String)]| {
        let own: Vec<&(String, String)> = of.iter().filter(|c| !others.contains(c)).collect();
        format!("{own:?}")
    };
    (only(of_a, of_b), only(of_b, of_a))
}

/// What to do about two choices of finders at one address.
fn of_choices(a: &Claim, b: &Claim) -> Option<String> {
    let ((kind, a), (other, b)) = (a.choice()?, b.choice()?);
    Some(match () {
        () if kind != other => {
            format!("Give one of the two kinds another folder for its finder, such as finder: {other}/find.")
        }
        () if a.is_empty() || b.is_empty() => {
            "Give the choice another name: index is the name of the finder's own page.".to_owned()
        }
        () => "Give one of these choices another name; its label can stay.".to_owned(),
    })
}

/// How the names begin that Guidepost keeps for itself.
const OWN: &str = ".guidepost-";

/// Whether the name is one that Guidepost keeps for what it needs in an output folder itself.
pub(super) fn is_own(path: &OutputPath) -> bool {
    folded(path.as_str()).starts_with(OWN)
}

/// Whether an output may stand beside those of the folded names `taken`: it is none of them, lies in none, and none in it.
pub(super) fn fits(taken: &BTreeSet<String>, name: &str) -> bool {
    let inside = format!("{name}/");
    let in_it = taken.range(inside.clone()..).next().is_some_and(|next| next.starts_with(&inside));
    let above = name.match_indices('/').any(|(end, _)| taken.contains(&name[..end]));
    !in_it && !above && !taken.contains(name)
}

/// What is wanted so far, by the form under which some disks know it: none may lose a page there.
pub(super) struct Wanted<'a> {
    site: &'a Site,
    settings: Settings<'a>,
    by_name: BTreeMap<String, (OutputPath, Claim)>,
    /// A page that falls back clashes in every language; that is one mistake.
    told: BTreeSet<(String, String)>,
}

impl<'a> Wanted<'a> {
    pub fn new(site: &'a Site, settings: Settings<'a>) -> Self {
        Wanted { site, settings, by_name: BTreeMap::new(), told: BTreeSet::new() }
    }

    /// Whether something wants the output, in whatever form of its name.
    pub fn has(&self, path: &OutputPath) -> bool {
        self.by_name.contains_key(&folded(path.as_str()))
    }

    /// Gives whether the output is free; the first who wants it has it.
    pub fn take(&mut self, path: &OutputPath, claim: Claim, problems: &mut Vec<Diagnostic>) -> bool {
        let name = folded(path.as_str());
        if let Some((_, first)) = self.by_name.get(&name) {
            if self.told.insert(mistake(&claim, first)) {
                let why = Why::SameName(path.as_str());
                problems.push(clash(&claim, first, why, self.site, self.settings));
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
            if self.told.insert(mistake(other, claim)) {
                problems.push(clash(other, claim, why, self.site, self.settings));
            }
        }
    }
}

fn clash(claim: &Claim, other: &Claim, why: Why<'_>, site: &Site, settings: Settings<'_>) -> Diagnostic {
    // It is told where somebody can change something: at a line, if there is one.
    let (at, second) = if claim.rank() <= other.rank() { (claim, other) } else { (other, claim) };
    let side = |claim: &Claim| claim.side(site, settings);
    let (one, two) = (side(at), side(second));
    let message = match (why, at == second) {
        (Why::SameName(path), false) => {
            format!("{} and {} would both be written to {path}.", capital(&one.name), two.name)
        }
        (Why::SameName(path), true) => match at {
            Claim::Made(_) => format!("Two of {} would both be written to {path}.", one.name),
            _ => format!("{} would be written to {path} twice.", capital(&one.name)),
        },
        (Why::Folder { file, inner }, _) => {
            let (first, inside) = (side(other).name, side(claim).name);
            format!(
                "{} would be the file {file}, but {inside} would be written to {inner}, so {file} must be a folder.",
                capital(&first)
            )
        }
    };
    let mut ways: Vec<String> = match why {
        Why::SameName(_) => [one.way_out, two.way_out].into_iter().flatten().collect(),
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
                _ => side(claim).way_out,
            };
            match claim {
                Claim::Alias(..) => inner.into_iter().chain(side(other).way_out).collect(),
                _ => side(other).way_out.into_iter().chain(inner).collect(),
            }
        }
    };
    ways.dedup();
    let mut help = capital(&ways.join(", or "));
    help.push_str(match why {
        Why::SameName(_) => "; upper and lower case count as the same name.",
        Why::Folder { .. } => ".",
    });
    if let (Why::SameName(_), Some(said)) = (why, of_choices(at, second)) {
        help = said;
    }
    match (one.place, two.place) {
        (Some((path, span)), Some((second, at))) => {
            let found = Diagnostic::error(code::ADDRESS_COLLISION, &path, span, message);
            found.label(&second, at, "the other source")
        }
        (Some((path, span)), None) | (None, Some((path, span))) => {
            Diagnostic::error(code::ADDRESS_COLLISION, &path, span, message)
        }
        (None, None) => Diagnostic::site(code::ADDRESS_COLLISION, Severity::Error, message),
    }
    .help(help)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
