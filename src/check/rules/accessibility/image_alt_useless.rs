//! `image-alt-useless`: a description that says nothing.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::wordlists;
use crate::diag::{Severity, code};
use crate::source::address;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::IMAGE_ALT_USELESS,
    group: Group::Accessibility,
    severity: Severity::Warning,
    wcag: Some("1.1.1 Non-text Content (A)"),
    title: "A description that says nothing",
    explanation: "A file name, \"image of\", or the caption said twice wastes a listener's time. Screen readers say \"image\" \
        themselves. Begin with what is to be seen: who does what, with what.",
    bad: "![IMG_2041.jpg](IMG_2041.jpg)\n",
    good: "![A child squeezes a clothespin](IMG_2041.jpg)\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const EMPTY_WORDS: &[&str] = &[
    "image",
    "picture",
    "photo",
    "photograph",
    "graphic",
    "icon",
    "img",
    "pic",
    "diagram",
    "chart",
    "screenshot",
    "figure",
    "imagen",
    "foto",
    "fotografía",
    "dibujo",
    "gráfico",
    "icono",
    "ícono",
    "diagrama",
    "figura",
    "alt",
    "alt text",
    "untitled",
    "placeholder",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let lists = wordlists::of(page.base_lang());
    for image in &page.images {
        let alt = image.alt.trim();
        if alt.is_empty() {
            continue;
        }
        let lower = alt.to_lowercase();
        let name = address::file_name(&image.src).to_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let words = |text: &str| text.replace(['-', '_'], " ");
        // A name of one plain word ("board.jpg") may be a description; one with signs or digits is not.
        let odd = stem.contains(['-', '_']) || stem.chars().any(|c| c.is_ascii_digit());
        let named = lower == name || odd && !alt.contains(' ') && words(&lower) == words(stem);
        let what = if named {
            "is the name of the file"
        } else if EMPTY_WORDS.contains(&lower.as_str()) {
            "does not say what the image shows"
        } else if lists
            .alt_starts
            .iter()
            .any(|s| lower.strip_prefix(s).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
        {
            "begins with what a screen reader says anyway"
        } else if !image.title.is_empty() && lower == image.title.trim().to_lowercase() {
            "is the caption said twice"
        } else {
            continue;
        };
        let help = "Write what is to be seen and matters here: who does what, with what.";
        out.push(out.at(image.span, format!("the description \"{alt}\" {what}")).help(help));
    }
}
