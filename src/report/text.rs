//! Small things that tables are made of.

use crate::notation::wording::plural;
pub use crate::notation::wording::width;

/// A number with so many significant digits, and no more decimals than that; without an exponent, thousands apart.
pub fn number(x: f64, digits: usize) -> String {
    plain(x, decimals_of(x, digits))
}

/// Numbers of one row: as many decimals as the largest of them shows, so that each can be held against the others.
pub fn alike<const N: usize>(numbers: [Option<f64>; N], digits: usize) -> [String; N] {
    let most = numbers.iter().flatten().fold(0.0, |most: f64, x| most.max(x.abs()));
    numbers.map(|x| x.map_or("-".into(), |x| plain(x, decimals_of(most, digits))))
}

/// A figure between the ends of its interval: one decimal, or as many as tell the ends apart.
pub fn told_apart([low, x, high]: [f64; 3]) -> [String; 3] {
    let half = 0.5 * (high - low);
    let decimals = if half > 0.0 { decimals(half).saturating_sub(1).max(1) } else { 1 };
    [low, x, high].map(|x| fixed(x, decimals))
}

/// The decimals that show so many digits of a number.
fn decimals_of(x: f64, digits: usize) -> usize {
    let whole = if x == 0.0 || !x.is_finite() { 0 } else { (x.abs().log10().floor() as i32 + 1).max(0) };
    (digits as i32 - whole).clamp(0, 6) as usize
}

/// With so many decimals, and no sign where it shows as zero.
pub fn fixed(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    let zero = text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.');
    if zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// The same with thousands apart; a dash where there is no number.
fn plain(x: f64, decimals: usize) -> String {
    match x.abs() {
        size if !size.is_finite() => "-".into(),
        size if size >= 10_000.0 => thousands(&fixed(x, decimals)),
        _ => fixed(x, decimals),
    }
}

/// So many of a thing: `1 game`, `20 000 games`.
pub fn count(n: u64, noun: &str) -> String {
    format!("{} {}", thousands(&n.to_string()), plural(n, noun))
}

/// How many decimals show two digits of an error.
fn decimals(error: f64) -> usize {
    (1 - error.log10().floor() as i32).clamp(0, 6) as usize
}

/// A standard error, or half the width of an interval: two digits that count.
pub fn error(x: f64) -> String {
    match x {
        _ if !x.is_finite() => "-".into(),
        _ if x > 0.0 => plain(x, decimals(x)),
        _ => "0".into(),
    }
}

/// A figure with as many decimals as its error shows; with four digits where it has none.
pub fn beside(x: f64, error: f64) -> String {
    let told = x.is_finite() && error.is_finite() && error > 0.0;
    if told { plain(x, decimals(error)) } else { number(x, 4) }
}

/// The same with its sign.
pub fn signed_beside(x: f64, error: f64) -> String {
    sign(x, beside(x, error))
}

/// A share as a percentage with as many decimals as its error shows.
pub fn percent_beside(share: f64, error: f64) -> String {
    let told = share.is_finite() && error.is_finite() && error > 0.0;
    if told { format!("{} %", plain(100.0 * share, decimals(100.0 * error))) } else { percent(share) }
}

/// A figure beside half the width of its interval, where it has one.
pub fn within(x: f64, half: Option<f64>) -> String {
    beside(x, half.unwrap_or(f64::NAN))
}

/// Thousands set apart by spaces.
pub fn thousands(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, String::new()), |(w, p)| (w, format!(".{p}")));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    format!("{sign}{out}{part}")
}

/// A share as a percentage.
pub fn percent(x: f64) -> String {
    format!("{} %", fixed(100.0 * x, 1))
}

/// A bar of eighths of a block, `share` of `width` characters.
pub fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// One character a number, as high as the number is large.
pub fn sparkline(numbers: &[f64]) -> String {
    const STEPS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = numbers.iter().copied().fold(0.0, f64::max);
    let step = |x: f64| if x <= 0.0 || most <= 0.0 { 0 } else { ((x / most * 8.0).ceil() as usize).clamp(1, 8) };
    numbers.iter().map(|x| STEPS[step(*x)]).collect()
}

