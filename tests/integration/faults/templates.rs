//! Templates that ask for themselves, write without an end or stand too deep in each other are errors that tell where and
//! how, never a hang or a crash; and what goes wrong in a template is told once, at its cause.

use crate::support::{Problem, Run, Site, TODAY};
use std::time::Duration;

/// Longer than any of these builds takes on a busy machine: a program that hangs is killed then, and the test fails.
const HANGS: Duration = Duration::from_secs(120);

fn build(site: &Site) -> Run {
    let mut command = site.command();
    command.args(["build", "--no-checks", "--format", "json", "--date", TODAY]).timeout(HANGS);
    Run::of(&mut command)
}

fn errors(run: &Run) -> Vec<Problem> {
    run.problems().into_iter().filter(|p| p.severity == "error").collect()
}

/// Builds a plain site with these files, which must be told as one error; gives it.
#[track_caller]
fn one(files: &[(&str, &str)]) -> Problem {
    let found = told(files);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().unwrap()
}

#[track_caller]
fn told(files: &[(&str, &str)]) -> Vec<Problem> {
    let site = Site::plain();
    files.iter().for_each(|(path, text)| {
        site.file(path, text);
    });
    let run = build(&site).failed();
    assert!(!site.has("index.html"), "nothing is written");
    errors(&run)
}

const TERMS: &str = "---\ntitle: Words\nentries: term\n---\n\n## Goal {#goal}\n\nMeaning.\n\n:::box\n:::\n\n## Team {#team}\n\nMeaning.\n";

fn component(body: &str) -> String {
    format!("{{% component box() %}}\n{body}\n{{% endcomponent box %}}")
}

