//! What every page that a theme makes needs, whatever is on it: a language, a title, one `h1`, one `main`, names of links, buttons
//! and pictures, ids that stand once, tags that are closed, a policy.
//!
//! What a browser would mend by itself is told too: the next one mends it in another way. Called by the engine for one made page
//! of each template.

use crate::diag::Severity;
use crate::source::address::{self, Address};
use crate::source::html::{ENDS_PARAGRAPH, Piece, Tag, pieces};
use std::collections::{BTreeMap, BTreeSet};

/// What a page lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkupFault {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as the end of a sentence on the page.
    pub what: String,
    /// What to write.
    pub help: &'static str,
}

/// Maximum number of faults of one sort that are told.
const MAX_OF_ONE_SORT: usize = 3;

/// Elements that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose end may be left out.
const OPEN_END: [&str; 17] = [
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "tbody",
    "td", "tfoot", "th", "thead", "tr",
];

/// An element that is open.
struct Open {
    name: String,
    /// Whether it must have a name that is read out: a link or a button.
    named: Option<bool>,
}

#[derive(Default)]
struct Look {
    lacks: Vec<MarkupFault>,
    open: Vec<Open>,
    ids: BTreeMap<String, usize>,
    h1: usize,
    main: usize,
    title: bool,
    policy: bool,
    language: Option<bool>,
    /// How often each name of a `nav` stands; "" has none.
    navs: Vec<String>,
    told: BTreeMap<&'static str, usize>,
}

/// What the page `html` lacks.
pub fn look(html: &str) -> Vec<MarkupFault> {
    let mut look = Look::default();
    let start = html.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if !start.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html")) {
        look.lack("does not begin with <!DOCTYPE html>", "Browsers lay such a page out as in the year 1998.");
    }
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => look.opened(&tag, html),
            Piece::Close(tag) => look.closed(&tag.name()),
            Piece::Text(range) if !html.get(range.clone()).unwrap_or("").trim().is_empty() => {
                look.said();
                look.read(html.get(range).unwrap_or(""));
                let is_title = |open: &Open| open.name == "title";
                look.title |=
                    look.open.last().is_some_and(is_title) && look.open.iter().all(|open| open.name != "svg");
            }
            Piece::Unfinished(_) => look.lack("ends inside a tag", "Close the tag with >."),
            _ => {}
        }
    }
    look.end()
}

impl Look {
    fn lack(&mut self, what: impl Into<String>, help: &'static str) {
        self.lacks.push(MarkupFault { severity: Severity::Warning, what: what.into(), help });
    }

    /// Tells of one of a sort of which there may be many.
    fn one_of(&mut self, sort: &'static str, what: String, help: &'static str) {
        let count = self.told.entry(sort).or_default();
        *count += 1;
        if *count <= MAX_OF_ONE_SORT {
            self.lack(what, help);
        }
    }

    /// Something that is read out: all that is open around it has a name.
    fn said(&mut self) {
        for open in &mut self.open {
            open.named = open.named.map(|_| true);
        }
    }

    /// Looks for a group of values that a template shows as it is: readers see its quotes and braces.
    fn read(&mut self, text: &str) {
        let Some((_, group)) = text.split_once("{&quot;") else { return };
        if let Some((key, rest)) = group.split_once("&quot;: ")
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && self.open.iter().all(|open| !matches!(&*open.name, "code" | "pre" | "script"))
        {
            let more = rest.split_once(", &quot;").and_then(|(_, more)| more.split_once("&quot;: "));
            let keys = more.map_or_else(|| key.to_owned(), |(more, _)| format!("{key}, {more}"));
            let help = "Show one value of the group, such as {{ notice.text }} instead of {{ notice }}.";
            self.one_of("group", format!("shows a whole group of values to readers ({keys})"), help);
        }
    }

