//! Addresses that people write in links, pictures, menus and templates: what is meant is found, or told with what to write
//! instead. `a é` is written in two forms of Unicode here, which look alike: NFC is one sign, NFD a letter and an accent.

use crate::support::{Problem, Run, Site, html};
use std::collections::BTreeSet;

const NFC: &str = "ni\u{f1}o";
const NFD: &str = "nin\u{303}o";

/// A page with each link on a line of its own: the first link stands on line 5.
fn lines(links: &[&str]) -> String {
    links.iter().map(|link| format!("{link}\n\n")).collect()
}

/// What was said of each line of `path`: the code, the message and the help.
fn said(problems: &[Problem], path: &str, number: usize) -> Vec<(String, String, String)> {
    let line = 5 + 2 * number as u64;
    let here = problems.iter().filter(|p| p.path == path && p.line == line && p.severity != "note");
    here.map(|p| (p.code.clone(), p.message.clone(), p.help.clone())).collect()
}

/// Checks a table: a link, what must be in its help or message; nothing for one that is right.
#[track_caller]
fn check(site: &Site, page: &str, table: &[(&str, &str)]) {
    site.page(page, "title: Links", &lines(&table.iter().map(|(link, _)| *link).collect::<Vec<_>>()));
    let problems = site.problems();
    for (number, (link, expected)) in table.iter().enumerate() {
        let found = said(&problems, &format!("content/{page}"), number);
        if expected.is_empty() {
            assert!(found.is_empty(), "{link}: {found:?}");
            continue;
        }
        assert_eq!(found.len(), 1, "{link}: {found:?}");
        let (_, message, help) = &found[0];
        assert!(format!("{message} {help}").contains(expected), "{link}: wanted {expected:?} in {found:?}");
    }
}

/// Every address in an output that names no output. `href`s and `src`s of this site only.
pub fn dead(site: &Site) -> Vec<String> {
    let files = site.public();
    let mut dead = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        for tag in html::tags(&text) {
            for attribute in ["href", "src"] {
                let Some(address) = tag.get(attribute) else { continue };
                let path = address.split(['#', '?']).next().unwrap();
                if path.is_empty() || path.contains(':') {
                    continue;
                }
                let folder = name.rfind('/').map_or("", |i| &name[..i]);
                let path = percent(path);
                let (folder, path) = path.strip_prefix('/').map_or((folder, &*path), |rest| ("", rest));
                let Ok(mut target) = guidepost::source::join(folder, path).or_else(|e| match e {
                    guidepost::source::PathError::Empty => Ok(String::new()),
                    other => Err(other),
                }) else {
                    dead.push(format!("{name}: {address}"));
                    continue;
                };
                if path.ends_with('/') || target.is_empty() {
                    target = format!("{target}/index.html").trim_start_matches('/').to_owned();
                }
                if !files.contains_key(&target) {
                    dead.push(format!("{name}: {address}"));
                }
            }
        }
    }
    dead
}

fn percent(text: &str) -> String {
    guidepost::source::address::decode(text).into_owned()
}

fn rich() -> Site {
    let site = Site::bilingual();
    for (path, title) in [
        ("parents/index.md", "Parents"),
        ("parents/goals.md", "Goals"),
        ("v1.2/index.md", "Version"),
        ("v1.2/new.md", "New"),
        ("My Page.md", "Spaces"),
        ("legal.md", "Legal"),
        ("a#b.md", "Sign"),
        ("es/legal.md", "Legal en español"),
        ("es/best.md", "Mejores"),
    ] {
        site.page(path, &format!("title: {title}\ntags: [x y]"), "## Who helps {#who}\n\nText.");
    }
    site.page("parents/now.md", "title: Now\naliases: [parents/old.html]", "Text.");
    for path in ["Pictures/Bus.jpg", "My Form.pdf", "parents/form.pdf", "es/solo.pdf"] {
        site.file(&format!("content/{path}"), "x");
    }
    site
}

