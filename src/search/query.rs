//! What the search finds for a query: `reader.js` in Rust, step by step, for `guidepost search` and for tests.
//!
//! Each step is named as in the script, sums are made in the same order, and logarithms are worked out with plain arithmetic, so both
//! give the same places in the same order. A test asks both the whole set of queries.

use super::cut::words;
use super::files::{Form, Load, Root, distance, order, place, units};
use super::{code, files, fold};
use std::collections::BTreeMap;

const TITLE: [f64; 4] = [0.0, 4.5, 7.0, 10.0];
const NAME: [f64; 4] = [0.0, 4.0, 6.5, 10.0];
const TEXT: [f64; 4] = [0.0, 1.3, 2.0, 2.5];
const FIELD: f64 = 1.2;
/// How well a number with what is counted stands for both.
const NUMBER: f64 = 2.0;

/// One place that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Title of the heading or entry, else of the page.
    pub title: String,
    /// Title of its page; empty when it is the page itself.
    pub page: String,
    /// Address from the site's root.
    pub address: String,
    /// Label of its kind for many; empty when it has none.
    pub group: String,
    /// What it begins with.
    pub excerpt: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Places, best first, as many as were asked for.
    pub results: Vec<Found>,
    /// How many there are.
    pub total: usize,
    /// The words that were looked for.
    pub words: Vec<String>,
    /// Those that no page has.
    pub missing: Vec<String>,
    /// Those for which others were taken.
    pub instead: Vec<(String, String)>,
    /// The nearest words to those that were not found.
    pub nearest: Vec<String>,
    /// Whether no page has all of them.
    pub partial: bool,
    /// Whether a reader is shown where else to look.
    pub help: bool,
}

/// How a place holds a word: how well; how much of the title and of a name it is; how well the form stands for the word.
pub(super) type Held = (f64, u32, u32, f64);
/// Places of a page.
pub(super) type Places = BTreeMap<u32, Held>;

/// A form that stands for a typed word, and how well.
pub(super) type Choice = (Form, f64);

/// A word that is looked for.
pub(super) struct Look {
    pub word: String,
    /// It is no stop word.
    pub says: bool,
    pub forms: Vec<Choice>,
    /// Other words were taken for it.
    pub guess: bool,
    /// How much it tells.
    pub worth: f64,
}

/// The search of a language.
pub struct Search<'l> {
    pub(super) load: Load<'l>,
    pub(super) root: Root,
}

/// The logarithm to base 2, nearly; the same on every machine.
pub(super) fn log(mut x: f64) -> f64 {
    let mut whole = 0.0;
    while x >= 2.0 {
        x /= 2.0;
        whole += 1.0;
    }
    whole + (x - 1.0) * (1.35 - 0.35 * x)
}

fn weight(bits: u32) -> f64 {
    let of = |table: &[f64; 4], at: u32| table.get((at & 3) as usize).copied().unwrap_or(0.0);
    let field = if bits & 4 != 0 { FIELD } else { 0.0 };
    let sum = of(&TITLE, bits >> 5) + of(&NAME, bits >> 3) + field + of(&TEXT, bits);
    sum / (sum + 3.5)
}

/// Words as a reader types them.
fn typed(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    words(text, |word| {
        if !word.joined {
            out.push(word.text.to_owned());
        }
    });
    out
}

fn first_units(text: &str, most: usize) -> String {
    let kept: Vec<u16> = text.encode_utf16().take(most).collect();
    String::from_utf16_lossy(&kept)
}

