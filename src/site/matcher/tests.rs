//! Names of every kind, in text that is written in every way.

use super::*;

/// The text with what was found in brackets.
fn found(lang: &str, names: &[&str], text: &str) -> String {
    let mut builder = Builder::new(Plurals::of(lang));
    for (number, name) in names.iter().enumerate() {
        builder.add(name, EntryAt::new(0, 0, number as u32));
    }
    let glossary = builder.finish(|_, _| {});
    let plain = marked(&glossary, text, Form::Plain);
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let escaped = marked(&glossary, &escaped, Form::Escaped);
    let read =
        escaped.replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
    assert_eq!(read, plain, "the rules and the page find the same in {text:?}");
    plain
}

fn marked(glossary: &Glossary, text: &str, form: Form) -> String {
    let mut search = Search::new(glossary, text, form);
    let (mut out, mut copied) = (String::new(), 0);
    while let Some(found) = search.next(text.len(), None, |_| {}) {
        out.push_str(&format!("{}[{}]", &text[copied..found.range.start], &text[found.range.clone()]));
        copied = found.range.end;
    }
    out + &text[copied..]
}

/// Each name is found in the first texts, where they have it in brackets, and not in the others.
fn check(lang: &str, name: &str, texts: &[&str]) {
    for text in texts {
        let bare = text.replace(['[', ']'], "");
        assert_eq!(found(lang, &[name], &bare), *text, "for the name {name:?}");
    }
}

#[test]
fn apostrophes_of_every_form() {
    check(
        "en",
        "Parents' rights",
        &["Know your [parents' rights].", "[Parents’ rights]", "parents and rights"],
    );
    check(
        "en",
        "Child's file",
        &["a [child’s file]", "the [Child's  file]", "[child\u{2bc}s file]", "the child files"],
    );
    check("en", "Child’s file", &["a [child's file]", "[child's\nfile]"]);
    check("en", "child", &["the [child]'s file", "the [child]’s file"]);
    check("fr", "école", &["l'[école]", "l’[école] et", "L\u{2bc}[École]"]);
    check("uk", "сім'я", &["наша [сім’я]"]);
    check("he", "תל\"א", &["זה [תל״א] שלו", "[תל\"א]"]);
}

#[test]
fn points() {
    check(
        "en",
        "M.D.",
        &["an [M.D.] said", "ask the [M.D.]", "two [M.D.s] came", "[M.D]", "MD", "m.d.", "M. Davis"],
    );
    check("en", "O.T.", &["your [O.T.] helps", "OT", "the O. T. Smith School"]);
    check("en", "Ph.D.", &["a [Ph.D.] student", "[ph.d.]", "PhD"]);
    check("en", "No.", &["[No.] 4", "no, and No"]);
    check("en", "Who decides?", &["[Who decides] it?", "[who decides]?"]);
    check("en", "What parents can do.", &["See [what parents can do] here."]);
    check("en", ".NET", &["a [.NET] program", "ASP.NET", "the NET"]);
    check("en", "3.5 hours", &["for [3.5 hours]", "35 hours", "3 5 hours"]);
}

#[test]
fn signs_are_a_part_of_the_name() {
    check("en", "A+", &["an [A+]", "a plus", "A++", "A", "A+B"]);
    check("en", "C++", &["in [C++] and C", "[c++]", "C+", "C++11", "C"]);
    check("en", "C", &["a [C]", "C++ and C#", "vitamin [C], [C]: [c]"]);
    check("en", "AT&T", &["the [AT&T] plan", "[AT & T]", "AT T", "at&t"]);
    check("en", "R&D", &["[R&D]", "[R & D]", "R and D"]);
    check("en", "#1 goal", &["the [#1 goal]", "1 goal", "##1 goal", "x#1 goal"]);
    check("en", "50% rule", &["the [50% rule]", "50 rule"]);
    check("en", "OTR/L", &["an [OTR/L]", "[OTR / L]", "OTR L"]);
    check("en", "§504", &["under [§504]", "504"]);
    check(
        "en",
        "Handwriting Tools®",
        &["[Handwriting Tools]", "[handwriting tools]™", "[Handwriting® Tools]"],
    );
    check("en", "⭐ chart", &["a [chart]"]);
    check("en", "+", &["a + b"]);
}

#[test]
fn numbers_and_hyphens() {
    check("en", "504 plan", &["a [504 plan]", "[504 plans]", "[504\u{a0}plan]", "1504 plan", "504, plan"]);
    check(
        "en",
        "60-day rule",
        &["the [60-day rule]", "[60 day rule]", "[60‑day rule]", "30-60-day rule", "160-day rule"],
    );
    check("en", "K-12", &["[K–12] schools", "[K‑12]", "[K-12]", "K - 12"]);
    check("en", "eye-hand coordination", &["[Eye hand coordination]", "[eye–hand coordination]"]);
    check("en", "push-in", &["[push in]", "[Push‑in]", "push-into", "[push-in]\u{2014}or"]);
    check("en", "goal", &["[goal]", "goal-setting", "goal‑setting", "long-goal", "multi‑goal", "goals1"]);
    check("en", "1:1 aide", &["a [1:1 aide]", "1 1 aide"]);
}

#[test]
fn what_stands_between_two_words() {
    let name = "Fine motor";
    check(
        "en",
        name,
        &["[fine motor]", "[fine  motor]", "[fine\nmotor]", "[fine\u{a0}motor]", "[fine \n  motor]"],
    );
    check(
        "en",
        name,
        &["fine, motor", "Fine. Motor", "fine: motor", "fine (motor)", "fine — motor", "fine/motor"],
    );
    check("en", "Act, Part B", &["the [Act, Part B]", "the [act,  part b]", "the act part b"]);
}

