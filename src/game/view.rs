//! What a seat may know: its own mind and what is public, never the other's type, reserve or points.
//!
//! A view is made from a table and a seat and from nothing else; the reader inside it can name only its own rows and
//! the columns listed as public. What waiting is worth to a seat rests on both sides' leverage, as the rules say.

use serde::Serialize;

use super::sight::Reader;
use super::table::Table;
use crate::error::Error;
use crate::notation::Code;
use crate::scenario::rules::Switch;
use crate::world::components::{
    Date, Expiry, Honesty, Level, NextMeeting, Patience, Politics, Prestige, Prosperity, Resilience, Security, Snapped,
    SummitSet, ThreatDue, Tone, Total,
};
use crate::world::heard::{Heard, Hearer};
use crate::world::orders::{About, Ask, Room};
use crate::world::setup::NOBODY;

/// Whose something is, as a seat sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Whose {
    /// The seat's own.
    Mine,
    /// The other's.
    Theirs,
    /// Nobody's: a pie.
    Nobodys,
}

/// What a seat knows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The party it plays.
    pub seat: usize,
    /// Its name.
    pub name: String,
    /// The round.
    pub round: u32,
    /// How many are played.
    pub rounds: u32,
    /// The first day of the round, where the game has dates.
    pub date: Option<String>,
    /// The levers.
    pub levers: Vec<LeverSeen>,
    /// What is known to come.
    pub ahead: Vec<Ahead>,
    /// The mood, -1 to 1.
    pub tone: f64,
    /// The mood in a word.
    pub tone_word: &'static str,
    /// The truce has lapsed.
    pub truce_down: bool,
    /// Its own mind.
    pub own: Own,
    /// What it has to decide now.
    pub question: Option<Asked>,
    /// What is public about the other.
    pub other: Public,
    /// What it thinks the other may be: a chance for each type.
    pub belief: Vec<(String, f64)>,
    /// What happened in the open, and at the table.
    pub history: Vec<Heard>,
}

/// A lever.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeverSeen {
    /// Its row.
    pub lever: usize,
    /// Its name.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// Whose it is.
    pub whose: Whose,
    /// Where it stands.
    pub level: f64,
    /// Where it stood at the start.
    pub at_start: f64,
    /// Lowest and highest level there is.
    pub range: [f64; 2],
    /// Lowest and highest level that can be negotiated.
    pub reach: [f64; 2],
    /// Where it goes when the truce lapses.
    pub snap: f64,
}

/// What is known to come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ahead {
    /// The round.
    pub round: u32,
    /// What comes.
    pub what: Coming,
}

/// What can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Coming {
    /// Officials meet.
    Talks,
    /// The invitation to a summit is settled.
    Invitation,
    /// The leaders meet, as both have agreed.
    Summit,
    /// The truce runs out.
    TruceExpires,
    /// A threat falls due: the seat's own.
    MyThreat,
    /// A threat falls due: the other's.
    TheirThreat,
}

/// A seat's own mind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Own {
    /// Its leader's weights on prosperity, security, politics and prestige.
    pub weights: [f64; 4],
    /// What a point next round is worth today.
    pub patience: f64,
    /// The round by which it wants to be done.
    pub date: f64,
    /// The share of a pledge that it delivers.
    pub honesty: f64,
    /// Points so far.
    pub total: f64,
    /// What a deal costs it at home, over its life.
    pub deal_cost: f64,
    /// What a deal at a summit would bring its leader today.
    pub prize: f64,
    /// How far its pledges are believed.
    pub word: f64,
    /// How far its threats are believed.
    pub resolve: f64,
    /// How independent it is of what the other controls.
    pub resilience: f64,
}

/// What is public about the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Public {
    /// Its name.
    pub name: String,
    /// Who speaks for it.
    pub negotiator: String,
    /// How far its pledges are believed.
    pub word: f64,
    /// How far its threats are believed.
    pub resolve: f64,
    /// Its factions and their power.
    pub factions: Vec<(String, f64)>,
}

