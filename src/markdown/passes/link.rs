//! Links: addresses that stay as they are, placeholders for those that the finished site resolves, and none for
//! those that could run a program.

use crate::diag::code;
use crate::document::{LinkPlaceholder, OwnedPlaceholder};
use crate::markdown::writer::Writer;
use crate::source::address::{self, Scheme};
use crate::source::html;
use pulldown_cmark::LinkType;
use std::ops::Range;

/// The open link. The parser lets an autolink stand in a link's text; only the outer one is written.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Links {
    open: Option<Open>,
    /// Number of links open inside it.
    inner: u32,
}

#[derive(Debug)]
struct Open {
    /// What to show when the link has no text.
    stand_in: StandIn,
    /// Where the text begins: place in the HTML and number of placeholders.
    begins: (usize, usize),
}

#[derive(Debug)]
enum StandIn {
    /// Nothing is open: an unsafe link, of which only the text remains.
    TextOnly,
    /// The address.
    Address(String),
    /// The target's title.
    Title(LinkPlaceholder),
}

impl Links {
    /// Whether a link is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

/// What kind of address this is.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Address {
    /// Another host, or a mail or telephone program.
    Absolute,
    /// A file or anchor of this site.
    Relative,
    /// Another host or program, but nothing behind the scheme to reach there.
    Incomplete,
    /// Any other scheme, written out.
    Unsafe(String),
}

/// Sorts an address as a browser would read it: blanks and control characters do not count.
pub(in crate::markdown) fn classify(address: &str) -> Address {
    match address::scheme(address) {
        Scheme::None => Address::Relative,
        Scheme::Host => Address::Unsafe("//".into()),
        Scheme::Named { name, plain } => match name.as_str() {
            "http" | "https" | "mailto" | "tel" | "sms" if !plain => {
                Address::Unsafe(format!("{name}: with hidden characters in it"))
            }
            "http" | "https" | "mailto" | "tel" | "sms" => {
                let rest = address.get(name.len() + 1..).unwrap_or("");
                if leads_on(&name, rest) { Address::Absolute } else { Address::Incomplete }
            }
            _ => Address::Unsafe(format!("{name}:")),
        },
    }
}

/// Whether something can be reached by what stands behind the scheme and its colon.
fn leads_on(scheme: &str, rest: &str) -> bool {
    match scheme {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|host| !host.starts_with(['/', '?', '#']) && !host.trim().is_empty()),
        _ => !rest.trim().is_empty(),
    }
}

