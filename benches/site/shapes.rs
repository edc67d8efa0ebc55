//! The rows of the second corpus: the shapes of real collections ([`super::real`]), and the bundled guide.

use super::real::Shape;
use super::sites::Sites;
use super::{Args, Row, find_hugo, guidepost, hugo_command, row, run};
use std::path::PathBuf;

const RULES: &[&str] = &[];
const NO_RULES: &[&str] = &["--no-checks"];

/// Builds all of them in turns and prints the ratios.
pub fn compare(args: &Args, sites: &Sites) {
    let hugo = if args.no_hugo || !args.wants("hugo") { None } else { find_hugo(args) };
    let cold = |site: &'static str, row: &'static str, more: &'static [&'static str]| {
        move |i: usize| {
            sites.forget(site);
            guidepost(args, sites, site, &sites.out(row, i), more)
        }
    };
    // Once more after the last row of that site, with or without an edit of this page.
    let warm =
        |site: &'static str, row: &'static str, page: Option<PathBuf>, more: &'static [&'static str]| {
            move |i: usize| {
                if let Some(page) = &page {
                    sites.edit(page, i);
                }
                guidepost(args, sites, site, &sites.out(row, i), more)
            }
        };
    let page = |site: &str, path: &str| Some(sites.root(site).join("content").join(path));
    let edited = page("real", &Shape::new(args.n).edited());
    let bundled = page("bundled", "delivery/integrated.md");
    let mut rows = vec![
        row("real cold", cold("real", "real", NO_RULES)),
        row("real, one page edited", warm("real", "real", edited.clone(), NO_RULES)),
        row("real cold, with rules", cold("real", "real-rules", RULES)),
        row("real, one page edited, with rules", warm("real", "real-rules", edited, RULES)),
        row("right cold", cold("right", "right", NO_RULES)),
        row("right cold, with rules", cold("right", "right-rules", RULES)),
        Row { ends: 1, ..row("errors cold, with rules", cold("errors", "errors", RULES)) },
        Row { ends: 1, ..row("errors again, with rules", warm("errors", "errors", None, RULES)) },
        row("bundled cold, with rules", cold("bundled", "bundled", RULES)),
        row("bundled, one word edited, with rules", warm("bundled", "bundled", bundled, RULES)),
    ];
    if let Some(hugo) = &hugo {
        rows.push(row("hugo", move |i| hugo_command(hugo, sites, i)));
    }
    rows.retain(|row| args.wants(row.name));
    let costs = run(args, sites, &rows);
    let of = |name: &str| rows.iter().position(|row| row.name == name).map(|i| costs[i]);
    println!("{} pages with real shapes, {} threads, medians of {} runs\n", args.n, args.jobs, args.runs);
    println!("| | CPU s | wall s | peak MiB | CPU / hugo |");
    println!("|---|---|---|---|---|");
    for (row, cost) in rows.iter().zip(&costs) {
        let hugo = of("hugo").filter(|_| !row.name.starts_with("bundled"));
        let ratio = hugo.map_or_else(|| "-".to_owned(), |hugo| format!("{:.3}", cost.cpu / hugo.cpu));
        println!("| {} | {:.3} | {:.3} | {:.0} | {ratio} |", row.name, cost.cpu, cost.wall, cost.peak);
    }
    println!();
    for (what, a, b, target) in [
        ("without rules / hugo", "real cold", "hugo", "at most 0.33"),
        ("with rules / hugo", "real cold, with rules", "hugo", "at most 1.0"),
        ("one page / cold", "real, one page edited", "real cold", "at most 0.1"),
        (
            "one page / cold, with rules",
            "real, one page edited, with rules",
            "real cold, with rules",
            "at most 0.1",
        ),
        ("with broken links / without", "real cold", "right cold", "at most 1.5"),
        (
            "with broken links / without, with rules",
            "real cold, with rules",
            "right cold, with rules",
            "at most 1.5",
        ),
        ("errors again / errors cold", "errors again, with rules", "errors cold, with rules", "at most 0.1"),
        (
            "bundled guide, one word / cold",
            "bundled, one word edited, with rules",
            "bundled cold, with rules",
            "at most 0.25",
        ),
    ] {
        if let (Some(a), Some(b)) = (of(a), of(b)) {
            println!("{what}: {:.3} (target: {target})", a.cpu / b.cpu);
        }
    }
}
