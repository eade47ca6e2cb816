//! What is printed for each table, should the network fail: briefs, cards of roles with their private numbers, what the
//! issues are worth at this table, and how far a meeting can move them.

use super::desk::number;
use super::news;
use super::seats::Role;
use super::state::State;
use super::study;
use crate::world::setup::NOBODY;

/// The sheets of one table.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The table and the class, on every sheet.
    pub stamp: String,
    /// Each delegation.
    pub sides: Vec<PrintedSide>,
    /// The issues as both sides know them.
    pub issues: Vec<PrintedIssue>,
}

/// What one delegation gets.
#[derive(Debug, Clone)]
pub struct PrintedSide {
    /// Its name.
    pub name: String,
    /// Its brief, what no deal means, and the leader's card.
    pub brief: [String; 3],
    /// Each role: its name, what it reads, and its private number with what it is of.
    pub roles: Vec<(String, String, Option<(String, String)>)>,
    /// What the leader reads as a role, and their private number.
    pub leader: (String, Option<(String, String)>),
    /// Each issue: what it is worth to it at both ends of one meeting's room, and at its lowest, half-way and highest.
    pub worth: Vec<([f64; 2], [f64; 3])>,
}

/// An issue on paper: levels as on screens.
#[derive(Debug, Clone)]
pub struct PrintedIssue {
    /// Its name with its unit.
    pub name: String,
    /// Where it stands.
    pub now: String,
    /// How far one meeting of officials can bring it, lowest and highest.
    pub meeting: [String; 2],
    /// Its lowest, half-way and its highest.
    pub reach: [String; 3],
    /// Where it goes if the truce lapses.
    pub snap: String,
}

/// All tables, from the numbers of each.
pub fn printed(state: &mut State) -> Vec<Printed> {
    let ready = state.ready.clone();
    let (setup, plan) = (&ready.setup, &ready.lesson.classroom);
    let rooms: Vec<[f64; 2]> = (0..setup.levers.len()).map(|l| study::room(setup, l, setup.levers[l].now)).collect();
    let issues = setup.levers.iter().enumerate().filter(|(_, lever)| lever.holder != NOBODY).map(|(l, lever)| {
        let say = |x: f64| format!("{:.0}", x * news::scale(setup, l));
        let (low, high) = (lever.reach_low, lever.reach_high);
        PrintedIssue {
            name: format!("{} ({})", lever.name, news::unit(setup, l)),
            now: say(lever.now),
            meeting: rooms[l].map(say),
            reach: [low, 0.5 * (low + high), high].map(say),
            snap: say(lever.snap),
        }
    });
    let issues: Vec<PrintedIssue> = issues.collect();
    let code = state.code.clone();
    let each = state.tables.iter_mut().enumerate().map(|(t, place)| {
        let weights = [0, 1].map(|p| place.table.weights(p));
        let ends = study::ends(setup, weights);
        let sides = [1, 0].map(|p| {
            let d = ready.delegation(p);
            let own = plan.roles.iter().filter(|role| !matches!(role, Role::Leader | Role::Observer));
            let roles = own.map(|role| {
                let text = d.roles.get(role).cloned().unwrap_or_default();
                (role.words().to_string(), text, number(setup, place, p, *role))
            });
            let roles = roles.collect();
            let worth = |l: usize, x: f64| study::gain(setup, p, weights[p], l, setup.levers[l].now, x);
            let open = (0..setup.levers.len()).filter(|l| setup.levers[*l].holder != NOBODY);
            PrintedSide {
                name: setup.parties[p].name.clone(),
                brief: [d.brief.clone(), d.no_deal.clone(), d.objective.clone()],
                roles,
                leader: (
                    d.roles.get(&Role::Leader).cloned().unwrap_or_default(),
                    number(setup, place, p, Role::Leader),
                ),
                worth: open.map(|l| (rooms[l].map(|x| worth(l, x)), ends[p][l])).collect(),
            }
        });
        Printed { stamp: format!("Table {} · class {code}", t + 1), sides: sides.into(), issues: issues.clone() }
    });
    each.collect()
}
