//! What to say of an address that leads nowhere: what is wrong with it, and what to write instead.
//!
//! The suggestion is an address that resolves, as it is to be written in that file. The same words serve links, pictures,
//! menus and templates.

use super::names::{Known, Likeness, Names};
use super::resolve::{
    CONTENT, Form, Lookup, Nothing, Origin, Target, form, language_folder, locate, resolve, split,
};
use super::{LangIndex, path_hash};
use crate::source::{address, nfc};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What asked for the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A link in a text.
    Link,
    /// A picture.
    Picture,
    /// An entry of the menu.
    Menu,
    /// A function in a template, or a field that names a page.
    Path,
}

/// What to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write or do instead.
    pub help: String,
    /// The address to write, when one is surely or probably meant.
    pub instead: Option<String>,
    /// Whether the address leads out of the content folder.
    pub outside: bool,
}

/// Pages by their old addresses: by the hash of the address, its language's folder included and its ending left out.
pub type Moved = FxHashMap<u64, (LangIndex, Arc<str>)>;

/// The key of an old address, or of a path that could be one, in [`Moved`].
pub fn moved_key(address: &str) -> u64 {
    let stem = address.strip_suffix(".html").or_else(|| address.strip_suffix(".md")).unwrap_or(address);
    let stem = stem.trim_end_matches('/');
    path_hash(stem.strip_suffix("/index").unwrap_or(stem))
}

/// The page whose old address the target is, with its language.
pub fn moved_to<'m>(moved: &'m Moved, from: Origin<'_>, target: &str) -> Option<&'m (LangIndex, Arc<str>)> {
    if moved.is_empty() {
        return None;
    }
    let path = address::decode(address::parts(target).path);
    moved.get(&moved_key(&locate(from.path, &path)?))
}

/// Everything that advice is made of.
struct Advisor<'a> {
    site: &'a dyn Lookup,
    names: &'a Names,
    moved: &'a Moved,
    from: Origin<'a>,
    /// The language of the file in which the address is written.
    own: LangIndex,
    asked: Asked,
}

/// What to say of `target`, written in `from`, which leads nowhere because of `why`.
pub fn advise(
    site: &dyn Lookup,
    names: &Names,
    moved: &Moved,
    from: Origin<'_>,
    target: &str,
    why: &Nothing,
    asked: Asked,
) -> Advice {
    let (own, _) = split(site.languages(), from.path.strip_prefix(CONTENT).unwrap_or(""));
    Advisor { site, names, moved, from, own, asked }.advise(target, why)
}

