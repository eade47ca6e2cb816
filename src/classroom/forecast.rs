//! What the engine answers a delegation that asks: how likely a deal is and how its own points may run, for all that its
//! side can know. Noisy by its nature: it comes from few futures, and what is hidden is drawn anew in each.

use super::charts::{Posed, lines, percent, posed};
use super::debrief::futures_note;
use super::study::FUTURES;
use crate::batch::histogram::rank;
use crate::charts::{Fan, Pen, Times};
use crate::error::Error;
use crate::record::metrics;
use crate::round;
use crate::studies::odds::{Asked, View, fork};
use crate::world::components::Total;
use crate::world::dice::Key;
use crate::world::over::all_over;
use crate::world::rows::Value;
use crate::world::setup::Setup;
use crate::world::state::State;

/// The shares of futures below each line of a fan.
pub const FAN: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// What the engine says at the start of one week.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlook {
    /// The week, from 0.
    pub week: u32,
    /// How likely a deal is by the end.
    pub deal: f64,
    /// Points of the asking side after this week and each that follows: the lines of [`FAN`].
    pub fan: Vec<[f64; 5]>,
}

impl Outlook {
    /// For a party, at the start of the week in which `state` stands.
    pub fn at(setup: &Setup, key: Key, party: usize, state: &State) -> Result<Outlook, Error> {
        let asked = Asked { key, game: state.game, futures: FUTURES as u64, view: View::Held(party), threads: 1 };
        let mut games = round::cohort(setup, FUTURES);
        fork(&mut games, &asked, state, 0)?;
        let (mut lane, mut fan) = (vec![], vec![]);
        while games.round() < setup.rounds && !all_over(&games) {
            games.step();
            games.numbers_of(Total::COLUMN, party, &mut lane);
            lane.sort_by(f64::total_cmp);
            fan.push(FAN.map(|share| lane[rank(share, lane.len() as u64) as usize - 1]));
        }
        metrics::class_lane(&games, &mut lane);
        let without: Vec<usize> = ["no_deal", "extension_only"]
            .iter()
            .filter_map(|name| metrics::classes(setup).iter().position(|class| class == name))
            .collect();
        let deals = lane.iter().filter(|class| !without.contains(&(**class as usize))).count();
        Ok(Outlook { week: state.round, deal: deals as f64 / lane.len().max(1) as f64, fan })
    }
}

/// What a delegation may read: the engine's answers, week by week.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    party: String,
    answers: Vec<Outlook>,
}

impl Forecast {
    /// Of a party of this name.
    pub fn new(party: String, answers: &[Outlook]) -> Forecast {
        Forecast { party, answers: answers.to_vec() }
    }

    /// The odds so far, and the points to come as the last answer sees them.
    pub fn charts(&self) -> Vec<Posed> {
        let mut out = vec![self.odds()];
        out.extend(self.answers.last().filter(|answer| !answer.fan.is_empty()).map(|answer| self.points(answer)));
        out
    }

    fn odds(&self) -> Posed {
        let odds: Vec<f64> = self.answers.iter().map(|answer| answer.deal).collect();
        let rows = odds.iter().enumerate().map(|(week, x)| vec![(week + 1).to_string(), percent(*x)]).collect();
        let desc = "How likely a deal is at the start of each week, for all that this side can know";
        let drawn = lines("week", "chance of a deal by the end", &[(self.party.clone(), odds)]);
        let note = futures_note(
            "in which the engine plays on for both; what your side cannot know of the other is drawn anew in each",
        );
        posed(
            "The odds of a deal, as your side can see them",
            "Would your delegation bet on it?",
            desc,
            &note,
            drawn,
            &["Week", "Chance of a deal"],
            rows,
        )
    }

    fn points(&self, answer: &Outlook) -> Posed {
        let desc = "Where the points of this side may stand after each week, if the engine plays on for both";
        let weeks = (0..answer.fan.len()).map(|i| (answer.week as usize + i + 1).to_string()).collect();
        let drawn = Fan {
            times: Times { names: weeks, flags: vec![], axis: "week".into() },
            lines: answer.fan.clone(),
            names: ["10 %", "25 %", "middle", "75 %", "90 %"],
            measure: "points of your side so far".into(),
            pen: Pen::other(0),
            start: None,
        };
        let rows = answer.fan.iter().enumerate().map(|(i, lines)| {
            let week = (answer.week as usize + i + 1).to_string();
            std::iter::once(week).chain(lines.iter().map(|x| format!("{x:.1}"))).collect()
        });
        let note = format!(
            "{FUTURES} futures from the week last asked for: the dark band holds half of them, the light one four in five, the line is the middle."
        );
        posed(
            "Where your points may go",
            "What is the risk of waiting, and what its prize?",
            desc,
            &note,
            drawn,
            &["Week", "10 %", "25 %", "middle", "75 %", "90 %"],
            rows.collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::lesson::tests::lesson;
    use crate::classroom::played::PlayedGame;
    use crate::classroom::study::course;

    #[test]
    fn an_answer_does_not_know_what_the_seat_does_not() {
        let setup = lesson("stockholm-75min").setup;
        let key = Key::of_seed(5);
        let start = PlayedGame::new(&setup, key, 0).state().clone();
        let seen = Outlook::at(&setup, key, 1, &start).expect("an answer");
        assert!((0.05..0.995).contains(&seen.deal), "{}", seen.deal);
        let mut other = start.clone();
        for (name, rows) in &mut other.rows {
            if name == "Patience" {
                rows[0] = 0.5_f64.to_bits();
            }
        }
        assert_ne!(start, other);
        assert_eq!(Outlook::at(&setup, key, 1, &other).expect("an answer"), seen, "the other's patience is not seen");
        let truth = course(&setup, key, &[start, other]).expect("odds");
        assert_ne!(truth[0], truth[1], "while the truth hangs on it");
    }

    #[test]
    fn the_lines_of_a_fan_lie_in_order_and_spread() {
        let setup = lesson("stockholm-75min").setup;
        let key = Key::of_seed(5);
        let start = PlayedGame::new(&setup, key, 0).state().clone();
        let answer = Outlook::at(&setup, key, 0, &start).expect("an answer");
        assert_eq!(answer.fan.len(), setup.rounds as usize);
        assert!(answer.fan.iter().all(|lines| lines.windows(2).all(|w| w[0] <= w[1])));
        let spread = |lines: &[f64; 5]| lines[4] - lines[0];
        let (first, last) = (&answer.fan[0], &answer.fan[answer.fan.len() - 1]);
        assert!(spread(last) > spread(first), "{first:?} {last:?}");
        let charts = Forecast::new("China".into(), std::slice::from_ref(&answer)).charts();
        assert!(matches!(&charts[1].chart.drawing, crate::charts::Drawing::Fan(fan) if fan.lines == answer.fan));
    }
}
