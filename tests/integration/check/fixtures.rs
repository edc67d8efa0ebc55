//! `tests/check/<code>/{fires,silent,allowed}.md`: a rule fires at the right place, stays silent, can be allowed.
//!
//! `//~ code@column` says what is expected of the line above it (`code@column..end` for the end too), `//~ code@site`
//! of the site as a whole. `=== path` begins a further file; the first is `content/page.md`. `//@` lines set the
//! scene: `off code`, `limit name number`, `today date`, `raw_html`, `answer address kind`, `text lang key`,
//! `label`, `asset path kind`, `bare` (the pages have no front matter but their own). A file `urls.lock` is the list of published addresses; `site.yaml` and `kinds.yaml`
//! are read as settings, and all other files that are not markdown are given to the rules on files. Only the rule's own code and `unused-allow` are compared.

use crate::check::site::Site;
use guidepost::check::external::Answer;
use guidepost::check::{self, Check, Checker, rules};
use guidepost::config::{Config, site::load, theme};
use guidepost::diag::{Diagnostic, sort};
use guidepost::source::{LineIndex, Source, SourcePath};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")
}

/// What a fixture says and sets.
#[derive(Default)]
pub struct Fixture {
    pub files: Vec<(String, String)>,
    pub expected: BTreeSet<String>,
    pub config: Config,
    pub today: Option<String>,
    pub answers: BTreeMap<String, Answer>,
    pub texts: Vec<(String, String)>,
    pub assets: Vec<(String, String)>,
    pub allows: bool,
    pub bare: bool,
}

const HEAD: &str =
    "---\ntitle: Test page\ndescription: One plain sentence that says what this page is about.\n---\n";

pub fn read(text: &str) -> Fixture {
    let mut fixture = Fixture::default();
    let mut path = "content/page.md".to_owned();
    let mut body = String::new();
    let close = |path: &str, body: &mut String, fixture: &mut Fixture| {
        let text = std::mem::take(body);
        if !text.is_empty() {
            fixture.files.push((path.to_owned(), text));
        }
    };
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if let Some(next) = bare.strip_prefix("=== ") {
            close(&path, &mut body, &mut fixture);
            path = next.to_owned();
        } else if let Some(expected) = bare.strip_prefix("//~ ") {
            let line = body.matches('\n').count();
            for one in expected.split_whitespace() {
                let (code, place) = one.split_once('@').unwrap();
                let place = match place {
                    "site" => "site".to_owned(),
                    place if place.parse::<usize>().is_err() && !place.contains("..") => place.to_owned(),
                    column => format!("{path}:{line}:{column}"),
                };
                fixture.expected.insert(format!("{place} {code}"));
            }
        } else if let Some(setting) = bare.strip_prefix("//@ ") {
            set(&mut fixture, setting);
        } else {
            if body.is_empty() && !fixture.bare && !bare.starts_with("---") && path.ends_with(".md") {
                body.push_str(HEAD);
            }
            fixture.allows |= bare.contains("check: allow");
            body.push_str(line);
        }
    }
    close(&path, &mut body, &mut fixture);
    fixture
}

fn set(fixture: &mut Fixture, setting: &str) {
    let words: Vec<&str> = setting.split_whitespace().collect();
    match words.as_slice() {
        ["off", code] => {
            fixture.config.checks.levels.insert((*code).to_owned(), None);
            fixture.allows = true;
        }
        ["limit", name, number] => {
            fixture.config.checks.limits.insert((*name).to_owned(), number.parse().unwrap());
        }
        ["words", list, rest @ ..] => {
            fixture.config.checks.words.insert((*list).to_owned(), vec![rest.join(" ")]);
        }
        ["today", date] => fixture.today = Some((*date).to_owned()),
        ["bare"] => fixture.bare = true,
        ["raw_html"] => fixture.config.raw_html = true,
        ["answer", address, kind] => {
            fixture.answers.insert((*address).to_owned(), answer(kind));
        }
        ["text", lang, key] => fixture.texts.push(((*lang).to_owned(), (*key).to_owned())),
        ["label", lang, text @ ..] => {
            fixture.config.title.0.insert((*lang).to_owned(), text.join(" "));
        }
        ["asset", path, kind] => fixture.assets.push(((*path).to_owned(), (*kind).to_owned())),
        _ => panic!("a setting that no fixture has: {setting}"),
    }
}

