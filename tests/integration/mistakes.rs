//! A site with everything that editors get wrong, built once: every mistake is reported in the same run, at its line,
//! with the line itself and a help that says what to write; and the last good site stays as it was.
//!
//! [`MISTAKES`] is the site. Each file lists what must be said about it, and nothing else may be said. What people
//! read is kept in `snapshots/`: read it as somebody in a school office would.

use crate::support::{Run, Site, assert_same};
use std::collections::BTreeSet;

/// A file with mistakes, and what must be said about them: code, line, column.
struct Mistake {
    path: &'static str,
    text: &'static [u8],
    said: &'static [(&'static str, u64, u64)],
}

macro_rules! mistakes {
    ($($path:literal: $text:literal => [$($code:literal $line:literal:$column:literal),* $(,)?];)*) => {
        &[$(Mistake { path: $path, text: $text, said: &[$(($code, $line, $column)),*] }),*]
    };
}

const MISTAKES: &[Mistake] = mistakes! {
    // The settings.
    "site.yaml": b"title: Parent guide\n\
        theme: plain\n\
        languages: [en, es, xx-nonsense-language]\n\
        contcat:\n  phone: 555-0100\n\
        urls: folders\n\
        base_url: example.org\n\
        brand:\n  color: blue\n\
        menu:\n  - fees.md\n  - delivery/indx.md\n\
        checks:\n  levels:\n    broken-lnk: off\n\
        kinds:\n  visit:\n    fields:\n      minutes: numbr\n" => [
        "bad-config" 3:21, "unknown-key" 4:1, "bad-config" 6:7, "bad-config" 7:11, "bad-config" 9:10, "menu-target" 12:5,
        "unknown-key" 15:5, "bad-kind" 19:16,
    ];
    "themes/plain/theme.yaml": b"title: Plain\nkeep_names: [mark.svg]\nextend: base\n" => ["unknown-key" 3:1];
    // Front matter that YAML does not understand, or understands in another way than its writer.
    "content/fees.md": b"---\ntitle: Fees: what you pay\n---\n\n## Costs\n\nNothing.\n" => ["yaml-syntax" 2:8];
    "content/room.md": b"---\ntitle: Room #4\n---\n\nAt the end of the hall.\n" => ["yaml-silent-loss" 2:8];
    "content/tab.md": b"---\ntitle: Tab\naliases:\n\t- old.html\n---\n\nText.\n" => ["yaml-syntax" 4:1];
    "content/quote.md": b"---\ntitle: \"Opening hours\n---\n\nText.\n" => ["yaml-syntax" 2:8];
    "content/indent.md": b"---\ntitle: Indented\n  owner: Ana\n---\n\nText.\n" => ["yaml-syntax" 3:1];
    "content/space.md": b"---\ntitle:Transport\n---\n\nText.\n" => ["yaml-syntax" 2:1];
    "content/list.md": b"---\n- title\n---\n\nText.\n" => ["wrong-type" 2:1];
    "content/twice.md": b"---\ntitle: Once\nowner: Ana\ntitle: Twice\n---\n\nText.\n" => ["duplicate-key" 4:1];
    "content/fence.md": b"---\ntitle: Not closed\n\nThe text goes on.\n" => ["front-matter-fence" 1:1];
    "content/toml.md": b"+++\ntitle = \"Toml\"\n+++\n\nText.\n" => ["front-matter-fence" 1:1];
    "content/latin.md": b"---\ntitle: Se\xf1or\n---\n\nText.\n" => ["not-utf8" 2:10];
    // Fields.
    "content/key.md": b"---\ntitle: Staff\nownr: Ana\n---\n\nText.\n" => ["unknown-key" 3:1];
    "content/untitled.md": b"---\ndescription: It has no title.\n---\n\nText.\n" => ["missing-field" 1:1];
    "content/empty.md": b"---\ntitle:\n---\n\nText.\n" => ["missing-field" 2:1];
    "content/date.md": b"---\ntitle: Dates\nreviewed: 11/22/2026\npublish: 2026-02-30\nexpires: next June\n---\n\nText.\n" => [
        "wrong-type" 3:11, "wrong-type" 4:10, "wrong-type" 5:10,
    ];
    "content/kind.md": b"---\ntitle: Kinds\nkind: modle\n---\n\nText.\n" => ["unknown-kind" 3:7];
    "content/number.md": b"---\ntitle: Number\nkind: model\nminutes: thirty\n---\n\nText.\n" => ["wrong-type" 4:10];
    "content/draft.md": b"---\ntitle: Draft\ndraft: \"yes\"\n---\n\nText.\n" => ["wrong-type" 3:8];
    "content/tags.md": b"---\ntitle: Tags\ntags: {home: school}\n---\n\nText.\n" => ["wrong-type" 3:7];
    // Addresses.
    "content/alias.md": b"---\ntitle: Alias\naliases: [../secret.html, key.html]\n---\n\nText.\n" => [
        "outside-site" 3:11, "address-collision" 3:27,
    ];
    "content/office.md": b"---\ntitle: Office\n---\n\nText.\n" => ["address-collision" 1:1];
    "content/Office.md": b"---\ntitle: The office\n---\n\nText.\n" => [];
    // Links and pictures.
    "content/index.md": b"---\ntitle: Start\n---\n\nSee [the fees](fees.md#cost), [the plan](plans.md) and [more](../../secret.md).\n\n\
        Ask [here](javascript:ask()). The [draft](later.md) comes later. Open [the form](form.pdf).\n\n\
        ![The office](office.jpg)\n\n![A logo](https://example.org/logo.png)\n" => [
        "broken-anchor" 5:5, "broken-link" 5:31, "outside-site" 5:56, "unsafe-link" 7:5, "link-to-left-out" 7:35,
        "broken-link" 7:71, "missing-image" 9:1, "missing-image" 11:1,
    ];
    "content/later.md": b"---\ntitle: Later\ndraft: true\n---\n\nText.\n" => [];
    // Text.
    "content/component.md": b"---\ntitle: Component\n---\n\n:::tpi\nText.\n:::\n\n:::note\nNot closed.\n" => [
        "unknown-component" 5:1, "container-fence" 9:1,
    ];
    "content/text.md": b"---\ntitle: Text\n---\n\nText.[^1]\n\n<b>Bold</b>\n\n## One {#part}\n\n## Two {#part}\n" => [
        "footnote" 5:6, "raw-html" 7:1, "duplicate-anchor" 11:1,
    ];
    // Entries.
    "content/activities.md": b"---\ntitle: Activities\nentries: activity\n---\n\n\
        ## Clothespins\n- Where: hom\n- Ages: 3+\n- Materails: Clothespins\n\nSqueeze.\n\n\
        ## Putty\n- Where: home\n\nPull.\n\n\
        ## Tongs\n- Where: home\n- Materials: Tongs\n- Tried: last week\n- Website: example\n\n\
        ## Beads\n- Where: home\n- Where: class\n- Materials: Beads\n\nString them.\n" => [
        "wrong-choice" 7:10, "entry-label" 9:3, "missing-field" 13:1, "missing-field" 18:1, "wrong-type" 21:10,
        "wrong-type" 22:12, "duplicate-key" 26:3,
    ];
    "content/words.md": b"---\ntitle: Words\nentries: term\n---\n\n\
        ## Grip {#grip}\n- Related: pencil\n\nHow a hand holds.\n\n## Grasp\n- Also called: grip\n\nHow a hand takes.\n" => [
        "broken-reference" 7:12, "duplicate-term" 11:1,
    ];
    // Translations.
    "content/es/solo.md": b"---\ntitle: Solo\ntranslated_from: x\n---\n\nTexto.\n" => ["wrong-type" 3:18];
    // Data.
    "data/offices.yaml": b"office:\n  - room: 4\n   phone: 1\n" => ["bad-data" 3:1];
    "data/schools.json": b"{\"a\": 1,}\n" => ["bad-data" 1:9];
    "data/table.csv": b"name,phone\nOak,1,2\n" => ["bad-data" 2:1];
    // Templates.
    "templates/model.html": b"{% extends \"base.html\" %}\n{% block body %}\n{% if page.title %}\n{{ body }}\n{% endblock body %}\n" => [
        "template-syntax" 5:4,
    ];
    "templates/tags.html": b"{% extends \"base.html\" %}\n{% block body %}<p>{{ site.phone_number }}</p>{% endblock body %}\n" => [
        "template-render" 2:28,
    ];
    "content/tagged.md": b"---\ntitle: Tagged\ntags: [one]\n---\n\nText.\n" => [];
};

