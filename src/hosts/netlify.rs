//! Netlify: `_redirects` and `_headers`. The first rule that fits counts; a file that is there wins unless the rule has a `!`.

use super::{Files, LASTING, Lasting, MADE, POLICY, Site};
use std::fmt::Write as _;

/// Maximum number of rules: more are slow, says Netlify.
const MAX_RULES: usize = 10_000;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    let mut rules = 0;
    let mut text = format!("# {MADE}\n{} {} 404!\n", site.path(".guidepost-*"), site.path("404.html"));
    for redirect in &site.redirects {
        for from in Site::asked(redirect) {
            rules += 1;
            let _ =
                writeln!(text, "{} {} 301!", site.path(from), site.path(super::shown(&redirect.to, false)));
        }
    }
    if rules > MAX_RULES {
        files.limit(
            format!("There are {rules} redirects, and Netlify advises 10,000 at most."),
            "All are written. Take out old addresses (aliases) that nobody asks for any more.",
        );
    }
    files.add("_redirects", text);
    files.add("_headers", headers(site));
    site.only_at_top("_redirects and _headers", &mut files);
    files
}

/// The headers; pages need no line on how long they may be kept, since Netlify asks anew by itself.
pub(super) fn headers(site: &Site) -> String {
    let mut text = format!(
        "# {MADE}\n{}\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: {POLICY}\n",
        site.path("*")
    );
    for lasting in &site.lasting {
        let path = match lasting {
            Lasting::Folder(folder) => site.path(&format!("{folder}*")),
            Lasting::File(file) => site.path(file),
        };
        let _ = write!(text, "{path}\n  Cache-Control: {LASTING}\n");
    }
    text
}
