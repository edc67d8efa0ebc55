//! From the inputs to the parts of the world that are not the site: settings, layers, templates, strings, data, assets.
//!
//! A layer is a folder that files come from. The nearest comes first: the site itself, its theme, the theme that one
//! extends, and so on; "where does this file come from" is asked of this list only.

use super::inputs::Inputs;
use crate::config::keep_names::KeepName;
use crate::config::made_files::MadeFile;
use crate::config::{self, Config};
use crate::diag::{Diagnostic, Severity, closest, code};
use crate::plan::{Job, PlannedAsset, asset_address, narrow_address};
use crate::render::address_of;
use crate::render::data::{self, Data};
use crate::render::world::{AssetEntry, Assets};
use crate::schema::inherited;
use crate::site::path_hash;
use crate::source::refs::{self, Reference};
use crate::source::{Asset, Fingerprint, Format, Picture, Source, SourcePath, Span};
use crate::template::{Strings, TemplateFile};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The settings of a site with its layers.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The settings.
    pub config: Config,
    /// Names of the theme and those it extends, the nearest first.
    pub themes: Vec<String>,
    /// Assets that keep their names.
    pub keep_names: Vec<KeepName>,
    /// Whether `site.yaml` names a logo, there or not.
    pub wants_logo: bool,
}

/// Maximum number of themes that extend each other.
const MAX_LAYERS: usize = 16;