/// The site with all mistakes, built once without any.
fn site() -> (Site, crate::support::Tree) {
    let site = Site::plain();
    site.build().clean();
    let good = site.public();
    for mistake in MISTAKES {
        site.file(mistake.path, mistake.text);
    }
    (site, good)
}

#[test]
fn every_mistake_is_reported_at_its_place_in_one_run() {
    let (site, good) = site();
    let run = site.build_with(&["--format", "json", "--stats"]).failed();
    let problems = run.problems();
    let found: BTreeSet<String> = problems
        .iter()
        .filter(|p| p.severity != "note")
        .map(|p| format!("{}:{}:{} {}", p.path, p.line, p.column, p.code))
        .collect();
    let wanted: BTreeSet<String> = MISTAKES
        .iter()
        .flat_map(|m| m.said.iter().map(|(code, line, column)| format!("{}:{line}:{column} {code}", m.path)))
        .collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    let more: Vec<_> = found.difference(&wanted).collect();
    assert!(missing.is_empty() && more.is_empty(), "not reported: {missing:#?}\nreported, too: {more:#?}");
    // Each once.
    assert_eq!(problems.iter().filter(|p| p.severity != "note").count(), wanted.len(), "{problems:#?}");
    let codes: BTreeSet<_> = problems.iter().map(|p| &p.code).collect();
    assert!(codes.len() >= 20 && wanted.len() >= 40, "{codes:?}");
    // What was built before stays.
    assert_eq!(run.count("written"), 0);
    assert_same(&good, &site.public());
}

