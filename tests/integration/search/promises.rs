//! What the manual promises of the search, each promise on the smallest site that can break it.

use super::asked::Asked;
use guidepost::search::Found;
use std::collections::BTreeMap;

/// The kinds of the theme, in which terms have other names.
const KINDS: [(&str, &str); 2] = [
    ("themes/parent-guide/theme.yaml", include_str!("../../../themes/parent-guide/theme.yaml")),
    ("themes/parent-guide/kinds.yaml", include_str!("../../../themes/parent-guide/kinds.yaml")),
];

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n{text}\n")
}

/// The addresses that are found for a query, best first.
fn found(site: &Asked, query: &str) -> Vec<String> {
    site.find("en", query).into_iter().map(|Found { address, .. }| address).collect()
}

#[test]
fn accents_may_be_left_out_and_the_exact_form_comes_first() {
    let site = Asked::new(&[
        ("content/accent.md", &page("Año", "Texto.")),
        ("content/plain.md", &page("Ano", "Text.")),
        ("content/other.md", &page("Other", "Text.")),
    ]);
    assert_eq!(found(&site, "año"), ["accent.html", "plain.html"]);
    let mut both = found(&site, "ano");
    both.sort();
    assert_eq!(both, ["accent.html", "plain.html"]);
    assert_eq!(found(&site, "AÑO"), ["accent.html", "plain.html"]);
    // Not because of the order of the pages: the names of the files are exchanged.
    let other = Asked::new(&[
        ("content/plain.md", &page("Año", "Texto.")),
        ("content/accent.md", &page("Ano", "Text.")),
    ]);
    assert_eq!(found(&other, "año"), ["plain.html", "accent.html"]);
    // Arabic with and without vowel signs; letters that are no letter and an accent.
    let site = Asked::new(&[("content/a.md", &page("أُسْرَة", "x")), ("content/b.md", &page("Łódź", "x"))]);
    assert_eq!((found(&site, "اسره"), found(&site, "lodz")), (vec!["a.html".into()], vec!["b.html".into()]));
}

#[test]
fn other_names_of_entries_and_pages_are_found() {
    let terms = "---\ntitle: Words\nentries: term\nentry_level: 2\n---\n\n## Pencil grasp {#grasp}\n- Also called: tripod\n- Also links: claw\n\nHow a hand holds.\n\n## Other {#other}\n\nText.\n";
    let summer = "---\ntitle: When school is out\nsearch_words: [vacation, July]\n---\nText.\n";
    let site = Asked::new(&[KINDS[0], KINDS[1], ("content/terms.md", terms), ("content/summer.md", summer)]);
    for (query, address) in [
        ("tripod", "terms.html#grasp"),
        ("claw", "terms.html#grasp"),
        ("vacation", "summer.html"),
        ("july", "summer.html"),
    ] {
        assert_eq!(found(&site, query), [address], "{query}");
    }
}

#[test]
fn names_of_the_other_languages_lead_to_the_entry() {
    let en =
        "---\ntitle: Words\nentries: term\nentry_level: 2\n---\n\n## Occupational therapy {#ot}\n\nHelp.\n";
    let es = "---\ntitle: Palabras\nentries: term\nentry_level: 2\n---\n\n## Terapia ocupacional {#ot}\n\nAyuda.\n";
    let site = Asked::new(&[
        KINDS[0],
        KINDS[1],
        ("site.yaml", "title: T\nlanguages: [en, es]\n"),
        ("content/terms.md", en),
        ("content/es/terms.md", es),
    ]);
    assert_eq!(found(&site, "terapia ocupacional"), ["terms.html#ot"]);
    let there: Vec<String> = site.find("es", "therapy").into_iter().map(|found| found.address).collect();
    assert_eq!(there, ["es/terms.html#ot"]);
    // What is only in the text of another language is not found here.
    assert!(found(&site, "ayuda").is_empty());
}

