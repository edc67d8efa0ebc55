//! `image-of-text`: a flyer or screenshot in place of text.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::address;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::IMAGE_OF_TEXT,
    group: Group::Accessibility,
    wcag: Some("1.4.5 Images of Text (AA)"),
    title: "An image that seems to hold text",
    explanation: "Text in an image cannot be made larger, read aloud, searched or translated. Write the text of the flyer in \
        the page; the image can stand beside it.",
    bad: "![Family night, May 4, 6 pm, library](family-night-flyer.png)\n",
    good: "Family night is on May 4 at 6 pm in the library.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const WORDS: &[&str] = &[
    "flyer",
    "flier",
    "poster",
    "screenshot",
    "screengrab",
    "scan",
    "scanned",
    "leaflet",
    "handout",
    "brochure",
    "volante",
    "folleto",
    "cartel",
    "captura",
    "afiche",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for image in &page.images {
        let name = address::file_name(&image.src).to_lowercase();
        if let Some(word) = name.split(|c: char| !c.is_alphanumeric()).find(|w| WORDS.contains(w)) {
            let message = format!("the image `{}` is called a {word}: it seems to hold text", image.src);
            out.push(
                out.at(image.span, message)
                    .help("Write its text in the page, where it can be enlarged, heard and translated."),
            );
        }
    }
}
