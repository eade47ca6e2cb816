//! The program as it is typed: exit code, standard output, standard error.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What it says in a folder, with `input` typed or piped into it.
pub fn typed(from: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("summitry").expect("the program is built");
    let done = command.current_dir(from).args(arguments).write_stdin(input).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

/// What it says in the repository's folder, with nothing typed.
pub fn summitry(arguments: &[&str]) -> (i32, String, String) {
    typed(Path::new(env!("CARGO_MANIFEST_DIR")), arguments, "")
}

/// The one document that it prints.
pub fn json(arguments: &[&str]) -> Value {
    let (code, out, err) = summitry(arguments);
    assert_eq!(code, 0, "{arguments:?}: {err}");
    serde_json::from_str(&out).expect("one document")
}

/// What it says where it ends with a code other than 0 and prints nothing.
pub fn refused(arguments: &[&str], code: i32) -> String {
    let (found, out, err) = summitry(arguments);
    assert_eq!(found, code, "{arguments:?}: {err}");
    assert_eq!(out, "", "{arguments:?}");
    err
}

/// Whether two figures are the same mean: a batch tells means to nine decimals, a search as they are.
pub fn agree(told: Option<f64>, found: Option<f64>) -> bool {
    told.zip(found).is_some_and(|(a, b)| (a - b).abs() < 1e-8 * b.abs().max(1.0))
}
