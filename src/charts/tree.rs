//! A small tree, branch under branch: how frequent something is in each part, and how many cases that part has.

use super::bars::whisker;
use super::canvas::{Anchor, Canvas, Form, Pen, SIZE, cut, width};
use super::palette::{Fill, Ink};
use super::scale::{Scale, percent};
use super::table::Table;

/// A part of all cases, and the parts that it falls into.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// By what it is told from the others of its branch; the name of all where it is of no branch.
    pub name: String,
    /// Where on that it lies, such as `< 3`.
    pub lies: String,
    /// All that tells it from the rest, in words: its name in a table.
    pub limits: String,
    /// The share of its cases in which something is so.
    pub share: f64,
    /// Where the share may lie for all that so many cases can tell.
    pub between: Option<[f64; 2]>,
    /// How many cases it has.
    pub cases: u64,
    /// The same as it is written.
    pub told: String,
    /// What it falls into; nothing at the end of a branch.
    pub parts: Vec<Node>,
}

/// A small tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// All cases.
    pub root: Node,
    /// What cases are called, many of them.
    pub cases: String,
}

/// A node in its row: how deep it lies, and in which row the one stands that it is a part of.
struct Row<'a> {
    node: &'a Node,
    depth: usize,
    of: Option<usize>,
}

/// How far a part stands to the right of what it is a part of.
const INDENT: f64 = 18.0;
/// Names beside bars are not wider than this.
const NAMES: f64 = 400.0;

