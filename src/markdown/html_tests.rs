//! Raw HTML in, as a part of the page: what stays, what is a placeholder, what is told; and what ammonia says of it.

use super::elements;
use super::tests::{problems_of, read_with, show};
use super::{Markdown, RawHtml};
use crate::diag::Parsed;
use crate::document::PlaceholderKind;
use crate::source::html;

fn read(text: &str) -> Parsed<Markdown> {
    read_with(text, RawHtml::Sanitise, None)
}

/// The HTML of a text without problems; runs of text are not marked.
fn html(text: &str) -> String {
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    show(&parsed.value.body).replace(['«', '»', '§'], "")
}

/// The HTML of any text.
fn page(text: &str) -> String {
    show(&read(text).value.body).replace(['«', '»', '§'], "")
}

fn problems(text: &str) -> Vec<(&'static str, &str)> {
    problems_of(text, read(text))
}

#[test]
fn structure_survives_empty_lines_and_markdown_inside() {
    assert_eq!(
        html("<table><tr><td>\n\n*a*\n\n</td><td>\n\n- b\n\n</td></tr></table>\n\nc"),
        "<table><tr><td>\n<p><em>a</em></p>\n</td><td>\n<ul>\n<li>b</li>\n</ul>\n</td></tr></table>\n<p>c</p>\n"
    );
    assert_eq!(
        html(
            "<details open>\n<summary>A</summary>\n\n<details>\n<summary>B</summary>\n\nc\n\n</details>\n</details>\n"
        ),
        "<details open>\n<summary>A</summary>\n<details>\n<summary>B</summary>\n<p>c</p>\n</details>\n</details>\n"
    );
    assert_eq!(
        html("<ol start=3 reversed type=a>\n<li value=7>\n\na\n\n<li>\n\nb\n\n</ol>\n"),
        "<ol start=\"3\" reversed type=\"a\">\n<li value=\"7\">\n<p>a</p>\n</li><li>\n<p>b</p>\n</li></ol>\n"
    );
    assert_eq!(
        html("> <div lang=es dir=ltr>\n>\n> *a*\n>\n> </div>\n"),
        "<blockquote>\n<div lang=\"es\" dir=\"ltr\">\n<p><em>a</em></p>\n</div>\n</blockquote>\n"
    );
    assert_eq!(
        html("| a | b |\n|---|---|\n| <ul><li>x<li>*y*</ul> | z<br/>z |\n"),
        "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\n<tbody>\n\
         <tr><th scope=\"row\"><ul><li>x</li><li><em>y</em></li></ul></th><td>z<br>z</td></tr>\n</tbody></table></div>\n"
    );
    assert_eq!(html(":::note\n<div>\n\na\n\n</div>\n:::\n"), "{note}<div>\n<p>a</p>\n</div>\n{/}");
}

#[test]
fn a_label_and_a_cell_close_what_was_opened_in_them() {
    let text = "- [ ] <div>\n  <!-- term: off -->a\n";
    assert_eq!(
        page(text),
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> <div></div></label>\na\n</li>\n</ul>\n"
    );
    assert_eq!(problems(text), [("html-structure", "<div>")]);
    let text = "|a|\n|-|\n|<table><table>|\n|b|\n";
    assert!(
        page(text)
            .ends_with("<tr><td><table></table></td></tr>\n<tr><td>b</td></tr>\n</tbody></table></div>\n")
    );
    assert_eq!(problems(text), [("html-structure", "<table>"), ("html-structure", "<table>")]);
    assert_eq!(
        html("<table><tr><td><table><tr><td>a</table></table>\n"),
        "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>\n"
    );
}

#[test]
fn attributes_stay_that_say_something() {
    let kept = [
        "<table><tr><th id=\"a\" colspan=\"2\" rowspan=\"1\" scope=\"col\">x</th><td headers=\"a\">y</td></tr></table>",
        "<div class=\"x y\" title=\"a &quot;b&quot; &amp; c &lt;d&gt;\" role=\"note\" aria-label=\"z\" hidden>a</div>",
        "<time datetime=\"2026-11-30\">today</time>",
        "<p align=\"center\">a</p>",
    ];
    for text in kept {
        assert!(html(&format!("{text}\n")).contains(text), "{}", page(text));
    }
    assert_eq!(
        html("<a id=x></a> <a id=\"y\"/> <a name=z>t</a>"),
        "<p><a id=\"x\"></a> <a id=\"y\"></a> <a id=\"z\">t</a></p>\n"
    );
    assert_eq!(html("<a id=x name=x></a>"), "<p><a id=\"x\"></a></p>\n");
    assert_eq!(problems("<a id=x name=y></a>"), [("html-dropped", "name=y")]);
    let text = "<div style=\"color: red\" id=a onclick=x()>\n\na\n\n</div>";
    assert_eq!(page(text), "<div id=\"a\">\n<p>a</p>\n</div>\n");
    assert_eq!(problems(text), [("html-dropped", "style=\"color: red\" id=a onclick=x()")]);
    let text = "- > <b tabindex=1>a</b>\n";
    assert_eq!(problems(text), [("html-dropped", "tabindex=1")]);
}