#[test]
fn a_thing_that_is_asked_for_while_it_is_made_is_an_error_with_the_round_trip() {
    let own = component("{% for e in entries(kind=\"term\") %}{{ e.body }}{% endfor %}");
    let one_entry = component("{% set e = entry(ref=\"terms.md#goal\") %}{{ e.body }}");
    let menu = component("{{ menu() }}");
    type Files<'a> = &'a [(&'a str, &'a str)];
    let cases: &[(Files<'_>, &str, &str)] = &[
        (
            &[("templates/menu.html", "<nav>\n  {{ menu() }}</nav>")],
            "templates/menu.html:2",
            "menu.html -> menu() -> menu.html",
        ),
        (
            &[
                ("templates/menu.html", "{% include \"part.html\" %}"),
                ("templates/part.html", "\n\n{{ menu() }}"),
            ],
            "templates/part.html:3",
            "menu.html -> menu() -> menu.html",
        ),
        (
            &[("templates/a.css", "a{}\nb{background:url({{ asset(path=\"a.css\") }})}")],
            "templates/a.css:2",
            "a.css -> a.css",
        ),
        (
            &[("templates/components/box.html", &own), ("content/terms.md", TERMS)],
            "templates/components/box.html:2",
            "terms.md#goal -> :::box -> entries(kind=\"term\") -> terms.md#goal",
        ),
        (
            &[("templates/components/box.html", &one_entry), ("content/terms.md", TERMS)],
            "templates/components/box.html:2",
            "terms.md#goal -> :::box -> entry(ref=\"terms.md#goal\") -> terms.md#goal",
        ),
        (
            &[
                ("templates/menu.html", "{% for e in entries(kind=\"term\") %}{{ e.body }}{% endfor %}"),
                ("templates/components/box.html", &menu),
                ("content/terms.md", TERMS),
            ],
            "templates/components/box.html:2",
            "menu.html -> entries(kind=\"term\") -> terms.md#goal -> :::box -> menu() -> menu.html",
        ),
    ];
    for (files, place, round) in cases {
        let found = told(files);
        let first = found.iter().find(|p| format!("{}:{}", p.path, p.line) == *place);
        let first = first.unwrap_or_else(|| panic!("{place}: {found:#?}"));
        assert!(first.message.contains(&format!(": {round}.")), "{}", first.message);
    }
}

#[test]
fn stylesheets_that_ask_for_each_other_are_told_the_same_way_however_many_threads_there_are() {
    let files = [
        ("templates/a.css", "{{ asset(path=\"b.css\") }}"),
        ("templates/b.css", "\n{{ asset(path=\"c.css\") }}"),
        ("templates/c.css", "\n\n{{ asset(path=\"a.css\") }}"),
    ];
    let site = Site::plain();
    for (path, text) in files {
        site.file(path, text);
    }
    for n in 0..20 {
        site.page(&format!("p{n}/index.md"), "title: P", "Text.");
    }
    // Pages ask for them too, in all threads at once.
    site.template("section.html", "{{ asset(path=\"b.css\") }}{{ asset(path=\"a.css\") }}");
    let mut last = None;
    for jobs in ["1", "2", "8", "8"] {
        let mut command = site.command();
        command
            .args(["build", "--no-checks", "--no-cache", "--format", "json", "--jobs", jobs])
            .timeout(HANGS);
        let found = errors(&Run::of(&mut command).failed());
        let lines: Vec<u64> = found.iter().map(|p| p.line).collect();
        assert_eq!(lines, [1, 2, 3]);
        assert!(found[1].message.contains(": b.css -> c.css -> a.css -> b.css."), "{found:#?}");
        assert!(last.is_none_or(|last| last == found));
        last = Some(found);
    }
}

#[test]
fn entries_of_two_kinds_that_list_each_other_end() {
    let list = "{% component terms() %}{% for e in entries(kind=\"term\") %}{{ e.body }}{% endfor %}{% endcomponent terms %}\
        {% component visits() %}{% for e in entries(kind=\"visit\") %}{{ e.body }}{% endfor %}{% endcomponent visits %}";
    let many = |kind: &str, other: &str| {
        let mut text = format!("---\ntitle: All\nentries: {kind}\n---\n");
        for n in 0..12 {
            text.push_str(&format!("\n## {kind} {n}\n\nText.\n\n:::{other}\n:::\n"));
        }
        text
    };
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nkinds:\n  visit:\n    label: Visit\n")
        .file("templates/components/lists.html", list)
        .file("content/terms.md", many("term", "visits"))
        .file("content/visits.md", many("visit", "terms"));
    let found = errors(&build(&site).failed());
    // One for each of the two calls, however many entries meet there.
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|p| p.message.contains("asked for while it is made")), "{found:#?}");
}

/// Files that name the next one.
fn chain(word: &str, count: usize) -> Vec<(String, String)> {
    let mut files = vec![("templates/home.html".to_owned(), format!("{{% {word} \"f0.html\" %}}"))];
    for n in 0..count {
        let text = if n + 1 < count { format!("{{% {word} \"f{}.html\" %}}", n + 1) } else { "end".into() };
        files.push((format!("templates/f{n}.html"), text));
    }
    files
}

#[test]
fn long_chains_of_files_are_refused_and_short_ones_are_not() {
    for word in ["include", "extends"] {
        let site = Site::plain();
        chain(word, 20).iter().for_each(|(path, text)| {
            site.file(path, text);
        });
        build(&site).clean();
        assert_eq!(site.out("index.html"), "end");
        for count in [200, 5_000] {
            let files = chain(word, count);
            let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
            let found = one(&files);
            assert_eq!(found.code, "template-syntax");
            assert!(found.message.contains("more than 24 templates"), "{}", found.message);
            assert_eq!(found.line, 1);
        }
    }
    let mut circle = chain("include", 300);
    circle.last_mut().unwrap().1 = "{% include \"f0.html\" %}".into();
    let circle: Vec<(&str, &str)> = circle.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    assert!(told(&circle).iter().all(|p| p.code == "template-syntax"));
}

