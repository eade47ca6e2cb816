//! One game: where each side's points came from, and what the offers of its last talks were worth to both.

use serde_json::Value;

use super::{Names, fields, items, number};
use crate::charts::{Bar, Bars, Chart, Count, Drawing, Fill, Ink, Line, Lines, Pen, Times, said};

/// The charts of a game, whether in a world or bargaining on its own.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    let world = [points(document, names), talks(document, names)];
    world.into_iter().chain([solutions(document, names)]).flatten().collect()
}

/// Which game it is, for the line below a title.
fn game(document: &Value) -> String {
    format!("game {} of seed {}", document["game"], document["seed"])
}

/// What each side got, in words: the first party by name first.
fn each(names: &Names, worth: &Value) -> String {
    let one = |(key, x): (&str, &Value)| Some(format!("{} for {}", said(number(x)?), names.party(key)));
    fields(worth).filter_map(one).collect::<Vec<_>>().join(", ")
}

fn points(document: &Value, names: &Names) -> Option<Chart> {
    let mut rows = vec![];
    for (side, (key, _)) in fields(&document["totals"]).enumerate() {
        let goal = |(name, x): (&str, &Value)| {
            let goal = name.strip_prefix(key)?.strip_prefix(".total.")?.replace('_', " ");
            let (name, fill) = (format!("{}: {goal}", names.party(key)), Fill::Plain(Ink::side(side)));
            Some(Bar { name, value: number(x)?, inner: None, outer: None, fill })
        };
        rows.extend(fields(&document["metrics"]).filter_map(goal));
    }
    let most = rows.iter().max_by(|a, b| a.value.abs().total_cmp(&b.value.abs()))?;
    let title = format!(
        "It ends in: {}; points {}; what weighs most is {}, {}",
        names.ending(document["outcome"].as_str()?),
        each(names, &document["totals"]),
        most.name,
        said(most.value)
    );
    let about = format!("Where the points of both sides came from, {}", game(document));
    Some(Chart::new(title, about, Bars { rows, count: Count::Number("points".into()), reach: 0.0 }))
}

/// The offers of one session of talks, and what waiting was worth to each side.
struct Talks<'a> {
    round: u64,
    waiting: &'a Value,
    offers: Vec<&'a Value>,
    signed: bool,
}

/// The last talks that came to a package both sides initialled; of none such the last.
fn last(document: &Value) -> Option<Talks<'_>> {
    let mut all: Vec<Talks> = vec![];
    for note in items(&document["trace"]) {
        match note["what"].as_str()? {
            "session" => all.push(Talks {
                round: note["round"].as_u64()?,
                waiting: &note["waiting_is_worth"],
                offers: vec![],
                signed: false,
            }),
            "offer" => all.last_mut()?.offers.push(note),
            "initialled" => all.last_mut()?.signed = true,
            _ => {}
        }
    }
    all.retain(|talks| !talks.offers.is_empty());
    let signed = all.iter().rposition(|talks| talks.signed).or(all.len().checked_sub(1))?;
    Some(all.swap_remove(signed))
}

fn talks(document: &Value, names: &Names) -> Option<Chart> {
    let talks = last(document)?;
    let (n, round) = (talks.offers.len(), talks.round + 1);
    let better = |offer: &&&Value| {
        fields(talks.waiting).all(|(key, waiting)| number(&offer["utilities"][key]) >= number(waiting))
    };
    let title = if talks.signed {
        let worth = each(names, &talks.offers.last()?["utilities"]);
        format!("In the talks of round {round} offer {n} is initialled: {worth}")
    } else {
        let good = talks.offers.iter().filter(better).count();
        format!(
            "In the last talks, in round {round}, no offer is taken; {good} of {n} would have beaten waiting for both"
        )
    };
    let about = format!("What each offer was worth to both sides, and what waiting was, {}", game(document));
    let chart = if n == 1 { one_offer(&talks, names)? } else { offers(&talks, names)? };
    Some(Chart::new(title, about, chart))
}

/// One offer, beside waiting.
fn one_offer(talks: &Talks, names: &Names) -> Option<Drawing> {
    let mut rows = vec![];
    for (side, (key, waiting)) in fields(talks.waiting).enumerate() {
        let bar = |what: &str, worth: &Value, fill: Fill| {
            let name = format!("{}: {what}", names.party(key));
            Some(Bar { name, value: number(worth)?, inner: None, outer: None, fill })
        };
        rows.push(bar("the offer", &talks.offers.first()?["utilities"][key], Fill::Plain(Ink::side(side)))?);
        rows.push(bar("waiting", waiting, Fill::Tint(Ink::side(side), 25))?);
    }
    Some(Bars { rows, count: Count::Number("points".into()), reach: 0.0 }.into())
}

