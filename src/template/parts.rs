//! Parts of templates that extend other parts: a site's `partials/footer.html` that takes the theme's and changes a block of it.
//!
//! The template engine shows of an included file its own text alone: what it extends would be lost. So such a file is put together
//! before the engine sees it. In its place stands the text of the outermost file that it extends, each of whose blocks includes
//! the nearest file's form of it; `super()` there includes the next one's. Each form is a file of its own, which knows where its
//! stretches stand in the file that they come from. The file as it was written stays too, by another name, since the engine finds
//! what is wrong with it.
//!
//! All files made here have names that begin with [`MADE`].

use super::TemplateFile;
use super::closure;
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the name of a file begins with that was made here.
pub const MADE: char = '~';

/// What stands before the name of a part in the name of the file that holds it as it was written.
const AS_WRITTEN: char = ' ';

/// Maximum number of parts that extend each other.
const MAX_PARTS: usize = 16;

/// Puts the parts together that extend others; gives what cannot be.
pub fn put_together(files: &mut BTreeMap<String, TemplateFile>, prefixes: &[String]) -> Vec<Diagnostic> {
    let parts: Vec<String> = closure::extended_parts(files, prefixes).into_iter().collect();
    let (mut made, mut told) = (Vec::new(), Vec::new());
    for name in parts {
        let Some(chain) = chain(&name, files, prefixes) else { continue };
        let levels: Option<Vec<Level<'_>>> = chain.into_iter().map(Level::of).collect();
        // What is wrong with blocks that are not closed, the engine tells.
        let Some(levels) = levels else { continue };
        let (Some(nearest), Some(outermost)) = (levels.first(), levels.last()) else { continue };
        let mut making = Making {
            levels: &levels,
            count: made.len(),
            files: Vec::new(),
            known: BTreeMap::new(),
            stray: None,
        };
        let mut whole = Text::default();
        making.inside(levels.len() - 1, 0..outermost.file.text.len(), None, &mut whole);
        if let Some((file, span)) = making.stray {
            let message = "super() in a block of a part that others include must stand alone.";
            let help = "Write {{ super() }} by itself, in a block that the file which it extends has too.";
            told.push(Diagnostic::error(code::TEMPLATE_SYNTAX, &file.path, span, message).help(help));
            continue;
        }
        let written = format!("{MADE}{}{AS_WRITTEN}{name}", made.len() + making.files.len());
        made.append(&mut making.files);
        made.push(TemplateFile { name: written, ..nearest.file.clone() });
        made.push(whole.of(outermost.file, name));
    }
    files.extend(made.into_iter().map(|file| (file.name.clone(), file)));
    told
}

/// The file of that name as it was written: what is put together in its place says that it comes from what it extends.
pub fn as_written<'f>(files: &'f BTreeMap<String, TemplateFile>, name: &str) -> Option<&'f TemplateFile> {
    let is_it = |file: &&TemplateFile| {
        file.name.starts_with(MADE) && file.name.split_once(AS_WRITTEN).is_some_and(|(_, part)| part == name)
    };
    files.values().find(is_it).or_else(|| files.get(name))
}

/// The file of that name and those that it extends, one after the other; none where one is missing or they go in a circle.
fn chain<'f>(
    name: &str,
    files: &'f BTreeMap<String, TemplateFile>,
    prefixes: &[String],
) -> Option<Vec<&'f TemplateFile>> {
    let mut chain = vec![files.get(name)?];
    while let Some(extended) = chain.last().and_then(|file| closure::named(&file.text, "extends").next()) {
        let full = closure::resolve(extended, files, prefixes)?;
        let file = files.get(&full)?;
        if chain.len() >= MAX_PARTS || chain.iter().any(|known| known.name == file.name) {
            return None;
        }
        chain.push(file);
    }
    Some(chain)
}

/// A block of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    name: String,
    /// Its first tag.
    open: Range<usize>,
    /// Its last tag.
    close: Range<usize>,
}

