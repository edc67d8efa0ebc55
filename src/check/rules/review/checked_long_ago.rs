//! `checked-long-ago`: facts that were last checked years ago.

use crate::check::rule::Limit;
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::check::view::SiteView;
use crate::diag::code;
use crate::schema::FieldValue;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::CHECKED_LONG_AGO,
    group: Group::Review,
    title: "Facts last checked more than two years ago",
    explanation: "Tests get new editions, and a guide that names an old one worries parents. Look the test up at its publisher, \
        mend what changed, and set `Looked up on` to today.",
    bad: "## BOT-2\n- Looked up on: 2022-03-01\n",
    good: "## BOT-3\n- Looked up on: 2026-11-01\n",
    limits: &[Limit { name: "checked_days", default: 731.0, about: "days after which a check is old" }],
    check: Check::Site(check),
    ..RuleInfo::DEFAULT
};

fn check(site: &dyn SiteView, out: &mut Findings<'_>) {
    let Some(today) = site.today() else { return };
    let most = out.limit("checked_days");
    for page in site.pages() {
        let summary = &page.document.summary;
        let own = [(summary.title.as_str(), &summary.fields, &summary.spans)];
        let entries = summary.entries.iter().map(|e| (e.title.as_str(), &e.fields, &e.spans));
        for (title, fields, spans) in own.into_iter().chain(entries) {
            let Some(FieldValue::Date(checked)) = fields.get("checked") else { continue };
            let days = checked.until(today).map_or(0, |s| s.get_days());
            if f64::from(days) > most {
                let span = spans.get("checked").copied().unwrap_or_default();
                let message = format!("\"{title}\" was last checked on {checked}");
                let finding = out.in_file(&page.document.path, span, message);
                out.push(finding.help("Look it up again, mend what changed, and set the date to today."));
            }
        }
    }
}
