//! Nothing is written outside the output or read outside the site, whatever field names the path.

use crate::support::{Problem, Run, Site, TODAY, Tree, program, tree};
use std::fs;

/// Paths that lead out of where they should stay, or cannot be the name of a file.
const ESCAPES: &[&str] = &[
    "../secret",
    "../../../../../../tmp/secret",
    "a/../../secret",
    "/etc/passwd",
    "//etc/passwd",
    "..\\secret",
    "C:\\secret",
    "C:secret",
    "..%2fsecret",
    "%2e%2e/secret",
    "a/./../../secret",
    "..",
    ".",
    "/",
    "",
    "a\0b",
    "a\nb",
    "con",
    "nul.txt",
    "a.",
    "a ",
    "~/secret",
    "file:///etc/passwd",
];

fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A site with a secret beside it and a long path, ready for a field that leads out.
fn guarded() -> Site {
    let site = Site::plain();
    for name in [
        "secret",
        "secret.md",
        "secret.html",
        "secret.yaml",
        "secret.svg",
        "secret/theme.yaml",
        "secret/index.html",
    ] {
        let path = site.beside().join(name);
        if name.contains('/') {
            fs::create_dir_all(site.beside().join("secret.d")).unwrap();
            continue;
        }
        fs::write(path, "HUSH <svg>HUSH</svg>").unwrap();
    }
    site
}

/// All files beside the site's output and cache.
fn around(site: &Site) -> Tree {
    let mut all = tree(site.beside());
    all.retain(|name, _| !name.starts_with("site/public/") && !name.starts_with("site/.cache/"));
    all
}

/// Builds twice, the second time with every message switched off, and fails where something left or entered the site.
#[track_caller]
fn contained(site: &Site, what: &str) -> Vec<Problem> {
    let before = around(site);
    let run = site.build_with(&["--format", "json"]);
    assert!(matches!(run.code, Some(0 | 1)), "{what}: {run:?}");
    let problems = run.problems();
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    let codes = guidepost::diag::code::ALL
        .iter()
        .map(|(name, _)| format!("{name}: off"))
        .collect::<Vec<_>>()
        .join(", ");
    site.file("site.yaml", format!("{settings}checks: {{levels: {{{codes}}}}}\n"));
    let run = site.build();
    assert!(matches!(run.code, Some(0 | 1)), "{what}: {run:?}");
    site.file("site.yaml", settings);
    let after = around(site);
    let names = |t: &Tree| t.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after), "{what}: something was written outside the output");
    assert!(before == after, "{what}: a file outside the output was changed");
    for (name, bytes) in site.public() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("HUSH"), "{what}: {name} shows what lies outside the site");
        assert!(!text.contains("root:x:"), "{what}: {name} shows /etc/passwd");
    }
    problems
}

/// Whether an error stands at the file.
fn said(problems: &[Problem], path: &str) -> bool {
    problems.iter().any(|p| p.severity == "error" && p.path == path && p.line > 0)
}

#[test]
fn old_addresses() {
    let long = format!("{}.html", "x".repeat(300));
    let deep = "x/".repeat(600) + "x.html";
    for path in
        ESCAPES.iter().copied().chain([long.as_str(), deep.as_str(), "a<b>.html", "index.html", "assets/"])
    {
        let site = guarded();
        site.page("a.md", &format!("title: A\naliases: [{}]", yaml(path)), "Text.");
        let problems = contained(&site, &format!("alias {path:?}"));
        let leads_out = path.split(['/', '\\']).any(|p| p == "..") || path.contains('\0');
        assert!(!leads_out || said(&problems, "content/a.md"), "{path:?} is taken in silence: {problems:?}");
    }
}

#[test]
fn tags_and_titles_make_no_paths() {
    for path in ESCAPES {
        let site = guarded();
        let p = yaml(path);
        site.page("a.md", &format!("title: {p}\nnav_title: {p}\ntags: [{p}]\nowner: {p}"), "Text.");
        contained(&site, &format!("tag {path:?}"));
    }
}