/// A decision of the seat's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Asked {
    /// What to do between sessions.
    Move,
    /// What to offer.
    Offer {
        /// The exchange, from 0.
        exchange: u32,
        /// What can be moved.
        room: Vec<RoomSeen>,
        /// What waiting is worth to it.
        reserve: f64,
        /// What its strategy would ask for.
        advice: f64,
        /// What signing brings beside the levers.
        beside: f64,
    },
    /// Whether to take an offer.
    Answer {
        /// The exchange, from 0.
        exchange: u32,
        /// The levels offered; the others stay.
        package: Vec<(usize, f64)>,
        /// What it is worth to the seat.
        worth: f64,
        /// What could be moved in a counter-offer.
        room: Vec<RoomSeen>,
        /// What waiting is worth to it.
        reserve: f64,
        /// What its strategy would ask for next.
        advice: f64,
        /// What signing brings beside the levers.
        beside: f64,
        /// It is the last exchange.
        last: bool,
    },
    /// Whether the package passes at home.
    Ratify {
        /// What the package is worth to it.
        worth: f64,
        /// Support at home.
        support: f64,
        /// The chance that it would pass if left to the vote.
        chance: f64,
    },
    /// Whether to meet at a summit; the chance that its strategy would.
    Invitation {
        /// That chance.
        chance: f64,
    },
    /// Whether to extend or restore the truce; the chance that its strategy would.
    Extend {
        /// That chance.
        chance: f64,
    },
}

/// How far a lever can be moved in this session and what that is worth to the seat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoomSeen {
    /// The lever.
    pub lever: usize,
    /// Levels, lowest first.
    pub levels: Vec<f64>,
    /// What each is worth to the seat.
    pub worth: Vec<f64>,
    /// Where it stands.
    pub now: f64,
}

impl View {
    /// What the party of this short name knows at this table now.
    pub fn of(table: &Table, party: &str) -> Result<View, Error> {
        let seat = table.setup().party(party);
        let seat = seat.ok_or_else(|| Error::of(Code::UnknownName, format!("there is no party `{party}`")))?;
        Ok(View::new(table, seat))
    }

    /// What the seat, 0 or 1, knows at this table now.
    ///
    /// # Panics
    /// For a seat that there is not.
    pub fn new(table: &Table, seat: usize) -> View {
        assert!(seat < 2, "there are the seats 0 and 1, and no seat {seat}");
        let (setup, other, round) = (table.setup().clone(), 1 - seat, table.round());
        let whose = |p: usize| match p {
            NOBODY => Whose::Nobodys,
            p if p == seat => Whose::Mine,
            _ => Whose::Theirs,
        };
        let question = table.question().filter(|q| q.at.party == seat).map(asked);
        let notes = table.book().notes.iter().chain(table.so_far());
        let history = notes.map(|note| note.heard(Hearer::Seat(seat))).collect();
        let (brief, first) = (*table.brief(), round == 0);
        let r = Reader::new(table.state(), seat);
        let levers = setup.levers.iter().enumerate().map(|(lever, l)| LeverSeen {
            lever,
            name: l.name.clone(),
            unit: l.unit.clone(),
            whose: whose(l.holder),
            level: r.public::<Level>(lever),
            at_start: l.now,
            range: [l.low, l.high],
            reach: [l.reach_low, l.reach_high],
            snap: l.snap,
        });
        let levers = levers.collect();
        let believed = |r: &Reader, p: usize| if first { [brief.word[p], brief.resolve[p]] } else { r.believed(p) };
        let [word, resolve] = believed(&r, seat);
        let own = Own {
            weights: [r.own::<Prosperity>(), r.own::<Security>(), r.own::<Politics>(), r.own::<Prestige>()],
            patience: r.own::<Patience>(),
            date: r.own::<Date>(),
            honesty: r.own::<Honesty>(),
            total: r.own::<Total>(),
            deal_cost: brief.deal_cost[seat],
            prize: brief.prize[seat],
            word,
            resolve,
            resilience: r.own::<Resilience>(),
        };
        let [word, resolve] = believed(&r, other);
        let factions = setup.factions[setup.parties[other].factions.clone()].iter();
        let party = &setup.scenario.parties[&setup.parties[other].key];
        let public = Public {
            name: setup.parties[other].name.clone(),
            negotiator: party.negotiator.clone(),
            word,
            resolve,
            factions: factions.map(|f| (f.name.clone(), f.power)).collect(),
        };
        let types = setup.types.len();
        let suspects = setup.parties[seat].suspects.iter();
        let belief = suspects.map(|t| (setup.types[*t].0.clone(), r.belief(types, *t))).collect();
        let tone = r.public::<Tone>(0);
        View {
            seat,
            name: setup.parties[seat].name.clone(),
            round,
            rounds: setup.rounds,
            date: date(&setup.scenario.clock, round),
            levers,
            ahead: ahead(&setup, &r, round),
            tone,
            tone_word: tone_word(tone),
            truce_down: r.public::<Snapped>(0) > 0.0,
            own,
            question,
            other: public,
            belief,
            history,
        }
    }
}

