//! Which file systems send no events, so that they have to be polled.
//!
//! On Linux by the mount table: network shares, FUSE, and the Windows disks that WSL shows under `/mnt`. On Windows
//! by the form of the path. Called once for each folder that is to be watched.

use std::path::{Path, PathBuf};

/// Types that keep events to themselves: the change is made on another machine, or behind a program.
const SILENT: &[&str] = &[
    "9p",
    "drvfs",
    "cifs",
    "smb3",
    "smbfs",
    "smb",
    "nfs",
    "nfs4",
    "ncpfs",
    "afs",
    "afpfs",
    "webdav",
    "davfs",
    "sshfs",
    "vboxsf",
    "vmhgfs",
    "prl_fs",
    "virtiofs",
    "glusterfs",
    "ceph",
    "lustre",
    "gpfs",
    "ocfs2",
    "gfs2",
    "beegfs",
    "acfs",
    "9pfs",
];

/// The type of the file system that `folder` lies on, if it sends no events. `table` is a mount table in the form
/// of `/proc/mounts`; where there is none, it is not known and events are trusted.
pub(super) fn silent(table: &Path, folder: &Path) -> Option<String> {
    if cfg!(windows) {
        let text = folder.to_string_lossy();
        // `\\server\share`, also in its long form.
        let share = text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\"));
        return share.then(|| "network share".to_owned());
    }
    let table = std::fs::read(table).ok()?;
    let kind = type_of(&String::from_utf8_lossy(&table), folder)?;
    let is_silent =
        SILENT.contains(&kind.as_str()) || kind == "fuse" || kind == "fuseblk" || kind.starts_with("fuse.");
    is_silent.then_some(kind)
}

/// The type of the mount that `folder` lies in: the longest mount point that leads to it, the last of equals.
fn type_of(table: &str, folder: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in table.lines() {
        let mut fields = line.split(' ');
        let (Some(_), Some(point), Some(kind)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let point = unescape(point);
        let length = point.components().count();
        if folder.starts_with(&point) && best.is_none_or(|(longest, _)| length >= longest) {
            best = Some((length, kind));
        }
    }
    best.map(|(_, kind)| kind.to_ascii_lowercase())
}

/// Spaces and such stand as `\040` in a mount table.
fn unescape(field: &str) -> PathBuf {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..3).filter(|d| *first == b'\\' && d.iter().all(|b| matches!(b, b'0'..=b'7')));
        match digits.and_then(|d| u8::from_str_radix(std::str::from_utf8(d).ok()?, 8).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &tail[3..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    PathBuf::from(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const TABLE: &str = "\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
C:\\134 /mnt/c 9p rw,aname=drvfs 0 0
//server/share /mnt/my\\040share cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ann/local ext4 rw 0 0
host:/x /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
broken
overlay /over overlay rw 0 0
";

    #[test]
    fn network_wsl_and_fuse_are_polled() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), TABLE).unwrap();
        let of = |folder: &str| silent(file.path(), Path::new(folder));
        for (folder, kind) in [
            ("/mnt/c/Users/ann/site", "9p"),
            ("/mnt/my share/site", "cifs"),
            ("/home/ann/site", "nfs4"),
            ("/mnt/ssh/site", "fuse.sshfs"),
            ("/media/stick/site", "fuseblk"),
        ] {
            assert_eq!(of(folder).as_deref(), Some(kind), "{folder}");
        }
        for folder in ["/srv/site", "/home/ann/local/site", "/mnt/cc/site", "/over/site", "/mnt/my"] {
            assert_eq!(of(folder), None, "{folder}");
        }
        assert_eq!(silent(Path::new("/nowhere"), Path::new("/mnt/c")), None);
    }
}
