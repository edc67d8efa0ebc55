//! Folders as people have them: without a page of their own, with a README, with numbers before names, with very many pages.

use crate::support::{Site, html};

/// Where each text first stands in what a page shows.
fn places(page: &str, texts: &[&str]) -> Vec<Option<usize>> {
    let text = html::visible(page);
    texts.iter().map(|wanted| text.find(wanted)).collect()
}

#[test]
fn a_folder_without_a_page_is_a_section_with_the_title_of_its_name() {
    for (folder, title) in [
        ("school-bus", "School bus"),
        ("School_Bus", "School Bus"),
        ("nin\u{303}os", "Niños"),
        ("学校", "学校"),
        ("ქართული", "ქართული"),
        ("504-plan", "504 plan"),
    ] {
        let site = Site::plain();
        site.page(&format!("{folder}/times.md"), "title: Bus times", "Text. See [the section](../index.md).");
        site.page(
            &format!("{folder}/deep/late.md"),
            "title: Late bus",
            "Text. [up](../), [top](../../index.md)",
        );
        site.page(
            "a.md",
            "title: A",
            &format!("[the folder](<{folder}/>), [by name](<{folder}>), [its page](<{folder}/index.md>)"),
        );
        let run = site.build().clean();
        let own: String = unicode(folder);
        let page = site.out(&format!("{own}/index.html"));
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{folder}: {page}");
        assert!(page.contains("times.html") && page.contains("deep/index.html"), "{folder}: {page}");
        assert!(site.out(&format!("{own}/deep/index.html")).contains("<h1>Deep</h1>"), "{folder}");
        assert!(site.out("a.html").matches("index.html\"").count() >= 3, "{folder}");
        assert!(!site.out("a.html").contains("[the folder]"), "{folder}");
        // Told once, as a note, with what to do.
        let notes = site.problems();
        let notes: Vec<_> = notes.iter().filter(|p| p.code == "folder-section").collect();
        assert_eq!(notes.len(), 1, "{folder}: {notes:#?} {}", run.stderr);
        assert!(notes[0].message.contains(title) && notes[0].help.contains("index.md"), "{notes:#?}");
    }
}

fn unicode(folder: &str) -> String {
    guidepost::source::nfc(folder).into_owned()
}

#[test]
fn what_is_published_decides_which_sections_there_are() {
    let site = Site::plain();
    site.page("bus/draft.md", "title: Draft\ndraft: true", "Text.");
    site.page("fees/hidden.md", "title: Hidden\nhidden: true", "Text.");
    site.file("content/pictures/a.txt", "no page");
    site.build().clean();
    assert!(!site.has("bus/index.html") && !site.has("pictures/index.html"));
    // Its address works, and no list leads to it.
    assert!(site.has("fees/index.html"));
    assert!(!site.out("index.html").contains("fees/"), "{}", site.out("index.html"));
    site.page("bus/draft.md", "title: Draft", "Text.");
    site.build().clean();
    assert!(site.out("index.html").contains("bus/index.html"));
    // A page of its own takes the place of the made one, and gives it back.
    site.page("bus/index.md", "title: The yellow bus", "Text.");
    site.build().clean();
    assert!(site.out("bus/index.html").contains("<h1>The yellow bus</h1>"));
    site.remove("content/bus/index.md");
    site.build().clean();
    assert!(site.out("bus/index.html").contains("<h1>Bus</h1>"));
    site.remove("content/bus");
    site.build().clean();
    assert!(!site.has("bus/index.html"));
}

