//! A scenario from its files: `extends`, `set`, the overlay's own fields, then each `--set`.
//!
//! The base comes first. The `set` entries of the overlay change it in the order written, then the overlay's other
//! top-level fields replace the base's whole. Then come the strategies that parties are to play by, and each
//! `--set PATH=VALUE` comes last, in order. `sweep` and `tune` are for
//! studies: they never reach the decoder, but their paths are checked.

use serde::de::DeserializeOwned;

use super::fields::Field;
use super::file_kind::{FileKind, SCENARIO};
use super::folder::{InTree, Tree};
use super::knob::{Knob, path_at};
use super::language::read_from;
use super::loaded::decode_gathered;
use super::put::{leads, set};
use super::shipped;
use super::strategy_file::{Seating, tree_and_tune};
use crate::notation::decode::Mended;
use crate::notation::path::{self, within};
use crate::notation::tree::{Kind, Node, Place, Source, shortened};
use crate::notation::{Code, Problem};

pub use super::loaded::{Loaded, Open};
pub use crate::notation::Problems;

/// The longest chain of `extends`.
pub const EXTENDS_MAX: usize = 8;
/// The most entries of one `set`, and the most `--set` arguments.
pub const SETS_MAX: usize = 1000;
/// The most paths of one `sweep` or `tune`.
pub const KNOBS_MAX: usize = 100;

const EXTENDS: &str = "extends";
const SET: &str = "set";
/// The field of the paths to sweep over.
pub(super) const SWEEP: &str = "sweep";
/// The field of the paths to tune.
pub(super) const TUNE: &str = "tune";

/// Changes that are made in a scenario before the game, each `PATH=VALUE`.
#[derive(Debug, Clone, Copy)]
pub struct Sets<'a> {
    /// In order.
    pub list: &'a [String],
    /// What one of them is called where something is wrong with it.
    pub said: &'static str,
}

impl<'a> Sets<'a> {
    /// Typed on a command line.
    pub fn typed(list: &'a [String]) -> Self {
        Sets { list, said: TYPED }
    }
}

/// What a change is called that was typed on a command line.
pub const TYPED: &str = "--set argument";

/// Puts a scenario together. `open` is the only door to files; `sets` are the `--set` arguments, `PATH=VALUE`.
pub fn load(name: &str, open: Open<'_>, sets: &[String]) -> Result<Loaded, Problems> {
    let (loaded, problems) = gather(name, open, &[], Sets::typed(sets), Studied::All, &SCENARIO)?;
    if problems.is_empty() { Ok(loaded) } else { Err(loaded.wrong(problems)) }
}

/// Puts a scenario together and decodes it, with the problems of both steps at once, unchecked: for laws about a type.
#[cfg(any(test, feature = "internals"))]
pub fn load_as<T: DeserializeOwned>(name: &str, open: Open<'_>, sets: &[String]) -> Result<(T, Loaded), Problems> {
    let (loaded, problems) = gather(name, open, &[], Sets::typed(sets), Studied::All, &SCENARIO)?;
    match decode_gathered::<T>(&loaded, problems) {
        Mended { value: Some(value), problems, .. } if problems.is_empty() => Ok((value, loaded)),
        Mended { problems, .. } => Err(loaded.wrong(problems)),
    }
}

/// Reads a file of another kind than a scenario, whatever can be read of it, with the problems met on the way.
pub fn load_file<T: DeserializeOwned>(
    kind: &FileKind,
    name: &str,
    open: Open<'_>,
) -> Result<(Option<T>, Loaded, Vec<Problem>), Problems> {
    let (mut loaded, problems) = gather(name, open, &[], Sets::typed(&[]), Studied::All, kind)?;
    let Mended { value, tree, problems } = decode_gathered::<T>(&loaded, problems);
    if let Some(tree) = tree {
        loaded.tree = tree;
    }
    Ok((value, loaded, problems))
}

/// What may stand in a scenario file beside the scenario: it has done its work before a game begins.
pub fn fields() -> Vec<Field> {
    let row = |path: &str, unit: &str, range: String, default: &str, meaning: &str| Field {
        path: path.into(),
        unit: unit.into(),
        range,
        default: Some(default.into()),
        meaning: meaning.into(),
        drawable: false,
    };
    let knobs = format!("{KNOBS_MAX} paths at most");
    let over = "What the path runs over: a list of values, or a range of numbers.";
    let extends = "The scenario that this one changes: a file as seen from its own folder, or one of the program.";
    let (sweep, tune) = ("The paths that `summitry sweep` runs over.", "The paths that `summitry tune` searches.");
    vec![
        row(EXTENDS, "text", format!("{EXTENDS_MAX} files deep at most"), "none", extends),
        row(SET, "map", format!("{SETS_MAX} paths at most"), "{}", "Changes of what is extended: path and value."),
        row("set.PATH", "value", String::new(), "", "What the field that the path names becomes."),
        row(SWEEP, "map", knobs.clone(), "{}", sweep),
        row("sweep.PATH", "list", "Uniform".into(), "", over),
        row(TUNE, "map", knobs, "{}", tune),
        row("tune.PATH", "list", "Uniform".into(), "", over),
    ]
}

