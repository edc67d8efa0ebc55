//! IIS: `web.config`. A wrong one takes the whole site down, so only elements that every installation takes are written, each
//! name is removed before it is added, and what some servers lock is left out unless it is asked for.

use super::{Files, Lasting, MADE, POLICY, Site};
use crate::source::html::quoted;
use std::fmt::Write as _;

/// Whether the page for what is not found is set: servers that lock `httpErrors` then show nothing at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Errors {
    Left,
    Set,
}

pub(super) fn files(site: &Site, errors: Errors) -> Files {
    let mut files = Files::default();
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- {MADE} -->\n<configuration>\n");
    out.push_str("  <system.webServer>\n    <staticContent>\n");
    out.push_str("      <clientCache cacheControlMode=\"DisableCache\" />\n");
    for (extension, kind) in site.known_types() {
        let _ = writeln!(out, "      <remove fileExtension=\".{}\" />", xml(extension));
        let _ = writeln!(
            out,
            "      <mimeMap fileExtension=\".{}\" mimeType=\"{}\" />",
            xml(extension),
            xml(kind)
        );
    }
    out.push_str("    </staticContent>\n    <httpProtocol>\n      <customHeaders>\n");
    for (name, value) in [("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", POLICY)] {
        // The removal shares the line, so that it goes with a policy that there is not.
        let _ = writeln!(out, "        <remove name=\"{name}\" /><add name=\"{name}\" value=\"{value}\" />");
    }
    out.push_str("      </customHeaders>\n    </httpProtocol>\n");
    if errors == Errors::Set && site.not_found {
        out.push_str("    <httpErrors errorMode=\"Custom\">\n      <remove statusCode=\"404\" subStatusCode=\"-1\" />\n");
        let _ = writeln!(
            out,
            "      <error statusCode=\"404\" path=\"{}\" responseMode=\"ExecuteURL\" />",
            xml(&site.letters("404.html"))
        );
        out.push_str("    </httpErrors>\n");
    }
    out.push_str("  </system.webServer>\n");
    for lasting in &site.lasting {
        let (Lasting::Folder(path) | Lasting::File(path)) = lasting;
        location(
            &mut out,
            path.trim_end_matches('/'),
            "<staticContent><clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" cacheControlCustom=\"public, immutable\" /></staticContent>",
        );
    }
    let mut left = 0;
    for redirect in &site.redirects {
        let path = &redirect.from;
        if path.chars().any(|c| "?:\\*\"<>|,".contains(c)) {
            left += 1;
            continue;
        }
        let to = site.path(super::shown(&redirect.to, false));
        let rule = format!(
            "<httpRedirect enabled=\"true\" destination=\"{}\" exactDestination=\"true\" httpResponseStatus=\"Permanent\" />",
            // $ and what follows would be taken for a part of what was asked.
            xml(&to.replace('$', "%24"))
        );
        location(&mut out, path, &rule);
    }
    out.push_str("</configuration>\n");
    files.add("web.config", out);
    if left > 0 {
        files.limit(
            format!("{left} of {} old addresses have no rule: web.config takes no path with one of ? : \\ * \" < > | and the comma.", site.redirects.len()),
            "They keep their redirect page, which leads on all the same.",
        );
    }
    files
}

fn location(out: &mut String, path: &str, inner: &str) {
    let _ = write!(
        out,
        "  <location path=\"{}\">\n    <system.webServer>{inner}</system.webServer>\n  </location>\n",
        xml(path)
    );
}

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    quoted(text, &mut out);
    out
}
