//! Content is untrusted: nothing that an editor writes runs in a reader's browser, even where an administrator has
//! switched the messages about it off. Built with the plain theme and with the bundled one.

use crate::support::{Site, Tree, copy, html, repository};

/// Texts that break out of wherever they are put, if anything does.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onfocus=\"alert(1)\" x=\"",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "</style><svg onload=alert(1)>",
    "\\\"; alert(1); //",
    "<!--<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 191 }}{% include \"page.html\" %}{# x #}",
];

/// Spellings of an address that runs a program.
const RUNS: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#x3A;alert(1)",
    "&#1;javascript:alert(1)",
    "\u{1}javascript:alert(1)",
    "vbscript:msgbox(1)",
    "livescript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg/onload=alert(1)>",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "jar:javascript:alert(1)!/",
    "file:///etc/passwd",
];

/// `text` as a YAML value that holds exactly it.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Every code that an administrator can switch off, switched off: then only what is safe may remain.
fn all_off() -> String {
    let codes = guidepost::diag::code::ALL.iter().map(|(name, _)| format!("{name}: off"));
    format!("checks: {{levels: {{{}}}}}\n", codes.collect::<Vec<_>>().join(", "))
}

fn themed(theme: &str) -> Site {
    let site = Site::plain();
    copy(&repository().join("themes/parent-guide"), &site.root().join("themes/parent-guide"));
    assert!(site.root().join("themes").join(theme).exists());
    site
}

/// Fails where a page would run something, an XML file is not well-formed, or a template was found in content.
#[track_caller]
fn safe(tree: &Tree) {
    let mut found = Vec::new();
    for (name, bytes) in tree {
        let text = String::from_utf8_lossy(bytes);
        if name.ends_with(".html") {
            found.extend(html::dangers(&text).into_iter().map(|d| format!("{name}: {d}")));
            if text.contains("1337") {
                found.push(format!("{name}: a template in the content was run"));
            }
        } else if name.ends_with(".xml") {
            found.extend(well_formed(&text).err().map(|why| format!("{name}: {why}")));
        }
    }
    let shown: Vec<&String> = found.iter().take(30).collect();
    assert!(found.is_empty(), "{} dangers: {shown:#?}", found.len());
}

/// Whether XML has balanced tags and only known references.
fn well_formed(text: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").ok_or("no declaration")?;
    while let Some(at) = rest.find(['<', '&']) {
        rest = &rest[at..];
        if let Some(inner) = rest.strip_prefix('&') {
            let end = inner.find(';').ok_or("a lone &")?;
            if !["amp", "lt", "gt", "quot", "#39"].contains(&&inner[..end]) {
                return Err(format!("&{};", &inner[..end]));
            }
            rest = &inner[end + 1..];
            continue;
        }
        let end = rest.find('>').ok_or("a tag that does not end")?;
        let tag = &rest[1..end];
        if tag.contains('<') {
            return Err(format!("< in <{tag}>"));
        }
        let name: String =
            tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) if open.pop().as_ref() != Some(&name) => {
                return Err(format!("</{name}> closes nothing"));
            }
            (false, false) => open.push(name),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
}