#[test]
fn addresses_are_holes_at_their_places() {
    assert_eq!(
        html("<a href=\"b.md#x\" title=t>b</a> <img src=' a b.png ' alt=x srcset=\"a.png 1x, b.png 2x\">"),
        "<p><a href=\"{link b.md#x}\" title=\"t\">b</a> <img src=\"{source a b.png}\" alt=\"x\" \
         srcset=\"{source a.png} 1x, {source b.png} 2x\"></p>\n"
    );
    assert_eq!(
        html("<video poster=p.png controls><source src=v.mp4 type=video/mp4><track src=v.vtt></video>\n"),
        "<p><video poster=\"{source p.png}\" controls><source src=\"{address v.mp4}\" type=\"video/mp4\">\
         <track src=\"{address v.vtt}\"></video></p>\n"
    );
    assert_eq!(
        html("<blockquote cite=\"a.md\">x</blockquote>\n\n<map name=m><area href=b.md alt=b></map>"),
        "<blockquote cite=\"{address a.md}\">x</blockquote>\n<p><map name=\"m\"><area href=\"{address b.md}\" alt=\"b\"></map></p>\n"
    );
    assert_eq!(
        html("<a href=\"https://x.org/?a&amp;b\">x</a> <a href=SMS:+1555>y</a>"),
        "<p><a href=\"https://x.org/?a&amp;b\">x</a> <a href=\"SMS:+1555\">y</a></p>\n"
    );
    let text = "> <div>\n> <a\n> href=gone.html>x</a>\n> </div>\n";
    let parsed = read(text);
    let spans = parsed.value.body.placeholders.iter().filter_map(|placeholder| match placeholder.kind {
        PlaceholderKind::Link(link) => Some(&text[link.span.range()]),
        _ => None,
    });
    assert_eq!(spans.collect::<Vec<_>>(), ["href=gone.html"]);
}

#[test]
fn dangerous_and_broken_addresses_are_told_and_left_out() {
    for (text, code) in [
        ("<a href=javascript:x>a</a>", "unsafe-link"),
        ("<a href=\"&#x6A;avascript&colon;x\">a</a>", "unsafe-link"),
        ("<a href=\"java\tscript:x\">a</a>", "unsafe-link"),
        ("<a href=//evil.org>a</a>", "unsafe-link"),
        ("<a href=http:/x.org>a</a>", "broken-link"),
        ("<a href=mailto:>a</a>", "broken-link"),
        ("<img src=https://evil.org/x.png alt=a>", "missing-image"),
        ("<img src=//evil.org/x.png alt=a>", "missing-image"),
        ("<img srcset=\"https://evil.org/x.png 2x\" alt=a>", "missing-image"),
        ("<img src=data:image/png;base64,x alt=a>", "unsafe-link"),
        ("<video src=http://evil.org/v.mp4></video>", "missing-image"),
    ] {
        let found = problems(text);
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{text}");
        assert!(
            text.starts_with('<') && !page(text).contains(':') && !page(text).contains("evil"),
            "{}",
            page(text)
        );
    }
    assert_eq!(
        problems("[a](http:/x.org) [b](mailto:) <tel:>"),
        [("broken-link", "[a](http:/x.org)"), ("broken-link", "[b](mailto:)"), ("broken-link", "<tel:>"),]
    );
    assert_eq!(page("[a](sms:+1555)"), "<p><a href=\"sms:+1555\">a</a></p>\n");
}

#[test]
fn what_is_left_out_is_told() {
    let text = "a <script>alert(1)</script> <font color=red>b</font>\n\n<iframe src=\"https://x.org\"></iframe>\n\n<style>\np {}\n\nb {}\n</style>\n\nc";
    assert_eq!(page(text), "<p>a alert(1) b</p>\n<p>c</p>\n");
    assert_eq!(
        problems(text),
        [
            ("html-dropped", "<script>"),
            ("html-dropped", "<font color=red>"),
            ("html-dropped", "<iframe src=\"https://x.org\">"),
            ("html-dropped", "<style>"),
        ]
    );
    let text = "<div>\n<?php x ?>\na <b\n";
    assert_eq!(page(text), "<div>\na &lt;b\n</div>");
    assert_eq!(
        problems(text),
        [("html-dropped", "<?php x ?>"), ("html-structure", "<b\n"), ("html-structure", "<div>"),]
    );
}