#[test]
fn forms_of_unicode() {
    check("es", "evaluación", &["las [evaluaciones]", "la [evaluacio\u{301}n]", "[Evaluación]"]);
    check("es", "evaluacio\u{301}n", &["las [evaluaciones]", "la [evaluación]"]);
    check("es", "NIÑO", &["[NIN\u{303}O]", "niño"]);
    check("es", "NIN\u{303}O", &["[NIÑO]", "NINO"]);
    check("en", "therapy", &["[ther\u{ad}apies]"]);
    check("vi", "giáo dục", &["[gia\u{301}o du\u{323}c]"]);
    check("el", "ΣΧΟΛΙΚΌΣ", &["[ΣΧΟΛΙΚΌΣ]"]);
    check("el", "σχολικός", &["[ΣΧΟΛΙΚΌΣ]"]);
}

#[test]
fn scripts_without_spaces() {
    check("zh", "个别化教育计划", &["他的[个别化教育计划]很好。", "[个别化教\n育计划]", "个别化 教育计划"]);
    assert_eq!(
        found("zh", &["教育", "教育计划", "个别化教育"], "个别化教育计划和教育计划"),
        "[个别化教育]计划和[教育计划]"
    );
    check("zh", "IEP会议", &["参加[IEP会议]吗"]);
    check("zh", "IEP", &["参加[IEP]会议", "[IEP]"]);
    check("ja", "作業療法", &["学校の[作業療法]士", "[作業療法]"]);
    check("ja", "ガイド", &["この[カ\u{3099}イト\u{3099}]は"]);
    check("th", "แผนการศึกษา", &["มี[แผนการศึกษา]เฉพาะ", "แผน การศึกษา"]);
    check("km", "សាលា", &["នៅ[សាលា]រៀន"]);
    check("lo", "ໂຮງຮຽນ", &["ຢູ່[ໂຮງຮຽນ]ນີ້"]);
    check("my", "ကျောင်း", &["[ကျောင်း]သား"]);
    // A letter with another one below it is another letter.
    check("km", "ខ", &["ខ្មែរ", "[ខ]"]);
}

#[test]
fn scripts_with_spaces_keep_their_words_whole() {
    check("ar", "الفريق", &["قال [الفريق] نعم", "الفريقان"]);
    check("hi", "विद्यालय", &["यह [विद्यालय] है", "विद्यालयों में"]);
    check("ko", "학교", &["우리 [학교] 는", "학교에서"]);
    check("ru", "школа", &["наша [школа]"]);
}

#[test]
fn the_longest_name_wins_and_none_stands_inside_it() {
    assert_eq!(
        found("en", &["therapy", "occupational therapy"], "occupational therapy, therapy"),
        "[occupational therapy], [therapy]"
    );
    assert_eq!(found("en", &["A", "A+"], "an A+, not A"), "an [A+], not [A]");
    assert_eq!(found("en", &["C++", "+1 rule"], "C++1 rule, +1 rule"), "C++1 rule, [+1 rule]");
    assert_eq!(found("en", &["at", "AT"], "AT at"), "[AT] [at]");
}

#[test]
fn acronyms_want_their_capitals() {
    check("en", "AT", &["[AT]", "at", "[ATs]", "[AT]'s", "At"]);
    for (name, capitals) in
        [("IEP", true), ("OTR/L", true), ("SpEd", false), ("A", false), ("教育", false), ("504", false)]
    {
        assert_eq!(in_capitals(name), capitals, "{name}");
    }
}

#[test]
fn a_look_that_begins_in_a_text_finds_what_a_whole_one_finds() {
    let mut builder = Builder::new(Plurals::English);
    for (n, name) in ["fine motor", "#1 goal", "motor", "会议"].iter().enumerate() {
        builder.add(name, EntryAt::new(0, 0, n as u32));
    }
    let glossary = builder.finish(|_, _| {});
    let text = "A #1 goal: fine motor, loco\u{ad}motor; 参加会议";
    let mut search = Search::new(&glossary, text, Form::Plain);
    let mut all = Vec::new();
    for (at, _) in text.char_indices() {
        search.skip_to(at);
        while let Some(found) = search.next(at + 1, None, |_| {}) {
            all.push(&text[found.range]);
        }
    }
    assert_eq!(all, ["#1 goal", "fine motor", "会议"]);
}

#[test]
fn what_was_looked_up_tells_which_names_concern_a_text() {
    let texts = [
        "An A+ for AT&T's C++.",
        "他的个别化教育计划",
        "the #1 goal, a 504 plan",
        "Parents’ rights",
        "nin\u{303}o",
    ];
    let names =
        ["A+", "AT&T", "C++", "教育", "计划", "#1 goal", "504 plan", "parents' rights", "niño", "other"];
    for text in texts {
        for name in names {
            let mut builder = Builder::new(Plurals::English);
            builder.add(name, EntryAt::new(0, 0, 0));
            let glossary = builder.finish(|_, _| {});
            let mut noted = Vec::new();
            let empty = Builder::new(Plurals::English).finish(|_, _| {});
            let mut search = Search::new(&empty, text, Form::Plain);
            assert_eq!(search.next(text.len(), None, |hash| noted.push(hash)), None);
            let concerned = glossary.states().keys().any(|hash| noted.contains(hash));
            let is_found = Search::new(&glossary, text, Form::Plain).next(text.len(), None, |_| {}).is_some();
            assert!(concerned || !is_found, "{name} in {text}");
        }
    }
}