#[test]
fn other_languages_have_the_sections_too() {
    let site = Site::bilingual();
    site.page("school-bus/times.md", "title: Bus times", "Text.");
    site.page("es/school-bus/times.md", "title: Horarios", "Texto.");
    site.page("es/solo/uno.md", "title: Uno", "Texto.");
    site.page("fees/index.md", "title: Fees", "Text.");
    site.page("es/fees/pagos.md", "title: Pagos", "Texto.");
    let run = site.build_checked(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(site.out("es/school-bus/index.html").contains("Horarios"));
    assert!(site.out("es/solo/index.html").contains("<h1>Solo</h1>"));
    assert!(site.out("es/fees/index.html").contains("<h1>Fees</h1>"));
    // No rule speaks of a file that is not there.
    assert!(
        !run.stderr.contains("school-bus/index.md") && !run.stderr.contains("solo/index.md"),
        "{}",
        run.stderr
    );
    let mut progress = site.command();
    let said = crate::support::Run::of(progress.arg("translations")).stdout;
    assert!(!said.contains("school-bus/index.md") && !said.contains("solo/index.md"), "{said}");
}

#[test]
fn a_page_beside_a_folder_of_its_name_is_the_page_of_the_folder() {
    for urls in ["file", "folder"] {
        let site = Site::plain();
        site.file("site.yaml", format!("title: Test\ntheme: plain\nurls: {urls}\n"));
        site.page("tools/slack.md", "title: Slack", "About it.");
        site.page("tools/slack/rules.md", "title: Rules of talk", "Text.");
        site.build().clean();
        let page = if urls == "file" { "tools/slack.html" } else { "tools/slack/index.html" };
        let page = site.out(page);
        assert!(page.contains("<h1>Slack</h1>") && page.contains("Rules of talk"), "{page}");
        assert!(site.has("tools/slack/print.html"), "{urls}");
        if urls == "file" {
            assert!(!site.has("tools/slack/index.html"));
        }
    }
}

#[test]
fn a_readme_is_the_page_of_its_folder() {
    for name in ["README.md", "readme.md", "Readme.md"] {
        let site = Site::plain();
        site.file(&format!("content/bus/{name}"), "# The bus\n\nSee [times](times.md).\n");
        site.page(
            "bus/times.md",
            "title: Times",
            &format!("[up]({name}), [up](./), [up](index.md), [up](../bus)"),
        );
        site.build().clean();
        assert!(site.out("bus/index.html").contains("<h1>The bus</h1>"), "{name}");
        let times = site.out("bus/times.html");
        assert_eq!(times.matches("<a href=\"index.html\">up</a>").count(), 4, "{times}");
        // Its words on its folder's pages count like those of an index.md.
        site.file(&format!("content/bus/{name}"), "---\ndraft: true\nmember_kind: page\n---\n# The bus\n");
        site.build().clean();
        assert!(!site.has("bus/times.html"), "{name}");
        // Never beside an index.md.
        site.page("bus/index.md", "title: Bus", "Text.");
        site.file(&format!("content/bus/{name}"), "# The bus\n");
        let found = site.problems();
        let clash: Vec<_> = found.iter().filter(|p| p.code == "address-collision").collect();
        assert_eq!(clash.len(), 1, "{found:#?}");
        assert!(clash[0].message.contains("both the page of this folder"), "{clash:#?}");
        site.build().failed();
    }
    // The start page, and one of another language.
    let site = Site::bilingual();
    site.remove("content/index.md");
    site.file("content/README.md", "# Start here\n");
    site.file("content/es/README.md", "# Empiece\n");
    site.build().clean();
    assert!(site.out("index.html").contains("<h1>Start here</h1>"));
    assert!(site.out("es/index.html").contains("<h1>Empiece</h1>"));
}

#[test]
fn numbers_before_names_order_pages_and_stand_nowhere() {
    let site = Site::plain();
    site.page("02_forms/01-zoo.md", "title: Zoo trip", "[pdf](form.pdf) ![](../02_forms/p.txt)");
    site.page("02_forms/10-art.md", "title: Art", "Text.");
    site.page("02_forms/02-504-plan.md", "title: Plan", "Text.");
    site.page("01-start.md", "title: Zuerst", "[with](02_forms/10-art.md), [without](forms/art.md), [old](07-forms/03-art.md), [folder](02_forms/), [bare](forms)");
    site.page("about.md", "title: About", "Text.");
    site.file("content/02_forms/form.pdf", "%PDF-1.4");
    site.file("content/02_forms/p.txt", "x");
    let said = site.build();
    let page = site.out("start.html");
    assert_eq!(page.matches("\"forms/art.html\"").count(), 3, "{page} {}", said.stderr);
    assert!(page.matches("\"forms/index.html\"").count() >= 2, "{page}");
    assert!(site.has("forms/504-plan.html") && site.has("forms/form.pdf") && !site.has("02_forms"));
    let section = site.out("forms/index.html");
    assert!(section.contains("<h1>Forms</h1>"), "{section}");
    let found = places(&section, &["Zoo trip", "Plan", "Art"]);
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}");
    let found = places(&site.out("index.html"), &["Zuerst", "Forms", "About"]);
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}");
    // What is written counts more.
    site.page("02_forms/01-zoo.md", "title: Zoo trip\norder: 50", "Text.");
    site.build();
    let found = places(&site.out("forms/index.html"), &["Plan", "Art", "Zoo trip"]);
    assert!(found.is_sorted() && found.iter().all(Option::is_some), "{found:?}");
    // The titles that nobody wrote have no number, nor has a name that only looks like one.
    site.file("content/03-late-bus.md", "Text.\n");
    let told = site.problems();
    assert!(
        told.iter().any(|p| p.code == "missing-field" && p.help.contains("title: Late bus")),
        "{told:#?}"
    );
}

