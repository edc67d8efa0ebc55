//! Random edits: everything an editor, a theme author or an administrator may do to a file.

use super::site::{Disk, day};
use guidepost::document::{ParseOptions, parse};
use guidepost::schema::Kinds;
use guidepost::source::{Source, SourcePath};
use jiff::civil::Date;

/// A small generator (SplitMix64), so that a seed gives the same script for ever.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Rng(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

fn page(rng: &mut Rng, disk: &Disk) -> Option<String> {
    let pages = disk.paths(|p| p.starts_with("content/") && p.ends_with(".md"));
    if pages.is_empty() { None } else { Some(pages[rng.below(pages.len())].clone()) }
}

/// Replaces a front matter line, or adds it.
fn set_key(text: &str, key: &str, value: Option<&str>) -> String {
    let mut out = Vec::new();
    let mut done = value.is_none();
    for (i, line) in text.lines().enumerate() {
        if line.starts_with(&format!("{key}:")) {
            if let (Some(value), false) = (value, done) {
                out.push(format!("{key}: {value}"));
                done = true;
            }
            continue;
        }
        out.push(line.to_string());
        if i == 0 && !done {
            out.push(format!("{key}: {}", value.unwrap_or_default()));
            done = true;
            // The old line, further down, is dropped above.
            continue;
        }
    }
    let mut seen = false;
    out.retain(|l| {
        let own = l.starts_with(&format!("{key}:"));
        let keep = !own || !seen;
        seen |= own;
        keep
    });
    out.join("\n") + "\n"
}

const SENTENCES: &[&str] = &[
    "An IEP helps.",
    "The grasps differ.",
    "Ask the team.",
    "See [one](one.md).",
    "[gone](nowhere.md)",
    "[t](two.md#t)",
    "[x](two.md#missing)",
    "![p](p.png)",
    "![q](q.png)",
    ":::box\nboxed IEP\n:::",
    ":::bxo\nboxed\n:::",
    "## New part",
    "[](../terms.md)",
    "A newword appears.",
    "[thing](../b/thing.md)",
    "> [!NOTE]\n> noted",
    "<b>raw</b>",
    "education program",
    "[s](../b/)",
    "[file](p.png)",
    "An A+ for AT&T’s nin\u{303}o.",
    "Our #1 goal,\na 504\u{a0}plan.",
    "他的个别化教育计划。",
    "Parents' rights, M.D., fine, motor",
    "Call {contact.phone} in {year} for {district}, {yeer}.",
    ":::table data=\"rows.csv\" sort=name\n:::",
    "[call]({contact.phone}) `{year}`\n\n## Of {year}",
];

/// Entries of the glossary whose names are no plain words: they begin or end with a sign, or their script has no spaces.
const TERMS: &[&str] = &[
    "\n## A+ {#a-plus}\n\nA grade.\n",
    "\n## AT&T {#att}\n- Also called: #1 goal\n\nA name.\n",
    "\n## 教育 {#jy}\n\n个别化教育计划。\n",
    "\n## 个别化教育计划 {#jh}\n- Also called: niño\n\n计划。\n",
    "\n## Parents’ rights {#pr}\n- Also called: 504 plan\n\nOf an M.D.\n",
    "\n## Doctor (M.D.) {#md}\n- Also called: motor\n\nA doctor.\n",
];

