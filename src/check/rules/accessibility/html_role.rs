//! `html-role`: ARIA that does not exist.

use crate::check::page::Page;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::{Severity, closest, code};
use crate::source::{Span, html};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::HTML_ROLE,
    group: Group::Accessibility,
    severity: Severity::Error,
    wcag: Some("4.1.2 Name, Role, Value (A)"),
    title: "A role or aria attribute that does not exist",
    explanation: "A misspelt `role` or `aria-` attribute does nothing, and whoever uses a screen reader is told nothing. And \
        `aria-hidden` on something that takes the keyboard leaves a listener in a place without a name. Plain HTML needs \
        none of them.",
    bad: "<div role=\"buton\">Print</div>\n",
    good: "<button>Print</button>\n",
    check: Check::Page(check),
    ..RuleInfo::DEFAULT
};

/// The roles of WAI-ARIA 1.2 that authors may use.
const ROLES: &[&str] = &[
    "alert",
    "alertdialog",
    "application",
    "article",
    "banner",
    "blockquote",
    "button",
    "caption",
    "cell",
    "checkbox",
    "code",
    "columnheader",
    "combobox",
    "complementary",
    "contentinfo",
    "definition",
    "deletion",
    "dialog",
    "directory",
    "document",
    "emphasis",
    "feed",
    "figure",
    "form",
    "generic",
    "grid",
    "gridcell",
    "group",
    "heading",
    "img",
    "insertion",
    "link",
    "list",
    "listbox",
    "listitem",
    "log",
    "main",
    "marquee",
    "math",
    "menu",
    "menubar",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "meter",
    "navigation",
    "none",
    "note",
    "option",
    "paragraph",
    "presentation",
    "progressbar",
    "radio",
    "radiogroup",
    "region",
    "row",
    "rowgroup",
    "rowheader",
    "scrollbar",
    "search",
    "searchbox",
    "separator",
    "slider",
    "spinbutton",
    "status",
    "strong",
    "subscript",
    "superscript",
    "switch",
    "tab",
    "table",
    "tablist",
    "tabpanel",
    "term",
    "textbox",
    "time",
    "timer",
    "toolbar",
    "tooltip",
    "tree",
    "treegrid",
    "treeitem",
];

/// The states and properties of WAI-ARIA 1.2, without `aria-`.
const PROPERTIES: &[&str] = &[
    "activedescendant",
    "atomic",
    "autocomplete",
    "braillelabel",
    "brailleroledescription",
    "busy",
    "checked",
    "colcount",
    "colindex",
    "colindextext",
    "colspan",
    "controls",
    "current",
    "describedby",
    "description",
    "details",
    "disabled",
    "dropeffect",
    "errormessage",
    "expanded",
    "flowto",
    "grabbed",
    "haspopup",
    "hidden",
    "invalid",
    "keyshortcuts",
    "label",
    "labelledby",
    "level",
    "live",
    "modal",
    "multiline",
    "multiselectable",
    "orientation",
    "owns",
    "placeholder",
    "posinset",
    "pressed",
    "readonly",
    "relevant",
    "required",
    "roledescription",
    "rowcount",
    "rowindex",
    "rowindextext",
    "rowspan",
    "selected",
    "setsize",
    "sort",
    "valuemax",
    "valuemin",
    "valuenow",
    "valuetext",
];

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for piece in &page.html {
        for tag in html::opened(&piece.source) {
            let Some((message, help)) = fault(&tag) else { continue };
            let span = Span::new(tag.range().start, tag.range().end).shifted(piece.span.start as usize);
            out.push(out.at(span, message).help(help));
        }
    }
}

fn fault(tag: &html::Tag<'_>) -> Option<(String, String)> {
    let near = |wrong: &str, known: &[&'static str], before: &str| match closest(wrong, known.iter().copied())
    {
        Some(near) => format!("Did you mean `{before}{near}`?"),
        None => "Remove it.".to_owned(),
    };
    if let Some(role) = tag.value("role") {
        // Several may stand there: the first that a browser knows counts.
        let mut roles = role.split_whitespace();
        if let Some(first) = roles.next().filter(|r| !known(r)) {
            return Some((format!("there is no role `{first}`"), near(first, ROLES, "")));
        }
    }
    for attribute in tag.attributes() {
        let (lower, value) = (attribute.name(), attribute.value());
        let Some(property) = lower.strip_prefix("aria-") else { continue };
        if PROPERTIES.binary_search(&property).is_err() {
            return Some((format!("there is no attribute `{lower}`"), near(property, PROPERTIES, "aria-")));
        }
        let takes_keys = ["a", "button", "input", "select", "textarea"].iter().any(|n| tag.is(n));
        if property == "hidden" && value == "true" && takes_keys {
            let message = format!("this `<{}>` takes the keyboard, but is hidden from listeners", tag.name());
            return Some((message, "Remove `aria-hidden`.".to_owned()));
        }
    }
    None
}

fn known(role: &str) -> bool {
    let lower = role.to_ascii_lowercase();
    ROLES.binary_search(&lower.as_str()).is_ok()
        || lower.starts_with("doc-")
        || lower.starts_with("graphics-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_looking_up() {
        assert!(ROLES.is_sorted() && PROPERTIES.is_sorted());
        assert!(known("Button") && known("doc-tip") && !known("buton"));
    }
}
