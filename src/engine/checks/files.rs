//! Runs the rules over files beside pages and of themes, those that have to be read some at a time: a preview does not wait for a
//! thousand photos. What was found in a file holds as long as its bytes are the same.

use super::super::settings::of_text;
use super::super::{Engine, parallel};
use super::Findings;
use crate::check::Checker;
use crate::check::file::{self, AssetInput};
use crate::diag::Diagnostic;
use crate::site;
use crate::source::{Asset, Fingerprint, SourcePath};
use std::collections::BTreeMap;

/// Number of pages that take as long as one file that has to be read, mostly a photo.
const PAGES_PER_FILE: usize = 8;

/// How many files that have to be read are looked at in a portion of so many pages.
pub(super) fn of_portion(pages: usize) -> usize {
    (pages / PAGES_PER_FILE).max(1)
}

impl Engine {
    /// Looks at files that are others than before, at most at `limit` of those that have to be read. Gives whether none is left;
    /// of one that is, what was found before stays.
    pub(super) fn check_assets(&self, findings: &mut Findings, limit: usize) -> bool {
        let Some(checker) = &findings.checker else { return true };
        let mut before = std::mem::take(&mut findings.assets);
        let (mut assets, mut todo, mut done) = (BTreeMap::new(), Vec::new(), true);
        // What is not published harms nobody.
        let shown =
            |path: &SourcePath| !path.as_str().starts_with(site::CONTENT) || self.files.contains(path);
        let folders = self.settings.asset_folders().chain([site::CONTENT.to_owned()]);
        let all = folders.flat_map(|folder| self.inputs.assets_in(&folder).cloned().collect::<Vec<_>>());
        let is_read =
            |asset: &Asset| file::is_looked_into(&asset.path.extension(), asset.picture, asset.size);
        for asset in all.filter(|asset| shown(&asset.path) && is_read(asset)) {
            let known = before.remove(&asset.path);
            match known.filter(|(fingerprint, _)| *fingerprint == asset.fingerprint || todo.len() >= limit) {
                Some(known) => {
                    done &= known.0 == asset.fingerprint;
                    assets.insert(asset.path, known);
                }
                None if todo.len() < limit => todo.push(asset),
                None => done = false,
            }
        }
        let look = |asset: Asset| Some((asset.path.clone(), self.found_in_asset(checker, &asset)?));
        assets.extend(parallel(&self.threads, todo, look).into_iter().flatten());
        // Files in text are in memory; the theme's are few, and each is looked at once.
        for source in self.settings.loading(&self.inputs).filter(|source| shown(&source.path)) {
            let kept =
                before.remove(&source.path).filter(|(fingerprint, _)| *fingerprint == source.fingerprint);
            let found = kept.unwrap_or_else(|| {
                let input = AssetInput { path: &source.path, picture: of_text(&source), bytes: &source.text };
                (source.fingerprint, checker.asset(&input))
            });
            assets.insert(source.path, found);
        }
        findings.assets = assets;
        done
    }

    /// What the rules find in a file beside pages, with its fingerprint; none for one that no rule looks into.
    pub(in crate::engine) fn found_in_asset(
        &self,
        checker: &Checker,
        asset: &Asset,
    ) -> Option<(Fingerprint, Vec<Diagnostic>)> {
        if !file::is_looked_into(&asset.path.extension(), asset.picture, asset.size) {
            return None;
        }
        let _turn = file::turn_in_memory(asset.size);
        let bytes = self.loader.load(&asset.path)?;
        let input = AssetInput { path: &asset.path, picture: asset.picture, bytes: &bytes };
        Some((asset.fingerprint, checker.asset(&input)))
    }
}