/// Reads `site.yaml`, `theme.yaml` and `kinds.yaml` of all layers.
pub fn load(inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Settings {
    let site = inputs.text("site.yaml");
    let mut settings = Settings::default();
    let place = config::site::theme_place(site.as_ref());
    let mut next = Some(place.name.clone());
    let mut grounds = None;
    let mut files: Vec<MadeFile> = Vec::new();
    // Who named the theme: the theme that extends it, else the site.
    let mut extending: Option<Source> = None;
    while let Some(name) = next.take() {
        let file = inputs.text(&format!("themes/{name}/theme.yaml"));
        let Some(file) = file else {
            let there = inputs.themes();
            let near = closest(&name, there.iter().map(String::as_str));
            // The theme of the program is always there; whoever put one beside it meant that.
            let mut own = there.iter().filter(|theme| *theme != config::site::THEME);
            let near = near.or(own.next().filter(|_| own.next().is_none()).map(String::as_str));
            let told = missing_theme(&name, site.as_ref(), &place, extending.as_ref());
            let hint =
                |help: String| near.map_or(help.clone(), |near| format!("Did you mean {near}? {help}"));
            // What lies in the folder of that name all the same.
            let inside = inputs.names_in(&format!("themes/{name}/"));
            let other = inside.iter().find(|file| file.starts_with("theme.") && !file.contains('/'));
            let help = match (other, inside.first()) {
                _ if place.folder.is_some() && extending.is_none() => told.help.clone().map(hint),
                (Some(other), _) => Some(format!(
                    "There is themes/{name}/{other} instead: rename it to theme.yaml; what it says must be YAML."
                )),
                (None, Some(_)) => Some(format!(
                    "The folder themes/{name} is there and says nothing of itself: give it a theme.yaml with a title, such as `title: {name}`. \
                     guidepost new theme makes a whole theme; one of another program cannot be used."
                )),
                (None, None) => told.help.clone().map(hint),
            };
            diagnostics.push(Diagnostic { help, ..told });
            break;
        };
        extending = Some(file.clone());
        let theme = config::theme::load(&file).collect(diagnostics);
        settings.keep_names.extend(theme.keep_names);
        files.extend(theme.files);
        grounds = grounds.or(theme.grounds);
        settings.themes.push(name);
        next = theme.extends.filter(|extended| {
            let known = settings.themes.contains(extended);
            if known || settings.themes.len() >= MAX_LAYERS {
                diagnostics.push(
                    Diagnostic::error(
                        code::BAD_CONFIG,
                        &file.path,
                        Span::default(),
                        format!("The theme extends \"{extended}\", which extends it in turn."),
                    )
                    .help("Remove extends from one of the two themes."),
                );
            }
            !known && settings.themes.len() < MAX_LAYERS
        });
    }
    let kinds: Vec<Source> = settings
        .themes
        .iter()
        .rev()
        .filter_map(|name| inputs.text(&format!("themes/{name}/kinds.yaml")))
        .collect();
    let mut kinds = config::theme::load_kinds(&kinds.iter().collect::<Vec<_>>()).collect(diagnostics);
    let languages = config::edit::listed(site.as_ref());
    let of_themes = settings.themes.iter().rev().map(|name| format!("themes/{name}/"));
    let theirs: Vec<Source> = of_themes.flat_map(|layer| labels(&layer, &languages, inputs)).collect();
    config::theme::label_kinds(&mut kinds, &theirs).collect(diagnostics);
    let grounds = grounds.unwrap_or_default();
    let declaring =
        settings.themes.iter().rev().filter_map(|name| inputs.text(&format!("themes/{name}/theme.yaml")));
    let declared = config::settings::declared(&declaring.collect::<Vec<_>>()).collect(diagnostics);
    settings.config = config::site::load_on(site.as_ref(), &kinds, grounds, &declared).collect(diagnostics);
    // The nearer layer means its own file of a name.
    for file in files {
        if settings.config.made_files.iter().all(|nearer| nearer.path != file.path) {
            settings.config.made_files.push(file);
        }
    }
    let own = labels("", &languages, inputs);
    config::theme::label_kinds(&mut settings.config.kinds, &own).collect(diagnostics);
    settings.find_logo(inputs, site.as_ref(), diagnostics);
    settings
}

/// A layer's labels of kinds in the languages of the site: `kinds/pt.yaml`, then `kinds/pt-BR.yaml`.
fn labels(layer: &str, languages: &[String], inputs: &Inputs) -> Vec<Source> {
    let tags: BTreeSet<&str> = languages.iter().flat_map(|tag| inherited(tag)).collect();
    tags.iter().filter_map(|tag| inputs.text(&format!("{layer}kinds/{tag}.yaml"))).collect()
}

/// That a theme is not there, where it is named.
fn missing_theme(
    name: &str,
    site: Option<&Source>,
    place: &config::site::ThemePlace,
    extending: Option<&Source>,
) -> Diagnostic {
    let missing = format!("There is no theme \"{name}\": themes/{name}/theme.yaml does not exist.");
    let error =
        |source: &Source, span, message| Diagnostic::error(code::MISSING_THEME, &source.path, span, message);
    let span_in = |source: &Source| {
        let at = source.utf8().ok().and_then(|text| text.rfind(name)).unwrap_or(0);
        crate::source::Span::new(at, at + name.len())
    };
    match (extending, site, &place.folder, place.span) {
        (Some(theme), ..) => error(theme, span_in(theme), missing)
            .help("Correct extends, or put that theme's folder into themes/ as well."),
        (None, Some(site), Some((folder, span)), _) => {
            let message =
                format!("The theme's folder \"{folder}\" holds no theme: there is no theme.yaml in it.");
            error(site, *span, message)
                .help("Write the path from the folder of site.yaml to that of the theme, such as ../themes/parent-guide.")
        }
        (None, Some(site), None, Some(span)) => {
            error(site, span, missing).help("Correct the name, or put the theme's folder into themes/.")
        }
        _ => Diagnostic::site(code::MISSING_THEME, Severity::Error, missing)
            .help("Name the theme in site.yaml, or put the theme's folder into themes/."),
    }
}

impl Settings {
    /// Says so when the logo does not exist, where it is named; then there is none, so that no template fails for it.
    fn find_logo(&mut self, inputs: &Inputs, site: Option<&Source>, diagnostics: &mut Vec<Diagnostic>) {
        let (Some((logo, span)), Some(site)) = (&self.config.brand_logo, site) else { return };
        self.wants_logo = true;
        let folders: Vec<String> = self.folders("assets").map(|(_, folder)| folder).collect();
        if folders.iter().any(|folder| inputs.has(&format!("{folder}{logo}"))) {
            return;
        }
        let names: Vec<String> = folders.iter().flat_map(|folder| inputs.names_in(folder)).collect();
        // It counts from the folder assets.
        let inner = logo.rsplit_once("assets/").map_or(logo.as_str(), |(_, inner)| inner);
        let help = match closest(inner, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near}?"),
            None => format!(
                "put the picture into the folder assets beside site.yaml, as assets/{logo}; upper and lower case matter"
            ),
        };
        let message = format!("the logo \"{logo}\" does not exist");
        diagnostics.push(Diagnostic::error(code::MISSING_ASSET, &site.path, *span, message).help(help));
        self.config.brand_logo = None;
    }

    /// The folders that files of one sort come from, the nearest first: `templates/`, `themes/x/templates/`, …
    fn folders<'a>(&'a self, sort: &'a str) -> impl DoubleEndedIterator<Item = (Option<&'a str>, String)> {
        let own = std::iter::once((None, format!("{sort}/")));
        own.chain(self.themes.iter().map(move |t| (Some(t.as_str()), format!("themes/{t}/{sort}/"))))
    }

    /// All templates of all layers.
    pub fn templates(&self, inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Vec<TemplateFile> {
        let mut files = Vec::new();
        for (theme, folder) in self.folders("templates") {
            for source in inputs.texts_in(&folder) {
                let text = match source.utf8() {
                    // A byte order mark is no part of the text; two of them are a fault that the text shows.
                    Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
                    Err(at) => {
                        diagnostics.push(
                            Diagnostic::error(
                                code::NOT_UTF8,
                                &source.path,
                                Span::at(at),
                                "The template is not in UTF-8.",
                            )
                            .help("Save the file as UTF-8."),
                        );
                        None
                    }
                };
                let unreadable = text.is_none();
                let text = text.unwrap_or_default();
                let name = source.path.as_str().strip_prefix(&folder).unwrap_or_default();
                let name = theme.map_or_else(|| name.to_string(), |t| format!("{t}/{name}"));
                let offset = if unreadable { 0 } else { source.text.len() - text.len() };
                files.push(TemplateFile {
                    name,
                    path: source.path.clone(),
                    text: text.into(),
                    offset,
                    moves: Vec::new(),
                    unreadable,
                });
            }
            // What is too large to be read as a text is no template, and nothing stands in for it in silence.
            for asset in inputs.assets_in(&folder).filter(|asset| is_template(&asset.path)) {
                let message =
                    format!("The template has {} MB, more than a template may have.", asset.size >> 20);
                let found = Diagnostic::error(code::TEMPLATE_SYNTAX, &asset.path, Span::default(), message);
                diagnostics
                    .push(found.help("Put what it holds into data/ or assets/; a template may have 4 MB."));
                let name = asset.path.as_str().strip_prefix(&folder).unwrap_or_default();
                let name = theme.map_or_else(|| name.to_string(), |t| format!("{t}/{name}"));
                let (path, text) = (asset.path.clone(), "".into());
                files.push(TemplateFile { name, path, text, offset: 0, moves: Vec::new(), unreadable: true });
            }
        }
        files
    }

    /// The UI strings of all layers, in the languages of the site and in English.
    pub fn strings(&self, inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Strings {
        let tags = self.config.languages.iter().flat_map(|language| inherited(&language.code));
        let wanted: BTreeSet<&str> = tags.chain(["en"]).collect();
        let is_wanted = |source: &Source| {
            let name = source.path.file_name().rsplit_once('.');
            name.is_some_and(|(tag, end)| wanted.contains(tag) && matches!(end, "yaml" | "yml"))
        };
        let folders = self.folders("translations").rev().map(|(_, folder)| folder);
        let sources: Vec<Source> = folders
            .flat_map(|folder| inputs.texts_in(&folder).filter(is_wanted).collect::<Vec<_>>())
            .collect();
        Strings::load(sources.iter(), diagnostics)
    }

    /// Text that may name what pages load, for the rules: settings, templates, assets of all layers, files beside pages.
    pub fn loading<'a>(&'a self, inputs: &'a Inputs) -> impl Iterator<Item = Source> + 'a {
        let folders = ["templates", "assets"].into_iter().flat_map(|sort| self.folders(sort));
        let folders = folders.map(|(_, folder)| folder).chain(["content/".to_owned()]);
        inputs
            .text("site.yaml")
            .into_iter()
            .chain(folders.flat_map(|folder| inputs.texts_in(&folder).collect::<Vec<_>>()))
    }

    /// `site.yaml` and the `kinds.yaml` of all layers, the nearest first.
    pub fn files(&self, inputs: &Inputs) -> Vec<Source> {
        let kinds = self.themes.iter().filter_map(|name| inputs.text(&format!("themes/{name}/kinds.yaml")));
        inputs.text("site.yaml").into_iter().chain(kinds).collect()
    }

    /// The folders of assets of all layers.
    pub fn asset_folders(&self) -> impl Iterator<Item = String> + '_ {
        self.folders("assets").map(|(_, folder)| folder)
    }

    /// All assets: those of the layers by name, those beside pages by path; and the outputs they make.
    pub fn assets(&self, inputs: &Inputs, serve: bool) -> (Assets, Vec<PlannedAsset>) {
        let mut assets = Assets::default();
        let mut by_name: BTreeMap<String, (AssetEntry, Job)> = BTreeMap::new();
        for (_, folder) in self.folders("assets").rev() {
            for source in inputs.texts_in(&folder) {
                let name = source.path.as_str().strip_prefix(&folder).unwrap_or_default().to_string();
                let refs = named(&source);
                // What a site writes by itself is served as it stands.
                let lean = folder.starts_with("themes/") && source.path.extension() == "js";
                let made = lean || !refs.is_empty();
                let mark = self.mark(&name, source.fingerprint, serve).filter(|_| !made);
                let job = match made {
                    false => Job::Copy { from: source.path.clone() },
                    true => Job::Stylesheet { name: name.clone() },
                };
                let entry = AssetEntry {
                    // What names others has its own name made from its bytes, when it is made.
                    address: asset_address(&name, mark.as_deref()).into(),
                    source: source.path.clone(),
                    fingerprint: source.fingerprint,
                    size: source.text.len() as u64,
                    dimensions: drawn(&source),
                    picture: of_text(&source),
                    narrow: Arc::default(),
                    text: Some(source.text.clone()),
                    refs,
                    lean,
                };
                by_name.insert(name, (entry, job));
            }
            for asset in inputs.assets_in(&folder) {
                let name = asset.path.as_str().strip_prefix(&folder).unwrap_or_default().to_string();
                let entry = AssetEntry {
                    address: asset_address(&name, self.mark(&name, asset.fingerprint, serve).as_deref())
                        .into(),
                    source: asset.path.clone(),
                    fingerprint: asset.fingerprint,
                    size: asset.size,
                    dimensions: asset.dimensions,
                    picture: asset.picture,
                    narrow: Arc::default(),
                    text: None,
                    refs: Arc::default(),
                    lean: false,
                };
                by_name.insert(name, (entry, Job::Copy { from: asset.path.clone() }));
            }
        }
        let mut planned = Vec::new();
        let mut plan = |entry: &AssetEntry, job: Job| {
            planned.push(PlannedAsset {
                address: entry.address.to_string(),
                job,
                source: entry.source.clone(),
            });
        };
        let made = by_name.iter().filter(|(_, (entry, _))| entry.is_made());
        let naming: BTreeMap<&str, &[Reference]> =
            made.map(|(name, (entry, _))| (name.as_str(), &*entry.refs)).collect();
        let templates = inputs_of(self, inputs, "templates");
        let keep = by_name.keys().cloned().chain(templates).filter(|name| self.keeps(name)).collect();
        assets.relate(naming.keys().map(|name| (*name).to_owned()).collect(), &circles(&naming), keep);
        for (name, (entry, job)) in by_name {
            // Those that are made have an address when they were made, and templates make some of their name.
            let by_template = name.ends_with(".css")
                && self.folders("templates").any(|(_, f)| inputs.text(&format!("{f}{name}")).is_some());
            if matches!(job, Job::Copy { .. }) && !by_template {
                plan(&entry, job);
            }
            // A copied theme file is asked for by its source too.
            assets.insert(entry.source.as_str(), entry.clone());
            assets.insert(&name, entry);
        }
        for source in inputs.texts_in("content/") {
            let Some(inside) = source.path.as_str().strip_prefix("content/") else { continue };
            let address = self.config.prefixes.folders(inside);
            let entry = AssetEntry {
                address: address.into(),
                source: source.path.clone(),
                fingerprint: source.fingerprint,
                size: source.text.len() as u64,
                dimensions: drawn(&source),
                picture: of_text(&source),
                narrow: Arc::default(),
                text: Some(source.text.clone()),
                refs: Arc::default(),
                lean: false,
            };
            plan(&entry, Job::Copy { from: source.path.clone() });
            assets.insert(source.path.as_str(), entry);
        }
        for asset in inputs.assets_in("content/") {
            let Some(inside) = asset.path.as_str().strip_prefix("content/") else { continue };
            let address = self.config.prefixes.folders(inside);
            let entry = AssetEntry {
                address: address.as_ref().into(),
                source: asset.path.clone(),
                fingerprint: asset.fingerprint,
                size: asset.size,
                dimensions: asset.dimensions,
                picture: asset.picture,
                narrow: narrow(asset, &address),
                text: None,
                refs: Arc::default(),
                lean: false,
            };
            plan(&entry, Job::Copy { from: asset.path.clone() });
            for (width, address) in entry.narrow.iter() {
                let job = Job::Photo { from: asset.path.clone(), width: *width };
                plan(&AssetEntry { address: address.clone(), ..entry.clone() }, job);
            }
            assets.insert(asset.path.as_str(), entry);
        }
        (assets, planned)
    }

    /// Whether the asset of that name keeps it.
    fn keeps(&self, name: &str) -> bool {
        self.keep_names.iter().any(|keep| keep.means(name))
    }

    /// The names of the assets of all layers.
    pub fn asset_names(&self, inputs: &Inputs) -> Vec<String> {
        inputs_of(self, inputs, "assets")
    }

    /// The part of an asset's fingerprint that goes into its name; none for names that stay.
    fn mark(&self, name: &str, fingerprint: Fingerprint, serve: bool) -> Option<String> {
        if serve || self.keeps(name) { None } else { Some(fingerprint.short()) }
    }
}

