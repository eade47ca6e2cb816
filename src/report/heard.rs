//! What a seat hears, in English: the other's worths and odds are not in it.

use super::words::{Words, capital, percent, points};
use crate::game::view::{Heard, Said, Whose};
use crate::world::trace::Refusal;

/// The words of a scenario as one seat reads them.
#[derive(Debug, Clone)]
pub struct Ear<'a> {
    /// The words.
    pub words: Words<'a>,
    /// The party that listens.
    pub seat: usize,
}

impl Ear<'_> {
    fn party(&self, whose: Whose) -> usize {
        if whose == Whose::Mine { self.seat } else { 1 - self.seat }
    }

    /// "You tighten", "China tightens".
    fn does(&self, by: Option<Whose>, verb: &str) -> String {
        match by {
            Some(Whose::Mine) => format!("You {verb}"),
            Some(whose) => {
                let name = self.words.party_first(self.party(whose));
                let (first, rest) = verb.split_once(' ').map_or((verb, ""), |(a, b)| (a, b));
                let first = match first {
                    "have" => "has".into(),
                    "are" => "is".into(),
                    v if v.ends_with("ch") || v.ends_with("sh") => format!("{v}es"),
                    v if v.ends_with("ry") => format!("{}ies", &v[..v.len() - 1]),
                    v => format!("{v}s"),
                };
                format!("{name} {first} {rest}").trim_end().to_string()
            }
            None => String::new(),
        }
    }

    fn day(&self, round: u32) -> String {
        self.words.date(round).unwrap_or_else(|| self.words.round(round))
    }

    /// What was heard, as a sentence.
    pub fn sentence(&self, h: &Heard) -> String {
        let w = &self.words;
        let does = |verb: &str| self.does(h.by, verb);
        match &h.what {
            Said::Incident => "An accident nobody chose sours the mood.".into(),
            Said::Shock { moved, what } => {
                let what = if what.is_empty() { "a court or a law intervenes" } else { what };
                format!("{}: {}.", capital(what), w.moved(moved))
            }
            Said::Strike { faction, moved } => {
                let whose = if h.by == Some(Whose::Mine) { "your own".into() } else { w.of_party(1 - self.seat) };
                format!("{} strike at the talks: {}. It costs {whose} word.", capital(faction), w.blow(moved))
            }
            Said::Replied { moved } => format!("{}: {}.", does("answer in kind"), w.blow(moved)),
            Said::LetPass => format!("{}.", does("let the blow pass")),
            Said::Tightened { moved } => format!("{}: {}.", does("tighten"), w.blow(moved)),
            Said::Opened { moved } => format!("{}: {}.", does("open"), w.moved(moved)),
            Said::Threatened { due } => format!("{} by {}.", does("threaten to tighten"), self.day(*due)),
            Said::CarriedOut { moved } => format!("{} the threat: {}.", does("carry out"), w.blow(moved)),
            Said::ClimbedDown => format!("{}, which costs resolve.", does("climb down from the threat")),
            Said::Gesture { moved } => {
                let what = moved.as_ref().map_or(" in words".into(), |m| format!(": {}", w.moved(m)));
                format!("{}{what}.", does("make a gesture of good will"))
            }
            Said::Praised => format!("{} for the other side.", does("have warm words")),
            Said::Brink { slipped } => {
                let end = if *slipped { "it slips, and both sides tighten" } else { "nothing slips" };
                format!("{}: {end}.", does("step toward the brink"))
            }
            Said::CountrySigned { country } => format!("{country} signs."),
            Said::CountryPunished { country } => format!("{country} is punished for having signed."),
            Said::Session { session, leaders, opener } => {
                let who = if *leaders { "The leaders meet" } else { "Officials meet" };
                let place = w.place(h.round, *leaders).map_or(String::new(), |p| format!(" ({p})"));
                format!("{who}{place}: session {}. {} first.", session + 1, self.does(Some(*opener), "speak"))
            }
            Said::Offer { package, worth_to_me, refused, .. } => {
                let by = h.by.unwrap_or(Whose::Theirs);
                self.offer(by, &w.package(self.party(by), package, 11), *worth_to_me, *refused)
            }
            Said::NoAgreement => "The session ends without agreement.".into(),
            Said::Initialled { worth_to_me, .. } => {
                format!("A package is initialled, worth {} to you.", points(*worth_to_me))
            }
            Said::Vote { passed, support_at_my_home } => {
                let home = if h.by == Some(Whose::Mine) { "your own home".into() } else { w.party(1 - self.seat) };
                let support = support_at_my_home.map_or(String::new(), |x| format!(" (support {})", percent(x)));
                format!("It {} in {home}{support}.", if *passed { "passes" } else { "fails" })
            }
            Said::Signed { leaders, pledges, truce_until } => {
                let mut said = String::from(if *leaders { "Signed by the leaders." } else { "Signed." });
                if !pledges.is_empty() {
                    said.push_str(&format!(" To be delivered little by little: {}.", w.moves(pledges, 11)));
                }
                if w.setup.calendar.truce.is_some() && *truce_until < 1_000_000 {
                    said.push_str(&format!(" The truce holds to {}.", self.day(*truce_until)));
                }
                said
            }
            Said::Reviewed { lever, delivered } => {
                format!("A pledge is reviewed: {} {} delivered.", w.lever(*lever), percent(*delivered))
            }
            Said::Consent { to_restore, gives } => {
                let verb = if *to_restore { "restore the truce" } else { "extend the truce" };
                let says = if *gives { "are for it" } else { "are against it" };
                format!("To {verb}: {}.", self.does(h.by, says).replacen("You", "you", 1))
            }
            Said::Extended { to } => format!("The truce is extended to {}.", self.day(*to)),
            Said::Lapsed { moved, emergency } => {
                let snapped = w.moves(moved, 11);
                format!("The truce lapses and levers snap back: {snapped}. You meet again on {}.", self.day(*emergency))
            }
            Said::Restored { to } => format!("The truce is restored, at its old levels, to {}.", self.day(*to)),
            Said::NotRestored => "An emergency session: the truce stays down.".into(),
            Said::Invitation { accepts } => {
                format!("{} to meet at the summit.", does(if *accepts { "agree" } else { "decline" }))
            }
            Said::SummitSet { at } => format!("A summit is set for {}.", self.day(*at)),
            Said::SummitOff => "The summit is called off.".into(),
            Said::Photograph { prize_to_me } => {
                format!("The leaders part with a photograph and no deal, worth {} to you.", points(*prize_to_me))
            }
            Said::BrokeDown => "Talks break down for good.".into(),
            Said::Conceded => format!("{}.", does("give in")),
            Said::HeldOut => format!("{}.", does("hold out")),
        }
    }

    fn offer(&self, by: Whose, said: &str, worth: f64, refused: Option<Refusal>) -> String {
        let other = self.words.party_first(1 - self.seat);
        if by == Whose::Mine {
            let you = said.replacen("offers", "offer", 1).replacen("asks", "ask", 1).replacen("proposes", "propose", 1);
            let answer = match refused {
                None => format!("{other} takes it"),
                Some(Refusal::BelowReserve) => format!("{other} would rather wait"),
                Some(Refusal::BelowAsk) => format!("{other} holds out for more"),
                Some(Refusal::Loss) => format!("{other} would lose by it"),
                Some(Refusal::ProposerLoses | Refusal::Said) => format!("{other} says no"),
            };
            return format!("You {you}. Worth {} to you. {answer}.", points(worth));
        }
        let answer = match refused {
            None => "You take it",
            Some(Refusal::ProposerLoses) => "They would not sign it themselves",
            Some(_) => "You say no",
        };
        format!("{other} {said}. Worth {} to you. {answer}.", points(worth))
    }
}