    fn opened(&mut self, tag: &Tag<'_>, html: &str) {
        let name = tag.name().into_owned();
        let value = |key: &str| tag.value(key).map(|value| value.trim().to_owned());
        let has = |key: &str| value(key).is_some_and(|value| !value.is_empty());
        let labelled = has("aria-label") || has("aria-labelledby");
        if let Some(id) = value("id") {
            *self.ids.entry(id).or_default() += 1;
        }
        let role = value("role").unwrap_or_default();
        match name.as_str() {
            "html" => self.language = Some(has("lang")),
            "h1" => self.h1 += 1,
            "main" => self.main += 1,
            "nav" => {
                let label = value("aria-label").or_else(|| value("aria-labelledby"));
                self.navs.push(label.unwrap_or_default());
            }
            "meta" => {
                let of = value("http-equiv").unwrap_or_default();
                self.policy |= of.eq_ignore_ascii_case("content-security-policy");
            }
            "img" => match value("alt") {
                Some(alt) if !alt.is_empty() => self.said(),
                Some(_) => {}
                None => {
                    let src = value("src").unwrap_or_default();
                    self.one_of(
                        "alt",
                        format!("has a picture without alt: {src}"),
                        "Write what it shows, or alt=\"\" where it is decoration alone.",
                    );
                }
            },
            _ if role == "main" => self.main += 1,
            _ => {}
        }
        let loads = match name.as_str() {
            "audio" | "embed" | "iframe" | "img" | "script" | "source" | "track" | "video" => value("src"),
            "object" => value("data"),
            "link" => {
                let rel = value("rel").unwrap_or_default().to_ascii_lowercase();
                let is_loaded = |word: &str| {
                    ["stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"].contains(&word)
                };
                value("href").filter(|_| rel.split_ascii_whitespace().any(is_loaded))
            }
            _ => None,
        };
        if let Some(loaded) = loads.filter(|loaded| matches!(address::of(loaded), Address::Remote { .. })) {
            let what = format!("loads \"{loaded}\" from another website");
            self.one_of(
                "remote",
                what,
                "Copy the file into assets/ (mind its license), and write asset(path=\"…\").",
            );
        }
        if labelled || has("title") && name != "html" {
            self.said();
        }
        self.make_room(&name);
        let in_svg = name == "svg" || self.open.iter().any(|open| open.name == "svg" || open.name == "math");
        let is_closed = in_svg && html.get(..tag.end).is_some_and(|before| before.ends_with("/>"));
        if VOID.contains(&name.as_str()) || is_closed {
            return;
        }
        let wants_name = name == "button" || name == "a" && tag.value("href").is_some();
        let named = wants_name.then_some(labelled || has("title"));
        self.open.push(Open { name, named });
    }

