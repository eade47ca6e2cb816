//! A search: a piece is some games of one candidate, against all opponents. Generations follow one another, so there is
//! never more to hand out than one of them; what the search came to is judged by the one who asks.

use std::ops::Range;
use std::sync::Mutex;

use super::{Desk, How, InPieces, What, cut, not_of_this, numbers};
use crate::error::Error;
use crate::front::answer::Answer;
use crate::front::tune::Prepared;
use crate::ready::Ready;
use crate::report::tune::told_axis;
use crate::scenario::spelled::fingerprint;
use crate::studies::tune::arena::{Clocks, Lanes, with_crew};
use crate::studies::tune::search::{Place, Quest, State};

/// Such a question in pieces.
pub struct Searched {
    of: Prepared,
    /// What plays candidates, one for each piece that is played at a time.
    quests: Mutex<Vec<Quest>>,
    name: String,
}

impl Searched {
    /// A question made ready.
    pub fn of(of: Prepared) -> Result<Searched, Error> {
        let quest = &of.quest;
        let hashes = quest.tables.iter().map(|table| table.written().map(|cell| cell.hash));
        let hashes = hashes.collect::<Result<Vec<_>, _>>()?;
        // by what is written, for places in a file are not those in the text that goes along
        let axes: Vec<String> = of.axes().iter().map(|axis| format!("{}: {}", axis.path, told_axis(axis))).collect();
        let asked = format!("{} {:?} {}", axes.join("\n"), quest.objective, quest.games);
        let name = fingerprint([hashes.join("\n"), asked].join("\n\n"));
        let name = format!("{} tune {name} seed {}", of.ready.hash(), quest.seed);
        Ok(Searched { of, quests: Mutex::default(), name })
    }

    /// Opponents, and measures of each.
    fn shape(&self) -> [usize; 2] {
        [self.of.quest.tables.len(), self.of.quest.objective.measures().len()]
    }

    fn generation(&self, desk: &mut Desk, points: &[&[f64]], games: Range<u64>) -> Result<Option<Vec<Lanes>>, Error> {
        let [opponents, measures] = self.shape();
        let each = desk.pieces.div_ceil(points.len() as u64).max(1);
        let mut pieces = vec![];
        for point in points {
            pieces.extend(cut(games.clone(), each).map(|r| {
                let what = What::Candidate { point: point.to_vec(), from: r.start, to: r.end };
                (what, (r.end - r.start) * opponents as u64)
            }));
        }
        let stretches = pieces.len() / points.len();
        let read = |what: &What, text: &str| {
            let What::Candidate { from, to, .. } = what else { return Err(not_of_this(what)) };
            numbers::read(&self.name, what, (opponents * measures, (to - from) as usize), text)
        };
        let mut out: Vec<Lanes> = vec![vec![vec![vec![]; measures]; opponents]; points.len()];
        let mut taken = 0;
        let all = desk.play(&pieces, read, |rows| {
            let lanes = out[taken / stretches].iter_mut().flatten();
            lanes.zip(rows).for_each(|(all, row)| all.extend(row));
            taken += 1;
            Ok(())
        })?;
        Ok(all.then_some(out))
    }
}

impl InPieces for Searched {
    fn ready(&self) -> &Ready {
        &self.of.ready
    }

    fn answer(&self, desk: &mut Desk) -> Result<Answer, Error> {
        let (mut quest, mut state) = (self.of.again()?, State::default());
        let mut play = |points: &[&[f64]], games: Range<u64>| self.generation(desk, points, games);
        let done = quest.run_at(&mut state, &mut Place::Elsewhere(&mut play), &mut |_| {})?;
        self.of.told(state, done)
    }

    fn piece(&self, what: &What, how: &How) -> Result<String, Error> {
        let What::Candidate { point, from, to } = what else { return Err(not_of_this(what)) };
        if point.len() != self.of.quest.paths || from >= to || *to > self.of.quest.games {
            return Err(not_of_this(what));
        }
        let lost = |_| Error::ours("a worker failed");
        let kept = self.quests.lock().map_err(lost)?.pop();
        let mut quest = kept.map_or_else(|| self.of.again(), Ok)?;
        let candidates = quest.candidates(std::slice::from_ref(point))?;
        let key = quest.key();
        let played = with_crew(how.threads, how.watch, Clocks::STILL, |crew| crew.play(key, candidates, *from..*to))?;
        self.quests.lock().map_err(lost)?.push(quest);
        let lanes = played.ok_or_else(How::stopped)?;
        numbers::text(&self.name, what, lanes.into_iter().flatten().flatten().collect())
    }
}