#[test]
fn numbers_that_are_a_part_of_the_name_stay() {
    let site = Site::plain();
    for name in ["504-plan", "2027-dates", "1-first", "12-01-party", "12-2026"] {
        site.page(&format!("{name}.md"), "title: T", "Text.");
    }
    site.page("60-day-timeline.md", "title: Sixty", "Text.");
    site.build().clean();
    for name in ["504-plan", "2027-dates", "1-first", "12-01-party", "12-2026", "day-timeline"] {
        assert!(site.has(&format!("{name}.html")), "{name}");
    }
    site.file("site.yaml", "title: Test\ntheme: plain\nnumber_prefixes: false\n");
    site.page("02_forms/a.md", "title: A", "[x](../60-day-timeline.md)");
    site.build().clean();
    assert!(
        site.has("60-day-timeline.html") && site.has("02_forms/index.html") && !site.has("day-timeline.html")
    );
    assert!(site.out("02_forms/index.html").contains("<h1>02 forms</h1>"));
    site.page("b.md", "title: B", "[x](day-timeline.md)");
    let told = site.problems();
    assert!(told.iter().any(|p| p.code == "broken-link"), "{told:#?}");
}

#[test]
fn a_site_of_the_first_version_is_told_how_to_keep_its_addresses() {
    for (urls, old) in [
        ("file", ["60-day-timeline.html", "02_forms/a.html", "es/60-day-timeline.html"]),
        ("folder", ["60-day-timeline/", "02_forms/a/index.html", "/es/60-day-timeline/"]),
    ] {
        let site = Site::bilingual();
        let settings = format!(
            "# Ours.\ntitle: {{en: Test, es: Prueba}}\ntheme: plain\nlanguages: [en, es]\nurls: {urls}\n"
        );
        site.file("site.yaml", &settings);
        site.page("60-day-timeline.md", "title: Sixty", "Text.");
        site.page("es/60-day-timeline.md", "title: Sesenta", "Texto.");
        site.page("02_forms/a.md", "title: A", "[x](../60-day-timeline.md)");
        site.page("index.md", "title: Start", "[a](02_forms/a.md)");
        // Nobody knows what was meant: a note, with both ways to silence it.
        let run = site.build_with(&["--notes"]);
        let found = run.stderr.matches("numbered-name").count();
        assert!(
            run.code == Some(0) && found == 1 && run.stderr.contains("note[numbered-name]"),
            "{}",
            run.stderr
        );
        for said in ["number_prefixes: false", "number_prefixes: true"] {
            assert!(run.stderr.contains(said), "{}", run.stderr);
            site.file("site.yaml", format!("{settings}{said}\n"));
            assert!(!site.build().stderr.contains("numbered-name"), "{said}");
        }
        // It was published: an error that says each address, and is mended.
        site.file("site.yaml", &settings).file("urls.lock", old.join("\n"));
        let found = site.problems();
        let told: Vec<_> = found.iter().filter(|p| p.code == "numbered-name").collect();
        assert!(told.len() == 1 && told[0].severity == "error" && told[0].line == 2, "{found:#?}");
        let address = old[0].trim_end_matches('/');
        assert!(told[0].message.contains(address) && told[0].message.contains("day-timeline"), "{told:#?}");
        let mut fix = site.command();
        crate::support::Run::of(fix.args(["check", "--fix"]));
        let written = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
        assert_eq!(written, settings.replace("title:", "number_prefixes: false\ntitle:"));
        let found = site.problems();
        assert!(!found.iter().any(|p| p.severity == "error" || p.code == "numbered-name"), "{found:#?}");
        site.build();
        assert!(
            site.has(old[0].trim_start_matches('/').replace("timeline/", "timeline/index.html").as_str())
        );
    }
    // No numbers, nothing to say; and what is no place in front of a name is none here.
    let site = Site::plain();
    site.page("504-plan.md", "title: Plan", "Text.");
    site.page("2027-dates.md", "title: Dates", "Text.");
    assert!(!site.build().stderr.contains("numbered-name"));
}

#[test]
fn two_that_are_one_without_their_numbers_are_told() {
    for (one, two, words) in [
        ("01-a.md", "02-a.md", "are one page"),
        ("a.md", "01_a.md", "are one page"),
        ("01-a/x.md", "02-a/y.md", "are one section"),
        ("a/x.md", "01-a/y.md", "are one section"),
        ("a/README.md", "a/readme.md", "both the page of this folder"),
        ("a/index.md", "a/README.md", "both the page of this folder"),
    ] {
        let site = Site::plain();
        site.page(one, "title: One", "Text.");
        site.page(two, "title: Two", "Text.");
        let found = site.problems();
        let clash: Vec<_> = found.iter().filter(|p| p.code == "address-collision").collect();
        assert!(clash.len() == 1 && clash[0].message.contains(words), "{one} {two}: {found:#?}");
        assert!(!clash[0].help.is_empty(), "{clash:#?}");
        site.build().failed();
    }
    let site = Site::bilingual();
    for path in ["01-a/x.md", "01-a/y.md", "02-b/a/x.md", "es/a/x.md"] {
        site.page(path, "title: T", "Text.");
    }
    site.build().clean();
}

