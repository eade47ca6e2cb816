//! The number of the model: what the same file and seed give.

/// Rises when the same scenario file and seed give other games than before: with a rule's formula, the order of draws, or
/// a default. CHANGELOG.md has a line for each number. Documents carry it; class files and checkpoints are held to it.
pub const MODEL: u32 = 4;

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use serde_json::Value;

    use super::MODEL;
    use crate::scenario::bargaining::BargainingFile;
    use crate::scenario::rules::Scenario;
    use crate::scenario::schema::Goal;
    use crate::scenario::spelled::canonical_json;
    use crate::scenario::strategy::Strategy;
    use crate::scenario::trimmed::trimmed;

    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/defaults.txt");
    const HEAD: &str = "\
# Every default of the scenario language, under the model's number. A scenario's hash leaves defaults out, so a default
# that changes must change the number. A new field only adds its line: UPDATE_GOLDEN=1 cargo test --lib model writes it.
# A default that changes or goes: raise MODEL in src/model.rs, say so in CHANGELOG.md, then do the same.
";

    /// The defaults of a record and of the records in it.
    fn list(name: &str, node: &Value, root: &Value, out: &mut Vec<String>) {
        for choice in node["oneOf"].as_array().into_iter().flatten() {
            for (variant, fields) in choice["properties"].as_object().into_iter().flatten() {
                list(&format!("{name}.{variant}"), fields, root, out);
            }
        }
        for (field, of) in node["properties"].as_object().into_iter().flatten() {
            if let Some(default) = of.get("default") {
                out.push(format!("{name}.{field} = {}", canonical_json(&trimmed(default, of, root))));
            }
        }
    }

    fn defaults() -> Vec<String> {
        let mut out = vec![];
        for (name, root) in [
            ("Scenario", schemars::schema_for!(Scenario).to_value()),
            ("Goal", schemars::schema_for!(Goal).to_value()),
            ("Strategy", schemars::schema_for!(Strategy).to_value()),
            ("Bargaining", schemars::schema_for!(BargainingFile).to_value()),
        ] {
            list(name, &root, &root, &mut out);
            for (def, node) in root["$defs"].as_object().into_iter().flatten() {
                let name = if name == "Bargaining" { format!("Bargaining.{def}") } else { def.clone() };
                list(&name, node, &root, &mut out);
            }
        }
        out.sort();
        out.dedup();
        out
    }

    /// What keeps the defaults of now from standing under the number that those of then stand under.
    fn faults(then: &str, now: &[String], model: u32) -> Vec<String> {
        let lines = || then.lines().filter(|line| !line.starts_with('#'));
        if lines().next() != Some(&format!("model {model}")) {
            return vec![];
        }
        let gone = lines().skip(1).filter(|line| !now.iter().any(|own| own == line));
        gone.map(|line| format!("`{line}` changed: raise MODEL in src/model.rs")).collect()
    }

    #[test]
    fn a_changed_default_raises_the_number() {
        let now = defaults();
        assert!(now.len() > 100 && now.contains(&"Talking.exchanges = 6".to_string()), "{now:#?}");
        let then = std::fs::read_to_string(GOLDEN).unwrap_or_default();
        let faults = faults(&then, &now, MODEL);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let mut text = format!("{HEAD}model {MODEL}\n");
        now.iter().for_each(|line| writeln!(text, "{line}").expect("a text"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(GOLDEN, &text).expect("written");
        } else {
            assert!(text == then, "new fields: UPDATE_GOLDEN=1 cargo test --lib model writes {GOLDEN} anew");
        }
    }

    #[test]
    fn the_check_of_defaults_can_fail() {
        let [one, two] = ["A.x = 1", "A.y = 2"].map(String::from);
        let then = format!("# said\nmodel 7\n{one}\n");
        assert!(faults(&then, &[one.clone(), two.clone()], 7).is_empty(), "a new field needs no new number");
        assert_eq!(faults(&then, std::slice::from_ref(&two), 7).len(), 1);
        assert!(faults(&then, &[two], 8).is_empty());
    }

    #[test]
    fn the_changelog_has_a_line_for_the_number() {
        let log = include_str!("../CHANGELOG.md");
        assert!(log.contains(&format!("Model {MODEL}")), "CHANGELOG.md says what model {MODEL} changed");
    }
}
