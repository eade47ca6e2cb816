//! What two sides came to that tuned in turn: on the screen, or as one JSON document.

use serde_json::{Value, json};

use crate::cli::axes::short;
use crate::command_line::CommandLine;
use crate::report::heading::{Heading, extend};
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::sources;
use crate::report::table::TextTable;
use crate::report::text::{beside, count, error, number, percent, signed_beside};
use crate::studies::tune::field::{Entry, Gain, Side};
use crate::studies::tune::selfplay::{Last, Rest, SEARCHED, Settled, Start, Terms, exploitability, robust};

/// So many entries are shown with their values.
const SHOWN: usize = 5;
/// So many equilibria are written out on the screen.
const LISTED: usize = 8;
/// What is played less often than this is not shown.
const SHARE: f64 = 0.005;

/// What is told besides the figures.
pub struct Told {
    /// What was asked for.
    pub terms: Terms,
    /// By side and entry of its pool: the values of its paths, as they are written.
    pub values: [Vec<Vec<String>>; 2],
    /// By side: where what stands at each of its paths is from, as its author says.
    pub because: [Vec<Option<String>>; 2],
}

/// What an entry is called: where it comes from.
pub fn name(entry: &Entry) -> String {
    match (&entry.point, entry.round) {
        (None, _) => "as written".to_owned(),
        (_, 0) => format!("start {}", entry.start + 1),
        (_, round) => format!("reply {}.{round}", entry.start + 1),
    }
}

/// On the screen; `out` is the overlay's file, if one was written.
pub fn page(heading: &Heading, told: &Told, answer: &Settled, out: Option<&str>) -> Sheet {
    let t = &told.terms;
    let mut text = Sheet::from(format!("{}: both sides tune in turn, seed {}\n", heading.scenario, t.seed));
    heading.sets.iter().for_each(|set| text.push_str(&format!("  with {set}\n")));
    text.push_str(&format!(
        "  each search: {} of {} by CMA-ES, as many blindly\n  the pools meet in {}\n\n",
        count(t.tries, "candidate"),
        count(t.games, "game"),
        count(t.held, "other game")
    ));
    rounds(answer, &mut text);
    text.push_str("\nWhere each start came to rest\n\n");
    text.table(starts(answer));
    let Some(last) = &answer.last else {
        text.push_str("The pools of different starts have not met: no equilibrium is told.\n");
        return text;
    };
    equilibria(told, answer, last, &mut text);
    for side in 0..2 {
        worths(answer, last, side, &mut text);
    }
    for side in 0..2 {
        values(told, answer, last, side, &mut text);
    }
    text.push_str(&precision::halved(t.held, " held out"));
    if let Some(file) = out {
        let next = CommandLine::new("compare").file(&heading.scenario).file(file);
        text.push_str(&format!("\nWritten: {file}, of equilibrium {}\nNext: {next}\n", last.steadiest() + 1));
    }
    text
}

/// Every round of every start.
fn rounds(answer: &Settled, out: &mut Sheet) {
    let mut table = TextTable::new(&[2]).spare(&[3, 7]);
    table.row(["start", "round", "side", "pool", "worth", "a reply gains, at least", "95 %", "joins"]);
    let all = answer.starts.iter().enumerate();
    for (s, r, round) in all.flat_map(|(s, start)| start.rounds.iter().enumerate().map(move |(r, round)| (s, r, round)))
    {
        for side in 0..2 {
            let (gain, first) = (round.gains[side], side == 0);
            table.row([
                if first { (s + 1).to_string() } else { String::new() },
                if first { (r + 1).to_string() } else { String::new() },
                answer.sides[side].party.clone(),
                round.shares[side].len().to_string(),
                beside(round.worth[side], gain.half),
                signed_beside(gain.mean, gain.half),
                format!("± {}", error(gain.half)),
                if round.joined[side] { "yes" } else { "no" }.to_string(),
            ]);
        }
    }
    out.table(table);
    let any = |what: fn(&crate::studies::tune::selfplay::Round) -> bool| {
        answer.starts.iter().flat_map(|start| &start.rounds).any(what)
    };
    if any(|round| round.dynamics) {
        out.push_str("  In a round no equilibrium was found: the mean of replicator dynamics was\n  replied to.\n");
    }
    if any(|round| round.degenerate) {
        out.push_str("  In a round best replies tied: the equilibrium replied to is one of several.\n");
    }
}

