//! What hosts are told beside the pages: redirects, headers, types, the page for what is not found.
//!
//! [`Site`] says it once, in no host's words; each file here writes it as one host reads it, and says with numbers what the
//! host cannot take. Pure: what a site has comes from the plan. Called by the engine's planning.

mod apache;
mod azure;
mod cloudflare;
mod iis;
mod netlify;
mod nginx;
mod pages;
mod s3;
#[cfg(test)]
mod tests;

use crate::config::Host;
use crate::source::url_escape;
use std::collections::BTreeMap;

/// What the site asks of its hosts.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The site's address without a `/` at its end, when it is known.
    pub address: Option<String>,
    /// Old addresses and where they lead, as paths of outputs.
    pub redirects: Vec<Redirect>,
    /// What never changes under its name.
    pub lasting: Vec<Lasting>,
    /// Content types by extension, of the files that there are.
    pub types: BTreeMap<String, &'static str>,
    /// Whether there is a page for what is not found.
    pub not_found: bool,
    /// The bytes of the files that are copied, together.
    pub bytes: u64,
    /// Files that are copied and their sizes.
    pub sizes: Vec<(String, u64)>,
}

/// An old address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The output that stands at the old address.
    pub from: String,
    /// The output to which it leads.
    pub to: String,
}

/// Files that never change under their names, since those are made of their bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lasting {
    /// All in this folder, which ends with `/`.
    Folder(String),
    /// This file.
    File(String),
}

/// What a host reads.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// By the path of the output.
    pub files: Vec<(String, String)>,
    /// What it cannot take.
    pub limits: Vec<Limit>,
}

/// Something that a host cannot take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What it is, with numbers.
    pub message: String,
    /// What becomes of it, and what can be done.
    pub help: String,
}

impl Files {
    fn add(&mut self, name: &str, text: String) {
        self.files.push((name.to_owned(), text));
    }

    fn limit(&mut self, message: String, help: &str) {
        self.limits.push(Limit { message, help: help.to_owned() });
    }
}

/// How long what never changes may be kept: a year, the longest that is of use.
const LASTING: &str = "public, max-age=31536000, immutable";
/// Pages are asked for anew each time; who has them gets a short answer.
const FRESH: &str = "no-cache";

/// Stands in the line of a file that names the policy of the pages; without a policy the line goes.
const POLICY: &str = "@@the-policy-of-the-pages@@";

/// The folder of what a host's administrator takes in, and nobody is to be shown.
pub const FOLDER: &str = ".guidepost-host/";

/// What every file says of itself, without the sign of a comment.
const MADE: &str = "Made by Guidepost from site.yaml and the pages. The next build writes it anew.";

/// What `host` reads of the site.
pub fn files(host: Host, site: &Site) -> Files {
    match host {
        Host::GithubPages => pages::files(site),
        Host::Netlify => netlify::files(site),
        Host::Cloudflare => cloudflare::files(site),
        Host::Azure => azure::files(site),
        Host::S3 => s3::files(site),
        Host::Iis => iis::files(site, iis::Errors::Left),
        Host::IisFull => iis::files(site, iis::Errors::Set),
        Host::Apache => apache::files(site),
        Host::Nginx => nginx::files(site),
    }
}

/// What `host` says to a site of so many files; none when it takes them.
pub fn too_many(host: Host, count: usize) -> Option<Limit> {
    match host {
        Host::Cloudflare => cloudflare::too_many(count),
        _ => None,
    }
}

/// What `host` says to a file of so many bytes, other than those in [`Site::sizes`]; none when it takes it.
pub fn too_large(host: Host, name: &str, bytes: u64) -> Option<Limit> {
    match host {
        Host::Cloudflare => cloudflare::too_large(&[(name.to_owned(), bytes)]),
        _ => None,
    }
}

/// A file as it is published: `policy` is that of the pages, if they have one that a header can say.
pub fn finished(text: &str, policy: Option<&str>) -> String {
    let policy = policy.filter(|policy| policy.chars().all(|c| !c.is_control() && !"\"\\$<>&".contains(c)));
    let mut out = String::with_capacity(text.len() + 512);
    for line in text.split_inclusive('\n') {
        match (line.contains(POLICY), policy) {
            (false, _) => out.push_str(line),
            (true, Some(policy)) => out.push_str(&line.replace(POLICY, policy)),
            (true, None) => {}
        }
    }
    out
}

