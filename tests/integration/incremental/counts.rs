//! What an edit redoes, as a table of counts.

use super::site::{Disk, Model, compare, day, fresh, incremental, seed_site, served};
use guidepost::engine::Counts;
use guidepost::source::OutputPath;

fn model(disk: &Disk) -> Model {
    let mut model = Model::new(disk, day(0), 1, 64 << 20, false);
    incremental(&mut model, disk);
    model.engine.take_counts();
    model
}

fn after(model: &mut Model, disk: &Disk) -> Counts {
    incremental(model, disk);
    let counts = model.engine.take_counts();
    assert_eq!(compare(model, &fresh(disk, day(0), false)), None);
    counts
}

fn replace(disk: &Disk, path: &str, from: &str, to: &str) {
    let text = disk.get(path).unwrap();
    assert!(text.contains(from), "{path} holds {from}");
    disk.put(path, text.replace(from, to));
}

/// A site of `n` plain pages in sections of 20.
fn many(n: usize) -> Disk {
    let disk = Disk::default();
    seed_site(&disk, false);
    for i in 0..n {
        let section = i / 20;
        if i % 20 == 0 {
            disk.put(&format!("content/s{section}/index.md"), format!("---\ntitle: S{section}\n---\n"));
        }
        disk.put(
            &format!("content/s{section}/p{i}.md"),
            format!("---\ntitle: P{i}\n---\nText of {i}. [next](index.md)\n"),
        );
    }
    disk.put(
        "site.yaml",
        "title: G\nlanguages: [en]\ntheme: tiny\noutputs: {print: false, a_z: false, search: false}\n",
    );
    disk
}

#[test]
fn a_body_edit_redoes_one_page_whatever_the_size() {
    for n in [10, 10_000] {
        let disk = many(n);
        let mut model = model(&disk);
        replace(&disk, "content/s0/p3.md", "Text", "Words");
        model.written = 0;
        incremental(&mut model, &disk);
        assert_eq!(model.written, 1, "{n} pages");
        let counts = model.engine.take_counts();
        assert_eq!(counts, Counts { parsed: 1, assembled: 0, rendered: 1, fragments: 0 }, "{n} pages");
    }
}

#[test]
fn sitemap_and_feed_follow_what_they_say_and_nothing_else() {
    let disk = many(40);
    disk.put(
        "site.yaml",
        "title: G\nlanguages: [en]\ntheme: tiny\nbase_url: https://x.example\n\
         outputs: {print: false, a_z: false, search: false, site_map: false, tags: false}\n",
    );
    // The feed lists the thirty latest: this page stands in it, the last one does not.
    for i in 0..40 {
        let path = format!("content/s{}/p{i}.md", i / 20);
        replace(&disk, &path, "---\nText", &format!("reviewed: 2025-01-{:02}\n---\nText", 40 - i.max(9)));
    }
    let mut model = model(&disk);
    let said = |model: &Model| {
        ["sitemap.xml", "feed.xml"].map(|name| model.engine.made(&OutputPath::new(name).unwrap()).unwrap())
    };
    let mut edit = |path: &str, from: &str, to: &str| {
        let before = said(&model);
        replace(&disk, path, from, to);
        let counts = after(&mut model, &disk);
        let now = said(&model);
        (counts.rendered, [0, 1].map(|i| before[i] != now[i]))
    };
    let (latest, oldest) = ("content/s0/p3.md", "content/s1/p39.md");
    for page in [latest, oldest] {
        assert_eq!(edit(page, "Text", "Words"), (1, [false, false]), "a text, {page}");
    }
    // With these titles the pages stay in their places, which the sitemap shows.
    let (_, differ) = edit(latest, "title: P3", "title: P3 a");
    assert_eq!(differ, [false, true], "a title that the feed shows");
    let (_, differ) = edit(oldest, "title: P39", "title: P39 a");
    assert_eq!(differ, [false, false], "a title that it does not");
    let (_, differ) = edit(latest, "title: P3 a", "title: P3 a\ndescription: More");
    assert_eq!(differ, [false, true], "a description");
    let (_, differ) = edit(oldest, "reviewed: 2025-01-01", "reviewed: 2024-12-31");
    assert_eq!(differ, [true, false], "a day that only the sitemap says");
    let (_, differ) = edit(oldest, "reviewed: 2024-12-31", "reviewed: 2025-02-01");
    assert_eq!(differ, [true, true], "a day that brings the page into the feed");
    let (_, differ) = edit(latest, "description: More", "search: false");
    assert_eq!(differ, [true, true], "a page that is not to be found");
}

