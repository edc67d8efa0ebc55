//! The small site that is edited, its files in memory, and the two ways of building it.

use guidepost::diag::Diagnostic;
use guidepost::engine::{Engine, Loader, Options, Output, OutputBody, Which};
use guidepost::source::{Asset, Change, Fingerprint, Source, SourcePath};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The files of a site.
#[derive(Default, Clone)]
pub struct Disk(pub Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Disk {
    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        self.0.lock().unwrap().insert(path.to_string(), text.as_ref().to_vec());
    }

    pub fn get(&self, path: &str) -> Option<String> {
        self.0.lock().unwrap().get(path).map(|b| String::from_utf8_lossy(b).into_owned())
    }

    pub fn remove(&self, path: &str) {
        self.0.lock().unwrap().remove(path);
    }

    pub fn paths(&self, keep: impl Fn(&str) -> bool) -> Vec<String> {
        self.0.lock().unwrap().keys().filter(|p| keep(p)).cloned().collect()
    }
}

impl Loader for Disk {
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        self.0.lock().unwrap().get(path.as_str()).map(|b| b.clone().into())
    }
}

/// What a scan would say of one file.
pub fn change(path: &str, bytes: &[u8]) -> Change {
    let path = SourcePath::new(path).unwrap();
    if matches!(path.extension().as_str(), "pdf" | "docx") {
        let (size, fingerprint) = (bytes.len() as u64, Fingerprint::of(bytes));
        return Change::SetAsset(Asset { path, size, fingerprint, dimensions: None, picture: None });
    }
    if path.extension() == "png" {
        let size = bytes.len() as u64;
        // The fake picture says its own width.
        let width = u32::from(bytes.first().copied().unwrap_or(1));
        return Change::SetAsset(Asset {
            path,
            size,
            fingerprint: Fingerprint::of(bytes),
            dimensions: Some((width, 7)),
            picture: None,
        });
    }
    Change::Set(Source::new(path, bytes.to_vec()))
}

/// An engine with what it has made and seen so far.
pub struct Model {
    pub engine: Engine,
    pub outputs: BTreeMap<String, Vec<u8>>,
    seen: BTreeMap<String, Vec<u8>>,
    /// How many outputs were handed on to be written since this was last set to 0.
    pub written: usize,
    options: Options,
    disk: Disk,
    /// The cache that was written as a whole last: later edits are kept beside it.
    pub base: Option<Vec<u8>>,
}

pub fn day(n: i8) -> Date {
    jiff::civil::date(2026, 11, 20 + n)
}

impl Model {
    pub fn new(disk: &Disk, date: Date, threads: usize, body_budget: usize, serve: bool) -> Model {
        Model::with(disk, Options { threads, body_budget, serve, ..Options::new(date) })
    }

    fn with(disk: &Disk, options: Options) -> Model {
        let engine = Engine::new(options.clone(), Arc::new(disk.clone())).unwrap();
        Model {
            engine,
            outputs: BTreeMap::new(),
            seen: BTreeMap::new(),
            written: 0,
            options,
            disk: disk.clone(),
            base: None,
        }
    }

    pub fn set_date(&mut self, date: Date) {
        self.options.date = date;
        let delta = self.engine.set_date(date);
        for path in delta.removed {
            self.outputs.remove(path.as_str());
        }
    }

    /// The same state after a program ended and another began.
    pub fn saved_and_loaded(self, disk: &Disk) -> Model {
        let (base, edits) = match (self.base.clone(), self.engine.save_edits()) {
            (Some(base), Some(edits)) => (base, Some(edits.into())),
            _ => (self.engine.save(), None),
        };
        let engine = Engine::open(self.options.clone(), Arc::new(disk.clone()), base.clone().into(), edits)
            .unwrap()
            .expect("a cache that was just saved can be opened");
        Model { engine, base: Some(base), ..self }
    }
}