/// What pages name in braces, and notices, in the settings.
fn settings_words(rng: &mut Rng, disk: &Disk) -> String {
    let text = disk.get("site.yaml").unwrap_or_default();
    let own = ["contact:", "values:", "notice:", "tags:", "number_prefixes:"];
    let kept: Vec<&str> = text.lines().filter(|line| !own.iter().any(|key| line.starts_with(key))).collect();
    let lines = rng.pick(&[
        "contact: {phone: 555-0100}",
        "contact: {phone: 555-7777}\nvalues: {year: 2026-27}",
        "values: {year: {en: the IEP year, es: el año}}",
        "notice: {text: Closed., from: 2026-11-22, until: 2026-11-23}",
        "notice: {text: {en: Open., es: Abierto.}, until: 2026-11-22}\nvalues: {year: one}",
        "notice: 'See [one](a/one.md#part) in {year}, [](a/two.md), [gone](nowhere.md).'\nvalues: {year: one}",
        "notice: {en: '[The file](f/form.pdf)', es: '[Dos](a/two.md#t) {yeer}'}\nvalues: {year: one}",
        "tags: {x: {en: Letter, es: Letra}, y: {label: {en: Word}, description: About words.}}",
        "tags: {z: {en: Y, es: X}}\nnumber_prefixes: true",
        "",
    ]);
    disk.put("site.yaml", format!("{}\n{lines}\n", kept.join("\n")));
    format!("settings {lines:?}")
}

/// Folders without a page, with a README, with numbers before names, or with a page beside them.
fn folders(rng: &mut Rng, disk: &Disk) -> String {
    let path = rng.pick(&[
        "a/README.md",
        "b/readme.md",
        "b/deep.md",
        "b/deep/index.md",
        "b/deep/README.md",
        "c/d/late-bus.md",
        "02_forms/01-one.md",
        "02_forms/README.md",
        "forms/one.md",
        "es/02_forms/01-one.md",
        "es/c/d/solo.md",
        "03-forms/02-two.md",
    ]);
    let path = format!("content/{path}");
    if disk.get(&path).is_some() {
        disk.remove(&path);
        return format!("remove {path}");
    }
    let rest = rng.pick(&["", "hidden: true\n", "draft: true\n", "member_kind: thing\n", "order: 3\n"]);
    let link = rng.pick(&["02_forms/", "forms/one.md", "02_forms/01-one.md", "c/d", "b/deep/", "b/deep.md"]);
    disk.put(&path, format!("---\ntitle: In a folder\n{rest}---\nText of an IEP. [x](/{link})\n"));
    format!("put {path}, {rest:?}, {link}")
}

/// What a section gives to the pages below it, and a page that says it by itself.
fn cascade(rng: &mut Rng, disk: &Disk) -> String {
    let path = rng.pick(&[
        "content/a/index.md",
        "content/b/index.md",
        "content/b/deep/index.md",
        "content/es/a/index.md",
        "content/index.md",
        "content/c/d/README.md",
    ]);
    let given = rng.pick(&[
        "{owner: Office}",
        "{owner: Office, review_every: 30 days, reviewed: 2026-10-22}",
        "{review_every: 1 year, reviewed: 2025-11-21}",
        "{color: red}",
        "{color: pink}",
        "{colour: red}",
        "{color: blue, owner: Ana}",
        "[owner]",
    ]);
    if rng.chance(4) {
        let own = [("owner", "Own"), ("color", "blue"), ("color", ""), ("reviewed", "2026-11-20")];
        let (name, value) = own[rng.below(own.len())];
        return key(rng, disk, name, &[value]);
    }
    let text = disk.get(path).unwrap_or_else(|| "---\ntitle: Came\n---\nText.\n".into());
    let given = (!rng.chance(5)).then_some(given);
    disk.put(path, set_key(&text, "cascade", given));
    format!("{path}: cascade {given:?}")
}

