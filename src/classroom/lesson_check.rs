//! A lesson tried before class: scripted students play it from the door to the debrief, in no time, and what it comes to
//! is told.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::command::{Command, Who};
use super::decided::Decided;
use super::hall::{Hall, Opening};
use super::lesson::Ready;
use super::log::Log;
use super::pages;
use super::played::{By, words};
use super::reflect;
use super::rehearsal::Cast;
use super::study;
use crate::error::Error;
use crate::notation::wording::count;
use crate::world::dice::Key;

/// The clock goes on by so much at a time (ms).
const STEP: u64 = 5_000;
/// Minutes that a class may run beyond those of its lesson before it is called stuck.
const SPARE: u64 = 5;
/// A brief with more words than this is more than a page.
const PAGE: usize = 350;

/// What came of it.
#[derive(Debug, Clone)]
pub struct Checked {
    title: String,
    minutes: u64,
    tables: usize,
    seats: usize,
    /// Of the games dealt: the number, and how likely a deal is at the start.
    dealt: Vec<(u64, f64)>,
    /// The longest brief: of whom, in words.
    longest: (String, usize),
    /// How each table ended, and who decided.
    ended: Vec<(String, Decided)>,
    /// How often people decided what.
    asked: BTreeMap<&'static str, usize>,
    /// How often each form was sent.
    done: BTreeMap<String, usize>,
    refused: Vec<String>,
    /// The debrief as one file (bytes).
    page: usize,
}

impl Checked {
    /// What somebody should look at before the class.
    pub fn odd(&self) -> Vec<String> {
        let mut out = vec![];
        if self.longest.1 > PAGE {
            let (whose, words) = &self.longest;
            out.push(format!("the brief of {whose} has {words} words: more than a page"));
        }
        out.extend(self.dealt.iter().filter(|(_, odds)| !(study::FAIR[0]..=study::FAIR[1]).contains(odds)).map(
            |(game, odds)| {
                format!("game {game} is as good as decided at its start: a deal is {:.0} % likely", 100.0 * odds)
            },
        ));
        out.extend(self.refused.iter().map(|why| format!("a form was refused: {why}")));
        out
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.title)?;
        let (tables, seats) = (count(self.tables, "table"), count(self.seats, "seat"));
        writeln!(f, "  {} minutes, {tables}, {seats}, each held by a script", self.minutes)?;
        for (game, odds) in &self.dealt {
            writeln!(
                f,
                "  dealt: game {game} of the seed, in which a deal is {:.0} % likely at the start",
                100.0 * odds
            )?;
        }
        writeln!(f, "  the longest brief is that of {}, {} words", self.longest.0, self.longest.1)?;
        for (n, (ended, decided)) in self.ended.iter().enumerate() {
            writeln!(f, "  table {}: {ended}; decided by people: {}", n + 1, decided.words())?;
        }
        writeln!(f, "  people decided:")?;
        for (what, times) in &self.asked {
            writeln!(f, "    {times:>4}  {what}")?;
        }
        writeln!(f, "  forms sent:")?;
        for (what, times) in &self.done {
            writeln!(f, "    {times:>4}  {what}")?;
        }
        writeln!(f, "  the debrief is a file of {} kB", self.page.div_ceil(1000))?;
        let odd = self.odd();
        if odd.is_empty() {
            return writeln!(f, "\nNothing odd was found.");
        }
        writeln!(f, "\n{} to look at before the class:", count(odd.len(), "thing"))?;
        odd.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

/// Plays a lesson through.
pub fn checked(ready: Arc<Ready>) -> Result<Checked, Error> {
    let time = Arc::new(AtomicU64::new(1_000_000));
    let clock = time.clone();
    let plan = ready.lesson.classroom.clone();
    let minutes: u64 = plan.phases.iter().map(|phase| phase.minutes).sum();
    let (hall, _) = Hall::open(Opening {
        ready: ready.clone(),
        log: Log::in_memory()?,
        file: None,
        now: Arc::new(move || clock.load(Ordering::SeqCst)),
        hosts: vec![],
        address: "http://127.0.0.1".into(),
        joins: f64::from(u32::MAX),
        proxied: false,
        tempo: None,
    })?;
    let mut cast = Cast::joins(&hall, plan.seats())?;
    hall.submit(Who::Teacher, Command::Run(None))?;
    let last = plan.phases.len() - 1;
    let over = |hall: &Hall| {
        let (now, inner) = (hall.now(), hall.lock());
        inner.state.tables.iter().all(|place| place.phase == last && place.clock.left(now) <= STEP)
    };
    for _ in 0..(minutes + SPARE) * 60_000 / STEP {
        if over(&hall) {
            break;
        }
        time.fetch_add(STEP, Ordering::SeqCst);
        if let Some(why) = hall.tick() {
            return Err(Error::ours(why));
        }
        cast.beat(&hall, STEP);
    }
    if !over(&hall) {
        return Err(Error::ours("the class did not come to its end by the clock"));
    }
    hall.submit(Who::Teacher, Command::Reveal)?;
    let looked = hall.look_back();
    let mut inner = hall.lock();
    let seed = inner.state.seed;
    let page = pages::debrief::takeaway(&looked, &reflect::thought(&mut inner.state)).into_string().len();
    let mut asked = BTreeMap::new();
    for filed in inner.state.tables.iter().flat_map(|place| &place.table.filed).filter(|f| f.by == By::People) {
        *asked.entry(words(filed.at.ask)).or_default() += 1;
    }
    let dealt = study::deal(
        &ready.setup,
        Key::of_seed(seed),
        if plan.same_draw { 1 } else { plan.tables },
        &[0, 1].map(|p| ready.wants(p)),
    )?;
    let briefs = plan.delegations.iter().flat_map(|(name, d)| {
        let own = d.brief.split_whitespace().count() + d.no_deal.split_whitespace().count();
        let name = ready.setup.party(name).map_or(name.clone(), |p| ready.setup.parties[p].name.clone());
        d.roles
            .iter()
            .map(move |(role, text)| (format!("{name}, {}", role.words()), own + text.split_whitespace().count()))
    });
    Ok(Checked {
        title: ready.lesson.title.clone(),
        minutes,
        tables: plan.tables,
        seats: plan.seats(),
        dealt,
        longest: briefs.max_by_key(|(_, words)| *words).unwrap_or_default(),
        ended: looked.paths().into_iter().map(|path| (path.ended, path.decided)).collect(),
        asked,
        done: cast.done,
        refused: cast.refused,
        page,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::lesson::tests::lesson;

    #[test]
    fn the_shipped_lessons_play_through_and_every_decision_is_used() {
        let checked = checked(Arc::new(lesson("express-45min"))).expect("checked");
        assert_eq!(checked.refused, [""; 0], "a script sends nothing that is refused");
        for what in ["an offer", "an answer to their offer", "what to do in public"] {
            assert!(checked.asked.get(what).is_some_and(|n| *n > 0), "{what}: {:?}", checked.asked);
        }
        for form in ["quiz", "rank", "draft", "ready", "offer", "guess", "ask", "agree", "board", "note", "surprise"] {
            assert!(checked.done.get(form).is_some_and(|n| *n > 0), "{form}: {:?}", checked.done);
        }
        assert!(checked.ended.iter().all(|(_, decided)| decided.people > 5), "{:?}", checked.ended);
        let told = checked.to_string();
        assert!(told.contains("45 minutes, 2 tables, 12 seats") && told.contains("Nothing odd was found."), "{told}");
    }
}