/// Offers in turn, with a dotted line for waiting.
fn offers(talks: &Talks, names: &Names) -> Option<Drawing> {
    let (mut lines, n) = (vec![], talks.offers.len());
    for (side, (key, waiting)) in fields(talks.waiting).enumerate() {
        let values: Option<Vec<f64>> = talks.offers.iter().map(|offer| number(&offer["utilities"][key])).collect();
        let (party, pen) = (names.party(key), Pen { width: 1.5, dash: "2 4", ..Pen::side(side) });
        lines.push(Line { name: party.clone(), values: values?, pen: Pen::side(side) });
        lines.push(Line { name: format!("{party}, waiting"), values: vec![number(waiting)?; n], pen });
    }
    let first = talks.offers.first()?["party"].as_str().map(|key| names.party(key)).unwrap_or_default();
    let axis = format!("offers in turn, the first by {first}");
    let times = Times { names: (1..=n).map(|i| i.to_string()).collect(), flags: vec![], axis };
    let measure = "points, as each side sees them then".into();
    Some(Lines { times, lines, count: Count::Number("points".into()), measure }.into())
}

/// Bargaining on its own: what was agreed, beside what solutions of the theory give.
fn solutions(document: &Value, names: &Names) -> Option<Chart> {
    let parties: Vec<&str> = items(&document["parties"]).filter_map(Value::as_str).collect();
    let known = [
        ("Nash", "nash"),
        ("Kalai and Smorodinsky", "kalai_smorodinsky"),
        ("egalitarian (Kalai)", "kalai"),
        ("largest sum", "utilitarian"),
    ];
    let agreed = ("agreed", &document["utilities"]);
    let all = [agreed].into_iter().chain(known.map(|(name, field)| (name, &document[field]["utilities"])));
    let mut rows = vec![];
    for (what, worth) in all {
        for (side, key) in parties.iter().enumerate() {
            let (name, fill) = (format!("{what}: {}", names.party(key)), Fill::Plain(Ink::side(side)));
            rows.push(Bar { name, value: number(&worth[*key])?, inner: None, outer: None, fill });
        }
    }
    if rows.is_empty() {
        return None;
    }
    let title = match document["agreement"]["round"].as_u64() {
        Some(round) => format!(
            "Agreed in round {}: {}; the Nash solution gives {}",
            round + 1,
            each(names, &document["utilities"]),
            each(names, &document["nash"]["utilities"])
        ),
        None => format!(
            "No agreement: {}; the Nash solution gives {}",
            each(names, &document["utilities"]),
            each(names, &document["nash"]["utilities"])
        ),
    };
    let about = format!("What was agreed and what solutions of the theory give, utility, {}", game(document));
    Some(Chart::new(title, about, Bars { rows, count: Count::Number(String::new()), reach: 1.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(trace: Value) -> Value {
        json!({
            "game": 4, "seed": 2, "outcome": "no_deal", "totals": {"cn": 1.0, "us": -2.0}, "trace": trace,
            "metrics": {"cn.total": 1.0, "cn.total.security": 1.0, "us.total.politics": -2.0, "deals": 0.0},
        })
    }

    #[test]
    fn points_are_told_by_goal_and_offers_beside_waiting() {
        let session =
            |round: u64| json!({"what": "session", "round": round, "waiting_is_worth": {"cn": 1.0, "us": 1.0}});
        let offer = |cn: f64, us: f64| json!({"what": "offer", "party": "us", "utilities": {"cn": cn, "us": us}});
        let (early, late) = ([session(0), offer(2.0, 2.0)], [session(6), offer(0.5, 3.0), offer(1.5, 1.25)]);
        let none = charts(&told(json!([&early[..], &late[..]].concat())), &Names::default());
        assert_eq!(
            none[0].title,
            "It ends in: no deal; points 1 for cn, \u{2212}2 for us; what weighs most is us: politics, \u{2212}2"
        );
        assert_eq!(
            none[1].title,
            "In the last talks, in round 7, no offer is taken; 1 of 2 would have beaten waiting for both"
        );
        let signed = json!([&early[..], &[json!({"what": "initialled"})], &late[..]].concat());
        let some = charts(&told(signed), &Names::default());
        assert_eq!(some[1].title, "In the talks of round 1 offer 1 is initialled: 2 for cn, 2 for us");
        assert_eq!(charts(&told(json!([])), &Names::default()).len(), 1, "a game without talks has points alone");
    }
}