#[test]
fn menus_are_bounded() {
    let site = Site::plain();
    for n in 1..=240 {
        site.page(&format!("letters/letter-{n}.md"), &format!("title: Letter {n}"), "Text.");
        if n <= 60 {
            site.page(&format!("p{n}.md"), &format!("title: Page {n}"), "Text.");
        }
    }
    site.page("zz/index.md", "title: Zz\norder: 900", "Text.");
    site.page("zz/in.md", "title: In", "Text.");
    site.build().clean();
    let menu = |page: &str| {
        let text = site.out(page);
        let start = text.find("<nav").unwrap_or_else(|| panic!("no menu in {text}"));
        let end = text[start..].find("</nav>").unwrap() + start;
        text[start..end].to_owned()
    };
    let start = menu("index.html");
    assert_eq!(start.matches("<li").count(), 40, "{start}");
    assert!(start.contains(">All pages</a>") && !start.contains("Letter 1<"), "{start}");
    // Numbers in titles sort as numbers.
    let found: Vec<_> = ["Page 1<", "Page 2<", "Page 10<"].iter().map(|t| start.find(t)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} {start}");
    let inside = menu("letters/letter-200.html");
    assert!(inside.contains(">All pages of Letters</a>"), "{inside}");
    assert!(inside.contains("Letter 39<") && !inside.contains("Letter 40<"), "{inside}");
    assert!(inside.matches("<li").count() <= 81, "{}", inside.matches("<li").count());
    // The open section stands in the menu wherever it comes.
    assert!(menu("zz/in.html").contains(">Zz</a>"), "{}", menu("zz/in.html"));
    assert!(site.out("letters/index.html").matches("letter-").count() >= 240);
}

#[test]
fn advice_names_the_file_that_is_there() {
    let site = Site::bilingual();
    site.file("content/bus/README.md", "# Bus\n\nText.\n");
    site.file("content/fees/readme.md", "# Fees\n\nText.\n");
    site.page("meals/menu.md", "title: Menu", "Text.");
    site.page("02-forms/01-start.md", "title: Start of forms", "Text.");
    site.page("02-forms/index.md", "title: Forms", "Text.");
    site.page("es/pagos/index.md", "title: Pagos", "Texto.");
    site.page("old/README.md", "title: Old\naliases: [gone.html]", "Text.");
    let told = |page: &str, link: &str| {
        site.page(page, "title: Links", &format!("[x]({link})"));
        let found = site.problems();
        let here = found.iter().find(|p| p.path == format!("content/{page}") && p.code == "broken-link");
        here.unwrap_or_else(|| panic!("{link}: {found:#?}")).help.clone()
    };
    for (link, file) in [
        ("Bus/", "bus/README.md"),
        ("bus.md", "bus/README.md"),
        ("bus/README.html", "bus/README.md"),
        ("/Fees/index.md", "fees/readme.md"),
        ("Meals/", "meals/"),
        ("meals.md", "meals/"),
        ("forms/Start.md", "02-forms/01-start.md"),
        ("Forms/", "02-forms/index.md"),
        ("gone.html", "old/README.md"),
    ] {
        let help = told("links.md", link);
        assert!(
            help.contains(&format!(" {file}?"))
                || help.contains(&format!(" {file}:"))
                || help.contains(&format!(" {file}.")),
            "{link}: {help}"
        );
        // What is proposed leads there.
        site.page("links.md", "title: Links", &format!("[x]({file})"));
        assert!(site.problems().iter().all(|p| p.code != "broken-link"), "{file}");
    }
    // In a translation the page of the original is named as it would lie there.
    assert!(told("es/links.md", "Bus/").contains(" bus/README.md"), "{}", told("es/links.md", "Bus/"));
    assert!(told("es/links.md", "Pagos/").contains(" pagos/index.md"));
    // The page gets another file, and nothing else changes: warm as cold.
    site.page("links.md", "title: Links", "[x](Bus/)");
    site.remove("content/es/links.md").build();
    site.remove("content/bus/README.md").page("bus/index.md", "title: Bus", "Text.");
    let help = &site.problems().into_iter().find(|p| p.code == "broken-link").unwrap().help;
    assert!(help.contains(" bus/index.md?"), "{help}");
}