/// Makes one random edit. Gives what it did, and the date if time went on.
pub fn edit(rng: &mut Rng, disk: &Disk, date: Date) -> (String, Option<Date>) {
    let kind = rng.below(45);
    let did = match kind {
        0..=3 => body(rng, disk),
        4 => change_page(rng, disk, |rng, text| {
            let lines: Vec<&str> = text.lines().collect();
            let drop = rng.below(lines.len().max(1));
            lines
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != drop)
                .map(|(_, l)| *l)
                .collect::<Vec<_>>()
                .join("\n")
        }),
        5 | 6 => {
            key(rng, disk, "title", &["One", "Zeta", "Álamo", "\"Quoted: yes\"", "Home", "Fees: broken", ""])
        }
        7 => key(rng, disk, "order", &["1", "5", "-2", "x"]),
        8 => key(rng, disk, "kind", &["page", "thing", "nothing"]),
        9 => key(rng, disk, "tags", &["[x]", "[y, z]", "[]", "[X]", "word"]),
        10 => key(rng, disk, "hidden", &["true", "false"]),
        11 => key(rng, disk, "draft", &["true", "false", "\"yes\""]),
        12 => key(rng, disk, "nav_title", &["Short", "Shorter"]),
        13 => key(rng, disk, "description", &["Some words.", "Other words."]),
        14 => key(
            rng,
            disk,
            "aliases",
            &["[old/one.html]", "[old/two.html, x/]", "[a/one.html]", "[\"../out\"]"],
        ),
        15 => key(rng, disk, "publish", &["2026-11-21", "2026-11-23", "2020-01-01", "soon"]),
        16 => key(rng, disk, "member_kind", &["thing", "page"]),
        17 => key(rng, disk, "glossary", &["true", "false"]),
        39 | 40 => folders(rng, disk),
        41 => settings_words(rng, disk),
        43 | 44 => cascade(rng, disk),
        42 => {
            let rows = ["name,web\nOak,www.oak.org\nElm,\n", "name,n\nA,2\n", "nmae\nx\n", ""];
            match rows.get(rng.below(rows.len())) {
                Some(&"") | None => disk.remove("data/rows.csv"),
                Some(text) => disk.put("data/rows.csv", text),
            }
            "the table".into()
        }
        18 => {
            let n = rng.below(4);
            let folder = rng.pick(&["a", "b", "b/deep", "c", "es/a", "es/b", "."]);
            let path = format!("content/{folder}/new{n}.md").replace("/./", "/");
            disk.put(
                &path,
                format!("---\ntitle: New {n}\ntags: [x]\n---\nIEP newword [one](one.md) [a](../a/one.md)\n"),
            );
            format!("add {path}")
        }
        19 => match page(rng, disk) {
            Some(path) => {
                disk.remove(&path);
                format!("remove {path}")
            }
            None => "nothing to remove".into(),
        },
        20 => match page(rng, disk) {
            Some(path) => {
                let text = disk.get(&path).unwrap_or_default();
                let folder = rng.pick(&["a", "b", "es", "es/a"]);
                let name = path.rsplit('/').next().unwrap_or("x.md");
                let name = if rng.chance(2) { name.to_string() } else { format!("moved-{name}") };
                disk.remove(&path);
                disk.put(&format!("content/{folder}/{name}"), text);
                format!("move {path} to {folder}/{name}")
            }
            None => "nothing to move".into(),
        },
        21 => {
            // A whole section goes elsewhere.
            let (from, to) =
                if rng.chance(2) { ("content/a/", "content/b/a/") } else { ("content/b/", "content/a/b/") };
            for path in disk.paths(|p| p.starts_with(from) && !p.ends_with(".png")) {
                let text = disk.get(&path).unwrap_or_default();
                disk.remove(&path);
                disk.put(&path.replacen(from, to, 1), text);
            }
            format!("move section {from} to {to}")
        }
        22 | 23 => {
            let entry = rng.pick(&[
                "\n## Team {#team}\n- Also called: school team\n\nThe people. An IEP.\n",
                "\n## Newword {#newword}\n\nIs new.\n",
                "\n## Grasp {#grip}\n\nAgain.\n",
                "\n## Holding {#hold}\n- Alos called: x\n\nText.\n",
                "\n## Nothing\n- Related: nobody\n\nText.\n",
            ]);
            let entry = if rng.chance(3) { entry } else { rng.pick(TERMS) };
            let text = disk
                .get("content/terms.md")
                .unwrap_or_else(|| "---\ntitle: Terms\nentries: term\n---\n".into());
            disk.put("content/terms.md", text + entry);
            "add a term".into()
        }
        24 => {
            let text = disk.get("content/terms.md").unwrap_or_default();
            let (from, to) = *[
                ("education program", "school plan"),
                ("How a hand holds.", "How hands hold."),
                ("## Grasp", "## Grip"),
                ("{#grasp}", "{#grab}"),
                ("A note of", "Another note of"),
            ]
            .get(rng.below(5))
            .unwrap_or(&("", ""));
            disk.put("content/terms.md", text.replace(from, to));
            format!("terms: {from} -> {to}")
        }
        25 => {
            let path = rng.pick(&[
                "base.html",
                "page.html",
                "section.html",
                "foot.html",
                "components/card.html",
                "components/box.html",
                "menu.html",
                "entries/term.html",
                "brand.css",
                "tag.html",
            ]);
            let path = format!("themes/ground/templates/{path}");
            let text = disk.get(&path).unwrap_or_default();
            let text = match rng.below(5) {
                _ if path.ends_with(".css") && rng.chance(2) => {
                    // Now and then in a circle with others.
                    let name = rng.pick(&["deep.css", "style.css", "brand.css", "dot.svg"]);
                    format!("@import \"{name}\";a{{content:\"{{{{ t(key=\"words\") }}}}\"}}")
                }
                0 => format!("{text}{{{{ broken"),
                1 => text.replace("{{ broken", ""),
                2 => format!("{text}{{{{ unknown_thing }}}}"),
                3 => text.replace("{{ unknown_thing }}", ""),
                _ => text.replace("<", "< ").replace("<  ", "<"),
            };
            disk.put(&path, text);
            format!("template {path}")
        }
        26 => {
            let path = rng.pick(&[
                "templates/page.html",
                "templates/components/box.html",
                "themes/tiny/templates/foot.html",
                "templates/components/bxo.html",
            ]);
            if disk.get(path).is_some() {
                disk.remove(path);
                format!("remove {path}")
            } else {
                let text = match path.contains("components/") {
                    true => {
                        let name = path.rsplit('/').next().unwrap_or("").trim_end_matches(".html");
                        format!(
                            "{{% component {name}() %}}<p>own {{{{ body }}}}</p>{{% endcomponent {name} %}}"
                        )
                    }
                    false => "{% if page is defined %}own {{ page.title }}{% endif %}".into(),
                };
                disk.put(path, text);
                format!("override {path}")
            }
        }
        27 => {
            let path = rng.pick(&[
                "themes/ground/assets/style.css",
                "themes/ground/assets/dot.svg",
                "assets/style.css",
                "assets/extra.txt",
                "assets/deep.css",
                "assets/deep.css",
            ]);
            let n = rng.below(3);
            if path.ends_with("deep.css") && n > 0 {
                let names = ["deep.css", "style.css", "brand.css", "dot.svg", "gone.css"];
                let (one, two) = (rng.pick(&names), rng.pick(&names));
                disk.put(path, format!("@import \"{one}\";a{{background:url({two})}}"));
            } else if n == 1 && path.ends_with(".css") {
                disk.put(path, "@import \"deep.css\";a{background:url(dot.svg)}");
            } else if n == 0 && disk.get(path).is_some() && path.starts_with("assets/") {
                disk.remove(path);
            } else if path.ends_with(".svg") {
                disk.put(path, format!("<svg><path d=\"M{n} 0\"/></svg>"));
            } else {
                // Now and then from another host, which a rule reports.
                let from = if n == 2 { "https://cdn.example/dot.svg" } else { "dot.svg" };
                disk.put(path, format!("a{{order:{n};background:url({from})}}"));
            }
            format!("asset {path}")
        }
        28 => {
            let path = rng.pick(&["data/list.yaml", "data/list.yaml", "data/other.csv"]);
            match rng.below(3) {
                0 => disk.remove(path),
                1 => disk.put(path, "- one\n- two\n- three\n"),
                _ => disk.put(path, "a: [unclosed\n"),
            }
            format!("data {path}")
        }
        29 => {
            let path = rng.pick(&[
                "themes/ground/translations/en.yaml",
                "themes/ground/translations/es.yaml",
                "translations/en.yaml",
                "translations/es.yaml",
            ]);
            let text = rng.pick(&[
                "words: Woorden\ncount: '{n}'\n",
                "words: Terms\ncount: {one: '1', other: '{n} p'}\nnotice_fallback: no\n",
                "count: many\nmonth_10: October\ndate_format: '{day}. {month}'\n",
                "words: [\n",
            ]);
            if rng.chance(4) && path.starts_with("translations") {
                disk.remove(path)
            } else {
                disk.put(path, text)
            }
            format!("strings {path}")
        }
        30 => {
            let text = disk.get("site.yaml").unwrap_or_default();
            let text = match rng.below(8) {
                0 => text.replace("district: D", "district: E"),
                1 => text.replace("title: {en: Guide", "title: {en: Book"),
                2 => text.replace("languages: [en, es]", "languages: [en]"),
                3 => text.replace("languages: [en]", "languages: [en, es]"),
                4 if !text.contains("urls:") => text + "urls: folder\n",
                5 => text.replace("urls: folder\n", ""),
                6 if !text.contains("menu:") => {
                    text + "menu:\n  - a/index.md\n  - title: Out\n    to: https://example.org/\n  - gone.md\n"
                }
                7 if !text.contains("checks:") => text + "checks:\n  levels:\n    broken-link: warning\n",
                // A comment changes no setting, but the place of all.
                _ if rng.chance(2) => format!("# A comment.\n{text}"),
                _ => text + "unknown_key: 1\n",
            };
            disk.put("site.yaml", text);
            "site.yaml".into()
        }
        31 => {
            let path = rng.pick(&["content/a/p.png", "content/a/q.png", "content/es/a/p.png"]);
            let n = rng.below(3) as u8;
            if n == 0 {
                disk.remove(path)
            } else {
                disk.put(path, [n * 3, 1, 2])
            }
            format!("image {path}")
        }
        32 => match page(rng, disk) {
            Some(path) => {
                // Broken, or mended by writing it anew.
                let text = rng.pick(&[
                    "---\ntitle: [unclosed\n---\nbody\n",
                    "---\ntitle: T\n",
                    "---\ntitle: Mended\n---\nIEP. [one](one.md)\n",
                    "no front matter\n",
                    "",
                ]);
                disk.put(&path, text);
                format!("rewrite {path} as {text:?}")
            }
            None => "nothing to break".into(),
        },
        33 => {
            // A term goes, wherever it stands.
            let text = disk.get("content/terms.md").unwrap_or_default();
            let starts: Vec<usize> = text.match_indices("\n## ").map(|(i, _)| i + 1).collect();
            if starts.is_empty() {
                return ("no term to remove".into(), None);
            }
            let which = rng.below(starts.len());
            let end = starts.get(which + 1).copied().unwrap_or(text.len());
            disk.put("content/terms.md", format!("{}{}", &text[..starts[which]], &text[end..]));
            format!("remove term {which}")
        }
        34 => translate(rng, disk),
        35 => outputs(rng, disk),
        36 => theme(rng, disk),
        37 => {
            // A file beside pages, which pages link to and show the size of.
            let path = rng.pick(&["content/a/form.pdf", "content/form.pdf"]);
            match rng.below(3) {
                0 => disk.remove(path),
                n => disk.put(path, "x".repeat(n * 2_000)),
            }
            let link = "[form](form.pdf) [pic](p.png)";
            let did = change_page(rng, disk, |_, text| format!("{text}\n{link}\n"));
            format!("file {path}; {did}")
        }
        _ => {
            let next = date.tomorrow().unwrap_or(date);
            let next = if next > day(6) { day(0) } else { next };
            return (format!("the day is {next}"), Some(next));
        }
    };
    (did, None)
}

