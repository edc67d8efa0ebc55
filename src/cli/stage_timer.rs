//! How long each stage of a run took: what `build --stats` shows.

use crate::engine::{Stage, StageHook};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The time that each stage took so far.
#[derive(Clone, Default)]
pub struct StageTimer(Arc<Mutex<Stages>>);

#[derive(Default)]
struct Stages {
    now: Option<(Stage, Instant)>,
    spent: BTreeMap<Stage, Duration>,
}

impl Stages {
    fn turn(&mut self, next: Option<Stage>) {
        let time = Instant::now();
        if let Some((stage, since)) = self.now.take() {
            *self.spent.entry(stage).or_default() += time - since;
        }
        self.now = next.map(|stage| (stage, time));
    }
}

impl StageTimer {
    /// Ends the stage that is running and begins another one.
    pub fn begin(&self, stage: Stage) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).turn(Some(stage));
    }

    /// What tells the engine's stages to this account.
    pub fn hook(&self) -> StageHook {
        let stage_timer = self.clone();
        StageHook::new(move |stage| stage_timer.begin(stage))
    }

    /// Ends the stage that is running; gives all stages that there were, in their order, with the milliseconds each took.
    pub fn close(&self) -> Vec<(&'static str, f64)> {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.turn(None);
        let spent = Stage::ALL.iter().filter_map(|stage| Some((stage.name(), *book.spent.get(stage)?)));
        spent.map(|(name, time)| (name, time.as_micros() as f64 / 1000.0)).collect()
    }
}
