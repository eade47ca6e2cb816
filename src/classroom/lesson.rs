//! A lesson file: which scenario a class plays, in which steps of how many minutes, with which briefs, events and quiz.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::seats::{PEOPLE_MAX, Role};
use super::study;
use crate::error::Error;
use crate::notation::decode::decode;
use crate::notation::tree::{Kind, Node, Source};
use crate::notation::written::written;
use crate::notation::{self, Code, Language, Problem, Problems};
use crate::ready;
use crate::scenario::file_kind::LESSON;
use crate::scenario::load::{Open, Sets};
use crate::scenario::shipped;
use crate::scenario::spelled;
use crate::world::setup::Setup;

/// What the file of a lesson says it is.
const SCHEMA: &str = "summitry.lesson/1";

/// Tables a class may have.
const TABLES_MAX: usize = 12;

fn crowd() -> String {
    format!("{PEOPLE_MAX} people in a class at most")
}

/// What lessons are written in.
const LANGUAGE: Language = Language {
    file: "a lesson",
    begin: "scenarios/classroom holds two to copy",
    path: "classroom.tables",
    likenesses: &[],
    shorthands: &[],
};

/// A lesson as its author wrote it.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Always "summitry.lesson/1".
    pub schema: String,
    /// What it is called.
    pub title: String,
    /// The scenario file, as seen from the lesson's folder.
    pub scenario: String,
    /// Changes of the scenario, as a scenario's own `set` writes them: path, value.
    #[serde(default, skip_deserializing)]
    pub set: Vec<(String, String)>,
    /// How the class goes.
    pub classroom: Plan,
}

/// How a class goes.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// How many tables play side by side.
    #[schemars(extend("minimum" = 1, "maximum" = TABLES_MAX, "condition" = crowd()))]
    pub tables: usize,
    /// All tables play the same game: what governments want, their patience and the luck that befalls them are the same,
    /// so that only what people do differs. Else each table's are drawn anew. No table is dealt a game that is as good as
    /// won or lost: at its start a deal is 25 to 75 percent likely.
    #[serde(default)]
    pub same_draw: bool,
    /// Seconds after which a lost seat is played by the engine.
    pub grace_seconds: u64,
    /// The roles each delegation has at a table, in the order in which they are filled.
    pub roles: Vec<Role>,
    /// The steps of the class.
    pub phases: Vec<Phase>,
    /// The delegations, by party.
    pub delegations: BTreeMap<String, Delegation>,
    /// The deck of events that the teacher may play.
    pub events: Vec<Card>,
    /// Questions asked before and after.
    pub quiz: Vec<Question>,
    /// What observers are asked to watch for; what they write is shown in the debrief.
    #[serde(default)]
    pub observe: Vec<String>,
    /// What everybody is asked about themselves on joining: nothing where none is named.
    #[serde(default)]
    pub about: Vec<Item>,
    /// What a person may agree to on joining, where the data are for research: nothing is asked where it is empty.
    #[serde(default)]
    pub consent: String,
    /// Questions for the debrief, one for each chart.
    pub debrief: Vec<String>,
}

/// A step of the class.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// What it is called.
    pub name: String,
    /// What happens in it.
    pub kind: PhaseKind,
    /// How long it lasts.
    pub minutes: u64,
    /// One sentence for everybody.
    #[serde(default)]
    pub note: String,
}

/// What happens in a step of the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub enum PhaseKind {
    /// Students join and answer the first quiz.
    Join,
    /// Delegations read their briefs and rank the issues.
    Brief,
    /// The table plays on to this round of the scenario.
    Play {
        /// The first round that is not played.
        until: u32,
    },
    /// The charts are shown.
    Debrief,
    /// The last quiz.
    Close,
}