/// A site in which every field that is shown holds `payload`.
fn everywhere(site: &Site, theme: &str, payload: &str) {
    let p = yaml(payload);
    site.file(
        "site.yaml",
        format!(
            "title: {p}\ndescription: {p}\ndistrict: {{en: {p}, es: {p}}}\nlicense: {p}\nlanguages: [en, {{code: es, name: {p}}}]\n\
             contact: {{name: {p}, role: {p}, phone: {p}, hours: {p}, office: {p}, address: {p}, note: {p}}}\n\
             theme: {{name: {theme}, settings: {{greeting: {p}, icons: {{a: [home, {p}]}}}}}}\n\
             menu:\n  - title: {p}\n    to: https://example.org/\n  - a/index.md\n  - title: {p}\n    items: [a/one.md]\n\
             reviewer: {{name: {p}, date: 2026-11-01}}\nbase_url: https://example.org/g\n\
             kinds:\n  visit:\n    label: {p}\n    plural: {p}\n    body: optional\n    fields:\n      what: {{label: {p}, type: text, help: {p}, example: {p}}}\n\
                   pick: {{label: Pick, type: choice, choices: {{one: {p}}}}}\n{}",
            all_off()
        ),
    );
    let front = format!(
        "title: {p}\ndescription: {p}\nnav_title: {p}\nowner: {p}\ntags: [{p}]\nreviewed: 2026-01-01\nreview_every: 1 month\naliases: [{p}]"
    );
    let line = payload.replace('\n', " ");
    let body = format!(
        "# {line}\n\n## {line}\n\n### Part {{#{line}}}\n\n{line}\n\n- {line}\n\n> {line}\n\n| {line} | b |\n|---|---|\n| {line} | c |\n\n\
         ![{line}](mark.svg \"{}\") [{line}](one.md \"{}\") [x](<{line}>) ![y](<{line}>) [{line}]: /x\n\n\
         ```{line}\n{line}\n```\n\n`{line}` [^{line}] [^a]\n\n[^a]: {line}\n\n:::note title={p}\n{line}\n:::\n\n:::{line}\nx\n:::\n\n\
         > [!NOTE]\n> {line}\n\nTerm {line}\n: {line}\n\nA grip. <!-- {line} -->\n\n<https://example.org/?{line}>\n",
        payload.replace('"', "\\\""),
        payload.replace('"', "\\\""),
    );
    site.page("index.md", &front.replace("aliases", "x-aliases"), &body);
    site.page("a/index.md", &front, &body);
    site.page("a/one.md", &format!("{front}\nkind: visit\nwhat: {p}\npick: one"), &body);
    site.page(
        "words.md",
        "title: Words\nentries: term",
        &format!("## {line}\n- Also called: grip, {line}\n- Related: {line}\n\n{line}\n"),
    );
    site.page(
        "acts.md",
        "title: Acts\nentries: activity",
        &format!("## {line} {{#x}}\n- Where: home\n- Materials: {line}\n- Website: {line}\n- {line}: {line}\n\n{line}\n"),
    );
    site.page("es/a/one.md", &front, &body);
    site.file(
        "content/a/mark.svg",
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script>{payload}</svg>"),
    );
    site.file("content/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    site.file("data/d.json", serde_json::json!({ "x": payload, (payload): payload }).to_string());
    let shown = "{% extends \"base.html\" %}{% block body %}{{ body }}{% set d = data(path=\"d.json\") %}<p title=\"{{ d.x }}\">{{ d.x }}</p>\
                 {% for k, v in d %}<p>{{ k }}{{ v }}</p>{% endfor %}{{ site.settings.greeting }}{% for e in entries(kind=\"activity\") %}\
                 <a href=\"{{ e.url }}\" title=\"{{ e.title }}\">{{ e.excerpt }}</a>{% endfor %}{% endblock body %}";
    site.template("tags.html", shown);
}

#[test]
fn a_text_is_a_text_wherever_it_stands() {
    for theme in ["plain", "parent-guide"] {
        for payload in PAYLOADS {
            let site = themed(theme);
            everywhere(&site, theme, payload);
            let run = site.build();
            assert_eq!(run.code, Some(0), "{payload}: {}", run.stderr);
            safe(&site.public());
        }
    }
}

#[test]
fn no_address_runs_a_program() {
    let mut body = String::new();
    for (i, address) in RUNS.iter().enumerate() {
        body.push_str(&format!(
            "[a{i}]({address}) [b{i}](<{address}>) [c{i}][r{i}] ![d{i}](<{address}>) <{address}> ![e{i}][r{i}]\n\n[r{i}]: <{address}>\n\n"
        ));
    }
    for raw in [false, true] {
        let site = Site::plain();
        site.page("index.md", "title: Start", &body);
        site.file("site.yaml", format!("title: T\ntheme: plain\nraw_html: {raw}\n"));
        // It is said, at the place.
        let problems = site.build_with(&["--format", "json"]).failed().problems();
        let unsafe_links = problems.iter().filter(|p| p.code == "unsafe-link" && p.line > 0).count();
        assert!(unsafe_links >= RUNS.len() - 3, "{unsafe_links}: {problems:#?}");
        // And where nobody listens, nothing comes of it.
        site.file("site.yaml", format!("title: T\ntheme: plain\nraw_html: {raw}\n{}", all_off()));
        assert_eq!(site.build().code, Some(0));
        let tree = site.public();
        safe(&tree);
        let page = site.out("index.html");
        for tag in html::tags(&page) {
            for name in ["href", "src"] {
                let address = tag.get(name).unwrap_or("").to_ascii_lowercase();
                assert!(!address.starts_with("file:") && !address.contains("script:"), "{tag:?}");
            }
        }
    }
}

#[test]
fn fields_take_no_address_that_runs_a_program() {
    for address in RUNS.iter().filter(|a| !a.contains('&')) {
        let a = yaml(address);
        let site = Site::plain();
        site.file("site.yaml", format!("title: T\ntheme: plain\ncontact: {{url: {a}}}\nmenu: [{{title: X, to: {a}}}]\nbase_url: {a}\n"));
        site.page(
            "acts.md",
            "title: A\nentries: activity",
            &format!("## X\n- Where: home\n- Materials: y\n- Website: {address}\n\nText.\n"),
        );
        let problems = site.problems();
        for (path, line) in [("site.yaml", 3), ("site.yaml", 4), ("site.yaml", 5), ("content/acts.md", 9)] {
            assert!(
                problems.iter().any(|p| p.path == path && p.line == line && p.severity == "error"),
                "{address} is taken at {path}:{line}: {problems:#?}"
            );
        }
    }
}

#[test]
fn html_that_is_allowed_is_cleaned() {
    let raw = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" &#1;javascript:alert(1)\">x</a>",
        "<iframe src=\"https://example.org\"></iframe>",
        "<object data=\"x.swf\"></object><embed src=x>",
        "<form action=\"https://example.org\"><input name=a></form>",
        "<svg><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<style>@import url(https://example.org/x.css)</style>",
        "<p style=\"background:url(https://example.org)\">x</p>",
        "<base href=\"https://example.org/\">",
        "<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\">",
        "<link rel=\"stylesheet\" href=\"https://example.org/x.css\">",
        "<video src=\"https://example.org/v.mp4\" poster=\"https://example.org/p.png\"></video>",
        "<img src=\"https://example.org/track.gif\">",
        "<img srcset=\"https://example.org/track.gif 2x\" src=\"//example.org/x.gif\">",
        "<div onclick=alert(1)\n\nonmouseover=alert(1)>",
        "<b <script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "</div></main></body><script>alert(1)</script>",
        "<details ontoggle=alert(1) open>x</details>",
        "<a href=\"x\" target=_blank ping=\"https://example.org\">x</a>",
    ];
    let site = Site::plain();
    site.page("index.md", "title: Start", &raw.join("\n\n"));
    for (i, one) in raw.iter().enumerate() {
        site.page(&format!("p{i}.md"), "title: P", &format!("Text {one} text.\n\n{one}\n\n- {one}\n\nEnd."));
    }
    site.file("site.yaml", format!("title: T\ntheme: plain\nraw_html: true\n{}", all_off()));
    assert_eq!(site.build().code, Some(0));
    let tree = site.public();
    safe(&tree);
    for (name, bytes) in tree.iter().filter(|(n, _)| n.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for tag in html::tags(&page) {
            for (key, value) in &tag.attributes {
                let resource = matches!(
                    key.as_str(),
                    "src" | "srcset" | "poster" | "data" | "ping" | "action" | "background"
                );
                let loads = resource || (key == "href" && tag.name != "a");
                assert!(!(loads && value.contains("example.org")), "{name}: {tag:?}");
            }
        }
        assert!(
            page.contains("</main>\n</body>\n</html>"),
            "{name}: the frame of the page is broken:\n{page}"
        );
    }
}

