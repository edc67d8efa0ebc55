//! Which outputs there are, before any is made.
//!
//! [`plan`] lists every output of the site with the job that makes it. Two sources that want the same file are
//! found here (`clash`), so nothing is ever overwritten in silence. Called by the engine after each assembly.

mod aliases;
mod clash;
mod finder;
mod paths;

pub use aliases::{Alias, alias_language, aliases};
pub use clash::Settings;
pub use finder::{Choice, Chosen, choices};
pub use paths::{alias_address, asset_address, narrow_address, output_path, print_address, tag_address};

use crate::config::Config;
use crate::diag::{Diagnostic, code};
use crate::site::{LangIndex, Site};
use crate::source::{Fingerprint, OutputPath, SourcePath, folded, nfc};
use clash::{Claim, Wanted};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How one output is made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Job {
    /// A page, shown in a language.
    Page {
        /// The language whose tree it stands in.
        lang: LangIndex,
        /// Its logical path.
        logical: Arc<str>,
    },
    /// The pages of one tag.
    Tag {
        /// The language.
        lang: LangIndex,
        /// The tag's slug.
        slug: String,
    },
    /// All tags.
    Tags {
        /// The language.
        lang: LangIndex,
    },
    /// Everything from A to Z.
    AToZ {
        /// The language.
        lang: LangIndex,
    },
    /// The whole tree.
    SiteMap {
        /// The language.
        lang: LangIndex,
    },
    /// A ready-made choice of the finder of a kind.
    Finder {
        /// The language.
        lang: LangIndex,
        /// The kind.
        kind: String,
        /// Field and value of each choice made, in the order of the kind's facets.
        chosen: Vec<(String, String)>,
    },
    /// The guide, or one section of it, on one page for printing.
    Print {
        /// The language.
        lang: LangIndex,
        /// Logical path of the section page; none for the whole guide.
        section: Option<Arc<str>>,
    },
    /// An old address that leads to a page.
    Redirect {
        /// The language.
        lang: LangIndex,
        /// Logical path of the page it leads to.
        to: Arc<str>,
    },
    /// An address that was published and is over: it says so, and leads on.
    Over {
        /// The language.
        lang: LangIndex,
        /// Logical path of the page that was there, or of the section page of what Guidepost made.
        page: Arc<str>,
    },
    /// The page a server shows for an address that does not exist.
    NotFound,
    /// `sitemap.xml`.
    Sitemap,
    /// The Atom feed of a language.
    Feed {
        /// The language.
        lang: LangIndex,
    },
    /// `robots.txt`.
    Robots,
    /// The page of the search's results.
    Search {
        /// The language.
        lang: LangIndex,
    },
    /// A file of the search: its reader, a root or a shard.
    SearchFile {
        /// The fingerprint of its bytes.
        fingerprint: Fingerprint,
    },
    /// `guide.zip`: the whole site as one file.
    Zip,
    /// A file that a host reads: redirects, headers and the like.
    HostFile {
        /// What stands in it, but for the policy of the pages.
        text: Arc<str>,
    },
    /// A stylesheet or script that a template makes or that names other files.
    Stylesheet {
        /// Its name as templates ask for it.
        name: String,
    },
    /// A file that is copied as it is.
    Copy {
        /// The source.
        from: SourcePath,
    },
    /// A photo, made narrower for small screens.
    Photo {
        /// The source.
        from: SourcePath,
        /// How wide, in pixels.
        width: u32,
    },
    /// A text file that a template makes.
    File {
        /// The language.
        lang: LangIndex,
        /// The template.
        template: String,
    },
}

/// The address of the file that holds the whole site.
pub const ZIP: &str = "guide.zip";

/// Every output with its job.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The jobs by output path.
    pub jobs: BTreeMap<OutputPath, Job>,
    /// Problems met: collisions, outputs that need `base_url`.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the plan must know of assets: output address by source, for all that are written.
#[derive(Debug, Clone)]
pub struct PlannedAsset {
    /// Output address from the root.
    pub address: String,
    /// How it is made.
    pub job: Job,
    /// The source, for messages.
    pub source: SourcePath,
}