/// A text cut to so many columns.
pub fn cut(text: &str, most: usize) -> String {
    if width(text) <= most { text.to_string() } else { format!("{}…", begun(text, most.saturating_sub(1))) }
}

/// As much of a text as so many columns hold.
pub fn begun(text: &str, columns: usize) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.take_while(|end| width(&text[..*end]) <= columns).last();
    &text[..end.unwrap_or(0)]
}

/// A number with its sign.
pub fn signed(x: f64, digits: usize) -> String {
    sign(x, number(x, digits))
}

fn sign(x: f64, text: String) -> String {
    if x > 0.0 && text.chars().any(|c| ('1'..='9').contains(&c)) { format!("+{text}") } else { text }
}

/// A text in lines of at most so many columns, each begun with a blank `head`.
pub fn wrapped(head: &str, text: &str, columns: usize) -> String {
    let (mut out, mut line) = (String::new(), head.to_owned());
    for word in text.split_whitespace() {
        if line.len() > head.len() && width(&line) + 1 + width(word) > columns {
            out.push_str(line.trim_end());
            out.push('\n');
            line = head.to_owned();
        }
        if line.len() > head.len() {
            line.push(' ');
        }
        line.push_str(word);
    }
    out + line.trim_end() + "\n"
}

/// Half the width of an interval.
pub fn half(x: Option<f64>) -> String {
    x.map_or("-".into(), |x| format!("± {}", error(x)))
}

/// The least room in which a text goes on below itself (columns).
const LAST: usize = 12;

/// A table: columns as wide as their widest cell, the first flush left, the others flush right.
#[derive(Debug, Clone, Default)]
pub struct TextTable {
    rows: Vec<Vec<String>>,
    left: Vec<usize>,
}

