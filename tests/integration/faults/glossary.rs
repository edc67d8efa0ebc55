//! Glossary words whose names are no plain words: what links on pages, and what the rules count.

use crate::support::Site;

const TERMS: &str = "## A+ {#a-plus}\n\nThe best grade.\n\n\
    ## C++ {#cpp}\n\nA language.\n\n\
    ## AT&T {#att}\n\nA company.\n\n\
    ## Parents' rights {#rights}\n\nWhat parents may do.\n\n\
    ## Child’s file {#file}\n\nWhat the school keeps.\n\n\
    ## Doctor (M.D.) {#md}\n- Also called: O.T.\n\nA doctor.\n\n\
    ## #1 goal {#first}\n\nThe first goal.\n\n\
    ## 504 plan {#plan}\n- Also called: 60-day rule, niño\n\nA plan.\n\n\
    ## Fine motor {#fine}\n\nSmall moves.\n\n\
    ## Balance {#balance}\n- Match: off\n\nNever linked.\n";

/// The ids of the terms that a page links, in order.
fn linked(html: &str) -> Vec<&str> {
    html.split("data-term=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The body with each link of a term in brackets.
fn body(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html.split("<main").nth(1).unwrap_or(html);
    while let Some(at) = rest.find("<a class=\"term\"") {
        let (open, close) = (at + rest[at..].find('>').unwrap() + 1, at + rest[at..].find("</a>").unwrap());
        out.push_str(&format!("{}[{}]", &rest[..at], &rest[open..close]));
        rest = &rest[close + 4..];
    }
    out + rest
}

fn with_terms(site: &Site) -> &Site {
    site.page("words.md", "title: Words\nentries: term", TERMS)
}

#[test]
fn names_with_signs_link_and_their_letters_alone_do_not() {
    let site = Site::plain();
    with_terms(&site).page(
        "yes.md",
        "title: Yes",
        "An A+ in C++. The AT&T plan. Parents' rights and the child's  file.\n\nAn M.D. or O.T. says: our #1 goal.\n\n\
         ## More\n\nA 504\u{a0}plan. The nin\u{303}o has fine\nmotor needs. Balance.\n\n## Again\n\nParents’ RIGHTS, AT&amp;T; the 60‑day rule.",
    );
    site.page(
        "no.md",
        "title: No",
        "A plus is a sign. C is a letter, C# too. AT T. Rights of parents. The child is on file.\n\n\
         An MD or OT has 1 goal. 504, plan. Fine, motor. A 30-60-day rule. Nino.",
    );
    site.build().clean();
    let yes = site.out("yes.html");
    assert_eq!(
        linked(&yes),
        ["a-plus", "cpp", "att", "rights", "file", "md", "first", "plan", "fine", "rights", "att", "plan"],
        "{}",
        body(&yes)
    );
    for part in [
        "[A+]",
        "[C++]",
        "[AT&amp;T]",
        "[child’s  file]",
        "[M.D.]",
        "[#1 goal]",
        "[504\u{a0}plan]",
        "[fine\nmotor]",
    ] {
        assert!(body(&yes).contains(part), "{part} in {}", body(&yes));
    }
    assert!(body(&yes).contains(" or O.T. says"), "the second name of one term is a second use");
    assert_eq!(linked(&site.out("no.html")), [""; 0], "{}", body(&site.out("no.html")));
}

#[test]
fn scripts_without_spaces_link_the_longest_name() {
    let site = Site::plain();
    site.file("site.yaml", "title: T\ntheme: plain\nlanguages: [en, zh, ja, th, km]\n");
    with_terms(&site);
    for (lang, term, text) in [
        ("zh", "个别化教育计划（IEP）", "学校为他写个别化教育计划。"),
        ("ja", "作業療法", "学校の作業療法士です。"),
        ("th", "แผนการศึกษา", "โรงเรียนมีแผนการศึกษาเฉพาะบุคคล"),
        ("km", "សាលា", "កូននៅសាលារៀន"),
    ] {
        let terms = format!("## {term} {{#t}}\n\n{term}。\n\n## 计划 {{#short}}\n\nX.\n");
        site.page(&format!("{lang}/words.md"), "title: W\nentries: term", &terms);
        site.page(&format!("{lang}/page.md"), "title: P", &format!("{text}\n\n## IEP\n\n参加IEP会议 niño"));
    }
    site.page("page.md", "title: P", "The niño.");
    site.build().clean();
    for lang in ["zh", "ja", "th", "km"] {
        let page = site.out(&format!("{lang}/page.html"));
        let expected: &[&str] = if lang == "zh" { &["t", "t"] } else { &["t"] };
        assert_eq!(linked(&page), expected, "{lang}: {}", body(&page));
    }
    assert!(body(&site.out("zh/page.html")).contains("参加[IEP]会议"), "letters in brackets are a name too");
}

#[test]
fn the_language_of_the_text_decides() {
    let site = Site::bilingual();
    with_terms(&site).page("only.md", "title: Only", "Two A+ and two 504 plans; las evaluaciones.");
    site.page("es/index.md", "title: Inicio", "Planes.");
    site.page(
        "es/words.md",
        "title: Palabras\nentries: term",
        "## Plan {#plan-es}\n\nUn plan.\n\n## Evaluación {#ev}\n\nX.\n",
    );
    site.page("es/own.md", "title: Propia", "Los planes y las evaluacio\u{301}nes.");
    site.build().clean();
    // A fallback page is English text: English names, English plurals.
    assert_eq!(linked(&site.out("es/only.html")), ["a-plus", "plan"]);
    assert_eq!(linked(&site.out("only.html")), ["a-plus", "plan"]);
    assert_eq!(linked(&site.out("es/own.html")), ["plan-es", "ev"]);
}

#[test]
fn entries_and_print_pages_link_the_same_names() {
    let site = Site::plain();
    with_terms(&site).page(
        "games.md",
        "title: Games\nentries: activity",
        "## Ball\n- Where: home\n- Materials: a ball\n\nAsk for the child's file and an A+.\n",
    );
    site.build().clean();
    assert_eq!(linked(&site.out("games.html")), ["file", "a-plus"]);
    assert!(site.out("print.html").contains("file"), "the print page has it");
}

#[test]
fn a_new_name_is_found_on_the_pages_that_a_kept_build_has() {
    let site = Site::plain();
    for (name, text) in
        [("a", "An A+ here."), ("b", "学校的教育计划。"), ("c", "Parents’ rights."), ("d", "The #1 goal.")]
    {
        site.page(&format!("{name}.md"), &format!("title: {name}"), text);
    }
    site.build().clean();
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "## A+ {#t}\n- Also called: 教育, Parents' rights, \"#1 goal\"\n\nX.\n",
    );
    site.build().clean();
    let warm: Vec<String> = ["a", "b", "c"].iter().map(|name| site.out(&format!("{name}.html"))).collect();
    for page in &warm {
        assert_eq!(linked(page), ["t"], "{}", body(page));
    }
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "## A- {#t}\n- Match: off\n- Also called: 教育\n\nX.\n",
    );
    site.build().clean();
    for name in ["a", "b", "c"] {
        assert_eq!(linked(&site.out(&format!("{name}.html"))), [""; 0]);
    }
}

