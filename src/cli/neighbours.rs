//! What `serve` says of other computers: the addresses under which colleagues see the preview, with a code for phones, and that
//! the folder is one that a program keeps the same on several computers.

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::IsTerminal as _;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::Path;

/// Maximum number of copies that are named.
const MAX_NAMED: usize = 5;

/// The names that this computer has in its network.
pub fn names() -> Vec<String> {
    let told = computer().map(|name| name.trim().to_ascii_lowercase());
    let told = told.filter(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    });
    let Some(name) = told else { return Vec::new() };
    let short = name.split('.').next().unwrap_or(&name).to_owned();
    let mut names = vec![name, format!("{short}.local"), short];
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn computer() -> Option<String> {
    rustix::system::uname().nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn computer() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

/// The address of this computer in its network. Nothing is sent: the system says from where it would send.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address for examples; the way there is the usual way out.
    socket.connect("192.0.2.1:9").ok()?;
    socket
        .local_addr()
        .ok()
        .map(|address| address.ip())
        .filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

/// What is said of a server at this address: nothing when only this computer sees it.
pub fn told(at: SocketAddr, names: &[String]) -> Vec<String> {
    if at.ip().is_loopback() {
        return Vec::new();
    }
    let ip = if at.ip().is_unspecified() { own_address() } else { Some(at.ip()) };
    let mut lines = Vec::new();
    let Some(ip) = ip else {
        return vec!["This computer has no address in a network now, so nobody else can open it.".to_owned()];
    };
    let url = format!("http://{}/", SocketAddr::new(ip, at.port()));
    let by_name = names.first().map_or(String::new(), |name| format!(" or http://{name}:{}/", at.port()));
    lines.push(format!("Colleagues open {url}{by_name}"));
    if std::io::stderr().is_terminal()
        && let Ok(code) = QrCode::new(&url)
    {
        let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
        lines.push(drawn);
    }
    lines
}

/// Programs that keep a folder the same on several computers, by the beginnings of the names of their folders.
const SYNCED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("iclouddrive", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
];

/// The program that keeps the folder the same on several computers, as far as its path says.
fn program(root: &Path) -> Option<&'static str> {
    let mut parts = root.components().map(|part| part.as_os_str().to_string_lossy().to_lowercase());
    let of = |part: &str| SYNCED.iter().find(|(begins, _)| part.starts_with(begins)).map(|(_, name)| *name);
    parts.find_map(|part| of(&part))
}

/// The name that a file had before such a program copied it: both were changed.
fn original(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let cut = stem
        .find(".sync-conflict-")
        .or_else(|| stem.rfind(" (").filter(|at| is_copy(stem.get(at + 2..).unwrap_or(""))))
        .or_else(|| {
            let at = stem.rfind('-').filter(|at| *at > 0)?;
            let rest = stem.get(at + 1..)?;
            // `goals-DESKTOP-AB12`: the name of a computer of Windows has capitals, those of pages have not.
            let begin = stem.find("-DESKTOP-").or_else(|| stem.find("-LAPTOP-"));
            begin.or_else(|| {
                (rest.len() > 3
                    && rest.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
                    && rest.chars().any(|c| c.is_ascii_uppercase()))
                .then_some(at)
            })
        })?;
    Some(format!("{}.{ending}", stem.get(..cut)?))
}

/// What stands in the brackets of a copy: `1)`, `Ana's conflicted copy 2026-11-30)`.
fn is_copy(inside: &str) -> bool {
    inside.strip_suffix(')').is_some_and(|inside| {
        inside.contains("conflicted copy")
            || (!inside.is_empty() && inside.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// What is said of a folder that such a program keeps: with copies that it made because two people changed a file.
pub fn synced(root: &Path) -> Vec<String> {
    let mut copies: Vec<String> = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter().flatten() {
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file()
            && let Some(before) = original(&name)
            && entry.path().with_file_name(&before).is_file()
        {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            copies.push(path.display().to_string());
        }
    }
    let mut lines = Vec::new();
    if let Some(program) = program(root) {
        lines.push(format!(
            "{program} keeps this folder the same on several computers. Let one person edit a page at a time, and let it finish before you build."
        ));
    }
    if !copies.is_empty() {
        let more = match copies.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let named = copies.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
        lines.push(format!(
            "These look like copies that were made because two people changed one file: {named}{more}. Put what is new into the file of the plain name, and delete the copy; else it is published as a page of its own."
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_sync_programs_are_known_by_their_names() {
        for (name, before) in [
            ("goals-DESKTOP-AB12.md", Some("goals.md")),
            ("goals (Ana's conflicted copy 2026-11-30).md", Some("goals.md")),
            ("goals (1).md", Some("goals.md")),
            ("goals.sync-conflict-20261130-101500-ABCDEFG.md", Some("goals.md")),
            ("my-goals-OFFICE7.md", Some("my-goals.md")),
            ("goals.md", None),
            ("who-to-ask.md", None),
            ("form-504.md", None),
            ("goals (draft).md", None),
            ("README", None),
        ] {
            assert_eq!(original(name).as_deref(), before, "{name}");
        }
    }

    #[test]
    fn a_copy_is_told_only_beside_its_original() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("OneDrive - Maple Valley").join("guide");
        std::fs::create_dir_all(root.join("content")).unwrap();
        for name in ["goals.md", "goals-DESKTOP-AB12.md", "bus (1).md"] {
            std::fs::write(root.join("content").join(name), "x").unwrap();
        }
        let said = synced(&root).join("\n");
        assert!(said.contains("OneDrive keeps") && said.contains("goals-DESKTOP-AB12.md"), "{said}");
        assert!(!said.contains("bus"), "{said}");
        assert_eq!(synced(&folder.path().join("none")), Vec::<String>::new());
    }

    #[test]
    fn only_a_server_that_others_reach_names_addresses() {
        assert_eq!(told("127.0.0.1:4400".parse().unwrap(), &[]), Vec::<String>::new());
        let said = told("192.168.1.5:4400".parse().unwrap(), &["desk".to_owned()]);
        assert_eq!(said[0], "Colleagues open http://192.168.1.5:4400/ or http://desk:4400/");
    }

    #[test]
    fn names_are_ones_that_a_browser_can_send() {
        for name in names() {
            assert!(!name.is_empty() && !name.contains(['/', ':', ' ']), "{name}");
        }
    }
}
