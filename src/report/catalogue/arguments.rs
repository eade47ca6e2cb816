//! A note and its listener, and what the sentences about it may ask for.

use std::sync::LazyLock;

use fluent_bundle::FluentValue;

use super::{Dated, SPOKEN};
use crate::report::screen;
use crate::report::words::{Words, capital, listed, percent, plain, points, points_of};
use crate::world::heard::{Heard, Hearer};
use crate::world::setup::NOBODY;
use crate::world::trace::{Fact, Kind, Move, Note, Refusal};

/// To whom a note is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// To a reader of the whole game.
    Told,
    /// How much a reader's sentence matters.
    Weight,
    /// Whether a reader's sentence begins a line of its own.
    Line,
    /// To a seat.
    You,
    /// To both sides at once.
    Room,
    /// On the room's wall.
    Headline,
    /// As a turning point.
    Odds,
}

impl Voice {
    /// Its name in the catalogue.
    pub(super) fn name(self) -> &'static str {
        match self {
            Voice::Told => "told",
            Voice::Weight => "weight",
            Voice::Line => "line",
            Voice::You => "you",
            Voice::Room => "room",
            Voice::Headline => "headline",
            Voice::Odds => "odds",
        }
    }
}

/// The names of the kinds of notes, in their order: as in documents.
static KINDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let name = |kind| serde_json::to_value(kind).ok().and_then(|name| Some(name.as_str()?.to_string()));
    Kind::ALL.iter().map(|kind| name(kind).unwrap_or_default()).collect()
});

/// A note as somebody hears it, to be put into words.
#[derive(Debug, Clone)]
pub struct Hearing<'a> {
    words: &'a Words<'a>,
    heard: std::borrow::Cow<'a, Heard>,
    seat: Option<usize>,
}

