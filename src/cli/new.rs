//! `new`: how does one begin a scenario of one's own?

use super::common::{Failure, print};
use super::{Exit, disk};

/// A scenario with every commonly used field explained.
pub const TEMPLATE: &str = include_str!("../../scenarios/template.ron");

/// Begin a scenario of your own from a commented template
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write, such as my-story.ron; one that is there already is left alone
    #[arg(value_name = "NAME.ron")]
    file: String,
}

/// Writes the template.
pub fn run(args: Args) -> Result<Exit, Failure> {
    if !args.file.ends_with(".ron") {
        return Err(Failure::Wrong(format!("error: a scenario file ends in .ron: `{}.ron`?", args.file)));
    }
    disk::write_new(&args.file, TEMPLATE)?;
    print(&format!("{0} is written: change it, then ask `summitry check {0}`\n", args.file))?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fields::fields;
    use crate::scenario::kind::load_any;
    use crate::scenario::schema::Scenario;

    #[test]
    fn the_template_is_in_order() {
        let (scenario, loaded) = load_any("template.ron", &|_| Ok(TEMPLATE.to_owned()), &[]).expect("in order");
        assert_eq!(scenario.warnings(&loaded), []);
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
