//! `image-moving`: a GIF.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::address;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::IMAGE_MOVING,
    group: Group::Accessibility,
    wcag: Some("2.2.2 Pause, Stop, Hide (A)"),
    title: "An image that may move",
    explanation: "A moving GIF cannot be stopped. It draws every eye, makes some readers sick, and flashing can start a \
        seizure. Use a still picture, or a short video with controls. If the GIF does not move, save it as PNG.",
    bad: "![A child jumps](jumping-jacks.gif)\n",
    good: "![A child jumps with arms and legs out](jumping-jacks.png)\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for image in page.images.iter().filter(|i| address::extension(&i.src) == "gif") {
        let message = format!("`{}` may move, and nobody can stop it", image.src);
        out.push(
            out.at(image.span, message).help("Use a still picture (PNG or JPEG), or a video with controls."),
        );
    }
}
