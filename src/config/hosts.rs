//! `hosts` in `site.yaml`: where the site is published, so that what these hosts read is made with it.

use super::table::Report;
use super::yaml::{Node, NodeValue};
use crate::diag::{closest, code};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// A host, or a program that hands out files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Host {
    /// GitHub Pages.
    GithubPages,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages and Workers.
    Cloudflare,
    /// Azure Static Web Apps.
    Azure,
    /// Amazon S3.
    S3,
    /// Microsoft's web server, with what every installation takes.
    Iis,
    /// The same, with the page for what is not found: some installations refuse that and then show nothing at all.
    IisFull,
    /// Apache.
    Apache,
    /// nginx.
    Nginx,
}

/// The names of the hosts in `site.yaml`.
pub const NAMES: &[&str] =
    &["github-pages", "netlify", "cloudflare", "azure", "s3", "iis", "iis-full", "apache", "nginx"];

impl Host {
    /// Each with its name for people, in the order of [`NAMES`].
    pub const ALL: [(Host, &'static str); NAMES.len()] = [
        (Host::GithubPages, "GitHub Pages"),
        (Host::Netlify, "Netlify"),
        (Host::Cloudflare, "Cloudflare"),
        (Host::Azure, "Azure Static Web Apps"),
        (Host::S3, "Amazon S3"),
        (Host::Iis, "IIS"),
        (Host::IisFull, "IIS"),
        (Host::Apache, "Apache"),
        (Host::Nginx, "nginx"),
    ];

    /// Whether it sends who asks for `page.html` on to `page`.
    pub fn drops_html(self) -> bool {
        self == Host::Cloudflare
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        Host::ALL.iter().find(|(host, _)| *host == self).map_or("", |(_, title)| title)
    }
}

/// Reads the list of hosts.
pub(super) fn read(node: &Node, report: &mut Report<'_>) -> Vec<(Host, Span)> {
    let one = std::slice::from_ref(node);
    let items: &[Node] = match &node.value {
        NodeValue::List(items) => items,
        _ => one,
    };
    let mut hosts: Vec<(Host, Span)> = Vec::new();
    for item in items {
        let Some(name) = super::table::text("hosts", item, report) else { continue };
        let known = NAMES.iter().position(|known| *known == name.to_lowercase());
        match known.and_then(|at| Host::ALL.get(at)) {
            Some((host, _)) if hosts.iter().any(|(known, _)| known == host) => {}
            Some((host, _)) => hosts.push((*host, item.span)),
            None => {
                let help = match closest(&name, NAMES.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of: {}", NAMES.join(", ")),
                };
                report.error(code::BAD_CONFIG, item.span, format!("`{name}` is no host that is known"), help);
            }
        }
    }
    hosts
}