/// The mood in a word.
pub fn tone_word(tone: f64) -> &'static str {
    match tone {
        x if x < -0.6 => "hostile",
        x if x < -0.2 => "cold",
        x if x < 0.05 => "cool",
        x if x < 0.3 => "civil",
        x if x < 0.6 => "warm",
        _ => "cordial",
    }
}

fn date(clock: &crate::scenario::schema::Clock, round: u32) -> Option<String> {
    let start: jiff::civil::Date = clock.start.as_deref()?.parse().ok()?;
    let days = i64::from(round) * i64::from(clock.round_days.get());
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(|d| d.to_string())
}

fn ahead(setup: &crate::world::setup::Setup, r: &Reader, round: u32) -> Vec<Ahead> {
    let mut out = vec![];
    let mut add = |at: f64, what| {
        if at >= f64::from(round) && at < f64::from(setup.rounds) {
            out.push(Ahead { round: at as u32, what });
        }
    };
    add(r.public::<NextMeeting>(0), Coming::Talks);
    let snapped = r.public::<Snapped>(0) > 0.0;
    if setup.calendar.truce.is_some() && setup.is_on(Switch::Truce) && !snapped {
        add(r.public::<Expiry>(0), Coming::TruceExpires);
    }
    if let Some(summit) = setup.calendar.summit.as_ref().filter(|_| setup.is_on(Switch::Summit)) {
        add(f64::from(summit.invite_at), Coming::Invitation);
        if r.public::<SummitSet>(0) > 0.0 {
            add(f64::from(summit.at), Coming::Summit);
        }
    }
    add(r.public::<ThreatDue>(r.seat), Coming::MyThreat);
    add(r.public::<ThreatDue>(1 - r.seat), Coming::TheirThreat);
    out.sort_by_key(|a| a.round);
    out
}

fn seen(rooms: &[Room]) -> Vec<RoomSeen> {
    let one = |r: &Room| RoomSeen { lever: r.lever, levels: r.levels.to_vec(), worth: r.worth.to_vec(), now: r.now };
    rooms.iter().map(one).collect()
}

fn asked(q: &crate::world::orders::Question) -> Asked {
    let (reserve, advice, beside) = (q.reserve, q.advice, q.beside);
    match (&q.about, q.at.ask) {
        (About::Turn(rooms), Ask::Offer(exchange)) => {
            Asked::Offer { exchange, room: seen(rooms), reserve, advice, beside }
        }
        (About::Answer { package, worth, room, last, .. }, Ask::Answer(exchange)) => Asked::Answer {
            exchange,
            package: package.clone(),
            worth: *worth,
            room: seen(room),
            reserve,
            advice,
            beside,
            last: *last,
        },
        (About::Package { worth, support, chance }, _) => {
            Asked::Ratify { worth: *worth, support: *support, chance: *chance }
        }
        (About::Chance(chance), Ask::Invitation) => Asked::Invitation { chance: *chance },
        (About::Chance(chance), _) => Asked::Extend { chance: *chance },
        _ => Asked::Move,
    }
}
