//! Headings that components write stand in the outline and can be linked; pages that link to one, and the first words of a page,
//! are there for templates.

use crate::support::{Problem, Site};

fn site() -> Site {
    let site = Site::bilingual();
    site.template(
        "components/titled.html",
        "{% component titled(title, id=\"\", level=\"2\") %}\n<section><h{{ level }} id=\"{{ id or title | slugify }}\">{{ title }} &amp; <em>more</em></h{{ level }}>{{ body }}</section>\n{% endcomponent titled %}\n",
    );
    site.template(
        "components/jump.html",
        "{% component jump(to) %}<a href=\"{{ link(to=to) }}\">jump</a>{% endcomponent jump %}\n",
    );
    site
}

fn errors(site: &Site) -> Vec<Problem> {
    site.problems().into_iter().filter(|p| p.severity == "error").collect()
}

#[test]
fn a_heading_of_a_component_is_in_the_outline_at_its_place() {
    let site = site();
    site.page(
        "index.md",
        "title: Start",
        "## One\n\n:::titled title=\"In the box\"\n### Inner\n\nText.\n:::\n\n## Two\n\n:::titled title=\"No id\" id=\"two\"\n:::\n",
    );
    let page = {
        site.build().clean();
        site.out("index.html")
    };
    let outline = page.split("<ul class=\"outline\">").nth(1).unwrap().split("</ul>").next().unwrap();
    let ids: Vec<&str> = outline.split("href=\"").skip(1).map(|h| h.split('"').next().unwrap()).collect();
    // What the page itself calls so stays the page's.
    assert_eq!(ids, ["#one", "#in-the-box", "#two"], "{outline}");
    assert!(outline.contains(">In the box &amp; more<"), "{outline}");
}

#[test]
fn a_heading_of_a_component_can_be_linked_from_anywhere() {
    let site = site();
    site.page(
        "index.md",
        "title: Start",
        "See [below](#in-the-box), [there](b.md#far).\n\n:::titled title=\"In the box\"\n:::\n",
    );
    // Both link to each other, and a component links there too.
    site.page("b.md", "title: B", "[Back](index.md#in-the-box).\n\n:::titled title=\"Far\"\n:::\n\n:::jump to=\"index.md#in-the-box\"\n:::\n");
    site.page(
        "es/b.md",
        "title: Be",
        "[Ahí](../index.md#in-the-box), [aquí](#lejos).\n\n:::titled title=\"Lejos\"\n:::\n",
    );
    site.build().clean();
    assert!(site.out("index.html").contains("<a href=\"#in-the-box\">below</a>, <a href=\"b.html#far\">"));
    assert!(site.out("b.html").contains("<a href=\"index.html#in-the-box\">jump</a>"));
    assert!(site.out("es/b.html").contains("<a href=\"#lejos\">"), "{}", site.out("es/b.html"));
    // In an entry, within another component, in a component of a line.
    let site = self::site();
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "[x](#deep) [y](#in-note)\n\n## Team {#team}\n\nPeople.\n\n:::titled title=\"Deep\"\n:::\n\n::::note\n:::titled title=\"In note\"\n:::\n::::\n",
    );
    site.build().clean();
}

#[test]
fn an_anchor_that_no_component_writes_is_told_with_the_near_one() {
    let site = site();
    site.page(
        "index.md",
        "title: Start",
        "[a](#in-the-bx) [b](b.md#zzz)\n\n:::titled title=\"In the box\"\n:::\n",
    );
    site.page("b.md", "title: B", "Text.");
    let found = errors(&site);
    assert_eq!(
        found.iter().map(Problem::place).collect::<Vec<_>>(),
        ["error[broken-anchor] content/index.md:5:1", "error[broken-anchor] content/index.md:5:17"],
        "{found:#?}"
    );
    assert_eq!(found[0].help, "Did you mean #in-the-box?");
    // What is wrong in a component is told once, though its text was made twice.
    let site = self::site();
    site.page(
        "index.md",
        "title: Start",
        "[a](#in-the-box)\n\n:::titled title=\"In the box\"\n[gone](gone.md)\n:::\n",
    );
    let found = errors(&site);
    assert_eq!(
        found.iter().map(Problem::place).collect::<Vec<_>>(),
        ["error[broken-link] content/index.md:8:1"]
    );
}

#[test]
fn pages_that_link_to_a_page_are_listed() {
    let site = Site::bilingual();
    site.template(
        "base.html",
        "{% extends \"plain/base.html\" %}{% block foot %}[{{ [b.title for b in backlinks()] | join(sep=\",\") }}]{% endblock foot %}",
    );
    site.page("index.md", "title: Start", "[a](a.md) [a](a.md#x) [self](index.md)");
    site.page("a.md", "title: A\norder: 1", "## X {#x}\n\n[b](folder/) <https://x.example>");
    site.page("folder/index.md", "title: Folder\norder: 2", "[a](/a.md)");
    site.page("folder/c.md", "title: C", ":::note\n[a](../a.md)\n:::\n\nN.[^1]\n\n[^1]: [folder](index.md)");
    site.page("hidden.md", "title: Hidden\nhidden: true", "[a](a.md)");
    site.page("draft.md", "title: Draft\ndraft: true", "[a](a.md)");
    site.page("es/a.md", "title: Aa\norder: 1", "[carpeta](folder/index.md)");
    assert_eq!(site.build().code, Some(0));
    let list = |path: &str| {
        let page = site.out(path);
        page[page.rfind('[').unwrap()..=page.rfind(']').unwrap()].to_owned()
    };
    assert_eq!(list("a.html"), "[Start,Folder,C]");
    assert_eq!(list("folder/index.html"), "[A,C]");
    assert_eq!(list("index.html"), "[]");
    assert_eq!(list("es/a.html"), "[Start,Folder,C]");
    assert_eq!(list("es/folder/index.html"), "[Aa,C]");
    // A page that is named.
    site.template("base.html", "{% extends \"plain/base.html\" %}{% block foot %}[{{ backlinks(path=\"a.md\") | length }}]{% endblock foot %}");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(list("folder/c.html"), "[3]");
    for (call, message, help) in [
        ("backlinks(path=\"b.md\")", "there is no page \"b.md\"", ""),
        ("backlinks(pth=\"a.md\")", "pth", "path"),
        ("backlink()", "backlink", "backlinks"),
    ] {
        site.template("base.html", &format!("{{% extends \"plain/base.html\" %}}{{% block foot %}}{{{{ {call} | length }}}}{{% endblock foot %}}"));
        let found = errors(&site);
        assert!(
            found.iter().any(|p| p.message.contains(message) && p.help.contains(help)),
            "{call}: {found:#?}"
        );
    }
}

#[test]
fn a_card_has_the_first_words_of_its_page() {
    let site = Site::plain();
    site.template(
        "page.html",
        "{{ body }}{% for p in all_pages() %}<i>{{ p.title }}: {{ p.excerpt }}</i>{% endfor %}",
    );
    site.page(
        "index.md",
        "title: Start",
        "![x](x.svg)\n\nFirst & *second* [b](b.md)[^1].\n\nNext.\n\n[^1]: Note.",
    );
    site.file("content/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>");
    site.page("b.md", "title: B", "## Heading\n\n- item\n");
    site.page("c.md", "title: C", "Of C.");
    site.build().clean();
    let page = site.out("b.html");
    assert!(page.contains("<i>Start: First &amp; second b.</i><i>B: </i><i>C: Of C.</i>"), "{page}");
}