/// Which of the paths that a file names for studies are looked at: a command that turns none asks for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Studied {
    /// The scenario is played as it is.
    Nothing,
    /// Those of `sweep`.
    Sweep,
    /// Those of `tune`.
    Tune,
    /// Both.
    All,
}

impl Studied {
    fn sweeps(self) -> bool {
        matches!(self, Studied::Sweep | Studied::All)
    }

    fn tunes(self) -> bool {
        matches!(self, Studied::Tune | Studied::All)
    }
}

/// All that is wrong with a file of a list: what cannot be read, and the faults of those items that can be, each by its
/// path.
pub fn with_faults(loaded: &Loaded, known: Vec<Problem>, faults: Vec<(String, String)>) -> Problems {
    let unread = |path: &str| {
        let item: Vec<&str> = path.split('.').take(2).collect();
        let whole = path::nearest_place(&loaded.tree, &item.join("."));
        known.iter().filter_map(|problem| problem.at).any(|at| within_place(whole, at))
    };
    let found = faults.into_iter().filter(|(path, _)| !unread(path));
    let mut problems: Vec<Problem> =
        found.map(|(path, text)| loaded.blame(&path, Code::WrongValue, text.as_str())).collect();
    problems.extend(known);
    problems.sort_by_key(|problem| problem.at);
    loaded.wrong(problems)
}

fn within_place(whole: Place, at: Place) -> bool {
    whole.source == at.source && whole.start <= at.start && at.end <= whole.end
}

struct Gathering<'a> {
    open: Open<'a>,
    folder: Tree,
    said: &'static str,
    kind: FileKind,
    sources: Vec<Source>,
    problems: Vec<Problem>,
}

/// The scenario with the problems met on the way; `Err` where none could be put together.
pub(super) fn gather(
    name: &str,
    open: Open<'_>,
    seats: &[Seating],
    sets: Sets<'_>,
    studied: Studied,
    kind: &FileKind,
) -> Result<(Loaded, Vec<Problem>), Problems> {
    let (folder, main) = Tree::of(name);
    let mut gathering = Gathering { open, folder, kind: *kind, said: sets.said, sources: vec![], problems: vec![] };
    let sets = sets.list;
    let tree = gathering.file(name, &mut vec![main], None);
    let Some(mut tree) = tree else {
        if gathering.sources.is_empty() {
            gathering.sources.push(Source { name: name.to_owned(), text: String::new() });
        }
        return Err(Problems { problems: gathering.problems, sources: gathering.sources });
    };
    let [sweep, mut tune] = [(SWEEP, studied.sweeps()), (TUNE, studied.tunes())].map(|(field, looked_at)| {
        let written = taken(&mut tree, field).filter(|_| looked_at);
        written.map_or(vec![], |written| gathering.knobs(field, written))
    });
    // what was to be tuned in a strategy goes with it, where another one is seated in its place
    let seated = |knob: &Knob| seats.iter().any(|seat| within(&knob.path, &format!("parties.{}.strategy", seat.party)));
    tune.retain(|knob| !seated(knob));
    for seat in seats {
        tune.extend(gathering.seat(&mut tree, seat, studied.tunes()));
    }
    if sets.len() > SETS_MAX {
        gathering
            .problems
            .push(Problem::new(Code::TooMany, format!("{SETS_MAX} changes at most, found {}", sets.len())));
    }
    let files = gathering.sources.len();
    for (i, argument) in sets.iter().take(SETS_MAX).enumerate() {
        gathering.argument(&mut tree, i + 1, argument);
    }
    for knob in sweep.iter().chain(&tune) {
        gathering.problems.extend(leads(&tree, &knob.path, knob.at).err());
    }
    tree.clean();
    let Gathering { sources, mut problems, .. } = gathering;
    problems.sort_by_key(|problem| problem.at);
    Ok((Loaded { tree, sources, files, sweep, tune }, problems))
}

