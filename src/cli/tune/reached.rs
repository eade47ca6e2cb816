//! What became of targets, as a table.

use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{count, half, number, within};
use crate::report::tune::statistic;
use crate::studies::tune::reached::Reached;

/// As a table, and how many were not met; `against` names the opponents. Of the best, or of the scenario as written.
pub fn table(reached: &[Reached], against: &[(String, String)], best: bool, out: &mut Sheet) {
    let (several, bounded) = (against.len() > 1, reached.iter().any(|r| r.tolerance.is_some()));
    let or_dash = |x: Option<f64>| x.map_or("-".to_string(), |x| number(x, 4));
    let mut table = TextTable::new(&[1, 2]).spare(&[3 + usize::from(several) + usize::from(bounded)]);
    let row = |first: [String; 2], who: String, target: String, tolerance: String, found: Vec<String>, met: String| {
        let mut cells = first.to_vec();
        cells.extend(several.then_some(who));
        cells.push(target);
        cells.extend(bounded.then_some(tolerance));
        cells.extend(found);
        cells.extend(bounded.then_some(met));
        cells
    };
    let word = |text: &str| text.to_string();
    let heads = [word(if best { "what the best reaches" } else { "as written" }), String::new()];
    let found = vec![word("in sample"), word("held out"), word("95 %")];
    table.row(row(heads, word("against"), word("target"), word("tolerance"), found, word("met")));
    for r in reached {
        let who = against.get(r.opponent).map_or(String::new(), |(_, plays)| plays.clone());
        let shown = |x: Option<f64>| x.map_or("-".to_string(), |x| within(x, r.half));
        let met = match r.met() {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        table.row(row(
            [r.aim.measure.clone(), statistic(r.aim.statistic)],
            who,
            number(r.target, 4),
            or_dash(r.tolerance),
            vec![shown(r.inside), shown(r.outside), half(r.half)],
            word(met),
        ));
    }
    let (all, missed) = (reached.len(), reached.iter().filter(|r| r.met() == Some(false)).count());
    let end = match (bounded, missed) {
        (false, _) => String::new(),
        (true, 0) => "  Every moment is met.\n".into(),
        (true, n) if !best => format!("  {n} of {} not met.\n", count(all as u64, "moment")),
        (true, n) => {
            let all = count(all as u64, "moment");
            format!("  {n} of {all} could not be met by these paths within these ranges.\n")
        }
    };
    out.push_str("\n");
    out.table(table);
    out.push_str(&end);
}
