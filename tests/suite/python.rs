//! Python's module stands beside the program: nothing of it is in the program's tree, and it leans on one unsafe file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// Of a lock file: each package with what it depends on, by name.
fn packages(lock: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let name = package.split('"').nth(1).expect("a name").to_owned();
        let listed =
            package.split_once("dependencies = [").map_or("", |(_, list)| list.split(']').next().unwrap_or(""));
        let names = listed.split('"').skip(1).step_by(2).filter_map(|text| text.split(' ').next());
        out.entry(name).or_default().extend(names.map(str::to_owned));
    }
    out
}

/// All that a package needs, by whatever way and on whatever machine.
fn tree(of: &str, packages: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let (mut seen, mut left) = (BTreeSet::new(), vec![of.to_owned()]);
    while let Some(name) = left.pop() {
        if seen.insert(name.clone()) {
            left.extend(packages.get(&name).into_iter().flatten().cloned());
        }
    }
    seen
}

#[test]
fn the_program_never_sees_pyo3() {
    let packages = packages(&read("Cargo.lock"));
    let is_python = |name: &&String| name.contains("pyo3");
    let (program, module) = (tree("summitry", &packages), tree("summitry-python", &packages));
    assert!(program.len() > 100 && program.contains("bevy_ecs") && program.contains("tokio"));
    assert_eq!(program.iter().filter(is_python).count(), 0);
    assert!(module.iter().filter(is_python).count() >= 3 && module.is_superset(&program), "the check sees it there");
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("default-members = [\".\"]"), "who builds here without asking builds the program");
}

#[test]
fn what_is_unsafe_stands_in_one_file() {
    let unsafe_in = |folder: &Path| -> Vec<String> {
        let mut files = vec![folder.to_path_buf()];
        let mut found = vec![];
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a text");
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                if code.into_iter().any(|line| line.contains("unsafe ") || line.contains("allow(unsafe_code)")) {
                    found.push(path.strip_prefix(root()).expect("inside").display().to_string());
                }
            }
        }
        found
    };
    assert_eq!(unsafe_in(&root().join("src")), [""; 0]);
    assert_eq!(unsafe_in(&root().join("python")), ["python/src/arrow.rs"]);
    let (program, module) = (read("Cargo.toml"), read("python/Cargo.toml"));
    assert!([program, module].iter().all(|manifest| manifest.contains("unsafe_code = \"deny\"")));
    // each use of it says why it is sound
    let text = read("python/src/arrow.rs");
    let uses = text.matches("unsafe {").count() + text.matches("unsafe impl").count();
    assert!(uses > 0 && text.matches("// SAFETY:").count() >= uses);
}

#[test]
fn it_is_of_the_programs_version() {
    let line = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
    for file in ["python/Cargo.toml", "python/pyproject.toml"] {
        assert!(read(file).lines().any(|l| l == line), "{file}: {line}");
    }
}

#[test]
fn its_files_stay_short_and_name_no_machine() {
    let marks = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat()];
    let mut seen = 0;
    for folder in ["python", "python/src", "python/summitry", "python/tests", "python/examples"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder").flatten() {
            let path = entry.path();
            if !path.extension().is_some_and(|e| ["rs", "py", "pyi", "md", "toml"].iter().any(|known| e == *known)) {
                continue;
            }
            seen += 1;
            let text = fs::read_to_string(&path).expect("a text");
            assert!(text.lines().count() <= 600, "{}", path.display());
            assert!(marks.iter().all(|mark| !text.contains(mark)), "{}", path.display());
        }
    }
    assert!(seen > 20, "{seen}");
}
