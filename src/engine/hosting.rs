//! What hosts read beside the pages is planned with all else: out of the plan, whenever that is made anew.
//!
//! The text stands in the job, so a changed redirect makes the file again; only the policy of the pages is put in when the
//! file is made. The search's files come and go without a new plan; of them only their folders are told.

use super::Engine;
use crate::config::{Config, Host};
use crate::diag::{Diagnostic, Severity, code};
use crate::hosts::{self, Lasting, Redirect, Site};
use crate::plan::{Job, Plan, output_path};
use crate::render::World;
use crate::source::{OutputPath, SourcePath, Span, content_type, nfc};
use std::collections::BTreeMap;

impl Engine {
    /// Adds the files of the hosts that the settings name. A file of that name among the pages is the site's own, and stays.
    pub(super) fn plan_hosts(&mut self, world: &World, plan: &mut Plan) {
        let misnamed = self.misnamed(world, plan);
        self.problems.plan.extend(misnamed);
        if self.config.hosts.is_empty() {
            return;
        }
        let site = self.hosted(world, plan);
        let mut first: BTreeMap<OutputPath, Host> = BTreeMap::new();
        for (host, span) in &self.config.hosts {
            let made = hosts::files(*host, &site);
            for limit in made.limits {
                let message = format!("{}: {}", host.title(), limit.message);
                self.problems.plan.extend(told(Severity::Warning, *span, message, &limit.help));
            }
            let mut taken = Vec::new();
            for (name, text) in made.files {
                let Ok(path) = OutputPath::new(&name) else { continue };
                let job = Job::HostFile { text: text.into() };
                match first.get(&path) {
                    Some(other) if plan.jobs.get(&path) != Some(&job) => taken.push((name, *other)),
                    Some(_) => {}
                    None => {
                        first.insert(path.clone(), *host);
                        plan.jobs.entry(path).or_insert(job);
                    }
                }
            }
            if let Some((_, other)) = taken.first() {
                let names: Vec<&str> = taken.iter().map(|(name, _)| name.as_str()).collect();
                let message = format!(
                    "{}: it reads {} too, in other words than {}, for which the site has it.",
                    host.title(),
                    names.join(" and "),
                    other.title()
                );
                let help = "Name one of the two in `hosts`, and build the site for the other by itself.";
                self.problems.plan.extend(told(Severity::Warning, *span, message, help));
            }
        }
        self.problems.plan.extend(without_address(&self.config));
    }