#[test]
fn the_rules_count_what_is_linked() {
    let site = Site::plain();
    let names = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum"];
    let terms = |extra: &str| names.map(|n| format!("## {n}\n{extra}\nA tree.\n\n")).concat();
    let paragraph = format!("We talk of {} and more at the meeting today.", names.join(" and "));
    site.page("page.md", "title: P\ndescription: D", &paragraph);
    let many = |site: &Site| {
        let run = site.build_checked(&["--format", "json"]);
        run.problems().iter().filter(|p| p.code == "many-terms" && p.path == "content/page.md").count()
    };
    site.page("words.md", "title: Words\nentries: term", &terms(""));
    assert_eq!(many(&site), 1);
    // Words that are never linked ask nothing of a reader.
    site.page("words.md", "title: Words\nentries: term", &terms("- Match: off\n"));
    assert_eq!(many(&site), 0);
    // What looks like names but is none.
    let signs = names.map(|n| format!("## {n}+ {{#{n}}}\n\nA tree.\n\n")).concat();
    site.page("words.md", "title: Words\nentries: term", &signs);
    assert_eq!(many(&site), 0);
    site.page("page.md", "title: P\ndescription: D", &paragraph.replace(" and", "+ and"));
    assert_eq!(many(&site), 1);
    // And a term whose name has a sign is not called unused.
    site.page(
        "words.md",
        "title: Words\nentries: term",
        "## C++\n\nX.\n\n## Child's file\n\nY.\n\n## 教育\n\nZ.\n",
    );
    site.page("page.md", "title: P\ndescription: D", "In C++ we keep the child’s file. 他的教育计划。");
    let run = site.build_checked(&["--format", "json"]);
    assert!(run.problems().iter().all(|p| p.code != "term-unused"), "{:?}", run.problems());
    site.page("page.md", "title: P\ndescription: D", "In C we keep the child on file.");
    let run = site.build_checked(&["--format", "json"]);
    assert!(
        run.problems().iter().any(|p| p.code == "term-unused" && p.message.starts_with("3 terms")),
        "{:?}",
        run.problems()
    );
}

#[test]
fn a_word_that_is_never_linked_is_none_to_any_rule() {
    let names = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum"];
    let page = format!("We talk of {} and more at the meeting today.", names.join(" and "));
    // In either language, with the signs of names, and by its other names.
    for (lang, off, other) in
        [("", "- Match: off\n", "- Also called: Zed"), ("es/", "- Enlace: no\n", "- También se llama: Zed")]
    {
        let site = Site::bilingual();
        let terms = |extra: &str| names.map(|n| format!("## {n}\n{extra}\nA tree.\n\n")).concat();
        site.page(&format!("{lang}page.md"), "title: P\ndescription: D", &page);
        let told = |terms: &str, code: &str| {
            site.page(&format!("{lang}words.md"), "title: Words\nentries: term", terms);
            let run = site.build_checked(&["--format", "json"]);
            run.problems().iter().filter(|p| p.code == code).count()
        };
        assert_eq!((told(&terms(""), "many-terms"), told(&terms(off), "many-terms")), (1, 0), "{lang}");
        // Of a word that nobody uses nothing is said when it is never linked, neither by its other name.
        let idle = |extra: &str| format!("## Ghost\n{extra}\nNobody says it.\n");
        assert_eq!((told(&idle(""), "term-unused"), told(&idle(off), "term-unused")), (1, 0), "{lang}");
        let idle = idle(&format!("{other}\n{off}"));
        assert_eq!(told(&idle, "term-unused"), 0, "{lang}");
        // Nor does it take the place of a word that is linked, whichever stands first.
        let one = format!("## Alder {{#one}}\n{off}\nA tree.\n\n");
        let two = "## Alder {#two}\n\nA name.\n\n";
        for terms in [format!("{one}{two}"), format!("{two}{one}")] {
            told(&terms, "many-terms");
            assert_eq!(linked(&site.out(&format!("{lang}page.html"))), ["two"], "{lang}");
        }
    }
}
