//! `fields`: what may stand in a scenario file?

use super::common::{Format, ready};
use super::failure::{Exit, Failure, print};
use crate::report::document::indented;
use crate::report::sources::{document, page};
use crate::scenario::bargaining::BargainingFile;
use crate::scenario::because::numbers;
use crate::scenario::fields::{Field, fields, table, under};
use crate::scenario::rules::Scenario;

/// How wide the table is (columns).
const WIDTH: usize = 120;

/// What may stand in a scenario file? Every field with unit, range, default and meaning
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the fields under a path, such as parties.us.goal
    path: Option<String>,
    /// The fields of bargaining on its own, the other kind of file
    #[arg(long)]
    bargaining: bool,
    /// The numbers of this scenario instead, each with what its author says of where it is from
    #[arg(long, value_name = "SCENARIO", conflicts_with = "bargaining")]
    of: Option<String>,
    /// Text or JSON
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Lists them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let path = args.path.as_deref().unwrap_or_default();
    if let Some(scenario) = &args.of {
        return sources(scenario, path, args.format);
    }
    let bargaining = args.bargaining || path.split('.').next() == Some("bargaining");
    let rows = if bargaining { fields::<BargainingFile>() } else { fields::<Scenario>() };
    let some = under(&rows, path)?;
    let out = match args.format {
        Format::Text => table(&some, WIDTH),
        Format::Json => json(&some)?,
    };
    print(&out)?;
    Ok(0)
}

/// Where a scenario's numbers under a path come from.
fn sources(scenario: &str, under: &str, format: Format) -> Result<Exit, Failure> {
    let ready = ready(scenario, &[])?;
    let (story, told) = (&ready.setup.scenario, numbers(&ready.loaded, under));
    if told.is_empty() {
        let text = format!("`{under}` names no number that {scenario} gives\n  leave it out to see all of them");
        return Err(Failure::wrong(text));
    }
    let asks = if under.is_empty() { &story.ask_first[..] } else { &[] };
    print(&match format {
        Format::Text => page(&story.title, &told, asks, 80),
        Format::Json => indented(&document(&story.title, &told, asks)),
    })?;
    Ok(0)
}

fn json(rows: &[&Field]) -> Result<String, Failure> {
    let rows: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "path": row.path, "unit": row.unit, "range": row.range, "default": row.default,
                "meaning": row.meaning, "may_be_drawn": row.drawable,
            })
        })
        .collect();
    let document = serde_json::json!({"schema": "summitry.fields/1", "fields": rows});
    Ok(indented(&document))
}