#[test]
fn tags_are_balanced_where_their_surroundings_end() {
    for (text, page_of, told) in [
        (
            "- <div>\n\n  a\n- b\n",
            "<ul>\n<li>\n<div>\n<p>a</p>\n</div></li>\n<li>\n<p>b</p>\n</li>\n</ul>\n",
            vec!["<div>"],
        ),
        ("a <b>b\n\nc</b>", "<p>a <b>b</b></p>\n<p>c</p>\n", vec!["<b>", "</b>"]),
        (":::note\n<div>\n:::\n\n</div>\n", "{note}<div>\n</div>{/}\n", vec!["<div>", "</div>"]),
        ("| a |\n|---|\n| <b>x |\n", "", vec!["<b>"]),
        ("<div>\n\na", "<div>\n<p>a</p>\n</div>", vec!["<div>"]),
        ("a <div>b</div>", "<p>a b</p>\n", vec!["<div>"]),
        (
            "<div>\n\na\n\n      </div>\n\n</div>\n",
            "<div>\n<p>a</p>\n<pre><code>  &lt;/div&gt;\n</code></pre>\n</div>\n",
            vec!["</div>"],
        ),
        ("<div>\na\n**b** c\n\n</div>", "", vec!["**b** c"]),
        ("<details>\n<summary>[a](b.md)</summary>\n- c\n\n</details>", "", vec!["[a](b.md)", "- c"]),
        ("<pre>\n**a** `b`\n</pre>\n\n<div>a * b ** c [d]</div>", "", vec![]),
        ("<div>\n:::note\na\n:::\n</div>", "<div>\n{note}a\n{/}</div>\n", vec![":::note"]),
        ("<p>\n\na\n\n</p>\n", "<p>\n</p>\n<p>a</p>\n", vec!["</p>"]),
        ("<td>a</td>\n", "a\n", vec!["<td>"]),
        ("<table>\n\na\n\n</table>\n", "<table>\n<p>a</p>\n</table>\n", vec!["a"]),
        (
            "<a href=a.md>x <a href=b.md>y</a></a>",
            "<p><a href=\"{link a.md}\">x y</a></p>\n",
            vec!["<a href=b.md>"],
        ),
        ("<b><i>x</b></i>", "<p><b><i>x</i></b></p>\n", vec!["<i>", "</i>"]),
    ] {
        if !page_of.is_empty() {
            assert_eq!(page(text), page_of, "{text}");
        }
        let found: Vec<_> = problems(text);
        assert!(found.iter().all(|(code, _)| *code == "html-structure"), "{found:?}");
        assert_eq!(found.iter().map(|(_, at)| at.trim_end()).collect::<Vec<_>>(), told, "{text}");
    }
    // A closing tag within its list item belongs to it, a link in a raw link is none.
    assert_eq!(page("<div>\n\n- a\n  </div>\n\n</div>\n"), "<div>\n<ul>\n<li>a\n</li>\n</ul>\n</div>\n");
    assert_eq!(problems("<a href=a.md>x [y](b.md) <https://z.org></a>"), [("html-structure", "[y](b.md)")]);
    assert_eq!(
        page("<a href=a.md>x [y](b.md) <https://z.org></a>"),
        "<p><a href=\"{link a.md}\">x y https://z.org</a></p>\n"
    );
}

#[test]
fn ids_are_anchors() {
    let anchors = |text: &str| read(text).value.anchors.iter().map(str::to_owned).collect::<Vec<_>>();
    let text =
        "<a id=form></a>\n\n## Form\n\n<details id=more>\n\n## Dates\n\n</details>\n\n<div id=dates>x</div>";
    assert_eq!(anchors(text), ["form", "form-2", "more", "dates"]);
    assert_eq!(problems(text), [("html-id", "<div id=dates>")]);
    assert_eq!(page(text).matches("id=\"dates\"").count(), 1);
    assert_eq!(problems("<b id=x>a</b>\n\n## A {#x}"), [("duplicate-anchor", "## A {#x}")]);
    assert_eq!(problems("<b id=\"a b\">a</b>"), [("html-dropped", "<b id=\"a b\">")]);
    let entries = read_with("## <a id=\"ot\"></a>Help\n\nx\n", RawHtml::Sanitise, Some(2)).value;
    assert_eq!((&*entries.entries[0].id, &*entries.entries[0].title), ("ot", "Help"));
    assert_eq!(entries.anchors.iter().collect::<Vec<_>>(), ["ot"]);
}

