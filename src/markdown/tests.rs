//! Markdown in, HTML with its placeholders spelt out: what each pass does, seen from outside.
//!
//! `show` writes a text run as `«…»`, a section as `§`, every other placeholder in braces.

use super::{Flavor, Markdown, Options, RawHtml, parse};
use crate::diag::Parsed;
use crate::document::{Body, PlaceholderKind};
use crate::source::SourcePath;

pub(super) fn read_with(text: &str, raw_html: RawHtml, entry_level: Option<u8>) -> Parsed<Markdown> {
    let path = SourcePath::new("content/x.md").unwrap();
    parse(
        text,
        &Options {
            path: &path,
            offset: 0,
            raw_html,
            flavor: Flavor::Guide,
            words: crate::config::Words::default(),
            entry_level,
        },
    )
}

fn read(text: &str) -> Parsed<Markdown> {
    read_with(text, RawHtml::Escape, None)
}

pub(super) fn show(body: &Body) -> String {
    let mut out = String::new();
    let mut done = 0;
    for placeholder in body.placeholders.iter() {
        let at = placeholder.at;
        out.push_str(&body.html[done..at]);
        done = at;
        match placeholder.kind {
            PlaceholderKind::Text { len } => {
                done += len;
                out.push_str(&format!("«{}»", &body.html[at..done]));
            }
            PlaceholderKind::Section => out.push('§'),
            PlaceholderKind::Link(l) => out.push_str(&format!("{{link {}}}", l.target)),
            PlaceholderKind::LinkText(l) => out.push_str(&format!("{{title of {}}}", l.target)),
            PlaceholderKind::Address(l) => out.push_str(&format!("{{address {}}}", l.target)),
            PlaceholderKind::Source(l) => out.push_str(&format!("{{source {}}}", l.target)),
            PlaceholderKind::Image(i) => {
                out.push_str(&format!("{{image {}|{}|{:?}}}", i.src, i.alt, i.title))
            }
            PlaceholderKind::Open(c) => {
                let args: Vec<_> = c.args.iter().map(|(k, v)| format!(" {k}={v}")).collect();
                out.push_str(&format!("{{{}{}}}", c.name, args.concat()));
            }
            PlaceholderKind::Close => out.push_str("{/}"),
            PlaceholderKind::Entry(n) => out.push_str(&format!("{{entry {n}}}")),
            PlaceholderKind::Note(n) => out.push_str(&format!("{{note {n}}}")),
        }
    }
    out.push_str(&body.html[done..]);
    out
}

/// The HTML of a text without problems.
fn html(text: &str) -> String {
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    show(&parsed.value.body)
}

/// Code and marked text of each problem.
fn problems(text: &str) -> Vec<(&'static str, &str)> {
    problems_of(text, read(text))
}

pub(super) fn problems_of<T>(text: &str, parsed: Parsed<T>) -> Vec<(&'static str, &str)> {
    parsed.diagnostics.iter().map(|d| (d.code.name(), &text[d.span.range()])).collect()
}

#[test]
fn text_runs_are_merged_and_links_are_placeholders() {
    assert_eq!(
        html("An \"IEP\" &amp; the\nteam, *see* [who](../a.md#b \"t\") <https://x.org/?a&b>."),
        "<p>«An “IEP” &amp; the\nteam, »<em>«see»</em> <a href=\"{link ../a.md#b}\" title=\"t\">who</a> \
         <a href=\"https://x.org/?a&amp;b\">https://x.org/?a&amp;b</a>.</p>\n"
    );
    assert_eq!(html("[](a.md)"), "<p><a href=\"{link a.md}\">{title of a.md}</a></p>\n");
    assert_eq!(html("[<http://a> b](c.md)"), "<p><a href=\"{link c.md}\">http://a b</a></p>\n");
    assert_eq!(html("<a@b.org>"), "<p><a href=\"mailto:a@b.org\">a@b.org</a></p>\n");
    assert_eq!(html("`a -- \"b\" <c>`"), "<p><code>a -- \"b\" &lt;c&gt;</code></p>\n");
}

