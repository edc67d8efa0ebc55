//! What pictures cost: photos of twelve million pixels, which are also made at three widths, and the card and icons that the theme
//! draws.
//!
//! A page shows each photo. The same pages with small photos, which are only copied, say what all the rest costs; the same theme
//! without its card and icons says what those cost.

use super::corpus::Rng;
use super::measure::Cost;
use super::sites::{Sites, copy};
use super::{Args, guidepost, row, run};
use jpeg_encoder::{ColorType, Encoder};
use std::fs;
use std::path::Path;

/// The sides of a photo out of a phone, and of one that needs no other width.
const LARGE: (u16, u16) = (4_000, 3_000);
const SMALL: (u16, u16) = (800, 600);

/// The bytes of a photo: soft shapes with a little noise, as a camera sees them; other ones for each number.
fn photo((width, height): (u16, u16), number: u64) -> Vec<u8> {
    let mut rng = Rng::new(number);
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    let waves: Vec<f32> = (0..6).map(|_| 0.002 + (rng.next() % 100) as f32 / 9_000.0).collect();
    for y in 0..height {
        for x in 0..width {
            let noise = rng.next();
            for color in 0..3_u16 {
                let (a, b) = (waves[usize::from(color)], waves[usize::from(color) + 3]);
                let wave = (f32::from(x) * a).sin() * 60.0 + (f32::from(y) * b).cos() * 60.0;
                let grain = ((noise >> (color * 8)) & 7) as f32;
                pixels.push((124.0 + wave + grain) as u8);
            }
        }
    }
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 90).encode(&pixels, width, height, ColorType::Rgb).expect("a photo");
    bytes
}

/// Writes the sites: `photos` and `small`, of `n` pages with a photo each, and `drawn` and `undrawn`, one page of the
/// theme parent-guide with its card and icons and without.
pub fn write(folder: &Path, n: usize) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outputs = "outputs: {tags: false, a_z: false, site_map: false, print: false, finder: false, feed: false, \
                   sitemap: false, robots: false, search: false}\n";
    for (name, size) in [("photos", LARGE), ("small", SMALL)] {
        let site = folder.join(name);
        copy(&repository.join("benches/site/theme"), &site.join("themes/floor"));
        let content = site.join("content");
        fs::create_dir_all(&content).expect("a folder");
        fs::write(content.join("index.md"), "---\ntitle: Photos\n---\nPhotos.\n").expect("the pages");
        for i in 0..n {
            let page = format!("---\ntitle: Photo {i}\n---\n![A photo](photo-{i}.jpg)\n");
            fs::write(content.join(format!("page-{i}.md")), page).expect("the pages");
            fs::write(content.join(format!("photo-{i}.jpg")), photo(size, i as u64)).expect("the photos");
        }
        fs::write(site.join("site.yaml"), format!("title: Photos\nlanguages: [en]\ntheme: floor\n{outputs}"))
            .expect("settings");
    }
    for name in ["drawn", "undrawn"] {
        let site = folder.join(name);
        copy(&repository.join("themes/parent-guide"), &site.join("themes/parent-guide"));
        fs::create_dir_all(site.join("content")).expect("a folder");
        fs::write(site.join("content/index.md"), "---\ntitle: A guide\n---\nA guide.\n").expect("the pages");
        fs::write(
            site.join("site.yaml"),
            format!("title: A guide\nlanguages: [en]\ntheme: parent-guide\n{outputs}"),
        )
        .expect("settings");
    }
    let theme = folder.join("undrawn/themes/parent-guide");
    let settings = fs::read_to_string(theme.join("theme.yaml")).expect("the theme");
    let (before, files) = settings.split_once("\nfiles:\n").expect("the files of the theme");
    let after: Vec<&str> = files.lines().skip_while(|line| line.starts_with(' ')).collect();
    fs::write(theme.join("theme.yaml"), format!("{before}\n{}\n", after.join("\n"))).expect("the theme");
    // The pages name what is not there any more.
    let head = theme.join("templates/partials/head.html");
    let text = fs::read_to_string(&head).expect("the head of pages");
    let manifest = "<link rel=\"manifest\" href=\"{{ link(to=\"site.webmanifest\") }}\">";
    assert!(text.contains(manifest) && text.contains("touch-icon.png"), "the head of pages is another one");
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains("touch-icon.png")).collect();
    fs::write(head, kept.join("\n").replace(manifest, "")).expect("the head of pages");
}

/// Builds all of them in turns and prints what a photo, and what the card and icons cost.
pub fn compare(args: &Args, sites: &Sites) {
    const PHOTO: &str = "content/photo-0.jpg";
    let cold = |site: &'static str| {
        move |i: usize| {
            sites.forget(site);
            guidepost(args, sites, site, &sites.out(site, i), &["--no-checks"])
        }
    };
    let warm = |i: usize| guidepost(args, sites, "photos", &sites.out("photos", i), &["--no-checks"]);
    let replaced = |i: usize| {
        let other = photo(LARGE, (args.n + 1 + i) as u64);
        fs::write(sites.root("photos").join(PHOTO), other).expect("the photo");
        warm(i)
    };
    let mut rows = vec![
        row("photos cold", cold("photos")),
        row("photos warm, nothing changed", warm),
        row("photos warm, one replaced", replaced),
        row("small photos cold", cold("small")),
        row("card and icons cold", cold("drawn")),
        row("the same without them", cold("undrawn")),
    ];
    rows.retain(|row| args.wants(row.name));
    let costs = run(args, sites, &rows);
    println!("{} photos, {} threads, medians of {} runs\n", args.n, args.jobs, args.runs);
    println!("| | CPU s | wall s | peak MiB | CPU ms a photo |");
    println!("|---|---|---|---|---|");
    for (row, Cost { cpu, wall, peak }) in rows.iter().zip(&costs) {
        let each = match row.name.contains("photos") {
            true => format!("{:.1}", cpu * 1e3 / args.n as f64),
            false => "-".to_owned(),
        };
        println!("| {} | {cpu:.3} | {wall:.3} | {peak:.0} | {each} |", row.name);
    }
    println!();
    let of = |name: &str| rows.iter().position(|row| row.name == name).map(|i| costs[i]);
    let less =
        |name: &str, base: &str| of(name).zip(of(base)).map(|(cost, base)| (cost.cpu - base.cpu) * 1e3);
    if let Some(all) = less("photos cold", "small photos cold") {
        println!("a photo at three widths: {:.0} ms of CPU (budget: 900)", all / args.n as f64);
    }
    if let Some(one) = less("photos warm, one replaced", "photos warm, nothing changed") {
        println!("one photo replaced: {one:.0} ms of CPU (budget: 1100)");
    }
    if let Some(drawn) = less("card and icons cold", "the same without them") {
        println!("card and icons: {drawn:.0} ms of CPU (budget: 100)");
    }
}
