//! What a seat cannot see of the other side is drawn anew, once a future, so that odds told to it give nothing away.
//!
//! The other's type is picked by the seat's own belief and its leader's goal drawn from that type's preset; where the
//! seat weighs no types, the goal is drawn again from what the scenario says of it, and a seat whose model is `Known`
//! keeps the three weights it knows, unless it is held from outside. Everything else that was drawn for the other at the start (optimism, honesty, the
//! numbers of its tactics, its bars) is drawn again. What it made of the offers it heard is taken to be what the seat
//! made of its own. In plain sight, and kept: levels, tone, progress, independence, word, resolve, meetings, threats,
//! and what the other has learned, for every offer it learned from was heard by both.

use crate::scenario::rules::Switch;
use crate::scenario::schema::Goal;
use crate::scenario::strategy::Model;
use crate::world::cohort::Games;
use crate::world::components::{
    Annuity, Belief, CostARound, Date, DealCost, GovPolitics, GovProsperity, GovSecurity, Growth, Honesty, Intends,
    MoodSpread, Patience, Politics, Prestige, Prosperity, Resilience, Security,
};
use crate::world::dice::{BEFORE_PLAY, Key, Stream, drawn};
use crate::world::maths::annuity;
use crate::world::rows::{ColumnId, KindOf, Value};
use crate::world::setup::{Setup, Source, source};
use crate::world::source::start_stream;

use crate::mechanisms::credibility::{ResolveMean, WordMean};
use crate::mechanisms::delivery::Inflates;
use crate::mechanisms::goals::Hunger;
use crate::mechanisms::talks::{HeardBest, HeardFirst, HeardValue};

/// The goal's fields: component and name of the draw. The first three are the weights that a model may know.
const GOAL: [(ColumnId, &str); 7] = [
    (Prosperity::COLUMN, "prosperity"),
    (Security::COLUMN, "security"),
    (Politics::COLUMN, "politics"),
    (Prestige::COLUMN, "prestige"),
    (Patience::COLUMN, "patience"),
    (Date::COLUMN, "date"),
    (Hunger::COLUMN, "hunger"),
];

/// Start values that the game has moved since, or that were spent at its start and show in other columns.
const IN_SIGHT: [ColumnId; 5] =
    [Resilience::COLUMN, Growth::COLUMN, WordMean::COLUMN, ResolveMean::COLUMN, MoodSpread::COLUMN];

/// The government's weights: worked out from the leader's below.
const GOVERNMENT: [ColumnId; 3] = [GovProsperity::COLUMN, GovSecurity::COLUMN, GovPolitics::COLUMN];

/// Draws what `seat`, held from outside or not, cannot see of the other anew in every game of a cohort whose games all
/// stand where one does. The draws of future f are game `first + f` of the key.
pub fn redraw(games: &mut Games, seat: usize, held: bool, key: Key, first: u64) {
    let (setup, other) = (games.setup().clone(), 1 - seat);
    let mut out = Out { games, key, first, other };
    goal(&mut out, &setup, seat, held);
    drawn_at_the_start(&mut out, &setup);
    heard(&mut out, seat);
    worked_out(&mut out, &setup);
}

/// Where the draws go.
struct Out<'a> {
    games: &'a mut Games,
    key: Key,
    first: u64,
    other: usize,
}

impl Out<'_> {
    fn uniforms(&self, stream: Stream) -> Vec<f64> {
        let mut lane = vec![0.0; self.games.games()];
        self.key.uniforms(stream, BEFORE_PLAY, self.first, &mut lane);
        lane
    }
    fn read(&self, column: ColumnId, row: usize) -> Option<Vec<f64>> {
        let mut lane = vec![];
        self.games.numbers_of(column, row, &mut lane).then_some(lane)
    }
    fn write(&mut self, column: ColumnId, row: usize, from: Source) {
        let lane = match from {
            Source::Fixed(x) => vec![x; self.games.games()],
            Source::Drawn { from, stream, range } => {
                self.uniforms(stream).into_iter().map(|u| drawn(from, u).clamp(range.0, range.1)).collect()
            }
        };
        self.games.write_lane(column, row, &lane);
    }
}

/// The sources of a goal's fields, in the order of [`GOAL`].
fn fields(goal: &Goal, label: &str) -> [Source; 7] {
    let [prosperity, security, politics, prestige, patience, date, hunger] = GOAL.map(|(_, field)| field);
    [
        source(&goal.prosperity, label, prosperity),
        source(&goal.security, label, security),
        source(&goal.politics, label, politics),
        source(&goal.prestige, label, prestige),
        source(&goal.patience, label, patience),
        source(&goal.date, label, date),
        source(&goal.hunger, label, hunger),
    ]
}

