//! `check --fix` loses nothing: whatever a file holds, every word of it is still there afterwards, in its order, and a
//! second run changes nothing.

use crate::check::site::Site;
use guidepost::check::fix;
use guidepost::config::Config;
use guidepost::diag::code;
use proptest::prelude::*;

/// Fixes that put the right word in place of a wrong one: a key, a label, a choice, a path.
const RIGHT_WORD: &[guidepost::diag::Code] = &[
    code::UNKNOWN_KEY,
    code::ENTRY_LABEL,
    code::WRONG_CHOICE,
    code::WRONG_TYPE,
    code::LINK_TO_REDIRECT,
    code::BROKEN_LINK,
    code::BROKEN_ANCHOR,
];

/// As many rounds as `check --fix` goes.
const ROUNDS: usize = 4;

/// The words of a text: `http` is mended to `https`. A sign that nobody sees is no part of a word and no end of it, so a word is a
/// row of parts.
fn words(text: &str) -> Vec<Vec<String>> {
    let hidden = |c: char| {
        c.is_control() && !c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
    };
    let part = |w: &str| if w == "https" { "http" } else { w }.to_owned();
    let parts = |w: &str| w.split(hidden).filter(|part| !part.is_empty()).map(part).collect::<Vec<_>>();
    let words = text.split(|c: char| !c.is_alphanumeric() && !hidden(c)).map(parts);
    words.filter(|parts| !parts.is_empty()).collect()
}

/// Goes on behind a word, which is still whole, or came apart where a sign is that nobody sees.
fn passes(there: &mut std::slice::Iter<'_, Vec<String>>, word: &[String]) -> bool {
    let whole = word.concat();
    let mut after = there.clone();
    if after.any(|w| w.concat() == whole) {
        *there = after;
        return true;
    }
    word.len() > 1 && word.iter().all(|part| there.any(|w| w.concat() == *part))
}

/// One round: the text with all fixes of all rules and of the parser.
fn round(text: &str, path: &str) -> String {
    let site = Site::new(vec![(path.to_owned(), text.to_owned())], Config::default());
    let found = site.problems();
    let fixes = fix::of(found.iter().filter(|d| !RIGHT_WORD.contains(&d.code)));
    fix::apply(text, &fixes).unwrap()
}

/// Mends a text as the program does, and holds it to the promise.
fn mended(text: &str, path: &str) -> String {
    let mut now = text.to_owned();
    for _ in 0..ROUNDS {
        let next = round(&now, path);
        let left = words(&next);
        let mut there = left.iter();
        for word in words(&now) {
            assert!(passes(&mut there, &word), "{word:?} is lost:\n{now:?}\n{next:?}");
        }
        if next == now {
            return now;
        }
        now = next;
    }
    let again = round(&now, path);
    assert_eq!(again, now, "a further run changes the file again; it was {text:?}");
    now
}

const PIECES: &[&str] = &[
    "• ",
    "•",
    "– ",
    "o\t",
    "§\t",
    "- ",
    "* ",
    "1. ",
    "10. ",
    "  ",
    "   ",
    "    ",
    "\t",
    "> ",
    "## ",
    "##",
    "###",
    "-",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "```\n",
    "|",
    "|---|---|\n",
    "|---|\n",
    "| a | b |\n",
    "+---+---+\n",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{3000}",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "&nbsp;",
    "[",
    "]",
    "(",
    ")",
    "](",
    "] (",
    ")[",
    "![",
    "（",
    "）",
    "[x](a b.md)",
    "[•](index.md) ",
    "**•** ",
    "*•* ",
    "__•__ ",
    "~~•~~ ",
    "“",
    "”",
    "\"",
    "'",
    "<!--",
    "-->",
    "–>",
    "->",
    "::",
    ":::",
    "::safety\n",
    ":::note[Title]\n",
    ":::\n",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "{.x}",
    "==",
    "%%",
    "[[",
    "]]",
    "!!! note\n",
    "> [!INFO]\n",
    "[TOC]\n",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "TODO ",
    "---\n",
    "—\n",
    "title: A\n",
    "title:\u{a0}A\n",
    "tags: [“a, b”]\n",
    "one ",
    "Two ",
    "three.",
    "page.md",
    "my form.pdf",
    "http://example.org ",
    "5 ",
    "\\",
    "ñ",
    "你好",
    "مرحبا ",
    "[form]: my form.pdf\n",
    "[ ]",
    "[x]",
    "<Tabs>",
    "a\tb\n",
    "［",
    "］",
    "】（",
    "]:(",
    ")(",
    "][",
    "＃ ",
    "－ ",
    "＊＊",
    "｀",
    "———\n\n",
    "&nbsp",
    "-- ",
    "→ ",
    "☐ ",
    "・",
    "\u{2028}",
    "`x <b.md>`_",
    "[x ] ",
    "[*] ",
    "http:x.org ",
    "\\\n\n",
    "{#a b}",
    "Due:: ",
    "~ what the hands can do\n",
    "#Welcome\n",
    "#",
    "word_ ",
];

