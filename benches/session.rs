//! One session of talks: both sides take stock, six offers are made, valued and learned from.
//!
//! The tables are those of the main story's first meeting, read from the columns of a cohort.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use summitry::internals::accept::{ConditionBar, ConditionCount, ConditionKind};
use summitry::internals::cohort::Games;
use summitry::internals::components::{
    Annuity, Belief, BrokenPrice, Date, DealCost, FearOfLapse, GovPolitics, GovProsperity, GovSecurity, Growth,
    Intends, Leak, Level, Optimism, Patience, PrizeNow, RatifyBar, Regard, Resilience, ResolveLost, ResolveShown,
    WordBroken, WordKept,
};
use summitry::internals::dice::Key;
use summitry::internals::hold::{Scratch, hold};
use summitry::internals::maths::believed;
use summitry::internals::model::{ModelKind, Sharpness};
use summitry::internals::offer::{TacticKind, TacticOpening, TacticPace, TacticWeight};
use summitry::internals::orders::Orders;
use summitry::internals::place::Place;
use summitry::internals::round;
use summitry::internals::rows::Value;
use summitry::internals::setup::Setup;
use summitry::internals::situation::{CONDITIONS_MAX, LEVERS_MAX, Side, Situation, TACTICS_MAX, TYPES_MAX};
use summitry::internals::tactics::{Leaf, ModelOf, Step, Tactics, Test};
use summitry::internals::trace::Trace;
use summitry::prelude::Draft;

const TABLES: usize = 256;

/// Game `g`'s number in a component's row; what no mechanism declared is neutral.
struct Reader<'a>(&'a Games, usize);

impl Reader<'_> {
    fn at<T: Value>(&self, row: usize) -> f64 {
        self.0.number::<T>(row, self.1).unwrap_or_else(|| panic!("no component `{}`", T::NAME))
    }

    fn side(&self, setup: &Setup, p: usize) -> Side {
        let mut beliefs = [0.0; TYPES_MAX];
        for (belief, t) in beliefs.iter_mut().zip(&setup.parties[p].suspects) {
            *belief = self.at::<Belief>(p * setup.types.len() + t);
        }
        let mut tactics = [Leaf::default(); TACTICS_MAX];
        for (i, leaf) in tactics[..setup.tactics].iter_mut().enumerate() {
            let row = p * setup.tactics + i;
            let kind = Tactics::of_number(self.at::<TacticKind>(row));
            let (weight, pace) = (self.at::<TacticWeight>(row), self.at::<TacticPace>(row));
            *leaf = Leaf { kind, weight, pace, opening: self.at::<TacticOpening>(row) };
        }
        let mut accept = [Step::default(); CONDITIONS_MAX];
        for (i, step) in accept[..setup.conditions].iter_mut().enumerate() {
            let row = p * setup.conditions + i;
            let test = Test::of_number(self.at::<ConditionKind>(row));
            *step = Step { test, bar: self.at::<ConditionBar>(row), count: self.at::<ConditionCount>(row) };
        }
        Side {
            weights: [self.at::<GovProsperity>(p), self.at::<GovSecurity>(p), self.at::<GovPolitics>(p)],
            beliefs,
            model: ModelOf::of_number(self.at::<ModelKind>(p)),
            sharpness: self.at::<Sharpness>(p),
            patience: self.at::<Patience>(p),
            date: self.at::<Date>(p),
            optimism: self.at::<Optimism>(p),
            honesty: self.at::<Intends>(p),
            word: believed(self.at::<WordKept>(p), self.at::<WordBroken>(p)),
            resolve: believed(self.at::<ResolveShown>(p), self.at::<ResolveLost>(p)),
            resilience: self.at::<Resilience>(p),
            growth: self.at::<Growth>(p),
            bar: self.at::<RatifyBar>(p),
            deal_cost: self.at::<DealCost>(p),
            prize: self.at::<PrizeNow>(p),
            floor: f64::NAN,
            mood: 0.0,
            outside: 0.0,
            annuity: self.at::<Annuity>(p),
            heard_first: f64::NAN,
            heard_best: -1.0,
            heard_value: 0.0,
            tactics,
            accept,
        }
    }

    fn situation(&self, setup: &Setup) -> Situation {
        let mut levels = [0.0; LEVERS_MAX];
        for (l, x) in levels[..setup.levers.len()].iter_mut().enumerate() {
            *x = self.at::<Level>(l);
        }
        Situation {
            round: 1,
            session: 0,
            leaders: false,
            may_move: setup.scenario.talks.officials_may_move.get(),
            next: Some(5),
            next_leaders: false,
            leak: self.at::<Leak>(0),
            lapse_in: 2.0,
            opener: self.1 % 2,
            regard: self.at::<Regard>(0),
            broken_price: self.at::<BrokenPrice>(0),
            fear: self.at::<FearOfLapse>(0),
            breakdown: 0.0,
            levels,
            snaps: [f64::NAN; LEVERS_MAX],
            ceilings: [f64::INFINITY; LEVERS_MAX],
            importance: [[1.0; LEVERS_MAX]; 2],
            sides: [self.side(setup, 0), self.side(setup, 1)],
        }
    }
}

fn session(c: &mut Criterion) {
    let ready = Draft::open("scenarios/stockholm-2025.ron").ready().expect("in order");
    let setup = summitry::internals::setup_of(&ready);
    let mut games = round::cohort(setup, TABLES);
    games.load(Key::of_seed(1), 0);
    games.step();
    let tables: Vec<Situation> = (0..TABLES).map(|g| Reader(&games, g).situation(setup)).collect();
    let (mut scratch, orders, trace) = (Scratch::default(), Orders::default(), Trace::default());
    let mut agreed = [f64::NAN; LEVERS_MAX];
    let mut group = c.benchmark_group("session");
    group.throughput(Throughput::Elements(TABLES as u64));
    for (name, may_move) in [("officials", 0.45), ("leaders", 2.0)] {
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let mut signed = 0;
                for table in &tables {
                    let mut table = Situation { may_move, ..*table };
                    let scratch = &mut scratch;
                    let mut place = Place { setup, s: &mut table, scratch, orders: &orders, game: 0, trace: &trace };
                    let result = hold(&mut place, &mut agreed);
                    signed += u32::from(result.signed.is_some());
                }
                signed
            });
        });
    }
    group.finish();
}

criterion_group!(benches, session);
criterion_main!(benches);
