//! What a terminal shows: its lines are as wide as it is, wrapped once, and nothing typed plays tricks on it.

use std::path::Path;

use super::typed::{refused, summitry, typed};

/// A title of two columns a sign.
const CHINESE: &str = "title=\"中国和美国：关税、磁铁、港口费，以及领导人在首尔的会晤和之后的五十二周\"";

#[cfg(unix)]
mod screens {
    use std::fs::File;
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};

    use nix::pty::{Winsize, openpty};
    use unicode_width::UnicodeWidthStr;

    use super::CHINESE;

    /// The lines that a terminal of so many columns shows, without colours, and the exit code.
    fn shown(columns: u16, arguments: &[&str], input: &str) -> (Vec<String>, i32) {
        let size = Winsize { ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let terminal = openpty(Some(&size), None).expect("a terminal");
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("summitry"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).stdin(Stdio::piped());
        command.stdout(terminal.slave.try_clone().expect("a copy")).stderr(terminal.slave);
        let mut child = command.spawn().expect("it runs");
        drop(command); // with it our ends of the terminal
        let mut typed = child.stdin.take().expect("a pipe");
        typed.write_all(input.as_bytes()).expect("it listens");
        drop(typed);
        let (mut master, mut bytes, mut some) = (File::from(terminal.master), vec![], [0; 4096]);
        while let Ok(n @ 1..) = master.read(&mut some) {
            bytes.extend_from_slice(&some[..n]);
        }
        let code = child.wait().expect("it ends").code().unwrap_or(-1);
        let text = String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n").replace('\r', "\n");
        let mut parts = text.split("\u{1b}[");
        let first = parts.next().unwrap_or_default().to_owned();
        let after = |part: &str| part.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).chars().skip(1).collect();
        let plain = parts.map(after).fold(first, |plain, part: String| plain + &part);
        (plain.lines().map(str::to_owned).collect(), code)
    }

    fn fit(columns: u16, lines: &[String]) {
        // a bar of progress is drawn over and wiped by a library that knows the terminal
        for line in lines.iter().filter(|line| !(line.contains(" a second ") && line.contains(" left "))) {
            assert!(line.width() <= usize::from(columns), "{columns} columns, {}: {line}", line.width());
        }
    }

    /// Lines that go on set in by `rest` were full: the next word had no room.
    fn wrapped_once(columns: u16, lines: &[String], rest: &str) {
        let mut seen = 0;
        for pair in lines.windows(2).filter(|pair| !pair[0].starts_with([' ', '(']) && pair[0].contains(". ")) {
            let Some(more) = pair[1].strip_prefix(rest).filter(|more| !more.starts_with(' ')) else { continue };
            let word: String = more.split(' ').take(2).collect::<Vec<_>>().join(" "); // a number and its unit
            seen += 1;
            assert!(pair[0].width() + 1 + word.width() > usize::from(columns), "ragged:\n{}\n{}", pair[0], pair[1]);
        }
        assert!(seen > 0, "nothing was wrapped: {lines:#?}");
    }

    /// Bargaining on its own: what a measure means goes on below itself, and no number is torn.
    #[test]
    fn bargaining_on_its_own_fits() {
        for columns in [100, 80, 60, 40] {
            let (lines, code) = shown(columns, &["batch", "theory/two-issues", "--games=1000", "--seed=1"], "");
            assert_eq!(code, 0, "{lines:#?}");
            fit(columns, &lines);
            assert!(lines.iter().any(|line| line.ends_with(" 4 000 games.")), "{lines:#?}");
            let begins = lines.iter().position(|line| line.contains("round of the agreement")).expect("what it means");
            let column = lines[begins].find("round of").expect("a column");
            assert_eq!(column, if columns < 60 { 6 } else { 30 });
            let rest = lines[begins + 1..].iter().take_while(|line| !line.trim_start().starts_with("buyer.utility"));
            assert!(rest.clone().count() > 0, "it is told over several lines");
            assert!(rest.into_iter().all(|line| line.len() - line.trim_start().len() == column), "{lines:#?}");
        }
    }

    /// A map whose rows and columns are named in signs of two columns lines up.
    #[test]
    fn a_map_lines_up_in_any_script() {
        let over = [
            "--over=parties.us.name=\"美国\",\"合众国政府\",\"US\"",
            "--over=levers.us_tariff.unit=\"百分之一\",\"%\"",
        ];
        let asked = [&["sweep", "stockholm-2025", "--games=20", "--seed=1", "--measure=deal"][..], &over].concat();
        let (lines, code) = shown(80, &asked, "");
        assert_eq!(code, 0, "{lines:#?}");
        fit(80, &lines);
        let head = lines.iter().position(|line| line.ends_with(" down")).expect("a map");
        let map: Vec<&String> = lines[head + 1..].iter().take(4).collect();
        assert!(map.iter().any(|line| line.contains("合众国")) && map[0].contains("百分之"), "{map:#?}");
        let ends = map.iter().map(|line| line.trim_end().width()).collect::<std::collections::BTreeSet<usize>>();
        assert_eq!(ends.len(), 1, "{map:#?}");
        // the first figure of each row ends where the first head ends
        let first = |line: &str, end: &str| line.find(end).map(|at| line[..at + end.len()].width());
        let wanted = first(map[0], "…").expect("a head that is cut");
        assert!(map.iter().skip(1).all(|line| first(line, "%") == Some(wanted)), "{map:#?}");
    }

    #[test]
    fn play_fits_and_is_wrapped_once() {
        let start = ["play", "stockholm-2025", "--as", "us", "--seed", "1"];
        for columns in [120, 80, 60, 40] {
            let (lines, code) = shown(columns, &start, "look\nhelp\nwait\nlook\nhistory\nquit\n");
            assert_eq!(code, 0, "{lines:#?}");
            fit(columns, &lines);
            if columns < 100 {
                wrapped_once(columns, &lines, "  ");
            }
        }
        let (lines, _) = shown(80, &start, "look\nquit\n");
        let head = lines.iter().position(|line| line.contains("can be set to")).expect("a table");
        let column = lines[head].find("can be set to").expect("a column");
        for line in lines[head + 1..].iter().take_while(|line| line.starts_with("  ")) {
            assert_eq!(line.as_bytes()[column - 1], b' ', "{line}");
            let begins = line.as_bytes()[2] != b' ';
            assert!(!begins || line[column..].starts_with(|c: char| !c.is_whitespace()), "{line}");
        }
    }

    #[test]
    fn a_told_game_is_wrapped_once() {
        for columns in [80, 40] {
            let (lines, code) = shown(columns, &["run", "stockholm-2025", "--seed", "1"], "");
            assert_eq!(code, 0);
            fit(columns, &lines);
            wrapped_once(columns, &lines, "    ");
        }
    }

    #[test]
    fn every_measure_fits() {
        for columns in [100, 80, 40] {
            let (lines, code) = shown(columns, &["measures"], "");
            assert_eq!(code, 0);
            fit(columns, &lines);
        }
    }

    /// Pages with tables, each of few games, and what a reader of them types.
    const PAGES: &[&str] = &[
        "batch stockholm-2025 --games 60 --seed 1",
        "batch theory/two-issues --games 60 --seed 1",
        "tournament stockholm-2025 --games 2 --seed 1",
        "compare stockholm-2025 --variant off=[\"summit\"] --games 40 --seed 1",
        "sweep stockholm-2025 --over levers.us_tariff.now=30,40 --over parties.us.optimism=0.2,0.8 --games 20 --seed 1",
        "ablation stockholm-2025 --games 8 --seed 1",
        "signs scenarios/studies/signs.ron --games 4 --seed 1",
        "odds stockholm-2025 --seed 1 --futures 6",
        "sensitivity stockholm-2025 --samples 2 --games 4 --seed 1",
        "sensitivity stockholm-2025 --method given --games 200 --seed 1",
        "discover stockholm-2025 --where deal --games 400 --seed 1",
        "score scenarios/studies/questions-2018-2019.ron phase-one-2018 --games 30 --seed 1",
        "tune stockholm-2025 --over parties.us.strategy.extend.bar=-3..3 --maximise us.total --tries 8 --games 8 --seed 1",
        "measures stockholm-2025",
        "inputs stockholm-2025",
        "fields parties.us.strategy",
        "check stockholm-2025 --lint",
    ];

    /// The rows of a page's tables, by a line that is as long as it likes: the beginning of its label, its first figure.
    fn rows(page: &str) -> Vec<(String, String)> {
        let cells = |line: &str| line.trim().split("  ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let is_row = |line: &&str| line.starts_with("  ") && !line.contains('·'); // that is a legend, or a bar
        let lines = page.lines().filter(is_row).map(cells);
        let full = lines.map(|cells| cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>());
        let one = |cell: &str| cell.ends_with('%') || !cell.contains(' ');
        let is_figure = |cell: &str| cell.ends_with(|c: char| c.is_ascii_digit() || c == '%');
        let figures =
            full.filter(|cells| cells.len() > 2 && one(&cells[1]) && cells[1..].iter().any(|cell| is_figure(cell)));
        figures.map(|cells| (cells[0].chars().take(2).collect(), cells[1].clone())).collect()
    }

    #[test]
    fn every_page_fits_and_at_80_columns_no_row_is_broken() {
        for page in PAGES {
            let words: Vec<&str> = page.split(' ').collect();
            let (_, wide, _) = super::summitry(&words);
            let rows = rows(&wide);
            for columns in [80, 60, 40] {
                let (lines, code) = shown(columns, &words, "");
                assert!(code == 0 || code == 4, "{page}: {lines:#?}");
                fit(columns, &lines);
                let whole = |(label, figure): &&(String, String)| {
                    let has = |line: &&String| line.trim_start().starts_with(label) && line.contains(figure.as_str());
                    !lines.iter().any(|line| has(&line))
                };
                let broken: Vec<_> = rows.iter().filter(whole).filter(|_| columns == 80).collect();
                assert!(broken.is_empty(), "{page}: {broken:?}\n{lines:#?}");
            }
            let tables = ["batch", "tournament", "compare", "ablation", "signs", "score"];
            assert!(rows.len() > 3 || !tables.contains(&words[0]), "{page}: no rows were seen\n{wide}");
        }
    }

    /// What is left out is said, and how it is had.
    #[test]
    fn what_a_narrow_screen_leaves_out_is_said() {
        let tournament = ["tournament", "stockholm-2025", "--games", "2", "--seed", "1"];
        let (lines, _) = shown(80, &tournament, "");
        assert!(lines.iter().any(|line| line.contains("(no room for: against; ")), "{lines:#?}");
        let (_, wide, _) = super::summitry(&tournament);
        assert!(!wide.contains("no room for") && wide.contains("at most  against"), "{wide}");
    }

    #[test]
    fn a_line_of_a_file_is_shown_around_its_fault() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("x.ron");
        let long = format!("(extends: \"stockholm-2025\", title: \"{}\", tone: (start: \"x\"))\n", "long ".repeat(40));
        std::fs::write(&file, long).expect("written");
        for columns in [80, 60] {
            let (lines, code) = shown(columns, &["check", file.to_str().expect("UTF-8")], "");
            assert_eq!(code, 2);
            fit(columns, &lines);
            let caret = lines.iter().position(|line| line.trim_start().starts_with("| ") && line.contains('^'));
            let (line, caret) = caret.map(|i| (&lines[i - 1], &lines[i])).expect("a caret");
            let under = caret.find('^').expect("a caret");
            assert!(line[..].get(under..).is_some_and(|part| part.starts_with("\"x\"")), "{lines:#?}");
        }
    }

    #[test]
    fn a_sign_of_two_columns_counts_as_two() {
        for columns in [80, 40] {
            for command in [&["batch", "stockholm-2025", "--games", "20"][..], &["run", "stockholm-2025"]] {
                let (lines, code) = shown(columns, &[command, &["--seed", "1", "--set", CHINESE]].concat(), "");
                assert_eq!(code, 0, "{lines:#?}");
                fit(columns, &lines);
            }
        }
    }
}

