//! A table on a screen: what is left of it there, and how wide each column is.

use std::collections::BTreeSet;

use super::{Cell, TextTable};
use crate::notation::clean;
use crate::report::fitted::shown as width;
use crate::report::page::WIDTH;
use crate::report::text::{squeezed, wrapped};

/// The shortest bar that still tells something (columns).
const BAR: usize = 8;
/// The least of a label (columns).
const LABEL: usize = 16;
/// The least room in which a text goes on below itself (columns).
const PROSE: usize = 12;
/// How far a row's figures are set in below a label on a line of its own (columns).
const BELOW: usize = 4;

/// What is left of a table.
#[derive(Clone)]
pub struct Laid<'a> {
    table: &'a TextTable,
    /// The cells that are shown.
    rows: Vec<Vec<String>>,
    /// Which of the table's columns they are of.
    columns: Vec<usize>,
    /// How wide each is.
    widths: Vec<usize>,
    /// The heads of what was left out.
    gone: Vec<String>,
    /// Labels reach over the empty cells beside them.
    reaching: bool,
}

impl<'a> Laid<'a> {
    /// A table as it is where there is room.
    pub fn of(table: &'a TextTable) -> Laid<'a> {
        let columns = (0..table.rows.iter().map(Vec::len).max().unwrap_or(0)).collect();
        let text = |cell: &Cell| clean::page(&cell.text()).replace(['\n', '\t'], " ");
        let rows = table.rows.iter().map(|row| row.iter().map(text).collect()).collect();
        Laid { table, rows, columns, widths: vec![], gone: vec![], reaching: false }.measured()
    }

    fn measured(mut self) -> Self {
        let counts = |c: usize, row: &Vec<String>| c > 0 || !self.reaching || empty_after(row) == 0;
        let wide = |c: usize| {
            let cells = self.rows.iter().filter(|row| counts(c, row)).filter_map(|row| row.get(c));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        };
        self.widths = (0..self.columns.len()).map(wide).collect();
        let lacks = |row: &Vec<String>| width(row.first()?).checked_sub(self.reach(row));
        let more = self.rows.iter().filter_map(lacks).max().unwrap_or(0);
        if let Some(first) = self.widths.first_mut() {
            *first += more;
        }
        if self.table.even {
            let most = self.widths.iter().skip(1).copied().max().unwrap_or(0);
            self.widths.iter_mut().skip(1).for_each(|width| *width = most);
        }
        self
    }

    /// Columns that a row's label may take.
    fn reach(&self, row: &[String]) -> usize {
        let over = if self.reaching { empty_after(row) } else { 0 };
        let first = self.widths.first().copied().unwrap_or(0);
        first + self.widths.iter().skip(1).take(over).map(|width| width + self.gap()).sum::<usize>()
    }

    fn gap(&self) -> usize {
        if self.table.even { 1 } else { 2 }
    }

    /// Columns that the whole of it takes.
    fn wide(&self) -> usize {
        2 + self.widths.iter().sum::<usize>() + self.gap() * self.widths.len().saturating_sub(1)
    }

    /// In so many columns, with a line below of what was left out.
    pub fn fitted(self, screen: usize) -> String {
        let screen = if self.table.even { screen.min(WIDTH) } else { screen };
        let mut laid = self.with_bars(screen);
        laid.reaching = laid.wide() > screen && !laid.table.even;
        let laid = laid.measured().without_spare(screen);
        let mut out = laid.told(screen);
        if !laid.table.legend.is_empty() && (0..laid.columns.len()).any(|c| laid.drawn(c)) {
            out += &format!("  {}\n", laid.table.legend);
        }
        if laid.gone.is_empty() {
            return out;
        }
        let gone = laid.gone.join(", ");
        out + &wrapped("  ", &format!("(no room for: {gone}; a wider screen or --format json shows them)"), screen)
    }

    fn told(&self, screen: usize) -> String {
        if self.wide() <= screen {
            return self.lines();
        }
        match self.table.keys {
            Some(keys) if self.columns.len() > keys + 1 => self.blocks(keys, screen),
            _ if self.table.prose => self.going_on(screen).unwrap_or_else(|| self.stacked(screen)),
            _ => self.cut(screen).or_else(|| self.below(screen)).unwrap_or_else(|| self.stacked(screen)),
        }
    }

    /// With bars as short as they have to be, or without.
    fn with_bars(mut self, screen: usize) -> Self {
        while let Some(c) =
            (0..self.columns.len()).find(|c| self.wide() > screen && self.drawn(*c) && self.widths[*c] > BAR)
        {
            let room = self.widths[c].saturating_sub(self.wide() - screen);
            if room < BAR {
                self = self.without(c);
                continue;
            }
            for (row, cells) in self.rows.iter_mut().zip(&self.table.rows) {
                if let Some(Cell::Bar(bar)) = cells.get(self.columns[c]) {
                    row[c] = (bar.draw)(&bar.shares, (bar.columns * room / self.widths[c]).max(1));
                }
            }
            self = self.measured();
        }
        match (0..self.columns.len()).find(|c| self.wide() > screen && self.drawn(*c)) {
            Some(c) => self.without(c).with_bars(screen),
            None => self,
        }
    }

    /// Whether a column holds bars.
    fn drawn(&self, c: usize) -> bool {
        self.table.rows.iter().any(|row| matches!(row.get(self.columns[c]), Some(Cell::Bar(_))))
    }

    fn without(mut self, c: usize) -> Self {
        self.columns.remove(c);
        self.rows.iter_mut().filter(|row| c < row.len()).for_each(|row| drop(row.remove(c)));
        self.measured()
    }

    fn without_spare(mut self, screen: usize) -> Self {
        for spare in &self.table.spare {
            let place = self.columns.iter().position(|c| c == spare);
            let Some(c) = place.filter(|_| self.wide() > screen) else { continue };
            let head = self.head(c);
            self = self.without(c);
            self.gone.push(head);
        }
        self
    }

    /// The words above a column.
    fn head(&self, c: usize) -> String {
        let words = self.rows.iter().take(self.table.heads).filter_map(|row| row.get(c));
        words.filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    fn is_left(&self, c: usize) -> bool {
        c == 0 || self.table.left.contains(&self.columns[c])
    }

    fn lines(&self) -> String {
        self.rows.iter().map(|row| self.line("  ", row, 0..row.len())).collect()
    }

    fn line(&self, indent: &str, row: &[String], mut which: std::ops::Range<usize>) -> String {
        let mut line = String::from(indent);
        if which.start == 0 && self.reaching && empty_after(row) > 0 {
            let label = row.first().map_or("", |label| label);
            line.extend([label, &" ".repeat(self.reach(row).saturating_sub(width(label)))]);
            which.start = 1 + empty_after(row);
        }
        let begins = line.len() > indent.len();
        for c in which.clone() {
            let Some(cell) = row.get(c) else { break };
            if c > which.start || begins {
                line.push_str(&" ".repeat(self.gap()));
            }
            let space = " ".repeat(self.widths[c].saturating_sub(width(cell)));
            match self.is_left(c) {
                true => line.extend([cell.as_str(), &space]),
                false => line.extend([space.as_str(), cell]),
            }
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    }

    /// With labels cut, where they are still told apart.
    fn cut(&self, screen: usize) -> Option<String> {
        let room =
            self.widths.first()?.checked_sub(self.wide().saturating_sub(screen)).filter(|room| *room >= LABEL)?;
        let labels = |laid: &Laid| laid.rows.iter().filter_map(|row| row.first().cloned()).collect::<BTreeSet<_>>();
        let mut less = self.clone();
        less.rows.iter_mut().filter_map(|row| row.first_mut()).for_each(|label| *label = squeezed(label, room));
        (labels(&less).len() == labels(self).len()).then(|| less.measured().lines())
    }

    /// With labels on lines of their own.
    fn below(&self, screen: usize) -> Option<String> {
        let rest = self.widths.iter().skip(1).map(|width| width + self.gap()).sum::<usize>() + BELOW;
        if self.columns.len() < 2 || rest - self.gap() > screen {
            return None;
        }
        let indent = " ".repeat(BELOW);
        let mut out = String::new();
        for row in &self.rows {
            let label = row.first().map_or("", |label| label);
            if !label.trim().is_empty() {
                let head = &label[..label.len() - label.trim_start().len()];
                out += &wrapped(&format!("  {head}"), label, screen);
            }
            let figures = self.line(&indent, row, 1..self.columns.len());
            out += if figures.trim().is_empty() { "" } else { &figures };
        }
        Some(out)
    }

    /// With what stands last in a line going on below itself.
    fn going_on(&self, screen: usize) -> Option<String> {
        let last = self.columns.len().checked_sub(1).filter(|last| *last > 0)?;
        let before = self.wide() - self.widths[last];
        if before + PROSE > screen {
            return None;
        }
        let told = |row: &Vec<String>| {
            let text = row.get(last).map_or("", |text| text);
            let more = wrapped(&" ".repeat(before), text, screen);
            let first = self.line("  ", row, 0..last);
            let first = first.trim_end();
            let space = " ".repeat(before.saturating_sub(width(first)));
            format!("{first}{space}{}", more.trim_start()).trim_end().to_owned() + "\n"
        };
        Some(self.rows.iter().map(told).collect())
    }

    /// In blocks of columns, each with the first columns again.
    fn blocks(&self, keys: usize, screen: usize) -> String {
        let of = |which: &[usize]| {
            let keep = |row: &Vec<String>| which.iter().filter_map(|c| row.get(*c).cloned()).collect();
            let rows = self.rows.iter().map(keep).collect();
            let columns = which.iter().map(|c| self.columns[*c]).collect();
            let mut block = Laid { rows, columns, gone: vec![], ..self.clone() };
            block.widths = which.iter().map(|c| self.widths[*c]).collect();
            block
        };
        let keyed = |rest: &[usize]| (0..keys).chain(rest.iter().copied()).collect::<Vec<usize>>();
        let (mut blocks, mut rest) = (vec![], vec![]);
        for c in keys..self.columns.len() {
            let with: Vec<usize> = rest.iter().copied().chain([c]).collect();
            if !rest.is_empty() && of(&keyed(&with)).wide() > screen {
                blocks.push(std::mem::take(&mut rest));
            }
            rest.push(c);
        }
        blocks.push(rest);
        if self.table.even {
            let all: Vec<usize> = (keys..self.columns.len()).collect();
            blocks = all.chunks(all.len().div_ceil(blocks.len())).map(<[usize]>::to_vec).collect();
        }
        let told = blocks.iter().map(|rest| {
            let block = of(&keyed(rest));
            let fits = block.wide() <= screen;
            if fits { block.lines() } else { block.cut(screen).unwrap_or_else(|| block.stacked(screen)) }
        });
        told.collect::<Vec<_>>().join("\n")
    }

    /// Each row on lines of its own: its first cell, and below it each other one with its head.
    fn stacked(&self, screen: usize) -> String {
        let heads: Vec<String> = (0..self.columns.len()).map(|c| self.head(c)).collect();
        let mut out = String::new();
        for row in self.rows.iter().skip(self.table.heads) {
            let mut cells = row.iter().zip(&heads);
            let first = cells.next().map_or("", |(cell, _)| cell);
            let named = |(cell, head): (&String, &String)| match head.is_empty() {
                true => cell.clone(),
                false => format!("{head}: {cell}"),
            };
            let rest: Vec<String> = cells.filter(|(cell, _)| !cell.is_empty()).map(named).collect();
            if !first.is_empty() {
                out += &wrapped("  ", first, screen);
            }
            if !rest.is_empty() {
                out += &wrapped("    ", &rest.join("; "), screen);
            }
        }
        out
    }
}

/// How many empty cells stand beside a label.
fn empty_after(row: &[String]) -> usize {
    row.iter().skip(1).take_while(|cell| cell.is_empty()).count()
}