#[test]
fn pages_may_be_left_out_or_count_more() {
    let with = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\nThe zebra stands here.\n");
    let site = Asked::new(&[
        ("content/a.md", &with("One", "")),
        ("content/b.md", &with("Two", "search: false\n")),
        ("content/c.md", &with("Three", "hidden: true\n")),
        ("content/d.md", &with("Four", "boost: 2\n")),
        ("content/e.md", &with("Five", "draft: true\n")),
        ("content/f.md", &with("Six", "boost: 0.5\n")),
    ]);
    assert_eq!(found(&site, "zebra"), ["d.html", "a.html", "f.html"]);
    let off = Asked::new(&[
        ("site.yaml", "title: T\nlanguages: [en]\noutputs: {search: false}\n"),
        ("content/a.md", &with("One", "")),
    ]);
    assert!(off.files().is_empty());
}

#[test]
fn acronyms_are_found_with_and_without_their_hyphen() {
    let site = Asked::new(&[
        ("content/a.md", &page("BOT-3", "A test.")),
        ("content/b.md", &page("The robot", "It has 3 arms.")),
        ("content/c.md", &page("WeeFIM", "Another.")),
    ]);
    for query in ["bot-3", "BOT-3", "bot3", "bot 3", "BOT‑3"] {
        assert_eq!(found(&site, query).first().map(String::as_str), Some("a.html"), "{query}");
    }
    assert_eq!(found(&site, "weefim"), ["c.html"]);
}

#[test]
fn scripts_without_spaces_are_found_by_what_stands_in_a_sentence() {
    let site = Asked::new(&[
        ("content/a.md", &page("作業療法について", "学校の先生に聞いてください。")),
        ("content/b.md", &page("その他", "本。")),
        ("content/c.md", &page("โรงเรียน", "ครูอยู่ที่โรงเรียน")),
    ]);
    for (query, first) in
        [("作業療法", "a.html"), ("先生", "a.html"), ("療法", "a.html"), ("本", "b.html"), ("เรียน", "c.html")]
    {
        assert_eq!(found(&site, query).first().map(String::as_str), Some(first), "{query}");
    }
    assert!(!found(&site, "学校").contains(&"b.html".to_owned()));
}

#[test]
fn words_that_say_little_do_not_drown_a_question() {
    let many: Vec<(String, String)> = (0..12)
        .map(|n| {
            let text = "What does my child do when they do it? What is it for, and who is it?";
            (format!("content/p{n}.md"), page(&format!("What is it for my child {n}"), text))
        })
        .collect();
    let mut pages: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, &**text)).collect();
    let scissors = page("Cutting", "Which scissors to buy.");
    pages.push(("content/scissors.md", &scissors));
    let site = Asked::new(&pages);
    let question = "what is it that my child does when they do it with scissors";
    assert_eq!(found(&site, question).first().map(String::as_str), Some("scissors.html"));
    // A title may be made of them.
    assert_eq!(found(&site, "what is it").first().map(|found| found.starts_with('p')), Some(true));
}

#[test]
fn wrong_letters_count_only_when_nothing_is_found() {
    let site = Asked::new(&[
        ("content/a.md", &page("Scissors", "Cut along a line.")),
        ("content/b.md", &page("Occupational therapy", "Help at school.")),
        ("content/c.md", &page("Lines", "A lime is a fruit.")),
    ]);
    for (typed, first) in
        [("sisors", "a.html"), ("ocupashunal", "b.html"), ("scisosrs", "a.html"), ("therapi", "b.html")]
    {
        assert_eq!(found(&site, typed).first().map(String::as_str), Some(first), "{typed}");
    }
    // Lime is a word of the site: lines are not meant, though they are a letter away.
    assert_eq!(found(&site, "lime"), ["c.html"]);
    let told = site.answer("en", "lime");
    assert!(told.instead.is_empty() && !told.help, "{told:?}");
    assert!(!site.answer("en", "sisors").instead.is_empty());
    assert!(found(&site, "xylophone").is_empty());
}

