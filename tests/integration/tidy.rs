//! The house rules that a compiler does not check: imports point down, the pure part touches nothing outside, every
//! file says what it is for, every problem code is used and explained, files stay small, nothing panics by design.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of `src/lib.rs`, the lowest first: a module may use its own layer and those before it.
const LAYERS: &[&[&str]] = &[
    &["source", "diag"],
    &["schema", "config"],
    &["document", "markdown", "text"],
    &["site"],
    &["plan", "template", "hosts"],
    &["render", "check", "search"],
    &["engine"],
    &["cli", "serve", "io"],
];

/// What only the shell may use.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::time",
    "std::env::",
    "std::process",
    "std::io::stdout",
    "std::io::stderr",
    "std::io::stdin",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "anstream",
    "indicatif",
    "tokio",
    "walkdir",
    "rustix",
    "notify",
    "tempfile",
];

/// Files that are longer than [`LONGEST`] lines, each with the reason.
const LONG: &[(&str, &str)] = &[];

/// What is not of the library: the program and the guide that comes with it.
const PROGRAM: &[&str] = &["lib.rs", "main.rs", "bundle.rs"];

/// The most lines of a file.
const LONGEST: usize = 500;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the program: its path below `src/`, and its text.
fn sources() -> BTreeMap<String, String> {
    let src = repository().join("src");
    let files = walkdir::WalkDir::new(&src).into_iter().map(Result::unwrap);
    files
        .filter(|f| f.path().extension().is_some_and(|e| e == "rs"))
        .map(|f| {
            let name = f.path().strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(f.path()).unwrap())
        })
        .collect()
}

/// Whether the file is compiled for tests only.
fn is_test(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap();
    file == "tests.rs" || file.ends_with("_tests.rs") || file == "testing.rs" || name.contains("/tests/")
}

/// Blanks out comments, texts and what is compiled for tests only; lines keep their numbers.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        let word_before = i > 0 && (at(i - 1).is_alphanumeric() || at(i - 1) == '_');
        let blank = |out: &mut String, from: usize, to: usize| {
            out.extend(chars[from..to.min(chars.len())].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        };
        if c == '/' && at(i + 1) == '/' {
            let end = (i..chars.len()).find(|j| chars[*j] == '\n').unwrap_or(chars.len());
            blank(&mut out, i, end);
            i = end;
        } else if c == 'r' && !word_before && (at(i + 1) == '"' || at(i + 1) == '#') && {
            let hashes = (i + 1..chars.len()).take_while(|j| chars[*j] == '#').count();
            at(i + 1 + hashes) == '"'
        } {
            let hashes = (i + 1..chars.len()).take_while(|j| chars[*j] == '#').count();
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let start = i + 2 + hashes;
            let end = (start..chars.len()).find(|j| chars[*j..].starts_with(&close)).unwrap_or(chars.len());
            blank(&mut out, i, end + close.len());
            i = end + close.len();
        } else if c == '"' {
            let mut end = i + 1;
            while end < chars.len() && chars[end] != '"' {
                end += if chars[end] == '\\' { 2 } else { 1 };
            }
            blank(&mut out, i, end + 1);
            i = end + 1;
        } else if c == '\'' && (at(i + 2) == '\'' || at(i + 1) == '\\') {
            let end = (i + 2 + usize::from(at(i + 1) == '\\')..chars.len())
                .find(|j| chars[*j] == '\'')
                .unwrap_or(i + 2);
            blank(&mut out, i, end + 1);
            i = end + 1;
        } else {
            out.push(c);
            i += 1;
        }
    }
    without_tests(&out)
}

