//! Two outputs at one address: who wants it, and what to do about it.

use super::Job;
use crate::diag::{Diagnostic, Severity, code};
use crate::site::{Site, value_span};
use crate::source::{SourcePath, Span};

/// Where a setting stands: the keys that lead to it from the top of `site.yaml`.
pub type Settings<'a> = &'a dyn Fn(&[String]) -> Option<(SourcePath, Span)>;

/// Who wants an output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// A page or a file, or an alias in the page.
    Source(SourcePath, Span),
    /// Guidepost itself.
    Made(Job),
}

/// One side of a clash, for the message.
struct Side {
    name: String,
    place: Option<(SourcePath, Span)>,
    /// What to do about it, when that is not to rename the file.
    remedy: Option<String>,
}

impl Claim {
    /// What is wanted, and by which line.
    fn side(&self, site: &Site, settings: Settings<'_>) -> Side {
        let job = match self {
            Claim::Source(path, span) => {
                return Side {
                    name: format!("\"{path}\""),
                    place: Some((path.clone(), *span)),
                    remedy: None,
                };
            }
            Claim::Made(job) => job,
        };
        let off = |key: &str| {
            Some(format!("or switch Guidepost's own off in site.yaml: outputs: {{{key}: false}}"))
        };
        let tree = |lang: u8| site.trees.get(lang as usize);
        let made = |name: &str, key: &str| Side { name: name.to_owned(), place: None, remedy: off(key) };
        match job {
            Job::Tag { lang, slug } => {
                let tag = tree(*lang).and_then(|tree| Some((tree, tree.tags.get(slug)?)));
                let page = tag.and_then(|(tree, tag)| tree.node(*tag.pages.first()?));
                let place = page.map(|n| (n.document.path.clone(), value_span(&n.document.summary, "tags")));
                let name = tag.map_or(slug.as_str(), |(_, tag)| &tag.name);
                Side { name: format!("the page of the tag \"{name}\""), place, remedy: off("tags") }
            }
            Job::Finder { kind, chosen, .. } => {
                let key = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>();
                let of_kind = || settings(&key(&["kinds", kind, "finder"]));
                let of_choice = |(field, value): &(String, String)| {
                    settings(&key(&["kinds", kind, "fields", field, "choices", value]))
                };
                let values: Vec<String> = chosen.iter().map(|(_, value)| format!("\"{value}\"")).collect();
                let name = match values.as_slice() {
                    [] => format!("the finder of kind \"{kind}\""),
                    values => format!("the choice {} of kind \"{kind}\"", values.join(" with ")),
                };
                let place = chosen.first().and_then(of_choice).or_else(of_kind);
                Side { name, place, remedy: off("finder") }
            }
            Job::Tags { .. } => made("the page of all tags", "tags"),
            Job::AToZ { .. } => made("the page from A to Z", "a_z"),
            Job::SiteMap { .. } => made("the site map", "site_map"),
            Job::Print { section, .. } => {
                let section = section.as_deref().map_or("the whole guide", |section| section);
                made(&format!("the page for printing {section}"), "print")
            }
            Job::Feed { .. } => made("the feed", "feed"),
            Job::Sitemap => made("the sitemap", "sitemap"),
            Job::Robots => made("robots.txt, which Guidepost makes,", "robots"),
            Job::NotFound => {
                let text = "; what the page for wrong addresses says stands in translations/ \
                    (not_found_title, not_found_text), how it looks in templates/404.html";
                let name = "the page for wrong addresses, which Guidepost makes,".to_owned();
                Side { name, place: None, remedy: Some(text.to_owned()) }
            }
            _ => Side { name: "a file that Guidepost makes".to_owned(), place: None, remedy: None },
        }
    }

    fn choices(&self) -> Option<(&str, &[(String, String)])> {
        match self {
            Claim::Made(Job::Finder { kind, chosen, .. }) => Some((kind, chosen)),
            _ => None,
        }
    }
}

/// What is the same in clashes that are one mistake: two kinds with one finder clash at each of its pages, two choices
/// with each choice beside them.
pub(super) fn mistake(a: &Claim, b: &Claim) -> (String, String) {
    let name = |claim: &Claim| format!("{claim:?}");
    let (Some((kind, of_a)), Some((other, of_b))) = (a.choices(), b.choices()) else {
        let page = |claim: &Claim| match claim {
            Claim::Made(job) => format!("{:?}", std::mem::discriminant(job)),
            claim => name(claim),
        };
        return (page(a), page(b));
    };
    if kind != other {
        return (kind.to_owned(), other.to_owned());
    }
    let only = |of: &[(String, String)], others: &[(String, String)]| {
        let own: Vec<&(String, String)> = of.iter().filter(|c| !others.contains(c)).collect();
        format!("{own:?}")
    };
    (only(of_a, of_b), only(of_b, of_a))
}

/// That `claim` and `other` want the address.
pub(super) fn collision(
    address: &str,
    (claim, other): (&Claim, &Claim),
    site: &Site,
    settings: Settings<'_>,
) -> Diagnostic {
    // A file is what people can rename: it is named first.
    let swap = matches!((claim, other), (Claim::Made(_), Claim::Source(..)));
    let (claim, other) = if swap { (other, claim) } else { (claim, other) };
    let (a, b) = (claim.side(site, settings), other.side(site, settings));
    let message = format!("{} and {} would both be written to {address}.", a.name, b.name);
    let message = capital(&message);
    let help = match (claim.choices(), other.choices()) {
        (Some((kind, _)), Some((second, _))) if kind != second => {
            format!("Give one of the two kinds another folder for its finder, such as finder: {second}/find.")
        }
        (Some((_, a)), Some((_, b))) if a.is_empty() || b.is_empty() => {
            "Give the choice another name: index is the name of the finder's own page.".to_owned()
        }
        (Some(_), Some(_)) => "Give one of these choices another name; its label can stay.".to_owned(),
        _ => match a.remedy.as_ref().or(b.remedy.as_ref()) {
            Some(remedy) => {
                let comma = if remedy.starts_with(';') { "" } else { ", " };
                format!("Give the file or alias another name{comma}{remedy}.")
            }
            None => "Rename one of the two files, or remove the alias; upper and lower case count as the same name."
                .to_owned(),
        },
    };
    let error = |path: &SourcePath, span: Span| {
        Diagnostic::error(code::ADDRESS_COLLISION, path, span, message.clone())
    };
    match (a.place, b.place) {
        (Some((path, span)), Some((first, at))) => error(&path, span).label(&first, at, "the other source"),
        (Some((path, span)), None) | (None, Some((path, span))) => error(&path, span),
        (None, None) => Diagnostic::site(code::ADDRESS_COLLISION, Severity::Error, message),
    }
    .help(help)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