#[test]
fn unsafe_links_are_text() {
    let text = "[a](javascript:alert(1)) [b](&#106;avascript&colon;x) <javascript:x> ![c](data:image/png;x)\n\n[d][r]\n\n[r]: JAVA&#x73;cript:x";
    let parsed = read(text);
    assert!(parsed.diagnostics.iter().all(|d| d.code.name() == "unsafe-link"), "{:?}", parsed.diagnostics);
    assert!(parsed.diagnostics.len() >= 4);
    assert!(!parsed.value.body.html.contains("href"));
    assert!(!parsed.value.body.html.contains("src"));
}

#[test]
fn images_carry_plain_descriptions() {
    assert_eq!(
        html("![A *big* `x` ![in](b.png) \"q\"](<a b.png> \"T\")"),
        "<p>{image a b.png|A big x in “q”|Some(\"T\")}</p>\n"
    );
}

#[test]
fn headings_have_ids_sections_and_an_outline() {
    let text = "# Top\n## Who *is* [it](a.md)?\n## Who is it\n### ¿Qué? {#what .c}\n## What\n##";
    let parsed = read(text);
    assert_eq!(
        show(&parsed.value.body),
        "§<h2 id=\"top\">Top</h2>\n§<h2 id=\"who-is-it\">Who <em>is</em> <a href=\"{link a.md}\">it</a>?</h2>\n\
         §<h2 id=\"who-is-it-2\">Who is it</h2>\n§<h3 id=\"what\" class=\"c\">¿Qué?</h3>\n\
         §<h2 id=\"what-2\">What</h2>\n§<h2 id=\"section\"></h2>\n"
    );
    let outline: Vec<_> = parsed.value.body.headings().map(|h| (h.level, h.title)).collect();
    assert_eq!(outline[..3], [(1, "Top"), (2, "Who is it?"), (2, "Who is it")]);
    assert_eq!(parsed.value.anchors.len(), 6);
    assert_eq!(problems("## A {#x}\n## B {#x}\n"), [("duplicate-anchor", "## B {#x}\n")]);
    assert_eq!(html("## A {#x onclick=alert(1)}"), "§<h2 id=\"x\">A</h2>\n");
    assert_eq!(html("## A {#\"onx=y}"), "§<h2 id=\"&quot;onx=y\">A</h2>\n");
}

#[test]
fn containers_and_alerts_are_components() {
    assert_eq!(
        html("a\n:::who-to-ask\n:::\n- x\n:::steps kind=\"a b\"\n1. y\n:::\n- z\n"),
        "<p>«a»</p>\n{who-to-ask}{/}<ul>\n<li>«x»</li>\n</ul>\n{steps kind=a b}<ol>\n<li>«y»</li>\n</ol>\n{/}<ul>\n<li>«z»</li>\n</ul>\n"
            .replace("«x»", "x")
            .replace("«y»", "y")
            .replace("«z»", "z")
            .replace("«a»", "a")
    );
    assert_eq!(html("::::outer\n:::inner\ntext\n:::\n::::\n"), "{outer}{inner}<p>«text»</p>\n{/}{/}");
    assert_eq!(html("> [!WARNING]\n> Careful now\n"), "{warning}<p>«Careful now»</p>\n{/}");
    assert_eq!(
        html("```\n:::note\n```\n\n    :::x\n"),
        "<pre><code>:::note\n</code></pre>\n<pre><code>:::x\n</code></pre>\n"
    );
    assert_eq!(html(":::figure src=\"a.svg\"\nLong words\n:::"), "{figure src=a.svg}<p>Long words</p>\n{/}");
}

#[test]
fn faults_of_fences_are_told_at_their_line() {
    assert_eq!(problems("a\n\n:::note\ntext\n"), [("container-fence", ":::note")]);
    assert_eq!(problems("a\n:::\n"), [("container-fence", ":::")]);
    assert_eq!(problems(":::Note it\nb\n:::\n"), [("container-fence", ":::Note it")]);
    assert_eq!(problems("- a\n\n  :::note\n  x\n"), [("container-fence", ":::note")]);
    assert_eq!(problems("::::a\n:::b\n::::\n"), [("container-fence", ":::b")]);
    let parsed = read("::::a\n:::b\nx\n::::\ny\n");
    assert_eq!(show(&parsed.value.body), "{a}{b}<p>x</p>\n{/}{/}<p>y</p>\n");
}