/// Addresses of what comes and goes, and of what was never there: pages that Guidepost makes, old addresses, wrong letters.
const ADDRESSES: &[&str] = &[
    "[](../print.html)",
    "[p](/a/print.html)",
    "[](../tags/x.html)",
    "[](/tags/z.html)",
    "[t](tags/)",
    "[](/a-z.html#i)",
    "[f](/feed.xml)",
    "[m](/es/site-map.html)",
    "[o](../a/Two.md#T)",
    "[o](oen.md)",
    "[o](/old/one.html)",
    "[o](../a/one/)",
    "[d](deep/thre.md)",
    "[m](/b/moved-thing.md)",
    "![p](P.PNG)",
    "![p](../a/pp.png)",
    "[f](from.pdf)",
    "[w](a\\\\one.md)",
    "[g](/terms.md#grsp)",
    "[an](../an\u{303}o.md)",
];

/// An address is written, or what addresses lead to comes or goes.
pub fn address(rng: &mut Rng, disk: &Disk) -> String {
    match rng.below(6) {
        0 => {
            let path = rng.pick(&[
                "content/a\u{f1}o.md",
                "content/a/one.MD",
                "content/es/tags.md",
                "content/Index.md",
            ]);
            match disk.get(path) {
                Some(_) => disk.remove(path),
                None => {
                    disk.put(path, "---\ntitle: Here\ntags: [z]\naliases: [was/here.html]\n---\n## T {#t}\n")
                }
            }
            format!("{path} comes or goes")
        }
        1 => {
            let menu = rng.pick(&[
                "[print.html, tags/x.html, a/print.html, es/a-z.html]",
                "[a/two.md#t, a/Two.md, tags/, terms.md#grsp]",
                "[an\u{303}o.md, {title: F, to: feed.xml}, b/, gone.md]",
            ]);
            let text = disk.get("site.yaml").unwrap_or_default();
            let mut kept: Vec<&str> = text
                .lines()
                .filter(|l| !l.starts_with("menu:") && !l.starts_with("  - ") && !l.starts_with("    to:"))
                .collect();
            let line = format!("menu: {menu}");
            kept.push(&line);
            disk.put("site.yaml", kept.join("\n") + "\n");
            line
        }
        _ => change_page(rng, disk, |rng, text| format!("{text}\n{}\n", rng.pick(ADDRESSES))),
    }
}

