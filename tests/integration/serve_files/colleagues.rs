//! What `serve` does for other computers: an address that they can open, the computer's own names, a code for phones on a
//! terminal; and what it says of a folder that a program keeps the same on several computers.

use super::*;
use std::path::Path;

/// Asks `address` under the name `host`; gives the status and the body.
fn ask(address: &str, host: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// The site in a folder that a program of that name would keep.
fn kept_by(site: &Site, folder: &str) -> std::path::PathBuf {
    let root = site.beside().join(folder).join("guide");
    crate::support::copy(&site.root(), &root);
    root
}

fn serve(site: &Site, root: &Path, more: &[&str]) -> Running {
    Running::serve(site, &[&["--root", root.to_str().unwrap()], more].concat())
}

#[test]
fn colleagues_get_an_address_and_the_names_of_the_computer_are_answered() {
    let site = Site::plain();
    let running = serve(&site, &site.root(), &["--host", "0.0.0.0"]);
    let said = running.said();
    let line = said.lines().find(|line| line.starts_with("Colleagues open ")).expect(&said).to_owned();
    let (urls, port) =
        (line.trim_start_matches("Colleagues open "), running.address.rsplit(':').next().unwrap());
    let mut urls = urls.split(" or ").map(|url| url.strip_prefix("http://").unwrap().trim_end_matches('/'));
    let by_number = urls.next().unwrap();
    assert!(
        by_number.ends_with(&format!(":{port}"))
            && !by_number.starts_with("127.")
            && !by_number.starts_with('0')
    );
    assert!(ask(by_number, by_number).1.contains("The start."), "{said}");
    // The name that it tells, what a network adds to it, and it alone; in capitals too, as people write it.
    let by_name = urls.next().expect("this computer has a name");
    let name = by_name.split([':', '.']).next().unwrap();
    for host in [by_name, &format!("{name}.local:{port}"), name, &name.to_uppercase(), "localhost"] {
        assert_eq!(ask(by_number, host).0, 200, "{host}");
    }
    for host in ["evil.example", &format!("{name}.evil.example"), &format!("{name}-evil")] {
        assert_eq!(ask(by_number, host).0, 403, "{host}");
    }
    // On this computer alone nobody else is spoken of, and a terminal gets no code that leads nowhere.
    let alone = serve(&site, &site.root(), &[]);
    assert!(!alone.said().contains("Colleagues"), "{}", alone.said());
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_shows_the_address_as_a_code_for_phones() {
    let site = Site::plain();
    let program = env!("CARGO_BIN_EXE_guidepost");
    // script gives a program a terminal.
    let command = format!("{program} serve --host 0.0.0.0 --port 4700 --date {TODAY}");
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(site.root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script is there: it belongs to every Linux");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.by_ref().find(|line| line.contains("Colleagues open")).expect("the address is told");
    let drawn: Vec<String> = lines.by_ref().take(15).collect();
    let _ = child.kill();
    let _ = child.wait();
    let blocks = |line: &String| line.chars().filter(|c| "█▀▄".contains(*c)).count();
    assert!(drawn.iter().filter(|line| blocks(line) > 10).count() > 8, "{drawn:#?}");
}

#[test]
fn a_folder_that_a_program_keeps_is_told_with_the_copies_in_it() {
    let site = Site::plain();
    for name in ["goals", "goals-DESKTOP-AB12", "bus (1)", "team", "team (Ana's conflicted copy 2026-11-30)"]
    {
        site.page(&format!("{name}.md"), "title: A page", "Text.");
    }
    for (folder, program) in [
        ("OneDrive - Maple Valley", "OneDrive"),
        ("Dropbox (District)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
    ] {
        let running = serve(&site, &kept_by(&site, folder), &[]);
        let said = running.said();
        assert!(said.contains(&format!("{program} keeps this folder")), "{said}");
        let copies = said.lines().find(|line| line.starts_with("These look like copies")).expect(&said);
        assert!(copies.contains("goals-DESKTOP-AB12.md") && copies.contains("conflicted copy"), "{copies}");
        assert!(!copies.contains("bus"), "it is no copy of anything: {copies}");
    }
    // Anywhere else only the copies are told.
    let running = serve(&site, &site.root(), &[]);
    assert!(
        running.said().contains("These look like copies") && !running.said().contains("keeps this folder")
    );
}
