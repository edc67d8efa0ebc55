//! The theme that comes with the program, while `serve` runs: its files are shown, and the site's own take their place and
//! give it back.

use super::{Running, eventually};
use crate::support::{Run, Site, copy, program, repository};
use std::fs;

#[test]
fn what_replaces_the_built_in_theme_is_seen_when_it_comes_and_goes() {
    let site = Site::empty();
    Run::of(program().current_dir(site.root()).args(["init", "--starter", "blank"])).clean();
    site.page("a.md", "title: A\ndescription: A page.", "Text.");
    let serve = Running::serve(&site, &[]);
    let page = serve.shows("/a.html", "<footer ");
    // Copies and what is made of files that lie in the program.
    for name in ["favicon.svg", "style.css", "app.js"] {
        let address = format!("/assets/{name}");
        let (status, body) = serve.get(&address);
        assert_eq!((status, body.is_empty()), (200, false), "{address}");
    }
    assert!(page.contains("assets/style.css"), "{page}");
    // One file.
    Run::of(program().current_dir(site.root()).args(["theme", "eject", "partials/footer.html"])).clean();
    let footer = site.root().join("templates/partials/footer.html");
    let text = fs::read_to_string(&footer).unwrap();
    fs::write(&footer, text.replace("<footer ", "<footer data-one ")).unwrap();
    serve.shows("/a.html", "<footer data-one ");
    fs::remove_file(&footer).unwrap();
    serve.hides("/a.html", "data-one");
    // The whole theme.
    let theirs = repository().join("themes/parent-guide");
    let ours = site.root().join("themes/parent-guide");
    copy(&theirs, &ours);
    let footer = ours.join("templates/partials/footer.html");
    let text = fs::read_to_string(&footer).unwrap();
    fs::write(&footer, text.replace("<footer ", "<footer data-all ")).unwrap();
    serve.shows("/a.html", "<footer data-all ");
    fs::write(&footer, text.replace("<footer ", "<footer data-again ")).unwrap();
    serve.shows("/a.html", "<footer data-again ");
    fs::remove_dir_all(site.root().join("themes")).unwrap();
    serve.hides("/a.html", "data-again");
    serve.shows("/a.html", "<footer ");
    eventually("no problem", || serve.problems().iter().all(|p| p.contains("site.yaml")).then_some(()));
}