/// What another site says.
fn answer(kind: &str) -> Answer {
    match kind {
        "fine" => Answer::Fine,
        "404" => Answer::Gone(404),
        "500" => Answer::Failing(500),
        "403" => Answer::Refused(403),
        "slow" => Answer::Slow,
        "nowhere" => Answer::Unreachable("there is no server of that name".into()),
        to => Answer::Moved(to.into()),
    }
}

/// Bytes for the rules on files.
fn asset(kind: &str) -> Vec<u8> {
    match kind {
        "photo-with-place" => {
            let mut tiff = b"II\x2A\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0".to_vec();
            tiff.extend(b"\x02\0\x02\0\x05\0\x03\0\0\0\x38\0\0\0\x04\0\x05\0\x03\0\0\0\x38\0\0\0\0\0\0\0");
            tiff.extend([40u32, 1, 0, 1, 0, 1].iter().flat_map(|n| n.to_le_bytes()));
            let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE1];
            jpeg.extend((tiff.len() as u16 + 8).to_be_bytes());
            jpeg.extend(b"Exif\0\0");
            jpeg.extend(tiff);
            jpeg.extend([0xFF, 0xDA]);
            jpeg
        }
        "photo" => vec![0xFF, 0xD8, 0xFF, 0xDA],
        "pdf-with-author" => b"%PDF-1.4\n<< /Author (Pat Lee) >>".to_vec(),
        "pdf" => b"%PDF-1.4\n<< /Title (Form) >>".to_vec(),
        _ => panic!("no such asset: {kind}"),
    }
}

/// The settings: what the `//@` lines say, or what the settings files of the fixture do.
fn settings(config: &Config, others: &[Source]) -> Config {
    let named = |name: &'static str| others.iter().filter(move |s| s.path.file_name() == name);
    if named("site.yaml").chain(named("kinds.yaml")).next().is_none() {
        return config.clone();
    }
    let kinds = theme::load_kinds(&named("kinds.yaml").collect::<Vec<_>>()).value;
    let read = load(named("site.yaml").next(), &kinds).value;
    Config { checks: config.checks.clone(), ..read }
}

/// All problems of a fixture, settled.
pub fn problems(fixture: &Fixture) -> (Site, Vec<Diagnostic>) {
    let (files, others): (Vec<_>, Vec<_>) =
        fixture.files.iter().cloned().partition(|(path, _)| path.ends_with(".md"));
    let source =
        |(path, text): (String, String)| Source::new(SourcePath::new(&path).unwrap(), text.into_bytes());
    let others: Vec<Source> = others.into_iter().map(source).collect();
    let mut site = Site::new(files, settings(&fixture.config, &others));
    let lock = others.iter().find(|s| s.path.as_str() == check::lock::FILE);
    site.lock = lock.and_then(|s| s.utf8().ok()).map(str::to_owned);
    site.answers.clone_from(&fixture.answers);
    if let Some(today) = &fixture.today {
        site.today = Some(today.parse().unwrap());
    }
    let text = |(lang, key): &(String, String)| check::MissingText {
        key: key.clone(),
        lang: lang.clone(),
        path: SourcePath::new(&format!("themes/parent-guide/translations/{lang}.yaml")).unwrap(),
    };
    site.missing_texts = fixture.texts.iter().map(text).collect();
    let checker = Checker::new(&site.config.checks, []);
    for (path, kind) in &fixture.assets {
        let (path, bytes) = (SourcePath::new(path).unwrap(), asset(kind));
        site.found.extend(checker.asset(&check::file::AssetInput {
            path: &path,
            picture: check::file::look(&bytes, &path.extension()).0,
            bytes: &bytes,
        }));
    }
    for source in &others {
        site.found.extend(checker.asset(&check::file::AssetInput {
            path: &source.path,
            picture: None,
            bytes: &source.text,
        }));
    }
    site.others = others;
    let mut problems = site.problems();
    sort(&mut problems);
    (site, problems)
}

