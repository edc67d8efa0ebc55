//! The copy of a page that the browser prints: with the size of the paper, with all it loads named by its place on this computer,
//! and with links that lead somewhere for whoever gets the PDF.

use super::Paper;
use crate::render::address_of;
use crate::source::address::{is_absolute, parts};
use crate::source::html::{self, Tag, tags};
use crate::source::url_escape;
use std::path::Path;

/// Where a page is, and where it will be.
pub(super) struct Place<'a> {
    /// The folder of the website.
    pub out: &'a Path,
    /// The page in it.
    pub page: &'a str,
    /// The address of the website, without a trailing `/`.
    pub base: Option<&'a str>,
}

impl Place<'_> {
    /// The page as it is printed.
    pub fn copy(&self, page: &str, paper: Paper) -> String {
        let mut out = String::with_capacity(page.len() * 2);
        let (mut done, mut in_script) = (0, false);
        for tag in tags(page) {
            let range = tag.range();
            // Without scripts all stands open, and nothing waits for a tap.
            if tag.is("script") {
                if !in_script && !tag.closes {
                    out.push_str(page.get(done..range.start).unwrap_or(""));
                }
                in_script = !tag.closes;
                done = tag.end;
                continue;
            }
            if in_script {
                continue;
            }
            if tag.closes && tag.is("head") {
                out.push_str(page.get(done..range.start).unwrap_or(""));
                out.push_str(&format!("<style>@page{{size:{}}}</style>", paper.size()));
                done = range.start;
            }
            if tag.closes {
                continue;
            }
            // What a browser is told of its rights names the website; here all is this computer's.
            let is_policy = tag.is("meta")
                && tag
                    .value("http-equiv")
                    .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
            if is_policy {
                out.push_str(page.get(done..range.start).unwrap_or(""));
                done = tag.end;
                continue;
            }
            for attribute in tag.attributes() {
                let new = match &*attribute.name() {
                    // A picture that waits until it is scrolled to would never come.
                    "loading" => None,
                    "href" | "src" => match self.leads(&tag, &attribute.value()) {
                        Leads::There => continue,
                        Leads::To(address) => Some(address),
                        Leads::Nowhere => None,
                    },
                    _ => continue,
                };
                out.push_str(page.get(done..attribute.range.start).unwrap_or(""));
                if let Some(address) = new {
                    out.push_str(&attribute.name());
                    out.push_str("=\"");
                    html::attribute(&address, &mut out);
                    out.push('"');
                }
                done = attribute.range.end;
            }
        }
        out.push_str(page.get(done..).unwrap_or(""));
        out
    }

    fn leads(&self, tag: &Tag<'_>, address: &str) -> Leads {
        if is_absolute(address) || address.starts_with('#') || address.is_empty() {
            return Leads::There;
        }
        let split = parts(address);
        let full = match split.path.strip_prefix('/') {
            Some(from_top) => address_of("", from_top),
            None => address_of(self.page, split.path),
        };
        if !tag.is("a") && !tag.is("area") {
            return Leads::To(file_url(&self.out.join(&full)));
        }
        let anchor = split.anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        if full == self.page && !anchor.is_empty() {
            return Leads::To(anchor);
        }
        match self.base {
            Some(base) => {
                let mut whole = format!("{base}/");
                url_escape(&full, &mut whole);
                Leads::To(whole + &anchor)
            }
            // The place of a file here says nothing to others.
            None => Leads::Nowhere,
        }
    }
}

/// Where an address leads on paper.
enum Leads {
    /// Where it says.
    There,
    /// Here instead.
    To(String),
    Nowhere,
}

/// The address of a file on this computer.
pub(super) fn file_url(path: &Path) -> String {
    let path = super::absolute(path).to_string_lossy().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    // The colon of a drive stays.
    for (i, part) in path.split(':').enumerate() {
        if i > 0 {
            url.push(':');
        }
        url_escape(part, &mut url);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_leads_to_no_file_of_this_computer() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"x\"><link href=\"../a.css\"></head>\
            <a href=\"b.html#c\">b</a><a href=\"#d\">d</a><a href=\"goals.html#e\">e</a><a href=\"https://x.org/\">x</a><a href=\"tel:1\">t</a>\
            <img src=\"p.svg\" loading=\"lazy\" alt=\"\"><script src=\"s.js\">'<a href=q>'</script>";
        let place = |base| Place { out: Path::new("/w"), page: "parents/goals.html", base };
        let copy = place(None).copy(page, Paper::A4);
        assert_eq!(
            copy,
            "<head><link href=\"file:///w/a.css\"><style>@page{size:A4}</style></head>\
            <a >b</a><a href=\"#d\">d</a><a href=\"#e\">e</a><a href=\"https://x.org/\">x</a><a href=\"tel:1\">t</a>\
            <img src=\"file:///w/parents/p.svg\"  alt=\"\">"
        );
        // Names as they are on the disk and in addresses.
        let copy = place(Some("https://g.org/ot"))
            .copy("<a href=\"../a%20b/%C3%B1.html#x\">a</a><img src=\"a%20b.svg\">", Paper::A4);
        assert!(copy.contains("\"https://g.org/ot/a%20b/%C3%B1.html#x\""), "{copy}");
        assert!(copy.contains("\"file:///w/parents/a%20b.svg\""), "{copy}");
        let copy = place(Some("https://g.org/ot")).copy(page, Paper::Letter);
        assert!(copy.contains("<a href=\"https://g.org/ot/parents/b.html#c\">"), "{copy}");
        assert!(copy.contains("@page{size:letter}"), "{copy}");
    }
}