    /// Old addresses of pages that a server would not take for pages, by the endings of their names, where no host is told of them.
    fn misnamed(&self, world: &World, plan: &Plan) -> Vec<Diagnostic> {
        // GitHub Pages knows no redirects.
        if self.config.hosts.iter().any(|(host, _)| *host != Host::GithubPages) {
            return Vec::new();
        }
        let all = crate::plan::aliases(&world.site, &self.config.languages).into_iter();
        let told = |alias: crate::plan::Alias<'_>| {
            let path = OutputPath::new(alias.address.as_deref().ok()?).ok()?;
            let html = content_type::of("html");
            let kind = content_type::of(&path.extension());
            if kind == html || !matches!(plan.jobs.get(&path), Some(Job::Redirect { .. })) {
                return None;
            }
            let message = format!(
                "Most servers send the old address \"{}\" as something else than a page, because its name ends with .{}. Then it does not lead on.",
                alias.written,
                path.extension()
            );
            let help = "Tell Guidepost your host in site.yaml, such as hosts: [apache], so that the host itself leads on.";
            let found = Diagnostic::new(
                code::HOST_LIMIT,
                Severity::Warning,
                &alias.of.document.path,
                alias.span,
                message,
            );
            Some(found.help(help))
        };
        all.filter(|alias| !alias.follows).filter_map(told).collect()
    }

    /// That a host does not take so many files. Those of the search count, and they come and go without a plan.
    pub(super) fn too_many_files(&self) -> Option<Diagnostic> {
        let told_by = |(host, span): &(Host, Span)| {
            let limit = hosts::too_many(*host, self.plan.jobs.len())?;
            told(Severity::Warning, *span, format!("{}: {}", host.title(), limit.message), &limit.help)
        };
        self.config.hosts.iter().find_map(told_by)
    }

    /// That a host does not take the file that holds the whole site.
    pub(super) fn too_large_zip(&self) -> Option<Diagnostic> {
        let weight = self.zip.weight.filter(|_| self.config.outputs.zip)?;
        let told_by = |(host, span): &(Host, Span)| {
            let limit = hosts::too_large(*host, crate::plan::ZIP, weight)?;
            told(Severity::Warning, *span, format!("{}: {}", host.title(), limit.message), &limit.help)
        };
        self.config.hosts.iter().find_map(told_by)
    }

    /// What the site asks of its hosts.
    fn hosted(&self, world: &World, plan: &Plan) -> Site {
        let mut site = Site {
            address: self.config.base_url.clone(),
            not_found: plan.jobs.values().any(|job| *job == Job::NotFound),
            ..Site::default()
        };
        let mut all: Vec<(&str, bool)> = Vec::new();
        let mut add_type = |extension: &str| {
            let kind = content_type::of(extension);
            if kind != content_type::UNKNOWN {
                site.types.insert(extension.to_owned(), kind);
            }
        };
        for (path, job) in &plan.jobs {
            match job {
                Job::SearchFile { .. } | Job::HostFile { .. } => continue,
                Job::Redirect { lang, to } => {
                    let tree = world.site.trees.get(*lang as usize);
                    if let Some((_, node)) = tree.and_then(|tree| tree.find(to)) {
                        let to = output_path(&node.address);
                        site.redirects.push(Redirect { from: path.to_string(), to });
                    }
                }
                Job::Copy { from } => {
                    add_type(&path.extension());
                    let size = world.assets.get(from.as_str()).map_or(0, |asset| asset.size);
                    site.bytes += size;
                    site.sizes.push((path.to_string(), size));
                }
                _ => add_type(&path.extension()),
            }
            all.push((path.as_str(), lasts(path, job)));
        }
        site.lasting = hosts::lasting(all.into_iter());
        if self.config.outputs.search {
            add_type("js");
            let codes = world.site.trees.iter().map(|tree| format!("search/{}/", tree.code));
            site.lasting.extend(codes.map(Lasting::Folder));
        }
        site.lasting.sort();
        site
    }
}

/// Whether the name of an output changes with its bytes.
fn lasts(path: &OutputPath, job: &Job) -> bool {
    let name = match job {
        Job::Copy { from } => from.file_name(),
        Job::Stylesheet { name } => name.rsplit('/').next().unwrap_or(name),
        _ => return false,
    };
    // What is named after its bytes has them in its name; all else has the name of its source.
    path.as_str().starts_with("assets/") && path.file_name() != &*nfc(name)
}

/// That servers which may have the site in a folder are told nothing of it.
fn without_address(config: &Config) -> Option<Diagnostic> {
    let anywhere =
        |host: &Host| matches!(host, Host::Apache | Host::Nginx | Host::Iis | Host::IisFull | Host::S3);
    let (host, span) = config.hosts.iter().find(|(host, _)| anywhere(host))?;
    if config.base_url.is_some() {
        return None;
    }
    let message = format!(
        "The site is taken to lie at the top of its host ({}), since it has no address.",
        host.title()
    );
    let help = "Write base_url: and the address into site.yaml. At the top of a host all is well without it.";
    let path = SourcePath::new("site.yaml").ok()?;
    Some(Diagnostic::new(code::NEEDS_BASE_URL, Severity::Note, &path, *span, message).help(help))
}

fn told(level: Severity, span: Span, message: String, help: &str) -> Option<Diagnostic> {
    let path = SourcePath::new("site.yaml").ok()?;
    Some(Diagnostic::new(code::HOST_LIMIT, level, &path, span, message).help(help))
}
