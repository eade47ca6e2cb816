//! A batch on one screen, or as one JSON document.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::document::Report;
use super::heading::{Heading, extend};
use super::page::{WIDTH, wrap};
use super::precision;
use super::sheet::Sheet;
use super::table::{Bar, Cell, TextTable};
use super::text::{alike, count, cut, number, sparkline, thousands, told_apart, width, within};
use super::unknown;
use super::words::capital;
use crate::batch::digest;
use crate::batch::histogram::{BIN, Histogram, floor};
use crate::batch::play::Played;
use crate::batch::summary::{Questions, Share};
use crate::command_line::CommandLine;
use crate::notation::wording::plural;
use crate::record::endings::endings;
use crate::studies::known::Known;
use crate::studies::outer::Outer;
use crate::studies::until::Reached;
use crate::world::dice::Key;
use crate::world::setup::Setup;

/// How the games were played.
#[derive(Debug, Clone)]
pub struct How {
    /// The command that tells one of the games, or plays recorded ones again; seed and game are added to the first.
    pub next: CommandLine,
    /// Seconds it took, where measured.
    pub seconds: Option<f64>,
    /// Threads it took.
    pub threads: usize,
    /// Who decided outside, if anybody did.
    pub outside: Option<Outside>,
    /// The first game.
    pub from: u64,
    /// What was to be known, where games were played until it was.
    pub until: Option<Reached>,
    /// How what is missing is had, where parts of it are.
    pub parts: Option<String>,
}

/// Seats that the engine did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Who played for whom.
    pub players: Vec<String>,
    /// Moves that were asked for.
    pub moves: u64,
    /// Moves that were forfeited.
    pub forfeited: u64,
    /// The first of each kind, in words.
    pub forfeits: Vec<String>,
    /// The file that holds the decisions.
    pub record: Option<String>,
    /// The games were played by that file, and not by programs.
    pub replayed: bool,
}

impl How {
    /// Whether the same command counts the same again: what an outside program does is not in our hands.
    fn reproducible(&self) -> bool {
        self.outside.as_ref().is_none_or(|outside| outside.replayed)
    }
}

/// What came of many games.
pub fn report(setup: &Setup, heading: &Heading, how: &How, played: &Played) -> Report {
    let known = Known::of(setup, Key::of_seed(heading.seed), &played.summary);
    let page = page(setup, heading, how, played, known.as_ref());
    let report = Report::new(page, document(setup, heading, how, played, known.as_ref()));
    match &how.parts {
        None => report.counted(heading, played.summary.games),
        Some(which) => report.partial(heading, played.summary.games, which),
    }
}

/// A count as a share, with its interval.
pub(super) fn share(count: u64, n: u64) -> Value {
    serde_json::to_value(Share::of(count, n)).unwrap_or(Value::Null)
}