    /// Ends what the element `name` ends by its beginning.
    fn make_room(&mut self, name: &str) {
        let same: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr"],
            "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody"],
            "option" => &["option"],
            "body" => &["head"],
            _ => &[],
        };
        while let Some(last) = self.open.last() {
            let ends = same.contains(&last.name.as_str())
                || last.name == "p" && (ENDS_PARAGRAPH.contains(&name) || !same.is_empty());
            if !ends {
                return;
            }
            self.open.pop();
        }
    }

    fn closed(&mut self, name: &str) {
        if VOID.contains(&name) {
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            self.one_of(
                "closes",
                format!("has a </{name}> that closes nothing"),
                "Take it out, or open the element before it.",
            );
            return;
        };
        let above: Vec<Open> = self.open.drain(at..).collect();
        for open in above.iter().skip(1).filter(|open| !OPEN_END.contains(&open.name.as_str())) {
            let what = format!("has a <{}> that is still open at </{name}>", open.name);
            self.one_of("open", what, "Close it before the element that it stands in.");
        }
        if above.first().is_some_and(|open| open.named == Some(false)) {
            let (what, help) = match name {
                "button" => ("has a button without a name", "Write what it does into it, or as aria-label."),
                _ => {
                    ("has a link without a name", "Write where it leads into it, or give its picture an alt.")
                }
            };
            self.one_of("names", what.to_owned(), help);
        }
    }

    fn end(mut self) -> Vec<MarkupFault> {
        let left: Vec<String> = self.open.drain(..).map(|open| open.name).collect();
        for name in left.iter().filter(|name| !OPEN_END.contains(&name.as_str())) {
            self.one_of("open", format!("has a <{name}> that is never closed"), "Close it.");
        }
        match self.language {
            // What else a part of a page lacks follows from that.
            None => {
                self.lacks.clear();
                let help = "Begin it with <!DOCTYPE html> and <html lang=\"{{ lang }}\" dir=\"{{ dir }}\">, or extend a template that does.";
                self.lack("is no whole page: it has no <html> element", help);
                return self.lacks;
            }
            Some(false) => self.lack(
                "does not say in which language it is",
                "Write <html lang=\"{{ lang }}\" dir=\"{{ dir }}\">: screen readers choose the voice by it.",
            ),
            Some(true) => {}
        }
        if !self.title {
            self.lack("has no title", "Write <title>{{ page.title }}</title> into the head.");
        }
        let heading =
            "One h1 says what the page is about: <h1>{{ page.title }}</h1>. Other headings begin at h2.";
        match self.h1 {
            0 => self.lack("has no h1", heading),
            1 => {}
            n => self.lack(format!("has {n} headings of the level h1"), heading),
        }
        let landmark = "Put what is different from page to page into one <main>: people who hear the page go there at once.";
        match self.main {
            0 => self.lack("has no <main>", landmark),
            1 => {}
            n => self.lack(format!("has {n} elements <main>"), landmark),
        }
        if self.navs.len() > 1 {
            let different: BTreeSet<&String> = self.navs.iter().collect();
            if different.len() < self.navs.len() || self.navs.iter().any(String::is_empty) {
                self.lack(
                    "has several <nav> that cannot be told apart",
                    "Give each a name of its own: <nav aria-label=\"{{ t(key=\"menu\") }}\">.",
                );
            }
        }
        let twice: Vec<String> =
            self.ids.iter().filter(|(_, count)| **count > 1).map(|(id, _)| id.clone()).collect();
        for id in twice {
            self.one_of(
                "ids",
                format!("has the id \"{id}\" more than once"),
                "Give each element an id of its own.",
            );
        }
        if !self.policy {
            self.lacks.push(MarkupFault {
                severity: Severity::Note,
                what: "has no Content-Security-Policy".to_owned(),
                help: "With <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' file:; img-src 'self' data: file:\"> \
                       no page loads anything from elsewhere, whatever is put into it.",
            });
        }
        self.lacks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!doctype html><html lang=en><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><title>T</title></head>\
             <body><nav aria-label=a><ul><li><a href=x>x</a><li>y</ul></nav><main><h1>H</h1>{body}</main></body></html>"
        )
    }

    fn told(html: &str) -> Vec<String> {
        look(html).into_iter().map(|lack| lack.what).collect()
    }

    #[test]
    fn what_is_right_is_not_told() {
        for body in [
            "",
            "<p>a<p>b<ul><li>c<li>d</ul>",
            "<table><thead><tr><th>a<tbody><tr><td>b<td>c</table>",
            "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
            "<p>a<br>b<img src=x alt=\"\"></p><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><g><circle r=\"1\"/></g></svg>",
            "<a href=x><img src=y alt=\"Home\"></a><a href=x aria-label=Home></a><a id=z></a><button>Go</button>",
            "<a href=x><svg><title>Home</title></svg></a>",
            "<script>if (a < b) { c(\"<div>\") }</script><textarea><b></textarea>",
            "<a href=https://x.example/>x</a><link rel=canonical href=https://x.example/><img src=data:x alt=a>",
            "<details><summary>a</summary><p>b</details>",
            "<p>Write {&quot;a b&quot;: 1} or {&quot;x&quot;}</p><pre><code>{&quot;a&quot;: 1}</code></pre>",
        ] {
            assert_eq!(told(&page(body)), Vec::<String>::new(), "{body}");
        }
    }

    #[test]
    fn each_lack_is_told() {
        for (html, what) in [
            (page("").replace("<!doctype html>", ""), "does not begin with <!DOCTYPE html>"),
            (page("").replace(" lang=en", ""), "does not say in which language it is"),
            (page("").replace(" lang=en", " lang=\"\""), "does not say in which language it is"),
            (page("").replace("<title>T</title>", ""), "has no title"),
            (page("").replace("<title>T</title>", "<title> </title>"), "has no title"),
            (page("").replace("<h1>H</h1>", ""), "has no h1"),
            (page("<h1>Two</h1>"), "has 2 headings of the level h1"),
            (page("").replace("<main>", "<div>").replace("</main>", "</div>"), "has no <main>"),
            (page("<main></main>"), "has 2 elements <main>"),
            (page("<nav></nav>"), "has several <nav> that cannot be told apart"),
            (page("<nav aria-label=a></nav>"), "has several <nav> that cannot be told apart"),
            (
                page("<script src=//x.example/a.js></script>"),
                "loads \"//x.example/a.js\" from another website",
            ),
            (
                page("<link rel=\"Icon\" href=https://x.example/a.png>"),
                "loads \"https://x.example/a.png\" from another website",
            ),
            (page("<img src=\"x.png\">"), "has a picture without alt: x.png"),
            (page("<a href=x></a>"), "has a link without a name"),
            (page("<a href=x><img src=y alt=\"\"></a>"), "has a link without a name"),
            (page("<button><svg></svg></button>"), "has a button without a name"),
            (page("<p id=a></p><p id=a></p>"), "has the id \"a\" more than once"),
            (page("<div>"), "has a <div> that is still open at </main>"),
            (page("<b><i></b></i>"), "has a <i> that is still open at </b>"),
            (page("</div>"), "has a </div> that closes nothing"),
            (page("<p><div></div></p>"), "has a </p> that closes nothing"),
            (page("").replace("</main></body></html>", ""), "has a <main> that is never closed"),
            (page("") + "<a href=", "ends inside a tag"),
            (
                page("<p>{&quot;kind&quot;: &quot;draft&quot;, &quot;text&quot;: &quot;A&quot;}</p>"),
                "shows a whole group of values to readers (kind, text)",
            ),
            (page("<p>[{&quot;title&quot;: 1}]</p>"), "shows a whole group of values to readers (title)"),
            ("<p>x".to_owned(), "is no whole page: it has no <html> element"),
            (page("").replace("Content-Security-Policy", "x"), "has no Content-Security-Policy"),
        ] {
            assert!(told(&html).contains(&what.to_owned()), "{what}: {:?}\n{html}", told(&html));
        }
    }

    #[test]
    fn many_of_a_sort_are_told_as_three() {
        assert_eq!(told(&page(&"<img src=x>".repeat(9))).len(), MAX_OF_ONE_SORT);
    }
}
