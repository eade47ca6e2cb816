//! A question whose games others play, on other machines, by whatever engine hands out work.
//!
//! A question is a scenario and one document that says what is asked. Who has both has the same question: the one who
//! asks cuts it into pieces, each a text, and is handed back a text for each. What is counted merges exactly, and what is
//! not is a number a game or a point; so the answer is that of one machine, whoever played what, in whatever order.

mod games;
mod numbers;
mod points;
mod question;
mod search;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::{Answer, Draft};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::ready::Ready;
use crate::scenario::bundle::bundled;

/// What one machine plays by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum What {
    /// Games by their numbers: from, to and not with.
    Games(u64, u64),
    /// Points of a design, from, to and not with; where inputs are named, of those at which these are looked at in twos.
    Points { from: usize, to: usize, turned: Vec<usize> },
    /// Games of a candidate of a search, at a point of the unit cube.
    Candidate { point: Vec<f64>, from: u64, to: u64 },
}

/// What one machine plays by itself.
#[derive(Debug, Clone)]
pub struct Piece {
    /// As it is handed out.
    pub text: String,
    /// How many games that is.
    pub games: u64,
}

/// Who has pieces played.
pub trait Others {
    /// Has pieces played, and hands each text back under the place of its piece, in any order; false where it was stopped
    /// before all of them were.
    fn play(&mut self, pieces: &[Piece], back: &mut dyn FnMut(usize, &str) -> Result<(), Error>)
    -> Result<bool, Error>;
}

/// A question made ready, to be played in pieces.
trait InPieces: Send + Sync {
    /// The scenario.
    fn ready(&self) -> &Ready;
    /// What is found by others.
    fn answer(&self, desk: &mut Desk) -> Result<Answer, Error>;
    /// What a piece comes to, as a text.
    fn piece(&self, what: &What, how: &How) -> Result<String, Error>;
}

/// How a piece is played here.
struct How<'a> {
    threads: usize,
    watch: &'a Watch,
}

impl How<'_> {
    /// Some games of a seed.
    fn plan(&self, seed: u64, games: Range<u64>) -> Plan {
        Plan { games, ..Plan::new(seed, 0).threads(self.threads) }
    }

    fn stopped() -> Error {
        Error::Interrupted("stopped before all of the piece was played".into())
    }
}

/// The desk of the one who asks.
struct Desk<'a> {
    others: &'a mut dyn Others,
    watch: Arc<Watch>,
    /// Into how many pieces games are cut, about.
    pieces: u64,
}

impl Desk<'_> {
    /// Has pieces played, each of so many games, and takes what comes of them in the order of the pieces; false where it
    /// was stopped, and then what was taken is of the first ones.
    fn play<T>(
        &mut self,
        pieces: &[(What, u64)],
        read: impl Fn(&What, &str) -> Result<T, Error>,
        mut take: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let text = |what: &What| serde_json::to_string(what).map_err(Error::ours);
        let out = pieces.iter().map(|(what, games)| Ok(Piece { text: text(what)?, games: *games }));
        let out = out.collect::<Result<Vec<_>, Error>>()?;
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        let watch = self.watch.clone();
        let all = self.others.play(&out, &mut |place, text| {
            let (what, games) =
                pieces.get(place).ok_or_else(|| Error::argument(format!("there is no piece {place} here")))?;
            if place < next || waiting.contains_key(&place) {
                return Ok(()); // played twice, to the same
            }
            let found = read(what, text).map_err(|e| e.within(format!("what came back for piece {place}: ")))?;
            waiting.insert(place, found);
            watch.done.fetch_add(*games, Ordering::Relaxed);
            while let Some(found) = waiting.remove(&next) {
                take(found)?;
                next += 1;
            }
            Ok(())
        })?;
        Ok(all && next == pieces.len())
    }
}

/// Games cut into so many stretches, or fewer, none of them empty.
fn cut(games: Range<u64>, pieces: u64) -> impl Iterator<Item = Range<u64>> {
    let n = games.end.saturating_sub(games.start);
    let pieces = pieces.clamp(1, n.max(1));
    let border = move |k: u64| games.start + (u128::from(n) * u128::from(k) / u128::from(pieces)) as u64;
    (0..pieces).map(move |k| border(k)..border(k + 1))
}

/// A question that others play: [`Draft::shared`].
pub struct Shared {
    question: Box<dyn InPieces>,
    watch: Arc<Watch>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("scenario", &self.question.ready().hash()).finish_non_exhaustive()
    }
}

