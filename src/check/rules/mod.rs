//! All rules: a folder for each group, a file for each rule.
//!
//! To add one: write its file with a `RULE`, declare it in its group's `mod.rs` and name it in `group!`, give its code a line in
//! `diag/code.rs`, and write `tests/check/<code>/{fires,silent,allowed}.md`. A test fails until all is there.

macro_rules! group {
    ($($name:ident),* $(,)?) => {
        /// The rules of this group.
        pub const RULES: &[crate::check::RuleInfo] = &[$($name::RULE),*];
    };
}

mod accessibility;
mod content;
mod language;
mod links;
mod lost;
mod privacy;
mod review;
mod translations;

use super::rule::RuleInfo;
use std::sync::LazyLock;

pub(super) use language::acronym_unexplained::spelt_out as acronyms;

/// All rules, group by group.
pub fn rules() -> &'static [RuleInfo] {
    static RULES: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| {
        let groups = [
            lost::RULES,
            links::RULES,
            accessibility::RULES,
            language::RULES,
            translations::RULES,
            review::RULES,
            privacy::RULES,
            content::RULES,
            &[super::suppress::RULE],
        ];
        groups.concat()
    });
    &RULES
}
