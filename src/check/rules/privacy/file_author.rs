//! `file-author`: a document that tells who wrote it.

use crate::check::file::{self, AssetInput};
use crate::check::rule::{Check, Findings, Group, RuleInfo};
use crate::diag::code;
use crate::source::Span;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    code: code::FILE_AUTHOR,
    group: Group::Privacy,
    title: "A document that tells who wrote it",
    explanation: "Word and PDF files carry the name of the account in which they were written, often a private person's. In Word: \
        File, Info, Check for Issues, Inspect Document. Then make the PDF again.",
    bad: "A PDF whose properties name an author.\n",
    good: "The same PDF without an author, or with the district as its author.\n",
    check: Check::Asset(check),
    ..RuleInfo::DEFAULT
};

fn check(asset: &AssetInput<'_>, out: &mut Findings<'_>) {
    if !matches!(asset.path.extension().as_str(), "pdf" | "docx" | "xlsx" | "pptx") {
        return;
    }
    if let Some(name) = file::author(asset.bytes) {
        let message = format!("the properties of this document name \"{name}\" as its author");
        out.push(
            out.at(Span::default(), message)
                .help("Remove it: File, Info, Check for Issues, Inspect Document."),
        );
    }
}