/// An edit of what is published: sections, days, files and what leads to them, locked addresses.
pub fn published(rng: &mut Rng, disk: &Disk) -> String {
    let toggle = |disk: &Disk, path: &str, line: &str| {
        let text = disk.get(path).unwrap_or_default();
        match text.contains(&format!("\n{line}\n")) {
            true => disk.put(path, text.replacen(&format!("{line}\n"), "", 1)),
            false => disk.put(path, text.replacen("---\n", &format!("---\n{line}\n"), 1)),
        }
        format!("{path}: {line} comes or goes")
    };
    let come_or_go = |disk: &Disk, path: &str, text: &str| {
        match disk.get(path) {
            Some(_) => disk.remove(path),
            None => disk.put(path, text),
        }
        format!("{path} comes or goes")
    };
    match rng.below(8) {
        0 | 1 => {
            let path = rng.pick(&[
                "content/a/index.md",
                "content/b/index.md",
                "content/es/index.md",
                "content/terms.md",
            ]);
            let line = rng.pick(&[
                "draft: true",
                "publish: 2026-11-23",
                "expires: 2026-11-22",
                "hidden: true",
                "print: false",
            ]);
            match disk.get(path) {
                Some(text) if text.starts_with("---\n") => toggle(disk, path, line),
                _ => String::new(),
            }
        }
        2 => {
            let path = rng.pick(&[
                "content/es/a/two.md",
                "content/es/a/one.md",
                "content/_held.md",
                "content/a/_b/held.md",
            ]);
            let front =
                rng.pick(&["draft: false", "publish: 2026-11-01", "tags: [z]", "expires: 2026-11-24"]);
            come_or_go(
                disk,
                path,
                &format!("---\ntitle: Held\n{front}\n---\n[f](/f/form.pdf) [x](/a/one.md)\n"),
            )
        }
        3 => {
            let path = rng.pick(&[
                "content/f/form.pdf",
                "content/f/list.csv",
                "content/plan.md.txt",
                "content/es/f/form.pdf",
            ]);
            come_or_go(disk, path, "bytes")
        }
        4 => {
            let text = disk.get("site.yaml").unwrap_or_default();
            let rest = text.lines().filter(|l| !l.starts_with("files:")).collect::<Vec<_>>().join("\n");
            let files = rng.pick(&["", "files: [\"f/*.pdf\"]\n", "files: [plan.md.txt, \"**/*.csv\"]\n"]);
            disk.put("site.yaml", format!("{rest}\n{files}"));
            format!("site.yaml: {files}")
        }
        5 => {
            let lines = rng.pick(&[
                "a/one.html\nes/a/one.html\nold/one.html\n",
                "tags/x.html\na/print.html\nb/thing.html\nb/deep/three.html\nterms.html\nes/terms.html\n",
                "",
            ]);
            disk.put("urls.lock", lines);
            format!("urls.lock: {lines}")
        }
        6 => {
            let call = rng.pick(&[
                "",
                "<a href=\"{{ link(to=\"a/one.md\") }}\">one</a>",
                "<img src=\"{{ asset(path=\"/a/p.png\") }}\">",
            ]);
            disk.put("templates/foot.html", format!("<footer>{call}</footer>"));
            format!("templates/foot.html: {call}")
        }
        _ => change_page(rng, disk, |rng, text| {
            let link = [
                "[f](/f/form.pdf)",
                "[t](/b/thing.md) [](/b/thing.md)",
                "[tag](/tags/x.html)",
                "[held](/_held.md)",
                "![p](/a/p.png)",
                "",
            ];
            let (head, _) = text.rsplit_once("\n\n[").unwrap_or((text, ""));
            format!("{head}\n\n{}\n", rng.pick(&link))
        }),
    }
}

