//! One game in English, for a reader: at most 60 lines.

use std::fmt::Write;

use super::compile::Compiled;
use super::told::{Offer, Solution, Tie, Told};
use crate::notation::wording::{self, count};
use crate::scenario::bargaining::Select;

/// How many offers are told; of a longer game the first and the last.
const OFFERS_MAX: usize = 44;

impl Told {
    /// The game as a table of its offers, and what was possible; `compiled` is what it was played from.
    pub fn english(&self, compiled: &Compiled) -> String {
        let mut text = String::new();
        let [one, two] = &self.parties;
        let _ = writeln!(
            text,
            "{one} and {two} bargain over {}, {} at most.",
            issues(compiled),
            count(compiled.rounds as usize, "round")
        );
        let offers = match compiled.select {
            Select::LowestAtOrAbove => "the least that meets its maker's target at that moment",
            Select::NearestToTarget => "what is worth nearest to its maker's target at that moment",
            Select::BestForOther => "the best for the other that meets its maker's target at that moment",
        };
        let _ = writeln!(text, "Each offer is {offers};");
        let _ = writeln!(text, "it is refused when it is worth less to the other than the other's own target.");
        let _ = writeln!(text);
        text.push_str(&table(&self.rows(compiled)));
        let _ = writeln!(text);
        let _ = writeln!(text, "{}", self.ending(compiled));
        if let Some(tie) = &self.tie {
            let _ = writeln!(text, "{}", self.tied(tie));
        }
        if self.nash.is_some() {
            let frontier = match self.pareto_size {
                1 => "One outcome is worth signing for both and beaten by no other".to_owned(),
                size => format!("{size} outcomes are worth signing for both and beaten by no other"),
            };
            let _ = writeln!(text, "{frontier}; the classic solutions:");
            let solutions = [
                ("Nash", "the largest product of gains", &self.nash),
                ("Kalai", "the largest smaller gain", &self.kalai),
                ("Kalai-Smorodinsky", "the same, scaled by best gains", &self.kalai_smorodinsky),
            ];
            let rows = solutions.iter().filter_map(|(name, what, solution)| {
                solution.as_ref().map(|solution| self.solution(compiled, name, what, solution))
            });
            text.push_str(&table(&rows.collect::<Vec<_>>()));
        } else {
            let _ = writeln!(text, "No outcome was worth its reservation to both: there was nothing to sign.");
        }
        text
    }

    fn rows(&self, compiled: &Compiled) -> Vec<Vec<String>> {
        let [one, two] = &self.parties;
        let header = ["round", "who", "offers", one, two, "answer"].map(str::to_owned).to_vec();
        let cut = self.offers.len().saturating_sub(OFFERS_MAX);
        let mut rows = vec![header];
        for (i, offer) in self.offers.iter().enumerate() {
            if cut > 0 && i == OFFERS_MAX / 2 {
                rows.push(vec!["...".to_owned(), String::new(), format!("{} offers left out", cut)]);
            }
            if cut == 0 || i < OFFERS_MAX / 2 || i >= OFFERS_MAX / 2 + cut {
                rows.push(self.row(compiled, offer));
            }
        }
        rows
    }

    fn row(&self, compiled: &Compiled, offer: &Offer) -> Vec<String> {
        let other = &self.parties[1 - offer.party];
        let worth = offer.utilities[1 - offer.party];
        let answer = match offer.answered_at {
            None => "not answered: the time is up".to_owned(),
            Some(target) if worth >= target => format!("{other} accepts: {} is enough", short(target)),
            Some(target) => format!("refused: below {}, {other}'s target", short(target)),
        };
        let worths = offer.utilities.map(short);
        let [one, two] = worths;
        vec![offer.round.to_string(), offer.by.clone(), package(compiled, &offer.outcome), one, two, answer]
    }

    fn tied(&self, Tie { round, by, outcomes }: &Tie) -> String {
        let what = if self.agreement.is_some() { "This agreement" } else { "That there is no agreement" };
        format!("{what} hangs on a tie in round {round}: {outcomes} packages were the same to {by} (see `ties`).")
    }

