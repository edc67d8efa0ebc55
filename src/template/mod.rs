//! Templates: loading the layers, finding what each one uses, and turning tera's errors into diagnostics.
//!
//! A site's templates keep their name, a theme's are called `<theme>/<name>`; a name without a theme finds the
//! first layer that has it, so a site replaces one file and can still extend the original. [`Templates`] holds one
//! tera instance a worker thread, because template functions reach their page through a slot of their own.

mod closure;
mod error;
mod instead;
mod meant;
mod originals;
mod parts;
mod reads;
mod strings;

pub use error::{diagnose, placed, refused};
#[cfg(test)]
pub use instead::knows;
pub use parts::MADE;
pub use reads::Reads;
pub use strings::{Strings, UNREVIEWED, categories, fill, placeholders};

use crate::diag::{Diagnostic, code};
use crate::site::path_hash;
use crate::source::{SourcePath, Span};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tera::Tera;

/// One template file.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// The name in tera: `page.html` of the site, `parent-guide/page.html` of a theme.
    pub name: String,
    /// The file.
    pub path: SourcePath,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
    /// Where that begins in the file.
    pub offset: usize,
    /// Its bytes are no text: it is there, and it is broken.
    pub unreadable: bool,
    /// Where stretches of the text begin, and where they stand in the file, if it was put together of several.
    pub moves: Vec<(usize, usize)>,
}

impl TemplateFile {
    /// The place in the file of a place in the text.
    pub fn place(&self, span: Span) -> Span {
        let start = span.start as usize;
        let number = self.moves.partition_point(|(from, _)| *from <= start);
        let stretch = number.checked_sub(1).and_then(|number| self.moves.get(number));
        let start = stretch.map_or(start, |(from, to)| to + (start - from));
        Span::new(start, start + (span.end - span.start) as usize).shifted(self.offset)
    }
}

/// All templates of a site, ready to render.
pub struct Templates {
    /// One instance a worker; the same templates, functions bound to different slots.
    workers: Vec<Tera>,
    files: BTreeMap<String, TemplateFile>,
    /// Theme names, nearest first, by which a name without a theme is looked up.
    prefixes: Vec<String>,
    /// Fingerprint of everything a template uses, by hash of the name it is asked for.
    closures: FxHashMap<u64, u64>,
    /// The keys that a template reads with all it uses, by hash of the name it is asked for.
    reads: FxHashMap<u64, Arc<Reads>>,
    /// Names of components.
    components: BTreeSet<String>,
    /// Files that could not be understood.
    broken: BTreeSet<String>,
    /// For each template, the files it uses.
    uses: BTreeMap<String, BTreeSet<String>>,
}

impl Templates {
    /// Where a template writes `argument="written"` in a call, if one does in these words.
    pub fn place_of(&self, argument: &str, written: &str) -> Option<(SourcePath, Span)> {
        self.files.values().find_map(|file| {
            let at = file.text.match_indices(written).map(|(at, _)| at).find(|at| {
                let before = file.text.get(..*at).unwrap_or("");
                let quoted = before.strip_suffix(['"', '\'', '`']).map(str::trim_end);
                quoted.and_then(|b| b.strip_suffix('=')).is_some_and(|b| b.trim_end().ends_with(argument))
                    && file
                        .text
                        .get(at + written.len()..)
                        .is_some_and(|rest| rest.starts_with(['"', '\'', '`']))
            })?;
            Some((file.path.clone(), file.place(Span::new(at, at + written.len()))))
        })
    }