#[test]
fn links_and_pictures() {
    for path in ESCAPES.iter().filter(|p| !p.is_empty() && !p.contains(['\0', '\n'])) {
        let site = guarded();
        let body = format!(
            "[x](<{path}>) [y](<{path}.md>) ![z](<{path}.svg>)\n\n:::figure src=\"{path}.svg\"\nText.\n:::\n"
        );
        site.page("a/b.md", "title: A", &body);
        let problems = contained(&site, &format!("link {path:?}"));
        assert!(said(&problems, "content/a/b.md"), "{path:?}");
    }
    let site = guarded();
    site.page(
        "a.md",
        "title: A",
        "[x](../../secret.md) ![y](../../secret.svg) [z](/../../secret.md) ![w](/../../secret.svg)",
    );
    let problems = contained(&site, "links");
    assert_eq!(
        problems.iter().filter(|p| p.path == "content/a.md" && p.severity == "error").count(),
        4,
        "{problems:#?}"
    );
}

#[test]
fn settings_that_name_paths() {
    let wide =
        ["../secret", "/etc/passwd", "..\\secret", "a/../../secret", "../../x", "..", "\u{0}x", "C:\\x"];
    for path in wide {
        let p = yaml(path);
        let fields: [(&str, String); 8] = [
            ("theme", format!("title: T\ntheme: {p}\n")),
            ("theme name", format!("title: T\ntheme: {{name: {p}}}\n")),
            ("logo", format!("title: T\ntheme: plain\nbrand: {{logo: {p}}}\n")),
            ("menu", format!("title: T\ntheme: plain\nmenu: [{p}]\n")),
            ("menu to", format!("title: T\ntheme: plain\nmenu: [{{title: X, to: {p}}}]\n")),
            ("template", format!("title: T\ntheme: plain\nkinds: {{visit: {{template: {p}}}}}\n")),
            ("finder", format!("title: T\ntheme: plain\nkinds: {{activity: {{finder: {p}}}}}\n")),
            ("language", format!("title: T\ntheme: plain\nlanguages: [en, {p}]\n")),
        ];
        for (what, settings) in fields {
            let site = guarded();
            site.file("site.yaml", &settings).page("a.md", "title: A\nkind: page", "Text.");
            let problems = contained(&site, &format!("{what} {path:?}"));
            assert!(said(&problems, "site.yaml"), "{what} {path:?} is taken: {problems:?}");
        }
        let theme: [(&str, &str, String); 3] = [
            ("extends", "themes/plain/theme.yaml", format!("title: T\nextends: {p}\n")),
            ("keep_names", "themes/plain/theme.yaml", format!("title: T\nkeep_names: [{p}]\n")),
            ("kind template", "themes/plain/kinds.yaml", format!("page: {{template: {p}}}\n")),
        ];
        for (what, file, text) in theme {
            let site = guarded();
            site.file(file, &text);
            let problems = contained(&site, &format!("{what} {path:?}"));
            assert!(said(&problems, file), "{what} {path:?} is taken: {problems:?}");
        }
    }
}