fn starts(answer: &Settled) -> TextTable {
    let mut table = TextTable::new(&[1]);
    let [one, two] = [0, 1].map(|side: usize| format!("{} worth", answer.sides[side].party));
    table.row(["start", "begun at", &one, &two, "then gained, at least", "rounds"]);
    for (s, start) in answer.starts.iter().enumerate() {
        let left = start.rounds.last().map(|round| number(exploitability(&round.gains), 3));
        table.row([
            (s + 1).to_string(),
            if s == 0 { "as written" } else { "a drawn point" }.to_owned(),
            number(start.worth[0], 3),
            number(start.worth[1], 3),
            left.unwrap_or("-".into()),
            start.rounds.len().to_string(),
        ]);
    }
    table
}

fn mixture(side: &Side, shares: &[f64]) -> String {
    let mut all: Vec<(f64, String)> =
        shares.iter().zip(&side.pool).filter(|(x, _)| **x >= SHARE).map(|(x, entry)| (*x, name(entry))).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let one = |(share, name): &(f64, String)| {
        if *share > 0.9995 { name.clone() } else { format!("{name} {}", percent(*share)) }
    };
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn gained(gain: &Gain) -> String {
    format!("{} ± {}", signed_beside(gain.mean, gain.half), error(gain.half))
}

/// Every equilibrium of the last table, and what is left to exploit.
fn equilibria(told: &Told, answer: &Settled, last: &Last, out: &mut Sheet) {
    let [rows, columns] = [0, 1].map(|side: usize| answer.sides[side].pool.len());
    out.push_str(&format!("\nAll pools in one table, {rows} x {columns}: "));
    out.push_str(match (last.dynamics, last.all && !last.degenerate) {
        (true, _) => "no equilibrium was found; the mean of replicator dynamics\n\n",
        (false, true) => "every equilibrium\n\n",
        (false, false) => "equilibria that were found, there may be more\n\n",
    });
    for (e, rest) in last.rests.iter().take(LISTED).enumerate() {
        for side in 0..2 {
            let (who, first) = (&answer.sides[side], if side == 0 { format!("{}.", e + 1) } else { String::new() });
            let gain =
                rest.gains.as_ref().map_or(String::new(), |g| format!(", a reply gains at least {}", gained(&g[side])));
            let head = format!("  {first:<3} {}: worth {}{gain}\n", who.party, number(rest.mixed.worth[side], 3));
            out.push_str(&head);
            out.paragraph("        ", &mixture(who, &rest.mixed.shares[side]));
        }
    }
    if last.rests.len() > LISTED {
        out.push_str(&format!("  and {} more (--format json lists all)\n", last.rests.len() - LISTED));
    }
    let unsearched = last.rests.iter().filter(|rest| rest.gains.is_none()).count();
    if unsearched > 0 {
        out.push_str(&format!("  A reply was searched against the first {SEARCHED}, not against {unsearched} more.\n"));
    }
    let t = &told.terms;
    let power = format!(
        "\"At least\": the best that {} of {} found, by CMA-ES and blindly; more (--tries, --games) may \
         find better. An equilibrium is one of these entries only, not of all that could be played.",
        count(2 * t.tries, "candidate"),
        count(t.games, "game")
    );
    out.paragraph("  ", &power);
}

/// What each entry is worth against what the other side chose, at worst and on the mean.
fn worths(answer: &Settled, last: &Last, side: usize, out: &mut Sheet) {
    let (who, other) = (&answer.sides[side], &answer.sides[1 - side]);
    let mut table = TextTable::new(&[4]);
    table.row(["entry", "played", "mean", "at worst", "against"]);
    let shares = &last.rests[last.steadiest()].mixed.shares[side];
    let rows = who.pool.iter().zip(robust(&last.payoffs[side], &other.pool)).zip(shares);
    for ((entry, found), share) in rows.filter(|((entry, _), share)| !entry.is_drawn() || **share >= SHARE) {
        table.row([
            name(entry),
            if *share >= SHARE { percent(*share) } else { "-".to_owned() },
            number(found.mean, 3),
            number(found.worst, 3),
            name(&other.pool[found.against]),
        ]);
    }
    out.push_str(&format!(
        "\n{}: what each entry is worth against all that {} found\n  (played: in equilibrium {}; drawn starts are left out)\n\n",
        who.party,
        other.party,
        last.steadiest() + 1,
    ));
    out.table(table);
}

/// The values of what is played in some equilibrium.
fn values(told: &Told, answer: &Settled, last: &Last, side: usize, out: &mut Sheet) {
    let who = &answer.sides[side];
    let most = |i: usize| last.rests.iter().map(|rest| rest.mixed.shares[side][i]).fold(0.0, f64::max);
    let mut played: Vec<usize> =
        (0..who.pool.len()).filter(|i| who.pool[*i].point.is_some() && most(*i) >= SHARE).collect();
    let all = played.len();
    played.truncate(SHOWN);
    if played.is_empty() {
        return out.push_str(&format!("\n{}: nothing but the scenario as written is played\n", who.party));
    }
    let paths: Vec<String> = who.axes.iter().map(|axis| axis.path.clone()).collect();
    let mut table = TextTable::new(&[]).in_blocks(1);
    table.row(["path".to_owned()].into_iter().chain(played.iter().map(|i| name(&who.pool[*i]))));
    for (p, path) in paths.iter().enumerate() {
        let value = |i: &usize| {
            let text = &told.values[side][*i][p];
            text.parse::<f64>().map_or(text.clone(), |x| number(x, 3))
        };
        table.row([short(path, &paths)].into_iter().chain(played.iter().map(value)));
    }
    let more = if all > SHOWN { format!("  {} more are in --format json\n", all - SHOWN) } else { String::new() };
    out.push_str(&format!("\n{}: what is played\n\n", who.party));
    out.table(table);
    out.push_str(&more);
    let said = paths.iter().zip(&told.because[side]);
    out.add(sources::short(said.map(|(path, because)| (short(path, &paths), because.as_deref()))));
}

fn gains(gains: &[Gain; 2]) -> Value {
    json!(gains.map(|g| json!({"mean": g.mean, "half": g.half})))
}

/// As one JSON document; `out` is the overlay's file, if one was written.
pub fn document(heading: &Heading, told: &Told, answer: &Settled, out: Option<&str>) -> Value {
    let t = &told.terms;
    let round = |(s, start): (usize, &Start)| {
        let one = |r: &crate::studies::tune::selfplay::Round| {
            json!({
                "start": s + 1, "shares": r.shares, "worth": r.worth, "degenerate": r.degenerate,
                "by_dynamics": r.dynamics, "gains": gains(&r.gains), "joined": r.joined,
                "exploitability": exploitability(&r.gains),
            })
        };
        start.rounds.iter().map(one).collect::<Vec<_>>()
    };
    let start = |start: &Start| json!({"members": start.members, "shares": start.shares, "worth": start.worth});
    let rest = |rest: &Rest| {
        json!({
            "shares": rest.mixed.shares, "worth": rest.mixed.worth, "gains": rest.gains.as_ref().map(gains),
            "exploitability": rest.gains.as_ref().map(exploitability),
        })
    };
    let last = answer.last.as_ref();
    let steadiest = last.map(|last| &last.rests[last.steadiest()]);
    let side = |s: usize| {
        let who = &answer.sides[s];
        let entry = |entry: &Entry| json!({"name": name(entry), "start": entry.start + 1, "round": entry.round});
        let worths = last.map(|last| {
            let one = |found: &crate::studies::tune::selfplay::Robust| {
                json!({"mean": found.mean, "worst": found.worst, "against": found.against})
            };
            robust(&last.payoffs[s], &answer.sides[1 - s].pool).iter().map(one).collect::<Vec<_>>()
        });
        json!({
            "party": who.party, "paths": who.axes.iter().map(|a| &a.path).collect::<Vec<_>>(),
            "because": told.because[s],
            "pool": told.values[s], "entries": who.pool.iter().map(entry).collect::<Vec<_>>(),
            "shares": steadiest.map(|rest| &rest.mixed.shares[s]), "worth": steadiest.map(|rest| rest.mixed.worth[s]),
            "payoffs": last.map(|last| &last.payoffs[s]), "against_pool": worths,
        })
    };
    let mut all = heading.document("summitry.selfplay/1");
    extend(
        &mut all,
        json!({
            "set": heading.sets, "tries": t.tries, "games": t.games, "held_out_games": t.held,
            "rounds": answer.starts.iter().enumerate().flat_map(round).collect::<Vec<_>>(),
            "starts": answer.starts.iter().map(start).collect::<Vec<_>>(),
            "equilibria": last.map(|last| last.rests.iter().map(rest).collect::<Vec<_>>()),
            "all_supports": last.map(|last| last.all), "degenerate": last.map(|last| last.degenerate),
            "by_dynamics": last.map(|last| last.dynamics), "steadiest": last.map(Last::steadiest),
            "sides": [side(0), side(1)], "written": out,
        }),
    );
    all
}