/// The address of an output as people see it: a folder in the place of its index, and perhaps no `.html`.
pub fn shown(address: &str, drops_html: bool) -> &str {
    let folder = address.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
    let bare = || address.strip_suffix(".html").filter(|_| drops_html).unwrap_or(address);
    folder.unwrap_or_else(bare)
}

impl Site {
    /// The path of the site at its host: `/guide`, or "" at the top.
    fn base(&self) -> &str {
        let rest = self.address.as_deref().and_then(|a| a.split_once("://")).map_or("", |(_, rest)| rest);
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("").trim_end_matches('/')
    }

    /// The name of the host in the site's address.
    fn host(&self) -> Option<&str> {
        let (_, rest) = self.address.as_deref()?.split_once("://")?;
        rest.split(['/', ':']).next().filter(|name| !name.is_empty())
    }

    /// The path of an output at the host, with percent codes.
    fn path(&self, output: &str) -> String {
        let mut out = format!("{}/", self.base());
        url_escape(output, &mut out);
        out
    }

    /// The same in letters.
    fn letters(&self, output: &str) -> String {
        format!("{}/{output}", crate::source::address::decode(self.base()))
    }

    /// What a redirect is asked for: the output, and the folder that it is the index of.
    fn asked(redirect: &Redirect) -> Vec<&str> {
        let folder = shown(&redirect.from, false);
        let mut asked = vec![redirect.from.as_str()];
        if folder != redirect.from {
            asked.push(folder);
            asked.extend(folder.strip_suffix('/').filter(|bare| !bare.is_empty()));
        }
        asked
    }

    /// The content types that a header or a table of types can say, by extension: what is known.
    fn known_types(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.types.iter().map(|(extension, kind)| (extension.as_str(), *kind))
    }

    /// That the site lies in a folder of a host that reads its files only at the top.
    fn only_at_top(&self, name: &str, files: &mut Files) {
        if !self.base().is_empty() {
            files.limit(
                format!("base_url has the path \"{}\", and the host reads {name} only at its top.", self.base()),
                "Publish the site at the top of a host of its own, or move these files to the top of what you publish.",
            );
        }
    }
}

/// Text with a `\` before each letter that a regular expression would take for a sign.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if !c.is_alphanumeric() && c.is_ascii() && !matches!(c, '/' | '_' | '-' | ' ' | '%') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A pattern for all that never changes, from the path of the site; none when nothing does.
fn lasting_pattern(site: &Site) -> Option<String> {
    let one = |lasting: &Lasting| match lasting {
        Lasting::Folder(folder) => literal(folder),
        Lasting::File(file) => format!("{}$", literal(file)),
    };
    let all: Vec<String> = site.lasting.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("^{}(?:{})", literal(&site.letters("")), all.join("|")))
}

/// The fewest rules that say which outputs never change: `outputs` are all, each with whether it does not.
pub fn lasting<'o>(outputs: impl Iterator<Item = (&'o str, bool)>) -> Vec<Lasting> {
    let mut folders: BTreeMap<&str, bool> = BTreeMap::new();
    let all: Vec<(&str, bool)> = outputs.collect();
    for (path, lasts) in &all {
        for (at, _) in path.match_indices('/') {
            *folders.entry(path.get(..=at).unwrap_or("")).or_insert(true) &= lasts;
        }
    }
    let whole = |path: &'o str| {
        let mut above = path.match_indices('/').filter_map(|(at, _)| path.get(..=at));
        above.find(|folder| folders.get(folder) == Some(&true))
    };
    let mut rules: Vec<Lasting> = all
        .iter()
        .filter(|(_, lasts)| *lasts)
        .map(|(path, _)| match whole(path) {
            Some(folder) => Lasting::Folder(folder.to_owned()),
            None => Lasting::File((*path).to_owned()),
        })
        .collect();
    rules.sort();
    rules.dedup();
    rules
}
