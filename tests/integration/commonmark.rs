//! The 652 examples of CommonMark 0.31.2 through our own writer: passes off, HTML passed through as it is.
//!
//! Two spellings of the same HTML count as equal: `&quot;` and `"` in text, and `<br />` and `<br>`. Every example
//! that is not met must be one that pulldown-cmark's own parser does not meet, and stands in `EXCEPTIONS`.

use guidepost::markdown::{Flavor, Options, RawHtml, parse};
use guidepost::source::SourcePath;

/// Numbers of examples that pulldown-cmark reads in another way, with the reason.
const EXCEPTIONS: &[(usize, &str)] = &[];

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let spec = include_str!("../data/commonmark-0.31.2.txt");
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let mut markdown = String::new();
        let mut html = String::new();
        let mut into = &mut markdown;
        for line in lines.by_ref() {
            if line == fence {
                break;
            }
            if line == "." {
                into = &mut html;
                continue;
            }
            into.push_str(&line.replace('→', "\t"));
            into.push('\n');
        }
        found.push(Example { number: found.len() + 1, markdown, html });
    }
    found
}

fn write(markdown: &str) -> String {
    let path = SourcePath::new("content/x.md").unwrap();
    let options = Options {
        path: &path,
        offset: 0,
        raw_html: RawHtml::Verbatim,
        flavor: Flavor::CommonMark,
        words: guidepost::config::Words::default(),
        entry_level: None,
    };
    let parsed = parse(markdown, &options);
    assert!(parsed.value.body.placeholders.is_empty(), "passes are off");
    parsed.value.body.html.into()
}

fn same(html: &str) -> String {
    html.replace("&quot;", "\"").replace(" />", ">").replace("&#x27;", "'")
}

#[test]
fn the_examples_of_commonmark_0_31_2() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    for e in &examples {
        let ours = write(&e.markdown);
        let met = same(&ours) == same(&e.html);
        let excepted = EXCEPTIONS.iter().any(|(n, _)| *n == e.number);
        if met == excepted {
            wrong.push(format!(
                "{}\n--- markdown\n{}--- expected\n{}--- ours\n{ours}",
                e.number, e.markdown, e.html
            ));
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
