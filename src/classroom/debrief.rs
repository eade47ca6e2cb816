//! The debrief: the odds of each table with its turning points, who decided, and what happened, beside the eight charts.

use std::sync::Arc;

use super::charts::{Posed, half, lines, percent, posed};
use super::decided::{self, Decided};
use super::eight::{charts, with_deciders};
use super::ended::Ended;
use super::lesson::Ready;
use super::news;
use super::played::By;
use super::study::{self, Cloud};
use crate::record::endings::label;
use crate::world::orders::{Ask, At, Order};
use crate::world::setup::Setup;

/// A decision that moved the odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// What was decided.
    pub what: String,
    /// The odds of a deal as it was decided.
    pub odds: f64,
    /// The odds had it been decided otherwise.
    pub otherwise: f64,
}

/// A table on the hand-out.
pub struct Path {
    /// Its name.
    pub name: String,
    /// How it ended, in words.
    pub ended: String,
    /// Who decided.
    pub decided: Decided,
    /// What was in the news, with who decided it.
    pub lines: Vec<String>,
    /// Its turning points.
    pub turns: Vec<Turn>,
}

/// All that is shown when the class looks back.
pub struct Looked {
    /// The lesson.
    pub ready: Arc<Ready>,
    /// The eight charts.
    pub charts: Vec<Posed>,
    /// The odds of each table.
    pub odds: Posed,
    /// The same as numbers: a table's at the start of each week.
    pub course: Vec<(String, Vec<f64>)>,
    /// The turning points of each table.
    pub turns: Vec<(String, Vec<Turn>)>,
    /// Who decided at each table.
    pub decided: Vec<(String, Decided)>,
    ends: Vec<(String, Vec<String>)>,
    /// Everything public that happened at each table, with who decided it.
    pub stories: Vec<(String, Vec<String>)>,
}

impl Looked {
    /// At these tables.
    pub fn at(ready: Arc<Ready>, tables: &[Ended], cloud: Option<&Cloud>) -> Looked {
        let truth = [0, 1].map(|p| ready.delegation(p).seeks_a_deal);
        let setup = &ready.setup;
        let signed =
            |t: &Ended| t.told.notes.iter().filter_map(|n| decided::headline(setup, &t.filed, n)).take(14).collect();
        let story = |t: &Ended| t.told.notes.iter().filter_map(|n| decided::line(setup, &t.filed, n)).collect();
        let course = odds(setup, tables);
        Looked {
            charts: charts(setup, tables, cloud, truth, &ready.lesson.classroom.debrief),
            odds: with_deciders(odds_chart(&course), tables),
            course,
            turns: tables.iter().map(|t| (t.name.clone(), turns(setup, t))).collect(),
            stories: tables.iter().map(|t| (t.name.clone(), story(t))).collect(),
            ends: tables.iter().map(|t| (label(setup, t.told.class).into(), signed(t))).collect(),
            decided: tables.iter().map(|t| (t.name.clone(), t.decided)).collect(),
            ready,
        }
    }

    /// Each table on the hand-out.
    pub fn paths(&self) -> Vec<Path> {
        let all = self.turns.iter().zip(&self.ends).zip(&self.decided);
        let all = all.map(|(((name, turns), (ended, lines)), (_, decided))| Path {
            name: name.clone(),
            ended: ended.clone(),
            decided: *decided,
            lines: lines.clone(),
            turns: turns.clone(),
        });
        all.collect()
    }
}

/// Changes when the debrief must be worked out anew.
pub fn key<Game>(tables: &[Ended<Game>], cloud: Option<&Cloud>) -> String {
    let all: Vec<_> = tables.iter().map(|t| (t.states.len(), &t.filed, &t.guesses, &t.stances)).collect();
    format!("{all:?} {}", cloud.is_some())
}

/// The odds of each table by week.
pub fn odds(setup: &Setup, tables: &[Ended]) -> Vec<(String, Vec<f64>)> {
    tables.iter().map(|t| (t.name.clone(), study::course(setup, t.key, &t.states).unwrap_or_default())).collect()
}

/// How many futures the odds come from, and how exact they are.
pub fn futures_note(which: &str) -> String {
    format!("{} futures a week {which}; ± {} at most.", study::FUTURES, percent(half(0.5, study::FUTURES)))
}

/// The chart of the odds.
pub fn odds_chart(odds: &[(String, Vec<f64>)]) -> Posed {
    let desc = "The odds of a deal: at the start of each week, had the engine played on for all";
    let drawn = lines("week", "chance of a deal by the end", odds);
    let weeks = odds.iter().map(|(_, list)| list.len()).max().unwrap_or(0);
    let rows = (0..weeks).map(|week| {
        let each = odds.iter().map(|(_, list)| list.get(week).map_or("–".into(), |x| percent(*x)));
        let name = if week + 1 < weeks { (week + 1).to_string() } else { "end".to_string() };
        std::iter::once(name).chain(each).collect()
    });
    let heads: Vec<&str> = std::iter::once("Week").chain(odds.iter().map(|(name, _)| name.as_str())).collect();
    let note = futures_note("from the true state");
    let went = odds.iter().filter_map(|(name, list)| {
        Some(format!("{name} from {} to {}", percent(*list.first()?), percent(*list.last()?)))
    });
    let went: Vec<String> = went.collect();
    let title = if went.is_empty() {
        "No week was played".into()
    } else {
        format!("The odds of a deal went: {}", went.join(", "))
    };
    posed(&title, "Where did your table turn?", desc, &note, drawn, &heads, rows.collect())
}

/// The people's decisions that moved a table's odds most, and what the alternative would have given.
pub fn turns(setup: &Setup, table: &Ended) -> Vec<Turn> {
    let mut out = vec![];
    for filed in table.filed.iter().filter(|f| f.by == By::People) {
        let (Order::Say(yes), At { round, party, ask }) = (&filed.order, filed.at) else { continue };
        let Some(start) = table.states.iter().find(|s| s.round == round) else { continue };
        let with = |answer: bool| {
            let mut decided: Vec<(At, Order)> = table
                .filed
                .iter()
                .take_while(|f| f.at != filed.at)
                .filter(|f| f.at.round == round)
                .map(|f| (f.at, f.order.clone()))
                .collect();
            decided.push((filed.at, Order::Say(answer)));
            study::odds_after(setup, table.key, start, &decided).unwrap_or(f64::NAN)
        };
        let said = match (ask, yes) {
            (Ask::Answer(e), true) => format!("accepted offer {}", e + 1),
            (Ask::Answer(e), false) => format!("refused offer {}", e + 1),
            (Ask::Ratify, true) => "ratified".into(),
            (Ask::Ratify, false) => "refused to ratify".into(),
            (Ask::Extend, true) => "would extend the truce".into(),
            (Ask::Extend, false) => "let the truce run out".into(),
            (Ask::Invitation, true) => "accepted the invitation".into(),
            _ => "declined the invitation".into(),
        };
        let what = format!("{}: {} {said}", news::day(setup, round), setup.parties[party].name);
        let turn = Turn { what, odds: with(*yes), otherwise: with(!*yes) };
        if (turn.odds - turn.otherwise).abs() > half(0.5, study::FUTURES) {
            out.push(turn); // less may be chance
        }
    }
    out.sort_by(|a, b| (b.odds - b.otherwise).abs().total_cmp(&(a.odds - a.otherwise).abs()));
    out.truncate(4);
    out
}