impl Gathering<'_> {
    fn source(&mut self, name: &str, text: &str) -> u16 {
        let number = u16::try_from(self.sources.len()).unwrap_or(u16::MAX - 1);
        self.sources.push(Source { name: name.to_owned(), text: text.to_owned() });
        number
    }

    /// The tree of a file on top of those it extends. `chain` ends with the file itself.
    fn file(&mut self, name: &str, chain: &mut Vec<InTree>, said: Option<Place>) -> Option<Node> {
        let text = match (self.open)(name) {
            Ok(text) => text,
            Err(error) => {
                let problem = match said.is_none() && self.kind != SCENARIO {
                    true => self.kind.unread(&error),
                    false => Problem::new(error.code(), error.to_string()),
                };
                self.problems.push(Problem { at: said, ..problem });
                return None;
            }
        };
        let source = self.source(name, &text);
        let root = match self.kind.read(name, &text, source) {
            Ok(root) => root,
            Err(problems) => {
                self.problems.extend(problems);
                return None;
            }
        };
        let Kind::Record(own_name, fields) = root.kind else {
            let text = format!("{} is written in round brackets `( .. )`, found {}", self.kind.name, root.found());
            self.problems.push(Problem::new(Code::WrongType, text).at(root.at));
            return None;
        };
        let (mut extends, mut sets, mut own) = (None, None, vec![]);
        for (key, value) in fields {
            match key.word().as_str() {
                EXTENDS => extends = Some(value),
                SET => sets = Some(value),
                _ => own.push((key, value)),
            }
        }
        let tree = |fields| Node::new(root.at, Kind::Record(own_name.clone(), fields));
        match extends {
            None => {
                let mut tree = tree(own);
                self.patch(&mut tree, sets);
                Some(tree)
            }
            Some(written) => {
                let mut base = self.base(&written, chain)?;
                self.patch(&mut base, sets);
                let Kind::Record(_, mut fields) = base.kind else { return None };
                for (key, value) in own {
                    let word = key.word();
                    match fields.iter_mut().find(|(old, _)| old.is_word(&word)) {
                        Some(field) => *field = (key, value),
                        None => fields.push((key, value)),
                    }
                }
                Some(tree(fields))
            }
        }
    }

    /// The tree of the file that `extends` names: where there is none, of the scenario of the program so called.
    fn base(&mut self, written: &Node, chain: &mut Vec<InTree>) -> Option<Node> {
        let refused = |problem: Problem| problem.at(written.at);
        let file = match &written.kind {
            Kind::Text(name) => chain.last()?.extends(name).map_err(refused),
            _ => Err(refused(Problem::new(
                Code::BadExtends,
                format!("`extends` names a file in double quotes, found {}", written.found()),
            ))),
        };
        let file = match file {
            Ok(file) => file,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let circle = chain.contains(&file);
        chain.push(file.clone());
        let too_deep = chain.len() > EXTENDS_MAX + 1;
        if circle || too_deep {
            let told = chain.iter().map(InTree::told).collect::<Vec<_>>().join(" extends ");
            let problem = if circle {
                Problem::new(Code::Circle, format!("{told}: a circle"))
                    .help("the file that all others build on has no `extends`")
            } else {
                Problem::new(Code::Circle, format!("`extends` is {EXTENDS_MAX} deep at most: {told}"))
                    .help("let this file extend one nearer to the last")
            };
            self.problems.push(refused(problem));
            return None;
        }
        let beside = self.folder.name(&file);
        let name = shipped::or_named(beside.clone(), &written.word(), self.open);
        let tree = if name == beside {
            self.file(&name, chain, Some(written.at))
        } else {
            let (folder, main) = Tree::of(&name);
            let here = std::mem::replace(&mut self.folder, folder);
            let tree = self.file(&name, &mut vec![main], Some(written.at));
            self.folder = here;
            tree
        };
        chain.pop();
        tree
    }

    /// The entries of `set`, in the order written.
    fn patch(&mut self, tree: &mut Node, sets: Option<Node>) {
        let Some(sets) = sets else { return };
        let Kind::Map(entries) = sets.kind else {
            let text = format!("`set` is a map {{ \"path\": value }}, found {}", sets.found());
            self.problems.push(Problem::new(Code::WrongType, text).at(sets.at));
            return;
        };
        if entries.len() > SETS_MAX {
            let text = format!("`set` has {SETS_MAX} entries at most, found {}", entries.len());
            self.problems.push(Problem::new(Code::TooMany, text).at(sets.at));
            return;
        }
        for (key, value) in entries {
            self.put(tree, &key.word(), path_at(&key), value);
        }
    }

    fn put(&mut self, tree: &mut Node, path: &str, at: Place, value: Node) {
        let result = reserved(path, at).and_then(|()| set(tree, path, at, value));
        self.problems.extend(result.err());
    }

    /// A party plays by another strategy: a name or a file. What that file wants tuned comes back.
    fn seat(&mut self, tree: &mut Node, seat: &Seating, tuned: bool) -> Vec<Knob> {
        let said = format!("the strategy of `{}`", seat.party);
        let source = u16::try_from(self.sources.len()).unwrap_or(u16::MAX - 1);
        let at = Place::new(source, 0, seat.plays.len());
        let path = format!("parties.{}.strategy", seat.party);
        match tree_and_tune(&seat.plays, &said, self.open, &mut self.sources, tuned) {
            Ok((strategy, knobs)) => {
                self.put(tree, &path, at, strategy);
                knobs.into_iter().map(|knob| Knob { path: format!("{path}.{}", knob.path), ..knob }).collect()
            }
            Err(problems) => {
                self.problems.extend(problems);
                vec![]
            }
        }
    }

    /// One `--set PATH=VALUE`.
    fn argument(&mut self, tree: &mut Node, number: usize, argument: &str) {
        let source = self.source(&format!("{} {number}", self.said), argument);
        let all = Place::new(source, 0, argument.len());
        let Some(equals) = argument.find('=') else {
            let text = format!("`{}` is not of the form PATH=VALUE", shortened(argument));
            self.problems
                .push(Problem::new(Code::BadArgument, text).at(all).help("such as --set parties.us.optimism=0.6"));
            return;
        };
        let path = argument[..equals].trim();
        let start = argument[..equals].len() - argument[..equals].trim_start().len();
        let at = Place::new(source, start, start + path.len());
        let written = argument[equals + 1..].trim();
        if written.is_empty() {
            self.problems.push(Problem::new(Code::BadArgument, format!("no value stands after `{path}=`")).at(all));
            return;
        }
        match read_from(argument, equals + 1, source) {
            Ok(value) => self.put(tree, path, at, value),
            Err(problems) => self.problems.extend(problems.into_iter().map(|problem| garbage(problem, path, written))),
        }
    }

    /// The paths of a study.
    fn knobs(&mut self, field: &str, value: Node) -> Vec<Knob> {
        let Kind::Map(entries) = value.kind else {
            let text = format!("`{field}` is a map {{ \"path\": values }}, found {}", value.found());
            self.problems.push(Problem::new(Code::WrongType, text).at(value.at));
            return vec![];
        };
        if entries.len() > KNOBS_MAX {
            let text = format!("`{field}` has {KNOBS_MAX} paths at most, found {}", entries.len());
            self.problems.push(Problem::new(Code::TooMany, text).at(value.at));
            return vec![];
        }
        let mut knobs = vec![];
        for (key, value) in entries {
            let (path, at) = (key.word(), path_at(&key));
            match reserved(&path, at) {
                Ok(()) => knobs.push(Knob { path, at, value }),
                Err(problem) => self.problems.push(problem),
            }
        }
        knobs
    }
}

