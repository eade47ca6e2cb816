use super::*;
use crate::report::text::width;

fn share(label: &str, share: f64) -> Vec<Cell> {
    vec![label.into(), format!("{:.1} %", 100.0 * share).into(), "0.0 to 9.9".into(), Bar::of(share, 30).into()]
}

#[test]
fn bars_are_drawn_shorter_and_then_not_at_all() {
    let mut table = TextTable::new(&[3]).heads(0);
    table.row(share("a deal", 1.0));
    table.row(share("none", 0.5));
    let lines = |screen: usize| table.within(screen).lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(80)[0], format!("  a deal  100.0 %  0.0 to 9.9  {}", "█".repeat(30)));
    assert_eq!(lines(50)[0], format!("  a deal  100.0 %  0.0 to 9.9  {}", "█".repeat(19)));
    assert_eq!(lines(50)[1], format!("  none     50.0 %  0.0 to 9.9  {}▌", "█".repeat(9)), "half of the other still");
    assert_eq!(lines(35), ["  a deal  100.0 %  0.0 to 9.9", "  none     50.0 %  0.0 to 9.9"], "figures say the same");
}

fn measures() -> TextTable {
    let mut table = TextTable::new(&[]).spare(&[3, 1]);
    table.row(["", "base", "difference", "saved"]);
    table.row(["in games with a deal: levers.us_tariff", "12.5", "+1.25", "80 %"]);
    table.row(["in games with a deal: levers.cn_tariff", "12.5", "-0.10", "75 %"]);
    table
}

#[test]
fn what_can_be_spared_goes_first_and_that_is_said() {
    let wide = measures().within(80);
    assert!(wide.lines().next().is_some_and(|heads| heads.ends_with("base  difference  saved")), "{wide}");
    let less = measures().within(60);
    assert!(less.contains("base  difference\n") && !less.contains("80 %"), "{less}");
    assert!(less.ends_with("  (no room for: saved; a wider screen or --format json shows\n  them)\n"), "{less}");
    let least = measures().within(54);
    assert!(least.contains("difference\n") && !least.contains("12.5") && least.contains("no room for: saved, base"));
}

#[test]
fn a_label_reaches_over_the_empty_cells_beside_it() {
    let mut table = TextTable::new(&[1, 3]);
    table.row(["", "wanted", "found", ""]);
    table.row(["the United States is less patient", "", "", "pass"]);
    table.row(["  a deal", "up", "+0.1", ""]);
    let less = "                      wanted  found\n  the United States is less patient  pass\n    a deal            up       +0.1\n";
    assert_eq!(table.within(44), less);
}

#[test]
fn labels_are_cut_where_they_are_still_told_apart() {
    let mut table = TextTable::new(&[]);
    table.row(["", "mean"]);
    table.row(["American soybeans bought a year, million tonnes", "25.0"]);
    table.row(["Ships that pay a fee in ports, a year", "100.0"]);
    assert_eq!(table.within(30).lines().nth(1), Some("  American soybeans bo…   25.0"));
    let mut table = TextTable::new(&[]);
    table.row(["", "mean"]);
    table.row(["American soybeans bought by China", "25.0"]);
    table.row(["American soybeans bought by others", "100.0"]);
    let below = "     mean\n  American soybeans bought by\n  China\n     25.0\n  American soybeans bought by\n  others\n    100.0\n";
    assert_eq!(table.within(30), below, "cut they would be alike");
}

#[test]
fn a_matrix_is_told_in_blocks() {
    let mut table = TextTable::matrix();
    table.row([String::new()].into_iter().chain((0..30).map(|i| format!("s{i}"))));
    for i in 0..30 {
        table.row([format!("s{i}")].into_iter().chain((0..30).map(|j| format!("{i}.{j}"))));
    }
    for screen in [usize::MAX, 100, 80, 40, 20] {
        let text = table.within(screen);
        assert!(text.lines().all(|line| width(line) <= screen.min(100)), "{text}");
        assert!((0..30).all(|i| (0..30).all(|j| text.split_whitespace().any(|cell| cell == format!("{i}.{j}")))));
        let blocks = text.split("\n\n").collect::<Vec<_>>();
        assert!(blocks.len() > 1 && blocks.iter().all(|block| block.lines().count() == 31), "{text}");
        assert!(blocks.iter().all(|block| block.lines().last().is_some_and(|row| row.starts_with("  s29"))), "{text}");
    }
}

#[test]
fn the_last_text_of_a_line_goes_on_below_itself() {
    let mut table = TextTable::new(&[1, 2]).prose();
    table.row(["lever", "now", "what it is"]);
    table.row(["tariff", "30 %", "a tax on the goods of the other"]);
    assert_eq!(table.within(80), table.within(usize::MAX));
    let narrow = "  lever   now   what it is\n  tariff  30 %  a tax on the\n                goods of the\n                other\n";
    assert_eq!(table.within(28), narrow);
    let stacked = "  tariff\n    now: 30 %; what it is:\n    a tax on the goods of\n    the other\n";
    assert_eq!(table.within(27), stacked, "no room for a text beside the rest");
}

/// Whatever the table and the screen: no line is longer, and every figure is told or said to be missing.
#[test]
fn every_table_fits() {
    let mut n = 1_u32;
    let mut lot = |most: u32| {
        n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (n >> 8) % most
    };
    for _ in 0..3000 {
        let columns = 1 + lot(7) as usize;
        let left: Vec<usize> = (1..columns).filter(|_| lot(3) == 0).collect();
        let mut table = TextTable::new(&left).spare(&(1..columns).filter(|_| lot(4) == 0).collect::<Vec<_>>());
        table = if lot(4) == 0 { table.in_blocks(1) } else { table };
        table.row((0..columns).map(|c| format!("head{c}")));
        for _ in 0..lot(4) {
            let words = |words: u32| vec!["word"; words as usize].join(" ");
            let cells: Vec<String> =
                (0..columns).map(|c| format!("{}{c}", words(lot(if c == 0 { 9 } else { 3 })))).collect();
            table.row(cells);
        }
        let screen = 20 + lot(60) as usize;
        let text = table.within(screen);
        assert!(text.lines().all(|line| width(line) <= screen), "{screen}\n{text}\n{}", table.within(usize::MAX));
        let all = table.within(usize::MAX);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        assert!(
            text.contains("no room for") || text.contains('…') || digits(&text) + columns >= digits(&all),
            "{text}"
        );
    }
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    let mut table = TextTable::new(&[]);
    let plain = ["-0.5", "+3", "-", "-1.5 to 0.3", "-2 %", "a=b", "1e-7"];
    let formulas = ["=1+1", "@SUM(1)", "-2+3", "+cmd|x", "-2 +cmd|x"];
    table.row(plain);
    table.row(formulas);
    assert_eq!(table.csv(), format!("{}\n'{}\n", plain.join(","), formulas.join(",'")));
}
