//! Checks: each rule against its fixtures, the bundled guide, the seed text, hostile input, and the clock.

mod fixes;
mod fixtures;
mod front_end;
mod front_matter;
mod guide;
mod hostile;
mod manual;
mod reading;
mod seed;
mod site;
mod speed;
mod syllables;
mod watch;