#[test]
fn pages_files_and_folders_are_found_as_they_are_written() {
    let right = [
        "[x](parents/goals.md#who)",
        "[x](./parents//goals.md)",
        "[x](/parents/goals.md)",
        "[x](parents/)",
        "[x](parents)",
        "[x](parents/..)",
        "[x](.)",
        "[x](v1.2)",
        "[x](v1.2/)",
        "[x](v1.2/#who)",
        "[x](v1.2#who)",
        "[x](v1.2/new.md)",
        "[x](es/)",
        "[x](es)",
        "[x](<My Page.md>)",
        "[x](My%20Page.md#who)",
        "[x](%4dy%20Page.md)",
        "[x](a%23b.md)",
        "[x](<My Form.pdf>)",
        "[x](parents/form.pdf#page=2)",
        "[x](parents/goals.md?print#who)",
        "[x](#)",
        "![](<Pictures/Bus.jpg>)",
    ];
    let site = rich();
    let warn = |p: &&Problem| p.code != "broken-image" && p.severity != "note";
    let table: Vec<(&str, &str)> = right.iter().filter(|l| !l.starts_with('!')).map(|l| (*l, "")).collect();
    check(&site, "links.md", &table);
    // From a folder with a point in its name, too, and as the rules see it.
    check(
        &site,
        "v1.2/links.md",
        &[("[x](../v1.2)", ""), ("[x](.)", ""), ("[x](new.md)", ""), ("[x](../v1.2/#who)", "")],
    );
    check(
        &site,
        "es/links.md",
        &[("[x](parents/form.pdf)", ""), ("[x](best.md)", ""), ("[x](../legal.md)", "")],
    );
    let problems = site.problems();
    assert_eq!(problems.iter().filter(warn).collect::<Vec<_>>(), Vec::<&Problem>::new());
    assert_eq!(dead(&site), Vec::<String>::new());
}

#[test]
fn what_leads_nowhere_is_told_with_what_to_write() {
    let site = rich();
    site.page("what?.md", "title: Question", "Text.");
    check(
        &site,
        "links.md",
        &[
            // From Windows.
            ("[x](parents\\goals.md)", "Write parents/goals.md."),
            ("[x](.\\parents\\goals.md#who)", "Write parents/goals.md#who."),
            ("[x](parents\\gaols.md)", "Did you mean parents/goals.md?"),
            ("[x](Pictures\\Nothing.pdf)", "Write / between folders"),
            ("![x](Pictures\\Bus.jpg)", "Write Pictures/Bus.jpg."),
            // In the wrong case.
            ("[x](Parents/Goals.md)", "Did you mean parents/goals.md? Upper and lower case"),
            ("[x](parents/Goals.MD#who)", "Did you mean parents/goals.md#who?"),
            ("[x](Parents/)", "Did you mean parents/index.md?"),
            ("[x](V1.2)", "Did you mean v1.2/index.md?"),
            ("![x](Pictures/bus.JPG)", "Did you mean Pictures/Bus.jpg? Upper and lower case"),
            ("![x](pictures/Bus.jpg)", "Did you mean Pictures/Bus.jpg?"),
            ("[x](my%20form.PDF)", "Did you mean My%20Form.pdf?"),
            // Other websites, mailboxes, telephones.
            ("[x](www.maple.org)", "Write https://www.maple.org."),
            ("[x](maple.k12.us/forms)", "Write https://maple.k12.us/forms."),
            ("[x](https//maple.org)", "Write https://maple.org."),
            ("[x](office@maple.org)", "Write mailto:office@maple.org."),
            ("[x](555-555-0100)", "Write tel:555-555-0100."),
            // As the website calls it.
            ("[x](parents/goals.html)", "the page's own file: parents/goals.md."),
            ("[x](parents/goals.html#who)", "the page's own file: parents/goals.md#who."),
            ("[x](/parents/goals/)", "Did you mean parents/goals.md?"),
            ("[x](parents/goals/index.html)", "the page's own file: parents/goals.md."),
            ("[x](parents/goals)", "Did you mean parents/goals.md?"),
            ("[x](parents/goals/index.md)", "Did you mean parents/goals.md?"),
            ("[x](parents.md)", "Did you mean parents/index.md?"),
            ("[x](parents/goals.markdown)", "parents/goals.md"),
            ("[x](parents/old.md)", "The page is now parents/now.md"),
            ("[x](parents/old.html)", "The page is now parents/now.md"),
            // What is not read, or read in another way.
            ("[x](.hidden.md)", "begins with a dot"),
            ("[x](.private/a.md)", "such as private"),
            ("[x](a#b.md)", "Write a%23b.md."),
            ("[x](what?.md)", "Write what%3F.md."),
            // Elsewhere, or misspelt.
            ("[x](goals.md)", "Did you mean parents/goals.md?"),
            ("[x](parnts/gaols.md)", "Did you mean parents/goals.md?"),
            ("[x](parents/fomr.pdf)", "Did you mean parents/form.pdf?"),
            ("[x](solo.pdf)", "Did you mean es/solo.pdf?"),
            ("[x](content/parents/goals.md)", "Did you mean parents/goals.md?"),
            ("[x](../parents/goals.md)", "Did you mean parents/goals.md?"),
            ("[x](../other/secret.md)", "leads out of the content folder"),
            ("[x](parents/goals.md#wo)", "Did you mean #who?"),
            ("[x](feed.xml)", "need base_url"),
            ("[x](zebra.md)", "Correct the path"),
            ("[x](zebra.pdf)", "Put the file beside the page"),
            // The last, since it has several lines.
            (":::figure src=\"pictures/bus.jpg\"\nT.\n:::", "did you mean Pictures/Bus.jpg?"),
        ],
    );
}

