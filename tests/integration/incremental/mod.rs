//! incremental == full: whatever is edited, in whatever order, the engine's outputs and problems are those of a fresh
//! build, byte for byte. Random scripts of edits are run on a small site; after every script, and in every fifth after every step, both are compared, also
//! after saving and loading the cache (in every sixth script after each step, mostly after little edits), with no memory for bodies, and with one and two threads; in every fourth script
//! also what the rules of `check` find.
//!
//! `GUIDEPOST_SCRIPTS=20000 cargo test --release --test integration incremental` runs more scripts than usual; a failing script
//! names its seed, and `GUIDEPOST_SEED=n` runs that one alone.
mod counts;
mod edits;
mod folder;
mod outputs;
mod panics;
mod publication;
mod site;

use edits::Rng;
use site::{Disk, Model, compare, fresh, incremental};

/// What a scan would say of one file of `disk`.
fn site_change(disk: &Disk, path: &str) -> guidepost::source::Change {
    let bytes = disk.0.lock().unwrap().get(path).cloned().unwrap_or_default();
    site::change(path, &bytes)
}

/// How many scripts are run when nobody says.
const SCRIPTS: u64 = 2_000;
/// Scripts beyond those that once found a fault.
const FOUND: [u64; 2] = [4_732, 13_410];
/// How many edits a script has.
const STEPS: usize = 5;

fn run(seed: u64) -> usize {
    let mut rng = Rng::new(seed);
    let disk = Disk::default();
    site::seed_site(&disk, seed.is_multiple_of(3));
    if seed.is_multiple_of(2) {
        site::seed_sheet(&disk);
    }
    let mut date = site::day(0);
    let threads = if seed.is_multiple_of(5) { 2 } else { 1 };
    let budget = if seed % 4 == 1 { 0 } else { 64 << 20 };
    let serve = seed % 7 == 3;
    // What the rules find follows edits too. They cost as much as the rest, so not every script runs them.
    let rules = seed.is_multiple_of(4);
    // An editor's day: one language, mostly texts of pages, and each edit is a build of its own.
    let calm = seed % 6 == 2;
    if calm {
        let settings = disk.get("site.yaml").unwrap_or_default();
        disk.put("site.yaml", settings.replace("languages: [en, es]", "languages: [en]"));
    }
    let mut model = Model::new(&disk, date, threads, budget, serve);
    incremental(&mut model, &disk);
    let mut script = Vec::new();
    for step in 0..STEPS {
        // One to three edits arrive together, as after a branch switch.
        let burst = 1 + rng.below(3) * usize::from(rng.chance(4));
        for _ in 0..burst {
            let (what, new_date) = match calm && rng.below(3) > 0 {
                true => (edits::body(&mut rng, &disk), None),
                false => edits::edit(&mut rng, &disk, date),
            };
            script.push(what);
            if let Some(new_date) = new_date {
                date = new_date;
                model.set_date(date);
            }
        }
        // With numbers of their own, so that the other scripts stay what they are.
        if seed % 3 == 2 {
            let mut other = Rng::new(seed * 31 + step as u64);
            script.push(edits::address(&mut other, &disk));
        }
        if seed % 5 == 1 {
            let mut other = Rng::new(seed * 37 + step as u64);
            for _ in 0..2 {
                script.push(edits::published(&mut other, &disk));
            }
        }
        if calm || rng.chance(5) {
            model = model.saved_and_loaded(&disk);
            script.push("save and load the cache".into());
        }
        incremental(&mut model, &disk);
        if let Some(wrong) = site::wrong(&model, &disk) {
            panic!("seed {seed}, step {step}: {wrong}\nscript:\n  {}", script.join("\n  "));
        }
        // A fresh build costs more than all else here. What an edit leaves stale mostly stays so, and is seen at the end.
        if rules {
            model.engine.check();
        }
        if !seed.is_multiple_of(5) && !FOUND.contains(&seed) && step + 1 < STEPS {
            continue;
        }
        let mut full = fresh(&disk, date, serve);
        if rules {
            full.engine.check();
        }
        if let Some(difference) = compare(&model, &full) {
            panic!("seed {seed}, step {step}: {difference}\nscript:\n  {}", script.join("\n  "));
        }
    }
    STEPS
}

#[test]
fn incremental_equals_full() {
    if let Ok(seed) = std::env::var("GUIDEPOST_SEED") {
        run(seed.parse().expect("GUIDEPOST_SEED is a number"));
        return;
    }
    let scripts = std::env::var("GUIDEPOST_SCRIPTS").ok().and_then(|n| n.parse().ok()).unwrap_or(SCRIPTS);
    let steps = std::sync::atomic::AtomicUsize::new(0);
    let next = std::sync::atomic::AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(8) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if seed >= scripts {
                        break;
                    }
                    steps.fetch_add(run(seed), std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    for seed in FOUND.into_iter().filter(|seed| *seed >= scripts) {
        steps.fetch_add(run(seed), std::sync::atomic::Ordering::Relaxed);
    }
    println!("{scripts} scripts, {} steps compared", steps.into_inner());
}
