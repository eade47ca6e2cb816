//! A table: columns that line up, and what a narrow screen does with them.
//!
//! Where a table is wider than the screen, bars are drawn shorter or left out, then columns that can be spared, then
//! labels are cut or stand on lines of their own; what is left out is said below. A matrix is told in blocks of columns.
//! A row is told over several lines as the last resort.

mod laid;

use laid::Laid;

/// A cell that is drawn: a bar of so many columns, or of fewer.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it shows.
    pub shares: Vec<f64>,
    /// Columns of a share of 1.
    pub columns: usize,
    /// Draws shares in so many columns.
    pub draw: fn(&[f64], usize) -> String,
}

impl Bar {
    /// A bar of one share.
    pub fn of(share: f64, columns: usize) -> Bar {
        Bar { shares: vec![share], columns, draw: |shares, columns| super::text::bar(shares[0], columns) }
    }
}

/// What stands in a row under a head.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Words or a number.
    Text(String),
    /// A bar.
    Bar(Bar),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Bar(bar) => (bar.draw)(&bar.shares, bar.columns),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<Bar> for Cell {
    fn from(bar: Bar) -> Cell {
        Cell::Bar(bar)
    }
}

/// A table: columns as wide as their widest cell, the first flush left, the others flush right.
#[derive(Debug, Clone)]
pub struct TextTable {
    rows: Vec<Vec<Cell>>,
    left: Vec<usize>,
    heads: usize,
    spare: Vec<usize>,
    keys: Option<usize>,
    even: bool,
    prose: bool,
    legend: String,
}

impl TextTable {
    /// A table whose columns `left` are flush left besides the first. Its first row are the heads.
    pub fn new(left: &[usize]) -> TextTable {
        let (rows, legend) = (vec![], String::new());
        TextTable { rows, left: left.to_vec(), heads: 1, spare: vec![], keys: None, even: false, prose: false, legend }
    }

    /// With so many rows of heads.
    pub fn heads(self, heads: usize) -> TextTable {
        TextTable { heads, ..self }
    }

    /// With columns that a narrow screen can do without, what is missed least first.
    pub fn spare(self, columns: &[usize]) -> TextTable {
        TextTable { spare: columns.to_vec(), ..self }
    }

    /// Told in blocks of columns where the screen is narrow; the first `keys` columns stand in each of them.
    pub fn in_blocks(self, keys: usize) -> TextTable {
        TextTable { keys: Some(keys), ..self }
    }

    /// A matrix: columns of one width, close together, in blocks that a page holds.
    pub fn matrix() -> TextTable {
        TextTable { even: true, ..TextTable::new(&[]).in_blocks(1) }
    }

    /// With sentences in its last column: on a narrow screen these go on below themselves.
    pub fn prose(self) -> TextTable {
        TextTable { prose: true, ..self }
    }

    /// With what bars mean, said below where there are any.
    pub fn legend(self, legend: String) -> TextTable {
        TextTable { legend, ..self }
    }

    /// Adds a row.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Whether it has rows below its heads.
    pub fn has_rows(&self) -> bool {
        self.rows.len() > self.heads
    }

    /// Adds a column that holds the same below its head in every row.
    pub fn constant(&mut self, head: &str, cell: &str) {
        for (i, row) in self.rows.iter_mut().enumerate() {
            row.push(if i == 0 { head } else { cell }.into());
        }
    }

    /// As lines, indented by two, of so many columns at most.
    pub fn within(&self, screen: usize) -> String {
        Laid::of(self).fitted(screen)
    }

    /// In markdown; the first row are the heads.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for (i, row) in self.rows.iter().enumerate() {
            out.push_str(&format!("| {} |\n", row.iter().map(Cell::text).collect::<Vec<_>>().join(" | ")));
            if i == 0 {
                out.push_str(&format!("|---|{}\n", "--:|".repeat(row.len().saturating_sub(1))));
            }
        }
        out
    }

    /// As comma-separated values, one row a line.
    pub fn csv(&self) -> String {
        let field = |cell: &Cell| match no_formula(cell.text()) {
            text if text.contains([',', '"', '\n', '\r']) => format!("\"{}\"", text.replace('"', "\"\"")),
            text => text,
        };
        let line = |row: &Vec<Cell>| row.iter().map(field).collect::<Vec<_>>().join(",") + "\n";
        self.rows.iter().map(line).collect()
    }
}

/// A text that no spreadsheet takes for a formula; one that begins with a sign may be a number, or a few in words.
fn no_formula(text: String) -> String {
    let number = |word: &str| word.parse::<f64>().is_ok() || ["-", "%", "to", "of"].contains(&word);
    let formula = match text.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !text.split(' ').all(number),
        _ => false,
    };
    if formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests;