/// Tells the engine what changed on the disk and makes what is dirty.
pub fn incremental(model: &mut Model, disk: &Disk) {
    let now = disk.0.lock().unwrap().clone();
    let mut changes = Vec::new();
    for (path, bytes) in &now {
        if model.seen.get(path) != Some(bytes) {
            changes.push(change(path, bytes));
        }
    }
    for path in model.seen.keys() {
        if !now.contains_key(path) {
            changes.push(Change::Remove(SourcePath::new(path).unwrap()));
        }
    }
    model.seen = now;
    let delta = model.engine.apply(changes);
    for path in delta.removed {
        model.outputs.remove(path.as_str());
    }
    let made: Mutex<Vec<Output>> = Mutex::default();
    // In two parts, as the dev server does.
    model.engine.render(Which::Some(3), &|o| made.lock().unwrap().push(o));
    model.engine.render(Which::All, &|o| made.lock().unwrap().push(o));
    for output in made.into_inner().unwrap() {
        model.written += 1;
        match output {
            Output::Write { path, bytes, .. } => {
                model.outputs.insert(path.to_string(), bytes.to_vec());
            }
            Output::Copy { path, from, .. } => {
                let bytes = model.disk.load(&from).map(|b| b.to_vec()).unwrap_or_default();
                model.outputs.insert(path.to_string(), bytes);
            }
            Output::Remove { path } => {
                model.outputs.remove(path.as_str());
            }
        }
    }
}

/// A build from nothing.
pub fn fresh(disk: &Disk, date: Date, serve: bool) -> Model {
    fresh_with(disk, Options { serve, ..Options::new(date) })
}

/// A build from nothing, by these options.
pub fn fresh_with(disk: &Disk, options: Options) -> Model {
    let mut model = Model::with(disk, options);
    incremental(&mut model, disk);
    model
}

/// The first difference between two states, if there is any.
pub fn compare(a: &Model, b: &Model) -> Option<String> {
    for (path, bytes) in &b.outputs {
        match a.outputs.get(path) {
            None => return Some(format!("{path} is missing")),
            Some(other) if other != bytes => {
                let (x, y) = (String::from_utf8_lossy(other), String::from_utf8_lossy(bytes));
                let at = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
                let from = at.saturating_sub(80);
                let cut = |s: &str| s.chars().skip(from).take(200).collect::<String>();
                return Some(format!(
                    "{path} differs at {at}\n--- incremental\n{}\n--- full\n{}",
                    cut(&x),
                    cut(&y)
                ));
            }
            Some(_) => {}
        }
    }
    if let Some(extra) = a.outputs.keys().find(|p| !b.outputs.contains_key(*p)) {
        return Some(format!("{extra} should be gone"));
    }
    let (x, y): (Vec<Diagnostic>, Vec<Diagnostic>) = (a.engine.diagnostics(), b.engine.diagnostics());
    if x != y {
        let only = |one: &[Diagnostic], other: &[Diagnostic]| {
            one.iter().filter(|d| !other.contains(d)).map(|d| format!("{d:?}")).collect::<Vec<_>>().join("\n")
        };
        return Some(format!(
            "problems differ\n--- only incremental\n{}\n--- only full\n{}",
            only(&x, &y),
            only(&y, &x)
        ));
    }
    None
}

/// What must hold of every site without errors and does not: an address in it that leads to nothing, a locked address
/// without an answer whose page is still there, an output of a page that is left out.
pub fn wrong(model: &Model, disk: &Disk) -> Option<String> {
    if model.engine.failed() {
        return None;
    }
    let outputs = &model.outputs;
    for (name, bytes) in outputs.iter().filter(|(name, _)| name.ends_with(".html") && *name != "404.html") {
        let text = String::from_utf8_lossy(bytes);
        if text.contains("guidepost:left-out") {
            return Some(format!("{name} holds the mark of a link"));
        }
        for part in ["href=\"", "src=\""].iter().flat_map(|key| text.split(key).skip(1)) {
            let address = part.split(['"', '#', '?']).next().unwrap_or("");
            if address.is_empty() || address.contains(':') {
                continue;
            }
            let path = guidepost::render::address_of(name, address);
            let index = format!("{}index.html", if path.is_empty() { "" } else { path.as_str() });
            let folder = format!("{path}/index.html");
            if ![&path, &index, &folder].iter().any(|path| outputs.contains_key(path.as_str())) {
                return Some(format!("{name} leads to {address}, which is nothing"));
            }
        }
    }
    let locked = disk.get("urls.lock").unwrap_or_default();
    for address in locked.lines().filter(|line| line.ends_with(".html") && !line.starts_with("old/")) {
        let page = address.trim_start_matches("es/").replace(".html", ".md");
        if disk.get(&format!("content/{page}")).is_some()
            && !outputs.contains_key(address)
            && !folder_style(disk)
        {
            return Some(format!("{address} is locked and has no answer"));
        }
    }
    // In another language the main one's page may stand at the address.
    let of_main = |path: &SourcePath| !path.as_str().starts_with("content/es/");
    for left in model.engine.left_out().iter().filter(|left| of_main(&left.path)) {
        let own = left.path.as_str().trim_start_matches("content/").replace(".md", ".html");
        if outputs.get(&own).is_some_and(|page| !String::from_utf8_lossy(page).contains("noindex"))
            && !locked.contains(&own)
        {
            return Some(format!("{own} is left out and there"));
        }
    }
    None
}