fn run(code: &str, name: &str, failures: &mut String) {
    let file = folder().join(code).join(name);
    let Ok(text) = std::fs::read_to_string(&file) else {
        let _ = writeln!(failures, "{code} has no {name}");
        return;
    };
    let fixture = read(&text);
    let own = |line: &&String| line.ends_with(&format!(" {code}"));
    match name {
        "fires.md" if fixture.expected.iter().filter(own).count() == 0 => {
            let _ = writeln!(failures, "{code}/{name} expects nothing");
        }
        "silent.md" if !fixture.expected.is_empty() => {
            let _ = writeln!(failures, "{code}/{name} expects something");
        }
        "allowed.md" if !fixture.allows || fixture.expected.iter().any(|l| own(&l)) => {
            let _ = writeln!(failures, "{code}/{name} allows nothing");
        }
        _ => {}
    }
    let (site, problems) = problems(&fixture);
    let mut found = BTreeSet::new();
    for problem in problems.iter().filter(|p| p.code.name() == code || p.code.name() == "unused-allow") {
        let place = match &problem.path {
            None => "site".to_owned(),
            Some(path) => match site.bytes(path) {
                None => path.to_string(),
                Some(bytes) => {
                    let index = LineIndex::new(bytes);
                    let (start, end) = (
                        index.position(problem.span.start as usize),
                        index.position(problem.span.end as usize),
                    );
                    let exact = format!("{path}:{}:{}..{}", start.line, start.column, end.column);
                    let full = format!("{exact} {}", problem.code);
                    if fixture.expected.contains(&full) {
                        exact
                    } else {
                        format!("{path}:{}:{}", start.line, start.column)
                    }
                }
            },
        };
        found.insert(format!("{place} {}", problem.code));
    }
    for missing in fixture.expected.difference(&found) {
        let _ = writeln!(failures, "{code}/{name}: not found: {missing}");
    }
    for extra in found.difference(&fixture.expected) {
        let _ = writeln!(failures, "{code}/{name}: not expected: {extra}");
    }
}

#[test]
fn every_rule_has_its_words() {
    let mut failures = String::new();
    let mut codes = BTreeSet::new();
    for rule in rules() {
        let code = rule.code.name();
        if !codes.insert(code) {
            let _ = writeln!(failures, "{code} is the code of two rules");
        }
        for (what, text, least) in [
            ("title", rule.title, 8),
            ("explanation", rule.explanation, 60),
            ("bad example", rule.bad, 3),
            ("good example", rule.good, 3),
            ("sentence in diag/code.rs", rule.code.about(), 10),
        ] {
            if text.trim().len() < least {
                let _ = writeln!(failures, "{code} lacks a {what}");
            }
        }
        if check::explain(code).is_none_or(|t| !t.contains(rule.explanation)) {
            let _ = writeln!(failures, "{code} is not explained");
        }
        let file = match rule.check {
            Check::Settle => "src/check/suppress.rs".to_owned(),
            _ => format!("src/check/rules/{}/{}.rs", rule.group.name(), code.replace('-', "_")),
        };
        let text =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap_or_default();
        if !text.starts_with("//!") {
            let _ = writeln!(failures, "{code} does not stand in {file}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_rule_fires_is_silent_and_can_be_allowed() {
    let mut failures = String::new();
    for rule in rules() {
        for name in ["fires.md", "silent.md", "allowed.md"] {
            run(rule.code.name(), name, &mut failures);
        }
    }
    for entry in std::fs::read_dir(folder()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !rules().iter().any(|r| r.code.name() == name) {
            let _ = writeln!(failures, "tests/check/{name} belongs to no rule");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn fixes_mend_what_they_report() {
    for rule in rules().iter().filter(|r| r.fixable) {
        let code = rule.code.name();
        let text = std::fs::read_to_string(folder().join(code).join("fires.md")).unwrap();
        let mut fixture = read(&text);
        let (_, before) = problems(&fixture);
        let mut mended = 0;
        for (path, text) in &mut fixture.files {
            let own = before
                .iter()
                .filter(|d| d.code.name() == code && d.path.as_ref().is_some_and(|p| p.as_str() == path));
            let fixes = check::fix::of(own);
            mended += fixes.len();
            *text = check::fix::apply(text, &fixes).unwrap();
        }
        assert!(mended > 0, "{code} has no fix in its fixture");
        let (_, after) = problems(&fixture);
        let left = after.iter().filter(|d| d.code.name() == code && d.fix.is_some()).count();
        assert_eq!(left, 0, "{code} is still there after its fix: {:?}", fixture.files);
    }
}
