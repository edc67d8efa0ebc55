//! A second corpus, with the shapes of real collections: made from statistics, and the same on every machine.
//!
//! Pages are short and long (log-normal, a median of 350 words, some of 10,000 and more). More than a quarter of them are
//! section pages; the largest sections have two fifths and a seventh of all other pages as members, most have one or two. There is a
//! tag for every two pages, the commonest on an eighth of them. Texts hold raw HTML, code, tables, footnotes, pictures and
//! many links, some to headings; of links and pictures one in twenty is broken, unless they are to be [`Links::Right`].

use super::corpus::{For, Rng, Texts, capital};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Whether one link and picture in twenty is broken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Links {
    Broken,
    Right,
}

/// The words of a page in the middle, and how far the others are from it: the deviation of their logarithm.
const MEDIAN: f64 = 350.0;
const SPREAD: f64 = 1.1;
const LONGEST: f64 = 20_000.0;
/// One section page for so many pages.
const PAGES_PER_SECTION: f64 = 4_000.0 / 1_100.0;
/// One link or picture in so many is broken.
const BROKEN: usize = 20;

/// A number between 0 and 1.
fn share(rng: &mut Rng) -> f64 {
    (rng.next() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A number of the normal distribution, by Box and Muller.
fn normal(rng: &mut Rng) -> f64 {
    let (a, b) = (share(rng).max(1e-12), share(rng));
    (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

/// Picks numbers of which the first are the likeliest.
struct Skewed(Vec<f64>);

impl Skewed {
    fn new(count: usize, power: f64) -> Skewed {
        let mut sum = 0.0;
        let weight = |i: usize| (i as f64 + 1.0).powf(-power);
        Skewed(
            (0..count)
                .map(|i| {
                    sum += weight(i);
                    sum
                })
                .collect(),
        )
    }

    fn pick(&self, rng: &mut Rng) -> usize {
        let at = share(rng) * self.0.last().copied().unwrap_or(0.0);
        self.0.partition_point(|sum| *sum < at).min(self.0.len().saturating_sub(1))
    }
}

struct Page {
    /// Number of its section.
    section: usize,
    /// The file's name; none for the section's own page.
    name: Option<String>,
    words: usize,
    /// Place among its neighbours.
    weight: usize,
    tags: Vec<usize>,
}

/// What there is, before any text is written.
pub struct Shape {
    /// The folder of each section, from the content folder.
    sections: Vec<String>,
    pages: Vec<Page>,
    /// The pages of each section that are no section pages.
    members: Vec<Vec<usize>>,
    tags: usize,
}

impl Shape {
    /// A collection of `n` pages.
    pub fn new(n: usize) -> Shape {
        let rng = &mut Rng::new(4_044);
        let sections = folders((n as f64 / PAGES_PER_SECTION) as usize);
        let tags = (n / 2).max(10);
        let (common, small) = (Skewed::new(tags, 0.78), Skewed::new(sections.len(), 0.6));
        let mut members = vec![Vec::new(); sections.len()];
        let mut pages = Vec::with_capacity(n);
        for section in 0..sections.len() {
            let words = (80.0 * (0.8 * normal(rng)).exp()).min(LONGEST) as usize;
            pages.push(Page { section, name: None, words, weight: section + 1, tags: Vec::new() });
        }
        // A news archive, a list of schools, and the rest; they lie somewhere among the others.
        let (largest, second) = (sections.len() / 3, sections.len() * 2 / 3);
        while pages.len() < n.max(sections.len() + 10) {
            let section = match rng.below(100) {
                0..40 => largest,
                40..55 => second,
                _ => (small.pick(rng) * 7 + 3) % sections.len(),
            };
            let words = (MEDIAN * (SPREAD * normal(rng)).exp()).clamp(5.0, LONGEST) as usize;
            let mut own: Vec<usize> = (0..rng.below(9)).map(|_| common.pick(rng)).collect();
            own.sort_unstable();
            own.dedup();
            let list: &mut Vec<usize> = &mut members[section];
            list.push(pages.len());
            let name = Some(format!("page-{:05}", pages.len()));
            pages.push(Page { section, name, words, weight: list.len(), tags: own });
        }
        Shape { sections, pages, members, tags }
    }

    /// What it is like, in one line.
    pub fn about(&self) -> String {
        let mut words: Vec<usize> = self.pages.iter().filter(|p| p.name.is_some()).map(|p| p.words).collect();
        words.sort_unstable();
        let long = words.iter().filter(|w| **w >= 10_000).count();
        let mut tagged = vec![0; self.tags];
        self.pages.iter().flat_map(|p| &p.tags).for_each(|tag| tagged[*tag] += 1);
        format!(
            "{} pages, {} of them sections, the largest with {} members; {} tags, the commonest on {} pages; words of a page: \
             median {}, {} of 10,000 and more, {} in all",
            self.pages.len(),
            self.sections.len(),
            self.members.iter().map(Vec::len).max().unwrap_or(0),
            self.tags,
            tagged.iter().max().unwrap_or(&0),
            words[words.len() / 2],
            long,
            self.pages.iter().map(|p| p.words).sum::<usize>()
        )
    }

    /// The path of a page below the content folder.
    fn path(&self, page: &Page) -> String {
        format!("{}/{}.md", self.sections[page.section], page.name.as_deref().unwrap_or("index"))
    }

    /// The page that edits are made in: one of middle size in the largest section.
    pub fn edited(&self) -> String {
        let largest = self.members.iter().max_by_key(|list| list.len()).expect("sections");
        let near = |i: &&usize| self.pages[**i].words.abs_diff(MEDIAN as usize);
        self.path(&self.pages[*largest.iter().min_by_key(near).expect("members")])
    }
}

/// The folders of about so many sections: areas, units in them, parts in those.
fn folders(count: usize) -> Vec<String> {
    let areas = (count / 55).max(3);
    let units = (count / 6).max(areas);
    let mut folders: Vec<String> = (0..areas).map(|i| format!("area-{:02}", i + 1)).collect();
    for i in 0..units {
        folders.push(format!("{}/unit-{:03}", folders[i % areas], i + 1));
    }
    for i in 0..count.saturating_sub(areas + units) {
        folders.push(format!("{}/part-{:04}", folders[areas + i * 5 % units], i + 1));
    }
    folders
}

/// Writes the pages below `content`.
pub fn write(content: &Path, shape: &Shape, program: For, links: Links) -> io::Result<()> {
    let texts = Texts::new();
    let index = if program == For::Hugo { "_index" } else { "index" };
    fs::create_dir_all(content)?;
    fs::write(
        content.join(format!("{index}.md")),
        "---\ntitle: Real shapes\ndescription: Home\n---\n\nWelcome.\n",
    )?;
    for folder in &shape.sections {
        fs::create_dir_all(content.join(folder))?;
        let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><path d=\"M0 0h40v30H0z\"/></svg>\n";
        fs::write(content.join(folder).join("figure.svg"), picture)?;
    }
    for (number, page) in shape.pages.iter().enumerate() {
        let name = page.name.as_deref().unwrap_or(index);
        let file = content.join(&shape.sections[page.section]).join(format!("{name}.md"));
        fs::write(file, Writer { texts: &texts, shape, program, links, number }.page())?;
    }
    Ok(())
}

fn title(texts: &Texts, number: usize) -> String {
    // One in fifty has the title of another.
    let number = if number % 50 == 49 { number - 1 } else { number };
    let words = texts.headings[number * 7_919 % texts.headings.len()].replace(',', "");
    format!("{words} {number}")
}

/// The first heading of a page, to which others link.
fn first_heading(texts: &Texts, number: usize) -> String {
    let heading = &texts.headings[number * 104_729 % texts.headings.len()];
    capital(&heading.replace(',', "").to_lowercase())
}

/// Writes one page.
struct Writer<'a> {
    texts: &'a Texts,
    shape: &'a Shape,
    program: For,
    links: Links,
    number: usize,
}

/// Pages shorter than that have no heading.
const HEADED: usize = 120;

impl Writer<'_> {
    fn page(&self) -> String {
        let page = &self.shape.pages[self.number];
        let rng = &mut Rng::new((self.number as u64).wrapping_mul(2_654_435_761) + 99);
        let mut out = format!("---\ntitle: \"{}\"\n", title(self.texts, self.number));
        if rng.below(10) < 7 {
            let _ = writeln!(out, "description: \"{}\"", rng.pick(&self.texts.sentences).replace('*', ""));
        }
        let order = if self.program == For::Hugo { "weight" } else { "order" };
        let _ = writeln!(out, "{order}: {}", page.weight);
        if rng.below(30) == 0 {
            let ending = if self.program == For::Hugo { "/" } else { ".html" };
            let _ = writeln!(out, "aliases: [/old/page-{}{ending}]", self.number);
        }
        if !page.tags.is_empty() {
            let name = |tag: &usize| {
                format!("{}-{}", self.texts.words[60 + tag % 3_000], self.texts.words[600 + tag % 5_000])
            };
            let _ = writeln!(out, "tags: [{}]", page.tags.iter().map(name).collect::<Vec<_>>().join(", "));
        }
        out.push_str("---\n\n");
        self.body(rng, page.words, &mut out);
        out
    }

    fn body(&self, rng: &mut Rng, words: usize, out: &mut String) {
        let mut written = 0;
        let mut notes = 0;
        while written < words {
            let before = out.len();
            match rng.below(100) {
                _ if before < 400 && written == 0 => self.paragraph(rng, out),
                _ if words >= HEADED && !out.contains("\n## ") => {
                    let _ = write!(out, "## {}\n\n", first_heading(self.texts, self.number));
                }
                0..12 => drop(write!(out, "## {}\n\n", self.texts.heading(rng))),
                12..20 => drop(write!(out, "### {}\n\n", self.texts.heading(rng))),
                20..66 => self.paragraph(rng, out),
                66..76 => {
                    for i in 0..3 + rng.below(6) {
                        let mark = if rng.below(12) == 0 { "  -" } else { "-" };
                        let mark = if i == 0 { "-" } else { mark };
                        let _ = writeln!(out, "{mark} {}", self.texts.heading(rng));
                    }
                    out.push('\n');
                }
                76..81 => self.table(rng, out),
                81..86 => self.code(rng, out),
                86..91 => self.html(rng, out),
                91..95 => self.picture(rng, out),
                95..98 => {
                    notes += 1;
                    let _ = write!(out, "{}[^{notes}]\n\n", self.texts.paragraph(rng, 2));
                    let _ = write!(out, "[^{notes}]: {}\n\n", self.texts.paragraph(rng, 1));
                }
                _ => drop(write!(out, "> {}\n\n", self.texts.paragraph(rng, 2))),
            }
            // As good as counting them: a word and its space have six letters in the middle.
            written += (out.len() - before) / 6;
        }
    }

    /// One to five sentences, with a link in every second.
    fn paragraph(&self, rng: &mut Rng, out: &mut String) {
        let sentences = 1 + rng.below(5);
        let linked = rng.below(2 * sentences);
        for i in 0..sentences {
            let sentence = rng.pick(&self.texts.sentences);
            out.push_str(if i == 0 { "" } else { " " });
            if i == linked {
                let _ = write!(out, "{} See {}.", sentence, self.link(rng));
            } else if i + 1 == linked && rng.below(3) == 0 {
                let _ =
                    write!(out, "{sentence} Press <kbd>Enter</kbd> or `{}`.", rng.pick(&self.texts.words));
            } else {
                out.push_str(sentence);
            }
        }
        out.push_str("\n\n");
    }

    fn link(&self, rng: &mut Rng) -> String {
        if rng.below(8) == 0 {
            return format!("[{}](https://example.org/{})", self.texts.heading(rng), rng.below(5_000));
        }
        let here = &self.shape.pages[self.number];
        let members = &self.shape.members[here.section];
        let to = match rng.below(10) {
            0..6 if members.len() > 1 => members[(here.weight + 1 + rng.below(6)) % members.len()],
            _ => rng.below(self.shape.pages.len()),
        };
        let target = &self.shape.pages[to];
        let mut path = self.shape.path(target);
        let mut anchor = match rng.below(10) {
            0 if target.words >= 2 * HEADED => slug(&first_heading(self.texts, to)),
            _ => String::new(),
        };
        if rng.below(BROKEN) == 0 && self.links == Links::Broken {
            match rng.below(5) {
                // A letter is missing; it was moved; a heading is another.
                0..2 => drop(path.remove(path.len() - 5)),
                2..4 => path = path.replacen("unit-", "module-", 1).replacen("page-", "item-", 1),
                _ => anchor = format!("{}-old", slug(&first_heading(self.texts, to))),
            }
        }
        if self.program == For::Hugo {
            path = format!("/{}", path.replace("index.md", "_index.md"));
        } else {
            let up = self.shape.sections[here.section].matches('/').count() + 1;
            path = format!("{}{path}", "../".repeat(up));
        }
        let mark = if anchor.is_empty() { "" } else { "#" };
        format!("[{}]({path}{mark}{anchor})", title(self.texts, to))
    }

    fn picture(&self, rng: &mut Rng, out: &mut String) {
        let file = match rng.below(BROKEN) {
            0 if self.links == Links::Broken => "figur.svg",
            _ => "figure.svg",
        };
        let _ = write!(out, "![{}]({file})\n\n", self.texts.heading(rng));
    }

    fn table(&self, rng: &mut Rng, out: &mut String) {
        let (columns, rows) = (2 + rng.below(4), 2 + rng.below(12));
        let line = |cell: &mut dyn FnMut() -> String| {
            let cells: Vec<String> = (0..columns).map(|_| cell()).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        out.push_str(&line(&mut || capital(rng.pick::<String>(&self.texts.words))));
        out.push_str(&line(&mut || "---".to_owned()));
        for _ in 0..rows {
            out.push_str(&line(&mut || self.texts.heading(rng).to_owned()));
        }
        out.push('\n');
    }

    fn code(&self, rng: &mut Rng, out: &mut String) {
        out.push_str("```js\n");
        for _ in 0..2 + rng.below(14) {
            let (name, call) = (rng.pick(&self.texts.words), rng.pick(&self.texts.words));
            let _ = writeln!(
                out,
                "const {name} = {call}(\"{}\", {}) < 7;",
                self.texts.heading(rng),
                rng.below(90)
            );
        }
        out.push_str("```\n\n");
    }

    fn html(&self, rng: &mut Rng, out: &mut String) {
        let text = self.texts.paragraph(rng, 2).replace('*', "");
        let _ = match rng.below(4) {
            0 => write!(out, "<div class=\"note\"><p>{text}</p></div>\n\n"),
            1 => write!(
                out,
                "<details>\n<summary>{}</summary>\n<p>{text}</p>\n</details>\n\n",
                self.texts.heading(rng)
            ),
            2 => {
                let cell = |rng: &mut Rng| rng.pick(&self.texts.words).clone();
                out.push_str("<table class=\"wide\">\n");
                for _ in 0..3 + rng.below(6) {
                    let _ = writeln!(out, "<tr><th>{}</th><td>{}</td></tr>", cell(rng), cell(rng));
                }
                write!(out, "</table>\n\n")
            }
            _ => write!(out, "<p><b>{}</b> <i>{text}</i></p>\n\n", self.texts.heading(rng)),
        };
    }
}

fn slug(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}
