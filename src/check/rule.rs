//! What a rule is: its name, its words for people, and its check function.
//!
//! Each file below `rules/` holds one [`Rule`] and says everything about it in one place; the manual, `check
//! --explain` and the tests read the same text. [`Findings`] is where a running rule puts what it found.

use super::page::Page;
use super::view::{SitePage, SiteView};
use crate::config::Checks;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{SourcePath, Span};

/// The family of a rule: its folder below `rules/` and its chapter in the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What is typed and does not come out.
    Lost,
    /// Links and addresses.
    Links,
    /// What WCAG asks for.
    Accessibility,
    /// Plain language.
    Language,
    /// Languages of the site.
    Translations,
    /// Dates and people.
    Review,
    /// What must not be published.
    Privacy,
    /// The guide's own content.
    Content,
}

impl Group {
    /// The name of its folder and its heading.
    pub fn name(self) -> &'static str {
        match self {
            Group::Lost => "lost",
            Group::Links => "links",
            Group::Accessibility => "accessibility",
            Group::Language => "language",
            Group::Translations => "translations",
            Group::Review => "review",
            Group::Privacy => "privacy",
            Group::Content => "content",
        }
    }
}

/// A number that `checks: limits:` in `site.yaml` can change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Its name.
    pub name: &'static str,
    /// What it is when nothing is written.
    pub default: f64,
    /// What it limits.
    pub about: &'static str,
}

/// The function of a rule.
#[derive(Clone, Copy)]
pub enum Check {
    /// Looks at one page alone.
    Page(fn(&Page<'_>, &mut Findings<'_>)),
    /// Looks at one page in the assembled site: at where its links lead. May see no facts of another page.
    Linked(fn(&SitePage<'_>, &dyn SiteView, &mut Findings<'_>)),
    /// Looks at the assembled site.
    Site(fn(&dyn SiteView, &mut Findings<'_>)),
    /// Looks at the bytes of one file that is not a page.
    Asset(fn(&super::file::AssetInput<'_>, &mut Findings<'_>)),
    /// Reported while the page is parsed, since more than rules depend on it.
    Parse,
    /// Reported while comments are applied, by [`super::suppress`].
    Settle,
}

/// One rule, with everything that is said of it.
#[derive(Clone, Copy)]
pub struct RuleInfo {
    /// The stable name.
    pub code: Code,
    /// The family.
    pub group: Group,
    /// How bad it is unless `site.yaml` says otherwise.
    pub severity: Severity,
    /// The WCAG 2.2 success criterion, such as `1.1.1 Non-text Content (A)`.
    pub wcag: Option<&'static str>,
    /// A few words, for lists.
    pub title: &'static str,
    /// Why it matters and what to do, in markdown, for someone who edits pages and does not program.
    pub explanation: &'static str,
    /// What the rule reports, as it would stand in a page or in `site.yaml`.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Whether `check --fix` can mend it.
    pub fixable: bool,
    /// The numbers it uses.
    pub limits: &'static [Limit],
    /// What it does.
    pub check: Check,
}

impl RuleInfo {
    /// The common shape of a page rule; the other fields are set with `..RuleInfo::DEFAULT`.
    pub const DEFAULT: RuleInfo = RuleInfo {
        code: crate::diag::code::BAD_CONFIG,
        group: Group::Content,
        severity: Severity::Warning,
        wcag: None,
        title: "",
        explanation: "",
        bad: "",
        good: "",
        fixable: false,
        limits: &[],
        check: Check::Settle,
    };
}

/// A rule with what `site.yaml` says of it.
#[derive(Clone)]
pub struct Active {
    /// The rule.
    pub rule: &'static RuleInfo,
    /// The level that `site.yaml` sets, if it sets one.
    pub level: Option<Severity>,
    /// The limits, in the order of `rule.limits`.
    limits: Vec<f64>,
}

impl Active {
    /// The rule under these settings; none when it is off.
    pub fn new(rule: &'static RuleInfo, checks: &Checks) -> Option<Active> {
        let level = match checks.levels.get(rule.code.name()) {
            Some(None) => return None,
            Some(Some(level)) => Some(*level),
            None => None,
        };
        let limits =
            rule.limits.iter().map(|l| checks.limits.get(l.name).copied().unwrap_or(l.default)).collect();
        Some(Active { rule, level, limits })
    }
}

/// Where a running rule puts what it found.
pub struct Findings<'a> {
    active: &'a Active,
    path: Option<&'a SourcePath>,
    sink: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// For one rule on one file, or on the site when `path` is none.
    pub fn new(active: &'a Active, path: Option<&'a SourcePath>, sink: &'a mut Vec<Diagnostic>) -> Self {
        Findings { active, path, sink }
    }

    /// The rule's limit of that name; a name that the rule does not list has no bound.
    pub fn limit(&self, name: &str) -> f64 {
        let at = self.active.rule.limits.iter().position(|l| l.name == name);
        at.and_then(|i| self.active.limits.get(i)).copied().unwrap_or(f64::INFINITY)
    }

    fn severity(&self) -> Severity {
        self.active.level.unwrap_or(self.active.rule.severity)
    }

    /// A finding at `span` of the file at hand.
    pub fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        match self.path {
            Some(path) => self.in_file(path, span, message),
            None => self.site(message),
        }
    }

    /// A finding whose usual severity differs from the rule's; a level in `site.yaml` still wins.
    pub fn at_level(&self, severity: Severity, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut finding = self.at(span, message);
        finding.severity = self.active.level.unwrap_or(severity);
        finding
    }

    /// A finding in another file.
    pub fn in_file(&self, path: &SourcePath, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.active.rule.code, self.severity(), path, span, message)
    }

    /// A finding about the site as a whole.
    pub fn site(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::site(self.active.rule.code, self.severity(), message)
    }

    /// Reports a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.sink.push(finding);
    }
}
