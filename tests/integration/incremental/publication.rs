//! What is public: random scripts on a site of drafts, dates, sections, translations, files, old addresses and a lock.
//!
//! The scripts of `edits` prove that an incremental build is a fresh one. These also prove that both are right: a small
//! model in this file says which pages and files must be public on that day, every page, entry and file carries a mark
//! of its own, and after every step every output is looked through.

use super::edits::Rng;
use super::folder::Folder;
use super::site::{Disk, Model, compare, day, fresh, incremental, seed_sheet, seed_site};
use crate::support::{Tree, walk};
use guidepost::diag::Severity;
use guidepost::site::stamp_of;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How many scripts are run when nobody says.
const SCRIPTS: u64 = 2_000;
/// How many edits a script has.
const STEPS: usize = 5;

/// Zones on both sides of the line at which days begin, with odd offsets, and with clocks that change.
const ZONES: [&str; 8] = [
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/London",
];

/// The pages of the main language, but for the start page, which always stays.
const PAGES: [&str; 10] = [
    "a/index.md",
    "a/one.md",
    "a/two.md",
    "a/deep/index.md",
    "a/deep/three.md",
    "b/index.md",
    "b/four.md",
    "words.md",
    "more.md",
    "sheet.md",
];
/// The pages that have a translation at the start; the last has no original.
const SPANISH: [&str; 6] =
    ["a/index.md", "a/one.md", "a/deep/three.md", "words.md", "b/four.md", "b/solo.md"];
/// Files beside pages.
const FILES: [&str; 5] = ["a/form.pdf", "b/form.pdf", "a/plan.docx", "es/a/form.pdf", "loose.pdf"];

/// A page as its front matter and links have it.
#[derive(Clone, Default)]
struct Page {
    draft: bool,
    publish: Option<Date>,
    expires: Option<Date>,
    hidden: bool,
    tag: bool,
    /// Its file has a mistake; only translations have.
    faulty: bool,
    alias: Option<String>,
    /// Which edition of its text it is.
    edition: usize,
    /// It has what came later: a heading of that id, or the word that translations lack.
    later: bool,
    /// The stamp of the original that it says it translates, with the original's whole file as it was.
    stamp: Option<(String, String)>,
    /// What it leads to: a path in its language's tree, or a file.
    links: BTreeSet<String>,
}

impl Page {
    fn is_on(&self, date: Date) -> bool {
        !self.draft && self.publish.is_none_or(|from| from <= date) && self.expires.is_none_or(|to| date < to)
    }
}

/// The site: its pages by language and path, its files, its settings.
#[derive(Clone)]
struct World {
    pages: BTreeMap<(&'static str, String), Page>,
    files: BTreeSet<String>,
    languages: Vec<&'static str>,
    menu: Vec<String>,
    always: bool,
    lock: BTreeSet<String>,
}

/// The folders above a page, each with its section page, and the page.
fn above(logical: &str) -> Vec<String> {
    let mut out = vec![logical.to_owned()];
    let mut rest = logical;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        out.push(format!("{folder}/index.md"));
        rest = folder;
    }
    out
}

/// The mark of a page: a word that stands nowhere else.
fn mark(lang: &str, logical: &str) -> String {
    let letters: String = logical.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("q{lang}{letters}q")
}

fn address(lang: &str, logical: &str) -> String {
    let page = logical.replace(".md", ".html");
    if lang == "en" { page } else { format!("{lang}/{page}") }
}

/// `to` as it is written on a page in the folder of `from`.
fn relative(from: &str, to: &str) -> String {
    format!("{}{to}", "../".repeat(from.matches('/').count()))
}

impl World {
    fn new() -> World {
        let mut pages = BTreeMap::new();
        for page in PAGES {
            pages.insert(("en", page.to_owned()), Page::default());
        }
        for page in SPANISH {
            pages.insert(("es", page.to_owned()), Page::default());
        }
        pages.insert(("ar", "a/one.md".to_owned()), Page::default());
        World {
            pages,
            files: FILES.iter().map(ToString::to_string).collect(),
            languages: vec!["en", "es", "ar"],
            menu: vec!["a/index.md".into(), "b/four.md".into()],
            always: false,
            lock: BTreeSet::new(),
        }
    }

