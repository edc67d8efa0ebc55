//! Checks: each rule against its fixtures, the bundled guide, the seed text, hostile input, and the clock.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "check_parts/fixes.rs"]
mod fixes;
#[path = "check_parts/fixtures.rs"]
mod fixtures;
#[path = "check_parts/front_end.rs"]
mod front_end;
#[path = "check_parts/front_matter.rs"]
mod front_matter;
#[path = "check_parts/guide.rs"]
mod guide;
#[path = "check_parts/hostile.rs"]
mod hostile;
#[path = "check_parts/manual.rs"]
mod manual;
#[path = "check_parts/reading.rs"]
mod reading;
#[path = "check_parts/seed.rs"]
mod seed;
#[path = "check_parts/site.rs"]
mod site;
#[path = "check_parts/speed.rs"]
mod speed;
#[path = "check_parts/syllables.rs"]
mod syllables;
#[path = "check_parts/watch.rs"]
mod watch;