impl Tree {
    fn rows(&self) -> Vec<Row<'_>> {
        fn add<'a>(node: &'a Node, depth: usize, of: Option<usize>, out: &mut Vec<Row<'a>>) {
            let here = out.len();
            out.push(Row { node, depth, of });
            node.parts.iter().for_each(|part| add(part, depth + 1, Some(here), out));
        }
        let mut out = vec![];
        add(&self.root, 0, None, &mut out);
        out
    }

    /// The ends of its branches, which together are all cases.
    pub fn ends(&self) -> Vec<&Node> {
        self.rows().into_iter().filter(|row| row.node.parts.is_empty()).map(|row| row.node).collect()
    }

    /// A node's name in a room: what is too long loses its end, and not where it lies.
    fn name(node: &Node, room: f64) -> String {
        if node.lies.is_empty() {
            return cut(&node.name, SIZE, room);
        }
        let lies = format!(" {}", node.lies);
        cut(&node.name, SIZE, room - width(&lies, SIZE)) + &lies
    }

    fn figure(&self, node: &Node) -> String {
        format!("{} of {}", percent(node.share), node.told)
    }

    /// Draws it; the height it takes.
    pub fn draw(&self, canvas: &mut Canvas) -> f64 {
        let (rows, wide) = (self.rows(), canvas.form() == Form::Wide);
        let left = |row: &Row| INDENT * row.depth as f64;
        let widest = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).fold(0.0, f64::max);
        let figures = widest(&|row| width(&self.figure(row.node), SIZE)) + 8.0;
        let names = if wide {
            widest(&|row| left(row) + width(&Tree::name(row.node, NAMES), SIZE)).min(NAMES)
        } else {
            canvas.width()
        };
        // Beside their names where there is room, below them where there is not.
        let (step, from, line) = if wide { (30.0, names + 12.0, 0.0) } else { (46.0, widest(&left) + 14.0, 20.0) };
        let ends = rows.iter().flat_map(|row| row.node.between.into_iter().flatten().chain([row.node.share]));
        let x = Scale::with_zero(ends, from, canvas.width() - figures);
        let x = Scale { high: x.high.min(1.0), ..x };
        let middle = |i: usize| 4.0 + step * i as f64 + 15.0;
        for (i, row) in rows.iter().enumerate() {
            if let Some(of) = row.of {
                let (stem, y) = (left(&rows[of]) + 5.0, middle(i));
                canvas.line((stem, middle(of) + 9.0), (stem, y), Pen::solid(Ink::Edge, 1.0));
                canvas.line((stem, y), (left(row) - 3.0, y), Pen::solid(Ink::Edge, 1.0));
            }
        }
        for (i, row) in rows.iter().enumerate() {
            let (y, end) = (middle(i) + line, x.at(row.node.share));
            let fill = if row.node.parts.is_empty() { Fill::Plain(Ink::Summit) } else { Fill::Tint(Ink::Summit, 25) };
            canvas.rect((from, y - 8.0), (end - from, 16.0), fill, true);
            if let Some([low, high]) = row.node.between {
                whisker(canvas, y, (x.at(low), x.at(high)), 3.0);
            }
            canvas.line((from, y - 12.0), (from, y + 12.0), Pen::solid(Ink::Edge, 1.0));
            let name = Tree::name(row.node, names - left(row) + 0.5); // what fits is not cut for a rounding
            canvas.text((left(row), middle(i) + 5.0), Anchor::Start, &name, Ink::Text);
            canvas.text((canvas.width(), y + 5.0), Anchor::End, &self.figure(row.node), Ink::Text);
        }
        4.0 + step * rows.len() as f64 + 4.0
    }

    /// Its figures.
    pub fn table(&self) -> Table {
        let many = &self.cases;
        let heads = ["part", "share", "95 % interval", many, &format!("of all {many}"), "end"];
        let mut table = Table::new(heads);
        for row in self.rows() {
            let node = row.node;
            let between =
                node.between.map_or("–".into(), |[low, high]| format!("{} to {}", percent(low), percent(high)));
            table.row([
                node.limits.clone(),
                percent(node.share),
                between,
                node.told.clone(),
                percent(node.cases as f64 / self.root.cases.max(1) as f64),
                if node.parts.is_empty() { "yes" } else { "no" }.into(),
            ]);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chart, Scheme};
    use super::*;

    fn node(name: &str, share: f64, cases: u64, parts: Vec<Node>) -> Node {
        let lies = if parts.len() == 2 && cases == 1000 { "" } else { "≥ 0.123456" };
        Node {
            name: name.into(),
            lies: lies.into(),
            limits: format!("{name} so"),
            share,
            between: Some([share, share]),
            cases,
            told: cases.to_string(),
            parts,
        }
    }

    fn tree() -> Tree {
        let deep =
            node("from 0.5", 0.6, 400, vec![node("below 3", 0.2, 100, vec![]), node("from 3", 0.7, 300, vec![])]);
        let root = node("all games", 0.5, 1000, vec![node("a name too long for a telephone", 0.4, 600, vec![]), deep]);
        Tree { root, cases: "games".into() }
    }

    #[test]
    fn every_part_has_its_row_and_its_figures() {
        let tree = tree();
        assert_eq!(tree.ends().iter().map(|end| end.cases).sum::<u64>(), tree.root.cases);
        let table = tree.table();
        assert_eq!(table.rows.len(), 5);
        assert_eq!(table.rows[3], ["below 3 so", "20.0 %", "20.0 % to 20.0 %", "100", "10.0 %", "yes"]);
        for form in [Form::Wide, Form::Narrow] {
            let drawn = Chart::new("t", "", tree.clone()).part(form, Scheme::Page, "a");
            let words: Vec<&str> = drawn.split("<text ").skip(1).collect();
            assert_eq!(words.len(), 10, "a name and a figure each");
            assert_eq!(drawn.matches(" ≥ 0.123456<").count(), 4, "where a part lies is never cut");
            let cut = if form == Form::Wide { 0 } else { 1 };
            assert_eq!(drawn.matches('…').count(), cut, "and a name only where there is no room");
            assert!(drawn.contains("60.0 % of 400") && drawn.matches("<rect ").count() == 5);
            // nothing is written beyond the edge
            for word in words {
                let (at, text) = word.split_once('>').expect("words");
                let x: f64 = at.split('"').nth(1).and_then(|x| x.parse().ok()).expect("a place");
                let text = text.split('<').next().unwrap_or_default();
                let wide = width(text, SIZE);
                let (from, to) = if at.contains("anchor=\"end\"") { (x - wide, x) } else { (x, x + wide) };
                assert!(from >= 0.0 && to <= form.width() + 0.6 * SIZE, "{text} {from} {to}");
            }
        }
    }
}