/// The names of the files of that sort in all layers.
fn inputs_of(settings: &Settings, inputs: &Inputs, sort: &str) -> Vec<String> {
    settings.folders(sort).flat_map(|(_, folder)| inputs.names_in(&folder)).collect()
}

/// Whether a file of that name in `templates/` is meant as a template.
fn is_template(path: &SourcePath) -> bool {
    matches!(&*path.extension(), "html" | "css" | "js" | "json" | "xml" | "txt" | "ics")
}

/// What a text is as a picture.
pub(super) fn of_text(source: &Source) -> Option<Picture> {
    crate::check::file::look_at_text(&source.text, &source.path.extension())
}

/// The widths of photos that are also published narrower, in pixels: a phone, a phone with fine pixels, a wide screen.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// The widths at which a photo is also published, with their addresses. One that is hardly wider than the column of a page needs none.
fn narrow(asset: &Asset, address: &str) -> Arc<[(u32, Arc<str>)]> {
    let [_, column, _] = WIDTHS;
    let is_photo = asset.picture.is_some_and(|p| p.format == Format::Jpeg && p.fault.is_none());
    let wide =
        asset.dimensions.filter(|(width, _)| is_photo && *width > column).map_or(0, |(width, _)| width);
    let widths = WIDTHS.into_iter().filter(|width| *width < wide);
    widths.map(|width| (width, narrow_address(address, &asset.fingerprint.short(), width).into())).collect()
}