#[test]
fn many_includes_and_many_broken_files_are_read_once() {
    let site = Site::plain();
    let mut home = String::new();
    for n in 0..5_000 {
        site.template(&format!("parts/f{n}.html"), "x");
        home.push_str(&format!("{{% include \"parts/f{n}.html\" %}}"));
    }
    site.template("home.html", &home);
    build(&site).clean();
    assert_eq!(site.out("index.html").len(), 5_000);
    let site = Site::plain();
    for n in 0..2_000 {
        site.template(&format!("f{n}.html"), "{% if");
    }
    assert_eq!(errors(&build(&site).failed()).len(), 2_000);
}

#[test]
fn a_way_that_is_too_long_is_an_error() {
    let next = "{% component next(ref) %}{% set e = entry(ref=ref) %}{{ e.body }}{% endcomponent next %}";
    let mut text = "---\ntitle: Words\nentries: term\n---\n".to_owned();
    for n in 0..60 {
        text.push_str(&format!("\n## T{n} {{#t{n}}}\n\nText.\n\n"));
        if n < 59 {
            text.push_str(&format!(":::next ref=\"terms.md#t{}\"\n:::\n", n + 1));
        }
    }
    let found = one(&[("templates/components/next.html", next), ("content/terms.md", &text)]);
    assert!(found.message.contains("too deep") && found.path.ends_with("next.html"), "{found:?}");
    // As deep as may be, with as many components and files in each other as may be.
    let site = Site::plain();
    for n in 0..20 {
        site.template(&format!("i{n}.html"), &format!("{{% include \"i{}.html\" %}}", n + 1));
    }
    site.template("i20.html", "{{ <more n={n - 1} ref={ref} /> }}").template(
        "components/more.html",
        "{% component more(n, ref) %}{% if n > 1 %}{% include \"i0.html\" %}{% else %}{% set e = entry(ref=ref) %}\
         {{ e.body }}{% endif %}{% endcomponent more %}{% component next(ref) %}{{ <more n={18} ref={ref} /> }}\
         {% endcomponent next %}",
    );
    site.file(
        "content/terms.md",
        text.split("\n## T12").next().unwrap().replace(":::next ref=\"terms.md#t12\"\n:::\n", "The end.\n"),
    );
    build(&site).clean();
    assert!(site.out("terms.html").contains("The end."));
}

#[test]
fn output_without_an_end_is_given_up() {
    let endless = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}0123456789abcdef0123456789abcdef\
        0123456789abcdef0123456789abcdef{% endfor %}{% endfor %}";
    let found = one(&[("templates/home.html", endless)]);
    assert!(found.message.contains("64 MB"), "{}", found.message);
    let found = one(&[
        ("templates/components/box.html", &component(endless)),
        ("content/a.md", "---\ntitle: A\n---\n\n:::box\n:::\n"),
    ]);
    assert!(found.message.contains("64 MB"), "{}", found.message);
}

#[test]
fn warm_and_cold_agree_on_what_asks_for_itself() {
    let changes: &[(&str, &str, &str)] = &[
        ("templates/menu.html", "<nav></nav>", "<nav>{{ menu() }}</nav>"),
        ("templates/b.css", "b{}", "{{ asset(path=\"a.css\") }}"),
        ("templates/a.css", "{{ asset(path=\"b.css\") }}", "{{ asset(path=\"a.css\") }}"),
    ];
    for (path, before, after) in changes {
        let site = Site::plain();
        site.file("templates/a.css", "{{ asset(path=\"b.css\") }}").file("templates/b.css", "b{}");
        site.file(path, before);
        build(&site).clean();
        let good = site.public();
        site.file(path, after);
        let warm = errors(&build(&site).failed());
        let mut command = site.command();
        command
            .args(["build", "--no-checks", "--no-cache", "--format", "json", "--date", TODAY])
            .timeout(HANGS);
        assert_eq!(warm, errors(&Run::of(&mut command).failed()), "{path}");
        assert!(!warm.is_empty() && good == site.public());
        site.file(path, before);
        build(&site).clean();
        assert!(good == site.public());
    }
}

