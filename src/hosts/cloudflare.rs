//! Cloudflare Pages and Workers: `_redirects` and `_headers`, close to Netlify's, with other limits, and addresses without `.html`.

use super::{Files, Lasting, Limit, MADE, Redirect, Site, netlify};
use crate::source::address;
use std::fmt::Write as _;

/// Maximum number of rules without a pattern.
const MAX_RULES: usize = 2_000;
/// Maximum length of a line, in letters.
const MAX_LINE_LENGTH: usize = 1_000;
/// Maximum number of rules for headers.
const MAX_HEADER_RULES: usize = 100;
/// Maximum number of files of a site.
const MAX_FILES: usize = 20_000;
/// Maximum size of a file, in bytes.
const MAX_FILE_BYTES: u64 = 25 << 20;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    redirects(site, &mut files);
    let headers =
        if site.lasting.len() < MAX_HEADER_RULES { netlify::headers(site) } else { few(site, &mut files) };
    files.add("_headers", headers);
    // Workers read from it what is not to be published.
    files.add(".assetsignore", ".guidepost-*\n".to_owned());
    site.only_at_top("_redirects and _headers", &mut files);
    files.limits.extend(too_large(&site.sizes));
    files
}

/// What it says to the files among these that it does not take.
pub(super) fn too_large(sizes: &[(String, u64)]) -> Option<Limit> {
    let mut large = sizes.iter().filter(|(_, size)| *size > MAX_FILE_BYTES);
    let (name, size) = large.next()?;
    let more = match large.count() {
        0 => String::new(),
        n => format!(", and so {} more", if n == 1 { "has one".to_owned() } else { format!("have {n}") }),
    };
    Some(Limit {
        message: format!("\"{name}\" has {} MB{more}; Cloudflare takes files of 25 MB at most.", size >> 20),
        help: "Publish large files, such as films, somewhere else, and link to them.".into(),
    })
}

/// What it says to a site of so many files.
pub(super) fn too_many(count: usize) -> Option<Limit> {
    (count > MAX_FILES).then(|| Limit {
        message: format!("The site has {count} files, and Cloudflare takes 20,000 at most."),
        help: "Leave out what you need least: `outputs` in site.yaml says what is made besides the pages."
            .into(),
    })
}

/// What people ask for: with `.html` and without, since the host itself sends them from one to the other.
fn asked(redirect: &Redirect) -> Vec<&str> {
    let mut asked = Site::asked(redirect);
    let bare = super::shown(&redirect.from, true);
    if !asked.contains(&bare) {
        asked.push(bare);
    }
    asked
}

fn redirects(site: &Site, files: &mut Files) {
    let mut text = format!("# {MADE}\n");
    let (mut rules, mut left, mut long) = (1, 0, 0);
    let _ = writeln!(text, "{} {} 301", site.path(".guidepost-outputs"), site.path(""));
    for redirect in &site.redirects {
        let to = site.path(super::shown(&redirect.to, true));
        let mut lines: Vec<String> = Vec::new();
        for from in asked(redirect) {
            // Paths are compared letter by letter: with codes as this site's links have them, and as browsers ask.
            for from in [site.path(from), format!("{}/{}", site.base(), address::asked(from))] {
                let line = format!("{from} {to} 301");
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        if lines.iter().any(|line| line.len() > MAX_LINE_LENGTH) {
            long += 1;
        } else if rules + lines.len() > MAX_RULES {
            left += 1;
        } else {
            rules += lines.len();
            lines.iter().for_each(|line| text.extend([line, "\n"]));
        }
    }
    files.add("_redirects", text);
    let keeps = "Those that are left keep their redirect page, which leads on all the same.";
    if left > 0 {
        files.limit(
            format!(
                "{left} of {} old addresses have no rule: Cloudflare takes 2,000 rules, and an address needs up to four.",
                site.redirects.len()
            ),
            keeps,
        );
    }
    if long > 0 {
        files.limit(
            format!("{long} old addresses are longer than the 1,000 letters that Cloudflare takes."),
            keeps,
        );
    }
}

/// Headers in few rules: of what lasts, the folders alone.
fn few(site: &Site, files: &mut Files) -> String {
    let folders: Vec<Lasting> =
        site.lasting.iter().filter(|lasting| matches!(lasting, Lasting::Folder(_))).cloned().collect();
    let left = site.lasting.len() - folders.len().min(MAX_HEADER_RULES - 1);
    files.limit(
        format!("{left} of {} files and folders that never change have no rule for long keeping: Cloudflare takes {MAX_HEADER_RULES} rules.", site.lasting.len()),
        "Browsers ask for them anew each time, which costs little. Put your own files into folders of assets/.",
    );
    let lasting = folders.into_iter().take(MAX_HEADER_RULES - 1).collect();
    netlify::headers(&Site { lasting, ..site.clone() })
}
