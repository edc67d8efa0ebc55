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

impl Host {
    /// Each with its name in `site.yaml` and its name for people.
    pub const ALL: [(Host, &'static str, &'static str); 9] = [
        (Host::GithubPages, "github-pages", "GitHub Pages"),
        (Host::Netlify, "netlify", "Netlify"),
        (Host::Cloudflare, "cloudflare", "Cloudflare"),
        (Host::Azure, "azure", "Azure Static Web Apps"),
        (Host::S3, "s3", "Amazon S3"),
        (Host::Iis, "iis", "IIS"),
        (Host::IisFull, "iis-full", "IIS"),
        (Host::Apache, "apache", "Apache"),
        (Host::Nginx, "nginx", "nginx"),
    ];

    /// Whether it sends who asks for `page.html` on to `page`.
    pub fn drops_html(self) -> bool {
        self == Host::Cloudflare
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        Host::ALL.iter().find(|(host, ..)| *host == self).map_or("", |(.., title)| title)
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
        match Host::ALL.iter().find(|(_, known, _)| *known == name.to_lowercase()) {
            Some((host, ..)) if hosts.iter().any(|(known, _)| known == host) => {}
            Some((host, ..)) => hosts.push((*host, item.span)),
            None => {
                let names = Host::ALL.map(|(_, name, _)| name);
                let help = match closest(&name, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of: {}", names.join(", ")),
                };
                report.error(code::BAD_CONFIG, item.span, format!("`{name}` is no host that is known"), help);
            }
        }
    }
    hosts
}
