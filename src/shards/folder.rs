//! The folder of a batch in parts: its plan, its parts, and what is missing.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use super::manifest::Manifest;
use crate::batch::counted::{Counted, Counts, rows_beside};
use crate::disk;
use crate::error::Error;
use crate::notation::Code;
use crate::rows::{ROUNDS, ROWS};

/// The plan's file.
const MANIFEST: &str = "manifest.json";
/// What the columns of rows are.
const DICTIONARIES: [&str; 2] = ["rows.dictionary.csv", "rounds.dictionary.csv"];

/// A folder with a plan.
#[derive(Debug, Clone)]
pub struct Folder {
    path: String,
    /// The plan.
    pub manifest: Manifest,
}

impl Folder {
    /// The folder of a plan: made where it is missing, found again where it holds the same plan. Another plan in it, or
    /// other files, are left alone, unless they are to be overwritten.
    pub fn plan(path: &str, manifest: Manifest, overwrite: bool) -> Result<Folder, Error> {
        disk::make_folder(path)?;
        let folder = Folder { path: path.to_owned(), manifest };
        let file = folder.at(MANIFEST);
        if !disk::is_there(&file) {
            if let Some(found) = disk::all_in(path)?.iter().find(|file| !disk::is_draft(file)) {
                let text = format!("`{path}` holds other things and no plan, such as `{found}`: name a new folder");
                return Err(Error::file(text));
            }
        } else {
            match Folder::open(path) {
                Ok(found) => match folder.manifest.unlike(&found.manifest) {
                    None if !overwrite => return Ok(found),
                    Some(why) if !overwrite => {
                        let help = "name another folder, ask for the same, or begin anew with --overwrite";
                        return Err(Error::unfit(format!("`{path}` holds another batch ({why})\n  {help}")));
                    }
                    _ => {}
                },
                Err(error) if !overwrite => return Err(error),
                Err(_) => {}
            }
            // the plan goes first: without it no part is taken for one of another plan
            disk::remove(&file)?;
            disk::files_in(path)?.iter().filter(|file| is_ours(file)).try_for_each(|file| disk::remove(file))?;
        }
        disk::write_new(&file, &folder.manifest.text()?)?;
        Ok(folder)
    }

    /// The folder of a plan that was made before.
    pub fn open(path: &str) -> Result<Folder, Error> {
        let file = join(path, MANIFEST);
        if !disk::is_there(&file) {
            let text = format!("`{path}` holds no plan: `summitry plan SCENARIO --out {path}` makes one");
            return Err(Error::file(text));
        }
        let manifest = Manifest::read(&file, &disk::text(&file, disk::PLAN)?)?;
        Ok(Folder { path: path.to_owned(), manifest })
    }

    fn at(&self, name: &str) -> String {
        join(&self.path, name)
    }

    fn file(&self, part: u64) -> String {
        self.at(&format!("shard-{part:06}.json"))
    }

    /// The file of the rows of a part, where a row a game is kept.
    pub fn rows(&self, part: u64) -> Option<String> {
        self.manifest.rows.ending().map(|ending| self.at(&format!("{ROWS}{part:06}.{ending}")))
    }

    /// All files of rows of a part: of its games, and by round where it has such games.
    fn files_of_rows(&self, part: u64) -> Vec<String> {
        let with_rounds = self.manifest.every_round.is_some_and(|games| self.manifest.games_of(part).start < games);
        let ending = self.manifest.rows.ending().filter(|_| with_rounds);
        let by_round = ending.map(|ending| self.at(&format!("{ROUNDS}{part:06}.{ending}")));
        self.rows(part).into_iter().chain(by_round).collect()
    }

    /// The files of all rows, as a shell and a data base name them together: of games, and by round.
    pub fn all_rows(&self) -> Vec<String> {
        let Some(ending) = self.manifest.rows.ending() else { return vec![] };
        let tables = [Some(ROWS), self.manifest.every_round.map(|_| ROUNDS)];
        tables.into_iter().flatten().map(|begins| self.at(&format!("{begins}*.{ending}"))).collect()
    }

    /// The parts that are not there yet, or were cut off, or whose rows are gone or were.
    pub fn missing(&self) -> Result<Vec<u64>, Error> {
        let whole = |file: &String| {
            let part = number(file)?;
            let text = disk::text(file, disk::PART).ok().filter(|text| text.trim_end().ends_with("\"}"))?;
            self.has_rows(part, &text).then_some(part)
        };
        let there: BTreeSet<u64> = disk::files_in(&self.path)?.iter().filter_map(whole).collect();
        Ok((0..self.manifest.shards).filter(|part| !there.contains(part)).collect())
    }

    /// Whether the rows of a part that says `text` are there, as long as they were when it was kept.
    fn has_rows(&self, part: u64, text: &str) -> bool {
        let files = self.files_of_rows(part);
        let known = if files.is_empty() { vec![] } else { rows_beside(text) };
        files.iter().enumerate().all(|(i, file)| match (known.get(i), disk::length(file)) {
            (Some(bytes), found) => found == Some(*bytes),
            (None, found) => found.is_some(),
        })
    }

    /// The games of a part; a number beyond the plan is refused.
    pub fn games_of(&self, part: u64) -> Result<Range<u64>, Error> {
        match self.manifest.shards {
            shards if part < shards => Ok(self.manifest.games_of(part)),
            shards => {
                let text = format!("there is no part {part}: the plan has {shards}, from 0 to {}", shards - 1);
                Err(Error::of(Code::OutOfRange, text))
            }
        }
    }

