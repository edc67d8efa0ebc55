//! The browser that prints: found in the folders of programs and in the usual places, then run once for each page.

use super::sheet::file_url;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Names of Chromium and of what is made of it.
const NAMES: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
];

/// Where installers put it.
const PLACES: [&str; 6] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/var/lib/flatpak/exports/bin/org.chromium.Chromium",
];

/// The same on Windows, below the folders that these variables name.
const WINDOWS: [&str; 3] = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
const BELOW: [&str; 2] = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];

/// Maximum time that the browser has to print a page.
const MAX_PRINT_TIME: Duration = Duration::from_secs(180);

/// An installed Chromium.
pub(super) struct Browser(PathBuf);

impl Browser {
    /// The one that is named, or the first that is found; the error says what to do.
    pub fn find(named: Option<&Path>) -> Result<Browser, String> {
        if let Some(named) = named {
            let found =
                named.is_file().then(|| named.to_owned()).or_else(|| in_path(&named.to_string_lossy()));
            return found.map(Browser).ok_or_else(|| format!("There is no browser {}.", named.display()));
        }
        let places = PLACES.iter().map(PathBuf::from);
        let windows = WINDOWS
            .iter()
            .filter_map(std::env::var_os)
            .flat_map(|folder| BELOW.map(|path| Path::new(&folder).join(path)));
        let found = NAMES
            .iter()
            .find_map(|name| in_path(name))
            .or_else(|| places.chain(windows).find(|place| place.is_file()));
        found.map(Browser).ok_or_else(|| {
            "No Chromium was found, and PDF files need one: Chromium, Chrome, Edge or Brave. Install one, or name the program \
             with --browser. Without it: open the page in any browser, and choose Print, then \"Save as PDF\"."
                .to_owned()
        })
    }

    /// Prints a page of this computer into `pdf`; what the browser keeps for itself goes to `folder`.
    pub fn print(&self, page: &Path, pdf: &Path, folder: &Path) -> io::Result<()> {
        let first = self.run(page, pdf, folder, &[])?;
        if pdf.is_file() {
            return Ok(());
        }
        // An administrator of a container has no sandbox; the pages are the guide's own.
        let said = if first.contains("no-sandbox") {
            self.run(page, pdf, folder, &["--no-sandbox"])?
        } else {
            first
        };
        if pdf.is_file() {
            return Ok(());
        }
        let last =
            said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim();
        Err(io::Error::other(format!("{} made no PDF: {last}", self.0.display())))
    }

    /// Runs the browser to its end; gives what it said.
    fn run(&self, page: &Path, pdf: &Path, folder: &Path, more: &[&str]) -> io::Result<String> {
        let said = folder.join("said");
        let file = |path: &Path| path.to_string_lossy().into_owned();
        let mut child = Command::new(&self.0)
            .args([
                "--headless",
                "--disable-gpu",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-extensions",
            ])
            // Nothing is asked of anybody.
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
            ])
            .arg("--host-resolver-rules=MAP * ~NOTFOUND")
            .args(["--generate-pdf-document-outline", "--no-pdf-header-footer"])
            .args(more)
            .arg(format!("--user-data-dir={}", file(&folder.join("profile"))))
            .arg(format!("--print-to-pdf={}", file(pdf)))
            .arg(file_url(page))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&said)?)
            .spawn()?;
        let start = Instant::now();
        while child.try_wait()?.is_none() {
            if start.elapsed() > MAX_PRINT_TIME {
                child.kill()?;
                child.wait()?;
                return Err(io::Error::other(format!(
                    "{} did not end in {} seconds.",
                    self.0.display(),
                    MAX_PRINT_TIME.as_secs()
                )));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(String::from_utf8_lossy(&std::fs::read(&said)?).into_owned())
    }
}

/// A program in the folders that the computer looks for programs in.
fn in_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&folders).map(|folder| folder.join(&file)).find(|path| path.is_file())
}
