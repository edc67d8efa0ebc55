//! Which files beside pages are published: those that something published leads to, and no other.

use crate::support::Site;

/// A PDF of a few bytes.
const PDF: &[u8] = b"%PDF-1.4 quokka";

fn plain() -> Site {
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nraw_html: true\n");
    site
}

#[test]
fn a_file_is_published_when_something_published_leads_to_it() {
    for (lead, there) in [
        ("[the form](f/form.pdf)", true),
        ("[the form](/f/form.pdf#page=2)", true),
        ("[the form](<f/form.pdf>)", true),
        ("[the form][r]\n\n[r]: f/form.pdf", true),
        ("| a |\n|---|\n| [form](f/form.pdf) |", true),
        ("Text.[^1]\n\n[^1]: A [form](f/form.pdf).", true),
        ("<a href=\"f/form.pdf\">form</a>", true),
        ("`f/form.pdf`", false),
        ("<!-- [form](f/form.pdf) -->", false),
        ("f/form.pdf", false),
        ("[the form](f/../f/form.pdf)", true),
    ] {
        let site = plain();
        site.file("content/f/form.pdf", PDF)
            .file("content/f/list.xlsx", "names")
            .page("a.md", "title: A", lead);
        let run = site.build_with(&["--notes"]);
        assert_eq!(run.code, Some(0), "{lead}: {}", run.stderr);
        assert_eq!(site.has("f/form.pdf"), there, "{lead}: {}", run.stderr);
        assert!(!site.has("f/list.xlsx"));
        assert!(
            run.stderr.contains("note[unlinked-file]") && run.stderr.contains("f/list.xlsx"),
            "{}",
            run.stderr
        );
        assert_eq!(run.stderr.contains("f/form.pdf"), !there, "{lead}: {}", run.stderr);
    }
}

#[test]
fn pictures_templates_settings_and_styles_lead_to_files_too() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
    let page = "{% extends \"base.html\" %}{% block body %}BODY{% endblock body %}";
    type Make = fn(&Site);
    let table: &[(&str, Make)] = &[
        ("picture", |s| _ = s.page("a.md", "title: A", "![A swing](p.svg)")),
        ("raw picture", |s| _ = s.page("a.md", "title: A", "<img src=\"p.svg\" alt=\"A swing\">")),
        ("srcset", |s| {
            _ = s.page(
                "a.md",
                "title: A",
                "<img src=\"p.svg\" srcset=\"p.svg 1x, q.svg 2x\" alt=\"A swing\">",
            )
        }),
        ("poster", |s| _ = s.page("a.md", "title: A", "<video controls poster=\"p.svg\"></video>")),
        ("menu", |s| {
            _ = s.file("site.yaml", "title: Test\ntheme: plain\nmenu: [index.md, {title: P, to: p.svg}]\n")
        }),
        ("field", |s| {
            s.file("site.yaml", "title: Test\ntheme: plain\nkinds: {photo: {template: photo.html, fields: {file: {type: text}}}}\n");
            s.template("photo.html", "{% extends \"base.html\" %}{% block body %}<img src=\"{{ asset(path=page.fields.file) }}\">{% endblock body %}");
            s.page("a.md", "title: A\nkind: photo\nfile: p.svg", "");
        }),
        ("component", |s| {
            s.template(
                "components/pic.html",
                "{% component pic(src: string) %}<img src=\"{{ asset(path=src) }}\">{% endcomponent pic %}",
            );
            s.page("a.md", "title: A", ":::pic src=\"p.svg\"\n:::");
        }),
    ];
    for (what, make) in table {
        let site = plain();
        site.file("content/p.svg", picture).file("content/q.svg", picture).file("content/r.svg", picture);
        make(&site);
        let run = site.build();
        assert_eq!(run.code, Some(0), "{what}: {}", run.stderr);
        assert!(site.has("p.svg"), "{what}: {}", run.stderr);
        assert_eq!(site.has("q.svg"), *what == "srcset", "{what}");
        assert!(!site.has("r.svg"), "{what}");
    }
    for call in ["asset(path=\"p.svg\")", "link(to=\"p.svg\")", "asset(path=\"/p.svg\")"] {
        let site = plain();
        site.file("content/p.svg", picture).file("content/r.svg", picture);
        site.template("page.html", &page.replace("BODY", &format!("<img src=\"{{{{ {call} }}}}\">")));
        site.page("a.md", "title: A", "Text.");
        assert_eq!(site.build().code, Some(0), "{call}");
        assert!(site.has("p.svg") && !site.has("r.svg"), "{call}");
    }
    // What a published file names comes with it.
    let site = plain();
    site.file("content/tool/index.html", "<link rel=stylesheet href=\"tool.css\"><img src=\"/p.svg\">")
        .file("content/tool/tool.css", "a { background: url(img/bg.svg) }")
        .file("content/tool/img/bg.svg", picture)
        .file("content/tool/img/other.svg", picture)
        .file("content/p.svg", picture)
        .page("a.md", "title: A", "[the tool](tool/index.html)");
    assert_eq!(site.build().code, Some(0));
    for (file, there) in
        [("tool/tool.css", true), ("tool/img/bg.svg", true), ("p.svg", true), ("tool/img/other.svg", false)]
    {
        assert_eq!(site.has(file), there, "{file}");
    }
}

