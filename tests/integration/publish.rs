//! `guidepost publish` to real targets (a folder, rsync, a bare git repository, a program of somebody's own), and what `build`
//! says of what changed: `--dry-run`, `--strict`, `--quiet`, `--notes`.

use crate::support::{Run, Site};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Three pages and a picture.
fn site() -> Site {
    let site = Site::plain();
    page(&site, "index", "Start", "The start.");
    page(&site, "a", "A", "Text, and [page B](b.md).");
    page(&site, "b", "B", "Text.");
    page(&site, "c", "C", "Text.");
    site
}

/// Writes a page of which no rule says anything.
fn page(site: &Site, name: &str, title: &str, text: &str) {
    let about = format!("The page {name} says in one sentence what is on it, so that people can find it.");
    site.page(&format!("{name}.md"), &format!("title: {title}\ndescription: {about}"), text);
}

/// Publishes; `more` are further arguments.
fn publish(site: &Site, target: &str, more: &[&str]) -> Run {
    let mut command = site.command();
    command.args(["publish", target, "--date", "2026-12-01"]).args(more);
    // No settings of the computer's own.
    command.env("HOME", site.beside()).env("GIT_CONFIG_NOSYSTEM", "1");
    Run::of(&mut command)
}

/// What a publication said as JSON.
fn changes(run: Run) -> Value {
    serde_json::from_str(run.clean().stdout.trim()).unwrap()
}

const JSON: &[&str] = &["--format", "json"];

/// One page new, one changed, one gone.
fn edit(site: &Site) {
    page(site, "a", "A", "Other text, and [page B](b.md).");
    page(site, "d", "D", "Text.");
    site.remove("content/c.md");
}

/// The pages at the target are those of `public/`, and nothing of ours is missing.
fn assert_published(site: &Site, target: &Path) {
    for (path, bytes) in site.public() {
        assert_eq!(fs::read(target.join(&path)).ok().as_deref(), Some(&bytes[..]), "{path}");
    }
}

fn script(site: &Site, name: &str, text: &str) -> PathBuf {
    let path = site.beside().join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn a_folder_gets_what_changed_and_keeps_what_is_not_ours() {
    let site = site();
    let target = site.beside().join("www");
    let to = target.to_str().unwrap();
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("old-site.txt"), "not ours").unwrap();

    let first = changes(publish(&site, to, JSON));
    assert!(first["new"].as_array().unwrap().contains(&json!("c.html")), "{first}");
    assert_published(&site, &target);
    let said = publish(&site, to, &[]).clean();
    assert!(said.stderr.contains("nothing differs"), "{}", said.stderr);

    edit(&site);
    let told = publish(&site, to, &["--dry-run"]).clean().stderr;
    assert!(told.contains("changed  a.html") && told.contains("new      d.html"), "{told}");
    assert!(told.contains("gone     c.html") && told.contains("Would be published"), "{told}");
    assert!(target.join("c.html").exists() && !target.join("d.html").exists());

    let again = changes(publish(&site, to, JSON));
    assert_eq!((&again["new"], &again["gone"]), (&json!(["d.html"]), &json!(["c.html"])));
    assert!(again["changed"].as_array().unwrap().contains(&json!("a.html")), "{again}");
    assert_published(&site, &target);
    assert!(!target.join("c.html").exists());
    assert_eq!(fs::read_to_string(target.join("old-site.txt")).unwrap(), "not ours");

    // What somebody deleted there comes back.
    fs::remove_file(target.join("b.html")).unwrap();
    assert_eq!(changes(publish(&site, to, JSON))["new"], json!(["b.html"]));
    assert_published(&site, &target);
}

#[test]
fn a_foreign_file_in_the_way_is_not_written_over() {
    let site = site();
    let target = site.beside().join("www");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("b.html"), "somebody's").unwrap();
    let said = publish(&site, target.to_str().unwrap(), &[]);
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    assert!(said.stderr.contains("\"b.html\" lies there already"), "{}", said.stderr);
    assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
    publish(&site, target.to_str().unwrap(), &["--anyway"]).clean();
    assert_published(&site, &target);
}