/// Blanks out every item under `#[cfg(test)]`.
fn without_tests(text: &str) -> String {
    let mut out = text.to_owned();
    let marks = ["#[cfg(test)]", "#[cfg(all(test"];
    while let Some(start) = marks.iter().filter_map(|m| out.find(m)).min() {
        let rest = &out[start..];
        let mut depth = 0usize;
        let end = rest.char_indices().find_map(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ';' if depth == 0 => return Some(i + 1),
                _ => {}
            }
            (c == '}' && depth == 0).then_some(i + 1)
        });
        let end = start + end.unwrap_or(rest.len());
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The part of the program that a file belongs to.
fn part(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap()
}

fn layer(part: &str) -> Option<usize> {
    LAYERS.iter().position(|l| l.contains(&part))
}

/// Every `crate::x` in a text, also those in a `use crate::{a, b}`.
fn used(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + 7..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split(['}']).next().unwrap().split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names {
                let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                out.push((number + 1, name));
            }
        }
    }
    out
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let own = part(&name);
        if PROGRAM.contains(&name.as_str()) || is_test(&name) {
            continue;
        }
        let Some(own_layer) = layer(own) else {
            wrong.push(format!("{name}: `{own}` stands in no layer: put it into lib.rs and here"));
            continue;
        };
        for (line, used) in used(&code(&text)) {
            if let Some(layer) = layer(&used)
                && layer > own_layer
            {
                wrong.push(format!("src/{name}:{line}: {own} uses {used}, which lies above it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_layers_are_those_that_lib_rs_tells() {
    let lib = fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    let told = lib.split("Imports point down this list only:").nth(1).unwrap();
    let told = told.split("Nothing below").next().unwrap().replace("//!", "");
    let rows: Vec<BTreeSet<String>> = told
        .trim()
        .trim_end_matches('.')
        .split(',')
        .map(|row| row.trim().split('/').map(|n| n.trim().trim_matches('`').to_owned()).collect())
        .collect();
    let ours: Vec<BTreeSet<String>> =
        LAYERS.iter().rev().map(|l| l.iter().map(|n| (*n).to_owned()).collect()).collect();
    assert_eq!(rows, ours);
    for module in lib.lines().filter_map(|l| l.strip_prefix("pub mod ")) {
        assert!(layer(module.trim_end_matches(';')).is_some(), "{module} stands in no layer");
    }
}

/// A page is read once: all that ask what it says take the events of `markdown::events`.
#[test]
fn markdown_is_parsed_in_one_place() {
    let starts = |text: &str| text.contains("pulldown_cmark::Parser") || text.contains("Parser::new_ext(");
    let imports = |text: &str| {
        text.match_indices("use pulldown_cmark::")
            .any(|(at, _)| text[at..].split(';').next().unwrap().contains("Parser"))
    };
    let all =
        sources().into_iter().filter(|(name, _)| !is_test(name)).map(|(name, text)| (name, code(&text)));
    let found: Vec<String> =
        all.filter(|(_, text)| starts(text) || imports(text)).map(|(name, _)| name).collect();
    assert_eq!(found, ["markdown/events.rs"], "take the events from markdown::events instead");
}

/// The files outside `home` that hold one of these words, tests left out. Texts count: an escaper is made of them.
fn holding(words: &[&str], home: &[&str]) -> Vec<String> {
    let outside = |name: &str| !home.iter().any(|h| name.starts_with(h));
    let mut wrong = Vec::new();
    for (name, text) in sources().into_iter().filter(|(name, _)| !is_test(name) && outside(name)) {
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            if words.iter().any(|word| line.contains(word)) {
                wrong.push(format!("src/{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    wrong
}

/// Tags are read, and text is made safe for HTML, in one place.
#[test]
fn html_is_read_and_written_in_one_place() {
    let escapes =
        ["push_str(\"&lt;\")", "=> \"&lt;\"", "\"<\", \"&lt;\"", "'<', \"&lt;\"", "push_str(\"&amp;\")"];
    let wrong = holding(&escapes, &["source/html/"]);
    assert!(wrong.is_empty(), "write text by source::html: {wrong:#?}");
    let reads = ["html5gum", "find(\"<a \")", "find(\"</a\")", "b\"<!--\"", "fn tags(html", "fn tags(source"];
    let wrong = holding(&reads, &["source/html/"]);
    assert!(wrong.is_empty(), "read tags by source::html: {wrong:#?}");
}

/// What percent codes mean is said once.
#[test]
fn percent_codes_are_read_and_written_in_one_place() {
    let wrong = holding(&["percent_encoding::", "percent_decode", "percent_encode"], &["source/address.rs"]);
    assert!(wrong.is_empty(), "take source::address instead: {wrong:#?}");
}

#[test]
fn below_the_engine_nothing_touches_the_outside() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if layer(part(&name)).is_none_or(|l| l >= layer("engine").unwrap()) || is_test(&name) {
            continue;
        }
        for (number, line) in code(&text).lines().enumerate() {
            for word in OUTSIDE {
                if line.contains(word) {
                    wrong.push(format!("src/{name}:{}: {word}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_panics_by_design() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("];
    // These end the program when nobody reads its output any more.
    let prints = ["println!(", "print!(", "eprintln!(", "eprint!("];
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if is_test(&name) {
            continue;
        }
        for (number, line) in code(&text).lines().enumerate() {
            for word in words.iter().chain(&prints) {
                if line.contains(word) {
                    wrong.push(format!("src/{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let tests = walkdir::WalkDir::new(repository().join("tests")).into_iter().map(Result::unwrap);
    let tests = tests
        .filter(|f| {
            f.path().extension().is_some_and(|e| e == "rs")
                && !f.path().to_string_lossy().contains("node_modules")
        })
        .map(|f| (f.path().display().to_string(), fs::read_to_string(f.path()).unwrap()));
    let silent: Vec<String> = sources()
        .into_iter()
        .chain(tests)
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(name, _)| name)
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// The tables on top of `tests/integration/faults/mod.rs` name tests: each of them is there.
#[test]
fn tests_that_hold_a_finding_are_there() {
    let top = fs::read_to_string(repository().join("tests/integration/faults/mod.rs")).unwrap();
    let mut all = sources().into_values().collect::<Vec<_>>().join("\n");
    let mut files: BTreeSet<String> = BTreeSet::new();
    for entry in walkdir::WalkDir::new(repository().join("tests")).into_iter().map(Result::unwrap) {
        let path = entry.path();
        if path.to_string_lossy().contains("node_modules") {
            continue;
        }
        files.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        files.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let rows = top.lines().filter_map(|line| line.strip_prefix("//! | "));
    let named =
        rows.filter_map(|row| row.split(" | ").nth(1)).flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let of_path = |path: &String| {
        path.split('/').map(|part| part.trim_end_matches(".rs").to_owned()).collect::<Vec<_>>()
    };
    let mut modules: BTreeSet<String> = sources().keys().flat_map(of_path).collect();
    modules.extend(sources().into_keys().filter_map(|path| path.rsplit('/').next().map(str::to_owned)));
    let (mut count, mut missing) = (0, Vec::new());
    for name in named {
        count += 1;
        let last = name.rsplit([':', '/']).next().unwrap();
        let is_test = last.ends_with('…') || all.contains(&format!("fn {last}("));
        let is_file = files.contains(last) || modules.contains(last);
        if !is_test && !is_file && last != "tests" {
            missing.push(name.to_owned());
        }
    }
    assert!(count > 100, "{count}");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Whether a function, method, type or variant of that name is written in a file.
fn is_written(text: &str, name: &str) -> bool {
    let name = name.rsplit("::").next().unwrap_or(name);
    if text.contains(&format!("\n    {name},\n")) {
        return true;
    }
    ["fn ", "struct ", "enum ", "trait "].iter().any(|word| {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        text.match_indices(&format!("{word}{name}")).any(|(at, found)| ends(&text[at + found.len()..]))
    })
}

#[test]
fn functions_of_an_edit_are_where_the_architecture_says() {
    let text = std::fs::read_to_string(repository().join("docs/ARCHITECTURE.md")).unwrap();
    let (_, rest) = text.split_once("\n## An edit\n").unwrap();
    let (section, _) = rest.split_once("\n### ").unwrap();
    let sources = sources();
    let spans: Vec<&str> = section.split('`').collect();
    let mut placed = 0;
    // Every second piece is code. Behind a name its file may stand in brackets.
    for (at, name) in spans.iter().enumerate().skip(1).step_by(2) {
        if name.ends_with(".rs") || !name.chars().all(|c| c.is_alphanumeric() || "_:".contains(c)) {
            continue;
        }
        let file = spans.get(at + 2).filter(|file| spans[at + 1] == " (" && file.ends_with(".rs"));
        match file {
            Some(file) => {
                let source = sources.get(*file).unwrap_or_else(|| panic!("{file} is not there"));
                assert!(is_written(source, name), "{name} is not in {file}");
                placed += 1;
            }
            None => assert!(sources.values().any(|source| is_written(source, name)), "{name} is nowhere"),
        }
    }
    assert!(placed > 12, "only {placed} functions with their files");
}

#[test]
fn no_file_is_long_without_a_reason() {
    let sources = sources();
    let lines = |name: &str| sources.get(name).map_or(0, |text| text.lines().count());
    let long: Vec<String> = sources
        .keys()
        .filter(|name| lines(name) > LONGEST && !LONG.iter().any(|(n, _)| n == name))
        .map(|name| format!("src/{name}: {} lines", lines(name)))
        .collect();
    assert!(long.is_empty(), "split them, or say why not in LONG: {long:#?}");
    for (name, _) in LONG {
        assert!(lines(name) > LONGEST, "{name} is short now: take it off the list");
    }
    for name in sources.keys() {
        for word in ["utils", "util", "common", "helpers", "helper", "manager", "misc"] {
            assert!(!name.split(['/', '.']).any(|p| p == word), "{name}: name it after what it does");
        }
    }
}

#[test]
fn every_problem_code_is_used_and_explained() {
    let sources = sources();
    let constants: Vec<(String, String)> = sources["diag/code.rs"]
        .lines()
        .filter_map(|l| {
            let (constant, rest) = l.trim().split_once(" = \"")?;
            let upper = constant.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            (upper && !constant.is_empty())
                .then(|| (constant.to_owned(), rest.split('"').next().unwrap().to_owned()))
        })
        .collect();
    assert_eq!(constants.len(), guidepost::diag::code::ALL.len());
    let program: Vec<String> =
        sources.iter().filter(|(n, _)| *n != "diag/code.rs" && !is_test(n)).map(|(_, t)| code(t)).collect();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let uses = |text: &str, constant: &str| {
        text.match_indices(constant)
            .any(|(i, _)| !text[..i].ends_with(word) && !text[i + constant.len()..].starts_with(word))
    };
    let unused: Vec<&String> =
        constants.iter().filter(|(c, _)| !program.iter().any(|t| uses(t, c))).map(|(_, name)| name).collect();
    assert!(unused.is_empty(), "no code of the program reports: {unused:#?}");

    let manual = manual(&repository().join("docs/content"));
    let unexplained: Vec<&String> = constants
        .iter()
        .filter(|(_, name)| !manual.contains(&format!("`{name}`")))
        .map(|(_, name)| name)
        .collect();
    assert!(manual.is_empty() || unexplained.is_empty(), "the manual does not name: {unexplained:#?}");
}

/// Each file and each method that `docs/ARCHITECTURE.md` names is there.
#[test]
fn the_map_names_what_is_there() {
    let map = fs::read_to_string(repository().join("docs/ARCHITECTURE.md")).unwrap();
    let sources = sources();
    let code: Vec<String> =
        sources.iter().filter(|(name, _)| !is_test(name)).map(|(_, text)| code(text)).collect();
    let is_function = |name: &str| {
        code.iter().any(|text| text.contains(&format!("fn {name}(")) || text.contains(&format!("fn {name}<")))
    };
    let is_file = |name: &str| {
        repository().join(name).exists()
            || sources.keys().any(|path| path == name || path.ends_with(&format!("/{name}")))
    };
    let named = map.split('`').skip(1).step_by(2);
    let files = named.clone().filter(|name| name.ends_with(".rs") && !name.contains(['*', '…', ' ']));
    let missing: Vec<&str> = files.clone().filter(|name| !is_file(name)).collect();
    assert!(files.count() > 100);
    assert!(missing.is_empty(), "files that are not there: {missing:#?}");

    let word = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let methods = named
        .filter_map(|name| name.split_once("::"))
        .filter(|(of, name)| of.starts_with(|c: char| c.is_ascii_uppercase()) && word(name));
    let missing: Vec<String> =
        methods.filter(|(_, name)| !is_function(name)).map(|(of, name)| format!("{of}::{name}")).collect();
    assert!(missing.is_empty(), "functions that are not there: {missing:#?}");
}

/// What keeps its own names for now: the search has an owner who works on it, and pictures too.
const OTHER_HOUSES: &[&str] = &["search/", "check/file/photo/", "source/picture.rs"];

/// A limit says in its name that it is one, and in its comment what it bounds.
#[test]
fn constants_say_what_they_bound() {
    let vague =
        ["MOST", "FEW", "MANY", "LONGEST", "SHORTEST", "DEEPEST", "LARGEST", "NAMED", "TOLD", "LIMIT"];
    let inverted = [
        "/// So many",
        "/// So much",
        "/// So long",
        "/// So often",
        "/// So deep",
        "/// How many",
        "/// The most ",
    ];
    let (mut seen, mut wrong) = (0, Vec::new());
    for (name, text) in sources() {
        if is_test(&name) || OTHER_HOUSES.iter().any(|house| name.starts_with(house)) {
            continue;
        }
        let mut doc = "";
        for (number, line) in text.lines().enumerate() {
            let bare = line.trim();
            if bare.starts_with("///") {
                doc = if doc.is_empty() { bare } else { doc };
                continue;
            }
            let constant = bare
                .trim_start_matches("pub ")
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub(crate) ");
            let constant = constant.strip_prefix("const ").and_then(|rest| rest.split(':').next());
            if let Some(constant) = constant {
                seen += 1;
                if vague.contains(&constant) || inverted.iter().any(|words| doc.starts_with(words)) {
                    wrong.push(format!("src/{name}:{}: {constant}: {doc}", number + 1));
                }
            }
            doc = "";
        }
    }
    assert!(seen > 200, "{seen}");
    assert!(wrong.is_empty(), "write \"Maximum number of …\", with the unit: {wrong:#?}");
}

/// The text of all pages of the manual; "" when there is none.
fn manual(folder: &Path) -> String {
    let pages = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let pages = pages.filter(|f| f.path().extension().is_some_and(|e| e == "md"));
    pages.map(|f| fs::read_to_string(f.path()).unwrap()).collect()
}

#[test]
fn the_reader_of_code_sees_code() {
    let text = "a // b.unwrap()\n\"c.unwrap()\" 'd' r#\"e.unwrap()\"# '\\'' 'life\n#[cfg(test)]\nmod tests {\n f.unwrap()\n}\ng\n";
    let seen = code(text);
    assert!(!seen.contains("unwrap"), "{seen}");
    assert!(seen.contains('a') && seen.contains("'life") && seen.contains('g'));
    assert_eq!(seen.lines().count(), text.lines().count());
    assert_eq!(used("use crate::{diag, source::Span};"), [(1, "diag".into()), (1, "source".into())]);
}

/// What only a guide to occupational therapy says: beginnings of words, in small letters, and words as they are written.
const OF_ONE_TRADE: (&[&str], &[&str]) = (
    &[
        "therap",
        "terap",
        "occupational",
        "ocupacional",
        "mcwilliam",
        "handwriting",
        "fine-motor",
        "fine_motor",
        "visual-motor",
        "sensory",
        "putty",
        "posture",
        "scissor",
        "grip",
        "delivery",
        "العلاج",
        "أخصائي",
    ],
    &["OT", "OTs", "OTR", "COTA", "OTA"],
);

/// Where one of these words may stand in the program: file, word, and the reason.
const MEANT: &[(&str, &str, &str)] = &[
    (
        "check/rules/accessibility/sensory_wording.rs",
        "sensory",
        "WCAG 1.3.3 is called Sensory Characteristics",
    ),
    ("check/rules/accessibility/mod.rs", "sensory", "the module of that rule"),
    ("check/lexicon.rs", "sensory", "the words of that rule"),
    ("check/wordlists/mod.rs", "sensory", "the words of that rule"),
    ("diag/code.rs", "sensory", "the code of that rule"),
    ("check/wordlists/en.rs", "therap", "a promise that any service works is a promise"),
    ("check/wordlists/es.rs", "terap", "likewise"),
    ("check/wordlists/en.rs", "putty", "a toy"),
];

/// The words of [`OF_ONE_TRADE`] in a text, each with its line.
fn of_one_trade(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let whole: Vec<&str> = words.collect();
        found.extend(OF_ONE_TRADE.1.iter().filter(|word| whole.contains(word)).map(|word| (at + 1, *word)));
        let lower = line.to_lowercase();
        let begins = |word: &&&str| {
            let mut places = lower.match_indices(**word);
            places.any(|(i, _)| !lower[..i].chars().next_back().is_some_and(char::is_alphanumeric))
        };
        found.extend(OF_ONE_TRADE.0.iter().filter(begins).map(|word| (at + 1, *word)));
    }
    found
}

#[test]
fn words_of_one_trade_are_seen() {
    for (text, seen) in [
        ("Ask the OT.", true),
        ("Physical therapy", true),
        ("icons/fine-motor.svg", true),
        ("a.md#delivery", true),
        ("other formas de recorrer, alterapia, a BOT-2, ot", false),
        ("the plan of a child", false),
    ] {
        assert_eq!(!of_one_trade(text).is_empty(), seen, "{text}");
    }
}

#[test]
fn theme_and_program_know_no_trade() {
    let mut faults = Vec::new();
    let (mut met, mut read) = (BTreeSet::new(), 0);
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        // What is compiled for tests only stands at the end of a file.
        let text = text.split("#[cfg(test)]").next().unwrap();
        read += 1;
        for (line, word) in of_one_trade(text) {
            match MEANT.iter().find(|(file, meant, _)| file == name && *meant == word) {
                Some(meant) => drop(met.insert((meant.0, meant.1))),
                None => faults.push(format!("src/{name}:{line}: {word}")),
            }
        }
    }
    for file in walkdir::WalkDir::new(repository().join("themes")) {
        let file = file.unwrap();
        let name = file.path().strip_prefix(repository()).unwrap().to_string_lossy().replace('\\', "/");
        faults.extend(of_one_trade(&name).iter().map(|(_, word)| format!("{name}: its name: {word}")));
        if file.file_type().is_file()
            && let Ok(text) = fs::read_to_string(file.path())
        {
            read += 1;
            faults.extend(of_one_trade(&text).iter().map(|(line, word)| format!("{name}:{line}: {word}")));
        }
    }
    assert!(faults.is_empty(), "{} places speak of one trade:\n{}", faults.len(), faults.join("\n"));
    let unmet: Vec<_> = MEANT.iter().filter(|(file, word, _)| !met.contains(&(*file, *word))).collect();
    assert!(unmet.is_empty(), "excuses that nothing needs: {unmet:?}");
    assert!(read > 400, "{read}");
}