#[test]
fn templates_read_nothing_outside() {
    for path in [
        "../secret.yaml",
        "../../secret.yaml",
        "/etc/passwd",
        "../site.yaml",
        "..\\secret.yaml",
        "%2e%2e/secret.yaml",
    ] {
        for call in
            ["{% include \"P\" %}", "{% extends \"P\" %}", "{{ svg(path=\"P\") }}", "{{ asset(path=\"P\") }}"]
        {
            let site = guarded();
            let call = call.replace('P', &path.replace('\\', "\\\\"));
            let text = if call.contains("extends") {
                call.clone()
            } else {
                format!("{{% extends \"base.html\" %}}{{% block body %}}{call}{{% endblock body %}}")
            };
            site.template("page.html", &text).page("a.md", "title: A", "Text.");
            let problems = contained(&site, &call);
            assert!(said(&problems, "templates/page.html"), "{call}: {problems:?}");
        }
        let site = guarded();
        let text = "{% extends \"base.html\" %}{% block body %}{{ data(path=\"P\") or \"nothing\" }}{% endblock body %}";
        site.template("page.html", &text.replace('P', &path.replace('\\', "\\\\")))
            .page("a.md", "title: A", "Text.");
        contained(&site, path);
    }
    // Nor the environment, nor the network.
    for call in
        ["get_env(name=\"HOME\")", "env(name=\"HOME\")", "load_data(url=\"https://example.org\")", "now()"]
    {
        let site = guarded();
        site.template(
            "page.html",
            &format!("{{% extends \"base.html\" %}}{{% block body %}}{{{{ {call} }}}}{{% endblock body %}}"),
        );
        site.page("a.md", "title: A", "Text.");
        let problems = contained(&site, call);
        assert!(said(&problems, "templates/page.html"), "{call}: {problems:?}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::time::Duration;

    #[test]
    fn links_that_leave_the_site_are_refused_by_name() {
        for (from, to) in [
            ("content/out.md", "../../secret.md"),
            ("content/out.svg", "../../secret.svg"),
            ("content/folder", "../.."),
            ("assets/out.svg", "/etc/passwd"),
            ("data/out.yaml", "../../secret.yaml"),
            ("templates/out.html", "../../secret.html"),
            ("content/root", "/"),
        ] {
            let site = guarded();
            let link = site.root().join(from);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            symlink(to, &link).unwrap();
            let run = site.build_with(&["--format", "json"]);
            let problems = run.problems();
            let named = problems
                .iter()
                .find(|p| p.code == "outside-site")
                .unwrap_or_else(|| panic!("{from}: {problems:?}"));
            assert!(named.path == from || named.message.contains(from), "{named:?}");
            assert_eq!(run.code, Some(1), "{from}");
            let shown = site.build().stderr;
            assert!(!shown.contains("HUSH") && !shown.contains("root:x:"), "{from} is shown: {shown}");
            for (name, bytes) in site.public() {
                assert!(!String::from_utf8_lossy(&bytes).contains("HUSH"), "{from}: {name}");
            }
        }
    }

    #[test]
    fn loops_pipes_and_broken_links_end() {
        let site = guarded();
        site.page("a/b.md", "title: B", "Text.");
        symlink("..", site.root().join("content/a/up")).unwrap();
        symlink("self", site.root().join("content/self")).unwrap();
        symlink("nothing.md", site.root().join("content/broken.md")).unwrap();
        let pipe = site.root().join("content/pipe.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|s| s.success()), "mkfifo");
        let mut command = site.command();
        command.timeout(Duration::from_secs(60)).args([
            "build",
            "--no-checks",
            "--format",
            "json",
            "--date",
            TODAY,
        ]);
        let run = Run::of(&mut command);
        let problems = run.problems();
        for (code, name) in [
            ("link-loop", "content/a/up"),
            ("special-file", "content/pipe.md"),
            ("unreadable-file", "content/broken.md"),
        ] {
            assert!(
                problems.iter().any(|p| p.code == code && (p.path == name || p.message.contains(name))),
                "{code} {name}: {problems:#?}"
            );
        }
    }

    #[test]
    fn an_output_is_never_written_through_a_link() {
        let site = guarded();
        let away = site.beside().join("away");
        fs::create_dir(&away).unwrap();
        fs::write(away.join("a.html"), "mine").unwrap();
        fs::create_dir(site.root().join("public")).unwrap();
        site.page("x/a.md", "title: A", "Text.");
        symlink(&away, site.root().join("public/x")).unwrap();
        symlink(away.join("a.html"), site.root().join("public/index.html")).unwrap();
        let run = site.build();
        assert_eq!(fs::read(away.join("a.html")).unwrap(), b"mine", "{run:?}");
        assert_eq!(tree(&away).len(), 1, "{run:?}");
    }

    #[test]
    fn an_unreadable_page_is_never_dropped_in_silence() {
        use std::os::unix::fs::PermissionsExt;
        let site = guarded();
        site.page("a.md", "title: A", "Text.");
        site.build().clean();
        let page = site.root().join("content/a.md");
        fs::set_permissions(&page, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&page).is_ok() {
            return; // This user may read everything.
        }
        let run = site.build_with(&["--format", "json"]).failed();
        assert!(run.problems().iter().any(|p| p.code == "unreadable-file" && p.path == "content/a.md"));
        assert!(site.has("a.html"));
    }

    #[test]
    fn names_that_are_not_utf8_are_named() {
        use std::os::unix::ffi::OsStrExt;
        let site = guarded();
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        if fs::write(site.root().join("content").join(name), "---\ntitle: X\n---\n").is_err() {
            return; // This file system takes no such names.
        }
        let run = site.build_with(&["--format", "json"]).failed();
        assert!(run.problems().iter().any(|p| p.code == "file-name" && p.message.contains("caf")), "{run:?}");
    }
}

#[test]
fn names_that_collide_are_both_named() {
    let pairs = [
        ("Office.md", "office.md"),
        ("caf\u{e9}.md", "cafe\u{301}.md"),
        ("a/index.md", "A/index.md"),
        ("tags/index.md", ""),
        ("a-z.md", ""),
        ("404.md", ""),
    ];
    for (one, two) in pairs {
        let site = Site::plain();
        site.page(one, "title: One\ntags: [x]", "Text.");
        if !two.is_empty() {
            site.page(two, "title: Two", "Text.");
        }
        let run = site.build_with(&["--format", "json"]);
        let problems = run.problems();
        let found = problems
            .iter()
            .find(|p| p.code == "address-collision")
            .unwrap_or_else(|| panic!("{one}: {problems:?}"));
        for name in [one, two] {
            let shown = format!("{} {}", found.message, found.path);
            assert!(shown.contains(name), "{name}: {found:?}");
        }
    }
    // A file of the content folder against a page.
    let site = Site::plain();
    site.page("a.md", "title: A", "[Mine](a.html).").file("content/a.html", "<p>mine</p>");
    assert!(site.problems().iter().any(|p| p.code == "address-collision"));
}

#[test]
fn odd_names_build_or_are_named() {
    let long = format!("{}.md", "l".repeat(240));
    let names = [
        "a b.md",
        "50%.md",
        "it's.md",
        "a+b.md",
        "日本.md",
        ".hidden.md",
        "a.b.c.md",
        "CON.md",
        "x.md/page.md",
        "-.md",
        &long,
    ];
    let site = Site::plain();
    for name in names {
        site.page(name, "title: T", "[home](/index.md)");
    }
    let run = site.build_with(&["--format", "json"]);
    let problems = run.problems();
    for name in names.iter().filter(|n| !n.starts_with('.')) {
        let path = format!("content/{name}");
        let out = format!("{}.html", name.trim_end_matches(".md"));
        let named = problems.iter().any(|p| p.path == path || p.message.contains(*name));
        assert!(named || site.has(&out) || run.code == Some(1), "{name} is lost in silence: {problems:?}");
    }
    assert!(!site.has(".hidden.html"));
}

#[test]
fn a_content_folder_that_is_missing_empty_or_a_file_is_said() {
    for what in ["missing", "empty", "file"] {
        let site = Site::plain();
        site.remove("content");
        match what {
            "empty" => fs::create_dir(site.root().join("content")).unwrap(),
            "file" => fs::write(site.root().join("content"), "x").unwrap(),
            _ => {}
        }
        let mut command = program();
        let run = Run::of(command.current_dir(site.root()).args([
            "build",
            "--no-checks",
            "--format",
            "json",
            "--date",
            TODAY,
        ]));
        assert!(
            run.problems().iter().any(|p| p.code == "no-content" && p.severity != "note"),
            "{what}: {run:?}"
        );
        assert_eq!(run.code, Some(2), "{what}");
    }
}
