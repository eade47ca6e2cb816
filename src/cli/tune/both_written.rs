//! The overlay of an equilibrium: what each side plays there, with the rest of a mixture in its head.

use super::args::Args;
use super::both_page::{Told, name};
use super::overlay::Overlay;
use super::search::{sets, tuned};
use super::written::changes;
use crate::cli::failure::Failure;
use crate::command_line::CommandLine;
use crate::report::text::number;
use crate::scenario::load::Loaded;
use crate::studies::design::Axis;
use crate::studies::tune::compiled::at;
use crate::studies::tune::field::Side;
use crate::studies::tune::selfplay::{Last, Terms};
use crate::studies::variants::{Change, cell};

/// An equilibrium that is to be written.
pub struct Written<'a> {
    overlay: Overlay<'a>,
    sets: Vec<(String, String)>,
    tune: Vec<(String, String)>,
    command: CommandLine,
}

impl<'a> Written<'a> {
    /// At a place that can be written; that the overlay loads to what is played is tried before the search.
    pub fn at(
        overlay: Overlay<'a>,
        args: &Args,
        base: &Loaded,
        sides: &[(String, Vec<Axis>); 2],
        terms: &Terms,
    ) -> Result<Written<'a>, Failure> {
        let command = CommandLine::new("tune")
            .file(&args.scenario.scenario)
            .options("strategy", args.scenario.seats()?.iter().map(|seat| format!("{}={}", seat.party, seat.plays)))
            .options("set", &args.scenario.sets)
            .options("over", &args.over)
            .word("--both")
            .option("starts", terms.starts)
            .option("rounds", terms.rounds)
            .option("tries", terms.tries)
            .option("games", terms.games)
            .option("held-out", terms.held)
            .option("seed", terms.seed);
        let tune = sides.iter().flat_map(|(_, axes)| tuned(axes)).collect();
        let out = Written { overlay, sets: sets(args)?, tune, command };
        let axes: Vec<Axis> = sides.iter().flat_map(|(_, axes)| axes.clone()).collect();
        out.hold(base, &axes, &vec![0.5; axes.len()])?;
        Ok(out)
    }

    fn text(&self, axes: &[Axis], point: &[f64]) -> (String, Vec<Change>) {
        let found: Vec<Change> = axes
            .iter()
            .zip(at(axes, point))
            .map(|(axis, value)| Change { path: axis.path.clone(), at: axis.at, value })
            .collect();
        let values: Vec<(String, String)> = found
            .iter()
            .map(|change| (change.path.clone(), crate::notation::written::written(&change.value)))
            .collect();
        (changes(&self.sets, &values, &self.tune, &self.overlay.extends), found)
    }

    /// The overlay with these values, seen to load to what is played.
    fn hold(&self, base: &Loaded, axes: &[Axis], point: &[f64]) -> Result<(String, String), Failure> {
        let (text, found) = self.text(axes, point);
        let hash = cell(base, &found)?.hash;
        self.overlay.hold(&text, &[(Default::default(), None)], std::slice::from_ref(&hash))?;
        Ok((text, hash))
    }

    /// Writes the steadiest equilibrium: of a mixture, what each side plays most.
    pub fn write(&self, base: &Loaded, told: &Told, sides: &[Side; 2], last: &Last) -> Result<(), Failure> {
        let rest = &last.rests[last.steadiest()];
        let most = |s: usize| {
            let shares = &rest.mixed.shares[s];
            (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]).then(b.cmp(a))).unwrap_or(0)
        };
        let (mut axes, mut point, mut head) = (vec![], vec![], String::new());
        head.push_str(match last.dynamics {
            true => "// No equilibrium was found; of the mean of replicator dynamics, what each side plays most.\n",
            false => {
                "// Of an equilibrium of all pools, found by both sides tuning in turn, what each side plays most.\n"
            }
        });
        for (s, side) in sides.iter().enumerate() {
            let entry = &side.pool[most(s)];
            if let Some(found) = &entry.point {
                axes.extend(side.axes.iter().cloned());
                point.extend(found.iter().copied());
            }
            let worth = number(rest.mixed.worth[s], 3);
            let gain = rest.gains.as_ref().map_or(String::new(), |gains| {
                format!("; a reply gains at least {} ± {}", number(gains[s].mean, 3), number(gains[s].half, 3))
            });
            head.push_str(&format!("//   {}: worth {worth}{gain}\n", side.party));
            for (i, share) in rest.mixed.shares[s].iter().enumerate().filter(|(_, share)| **share >= 0.0005) {
                let values = told.values[s][i].join(" ");
                head.push_str(&format!("//     {:.1} %: {} ({values})\n", 100.0 * share, name(&side.pool[i])));
            }
        }
        let version = env!("CARGO_PKG_VERSION");
        head.push_str(&format!("//   {} (version {version})\n", self.command.to_string().replace(['\n', '\r'], " ")));
        let (text, hash) = self.hold(base, &axes, &point)?;
        self.overlay.write(&format!("{head}{text}"), &[(Default::default(), None)], &[hash])
    }
}