/// What a delegation is told.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// What all of the delegation read.
    pub brief: String,
    /// What the card says that only the leader sees.
    pub objective: String,
    /// Whether the truth is that this side seeks a deal; the other side guesses it.
    pub seeks_a_deal: bool,
    /// What no deal means for it.
    pub no_deal: String,
    /// What the brief says it wants of the other side, by lever. It is held to what the model says: each must bring it
    /// something within the room of a first meeting, and what brings it most must be among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wants: Vec<String>,
    /// What each role reads.
    pub roles: BTreeMap<Role, String>,
}

/// A card of the teacher's deck.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name in the log.
    pub name: String,
    /// What the class reads.
    pub headline: String,
    /// What it does to the mood.
    #[serde(default)]
    pub tone: f64,
    /// What it does to a lever: its name, and big moves toward friendlier (above 0) or harsher.
    #[serde(default)]
    pub lever: Option<(String, f64)>,
}

/// A quiz question with one right answer.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What is asked.
    pub ask: String,
    /// What can be answered.
    pub answers: Vec<String>,
    /// The right one, from 0.
    pub right: usize,
}

/// A question that has no right answer.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What is asked.
    pub ask: String,
    /// What can be answered.
    pub answers: Vec<String>,
}

/// A lesson with its scenario made ready.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The lesson.
    pub lesson: Lesson,
    /// The scenario as it is played.
    pub setup: Setup,
    /// The scenario file.
    pub file: String,
    /// What the lesson changes in it, as `--set` takes it.
    pub sets: Vec<String>,
    /// Names the scenario as it is played.
    pub scenario_hash: String,
    /// Names the lesson's own words.
    pub lesson_hash: String,
    /// Names lesson and scenario: a log is replayed only under the same.
    pub hash: String,
    /// The lesson's file, then every other that was read for it: its name and its text.
    pub files: Vec<(String, String)>,
}

/// Reads a lesson and its scenario; every problem is told in a finished message.
pub fn read(name: &str, open: Open<'_>) -> Result<Ready, Error> {
    let files = RefCell::new(vec![]);
    let remembered = |path: &str| {
        let text = open(path)?;
        let mut files = files.borrow_mut();
        if files.iter().all(|(known, _)| known != path) {
            files.push((path.to_string(), text.clone()));
        }
        Ok(text)
    };
    let ready = of_files(name, &remembered)?;
    Ok(Ready { files: files.into_inner(), ..ready })
}

fn of_files(name: &str, open: Open<'_>) -> Result<Ready, Error> {
    let text = open(name).map_err(|error| {
        let sources = vec![Source { name: name.to_string(), text: String::new() }];
        Error::from(Problems { problems: vec![LESSON.unread(&error)], sources })
    })?;
    let told = |mut problems: Vec<Problem>| {
        if !text.contains(SCHEMA) {
            return Error::of(
                Code::OtherKind,
                format!(
                    "`{name}` is no lesson: it does not say schema: \"{SCHEMA}\"\n  a lesson names a scenario and how a class plays it: scenarios/classroom holds two to copy"
                ),
            );
        }
        if let Some(last) = problems.last_mut() {
            let help = "docs/teaching.md names the fields of a lesson; scenarios/classroom holds two";
            last.help.get_or_insert_with(|| help.into());
        }
        Problems { problems, sources: vec![Source { name: name.to_string(), text: text.clone() }] }.into()
    };
    let mut tree = notation::read::read(&text, 0, &LANGUAGE).map_err(told)?;
    if let Some(problem) = LESSON.other(&tree) {
        let sources = vec![Source { name: name.to_string(), text: text.clone() }];
        return Err(Problems { problems: vec![problem], sources }.into());
    }
    let set = changes(&mut tree).map_err(|problem| told(vec![problem]))?;
    let lesson = Lesson { set, ..decode::<Lesson>(&tree, &LANGUAGE).map_err(told)? };
    if lesson.schema != SCHEMA {
        return Err(Error::of(
            Code::OtherKind,
            format!("a lesson says schema: \"{SCHEMA}\", found \"{}\"\n --> {name}", lesson.schema),
        ));
    }
    let sets: Vec<String> = lesson.set.iter().map(|(path, value)| format!("{path}={value}")).collect();
    let file = shipped::or_named(beside(name, &lesson.scenario), &lesson.scenario, open);
    let scenario = ready::world(&file, open, &[], Sets { list: &sets, said: "`set` of the lesson, entry" })?;
    // A class plays one story: what nobody knows is what its middle is.
    let (setup, scenario_hash) = (Setup { unknowns: None, ..scenario.setup }, scenario.hash);
    let words = serde_json::to_value(&lesson).map_err(Error::ours)?;
    let lesson_hash = spelled::fingerprint(spelled::canonical_json(&words));
    let hash = format!("{scenario_hash}-{lesson_hash}");
    let ready = Ready { lesson, setup, file, sets, scenario_hash, lesson_hash, hash, files: vec![] };
    let faults = ready.faults();
    if faults.is_empty() {
        Ok(ready)
    } else {
        Err(Error::of(Code::OtherKind, format!("{}\n --> {name}", faults.join("\nerror: "))))
    }
}