fn goal(out: &mut Out, setup: &Setup, seat: usize, held: bool) {
    let (other, label) = (out.other, setup.parties[1 - seat].dice.clone());
    let suspects = setup.parties[seat].suspects.clone();
    let known = !held && matches!(setup.parties[seat].strategy.model, Model::Known);
    let hidden = |column: ColumnId| column != Hunger::COLUMN || setup.is_on(Switch::Hunger);
    if suspects.is_empty() {
        let from = fields(&setup.parties[other].goal, &label);
        for ((column, _), from) in GOAL.into_iter().zip(from).skip(if known { 3 } else { 0 }) {
            if hidden(column) {
                out.write(column, other, from);
            }
        }
        return;
    }
    let types: Vec<[Source; 7]> = suspects
        .iter()
        .filter_map(|t| setup.scenario.goals.get(&setup.types[*t].0))
        .map(|goal| fields(goal, &label))
        .collect();
    let beliefs: Vec<f64> = suspects
        .iter()
        .map(|t| out.games.number::<Belief>(seat * setup.types.len() + t, 0).unwrap_or(0.0).max(0.0))
        .collect();
    let picks = out.uniforms(Stream::named("odds", &label, "type"));
    let of: Vec<usize> = picks.iter().map(|u| pick(&beliefs, *u).min(types.len() - 1)).collect();
    for (field, (column, what)) in GOAL.into_iter().enumerate() {
        if !hidden(column) {
            continue;
        }
        let uniforms = out.uniforms(start_stream(&label, what));
        let value = |(t, u): (&usize, &f64)| match types[*t][field] {
            Source::Fixed(x) => x,
            Source::Drawn { from, range, .. } => drawn(from, *u).clamp(range.0, range.1),
        };
        let lane: Vec<f64> = of.iter().zip(&uniforms).map(value).collect();
        out.games.write_lane(column, other, &lane);
    }
}

/// The place of a uniform in a list of weights.
fn pick(weights: &[f64], u: f64) -> usize {
    let mut left = u * weights.iter().sum::<f64>();
    for (i, w) in weights.iter().enumerate() {
        left -= w;
        if left < 0.0 {
            return i;
        }
    }
    weights.len().saturating_sub(1)
}

/// Every other number of the other's that the scenario draws once a game.
fn drawn_at_the_start(out: &mut Out, setup: &Setup) {
    let other = out.other;
    for start in &setup.starts {
        let named = |list: &[ColumnId]| list.contains(&start.column);
        if GOAL.iter().any(|(column, _)| *column == start.column) || named(&IN_SIGHT) || named(&GOVERNMENT) {
            continue;
        }
        let its = match out.games.kind(start.column) {
            Some(KindOf::Party) => start.row == other,
            Some(KindOf::Tactic) => start.row / setup.tactics.max(1) == other,
            Some(KindOf::Condition) => start.row / setup.conditions.max(1) == other,
            _ => false,
        };
        if its {
            out.write(start.column, start.row, start.from);
        }
    }
}

/// What the other made of the offers it heard: guessed to be what the seat made of its own.
fn heard(out: &mut Out, seat: usize) {
    for column in [HeardFirst::COLUMN, HeardBest::COLUMN, HeardValue::COLUMN] {
        if let Some(lane) = out.read(column, seat) {
            out.games.write_lane(column, out.other, &lane);
        }
    }
}