fn document(setup: &Setup, heading: &Heading, how: &How, played: &Played, known: Option<&Known>) -> Value {
    let (questions, summary) = (Questions::of(setup), &played.summary);
    // What nobody knows of a figure stands beside it.
    let with = |mut value: Value, outer: Option<&Option<Outer>>| {
        if let (Value::Object(fields), Some(Some(outer))) = (&mut value, outer) {
            fields.insert("unknown".into(), unknown::of(outer));
        }
        value
    };
    let outcomes: Map<String, Value> = questions
        .classes
        .iter()
        .zip(&summary.classes)
        .enumerate()
        .map(|(c, (name, count))| {
            (name.to_string(), with(share(*count, summary.games), known.map(|known| &known.classes[c])))
        })
        .collect();
    // What an outside program decided has no digest: the same command need not give the same again.
    let digested = |mut value: Value, sum: u64| {
        if let Value::Object(fields) = &mut value
            && how.reproducible()
        {
            fields.insert("digest".into(), json!(digest::measure(sum)));
        }
        value
    };
    let (of_events, of_metrics) = summary.measures.split_at(questions.events.len());
    let mut shares = Map::new();
    for (e, ((event, (yes, of)), sum)) in questions.events.iter().zip(&summary.events).zip(of_events).enumerate() {
        let mut value = with(digested(share(*yes, *of), *sum), known.map(|known| &known.events[e]));
        if let (Some(_), Value::Object(fields)) = (event.of, &mut value) {
            fields.insert("of".into(), json!(of));
        }
        if *of > 0 {
            shares.insert(event.name.into(), value);
        }
    }
    let metrics: Map<String, Value> = questions
        .metrics
        .iter()
        .zip(&summary.metrics)
        .zip(of_metrics)
        .enumerate()
        .filter(|(_, ((_, h), _))| h.count > 0)
        .map(|(i, ((m, h), sum))| {
            (m.name.clone(), with(digested(figures(h), *sum), known.map(|known| &known.metrics[i])))
        })
        .collect();
    let mut out = heading.document("summitry.batch/1");
    if how.from > 0 {
        out["from"] = json!(how.from);
    }
    if let Some(until) = &how.until {
        out["until"] = precision::document(until);
    }
    extend(
        &mut out,
        json!({
            "title": setup.scenario.title, "games": summary.games, "digest": digest::play(summary.digest),
            "outcomes": outcomes, "shares": shares, "metrics": metrics,
        }),
    );
    if let Some(known) = known {
        out["unknown"] = unknown::document(setup, known);
    }
    if let Some(outside) = &how.outside {
        if !outside.replayed {
            out["digest"] = Value::Null;
        }
        out["reproducible"] = json!(outside.replayed);
        out["outside"] = json!({
            "players": outside.players, "moves": outside.moves, "forfeited": outside.forfeited,
            "first_forfeits": outside.forfeits, "orders": outside.record,
        });
    }
    if played.interrupted {
        let range = |r: &Range<u64>| json!([r.start, r.end]);
        out["ranges"] = played.ranges.iter().map(range).collect();
    }
    out
}

/// The figures of a distribution.
pub(super) fn figures(h: &Histogram) -> Value {
    let at = |share: f64| h.quantile(share);
    json!({
        "count": h.count, "mean": h.mean(), "sd": h.sd(),
        "p05": at(0.05), "p25": at(0.25), "p50": at(0.5), "p75": at(0.75), "p95": at(0.95),
    })
}

fn page(setup: &Setup, heading: &Heading, how: &How, played: &Played, known: Option<&Known>) -> Sheet {
    let (questions, summary) = (Questions::of(setup), &played.summary);
    let mut out = Sheet::from(format!("{}\n", setup.scenario.title));
    let from = if how.from > 0 { format!(" from game {}", how.from) } else { String::new() };
    out.push_str(&format!("{}{from}, seed {}\n\nHow it ends\n", count(summary.games, "game"), heading.seed));

    let enough = known.filter(|known| known.is_enough());
    let ends = endings(setup).iter().zip(&summary.classes);
    let ends = ends.map(|(ending, count)| (ending.label.to_owned(), Share::of(*count, summary.games)));
    out.table(share_table(ends, enough.map(|known| &known.classes[..])));
    if !questions.events.is_empty() {
        out.push_str("\nWhat happens on the way\n");
        let events = questions.events.iter().zip(&summary.events);
        let events = events.map(|(event, (yes, of))| (capital(event.about), Share::of(*yes, *of)));
        out.table(share_table(events, enough.map(|known| &known.events[..])));
    }
    let place = |name: &str| questions.metrics.iter().position(|m| m.name == name);
    let metric = |name: &str| place(name).map(|i| &summary.metrics[i]);
    let outer = |name: &str| enough.and_then(|known| known.metrics[place(name)?].as_ref());
    if let Some(rounds) = metric("first_deal_round").filter(|h| h.count > 0) {
        out.push_str("\nWhen the first deal is signed\n");
        out.push_str(&when(setup, rounds));
    }
    who(setup, metric, outer, &mut out);
    levers(setup, metric, outer, &mut out);
    out.push_str(&accuracy());
    match known {
        Some(known) => out.add(unknown::told(setup, known)),
        None => {
            let shares = summary.classes.iter().map(|n| Share::of(*n, summary.games));
            out.push_str(&precision::line(shares, summary.games, "game"));
        }
    }
    out.push_str(&how.until.as_ref().map_or(String::new(), precision::reached));
    out.push_str("\n");
    if let Some(seconds) = how.seconds.filter(|s| *s > 0.0) {
        let rate = summary.games as f64 / seconds;
        let threads = count(how.threads as u64, "thread");
        out.push_str(&format!("{} games a second on {threads}; ", thousands(&format!("{rate:.0}"))));
    }
    if how.reproducible() {
        out.push_str(&format!("digest {}, scenario {}\n", digest::play(summary.digest), heading.hash));
    } else {
        out.push_str(&format!("no digest, scenario {}\n", heading.hash));
    }
    match &how.outside {
        Some(outside) => out.push_str(&decided_outside(how, outside)),
        None => out.push_str(&next(how.next.clone(), heading.seed, how.from)),
    }
    out
}

