//! `media-transcript`: a video or sound without words to read.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, code};
use crate::source::address;
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::MEDIA_TRANSCRIPT,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some(
        "1.2.1 Audio-only and Video-only (A), 1.2.2 Captions (A), 1.2.3 Audio Description or Media Alternative (A)",
    ),
    title: "A video or sound without a transcript",
    explanation: "Who cannot hear or see the recording, or has no sound on, needs its words. Put a transcript on the page under \
        a heading \"Transcript\", or link to one with that word. A video needs captions too; no program can check those.",
    bad: "[Watch how to tie a shoe](shoe.mp4)\n",
    good: "[Watch how to tie a shoe](shoe.mp4)\n\n## Transcript\n\nThe teacher holds up a shoe.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

const MEDIA: &[&str] = &[
    "aac", "avi", "flac", "m4a", "m4v", "mov", "mp3", "mp4", "mpeg", "oga", "ogg", "ogv", "wav", "webm",
    "wmv",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut found: Vec<Span> = Vec::new();
    let is_media = |target: &str| MEDIA.contains(&address::extension(target).as_str());
    found.extend(page.links.iter().filter(|l| is_media(&l.target)).map(|l| l.span));
    found.extend(page.images.iter().filter(|i| is_media(&i.src)).map(|i| i.span));
    for piece in &page.html {
        for tag in html::opened(&piece.source).filter(|t| t.is("video") || t.is("audio")) {
            found.push(Span::new(tag.range().start, tag.range().end).shifted(piece.span.start as usize));
        }
    }
    if found.is_empty() {
        return;
    }
    let says = |text: &str| {
        let lower = text.to_lowercase();
        ["transcript", "transcripción", "transcripcion", "نص", "транскрипт"].iter().any(|w| lower.contains(w))
    };
    let has = page.headings.iter().any(|h| says(page.heading_text(h)))
        || page.links.iter().any(|l| says(page.link_text(l)));
    if has {
        return;
    }
    for span in found {
        let help = "Add the words under a heading \"Transcript\", or link to a page with them.";
        out.push(out.at(span, "this recording has no transcript").help(help));
    }
}