/// How large a drawing is.
fn drawn(source: &Source) -> Option<(u32, u32)> {
    let text = (source.path.extension() == "svg").then(|| source.utf8().ok())??;
    crate::source::drawn(text)
}

/// The files of the site that a stylesheet or script names.
fn named(source: &Source) -> Arc<[Reference]> {
    let text = source.utf8().unwrap_or("");
    let found = refs::of(&source.path.extension(), text).unwrap_or_default();
    found.into_iter().filter(|reference| reference.local().is_some()).collect()
}

/// The circles in which stylesheets and scripts name each other.
fn circles(naming: &BTreeMap<&str, &[Reference]>) -> Vec<Arc<[String]>> {
    let numbers: BTreeMap<&str, usize> = naming.keys().enumerate().map(|(i, name)| (*name, i)).collect();
    let names: Vec<&str> = naming.keys().copied().collect();
    let leads: Vec<Vec<usize>> = naming
        .iter()
        .map(|(name, refs)| {
            let to = |r: &Reference| {
                let (path, _) = r.local()?;
                let base = if path.starts_with('/') { String::new() } else { format!("assets/{name}") };
                let full = address_of(&base, path);
                numbers.get(full.strip_prefix("assets/")?).copied()
            };
            refs.iter().filter_map(to).collect()
        })
        .collect();
    let groups = crate::source::groups(&leads).into_iter();
    let round = groups.filter(|group| group.iter().any(|i| leads[*i].iter().any(|to| group.contains(to))));
    let mut circles: Vec<Arc<[String]>> = Vec::new();
    for mut group in round {
        group.sort_unstable();
        circles.push(group.iter().map(|i| names[*i].to_owned()).collect());
    }
    circles
}

/// All data files: of two of one name that of the nearer layer.
pub fn data(settings: &Settings, inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> FxHashMap<u64, Data> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut all: FxHashMap<u64, Data> = FxHashMap::default();
    for (_, folder) in settings.folders("data") {
        for source in inputs.texts_in(&folder).filter(|s| data::is_data(&s.path)) {
            let Some(name) = source.path.as_str().strip_prefix(&folder) else { continue };
            if names.insert(name.to_owned()) {
                all.extend(data::read(&source, diagnostics).map(|data| (path_hash(name), data)));
            }
        }
    }
    let names: Vec<String> = names.into_iter().collect();
    all.insert(path_hash(data::NAMES), data::names(&names));
    all
}