#[test]
fn an_error_in_a_component_is_told_once_at_the_line_of_its_template() {
    let wrong: &[(&str, &str)] = &[
        ("{{ nope }}", "template-render"),
        ("{{ asset(path=\"gone.png\") }}", "missing-asset"),
        ("{{ link(to=\"gone.md\") }}", "template-render"),
        ("{{ t(key=\"gone\") }}", "missing-text"),
        ("{{ body.x.y }}", "template-render"),
    ];
    for (text, code) in wrong {
        let site = Site::bilingual();
        site.file("templates/components/box.html", component(text));
        for n in 0..4 {
            site.page(&format!("p{n}.md"), "title: P", "Text.\n\n:::box\n:::");
        }
        let run = build(&site).failed();
        let found = errors(&run);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(
            found[0].place(),
            format!("error[{code}] templates/components/box.html:2:{}", found[0].column)
        );
        // Four pages, the whole guide for print, and both in Spanish.
        assert!(
            found[0].message.contains("Met while making es/p0.html and 9 more pages."),
            "{}",
            found[0].message
        );
        let people = site.build().failed().stderr;
        assert!(people.contains("::: content/p0.md:7") && people.contains("used here"), "{people}");
    }
}

#[test]
fn the_way_through_components_is_shown() {
    let site = Site::plain();
    site.file("templates/components/box.html", component("{{ <inner /> }}"))
        .file("templates/components/inner.html", "{% component inner() %}{{ nope }}{% endcomponent inner %}")
        .page("p.md", "title: P", ":::box\n:::");
    let run = site.build().failed();
    let places = [
        "--> templates/components/inner.html:1",
        "::: templates/components/box.html:2",
        "::: content/p.md:5",
    ];
    let at: Vec<usize> = places.iter().map(|place| run.stderr.find(place).expect(place)).collect();
    assert!(at.is_sorted(), "{}", run.stderr);
    // What is wrong with the words that an editor wrote stays at the editor's line.
    site.file("templates/components/box.html", "{% component box(title) %}{{ title }}{% endcomponent box %}");
    let found = errors(&build(&site).failed());
    assert_eq!(found[0].place(), "error[unknown-component] content/p.md:5:1");
}

#[test]
fn one_line_of_a_template_is_one_error_whatever_page_it_is_met_on() {
    let site = Site::plain();
    // The pages differ in what their templates know.
    site.template("partials/x.html", "{{ nope }}")
        .template("page.html", "{% include \"partials/x.html\" %}")
        .template("section.html", "{% set more = 1 %}{% include \"partials/x.html\" %}")
        .page("a.md", "title: A", "Text.")
        .page("b/index.md", "title: B", "Text.");
    let found = errors(&build(&site).failed());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].path.as_str(), found[0].line), ("templates/partials/x.html", 1));
    assert!(found[0].message.contains("Met while making a.html and 2 more pages."), "{}", found[0].message);
    assert!(found[0].help.contains("Known here: "), "{}", found[0].help);
}