#[test]
fn links_of_other_tools_lead_to_the_page_of_the_same_language() {
    let site = rich();
    // There the page `best` is a folder of its own.
    check(
        &site,
        "es/best.md",
        &[
            ("[x](../legal/)", "Did you mean legal.md?"),
            ("[x](/legal/)", "Did you mean legal.md?"),
            ("[x](/es/legal/)", "Did you mean legal.md?"),
            ("[x](../parents/goals/#who)", "Did you mean parents/goals.md?"),
            ("[x](legal)", "Did you mean legal.md?"),
        ],
    );
    check(
        &site,
        "best.md",
        &[
            ("[x](../legal/)", "Did you mean legal.md?"),
            ("[x](../es/legal/)", "Did you mean es/legal.md?"),
            ("[x](/legal/)", "Did you mean legal.md?"),
            ("[x](../nothing-like-it/)", "leads out of the content folder"),
        ],
    );
    check(
        &site,
        "parents/best.md",
        &[("[x](../../legal/)", "Did you mean ../legal.md?"), ("[x](../goals/)", "Did you mean goals.md?")],
    );
}

#[test]
fn two_forms_of_unicode_are_one_name() {
    for (there, here) in [(NFC, NFD), (NFD, NFC)] {
        let site = Site::bilingual();
        site.file(
            "site.yaml",
            format!(
                "title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\nmenu: [{here}.md, {{title: N, to: {here}/{here}.md#{here}}}]\n\
                 kinds: {{sheet: {{template: sheet.html, fields: {{picks: {{type: list of text}}}}}}}}\n"
            ),
        );
        site.template(
            "sheet.html",
            &format!(
                "{{% extends \"base.html\" %}}{{% block body %}}{{% for p in picks or [] %}}[{{{{ p.title }}}}]{{% endfor %}}\
                 <a href=\"{{{{ link(to=\"{here}/{here}.md#{here}\") }}}}\">{{% set q = page(path=\"{here}.md\") %}}{{{{ q.title }}}}</a>{{% endblock body %}}"
            ),
        );
        site.page(&format!("{there}.md"), &format!("title: One\ntags: [{there}]"), "Text.");
        site.page(&format!("{there}/{there}.md"), "title: Two", &format!("## T {{#{there}}}\n\nText."));
        site.page(&format!("es/{here}/{here}.md"), "title: Dos", &format!("## T {{#{here}}}\n\nTexto."));
        site.file(&format!("content/{there}.png"), "x").file(&format!("content/{there}/f {there}.pdf"), "x");
        site.page(
            "words.md",
            "title: Words\nentries: term",
            &format!("## Grip {{#{there}}}\n- Related: {here}\n\nA hand holds.\n\n## El {there}\n- Related: el {here}\n\nA child."),
        );
        site.page("sheet.md", &format!("title: Sheet\nkind: sheet\npicks: [\"words.md#{here}\"]"), "");
        check(
            &site,
            "links.md",
            &[
                (&format!("[x]({here}.md)"), ""),
                (&format!("[x]({here}/{here}.md#{here})"), ""),
                (&format!("[x](<{here}/f {here}.pdf>)"), ""),
                (&format!("[x](tags/{here}.html)"), ""),
                (&format!("[x](words.md#{here})"), ""),
                (&format!("[x]({}.md)", percent_encoded(here)), ""),
                (&format!("[x]({here}x.md)"), &format!("Did you mean {NFC}.md?")),
            ],
        );
        // A tag is one tag in both forms, and a page in two languages is one page.
        site.page(
            "links.md",
            &format!("title: Links\ntags: [{here}]"),
            &format!("[x]({here}/{here}.md#{here})"),
        );
        site.build().clean();
        assert_eq!(dead(&site), Vec::<String>::new());
        let anchors = html::ids(&site.out(&format!("{NFC}/{NFC}.html")));
        assert!(anchors.contains(there), "{anchors:?}");
        assert!(site.out("links.html").contains(&format!("#{}", percent_encoded(there))));
        let sheet = site.out("sheet.html");
        assert!(sheet.contains("[Grip]") && sheet.contains(">One</a>"), "{sheet}");
        assert_eq!(site.out(&format!("tags/{NFC}.html")).matches("href=\"../links.html\"").count(), 1);
        assert!(site.out(&format!("es/{NFC}/{NFC}.html")).contains("Texto."));
    }
}