fn folder_style(disk: &Disk) -> bool {
    disk.get("site.yaml").unwrap_or_default().contains("urls: folder")
}

/// Asks for every output as the dev server does, one at a time.
pub fn served(model: &mut Model) -> BTreeMap<String, Vec<u8>> {
    let mut out: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    // Which files are published shows when pages are made.
    while let Some(path) = model.engine.plan().jobs.keys().find(|p| !out.contains_key(p.as_str())).cloned() {
        let bytes = match model.engine.output(&path) {
            Some(OutputBody::Bytes(bytes)) => bytes,
            Some(OutputBody::Source(from)) => model.disk.load(&from).map(|b| b.to_vec()).unwrap_or_default(),
            Some(OutputBody::Photo(photo)) => format!("{photo:?}").into_bytes(),
            None => Vec::new(),
        };
        out.insert(path.to_string(), bytes);
    }
    out
}

/// Writes the site that scripts start from.
pub fn seed_site(disk: &Disk, with_base_url: bool) {
    let base = if with_base_url { "base_url: https://example.org/g\n" } else { "" };
    disk.put(
        "site.yaml",
        format!("title: {{en: Guide, es: Guía}}\ndistrict: D\nlanguages: [en, es]\ntheme: tiny\n{base}"),
    );
    disk.put("themes/tiny/theme.yaml", "title: Tiny\nextends: ground\n");
    disk.put("themes/ground/theme.yaml", "title: Ground\n");
    disk.put("themes/ground/kinds.yaml", KINDS);
    for (path, text) in TEMPLATES {
        disk.put(&format!("themes/ground/templates/{path}"), text);
    }
    disk.put(
        "themes/tiny/templates/page.html",
        "{% extends \"ground/page.html\" %}{% block extra %}tiny{% endblock %}",
    );
    disk.put("themes/ground/assets/style.css", "a{background:url(dot.svg)}");
    disk.put("themes/ground/assets/dot.svg", "<svg><path d=\"M0 0\"/></svg>");
    disk.put("themes/ground/translations/en.yaml", "words: Words\ncount: {one: '{n} page', other: '{n} pages'}\nnotice_fallback: Not in your language\nnotice_outdated: Old\nnotice_review: Due\nnotice_draft: Draft\nnotice_machine: Unchecked\nnotice_unreviewed: ''\nmonth_1: January\nmonth_2: February\nmonth_3: March\nmonth_4: April\nmonth_5: May\nmonth_6: June\nmonth_7: July\nmonth_8: August\nmonth_9: September\nmonth_10: October\nmonth_11: November\nmonth_12: December\ndate_format: '{month} {day}, {year}'\n");
    disk.put("themes/ground/translations/es.yaml", "words: Palabras\n");
    disk.put("data/list.yaml", "- one\n- two\n");
    disk.put(
        "content/index.md",
        "---\ntitle: Home\n---\nSee [a](a/one.md) and the IEP team. [pic](a/p.png)\n",
    );
    disk.put("content/a/index.md", "---\ntitle: Section A\norder: 1\n---\nIntro.\n");
    disk.put("content/a/one.md", "---\ntitle: One\ntags: [x, y]\norder: 1\naliases: [old/one.html]\n---\n## Part {#part}\nAn IEP and grasp. ![p](p.png)\n\n[two](two.md#t) [](two.md)\n");
    disk.put("content/a/two.md", "---\ntitle: Two\ntags: [x]\nreviewed: 2026-10-22\nreview_every: 30 days\n---\n## T {#t}\nThe team met. :smile: grasps\n\n:::box\nInside [one](one.md)\n:::\n");
    disk.put("content/a/p.png", [9u8, 1, 2, 3]);
    disk.put("content/b/index.md", "---\ntitle: Section B\norder: 2\nmember_kind: thing\n---\n");
    disk.put(
        "content/b/thing.md",
        "---\ntitle: A thing\ncolor: red\npublish: 2026-11-22\n---\nLater [one](../a/one.md).\n",
    );
    disk.put(
        "content/b/deep/three.md",
        "---\ntitle: Three\nexpires: 2026-11-24\n---\nDeep [up](../index.md). 他的个别化教育计划, our #1 goal, a 504 plan, an A+ from AT&T.\n",
    );
    disk.put("content/terms.md", "---\ntitle: Terms\nentries: term\norder: 9\n---\nIntro.\n\n## IEP {#iep}\n- Also called: education program\n- Related: grasp\n\nA plan for grasp.\n\n## Grasp {#grasp}\n- Example: a pencil\n\nHow a hand holds.\n");
    disk.put("content/es/index.md", "---\ntitle: Inicio\n---\nHola [uno](a/one.md).\n");
    disk.put("content/es/a/two.md", "---\ntitle: Dos\n---\nTexto del IEP.\n");
}

