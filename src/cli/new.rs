//! `new`: how does one begin a scenario of one's own?

use super::failure::{Exit, Failure, print_page};
use crate::command_line::{CommandLine, quoted};
use crate::disk;

/// A scenario with every commonly used field explained.
pub const TEMPLATE: &str = include_str!("../../scenarios/template.ron");

/// A strategy with every tactic explained.
pub const STRATEGY: &str = include_str!("strategy-template.ron");

/// Begin a scenario or a strategy of your own from a commented template
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write, such as my-story.ron; one that is there already is left alone. `new strategy NAME.ron`
    /// begins a strategy
    #[arg(value_name = "[strategy] NAME.ron", required = true, num_args = 1..=2)]
    file: Vec<String>,
}

/// Writes the template.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let (kind, file) = match &args.file[..] {
        [file] => ("scenario", file),
        [kind, file] if kind == "strategy" || kind == "scenario" => (kind.as_str(), file),
        _ => {
            let text = format!("error: one begins a scenario or a strategy, not `{}`", args.file.join(" "));
            return Err(Failure::Wrong(text + "\n  such as: summitry new strategy mine.ron"));
        }
    };
    if !file.ends_with(".ron") {
        return Err(Failure::Wrong(format!("error: a {kind} file ends in .ron: `{file}.ron`?")));
    }
    let text = if kind == "strategy" { strategy(file) } else { TEMPLATE.to_owned() };
    disk::write_new(file, &text)?;
    print_page(&format!("{file} is written: change it, then ask `{}`\n", CommandLine::new("check").word(file)))?;
    Ok(0)
}

/// The strategy template, named after its file, which stands in its examples too.
fn strategy(file: &str) -> String {
    let stem = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or("mine");
    let name: String = stem.chars().map(|c| if ".,=\"\\".contains(c) || c.is_control() { '-' } else { c }).collect();
    let said: String = file.chars().map(|c| if c.is_control() { '-' } else { c }).collect();
    STRATEGY.replace("\"mine\"", &format!("\"{name}\"")).replace("FILE", &quoted(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fields::fields;
    use crate::scenario::kind::load_any;
    use crate::scenario::rules::Scenario;

    #[test]
    fn the_template_is_in_order() {
        let (scenario, loaded) = load_any("template.ron", &|_| Ok(TEMPLATE.to_owned()), &[]).expect("in order");
        assert_eq!(scenario.warnings(&loaded), []);
    }

    #[test]
    fn the_strategy_template_is_in_order_and_shows_every_tactic() {
        let (file, _) = crate::scenario::strategy_file::read("a.b.ron", &strategy("x/a.b.ron")).expect("in order");
        assert_eq!(file.name, "a-b");
        assert!(strategy("x/a.b.ron").contains("summitry check x/a.b.ron ") && !strategy("mine.ron").contains("FILE"));
        let tactics = "Time Resource Reciprocate Blend Hold BackwardInduction Next Combi Above All Any Reply Grim Threat \
            Grit Brink Praise Never Demand Always IfProgress Attrition Honest Dangle Capacity Known None Frequency Bayes";
        for tactic in tactics.split_whitespace() {
            assert!(STRATEGY.contains(tactic), "`{tactic}` is not in the template");
        }
    }

    #[test]
    fn the_template_shows_every_field_of_the_top() {
        let rows = fields::<Scenario>();
        let top: Vec<&str> = rows.iter().map(|row| row.path.as_str()).filter(|path| !path.contains('.')).collect();
        assert!(top.len() > 20);
        for field in top {
            let shown = TEMPLATE
                .match_indices(&format!("{field}:"))
                .any(|(at, _)| TEMPLATE[..at].ends_with(|before: char| !before.is_alphanumeric() && before != '_'));
            assert!(shown, "`{field}` is not in the template");
        }
    }
}
