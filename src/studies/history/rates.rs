//! Rates that episodes show: shares with their counts, and lists of numbers some of which are not at their end.
//!
//! Of a list of lives some of which go on, the quantile is read from the product-limit estimate (Kaplan and Meier 1958):
//! with n in view at an end, the share that lives on falls by the factor 1 - 1 / n; the quantile is the first end at
//! which no more than 1 - q live on, and none where that never comes.

use super::episode::{Answer, Episode, History, Rank, Settled, Term, What};

/// A rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// What it is a rate of.
    pub name: String,
    /// What was found.
    pub found: Found,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// So many of so many.
    Share {
        /// Those of whom it is true.
        yes: u64,
        /// All that were looked at.
        of: u64,
    },
    /// A list of numbers, in rising order.
    List(Vec<Seen>),
}

/// A number that was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The number.
    pub x: f64,
    /// Whether it had not come to its end: the true number is larger.
    pub open: bool,
}

/// A gap between two meetings of one run of talks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// From the first day of the one to the first day of the other.
    pub days: f64,
    /// How many moves the two made in it; none where they are not all in the file.
    pub moves: Option<u64>,
}

/// Whose episodes are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among<'a> {
    /// All.
    All,
    /// Of these two, whoever acts.
    Between([&'a str; 2]),
}

impl Among<'_> {
    fn holds(self, episode: &Episode) -> bool {
        match self {
            Among::All => true,
            Among::Between(pair) => episode.is_between(pair),
        }
    }
}

/// The rates, in the order of the table.
pub fn rates(history: &History, among: Among) -> Vec<Rate> {
    let episodes: Vec<&Episode> = history.episodes.iter().filter(|episode| among.holds(episode)).collect();
    let gaps = gaps(history, among);
    let moves = gaps.iter().filter_map(|gap| gap.moves).map(|n| ended(n as f64)).collect();
    let within = format!("a truce clashes within {} days", history.clash_within.get());
    let found: [(&str, Found); 9] = [
        ("a threat is carried out on its first day", carried_out(&episodes)),
        ("what both agreed is prolonged", extended(&episodes, Term::Agreed)),
        ("what one side granted is prolonged", extended(&episodes, Term::Granted)),
        ("days before expiry at which it is settled", list(days_before(&episodes))),
        ("life of a control, days", list(lives(&episodes))),
        ("gap between meetings, days", list(gaps.iter().map(|gap| ended(gap.days)).collect())),
        ("part of a promise that is delivered", list(delivered(&episodes))),
        (&within, clashes(history, &episodes)),
        ("moves between two meetings", list(moves)),
    ];
    found.into_iter().map(|(name, found)| Rate { name: name.to_owned(), found }).collect()
}

fn ended(x: f64) -> Seen {
    Seen { x, open: false }
}

fn list(mut seen: Vec<Seen>) -> Found {
    seen.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.open.cmp(&b.open)));
    Found::List(seen)
}

fn share(answers: impl Iterator<Item = bool>) -> Found {
    let (mut yes, mut of) = (0, 0);
    answers.for_each(|answer| {
        yes += u64::from(answer);
        of += 1;
    });
    Found::Share { yes, of }
}

/// Of the threats that came to something: those carried out, in whole or in part, by the first day that was stated.
fn carried_out(episodes: &[&Episode]) -> Found {
    share(episodes.iter().filter_map(|episode| match &episode.what {
        What::Threat { due, came: Answer::CarriedOut { on, .. }, .. } => Some(on <= due),
        What::Threat { came: Answer::Postponed { .. } | Answer::Dropped { .. }, .. } => Some(false),
        _ => None,
    }))
}

/// Of the terms that came to something: those prolonged, neither replaced nor run out.
fn extended(episodes: &[&Episode], term: Term) -> Found {
    share(episodes.iter().filter_map(|episode| match &episode.what {
        What::Expiry { of, came, .. } if *of == term && *came != Settled::Open => {
            Some(matches!(came, Settled::Extended { .. }))
        }
        _ => None,
    }))
}

/// Of the terms that were prolonged or replaced: how many days ahead.
fn days_before(episodes: &[&Episode]) -> Vec<Seen> {
    let days = episodes.iter().filter_map(|episode| match &episode.what {
        What::Expiry { due, came: Settled::Extended { on, .. } | Settled::Replaced { on }, .. } => {
            Some(on.days_to(*due))
        }
        _ => None,
    });
    days.map(ended).collect()
}

