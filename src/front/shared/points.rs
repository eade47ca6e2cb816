//! What drives an answer: a piece is some points of the design, or, of games that are played anyway, some games.

use std::ops::Range;
use std::sync::Mutex;

use super::{Desk, How, InPieces, What, cut, not_of_this, numbers};
use crate::error::Error;
use crate::front::answer::Answer;
use crate::front::sensitivity::Prepared;
use crate::notation::tree::Node;
use crate::notation::written::written;
use crate::ready::Ready;
use crate::report::tune::told_axis;
use crate::scenario::spelled::fingerprint;
use crate::studies::gathered::{gathered, lanes, read_in_games};
use crate::studies::sensitivity::asked::Design;
use crate::studies::sensitivity::play::{Model, Value};
use crate::studies::sensitivity::study::Method;
use crate::studies::tune::arena::Clocks;

/// Such a question in pieces.
pub struct Driven {
    of: Prepared,
    /// The points, where the method has points of its own.
    design: Option<Design>,
    /// What plays points, one for each piece that is played at a time.
    models: Mutex<Vec<Model>>,
    name: String,
}

impl Driven {
    /// A question made ready.
    pub fn of(of: Prepared) -> Result<Driven, Error> {
        let design = (of.method != Method::Given).then(|| of.design()).transpose()?;
        // by what is written, for places in a file are not those in the text that goes along
        let inputs = of.varied.inputs.iter().map(|input| format!("{}: {}", input.path(), told_axis(&input.axis)));
        let points = design.iter().flat_map(|design| design.values.iter().flatten().map(written));
        let (inputs, points): (Vec<String>, Vec<String>) = (inputs.collect(), points.collect());
        let asked = format!("{:?} {}", of.method, of.many.games);
        let all = [of.words.join("\n"), inputs.join("\n"), points.join("\n"), asked].join("\n\n");
        let name = format!("{} sensitivity {} seed {}", of.ready.hash(), fingerprint(&all), of.many.seed);
        Ok(Driven { of, design, models: Mutex::default(), name })
    }

    fn of_points(&self, design: &Design, desk: &mut Desk) -> Result<Answer, Error> {
        let (direct, measures) = (self.of.model()?.direct(), self.of.words.len());
        self.of.by_points(design, direct, |points, turned| {
            let all = cut(0..points.len() as u64, desk.pieces).map(|r| r.start as usize..r.end as usize);
            let each = |Range { start, end }: Range<usize>| {
                let what = What::Points { from: start, to: end, turned: turned.to_vec() };
                (what, (end - start) as u64 * self.of.many.games)
            };
            let pieces: Vec<(What, u64)> = all.map(each).collect();
            let read = |what: &What, text: &str| {
                let What::Points { from, to, .. } = what else { return Err(not_of_this(what)) };
                numbers::read(&self.name, what, (to - from, 5 * measures), text)
            };
            let mut found: Vec<Vec<Value>> = vec![];
            desk.play(&pieces, read, |rows| {
                found.extend(
                    rows.iter().map(|row| row.as_chunks::<5>().0.iter().map(|x| Value::of_numbers(*x)).collect()),
                );
                Ok(())
            })?;
            Ok(found)
        })
    }

    fn of_games(&self, desk: &mut Desk) -> Result<Answer, Error> {
        self.of.many.in_all(1);
        let Prepared { ready, varied, words, .. } = &self.of;
        let plan = self.of.many.plan();
        let measures = words.len() + read_in_games(ready.setup(), &varied.inputs).len();
        let each = |games: Range<u64>| (What::Games(games.start, games.end), games.end - games.start);
        let pieces: Vec<(What, u64)> = cut(plan.games.clone(), desk.pieces).map(each).collect();
        let read = |what: &What, text: &str| {
            let What::Games(from, to) = what else { return Err(not_of_this(what)) };
            numbers::read(&self.name, what, (measures, (to - from) as usize), text)
        };
        let mut all = vec![vec![]; measures];
        desk.play(&pieces, read, |lanes| {
            all.iter_mut().zip(lanes).for_each(|(all, lane)| all.extend(lane));
            Ok(())
        })?;
        self.of.by_games(gathered(ready.setup(), &varied.inputs, words, &plan, all)?)
    }

    fn played(&self, values: &[Vec<Node>], how: &How) -> Result<Vec<Vec<f64>>, Error> {
        let lost = |_| Error::ours("a worker failed");
        let kept = self.models.lock().map_err(lost)?.pop();
        let mut model = kept.map_or_else(|| self.of.model(), Ok)?;
        let plan = how.plan(self.of.many.seed, 0..self.of.many.games);
        let found = model.play(values, &plan, how.watch, Clocks::STILL)?;
        self.models.lock().map_err(lost)?.push(model);
        if found.len() < values.len() {
            return Err(How::stopped());
        }
        Ok(found.iter().map(|point| point.iter().flat_map(Value::numbers).collect()).collect())
    }
}

impl InPieces for Driven {
    fn ready(&self) -> &Ready {
        &self.of.ready
    }

    fn answer(&self, desk: &mut Desk) -> Result<Answer, Error> {
        match &self.design {
            Some(design) => self.of_points(design, desk),
            None => self.of_games(desk),
        }
    }

    fn piece(&self, what: &What, how: &How) -> Result<String, Error> {
        let rows = match (what, &self.design) {
            (What::Points { from, to, turned }, Some(design)) => {
                if turned.iter().any(|input| *input >= self.of.varied.inputs.len()) {
                    return Err(not_of_this(what));
                }
                let besides = design.turned(&self.of.varied.inputs, turned);
                let all = if turned.is_empty() { &design.values } else { &besides };
                self.played(all.get(*from..*to).ok_or_else(|| not_of_this(what))?, how)?
            }
            (What::Games(from, to), None) => {
                let plan = how.plan(self.of.many.seed, *from..*to);
                crate::front::enough(&plan, 1)?;
                let Prepared { ready, varied, words, .. } = &self.of;
                let found = lanes(ready.setup(), &varied.inputs, words, &plan, how.watch)?;
                if found.iter().any(|lane| lane.len() as u64 != to - from) {
                    return Err(How::stopped());
                }
                found
            }
            _ => return Err(not_of_this(what)),
        };
        numbers::text(&self.name, what, rows)
    }
}