#[test]
fn a_body_edit_after_a_start_from_the_cache_looks_into_few_pages_whatever_the_size() {
    for n in [100, 10_000] {
        let disk = many(n);
        let mut model = model(&disk).saved_and_loaded(&disk);
        replace(&disk, "content/s0/p3.md", "Text", "Words");
        model.written = 0;
        incremental(&mut model, &disk);
        assert_eq!(model.written, 1, "{n} pages");
        let counts = model.engine.take_counts();
        assert_eq!(counts, Counts { parsed: 1, assembled: 0, rendered: 1, fragments: 0 }, "{n} pages");
        // The page, its neighbours, those above it, those that it links to; not one of the rest.
        let opened = model.engine.documents().filter(|d| d.summary.is_open()).count();
        assert!((1..=8).contains(&opened), "{opened} of {n}");
        // What is saved of it is as little: the page, what its output read, nothing of the rest.
        let edits = model.engine.save_edits().expect("the edit of one body is little");
        assert!((100..10_000).contains(&edits.len()), "{} bytes of {n}", edits.len());
        // And all is as it was when the cache is opened once more, and after a further edit.
        let mut again = model.saved_and_loaded(&disk);
        assert_eq!(compare(&again, &fresh(&disk, day(0), false)), None);
        incremental(&mut again, &disk);
        assert_eq!(again.engine.take_counts(), Counts::default(), "{n} pages");
        replace(&disk, "content/s1/p23.md", "Text", "Words");
        incremental(&mut again, &disk);
        assert_eq!(again.engine.take_counts().parsed, 1);
        let mut again = again.saved_and_loaded(&disk);
        assert_eq!(compare(&again, &fresh(&disk, day(0), false)), None);
        // What others see of a page is more than that, and so is a fragment: the cache is written anew.
        replace(&disk, "content/s1/p23.md", "title: P23", "title: Other");
        incremental(&mut again, &disk);
        assert!(again.engine.save_edits().is_none());
        let again = again.saved_and_loaded(&disk);
        assert_eq!(compare(&again, &fresh(&disk, day(0), false)), None);
    }
}

/// Pages of many words, with the search on.
fn searched(n: usize) -> Disk {
    let disk = many(n);
    let word = |i: usize| {
        let sounds = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te"];
        let of = |i: usize| sounds[i % sounds.len()];
        format!("{}{}{}", of(i), of(i / 12), of(i / 144))
    };
    for i in 0..n {
        // Few words stand on many pages, as in any language.
        let text: Vec<String> =
            (0..200).map(|k| word((i * 7919 + k * k * k * 31) % (1 + 1700 * k / 200))).collect();
        let text = text.chunks(40).map(|c| c.join(" ")).collect::<Vec<_>>().join("\n\n## Part\n\n");
        disk.put(
            &format!("content/s{}/p{i}.md", i / 20),
            format!("---\ntitle: P{i}\n---\nText of {i}. {text}\n"),
        );
    }
    disk.put("site.yaml", "title: G\nlanguages: [en]\ntheme: tiny\noutputs: {print: false, a_z: false}\n");
    disk
}

#[test]
fn a_body_edit_redoes_few_shards_and_no_page() {
    let disk = searched(400);
    let mut model = model(&disk).saved_and_loaded(&disk);
    let mut shards = 0;
    let edits = 20;
    for i in 0..edits {
        // A word for a word, as an editor mends a text.
        replace(
            &disk,
            &format!("content/s{i}/p{}.md", i * 20 + 3),
            "Text of",
            ["Words of", "Lines of"][i % 2],
        );
        model.written = 0;
        incremental(&mut model, &disk);
        let counts = model.engine.take_counts();
        assert_eq!(counts, Counts { parsed: 1, assembled: 0, rendered: 1, fragments: 0 }, "{i}");
        // The root names the shards, so it is another in any case.
        shards += model.written - 2;
    }
    assert!(shards <= 3 * edits, "{shards} shards for {edits} edits");
    assert_eq!(compare(&model, &fresh(&disk, day(0), false)), None);
    let opened = model.engine.documents().filter(|d| d.summary.is_open()).count();
    assert!(opened < 200, "{opened} of 400 pages were looked into");
}