#[test]
fn a_place_is_told_once_and_a_page_not_too_often() {
    let place = |n: usize| format!("## Zebra {n} {{#z{n}}}\n\nThe zebra of {n}, a zebra.\n\n");
    let whole: String = (0..12).map(place).collect();
    let site = Asked::new(&[
        (
            "content/zebra.md",
            &format!("---\ntitle: Zebra\ndescription: All on the zebra.\n---\nZebra, zebras.\n\n{whole}"),
        ),
        ("content/other.md", &page("Elsewhere", "A zebra.")),
    ]);
    let all = site.find("en", "zebra");
    assert_eq!(all[0].address, "zebra.html");
    let mut addresses: Vec<&str> = all.iter().map(|found| found.address.as_str()).collect();
    assert!(addresses.contains(&"other.html"), "{addresses:?}");
    assert!(
        addresses.iter().filter(|address| address.starts_with("zebra.html")).count() <= 5,
        "{addresses:?}"
    );
    let count = addresses.len();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), count, "each place once");
}

#[test]
fn the_same_pages_give_the_same_files() {
    let pages: Vec<(String, String)> = (0..60)
        .map(|n| {
            let words: Vec<String> = (0..40).map(|k| format!("w{}x", n * (k + 3) % 97)).collect();
            (format!("content/s{}/p{n}.md", n % 7), page(&format!("Page {n}"), &words.join(" ")))
        })
        .collect();
    let of = |list: &[(String, String)], threads: usize| {
        let pages: Vec<(&str, &str)> = list.iter().map(|(path, text)| (&**path, &**text)).collect();
        Asked::with_threads(&pages, threads).files().clone()
    };
    let one = of(&pages, 1);
    assert!(one.len() > 4, "{:?}", one.keys());
    let mut turned = pages.clone();
    turned.reverse();
    assert!(one == of(&turned, 3), "other numbers of words, same files");
}

#[test]
fn each_of_thousands_of_headings_is_found_at_its_place() {
    let text: String = (0..3_000).map(|n| format!("## Heading w{n}x\n\n")).collect();
    let site = Asked::new(&[("content/many.md", &page("Many", &text))]);
    for n in (0..3_000).step_by(37).chain([2_999]) {
        assert_eq!(found(&site, &format!("w{n}x")), [format!("many.html#heading-w{n}x")]);
    }
}

#[test]
fn a_page_that_comes_moves_the_numbers_of_few() {
    let word = |n: usize| format!("ba{}ce{}di", n % 23, n % 31);
    let text = |n: usize| (0..60).map(|k| word(n * 17 + k * k)).collect::<Vec<_>>().join(" ");
    let pages: Vec<(String, String)> =
        (0..300).map(|n| (format!("content/p{n}.md"), page(&format!("Page {n}"), &text(n)))).collect();
    let files = |list: &[(String, String)]| {
        let pages: Vec<(&str, &str)> = list.iter().map(|(path, text)| (&**path, &**text)).collect();
        Asked::new(&pages).files().clone()
    };
    let before = files(&pages);
    // The numbers of pages, by their addresses; and the block of each.
    let numbers = |files: &BTreeMap<String, String>| {
        let blocks = files.iter().filter_map(|(name, text)| Some((name.strip_prefix("en/d")?, text)));
        let lines = blocks.flat_map(|(name, text)| text.lines().map(move |line| (name, line)));
        let pages = lines.filter_map(|(name, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [_, number, _, address, _, _] = cells[..] else { return None };
            Some((address.to_owned(), (number.to_owned(), name.split('-').next()?.to_owned())))
        });
        pages.collect::<BTreeMap<_, _>>()
    };
    let old = numbers(&before);
    // Between all others by its path, with few words; and with the highest number of its block, so that no number moves at all.
    let come = |n: usize| {
        let mut more = pages.clone();
        more.push((format!("content/p15x{n}.md"), page("Page 15x", "Giraffe.")));
        let after = files(&more);
        let new = numbers(&after);
        let stays = old.iter().all(|(page, number)| new[page] == *number);
        (format!("p15x{n}.html"), after, new, stays)
    };
    let (name, after, new, _) = (0..40).map(come).find(|(.., stays)| *stays).unwrap();
    let (_, own) = &new[&name];
    assert!(old.len() >= 300 && new.len() == old.len() + 1, "{} of {}", old.len(), new.len());
    let others: Vec<&String> = old.keys().filter(|page| new[*page].1 != *own).collect();
    assert!(others.len() > 200, "{} of {}", others.len(), old.len());
    assert!(others.iter().all(|page| new[*page] == old[*page]), "numbers of other blocks stay");
    // What stands in the root about all pages is rounded, and in no other file: three words came, and the sound of one.
    let new = |sort: &str| {
        let is_new =
            |(name, text): &(&String, &String)| name.contains(sort) && before.get(*name) != Some(text);
        after.iter().filter(is_new).count()
    };
    assert_eq!((new("/d"), new("/s")), (1, 1));
    assert!((1..=3).contains(&new("/t")), "{}", new("/t"));
    let head = |files: &BTreeMap<String, String>| files["en"].lines().next().map(str::to_owned);
    assert_eq!(head(&before), head(&after));
}

