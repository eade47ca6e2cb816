//! Rows: what files of games hold is what the batch says of them, whatever form, threads and cohorts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use summitry::prelude::*;
use summitry::results::{Column, Values};

use super::typed::{json, refused};

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn ready(name: &str) -> Ready {
    Draft::open(name).ready().expect(name)
}

/// A Parquet file's columns by name: a number a row, not a number where it has no value.
fn read(path: &Path) -> BTreeMap<String, Vec<f64>> {
    let reader = SerializedFileReader::new(fs::File::open(path).expect("there")).expect("Parquet");
    let mut out: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in reader.get_row_iter(None).expect("rows") {
        for (name, field) in row.expect("a row").get_column_iter() {
            let x = match field {
                Field::Null => f64::NAN,
                Field::Bool(yes) => f64::from(u8::from(*yes)),
                Field::Long(x) => *x as f64,
                Field::Double(x) => *x,
                Field::Date(days) => f64::from(*days),
                Field::ULong(_) | Field::Str(_) => continue,
                other => panic!("{name}: {other:?}"),
            };
            out.entry(name.clone()).or_default().push(x);
        }
    }
    out
}

fn words(path: &Path, name: &str) -> Vec<String> {
    let reader = SerializedFileReader::new(fs::File::open(path).expect("there")).expect("Parquet");
    let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
    let cell = |row: &parquet::record::Row| {
        let (_, field) = row.get_column_iter().find(|(known, _)| *known == name).expect("a column");
        if let Field::Str(text) = field { text.clone() } else { field.to_string() }
    };
    rows.map(|row| cell(&row)).collect()
}

fn mean(lane: &[f64]) -> (u64, f64) {
    let some: Vec<f64> = lane.iter().copied().filter(|x| !x.is_nan()).collect();
    (some.len() as u64, some.iter().sum::<f64>() / some.len() as f64)
}

