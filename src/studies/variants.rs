//! Cells of a study: a scenario, and the same with some paths set to other values.

use crate::notation::tree::{Kind, Node, Place, Source};
use crate::notation::{Code, Problem};
use crate::ready::{self, Ready};
use crate::scenario::language::read_from;
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::put::set;
use crate::world::setup::Setup;

/// A path set to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The path.
    pub path: String,
    /// Where the path is written.
    pub at: Place,
    /// The value.
    pub value: Node,
}

impl Change {
    /// The change as it is written in a line that it was read from: from the path to the end of the value.
    pub fn written<'a>(&self, line: &'a str) -> &'a str {
        line.get(self.at.start..self.value.at.end).unwrap_or_default()
    }
}

/// A scenario made ready, and what names it.
#[derive(Debug, Clone)]
pub struct Cell {
    /// As it is played.
    pub setup: Setup,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
}

/// A scenario with changes made in it, in order; every problem is told at its place.
pub fn cell(base: &Loaded, changes: &[Change]) -> Result<Cell, Problems> {
    changed(base, changes).map(|Ready { setup, hash, .. }| Cell { setup, hash })
}

/// The same without its name, for one of many.
pub fn unnamed(base: &Loaded, changes: &[Change]) -> Result<Setup, Problems> {
    let setup = ready::unnamed(&put(base, changes)?)?;
    played_here(base, &setup)?;
    Ok(setup)
}

/// The same, with what it was put together of.
pub fn changed(base: &Loaded, changes: &[Change]) -> Result<Ready, Problems> {
    let ready = changed_for_anybody(base, changes)?;
    played_here(base, &ready.setup)?;
    Ok(ready)
}

fn played_here(base: &Loaded, setup: &Setup) -> Result<(), Problems> {
    let Some(party) = setup.parties.iter().find(|party| party.outside.is_some()) else { return Ok(()) };
    let text = "an outside program plays here, and a study starts none: `summitry batch` does";
    Err(base.wrong(vec![base.blame(&format!("parties.{}.strategy", party.key), Code::Contradiction, text)]))
}

/// The same where an outside program may hold a seat.
pub fn changed_for_anybody(base: &Loaded, changes: &[Change]) -> Result<Ready, Problems> {
    ready::again(put(base, changes)?)
}

fn put(base: &Loaded, changes: &[Change]) -> Result<Loaded, Problems> {
    let mut changed = base.clone();
    let mut problems = vec![];
    for change in changes {
        problems.extend(set(&mut changed.tree, &change.path, change.at, change.value.clone()).err());
    }
    if problems.is_empty() { Ok(changed) } else { Err(base.wrong(problems)) }
}

/// The changes of a map `{ "path": value }`.
pub fn changes(map: &Node) -> Result<Vec<Change>, Problem> {
    let Kind::Map(entries) = &map.kind else {
        return Err(Problem::new(
            Code::WrongType,
            format!("changes are a map {{ \"path\": value }}, found {}", map.found()),
        )
        .at(map.at));
    };
    Ok(entries
        .iter()
        .map(|(key, value)| {
            let path = key.word();
            let quoted = matches!(key.kind, Kind::Text(_)) && key.at.end - key.at.start == path.len() + 2;
            let at = if quoted { Place::new(key.at.source, key.at.start + 1, key.at.end - 1) } else { key.at };
            Change { path, at, value: value.clone() }
        })
        .collect())
}

/// A named variant written on one line: `name: path=value; path=value`.
///
/// The text becomes a source of the scenario, called `called`, so that problems are shown in it. The name may be left
/// out: then the changes themselves are the name. A `;` within quotes or brackets belongs to the value.
pub fn from_line(base: &mut Loaded, called: &str, line: &str) -> Result<(String, Vec<Change>), Problems> {
    let source = u16::try_from(base.sources.len()).unwrap_or(u16::MAX - 1);
    base.sources.push(Source { name: called.to_owned(), text: line.to_owned() });
    let (name, from) = match line.find(':') {
        Some(i) if !line[..i].contains(['=', '"', '(']) => (line[..i].trim().to_owned(), i + 1),
        _ => (line.trim().to_owned(), 0),
    };
    let (mut out, mut problems) = (vec![], vec![]);
    for (start, end) in parts(line, from) {
        let part = &line[start..end];
        let all = Place::new(source, start, end);
        let Some(equals) = part.find('=') else {
            let text = format!("`{}` is not of the form PATH=VALUE", part.trim());
            problems.push(
                Problem::new(Code::BadArgument, text)
                    .at(all)
                    .help("such as \"patient: parties.us.goal.patience=0.997\""),
            );
            continue;
        };
        let path = part[..equals].trim();
        let begin = start + part[..equals].len() - part[..equals].trim_start().len();
        match read_from(&line[..end], start + equals + 1, source) {
            Ok(value) => {
                let at = Place::new(source, begin, begin + path.len());
                out.push(Change { path: path.to_owned(), at, value });
            }
            Err(more) => problems.extend(more),
        }
    }
    if out.is_empty() && problems.is_empty() {
        problems.push(Problem::new(Code::Empty, "a variant changes something: PATH=VALUE").at(Place::new(
            source,
            0,
            line.len(),
        )));
    }
    if problems.is_empty() { Ok((name, out)) } else { Err(base.wrong(problems)) }
}

/// The stretches of a line between semicolons that stand outside quotes and brackets.
fn parts(line: &str, from: usize) -> Vec<(usize, usize)> {
    let (mut out, mut start, mut depth, mut quoted, mut escaped) = (vec![], from, 0_i32, false, false);
    for (i, c) in line.char_indices().filter(|(i, _)| *i >= from) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ';' if depth == 0 => {
                out.push((start, i));
                start = i + 1;
            }
            _ => {}
        }
    }
    out.push((start, line.len()));
    out.retain(|(a, b)| !line[*a..*b].trim().is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_where_its_values_end() {
        let line = "a: x.y=1; z=\"a;b\"; w=(p: 1; q: 2);";
        let shown: Vec<&str> = parts(line, 2).iter().map(|(a, b)| line[*a..*b].trim()).collect();
        assert_eq!(shown, ["x.y=1", "z=\"a;b\"", "w=(p: 1; q: 2)"]);
    }
}
