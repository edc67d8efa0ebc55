//! nginx: a file to include in a `server`, with one `location` for the site and all else inside of it, since headers and types
//! that stand further out are not handed down.

use super::{FOLDER, FRESH, Files, LASTING, MADE, POLICY, Site, lasting_pattern};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    let at = site.letters("");
    let mut out =
        format!("# {MADE}\n# Include it in a server whose root is the folder in which {} lies", quoted(&at));
    out.push_str(",\n# in the place of its own location of this path. Then test and reload: nginx -t && nginx -s reload\n");
    let _ = writeln!(out, "location ^~ {} {{", quoted(&at));
    out.push_str("  index index.html;\n  absolute_redirect off;\n");
    if site.not_found {
        let _ = writeln!(out, "  error_page 404 {};", quoted(&site.letters("404.html")));
    }
    out.push_str("  charset utf-8;\n");
    let texts: Vec<&str> = site
        .known_types()
        .filter_map(|(_, kind)| kind.strip_suffix("; charset=utf-8"))
        .filter(|kind| *kind != "text/html")
        .collect();
    let texts: std::collections::BTreeSet<&str> = texts.into_iter().collect();
    if !texts.is_empty() {
        let _ = writeln!(out, "  charset_types {};", texts.into_iter().collect::<Vec<_>>().join(" "));
    }
    let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (extension, kind) in site.known_types() {
        types.entry(kind.split(';').next().unwrap_or(kind)).or_default().push(extension);
    }
    out.push_str("  default_type application/octet-stream;\n  types {\n");
    for (kind, extensions) in types {
        let _ = writeln!(out, "    {kind} {};", extensions.join(" "));
    }
    out.push_str("  }\n");
    headers(&mut out, "  ", FRESH);
    let hidden = format!("{}\\.guidepost-", pattern(&site.letters("")));
    let _ = writeln!(out, "  location ~ {} {{\n    return 404;\n  }}", quoted(&format!("^{hidden}")));
    if let Some(pattern) = lasting_pattern(site) {
        let _ = writeln!(out, "  location ~ {} {{", quoted(&pattern));
        headers(&mut out, "    ", LASTING);
        out.push_str("  }\n");
    }
    for redirect in &site.redirects {
        let to = site.path(super::shown(&redirect.to, false));
        for from in Site::asked(redirect) {
            let _ = writeln!(
                out,
                "  location = {} {{ return 301 {}; }}",
                quoted(&site.letters(from)),
                quoted(&to)
            );
        }
    }
    out.push_str("}\n");
    files.add(&format!("{FOLDER}nginx.conf"), out);
    files
}

/// All headers: those that stand further out are not handed down to a place that has one of its own.
fn headers(out: &mut String, indent: &str, cache: &str) {
    let _ = writeln!(out, "{indent}add_header Content-Security-Policy \"{POLICY}\" always;");
    let _ = writeln!(out, "{indent}add_header X-Content-Type-Options nosniff always;");
    let _ = writeln!(out, "{indent}add_header Cache-Control \"{cache}\";");
}

fn pattern(text: &str) -> String {
    super::literal(text)
}

/// An argument in quotes. A `$` would begin a variable, and has no other spelling: such a name is not an address of ours.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
