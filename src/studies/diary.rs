//! A cohort's games written down round by round, as far as expressions ask, and the answers they give.
//!
//! A lever's level "at" a date is its level at the end of that round. An event that never happens lies infinitely far
//! ahead: no comparison waits for it, and a score takes it for the first day after the record.

use super::bound::{Bound, Wanted, column, times};
use crate::expression::{Occurrence, Operator, Taken};
use crate::record::registry::Desk;
use crate::round;
use crate::world::cohort::Games;
use crate::world::components::{Expiry, Level, Over};
use crate::world::over::all_over;
use crate::world::rows::Value;

/// What was written down of a cohort: a lane for each round and each thing.
#[derive(Debug, Default)]
pub struct Diary {
    rounds: usize,
    /// By lever, then by round.
    levels: Vec<Vec<Vec<f64>>>,
    /// By event, then by round: how often it had happened by its end.
    counts: Vec<Vec<Vec<f64>>>,
    /// By round: when the truce runs out.
    expiry: Vec<Vec<f64>>,
    /// When it was to run out as the game began.
    begun: Vec<f64>,
    /// By measure: what it came to at the end.
    measures: Vec<Vec<f64>>,
    desk: Desk,
}

impl Diary {
    /// Of games whose measures are known already, each a lane.
    pub fn of_measures(measures: Vec<Vec<f64>>) -> Diary {
        Diary { measures, ..Diary::default() }
    }

    /// Plays a loaded cohort to the end and writes it down.
    pub fn keep(&mut self, games: &mut Games, wanted: &Wanted) {
        if wanted.each_round() {
            self.keep_rounds(games, wanted);
        } else {
            round::play(games);
        }
        self.measures.resize(wanted.measures.len(), vec![]);
        for (lane, reading) in self.measures.iter_mut().zip(&wanted.measures) {
            reading.read(games, &mut self.desk, lane);
        }
    }

    /// A cohort as it begins, as if nothing changed: levers stay, nothing happens, and no measure has a case.
    pub fn keep_still(&mut self, games: &mut Games, wanted: &Wanted) {
        let (rounds, n) = (games.setup().rounds as usize, games.games());
        self.rounds = rounds;
        self.measures = vec![vec![f64::NAN; n]; wanted.measures.len()];
        self.counts = vec![vec![vec![0.0; n]; rounds]; wanted.events.len()];
        if !games.numbers_of(Expiry::COLUMN, 0, &mut self.begun) {
            self.begun = vec![f64::INFINITY; n];
        }
        self.expiry = vec![self.begun.clone(); rounds];
        let stays = |row: &usize| {
            let mut lane = vec![];
            games.numbers_of(Level::COLUMN, *row, &mut lane);
            vec![lane; rounds]
        };
        self.levels = wanted.levers.iter().map(stays).collect();
    }

    fn keep_rounds(&mut self, games: &mut Games, wanted: &Wanted) {
        let rounds = games.setup().rounds as usize;
        self.rounds = rounds;
        self.levels.resize(wanted.levers.len(), vec![]);
        self.counts.resize(wanted.events.len(), vec![]);
        for lanes in self.levels.iter_mut().chain(&mut self.counts).chain([&mut self.expiry]) {
            lanes.resize(rounds, vec![]);
        }
        if wanted.events.contains(&Occurrence::Extension) {
            games.numbers_of(Expiry::COLUMN, 0, &mut self.begun);
        }
        let (mut over, mut now) = (vec![], vec![]);
        for r in 0..rounds {
            if r > 0 && all_over(games) {
                for lanes in self.levels.iter_mut().chain(&mut self.counts).chain([&mut self.expiry]) {
                    let (done, rest) = lanes.split_at_mut(r);
                    rest.iter_mut().for_each(|lane| lane.clone_from(&done[r - 1]));
                }
                break;
            }
            games.step();
            for (lanes, row) in self.levels.iter_mut().zip(&wanted.levers) {
                games.numbers_of(Level::COLUMN, *row, &mut lanes[r]);
            }
            for (lanes, event) in self.counts.iter_mut().zip(&wanted.events) {
                let n = games.games();
                if !games.numbers_of(column(*event).0, 0, &mut lanes[r]) {
                    lanes[r].clear();
                    lanes[r].resize(n, 0.0);
                }
                times(*event, &mut lanes[r]);
            }
            if wanted.events.contains(&Occurrence::Extension) {
                games.numbers_of(Expiry::COLUMN, 0, &mut self.expiry[r]);
            }
            // A game that is over stays as it ended while the others of its cohort go on.
            for lanes in self.levels.iter_mut().chain(&mut self.counts).chain([&mut self.expiry]) {
                let (done, rest) = lanes.split_at_mut(r);
                for (g, x) in rest[0].iter_mut().enumerate().filter(|(g, _)| over.get(*g).is_some_and(|x| *x > 0.0)) {
                    *x = done[r - 1][g];
                }
            }
            if games.numbers_of(Over::COLUMN, 0, &mut now) {
                std::mem::swap(&mut over, &mut now);
            }
        }
        if let Some(lapses) = wanted.events.iter().position(|e| *e == Occurrence::Lapse) {
            rises(&mut self.counts[lapses]);
        }
    }

