//! How a result was made: the program, the model and the command that gives it again.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The commit this program was built from: told by builds that are released, of a clean tree. Others say `dev`, so that
/// a commit does not rebuild the crate.
pub const COMMIT: &str = match option_env!("SUMMITRY_COMMIT") {
    Some(commit) => commit,
    None => "dev",
};

/// What a document is taken from: fields that name the result are told once more beside the command.
const NAMES: [&str; 5] = ["scenario_hash", "seed", "games", "set", "digest"];

/// How a result was made. It stands in documents as `made`, below pages and above tables, outside every digest and every
/// promise of equal bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The command in its canonical form: options in the order of `--help`, the seed named, nothing of threads, outputs
    /// or clocks.
    pub command: String,
    /// Who plays by a strategy from a file: party, file, hash of its text.
    pub strategies: Vec<[String; 3]>,
    /// Other files that decide what comes out: file, hash of its text.
    pub files: Vec<[String; 2]>,
    /// The command starts programs: it stands for them, and does not run as it is.
    pub programs: bool,
}

impl Made {
    /// As a document's field.
    pub fn json(&self, of: &Value) -> Value {
        let mut out = json!({
            "version": env!("CARGO_PKG_VERSION"), "commit": COMMIT, "model": crate::MODEL, "command": self.command,
        });
        let names = NAMES.iter().filter_map(|name| Some((name.to_string(), of.get(*name)?.clone())));
        super::heading::extend(&mut out, Value::Object(names.collect::<Map<_, _>>()));
        if !self.strategies.is_empty() {
            let told =
                self.strategies.iter().map(|[party, file, hash]| json!({"party": party, "file": file, "hash": hash}));
            out["strategies"] = told.collect();
        }
        if !self.files.is_empty() {
            out["files"] = self.files.iter().map(|[file, hash]| json!({"file": file, "hash": hash})).collect();
        }
        if self.programs {
            out["programs"] = json!(true);
        }
        out
    }

    /// As a page's last line.
    pub fn line(&self) -> String {
        format!("summitry {}: {}", version(), self.command)
    }
}

/// The program's version, its commit and its model, as pages and `--version` name them.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> =
        LazyLock::new(|| format!("{} ({COMMIT}), model {}", env!("CARGO_PKG_VERSION"), crate::MODEL));
    &VERSION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_names_what_gives_it_again() {
        let made = Made {
            command: "summitry batch x.ron --seed 1".into(),
            strategies: vec![],
            files: vec![],
            programs: false,
        };
        let told = made.json(&json!({"seed": 1, "digest": "p2:1", "outcomes": {}}));
        assert_eq!(told["seed"], 1);
        assert_eq!(told["digest"], "p2:1");
        assert_eq!((told["model"].as_u64(), told.get("outcomes")), (Some(crate::MODEL.into()), None));
        assert!(made.line().ends_with("summitry batch x.ron --seed 1"));
    }
}