/// Lists every output. `settings` says where a setting stands, for messages.
pub fn plan(site: &Site, config: &Config, assets: Vec<PlannedAsset>, settings: Settings<'_>) -> Plan {
    let mut plan = Plan::default();
    let mut order: Vec<(String, Job, Claim)> = Vec::new();
    for (lang, tree) in site.trees.iter().enumerate() {
        let lang = lang as LangIndex;
        for node in &tree.nodes {
            let claim = Claim::page(&node.document);
            let job = Job::Page { lang, logical: node.logical.clone() };
            order.push((output_path(&node.address), job, claim));
        }
    }
    // Whoever has a robots.txt of their own means that one.
    let own_robots = assets.iter().any(|asset| asset.source.as_str() == "content/robots.txt");
    for asset in assets {
        order.push((asset.address, asset.job, Claim::of(asset.source)));
    }
    let made = made_pages(site, config).into_iter().filter(|(_, job)| !(own_robots && *job == Job::Robots));
    order.extend(made.map(|(address, job)| (address, job.clone(), Claim::Made(job))));
    // Aliases come last: an old address never takes a file that something else makes.
    let (following, written): (Vec<_>, Vec<_>) =
        aliases(site, &config.languages).into_iter().partition(|alias| alias.follows);
    for alias in written {
        let path = &alias.of.document.path;
        match alias.address {
            Ok(address) => {
                let job = Job::Redirect { lang: alias.lang, to: alias.of.logical.clone() };
                order.push((address, job, Claim::alias(path.clone(), alias.span)));
            }
            Err(why) => plan.diagnostics.push(
                Diagnostic::error(
                    code::OUTSIDE_SITE,
                    path,
                    alias.span,
                    format!("The alias \"{}\" cannot be used: {why}.", alias.written),
                )
                .help("Write the old address from the start of the site, such as old-folder/old-page.html."),
            ),
        }
    }
    let mut wanted = Wanted::new(site, settings);
    for (address, job, claim) in order {
        match OutputPath::new(&address) {
            // Two files of one page may know the same old address.
            Ok(path) if plan.jobs.get(&path) == Some(&job) && matches!(job, Job::Redirect { .. }) => {}
            Ok(path) if !clash::is_own(&path) => {
                if wanted.take(&path, claim, &mut plan.diagnostics) {
                    plan.jobs.insert(path, job);
                }
            }
            _ => plan.diagnostics.extend(claim.refused(&address)),
        }
    }
    for alias in following {
        let Some(path) = alias.address.ok().and_then(|address| OutputPath::new(&address).ok()) else {
            continue;
        };
        if !clash::is_own(&path) && !wanted.has(&path) {
            let claim = Claim::alias(alias.of.document.path.clone(), alias.span);
            wanted.take(&path, claim, &mut plan.diagnostics);
            plan.jobs.insert(path, Job::Redirect { lang: alias.lang, to: alias.of.logical.clone() });
        }
    }
    wanted.folders(&mut plan.diagnostics);
    plan
}

/// Adds an answer for each of the addresses `locked` that has none, if `whole`, the plan of the site without anything left
/// out, has one: a day that passes takes no address away from who has it on paper.
pub fn answer(plan: &mut Plan, whole: &BTreeMap<OutputPath, Job>, locked: impl Iterator<Item = String>) {
    let mut taken: Option<BTreeSet<String>> = None;
    for address in locked {
        let Some((path, job)) = OutputPath::new(&nfc(&address)).ok().and_then(|p| whole.get_key_value(&p))
        else {
            continue;
        };
        let over = |lang: &LangIndex, page: &Arc<str>| Some(Job::Over { lang: *lang, page: page.clone() });
        let answer = match job {
            Job::Page { lang, logical } => over(lang, logical),
            Job::Redirect { lang, to } => over(lang, to),
            Job::Print { lang, section: Some(section) } => over(lang, section),
            Job::Tag { lang, .. }
            | Job::Tags { lang }
            | Job::AToZ { lang }
            | Job::SiteMap { lang }
            | Job::Print { lang, .. }
            | Job::Finder { lang, .. } => over(lang, &"index.md".into()),
            _ => None,
        };
        if plan.jobs.contains_key(path) {
            continue;
        }
        let taken = taken.get_or_insert_with(|| plan.jobs.keys().map(|path| folded(path.as_str())).collect());
        // What is there now comes first, files and the folders that they need.
        let name = folded(path.as_str());
        if let Some(answer) = answer.filter(|_| clash::fits(taken, &name) && taken.insert(name.clone())) {
            plan.jobs.insert(path.clone(), answer);
        }
    }
}