#[test]
fn html_is_text_unless_the_site_allows_it() {
    let text = "a <b onclick=x>c</b>\n\n<script>alert(1)</script>\n";
    assert_eq!(problems(text), [("raw-html", "<b onclick=x>")]);
    assert_eq!(
        show(&read(text).value.body),
        "<p>«a »&lt;b onclick=x&gt;c&lt;/b&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    );
    let safe = |t: &str| show(&read_with(t, RawHtml::Sanitise, None).value.body);
    assert_eq!(safe(text), "<p>«a »<b>c</b></p>\n");
    assert_eq!(
        safe(
            "<details class=\"x\" onclick=\"y\">\n<summary>S</summary>\n\n*m* <i>[l](a.md)\n\n</details>\n\n</div>"
        ),
        "<details class=\"x\">\n<summary>S</summary>\n<p><em>m</em> <i><a href=\"{link a.md}\">l</a></i></p>\n</details>\n"
    );
    assert_eq!(
        safe("<img src=x onerror=alert(1)>\n\n<a href=\" java&#10;script:x\">y</a>"),
        "<img src=\"{source x}\">\n<p><a>y</a></p>\n"
    );
    assert_eq!(safe("x <div>y</div> <img src=\"//h/x\">"), "<p>«x »y <img></p>\n");
    assert_eq!(
        safe("<a href=x>[b](c.md)</a> [d <a href=y>e</a>](f.md)"),
        "<p><a href=\"{link x}\">b</a> <a href=\"{link f.md}\">d e</a></p>\n"
    );
    assert_eq!(safe(":::note\n<div>\n\n:::\nz"), "{note}<div>\n</div>{/}\n<p>z</p>\n");
}

#[test]
fn comments_vanish_and_may_mean_something() {
    assert_eq!(html("<!-- x -->\na <!-- y --> bc\n"), "<p>«a »« bc»</p>\n");
    assert_eq!(html("a\n\n<!-- term: off -->\nbc\n\ncd"), "<p>a</p>\n<p>bc</p>\n<p>«cd»</p>\n");
    let text = "<!-- check: allow raw-html -->\nab\n\n<!-- check: allow broken-link, missing-image -- why -->\n> x\n> y\n\nz <!-- check: allow footnote -->\nw";
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, []);
    let allows: Vec<_> = parsed.value.allows.iter().map(|a| (&*a.code, &text[a.covers.range()])).collect();
    let block = "<!-- check: allow broken-link, missing-image -- why -->\n> x\n> y\n";
    assert_eq!(
        allows,
        [
            ("raw-html", text),
            ("broken-link", block),
            ("missing-image", block),
            ("footnote", "z <!-- check: allow footnote -->")
        ]
    );
    assert_eq!(problems("<!-- check: allow brokn-link -->").len(), 2);
    assert_eq!(problems("<!-- term: of -->"), [("comment", "<!-- term: of -->")]);
}

#[test]
fn tables_tasks_definitions_and_code() {
    assert_eq!(
        html("| | b |\n|---|--:|\n| cd | *d* |\n"),
        "<div class=\"table\"><table>\n<thead><tr><td></td><th scope=\"col\" class=\"right\">b</th></tr></thead>\n\
         <tbody>\n<tr><th scope=\"row\">«cd»</th><td class=\"right\"><em>d</em></td></tr>\n</tbody></table></div>\n"
    );
    // Short cells are read across, so a phone keeps their rows; cells of prose are put below each other.
    let three =
        |cell: &str| html(&format!("| a | b | c |\n|---|---|---|\n| a name of a row | 1 | {cell} |\n"));
    assert!(three("16.5 %").starts_with("<div class=\"table dense\"><table>"), "{}", three("16.5 %"));
    let prose = three("Your child did as well as most");
    assert!(prose.starts_with("<div class=\"table stack\"><table>"), "{prose}");
    assert!(prose.contains("<td data-label=\"c\">\u{ab}Your"), "{prose}");
    assert_eq!(
        html("| a |\n|---|\n"),
        "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table></div>\n"
    );
    assert_eq!(
        html("- [ ] one\n  - [x] two\n"),
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> «one»</label>\n<ul>\n\
         <li class=\"task\"><label><input type=\"checkbox\" disabled checked> «two»</label></li>\n</ul>\n</li>\n</ul>\n"
    );
    assert_eq!(html("ab\n: cd\n"), "<dl>\n<dt>«ab»</dt>\n<dd>«cd»</dd>\n</dl>\n");
    assert_eq!(
        html("```r\"><script> x\n<&\n```"),
        "<pre><code class=\"language-r&quot;&gt;&lt;script&gt;\">&lt;&amp;\n</code></pre>\n"
    );
    assert_eq!(html("~~ab~~\\\nc"), "<p><del>«ab»</del><br>\nc</p>\n");
}

