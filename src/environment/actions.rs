//! What a seat may do: one of a list, with a number for each lever, so that whatever is drawn can be played.

use super::player::Choice;
use crate::error::Error;
use crate::game::moves::{Hand, bar};
use crate::mechanisms::ordered::FURTHEST;
use crate::notation::near::listed;
use crate::world::orders::{About, Ask, Order, Question, Room};
use crate::world::setup::Setup;

/// One of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Its name, such as `yes` or `tighten.us_tariff`.
    pub name: String,
    /// What it does.
    pub about: String,
    does: Does,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Does {
    Strategy,
    Wait,
    Praise,
    Threaten,
    Offer,
    Say(bool),
    Lever(Hand, usize),
}

/// The list, the same for both seats.
#[derive(Debug, Clone)]
pub struct Actions {
    list: Vec<Action>,
    levers: usize,
}

/// How things stand in a game, as far as what may be done hangs on it.
pub struct Stands<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// The truce is down.
    pub snapped: bool,
    /// A threat is pending.
    pub threat: bool,
    /// Where a lever stands.
    pub level: &'a dyn Fn(usize) -> f64,
}

/// The least that a lever is moved, as a share of the furthest: doing nothing is another action.
const LEAST: f64 = 0.05;

impl Actions {
    /// Of a scenario.
    pub(crate) fn of(setup: &Setup) -> Actions {
        let one = |name: &str, about: &str, does| Action { name: name.into(), about: about.into(), does };
        let mut list = vec![
            one("strategy", "leaves this decision to the strategy that stands in", Does::Strategy),
            one("wait", "does nothing; in a session, offers that all stays as it is", Does::Wait),
            one("praise", "praises the other in public", Does::Praise),
            one("threaten", "threatens", Does::Threaten),
            one("offer", "offers a level for each open lever: -1 is its lowest, 1 its highest", Does::Offer),
            one("yes", "says yes", Does::Say(true)),
            one("no", "says no", Does::Say(false)),
        ];
        for (row, lever) in setup.levers.iter().enumerate().filter(|(_, lever)| !lever.is_pledge()) {
            for (hand, name) in [(Hand::Tighten, "tighten"), (Hand::Ease, "ease")] {
                let about =
                    format!("{name}s it: the lever's number, from -1 to 1, says how far, up to {FURTHEST} big move");
                list.push(one(&format!("{name}.{}", lever.key), &about, Does::Lever(hand, row)));
            }
        }
        Actions { list, levers: setup.levers.len() }
    }

    /// Each, in order: its place is its number.
    pub fn list(&self) -> &[Action] {
        &self.list
    }

    /// How many numbers go with an action: one a lever, in the order of the scenario.
    pub fn levers(&self) -> usize {
        self.levers
    }

    /// Which of them are allowed to a question.
    pub(super) fn mask(&self, question: &Question, stands: &Stands, out: &mut [bool]) {
        for (action, allowed) in self.list.iter().zip(out) {
            *allowed = action.does.is_allowed(question, stands);
        }
    }

    /// The same; one that is not allowed is told.
    pub(super) fn said(&self, question: &Question, stands: &Stands, choice: &Choice) -> Result<Order, Error> {
        self.order(question, stands, choice.action, &choice.levels).ok_or_else(|| {
            let allowed = self.list.iter().filter(|action| action.does.is_allowed(question, stands));
            let allowed = listed(allowed.map(|action| action.name.as_str()));
            Error::refused(format!("`{}` is no answer to this question: {allowed} are", self.list[choice.action].name))
        })
    }

    /// What a choice says to a question; one that is not allowed is left to the strategy.
    pub(super) fn order(&self, question: &Question, stands: &Stands, choice: usize, levels: &[f32]) -> Option<Order> {
        let does = self.list[choice].does;
        let share = |lever: usize| 0.5 * (f64::from(levels[lever]).clamp(-1.0, 1.0) + 1.0);
        does.is_allowed(question, stands).then(|| match does {
            Does::Strategy => Order::Engine,
            Does::Wait => Order::Wait,
            Does::Praise => Order::Praise,
            Does::Threaten => Order::Threaten,
            Does::Say(yes) => Order::Say(yes),
            Does::Lever(Hand::Tighten, lever) => Order::Tighten(lever, FURTHEST * share(lever).max(LEAST)),
            Does::Lever(Hand::Ease, lever) => Order::Ease(lever, FURTHEST * share(lever).max(LEAST)),
            Does::Offer => {
                let level = |room: &Room| {
                    let (low, high) = (room.levels[0], room.levels[room.levels.len() - 1]);
                    (room.lever, (low + share(room.lever) * (high - low)).clamp(low, high))
                };
                match &question.about {
                    About::Turn(rooms) => Order::Package(rooms.iter().map(level).collect()),
                    _ => Order::Engine,
                }
            }
        })
    }
}

impl Does {
    fn is_allowed(self, question: &Question, stands: &Stands) -> bool {
        let ask = question.at.ask;
        match self {
            Does::Strategy => true,
            Does::Wait => matches!(ask, Ask::Move | Ask::Offer(_)),
            Does::Praise => ask == Ask::Move,
            Does::Threaten => ask == Ask::Move && !stands.snapped && !stands.threat,
            Does::Offer => matches!(ask, Ask::Offer(_)),
            Does::Say(_) => matches!(ask, Ask::Answer(_) | Ask::Ratify | Ask::Invitation | Ask::Extend),
            Does::Lever(hand, lever) => {
                let how = (FURTHEST, (stands.level)(lever), stands.snapped);
                ask == Ask::Move && bar(stands.setup, question.at.party, lever, hand, how).is_none()
            }
        }
    }
}