#[test]
fn every_message_has_a_place_and_a_help() {
    let (site, _) = site();
    for problem in site.problems().iter().filter(|p| p.severity != "note") {
        assert!(!problem.path.is_empty() && problem.line > 0 && problem.column > 0, "{problem:?}");
        assert!(problem.help.len() > 10, "{problem:?}");
        assert!(problem.message.len() > 10, "{problem:?}");
    }
}

#[test]
fn json_has_the_keys_that_programs_rely_on() {
    let (site, _) = site();
    let run = site.build_with(&["--format", "json"]).failed();
    for object in run.json() {
        let object = object.as_object().unwrap();
        let keys: Vec<&str> = object.keys().map(String::as_str).collect();
        let mut wanted = [
            "code",
            "severity",
            "message",
            "path",
            "line",
            "column",
            "end_line",
            "end_column",
            "help",
            "labels",
            "fix",
        ];
        wanted.sort_unstable();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, wanted);
        assert!(["error", "warning", "note"].contains(&object["severity"].as_str().unwrap()), "{object:?}");
        if object["path"].is_string() {
            let number = |key: &str| object[key].as_u64().unwrap();
            let (start, end) =
                ((number("line"), number("column")), (number("end_line"), number("end_column")));
            assert!(start >= (1, 1) && end >= start, "{object:?}");
        }
    }
    // People get nothing mixed into it.
    assert_eq!(run.stderr, "");
}

/// What people read, with the time that a build takes left out.
fn human(run: &Run) -> String {
    let mut lines: Vec<String> = run.stderr.lines().map(str::to_owned).collect();
    if let Some(last) = lines.iter_mut().find(|l| l.starts_with("Not built:"))
        && let text = last.clone()
        // `87 ms` on an idle machine, `1.2 s` on a busy one.
        && let Some((before, after)) = text.rsplit_once(" ms.").or_else(|| text.rsplit_once(" s."))
        && let Some((before, _)) = before.rsplit_once(' ')
    {
        *last = format!("{before} [time].{after}");
    }
    lines.join("\n")
}

#[test]
fn people_can_act_on_every_message() {
    let (site, _) = site();
    let run = site.build().failed();
    assert_eq!(run.stdout, "");
    let shown = human(&run);
    // Every place is followed by the line that is meant.
    for mistake in MISTAKES {
        for (code, line, column) in mistake.said {
            let place = format!("--> {}:{line}:{column}\n", mistake.path);
            let block = shown.split("\n\n").find(|b| b.contains(&format!("[{code}]")) && b.contains(&place));
            let block = block.unwrap_or_else(|| panic!("{code} at {place} is not shown:\n{shown}"));
            let source = mistake.text.split(|b| *b == b'\n').nth(*line as usize - 1).unwrap();
            let source = String::from_utf8_lossy(source).trim().to_owned();
            assert!(block.contains(&source), "{place} does not show {source:?}:\n{block}");
            assert!(block.contains("help"), "{block}");
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("mistakes", shown);
    });
}

#[test]
fn a_mistake_that_is_mended_is_gone_and_the_others_stay() {
    let (site, _) = site();
    let before = site.problems().len();
    site.page("key.md", "title: Staff\nowner: Ana", "Text.");
    let after = site.problems();
    assert_eq!(after.len(), before - 1);
    assert!(after.iter().all(|p| p.path != "content/key.md"));
}
