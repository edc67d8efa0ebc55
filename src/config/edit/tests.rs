//! What `language add` and `language remove` may do to a `site.yaml`, byte for byte.

use super::*;

fn source(text: &str) -> Source {
    Source::new(SourcePath::new("site.yaml").unwrap(), text.as_bytes().to_vec())
}

fn added(text: &str, tag: &str) -> Result<String, String> {
    add(&source(text), tag, Labels::Nowhere).map(|edit| edit.apply(text))
}

fn removed(text: &str, tag: &str) -> Result<String, String> {
    remove(&source(text), tag).map(|edit| edit.apply(text))
}

#[test]
fn a_language_joins_the_list_as_it_is_written() {
    for (before, after) in [
        (
            "title: T # mine\nlanguages:\n  - en\n  - es # Ana\n\n# The look.\ntheme: x\n",
            "title: T # mine\nlanguages:\n  - en\n  - es # Ana\n  - code: vi\n    unreviewed: true\n\n# The look.\ntheme: x\n",
        ),
        (
            "languages:\n- en\n- code: es\n  unreviewed: true\ntitle: T\n",
            "languages:\n- en\n- code: es\n  unreviewed: true\n- code: vi\n  unreviewed: true\ntitle: T\n",
        ),
        ("languages: [en, es]\ntitle: T", "languages: [en, es, {code: vi, unreviewed: true}]\ntitle: T"),
        ("title: T\nlanguages: en\n", "title: T\nlanguages: [en, {code: vi, unreviewed: true}]\n"),
        (
            "title: T\r\nlanguages:\r\n  - en",
            "title: T\r\nlanguages:\r\n  - en\r\n  - code: vi\r\n    unreviewed: true\r\n",
        ),
        ("title: T", "title: T\n\nlanguages:\n  - en\n  - code: vi\n    unreviewed: true\n"),
        (
            "languages: # soon\ntitle: T\n",
            "languages:\n  - en\n  - code: vi\n    unreviewed: true # soon\ntitle: T\n",
        ),
    ] {
        assert_eq!(added(before, "vi").as_deref(), Ok(after), "{before}");
    }
}

#[test]
fn texts_are_offered_beside_those_of_the_main_language() {
    let before = "languages:\n  - en\n  - es\ntitle:\n  en: \"A: b\"\n  es: C # c\n\ncontact:\n  role:\n    en: Ask\nnote: {en: N, es: M}\nlicense: One\n";
    let after = "languages:\n  - en\n  - es\n  - code: vi\n    unreviewed: true\ntitle:\n  en: \"A: b\"\n  es: C # c\n  # vi: \"A: b\"\n\ncontact:\n  role:\n    en: Ask\n    # vi: Ask\nnote: {en: N, es: M}\nlicense: One\n";
    let edit = add(&source(before), "vi", Labels::Nowhere).unwrap();
    assert_eq!(edit.apply(before), after);
    let left: Vec<&str> = edit.left.iter().map(|span| &before[span.range()]).collect();
    assert_eq!(left, ["N"]);
    // What was added goes without a trace, also when it was translated.
    assert_eq!(removed(after, "vi").as_deref(), Ok(before));
    assert_eq!(removed(&after.replace("# vi:", "vi:"), "vi").as_deref(), Ok(before));
    // A shorter tag has the title already.
    assert_eq!(added(before, "es-MX").unwrap().matches("# es-MX: ").collect::<Vec<_>>().len(), 1);
}

#[test]
fn labels_of_kinds_are_offered_where_there_is_room_and_need() {
    let before = "languages: [en, es]\nkinds:\n  a:\n    label: {en: A, es: B}\n    plural:\n      en: As\n      es: Bs\nnote: {en: N, es: M}\n";
    let one_more = before.replace("es]", "es, {code: vi, unreviewed: true}]");
    let offered = one_more.replace("es: Bs\n", "es: Bs\n      # vi: As\n");
    for (labels, after) in [(Labels::Nowhere, offered), (Labels::Apart, one_more)] {
        let edit = add(&source(before), "vi", labels).unwrap();
        assert_eq!(edit.apply(before), after);
        // The note is no label: nothing else tells of it.
        let left: Vec<&str> = edit.left.iter().map(|span| &before[span.range()]).collect();
        assert_eq!(left, ["N"]);
        assert_eq!(removed(&after, "vi").as_deref(), Ok(before));
    }
}

#[test]
fn a_language_goes_with_its_texts() {
    for (before, after) in [
        (
            "languages: [en, ar, es]\ntitle: {en: T, ar: \"U, v\", es: V}\n",
            "languages: [en, es]\ntitle: {en: T, es: V}\n",
        ),
        ("languages: [en, ar]\ntitle: {en: T, ar: U}\n", "languages: [en]\ntitle: {en: T}\n"),
        ("languages: [en, ar]\ntitle: {ar: U, en: T}\n", "languages: [en]\ntitle: {en: T}\n"),
        (
            "languages:\n  - en\n  # of 2026\n  - code: ar\n    unreviewed: true\n  - es\ntitle:\n  en: T\n  ar: >\n    long\n    text\n  es: V\n",
            "languages:\n  - en\n  # of 2026\n  - es\ntitle:\n  en: T\n  es: V\n",
        ),
        (
            "languages: [en, ar]\nmenu:\n  - title: {en: A, ar: B}\n    to: a.md\n  - title:\n      en: C\n      ar: D\n",
            "languages: [en]\nmenu:\n  - title: {en: A}\n    to: a.md\n  - title:\n      en: C\n",
        ),
        ("title: T\r\nlanguages:\r\n  - en\r\n  - ar\r\n", "title: T\r\nlanguages:\r\n  - en\r\n"),
        (
            "languages: [en, es, es-MX]\ntitle: {en: T, es: U, es-MX: V}\n",
            "languages: [en, es]\ntitle: {en: T, es: U}\n",
        ),
    ] {
        let tag = if before.contains("es-MX") { "es-MX" } else { "ar" };
        assert_eq!(removed(before, tag).as_deref(), Ok(after), "{before}");
    }
    // What es-MX inherits stays.
    let before = "languages: [en, es, es-MX]\ntitle: {en: T, es: U}\n";
    assert_eq!(removed(before, "es").as_deref(), Ok("languages: [en, es-MX]\ntitle: {en: T, es: U}\n"));
    // A text in that language alone is for a person to decide.
    let edit = remove(&source("languages: [en, ar]\ntitle: T\nlicense: {ar: U}\n"), "ar").unwrap();
    assert_eq!(edit.left.len(), 1);
}

#[test]
fn what_cannot_be_changed_is_refused() {
    for (text, tag) in
        [("languages: {code: en}\ntitle: T\n", "vi"), ("{title: T}\n", "vi"), ("- a\n", "vi"), ("", "vi")]
    {
        assert!(add(&source(text), tag, Labels::Nowhere).is_err(), "{text}");
    }
    for text in ["title: T\n", "languages: [en, es]\ntitle: T\n", "languages: ar\n"] {
        assert!(remove(&source(text), "ar").is_err(), "{text}");
    }
}