    /// A part that is there: read, and seen to be of this plan.
    pub fn part<T: Counts>(&self, part: u64) -> Result<Counted<T>, Error> {
        let file = self.file(part);
        let help = "\n  take it away, and play the part again";
        let found = Counted::read(&disk::text(&file, disk::PART)?);
        let found = found.map_err(|error| error.within(format!("`{file}`: ")).or_say(help))?;
        let games = self.games_of(part)?;
        let why = found.unlike(&self.manifest.name(), self.manifest.seed).or_else(|| {
            let same = found.games().eq([games.clone()]);
            (!same).then(|| format!("other games: this part is of {} to {}", games.start, games.end))
        });
        match why {
            None => Ok(found),
            Some(why) => Err(Error::unfit(format!("`{file}` is not of this plan ({why}){help}"))),
        }
    }

    /// Keeps what was counted of a part, whole or not at all: then it is done. One that another kept meanwhile is the same.
    pub fn keep<T: Counts>(&self, part: u64, summary: T) -> Result<(), Error> {
        let Manifest { seed, .. } = &self.manifest;
        let rows = self.files_of_rows(part).iter().filter_map(|file| disk::length(file)).collect();
        let found = Counted::of(&self.manifest.name(), *seed, &[self.games_of(part)?], summary).beside(rows);
        let kept = disk::replace(&self.file(part), &found.text()?);
        kept.or_else(|error| self.part::<T>(part).map(|_| ()).map_err(|_| error))
    }

    /// Takes a part away, to be played again.
    pub fn forget(&self, part: u64) -> Result<(), Error> {
        disk::remove(&self.file(part))?;
        self.forget_rows(part)
    }

    /// Takes the rows of a part away, to be written again.
    pub fn forget_rows(&self, part: u64) -> Result<(), Error> {
        self.files_of_rows(part).iter().try_for_each(|rows| disk::remove(rows))
    }

    /// All parts that are there, as one; `none` is what no game comes to. What writers left who were killed is taken away
    /// when every part is there, and nobody needs to write.
    pub fn merged<T: Counts>(&self, none: T) -> Result<Counted<T>, Error> {
        let missing: BTreeSet<u64> = self.missing()?.into_iter().collect();
        let Manifest { seed, shards, .. } = &self.manifest;
        let mut all = Counted::of(&self.manifest.name(), *seed, &[], none);
        for part in (0..*shards).filter(|part| !missing.contains(part)) {
            all.merge(&self.part(part)?).map_err(|e| e.within(format!("`{}`: ", self.file(part))))?;
        }
        if missing.is_empty() {
            disk::files_in(&self.path)?
                .iter()
                .filter(|file| disk::is_draft(file))
                .try_for_each(|file| disk::remove(file))?;
        }
        Ok(all)
    }
}

fn join(folder: &str, name: &str) -> String {
    Path::new(folder).join(name).to_string_lossy().into_owned()
}

/// The number of the part in a file of this name.
fn number(file: &str) -> Option<u64> {
    name(file)?.strip_prefix("shard-")?.strip_suffix(".json")?.parse().ok()
}

/// Whether a file holds a part, its rows, or what their columns are.
fn is_ours(file: &str) -> bool {
    let of_rows = |name: &str| {
        let rest = [ROWS, ROUNDS].iter().find_map(|begins| name.strip_prefix(begins));
        let number = rest.and_then(|rest| rest.split_once('.'));
        number.is_some_and(|(number, _)| number.parse::<u64>().is_ok()) || DICTIONARIES.contains(&name)
    };
    number(file).is_some() || name(file).is_some_and(of_rows)
}

fn name(file: &str) -> Option<&str> {
    Path::new(file).file_name()?.to_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::summary::Summary;
    use crate::shards::manifest::tests::plan;

    #[test]
    fn a_folder_is_of_one_plan() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        let of = |games: Range<u64>, shards| plan(games, Some(shards)).expect("a plan");
        let says = |games: Range<u64>, shards| Folder::plan(&at("run"), of(games, shards), false);
        let first = says(0..10, 2).expect("made");
        assert_eq!(first.missing(), Ok(vec![0, 1]));
        assert!(says(0..10, 2).is_ok(), "the same again");
        let told = says(0..12, 3).expect_err("another").to_string();
        assert!(told.contains("other games: it is of 0 to 10, and this is of 0 to 12"), "{told}");
        assert!(told.contains("another plan: it is of 2 parts, and this is of 3"), "{told}");
        std::fs::write(at("run/shard-000000.json"), "{\"schema\":\"su").expect("cut off");
        assert_eq!(first.missing(), Ok(vec![0, 1]));
        std::fs::write(at("run/shard-000000.json"), "{\"schema\":\"summitry.other/1\"}").expect("another's");
        assert_eq!(first.missing(), Ok(vec![1]));
        assert!(
            first.part::<Summary>(0).is_err_and(|e| e.to_string().contains("take it away, and play the part again"))
        );
        assert!(first.games_of(2).is_err_and(|e| e.to_string() == "there is no part 2: the plan has 2, from 0 to 1"));
        let second = Folder::plan(&at("run"), of(0..12, 3), true).expect("anew");
        assert_eq!(second.missing(), Ok(vec![0, 1, 2]), "nothing of the old plan is left");
    }

    #[test]
    fn what_others_keep_there_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        std::fs::write(at("mine.txt"), "mine").expect("written");
        let says = |path: &str, overwrite| {
            Folder::plan(path, plan(0..10, Some(2)).expect("a plan"), overwrite).expect_err("refused").to_string()
        };
        assert!(says(&at(""), true).contains("holds other things and no plan"));
        assert!(says(&at("mine.txt"), false).contains("is a file, and a folder is needed"));
        assert!(Folder::open(&at("")).is_err_and(|e| e.to_string().contains("holds no plan: `summitry plan")));
    }
}