#[test]
fn old_addresses_are_one_in_both_forms_of_unicode() {
    for (there, here) in [(NFC, NFD), (NFD, NFC)] {
        let site = Site::bilingual();
        site.page(
            "new.md",
            &format!("title: New\naliases: [\"{there}.html\", \"{there}/old {there}/\"]"),
            "Text.",
        );
        check(
            &site,
            "links.md",
            &[
                (&format!("[x]({here}.html)"), "The page is now new.md"),
                (&format!("[x]({here}.md)"), "The page is now new.md"),
                (&format!("[x](<{here}/old {here}/>)"), "The page is now new.md"),
            ],
        );
        site.remove("content/links.md").file("urls.lock", format!("{here}.html\nes/{here}.html\n"));
        site.build().clean();
        assert!(
            site.has(&format!("{NFC}.html")) && site.has(&format!("es/{NFC}.html")),
            "{:?}",
            site.public().keys()
        );
        // A page there now takes the place of the old address, whichever form its name has.
        site.page(&format!("{here}.md"), "title: Again", "Text.");
        let clash = site.problems();
        assert!(
            clash.iter().any(|p| p.code == "address-collision" || p.code == "alias-collision"),
            "{clash:#?}"
        );
    }
}

fn percent_encoded(text: &str) -> String {
    let mut out = String::new();
    guidepost::source::url_escape(text, &mut out);
    out
}