/// A site whose pages need kinds, components, data and a menu, and no longer builds after `break_it`: one error of `code`.
#[track_caller]
fn one_cause(code: &str, exit: i32, break_it: impl Fn(&Site)) -> Problem {
    let site = Site::plain();
    site.file("data/rooms.csv", "room,floor\nA,1\n")
        .file(
            "templates/components/box.html",
            component("{% for r in data(path=\"rooms.csv\") %}{{ r.room }}{% endfor %}"),
        )
        .file("content/terms.md", TERMS);
    for n in 0..8 {
        site.page(&format!("p{n}.md"), "title: P", "Text.\n\n:::box\n:::\n\n:::note\nText.\n:::");
    }
    build(&site);
    let good = site.public();
    break_it(&site);
    for checks in [&["--no-checks"][..], &[]] {
        for _ in 0..2 {
            let mut command = site.command();
            command.args(["build", "--format", "json", "--date", TODAY]).args(checks).timeout(HANGS);
            let run = Run::of(&mut command);
            let found = errors(&run);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert_eq!((found[0].code.as_str(), run.code), (code, Some(exit)), "{found:#?}");
            if exit == 2 {
                assert_eq!(run.problems().len(), 1, "{:#?}", run.problems());
            }
        }
    }
    assert!(good == site.public(), "the last good site stays");
    let mut command = site.command();
    let run =
        Run::of(command.args(["build", "--no-cache", "--no-checks", "--format", "json"]).timeout(HANGS));
    errors(&run).into_iter().next().unwrap()
}

#[test]
fn a_failure_of_one_cause_is_told_once() {
    let found = one_cause("missing-theme", 2, |site| {
        site.file("site.yaml", "title: Test\ntheme: plan\n");
    });
    assert_eq!(found.place(), "error[missing-theme] site.yaml:2:8");
    let found = one_cause("missing-theme", 2, |site| {
        site.file("site.yaml", "title: Test\ntheme:\n  name: plain\n  folder: ../nope\n");
    });
    assert_eq!(found.place(), "error[missing-theme] site.yaml:4:11");
    assert!(found.message.contains("../nope"), "{}", found.message);
    let found = one_cause("missing-theme", 2, |site| {
        site.file("themes/plain/theme.yaml", "title: Plain\nextends: nope\n");
    });
    assert_eq!(found.place(), "error[missing-theme] themes/plain/theme.yaml:2:10");
    let found = one_cause("missing-theme", 2, |site| {
        site.remove("themes");
    });
    assert!(found.message.contains("\"plain\""), "{}", found.message);
    let found = one_cause("not-utf8", 2, |site| {
        site.file("site.yaml", b"title: T\xf1st\ntheme: plain\n");
    });
    assert_eq!(found.path, "site.yaml");
    one_cause("not-utf8", 2, |site| {
        site.file("themes/plain/kinds.yaml", b"term:\n  label: T\xf1rm\n");
    });
    one_cause("yaml-syntax", 1, |site| {
        site.file("themes/plain/kinds.yaml", "term: [\n");
    });
    one_cause("yaml-syntax", 1, |site| {
        site.file("site.yaml", "title: Test\ntheme: [plain\n");
    });
    one_cause("yaml-syntax", 1, |site| {
        site.file("themes/plain/theme.yaml", "title: Plain\nextends: [\n");
        site.remove("themes/plain/templates/base.html");
    });
    one_cause("bad-data", 1, |site| {
        site.file("themes/plain/translations/en.yaml", "menu: [\n");
    });
    let found = one_cause("bad-data", 1, |site| {
        site.file("data/rooms.csv", "room,floor\nA\n");
    });
    assert_eq!(found.path, "data/rooms.csv");
    one_cause("not-utf8", 1, |site| {
        site.file("templates/components/box.html", b"{% component box() %}\xf1{% endcomponent box %}");
    });
    one_cause("template-syntax", 1, |site| {
        site.file("templates/components/box.html", component("{% if x %}"));
    });
    one_cause("not-utf8", 1, |site| {
        site.file("themes/plain/templates/base.html", b"<p>\xf1</p>");
    });
}

#[test]
fn a_missing_logo_is_told_where_the_site_names_it() {
    let site = Site::plain();
    site.file("site.yaml", "title: Test\ntheme: plain\nbrand:\n  logo: logo.png\n");
    site.template("page.html", "{{ asset(path=site.brand.logo) }}").page("a.md", "title: A", "Text.");
    let found = errors(&build(&site).failed());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].place(), "error[missing-asset] site.yaml:4:9");
    assert!(found[0].help.contains("assets/logo.png"), "{}", found[0].help);
}