/// Puts a sheet that picks entries with footnotes, and lists in a component.
pub fn seed_sheet(disk: &Disk) {
    let terms = disk.get("content/terms.md").unwrap_or_default();
    let terms = terms.replace("A plan for grasp.", "A plan for grasp.[^n] [to](#iep)\n\n### Part");
    disk.put("content/terms.md", terms + "\n[^n]: A note of grasp, [two](a/two.md#t).\n");
    disk.put(
        "themes/tiny/kinds.yaml",
        "sheet:\n  label: {en: Sheet, es: Hoja}\n  template: sheet.html\n  fields:\n    picks:\n      label: {en: Picks, es: Lista}\n      type: list of reference\n",
    );
    disk.put(
        "themes/tiny/templates/sheet.html",
        "{% extends \"ground/page.html\" %}{% block extra %}{% for b in backlinks() %}<b>{{ b.title }} {{ b.excerpt }}</b>{% endfor %}{% for h in page.outline %}{{ h.title }}{% endfor %}{% for e in picks %}<p id=\"{{ e.id }}\">{{ e.body }}{{ e.html.related or \"\" }}</p>{% endfor %}{{ footnotes or \"\" }}{% endblock %}",
    );
    disk.put(
        "themes/tiny/templates/components/list.html",
        "{% component mark(kind=\"a\") %}<b class=\"{{ kind }}\">{{ body }}</b>{% endcomponent mark %}{% component list() %}<h2 id=\"listed\">Listed</h2>{% for e in entries(kind=\"term\") %}<i>{{ e.title }} {{ e.text.related or \"\" }} {{ e.excerpt }}</i>{% endfor %}{% endcomponent list %}",
    );
    disk.put("content/a/sheet.md", "---\ntitle: Sheet\nkind: sheet\npicks: [terms.md#iep, terms.md#grasp]\n---\nOwn.[^o] [See *two*]{:mark kind=\"b\"} [there](../c.md#listed) {:mark}\n\n:::list\n:::\n\n[^o]: Own note.\n");
    disk.put("content/c.md", "---\ntitle: C\n---\nTo [the sheet](a/sheet.md#listed).\n\n:::list\n:::\n");
}

const KINDS: &str = "page:\n  label: {en: Page, es: Página}\nthing:\n  label: {en: Thing, es: Cosa}\n  template: thing.html\n  fields:\n    color:\n      label: {en: Color, es: Color}\n      type: choice\n      choices: [red, blue]\n      required: true\nterm:\n  label: {en: Term, es: Término}\n  glossary: true\n  fields:\n    also_called:\n      label: {en: Also called, es: También}\n      type: list of text\n    example:\n      label: {en: Example, es: Ejemplo}\n      type: text\n    related:\n      label: {en: Related, es: Relacionado}\n      type: list of reference to term\n";