fn shared(a: &[u16], b: &[u16]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// Whether a class has the word.
fn is_of(group: &[Form], word: &str) -> bool {
    group.iter().any(|form| form.word == word)
}

impl<'l> Search<'l> {
    /// The search whose root is called `lang`; none when it is not there.
    pub fn open(lang: &str, load: Load<'l>) -> Option<Search<'l>> {
        Some(Search { load, root: files::root(&load(lang)?)? })
    }

    fn says(&self, word: &str) -> bool {
        !self.root.stops.contains(&*fold::fold(word))
    }

    fn shard(&self, table: &[(String, String)], sort: char, at: usize) -> Option<String> {
        let (_, name) = table.get(at).filter(|(_, name)| !name.is_empty())?;
        (self.load)(&format!("{}/{sort}{name}", self.root.code))
    }

    /// The classes among which `word` and what begins with it stand. The next shards are asked when this one does not have
    /// the word.
    fn classes(&self, word: &str, beginning: bool) -> Vec<Vec<Form>> {
        let table = &self.root.terms;
        let mut at = place(table, word);
        let read = |at| self.shard(table, 't', at).map(|text| files::terms(&text)).unwrap_or_default();
        let mut all = read(at);
        let known = all.is_empty() || all.iter().any(|group| is_of(group, word));
        let mut most = if known { 0 } else { units(word).len().saturating_sub(3).min(2) };
        while beginning && most > 0 && table.get(at + 1).is_some_and(|(bound, _)| bound.starts_with(word)) {
            most -= 1;
            at += 1;
            all.extend(read(at));
        }
        all
    }

    /// The forms that stand for a typed word, each with how well: from 0 to 1.
    fn forms(&self, typed: &str, last: bool, finished: bool) -> Vec<Choice> {
        let word = fold::fold(typed).into_owned();
        let wide = units(&word);
        let (mut found, mut prefixes): (Vec<Choice>, Vec<Choice>) = (Vec::new(), Vec::new());
        let (mut near, mut best): (Vec<Choice>, usize) = (Vec::new(), 0);
        for group in self.classes(&word, last) {
            let whole = is_of(&group, &word);
            for form in group {
                let begins = form.word.starts_with(&word);
                let own = units(&form.word);
                let length = shared(&own, &wide);
                if form.word == word {
                    let well = if typed == word || form.exact == typed { 1.0 } else { 0.7 };
                    found.push((form.clone(), well));
                } else if whole {
                    found.push((form.clone(), if begins { 0.85 } else { 0.8 }));
                } else if begins && (last || wide.len() > 3) {
                    prefixes.push((form.clone(), 0.4 + 0.4 * wide.len() as f64 / own.len() as f64));
                }
                // The more they share, the longer the ends: observed, observation.
                let (far, part) = if length > 5 { (6, 5) } else { (5, 6) };
                let close = length > 3 && wide.len() - length < far && own.len() - length < far;
                if !whole && close && length * 10 >= part * wide.len().max(own.len()) {
                    if length > best {
                        best = length;
                        near.clear();
                    }
                    if length == best {
                        near.push((form, 0.75));
                    }
                }
            }
        }
        if !found.is_empty() {
            if last && !finished {
                found.extend(prefixes.into_iter().map(|(form, well)| (form, well * 0.5)));
            }
            return found;
        }
        if prefixes.is_empty() { near } else { prefixes }
    }

    /// Words that sound or look like one that no page has, the likest first.
    fn alike(&self, typed: &str) -> Vec<(String, f64, usize, usize)> {
        let word = fold::fold(typed).into_owned();
        let (key, wide) = (fold::sound(&word), units(&word));
        let bare = |key: &str| key.strip_suffix('S').unwrap_or(key).to_owned();
        let table = &self.root.sounds;
        let lines = self.shard(table, 's', place(table, &key)).map(|text| files::sounds(&text));
        let mut list = Vec::new();
        for (other_key, words) in lines.unwrap_or_default() {
            // One and many sound alike.
            let keys = if bare(&other_key) == bare(&key) {
                0
            } else {
                distance(&units(&other_key), &units(&key), 3)
            };
            if keys > 2 {
                continue;
            }
            for other in words {
                let own = units(&other);
                let most = wide.len().max(own.len()) / 2 + 1;
                let letters = distance(&wide, &own, most);
                if letters < most {
                    let first = if own.first() == wide.first() { 0.0 } else { 0.25 };
                    list.push((other, letters as f64 + keys as f64 * 0.75 + first, keys, letters));
                }
            }
        }
        list.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| order(&a.0, &b.0)));
        list
    }

    /// Where forms stand: pages, each with its places; and how many places there are.
    pub(super) fn postings(&self, forms: &[Choice]) -> (BTreeMap<u32, Places>, f64) {
        let mut pages: BTreeMap<u32, Places> = BTreeMap::new();
        let mut count = 0.0;
        for (form, well) in forms {
            let list = form.list.as_bytes();
            let (mut at, mut page) = (0, 0);
            while at < list.len() && list.get(at) != Some(&b'*') {
                page += code::take_digits(list, &mut at);
                let places = pages.entry(page).or_default();
                let mut place = 0;
                loop {
                    let number = code::take_digits(list, &mut at);
                    place += number >> 8;
                    let value = well * weight(number >> 1 & 127);
                    let known = places.get(&place).map(|held| held.0);
                    if known.is_none() {
                        count += 1.0;
                    }
                    if known.is_none_or(|known| known < value) {
                        places.insert(place, (value, number >> 6 & 3, number >> 4 & 3, *well));
                    }
                    if number & 1 == 0 {
                        break;
                    }
                }
            }
            at += 1;
            page = 0;
            while at < list.len() {
                page += code::take_digits(list, &mut at);
                pages.entry(page).or_insert_with(|| Places::from([(0, (well * 0.2, 0, 0, 0.0))]));
                count += 1.0;
            }
        }
        (pages, count)
    }

    /// What is found for a query, as it is typed so far or finished; none when there is nothing to look for.
    pub fn find(&self, query: &str, finished: bool, limit: usize) -> Option<Answer> {
        let mut answer = Answer::default();
        let mut typed = typed(&first_units(query, 200));
        typed.truncate(24);
        let mut list: Vec<String> = typed.iter().filter(|word| self.says(word)).take(12).cloned().collect();
        if list.len() < 3 {
            let mut room = 6 - list.len();
            let fits = |word: &&String| {
                let says = self.says(word);
                let fits = says || room > 0;
                room -= usize::from(!says && fits);
                fits
            };
            list = typed.iter().filter(fits).cloned().collect();
        }
        let letter = |word: &String| matches!(word.as_bytes(), [b'a'..=b'z']);
        if list.is_empty() || list.len() == 1 && list.iter().all(letter) {
            return None;
        }
        let count = list.len();
        let mut looked: Vec<Look> = list
            .into_iter()
            .enumerate()
            .map(|(at, word)| {
                let last = at + 1 == count && typed.last() == Some(&word);
                let (says, forms) = (self.says(&word), self.forms(&word, last, finished));
                Look { word, says, forms, guess: false, worth: 0.0 }
            })
            .collect();
        for at in 1..looked.len() {
            let both = fold::fold(&format!("{}{}", looked[at - 1].word, looked[at].word)).into_owned();
            let counted = looked[at - 1].word.bytes().all(|b| b.is_ascii_digit());
            let well = if counted { NUMBER } else { 0.9 };
            let groups = self.classes(&both, false).into_iter();
            for form in groups.filter(|group| is_of(group, &both)).flatten() {
                looked[at - 1].forms.push((form.clone(), well));
                looked[at].forms.push((form, well));
            }
        }
        for look in &mut looked {
            self.fall_back(look, &mut answer);
        }
        Some(self.rank(answer, &mut looked, limit))
    }

    /// Takes other words for one that no page has.
    fn fall_back(&self, look: &mut Look, answer: &mut Answer) {
        answer.words.push(look.word.clone());
        if !look.forms.is_empty() || !look.says || look.word.bytes().any(|b| b.is_ascii_digit()) {
            if let Some((form, well)) = look.forms.first()
                && *well == 0.75
            {
                answer.instead.push((look.word.clone(), form.exact.clone()));
                // Or a letter is wrong.
                let far = distance(&units(&fold::fold(&look.word)), &units(&form.word), 3);
                let alike = self.alike(&look.word).into_iter();
                for (other, _, keys, _) in alike.filter(|other| other.2 < 2 && other.3 <= far && other.3 < 3)
                {
                    let forms = self.forms(&other, false, true).into_iter();
                    let by = if keys > 0 { 0.7 } else { 0.8 };
                    look.forms.extend(forms.map(|(form, well)| (form, well * by)));
                }
            }
            return;
        }
        let alike = self.alike(&look.word);
        let length = units(&fold::fold(&look.word)).len() as f64;
        let near = alike.first().filter(|(_, far, keys, letters)| match keys {
            0 => *letters as f64 <= (length * 0.45).max(1.0),
            _ => *far <= (length * 0.28).max(0.5),
        });
        if let Some((best, far, ..)) = near {
            for (other, ..) in alike.iter().filter(|other| other.1 <= far + 0.3) {
                let forms = self.forms(other, false, true).into_iter();
                look.forms.extend(forms.map(|(form, well)| (form, well * 0.8)));
            }
            answer.instead.push((look.word.clone(), best.clone()));
            look.guess = true;
        } else {
            answer.missing.push(look.word.clone());
            for (other, far, ..) in alike.iter().take(3) {
                if *far < length * 0.6 && answer.nearest.len() < 5 {
                    answer.nearest.push(other.clone());
                }
            }
        }
    }
}
