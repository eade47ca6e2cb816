//! Dates and meetings of a scenario, in order of time.

use super::dice::Stream;
use super::source::{Source, source};
use crate::scenario::draw::Draw;
use crate::scenario::rules::Scenario;
use crate::scenario::schema::{Event, Length, Stage};
use crate::units::Unit;

/// Dates and meetings.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Rounds of officials' meetings known beforehand, in order, with their places.
    pub meetings: Vec<(u32, String)>,
    /// Rounds from one meeting to the next.
    pub gap: Option<Source>,
    /// Rounds sooner for each point of tone.
    pub sooner: f64,
    /// The truce.
    pub truce: Option<TruceSetup>,
    /// The summit.
    pub summit: Option<SummitSetup>,
    /// Courts and laws.
    pub shocks: Vec<ShockSetup>,
    /// Cases before the courts.
    pub cases: Vec<CaseSetup>,
}

/// A case before the courts.
#[derive(Debug, Clone)]
pub struct CaseSetup {
    /// The layers that it can strike; none where levers are of one piece.
    pub layers: Vec<usize>,
    /// What it is about.
    pub what: String,
    /// The courts, in order.
    pub stages: Vec<Stage>,
}

/// The truce.
#[derive(Debug, Clone)]
pub struct TruceSetup {
    /// The round in which it first lapses.
    pub at: u32,
    /// How many rounds an extension lasts as a rule.
    pub extend_by: u32,
    /// How long it lasts, where not as a rule.
    pub length: Length,
    /// Chance in the round before it lapses that a side which wants an extension proposes one.
    pub ahead: f64,
    /// So many rounds before it lapses nobody thinks of it yet.
    pub ahead_from: u32,
    /// What the side that wants an extension more gives for it at the most, in big moves.
    pub price: f64,
}

impl TruceSetup {
    /// The same, where an extension is settled in the last round alone, lasts as long as the rule says and is given for nothing.
    pub fn by_rule(self) -> TruceSetup {
        TruceSetup { length: Length::Rule, ahead: 0.0, price: 0.0, ..self }
    }
}

/// The summit.
#[derive(Debug, Clone)]
pub struct SummitSetup {
    /// The round of the meeting.
    pub at: u32,
    /// Where.
    pub place: String,
    /// The round in which the invitation is settled.
    pub invite_at: u32,
    /// The round of preparatory talks.
    pub prepare_at: u32,
    /// Below this tone it is called off.
    pub cancel_below: f64,
}

/// A legal shock.
#[derive(Debug, Clone)]
pub struct ShockSetup {
    /// First and last round.
    pub rounds: (u32, u32),
    /// The lever, and the level it is moved to.
    pub lever: usize,
    /// The level it is moved to.
    pub level: f64,
    /// Chance each round.
    pub chance: Source,
    /// What happens.
    pub what: String,
}

/// The calendar of a scenario, levers found by their names, and layers by their lever's and their own.
pub fn of(s: &Scenario, lever_of: impl Fn(&str) -> usize, layer_of: impl Fn(usize, &str) -> Option<usize>) -> Calendar {
    let mut c = Calendar::default();
    let mut every = None;
    for (i, event) in s.calendar.iter().enumerate() {
        match event {
            Event::Talks { at, place } => c.meetings.push((at.get(), place.clone())),
            Event::TalksEvery { gap, sooner_per_tone, from } => {
                c.gap = Some(match gap {
                    Draw::Fixed(x) => Source::Fixed(x.get()),
                    Draw::From(from) => Source::Drawn {
                        from: *from,
                        stream: Stream::named("talks", "table", "gap"),
                        range: (0.0, crate::units::RoundsF::MAX),
                    },
                });
                c.sooner = sooner_per_tone.get();
                every = Some(from.get());
            }
            Event::TruceExpires { at, extend_by, length, ahead, ahead_from, price } => {
                c.truce = Some(TruceSetup {
                    at: at.get(),
                    extend_by: extend_by.get(),
                    length: length.clone(),
                    ahead: ahead.get(),
                    ahead_from: ahead_from.get(),
                    price: price.get(),
                });
            }
            Event::Summit { at, place, invite_at, prepare_at, bar: _, cancel_below } => {
                c.summit = Some(SummitSetup {
                    at: at.get(),
                    place: place.clone(),
                    invite_at: invite_at.get(),
                    prepare_at: prepare_at.get(),
                    cancel_below: cancel_below.get(),
                });
            }
            Event::Shock { from, to, chance, lever, level, what } => c.shocks.push(ShockSetup {
                rounds: (from.get(), to.get()),
                lever: lever_of(lever),
                level: level.get(),
                chance: source(chance, &format!("shock {i}"), "chance"),
                what: what.clone(),
            }),
            Event::Case { lever, strikes, what, stages } => c.cases.push(CaseSetup {
                layers: strikes.iter().filter_map(|name| layer_of(lever_of(lever), name)).collect(),
                what: what.clone(),
                stages: stages.clone(),
            }),
        }
    }
    if let Some(from) = every.filter(|_| c.meetings.is_empty()) {
        c.meetings.push((from, String::new()));
    }
    c.meetings.sort();
    c
}