#[test]
fn files_come_and_go_with_what_leads_to_them() {
    let site = Site::bilingual();
    let page = |front: &str, body: &str| _ = site.page("a.md", &format!("title: A\n{front}"), body);
    site.file("content/form.pdf", PDF);
    let built = |args: &[&str]| {
        let run = site.build_with(args);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let cold = Site::copy_of(&site.root());
        cold.remove("public");
        let other = cold.build_with(&[args, &["--no-cache"]].concat());
        assert_eq!(other.code, Some(0));
        crate::support::assert_same(&site.public(), &cold.public());
        site.has("form.pdf")
    };
    page("", "Text.");
    assert!(!built(&[]), "nothing leads to it");
    page("", "[form](form.pdf)");
    assert!(built(&[]), "a link came");
    assert!(built(&[]), "nothing changed");
    page("", "More. [form](form.pdf)");
    assert!(built(&[]), "another edit");
    page("", "Text.");
    assert!(!built(&[]), "the link went");
    page("draft: true", "[form](form.pdf)");
    assert!(!built(&[]), "only a draft leads to it");
    assert!(built(&["--drafts"]), "drafts are wanted");
    assert!(!built(&[]), "and no more");
    page("expires: 2026-12-01", "[form](form.pdf)");
    assert!(built(&["--date", "2026-11-30"]), "the last day");
    assert!(!built(&["--date", "2026-12-01"]), "it is over");
    page("publish: 2026-12-01", "![x](x.svg) [form](form.pdf)");
    site.file("content/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.page("es/a.md", "title: A", "[form](form.pdf)");
    assert!(!built(&["--date", "2026-11-30"]), "the translation waits too");
    assert!(built(&["--date", "2026-12-01"]), "its day");
    site.page("es/a.md", "title: A\ndraft: false\npublish: 2026-11-01", "[form](form.pdf)");
    assert!(built(&["--date", "2026-11-30"]), "the translation says otherwise");
    site.remove("content/a.md").remove("content/es/a.md");
    assert!(!built(&[]), "the pages are gone");
    site.file("site.yaml", "title: T\ntheme: plain\nlanguages: [en, es]\nfiles: [\"*.pdf\"]\n");
    assert!(built(&[]), "the settings name it");
}

#[test]
fn files_in_the_settings_and_files_of_hosts_are_published() {
    let names = [
        "forms/a.pdf",
        "forms/b/c.pdf",
        "CNAME",
        "robots.txt",
        ".well-known/x.txt",
        ".htaccess",
        "_headers",
        "list.csv",
    ];
    for (files, there) in [
        ("[]", &[][..]),
        ("forms/a.pdf", &["forms/a.pdf"]),
        ("[\"forms/*.pdf\"]", &["forms/a.pdf"]),
        ("[\"content/forms/\"]", &["forms/a.pdf", "forms/b/c.pdf"]),
        ("[\"**/*.pdf\", list.csv]", &["forms/a.pdf", "forms/b/c.pdf", "list.csv"]),
    ] {
        let site = plain();
        site.file(
            "site.yaml",
            format!("title: Test\ntheme: plain\noutputs: {{robots: false}}\nfiles: {files}\n"),
        );
        for name in names {
            site.file(&format!("content/{name}"), "text");
        }
        assert_eq!(site.build().code, Some(0), "{files}");
        for name in names {
            let host = !name.contains("forms") && name != "list.csv";
            assert_eq!(site.has(name), host || there.contains(&name), "{files}: {name}");
        }
    }
    let site = plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nfiles: [\"a[\"]\n");
    assert!(site.problems().iter().any(|p| p.code == "bad-config" && p.message.contains("pattern")));
}

#[test]
fn files_that_look_like_pages_are_named_and_not_published() {
    for (name, meant) in [
        ("plan.md.txt", "plan.md"),
        ("s/plan.markdown", "s/plan.md"),
        ("plan.mdx", "plan.md"),
        ("Plan.MD.txt", "Plan.md"),
        ("plan.txt", "plan.md"),
    ] {
        let site = plain();
        site.file(&format!("content/{name}"), "---\ntitle: Plan\ndraft: true\n---\nA secret.\n");
        let problems = site.problems();
        let found: Vec<_> = problems.iter().filter(|p| p.path == format!("content/{name}")).collect();
        assert!(
            found.len() == 1 && found[0].help.contains(&format!("Did you mean {meant}?")),
            "{name}: {problems:?}"
        );
        assert!(!site.has(name), "{name}");
    }
    // `.MD` is a page, and its address ends as all others do.
    let site = plain();
    site.page("My Page.MD", "title: Mine", "Text.").page("a.md", "title: A", "[mine](<My Page.MD>)");
    site.build().clean();
    assert!(site.has("My Page.html") && !site.has("My Page.MD.html"));
}