#[test]
fn rows_hold_what_the_batch_says() {
    let (folder, ready) = (temp(), ready("stockholm-2025"));
    let file = folder.path().join("games.parquet");
    let batch = ready.batch(500).seed(11).rows(&file).every_round(7).run().expect("played");
    assert_eq!(batch.digest(), ready.batch(500).seed(11).run().expect("played").digest(), "rows change no game");
    let rows = read(&file);
    assert_eq!(rows["game"], (0..500).map(f64::from).collect::<Vec<_>>());
    let mut seen = 0;
    for measured in batch.measures() {
        let (cases, mean) = mean(&rows[measured.name()]);
        assert_eq!(cases, measured.cases, "{}", measured.name());
        assert!(cases == 0 || (mean - measured.mean).abs() <= 1e-6 * (1.0 + mean.abs()), "{}", measured.name());
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
    let endings = words(&file, "ending");
    let deals = endings.iter().filter(|ending| ending.ends_with("_deal") && *ending != "no_deal").count();
    assert_eq!(deals as f64, rows["deal"].iter().sum::<f64>());
    let digest = words(&file, "digest").iter().fold(0_u64, |sum, x| sum.wrapping_add(x.parse().expect("a number")));
    assert_eq!(format!("p2:{digest:016x}"), batch.digest());
    // What is counted round by round is what the measures count.
    let same = |a: &str, b: &str| {
        let pairs = rows[a].iter().zip(&rows[b]);
        assert!(pairs.clone().all(|(a, b)| a == b || a.is_nan() && b.is_nan()), "{a} {b}");
        assert!(pairs.filter(|(a, _)| **a > 0.0).count() > 0, "{a} never happens");
    };
    same("deal.count", "deals");
    same("session.count", "sessions");
    same("threat.count", "threats");
    same("execution.count", "threats_carried_out");
    same("spoiler.count", "strikes");
    same("extension.count", "extensions");
    same("rejection.count", "rejections");
    same("incident.count", "incidents");
    same("deal.first_round", "first_deal_round");
    same("lapse.first_round", "lapse_round");
    for (date, round) in rows["deal.first_date"].iter().zip(&rows["deal.first_round"]) {
        assert!(
            round.is_nan() && date.is_nan()
                || *date == rows["session.first_date"][0] + 7.0 * (round - rows["session.first_round"][0])
        );
    }
    // The last of the rounds is the end of the game.
    let rounds = read(&folder.path().join("games.rounds.parquet"));
    assert_eq!(rounds["game"].len() % 7, 0);
    let each = rounds["game"].len() / 7;
    for game in 0..7 {
        let last = game * each + each - 1;
        assert_eq!((rounds["game"][last], rounds["round"][last]), (game as f64, each as f64 - 1.0));
        for name in ["lever.us_tariff", "lever.magnets", "us.word", "cn.resilience", "us.resolve", "tone"] {
            assert_eq!(rounds[name][last], rows[&format!("{name}.final")][game], "{name} of {game}");
        }
    }
    let dictionary = fs::read_to_string(folder.path().join("games.parquet.dictionary.csv")).expect("there");
    assert_eq!(dictionary.lines().count(), 2 + rows.len() + 2, "a line a column, ending and digest among them");
    let said = dictionary.lines().next().expect("a line");
    assert!(said.starts_with("# summitry.schema=summitry.rows/1; summitry.scenario_hash=s2:"), "{said}");
    assert!(said.contains(ready.hash()) && said.ends_with("; summitry.seed=11"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 4, "and no draft");
}

/// Every kind of event has its count, its first round and the first day of that, and a first where it happened and nowhere
/// else; what is asked with a yes or no is so where it happened at all.
#[test]
fn every_event_that_is_counted_is_dated() {
    let ready = ready("stockholm-2025");
    let (_, columns) = ready.batch(6_000).seed(5).columns().expect("played");
    let find = |name: &str| columns.iter().find(|column| column.name() == name).expect(name);
    let whole = |name: &str| match &find(name).values {
        Values::Whole(all) => all.clone(),
        other => panic!("{name}: {other:?}"),
    };
    let kinds: Vec<&str> = columns.iter().filter_map(|column| column.name().strip_suffix(".count")).collect();
    assert!(kinds.len() >= 14, "{kinds:?}");
    for kind in &kinds {
        let (counts, rounds, dates) = (
            whole(&format!("{kind}.count")),
            find(&format!("{kind}.first_round")),
            find(&format!("{kind}.first_date")),
        );
        let first = whole(&format!("{kind}.first_round"));
        let Values::Dates(days) = &dates.values else { panic!("{kind}: {dates:?}") };
        for (row, count) in counts.iter().enumerate() {
            let some = *count > 0;
            assert_eq!([rounds.is_valid(row), dates.is_valid(row)], [some; 2], "{kind} of game {row}");
            let start = 20_290; // 21 July 2025
            assert!(!some || i64::from(days[row]) == start + 7 * first[row] && first[row] < 26, "{kind} of game {row}");
        }
        assert!(counts.iter().any(|count| *count > 0), "{kind} never happens");
    }
    for (kind, asked) in [
        ("deal", "deal"),
        ("summit_deal", "summit_deal"),
        ("rejection", "rejected_at_home"),
        ("extension", "truce_extended"),
        ("early_extension", "extended_ahead"),
        ("lapse", "truce_lapsed"),
        ("restoration", "truce_restored"),
        ("summit", "summit_held"),
        ("cancellation", "summit_cancelled"),
        ("spoiler", "spoiled"),
        ("ruling", "ruling_in_force"),
        ("clash", "clashed"),
        ("swap", "swapped"),
    ] {
        let Values::Flags(yes) = &find(asked).values else { panic!("{asked}") };
        let counts = whole(&format!("{kind}.count"));
        assert!(counts.iter().zip(yes).all(|(count, yes)| (*count > 0) == *yes), "{kind} is not {asked}");
    }
}

#[test]
fn what_was_drawn_is_what_the_games_drew() {
    let ready = ready("stockholm-2025");
    let (_, columns) = ready.batch(40).seed(3).columns().expect("played");
    let lane = |columns: &[Column], name: &str| -> Vec<f64> {
        match &columns.iter().find(|column| column.name() == name).expect(name).values {
            Values::Numbers(all) => all.clone(),
            other => panic!("{other:?}"),
        }
    };
    let drawn: Vec<&str> = columns
        .iter()
        .map(Column::name)
        .filter(|name| name.starts_with("parties.") || name.starts_with("trans"))
        .collect();
    assert!(drawn.len() > 15, "{drawn:?}");
    // A game in which one of them is fixed at what it drew is the same game.
    for path in ["parties.us.goal.patience", "parties.cn.strategy.extend.bar", "transshipment.police"] {
        let x = lane(&columns, path)[17];
        let fixed = Draft::open("stockholm-2025").set(path, x).ready().expect("fixed");
        let (_, others) = fixed.batch(18).seed(3).columns().expect("played");
        for name in ["us.total", "cn.total", "tone.final"] {
            assert_eq!(lane(&others, name)[17].to_bits(), lane(&columns, name)[17].to_bits(), "{path}: {name}");
        }
        assert!(others.iter().all(|column| column.name() != path), "{path} is no longer drawn");
    }
}

/// Row groups are ranges of game numbers: threads and cohorts leave no trace.
#[test]
fn bytes_follow_from_the_games() {
    let (folder, ready) = (temp(), ready("theory/split-the-dollar"));
    for ending in ["parquet", "csv", "ndjson"] {
        let of = |threads: usize| {
            let file = folder.path().join(format!("{threads}.{ending}"));
            ready.batch(40_000).seed(5).threads(threads).rows(&file).run().expect("played");
            fs::read(file).expect("there")
        };
        assert!(of(1) == of(3), "{ending}");
    }
    let file = fs::File::open(folder.path().join("1.parquet")).expect("there");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(groups, [16_384, 16_384, 40_000 - 2 * 16_384]);
    let said = reader.metadata().file_metadata().key_value_metadata().expect("said").clone();
    let find = |key: &str| said.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone()).expect(key);
    assert_eq!(
        (find("summitry.schema"), find("summitry.scenario_hash")),
        ("summitry.rows/1".into(), ready.hash().into())
    );
    assert!(find("summitry.columns").contains("\"meaning\""));
}

#[test]
fn text_forms_hold_the_same_values() {
    let (folder, ready) = (temp(), ready("stockholm-2025"));
    let at = |name: &str| folder.path().join(name);
    let batch = || ready.batch(60).seed(2);
    batch().rows(at("x.csv")).run().expect("played");
    batch().rows(at("x.ndjson")).run().expect("played");
    let (_, columns) = batch().columns().expect("played");
    let csv = fs::read_to_string(at("x.csv")).expect("there");
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(lines.next().expect("names"), columns.iter().map(|c| c.name().to_owned()).collect::<Vec<_>>());
    let json = fs::read_to_string(at("x.ndjson")).expect("there");
    let mut rows = 0;
    for (row, (cells, line)) in lines.zip(json.lines()).enumerate() {
        let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for (column, cell) in columns.iter().zip(&cells) {
            let told = &object[column.name()];
            if !column.is_valid(row) {
                assert!(cell.is_empty() && told.is_null(), "{}", column.name());
                continue;
            }
            match &column.values {
                Values::Numbers(all) => assert!(cell.parse() == Ok(all[row]) && told.as_f64() == Some(all[row])),
                Values::Flags(all) => assert!(*cell == all[row].to_string() && told.as_bool() == Some(all[row])),
                Values::Whole(all) => assert!(*cell == all[row].to_string() && told.as_i64() == Some(all[row])),
                Values::Names(_) => assert!(column.word(row) == Some(cell) && told.as_str() == Some(cell)),
                _ => assert_eq!(told.as_str(), Some(cell.as_str()), "{}", column.name()),
            }
        }
        rows += 1;
    }
    assert_eq!((rows, columns[0].rows()), (60, 60));
    assert!(csv.contains(",2025-") && csv.contains(",p2:"), "dates and digests are text");
}

#[test]
fn a_file_is_whole_or_not_there() {
    let (folder, ready) = (temp(), ready("stockholm-2025"));
    let watch = std::sync::Arc::new(Watch::default());
    watch.stop.store(true, Ordering::Relaxed);
    let stopped = ready.batch(50).watch(&watch).rows(folder.path().join("x.parquet")).run().expect("stopped");
    assert!(stopped.interrupted());
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left");
    fs::write(folder.path().join("y.csv"), "mine").expect("written");
    let why = |to: &str| ready.batch(5).rows(folder.path().join(to)).run().expect_err(to).to_string();
    assert!(why("y.csv").contains("left alone"), "{}", why("y.csv"));
    assert!(why("y.csv/z").contains("cannot be made"), "{}", why("y.csv/z"));
    assert!(why("no/x.parquet").contains("no folder"), "{}", why("no/x.parquet"));
    assert_eq!(fs::read_to_string(folder.path().join("y.csv")).expect("there"), "mine");
}

#[test]
fn the_command_leaves_a_folder_and_says_so() {
    let folder = temp();
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let run = |rows: &str, more: &[&str]| {
        let mut args = vec!["batch", "stockholm-2025", "--games", "30", "--seed", "1", "--rows", rows];
        args.extend(more);
        assert_cmd::Command::cargo_bin("summitry").expect("the program is built").args(args).output().expect("run")
    };
    let out = run(&at("out"), &["--every-round", "2"]);
    let said = String::from_utf8(out.stderr).expect("text");
    assert!(out.status.success() && said.contains("games.parquet") && said.contains("rounds.parquet"), "{said}");
    let there = |name: &str| folder.path().join("out").join(name).exists();
    assert!(
        ["games.parquet", "games.parquet.dictionary.csv", "rounds.parquet", "rounds.parquet.dictionary.csv"]
            .into_iter()
            .all(there)
    );
    fs::write(at("plain"), "mine").expect("written");
    assert!(run(&at("x.csv"), &["--bom"]).status.success());
    assert!(fs::read(at("x.csv")).expect("there").starts_with(b"\xef\xbb\xbfgame,ending,"));
    for (rows, more, says) in [
        (at("y.parquet"), ["--bom"].as_slice(), "end the name of the rows in .csv"),
        (at("x.csv"), &[], "left alone"),
        (at("plain"), &[], "is a file"),
    ] {
        let out = run(&rows, more);
        let said = String::from_utf8(out.stderr).expect("text");
        assert!(out.status.code() == Some(2) && said.contains(says), "{said}");
    }
}

/// A row a game of each pair: who played which side, and what that pair's own batch says of the game.
#[test]
fn a_tournament_leaves_the_games_of_every_pair() {
    let folder = temp();
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let ask = |words: &str, rows: &str| {
        let words = format!("{words} --games 40 --seed 3 --rows {rows} --format json");
        json(&words.split(' ').collect::<Vec<_>>())
    };
    let (file, names) = (at("x.parquet"), ["tit-for-tat", "random-walker"]);
    let told = ask(&format!("tournament stockholm-2025 --strategies {}", names.join(",")), &file);
    let side = told["sides"].as_array().and_then(|sides| sides.iter().find(|side| side["party"] == "us"));
    let payoffs = side.expect("its side")["payoff"].clone();
    let (rows, text) = (read(Path::new(&file)), |name: &str| words(Path::new(&file), name));
    let (us, cn, scenarios) = (text("strategy.us"), text("strategy.cn"), text("scenario"));
    assert!(scenarios.len() == 160 && scenarios.iter().all(|name| name == "stockholm-2025"));
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let (one, other) = (names[i], names[j]);
        let here: Vec<usize> = (0..160).filter(|row| us[*row] == one && cn[*row] == other).collect();
        let lane = |name: &str| here.iter().map(|row| rows[name][*row]).collect::<Vec<f64>>();
        assert_eq!(lane("game"), (0..40).map(f64::from).collect::<Vec<_>>(), "{one} against {other}");
        let payoff = payoffs[i][j].as_f64().expect("a mean");
        assert!((mean(&lane("us.total")).1 - payoff).abs() < 1e-8, "{one} against {other}");
        let own = at(&format!("{i}{j}.parquet"));
        ask(&format!("batch stockholm-2025 --us {one} --cn {other}"), &own);
        let alone = read(Path::new(&own));
        for (name, all) in &alone {
            let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
            assert!(lane(name).iter().zip(all).all(same), "{name} of {one} against {other}");
        }
        // A column of what only the other pairs draw is empty here.
        let draws = |name: &&String| name.starts_with("parties.") && !lane(name)[0].is_nan();
        let (wide, narrow) = (rows.keys().filter(draws).count(), alone.keys().filter(draws).count());
        assert_eq!(wide, narrow, "{one} against {other}");
    }
}