/// Adds a sentence to a page.
pub fn body(rng: &mut Rng, disk: &Disk) -> String {
    change_page(rng, disk, |rng, text| format!("{text}\n{}\n", rng.pick(SENTENCES)))
}

fn change_page(rng: &mut Rng, disk: &Disk, change: impl Fn(&mut Rng, &str) -> String) -> String {
    let Some(path) = page(rng, disk) else { return "no page".into() };
    let text = disk.get(&path).unwrap_or_default();
    let new = change(rng, &text);
    disk.put(&path, &new);
    format!("{path}: {:?}", new.lines().last().unwrap_or(""))
}

fn key(rng: &mut Rng, disk: &Disk, key: &str, values: &[&str]) -> String {
    let Some(path) = page(rng, disk) else { return "no page".into() };
    let text = disk.get(&path).unwrap_or_default();
    let value = if rng.chance(4) && key != "title" { None } else { Some(rng.pick(values)) };
    disk.put(&path, set_key(&text, key, value));
    format!("{path}: {key} = {value:?}")
}

/// A translation comes, is brought up to date, or says that it was made from something else.
fn translate(rng: &mut Rng, disk: &Disk) -> String {
    let name = rng.pick(&["a/one.md", "a/two.md", "index.md", "terms.md", "b/thing.md"]);
    let Some(original) = disk.get(&format!("content/{name}")) else { return "nothing to translate".into() };
    let stamp = match rng.below(4) {
        0 => "0000000000000000".to_owned(),
        1 => String::new(),
        _ => {
            let source =
                Source::new(SourcePath::new(&format!("content/{name}")).unwrap(), original.into_bytes());
            let options = ParseOptions {
                zone: None,
                prefixes: guidepost::source::Prefixes::Order,
                values: &guidepost::config::Values::default(),
                kinds: &Kinds::default(),
                languages: &[],
                default_kind: "page",
                cascade: None,
                raw_html: false,
                text: false,
                links: false,
            };
            let print = parse(&source, &options).value.summary.text_fingerprint;
            print.to_string()[..16].to_owned()
        }
    };
    let path = format!("content/es/{name}");
    let text = disk.get(&path).unwrap_or_else(|| "---\ntitle: Traducida\n---\nTexto del IEP.\n".into());
    let value = format!("\"{stamp}\"");
    disk.put(&path, set_key(&text, "translated_from", (!stamp.is_empty()).then_some(value.as_str())));
    format!("translate {name} from {stamp:?}")
}

