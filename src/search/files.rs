//! The files of the search read again, as the reader in the browser reads them.
//!
//! Words are counted and compared in UTF-16, as there.

use super::code::take_digits;
use super::digest::anchor_of;
use super::shard::{FORMAT, NAME};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Gives the text of a file: `en` is the root, `en/t01abcd` a shard. None when it is not there.
pub type Load<'l> = &'l dyn Fn(&str) -> Option<String>;

/// A word in UTF-16.
pub fn units(word: &str) -> Vec<u16> {
    word.encode_utf16().collect()
}

/// The order in which a browser sorts texts.
pub fn order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// What the root says.
#[derive(Debug, Default)]
pub struct Root {
    pub code: String,
    pub places: f64,
    pub stride: u32,
    pub chunk: u32,
    pub blocks: u32,
    /// Blocks whose marks lie in one file; 0 when they are in the root.
    pub group: u32,
    pub kinds: Vec<(String, String)>,
    pub docs: String,
    pub terms: Vec<(String, String)>,
    pub sounds: Vec<(String, String)>,
    pub stops: BTreeSet<String>,
    pub boosts: BTreeMap<u32, f64>,
}

/// A word of the index.
#[derive(Debug, Clone)]
pub struct Form {
    pub word: String,
    pub exact: String,
    pub list: String,
}

/// A page in a block.
#[derive(Debug, Default)]
pub struct Page {
    pub address: String,
    pub title: String,
    pub lang: String,
    pub places: BTreeMap<u32, Cells>,
}

/// A place in a block.
#[derive(Debug, Default)]
pub struct Cells {
    pub anchor: String,
    pub title: String,
    pub kind: Option<usize>,
    pub excerpt: String,
}

fn bounds(line: &str) -> Vec<(String, String)> {
    let (bounds, names) = line.split_once('\t').unwrap_or((line, ""));
    let mut before = String::new();
    let pair = |(at, bound): (usize, &str)| {
        before = unfront(&before, bound);
        (before.clone(), names.get(at * NAME..at * NAME + NAME).unwrap_or("").to_owned())
    };
    bounds.split(' ').enumerate().map(pair).collect()
}

/// Reads the root; none when it is of another form.
pub fn root(text: &str) -> Option<Root> {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = |at: usize| lines.get(at).copied().unwrap_or("");
    let head: Vec<&str> = line(0).split(' ').collect();
    if *head.first()? != FORMAT.to_string() {
        return None;
    }
    let number = |at: usize| head.get(at).and_then(|n| n.parse().ok());
    let pair = |pair: &str| pair.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned()));
    let boost = |pair: &str| {
        let (page, tenths) = pair.split_once(':')?;
        Some((page.parse().ok()?, tenths.parse::<f64>().ok()? / 10.0))
    };
    Some(Root {
        code: (*head.get(1)?).to_owned(),
        places: f64::from(number(2)?),
        stride: number(3)?,
        chunk: number(4)?,
        blocks: number(5)?,
        group: number(6)?,
        kinds: line(1).split('\t').filter_map(pair).collect(),
        docs: line(2).to_owned(),
        terms: bounds(line(3)),
        sounds: bounds(line(4)),
        stops: line(5).split(' ').map(str::to_owned).collect(),
        boosts: line(6).split(' ').filter_map(boost).collect(),
    })
}

/// The lines behind the name of a shard.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end_matches('\n').split('\n').skip(1)
}

/// The marks of a group of blocks.
pub fn marks(text: &str) -> &str {
    lines(text).next().unwrap_or("")
}

fn unfront(before: &str, text: &str) -> String {
    let mut at = 0;
    let same = take_digits(text.as_bytes(), &mut at) as usize;
    let kept: Vec<u16> = before.encode_utf16().take(same).collect();
    format!("{}{}", String::from_utf16_lossy(&kept), text.get(at..).unwrap_or(""))
}

/// Classes of words.
pub fn terms(text: &str) -> Vec<Vec<Form>> {
    let mut before = String::new();
    lines(text)
        .map(|line| {
            line.split(' ')
                .map(|form| {
                    let (word, list) = form.split_once(':').unwrap_or((form, ""));
                    let (word, exact) = word.split_once('=').unwrap_or((word, ""));
                    before = unfront(&before, word);
                    let exact = if exact.is_empty() { before.clone() } else { exact.to_owned() };
                    Form { word: before.clone(), exact, list: list.to_owned() }
                })
                .collect()
        })
        .collect()
}

/// Keys of sounds with their words.
pub fn sounds(text: &str) -> Vec<(String, Vec<String>)> {
    let mut before = String::new();
    lines(text)
        .map(|line| {
            let mut all = line.split(' ');
            before = unfront(&before, all.next().unwrap_or(""));
            (before.clone(), all.map(str::to_owned).collect())
        })
        .collect()
}

/// Pages of a block by number.
pub fn block(text: &str) -> BTreeMap<u32, Page> {
    let mut pages: BTreeMap<u32, Page> = BTreeMap::new();
    let (mut page, mut at) = (0, 0);
    for line in lines(text) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        if cell(0).is_empty() && cells.len() > 5 {
            page = cell(1).parse().unwrap_or(0);
            at = cell(2).parse().unwrap_or(0);
            let known = pages.entry(page).or_default();
            (known.address, known.title) = (cell(3).to_owned(), cell(4).to_owned());
            known.lang = cell(5).to_owned();
        } else if let Some(page) = pages.get_mut(&page) {
            let kind = cell(2).parse().ok();
            let (title, excerpt) = (cell(1).to_owned(), cell(3).to_owned());
            let anchor = if cell(0) == "-" { anchor_of(&title) } else { cell(0).to_owned() };
            page.places.insert(at, Cells { anchor, title, kind, excerpt });
            at += 1;
        }
    }
    pages
}

/// The part of a table in which a word stands.
pub fn place(table: &[(String, String)], word: &str) -> usize {
    let (mut low, mut high) = (0, table.len());
    while high > low + 1 {
        let middle = (low + high) / 2;
        match table.get(middle).map(|(bound, _)| order(bound, word)) {
            Some(Ordering::Less | Ordering::Equal) => low = middle,
            _ => high = middle,
        }
    }
    low
}

/// Letters that differ between two words, two that are swapped counted once; `most` and more are the same.
pub fn distance(a: &[u16], b: &[u16], most: usize) -> usize {
    if a.len().abs_diff(b.len()) >= most {
        return most;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let same = a[i - 1] == b[j - 1];
            let mut least = (row[j] + 1).min(next[j - 1] + 1).min(row[j - 1] + usize::from(!same));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_differ_are_counted() {
        let far = |a: &str, b: &str| distance(&units(a), &units(b), 9);
        assert_eq!(far("behavoir", "behavior"), 1);
        assert_eq!(far("pensil", "pencil"), 1);
        assert_eq!(far("", "abc"), 3);
        assert_eq!(far("kitten", "sitting"), 3);
        assert_eq!(distance(&units("a"), &units("abcdef"), 3), 3);
    }
}
