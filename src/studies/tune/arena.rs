//! Where candidates are played: workers that keep their worlds from one candidate to the next.
//!
//! A task is a stretch of games of one candidate against one opponent. Who plays it changes nothing: what comes back is
//! a number a game, put in the order of the games.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex};

use super::compiled::{Candidate, Ready, Slot};
use crate::batch::play::{COHORT, Watch};
use crate::error::Error;
use crate::round;
use crate::studies::measures::Desk;
use crate::world::cohort::Games;
use crate::world::dice::Key;
use crate::world::worlds;

/// Reads the processor time of the whole program and of this thread, in nanoseconds.
#[derive(Debug, Clone, Copy)]
pub struct Clocks {
    /// Of the whole program.
    pub program: fn() -> u64,
    /// Of the thread that asks.
    pub thread: fn() -> u64,
}

impl Clocks {
    /// Clocks that stand still: what only a clock can say is then said as 0.
    pub const STILL: Clocks = Clocks { program: || 0, thread: || 0 };
}

/// What a candidate is asked for: by opponent and measure, a number a game.
pub type Lanes = Vec<Vec<Vec<f64>>>;

/// Worlds that a worker keeps, at most.
const WORLDS: usize = 12;

struct World {
    of: Arc<Ready>,
    games: Games,
    slots: Vec<(Slot, Option<usize>)>,
}

/// One worker's worlds and room to read in.
#[derive(Default)]
struct Bench {
    worlds: Vec<World>,
    desk: Desk,
}

impl Bench {
    /// The place of the world in which a scenario is played, and nanoseconds spent in making one, once for many
    /// candidates.
    fn world(&mut self, ready: &Arc<Ready>, size: usize, clock: fn() -> u64) -> (usize, u64) {
        let mut made = 0;
        let new =
            |ready: &Arc<Ready>| World { of: ready.clone(), games: round::cohort(&ready.setup, size), slots: vec![] };
        let found = self.worlds.iter().position(|w| Arc::ptr_eq(&w.of, ready) && w.games.games() == size);
        let place = found.or_else(|| {
            let shares = |w: &World| !w.of.lasting && w.of.frame == ready.frame && w.games.games() == size;
            let place = self.worlds.iter().position(shares).filter(|_| !ready.lasting)?;
            let world = &mut self.worlds[place];
            world.games.use_setup(ready.setup.clone());
            (world.of, world.slots) = (ready.clone(), vec![]);
            Some(place)
        });
        let place = place.unwrap_or_else(|| {
            if self.worlds.len() >= WORLDS {
                self.worlds.remove(0);
            }
            let begun = clock();
            self.worlds.push(new(ready));
            made = clock().saturating_sub(begun);
            self.worlds.len() - 1
        });
        (place, made)
    }
}

struct Task {
    candidate: usize,
    opponent: usize,
    first: u64,
    games: usize,
}

/// One call's tasks and what comes of them.
struct Work {
    candidates: Vec<Vec<Candidate>>,
    tasks: Vec<Task>,
    next: AtomicUsize,
    out: Mutex<Vec<(usize, Vec<Vec<f64>>)>>,
    key: Key,
    size: usize,
    measures: usize,
}

#[derive(Default)]
struct Board {
    call: u64,
    work: Option<Arc<Work>>,
    busy: usize,
    over: bool,
}

/// The workers, and what they have in common.
pub struct Crew<'a> {
    board: Mutex<Board>,
    bell: Condvar,
    idle: Condvar,
    helpers: usize,
    own: Mutex<Bench>,
    failed: AtomicBool,
    watch: &'a Watch,
    clocks: Clocks,
    /// Nanoseconds of processor time spent in playing games and in making worlds to play them in.
    pub playing: AtomicU64,
}

impl std::fmt::Debug for Crew<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Crew").field("helpers", &self.helpers).finish_non_exhaustive()
    }
}

/// Runs a job that has a crew of so many threads, its own among them.
pub fn with_crew<R>(threads: usize, watch: &Watch, clocks: Clocks, job: impl FnOnce(&Crew) -> R) -> R {
    let helpers = threads.max(1) - 1;
    let crew = Crew {
        board: Mutex::default(),
        bell: Condvar::new(),
        idle: Condvar::new(),
        helpers,
        own: Mutex::default(),
        failed: AtomicBool::new(false),
        watch,
        clocks,
        playing: AtomicU64::new(0),
    };
    std::thread::scope(|scope| {
        (0..helpers).for_each(|_| drop(scope.spawn(|| crew.help())));
        let over = Over(&crew);
        let out = job(&crew);
        drop(over);
        out
    })
}

/// Sends the helpers home, whatever became of the job.
struct Over<'a, 'b>(&'a Crew<'b>);

impl Drop for Over<'_, '_> {
    fn drop(&mut self) {
        if let Ok(mut board) = self.0.board.lock() {
            board.over = true;
        }
        self.0.bell.notify_all();
    }
}

/// Says that a helper is done, whatever became of its work.
struct Done<'a, 'b>(&'a Crew<'b>);

impl Drop for Done<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.failed.store(true, Relaxed);
        }
        if let Ok(mut board) = self.0.board.lock() {
            board.busy -= 1;
        }
        self.0.idle.notify_all();
    }
}

