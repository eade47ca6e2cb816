//! What two sides came to that tuned in turn: on the screen, or as one JSON document.

use serde_json::{Value, json};

use crate::report::heading::{Heading, extend};
use crate::report::text::{TextTable, number, signed, thousands};
use crate::studies::tune::selfplay::{Settled, Terms};

/// What is told besides the figures.
pub struct Told {
    /// What was asked for.
    pub terms: Terms,
    /// By side and entry of its pool: the values of its paths, as they are written.
    pub values: [Vec<Vec<String>>; 2],
}

/// On the screen.
pub fn page(heading: &Heading, told: &Told, answer: &Settled) -> String {
    let t = &told.terms;
    let with: String = heading.sets.iter().map(|set| format!("  with {set}\n")).collect();
    let mut out = format!(
        "{}: both sides tune in turn, seed {}\n{with}  each search: {} candidates of {} games; the pools meet in {} others\n\n",
        heading.scenario,
        t.seed,
        thousands(&t.tries.to_string()),
        thousands(&t.games.to_string()),
        thousands(&t.held.to_string())
    );
    let mut table = TextTable::new(&[1]);
    table.row(["round", "side", "pool", "worth", "best reply gains", "95 %", "joins", "exploitability"]);
    for (r, round) in answer.rounds.iter().enumerate() {
        for side in 0..2 {
            let gain = round.gains[side];
            table.row([
                if side == 0 { (r + 1).to_string() } else { String::new() },
                answer.sides[side].party.clone(),
                round.shares[side].len().to_string(),
                number(round.worth[side], 3),
                signed(gain.mean, 3),
                format!("± {}", number(gain.half, 3)),
                if round.joined[side] { "yes" } else { "no" }.to_string(),
                if side == 0 { number(round.exploitability(), 3) } else { String::new() },
            ]);
        }
    }
    out.push_str(&table.lines());
    out.push_str("  What a reply gains is what could be exploited at least: a search may miss a better reply.\n");
    if answer.rounds.iter().any(|r| r.dynamics) {
        out.push_str("  In a round no equilibrium was found: the mean of replicator dynamics was replied to.\n");
    }
    if answer.rounds.iter().any(|r| r.degenerate) {
        out.push_str("  In a round best replies tied: the equilibrium replied to is one of several.\n");
    }
    if answer.interrupted {
        out.push_str("  Stopped: the round under way is left out.\n");
    } else if answer.rounds.last().is_some_and(|r| !r.joined.contains(&true)) {
        out.push_str("  It ends here: no reply gains beyond chance.\n");
    }
    for side in 0..2 {
        let who = &answer.sides[side];
        out.push_str(&format!("\n{}: worth {} at the end\n\n", who.party, number(answer.worth[side], 3)));
        let mut table = TextTable::new(&[]);
        let paths = who.axes.iter().map(|axis| axis.path.rsplit('.').next().unwrap_or_default().to_string());
        table.row(["share".to_string(), "entry".to_string()].into_iter().chain(paths));
        for (i, values) in told.values[side].iter().enumerate() {
            let share = format!("{:.0} %", 100.0 * answer.shares[side][i]);
            let name = if i == 0 { "as written".to_string() } else { format!("reply {i}") };
            let short = values.iter().map(|v| v.parse::<f64>().map_or(v.clone(), |x| number(x, 3)));
            table.row([share, name].into_iter().chain(short));
        }
        out.push_str(&table.lines());
    }
    out
}

/// As one JSON document.
pub fn document(heading: &Heading, told: &Told, answer: &Settled) -> Value {
    let t = &told.terms;
    let rounds: Vec<Value> = answer
        .rounds
        .iter()
        .map(|r| {
            json!({
                "shares": r.shares, "worth": r.worth, "degenerate": r.degenerate, "by_dynamics": r.dynamics,
                "gains": r.gains.map(|g| json!({"mean": g.mean, "half": g.half})), "joined": r.joined,
                "exploitability": r.exploitability(),
            })
        })
        .collect();
    let side = |s: usize| {
        json!({
            "party": answer.sides[s].party, "paths": answer.sides[s].axes.iter().map(|a| &a.path).collect::<Vec<_>>(),
            "pool": told.values[s], "shares": answer.shares[s], "worth": answer.worth[s],
            "payoffs": answer.payoffs[s],
        })
    };
    let mut out = heading.document("summitry.selfplay/1");
    extend(
        &mut out,
        json!({
            "set": heading.sets, "tries": t.tries, "games": t.games, "held_out_games": t.held, "rounds": rounds,
            "sides": [side(0), side(1)], "interrupted": answer.interrupted,
        }),
    );
    out
}