    /// Loads `files`. `themes` names the theme layers, nearest first. `register` adds the program's functions to the
    /// instance of the given worker; there are `workers` of them.
    ///
    /// A template that cannot be understood is reported and left out; what needs it shows an error page.
    pub fn load(
        files: Vec<TemplateFile>,
        themes: &[String],
        workers: usize,
        register: &dyn Fn(&mut Tera, usize),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Templates {
        let prefixes: Vec<String> = themes.iter().map(|t| format!("{t}/")).collect();
        let mut files: BTreeMap<String, TemplateFile> =
            files.into_iter().map(|f| (f.name.clone(), f)).collect();
        originals::add(&mut files, themes);
        let mut problems: Vec<Diagnostic> = parts::put_together(&mut files, &prefixes);
        let deep = closure::too_deep(&files, &prefixes);
        let uses = closure::uses(&files, &prefixes, &deep.all);
        problems.extend(deep.first.iter().take(1).filter_map(|(name, to)| too_deep(files.get(name)?, to)));
        let mut broken: BTreeSet<String> = deep.all;
        broken.extend(files.values().filter(|f| f.unreadable).map(|f| f.name.clone()));
        // Each round takes out at least one file that tera refuses, so the loop ends.
        let tera = loop {
            let mut tera = fresh(&prefixes);
            register(&mut tera, 0);
            let good = files.values().filter(|f| !broken.contains(&f.name));
            match tera.add_raw_templates(good.map(|f| (f.name.as_str(), &*f.text))) {
                Ok(()) => break tera,
                Err(error) => {
                    let mut faults = error::faults(&error, &files);
                    if let tera::ErrorKind::SyntaxError(_) = error.kind() {
                        // Tera tells the first file that it cannot read. All others are told at once too: a round for each
                        // would read all files as often as there are faults.
                        let others = files.values().filter(|f| !broken.contains(&f.name));
                        let all: Vec<_> = others.flat_map(|file| error::syntax(file, &files)).collect();
                        faults = if all.is_empty() { faults } else { all };
                    }
                    let mut guilty: BTreeSet<String> = faults.iter().map(|f| f.file.clone()).collect();
                    guilty.retain(|name| files.contains_key(name) && !broken.contains(name));
                    // A file that fails only because it uses a broken one is not to blame.
                    for fault in faults {
                        let innocent = uses
                            .get(&fault.file)
                            .is_some_and(|used| used.iter().any(|u| broken.contains(u) && *u != fault.file));
                        if !innocent {
                            problems.extend(fault.diagnostic(&files));
                        }
                    }
                    if guilty.is_empty() {
                        problems.push(Diagnostic::site(
                            code::TEMPLATE_SYNTAX,
                            crate::diag::Severity::Error,
                            error.to_string(),
                        ));
                        broken.extend(files.keys().cloned());
                        break fresh(&prefixes);
                    }
                    broken.extend(guilty);
                }
            }
        };
        // A fault of a part that others extend is one of theirs as well.
        let mut told = BTreeSet::new();
        let place = |d: &Diagnostic| (d.path.clone(), d.span.start, d.message.clone());
        problems.retain(|problem| problem.path.is_none() || told.insert(place(problem)));
        diagnostics.extend(problems);
        let components = tera.get_component_names().map(str::to_string).collect();
        let mut templates = Templates {
            workers: Vec::with_capacity(workers),
            files,
            prefixes,
            closures: FxHashMap::default(),
            reads: FxHashMap::default(),
            components,
            broken,
            uses,
        };
        for worker in 0..workers {
            let mut own = tera.clone();
            register(&mut own, worker);
            templates.workers.push(own);
        }
        templates.index();
        templates
    }

    /// Computes the fingerprint of each template and component with all it uses.
    fn index(&mut self) {
        let mut closures = FxHashMap::default();
        let mut reads = FxHashMap::default();
        let own: BTreeMap<&str, Reads> =
            self.files.values().map(|f| (f.name.as_str(), Reads::of(&f.text))).collect();
        let all = |name: &str| {
            let mut all = Reads::default();
            for used in self.uses.get(name).into_iter().flatten() {
                if let Some(reads) = own.get(used.as_str()) {
                    all.add(reads);
                }
            }
            Arc::new(all.sealed())
        };
        for name in self.files.keys() {
            let print = self.fingerprint(name);
            closures.insert(path_hash(name), print);
            reads.insert(path_hash(name), all(name));
            // The name without its theme stands for the nearest layer that has it.
            if let Some(prefix) = self.prefixes.iter().find(|p| name.starts_with(p.as_str())) {
                let bare = &name[prefix.len()..];
                if self.resolve(bare).is_some_and(|resolved| resolved == name) {
                    closures.insert(path_hash(bare), print);
                }
            }
        }
        for component in &self.components {
            let file = closure::component_file(&self.files, &self.prefixes, component);
            if let Some(file) = file {
                closures.insert(path_hash(&format!("<{component}>")), self.fingerprint(&file));
                reads.insert(path_hash(&format!("<{component}>")), all(&file));
            }
        }
        // Behind the name "": which components there are and which may be in broken files, for what tells that one is missing.
        let mut names = crate::source::Hasher::new();
        for component in &self.components {
            names.text(component);
        }
        for file in self.broken.iter().filter_map(|name| self.files.get(name)) {
            names.text(&file.name).text(&file.text);
        }
        closures.insert(path_hash("<>"), names.finish().low());
        self.closures = closures;
        self.reads = reads;
    }

    fn fingerprint(&self, name: &str) -> u64 {
        let mut hasher = crate::source::Hasher::new();
        for used in self.uses.get(name).into_iter().flatten() {
            if let Some(file) = self.files.get(used) {
                hasher.text(used).text(&file.text);
            }
        }
        hasher.number(u64::from(self.broken.contains(name))).finish().low()
    }

    /// The full name of the template that `name` finds.
    pub fn resolve(&self, name: &str) -> Option<&str> {
        if let Some((full, _)) = self.files.get_key_value(name) {
            return Some(full);
        }
        self.prefixes
            .iter()
            .find_map(|p| self.files.get_key_value(&format!("{p}{name}")).map(|(full, _)| full.as_str()))
    }

    /// The name of a template without its theme.
    pub fn bare<'n>(&self, full: &'n str) -> &'n str {
        self.prefixes.iter().find_map(|prefix| full.strip_prefix(prefix.as_str())).unwrap_or(full)
    }

    /// Whether the theme has the component.
    pub fn has_component(&self, name: &str) -> bool {
        self.components.contains(name)
    }

    /// Whether a file that cannot be understood defines the component.
    pub fn is_broken_component(&self, name: &str) -> bool {
        let broken = self.broken.iter().filter_map(|file| self.files.get(file));
        // What is no text may hold anything.
        broken.into_iter().any(|file| file.unreadable || closure::defines(&file.text, name))
    }

    /// The names of all components, for suggestions.
    pub fn component_names(&self) -> impl Iterator<Item = &str> {
        self.components.iter().map(String::as_str)
    }

    /// The fingerprint behind a template fact; 0 when there is no such template.
    pub fn closure(&self, hash: u64) -> u64 {
        self.closures.get(&hash).copied().unwrap_or(0)
    }

    /// The keys that a template reads, by its full name; a component's name stands in `<>`.
    pub fn reads(&self, name: &str) -> Option<&Arc<Reads>> {
        self.reads.get(&path_hash(name))
    }

    /// A broken file that `name` needs, if any: the page shows an error that names it.
    pub fn broken_part(&self, name: &str) -> Option<&TemplateFile> {
        let full = self.resolve(name)?;
        let used = self.uses.get(full)?;
        // What uses a broken file is broken with it: the one that is to be mended uses no other.
        let uses_broken = |name: &String| {
            let mut inner = self.uses.get(name).into_iter().flatten();
            inner.any(|used| used != name && self.broken.contains(used))
        };
        let mut broken = used.iter().filter(|u| self.broken.contains(*u));
        let part = broken.clone().find(|name| !uses_broken(name)).or_else(|| broken.next())?;
        self.files.get(part)
    }

    /// The tera instance of a worker; an index past the last gives the first.
    pub fn worker(&self, index: usize) -> Option<&Tera> {
        self.workers.get(index).or_else(|| self.workers.first())
    }

    /// The files that a template uses, itself included, by full name.
    pub fn used_by(&self, name: &str) -> impl Iterator<Item = &str> {
        self.uses.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Whether a file cannot be understood.
    pub fn any_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// Whether the file describes a component.
    pub fn defines_components(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(|file| closure::definitions(&file.text).next().is_some())
    }

    /// The file behind a full template name.
    pub fn file(&self, name: &str) -> Option<&TemplateFile> {
        self.files.get(name)
    }

    /// All files by full name.
    pub fn files(&self) -> &BTreeMap<String, TemplateFile> {
        &self.files
    }
}

