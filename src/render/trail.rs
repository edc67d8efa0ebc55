//! What a render is in the midst of making: the way from an output down to the part that is made for it now.
//!
//! A template can ask for what it is itself a part of: the menu in `menu.html`, the text of an entry in that text, a
//! stylesheet in a stylesheet that it loads. Each function that has something made looks here first, so that this is an
//! error which tells the round trip, never a hang. The way is also bounded: each step is a run of the template engine,
//! and the stack of a thread has room for so many (`engine::threads`).

use super::fragment::FragmentKey;
use crate::site::LangIndex;
use std::sync::Arc;

/// Maximum number of runs of the template engine inside each other.
pub const MAX_DEPTH: usize = 24;

/// What is said of a thing that is asked for while it is made.
pub const IN_ITSELF: &str = "this is asked for while it is made";

/// What is said of too long a way.
pub const TOO_DEEP: &str = "templates stand too deep in each other";

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A menu or a stylesheet.
    Fragment(FragmentKey),
    /// The text of an entry.
    Entry {
        /// Language of the view.
        lang: LangIndex,
        /// Logical path of its page.
        page: Arc<str>,
        /// Its id.
        id: Arc<str>,
    },
    /// A component in a text.
    Component(String),
    /// A call in a template, as it is written.
    Call(String),
}

impl Step {
    /// How the step is told.
    fn label(&self) -> String {
        match self {
            Step::Fragment(key) => key.file().to_string(),
            Step::Entry { page, id, .. } => format!("{page}#{id}"),
            Step::Component(name) => format!(":::{name}"),
            Step::Call(call) => call.clone(),
        }
    }
}

/// Steps one after the other, as people read them. Nothing but `menu()` leads to a menu, so that is told too.
fn told(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        if !out.is_empty() {
            out.push_str(" -> ");
            if matches!(step, Step::Fragment(FragmentKey::Menu { .. })) {
                out.push_str("menu() -> ");
            }
        }
        out.push_str(&step.label());
    }
    out
}

/// The way to what is made now.
#[derive(Debug, Clone, Default)]
pub struct Trail(Vec<Step>);

impl Trail {
    /// Goes one step on.
    pub fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Goes one step back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Whether nothing is on the way.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fragments on the way, the one that is made now last.
    pub fn fragments(&self) -> impl DoubleEndedIterator<Item = &FragmentKey> {
        self.0.iter().filter_map(|step| match step {
            Step::Fragment(key) => Some(key),
            _ => None,
        })
    }

    /// Whether `step` can be gone; else why not.
    pub fn may(&self, step: &Step) -> Result<(), String> {
        if let Some(begin) = self.0.iter().position(|s| s == step) {
            // Told from the one that asks, so that it does not matter which was asked for first.
            let mut circle = self.0[begin..].to_vec();
            let asks = circle.iter().rposition(|s| matches!(s, Step::Fragment(_))).unwrap_or(0);
            circle.rotate_left(asks);
            circle.extend(circle.first().cloned());
            return Err(in_itself(&told(&circle)));
        }
        let runs = self.0.iter().filter(|s| !matches!(s, Step::Call(_))).count();
        if runs < MAX_DEPTH {
            return Ok(());
        }
        let first = self.0.iter().take(4).map(Step::label).collect::<Vec<_>>().join(" -> ");
        Err(format!("{TOO_DEEP} (more than {MAX_DEPTH} steps): {first} -> …"))
    }

    /// Why what is made now cannot have a fragment that asks for one on the way: `asked` leads from the fragment to that one.
    pub fn leads_back(&self, asked: Vec<FragmentKey>) -> String {
        let mut keys: Vec<&FragmentKey> = self.fragments().next_back().into_iter().chain(&asked).collect();
        if let Some(last) = asked.last() {
            keys.extend(self.fragments().skip_while(|key| *key != last).skip(1));
        }
        let steps: Vec<Step> = keys.into_iter().cloned().map(Step::Fragment).collect();
        in_itself(&told(&steps))
    }
}

fn in_itself(round: &str) -> String {
    format!("{IN_ITSELF}: {round}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str) -> FragmentKey {
        FragmentKey::Stylesheet { name: name.into() }
    }

    fn menu() -> FragmentKey {
        FragmentKey::Menu { lang: 0, section: "index.md".into() }
    }

    #[test]
    fn a_round_trip_is_told_from_the_one_that_asks() {
        let trail = Trail(vec![Step::Fragment(menu())]);
        let why = trail.may(&Step::Fragment(menu())).unwrap_err();
        assert!(why.ends_with(": menu.html -> menu() -> menu.html"), "{why}");
        let trail = Trail(vec![Step::Fragment(sheet("a.css")), Step::Fragment(sheet("b.css"))]);
        let why = trail.may(&Step::Fragment(sheet("a.css"))).unwrap_err();
        assert!(why.ends_with(": b.css -> a.css -> b.css"), "{why}");
        // The same when the other was made before.
        let trail = Trail(vec![Step::Fragment(sheet("b.css"))]);
        assert_eq!(why, trail.leads_back(vec![sheet("a.css"), sheet("b.css")]));
        assert!(trail.may(&Step::Fragment(sheet("a.css"))).is_ok());
    }

    #[test]
    fn a_long_way_ends() {
        let mut trail = Trail::default();
        for n in 0..MAX_DEPTH {
            let step = Step::Entry { lang: 0, page: "a.md".into(), id: n.to_string().into() };
            assert!(trail.may(&step).is_ok());
            trail.push(step);
        }
        let why = trail.may(&Step::Component("box".into())).unwrap_err();
        assert!(why.contains("24 steps") && why.contains("a.md#0 -> a.md#1"), "{why}");
    }
}
