//! Games as columns of numbers: what was drawn in each, and what it came to; played here or read from a file.

use std::collections::BTreeMap;

use super::bound::{Wanted, to_measures};
use super::diary::Diary;
use crate::error::Error;
use crate::expression::{Kind, Names, parse};
use crate::notation::Code;
use crate::notation::near::did_you_mean;
use crate::world::worlds;

/// A column of numbers, one a game; not a number where a game has no case.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name: a path, a measure.
    pub name: String,
    /// The numbers.
    pub lane: Vec<f64>,
}

/// Games in rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    /// The number of each game.
    pub games: Vec<u64>,
    /// The columns.
    pub list: Vec<Column>,
    /// Names of columns that hold no numbers, or were not asked for.
    pub others: Vec<String>,
    /// The hash of the scenario they were played by, and the seed, where that is known.
    pub of: Option<(String, u64)>,
}

impl Columns {
    /// The column of that name.
    pub fn find(&self, name: &str) -> Option<&Column> {
        self.list.iter().find(|column| column.name == name)
    }

    /// The world of each game, where one of these columns was drawn once a world: then games of a world say the same of it,
    /// and what is found of it rests on so many worlds. Nothing where all were drawn in each game.
    pub fn worlds(&self, names: &[String]) -> Option<Vec<u64>> {
        let world: Vec<u64> = self.games.iter().map(|game| worlds::of_game(*game)).collect();
        let of_a_world = |lane: &[f64]| {
            let (mut first, mut again) = (BTreeMap::new(), false);
            for (world, x) in world.iter().zip(lane) {
                match first.get(world) {
                    None => drop(first.insert(*world, x.to_bits())),
                    Some(bits) if *bits == x.to_bits() => again = true,
                    Some(_) => return false,
                }
            }
            again && first.values().any(|bits| Some(bits) != first.values().next())
        };
        let found = names.iter().filter_map(|name| self.find(name)).any(|column| of_a_world(&column.lane));
        found.then_some(world)
    }

    /// What an expression over the columns comes to in each game; a yes is 1 and a no 0.
    pub fn ask(&self, text: &str) -> Result<(Vec<f64>, Kind), Error> {
        let text = text.trim();
        if let Some(column) = self.find(text) {
            return Ok((column.lane.clone(), kind(column)));
        }
        if self.others.iter().any(|name| name == text) {
            let why = format!("`{text}` of these rows holds no numbers, and no yes or no: it cannot be asked");
            return Err(Error::of(Code::OutOfRange, why));
        }
        if !text.contains(' ') && !text.contains('(') {
            let known = self.list.iter().map(|column| column.name.as_str());
            let near = did_you_mean(text, known.chain(self.others.iter().map(String::as_str)));
            return Err(Error::of(Code::UnknownName, format!("the rows have no column `{text}`{near}")));
        }
        let names = Names(self.list.iter().map(|column| (column.name.clone(), kind(column))).collect());
        let (tree, kind) = parse(text, &names)
            .map_err(|fault| Error::of(Code::OutOfRange, format!("`{text}` of these rows: {}", fault.told())))?;
        let bound = to_measures(&tree, &|name| self.list.iter().position(|column| column.name == name))?;
        let diary = Diary::of_measures(self.list.iter().map(|column| column.lane.clone()).collect());
        let wanted = Wanted::nothing();
        Ok(((0..self.games.len()).map(|g| diary.number(&wanted, &bound, g)).collect(), kind))
    }

    /// The same as a yes or no.
    pub fn asked(&self, text: &str) -> Result<Vec<f64>, Error> {
        match self.ask(text)? {
            (lane, Kind::YesNo) => Ok(lane),
            (_, kind) => Err(not_a_yes_or_no(text, kind)),
        }
    }
}

/// What is said of a question that comes to something else than a yes or no.
pub fn not_a_yes_or_no(text: &str, kind: Kind) -> Error {
    Error::of(Code::OutOfRange, format!("`{text}` comes to {}, and a yes or no is needed: {text} > 0", kind.called()))
}

/// A column that holds only 0 and 1 is a yes or no.
fn kind(column: &Column) -> Kind {
    let plain = |x: &f64| *x == 0.0 || *x == 1.0 || x.is_nan();
    if column.lane.iter().all(plain) { Kind::YesNo } else { Kind::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Columns {
        let column = |name: &str, lane: &[f64]| Column { name: name.into(), lane: lane.to_vec() };
        let list = vec![
            column("deal", &[1.0, 0.0, 1.0]),
            column("us.share", &[0.25, f64::NAN, 0.75]),
            column("parties.cn.goal.security", &[1.0, 2.0, 3.0]),
        ];
        Columns { games: vec![0, 1, 2], list, others: vec!["ending".into()], of: None }
    }

    #[test]
    fn what_is_drawn_once_a_world_is_seen() {
        let games: Vec<u64> = (0..1024).collect();
        let column = |name: &str, of: &dyn Fn(u64) -> f64| Column {
            name: name.into(),
            lane: games.iter().map(|game| of(*game)).collect(),
        };
        let list = vec![
            column("once", &|game| (game / 256) as f64),
            column("each", &|game| (game % 7) as f64),
            column("same", &|_| 1.0),
        ];
        let rows = Columns { games: games.clone(), list, others: vec![], of: None };
        let worlds = |name: &str| rows.worlds(&[name.to_owned()]);
        assert_eq!(worlds("once").map(|all| (all[0], all[1023])), Some((0, 3)));
        assert_eq!((worlds("each"), worlds("same")), (None, None));
        assert!(rows.worlds(&["each".into(), "once".into()]).is_some());
    }

    #[test]
    fn columns_are_asked_in_the_language_of_games() {
        let rows = some();
        assert_eq!(rows.asked("not deal").unwrap(), [0.0, 1.0, 0.0]);
        assert_eq!(rows.asked("deal and us.share > 0.5").unwrap(), [0.0, 0.0, 1.0]);
        assert_eq!(rows.ask("parties.cn.goal.security * 2").unwrap().0, [2.0, 4.0, 6.0]);
        let said = |text: &str| rows.asked(text).unwrap_err().to_string();
        assert!(said("us.share").contains("a number"), "{}", said("us.share"));
        assert!(said("dael").contains("did you mean `deal`?"), "{}", said("dael"));
        assert!(said("ending").contains("holds no numbers"), "{}", said("ending"));
        assert!(said("count(threat) > 2").contains("not their rounds"), "{}", said("count(threat) > 2"));
    }
}
