//! Which files below `content/` are published whatever leads to them: what `files` in `site.yaml` names, and the names that
//! hosts ask for. The later of two patterns wins, as in `.gitignore`. What a pattern was meant to be that matches nothing.

use crate::config::{Config, FilePattern};
use crate::diag::{Diagnostic, closest, code};
use crate::site::CONTENT;
use crate::source::SourcePath;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::collections::BTreeSet;

/// What hosts and search engines ask for by name, below `content/`. Nothing links to such files.
const WELL_KNOWN: &[&str] = &[
    ".nojekyll",
    ".well-known/**",
    "**/.htaccess",
    "**/web.config",
    "CNAME",
    "_headers",
    "_redirects",
    "_routes.json",
    "BingSiteAuth.xml",
    "ads.txt",
    "apple-touch-icon*.png",
    "browserconfig.xml",
    "favicon.*",
    "google*.html",
    "humans.txt",
    "llms.txt",
    "netlify.toml",
    "robots.txt",
    "security.txt",
    "site.webmanifest",
    "staticwebapp.config.json",
    "vercel.json",
];

/// Whether hosts or search engines ask for a file of that name at the top of a site.
pub fn is_well_known(name: &str) -> bool {
    WELL_KNOWN.iter().any(|pattern| {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        glob.is_ok_and(|glob| glob.compile_matcher().is_match(name))
    })
}

/// The files below `content/` that are published whatever leads to them.
#[derive(Debug, Clone, Default)]
pub(super) struct Always {
    well_known: GlobSet,
    own: Vec<(FilePattern, GlobSet)>,
}

impl Always {
    /// From the settings; patterns that cannot be read were reported when they were.
    pub(super) fn of(config: &Config) -> Always {
        let mut set = GlobSetBuilder::new();
        for pattern in WELL_KNOWN {
            if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
                set.add(glob);
            }
        }
        let own = config.files.iter().filter_map(|pattern| Some((pattern.clone(), pattern.globs().ok()?)));
        Always { well_known: set.build().unwrap_or_default(), own: own.collect() }
    }

    pub(super) fn has(&self, file: &SourcePath) -> bool {
        let Some(inside) = file.as_str().strip_prefix(CONTENT) else { return false };
        match self.own.iter().rev().find(|(_, globs)| globs.is_match(inside)) {
            Some((pattern, _)) => !pattern.not,
            None => self.well_known.is_match(inside),
        }
    }

    /// What is said of patterns that match none of `files`, which are paths below `content/`.
    pub(super) fn unmatched(&self, files: &[&str]) -> Vec<Diagnostic> {
        // `**` means all that there is, which may be nothing.
        let all = |pattern: &FilePattern| pattern.pattern.chars().all(|c| matches!(c, '*' | '/'));
        let idle = self.own.iter().filter(|(pattern, globs)| {
            let finds = files.iter().any(|file| globs.is_match(file));
            !(finds || all(pattern) && files.is_empty())
        });
        let Ok(settings) = SourcePath::new("site.yaml") else { return Vec::new() };
        let told = idle.map(|(pattern, _)| {
            let written = pattern.written();
            let message = format!("`{written}` in `files` matches no file in content/.");
            let name = pattern.pattern.rsplit('/').next().unwrap_or("");
            let help = match meant(pattern, files) {
                Some(meant) => format!("Did you mean {meant}?"),
                None if name.ends_with(".md") => {
                    "Pages need no line here: what is in their front matter says whether they are published."
                        .to_owned()
                }
                None if name.starts_with('.') => {
                    "Files whose names begin with a dot are never published, but for .nojekyll, .htaccess and .well-known/."
                        .to_owned()
                }
                None if pattern.pattern.starts_with("assets/") => {
                    "All in the folder assets/ is published: it needs no line here.".to_owned()
                }
                None => "Write the path from content/, such as forms/letter.pdf or \"forms/*.pdf\"; * stands for any part of \
                    a name, ** for any folders. Upper and lower case matter."
                    .to_owned(),
            };
            Diagnostic::warning(code::UNMATCHED_FILES, &settings, pattern.span, message).help(help)
        });
        told.collect()
    }
}