impl Draft {
    /// A question as a document, `{"ask": "batch", "games": 1000, "seed": 7}`: made ready here, to be played by others who
    /// have it too. `ask` is `batch`, `sweep`, `tournament`, `sensitivity` or `tune`; its other fields are what the methods
    /// of that question take.
    ///
    /// Needs the feature `report`, which is on by default.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// struct Neighbour(Shared);
    /// impl Others for Neighbour {
    ///     fn play(
    ///         &mut self,
    ///         pieces: &[Piece],
    ///         back: &mut dyn FnMut(usize, &str) -> Result<(), Error>,
    ///     ) -> Result<bool, Error> {
    ///         for (place, piece) in pieces.iter().enumerate().rev() {
    ///             back(place, &self.0.piece(&piece.text, 1, &Watch::default())?)?;
    ///         }
    ///         Ok(true)
    ///     }
    /// }
    /// let (draft, question) = (Draft::open("stockholm-2025"), r#"{"ask": "batch", "games": 60, "seed": 7}"#);
    /// let shared = draft.shared(question)?;
    /// let neighbour = Draft::text(shared.text()).shared(question)?; // on another machine
    /// let answer = shared.answer(&mut Neighbour(neighbour), 5)?;
    /// assert_eq!(answer.json(), draft.ready()?.batch(60).seed(7).answer()?.json());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn shared(&self, question: &str) -> Result<Shared, Error> {
        let watch = Arc::<Watch>::default();
        let question = question::read(question)?.prepared(self, &watch)?;
        Ok(Shared { question, watch })
    }
}

impl Ready {
    /// Answers a question that is a document, as [`Draft::shared`] takes one; `draft` is what this was made of.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let draft = Draft::open("stockholm-2025");
    /// let (ready, watch) = (draft.ready()?, Default::default());
    /// let answer = ready.asked(&draft, r#"{"ask": "batch", "games": 60, "seed": 7}"#, 1, &watch)?;
    /// assert_eq!(answer.json(), ready.batch(60).seed(7).answer()?.json());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn asked(&self, draft: &Draft, question: &str, threads: usize, watch: &Arc<Watch>) -> Result<Answer, Error> {
        question::read(question)?.answered(draft, self, threads, watch)
    }
}

impl Shared {
    /// The scenario as one text that needs no other.
    pub fn text(&self) -> String {
        bundled(&self.question.ready().loaded)
    }

    /// How far the games have come that others play, and how many there are in all.
    pub fn watch(&self) -> &Arc<Watch> {
        &self.watch
    }

    /// Asks, and has the games played by others in so many pieces, about. Where they were stopped it is the answer of the
    /// first pieces, and says so.
    pub fn answer(&self, others: &mut dyn Others, pieces: u64) -> Result<Answer, Error> {
        self.question.answer(&mut Desk { others, watch: self.watch.clone(), pieces: pieces.max(1) })
    }

    /// Plays a piece of the same question, and says what came of it.
    pub fn piece(&self, piece: &str, threads: usize, watch: &Watch) -> Result<String, Error> {
        let what =
            serde_json::from_str(piece).map_err(|e| Error::argument(format!("this is no piece of a question: {e}")))?;
        self.question.piece(&what, &How { threads: threads.max(1), watch })
    }
}