#[test]
fn footnotes_are_kept_in_order_of_mention() {
    let parsed = read("[^b]: Bb\n\n[^a]: Aa [x](y.md)\n\nOne[^a], two[^b], again[^a].");
    assert_eq!(parsed.diagnostics, []);
    let body = &parsed.value.body;
    assert_eq!(show(body), "<p>«One»{note 0}«, two»{note 1}«, again»{note 0}.</p>\n");
    let notes: Vec<String> = body.notes.iter().map(show).collect();
    assert_eq!(notes, ["<p>«Aa »<a href=\"{link y.md}\">x</a></p>\n", "<p>«Bb»</p>\n"]);
    let anchors: Vec<&str> = parsed.value.anchors.iter().collect();
    assert_eq!(anchors, ["fnref:1", "fnref:1:2", "fn:1", "fnref:2", "fn:2"]);
    assert_eq!(problems("a [^x] \\[^y] [^z](u.md) `[^w]`\n"), [("footnote", "[^x]")]);
    assert_eq!(problems("a\n\n[^x]: b\n"), [("footnote", "[^x]: b\n")]);
}

#[test]
fn a_page_is_cut_into_entries() {
    let text = "Intro\n\n## Group\n\n### One {#one}\n- Where: home, \"it\"\n- **Ages**: 3+\n\nBody [l](a.md)\n\n#### Deep\nab\n\n### Two\ncd\n- x: y\n\n## Next\nee\n";
    let parsed = read_with(text, RawHtml::Escape, Some(3));
    assert_eq!(parsed.diagnostics, []);
    let m = parsed.value;
    assert_eq!(
        show(&m.body),
        "<p>«Intro»</p>\n§<h2 id=\"group\">Group</h2>\n{entry 0}{entry 1}§<h2 id=\"next\">Next</h2>\n<p>«ee»</p>\n"
    );
    assert_eq!(
        show(&m.body.entries[0]),
        "§<p>«Body »<a href=\"{link a.md}\">l</a></p>\n§<h4 id=\"deep\">Deep</h4>\n<p>«ab»</p>\n"
    );
    assert_eq!(show(&m.body.entries[1]), "§<p>«cd»</p>\n<ul>\n<li>«x: y»</li>\n</ul>\n");
    let one = &m.entries[0];
    assert_eq!(
        (one.title.as_str(), &*one.id, one.group.as_deref(), one.level),
        ("One", "one", Some("Group"), 3)
    );
    assert_eq!(one.excerpt, "Body l");
    let lines: Vec<_> = one
        .lines
        .iter()
        .map(|l| (l.label.as_deref(), l.raw.as_str(), l.text.as_str(), &text[l.span.range()]))
        .collect();
    assert_eq!(
        lines,
        [(Some("Where"), "home, \"it\"", "home, “it”", "home, \"it\""), (Some("Ages"), "3+", "3+", "3+")]
    );
    assert_eq!(m.body.headings().count(), 5);
}

#[test]
fn field_lists_and_other_lists() {
    let lines = |text: &str| read_with(text, RawHtml::Escape, Some(2)).value.entries[0].lines.clone();
    assert!(lines("## A\n- one\n- two\n").is_empty());
    assert!(lines("## A\ntext\n\n- a: b\n").is_empty());
    assert!(lines("## A\n1. a: b\n").is_empty());
    let odd = lines("## A\n- a: b\n- two\n");
    assert_eq!((odd.len(), &odd[1].label), (2, &None));
    let on = lines("## A\n- a: b\nrest\n");
    assert_eq!((on[0].raw.as_str(), on[0].runs_on.is_some()), ("b", true));
    let wrapped = lines("## A\n- a: b\n  c\n");
    assert_eq!((wrapped[0].raw.as_str(), wrapped[0].text.as_str(), wrapped[0].runs_on), ("b c", "b c", None));
    assert_eq!(read_with("## A\n- a: b\n", RawHtml::Escape, Some(3)).value.misplaced.len(), 1);
}

