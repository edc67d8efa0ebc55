//! Amazon S3: a script for the program `aws`, since redirects, types and headers belong to each object there.

use super::{FOLDER, FRESH, Files, LASTING, Lasting, MADE, Site};
use std::fmt::Write as _;

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default();
    let mut out = format!("#!/bin/sh\n# {MADE}\n");
    out.push_str(
        "# Publishes the site: sh .guidepost-host/s3.sh our-bucket/guide (bucket, and the folder in it, if any)\n\
         # It needs the program aws with your account. First what pages need, then pages, then what is gone.\n\
         # The bucket's website settings: index.html is the index document, 404.html (with its folder) the error document.\n\
         set -eu\n\
         to=\"s3://${1:?name the bucket}\"\n\
         here=$(cd \"$(dirname \"$0\")/..\" && pwd)\n",
    );
    for lasting in &site.lasting {
        let (Lasting::Folder(path) | Lasting::File(path)) = lasting;
        let command = match lasting {
            Lasting::Folder(_) => "sync",
            Lasting::File(_) => "cp",
        };
        let at = shell(path);
        let _ = writeln!(
            out,
            "aws s3 {command} \"$here\"/{at} \"$to\"/{at} --only-show-errors --cache-control {}",
            shell(LASTING)
        );
    }
    let mut skip = String::from("--exclude '.guidepost-*'");
    for lasting in &site.lasting {
        let _ = match lasting {
            Lasting::Folder(folder) => write!(skip, " --exclude {}", shell(&format!("{folder}*"))),
            Lasting::File(file) => write!(skip, " --exclude {}", shell(file)),
        };
    }
    for redirect in &site.redirects {
        let _ = write!(skip, " --exclude {}", shell(&redirect.from));
    }
    // Pages come after all that they need.
    let (pages, others): (Vec<_>, Vec<_>) =
        site.known_types().partition(|(extension, _)| *extension == "html");
    for (extension, kind) in others.into_iter().chain(pages) {
        let _ = writeln!(
            out,
            "aws s3 sync \"$here\" \"$to\" --only-show-errors --exclude '*' --include '*.{extension}' {skip} --content-type {} --cache-control {FRESH}",
            shell(kind)
        );
    }
    for redirect in &site.redirects {
        let from = shell(&redirect.from);
        let _ = writeln!(
            out,
            "aws s3 cp \"$here\"/{from} \"$to\"/{from} --only-show-errors --content-type 'text/html; charset=utf-8' --website-redirect {}",
            shell(&site.path(&redirect.to))
        );
    }
    let _ = writeln!(
        out,
        "aws s3 sync \"$here\" \"$to\" --only-show-errors --exclude '.guidepost-*' --size-only --delete"
    );
    files.add(&format!("{FOLDER}s3.sh"), out);
    files
}

/// An argument for the shell.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
