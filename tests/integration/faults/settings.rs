//! Faults of settings, themes, templates, data and pictures. Each is a site of its own.

use crate::support::{Run, Site, TODAY};
use std::time::Duration;

/// A file in place of the plain site's own, and what must be said: code and path, as an error or at least a warning.
struct Fault {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    code: &'static str,
    path: &'static str,
    error: bool,
}

fn fault(name: &'static str, path: &'static str, text: impl AsRef<[u8]>, code: &'static str) -> Fault {
    Fault { name, files: vec![(path, text.as_ref().to_vec())], code, path, error: true }
}

/// A template of the site that a page uses.
fn template(name: &'static str, body: &str, code: &'static str) -> Fault {
    let text = format!("{{% extends \"base.html\" %}}\n{{% block body %}}\n{body}\n{{% endblock body %}}\n");
    fault(name, "templates/section.html", text, code)
}

fn faults() -> Vec<Fault> {
    let site = "site.yaml";
    let utf16: Vec<u8> = "title: T\ntheme: plain\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bomb = "title: T\ntheme: plain\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    let deep = format!("title: T\ntheme: plain\nmenu: {}{}\n", "[".repeat(400), "]".repeat(400));
    let mut list = vec![
        fault("broken", site, "title: T\ntheme: plain\nbrand: {color: \n", "yaml-syntax"),
        fault("list", site, "- title: T\n- theme: plain\n", "wrong-type"),
        fault("word", site, "title\n", "wrong-type"),
        fault("title list", site, "title: [a]\ntheme: plain\n", "wrong-type"),
        fault("no title", site, "theme: plain\n", "missing-field"),
        fault("twice", site, "title: T\ntheme: plain\ntitle: U\n", "duplicate-key"),
        fault("utf-16", site, utf16, "not-utf8"),
        fault("bomb", site, bomb, "yaml-syntax"),
        fault("deep", site, deep, "nesting"),
        fault("unknown key", site, "title: T\ntheme: plain\ntitel: U\n", "unknown-key"),
        fault("base url", site, "title: T\ntheme: plain\nbase_url: example.org\n", "bad-config"),
        fault("base url runs", site, "title: T\ntheme: plain\nbase_url: javascript:alert(1)\n", "bad-config"),
        fault(
            "base url query",
            site,
            "title: T\ntheme: plain\nbase_url: https://example.org/?a=b\n",
            "bad-config",
        ),
        fault("language", site, "title: T\ntheme: plain\nlanguages: [en, english]\n", "bad-config"),
        fault("language twice", site, "title: T\ntheme: plain\nlanguages: [en, en]\n", "bad-config"),
        fault("color", site, "title: T\ntheme: plain\nbrand: {color: \"red;}</style>\"}\n", "bad-config"),
        fault(
            "color comment",
            site,
            "title: T\ntheme: plain\nbrand:\n  color: #1f6f8b\n",
            "yaml-silent-loss",
        ),
        fault("urls", site, "title: T\ntheme: plain\nurls: pretty\n", "bad-config"),
        fault("outputs", site, "title: T\ntheme: plain\noutputs: {sitemap: 3}\n", "wrong-type"),
        fault(
            "level",
            site,
            "title: T\ntheme: plain\nchecks: {levels: {broken-link: never}}\n",
            "wrong-choice",
        ),
        fault("kind type", site, "title: T\ntheme: plain\nkinds: {x: {fields: {a: colour}}}\n", "bad-kind"),
        fault(
            "kind field",
            site,
            "title: T\ntheme: plain\nkinds: {x: {fields: {title: text}}}\n",
            "bad-kind",
        ),
        fault(
            "kind reference",
            site,
            "title: T\ntheme: plain\nkinds: {x: {fields: {a: reference to y}}}\n",
            "bad-kind",
        ),
        fault("kinds file", "themes/plain/kinds.yaml", "page: [\n", "yaml-syntax"),
        fault("theme file", "themes/plain/theme.yaml", "title: T\nextends: plain\n", "bad-config"),
        fault("strings", "translations/en.yaml", "a: [\n", "bad-data"),
        fault("yaml", "data/x.yaml", "a: [1\n", "bad-data"),
        fault("json", "data/x.json", "{\"a\": }", "bad-data"),
        fault("json empty", "data/x.json", "", "bad-data"),
        fault("csv", "data/x.csv", "a,b\n1\n", "bad-data"),
        fault("csv quote", "data/x.csv", "a,b\n\"1,2\n", "bad-data"),
        fault("data utf-8", "data/x.yaml", b"a: \xff\n", "bad-data"),
        fault("template utf-8", "templates/x.html", b"\xff", "not-utf8"),
        template("syntax", "{{ page.title", "template-syntax"),
        template("tag", "{% nothing %}", "template-syntax"),
        template("not closed", "{% if page.title %}x", "template-syntax"),
        template("end without begin", "x{% endif %}", "template-syntax"),
        template("undefined", "{{ page.nothing }}", "template-render"),
        template("undefined name", "{{ nothing }}", "template-render"),
        template("filter", "{{ page.title | shout }}", "template-syntax"),
        template("function", "{{ shout() }}", "template-syntax"),
        template("argument", "{{ entries() }}", "template-render"),
        template("type", "{{ page.title + 1 }}", "template-render"),
        template("division", "{{ 1 / 0 }}", "template-render"),
        template("missing include", "{% include \"none.html\" %}", "template-syntax"),
        template("includes itself", "{% include \"section.html\" %}", "template-syntax"),
        template("component", "{{ <none /> }}", "template-syntax"),
        template("large loop", "{% for i in range(end=100000000000) %}x{% endfor %}", "template-render"),
        template("missing asset", "{{ asset(path=\"none.css\") }}", "missing-asset"),
        template("missing string", "{{ t(key=\"none\") }}", "missing-text"),
        template("missing link", "{{ link(to=\"none.md\") }}", "template-render"),
        fault("missing parent", "templates/section.html", "{% extends \"none.html\" %}", "template-syntax"),
        fault("circle", "templates/base.html", "{% extends \"section.html\" %}", "template-syntax"),
    ];
    let mut add = |name, files: &[(&'static str, &str)], code, path, error| {
        let files = files.iter().map(|(p, t)| (*p, t.as_bytes().to_vec())).collect();
        list.push(Fault { name, files, code, path, error });
    };
    add(
        "missing template of a kind",
        &[
            ("site.yaml", "title: T\ntheme: plain\nkinds: {visit: {template: none.html}}\n"),
            ("content/v.md", "---\ntitle: V\nkind: visit\n---\n"),
        ],
        "missing-template",
        "",
        true,
    );
    add(
        "two components of one name",
        &[
            ("templates/components/a.html", "{% component box() %}a{% endcomponent box %}"),
            ("templates/components/b.html", "{% component box() %}b{% endcomponent box %}"),
        ],
        "template-syntax",
        "",
        true,
    );
    add("missing theme", &[("site.yaml", "title: T\ntheme: none\n")], "missing-theme", "", true);
    add("empty settings", &[("site.yaml", "")], "missing-field", "site.yaml", false);
    add("only a comment", &[("site.yaml", "# nothing\n")], "missing-field", "site.yaml", false);
    list
}

#[test]
fn each_fault_is_reported_at_its_file() {
    let mut wrong = Vec::new();
    for fault in faults() {
        let site = Site::plain();
        for (path, bytes) in &fault.files {
            site.file(path, bytes);
        }
        let mut command = site.command();
        command.timeout(Duration::from_secs(120)).args([
            "build",
            "--no-checks",
            "--format",
            "json",
            "--date",
            TODAY,
        ]);
        let run = Run::of(&mut command);
        let problems = run.problems();
        let found =
            problems.iter().find(|p| p.code == fault.code && (fault.path.is_empty() || p.path == fault.path));
        match found {
            None => wrong.push(format!(
                "{}: no {} at {:?}: {:#?}",
                fault.name,
                fault.code,
                fault.path,
                problems
                    .iter()
                    .filter(|p| p.severity != "note")
                    .map(|p| format!("{} {}", p.place(), p.message))
                    .collect::<Vec<_>>()
            )),
            // With settings that are no text, or without its theme, the program cannot run.
            Some(p)
                if fault.error
                    && (p.severity != "error"
                        || run.code
                            != Some(1 + i32::from(["utf-16", "missing theme"].contains(&fault.name)))) =>
            {
                wrong.push(format!("{}: only a {} (exit {:?})", fault.name, p.severity, run.code));
            }
            Some(p) if !fault.path.is_empty() && (p.line == 0 || p.help.is_empty()) => {
                wrong.push(format!("{}: no line or help: {p:?}", fault.name));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_component_that_shows_itself_ends() {
    let site = Site::plain();
    site.template(
        "components/loop.html",
        "{% component loop(title=None) %}{{ <loop /> }}{{ body }}{% endcomponent loop %}",
    );
    site.page("index.md", "title: Start", ":::loop\nx\n:::");
    assert!(
        site.problems().iter().any(|p| p.path == "content/index.md" && p.line == 5 && p.severity == "error")
    );
}

#[test]
fn a_folder_of_no_language_of_the_site_is_said() {
    let site = Site::bilingual();
    site.page("fr/index.md", "title: Accueil", "Bonjour.");
    let problems = site.problems();
    assert!(problems.iter().any(|p| p.code == "unknown-language"), "{problems:?}");
}

#[test]
fn a_site_without_a_start_page_is_said() {
    let site = Site::plain();
    site.remove("content/index.md").page("a.md", "title: A", "Text.");
    let problems = site.problems();
    assert!(problems.iter().any(|p| p.code == "missing-home" && p.severity != "note"), "{problems:?}");
}

#[test]
fn pictures_that_are_none_are_said() {
    for (name, bytes) in [
        ("x.png", &b"not a picture"[..]),
        ("x.jpg", b""),
        ("x.gif", b"GIF89a"),
        ("x.webp", b"RIFF\0\0\0\0WEBP"),
        ("x.svg", b"<svg"),
    ] {
        let site = Site::plain();
        site.page("index.md", "title: Start", &format!("![A picture]({name})"))
            .file(&format!("content/{name}"), bytes);
        let run = site.build_with(&["--format", "json"]);
        let problems = run.problems();
        let said = problems.iter().any(|p| p.code == "broken-image" && p.severity != "note");
        assert!(said || (name == "x.svg" && run.code == Some(0)), "{name}: {problems:?}");
    }
}

#[test]
fn a_picture_that_claims_to_be_huge_costs_nothing() {
    let site = Site::plain();
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8, 6, 0, 0, 0, 0, 0, 0, 0]);
    site.file("content/x.png", png).page("index.md", "title: Start", "![A picture](x.png)");
    let mut command = site.command();
    command.timeout(Duration::from_secs(60)).args(["build", "--no-checks", "--date", TODAY]);
    assert!(matches!(Run::of(&mut command).code, Some(0 | 1)));
}

#[test]
fn a_broken_template_does_not_hide_other_mistakes() {
    let site = Site::plain();
    site.template("base.html", "{% if %}").page("a.md", "title: A\nownr: B", "[x](none.md)");
    let codes: Vec<String> = site.problems().into_iter().map(|p| p.code).collect();
    for code in ["template-syntax", "unknown-key", "broken-link"] {
        assert!(codes.iter().any(|c| c == code), "{code}: {codes:?}");
    }
}

#[test]
fn two_hosts_that_read_one_file_in_other_words_are_told() {
    let told = |hosts: &str| -> Vec<String> {
        let site = Site::plain();
        site.file(
            "site.yaml",
            format!("title: T\ntheme: plain\nbase_url: https://x.example/\nhosts: [{hosts}]\n"),
        );
        site.page("new.md", "title: New\naliases: [old.html]", "Text.");
        let found = site.problems();
        found
            .into_iter()
            .filter(|p| p.code == "host-limit")
            .map(|p| format!("{}:{} {}", p.path, p.line, p.message))
            .collect()
    };
    assert_eq!(
        told("netlify, cloudflare"),
        [
            "site.yaml:4 Cloudflare: it reads _redirects too, in other words than Netlify, for which the site has it."
        ]
    );
    assert_eq!(
        told("cloudflare, apache, netlify"),
        [
            "site.yaml:4 Netlify: it reads _redirects too, in other words than Cloudflare, for which the site has it."
        ]
    );
    assert_eq!(told("iis, iis-full").len(), 1);
    for hosts in [
        "netlify",
        "cloudflare",
        "github-pages, netlify, azure, s3, iis-full, apache, nginx",
        "cloudflare, apache",
    ] {
        assert_eq!(told(hosts), Vec::<String>::new(), "{hosts}");
    }
}

#[test]
fn an_old_address_that_no_server_takes_for_a_page_is_told_unless_a_host_leads_on_by_itself() {
    let told = |hosts: &str, aliases: &str| -> Vec<String> {
        let site = Site::plain();
        site.file("site.yaml", format!("title: T\ntheme: plain\nbase_url: https://x.example/\n{hosts}"));
        site.page("new.md", &format!("title: New\naliases: [{aliases}]"), "Text.");
        let found = site.problems();
        let of = |p: crate::support::Problem| format!("{} {}:{}:{}", p.severity, p.path, p.line, p.column);
        found.into_iter().filter(|p| p.code == "host-limit").map(of).collect()
    };
    let at = |column: usize| vec![format!("warning content/new.md:3:{column}")];
    // As other programs name pages; a document; a folder with a point.
    for odd in ["old page.php", "/old/page.aspx", "old.PDF", "v1.2", "a/b.asp"] {
        assert_eq!(told("", &format!("\"{odd}\"")), at(11), "{odd}");
        assert_eq!(told("hosts: [github-pages]\n", &format!("\"{odd}\"")), at(11), "{odd}");
        for host in ["apache", "nginx", "netlify", "s3", "iis", "cloudflare", "azure", "github-pages, apache"]
        {
            assert_eq!(
                told(&format!("hosts: [{host}]\n"), &format!("\"{odd}\"")),
                Vec::<String>::new(),
                "{odd} {host}"
            );
        }
    }
    assert_eq!(told("", "a.html, \"b.php\", c/, d.htm"), at(19));
    assert_eq!(told("", "a.html, b/, c, D.HTML, v1/"), Vec::<String>::new());
}