impl<'a> Hearing<'a> {
    /// A note, for a hearer.
    pub fn of(words: &'a Words<'a>, note: &Note, hearer: Hearer) -> Hearing<'a> {
        let seat = match hearer {
            Hearer::Seat(seat) | Hearer::Mind(seat) => Some(seat),
            Hearer::Reader | Hearer::Room => None,
        };
        Hearing { words, heard: std::borrow::Cow::Owned(note.heard(hearer)), seat }
    }

    /// What a seat has heard.
    pub fn heard(words: &'a Words<'a>, heard: &'a Heard, seat: usize) -> Hearing<'a> {
        Hearing { words, heard: std::borrow::Cow::Borrowed(heard), seat: Some(seat) }
    }

    /// What is said of it in that voice; none where that voice keeps silent.
    pub fn say(&self, voice: Voice) -> Option<String> {
        let name = format!("{}.{}", KINDS[self.heard.what as usize], voice.name());
        SPOKEN.say(&name, |argument| self.argument(argument)).filter(|said| !said.is_empty())
    }

    /// The same after the day on which its week begins: "28 Jul: talks break down for good".
    pub fn dated(&self, voice: Voice) -> Option<String> {
        let (said, day) = (self.say(voice)?, screen::day(self.words.setup, self.heard.round));
        Some(Dated { day: day.into(), said: said.into() }.text())
    }

    /// What a sentence asks for by that name; none where there is no such thing, or it is not for this hearer.
    pub(super) fn argument(&self, name: &str) -> Option<FluentValue<'static>> {
        let (words, party) = (self.words, self.heard.party);
        let named = |p: Option<usize>, first: bool| text(p.map_or(String::new(), |p| self.party(p, first)));
        let place = || {
            let Some(Fact::Yes(leaders)) = self.heard.fact("leaders") else { return None };
            Some(words.place(self.heard.round, *leaders))
        };
        let calendar = &words.setup.calendar;
        match name {
            "who" => return named(party, false),
            "Who" => return named(party, true),
            "whose" => return text(party.map_or(String::new(), |p| words.of_party(p))),
            "other" => return named(party.map(|p| 1 - p), false),
            "Other" => return named(party.map(|p| 1 - p), true),
            "first" => return named(Some(0), false),
            "second" => return named(Some(1), false),
            "by" => return text(party.map_or("nobody", |p| self.side(p))),
            "place" => return text(place()?.unwrap_or_default()),
            "place-known" => return yes(place()?.is_some()),
            "story" => return yes(calendar.summit.is_some() || calendar.truce.is_some()),
            "exchanges" => return Some(words.setup.scenario.talks.exchanges.get().into()),
            _ => {}
        }
        let (field, form) = name.split_once('-').unwrap_or((name, ""));
        self.fact(self.heard.fact(field)?, form)
    }

    fn party(&self, p: usize, first: bool) -> String {
        if first { self.words.party_first(p) } else { self.words.party(p) }
    }

    fn side(&self, p: usize) -> &'static str {
        if self.seat == Some(p) { "me" } else { "them" }
    }

    /// A fact in one of its forms; the plain one has no name.
    fn fact(&self, fact: &Fact, form: &str) -> Option<FluentValue<'static>> {
        let (words, setup) = (self.words, self.words.setup);
        match (fact, form) {
            (Fact::Withheld | Fact::Until(None) | Fact::Gift(None) | Fact::Party(NOBODY), "known") => yes(false),
            (Fact::Moves(moves) | Fact::Promises(moves), "known") => yes(!moves.is_empty()),
            (Fact::Text(said), "known") => yes(!said.is_empty()),
            (Fact::Until(None), "inside") => text("never"),
            (Fact::Withheld | Fact::Until(None) | Fact::Gift(None) | Fact::Party(NOBODY), _) => text(""),
            (_, "known") => yes(true),
            (Fact::Yes(so), "") => yes(*so),
            (Fact::Nth(n), "") => Some((n + 1).into()),
            (Fact::Round(round) | Fact::Until(Some(round)), form) => self.round(*round, form),
            (Fact::Span(n), "") => text(words.span(*n)),
            (Fact::Span(n), "any") => yes(*n > 0),
            (Fact::Share(x), "") => text(percent(*x)),
            (Fact::Share(x), "whole") => yes(*x == 1.0),
            (Fact::Points(x), "") => text(points(*x)),
            (Fact::Points(x), "of") => text(points_of(*x)),
            (Fact::Points(x), "plain") => text(plain(*x, 2)),
            (Fact::Each(x), "first") => text(points(x[0])),
            (Fact::Each(x), "second") => text(points(x[1])),
            (Fact::Party(p), "") => text(self.party(*p, false)),
            (Fact::Party(p), "cap") => text(self.party(*p, true)),
            (Fact::Party(p), "by") => text(self.side(*p)),
            (Fact::Lever(l), "") => text(words.lever(*l)),
            (Fact::Lever(l), "full") => text(setup.levers[*l].name.as_str()),
            (Fact::Faction(f), "") => text(setup.factions[*f].name.as_str()),
            (Fact::Faction(f), "cap") => text(capital(&setup.factions[*f].name)),
            (Fact::Faction(f), "home") => text(words.party(setup.factions[*f].party)),
            (Fact::Country(c), "") => text(setup.countries[*c].name.as_str()),
            (Fact::Move(m) | Fact::Gift(Some(m)), form) => self.moved(m, form),
            (Fact::Moves(moves) | Fact::Promises(moves), "") => text(words.moves(moves, usize::MAX - 1)),
            (Fact::Moves(moves) | Fact::Promises(moves) | Fact::Package(moves), "change") => {
                text(screen::package(setup, moves))
            }
            (Fact::Promises(moves), "levers") => {
                let names: Vec<String> = moves.iter().map(|m| words.lever(m.lever).to_string()).collect();
                text(listed(&names))
            }
            (Fact::Package(moves), "") => text(self.package(moves)),
            (Fact::Refused(why), "") => Some(refused(*why)),
            (Fact::Text(said), "") => text(said.as_str()),
            (Fact::Text(said), "cap") => text(capital(said)),
            _ => None,
        }
    }

    fn round(&self, round: u32, form: &str) -> Option<FluentValue<'static>> {
        let (words, setup) = (self.words, self.words.setup);
        match form {
            "" => text(words.date(round).unwrap_or_else(|| words.round(round))),
            "short" => text(crate::report::batch::date(setup, round)),
            "day" => text(screen::day(setup, round)),
            "number" => Some(round.into()),
            "inside" => yes(round < setup.rounds),
            _ => None,
        }
    }

    fn moved(&self, m: &Move, form: &str) -> Option<FluentValue<'static>> {
        match form {
            "" => text(self.words.moved(m)),
            "blow" => text(self.words.blow(m)),
            "lever" => text(self.words.lever(m.lever)),
            "change" => text(screen::moved(self.words.setup, m)),
            _ => None,
        }
    }

    /// A package as its proposer puts it.
    fn package(&self, moves: &[Move]) -> String {
        let p = self.heard.party.unwrap_or(0);
        if self.seat == Some(p) {
            self.words.own_package(p, moves)
        } else {
            self.words.package(p, moves, usize::MAX - 1)
        }
    }
}

fn text(said: impl Into<String>) -> Option<FluentValue<'static>> {
    Some(FluentValue::from(said.into()))
}

fn yes(so: bool) -> Option<FluentValue<'static>> {
    Some(if so { "yes" } else { "no" }.into())
}

/// Why an offer was refused, by its name in documents; "none" where it was taken.
pub(crate) fn refused(why: Option<Refusal>) -> FluentValue<'static> {
    why.map_or("none", Refusal::name).into()
}
