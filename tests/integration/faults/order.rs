//! The A to Z and lists sort as readers of a language do: signs before a title do not count, each letter stands once.

use crate::support::{Site, html};

/// The letters of an A to Z, in order, and the titles in it.
fn a_to_z(site: &Site, page: &str) -> (Vec<String>, String) {
    let text = site.out(page);
    let letters = html::tags(&text).into_iter().filter(|t| t.name == "section" || t.name == "h2");
    let ids = letters.filter_map(|t| t.get("id").map(str::to_owned)).collect();
    (ids, html::visible(&text))
}

fn site(lang: &str, titles: &[&str]) -> Site {
    let site = Site::guide();
    std::fs::remove_dir_all(site.root().join("content")).unwrap();
    let _ = std::fs::remove_dir_all(site.root().join("translations"));
    site.file("site.yaml", format!("title: T\ntheme: parent-guide\nlanguages: [{lang}]\n"));
    site.page("index.md", "title: Inicio", "Text.");
    for (n, title) in titles.iter().enumerate() {
        site.page(&format!("p{n}.md"), &format!("title: {title:?}"), "Text.");
    }
    site.build().clean();
    site
}

#[test]
fn signs_before_a_title_count_neither_for_the_order_nor_for_the_letter() {
    let titles = [
        "¿Qué es la terapia?",
        "Actividades",
        "Quejas",
        "(Otra) cosa",
        "\u{201c}Bien\u{201d}",
        "— Raya",
        "¡Zas!",
    ];
    let site = site("es", &titles);
    let (letters, text) = a_to_z(&site, "a-z.html");
    let mut once = letters.clone();
    once.dedup();
    let mut sorted = once.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(once.len(), sorted.len(), "a letter stands twice: {letters:?}");
    let main = &text[text.rfind("Actividades").unwrap()..];
    let order = ["Actividades", "Bien", "Inicio", "Otra", "Quejas", "Raya", "Zas"];
    let places: Vec<_> = order.iter().map(|word| main.find(word)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {main}");
}

#[test]
fn letters_are_those_of_the_language() {
    let site = site("es", &["ñandú", "Nube", "Nido", "Oso", "Álamo", "Agua", "ßtraße", "Sol", "7 días", "★"]);
    let text = html::visible(&site.out("a-z.html"));
    let main = &text[text.rfind("Agua").unwrap()..];
    let order = ["Agua", "Álamo", "Inicio", "Nido", "Nube", "ñandú", "Oso", "Sol"];
    let places: Vec<_> = order.iter().map(|word| main.find(word)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {main}");
    let letters: Vec<String> =
        html::tags(&site.out("a-z.html")).iter().filter_map(|t| t.get("id").map(str::to_owned)).collect();
    assert!(!letters.iter().any(|id| id.contains("SS") || id.contains("ss")), "{letters:?}");
}
