//! Apache: `.htaccess`, of directives that `AllowOverride FileInfo` allows. With `AllowOverride None` nobody reads it, and
//! nothing breaks; any other directive would break the whole folder.

use super::{FRESH, Files, LASTING, MADE, POLICY, Site, lasting_pattern, literal};
use std::fmt::Write as _;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    let mut out = format!(
        "# {MADE}\n# The server reads it only where its settings say AllowOverride FileInfo, or All.\n"
    );
    if site.not_found {
        let _ = writeln!(out, "ErrorDocument 404 {}", quoted(&site.path("404.html")));
    }
    out.push_str("<IfModule mod_mime.c>\n");
    for (extension, kind) in site.known_types() {
        let (kind, charset) = kind.split_once("; charset=").unwrap_or((kind, ""));
        let _ = writeln!(out, "AddType {kind} .{extension}");
        if !charset.is_empty() {
            let _ = writeln!(out, "AddCharset {charset} .{extension}");
        }
    }
    out.push_str("</IfModule>\n<IfModule mod_headers.c>\n");
    out.push_str("Header always set X-Content-Type-Options nosniff\n");
    let _ = writeln!(out, "Header always set Content-Security-Policy \"{POLICY}\"");
    match lasting_pattern(site) {
        Some(pattern) => {
            out.push_str("<IfModule mod_setenvif.c>\n");
            let _ = writeln!(out, "SetEnvIf Request_URI {} GUIDEPOST_LASTING", quoted(&pattern));
            out.push_str("</IfModule>\n");
            let _ = writeln!(out, "Header set Cache-Control \"{LASTING}\" env=GUIDEPOST_LASTING");
            let _ = writeln!(out, "Header set Cache-Control {FRESH} env=!GUIDEPOST_LASTING");
        }
        None => {
            let _ = writeln!(out, "Header set Cache-Control {FRESH}");
        }
    }
    out.push_str("</IfModule>\n<IfModule mod_alias.c>\nRedirectMatch 404 \"/\\.guidepost-\"\n");
    for redirect in &site.redirects {
        // The server writes percent codes by itself, and takes $ and & for parts of what was asked.
        let to = site.letters(super::shown(&redirect.to, false));
        let to = to.replace('\\', "\\\\").replace('$', "\\$").replace('&', "\\&");
        for from in Site::asked(redirect) {
            let from = format!("^{}$", literal(&site.letters(from)));
            let _ = writeln!(out, "RedirectMatch 301 {} {}", quoted(&from), quoted(&to));
        }
    }
    out.push_str("</IfModule>\n");
    files.add(".htaccess", out);
    files
}

/// An argument in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}
