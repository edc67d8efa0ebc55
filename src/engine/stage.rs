//! The stages of a build, told to whoever measures them. Nothing here reads a clock.

use std::sync::Arc;

/// A part of the work, in the order in which a build goes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Looking at all files; in a first build also reading and parsing most pages, since that is done in one pass.
    Scan,
    /// Taking up what an earlier run kept.
    Open,
    /// Consumer settings, templates and UI strings.
    Settings,
    /// Parsing pages.
    Parse,
    /// Making the site out of all summaries.
    Assemble,
    /// Comparing what outputs read with what is now.
    Facts,
    /// Listing all outputs.
    Plan,
    /// Making outputs, and putting those that differ beside the place where they go.
    Render,
    /// Running the rules.
    Check,
    /// Putting outputs in their place and removing those that are stale.
    Write,
    /// Keeping what a later run can use.
    Save,
}

impl Stage {
    /// All stages in their order.
    pub const ALL: [Stage; 11] = [
        Stage::Scan,
        Stage::Open,
        Stage::Settings,
        Stage::Parse,
        Stage::Assemble,
        Stage::Facts,
        Stage::Plan,
        Stage::Render,
        Stage::Check,
        Stage::Write,
        Stage::Save,
    ];

    /// The name as `--stats` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Scan => "scan",
            Stage::Open => "open",
            Stage::Settings => "settings",
            Stage::Parse => "parse",
            Stage::Assemble => "assemble",
            Stage::Facts => "facts",
            Stage::Plan => "plan",
            Stage::Render => "render",
            Stage::Check => "check",
            Stage::Write => "write",
            Stage::Save => "save",
        }
    }
}

/// Is told when a stage begins; the one before it has ended then.
#[derive(Clone)]
pub struct StageHook(Option<Arc<dyn Fn(Stage) + Send + Sync>>);

impl StageHook {
    /// Calls `begins` at the beginning of each stage.
    pub fn new(begins: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        StageHook(Some(Arc::new(begins)))
    }

    /// Tells that a stage begins.
    pub fn begin(&self, stage: Stage) {
        if let Some(begins) = &self.0 {
            begins(stage);
        }
    }
}

impl Default for StageHook {
    /// Tells nobody.
    fn default() -> Self {
        StageHook(None)
    }
}
