//! What a player sees: the brief, the questions, the news. Made from a view, so nothing hidden can slip in.

use super::commands::{Levers, own};
use crate::cli::failure::wide;
use crate::command_line::CommandLine;
use crate::game::told::Told;
use crate::game::view::{Asked, Coming, RoomSeen, View, Whose};
use crate::record::endings::endings;
use crate::report::debrief::debrief;
use crate::report::ending::ending;
use crate::report::heard::Ear;
use crate::report::page::wrap;
use crate::report::table::TextTable;
use crate::report::text::count;
use crate::report::words::{Words, capital, listed, percent, plain, points, points_of, tone};
use crate::scenario::rules::Switch;
use crate::studies::debrief::Debrief;
use crate::studies::odds::Odds;
use crate::world::heard::Heard;
use crate::world::orders::worth_at;
use crate::world::setup::Setup;

/// Shows a view to its seat.
pub struct Show<'a> {
    ear: Ear<'a>,
    width: usize,
}

/// Text wrapped to the screen, a line break at its end.
pub fn lines(text: &str) -> String {
    within(text, wide())
}

fn within(text: &str, width: usize) -> String {
    text.lines()
        .flat_map(|line| if line.starts_with(' ') { vec![line.into()] } else { wrap(line, width, 0, 2) })
        .map(|l| l + "\n")
        .collect()
}

