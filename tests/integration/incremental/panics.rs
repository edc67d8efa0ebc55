//! A panic in the middle of anything: the engine goes on and is right, or says that it must be made anew.

use super::edits::{self, Rng};
use super::site::{self, Disk, Model, compare, fresh};
use guidepost::engine::{Engine, Loader, Options, Output, Which};
use guidepost::source::SourcePath;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Files of which one, some time, makes whoever reads it panic: a rule, a render, a parser.
struct Trap {
    disk: Disk,
    /// How many reads from now on; 0 for none.
    left: AtomicUsize,
}

impl Loader for Trap {
    fn load(&self, path: &SourcePath) -> Option<Arc<[u8]>> {
        if self.left.load(Ordering::SeqCst) > 0 && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            panic!("the trap at {path}");
        }
        self.disk.load(path)
    }
}

/// Renders and checks; whether both came to their end.
fn make(
    engine: &mut Engine,
    outputs: &Mutex<BTreeMap<String, Vec<u8>>>,
    disk: &Disk,
    left: &AtomicUsize,
) -> bool {
    let sink = |output: Output| {
        let (path, bytes) = match output {
            Output::Write { path, bytes, .. } => (path, bytes.to_vec()),
            Output::Copy { path, from, .. } => {
                (path, disk.load(&from).map(|b| b.to_vec()).unwrap_or_default())
            }
            Output::Remove { .. } => return,
        };
        // What takes an output may panic as well.
        if left.load(Ordering::SeqCst) > 0 && left.fetch_sub(1, Ordering::SeqCst) == 1 {
            panic!("the trap in the sink");
        }
        outputs.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.to_string(), bytes);
    };
    let rendered = catch_unwind(AssertUnwindSafe(|| engine.render(Which::All, &sink))).is_ok();
    let checked = catch_unwind(AssertUnwindSafe(|| engine.check())).is_ok();
    rendered && checked
}

#[test]
fn after_a_panic_nothing_is_lost() {
    let mut caught = 0;
    for seed in 0..24 {
        let mut rng = Rng::new(seed);
        let disk = Disk::default();
        site::seed_site(&disk, false);
        let date = site::day(0);
        let trap = Arc::new(Trap { disk: disk.clone(), left: AtomicUsize::new(0) });
        let options = Options { threads: 1 + seed as usize % 2, body_budget: 0, ..Options::new(date) };
        let mut engine = Engine::new(options, trap.clone()).unwrap();
        let all = || {
            disk.0.lock().unwrap().iter().map(|(path, bytes)| site::change(path, bytes)).collect::<Vec<_>>()
        };
        engine.apply(all());
        let outputs: Mutex<std::collections::BTreeMap<String, Vec<u8>>> = Mutex::default();
        for step in 0..4 {
            if step > 0 {
                let before = disk.0.lock().unwrap().clone();
                edits::body(&mut rng, &disk);
                let now = disk.0.lock().unwrap().clone();
                let changed = now.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes));
                let delta = engine.apply(changed.map(|(path, bytes)| site::change(path, bytes)).collect());
                let mut made = outputs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                delta.removed.iter().for_each(|path| drop(made.remove(path.as_str())));
            }
            trap.left.store(1 + rng.below(40), Ordering::SeqCst);
            caught += usize::from(!make(&mut engine, &outputs, &disk, &trap.left));
            trap.left.store(0, Ordering::SeqCst);
            assert!(engine.is_sound(), "seed {seed}: what was torn was put right");
            assert!(make(&mut engine, &outputs, &disk, &trap.left));
            let mut full = fresh(&disk, date, false);
            full.engine.check();
            let mut model = Model::new(&disk, date, 1, 0, false);
            model.outputs = outputs.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
            std::mem::swap(&mut model.engine, &mut engine);
            let difference = compare(&model, &full);
            std::mem::swap(&mut model.engine, &mut engine);
            assert_eq!(difference, None, "seed {seed}, step {step}");
        }
    }
    assert!(caught > 24, "the traps went off: {caught}");
}

#[test]
fn a_step_that_a_panic_tore_is_not_believed() {
    let disk = Disk::default();
    site::seed_site(&disk, false);
    // Without memory for bodies, a template that shows other pages reads their files while the site is made.
    let trap = Arc::new(Trap { disk: disk.clone(), left: AtomicUsize::new(0) });
    let options = Options { body_budget: 0, ..Options::new(site::day(0)) };
    let mut engine = Engine::new(options, trap.clone()).unwrap();
    let all: Vec<_> = disk.0.lock().unwrap().iter().map(|(path, bytes)| site::change(path, bytes)).collect();
    engine.apply(all);
    engine.render(Which::All, &|_| {});
    assert!(engine.is_sound());
    // Settings that say how pages are parsed have every page read again.
    disk.put("site.yaml", disk.get("site.yaml").unwrap() + "raw_html: true\n");
    let changes = vec![site::change("site.yaml", disk.get("site.yaml").unwrap().as_bytes())];
    trap.left.store(3, Ordering::SeqCst);
    assert!(catch_unwind(AssertUnwindSafe(|| engine.apply(changes))).is_err());
    assert!(!engine.is_sound(), "half of the pages were parsed");
}
