//! What is wrong with some files, as one document for editors.

use serde_json::{Value, json};

use crate::notation::syntax::line_column;
use crate::notation::tree::Source;
use crate::notation::{Problem, path};
use crate::scenario::language::read;

/// The name of the document.
pub const SCHEMA: &str = "summitry.check/1";

/// One file that was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The file, as it was asked for.
    pub file: String,
    /// What keeps it from being played.
    pub errors: Vec<Problem>,
    /// What can be played, but hardly as it was meant.
    pub warnings: Vec<Problem>,
    /// The texts in which those stand.
    pub sources: Vec<Source>,
}

/// Every problem of every file, errors first.
pub fn document(all: &[Checked]) -> Value {
    let files: Vec<Value> =
        all.iter().map(|one| json!({"file": one.file, "in_order": one.errors.is_empty()})).collect();
    let problems = all.iter().flat_map(|one| {
        let errors = one.errors.iter().map(|problem| told("error", problem, one));
        errors.chain(one.warnings.iter().map(|problem| told("warning", problem, one))).collect::<Vec<_>>()
    });
    json!({"schema": SCHEMA, "files": files, "problems": problems.collect::<Vec<_>>()})
}

/// A problem; what is not known of it is null.
fn told(severity: &str, problem: &Problem, checked: &Checked) -> Value {
    let mut out = json!({
        "severity": severity, "code": problem.code.name(), "text": problem.text, "help": problem.help,
        "word": problem.word(), "meant": problem.meant(),
        "file": checked.sources.first().map_or(&checked.file, |source| &source.name),
        "line": null, "column": null, "end": null, "path": null,
    });
    let place = problem.at.and_then(|at| checked.sources.get(usize::from(at.source)).map(|source| (at, source)));
    if let Some((at, source)) = place {
        let (line, column) = line_column(&source.text, at.start);
        let (end_line, end_column) = line_column(&source.text, at.end);
        let tree = read(&source.text, at.source).ok();
        out["file"] = json!(source.name);
        out["line"] = json!(line);
        out["column"] = json!(column);
        out["end"] = json!({"line": end_line, "column": end_column});
        out["path"] = json!(tree.and_then(|tree| path::leading_to(&tree, at)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::Code;
    use crate::scenario::kind::load_any;

    const STOCKHOLM: &str = include_str!("../../scenarios/stockholm-2025.ron");

    /// The document of Stockholm with one part of it written otherwise.
    fn of(from: &str, to: &str) -> (Value, String) {
        assert!(STOCKHOLM.contains(from), "{from}");
        let text = STOCKHOLM.replacen(from, to, 1);
        let checked = match load_any("x.ron", &|_| Ok(text.clone()), &[]) {
            Ok((scenario, loaded)) => {
                let warnings = scenario.warnings(&loaded);
                Checked { file: "x.ron".into(), errors: vec![], warnings, sources: loaded.sources }
            }
            Err(all) => Checked { file: "x.ron".into(), errors: all.problems, warnings: vec![], sources: all.sources },
        };
        (document(&[checked]), text)
    }

    #[test]
    fn a_problem_has_its_code_its_place_and_its_path() {
        let (all, text) = of("exchanges: 6", "exchanges: 6.5");
        assert_eq!((&all["schema"], &all["files"][0]["in_order"]), (&json!(SCHEMA), &json!(false)));
        let one = &all["problems"][0];
        assert_eq!((&one["severity"], &one["code"]), (&json!("error"), &json!(Code::NotWhole.name())));
        assert_eq!(one["help"], "write it without a fraction");
        assert_eq!((&one["file"], &one["path"]), (&json!("x.ron"), &json!("talks.exchanges")));
        let line = text.lines().nth(one["line"].as_u64().expect("a line") as usize - 1).expect("there");
        let [from, to] = [&one["column"], &one["end"]["column"]].map(|c| c.as_u64().expect("a column") as usize - 1);
        assert_eq!(&line[from..to], "6.5");
    }

    #[test]
    fn a_slip_of_the_hand_comes_with_what_was_meant() {
        let (all, _) = of("holder: \"us\", unit: \"%\"", "holdr: \"us\", unit: \"%\"");
        let one = &all["problems"][0];
        assert_eq!((&one["code"], &one["word"]), (&json!("unknown-field"), &json!("holdr")));
        assert_eq!((&one["meant"], &one["path"]), (&json!("holder"), &json!("levers.us_tariff.holdr")));
    }

    #[test]
    fn a_warning_keeps_nothing_from_being_in_order() {
        let (all, _) = of("calendar: [", "calendar: [ Talks(at: 999, place: \"x\"),");
        let problems = all["problems"].as_array().expect("a list");
        assert!(problems.iter().all(|one| one["severity"] == "warning"), "{all:#}");
        assert!(problems.iter().any(|one| one["code"] == "never-comes"), "{all:#}");
        assert_eq!(all["files"][0]["in_order"], true);
    }

    #[test]
    fn a_file_that_is_not_there_is_a_problem_without_a_place() {
        let open = |_: &str| Err(crate::Error::file("there is no file `x.ron`"));
        let all = load_any("x.ron", &open, &[]).expect_err("no file");
        let checked = Checked { file: "x.ron".into(), errors: all.problems, warnings: vec![], sources: all.sources };
        let all = document(&[checked]);
        let one = &all["problems"][0];
        assert_eq!((&one["code"], &one["file"]), (&json!("unreadable-file"), &json!("x.ron")));
        assert!(["line", "column", "end", "path"].iter().all(|key| one[*key].is_null()), "{one}");
    }
}
