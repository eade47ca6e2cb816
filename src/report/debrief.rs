//! A played game set against the engine's: a few lines after its end.

use super::table::TextTable;
use super::text::count;
use super::words::{Words, listed, percent, points};
use crate::game::told::Told;
use crate::record::endings::{endings, label};
use crate::studies::debrief::Debrief;

/// The lines of so many columns, for the side that a person played.
pub fn debrief(words: &Words, told: &Told, seat: usize, against: &Debrief, columns: usize) -> String {
    let games = count(against.games(), "game");
    let mut out = format!("{games} from the same start, with the engine's strategy in your place:\n");
    let mut table = TextTable::new(&[]).spare(&[3, 5]);
    table.row(["", "this game", "engine: mean", "5 %", "median", "95 %", "games below this"]);
    let totals = told.rounds.last().map_or([0.0; 2], |r| r.total);
    for p in [seat, 1 - seat] {
        let whose = if p == seat { "your points".into() } else { format!("{} points", words.of_party(p)) };
        table.row([
            whose,
            points(totals[p]),
            points(against.mean(p)),
            points(against.quantile(p, 0.05)),
            points(against.quantile(p, 0.5)),
            points(against.quantile(p, 0.95)),
            percent(against.below(p, totals[p])),
        ]);
    }
    out.push_str(&table.within(columns));
    let shares: Vec<String> = endings(words.setup)
        .iter()
        .zip(&against.classes)
        .filter(|(_, n)| **n > 0)
        .map(|(ending, n)| format!("{} {}", ending.label, percent(*n as f64 / against.games().max(1) as f64)))
        .collect();
    let text = format!("They ended: {}. This one: {}.", listed(&shares), label(words.setup, told.class));
    super::page::wrap(&text, columns, 0, 2).iter().for_each(|line| out.push_str(&format!("{line}\n")));
    out
}