impl Writer<'_> {
    pub(in crate::markdown) fn link(&mut self, ty: LinkType, to: &str, title: &str, range: &Range<usize>) {
        self.only_words_of("this link", range);
        if self.links.open.is_some() || self.raw.in_link() {
            if self.links.inner == 0
                && self.raw.in_link()
                && !matches!(ty, LinkType::Autolink | LinkType::Email)
            {
                self.html_unfit_at(
                    range,
                    "this link stands in an `<a>`: only its text is shown",
                    "Close the `<a>` with `</a>` before it.",
                );
            }
            self.links.inner += 1;
            return;
        }
        let direct = |w: &mut Self, prefix: &str| {
            w.out.push("<a href=\"");
            w.out.push(prefix);
            html::href(to, &mut w.out.html);
            StandIn::Address(to.to_owned())
        };
        self.terms.blocked += 1;
        let stand_in = if ty == LinkType::Email {
            direct(self, "mailto:")
        } else if !self.guide() {
            direct(self, "")
        } else {
            match classify(to) {
                Address::Absolute => direct(self, ""),
                Address::Relative => {
                    let placeholder = LinkPlaceholder { target: to.into(), span: self.span(range) };
                    self.out.push("<a href=\"");
                    self.out.placeholder(OwnedPlaceholder::Link(placeholder.clone()));
                    StandIn::Title(placeholder)
                }
                Address::Incomplete => {
                    self.incomplete(to, range);
                    StandIn::TextOnly
                }
                Address::Unsafe(what) => {
                    self.unsafe_address("link", &what, range);
                    StandIn::TextOnly
                }
            }
        };
        if !matches!(stand_in, StandIn::TextOnly) {
            if !title.is_empty() {
                self.out.push("\" title=\"");
                html::attribute(title, &mut self.out.html);
            }
            self.out.push("\">");
        }
        self.links.open = Some(Open { stand_in, begins: (self.out.html.len(), self.out.placeholders.len()) });
    }

    /// Says that an address could run a program, or load from another host.
    pub(in crate::markdown) fn unsafe_address(&mut self, this: &str, what: &str, range: &Range<usize>) {
        let help = match this {
            "link" => {
                "Link to a page of this guide, or write an address that starts with https:, mailto:, tel: or sms:."
            }
            _ => "Put the file next to the page and name it here.",
        };
        let message = format!("this {this} has an address of the form {what}, which is not allowed");
        self.error(code::UNSAFE_LINK, range, message, help);
    }

    /// Says that an address leads nowhere as it is written.
    pub(in crate::markdown) fn incomplete(&mut self, address: &str, range: &Range<usize>) {
        let (scheme, rest) = address.split_once(':').unwrap_or((address, ""));
        let host = rest.trim_matches(['/', ' ']);
        let help = match scheme.to_ascii_lowercase().as_str() {
            "mailto" => "Write the mailbox behind it, such as mailto:office@example.org.".to_owned(),
            "http" | "https" if host.is_empty() => {
                "Write the whole address, such as https://www.example.org.".to_owned()
            }
            scheme @ ("http" | "https") => format!("Write two slashes behind the colon: {scheme}://{host}"),
            scheme => format!("Write the number behind it, such as {scheme}:+15550100."),
        };
        self.error(code::BROKEN_LINK, range, format!("the address \"{address}\" is not complete"), &help);
    }

    pub(in crate::markdown) fn link_end(&mut self) {
        if let Some(inner) = self.links.inner.checked_sub(1) {
            self.links.inner = inner;
            return;
        }
        let Some(open) = self.links.open.take() else { return };
        self.terms.blocked -= 1;
        let empty = open.begins == (self.out.html.len(), self.out.placeholders.len());
        match open.stand_in {
            StandIn::TextOnly => return,
            StandIn::Address(address) if empty && self.guide() => html::text(&address, &mut self.out.html),
            StandIn::Title(placeholder) if empty => {
                self.out.placeholder(OwnedPlaceholder::LinkText(placeholder))
            }
            _ => {}
        }
        self.out.push("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_addresses_as_a_browser_reads_them() {
        for fine in [
            "https://x.org/a:b",
            "HTTP://x",
            "mailto:a@b.org",
            "mailto:?subject=x",
            "tel:+1-800",
            "sms:+1800",
        ] {
            assert_eq!(classify(fine), Address::Absolute, "{fine}");
        }
        for short in
            ["http:/x.org", "https:x.org", "https://", "http:///x", "https: ", "mailto:", "tel: ", "SMS:"]
        {
            assert_eq!(classify(short), Address::Incomplete, "{short}");
        }
        for file in ["a.md", "../a/b.md#x", "#x", "", "a/b:c", "?a:b", "#a:b", "/a", "javascript%3Aalert(1)"]
        {
            assert_eq!(classify(file), Address::Relative, "{file}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "java\u{200b}script:x",
            "vbscript:x",
            "data:text/html,x",
            "DATA:x",
            "file:///etc",
            "//evil.org",
            "\\\\evil",
            "/\\evil",
            ":x",
            "ht\ttps://x",
            "c:\\x",
            "j\u{ad}avascript:x",
            "/\t/evil.org",
        ] {
            assert!(matches!(classify(bad), Address::Unsafe(_)), "{bad:?}");
        }
    }
}
