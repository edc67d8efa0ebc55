//! `image-alt-long`: a description that cannot be taken in.

use crate::check::page::Page;
use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::IMAGE_ALT_LONG,
    group: Group::Accessibility,
    title: "A description that is too long",
    explanation: "A screen reader reads the description in one breath, without a way to go back a line. Put the main point \
        in it, and the rest in the text, where everybody can read it, or use a `:::figure` with a full description.",
    bad: "![A description of more than 150 characters](steps.svg)\n",
    good: "![Six steps from asking for help to the first plan](steps.svg)\n",
    limits: &[Limit {
        name: "alt_characters",
        default: 150.0,
        about: "most characters in the description of an image",
    }],
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let most = out.limit("alt_characters");
    for image in &page.images {
        let length = image.alt.chars().count();
        if length as f64 > most {
            let message = format!("the description of this image has {length} characters");
            let help = format!("Keep it below {most:.0}, and put the rest in the text beside the image.");
            out.push(out.at(image.span, message).help(help));
        }
    }
}