/// A number that is drawn is told with its unit and its meaning, in the dictionary as in `fields`.
#[test]
fn what_is_drawn_has_unit_and_meaning() {
    let folder = temp();
    let file = folder.path().join("x.csv").to_str().expect("UTF-8").to_owned();
    json(&["batch", "stockholm-2025", "--games=4", "--seed=1", "--format=json", "--rows", &file]);
    let text = fs::read_to_string(format!("{file}.dictionary.csv")).expect("a dictionary");
    let line = text.lines().find(|line| line.starts_with("parties.us.goal.patience,")).expect("it is drawn");
    assert!(line.contains("number,kept a round,") && line.contains("; drawn once a game from Normal("), "{line}");
    assert!(!line.contains(",\"; drawn"), "it has a meaning: {line}");
}

/// Rows have a name with a known ending, or a folder; and their size is refused before a study is played for them.
#[test]
fn rows_that_cannot_be_are_refused_first() {
    let folder = temp();
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let says = |words: &[&str]| refused(&[words, &["--seed=1"]].concat(), 2);
    for (name, told) in
        [(at("x.xlsx"), "ends in .parquet, .csv"), ("-".into(), "with a name"), (String::new(), "with a name")]
    {
        let said = says(&["batch", "stockholm-2025", "--games=4", "--rows", &name]);
        assert!(said.contains(told), "{name}: {said}");
    }
    let (file, many) = (at("x.parquet"), "--games=1e12");
    for study in [
        &["compare", "stockholm-2025", "--variant=parties.us.optimism=0.9"][..],
        &["sweep", "stockholm-2025", "--over=parties.us.optimism=0.2,0.8"],
        &["tournament", "stockholm-2025", "--strategies=boulware,conceder"],
    ] {
        let said = says(&[study, &[many, "--rows", &file]].concat());
        assert!(
            said.contains("the rows will take about") && said.contains("are free on the disk"),
            "{study:?}: {said}"
        );
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left");
}