/// How many texts each property is tried on: 600, or what `GUIDEPOST_TEXTS` says for a long run.
fn cases() -> u32 {
    std::env::var("GUIDEPOST_TEXTS").ok().and_then(|n| n.parse().ok()).unwrap_or(600)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn marks_and_words_in_any_order(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picks.iter().map(|i| PIECES[*i]).collect();
        mended(&text, "content/page.md");
    }

    #[test]
    fn any_text(text in "(?s).{0,120}") {
        mended(&text, "content/page.md");
    }

    #[test]
    fn any_body(text in "\\PC{0,120}", lines in proptest::collection::vec(0..PIECES.len(), 0..12)) {
        let body: String = lines.iter().map(|i| PIECES[*i]).collect();
        mended(&format!("---\ntitle: A\n---\n{body}{text}\n{body}"), "content/es/page.md");
    }
}

#[test]
fn bullets_in_bold_and_links_stay_what_they_are() {
    for line in [
        "[•](index.md) one",
        "**•** one",
        "**• one**",
        "*•* one",
        "__•__ one",
        "~~•~~ one",
        "[• one](index.md)",
        "&bull; one",
        "o\tone",
    ] {
        let text = format!("{line}\n{line}\n");
        assert_eq!(mended(&text, "content/page.md"), text);
    }
    for (before, after) in [
        ("- • one\n- • two\n", "- one\n- two\n"),
        ("1. • one\n", "1. one\n"),
        ("> • one\n> • two\n", "> - one\n> - two\n"),
        ("• one\r\n• two\r\n", "- one\r\n- two\r\n"),
        ("§\tone\n§\ttwo\n", "- one\n- two\n"),
        ("• • one\n", "- one\n"),
        ("- one\n  • two\n", "- one\n  - two\n"),
    ] {
        assert_eq!(mended(before, "content/page.md"), after);
    }
}

/// What each fix makes, letter by letter.
#[test]
fn any_number_of_control_characters_is_gone_after_one_run() {
    for n in [4, 5, 6, 40, 2_000] {
        let text = format!("---\ntitle: A\n---\nA{}c\u{b}d.\n", " word\u{1} and\u{7f} more".repeat(n));
        let wanted = format!("---\ntitle: A\n---\nA{}c d.\n", " word and more".repeat(n));
        assert_eq!(round(&text, "content/page.md"), wanted, "{n}");
    }
}

