//! The arguments of `tune`.

use crate::cli::bundle::BundleArgs;
use crate::cli::common::{ManyArgs, ScenarioArgs, count, up_to};
use crate::front::tune::asked::Asked;
use crate::scenario::presets;
use crate::studies::axes::OVER;

/// Which values of some paths bring most of what is sought? CMA-ES, with blind search beside it at the same budget
///
/// The paths and their ranges are the `tune` of the scenario or of a strategy file, and `--over PATH=LOW..HIGH`. The
/// best is judged on held-out games.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// A path and what to search: a range PATH=0..1, or values PATH=30,40,50; may be repeated
    #[arg(long = "over", value_name = "PATH=RANGE")]
    pub(super) over: Vec<String>,
    /// Only the paths of this party are tuned
    #[arg(long, value_name = "PARTY", conflicts_with = "both")]
    pub(super) side: Option<String>,
    /// The measure to have most of, by name, such as us.total or deal; or an expression, "us.total given deal"
    #[arg(long, value_name = "MEASURE", group = "sought")]
    pub(super) maximise: Option<String>,
    /// The measure to have least of
    #[arg(long, value_name = "MEASURE", group = "sought")]
    pub(super) minimise: Option<String>,
    /// The measure to bring to a value: --target deal=0.4
    #[arg(long, value_name = "MEASURE=VALUE", group = "sought")]
    pub(super) target: Option<String>,
    /// Fit to the moments of a file: means, shares and quantiles, each with a tolerance
    #[arg(long, value_name = "FILE", group = "sought", conflicts_with_all = ["quantile", "penalties"])]
    pub(super) fit: Option<String>,
    /// Not the mean but this quantile of the measure, such as 0.1
    #[arg(long, value_name = "SHARE")]
    pub(super) quantile: Option<f64>,
    /// Take off WEIGHT for each unit by which a mean leaves a bound: 'truce_lapsed<=0.2:50'; may be repeated
    #[arg(long = "penalty", value_name = "MEASURE<=BOUND:WEIGHT")]
    pub(super) penalties: Vec<String>,
    /// The other side plays by this strategy, a name or a file; may be repeated: then the mean over all counts
    #[arg(long, value_name = "FILE_OR_NAME")]
    pub(super) against: Vec<String>,
    /// Against several, the worst counts, not the mean
    #[arg(long, requires = "against", conflicts_with = "both")]
    pub(super) worst: bool,
    /// Both sides tune in turn: each looks for a best reply to what the other would play; from several places, and all
    /// that is found meets in one table
    #[arg(long, conflicts_with_all = ["sought", "against", "quantile", "penalties", "checkpoint"])]
    pub(super) both: bool,
    /// With --both: from how many places, the first as written, others drawn [default: 4]
    #[arg(long, value_parser = up_to::<1_000>, requires = "both", conflicts_with = "sought", allow_hyphen_values = true)]
    pub(super) starts: Option<u64>,
    /// With --both: how many rounds of each start at most [default: 4]
    #[arg(long, value_parser = up_to::<1_000>, requires = "both", conflicts_with = "sought", allow_hyphen_values = true)]
    pub(super) rounds: Option<u64>,
    /// The budget: games of so many candidates, for each search
    #[arg(long, default_value = "200", value_parser = count, allow_hyphen_values = true)]
    pub(super) tries: u64,
    /// How many games of a candidate that is played in full
    #[arg(long, default_value = "4_000", value_parser = count, allow_hyphen_values = true)]
    pub(super) games: u64,
    /// How many held-out games [default: as many]
    #[arg(long, value_name = "GAMES", value_parser = count, allow_hyphen_values = true)]
    pub(super) held_out: Option<u64>,
    #[command(flatten)]
    pub(super) many: ManyArgs,
    /// Write the best as an overlay to a new file, whole or not at all
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<String>,
    /// Keep the state of the search in a file, and go on from it where it is there already
    #[arg(long, value_name = "FILE")]
    pub(super) checkpoint: Option<String>,
    #[command(flatten)]
    pub(super) bundle: BundleArgs,
}

impl Args {
    /// What is read beside the scenario.
    pub(super) fn beside(&self) -> Option<&'static str> {
        let known = |word: &String| presets::FILES.iter().any(|(name, _)| name == word);
        match &self.fit {
            Some(_) => Some("moments are read beside it"),
            None => (!self.against.iter().all(known)).then_some("strategies of files are played against"),
        }
    }

    /// What is asked, however it is asked.
    pub(super) fn asked(&self) -> Asked {
        Asked {
            over: self.over.clone(),
            called: OVER,
            side: self.side.clone(),
            maximise: self.maximise.clone(),
            minimise: self.minimise.clone(),
            target: self.target.clone(),
            fit: self.fit.clone(),
            quantile: self.quantile,
            penalties: self.penalties.clone(),
            worst: self.worst,
            tries: self.tries,
            games: self.games,
            held_out: self.held_out,
        }
    }
}
