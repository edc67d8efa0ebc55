//! One made page of each template is looked at: what a theme forgets is on all of them.
//!
//! | what is kept | is right as long as |
//! |---|---|
//! | what was found in a page | its bytes are the same, and the template reads the same variables |

use super::Engine;
use super::checks::Findings;
use crate::check::markup;
use crate::diag::{Diagnostic, Severity, code};
use crate::plan::Job;
use crate::render::{self, World};
use crate::site::LangIndex;
use crate::source::{Fingerprint, OutputPath, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was found in the pages that were looked at.
pub(super) type Looked = BTreeMap<OutputPath, OfMade>;

/// What was found in one of them.
#[derive(Serialize, Deserialize)]
pub(super) struct OfMade {
    made: Fingerprint,
    pub diagnostics: Vec<Diagnostic>,
}

/// A template, and a page that it makes.
struct Sample<'p> {
    path: &'p OutputPath,
    job: &'p Job,
    lang: LangIndex,
    /// Whether any page that it makes has a text.
    has_text: bool,
}

impl Engine {
    /// Looks at a page of each template, of those that are made.
    pub(super) fn look_at_made(&self, world: &Arc<World>, findings: &mut Findings) {
        let mut looked = Looked::new();
        for (template, sample) in self.samples(world) {
            // One that is still to be made is looked at then; until then what was found before stands.
            let Some(made) = self.made(sample.path) else { continue };
            let kept = findings.made.remove(sample.path);
            let found = match kept {
                Some(kept) if kept.made == made || self.is_dirty(sample.path) => kept,
                _ => OfMade { made, diagnostics: self.looked_at(world, &template, &sample) },
            };
            looked.insert(sample.path.clone(), found);
        }
        findings.made = looked;
    }

    /// The first page of each template, by the template's full name; one of the main language where there is one.
    fn samples(&self, world: &World) -> BTreeMap<String, Sample<'_>> {
        let mut samples: BTreeMap<String, Sample<'_>> = BTreeMap::new();
        for (path, job) in &self.plan.jobs {
            let Some((lang, template, has_text)) = render::template_of(world, job) else { continue };
            let Some(full) = world.templates.resolve(template) else { continue };
            match samples.get_mut(full) {
                Some(known) => {
                    known.has_text |= has_text;
                    if lang < known.lang {
                        (known.path, known.job, known.lang) = (path, job, lang);
                    }
                }
                None => {
                    samples.insert(full.to_owned(), Sample { path, job, lang, has_text });
                }
            }
        }
        samples
    }

    fn looked_at(&self, world: &Arc<World>, template: &str, sample: &Sample<'_>) -> Vec<Diagnostic> {
        let Some(file) = world.templates.file(template) else { return Vec::new() };
        if world.templates.broken_part(template).is_some() {
            return Vec::new();
        }
        let path = sample.path;
        let rendered =
            self.threads.install(|| render::render(world, super::threads::worker(), path, sample.job));
        // What stands in place of a page that could not be made tells of its fault; nothing else is to be said of it.
        let Some(bytes) = rendered.bytes else { return Vec::new() };
        if memchr::memmem::find(&bytes, render::NOT_MADE.as_bytes()).is_some() {
            return Vec::new();
        }
        let told = |severity, what: &str, help: &str| {
            let message = format!("{path}, a page that this template makes, {what}.");
            Diagnostic::new(code::MADE_PAGE, severity, &file.path, Span::at(file.offset), message).help(help)
        };
        let html = String::from_utf8_lossy(&bytes);
        let mut found: Vec<Diagnostic> =
            markup::look(&html).iter().map(|lack| told(lack.severity, &lack.what, lack.help)).collect();
        let reads = world.templates.reads(template);
        let shows = |name: &str| reads.is_none_or(|reads| reads.variable(name));
        if matches!(sample.job, Job::Page { .. }) && sample.has_text && !shows("body") {
            let help = "Write {{ body }} where the text of pages belongs, or extend a template that does.";
            found.push(told(Severity::Warning, "does not show the text of its page", help));
        }
        if matches!(sample.job, Job::Print { .. }) && !shows("parts") {
            let help = "Write {% for p in parts %}<section id=\"{{ p.id }}\"><h2>{{ p.title }}</h2>{{ p.body }}</section>{% endfor %}.";
            found.push(told(Severity::Warning, "does not show the pages that it is to hold", help));
        }
        found
    }
}