#[test]
fn glossary_words_stay_plain_in_links_headings_and_code() {
    let text =
        "one <a href=x.md>two</a> <code>three</code> <span>four</span>\n\n<h2>\n\nfive\n\n</h2>\n\nsix";
    assert_eq!(
        show(&read(text).value.body),
        "<p>«one »<a href=\"{link x.md}\">two</a> <code>three</code> <span>«four»</span></p>\n<h2>\n<p>five</p>\n</h2>\n<p>«six»</p>\n"
    );
}

#[test]
fn entries_keep_their_own_balance() {
    let text = "<div>\n\n## A\n\n<div>\n\nx\n\n## B\n\ny\n\n</div>\n";
    let parsed = read_with(text, RawHtml::Sanitise, Some(2));
    let bodies: Vec<_> = parsed.value.body.entries.iter().map(show).collect();
    assert_eq!(bodies, ["§<div>\n<p>x</p>\n</div>", "§<p>y</p>\n"]);
    assert_eq!(&*parsed.value.body.html, "<div>\n</div>\n");
    assert_eq!(problems_of(text, parsed).len(), 3);
}

#[test]
fn many_problems_are_told_in_part_and_counted() {
    let many = read(&"<b onclick=x>a</b>\n\n".repeat(300));
    assert_eq!(many.diagnostics.len(), 101);
    assert!(many.diagnostics[100].message.contains("200 more problems"), "{}", many.diagnostics[100].message);
    let deep = read(&"<div>\n".repeat(100_000));
    assert!(deep.diagnostics.len() <= 102 && deep.value.body.html.len() < 1_000_000);
    let closing = read(&("<i>".repeat(50_000) + &"</b></i>".repeat(50_000)));
    assert!(closing.diagnostics.len() <= 102);
}

/// Ammonia with our lists: whatever it would take out of our HTML, we should not have written.
fn judge() -> ammonia::Builder<'static> {
    let mut judge = ammonia::Builder::empty();
    judge.tags(elements::names().collect()).link_rel(None).generic_attribute_prefixes(["aria-"].into());
    judge.add_generic_attributes(["class", "dir", "hidden", "id", "lang", "role", "title", "translate"]);
    for name in elements::names() {
        judge.add_tag_attributes(name, elements::attributes(name));
    }
    judge.url_schemes(["http", "https", "mailto", "tel", "sms"].into());
    judge.attribute_filter(|_, name, value| {
        let remote = value.contains(':') || value.starts_with("//");
        if matches!(name, "src" | "srcset" | "poster") && remote { None } else { Some(value.into()) }
    });
    judge
}

/// Name and number of attributes of all tags, sorted.
fn tags(html: &str) -> Vec<(String, usize)> {
    let tags = html::tags(html).filter(|tag| !tag.closes);
    let mut tags: Vec<_> = tags.map(|tag| (tag.name().into_owned(), tag.distinct().len())).collect();
    tags.sort();
    tags
}

proptest::proptest! {
    #[test]
    fn ammonia_finds_nothing_to_clean(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40)) {
        let text = parts.concat();
        let html = read(&text).value.body.html.into_string();
        let cleaned = judge().clean(&html).to_string();
        let (ours, theirs) = (tags(&html), tags(&cleaned));
        for tag in &ours {
            let count = |tags: &[(String, usize)]| tags.iter().filter(|t| *t == tag).count();
            assert!(count(&theirs) >= count(&ours), "{tag:?}\n{text}\n{html}\n{cleaned}");
        }
    }
}

const PARTS: &[&str] = &[
    "<a href=\"javascript:x\">",
    "<a href=b.md onclick=x>",
    "</a>",
    "<img src=x onerror=alert(1)>",
    "<script>",
    "</script>",
    "<svg><p>",
    "</svg>",
    "<style>",
    "</style>",
    "<math><mi>",
    "<table>",
    "<tr>",
    "<td id=x style=y>",
    "</table>",
    "<div title='\">'>",
    "</div>",
    "<details open>",
    "</details>",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<ul><li>",
    "</ul>",
    "<pre>",
    "</pre>",
    "\n\n",
    "\n",
    " ",
    "text",
    "*em*",
    "> ",
    "- ",
    "\"",
    "'",
    "<",
    ">",
    "<!--",
    "-->",
    "&lt;script&gt;",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "<div class=\"",
    "<template>",
    "<base href=//evil>",
    "<form action=x><input>",
    "<video src=//evil autoplay>",
    "</video>",
    "<![CDATA[",
    "]]>",
    "<?",
    "`",
    "|a|\n|-|\n|",
    ":::note\n",
    ":::\n",
    "[x](y \"z\")",
    "<h2 id=\"a&quot;b\">",
    "</h2>",
];