#[test]
fn an_open_container_ends_with_its_entry() {
    let text = "## A\n:::note\nab\n\n## B\ncd\n";
    let parsed = read_with(text, RawHtml::Escape, Some(2));
    assert_eq!(show(&parsed.value.body.entries[0]), "§{note}<p>«ab»</p>\n{/}");
    assert_eq!(problems_of(text, parsed), [("container-fence", ":::note")]);
}

#[test]
fn towers_are_flattened_and_told_once() {
    let text = format!("{}x\n", "> ".repeat(5_000));
    let parsed = read(&text);
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].code.name(), "nesting");
    assert_eq!(parsed.value.body.html.matches("<blockquote>").count(), 100);
}

#[test]
fn bare_addresses_are_links() {
    for (text, page) in [
        (
            "See https://x.org/a--b_c, *now*.",
            "<p>«See »<a href=\"https://x.org/a--b_c\">https://x.org/a--b_c</a>«, »<em>«now»</em>.</p>\n",
        ),
        (
            "www.x.org and a.b@x.org",
            "<p><a href=\"https://www.x.org\">www.x.org</a>« and »<a href=\"mailto:a.b@x.org\">a.b@x.org</a></p>\n",
        ),
        (
            "https://x.org/_a_/__init__.py",
            "<p><a href=\"https://x.org/_a_/__init__.py\">https://x.org/_a_/__init__.py</a></p>\n",
        ),
        (
            "*https://x.org/a* **www.x.org/b** _a@x.org_",
            "<p><em><a href=\"https://x.org/a\">https://x.org/a</a></em> <strong><a href=\"https://www.x.org/b\">www.x.org/b</a></strong> <em><a href=\"mailto:a@x.org\">a@x.org</a></em></p>\n",
        ),
        (
            "https://x.org/?a=1&b=2&amp;c=it's",
            "<p><a href=\"https://x.org/?a=1&amp;b=2&amp;c=it&#x27;s\">https://x.org/?a=1&amp;b=2&amp;c=it's</a></p>\n",
        ),
        ("https://x.org/a\\_b", "<p><a href=\"https://x.org/a_b\">https://x.org/a_b</a></p>\n"),
        ("https://x.org/a[^1] b\n\n[^1]: www.y.org", "<p><a href=\"https://x.org/a\">https://x.org/a</a>"),
        ("*a https://x.org/b*c", "<p><em>«a »<a href=\"https://x.org/b\">https://x.org/b</a></em>c</p>\n"),
        (
            "[https://x.org](a.md) [a](https://y.org) <https://z.org>",
            "<p><a href=\"{link a.md}\">https://x.org</a> <a href=\"https://y.org\">a</a> <a href=\"https://z.org\">https://z.org</a></p>\n",
        ),
        (
            "`https://x.org` ![https://x.org](a.png)",
            "<p><code>https://x.org</code> {image a.png|https://x.org|None}</p>\n",
        ),
        ("    https://x.org\n", "<pre><code>https://x.org\n</code></pre>\n"),
        ("[a]: https://x.org\n\n[a] https", "<p><a href=\"https://x.org\">a</a>« https»</p>\n"),
        (
            "| https://x.org/a|b |\n|---|---|\n",
            "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\"><a href=\"https://x.org/a\">https://x.org/a</a></th>",
        ),
        (
            "## See www.x.org\n",
            "§<h2 id=\"see-www-x-org\">See <a href=\"https://www.x.org\">www.x.org</a></h2>\n",
        ),
    ] {
        let page_of = html(text);
        assert!(page_of.starts_with(page), "{text}\n{page_of}\n{page}");
    }
    let raw = |text: &str| show(&read_with(text, RawHtml::Sanitise, None).value.body);
    assert_eq!(
        raw("<a href=a.md>https://x.org</a> www.y.org <a>b\n\nhttps://z.org"),
        "<p><a href=\"{link a.md}\">https://x.org</a> <a href=\"https://www.y.org\">www.y.org</a> <a>b</a></p>\n<p><a href=\"https://z.org\">https://z.org</a></p>\n"
    );
    let text = "---\n- Where: https://x.org/a\n";
    let parsed = read_with(&format!("## A\n{}", &text[4..]), RawHtml::Escape, Some(2));
    assert_eq!(parsed.value.entries[0].lines[0].text, "https://x.org/a");
}
