//! Components in a line of text, `{:badge}` and `[Free]{:badge}`: where they count, what they get, what is told of those that cannot
//! be shown, and that nothing typed is lost.

use crate::support::{Problem, Site};

/// A site whose theme has a few components for lines.
fn site(text: &str) -> Site {
    let site = Site::plain();
    for (name, inner) in [
        ("badge(kind=\"free\")", "<b class=\"{{ kind }}\">{{ body }}</b>"),
        ("today_is(n: integer = 1)", "<i>{{ n + 1 }}</i>"),
        ("call_us(to)", "<a href=\"tel:{{ to }}\">{{ to }}</a>"),
        ("where_am_i(@page = {}, @lang = \"\")", "<u>{{ page.title }} {{ lang }}</u>"),
        ("block_box()", "<div>{{ body }}</div>"),
        ("picture(src)", "<img src=\"{{ asset(path=src) }}\" alt=\"\">"),
    ] {
        let file = name.split('(').next().unwrap();
        site.template(
            &format!("components/{file}.html"),
            &format!("{{% component {name} %}}\n{inner}\n{{% endcomponent {file} %}}\n"),
        );
    }
    site.file(
        "site.yaml",
        "title: Test\ntheme: plain\nlanguages: [en]\ncontact: {phone: 555-0100}\nvalues: {fee: \"4 * 2\"}\n",
    );
    site.page("index.md", "title: Start", text);
    site
}

/// The problems but notes.
fn told(site: &Site) -> Vec<Problem> {
    site.problems().into_iter().filter(|p| p.severity != "note").collect()
}

#[test]
fn components_stand_wherever_running_text_stands() {
    for (text, shown) in [
        ("It is [free *now*]{:badge}.", "<p>It is <b class=\"free\">free <em>now</em></b>.</p>"),
        ("{:badge kind=\"x\"} begins.", "<p><b class=\"x\"></b> begins.</p>"),
        ("Two: {:today-is}{:today-is n=\"4\"}", "<p>Two: <i>2</i><i>5</i></p>"),
        ("[a [b]{:badge kind=\"in\"}]{:badge kind=\"out\"}", "<b class=\"out\">a <b class=\"in\">b</b></b>"),
        ("Call {:call-us to=\"{contact.phone}\"}.", "Call <a href=\"tel:555-0100\">555-0100</a>."),
        // Of what stands in quotes nothing is markdown.
        (
            "{:badge kind=\"a_b_ *c* https://x.example | }\"}",
            "<b class=\"a_b_ *c* https://x.example | }\"></b>",
        ),
        ("{:badge kind='say \"no\"'}", "<b class=\"say &quot;no&quot;\"></b>"),
        ("- [One]{:badge}\n- two", "<li><b class=\"free\">One</b></li>"),
        ("| A | B |\n|---|---|\n| {:badge kind=\"x|y\"} | [b]{:badge} |", "<b class=\"x|y\"></b>"),
        ("> [Quoted]{:badge}", "<p><b class=\"free\">Quoted</b></p>"),
        ("[see [it]{:badge}](https://x.example)", "\">see <b class=\"free\">it</b></a>"),
        (
            "[[it](https://x.example)]{:badge}",
            "<b class=\"free\"><a href=\"https://x.example\" data-note=\"1\">it</a></b>",
        ),
        ("**[strong]{:badge}**", "<strong><b class=\"free\">strong</b></strong>"),
        ("Text.[^n]\n\n[^n]: A [note]{:badge}.", "A <b class=\"free\">note</b>."),
        ("{:where-am-i}", "<u>Start en</u>"),
        (":::note\nIn a [box]{:badge}.\n:::", "In a <b class=\"free\">box</b>."),
        ("Fee: [{fee}]{:badge}", "<b class=\"free\">4 * 2</b>"),
        (
            "[https://x.example]{:badge}",
            "<b class=\"free\"><a href=\"https://x.example\">https://x.example</a></b>",
        ),
        (
            "[ana@x.example]{:badge}",
            "<b class=\"free\"><a href=\"mailto:ana@x.example\">ana@x.example</a></b>",
        ),
    ] {
        let site = site(text);
        site.build().clean();
        let page = site.out("index.html");
        assert!(page.contains(shown), "{text}\n{page}");
    }
}

#[test]
fn a_heading_holds_a_component_and_keeps_its_words() {
    let site = site(
        "## [Free]{:badge} for all {:today-is} {#free}\n\nSee [above](#free).\n\n## The rest {:today-is}\n\nSee [it](#the-rest).",
    );
    site.build().clean();
    let page = site.out("index.html");
    assert!(page.contains("<h2 id=\"free\"><b class=\"free\">Free</b> for all <i>2</i></h2>"), "{page}");
    assert!(page.contains("<a href=\"#free\">Free for all</a>"), "{page}");
    assert!(page.contains("<h2 id=\"the-rest\">The rest <i>2</i></h2>"), "{page}");
}

#[test]
fn what_is_no_call_is_text() {
    for (text, shown) in [
        ("`[a]{:badge}`", "<code>[a]{:badge}</code>"),
        ("```\n{:badge kind=\"x\"}\n```", "<pre><code>{:badge kind=&quot;x&quot;}\n"),
        ("    {:badge}", "<pre><code>{:badge}"),
        ("\\{:badge}", "<p>{:badge}</p>"),
        ("A smile {:-) and {x} and {{ y }}.", "<p>A smile {:-) and {x} and {{ y }}.</p>"),
        ("Code `a` and \\[b\\]{:badge}", "[b]<b class=\"free\"></b>"),
    ] {
        let site = site(text);
        let run = site.build();
        assert_eq!(run.code, Some(0), "{text}: {}", run.stderr);
        let page = site.out("index.html");
        assert!(page.replace("\"x\"", "&quot;x&quot;").contains(shown), "{text}\n{page}");
        assert!(!page.contains(['\u{1}', '\u{2}']), "{text}");
    }
}

