//! The pages that are built: made up, but shaped like a guide, and the same on every machine.
//!
//! A page has about 560 words: YAML front matter, headings of two levels, lists, a table, a quotation, a footnote and
//! four links to other pages. Pages lie in nested sections of 80, with two or three of `n / 50` tags each. The same
//! texts are written for Guidepost and for Hugo, each in its own words for front matter and links.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Pages in one section.
const LEAF: usize = 80;

/// A small generator (SplitMix64): the same numbers for ever.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Words that stand in any text about school and children.
const PLAIN: &str = "the a of to and in your child with for is at you can when this home school reading on together \
    as they it be or from ask day time talk about help read words numbers count play learn family teacher story book";

/// Sentences, headings and words that pages are put together from.
pub struct Texts {
    pub words: Vec<String>,
    pub sentences: Vec<String>,
    pub headings: Vec<String>,
}

pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

impl Texts {
    pub fn new() -> Texts {
        let mut rng = Rng::new(20_261_122);
        let starts: Vec<&str> =
            "b c d f g h l m n p r s t v w br ch cl dr fr gr pl sh sl st th tr".split(' ').collect();
        let middles: Vec<&str> = "a e i o u ai ea ee oo ou".split(' ').collect();
        let ends = ["", "", "n", "r", "s", "t", "l", "m", "nd", "rt", "st", "ck", "ng"];
        let mut words: Vec<String> = PLAIN.split_whitespace().map(str::to_owned).collect();
        while words.len() < 6_000 {
            let syllables = *rng.pick(&[1, 1, 2, 2, 2, 3]);
            let mut word = String::new();
            for _ in 0..syllables {
                let _ = write!(word, "{}{}{}", rng.pick(&starts), rng.pick(&middles), rng.pick(&ends));
            }
            words.push(word);
        }
        // Common words are common: the chance of a word falls with its place.
        let mut sums = Vec::with_capacity(words.len());
        let mut sum = 0.0;
        for i in 0..words.len() {
            sum += 1.0 / (i as f64 + 3.0);
            sums.push(sum);
        }
        let mut sentence = |from: usize, to: usize| {
            let length = from + rng.below(to - from + 1);
            let mut out = String::new();
            for i in 0..length {
                let at = (rng.next() % 1_000_000) as f64 / 1_000_000.0 * sum;
                let word = &words[sums.partition_point(|s| *s < at).min(words.len() - 1)];
                let inner = i >= 2 && i + 2 < length;
                match rng.below(200) {
                    _ if i == 0 => out.push_str(&capital(word)),
                    0..=3 if inner => drop(write!(out, " *{word}*")),
                    4..=6 if inner => drop(write!(out, " **{word}**")),
                    7..=12 if inner => drop(write!(out, " {word},")),
                    _ => drop(write!(out, " {word}")),
                }
            }
            out
        };
        let mut sentences: Vec<String> = (0..20_000).map(|_| sentence(9, 17)).collect();
        for (i, sentence) in sentences.iter_mut().enumerate() {
            sentence.push(if i % 4 == 3 { '?' } else { '.' });
        }
        let headings = (0..8_000).map(|_| sentence(4, 8).replace('*', "")).collect();
        Texts { words, sentences, headings }
    }

    pub fn heading(&self, rng: &mut Rng) -> &str {
        &self.headings[rng.below(self.headings.len())]
    }

    pub fn paragraph(&self, rng: &mut Rng, sentences: usize) -> String {
        let list: Vec<&str> = (0..sentences).map(|_| rng.pick(&self.sentences).as_str()).collect();
        list.join(" ")
    }
}

/// The folder of each leaf section.
fn leaves(n: usize) -> Vec<Vec<String>> {
    let count = n.div_ceil(LEAF);
    let areas = if n <= 1_500 { 4 } else { 12 };
    (0..count)
        .map(|i| {
            if n > 20_000 {
                let parts = count.div_ceil(areas * 10);
                let (area, unit, part) = (i / (10 * parts), i / parts % 10, i % parts);
                vec![
                    format!("area-{:02}", area + 1),
                    format!("unit-{:02}", unit + 1),
                    format!("part-{:02}", part + 1),
                ]
            } else {
                let units = count.div_ceil(areas);
                vec![format!("area-{:02}", i / units + 1), format!("unit-{:02}", i % units + 1)]
            }
        })
        .collect()
}

/// For which program the pages are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    Guidepost,
    Hugo,
}

/// The path of a page below the content folder.
pub fn page_path(n: usize, page: usize) -> String {
    format!("{}/page-{page:06}.md", leaves(n)[page / LEAF].join("/"))
}

