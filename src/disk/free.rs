//! How much room a disk has.

use std::path::Path;

use nix::sys::statvfs::statvfs;

/// Bytes that the disk of a folder has left for this user, or the disk of the nearest folder above that is there;
/// nothing where the system does not say.
#[allow(clippy::unnecessary_cast)] // these have other widths on other systems
pub fn free(folder: &str) -> Option<u64> {
    let unnamed = |above: &Path| above.as_os_str().is_empty();
    let about = Path::new(folder)
        .ancestors()
        .find_map(|above| statvfs(if unnamed(above) { Path::new(".") } else { above }).ok())?;
    Some((about.blocks_available() as u64).saturating_mul(about.fragment_size() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_is_on_the_disk_of_the_one_above() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_str().expect("UTF-8");
        let (here, below) = (free(path).expect("known"), free(&format!("{path}/a/b")).expect("known"));
        assert!(here > 0 && here.abs_diff(below) < here / 2, "{here} {below}");
    }
}