/// Whatever is typed with a control character is refused before it is read, and what to write is said.
#[test]
fn control_characters_are_refused_at_the_door() {
    let studies: [&[&str]; 6] = [
        &["check", "x\u{1b}[31m\n.ron"],
        &["batch", "stockholm-2025", "--set", "title=\"a\u{1b}[31m\""],
        &["sweep", "stockholm-2025", "--measure", "us.share\n > 0.5"],
        &["run", "stockholm-2025", "--bundle", "a\nb.ron"],
        &["fields", "a\u{9b}31m"],
        &["no\u{7}such"],
    ];
    for words in studies {
        let said = refused(words, 2);
        assert!(said.contains("holds a control character") && said.contains("write `\\n`"), "{said}");
        assert!(!said.trim_end().chars().any(|c| c.is_control() && c != '\n'), "{said:?}");
        assert_eq!(said.lines().count(), 2 + usize::from(said.lines().count() > 2), "{said}");
    }
    let (code, out, _) = summitry(&["batch", "stockholm-2025", "--games", "2", "--set", "title=\"a\\nb\""]);
    assert!(code == 0 && out.contains("title="), "{out}");
}

/// A file whose name cannot be typed is not told in a list, nor read from a folder.
#[cfg(unix)]
#[test]
fn a_file_name_with_a_control_character_is_never_shown_raw() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x\u{1b}[31m.ron"), "()").expect("written");
    let (code, _, said) = typed(folder.path(), &["check", "x.ron"], "");
    assert!(code == 2 && !said.contains('\u{1b}'), "{said:?}");
    let (code, _, said) = typed(folder.path(), &["import", ".", "--out", "y.ron"], "");
    assert!(code == 2 && !said.contains('\u{1b}'), "{said:?}");
    let (code, _, said) = typed(folder.path(), &["tournament", "stockholm-2025", "--strategies", "."], "");
    assert!(code == 2 && said.contains("x\\u{1b}[31m.ron") && said.contains("rename"), "{said:?}");
}

