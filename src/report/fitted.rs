//! A page on a narrow screen: no line is longer than the screen is wide, and what goes on on the next is set in.

use super::text::{begun, glued, unglued, width};

/// The narrowest screen that lines are folded for.
pub const NARROW: usize = 20;

/// A page whose lines fit so many columns: bars are cut, other lines go on set in by four.
pub fn fitted(page: &str, columns: usize) -> String {
    let columns = columns.max(NARROW);
    let mut out = String::with_capacity(page.len());
    for line in page.lines() {
        if shown(line) <= columns || is_excerpt(line) {
            out.push_str(line);
            out.push('\n');
        } else {
            let mut lines = String::new();
            folded(&glued(line), columns, &mut lines);
            out.push_str(&unglued(&lines));
        }
    }
    out
}

/// How many columns a line takes, colours apart.
pub fn shown(line: &str) -> usize {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().map_or(0, width);
    first + parts.map(|part| width(part.split_once('m').map_or(part, |(_, rest)| rest))).sum::<usize>()
}

/// A line of a file that a problem shows, and the caret below it: folded, the caret would stand under something else.
fn is_excerpt(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    line.starts_with("| ")
}

fn is_bar(c: char) -> bool {
    ('\u{2580}'..='\u{259f}').contains(&c)
}

fn folded(line: &str, columns: usize, out: &mut String) {
    let text = line.trim_end_matches(is_bar);
    if text.len() < line.len() && shown(text) < columns {
        out.push_str(begun(line, columns));
        out.push('\n');
        return;
    }
    let (words, indent) = (words(text.trim_end()), text.len() - text.trim_start_matches(' ').len());
    let close = |gap: usize| gap.min(if gap == indent { indent } else { 2 });
    let closer: usize = words.iter().map(|(gap, word)| close(*gap) + shown(word)).sum();
    let gaps: Vec<usize> = words.iter().map(|(gap, _)| if closer <= columns { close(*gap) } else { *gap }).collect();
    let rest = (indent + 4).min(columns / 2);
    let mut column = 0;
    for ((_, word), gap) in words.iter().zip(gaps) {
        if column > 0 && column + gap + shown(word) > columns {
            out.push_str(&format!("\n{:rest$}", ""));
            column = rest;
        } else {
            let gap = if column == 0 { gap.min(columns / 2) } else { gap };
            out.push_str(&" ".repeat(gap));
            column += gap;
        }
        column = broken(word, column, columns, out);
    }
    out.push('\n');
}

/// Writes a word, on several lines where it is longer than one; the column after it. A coloured one stays whole.
fn broken(word: &str, mut column: usize, columns: usize, out: &mut String) -> usize {
    if shown(word) < width(word) {
        out.push_str(word);
        return column + shown(word);
    }
    let mut rest = word;
    while column + width(rest) > columns {
        let part = begun(rest, columns - column.min(columns));
        out.push_str(part);
        out.push('\n');
        rest = &rest[part.len()..];
        column = 0;
    }
    out.push_str(rest);
    column + width(rest)
}

/// The words of a line, each with how many spaces stand before it.
fn words(line: &str) -> Vec<(usize, &str)> {
    let (mut out, mut gap) = (vec![], 0);
    for word in line.split(' ') {
        if word.is_empty() {
            gap += 1;
        } else {
            out.push((gap, word));
            gap = 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the page: nothing is lost but bars and spaces, and every line fits.
    #[test]
    fn every_page_fits_every_screen() {
        let mut n = 1_u32;
        let mut lot = |most: u32| {
            n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (n >> 8) % most
        };
        for _ in 0..3000 {
            let signs = ['a', ' ', ' ', '中', '█', '…', 'b', '\n'];
            let page: String = (0..lot(200)).map(|_| signs[lot(8) as usize]).chain(['\n']).collect();
            let columns = lot(60) as usize;
            let fit = fitted(&page, columns);
            assert!(fit.lines().all(|line| width(line) <= columns.max(NARROW)), "{columns}\n{page}\n{fit}");
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '█').collect::<String>();
            assert_eq!(kept(&fit), kept(&page));
        }
    }

    #[test]
    fn no_line_is_longer_than_the_screen() {
        let page = "short\n  deal   71.8 %   ████████████████████████████████████\n  in the games that have a deal, the tariff \
            of the one party upon the other's goods is 31 % at the end\n\n  averyveryveryveryveryverylongwordthatdoesnotfit x\n";
        for columns in [20, 40, 80] {
            let fit = fitted(page, columns);
            assert!(fit.lines().all(|line| width(line) <= columns), "{columns}\n{fit}");
            assert!(fit.starts_with("short\n") && fit.contains("\n\n"));
        }
        assert_eq!(fitted(page, 200), page);
        assert_eq!(fitted("  a bb ccc dddd eeeee ffffff\n", 20), "  a bb ccc dddd\n      eeeee ffffff\n");
        assert_eq!(fitted("  12 %  ███████████████████\n", 20), "  12 %  ████████████\n");
        assert_eq!(fitted("half of that takes 4 000 games\n", 20), "half of that takes\n    4 000 games\n");
        assert_eq!(
            fitted("  a              12 %   3 to 4\n", 20),
            "  a  12 %  3 to 4\n",
            "gaps close where that is enough"
        );
        let coloured = "\u{1b}[31m0123456789 123456789\u{1b}[0m\n";
        assert_eq!(fitted(coloured, 20), coloured, "colours take no room");
    }
}