/// What to type to see one of the games.
pub(super) fn next(run: CommandLine, seed: u64, game: u64) -> String {
    format!("Next: {}   (one of these games, told)\n", run.option("seed", seed).option("game", game))
}

/// Who decided outside, what they forfeited, and how the games can be had again.
fn decided_outside(how: &How, outside: &Outside) -> String {
    let mut out = format!("\nDecided outside: {}\n", outside.players.join("; "));
    let moves = count(outside.moves, "decision");
    if outside.replayed {
        out.push_str(&format!("  {moves}, played as recorded\n"));
        return out;
    }
    out.push_str(&match outside.forfeited {
        0 => format!("  {moves}, none forfeited\n"),
        lost => format!(
            "  {moves}; {} {} forfeited, and the strategy that stands in decided; the first of each kind:\n",
            thousands(&lost.to_string()),
            plural(lost, "was")
        ),
    });
    let wrapped = outside.forfeits.iter().flat_map(|line| wrap(line, WIDTH, 2, 4));
    wrapped.for_each(|line| out.push_str(&format!("{line}\n")));
    out.push_str(&match &outside.record {
        Some(file) => {
            format!("Next: {}   (the same games again, to the bit)\n", how.next.clone().option("orders", file))
        }
        None => {
            "With --record FILE the decisions are kept, and the same games can be played again to the bit.\n".into()
        }
    });
    out
}

/// A table of shares, each with its interval, or with what nobody knows of it.
fn share_table(rows: impl Iterator<Item = (String, Option<Share>)>, known: Option<&[Option<Outer>]>) -> TextTable {
    if let Some(known) = known {
        return unknown::shares(rows.zip(known).map(|((name, share), outer)| (name, share, outer.as_ref())));
    }
    let mut table = TextTable::new(&[3]).heads(0);
    rows.for_each(|(name, share)| share_row(&mut table, &name, share));
    table
}

/// A row of a share: its interval, and a bar.
pub(super) fn share_row(table: &mut TextTable, name: &str, share: Option<Share>) {
    let Some(s) = share else { return };
    let [low, share, high] = told_apart([s.low, s.share, s.high].map(|x| 100.0 * x));
    let figures = [name.to_string(), format!("{share} %"), format!("{low} to {high}")];
    table.row(figures.map(Cell::Text).into_iter().chain([Bar::of(s.share, 30).into()]));
}

/// The cells of a distribution: the mean with two digits of its standard error, 5 %, median, 95 %. What never varies is
/// one number, shown alike in all of them.
pub(super) fn spread(h: &Histogram) -> [String; 4] {
    let error = h.sd().map(|sd| sd / (h.count as f64).sqrt());
    let [low, middle, high] = alike([0.05, 0.5, 0.95].map(|share| h.quantile(share)), 3);
    let mean = if error == Some(0.0) { middle.clone() } else { h.mean().map_or("-".into(), |x| within(x, error)) };
    [mean, low, middle, high]
}

/// What the cells of distributions are worth.
pub(super) fn accuracy() -> String {
    let bins = number(100.0 * BIN, 1);
    format!("\nMeans show two digits of their standard error; quantiles are binned, within {bins} %.\n")
}