const TEMPLATES: &[(&str, &str)] = &[
    (
        "base.html",
        "<html lang=\"{{ lang }}\"><link href=\"{{ asset(path=\"style.css\") }}\"><title>{{ page.title }} - {{ site.title }}</title>{% set z = zip() %}{% if z %}<a href=\"{{ z.url }}\">{{ z.size or \"\" }}</a>{% endif %}{{ menu() }}{% for b in breadcrumbs %}<a href=\"{{ b.url }}\">{{ b.title }}</a>{% endfor %}{% for n in notices %}<p>{{ n.text }}</p>{% endfor %}{% for n in site_notices() %}<div lang=\"{{ n.lang }}\">{{ n.html }}</div>{% endfor %}<main>{% block main %}{% endblock %}</main>{% for a in alternates %}<a href=\"{{ a.url }}\">{{ a.code }}{{ a.fallback }}</a>{% endfor %}</html>",
    ),
    (
        "page.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ body }}{% block extra %}{% endblock %}{% for w in words %}<dt>{{ w.title }}</dt><dd>{{ w.definition }}</dd>{% endfor %}{% if prev %}<a href=\"{{ prev.url }}\">{{ prev.title }}</a>{% endif %}{% if next %}<a href=\"{{ next.url }}\">{{ next.title }}</a>{% endif %}{% for r in related() %}<a href=\"{{ r.url }}\">{{ r.title }}</a>{% endfor %}{% for t in page.tags %}<i>{{ t.name }}</i>{% endfor %}{{ page.owner or \"\" }}{% for f in page.facts %}<b>{{ f.label }} {{ f.html }}</b>{% endfor %}{% if page.reviewed %}{{ date(value=page.reviewed) }}{% endif %}{% include \"foot.html\" %}{% endblock %}",
    ),
    (
        "section.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ body }}{{ t(key=\"count\", n=pages()|length) }}{% for p in pages() %}{{ <card item={p} /> }}{% endfor %}{% endblock %}",
    ),
    (
        "thing.html",
        "{% extends \"page.html\" %}{% block extra %}{{ page.text.color or \"\" }} {{ data(path=\"list.yaml\") or [] | length }} {{ today() }}{% endblock %}",
    ),
    ("foot.html", "<footer>{{ t(key=\"words\") }}{{ svg(path=\"dot.svg\") }}</footer>"),
    (
        "components/card.html",
        "{% component card(item) %}<li><a href=\"{{ item.url }}\">{{ item.title }}</a> {{ item.description or \"\" }}</li>{% endcomponent card %}",
    ),
    (
        "components/box.html",
        "{% component box() %}<div>{{ body }}{{ t(key=\"words\") }}</div>{% endcomponent box %}",
    ),
    (
        "entries/term.html",
        "<section id=\"{{ entry.id }}\"><h2>{{ entry.title }}</h2>{{ entry.body }}{{ entry.html.related or \"\" }}</section>",
    ),
    (
        "menu.html",
        "<nav>{% for i in items %}<a href=\"{{ i.url }}\">{{ i.title }}</a>{% for j in i.items %}<a href=\"{{ j.url }}\">{{ j.title }}</a>{% endfor %}{% endfor %}</nav>",
    ),
    (
        "tag.html",
        "{% extends \"base.html\" %}{% block main %}{{ tag.name }}{% for p in pages %}{{ <card item={p} /> }}{% endfor %}{% endblock %}",
    ),
    (
        "tags.html",
        "{% extends \"base.html\" %}{% block main %}{% for t in tags %}{{ t.name }}{{ t.count }}{% endfor %}{% endblock %}",
    ),
    (
        "a-z.html",
        "{% for l in letters %}{{ l.letter }}{% for i in l.items %}<a href=\"{{ i.url }}\">{{ i.title }}</a>{% endfor %}{% endfor %}",
    ),
    ("site-map.html", "{% for i in items %}<a href=\"{{ i.url }}\">{{ i.title }}</a>{% endfor %}"),
    (
        "print.html",
        "{{ title }}{% for p in parts %}<h1 id=\"{{ p.id }}\">{{ p.title }}</h1>{{ p.body }}{% endfor %}",
    ),
    ("redirect.html", "<a href=\"{{ target }}\">{{ title }}</a>"),
    ("404.html", "{% extends \"base.html\" %}"),
    ("brand.css", "a{content:\"{{ t(key=\"words\") }}\"}"),
];
