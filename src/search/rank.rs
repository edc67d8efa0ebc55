//! The second half of [`super::query`]: places in order, and what is told of them. The functions `rank` and `result` of `reader.js`.

use super::files;
use super::query::{Answer, Found, Look, Places, Search, log};
use crate::source::url_escape;
use std::collections::{BTreeMap, BTreeSet};

/// A place with what it is worth.
struct Ranked {
    page: u32,
    place: u32,
    score: f64,
    own: f64,
}

fn sort(list: &mut [Ranked]) {
    list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)).then(a.place.cmp(&b.place)));
}

impl Search<'_> {
    /// Puts in order what the words stand in.
    pub(super) fn rank(&self, mut answer: Answer, looked: &mut [Look], limit: usize) -> Answer {
        let mut pages: BTreeMap<u32, Vec<Option<Places>>> = BTreeMap::new();
        let mut all = 0.0;
        let count = looked.len();
        for (at, look) in looked.iter_mut().enumerate() {
            let (found, places) = self.postings(&look.forms);
            let rare = log(1.0 + (self.root.places + 1.0) / (places.min(self.root.places) + 0.5));
            look.worth = rare * if look.says { 1.0 } else { 0.3 };
            all += look.worth;
            for (page, places) in found {
                let lists = pages.entry(page).or_insert_with(|| (0..count).map(|_| None).collect());
                if let Some(list) = lists.get_mut(at) {
                    *list = Some(places);
                }
            }
        }
        let (mut ranked, mut most) = (Vec::new(), 0.0f64);
        for (page, lists) in &pages {
            let there: f64 = looked
                .iter()
                .zip(lists)
                .filter(|(_, l)| l.is_some())
                .fold(0.0, |sum, (look, _)| sum + look.worth);
            most = most.max(there / all);
            let boost = self.root.boosts.get(page).copied().unwrap_or(1.0);
            let places: BTreeSet<u32> =
                lists.iter().flatten().flat_map(|list| list.keys().copied()).collect();
            for place in places {
                let (score, own) = score(looked, lists, place, all);
                let score = (score * boost * 1e6).round();
                ranked.push(Ranked { page: *page, place, score, own: own / all });
            }
        }
        sort(&mut ranked);
        ranked.truncate(300);
        // The second place of a page gives way a little, so that others are seen.
        let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
        ranked.retain_mut(|result| {
            let count = seen.entry(result.page).or_default();
            *count += 1;
            let less = [1.0, 0.85, 0.7, 0.6].get((*count).min(4) - 1).copied().unwrap_or(1.0);
            result.score = (result.score * less).round();
            *count < 6
        });
        sort(&mut ranked);
        let least = ranked.first().map_or(0.0, |best| best.score * 0.12);
        ranked.retain(|result| result.score >= least);
        answer.total = ranked.len();
        answer.partial = most < 0.999;
        let whole = ranked.iter().take(3).any(|result| result.own > 0.999);
        let guessed = looked.iter().any(|look| look.guess);
        answer.help = ranked.is_empty() || !whole || guessed || !answer.missing.is_empty();
        answer.results =
            ranked.iter().take(limit).filter_map(|result| self.result(result.page, result.place)).collect();
        answer
    }

    /// What is shown of a place.
    fn result(&self, page: u32, place: u32) -> Option<Found> {
        let root = &self.root;
        let block = (page / root.stride + place / root.chunk).checked_rem(root.blocks)?;
        let mark = |marks: &str, at: u32| marks.get(at as usize * 3..at as usize * 3 + 3).map(str::to_owned);
        let mark = match block.checked_div(root.group) {
            None => mark(&root.docs, block)?,
            Some(at) => {
                let name = format!("{}/m{at}-{}", root.code, mark(&root.docs, at)?);
                mark(files::marks(&(self.load)(&name)?), block % root.group)?
            }
        };
        let name = format!("{}/d{block}-{mark}", root.code);
        let pages = files::block(&(self.load)(&name)?);
        let page = pages.get(&page)?;
        let cells = page.places.get(&place)?;
        let mut address = String::new();
        url_escape(&page.address, &mut address);
        if !cells.anchor.is_empty() {
            address.push('#');
            url_escape(&cells.anchor, &mut address);
        }
        let group = cells.kind.and_then(|at| root.kinds.get(at)).map(|(_, label)| label.clone());
        Some(Found {
            title: cells.title.clone(),
            page: if cells.anchor.is_empty() { String::new() } else { page.title.clone() },
            address,
            group: group.unwrap_or_default(),
            excerpt: cells.excerpt.clone(),
        })
    }
}

/// What a place is worth, and the worth of the words that it holds itself.
fn score(looked: &[Look], lists: &[Option<Places>], place: u32, all: f64) -> (f64, f64) {
    let (mut score, mut own, mut near) = (0.0, 0.0, 0.0);
    let (mut titles, mut names, mut title, mut name, mut well) = (0, 0, 3, 3, 1.0f64);
    for (look, list) in looked.iter().zip(lists) {
        let Some(list) = list else { continue };
        match list.get(&place) {
            Some(held) => {
                score += look.worth * held.0;
                own += look.worth;
                well = well.min(held.3);
                if held.1 > 0 {
                    titles += 1;
                    title = title.min(held.1);
                }
                if held.2 > 0 {
                    names += 1;
                    name = name.min(held.2);
                }
            }
            None => {
                let best = list.values().fold(0.0f64, |best, held| best.max(held.0));
                score += look.worth * 0.1 * best;
                near += look.worth * 0.45;
            }
        }
    }
    score *= 0.4 + 0.6 * (own + near) / all;
    let count = looked.len();
    let whole = 4u32.saturating_sub(count as u32).max(1);
    if titles == count && title == whole || names == count && name == whole {
        score *= 1.0 + 0.25 * well * well * well;
    }
    (score, own)
}
