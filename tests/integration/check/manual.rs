//! The manual's pages on the rules are those that the rules themselves make: whoever changes the words of a rule
//! changes both. `GUIDEPOST_UPDATE=1 cargo test --test integration check::manual` writes them anew.

use guidepost::check;
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn the_manual_says_what_the_rules_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/site/rules");
    let made = check::manual();
    for rule in check::rules() {
        let page = format!("{}/{}.md", rule.group.name(), rule.code);
        let explained = check::explain(rule.code.name()).unwrap();
        let same = explained.split_once("\n\n- Usual level").unwrap().1;
        assert!(made[&page].contains(same), "{page} is not what --explain says");
    }
    if std::env::var_os("GUIDEPOST_UPDATE").is_some() {
        std::fs::remove_dir_all(&folder).unwrap();
        for (name, text) in &made {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let mut there = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&folder).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let name = entry.path().strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        there.insert(name, std::fs::read_to_string(entry.path()).unwrap());
    }
    for (name, text) in &made {
        assert_eq!(there.get(name), Some(text), "docs/content/site/rules/{name}: see the head of this test");
    }
    let extra: Vec<_> = there.keys().filter(|name| !made.contains_key(*name)).collect();
    assert!(extra.is_empty(), "pages of no rule: {extra:?}");
}