fn not_of_this(what: &What) -> Error {
    Error::argument(format!("this question has no such pieces: {what:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays backwards, each piece on a machine of its own, and goes home after so many.
    struct Backwards<'a> {
        text: &'a str,
        question: &'a str,
        left: usize,
        seen: usize,
    }

    impl Others for Backwards<'_> {
        fn play(
            &mut self,
            pieces: &[Piece],
            back: &mut dyn FnMut(usize, &str) -> Result<(), Error>,
        ) -> Result<bool, Error> {
            let machine = Draft::text(self.text).shared(self.question)?;
            // the two last first, so that something waits; then in order
            let order = (0..pieces.len()).rev().take(2).chain(0..pieces.len().saturating_sub(2));
            for place in order {
                if self.left == 0 {
                    return Ok(false);
                }
                self.left -= 1;
                self.seen += 1;
                let text = machine.piece(&pieces[place].text, 2, &Watch::default())?;
                back(place, &text)?;
                back(place, &text)?; // once more, as of two workers
            }
            Ok(true)
        }
    }

    fn asked(question: &str, pieces: u64, left: usize) -> (Result<Answer, Error>, usize) {
        let shared = Draft::open("stockholm-2025").shared(question).expect("a question");
        let text = shared.text();
        let mut others = Backwards { text: &text, question, left, seen: 0 };
        (shared.answer(&mut others, pieces), others.seen)
    }

    #[test]
    fn the_answer_is_that_of_one_machine() {
        let draft = Draft::open("stockholm-2025");
        let ready = draft.ready().expect("in order");
        let here = [
            ready.batch(300).seed(7).answer(),
            draft.sweep().over("parties.us.optimism=0.2,0.8").measure("deal").games(60).seed(7).answer(),
            ready.tournament(["boulware", "grit"]).games(40).seed(7).answer(),
            ready.sensitivity().only("optimism").samples(4).pairs(2).games(20).seed(7).answer(),
            ready.sensitivity().only("optimism").method("morris").samples(3).games(20).seed(7).answer(),
            ready.sensitivity().method("given").games(400).seed(7).answer(),
            draft
                .tune()
                .over("parties.us.optimism=0..1")
                .maximise("us.total")
                .against("grit")
                .tries(8)
                .games(20)
                .answer(),
        ];
        let sensitivity = |more: &str| {
            let none = r#""over": [], "within": null, "measures": [], "design_seed": 1, "seed": 7"#;
            format!(r#"{{"ask": "sensitivity", {none}, {more}}}"#)
        };
        let questions = [
            r#"{"ask": "batch", "games": 300, "seed": 7}"#.to_owned(),
            r#"{"ask": "sweep", "over": ["parties.us.optimism=0.2,0.8"], "measures": ["deal"], "design": "grid",
                "points": null, "design_seed": 1, "games": 60, "seed": 7}"#
                .to_owned(),
            r#"{"ask": "tournament", "strategies": ["boulware", "grit"], "games": 40, "seed": 7}"#.to_owned(),
            sensitivity(r#""only": ["optimism"], "method": "sobol", "samples": 4, "pairs": 2, "games": 20"#),
            sensitivity(r#""only": ["optimism"], "method": "morris", "samples": 3, "pairs": null, "games": 20"#),
            sensitivity(r#""only": [], "method": "given", "samples": null, "pairs": null, "games": 400"#),
            r#"{"ask": "tune", "over": ["parties.us.optimism=0..1"], "aims": [["maximise", "us.total", 0]], "side": null,
                "against": ["grit"], "worst": false, "quantile": null, "penalties": [], "tries": 8, "held_out": null,
                "games": 20, "seed": 0}"#
                .to_owned(),
        ];
        for (question, here) in questions.iter().zip(here) {
            let (there, seen) = asked(question, 7, usize::MAX);
            assert_eq!(there.expect("played").json(), here.expect("played").json(), "{question}");
            assert!(seen > 2, "{question}: {seen} pieces");
        }
    }

    #[test]
    fn what_was_stopped_is_of_the_first_games() {
        let ready = Draft::open("stockholm-2025").ready().expect("in order");
        // two pieces wait at the end, and three of ten are the first
        let (found, _) = asked(r#"{"ask": "batch", "games": 200, "seed": 7}"#, 10, 5);
        let found = found.expect("told");
        let digest = ready.batch(60).seed(7).run().expect("played").digest();
        assert!(found.interrupted() && found.json().contains(&digest), "{}", found.json());
        let (none, _) = asked(r#"{"ask": "batch", "games": 200, "seed": 7}"#, 10, 2);
        assert!(none.is_err_and(|e| e.to_string().contains("stopped before the first piece was played")));
    }

    #[test]
    fn what_does_not_belong_is_refused() {
        let draft = Draft::open("stockholm-2025");
        let of = |games: u64, seed: u64| {
            draft.shared(&format!(r#"{{"ask": "batch", "games": {games}, "seed": {seed}}}"#)).expect("a question")
        };
        struct Wrong(Shared, &'static str);
        impl Others for Wrong {
            fn play(
                &mut self,
                _: &[Piece],
                back: &mut dyn FnMut(usize, &str) -> Result<(), Error>,
            ) -> Result<bool, Error> {
                back(0, &self.0.piece(self.1, 1, &Watch::default())?).map(|()| true)
            }
        }
        let says =
            |shared: Shared, piece| of(10, 1).answer(&mut Wrong(shared, piece), 1).expect_err("refused").to_string();
        assert!(says(of(10, 2), r#"{"games": [0, 10]}"#).contains("another seed"));
        assert!(says(of(10, 1), r#"{"games": [0, 9]}"#).contains("other games"));
        let changed = draft.clone().set("parties.us.goal.patience", 0.9);
        let changed = changed.shared(r#"{"ask": "batch", "games": 10, "seed": 1}"#).expect("a question");
        assert!(says(changed, r#"{"games": [0, 10]}"#).contains("what came back for piece 0: another scenario"));
        let here = |piece: &str| of(10, 1).piece(piece, 1, &Watch::default()).expect_err("refused").to_string();
        assert!(here("{}").contains("this is no piece of a question"));
        assert!(here(r#"{"candidate": {"point": [], "from": 0, "to": 1}}"#).contains("no such pieces"));
        let asked = |text: &str| draft.shared(text).expect_err("refused").to_string();
        assert!(asked("{}").contains("this is no question"));
        assert!(asked(r#"{"ask": "batch", "games": 0, "seed": 1}"#).contains("at least 1 must be played"));
    }

    #[test]
    fn games_are_cut_evenly() {
        let pieces = |n: u64, k: u64| cut(0..n, k).map(|r| r.end - r.start).collect::<Vec<_>>();
        assert_eq!(pieces(10, 3), [3, 3, 4]);
        assert_eq!(pieces(2, 5), [1, 1]);
        assert_eq!(cut(7..9, 1).map(|r| (r.start, r.end)).collect::<Vec<_>>(), [(7, 9)]);
    }
}