/// From the day on which a control bound to its lifting, or to the last day of which anything is known.
fn lives(episodes: &[&Episode]) -> Vec<Seen> {
    let life = |episode: &&Episode| match &episode.what {
        What::Control { imposed, lifted, .. } => {
            let end = lifted.unwrap_or(episode.as_of);
            Some(Seen { x: imposed.days_to(end), open: lifted.is_none() })
        }
        _ => None,
    };
    episodes.iter().filter_map(life).collect()
}

fn delivered(episodes: &[&Episode]) -> Vec<Seen> {
    let part = |episode: &&Episode| match &episode.what {
        What::Delivery { promised, delivered, .. } => Some(ended(delivered / promised)),
        _ => None,
    };
    episodes.iter().filter_map(part).collect()
}

/// Of the truces that clashed within the days that count, or were watched for so long: those that clashed.
fn clashes(history: &History, episodes: &[&Episode]) -> Found {
    let within = history.clash_within.get();
    share(episodes.iter().filter_map(|episode| {
        let What::Truce { made, .. } = episode.what else { return None };
        let clash = history.episodes.iter().any(|other| match &other.what {
            What::Clash { on, truce } => *truce == episode.id && made.days_to(*on) <= within,
            _ => false,
        });
        (clash || made.days_to(episode.as_of) >= within).then_some(clash)
    }))
}

/// The gaps between meetings that are not of leaders, and the moves in each: after the first day of the one meeting, up
/// to the first day of the other.
pub fn gaps(history: &History, among: Among) -> Vec<Gap> {
    let mut out = vec![];
    for episode in history.episodes.iter().filter(|episode| among.holds(episode)) {
        let What::Meetings { rank: Rank::Officials | Rank::Ministers, moves_listed, on } = &episode.what else {
            continue;
        };
        let pair = [&*episode.by, &*episode.on];
        let theirs = history.episodes.iter().filter(|other| other.is_between(pair));
        let moved: Vec<_> = theirs.flat_map(|other| other.what.moved()).collect();
        out.extend(on.windows(2).map(|two| Gap {
            days: two[0].days_to(two[1]),
            moves: moves_listed.then(|| moved.iter().filter(|day| two[0] < **day && **day <= two[1]).count() as u64),
        }));
    }
    out
}

impl Found {
    /// How many stand behind it, and how many of those had not come to their end.
    pub fn count(&self) -> (u64, u64) {
        match self {
            Found::Share { of, .. } => (*of, 0),
            Found::List(seen) => (seen.len() as u64, seen.iter().filter(|seen| seen.open).count() as u64),
        }
    }

    /// The quantile of a list; none of a share, or where too many go on.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let Found::List(seen) = self else { return None };
        let mut living = 1.0;
        for (i, one) in seen.iter().enumerate().filter(|(_, one)| !one.open) {
            living *= 1.0 - 1.0 / (seen.len() - i) as f64;
            if living <= 1.0 - q + 1e-9 {
                return Some(one.x);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(seen: &[(f64, bool)]) -> Found {
        list(seen.iter().map(|(x, open)| Seen { x: *x, open: *open }).collect())
    }

    #[test]
    fn a_quantile_of_lives_reckons_with_those_that_go_on() {
        let all = of(&[(4.0, false), (1.0, false), (3.0, false), (2.0, false)]);
        assert_eq!([0.25, 0.5, 0.75, 1.0].map(|q| all.quantile(q)), [1.0, 2.0, 3.0, 4.0].map(Some));
        // Of four, one ends at 1: 3/4 live on. One leaves the view at 2. Of two left one ends at 3: 3/8.
        let some = of(&[(1.0, false), (2.0, true), (3.0, false), (9.0, true)]);
        assert_eq!([0.25, 0.5, 0.7].map(|q| some.quantile(q)), [Some(1.0), Some(3.0), None]);
        assert_eq!(some.count(), (4, 2));
        assert_eq!(of(&[]).quantile(0.5), None);
        // What ends on the day on which another leaves the view ended first.
        assert_eq!(of(&[(1.0, true), (1.0, false)]).quantile(0.5), Some(1.0));
    }
}
