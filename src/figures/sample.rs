//! The first games of a batch by date: when deals happen, how levers and the tone run, who got what.

use super::Names;
use crate::charts::{Chart, Cloud, Columns, Fan, Fill, NINETY, Pen, Scatter, percent, said, signed};
use crate::record::endings::endings;
use crate::report::text::thousands;
use crate::report::words::capital;
use crate::studies::sample::Sample;
use crate::world::setup::{NOBODY, Setup};

/// The charts of a sample.
pub fn sampled(setup: &Setup, names: &Names, sample: &Sample, command: &str) -> Vec<Chart> {
    let mut out: Vec<Chart> = [when(names, sample), who(setup, sample)].into_iter().flatten().collect();
    let moved = |fan: &[[f64; 5]]| fan.iter().flatten().any(|x| (x - fan[0][2]).abs() > 1e-9);
    for (lever, fan) in setup.levers.iter().zip(&sample.levers).filter(|(_, fan)| moved(fan)) {
        let pen = if lever.holder == NOBODY { Pen::other(0) } else { Pen::side(lever.holder) };
        let measure = format!("{}, {}", lever.name, lever.unit);
        let start = (!lever.pie).then_some(lever.now);
        out.push(fanned(names, sample, &lever.name, measure, fan, pen, start));
    }
    if moved(&sample.tone) {
        let measure = "the tone between the two, -1 to 1".to_string();
        out.push(fanned(names, sample, "the tone", measure, &sample.tone, Pen::other(3), None));
    }
    out.into_iter().map(|chart| Chart { command: Some(command.into()), ..chart }).collect()
}

/// Of which games, in words.
fn of(sample: &Sample) -> String {
    format!("the first {} games", thousands(&sample.games.to_string()))
}

fn when(names: &Names, sample: &Sample) -> Option<Chart> {
    let signed: u64 = sample.first_deals.iter().sum();
    if signed == 0 {
        return None;
    }
    let name = |round: usize| names.times.names.get(round).cloned().unwrap_or_default();
    let mut sum = 0;
    let half = sample.first_deals.iter().position(|n| {
        sum += n;
        2 * sum >= signed
    })?;
    let (most, n) = sample.first_deals.iter().enumerate().max_by_key(|(i, n)| (**n, usize::MAX - i))?;
    let title = format!(
        "Half of all first deals are signed by {}; the most, {}, on {}",
        name(half),
        percent(*n as f64 / signed as f64),
        name(most)
    );
    let shares = sample.first_deals.iter().map(|n| *n as f64 / sample.games as f64).collect();
    let about = format!("When the first deal is signed, share of {}", of(sample));
    let columns =
        Columns { times: names.times.clone(), shares, fill: Fill::ending("deal"), measure: "share of games".into() };
    Some(Chart::new(title, about, columns))
}

fn fanned(
    names: &Names,
    sample: &Sample,
    what: &str,
    measure: String,
    lines: &[[f64; 5]],
    pen: Pen,
    start: Option<f64>,
) -> Chart {
    let last = lines.last().copied().unwrap_or([0.0; 5]);
    let begun = start.unwrap_or(lines[0][2]);
    let way = match last[2] - begun {
        by if by.abs() < 1e-9 => format!("as much as at the start, {}, in the middle game", said(begun)),
        by if by > 0.0 => format!("up from {} to {} in the middle game", said(begun), said(last[2])),
        _ => format!("down from {} to {} in the middle game", said(begun), said(last[2])),
    };
    let (low, high) = (said(last[0]), said(last[4]));
    let title = format!("{}: {way}; nine games in ten end between {low} and {high}", capital(what));
    let about = format!("{}, after each round, {}", capital(&measure), of(sample));
    let note = "The dark band holds half of the games, the light one nine in ten; the dashed line is where it began.";
    let fan = Fan { times: names.times.clone(), lines: lines.to_vec(), names: NINETY, measure, pen, start };
    Chart::new(title, about, fan).note(if start.is_some() { note } else { note.split(';').next().unwrap_or(note) })
}

fn who(setup: &Setup, sample: &Sample) -> Option<Chart> {
    let clouds: Vec<Cloud> = endings(setup)
        .iter()
        .enumerate()
        .map(|(class, ending)| {
            let games = sample.ends.iter().filter(|(of, _)| *of == class).map(|(_, [a, b])| (*b, *a)).collect();
            Cloud { name: ending.label.into(), games, fill: Fill::ending(ending.name) }
        })
        .filter(|cloud: &Cloud| !cloud.games.is_empty())
        .collect();
    let without = |class: usize| ["no_deal", "extension_only", "no_end"].contains(&endings(setup)[class].name);
    let mean = |deal: bool| {
        let of: Vec<[f64; 2]> =
            sample.ends.iter().filter(|(c, _)| without(*c) != deal).map(|(_, totals)| *totals).collect();
        let n = of.len() as f64;
        (!of.is_empty()).then(|| [0, 1].map(|p| of.iter().map(|totals| totals[p]).sum::<f64>() / n))
    };
    let (with, none) = (mean(true), mean(false));
    let [first, second] = [0, 1].map(|p| setup.parties[p].name.clone());
    let title = match (with, none) {
        (Some(with), Some(none)) => {
            let gains = [0, 1].map(|p| with[p] - none[p]);
            let told = format!("{first} {} points, {second} {}", signed(gains[0]), signed(gains[1]));
            match gains.map(|x| x > 0.0) {
                [true, true] => format!("Both sides have more where a deal is signed: {told}"),
                [false, false] => format!("Both sides have less where a deal is signed: {told}"),
                _ => format!("A deal goes with more for one side and less for the other: {told}"),
            }
        }
        (Some(_), None) => "Every game ends in a deal".into(),
        _ => "No game ends in a deal".into(),
    };
    let frontier: Vec<(f64, f64)> =
        none.map_or(vec![], |none| sample.frontier(setup, none).into_iter().map(|[a, b]| (b, a)).collect());
    let note = match none {
        Some(_) => {
            "Each dot is a game, or a square is the fuller the more games lie in it. Dashed: the mean without a deal. The frontier is what packages signed in the first round and kept to the last could bring at most, at face value."
        }
        None => "Each dot is a game, or a square is the fuller the more games lie in it.",
    };
    let scatter = Scatter {
        axes: [format!("{second}, points"), format!("{first}, points")],
        clouds,
        cross: none.map(|[a, b]| ((b, a), "mean without a deal".into())),
        frontier,
        ..Scatter::default()
    };
    let about = format!("Points of both sides at the end, {}; the two are not on one scale", of(sample));
    Some(Chart::new(title, about, scatter).note(note))
}