impl<'a> Show<'a> {
    /// For a seat, on this screen.
    pub fn new(setup: &'a Setup, seat: usize) -> Show<'a> {
        Show::in_columns(setup, seat, wide())
    }

    /// The same in so many columns, whatever the screen has.
    pub fn in_columns(setup: &'a Setup, seat: usize, width: usize) -> Show<'a> {
        Show { ear: Ear { words: Words::new(setup), seat }, width }
    }

    fn lines(&self, text: &str) -> String {
        within(text, self.width)
    }

    fn words(&self) -> &Words<'a> {
        &self.ear.words
    }

    /// The page before the first question.
    pub fn brief(&self, view: &View, levers: &Levers, seed: u64, game: u64) -> String {
        format!("{}\n{}", self.lines(&self.story(view, Some((seed, game)))), self.look(view, levers))
    }

    /// What it is about and who the seat is, with seed and game where they are told.
    pub fn story(&self, view: &View, numbers: Option<(u64, u64)>) -> String {
        let setup = self.words().setup;
        let me = &setup.scenario.parties[&setup.parties[view.seat].key];
        let speaks =
            if me.negotiator.is_empty() { String::new() } else { format!(", for whom {} speaks", me.negotiator) };
        let mut text = format!("{}\n", setup.scenario.title);
        if !setup.scenario.story.is_empty() {
            text.push_str(&format!("{}\n", setup.scenario.story));
        }
        if let Some((seed, game)) = numbers {
            text.push_str(&format!("Seed {seed}, game {game}.\n"));
        }
        text.push_str(&format!("\nYou are {}{speaks}. ", self.words().party(view.seat)));
        text.push_str(&self.mind(view));
        let factions: Vec<String> =
            view.other.factions.iter().map(|(n, p)| format!("{n} (power {})", percent(*p))).collect();
        if !factions.is_empty() {
            text.push_str(&format!(
                "\nAt home {} has to carry {}.",
                self.words().party(1 - view.seat),
                listed(&factions)
            ));
        }
        if !view.belief.is_empty() {
            let types: Vec<String> =
                view.belief.iter().map(|(t, p)| format!("a {} ({})", spaced(t), percent(*p))).collect();
            text.push_str(&format!(" You take its leader for {}.", listed(&types).replace(" and ", " or ")));
        }
        text.push('\n');
        text
    }

    fn mind(&self, view: &View) -> String {
        let [a, b, c, d] = view.own.weights.map(|w| plain(w, 1));
        let unit = self.words().round_unit();
        format!(
            "A point of prosperity counts {a} for you, of security {b}, of politics at home {c}; a summit's prestige \
             counts {d}. A point next {unit} is worth {} today, and you want to be done by {unit} {}.",
            plain(view.own.patience, 3),
            plain(view.own.date, 0)
        )
    }

    /// Where things stand.
    pub fn look(&self, view: &View, levers: &Levers) -> String {
        let words = self.words();
        let mut text = format!(
            "{}. Tone {} ({}). Your points so far {}.",
            capital(&words.round(view.round)),
            view.tone_word,
            tone(view.tone),
            points(view.own.total)
        );
        if view.truce_down {
            text.push_str(" The truce is down.");
        }
        text.push('\n');
        text.push_str(&format!(
            "Believed: your pledges {}, your threats {}; {} pledges {}, threats {}.\n",
            percent(view.own.word),
            percent(view.own.resolve),
            words.of_party(1 - view.seat),
            percent(view.other.word),
            percent(view.other.resolve)
        ));
        let ahead: Vec<String> =
            view.ahead.iter().map(|a| format!("{}: {}", words.round(a.round), coming(a.what))).collect();
        if !ahead.is_empty() {
            text.push_str(&format!("Ahead: {}.\n", ahead.join("; ")));
        }
        text.push_str(&self.mandate());
        let mut table = TextTable::new(&[1, 2, 3, 4]).prose();
        table.row(["lever", "whose", "now", "can be set to", "what it is"]);
        for l in &view.levers {
            let whose = match l.whose {
                Whose::Mine => "yours".into(),
                Whose::Theirs => words.of_party(1 - view.seat),
                Whose::Nobodys => "a pie".into(),
            };
            let (now, reach) = (words.level(l.lever, l.level), words.levels(l.lever, l.reach[0], l.reach[1]));
            table.row([levers.key(l.lever).into(), whose, now, reach, short(&l.name)]);
        }
        format!("{}{}", self.lines(&text), table.within(self.width))
    }

    /// How far a session may move a lever: officials by their mandate, leaders at a summit.
    fn mandate(&self) -> String {
        let setup = self.words().setup;
        let talks = &setup.scenario.talks;
        let moves = |x: f64| format!("{} of a big move", plain(x, 2));
        let leaders = moves(talks.leaders_may_move.get());
        match (setup.is_on(Switch::Talks), setup.is_on(Switch::Mandate)) {
            (false, _) => String::new(),
            (true, false) => format!("A session moves a lever by {leaders} at most.\n"),
            (true, true) => {
                let officials = moves(talks.officials_may_move.get());
                format!("Officials move a lever by {officials} at most, leaders at a summit by {leaders}.\n")
            }
        }
    }

    /// A question, with what is allowed.
    pub fn question(&self, view: &View, levers: &Levers) -> String {
        let Some(asked) = &view.question else { return String::new() };
        self.asked(view, levers, &format!(" ({}, strategy; odds, help)", own(asked).join(", ")))
    }

    /// A question, with what is said after it.
    pub fn asked(&self, view: &View, levers: &Levers, verbs: &str) -> String {
        let Some(asked) = &view.question else { return String::new() };
        let words = self.words();
        match asked {
            Asked::Move => self.lines(&format!(
                "\n{}. Tone {} ({}). What do you do?{verbs}",
                capital(&words.round(view.round)),
                view.tone_word,
                tone(view.tone)
            )),
            Asked::Offer { exchange, room, reserve, beside, .. } => {
                let text = format!(
                    "Your offer, {} of the session. Waiting is worth {} to you; signing brings {} beside the levers.{verbs}",
                    ordinal(*exchange),
                    points(*reserve),
                    points(*beside)
                );
                format!("{}{}", self.rooms(room, levers), self.lines(&text))
            }
            Asked::Answer { package, worth, reserve, last, .. } => {
                let moves: Vec<crate::world::trace::Move> = package
                    .iter()
                    .map(|(l, to)| crate::world::trace::Move { lever: *l, from: view.levers[*l].level, to: *to })
                    .collect();
                let other = 1 - view.seat;
                let last = if *last { " It is the last offer of the session." } else { "" };
                self.lines(&format!(
                    "{} {}. Worth {} to you; waiting is worth {}.{last} Do you accept?{verbs}",
                    words.party_first(other),
                    words.package(other, &moves, 11),
                    points_of(*worth),
                    points(*reserve)
                ))
            }
            Asked::Ratify { worth, support, chance } => self.lines(&format!(
                "Does the package pass at home? It is worth {} to you; support {}, odds {}.{verbs}",
                points_of(*worth),
                percent(*support),
                percent(*chance)
            )),
            Asked::Invitation { chance } => self.lines(&format!(
                "An invitation to the summit. Your strategy would accept with odds of {}. Do you?{verbs}",
                percent(*chance)
            )),
            Asked::Extend { chance } => {
                let ahead = view.ahead.iter().any(|a| a.what == Coming::TruceExpires && a.round > view.round);
                let what = match (view.truce_down, ahead) {
                    (true, _) => "The truce is down. Do you want it restored",
                    (false, true) => "The other side proposes to extend the truce ahead of time. Do you",
                    (false, false) => "The truce runs out. Do you extend it",
                };
                self.lines(&format!("{what}? Your strategy would with odds of {}.{verbs}", percent(*chance)))
            }
        }
    }

    /// What can be moved in this session, and what each end is worth.
    fn rooms(&self, room: &[RoomSeen], levers: &Levers) -> String {
        let words = self.words();
        let mut table = TextTable::new(&[1, 2, 3, 4, 5]);
        table.row(["lever", "now", "from", "worth to you", "to", "worth to you"]);
        for r in room {
            let last = r.levels.len() - 1;
            table.row([
                levers.key(r.lever).into(),
                words.level(r.lever, r.now),
                words.level(r.lever, r.levels[0]),
                points(r.worth[0]),
                words.level(r.lever, r.levels[last]),
                points(r.worth[last]),
            ]);
        }
        table.within(self.width)
    }

    /// What the seat's own strategy would ask for.
    pub fn advice(&self, asked: &Asked) -> String {
        match asked {
            Asked::Offer { advice, reserve, .. } | Asked::Answer { advice, reserve, .. } => format!(
                "Your strategy would ask for a package worth {} to you; waiting is worth {}. With `strategy` it speaks for you this once.",
                points_of(*advice),
                points(*reserve)
            ),
            _ => "Nothing is asked for here.".into(),
        }
    }

    /// The draft and what it would be worth.
    pub fn draft(&self, asked: &Asked, levels: &[(usize, f64)], levers: &Levers) -> String {
        if levels.is_empty() {
            return "The draft is empty: all would stay as it is.".into();
        }
        format!("{} {} `offer` makes it your offer.", self.drafted(levels, levers), self.worth(asked, levels))
    }

    /// What stands in the draft.
    pub fn drafted(&self, levels: &[(usize, f64)], levers: &Levers) -> String {
        let items: Vec<String> =
            levels.iter().map(|(l, x)| format!("{}={}", levers.key(*l), self.words().level(*l, *x))).collect();
        format!("Draft: {}.", items.join(", "))
    }

    /// How the game may end, as far as the seat can know.
    pub fn odds(&self, view: &View, odds: &Odds) -> String {
        let words = self.words();
        let shares: Vec<String> = endings(words.setup)
            .iter()
            .zip(odds.shares())
            .map(|(ending, share)| format!("{} {}", ending.label, percent(share)))
            .collect();
        format!(
            "As far as you can know, from the start of {}, if your strategy played on for you: {}. ({}; what the \
             other side hides is drawn anew in each.)",
            words.round(view.round),
            listed(&shares),
            count(odds.futures(), "future")
        )
    }

    /// What a package would be worth to the seat.
    pub fn worth(&self, asked: &Asked, levels: &[(usize, f64)]) -> String {
        let (Asked::Offer { room, reserve, beside, .. } | Asked::Answer { room, reserve, beside, .. }) = asked else {
            return "There is no session.".into();
        };
        let mut sum = *beside;
        for (lever, level) in levels {
            let Some(r) = room.iter().find(|r| r.lever == *lever) else {
                return format!("{} is not open in this session.", capital(self.words().lever(*lever)));
            };
            sum += at(r, *level);
        }
        format!(
            "Worth {} to you, {} of it beside the levers; waiting is worth {}.",
            points_of(sum),
            points(*beside),
            points(*reserve)
        )
    }

    /// What can be typed here.
    pub fn help(&self, asked: &Asked) -> String {
        let mut text = match asked {
            Asked::Move => "offer, draft, undo, worth, ask: in a session, when the offer is yours; `look` tells when one comes\nwait: do nothing this week\ntighten LEVER [MOVES]: tighten a lever of yours by up to 1 big move, 0.5 where left out; it sours the mood\nease LEVER [MOVES]: open a lever of yours: a gesture that warms, and looks soft\nthreaten: threaten to tighten in two rounds; your resolve decides whether you are believed\npraise: warm words in public\n".to_string(),
            Asked::Offer { .. } => "offer LEVER=LEVEL ...: a package; levers you do not name stay where they are. Shares are taken as 80% or 0.8\ndraft LEVER=LEVEL ...: put levels into a draft and see what it is worth; `draft` alone shows it, `undo` takes the last line back, `offer` alone makes it your offer\nworth LEVER=LEVEL ...: what a package would be worth to you\nask: what your strategy would ask for\nwait: offer that all stays as it is\n".into(),
            Asked::Answer { .. } => "accept, refuse: your answer\nask: what your strategy would ask for next\nworth LEVER=LEVEL ...: what another package would be worth to you\n".into(),
            _ => "yes, no: your answer\n".into(),
        };
        text.push_str("strategy: leave this one decision to your side's strategy\nodds: how it may end, as far as you can know, if your strategy played on for you\nlook: where things stand\nhistory: what happened so far\nsave FILE: keep your decisions in a file from now on\nquit: leave; what is saved can be gone on with later");
        text
    }

    /// What was heard, by date.
    pub fn news(&self, heard: &[Heard]) -> String {
        let mut out = String::new();
        let mut round = None;
        for h in heard {
            let said = self.ear.sentence(h);
            let (text, first) = if round == Some(h.round) {
                (said, 2)
            } else {
                (format!("{}: {said}", capital(&self.words().round(h.round))), 0)
            };
            round = Some(h.round);
            wrap(&text, self.width, first, 4).iter().for_each(|l| out.push_str(&format!("{l}\n")));
        }
        out
    }

    /// The end, with everything on the table, and the engine's games beside it.
    pub fn ending(&self, told: &Told, count: &CommandLine, against: &Debrief) -> String {
        let page: String =
            ending(self.words(), told, Some(count), self.width).iter().map(|l| format!("{l}\n")).collect();
        format!("\n{page}\n{}", debrief(self.words(), told, self.ear.seat, against, self.width))
    }
}

/// A table read between its grid points.
pub fn at(r: &RoomSeen, level: f64) -> f64 {
    worth_at((&r.levels, &r.worth), r.now, level)
}

fn coming(what: Coming) -> &'static str {
    match what {
        Coming::Talks => "officials meet",
        Coming::Invitation => "the invitation to a summit",
        Coming::Summit => "the leaders meet",
        Coming::TruceExpires => "the truce runs out",
        Coming::MyThreat => "your threat falls due",
        Coming::TheirThreat => "their threat falls due",
    }
}

fn ordinal(exchange: u32) -> String {
    format!("number {}", exchange + 1)
}

/// "ProtractedBattle" as "protracted battle".
fn spaced(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_uppercase() && i > 0 {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn short(name: &str) -> String {
    name.split(" (").next().unwrap_or(name).to_string()
}