#[test]
fn what_must_be_done_first_stops_it_and_so_does_an_error() {
    let site = site();
    let target = site.beside().join("www");
    let to = target.to_str().unwrap();
    page(&site, "b", "B", "<!-- fill in -->\nWho answers?");
    let said = publish(&site, to, &[]);
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    assert!(said.stderr.contains("1 thing to do") && said.stderr.contains("content/b.md"), "{}", said.stderr);
    assert!(!target.exists());
    publish(&site, to, &["--anyway"]).clean();
    assert!(target.join("b.html").exists());
    page(&site, "a", "A", "[Nowhere](no.md).");
    let said = publish(&site, to, &["--anyway"]);
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    assert!(said.stderr.contains("broken-link") && said.stderr.contains("Not published"), "{}", said.stderr);
}

#[test]
fn folders_of_the_guide_itself_are_no_targets() {
    let site = site();
    for target in ["public", "content", ".", "public/in", ".."] {
        let said = publish(&site, target, &[]);
        assert_eq!(said.code, Some(2), "{target}: {}", said.stderr);
        assert!(said.stderr.contains("cannot be the target"), "{target}: {}", said.stderr);
    }
    let said = publish(&site, "s3://bucket/guide", &[]);
    assert!(said.stderr.contains("--program"), "{}", said.stderr);
}

#[test]
fn rsync_brings_it_to_another_computer() {
    let site = site();
    // In the place of ssh: the other computer is this one.
    let shell = script(&site, "shell", "#!/bin/sh\nshift\nexec \"$@\"\n");
    let target = site.beside().join("far");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("old-site.txt"), "not ours").unwrap();
    let to = format!("far:{}", target.display());
    let publish = |more: &[&str]| {
        let mut command = site.command();
        command.args(["publish", &to, "--date", "2026-12-01"]).args(more).env("RSYNC_RSH", &shell);
        Run::of(&mut command)
    };
    assert!(changes(publish(JSON))["new"].as_array().unwrap().contains(&json!("c.html")));
    assert_published(&site, &target);
    edit(&site);
    let again = changes(publish(JSON));
    assert_eq!((&again["new"], &again["gone"]), (&json!(["d.html"]), &json!(["c.html"])));
    assert_published(&site, &target);
    assert!(!target.join("c.html").exists() && target.join("old-site.txt").exists());
    let lost = Run::of(site.command().args(["publish", "nowhere:/x"]).env("RSYNC_RSH", "/bin/false"));
    assert_eq!(lost.code, Some(2), "{}", lost.stderr);
    assert!(lost.stderr.contains("Not published to nowhere:/x"), "{}", lost.stderr);
}