/// What follows from the start values and is worked out in round 0 only.
fn worked_out(out: &mut Out, setup: &Setup) {
    let other = out.other;
    let weights = [Prosperity::COLUMN, Security::COLUMN, Politics::COLUMN].map(|column| out.read(column, other));
    // As `factions` adds them up, so that no last bit differs.
    let pull = setup.government(other, [0.0; 3]);
    let share = if setup.is_on(Switch::Factions) { setup.parties[other].leader } else { 1.0 };
    for ((column, own), pull) in GOVERNMENT.into_iter().zip(weights).zip(pull) {
        let lane: Vec<f64> = own.into_iter().flatten().map(|own| share * own + pull).collect();
        out.games.write_lane(column, other, &lane);
    }
    let annuities: Option<Vec<f64>> = out
        .read(Patience::COLUMN, other)
        .map(|lane| lane.iter().map(|patience| annuity(*patience, setup.deal_life)).collect());
    if let (Some(worth), Some(cost)) = (&annuities, out.read(CostARound::COLUMN, other)) {
        if setup.is_on(Switch::Talks) {
            out.games.write_lane(Annuity::COLUMN, other, worth);
        }
        if setup.is_on(Switch::SigningCost) {
            let lane: Vec<f64> = worth.iter().zip(&cost).map(|(worth, cost)| worth * cost).collect();
            out.games.write_lane(DealCost::COLUMN, other, &lane);
        }
    }
    if let (true, Some(honesty), Some(inflates)) =
        (setup.is_on(Switch::Delivery), out.read(Honesty::COLUMN, other), out.read(Inflates::COLUMN, other))
    {
        let lane: Vec<f64> = honesty.iter().zip(&inflates).map(|(h, i)| h / i.max(1.0)).collect();
        out.games.write_lane(Intends::COLUMN, other, &lane);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::testing::{stockholm, stockholm_with};
    use crate::round;

    #[test]
    fn what_is_worked_out_is_what_round_0_works_out() {
        let setup = stockholm();
        let key = Key::of_seed(5);
        for seat in 0..2 {
            let mut games = round::cohort(&setup, 64);
            games.load(key, 3);
            let start = games.capture(0);
            games.step();
            let later = games.capture(0);
            let read = |games: &mut Games, at: &crate::world::state::State, play: bool| {
                games.restore(at, key, 0).unwrap();
                redraw(games, seat, false, key.apart("a future"), 0);
                if play {
                    games.step();
                }
                [GOVERNMENT[0], GOVERNMENT[1], GOVERNMENT[2], Annuity::COLUMN, DealCost::COLUMN, Intends::COLUMN].map(
                    |column| {
                        let mut lane = vec![];
                        assert!(games.numbers_of(column, 1 - seat, &mut lane), "{}", column.name());
                        lane
                    },
                )
            };
            // Nobody meets in round 0, so beliefs have not moved by its end.
            let by_round_0 = read(&mut games, &start, true);
            let by_redraw = read(&mut games, &later, false);
            assert_eq!(by_round_0, by_redraw);
            assert!(by_redraw[0].iter().any(|x| *x != by_redraw[0][0]), "types differ between futures");
        }
    }

    #[test]
    fn only_what_is_hidden_is_drawn_anew() {
        let setup = stockholm();
        let mut games = round::cohort(&setup, 2);
        games.load(Key::of_seed(5), 0);
        for _ in 0..6 {
            games.step();
        }
        let before = games.capture(1);
        let key = Key::of_seed(5);
        games.restore(&before, key, 0).unwrap();
        redraw(&mut games, 1, false, key.apart("a future"), 0);
        let after = games.capture(1);
        let changed: Vec<&String> = before.rows.keys().filter(|name| before.rows[*name] != after.rows[*name]).collect();
        assert!(changed.iter().any(|name| *name == "Security") && changed.iter().any(|name| *name == "Honesty"));
        for seen in ["Level", "Tone", "Progress", "WordKept", "ResolveShown", "Resilience", "Belief", "Total", "Expiry"]
        {
            assert_eq!(before.rows[seen], after.rows[seen], "{seen}");
        }
        // The seat's own side is untouched everywhere.
        for name in changed {
            assert_eq!(before.rows[name].last(), after.rows[name].last(), "{name}");
        }
    }

    #[test]
    fn a_seat_held_from_outside_knows_no_weights_whatever_the_strategy_that_stands_in_knows() {
        let known = "parties.cn.strategy=(like: \"boulware\", model: Known)";
        let setup = stockholm_with(&[known, "parties.us.goal.security=Uniform(low: 0.1, high: 0.9)"]);
        let (mut games, key) = (round::cohort(&setup, 2), Key::of_seed(5));
        let cn = setup.party("cn").unwrap();
        games.load(key, 0);
        let before = games.capture(1);
        for held in [false, true] {
            games.restore(&before, key, 0).unwrap();
            redraw(&mut games, cn, held, key.apart("a future"), 0);
            assert_eq!(games.capture(1).rows["Security"] != before.rows["Security"], held);
        }
    }

    #[test]
    fn a_pick_falls_where_the_weights_say() {
        let w = [0.2, 0.5, 0.3];
        assert_eq!([0.1, 0.3, 0.69, 0.71, 0.999].map(|u| pick(&w, u)), [0, 1, 1, 2, 2]);
        assert_eq!(pick(&[0.0, 0.0], 0.5), 1);
    }
}