    /// Whether the page's own text is public: it, all sections above it, and the originals of all these are on, and it has no
    /// mistake.
    fn is_public(&self, lang: &str, logical: &str, date: Date) -> bool {
        let on = |lang: &str, page: &str| self.find(lang, page).is_none_or(|page| page.is_on(date));
        self.find(lang, logical).is_some_and(|page| !page.faulty)
            && self.languages.contains(&lang)
            && above(logical).iter().all(|page| on(lang, page) && on("en", page))
    }

    fn find(&self, lang: &str, logical: &str) -> Option<&Page> {
        self.pages.iter().find(|((l, p), _)| *l == lang && p == logical).map(|(_, page)| page)
    }

    /// The file that a page's link leads to: its language's own one, else the main language's.
    fn file(&self, lang: &str, link: &str) -> Option<String> {
        let own = format!("{lang}/{link}");
        [own, link.to_owned()].into_iter().find(|path| self.files.contains(path))
    }

    /// The files that something public leads to.
    fn public_files(&self, date: Date) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for ((lang, logical), page) in &self.pages {
            if self.is_public(lang, logical, date) {
                out.extend(page.links.iter().filter_map(|link| self.file(lang, link)));
            }
        }
        out.extend(self.always.then(|| "loose.pdf".to_owned()));
        out.retain(|file| self.files.contains(file));
        out
    }

    /// The addresses of all pages, and whose text each shows.
    fn addresses(&self, date: Date) -> BTreeMap<String, (String, Option<String>)> {
        let mut out = BTreeMap::new();
        for lang in &self.languages {
            for (from, logical) in self.pages.keys() {
                let shown = if self.is_public(lang, logical, date) {
                    *lang
                } else if *from == "en" && self.is_public("en", logical, date) {
                    "en"
                } else {
                    continue;
                };
                let alias = self.find(shown, logical).and_then(|page| page.alias.clone());
                out.insert(address(lang, logical), (mark(shown, logical), alias));
            }
        }
        out
    }

    fn text(&self, lang: &str, logical: &str, page: &Page) -> String {
        let mark = mark(lang, logical);
        let mut out = format!("---\ntitle: T{mark}\n");
        let mut key = |name: &str, value: Option<String>| {
            out.extend(value.map(|value| format!("{name}: {value}\n")));
        };
        key("order", page.faulty.then(|| "dos".into()));
        key("draft", page.draft.then(|| "true".into()));
        key("hidden", page.hidden.then(|| "true".into()));
        key("publish", page.publish.map(|d| d.to_string()));
        key("expires", page.expires.map(|d| d.to_string()));
        key("tags", page.tag.then(|| format!("[x, {mark}tag]")));
        key("aliases", page.alias.as_ref().map(|a| format!("[{a}]")));
        key("translated_from", page.stamp.as_ref().map(|(stamp, _)| format!("\"{stamp}\"")));
        let terms: &[&str] = match (logical, lang) {
            ("words.md", "en") => &["wordone", "wordtwo"],
            ("words.md", _) if page.later => &["wordone", "wordtwo"],
            ("words.md", _) => &["wordone"],
            ("more.md", _) => &["wordthree"],
            _ => &[],
        };
        if !terms.is_empty() {
            key("entries", Some("term".into()));
        }
        if logical == "sheet.md" {
            key("kind", Some("sheet".into()));
            key("picks", Some("[words.md#wordone, words.md#wordtwo, more.md#wordthree]".into()));
        }
        out += "---\n";
        out += &format!("Text {mark} of wordone, wordtwo and wordthree.\n\n");
        if page.edition > 0 {
            out += &format!("Edition {}.\n\n", page.edition);
        }
        if terms.is_empty() {
            out += "## Part {#p}\n\n";
            out += if page.later { "## Later {#later}\n\n" } else { "" };
        }
        for link in &page.links {
            out += &format!("[go]({})\n", relative(logical, link));
        }
        for (i, term) in terms.iter().enumerate() {
            let related = ["wordthree", "wordone"][i.min(1)];
            let related = if *term == "wordthree" { "wordtwo" } else { related };
            out += &format!("\n## {term} {{#{term}}}\n- {}: {related}\n\nIs {mark}.\n", label(lang));
        }
        out
    }

    /// Writes all of it.
    fn write(&self, disk: &Disk) {
        for path in disk.paths(|p| p.starts_with("content/") || p == "urls.lock") {
            disk.remove(&path);
        }
        disk.put("content/index.md", "---\ntitle: Home\n---\nThe start.\n");
        for ((lang, logical), page) in &self.pages {
            let folder = if *lang == "en" { String::new() } else { format!("{lang}/") };
            if self.languages.contains(lang) {
                disk.put(&format!("content/{folder}{logical}"), self.text(lang, logical, page));
            }
        }
        for file in &self.files {
            let foreign = file.split('/').next().is_some_and(|l| l == "es" && !self.languages.contains(&l));
            if !foreign {
                disk.put(&format!("content/{file}"), format!("FILE q{}q", file.replace(['/', '.'], "")));
            }
        }
        let mut settings = format!("title: T\ntheme: tiny\nlanguages: [{}]\n", self.languages.join(", "));
        if !self.menu.is_empty() {
            settings += &format!("menu: [{}]\n", self.menu.join(", "));
        }
        if self.always {
            settings += "files: [loose.pdf]\n";
        }
        disk.put("site.yaml", settings);
        if !self.lock.is_empty() {
            let lines: Vec<&str> = self.lock.iter().map(String::as_str).collect();
            disk.put("urls.lock", lines.join("\n") + "\n");
        }
    }

    /// One edit; what it was.
    fn edit(&mut self, rng: &mut Rng, date: Date) -> String {
        let keys: Vec<(&'static str, String)> = self.pages.keys().cloned().collect();
        let (lang, logical) = keys[rng.below(keys.len())].clone();
        let name = format!("{lang} {logical}");
        let some_day = [None, Some(day(0)), Some(day(2)), Some(day(4))][rng.below(4)];
        let files: Vec<String> = FILES.iter().map(|f| f.trim_start_matches("es/").to_owned()).collect();
        let what = rng.below(15);
        let Some(page) = self.pages.get_mut(&(lang, logical.clone())) else { return "nothing".into() };
        match what {
            0 | 1 => {
                page.draft = !page.draft;
                format!("{name}: draft {}", page.draft)
            }
            // A page that is over before it comes is an editor's mistake.
            2 if page.expires.is_none_or(|to| some_day.is_none_or(|from| from < to)) => {
                page.publish = some_day;
                format!("{name}: publish {some_day:?}")
            }
            3 if page.publish.is_none_or(|from| some_day.is_none_or(|to| from < to)) => {
                page.expires = some_day;
                format!("{name}: expires {some_day:?}")
            }
            2..=4 => {
                page.hidden = !page.hidden;
                format!("{name}: hidden {}", page.hidden)
            }
            5 => {
                page.tag = !page.tag;
                format!("{name}: tag {}", page.tag)
            }
            6 | 7 => {
                let file = files[rng.below(files.len())].clone();
                let there = self.files.contains(&file) || self.files.contains(&format!("{lang}/{file}"));
                let page = self.pages.get_mut(&(lang, logical)).unwrap();
                if !page.links.remove(&file) && there {
                    page.links.insert(file.clone());
                }
                format!("{name}: link to {file} comes or goes")
            }
            8 | 9 => {
                let anchor = ["", "#p"][rng.below(2)];
                let to = PAGES[rng.below(PAGES.len() - 3)];
                let link = format!("{to}{anchor}");
                if !page.links.remove(&link) {
                    page.links.insert(link.clone());
                }
                format!("{name}: link to {link} comes or goes")
            }
            10 => {
                let alias = format!("was/{}.html", mark("old", &logical));
                page.alias = if page.alias.is_some() { None } else { Some(alias) };
                // An address that was promised stays promised: the lock forgets it with the line.
                self.lock.retain(|line| !line.contains("was/"));
                format!("{name}: alias comes or goes")
            }
            11 if lang != "en" => {
                self.pages.remove(&(lang, logical.clone()));
                // Its addresses may go with the file, those of its aliases too.
                self.lock.remove(&address(lang, &logical));
                self.lock.retain(|line| !line.contains("was/"));
                format!("{name} goes")
            }
            11 => {
                self.pages.entry(("es", logical)).or_default();
                format!("{name} is translated")
            }
            14 if lang != "en" => {
                page.faulty = !page.faulty;
                format!("{name}: a mistake {}", page.faulty)
            }
            12 => match rng.below(4) {
                0 => {
                    let gone: Vec<&'static str> =
                        self.languages.iter().copied().filter(|l| *l != "en").collect();
                    match self.languages.len() {
                        3 => self.languages.retain(|l| *l != gone[rng.below(gone.len())]),
                        _ => self.languages = vec!["en", "es", "ar"],
                    }
                    let kept = self.languages.clone();
                    self.lock.retain(|line| {
                        let first = line.split('/').next().unwrap_or("");
                        first.len() != 2 || kept.contains(&first)
                    });
                    format!("languages {:?}", self.languages)
                }
                1 => {
                    self.always = !self.always;
                    format!("files: [loose.pdf] {}", self.always)
                }
                2 => {
                    let to = PAGES[rng.below(PAGES.len())].to_owned();
                    match self.menu.iter().position(|m| *m == to) {
                        Some(at) => drop(self.menu.remove(at)),
                        None => self.menu.push(to.clone()),
                    }
                    format!("menu {:?}", self.menu)
                }
                _ => {
                    let now = self.addresses(date);
                    self.lock = now.keys().cloned().collect();
                    // An alias counts from the folder of the language in which it is met.
                    self.lock.extend(now.iter().filter_map(|(address, (_, alias))| {
                        let lang = ["es/", "ar/"].into_iter().find(|lang| address.starts_with(lang));
                        alias.as_ref().map(|alias| format!("{}{alias}", lang.unwrap_or("")))
                    }));
                    "addresses are locked".into()
                }
            },
            _ => {
                let file = FILES[rng.below(FILES.len())].to_owned();
                if self.files.remove(&file) {
                    // Links to a file that is gone are an editor's mistake, which is not what is tried here.
                    let plain = file.trim_start_matches("es/").to_owned();
                    let left: BTreeSet<String> = self.files.clone();
                    for ((lang, _), page) in &mut self.pages {
                        let there = left.contains(&plain) || left.contains(&format!("{lang}/{plain}"));
                        if !there {
                            page.links.remove(&plain);
                        }
                    }
                    self.always &= file != "loose.pdf";
                } else {
                    self.files.insert(file.clone());
                }
                format!("file {file} comes or goes")
            }
        }
    }

    /// An edit by which translations fall behind or catch up; what it was. `stamp` gives what a translation of the main
    /// language's page would be stamped with.
    fn fall_behind(&mut self, rng: &mut Rng, stamp: &dyn Fn(&str) -> Option<String>) -> String {
        let keys: Vec<(&'static str, String)> = self.pages.keys().cloned().collect();
        let (lang, logical) = keys[rng.below(keys.len())].clone();
        let original = self.find("en", &logical).map(|page| self.text("en", &logical, page));
        let has_later: Vec<String> = PAGES[..PAGES.len() - 3]
            .iter()
            .filter(|page| self.find("en", page).is_some_and(|page| page.later))
            .map(ToString::to_string)
            .collect();
        let Some(page) = self.pages.get_mut(&(lang, logical.clone())) else { return "nothing".into() };
        match rng.below(5) {
            0 => {
                page.edition += 1;
                format!("{lang} {logical}: edition {}", page.edition)
            }
            1 | 2 => {
                page.later = !page.later;
                let later = page.later;
                if !later && lang == "en" {
                    // A link to a heading that the original has no more is an editor's mistake.
                    let link = format!("{logical}#later");
                    self.pages.values_mut().for_each(|page| {
                        page.links.remove(&link);
                    });
                }
                format!("{lang} {logical}: what came later is there: {later}")
            }
            3 if !has_later.is_empty() => {
                let link = format!("{}#later", has_later[rng.below(has_later.len())]);
                if !page.links.remove(&link) {
                    page.links.insert(link.clone());
                }
                format!("{lang} {logical}: link to {link} comes or goes")
            }
            _ => {
                page.stamp = if lang == "en" { None } else { stamp(&logical).zip(original) };
                format!("{lang} {logical}: stamped {:?}", page.stamp.as_ref().map(|(stamp, _)| stamp))
            }
        }
    }

    /// What is wrong with what translations say of their being up to date. Of the settings in its front matter nothing is said.
    fn stale(&self, outputs: &Tree, date: Date) -> Vec<String> {
        let body = |text: &str| text.rsplit_once("---\n").map(|(_, body)| body.to_owned());
        let mut found = Vec::new();
        for ((lang, logical), page) in &self.pages {
            let Some((_, was)) = page.stamp.as_ref().filter(|_| self.is_public(lang, logical, date)) else {
                continue;
            };
            let Some(original) = self.find("en", logical).map(|page| self.text("en", logical, page)) else {
                continue;
            };
            let shown = outputs.get(&address(lang, logical)).map(|bytes| String::from_utf8_lossy(bytes));
            let says = shown.is_some_and(|page| page.contains("<p>Old</p>"));
            if (original == *was && says) || (body(&original) != body(was) && !says) {
                found.push(format!("{lang} {logical} says that it is out of date: {says}"));
            }
        }
        found
    }

    /// What is wrong with the outputs on that day.
    fn faults(&self, model: &Model, date: Date) -> Vec<String> {
        let mut found = Vec::new();
        let outputs: &Tree = &model.outputs;
        let said = model.engine.diagnostics();
        for error in said.iter().filter(|d| d.severity == Severity::Error) {
            found.push(format!("an error: {error:?}"));
        }
        // No page of this world shows marks: none has an excuse.
        found.extend(walk::faults(outputs, "/", &[]));
        let holders = |word: &str| -> Vec<&String> {
            outputs
                .iter()
                .filter(|(_, bytes)| memchr::memmem::find(bytes, word.as_bytes()).is_some())
                .map(|(path, _)| path)
                .collect()
        };
        found.extend(self.stale(outputs, date));
        let addresses = self.addresses(date);
        for (address, (mark, alias)) in &addresses {
            let shown = outputs.get(address).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            match shown {
                None => found.push(format!("{address} is not there")),
                Some(page) if !page.contains(&format!("Text {mark}")) => {
                    found.push(format!("{address} does not show the text of {mark}"));
                }
                Some(_) => {}
            }
            if let Some(alias) = alias {
                let lang = address.split('/').next().filter(|l| l.len() == 2 && *l != "en");
                let mapped = lang.map_or(alias.clone(), |lang| format!("{lang}/{alias}"));
                if !outputs.contains_key(&mapped) {
                    found.push(format!("the old address {mapped} of {address} does not answer"));
                }
            }
        }
        for (lang, logical) in self.pages.keys() {
            if !self.is_public(lang, logical, date) {
                let mark = mark(lang, logical);
                let leaks = holders(&mark);
                if !leaks.is_empty() {
                    found.push(format!("{lang} {logical} is not public, but its words stand in {leaks:?}"));
                }
            }
        }
        // What is hidden is there, and in no list; a menu of the settings may name it all the same.
        for (lang, logical) in self.pages.iter().filter(|(_, page)| page.hidden).map(|(key, _)| key) {
            let prefix = if *lang == "en" { String::new() } else { format!("{lang}/") };
            let title = format!("T{}", mark(lang, logical));
            let lists = ["a-z.html", "site-map.html"].map(|list| format!("{prefix}{list}"));
            for list in
                lists.iter().filter(|list| self.is_public(lang, logical, date) && outputs.contains_key(*list))
            {
                let shown = memchr::memmem::find(&outputs[list], title.as_bytes()).is_some();
                found.extend(shown.then(|| format!("{lang} {logical} is hidden and stands in {list}")));
            }
        }
        let files = self.public_files(date);
        for file in &self.files {
            let mark = format!("FILE q{}q", file.replace(['/', '.'], ""));
            let there = holders(&mark);
            let foreign = file.starts_with("es/") && !self.languages.contains(&"es");
            match (files.contains(file) && !foreign, there.is_empty()) {
                (true, true) => found.push(format!("the file {file} is linked and not there")),
                (false, false) => {
                    found.push(format!("nothing public leads to {file}, but it is at {there:?}"))
                }
                _ => {}
            }
        }
        for line in &self.lock {
            if !outputs.contains_key(line) {
                found.push(format!("the locked address {line} does not answer"));
            }
        }
        found
    }
}

/// The label of the list of related words.
fn label(lang: &str) -> &'static str {
    if lang == "es" { "Relacionado" } else { "Related" }
}