/// That the file stands too deep in others, which begins where it names `to`.
fn too_deep(file: &TemplateFile, to: &str) -> Option<Diagnostic> {
    let bare = to.rsplit('/').next().unwrap_or(to);
    let at = file.text.find(to).map(|at| (at, to)).or_else(|| file.text.find(bare).map(|at| (at, bare)));
    let span = at.map_or(Span::default(), |(at, name)| file.place(Span::new(at, at + name.len())));
    let deepest = closure::MAX_DEPTH;
    Some(
        Diagnostic::error(
            code::TEMPLATE_SYNTAX,
            &file.path,
            span,
            format!("From here on, more than {deepest} templates stand in each other by include or extends."),
        )
        .help("Put what they hold into fewer files, or use {% for %} for what repeats itself."),
    )
}

fn fresh(prefixes: &[String]) -> Tera {
    let mut tera = Tera::new();
    // Refused only when templates are there already; there are none.
    let _ = tera.set_fallback_prefixes(prefixes.iter().cloned());
    tera.autoescape_on(vec![".html", ".xml"]);
    tera
}

/// The span of one line and column (both from 1) in a text, to the end of the word there.
fn span_at(text: &str, line: usize, column: usize) -> Span {
    let mut offset = 0;
    for (number, content) in text.split_inclusive('\n').enumerate() {
        if number + 1 == line {
            let start = offset + content.char_indices().nth(column.saturating_sub(1)).map_or(0, |(i, _)| i);
            let rest = &text[start..];
            let len = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len()).max(1).min(rest.len());
            return Span::new(start, start + len);
        }
        offset += content.len();
    }
    Span::default()
}