impl TextTable {
    /// A table whose columns `left` are flush left besides the first.
    pub fn new(left: &[usize]) -> TextTable {
        TextTable { rows: vec![], left: left.to_vec() }
    }
    /// Adds a row.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
    /// Adds a column that holds the same below its head in every row.
    pub fn constant(&mut self, head: &str, cell: &str) {
        for (i, row) in self.rows.iter_mut().enumerate() {
            row.push(if i == 0 { head } else { cell }.to_owned());
        }
    }
    /// As lines, indented by two.
    pub fn lines(&self) -> String {
        self.within(usize::MAX)
    }
    /// The same within so many columns: where there is room for it, what stands last in a line goes on below itself;
    /// else each row is told on lines of its own.
    pub fn within(&self, screen: usize) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| self.rows.iter().filter_map(|r| r.get(c)).map(|cell| width(cell)).max().unwrap_or(0))
            .collect();
        let before: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum::<usize>() + 2;
        let text = columns > 1 && self.left.contains(&(columns - 1));
        let too_wide = columns > 1 && before + widths[columns - 1] > screen;
        let goes_on = too_wide && text && before + LAST <= screen;
        if too_wide && !goes_on {
            return self.stacked(screen);
        }
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::from(" ");
            for (c, cell) in row.iter().enumerate() {
                line.push_str(if c == 0 { " " } else { "  " });
                if goes_on && c + 1 == columns {
                    line.push_str(wrapped(&" ".repeat(before), cell, screen).trim_start());
                    continue;
                }
                let space = " ".repeat(widths[c] - width(cell));
                if c == 0 || self.left.contains(&c) {
                    line.push_str(cell);
                    line.push_str(&space);
                } else {
                    line.push_str(&space);
                    line.push_str(cell);
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
    /// Each row on lines of its own: its first cell, and below it each other one with its head.
    fn stacked(&self, screen: usize) -> String {
        let Some((heads, rows)) = self.rows.split_first() else { return String::new() };
        let mut out = String::new();
        for row in rows {
            let mut cells = row.iter().zip(heads);
            let first = cells.next().map_or("", |(cell, _)| cell);
            let rest: Vec<String> = cells.map(|(cell, head)| format!("{head}: {cell}")).collect();
            out += &wrapped("  ", first, screen);
            out += &wrapped("    ", &rest.join("; "), screen);
        }
        out
    }
    /// In markdown; the first row are the heads.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for (i, row) in self.rows.iter().enumerate() {
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if i == 0 {
                out.push_str(&format!("|---|{}\n", "--:|".repeat(row.len().saturating_sub(1))));
            }
        }
        out
    }
    /// As comma-separated values, one row a line.
    pub fn csv(&self) -> String {
        let field = |text: &String| match text.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.clone(),
        };
        let line = |row: &Vec<String>| row.iter().map(field).collect::<Vec<_>>().join(",") + "\n";
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            (number(0.123456, 3), number(0.00049, 3), number(0.0, 3)),
            ("0.123".into(), "0.000".into(), "0.000".into())
        );
        assert_eq!(number(38.67, 3), "38.7");
        assert_eq!((number(-0.0001, 3), percent(-0.0)), ("0.000".into(), "0.0 %".into()));
        assert_eq!(alike([Some(0.05), None, Some(12.5)], 3), ["0.1", "-", "12.5"]);
        assert_eq!(told_apart([42.0, 42.3, 42.6]), ["42.0", "42.3", "42.6"]);
        assert_eq!(told_apart([42.28, 42.30, 42.32]), ["42.28", "42.30", "42.32"]);
        assert_eq!((count(1, "game"), count(20_000, "game")), ("1 game".into(), "20 000 games".into()));
        assert_eq!(number(1_234_567.0, 3), "1 234 567");
        assert_eq!(thousands("-1234"), "-1 234");
    }

    #[test]
    fn a_text_is_wrapped_between_words() {
        assert_eq!(wrapped("  ", "one two  three", 9), "  one two\n  three\n");
        assert_eq!(wrapped("", "", 9), "\n");
    }

    #[test]
    fn an_error_shows_two_digits_and_its_figure_as_many() {
        assert_eq!((beside(0.3876, 0.0043), error(0.0043)), ("0.3876".into(), "0.0043".into()));
        assert_eq!((beside(-1.2015, 0.1048), error(0.1048)), ("-1.20".into(), "0.10".into()));
        assert_eq!((signed_beside(1234.5, 31.0), error(31.0)), ("+1234".into(), "31".into()));
        assert_eq!((signed_beside(-0.004, 0.5), error(0.5)), ("0.00".into(), "0.50".into()));
        assert_eq!((percent_beside(0.42817, 0.0035), percent_beside(1.0, 0.0)), ("42.82 %".into(), "100.0 %".into()));
        assert_eq!((beside(2.5, 0.0), error(0.0), error(f64::NAN)), ("2.500".into(), "0".into(), "-".into()));
    }

    #[test]
    fn bars_and_lines_are_as_long_as_they_say() {
        assert_eq!(bar(0.5, 4), "██");
        assert_eq!(bar(0.0, 4), "");
        assert_eq!(width(&sparkline(&[0.0, 1.0, 8.0])), 3);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!((width("中国的关税"), cut("中国的关税", 6), begun("中国", 3)), (10, "中国…".into(), "中"));
    }

    #[test]
    fn the_last_text_of_a_line_goes_on_below_itself() {
        let mut table = TextTable::new(&[1, 2]);
        table.row(["lever", "now", "what it is"]);
        table.row(["tariff", "30 %", "a tax on the goods of the other"]);
        assert_eq!(table.within(80), table.lines());
        let narrow = "  lever   now   what it is\n  tariff  30 %  a tax on the\n                goods of the\n                other\n";
        assert_eq!(table.within(28), narrow);
        let stacked = "  tariff\n    now: 30 %; what it is:\n    a tax on the goods of\n    the other\n";
        assert_eq!(table.within(27), stacked, "no room for a text beside the rest");
    }
}