/// The blocks of a text in the order in which they begin; none where one is not closed.
fn blocks(text: &str) -> Option<Vec<Block>> {
    let (mut found, mut open): (Vec<Block>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(start) = text.get(at..)?.find('{').map(|n| at + n) {
        let rest = &text[start..];
        if rest.starts_with("{#") {
            at = start + rest.find("#}")? + 2;
        } else if rest.starts_with("{%") {
            let end = start + rest.find("%}")? + 2;
            let inner = text[start + 2..end - 2].trim_matches(|c: char| c == '-' || c.is_whitespace());
            let (word, name) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
            at = end;
            match word {
                "raw" => at = end + text[end..].find("endraw")?,
                "block" => {
                    open.push(found.len());
                    found.push(Block { name: name.trim().to_owned(), open: start..end, close: 0..0 });
                }
                "endblock" => found.get_mut(open.pop()?)?.close = start..end,
                _ => {}
            }
        } else {
            at = start + 1;
        }
    }
    open.is_empty().then_some(found)
}

/// A file of a chain.
struct Level<'f> {
    file: &'f TemplateFile,
    blocks: Vec<Block>,
}

impl<'f> Level<'f> {
    fn of(file: &'f TemplateFile) -> Option<Level<'f>> {
        Some(Level { file, blocks: blocks(&file.text)? })
    }

    fn block(&self, name: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.name == name)
    }
}

/// A text that is put together.
#[derive(Default)]
struct Text {
    text: String,
    moves: Vec<(usize, usize)>,
}

impl Text {
    /// Adds a stretch of a file.
    fn copy(&mut self, file: &TemplateFile, range: Range<usize>) {
        self.moves.push((self.text.len(), range.start));
        self.text.push_str(&file.text[range]);
    }

    /// The file of that name with this text, which comes from `file`.
    fn of(self, file: &TemplateFile, name: String) -> TemplateFile {
        TemplateFile { name, text: self.text.into(), moves: self.moves, ..file.clone() }
    }
}

/// One part that is put together.
struct Making<'l> {
    /// The part, then what it extends.
    levels: &'l [Level<'l>],
    /// How many files were made for other parts.
    count: usize,
    files: Vec<TemplateFile>,
    /// Their names by level and block.
    known: BTreeMap<(usize, String), String>,
    /// A `super()` that has no meaning.
    stray: Option<(&'l TemplateFile, Span)>,
}

impl<'l> Making<'l> {
    /// Adds the text of a level in `range`, which is that of the block `of` or the whole file: blocks that a nearer level has as
    /// well include that one's, and `super()` the next one's.
    fn inside(&mut self, level: usize, range: Range<usize>, of: Option<&str>, out: &mut Text) {
        let levels = self.levels;
        let Some(Level { file: _, blocks }) = levels.get(level) else { return };
        let mut from = range.start;
        for block in blocks.iter().filter(|b| range.start <= b.open.start && b.close.end <= range.end) {
            // One within another was done with that.
            if block.open.start < from {
                continue;
            }
            self.with_super(level, from..block.open.end, of, out);
            let inner = block.open.end..block.close.start;
            let nearest = levels.iter().take(level).position(|nearer| nearer.block(&block.name).is_some());
            match nearest {
                Some(nearer) => {
                    let made = self.made(nearer, &block.name);
                    out.text.push_str(&format!("{{% include \"{made}\" %}}"));
                }
                None => self.inside(level, inner.clone(), Some(&block.name), out),
            }
            from = inner.end;
        }
        self.with_super(level, from..range.end, of, out);
    }

    /// Adds a stretch of a level's text without blocks, in which `super()` means what the next level has as the block `of`.
    fn with_super(&mut self, level: usize, range: Range<usize>, of: Option<&str>, out: &mut Text) {
        let levels = self.levels;
        let Some(Level { file, .. }) = levels.get(level) else { return };
        let text = &file.text[..range.end];
        let mut done = range.start;
        while let Some(at) = text[done..].find("super()").map(|n| done + n) {
            let next = of.and_then(|name| {
                let next = levels.iter().skip(level + 1).position(|next| next.block(name).is_some())?;
                Some((level + 1 + next, name))
            });
            let (Some((next, name)), Some(tag)) = (next, alone(text, at)) else {
                let span = file.place(Span::new(at, at + "super()".len()));
                self.stray.get_or_insert((file, span));
                return;
            };
            out.copy(file, done..tag.start);
            let trims = |is: bool| if is { "-" } else { "" };
            let written = &text[tag.clone()];
            let (before, after) = (trims(written.starts_with("{{-")), trims(written.ends_with("-}}")));
            let made = self.made(next, name);
            out.text.push_str(&format!("{{%{before} include \"{made}\" {after}%}}"));
            done = tag.end;
        }
        out.copy(file, done..range.end);
    }