#[test]
fn a_branch_gets_one_commit_and_keeps_what_is_not_ours() {
    let site = site();
    let bare = site.beside().join("bare.git");
    let git = |args: &[&str]| {
        let said = Command::new("git").arg("--git-dir").arg(&bare).args(args).output().unwrap();
        assert!(said.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap()
    };
    git(&["init", "--quiet", "--bare"]);
    let to = format!("git:{}#pages", bare.display());
    publish(&site, &to, &[]).clean();
    let files = |git: &dyn Fn(&[&str]) -> String| git(&["ls-tree", "-r", "--name-only", "pages"]);
    assert!(files(&git).contains("c.html") && files(&git).contains(".guidepost-outputs"));
    assert_eq!(git(&["show", "pages:a.html"]), site.out("a.html"));

    // Somebody adds a file of their own on the branch.
    let clone = site.beside().join("clone");
    let own = "git clone -q -b pages \"$1\" \"$2\" && cd \"$2\" && echo x > OWN && git add OWN && \
               git -c user.name=x -c user.email=x@localhost commit -qm own && git push -q origin pages";
    let done = Command::new("sh").args(["-c", own, "sh"]).arg(&bare).arg(&clone).status().unwrap();
    assert!(done.success());

    edit(&site);
    let told = changes(publish(&site, &to, JSON));
    assert_eq!((&told["new"], &told["gone"]), (&json!(["d.html"]), &json!(["c.html"])));
    let now = files(&git);
    assert!(now.contains("OWN") && now.contains("d.html") && !now.contains("c.html"), "{now}");
    let commits = || git(&["rev-list", "--count", "pages"]).trim().to_owned();
    assert_eq!(commits(), "3");
    publish(&site, &to, &[]).clean();
    assert_eq!(commits(), "3", "nothing changed, so nothing is committed");
}

#[test]
fn a_program_is_called_step_by_step_pages_after_what_they_need_and_deletions_last() {
    let site = site();
    let log = site.beside().join("log");
    let text = format!("#!/bin/sh\necho \"step $1 $3\" >> {0}\ncat >> {0}\n", log.display());
    let program = script(&site, "upload", &text);
    let program = program.to_str().unwrap();
    publish(&site, "s3://bucket/guide", &["--program", program]).clean();
    edit(&site);
    fs::remove_file(&log).unwrap();
    site.file("assets/new.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>x</title></svg>");
    publish(&site, "s3://bucket/guide", &["--program", program]).clean();
    let log = fs::read_to_string(&log).unwrap();
    let at = |what: &str| log.find(what).unwrap_or_else(|| panic!("{what}\n{log}"));
    assert!(
        at("step assets s3://bucket/guide") < at("assets/new.") && at("assets/new.") < at("step pages"),
        "{log}"
    );
    assert!(
        at("step pages") < at("a.html")
            && at("a.html") < at("step delete")
            && at("step delete") < at("c.html")
    );
    // One that fails leaves the publication unfinished, and all is brought again.
    let failing = script(&site, "failing", "#!/bin/sh\nexit 3\n");
    page(&site, "b", "B", "New text.");
    let said = publish(&site, "s3://bucket/guide", &["--program", failing.to_str().unwrap()]);
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    let told = changes(publish(&site, "s3://bucket/guide", &["--program", program, "--format", "json"]));
    assert!(told["changed"].as_array().unwrap().contains(&json!("b.html")), "{told}");
}

#[test]
fn build_tells_what_changed_since_it_was_published_and_what_it_would_write() {
    let site = site();
    let build = |more: &[&str]| Run::of(site.command().args(["build", "--date", "2026-12-01"]).args(more));
    let dry = build(&["--dry-run", "--stats"]).clean();
    assert!(!site.has("index.html"), "a dry run writes nothing");
    let told: Value = serde_json::from_str(dry.stdout.trim()).unwrap();
    assert!(told["new"].as_array().unwrap().contains(&json!("c.html")), "{told}");
    assert!(dry.stderr.contains("Would be written: "), "{}", dry.stderr);

    build(&[]).clean();
    assert!(build(&["--dry-run"]).clean().stderr.contains("nothing differs"));
    publish(&site, site.beside().join("www").to_str().unwrap(), &[]).clean();
    edit(&site);
    let dry = build(&["--dry-run"]).clean().stderr;
    assert!(dry.contains("new      d.html") && dry.contains("gone     c.html"), "{dry}");
    assert!(site.has("c.html") && !site.has("d.html"));
    let said = build(&["--stats"]).clean();
    assert!(said.stderr.contains("Since you published last: 1 page new, "), "{}", said.stderr);
    let stats: Value = serde_json::from_str(said.stdout.trim()).unwrap();
    assert_eq!(stats["since_published"]["gone"], json!(["c.html"]));
    // A build with nothing to do says the same.
    assert!(build(&[]).clean().stderr.contains("Since you published last: 1 page new, "));
}

#[test]
fn strict_quiet_and_notes_say_what_counts_and_how_much_is_said() {
    let site = site();
    // The test's own folder may lie in a repository, from whose top annotations would count.
    std::fs::create_dir(site.root().join(".git")).unwrap();
    let build = |more: &[&str]| Run::of(site.command().args(["build", "--date", "2026-12-01"]).args(more));
    let quiet = build(&["--quiet", "--strict"]).clean();
    assert_eq!((&*quiet.stderr, &*quiet.stdout), ("", ""));
    assert!(!build(&[]).clean().stderr.contains("note["));
    assert!(build(&["--notes"]).clean().stderr.contains("note[needs-base-url]"));
    page(&site, "b", "B", "Text.");
    page(&site, "c", "B", "Text.");
    let said = build(&["--quiet"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(said.stderr.contains("warning[title-duplicate]"), "{}", said.stderr);
    assert_eq!(build(&["--strict"]).code, Some(1));
    assert_eq!(Run::of(site.command().args(["check", "--strict", "--date", "2026-12-01"])).code, Some(1));
    assert_eq!(Run::of(site.command().args(["check", "--date", "2026-12-01"])).code, Some(0));
    let github = build(&["--format", "github"]);
    assert!(github.stdout.contains("::warning file=content/"), "{}", github.stdout);
    let sarif: Value = serde_json::from_str(&build(&["--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn the_website_in_one_file_is_the_same_each_time() {
    let site = site();
    let zip = |file: &Path| {
        Run::of(site.command().args(["zip", "--date", "2026-12-01"]).arg(file)).clean();
        fs::read(file).unwrap()
    };
    let first = zip(&site.beside().join("a.zip"));
    // Whenever, and however the files came there.
    fs::remove_dir_all(site.root().join("public")).unwrap();
    fs::remove_dir_all(site.root().join(".cache")).unwrap();
    assert!(first == zip(&site.beside().join("b.zip")), "two files of one website differ");

    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(first)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    let mut public: Vec<String> = site.public().keys().map(|path| format!("site/{path}")).collect();
    public.retain(|path| !path.starts_with("site/.guidepost-"));
    public.sort();
    assert_eq!(names, public);
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("site/a.html").unwrap(), &mut text).unwrap();
    assert_eq!(text, site.out("a.html"));
    let inside = Run::of(site.command().args(["zip", "public/guide.zip"]));
    assert_eq!(inside.code, Some(2), "{}", inside.stderr);
}

/// The files in an archive, with their bytes.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |at: usize| {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

/// The size of a file as pages say it.
fn size_text(bytes: usize) -> String {
    match bytes {
        1_000..1_000_000 => format!("{} KB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[test]
fn the_site_brings_itself_as_one_file_that_says_its_weight_and_does_not_hold_itself() {
    let site = Site::guide();
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    assert!(settings.contains("\n  zip: false") && !settings.contains("\nhosts:"));
    site.file(
        "site.yaml",
        settings.replace("\n  zip: false", "\n  zip: true") + "\nhosts: [netlify, apache]\n",
    );
    site.build_with(&["--date", "2026-12-01"]).clean();
    let public = site.public();
    let zip = public["guide.zip"].clone();
    let size = size_text(zip.len());
    // Each page of each language has the link, from its own folder, with the weight.
    let (mut linked, mut hinted) = (0, 0);
    for (path, bytes) in public.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let up = "../".repeat(path.matches('/').count());
        if html.contains(&format!("<a href=\"{up}guide.zip\" download>")) {
            assert!(html.contains(&format!("(ZIP, <bdi dir=\"ltr\">{size}</bdi>)")), "{path}: not {size}");
            linked += 1;
        }
        hinted += usize::from(html.contains("descomprima el archivo") && html.contains("Llévese esta guía"));
    }
    assert!(linked > 100 && hinted > 30, "{linked} {hinted}");

    // What lies in it is the site, without what hosts read, the file itself and the link to it.
    let inside = unpacked(zip.clone());
    let host = [".htaccess", "_redirects", "_headers", "guide.zip"];
    let ours = |path: &&String| !host.contains(&path.as_str()) && !path.starts_with(".guidepost-");
    let expected: Vec<String> = public.keys().filter(ours).map(|path| format!("guide/{path}")).collect();
    assert_eq!(inside.keys().cloned().collect::<Vec<_>>(), expected);
    for (path, bytes) in &inside {
        let published = &public[path.strip_prefix("guide/").unwrap()];
        if path.ends_with(".html") {
            let html = String::from_utf8_lossy(bytes);
            assert!(!html.contains("guide.zip") && !html.contains("class=\"take\""), "{path}");
            let published = String::from_utf8_lossy(published);
            let start = published.find("<li class=\"take\">");
            let without = start.map_or_else(
                || published.to_string(),
                |at| {
                    let end = at + published[at..].find("</li>\n").unwrap() + 6;
                    format!("{}{}", &published[..at], &published[end..])
                },
            );
            assert!(html == without, "{path} differs in more than the link");
        } else {
            assert!(bytes == published, "{path}");
        }
    }
    // All its links lead somewhere: it works from a disk.
    let bare = |(path, bytes): (String, Vec<u8>)| (path.strip_prefix("guide/").unwrap().to_owned(), bytes);
    let tree = inside.into_iter().map(bare).collect();
    let faults = crate::support::walk::faults(&tree, "/nowhere/", &[]);
    assert!(faults.is_empty(), "{faults:?}");

    // The command writes the same pages, with what a host reads.
    let file = site.beside().join("whole.zip");
    Run::of(site.command().args(["zip", "--date", "2026-12-01"]).arg(&file)).clean();
    let whole = unpacked(fs::read(&file).unwrap());
    assert!(whole.contains_key("site/.htaccess") && !whole.contains_key("site/guide.zip"));
    assert!(whole["site/index.html"] == tree_bytes(&zip, "guide/index.html"));
}

/// One file of an archive.
fn tree_bytes(zip: &[u8], path: &str) -> Vec<u8> {
    unpacked(zip.to_vec()).remove(path).unwrap()
}

#[test]
fn the_file_to_take_is_made_anew_when_anything_in_it_is_and_only_then() {
    let site = Site::bilingual();
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap() + "outputs: {zip: true}\n";
    site.file("site.yaml", &settings);
    site.page("a/index.md", "title: A", "Text.").page("es/a/index.md", "title: A", "Texto.");
    site.page("a/b.md", "title: B", "[The form](form.pdf)");
    site.file("content/a/form.pdf", "%PDF-1.4 ");
    let build = || site.build_with(&["--stats"]).clean();
    build();
    let first = site.public();
    assert_eq!(build().count("written"), 0);
    // Somebody deletes it, or writes over it: it comes back.
    fs::remove_file(site.root().join("public/guide.zip")).unwrap();
    assert_eq!(build().count("written"), 1);
    assert!(site.public() == first);
    // A page; a document that no page shows the bytes of; a page that goes.
    let mut before = first["guide.zip"].clone();
    let noise: Vec<u8> = (0..30_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut sizes = Vec::new();
    for edit in 0..4 {
        match edit {
            0 => site.page("a/index.md", "title: A", "Text, and one more sentence."),
            // It weighs more, so each page says another weight.
            1 => site.file("content/a/form.pdf", [&b"%PDF-1.4 "[..], &noise].concat()),
            2 => site.page("a/b.md", "title: B", "The form is gone."),
            _ => site.remove("content/a/b.md"),
        };
        site.build().clean();
        let now = site.public();
        assert!(now["guide.zip"] != before, "{edit}");
        before = now["guide.zip"].clone();
        let size = size_text(before.len());
        for (path, bytes) in now.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8_lossy(bytes);
            assert!(
                html.contains(&format!("guide.zip\">{size}</a>")) || html.contains("refresh"),
                "{edit} {path}"
            );
        }
        sizes.push(size);
        // The same as of a site that was never built before.
        let other = Site::copy_of(&site.root());
        fs::remove_dir_all(other.root().join("public")).unwrap();
        fs::remove_dir_all(other.root().join(".cache")).unwrap();
        other.build_with(&["--jobs", "1"]).clean();
        crate::support::assert_same(&now, &other.public());
    }
    assert!(sizes[0] != sizes[1] && sizes[1] != sizes[2], "{sizes:?}");
    // Without the setting it goes, and no page speaks of it.
    site.file("site.yaml", settings.replace("zip: true", "zip: false"));
    site.build().clean();
    assert!(!site.has("guide.zip") && !site.out("index.html").contains("guide.zip"));
}

#[test]
fn a_file_of_the_name_of_the_one_to_take_is_told_and_no_page_links_to_what_its_copy_lacks() {
    let site = Site::plain();
    let settings = fs::read_to_string(site.root().join("site.yaml")).unwrap();
    let error = |site: &Site| site.problems().into_iter().find(|p| p.severity == "error");
    site.file("content/guide.zip", "PK").page("index.md", "title: Start", "[Ours](guide.zip)");
    assert_eq!(error(&site), None, "without the setting it is a file like any other");
    site.file("site.yaml", settings + "outputs: {zip: true}\n");
    let problem = error(&site).unwrap();
    assert_eq!(problem.code, "address-collision");
    assert!(
        problem.message.contains("guide.zip") && problem.message.contains("the whole guide"),
        "{}",
        problem.message
    );
    assert!(problem.help.contains("zip: false"), "{}", problem.help);
    // The page in the copy would lead nowhere.
    site.remove("content/guide.zip");
    assert_eq!(error(&site).unwrap().code, "broken-link");
}

#[test]
fn manuals_say_what_the_command_line_says() {
    let site = Site::plain();
    let folder = site.beside().join("manuals");
    Run::of(site.command().arg("manuals").arg(&folder)).clean();
    let build = fs::read_to_string(folder.join("man/guidepost-build.1")).unwrap();
    assert!(build.contains("dry\\-run") && build.contains("strict"), "{build}");
    for name in ["guidepost.bash", "_guidepost", "guidepost.fish", "_guidepost.ps1"] {
        let text = fs::read_to_string(folder.join("completions").join(name)).unwrap();
        assert!(text.contains("publish"), "{name}");
    }
}