/// A spark a round, with the dates of the first and last.
fn when(setup: &Setup, h: &Histogram) -> String {
    let rounds = setup.rounds as usize;
    let mut counts = vec![0.0; rounds.min(100)];
    let per = rounds.div_ceil(counts.len().max(1)).max(1);
    for (bin, n) in h.bins() {
        let place = (floor(bin) as usize / per).min(counts.len() - 1);
        counts[place] += n as f64;
    }
    let spark = sparkline(&counts);
    let (first, last) = (date(setup, 0), date(setup, setup.rounds.saturating_sub(1)));
    let gap = width(&spark).saturating_sub(width(&first) + width(&last)).max(1);
    let middle = h.quantile(0.5).map_or(String::new(), |m| format!("half by {}", date(setup, m as u32)));
    format!("  {spark}  {middle}\n  {first}{}{last}\n", " ".repeat(gap))
}

/// The day a round begins, where the scenario has dates.
pub fn day(setup: &Setup, round: u32) -> Option<jiff::civil::Date> {
    let clock = &setup.scenario.clock;
    let start: jiff::civil::Date = clock.start.as_ref()?.parse().ok()?;
    start.checked_add(jiff::Span::new().days(i64::from(round * clock.round_days.get()))).ok()
}

/// The day a round begins, or its number.
pub fn date(setup: &Setup, round: u32) -> String {
    day(setup, round).map_or(format!("round {round}"), |d| d.strftime("%-d %b %Y").to_string())
}

/// The cells of a distribution; where something is unknown, those of [`unknown::cells`] stand behind them.
fn spread_known(h: &Histogram, outer: Option<&Outer>, any: bool) -> Vec<String> {
    let mut cells = spread(h).to_vec();
    if let Some(outer) = outer {
        cells[0] = unknown::mean(h.mean(), outer);
    }
    if any {
        cells.extend(unknown::cells(outer, 1.0));
    }
    cells
}

/// The heads of such cells.
fn heads(any: bool) -> impl Iterator<Item = &'static str> {
    ["mean", "5 %", "median", "95 %"].into_iter().chain(unknown::HEADS.into_iter().filter(move |_| any))
}

fn who<'a>(
    setup: &Setup,
    metric: impl Fn(&str) -> Option<&'a Histogram>,
    outer: impl Fn(&str) -> Option<&'a Outer>,
    out: &mut Sheet,
) {
    let any = setup.parties.iter().any(|p| outer(&format!("{}.total", p.key)).is_some());
    let mut table = TextTable::new(&[]).spare(if any { &[7, 6] } else { &[] });
    table.row([""].into_iter().chain(heads(any)));
    let mut row = |name: String, what: &str| {
        if let Some(h) = metric(what).filter(|h| h.count > 0) {
            table.row([name].into_iter().chain(spread_known(h, outer(what), any)));
        }
    };
    for p in &setup.parties {
        row(format!("{}: all points", p.name), &format!("{}.total", p.key));
    }
    for p in &setup.parties {
        row(format!("{}: share of its best, in deals", p.name), &format!("{}.share_of_best", p.key));
    }
    row("Part of the pledges delivered".into(), "delivered_share");
    row("Distance of a deal to the frontier".into(), "pareto_distance");
    if table.has_rows() {
        out.push_str("\nWho got what\n");
        out.table(table);
    }
}

fn levers<'a>(
    setup: &Setup,
    metric: impl Fn(&str) -> Option<&'a Histogram>,
    outer: impl Fn(&str) -> Option<&'a Outer>,
    out: &mut Sheet,
) {
    let name = |key: &str| format!("lever.{key}.final");
    let any = setup.levers.iter().any(|lever| outer(&name(&lever.key)).is_some());
    let mut table = TextTable::new(&[]).spare(if any { &[8, 7] } else { &[] });
    table.row(["", "start"].into_iter().chain(heads(any)));
    for lever in &setup.levers {
        let what = name(&lever.key);
        let Some(h) = metric(&what).filter(|h| h.count > 0) else { continue };
        let start = if lever.pie { "-".into() } else { number(lever.now, 3) };
        let name = cut(&format!("{}, {}", lever.name, lever.unit), 52);
        table.row([name, start].into_iter().chain(spread_known(h, outer(&what), any)));
    }
    if table.has_rows() {
        out.push_str("\nWhere the levers end\n");
        out.table(table);
    }
}