    /// What an expression comes to in game `g`: a yes is 1 and a no 0; not a number where it has no case. What never
    /// happens lies infinitely far ahead.
    pub fn answer(&self, wanted: &Wanted, e: &Bound, g: usize) -> f64 {
        self.reckon(wanted, e, g, f64::INFINITY)
    }

    /// The same as a number that can be summed: what never happens is taken for the first day after the record, but
    /// in comparisons lies infinitely far ahead.
    pub fn number(&self, wanted: &Wanted, e: &Bound, g: usize) -> f64 {
        self.reckon(wanted, e, g, wanted.end())
    }

    fn reckon(&self, wanted: &Wanted, e: &Bound, g: usize, never: f64) -> f64 {
        let yes = |b: bool| f64::from(u8::from(b));
        match e {
            Bound::Number(x) => *x,
            Bound::Measure(place) => self.measures[*place][g],
            Bound::If(three) => {
                let [condition, so, other] = &**three;
                let holds = self.answer(wanted, condition, g) > 0.0;
                self.reckon(wanted, if holds { so } else { other }, g, never)
            }
            Bound::Given(two) => {
                let [what, condition] = &**two;
                let holds = self.answer(wanted, condition, g) > 0.0;
                if holds { self.reckon(wanted, what, g, never) } else { f64::NAN }
            }
            Bound::At(lever, round) => self.levels[*lever][*round as usize][g],
            Bound::Window(over, lever, (from, to)) => {
                let levels = self.levels[*lever][*from as usize..=*to as usize].iter().map(|lane| lane[g]);
                match over {
                    Taken::Min => levels.fold(f64::INFINITY, f64::min),
                    Taken::Max => levels.fold(f64::NEG_INFINITY, f64::max),
                    Taken::Mean => levels.sum::<f64>() / f64::from(to - from + 1),
                }
            }
            Bound::Count(event, (from, to)) => {
                self.by(wanted, *event, *to, g) - from.checked_sub(1).map_or(0.0, |r| self.by(wanted, *event, r, g))
            }
            Bound::First(event, (from, to)) => {
                let before = from.checked_sub(1).map_or(0.0, |r| self.by(wanted, *event, r, g));
                let round = (*from..=*to).find(|r| self.by(wanted, *event, *r, g) > before);
                round.map_or(never, |r| wanted.day(r))
            }
            Bound::Extension(n) => self.extension(wanted, *n, g),
            Bound::Negative(inner) => -self.reckon(wanted, inner, g, never),
            Bound::Not(inner) => 1.0 - self.answer(wanted, inner, g),
            Bound::Both(operator, a, b) => {
                let adds = matches!(operator, Operator::Plus | Operator::Minus | Operator::Times | Operator::Over);
                let never = if adds { never } else { f64::INFINITY };
                let (a, b) = (self.reckon(wanted, a, g, never), self.reckon(wanted, b, g, never));
                match operator {
                    Operator::Or => yes(a > 0.0 || b > 0.0),
                    Operator::And => yes(a > 0.0 && b > 0.0),
                    Operator::Less => yes(a < b),
                    Operator::AtMost => yes(a <= b),
                    Operator::More => yes(a > b),
                    Operator::AtLeast => yes(a >= b),
                    Operator::Same => yes(a == b),
                    Operator::Differs => yes(a != b && !a.is_nan() && !b.is_nan()),
                    Operator::Plus => a + b,
                    Operator::Minus => a - b,
                    Operator::Times => a * b,
                    Operator::Over if b == 0.0 => f64::NAN, // no case
                    Operator::Over => a / b,
                }
            }
        }
    }

    /// How often an event had happened by the end of a round.
    fn by(&self, wanted: &Wanted, event: Occurrence, round: u32, g: usize) -> f64 {
        let place = wanted.events.iter().position(|e| *e == event);
        place.map_or(0.0, |place| self.counts[place][round as usize][g])
    }

    /// Days by which the nth extension moved the truce's end; not a number without one.
    fn extension(&self, wanted: &Wanted, n: usize, g: usize) -> f64 {
        let reached = |r: &u32| self.by(wanted, Occurrence::Extension, *r, g) > n as f64;
        match (0..self.rounds as u32).find(reached) {
            Some(r) => {
                let before = if r == 0 { self.begun[g] } else { self.expiry[r as usize - 1][g] };
                (self.expiry[r as usize][g] - before) * wanted.days as f64
            }
            None => f64::NAN,
        }
    }
}