fn run(seed: u64) -> usize {
    let mut rng = Rng::new(seed ^ 0x5EED_0000);
    let disk = Disk::default();
    seed_site(&disk, false);
    seed_sheet(&disk);
    let mut world = World::new();
    world.write(&disk);
    // The day is that of a zone, which the clock passes through in steps of some hours.
    let zone = jiff::tz::TimeZone::get(ZONES[(seed % 8) as usize]).unwrap();
    let start: jiff::Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let mut now = start;
    let mut date = now.to_zoned(zone.clone()).date();
    let threads = if seed.is_multiple_of(5) { 2 } else { 1 };
    let budget = if seed % 4 == 1 { 0 } else { 64 << 20 };
    let serve = seed % 7 == 3;
    let rules = seed.is_multiple_of(8);
    let mut model = Model::new(&disk, date, threads, budget, serve);
    incremental(&mut model, &disk);
    let mut script: Vec<String> = Vec::new();
    // With numbers of their own, so that the other scripts stay what they are.
    let mut behind = seed.is_multiple_of(2).then(|| Rng::new(seed ^ 0xBE41_4D00));
    let mut folder = (seed % 3 == 1).then(|| (Folder::new(), Rng::new(seed ^ 0xF01D_E200)));
    for step in 0..STEPS {
        if let Some(rng) = &mut behind {
            // What the engine knows is what the world is.
            let of = |logical: &str| {
                let path = format!("content/{logical}");
                model.engine.documents().find(|document| document.path.as_str() == path).map(|d| stamp_of(d))
            };
            script.push(world.fall_behind(rng, &of));
        }
        for _ in 0..1 + rng.below(3) {
            script.push(world.edit(&mut rng, date));
        }
        if rng.chance(3) {
            // Mostly forward; a clock that was wrong is put right.
            let hours = jiff::SignedDuration::from_hours(7 + rng.below(30) as i64);
            now = if rng.chance(5) { start } else { now.checked_add(hours).unwrap_or(now) };
            date = now.to_zoned(zone.clone()).date();
            if date > day(6) {
                now = start;
                date = now.to_zoned(zone.clone()).date();
            }
            model.set_date(date);
            script.push(format!("it is {now}, and the day is {date}"));
        }
        world.write(&disk);
        if rng.chance(4) {
            model = model.saved_and_loaded(&disk);
            script.push("save and load the cache".into());
        }
        incremental(&mut model, &disk);
        if rules {
            model.engine.check();
        }
        // A fresh build costs more than all else here, and the model knows what must be public at every step.
        if seed.is_multiple_of(10) || step + 1 == STEPS && seed.is_multiple_of(2) {
            let mut full = fresh(&disk, date, serve);
            if rules {
                full.engine.check();
            }
            if let Some(difference) = compare(&model, &full) {
                panic!("seed {seed}, step {step}: {difference}\nscript:\n  {}", script.join("\n  "));
            }
        }
        let mut faults = world.faults(&model, date);
        // What can be built on every day brings no error on a day to come.
        if seed % 16 == 6 {
            let ahead = model.engine.errors_ahead(rules, &model.engine.diagnostics());
            faults.extend(ahead.iter().map(|error| format!("an error to come: {error:?}")));
        }
        if let Some((folder, rng)) = &mut folder {
            if step > 0 {
                script.push(folder.disturb(rng, &disk, date));
            }
            faults.extend(folder.build(&mut model, &disk));
        }
        assert!(
            faults.is_empty(),
            "seed {seed}, step {step}:\n{}\nscript:\n  {}",
            faults.join("\n"),
            script.join("\n  ")
        );
    }
    STEPS
}