/// Takes the changes of the scenario out of a lesson, in the order written.
fn changes(lesson: &mut Node) -> Result<Vec<(String, String)>, Problem> {
    let Kind::Record(_, fields) = &mut lesson.kind else { return Ok(vec![]) };
    let Some(at) = fields.iter().position(|(key, _)| key.is_word("set")) else { return Ok(vec![]) };
    let (_, set) = fields.remove(at);
    match set.kind {
        Kind::Map(entries) => Ok(entries.iter().map(|(path, value)| (path.word(), written(value))).collect()),
        _ => {
            Err(Problem::new(Code::WrongValue, format!("`set` is a map {{ \"path\": value }}, found {}", set.found()))
                .at(set.at))
        }
    }
}

/// A file named from another's folder, with its steps up taken.
fn beside(name: &str, other: &str) -> String {
    if std::path::Path::new(other).is_absolute() {
        return other.to_string();
    }
    let mut steps: Vec<&str> = name.split('/').collect();
    steps.pop();
    for step in other.split('/') {
        match (step, steps.last()) {
            (".", _) => {}
            ("..", Some(last)) if *last != ".." && !last.is_empty() => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

impl Plan {
    /// How many seats act.
    pub fn seats(&self) -> usize {
        2 * self.tables * self.roles.iter().filter(|role| **role != Role::Observer).count()
    }

    /// How many may join from one address at once, where nothing else is said: well below the seats, for one phone must
    /// not have them all; enough that a whole class behind one address is in within a minute.
    pub fn burst(&self) -> u32 {
        u32::try_from(self.seats() / 3).unwrap_or(u32::MAX).max(4)
    }
}

impl Ready {
    /// What does not fit together.
    fn faults(&self) -> Vec<String> {
        let (plan, mut out) = (&self.lesson.classroom, vec![]);
        if !(1..=TABLES_MAX).contains(&plan.tables) {
            out.push(format!("a class has 1 to {TABLES_MAX} tables, found {}", plan.tables));
        }
        for party in &self.setup.parties {
            if !plan.delegations.contains_key(&party.key) {
                out.push(format!("no brief for the delegation \"{}\"", party.key));
            }
        }
        for name in plan.delegations.keys().filter(|name| self.setup.party(name).is_none()) {
            out.push(format!("the delegation \"{name}\" is no party of the scenario"));
        }
        for (name, delegation) in &plan.delegations {
            let Some(party) = self.setup.party(name) else { continue };
            for want in delegation.wants.iter().filter(|want| self.setup.lever(want).is_none()) {
                out.push(format!("the delegation \"{name}\" wants \"{want}\", which is no lever"));
            }
            let (_, weights) = study::groups(&self.setup, party).swap_remove(0);
            if let Some(why) = study::strays(&self.setup, party, weights, &self.wants(party)) {
                out.push(format!("the brief of \"{name}\" and its weights disagree: {why} (`wants`)"));
            }
        }
        for event in &plan.events {
            if let Some((lever, _)) = event.lever.as_ref().filter(|(lever, _)| self.setup.lever(lever).is_none()) {
                out.push(format!("the event \"{}\" moves \"{lever}\", which is no lever", event.name));
            }
        }
        for q in plan.quiz.iter().filter(|q| q.right >= q.answers.len()) {
            out.push(format!("the quiz question \"{}\" has no answer {}", q.ask, q.right));
        }
        if !plan.roles.contains(&Role::Head) {
            out.push("a delegation needs a Head".into());
        }
        let mut last = 0;
        for phase in &plan.phases {
            if let PhaseKind::Play { until } = phase.kind {
                if until <= last || until > self.setup.rounds {
                    let rounds = self.setup.rounds;
                    out.push(format!("`{}` plays to round {until}: after {last} and to {rounds} at most", phase.name));
                }
                last = until;
            }
        }
        if last == 0 {
            out.push("no phase plays".into());
        } else if last != self.setup.rounds {
            out.push(format!("the last phase of play ends with round {}, not {last}", self.setup.rounds));
        }
        out
    }

    /// The levers that the brief of a party says it wants.
    pub fn wants(&self, party: usize) -> Vec<usize> {
        self.delegation(party).wants.iter().filter_map(|name| self.setup.lever(name)).collect()
    }

    /// What the delegation of a party is told.
    pub fn delegation(&self, party: usize) -> &Delegation {
        &self.lesson.classroom.delegations[&self.setup.parties[party].key]
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::classroom) fn lesson(name: &str) -> Ready {
        let open = |path: &str| {
            let here = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(&here).map_err(|e| Error::of(Code::OtherKind, format!("{path}: {e}")))
        };
        read(&format!("scenarios/classroom/{name}.ron"), &open).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn both_lessons_load_and_last_as_long_as_they_say() {
        for (name, minutes) in [("stockholm-75min", 75), ("express-45min", 45)] {
            let ready = lesson(name);
            let sum: u64 = ready.lesson.classroom.phases.iter().map(|p| p.minutes).sum();
            assert_eq!(sum, minutes, "{name}");
            assert_eq!(ready.lesson.classroom.debrief.len(), 8);
        }
    }

    #[test]
    fn a_lesson_changes_its_scenario_as_a_scenario_does() {
        let with = |set: &str| {
            let open = |path: &str| {
                let here = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
                let text = std::fs::read_to_string(&here).map_err(|e| Error::file(format!("{path}: {e}")))?;
                Ok(text.replacen("  classroom: (", &format!("  set: {set},\n  classroom: ("), 1))
            };
            read("scenarios/classroom/express-45min.ron", &open)
        };
        let ready = with("{ \"parties.us.goal.patience\": 0.5, \"talks.officials_may_move\": 2 }").expect("a lesson");
        assert_eq!(ready.sets, ["parties.us.goal.patience=0.5", "talks.officials_may_move=2"]);
        assert_eq!(ready.setup.scenario.talks.officials_may_move.get(), 2.0);
        for (set, why) in [
            ("{ \"parties.us.goal.patience\": \"0.5\" }", "patience"),
            ("{ \"parties.us.goal.patients\": 0.5 }", "patients"),
            ("[1]", "`set` is a map"),
        ] {
            let said = with(set).map(|_| ()).expect_err(set).to_string();
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn one_phone_cannot_have_all_seats_at_once() {
        for name in ["stockholm-75min", "express-45min"] {
            let plan = lesson(name).lesson.classroom;
            assert!(2 * (plan.burst() as usize) < plan.seats() && plan.burst() >= 4, "{name}");
        }
    }

    #[test]
    fn a_scenario_is_named_from_the_lessons_folder() {
        assert_eq!(beside("scenarios/classroom/a.ron", "../b.ron"), "scenarios/b.ron");
        assert_eq!(beside("a.ron", "../b.ron"), "../b.ron");
        assert_eq!(beside("x/a.ron", "/y/b.ron"), "/y/b.ron");
        assert_eq!(beside("/x/classroom/a.ron", "../b.ron"), "/x/b.ron");
    }
}
