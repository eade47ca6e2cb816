//! A page on a narrow screen: no line is longer than the screen is wide, and what goes on on the next is set in.

use super::text::width;

/// The narrowest screen that lines are folded for.
const NARROW: usize = 20;

/// A page whose lines fit so many columns: bars are cut, other lines go on set in by four.
pub fn fitted(page: &str, columns: usize) -> String {
    let columns = columns.max(NARROW);
    let mut out = String::with_capacity(page.len());
    for line in page.lines() {
        if shown(line) <= columns {
            out.push_str(line);
            out.push('\n');
        } else {
            folded(line, columns, &mut out);
        }
    }
    out
}

/// How many columns a line takes, colours apart.
fn shown(line: &str) -> usize {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().map_or(0, width);
    first + parts.map(|part| width(part.split_once('m').map_or(part, |(_, rest)| rest))).sum::<usize>()
}

fn is_bar(c: char) -> bool {
    ('\u{2580}'..='\u{259f}').contains(&c)
}

fn folded(line: &str, columns: usize, out: &mut String) {
    let text = line.trim_end_matches(is_bar);
    if width(text) < width(line) && shown(text) < columns {
        out.extend(line.chars().take(columns));
        out.push('\n');
        return;
    }
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = " ".repeat((indent + 4).min(columns / 2));
    let mut column = 0;
    // words with the space before them: a gap between the columns of a table stays where it is within a line
    for word in words(line) {
        let bare = word.trim_start_matches(' ');
        if column > 0 && column + shown(word) > columns {
            out.push('\n');
            out.push_str(&rest);
            out.push_str(bare);
            column = rest.len() + shown(bare);
        } else {
            out.push_str(word);
            column += shown(word);
        }
        while column > columns && shown(bare) == width(bare) {
            // a word that is longer than a line: it is cut
            let keep = width(bare) - (column - columns);
            let cut: usize = bare.chars().skip(keep).map(char::len_utf8).sum();
            out.truncate(out.len() - cut);
            out.pop();
            out.push('…');
            column = columns;
        }
    }
    out.push('\n');
}

/// The words of a line, each with the spaces before it.
fn words(line: &str) -> Vec<&str> {
    let (mut out, mut start, mut in_word) = (vec![], 0, false);
    for (i, c) in line.char_indices() {
        if c == ' ' && in_word {
            out.push(&line[start..i]);
            start = i;
        }
        in_word = c != ' ';
    }
    if in_word {
        out.push(&line[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let coloured = "\u{1b}[31m0123456789 123456789\u{1b}[0m\n";
        assert_eq!(fitted(coloured, 20), coloured, "colours take no room");
    }
}