impl Crew<'_> {
    /// Plays some games of candidates, each given by opponent; none where it was told to stop.
    pub fn play(
        &self,
        key: Key,
        candidates: Vec<Vec<Candidate>>,
        games: Range<u64>,
    ) -> Result<Option<Vec<Lanes>>, Error> {
        let all = candidates.len();
        let played = self.play_some(key, candidates, games)?;
        Ok((played.len() == all).then_some(played))
    }

    /// The same; where it was told to stop, the candidates before the first that is not whole.
    pub fn play_some(&self, key: Key, candidates: Vec<Vec<Candidate>>, games: Range<u64>) -> Result<Vec<Lanes>, Error> {
        let by_world = candidates.iter().flatten().any(|c| c.ready.setup.unknowns.is_some());
        let size = size(games.end - games.start).min(if by_world { worlds::GAMES as usize } else { usize::MAX });
        let measures = candidates.iter().flatten().map(|c| c.ready.asked.len()).max().unwrap_or(0);
        let mut tasks = vec![];
        for (c, by_opponent) in candidates.iter().enumerate() {
            for opponent in 0..by_opponent.len() {
                let mut first = games.start;
                while first < games.end {
                    let some = (games.end - first).min(size as u64);
                    let some = if by_world { worlds::within(first, some) } else { some };
                    tasks.push(Task { candidate: c, opponent, first, games: some as usize });
                    first += some;
                }
            }
        }
        let shape: Vec<usize> = candidates.iter().map(Vec::len).collect();
        let work =
            Arc::new(Work { candidates, tasks, next: AtomicUsize::new(0), out: Mutex::default(), key, size, measures });
        let alone = self.helpers == 0 || work.tasks.len() < 2;
        if !alone {
            let mut board = self.board.lock().map_err(lost)?;
            board.call += 1;
            board.busy = self.helpers;
            board.work = Some(work.clone());
            drop(board);
            self.bell.notify_all();
        }
        self.own.lock().map_err(lost).map(|mut bench| self.take(&work, &mut bench))?;
        if !alone {
            let mut board = self.board.lock().map_err(lost)?;
            while board.busy > 0 {
                board = self.idle.wait(board).map_err(lost)?;
            }
            board.work = None;
        }
        if self.failed.load(Relaxed) {
            return Err(Error::ours("a worker failed"));
        }
        let mut parts = std::mem::take(&mut *work.out.lock().map_err(lost)?);
        parts.sort_by_key(|(task, _)| *task);
        let missing = (0..work.tasks.len()).find(|task| parts.get(*task).is_none_or(|(place, _)| place != task));
        let whole = missing.map_or(shape.len(), |task| work.tasks[task].candidate);
        let mut out: Vec<Lanes> = shape.iter().map(|opponents| vec![vec![vec![]; measures]; *opponents]).collect();
        for (task, lanes) in parts {
            let Task { candidate, opponent, .. } = work.tasks[task];
            for (all, lane) in out[candidate][opponent].iter_mut().zip(lanes) {
                all.extend(lane);
            }
        }
        out.truncate(whole);
        Ok(out)
    }

    fn help(&self) {
        let (mut bench, mut seen) = (Bench::default(), 0);
        loop {
            let Ok(mut board) = self.board.lock() else { return };
            while board.call == seen && !board.over {
                let Ok(next) = self.bell.wait(board) else { return };
                board = next;
            }
            if board.call == seen {
                return;
            }
            seen = board.call;
            let work = board.work.clone();
            drop(board);
            let done = Done(self);
            if let Some(work) = work {
                self.take(&work, &mut bench);
            }
            drop(done);
        }
    }

    fn take(&self, work: &Work, bench: &mut Bench) {
        while !self.watch.stop.load(Relaxed) {
            let place = work.next.fetch_add(1, Relaxed);
            let Some(task) = work.tasks.get(place) else { return };
            let candidate = &work.candidates[task.candidate][task.opponent];
            let (at, made) = bench.world(&candidate.ready, work.size, self.clocks.thread);
            let world = &mut bench.worlds[at];
            for (slot, x) in &candidate.puts {
                let place = match world.slots.iter().find(|(known, _)| known == slot) {
                    Some((_, place)) => *place,
                    None => {
                        let place = world.games.slot(slot.0, slot.1);
                        world.slots.push((*slot, place));
                        place
                    }
                };
                if let Some(place) = place {
                    world.games.put(place, *x);
                }
            }
            let begun = (self.clocks.thread)();
            world.games.load(work.key, task.first);
            candidate.ready.measures.play(0, &mut world.games, &mut bench.desk);
            let mut lanes = vec![vec![]; work.measures];
            for (lane, m) in lanes.iter_mut().zip(&candidate.ready.asked) {
                match m {
                    Some(m) => candidate.ready.measures.read(0, *m, &world.games, &mut bench.desk, lane),
                    None => lane.resize(task.games, f64::NAN),
                }
                lane.truncate(task.games);
            }
            self.playing.fetch_add(made + (self.clocks.thread)().saturating_sub(begun), Relaxed);
            self.watch.done.fetch_add(task.games as u64, Relaxed);
            if let Ok(mut out) = work.out.lock() {
                out.push((place, lanes));
            }
        }
    }
}

fn lost<T>(_: T) -> Error {
    Error::ours("a worker failed")
}

/// Games of a cohort: as many for each, none much larger than the usual one.
fn size(games: u64) -> usize {
    let turns = games.div_ceil(COHORT as u64).max(1);
    games.div_ceil(turns).max(1) as usize
}