#[test]
fn pages_that_guidepost_makes_can_be_linked() {
    for urls in ["file", "folder"] {
        let site = rich();
        let settings = |more: &str| {
            site.file(
                "site.yaml",
                format!(
                    "title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\nurls: {urls}\nbase_url: https://g.example\n{more}"
                ),
            );
        };
        settings(
            "menu: [print.html, tags/x-y.html, find/, {title: Home choice, to: find/home.html}, parents/print.html, a-z.html]\n",
        );
        site.page(
            "play.md",
            "title: Play\nentries: activity",
            "## Ball {#ball}\n- Where: home\n- Materials: A ball\n\nThrow it.",
        );
        site.page(
            "es/play.md",
            "title: Jugar\nentries: activity",
            "## Bola {#ball}\n- Dónde: casa\n- Materiales: Una bola\n\nTírela.",
        );
        site.template(
            "section.html",
            "{% extends \"page.html\" %}{% block body %}{{ super() }}<a href=\"{{ link(to=\"tags/x-y.html\") }}\">t</a><a href=\"{{ link(to=\"find/\") }}\">f</a>{% endblock body %}",
        );
        let links = [
            ("[x](print.html)", ""),
            ("[](parents/print.html)", ""),
            ("[](tags/x-y.html)", ""),
            ("[x](tags/)", ""),
            ("[x](tags/index.html)", ""),
            ("[](a-z.html#t)", ""),
            ("[](site-map.html)", ""),
            ("[x](feed.xml)", ""),
            ("[x](sitemap.xml)", ""),
            ("[](find/home.html)", ""),
            ("[](find/)", ""),
            ("[x](find)", ""),
            ("[x](es/print.html)", ""),
            ("[x](/es/tags/x-y.html)", ""),
            ("[x](tags/x-z.html)", "Did you mean tags/x-y.html?"),
            ("[x](find/Home.html)", "Did you mean find/home.html?"),
            ("[x](find/hoem.html)", "Did you mean find/home.html?"),
            ("[x](A-Z.html)", "Did you mean a-z.html?"),
            ("[x](sitemap.html)", "Did you mean site-map.html?"),
            ("[x](legal/print.html)", "Did you mean print.html?"),
        ];
        check(&site, "links.md", &links);
        check(
            &site,
            "es/links.md",
            &[("[x](print.html)", ""), ("[x](tags/x-y.html)", ""), ("[x](find/home.html)", "")],
        );
        check(
            &site,
            "parents/links.md",
            &[("[x](../a-z.html)", ""), ("[x](print.html)", ""), ("[x](/find/home.html)", "")],
        );
        site.page("links.md", "title: Links", &lines(&links[..14].iter().map(|l| l.0).collect::<Vec<_>>()));
        let run = site.build().clean();
        assert_eq!(dead(&site), Vec::<String>::new(), "{run:?}");
        let page = site.out(if urls == "file" { "links.html" } else { "links/index.html" });
        for text in [">Parents</a>", ">x y</a>", ">A to Z</a>", ">Site map</a>", ">Activities: home</a>"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(page.contains(">Home choice</a>"), "the menu: {page}");
        // A page that fell back leads on in its language.
        let page =
            site.out(if urls == "file" { "es/parents/goals.html" } else { "es/parents/goals/index.html" });
        assert!(
            page.contains(if urls == "file" { "../find/home.html" } else { "../../find/home.html" }),
            "{page}"
        );
        // They come and go: with the setting, and with the last page that has the tag. Nothing stale stays.
        settings("outputs: {a_z: false}\n");
        let problems = site.problems();
        assert!(
            problems.iter().any(|p| p.path == "content/links.md" && p.message.contains("a-z.html")),
            "{problems:?}"
        );
        settings("");
        site.build().clean();
        for name in [
            "parents/goals.md",
            "v1.2/new.md",
            "My Page.md",
            "legal.md",
            "a#b.md",
            "es/legal.md",
            "es/best.md",
            "parents/index.md",
            "v1.2/index.md",
        ] {
            site.page(name, "title: Untagged", "## W {#who}\n\nText.");
        }
        let problems = site.problems();
        assert!(
            problems.iter().any(|p| p.path == "content/links.md" && p.message.contains("tags/x-y.html")),
            "{problems:?}"
        );
        for name in ["legal.md", "es/legal.md"] {
            site.page(name, "title: Legal\ntags: [x y]", "## W {#who}\n\nText.");
        }
        site.build().clean();
    }
}

#[test]
fn hidden_pages_have_no_dead_links() {
    for front in ["hidden: true\ntags: [only here, \"!!!\"]", "hidden: true\nprint: false\ntags: [only here]"]
    {
        let site = Site::bilingual();
        site.template(
            "page.html",
            "{% extends \"base.html\" %}{% block foot %}{{ super() }}{% set p = section_print_url() %}{% if p %}<a href=\"{{ p }}\">print</a>{% endif %}{% endblock foot %}",
        );
        site.page("s/index.md", "title: Section\nprint: false", "Text.");
        site.page("s/family.md", &format!("title: Family\n{front}"), "Text.");
        site.page("alone.md", &format!("title: Alone\n{front}"), "Text.");
        site.build().clean();
        assert_eq!(dead(&site), Vec::<String>::new());
        assert!(!site.out("s/family.html").contains("print.html\">print"));
        // With a page that can be seen, both are there again.
        site.page("s/seen.md", "title: Seen\ntags: [only here]", "Text.");
        site.build().clean();
        assert_eq!(dead(&site), Vec::<String>::new());
        let page = site.out("s/family.html");
        assert!(page.contains("print.html\">print") && page.contains("tags/only-here.html"), "{page}");
    }
}

#[test]
fn names_of_files_that_mean_something_else_are_told() {
    let messages = |site: &Site, code: &str| -> Vec<String> {
        let problems = site.problems().into_iter().filter(|p| p.code == code);
        problems.map(|p| format!("{}: {} {}", p.path, p.message, p.help)).collect()
    };
    let only = |name: &str| {
        let site = Site::bilingual();
        site.remove("content/index.md").page(name, "title: T", "Text.");
        messages(&site, "missing-home")
    };
    for (name, expected) in [
        ("Index.md", "There is content/Index.md: rename it to index.md"),
        ("INDEX.MD", "There is content/INDEX.MD"),
        ("en/index.md", "There is content/en/index.md: move what is in content/en up"),
        ("a.md", "Make the file content/index.md"),
        ("es/index.md", "Make the file content/index.md"),
    ] {
        let found = only(name);
        assert!(found.len() == 1 && found[0].contains(expected), "{name}: {found:?}");
    }
    for (name, expected) in [
        ("sub/Index.md", "\"content/sub/Index.md\" is an ordinary page"),
        ("sub/INDEX.md", "Rename it to index.md"),
        ("sub/_index.md", "the page of a folder is called index.md"),
        ("es/sub/Index.md", "\"content/es/sub/Index.md\" is an ordinary page"),
        ("Index.md", "there is an index.md beside it"),
        ("a.es.md", "published as a page in English. For the page in Español, write content/es/a.md."),
        ("s/a.ES.md", "write content/es/s/a.md."),
        ("a.en.md", "write content/a.md."),
        ("es/a.en.md", "published as a page in Español. For the page in English, write content/a.md."),
    ] {
        let site = Site::bilingual();
        site.page(name, "title: T", "Text.");
        let found = messages(&site, "file-name");
        assert!(found.len() == 1 && found[0].contains(expected), "{name}: {found:?}");
    }
    for name in ["v1.2.md", "sub/index.md", "esp.md", "index.esx.md", "es/a.md", "e.s.md"] {
        let site = Site::bilingual();
        site.page(name, "title: T", "Text.");
        assert_eq!(messages(&site, "file-name"), Vec::<String>::new(), "{name}");
    }
    let site = Site::bilingual();
    site.page("en/goals.md", "title: T", "Text.");
    let found = messages(&site, "unknown-language");
    assert!(found.len() == 1 && found[0].contains("Move what is in content/en up"), "{found:?}");
}

#[test]
fn menus_templates_and_fields_get_the_same_answers() {
    let site = rich();
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "## Grip {#grip}\n- Related: grasq\n\nA.\n\n## Grasp {#grasp}\n\nB.",
    );
    site.page("draft.md", "title: Draft\ndraft: true", "Text.");
    let kinds = "kinds: {sheet: {fields: {picks: {type: list of text}}}}\n";
    for (to, expected) in [
        ("parents\\goals.md", "Write parents/goals.md."),
        ("Parents/goals.md", "Did you mean parents/goals.md?"),
        ("parents/gaols.md", "Did you mean parents/goals.md?"),
        ("parents/goals/", "Did you mean parents/goals.md?"),
        ("parents/goals.md#wo", "Did you mean #who?"),
        ("www.maple.org", "Write https://www.maple.org."),
        ("draft.md", "\"draft.md\" is a draft"),
        ("tags/zzzzz.html", "is no page"),
    ] {
        let text = serde_json::to_string(to).unwrap();
        site.file(
            "site.yaml",
            format!("title: Test\ntheme: plain\nmenu: [{{title: T, to: {text}}}]\n{kinds}"),
        );
        let problems = site.problems();
        let found: Vec<_> = problems.iter().filter(|p| p.path == "site.yaml").collect();
        assert!(found.len() == 1, "{to}: {found:?}");
        assert!(format!("{} {}", found[0].message, found[0].help).contains(expected), "{to}: {found:?}");
    }
    let settings = format!("title: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\n{kinds}");
    site.file("site.yaml", &settings);
    let related = site.problems();
    assert!(
        related.iter().any(|p| p.code == "broken-reference" && p.help == "Did you mean grasp?"),
        "{related:?}"
    );
    for (pick, expected) in [
        ("words.md#gripp", "Did you mean words.md#grip?"),
        ("words.md#graps", "Did you mean words.md#grasp?"),
        ("Words.md#grip", "Did you mean words.md#grip?"),
        ("./words.md#grip", ""),
        ("words\\.md#grip", "is no entry"),
        ("draft.md#x", "\"draft.md\" is a draft"),
        ("words.md", "Write the page and the entry's id"),
    ] {
        let text = serde_json::to_string(pick).unwrap();
        site.page("sheet.md", &format!("title: Sheet\nkind: sheet\npicks: [{text}]"), "");
        let problems = site.problems();
        let found: Vec<_> = problems.iter().filter(|p| p.path == "content/sheet.md").collect();
        assert_eq!(found.len(), usize::from(!expected.is_empty()), "{pick}: {found:?}");
        assert!(
            found.iter().all(|p| format!("{} {}", p.message, p.help).contains(expected)),
            "{pick}: {found:?}"
        );
    }
    site.remove("content/sheet.md");
    for (call, expected) in [
        ("link(to=\"parents/goals.md#who\")", ""),
        ("link(to=\"parents/\")", ""),
        ("link(to=\"parents/gaols.md\")", "did you mean parents/goals.md?"),
        ("link(to=\"parents/goals.md#wo\")", "did you mean #who?"),
        ("link(to=\"Legal.md\")", "did you mean legal.md?"),
        ("page(path=\"./parents/goals.md\") | get(key=\"title\")", ""),
        ("entry(ref=\"/words.md#grip\") | get(key=\"title\")", ""),
        ("asset(path=\"/Pictures/Bus.jpg\")", ""),
        ("asset(path=\"/My%20Form.pdf\")", ""),
    ] {
        site.template(
            "page.html",
            &format!(
                "{{% extends \"base.html\" %}}{{% block body %}}<i>{{{{ {call} }}}}</i>{{% endblock body %}}"
            ),
        );
        let problems = site.problems();
        let found: Vec<_> =
            problems.iter().filter(|p| p.code.starts_with("template") || p.code == "missing-asset").collect();
        assert_eq!(found.is_empty(), expected.is_empty(), "{call}: {found:?}");
        assert!(found.iter().all(|p| p.message.contains(expected)), "{call}: {found:?}");
    }
}