    /// The name of the file with a level's form of a block, which is made.
    fn made(&mut self, level: usize, name: &str) -> String {
        if let Some(known) = self.known.get(&(level, name.to_owned())) {
            return known.clone();
        }
        let levels = self.levels;
        let Some((file, block)) = levels.get(level).and_then(|l| Some((l.file, l.block(name)?))) else {
            return String::new();
        };
        let number = self.files.len();
        let made = format!("{MADE}{}", self.count + number);
        // Its place is taken first: within it others are made, and the engine tells of those that go in a circle.
        self.known.insert((level, name.to_owned()), made.clone());
        self.files.push(TemplateFile { name: made.clone(), ..file.clone() });
        // What the tags of the block trim, an included file would keep.
        let (mut start, mut end) = (block.open.end, block.close.start);
        if file.text[block.open.clone()].ends_with("-%}") {
            start = end - file.text[start..end].trim_start().len();
        }
        if file.text[block.close.clone()].starts_with("{%-") {
            end = start + file.text[start..end].trim_end().len();
        }
        let mut text = Text::default();
        self.inside(level, start..end, Some(name), &mut text);
        if let Some(place) = self.files.get_mut(number) {
            *place = text.of(file, made.clone());
        }
        made
    }
}

/// The tag in which `super()` at `at` stands, if nothing else stands in it.
fn alone(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text[..at].trim_end().trim_end_matches('-');
    let behind = text[at + "super()".len()..].trim_start();
    let end = if behind.starts_with("-}}") { 3 } else { 2 };
    let is_alone = before.ends_with("{{") && (behind.starts_with("}}") || behind.starts_with("-}}"));
    is_alone.then(|| before.len() - 2..text.len() - behind.len() + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, TemplateFile> {
        let file = |(name, text): &(&str, &str)| TemplateFile {
            name: (*name).to_owned(),
            path: SourcePath::new(&format!("templates/{name}")).unwrap(),
            text: (*text).into(),
            offset: 0,
            unreadable: false,
            moves: Vec::new(),
        };
        list.iter().map(|item| (item.0.to_owned(), file(item))).collect()
    }

    /// What `page.html` shows with the part in it.
    fn shown(list: &[(&str, &str)]) -> Result<String, Vec<String>> {
        let mut files = files(list);
        let prefixes = ["t/".to_owned(), "u/".to_owned()];
        let told = put_together(&mut files, &prefixes);
        if !told.is_empty() {
            return Err(told.into_iter().map(|d| d.message).collect());
        }
        let mut tera = tera::Tera::new();
        tera.set_fallback_prefixes(prefixes).unwrap();
        let all = files.values().map(|file| (file.name.as_str(), &*file.text));
        tera.add_raw_templates(all).map_err(|error| vec![error.to_string()])?;
        let mut context = tera::Context::new();
        context.insert("word", "W");
        Ok(tera.render("page.html", &context).unwrap())
    }

    const PAGE: (&str, &str) = ("page.html", "<{% include \"foot.html\" %}>");
    const FOOT: (&str, &str) = (
        "t/foot.html",
        "{% set own = \"o\" %}a {% block one %}one{{ own }}{% endblock one %} b\n{% block two -%}\n two {% block deep %}d{% endblock %}\n{%- endblock two %} c",
    );

    #[test]
    fn a_block_of_a_part_is_replaced_and_the_rest_stays() {
        let own = |text: &'static str| shown(&[PAGE, FOOT, ("foot.html", text)]).unwrap();
        assert_eq!(own("{% extends \"t/foot.html\" %}"), "<a oneo b\ntwo d c>");
        assert_eq!(
            own(
                "{# é #}\n{% extends \"t/foot.html\" %}\n{% block one %}[{{ super() }}{{ word }}{{ own }}]{% endblock %}"
            ),
            "<a [oneoWo] b\ntwo d c>"
        );
        assert_eq!(
            own(
                "{% extends \"t/foot.html\" %}{% block deep %}D{{- super() -}} {% endblock %}{% block one -%}\n 1 \n{%- endblock %}"
            ),
            "<a 1 b\ntwo Dd c>"
        );
        assert_eq!(
            own("{% extends \"t/foot.html\" %}{% block two %}{{ super() }}{{ super() }}{% endblock %}"),
            "<a oneo b\ntwo dtwo d c>"
        );
    }

    #[test]
    fn parts_extend_parts() {
        let chain = [
            PAGE,
            ("u/foot.html", "{% block one %}u{% endblock %}-{% block two %}v{% endblock %}"),
            ("t/foot.html", "{% extends \"u/foot.html\" %}{% block one %}t({{ super() }}){% endblock %}"),
            ("foot.html", "{% extends \"t/foot.html\" %}{% block one %}s({{ super() }}){% endblock %}"),
        ];
        assert_eq!(shown(&chain).unwrap(), "<s(t(u))-v>");
        assert_eq!(shown(&chain[..3]).unwrap(), "<t(u)-v>");
        // A page may extend what others include.
        let page = ("page.html", "{% extends \"foot.html\" %}{% block one %}p({{ super() }}){% endblock %}");
        let other = ("other.html", "{% include \"foot.html\" %}");
        assert_eq!(shown(&[page, other, chain[1], chain[2], chain[3]]).unwrap(), "p(s(t(u)))-v");
    }

    #[test]
    fn what_is_wrong_is_told() {
        let own = |text: &'static str| shown(&[PAGE, FOOT, ("foot.html", text)]).unwrap_err().join("\n");
        let told = own("{% extends \"t/foot.html\" %}{% block ones %}x{% endblock %}");
        assert!(told.contains("`ones` is not defined"), "{told}");
        assert!(own("{% extends \"t/foot.html\" %}text").contains("ignored"));
        assert!(
            own("{% extends \"t/foot.html\" %}{% block one %}{{ super() | upper }}{% endblock %}")
                .contains("alone")
        );
        assert!(own("{% extends \"t/foot.html\" %}{% block one %}").contains("foot.html:"));
        let circle = ("foot.html", "{% extends \"foot.html\" %}{% block one %}x{% endblock %}");
        assert!(shown(&[PAGE, circle]).is_err());
    }

    #[test]
    fn places_are_those_of_the_files() {
        let (theirs, ours) = (
            "1\n{% block one %}x{% endblock one %} {{ rest }}\n{% block two %}{% endblock %}\n{{ end }}",
            "{% extends \"t/foot.html\" %}\n\n{% block one -%} é {{ super() }} {{ inner }}{% endblock %}{% block two %}x{% endblock %}",
        );
        let mut files = files(&[PAGE, ("t/foot.html", theirs), ("foot.html", ours)]);
        assert!(put_together(&mut files, &["t/".to_owned()]).is_empty());
        let place = |file: &TemplateFile, what: &str| {
            let at = file.text.find(what).unwrap();
            file.place(Span::new(at, at + what.len()))
        };
        let made = &files["foot.html"];
        for what in ["{{ rest }}", "{{ end }}"] {
            let at = theirs.find(what).unwrap();
            assert_eq!(place(made, what), Span::new(at, at + what.len()), "{what}");
        }
        assert_eq!(made.path.as_str(), "templates/t/foot.html");
        let is_block = |file: &&TemplateFile| file.name.starts_with(MADE) && file.text.starts_with('é');
        let block = files.values().find(is_block).unwrap();
        let at = ours.find("{{ inner }}").unwrap();
        assert_eq!(place(block, "{{ inner }}"), Span::new(at, at + 11));
        assert_eq!(block.path.as_str(), "templates/foot.html");
    }
}
