//! `remote-resource`: something that a page would load from another host.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::address::{self, Address};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::REMOTE_RESOURCE,
    group: Group::Privacy,
    severity: Severity::Error,
    title: "Something loaded from another host",
    explanation: "An image, script or frame from another host tells that host who reads your page and when. The guide promises \
        that nothing leaves the page. Copy the file into your site (mind its license), or link to it: a link loads nothing \
        until someone presses it.",
    bad: "![A slant board](https://shop.example.com/board.jpg)\n",
    good: "![A slant board](board.jpg)\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const LOADS: &[&str] = &["src", "srcset", "data", "poster", "background"];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let help = "Copy the file into your site and name it here, or link to it.";
    for image in &page.images {
        if let Address::Remote { host, .. } = address::of(&image.src) {
            out.push(out.at(image.span, format!("this image would be loaded from `{host}`")).help(help));
        }
    }
    for piece in &page.html {
        for tag in html::opened(&piece.source) {
            let loads =
                |name: &str| LOADS.contains(&name) || tag.is("link") && name.eq_ignore_ascii_case("href");
            let mut values = tag.attributes().filter(|a| loads(&a.name())).map(|a| a.value().into_owned());
            let hosts = values.find_map(|value| remote_host(&value).map(str::to_owned));
            let styled = tag.value("style").and_then(|s| {
                remote_host(s.split("url(").nth(1)?.trim_start_matches(['"', '\''])).map(str::to_owned)
            });
            if let Some(host) = hosts.or(styled) {
                let span = Span::new(tag.range().start, tag.range().end).shifted(piece.span.start as usize);
                out.push(
                    out.at(span, format!("this `<{}>` would be loaded from `{host}`", tag.name())).help(help),
                );
            }
        }
    }
}

/// The host of the first address in `value` (a `srcset` holds several).
fn remote_host(value: &str) -> Option<&str> {
    value.split([',', ' ']).find_map(|part| match address::of(part.trim()) {
        Address::Remote { host, .. } => Some(host.trim_end_matches([')', '"', '\''])),
        _ => None,
    })
}
