//! A tournament as one JSON document.

use serde_json::{Value, json};

use super::heading::{Heading, extend};
use crate::studies::equilibrium::Mixed;
use crate::studies::sums::Z;
use crate::studies::tournament::{Payoff, Standing, Standings, Study};

/// The means of a table of payoffs.
pub fn means(table: &[Vec<Payoff>]) -> Vec<Vec<f64>> {
    table.iter().map(|row| row.iter().map(|payoff| payoff.mean).collect()).collect()
}

fn shares(study: &Study, mixed: &Mixed) -> Value {
    let side = |side: usize| {
        let on: serde_json::Map<String, Value> = mixed.shares[side]
            .iter()
            .zip(&study.names)
            .filter(|(share, _)| **share > 1e-6)
            .map(|(share, name)| (name.clone(), json!(share)))
            .collect();
        json!({"shares": on, "worth": mixed.worth[side]})
    };
    let (first, second) = (&study.parties[0].0, &study.parties[1].0);
    json!({ (first.as_str()): side(0), (second.as_str()): side(1) })
}

/// The standings of a tournament, as one JSON document.
pub fn document(heading: &Heading, study: &Study, answer: &Standings) -> Value {
    let names = &study.names;
    let standing = |(s, name): (&Standing, &String)| {
        json!({
            "strategy": name, "mean": s.field.mean, "se": s.field.se,
            "low": s.field.mean - Z * s.field.se, "high": s.field.mean + Z * s.field.se,
            "rank": s.rank.rank, "tied": s.rank.tied, "rank_low": s.rank.range.0, "rank_high": s.rank.range.1, "first": s.rank.first,
            "regret": s.regret, "largest_regret": s.worst.0, "largest_regret_against": names[s.worst.1],
            "dominated_by": s.dominated_by.iter()
                .map(|(by, firm)| json!({"strategy": names[*by], "beyond_chance": firm})).collect::<Vec<_>>(),
        })
    };
    let side = |side: usize| {
        let table = |of: fn(&Payoff) -> f64| {
            answer.payoffs[side].iter().map(|row| row.iter().map(of).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        json!({
            "party": study.parties[side].0, "rows": study.parties[side].0, "columns": study.parties[1 - side].0,
            "payoff": table(|p| p.mean), "payoff_se": table(|p| p.se),
            "standings": answer.standings[side].iter().zip(names).map(standing).collect::<Vec<_>>(),
        })
    };
    let e = &answer.equilibria;
    let removed: Vec<Value> = e
        .removed
        .iter()
        .map(|r| json!({"party": study.parties[r.side].0, "strategy": names[r.strategy], "by": names[r.by]}))
        .collect();
    let left = [0, 1].map(|side: usize| e.kept[side].iter().map(|i| &names[*i]).collect::<Vec<_>>());
    let mut out = heading.document("summitry.tournament/1");
    let fields = json!({
        "games": answer.games, "strategies": names,
        "left_out": study.left_out.iter().map(|(name, why)| json!({"strategy": name, "why": why})).collect::<Vec<_>>(),
        "sides": [side(0), side(1)],
        "head_to_head": means(&answer.duels),
        "head_to_head_se": answer.duels.iter().map(|row| row.iter().map(|p| p.se).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "deals": answer.deals,
        "equilibria": {
            "removed": removed,
            "left": left,
            "supports_up_to": e.supports, "all_supports": e.all, "degenerate": e.degenerate,
            "found": e.found.iter().map(|one| shares(study, one)).collect::<Vec<_>>(),
        },
        "replicator": {
            "settled": answer.replicator.settled, "last": shares(study, &answer.replicator.last),
            "mean": shares(study, &answer.replicator.mean), "gain": answer.replicator.gain,
        },
    });
    extend(&mut out, fields);
    if answer.interrupted {
        extend(&mut out, json!({"asked": heading.asked}));
    }
    out
}
