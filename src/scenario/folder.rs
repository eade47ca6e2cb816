//! Which files a scenario may extend: those of its own folder tree.
//!
//! The tree starts at the folder of the file that was asked for. Where that folder is one of [`SHELVES`], which by
//! convention stand beside the main scenarios, it starts one folder further up, so that `theory/x.ron` may extend
//! `../stockholm-2025.ron`. `extends` is read from the folder of the file that says it, is written with `/`, is never
//! absolute and never climbs out of the tree. All of this is decided by the names alone; no file is touched.

use crate::notation::{Code, Problem};

/// Folders whose scenarios may extend those of the folder above.
pub const SHELVES: [&str; 4] = ["theory", "studies", "classroom", "strategies"];

/// A file named by its steps down from the root of the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct InTree(Vec<String>);

/// The tree of the file that was asked for.
pub(super) struct Tree {
    root: Vec<String>,
}

impl Tree {
    /// The tree of a file, and the file in it.
    pub(super) fn of(name: &str) -> (Tree, InTree) {
        let name = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
        let mut root: Vec<String> = name
            .split('/')
            .enumerate()
            .filter(|(i, step)| *step != "." && (*i == 0 || !step.is_empty()))
            .map(|(_, s)| s.to_owned())
            .collect();
        let mut file: Vec<String> = root.pop().into_iter().collect();
        if root.last().is_some_and(|folder| SHELVES.contains(&folder.as_str())) {
            file.splice(0..0, root.pop());
        }
        (Tree { root }, InTree(file))
    }

    /// The name to open a file by.
    pub(super) fn name(&self, file: &InTree) -> String {
        self.root.iter().chain(&file.0).map(String::as_str).collect::<Vec<_>>().join("/")
    }
}

impl InTree {
    /// As told to the reader.
    pub(super) fn told(&self) -> String {
        self.0.join("/")
    }

    /// The file that `extends` names, read from the folder of this one.
    pub(super) fn extends(&self, written: &str) -> Result<InTree, Problem> {
        self.beside("`extends`", written)
    }

    /// The file that something, called `who`, names from the folder of this one.
    fn beside(&self, who: &str, written: &str) -> Result<InTree, Problem> {
        let problem = |text: String| Problem::new(Code::BadExtends, format!("{who} {text}"));
        let drive = written.get(1..2) == Some(":");
        if written.starts_with('/') || drive || written.contains("://") {
            return Err(problem(format!("names a file beside this one, found the absolute `{written}`"))
                .help("write it as seen from the folder of this file, such as \"stockholm-2025.ron\""));
        }
        if written.contains('\\') {
            return Err(problem("is written with `/` between folders, found `\\`".into()));
        }
        if written.contains(char::is_control) || written.trim().is_empty() {
            return Err(problem("names no file".into()));
        }
        let mut steps = self.0[..self.0.len() - 1].to_vec();
        for step in written.split('/') {
            match step {
                "" | "." => {}
                ".." if steps.pop().is_none() => {
                    return Err(problem(format!("leaves the folder of the scenario: `{written}`")).help(
                        "a scenario extends one of its own folder, of a folder in it, or of the folder above its shelf",
                    ));
                }
                ".." => {}
                _ => steps.push(step.to_owned()),
            }
        }
        if steps == ["-"] {
            return Err(problem("names a file, and `-` is standard input".into()));
        }
        if steps.is_empty() || written.ends_with('/') || written.ends_with("..") {
            return Err(problem(format!("names a folder, not a file: `{written}`")));
        }
        Ok(InTree(steps))
    }
}

/// The name to open a file by that another file names: a study its scenario. By the rules of `extends`.
pub fn beside(file: &str, written: &str) -> Result<String, Problem> {
    let (tree, here) = Tree::of(file);
    here.beside("the study", written).map(|there| tree.name(&there))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is opened when `name` extends `written`.
    fn opened(name: &str, written: &str) -> Result<String, String> {
        let (tree, file) = Tree::of(name);
        file.extends(written).map(|file| tree.name(&file)).map_err(|problem| problem.text)
    }

    #[test]
    fn files_of_the_tree_are_found() {
        assert_eq!(opened("a.ron", "b.ron"), Ok("b.ron".into()));
        assert_eq!(opened("x/y/a.ron", "b.ron"), Ok("x/y/b.ron".into()));
        assert_eq!(opened("./a.ron", "sub/../b.ron"), Ok("b.ron".into()));
        assert_eq!(opened("scenarios/theory/a.ron", "../b.ron"), Ok("scenarios/b.ron".into()));
        assert_eq!(opened("theory/a.ron", "../b.ron"), Ok("b.ron".into()));
        assert_eq!(opened("/abs/studies/a.ron", "../b.ron"), Ok("/abs/b.ron".into()));
        assert_eq!(opened("../theory/a.ron", "../b.ron"), Ok("../b.ron".into()));
        assert_eq!(opened("theory/a.ron", "../classroom/b.ron"), Ok("classroom/b.ron".into()));
    }

    #[test]
    fn files_outside_are_refused() {
        let refused = |name: &str, written: &str| opened(name, written).expect_err(written);
        assert!(refused("a.ron", "../b.ron").contains("leaves the folder"));
        assert!(refused("x/a.ron", "../b.ron").contains("leaves the folder"));
        assert!(refused("theory/a.ron", "../../b.ron").contains("leaves the folder"));
        assert!(refused("a.ron", "sub/../../b.ron").contains("leaves the folder"));
        assert!(refused("a.ron", "/etc/passwd").contains("absolute"));
        assert!(refused("a.ron", "C:/b.ron").contains("absolute"));
        assert!(refused("a.ron", "sub\\b.ron").contains("written with `/`"));
        assert!(refused("a.ron", "sub/").contains("a folder, not a file"));
        assert!(refused("a.ron", "").contains("names no file"));
        assert!(refused("a.ron", "./-").contains("standard input"));
    }
}