#[test]
fn names_of_files_are_texts_too() {
    let site = Site::plain();
    for name in [
        "a<b>c",
        "a\"onload=x\"",
        "a'b",
        "a&amp;b",
        "{{ 7 * 191 }}",
        "a b%20c%",
        "javascript:alert(1)",
        "<script>alert(1)<",
        "été-日本",
    ] {
        site.page(
            &format!("{name}.md"),
            "title: T\ntags: [x]",
            &format!("![x](<{name}.svg>) [y](<{name}.md>)"),
        );
        site.file(
            &format!("content/{name}.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
        );
    }
    site.file("site.yaml", format!("title: T\ntheme: plain\nbase_url: https://example.org\n{}", all_off()));
    assert_eq!(site.build().code, Some(0));
    safe(&site.public());
}

#[test]
fn a_picture_with_a_program_is_not_put_into_a_page() {
    let wrong = [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject><iframe src=\"https://example.org\"/></foreignObject></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://example.org/x.png\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"https://example.org/x.svg#a\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><set attributeName=\"href\" to=\"javascript:alert(1)\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>@import url(https://example.org/x.css);</style></svg>",
        "<!DOCTYPE svg [<!ENTITY x \"<script>alert(1)</script>\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg></figure><script>alert(1)</script>",
        "<html><script>alert(1)</script></html>",
        "<svg",
        "",
    ];
    for svg in wrong {
        let site = Site::plain();
        site.page("index.md", "title: Start", ":::figure src=\"x.svg\"\nWhat it shows.\n:::");
        site.file("content/x.svg", svg);
        let problems = site.problems();
        let said = problems.iter().any(|p| p.severity == "error" || p.severity == "warning");
        site.file("site.yaml", format!("title: T\ntheme: plain\n{}", all_off()));
        assert_eq!(site.build().code, Some(0), "{svg}");
        let page = site.out("index.html");
        assert_eq!(html::dangers(&page), Vec::<String>::new(), "{svg}");
        assert!(!page.contains("example.org"), "{svg}:\n{page}");
        assert!(said, "nothing is said of {svg}");
    }
}
