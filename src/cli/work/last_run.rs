//! What a build with nothing to do says again, without opening the engine.

use super::super::session::Session;
use super::super::{publish_check, report};
use crate::diag::Diagnostic;
use crate::engine::{Engine, Options};
use crate::io::manifest;
use crate::source::Fingerprint;
use serde::{Deserialize, Serialize};

/// What became of the outputs of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// They lie in their places.
    Written,
    /// An error of the site kept them back. What was made is as good as if it had been written, but the output is not.
    KeptBack,
    /// The disk refused them.
    Refused,
}

/// What a build with nothing to do says again, without opening the engine.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LastRunReport {
    /// Options it was said under.
    pub options: Options,
    /// Whether the rules of `check` had run.
    pub checked: bool,
    /// Where the outputs belong, and what became of them.
    out: String,
    ending: Ending,
    /// All problems but those that the rules found.
    problems: Vec<Diagnostic>,
    /// All problems, when the rules had run and found any.
    found: Option<Vec<Diagnostic>>,
    /// Pages and languages.
    pub extent: String,
    /// Whether the scan met problems: they may go without a change of a source, as what lies beside the content does.
    scanned: bool,
    /// What was left out.
    pub left_out: Option<String>,
    /// What is to be done before the site is published, when the rules had run.
    pub to_do: Option<String>,
    /// A digest of the outputs as they were made; none when one was never made.
    outputs: Option<Fingerprint>,
}

impl LastRunReport {
    /// What is said of a build with these problems. `of_write` are those that writing met.
    pub fn new(
        engine: &Engine,
        session: &Session,
        ending: Ending,
        checked: bool,
        diagnostics: &[Diagnostic],
        of_write: &[Diagnostic],
    ) -> LastRunReport {
        let mut problems = told(engine, false);
        problems.extend(of_write.iter().cloned());
        crate::diag::sort(&mut problems);
        let made: Option<Vec<_>> = engine.expected().map(|(path, made)| Some((path, made?))).collect();
        LastRunReport {
            options: session.options.clone(),
            checked,
            out: session.out.key().to_owned(),
            ending,
            found: (checked && problems != diagnostics).then(|| diagnostics.to_vec()),
            problems,
            extent: report::extent(engine),
            scanned: !session.table.diagnostics().is_empty(),
            left_out: report::left_out(engine),
            to_do: checked.then(|| publish_check::line(engine, diagnostics)).flatten(),
            outputs: made.map(|made| manifest::digest(made.into_iter())),
        }
    }

    /// The problems, as they are told with the rules or without.
    pub fn diagnostics(self, checked: bool) -> Vec<Diagnostic> {
        match self.found {
            Some(found) if checked => found,
            _ => self.problems,
        }
    }

    /// Whether it may be said again when no source differs. `right` says whether every output is what was written last, by
    /// whatever run: that it was the one which said this, and no other outputs lie there, is asked of the manifest.
    pub fn holds(&self, session: &Session, checked: bool, right: bool) -> bool {
        let here = match self.ending {
            Ending::Written => {
                let rules = self.checked || !checked;
                let here = right && rules && self.out == session.out.key();
                here && self.outputs.is_some_and(|outputs| outputs == session.manifest.digest())
            }
            // The error may be a rule's. Nothing would be written whatever lies in the output.
            Ending::KeptBack => self.checked == checked,
            // What stood in the way may be gone.
            Ending::Refused => false,
        };
        // Asked only when the scan meets none now.
        here && !self.scanned && self.options.makes_same(&session.options)
    }
}

/// All problems, with those that the rules found or without: what they found in an earlier run is kept in the engine.
pub fn told(engine: &Engine, checked: bool) -> Vec<Diagnostic> {
    if checked { engine.diagnostics() } else { engine.problems() }
}