/// The pages and feeds that Guidepost makes by itself, with their addresses from the output root.
pub fn made_pages(site: &Site, config: &Config) -> Vec<(String, Job)> {
    let mut made = Vec::new();
    for (lang, tree) in site.trees.iter().enumerate() {
        let lang = lang as LangIndex;
        let prefix = paths::prefix(lang, &tree.code);
        let mut add = |address: String, job: Job| made.push((address, job));
        if config.outputs.tags && !tree.tags.is_empty() {
            add(format!("{prefix}tags/index.html"), Job::Tags { lang });
            for slug in tree.tags.keys() {
                add(tag_address(&prefix, slug), Job::Tag { lang, slug: slug.clone() });
            }
        }
        if tree.nodes.is_empty() {
            continue;
        }
        if config.outputs.a_z {
            add(format!("{prefix}a-z.html"), Job::AToZ { lang });
        }
        if config.outputs.site_map {
            add(format!("{prefix}site-map.html"), Job::SiteMap { lang });
        }
        if config.outputs.search {
            add(format!("{prefix}search.html"), Job::Search { lang });
        }
        if config.outputs.print {
            add(print_address(&prefix, "index.md"), Job::Print { lang, section: None });
            for node in tree.nodes.iter().filter(|n| n.is_section() && !n.members.is_empty()) {
                if Some(&*node.logical) != tree.home.and_then(|h| tree.node(h)).map(|n| &*n.logical) {
                    let section = Some(node.logical.clone());
                    add(print_address(&prefix, &node.logical), Job::Print { lang, section });
                }
            }
        }
        if config.outputs.finder {
            for kind in config.kinds.0.values().filter(|k| k.finder.is_some() && !k.facets.is_empty()) {
                for choice in choices(site, lang, kind) {
                    let job = Job::Finder { lang, kind: kind.name.clone(), chosen: choice.chosen };
                    add(format!("{prefix}{}", choice.address), job);
                }
            }
        }
        if config.outputs.feed && config.base_url.is_some() {
            add(format!("{prefix}feed.xml"), Job::Feed { lang });
        }
    }
    if site.trees.iter().any(|t| !t.nodes.is_empty()) {
        let mut add = |address: &str, job: Job| made.push((address.to_string(), job));
        add("404.html", Job::NotFound);
        if config.outputs.robots {
            add("robots.txt", Job::Robots);
        }
        if config.outputs.sitemap && config.base_url.is_some() {
            add("sitemap.xml", Job::Sitemap);
        }
        if config.outputs.zip {
            add(ZIP, Job::Zip);
        }
    }
    for file in config.made_files.iter().filter(|file| !file.hashed) {
        let trees = site.trees.iter().enumerate().filter(|(_, tree)| !tree.nodes.is_empty());
        for (lang, tree) in trees.take(if file.each_language { usize::MAX } else { 1 }) {
            let lang = lang as LangIndex;
            let prefix = if file.each_language { paths::prefix(lang, &tree.code) } else { String::new() };
            let address = nfc(&format!("{prefix}{}", file.path)).into_owned();
            // Whoever makes one of these by a template means that one.
            made.retain(|(other, job)| {
                *other != address || !matches!(job, Job::Sitemap | Job::Feed { .. } | Job::Robots)
            });
            made.push((address, Job::File { lang, template: file.template.clone() }));
        }
    }
    made
}
