//! `link-insecure`: `http:` where `https:` works.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::target_span;
use crate::diag::{Severity, code};
use crate::source::Span;
use crate::source::address::{self, Address};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_INSECURE,
    group: Group::Links,
    severity: Severity::Warning,
    title: "A link without encryption",
    explanation: "What goes over `http:` can be read and changed on the way, and school networks often block it. Nearly \
        all sites answer to `https:`. For government and other well-known sites `check --fix` writes it for you; for \
        others, try it in a browser first.",
    bad: "[The safety office](http://www.cpsc.gov/magnets)\n",
    good: "[The safety office](https://www.cpsc.gov/magnets)\n",
    fixable: true,
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// Hosts, and ends of hosts, that are known to answer to `https:`.
const KNOWN: &[&str] = &[
    ".gov",
    ".mil",
    "aota.org",
    "cdc.gov",
    "creativecommons.org",
    "doi.org",
    "facebook.com",
    "github.com",
    "google.com",
    "healthychildren.org",
    "nih.gov",
    "pubmed.ncbi.nlm.nih.gov",
    "understood.org",
    "w3.org",
    "wikipedia.org",
    "youtube.com",
    "zerotothree.org",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for link in &page.links {
        let Address::Remote { host, insecure: true, .. } = address::of(&link.target) else { continue };
        let name = host.split([':', '@']).next().unwrap_or(host).to_ascii_lowercase();
        if name == "localhost" || host.contains(':') {
            continue;
        }
        let known = KNOWN.iter().any(|k| name.ends_with(k) && (k.starts_with('.') || ends_at_dot(&name, k)));
        let message = format!("this link to `{host}` uses `http:`, which anyone on the way can read");
        if !known {
            let finding = out.at_level(Severity::Note, link.span, message);
            out.push(finding.help("Try the address with `https:` in a browser; if it works, write that."));
            continue;
        }
        let mut finding = out.at(link.span, message).help("Write `https:`; this site answers to it.");
        if let Some(at) = target_span(page.input.text, link.span, &link.target) {
            let start = at.start as usize;
            finding = finding.fix(Span::new(start, start + "http".len()), "https");
        }
        out.push(finding);
    }
}

fn ends_at_dot(name: &str, known: &str) -> bool {
    name.len() == known.len() || name[..name.len() - known.len()].ends_with('.')
}
