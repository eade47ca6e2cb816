//! `fields`: what may stand in a scenario file?

use super::common::Format;
use super::failure::{Exit, Failure, print};
use crate::scenario::bargaining::BargainingFile;
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
    /// Text or JSON
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Lists them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let path = args.path.as_deref().unwrap_or_default();
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
    Ok(crate::report::document::indented(&document))
}