/// Script 2475: a language is taken out, the cache is saved and loaded, and the language comes back with another menu, which then
/// becomes what it was at first.
#[test]
fn the_menu_of_a_language_that_comes_back_is_followed() {
    assert_eq!(run(2475), STEPS);
}

/// `GUIDEPOST_PUBLICATION=20000` runs more scripts than usual, five steps each, from the one that `GUIDEPOST_PUBLICATION_FROM`
/// names; `GUIDEPOST_PUBLICATION_SEED=n` runs one. CONTRIBUTING.md has the whole command.
#[test]
fn what_is_public_is_what_the_front_matter_says() {
    if let Ok(seed) = std::env::var("GUIDEPOST_PUBLICATION_SEED") {
        run(seed.parse().expect("GUIDEPOST_PUBLICATION_SEED is a number"));
        return;
    }
    let scripts = std::env::var("GUIDEPOST_PUBLICATION").ok().and_then(|n| n.parse().ok()).unwrap_or(SCRIPTS);
    let steps = std::sync::atomic::AtomicUsize::new(0);
    let first = std::env::var("GUIDEPOST_PUBLICATION_FROM").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let next = std::sync::atomic::AtomicU64::new(first);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(8) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if seed >= scripts {
                        break;
                    }
                    let so_far = steps.fetch_add(run(seed), std::sync::atomic::Ordering::Relaxed);
                    if (so_far / STEPS + 1).is_multiple_of(1000) {
                        println!("{} scripts", so_far / STEPS + 1);
                    }
                }
            });
        }
    });
    println!("{scripts} scripts, {} steps looked through", steps.into_inner());
}