#[test]
fn what_readers_see_is_found_and_nothing_else() {
    let all = "---\ntitle: Things\ndescription: An aardvark in a few words.\ntags: [badger]\n---\n\
        Some *camel* and [dromedary](https://elephant.example \"Ferret\"), `gazelle()`.[^1]\n\n\
        > A hamster.\n\n1. An iguana\n   - A jackal\n\n| Koala | B |\n|---|---|\n| Lemur | 1 |\n\n\
        ![A meerkat](narwhal.svg)\n\n:::safety\nNo ocelot.\n:::\n\n<!-- panda -->\n\n```quokka\nraccoon\n```\n\n\
        ## The salamander {#tapir}\n\nA urial\\\nand vicuna.\n\n[^1]: The walrus.\n";
    let site = Asked::new(&[KINDS[0], KINDS[1], ("content/all.md", all), ("content/b.md", &page("B", "C."))]);
    for word in [
        "aardvark",
        "badger",
        "camel",
        "dromedary",
        "gazelle",
        "hamster",
        "iguana",
        "jackal",
        "koala",
        "lemur",
        "meerkat",
        "ocelot",
    ] {
        assert_eq!(found(&site, word).first().map(String::as_str), Some("all.html"), "{word}");
    }
    for word in ["salamander", "urial", "vicuna"] {
        assert_eq!(found(&site, word).first().map(String::as_str), Some("all.html#tapir"), "{word}");
    }
    assert_eq!(found(&site, "walrus").len(), 1, "a footnote is a part of its page");
    // Addresses, names of files, comments, code blocks, and what themes write around a page.
    for word in [
        "elephant", "narwhal", "panda", "quokka", "raccoon", "tapir", "safety", "section", "heading",
        "anchor",
    ] {
        let told: Vec<String> = site.answer("en", word).missing;
        assert_eq!(told, [word], "{word}");
    }
}

#[test]
fn a_letter_alone_asks_no_shard() {
    let site = Asked::new(&[("content/a.md", &page("Apples and ants", "A b c."))]);
    assert_eq!(site.asked("en", "a"), ["en"]);
    assert_eq!(site.asked("en", "b"), ["en"]);
    let two = site.asked("en", "ap");
    assert!(two.len() > 1 && two.iter().any(|name| name.starts_with("en/t")), "{two:?}");
}

#[test]
fn a_long_question_is_cut() {
    let site = Asked::new(&[("content/a.md", &page("Scissors", "They cut paper."))]);
    let long = |between: usize| format!("paper{}scissors", " ".repeat(between));
    assert_eq!(site.answer("en", &long(180)).words, ["paper", "scissors"]);
    assert_eq!(site.answer("en", &long(200)).words, ["paper"]);
    let words: Vec<String> = (0..40).map(|n| format!("w{n}x")).collect();
    assert_eq!(site.answer("en", &words.join(" ")).words.len(), 12);
    assert_eq!(site.answer("en", &"scissors".repeat(63)).words, ["scissors".repeat(5)]);
}

