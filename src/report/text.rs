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

/// A size to two digits: `12 kB`, `1.5 GB`, `4 800 GB`.
pub fn size(bytes: u64) -> String {
    let units = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9)];
    let (unit, one) = units.into_iter().rev().find(|(_, one)| bytes as f64 >= 0.1 * one).unwrap_or(units[0]);
    let size = number(bytes as f64 / one, 2);
    format!("{} {unit}", if size.contains([' ', '.']) { size } else { thousands(&size) })
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

/// A name cut to so many columns: of a path the first step, which says whose it is, and the end, which tells most.
pub fn squeezed(name: &str, most: usize) -> String {
    let first = name.split_once('.').map(|(first, _)| first).filter(|_| !name.contains(' '));
    let Some(first) = first.filter(|_| width(name) > most) else { return cut(name, most) };
    let head = if width(first) <= most / 3 { format!("{first}.…") } else { "…".to_owned() };
    let room = most.saturating_sub(width(&head));
    let tail = name.char_indices().map(|(at, _)| &name[at..]).find(|tail| width(tail) <= room);
    head + tail.unwrap_or_default()
}

/// A text with blanks behind it, up to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
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

/// The blank within what is not torn apart.
const GLUE: char = '\u{a0}';

/// A text whose numbers keep their thousands and their percent sign when it is wrapped at its other blanks.
pub fn glued(text: &str) -> String {
    let (bytes, mut out) = (text.as_bytes(), String::with_capacity(text.len()));
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for (at, c) in text.char_indices() {
        let thousands = || (1..4).all(|next| digit(at + next)) && !digit(at + 4);
        let within = c == ' ' && at > 0 && digit(at - 1) && (bytes.get(at + 1) == Some(&b'%') || thousands());
        out.push(if within { GLUE } else { c });
    }
    out
}

/// The same with blanks as they were.
pub fn unglued(text: &str) -> String {
    text.replace(GLUE, " ")
}

/// A text in lines of at most so many columns, each begun with a blank `head`.
pub fn wrapped(head: &str, text: &str, columns: usize) -> String {
    let (mut out, mut line) = (String::new(), head.to_owned());
    for word in glued(text).split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
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
    unglued(&(out + line.trim_end() + "\n"))
}

/// What is called so, and what is said of it: beside it from a column on, or below it where that is narrow.
pub fn entry(called: &str, said: &str, [beside, below]: [usize; 2], columns: usize) -> String {
    let from = if columns < ROOM { below } else { beside };
    let text = wrapped(&" ".repeat(from), said, columns);
    if width(called) + 4 <= from {
        let rest = text.strip_prefix(&" ".repeat(from)).unwrap_or(&text);
        return format!("  {}{rest}", padded(called, from - 2));
    }
    format!("  {called}\n{text}")
}

/// The least of a page on which something stands beside its name (columns).
const ROOM: usize = 60;

/// Items after a head, each kept whole, in lines of so many columns; what goes on is set in by `rest`.
pub fn items(head: &str, items: &[String], rest: usize, columns: usize) -> String {
    let (mut out, mut line) = (String::new(), head.to_owned());
    for (i, item) in items.iter().enumerate() {
        let comma = if i + 1 < items.len() { "," } else { "" };
        if width(&line) + 1 + width(item) + comma.len() > columns && line.trim() != "" {
            out.push_str(&(line.trim_end().to_owned() + "\n"));
            line = " ".repeat(rest);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
        line.push_str(&format!("{item}{comma}"));
    }
    out + line.trim_end() + "\n"
}

/// Half the width of an interval.
pub fn half(x: Option<f64>) -> String {
    x.map_or("-".into(), |x| format!("± {}", error(x)))
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
        let sizes = [1_480_000_000, 48_000_000_000, 4_800_000_000_000, 12_345_678_000_000].map(size);
        assert_eq!(sizes, ["1.5 GB", "48 GB", "4 800 GB", "12 346 GB"]);
        assert_eq!([150, 12_000, 150_000_000].map(size), ["0.15 kB", "12 kB", "0.15 GB"]);
    }

    #[test]
    fn a_text_is_wrapped_between_words() {
        assert_eq!(wrapped("  ", "one two  three", 9), "  one two\n  three\n");
        assert_eq!(wrapped("", "", 9), "\n");
        assert_eq!(wrapped("", "takes 16 384 games or 5 % of 100", 10), "takes\n16 384\ngames or\n5 % of 100\n");
        assert_eq!(unglued(&glued("in 2019 30 000 000")), "in 2019 30 000 000");
        assert_eq!(entry("deal", "whether there is one", [10, 4], 80), "  deal    whether there is one\n");
        assert_eq!(entry("deal", "whether there is one", [10, 4], 20), "  deal\n    whether there is\n    one\n");
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
        assert_eq!((padded("中国", 6), padded("abcdef", 4)), ("中国  ".into(), "abcdef".into()));
        assert_eq!(
            (squeezed("levers.关税.now", 12), squeezed("levers.关税的上限", 9)),
            ("…rs.关税.now".into(), "…税的上限".into())
        );
    }
}