/// Where the system lets no file grow further, writing fails with words and leaves nothing behind.
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let line =
        format!("ulimit -f 1; exec '{}' run stockholm-2025 --seed 1 --bundle '{}'", program.display(), at("story.ron"));
    let done = std::process::Command::new("sh").args(["-c", &line]).output().expect("a shell");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("story.ron` cannot be written: "), "{said}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("How it ended"), "the answer is printed all the same");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left behind");
}

/// A scenario of the program is extended by its name from a file on the disk; a file of that name comes first.
#[test]
fn a_file_extends_what_is_part_of_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    let title = |name: &str| {
        let (code, out, err) = typed(folder.path(), &["batch", name, "--games", "2", "--seed", "1"], "");
        assert_eq!(code, 0, "{name}: {err}");
        out
    };
    write("mine.ron", "(extends: \"stockholm-2025\", title: \"Mine\")");
    write("stockholm-2025.ron", "(extends: \"stockholm-2025\", title: \"Of the same name\")");
    write("pledges.ron", "(extends: \"theory/pledges\", title: \"Promises\")");
    assert!(title("mine.ron").starts_with("Mine") && title("pledges.ron").starts_with("Promises"));
    assert!(title("stockholm-2025.ron").starts_with("Of the same name"));
    write("own.ron", "(extends: \"stockholm-2025.ron\")");
    assert!(title("own.ron").starts_with("Of the same name"));
    write(
        "signs.ron",
        &std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies/signs.ron"))
            .expect("shipped")
            .replace("\"../stockholm-2025.ron\"", "\"stockholm-2025\""),
    );
    let (code, _, err) = typed(folder.path(), &["signs", "signs.ron", "--games", "2", "--seed", "1"], "");
    assert!(code == 0 || code == 4, "{err}");
    write("wrong.ron", "(extends: \"stokholm-2025\")");
    let (code, _, err) = typed(folder.path(), &["check", "wrong.ron"], "");
    assert!(code == 2 && err.contains("did you mean `stockholm-2025"), "{err}");
}