#[test]
fn a_site_without_its_shards_finds_nothing_and_says_so() {
    use guidepost::search::{Search, text};
    let site = Asked::new(&[("content/a.md", &page("Scissors", "They cut."))]);
    let root = |name: &str| site.files().get(name).filter(|_| name == "en").map(|script| text(script));
    let answer = Search::open("en", &root).and_then(|search| search.find("scissors", true, 10)).unwrap();
    assert!(answer.results.is_empty() && answer.help, "{answer:?}");
    assert!(Search::open("en", &|_| None).is_none());
}

#[test]
fn signs_of_scripts_and_markup_in_titles_are_plain_text() {
    let odd =
        ["`${alert(1)}`", "</script><b>x</b>", "C:\\\\new \\\\`", "a\u{2028}b \u{2029}c", "&lt;i&gt; &amp;"];
    let titles: Vec<String> = odd.iter().map(|title| format!("Zebra {title}")).collect();
    let pages: Vec<(String, String)> = titles
        .iter()
        .enumerate()
        .map(|(n, title)| {
            (
                format!("content/p{n}.md"),
                format!("---\ntitle: {}\n---\nText.\n", serde_json::to_string(title).unwrap()),
            )
        })
        .collect();
    let list: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (&**path, &**text)).collect();
    let site = Asked::new(&list);
    let mut told: Vec<String> = site.find("en", "zebra").into_iter().map(|found| found.title).collect();
    let mut meant: Vec<String> =
        titles.iter().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    told.sort();
    meant.sort();
    assert_eq!(told, meant);
    // A browser reads the same out of the scripts.
    let files =
        site.files().iter().map(|(name, text)| (format!("search/{name}.js"), text.clone().into_bytes()));
    let Some(read) = super::ask(files, &[("en".into(), "zebra".into(), true)]) else { return };
    let titles = read[0]["titles"].as_array().unwrap().iter().map(|title| title.as_str().unwrap().to_owned());
    let mut titles: Vec<String> = titles.collect();
    titles.sort();
    assert_eq!(titles, meant);
}

#[test]
fn files_of_the_search_count_where_a_host_takes_so_many() {
    use guidepost::source::{Asset, Change, Fingerprint, SourcePath};
    let settings =
        "title: T\ntheme: tiny\nlanguages: [en]\nhosts: [cloudflare]\nbase_url: https://example.org\n";
    let mut site = Asked::new(&[
        ("themes/tiny/theme.yaml", "title: Tiny\n"),
        ("site.yaml", settings),
        ("content/a.md", &page("A", "Some words.")),
    ]);
    let add = |site: &mut Asked, from: usize, to: usize| {
        let asset = |n: usize| Asset {
            path: SourcePath::new(&format!("assets/f{n}.woff2")).unwrap(),
            size: 4,
            fingerprint: Fingerprint::of(&n.to_le_bytes()),
            dimensions: None,
            picture: None,
        };
        site.engine().apply((from..to).map(|n| Change::SetAsset(asset(n))).collect());
        let told = site.engine().problems();
        let all: Vec<String> = told.into_iter().map(|problem| problem.message).collect();
        all.into_iter().find(|message| message.contains("20,000 at most"))
    };
    let (search, first) = (site.files().len(), site.engine().plan().jobs.len());
    assert!(search > 3 && first > search, "{search} of {first}");
    let room = 20_000 - first;
    assert_eq!(add(&mut site, 0, room), None);
    assert_eq!(site.engine().plan().jobs.len(), 20_000);
    let told = add(&mut site, room, room + 1);
    assert_eq!(site.engine().plan().jobs.len(), 20_001);
    assert_eq!(
        told.as_deref(),
        Some("Cloudflare: The site has 20001 files, and Cloudflare takes 20,000 at most.")
    );
}