/// Keys of the settings that change which outputs there are, or how all of them look.
fn outputs(rng: &mut Rng, disk: &Disk) -> String {
    let lines = [
        "outputs: {print: false}",
        "outputs: {tags: false, a_z: false}",
        "outputs: {zip: true}",
        "outputs: {zip: true, search: false}",
        "outputs: {site_map: false, finder: false, robots: false}",
        "base_url: https://guide.example.org",
        "base_url: https://guide.example.org/ot",
        "brand: {color: \"#224466\"}",
        "raw_html: true",
        "contact: {name: Office}",
        "reviewer: {name: Ana}",
        "kinds: {thing: {fields: {size: {label: Size, type: text, default: small}}}}",
        "checks: {levels: {missing-description: off}}",
    ];
    let line = lines[rng.below(lines.len())];
    let key = line.split(':').next().unwrap_or_default();
    let text = disk.get("site.yaml").unwrap_or_default();
    let value = line.split_once(": ").map(|(_, value)| value).filter(|_| !rng.chance(4));
    let mut kept: Vec<&str> = text.lines().filter(|l| !l.starts_with(&format!("{key}:"))).collect();
    let new = value.map(|value| format!("{key}: {value}"));
    kept.extend(new.as_deref());
    disk.put("site.yaml", kept.join("\n") + "\n");
    format!("site.yaml {key}: {value:?}")
}