#[test]
fn a_translation_that_is_behind_is_no_fault_of_the_original() {
    let site = Site::bilingual();
    site.page("act.md", "title: Act", "## Bear {#bear}\n\nText.\n\n## Crab {#crab}\n\nText.");
    site.page("es/act.md", "title: Acto", "## Oso {#bear}\n\nTexto.");
    site.page("p.md", "title: P", "[bear](act.md#bear) [crab](act.md#crab)");
    site.build().clean();
    let page = site.out("es/p.html");
    assert!(page.contains("\"act.html#bear\"") && page.contains("\"../act.html#crab\""), "{page}");
    // What no language has is an error, once.
    site.page("p.md", "title: P", "[crab](act.md#cra)");
    let problems: Vec<Problem> = site.problems().into_iter().filter(|p| p.severity == "error").collect();
    assert!(problems.len() == 1 && problems[0].help == "Did you mean #crab?", "{problems:?}");
}

#[test]
fn suggestions_follow_the_pages_in_a_warm_build_too() {
    let site = Site::plain();
    site.page("a.md", "title: A", "[x](gaols.md) ![y](bus.png)");
    let help = |run: &Run| -> BTreeSet<String> {
        run.problems().into_iter().filter(|p| p.path == "content/a.md").map(|p| p.help).collect()
    };
    let build = || site.build_with(&["--format", "json"]);
    let first = help(&build());
    assert!(first.iter().all(|h| !h.contains("Did you mean")), "{first:?}");
    site.page("goals.md", "title: Goals", "Text.").file("content/Bus.png", "x");
    let second = help(&build());
    assert!(second.contains("Did you mean goals.md?"), "{second:?}");
    assert!(second.iter().any(|h| h.starts_with("Did you mean Bus.png?")), "{second:?}");
    site.remove("content/goals.md").page("gaol.md", "title: G", "Text.");
    assert!(help(&build()).contains("Did you mean gaol.md?"));
}

#[test]
fn what_is_shown_as_text_hides_no_error_inside_it() {
    for (text, code) in [
        ("[outer [inner](gone.md) text](index.md)", "broken-link"),
        ("[![A swing](gone.png)](index.md", "missing-image"),
        ("[the [page](gone.md) of all](gone.md)", "broken-link"),
    ] {
        let site = Site::plain();
        site.page("a.md", "title: A", text);
        let check = ["check", "--format", "json", "--date", crate::support::TODAY];
        let found = Run::of(site.command().args(check)).problems();
        let told = |code: &str| found.iter().filter(|p| p.path == "content/a.md" && p.code == code).count();
        assert_eq!((told(code), told("link-as-text")), (1, 1), "{text}: {found:#?}");
    }
    // Behind a comment nothing is markdown: only marks that are shown are told, and not as HTML.
    let site = Site::plain();
    site.page("a.md", "title: A", "<!-- x --> words\n\n<!-- x --> **words**");
    let found = site.problems();
    let told: Vec<_> = found.iter().filter(|p| p.code == "raw-html").collect();
    assert!(
        told.len() == 1 && told[0].line == 7 && told[0].message.contains("the line of a comment"),
        "{told:#?}"
    );
}