#[test]
fn a_preview_makes_the_search_when_it_is_asked_and_follows_edits() {
    use guidepost::engine::OutputBody;
    use guidepost::source::OutputPath;
    let disk = Disk::default();
    seed_site(&disk, false);
    let mut model = Model::new(&disk, day(0), 1, 64 << 20, true);
    incremental(&mut model, &disk);
    assert!(!model.outputs.keys().any(|path| path.starts_with("search/")), "nobody has asked");
    let root = OutputPath::new("search/en.js").unwrap();
    let ask = |model: &mut Model| match model.engine.output(&root) {
        Some(OutputBody::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        other => panic!("{other:?}"),
    };
    let before = ask(&mut model);
    replace(&disk, "content/a/one.md", "An IEP", "A giraffe");
    incremental(&mut model, &disk);
    let after = ask(&mut model);
    assert_ne!(before, after);
    let all: Vec<String> =
        served(&mut model).into_values().map(|text| String::from_utf8_lossy(&text).into_owned()).collect();
    assert!(all.iter().any(|text| text.contains("giraffe") && text.starts_with("guidepostSearch(")));
    let fresh = fresh(&disk, day(0), false);
    assert_eq!(
        fresh.outputs.get("search/en.js").map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
        Some(after)
    );
}

#[test]
fn an_edit_of_a_searched_site_is_kept_as_little() {
    let disk = searched(200);
    let model = model(&disk);
    let mut model = model.saved_and_loaded(&disk);
    replace(&disk, "content/s0/p3.md", "Text of", "Words of");
    incremental(&mut model, &disk);
    let edits = model.engine.save_edits().expect("the edit of one body is little");
    assert!(edits.len() < 10_000, "{} bytes", edits.len());
    let mut again = model.saved_and_loaded(&disk);
    assert_eq!(compare(&again, &fresh(&disk, day(0), false)), None);
    incremental(&mut again, &disk);
    assert_eq!(again.engine.take_counts(), Counts::default());
}

#[test]
fn an_edit_taken_back_in_a_later_run_is_an_edit() {
    let disk = many(40);
    let mut model = model(&disk).saved_and_loaded(&disk);
    replace(&disk, "content/s0/p3.md", "Text", "Words");
    incremental(&mut model, &disk);
    assert!(model.engine.save_edits().is_some());
    let mut model = model.saved_and_loaded(&disk);
    replace(&disk, "content/s0/p3.md", "Words", "Text");
    assert_eq!(after(&mut model, &disk).rendered, 1);
}

#[test]
fn many_edits_are_not_little() {
    let disk = many(100);
    let mut model = model(&disk).saved_and_loaded(&disk);
    for i in 0..17 {
        assert!(model.engine.save_edits().is_some(), "{i}");
        replace(&disk, &format!("content/s{}/p{i}.md", i / 20), "Text", "Words");
        incremental(&mut model, &disk);
    }
    assert!(model.engine.save_edits().is_none());
}

#[test]
fn saving_without_a_change_redoes_nothing() {
    let disk = many(40);
    let mut model = model(&disk);
    model.written = 0;
    incremental(&mut model, &disk);
    assert_eq!(model.engine.take_counts(), Counts::default());
    assert_eq!(model.written, 0);
}

#[test]
fn a_title_edit_redoes_its_section_lists_and_linkers() {
    let disk = many(100);
    let mut model = model(&disk);
    replace(&disk, "content/s2/p45.md", "title: P45", "title: Renamed");
    let counts = after(&mut model, &disk);
    // The 20 pages of its section and the section page (their menu names it), the pages before and after it in reading
    // order, which may lie in the sections beside, and the site map, which names every page.
    assert_eq!((counts.parsed, counts.assembled), (1, 1));
    assert!((21..=24).contains(&counts.rendered), "{counts:?}");
}

#[test]
fn a_link_that_leads_nowhere_costs_an_edit_only_what_it_could_mean() {
    let disk = many(100);
    for i in 0..100 {
        replace(
            &disk,
            &format!("content/s{}/p{i}.md", i / 20),
            "Text",
            &format!("[gone](../s9/pp{i}.md) Text"),
        );
    }
    replace(&disk, "content/s1/p21.md", "Text", "[x](../terms.md#grap) Text");
    let mut model = model(&disk);
    // Titles, texts and tags name no file.
    replace(&disk, "content/s2/p45.md", "title: P45", "title: Renamed\ntags: [x]");
    let counts = after(&mut model, &disk);
    assert!(counts.rendered < 32, "{counts:?}");
    replace(&disk, "content/terms.md", "How a hand holds.", "How hands hold.");
    let counts = after(&mut model, &disk);
    assert!(counts.rendered <= 4, "{counts:?}");
    // A heading, for who looks for one of that page.
    replace(&disk, "content/terms.md", "Intro.", "Intro.\n\n# Grape {#grape}\n");
    let counts = after(&mut model, &disk);
    assert!(counts.rendered <= 8, "{counts:?}");
    // A page that is new may be the one that all of them mean.
    disk.put("content/s9/pp7x.md", "---\ntitle: New\n---\n");
    assert!(after(&mut model, &disk).rendered >= 100);
}

#[test]
fn a_term_edit_redoes_its_users() {
    let disk = many(100);
    replace(&disk, "content/s1/p21.md", "Text", "The grasp");
    let mut model = model(&disk);
    replace(&disk, "content/terms.md", "How a hand holds.", "How hands hold.");
    let counts = after(&mut model, &disk);
    // The glossary page; p21, one.md, two.md (they use it); not one of the other hundred pages.
    assert!(counts.rendered <= 4, "{counts:?}");
    assert!(counts.rendered >= 3, "{counts:?}");
}

#[test]
fn a_new_term_redoes_the_pages_with_its_word() {
    let disk = many(100);
    replace(&disk, "content/s1/p21.md", "Text", "A rareword");
    let mut model = model(&disk);
    let text = disk.get("content/terms.md").unwrap();
    disk.put("content/terms.md", text + "\n## Rareword {#rare}\n\nSeldom.\n");
    let counts = after(&mut model, &disk);
    assert!(counts.rendered <= 4, "{counts:?}");
}

#[test]
fn a_stylesheet_edit_redoes_no_page_in_serve() {
    let disk = many(40);
    let mut model = Model::new(&disk, day(0), 1, 64 << 20, true);
    incremental(&mut model, &disk);
    model.engine.take_counts();
    disk.put("themes/ground/assets/style.css", "a{color:red}");
    incremental(&mut model, &disk);
    assert_eq!(model.engine.take_counts().rendered, 1, "the stylesheet alone");
}

#[test]
fn an_asset_that_nothing_names_renames_nothing() {
    let disk = many(40);
    let mut model = model(&disk);
    disk.put("assets/unused.woff2", "font");
    let counts = after(&mut model, &disk);
    assert_eq!((counts.rendered, counts.fragments), (1, 0), "the file alone");
    // What a stylesheet names, all the way down, renames it, and pages follow; other stylesheets do not.
    disk.put("assets/outer.css", "@import \"inner.css\";");
    disk.put("assets/inner.css", "a{background:url(deep.svg)}");
    disk.put("assets/deep.svg", "<svg/>");
    let counts = after(&mut model, &disk);
    assert_eq!((counts.rendered, counts.fragments), (3, 2), "the three files");
    disk.put("assets/deep.svg", "<svg><path/></svg>");
    let counts = after(&mut model, &disk);
    assert_eq!((counts.rendered, counts.fragments), (3, 2), "the three files, under other names");
    disk.put("themes/ground/assets/dot.svg", "<svg><path d=\"M9 9\"/></svg>");
    let counts = after(&mut model, &disk);
    assert_eq!(counts.fragments, 1, "the stylesheet that shows it");
    assert!(counts.rendered > 40, "every page names that: {counts:?}");
}

#[test]
fn a_component_edit_redoes_only_its_users() {
    let disk = many(40);
    let mut model = model(&disk);
    replace(&disk, "themes/ground/templates/components/box.html", "<div>", "<div class=\"b\">");
    let counts = after(&mut model, &disk);
    assert_eq!(counts.rendered, 1, "two.md alone has a box");
}

#[test]
fn on_demand_gives_what_a_build_writes() {
    let disk = Disk::default();
    seed_site(&disk, true);
    let mut on_demand = Model::new(&disk, day(0), 1, 0, false);
    let built = fresh(&disk, day(0), false);
    // Apply only; everything is made when it is asked for.
    let files = disk.paths(|_| true);
    let changes = files.iter().map(|p| super::site_change(&disk, p)).collect();
    on_demand.engine.apply(changes);
    assert_eq!(served(&mut on_demand), built.outputs);
    assert_eq!(on_demand.engine.diagnostics(), built.engine.diagnostics());
}

#[test]
fn a_menu_that_no_page_shows_any_more_is_no_problem() {
    let disk = Disk::default();
    seed_site(&disk, false);
    let mut model = model(&disk);
    // The theme has no templates of its own then but one, so no page calls for a menu.
    disk.put("themes/tiny/theme.yaml", "title: Alone\n");
    after(&mut model, &disk);
    disk.put("themes/tiny/theme.yaml", "title: Tiny\nextends: ground\n");
    after(&mut model, &disk);
}

#[test]
fn a_heading_of_a_component_redoes_those_who_link_to_it() {
    let disk = many(40);
    let component = "themes/tiny/templates/components/titled.html";
    disk.put(
        component,
        "{% component titled(id) %}<h2 id=\"{{ id }}\">T</h2>{{ body }}{% endcomponent titled %}",
    );
    let (page, link) = ("content/s0/p3.md", "content/s1/p25.md");
    disk.put(page, "---\ntitle: P3\n---\nText.\n\n:::titled id=\"far\"\n:::\n");
    disk.put(link, "---\ntitle: P25\n---\n[far](../s0/p3.md#far)\n");
    let mut model = model(&disk);
    let links =
        |model: &Model| String::from_utf8_lossy(&model.outputs["s1/p25.html"]).contains("s0/p3.html#far");
    assert!(links(&model));
    replace(&disk, page, "Text", "Words");
    let counts = after(&mut model, &disk);
    assert_eq!(counts, Counts { parsed: 1, assembled: 0, rendered: 1, fragments: 1 });
    replace(&disk, page, "far", "near");
    let counts = after(&mut model, &disk);
    assert_eq!(counts, Counts { parsed: 1, assembled: 0, rendered: 2, fragments: 1 });
    let mut model = model.saved_and_loaded(&disk);
    replace(&disk, component, "{{ id }}\"", "{{ id | replace(from='near', to='far') }}\"");
    let counts = after(&mut model, &disk);
    assert_eq!(counts, Counts { parsed: 0, assembled: 0, rendered: 2, fragments: 1 });
    assert!(links(&model));
    disk.remove(page);
    after(&mut model, &disk);
}

#[test]
fn a_new_link_redoes_the_page_that_it_leads_to_where_a_template_asks() {
    let disk = many(40);
    let (page, template) = ("content/s0/p3.md", "themes/tiny/templates/page.html");
    let mut model = model(&disk);
    // Nobody asks: where a link leads is nobody else's matter.
    replace(&disk, page, "Text", "[five](p5.md) Text");
    let counts = after(&mut model, &disk);
    assert_eq!(counts, Counts { parsed: 1, assembled: 0, rendered: 1, fragments: 0 });
    replace(&disk, template, "tiny", "{% for b in backlinks() %}{{ b.title }} {{ b.excerpt }}{% endfor %}");
    after(&mut model, &disk);
    let mut model = model.saved_and_loaded(&disk);
    replace(&disk, page, "Text", "[four](p4.md) Text");
    let counts = after(&mut model, &disk);
    // The page, the one that it leads to, and the fifth, which shows its first words.
    assert_eq!(counts, Counts { parsed: 1, assembled: 1, rendered: 3, fragments: 0 });
    replace(&disk, page, "(p4.md)", "(p6.md)");
    let counts = after(&mut model, &disk);
    assert_eq!(counts, Counts { parsed: 1, assembled: 1, rendered: 4, fragments: 0 });
    replace(&disk, page, "title: P3", "title: Third");
    after(&mut model, &disk);
    disk.remove(page);
    after(&mut model, &disk);
}