/// The pattern that was meant, if one much like it matches something.
fn meant(pattern: &FilePattern, files: &[&str]) -> Option<String> {
    let written = pattern.pattern.replace('\\', "/");
    let (folder, name) = written.rsplit_once('/').unwrap_or(("", &written));
    let in_folder = |folder: &str, name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let folders: BTreeSet<&str> =
        files.iter().flat_map(|file| file.match_indices('/').filter_map(|(at, _)| file.get(..at))).collect();
    let other_case = |ending: fn(&str) -> String| {
        let (stem, extension) = name.rsplit_once('.')?;
        Some(in_folder(folder, &format!("{stem}.{}", ending(extension))))
    };
    let near_folder = closest(folder, folders.iter().copied()).filter(|_| folder.chars().count() > 2);
    let same_name =
        || files.iter().find(|file| file.rsplit('/').next() == Some(name)).map(|f| (*f).to_owned());
    let near_file = || closest(&written, files.iter().copied()).map(str::to_owned);
    let is_plain = !written.contains(['*', '?', '[', '{']);
    // Of one or two letters all names are near.
    let long = |text: &str| text.chars().count() > 2;
    let tries = [
        Some(written.clone()),
        Some(format!("{written}/")),
        other_case(str::to_lowercase),
        other_case(str::to_uppercase),
        near_folder.map(|near| in_folder(near, name)),
        near_folder.and_then(|near| Some(other_case(str::to_lowercase)?.replacen(folder, near, 1))),
        is_plain.then(same_name).flatten(),
        (is_plain && long(&written)).then(near_file).flatten(),
        closest(&written, folders.iter().copied())
            .filter(|_| is_plain && long(&written))
            .map(|near| format!("{near}/")),
        (!is_plain).then(|| format!("**/{name}")),
    ];
    let sign = if pattern.not { "!" } else { "" };
    let hits = |text: &String| {
        let other = FilePattern::new(&format!("{sign}{text}"), pattern.span);
        other.globs().is_ok_and(|globs| files.iter().any(|file| globs.is_match(file)))
    };
    tries.into_iter().flatten().find(hits).map(|text| format!("{sign}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn always(patterns: &[&str]) -> Always {
        let files = patterns.iter().map(|pattern| FilePattern::new(pattern, Span::default())).collect();
        Always::of(&Config { files, ..Config::default() })
    }

    fn has(always: &Always, path: &str) -> bool {
        always.has(&SourcePath::new(&format!("content/{path}")).unwrap())
    }

    #[test]
    fn names_that_hosts_ask_for() {
        let always = always(&["forms/*.pdf"]);
        for yes in ["CNAME", ".well-known/a/b.txt", "favicon.ico", "x/.htaccess", "_headers", "forms/a.pdf"] {
            assert!(has(&always, yes), "{yes}");
        }
        for no in ["x/CNAME", "list.xlsx", "forms/x/a.pdf", "forms/a.docx", "x/robots.txt", "index.html"] {
            assert!(!has(&always, no), "{no}");
        }
    }

    #[test]
    fn later_patterns_win_and_what_is_not_meant_is_taken_widely() {
        for (patterns, path, there) in [
            (&["**", "!secret.xlsx"][..], "secret.xlsx", false),
            (&["**", "!secret.xlsx"], "forms/secret.xlsx", false),
            (&["**", "!secret.xlsx"], "forms/other.xlsx", true),
            (&["**", "!*.xlsx"], "a/b/c.xlsx", false),
            (&["**", "!private/"], "private/a/b.pdf", false),
            (&["**", "!private/"], "a/private/b.pdf", false),
            (&["**", "!/private/"], "a/private/b.pdf", true),
            (&["**", "!/secret.xlsx"], "a/secret.xlsx", true),
            (&["**", "!private"], "private/a/b.pdf", false),
            (&["**", "!private"], "a/private/b.pdf", false),
            (&["**", "!/a/private"], "b/a/private/b.pdf", true),
            (&["**", "! content/secret.xlsx"], "secret.xlsx", false),
            (&["**", "!*.xlsx", "open.xlsx"], "open.xlsx", true),
            (&["!secret.xlsx", "**"], "secret.xlsx", true),
            (&["!CNAME"], "CNAME", false),
        ] {
            assert_eq!(has(&always(patterns), path), there, "{patterns:?} {path}");
        }
    }

    #[test]
    fn what_a_pattern_was_meant_to_be() {
        let files = ["forms/a.pdf", "forms/letter.docx", "d/e/f.txt", "CNAME"];
        for (written, help) in [
            ("froms/*.pdf", "Did you mean forms/*.pdf?"),
            ("forms/*.PDF", "Did you mean forms/*.pdf?"),
            ("froms/*.PDF", "Did you mean forms/*.pdf?"),
            ("*.pdf", "Did you mean **/*.pdf?"),
            ("forms", "Did you mean forms/?"),
            ("Forms", "Did you mean forms/?"),
            ("forms\\\\a.pdf", "Did you mean forms/a.pdf?"),
            ("letter.docx", "Did you mean forms/letter.docx?"),
            ("forms/leter.docx", "Did you mean forms/letter.docx?"),
            ("!froms/*.pdf", "Did you mean !forms/*.pdf?"),
            ("!leter.docx", "Write the path from content/"),
            ("5", "Write the path from content/"),
            (".env", "Files whose names begin with a dot"),
            ("*.md", "Pages need no line here"),
            ("assets/logo.svg", "All in the folder assets/"),
        ] {
            let told = always(&[written]).unmatched(&files);
            let [told] = &told[..] else { panic!("{written}: {told:?}") };
            assert!(told.help.as_deref().unwrap_or("").starts_with(help), "{written}: {told:?}");
        }
        assert_eq!(always(&["forms/", "**/*.txt", "CNAME", "!a.pdf", "!*.docx"]).unmatched(&files), []);
    }
}
