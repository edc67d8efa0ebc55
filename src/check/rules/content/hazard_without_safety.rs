//! `hazard-without-safety`: a thing that can hurt a child, without a word on how to stay safe.

use crate::check::lexicon::List;
use crate::check::page::Page;
use crate::check::page::{Hit, Section};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::wordlists;
use crate::diag::{Severity, code};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HAZARD_WITHOUT_SAFETY,
    group: Group::Content,
    severity: Severity::Warning,
    title: "A hazard without a safety note",
    explanation: "Magnets, button batteries, water beads, balloons, nails, beads, weighted vests and spinning have hurt children. \
        Wherever a page tells a family to use one, say in the same part how to stay safe. The `Safety` line of an activity \
        does, or a `:::safety` box, or a sentence (\"an adult stays close\"). The glossary and the list of tests only explain words and \
        are left alone. Add things under `checks: words: hazards`.",
    bad: "Build a tower with magnets.\n",
    good: "Build a tower with large magnets. An adult stays close: a swallowed magnet is an emergency.\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let harmless = wordlists::of(page.base_lang()).harmless;
    let meant = |hit: &&Hit| {
        let flat = page.words_flat(&(hit.first..hit.first + hit.count));
        let block = page.blocks.get(hit.block as usize).map_or(flat.clone(), |b| b.flat.clone());
        // A window of bytes; where it would cut a letter, the whole block is looked at.
        let near = flat.start.saturating_sub(8).max(block.start)..(flat.end + 8).min(block.end);
        let text =
            page.flat.get(near.start as usize..near.end as usize).unwrap_or_else(|| page.flat_text(&block));
        let text = text.to_lowercase().replace('\n', " ");
        !harmless.iter().any(|phrase| text.contains(phrase))
    };
    let mut hazards = page.hits_of(List::Hazard).filter(meant).peekable();
    if hazards.peek().is_none() || only_explains(page) || page.components.iter().any(|c| &*c.name == "safety")
    {
        return;
    }
    let section_of = |hit: &Hit| page.blocks.get(hit.block as usize).map_or(0, |b| b.section);
    while let Some(first) = hazards.next() {
        let number = section_of(first);
        // One report a section is enough.
        while hazards.next_if(|h| section_of(h) == number).is_some() {}
        let Some(section) = page.sections.get(number as usize) else { continue };
        if has_safety(page, section) {
            continue;
        }
        let message = format!(
            "\"{}\" can hurt a child, and this part does not say how to stay safe",
            page.hit_text(first)
        );
        let help = "Add a sentence on safety here, or a `:::safety` box; an activity has a `Safety` line.";
        out.push(out.at(page.hit_span(first), message).help(help));
    }
}

/// The glossary, tests and sources only say what words mean.
fn only_explains(page: &Page<'_>) -> bool {
    let kind = page.summary().entries_kind.as_deref().and_then(|k| page.input.kinds.get(k));
    kind.is_some_and(|k| k.glossary || k.field("safety").is_none())
}

fn has_safety(page: &Page<'_>, section: &Section) -> bool {
    let blocks = page.blocks.get(section.blocks.start as usize..section.blocks.end as usize).unwrap_or(&[]);
    let words = blocks.first().zip(blocks.last()).map_or(0..0, |(a, b)| a.words.start..b.words.end);
    let said = page.hits_at(words).iter().any(|hit| hit.list == List::Safety);
    let heading = section.heading.and_then(|h| page.headings.get(h as usize));
    let entry = heading.and_then(|h| {
        let entries = &page.summary().entries;
        let at = entries.partition_point(|e| e.span.start < h.span.start);
        entries.get(at).filter(|e| e.span.start == h.span.start)
    });
    let field = entry.and_then(|e| e.fields.get("safety")).is_some_and(|v| !v.display().trim().is_empty());
    said || field
}