#[test]
fn what_cannot_be_shown_is_told_at_its_place_and_its_text_stays() {
    for (text, place, message, help) in [
        (
            "A [b]{:bagde} c",
            "error[unknown-component] content/index.md:5:6",
            "has no component \"bagde\"",
            "{:badge}?",
        ),
        ("A {:Badge} c", "error[inline-component] content/index.md:5:3", "`Badge` is not a name", "\\{"),
        (
            "A {:badge kind} c",
            "error[inline-component] content/index.md:5:3",
            "`kind` is not of the form",
            "key=\"value\"",
        ),
        (
            "A {:badge kind=\"x} c",
            "error[inline-component] content/index.md:5:3",
            "no closing \"",
            "key=\"value\"",
        ),
        ("A {:badge c", "error[inline-component] content/index.md:5:3", "not closed", "Write } at its end"),
        (
            "A *[b*]{:badge} c",
            "error[inline-component] content/index.md:5:8",
            "before `{:badge}` does not begin",
            "both outside",
        ),
        (
            "A b]{:badge} c",
            "error[inline-component] content/index.md:5:5",
            "before `{:badge}` does not begin",
            "Write `[",
        ),
        (
            "A ![b {:badge}](x.png) c",
            "error[inline-component] content/index.md:5:7",
            "in the words of a picture",
            "around the picture",
        ),
        (
            "A [b]{:block-box} c",
            "error[inline-component] content/index.md:5:6",
            "makes a block, <div>",
            ":::block-box",
        ),
        (
            "A [b]{:note} c",
            "error[inline-component] content/index.md:5:6",
            "makes a block, <aside>",
            ":::note",
        ),
        (
            "A {:table data=\"x.csv\"} c",
            "error[inline-component] content/index.md:5:3",
            "makes a block, <table>",
            ":::table",
        ),
        (
            "A {:today-is n=\"two\"} c",
            "error[wrong-type] content/index.md:5:3",
            "must be a whole number",
            "n=\"3\"",
        ),
        (
            "A {:call-us} c",
            "error[unknown-component] content/index.md:5:3",
            "cannot be shown",
            "{:name key=\"value\"}",
        ),
        ("A {:picture src=\"gone.png\"} c", "error[unknown-component] content/index.md:5:3", "gone.png", ""),
        (
            "A {:call-us to=\"{contact.phon}\"} c",
            "warning[unknown-value] content/index.md:5:3",
            "{contact.phon}",
            "{contact.phone}",
        ),
        (
            "A {badge kind=\"x\"} c",
            "warning[foreign-markup] content/index.md:5:3",
            "{badge",
            "{:badge kind=\"x\"}",
        ),
        ("A :badge[b] c", "warning[foreign-markup] content/index.md:5:3", ":badge[b]", "[b]{:badge}"),
    ] {
        let site = site(text);
        let all: Vec<Problem> = site
            .build_checked(&["--format", "json"])
            .problems()
            .into_iter()
            .filter(|p| {
                p.severity != "note"
                    && !matches!(&*p.code, "missing-image" | "description-missing" | "needs-base-url")
            })
            .collect();
        let found = all.iter().find(|p| p.place().starts_with(place));
        let found = found.unwrap_or_else(|| panic!("{text}: {all:#?}"));
        assert!(found.message.contains(message), "{text}: {}", found.message);
        assert!(found.help.contains(help), "{text}: {}", found.help);
        let same = all.iter().filter(|p| p.code == found.code).count();
        assert_eq!(same, 1, "{text}: {all:#?}");
    }
}

#[test]
fn where_no_component_can_stand_it_is_told_and_kept() {
    let site = site("Text.");
    site.page("a.md", "title: \"A {:badge}\"\ndescription: About [it]{:badge kind=x}.", "Text.");
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "## Team\n- Also called: the {:badge} group\n\nPeople.\n",
    );
    let all = told(&site);
    let places: Vec<String> = all.iter().map(Problem::place).collect();
    assert_eq!(
        places,
        [
            "error[inline-component] content/a.md:2:8",
            "error[inline-component] content/a.md:3:14",
            "error[inline-component] content/words.md:7:16"
        ],
        "{all:#?}"
    );
    for found in &all {
        assert!(found.message.contains("cannot stand here") && found.help.contains("\\{:badge"), "{found:?}");
    }
    // With a backslash the braces are meant.
    let site = self::site("Text.");
    site.page("a.md", "title: 'A \\{:badge}'", "Text.");
    site.build().clean();
    assert!(site.out("a.html").contains("<h1>A {:badge}</h1>"), "{}", site.out("a.html"));
}

#[test]
fn rules_and_search_see_the_words_and_not_the_call() {
    let site = site("The [quick brown]{:badge kind=\"zebra\"} fox is [on page B](b.md) {:today-is}.");
    site.page("b.md", "title: B", "The badge.");
    let run = site.build_checked(&["--format", "json"]);
    let told: Vec<Problem> = run.problems().into_iter().filter(|p| p.path == "content/index.md").collect();
    let meant = ["description-missing", "placeholder"];
    assert!(told.iter().all(|p| meant.contains(&&*p.code) || p.severity == "note"), "{told:#?}");
    let public = site.public();
    let search: String = public
        .iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(search.contains("brown") && search.contains("quick"), "{search}");
    assert!(!search.contains("zebra") && !search.contains("{:"), "{search}");
}