impl Advisor<'_> {
    fn advise(&self, target: &str, why: &Nothing) -> Advice {
        let (thing, parts) = (thing(self.asked), address::parts(target));
        let path = address::decode(parts.path);
        let anchor = parts.anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        let say = |message: String, help: String| Advice { message, help, instead: None, outside: false };
        match why {
            // The same words wherever it is named: one cause is told once.
            Nothing::LeftOut(state) => {
                let shown = match self.asked {
                    Asked::Menu => "the menu does not show it",
                    _ => "links to it are shown as words",
                };
                return say(format!("{}: {shown}.", state.says()), state.help());
            }
            Nothing::Unmade(address) => {
                return say(
                    format!(
                        "No page that {address} would be made of is published: links to it are shown as words."
                    ),
                    "Nothing need be done if those pages come later. Else remove the link.".into(),
                );
            }
            Nothing::Outside | Nothing::Missing { .. } => {}
        }
        if let Some(url) = elsewhere(target) {
            let message = format!("{thing} \"{target}\" is taken for a file of this guide.");
            return Advice { instead: Some(url.clone()), ..say(message, format!("Write {url}.")) };
        }
        if path.contains('\\') {
            let turned = path.replace('\\', "/");
            let message = format!("{thing} \"{target}\" has backslashes between its folders.");
            let (better, help) = match self.leads(&turned) {
                Some(better) => (Some(better.clone()), format!("Write {better}{anchor}.")),
                None => match self.instead(&turned) {
                    Some((better, _)) => {
                        (Some(better.clone()), format!("Did you mean {better}? Folders are parted by /."))
                    }
                    None => (None, format!("Write / between folders: {turned}{anchor}")),
                },
            };
            return Advice { instead: better, ..say(message, help) };
        }
        if let Some(name) = path.split('/').find(|name| is_hidden(name)) {
            let plain = name.trim_start_matches('.');
            return say(
                format!(
                    "{thing} \"{target}\" leads to \"{name}\": what begins with a dot is no part of the guide."
                ),
                format!("Give it a name without the dot, such as {plain}, and link to that."),
            );
        }
        if let Some(better) = self.marked(target) {
            let message = match parts.anchor {
                Some(heading) => {
                    format!("{thing} \"{target}\" is read as the heading \"{heading}\" of \"{path}\".")
                }
                None => {
                    format!("{thing} \"{target}\" is read as \"{path}\", since ? ends the name of a file.")
                }
            };
            return Advice { instead: Some(better.clone()), ..say(message, format!("Write {better}.")) };
        }
        let found = self.instead(&path);
        let outside = matches!(why, Nothing::Outside);
        let message = if outside { self.outside(target) } else { self.missing(target, &path) };
        let help = match (&found, self.asked) {
            (Some((better, Reason::OwnFile)), _) => {
                format!(
                    "Link to the page's own file: {better}{anchor}. Guidepost turns it into the right address."
                )
            }
            (Some((better, Reason::Case)), _) => {
                format!("Did you mean {better}{anchor}? Upper and lower case matter.")
            }
            (Some((better, Reason::Moved)), _) => format!("The page is now {better}{anchor}: write that."),
            (Some((better, Reason::Other)), _) => format!("Did you mean {better}?"),
            (None, _) if is_switched(&path) => {
                "Guidepost makes it only when it is switched on under outputs in site.yaml; \
                feed.xml and sitemap.xml need base_url, and a topic a page that has it."
                    .into()
            }
            (None, Asked::Picture) if outside => {
                "Put the image into the content folder, and name it from there.".into()
            }
            (None, _) if outside => "Put the file into the content folder, and link to it from there.".into(),
            (None, Asked::Picture) => {
                "Put the image beside the page, or correct its name; upper and lower case matter.".into()
            }
            (None, Asked::Menu | Asked::Path) => {
                "Write the page's path below content/, such as meetings/index.md.".into()
            }
            (None, Asked::Link) => match form(&path) {
                Form::Named => {
                    "Put the file beside the page, or correct its name; upper and lower case matter.".into()
                }
                _ => "Correct the path; it counts from the folder of this page and ends in .md.".into(),
            },
        };
        Advice { message, help, instead: found.map(|(better, _)| better), outside }
    }

    fn missing(&self, target: &str, path: &str) -> String {
        match (self.asked, form(path)) {
            (Asked::Menu, _) => format!("The menu leads to \"{target}\", which is no page."),
            (Asked::Picture, _) => format!("The image \"{target}\" does not exist."),
            (Asked::Link, Form::Named) => format!("The file \"{target}\" does not exist."),
            (Asked::Link | Asked::Path, _) => format!("The page \"{target}\" does not exist."),
        }
    }

    fn outside(&self, target: &str) -> String {
        match self.asked {
            Asked::Menu => format!("The menu leads to \"{target}\", which is no page of the content folder."),
            Asked::Picture => format!("The image \"{target}\" lies outside the content folder."),
            Asked::Link | Asked::Path => format!("The link \"{target}\" leads out of the content folder."),
        }
    }

    /// The address of what lies at `inside` below `content/`, as it is to be written.
    fn written(&self, inside: &str) -> String {
        address::written_path(self.from.path.strip_prefix(CONTENT).unwrap_or(""), inside)
    }

    /// `path`, if it leads anywhere, as it is to be written.
    fn leads(&self, path: &str) -> Option<String> {
        // Encoded, so that it is read as it is.
        let mut encoded = String::new();
        address::url_escape(path, &mut encoded);
        let found = !matches!(resolve(self.site, self.from, &encoded), Target::Nothing(_) | Target::External);
        let inside = locate(self.from.path, path).filter(|_| found)?;
        let slash = if path.ends_with('/') && !inside.is_empty() { "/" } else { "" };
        Some(self.written(&(inside + slash)))
    }

    /// The address of a file whose name holds a sign that has a meaning in addresses.
    fn marked(&self, target: &str) -> Option<String> {
        if !target.contains(['#', '?']) {
            return None;
        }
        let name = address::decode(target);
        let whole = name.rsplit('/').next()?;
        whole.rsplit(['#', '?']).next()?.contains('.').then(|| self.leads(&name)).flatten()
    }

    /// What is meant by a path that leads nowhere.
    fn instead(&self, path: &str) -> Option<(String, Reason)> {
        let inside = locate(self.from.path, path);
        let as_address = self.as_address(path);
        let is_address = path.ends_with('/');
        let web = matches!(address::extension(path).as_str(), "html" | "htm" | "php" | "asp" | "aspx");
        let both = match is_address {
            true => [as_address.as_deref(), inside.as_deref()],
            false => [inside.as_deref(), as_address.as_deref()],
        };
        let paths = || both.into_iter().flatten();
        if self.asked != Asked::Picture {
            let own = if web { Reason::OwnFile } else { Reason::Other };
            if let Some(better) = paths().find_map(|path| self.page_at(path)) {
                return Some((better, own));
            }
            let moved = inside.as_deref().and_then(|inside| self.moved.get(&moved_key(inside)));
            if let Some((lang, logical)) = moved {
                return Some((self.file(*lang, logical), Reason::Moved));
            }
        }
        // What leads out of the folder may still name what lies in it.
        let wanted = inside.unwrap_or_else(|| {
            let names = path.split('/').filter(|name| !matches!(*name, "" | "." | ".."));
            names.collect::<Vec<_>>().join("/")
        });
        let wanted = wanted.strip_prefix(CONTENT).unwrap_or(&wanted);
        let (_, logical) = split(self.site.languages(), wanted);
        let stem = || logical.rfind('.').map_or(logical, |dot| &logical[..dot]);
        match form(path) {
            _ if self.asked == Asked::Picture => self.like(&self.names.files, logical),
            Form::Named if web || logical.ends_with(".xml") => self
                .like(&self.names.made, logical)
                .or_else(|| self.like(&self.names.pages, &format!("{}.md", stem()))),
            Form::Named => self
                .like(&self.names.files, logical)
                .or_else(|| self.like(&self.names.pages, &format!("{}.md", stem())))
                .or_else(|| self.like(&self.names.pages, &format!("{logical}/index.md"))),
            Form::Page => self.like(&self.names.pages, logical),
            Form::Folder | Form::Bare => self
                .like(&self.names.pages, &format!("{logical}/index.md"))
                .or_else(|| self.like(&self.names.made, &format!("{logical}/index.html"))),
        }
    }

    /// The path below `content/` when `path` is read as an address of the website: there a page is a folder of its own.
    fn as_address(&self, path: &str) -> Option<String> {
        let stem = self.from.path.strip_suffix(".md")?;
        let folder = stem.strip_suffix("/index").unwrap_or(stem);
        locate(&format!("{folder}/"), path)
    }

    /// The page whose file has this path but for its ending, in the language of the text if it is there.
    fn page_at(&self, inside: &str) -> Option<String> {
        let (written, logical) = split(self.site.languages(), inside);
        let stem = match logical.rsplit_once('.') {
            Some((stem, "md" | "markdown" | "mdx" | "html" | "htm" | "php" | "asp" | "aspx")) => stem,
            _ => logical,
        };
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let names = [format!("{logical}.md"), format!("{stem}.md"), format!("{stem}/index.md")];
        names.iter().find_map(|name| self.page(written, &self.site.prefixes().logical(name)))
    }

    /// The page of a logical path, as it is to be written: in the language that the path names, in that of the text, in any.
    fn page(&self, written: LangIndex, logical: &str) -> Option<String> {
        let all = 0..self.site.languages().len() as LangIndex;
        let first = if written > 0 { [written, self.own] } else { [self.own, written] };
        let langs = first.into_iter().chain(all);
        let lang = langs.into_iter().find(|lang| self.site.page(*lang, logical).is_some())?;
        Some(self.file(lang, logical))
    }

    /// The file of the page at a logical path of a language, as it is to be written.
    fn file(&self, lang: LangIndex, logical: &str) -> String {
        let folder = language_folder(self.site.languages(), lang);
        self.written(&format!("{folder}{}", self.names.file(lang, logical)))
    }

    fn like(&self, known: &Known, wrong: &str) -> Option<(String, Reason)> {
        let (name, likeness) = known.like(wrong)?;
        let better = if super::is_page(name) {
            self.page(self.own, name)?
        } else {
            let folder = language_folder(self.site.languages(), self.own);
            self.leads(&format!("/{folder}{name}")).or_else(|| self.leads(&format!("/{name}"))).or_else(
                || {
                    let mut others = self.site.languages().iter().skip(1);
                    others.find_map(|other| self.leads(&format!("/{}/{name}", other.code)))
                },
            )?
        };
        // The same name may be that of another language.
        let case = likeness == Likeness::Case && *nfc(wrong) != **name;
        Some((better, if case { Reason::Case } else { Reason::Other }))
    }
}

