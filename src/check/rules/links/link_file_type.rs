//! `link-file-type`: a link to a file that does not say so.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::address;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::LINK_FILE_TYPE,
    group: Group::Links,
    severity: Severity::Warning,
    wcag: Some("2.4.4 Link Purpose (In Context) (A)"),
    title: "A link to a file without its type and size",
    explanation: "A PDF or Word file opens another program, costs data on a phone, and may not work with a screen reader. \
        Say in the link what it is and how large.",
    bad: "[Request form](request.pdf)\n",
    good: "[Request form (PDF, 120 KB)](request.pdf)\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const TYPES: &[(&str, &str)] = &[
    ("csv", "CSV"),
    ("doc", "Word"),
    ("docx", "Word"),
    ("epub", "EPUB"),
    ("odt", "ODT"),
    ("pdf", "PDF"),
    ("ppt", "PowerPoint"),
    ("pptx", "PowerPoint"),
    ("rtf", "RTF"),
    ("xls", "Excel"),
    ("xlsx", "Excel"),
    ("zip", "ZIP"),
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for link in &page.links {
        let extension = address::extension(&link.target);
        let Some((_, name)) = TYPES.iter().find(|(e, _)| *e == extension) else { continue };
        let text = page.link_text(link).to_lowercase();
        let typed = text.contains(&name.to_lowercase())
            || text.split(|c: char| !c.is_alphanumeric()).any(|w| w == extension);
        let sized = has_size(&text);
        let missing = match (typed, sized) {
            (true, true) => continue,
            (false, true) => format!("that it opens a {name} file"),
            (true, false) => "how large the file is".to_owned(),
            (false, false) => format!("that it opens a {name} file, or how large it is"),
        };
        let help = format!("Add it in the brackets, such as `[… ({name}, 120 KB)]`.");
        out.push(out.at(link.span, format!("this link does not say {missing}")).help(help));
    }
}

/// A number followed by a unit: `120 KB`, `1.2MB`, `3 pages`.
fn has_size(text: &str) -> bool {
    ["kb", "mb", "ko", "mo", "page", "página"].iter().any(|unit| {
        text.match_indices(unit).any(|(i, _)| text[..i].trim_end().ends_with(|c: char| c.is_ascii_digit()))
    })
}