    fn ending(&self, compiled: &Compiled) -> String {
        let [one, two] = &self.parties;
        let worth = format!("{} to {one}, {} to {two}", short(self.utilities[one]), short(self.utilities[two]));
        let waited = if compiled.waiting_costs() { " after the wait" } else { "" };
        match &self.agreement {
            Some(agreement) => format!("Agreement in round {}: worth {worth}{waited}.", agreement.round),
            None => format!("No agreement: worth {worth}, their reservations{waited}."),
        }
    }

    fn solution(&self, compiled: &Compiled, name: &str, what: &str, solution: &Solution) -> Vec<String> {
        let more = match solution.outcomes.len() {
            1 => String::new(),
            2 => ", or one other".to_owned(),
            n => format!(", or one of {} others", n - 1),
        };
        let [one, two] = self.parties.each_ref().map(|party| short(solution.utilities[party]));
        let shown = solution.outcomes.first().map_or(String::new(), |levels| package(compiled, levels));
        vec![format!("  {name}"), what.to_owned(), format!("{shown}{more}"), one, two]
    }
}

fn issues(compiled: &Compiled) -> String {
    let names: Vec<&str> = compiled.issues.iter().map(|(name, _)| name.as_str()).collect();
    match &names[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= 6 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} issues", names.len()),
    }
}

fn package(compiled: &Compiled, levels: &[usize]) -> String {
    compiled.package(levels).map(|(issue, level)| format!("{issue} {level}")).collect::<Vec<_>>().join(", ")
}

/// Three places after the point.
fn short(x: f64) -> String {
    format!("{x:.3}")
}

/// Columns of the width of their longest entry; numbers to the right.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|row| row.get(c)).map(|cell| wording::width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let numeric = |c: usize| rows.iter().filter_map(|row| row.get(c)).any(|cell| cell.parse::<f64>().is_ok());
    let numeric: Vec<bool> = (0..columns).map(numeric).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(c, cell)| {
                let gap = " ".repeat(widths[c] - wording::width(cell));
                if numeric[c] { format!("{gap}{cell}") } else { format!("{cell}{gap}") }
            })
            .collect();
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;

    fn split(rounds: u32) -> Compiled {
        let text = format!(
            r#"(
            rounds: {rounds},
            parties: [
                (name: "ann", weights: {{"share": 10}}, reservation: 2, tactic: Time(exponent: 1)),
                (name: "bob", weights: {{"share": 10}}, reservation: 4, tactic: Time(exponent: 9)),
            ],
            issues: [(name: "share", levels: ["none", "half", "all"], values: {{"ann": [0, 0.5, 1], "bob": [1, 0.5, 0]}})],
        )"#
        );
        Compiled::new(&super::super::testing::read(&text)).unwrap()
    }

    #[test]
    fn a_game_is_told_in_columns() {
        let compiled = split(2);
        let text = tell(&compiled, 1, 0).english(&compiled);
        let expected = "\
ann and bob bargain over share, 2 rounds at most.
Each offer is the least that meets its maker's target at that moment;
it is refused when it is worth less to the other than the other's own target.

round  who  offers         ann     bob  answer
    0  ann  share all   10.000   0.000  refused: below 9.999, bob's target
    0  bob  share none   0.000  10.000  refused: below 4.666, ann's target
    1  ann  share half   5.000   5.000  refused: below 9.843, bob's target
    1  bob  share none   0.000  10.000  not answered: the time is up

No agreement: worth 2.000 to ann, 4.000 to bob, their reservations.
One outcome is worth signing for both and beaten by no other; the classic solutions:
  Nash               the largest product of gains    share half  5.000  5.000
  Kalai              the largest smaller gain        share half  5.000  5.000
  Kalai-Smorodinsky  the same, scaled by best gains  share half  5.000  5.000
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_long_game_is_cut_in_the_middle() {
        let compiled = split(500);
        let text = tell(&compiled, 1, 0).english(&compiled);
        assert!(text.lines().count() <= 60 && text.contains(" offers left out\n"), "{text}");
        assert!(text.contains("Agreement in round"));
    }
}
