//! GitHub Pages: no headers, no redirects by the server. The pages at old addresses lead on by themselves.

use super::{Files, Site};

/// Maximum size of a site, in bytes.
const MAX_SITE_BYTES: u64 = 1 << 30;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    // Without it names that begin with _ are left out.
    files.add(".nojekyll", String::new());
    if let Some(name) = site.host()
        && site.base().is_empty()
        && !name.ends_with(".github.io")
    {
        files.add("CNAME", format!("{name}\n"));
    }
    if site.bytes > MAX_SITE_BYTES {
        files.limit(
            format!(
                "The files beside the pages are {} MB, and GitHub Pages takes 1,024 MB at most.",
                site.bytes >> 20
            ),
            "Publish large files, such as films, somewhere else, and link to them.",
        );
    }
    files
}