#[test]
fn fixes_write_what_their_messages_say() {
    let cases = [
        ("[form](consent form.pdf)\n", "[form](<consent form.pdf>)\n"),
        ("[form](a b.pdf \"T\")\n", "[form](<a b.pdf> \"T\")\n"),
        ("[call](tel:+1 555 0100)\n", "[call](tel:+1-555-0100)\n"),
        ("![A swing](my pic.png)\n", "![A swing](<my pic.png>)\n"),
        ("[a] (b.md) and [a]\u{a0}(b.md)\n", "[a](b.md) and [a](b.md)\n"),
        ("(the nurse)[nurse.md]\n", "[the nurse](nurse.md)\n"),
        ("[the page](page.md\n", "[the page](page.md)\n"),
        ("[the page(page.md)\n", "[the page](page.md)\n"),
        ("[x](page.md “Title”)\n", "[x](page.md \"Title\")\n"),
        ("[x](“page.md”)\n", "[x](page.md)\n"),
        ("[文]（page.md）\n", "[文](page.md)\n"),
        ("See [form].\n\n[form]: my form.pdf\n", "See [form].\n\n[form]: <my form.pdf>\n"),
        ("<!-- note –>\n\nText\n", "<!-- note -->\n\nText\n"),
        ("| a | b |\n|---|---|\n| `x|y` | z |\n", "| a | b |\n|---|---|\n| `x\\|y` | z |\n"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nText\n", "| a | b |\n|---|---|\n| 1 | 2 |\n\nText\n"),
        ("| a | b |\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("| a | b | c |\n|:--|--:|\n| 1 | 2 | 3 |\n", "| a | b | c |\n|:--|---:|---|\n| 1 | 2 | 3 |\n"),
        ("| a | b |\r\n|—|—|\r\n| 1 | 2 |\r\n", "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n"),
        ("+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("a\tb\n1\t2 | 3\n", "| a | b |\n|---|---|\n| 1 | 2 \\| 3 |\n"),
        ("Name | Age\n---\n", "Name | Age\n|---|---|\n"),
        ("##Late bus\n\n-one\n-two\n\n1.one\n", "## Late bus\n\n- one\n- two\n\n1. one\n"),
        ("##\u{a0}Late\n\n-\u{a0}one\n\n##&nbsp;Bus\n", "## Late\n\n- one\n\n## &nbsp;Bus\n"),
        ("Text \u{feff}here\n", "Text here\n"),
        ("1. one\n  - sub\n2. two\n", "1. one\n   - sub\n2. two\n"),
        ("1. one\r\n  - sub\r\n    more\r\n2. two\r\n", "1. one\r\n   - sub\r\n     more\r\n2. two\r\n"),
        ("Note:\n\n    The late bus leaves at four.\n", "Note:\n\nThe late bus leaves at four.\n"),
        ("Bring ** the form ** now\n", "Bring **the form** now\n"),
        ("::safety\nText.\n::\n", ":::safety\nText.\n:::\n"),
        ("See ==this== now\n", "See **this** now\n"),
        ("See ==these two words== now\n", "See **these two words** now\n"),
        (":::note[Title]\nText.\n:::\n", ":::note title=\"Title\"\nText.\n:::\n"),
        ("one\u{b}two\n", "one two\n"),
        ("<!– a note –>\n\nText\n", "<!-- a note -->\n\nText\n"),
        (":::note\u{200b}\nText.\n:::\n", ":::note\nText.\n:::\n"),
        (":::example title=“A day”\nText.\n:::\n", ":::example title=\"A day\"\nText.\n:::\n"),
        ("[x](page.md and more)\n", "[x](page.md and more)\n"),
        ("[x](https://example.org and more)\n", "[x](https://example.org and more)\n"),
        ("[x](https://example.org/a b)\n", "[x](<https://example.org/a b>)\n"),
        ("[x](Parents' form (1).pdf)\n", "[x](<Parents' form (1).pdf>)\n"),
        ("[x](../my forms/consent.pdf#one)\n", "[x](<../my forms/consent.pdf#one>)\n"),
        ("[x](my forms/)\n", "[x](<my forms/>)\n"),
        ("[x](<my form.pdf)\n", "[x](<my form.pdf>)\n"),
        ("[x](see below)\n", "[x](see below)\n"),
        ("[x]:(page.md) y\n\nz [x]:(page.md)\n", "[x](page.md) y\n\nz [x](page.md)\n"),
        ("See [x], (page.md)\n", "See [x], (page.md)\n"),
        ("［x］（page.md）\n", "[x](page.md)\n"),
        ("(the page)(page.md)\n", "[the page](page.md)\n"),
        ("[x][page.md)\n", "[x](page.md)\n"),
        ("(page.md)[x]\n", "(page.md)[x]\n"),
        ("\\[x](page.md)\n", "\\[x](page.md)\n"),
        ("See http:x.org/a and https:://x.org\n", "See http://x.org/a and https://x.org\n"),
        ("See `the page <page.md>`_ now\n", "See [the page](page.md) now\n"),
        ("5 &nbsp 6 &copy 7\n", "5 &nbsp; 6 &copy; 7\n"),
        ("5 &nbsp\u{200b}km\n", "5 &nbsp;\u{200b}km\n"),
        ("Text\n\n———\n\nMore\n", "Text\n\n---\n\nMore\n"),
        ("- [x ] one\n- [*] two\n", "- [x] one\n- [x] two\n"),
        ("[ ] one\n[x] two\n", "- [ ] one\n- [x] two\n"),
        ("-[ ] one\n", "- [ ] one\n"),
        ("＃＃ One\n\n－ two\n\n＊＊three＊＊ and ｀four｀\n", "## One\n\n- two\n\n**three** and `four`\n"),
        ("-- one\n-- two\n\n→ one\n→ two\n", "- one\n- two\n\n- one\n- two\n"),
        ("☐ one\n☐ two\n", "☐ one\n☐ two\n"),
        ("｜a｜b｜\n｜1｜2｜\n", "|a|b|\n|---|---|\n|1|2|\n"),
        ("a\n———\nb\n", "a\n———\nb\n"),
        ("One\u{2028}two\n", "One two\n"),
        ("The end\\\n\nMore\n", "The end\n\nMore\n"),
        ("Fine motor\n~ what the hands can do\n", "Fine motor\n: what the hands can do\n"),
        ("See [form] now\n[form]: form.pdf\n", "See [form] now\n\n[form]: form.pdf\n"),
        ("！[A bus](bus.png) and ! [a bus](bus.png)\n", "![A bus](bus.png) and ![a bus](bus.png)\n"),
        ("Look! [A bus](bus.png)\n", "Look! [A bus](bus.png)\n"),
        ("The bus leaves.\n---\nText\n", "The bus leaves.\n\n---\nText\n"),
        ("The bus leaves\nat four\r\n-----\r\n", "The bus leaves\nat four\r\n\n-----\r\n"),
        ("## Next {#next\n\nText\n", "## Next {#next}\n\nText\n"),
        ("## Next #next}\r\n\r\nText\r\n", "## Next {#next}\r\n\r\nText\r\n"),
        ("#Welcome\n\nText\n", "# Welcome\n\nText\n"),
        ("#Late bus?\nText\n", "# Late bus?\nText\n"),
    ];
    for (before, after) in cases {
        let head = "---\ntitle: A\ndescription: One plain sentence that says what this page is about.\n---\n";
        let got = mended(&format!("{head}{before}"), "content/page.md");
        assert_eq!(got.strip_prefix(head), Some(after), "{before:?}");
    }
    for (before, after) in [
        ("—\ntitle: A\n—\n\nText\n", "---\ntitle: A\n---\n\nText\n"),
        ("\u{200b}---\ntitle: A\n---\nText\n", "---\ntitle: A\n---\nText\n"),
        ("\u{feff}\u{feff}---\ntitle: A\n---\nText\n", "\u{feff}---\ntitle: A\n---\nText\n"),
        ("---\ntitle:\u{a0}A\n---\nText\n", "---\ntitle: A\n---\nText\n"),
        ("---\ntitle:\u{a0}A\nowner: B\n---\nText\n", "---\ntitle: A\nowner: B\n---\nText\n"),
        ("---\ntitle: A\n\u{a0}owner: B\n---\nText\n", "---\ntitle: A\nowner: B\n---\nText\n"),
        ("---\ntitle: “Fees: now”\n---\nText\n", "---\ntitle: \"Fees: now\"\n---\nText\n"),
        ("---\ntitle: A\ntags: [“a”, b]\n---\nText\n", "---\ntitle: A\ntags: [\"a\", b]\n---\nText\n"),
    ] {
        assert_eq!(mended(before, "content/page.md"), after, "{before:?}");
    }
    let words = "---\ntitle: Words\ndescription: One plain sentence that says what this page is about.\nentries: term\n---\n";
    for (before, after) in [
        (
            "## Putty\nAlso called: clay\n**Match:** off\n\nText.\n",
            "## Putty\n- Also called: clay\n- **Match:** off\n\nText.\n",
        ),
        (
            "## Putty\r\nAlso called: clay\r\n\r\nText.\r\n",
            "## Putty\r\n- Also called: clay\r\n\r\nText.\r\n",
        ),
    ] {
        assert_eq!(
            mended(&format!("{words}{before}"), "content/page.md"),
            format!("{words}{after}"),
            "{before:?}"
        );
    }
}