/// The theme's own files: its settings, its kinds, a theme in between.
fn theme(rng: &mut Rng, disk: &Disk) -> String {
    match rng.below(4) {
        0 => {
            let path = "themes/ground/kinds.yaml";
            let text = disk.get(path).unwrap_or_default();
            let (from, to) =
                [("choices: [red, blue]", "choices: [red, green]"), ("en: Color", "en: Paint")][rng.below(2)];
            let new = text.replace(from, to);
            disk.put(path, if new == text { text.replace(to, from) } else { new });
            format!("{path}: {from} and {to}")
        }
        1 => {
            let extends = rng.pick(&[
                "title: Tiny\nextends: ground\n",
                "title: Little\nextends: ground\n",
                "title: Alone\n",
            ]);
            disk.put("themes/tiny/theme.yaml", extends);
            format!("themes/tiny/theme.yaml: {extends:?}")
        }
        2 => {
            let text = disk.get("site.yaml").unwrap_or_default();
            let new = text.replace("theme: tiny", "theme: ground");
            disk.put(
                "site.yaml",
                if new == text { text.replace("theme: ground", "theme: tiny") } else { new },
            );
            "the theme tiny or ground".into()
        }
        _ => {
            let path = "themes/tiny/templates/thing.html";
            match disk.get(path) {
                Some(_) => disk.remove(path),
                None => disk.put(
                    path,
                    "{% extends \"ground/thing.html\" %}{% block extra %}{{ super() }}t{% endblock extra %}",
                ),
            }
            format!("{path} comes or goes")
        }
    }
}
