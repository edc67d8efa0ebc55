//! What no program can see, as a list of things that a person must do, with the numbers of this site.
//!
//! Tools find about a third of what WCAG asks for. So `check` and the report end with this list, and never say that a
//! site is accessible or that it follows a law.

use super::external;
use super::view::SiteView;
use crate::diag::{Diagnostic, Severity};

/// The list for this site. `found` are the problems that were told before.
pub fn manual_checks(site: &dyn SiteView, found: &[Diagnostic]) -> Vec<String> {
    let pages = site.pages();
    let config = site.config();
    let mut list = Vec::new();
    let notes = found.iter().filter(|d| d.severity == Severity::Note).count();
    match notes {
        0 => {}
        1 => list.push("Read the note above: is it meant so?".to_owned()),
        n => list.push(format!("Read the {n} notes above: are they meant so?")),
    }
    list.push("Read each new or changed page aloud once: is it kind, clear and true?".to_owned());
    let images: u32 = pages.iter().map(|p| p.facts.images()).sum();
    if images > 0 {
        let pictures = count(images as usize, "picture", "pictures");
        list.push(format!(
            "Look at {pictures} in the pages: does each description say what the picture says?"
        ));
    }
    list.push(
        "Go through one page of each sort with the Tab key alone, and once with a screen reader.".to_owned(),
    );
    let others: Vec<&str> = config.languages.iter().skip(1).map(|l| l.name.as_str()).collect();
    if !others.is_empty() {
        let names = others.join(", ");
        list.push(format!("Let somebody who speaks the language read each new translation: {names}."));
    }
    if config.outputs.print {
        list.push("Print one page and one long list: is everything on the paper?".to_owned());
    }
    let links = external::links(site);
    if !links.is_empty() && site.answers().is_none_or(|a| a.is_empty()) {
        let links = count(links.len(), "link to another site", "links to other sites");
        list.push(format!(
            "Open {links}, or let `guidepost check --external` try them: do they still lead there?"
        ));
    }
    list
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