/// Takes a field out of the tree.
fn taken(tree: &mut Node, field: &str) -> Option<Node> {
    let Kind::Record(_, fields) = &mut tree.kind else { return None };
    let i = fields.iter().position(|(key, _)| key.is_word(field))?;
    Some(fields.remove(i).1)
}

/// The fields that have done their work before a path is followed.
fn reserved(path: &str, at: Place) -> Result<(), Problem> {
    let first = path.split('.').next().unwrap_or_default();
    if [EXTENDS, SET, SWEEP, TUNE].contains(&first) {
        return Err(Problem::new(
            Code::BadPath,
            format!("a path cannot lead into `{first}`: it is not part of the game"),
        )
        .at(at)
        .help("write it in the scenario file"));
    }
    Ok(())
}

/// A `--set` value that cannot be read.
fn garbage(problem: Problem, path: &str, written: &str) -> Problem {
    let help = if problem.code != Code::NotFinite
        && !written.contains(['"', '(', '[', '{', '\''])
        && written.contains(char::is_alphabetic)
    {
        Some(format!("a text stands in double quotes: --set '{path}=\"{}\"'", shortened(written)))
    } else {
        problem.help.clone()
    };
    let text = format!("the value of `{}` cannot be read: {}", shortened(path), problem.text);
    Problem { text, help, ..problem }
}