/// A flag by rounds, turned into how often it has risen.
fn rises(flag: &mut [Vec<f64>]) {
    let n = flag.first().map_or(0, Vec::len);
    for g in 0..n {
        let (mut was, mut count) = (0.0, 0.0);
        for lane in flag.iter_mut() {
            let now = lane[g];
            count += f64::from(u8::from(now > was));
            was = now;
            lane[g] = count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::measures::names;
    use super::*;
    use crate::expression::{Expression, parse};
    use crate::game::testing::stockholm;
    use crate::mechanisms::courts::RulingsInForce;
    use crate::mechanisms::incidents::Incidents;
    use crate::mechanisms::ratification::Rejections;
    use crate::mechanisms::spoilers::Strikes;
    use crate::mechanisms::summit::{SummitCancelled, SummitHeld};
    use crate::mechanisms::threats::CarriedOut;
    use crate::mechanisms::truce::Restored;
    use crate::record::outcome::FirstDealRound;
    use crate::record::registry::{Measure, registry};
    use crate::world::components::{Deals, Extensions, Lapsed, Sessions, SummitDeals, Threats};
    use crate::world::dice::Key;
    use crate::world::setup::Setup;

    /// Two games of three rounds of a week from 21 July 2025, written by hand.
    fn by_hand(wanted: &Wanted) -> Diary {
        let place = |e: Occurrence| wanted.events.iter().position(|x| *x == e);
        let mut diary = Diary {
            rounds: 3,
            levels: vec![vec![vec![40.0, 40.0], vec![30.0, 60.0], vec![20.0, 80.0]]; wanted.levers.len()],
            counts: vec![vec![vec![0.0; 2]; 3]; wanted.events.len()],
            expiry: vec![vec![3.0, 3.0], vec![16.0, 3.0], vec![16.0, 3.0]],
            begun: vec![3.0, 3.0],
            ..Diary::default()
        };
        if let Some(deals) = place(Occurrence::Deal) {
            diary.counts[deals] = vec![vec![0.0, 0.0], vec![1.0, 0.0], vec![2.0, 0.0]];
        }
        if let Some(extensions) = place(Occurrence::Extension) {
            diary.counts[extensions] = vec![vec![0.0, 0.0], vec![1.0, 0.0], vec![1.0, 0.0]];
        }
        diary
    }

    fn tree(setup: &Setup, text: &str) -> Expression {
        let measures: Vec<Measure> = registry(setup).into_iter().map(|(measure, _)| measure).collect();
        parse(text, &names(&measures)).unwrap().0
    }

    fn answers(text: &str) -> [f64; 2] {
        asked(text, Diary::answer)
    }

    fn asked(text: &str, how: fn(&Diary, &Wanted, &Bound, usize) -> f64) -> [f64; 2] {
        let setup = stockholm();
        let mut wanted = Wanted::of(&setup).strict();
        let bound = wanted.bind(&setup, &tree(&setup, text)).unwrap();
        let diary = by_hand(&wanted);
        [0, 1].map(|g| how(&diary, &wanted, &bound, g))
    }

    #[test]
    fn each_form_has_its_answer() {
        assert_eq!(answers("lever.us_tariff at 2025-07-28"), [30.0, 60.0]);
        assert_eq!(answers("lever.us_tariff at 2025-08-03"), [30.0, 60.0]); // a Sunday: still round 1
        assert_eq!(answers("min(lever.us_tariff) from 2025-07-21 to 2025-08-04"), [20.0, 40.0]);
        assert_eq!(answers("max(lever.us_tariff) from 2025-07-21 to 2025-07-28"), [40.0, 60.0]);
        assert_eq!(answers("mean(lever.us_tariff) from 2025-07-28 to 2025-08-04"), [25.0, 70.0]);
        assert_eq!(answers("count(deal) from 2025-08-04 to 2025-08-10"), [1.0, 0.0]);
        assert_eq!(answers("count(deal) from 2025-07-21 to 2025-08-10"), [2.0, 0.0]);
        assert_eq!(answers("first(deal) from 2025-07-21 to 2025-08-10"), [7.0, f64::INFINITY]);
        assert_eq!(answers("first(deal) from 2025-07-21 to 2025-08-10 <= 2025-07-30"), [1.0, 0.0]);
        let [some, none] = answers("extension[1].days");
        assert!(some == 91.0 && none.is_nan());
        assert_eq!(answers("extension[1].days > 60"), [1.0, 0.0]);
        assert_eq!(answers("days(2025-07-21, first(deal) from 2025-07-21 to 2025-08-10)"), [7.0, f64::INFINITY]);
        assert_eq!(answers("1 + 2 * 3 - 8 / 4"), [5.0; 2]);
        assert_eq!(answers("-2 < 1 and not 1 == 2 or 1 != 1"), [1.0; 2]);
    }

    #[test]
    fn what_never_happens_is_a_day_after_the_record_in_sums_and_beyond_all_days_in_comparisons() {
        let never = "first(deal) from 2025-07-21 to 2025-08-10";
        let number = |text: &str| asked(text, Diary::number);
        let end = Wanted::of(&stockholm()).end();
        assert_eq!(number(never), [7.0, end]);
        assert_eq!(number(&format!("days({never}, 2025-08-04)")), [7.0, 14.0 - end]);
        assert_eq!(number(&format!("({never}) > 2026-01-12")), [0.0, 1.0]);
        assert_eq!(number("1 / (count(deal) from 2025-07-21 to 2025-08-10)").map(f64::is_nan), [false, true]);
    }

    #[test]
    fn the_first_round_may_prolong_the_truce() {
        let setup = stockholm();
        let mut wanted = Wanted::of(&setup).strict();
        let bound = wanted.bind(&setup, &tree(&setup, "extension[1].days")).unwrap();
        let mut diary = by_hand(&wanted);
        diary.counts[0] = vec![vec![1.0, 0.0]; 3];
        diary.expiry = vec![vec![16.0, 3.0]; 3];
        assert_eq!(diary.answer(&wanted, &bound, 0), 91.0);
    }

    #[test]
    fn what_the_scenario_lacks_is_said() {
        let setup = stockholm();
        let mut wanted = Wanted::of(&setup).strict();
        let mut says = |text: &str| wanted.bind(&setup, &tree(&setup, text)).unwrap_err().to_string();
        assert_eq!(
            says("lever.us_tarif at 2025-08-01"),
            "the scenario has no lever `us_tarif`; did you mean `us_tariff`?"
        );
        assert!(says("count(tweet)").starts_with("the model has no event `tweet`"));
        assert_eq!(
            says("lever.us_tariff at 2018-01-01"),
            "2018-01-01 lies outside the scenario, which runs from 2025-07-21 to 2026-01-18"
        );
    }

    /// The calendar's shocks are a bit each.
    #[test]
    fn two_shocks_are_counted_twice() {
        let mut bits = [0.0, 1.0, 2.0, 5.0, 7.0];
        super::super::bound::times(Occurrence::Shock, &mut bits);
        assert_eq!(bits, [0.0, 1.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    fn a_diary_ends_as_the_game_does() {
        let setup = stockholm();
        let mut wanted = Wanted::of(&setup).strict();
        let mut bind = |text: &str| wanted.bind(&setup, &tree(&setup, text)).unwrap();
        let questions = [
            (bind("lever.us_tariff at 2026-01-18"), Level::COLUMN, setup.lever("us_tariff").unwrap()),
            (bind("count(deal)"), Deals::COLUMN, 0),
            (bind("count(session)"), Sessions::COLUMN, 0),
            (bind("count(extension)"), Extensions::COLUMN, 0),
            (bind("count(threat)"), Threats::COLUMN, 0),
            (bind("count(execution)"), CarriedOut::COLUMN, 0),
            (bind("count(spoiler)"), Strikes::COLUMN, 0),
            (bind("count(summit)"), SummitHeld::COLUMN, 0),
            (bind("count(summit_deal)"), SummitDeals::COLUMN, 0),
            (bind("count(rejection)"), Rejections::COLUMN, 0),
            (bind("count(restoration)"), Restored::COLUMN, 0),
            (bind("count(cancellation)"), SummitCancelled::COLUMN, 0),
            (bind("count(ruling)"), RulingsInForce::COLUMN, 0),
            (bind("count(incident)"), Incidents::COLUMN, 0),
        ];
        let lapsed = bind("count(lapse) >= 1");
        let first = bind("first(deal)");
        let mut games = round::cohort(&setup, 200);
        games.load(Key::of_seed(4), 0);
        let mut diary = Diary::default();
        diary.keep(&mut games, &wanted);
        for g in 0..200 {
            for (bound, column, row) in &questions {
                let told = diary.answer(&wanted, bound, g);
                assert_eq!(Some(told), games.number_of(*column, *row, g), "{} of {g}", column.name());
            }
            assert_eq!(Some(diary.answer(&wanted, &lapsed, g)), games.number::<Lapsed>(0, g));
            let round = games.number::<FirstDealRound>(0, g).unwrap();
            let day = diary.answer(&wanted, &first, g);
            assert!(day == 7.0 * round || day.is_infinite() && round.is_nan(), "{day} {round}");
        }
    }
}
