//! What the guide says of itself follows the settings: who checked it, and which languages nobody has read.

use crate::support::{Site, html};

/// A sentence of each About page that nobody has checked the guide, and one that nobody has read the translations.
const UNCHECKED: [(&str, &str, &str); 3] = [
    ("about", "It has not yet been checked by a therapist", "No native speaker has checked"),
    ("es/about", "todavía no la ha revisado", "como lengua materna ha revisado todavía"),
    ("ar/about", "لم يراجعه بعد أخصائي", "لم يراجع النص الإسباني أو العربي بعد"),
];

/// The first section of the guide's About pages as a district with these settings gets them.
fn about(change: impl Fn(&str) -> String) -> Vec<String> {
    let site = Site::guide();
    let settings = std::fs::read_to_string(site.root().join("site.yaml")).unwrap();
    site.file("site.yaml", change(&settings));
    site.build_with(&["--date", "2026-12-01"]).clean();
    let pages = UNCHECKED.map(|(folder, ..)| site.out(&format!("{folder}/index.html")));
    pages
        .iter()
        .map(|page| {
            let main = page.split("id=\"reviewed\"").nth(1).unwrap().split("id=\"facts\"").next().unwrap();
            html::visible(main)
        })
        .collect()
}

#[test]
fn about_says_that_nobody_checked_until_the_settings_name_someone() {
    for (text, (folder, unchecked, unread)) in about(str::to_owned).iter().zip(UNCHECKED) {
        assert!(text.contains(unchecked) && text.contains(unread), "{folder}: {text}");
    }
    let named = about(|settings| format!("{settings}\nreviewer: {{name: Ana Lee, date: 2026-11-22}}\n"));
    for (text, (folder, unchecked, unread)) in named.iter().zip(UNCHECKED) {
        assert!(
            text.contains("Ana Lee") && text.contains("2026") && !text.contains(unchecked),
            "{folder}: {text}"
        );
        assert!(text.contains(unread), "{folder}: a therapist's name is no reader of the language: {text}");
    }
    let read = about(|settings| settings.replace("    unreviewed: true\n", ""));
    for (text, (folder, unchecked, unread)) in read.iter().zip(UNCHECKED) {
        assert!(text.contains(unchecked) && !text.contains(unread), "{folder}: {text}");
    }
}