/// Why something else is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// The address of the page on the website is written.
    OwnFile,
    /// Upper and lower case differ.
    Case,
    /// The page was renamed.
    Moved,
    /// Any other.
    Other,
}

/// What asks, in words.
fn thing(asked: Asked) -> &'static str {
    match asked {
        Asked::Link => "The link",
        Asked::Picture => "The image",
        Asked::Menu => "The menu's address",
        Asked::Path => "The path",
    }
}

/// Whether it is the address of something that Guidepost makes for some sites only.
fn is_switched(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    matches!(
        name,
        "print.html"
            | "a-z.html"
            | "site-map.html"
            | "search.html"
            | "feed.xml"
            | "sitemap.xml"
            | "robots.txt"
    ) || (name.ends_with(".html") && folder.rsplit('/').next() == Some("tags"))
}

/// Whether a file or folder of that name is never read.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && !matches!(name, "." | ".." | ".well-known" | ".nojekyll")
}

/// The endings of names of hosts that people write without `https://`.
const HOSTS: &[&str] = &["com", "org", "net", "edu", "gov", "us", "info", "int", "mil"];

/// The whole address of what is meant for another website, a mailbox or a telephone number.
fn elsewhere(target: &str) -> Option<String> {
    let first = target.split(['/', '?', '#']).next().unwrap_or("");
    let lower = first.to_ascii_lowercase();
    if matches!(lower.as_str(), "http" | "https") && target.get(first.len()..)?.starts_with("//") {
        return Some(format!("{lower}:{}", &target[first.len()..]));
    }
    if target.contains(char::is_whitespace) && !target.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
        return None;
    }
    if let Some((name, host)) = first.split_once('@') {
        return (!name.is_empty() && host.contains('.') && first == target)
            .then(|| format!("mailto:{target}"));
    }
    let digits = target.bytes().filter(u8::is_ascii_digit).count();
    // Years and days are names of files.
    let is_day = target.starts_with("19") || target.starts_with("20");
    if digits >= 7 && !is_day && target.bytes().all(|b| b.is_ascii_digit() || b" +-().".contains(&b)) {
        let number: String =
            target.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '-')).collect();
        return Some(format!("tel:{number}"));
    }
    let ending = lower.rsplit('.').next().filter(|ending| lower.len() > ending.len() + 1)?;
    (lower.starts_with("www.") || HOSTS.contains(&ending)).then(|| format!("https://{target}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_places_are_told_from_files() {
        for (written, meant) in [
            ("www.maple.org", "https://www.maple.org"),
            ("WWW.maple.k12.or.us/forms?x=1", "https://WWW.maple.k12.or.us/forms?x=1"),
            ("maple.org", "https://maple.org"),
            ("https//maple.org", "https://maple.org"),
            ("office@maple.org", "mailto:office@maple.org"),
            ("555-555-0100", "tel:555-555-0100"),
            ("+1 (555) 555 0100", "tel:+15555550100"),
        ] {
            assert_eq!(elsewhere(written).as_deref(), Some(meant), "{written}");
        }
        for file in [
            "goals.md",
            "org",
            ".org",
            "a/maple.org",
            "2026-27.pdf",
            "we@school",
            "1.2",
            "2026-2027",
            "2026-11-22",
            "form.pdf",
            "",
        ] {
            assert_eq!(elsewhere(file), None, "{file}");
        }
    }
}