/// Writes `n` pages below `content`. With `glossary`, a page with 40 terms that the texts use.
pub fn write(content: &Path, n: usize, program: For, glossary: bool) -> io::Result<()> {
    let texts = Texts::new();
    let leaves = leaves(n);
    let index = if program == For::Hugo { "_index.md" } else { "index.md" };
    let order = if program == For::Hugo { "weight" } else { "order" };
    fs::create_dir_all(content)?;
    fs::write(content.join(index), "---\ntitle: Parent Guide\ndescription: Home\n---\n\nWelcome.\n")?;
    let mut sections: Vec<&[String]> = Vec::new();
    for leaf in &leaves {
        for depth in 1..=leaf.len() {
            if !sections.contains(&&leaf[..depth]) {
                sections.push(&leaf[..depth]);
            }
        }
    }
    for (i, section) in sections.iter().enumerate() {
        let folder = content.join(section.join("/"));
        fs::create_dir_all(&folder)?;
        let name = ["Area", "Unit", "Part"][section.len() - 1];
        let number: usize = section.last().and_then(|s| s[5..].parse().ok()).unwrap_or(1);
        let title = format!("{name} {number} {}", texts.headings[i * 13 % 7_000]);
        let text = format!(
            "---\ntitle: {title}\ndescription: Guide section {title}\n{order}: {number}\n---\n\nWelcome to {title}.\n"
        );
        fs::write(folder.join(index), text)?;
    }
    if glossary {
        fs::write(content.join("words.md"), terms(&texts))?;
    }
    for page in 0..n {
        let leaf = &leaves[page / LEAF];
        let path = content.join(leaf.join("/")).join(format!("page-{page:06}.md"));
        fs::write(path, text(&texts, &leaves, n, page, program))?;
    }
    Ok(())
}

fn title(texts: &Texts, page: usize) -> String {
    format!("{} {page}", texts.headings[page * 7_919 % texts.headings.len()].replace(',', ""))
}

fn terms(texts: &Texts) -> String {
    let mut out = "---\ntitle: Words\nentries: term\norder: 99\n---\n\nWords of this guide.\n".to_owned();
    for i in 0..40 {
        let word = &texts.words[60 + i * 25];
        let _ =
            write!(out, "\n## {} {{#term-{i}}}\n\n{}\n", capital(word), texts.sentences[i].replace('*', ""));
    }
    out
}

fn text(texts: &Texts, leaves: &[Vec<String>], n: usize, page: usize, program: For) -> String {
    let rng = &mut Rng::new((page as u64).wrapping_mul(2_654_435_761) + 17);
    let leaf = &leaves[page / LEAF];
    let tags = (n / 50).max(10);
    let description = format!("{} {page}", rng.pick(&texts.sentences).replace('*', ""));
    let date = format!("{}-{:02}-{:02}", 2020 + rng.below(6), 1 + rng.below(12), 1 + rng.below(28));
    let mut out = format!("---\ntitle: {}\ndescription: \"{description}\"\n", title(texts, page));
    let weight = page % LEAF + 1;
    let _ = match program {
        For::Guidepost => {
            write!(out, "publish: {date}\nreviewed: {date}\nowner: Office\norder: {weight}\ntags:\n")
        }
        For::Hugo => write!(out, "date: {date}\nreviewed: {date}\nowner: Office\nweight: {weight}\ntags:\n"),
    };
    let mut own: Vec<usize> = (0..2 + rng.below(3) / 2).map(|_| rng.below(tags)).collect();
    own.sort_unstable();
    own.dedup();
    for tag in own {
        let _ = writeln!(out, "  - {}-{}", texts.words[60 + tag % 3_000], texts.words[600 + tag % 5_000]);
    }
    out.push_str("---\n\n");
    let near = |rng: &mut Rng| (page + n + 1 + rng.below(3)).saturating_sub(rng.below(2) * 4) % n;
    let links = [near(rng), near(rng), rng.below(n), rng.below(n)];
    let link = |i: usize| {
        let to = links[i];
        let folder = leaves[to / LEAF].join("/");
        let up = if program == For::Hugo { "/".to_owned() } else { "../".repeat(leaf.len()) };
        format!("[{}]({up}{folder}/page-{to:06}.md)", title(texts, to))
    };
    let _ = writeln!(out, "{} See also {} for more.[^1]", texts.paragraph(rng, 4), link(0));
    for part in 0..5 {
        let _ = write!(out, "\n## {}\n\n{}\n", texts.heading(rng), texts.paragraph(rng, 3));
        match part {
            0 | 3 => {
                out.push('\n');
                for _ in 0..5 {
                    let _ = writeln!(out, "- {}", texts.heading(rng));
                }
            }
            1 => {
                let _ = write!(out, "\n### {}\n\n", texts.heading(rng));
                for i in 1..5 {
                    let _ = writeln!(out, "{i}. {}", texts.heading(rng));
                }
            }
            2 => {
                out.push_str("\n| Age | What to look for | Where to ask |\n| --- | --- | ---: |\n");
                for years in 3..8 {
                    let _ = writeln!(
                        out,
                        "| {years} years | {} | {} |",
                        texts.heading(rng),
                        texts.words[rng.below(3_000)]
                    );
                }
                let _ = write!(out, "\nNext, read {} and {}.\n", link(1), link(2));
            }
            _ => {
                let _ = write!(
                    out,
                    "\n> {}\n\n### {}\n\n{} Compare {}.\n",
                    texts.paragraph(rng, 1),
                    texts.heading(rng),
                    texts.paragraph(rng, 3),
                    link(3)
                );
            }
        }
    }
    let _ = write!(out, "\n[^1]: {}\n", texts.paragraph(rng, 1));
    out
}
